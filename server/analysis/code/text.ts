import type { Expression } from '../../model/code-tree.ts';
import { current, origin, type Interpreter } from './interpreter.ts';
import { capped } from './tables/cleaners.ts';
import { join, joinTaints, noTaints, taintsIn, type Taint, type Value } from './value.ts';

/** What is left of a text after its length was cut. */
export function cap(taints: readonly Taint[]): readonly Taint[] {
  return taints.map((taint) => ({ ...taint, clean: taint.clean | capped }));
}

/** Text made of parts, or the sum of numbers and lists. */
export function textOf(interpreter: Interpreter, node: Expression, values: readonly (string | Value)[], sum: boolean): Value {
  let taints: readonly Taint[] = noTaints;
  const parts: (string | undefined)[] = [];
  let known = true;
  let numeric = sum;
  let list: Value | undefined;
  let human = false;
  let holds: readonly Taint[] | undefined;
  let lead: readonly Taint[] = noTaints;
  let leading = true;
  for (const one of values) {
    const fixed = typeof one === 'string' ? one : typeof one.constant === 'string' ? one.constant : undefined;
    if (leading && fixed !== undefined && /[/?#&]/.test(fixed.replace(/^[a-z][a-z+.-]*:\/\//i, '').replace(/^\/\//, ''))) leading = false;
    if (typeof one === 'string') { parts.push(one); numeric = false; continue; }
    taints = joinTaints(taints, current(interpreter, one.items || one.fields || one.element ? taintsIn(one, 3).filter((taint) => !taint.declared || one.taints.includes(taint)) : one.taints));
    if (leading) {
      lead = joinTaints(lead, current(interpreter, one.lead ?? one.taints));
      if (one.lead || (one.parts && one.name === undefined && one.parts.some((part) => part !== undefined && /[/?#&]/.test(part.replace(/^[a-z][a-z+.-]*:\/\//i, ''))))) leading = false;
    }
    if (one.human) human = true;
    if (one.holds) holds = joinTaints(holds ?? noTaints, one.holds);
    if (one.items || (sum && one.element)) list = list ? join(list, one) : one;
    // Nobody writes `null` into a text: something is put there before it is made.
    if (one.constant === null) {
      numeric = known = false;
      parts.push(undefined);
    } else if (one.constant !== undefined) {
      if (typeof one.constant !== 'number') numeric = false;
      parts.push(String(one.constant));
    } else {
      if (!one.scalar) numeric = false;
      if (one.parts && one.name === undefined) parts.push(...one.parts);
      // The path of an address begins with a slash.
      else if (/^(?:URL#|Request#nextUrl\.|(?:window\.)?location\.)pathname$/.test(one.name ?? '')) parts.push('/', undefined);
      else parts.push(undefined);
      known = false;
    }
  }
  const at = origin(interpreter, node);
  if (list && sum) return { ...list, origin: at };
  if (numeric) return { taints: noTaints, scalar: true, origin: at };
  const out: Value = { taints, origin: at, parts: merged(parts) };
  if (taints.length > 0 && !leading) out.lead = lead;
  if (known) out.constant = parts.join('');
  if (human) out.human = true;
  if (holds) out.holds = holds;
  return out;
}

function merged(parts: readonly (string | undefined)[]): readonly (string | undefined)[] {
  const out: (string | undefined)[] = [];
  for (const part of parts) {
    const last = out.at(-1);
    if (part !== undefined && last !== undefined && out.length > 0) out[out.length - 1] = last + part;
    else if (part !== undefined || out.length === 0 || last !== undefined) out.push(part);
  }
  return out;
}

/** The fixed pieces of a format text. */
export function splitFormat(text: string, hole: RegExp): readonly (string | undefined)[] {
  const pieces = text.split(hole);
  return pieces.flatMap((piece, at) => (at === 0 ? [piece] : [undefined, piece]));
}
