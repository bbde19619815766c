import { scalar } from '../analysis/values.ts';
import type { Fix } from '../model/fix.ts';
import type { Value } from '../model/value.ts';

/** What a text can be replaced by, without knowing more than the text. */
export interface Substitute {
  readonly text: string;
  readonly title: string;
  /** Only the user knows the right text: a tab stop. */
  readonly stop?: true;
}

/** The same address with TLS; one address in the place of every address. Undefined for other texts. */
export function substitute(text: string): Substitute | undefined {
  if (/^http:\/\//i.test(text)) return { text: text.replace(/^http/i, 'https'), title: 'Use https://' };
  if (/^(?:0\.0\.0\.0|::)\/0$/.test(text)) return oneAddress(text);
  return undefined;
}

/** One address, of the family of a range, to be replaced by those that are meant. */
export function oneAddress(range: string): Substitute {
  return { text: range.includes(':') ? 'fd00::10/128' : '10.0.0.10/32', title: 'Name the addresses that are meant', stop: true };
}

/** Writes a substitute in the place of a value whose own text stands there, and not a variable's. */
export function substituted(value: Value | undefined, own: Substitute | undefined): readonly Fix[] {
  const written = value !== undefined && scalar(value) !== undefined && value.origin.path === value.at.path && value.origin.range.start === value.at.range.start;
  return own && written ? [{ title: own.title, safe: false, intents: [{ kind: 'replaceText', origin: value.at, text: own.text, ...(own.stop ? { stop: true } : {}) }] }] : [];
}
