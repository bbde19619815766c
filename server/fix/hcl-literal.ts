import type { Literal } from '../model/fix.ts';
import { entriesOf } from './map-literal.ts';
import { isPlaceholder, stopped } from './stops.ts';

/** A literal as Terraform writes it. */
export function printHcl(value: Literal): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return `[${value.map(printHcl).join(', ')}]`;
  if ('raw' in value && typeof value.raw === 'string') return value.raw;
  if (isPlaceholder(value)) return stopped(printHcl(value.placeholder));
  return `{ ${Object.entries(value as Record<string, Literal>).map(([key, one]) => `${key} = ${printHcl(one)}`).join(', ')} }`;
}

/** An attribute with the blocks around it; a map is a block as well. */
export function hclLines(names: readonly string[], value: Literal, indent: string): string[] {
  const [name, ...rest] = names;
  const entries = rest.length === 0 ? entriesOf(value) : undefined;
  if (entries) return [`${indent}${name} {`, ...entries.flatMap(([key, one]) => hclLines([key], one, `${indent}  `)), `${indent}}`];
  if (rest.length === 0) return [`${indent}${name} = ${printHcl(value)}`];
  return [`${indent}${name} {`, ...hclLines(rest, value, `${indent}  `), `${indent}}`];
}
