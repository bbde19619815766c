import { cleanOfAll, confidential } from './kinds.ts';
import { assume, current, joinFlows, origin, type Flow, type Interpreter } from './interpreter.ts';
import { sourced, sourceText } from './sources.ts';
import { tellingVariables } from './telling-variables.ts';
import { elementOf, join, joinTaints, noTaints, unknownValue, type Proof, type Value } from './value.ts';

export type Vars = Map<string, Value>;

export interface Arm {
  readonly proofs: readonly Proof[];
  readonly run: () => void;
}

/** Runs the arms from one start and goes on with what they agree on. */
export function branch(interpreter: Interpreter, list: readonly Arm[]): void {
  const before = interpreter.scope.vars;
  const start = interpreter.flow;
  const ends: { vars: Vars; flow: Flow }[] = [];
  interpreter.conditions++;
  const { otherwise } = interpreter;
  list.forEach((arm, at) => {
    interpreter.scope.vars = new Map(before);
    interpreter.flow = assume(start, arm.proofs);
    interpreter.otherwise = list.length === 2 ? list[1 - at]!.proofs : undefined;
    arm.run();
    ends.push({ vars: interpreter.scope.vars, flow: interpreter.flow });
  });
  interpreter.otherwise = otherwise;
  interpreter.conditions--;
  settle(interpreter, ends);
  const [one, other, more] = ends;
  if (one && other && !more && !one.flow.dead && !other.flow.dead) tellingVariables([one, other], start, interpreter.scope.vars);
}

/** Goes on with what the living ends agree on. */
export function settle(interpreter: Interpreter, ends: readonly { vars: Vars; flow: Flow }[]): void {
  const living = ends.filter((end) => !end.flow.dead);
  const [first, ...rest] = living.length > 0 ? living : ends;
  let vars = first!.vars;
  let flow = first!.flow;
  for (const end of rest) {
    vars = joinVars(vars, end.vars);
    flow = joinFlows(flow, end.flow);
  }
  if (living.length > 1) vars = reread(interpreter, living, vars);
  interpreter.scope.vars = vars;
  interpreter.flow = flow;
}

/** A variable that a branch proved harmless or replaced stays so for that branch's part of the join. */
function reread(interpreter: Interpreter, living: readonly { vars: Vars; flow: Flow }[], joined: Vars): Vars {
  for (const [name, value] of joined) {
    if (value.taints.length === 0) continue;
    let changed = false;
    let out: Value | undefined;
    for (const { vars, flow } of living) {
      const own = vars.get(name);
      if (!own) continue;
      const saved = interpreter.flow;
      interpreter.flow = flow;
      const taints = current(interpreter, own.taints).filter((taint) => !cleanOfAll(taint.clean) || confidential.has(taint.label));
      interpreter.flow = saved;
      const read = taints.length === own.taints.length && taints.every((taint, at) => taint === own.taints[at]) ? own : { ...own, taints };
      if (read !== own) changed = true;
      out = out ? join(out, read) : read;
    }
    if (changed && out) joined.set(name, out);
  }
  return joined;
}

export function joinVars(a: Vars, b: Vars): Vars {
  if (a === b) return a;
  const out = new Map(a);
  for (const [name, value] of b) {
    const other = out.get(name);
    if (other !== value) out.set(name, other ? join(other, value) : value);
  }
  return out;
}

/** A value as it stands now, with what has been proven of its data. */
export function read(interpreter: Interpreter, value: Value): Value {
  if (value.taints.length === 0 || interpreter.flow.proven.size === 0) return value;
  const taints = current(interpreter, value.taints).filter((taint) => !cleanOfAll(taint.clean) || confidential.has(taint.label));
  return taints.length === value.taints.length && taints.every((taint, at) => taint === value.taints[at]) ? value : { ...value, taints };
}

/** A value without what is secret or personal in it. */
export function withoutConfidential(value: Value): Value {
  return value.taints.some((taint) => confidential.has(taint.label)) ? { ...value, taints: value.taints.filter((taint) => !confidential.has(taint.label)) } : value;
}

/** What a loop over a value gets. */
export function iterated(interpreter: Interpreter, iterable: Value, node: { start: number; end: number }): Value {
  const found = elementOf(iterable);
  // Python goes through the keys of a dictionary; what stands under them keeps its secrets.
  const keyed = interpreter.scope.python && iterable.fields !== undefined && !iterable.items && !iterable.instance && iterable.name === undefined;
  const element = keyed ? withoutConfidential(found) : found;
  const taints = current(interpreter, iterable.taints);
  if (element === unknownValue && taints.length === 0) {
    if (!iterable.name) return unknownValue;
    const name = `${iterable.name}[]`;
    const label = interpreter.knowledge.read(name);
    return label ? sourced(interpreter, label, name, node, sourceText(iterable.name)) : { taints: noTaints, name };
  }
  if (taints.length === 0) return element;
  const own: Value = { taints, origin: origin(interpreter, node) };
  if (iterable.name) own.name = `${iterable.name}[]`;
  // A pair stays one: the index that `enumerate` gives is nobody's text.
  if (element.items) return { ...element, taints: joinTaints(element.taints, taints) };
  return element === unknownValue ? own : join(element, own);
}
