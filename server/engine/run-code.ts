import type { CodeFile } from '../model/code.ts';
import type { Report, Rule } from '../rule/rule.ts';
import type { Document } from '../source/document.ts';
import type { Sources } from '../source/sources.ts';
import type { Guard, RuleSink } from './run-resource.ts';

/** Runs all call and code checks on one file or the joined cells of a notebook; it is parsed only when a check can report. */
export function runCodeRules(rules: readonly Rule[], lower: () => CodeFile, document: Document, sources: Sources, sink: RuleSink, guard: Guard): void {
  let lowered: CodeFile | undefined;
  for (const rule of rules) {
    for (const check of rule.checks) {
      if (check.on !== 'call' && check.on !== 'code') continue;
      if (check.words && !check.words.some((word) => document.text.includes(word))) continue;
      const code = (lowered ??= lower());
      const context = { document, code, sources, report: (report: Report) => sink(rule, document, report) };
      guard(rule, () => {
        if (check.on === 'code') check.check(code, context);
        else for (const call of code.calls) if (call.name !== undefined && check.callees.includes(call.name)) check.check(call, context);
      });
    }
  }
}
