import type { TextRange } from '../base/range.ts';
import { createLineIndex } from '../base/line-index.ts';

/** A sample without its marks, and the ranges that they mark. */
export interface MarkedText {
  readonly text: string;
  readonly ranges: readonly TextRange[];
}

const markLine = /^[ \t]*\^+(?:[ \t]+\^+)*[ \t]*$/;

/** Reads a sample: a line of blanks and `^^^` marks that range of the line above it and is itself removed. */
export function readMarks(sample: string): MarkedText {
  const kept: string[] = [];
  const marks: { line: number; start: number; end: number }[] = [];
  for (const line of sample.split('\n')) {
    if (kept.length === 0 || !markLine.test(line)) {
      kept.push(line);
      continue;
    }
    for (const match of line.matchAll(/\^+/g)) marks.push({ line: kept.length - 1, start: match.index, end: match.index + match[0].length });
  }
  const text = kept.join('\n');
  const lines = createLineIndex(text);
  const ranges = marks.map((mark) => ({ start: lines.start(mark.line) + mark.start, end: lines.start(mark.line) + mark.end }));
  return { text, ranges: ranges.sort((a, b) => a.start - b.start || a.end - b.end) };
}
