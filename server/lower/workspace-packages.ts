import { parse } from 'jsonc-parser';
import { directoryName, joinPath } from '../base/path.ts';
import type { Document } from '../source/document.ts';
import type { Sources } from '../source/sources.ts';

/** Packages of a monorepo, which its programs import by name: `@acme/shared` from `packages/shared`. */
export interface WorkspacePackages {
  /** Paths, most likely first, that a specifier stands for in a file of the folder. */
  readonly candidates: (specifier: string, folder: string) => readonly string[];
}

/** Folders between a file and the root of its workspace. */
const mostClimbed = 8;
/** Where compilers put what they make of `src`. */
const built = /^(?:dist|lib|build|out|esm|cjs)\/(?:src\/)?/;

const manifests = new WeakMap<Document, unknown>();

export function createWorkspacePackages(sources: Sources, has: (path: string) => boolean): WorkspacePackages {
  /** Patterns of folders by the folder of the file that asks; empty outside of workspaces. */
  const roots = new Map<string, readonly string[]>();
  const packages = new Map<string, readonly string[]>();

  const manifestOf = (folder: string): Readonly<Record<string, unknown>> | undefined => {
    const path = joinPath(folder, 'package.json');
    const document = has(path) ? sources.document(path) : undefined;
    if (!document) return undefined;
    if (!manifests.has(document)) manifests.set(document, parse(document.text, [], { allowTrailingComma: true }));
    return record(manifests.get(document));
  };
  const patternsIn = (folder: string): readonly string[] => {
    const list = has(joinPath(folder, 'pnpm-workspace.yaml')) ? sources.document(joinPath(folder, 'pnpm-workspace.yaml'))?.text : undefined;
    if (list !== undefined) return [...list.matchAll(/^\s+-\s*['"]?([^'"\s#!]+)/gm)].map(([, pattern]) => joinPath(folder, pattern!));
    const path = joinPath(folder, 'package.json');
    const workspaces = has(path) && sources.document(path)?.text.includes('"workspaces"') ? manifestOf(folder)?.['workspaces'] : undefined;
    const patterns: unknown = record(workspaces)?.['packages'] ?? workspaces;
    return Array.isArray(patterns) ? patterns.flatMap((one) => (typeof one === 'string' && !one.startsWith('!') ? [joinPath(folder, one)] : [])) : [];
  };
  const patternsFor = (folder: string, climbed = 0): readonly string[] => {
    let own = roots.get(folder);
    if (own) return own;
    own = patternsIn(folder);
    if (own.length === 0 && folder !== '' && folder !== '/' && folder !== '.' && climbed < mostClimbed) own = patternsFor(directoryName(folder), climbed + 1);
    roots.set(folder, own);
    return own;
  };
  /** Folders whose last name a package goes by, with or without its scope. */
  const foldersOf = (name: string, patterns: readonly string[]): readonly string[] => {
    const short = name.slice(name.indexOf('/') + 1);
    const names = [short, name.slice(1).replace('/', '-')];
    return patterns.flatMap((pattern) => {
      const star = pattern.indexOf('*');
      if (star < 0) return [pattern];
      const above = pattern.slice(0, star).replace(/\/$/, '');
      const within = pattern.slice(star).startsWith('**') ? [above, ...sources.list(above).flatMap((one) => (one.endsWith('/') && one !== 'node_modules/' ? [joinPath(above, one.slice(0, -1))] : []))] : [above];
      return within.flatMap((one) => names.map((last) => joinPath(one, last)));
    }).filter((folder) => has(joinPath(folder, 'package.json')));
  };
  return {
    candidates: (specifier, folder) => {
      const [, name, rest] = /^(@[\w.-]+\/[\w.-]+)(?:\/(.+))?$/.exec(specifier) ?? [];
      if (name === undefined) return [];
      const patterns = patternsFor(folder);
      if (patterns.length === 0) return [];
      const key = `${patterns[0]!}\n${specifier}`;
      let own = packages.get(key);
      if (!own) packages.set(key, (own = foldersOf(name, patterns).flatMap((at) => {
        const manifest = manifestOf(at);
        return manifest?.['name'] === name ? entries(manifest, rest).map((path) => joinPath(at, path)) : [];
      })));
      return own;
    },
  };
}

/** Files of a package that an import of it, or of a path in it, may mean; those that are compiled stand for their sources. */
function entries(manifest: Readonly<Record<string, unknown>>, rest: string | undefined): readonly string[] {
  const exports = manifest['exports'];
  const named = rest === undefined ? [record(exports)?.['.'] ?? exports, manifest['source'], manifest['types'], manifest['module'], manifest['main']] : exported(record(exports), rest);
  const paths = named.flatMap((one) => texts(one)).flatMap((path) => {
    const own = path.replace(/^\.\//, '').replace(/\.d\.[cm]?ts$/, '.ts');
    const stem = own.replace(/\.[cm]?[jt]sx?$/, '');
    return built.test(stem) ? [stem.replace(built, 'src/'), own] : [own];
  });
  return [...new Set([...paths, ...(rest === undefined ? ['src/index', 'index'] : [`src/${rest}`, rest])])];
}

function exported(exports: Readonly<Record<string, unknown>> | undefined, rest: string): readonly unknown[] {
  for (const [pattern, target] of Object.entries(exports ?? {})) {
    if (pattern === `./${rest}`) return [target];
    const [before, after] = pattern.split('*');
    if (after === undefined || !`./${rest}`.startsWith(before!) || !rest.endsWith(after)) continue;
    const middle = `./${rest}`.slice(before!.length, after === '' ? undefined : -after.length);
    return texts(target).map((one) => one.replace('*', () => middle));
  }
  return [];
}

/** Paths in a target of `exports`, which may depend on conditions. */
function texts(value: unknown, depth = 0): readonly string[] {
  if (typeof value === 'string') return [value];
  return depth < 4 ? Object.values(record(value) ?? {}).flatMap((one) => texts(one, depth + 1)) : [];
}

function record(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value as Readonly<Record<string, unknown>> : undefined;
}
