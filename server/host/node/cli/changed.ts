import path from 'node:path';
import type { ReportedFinding, ScanResult } from '../../../report/result.ts';
import type { Change } from '../git.ts';

/**
 * What a change adds: findings on its lines, and findings whose suppression it adds, which count as open, so that a change
 * cannot exempt itself.
 */
export function onlyChanged(result: ScanResult, change: Change, root: string): ScanResult {
  const touched = (file: string, first: number, last: number): boolean => {
    const lines = change.lines.get(path.resolve(root, file).split(path.sep).join('/'));
    return lines !== undefined && lines.some((range) => range.first <= last && first <= range.last);
  };
  const findings = result.findings.flatMap((one): ReportedFinding[] => {
    const { suppression } = one;
    if (one.status === 'suppressed' && suppression) {
      const { place } = suppression;
      return touched(place.path, place.start.line, place.end.line) ? [{ ...one, status: 'open', exempted: true }] : [];
    }
    return touched(one.place.path, one.place.start.line, one.place.end.line) || one.related.some((step) => touched(step.place.path, step.place.start.line, step.place.end.line)) ? [one] : [];
  });
  return { ...result, findings, problems: result.problems.filter((one) => touched(one.place.path, one.place.start.line, one.place.end.line)) };
}
