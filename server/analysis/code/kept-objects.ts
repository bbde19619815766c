import type { Interpreter } from './interpreter.ts';
import { join, noTaints, type Value } from './value.ts';

/** Objects of libraries that a program keeps things in, of which there is one: what one function puts there, another finds. */
const kept: ReadonlySet<string> = new Set(['streamlit.session_state', 'flask.g', 'flask.globals.g', 'quart.g', 'sanic.Request#ctx', 'nicegui.app.storage.user', 'nicegui.app.storage.general', 'express.Response#locals', 'koa.Context#state', 'hono.Context', 'chainlit.user_session']);

const objects = new WeakMap<Interpreter, Map<string, Value>>();

/** The one object of a name, if it is such. */
export function keptObject(interpreter: Interpreter, name: string): Value | undefined {
  if (!kept.has(name)) return undefined;
  let own = objects.get(interpreter);
  if (!own) objects.set(interpreter, (own = new Map()));
  let value = own.get(name);
  if (!value) own.set(name, (value = { taints: noTaints, name, fields: new Map(), complete: false }));
  return value;
}

/** What is put under a key, or found there: `c.set('name', value)`, `c.get('name')`. */
export function keptUnder(interpreter: Interpreter, name: string, key: Value, given: Value | undefined): Value | undefined {
  const object = typeof key.constant === 'string' ? keptObject(interpreter, name) : undefined;
  if (!object) return undefined;
  const before = object.fields!.get(key.constant as string);
  if (!given) return before;
  noteKept(interpreter, object, given);
  object.fields!.set(key.constant as string, before ? join(before, given) : given);
  return { taints: noTaints };
}

/** Notes that untrusted data was put where functions that have run before may find it. */
export function noteKept(interpreter: Interpreter, object: Value, value: Value): void {
  if (object.name !== undefined && kept.has(object.name) && value.taints.length > 0 && interpreter.frame.closure !== undefined) interpreter.shared = true;
}
