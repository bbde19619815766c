import { directoryName, joinPath } from '../base/path.ts';
import { isTeamFile } from '../config/file.ts';
import type { EngineHost } from '../engine/host.ts';
import { ignoreScope, isIgnored, type IgnoreScope } from '../source/git-ignore.ts';
import { languageOfPath } from '../source/language.ts';
import { sizeLimitOf } from '../source/size-limit.ts';
import { isVendoredFolder, vendoredFolders } from '../source/vendored.ts';
import { isVirtual, pathOfUri, uriOfPath } from './paths.ts';
import type { ListFilesParams, ListFilesResult, ReadFilesParams, ReadFilesResult } from './protocol.ts';

/** What the client is asked for; both may fail. */
export interface Provider {
  readonly list: (params: ListFilesParams) => Promise<ListFilesResult>;
  readonly read: (params: ReadFilesParams) => Promise<ReadFilesResult>;
}

/**
 * Files that only the editor can read: a repository on a server, a folder that the browser was given. Their names are known from the start and
 * answer at once; a text that is asked for and not there yet is fetched, and told when it has arrived.
 */
export interface ProvidedFiles extends Pick<EngineHost, 'exists' | 'list'> {
  readonly read: (path: string, limit?: number) => string | undefined;
  readonly unread: (path: string) => string | undefined;
  /** Files to scan below folders: those with a front end, without vendored ones and those that git ignores. */
  readonly below: (folders: readonly string[]) => readonly string[];
  /** Lists the folders anew and fetches what decides on everything else: the team's files and `.gitignore`. */
  readonly open: (folders: readonly string[]) => Promise<void>;
  /** Waits for the texts of files that are not there yet. */
  readonly load: (paths: readonly string[]) => Promise<void>;
  /** A file or a folder came, changed or went. What is read of it anew is told like all that arrives. */
  readonly changed: (path: string, is: 'created' | 'changed' | 'deleted') => Promise<void>;
  /** What of the folders is not seen, in words for a person. */
  readonly notes: () => readonly string[];
}

/** Files that are listed at most. */
const mostFiles = 20_000;
/** Characters that are kept of all files together. */
const mostKept = 64_000_000;
/** Files in one request. */
const batch = 50;

interface Entry {
  text?: string;
  /** Why there is no text. */
  skipped?: string;
}

export function createProvidedFiles(provider: Provider, arrived: (paths: readonly string[]) => void): ProvidedFiles {
  const files = new Map<string, Entry>();
  const folders = new Map<string, Set<string>>();
  const wanted = new Set<string>();
  let loading: Promise<void> | undefined;
  let kept = 0;
  let truncated = false;

  const add = (path: string): void => {
    if (!files.has(path)) files.set(path, {});
    let name = path.slice(path.lastIndexOf('/') + 1);
    for (let directory = directoryName(path); ; directory = directoryName(directory)) {
      let names = folders.get(directory);
      const known = names !== undefined;
      if (!names) folders.set(directory, (names = new Set()));
      names.add(name);
      if (known || directory === directoryName(directory)) return;
      name = `${directory.slice(directory.lastIndexOf('/') + 1)}/`;
    }
  };
  const drop = (entry: Entry): void => {
    kept -= entry.text?.length ?? 0;
    delete entry.text;
    delete entry.skipped;
  };
  const list = async (roots: readonly string[]): Promise<readonly string[]> => {
    const listed = await provider.list({ folders: roots.map(uriOfPath), skip: [...vendoredFolders], limit: mostFiles }).catch(() => ({ uris: [], truncated: false }));
    truncated ||= listed.truncated;
    return listed.uris.map(pathOfUri);
  };
  /** Forgets a file, or a folder with all that is in it. */
  const remove = (path: string): void => {
    const gone = [...files.keys()].filter((one) => one === path || one.startsWith(`${path}/`));
    for (const one of gone) {
      drop(files.get(one)!);
      files.delete(one);
    }
    for (const one of folders.keys()) if (one === path || one.startsWith(`${path}/`)) folders.delete(one);
    const name = path.slice(path.lastIndexOf('/') + 1);
    for (const entry of [name, `${name}/`]) folders.get(directoryName(path))?.delete(entry);
    arrived(gone.length > 0 ? gone : [path]);
  };
  const missing = (path: string): boolean => {
    const entry = files.get(path);
    return entry !== undefined && entry.text === undefined && entry.skipped === undefined;
  };

  /** Fetches all that is wanted, in batches, and what comes to be wanted meanwhile. */
  const loadWanted = (): Promise<void> => (loading ??= loadAll());
  async function loadAll(): Promise<void> {
    // What one analysis asks for comes together.
    await Promise.resolve();
    while (wanted.size > 0) {
      const paths = [...wanted].slice(0, batch);
      for (const path of paths) wanted.delete(path);
      const answer = await provider.read({ files: paths.map((path) => ({ uri: uriOfPath(path), limit: sizeLimitOf(path) })) }).catch(() => undefined);
      paths.forEach((path, at) => keep(path, answer?.files[at] ?? { skipped: 'could not be read' }));
      arrived(paths);
    }
    loading = undefined;
  }
  function keep(path: string, file: ReadFilesResult['files'][number]): void {
    const entry = files.get(path);
    if (!entry) return;
    drop(entry);
    if ('skipped' in file) entry.skipped = file.skipped;
    else if (kept + file.text.length > mostKept) entry.skipped = `not read: the files that were read hold ${mostKept / 1_000_000} million characters already`;
    else {
      entry.text = file.text;
      kept += file.text.length;
    }
  }
  const load = async (paths: readonly string[]): Promise<void> => {
    for (const path of paths) if (missing(path)) wanted.add(path);
    while (wanted.size > 0 || loading) await loadWanted();
  };

  const isVendored = (directory: string): boolean => isVendoredFolder(directory.slice(directory.lastIndexOf('/') + 1), (entry) => has(joinPath(directory, entry)));
  const has = (path: string): boolean => files.has(path) || folders.has(path);

  function* walk(directory: string, scopes: readonly IgnoreScope[]): Generator<string> {
    const own = files.get(joinPath(directory, '.gitignore'))?.text;
    const inner = own === undefined ? scopes : [...scopes, ignoreScope(directory, own)];
    for (const name of [...folders.get(directory) ?? []].sort()) {
      const isFolder = name.endsWith('/');
      const path = joinPath(directory, isFolder ? name.slice(0, -1) : name);
      if (isIgnored(path, isFolder, inner)) continue;
      if (!isFolder) yield path;
      else if (!isVendored(path)) yield* walk(path, inner);
    }
  }

  return {
    read: (path, limit) => {
      const entry = files.get(path);
      if (entry?.text !== undefined) return limit !== undefined && entry.text.length > limit ? undefined : entry.text;
      if (missing(path)) {
        wanted.add(path);
        void loadWanted();
      }
      return undefined;
    },
    unread: (path) => files.get(path)?.skipped,
    exists: has,
    list: (directory) => [...folders.get(directory) ?? []].filter((name) => !name.endsWith('/') || !isVendored(joinPath(directory, name.slice(0, -1)))).sort(),
    below: (roots) => roots.flatMap((root) => [...walk(root, [])].filter((path) => languageOfPath(path) !== undefined)),
    open: async (roots) => {
      truncated = false;
      const now = new Set(await list(roots));
      for (const path of files.keys()) if (!now.has(path)) files.delete(path);
      kept = [...files.values()].reduce((sum, { text = '' }) => sum + text.length, 0);
      folders.clear();
      for (const path of now) add(path);
      await load([...now].filter((path) => isTeamFile(path) || path.endsWith('/.gitignore')));
    },
    load,
    changed: async (path, is) => {
      if (is === 'deleted') return remove(path);
      const entry = files.get(path);
      if (entry) drop(entry);
      // Of a folder that comes with files in it, an editor may tell nothing but that.
      const inside = is === 'created' && languageOfPath(path) === undefined ? await list([path]) : [];
      const paths = inside.length > 0 ? inside : [path];
      for (const one of paths) add(one);
      const read = paths.filter((one) => languageOfPath(one) !== undefined || isTeamFile(one));
      await load(read);
      if (read.length === 0) arrived(paths);
    },
    notes: () => (truncated ? [`The workspace has more than ${mostFiles} files; the others are not seen.`] : []),
  };
}

/** One host over both: the disk, and what the editor provides for all that is not on it. */
export function behind(disk: EngineHost, provided: ProvidedFiles): EngineHost {
  return {
    ...disk,
    read: (path, limit) => (isVirtual(path) ? provided.read(path, limit) : disk.read(path, limit)),
    unread: (path) => (isVirtual(path) ? provided.unread(path) : disk.unread?.(path)),
    exists: (path) => (isVirtual(path) ? provided.exists(path) : disk.exists(path)),
    list: (directory) => (isVirtual(directory) ? provided.list(directory) : disk.list(directory)),
    inspect: (path, signers) => (isVirtual(path) ? undefined : disk.inspect?.(path, signers)),
    digest: async (path) => (isVirtual(path) ? undefined : disk.digest?.(path)),
  };
}
