import type { Threat, ThreatModel } from '../../model/threat.ts';

interface Section {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

function sectionsOf(model: ThreatModel): readonly Section[] {
  const name = (id: string): string => model.elements.find((element) => element.id === id)?.name ?? id;
  const row = (threat: Threat): readonly string[] => [threat.risk.severity, threat.title, name(threat.element), threat.stateReason, threat.mitigation, threat.references.join(', ')];
  return [
    { title: 'Open threats', head: ['Risk', 'Threat', 'Element', 'Shown by', 'Mitigation', 'References'], rows: model.threats.filter((threat) => threat.state === 'open').map(row) },
    { title: 'Settled threats', head: ['Risk', 'Threat', 'Element', 'State', 'Mitigation', 'References'], rows: model.threats.filter((threat) => threat.state !== 'open').map((threat) => row(threat).map((cell, at) => (at === 3 ? `${threat.state}: ${cell}` : cell))) },
    { title: 'Elements', head: ['Element', 'Kind', 'Technology', 'Boundary', 'Data', 'Controls'], rows: model.elements.map((element) => [element.name, element.kind, element.technology, element.boundary.slice(element.boundary.indexOf(':') + 1), element.dataClasses.join(', '), element.controls.map((control) => `${control.present ? '' : 'no '}${control.name}`).join(', ')]) },
    { title: 'Flows', head: ['From', 'To', 'Action', 'Protocol', 'Encrypted', 'Validated', 'Data'], rows: model.flows.map((flow) => [name(flow.from), name(flow.to), flow.action, flow.protocol ?? '', known(flow.encrypted), known(flow.validated), flow.dataClasses.join(', ')]) },
  ];
}

function known(value: boolean | undefined): string {
  return value === undefined ? 'not known' : value ? 'yes' : 'no';
}

export function markdownReport(model: ThreatModel, project: string): string {
  const out = [`# Threat model of ${cell(project)}`, '', 'Derived by Wardline from code and infrastructure.', ''];
  for (const { title, head, rows } of sectionsOf(model)) {
    out.push(`## ${title} (${rows.length})`, '');
    if (rows.length > 0) out.push(`| ${head.join(' | ')} |`, `| ${head.map(() => '---').join(' | ')} |`, ...rows.map((row) => `| ${row.map(cell).join(' | ')} |`), '');
  }
  return out.join('\n');
}

function cell(text: string): string {
  return text.replace(/[\u0000-\u001f]/g, ' ').replace(/[\\`*_[\]<>|#@]/g, '\\$&');
}

/** A page that stands alone: no script, no outside resource. */
export function htmlReport(model: ThreatModel, project: string): string {
  const sections = sectionsOf(model).map(({ title, head, rows }) => `<h2>${title} (${rows.length})</h2>${rows.length === 0 ? '' : `<table><thead><tr>${head.map((one) => `<th>${one}</th>`).join('')}</tr></thead><tbody>\n${rows.map((row) => `<tr>${row.map((one) => `<td>${escape(one)}</td>`).join('')}</tr>`).join('\n')}\n</tbody></table>`}`);
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><title>Threat model</title>
<style>:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; } body { max-width: 80rem; margin: 2rem auto; padding: 0 1rem; } table { border-collapse: collapse; width: 100%; } th, td { text-align: left; vertical-align: top; padding: .35rem .6rem; border-bottom: 1px solid color-mix(in srgb, currentColor 20%, transparent); overflow-wrap: anywhere; }</style></head><body>
<h1>Threat model of ${escape(project)}</h1>
${sections.join('\n')}
</body></html>
`;
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
