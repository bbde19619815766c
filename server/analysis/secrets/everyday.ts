import type { TextItem } from '../../model/text.ts';
import { isWording, judgedPassword, namesWording } from './chosen.ts';
import { credentialName } from './credential-name.ts';
import type { FoundSecret } from './secret.ts';

/** Passwords that people choose again and again, with the digits and signs that they add. */
const usual = /^(?:letmein|qwert[yz]\w{0,4}|swordfish|iloveyou|changeit|dragon|monkey|football|baseball|sunshine|princess|superman|batman|trustno|welcome|hunter|toor|passw0rd|p[a@]ssw[o0]rd|p[a@][s$]{2}w[o0]rd|abc|admin|root|s[e3]cr[e3]t|asdf\w{0,4}|master|shadow|open[-_]?sesame)[\d!@#$._-]{0,6}$/i;
/** Of these the bare word is rather a name, or what the password stands for. */
const bare = /^(?:welcome|abc|admin|root|master|shadow|hunter|dragon|monkey|password|secret|football|baseball)$/i;
/** What services come with: in settings it says no more than that nobody has chosen one. */
const initial = /^(?:admin|root|test|guest|demo|user|postgres|mysql|redis|minio|rabbitmq|elastic|neo4j|bitnami|airflow|grafana|keycloak|mongo|sa|app)$/i;
const counted = /^(?:1234567\d{0,3}|0?987654321|(?:12345678|87654321|1234){2}|abc12345?6?)$/;

/** A word with digits or signs behind or within it, as people make them up: `tiger99`, `Summer2023!`. */
const madeUp = /^(?=.*[A-Za-z]{3})(?=.*\d)[A-Za-z0-9!@#$%^&*._+-]{6,30}$/;
/** Names of methods and of numbered things, which have digits too. */
const numbered = /^(?:md|sha|pbkdf|bcrypt|scrypt|argon|oauth|openid|base|utf|iso|aes|rsa|hmac|ed|http|ipv|win|saml|ntlmv?|fields?|params?|inputs?|steps?|tests?|values?|args?|strings?|str|forms?|rows?|cols?|columns?|pages?|tabs?|levels?|types?|version|example|samples?|item|option|group|section|text|label|button|auth|user|login|secret|key|token)[-_]?\d+[a-z]{0,3}$/i;

const ends = /(?:password|passwd|passphrase|pwd|passcode|pass)$/i;

/** A user's name, in quotes, beside the password: `user: 'joe', password: '…'`. */
const quotedUser = /(?:^|[^\w.])['"]?(?:\w{0,20}[._-])?(?:user(?:_?name)?|usr|uid|login|account_?name|email)['"]?\s*(?:=>|[:=])\s*[rbu]?(['"])(?!user|name|login|string|text|e-?mail|your|\w*[{<$%])[\w.@\\+-]{2,60}\1/i;
const bareUser = /(?:^|[\n;,{(]|[\w]\.)[ \t]*(?:user(?:_?name)?|usr|uid|login|user ?id)[ \t]*(?:=>|[:=])[ \t]*(?!user|name|login|string|text|your|[{<$%!])[\w.@\\+-]{2,60}[ \t]*(?:\r?\n|[;,]|$)/im;
const host = /(?:^|[^\w])['"]?(?:host(?:name)?|server|database|dbname|db|port|dsn|smtp\w{0,8}|url)['"]?\s*(?:=>|[:=])\s*\S/i;

const roles: ReadonlySet<TextItem['role']> = new Set(['assignment', 'property', 'keyword', 'literal', 'argument', 'comparison', 'flag', 'environment']);

const back = 240;
const forward = 160;

/** A word that serves as a password: one of those that many choose, or any that stands beside the name of its user. */
export function judgeEveryday(item: TextItem, text: string, program: boolean): Omit<FoundSecret, 'item'> | undefined {
  const { name, value, role } = item;
  if (name === undefined || item.dynamic || !roles.has(role) || (program && !item.quoted && item.within === undefined)) return undefined;
  const other = /(?:secret|token)$/i.test(name) && /\d/.test(value) && usual.test(value);
  if ((!ends.test(name) && !other) || item.within === 'comment' || !judgedPassword(value) || value.length > 40 || /[(){}[\]|/\\,]/.test(value)) return undefined;
  if (!item.quoted && /^[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)+$/.test(value)) return undefined;
  const named = credentialName(name);
  if (named === undefined || named.strength < 2 || (named.kind !== 'password' && !other)) return undefined;
  const plain = item.within === undefined && (!program || role === 'assignment') && (initial.test(value) || repeatsUser(item, text));
  if (plain) return undefined;
  if (namesWording(name) || namesWording(holderOf(item, text))) return undefined;
  const because = (usual.test(value) && !bare.test(value)) || counted.test(value) ? 'its name says password, and it is one that many people choose'
    : madeUp.test(value) && !numbered.test(value) && !looksNamed(value) && !isWording(value) ? 'its name says password, and it looks made up as one'
    : role === 'literal' || role === 'argument' || role === 'comparison' || role === 'flag' ? undefined
    : isDefault(item) ? 'the function takes it for the password where it is given none'
    : !numbered.test(value) && !isWording(value) && hasUser(item, text) ? 'its name says password, and the name of its user stands beside it' : undefined;
  if (because === undefined) return undefined;
  return { group: 'password', range: item.range, value, what: 'password', name, confidence: 'low', because };
}

/** Words joined by signs with a number at most: `db-pass-v2`, `app.password1`. */
function looksNamed(value: string): boolean {
  return /^[a-z]+(?:[-_.][a-z]+)*[-_.](?:[a-z]{0,3}\d{1,2}|[a-z]+)$/i.test(value) || /pass(?:word|wd)?\d{0,2}$/i.test(value);
}

/** The default of a parameter: `def connect(user, password="…")`. */
function isDefault(item: TextItem): boolean {
  return item.role === 'keyword' && item.quoted && /^\s*(?:async\s+)?(?:def|function)\s+\w+\s*\(/.test(item.before) && /^[a-z0-9]+$/.test(item.value);
}

/** `user: katib`, `password: katib`. */
function repeatsUser(item: TextItem, text: string): boolean {
  const { start, end } = item.range;
  return new RegExp(`(?:user\\w*|database|db|name)["']?\\s*[:=]\\s*["']?${item.value.replace(/[^\w]/g, '\\$&')}\\b`, 'i').test(text.slice(Math.max(0, start - back), end + forward));
}

/** The name of the table that an entry stands in, on its line or the ones before. */
function holderOf(item: TextItem, text: string): string {
  const before = text.slice(Math.max(0, item.range.start - back), item.range.start);
  return /([\w.]{2,60})["']?\s*(?::\s*[\w<>[\], ]{1,40}\s*)?[:=]\s*\{[^{}]*$/.exec(before)?.[1] ?? '';
}

/** The entries around an item: up to a blank line or the end of what holds it. */
function hasUser(item: TextItem, text: string): boolean {
  const { start, end } = item.range;
  const before = text.slice(Math.max(0, start - back), start);
  const after = text.slice(end, end + forward);
  const cut = Math.max(before.lastIndexOf('\n\n'), before.lastIndexOf('}'), before.lastIndexOf(');'));
  const close = /\n\s*\n|[})]/.exec(after)?.index ?? after.length;
  const near = `${before.slice(cut + 1)}\u0000${after.slice(0, close)}`;
  return item.quoted ? quotedUser.test(near) : bareUser.test(near) && host.test(near);
}
