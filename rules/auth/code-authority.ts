import { walk } from '../../server/rule/walk.ts';
import { defineRule, type CodeContext, type Rule } from '../../server/rule/rule.ts';
import type { Expression, FunctionNode } from '../../server/rule/code.ts';
import { isTest } from '../_flows.ts';
import { sample } from '../_samples.ts';

/** What shows that a token or key was looked at: a signature, a comparison with a secret, a look-up. */
const verifies = /verif|valid|compare|timing_?safe|authenticat|introspect|lookup|look_up|getItem|get_item|findOne|find_one|findUnique|findFirst|query|fetch|\bsend\b|decrypt|getUser|get_user|check|authorize\(|hmac|digest/i;
const comparesSecret = /(?:token|key|secret|header|auth\w*|password|credential)[\w\]'"`).?!]*\s*(?:===?|!==?|in)\s*(?:[\w.[\]'"`(]*)(?:process\.env|os\.environ|secret|key|token|expected|allowed)|(?:process\.env|os\.environ)[\w.[\]'"`]*\s*(?:===?|!==?)\s*\w*(?:token|key|secret|auth)/i;

/** What a peer says of itself: headers, cookies and query parameters that name a role. */
const claim = /(?:headers?|cookies?|query|searchParams|args|get)\b[\w.?![\]()]*[.[(]\s*['"`]?(?:x-)?(?:(?:user|account|is|has)[-_]?)?(?:role|roles|admin|superuser|is_?staff|permission|permissions|privilege)s?['"`]?\s*[\])]?/i;
const claimName = /^(?:x_)?(?:user_?)?(?:is_?)?(?:role|roles|admin|superuser)$/i;
const privilege = /^(?:admin|administrator|root|superuser|owner|staff|true|1|yes|editor|manager|internal)$/i;

export default [
  defineRule({
    id: 'auth/authorizer-without-check', title: 'Authorizer that lets everybody in', severity: 'high', confidence: 'medium', references: ['CWE-306', 'CWE-347', 'CWE-863', 'AC-3'],
    what: 'Reports Lambda authorizers of API Gateway and AppSync that answer `Allow` or `isAuthorized: true` and neither check a signature nor compare or look up what was sent.',
    why: 'The gateway believes the answer; every route behind it is then open, or open to whoever writes a token of their own.', noFix: 'The token has to be verified with the issuer’s key.', whenNotToUse: 'For an authorizer that only adds context to requests of a private network.',
    checks: [{
      on: 'code', words: ['isAuthorized', 'execute-api:Invoke', 'principalId'], alone: /\bisAuthorized\b|\bprincipalId\b/,
      check: (code, context) => {
        if (isTest(context.document.path)) return;
        walk(code.module, (node, within) => {
          if (node.kind !== 'object') return;
          const fn = within.at(-1);
          if (!fn || !authorizes(fn, context)) return;
          const granted = node.entries.find((one) => one.key === 'isAuthorized' && !(one.value.kind === 'literal' && one.value.value !== true)) ?? node.entries.find((one) => one.key === 'Effect' && one.value.kind === 'literal' && one.value.value === 'Allow');
          if (!granted || checked(granted.value, within[0]!, context)) return;
          context.report({ at: { start: granted.keyStart, end: granted.value.end }, message: 'The authorizer lets the call in without a check of who makes it.' });
        });
      },
    }],
    examples: [
      { file: 'authorizer.ts', bad: sample(["import type { APIGatewayRequestAuthorizerEventV2 } from 'aws-lambda';", 'export async function handler(event: APIGatewayRequestAuthorizerEventV2) {', '  return { «isAuthorized: event.headers !== undefined» };', '}']), good: sample(["import type { APIGatewayRequestAuthorizerEventV2 } from 'aws-lambda';", "import { verifier } from './verifier';", 'export async function handler(event: APIGatewayRequestAuthorizerEventV2) {', "  await verifier.verify(event.headers?.authorization ?? '');", '  return { isAuthorized: true };', '}']) },
      { file: 'authorizer.py', bad: sample(['def authorizer(event, context):', '    return {"principalId": "user", "policyDocument": {"Statement": [{"Action": "execute-api:Invoke", «"Effect": "Allow"», "Resource": event["methodArn"]}]}}']), good: sample(['import jwt', 'from keys import public_key', 'def authorizer(event, context):', '    claims = jwt.decode(event["authorizationToken"], public_key, algorithms=["RS256"])', '    verify_audience(claims)', '    return {"principalId": claims["sub"], "policyDocument": {"Statement": [{"Action": "execute-api:Invoke", "Effect": "Allow", "Resource": event["methodArn"]}]}}']) },
    ],
  }),
  defineRule({
    id: 'auth/role-claimed-by-peer', title: 'Role that the peer claims itself', severity: 'high', confidence: 'medium', references: ['CWE-639', 'CWE-863', 'AC-3'],
    what: 'Reports decisions on what a caller may that compare a header, a cookie or a query parameter with the name of a role.', why: 'Anybody can send the header `x-role: admin`.', noFix: 'The role has to be read from a verified token or from the session’s record.', whenNotToUse: 'Behind a gateway that sets the header itself and drops the peer’s.',
    checks: [{
      on: 'code', words: ['role', 'admin', 'Role', 'Admin', 'superuser'], alone: new RegExp(`${claim.source}|\\b(?:Header|Cookie)\\(`, 'i'),
      check: (code, context) => {
        if (isTest(context.document.path)) return;
        const { text } = context.document;
        const source = (node: { readonly start: number; readonly end: number }): string => text.slice(node.start, node.end);
        const claims = new Map<FunctionNode | undefined, Set<string>>();
        const note = (fn: FunctionNode | undefined, name: string): void => void (claims.get(fn) ?? claims.set(fn, new Set()).get(fn)!).add(name);
        walk(code.module, (node, within) => {
          if (node.kind === 'assign' && node.target.kind === 'name' && fromPeer(source(node.value))) note(within.at(-1), node.target.name);
          if (node.kind === 'function' && 'params' in node) for (const param of node.params) if (param.target.kind === 'name' && claimName.test(param.target.name) && /\b(?:Header|Cookie)\(/.test(source(param))) note(node, param.target.name);
          if (node.kind !== 'binary' || (node.operator !== '===' && node.operator !== '!==')) return;
          for (const [one, other] of [[node.left, node.right], [node.right, node.left]] as const) {
            if (!privileged(other)) continue;
            const known = one.kind === 'name' && within.some((fn) => claims.get(fn)?.has(one.name));
            if (known || fromPeer(source(one))) { context.report({ at: { start: node.start, end: node.end }, message: `Whoever sends ${source(one).slice(0, 60)} with this value has the role.` }); return; }
          }
        });
      },
    }],
    examples: [
      { file: 'app.ts', bad: sample(["import type { Request, Response, NextFunction } from 'express';", 'export function requireAdmin(req: Request, res: Response, next: NextFunction) {', "  if («req.headers['x-role'] === 'admin'») return next();", '  res.sendStatus(403);', '}']), good: sample(["import type { Request, Response, NextFunction } from 'express';", "import { sessionOf } from './session';", 'export async function requireAdmin(req: Request, res: Response, next: NextFunction) {', "  if ((await sessionOf(req)).role === 'admin') return next();", '  res.sendStatus(403);', '}']) },
      { file: 'app.py', bad: sample(['from flask import abort, request', 'def admin_only():', '    if «request.headers.get("X-Role") != "admin"»:', '        abort(403)']), good: sample(['from flask import abort, session', 'def admin_only():', '    if session["role"] != "admin":', '        abort(403)']) },
    ],
  }),
] satisfies readonly Rule[];

function fromPeer(source: string): boolean {
  return source.length < 160 && /(?:^|\W)(?:req|request|ctx|c|event|self\.request|info\.context)\b/.test(source) && claim.test(source) && !/session|claims|token|jwt|user\.|auth\./i.test(source);
}

function privileged(node: Expression): boolean {
  return node.kind === 'literal' && (node.value === true || (typeof node.value === 'string' && privilege.test(node.value)));
}

/** Whether a function answers a gateway that asks whether a call may pass. */
function authorizes(fn: FunctionNode, context: CodeContext): boolean {
  const head = context.document.text.slice(fn.start, Math.min(fn.end, fn.start + 400));
  return /authori[sz]er/i.test(`${context.document.path.split('/').at(-1)} ${fn.name ?? ''} ${head}`) || /principalId|methodArn|routeArn/.test(context.document.text.slice(fn.start, fn.end));
}

/** Whether what is granted, or the function before it, depends on something that was verified. */
function checked(granted: Expression, fn: FunctionNode, context: CodeContext): boolean {
  const whole = context.document.text.slice(fn.start, fn.end);
  const value = context.document.text.slice(granted.start, granted.end);
  if (verifies.test(value) || comparesSecret.test(whole)) return true;
  return context.code.calls.some((call) => call.within.includes(fn) && verifies.test(call.written));
}
