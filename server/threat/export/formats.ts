import type { ThreatModel } from '../../model/threat.ts';
import { fileOfPart } from '../../source/notebook.ts';
import { cycloneDx } from './cyclonedx.ts';
import { markdownReport, htmlReport } from './report.ts';
import { mermaid } from './mermaid.ts';
import { openThreatModel } from './otm.ts';
import { svgDiagram } from './svg.ts';
import { threagile } from './threagile.ts';
import { threatDragon } from './threat-dragon.ts';

export const exportFormats = ['json', 'otm', 'threat-dragon', 'threagile', 'cyclonedx', 'mermaid', 'svg', 'markdown', 'html'] as const;
export type ExportFormat = (typeof exportFormats)[number];

export function isExportFormat(name: string): name is ExportFormat {
  return (exportFormats as readonly string[]).includes(name);
}

/** The threat model in an exchange format. `project` is the name it gets there. Same model, same text. */
export function exportThreatModel(model: ThreatModel, format: ExportFormat, project: string): string {
  switch (format) {
    case 'json': return `${JSON.stringify(plain(model), undefined, 2)}\n`;
    case 'otm': return openThreatModel(model, project);
    case 'threat-dragon': return threatDragon(model, project);
    case 'threagile': return threagile(model, project);
    case 'cyclonedx': return cycloneDx(model, project);
    case 'mermaid': return mermaid(model);
    case 'svg': return svgDiagram(model, project);
    case 'markdown': return markdownReport(model, project);
    case 'html': return htmlReport(model, project);
  }
}

/** Without offsets, which mean nothing outside of the engine; files stay as evidence. */
function plain({ elements, flows, boundaries, threats, unauthorised }: ThreatModel): unknown {
  const paths = (origins: readonly { readonly path: string }[]): readonly string[] => [...new Set(origins.map((origin) => fileOfPart(origin.path)))];
  return {
    elements: elements.map(({ evidence, controls, aliases: _aliases, extents: _extents, ...element }) => ({ ...element, controls: controls.map(({ name, present, words }) => ({ name, present, words })), evidence: paths(evidence) })),
    flows: flows.map(({ evidence, taken: _taken, ...flow }) => ({ ...flow, evidence: paths(evidence) })),
    boundaries,
    threats: threats.map(({ witnesses, evidence, ...threat }) => ({ ...threat, witnesses: witnesses.map(({ ruleId, path, message }) => ({ ruleId, path, message })), evidence: paths(evidence) })),
    unauthorised: unauthorised.map(({ at, path: _path, ...one }) => ({ ...one, evidence: paths([at]) })),
  };
}
