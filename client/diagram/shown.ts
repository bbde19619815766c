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

const order = ['critical', 'high', 'medium', 'low', 'info'];

/** What is drawn under the filters: only flows of the chosen class with their ends, boundaries collapsed to one node. */
export function shownOf(model: DiagramResult, { dataClass, collapsed }: Pick<ViewState, 'dataClass' | 'collapsed'>): Shown {
  const flows = dataClass === '' ? model.flows : model.flows.filter((flow) => flow.dataClasses.includes(dataClass));
  const kept = dataClass === '' ? model.elements : model.elements.filter((element) => element.dataClasses.includes(dataClass) || flows.some((flow) => flow.from === element.id || flow.to === element.id));
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
