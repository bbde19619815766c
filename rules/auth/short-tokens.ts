import type { CodeContext, Report, Rule } from '../../server/rule/rule.ts';
import { callRule, constantOf, option, replaceFix, type CodeCall } from '../_calls.ts';
import { sample } from '../_samples.ts';

/** What a stranger must not guess, by the names of variables and functions. */
const guarded = /(?:session|auth|access|refresh|reset|csrf|api|bearer|login|remember|secret|invite|activation|verification)_?(?:id|token|key|secret|code)?s?$|^(?:token|sid|secret|password|passwd)$/i;
const short = /(?:short|prefix|suffix|display|request|trace|span|temp|tmp|test)/i;

/** The name that a call's value is kept under or given back by. */
function keptAs(call: CodeCall, { code }: CodeContext): string {
  const around = code.assignments.find((one) => one.value.call === call || (one.node.start <= call.node.start && one.node.end >= call.node.end && one.within.length === call.within.length));
  return around ? around.written.slice(around.written.lastIndexOf('.') + 1) : (call.within.at(-1)?.name ?? '').replace(/^_?(?:generate|make|create|new|get|gen|issue)_/, '');
}

export default [
  callRule({
    id: 'auth/short-token', title: 'Token so short that it can be guessed', severity: 'medium', confidence: 'medium', references: ['CWE-330', 'IA-2'],
    callees: ['secrets.{token_hex,token_bytes,token_urlsafe}', 'os.urandom'],
    what: 'Reports session ids, reset tokens and keys of fewer than ten random bytes.', why: 'Of four bytes there are four billion, which a script tries in hours, and many users’ tokens are hit at once far sooner.',
    whenNotToUse: 'For codes that live for minutes and may be tried three times.',
    judge: (call, context): Report | undefined => {
      const found = option(call, 0) ?? option(call, 'nbytes');
      const bytes = constantOf(found);
      if (!found || typeof bytes !== 'number' || bytes >= 10 || bytes < 1) return undefined;
      const name = keptAs(call, context);
      if (!guarded.test(name) || short.test(name)) return undefined;
      return { at: found.origin, message: `${name} is made of ${bytes} random bytes, which can be guessed.`, fixes: replaceFix(found, '32', 'Use 32 bytes', false) };
    },
    examples: [{ file: 'sessions.py', bad: sample(['import secrets', 'def start():', '    session_token = secrets.token_hex(«4»)', '    return session_token']), fixed: sample(['import secrets', 'def start():', '    session_token = secrets.token_hex(32)', '    return session_token']), good: sample(['import secrets', 'def start():', '    session_token = secrets.token_hex(32)', '    trace = secrets.token_hex(4)', '    return session_token, trace']) }],
  }),
] satisfies readonly Rule[];
