import type { ArtefactReport } from '../artefact/report.ts';
import type { Finding } from '../model/finding.ts';
import type { Rule } from '../rule/rule.ts';
import type { Guard } from './run-resource.ts';

/** The finding of an artefact lies at its beginning: bytes have no lines. */
const beginning = { start: 0, end: 1 };

/** Runs all artefact checks on one file. */
export function runArtefactRules(rules: readonly Rule[], artefact: ArtefactReport, path: string, findings: Finding[], guard: Guard): void {
  for (const rule of rules) {
    for (const check of rule.checks) {
      if (check.on !== 'artefact') continue;
      guard(rule, () => check.check(artefact, {
        report: (report) => void findings.push({
          ruleId: rule.id, path, range: beginning, message: report.message,
          severity: report.severity ?? rule.severity, confidence: report.confidence ?? rule.confidence,
          related: report.related ?? [], flow: false, fixes: report.fixes ?? [],
          ...(report.explanation === undefined ? {} : { explanation: report.explanation }),
          ...(report.identity === undefined ? {} : { identity: report.identity }),
        }),
      }));
    }
  }
}
