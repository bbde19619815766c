import type { MapValue, Value } from '../../model/value.ts';
import type { Tell } from './condition.ts';

/** What a kind of rule is compiled from. */
export interface Definition {
  readonly map: MapValue;
  readonly directory: string;
  readonly tell: Tell;
  /** The message for an object. */
  readonly message: (words: Readonly<Record<string, string>>) => string;
}

export function stringsOf(value: Value | undefined): readonly string[] {
  return value?.kind === 'list' ? value.items.flatMap((item) => (item.kind === 'string' ? [item.value] : [])) : [];
}
