import type { MapEntry, Value } from '../../model/value.ts';
import type { HclExpression, HclForParts } from '../../syntax/hcl/tree.ts';
import { bound } from './iteration.ts';
import type { Scope } from './scope.ts';

/** More items than this are not gone through. */
const most = 200;

/** The list or the map that `for` makes of another; unknown where that one is. What depends on an unknown condition or key is left out, and the rest is then not all. */
export function comprehension(parts: HclForParts, object: boolean, scope: Scope, placed: Pick<Value, 'origin' | 'at'>, evaluate: (expression: HclExpression, scope: Scope) => Value): Value {
  const over = evaluate(parts.over, scope);
  const pairs = pairsOf(over, placed);
  if (!pairs) return { kind: 'unknown', ...placed };
  const items: Value[] = [];
  const entries = new Map<string, MapEntry>();
  let complete = (over.kind === 'list' || over.kind === 'map') && over.complete;
  for (const [key, value] of pairs) {
    const [first, second] = parts.names;
    const inner = second === undefined ? bound(scope, first!, value) : bound(bound(scope, first!, key), second, value);
    const condition = parts.condition && evaluate(parts.condition, inner);
    if (condition && condition.kind !== 'boolean') complete = false;
    if (condition && (condition.kind !== 'boolean' || !condition.value)) continue;
    const made = evaluate(parts.value, inner);
    if (!object || !parts.key) {
      items.push(made);
      continue;
    }
    const name = evaluate(parts.key, inner);
    if (name.kind !== 'string' && name.kind !== 'number') complete = false;
    else {
      const text = String(name.value);
      const before = entries.get(text)?.value;
      const group = before?.kind === 'list' ? before.items : [];
      entries.set(text, { key: text, keyOrigin: name.at, value: parts.grouped ? { kind: 'list', items: [...group, made], complete: true, ...placed } : made });
    }
  }
  return object ? { kind: 'map', entries, complete, ...placed } : { kind: 'list', items, complete, ...placed };
}

function pairsOf(over: Value, placed: Pick<Value, 'origin' | 'at'>): readonly (readonly [Value, Value])[] | undefined {
  if (over.kind === 'list' && over.items.length <= most) return over.items.map((item, index) => [{ kind: 'number', value: index, ...placed }, item]);
  if (over.kind === 'map' && over.entries.size <= most) return [...over.entries.values()].map((entry) => [{ kind: 'string', value: entry.key, origin: entry.keyOrigin, at: entry.keyOrigin }, entry.value]);
  return undefined;
}
