import type { Report, Rule } from '../rule/rule.ts';
import type { Document } from '../source/document.ts';
import type { Sources } from '../source/sources.ts';
import { wordsOf } from './words.ts';
import type { Guard, RuleSink } from './run-resource.ts';

/** Runs all document checks of the document's language. */
export function runDocumentRules(rules: readonly Rule[], document: Document, sources: Sources, sink: RuleSink, guard: Guard): void {
  const holds = wordsOf(document.text);
  for (const rule of rules) {
    for (const check of rule.checks) {
      if (check.on !== 'document' || !check.languages.includes(document.language)) continue;
      if (check.words && !holds(check.words)) continue;
      guard(rule, () => check.check(document, { document, sources, report: (report: Report) => sink(rule, document, report) }));
    }
  }
}
