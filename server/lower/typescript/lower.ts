import type { CodeModule } from '../../model/code-tree.ts';
import type { Document } from '../../source/document.ts';
import type { Language } from '../../source/language.ts';
import type { PieceReader } from '../pieces.ts';
import { createRecent } from '../recent.ts';
import { lowerPieces } from './pieces.ts';

/** Reads texts of a language by their top-level statements. */
export const typescriptReader = (language: Language): PieceReader => ({ read: (text) => lowerPieces(text, language), module: 'export{};' });
const read = createRecent((language) => typescriptReader(language as Language));

/** Lowers a TypeScript or JavaScript document to its code tree. Total. */
export function lowerTypeScript({ path, language, text }: Document): CodeModule {
  const lowered = read(path, language, text);
  if (!lowered) return { path, language, broken: true, body: [], directives: [] };
  const directives: string[] = [];
  for (const { directive } of lowered.pieces) {
    if (directive === undefined) break;
    directives.push(directive);
  }
  return { path, language, broken: lowered.errors.length > 0, body: lowered.pieces.flatMap((piece) => piece.body), directives };
}
