import { walk } from '../../server/rule/walk.ts';
import { defineRule, type CodeContext, type Rule } from '../../server/rule/rule.ts';
import { taintsIn, type CodeCall, type Expression, type FunctionNode } from '../../server/rule/code.ts';
import { isTest } from '../_flows.ts';
import { asking, askingPython } from '../_samples.ts';

/** The last word of a callee that cannot be taken back: money, rights, accounts, data, machines. */
const final = /^(?:refund|transfer|pay|payout|charge|credit|debit|approve|grant|revoke|delete|destroy|purge|ban|suspend|deactivate|terminate|deny|reject|wire|withdraw|purchase|buy|sell|shutdown|reboot|restart|deploy|promote|dismiss|hire|fire|admit|discharge|prescribe|unlock|evict)(?:$|_|[A-Z])|(?:^|_)(?:pay_?out|place_?order|issue_?(?:refund|credit|card)|set_?role|add_?admin|close_?account)(?:$|_|[A-Z])/;
const finalObject = /(?:^|\.)(?:refunds|payouts|transfers|paymentIntents|payment_intents|charges|payments|orders|subscriptions)\.(?:create|capture|cancel|update|place|modify)$|(?:^|\.)(?:Refund|Transfer|Payout|Charge|PaymentIntent)\.create$/;
const harmlessOwner = /(?:^|\.)(?:cache|Map|Set|params|headers|searchParams|FormData|Promise|promise|resolve|logger|console|store)\.\w+$/;
const checks = /\.(?:parse|safeParse|parseAsync|validate|validateSync|assert|check|model_validate|parse_obj|load|is_valid|iter_errors)\(\s*$|\b(?:validate|Validate|isinstance|assert|confirm|input|approve[sd]?By|ajv|schema|Schema|TypeAdapter|typeof)\b/;

function isFinal(call: CodeCall): boolean {
  const { written } = call;
  return finalObject.test(written) || (final.test(written.split('.').at(-1)!.replace(/^_+/, '')) && !harmlessOwner.test(written));
}

export default [
  defineRule({
    id: 'model-output/unchecked-decision', title: 'Model answer that decides unchecked', severity: 'medium', confidence: 'medium', references: ['LLM06:2025', 'LLM05:2025', 'CWE-20', 'ASI02'],
    what: 'Reports answers of models that are read as JSON without a schema, where what they say decides on money, rights, data or machines in the same function.',
    why: 'Whoever can write what the model reads writes the decision: a complaint approves its own refund. An answer of another shape does something nobody meant.',
    whenNotToUse: 'Where the called function itself checks bounds and asks a person.', noFix: 'The fields, their bounds, and from which amount a person decides have to be described in a schema.',
    checks: [{
      on: 'code', words: ['JSON.parse', 'json.loads', 'orjson', 'json_repair', 'includes', ' in ', 'startsWith', 'startswith'],
      check: (code, context) => {
        if (isTest(context.document.path)) return;
        for (const call of code.calls) spoken(call, context);
        for (const call of code.calls) {
          if (!/^(?:JSON\.parse|json\.loads|orjson\.loads|json_repair\.(?:loads|repair_json))$/.test(call.name ?? '')) continue;
          const first = call.args[0];
          if (!first || !taintsIn(first.value).some((taint) => taint.label === 'model')) continue;
          const decision = decided(call, context);
          if (decision) context.report({ at: call.origin, message: `The model’s answer decides on ${decision.written} without a check of what it says.` });
        }
      },
    }],
    examples: [
      { file: 'ask.ts', bad: asking(['const verdict = «JSON.parse(answer)»;', 'if (verdict.approve) await bank.refund(verdict.amount);'], ["import { bank } from './bank';"]), good: asking(['const verdict = Verdict.parse(JSON.parse(answer));', 'if (verdict.approve) await bank.refund(verdict.amount);'], ["import { z } from 'zod';", "import { bank } from './bank';", 'const Verdict = z.object({ approve: z.boolean(), amount: z.number().max(50) });']) },
      { file: 'ask.py', bad: askingPython(['if «json.loads(answer)»["approve"]:', '    pay_out(500)'], ['import json', 'from bank import pay_out']), good: askingPython(['return {"proposal": json.loads(answer), "status": "waits for a person"}'], ['import json']) },
    ],
  }),
] satisfies readonly Rule[];

const paying = /\/(?:transfers?|payments?|payouts?|refunds?|charges?|withdrawals?)\b/i;

/** A word in the answer, `answer.includes('yes')`, on which something is done for good. */
function spoken(call: CodeCall, context: CodeContext): void {
  const { callee } = call.node;
  if (callee.kind !== 'member' || !/^(?:includes|startsWith|startswith|endsWith)$/.test(callee.property) || !call.receiver?.taints.some((taint) => taint.label === 'model')) return;
  if (!/^(?:yes|approved?|true|ok|accept(?:ed)?|grant(?:ed)?|allow(?:ed)?|refund|confirm(?:ed)?)\W*$/i.test(String(call.args[0]?.value.constant ?? ''))) return;
  const fn = call.within.at(-1);
  walk(fn ?? context.code.module, (node) => {
    if (node.kind !== 'if' || node.test.start > call.origin.range.start || node.test.end < call.origin.range.end) return;
    const done = context.code.calls.find((one) => one.within.at(-1) === fn && !one.approved && one.origin.range.start >= node.test.end && one.origin.range.end <= node.end && (isFinal(one) || paying.test(String(one.args[0]?.value.constant ?? ''))));
    if (done) context.report({ at: call.origin, message: `A word in the model’s answer decides on ${done.written}.` });
  });
}

/** The call in the same function that what was read decides on: as its argument, or by a condition around it. */
function decided(read: CodeCall, context: CodeContext): CodeCall | undefined {
  const fn = read.within.at(-1);
  const inside = context.code.calls.filter((one) => one.within.at(-1) === fn && one.origin.path === context.document.path && isFinal(one));
  if (inside.length === 0) return undefined;
  const source = (node: { readonly start: number; readonly end: number }): string => context.document.text.slice(node.start, node.end);
  // An enclosing `Schema.parse(JSON.parse(x))`, or a check of the variable anywhere in the function.
  if (checks.test(context.document.text.slice(Math.max(0, read.origin.range.start - 60), read.origin.range.start).split('\n').at(-1)!)) return undefined;
  const names = new Set<string>();
  const holds = (node: Expression): boolean => node.start <= read.origin.range.start && node.end >= read.origin.range.end;
  const root: FunctionNode | CodeContext['code']['module'] = fn ?? context.code.module;
  walk(root, (node) => {
    if (node.kind === 'assign' && holds(node.value)) for (const name of source(node.target).match(/[A-Za-z_$][\w$]*/g) ?? []) names.add(name);
  });
  const mentions = (text: string): boolean => [...names].some((name) => new RegExp(`(?<![\\w$.])${name.replace(/\$/g, '\\$')}(?![\\w$])`).test(text));
  const body = fn ? source(fn) : context.document.text;
  if ([...names].some((name) => new RegExp(`(?:validate|Validate|parse|safeParse|check|assert|isinstance|confirm|input|model_validate|ajv|Schema|verify)\\w*\\([^()\\n]*\\b${name.replace(/\$/g, '\\$')}\\b|\\b[A-Z]\\w*\\(\\*\\*${name}\\)`).test(body))) return undefined;
  const direct = inside.find((one) => !one.approved && one.args.some((each) => mentions(source(each.node)) || holds(each.node)));
  if (direct) return direct;
  let found: CodeCall | undefined;
  walk(root, (node) => {
    if (found || (node.kind !== 'if' && node.kind !== 'conditional')) return;
    if (!mentions(source(node.test)) && !holds(node.test)) return;
    found = inside.find((one) => !one.approved && one.origin.range.start >= node.test.end && one.origin.range.end <= node.end);
  });
  return found;
}
