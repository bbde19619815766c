import type { Literal } from '../model/fix.ts';
import { isPlaceholder } from './stops.ts';

/** The entries of a literal that is a map; undefined for all other literals. */
export function entriesOf(value: Literal): readonly (readonly [key: string, value: Literal])[] | undefined {
  if (typeof value !== 'object' || Array.isArray(value) || isPlaceholder(value) || ('raw' in value && typeof value.raw === 'string')) return undefined;
  return Object.entries(value as Readonly<Record<string, Literal>>);
}

/** The literal with other names for the keys of its maps. */
export function withKeys(value: Literal, rename: (key: string) => string): Literal {
  const entries = entriesOf(value);
  return entries ? Object.fromEntries(entries.map(([key, one]) => [rename(key), withKeys(one, rename)])) : value;
}
