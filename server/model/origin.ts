import type { TextRange } from '../base/range.ts';

/** Where a model node stands: the document's path and the range in it. Every node of every model carries one. */
export interface Origin {
  readonly path: string;
  readonly range: TextRange;
}
