import { defineRule } from '../../server/rule/rule.ts';
import { secretCheck } from './_report.ts';
import { pemKey } from './_samples.ts';

const key = pemKey();

export default defineRule({
  id: 'secrets/private-key',
  title: 'Private key in the text',
  severity: 'critical',
  confidence: 'high',
  references: ['CWE-321', 'CWE-798', 'SC-12', 'AML.T0055', 'AISF-DATA-05', 'pci-4.0.1:3.6.1.2', 'iso-27001-2022:A.5.17'],
  what: 'Reports private keys with their data: PEM blocks (also when a program joins them from lines), OpenSSH, PGP and PuTTY files, keys in DER or PEM that are written in base64, and the private exponent in XML. Public keys, certificates and empty templates are left alone.',
  why: 'A private key proves an identity: it signs tokens and releases, opens servers and decrypts what was recorded earlier. A copy in a repository cannot be told from the original.',
  whenNotToUse: 'In tests of cryptography that need a fixed key; generate it when the test runs, or exclude the folder.',
  noFix: 'A key of several lines belongs in a file or a vault; how the program gets at it from there has to be decided.',
  checks: [secretCheck(['private-key'])],
  examples: [
    { file: 'server.pem', bad: `${key.replace('\n', `\n${'^'.repeat(27)}\n`)}\n`, good: `-----BEGIN PUBLIC KEY-----\n${key.split('\n').slice(1, 3).join('\n')}\n-----END PUBLIC KEY-----\n` },
    { title: 'A template', file: 'sign.ts', good: 'const pem = `-----BEGIN PRIVATE KEY-----\\n${body}\\n-----END PRIVATE KEY-----`;\n' },
  ],
});
