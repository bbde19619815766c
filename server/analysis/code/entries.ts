import type { CodeCall, Route, ToolHandler } from './events.ts';
import { sourced } from './expressions.ts';
import { instanceOf } from './functions.ts';
import type { Interpreter } from './interpreter.ts';
import { everyKind } from './kinds.ts';
import { jsonSchema, schemaOfType, trustedSchema, validated } from './schema.ts';
import { argumentAt } from './sinks.ts';
import { typed } from './types.ts';
import { join, noTaints, unknownValue, type ClassValue, type Closure, type Schema, type Value } from './value.ts';

/** An instance by name, for a parameter. */
const named = (name: string): Value => ({ taints: noTaints, name: `${name}#` });

interface HandlerSpec {
  /** Callee; its last name is the method. */
  readonly pattern: RegExp;
  readonly framework: string;
  readonly params: readonly string[];
  readonly route?: boolean;
}

const verbs = '(?:get|post|put|patch|delete|del|all|use|head|options|on|any)';
const handlers: readonly HandlerSpec[] = [
  { pattern: new RegExp(`^express\\.App#(?:route\\(\\)\\.)*${verbs}$`), framework: 'express', params: ['express.Request', 'express.Response'], route: true },
  { pattern: new RegExp(`^fastify\\.App#(?:${verbs}|addHook|register)$`), framework: 'fastify', params: ['fastify.Request', 'fastify.Reply'], route: true },
  { pattern: new RegExp(`^koa-router\\.Router#${verbs}$|^koa\\.Koa#use$`), framework: 'koa', params: ['koa.Context'], route: true },
  { pattern: new RegExp(`^(?:hono\\.Hono|@hono/zod-openapi\\.OpenAPIHono|hono/[\\w-]+\\.Hono)#(?:\\w+\\(\\)\\.)*(?:${verbs}|openapi)$`), framework: 'hono', params: ['hono.Context'], route: true },
  { pattern: new RegExp(`^elysia\\.Elysia#(?:\\w+\\(\\)\\.)*${verbs}$`), framework: 'elysia', params: ['elysia.Context'], route: true },
  { pattern: new RegExp(`^(?:@oak/oak|oak|https?://.*oak.*)\\.Router#${verbs}$`), framework: 'oak', params: ['oak.Context'], route: true },
  { pattern: /^http\.(?:createServer|Server)$|^https\.createServer$|^http2\.createServer$/, framework: 'http', params: ['http.IncomingMessage', 'http.ServerResponse'], route: true },
  { pattern: /^Deno\.serve$|^Bun\.serve$/, framework: 'fetch', params: ['Request'], route: true },
  { pattern: /^itty-router\.\w+#?(?:\(\))?\.?(?:get|post|put|delete|all)$/, framework: 'fetch', params: ['Request'], route: true },
  { pattern: /^@azure\/functions\.app\.(?:http|get|post)$/, framework: 'azure', params: ['azure.HttpRequest'], route: true },
  { pattern: /^firebase-functions(?:\/v2\/https)?\.(?:https\.)?(?:onRequest)$|^@google-cloud\/functions-framework\.http$/, framework: 'express', params: ['express.Request', 'express.Response'], route: true },
  { pattern: /^firebase-functions(?:\/v2\/https)?\.(?:https\.)?onCall$/, framework: 'firebase', params: ['express.Request'] },
  { pattern: /^@mastra\/core\/server\.registerApiRoute$/, framework: 'hono', params: ['', 'hono.Context'], route: true },
  { pattern: /^kafkajs\.Consumer#run$/, framework: 'kafka', params: ['kafkajs.Message'] },
  { pattern: /^bullmq\.Worker$|^bull\.\w+#process$/, framework: 'queue', params: ['bullmq.Job'] },
  { pattern: /^amqplib\.Channel#consume$/, framework: 'queue', params: ['amqplib.Message'] },
  { pattern: /^h3\.(?:defineEventHandler|eventHandler)$|^defineEventHandler$/, framework: 'h3', params: ['h3.Event'], route: true },
  { pattern: /^MessagePort#on$|^navigator\.serviceWorker\.addEventListener$/, framework: 'browser', params: ['MessageEvent'] },
  { pattern: /^commander\.(?:program|Command#?)(?:.*)\.action$|^commander\.Command#action$/, framework: 'cli', params: ['commander.Param', 'commander.Param', 'commander.Param'] },
  { pattern: /^next-safe-action\..*\.action$/, framework: 'next', params: ['action.Argument'] },
];

const dataParameters: Readonly<Record<string, string>> = {
  'nest.Param': 'the request', 'trpc.Input': 'input', 'action.Argument': 'the action’s argument', 'flask.Param': 'the URL', 'fastapi.Param': 'the request', 'django.Param': 'the URL', 'gradio.Param': 'the form', 'tool.Argument': 'the model’s tool call', 'mcp.Argument': 'the model’s tool call', 'lambda.Event': 'event', 'click.Param': 'the command line', 'ws.Message': 'the socket', 'socket.Message': 'the socket', 'chainlit.Message': 'the message', 'bullmq.Job': 'job', 'queue.Message': 'the queue', 'commander.Param': 'the command line', 'typer.Param': 'the command line', 'dash.Param': 'the form', 'MessageEvent': 'event', 'graphql.Args': 'args', 'slack.Event': 'the event', 'telegram.Update': 'update', 'discord.Message': 'message',
};

/** Makes every parameter of a function untrusted data. */
function entry(interpreter: Interpreter, value: Value | undefined, name: string, framework: string): void {
  const closure = value?.fn;
  if (!closure) return;
  closure.entry ??= params(closure).map((param, at) => (param.type && /^(?:int|float|bool|Image|np\.ndarray|PIL)/.test(param.type.name) ? unknownValue : data(interpreter, name, closure, at)));
  routes.set(closure, framework);
}

/** A parameter that is itself untrusted data. */
function data(interpreter: Interpreter, name: string, closure: Closure, position: number, what?: string): Value {
  const param = closure.node.params[position + (closure.owner && closure.scope.python ? 1 : 0)] ?? closure.node.params[position];
  const label = interpreter.knowledge.read(`${name}#`);
  const text = what ?? (param?.target.kind === 'name' ? param.target.name : dataParameters[name] ?? 'the parameter');
  if (!label) return named(name);
  const saved = interpreter.scope;
  interpreter.scope = closure.scope;
  const value = sourced(interpreter, label, `${name}#`, { start: param?.start ?? closure.node.start, end: param?.end ?? closure.node.end }, text);
  interpreter.scope = saved;
  // One root for each parameter.
  return { ...value, taints: value.taints.map((taint) => taint) };
}

/** Called once for each call: registers handlers, tools, listeners. */
export function registerCall(interpreter: Interpreter, call: CodeCall, result: Value): void {
  const { name, args, node } = call;
  const functions = args.filter((one) => one.value.fn);
  const method = node.callee.kind === 'member' ? node.callee.property : node.callee.kind === 'name' ? node.callee.name : '';
  if (name !== undefined) {
    registerTool(interpreter, call, name, result);
    for (const spec of handlers) {
      if (!spec.pattern.test(name)) continue;
      registerHandlers(interpreter, call, spec, method);
      return;
    }
    if (name === 'fastify.App#route' || name === 'hapi.Server#route') { registerRouteObjects(interpreter, call, name); return; }
    if (/^(?:kafkajs|@aws-sdk)/.test(name)) return;
    if (/^gradio\.(?:Interface|ChatInterface)$/.test(name)) { entry(interpreter, argumentAt(call, 'fn')?.value ?? args[0]?.value, 'gradio.Param', 'gradio'); return; }
    if (/^gradio\..*#(?:click|submit|change|upload|input|chat)$|^gradio\.\w+\(\)\.(?:click|submit)$/.test(name)) { entry(interpreter, argumentAt(call, 'fn')?.value ?? args[0]?.value, 'gradio.Param', 'gradio'); return; }
    if (/^langgraph(?:\.graph)?\.(?:StateGraph|Graph|MessageGraph)#add_node$|^@langchain\/langgraph\.(?:StateGraph|MessageGraph)#(?:\w+\(\)\.)*addNode$/.test(name)) { registerNode(interpreter, call); return; }
    if (/^langchain\.RunnableSequence\.from(?:_)?$|^langchain\.RunnableSequence$/.test(name)) { runSequence(interpreter, args[0]?.value.items ?? args.map((one) => one.value), node); return; }
    if (name === 'langchain.RunnableLambda' && call.result.name === undefined) return;
    if (/add_api_route$|add_url_rule$|add_get$|add_post$|add_route$/.test(name)) {
      const handler = args.find((one) => one.value.fn)?.value.fn;
      if (handler) registerPython(interpreter, handler, name, call, undefined);
      return;
    }
  }
  // Listeners of unknown emitters.
  if ((method === 'on' || method === 'addEventListener' || method === 'once' || method === 'addListener') && functions.length > 0) {
    const event = args[0]?.value.constant;
    const callback = functions[0]!.value.fn!;
    if (typeof event !== 'string') return;
    const owner = name ?? call.written;
    if (event === 'message' && (method === 'addEventListener' || /^(?:window|self|globalThis)\b/.test(owner))) callback.entry ??= [named('MessageEvent')];
    else if (event === 'message' && /ws|socket|Socket|client|conn/i.test(owner)) callback.entry ??= [data(interpreter, 'ws.Message', callback, 0)];
    else if (/socket|^io\b/i.test(owner) && !/^(?:connection|connect|disconnect|error|close|open|end|drain|finish|data|upgrade)$/.test(event)) callback.entry ??= callback.node.params.map((_, at) => data(interpreter, 'socket.Message', callback, at));
    listen(interpreter, `${owner.split('.').slice(0, -1).join('.')}:${event}`, callback);
  } else if (method === 'emit' && args.length > 1 && typeof args[0]?.value.constant === 'string') {
    emit(interpreter, `${(name ?? call.written).split('.').slice(0, -1).join('.')}:${args[0].value.constant}`, args.slice(1).map((one) => one.value));
  } else if ((method === 'mutation' || method === 'query' || method === 'subscription') && functions.length === 1 && args.length === 1) registerProcedure(interpreter, call, method);
  else if (method === 'input' && args[0] && (args[0].value.schema || /procedure/i.test(call.written))) result.schema = args[0].value.schema ?? trustedSchema;
}

// ---- Emitters within the file

interface Bus {
  readonly listeners: Map<string, Closure[]>;
  readonly emitted: Map<string, (readonly Value[])[]>;
}
const buses = new WeakMap<Interpreter, Bus>();
function busOf(interpreter: Interpreter): Bus {
  let bus = buses.get(interpreter);
  if (!bus) buses.set(interpreter, (bus = { listeners: new Map(), emitted: new Map() }));
  return bus;
}
function listen(interpreter: Interpreter, key: string, closure: Closure): void {
  const { listeners } = busOf(interpreter);
  listeners.set(key, [...(listeners.get(key) ?? []), closure]);
}
function emit(interpreter: Interpreter, key: string, args: readonly Value[]): void {
  const { emitted } = busOf(interpreter);
  const own = emitted.get(key) ?? [];
  if (own.length < 8) emitted.set(key, [...own, args]);
}

/** Runs listeners on what was emitted in the same module. */
export function deliver(interpreter: Interpreter): void {
  const { listeners, emitted } = busOf(interpreter);
  for (const [key, lists] of emitted) for (const closure of listeners.get(key) ?? []) for (const args of lists) interpreter.enter(closure, args);
}

// ---- Routes

function registerHandlers(interpreter: Interpreter, call: CodeCall, spec: HandlerSpec, method: string): void {
  const { args } = call;
  const path = typeof args[0]?.value.constant === 'string' ? args[0].value.constant : undefined;
  const own = args.flatMap((one) => (one.value.fn ? [one.value] : one.value.items ? one.value.items.filter((item) => item.fn) : optionHandlers(one.value)));
  const values = args.slice(path === undefined ? 0 : 1).flatMap((one) => (one.value.items ? one.value.items : [one.value]));
  const schema = requestSchema(call, spec);
  own.forEach((value, at) => {
    const closure = value.fn!;
    closure.entry ??= spec.params.filter((one) => one !== '').map((name, position) => {
      const withError = spec.framework === 'express' && closure.node.params.length === 4;
      const shifted = withError ? ['', ...spec.params][position] ?? name : name;
      const made = interpreter.knowledge.read(`${shifted}#`) ? data(interpreter, shifted, closure, position) : named(shifted);
      if (position === 0 && schema) {
        if (schema.fields?.has('req')) made.schema = schema;
        else made.fields = new Map([...(schema.fields ?? [])].map(([key, one]) => [key, { ...validated(one, unknownValue, sourced(interpreter, 'request', `${shifted}#${key}`, closure.node, `req.${key}`).taints) }]));
      }
      return made;
    });
    routes.set(closure, spec.framework);
    if (spec.route && at === own.length - 1) interpreter.routes.push({ method, path, framework: spec.framework, origin: call.origin, closure, guards: values.filter((one) => one !== value), call, owner: call.receiver });
  });
  if (own.length === 0 && spec.route) interpreter.routes.push({ method, path, framework: spec.framework, origin: call.origin, closure: undefined, guards: values, call, owner: call.receiver });
}

/** Handlers in option objects: `{ handler }`, `{ fetch }`, `{ eachMessage }`. */
function optionHandlers(value: Value): readonly Value[] {
  const out: Value[] = [];
  for (const key of ['handler', 'fetch', 'eachMessage', 'eachBatch', 'execute']) {
    const one = value.fields?.get(key);
    if (one?.fn) out.push(one);
  }
  return out;
}

/** What a framework checks before the handler runs. */
function requestSchema(call: CodeCall, spec: HandlerSpec): Schema | undefined {
  if (spec.framework === 'hono') {
    const schemas = call.args.flatMap((one) => (one.value.schema && /validator|openapi|()$/i.test(one.value.name ?? '') ? [one.value.schema] : []));
    if (schemas.length === 0) return undefined;
    const joined = schemas.reduce<Schema>((all, one) => ({ clean: everyKind, fields: new Map([...(all.fields ?? []), ...(one.fields ?? [])]) }), { clean: everyKind, fields: new Map() });
    return { clean: 0, fields: new Map([['req', { clean: 0, fields: new Map([['valid', joined]]) }]]) };
  }
  const option = argumentAt(call, 'schema');
  if (spec.framework === 'fastify' && option?.value.fields) {
    const fields = new Map<string, Schema>();
    for (const [from, to] of [['body', 'body'], ['querystring', 'query'], ['query', 'query'], ['params', 'params'], ['headers', 'headers']] as const) {
      const one = option.value.fields.get(from);
      const schema = one && (one.schema ?? jsonSchema(one) ?? trustedSchema);
      if (schema) fields.set(to, schema);
    }
    return fields.size > 0 ? { clean: 0, fields } : undefined;
  }
  return undefined;
}

const routes = new WeakMap<Closure, string>();
/** The framework whose route a function handles. */
export function routeOf(closure: Closure): string | undefined {
  return routes.get(closure);
}

function registerRouteObjects(interpreter: Interpreter, call: CodeCall, name: string): void {
  const framework = name.startsWith('hapi') ? 'hapi' : 'fastify';
  const list = call.args[0]?.value.items ?? (call.args[0] ? [call.args[0].value] : []);
  for (const one of list) {
    const handler = one.fields?.get('handler') ?? one.fields?.get('options')?.fields?.get('handler') ?? one.fields?.get('config')?.fields?.get('handler');
    if (!handler?.fn) continue;
    const request = named(`${framework}.Request`);
    const checks = framework === 'hapi' ? (one.fields?.get('options') ?? one.fields?.get('config'))?.fields?.get('validate') : one.fields?.get('schema');
    if (checks?.fields) {
      request.fields = new Map();
      for (const [key, schema] of checks.fields) {
        const target = key === 'querystring' ? 'query' : key;
        if (key === 'failAction' || key === 'options' || key === 'response') continue;
        request.fields.set(target, validated(schema.schema ?? jsonSchema(schema) ?? trustedSchema, unknownValue, sourced(interpreter, 'request', `${framework}.Request#${target}`, handler.fn.node, `req.${target}`).taints));
      }
    }
    handler.fn.entry ??= [request, named(`${framework}.Reply`)];
    routes.set(handler.fn, framework === 'hapi' ? 'hapi.Server' : framework);
    const path = one.fields?.get('path')?.constant ?? one.fields?.get('url')?.constant;
    const guards = [...['preHandler', 'onRequest', 'preValidation', 'auth', 'pre'].flatMap((key) => one.fields?.get(key) ?? one.fields?.get('options')?.fields?.get(key) ?? [])];
    interpreter.routes.push({ method: String(one.fields?.get('method')?.constant ?? 'all').toLowerCase(), path: typeof path === 'string' ? path : undefined, framework, origin: one.origin ?? call.origin, closure: handler.fn, guards, call, owner: call.receiver });
  }
}

function registerProcedure(interpreter: Interpreter, call: CodeCall, method: string): void {
  const closure = call.args[0]!.value.fn!;
  const first = closure.node.params[0];
  const takes = first?.target.kind === 'object-pattern' && first.target.entries.some((one) => one.key === 'input' || one.key === 'ctx');
  if (!takes && !/procedure/i.test(call.written) && !call.receiver?.name?.startsWith('trpc')) return;
  const taints = data(interpreter, 'trpc.Input', closure, 0, 'input').taints;
  const schema = call.receiver?.schema;
  closure.entry = [{ taints: noTaints, fields: new Map([['input', schema ? validated(schema, unknownValue, taints) : { taints }], ['ctx', unknownValue]]), complete: false }];
  routes.set(closure, 'trpc');
  interpreter.routes.push({ method, path: undefined, framework: 'trpc', origin: call.origin, closure, guards: call.receiver ? [call.receiver] : [], call, owner: call.receiver });
}

// ---- Decorated functions

const pythonRoute = /^(flask\.Flask#(?:route|get|post|put|patch|delete|before_request)|fastapi\.Router#(?:get|post|put|patch|delete|websocket|api_route|head|options|middleware)|sanic\.(?:Sanic|Blueprint)#(?:get|post|put|patch|delete|route|websocket)|litestar\.(?:get|post|put|patch|delete|route)|aiohttp\.web\.RouteTableDef#(?:get|post|put|patch|delete)|bottle\.(?:route|get|post|put|delete)|bottle\.Bottle#(?:route|get|post)|robyn\.Robyn#(?:get|post|put|delete)|blacksheep\.Application#\w+|starlette\.applications\.Starlette#route|ninja\.(?:NinjaAPI|Router)#(?:get|post|put|patch|delete)|azure\.functions\.FunctionApp#(?:route|function_name)|chalice\.Chalice#route|functions_framework\.(?:http|cloud_event)|firebase_functions\.https_fn\.(?:on_request|on_call)|modal\.(?:web_endpoint|fastapi_endpoint)|rest_framework\.decorators\.api_view|django\.views\.decorators\.\w+\.\w+)(?:\(\))?$/;

/** Functions with decorators: routes, tools, commands, message handlers. */
export function entryOfFunction(interpreter: Interpreter, value: Value, decorators: readonly Value[]): void {
  const closure = value.fn!;
  for (const one of decorators) {
    const name = one.name ?? '';
    const bare = name.replace(/\(\)$|#$/, '');
    const route = pythonRoute.exec(name);
    if (route) { registerPython(interpreter, closure, bare, one.call, decorators); continue; }
    if (/^(?:chainlit\.on_message|cl\.on_message)/.test(name)) closure.entry ??= [{ taints: noTaints, name: 'chainlit.Message#' }];
    else if (/^(?:click\.(?:command|group)|typer\.Typer#command|click\.\w+#command)(?:\(\))?$/.test(name) || /^(?:click\.Group|typer\.Typer)#command/.test(name)) closure.entry ??= params(closure).map((param, at) => pythonParameter(interpreter, closure, at, 'click.Param', param.type ? schemaOfType(interpreter, param.type) : undefined));
    else if (toolDecorator(bare)) registerToolFunction(interpreter, closure, bare, one.call, decorators);
    else if (/^(?:dash\.callback|dash\.Dash#callback|gradio\.\w+)/.test(name)) closure.entry ??= params(closure).map((_, at) => data(interpreter, 'dash.Param', closure, at));
    else if (/^(?:slack_bolt\.App#(?:event|message|command|action)|slack_bolt\.async_app\.AsyncApp#\w+)/.test(name)) closure.entry ??= params(closure).map((param, at) => (param.target.kind === 'name' && /event|message|body|command|payload/.test(param.target.name) ? data(interpreter, 'slack.Event', closure, at) : unknownValue));
    else if (/^discord\.(?:Client|Bot|ext\.commands\.Bot)#event$/.test(name)) closure.entry ??= [named('discord.Message')];
    else if (/^(?:fastapi\.websockets|starlette)\./.test(name)) closure.entry ??= [];
  }
}

function params(closure: Closure): Closure['node']['params'] {
  const list = closure.node.params;
  const first = list[0];
  return closure.scope.python && closure.owner && first?.target.kind === 'name' && /^(?:self|cls)$/.test(first.target.name) ? list.slice(1) : list;
}

function pythonParameter(interpreter: Interpreter, closure: Closure, position: number, name: string, schema: Schema | undefined): Value {
  const value = data(interpreter, name, closure, position);
  return schema ? validated(schema, value, value.taints) : { taints: value.taints, ...(value.origin ? { origin: value.origin } : {}) };
}

function registerPython(interpreter: Interpreter, closure: Closure, decorator: string, call: CodeCall | undefined, decorators: readonly Value[] | undefined): void {
  const [framework] = decorator.split(/[#(]/);
  const method = decorator.slice(Math.max(decorator.lastIndexOf('#'), decorator.lastIndexOf('.')) + 1).replace(/[()]/g, '');
  const path = typeof call?.args[0]?.value.constant === 'string' ? call.args[0].value.constant : undefined;
  routes.set(closure, framework!);
  const guards: Value[] = [...(decorators ?? []).filter((one) => !pythonRoute.test(one.name ?? ''))];
  const dependencies = call && argumentAt(call, 'dependencies')?.value.items;
  if (dependencies) guards.push(...dependencies);
  const saved = interpreter.scope;
  interpreter.scope = closure.scope;
  const isFlask = framework === 'flask.Flask';
  closure.entry ??= params(closure).map((param, at): Value => {
    const declared = typed(interpreter, param.type);
    const key = param.target.kind === 'name' ? param.target.name : '';
    if (isFlask || framework === 'aiohttp.web.RouteTableDef' || framework?.startsWith('bottle') || framework?.startsWith('chalice')) {
      if (framework === 'aiohttp.web.RouteTableDef') return named('aiohttp.Request');
      const converter = new RegExp(`<(\\w+)(?:\\([^)]*\\))?:${key}>`).exec(path ?? '')?.[1];
      return converter === 'int' || converter === 'float' || converter === 'uuid' || converter === 'any' ? { taints: noTaints, scalar: true } : pythonParameter(interpreter, closure, at, 'flask.Param', undefined);
    }
    if (framework?.startsWith('sanic') && at === 0) return named('sanic.Request');
    if (framework?.startsWith('litestar') && key === 'request') return named('litestar.Request');
    if (framework?.startsWith('functions_framework') || framework?.startsWith('firebase_functions')) return named('flask.request').name === undefined ? unknownValue : { taints: noTaints, name: 'flask.request' };
    if (framework?.startsWith('robyn') && at === 0) return named('robyn.Request');
    if (framework?.startsWith('azure') && at === 0) return named('azure.HttpRequest');
    if (framework?.startsWith('rest_framework') || framework?.startsWith('django')) return at === 0 ? named('django.HttpRequest') : pythonParameter(interpreter, closure, at, 'django.Param', undefined);
    if (framework?.startsWith('ninja') && at === 0) return named('django.HttpRequest');
    // FastAPI: dependencies are run, requests are objects, everything else is data checked against its annotation.
    if (declared.name === 'starlette.UploadFile#') return declared;
    const annotated = param.type?.name.endsWith('Annotated') ? param.type.args.slice(1).flatMap((one) => (one.expression ? [interpreter.evaluate(one.expression)] : [])) : [];
    const fallback = param.fallback ? interpreter.evaluate(param.fallback) : undefined;
    const dependency = [...annotated, ...(fallback ? [fallback] : [])].find((one) => /(?:^|\.)(?:Depends|Security)(?:\(\)|#)$/.test(one.name ?? ''));
    if (dependency) {
      guards.push(dependency);
      const target = dependency.call?.args[0]?.value;
      if (target?.fn && target.fn !== closure) {
        entryOfDependency(interpreter, target.fn);
        return interpreter.enter(target.fn, (target.fn.entry ?? []).map((one) => one ?? unknownValue)).value;
      }
      return declared;
    }
    if (declared.name !== undefined && !declared.name.startsWith('pathlib')) {
      const known = /^(?:starlette|fastapi)\.(?:Request|WebSocket|BackgroundTasks|Response)#/.test(declared.name);
      if (known) return declared;
    }
    const constrained = [...annotated, ...(fallback ? [fallback] : [])].reduce((kinds, one) => kinds | constraintOf(one), 0);
    const schema = param.type ? schemaOfType(interpreter, param.type) : undefined;
    const own = pythonParameter(interpreter, closure, at, 'fastapi.Param', { ...(schema ?? { clean: 0 }), clean: (schema?.clean ?? 0) | constrained });
    return own;
  });
  interpreter.scope = saved;
  interpreter.routes.push({ method, path, framework: framework!, origin: { path: closure.path, range: { start: closure.node.nameStart, end: closure.node.nameEnd } }, closure, guards, call, owner: call?.receiver });
}

function constraintOf(value: Value): number {
  const call = value.call;
  if (!call || !/(?:^|\.)(?:Query|Path|Body|Form|Header|Cookie|Field|Param|StringConstraints)$/.test(call.name ?? call.written)) return 0;
  let kinds = 0;
  for (const { name } of call.args) {
    if (name === 'pattern' || name === 'regex' || name === 'enum') kinds |= everyKind;
    if (name === 'ge' || name === 'le' || name === 'gt' || name === 'lt') kinds |= everyKind;
    if (name === 'max_length') kinds |= cappedKinds;
  }
  return kinds;
}
import { capped as cappedKinds } from './tables/cleaners.ts';

/** A dependency's parameters come from the request as well. */
function entryOfDependency(interpreter: Interpreter, closure: Closure): void {
  closure.entry ??= params(closure).map((param, at) => {
    const declared = typed(interpreter, param.type);
    if (declared.name !== undefined || declared.instance) return declared;
    return pythonParameter(interpreter, closure, at, 'fastapi.Param', param.type ? schemaOfType(interpreter, param.type) : undefined);
  });
}

// ---- Tools

const toolFactories: readonly (readonly [RegExp, string])[] = [
  [/^ai\.(?:tool|dynamicTool)$/, 'ai'], [/^langchain\.(?:tool|DynamicTool|DynamicStructuredTool|StructuredTool\.from_function|Tool|StructuredTool|Tool\.from_function|StructuredTool\.fromFunction)$/, 'langchain'],
  [/^agents\.(?:tool|function_tool|FunctionTool)$/, 'agents'], [/^@mastra\/core(?:\/tools)?\.(?:createTool|Tool)$/, 'mastra'], [/^llamaindex\.(?:tool|FunctionTool\.from|FunctionTool\.from_defaults|FunctionTool)$/, 'llamaindex'],
  [/^mcp\.McpServer#(?:tool|registerTool)$|^mcp\.FastMCP#(?:tool|add_tool|addTool)(?:\(\))?$|^fastmcp\.FastMCP#addTool$|^mcp\.Server#(?:call_tool|setRequestHandler)(?:\(\))?$|^xmcp\.|^@anthropic-ai\/claude-agent-sdk\.tool$|^claude_agent_sdk\.tool(?:\(\))?$|^mcp-framework\./, 'mcp'],
  [/^genkit\..*defineTool$|^@genkit-ai\/ai\.defineTool$|^genkit\.\w+\(\)\.defineTool$|^genkit\(\)\.defineTool$/, 'genkit'], [/^@google\/adk\.FunctionTool$|^google\.adk\.tools\.FunctionTool$/, 'adk'], [/^autogen\.(?:register_function|FunctionTool)$|^autogen\.\w+#(?:register_for_llm|register_for_execution)$/, 'autogen'], [/^crewai[\w.]*\.tool$|^crewai_tools\.tool$/, 'crewai'], [/^openai\.OpenAI#beta\.chat\.completions\.runTools$/, 'openai'], [/^anthropic\.(?:beta_tool|betaZodTool)$|^@anthropic-ai\/sdk\/helpers\/beta\/zod\.betaZodTool$|^anthropic\/helpers\/beta\/\w+\.\w+$/, 'anthropic'], [/^smolagents\.tool$/, 'smolagents'], [/^pydantic_ai\.Agent#(?:tool|tool_plain)$|^pydantic_ai\.(?:Tool|RunContext)$/, 'pydantic-ai'], [/^semantic_kernel\.functions\.kernel_function$|^semantic_kernel\.functions\.kernel_function_decorator\.kernel_function$/, 'semantic-kernel'], [/^@copilotkit\/react-core\.useCopilotAction$/, 'copilotkit'], [/^@langchain\/core\/tools\.tool$/, 'langchain'], [/^haystack\.tools\.(?:Tool|create_tool_from_function|tool)$/, 'haystack'], [/^strands\.tool$/, 'strands'], [/^@strands-agents\/sdk\.tool$/, 'strands'], [/^agno\.tools\.tool$/, 'agno'],
];

function toolFramework(name: string): string | undefined {
  for (const [pattern, framework] of toolFactories) if (pattern.test(name)) return framework;
  return undefined;
}

function toolDecorator(name: string): boolean {
  return toolFramework(name) !== undefined || /(?:^|\.)(?:function_tool|mcp\.tool|kernel_function|tool_plain)$/.test(name);
}

const executeKeys = ['execute', 'func', 'handler', 'callback', 'run', 'fn', 'function', 'coroutine', 'call', 'invoke'];

/** Tools given as options or as a function argument. */
function registerTool(interpreter: Interpreter, call: CodeCall, name: string, result: Value): void {
  const framework = toolFramework(name);
  if (!framework) return;
  if (name === 'mcp.Server#setRequestHandler' && !/CallTool/.test(call.args[0]?.value.name ?? '')) return;
  let handler = call.args.find((one) => one.value.fn)?.value;
  for (const key of executeKeys) handler ??= argumentAt(call, key)?.value.fn ? argumentAt(call, key)!.value : undefined;
  for (const key of ['func', 'fn', 'execute']) { const found = argumentAt(call, key)?.value; if (found?.fn) handler = found; }
  if (!handler?.fn) return;
  const closure = handler.fn;
  const option = (key: string): string | undefined => { const value = argumentAt(call, key)?.value.constant; return typeof value === 'string' ? value : undefined; };
  const positional = call.args.filter((one) => one.name === undefined).map((one) => one.value.constant).filter((one): one is string => typeof one === 'string');
  const approval = argumentAt(call, 'needsApproval') ?? argumentAt(call, 'needs_approval') ?? argumentAt(call, 'requireApproval') ?? argumentAt(call, 'require_approval') ?? argumentAt(call, 'requiresApproval') ?? argumentAt(call, 'requires_confirmation') ?? argumentAt(call, 'require_confirmation');
  const tool: ToolHandler = {
    closure, name: option('name') ?? option('id') ?? positional[0], description: option('description') ?? argumentAt(call, 'description')?.value.parts?.join(' ') ?? positional[1],
    approval: approval !== undefined && approval.value.constant !== false && approval.value.constant !== null, origin: call.origin, framework,
  };
  const schemaValue = argumentAt(call, 'inputSchema') ?? argumentAt(call, 'parameters') ?? argumentAt(call, 'schema') ?? argumentAt(call, 'input_schema') ?? argumentAt(call, 'args_schema');
  let schema = schemaValue?.value.schema ?? schemaValue?.value.cls?.schema ?? shape(schemaValue?.value) ?? jsonSchema(schemaValue?.value);
  if (!schema && name === 'mcp.McpServer#tool') for (const one of call.args) schema ??= shape(one.value);
  if (!schema && framework === 'mcp') for (const one of call.args) schema ??= shape(one.value);
  if (schema && !schema.fields && !schema.element && schemaValue && !schemaValue.value.schema) schema = undefined;
  const list = params(closure);
  const taints = data(interpreter, framework === 'mcp' ? 'mcp.Argument' : 'tool.Argument', closure, 0, 'the model’s argument').taints;
  const argument = schema ? validated(schema, unknownValue, taints) : { taints };
  if (closure.scope.python) closure.entry ??= pythonTool(interpreter, closure, schema);
  else if (framework === 'mastra') closure.entry ??= [{ taints, fields: new Map([['context', argument], ['inputData', argument]]), complete: false }];
  else if (name === 'mcp.Server#setRequestHandler') closure.entry ??= [{ taints: noTaints, fields: new Map([['params', { taints, fields: new Map([['arguments', argument]]), complete: false }]]), complete: false }];
  else closure.entry ??= [argument, ...list.slice(1).map(() => unknownValue)];
  addTool(interpreter, tool);
  void result;
}

/** `{ branch: z.string() }` */
function shape(value: Value | undefined): Schema | undefined {
  if (!value?.fields || value.schema) return value?.schema;
  const fields = new Map<string, Schema>();
  for (const [key, one] of value.fields) if (one.schema) fields.set(key, one.schema);
  return fields.size > 0 ? { clean: everyKind, fields } : undefined;
}

function pythonTool(interpreter: Interpreter, closure: Closure, schema: Schema | undefined): readonly Value[] {
  const saved = interpreter.scope;
  interpreter.scope = closure.scope;
  const out = params(closure).map((param, at): Value => {
    const key = param.target.kind === 'name' ? param.target.name : '';
    const declared = typed(interpreter, param.type);
    if (declared.name !== undefined && /(?:Context|RunContext|Request|ctx)#?/.test(declared.name)) return declared;
    const own = schema?.fields?.get(key) ?? (param.type ? schemaOfType(interpreter, param.type) : undefined);
    return pythonParameter(interpreter, closure, at, 'tool.Argument', own);
  });
  interpreter.scope = saved;
  return out;
}

function registerToolFunction(interpreter: Interpreter, closure: Closure, name: string, call: CodeCall | undefined, decorators: readonly Value[]): void {
  const approval = call && (argumentAt(call, 'needs_approval') ?? argumentAt(call, 'requires_confirmation') ?? argumentAt(call, 'approval_mode'));
  closure.entry ??= pythonTool(interpreter, closure, call ? argumentAt(call, 'args_schema')?.value.cls?.schema : undefined);
  addTool(interpreter, {
    closure, name: closure.node.name, description: closure.node.documentation?.value === undefined ? undefined : String(closure.node.documentation.value),
    approval: (approval !== undefined && approval.value.constant !== false) || decorators.some((one) => /approv|confirm|human/i.test(one.name ?? '')),
    origin: { path: closure.path, range: { start: closure.node.nameStart, end: closure.node.nameEnd } }, framework: toolFramework(name) ?? 'tool',
  });
}

const toolOf = new WeakMap<Closure, ToolHandler>();
export function toolHandlerOf(closure: Closure): ToolHandler | undefined {
  return toolOf.get(closure);
}

function addTool(interpreter: Interpreter, tool: ToolHandler): void {
  if (toolOf.has(tool.closure)) return;
  toolOf.set(tool.closure, tool);
  interpreter.tools.push(tool);
}

// ---- Graphs and chains

const graphs = new WeakMap<object, { state: Value; closures: Closure[] }>();

function registerNode(interpreter: Interpreter, call: CodeCall): void {
  const closure = call.args.find((one) => one.value.fn)?.value.fn;
  if (!closure) return;
  let graph = graphs.get(interpreter);
  if (!graph) graphs.set(interpreter, (graph = { state: { taints: noTaints, fields: new Map(), complete: false, depth: 0 }, closures: [] }));
  graph.closures.push(closure);
  closure.entry ??= [graph.state];
}

/** Nodes of a graph pass a state: what one returns the others read. */
export function runGraphs(interpreter: Interpreter): void {
  const graph = graphs.get(interpreter);
  if (!graph) return;
  for (let round = 0; round < 2; round++) {
    for (const closure of graph.closures) {
      const { value } = interpreter.enter(closure, [graph.state]);
      for (const [key, one] of value.fields ?? []) {
        const old = graph.state.fields!.get(key);
        graph.state.fields!.set(key, old ? join(old, one) : one);
      }
    }
  }
}

/** Each step of a chain gets what the one before gave. */
function runSequence(interpreter: Interpreter, steps: readonly Value[], node: { start: number; end: number }): void {
  let value: Value = unknownValue;
  for (const one of steps) {
    if (/^langchain\.(?:ChatModel|Agent)#/.test(one.name ?? '')) value = sourced(interpreter, 'model', 'langchain.Runnable#', node, 'the model’s answer');
    const fn = one.fn ? one : one.fields?.get('func') ?? (one.element?.fn ? one.element : undefined);
    if (fn?.fn) value = interpreter.invoke(fn, [value]);
  }
}

// ---- Entry parameters by convention

const lambdaTypes = /^(?:aws-lambda\.)?(?:APIGatewayProxy|APIGatewayRequest|SQS|SNS|S3|Lambda|DynamoDBStream|KinesisStream|EventBridge|ALB|CloudFront|Cognito|Lex|AppSync)\w*(?:Event|EventV2|Handler|HandlerV2)\w*#?$/;

/** What the world gives a function that nothing in the file calls. */
export function bindEntry(interpreter: Interpreter, closure: Closure): readonly Value[] {
  if (closure.entry) return closure.entry.map((one) => one ?? unknownValue);
  const { node } = closure;
  const saved = interpreter.scope;
  interpreter.scope = closure.scope;
  const list = params(closure);
  const out = list.map((param, at): Value => {
    const type = param.type?.name ?? '';
    const declared = typed(interpreter, param.type);
    if (lambdaTypes.test(declared.name ?? type) || (declared.name ?? '').startsWith('aws-lambda.')) return at === 0 ? data(interpreter, 'lambda.Event', closure, at, 'event') : declared;
    const decorated = param.decorators.map((one) => interpreter.evaluate(one)).find((one) => /^@nestjs\/common\.(?:Body|Query|Param|Headers|Req|Request|UploadedFile|UploadedFiles|Cookies|RawBody|Ip|HostParam)\(\)$|^@nestjs\/graphql\.Args\(\)$|^@nestjs\/websockets\.MessageBody\(\)$|^(?:routing-controllers|tsoa|@tsed\/common|@tsed\/platform-params)\.(?:Body|QueryParam|QueryParams|Param|Params|Query|Path|Req|HeaderParam|BodyParams|PathParams|BodyParam)\(\)$/.test(one.name ?? ''));
    if (decorated) return nestParameter(interpreter, closure, at, decorated, param.type);
    if (declared.name !== undefined) {
      if (interpreter.knowledge.read(declared.name)) return data(interpreter, declared.name.slice(0, -1), closure, at);
      return declared;
    }
    return declared === unknownValue ? conventional(interpreter, closure, at) : declared;
  });
  interpreter.scope = saved;
  void node;
  return out;
}

function nestParameter(interpreter: Interpreter, closure: Closure, at: number, decorator: Value, type: Closure['node']['params'][number]['type']): Value {
  if (/Req(?:uest)?\(\)$/.test(decorator.name ?? '')) return named('express.Request');
  const pipes = (decorator.call?.args ?? []).map((one) => one.value.name ?? '');
  if (pipes.some((name) => /Parse(?:Int|Float|Bool|UUID|Enum|Array|Date|ObjectId)\w*Pipe/.test(name))) return { taints: noTaints, scalar: true };
  const key = decorator.call?.args[0]?.value.constant;
  const { taints } = data(interpreter, 'nest.Param', closure, at, typeof key === 'string' ? key : undefined);
  const schema = decorator.call?.args.map((one) => one.value.schema ?? one.value.fields?.get('schema')?.schema ?? one.value.element?.schema).find((one) => one !== undefined) ?? classSchema(interpreter, type?.name);
  return schema ? validated(schema, unknownValue, taints) : { taints };
}

function classSchema(interpreter: Interpreter, type: string | undefined): Schema | undefined {
  if (!type) return undefined;
  for (const cls of interpreter.classes) if (cls.node.name === type) return cls.schema;
  return undefined;
}

function conventional(interpreter: Interpreter, closure: Closure, at: number): Value {
  const { node } = closure;
  const param = params(closure)[at]!;
  const name = param.target.kind === 'name' ? param.target.name : '';
  const { module } = interpreter;
  if (closure.path !== module.path) return unknownValue;
  if (closure.scope.python) {
    if (at === 0 && name === 'request' && uses(interpreter, 'django')) return named('django.HttpRequest');
    if (at === 0 && name === 'request' && uses(interpreter, 'aiohttp')) return named('aiohttp.Request');
    if (at === 0 && name === 'request' && uses(interpreter, 'starlette')) return named('starlette.Request');
    if (at > 0 && uses(interpreter, 'django') && params(closure)[0]?.target.kind === 'name' && (params(closure)[0]!.target as { name: string }).name === 'request') return pythonParameter(interpreter, closure, at, 'django.Param', undefined);
    if (at === 0 && name === 'event' && params(closure).length === 2 && /handler/i.test(node.name ?? '')) return data(interpreter, 'lambda.Event', closure, at, 'event');
    if (name === 'update' && uses(interpreter, 'telegram')) return named('telegram.Update');
    if (closure.owner && node.name === '_run' || node.name === '_arun') return pythonParameter(interpreter, closure, at, 'tool.Argument', param.type ? schemaOfType(interpreter, param.type) : undefined);
    return unknownValue;
  }
  const exported = exportedAs(interpreter, closure);
  if (exported === undefined) return unknownValue;
  if (/^(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|middleware|proxy)$/.test(exported)) return at === 0 ? named(svelte(module.path) ? 'sveltekit.Event' : astro(module.path) ? 'astro.Context' : 'Request') : { taints: noTaints, fields: new Map([['params', { taints: sourced(interpreter, 'request', 'next.params', param, 'params').taints }]]), complete: false };
  if (exported === 'handler' && at === 0 && /^(?:event|evt|e)$/.test(name)) return data(interpreter, 'lambda.Event', closure, at, 'event');
  if ((exported === 'loader' || exported === 'action') && at === 0 && param.target.kind === 'object-pattern') return named('remix.Args');
  if ((exported === 'load' || exported === 'actions') && svelte(module.path) && at === 0) return named('sveltekit.Event');
  if (exported === 'fetch' && at === 0) return named('Request');
  if (exported === 'getServerSideProps' && at === 0) return { taints: noTaints, fields: new Map(['query', 'params', 'req'].map((key) => [key, { taints: sourced(interpreter, 'request', `next.${key}`, param, `context.${key}`).taints }])), complete: false };
  if (exported === 'default' && /(?:^|\/)pages\/api\//.test(module.path)) return named(at === 0 ? 'next.ApiRequest' : 'next.ApiResponse');
  if ((module.directives.includes('use server') || node.directives.includes('use server')) && node.isAsync) return data(interpreter, 'action.Argument', closure, at, name || undefined);
  return unknownValue;
}

function svelte(path: string): boolean {
  return /\+(?:server|page\.server|layout\.server)\.[jt]s$/.test(path);
}
function astro(path: string): boolean {
  return /(?:^|\/)src\/pages\//.test(path) && !/\/api\/.*route/.test(path);
}

function uses(interpreter: Interpreter, library: string): boolean {
  return interpreter.module.body.some((one) => one.kind === 'import' && (one.module === library || one.module.startsWith(`${library}.`)));
}

const exportNames = new WeakMap<Interpreter, Map<Closure, string>>();
/** Under which name the module exports a function, methods of a default object included. */
export function exportedAs(interpreter: Interpreter, closure: Closure): string | undefined {
  let names = exportNames.get(interpreter);
  if (!names) {
    exportNames.set(interpreter, (names = new Map()));
    const own = interpreter.modules.get(interpreter.module.path);
    for (const [name, value] of own?.exports ?? []) {
      if (value.fn) names.set(value.fn, name);
      if (value.fields) for (const [key, inner] of value.fields) if (inner.fn && !names.has(inner.fn)) names.set(inner.fn, name === 'actions' ? 'actions' : key);
    }
  }
  return names.get(closure) ?? (closure.node.directives.includes('use server') ? 'action function' : undefined);
}

/** Routes and tools that classes declare: controllers, tool classes. */
export function registerClass(interpreter: Interpreter, cls: ClassValue, enter: (closure: Closure) => void): void {
  const instance = instanceOf(interpreter, cls);
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
    if (isController) {
      const verb = closure.node.decorators.map((one) => interpreter.evaluate(one)).find((one) => /\.(?:Get|Post|Put|Patch|Delete|All|Sse)\(\)$/.test(one.name ?? ''));
      if (verb) {
        routes.set(closure, 'nest');
        const guards = [...(cls.decorators ?? []), ...closure.node.decorators.map((one) => interpreter.evaluate(one))];
        const path = verb.call?.args[0]?.value.constant;
        const route: Route = { method: /\.(\w+)\(\)$/.exec(verb.name!)![1]!.toLowerCase(), path: typeof path === 'string' ? path : undefined, framework: 'nest', origin: { path: closure.path, range: { start: closure.node.nameStart, end: closure.node.nameEnd } }, closure, guards, call: verb.call, owner: undefined };
        interpreter.routes.push(route);
      }
    }
    enter(closure);
  }
}

function textOfField(instance: Value, name: string): string | undefined {
  const value = instance.fields?.get(name)?.constant;
  return typeof value === 'string' ? value : undefined;
}
