import type { FlowAction } from '../../model/threat.ts';
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

/** Names that say what is done only after the first call: `db.select().from(users)`. */
const chains = /^(?:@supabase|supabase)\b|^drizzle\.Db#select\w*\(\)\.from$/;

const known = new Map<string, StoreCall | undefined>();

/** The store that a call of this name reaches. What is done with a result is no further use. */
export function storeCall(name: string): StoreCall | undefined {
  if (!known.has(name)) {
    if (known.size > 20_000) known.clear();
    known.set(name, /\(\)./.test(name) && !chains.test(name) ? undefined : storeCalls.find((one) => one.names.test(name)));
  }
  return known.get(name);
}

/** The name in one of the arguments. */
function nameIn(call: CodeCall | undefined, places: readonly (string | number)[] | undefined): Named | undefined {
  if (!call) return undefined;
  for (const place of places ?? []) {
    const found = namedBy(argumentAt(call, place)?.value);
    if (found) return found;
  }
  return undefined;
}

/** The name in one of the arguments, of the call or of the call that made its receiver. */
export function nameBy(call: CodeCall, places: readonly (string | number)[]): Named | undefined {
  return nameIn(call, places) ?? nameIn(rootCall(call.receiver), places);
}

/** How a store is named: by the call itself, else by what its client was made with. */
export function storeName(call: CodeCall, store: StoreCall): Named | undefined {
  const named = nameIn(call, store.by) ?? nameIn(firstCall(call), store.made);
  return named?.name !== undefined && /^[\w+-]+:\/\/$/.test(named.name) ? undefined : named;
}

function namedBy(value: Value | undefined): Named | undefined {
  if (!value) return undefined;
  if (typeof value.constant === 'string' && value.constant !== '' && value.constant.length < 200) return { name: value.constant };
  const called = value.call && /^(?:os\.(?:environ\.get|getenv)|Deno\.env\.get)$/.test(value.call.name ?? '') ? value.call.args[0]?.value.constant : undefined;
  if (typeof called === 'string') return { variable: called };
  const variable = /^(?:process\.env|os\.environ|Deno\.env|import\.meta\.env)[.[(]['"]?([A-Za-z_]\w*)['"]?\]?$/.exec(value.name ?? '')?.[1];
  if (variable !== undefined && variable !== 'get') return { variable };
  // A client that was made of another: `drizzle(postgres(url))`.
  return value.call && /^(?:postgres|pg\.\w+|mysql2?\.\w+|better-sqlite3|@neondatabase\/serverless\.\w+|@libsql\/client\.\w+)$/.test(value.call.name ?? '') ? namedBy(value.call.args[0]?.value) : undefined;
}

/** The call that made what a method is called on: `new OpenAI(...)` for `client.chat.completions.create`. */
export function rootCall(value: Value | undefined): CodeCall | undefined {
  return value?.maker ?? value?.call;
}

/** The call at the beginning of a chain: `createClient(...)` of `createClient(...).from('x').select()`. */
function firstCall(call: CodeCall): CodeCall | undefined {
  let at = rootCall(call.receiver);
  for (let next = at && rootCall(at.receiver), left = 8; next && left > 0; next = rootCall(at.receiver), left--) at = next;
  return at;
}

/** The part of a store that a call names: a table, a collection. A variable is the table that it is called after. */
export function insideOf(call: CodeCall, store: StoreCall): readonly string[] {
  const tables = tablesOf(call);
  const owner = /\(\)\.from\(\)\.\w+$/.test(call.name ?? '') ? call.receiver?.call ?? call : call;
  const named = (store.inside ?? []).flatMap((place) => {
    const argument = argumentAt(owner, place);
    const { value, node } = argument ?? {};
    return typeof value?.constant === 'string' ? [value.constant] : node?.kind === 'name' && store.technology === 'SQL database' ? [node.name] : [];
  });
  const model = /^prisma\.Client#(\w+)\.\w+$|^drizzle\.Db#query\.(\w+)\./.exec(call.name ?? '');
  return [...new Set([...tables, ...named, ...(model ? [(model[1] ?? model[2])!] : [])])];
}

const prefix = 'data of ';

/** The names of the stores that `stored` has put into words. */
export function dataOf(what: string): string | undefined {
  return what.startsWith(prefix) ? what.slice(prefix.length) : undefined;
}

/** What a call reads from a store, where a policy asks: which store it is may tell the class of the data, here or in another file. */
export function stored(interpreter: Interpreter, call: CodeCall, value: Value): Value {
  if (!interpreter.classify || call.name === undefined) return value;
  if (value.taints.some((taint) => taint.label === 'classified')) return value;
  // Rows that are fetched from a result are what the query named.
  const held = value.taints.some((taint) => taint.label === 'store') ? (call.receiver?.taints ?? []).filter((taint) => taint.label === 'classified') : [];
  if (held.length > 0) return { ...value, taints: joinTaints(value.taints, held) };
  const what = namedStore(call);
  if (what === undefined) return value;
  return { ...value, taints: joinTaints(value.taints, [{ label: 'classified', root: newRoot(what), clean: 0, weak: false, what, step: step(origin(interpreter, call.node), `${what} is read`) }]) };
}

/** What a reading call gives: `data of` the tables of its query, the bucket, the file. Undefined for calls that read nothing. */
function namedStore(call: CodeCall): string | undefined {
  const store = storeCall(call.name!);
  if (!store || store.kind === 'secret') return undefined;
  const method = methodOf(call.name!);
  if (actionOf(store, call) === 'write' || (call.isNew && !/Command$/.test(method)) || /^create_(?:async_)?engine$/.test(method)) return undefined;
  const inside = insideOf(call, store);
  return `${prefix}${inside.length > 0 ? inside.join(', ') : storeName(call, store)?.name ?? technologyOf(store, call)}`;
}

/** What the store is, by the names of packages and classes; those of a family have one qualified name and tell by how they are written. */
export function technologyOf(store: StoreCall, call: CodeCall): string {
  return typeof store.technology === 'string' ? store.technology : store.technology(`${call.name} ${call.written} ${firstCall(call)?.written ?? ''}`);
}

/** How a call uses the store; making its client is a use of it. */
export function actionOf(store: StoreCall, call: CodeCall): FlowAction {
  const method = methodOf(call.name!);
  return /^[A-Z]/.test(method) && !/Command$|^(?:Upload|Bucket|Object|Table)$/.test(method) ? 'use' : store.action(method);
}

/** The last part of a qualified name. */
export function methodOf(name: string): string {
  return name.slice(Math.max(name.lastIndexOf('.'), name.lastIndexOf('#')) + 1);
}

/** Tables that a query names. */
function tablesOf(call: CodeCall): readonly string[] {
  const value = call.args[0]?.value;
  const text = typeof value?.constant === 'string' ? value.constant : (value?.parts ?? []).map((part) => part ?? ' ? ').join('');
  return /\b(?:select|insert|update|delete|with)\b/i.test(text) ? [...text.matchAll(/\b(?:from|join|into|update)\s+["'`]?([A-Za-z_][\w.]{1,60})/gi)].map((match) => match[1]!).filter((name) => !/^(?:select|set|where|values)$/i.test(name)) : [];
}
