import { directoryName, joinPath } from '../base/path.ts';
import type { Sources } from '../source/sources.ts';
import { configNames, governedDirectory } from './file.ts';

/** A base by relative path or npm package; never outside of the repository that holds the configuration. */
export function resolveBase(reference: string, from: string, sources: Sources): { readonly path: string } | { readonly problem: string } {
  const boundary = boundaryOf(from, sources);
  const inside = (path: string): boolean => boundary === '' || path === boundary || path.startsWith(`${boundary}/`);
  if (reference.startsWith('.')) {
    const path = joinPath(directoryName(from), reference);
    if (!inside(path)) return { problem: `"${reference}" lies outside of the repository.` };
    const file = /\.(?:ya?ml|json)$/.test(path) ? path : configNames.map((name) => joinPath(path, name)).find((one) => sources.exists(one));
    return file !== undefined && sources.exists(file) ? { path: file } : { problem: `"${reference}" does not exist.` };
  }
  if (!/^(?:@[a-z0-9~-][\w.~-]*\/)?[a-z0-9~-][\w.~-]*(?:\/[\w.~-]+)*$/i.test(reference) || reference.includes('..')) return { problem: `"${reference}" is neither a relative path nor the name of an npm package.` };
  for (let at = governedDirectory(from); inside(at); at = directoryName(at)) {
    const folder = joinPath(at, `node_modules/${reference}`);
    const file = /\.(?:ya?ml|json)$/.test(folder) ? [folder] : ['wardline.yaml', 'wardline.yml', 'wardline.json', '.wardline/config.yaml', '.wardline/config.json'].map((name) => joinPath(folder, name));
    const found = file.find((one) => sources.exists(one));
    if (found !== undefined) return { path: found };
    if (at === directoryName(at) || at === '') break;
  }
  return { problem: `The package "${reference}" is not installed, or holds no wardline.yaml.` };
}

/** The repository's root, or the folder that is governed where there is none. */
function boundaryOf(from: string, sources: Sources): string {
  const own = governedDirectory(from);
  for (let at = own; ; at = directoryName(at)) {
    if (sources.exists(joinPath(at, '.git'))) return at;
    if (at === '' || at === '/' || directoryName(at) === at) return own;
  }
}
