import type { FunctionNode } from '../../model/code-tree.ts';
import { capped } from './tables/cleaners.ts';
import type { Interpreter } from './interpreter.ts';
import { everyKind } from './kinds.ts';
import { validated } from './schema.ts';
import { sourced } from './sources.ts';
import { noTaints, unknownValue, type Closure, type Schema, type Value } from './value.ts';
import { noteElsewhere } from './wrapped.ts';

/** An instance by name, for a parameter. */
export const named = (name: string): Value => ({ taints: noTaints, name: `${name}#` });

const dataParameters: Readonly<Record<string, string>> = {
  'nest.Param': 'the request', 'trpc.Input': 'input', 'action.Argument': 'the action’s argument', 'flask.Param': 'the URL', 'fastapi.Param': 'the request', 'django.Param': 'the URL', 'gradio.Param': 'the form', 'tool.Argument': 'the model’s tool call', 'mcp.Argument': 'the model’s tool call', 'lambda.Event': 'event', 'click.Param': 'the command line', 'ws.Message': 'the socket', 'socket.Message': 'the socket', 'chainlit.Message': 'the message', 'bullmq.Job': 'job', 'queue.Message': 'the queue', 'commander.Param': 'the command line', 'typer.Param': 'the command line', 'dash.Param': 'the form', 'MessageEvent': 'event', 'graphql.Args': 'args', 'slack.Event': 'the event', 'telegram.Update': 'update', 'discord.Message': 'message',
};

/** A parameter that is itself untrusted data. */
export function data(interpreter: Interpreter, name: string, closure: Closure, position: number, what?: string): Value {
  const param = closure.node.params[position + (closure.owner && closure.scope.python ? 1 : 0)] ?? closure.node.params[position];
  const label = interpreter.knowledge.read(`${name}#`);
  const text = what ?? (param?.target.kind === 'name' ? param.target.name : dataParameters[name] ?? 'the parameter');
  if (!label) return named(name);
  const saved = interpreter.scope;
  interpreter.scope = closure.scope;
  const value = sourced(interpreter, label, `${name}#`, { start: param?.start ?? closure.node.start, end: param?.end ?? closure.node.end }, text);
  interpreter.scope = saved;
  return value;
}

/** Parameters without `self`. */
export function params(closure: Closure): FunctionNode['params'] {
  const list = closure.node.params;
  const first = list[0];
  return closure.scope.python && closure.owner && first?.target.kind === 'name' && /^(?:self|cls)$/.test(first.target.name) ? list.slice(1) : list;
}

/** A parameter that is data, cleaned as its annotation says. */
export function pythonParameter(interpreter: Interpreter, closure: Closure, position: number, name: string, schema: Schema | undefined): Value {
  const value = data(interpreter, name, closure, position);
  return schema ? validated(schema, value, value.taints) : { taints: value.taints, ...(value.origin ? { origin: value.origin } : {}) };
}

/** What `Query(max_length=...)` and the like prove. */
export function constraintOf(value: Value): number {
  const call = value.call;
  if (!call || !/(?:^|\.)(?:Query|Path|Body|Form|Header|Cookie|Field|Param|StringConstraints)$/.test(call.name ?? call.written)) return 0;
  let kinds = 0;
  for (const { name } of call.args) {
    if (name === 'pattern' || name === 'regex' || name === 'enum') kinds |= everyKind;
    if (name === 'ge' || name === 'le' || name === 'gt' || name === 'lt') kinds |= everyKind;
    if (name === 'max_length') kinds |= capped;
  }
  return kinds;
}
const typedHandlers: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^(?:APIGateway|SQS|SNS|S3|DynamoDBStream|KinesisStream|EventBridge|ALB|CloudFront|Cognito|Lex|AppSync|Lambda|Scheduled)\w*Handler(?:V2)?$/, ['lambda.Event']],
  [/^(?:express\.)?RequestHandler$|^(?:express\.)?Handler$/, ['express.Request', 'express.Response']],
  [/^(?:fastify\.)?FastifyPlugin(?:Async|Callback)?(?:Typebox|Zod|JsonSchemaToTs)?$/, ['fastify.App']],
  [/^NextApiHandler$/, ['next.ApiRequest', 'next.ApiResponse']],
  [/^(?:PageServerLoad|LayoutServerLoad|Action)$/, ['sveltekit.Event']],
  [/^(?:LoaderFunction|ActionFunction)$/, ['remix.Args']],
  [/^APIRoute$/, ['astro.Context']],
  [/^(?:vscode\.)?ChatRequestHandler$/, ['vscode.ChatRequest', 'vscode.ChatContext', 'vscode.ChatResponseStream']],
  [/^(?:Koa\.)?Middleware$/, ['koa.Context']],
];

/** A function that is declared to be a handler, `const handler: S3Handler = ...`. */
export function entryOfType(closure: Closure, type: string): void {
  // SvelteKit and Express share the name of the type.
  if (type === 'RequestHandler' && /(?:^|\/)\+server\.[jt]s$/.test(closure.path)) {
    closure.typed ??= ['sveltekit.Event'];
    return;
  }
  for (const [pattern, names] of typedHandlers) {
    if (!pattern.test(type)) continue;
    closure.typed ??= names;
    return;
  }
}

const routes = new WeakMap<Closure, string>();

/** The framework whose route a function handles. */
export function routeOf(closure: Closure): string | undefined {
  return routes.get(closure);
}

export function setRoute(closure: Closure, framework: string): void {
  routes.set(closure, framework);
}
/** Makes every parameter of a function untrusted data. */
export function enterWithData(interpreter: Interpreter, value: Value | undefined, name: string, framework: string): void {
  const closure = value?.fn;
  if (!closure) return;
  closure.entry ??= params(closure).map((param, at) => (param.type && /^(?:int|float|bool|Image|np\.ndarray|PIL)/.test(param.type.name) ? unknownValue : data(interpreter, name, closure, at)));
  setRoute(closure, framework);
  noteElsewhere(interpreter, closure);
}

