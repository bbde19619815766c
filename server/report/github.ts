import type { Severity } from '../model/finding.ts';
import type { ScanResult } from './result.ts';

const command: Readonly<Record<Severity, string>> = { critical: 'error', high: 'error', medium: 'warning', low: 'notice', info: 'notice' };

/** Workflow commands that annotate the lines of a pull request on GitHub. */
export function githubAnnotations(result: ScanResult): string {
  return result.findings.filter((one) => one.status === 'open').map(({ finding, rule, place, exempted }) => (
    `::${command[finding.severity]} file=${property(place.path)},line=${place.start.line + 1},endLine=${place.end.line + 1},title=${property(rule.id)}::${data(`${finding.message}${exempted ? ' The change adds a suppression of it.' : ''}`)}\n`
  )).join('');
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
