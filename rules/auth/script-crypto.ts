import type { Report, Rule } from '../../server/rule/rule.ts';
import { callRule, constantOf, option, text, type CodeArgument } from '../_calls.ts';
import { sample } from '../_samples.ts';

/** A text that is written in the program, or bytes made of one. */
function written(argument: CodeArgument | undefined): boolean {
  if (!argument) return false;
  const whole = text(argument);
  if (whole !== undefined) return whole !== '';
  const { call } = argument.value;
  return /(?:^|\.)(?:Buffer\.from|TextEncoder\(?\)?#?\.encode|enc\.\w+\.parse)$/.test(call?.name ?? call?.written ?? '') && typeof constantOf(call!.args[0]) === 'string';
}

export default [
  callRule({
    id: 'auth/weak-signature-hash', title: 'Signature over a broken hash', severity: 'medium', references: ['CWE-328', 'CWE-327', 'SC-13'],
    callees: ['crypto.{createSign,createVerify,sign,verify,createHmac}', 'crypto-js.HmacMD5'],
    what: 'Reports signatures over MD5 and SHA-1, and HMAC with MD5.', why: 'Two texts with one such hash can be made, and with them a signature for a text that nobody signed.', noFix: 'Who checks the signature has to expect the other hash.', whenNotToUse: 'For a protocol that prescribes it.',
    judge: (call): Report | undefined => {
      if (call.name === 'crypto-js.HmacMD5') return { at: call.callee, message: 'MD5 is broken.', severity: 'low' };
      const [first] = call.args;
      const algorithm = text(first);
      if (algorithm === undefined) return undefined;
      const hmac = call.name === 'crypto.createHmac';
      return (hmac ? /^md[245]$/i : /^(?:rsa-)?(?:md[245]|sha-?1|ripemd(?:160)?)$|^dss1$/i).test(algorithm) ? { at: first!.origin, message: `${algorithm} is broken.`, ...(hmac ? { severity: 'low' as const } : {}) } : undefined;
    },
    examples: [{ file: 'sign.ts', bad: sample(["import { createSign } from 'node:crypto';", "export const signature = (text: string, key: string) => createSign(«'RSA-SHA1'»).update(text).sign(key);"]), good: sample(["import { createSign } from 'node:crypto';", "export const signature = (text: string, key: string) => createSign('RSA-SHA256').update(text).sign(key);"]) }],
  }),
  callRule({
    id: 'auth/unauthenticated-decryption', title: 'Decryption that does not notice changes', severity: 'medium', references: ['CWE-353', 'CWE-347', 'SC-13'], callees: ['crypto.{createDecipheriv,createCipheriv}', 'cryptography.hazmat.primitives.ciphers.modes.GCM', '{Crypto,Cryptodome}.Cipher.AES.new'],
    what: 'Reports decryption with GCM, CCM or ChaCha20-Poly1305 where no tag is set, and tags below twelve bytes.', why: 'Whoever can change the stored text changes what is read from it, bit by bit.', noFix: 'The tag has to be stored beside the text.',
    judge: (call, context): Report | undefined => {
      const size = option(call, 'authTagLength') ?? option(call, 'min_tag_length') ?? option(call, 'mac_len');
      const bytes = constantOf(size);
      if (typeof bytes === 'number' && bytes < 12) return { at: size!.origin, message: `A tag of ${bytes} bytes can be guessed.` };
      if (call.name !== 'crypto.createDecipheriv') return undefined;
      const algorithm = text(call.args[0]);
      return algorithm !== undefined && /-(?:gcm|ccm|ocb)$|poly1305$/i.test(algorithm) && !/setAuthTag/.test(context.document.text) ? { at: call.callee, message: 'The tag that shows changes is not checked.' } : undefined;
    },
    examples: [{ file: 'vault.ts', bad: sample(["import { createDecipheriv } from 'node:crypto';", 'export const open = (text: Buffer, key: Buffer, iv: Buffer) => «createDecipheriv»(\'aes-256-gcm\', key, iv).update(text);']), good: sample(["import { createDecipheriv } from 'node:crypto';", 'export function open(text: Buffer, key: Buffer, iv: Buffer, tag: Buffer) {', "  const decipher = createDecipheriv('aes-256-gcm', key, iv);", '  decipher.setAuthTag(tag);', '  return Buffer.concat([decipher.update(text), decipher.final()]);', '}']) }],
  }),
  callRule({
    id: 'auth/hardcoded-cipher-key', title: 'Key of a cipher written in the program', severity: 'high', references: ['CWE-321', 'CWE-798', 'SC-12'], yieldsTo: ['secrets/hardcoded-signing-key', 'secrets/hardcoded-api-key', 'secrets/hardcoded-password'],
    callees: ['crypto.{createCipheriv,createDecipheriv}'],
    what: 'Reports keys that encrypt and decrypt and are written as text.', why: 'Who reads the program reads everything that was ever encrypted with it.', noFix: 'The key has to be moved to the environment or a vault, and what is stored encrypted anew.',
    judge: (call): Report | undefined => (written(call.args[1]) ? { at: call.args[1]!.origin, message: 'The key that encrypts is written in the program.' } : undefined),
    examples: [{ file: 'vault.ts', bad: sample(["import { createCipheriv, randomBytes } from 'node:crypto';", "export const cipher = () => createCipheriv('aes-128-gcm', «Buffer.from('walnut-lantern-7')», randomBytes(12));"]), good: sample(["import { createCipheriv, randomBytes } from 'node:crypto';", "export const cipher = () => createCipheriv('aes-256-gcm', Buffer.from(process.env.KEY!, 'hex'), randomBytes(12));"]) }],
  }),
] satisfies readonly Rule[];
