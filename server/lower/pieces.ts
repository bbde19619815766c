import type { Statement } from '../model/code-tree.ts';

/** A top-level statement as it was written, and what it is lowered to. */
export interface Piece {
  readonly start: number;
  readonly end: number;
  readonly body: readonly Statement[];
  /** An import or export, which makes the text a module. */
  readonly isModule?: true;
  readonly directive?: string;
  /** An expression of one string: at the top of a module it would be a directive. */
  readonly isText?: true;
}

/** A text by its top-level statements, in the order of their offsets. */
export interface Pieces {
  readonly pieces: readonly Piece[];
  /** Offsets of syntax errors. */
  readonly errors: readonly number[];
  readonly isModule: boolean;
}

/** How a language reads a text by its statements. */
export interface PieceReader {
  /** Parses a text and lowers each of its top-level statements. Undefined when it cannot be read at all. Total. */
  readonly read: (text: string) => Pieces | undefined;
  /** One statement that makes the parser read a part of a module as a module. */
  readonly module: string;
}
