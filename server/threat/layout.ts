import { Graph, layout as dagreLayout } from '@dagrejs/dagre';
import type { Element, Flow } from '../model/threat.ts';
import { route, straightened, type Group } from './routes.ts';

/** In pixels; `x` and `y` are the upper left corner. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Layout {
  readonly boxes: ReadonlyMap<string, Box>;
  /** Around the elements of a boundary. */
  readonly groups: ReadonlyMap<string, Box>;
  /** Bends of each flow. */
  readonly lines: ReadonlyMap<string, readonly Point[]>;
  readonly width: number;
  readonly height: number;
}

type LaidElement = Pick<Element, 'id' | 'boundary'>;
type LaidFlow = Pick<Flow, 'id' | 'from' | 'to'>;

const node = { width: 170, height: 56 };
const gap = 24;
const margin = 28;
/** Room for the name of a boundary above its elements. */
const title = 30;

/** Width to height of what a drawing usually has to fit into. */
const usual = 1.6;

/**
 * A layered layout: first the elements within each boundary, from left to right, then the boundaries as wholes, then the flows between them. Layers
 * that hold whole boundaries (what dagre calls compound) take minutes for some systems and fail for others. Boundaries follow each other
 * to the right or downwards, whichever leaves the drawing larger in a frame whose width is `aspect` times its height.
 */
export function layout(elements: readonly LaidElement[], flows: readonly LaidFlow[], aspect = usual): Layout {
  const boundaryOf = new Map(elements.map((element) => [element.id, element.boundary]));
  const known = flows.filter((flow) => boundaryOf.has(flow.from) && boundaryOf.has(flow.to));
  const inner = new Map<string, Layered>();
  for (const boundary of new Set(elements.map((element) => element.boundary))) {
    const own = elements.filter((element) => element.boundary === boundary);
    inner.set(boundary, within(own.map((element) => element.id), known.filter((flow) => boundaryOf.get(flow.from) === boundary && boundaryOf.get(flow.to) === boundary)));
  }
  const crossing = known.filter((flow) => boundaryOf.get(flow.from) !== boundaryOf.get(flow.to)).map((flow) => ({ ...flow, home: boundaryOf.get(flow.from)!, target: boundaryOf.get(flow.to)! }));
  const between = [...new Map(crossing.map(({ id, home, target }) => [`${home}\n${target}`, { id, from: home, to: target }])).values()];
  const wholes = [...inner].map(([id, { width, height }]) => ({ id, width: width + 2 * gap, height: height + gap + title }));
  const [across, down] = [layered(wholes, between, 70, 'LR'), layered(wholes, between, 50, 'TB')];
  const frame = ({ width, height }: Layered): number => Math.max(width + 2 * margin, (height + 2 * margin) * aspect);
  const outer = frame(down) < frame(across) ? down : across;
  const groups = new Map([...outer.boxes].map(([id, box]) => [id, { ...box, x: box.x + margin, y: box.y + margin }]));
  const boxes = new Map<string, Box>();
  const lines = new Map<string, readonly Point[]>();
  for (const [boundary, own] of inner) {
    const at = groups.get(boundary)!;
    const move = <T extends Point>(point: T): T => ({ ...point, x: point.x + at.x + gap, y: point.y + at.y + title });
    for (const [id, box] of own.boxes) boxes.set(id, move(box));
    for (const [id, points] of own.lines) lines.set(id, points.map(move));
  }
  const ways = new Map(between.map(({ id, from, to }) => [`${from}\n${to}`, outer.lines.get(id)!.slice(1, -1).map(({ x, y }) => ({ x: x + margin, y: y + margin }))]));
  const around = new Map([...groups].map(([id, box]): [string, Group] => [id, { box, elements: [...inner.get(id)!.boxes.keys()].map((element) => boxes.get(element)!), taken: { across: [], down: [] } }]));
  for (const { id, from, to, home, target } of crossing) {
    const way = ways.get(`${home}\n${target}`)!;
    lines.set(id, route(boxes.get(from)!, around.get(home)!, boxes.get(to)!, around.get(target)!, way.length > 1 ? way : [], outer === down));
  }
  return { boxes, groups, lines, width: outer.width + 2 * margin, height: outer.height + 2 * margin };
}

interface Layered {
  readonly boxes: ReadonlyMap<string, Box>;
  readonly lines: ReadonlyMap<string, readonly Point[]>;
  readonly width: number;
  readonly height: number;
}

/** Elements of one boundary: those with flows among them in layers, the others in rows below. */
function within(ids: readonly string[], flows: readonly LaidFlow[]): Layered {
  const linked = new Set(flows.flatMap((flow) => [flow.from, flow.to]));
  const upper = layered(ids.filter((id) => linked.has(id)).map((id) => ({ id, ...node })), flows, 92, 'LR');
  const lower = grid(ids.filter((id) => !linked.has(id)), Math.max(upper.width, 1));
  const shift = upper.boxes.size > 0 && lower.boxes.size > 0 ? upper.height + gap : 0;
  return {
    boxes: new Map([...upper.boxes, ...[...lower.boxes].map(([id, box]) => [id, { ...box, y: box.y + shift }] as const)]), lines: upper.lines,
    width: Math.max(upper.width, lower.width), height: lower.boxes.size === 0 ? upper.height : shift + lower.height,
  };
}

function grid(ids: readonly string[], width: number): Layered {
  const columns = Math.max(1, Math.floor((width + gap) / (node.width + gap)), Math.ceil(Math.sqrt(ids.length / 3)));
  const boxes = new Map(ids.map((id, at) => [id, { x: (at % columns) * (node.width + gap), y: Math.floor(at / columns) * (node.height + gap), ...node }]));
  const rows = Math.ceil(ids.length / columns);
  return { boxes, lines: new Map(), width: Math.max(0, Math.min(ids.length, columns) * (node.width + gap) - gap), height: Math.max(0, rows * (node.height + gap) - gap) };
}

interface Sized {
  readonly id: string;
  readonly width: number;
  readonly height: number;
}

function layered(nodes: readonly Sized[], flows: readonly LaidFlow[], between: number, rankdir: 'LR' | 'TB'): Layered {
  const graph = new Graph({ multigraph: true });
  graph.setGraph({ rankdir, nodesep: gap, ranksep: between, ranker: 'longest-path' });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { id, width, height } of nodes) graph.setNode(id, { width, height });
  for (const flow of flows) if (flow.from !== flow.to) graph.setEdge(flow.from, flow.to, {}, flow.id);
  if (nodes.length > 0) dagreLayout(graph);
  const boxes = new Map(nodes.map(({ id }) => {
    const { x, y, width, height } = graph.node(id) as Box;
    return [id, { x: x - width / 2, y: y - height / 2, width, height }];
  }));
  const lines = new Map(flows.flatMap((flow) => (flow.from === flow.to ? [] : [[flow.id, straightened((graph.edge(flow.from, flow.to, flow.id) as { points?: Point[] }).points ?? [])] as const])));
  const all = [...boxes.values()];
  return { boxes, lines, width: Math.max(0, ...all.map((box) => box.x + box.width), ...[...lines.values()].flatMap((points) => points.map((point) => point.x))), height: Math.max(0, ...all.map((box) => box.y + box.height), ...[...lines.values()].flatMap((points) => points.map((point) => point.y))) };
}
