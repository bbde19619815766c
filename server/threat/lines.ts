import type { Point } from './layout.ts';

/** Radius of bends, in pixels. */
const bend = 6;

/** The path of a flow in SVG, its bends rounded. Lengths have one digit after the point, so that the text does not depend on the last bits of a sum. */
export function pathOf(points: readonly Point[]): string {
  const written = ({ x, y }: Point): string => `${Math.round(x * 10) / 10} ${Math.round(y * 10) / 10}`;
  return points.map((point, at) => {
    const before = points[at - 1];
    const after = points[at + 1];
    if (!before) return `M${written(point)}`;
    if (!after) return `L${written(point)}`;
    return `L${written(towards(point, before))} Q${written(point)} ${written(towards(point, after))}`;
  }).join(' ');
}

function towards(from: Point, to: Point): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const part = length === 0 ? 0 : Math.min(bend, length / 2) / length;
  return { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part };
}

/** Where the name of a flow stands: in the middle of its longest piece. */
export function labelPlace(points: readonly Point[]): Point | undefined {
  let best: Point | undefined;
  let longest = -1;
  points.forEach((point, at) => {
    const before = points[at - 1];
    const length = before ? Math.hypot(point.x - before.x, point.y - before.y) : -1;
    if (!before || length <= longest) return;
    longest = length;
    best = { x: (point.x + before.x) / 2, y: (point.y + before.y) / 2 };
  });
  return best;
}
