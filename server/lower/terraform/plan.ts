import type { Resource } from '../../model/resource.ts';
import type { MapEntry, MapValue, Value } from '../../model/value.ts';
import type { Document } from '../../source/document.ts';
import { dataValues } from '../data/values.ts';
import { kubernetesResource } from './kubernetes.ts';

/** True for what `terraform show -json` prints of a plan. */
export function mayBePlan(text: string): boolean {
  return text.includes('"planned_values"') && text.includes('"terraform_version"');
}

/** The resources that a plan would leave, with what is known only afterwards as unknown, and the references of the configuration. */
export function lowerPlan(document: Document): Resource[] {
  const [root] = dataValues(document);
  if (root?.kind !== 'map') return [];
  const unknown = new Map<string, MapValue>();
  for (const change of listAt(root, 'resource_changes')) {
    const after = mapAt(mapAt(change, 'change'), 'after_unknown');
    const address = textAt(change, 'address');
    if (after && address !== undefined) unknown.set(address, after);
  }
  const references = new Map<string, MapValue>();
  for (const one of listAt(mapAt(mapAt(root, 'configuration'), 'root_module'), 'resources')) {
    const expressions = mapAt(one, 'expressions');
    const address = textAt(one, 'address');
    if (expressions && address !== undefined) references.set(address, expressions);
  }
  const out: Resource[] = [];
  const visit = (module: MapValue | undefined, depth: number): void => {
    if (!module || depth > 10) return;
    for (const one of listAt(module, 'resources')) {
      const type = textAt(one, 'type');
      const address = textAt(one, 'address');
      const values = mapAt(one, 'values');
      if (type === undefined || address === undefined || !values || textAt(one, 'mode') === 'data') continue;
      const attributes = new Map<string, MapEntry>();
      for (const entry of values.entries.values()) if (isSet(entry.value)) attributes.set(entry.key, { ...entry, value: cleaned(entry.value) });
      for (const entry of unknown.get(address)?.entries.values() ?? []) if (!(entry.value.kind === 'boolean' && !entry.value.value) && isSet(entry.value)) attributes.set(entry.key, { ...entry, value: { kind: 'unknown', origin: one.origin, at: one.at } });
      for (const entry of references.get(address.replace(/\[[^\]]*\]$/, ''))?.entries.values() ?? []) {
        const [first] = entry.value.kind === 'map' ? textsOf(entry.value.entries.get('references')?.value) : [];
        const target = first === undefined ? undefined : /^(?!var\.|local\.|each\.|count\.|path\.|module\.)(?:data\.)?\w+\.\w+/.exec(first)?.[0];
        const known = attributes.get(entry.key)?.value;
        if (target !== undefined && (known === undefined || known.kind === 'unknown')) attributes.set(entry.key, { key: entry.key, keyOrigin: one.at, value: { kind: 'reference', target, attribute: [], origin: one.origin, at: one.at } });
      }
      const name = one.entries.get('name')?.value ?? one;
      out.push(kubernetesResource({ type, name: textAt(one, 'name') ?? type, address: address.replace(/\[[^\]]*\]$/, ''), dialect: 'terraform-json', origin: one.origin, header: name.at, attributes, complete: true, companions: [], mode: 'managed' }));
    }
    for (const child of listAt(module, 'child_modules')) visit(child, depth + 1);
  };
  visit(mapAt(mapAt(root, 'planned_values'), 'root_module'), 0);
  return out;
}

/** Plans write what is not set as null, and blocks that are not there as empty lists. */
function isSet(value: Value): boolean {
  return value.kind !== 'null' && !(value.kind === 'list' && value.items.length === 0) && !(value.kind === 'map' && value.entries.size === 0);
}

function cleaned(value: Value): Value {
  if (value.kind === 'list') return { ...value, items: value.items.map(cleaned) };
  if (value.kind !== 'map') return value;
  return { ...value, entries: new Map([...value.entries].filter(([, entry]) => isSet(entry.value)).map(([key, entry]) => [key, { ...entry, value: cleaned(entry.value) }])) };
}

function mapAt(map: MapValue | undefined, key: string): MapValue | undefined {
  const value = map?.entries.get(key)?.value;
  return value?.kind === 'map' ? value : undefined;
}

function listAt(map: MapValue | undefined, key: string): readonly MapValue[] {
  const value = map?.entries.get(key)?.value;
  return value?.kind === 'list' ? value.items.filter((item): item is MapValue => item.kind === 'map') : [];
}

function textAt(map: MapValue, key: string): string | undefined {
  const value = map.entries.get(key)?.value;
  return value?.kind === 'string' ? value.value : undefined;
}

function textsOf(value: Value | undefined): readonly string[] {
  return value?.kind === 'list' ? value.items.flatMap((item) => (item.kind === 'string' ? [item.value] : [])) : [];
}
