import { parse } from 'jsonc-parser';
import { directoryName, joinPath } from '../base/path.ts';
import type { Document } from '../source/document.ts';
import type { Sources } from '../source/sources.ts';

/** `"@core/*": ["packages/core/src/*"]`: what stands before and after the star, and the paths that it stands for. */
interface Alias {
  readonly before: string;
  readonly after: string;
  readonly targets: readonly string[];
}

/** What the configuration of the compiler that holds for a folder says of specifiers. */
export interface ModuleAliases {
  /** Paths, without endings, that a specifier may stand for in a file of the folder. */
  readonly candidates: (specifier: string, folder: string) => readonly string[];
}

const files = ['tsconfig.json', 'jsconfig.json'];
/** Folders between a file and the configuration that holds for it. */
const mostClimbed = 12;

/** Configurations as they were read; each file of a folder asks for the same one. */
const configurations = new WeakMap<Document, unknown>();

export function createModuleAliases(sources: Sources, has: (path: string) => boolean): ModuleAliases {
  const known = new Map<string, readonly Alias[]>();
  const read = (path: string, depth = 0): readonly Alias[] => {
    const document = sources.document(path);
    if (!document?.text.includes('"paths"') && !document?.text.includes('"extends"')) return [];
    let config = configurations.get(document);
    if (config === undefined) configurations.set(document, (config = parse(document.text, [], { allowTrailingComma: true }) ?? null));
    const options = record(record(config)?.['compilerOptions']);
    const root = joinPath(directoryName(path), typeof options?.['baseUrl'] === 'string' ? options['baseUrl'] : '.');
    const paths = record(options?.['paths']);
    const above = record(config)?.['extends'];
    if (!paths) return typeof above === 'string' && above.startsWith('.') && depth < 3 ? read(joinPath(directoryName(path), above.endsWith('.json') ? above : `${above}.json`), depth + 1) : [];
    return Object.entries(paths).flatMap(([pattern, targets]): Alias[] => {
      const star = pattern.indexOf('*');
      const list = Array.isArray(targets) ? targets.flatMap((one) => (typeof one === 'string' ? [joinPath(root, one)] : [])) : [];
      return list.length === 0 || pattern === '*' ? [] : [{ before: star < 0 ? pattern : pattern.slice(0, star), after: star < 0 ? '' : pattern.slice(star), targets: list }];
    });
  };
  const aliasesOf = (folder: string, climbed = 0): readonly Alias[] => {
    let own = known.get(folder);
    if (own) return own;
    const file = files.find((name) => has(joinPath(folder, name)));
    own = file === undefined ? (folder === '' || folder === '/' || folder === '.' || climbed >= mostClimbed ? [] : aliasesOf(directoryName(folder), climbed + 1)) : read(joinPath(folder, file));
    known.set(folder, own);
    return own;
  };
  return {
    candidates: (specifier, folder) => aliasesOf(folder).flatMap(({ before, after, targets }) => {
      if (after === '') return specifier === before ? targets : [];
      return specifier.startsWith(before) && specifier.endsWith(after.slice(1)) ? targets.map((one) => one.replace('*', () => specifier.slice(before.length, specifier.length - after.length + 1))) : [];
    }),
  };
}

function record(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null ? value as Readonly<Record<string, unknown>> : undefined;
}
