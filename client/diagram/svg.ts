import type { DiagramFlow, DiagramResult } from '../../server/lsp/protocol.ts';
import { labelPlace, pathOf } from '../../server/threat/lines.ts';
import { fill } from '../page-words.ts';
import type { Layout } from './layout.ts';
import { nameOf, type Shown, type ShownNode } from './shown.ts';
import type { DiagramWords } from './words.ts';

type Words = DiagramWords['drawing'];
type Names = Pick<DiagramResult, 'names'>;

const namespace = 'http://www.w3.org/2000/svg';

/** Makes an SVG element; labels come from the repository, so text is only ever set as text. */
export function svg(name: string, attributes: Readonly<Record<string, string | number>>, ...children: readonly (Node | string)[]): SVGElement {
  const element = document.createElementNS(namespace, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  element.append(...children);
  return element;
}

export interface Marks {
  readonly selected: string | undefined;
  readonly search: string;
  /** Ids that a captured element reaches; others fade. */
  readonly reached: ReadonlySet<string> | undefined;
}

/** The whole drawing. Kinds differ in shape and flows in their stroke, so that nothing is told by colour alone. */
export function draw({ nodes, flows }: Shown, layout: Layout, model: Pick<DiagramResult, 'boundaries' | 'names'>, marks: Marks, words: Words): SVGElement {
  const faded = (id: string): boolean => marks.reached !== undefined && id !== marks.selected && !marks.reached.has(id);
  const drawing = svg('g', {});
  for (const boundary of model.boundaries) {
    const box = layout.groups.get(boundary.id);
    if (!box) continue;
    drawing.append(svg('g', { class: `boundary ${boundary.kind}`, 'data-boundary': boundary.id, role: 'group', 'aria-label': fill(words.boundary, boundary.name) },
      svg('rect', { x: box.x, y: box.y, width: box.width, height: box.height, rx: 6 }), svg('text', { x: box.x + 8, y: box.y + 18 }, boundary.name)));
  }
  for (const flow of flows) drawing.append(flowOf(flow, layout, nodes, faded(flow.from) || faded(flow.to), model, words));
  for (const node of nodes) drawing.append(nodeOf(node, layout, marks, faded(node.id), model, words));
  return drawing;
}

function flowOf(flow: DiagramFlow, layout: Layout, nodes: readonly ShownNode[], faded: boolean, names: Names, words: Words): SVGElement {
  const points = layout.lines.get(flow.id) ?? [];
  const path = pathOf(points);
  const name = (id: string): string => nodes.find((node) => node.id === id)?.name ?? id;
  const action = nameOf(names, 'flow', flow.action);
  const label = [
    fill(words.flow, name(flow.from), name(flow.to), action),
    flow.encrypted === false ? words.notEncrypted : flow.encrypted ? words.encrypted : words.encryptionUnknown,
    ...(flow.validated === false ? [words.notValidated] : []),
    ...(flow.dataClasses.length > 0 ? [fill(words.carries, flow.dataClasses.join(', '))] : []),
  ].join(', ');
  const middle = labelPlace(points);
  return svg('g', { class: `flow ${flow.encrypted === false ? 'plain' : flow.encrypted ? 'encrypted' : 'unknown'}${faded ? ' faded' : ''}`, 'data-flow': flow.id, role: 'graphics-symbol', 'aria-label': label },
    svg('title', {}, label), svg('path', { d: path, class: 'hit' }), svg('path', { d: path, 'marker-end': 'url(#arrow)' }),
    ...(middle ? [svg('text', { x: middle.x, y: middle.y - 4 }, flow.dataClasses.length > 0 ? `${action}: ${flow.dataClasses.slice(0, 2).join(', ')}` : action)] : []));
}

function nodeOf(node: ShownNode, layout: Layout, marks: Marks, faded: boolean, names: Names, words: Words): SVGElement {
  const { x, y, width, height } = layout.boxes.get(node.id)!;
  const found = marks.search !== '' && `${node.name} ${node.kind} ${node.element?.technology ?? ''}`.toLowerCase().includes(marks.search.toLowerCase());
  const worst = node.worst === undefined ? '' : nameOf(names, 'severity', node.worst);
  const threats = node.open === 0 ? words.noThreats : node.open === 1 ? fill(words.oneThreat, worst) : fill(words.manyThreats, node.open, worst);
  const kind = node.element ? nameOf(names, 'kind', node.kind) : words.collapsed;
  const label = `${kind} ${node.name}, ${threats}`;
  const group = svg('g', { class: `node ${node.kind}${node.id === marks.selected ? ' selected' : ''}${found ? ' found' : ''}${faded ? ' faded' : ''}`, 'data-id': node.id, role: 'graphics-symbol', 'aria-label': label, transform: `translate(${x} ${y})` }, svg('title', {}, label), shapeOf(node.kind, width, height));
  group.append(svg('text', { x: width / 2, y: 24, class: 'name' }, short(node.name, 20)), svg('text', { x: width / 2, y: 43, class: 'kind' }, short(kind, 28)));
  if (node.open > 0) group.append(svg('g', { class: `count ${node.worst}`, transform: `translate(${width - 8} 2)` }, svg('rect', { x: -14, y: -10, width: 28, height: 18, rx: 9 }), svg('text', { x: 0, y: 3 }, String(node.open))));
  return group;
}

/** External things are boxes, processes round, stores open at the sides, models six-cornered: as data-flow diagrams have them. */
function shapeOf(kind: string, width: number, height: number): SVGElement {
  switch (kind) {
    case 'data-store': case 'vector-store': case 'secret': case 'prompt': return svg('path', { class: 'shape', d: `M0 0H${width}M0 ${height}H${width}M6 0V${height}M0 0V${height}`, 'data-fill': '' });
    case 'model': case 'agent': return svg('polygon', { class: 'shape', points: `12,0 ${width - 12},0 ${width},${height / 2} ${width - 12},${height} 12,${height} 0,${height / 2}` });
    case 'external': case 'identity': case 'boundary': return svg('rect', { class: 'shape', width, height });
    default: return svg('rect', { class: 'shape', width, height, rx: height / 2 });
  }
}

function short(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}
