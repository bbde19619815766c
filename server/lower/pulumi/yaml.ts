import type { Resource } from '../../model/resource.ts';
import type { MapEntry, MapValue, Value } from '../../model/value.ts';
import type { Document } from '../../source/document.ts';
import { snake } from '../cloudformation/names.ts';
import { dataValues } from '../data/values.ts';
import { armResource } from '../arm/resource.ts';
import { azureNativeBody, azureNativeType } from './azure-native.ts';
import { resourcesOfTemplate } from '../cloudformation/lower.ts';
import { cloudFormationType, otherProviders, pulumiType } from './names.ts';
import { inProviderNames } from './plurals.ts';

const declared = new RegExp(String.raw`\btype\s*:\s*["']?(?:aws|aws-native|azure|azure-native|gcp|kubernetes|eks|${otherProviders.join('|')})(?::[\w/.-]+)+`);

export function mayBePulumi(text: string): boolean {
  return /^\s*resources\s*:/m.test(text) && declared.test(text);
}

/** The resources of a Pulumi program in YAML, in the Terraform provider's vocabulary; Kubernetes and Azure's native provider keep their own. */
export function lowerPulumiYaml(document: Document): Resource[] {
  return dataValues(document).flatMap((root): Resource[] => {
    const section = root.kind === 'map' ? root.entries.get('resources')?.value : undefined;
    if (section?.kind !== 'map') return [];
    const names: Names = { resources: new Set(section.entries.keys()), values: settings(root as MapValue) };
    return [...section.entries.values()].flatMap((entry): Resource[] => {
      const map = entry.value;
      const declared = map.kind === 'map' ? map.entries.get('type')?.value : undefined;
      const token = declared?.kind === 'string' ? /^([\w-]+):(?:([\w.-]+)(?:\/[\w.-]+)?:)?(\w+)$/.exec(declared.value) : undefined;
      if (map.kind === 'map' && token?.[1] === 'aws-native' && token[2] !== undefined) return asTemplate(entry, map, cloudFormationType(token[2], token[3]!), names, document);
      return map.kind === 'map' && token ? lower(entry, map, { provider: token[1]!, module: token[2] ?? '', type: token[3]! }, names) : [];
    });
  });
}

/** A resource of AWS's native provider, which has the names of CloudFormation with a small letter at their beginning, as a template of its own. */
function asTemplate(entry: MapEntry, map: MapValue, type: string, names: Names, document: Document): Resource[] {
  const key = (name: string): string => name.slice(0, 1).toUpperCase() + name.slice(1);
  const placed = { origin: map.origin, at: map.at };
  const properties = map.entries.get('properties');
  const entries = new Map<string, MapEntry>([['Type', { ...map.entries.get('type')!, key: 'Type', value: { kind: 'string', value: type, ...placed } }]]);
  if (properties) entries.set('Properties', { ...properties, key: 'Properties', value: convert(properties.value, names, key) });
  const section: Value = { kind: 'map', entries: new Map([[entry.key, { ...entry, value: { ...map, entries } }]]), complete: true, ...placed };
  const root: MapValue = { kind: 'map', entries: new Map([['Resources', { key: 'Resources', keyOrigin: entry.keyOrigin, value: section }]]), complete: true, ...placed };
  return resourcesOfTemplate(root, document, 'aws-native');
}

/** What `${name}` may stand for: a resource, or a value that the program sets. */
interface Names {
  readonly resources: ReadonlySet<string>;
  readonly values: ReadonlyMap<string, Value>;
}

/** The program's variables, and the defaults of what may be configured. */
function settings(root: MapValue): ReadonlyMap<string, Value> {
  const out = new Map<string, Value>();
  for (const section of ['configuration', 'config']) {
    const declared = root.entries.get(section)?.value;
    for (const [name, { value }] of declared?.kind === 'map' ? declared.entries : []) {
      const fallback = value.kind === 'map' ? value.entries.get('default')?.value : undefined;
      if (fallback) out.set(name, fallback);
    }
  }
  const variables = root.entries.get('variables')?.value;
  for (const [name, { value }] of variables?.kind === 'map' ? variables.entries : []) out.set(name, value);
  return out;
}

interface Token {
  readonly provider: string;
  readonly module: string;
  readonly type: string;
}

function lower(entry: MapEntry, map: MapValue, { provider, module, type: kind }: Token, names: Names): Resource[] {
  const native = provider === 'azure-native';
  const own = native || provider === 'kubernetes';
  const type = native ? azureNativeType(module.toLowerCase(), kind) : own ? `k8s_${kind.toLowerCase()}` : pulumiType(provider, module, kind);
  if (type === undefined) return [];
  const properties = map.entries.get('properties');
  const given = properties?.value.kind === 'map' ? properties.value : undefined;
  const key = own ? (name: string): string => name : snake;
  const attributes = new Map<string, MapEntry>();
  for (const one of given?.entries.values() ?? []) attributes.set(key(one.key), { ...one, key: key(one.key), value: convert(one.value, names, key) });
  const header = properties?.keyOrigin ?? entry.keyOrigin;
  const complete = map.complete && (properties === undefined || properties.value.kind === 'null' || (given?.complete ?? false));
  if (native) {
    const { origin, at } = given ?? map;
    const body = azureNativeBody(attributes, complete, { origin, at }, header);
    return [armResource({ type, address: entry.key, name: entry.key, header, body, dialect: 'azure-native' })].filter((one) => one !== undefined);
  }
  const named = own ? undefined : inProviderNames(type, { kind: 'map', entries: attributes, complete, origin: map.origin, at: map.at });
  return [{ type, name: entry.key, address: entry.key, dialect: 'pulumi-yaml', origin: map.origin, header, attributes: named?.kind === 'map' ? named.entries : attributes, complete, companions: [], mode: 'managed' }];
}

/** Variables made of variables are followed this far. */
const deepest = 5;

function convert(value: Value, names: Names, key: (name: string) => string, depth = 0): Value {
  switch (value.kind) {
    case 'list': return { ...value, items: value.items.map((item) => convert(item, names, key, depth)) };
    case 'map': {
      const entries = new Map<string, MapEntry>();
      for (const entry of value.entries.values()) {
        if (entry.key.startsWith('fn::')) return { kind: 'unknown', origin: value.origin, at: value.at };
        const name = value.entries.has('Statement') ? entry.key : key(entry.key);
        entries.set(name, { ...entry, key: name, value: convert(entry.value, names, key, depth) });
      }
      return { ...value, entries };
    }
    case 'string': {
      const reference = /^\$\{(\w[\w-]*)((?:\.\w+)*)\}$/.exec(value.value);
      const set = reference && reference[2] === '' && depth < deepest ? names.values.get(reference[1]!) : undefined;
      if (set) return { ...convert(set, names, key, depth + 1), at: value.at };
      if (reference && names.resources.has(reference[1]!)) return { kind: 'reference', target: reference[1]!, attribute: reference[2]!.split('.').slice(1).map(snake), origin: value.origin, at: value.at };
      return value.value.includes('${') ? { kind: 'unknown', origin: value.origin, at: value.at } : value;
    }
    default: return value;
  }
}
