import type { MapEntry, Value } from '../../model/value.ts';

/** What controllers call the attribute that another object gives, where the name says less than in the provider. */
const others: Readonly<Record<string, readonly string[]>> = { kms_key: ['default_kms_key_name', 'kms_key_self_link', 'kms_key_id'], encryption_kms_crypto_key: ['encryption_key_name'], bucket: ['bucket_name'] };

/** Attributes with those that other objects give: `subnet_id_ref` says that there is a `subnet_id`, `kms_key_ref` that there is a key. */
export function withReferences(entries: ReadonlyMap<string, MapEntry>, depth = 0): Map<string, MapEntry> {
  const out = new Map([...entries].map(([key, entry]): [string, MapEntry] => [key, { ...entry, value: within(entry.value, depth) }]));
  for (const [key, entry] of entries) {
    const base = /^(\w+)_(?:refs?|selector)$/.exec(key)?.[1];
    if (base === undefined || entry.value.kind === 'null') continue;
    const value: Value = { kind: 'unknown', origin: entry.value.origin, at: entry.value.at };
    for (const name of [base, `${base}_id`, `${base}_name`, ...(others[base] ?? [])]) if (!out.has(name)) out.set(name, { key: name, keyOrigin: entry.keyOrigin, value });
  }
  return out;
}

const deepest = 8;

function within(value: Value, depth: number): Value {
  if (depth > deepest) return value;
  if (value.kind === 'list') return { ...value, items: value.items.map((item) => within(item, depth + 1)) };
  return value.kind === 'map' ? { ...value, entries: withReferences(value.entries, depth + 1) } : value;
}
