import type { Route, ToolHandler } from './events.ts';
import { wrappedByAddresses } from './django-views.ts';
import type { Interpreter } from './interpreter.ts';
import { data, params, pythonParameter, setRoute } from './parameters.ts';
import { receive } from './received.ts';
import { schemaOfType, validated } from './schema.ts';
import { textual } from './tables/cleaners.ts';
import { addTool, pythonTool } from './tools.ts';
import { mentions } from './mentions.ts';
import { runWorkflow } from './workflows.ts';
import { noTaints, unknownValue, type ClassValue, type Closure, type Value } from './value.ts';

/** Names of the classes of libraries that a class is derived from, through others of the program. */
export function basesOf(cls: ClassValue, depth = 0): readonly string[] {
  return cls.bases.flatMap((one) => (one.cls && one.cls !== cls && depth < 5 ? basesOf(one.cls, depth + 1) : one.name ?? []));
}

/** Decorators that say where a handler is found and what it answers with. */
const describing = /^@nestjs\/common\.(?!UseGuards\b|applyDecorators\b|SetMetadata\b)|^@nestjs\/swagger\.(?!ApiBearerAuth\b|ApiSecurity\b)|^@nestjs\/(?:throttler|cache-manager)\./;

/** Whether the application's module or its start sets a guard for all routes. */
function guardedByModule(interpreter: Interpreter): boolean {
  const { path } = interpreter.module;
  for (let up = 0; up < 5; up++) {
    const root = interpreter.loader.load(`./${'../'.repeat(up)}app.module`, path);
    if (!root) continue;
    if (root.body.some((one) => one.kind === 'import' && one.names.some(({ name }) => name === 'APP_GUARD'))) return true;
    const start = interpreter.loader.load(`./${'../'.repeat(up)}main`, path);
    return start !== undefined && mentions(start.body, 'useGlobalGuards');
  }
  return false;
}

/** Routes and tools that classes declare: controllers, tool classes. */
export function registerClass(interpreter: Interpreter, cls: ClassValue, enter: (closure: Closure) => void): void {
  const instance = interpreter.construct(cls);
  const base = basesOf(cls).join(' ');
  const isTool = /(?:BaseTool|StructuredTool|smolagents\.Tool|langchain\.Tool|Toolkit|crewai[\w.]*\.BaseTool|DynamicTool)(?:\s|$)/.test(base);
  const isController = cls.decorators?.some((one) => /^@nestjs\/common\.Controller\(\)$|^(?:routing-controllers|tsoa|@tsed\/\w+)\.(?:Controller|JsonController|Route)\(\)$/.test(one.name ?? ''));
  for (const member of cls.node.members) {
    if (!member.method || member.name === 'constructor' || member.name === '__init__') continue;
    const closure = interpreter.member(instance, member.name, member).fn;
    if (!closure || closure.node !== member.method) continue;
    if (isTool && /^(?:_run|_arun|forward|_call|run|call)$/.test(member.name)) {
      const schema = instance.fields?.get('args_schema')?.cls?.schema ?? cls.statics.get('args_schema')?.cls?.schema ?? instance.fields?.get('schema')?.schema;
      const tool: ToolHandler = { closure, name: textOfField(instance, 'name'), description: textOfField(instance, 'description'), approval: false, origin: { path: closure.path, range: { start: closure.node.nameStart, end: closure.node.nameEnd } }, framework: 'langchain' };
      if (closure.scope.python) closure.entry ??= pythonTool(interpreter, closure, schema);
      else closure.entry ??= [schema ? validated(schema, unknownValue, data(interpreter, 'tool.Argument', closure, 0).taints) : data(interpreter, 'tool.Argument', closure, 0)];
      addTool(interpreter, tool);
    }
    receive(interpreter, cls, base, closure, member.name);
    if (isController) {
      const verb = closure.node.decorators.map((one) => interpreter.evaluate(one)).find((one) => /\.(?:Get|Post|Put|Patch|Delete|All|Sse)\(\)$/.test(one.name ?? ''));
      if (verb) {
        setRoute(closure, 'nest');
        const guards = [...(cls.decorators ?? []), ...closure.node.decorators.map((one) => interpreter.evaluate(one))].filter((one) => !describing.test(one.name ?? ''));
        if (guards.length === 0 && guardedByModule(interpreter)) guards.push({ taints: noTaints, name: 'guard' });
        const path = verb.call?.args[0]?.value.constant;
        const route: Route = { method: /\.(\w+)\(\)$/.exec(verb.name!)![1]!.toLowerCase(), path: typeof path === 'string' ? path : undefined, framework: 'nest', origin: { path: closure.path, range: { start: closure.node.nameStart, end: closure.node.nameEnd } }, closure, guards, call: verb.call, owner: undefined };
        interpreter.routes.push(route);
      }
    }
    // Views of Django REST framework that say who may call them; what the settings say is not known.
    const permitted = /\brest_framework\.(?:views|viewsets|generics)\./.test(base) ? cls.statics.get('permission_classes')?.items : undefined;
    if (permitted && /^(?:get|post|put|patch|delete)$/.test(member.name)) {
      setRoute(closure, 'rest_framework');
      interpreter.routes.push({ method: member.name, path: undefined, framework: 'rest_framework', origin: { path: closure.path, range: { start: closure.node.nameStart, end: closure.node.nameEnd } }, closure, guards: permitted, call: undefined, owner: undefined });
    }
    if (methodViews.test(base) && /^(?:get|post|put|patch|delete)$/.test(member.name)) registerMethodView(interpreter, cls, closure, member.name);
    enter(closure);
  }
  const permitted = /\brest_framework\.viewsets\.ModelViewSet\b/.test(base) ? cls.statics.get('permission_classes')?.items : undefined;
  if (permitted) interpreter.routes.push({ method: 'viewset', path: undefined, framework: 'rest_framework', origin: { path: cls.path, range: { start: cls.node.nameStart, end: cls.node.nameEnd } }, closure: undefined, guards: permitted, call: undefined, owner: undefined });
  runWorkflow(interpreter, cls);
}

function inherited(cls: ClassValue, name: string, depth = 0): Value | undefined {
  const own = cls.statics.get(name);
  if (own || depth > 5) return own;
  for (const one of cls.bases) {
    const found = one.cls && one.cls !== cls ? inherited(one.cls, name, depth + 1) : undefined;
    if (found) return found;
  }
  return undefined;
}

/** Classes of Flask and its extensions, and of Django, with a method for each verb. */
const methodViews = /(?:^|\s)(?:flask\.views\.MethodView|quart\.views\.MethodView|flask_restful\.Resource|flask_restx\.Resource|flask_smorest\.MethodView|flask_classful\.FlaskView|django\.views\.(?:generic\.(?:base\.)?)?View)(?:\s|$)/;

function registerMethodView(interpreter: Interpreter, cls: ClassValue, closure: Closure, method: string): void {
  const django = cls.bases.some((one) => one.name?.startsWith('django.'));
  if (django && wrappedByAddresses(interpreter)) return;
  if (!django) {
    closure.entry ??= params(closure).map((param, at) => pythonParameter(interpreter, closure, at, 'flask.Param', param.type ? schemaOfType(interpreter, param.type) : { clean: textual }));
    setRoute(closure, 'flask.Flask');
  }
  const listed = ['decorators', 'method_decorators'].flatMap((key) => inherited(cls, key)?.items ?? []);
  const guards = [...(cls.decorators ?? []), ...listed, ...cls.bases.filter((one) => !methodViews.test(one.name ?? '')).map((one) => (one.cls ? { ...one, name: one.cls.node.name ?? '' } : one)), ...closure.node.decorators.map((one) => interpreter.evaluate(one))];
  interpreter.routes.push({ method, path: undefined, framework: django ? 'django' : 'flask.Flask', origin: { path: closure.path, range: { start: closure.node.nameStart, end: closure.node.nameEnd } }, closure, guards, call: undefined, owner: undefined });
}

function textOfField(instance: Value, name: string): string | undefined {
  const value = instance.fields?.get(name)?.constant;
  return typeof value === 'string' ? value : undefined;
}
