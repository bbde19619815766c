import type { Severity } from '../model/finding.ts';
import { documentationUri } from '../rule/documentation.ts';
import { referencesOf } from '../rule/references.ts';
import { hashText } from '../base/hash.ts';
import type { ReportedFinding, ScanResult } from './result.ts';

const severityName: Readonly<Record<Severity, string>> = { critical: 'Critical', high: 'High', medium: 'Medium', low: 'Low', info: 'Info' };
const qualitySeverity: Readonly<Record<Severity, string>> = { critical: 'blocker', high: 'critical', medium: 'major', low: 'minor', info: 'info' };

/** GitLab's security report, schema 15.2.4, of type sast. */
export function gitlabSast(result: ScanResult, now: string): string {
  const tool = { id: 'wardline', name: 'Wardline', vendor: { name: 'Wardline' }, version: result.version };
  return `${JSON.stringify({
    version: '15.2.4',
    scan: { analyzer: tool, scanner: tool, type: 'sast', start_time: now, end_time: now, status: 'success' },
    vulnerabilities: open(result).map((one) => ({
      id: idOf(one),
      name: one.rule.title.slice(0, 255),
      description: `${one.finding.message}\n\n${one.rule.why}`,
      severity: severityName[one.finding.severity],
      ...(one.fix ? { solution: one.fix.title } : {}),
      location: { file: one.place.path, start_line: one.place.start.line + 1, end_line: one.place.end.line + 1 },
      identifiers: [
        { type: 'wardline_rule_id', name: one.rule.id, value: one.rule.id, url: documentationUri(one.rule.id) },
        ...referencesOf(one.rule).filter((reference) => reference.id.startsWith('CWE-')).map((reference) => ({ type: 'cwe', name: reference.id, value: reference.id.slice(4), ...(reference.uri ? { url: reference.uri } : {}) })),
      ],
    })),
  }, undefined, 1)}\n`;
}

/** GitLab's Code Quality report. */
export function codeQuality(result: ScanResult): string {
  return `${JSON.stringify(open(result).map((one) => ({
    description: one.finding.message,
    check_name: one.rule.id,
    fingerprint: hashText(`${one.place.path}\n${one.fingerprint}`),
    severity: qualitySeverity[one.finding.severity],
    location: { path: one.place.path, lines: { begin: one.place.start.line + 1 } },
  })), undefined, 1)}\n`;
}

function open(result: ScanResult): readonly ReportedFinding[] {
  return result.findings.filter((one) => one.status === 'open');
}

/** A UUID of the finding's own content. */
function idOf(one: ReportedFinding): string {
  const hash = hashText(`${one.place.path}\n${one.fingerprint}`);
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-5${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}
