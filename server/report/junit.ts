import type { ReportedFinding, ScanResult } from './result.ts';
import { lineOf } from './summary.ts';

/** JUnit XML: one test case per rule and file that has open findings, one that passes where there are none. */
export function junit(result: ScanResult): string {
  const groups = new Map<string, ReportedFinding[]>();
  for (const one of result.findings) {
    if (one.status !== 'open') continue;
    const key = `${one.rule.id}\n${one.place.path}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  const cases = [...groups.values()].map((own) => {
    const [first] = own as [ReportedFinding];
    const body = own.map((one) => `${lineOf(one)}: ${one.finding.message}`).join('\n');
    return `    <testcase classname="${escape(first.rule.id)}" name="${escape(first.place.path)}" file="${escape(first.place.path)}"><failure type="${first.finding.severity}" message="${escape(first.finding.message)}">${escape(body)}</failure></testcase>`;
  });
  const body = cases.length > 0 ? cases : ['    <testcase classname="wardline" name="no findings"/>'];
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n  <testsuite name="Wardline" tests="${body.length}" failures="${cases.length}">\n${body.join('\n')}\n  </testsuite>\n</testsuites>\n`;
}

function escape(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '').replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
