import { defineRule } from '../../server/rule/rule.ts';
import { secretCheck } from './_report.ts';

const word = ['shh', 'hhh'].join('');

export default defineRule({
  id: 'secrets/hardcoded-signing-key',
  title: 'Signing key as a literal',
  severity: 'high',
  confidence: 'medium',
  references: ['CWE-321', 'CWE-798', 'SC-12', 'AML.T0055', 'AISF-DATA-05', 'pci-4.0.1:8.6.2'],
  what: 'Reports a string literal that is passed as the key to functions that sign, verify or encrypt: JSON Web Tokens, HMACs, ciphers. Even a short word counts here, since the call says what it is used for.',
  why: 'Whoever knows the key signs tokens for any user. A short one is also guessed from a single token.',
  whenNotToUse: 'In code that shows how a library is called and is never deployed.',
  leadsTo: ['secrets/secret-in-environment', 'secrets/secrets-outside-environment'],
  checks: [secretCheck(['signing-key'], (secret) => `The key passed to ${secret.item?.callee ?? 'the signing function'} is a literal (${secret.value.length} characters).`)],
  examples: [{
    file: 'session.js',
    bad: `const jwt = require('jsonwebtoken');\nconst session = jwt.sign({ sub: user.id }, '${word}');\n                                            ^^^^^^\n`,
    fixed: 'const jwt = require(\'jsonwebtoken\');\nconst session = jwt.sign({ sub: user.id }, process.env.JWT_SECRET);\n',
    good: 'const jwt = require(\'jsonwebtoken\');\nconst session = jwt.sign({ sub: user.id }, process.env.JWT_SECRET);\n',
  }],
});
