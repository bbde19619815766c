import type { TextEdit } from '../model/fix.ts';
import type { Document } from '../source/document.ts';
import { fileOfPart, type Notebook, type NotebookCell } from '../source/notebook.ts';
import { applyEdits } from './compose.ts';

/**
 * Edits of a notebook's joined cells as edits of the raw .ipynb: the string literals that a cell's edits touch are written again,
 * all others keep their bytes. Undefined when an edit does not lie in one cell.
 */
export function rawEdits(edits: readonly TextEdit[], notebookOf: (partPath: string) => Notebook | undefined, raw: (path: string) => Document | undefined): readonly TextEdit[] | undefined {
  const out: TextEdit[] = [];
  const byCell = new Map<NotebookCell, { readonly notebook: Notebook; readonly edits: TextEdit[] }>();
  for (const edit of edits) {
    const notebook = fileOfPart(edit.path) === edit.path ? undefined : notebookOf(edit.path);
    if (!notebook) {
      out.push(edit);
      continue;
    }
    const start = notebook.locate(edit.path, edit.range.start);
    const end = edit.range.end === edit.range.start ? start : notebook.locate(edit.path, edit.range.end - 1);
    if (!start || !end || start.cell !== end.cell) return undefined;
    const cell = notebook.cells[start.cell]!;
    const own = { path: edit.path, range: { start: start.offset, end: Math.min(cell.text.length, end.offset + (edit.range.end > edit.range.start ? 1 : 0)) }, text: edit.text };
    const group = byCell.get(cell);
    if (group) group.edits.push(own);
    else byCell.set(cell, { notebook, edits: [own] });
  }
  for (const [cell, { notebook, edits: own }] of byCell) {
    const file = raw(notebook.path);
    const edit = file && cellEdit(notebook.path, cell, own, file.text);
    if (!edit) return undefined;
    out.push(edit);
  }
  return out;
}

/** One edit that writes the touched literals of a cell again, a line of source a literal where they are an array. */
function cellEdit(path: string, cell: NotebookCell, edits: readonly TextEdit[], raw: string): TextEdit | undefined {
  const { literals } = cell;
  if (literals.length === 0) return undefined;
  const endOf = (at: number): number => literals[at + 1]?.cellOffset ?? cell.text.length;
  const first = literals.findLastIndex((one) => one.cellOffset <= Math.min(...edits.map((edit) => edit.range.start)));
  const furthest = Math.max(...edits.map((edit) => edit.range.end));
  let last = Math.max(first, literals.findIndex((_, at) => endOf(at) >= furthest));
  if (first < 0 || last < 0) return undefined;
  last = Math.min(last, literals.length - 1);
  const from = literals[first]!.cellOffset;
  const text = applyEdits(cell.text.slice(from, endOf(last)), edits.map((edit) => ({ ...edit, range: { start: edit.range.start - from, end: edit.range.end - from } })));
  const range = { start: literals[first]!.raw.start, end: literals[last]!.raw.end };
  const lineStart = raw.lastIndexOf('\n', range.start - 1) + 1;
  const indent = raw.slice(lineStart, range.start - 1);
  const inArray = literals.length > 1 && indent.trim() === '';
  const lines = inArray ? text.split(/(?<=\n)/) : [text];
  return { path, range, text: lines.map((line) => escapeLike(line, raw.slice(range.start, range.end))).join(`",\n${indent}"`) };
}

/** JSON escapes; characters beyond ASCII are escaped only where the file does so. */
function escapeLike(text: string, sample: string): string {
  const escaped = JSON.stringify(text).slice(1, -1);
  return /\\u[0-9a-f]{4}/i.test(sample) ? escaped.replace(/[\u0080-\uffff]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`) : escaped;
}

