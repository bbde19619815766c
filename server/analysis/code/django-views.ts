import type { Interpreter } from './interpreter.ts';
import { setRoute } from './parameters.ts';
import { mentions } from './mentions.ts';
import type { Closure } from './value.ts';

const viewFiles = /(?:^|\/)(?:\w*views\w*\.py|views\/\w+\.py|\w*_?api\.py|endpoints\.py)$/;
/** Functions whose results are for templates and other views, and not for the world. */
const helpers = /^(?:_|get_|is_|has_|can_|check_|build_|make_|render_|serialize_|validate_|handle_|process_)|context_processor|decorator|middleware/;

const wrappers = ['login_required', 'permission_required', 'staff_member_required', 'user_passes_test', 'admin_view'];

/** Whether the list of addresses beside the views may put a login before them; an application that builds its own list may do anything. */
export function wrappedByAddresses(interpreter: Interpreter): boolean {
  const { path } = interpreter.module;
  const addresses = interpreter.loader.load('.urls', path);
  return addresses ? wrappers.some((one) => mentions(addresses.body, one)) : interpreter.loader.exists('.apps', path) || interpreter.loader.exists('..apps', path);
}

/** Registers a plain function `def purge(request, pk)` of a module of views; which addresses lead to it is written elsewhere. */
export function registerView(interpreter: Interpreter, closure: Closure): void {
  const { node, path } = closure;
  if (path !== interpreter.module.path || !viewFiles.test(path) || closure.owner || closure.scope.parent || closure.scope.self || helpers.test(node.name ?? '')) return;
  if (interpreter.routes.some((one) => one.closure === closure) || wrappedByAddresses(interpreter)) return;
  setRoute(closure, 'django');
  const saved = interpreter.scope;
  interpreter.scope = closure.scope;
  const guards = node.decorators.map((one) => interpreter.evaluate(one));
  interpreter.scope = saved;
  interpreter.routes.push({ method: 'view', path: undefined, framework: 'django', origin: { path, range: { start: node.nameStart, end: node.nameEnd } }, closure, guards, call: undefined, owner: undefined });
}
