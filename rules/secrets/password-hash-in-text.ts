import { defineRule } from '../../server/rule/rule.ts';
import { secretCheck } from './_report.ts';
import { alnum, characters, under } from './_samples.ts';

const hash = ['', '2b', '12', characters(53, alnum, 71)].join('$');

export default defineRule({
  id: 'secrets/password-hash-in-text',
  title: 'Password hash in the text',
  severity: 'medium',
  confidence: 'medium',
  references: ['CWE-522', 'CWE-916', 'IA-5(1)', 'AML.T0055', 'AISF-DATA-05', 'pci-4.0.1:8.6.2'],
  what: 'Reports hashes of passwords as crypt, bcrypt, Argon2, Django and htpasswd write them, and Kerberos tickets. Tests and fixtures are not looked at.',
  why: 'A hash can be guessed at without limit and without anybody noticing; weak passwords fall in minutes, and people use them in more than one place.',
  whenNotToUse: 'For hashes of passwords that nobody uses.',
  noFix: 'Accounts belong in a store outside the repository; which one is a decision.',
  checks: [secretCheck(['password-hash'])],
  examples: [{ file: 'seed.sql', bad: `${under(`INSERT INTO users VALUES ('admin', '${hash}');`, hash)}\n`, good: 'INSERT INTO users VALUES (\'admin\', :password_hash);\n' }],
});
