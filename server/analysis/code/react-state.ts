import type { Call, CodeModule } from '../../model/code-tree.ts';
import type { Interpreter } from './interpreter.ts';
import { join, noTaints, taintsIn, unknownValue, withoutConstant, type Value } from './value.ts';

const states = new WeakMap<Interpreter, Map<Call, Value>>();
const held = ' state';

/** What a component of React remembers, and the function that sets it. The same call gives the same when the component is run again. */
export function rememberState(interpreter: Interpreter, node: Call, first: Value): Value {
  let own = states.get(interpreter);
  if (!own) states.set(interpreter, (own = new Map()));
  let holder = own.get(node);
  if (!holder) own.set(node, (holder = { taints: noTaints }));
  const initial = withoutConstant(first.fn ? interpreter.invoke(first, []) : first);
  const value = holder.element ? join(initial, holder.element) : initial;
  return { taints: noTaints, items: [value, { taints: noTaints, name: 'react.setState', fields: new Map([[held, holder], ['initial', initial]]), complete: false }], complete: true };
}

/** Sets what a component remembers: it is shown when the component is run again. */
export function setState(interpreter: Interpreter, setter: Value, given: Value): Value {
  const holder = setter.fields?.get(held);
  if (!holder) return unknownValue;
  const before = setter.fields?.get('initial') ?? unknownValue;
  const value = given.fn ? interpreter.invoke(given, [holder.element ? join(before, holder.element) : before]) : given;
  if (taintsIn(value, 3).length === 0) return unknownValue;
  // Nothing is worked out again where nothing is shown that could do harm.
  if ((!holder.element || taintsIn(holder.element, 3).length === 0) && showsMarkup(interpreter.module)) interpreter.shared = true;
  holder.element = holder.element ? join(holder.element, value) : value;
  return unknownValue;
}

const markup: ReadonlySet<unknown> = new Set(['dangerouslySetInnerHTML', 'innerHTML', 'outerHTML', 'insertAdjacentHTML', 'srcDoc', 'srcdoc', 'eval']);
const found = new WeakMap<CodeModule, boolean>();

/** Whether a module names anything that text becomes markup or code by. */
function showsMarkup(module: CodeModule): boolean {
  const known = found.get(module);
  if (known !== undefined) return known;
  const stack: unknown[] = [...module.body];
  let shows = false;
  while (stack.length > 0 && !shows) {
    const node = stack.pop();
    if (typeof node !== 'object' || node === null) continue;
    const { key, property, name, kind } = node as { key?: unknown; property?: unknown; name?: unknown; kind?: unknown };
    shows = markup.has(key) || markup.has(property) || (kind === 'name' && name === 'eval');
    for (const value of Object.values(node)) if (typeof value === 'object') stack.push(value);
  }
  found.set(module, shows);
  return shows;
}
