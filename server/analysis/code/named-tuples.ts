import type { CodeArgument } from './events.ts';
import { noTaints, type Value } from './value.ts';

/** The instance that `namedtuple("Point", "x y")` makes when it is called: each field holds what it was given. */
export function tupleOf(callee: Value, args: readonly CodeArgument[]): Value | undefined {
  if (callee.name !== 'collections.namedtuple()' || !callee.call || args.some((one) => one.spread !== undefined)) return undefined;
  const declared = callee.call.args[1]?.value;
  const names = typeof declared?.constant === 'string' ? declared.constant.split(/[\s,]+/).filter((one) => one !== '') : (declared?.items ?? []).flatMap((one) => (typeof one.constant === 'string' ? [one.constant] : []));
  if (names.length === 0) return undefined;
  const fields = new Map<string, Value>();
  args.forEach((one, at) => {
    const name = one.name ?? names[at];
    if (name !== undefined) fields.set(name, one.value);
  });
  return { taints: noTaints, fields, items: names.map((name) => fields.get(name) ?? { taints: noTaints }), complete: true };
}
