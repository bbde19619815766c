import type { TextItem } from '../model/text.ts';
import type { Report, Rule } from '../rule/rule.ts';
import type { Document } from '../source/document.ts';
import type { Guard, RuleSink } from './run-resource.ts';

/** Runs all text checks on one document. */
export function runTextRules(rules: readonly Rule[], items: readonly TextItem[], document: Document, sink: RuleSink, guard: Guard): void {
  for (const rule of rules) {
    for (const check of rule.checks) {
      if (check.on !== 'text') continue;
      const context = { document, items, report: (report: Report) => sink(rule, document, report) };
      guard(rule, () => {
        for (const item of items) check.check(item, context);
      });
    }
  }
}
