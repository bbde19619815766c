import type { TextItem } from '../../model/text.ts';
import { isChosen, judgedPassword } from './chosen.ts';
import type { FoundSecret } from './secret.ts';
import { isLiteralKey } from './signing.ts';

/** What the text in front of a literal says it is, where neither its name nor its call does. */
interface Surrounding {
  readonly before: RegExp;
  readonly kind: 'password' | 'key';
  readonly because: string;
  /** Other things stand so too: a plain word is then one of these. */
  readonly asChosen?: true;
}

const onLine: readonly Surrounding[] = [
  { before: /\b(?:auth|basic_auth|http_auth|proxy_auth|credentials|creds|login)['"]?\s*[=:]\s*[([]\s*["'][^"'\n]{1,60}["'],\s*[rbu]?["']$/, kind: 'password', because: 'it stands behind the user\'s name in a pair of credentials' },
  { before: /\bConvertTo-SecureString\s+(?:-String\s+)?["']$/i, kind: 'password', because: 'it is made a secure string from plain text' },
  { before: /\bIDENTIFIED\s+(?:WITH\s+["'\w]{1,40}\s+)?(?:BY|AS)\s+(?:PASSWORD\s+)?["']$/i, kind: 'password', because: 'the statement gives it to the user of a database as the password' },
  { before: /pass\w{0,20}["']\s*\)*\s*\.\s*(?:send_?keys|fill|type|set_?value)\(\s*["']$|\.(?:send_?keys|fill|type|set_?value)\(\s*["'][^"'\n]{0,60}pass[^"'\n]{0,30}["'],\s*["']$/i, kind: 'password', because: 'it is typed into the field for the password' },
  { before: /(?:^|[\s"'(])password(?: (?:for|of) (?:the )?(?:user )?["'`]?[\w.@-]{1,40}["'`]?)? is:? ["']$/i, kind: 'password', because: 'the text says that it is the password' },
  { before: /["'](?:cn|uid|ou|dc)=[^"'\n]{2,100}["'],\s*(?:password\s*=\s*)?[rbu]?["']$/i, kind: 'password', because: 'it stands behind the name of an entry of a directory, which is bound with it' },
  { before: /\.connect\(\s*[rbu]?["'][^"'\n]{1,80}["'],\s*\d{2,5},\s*[rbu]?["'][\w.-]{1,40}["'],\s*[rbu]?["']$/, kind: 'password', because: 'it stands behind the host, the port and the user of a connection', asChosen: true },
  { before: /pass(?:word|wd|phrase)?\w{0,10}(?:\(\))?\.(?:equals(?:IgnoreCase)?|compareTo|contentEquals)\(\s*["']$|\bstrn?cmp\(\s*\w{0,20}pass\w{0,20},\s*"$/i, kind: 'password', because: 'the program compares a password with it', asChosen: true },
  { before: /\b(?:CREATE|ALTER|SET)\b.{0,80}\bPASSWORD\b\s*[(=]?\s*'$/i, kind: 'password', because: 'the statement gives it to the user of a database as the password' },
  { before: /\bjwt\.(?:encode|decode)\([^\n]{0,90}\b(?:key|secret)\s*=\s*[rb]?["']$/, kind: 'key', because: 'tokens are signed with it' },
  { before: /["']sshpass["'],\s*["']-p["'],\s*["']$/, kind: 'password', because: 'it stands where the command takes a password' },
  { before: /\b(?:PlainAuth|smtp\.PlainAuth)\(\s*"[^"\n]{0,60}",\s*"[^"\n]{1,80}",\s*"$/, kind: 'password', because: 'it is the password of a mail server' },
];

/** Words of which one stands in each of them. */
const onLineWords = /auth|cred|login|securestring|identified|pass|connect|(?:cn|uid|ou|dc)=|jwt/i;

const further: readonly Surrounding[] = [
  { before: /\b(?:session|expressSession|koaSession|cookieSession|fastifySession|fastifyCookie|expressJwt|expressjwt|jwt|fastifyJwt|koaJwt)\(\s*\{[^{}]{0,200}\b(?:secret|keys)\s*:\s*(?:\[\s*(?:["'][^"'\n]{1,80}["'],\s*)*)?["'`]$/, kind: 'key', because: 'sessions are signed with it' },
  { before: /\bget_?pass(?:word|wd|phrase)?\w{0,20}\s*\([^()\n]{0,60}\)[^{}:;\n]{0,30}[{:]\s*return\s+["']$/i, kind: 'password', because: 'the function that gives the password returns it' },
  { before: /\b\w{0,20}passwords\b["']?\s*[=:]\s*\{[^{}]{0,200}:\s*["']$/i, kind: 'password', because: 'it stands in a table of passwords', asChosen: true },
  { before: /\bbasicAuth\(\s*\{\s*users\s*:\s*\{[^{}]{0,200}:\s*["'`]$/, kind: 'password', because: 'the server lets the user in with it' },
  { before: /\bchpasswd:\s*\n(?:[ \t]+expire:.*\n)?[ \t]+(?:list|users):[^\n]*\n(?:[ \t]+[\w.-]{1,40}:\S{1,80}\n){0,10}[ \t]+[\w.-]{1,40}:$/, kind: 'password', because: 'the machine gives it to the user as the password' },
];
/** Java hands passwords on as arrays of characters. */
const characters = /(?:\.load|PBEKeySpec|PasswordProtection|createCredential|createScramSha\w{1,10}Credential|KeyManagerFactory|\.init|\.getKey|\.setKeyEntry|setPassword|PasswordAuthentication)$/;
/** Words without which none of the further surroundings is there. */
const furtherWords = /basicAuth|[sS]ession\(|chpasswd:|[jJ]wt\(|get_?[pP]ass|[pP]asswords|PASSWORDS/;
const reach = 260;

/** Whether a text can hold any of the surroundings that reach over lines. */
export function hasSurroundings(text: string): boolean {
  return furtherWords.test(text);
}

/** A literal that is a password or a key by what stands in front of it. */
export function judgeSurroundings(item: TextItem, text: string, far: boolean): Omit<FoundSecret, 'item'> | undefined {
  const { value, range } = item;
  if (item.dynamic || value.length < 4 || value.length > 200) return undefined;
  let where: Surrounding | undefined;
  if (item.quoted && item.role !== 'comparison' && onLineWords.test(item.before)) where = onLine.find((one) => one.before.test(item.before));
  if (!where && item.quoted && item.callee !== undefined && characters.test(item.callee) && text.startsWith('.toCharArray()', range.end + 1)) {
    where = { before: characters, kind: 'password', because: `${item.callee} takes it as a password` };
  }
  if (!where && far) {
    const before = text.slice(Math.max(0, range.start - reach), range.start);
    where = further.find((one) => one.before.test(before));
  }
  if (!where) return undefined;
  if (where.kind === 'key') {
    if (!isLiteralKey(value) || value.length > 100) return undefined;
    return { group: 'signing-key', range, value, what: 'signing key', name: item.name, confidence: 'medium', because: where.because };
  }
  if (!judgedPassword(value) || /^[a-z]+(?:_[a-z]+){2,}$/.test(value) || (where.asChosen && !isChosen(value, item.name))) return undefined;
  return { group: 'password', range, value, what: 'password', confidence: 'medium', because: where.because };
}
