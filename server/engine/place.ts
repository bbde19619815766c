import type { Position, TextRange } from '../base/range.ts';
import { rawOffset } from '../source/notebook.ts';
import type { Documents } from './documents.ts';

/** Where a range lies for a person and for a file on disk. Positions are zero-based. */
export interface Place {
  /** The file: for joined notebook cells the notebook. */
  readonly path: string;
  readonly start: Position;
  readonly end: Position;
  /** The lines' text, for a snippet; of the cell for a notebook. */
  readonly lines: readonly string[];
  /** `output` when the range lies in the cell's saved output or metadata, not in its source. */
  readonly cell?: { readonly index: number; readonly start: Position; readonly end: Position; readonly output?: boolean };
}

/** Undefined when the document is gone. `start` and `end` of a notebook are those of the raw file where there is one. */
export function locate(documents: Documents, path: string, range: TextRange): Place | undefined {
  const document = documents.document(path);
  if (!document) return undefined;
  const start = document.lines.position(range.start);
  const end = document.lines.position(range.end);
  const lines: string[] = [];
  for (let line = start.line; line <= Math.min(end.line, start.line + 4); line++) {
    const at = document.lines.range(line);
    lines.push(document.text.slice(at.start, at.end));
  }
  const notebook = documents.notebookOfPart(path);
  const from = notebook?.locate(path, range.start);
  if (!notebook || !from) {
    const owner = document.language === 'notebook' ? documents.notebook(path)?.cells.find((one) => one.raw && one.raw.start <= range.start && range.start < one.raw.end) : undefined;
    const top = { line: 0, column: 0 };
    return { path, start, end, lines, ...(owner ? { cell: { index: owner.index, start: top, end: top, output: true } } : {}) };
  }
  const to = notebook.locate(path, Math.max(range.start, range.end - 1)) ?? from;
  const cell = notebook.cells[from.cell]!;
  const toOffset = to.cell === from.cell ? to.offset + (range.end > range.start ? 1 : 0) : cell.text.length;
  const raw = documents.document(notebook.path);
  const rawStart = raw && rawOffset(raw.text, cell, from.offset);
  const rawEnd = raw && rawOffset(raw.text, cell, toOffset, 'end');
  const endPosition = { line: from.position.line + (end.line - start.line), column: end.column };
  return {
    path: notebook.path,
    start: raw && rawStart !== undefined ? raw.lines.position(rawStart) : from.position,
    end: raw && rawEnd !== undefined ? raw.lines.position(rawEnd) : endPosition,
    lines,
    cell: { index: from.cell, start: from.position, end: endPosition },
  };
}
