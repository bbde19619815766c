import { walk } from '../../server/rule/walk.ts';
import { defineRule, type CodeContext, type Rule } from '../../server/rule/rule.ts';
import type { Expression, Statement } from '../../server/rule/code.ts';
import { isTest } from '../_flows.ts';
import { express, flask } from '../_samples.ts';

/** What sends its argument to the peer. */
const answers = /^(?:express\.Response#(?:\w+\(\)\.)*(?:send|json|end|write)|http\.ServerResponse#(?:end|write)|fastify\.Reply#(?:\w+\(\)\.)*send|hono\.Context#(?:json|text|html|body)|next\.ApiResponse#(?:\w+\(\)\.)*(?:send|json)|(?:next\/server\.)?(?:Next)?Response(?:\.json)?|flask\.(?:jsonify|make_response|Response|abort)|starlette\.(?:JSONResponse|PlainTextResponse|HTMLResponse|Response)|django\.http\.(?:HttpResponse|JsonResponse)|rest_framework\.response\.Response|aiohttp\.web\.(?:Response|json_response)|sanic\.response\.(?:text|json|html)|fastapi\.(?:exceptions\.)?HTTPException)$/;
const conditional = /NODE_ENV|\bdev(?:elopment)?\b|isDev|\bDEBUG\b|\bdebug\b|isProd|production/;

/** The call stack of an error in an expression: `error.stack`, `traceback.format_exc()`. */
function stackIn(node: Expression): Expression | undefined {
  let found: Expression | undefined;
  const root: { readonly kind: 'function'; readonly body: readonly Statement[] } = { kind: 'function', body: [{ kind: 'expression', value: node, start: node.start, end: node.end }] };
  walk(root as unknown as Parameters<typeof walk>[0], (one) => {
    if (found) return;
    if (one.kind === 'member' && one.property === 'stack' && named(one.object)) found = one;
    if (one.kind === 'call' && one.callee.kind === 'member' && /^(?:format_exc|format_exception|format_tb)$/.test(one.callee.property)) found = one;
  });
  return found;
}

function named(node: Expression): boolean {
  const last = node.kind === 'name' ? node.name : node.kind === 'member' ? node.property : '';
  return /^(?:e|ex|err|error|exception|reason|cause|\w*(?:Err|Error|Exception))$/.test(last);
}

/** `@app.errorhandler(Exception)` */
function handlesErrors(node: Expression): boolean {
  return node.kind === 'call' ? handlesErrors(node.callee) : node.kind === 'member' && /^(?:app_)?(?:errorhandler|error_handler|exception_handler)$/.test(node.property);
}

function report(node: Expression, context: CodeContext): void {
  const stack = stackIn(node);
  if (!stack || conditional.test(context.document.text.slice(Math.max(0, stack.start - 160), stack.end + 80))) return;
  context.report({ at: { start: stack.start, end: stack.end }, message: 'The peer is shown the call stack of the error.' });
}

export default [
  defineRule({
    id: 'monitoring/stack-shown-to-peer', title: 'Call stack of an error in a response', severity: 'low', confidence: 'high', references: ['CWE-209', 'CWE-200'],
    what: 'Reports responses that hold `error.stack` or `traceback.format_exc()`.', why: 'File names, versions, queries and values of the server tell an attacker what to try next.',
    whenNotToUse: 'For a service that only its developers reach.', noFix: 'Where the error is to be recorded instead has to be decided.',
    checks: [{
      on: 'code', words: ['stack', 'traceback'],
      check: (code, context) => {
        if (isTest(context.document.path)) return;
        for (const one of code.assignments) if (one.name === 'koa.Context#body') report(one.node.kind === 'assign' ? one.node.value : one.node, context);
        for (const call of code.calls) if (answers.test(call.name ?? '')) for (const one of call.args) if (one.origin.path === context.document.path) report(one.node, context);
        walk(code.module, (node) => {
          if (node.kind !== 'function' || !('decorators' in node) || !node.decorators.some(handlesErrors)) return;
          walk(node, (one) => { if (one.kind === 'return' && one.value && one.value.kind !== 'call') report(one.value, context); });
        });
        for (const { closure } of code.routes) {
          if (!closure || closure.path !== context.document.path) continue;
          walk(closure.node, (node) => { if (node.kind === 'return' && node.value && node.value.kind !== 'call') report(node.value, context); });
        }
      },
    }],
    examples: [
      { file: 'app.ts', bad: express(['try { res.json(JSON.parse(String(req.query.q))); } catch (error) { res.status(500).send(«(error as Error).stack»); }'].map((line) => line.replace('«(error as Error).stack»', '(«error.stack»)'))), good: express(['try { res.json(JSON.parse(String(req.query.q))); } catch (error) { console.error(error); res.sendStatus(500); }']) },
      { file: 'app.py', bad: flask(['try:', '    return str(int(request.args["n"]))', 'except ValueError:', '    return «traceback.format_exc()», 500'], ['import traceback']), good: flask(['try:', '    return str(int(request.args["n"]))', 'except ValueError:', '    return "no number", 400']) },
    ],
  }),
] satisfies readonly Rule[];
