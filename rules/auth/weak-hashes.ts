import type { CodeContext, Report, Rule } from '../../server/rule/rule.ts';
import { callRule, constantOf, option, text, type CodeCall } from '../_calls.ts';
import { sample } from '../_samples.ts';

const broken = /(?:^|\.)(?:md[245]|sha-?1?|ripemd(?:160)?)(?:\.new)?(?:#|\(\))?$/i;
/** What a forged text would be taken for: words of the function and of what the digest is kept as. */
const proof = /(?:^|[^a-z])(?:sign|signed|signature|sig|verify|verif\w+|integrity|hmac|mac|auth\w*|authenticat\w+|tamper\w*|token|certificate|cert|licen[cs]e|trusted)(?:[^a-z]|$)/i;
const spaced = (words: string): string => words.replace(/([a-z\d])([A-Z])/g, '$1_$2');

/** The algorithm that a call names, where it is a broken one. */
function algorithmOf(call: CodeCall): { readonly name: string; readonly at: Report['at'] } | undefined {
  const name = call.name!;
  const by = (place: number | string): { readonly name: string; readonly at: Report['at'] } | undefined => {
    const found = option(call, place);
    const written = text(found) ?? found?.value.name;
    return found && written !== undefined && broken.test(written) ? { name: /(?:md[245]|sha-?1?|ripemd(?:160)?)(?=\W*(?:new)?\W*$)/i.exec(written)![0], at: found.origin } : undefined;
  };
  if (name === 'hashlib.new') return by(0);
  if (/crc32$|adler32$/.test(name)) return { name: name.slice(name.indexOf('.') + 1), at: call.callee };
  if (name.startsWith('OpenSSL.')) return by(name.endsWith('crypto.sign') ? 2 : 1) ?? by('digest');
  if (name === 'rsa.sign') return by(2) ?? by('hash_method');
  if (/^hmac\.(?:new|digest|HMAC)$/.test(name)) return by('digestmod') ?? by('digest') ?? by(2);
  if (/^cryptography\..*\.(?:Hash|HMAC)$/.test(name)) return by(0) ?? by(1) ?? by('algorithm');
  if (/#sign$/.test(name)) return [...call.args].reverse().map((one) => (broken.test(one.value.name ?? '') ? { name: /(\w+)(?:#|\(\))?$/.exec(one.value.name!)![1]!, at: one.origin } : undefined)).find((one) => one !== undefined);
  const module = /(?:Crypto|Cryptodome)\.Hash\.(\w+)\.new$/.exec(name)?.[1] ?? name.slice(name.lastIndexOf('.') + 1);
  return { name: module, at: call.callee };
}

export default [
  callRule({
    id: 'auth/broken-hash', title: 'Broken hash where a forgery counts', severity: 'medium', confidence: 'medium', yieldsTo: ['auth/weak-password-hash'], references: ['CWE-328', 'CWE-327', 'SC-12'],
    callees: ['hashlib.{md5,sha1,new}', 'hmac.{new,digest,HMAC}', '{Crypto,Cryptodome}.Hash.{MD2,MD4,MD5,SHA,SHA1,RIPEMD,RIPEMD160}.new', 'cryptography.hazmat.primitives.hashes.Hash', 'cryptography.hazmat.primitives.hmac.HMAC', 'cryptography.x509.CertificateBuilder#sign', 'cryptography.x509.CertificateSigningRequestBuilder#sign', 'cryptography.hazmat.primitives.hashes.{MD5,SHA1}', 'rsa.sign', 'OpenSSL.crypto.{X509,X509Req,CRL}#sign', 'OpenSSL.crypto.sign', 'zlib.{crc32,adler32}', 'binascii.crc32'],
    what: 'Reports MD5, SHA-1 and older hashes in message authentication, signatures and certificates, in functions that sign or verify, and from libraries made for cryptography.',
    why: 'Two texts with the same MD5 or SHA-1 can be made; what one of them was signed for then holds for the other.', noFix: 'Both sides have to move to SHA-256, and what is stored has to be computed anew.',
    whenNotToUse: 'For sums that only find mistakes and for protocols that leave no choice; say so with `usedforsecurity=False`.',
    judge: (call, context): Report | undefined => {
      if (constantOf(option(call, 'usedforsecurity')) === false) return undefined;
      // `key.sign(data, padding, hashes.SHA1())`, of a key that comes from elsewhere; in OAEP the same hash is fine.
      if (/hashes\.(?:MD5|SHA1)$/.test(call.name!) && !signsWith(call, context)) return undefined;
      const found = algorithmOf(call);
      const sum = found !== undefined && /^(?:crc32|adler32)$/.test(found.name);
      if (!found || !sum && !broken.test(found.name)) return undefined;
      // A checksum finds mistakes, and is wrong only where a forgery would matter.
      if (sum && !/(?:^|_)(?:sign|signature|hmac|mac|token|authenticate)(?:_|$)/i.test(call.within.at(-1)?.name ?? '')) return undefined;
      // The library of all programs hashes names of caches as well.
      if (call.name!.startsWith('hashlib.') && !/^md[24]$/i.test(found.name) && !forProof(call, context)) return undefined;
      return { at: found.at, message: `${found.name.toUpperCase()} can be forged and proves nothing.`, ...(/\.Hash\./.test(call.name!) ? { severity: 'low' as const } : {}) };
    },
    examples: [
      { file: 'hooks.py', bad: sample(['import hashlib', 'import hmac', 'def accepts(key, body, given):', '    return hmac.compare_digest(hmac.new(key, body, «hashlib.md5»).hexdigest(), given)']), good: sample(['import hashlib', 'import hmac', 'def accepts(key, body, given):', '    return hmac.compare_digest(hmac.new(key, body, hashlib.sha256).hexdigest(), given)']) },
      { file: 'artefacts.py', bad: sample(['import hashlib', 'def verify_artifact(data, known):', '    return «hashlib.sha1»(data).hexdigest() == known']), good: sample(['import hashlib', 'def cache_key(prompt):', '    return hashlib.sha1(prompt.encode()).hexdigest()']) },
    ],
  }),
] satisfies readonly Rule[];

/** Whether a hash is an argument of a key's `sign` or `verify`, which no other callee of the rule is. */
function signsWith(call: CodeCall, { code }: CodeContext): boolean {
  return code.calls.some((one) => /\.(?:sign|verify)$/.test(one.written) && !/^cryptography\.x509\./.test(one.name ?? '') && one.args.some((argument) => argument.value.call === call));
}

/** Whether the function, or what the digest is kept as, says that it proves something. */
function forProof(call: CodeCall, context: CodeContext): boolean {
  const fn = call.within.at(-1)?.name ?? '';
  if (/cache|etag|bucket|shard|dedup|filename|short|color|avatar|gravatar/i.test(fn)) return false;
  if (proof.test(spaced(fn))) return true;
  const { start } = call.origin.range;
  const line = context.document.text.slice(context.document.text.lastIndexOf('\n', start) + 1, start);
  const kept = /^\s*([\w.]+)\s*(?::[^=]+)?=[^=]/.exec(line)?.[1] ?? '';
  return proof.test(spaced(kept)) && !/cache|file|path|etag|avatar/i.test(kept);
}
