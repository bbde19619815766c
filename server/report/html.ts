import { severities } from '../model/finding.ts';
import { documentationUri } from '../rule/documentation.ts';
import type { ScanResult } from './result.ts';
import { byOwner, lineOf, summaryOf } from './summary.ts';

/** A page that stands alone: no script, no outside resource, light and dark. What is worst comes first. */
export function html(result: ScanResult, owners: ((path: string) => readonly string[]) | undefined): string {
  const { open, suppressed, baselined, bySeverity, controls } = summaryOf(result);
  const sections = byOwner(open, owners).filter(([, own]) => own.length > 0).map(([owner, own]) => `${owner === '' ? '' : `<h2>${escape(owner)}</h2>`}
<table><thead><tr><th>Severity</th><th>Where</th><th>Finding</th><th>Rule</th></tr></thead><tbody>
${[...own].sort((a, b) => severities.indexOf(a.finding.severity) - severities.indexOf(b.finding.severity)).map((one) => `<tr class="${one.finding.severity}"><td>${one.finding.severity}</td><td>${escape(lineOf(one))}</td><td>${escape(one.finding.message)}${one.exempted ? ' (the change adds a suppression of it)' : ''}<br><small>${escape(one.rule.why.split('\n')[0]!)}${one.fix ? ` Fix: ${escape(one.fix.title)}.` : ''}</small></td><td><a href="${documentationUri(one.rule.id)}">${one.rule.id}</a></td></tr>`).join('\n')}
</tbody></table>`);
  const frameworks = controls.length === 0 ? '' : `<h2>Controls that the findings concern</h2><p>The rules support these controls; a report without findings does not prove compliance.</p>
${controls.map(({ framework, controls: own }) => `<h3>${escape(framework)}</h3><ul>${own.map((one) => `<li>${escape(one.id)}: ${escape(one.title)} (${one.count})</li>`).join('')}</ul>`).join('\n')}`;
  const problems = result.problems.length === 0 ? '' : `<h2>Configuration and suppressions</h2><ul>${result.problems.map((one) => `<li>${escape(one.place.path)}:${one.place.start.line + 1}: ${escape(one.message)}</li>`).join('')}</ul>`;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><title>Wardline report</title>
<style>
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
body { max-width: 70rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; margin: 1rem 0; }
th, td { text-align: left; vertical-align: top; padding: .4rem .6rem; border-bottom: 1px solid color-mix(in srgb, currentColor 20%, transparent); overflow-wrap: anywhere; }
th { white-space: nowrap; } td:nth-child(2), td:nth-child(4) { min-width: 13rem; }
td:first-child { white-space: nowrap; border-left: .3rem solid transparent; }
tr.critical td:first-child { border-left-color: #b00020; } tr.high td:first-child { border-left-color: #e0531f; } tr.medium td:first-child { border-left-color: #c99700; } tr.low td:first-child { border-left-color: #2f7fb5; }
</style></head><body>
<h1>Wardline</h1>
<p>${open.length === 0 ? 'No open findings' : `${open.length} open findings (${bySeverity.map(([severity, count]) => `${count} ${severity}`).join(', ')})`} in ${result.scanned} files; ${suppressed} suppressed, ${baselined} in the baseline.</p>
${[...sections, problems, frameworks].join('\n')}
</body></html>
`;
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
