import { awsAccount, hasBase62Checksum, readJwt } from './checksums.ts';
import { tokenKinds } from './kinds/index.ts';
import type { TokenKind } from './kinds/kind.ts';
import { filler, isPublishedExample, longestRun } from './placeholder.ts';
import { wordCoverage } from './words.ts';

/** A token found by its form. */
export interface TokenHit {
  readonly kind: TokenKind;
  readonly start: number;
  readonly end: number;
  /** What was verified, in words: a checksum, the account in a key id. */
  readonly verified?: string;
  /** The form has a checksum and it does not match. */
  readonly doubtful?: boolean;
}

interface Compiled {
  readonly kind: TokenKind;
  /** Literal text that every match starts with; '' where the form has none. */
  readonly prefix: string;
  readonly pattern: RegExp;
}

/** The literal starts of a pattern: the text before its first operator, with one leading group of alternatives spread out. */
export function prefixesOf(pattern: string): readonly string[] {
  const group = /^(.*?)\(\?:([^()[\]?*+.]+)\)(?![?*{])/.exec(pattern);
  if (group && literalHead(group[1]!) === unescape(group[1]!)) {
    return group[2]!.split('|').map((one) => unescape(group[1]!) + literalHead(one));
  }
  return [literalHead(pattern)];
}

function literalHead(pattern: string): string {
  const head = /^(?:[A-Za-z0-9_/@:~=!-]|\\[.$+|-])*/.exec(pattern)![0];
  const next = pattern[head.length];
  return unescape(next === '?' || next === '*' || next === '{' ? head.slice(0, -1) : head);
}

function unescape(text: string): string {
  return text.replace(/\\(.)/g, '$1');
}

const prefixed = new Map<number, Compiled[]>();
const formless: Compiled[] = [];
const infixed: { readonly anchor: string; readonly back: number; readonly compiled: Compiled }[] = [];
/** Forms that start with characters of a class are found by literal text further in. */
const anchors: Readonly<Record<string, readonly [anchor: string, back: number]>> = {
  'rapidapi-key': ['msh', 10],
  'terraform-cloud-api-token': ['.atlasv1.', 14], 'telegram-bot-token': [':AA', 10], 'mailchimp-api-key': ['-us', 32], 'firebase-device-token': [':APA91b', 22],
  'azure-devops-personal-access-token': ['AZDO', 76], 'azure-storage-account-key': ['+ASt', 76], 'azure-cosmos-db-key': ['ACDb', 76], 'azure-api-management-key': ['+APIM', 76], 'azure-container-registry-password': ['+ACR', 42],
  'azure-openai-api-key': ['JQQJ99', 74], 'azure-ai-services-key': ['JQQJ99', 52], 'azure-search-admin-key': ['AzSe', 42], 'azure-functions-key': ['AzFu', 44], 'azure-ad-client-secret': ['Q~', 4],
  'microsoft-teams-webhook': ['.webhook.office.com', 40], 'new-relic-license-key': ['NRAL', 36],
};

for (const kind of tokenKinds) {
  const pattern = new RegExp(kind.pattern, 'y');
  const anchor = anchors[kind.id];
  const heads = prefixesOf(kind.pattern);
  if (anchor) infixed.push({ anchor: anchor[0], back: anchor[1], compiled: { kind, prefix: '', pattern } });
  else if (heads.every((head) => head.length >= 2)) {
    for (const prefix of heads) {
      const key = prefix.charCodeAt(0) * 128 + prefix.charCodeAt(1);
      prefixed.set(key, [...prefixed.get(key) ?? [], { kind, prefix, pattern }]);
    }
  } else formless.push({ kind, prefix: '', pattern });
}
for (const word of ['_api_', '_sk_', '_pat_', '_tkn_', '_secret_', '_sec_', '_live_', '-live-', '_oat_', '_apikey_']) {
  const kind = tokenKinds.find((one) => one.id === 'online-service-key')!;
  infixed.push({ anchor: word, back: 12, compiled: { kind, prefix: '', pattern: new RegExp(kind.pattern, 'y') } });
}
/** Whether a kind is ever looked for: by its first letters, by letters within, or by words beside it. */
export function isLookedFor(kind: TokenKind): boolean {
  return kind.near !== undefined || infixed.some(({ compiled }) => compiled.kind === kind) || prefixesOf(kind.pattern).every((head) => head.length >= 2);
}

const anyAnchor = new RegExp(infixed.map(({ anchor }) => anchor.replace(/[.+]/g, '\\$&')).join('|'));
const table: readonly (readonly Compiled[] | undefined)[] = Array.from({ length: 128 * 128 }, (_, at) => prefixed.get(at));

/** What a character may be part of: 2 for letters and digits, 1 for what else stands in keys and addresses. */
const classes = new Uint8Array(0x10000);
for (let code = 0; code < 128; code++) {
  const character = String.fromCharCode(code);
  classes[code] = /[A-Za-z0-9]/.test(character) ? 2 : /[-+/_=.:~@]/.test(character) ? 1 : 0;
}
/** Tokens that an anchor finds are longer. */
const shortestRun = 24;

/** Whether a form with a prefix starts with a character. */
const firsts = new Uint8Array(0x10000);
for (const [key, candidates] of prefixed) if (candidates.length > 0) firsts[key >> 7] = 1;

/** All tokens with a form of their own, in one pass over the text; anchors are looked for in long runs of their characters only. */
export function scanTokens(text: string): TokenHit[] {
  const hits: TokenHit[] = [];
  const { length } = text;
  let run = 0;
  let resume = 0;
  const look = (at: number): void => {
    if (at < resume || at + 1 >= length) return;
    const next = text.charCodeAt(at + 1);
    const candidates = next < 128 ? table[text.charCodeAt(at) * 128 + next] : undefined;
    const hit = candidates && match(text, at, candidates);
    if (!hit) return;
    hits.push(hit);
    resume = hit.end;
  };
  let escaped = -1;
  // Forms with a prefix start where no letter or digit stands before, or one that an escape such as `\n` ends with.
  for (let at = 0; at < length; at++) {
    let code = text.charCodeAt(at);
    if (firsts[code] === 1) look(at);
    if (at === escaped && firsts[text.charCodeAt(at + 1)] === 1) look(at + 1);
    while (classes[code] === 2 && ++at < length) code = text.charCodeAt(at);
    if (at >= length) break;
    if (classes[code] === 0) {
      if (at - run >= shortestRun) anchored(text, run, at, hits);
      run = at + 1;
      if (code === 92) escaped = at + 1;
    }
  }
  if (length - run >= shortestRun) anchored(text, run, length, hits);
  return hits;
}

/** Tokens around an anchor that stands between two places. */
function anchored(text: string, from: number, to: number, hits: TokenHit[]): void {
  const piece = text.slice(from, to);
  if (!anyAnchor.test(piece)) return;
  for (const { anchor, back, compiled } of infixed) {
    for (let at = piece.indexOf(anchor); at >= 0; at = piece.indexOf(anchor, at + 1)) {
      const there = from + at;
      for (let start = Math.max(0, there - back); start <= there; start++) {
        if (start > 0 && isTokenCharacter(text.charCodeAt(start - 1)) && text.charCodeAt(start - 1) !== 61) continue;
        const hit = match(text, start, [compiled]);
        if (hit && hit.end > there) {
          hits.push(hit);
          break;
        }
      }
    }
  }
}

/** Kinds without a prefix whose form a value has as a whole; the caller checks that the provider is named. */
export function formlessKinds(value: string, context: string): TokenKind | undefined {
  for (const { kind, pattern } of formless) {
    if (!kind.near?.some((word) => says(context, word))) continue;
    pattern.lastIndex = 0;
    const found = pattern.exec(value);
    if (found && found[0].length === value.length) return kind;
  }
  return undefined;
}

function match(text: string, at: number, candidates: readonly Compiled[]): TokenHit | undefined {
  for (const { kind, prefix, pattern } of candidates) {
    if (prefix !== '' && !text.startsWith(prefix, at)) continue;
    // The id in a signed address goes without its key, and does nothing alone.
    if (kind.check === 'aws-id' && text.endsWith('Credential=', at)) continue;
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (!found) continue;
    const end = at + found[0].length;
    if (kind.near && !kind.near.some((word) => says(near(text, at), word))) continue;
    if (inData(text, at, end)) continue;
    const judged = judge(kind, found[0], prefix.length);
    if (judged) return { kind, start: at, end, ...judged };
  }
  return undefined;
}

/** Shorter runs of base64 are keys rather than pictures. */
const shortestData = 600;

/** Whether letters in a row lie within base64 that is much longer than any token: a picture, a file. */
function inData(text: string, start: number, end: number): boolean {
  const within = (at: number): boolean => at >= 0 && at < text.length && (isTokenCharacter(text.charCodeAt(at)) && text[at] !== '=');
  const beside = (at: number): boolean => text[at] === '+' || text[at] === '/';
  if (!beside(start - 1) && !beside(end)) return false;
  let from = start;
  let to = end;
  while (from > end - shortestData && within(from - 1)) from--;
  while (to < from + shortestData && within(to)) to++;
  return to - from >= shortestData;
}

/** The line around a place in lower case, 100 characters back at most, without separators between words. */
function near(text: string, at: number): string {
  const slice = text.slice(Math.max(0, at - 100), at);
  return slice.slice(slice.lastIndexOf('\n') + 1).toLowerCase().replace(/[ -]/g, '_');
}

/** Whether a word stands in a context, at the start of a word there. */
function says(context: string, word: string): boolean {
  for (let at = context.indexOf(word); at >= 0; at = context.indexOf(word, at + 1)) {
    const before = at === 0 ? 0 : context.charCodeAt(at - 1);
    if (before < 97 || before > 122) return true;
  }
  return false;
}

type Judged = Pick<TokenHit, 'verified' | 'doubtful'>;

function judge(kind: TokenKind, token: string, prefixLength: number): Judged | undefined {
  if (isPublishedExample(token)) return undefined;
  const body = token.slice(prefixLength);
  if (kind.check !== 'any' && implausible(body)) return undefined;
  switch (kind.check) {
    case 'base62-crc': return hasBase62Checksum(token) ? { verified: 'its checksum is right' } : { doubtful: true };
    case 'aws-id': {
      const account = awsAccount(token);
      return account === undefined ? {} : { verified: `it was issued for account ${account.slice(0, 4)}…${account.slice(-2)}` };
    }
    case 'jwt': return readJwt(token) ? { verified: 'its header is a JSON Web Token\'s' } : undefined;
    case 'mixed': return mixed(token.slice(Math.min(prefixLength, 4))) ? {} : undefined;
    case 'generated': return generated(token.slice(Math.max(token.lastIndexOf('_'), token.lastIndexOf('-')) + 1)) ? {} : undefined;
    default: return {};
  }
}

/** Bodies that nobody issued: filler, one class of characters in a long body, words. */
function implausible(body: string): boolean {
  if (body.length < 8) return false;
  if (filler(body) || longestRun(body) >= 12) return true;
  if (body.length >= 30 && /^\d+$/.test(body)) return true;
  return /your|placeholder|replace|insert|example|redacted|changeme|random[-_]?(?:api|key|token|secret)/i.test(body) || /(?:^|[_-])(?:my|here|fake|dummy|test|token|secret|key)(?=[_-]|$).*[_-](?:my|here|fake|dummy|test|token|secret|key)(?:[_-]|$)/i.test(body);
}

function mixed(body: string): boolean {
  let classes = 0;
  if (/[a-z]/.test(body)) classes++;
  if (/[A-Z]/.test(body)) classes++;
  if (/\d/.test(body)) classes += 1;
  return classes >= 2 && /\d/.test(body) && new Set(body).size >= Math.min(8, body.length / 2);
}

/** Letters and digits that change so often that no hash of lower case letters, nor words with a number, would. */
function generated(body: string): boolean {
  return mixed(body) && (body.match(/\d+/g)?.length ?? 0) >= 3 && wordCoverage(body) < 0.3;
}

function isAlnum(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57);
}

function isTokenCharacter(code: number): boolean {
  return isAlnum(code) || code === 43 || code === 47 || code === 61;
}
