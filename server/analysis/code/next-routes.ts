import type { Interpreter } from './interpreter.ts';
import { setRoute } from './parameters.ts';
import { noTaints, type Closure, type Value } from './value.ts';

const files = /^(.*?)((?:^|\/)app\/(?:.*\/)?)route\.[cm]?[jt]sx?$/;

export function isNextRoute(path: string): boolean {
  return files.test(path);
}

/** Registers a handler of a file of routes of Next: `app/api/chat/route.ts` exports `POST`. */
export function registerNextRoute(interpreter: Interpreter, closure: Closure, method: string): void {
  const { path } = interpreter.module;
  const place = files.exec(path);
  if (!place || !/^(?:GET|POST|PUT|PATCH|DELETE)$/.test(method) || interpreter.routes.some((one) => one.closure === closure)) return;
  const folders = place[2]!.split('/').filter((one) => one !== '');
  setRoute(closure, 'next');
  interpreter.routes.push({
    method: method.toLowerCase(), path: `/${folders.slice(1).filter((one) => !/^\(.*\)$/.test(one)).join('/')}`, framework: 'next',
    origin: { path, range: { start: closure.node.nameStart, end: closure.node.nameEnd } }, closure, guards: middleware(interpreter, folders.length), call: undefined, owner: undefined,
  });
}

/** Middleware of the application may sign callers in before any handler runs. */
function middleware(interpreter: Interpreter, depth: number): readonly Value[] {
  const { path } = interpreter.module;
  const found = ['middleware', 'proxy'].some((name) => interpreter.loader.exists(`${'../'.repeat(depth)}${name}`, path));
  return found ? [{ taints: noTaints, name: 'middleware' }] : [];
}
