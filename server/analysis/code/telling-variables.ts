import type { Vars } from './branches.ts';
import { proofsSince, type Flow, type Interpreter } from './interpreter.ts';
import { factsOf } from './conditions.ts';
import { truth } from './telling-fields.ts';
import type { Proof, Value } from './value.ts';

interface End { readonly vars: Vars; readonly flow: Flow }

/**
 * What a variable tells that only one way sets: where `error` is set when a value was refused, that it is not set proves what held on the
 * other way; where `ok` is cleared then, that it is still true does.
 */
export function tellingVariables(ends: readonly [End, End], start: Flow, joined: Vars): void {
  for (const [one, other] of [ends, [ends[1], ends[0]]] as const) {
    const proofs = proofsSince(other.flow, start);
    for (const [name, value] of one.vars) {
      const before = other.vars.get(name);
      if (!before || before === value) continue;
      const set = truth(value, true);
      if (set === undefined || truth(before, true) === set) continue;
      const facts = factsOf(before);
      const own = joined.get(name);
      if (!own || own.taints.length > 0) continue;
      const tells = [...proofs, ...(set ? facts.whenFalse : facts.whenTrue)];
      if (tells.length > 0) joined.set(name, { ...own, facts: set ? { whenTrue: [], whenFalse: tells } : { whenTrue: tells, whenFalse: [] } });
    }
  }
}

/** What it proves that a list or an object, which was made empty, still is: nothing that would have been put into it came to pass. */
export function tellEmpty(interpreter: Interpreter, holder: Value): void {
  const { otherwise } = interpreter;
  const empty = (holder.items?.length ?? 0) === 0 && (holder.fields?.size ?? 0) === 0 && holder.complete !== false;
  if (!otherwise || interpreter.conditions !== (holder.depth ?? 0) + 1 || (!holder.none && !empty)) return;
  holder.none = [...(holder.none ?? []), ...otherwise];
}

/** A comparison of a length with a number, as a test of whether there is anything. */
export function comparedCount(operator: string, count: number): 'some' | 'none' | undefined {
  if ((count === 0 && (operator === '>' || operator === '!==')) || (count === 1 && operator === '>=')) return 'some';
  return (count === 0 && (operator === '===' || operator === '<=')) || (count === 1 && operator === '<') ? 'none' : undefined;
}

export function countFacts(proofs: readonly Proof[], asks: 'some' | 'none'): { readonly whenTrue: readonly Proof[]; readonly whenFalse: readonly Proof[] } {
  return asks === 'some' ? { whenTrue: [], whenFalse: proofs } : { whenTrue: proofs, whenFalse: [] };
}
