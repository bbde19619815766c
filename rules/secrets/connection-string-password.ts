import { defineRule } from '../../server/rule/rule.ts';
import { secretCheck } from './_report.ts';
import { password, under } from './_samples.ts';

const secret = password(41).replace('!', '');

export default defineRule({
  id: 'secrets/connection-string-password',
  title: 'Password in a connection string',
  severity: 'high',
  confidence: 'medium',
  references: ['CWE-798', 'CWE-522', 'IA-5(7)', 'AML.T0055', 'AISF-DATA-05', 'pci-4.0.1:8.6.2', 'hipaa:164.312(d)'],
  what: 'Reports passwords of database, queue and cache connections, as a URL (`postgres://user:password@host`) or as pairs (`Server=…;Password=…`), and account keys of storage connections.',
  why: 'The string says where the data is and opens it at once: training data, embeddings and conversations among them.',
  whenNotToUse: 'Where the connection only reaches a database on the same machine that is made for a test.',
  noFix: 'The string has to be put together from its parts when the program runs, or be kept whole in a vault; which one is a decision.',
  checks: [secretCheck(['connection-string'])],
  examples: [{
    file: 'settings.py',
    bad: `${under(`DATABASE_URL = "postgres://app:${secret}@db.internal:5432/app"`, secret)}\n`,
    good: 'import os\n\nDATABASE_URL = os.environ["DATABASE_URL"]\nLOCAL = "postgres://user:password@localhost:5432/app"\n',
  }],
});
