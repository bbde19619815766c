import { expand, taintsIn } from '../../server/rule/code.ts';
import { defineRule, type Rule } from '../../server/rule/rule.ts';
import { isTest } from '../_flows.ts';
import { express } from '../_samples.ts';

/** Keys of the environment that are meant for pages. */
const shown = /PUBLIC|PUBLISHABLE|CLIENT_ID|ANON|VAPID|RECAPTCHA_SITE|MAPBOX|SITE_KEY/i;
/** How variables of the environment are written, which hold the program's own secrets and not those of its users. */
const secretKey = /^[A-Z][A-Z0-9]*_[A-Z0-9_]*$/;

/** Calls that answer a request with what they are given. */
const answers = new Set(['express.Response#{json,send}', 'express.Response#status().{json,send}', 'next.ApiResponse#{json,send}', 'next.ApiResponse#status().{json,send}', 'Response.json', 'next/server.NextResponse.json', 'hono.Context#{json,text}', 'fastify.Reply#send'].flatMap(expand));

export default [
  defineRule({
    id: 'secrets/secret-in-response', title: 'Secret of the environment in a response', severity: 'high', confidence: 'medium', references: ['CWE-200', 'CWE-522', 'IA-2'],
    what: 'Reports responses that hold a key or password of the server’s environment.', why: 'Whoever opens the page or calls the endpoint has the key, and uses it at one’s cost.', noFix: 'The server has to call the service itself, or hand out a token that ends soon.', whenNotToUse: 'For a key that is made for pages.',
    checks: [{
      on: 'code', words: ['process.env', 'import.meta.env', 'Deno.env', 'Bun.env'],
      check: (code, context) => {
        if (isTest(context.document.path)) return;
        for (const call of code.calls) {
          const [first] = call.args;
          if (!first || !answers.has(call.name ?? '') || (!first.value.fields && first.value.constant !== undefined)) continue;
          const secret = taintsIn(first.value, 2).find((taint) => taint.label === 'secret' && !taint.weak && taint.clean === 0 && secretKey.test(taint.what) && !shown.test(taint.what));
          if (secret && first.origin.path === context.document.path) context.report({ at: first.origin, message: `The response hands out \`${secret.what}\`.` });
        }
      },
    }],
    examples: [{ file: 'token.ts', bad: express(['res.json(«{ key: process.env.OPENAI_API_KEY }»);']), good: express(['res.json({ ready: Boolean(process.env.OPENAI_API_KEY) });']) }],
  }),
] satisfies readonly Rule[];
