import fs from 'node:fs';
import path from 'node:path';

/** Largest text that is searched for where a model is downloaded. */
const largestText = 1_000_000;
const mostManifests = 2_000;

/**
 * Tells where a model file was taken from, by what the folder says of it: the tools' own records beside the file, then the code that
 * downloads it. Undefined where nothing does.
 */
export function createSourceFinder(folder: string, texts: readonly string[]): (file: string, sha256: string) => string | undefined {
  let downloads: readonly Download[] | undefined;
  return (file, sha256) => hubCache(file) ?? hubFolder(file, () => (downloads ??= downloadsIn(texts))) ?? ollama(file, sha256) ?? mlflow(file, folder) ?? fromCode(file, (downloads ??= downloadsIn(texts)));
}

/** `models--org--name/snapshots/REVISION/file`, as the hub's cache lays files out. */
function hubCache(file: string): string | undefined {
  const found = /(?:^|\/)(models|datasets|spaces)--([^/]+?)--([^/]+)\/snapshots\/([\da-f]{40})\/(.+)$/.exec(file.split(path.sep).join('/'));
  if (!found) return undefined;
  const [, kind, owner, name, revision, rest] = found;
  return `hf://${kind === 'models' ? '' : `${kind}/`}${owner}/${name}@${revision}/${rest}`;
}

/** The hub's record of a download into a folder: the commit stands in it, the repository in the code that fetched it. */
function hubFolder(file: string, downloads: () => readonly Download[]): string | undefined {
  for (let folder = path.dirname(file), up = 0; up < 8; up++, folder = path.dirname(folder)) {
    const inner = path.relative(folder, file);
    const commit = readSmall(path.join(folder, '.cache/huggingface/download', `${inner}.metadata`))?.split('\n')[0]?.trim();
    if (commit !== undefined && /^[\da-f]{40}$/.test(commit)) {
      const known = downloads().find((one) => one.repository !== undefined && (one.file === undefined || one.file === inner.split(path.sep).join('/')));
      return known?.repository === undefined ? `hf:commit/${commit}` : `hf://${known.repository}@${commit}/${inner.split(path.sep).join('/')}`;
    }
    if (folder === path.dirname(folder)) break;
  }
  return undefined;
}

/** Ollama keeps layers by digest, and the names that use them in manifests. */
function ollama(file: string, sha256: string): string | undefined {
  const blobs = path.dirname(file);
  if (path.basename(blobs) !== 'blobs' || !/^sha256[-:]/.test(path.basename(file))) return undefined;
  const root = path.join(path.dirname(blobs), 'manifests');
  let names: string[];
  try {
    names = fs.readdirSync(root, { recursive: true, encoding: 'utf8' }).slice(0, mostManifests);
  } catch {
    return undefined;
  }
  for (const name of names.sort()) {
    if (readSmall(path.join(root, name))?.includes(`sha256:${sha256}`)) {
      const parts = name.split(path.sep).filter((one) => one !== 'registry.ollama.ai' && one !== 'library');
      return `ollama:${parts.slice(0, -1).join('/')}:${parts.at(-1)}`;
    }
  }
  return undefined;
}

/** The run that logged a model, from the MLmodel file beside or above it. */
function mlflow(file: string, root: string): string | undefined {
  for (let folder = path.dirname(file), up = 0; up < 4; up++, folder = path.dirname(folder)) {
    const run = /^run_id:\s*['"]?([\da-f]{32})/m.exec(readSmall(path.join(folder, 'MLmodel')) ?? '')?.[1];
    if (run !== undefined) return `mlflow:run/${run}`;
    if (folder === root || folder === path.dirname(folder)) break;
  }
  return undefined;
}

interface Download {
  readonly repository?: string;
  readonly revision?: string;
  /** The file inside of the repository; undefined for all of them. */
  readonly file?: string;
  readonly address?: string;
  /** What the address is written to, where the call says so. */
  readonly target?: string;
}

/** Calls and commands that fetch files, by their text: code, notebooks, scripts and build files. */
function downloadsIn(texts: readonly string[]): readonly Download[] {
  const out: Download[] = [];
  for (const file of texts) {
    const text = readSmall(file);
    if (text === undefined || !/hf_hub_download|snapshot_download|huggingface-cli|\bhf\s+download|https?:\/\//.test(text)) continue;
    for (const [, name, args] of text.matchAll(/\b(hf_hub_download|snapshot_download)\(([^()]{0,600})\)/g)) {
      const value = (key: string, position?: number): string | undefined => new RegExp(`\\b${key}\\s*=\\s*\\\\?["']([^"'\\\\]+)`).exec(args!)?.[1] ?? (position === undefined ? undefined : /^\s*\\?["']([^"'\\]+)\\?["']\s*$/.exec(args!.split(',')[position] ?? '')?.[1]);
      const repository = value('repo_id', 0);
      const inner = name === 'hf_hub_download' ? value('filename', 1) : undefined;
      const revision = value('revision');
      if (repository !== undefined && (inner !== undefined || name === 'snapshot_download')) out.push({ repository, ...(inner === undefined ? {} : { file: inner }), ...(revision === undefined ? {} : { revision }) });
    }
    for (const [, repository, inner] of text.matchAll(/\b(?:huggingface-cli|hf)\s+download\s+([\w.-]+\/[\w.-]+)(?:\s+([\w./-]+\.\w+))?/g)) out.push({ repository: repository!, ...(inner === undefined ? {} : { file: inner }) });
    for (const found of text.matchAll(/https?:\/\/[^\s"'`<>\\)]+/g)) {
      const target = /^\\?["'`]?\s*(?:,\s*(?:filename\s*=\s*)?\\?["']|(?:-[oO]|--output(?:-document)?)[ =]\\?["']?|>\s*)([\w./-]+)/.exec(text.slice(found.index + found[0].length, found.index + found[0].length + 200))?.[1]
        ?? /(?:-[oO]|--output(?:-document)?)[ =]\\?["']?([\w./-]+)["']?\s+\\?["']?$/.exec(text.slice(Math.max(0, found.index - 160), found.index))?.[1];
      out.push({ address: found[0], ...(target === undefined ? {} : { target }) });
    }
  }
  return out;
}

function fromCode(file: string, downloads: readonly Download[]): string | undefined {
  const at = file.split(path.sep).join('/');
  const name = path.basename(file);
  for (const one of downloads) {
    if (one.repository !== undefined && one.file !== undefined && (at.endsWith(`/${one.file}`) || path.posix.basename(one.file) === name)) return `hf://${one.repository}${one.revision === undefined ? '' : `@${one.revision}`}/${one.file}`;
    if (one.address === undefined) continue;
    const address = withoutSecrets(one.address);
    if (address === undefined) continue;
    if (one.target !== undefined ? at.endsWith(`/${one.target.replace(/^\.?\//, '')}`) : path.posix.basename(new URL(address).pathname) === name) return address;
  }
  return undefined;
}

/** Without user, password and query, which may hold keys. */
function withoutSecrets(address: string): string | undefined {
  try {
    const { origin, pathname } = new URL(address);
    return `${origin}${pathname}`;
  } catch {
    return undefined;
  }
}

function readSmall(file: string): string | undefined {
  try {
    const stat = fs.statSync(file);
    return stat.isFile() && stat.size <= largestText ? fs.readFileSync(file, 'utf8') : undefined;
  } catch {
    return undefined;
  }
}
