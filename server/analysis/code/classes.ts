import type { Route, ToolHandler } from './events.ts';
import type { Interpreter } from './interpreter.ts';
import { data, setRoute } from './parameters.ts';
import { receive } from './received.ts';
import { validated } from './schema.ts';
import { addTool, pythonTool } from './tools.ts';
import { runWorkflow } from './workflows.ts';
import { unknownValue, type ClassValue, type Closure, type Value } from './value.ts';

/** Routes and tools that classes declare: controllers, tool classes. */
export function registerClass(interpreter: Interpreter, cls: ClassValue, enter: (closure: Closure) => void): void {
  const instance = interpreter.construct(cls);
  const base = cls.bases.map((one) => one.name ?? '').join(' ');
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
    receive(interpreter, cls, closure, member.name);
    if (isController) {
      const verb = closure.node.decorators.map((one) => interpreter.evaluate(one)).find((one) => /\.(?:Get|Post|Put|Patch|Delete|All|Sse)\(\)$/.test(one.name ?? ''));
      if (verb) {
        setRoute(closure, 'nest');
        const guards = [...(cls.decorators ?? []), ...closure.node.decorators.map((one) => interpreter.evaluate(one))];
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
    enter(closure);
  }
  runWorkflow(interpreter, cls);
}

function textOfField(instance: Value, name: string): string | undefined {
  const value = instance.fields?.get(name)?.constant;
  return typeof value === 'string' ? value : undefined;
}
