import { defineRule } from '../../server/rule/rule.ts';
import { reportOf } from './_report.ts';
import { githubToken } from './_samples.ts';
import { mask } from '../../server/rule/secrets.ts';

const token = githubToken(53);
const notebook = (text: string): string => JSON.stringify({
  cells: [{ cell_type: 'code', execution_count: 1, metadata: {}, outputs: [{ name: 'stdout', output_type: 'stream', text: [text] }], source: ['show()'] }],
  metadata: {}, nbformat: 4, nbformat_minor: 5,
}, undefined, 1);
const line = (text: string): string => notebook(text).split('\n').find((one) => one.includes(text)) ?? '';

export default defineRule({
  id: 'secrets/secret-in-notebook-output',
  title: 'Secret in a notebook\'s saved output',
  severity: 'high',
  confidence: 'high',
  references: ['CWE-532', 'CWE-522', 'IA-5(7)', 'LLM02:2025', 'AML.T0055', 'AISF-DATA-05', 'pci-4.0.1:8.6.2'],
  what: 'Reports secrets of all kinds in what a notebook keeps beside its code: printed text, tables, error traces, metadata.',
  why: 'Outputs are committed with the notebook though nobody reads them in a review; the code may fetch the secret properly and print it all the same.',
  whenNotToUse: 'Where outputs are stripped before every commit.',
  checks: [{
    on: 'secret', groups: ['provider-token', 'private-key', 'jwt', 'url', 'connection-string', 'password', 'api-key', 'signing-key', 'password-hash'],
    check: (secret, context) => {
      if (context.document.language === 'notebook') context.report(reportOf(secret, context, `The saved output shows a ${secret.what} (${mask(secret.value)}).`));
    },
  }],
  examples: [{
    file: 'explore.ipynb',
    bad: notebook(`token ${token}`).replace(line(`token ${token}`), `${line(`token ${token}`)}\n${' '.repeat(line(`token ${token}`).indexOf(token))}${'^'.repeat(token.length)}`),
    fixed: notebook('x').replace(/"outputs": \[[\s\S]*?\],\n   "source"/, '"outputs": [],\n   "source"'),
    good: notebook('42 rows'),
  }],
});
