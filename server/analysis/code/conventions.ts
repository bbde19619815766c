import type { FunctionNode } from '../../model/code-tree.ts';
import { registerView } from './django-views.ts';
import { conventionalParameter } from './guessed-routes.ts';
import type { Interpreter } from './interpreter.ts';
import { runContext } from './jobs.ts';
import { isNextRoute, registerNextRoute } from './next-routes.ts';
import { data, named, params, pythonParameter, setRoute } from './parameters.ts';
import { schemaOfType, validated } from './schema.ts';
import { sourced } from './sources.ts';
import { registerToolFunction } from './tools.ts';
import { typed } from './types.ts';
import { noTaints, unknownValue, type Closure, type Schema, type Value } from './value.ts';

const lambdaTypes = /^(?:aws-lambda\.)?(?:APIGatewayProxy|APIGatewayRequest|SQS|SNS|S3|Lambda|DynamoDBStream|KinesisStream|EventBridge|ALB|CloudFront|Cognito|Lex|AppSync)\w*(?:Event|EventV2|Handler|HandlerV2)\w*#?$/;

/** What the world gives a function that nothing in the file calls. */
export function bindEntry(interpreter: Interpreter, closure: Closure): readonly Value[] {
  if (closure.entry) return closure.entry.map((one) => one ?? unknownValue);
  if (closure.typed) return closure.typed.map((name, at) => (interpreter.knowledge.read(`${name}#`) ? data(interpreter, name, closure, at) : named(name)));
  if (closure.scope.python && closure.path === interpreter.module.path && givenContext(interpreter, closure)) return closure.entry!.map((one) => one ?? unknownValue);
  // What stands around a handler may sign callers in.
  if (closure.path === interpreter.module.path && !closure.handed && isNextRoute(closure.path)) registerNextRoute(interpreter, closure, exportedAs(interpreter, closure) ?? '');
  const saved = interpreter.scope;
  interpreter.scope = closure.scope;
  const list = params(closure);
  const out = list.map((param, at): Value => {
    const type = param.type?.name ?? '';
    const declared = typed(interpreter, param.type);
    if (lambdaTypes.test(declared.name ?? type) || (declared.name ?? '').startsWith('aws-lambda.')) return at === 0 ? data(interpreter, 'lambda.Event', closure, at, 'event') : declared;
    const decorated = param.decorators.map((one) => interpreter.evaluate(one)).find((one) => /^@nestjs\/common\.(?:Body|Query|Param|Headers|Req|Request|UploadedFile|UploadedFiles|Cookies|RawBody|Ip|HostParam)\(\)$|^@nestjs\/graphql\.Args\(\)$|^@nestjs\/websockets\.MessageBody\(\)$|^@nestjs\/microservices\.Payload\(\)$|^type-graphql\.Args?\(\)$|^(?:routing-controllers|tsoa|@tsed\/common|@tsed\/platform-params)\.(?:Body|QueryParam|QueryParams|Param|Params|Query|Path|Req|HeaderParam|BodyParams|PathParams|BodyParam)\(\)$/.test(one.name ?? ''));
    if (decorated) return nestParameter(interpreter, closure, at, decorated, param.type);
    if (declared.name !== undefined) {
      if (interpreter.knowledge.read(declared.name)) return data(interpreter, declared.name.slice(0, -1), closure, at);
      return declared;
    }
    return declared === unknownValue ? conventional(interpreter, closure, at) : declared;
  });
  interpreter.scope = saved;
  return out;
}

/** A function that is handed to an agent of Pydantic AI elsewhere: tools take its context first. */
function givenContext(interpreter: Interpreter, closure: Closure): boolean {
  const [first, ...rest] = params(closure);
  if (!first?.type || rest.length === 0 || closure.node.decorators.length > 0 || !/RunContext$/.test(first.type.name) || rest.some((one) => /ToolDefinition|ModelMessage/.test(`${one.type?.name} ${one.type?.args[0]?.name}`))) return false;
  const saved = interpreter.scope;
  interpreter.scope = closure.scope;
  const { name } = typed(interpreter, first.type);
  interpreter.scope = saved;
  if (name !== 'pydantic_ai.RunContext#') return false;
  registerToolFunction(interpreter, closure, 'pydantic_ai.Tool', undefined, []);
  return true;
}

function nestParameter(interpreter: Interpreter, closure: Closure, at: number, decorator: Value, type: FunctionNode['params'][number]['type']): Value {
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
    if (at === 0 && name === 'request' && (uses(interpreter, 'django') || uses(interpreter, 'rest_framework') || /(?:^|[\\/])views(?:\.py$|[\\/])/.test(module.path))) {
      registerView(interpreter, closure);
      return named('django.HttpRequest');
    }
    if (at === 0 && name === 'request' && uses(interpreter, 'aiohttp')) return named('aiohttp.Request');
    if (at === 0 && name === 'request' && uses(interpreter, 'pyramid')) return named('pyramid.Request');
    if (at < 2 && /^on_(?:get|post|put|patch|delete)(?:_\w+)?$/.test(node.name ?? '') && uses(interpreter, 'falcon')) return named(at === 0 ? 'falcon.Request' : 'falcon.Response');
    if (at === 0 && name === 'request' && uses(interpreter, 'starlette')) return named('starlette.Request');
    if (at > 0 && uses(interpreter, 'django') && params(closure)[0]?.target.kind === 'name' && (params(closure)[0]!.target as { name: string }).name === 'request') return pythonParameter(interpreter, closure, at, 'django.Param', undefined);
    if (at === 0 && name === 'event' && params(closure).length === 2 && (/handler/i.test(node.name ?? '') || (params(closure)[1]?.target.kind === 'name' && (params(closure)[1]!.target as { name: string }).name === 'context'))) return data(interpreter, 'lambda.Event', closure, at, 'event');
    if (param.rest === 'map' || /^(?:context|dag_run|params)$/.test(name)) {
      const run = uses(interpreter, 'airflow') ? runContext(interpreter, closure, at, name, param.rest === 'map') : undefined;
      if (run) return run;
    }
    if (at === 0 && name === 'environ' && startsResponse(closure)) {
      setRoute(closure, 'wsgi');
      return named('wsgi.Environ');
    }
    if (name === 'update' && uses(interpreter, 'telegram')) return named('telegram.Update');
    if (name === 'context' && at === 1 && uses(interpreter, 'telegram')) return named('telegram.Context');
    if (closure.owner && closure.owner.bases.length > 0 && /^_a?run$/.test(node.name ?? '')) return pythonParameter(interpreter, closure, at, 'tool.Argument', param.type ? schemaOfType(interpreter, param.type) : undefined);
    return unknownValue;
  }
  const exported = exportedAs(interpreter, closure);
  if (exported === undefined) return conventionalParameter(interpreter, node, at);
  if (/^(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|middleware|proxy)$/.test(exported)) return at === 0 ? named(svelte(module.path) ? 'sveltekit.Event' : astro(module.path) ? 'astro.Context' : 'Request') : { taints: noTaints, fields: new Map([['params', { taints: sourced(interpreter, 'request', 'next.params', param, 'params').taints }]]), complete: false };
  if (exported === 'handler' && at === 0 && /^(?:event|evt|e)$/.test(name)) return data(interpreter, 'lambda.Event', closure, at, 'event');
  if ((exported === 'loader' || exported === 'action') && at === 0 && param.target.kind === 'object-pattern') return named('remix.Args');
  if ((exported === 'load' || exported === 'actions') && svelte(module.path) && at === 0) return named('sveltekit.Event');
  if (exported === 'handle' && at === 0 && /(?:^|\/)hooks\.server\.[jt]s$/.test(module.path)) return { taints: noTaints, fields: new Map([['event', named('sveltekit.Event')]]), complete: false };
  if (exported === 'resolver') return at === 1 ? data(interpreter, 'graphql.Args', closure, at, 'args') : unknownValue;
  if (exported === 'fetch' && at === 0) return named('Request');
  if (exported === 'getServerSideProps' && at === 0) return { taints: noTaints, fields: new Map(['query', 'params', 'req'].map((key) => [key, { taints: sourced(interpreter, 'request', `next.${key}`, param, `context.${key}`).taints }])), complete: false };
  if (exported === 'default' && /(?:^|\/)pages\/api\//.test(module.path)) return named(at === 0 ? 'next.ApiRequest' : 'next.ApiResponse');
  if (exported === 'default' && at === 0 && param.target.kind === 'object-pattern' && param.target.entries.some((one) => one.key === 'searchParams')) return named('next.PageProps');
  if ((module.directives.includes('use server') || node.directives.includes('use server')) && node.isAsync) return data(interpreter, 'action.Argument', closure, at, name || undefined);
  return conventionalParameter(interpreter, node, at);
}

/** An application of WSGI: `def app(environ, start_response)`. */
function startsResponse(closure: Closure): boolean {
  const second = params(closure)[1]?.target;
  return second?.kind === 'name' && second.name === 'start_response';
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
      // `resolvers.Query.name`, which a server of GraphQL elsewhere is made with.
      if (name === 'resolvers') for (const type of ['Query', 'Mutation', 'Subscription']) for (const inner of value.fields?.get(type)?.fields?.values() ?? []) if (inner.fn) names.set(inner.fn, 'resolver');
      if (value.fields) for (const [key, inner] of value.fields) if (inner.fn && !names.has(inner.fn)) names.set(inner.fn, name === 'actions' ? 'actions' : key);
    }
  }
  return names.get(closure) ?? (closure.node.directives.includes('use server') ? 'action function' : undefined);
}
