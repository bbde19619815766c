import type { TextItem } from '../../model/text.ts';
import { decodeBase64 } from './checksums.ts';
import { filler, placeholder } from './placeholder.ts';
import type { FoundSecret } from './secret.ts';

/** Whether a YAML text is the manifest of a Kubernetes Secret, whose values are base64 and not encrypted. */
export function isSecretManifest(text: string): boolean {
  return /^kind:[ \t]*["']?Secret["']?[ \t]*\r?$/m.test(text) && /^apiVersion:[ \t]*["']?v1["']?[ \t]*\r?$/m.test(text);
}

const names = /(?:^|\.)(data|stringData)\.([\w.-]+)$/;
const harmless = /user(?:name)?$|^(?:host|port|database|db|url|endpoint|ca|ca\.crt|tls\.crt|cert|certificate|namespace|name|email|region)$/i;

/** A value of a Secret's data that decodes to text and is neither a placeholder nor a name, an address or a certificate. */
export function judgeManifest(item: TextItem): Omit<FoundSecret, 'item'> | undefined {
  const match = item.name === undefined ? null : names.exec(item.name);
  if (!match || item.dynamic || harmless.test(match[2]!)) return undefined;
  const plain = match[1] === 'data' ? decodeBase64(item.value.trim()) : item.value.trim();
  if (plain === undefined || plain.length < 6 || plain.length > 4_000 || item.value.length < 8) return undefined;
  if (match[1] === 'data' && !/^[A-Za-z0-9+/\s]+={0,2}$/.test(item.value)) return undefined;
  if (!/^[\x09\x0a\x0d\x20-\x7e]+$/.test(plain) || placeholder(plain) !== undefined || filler(plain) || /BEGIN CERTIFICATE|PUBLIC KEY|^https?:\/\/[^@]*$|^[a-z]+:\/\/\S*\$\{/.test(plain)) return undefined;
  if (match[1] === 'stringData') return undefined;
  return { group: 'api-key', range: item.range, value: item.value, what: 'value of a Kubernetes Secret', name: match[2], confidence: 'medium', because: 'a Secret keeps its data in base64, which everybody can decode' };
}
