import type { CodeCall } from './events.ts';
import { origin, type Interpreter } from './interpreter.ts';
import { argumentAt } from './sinks.ts';
import { storeCalls, type StoreCall } from './tables/stores.ts';
import { joinTaints, newRoot, step, type Value } from './value.ts';

/** How a call names a thing outside: by a text, or by an environment variable that holds it. */
export interface Named {
  readonly name?: string;
  readonly variable?: string;
}

const known = new Map<string, StoreCall | undefined>();

/** The store that a call of this name reaches. */
export function storeCall(name: string): StoreCall | undefined {
  if (!known.has(name)) {
    if (known.size > 20_000) known.clear();
    known.set(name, storeCalls.find((one) => one.names.test(name)));
  }
  return known.get(name);
}

/** The name in one of the arguments, of the call or of the call that made its receiver. */
export function nameBy(call: CodeCall, places: readonly (string | number)[]): Named | undefined {
  for (const source of [call, rootCall(call.receiver)]) {
    if (!source) continue;
    for (const place of places) {
      const value = argumentAt(source, place)?.value;
      if (!value) continue;
      if (typeof value.constant === 'string' && value.constant !== '' && value.constant.length < 200) return { name: value.constant };
      const variable = /^(?:process\.env|os\.environ|Deno\.env|import\.meta\.env)[.[(]['"]?(\w+)|^os\.getenv\((\w+)\)/.exec(value.name ?? '');
      if (variable) return { variable: variable[1] ?? variable[2]! };
      if (typeof place === 'string') break;
    }
  }
  return undefined;
}

/** The call that made what a method is called on: `new OpenAI(...)` for `client.chat.completions.create`. */
export function rootCall(value: Value | undefined): CodeCall | undefined {
  return value?.call;
}

/** What a reading call gives: `data of` the tables of its query, the bucket, the file. Undefined for calls that read nothing. */
export function namedStore(call: CodeCall): string | undefined {
  const store = storeCall(call.name!);
  if (!store) return undefined;
  const method = call.name!.slice(Math.max(call.name!.lastIndexOf('.'), call.name!.lastIndexOf('#')) + 1);
  const action = store.action(method);
  if (action === 'write' || store.kind === 'secret') return undefined;
  if (call.isNew && !/Command$/.test(method)) return undefined;
  const tables = tablesOf(call);
  return `${prefix}${tables ?? nameBy(call, store.by)?.name ?? store.technology}`;
}

const prefix = 'data of ';

/** The names of the stores that `namedStore` has put into words. */
export function dataOf(what: string): string | undefined {
  return what.startsWith(prefix) ? what.slice(prefix.length) : undefined;
}

/** Tables that a query names. */
function tablesOf(call: CodeCall): string | undefined {
  const value = call.args[0]?.value;
  const text = typeof value?.constant === 'string' ? value.constant : (value?.parts ?? []).map((part) => part ?? ' ? ').join('');
  const tables = [...text.matchAll(/\b(?:from|join)\s+["'`]?([A-Za-z_][\w.]{1,60})/gi)].map((match) => match[1]!);
  return tables.length === 0 ? undefined : [...new Set(tables)].join(', ');
}

/** What a call reads from a store, where a policy asks: which store it is may tell the class of the data, here or in another file. */
export function stored(interpreter: Interpreter, call: CodeCall, value: Value): Value {
  if (!interpreter.classify || call.name === undefined) return value;
  const what = namedStore(call);
  if (what === undefined || value.taints.some((taint) => taint.label === 'classified')) return value;
  return { ...value, taints: joinTaints(value.taints, [{ label: 'classified', root: newRoot(what), clean: 0, weak: false, what, step: step(origin(interpreter, call.node), `${what} is read`) }]) };
}
