import type { LineIndex } from '../base/line-index.ts';
import { createLineIndex } from '../base/line-index.ts';
import type { Language } from './language.ts';

/** One text under analysis. Immutable: an edit makes a new document. */
export interface Document {
  /** POSIX path; see base/path. For a notebook's joined cells see `partPath` in ./notebook. */
  readonly path: string;
  readonly language: Language;
  readonly text: string;
  readonly lines: LineIndex;
  /** Offsets at which cells start, when the text is the joined cells of a notebook. Lines may then be IPython magics. */
  readonly cells?: readonly number[];
  /** Cells among them that a cell magic hands to another language; their text is blank here. */
  readonly handed?: readonly HandedCell[];
}

/** A cell such as `%%sql`, whose text may hold values of the language around it. */
export interface HandedCell {
  /** Offset of the cell in the joined text. */
  readonly start: number;
  readonly text: string;
}

export function createDocument(path: string, language: Language, text: string, cells?: readonly number[], handed?: readonly HandedCell[]): Document {
  let lines: LineIndex | undefined;
  return {
    path,
    language,
    text,
    ...(cells ? { cells } : {}),
    ...(handed && handed.length > 0 ? { handed } : {}),
    get lines() {
      return (lines ??= createLineIndex(text));
    },
  };
}
