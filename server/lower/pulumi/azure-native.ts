import type { CodeCall } from '../../analysis/code/events.ts';
import type { Origin } from '../../model/origin.ts';
import type { Resource } from '../../model/resource.ts';
import type { MapEntry, MapValue } from '../../model/value.ts';
import { armTypes } from '../arm/names.ts';
import { armResource } from '../arm/resource.ts';
import { toResourceValue, type Conversion } from '../program-values.ts';

/** Resources whose name in Pulumi says less than their type in Azure. */
const named: Readonly<Record<string, string>> = { 'web.webapp': 'microsoft.web/sites', 'web.webappslot': 'microsoft.web/sites/slots', 'search.service': 'microsoft.search/searchservices', 'cache.redis': 'microsoft.cache/redis', 'network.securityrule': 'microsoft.network/networksecuritygroups/securityrules' };
/** Arguments that stand beside `properties` in Azure's own form. */
const beside: ReadonlySet<string> = new Set(['location', 'sku', 'kind', 'name', 'tags', 'identity', 'zones', 'plan', 'extendedLocation']);

/** Azure's type of a resource of `@pulumi/azure-native`; undefined for types that no rule knows. */
export function azureNativeType(module: string, type: string): string | undefined {
  const word = type.toLowerCase();
  const direct = named[`${module}.${word}`];
  if (direct) return direct;
  const prefix = `microsoft.${module}/`;
  const keys = Object.keys(armTypes).filter((key) => key.startsWith(prefix));
  // Azure's service operator writes the parents too: `FlexibleServersFirewallRule`.
  return keys.find((key) => singular(key.slice(key.lastIndexOf('/') + 1)) === word) ?? keys.find((key) => singular(key.slice(prefix.length).replaceAll('/', '')) === word);
}

function singular(word: string): string {
  return word.endsWith('ies') ? `${word.slice(0, -3)}y` : word.endsWith('s') ? word.slice(0, -1) : word;
}

/** A resource of `@pulumi/azure-native` in Azure's own form: what is not beside `properties` goes into it. */
export function azureNativeResource(call: CodeCall, type: string, name: string, address: string, conversion: Conversion): Resource | undefined {
  const given = call.args.filter((one) => one.name === undefined)[1];
  const all = new Map<string, MapEntry>();
  let complete = given === undefined || (given.value.fields !== undefined && given.value.complete !== false);
  if (given) {
    const value = toResourceValue(given.value, given.origin, conversion);
    if (value.kind === 'map') for (const [key, entry] of value.entries) all.set(key, entry);
  }
  for (const one of call.args) {
    if (one.spread) complete = false;
    else if (one.name !== undefined && one.name !== 'opts' && one.name !== 'resource_name') all.set(camel(one.name), { key: camel(one.name), keyOrigin: one.origin, value: toResourceValue(one.value, one.origin, conversion) });
  }
  return armResource({ type, address, name, header: call.callee, body: azureNativeBody(all, complete, { origin: call.origin, at: call.callee }, call.callee), dialect: 'azure-native' });
}

/** Arguments in Azure's own form; `at` is where the properties count as written. */
export function azureNativeBody(all: ReadonlyMap<string, MapEntry>, complete: boolean, place: Pick<MapValue, 'origin' | 'at'>, at: Origin): MapValue {
  const outer = new Map<string, MapEntry>();
  const inner = new Map<string, MapEntry>();
  for (const [key, entry] of all) {
    if (/^(?:properties|(?:online|batch)EndpointProperties)$/.test(key) && entry.value.kind === 'map') for (const [own, one] of entry.value.entries) inner.set(own, one);
    else if (key === 'enableHttpsTrafficOnly') inner.set('supportsHttpsTrafficOnly', entry);
    else (beside.has(key) ? outer : inner).set(key, entry);
  }
  outer.set('properties', { key: 'properties', keyOrigin: at, value: { kind: 'map', entries: inner, complete, ...place } });
  return { kind: 'map', entries: outer, complete, ...place };
}

export function camel(name: string): string {
  return name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}
