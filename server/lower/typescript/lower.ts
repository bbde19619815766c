import type { CodeModule } from '../../model/code-tree.ts';
import type { Document } from '../../source/document.ts';
import type { Language } from '../../source/language.ts';
import { lowerPieces, type Pieces } from './pieces.ts';
import { relower } from './relower.ts';

/** Texts that were lowered last, by path: an edit of one lowers what it touches and keeps the rest. */
const recent = new Map<string, Pieces & { readonly text: string; readonly language: Language }>();
const mostRecent = 3;

/** Lowers a TypeScript or JavaScript document to its code tree. Total. */
export function lowerTypeScript({ path, language, text }: Document): CodeModule {
  const before = recent.get(path);
  const lowered = (before?.language === language ? relower(before, text) : undefined) ?? lowerPieces(text, language);
  recent.delete(path);
  if (!lowered) return { path, language, broken: true, body: [], directives: [] };
  recent.set(path, { ...lowered, text, language });
  for (const oldest of recent.keys()) {
    if (recent.size <= mostRecent) break;
    recent.delete(oldest);
  }
  const directives: string[] = [];
  for (const { directive } of lowered.pieces) {
    if (directive === undefined) break;
    directives.push(directive);
  }
  return { path, language, broken: lowered.errors.length > 0, body: lowered.pieces.flatMap((piece) => piece.body), directives };
}
