import type { FunctionNode } from '../../model/code-tree.ts';
import type { CodeCall } from './events.ts';
import type { Interpreter } from './interpreter.ts';
import { named } from './parameters.ts';
import { handlers, registerHandlers } from './routes.ts';
import { sourced } from './sources.ts';
import { capped, textual } from './tables/cleaners.ts';
import { cleaned, unknownValue, type Value } from './value.ts';

type Convention = 'express' | 'fastify';

/** Which framework calls a function with parameters of these names: `(req, res)`, `(err, req, res, next)`, `(request, reply)`. */
function conventionOf(node: FunctionNode): { readonly framework: Convention; readonly at: number } | undefined {
  const names = node.params.map((one) => (one.target.kind === 'name' ? one.target.name.replace(/^_/, '') : ''));
  const at = names.length === 4 && /^(?:e|err|error)$/.test(names[0]!) ? 1 : 0;
  const [request, response] = names.slice(at);
  if (request === undefined || response === undefined) return undefined;
  if (request === 'req' && response === 'res') return { framework: 'express', at };
  return /^req(?:uest)?$/.test(request) && response === 'reply' ? { framework: 'fastify', at } : undefined;
}

/**
 * What a parameter is by its place and name, where no type says it. Where the handler is registered is not seen: what stands before it
 * may have checked types and lengths.
 */
export function conventionalParameter(interpreter: Interpreter, node: FunctionNode, position: number): Value {
  const found = conventionOf(node);
  if (!found || position < found.at || position > found.at + 1) return unknownValue;
  const [request, response] = found.framework === 'express' ? ['express.Request', 'express.Response'] as const : ['fastify.Request', 'fastify.Reply'] as const;
  if (position !== found.at) return named(response);
  return {
    ...named(request), complete: false,
    fields: new Map(['body', 'query', 'params'].map((part) => {
      const { taints } = sourced(interpreter, 'request', `${request}#${part}`, node.params[position]!, `req.${part}`);
      return [part, { taints: cleaned(taints, textual | capped), name: `${request}#${part}` }];
    })),
  };
}

const verbs = /^(?:get|post|put|patch|delete|all)$/;

/** A route of an application that was handed over: `module.exports = (app) => { app.post('/ask', (req, res) => ...) }`. */
export function guessedRoute(interpreter: Interpreter, call: CodeCall, method: string): boolean {
  const path = call.args[0]?.value.constant;
  if (!verbs.test(method) || typeof path !== 'string' || !/^[/*]/.test(path) || call.args.length < 2) return false;
  const last = call.args.at(-1)!.value.fn;
  const found = last && conventionOf(last.node);
  const spec = found && handlers.find((one) => one.framework === found.framework && one.route);
  if (!spec) return false;
  registerHandlers(interpreter, call, spec, method);
  return true;
}
