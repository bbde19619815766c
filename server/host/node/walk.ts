import fs from 'node:fs';
import path from 'node:path';
import { ignoreScope, isIgnored as isIgnoredPath, type IgnoreScope } from '../../source/git-ignore.ts';
import { languageOfPath } from '../../source/language.ts';
import { isVendoredFolder } from '../../source/vendored.ts';
import { toEnginePath } from './files.ts';

export interface Walk {
  /** Absolute engine paths of files that have a front end, sorted. */
  readonly files: readonly string[];
  /** Files without a front end; their bytes may be a model or data. Sorted. */
  readonly artefacts: readonly string[];
  /** Files and folders left out on purpose, with the reason, by count. */
  readonly skipped: ReadonlyMap<string, number>;
}

/** Lists what to scan below the given files and folders. Symbolic links are not followed, so no loop can be entered. */
export function walk(roots: readonly string[]): Walk {
  const files = new Set<string>();
  const artefacts = new Set<string>();
  const skipped = new Map<string, number>();
  const skip = (reason: string): void => void skipped.set(reason, (skipped.get(reason) ?? 0) + 1);
  for (const root of roots) {
    const absolute = path.resolve(root);
    const stat = fs.statSync(absolute);
    if (stat.isFile()) {
      if (languageOfPath(toEnginePath(absolute)) !== undefined) files.add(toEnginePath(absolute));
      else artefacts.add(toEnginePath(absolute));
      continue;
    }
    walkFolder(absolute, outerScopes(absolute), { files, artefacts }, skip);
  }
  const sorted = (set: ReadonlySet<string>): readonly string[] => [...set].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return { files: sorted(files), artefacts: sorted(artefacts), skipped };
}

function walkFolder(folder: string, scopes: readonly IgnoreScope[], into: { readonly files: Set<string>; readonly artefacts: Set<string> }, skip: (reason: string) => void): void {
  let entries: fs.Dirent[];
  try {
    entries = fs.readdirSync(folder, { withFileTypes: true });
  } catch {
    skip('unreadable folder');
    return;
  }
  const own = entries.some((entry) => entry.name === '.gitignore') ? readIgnore(folder) : undefined;
  const inner = own ? [...scopes, own] : scopes;
  for (const entry of entries) {
    const at = path.join(folder, entry.name);
    if (entry.isSymbolicLink()) skip('symbolic link');
    else if (entry.isDirectory()) {
      if (isVendored(entry.name, at)) skip('vendored folder');
      else if (isIgnored(at, true, inner)) skip('ignored by .gitignore');
      else walkFolder(at, inner, into, skip);
    } else if (entry.isFile()) {
      const text = languageOfPath(entry.name) !== undefined;
      if (isIgnored(at, false, inner)) skip('ignored by .gitignore');
      else (text ? into.files : into.artefacts).add(toEnginePath(at));
    }
  }
}

/** True for folders that hold dependencies: by name, or a virtual environment by its marker file. */
export function isVendored(name: string, absolute: string): boolean {
  return isVendoredFolder(name, (entry) => fs.existsSync(path.join(absolute, entry)));
}

function readIgnore(directory: string): IgnoreScope | undefined {
  try {
    return ignoreScope(toEnginePath(directory), fs.readFileSync(path.join(directory, '.gitignore'), 'utf8'));
  } catch {
    return undefined;
  }
}

/** The .gitignore files above a folder, up to the repository's root. */
function outerScopes(folder: string): readonly IgnoreScope[] {
  const scopes: IgnoreScope[] = [];
  let at = folder;
  while (!fs.existsSync(path.join(at, '.git'))) {
    const parent = path.dirname(at);
    if (parent === at) return [];
    at = parent;
    const scope = fs.existsSync(path.join(at, '.gitignore')) ? readIgnore(at) : undefined;
    if (scope) scopes.unshift(scope);
  }
  return scopes;
}

function isIgnored(at: string, directory: boolean, scopes: readonly IgnoreScope[]): boolean {
  return isIgnoredPath(toEnginePath(at), directory, scopes);
}
