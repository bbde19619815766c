import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { createNodeHost } from './host.ts';
import { relativePath } from './scan.ts';
import { walk } from './walk.ts';

/** Where the digests of a folder's models are kept, below that folder. */
export const modelsLockName = '.wardline/models.lock';

export interface LockedModel {
  /** Relative to the folder, with `/`. */
  readonly path: string;
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
  readonly format: string;
}

export interface ModelDrift {
  readonly path: string;
  readonly what: 'changed' | 'missing' | 'not locked';
  readonly detail: string;
}

/** Formats of containers and settings that hold no weights by themselves. */
const notModels = new Set(['zip', 'tar', 'gzip', 'zlib', 'bzip2', 'xz', 'lzma', 'lz4', 'zstd', '7z', 'rar', 'model configuration', 'template']);
const chunk = 1 << 20;

/** SHA-256 of a file, read in pieces. */
export function digestOf(file: string): string {
  const hash = createHash('sha256');
  const descriptor = fs.openSync(file, 'r');
  try {
    const buffer = new Uint8Array(chunk);
    for (let count = fs.readSync(descriptor, buffer, 0, chunk, null); count > 0; count = fs.readSync(descriptor, buffer, 0, chunk, null)) hash.update(buffer.subarray(0, count));
  } finally {
    fs.closeSync(descriptor);
  }
  return hash.digest('hex');
}

/** All models and data files below a folder, with their digests, sorted by path. */
export function modelsBelow(folder: string): readonly LockedModel[] {
  const { files, artefacts } = walk([folder]);
  const host = createNodeHost();
  return [...files, ...artefacts].flatMap((file): LockedModel[] => {
    const format = host.inspect?.(file)?.formats.filter((one) => !notModels.has(one)).join(', ') ?? '';
    return format === '' ? [] : [{ path: relativePath(folder, file), sha256: digestOf(file), size: fs.statSync(file).size, format }];
  }).sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

/** One model a line, so that a change of one is a change of one line. */
export function printLock(models: readonly LockedModel[]): string {
  return `{"version":1,"models":[\n${models.map(({ path: at, sha256, size, format }) => `  ${JSON.stringify({ path: at, sha256, size, format })}`).join(',\n')}\n]}\n`;
}

/** Undefined for what is no lock file. */
export function parseLock(text: string): readonly LockedModel[] | undefined {
  try {
    const { version, models } = JSON.parse(text) as { version?: unknown; models?: unknown };
    if (version !== 1 || !Array.isArray(models)) return undefined;
    const valid = (one: unknown): one is LockedModel => {
      const { path: at, sha256, size } = (one ?? {}) as Partial<LockedModel>;
      return typeof at === 'string' && typeof sha256 === 'string' && /^[\da-f]{64}$/.test(sha256) && typeof size === 'number';
    };
    return models.every(valid) ? models : undefined;
  } catch {
    return undefined;
  }
}

/** What differs between what was locked and what is there. A size that differs spares the digest. */
export function driftOf(folder: string, locked: readonly LockedModel[]): readonly ModelDrift[] {
  const known = new Set(locked.map((one) => one.path));
  const out: ModelDrift[] = [];
  for (const { path: at, sha256, size } of locked) {
    const file = path.join(folder, at);
    const stat = fs.existsSync(file) ? fs.statSync(file) : undefined;
    if (!stat?.isFile()) out.push({ path: at, what: 'missing', detail: 'is locked and not there' });
    else if (stat.size !== size) out.push({ path: at, what: 'changed', detail: `has ${stat.size} bytes in place of ${size}` });
    else {
      const now = digestOf(file);
      if (now !== sha256) out.push({ path: at, what: 'changed', detail: `has the digest ${now.slice(0, 12)}… in place of ${sha256.slice(0, 12)}…` });
    }
  }
  for (const one of modelsBelow(folder)) if (!known.has(one.path)) out.push({ path: one.path, what: 'not locked', detail: `(${one.format}) is not in the lock` });
  return out;
}
