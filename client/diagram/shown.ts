import type { DiagramElement, DiagramFlow, DiagramResult } from '../../server/lsp/protocol.ts';
import type { ViewState } from './state.ts';

/** A node of the drawing: an element, or a whole boundary that is collapsed. */
export interface ShownNode {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly boundary: string;
  readonly open: number;
  readonly worst: string | undefined;
  readonly element: DiagramElement | undefined;
}

export interface Shown {
  readonly nodes: readonly ShownNode[];
  readonly flows: readonly DiagramFlow[];
}

/** What a kind, an action, a state or the like is called in the language of the person who looks. */
export function nameOf({ names }: Pick<DiagramResult, 'names'>, family: 'kind' | 'flow' | 'control' | 'state' | 'severity', id: string): string {
  return names[`${family}.${id}`] ?? id.replaceAll('-', ' ');
}

const order = ['critical', 'high', 'medium', 'low', 'info'];

/** What nobody has decided on yet, the worst first. */
export function openThreats(model: DiagramResult): readonly { readonly element: DiagramElement; readonly threat: DiagramElement['threats'][number] }[] {
  const open = model.elements.flatMap((element) => element.threats.filter((threat) => threat.state === 'open').map((threat) => ({ element, threat })));
  return open.sort((a, b) => order.indexOf(a.threat.severity) - order.indexOf(b.threat.severity));
}

const isThreatened = ({ threats }: DiagramElement): boolean => threats.some(({ state }) => state === 'open');

/** What is drawn under the filters: only flows of the chosen class, or to and from what has open threats, with their ends; boundaries collapsed to one node. */
export function shownOf(model: DiagramResult, { dataClass, collapsed, threats }: Pick<ViewState, 'dataClass' | 'collapsed' | 'threats'>): Shown {
  const threatened = threats ? new Set(model.elements.filter(isThreatened).map((one) => one.id)) : undefined;
  const flows = model.flows.filter((flow) => (dataClass === '' || flow.dataClasses.includes(dataClass)) && (!threatened || threatened.has(flow.from) || threatened.has(flow.to)));
  const ends = new Set(flows.flatMap((flow) => [flow.from, flow.to]));
  const kept = model.elements.filter((element) => ends.has(element.id) || ((dataClass === '' || element.dataClasses.includes(dataClass)) && (!threatened || threatened.has(element.id))));
  const nodeOf = new Map<string, string>();
  const nodes = new Map<string, ShownNode>();
  for (const element of kept) {
    const open = element.threats.filter((threat) => threat.state === 'open');
    const worst = order.find((severity) => open.some((threat) => threat.severity === severity));
    const boundary = model.boundaries.find((one) => one.id === element.boundary);
    if (!collapsed.includes(element.boundary)) {
      nodeOf.set(element.id, element.id);
      nodes.set(element.id, { id: element.id, kind: element.kind, name: element.name, boundary: element.boundary, open: open.length, worst, element });
      continue;
    }
    const id = `boundary ${element.boundary}`;
    nodeOf.set(element.id, id);
    const before = nodes.get(id);
    nodes.set(id, { id, kind: 'boundary', name: boundary?.name ?? element.boundary, boundary: element.boundary, open: (before?.open ?? 0) + open.length, worst: order.find((severity) => severity === before?.worst || severity === worst), element: undefined });
  }
  const seen = new Set<string>();
  const joined = flows.flatMap((flow): DiagramFlow[] => {
    const from = nodeOf.get(flow.from);
    const to = nodeOf.get(flow.to);
    if (from === undefined || to === undefined || from === to) return [];
    const id = from === flow.from && to === flow.to ? flow.id : `${from}->${to}`;
    if (seen.has(id)) return [];
    seen.add(id);
    return [{ ...flow, id, from, to }];
  });
  return { nodes: [...nodes.values()], flows: joined };
}
