import type { Report, Rule } from '../../server/rule/rule.ts';
import { callRule, constantOf, option } from '../_calls.ts';
import { sample } from '../_samples.ts';

const shortCurve = /(?:^|\.)(?:SEC[PT]1\d\d[RK]\d|BrainpoolP1\d\d\w*|secp1\d\d[rk]\d|prime192v\d|P-192|NIST192p)(?:#|\(\))?$/i;

export default [
  callRule({
    id: 'auth/weak-key-parameters', title: 'Key made with parameters that weaken it', severity: 'medium', references: ['CWE-326', 'SC-12'],
    callees: ['cryptography.hazmat.primitives.asymmetric.rsa.generate_private_key', 'cryptography.hazmat.primitives.asymmetric.ec.generate_private_key', '{Crypto,Cryptodome}.PublicKey.RSA.generate', '{Crypto,Cryptodome}.PublicKey.ECC.generate', 'ecdsa.SigningKey.generate', 'crypto.createECDH', 'crypto.{generateKeyPair,generateKeyPairSync}'],
    what: 'Reports elliptic curves below 224 bits and RSA keys with the public exponent 3.', why: 'Discrete logarithms on such curves are within reach; with a small exponent short or related messages can be worked out.',
    judge: (call): Report | undefined => {
      const exponent = option(call, 'public_exponent') ?? option(call, 'publicExponent') ?? (/rsa\.generate_private_key$/.test(call.name!) ? option(call, 0) : undefined) ?? (/RSA\.generate$/.test(call.name!) ? option(call, 'e') : undefined);
      const value = constantOf(exponent);
      if (typeof value === 'number' && value >= 1 && value < 65_537 && value % 2 === 1 && !/ec\./.test(call.name!)) return { at: exponent!.origin, message: `The public exponent ${value} weakens the key.`, ...(exponent!.origin.range.end - exponent!.origin.range.start < 8 ? { fixes: [{ title: 'Use 65537', safe: false, intents: [{ kind: 'replace', origin: exponent!.origin, text: '65537' }] }] } : {}) };
      const curve = option(call, 'curve') ?? option(call, 'namedCurve') ?? (/ec\.generate_private_key$|createECDH$|SigningKey\.generate$/.test(call.name!) ? option(call, 0) : undefined);
      const name = typeof curve?.value.constant === 'string' ? curve.value.constant : curve?.value.name;
      return curve && name !== undefined && shortCurve.test(name) ? { at: curve.origin, message: 'The curve is too short.' } : undefined;
    },
    examples: [{ file: 'keys.py', bad: sample(['from cryptography.hazmat.primitives.asymmetric import rsa', 'key = rsa.generate_private_key(public_exponent=«3», key_size=3072)']), fixed: sample(['from cryptography.hazmat.primitives.asymmetric import rsa', 'key = rsa.generate_private_key(public_exponent=65537, key_size=3072)']), good: sample(['from cryptography.hazmat.primitives.asymmetric import rsa', 'key = rsa.generate_private_key(public_exponent=65537, key_size=3072)']) }],
  }),
  callRule({
    id: 'auth/rsa-padding', title: 'RSA encryption with a padding that can be attacked', severity: 'medium', references: ['CWE-327', 'SC-12'],
    callees: ['{Crypto,Cryptodome}.Cipher.PKCS1_v1_5.new', 'cryptography.hazmat.primitives.asymmetric.padding.PKCS1v15', 'rsa.encrypt', 'crypto.{publicEncrypt,privateDecrypt}'],
    what: 'Reports RSA encryption with the padding of PKCS #1 v1.5, or with none.', why: 'Who may send ciphertexts and sees how the answer differs decrypts a message with some thousand of them.', noFix: 'Both sides have to change to OAEP, and what is stored has to be encrypted anew.',
    whenNotToUse: 'For a partner that speaks nothing else, when failures look the same as successes.',
    judge: (call, context): Report | undefined => {
      if (call.name!.startsWith('crypto.')) { const padding = option(call, 'padding'); return padding && /RSA_(?:PKCS1|NO)_PADDING$/.test(padding.value.name ?? '') ? { at: padding.origin, message: 'The padding of the message can be attacked.' } : undefined; }
      if (call.name!.endsWith('PKCS1v15')) {
        // The same padding is fine for signatures.
        const owner = context.code.calls.find((one) => one.args.some((argument) => argument.origin.path === call.origin.path && argument.origin.range.start <= call.origin.range.start && argument.origin.range.end >= call.origin.range.end));
        return owner && /(?:^|\.)(?:encrypt|decrypt)$/.test(owner.written) ? { at: call.callee, message: 'The padding of the message can be attacked.' } : undefined;
      }
      return { at: call.callee, message: 'The padding of the message can be attacked.' };
    },
    examples: [{ file: 'seal.py', bad: sample(['from Crypto.Cipher import PKCS1_v1_5', 'def seal(key, data):', '    return «PKCS1_v1_5.new»(key).encrypt(data)']), good: sample(['from Crypto.Cipher import PKCS1_OAEP', 'def seal(key, data):', '    return PKCS1_OAEP.new(key).encrypt(data)']) }],
  }),
] satisfies readonly Rule[];
