import type { Literal } from '../model/fix.ts';
import { substitute, type Substitute } from './substitutes.ts';

type Plain = string | number | boolean;

/** What a value must be. Texts compare without case; a boolean matches its spellings (`Enabled`, `yes`, `on` are true). */
export type Expectation =
  | { readonly is: readonly Plain[] }
  | { readonly not: readonly Plain[] }
  | { readonly matches: RegExp }
  | { readonly never: RegExp }
  | { readonly least: number }
  | { readonly most: number }
  /** A list that has to hold all of these. */
  | { readonly all: readonly string[] }
  /** A list of which one item has to match, or a text that has to. */
  | { readonly some: RegExp }
  /** Anything, as long as it is there. */
  | 'present'
  /** Nothing may stand there. */
  | 'absent';

const truths = new Set(['true', 'enabled', 'yes', 'on', '1']);
const falsehoods = new Set(['false', 'disabled', 'no', 'off', '0']);

function same(expected: Plain, plain: Plain): boolean {
  const word = String(plain).toLowerCase();
  if (typeof expected === 'boolean') return (expected ? truths : falsehoods).has(word);
  return String(expected).toLowerCase() === word;
}

export function meets(plain: Plain, must: Exclude<Expectation, 'present' | 'absent' | { readonly all: readonly string[] } | { readonly some: RegExp }>): boolean {
  if ('is' in must) return must.is.some((one) => same(one, plain));
  if ('not' in must) return !must.not.some((one) => same(one, plain));
  if ('matches' in must) return must.matches.test(String(plain));
  if ('never' in must) return !must.never.test(String(plain));
  const number = Number(plain);
  if (Number.isNaN(number)) return true;
  return 'least' in must ? number >= must.least : number <= must.most;
}

/** Words for true and false; a fix keeps the pair that is in use, and its case. */
const pairs: readonly (readonly [string, string])[] = [['enabled', 'disabled'], ['on', 'off'], ['yes', 'no'], ['1', '0'], ['true', 'false']];

export function inStyle(value: boolean, old: string): string {
  const pair = pairs.find((one) => one.includes(old.toLowerCase())) ?? (/^suspended$/i.test(old) ? pairs[0]! : pairs.at(-1)!);
  const word = pair[value ? 0 : 1];
  if (old === old.toUpperCase()) return word.toUpperCase();
  return old[0] === old[0]?.toUpperCase() ? word[0]!.toUpperCase() + word.slice(1) : word;
}

/** A text in the way that a dialect and the old text write such words: CloudFormation in capitals at the start of words, modules of Ansible in small letters; `1` is `ON` beside `OFF`. Undefined where it cannot be told. */
export function textInStyle(value: string, old: string, dialect: string): string | undefined {
  if (/^[01]$/.test(value) && pairs.some((one) => one.includes(old.toLowerCase()))) return inStyle(value === '1', old);
  if (dialect.startsWith('cloudformation') && /^[A-Z][a-z]/.test(old) && /^[a-z]+(?:-[a-z]+)*$/.test(value)) return value.split('-').map((word) => word[0]!.toUpperCase() + word.slice(1)).join('');
  if (dialect !== 'ansible' || !/^[a-z][a-z\d_]*$/.test(old) || value === value.toLowerCase()) return value;
  return /^[A-Z\d_]+$/.test(value) ? value.toLowerCase() : undefined;
}

/** What a bad value can be replaced by without knowing more, where that is what is asked for: the opposite of a wrong yes or no, or a substitute. */
export function instead(bad: Literal | undefined, must: Expectation, successor?: string | number): Substitute | undefined {
  const [first, ...rest] = Array.isArray(bad) ? bad : [bad];
  if (rest.length > 0 || typeof must !== 'object') return undefined;
  if ('is' in must && must.is.length === 1 && typeof must.is[0] === 'boolean' && (typeof first === 'boolean' || typeof first === 'string') && (truths.has(String(first).toLowerCase()) || falsehoods.has(String(first).toLowerCase())) && !meets(first, must)) {
    const text = inStyle(must.is[0], String(first));
    return { text, title: `Change to ${text}` };
  }
  if (successor !== undefined && (typeof first === 'string' || typeof first === 'number') && !('all' in must || 'some' in must) && !meets(first, must)) return { text: String(successor), title: `Change to ${successor}` };
  if (typeof first !== 'string' || !('never' in must || 'not' in must)) return undefined;
  const own = substitute(first);
  return own && !meets(first, must) && meets(own.text, must) ? own : undefined;
}

/** What the fix of a bad value writes, as a value. */
export function substituteOf(bad: Literal | undefined, must: Expectation, successor?: string | number): Literal | undefined {
  const other = instead(bad, must, successor)?.text;
  if (other === undefined) return undefined;
  return typeof bad === 'boolean' ? !bad : typeof bad === 'number' ? Number(other) : other;
}

/** The bad value of a row's samples; undefined where they show what is missing. */
export function badOf(row: { readonly sample?: { readonly bad?: Literal }; readonly absent: 'bad' | 'fine'; readonly must: Expectation }): Literal | undefined {
  return row.sample?.bad ?? (row.absent === 'bad' ? undefined : sampleOf(row.must, false));
}

export function sampleOf(must: Expectation, good: boolean): Literal {
  if (must === 'present') return good ? 'example' : '';
  if (must === 'absent') return 'example';
  if ('all' in must) return good ? must.all : must.all.slice(1);
  if ('some' in must) return good ? 'good' : 'bad';
  if ('is' in must) {
    const first = must.is[0]!;
    return good ? first : typeof first === 'boolean' ? !first : typeof first === 'number' ? first + 1 : `not-${first}`;
  }
  if ('not' in must) return good ? (typeof must.not[0] === 'boolean' ? !must.not[0] : 'other') : must.not[0]!;
  if ('least' in must) return good ? must.least : must.least - 1;
  if ('most' in must) return good ? must.most : must.most + 1;
  return good ? 'good' : 'bad';
}
