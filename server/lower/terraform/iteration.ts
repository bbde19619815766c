import type { MapEntry, Value } from '../../model/value.ts';
import type { Scope } from './scope.ts';

/** More instances than this are not told apart. */
const most = 24;

/** What `each` or a block's iterator stands for in each instance: a map with `key` and `value`. Undefined where the instances are not known. */
export function instances(over: Value): readonly Value[] | undefined {
  const item = (key: Value, value: Value): Value => pair(key, value);
  if (over.kind === 'map' && over.complete && over.entries.size <= most) {
    return [...over.entries.values()].map((entry) => item({ kind: 'string', value: entry.key, origin: entry.keyOrigin, at: entry.keyOrigin }, entry.value));
  }
  // Each instance of another resource: which one is not known, but whose it is.
  if (over.kind === 'reference' && over.attribute.length === 0) return [item({ kind: 'unknown', origin: over.origin, at: over.at }, over)];
  if (over.kind !== 'list' || !over.complete || over.items.length > most) return undefined;
  return over.items.map((one) => item(one, one));
}

/** What `count` stands for in each of so many instances; undefined where they are not known or too many. */
export function counted(times: Value): readonly Value[] | undefined {
  if (times.kind !== 'number' || times.value > most || !Number.isInteger(times.value) || times.value < 0) return undefined;
  return Array.from({ length: times.value }, (_, index): Value => {
    const number: Value = { kind: 'number', value: index, origin: times.origin, at: times.at };
    return { kind: 'map', entries: new Map([['index', { key: 'index', keyOrigin: times.at, value: number }]]), complete: true, origin: times.origin, at: times.at };
  });
}

/** Bodies without those that say the same as one before them. */
export function distinct<T extends { readonly entries: readonly MapEntry[]; readonly complete: boolean }>(bodies: readonly T[]): readonly T[] {
  const seen = new Set<string>();
  return bodies.filter((body) => {
    const text = JSON.stringify([body.complete, ...body.entries.map((entry) => [entry.key, plain(entry.value)])]);
    return !seen.has(text) && seen.add(text);
  });
}

function plain(value: Value): unknown {
  switch (value.kind) {
    case 'string': case 'number': case 'boolean': return [value.kind, value.value];
    case 'list': return ['list', value.complete, ...value.items.map(plain)];
    case 'map': return ['map', value.complete, ...[...value.entries].map(([key, entry]) => [key, plain(entry.value)])];
    case 'reference': return ['reference', value.target, ...value.attribute];
    case 'unknown': return ['unknown', ...(value.parts ?? [])];
    case 'null': return ['null'];
  }
}

/** What all instances agree on; the rest is unknown. */
export function shared(items: readonly Value[]): Value {
  return items.reduce(common);
}

/** The scope in which a name stands for an instance. */
export function bound(scope: Scope, name: string, instance: Value): Scope {
  return { ...scope, iterators: new Map([...(scope.iterators ?? []), [name, instance]]) };
}

function pair(key: Value, value: Value): Value {
  const entry = (name: string, one: Value): [string, MapEntry] => [name, { key: name, keyOrigin: one.at, value: one }];
  return { kind: 'map', entries: new Map([entry('key', key), entry('value', value)]), complete: true, origin: value.origin, at: value.at };
}

function common(a: Value, b: Value): Value {
  if (a.kind === 'map' && b.kind === 'map') {
    const entries = new Map<string, MapEntry>();
    for (const [key, entry] of a.entries) {
      const other = b.entries.get(key);
      if (other) entries.set(key, { ...entry, value: common(entry.value, other.value) });
    }
    return { ...a, entries, complete: a.complete && b.complete && entries.size === a.entries.size && entries.size === b.entries.size };
  }
  if (a.kind === 'null' && b.kind === 'null') return a;
  const same = (a.kind === 'string' || a.kind === 'number' || a.kind === 'boolean') && a.kind === b.kind && a.value === b.value;
  return same ? a : { kind: 'unknown', origin: a.origin, at: a.at };
}
