import { detached } from '../base/detach.ts';
import { isCode } from '../source/language.ts';
import type { Document } from '../source/document.ts';
import type { LinkedSources, Sources } from '../source/sources.ts';
import { createModuleLoader, type ModuleLoader } from './modules.ts';

/** Module specifiers, as both languages write them; found in the text, so that no file is parsed for them. */
export const specifiers = /(?:\bfrom\s+|\brequire\(\s*|\bimport\(\s*|\bimport\s+)['"]([^'"\n]+)['"]|^[ \t]*(?:from|import)[ \t]+([\w.]+(?:[ \t]*,[ \t]*[\w.]+)*)/gm;
/** What Python imports from a module may be modules themselves. */
const members = /^[ \t]*from[ \t]+([\w.]+)[ \t]+import[ \t]+(?:\(([^)]*)\)|([^\n#;]+))/gm;

/** What one file imports: packages by their specifiers, and files of the workspace by their paths. */
interface Imports {
  readonly packages: readonly string[];
  readonly files: readonly string[];
}

function importsOf({ path: from, text, language }: ReadFile, resolve: ModuleLoader['resolve']): Imports {
  const packages = new Set<string>();
  const files = new Set<string>();
  const put = (specifier: string): void => {
    const path = resolve(specifier, from);
    if (path !== undefined) files.add(path);
    else packages.add(detached(specifier));
  };
  const python = language === 'python';
  for (const match of text.matchAll(specifiers)) for (const written of (match[1] ?? (python ? match[2]! : '')).split(',')) if (written !== '') put(written.trim());
  if (python) {
    for (const [, module, inBrackets, onLine] of text.matchAll(members)) {
      if (!resolve(module!, from)?.endsWith('/__init__.py')) continue;
      for (const name of (inBrackets ?? onLine!).matchAll(/(?:^|,)\s*(\w+)/g)) {
        const path = resolve(`${module}${module!.endsWith('.') ? '' : '.'}${name[1]}`, from);
        if (path !== undefined) files.add(path);
      }
    }
  }
  return { packages: [...packages], files: [...files] };
}

const same = (one: Imports, other: Imports): boolean => one.packages.join('\n') === other.packages.join('\n') && one.files.join('\n') === other.files.join('\n');

/** Files that say what specifiers stand for. */
const configuration = /(?:^|\/)(?:[tj]sconfig[^/]*\.json|package\.json|pnpm-workspace\.yaml)$/;

/** Which packages files of the workspace lead to, through each other. */
export interface ImportGraph extends Pick<LinkedSources, 'packages'> {
  /** Says that a file was edited, made or removed, and whether it is there now; whether that may change what any file leads to. */
  readonly changed: (path: string, exists: boolean) => boolean;
}

/** A file as it is read for its imports: no document is made of it, so that none that is in use has to give way. */
export type ReadFile = Pick<Document, 'path' | 'text' | 'language'>;

/** The graph over files as `read` gives them. Of each file only its imports are kept. */
export function createImportGraph(sources: Sources, readFile: (path: string) => ReadFile | undefined): ImportGraph {
  const known = new Map<string, Imports>();
  const reached = new Map<string, ReadonlySet<string>>();
  let loader: ModuleLoader | undefined;
  const read = (path: string): Imports => {
    const file = readFile(path);
    return file && isCode(file.language) ? importsOf(file, (loader ??= createModuleLoader(sources)).resolve) : { packages: [], files: [] };
  };
  const imports = (path: string): Imports => {
    let own = known.get(path);
    if (!own) known.set(path, (own = read(path)));
    return own;
  };
  return {
    packages: (path) => {
      if (!reached.has(path)) reach(path, imports, reached);
      return reached.get(path)!;
    },
    changed: (path, exists) => {
      const seen = loader?.seen(path);
      if ((seen !== undefined && seen !== exists) || configuration.test(path)) {
        loader = undefined;
        const any = known.size > 0;
        known.clear();
        reached.clear();
        return any;
      }
      const before = known.get(path);
      if (!before) return false;
      const now = read(path);
      known.set(path, now);
      if (same(before, now)) return false;
      reached.clear();
      return true;
    },
  };
}

/**
 * Fills in what a file and all that it leads to reach. Files that import each other in a circle share one set: Tarjan's strongly
 * connected components, without recursion, since chains of imports may be long.
 */
function reach(start: string, imports: (path: string) => Imports, reached: Map<string, ReadonlySet<string>>): void {
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const open: string[] = [];
  const work: { readonly path: string; next: number }[] = [];
  const enter = (path: string): void => {
    order.set(path, order.size);
    lowest.set(path, order.get(path)!);
    open.push(path);
    work.push({ path, next: 0 });
  };
  enter(start);
  for (let at = work.at(-1); at; at = work.at(-1)) {
    const { path } = at;
    const to = imports(path).files[at.next++];
    if (to !== undefined) {
      if (reached.has(to)) continue;
      if (!order.has(to)) enter(to);
      else lowest.set(path, Math.min(lowest.get(path)!, order.get(to)!));
      continue;
    }
    work.pop();
    const from = work.at(-1);
    if (from) lowest.set(from.path, Math.min(lowest.get(from.path)!, lowest.get(path)!));
    if (lowest.get(path) !== order.get(path)) continue;
    const circle = open.splice(open.lastIndexOf(path));
    const packages = new Set<string>();
    for (const member of circle) {
      const own = imports(member);
      for (const one of own.packages) packages.add(one);
      for (const file of own.files) for (const one of reached.get(file) ?? []) packages.add(one);
    }
    for (const member of circle) reached.set(member, packages);
  }
}
