import type { LoweredUnit } from '../lower/resources.ts';
import type { Report, Rule } from '../rule/rule.ts';
import type { Document } from '../source/document.ts';
import type { Sources } from '../source/sources.ts';

/** What runs a check and what it reports, with the document the check looked at. */
export type RuleSink = (rule: Rule, document: Document, report: Report) => void;
/** Runs one check; what it throws is contained and noted. */
export type Guard = (rule: Rule, run: () => void) => void;

/** Runs all resource and statement checks on a unit. */
export function runResourceRules(rules: readonly Rule[], lowered: LoweredUnit, document: Document, sources: Sources, sink: RuleSink, guard: Guard): void {
  const { unit, statements } = lowered;
  for (const rule of rules) {
    for (const check of rule.checks) {
      if (check.on !== 'resource' && check.on !== 'statement') continue;
      const context = { document, unit, sources, report: (report: Report) => sink(rule, document, report) };
      guard(rule, () => {
        if (check.on === 'statement') for (const statement of statements) check.check(statement, context);
        else if (check.types.includes('*')) for (const resource of unit.resources) check.check(resource, context);
        else for (const type of check.types) for (const resource of unit.byType.get(type) ?? []) check.check(resource, context);
      });
    }
  }
}
