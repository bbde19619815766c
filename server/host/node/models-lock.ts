import fs from 'node:fs';
import path from 'node:path';
import { digestOfFile } from './integrity.ts';
import { signatureFormat } from '../../artefact/signature.ts';
import { createSourceFinder } from './model-source.ts';
import { type LockedModel } from '../../artefact/lock-file.ts';
import { createNodeHost } from './host.ts';
import { relativePath } from './scan.ts';
import { walk } from './walk.ts';

export interface ModelDrift {
  readonly path: string;
  readonly what: 'changed' | 'missing' | 'not locked';
  readonly detail: string;
}

/** Formats of containers and settings that hold no weights by themselves. */
const notModels = new Set(['zip', 'tar', 'gzip', 'zlib', 'bzip2', 'xz', 'lzma', 'lz4', 'zstd', '7z', 'rar', 'model configuration', 'template', signatureFormat]);

/** All models and data files below a folder, with their digests, sorted by path. */
export function modelsBelow(folder: string): readonly LockedModel[] {
  const { files, artefacts } = walk([folder]);
  const host = createNodeHost();
  const sourceOf = createSourceFinder(folder, files);
  return [...files, ...artefacts].flatMap((file): LockedModel[] => {
    const format = host.inspect?.(file)?.formats.filter((one) => !notModels.has(one)).join(', ') ?? '';
    if (format === '') return [];
    const sha256 = digestOfFile(file);
    const source = sourceOf(file, sha256);
    return [{ path: relativePath(folder, file), sha256, size: fs.statSync(file).size, format, ...(source === undefined ? {} : { source }) }];
  }).sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
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
      const now = digestOfFile(file);
      if (now !== sha256) out.push({ path: at, what: 'changed', detail: `has the digest ${now.slice(0, 12)}… in place of ${sha256.slice(0, 12)}…` });
    }
  }
  for (const one of modelsBelow(folder)) if (!known.has(one.path)) out.push({ path: one.path, what: 'not locked', detail: `(${one.format}) is not in the lock` });
  return out;
}
