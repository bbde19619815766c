import { defineRule } from '../../server/rule/rule.ts';
import { secretCheck } from './_report.ts';
import { under, webToken } from './_samples.ts';

const token = webToken();

export default defineRule({
  id: 'secrets/jwt-in-text',
  title: 'JSON Web Token in the text',
  severity: 'high',
  confidence: 'medium',
  references: ['CWE-522', 'CWE-798', 'IA-5(7)', 'LLM02:2025', 'AML.T0055', 'AISF-DATA-05', 'pci-4.0.1:8.6.2'],
  what: 'Reports JSON Web Tokens whose header decodes. The documentation\'s John Doe and tokens for the public role are left out; an expired token is reported with low confidence.',
  why: 'A token acts for the user or service it was issued to until it expires, and often nothing but a change of the signing key ends it sooner. Its payload also tells names and addresses in the clear.',
  whenNotToUse: 'Where tokens without rights are kept as test data.',
  checks: [secretCheck(['jwt'])],
  examples: [{
    file: 'call.ts',
    bad: `${under(`const sessionToken = '${token}';`, token)}\n`,
    fixed: 'const sessionToken = process.env.SESSION_TOKEN;\n',
    good: 'const sessionToken = await login();\n',
  }],
});
