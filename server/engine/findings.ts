import { compareRanges } from '../base/range.ts';
import type { Finding } from '../model/finding.ts';
import type { Report, Rule } from '../rule/rule.ts';
import type { Document } from '../source/document.ts';

/** A finding from what a rule reported while it looked at `document`. */
export function findingOf(rule: Rule, document: Document, report: Report): Finding {
  const placed = 'path' in report.at;
  return {
    ruleId: rule.id,
    path: 'path' in report.at ? report.at.path : document.path,
    range: placed ? (report.at as { range: Finding['range'] }).range : (report.at as Finding['range']),
    message: report.message,
    severity: report.severity ?? rule.severity,
    confidence: report.confidence ?? rule.confidence,
    related: report.related ?? [],
    flow: report.flow ?? false,
    fixes: report.fixes ?? [],
    ...(report.explanation === undefined ? {} : { explanation: report.explanation }),
    ...(report.identity === undefined ? {} : { identity: report.identity }),
  };
}

/** One secret is reported once: what the reader of secrets has found, a resource's rule need not say again. */
export function withoutDoubleSecrets(findings: readonly Finding[]): readonly Finding[] {
  const general = findings.filter((one) => one.ruleId.startsWith('secrets/') && one.ruleId !== secretOfResource);
  return findings.filter((one) => one.ruleId !== secretOfResource || !general.some((other) => other.path === one.path && other.range.start < one.range.end && one.range.start < other.range.end));
}

const secretOfResource = 'secrets/secret-in-resource';

/** Deterministic order: by path, place, rule, message; the same rule at the same place counts once. */
export function sortFindings(findings: readonly Finding[]): readonly Finding[] {
  const sorted = [...findings].sort((a, b) =>
    compareText(a.path, b.path) || compareRanges(a.range, b.range) || compareText(a.ruleId, b.ruleId) || compareText(a.message, b.message));
  return sorted.filter((finding, at) => {
    const before = sorted[at - 1];
    return !(before && before.path === finding.path && before.ruleId === finding.ruleId && compareRanges(before.range, finding.range) === 0);
  });
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
