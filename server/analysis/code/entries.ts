import { remembered } from '../../base/remembered.ts';
import type { FunctionNode } from '../../model/code-tree.ts';
import type { CodeCall } from './events.ts';
import { sequenceOf } from './chains.ts';
import { registerNode } from './graphs.ts';
import { enterGradio } from './gradio.ts';
import { guessedRoute } from './guessed-routes.ts';
import type { Interpreter } from './interpreter.ts';
import { enterConnection, enterListener, enterTask } from './jobs.ts';
import { emit, listen } from './listeners.ts';
import { data, enterWithData, named, params, pythonParameter, routeOf, setRoute } from './parameters.ts';
import { giveDependencies, registerPrompt } from './prompt-functions.ts';
import { pythonRoute, registerPython } from './python-routes.ts';
import { handlers, registerHandlers, registerProcedure, registerRouteObjects } from './routes.ts';
import { schemaOfType, trustedSchema } from './schema.ts';
import { argumentAt, sink } from './sinks.ts';
import { registerGivenTools, registerTool, registerToolFunction, toolByName, toolDecorator } from './tools.ts';
import { noteElsewhere } from './wrapped.ts';
import { noTaints, unknownValue, type Closure, type Value } from './value.ts';

const handlerSpec = remembered((name) => handlers.find((spec) => spec.pattern.test(name)));

/** What is registered by a call of a library's function, of the name that was called; true where that is all that the call can register. */
interface Registration {
  readonly names: RegExp;
  readonly register: (interpreter: Interpreter, call: CodeCall, name: string) => boolean;
}

const registrations: readonly Registration[] = [
  { names: /(?:^|\.)(?:ApolloServer|makeExecutableSchema|createSchema|createYoga|addResolversToSchema)#?$/, register: (interpreter, call) => { registerResolvers(interpreter, argumentAt(call, 'resolvers')?.value); return true; } },
  { names: /^(?:fastify\.App|hapi\.Server)#route$/, register: (interpreter, call, name) => { registerRouteObjects(interpreter, call, name); return true; } },
  { names: /^(?:kafkajs|@aws-sdk)/, register: () => true },
  { names: /^pydantic_ai\.Agent#(?:run|run_sync|run_stream|iter)$/, register: (interpreter, call) => { giveDependencies(interpreter, call); return true; } },
  { names: /^gradio\.(?:Interface|ChatInterface)$/, register: (interpreter, call) => { enterGradio(interpreter, call); return true; } },
  { names: /^gradio\..*#(?:click|submit|change|upload|input|chat)$|^gradio\.\w+\(\)\.(?:click|submit)$/, register: (interpreter, call) => { enterGradio(interpreter, call); return true; } },
  { names: /^telegram\.ext\.\w+Handler$/, register: (_, call) => { enterArgument(firstFunction(call), () => [named('telegram.Update'), named('telegram.Context')]); return true; } },
  { names: /^(?:nicegui|flet|panel)\./, register: (interpreter, call, name) => { enterListener(interpreter, call, name); return true; } },
  { names: /^google\.cloud\.pubsub_v1\.SubscriberClient#subscribe$/, register: (interpreter, call) => { enterArgument(argumentAt(call, 'callback')?.value.fn ?? firstFunction(call), (closure) => [data(interpreter, 'queue.Message', closure, 0)]); return true; } },
  { names: /^pika\..*basic_consume$/, register: (interpreter, call) => { enterArgument(argumentAt(call, 'on_message_callback')?.value.fn ?? firstFunction(call), (closure) => [unknownValue, unknownValue, unknownValue, data(interpreter, 'queue.Message', closure, 3)]); return true; } },
  { names: /^xmlrpc\.server\.\w+#register_function$|^jsonrpclib\.[\w.]+#register_function$/, register: (interpreter, call) => { enterWithData(interpreter, call.args[0]?.value, 'socket.Message', 'xmlrpc'); return true; } },
  { names: /^asyncio\./, register: (_, call, name) => { enterConnection(call, name); return false; } },
  { names: /^ipywidgets\./, register: (interpreter, call, name) => { registerWidget(interpreter, call, name); return true; } },
  { names: /^websockets\.(?:\w+\.)*serve$/, register: (_, call) => { enterArgument(call.args[0]?.value.fn, () => [named('websockets.ServerConnection')]); return true; } },
  { names: /^@grpc\/grpc-js\.Server#addService$/, register: (_, call) => { for (const one of call.args[1]?.value.fields?.values() ?? []) enterArgument(one.fn, () => [named('grpc.Call'), unknownValue]); return true; } },
  { names: /^http-proxy-middleware\.createProxyMiddleware$/, register: (interpreter, call) => { sinkRouter(interpreter, call); return true; } },
  { names: /^multer\.diskStorage$/, register: (interpreter, call) => { registerStorage(interpreter, call); return true; } },
  { names: /^starlette\.routing\.(?:Route|WebSocketRoute)$/, register: (interpreter, call, name) => {
    const handler = call.args[1]?.value.fn;
    if (handler) registerPython(interpreter, handler, name, call, authenticators(interpreter));
    return handler !== undefined;
  } },
  { names: /^langgraph(?:\.graph)?\.(?:StateGraph|Graph|MessageGraph)#add_node$|^@langchain\/langgraph\.(?:StateGraph|MessageGraph)#(?:\w+\(\)\.)*addNode$/, register: (interpreter, call) => { registerNode(interpreter, call); return true; } },
  { names: /^langchain\.RunnableSequence\.from(?:_)?$|^langchain\.RunnableSequence$/, register: (interpreter, call) => { sequenceOf(interpreter, call.args[0]?.value.items ?? call.args.map((one) => one.value), call.node); return true; } },
  { names: /^langchain\.RunnableLambda$/, register: (_, call) => call.result.name === undefined },
  { names: /add_api_route$|add_url_rule$|add_get$|add_post$|add_route$|^aiohttp\.web\.(?:get|post|put|patch|delete|head|options|route)$/, register: (interpreter, call, name) => {
    const handler = firstFunction(call);
    if (handler) registerPython(interpreter, handler, name, call, undefined);
    return true;
  } },
];
const registrationOf = remembered((name) => registrations.find((one) => one.names.test(name)));

const firstFunction = (call: CodeCall): Closure | undefined => call.args.find((one) => one.value.fn)?.value.fn;

/** Says what a function is called with, unless that is known. */
function enterArgument(closure: Closure | undefined, values: (closure: Closure) => readonly Value[]): void {
  if (closure) closure.entry ??= values(closure);
}

/** Called once for each call: registers handlers, tools, listeners. */
export function registerCall(interpreter: Interpreter, call: CodeCall, result: Value): void {
  const { name, args, node } = call;
  const functions = args.filter((one) => one.value.fn);
  const method = node.callee.kind === 'member' ? node.callee.property : node.callee.kind === 'name' ? node.callee.name : '';
  if (interpreter.scope.python) registerGivenTools(interpreter, call);
  if (name !== undefined) {
    registerTool(interpreter, call, name);
    const spec = handlerSpec(name);
    if (spec) { registerHandlers(interpreter, call, spec, method); return; }
    if (registrationOf(name)?.register(interpreter, call, name)) return;
  }
  if (!interpreter.scope.python && (name === undefined || !name.includes('#')) && guessedRoute(interpreter, call, method)) return;
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

const typing = /^ipywidgets\.(?:Text|Textarea|Combobox|TagsInput|Password)#/;
/** What is typed into a widget: `box.observe(f)` is told in `change['new']`, `interact(f, query=Text())` in a parameter. */
function registerWidget(interpreter: Interpreter, call: CodeCall, name: string): void {
  const closure = call.args[0]?.value.fn;
  if (!closure) return;
  if (typing.test(name)) {
    if (/#(?:observe|on_submit)$/.test(name)) closure.entry ??= [{ taints: noTaints, fields: new Map(['new', 'value'].map((key) => [key, data(interpreter, 'ipywidgets.Change', closure, 0, 'what is typed')])), complete: false }];
  } else if (/^ipywidgets\.(?:interact|interactive|interact_manual)$/.test(name)) {
    closure.entry ??= params(closure).map((param, at) => {
      const given = param.target.kind === 'name' ? argumentAt(call, param.target.name)?.value : undefined;
      return given && (typeof given.constant === 'string' || typing.test(given.name ?? '')) ? data(interpreter, 'ipywidgets.Change', closure, at) : unknownValue;
    });
  }
}

/** Where a proxy sends a request, when a function of the program's own says so. */
function sinkRouter(interpreter: Interpreter, call: CodeCall): void {
  const router = argumentAt(call, 'router');
  if (router?.value.fn) sink(interpreter, 'url', interpreter.invoke(router.value, [named('express.Request')]), router.node, router.origin, 'createProxyMiddleware', call);
}

/** Where uploads are put: both functions are given the upload and say the folder or the name. */
function registerStorage(interpreter: Interpreter, call: CodeCall): void {
  for (const key of ['filename', 'destination']) {
    const closure = argumentAt(call, key)?.value.fn;
    if (closure) closure.entry ??= [named('express.Request'), { ...data(interpreter, 'multer.File', closure, 1, 'file'), name: 'multer.File#' }, { taints: noTaints, name: 'multer.Callback' }];
  }
}

/** Middleware of the module that signs callers in. */
function authenticators(interpreter: Interpreter): readonly Value[] {
  return interpreter.calls.flatMap((one) => one.args.flatMap(({ value }) => (/Middleware$/.test(one.name ?? '') && /Auth/.test(value.name ?? '') ? [value] : [])));
}

/** Resolvers of GraphQL: `{ Query: { name(parent, args, context) } }`, one map or a list of them. */
function registerResolvers(interpreter: Interpreter, resolvers: Value | undefined): void {
  for (const all of resolvers?.items ?? (resolvers ? [resolvers] : [])) {
    for (const type of ['Query', 'Mutation', 'Subscription']) {
      for (const resolver of all.fields?.get(type)?.fields?.values() ?? []) {
        const closure = resolver.fn;
        if (!closure) continue;
        closure.entry ??= [unknownValue, data(interpreter, 'graphql.Args', closure, 1, 'args'), unknownValue];
        noteElsewhere(interpreter, closure);
      }
    }
  }
}

/** What a decorator of the program's own makes of a handler is what the world calls. */
function wrap(interpreter: Interpreter, value: Value, decorators: readonly Value[]): void {
  const closure = value.fn!;
  if (closure.entry === undefined) return;
  const route = routeOf(closure);
  for (const one of decorators) {
    if (!one.fn) continue;
    const wrapper = interpreter.invoke(one, [value]).fn;
    if (!wrapper || wrapper === closure || wrapper.entry) continue;
    wrapper.entry = closure.entry;
    closure.wrapper = wrapper;
    if (route !== undefined) setRoute(wrapper, route);
  }
}

/** An option of Click that takes a number, a date, a switch or one of a list. */
function checkedOption(decorators: readonly Value[], param: FunctionNode['params'][number]): boolean {
  const name = param.target.kind === 'name' ? param.target.name : undefined;
  const option = decorators.find((one) => /^click\.(?:option|argument)\(\)$/.test(one.name ?? '') && one.call?.args.some((each) => typeof each.value.constant === 'string' && each.value.constant.split('/')[0]!.replace(/^-+/, '').replace(/-/g, '_') === name))?.call;
  if (!option) return false;
  const type = argumentAt(option, 'type')?.value.name ?? '';
  return /^(?:int|float|bool|click\.(?:INT|FLOAT|BOOL|UUID|Choice|DateTime|IntRange|FloatRange))(?:\(\)|#)?$/.test(type) || argumentAt(option, 'is_flag')?.value.constant === true || argumentAt(option, 'count')?.value.constant === true;
}

/** A resolver of Python: what its query names, after what the library hands over. */
function resolverEntry(interpreter: Interpreter, closure: Closure): readonly Value[] {
  return params(closure).map((param, at) => (param.target.kind === 'name' && /^_?(?:root|parent|obj|info|_)$/.test(param.target.name) ? unknownValue : pythonParameter(interpreter, closure, at, 'graphql.Args', param.type ? schemaOfType(interpreter, param.type) : undefined)));
}

/** The event of a handler after a model of pydantic has read it. */
function validatedEvent(interpreter: Interpreter, closure: Closure, call: CodeCall | undefined, param: FunctionNode['params'][number]): Value {
  const schema = (call && argumentAt(call, 'model')?.value.cls?.schema) ?? (param.type ? schemaOfType(interpreter, param.type) : undefined);
  return pythonParameter(interpreter, closure, 0, 'lambda.Event', schema);
}

/** Functions with decorators: routes, tools, commands, message handlers. */
export function entryOfFunction(interpreter: Interpreter, value: Value, decorators: readonly Value[]): void {
  const closure = value.fn!;
  for (const [at, one] of decorators.entries()) {
    const name = one.name ?? '';
    const bare = name.replace(/\(\)$|#$/, '');
    const route = pythonRoute.exec(name);
    if (route) { registerPython(interpreter, closure, bare, one.call, decorators); continue; }
    if (/^(?:chainlit\.on_message|cl\.on_message)/.test(name)) closure.entry ??= [{ taints: noTaints, name: 'chainlit.Message#' }];
    else if (/^chainlit\.(?:on_settings_update|action_callback|on_audio_chunk)/.test(name)) closure.entry ??= params(closure).map((_, at) => (name.includes('settings') ? data(interpreter, 'chainlit.Settings', closure, at) : named('chainlit.Action')));
    else if (/^(?:click\.(?:command|group)|typer\.Typer#command|click\.\w+#command)(?:\(\))?$/.test(name) || /^(?:click\.Group|typer\.Typer)#command/.test(name)) closure.entry ??= params(closure).map((param, at) => (checkedOption(decorators, param) ? { taints: noTaints, scalar: true } : pythonParameter(interpreter, closure, at, 'click.Param', param.type ? schemaOfType(interpreter, param.type) : undefined)));
    else if (/^pydantic_ai\.Agent#(?:system_prompt|instructions)$|^langchain\.agents\.middleware\.dynamic_prompt$/.test(bare)) registerPrompt(interpreter, closure);
    else if (/^strawberry\.(?:field|mutation|subscription)$|^ariadne\.(?:QueryType|MutationType|SubscriptionType|ObjectType)#field$/.test(bare)) closure.entry ??= resolverEntry(interpreter, closure);
    else if (/(?:^|\.)event_parser$/.test(bare)) closure.entry ??= params(closure).map((param, at) => (at === 0 ? validatedEvent(interpreter, closure, one.call, param) : unknownValue));
    else if (/^(?:celery|dramatiq|huey|rq|prefect|dagster|flytekit|metaflow)\./.test(name)) enterTask(interpreter, closure, bare);
    else if (toolDecorator(bare)) registerToolFunction(interpreter, closure, bare, one.call, decorators);
    else if (/^(?:dash\.callback|dash\.Dash#callback|gradio\.\w+)/.test(name)) closure.entry ??= params(closure).map((_, at) => data(interpreter, 'dash.Param', closure, at));
    else if (/^(?:slack_bolt\.App#(?:event|message|command|action)|slack_bolt\.async_app\.AsyncApp#\w+)/.test(name)) closure.entry ??= params(closure).map((param, at) => (param.target.kind === 'name' && /event|message|body|command|payload/.test(param.target.name) ? data(interpreter, 'slack.Event', closure, at) : unknownValue));
    else if (/^discord\.(?:ext\.commands\.)?(?:Bot#|AutoShardedBot#|Cog\.|app_commands\.)?(?:command|hybrid_command|slash_command|tree\.command)(?:\(\))?$/.test(name)) closure.entry ??= params(closure).map((param, at) => (at === 0 ? unknownValue : pythonParameter(interpreter, closure, at, 'discord.Param', param.type ? schemaOfType(interpreter, param.type) : undefined)));
    else if (/^discord\.(?:Client|Bot|ext\.commands\.Bot)#event$/.test(name)) closure.entry ??= [named('discord.Message')];
    else if (/^(?:fastapi\.websockets|starlette)\./.test(name)) closure.entry ??= [];
    else if ((name === '' || one.fn) && closure.node.decorators[at] && toolByName(closure.node.decorators[at])) registerToolFunction(interpreter, closure, 'tool', one.call, decorators);
  }
  wrap(interpreter, value, decorators);
  // A decorator of the program's own that keeps the function in a table.
  if (closure.entry === undefined) for (const one of decorators) if (one.fn && one.fn.node.params.length === 1) interpreter.invoke(one, [value]);
}

