import type { Expression } from '../../model/code-tree.ts';
import { factsOf } from './conditions.ts';
import { assume, commonProofs, joinFlows, origin, type Interpreter } from './interpreter.ts';
import { join, type Proof, type Value } from './value.ts';

/** `a && b`, `a || b`, `a ?? b`: the value, and what it proves each way. */
export function logical(interpreter: Interpreter, node: Extract<Expression, { kind: 'logical' }>): Value {
  const left = interpreter.evaluate(node.left);
  const facts = factsOf(left);
  const saved = interpreter.flow;
  interpreter.flow = assume(saved, node.operator === 'and' ? facts.whenTrue : node.operator === 'or' ? facts.whenFalse : []);
  const right = interpreter.evaluate(node.right);
  const other = factsOf(right);
  interpreter.flow = joinFlows(saved, interpreter.flow);
  const human = left.human === true || right.human === true;
  if (node.operator === 'nullish') return { ...join(left, right), origin: origin(interpreter, node), ...(human ? { human } : {}) };
  const joined = node.operator === 'or' || !left.scalar ? join(left, right) : right;
  const shared = { whenTrue: [] as typeof facts.whenTrue, whenFalse: [] as typeof facts.whenFalse };
  if (node.operator === 'and') {
    shared.whenTrue = [...facts.whenTrue, ...other.whenTrue];
    shared.whenFalse = isSwitch(node.left, left) ? other.whenFalse : [...commonProofs([facts.whenFalse, other.whenFalse]), ...(node.left.kind === 'name' ? ofSameText(left, other.whenFalse) : [])];
  } else {
    shared.whenFalse = [...facts.whenFalse, ...other.whenFalse];
    shared.whenTrue = [...commonProofs([facts.whenTrue, other.whenTrue])];
  }
  const out: Value = { ...joined, facts: shared, origin: origin(interpreter, node) };
  if (human) out.human = true;
  return out;
}

/** What is proven of a text that is looked at only where there is one: `name && name.includes('..')`. Where there is none, nothing is to be feared. */
function ofSameText(text: Value, proofs: readonly Proof[]): readonly Proof[] {
  return text.taints.length === 1 ? proofs.filter((one) => one.root === text.taints[0]!.root) : [];
}

/** A setting of the program by which a check is left out: `!options.trusted && !isWithin(root, path)`. */
function isSwitch(node: Expression, value: Value): boolean {
  if (node.kind !== 'unary' || node.operator !== 'not' || (node.value.kind !== 'member' && node.value.kind !== 'name')) return false;
  return value.taints.length === 0 && !value.probe && !value.human && (value.facts?.whenTrue.length ?? 0) + (value.facts?.whenFalse.length ?? 0) === 0;
}
