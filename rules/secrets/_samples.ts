import { base62, crc32 } from '../../server/rule/secrets.ts';

/**
 * Invented tokens for examples and tests, put together when they are needed, so that none stands in the repository. The same seed
 * gives the same characters; checksums are right where the form has one.
 */
export function characters(count: number, alphabet: string, seed: number): string {
  let state = seed * 2_654_435_761 % 4_294_967_296;
  let out = '';
  for (let at = 0; at < count; at++) {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    out += alphabet[Math.floor(state / 65_536) % alphabet.length];
  }
  return out;
}

export const lower = 'abcdefghijklmnopqrstuvwxyz';
export const digits = '0123456789';
export const alnum = lower + lower.toUpperCase() + digits;
export const hexadecimal = '0123456789abcdef';

/** A GitHub personal access token with its checksum. */
export function githubToken(seed = 7): string {
  const body = characters(30, alnum, seed);
  return ['ghp', body + base62(crc32(body), 6)].join('_');
}

export function openaiKey(seed = 11): string {
  return ['sk', 'proj', `${characters(70, alnum, seed)}T3Blbk${'FJ'}${characters(70, alnum, seed + 1)}`].join('-');
}

export function anthropicKey(seed = 13): string {
  return ['sk', 'ant', 'api03', `${characters(93, alnum, seed)}AA`].join('-');
}

export function stripeKey(seed = 17): string {
  return ['sk', 'live', characters(24, alnum, seed)].join('_');
}

export function awsSecret(seed = 19): string {
  return characters(40, `${alnum}+/`, seed);
}

/** A password as people choose them: letters of both cases, digits, a sign. */
export function password(seed = 23): string {
  return `${characters(5, lower, seed)}${characters(3, lower.toUpperCase(), seed + 1)}${characters(3, digits, seed + 2)}!${characters(2, lower, seed + 3)}`;
}

/** A PEM private key of invented data. */
export function pemKey(seed = 29): string {
  const lines = Array.from({ length: 5 }, (_, at) => characters(64, `${alnum}+/`, seed + at));
  return [`-----BEGIN ${'PRIVATE KEY'}-----`, ...lines, `-----END ${'PRIVATE KEY'}-----`].join('\n');
}

/** A JSON Web Token with an invented signature. */
export function webToken(seed = 31): string {
  const part = (value: unknown): string => btoa(JSON.stringify(value)).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
  return [part({ alg: 'HS256', typ: 'JWT' }), part({ sub: `user-${seed}`, iss: 'https://login.wardline.dev', exp: 1_893_456_000 }), characters(43, alnum, seed)].join('.');
}

/** Marks under the part of a line that a finding covers. */
export function under(line: string, part: string): string {
  const at = line.indexOf(part);
  return `${line}\n${' '.repeat(at)}${'^'.repeat(part.length)}`;
}
