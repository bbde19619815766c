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
  readonly name?: string;
  readonly nameRange?: TextRange;
  /** Qualified name of the call whose argument it is, where known. */
  readonly callee?: string;
  /** Interpolated: some of the string is computed. */
  readonly dynamic: boolean;
}
