import type { TextItem } from '../model/text.ts';
import type { Document } from '../source/document.ts';

/** All strings of a document with their context, in every format; of a raw notebook its outputs and metadata. Total. */
export function lowerText(_document: Document): readonly TextItem[] {
  return [];
}
