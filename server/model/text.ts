import type { TextRange } from '../base/range.ts';

/** How a text item came to stand where it stands; decides what its name means. */
export type TextRole =
  | 'assignment' | 'property' | 'argument' | 'keyword' | 'header' | 'environment' | 'url' | 'connection-string' | 'flag' | 'comparison'
  | 'element' | 'literal' | 'comment' | 'output' | 'metadata' | 'prose';

/** One string with its context, in any format. */
export interface TextItem {
  /** The value after unescaping. Never leaves the document: mask before showing it. */
  readonly value: string;
  /** The value's range without quotes. */
  readonly range: TextRange;
  readonly role: TextRole;
  /** What names it: variable, key, argument, header, environment name; the dotted path for nested keys. */
  readonly name?: string | undefined;
  readonly nameRange?: TextRange | undefined;
  /** Name of the call whose argument it is, as written, where known. */
  readonly callee?: string | undefined;
  /** Which argument of the call it is, from 0. */
  readonly position?: number | undefined;
  /** Interpolated: some of the string is computed. */
  readonly dynamic: boolean;
  /** It stands in quotes of its own. */
  readonly quoted: boolean;
  /** What longer text it was read out of: a string over several lines, a comment, the output of a cell, a command line of a cell. */
  readonly within?: TextContainer | undefined;
  /** The line in front of it, up to 100 characters: words that may tell whose value it is. */
  readonly before: string;
}

export type TextContainer = 'string' | 'comment' | 'output' | 'command';
