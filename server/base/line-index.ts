import type { Position, TextRange } from './range.ts';

/**
 * Line starts of a text, for offset/position look-ups in O(log lines).
 * Lines end at LF, CRLF or a lone CR, as the Language Server Protocol has it.
 */
export interface LineIndex {
  readonly count: number;
  /** Offset of the first character of a zero-based line; the text's length beyond the last line. */
  readonly start: (line: number) => number;
  readonly position: (offset: number) => Position;
  readonly offset: (position: Position) => number;
  /** The line's range without its line break. */
  readonly range: (line: number) => TextRange;
}

export function createLineIndex(text: string): LineIndex {
  const starts = lineStarts(text);
  const lineOf = (offset: number): number => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  const start = (line: number): number => (line < 0 ? 0 : starts[line] ?? text.length);
  const range = (line: number): TextRange => {
    let end = start(line + 1);
    while (end > start(line) && isBreak(text.charCodeAt(end - 1))) end--;
    return { start: start(line), end };
  };
  return {
    count: starts.length,
    start,
    range,
    position: (offset) => {
      const at = Math.max(0, Math.min(offset, text.length));
      const line = lineOf(at);
      return { line, column: at - starts[line]! };
    },
    offset: ({ line, column }) => Math.max(start(line), Math.min(start(line) + Math.max(0, column), range(line).end)),
  };
}

function isBreak(code: number): boolean {
  return code === 10 || code === 13;
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  if (!text.includes('\r')) {
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
    return starts;
  }
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 13 && text.charCodeAt(at + 1) === 10) continue;
    if (isBreak(code)) starts.push(at + 1);
  }
  return starts;
}
