import type { Problem } from '../model/problem.ts';
import type { Document } from '../source/document.ts';

/** Why a document that is open in an editor is not analysed; the host sees to files on the disk. `limit` in bytes of UTF-8. */
export function tooLargeFor(document: Document | undefined, limit: number | undefined): string | undefined {
  if (!document || limit === undefined || document.text.length * 3 <= limit) return undefined;
  const bytes = new TextEncoder().encode(document.text).length;
  return bytes > limit ? `too large (${bytes} bytes, limits.fileSize is ${limit})` : undefined;
}

/** The same for the person who has the document open. */
export function sizeProblems(document: Document | undefined, limit: number | undefined): readonly Problem[] {
  const why = tooLargeFor(document, limit);
  return document && why !== undefined ? [{ path: document.path, range: document.lines.range(0), code: 'limits/file-size', severity: 'info', message: `This file is not analysed: ${why}.`, fixes: [] }] : [];
}
