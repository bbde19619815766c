import type { TextRange } from '../../base/range.ts';
import type { Confidence } from '../../model/finding.ts';
import type { TextItem } from '../../model/text.ts';

/** Groups of secrets that a team switches as one; each has its rule. */
export type SecretGroup = 'provider-token' | 'private-key' | 'jwt' | 'url' | 'connection-string' | 'password' | 'api-key' | 'signing-key' | 'password-hash';

/** A secret that a document holds in the clear. */
export interface FoundSecret {
  readonly group: SecretGroup;
  readonly range: TextRange;
  /** The secret itself. Never leaves the document. */
  readonly value: string;
  /** What it is, for messages: `GitHub personal access token`. */
  readonly what: string;
  readonly provider?: string | undefined;
  /** Name of the variable or key that holds it, where there is one. */
  readonly name?: string | undefined;
  readonly item?: TextItem | undefined;
  readonly confidence: Confidence;
  /** Why it was judged to be a secret, as the rest of a sentence that starts with "Judged so because". */
  readonly because: string;
  readonly rotate?: string | undefined;
  /** Issued for tests, or an identifier that opens nothing by itself. */
  readonly minor?: boolean;
}

/** First four and last two characters and the length; of short values less, so that never more than a third shows. */
export function mask(value: string): string {
  const flat = value.replace(/\s+/g, ' ');
  if (flat.length >= 18) return `${flat.slice(0, 4)}…${flat.slice(-2)}, ${value.length} characters`;
  if (flat.length >= 9) return `${flat.slice(0, 2)}…${flat.slice(-1)}, ${value.length} characters`;
  return `${value.length} characters`;
}

/** The article before the name of a secret: an API key, a GitHub token. */
export function article(noun: string): string {
  return /^(?:[AEIO]|[aeiou]|S[A-Z]{2}|R[A-Z]{2}|X|x[A-Z]|npm|8)/.test(noun) && !/^(?:One|Uni|USB|U[A-Z])/.test(noun) ? 'an' : 'a';
}
