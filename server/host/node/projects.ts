import fs from 'node:fs';
import path from 'node:path';
import { toEnginePath } from './files.ts';

/**
 * The folders of the projects that paths belong to: the repository around them, else a folder that was named itself, or for a file the working directory.
 * Files elsewhere belong to none.
 */
export function projectsOf(paths: readonly string[]): readonly string[] {
  return [...new Set(paths.flatMap((one) => {
    const full = path.resolve(one);
    const isFolder = fs.statSync(full, { throwIfNoEntry: false })?.isDirectory() === true;
    const folder = isFolder ? full : path.dirname(full);
    const own = repositoryOf(folder) ?? (isFolder ? full : contains(process.cwd(), full) ? process.cwd() : undefined);
    return own === undefined ? [] : [toEnginePath(own)];
  }))];
}

/** The nearest folder from here upwards that git keeps. */
function repositoryOf(folder: string): string | undefined {
  for (let at = folder; ; at = path.dirname(at)) {
    if (fs.existsSync(path.join(at, '.git'))) return at;
    if (at === path.dirname(at)) return undefined;
  }
}

function contains(folder: string, file: string): boolean {
  const relative = path.relative(folder, file);
  return relative !== '' && !relative.startsWith('..') && !path.isAbsolute(relative);
}
