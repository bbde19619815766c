import type { Report, Rule } from '../../server/rule/rule.ts';
import { taintsIn, type CodeArgument, type CodeCall } from '../../server/rule/code.ts';
import { callRule, option } from '../_calls.ts';
import { flask, sample } from '../_samples.ts';

/** One thing, repeated, in a group that is repeated: a text of n letters is split in 2^n ways. */
const atom = String.raw`(?:\[(?:\\.|[^\]\\])+\]|\\[wdsWSDp](?:\{\w+\})?|\.|[A-Za-z0-9_])`;
const nested = new RegExp(String.raw`\((?:\?:|\?<\w+>|\?P<\w+>)?${atom}[+*](?:${atom}[*?])*\)(?:[+*]|\{\d+,\})(?!\+)|\((?:\?:)?(?:\.\*)\|[^()]*\)[+*]|\((?:\?:)?(\w|\\[wds])\|\1\)[+*]`);

function subjectOf(call: CodeCall): { readonly pattern: string; readonly subject: CodeArgument | undefined } | undefined {
  const { callee } = call.node;
  if (callee.kind === 'member' && callee.object.kind === 'literal' && callee.object.regex !== undefined) return { pattern: String(callee.object.value), subject: option(call, 0) };
  const first = option(call, 0);
  const pattern = first?.value.constant;
  if (call.name?.startsWith('re.') && typeof pattern === 'string') return { pattern, subject: option(call, call.name === 're.sub' || call.name === 're.subn' ? 2 : 1) };
  const compiled = call.receiver?.call?.args[0]?.value.constant;
  return typeof compiled === 'string' ? { pattern: compiled, subject: first } : undefined;
}

export default [
  callRule({
    id: 'input-validation/slow-pattern', title: 'Regular expression that takes exponential time', severity: 'medium', confidence: 'medium', callees: ['RegExp#{test,exec}', 're.{match,search,fullmatch,sub,subn,findall,split,finditer}', 're.compile().{match,search,fullmatch,findall,sub}', 're.Pattern#{match,search,fullmatch,findall}'], references: ['CWE-1333', 'CWE-400', 'LLM10:2025'],
    what: 'Reports untrusted text that is matched by a pattern with a repetition inside a repetition, such as `([a-z]+)+$`.', why: 'Thirty letters and one that does not fit keep the process busy for hours.', whenNotToUse: 'When the length of the text is capped before.', noFix: 'The pattern has to be rewritten without the inner or the outer repetition.',
    judge: (call): Report | undefined => {
      const found = subjectOf(call);
      if (!found?.subject || found.pattern.length > 2000 || !nested.test(found.pattern)) return undefined;
      const taints = taintsIn(found.subject.value);
      return taints.some((one) => one.label === 'request' || one.label === 'message' || one.label === 'web' || one.label === 'mail') ? { at: call.origin, message: 'An untrusted text can make the pattern take exponential time.' } : undefined;
    },
    examples: [
      { file: 'app.py', bad: flask(['return str(«re.match(r"^([a-z0-9]+)+$", request.args["code"])»)'], ['import re']), good: flask(['return str(re.match(r"^[a-z0-9]+$", request.args["code"]))'], ['import re']) },
      { file: 'app.ts', bad: sample(["import express from 'express';", "express().get('/', (req, res) => { res.json(«/^([a-zA-Z0-9]+)+@example$/.test(req.query.email)»); });"]), good: sample(["import express from 'express';", "express().get('/', (req, res) => { res.json(/^[a-zA-Z0-9]+@example$/.test(req.query.email)); });"]) },
    ],
  }),
] satisfies readonly Rule[];
