import type { Element, Flow, ThreatModel } from '../../model/threat.ts';
import { layout, type Box, type Layout } from '../layout.ts';
import { labelPlace, pathOf } from '../lines.ts';

/** Colours for light and dark pages; a viewer that knows neither shows the light ones. */
const style = `
  svg { color-scheme: light dark; background: #ffffff; font-family: system-ui, sans-serif; }
  .shape { fill: #f5f6f8; stroke: #24292f; stroke-width: 1.2; }
  text { fill: #24292f; } .quiet { fill: #57606a; } .boundary rect { fill: none; stroke: #57606a; stroke-dasharray: 8 4; }
  .flow path { fill: none; stroke: #24292f; stroke-width: 1.2; } .plain path { stroke: #b3261e; stroke-dasharray: 7 4; } .unknown path { stroke-dasharray: 2 3; }
  .halo { paint-order: stroke; stroke: #ffffff; stroke-width: 3; } .tip { fill: #24292f; }
  .count rect { fill: #0b62a8; } .count.critical rect, .count.high rect { fill: #b3261e; } .count.medium rect { fill: #8a5a00; } .count text { fill: #ffffff; }
  @media (prefers-color-scheme: dark) {
    svg { background: #1f2328; } .shape { fill: #2b3036; stroke: #d6dbe1; } text { fill: #e6eaef; } .quiet { fill: #a9b2bc; } .boundary rect { stroke: #a9b2bc; }
    .flow path { stroke: #d6dbe1; } .plain path { stroke: #ff8a80; } .halo { stroke: #1f2328; } .tip { fill: #d6dbe1; }
    .count rect { fill: #6cb6ff; } .count.critical rect, .count.high rect { fill: #ff8a80; } .count.medium rect { fill: #f2c063; } .count text { fill: #1f2328; }
  }`;

/** The data-flow diagram as a picture that stands alone: no script, nothing from outside. Same model, same text. */
export function svgDiagram(model: ThreatModel, project: string): string {
  const placed = layout(model.elements, model.flows);
  const width = Math.max(320, Math.ceil(placed.width));
  const height = Math.max(60, Math.ceil(placed.height));
  const name = new Map(model.elements.map((element) => [element.id, element.name]));
  const open = model.threats.filter((threat) => threat.state === 'open').length;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="title summary">`,
    `<title id="title">Threat model of ${escape(project)}</title>`,
    `<desc id="summary">${model.elements.length} elements, ${model.flows.length} flows, ${open} open threats. Solid lines are encrypted, dashed lines are not, dotted lines are not known.</desc>`,
    `<style>${style}</style>`,
    '<defs><marker id="tip" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" orient="auto-start-reverse"><path class="tip" d="M0 0L10 5L0 10z"/></marker></defs>',
    ...model.boundaries.flatMap((boundary) => {
      const box = placed.groups.get(boundary.id);
      return box ? [`<g class="boundary"><title>Trust boundary ${escape(boundary.name)}</title><rect ${frame(box)} rx="6"/><text class="quiet" font-size="13" x="${number(box.x + 8)}" y="${number(box.y + 18)}">${escape(boundary.name)}</text></g>`] : [];
    }),
    ...model.flows.map((flow) => flowOf(flow, placed, (id) => name.get(id) ?? id)),
    ...model.elements.map((element) => elementOf(element, placed.boxes.get(element.id)!, model)),
    '</svg>', '',
  ].join('\n');
}

function flowOf(flow: Flow, placed: Layout, name: (id: string) => string): string {
  const points = placed.lines.get(flow.id) ?? [];
  const path = pathOf(points);
  const middle = labelPlace(points);
  const protection = flow.encrypted === false ? 'not encrypted' : flow.encrypted ? 'encrypted' : 'encryption not known';
  const label = flow.dataClasses.length > 0 ? `${flow.action}: ${flow.dataClasses.slice(0, 2).join(', ')}` : flow.action;
  return `<g class="flow ${flow.encrypted === false ? 'plain' : flow.encrypted ? 'encrypted' : 'unknown'}"><title>${escape(`${name(flow.from)} to ${name(flow.to)}: ${flow.action}, ${protection}${flow.dataClasses.length > 0 ? `, carries ${flow.dataClasses.join(', ')}` : ''}`)}</title><path d="${path}" marker-end="url(#tip)"/>${middle ? `<text class="quiet halo" font-size="12" text-anchor="middle" x="${number(middle.x)}" y="${number(middle.y - 4)}">${escape(label)}</text>` : ''}</g>`;
}

function elementOf(element: Element, box: Box, model: ThreatModel): string {
  const threats = model.threats.filter((threat) => threat.element === element.id && threat.state === 'open');
  const worst = ['critical', 'high', 'medium', 'low'].find((severity) => threats.some((threat) => threat.risk.severity === severity));
  const kind = element.kind.replace('-', ' ');
  const count = threats.length === 0 ? '' : `<g class="count ${worst ?? ''}" transform="translate(${number(box.width - 8)} 2)"><rect x="-14" y="-10" width="28" height="18" rx="9"/><text font-size="11" font-weight="600" text-anchor="middle" y="3">${threats.length}</text></g>`;
  return `<g transform="translate(${number(box.x)} ${number(box.y)})"><title>${escape(`${kind} ${element.name}, ${element.technology}, ${threats.length} open threats`)}</title>${shape(element.kind, box.width, box.height)}<text font-size="14" text-anchor="middle" x="${number(box.width / 2)}" y="24">${escape(short(element.name, 20))}</text><text class="quiet" font-size="12" text-anchor="middle" x="${number(box.width / 2)}" y="43">${escape(kind)}</text>${count}</g>`;
}

function shape(kind: Element['kind'], width: number, height: number): string {
  switch (kind) {
    case 'data-store': case 'vector-store': case 'secret': case 'prompt': return `<path class="shape" d="M0 0H${width}M0 ${height}H${width}M6 0V${height}M0 0V${height}"/>`;
    case 'model': case 'agent': return `<polygon class="shape" points="12,0 ${width - 12},0 ${width},${height / 2} ${width - 12},${height} 12,${height} 0,${height / 2}"/>`;
    case 'external': case 'identity': return `<rect class="shape" width="${width}" height="${height}"/>`;
    default: return `<rect class="shape" width="${width}" height="${height}" rx="${height / 2}"/>`;
  }
}

function frame({ x, y, width, height }: Box): string {
  return `x="${number(x)}" y="${number(y)}" width="${number(width)}" height="${number(height)}"`;
}

/** One digit after the point, so that the text does not depend on the last bits of a sum. */
function number(value: number): string {
  return String(Math.round(value * 10) / 10);
}

function short(text: string, most: number): string {
  const characters = [...text];
  return characters.length > most ? `${characters.slice(0, most - 1).join('')}…` : text;
}

/** Text of the workspace must not become markup; control characters are not allowed in XML at all. */
function escape(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, ' ').replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
