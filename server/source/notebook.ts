import { visit } from 'jsonc-parser';
import { nestsDeeper } from '../base/nesting.ts';
import type { Position, TextRange } from '../base/range.ts';
import { createDocument, type Document, type HandedCell } from './document.ts';
import { languageOfCell, languageOfPath, type Language } from './language.ts';
import { cellMagicLanguage, fileOfCell } from './magics.ts';

/**
 * A notebook as joined source: the cells of one language, in order, make one document (a "part"), with an index back to cell
 * and line, and to the raw file where the notebook came from one. So data flows across cells as it does across statements.
 */
export interface Notebook {
  readonly path: string;
  readonly cells: readonly NotebookCell[];
  readonly parts: readonly Document[];
  /** Where an offset of a part lies. Undefined when the part is not this notebook's. */
  readonly locate: (partPath: string, offset: number) => CellPlace | undefined;
}

export interface NotebookCell {
  readonly index: number;
  readonly kind: 'code' | 'markdown' | 'raw';
  readonly language: Language;
  readonly text: string;
  /** The file that the cell is written to when it is run; a part of its own. */
  readonly file?: string;
  /** String literals of the raw file that hold the cell's source, in order; empty for a notebook of the editor. */
  readonly literals: readonly SourceLiteral[];
  readonly executionCount?: number;
  /** The cell's object in the raw file, outputs and metadata included. */
  readonly raw?: TextRange;
}

/** One JSON string of a `source` array: its decoded text starts at `cellOffset` of the cell and at `raw.start` in the file (quote excluded). */
export interface SourceLiteral {
  readonly cellOffset: number;
  readonly raw: TextRange;
}

export interface CellPlace {
  /** Zero-based index among all cells of the notebook. */
  readonly cell: number;
  /** Offset in the cell's text. */
  readonly offset: number;
  /** Zero-based line and column in the cell's text. */
  readonly position: Position;
}

/** The path of the joined cells of one language, or of a file that cells are written to. Looked up, never parsed. */
export function partPath(path: string, member: Language | string): string {
  return `${path}::${member}`;
}

/** The file that a document's path lies in: for joined cells their notebook. */
export function fileOfPart(path: string): string {
  const at = path.lastIndexOf('::');
  return at > 0 && path.endsWith('.ipynb', at) ? path.slice(0, at) : path;
}

export interface CellInput {
  readonly kind: NotebookCell['kind'];
  readonly languageId: string;
  readonly text: string;
  readonly literals?: readonly SourceLiteral[];
  readonly executionCount?: number;
  readonly raw?: TextRange;
}

/** Programs that a cell may be written to a file of. */
const programs: ReadonlySet<Language | undefined> = new Set<Language>(['python', 'typescript', 'tsx', 'javascript', 'jsx', 'shell']);

function cellOf(input: CellInput, index: number): NotebookCell {
  const file = input.kind === 'code' ? fileOfCell(input.text) : undefined;
  const written = file === undefined ? undefined : languageOfPath(file);
  const language = input.kind === 'code' ? cellMagicLanguage(input.text) ?? languageOfCell(input.languageId) ?? 'text' : input.kind === 'markdown' ? 'markdown' : 'text';
  return {
    index,
    kind: input.kind,
    language: written && programs.has(written) ? written : language,
    text: input.text,
    ...(file !== undefined && programs.has(written) ? { file } : {}),
    literals: input.literals ?? [],
    ...(input.executionCount === undefined ? {} : { executionCount: input.executionCount }),
    ...(input.raw ? { raw: input.raw } : {}),
  };
}

export function createNotebook(path: string, inputs: readonly CellInput[]): Notebook {
  const cells = inputs.map(cellOf);
  const keys = new Map(cells.map((cell) => [cell.file ?? cell.language, cell] as const));
  const members = new Map<string, { document: Document; cells: NotebookCell[]; starts: number[] }>();
  for (const [key, { language, file }] of keys) {
    // A cell that Python hands to a database or shell takes values of Python along: it stands among Python's cells as well, blank.
    const handedOn = (cell: NotebookCell): boolean => key === 'python' && cell.kind === 'code' && cell.file === undefined && (cell.language === 'sql' || cell.language === 'shell') && /^\s*%%/.test(cell.text);
    const own = cells.filter((cell) => (cell.file ?? cell.language) === key || handedOn(cell));
    const starts: number[] = [];
    const handed: HandedCell[] = [];
    let text = '';
    for (const cell of own) {
      starts.push(text.length);
      if (handedOn(cell)) handed.push({ start: text.length, text: cell.text });
      const own = handedOn(cell) ? blank(cell.text) : file === undefined ? cell.text : cell.text.replace(/^\s*%%[^\n]*/, blank);
      text += own.endsWith('\n') ? own : `${own}\n`;
    }
    const document = createDocument(partPath(path, key), language, text, starts, handed);
    members.set(document.path, { document, cells: own, starts });
  }
  return {
    path,
    cells,
    parts: [...members.values()].map((member) => member.document),
    locate: (part, offset) => {
      const member = members.get(part);
      if (!member) return undefined;
      let at = 0;
      while (at + 1 < member.starts.length && member.starts[at + 1]! <= offset) at++;
      const cell = member.cells[at];
      if (!cell) return undefined;
      const start = member.starts[at]!;
      const first = member.document.lines.position(start);
      const place = member.document.lines.position(offset);
      return { cell: cell.index, offset: offset - start, position: { line: place.line - first.line, column: place.column } };
    },
  };
}

/** The same text with nothing in it. */
function blank(text: string): string {
  return text.replace(/[^\r\n]/g, ' ');
}

/** A notebook's metadata is shallow; deeper JSON is not a notebook. */
const deepest = 200;

/** Reads an .ipynb file (nbformat 3 and 4). Total: a broken file gives the cells that were whole, and `errors` says what is wrong. */
export function parseNotebook(path: string, text: string): { readonly notebook: Notebook; readonly errors: readonly string[] } {
  if (nestsDeeper(text, deepest)) return { notebook: createNotebook(path, []), errors: [`nested more than ${deepest} deep`] };
  const errors: string[] = [];
  const inputs: (CellInput & { literals: SourceLiteral[] })[] = [];
  let language = 'python';
  let current: { start: number; kind: string; text: string; languageId?: string; count?: number; literals: SourceLiteral[] } | undefined;
  let depthOfCell = -1;
  let depth = 0;
  const flush = (end: number): void => {
    if (!current) return;
    const kind = current.kind === 'markdown' || current.kind === 'heading' ? 'markdown' : current.kind === 'code' ? 'code' : 'raw';
    inputs.push({
      kind, languageId: current.languageId ?? '', text: current.text, literals: current.literals, raw: { start: current.start, end },
      ...(current.count === undefined ? {} : { executionCount: current.count }),
    });
    current = undefined;
  };
  const property: (string | undefined)[] = [];
  visit(text, {
    onObjectBegin: (offset) => {
      depth++;
      if (property[depth - 1] === 'cells' && !current && depth <= 5) {
        current = { start: offset, kind: 'code', text: '', literals: [] };
        depthOfCell = depth;
      }
      property[depth] = undefined;
    },
    onObjectEnd: (offset) => {
      if (depth === depthOfCell) { flush(offset + 1); depthOfCell = -1; }
      property[depth] = undefined;
      depth--;
    },
    onArrayBegin: () => { depth++; property[depth] = property[depth - 1]; },
    onArrayEnd: () => { property[depth] = undefined; depth--; },
    onObjectProperty: (name) => { property[depth] = name; },
    onLiteralValue: (value, offset, length) => {
      const path = property.slice(1, depth + 1).filter((name): name is string => name !== undefined);
      if (!current) {
        if (typeof value === 'string' && (endsWith(path, 'language_info', 'name') || (endsWith(path, 'kernelspec', 'language')))) language = value;
        return;
      }
      const key = property[depthOfCell];
      if (depth === depthOfCell && key === 'cell_type' && typeof value === 'string') current.kind = value;
      else if (depth === depthOfCell && (key === 'execution_count' || key === 'prompt_number') && typeof value === 'number') current.count = value;
      else if ((key === 'source' || key === 'input') && depth <= depthOfCell + 1 && typeof value === 'string') {
        current.literals.push({ cellOffset: current.text.length, raw: { start: offset + 1, end: offset + length - 1 } });
        current.text += value;
      } else if (path.at(-1) === 'languageId' && path.includes('metadata') && typeof value === 'string') current.languageId = value;
    },
    onError: (_code, offset) => { if (errors.length < 3) errors.push(`not valid JSON at offset ${offset}`); },
  });
  flush(text.length);
  return { notebook: createNotebook(path, inputs.map((input) => ({ ...input, languageId: input.languageId || language }))), errors };
}

function endsWith(path: readonly string[], ...tail: readonly string[]): boolean {
  return tail.every((name, at) => path[path.length - tail.length + at] === name);
}

/**
 * Offset in the raw .ipynb of an offset in a cell's text, counting JSON escapes. Undefined for a notebook without raw text.
 * `side` decides between two literals at a seam: `end` stays in the earlier one.
 */
export function rawOffset(raw: string, cell: NotebookCell, offset: number, side: 'start' | 'end' = 'start'): number | undefined {
  let literal: SourceLiteral | undefined;
  for (const one of cell.literals) {
    if (one.cellOffset < offset || (one.cellOffset === offset && (side === 'start' || !literal))) literal = one;
  }
  if (!literal) return undefined;
  let at = literal.raw.start;
  let left = offset - literal.cellOffset;
  while (left > 0 && at < literal.raw.end) {
    if (raw.charCodeAt(at) !== 92) at++;
    else at += raw[at + 1] === 'u' ? 6 : 2;
    left--;
  }
  return Math.min(at, literal.raw.end);
}
