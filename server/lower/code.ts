import type { CodeModule } from '../model/code-tree.ts';
import type { Document } from '../source/document.ts';
import { isComponent } from '../source/language.ts';
import { lowerPython, outlinePython } from './python/lower.ts';
import { lowerComponent } from './component/lower.ts';
import { lowerTypeScript } from './typescript/lower.ts';

const trees = new WeakMap<Document, CodeModule>();

/** Lowers TypeScript, JavaScript and Python (a file or joined notebook cells) to the code tree; once for each document. Total. */
export function lowerCode(document: Document): CodeModule {
  const known = trees.get(document);
  if (known) return known;
  const made = lower(document);
  trees.set(document, made);
  return made;
}

const outlines = new WeakMap<Document, CodeModule>();

/** The same of a file that another one imports: a part that nobody asks for may not be read at all. */
export function lowerImported(document: Document): CodeModule {
  const known = trees.get(document) ?? outlines.get(document);
  if (known) return known;
  const made = document.language === 'python' && !document.cells && document.text.length <= longest ? outlinePython(document) : undefined;
  if (!made) return lowerCode(document);
  outlines.set(document, made);
  return made;
}

/** Longer texts are generated or bundled; nobody reviews findings in them. */
const longest = 2_000_000;

function lower(document: Document): CodeModule {
  const { path, language, text } = document;
  if (text.length > longest) return { path, language, body: [], broken: true, directives: [] };
  if (isComponent(language)) return lowerComponent(document);
  return language === 'python' ? lowerPython(document) : lowerTypeScript(document);
}
