import type { Interpreter } from './interpreter.ts';
import type { Closure, Value } from './value.ts';

interface Bus {
  readonly listeners: Map<string, Closure[]>;
  readonly emitted: Map<string, (readonly Value[])[]>;
}
const buses = new WeakMap<Interpreter, Bus>();
function busOf(interpreter: Interpreter): Bus {
  let bus = buses.get(interpreter);
  if (!bus) buses.set(interpreter, (bus = { listeners: new Map(), emitted: new Map() }));
  return bus;
}
/** Remembers a listener of an event. */
export function listen(interpreter: Interpreter, key: string, closure: Closure): void {
  const { listeners } = busOf(interpreter);
  listeners.set(key, [...(listeners.get(key) ?? []), closure]);
}
/** Remembers what was emitted. */
export function emit(interpreter: Interpreter, key: string, args: readonly Value[]): void {
  const { emitted } = busOf(interpreter);
  const own = emitted.get(key) ?? [];
  if (own.length < 8) emitted.set(key, [...own, args]);
}

/** Runs listeners on what was emitted in the same module. */
export function deliver(interpreter: Interpreter): void {
  const { listeners, emitted } = busOf(interpreter);
  for (const [key, lists] of emitted) for (const closure of listeners.get(key) ?? []) for (const args of lists) interpreter.enter(closure, args);
}

