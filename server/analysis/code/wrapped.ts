import type { Expression } from '../../model/code-tree.ts';
import type { Interpreter } from './interpreter.ts';
import type { Closure } from './value.ts';

const known = new WeakMap<Interpreter, Set<Closure>>();

/** A handler or tool that another file declares, or a wrapper of one has made: `app.post('/x', asyncHandler(async (req, res) => ...))`. */
export function noteElsewhere(interpreter: Interpreter, closure: Closure): void {
  if (closure.path === interpreter.module.path || interpreter.scope.path !== interpreter.module.path) return;
  let own = known.get(interpreter);
  if (!own) known.set(interpreter, (own = new Set()));
  own.add(closure);
}

/** Handlers and tools that are functions of other files and were registered in this one. */
export function handlersElsewhere(interpreter: Interpreter): Iterable<Closure> {
  return known.get(interpreter) ?? [];
}

/** The function that was handed to the wrapper: what the route does is written there. */
export function innerHandler(interpreter: Interpreter, node: Expression | undefined): Closure | undefined {
  if (node?.kind !== 'call') return undefined;
  for (const { value } of [...node.args].reverse()) {
    if (value.kind === 'call') { const found = innerHandler(interpreter, value); if (found) return found; }
    if (value.kind === 'function') { const found = interpreter.closures.find((one) => one.node === value); if (found) return found; }
  }
  return undefined;
}
