import type { Report, Rule } from '../../server/rule/rule.ts';
import { callRule, constantOf, option, type CodeArgument, type CodeCall } from '../_calls.ts';
import { sample } from '../_samples.ts';

/** Functions that derive a key or a hash from a password, and at which place each takes its salt. */
const places: readonly (readonly [RegExp, number])[] = [
  [/^crypto\.(?:pbkdf2|scrypt)(?:Sync)?$/, 1], [/^hashlib\.pbkdf2_hmac$/, 2], [/KDF\.(?:PBKDF2|scrypt|bcrypt)$/, 1], [/kdf\.pbkdf2\.PBKDF2HMAC$/, 2], [/kdf\.scrypt\.Scrypt$/, 0], [/^bcrypt\.(?:hashpw|hash|hashSync)$/, 1], [/^argon2\.low_level\.hash_secret/, 1], [/^crypt\.crypt$/, 99],
];

/** A salt that is written in the program: a text, or bytes made from one. */
function written(argument: CodeArgument): boolean {
  const { constant, call } = argument.value;
  if (typeof constant === 'string') return constant.length > 0;
  return /^(?:Buffer\.from|bytes|bytes\.fromhex|base64\.b64decode|bytearray)$/.test(call?.name ?? '') && typeof constantOf(call?.args[0]) === 'string';
}

export default [
  callRule({
    id: 'auth/fixed-salt', title: 'Password hashed with the same salt for everybody', severity: 'medium', references: ['CWE-916', 'IA-2'],
    callees: ['crypto.{pbkdf2,pbkdf2Sync,scrypt,scryptSync}', 'hashlib.{pbkdf2_hmac,scrypt}', '{Crypto,Cryptodome}.Protocol.KDF.{PBKDF2,scrypt,bcrypt}', 'cryptography.hazmat.primitives.kdf.pbkdf2.PBKDF2HMAC', 'cryptography.hazmat.primitives.kdf.scrypt.Scrypt', 'cryptography.hazmat.primitives.kdf.argon2.Argon2id', 'bcrypt.{hashpw,hash,hashSync}', 'argon2.low_level.{hash_secret,hash_secret_raw}'],
    what: 'Reports salts of password hashes and of keys made from passwords that are written in the program.', why: 'Equal passwords give equal hashes, and one table of hashes, computed ahead, fits all of them.', noFix: 'The salt has to be random and stored beside each hash.',
    whenNotToUse: 'Where a key has to be the same on several machines and the password is a long random one.',
    judge: (call: CodeCall): Report | undefined => {
      const place = places.find(([pattern]) => pattern.test(call.name!))?.[1] ?? 99;
      const found = option(call, 'salt') ?? option(call, place);
      return found && written(found) ? { at: found.origin, message: 'The salt is the same for every password.' } : undefined;
    },
    examples: [
      { file: 'users.py', bad: sample(['import hashlib', 'def stored(password):', '    return hashlib.pbkdf2_hmac("sha256", password, «b"pepper-1"», 600_000)']), good: sample(['import hashlib', 'import os', 'def stored(password):', '    salt = os.urandom(16)', '    return salt, hashlib.pbkdf2_hmac("sha256", password, salt, 600_000)']) },
      { file: 'vault.ts', bad: sample(["import { scryptSync } from 'node:crypto';", "export const key = (password: string) => scryptSync(password, «'pepper-1'», 32);"]), good: sample(["import { randomBytes, scryptSync } from 'node:crypto';", 'export const key = (password: string) => scryptSync(password, randomBytes(16), 32);']) },
    ],
  }),
] satisfies readonly Rule[];
