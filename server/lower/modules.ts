import { directoryName, joinPath } from '../base/path.ts';
import type { CodeModule } from '../model/code-tree.ts';
import { isCode } from '../source/language.ts';
import type { Sources } from '../source/sources.ts';
import { lowerCode } from './code.ts';

const endings = ['', '.ts', '.tsx', '.js', '.jsx', '.mjs', '.cjs', '.mts', '.cts', '/index.ts', '/index.tsx', '/index.js', '/index.mjs'];
/** Folders that a Python import or an alias such as `@/` may be relative to, counted upwards. */
const climbs = 5;

/** Finds modules of the workspace by their specifier, as Node, bundlers and Python do. Packages are not followed. */
export function createModuleLoader(sources: Sources): { readonly load: (specifier: string, from: string) => CodeModule | undefined } {
  const listings = new Map<string, ReadonlySet<string>>();
  const has = (path: string): boolean => {
    const folder = directoryName(path);
    let names = listings.get(folder);
    if (!names) listings.set(folder, (names = new Set(sources.list(folder))));
    return names.has(path.slice(folder === '/' ? 1 : folder.length + 1));
  };
  const read = (path: string): CodeModule | undefined => {
    const document = sources.document(path);
    return document && isCode(document.language) ? lowerCode(document) : undefined;
  };
  const script = (base: string): CodeModule | undefined => {
    const bare = base.replace(/\.(?:js|jsx|mjs|cjs)$/, '');
    for (const stem of bare === base ? [base] : [base, bare]) for (const ending of endings) if (/\.\w+$/.test(stem + ending) && has(stem + ending)) return read(stem + ending);
    return undefined;
  };
  const python = (specifier: string, from: string): CodeModule | undefined => {
    const dots = /^\.*/.exec(specifier)![0].length;
    const rest = specifier.slice(dots).split('.').filter((one) => one !== '').join('/');
    let folder = directoryName(from);
    const at = (base: string): CodeModule | undefined => {
      const path = rest === '' ? base : joinPath(base, rest);
      if (rest !== '' && has(`${path}.py`)) return read(`${path}.py`);
      return has(`${path}/__init__.py`) ? read(`${path}/__init__.py`) : undefined;
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
  const alias = (specifier: string, from: string): CodeModule | undefined => {
    const rest = specifier.replace(/^[@~#]\/?/, '');
    let folder = directoryName(from);
    for (let up = 0; up < climbs + 3 && folder !== '' && folder !== '/'; up++, folder = directoryName(folder)) {
      if (!has(`${folder}/package.json`) && !has(`${folder}/tsconfig.json`) && !has(`${folder}/src/`)) continue;
      const found = script(joinPath(folder, `src/${rest}`)) ?? script(joinPath(folder, rest));
      if (found) return found;
    }
    return undefined;
  };
  return {
    load: (specifier, from) => {
      const path = from.includes('::') ? from.slice(0, from.lastIndexOf('::')) : from;
      if (/\.(?:py|pyi|pyw|ipynb)$/.test(path)) return python(specifier, path);
      if (specifier.startsWith('.')) return script(joinPath(directoryName(path), specifier));
      return alias(specifier, path);
    },
  };
}
