import { documentationUri } from '../rule/documentation.ts';
import type { ScanResult } from './result.ts';
import { byOwner, lineOf, summaryOf } from './summary.ts';

const most = 200;

/** A summary for a pull request. Text of the workspace is escaped, so that it cannot become markup. */
export function markdown(result: ScanResult, owners: ((path: string) => readonly string[]) | undefined): string {
  const { open, suppressed, baselined, bySeverity, controls } = summaryOf(result);
  const out = ['# Wardline', ''];
  out.push(open.length === 0 ? `No open findings in ${result.scanned} files.` : `**${open.length} open ${open.length === 1 ? 'finding' : 'findings'}** in ${result.scanned} files: ${bySeverity.map(([severity, count]) => `${count} ${severity}`).join(', ')}.`);
  if (suppressed + baselined > 0) out.push('', `${suppressed} suppressed, ${baselined} in the baseline.`);
  let left = most;
  for (const [owner, own] of byOwner(open, owners)) {
    if (own.length === 0) continue;
    if (owner !== '') out.push('', `## ${cell(owner)}`);
    out.push('', '| severity | where | finding | rule |', '| --- | --- | --- | --- |');
    for (const one of own.slice(0, Math.max(0, left))) {
      out.push(`| ${one.finding.severity} | ${cell(lineOf(one))} | ${cell(one.finding.message)}${one.exempted ? ' (the change adds a suppression of it)' : ''}${one.fix ? ' — fix available' : ''} | [${one.rule.id}](${documentationUri(one.rule.id)}) |`);
    }
    left -= own.length;
  }
  if (left < 0) out.push('', `${-left} more findings are not listed.`);
  if (result.problems.length > 0) out.push('', '## Configuration and suppressions', '', ...result.problems.slice(0, 50).map((one) => `- ${cell(one.place.path)}:${one.place.start.line + 1}: ${cell(one.message)}`));
  if (controls.length > 0) {
    out.push('', '## Controls that the findings concern', '', 'The rules support these controls; a report without findings does not prove compliance.', '');
    for (const { framework, controls: own } of controls) out.push(`- ${framework}: ${own.slice(0, 12).map((one) => `${one.id} (${one.count})`).join(', ')}${own.length > 12 ? ', …' : ''}`);
  }
  return `${out.join('\n')}\n`;
}

function cell(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f\u200b-\u200f\u202a-\u202e\u2066-\u2069]/g, ' ').replace(/[\\`*_[\]<>|#@]/g, '\\$&');
}
