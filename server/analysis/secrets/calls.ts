import type { TextItem } from '../../model/text.ts';
import { secretProbability } from './features.ts';
import { isPublishedExample, placeholder } from './placeholder.ts';
import type { Strictness } from './named.ts';
import type { FoundSecret } from './secret.ts';
import { isLiteralKey } from './signing.ts';
import { isKeyPosition, isPasswordPosition, takesCredentials } from './positions.ts';
import { judgedPassword } from './chosen.ts';
import { wordCoverage } from './words.ts';

type Judged = Omit<FoundSecret, 'item'>;

const algorithm = /^(?:[HRPE]S(?:256|384|512)|sha\d+|md5|none|aes-.*|utf-?8|hex|base64|latin1|ascii|binary|json|text)$/i;

const userFlag = /^(?:u|user|proxy-user|U)$/;
const passwordFlag = /^(?:p|pw|P)$/;
const loginCommands = /\b(?:sshpass|psexec(?:\.exe)?|docker login|podman login|mongo(?:sh|dump|restore|import|export)?|az login|plink|winexe|smbclient|helm registry login|oras login)\b/i;
const commonPasswords = /^(?:password|passwd|pass|pwd|secret|token|user|username|true|false|\d{1,5})$/i;

/** Passwords on a command line: `curl -u user:…`, `docker login -u user -p …`. */
export function judgeFlag(item: TextItem, { trial }: Strictness): Judged | undefined {
  if (item.role !== 'flag' || item.name === undefined || item.dynamic || trial) return undefined;
  let { value } = item;
  let start = item.range.start;
  if (userFlag.test(item.name) && /\b(?:curl|wget|http)\b/.test(item.before)) {
    const colon = value.indexOf(':');
    if (colon < 1) return undefined;
    value = value.slice(colon + 1);
    start += colon + 1;
  } else if (!passwordFlag.test(item.name) || !loginCommands.test(item.before)) return undefined;
  if (value.length < 4 || /[\s/]|^[-$%]/.test(value) || commonPasswords.test(value) || /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/.test(value) || placeholder(value) !== undefined) return undefined;
  return { group: 'password', range: { start, end: start + value.length }, value, what: 'password', confidence: 'medium', because: 'it stands where the command takes a password' };
}

/** Literals that are a password or key by the call they are passed to: `jwt.sign(claims, "…")`, `request.auth("user", "…")`. */
export function judgeCall(item: TextItem, { trial }: Strictness): Judged | undefined {
  const { callee, value } = item;
  if (callee === undefined || item.role !== 'argument' || !item.quoted || item.dynamic || trial) return undefined;
  if (value.length < 4 || value.length > 200 || algorithm.test(value)) return undefined;
  const position = item.position ?? 0;
  if (isKeyPosition(callee, position, item.before) && isLiteralKey(value) && (!/\s/.test(value) || value.length <= 40)) {
    return { group: 'signing-key', range: item.range, value, what: 'signing key', confidence: 'medium', because: `it is passed to ${callee} as the key` };
  }
  if (isPasswordPosition(callee, position, value, item.name) && (item.name !== undefined || position > 1) && judgedPassword(value)) {
    return { group: 'password', range: item.range, value, what: 'password', confidence: 'medium', because: `it is passed to ${callee} behind the user's name` };
  }
  if (takesCredentials(callee) && isGenerated(value)) {
    return { group: 'api-key', range: item.range, value, what: 'key', confidence: 'medium', because: `it is passed to ${callee} and looks generated` };
  }
  return undefined;
}

/** Letters and digits that change often, as in a key; hashes and UUIDs are other things' names as well. */
function isGenerated(value: string): boolean {
  return value.length >= 20 && /^[\w+/=.~-]+$/.test(value) && (value.match(/\d+/g)?.length ?? 0) >= 2 && !/^[0-9a-f-]{36}$|^[0-9a-f]{40}$|^[0-9a-f]{64}$/.test(value)
    && wordCoverage(value) < 0.3 && secretProbability(value) > 0.95 && placeholder(value) === undefined && !isPublishedExample(value);
}
