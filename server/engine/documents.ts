import { createImportGraph } from '../lower/import-graph.ts';
import { createDocument, type Document } from '../source/document.ts';
import { languageOfPath, type Language } from '../source/language.ts';
import { parseNotebook, type Notebook } from '../source/notebook.ts';
import type { LinkedSources } from '../source/sources.ts';
import type { EngineHost } from './host.ts';

/** What was read to reach a result, with the generation it had then; a result holds while none of them has moved on. */
export type Dependencies = ReadonlyMap<string, number>;

export interface Documents {
  /** Reads and records. Every analysis runs with a recorder of its own. */
  readonly recorder: () => { readonly sources: LinkedSources; readonly dependencies: Map<string, number> };
  readonly document: (path: string) => Document | undefined;
  readonly notebook: (path: string) => Notebook | undefined;
  /** The notebook whose joined cells a path names. */
  readonly notebookOfPart: (partPath: string) => Notebook | undefined;
  readonly changed: (path: string) => void;
  readonly current: (dependencies: Dependencies) => boolean;
  readonly exists: (path: string) => boolean;
  /** How often a file has changed since the start. */
  readonly generation: (path: string) => number;
}

/** Stands among the dependencies for what files of the workspace import; no path is written so. */
const importsOfAll = '\0imports';
/** Characters of text kept for files that no editor has open, unless the caller says otherwise. */
const keptByDefault = 2_000_000;

/**
 * Documents over a host: parsed once, kept while the file is unchanged and there is room, dropped in the order of their last use when they are more than `keep` characters. `limitOf` gives the
 * bytes of the largest file that the team wants to be read.
 */
export function createDocuments(host: EngineHost, limitOf: (path: string) => number | undefined = () => undefined, keep = keptByDefault): Documents {
  const documents = new Map<string, Document>();
  const notebooks = new Map<string, Notebook>();
  /** Paths of joined cells and their notebook's; kept when the notebook is dropped, so that a finding in it can still be placed. */
  const parts = new Map<string, string>();
  const generations = new Map<string, number>();
  /** Names in directories; asked for by every file of a directory. */
  const listings = new Map<string, readonly string[]>();
  const list = (directory: string): readonly string[] => {
    let names = listings.get(directory);
    if (!names) listings.set(directory, (names = host.list(directory)));
    return names;
  };
  let cached = 0;
  /** The document that was asked for last. */
  let newest = '';

  const forget = (path: string): void => {
    cached -= documents.get(path)?.text.length ?? 0;
    documents.delete(path);
    notebooks.delete(path);
  };
  const languageOf = (path: string): Language | undefined => host.language?.(path) ?? languageOfPath(path);

  const document = (path: string): Document | undefined => {
    const known = documents.get(path);
    if (known) {
      if (path !== newest) {
        newest = path;
        documents.delete(path);
        documents.set(path, known);
      }
      return known;
    }
    const owner = parts.get(path);
    if (owner !== undefined) return notebook(owner)?.parts.find((part) => part.path === path);
    const language = languageOf(path);
    if (!language) return undefined;
    const text = host.read(path, limitOf(path));
    if (text === undefined) return undefined;
    const made = createDocument(path, language, text);
    documents.set(path, made);
    newest = path;
    cached += text.length;
    for (const oldest of documents.keys()) {
      if (cached <= keep || oldest === path) break;
      forget(oldest);
    }
    return made;
  };

  function notebook(path: string): Notebook | undefined {
    const known = notebooks.get(path);
    if (known) return known;
    const open = host.notebook?.(path);
    const raw = open ? undefined : document(path);
    const made = open ?? (raw?.language === 'notebook' ? parseNotebook(path, raw.text).notebook : undefined);
    if (!made) return undefined;
    notebooks.set(path, made);
    for (const part of made.parts) parts.set(part.path, path);
    return made;
  }

  const graph = createImportGraph({ document, exists: (path) => host.exists(path), list }, (path) => {
    const known = documents.get(path);
    if (known) return known;
    const language = languageOf(path);
    const text = language && host.read(path, limitOf(path));
    return language && text !== undefined ? { path, language, text } : undefined;
  });
  const generation = (key: string): number => generations.get(key) ?? 0;
  return {
    document,
    notebook,
    notebookOfPart: (path) => {
      const owner = parts.get(path);
      return owner === undefined ? undefined : notebook(owner);
    },
    exists: (path) => host.exists(path),
    generation,
    changed: (path) => {
      forget(path);
      for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) listings.delete(path.slice(0, at));
      for (const key of [path, `${path.slice(0, path.lastIndexOf('/'))}/`, ...(graph.changed(path, host.exists(path)) ? [importsOfAll] : [])]) generations.set(key, generation(key) + 1);
    },
    current: (dependencies) => {
      for (const [key, then] of dependencies) if (generation(key) !== then) return false;
      return true;
    },
    recorder: () => {
      const dependencies = new Map<string, number>();
      const note = (key: string): void => {
        if (!dependencies.has(key)) dependencies.set(key, generation(key));
      };
      const sources: LinkedSources = {
        document: (path) => {
          note(parts.get(path) ?? path);
          return document(path);
        },
        exists: (path) => {
          note(path);
          return host.exists(path);
        },
        list: (directory) => {
          note(`${directory}/`);
          return list(directory);
        },
        packages: (path) => {
          note(importsOfAll);
          return graph.packages(path);
        },
      };
      return { sources, dependencies };
    },
  };
}
