import { categoryOf } from '../rule/rule.ts';
import type { Place } from '../engine/place.ts';
import type { ScanResult } from './result.ts';

/** Wardline's own JSON: one object a finding, positions one-based. */
export function json(result: ScanResult): string {
  return `${JSON.stringify({
    version: result.version,
    scanned: result.scanned,
    skipped: Object.fromEntries(result.skipped),
    notes: result.notes,
    problems: result.problems.map(({ code, severity, message, place }) => ({ code, severity, message, ...whereOf(place) })),
    findings: result.findings.map(({ finding, rule, place, fingerprint, related, fix, status, suppression, exempted }) => ({
      ruleId: rule.id,
      title: rule.title,
      category: categoryOf(rule.id),
      severity: finding.severity,
      confidence: finding.confidence,
      message: finding.message,
      status,
      ...(suppression ? { suppression: { kind: suppression.kind, reason: suppression.reason, until: suppression.until } } : {}),
      ...(exempted ? { suppressedByThisChange: true } : {}),
      ...whereOf(place),
      fingerprint,
      ...(finding.explanation === undefined ? {} : { explanation: finding.explanation }),
      related: related.map((step) => ({ message: step.message, ...whereOf(step.place) })),
      ...(fix ? { fix: fix.title } : {}),
    })),
  }, undefined, 2)}\n`;
}

function whereOf(place: Place) {
  return {
    path: place.path,
    start: { line: place.start.line + 1, column: place.start.column + 1 },
    end: { line: place.end.line + 1, column: place.end.column + 1 },
    ...(place.cell ? { cell: place.cell.index, cellLine: place.cell.start.line + 1 } : {}),
  };
}
