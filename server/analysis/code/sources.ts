import { origin, type Interpreter } from './interpreter.ts';
import { newRoot, step, type Root, type Taint, type Value } from './value.ts';

const sourceRoots = new WeakMap<object, Map<string, Root>>();

/** A fresh value of a source, as read at a node; the same node in the same run has the same root. */
export function sourced(interpreter: Interpreter, label: Taint['label'], name: string, node: { start: number; end: number }, what = name): Value {
  let own = sourceRoots.get(interpreter);
  if (!own) sourceRoots.set(interpreter, (own = new Map()));
  // Properties of one object (`req.query.name`) are one root wherever they are read; the result of a call is one for each call.
  const key = /[#.]/.test(name) && !name.endsWith(')') && !name.endsWith('#') ? name : `${name}@${interpreter.scope.path}:${node.start}`;
  let root = own.get(key);
  if (!root) own.set(key, (root = newRoot(key)));
  const at = origin(interpreter, node);
  return { taints: [{ label, root, clean: 0, weak: false, what, step: step(at, `${what} is read`) }], name, origin: at };
}

/** How a source reads in a message: `req.body`, `request.args`. */
export function sourceText(name: string): string {
  return name.replace(/\(\)$/, '').replace(/^(?:express|fastify|next|hapi)\.(?:Api)?Request#/, 'req.').replace(/^Request#/, 'request.').replace(/^(?:starlette|django|aiohttp|sanic)\.\w*Request#/, 'request.').replace(/^hono\.Context#/, 'c.').replace(/^koa\.Context#/, 'ctx.').replace(/^lambda\.Event#/, 'event.').replace(/#/g, '.').replace(/\.$/, '');
}
