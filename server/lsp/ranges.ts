import type { Position, Range } from 'vscode-languageserver';

/** True where a position lies in a range, its end included. */
export function within({ line, character }: Position, { start, end }: Pick<Range, 'start' | 'end'>): boolean {
  return start.line <= line && line <= end.line && (line > start.line || character >= start.character) && (line < end.line || character <= end.character);
}
