import { constantOf, mayHaveMore, option, type CodeArgument, type CodeCall } from '../server/rule/code.ts';
import { defineRule, type CodeContext, type Example, type Report, type Rule } from '../server/rule/rule.ts';
import type { Confidence, Fix, RuleId, Severity } from '../server/rule/queries.ts';
import { isTest } from './_flows.ts';

export interface CallRow {
  readonly id: RuleId;
  readonly title: string;
  readonly severity: Severity;
  readonly confidence?: Confidence;
  readonly callees: readonly string[];
  /** What is wrong with a call, if anything. */
  readonly judge: (call: CodeCall, context: CodeContext) => Report | readonly Report[] | undefined;
  readonly what: string;
  readonly why: string;
  readonly whenNotToUse?: string;
  readonly references: readonly string[];
  readonly noFix?: string;
  readonly examples: readonly Example[];
  /** Report in tests too: settings that are copied from there. */
  readonly inTests?: true;
  readonly off?: true;
  readonly leadsTo?: readonly RuleId[];
  readonly yieldsTo?: readonly RuleId[];
}

export function callRule(row: CallRow): Rule {
  const { id, title, severity, what, why, references, examples } = row;
  return defineRule({
    id, title, severity, confidence: row.confidence ?? 'high', references, what, why, examples,
    whenNotToUse: row.whenNotToUse ?? 'When the call is known to be harmless where it stands; suppress the finding there and say why.',
    ...(row.noFix === undefined ? {} : { noFix: row.noFix }), ...(row.off ? { off: row.off } : {}), ...(row.leadsTo ? { leadsTo: row.leadsTo } : {}), ...(row.yieldsTo ? { yieldsTo: row.yieldsTo } : {}),
    checks: [{
      on: 'call', callees: row.callees,
      check: (call, context) => {
        if (!row.inTests && isTest(context.document.path)) return;
        const found = row.judge(call, context);
        for (const report of found === undefined ? [] : Array.isArray(found) ? (found as readonly Report[]) : [found as Report]) context.report(report);
      },
    }],
  });
}

/** Sets an option in the idiom of the call's language. */
export function setFix(call: CodeCall, context: CodeContext, name: string, value: string | { readonly python: string; readonly script: string }, title: string, safe = true): readonly Fix[] {
  const python = context.document.language === 'python';
  const text = typeof value === 'string' ? value : python ? value.python : value.script;
  return [{ title, safe, intents: [python ? { kind: 'setKeywordArgument', call: call.origin, name, value: text } : { kind: 'setOption', call: call.origin, argument: -1, name, value: text }] }];
}

/** Replaces the text of an argument. */
export function replaceFix(argument: CodeArgument, text: string, title: string, safe = true): readonly Fix[] {
  return [{ title, safe, intents: [{ kind: 'replace', origin: argument.origin, text }] }];
}

export const isTrue = (argument: CodeArgument | undefined): boolean => constantOf(argument) === true;
export const isFalse = (argument: CodeArgument | undefined): boolean => constantOf(argument) === false;
/** Missing for certain. */
export function missing(call: CodeCall, name: string | number): boolean {
  return option(call, name) === undefined && !mayHaveMore(call);
}
export function text(argument: CodeArgument | undefined): string | undefined {
  const value = constantOf(argument);
  return typeof value === 'string' ? value : undefined;
}
/** A text's fixed beginning, where some of it is computed. */
export function beginning(argument: CodeArgument | undefined): string | undefined {
  const whole = text(argument);
  if (whole !== undefined) return whole;
  const first = argument?.value.parts?.[0];
  return typeof first === 'string' ? first : undefined;
}
export { constantOf, mayHaveMore, option };
export type { CodeArgument, CodeCall };
