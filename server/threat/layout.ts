import { Graph, layout as dagreLayout } from '@dagrejs/dagre';
import type { Element, Flow } from '../model/threat.ts';

/** In pixels; `x` and `y` are the upper left corner. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Layout {
  readonly boxes: ReadonlyMap<string, Box>;
  /** Around the elements of a boundary. */
  readonly groups: ReadonlyMap<string, Box>;
  /** Bends of each flow. */
  readonly lines: ReadonlyMap<string, readonly { readonly x: number; readonly y: number }[]>;
  readonly width: number;
  readonly height: number;
}

const node = { width: 170, height: 56 };
const margin = 28;

/** A layered layout from left to right, boundaries as boxes around their elements. */
export function layout(elements: readonly Pick<Element, 'id' | 'boundary'>[], flows: readonly Pick<Flow, 'id' | 'from' | 'to'>[]): Layout {
  const graph = new Graph({ multigraph: true, compound: true });
  graph.setGraph({ rankdir: 'LR', nodesep: 24, ranksep: 70, marginx: margin, marginy: margin });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const boundary of new Set(elements.map((element) => element.boundary))) graph.setNode(boundary, {});
  for (const element of elements) {
    graph.setNode(element.id, { ...node });
    graph.setParent(element.id, element.boundary);
  }
  for (const flow of flows) graph.setEdge(flow.from, flow.to, {}, flow.id);
  dagreLayout(graph);
  const box = (name: string): Box => {
    const { x, y, width, height } = graph.node(name) as { x: number; y: number; width: number; height: number };
    return { x: x - width / 2, y: y - height / 2, width, height };
  };
  const boxes = new Map(elements.map((element) => [element.id, box(element.id)]));
  const groups = new Map([...new Set(elements.map((element) => element.boundary))].map((boundary) => [boundary, box(boundary)]));
  const lines = new Map(flows.map((flow) => [flow.id, (graph.edge(flow.from, flow.to, flow.id) as { points?: { x: number; y: number }[] }).points ?? []]));
  const size = graph.graph() as { width?: number; height?: number };
  return { boxes, groups, lines, width: size.width ?? 0, height: size.height ?? 0 };
}
