import type { Resource } from '../../model/resource.ts';
import type { MapEntry, Value } from '../../model/value.ts';
import { armTypes } from '../arm/names.ts';
import { azureNativeType } from '../pulumi/azure-native.ts';
import { googleModules } from './google-modules.ts';
import { knownModules, namedPorts, type KnownModule } from './registry-modules.ts';

/** The resources that a call of a well-known module stands for. What the module adds beside its inputs is unknown. */
export function registryResources(call: Resource): readonly Resource[] {
  const source = call.attributes.get('source')?.value;
  if (source?.kind !== 'string') return [];
  const azure = azureModule(source.value);
  if (azure) return [expand(call, { type: azure })];
  const google = /^(?:terraform-google-modules|GoogleCloudPlatform)\/([\w-]+)\/google(?:\/\/modules\/([\w-]+))?$/.exec(source.value);
  if (google) return (googleModules[google[2] === undefined ? google[1]! : `${google[1]}/${google[2]}`] ?? []).map((known) => expand(call, known));
  const [, whole, part] = /^terraform-aws-modules\/([\w-]+)\/aws(?:\/\/modules\/([\w-]+))?$/.exec(source.value) ?? [];
  const name = part ?? whole;
  return name === undefined || !Object.hasOwn(knownModules, name) ? [] : knownModules[name]!.filter((known) => wanted(call, known)).flatMap((known) => (known.each === undefined ? [expand(call, known)] : eachOf(call, known, known.each)));
}

/** Azure's verified modules are called as the resource is in Azure, and their inputs as the provider's arguments: `Azure/avm-res-keyvault-vault/azurerm`. */
function azureModule(source: string): string | undefined {
  const [, service, kind] = /^Azure\/avm-res-([a-z\d]+)-([a-z\d]+)\/azurerm$/i.exec(source) ?? [];
  const type = service === undefined ? undefined : azureNativeType(service.toLowerCase(), kind!.toLowerCase());
  return type === undefined ? undefined : armTypes[type];
}

/** False for a part of the module that its inputs do not ask for with certainty. */
function wanted(call: Resource, { asked }: KnownModule): boolean {
  const value = asked === undefined ? undefined : call.attributes.get(asked)?.value;
  return asked === undefined || (value?.kind === 'boolean' && value.value);
}

function expand(call: Resource, known: KnownModule): Resource {
  const attributes = new Map<string, MapEntry>();
  const placed = { origin: call.header, at: call.header };
  const put = (path: string, entry: MapEntry): void => within(attributes, path.split('.'), entry, placed);
  for (const entry of call.attributes.values()) {
    if (entry.key !== 'source' && entry.key !== 'version' && entry.key !== 'providers') put(known.rename?.[entry.key] ?? entry.key, entry);
  }
  for (const [path, value] of Object.entries(known.defaults ?? {})) {
    if (isSet(attributes, path.split('.'))) continue;
    const literal: Value = value === null ? { kind: 'null', ...placed } : typeof value === 'boolean' ? { kind: 'boolean', value, ...placed } : typeof value === 'number' ? { kind: 'number', value, ...placed } : { kind: 'string', value, ...placed };
    put(path, { key: path, keyOrigin: call.header, value: literal });
  }
  for (const [flag, path] of Object.entries(known.switches ?? {})) {
    const own = call.attributes.get(flag);
    const on = own?.value.kind === 'boolean' ? own.value.value : undefined;
    const value: Value = own && on === undefined ? { kind: 'unknown', ...placed } : on ? { kind: 'string', value: 'made by the module', ...placed } : { kind: 'null', ...placed };
    put(path, { key: path, keyOrigin: own?.keyOrigin ?? call.header, value });
  }
  if (known.type === 'aws_security_group') addNamedRules(call, attributes);
  return { ...call, type: known.type, attributes, complete: false, mode: 'managed' };
}

/** The resources that the entries of an input make: those of a map under their keys, those of a list by number. */
function eachOf(call: Resource, known: KnownModule, input: string): readonly Resource[] {
  const value = call.attributes.get(input)?.value;
  const entries = value?.kind === 'map' ? [...value.entries.values()] : value?.kind === 'list' ? value.items.map((item, at): MapEntry => ({ key: String(at), keyOrigin: item.at, value: item })) : [];
  return entries.flatMap((entry): Resource[] => {
    if (entry.value.kind !== 'map') return [];
    const { complete, entries: written, origin } = entry.value;
    const made = expand({ ...call, header: entry.keyOrigin, attributes: written }, known);
    // What an entry holds is all that the module knows of it.
    const attributes = new Map([...made.attributes].map(([key, one]) => [key, one.value.kind === 'map' && !written.has(key) ? { ...one, value: { ...one.value, complete } } : one]));
    return [{ ...made, name: entry.key, address: `${call.address}.${input}.${entry.key}`, origin, complete, attributes }];
  });
}

/** Writes an attribute at a path; maps on the way may hold more than is seen. */
function within(into: Map<string, MapEntry>, [first, ...rest]: readonly string[], entry: MapEntry, placed: Pick<Value, 'origin' | 'at'>): void {
  if (rest.length === 0) {
    into.set(first!, { ...entry, key: first! });
    return;
  }
  const own = into.get(first!)?.value;
  const entries = new Map(own?.kind === 'map' ? own.entries : []);
  within(entries, rest, entry, placed);
  into.set(first!, { key: first!, keyOrigin: entry.keyOrigin, value: { kind: 'map', entries, complete: false, ...placed } });
}

/** True where the path, or what it would lead through, is given. */
function isSet(attributes: ReadonlyMap<string, MapEntry>, [first, ...rest]: readonly string[]): boolean {
  const own = attributes.get(first!)?.value;
  if (own === undefined || rest.length === 0 || own.kind !== 'map') return own !== undefined;
  return isSet(own.entries, rest);
}

/** Rules that the security-group module knows by name, `ingress_rules = ["ssh-tcp"]`, for the addresses of `ingress_cidr_blocks`. */
function addNamedRules(call: Resource, attributes: Map<string, MapEntry>): void {
  for (const direction of ['ingress', 'egress']) {
    const names = call.attributes.get(`${direction}_rules`)?.value;
    const blocks = ['cidr_blocks', 'ipv6_cidr_blocks'].flatMap((name) => { const own = call.attributes.get(`${direction}_${name}`); return own ? [[name, own] as const] : []; });
    if (names?.kind !== 'list' || blocks.length === 0) continue;
    const rules = names.items.flatMap((item): Value[] => {
      const rule = item.kind === 'string' ? namedPorts[item.value] : undefined;
      if (!rule) return [];
      const entry = (key: string, value: string | number): [string, MapEntry] => [key, { key, keyOrigin: item.at, value: typeof value === 'number' ? { kind: 'number', value, origin: item.origin, at: item.at } : { kind: 'string', value, origin: item.origin, at: item.at } }];
      const [from, to, protocol] = rule;
      return [{ kind: 'map', entries: new Map([entry('from_port', from), entry('to_port', to), entry('protocol', protocol), ...blocks]), complete: true, origin: item.origin, at: item.at }];
    });
    const own = attributes.get(direction)?.value;
    const items = own?.kind === 'list' ? [...own.items, ...rules] : rules;
    if (items.length > 0) attributes.set(direction, { key: direction, keyOrigin: call.header, value: { kind: 'list', items, complete: false, origin: names.origin, at: names.at } });
  }
}
