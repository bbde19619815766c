import { findSecrets } from '../analysis/secrets/find.ts';
import type { FoundSecret } from '../analysis/secrets/secret.ts';
import type { TextItem } from '../model/text.ts';
import type { Report, Rule } from '../rule/rule.ts';
import type { Document } from '../source/document.ts';
import type { Sources } from '../source/sources.ts';
import type { Guard, RuleSink } from './run-resource.ts';

/** Runs all text and secret checks on one document; the text model is built, and secrets are looked for, only when a check can report. */
export function runTextRules(rules: readonly Rule[], lower: () => readonly TextItem[], document: Document, sources: Sources, sink: RuleSink, guard: Guard): void {
  let lowered: readonly TextItem[] | undefined;
  let secrets: readonly FoundSecret[] | undefined;
  for (const rule of rules) {
    for (const check of rule.checks) {
      if (check.on !== 'text' && check.on !== 'secret') continue;
      if (check.words && !check.words.some((word) => document.text.includes(word))) continue;
      guard(rule, () => {
        const items = (lowered ??= lower());
        const context = { document, items, sources, report: (report: Report) => sink(rule, document, report) };
        if (check.on === 'text') {
          for (const item of items) check.check(item, context);
          return;
        }
        secrets ??= findSecrets(document, items);
        for (const secret of secrets) if (check.groups.includes(secret.group)) check.check(secret, context);
      });
    }
  }
}
