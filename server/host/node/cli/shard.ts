import path from 'node:path';
import { hashText } from '../../../base/hash.ts';
import { UsageError } from './usage.ts';

export interface Shard {
  /** One-based. */
  readonly index: number;
  readonly count: number;
}

export function parseShard(text: string): Shard {
  const match = /^(\d{1,4})\/(\d{1,4})$/.exec(text);
  const index = Number(match?.[1]);
  const count = Number(match?.[2]);
  if (!match || index < 1 || count < 1 || index > count) throw new UsageError(`'${text}' is no shard; write the second of four as 2/4`);
  return { index, count };
}

/** Files of one folder are judged together, so whole folders go to a shard. */
export function inShard(file: string, { index, count }: Shard, root: string): boolean {
  const folder = path.relative(root, path.dirname(file)).split(path.sep).join('/');
  return Number.parseInt(hashText(folder).slice(0, 8), 16) % count === index - 1;
}
