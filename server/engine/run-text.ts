import type { TextItem } from '../model/text.ts';
import type { Report, Rule } from '../rule/rule.ts';
import type { Document } from '../source/document.ts';
import type { Guard, RuleSink } from './run-resource.ts';

/** Runs all text checks on one document; the text model is built only when a check can report. */
export function runTextRules(rules: readonly Rule[], lower: () => readonly TextItem[], document: Document, sink: RuleSink, guard: Guard): void {
  let lowered: readonly TextItem[] | undefined;
  for (const rule of rules) {
    for (const check of rule.checks) {
      if (check.on !== 'text') continue;
      if (check.words && !check.words.some((word) => document.text.includes(word))) continue;
      const items = (lowered ??= lower());
      const context = { document, items, report: (report: Report) => sink(rule, document, report) };
      guard(rule, () => {
        for (const item of items) check.check(item, context);
      });
    }
  }
}
