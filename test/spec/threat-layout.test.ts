import assert from 'node:assert/strict';
import { layout, type Box, type Point } from '../../server/threat/layout.ts';
import { labelPlace, pathOf } from '../../server/threat/lines.ts';

/** A system of `count` elements in `boundaries`; `step` says how far flows reach. */
function system(count: number, boundaries: number, step: number): Parameters<typeof layout> {
  const elements = Array.from({ length: count }, (_, at) => ({ id: `e${at}`, boundary: `b${at % boundaries}` }));
  return [elements, elements.flatMap((_, at) => [{ id: `f${at}`, from: `e${at}`, to: `e${(at * step + 3) % count}` }, { id: `g${at}`, from: `e${Math.floor(at / 3)}`, to: `e${at}` }, { id: `h${at}`, from: `e${at}`, to: `e${at}` }])];
}

const apart = (a: Box, b: Box): boolean => a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
const inside = (a: Box, b: Box): boolean => a.x >= b.x && a.y >= b.y && a.x + a.width <= b.x + b.width && a.y + a.height <= b.y + b.height;

/** Whether a straight piece goes through a box, by where it enters and leaves each pair of sides. */
function through(from: Point, to: Point, box: Box): boolean {
  let [first, last] = [0, 1];
  for (const [start, way, low, high] of [[from.x, to.x - from.x, box.x, box.x + box.width], [from.y, to.y - from.y, box.y, box.y + box.height]] as const) {
    if (way === 0 && (start <= low || start >= high)) return false;
    if (way === 0) continue;
    const [a, b] = [(low - start) / way, (high - start) / way];
    [first, last] = [Math.max(first, Math.min(a, b)), Math.min(last, Math.max(a, b))];
  }
  return first < last - 1e-9;
}

describe('the layout of the diagram', () => {
  for (const [count, boundaries, step] of [[0, 1, 1], [1, 1, 1], [7, 3, 2], [40, 1, 7], [40, 12, 7], [90, 6, 13], [90, 90, 5]] as const) {
    it(`places ${count} elements in ${boundaries} boundaries without overlap, and every flow`, () => {
      const [elements, flows] = system(count, boundaries, step);
      const placed = layout(elements, flows);
      const boxes = elements.map((element) => placed.boxes.get(element.id)!);
      boxes.forEach((box, at) => {
        for (const value of Object.values(box)) assert.ok(Number.isFinite(value));
        assert.ok(inside(box, placed.groups.get(elements[at]!.boundary)!), `e${at} is in its boundary`);
        assert.ok(inside(box, { x: 0, y: 0, width: placed.width, height: placed.height }));
        for (const other of boxes.slice(at + 1)) assert.ok(apart(box, other));
      });
      const groups = [...placed.groups.values()];
      groups.forEach((group, at) => { for (const other of groups.slice(at + 1)) assert.ok(apart(group, other)); });
      for (const flow of flows) if (flow.from !== flow.to) assert.ok(placed.lines.get(flow.id)!.length >= 2 && placed.lines.get(flow.id)!.every((point) => Number.isFinite(point.x) && Number.isFinite(point.y)), flow.id);
      assert.deepEqual(layout(elements, flows), placed);
    });
  }
  for (const [count, boundaries, step] of [[12, 3, 5], [40, 4, 7], [60, 6, 13], [90, 9, 11]] as const) {
    it(`leads flows between boundaries around the elements of both: ${count} in ${boundaries}`, () => {
      const [elements, flows] = system(count, boundaries, step);
      const placed = layout(elements, flows);
      const boundaryOf = new Map(elements.map(({ id, boundary }) => [id, boundary]));
      const crossing = flows.filter((flow) => boundaryOf.get(flow.from) !== boundaryOf.get(flow.to));
      assert.ok(crossing.length > count);
      for (const flow of crossing) {
        const points = placed.lines.get(flow.id)!;
        const ends = [boundaryOf.get(flow.from), boundaryOf.get(flow.to)];
        for (const { id, boundary } of elements) {
          if (id === flow.from || id === flow.to || !ends.includes(boundary)) continue;
          points.forEach((point, at) => assert.ok(at === 0 || !through(points[at - 1]!, point, placed.boxes.get(id)!), `${flow.id} goes through ${id}`));
        }
      }
    });
  }
  it('draws a flow with rounded bends and its name on the longest piece', () => {
    const points = [{ x: 0, y: 0 }, { x: 40, y: 0 }, { x: 40, y: 4 }, { x: 200, y: 4 }];
    assert.equal(pathOf(points), 'M0 0 L34 0 Q40 0 40 2 L40 2 Q40 4 46 4 L200 4');
    assert.deepEqual(labelPlace(points), { x: 120, y: 4 });
  });
});
