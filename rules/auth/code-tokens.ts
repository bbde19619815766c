import type { CodeContext, Report, Rule } from '../../server/rule/rule.ts';
import { defineRule } from '../../server/rule/rule.ts';
import { taintsIn, type CodeCall } from '../../server/rule/code.ts';
import { callRule, constantOf, isFalse, isTrue, missing, option, replaceFix, text } from '../_calls.ts';
import { sample } from '../_samples.ts';
import { settingsOfClasses } from '../_class-settings.ts';
import { setting } from './_framework-settings.ts';
import { isTest } from '../_flows.ts';
import { walk } from '../../server/rule/walk.ts';
import type { Expression, Value } from '../../server/rule/code.ts';
import { inProject } from '../../server/rule/paths.ts';

const verify = ['jsonwebtoken.verify', 'jwt.decode', 'jose.jwt.decode', 'jose.jwtVerify', 'authlib.jose.jwt.decode', 'fast-jwt.createVerifier', 'hono/jwt.verify', 'hono/jwt.jwt', 'express-jwt.expressjwt', 'jwt-simple.decode', '@fastify/jwt', 'passport-jwt.Strategy', '@nestjs/passport.PassportStrategy()#()', 'koa-jwt'];
const sign = ['jsonwebtoken.sign', 'jwt.encode', 'jose.jwt.encode', 'authlib.jose.jwt.encode', 'hono/jwt.sign', 'jwt-simple.encode'];

function signatureOff(call: CodeCall): ReturnType<typeof option> {
  const direct = option(call, 'options.verify_signature') ?? option(call, 'verify_signature') ?? option(call, 'verify');
  if (isFalse(direct)) return direct;
  const algorithms = option(call, 'algorithms') ?? option(call, 'algorithm') ?? (call.name === 'authlib.jose.JsonWebToken' ? option(call, 0) : undefined);
  const list = algorithms?.value.items ?? (algorithms ? [algorithms.value] : []);
  return list.some((one) => (typeof one.constant === 'string' && one.constant.toLowerCase() === 'none') || /get_unverified_header\(\)/.test(one.name ?? '')) ? algorithms : undefined;
}

/** A list of algorithms that holds some for a pair of keys and some for a shared key. */
function bothKinds(call: CodeCall): ReturnType<typeof option> {
  const algorithms = option(call, 'algorithms');
  const names = algorithms?.value.items?.map((one) => String(one.constant ?? '')) ?? [];
  return names.some((one) => /^HS\d/.test(one)) && names.some((one) => /^(?:[REP]S\d|EdDSA)/.test(one)) ? algorithms : undefined;
}

/** What decoders of tokens give that check no signature. */
const undecided = /^(?:jose\.decodeJwt|jsonwebtoken\.decode|jwt-decode(?:\.jwtDecode)?|jose\.jwt\.get_unverified_claims|hono\/jwt\.decode)\(\)$/;

/** Claims that a function of another file took from a token without a check. */
const elsewhere: Rule['checks'][number] = {
  on: 'code', words: ['oken', 'jwt', 'Jwt', 'ession', 'laims'],
  check: (code, context) => {
    if (isTest(context.document.path)) return;
    for (const one of code.assignments) {
      const { call, name } = one.value;
      if (!call || call.origin.path === context.document.path || !undecided.test(name ?? '')) continue;
      if (call.args.some((each) => taintsIn(each.value).some((taint) => taint.label === 'request'))) context.report({ at: one.origin, severity: 'medium', message: 'The claims of a request’s token are used without a check of its signature.' });
    }
  },
};

/** Whether a line stands under a condition that is about developing, or about a site without TLS: `if in_debug_mode():`. */
function forDevelopers(program: string, at: number): boolean {
  const lines = program.slice(0, at).split('\n');
  const indent = /^[ \t]*/.exec(lines.pop()!)![0].length;
  const above = lines.findLast((line) => line.trim() !== '' && /^[ \t]*/.exec(line)![0].length < indent);
  return indent > 0 && above !== undefined && /^\s*(?:el)?if\b(?!.*\bnot\b).*(?:debug|(?:\b|_)(?:dev|local|test)|https?)/i.test(above);
}

/** What serves a debugger, or pages with the program's own text and values, when it is told to. */
const debuggers = /^(?:flask\.Flask#run|dash\.Dash#(?:run|run_server)|tornado\.web\.Application|fastapi\.Router|starlette\.applications\.Starlette|sanic\.Sanic#run|bottle\.run|litestar\.Litestar)$/;

const rules = [
  callRule({
    id: 'auth/token-not-verified', title: 'Token whose signature is not checked', severity: 'high', references: ['CWE-347', 'CWE-287', 'IA-2'], callees: [...verify, ...sign, 'jose.decodeJwt', 'jsonwebtoken.decode', 'jwt-decode.jwtDecode', 'jwt-decode', 'jose.jwt.{get_unverified_claims,get_unverified_header}', 'jwt.get_unverified_header', 'hono/jwt.decode', 'jose.UnsecuredJWT.decode', 'authlib.jose.JsonWebToken', 'python_jwt.process_jwt'],
    what: 'Reports the algorithm `none`, lists of algorithms for shared keys and for pairs of keys at once, switched-off signature checks, and tokens of requests that are decoded and not verified.', why: 'Anybody can write a token that says they are an administrator.', noFix: 'The key of the issuer has to be known.',
    whenNotToUse: 'When the signature was checked before, by a gateway for one.',
    judge: (call, context): Report | undefined => {
      const off = signatureOff(call);
      const mixed = off ? undefined : bothKinds(call);
      if (mixed) return { at: mixed.origin, severity: 'medium', message: 'Who knows the public key can sign tokens with it, for a shared key is accepted as well.' };
      if (off) return { at: off.origin, message: 'The signature of the token is not checked.', ...(serves(call, context) ? {} : { severity: 'medium' as const }), ...(off.value.constant === false && off.name !== undefined ? { fixes: replaceFix(off, 'True', 'Check the signature', false) } : {}) };
      // Python’s jose takes any algorithm where none is asked for; PyJWT refuses.
      if (call.name === 'jose.jwt.decode' && call.args.length >= 2 && missing(call, 'algorithms') && option(call, 2) === undefined) return { at: call.callee, severity: 'medium', message: 'The token says itself by which algorithm it was signed, and any is accepted.' };
      if (/get_unverified_claims|process_jwt/.test(call.name!)) return { at: call.callee, message: 'The claims of the token are used without a check of its signature.' };
      if (/decodeJwt$|jsonwebtoken\.decode$|jwt-decode|hono\/jwt\.decode|UnsecuredJWT/.test(call.name!)) {
        // Which key to ask for stands in the header, which has to be read before the check.
        if (isTrue(option(call, 'complete'))) return undefined;
        if (/UnsecuredJWT/.test(call.name!)) return { at: call.callee, message: 'The token has no signature.' };
        const taints = call.args[0] ? taintsIn(call.args[0].value) : [];
        return taints.some((taint) => taint.label === 'request') || trusted(call, context) ? { at: call.callee, severity: 'medium', message: 'The claims of a request’s token are used without a check of its signature.' } : undefined;
      }
      return undefined;
    },
    examples: [{ file: 'auth.py', bad: sample(['import jwt', 'def user(token):', '    return jwt.decode(token, options={"verify_signature": «False»})']), fixed: sample(['import jwt', 'def user(token):', '    return jwt.decode(token, options={"verify_signature": True})']), good: sample(['import jwt', 'def user(token, key):', '    return jwt.decode(token, key, algorithms=["RS256"])']) }, { file: 'auth.ts', bad: sample(["import jwt from 'jsonwebtoken';", "export const check = (token: string) => jwt.verify(token, '', { algorithms: «['none']» });"]), good: sample(["import jwt from 'jsonwebtoken';", "export const check = (token: string) => jwt.verify(token, process.env.KEY!, { algorithms: ['RS256'] });"]) }],
  }),
  callRule({
    id: 'auth/token-never-expires', title: 'Expiry of tokens that is not checked', severity: 'medium', references: ['CWE-613', 'CWE-287'], callees: verify, what: 'Reports `ignoreExpiration` and `verify_exp: False`.', why: 'A token that once leaked works for ever.',
    judge: (call): Report | undefined => {
      const found = option(call, 'ignoreExpiration') ?? option(call, 'ignoreExp');
      if (isTrue(found)) return { at: found!.origin, message: 'Tokens are accepted after they have expired.', fixes: inline(found!) ? replaceFix(found!, 'false', 'Check the expiry') : [] };
      const off = option(call, 'options.verify_exp') ?? option(call, 'verify_exp');
      return isFalse(off) ? { at: off!.origin, message: 'Tokens are accepted after they have expired.', fixes: replaceFix(off!, 'True', 'Check the expiry') } : undefined;
    },
    examples: [{ file: 'auth.ts', bad: sample(["import jwt from 'jsonwebtoken';", 'export const check = (token: string, key: string) => jwt.verify(token, key, { ignoreExpiration: «true» });']), fixed: sample(["import jwt from 'jsonwebtoken';", 'export const check = (token: string, key: string) => jwt.verify(token, key, { ignoreExpiration: false });']), good: sample(["import jwt from 'jsonwebtoken';", 'export const check = (token: string, key: string) => jwt.verify(token, key);']) }],
  }),
  callRule({
    id: 'auth/hardcoded-signing-key', title: 'Signing key written in the program', severity: 'high', yieldsTo: ['secrets/hardcoded-signing-key'], references: ['CWE-321', 'CWE-798', 'IA-2'], callees: [...sign, ...verify, 'express-session', 'cookie-session', 'starlette.middleware.sessions.SessionMiddleware', 'fastapi.middleware.sessions.SessionMiddleware', 'litestar.middleware.session.client_side.CookieBackendConfig', 'litestar.config.csrf.CSRFConfig', 'itsdangerous.{URLSafeTimedSerializer,URLSafeSerializer,TimestampSigner,Signer}', 'iron-session.getIronSession', '@fastify/session', '@fastify/cookie', 'cookie-parser', 'multiprocessing.managers.BaseManager', 'hono/bearer-auth.bearerAuth', 'hono/basic-auth.basicAuth', 'tornado.web.Application', 'jose.SignJWT#sign', '@fastify/bearer-auth', 'hmac.new_', 'crypto.createHmac', '@nestjs/jwt.JwtModule.register', '@nestjs/jwt.JwtService#{sign,signAsync}', 'hapi.Server#auth.strategy', 'hapi.Server#register', 'fastify.App#register', '@remix-run/{node,cloudflare,deno}.{createCookieSessionStorage,createCookie}', 'react-router.{createCookieSessionStorage,createCookie}', 'next-auth', 'next-auth.NextAuth', 'better-auth.betterAuth', '@auth/core.Auth', 'koa-jwt', 'jwt-simple.{encode,decode}', 'fast-jwt.{createSigner,createVerifier}', 'express-openid-connect.auth', 'iron-webcrypto.{seal,unseal}', 'h3.{useSession,getSession,sealSession}', 'elysia-jwt.jwt', '@elysiajs/jwt.jwt', '@tsndr/cloudflare-worker-jwt.{sign,verify}', 'cryptography.fernet.Fernet', 'nacl.secret.{SecretBox,Aead}', 'nacl.signing.SigningKey', 'pyotp.{TOTP,HOTP}', 'cryptography.hazmat.primitives.ciphers.aead.{AESGCM,ChaCha20Poly1305}'].filter((one) => !one.endsWith('_')),
    what: 'Reports keys for tokens, sessions and cookies that are written as text.', why: 'Who reads the program, or guesses a short word, signs tokens for any user.', noFix: 'The key has to be moved to the environment or a vault and replaced, for it is known now.', whenNotToUse: 'For keys of tests.',
    judge: (call, context): Report | undefined => {
      const name = call.name!;
      if (name === 'fastify.App#register' && !/^(?:@fastify|fastify)[\/-](?:jwt|cookie|session|secure-session)/.test(call.args[0]?.value.name ?? '')) return undefined;
      const found = option(call, 'secret') ?? option(call, 'secret_key') ?? option(call, 'secretOrKey') ?? option(call, 'password') ?? option(call, 'authkey') ?? option(call, 'key') ?? option(call, 'cookie_secret') ?? (/^hapi/.test(name) ? option(call, 'keys') ?? option(call, 'cookie.password') ?? option(call, 'options.cookieOptions.password') : undefined) ?? option(call, 'cookie.secrets') ?? option(call, 'secrets') ?? (/bearer/.test(name) ? option(call, 'token') ?? option(call, 'keys') : undefined) ?? option(call, name === 'jose.SignJWT#sign' ? 0 : /sign$|verify$|encode$|decode$|createHmac$/.test(name) ? 1 : /itsdangerous|cookie-parser|^nacl\.|^cryptography\.|^pyotp\./.test(name) ? 0 : 99);
      const fallback = fallbackKey(found, context);
      if (fallback) return { at: fallback, severity: 'medium', message: 'Where the environment holds no key, one that is written in the program signs tokens or sessions.' };
      const value = text(found) ?? encoded(found) ?? repeated(found) ?? found?.value.items?.map((one) => one.constant).find((one): one is string => typeof one === 'string' && one !== '');
      if (value === undefined || value === '' || /^-----BEGIN (?:RSA |EC )?PUBLIC|^https?:|^\.{0,2}\/|^<.*>$|^\$\{/.test(value)) return undefined;
      return { at: found!.origin, message: /^(?:cryptography|nacl)\./.test(name) ? 'The key that encrypts is written in the program.' : 'The key that signs tokens or sessions is written in the program.' };
    },
    examples: [{ file: 'auth.py', bad: sample(['import jwt', 'token = jwt.encode({"sub": "1"}, «"change-me"», algorithm="HS256")']), good: sample(['import os', 'import jwt', 'token = jwt.encode({"sub": "1"}, os.environ["JWT_KEY"], algorithm="HS256")']) }],
  }),
  defineRule({
    id: 'auth/insecure-framework-setting', title: 'Unsafe setting of a web framework', severity: 'medium', confidence: 'medium', yieldsTo: ['secrets/hardcoded-signing-key'], references: ['CWE-489', 'CWE-352', 'CWE-614', 'CM-6'],
    what: 'Reports debug mode, switched-off CSRF protection, cookies without `Secure` or `HttpOnly`, any host or origin, and secret keys written as text, in settings of Flask, Django and their like.', why: 'Such settings are made for a developer’s machine; in production each opens a known attack.', whenNotToUse: 'In settings that only a developer’s machine reads.',
    noFix: 'What production needs has to be read from its environment.',
    checks: [{
      on: 'code', alone: /\bDEBUG\s*=\s*True|^MIDDLEWARE\s*=|X_FRAME_OPTIONS|SECURE_(?:SSL|HSTS|CONTENT)|AUTH_ROLE_PUBLIC|REST_FRAMEWORK|JWT_COOKIE|SESSION_SERIALIZER|PASSWORD_HASHERS|SECRET_KEY['"\]]*\s*=\s*['"]|secret_key\s*=\s*['"]|COOKIE_(?:SECURE|HTTPONLY)|CORS_(?:ALLOW|ORIGIN)|CSRF_ENABLED|ALLOWED_HOSTS|CSRF_TRUSTED_ORIGINS|AUTH_PASSWORD_VALIDATORS/m, words: ['CSRF_TRUSTED_ORIGINS', 'AUTH_PASSWORD_VALIDATORS', 'DEBUG', 'debug', 'SECRET_KEY', 'secret_key', 'COOKIE', 'CORS', 'CSRF', 'csrf', 'xsrf', 'X_FRAME_OPTIONS', 'SECURE_', 'AUTH_ROLE_PUBLIC', 'REST_FRAMEWORK', 'MIDDLEWARE', 'session_protection', 'TALISMAN', 'WTF_', 'ALLOWED_HOSTS', 'SESSION_SERIALIZER', 'PASSWORD_HASHERS'],
      check: (code, context) => {
        const { text: program } = context.document;
        if (context.document.language !== 'python' || isTest(context.document.path) || /(?:^|[/_.])(?:dev|local|development|testing|test)(?:[/_.]|$)/i.test(context.document.path.split('/').slice(-2).join('/'))) return;
        const django = /settings/.test(inProject(context.document.path)) || code.assignments.some((one) => one.written === 'INSTALLED_APPS' || one.written === 'MIDDLEWARE' || one.written === 'ROOT_URLCONF');
        for (const one of code.assignments) {
          const key = one.written.slice(one.written.lastIndexOf('.') + 1);
          const problem = setting(key, one.value, one.written.includes('.') || django);
          if (problem !== undefined && !forDevelopers(program, one.origin.range.start)) context.report({ at: one.origin, message: problem });
        }
        if (django || /\bflask\b|\bFlask\b|SECRET_KEY|SQLALCHEMY_/.test(context.document.text) || !code.module.body.some((one) => one.kind === 'import')) for (const { name, value, at } of settingsOfClasses(code)) {
          const problem = /^[A-Z]/.test(name) ? setting(name, value, name !== 'DEBUG') : undefined;
          if (problem !== undefined && name !== 'SECRET_KEY') context.report({ at, message: problem });
        }
        for (const call of code.calls) {
          if (/(?:\.config|\.conf)\.(?:update|from_mapping)$/.test(call.written)) for (const one of call.args) {
            const problem = one.name === undefined ? undefined : setting(one.name, one.value, true);
            if (problem !== undefined) context.report({ at: one.origin, message: problem });
          }
          if (call.name === 'tornado.web.Application' && isFalse(option(call, 'xsrf_cookies'))) context.report({ at: option(call, 'xsrf_cookies')!.origin, message: 'Other sites can send forms in a user’s name.', fixes: replaceFix(option(call, 'xsrf_cookies')!, 'True', 'Check where forms come from', false) });
          if (debuggers.test(call.name ?? '') && isTrue(option(call, 'debug')) && !forDevelopers(program, call.origin.range.start)) context.report({ at: option(call, 'debug')!.origin, message: /^(?:flask|dash)\./.test(call.name!) ? 'The debugger of the server runs code of anybody who reaches it.' : 'Whoever makes a request fail is shown the program and its values.', severity: /^(?:flask|dash)\./.test(call.name!) ? 'high' : 'medium', fixes: replaceFix(option(call, 'debug')!, 'False', 'Switch debugging off') });
        }
      },
    }],
    examples: [{ file: 'app.py', bad: sample(['from flask import Flask', 'app = Flask(__name__)', 'app.secret_key = «"dashboard"»']), good: sample(['import os', 'from flask import Flask', 'app = Flask(__name__)', 'app.secret_key = os.environ["SECRET_KEY"]']) }],
  }),
  defineRule({
    id: 'auth/secret-compared-in-plain', title: 'Secret compared as ordinary text', severity: 'medium', confidence: 'medium', references: ['CWE-798', 'CWE-287', 'IA-2'],
    what: 'Reports passwords, tokens and keys that are compared with `==` to a text in the program, or to a secret of the environment, and computed signatures that are compared with `==`.', why: 'A text in the program is known to all who read it; and an ordinary comparison ends at the first wrong letter, which can be measured.', whenNotToUse: 'For words that are no secrets, such as the kind of a token.',
    noFix: 'The secret has to come from the environment and be compared by `timingSafeEqual` or `compare_digest`.',
    checks: [{
      on: 'code', alone: /(?:assw(?:or)?d|secret|token|signature|api_?key|passcode)['"\])]*\s*[!=]==?\s*(?:['"`]|process\.env)|\bcreateHmac\(|\bhmac\.new\(/i, words: ['assword', 'oken', 'ecret', 'key', 'Key', 'ignature', 'passcode', 'createHmac', 'hmac'],
      check: (code, context) => {
        if (isTest(context.document.path)) return;
        const computed = new Set<Expression>(code.calls.flatMap((one) => (isSignature(one.result) || /^hmac\.(?:new|HMAC)(?:\(\)|#)\.?(?:hex)?digest$/.test(one.name ?? '') ? [one.node] : [])));
        const signatures = new Set(code.assignments.flatMap((one) => (isSignature(one.value) || made(one.node, computed) ? [one.written] : [])));
        // `API_KEY = os.environ["API_KEY"]`, kept for the whole module.
        const ofEnvironment = new Set(code.assignments.flatMap((one) => (one.within.length === 0 && /(?:^|_)(?:SECRET|TOKEN|KEY|PASSWORD)$/.test(one.written) && /^os\.(?:environ(?:\.get)?|getenv)\b/.test(one.value.name ?? '') ? [one.written] : [])));
        walk(code.module, (node, within) => {
          if (node.kind === 'binary' && (node.operator === '===' || node.operator === '!==') && [node.left, node.right].some((one) => signatures.has(path(one)) || computed.has(one)) && node.left.kind !== 'literal' && node.right.kind !== 'literal') {
            context.report({ at: { start: node.start, end: node.end }, message: 'A signature is compared in a time that tells how much of it is right.' });
            return;
          }
          if (node.kind !== 'binary' || (node.operator !== '===' && node.operator !== '!==') || within.length === 0) return;
          for (const [one, other] of [[node.left, node.right], [node.right, node.left]] as const) {
            if (!secretName(one, context)) continue;
            const fixed = other.kind === 'literal' && typeof other.value === 'string' && other.value.length >= 5 && /[\d\W_]/.test(other.value) && !/your|change|replace|example|placeholder|xxx|awaiting|<|\.\.\.|\*\*|^-|^(?:not|no|none|null|empty|missing|unset|unknown|invalid|dummy|default|anonymous)(?:$|[-_ ])/i.test(other.value) && !(/token$/i.test(path(one)) && /^[a-z]+(?:[.:_-][a-z]+)+$/i.test(other.value)) && !/^(?:string|undefined|number|object|function|Bearer ?|.*[{}<>].*)$/i.test(other.value);
            const environment = other.kind === 'member' && /^(?:process\.env|import\.meta\.env|os\.environ)\./.test(path(other)) && /(?:SECRET|TOKEN|KEY|PASSWORD)/.test(path(other)) || ofEnvironment.has(path(other)) || readsEnvironment(other);
            if (storedPassword(one, other, context)) { context.report({ at: { start: node.start, end: node.end }, message: `${path(other)} is compared as it is, and so is kept as plain text.` }); return; }
            if (fixed) { context.report({ at: { start: node.start, end: node.end }, message: `${path(one)} is compared with a text that is written in the program.`, severity: 'high' }); return; }
            if (environment) { context.report({ at: { start: node.start, end: node.end }, message: `${path(one)} is compared in a time that tells how much of it is right.`, severity: 'low' }); return; }
          }
        });
      },
    }],
    examples: [{ file: 'auth.py', bad: sample(['def check(user: str, password: str) -> bool:', `    return user == "lab" and «password == "${['lab', '2024!'].join('')}"»`]), good: sample(['import hmac', 'import os', 'def check(password: str) -> bool:', '    return hmac.compare_digest(password, os.environ["PASSWORD"])']) }],
  }),
] satisfies readonly Rule[];

/** Koa signs its cookies with `app.keys`. */
const cookieKeys: Rule['checks'][number] = {
  on: 'code', words: ['.keys'],
  check: (code, context) => {
    if (isTest(context.document.path)) return;
    for (const one of code.assignments) {
      const written = one.name === 'koa.Koa#keys' ? one.value.items?.find((item) => typeof item.constant === 'string' && item.constant !== '') : undefined;
      if (written) context.report({ at: written.origin ?? one.origin, message: 'The key that signs cookies is written in the program.' });
    }
  },
};

const further: Readonly<Record<string, Rule['checks'][number]>> = { 'auth/token-not-verified': elsewhere, 'auth/hardcoded-signing-key': cookieKeys };
export default rules.map((rule): Rule => (further[rule.id] ? { ...rule, checks: [...rule.checks, further[rule.id]!] } : rule));

/** The text that stands in for a key of the environment: `process.env.JWT_SECRET || 'change me'`. */
function fallbackKey(argument: ReturnType<typeof option>, { code }: CodeContext): { start: number; end: number } | undefined {
  let node = argument?.node;
  if (node?.kind === 'other') [node] = node.parts;
  if (node?.kind === 'name') {
    const { name } = node;
    node = code.assignments.find((one) => one.written === name)?.node;
    if (node?.kind === 'assign') node = node.value;
  }
  if (node?.kind !== 'logical' || node.right.kind !== 'literal' || typeof node.right.value !== 'string' || node.right.value === '' || !/\benv\./.test(path(node.left))) return undefined;
  return { start: node.right.start, end: node.right.end };
}

/** Whether a server takes who calls from a token that nothing in the file verifies. */
function trusted(call: CodeCall, context: CodeContext): boolean {
  if (!/^(?:jsonwebtoken|hono\/jwt)\.decode$|^jose\.decodeJwt$/.test(call.name!) || isTest(context.document.path)) return false;
  if (constantOf(call.args[0]) !== undefined || isTrue(option(call, 'complete'))) return false;
  const inner = call.within.at(-1);
  if (compared(call, context) && !context.code.calls.some((one) => /verif/i.test(one.written) && one.within.at(-1) === inner)) return true;
  if (context.code.calls.some((one) => /verif/i.test(one.written))) return false;
  const source = context.document.text.slice(call.args[0]?.origin.range.start ?? 0, call.args[0]?.origin.range.end ?? 0);
  if (/headers?\b.{0,20}authorization|\bcookies?\b/i.test(source)) return true;
  const fn = call.within.at(-1);
  const name = fn?.name ?? context.code.assignments.find((one) => one.value.fn !== undefined && one.value.fn.node === fn)?.written ?? '';
  return /user|auth|session|identity|principal|require|guard|middleware|context|account|tenant|claims/i.test(name);
}

const servers = /\b(?:flask|fastapi|django|starlette|aiohttp|sanic|tornado|litestar|quart|falcon|bottle|express|koa|fastify|hono|hapi|nestjs|next\/server|lambda|azure\.functions|functions_framework|chainlit|socketio|channels)\b|\bdef (?:verify|check|validate|authenticate|authorize|current_user|get_current)\w*/i;

/** Whether a token may be one that somebody else sends: programs read their own without a check, to learn when it ends. */
function serves(call: CodeCall, context: CodeContext): boolean {
  return call.args.some((one) => taintsIn(one.value).some((taint) => taint.label === 'request')) || servers.test(context.document.text);
}

/** Whether what a token claims is compared on the spot: `decodeJwt(token).role === 'admin'`. */
function compared(call: CodeCall, context: CodeContext): boolean {
  const rest = context.document.text.slice(call.origin.range.end, call.origin.range.end + 60);
  // Whose key is to be asked for may be read before the check.
  return /^\)?[?!]?\.(?!(?:iss|kid|alg|aud|exp|iat|nbf|typ|header)\b)\w+(?:[?!]?\.\w+)?\s*[!=]==?\s*(?!undefined|null)/.test(rest);
}

/** A text that is handed over as bytes: `new TextEncoder().encode('key')`, `Buffer.from('key')`. */
function encoded(argument: ReturnType<typeof option>): string | undefined {
  const made = argument?.value.call;
  return /(?:TextEncoder.*\.encode|^Buffer\.from|\.createSecretKey|\.encode|(?:^|\.)(?:urlsafe_)?b64encode)$/.test(made?.written ?? '') ? text(made!.args[0]) ?? (made!.receiver && typeof made!.receiver.constant === 'string' ? made!.receiver.constant : undefined) : undefined;
}

/** A key of one byte, written so many times: `b"\\x00" * 32`. */
function repeated(argument: ReturnType<typeof option>): string | undefined {
  const { node } = argument ?? {};
  return node?.kind === 'binary' && node.operator === '*' && node.left.kind === 'literal' && typeof node.left.value === 'string' ? node.left.value : undefined;
}

/** A password that was sent, and the field of an account that keeps one: `request.form["password"] == user.password`. */
function storedPassword(sent: Expression, kept: Expression, { document }: CodeContext): boolean {
  const of = (node: Expression): string => document.text.slice(node.start, node.end);
  return document.language === 'python' && /pass(?:word|wd)?["'\])]*$/i.test(of(sent)) && /(?:^|[._])(?:request|form|payload|body|credentials|data|args|json)\b/.test(of(sent))
    && /^(?:\w*_)?(?:user|account|row|record|member|admin|customer|stored|existing)s?\b[\w.[\]"']*(?:\.|\[["'])pass(?:word|wd)?["'\]]*$/i.test(of(kept));
}

/** Whether an expression is a signature, or a text that ends in one: `"sha256=" + mac.hexdigest()`. */
function made(node: Expression, computed: ReadonlySet<Expression>): boolean {
  if (node.kind === 'assign') return made(node.value, computed);
  return computed.has(node) || (node.kind === 'binary' && node.operator === '+' && made(node.right, computed)) || (node.kind === 'template' && node.parts.some((one) => typeof one !== 'string' && computed.has(one as Expression)));
}

/** What an HMAC gave. */
function isSignature(value: Value): boolean {
  return /(?:^|\.)Hmac#digest\(\)$|^hmac\.(?:new|HMAC)(?:\(\)|#)\.?(?:hexdigest|digest)\(\)$/.test(value.name ?? '');
}

function inline(argument: { origin: { range: { start: number; end: number } } }): boolean {
  return argument.origin.range.end - argument.origin.range.start <= 5;
}

/** `os.environ.get("API_KEY")`, `os.getenv("API_KEY")`. */
function readsEnvironment(node: Expression): boolean {
  const key = node.kind === 'call' ? node.args[0]?.value : undefined;
  return node.kind === 'call' && /^os\.(?:environ\.get|getenv)$/.test(path(node.callee)) && key?.kind === 'literal' && /(?:SECRET|TOKEN|KEY|PASSWORD)/.test(String(key.value));
}

function path(node: Expression): string {
  return node.kind === 'name' ? node.name : node.kind === 'member' ? `${path(node.object)}.${node.property}` : '';
}

function secretName(node: Expression, context: CodeContext): boolean {
  void context;
  const name = node.kind === 'name' ? node.name : node.kind === 'member' ? node.property : node.kind === 'call' && node.callee.kind === 'member' && node.callee.property === 'get' && node.args[0]?.value.kind === 'literal' ? String(node.args[0].value.value) : '';
  return /^(?:.*[_-])?(?:password|passwd|pwd|passcode|secret|api[_-]?key|token|signature|auth[_-]?key|access[_-]?key|hook[_-]?key)$|(?:Password|Secret|ApiKey|Token|Signature|AccessKey)$/.test(name) && !/(?:type|kind|name|next|page|csrf)_?token$/i.test(name);
}
