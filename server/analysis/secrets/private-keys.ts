import { decodeBase64 } from './checksums.ts';
import type { FoundSecret } from './secret.ts';

type KeyHit = Pick<FoundSecret, 'range' | 'value' | 'what' | 'because' | 'confidence'>;

const header = /-----BEGIN ((?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?)-----/y;

/** Private keys in PEM, also when a program joins them line by line from strings, in PuTTY's format and in .NET's XML. */
export function privateKeys(text: string, from: number, to: number): KeyHit[] {
  const hits: KeyHit[] = [];
  let close = text.indexOf('-----END ', from);
  for (let at = text.indexOf('-----BEGIN ', from); at >= 0 && at < to; at = text.indexOf('-----BEGIN ', at + 11)) {
    header.lastIndex = at;
    const match = header.exec(text);
    if (!match) continue;
    const bodyStart = at + match[0].length;
    const next = text.indexOf('-----BEGIN ', bodyStart);
    const limit = Math.min(to, bodyStart + 16_000, next < 0 ? to : next);
    if (close >= 0 && close < bodyStart) close = text.indexOf('-----END ', bodyStart);
    const bodyEnd = close >= 0 && close < limit ? close : Math.min(limit, bodyStart + 4_000);
    const complete = bodyEnd === close;
    const body = text.slice(bodyStart, bodyEnd);
    if (!isKeyBody(body, complete) || isTemplateAccount(text.slice(Math.max(from, at - 200), at))) continue;
    const end = complete ? Math.min(to, close + match[0].length - 2) : bodyStart;
    hits.push({
      range: { start: at, end }, value: text.slice(at, end), what: titleOf(match[1]!), confidence: 'high',
      because: complete ? 'it is a PEM block with the key\'s data' : 'it is the start of a PEM block with the key\'s data',
    });
    at = bodyEnd;
  }
  for (let at = text.indexOf('PuTTY-User-Key-File-', from); at >= 0 && at < to; at = text.indexOf('PuTTY-User-Key-File-', at + 20)) {
    if (/^PuTTY-User-Key-File-\d: \S/.test(text.slice(at, at + 30)) && /Private-Lines: \d|Encryption: none/.test(text.slice(at, at + 6000))) hits.push({ range: { start: at, end: lineEnd(text, at, to) }, value: text.slice(at, Math.min(to, at + 2000)), what: 'PuTTY private key', confidence: 'high', because: 'it is a key file of PuTTY' });
  }
  for (let at = text.indexOf('<RSAKeyValue>', from); at >= 0 && at < to; at = text.indexOf('<RSAKeyValue>', at + 13)) {
    const slice = text.slice(at, at + 6000);
    const exponent = /<D>([A-Za-z0-9+/=\s.]{20,2000})/.exec(slice);
    if (exponent) hits.push({ range: { start: at, end: lineEnd(text, at, to) }, value: exponent[1]!, what: 'RSA private key in XML', confidence: 'high', because: 'it holds the private exponent' });
  }
  return hits;
}

/** A service account file whose other fields still hold their own names shows the form, not an account. */
function isTemplateAccount(before: string): boolean {
  return /"(project_id|private_key_id)"\s*:\s*"\1"/i.test(before);
}

function titleOf(label: string): string {
  const kind = label.replace(/ ?PRIVATE KEY(?: BLOCK)?$/, '');
  if (kind === '') return 'private key';
  return `${kind === 'ENCRYPTED' ? 'encrypted' : kind} private key`;
}

function lineEnd(text: string, at: number, to: number): number {
  const end = text.indexOf('\n', at);
  return Math.min(to, end < 0 ? text.length : end);
}

/** Whether a PEM body holds key data: base64 of some length, not a placeholder, nor a word of prose. */
function isKeyBody(body: string, complete: boolean): boolean {
  if (/\$\{|\{\{|<[a-z_ ]+>|\.\.\.|your|xxxx|PRIVATE_KEY|placeholder|redacted|example/i.test(body.replace(/System\.\w+\(\)|\.{3}(?=[A-Za-z0-9+/=]{20})/g, ''))) return false;
  const data = body
    .replace(/(?:Proc-Type|DEK-Info|Version|Comment|Hash|Charset)[^\n\\]*/g, '')
    .replace(/\\\\?[nrt]/g, ' ')
    .replace(/\b(?:System\.lineSeparator\(\)|Environment\.NewLine)\b/g, ' ');
  const runs = data.match(/[A-Za-z0-9+/=]{16,}/g) ?? [];
  const longest = runs.reduce((best, run) => Math.max(best, run.length), 0);
  const all = runs.join('');
  if (new Set(all).size < 12) return false;
  if (complete) return longest >= 24 && (all.length >= 50 || runs.length >= 2);
  return longest >= 40;
}

/** How base64 of a key begins: PEM, DER, JSON objects, and YAML of Kubernetes. */
export const encodedBeginning = /^(?:LS0tLS1CRUdJTi|M[A-Za-z0-9+/]|eyJ|ew[o0]|YXBpVmVyc2lvbj)/;

/** A whole file with a key in it, in base64: the key of a service account, the access file of a cluster. */
function encodedFile(compact: string): Pick<FoundSecret, 'what' | 'because'> | undefined {
  if (compact.length < 400 || compact.length > 20_000) return undefined;
  const text = decodeBase64(compact) ?? '';
  if (text.startsWith('{')) {
    if (!/"private_key"\s*:/.test(text) || privateKeys(text, 0, text.length).length === 0) return undefined;
    return { what: text.includes('"service_account"') ? 'key of a service account in base64' : 'private key in base64', because: 'its base64 decodes to JSON with a PEM private key' };
  }
  return /^kind:\s*["']?Config\b/m.test(text) && /\bclient-key-data:\s*["']?[A-Za-z0-9+/=]{200,}/.test(text) ? { what: 'access file of a cluster in base64', because: 'its base64 decodes to a kubeconfig with the key of a client' } : undefined;
}

/** A value that is a private key in DER, in base64: PKCS#1, PKCS#8 and SEC 1 with consistent lengths; or a PEM key, or a file that holds one, in base64. */
export function encodedKey(value: string): Pick<FoundSecret, 'what' | 'because'> | undefined {
  const compact = value.replace(/\s+/g, '');
  if (/^(?:eyJ|ew[o0]|YXBp)/.test(compact)) return encodedFile(compact);
  if (compact.startsWith('LS0tLS1CRUdJTi')) {
    const text = decodeBase64(compact.slice(0, 120)) ?? '';
    return /-----BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY/.test(text) ? { what: 'private key in base64', because: 'its base64 decodes to a PEM private key' } : undefined;
  }
  if (compact[0] !== 'M' || compact.length < 60 || !/^M[A-Za-z0-9+/]+={0,2}$/.test(compact)) return undefined;
  const bytes = decodeBase64(compact) ?? '';
  const outer = readLength(bytes, 1);
  if (bytes.charCodeAt(0) !== 0x30 || !outer || Math.abs(outer.at + outer.length - bytes.length) > 3) return undefined;
  const { at } = outer;
  if (bytes.charCodeAt(at) !== 2 || bytes.charCodeAt(at + 1) !== 1) return undefined;
  const version = bytes.charCodeAt(at + 2);
  const next = bytes.charCodeAt(at + 3);
  if (version === 1 && next === 4) {
    const octets = readLength(bytes, at + 4);
    const after = octets && bytes.charCodeAt(octets.at + octets.length);
    return after === 0xa0 || after === 0xa1 ? { what: 'EC private key', because: 'its base64 decodes to a SEC 1 key' } : undefined;
  }
  if (version === 0 && next === 2) return { what: 'RSA private key', because: 'its base64 decodes to a PKCS #1 key' };
  if (version === 0 && next === 0x30) return { what: 'private key', because: 'its base64 decodes to a PKCS #8 key' };
  return undefined;
}

function readLength(bytes: string, at: number): { readonly at: number; readonly length: number } | undefined {
  const first = bytes.charCodeAt(at);
  if (Number.isNaN(first)) return undefined;
  if (first < 128) return { at: at + 1, length: first };
  const count = first & 127;
  if (count === 0 || count > 3) return undefined;
  let length = 0;
  for (let index = 1; index <= count; index++) length = length * 256 + bytes.charCodeAt(at + index);
  return { at: at + 1 + count, length };
}
