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
}

export function createDocument(path: string, language: Language, text: string, cells?: readonly number[]): Document {
  let lines: LineIndex | undefined;
  return {
    path,
    language,
    text,
    ...(cells ? { cells } : {}),
    get lines() {
      return (lines ??= createLineIndex(text));
    },
  };
}
