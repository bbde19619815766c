import type { CodeCall } from './events.ts';
import { handlersBefore } from './handlers-before.ts';
import type { Interpreter } from './interpreter.ts';
import { everyKind, kindSet } from './kinds.ts';
import { mentions } from './mentions.ts';
import { data, named, setRoute } from './parameters.ts';
import { jsonSchema, trustedSchema, validated } from './schema.ts';
import { argumentAt } from './sinks.ts';
import { sourced } from './sources.ts';
import { capped, textual } from './tables/cleaners.ts';
import { childRoot, cleaned, noTaints, unknownValue, type Schema, type Value } from './value.ts';
import { innerHandler, noteElsewhere } from './wrapped.ts';

/** How a framework takes handlers, and what it gives them. */
export interface HandlerSpec {
  /** Callee; its last name is the method. */
  readonly pattern: RegExp;
  readonly framework: string;
  readonly params: readonly string[];
  readonly route?: boolean;
}

const verbs = '(?:get|post|put|patch|delete|del|all|use|head|options|on|any)';
export const handlers: readonly HandlerSpec[] = [
  { pattern: new RegExp(`^express\\.App#(?:route\\(\\)\\.)*${verbs}$`), framework: 'express', params: ['express.Request', 'express.Response', 'express.Next'], route: true },
  { pattern: new RegExp(`^fastify\\.App#(?:${verbs}|addHook|register)$`), framework: 'fastify', params: ['fastify.Request', 'fastify.Reply', 'fastify.Next'], route: true },
  { pattern: new RegExp(`^koa-router\\.Router#${verbs}$|^koa\\.Koa#use$`), framework: 'koa', params: ['koa.Context', 'koa.Next'], route: true },
  { pattern: new RegExp(`^(?:hono\\.Hono|@hono/zod-openapi\\.OpenAPIHono|hono/[\\w-]+\\.Hono)#(?:\\w+\\(\\)\\.)*(?:${verbs}|openapi)$`), framework: 'hono', params: ['hono.Context', 'hono.Next'], route: true },
  { pattern: new RegExp(`^elysia\\.Elysia#(?:\\w+\\(\\)\\.)*${verbs}$`), framework: 'elysia', params: ['elysia.Context'], route: true },
  { pattern: new RegExp(`^(?:@oak/oak|oak|https?://.*oak.*)\\.Router#${verbs}$`), framework: 'oak', params: ['oak.Context'], route: true },
  { pattern: /^http\.(?:createServer|Server)$|^https\.createServer$|^http2\.createServer$/, framework: 'http', params: ['http.IncomingMessage', 'http.ServerResponse'], route: true },
  { pattern: /^Deno\.serve$|^Bun\.serve$/, framework: 'fetch', params: ['Request'], route: true },
  { pattern: /^itty-router\.\w+#?(?:\(\))?\.?(?:get|post|put|delete|all)$/, framework: 'fetch', params: ['Request'], route: true },
  { pattern: /^@azure\/functions\.app\.(?:http|get|post)$/, framework: 'azure', params: ['azure.HttpRequest'], route: true },
  { pattern: /^firebase-functions(?:\/v2\/https)?\.(?:https\.)?(?:onRequest)$|^@google-cloud\/functions-framework\.http$/, framework: 'express', params: ['express.Request', 'express.Response'], route: true },
  { pattern: /^firebase-functions(?:\/v2\/https)?\.(?:https\.)?onCall$/, framework: 'firebase', params: ['firebase.Request'] },
  { pattern: /^@mastra\/core\/server\.registerApiRoute$/, framework: 'hono', params: ['', 'hono.Context'], route: true },
  { pattern: /^ws\.Server#on$/, framework: 'ws', params: ['ws.WebSocket', 'http.IncomingMessage'], route: true },
  { pattern: /^tar-stream\.Extract#on$/, framework: 'archive', params: ['tar-stream.Header'] },
  { pattern: /^yauzl\.(?:open|fromBuffer|fromFd|fromRandomAccessReader)$/, framework: 'archive', params: ['yauzl.Error', 'yauzl.ZipFile'] },
  { pattern: /^(?:@fastify\/)?busboy(?:\(\)|#)\.?on$/, framework: 'upload', params: ['busboy.Field', 'busboy.Value', 'busboy.Info'] },
  { pattern: /^socket\.Server#(?:of\(\)\.)?on$/, framework: 'socket', params: ['socket.Socket'] },
  { pattern: /^hono\.Hono#(?:\w+\(\)\.)*onError$/, framework: 'hono', params: ['hono.Error', 'hono.Context'] },
  { pattern: /^express\.App#param$/, framework: 'parameter', params: ['express.Request', 'express.Response', 'express.Next', 'express.Parameter'] },
  { pattern: /^@angular\/router\.ActivatedRoute#(?:queryParams|params|queryParamMap|paramMap|fragment)\.(?:pipe\(\)\.)?subscribe$/, framework: 'browser', params: ['angular.Parameters'] },
  { pattern: /^unzipper\.Parse#on$|^yauzl\.ZipFile#on$/, framework: 'archive', params: ['unzipper.Entry'] },
  { pattern: /^https:\/\/deno\.land\/std[\w@.]*\/http\/(?:server|mod)\.ts\.serve$/, framework: 'fetch', params: ['Request'], route: true },
  { pattern: /^fastify\.App#setErrorHandler$/, framework: 'fastify', params: ['fastify.Error', 'fastify.Request', 'fastify.Reply'] },
  { pattern: /^vscode\.window\.createWebviewPanel\(\)\.webview\.onDidReceiveMessage$|^vscode\.(?:WebviewPanel#webview|Webview#|WebviewView#webview)\.?onDidReceiveMessage$/, framework: 'desktop', params: ['desktop.Message'] },
  { pattern: /^fastify-plugin$/, framework: 'fastify', params: ['fastify.App'] },
  { pattern: /^@octokit\/webhooks\.Webhooks#(?:on|onAny)$|^probot\.Probot#(?:on|onAny)$/, framework: 'github', params: ['github.Event'] },
  { pattern: /^electron\.ipcMain\.(?:handle|on|once|handleOnce)$/, framework: 'electron', params: ['electron.IpcEvent', ...Array<string>(6).fill('electron.Argument')] },
  { pattern: /^kafkajs\.Consumer#run$/, framework: 'kafka', params: ['kafkajs.Message'] },
  { pattern: /^bullmq\.Worker$|^bull\.\w+#process$/, framework: 'queue', params: ['bullmq.Job'] },
  { pattern: /^@google-cloud\/pubsub\.PubSub#(?:topic\(\)\.)?subscription\(\)\.on$/, framework: 'queue', params: ['@google-cloud/pubsub.Message'] },
  { pattern: /^amqplib\.Channel#consume$/, framework: 'queue', params: ['amqplib.Message'] },
  { pattern: /^h3\.(?:defineEventHandler|eventHandler)$|^defineEventHandler$/, framework: 'h3', params: ['h3.Event'], route: true },
  { pattern: /^MessagePort#on$|^navigator\.serviceWorker\.addEventListener$/, framework: 'browser', params: ['MessageEvent'] },
  { pattern: /^commander\.(?:program|Command#?)(?:.*)\.action$|^commander\.Command#action$/, framework: 'cli', params: ['commander.Param', 'commander.Param', 'commander.Param'] },
  { pattern: /^discord\.js\.Client#(?:on|once)$|^eris\.\w+#on$/, framework: 'bot', params: ['discord.Message'] },
  { pattern: /^(?:telegraf\.Telegraf|grammy\.Bot|telegraf\.Composer|grammy\.Composer)#(?:on|command|hears|action|callbackQuery|use)$/, framework: 'bot', params: ['telegraf.Context'] },
  { pattern: /^@slack\/bolt\.App#(?:message|event|command|action|view|shortcut|options)$/, framework: 'bot', params: ['slack.Handler'] },
  { pattern: /^genkit\.Genkit#defineFlow$|^@genkit-ai\/\w+\.defineFlow$/, framework: 'genkit', params: ['action.Argument'] },
  { pattern: /^passport-local\.(?:Local)?Strategy$/, framework: 'passport', params: ['passport.Credential', 'passport.Credential'] },
  { pattern: /^next-safe-action\..*\.action$/, framework: 'next', params: ['action.Argument'] },
];

/** The page of a desktop program is its user's: it may name files and write prompts, and must not reach a shell. */
const desktop = everyKind & ~kindSet('shell', 'code', 'module', 'sql', 'redirect', 'deserialize');

export function registerHandlers(interpreter: Interpreter, call: CodeCall, spec: HandlerSpec, method: string): void {
  const { args } = call;
  const path = typeof args[0]?.value.constant === 'string' ? args[0].value.constant : undefined;
  const own = args.flatMap((one) => (one.value.fn ? [one.value] : one.value.items ? one.value.items.filter((item) => item.fn) : optionHandlers(one.value)));
  const values = args.slice(path === undefined ? 0 : 1).flatMap((one) => (one.value.items ? one.value.items : [one.value]));
  const schema = requestSchema(call, spec);
  const checked = spec.framework === 'express' ? validatorFields(values) : undefined;
  const parsed = spec.framework === 'express' ? middlewareSchemas(interpreter, call) : undefined;
  own.forEach((value, at) => {
    const closure = value.fn!;
    const socket = spec.framework === 'fastify' && args.some((one) => one.value.fields?.get('websocket')?.constant === true);
    const given = (socket ? ['ws.WebSocket', 'fastify.Request'] : spec.params).filter((one) => one !== '');
    const withError = spec.framework === 'express' && closure.node.params.length === 4;
    closure.entry ??= (withError ? ['express.Error', ...given] : given).map((shifted, position) => {
      const made = interpreter.knowledge.read(`${shifted}#`) ? data(interpreter, shifted, closure, position) : named(shifted);
      if (shifted === 'electron.Argument' || shifted === 'desktop.Message') made.taints = cleaned(made.taints, desktop);
      if (position === 0 && schema) {
        if (schema.fields?.has('req')) made.schema = schema;
        else made.fields = new Map([...(schema.fields ?? [])].map(([key, one]) => [key, { ...validated(one, unknownValue, sourced(interpreter, 'request', `${shifted}#${key}`, closure.node, `req.${key}`).taints) }]));
      }
      if (position === 0 && parsed) made.fields = new Map([...parsed].map(([part, one]) => [part, validated(one, unknownValue, sourced(interpreter, 'request', `${shifted}#${part}`, closure.node, `req.${part}`).taints)]));
      if (position === 0 && checked && mentions(closure.node.body, 'validationResult')) {
        made.fields = new Map([...checked].map(([part, fields]) => {
          const { taints } = sourced(interpreter, 'request', `${shifted}#${part}`, closure.node, `req.${part}`);
          return [part, { taints, complete: false, fields: new Map([...fields].map(([key, clean]) => [key, { taints: cleaned(taints, clean).map((taint) => ({ ...taint, root: childRoot(taint.root, key), what: `${taint.what}.${key}` })) }])) }];
        }));
      }
      return made;
    });
    const before = handlersBefore(interpreter, call, spec.framework, own.slice(0, at));
    if (before.length > 0 && !before.includes(closure)) closure.before ??= before;
    setRoute(closure, spec.framework);
    noteElsewhere(interpreter, closure);
    const written = args.find((one) => one.value === value)?.node;
    if (spec.route && at === own.length - 1) interpreter.routes.push({ method, path, framework: spec.framework, origin: call.origin, closure: innerHandler(interpreter, written) ?? closure, guards: values.filter((one) => one !== value), call, owner: call.receiver });
  });
  if (own.length === 0 && spec.route) interpreter.routes.push({ method, path, framework: spec.framework, origin: call.origin, closure: undefined, guards: values, call, owner: call.receiver });
}

/** What a validator that stands before the handler accepts, by part of the request: `validate(schema)`, `validate({ body: schema })`. */
function middlewareSchemas(interpreter: Interpreter, call: CodeCall): ReadonlyMap<string, Schema> | undefined {
  for (const { node } of call.args) {
    if (node.kind !== 'call' || !node.args[0] || !/^(?:celebrate|\w*[vV]alidat\w*|\w*[sS]chema\w*)$/.test(node.callee.kind === 'name' ? node.callee.name : node.callee.kind === 'member' ? node.callee.property : '')) continue;
    const given = interpreter.evaluate(node.args[0].value);
    const parts = (fields: ReadonlyMap<string, Value | Schema>): ReadonlyMap<string, Schema> => new Map(['body', 'query', 'params'].flatMap((part) => {
      const one = fields.get(part);
      return one ? [[part, 'taints' in one ? one.schema ?? trustedSchema : one] as const] : [];
    }));
    const named = given.schema?.fields ?? given.fields;
    if (named && ['body', 'query', 'params'].some((part) => named.has(part))) return parts(named);
    // Which part it looks at is for the validator to say.
    return new Map([['body', given.schema ?? trustedSchema], ['query', trustedSchema], ['params', trustedSchema]]);
  }
  return undefined;
}

/** Checks of express-validator before a handler: `body('text').isLength({ max: 200 })`, by part of the request and field. */
function validatorFields(values: readonly Value[]): ReadonlyMap<string, ReadonlyMap<string, number>> | undefined {
  let out: Map<string, Map<string, number>> | undefined;
  for (const value of values) {
    if (!/^express-validator\./.test(value.name ?? '')) continue;
    let clean = 0;
    for (let at: Value | undefined = value, depth = 0; at?.call && depth < 12; at = at.call.receiver, depth++) {
      const { call } = at;
      const method = call.node.callee.kind === 'member' ? call.node.callee.property : call.node.callee.kind === 'name' ? call.node.callee.name : '';
      if (/^(?:isIn|isInt|isUUID|matches|isEmail|isNumeric|isAlphanumeric|isAlpha|isMongoId|isBoolean|isISO8601|isDate|isFloat|isHexadecimal|toInt|equals|isIP|isLocale|isSlug)$/.test(method)) clean |= everyKind;
      if (method === 'isString') clean |= textual;
      if (method === 'isLength' && argumentAt(call, 'max')) clean |= capped;
      if (method === 'escape') clean |= kindSet('html');
      const part = { body: 'body', query: 'query', param: 'params', header: 'headers', cookie: 'cookies', check: 'body' }[/express-validator\.(\w+)$/.exec(call.name ?? '')?.[1] ?? ''];
      const field = call.args[0]?.value.constant;
      if (part === undefined || typeof field !== 'string') continue;
      out ??= new Map();
      const fields = out.get(part) ?? new Map<string, number>();
      out.set(part, fields.set(field, clean));
    }
  }
  return out;
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
  if (spec.framework === 'elysia') {
    const fields = new Map<string, Schema>();
    for (const key of ['body', 'query', 'params', 'headers']) {
      const one = call.args.slice(2).flatMap((each) => each.value.fields?.get(key) ?? [])[0];
      if (one) fields.set(key, one.schema ?? trustedSchema);
    }
    return fields.size > 0 ? { clean: 0, fields } : undefined;
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

/** `server.route({ method, path, handler })`, one or a list. */
export function registerRouteObjects(interpreter: Interpreter, call: CodeCall, name: string): void {
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
    setRoute(handler.fn, framework === 'hapi' ? 'hapi.Server' : framework);
    const path = one.fields?.get('path')?.constant ?? one.fields?.get('url')?.constant;
    const guards = [...['preHandler', 'onRequest', 'preValidation', 'auth', 'pre'].flatMap((key) => one.fields?.get(key) ?? one.fields?.get('options')?.fields?.get(key) ?? [])];
    interpreter.routes.push({ method: String(one.fields?.get('method')?.constant ?? 'all').toLowerCase(), path: typeof path === 'string' ? path : undefined, framework, origin: one.origin ?? call.origin, closure: handler.fn, guards, call, owner: call.receiver });
  }
}

/** Procedures of tRPC. */
export function registerProcedure(interpreter: Interpreter, call: CodeCall, method: string): void {
  const closure = call.args[0]!.value.fn!;
  const first = closure.node.params[0];
  const takes = first?.target.kind === 'object-pattern' && first.target.entries.some((one) => one.key === 'input' || one.key === 'ctx');
  if (!takes && !/procedure/i.test(call.written) && !call.receiver?.name?.startsWith('trpc')) return;
  const taints = data(interpreter, 'trpc.Input', closure, 0, 'input').taints;
  const schema = call.receiver?.schema;
  closure.entry = [{ taints: noTaints, fields: new Map([['input', schema ? validated(schema, unknownValue, taints) : { taints }], ['ctx', unknownValue]]), complete: false }];
  setRoute(closure, 'trpc');
  interpreter.routes.push({ method, path: undefined, framework: 'trpc', origin: call.origin, closure, guards: call.receiver ? [call.receiver] : [], call, owner: call.receiver });
}

