import type { CodeCall } from './events.ts';
import type { Interpreter } from './interpreter.ts';
import { routeOf } from './parameters.ts';
import { argumentAt } from './sinks.ts';
import type { Closure, Value } from './value.ts';

/** How many parameters a function has that may hand on to the handler after it. */
const handing: Readonly<Record<string, number>> = { express: 3, koa: 2, hono: 2 };
const hooks = ['onRequest', 'preParsing', 'preValidation', 'preHandler'];

const known = new WeakMap<Interpreter, Map<string, readonly Closure[]>>();

/** The functions that a request passes before a handler: those of the route, and those that the application or router was given before. */
export function handlersBefore(interpreter: Interpreter, call: CodeCall, framework: string, own: readonly Value[]): readonly Closure[] {
  const parameters = handing[framework];
  if (parameters === undefined && framework !== 'fastify') return [];
  let all = known.get(interpreter);
  if (!all) known.set(interpreter, (all = new Map()));
  const [owner] = call.written.split('.');
  const before = all.get(owner!) ?? [];
  if (parameters === undefined) {
    if (call.written.endsWith('.addHook')) {
      if (hooks.includes(String(call.args[0]?.value.constant))) all.set(owner!, [...before, ...call.args.flatMap((one) => one.value.fn ?? [])]);
      return before;
    }
    const ofRoute = hooks.flatMap((name) => argumentAt(call, name)?.value ?? []).flatMap((one) => (one.fn ? [one] : one.items ?? []));
    return [...before, ...ofRoute.flatMap((one) => one.fn ?? [])];
  }
  const path = call.args[0]?.value.constant;
  if (call.written.endsWith('.use') && (typeof path !== 'string' || /^\/?\*$/.test(path))) all.set(owner!, [...before, ...call.args.flatMap(({ value }) => (value.fn?.node.params.length === parameters ? [value.fn] : []))]);
  return [...before, ...own.map((one) => one.fn!)].filter((one) => one.node.params.length === parameters);
}

/** What Flask runs before each of its handlers. */
export function beforeRequest(interpreter: Interpreter, closure: Closure): readonly Closure[] {
  if (!closure.scope.python || routeOf(closure) !== 'flask.Flask') return [];
  return interpreter.routes.flatMap((one) => (one.method === 'before_request' && one.closure && one.closure !== closure ? [one.closure] : []));
}
