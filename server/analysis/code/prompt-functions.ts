import type { CodeCall } from './events.ts';
import type { Interpreter } from './interpreter.ts';
import { setRoute } from './parameters.ts';
import { argumentAt } from './sinks.ts';
import { join, noTaints, unknownValue, type Closure, type Value } from './value.ts';

/** The route of functions whose result is a model's instructions. */
export const promptRoute = 'instructions';

interface Prompts {
  readonly context: Value;
  readonly closures: Closure[];
}
const known = new WeakMap<Interpreter, Prompts>();

function promptsOf(interpreter: Interpreter): Prompts {
  let own = known.get(interpreter);
  if (!own) known.set(interpreter, (own = { context: { taints: noTaints, fields: new Map(), complete: false, depth: 0 }, closures: [] }));
  return own;
}

/** A function that an agent asks for its instructions: `@agent.system_prompt`. It reads what each run is given as `deps`. */
export function registerPrompt(interpreter: Interpreter, closure: Closure): void {
  const own = promptsOf(interpreter);
  own.closures.push(closure);
  closure.entry ??= [own.context];
  setRoute(closure, promptRoute);
}

/** A run of an agent hands its dependencies to the functions of its prompts. */
export function giveDependencies(interpreter: Interpreter, call: CodeCall): void {
  const given = argumentAt(call, 'deps')?.value;
  if (!given || given === unknownValue) return;
  const { context, closures } = promptsOf(interpreter);
  const before = context.fields!.get('deps');
  context.fields!.set('deps', before ? join(before, given) : given);
  const { frame } = interpreter;
  interpreter.frame = { ...frame, route: promptRoute };
  for (const closure of closures) {
    closure.contexts.clear();
    interpreter.enter(closure, [context]);
  }
  interpreter.frame = frame;
}
