import type { LoweredUnit } from '../lower/resources.ts';
import type { Report, ResourceCheck, ResourceContext, Rule } from '../rule/rule.ts';
import type { Document } from '../source/document.ts';
import type { Sources } from '../source/sources.ts';

/** What runs a check and what it reports, with the document the check looked at. */
export type RuleSink = (rule: Rule, document: Document, report: Report) => void;
/** Runs one check; what it throws is contained and noted. */
export type Guard = (rule: Rule, run: () => void) => void;

interface Entry {
  readonly rule: Rule;
  readonly check: ResourceCheck;
}

/** Checks by the types that they ask for, so that a unit costs what it holds and not what there are rules. */
const indexes = new WeakMap<readonly Rule[], ReadonlyMap<string, readonly Entry[]>>();

function indexOf(rules: readonly Rule[]): ReadonlyMap<string, readonly Entry[]> {
  let index = indexes.get(rules) as Map<string, Entry[]> | undefined;
  if (!index) {
    index = new Map();
    for (const rule of rules) {
      for (const check of rule.checks) {
        if (check.on !== 'resource') continue;
        for (const type of check.types) {
          const own = index.get(type);
          if (own) own.push({ rule, check });
          else index.set(type, [{ rule, check }]);
        }
      }
    }
    indexes.set(rules, index);
  }
  return index;
}

/** Runs all resource and statement checks on a unit. */
export function runResourceRules(rules: readonly Rule[], lowered: LoweredUnit, document: Document, sources: Sources, sink: RuleSink, guard: Guard): void {
  const { unit, statements } = lowered;
  const contextOf = (rule: Rule): ResourceContext => ({ document, unit, statements, sources, report: (report: Report) => sink(rule, document, report) });
  const index = indexOf(rules);
  for (const [type, resources] of [...unit.byType, ['*', unit.resources] as const]) {
    for (const { rule, check } of index.get(type) ?? []) {
      const context = contextOf(rule);
      guard(rule, () => {
        for (const resource of resources) check.check(resource, context);
      });
    }
  }
  if (statements.length === 0) return;
  for (const rule of rules) {
    for (const check of rule.checks) {
      if (check.on !== 'statement') continue;
      const context = contextOf(rule);
      guard(rule, () => {
        for (const statement of statements) check.check(statement, context);
      });
    }
  }
}
