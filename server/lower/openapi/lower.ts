import type { Resource } from '../../model/resource.ts';
import type { MapEntry, MapValue } from '../../model/value.ts';
import type { Document } from '../../source/document.ts';
import { dataValues } from '../data/values.ts';

export function mayBeOpenApi(text: string): boolean {
  return (text.includes('openapi') || text.includes('swagger')) && /^\s*\{?\s*["']?(?:openapi|swagger)["']?\s*:\s*["']?[23]\./m.test(text);
}

const verbs = new Set(['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace']);

/** A description of an API: the whole as `openapi`, every operation as `openapi_operation`, every way to sign in as `openapi_scheme`. */
export function lowerOpenApi(document: Document): Resource[] {
  const [root] = dataValues(document);
  if (root?.kind !== 'map') return [];
  const version = root.entries.get('openapi') ?? root.entries.get('swagger');
  if (!version) return [];
  const out: Resource[] = [resource('openapi', 'api', version, root)];
  const paths = root.entries.get('paths')?.value;
  for (const path of paths?.kind === 'map' ? paths.entries.values() : []) {
    for (const operation of path.value.kind === 'map' ? path.value.entries.values() : []) {
      if (verbs.has(operation.key) && operation.value.kind === 'map') out.push(resource('openapi_operation', `${operation.key.toUpperCase()} ${path.key}`, operation, operation.value));
    }
  }
  const components = root.entries.get('components')?.value;
  const schemes = root.entries.get('securityDefinitions')?.value ?? (components?.kind === 'map' ? components.entries.get('securitySchemes')?.value : undefined);
  for (const scheme of schemes?.kind === 'map' ? schemes.entries.values() : []) {
    if (scheme.value.kind === 'map') out.push(resource('openapi_scheme', scheme.key, scheme, scheme.value));
  }
  return out;
}

function resource(type: string, name: string, entry: MapEntry, map: MapValue): Resource {
  return { type, name, address: `${type}.${name}`, dialect: 'openapi', origin: map.origin, header: entry.keyOrigin, attributes: map.entries, complete: map.complete, companions: [], mode: 'managed' };
}
