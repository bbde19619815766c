import type { CodeContext, Report, Rule } from '../../server/rule/rule.ts';
import type { CodeCall } from '../../server/rule/code.ts';
import { walk } from '../../server/rule/walk.ts';
import { callRule, constantOf, option, replaceFix, text, type CodeArgument } from '../_calls.ts';
import { sample } from '../_samples.ts';

const sensitive = /passw|passwd|passphrase|secret|(?:^|[^a-z])(?:pin|otp|pwd|pw)(?:[^a-z]|$)|credential|api_?key|(?:access|refresh|auth|reset|session)_?token/i;

/** Whether what is hashed, or the function that hashes, is about passwords and keys. */
function hashesSecret(call: CodeCall, context: CodeContext): boolean {
  const written = call.args.map((one) => context.document.text.slice(one.origin.range.start, Math.min(one.origin.range.end, one.origin.range.start + 200))).join(' ');
  return sensitive.test(written) || sensitive.test(call.within.at(-1)?.name ?? '') || call.args.some((one) => one.value.taints.some((taint) => taint.label === 'secret' && !taint.weak));
}

/** The algorithm of a hash that is fed piece by piece, if what made it is known. */
function madeBy({ receiver }: CodeCall): string | undefined {
  const made = receiver?.call;
  if (!made || constantOf(option(made, 'usedforsecurity')) === false) return undefined;
  if (made.name === 'hashlib.new') return text(made.args[0]);
  return /^hashlib\.(\w+)$/.exec(made.name ?? '')?.[1] ?? /Hash\.(\w+)\.new$/.exec(made.name ?? '')?.[1];
}

/** Schemes of passlib that are fast, or no hash at all. */
const fastSchemes = /^(?:plaintext|hex_\w+|md5_crypt|apr_md5_crypt|des_crypt|bsdi_crypt|sha1_crypt|ldap_(?:md5|sha1|salted_md5|salted_sha1|plaintext)|lmhash|nthash|mysql323|mysql41|django_(?:salted_)?(?:md5|sha1)|django_des_crypt)$/;

const weakDigest = /^(?:md[245]|sha-?1|ripemd(?:160)?|rsa-md5|rsa-sha1)$/i;
const slow = 'A password hash has to be slow and salted: argon2, scrypt or bcrypt, which need a column of their own form.';

export default [
  callRule({
    id: 'auth/weak-password-hash', title: 'Password or key hashed with a fast or broken hash', severity: 'high', confidence: 'medium', references: ['CWE-916', 'CWE-328', 'IA-2', 'pci-4.0.1:8.3.2'].filter((one) => one !== 'pci-4.0.1:8.3.2'),
    callees: ['crypto.Hash#update', 'hashlib.Hash#update', '{Crypto,Cryptodome}.Hash.{MD5,SHA,SHA1,SHA256,SHA512}.new().update', 'hashlib.{md5,sha1,sha224,sha256,sha384,sha512,new}', 'Crypto.Hash.{MD5,SHA1}.new', 'crypto-js.{MD5,SHA1,SHA256}', 'md5', 'sha1', 'js-md5.md5', 'js-sha1', 'blueimp-md5', 'ts-md5.Md5.hashStr', 'spark-md5.hash', 'Crypto.Hash.SHA256.new', 'passlib.hash.{md5_crypt,apr_md5_crypt,des_crypt,bsdi_crypt,sha1_crypt,hex_md5,hex_sha1,hex_sha256,plaintext,ldap_md5,ldap_sha1,lmhash,nthash,mysql323,mysql41,django_salted_md5,django_salted_sha1}.{hash,encrypt}', 'crypt.crypt', 'werkzeug.security.generate_password_hash', 'passlib.context.CryptContext', 'django.contrib.auth.hashers.make_password', 'node-forge.md.{md5,sha1,sha256}.create().update', 'crypto.subtle.digest', 'window.crypto.subtle.digest', 'crypto.hash', 'ts-md5.Md5#appendStr', 'js-sha256.sha256', 'js-sha512.sha512', 'hash.js.{sha1,sha256,sha512}().update', 'object-hash', 'hasha.{hash,hashSync}', 'Bun.hash', 'bun.MD5#update'],
    what: 'Reports MD5 and SHA-1 over passwords, secrets and tokens, and any fast hash over passwords.', why: 'Graphics cards try billions of passwords a second against such hashes; MD5 and SHA-1 can be forged besides.', noFix: slow, whenNotToUse: 'For sums that only detect mistakes; say so with `usedforsecurity=False` in Python.',
    judge: (call, context): Report | undefined => {
      if (constantOf(option(call, 'usedforsecurity')) === false) return undefined;
      if (call.name === 'django.contrib.auth.hashers.make_password') { const hasher = option(call, 'hasher') ?? option(call, 2); const name = text(hasher); return name !== undefined && /^(?:unsalted_)?(?:md5|sha1)$|^crypt$/.test(name) ? { at: hasher!.origin, message: `Passwords are hashed with ${name}, which is fast.` } : undefined; }
      if (call.name === 'passlib.context.CryptContext') { const schemes = option(call, 'schemes'); const weak = schemes?.value.items?.find((one) => typeof one.constant === 'string' && fastSchemes.test(one.constant))?.constant; return weak === undefined ? undefined : { at: schemes!.origin, message: `Passwords are hashed with ${String(weak)}, which is fast.` }; }
      if (call.name === 'werkzeug.security.generate_password_hash') { const method = text(option(call, 'method')); return method !== undefined && /^(?:plain|md5|sha1|sha256)$|^pbkdf2:(?:md5|sha1)(?::|$)|^pbkdf2:\w+:\d{1,5}$/.test(method) ? { at: option(call, 'method')!.origin, message: `Passwords are hashed with ${method}, which is fast.` } : undefined; }
      if (call.name!.startsWith('passlib.hash.')) return { at: call.callee, message: `Passwords are hashed with ${call.name!.split('.')[2]}, which is fast.` };
      if (call.name === 'crypt.crypt') { const salt = option(call, 1); return /^[\w./]{2}$|^\$1\$/.test(text(salt) ?? '') || /^crypt\.METHOD_(?:CRYPT|MD5|BLOWFISH)$/.test(salt?.value.name ?? '') ? { at: salt!.origin, message: 'Passwords are hashed with DES or MD5, which is fast.' } : undefined; }
      const algorithm = /subtle\.digest$|^crypto\.hash$/.test(call.name!) ? text(call.args[0]) ?? text(option(call, 'name')) : call.name!.startsWith('node-forge.') ? call.name!.split('.')[2] : call.name === 'crypto.Hash#update' ? text(call.receiver?.call?.args[0]) : call.name!.endsWith('update') ? madeBy(call) : call.name === 'hashlib.new' ? text(call.args[0]) : call.name!.split('.').filter((one) => one !== 'new' && one !== 'hash').at(-1)!;
      if (algorithm === undefined || !hashesSecret(call, context)) return undefined;
      const password = sensitive.exec(call.args.map((one) => context.document.text.slice(one.origin.range.start, one.origin.range.end)).join(' ') + (call.within.at(-1)?.name ?? ''))?.[0] ?? '';
      const broken = weakDigest.test(algorithm) || /md5|sha1|plaintext/i.test(algorithm);
      if (!broken && !/pass|pwd|pin/i.test(password)) return undefined;
      return { at: call.name === 'crypto.Hash#update' ? call.receiver!.call!.origin : call.name!.endsWith('update') && call.receiver?.call ? call.receiver.call.callee : call.callee, message: `${algorithm.toUpperCase()} is ${broken ? 'broken' : 'fast'} and protects neither passwords nor keys.`, severity: !broken ? 'medium' : /api_?-?key/i.test(password) ? 'low' : 'high' };
    },
    examples: [
      { file: 'users.ts', bad: sample(["import { createHash } from 'node:crypto';", 'export const stored = (password: string) => «createHash(\'md5\')».update(password).digest(\'hex\');']), good: sample(["import { createHash } from 'node:crypto';", "export const etag = (body: string) => createHash('md5').update(body).digest('hex');"]) },
      { file: 'users.py', bad: sample(['import hashlib', 'def store(password: str) -> str:', '    return «hashlib.md5»(password.encode()).hexdigest()']), good: sample(['import hashlib', 'def cache(prompt: str) -> str:', '    return hashlib.md5(prompt.encode(), usedforsecurity=False).hexdigest()']) },
    ],
  }),
  callRule({
    id: 'auth/weak-key-derivation', title: 'Password hashed with too little work', severity: 'medium', references: ['CWE-916', 'IA-2'], callees: ['flask_bcrypt.{Bcrypt#generate_password_hash,Bcrypt().generate_password_hash,generate_password_hash}', 'crypto.{pbkdf2,pbkdf2Sync}', 'bcrypt.{hash,hashSync,genSalt,genSaltSync,gensalt}', 'hashlib.pbkdf2_hmac', 'cryptography.hazmat.primitives.kdf.pbkdf2.PBKDF2HMAC', 'crypto.{scrypt,scryptSync}', '{Crypto,Cryptodome}.Protocol.KDF.{PBKDF2,scrypt}', 'passlib.hash.{pbkdf2_sha1,pbkdf2_sha256,pbkdf2_sha512,bcrypt}.using', 'passlib.context.CryptContext', 'hashlib.scrypt', 'cryptography.hazmat.primitives.kdf.scrypt.Scrypt', 'argon2.PasswordHasher', 'argon2.low_level.{hash_secret,hash_secret_raw}', 'crypto.subtle.{deriveBits,deriveKey}', 'window.crypto.subtle.{deriveBits,deriveKey}', 'crypto-js.PBKDF2', 'argon2.hash', '@node-rs/argon2.{hash,hashSync}', '@node-rs/bcrypt.{hash,hashSync}', 'node-forge.pkcs5.pbkdf2', 'Bun.password.{hash,hashSync}'],
    what: 'Reports bcrypt with a cost below 10, PBKDF2 with fewer than 100,000 rounds, and scrypt and Argon2 with too little memory.', why: 'Each halving of the work halves what it costs to try all passwords.', noFix: 'How much work a login may take has to be decided; hashes that are stored have to be renewed.',
    judge: (call): Report | undefined => {
      const name = call.name!;
      if (/scrypt/i.test(name) && !name.startsWith('crypto.')) { const found = option(call, 'n') ?? option(call, 'N') ?? option(call, name.includes('KDF') ? 3 : name.endsWith('.Scrypt') ? 2 : 99); const cost = constantOf(found); return typeof cost === 'number' && cost < 8192 ? { at: found!.origin, message: `A cost of ${cost} for scrypt takes too little work.`, fixes: replaceFix(found!, '2**17', 'Use a cost of 2**17', false) } : undefined; }
      if (/^crypto\.scrypt/.test(name)) { const work = option(call, 'N') ?? option(call, 'cost'); const cost = constantOf(work); return typeof cost === 'number' && cost < 8192 ? { at: work!.origin, message: `A cost of ${cost} for scrypt takes too little work.`, fixes: replaceFix(work!, '131_072', 'Use a cost of 131,072', false) } : undefined; }
      if (/argon2\.hash|^Bun\.password/.test(name)) { const work = option(call, 'memoryCost'); const memory = constantOf(work); return typeof memory === 'number' && memory < 4096 ? { at: work!.origin, message: `${memory} KiB of memory for Argon2 take too little work.`, fixes: replaceFix(work!, '65_536', 'Use 64 MiB', false) } : undefined; }
      if (/^@node-rs\/bcrypt/.test(name)) { const work = call.args[1]; const cost = constantOf(work); return typeof cost === 'number' && cost < 10 ? { at: work!.origin, message: `A bcrypt cost of ${cost} takes too little work.` } : undefined; }
      if (/^crypto\.pbkdf2/.test(name)) { const digest = option(call, 4); if (/^md[245]$/i.test(text(digest) ?? '')) return { at: digest!.origin, message: `${text(digest)!.toUpperCase()} is broken and must not derive keys.` }; }
      if (name.startsWith('argon2.')) { const found = option(call, 'memory_cost'); const memory = constantOf(found); return typeof memory === 'number' && memory < 4096 ? { at: found!.origin, message: `${memory} KiB of memory for Argon2 take too little work.`, fixes: replaceFix(found!, '65536', 'Use 64 MiB', false) } : undefined; }
      if (name === 'passlib.context.CryptContext' || name === 'passlib.hash.bcrypt.using') { const found = option(call, 'bcrypt__rounds') ?? option(call, 'bcrypt__default_rounds') ?? (name.endsWith('using') ? option(call, 'rounds') : undefined); const cost = constantOf(found); return typeof cost === 'number' && cost < 10 ? { at: found!.origin, message: `A bcrypt cost of ${cost} takes too little work.`, fixes: replaceFix(found!, '12', 'Use a cost of 12', false) } : undefined; }
      if (name.startsWith('flask_bcrypt')) { const found = option(call, 'rounds') ?? option(call, 1); const cost = constantOf(found); return typeof cost === 'number' && cost < 10 ? { at: found!.origin, message: `A bcrypt cost of ${cost} takes too little work.`, fixes: replaceFix(found!, '12', 'Use a cost of 12', false) } : undefined; }
      if (name.startsWith('bcrypt')) { const found = option(call, /gen/i.test(name) ? 0 : 1) ?? option(call, 'rounds'); const cost = constantOf(found); return typeof cost === 'number' && cost < 10 ? { at: found!.origin, message: `A bcrypt cost of ${cost} takes too little work.`, fixes: replaceFix(found!, '12', 'Use a cost of 12', false) } : undefined; }
      const found = option(call, 'iterations') ?? option(call, 'count') ?? option(call, 'rounds') ?? option(call, /KDF\.PBKDF2$/.test(name) ? 3 : name === 'hashlib.pbkdf2_hmac' ? 3 : name.includes('PBKDF2HMAC') ? 3 : name.startsWith('crypto.pbkdf2') ? 2 : 99);
      const rounds = constantOf(found);
      return typeof rounds === 'number' && rounds < 100_000 ? { at: found!.origin, message: `${rounds} rounds of PBKDF2 take too little work.`, fixes: replaceFix(found!, '600_000', 'Use 600,000 rounds', false) } : undefined;
    },
    examples: [{ file: 'users.ts', bad: sample(["import bcrypt from 'bcrypt';", 'export const stored = (password: string) => bcrypt.hash(password, «4»);']), fixed: sample(["import bcrypt from 'bcrypt';", 'export const stored = (password: string) => bcrypt.hash(password, 12);']), good: sample(["import bcrypt from 'bcrypt';", 'export const stored = (password: string) => bcrypt.hash(password, 12);']) }],
  }),
  callRule({
    id: 'auth/weak-cipher', title: 'Broken cipher or mode', severity: 'high', references: ['CWE-327', 'SC-12'], callees: ['crypto.{createCipheriv,createDecipheriv,createCipher,createDecipher}', '{Crypto,Cryptodome}.Cipher.{DES,DES3,ARC2,ARC4,Blowfish,CAST,XOR,AES}.new', 'pyDes.{des,triple_des}', 'cryptography.hazmat.primitives.ciphers.modes.ECB', 'cryptography.hazmat.primitives.ciphers.algorithms.{ARC4,TripleDES,Blowfish,IDEA,CAST5,SEED}', 'crypto-js.{DES,TripleDES,RC4,Rabbit}.encrypt', 'crypto-js.AES.{encrypt,decrypt}', 'cryptography.hazmat.decrepit.ciphers.algorithms.{ARC4,TripleDES,Blowfish,CAST5,IDEA,SEED,RC2}', 'crypto-js.RC4Drop.encrypt', 'crypto-js.{DES,TripleDES,RC4,Rabbit}.decrypt', 'node-forge.cipher.{createCipher,createDecipher}', 'aes-js.ModeOfOperation.ecb'],
    what: 'Reports DES, 3DES, RC2, RC4, Blowfish and the ECB mode.', why: 'These ciphers can be broken, and ECB shows which blocks are equal.', noFix: 'The data that is stored has to be encrypted anew, with AES-GCM or ChaCha20-Poly1305.',
    judge: (call): Report | undefined => {
      const name = call.name!;
      if (name.startsWith('node-forge.cipher.')) { const algorithm = text(call.args[0]); return algorithm !== undefined && /^(?:3?DES|RC2)|-ECB$/i.test(algorithm) ? { at: call.args[0]!.origin, message: `${algorithm} is a broken cipher or mode.` } : undefined; }
      if (name.startsWith('crypto.create')) {
        const algorithm = text(call.args[0]);
        if (/createCipher$|createDecipher$/.test(name)) return { at: call.callee, message: `${call.written} derives key and initialisation vector from a password without salt.` };
        return algorithm !== undefined && /^(?:des|rc2|rc4|bf|blowfish|cast|idea|seed)|-ecb$/i.test(algorithm) ? { at: call.args[0]!.origin, message: `${algorithm} is a broken cipher or mode.` } : undefined;
      }
      if (name.startsWith('crypto-js.AES')) { const mode = option(call, 'mode'); return mode?.value.name === 'crypto-js.mode.ECB' ? { at: mode.origin, message: 'The ECB mode shows which blocks are equal.' } : undefined; }
      if (/\.AES\.new$/.test(name)) { const mode = option(call, 1) ?? option(call, 'mode'); return /MODE_ECB$/.test(mode?.value.name ?? '') ? { at: mode!.origin, message: 'The ECB mode shows which blocks are equal.' } : undefined; }
      return { at: call.callee, message: `${call.written} is a broken cipher or mode.` };
    },
    examples: [{ file: 'vault.ts', bad: sample(["import { createCipheriv } from 'node:crypto';", "export const cipher = (key: Buffer) => createCipheriv(«'aes-256-ecb'», key, null);"]), good: sample(["import { createCipheriv, randomBytes } from 'node:crypto';", "export const cipher = (key: Buffer) => createCipheriv('aes-256-gcm', key, randomBytes(12));"]) }, { file: 'vault.py', bad: sample(['from Crypto.Cipher import AES', 'def seal(key, data):', '    return AES.new(key, «AES.MODE_ECB»).encrypt(data)']), good: sample(['from Crypto.Cipher import AES', 'def seal(key, data):', '    return AES.new(key, AES.MODE_GCM).encrypt(data)']) }],
  }),
  callRule({
    id: 'auth/fixed-initialisation-vector', title: 'Initialisation vector that never changes', severity: 'high', references: ['CWE-330', 'CWE-327', 'SC-12'], callees: ['crypto.createCipheriv', 'crypto.subtle.encrypt', 'window.crypto.subtle.encrypt', '{Crypto,Cryptodome}.Cipher.{AES,ChaCha20,ChaCha20_Poly1305,Salsa20}.new', 'cryptography.hazmat.primitives.ciphers.modes.{CBC,CTR,GCM,OFB,CFB,CFB8,XTS}', 'cryptography.hazmat.primitives.ciphers.aead.{AESGCM,AESGCMSIV,AESCCM,AESOCB3,ChaCha20Poly1305}#encrypt', 'cryptography.hazmat.primitives.ciphers.algorithms.ChaCha20', 'nacl.secret.SecretBox#encrypt'],
    what: 'Reports encryption with a vector or nonce that is written in the program.', why: 'Equal beginnings give equal cipher texts; with GCM and CTR the texts, and the key for forgeries, can be worked out.', noFix: 'The vector has to be random, and stored beside the text.',
    judge: (call, context): Report | undefined => {
      const found = option(call, /subtle\.encrypt$/.test(call.name!) ? 'iv' : call.name === 'crypto.createCipheriv' ? 2 : call.name!.includes('.AES.new') ? 2 : /SecretBox#|algorithms\.ChaCha20$/.test(call.name!) ? 1 : /Cipher\.(?:ChaCha20|Salsa20)\w*\.new$/.test(call.name!) ? 99 : 0) ?? option(call, 'iv') ?? option(call, 'nonce') ?? option(call, 'IV');
      if (!found || found.value.constant === null) return undefined;
      // An array is filled later as a rule: only one that is made on the spot stays empty.
      if (/subtle\.encrypt$/.test(call.name!)) { const { node } = found; return neverFilled(found, context) || node.kind === 'call' && node.callee.kind === 'name' && node.callee.name === 'Uint8Array' && node.args[0]?.value.kind !== 'name' ? { at: found.origin, message: 'The initialisation vector is the same for every text.' } : undefined; }
      const made = found.value.call;
      if (found.value.constant === '' && call.name!.endsWith('.AES.new')) return { at: found.origin, message: 'The initialisation vector is the same for every text.' };
      const filled = /^Buffer\.alloc\(\)$/.test(found.value.name ?? '') || made?.name === 'Buffer.alloc' || (/^(?:Buffer\.from|bytes|Uint8Array)$/.test(made?.name ?? '') && typeof constantOf(made?.args[0]) !== 'undefined');
      return typeof found.value.constant === 'string' && found.value.constant.length > 0 || filled ? { at: found.origin, message: 'The initialisation vector is the same for every text.' } : undefined;
    },
    examples: [{ file: 'vault.ts', bad: sample(["import { createCipheriv } from 'node:crypto';", "export const cipher = (key: Buffer) => createCipheriv('aes-256-cbc', key, «Buffer.alloc(16, 0)»);"]), good: sample(["import { createCipheriv, randomBytes } from 'node:crypto';", "export const cipher = (key: Buffer) => createCipheriv('aes-256-cbc', key, randomBytes(16));"]) }],
  }),
  callRule({
    id: 'auth/short-key', title: 'Key that is too short', severity: 'medium', references: ['CWE-326', 'SC-12'], callees: ['crypto.{generateKeyPair,generateKeyPairSync}', 'cryptography.hazmat.primitives.asymmetric.{rsa,dsa}.generate_private_key', 'cryptography.hazmat.primitives.asymmetric.dh.generate_parameters', '{Crypto,Cryptodome}.PublicKey.{RSA,DSA,ElGamal}.generate', 'paramiko.RSAKey.generate', 'OpenSSL.crypto.PKey#generate_key', 'M2Crypto.RSA.gen_key', 'node-forge.pki.rsa.generateKeyPair', 'rsa.newkeys', 'node-rsa.NodeRSA', 'crypto.subtle.generateKey', 'window.crypto.subtle.generateKey', 'crypto.{createDiffieHellman,getDiffieHellman,createDiffieHellmanGroup}', 'jose.generateKeyPair'],
    what: 'Reports RSA, DSA and Diffie-Hellman keys below 2,048 bits.', why: 'Keys of 1,024 bits can be factored by those who mean it.',
    judge: (call): Report | undefined => { const group = shortGroup(call); if (group) return group; const found = option(call, 'modulusLength') ?? option(call, 'key_size') ?? option(call, 'bits') ?? option(call, /generate_private_key|dh\.generate_parameters|#generate_key/.test(call.name!) && !/dsa\./.test(call.name!) ? 1 : 0); const bits = constantOf(found); return typeof bits === 'number' && bits >= 256 && bits < 2048 ? { at: found!.origin, message: `A key of ${bits} bits is too short.`, fixes: replaceFix(found!, '3072', 'Use 3072 bits', false) } : undefined; },
    examples: [{ file: 'keys.py', bad: sample(['from cryptography.hazmat.primitives.asymmetric import rsa', 'key = rsa.generate_private_key(public_exponent=65537, key_size=«1024»)']), fixed: sample(['from cryptography.hazmat.primitives.asymmetric import rsa', 'key = rsa.generate_private_key(public_exponent=65537, key_size=3072)']), good: sample(['from cryptography.hazmat.primitives.asymmetric import rsa', 'key = rsa.generate_private_key(public_exponent=65537, key_size=3072)']) }],
  }),
  callRule({
    id: 'auth/predictable-token', title: 'Token or password from a predictable generator', severity: 'high', confidence: 'medium', references: ['CWE-338', 'CWE-330', 'IA-2'], callees: ['Math.random', 'random.{random,randint,choice,choices,randrange,getrandbits,sample,shuffle,uniform}', 'numpy.random.{randint,choice,random,bytes}', 'random.randbytes', 'numpy.random.Generator#{bytes,integers,choice,random}', 'random.Random#{random,randint,choice,choices,randrange,getrandbits,sample,randbytes}', 'random.Random().{random,randint,choice,choices,randrange,getrandbits,sample,randbytes}', 'uuid.uuid1', 'lodash.random', 'uuid.{v1,v6}', 'uuid/v1', 'nanoid/non-secure.{nanoid,customAlphabet}', 'lodash-es.random', 'chance.Chance#{string,hash,guid,integer}', 'crypto-js.lib.WordArray.random_'].filter((one) => !one.endsWith('_')),
    what: 'Reports `Math.random` and Python’s `random` where tokens, codes, passwords, keys and session ids are made.', why: 'After a few values the rest can be computed; a reset code or session can then be guessed.', noFix: 'The value has to come from `crypto.randomBytes`, `crypto.randomInt` or `secrets`, whose calls differ from case to case.',
    judge: (call, context): Report | undefined => {
      const made = purpose(call, context);
      const dated = /^uuid\b/.test(call.name!);
      // A notebook serves nobody: the id tells its own conversations apart.
      if (!made || !isFirst(call, context) || (dated && context.document.path.includes('.ipynb'))) return undefined;
      return { at: call.callee, message: `${call.written} is predictable and must not make ${made}.`, ...(dated ? { severity: 'medium' } : {}) };
    },
    examples: [{ file: 'reset.ts', bad: sample(['export function start() {', '  const resetToken = «Math.random»().toString(36);', '  return resetToken;', '}']), good: sample(['export function backoff(attempt: number) {', '  return attempt * 100 + Math.random() * 50;', '}']) }, { file: 'reset.py', bad: sample(['import random', 'def reset_code():', '    return f"{«random.randint»(0, 999999):06d}"']), good: sample(['import random', 'def sample(rows):', '    return random.sample(rows, 20)']) }],
  }),
] satisfies readonly Rule[];

/** An array of zeros that is kept under a name and that nothing in the file writes to. */
function neverFilled({ node }: CodeArgument, { document }: CodeContext): boolean {
  if (node.kind !== 'name' || !new RegExp(`\\b(?:const|let|var)\\s+${node.name}\\s*(?::[^=]+)?=\\s*new\\s+Uint8Array\\(\\s*\\d+\\s*\\)`).test(document.text)) return false;
  return !new RegExp(`\\(\\s*${node.name}\\s*[),]|\\b${node.name}\\s*(?:\\[|\\.(?:set|fill|buffer))`).test(document.text);
}

/** Groups for Diffie-Hellman of less than 112 bits of strength. */
function shortGroup(call: CodeCall): Report | undefined {
  const found = /DiffieHellman/.test(call.name!) ? call.args[0] : undefined;
  return /^modp[125]$/.test(text(found) ?? '') ? { at: found!.origin, message: `The group ${text(found)} is too short.` } : undefined;
}

const tokens = /^sessionI[dD]$|^api_?[kK]eys?$|^(?:invite|invitation|reset|verification|activation|confirmation|login|access|share|coupon|voucher)(?:Code|Link|Key)s?$|(?:^|_)(?:token|secret|password|passwd|pwd|otp|pin|passcode|api_?key|nonce|salt|csrf|session_?id|sid|invite|invitation|reset_?code|verification_?code|auth_?code|access_?code|activation|coupon|voucher|secret_?key|session_?key|new_?key|captcha|one_?time)(?:s?$|_)|(?:Token|Secret|Password|Otp|OTP|Pin|ApiKey|Nonce|Salt|SessionId|InviteCode|ResetCode|VerificationCode|Passcode|AuthCode|AccessCode)s?(?:$|[A-Z])/;

/** Whether letters or digits are drawn from an alphabet. */
function drawnFrom(call: CodeCall): boolean {
  const { constant, name, parts } = call.args[0]?.value ?? {};
  return (typeof constant === 'string' && /^[A-Za-z0-9]{10,}$/.test(constant)) || /^string\.(?:digits|ascii_\w+|hexdigits)$/.test(name ?? '') || (parts ?? []).some((one) => one !== undefined && /0123456789/.test(one));
}

const oneTimeName = /^(?:code|otp|pin|(?:new|random|next|sms|mail|email|login|reset|verify|verification|confirm|confirmation|auth|access|security|one_?time|six_?digit|numeric)_?code)s?$/i;

/** Whether four to eight digits are drawn: `Math.floor(100000 + Math.random() * 900000)`, `random.randint(100000, 999999)`. */
function digits(call: CodeCall, context: CodeContext): boolean {
  if (/randint$|randrange$/.test(call.name!)) return call.args.some((one) => typeof one.value.constant === 'number' && one.value.constant >= 999 && one.value.constant < 1e9);
  const { start, end } = call.origin.range;
  return /[*+]\s*(?:9(?:_?0){3,7}|1(?:_?0){4,8}|1e[4-8]|9e[3-7])\b/.test(context.document.text.slice(end, end + 24)) || /\b(?:9(?:_?0){3,7}|1(?:_?0){4,8}|1e[4-8]|9e[3-7])\s*\*\s*$/.test(context.document.text.slice(Math.max(0, start - 24), start));
}

/** Whether a call stands in what its function gives back. */
function isReturned(call: CodeCall): boolean {
  const fn = call.within.at(-1);
  let found = false;
  if (fn) walk(fn, (node) => { if (node.kind === 'return' && node.value && node.value.start <= call.node.start && call.node.end <= node.value.end) found = true; });
  return found;
}

/** Whether no call before it draws for the same assignment: a password of letters, digits and signs is one matter. */
function isFirst(call: CodeCall, { code }: CodeContext): boolean {
  const around = code.assignments.find((one) => one.node.start <= call.node.start && one.node.end >= call.node.end && one.within.length === call.within.length);
  return !around || code.calls.find((one) => one.written === call.written && one.node.start >= around.node.start && one.node.end <= around.node.end && one.within.length === call.within.length) === call;
}

/** What a value is made for, by the names around it: the variable, the property, the function. */
function purpose(call: CodeCall, context: CodeContext): string | undefined {
  const { start, end } = call.origin.range;
  // `key: Date.now() + Math.random()` tells the elements of a list apart.
  if (/\bkey\s*[:=][^,;\n]*$/.test(context.document.text.slice(Math.max(0, start - 80), start))) return undefined;
  if (/\b(?:sessionIdGenerator|generateSessionId|genid|sessionId)\s*:\s*(?:\(\w*\)\s*=>\s*)?[^,;\n]*$/.test(context.document.text.slice(Math.max(0, start - 80), start))) return 'a session id';
  // What is shuffled is changed where it lies.
  const shuffled = call.name === 'random.shuffle' ? tokens.exec(context.document.text.slice(call.args[0]?.origin.range.start ?? 0, call.args[0]?.origin.range.end ?? 0))?.[0] : undefined;
  if (shuffled && !/token/i.test(shuffled)) return `a ${shuffled.replace(/^_|_$/g, '').toLowerCase()}`;
  for (const one of context.code.assignments) {
    // A function that is kept under the name is judged by what it returns.
    if (one.node.start > start || one.node.end < end || one.within.length !== call.within.length) continue;
    const name = one.written.slice(one.written.lastIndexOf('.') + 1);
    if ((/^code$|_code$/.test(name) && drawnFrom(call)) || (oneTimeName.test(name) && digits(call, context))) return 'a code';
    const hit = tokens.exec(name)?.[0];
    if (hit && !/tokens?_?(?:count|limit|ids?|length)|(?:max|num|input|output|prompt|completion|total|cached|reasoning|used|new)_?tokens/i.test(name)) return `a ${hit.replace(/^_|_$/g, '').toLowerCase()}`;
  }
  // What a callback draws is for the function around it: `Array.from({ length: 12 }, () => letters[Math.floor(Math.random() * 10)])`.
  const inner = [...call.within].reverse().find((one) => one.name !== undefined || context.code.assignments.some(({ value }) => value.fn?.node === one)) ?? call.within.at(-1);
  const fn = inner?.name ?? context.code.assignments.find((one) => one.value.fn?.node === inner && inner !== undefined)?.written.replace(/^.*\./, '');
  const hit = fn === undefined ? undefined : tokens.exec(fn)?.[0];
  // `mask_tokens` works on the tokens of a text.
  const makes = fn !== undefined && /^_?(?:generate|gen|create|make|new|issue|random|build)/i.test(fn);
  // A code of letters or digits that are drawn one by one: `generate_code`.
  if (makes && /_?[cC]ode$/.test(fn) && drawnFrom(call) && isReturned(call)) return 'a code';
  if (fn !== undefined && (oneTimeName.test(fn) || (makes && /_?[cC]ode$/.test(fn))) && digits(call, context) && isReturned(call)) return 'a code';
  const returned = fn !== undefined && hit !== undefined && (makes || (!/tokens_?$/i.test(hit) && isReturned(call)));
  return returned ? `a ${hit.replace(/^_|_$/g, '').replace(/s$/i, (last) => (/pass$/i.test(hit) ? last : '')).toLowerCase()}` : undefined;
}
