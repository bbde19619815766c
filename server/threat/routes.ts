import type { Box, Point } from './layout.ts';

/** Where a flow runs beside an element, in pixels from it: half of what lies between two elements. */
const lane = 12;
/** Least room between a flow and an element that it passes. */
const room = 7;
/** Room for a flow's name between it and the element above. */
const labelled = 17;
/** Between flows that run beside each other. */
const apart = 6;

/** The elements of a boundary, and where flows already leave or enter it: heights of those that run across, places of those that run down. */
export interface Group {
  readonly box: Box;
  readonly elements: readonly Box[];
  readonly taken: { readonly across: number[]; readonly down: number[] };
}

const right = (box: Box): number => box.x + box.width;
const middle = (box: Box): number => box.y + box.height / 2;

/**
 * From an element of one boundary to one of another: out through the gaps between the elements of the first, past the boundaries between
 * (`way`, bends that the layout of whole boundaries gave), in through the gaps of the second. No element of the two is crossed. Boundaries
 * lie beside each other or one above the other; where both are so, `down` says which way to take.
 */
export function route(from: Box, home: Group, to: Box, target: Group, way: readonly Point[], down: boolean): readonly Point[] {
  const beside = target.box.x >= right(home.box) || home.box.x >= right(target.box);
  const above = target.box.y >= home.box.y + home.box.height || home.box.y >= target.box.y + target.box.height;
  if (above && (down || !beside)) return across(turned(from), turnedGroup(home), turned(to), turnedGroup(target), way.map(turnedPoint)).map(turnedPoint);
  return across(from, home, to, target, way);
}

/** The route between boundaries that lie beside each other. */
function across(from: Box, home: Group, to: Box, target: Group, way: readonly Point[]): readonly Point[] {
  const forward = target.box.x >= right(home.box);
  const out = side(from, home, forward ? 1 : -1, way[0]?.y ?? middle(to));
  const into = side(to, target, forward ? -1 : 1, out.at(-1)!.y);
  const before = out.at(-1)!;
  const after = into.at(-1)!;
  return straightened([...out, ...way.filter((point) => (point.x - before.x) * (after.x - point.x) > 0), ...[...into].reverse()]);
}

/** With what is across and what is down exchanged. */
const turnedPoint = ({ x, y }: Point): Point => ({ x: y, y: x });
const turned = ({ x, y, width, height }: Box): Box => ({ x: y, y: x, width: height, height: width });
const turnedGroup = ({ box, elements, taken }: Group): Group => ({ box: turned(box), elements: elements.map(turned), taken: { across: taken.down, down: taken.across } });

/** From the side of an element to just outside of its boundary, near a wanted height. */
function side(element: Box, { box, elements, taken }: Group, direction: 1 | -1, wanted: number): readonly Point[] {
  const start = { x: direction > 0 ? right(element) : element.x, y: middle(element) };
  const turn = start.x + direction * lane;
  const edge = direction > 0 ? right(box) + lane : box.x - lane;
  const others = elements.filter((one) => one.x !== element.x || one.y !== element.y);
  const ahead = others.filter((one) => (direction > 0 ? right(one) > turn : one.x < turn));
  // As far as the flow can go up and down before it leaves: to the next element that stands in its lane.
  const inLane = others.filter((one) => one.x - room < turn && turn < right(one) + room);
  const top = Math.max(box.y + room, ...inLane.filter((one) => one.y < start.y).map((one) => one.y + one.height + room));
  const bottom = Math.min(box.y + box.height - room, ...inLane.filter((one) => one.y > start.y).map((one) => one.y - room));
  const heights = [start.y, ...ahead.flatMap((one) => [one.y - room, one.y + one.height + labelled]), Math.min(Math.max(wanted, top), bottom), top, bottom].filter((y) => y >= top && y <= bottom && ahead.every((one) => y <= one.y - room || y >= one.y + one.height + room));
  // Straight on where nothing stands there, else through the gap that is the least way round.
  const cost = (y: number): number => Math.abs(y - start.y) * 2 + Math.abs(y - wanted);
  const chosen = heights.includes(start.y) ? start.y : [...heights].sort((a, b) => cost(a) - cost(b))[0];
  if (chosen === undefined || chosen === start.y) return [start, { x: edge, y: start.y }];
  let y = chosen;
  while (taken.across.some((one) => Math.abs(one - y) < apart) && y - apart >= top && ahead.every((one) => y - apart <= one.y - 2 || y - apart >= one.y + one.height + 2)) y -= apart;
  taken.across.push(y);
  return [start, { x: turn, y: start.y }, { x: turn, y }, { x: edge, y }];
}

/** The same line without points that lie on the line between their neighbours. */
export function straightened(points: readonly Point[]): readonly Point[] {
  return points.filter((point, at) => {
    const before = points[at - 1];
    const after = points[at + 1];
    return !before || !after || Math.abs((point.x - before.x) * (after.y - before.y) - (point.y - before.y) * (after.x - before.x)) > 0.01;
  });
}
