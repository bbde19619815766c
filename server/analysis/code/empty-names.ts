import type { Expression } from '../../model/code-tree.ts';
import type { Interpreter } from './interpreter.ts';
import { noTaints } from './value.ts';

/** The variable that holds nothing where a test comes out so: `!name`, `name is None`, `name === ''`. */
export function emptyName(test: Expression, holds: boolean): string | undefined {
  if (test.kind === 'name') return holds ? undefined : test.name;
  if (test.kind === 'unary') return test.operator === '!' || test.operator === 'not' ? emptyName(test.value, !holds) : undefined;
  if (test.kind !== 'binary' || test.left.kind !== 'name' || !isNothing(test.right)) return undefined;
  const equal = test.operator === '===' || test.operator === 'is';
  return (equal || test.operator === '!==' || test.operator === 'is not') && equal === holds ? test.left.name : undefined;
}

function isNothing(node: Expression): boolean {
  return node.kind === 'literal' ? node.value === null || node.value === '' : node.kind === 'name' && node.name === 'undefined';
}

/** Runs what stands under a test by which a variable is empty: `if (!name) return name` hands nobody's text on. */
export function withEmpty(interpreter: Interpreter, name: string | undefined, run: () => void): void {
  const { vars } = interpreter.scope;
  const held = name === undefined ? undefined : vars.get(name);
  if (name === undefined || held === undefined || held.taints.length === 0) return run();
  const empty = { ...held, taints: noTaints };
  vars.set(name, empty);
  run();
  if (interpreter.scope.vars.get(name) === empty) interpreter.scope.vars.set(name, held);
}
