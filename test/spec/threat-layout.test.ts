import assert from 'node:assert/strict';
import { layout, type Box } from '../../server/threat/layout.ts';

/** A system of `count` elements in `boundaries`; `step` says how far flows reach. */
function system(count: number, boundaries: number, step: number): Parameters<typeof layout> {
  const elements = Array.from({ length: count }, (_, at) => ({ id: `e${at}`, boundary: `b${at % boundaries}` }));
  return [elements, elements.flatMap((_, at) => [{ id: `f${at}`, from: `e${at}`, to: `e${(at * step + 3) % count}` }, { id: `g${at}`, from: `e${Math.floor(at / 3)}`, to: `e${at}` }, { id: `h${at}`, from: `e${at}`, to: `e${at}` }])];
}

const apart = (a: Box, b: Box): boolean => a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
const inside = (a: Box, b: Box): boolean => a.x >= b.x && a.y >= b.y && a.x + a.width <= b.x + b.width && a.y + a.height <= b.y + b.height;

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
});
