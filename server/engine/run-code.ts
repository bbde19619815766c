import type { CodeFile } from '../model/code.ts';
import type { Report, Rule } from '../rule/rule.ts';
import type { Document } from '../source/document.ts';
import type { Sources } from '../source/sources.ts';
import type { Guard, RuleSink } from './run-resource.ts';

/** Runs all call and code checks on one file or the joined cells of a notebook. */
export function runCodeRules(rules: readonly Rule[], code: CodeFile, document: Document, sources: Sources, sink: RuleSink, guard: Guard): void {
  for (const rule of rules) {
    for (const check of rule.checks) {
      if (check.on !== 'call' && check.on !== 'code') continue;
      const context = { document, code, sources, report: (report: Report) => sink(rule, document, report) };
      guard(rule, () => {
        if (check.on === 'code') check.check(code, context);
        else for (const call of code.calls) if (call.name !== undefined && check.callees.includes(call.name)) check.check(call, context);
      });
    }
  }
}
