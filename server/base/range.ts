/** Half-open range of UTF-16 offsets in one document: `start` inclusive, `end` exclusive. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** Zero-based line and zero-based UTF-16 column. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export function range(start: number, end: number): TextRange {
  return { start, end };
}

export function contains(outer: TextRange, inner: TextRange): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

export function overlaps(a: TextRange, b: TextRange): boolean {
  return a.start < b.end && b.start < a.end;
}

/** True when the ranges share an offset or touch; an empty range touches what surrounds it. */
export function touches(a: TextRange, b: TextRange): boolean {
  return a.start <= b.end && b.start <= a.end;
}

export function compareRanges(a: TextRange, b: TextRange): number {
  return a.start - b.start || a.end - b.end;
}
