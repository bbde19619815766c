import { directoryName, joinPath } from '../base/path.ts';
import type { CodeModule } from '../model/code-tree.ts';
import { isCode } from '../source/language.ts';
import type { Sources } from '../source/sources.ts';
import { lowerImported } from './code.ts';
import { createModuleAliases } from './module-aliases.ts';
import { createWorkspacePackages } from './workspace-packages.ts';

const endings = ['', '.ts', '.tsx', '.js', '.jsx', '.mjs', '.cjs', '.mts', '.cts', '/index.ts', '/index.tsx', '/index.js', '/index.mjs'];
/** Folders that a Python import or an alias such as `@/` may be relative to, counted upwards. */
const climbs = 5;

/** Specifiers that bundlers and frameworks read from a root of the sources: `@/db`, `#lib`, `src/users/users.service`. */
const fromRoot = /^(?:[@~]\/|#|(?:src|app|lib|server|shared|common|core|modules|features|services|utils)\/)/;

/** Finds modules of the workspace by their specifier, as Node, bundlers and Python do. Packages are not followed. */
export interface ModuleLoader {
  readonly load: (specifier: string, from: string) => CodeModule | undefined;
  readonly exists: (specifier: string, from: string) => boolean;
  /** The file of a module of the workspace. */
  readonly resolve: (specifier: string, from: string) => string | undefined;
  /** Whether a file was there when its folder, or the nearest above it, was looked at; undefined where nobody has looked. */
  readonly seen: (path: string) => boolean | undefined;
}

const sets = new WeakMap<readonly string[], ReadonlySet<string>>();

/** The names of a listing, which many files look into. */
function namesOf(listing: readonly string[]): ReadonlySet<string> {
  let names = sets.get(listing);
  if (!names) sets.set(listing, (names = new Set(listing)));
  return names;
}

export function createModuleLoader(sources: Sources): ModuleLoader {
  const listings = new Map<string, ReadonlySet<string>>();
  const has = (path: string): boolean => {
    const folder = directoryName(path.endsWith('/') ? path.slice(0, -1) : path);
    let names = listings.get(folder);
    if (!names) listings.set(folder, (names = namesOf(sources.list(folder))));
    return names.has(path.slice(folder === '/' ? 1 : folder.length + 1));
  };
  const seen = (path: string): boolean | undefined => {
    for (let at = path.length, cut = path.lastIndexOf('/'); cut >= 0; at = cut, cut = path.lastIndexOf('/', cut - 1)) {
      const names = listings.get(cut === 0 ? '/' : path.slice(0, cut));
      if (!names) continue;
      if (at === path.length) return names.has(path.slice(cut + 1));
      return names.has(path.slice(cut + 1, at + 1)) ? undefined : false;
    }
    return undefined;
  };
  const read = (path: string): CodeModule | undefined => {
    const document = sources.document(path);
    return document && isCode(document.language) ? lowerImported(document) : undefined;
  };
  const script = (base: string): string | undefined => {
    const bare = base.replace(/\.(?:js|jsx|mjs|cjs)$/, '');
    for (const stem of bare === base ? [base] : [base, bare]) for (const ending of endings) if (/\.\w+$/.test(stem + ending) && has(stem + ending)) return stem + ending;
    return undefined;
  };
  const python = (specifier: string, from: string): string | undefined => {
    const dots = /^\.*/.exec(specifier)![0].length;
    const rest = specifier.slice(dots).split('.').filter((one) => one !== '').join('/');
    let folder = directoryName(from);
    const at = (base: string): string | undefined => {
      const path = rest === '' ? base : joinPath(base, rest);
      if (rest !== '' && has(`${path}.py`)) return `${path}.py`;
      return has(`${path}/__init__.py`) ? `${path}/__init__.py` : undefined;
    };
    if (dots > 0) {
      for (let up = 1; up < dots; up++) folder = directoryName(folder);
      return at(folder);
    }
    const [first] = rest.split('/');
    for (let up = 0; up < climbs && folder !== '' && folder !== '/'; up++, folder = directoryName(folder)) {
      if (!has(`${folder}/${first}.py`) && !has(`${folder}/${first}/`)) continue;
      const found = at(folder);
      if (found) return found;
    }
    return undefined;
  };
  const alias = (specifier: string, from: string): string | undefined => {
    const rest = specifier.replace(/^[@~#]\/?/, '');
    const [first] = rest.split('/');
    let folder = directoryName(from);
    for (let up = 0; up < climbs + 3 && folder !== '' && folder !== '/'; up++, folder = directoryName(folder)) {
      if (!has(`${folder}/package.json`) && !has(`${folder}/tsconfig.json`) && !has(`${folder}/src/`) && !has(`${folder}/${first}/`) && rest !== first) continue;
      const found = script(joinPath(folder, `src/${rest}`)) ?? script(joinPath(folder, rest));
      if (found) return found;
    }
    return undefined;
  };
  const aliases = createModuleAliases(sources, has);
  const packages = createWorkspacePackages(sources, has);
  const first = (paths: readonly string[]): string | undefined => {
    for (const path of paths) {
      const found = script(path);
      if (found) return found;
    }
    return undefined;
  };
  const module = (specifier: string, from: string): string | undefined => {
    if (specifier.startsWith('.')) return script(joinPath(directoryName(from), specifier));
    const folder = directoryName(from);
    const found = first(aliases.candidates(specifier, folder)) ?? first(packages.candidates(specifier, folder));
    if (found) return found;
    if (specifier.startsWith('$lib/')) return alias(specifier.slice(1), from);
    return fromRoot.test(specifier) ? alias(specifier, from) : undefined;
  };
  const found = new Map<string, string | undefined>();
  const resolve = (specifier: string, from: string): string | undefined => {
    const path = from.includes('::') ? from.slice(0, from.lastIndexOf('::')) : from;
    const key = `${directoryName(path)}\n${specifier}`;
    if (!found.has(key)) found.set(key, /\.(?:py|pyi|pyw|ipynb)$/.test(path) ? python(specifier, path) : module(specifier, path));
    return found.get(key);
  };
  return {
    resolve,
    seen,
    exists: (specifier, from) => resolve(specifier, from) !== undefined,
    load: (specifier, from) => {
      const path = resolve(specifier, from);
      return path === undefined ? undefined : read(path);
    },
  };
}
