import { defineRule, type CodeContext, type Report, type Rule } from '../../server/rule/rule.ts';
import { taintsIn, type CodeAnalysis, type CodeCall, type Expression, type FunctionNode, type Route, type Statement, type Value } from '../../server/rule/code.ts';
import { inProject } from '../../server/rule/paths.ts';
import { callRule, constantOf, isFalse, isTrue, mayHaveMore, option, replaceFix, text } from '../_calls.ts';
import { isTest } from '../_flows.ts';
import { sample } from '../_samples.ts';
import { walk } from '../../server/rule/walk.ts';
import { isModelCall } from '../agent/code-settings.ts';

const sessionName = /sess|auth|token|jwt|sid$|^sid|remember|login|user_?id|refresh|access|csrf_?secret/i;

/** Whether an origin setting lets any site in. */
function anyOrigin(value: Value | undefined): boolean {
  if (!value) return false;
  if (value.constant === '*' || value.constant === true || value.constant === 'null') return true;
  if (value.items?.some((one) => one.constant === '*' || one.constant === 'null' || (one.name === 'RegExp#' && loose(one)))) return true;
  if (value.name === 'RegExp#') return loose(value);
  const [only] = value.fn?.node.body ?? [];
  if (value.fn && only && value.fn.node.body.length === 1) return echoes(value.fn.node, only);
  return value.taints.some((taint) => taint.label === 'request');
}

/** A function for origins that says yes to whatever asks: it gives the origin back, or calls back with true. */
function echoes(fn: FunctionNode, only: Statement): boolean {
  const given = only.kind === 'return' || only.kind === 'expression' ? only.value : undefined;
  const isParam = (node: Expression | undefined): boolean => node?.kind === 'name' && fn.params.some((one) => one.target.kind === 'name' && one.target.name === node.name);
  if (only.kind === 'return' && (isParam(given) || readsOrigin(given))) return true;
  if (given?.kind !== 'call' || !isParam(given.callee)) return false;
  const answer = given.args[1]?.value;
  return isParam(answer) || (answer?.kind === 'literal' && (answer.value === true || answer.value === '*'));
}

/** `ctx.get('Origin')`, `req.headers.origin`: what the browser says of itself. */
function readsOrigin(node: Expression | undefined): boolean {
  if (node?.kind === 'logical') return readsOrigin(node.left);
  if (node?.kind === 'member') return node.property === 'origin' && node.object.kind === 'member' && /^headers?$/.test(node.object.property);
  return node?.kind === 'call' && node.callee.kind === 'member' && /^(?:get|header)$/.test(node.callee.property) && node.args[0]?.value.kind === 'literal' && /^origin$/i.test(String(node.args[0].value.value));
}

/** Flask-CORS: `resources={r"/api/*": {"origins": "*"}}`. */
function ofResources(call: CodeCall): ReturnType<typeof option> {
  const found = option(call, 'resources');
  const origins = [...found?.value.fields?.values() ?? []].flatMap((one) => one.fields?.get('origins') ?? []).find(anyOrigin);
  return found && origins ? { ...found, value: origins } : undefined;
}

/** A pattern, written as text, that any host matches. */
const anyHost = /^\^?(?:https?\??:(?:\/\/|\\\/\\\/))?\.[*+]\$?$/;

/** A pattern that any host matches whose name ends in that of the program’s own: `https://.*acme\.io`. */
const openHost = /(?<!\\)\.[*+]\??(?=[A-Za-z\d])/;

function loose(value: Value): boolean {
  const pattern = value.parts?.[0] ?? '';
  return openHost.test(pattern) || !(pattern.startsWith('^') && pattern.endsWith('$'));
}

const guardWords = /auth(?!or)|jwt|session|require|protect|guard|login|signed|permission|role|bearer|api_?key|clerk|passport|verif|token|admin|member|user|private|secur|access|acl|oauth|oidc|csrf|identity|middleware|firebase|supabase|allow|protected|IsAuthenticated/i;
const checkWords = /(?:^|\.|_)(?:auth|getServerSession|getSession|getToken|currentUser|requireUser|requireAuth|requireAdmin|requireSession|verifyToken|verifyIdToken|authenticate|authorize|isAuthenticated|checkAuth|checkPermission|ensureLoggedIn|validateSession|getUser|assertUser|assertAuth|withAuth|protect|verify|jwtVerify|unauthorized|compare_digest|timingSafeEqual|constructEvent|login_required|current_user|get_current_user|verify_signature|requireRole|can|getAuth|safeGetSession|validateRequest)\w*$|[aA]uth(?:enticat|oriz)|[rR]equire(?:Admin|User|Auth|Session|Login|Role|Member)|[vV]erify(?:Token|Session|Jwt|Auth|Signature|Request)|getServerSession|currentUser|isAdmin|assertPermission|checkRole/;
const publicPath = /health|status|login|signin|sign-in|signup|register|public|webhook|hooks?\/|callback|oauth|metrics|ping|ready|live|robots|favicon|docs|openapi|version|manifest|\.well-known|password|reset|contact|newsletter|subscribe/i;

const rules = [
  callRule({
    id: 'auth/any-origin-with-credentials', title: 'Pages of any site may call with the user’s session', severity: 'high', references: ['CWE-942', 'CWE-346', 'AC-4'].filter((one) => one !== 'AC-4'), callees: ['cors', 'bentoml.service', 'hono/cors.cors', '@fastify/cors', 'fastify-cors', '@koa/cors', 'koa2-cors', 'fastify.App#register', 'starlette.middleware.cors.CORSMiddleware', 'starlette.middleware.Middleware', '@hapi/hapi.server', '@hapi/hapi.Server', 'fastapi.Router#add_middleware', 'starlette.applications.Starlette#add_middleware', 'flask_cors.{CORS,cross_origin}', '@nestjs/core.NestFactory.create().enableCors', '@nestjs/core.NestFactory.create', 'graphql-yoga.createYoga', 'apollo-server.ApolloServer', 'micro-cors', 'restify-cors-middleware2', 'h3.{handleCors,appendCorsHeaders}', '@middy/http-cors', '@tinyhttp/cors.cors', '@elysiajs/cors.cors', 'express.Response#{setHeader,set,header}', 'http.ServerResponse#setHeader', 'socket.io.Server', '@nestjs/websockets.WebSocketGateway', 'falcon.CORSMiddleware', 'litestar.config.cors.CORSConfig', 'chalice.CORSConfig', 'quart_cors.{cors,route_cors}', 'aiohttp_cors.ResourceOptions', '@mastra/core.Mastra', '@mastra/core/mastra.Mastra', '@copilotkit/runtime/v2.{createCopilotEndpoint,createCopilotHonoHandler,createCopilotEndpointSingleRoute}', '@copilotkit/runtime/v2/{hono,express}.{createCopilotEndpoint,createCopilotHonoHandler,createCopilotExpressHandler,createCopilotEndpointExpress}'],
    what: 'Reports CORS settings that answer any origin, or whatever origin asks, together with credentials; and patterns for origins that are not anchored.', why: 'A page that the user visits reads and changes what the user may, with the user’s session.', noFix: 'The sites that may call have to be listed.', whenNotToUse: 'For data that is public and the same for everybody.',
    judge: (call, context): Report | undefined => {
      const name = call.name!;
      if (/setHeader$|#(?:set|header)$/.test(name)) return header(call, context);
      const origin = option(call, 'origin') ?? option(call, 'allow_origins') ?? option(call, 'origins') ?? option(call, 'allow_origin') ?? option(call, 'allow_origin_regex') ?? option(call, 'resources.origins') ?? ofResources(call) ?? option(call, 'cors.origin') ?? option(call, 'routes.cors.origin') ?? option(call, 'server.cors.origin') ?? option(call, 'http.cors.access_control_allow_origins');
      const credentials = option(call, 'credentials') ?? option(call, 'allow_credentials') ?? option(call, 'supports_credentials') ?? option(call, 'cors.credentials') ?? option(call, 'routes.cors.credentials') ?? option(call, 'server.cors.credentials') ?? option(call, 'http.cors.access_control_allow_credentials');
      if (name === 'fastify.App#register' && !/cors/i.test(call.args[0]?.value.name ?? '')) return undefined;
      if (/add_middleware$|\.Middleware$/.test(name) && !/CORS/.test(call.args[0]?.value.name ?? '')) return undefined;
      const pattern = origin && origin === option(call, 'allow_origin_regex') ? text(origin) : undefined;
      // Falcon is told from which origins credentials are taken.
      const trusted = isTrue(credentials) || (name.startsWith('falcon.') && (text(credentials) === '*' || credentials?.value.items?.some((one) => one.constant === '*') === true));
      if (!origin || !trusted || !(anyOrigin(origin.value) || (pattern !== undefined && (anyHost.test(pattern) || openHost.test(pattern))))) return undefined;
      return { at: origin.origin, message: 'Any site may call, and the browser sends the user’s session along.' };
    },
    examples: [{ file: 'app.ts', bad: sample(["import express from 'express';", "import cors from 'cors';", 'const app = express();', 'app.use(cors({ origin: «true», credentials: true }));']), good: sample(["import express from 'express';", "import cors from 'cors';", 'const app = express();', "app.use(cors({ origin: ['https://app.acme.io'], credentials: true }));"]) }, { file: 'app.py', bad: sample(['from fastapi import FastAPI', 'from fastapi.middleware.cors import CORSMiddleware', 'app = FastAPI()', 'app.add_middleware(CORSMiddleware, allow_origins=«["*"]», allow_credentials=True)']), good: sample(['from fastapi import FastAPI', 'from fastapi.middleware.cors import CORSMiddleware', 'app = FastAPI()', 'app.add_middleware(CORSMiddleware, allow_origins=["https://app.acme.io"], allow_credentials=True)']) }],
  }),
  callRule({
    id: 'auth/session-cookie-flags', title: 'Session cookie without its protections', severity: 'medium', confidence: 'medium', references: ['CWE-614', 'CWE-1004'], callees: ['express.Response#cookie', 'express-session', 'cookie-session', 'fastify.Reply#setCookie', 'hono/cookie.setCookie', 'koa.Context#cookies.set', 'next/headers.cookies()set', 'next/headers.cookies().set', 'js-cookie.set', 'flask.Response#set_cookie', 'starlette.Response#set_cookie', 'starlette.JSONResponse#set_cookie', 'django.http.{HttpResponse,JsonResponse,HttpResponseRedirect,StreamingHttpResponse}#set_cookie', 'django.shortcuts.{redirect,render}().set_cookie', 'starlette.{HTMLResponse,RedirectResponse,PlainTextResponse}#set_cookie', 'flask.{redirect,jsonify}().set_cookie', 'flask.make_response().set_cookie', 'aiohttp.web.{Response,StreamResponse,json_response,HTTPFound,HTTPSeeOther,FileResponse}#set_cookie', 'aiohttp.web.json_response().set_cookie', 'falcon.Response#set_cookie', 'tornado.Handler#{set_cookie,set_secure_cookie,set_signed_cookie}', 'bottle.response.set_cookie', 'pyramid.response.Response#set_cookie', 'webob.Response#set_cookie', 'litestar.Response#set_cookie', 'litestar.datastructures.Cookie', 'pyramid.session.SignedCookieSessionFactory', 'werkzeug.{Response,wrappers.Response}#set_cookie', 'sanic.response.{text,json,html,redirect}().add_cookie', 'starlette.middleware.sessions.SessionMiddleware', '@fastify/session', 'iron-session.getIronSession', 'express.Response#{setHeader,set,header,append}', 'http.ServerResponse#{setHeader,appendHeader}', 'fastify.Reply#header', 'Response', 'next/server.NextResponse', 'lucia.Lucia', 'h3.setCookie', 'setCookie', 'hapi.Server#state', 'hapi.Reply#state', 'koa-session', 'sveltekit.Event#cookies.set', 'astro.Context#cookies.set', 'fastify.App#register', 'next/server.NextResponse.{json,next,redirect,rewrite}().cookies.set', 'next/server.NextResponse#cookies.set', '@remix-run/{node,cloudflare,deno}.{createCookieSessionStorage,createCookie}', 'react-router.{createCookieSessionStorage,createCookie}', 'express-openid-connect.auth', 'cookie.serialize', 'oak.Context#cookies.set', 'next-auth', 'nookies.setCookie', 'cookies-next.setCookie', 'universal-cookie.Cookies#set'],
    what: 'Reports cookies of sessions and tokens for which `httpOnly` or `secure` is switched off, and tokens that are set without `httpOnly`, which is off by default.', why: 'A script of the page, or who sits on the network, takes the session over.',
    judge: (call, context): Report | readonly Report[] | undefined => {
      const header = cookieHeader(call);
      if (header) return header;
      if (/^(?:Response|next\/server\.NextResponse)$|#(?:setHeader|set|header|append|appendHeader)$/.test(call.name!)) return undefined;
      if (call.name === 'fastify.App#register' && !/session/.test(call.args[0]?.value.name ?? '')) return undefined;
      const name = text(call.args.find((one) => one.name === undefined && typeof one.value.constant === 'string'));
      if (name !== undefined && !sessionName.test(name)) return undefined;
      const python = context.document.language === 'python';
      const on = python ? 'True' : 'true';
      for (const key of ['httpOnly', 'secure', 'cookie.httpOnly', 'cookie.secure', 'httponly', 'http_only', 'https_only', 'cookieOptions.secure', 'cookieOptions.httpOnly', 'isSecure', 'isHttpOnly', 'cookies.sessionToken.options.secure', 'cookies.sessionToken.options.httpOnly', 'session.cookie.secure', 'sessionCookie.attributes.secure', ...(call.name === 'koa-session' ? ['signed'] : [])]) {
        const found = option(call, key);
        if (isFalse(found)) return { at: found!.origin, message: key === 'signed' ? 'Whoever has a session can change what it holds.' : /http_?only/i.test(key) ? 'Scripts of the page can read the session’s cookie.' : 'The session’s cookie is sent over connections that are not encrypted.', fixes: found!.origin.range.end - found!.origin.range.start <= 5 ? replaceFix(found!, on, 'Switch it on', false) : [] };
      }
      return readable(call, name);
    },
    examples: [{ file: 'app.ts', bad: sample(["import express from 'express';", 'const app = express();', "app.post('/login', (req, res) => {", "  res.cookie('auth_token', 'x', { httpOnly: «false», secure: true });", '});']), fixed: sample(["import express from 'express';", 'const app = express();', "app.post('/login', (req, res) => {", "  res.cookie('auth_token', 'x', { httpOnly: true, secure: true });", '});']), good: sample(["import express from 'express';", 'const app = express();', "app.post('/theme', (req, res) => {", "  res.cookie('theme', 'dark', { maxAge: 1000 });", '});']) }],
  }),
  defineRule({
    id: 'auth/endpoint-without-login', title: 'Endpoint that anybody can call', severity: 'medium', confidence: 'medium', references: ['CWE-306', 'CWE-862', 'LLM10:2025', 'AC-3'],
    what: 'Reports endpoints that ask a model, serve MCP tools, or delete data, when neither they nor their router, application or class have a login, a guard or a check that the analysis can see.', why: 'Strangers use the model at one’s cost, get at what its tools reach, or delete what is not theirs.', whenNotToUse: 'Behind a gateway that checks who calls; then turn the rule off for the folder.', noFix: 'How callers prove who they are has to be decided.',
    checks: [{
      on: 'code',
      check: (code, context) => {
        if (isTest(context.document.path) || /(?:^|\/)(?:examples?|samples?|demos?|docs|tutorials?|cookbook|notebooks)\//i.test(inProject(context.document.path))) return;
        for (const route of code.routes) judge(route, context);
        actions(context);
      },
    }],
    examples: [{ file: 'app.ts', bad: sample(["import express from 'express';", "import OpenAI from 'openai';", 'const app = express();', 'const client = new OpenAI();', "«app.post('/generate', async (req, res) => {»", "  const reply = await client.responses.create({ model: 'gpt-4.1', input: 'Hello' });", '  res.json(reply.output_text);', '});']), good: sample(["import express from 'express';", "import OpenAI from 'openai';", "import { requireUser } from './auth';", 'const app = express();', 'const client = new OpenAI();', "app.post('/generate', requireUser, async (req, res) => {", "  const reply = await client.responses.create({ model: 'gpt-4.1', input: 'Hello' });", '  res.json(reply.output_text);', '});']) },
    { file: 'views.py', bad: sample(['from rest_framework import viewsets', 'from rest_framework.permissions import AllowAny', 'from .models import Note', 'class «NoteViewSet»(viewsets.ModelViewSet):', '    queryset = Note.objects.all()', '    permission_classes = [AllowAny]']), good: sample(['from rest_framework import viewsets', 'from rest_framework.permissions import IsAuthenticated', 'from .models import Note', 'class NoteViewSet(viewsets.ModelViewSet):', '    queryset = Note.objects.all()', '    permission_classes = [IsAuthenticated]']) }],
  }),
  callRule({
    id: 'auth/signature-of-webhook-ignored', title: 'Webhook that believes what it is sent', severity: 'medium', confidence: 'medium', references: ['CWE-345', 'CWE-347'], callees: ['JSON.parse', 'json.loads', '{anthropic,@anthropic-ai/sdk}.{Anthropic,AsyncAnthropic}#beta.webhooks.{parse_unverified,parseUnverified}'],
    what: 'Reports webhook handlers that read a raw body and never check its signature.', why: 'Anybody can send the message that a payment was made.', noFix: 'The sender’s library checks the signature with a key of its own.', whenNotToUse: 'When a gateway checks the signature.',
    judge: (call, context): Report | undefined => {
      if (/nverified$/.test(call.name!)) return { at: call.callee, message: 'The message is believed without a check of its signature.' };
      const route = context.code.routes.find((one) => one.closure !== undefined && call.within.includes(one.closure.node));
      if (!route?.path || !/hooks?\b|webhook|stripe|payment/i.test(route.path)) return undefined;
      const raw = /\.body\.toString$|\.body$|rawBody|get_data|request\.data/.test(context.document.text.slice(call.args[0]?.origin.range.start ?? 0, call.args[0]?.origin.range.end ?? 0).replace(/\(\)$/, ''));
      const checked = context.code.calls.some((one) => one.within.includes(route.closure!.node) && /constructEvent|timingSafeEqual|compare_digest|verify|createHmac|hmac|signature/i.test(one.written));
      return raw && !checked ? { at: call.origin, message: 'The message is believed without a check of its signature.' } : undefined;
    },
    examples: [{ file: 'hooks.ts', bad: sample(["import express from 'express';", 'const app = express();', "app.post('/hooks/stripe', (req, res) => {", '  const event = «JSON.parse(req.body.toString())»;', '  res.json(event.type);', '});']), good: sample(["import express from 'express';", "import Stripe from 'stripe';", 'const app = express();', 'const stripe = new Stripe(process.env.KEY!);', "app.post('/hooks/stripe', (req, res) => {", "  const event = stripe.webhooks.constructEvent(req.body, req.get('stripe-signature')!, process.env.HOOK!);", '  res.json(event.type);', '});']) }],
  }),
] satisfies readonly Rule[];

/** Names of cookies that only the server has to read. */
const tokenName = /^(?:[\w-]*[_-])?(?:session(?:_?id)?|sid|auth|(?:auth|access|refresh|id|session|login)[_-]?token|jwt|token)$/i;

/** A cookie of a session that is written as a header: `Set-Cookie: session=1; Path=/`. */
function cookieHeader(call: CodeCall): Report | undefined {
  const found = /^set-cookie$/i.test(text(call.args[0]) ?? '') ? call.args[1] : option(call, 'headers.Set-Cookie') ?? option(call, 'headers.set-cookie');
  const written = found && (text(found) ?? found.value.parts?.map((one) => one ?? '…').join(''));
  const [, name] = /^\s*([\w-]+)=/.exec(written ?? '') ?? [];
  if (!written || !name || !tokenName.test(name) || /;\s*httponly/i.test(written) || /…\s*$/.test(written) || /=\s*;|max-age=0|expires=thu, 01 jan 1970/i.test(written)) return undefined;
  return { at: found.origin, message: `Scripts of the page can read the cookie ${name}.` };
}

/** A token that scripts of the page can read because nothing says otherwise. */
function readable(call: CodeCall, name: string | undefined): Report | undefined {
  if (!/#(?:cookie|setCookie|set_cookie)$|\.set_cookie$|\.setCookie$/.test(call.name!) || call.name!.startsWith('falcon.') || name === undefined || !tokenName.test(name)) return undefined;
  const written = option(call, 'httpOnly') ?? option(call, 'httponly') ?? option(call, 'http_only');
  if (written || mayHaveMore(call) || call.args.some((one) => one.name === undefined && one.value.fields === undefined && one.value.constant === undefined && one !== call.args[1] && one !== call.args[0])) return undefined;
  return { at: call.callee, message: `Scripts of the page can read the cookie ${name}.` };
}

function header(call: CodeCall, context: CodeContext): Report | undefined {
  if (!/^access-control-allow-origin$/i.test(text(call.args[0]) ?? '')) return undefined;
  const value = call.args[1];
  if (!value || !taintsIn(value.value).some((taint) => taint.label === 'request')) return undefined;
  const fn = call.within.at(-1);
  const credentials = context.code.calls.some((one) => one.within.at(-1) === fn && /^access-control-allow-credentials$/i.test(text(one.args[0]) ?? '') && String(constantOf(one.args[1])) === 'true');
  return credentials ? { at: value.origin, message: reflected } : undefined;
}

const reflected = 'Whatever site asks may call, and the browser sends the user’s session along.';
const ownOrigin = /headers?\b.{0,20}\borigin\b/i;

/** The same header as a member: `response.headers["Access-Control-Allow-Origin"] = origin`, or in an object of headers. */
const headerMembers: Rule['checks'][number] = {
  on: 'code', words: ['Access-Control-Allow-Credentials', 'access-control-allow-credentials'],
  check: (code, context) => {
    if (isTest(context.document.path)) return;
    const named = (written: string, name: string): boolean => written.toLowerCase().endsWith(name);
    for (const one of code.assignments) {
      if (!named(one.written, 'access-control-allow-origin') || !taintsIn(one.value).some((taint) => taint.label === 'request')) continue;
      const fn = one.within.at(-1);
      if (code.assignments.some((other) => other.within.at(-1) === fn && named(other.written, 'access-control-allow-credentials') && String(other.value.constant) === 'true')) context.report({ at: one.origin, message: reflected });
    }
    walk(code.module, (node) => {
      if (node.kind !== 'object') return;
      const entry = (name: string): Expression | undefined => node.entries.find((one) => one.key?.toLowerCase() === name)?.value;
      const origin = entry('access-control-allow-origin');
      const credentials = entry('access-control-allow-credentials');
      if (origin && origin.kind !== 'literal' && credentials?.kind === 'literal' && String(credentials.value) === 'true' && ownOrigin.test(context.document.text.slice(origin.start, origin.end))) context.report({ at: { start: origin.start, end: origin.end }, message: reflected });
    });
  },
};

const deleting = /(?:^|\.)(?:delete|deleteMany|deleteOne|delete_one|delete_many|remove|removeOwned|drop|destroy|purge|truncate|delete_object|unlink|rmtree)$/;

function judge(route: Route, context: CodeContext): void {
  const { closure } = route;
  if (route.method === 'viewset' && route.origin.path === context.document.path && route.guards.every((one) => /\.AllowAny$/.test(one.name ?? ''))) {
    context.report({ at: route.origin.range, message: 'Anybody can call this view set, which changes and deletes data.', severity: 'high' });
  }
  if (!closure || closure.path !== context.document.path || route.method === 'use' || route.method === 'middleware' || route.method === 'before_request' || route.method === 'addHook' || route.method === 'register') return;
  if (route.path !== undefined && publicPath.test(route.path) && !/(?:^|\/)admin(?:\/|$)/.test(route.path)) return;
  const { code } = context;
  const inside = code.calls.filter((one) => one.within.includes(closure.node) || (one.origin.range.start >= closure.node.start && one.origin.range.end <= closure.node.end));
  const deletes = route.method === 'delete' || inside.some((one) => deleting.test(one.written) && !/^(?:Map|Set)#/.test(one.receiver?.name ?? '') && !/cookies|headers|searchParams|cache|params/i.test(one.written)) || inside.some((one) => /execute$/.test(one.written) && /^\s*delete\b/i.test(String(one.args[0]?.value.constant ?? '')));
  const asks = inside.some(asksModel) || inside.some((one) => /(?:fineTuning|fine_tuning)\.(?:jobs\.)?create$|(?:^|\.)batches\.create$|create_training_job$|CreateTrainingJobCommand$|CreateModelCustomizationJobCommand$|create_model_customization_job$/.test(one.name ?? one.written)) || (route.framework === 'trpc' && inside.some((one) => /complet|generat|chat/i.test(one.written.split('.').at(-1) ?? '')));
  const serves = inside.some((one) => /StreamableHTTPServerTransport|SSEServerTransport/.test(one.name ?? '') || /handleRequest$/.test(one.written) && /transport/i.test(one.written));
  const administers = route.path !== undefined && /(?:^|\/)admin\//.test(route.path) && /^(?:post|put|patch)$/.test(route.method);
  if (!deletes && !asks && !serves && !administers) return;
  if (route.framework === 'trpc' && !deletes && !asks) return;
  if (guarded(route, context) || inside.some((one) => checkWords.test(one.written) || /(?:headers|header|get)$/.test(one.written) && /authorization|api-key|x-signature/i.test(text(one.args[0]) ?? ''))) return;
  // Events of the cloud come from what the function was bound to.
  if (closure.node.params.some((one) => /^cloud_?event\b/i.test(context.document.text.slice(one.start, one.end)))) return;
  if (closure.node.params.some((one) => /current_?(?:user|subject|account|member|actor|admin|tenant|client)|Depends\(\s*(?:get_|require_|check_|verify_)?(?:current|subject|actor|caller|owner|auth)|auth_?user|principal|token_?data|api_?key|credentials|identity|superuser|_dependency\b|\bdepends_\w/i.test(context.document.text.slice(one.start, one.end)))) return;
  const source = context.document.text.slice(closure.node.start, closure.node.end);
  if (/authorization|session\.user|req\.user|ctx\.user|ctx\.session|ctx\.userId|locals\.user|request\.(?:user|auth|identity)\b|request\.state\.\w*(?:user|auth|principal|identity|session|account|claims|tenant)|\bg\.(?:current_)?user\b|getUser|userId\b.*(?:401|403)|status\((?:401|403)\)|sendStatus\((?:401|403)\)|HTTPException\((?:status_code=)?(?:401|403)|\bin\s+session\b|\bsession(?:\.get\(|\[)['"]\w*(?:user|uid|account|login|auth)|\babort\((?:401|403)|,\s*(?:401|403)\s*$/im.test(source)) return;
  const at = route.framework === 'nest' || context.document.language === 'python' ? route.origin.range : { start: route.origin.range.start, end: firstLine(context, route.origin.range.start, route.origin.range.end) };
  context.report({ at, message: `Anybody can call ${route.path === undefined || route.path === '' ? 'this endpoint' : route.path}, which ${serves ? 'serves tools' : asks ? 'asks a model' : deletes ? 'deletes data' : 'administers the service'}.`, severity: serves || deletes ? 'high' : 'medium' });
}

/** A call to a model, or to a function of the program that gives back what a model answered. */
function asksModel(call: CodeCall): boolean {
  return isModelCall(call) || call.result.taints.some((taint) => taint.label === 'model' && !taint.weak);
}

function firstLine(context: CodeContext, start: number, end: number): number {
  return Math.min(end, context.document.lines.range(context.document.lines.position(start).line).end);
}

/** A guard on the route, its router or application, its class, or as middleware before it. */
function guarded(route: Route, context: CodeContext): boolean {
  const named = (value: Value): boolean => {
    const { call, fn, name } = value;
    const words = [name, call?.written, fn?.node.name, ...(call?.args ?? []).flatMap((one) => [one.value.name, one.value.fn?.node.name, one.origin.path === context.document.path ? context.document.text.slice(one.origin.range.start, Math.min(one.origin.range.end, one.origin.range.start + 60)) : undefined])].filter((one) => one !== undefined).join(' ');
    if (/AllowAny/.test(words)) return false;
    return guardWords.test(words.replace(/express-rate-limit|rateLimit/gi, '')) || (fn !== undefined && /authorization|401|403|UNAUTHORIZED|userId|session/i.test(context.document.text.slice(fn.node.start, fn.node.end)));
  };
  if (route.framework === 'trpc') return route.guards.some((one) => chain(one).some((call) => /\.use$/.test(call.written) || !/^t\.procedure|publicProcedure|\.procedure/.test(call.written))) || !/(?:^|\.)(?:procedure|publicProcedure|baseProcedure)\b/.test(route.call?.written ?? '');
  const source = route.call ? route.call.node.args.filter((one) => one.value.kind !== 'function').map((one) => context.document.text.slice(one.start, bodyStart(one.value) ?? one.end)).join(' ') : '';
  if (guardWords.test(source.replace(/^['"`][^'"`]*['"`]/, '')) || route.guards.some(named)) return true;
  if (context.code.routes.some((one) => /^(?:middleware|before_request|before_app_request)$/.test(one.method) && one.closure?.path === context.document.path && named({ taints: [], fn: one.closure }))) return true;
  const owner = route.owner;
  if (!owner) return false;
  // Dependencies of the application or router, and middleware that was added to it before.
  if (owner.call?.args.some((one) => /dependenc|middleware|auth|preHandler|onRequest/i.test(one.name ?? '') && one.value.items?.length !== 0)) return true;
  return added(context.code).some((one) => sameOwner(one, route) && covers(one, route) && one.args.slice(0, /add_middleware$/.test(one.written) ? 1 : undefined).some((each) => guardWords.test(`${each.value.name ?? ''} ${each.value.fn?.node.name ?? ''} ${context.document.text.slice(each.origin.range.start, Math.min(each.origin.range.end, each.origin.range.start + 400))}`.replace(/cors|csrf|bodyParser|json|session\(|SessionMiddleware|rateLimit|helmet|cookieParser/gi, ''))));
}

/** Calls that add middleware to an application or router, looked for once: each route asks. */
const adders = new WeakMap<CodeAnalysis, readonly CodeCall[]>();

function added(code: CodeAnalysis): readonly CodeCall[] {
  let calls = adders.get(code);
  if (!calls) adders.set(code, (calls = code.calls.filter((one) => /(?:^|\.)(?:use|addHook|add_middleware|before_request|register|plugin)$/.test(one.written) && one.receiver !== undefined)));
  return calls;
}

/** Where the body of a handler that a wrapper is given begins. */
function bodyStart(node: Expression): number | undefined {
  return node.kind === 'call' ? node.args.flatMap(({ value }) => (value.kind === 'function' ? [value.start] : bodyStart(value) ?? []))[0] : undefined;
}

/** Middleware counts for the paths it was added to, and for routes that come after it. */
function covers(call: CodeCall, route: Route): boolean {
  const path = text(call.args[0]);
  if (path !== undefined && route.path !== undefined && path.startsWith('/') && !route.path.startsWith(path.replace(/\/?\*?$/, ''))) return false;
  return !/\.use$/.test(call.written) || route.call === undefined || route.framework !== 'express' || call.origin.range.start < route.call.origin.range.start;
}

function sameOwner(call: CodeCall, route: Route): boolean {
  const before = route.call?.written.split('.')[0];
  return before !== undefined && call.written.split('.')[0] === before && call.within.at(-1) === route.call?.within.at(-1);
}

function chain(value: Value, depth = 0): readonly CodeCall[] {
  return !value.call || depth > 8 ? [] : [value.call, ...(value.call.receiver ? chain(value.call.receiver, depth + 1) : [])];
}

/** Server actions are endpoints as well. */
function actions(context: CodeContext): void {
  const { module } = context.code;
  if (!module.directives.includes('use server')) return;
  for (const one of module.body) {
    if (one.kind !== 'function' || !one.exported || !one.value.isAsync) continue;
    const inside = context.code.calls.filter((call) => call.within.includes(one.value));
    const first = inside.find((call) => deleting.test(call.written) || /(?:^|\.)(?:update|updateMany|upsert)$/.test(call.written) && /role|admin|permission/i.test(context.document.text.slice(call.origin.range.start, call.origin.range.end)));
    const asks = inside.some(asksModel);
    if ((!first && !asks) || inside.some((call) => checkWords.test(call.written))) continue;
    context.report({ at: { start: one.value.nameStart, end: one.value.nameEnd }, message: `Anybody can call the action ${one.value.name ?? ''}, which ${first ? 'changes or deletes data' : 'asks a model'}.`, severity: first ? 'high' : 'medium' });
  }
}

export default rules.map((rule): Rule => (rule.id === 'auth/any-origin-with-credentials' ? { ...rule, checks: [...rule.checks, headerMembers] } : rule));
