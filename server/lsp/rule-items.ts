import type { Rule } from '../rule/rule.ts';
import type { RuleItem } from './protocol.ts';
import type { Workspace } from './workspace.ts';

/** All rules, those with findings first: what a person looks something up for is most often on the screen. */
export function ruleItems(rules: readonly Rule[], workspace: Workspace): readonly RuleItem[] {
  const findings = new Map<string, number>();
  for (const file of workspace.known()) for (const { finding } of workspace.outcome(file).judged) findings.set(finding.ruleId, (findings.get(finding.ruleId) ?? 0) + 1);
  const own = [...findings.keys()].flatMap((id) => workspace.analyzer().rule(id) ?? []);
  return [...new Map([...rules, ...own].map((rule) => [rule.id, rule])).values()]
    .map(({ id, title, severity }): RuleItem => ({ ruleId: id, title, severity, findings: findings.get(id) ?? 0 }))
    .sort((a, b) => Number(b.findings > 0) - Number(a.findings > 0) || (a.ruleId < b.ruleId ? -1 : 1));
}
