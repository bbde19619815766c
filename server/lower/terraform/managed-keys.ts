import type { Resource } from '../../model/resource.ts';
import type { MapEntry, Value } from '../../model/value.ts';

/** Resources with the aliases of keys that AWS manages in place of references to data sources that look them up. */
export function withManagedKeys(resources: readonly Resource[]): readonly Resource[] {
  const aliases = new Map<string, string>();
  for (const one of resources) {
    const named = one.type === 'aws_kms_key' || one.type === 'aws_kms_alias' ? one.attributes.get('key_id') ?? one.attributes.get('name') : undefined;
    if (one.mode === 'data' && named?.value.kind === 'string' && /^alias\/aws\//.test(named.value.value)) aliases.set(one.address, named.value.value);
  }
  if (aliases.size === 0) return resources;
  const replaced = (value: Value, depth: number): Value => {
    if (value.kind === 'reference') {
      const alias = aliases.get(value.target);
      return alias === undefined ? value : { kind: 'string', value: alias, origin: value.origin, at: value.at };
    }
    if (depth > 6) return value;
    if (value.kind === 'list') return { ...value, items: value.items.map((item) => replaced(item, depth + 1)) };
    return value.kind === 'map' ? { ...value, entries: entriesOf(value.entries, depth + 1) } : value;
  };
  const entriesOf = (entries: ReadonlyMap<string, MapEntry>, depth: number): Map<string, MapEntry> => new Map([...entries].map(([key, entry]) => [key, { ...entry, value: replaced(entry.value, depth) }]));
  return resources.map((one) => (one.mode === 'managed' ? { ...one, attributes: entriesOf(one.attributes, 0) } : one));
}
