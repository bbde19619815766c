import type { CodeCall } from './events.ts';
import { fastapiParameter } from './fastapi-parameters.ts';
import type { Interpreter } from './interpreter.ts';
import { named, params, pythonParameter, setRoute } from './parameters.ts';
import { textual } from './tables/cleaners.ts';
import { argumentAt } from './sinks.ts';
import { noTaints, unknownValue, type Closure, type Value } from './value.ts';

export const pythonRoute = /^(flask\.Flask#(?:route|get|post|put|patch|delete|before_request)|fastapi\.Router#(?:get|post|put|patch|delete|websocket|api_route|head|options|middleware)|sanic\.(?:Sanic|Blueprint)#(?:get|post|put|patch|delete|route|websocket)|litestar\.(?:get|post|put|patch|delete|route)|aiohttp\.web\.RouteTableDef#(?:get|post|put|patch|delete)|bottle\.(?:route|get|post|put|delete)|bottle\.Bottle#(?:route|get|post)|robyn\.Robyn#(?:get|post|put|delete)|blacksheep\.Application#\w+|starlette\.applications\.Starlette#route|ninja\.(?:NinjaAPI|Router)#(?:get|post|put|patch|delete)|azure\.functions\.FunctionApp#(?:route|function_name)|chalice\.Chalice#route|functions_framework\.(?:http|cloud_event)|firebase_functions\.https_fn\.(?:on_request|on_call)|powertools\.Resolver#(?:get|post|put|patch|delete|route)|pyramid\.view\.view_config|cherrypy\.expose|(?:flask_socketio\.SocketIO|socketio\.(?:Async)?(?:Server|Client))#(?:on|event)|modal\.(?:web_endpoint|fastapi_endpoint)|bentoml\.(?:api|Service#api)|litestar\.\w+\.(?:get|post|put|patch|delete)|rest_framework\.decorators\.api_view|django\.views\.decorators\.\w+\.\w+)(?:\(\))?$/;

/** A function that Flask, FastAPI and their like call. */
export function registerPython(interpreter: Interpreter, closure: Closure, decorator: string, call: CodeCall | undefined, decorators: readonly Value[] | undefined): void {
  const [framework] = decorator.split(/[#(]/);
  if (/socketio\./i.test(framework!)) {
    // The events of python-socketio begin with the id of the session.
    closure.entry ??= params(closure).map((_param, at) => (at === 0 && framework!.startsWith('socketio.') ? unknownValue : pythonParameter(interpreter, closure, at, 'socket.Message', undefined)));
    return;
  }
  const method = decorator.slice(Math.max(decorator.lastIndexOf('#'), decorator.lastIndexOf('.')) + 1).replace(/[()]/g, '');
  const path = typeof call?.args[0]?.value.constant === 'string' ? call.args[0].value.constant : undefined;
  setRoute(closure, framework!);
  const guards: Value[] = [...(decorators ?? []).filter((one) => !pythonRoute.test(one.name ?? ''))];
  const dependencies = call && argumentAt(call, 'dependencies')?.value.items;
  if (dependencies) guards.push(...dependencies);
  const saved = interpreter.scope;
  interpreter.scope = closure.scope;
  const isFlask = framework === 'flask.Flask';
  closure.entry ??= params(closure).map((param, at): Value => {
    const key = param.target.kind === 'name' ? param.target.name : '';
    if (isFlask || framework?.startsWith('aiohttp.web') || framework?.startsWith('bottle') || framework === 'powertools.Resolver' || framework?.startsWith('chalice')) {
      if (framework?.startsWith('aiohttp.web')) return named('aiohttp.Request');
      const converter = new RegExp(`<(\\w+)(?:\\([^)]*\\))?:${key}>`).exec(path ?? '')?.[1];
      return converter === 'int' || converter === 'float' || converter === 'uuid' || converter === 'any' ? { taints: noTaints, scalar: true } : pythonParameter(interpreter, closure, at, 'flask.Param', { clean: textual });
    }
    if (framework === 'pyramid.view.view_config') return at === params(closure).length - 1 ? named('pyramid.Request') : unknownValue;
    if (framework === 'cherrypy.expose') return pythonParameter(interpreter, closure, at, 'cherrypy.Param', { clean: textual });
    if (framework?.startsWith('sanic') && at === 0) return named('sanic.Request');
    if (framework?.startsWith('litestar') && key === 'request') return named('litestar.Request');
    if (framework?.startsWith('functions_framework') || framework?.startsWith('firebase_functions')) return { taints: noTaints, name: 'flask.request' };
    if (framework?.startsWith('robyn') && at === 0) return named('robyn.Request');
    if (framework?.startsWith('azure') && at === 0) return named('azure.HttpRequest');
    if (framework?.startsWith('rest_framework') || framework?.startsWith('django')) return at === 0 ? named('django.HttpRequest') : pythonParameter(interpreter, closure, at, 'django.Param', undefined);
    if (framework?.startsWith('ninja') && at === 0) return named('django.HttpRequest');
    return fastapiParameter(interpreter, closure, param, at, guards);
  });
  interpreter.scope = saved;
  interpreter.routes.push({ method, path, framework: framework!, origin: { path: closure.path, range: { start: closure.node.nameStart, end: closure.node.nameEnd } }, closure, guards, call, owner: call?.receiver });
}
