import type { Resource } from '../../model/resource.ts';
import type { MapEntry, MapValue, Value } from '../../model/value.ts';
import type { Document } from '../../source/document.ts';
import { snake } from '../cloudformation/names.ts';
import { resourcesOfTemplate } from '../cloudformation/lower.ts';
import { dataValues } from '../data/values.ts';

/** Keys of a service stand at the top of its file: without quotes on no indentation. */
const [parts, ...keys] = ['(?:functions|resources)', 'provider', 'service'].map((key) => new RegExp(`^(?:\\s*["'])?${key}["']?\\s*:`, 'm'));

/** Services keep their functions and resources in their file; those that have them elsewhere are known by its name. */
export function mayBeServerless(text: string, path: string): boolean {
  return text.includes('provider') && keys.every((key) => key.test(text)) && (parts!.test(text) || /(?:^|\/)serverless(?:[.-][\w.-]+)?\.(?:ya?ml|json)$/.test(path));
}

/** The provider's settings, functions and embedded template of a Serverless Framework service. */
export function lowerServerless(document: Document): Resource[] {
  const [root] = dataValues(document);
  if (root?.kind !== 'map') return [];
  const out: Resource[] = [];
  const provider = mapAt(root, 'provider');
  if (provider) out.push(resource('serverless_provider', 'provider', root.entries.get('provider')!, known(provider)));
  const roles = [provider?.entries.get('iamRoleStatements'), mapAt(mapAt(provider, 'iam'), 'role')?.entries.get('statements')];
  for (const entry of roles) if (entry) out.push(rightsOf('provider', entry));
  for (const entry of functionsOf(root)) {
    if (entry.value.kind !== 'map') continue;
    const attributes = known(entry.value);
    inherit(attributes, 'tracing', mapAt(provider, 'tracing')?.entries.get('lambda') ?? provider?.entries.get('tracing'));
    inherit(attributes, 'kms_key_arn', provider?.entries.get('kmsKeyArn'));
    inherit(attributes, 'kms_key_arn', entry.value.entries.get('awsKmsKeyArn'));
    inherit(attributes, 'environment', provider?.entries.get('environment'));
    for (const name of ['vpc', 'runtime', 'onError', 'reservedConcurrency']) inherit(attributes, snake(name), provider?.entries.get(name));
    inherit(attributes, 'role', provider?.entries.get('role') ?? mapAt(provider, 'iam')?.entries.get('role'));
    const own = entry.value.entries.get('iamRoleStatements');
    if (own) out.push(rightsOf(entry.key, own));
    out.push({ ...resource('serverless_function', entry.key, entry, attributes), complete: entry.value.complete });
    const url = entry.value.entries.get('url');
    if (url) out.push(...functionUrl(entry.key, url));
  }
  return [...out, ...mapsAt(root, 'resources').flatMap((embedded) => resourcesOfTemplate(embedded, document))];
}

function functionsOf(root: MapValue): readonly MapEntry[] {
  return mapsAt(root, 'functions').flatMap((map) => [...map.entries.values()]);
}

/** What stands in a map, or in a list of maps. */
function mapsAt(root: MapValue, key: string): readonly MapValue[] {
  const value = root.entries.get(key)?.value;
  const maps = value?.kind === 'list' ? value.items : value ? [value] : [];
  return maps.filter((map): map is MapValue => map.kind === 'map');
}

/** The URL of a function, open unless it names an authorizer. */
function functionUrl(name: string, entry: MapEntry): readonly Resource[] {
  const value = settled(entry.value);
  if (value.kind === 'unknown' || value.kind === 'null' || (value.kind === 'boolean' && !value.value)) return [];
  const settings = value.kind === 'map' ? value : undefined;
  const authorizer = settings?.entries.get('authorizer')?.value;
  const put = (key: string, one: Value): [string, MapEntry] => [key, { key, keyOrigin: entry.keyOrigin, value: one }];
  const text = (written: string): Value => ({ kind: 'string', value: written, origin: value.origin, at: value.at });
  const cors = mapAt(settings, 'cors');
  const origins = cors?.entries.get('allowedOrigins')?.value ?? (isTrue(settings?.entries.get('cors')?.value) ? text('*') : undefined);
  const attributes = new Map([put('authorization_type', authorizer ? text('AWS_IAM') : text('NONE'))]);
  if (origins) attributes.set(...put('cors', { kind: 'map', entries: new Map([put('allow_origins', origins)]), complete: cors?.complete ?? true, origin: origins.origin, at: origins.at }));
  return [resource('aws_lambda_function_url', name, entry, attributes)];
}

function isTrue(value: Value | undefined): boolean {
  return value?.kind === 'boolean' && value.value;
}

/** Statements of a service or function as the policy of its role. */
function rightsOf(name: string, entry: MapEntry): Resource {
  const value = settled(entry.value);
  const policy: MapValue = { kind: 'map', entries: new Map([['Statement', { ...entry, key: 'Statement', value }]]), complete: true, origin: value.origin, at: value.at };
  return resource('aws_iam_role_policy', name, entry, new Map([['policy', { key: 'policy', keyOrigin: entry.keyOrigin, value: policy }]]));
}

/** Values with `${...}` are unknown here; names are in snake case. */
function known(map: MapValue): Map<string, MapEntry> {
  return new Map([...map.entries.values()].map((entry) => [snake(entry.key), { ...entry, key: snake(entry.key), value: settled(entry.value) }]));
}

function settled(value: Value): Value {
  if (value.kind === 'string' && value.value.includes('${')) return { kind: 'unknown', origin: value.origin, at: value.at };
  if (value.kind === 'list') return { ...value, items: value.items.map(settled) };
  return value.kind === 'map' ? { ...value, entries: new Map([...value.entries].map(([key, entry]) => [key, { ...entry, value: settled(entry.value) }])) } : value;
}

function inherit(attributes: Map<string, MapEntry>, key: string, from: MapEntry | undefined): void {
  if (from && !attributes.has(key)) attributes.set(key, { ...from, key, value: settled(from.value) });
}

function mapAt(map: MapValue | undefined, key: string): MapValue | undefined {
  const value = map?.entries.get(key)?.value;
  return value?.kind === 'map' ? value : undefined;
}

function resource(type: string, name: string, entry: MapEntry, attributes: ReadonlyMap<string, MapEntry>): Resource {
  return { type, name, address: `${type}.${name}`, dialect: 'serverless', origin: entry.value.origin, header: entry.keyOrigin, attributes, complete: true, companions: [], mode: 'managed' };
}
