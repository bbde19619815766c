import type { MapEntry, Value } from '../../model/value.ts';
import type { HclExpression } from '../../syntax/hcl/tree.ts';

const deepest = 12;

/** A variable's value with what its type says of attributes that are not given: `optional(bool, true)` is true, `optional(bool)` is null. */
export function withOptional(value: Value, type: HclExpression, evaluate: (expression: HclExpression) => Value, depth = 0): Value {
  if (type.kind !== 'call' || depth > deepest) return value;
  const [inner] = type.args;
  if (!inner) return value;
  const of = (one: Value): Value => withOptional(one, inner, evaluate, depth + 1);
  switch (type.name) {
    case 'optional': return of(value);
    case 'list': case 'set': return value.kind === 'list' ? { ...value, items: value.items.map(of) } : value;
    case 'map': return value.kind === 'map' ? { ...value, entries: new Map([...value.entries].map(([key, entry]) => [key, { ...entry, value: of(entry.value) }])) } : value;
    case 'object': {
      if (value.kind !== 'map' || inner.kind !== 'object') return value;
      const entries = new Map<string, MapEntry>(value.entries);
      for (const { key, value: own } of inner.entries) {
        const given = key === undefined ? undefined : entries.get(key);
        const optional = own.kind === 'call' && own.name === 'optional';
        if (key === undefined || (!given && (!value.complete || !optional))) continue;
        const fallback = optional ? own.args[1] : undefined;
        const missing: Value = fallback ? evaluate(fallback) : { kind: 'null', origin: value.origin, at: value.at };
        const set = given && !(given.value.kind === 'null' && optional) ? given.value : missing;
        entries.set(key, { key, keyOrigin: given?.keyOrigin ?? value.at, value: withOptional(set, own, evaluate, depth + 1) });
      }
      return { ...value, entries };
    }
    default: return value;
  }
}
