import { categoryOf, type Rule } from '../rule/rule.ts';
import type { RuleId } from '../model/finding.ts';

/** What a run is limited to, whatever the configuration says; all rules where neither is given. */
export interface Only {
  /** Ids of rules; they are switched on. */
  readonly rules?: readonly string[];
  /** Categories; their rules stay as they are. */
  readonly categories?: readonly string[];
}

/** Whether a rule, or a selector such as `secrets/*`, is of what was asked for in full. */
export function isAsked(id: string, { rules, categories }: Only): boolean {
  if (!rules && !categories) return true;
  return (rules?.includes(id) ?? false) || (categories?.includes(categoryOf(id as RuleId)) ?? false);
}

/** The rules with those that are asked for by id switched on. */
export function switchedOn(rules: readonly Rule[], { rules: ids = [] }: Only): readonly Rule[] {
  if (ids.length === 0) return rules;
  return rules.map((rule) => {
    if (!ids.includes(rule.id)) return rule;
    return Object.create(rule, { off: { value: undefined } }) as Rule;
  });
}
