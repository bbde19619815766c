/** A kind of token that is known by its own form: a prefix, an alphabet, a length. */
export interface TokenKind {
  /** `github-personal-access-token`. */
  readonly id: string;
  readonly provider: string;
  /** What it is, for messages: `personal access token`. */
  readonly what: string;
  /** Starts with the literal text that the scan looks for; no nested quantifiers. */
  readonly pattern: string;
  readonly check?: Check;
  /** Words of which one has to stand in the name or on the line; for forms that other things share. */
  readonly near?: readonly string[];
  /** Where the provider lets its user revoke it. */
  readonly rotate?: string;
  /** Identifies, but opens nothing by itself. */
  readonly identifier?: true;
  /** A hash of a password: no key, but what is guessed at without limit. */
  readonly hash?: true;
  /** Issued for tests: works on no real data. */
  readonly test?: true;
}

export type Check = 'base62-crc' | 'aws-id' | 'jwt' | 'mixed' | 'generated' | 'any';

export type Row = readonly [provider: string, what: string, pattern: string, options?: Partial<Pick<TokenKind, 'check' | 'near' | 'rotate' | 'identifier' | 'test' | 'hash'>>];

/** Rows of an area as kinds; the id is made of provider and matter. */
export function kinds(rows: readonly Row[]): readonly TokenKind[] {
  return rows.map(([provider, what, pattern, options]) => ({ id: slug(`${provider} ${what}`), provider, what, pattern, ...options }));
}

export function slug(text: string): string {
  return text.toLowerCase().replace(/&/g, 'and').replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');
}
