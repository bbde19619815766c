import type { PickleValue } from './value.ts';

/** The unpickler's stack with its marks. Popping below a mark or an empty stack gives undefined, where Python fails. */
export interface Stack {
  readonly push: (value: PickleValue) => void;
  readonly pop: () => PickleValue | undefined;
  readonly top: () => PickleValue | undefined;
  readonly mark: () => void;
  /** All values above the last mark, which goes too. */
  readonly toMark: () => PickleValue[] | undefined;
  readonly popMark: () => boolean;
  readonly size: () => number;
}

export function createStack(limit: number): Stack {
  let values: PickleValue[] = [];
  const outer: PickleValue[][] = [];
  return {
    push: (value) => { if (values.length < limit) values.push(value); },
    pop: () => values.pop(),
    top: () => values[values.length - 1],
    mark: () => {
      if (outer.length >= limit) return;
      outer.push(values);
      values = [];
    },
    toMark: () => {
      const before = outer.pop();
      if (!before) return undefined;
      const out = values;
      values = before;
      return out;
    },
    popMark: () => {
      const before = outer.pop();
      if (!before) return false;
      values = before;
      return true;
    },
    size: () => values.length + outer.length,
  };
}
