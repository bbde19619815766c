import type { Finding, RuleId } from '../model/finding.ts';
import type { Rule } from '../rule/rule.ts';

/** Leaves out what another rule says of the same code; which one stays is the rules' own word. */
export function onceEach(findings: readonly Finding[], rule: (id: RuleId) => Rule | undefined): readonly Finding[] {
  return findings.filter((one) => {
    const others = rule(one.ruleId)?.yieldsTo;
    return !others || !findings.some((other) => others.includes(other.ruleId) && other.path === one.path && other.range.start < one.range.end && one.range.start < other.range.end);
  });
}
