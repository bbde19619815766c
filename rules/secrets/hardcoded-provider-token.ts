import { defineRule } from '../../server/rule/rule.ts';
import { secretCheck } from './_report.ts';
import { anthropicKey, githubToken, openaiKey, under } from './_samples.ts';

const openai = openaiKey();
const github = githubToken();
const anthropic = anthropicKey();

export default defineRule({
  id: 'secrets/hardcoded-provider-token',
  title: 'Token of a known provider in the text',
  severity: 'critical',
  confidence: 'high',
  references: ['CWE-798', 'CWE-522', 'IA-5(7)', 'LLM02:2025', 'MCP01:2025', 'AML.T0055', 'AISF-DATA-05', 'pci-4.0.1:8.6.2', 'iso-27001-2022:A.5.17'],
  what: 'Reports keys and tokens of known providers, by their prefix, length and checksum, or by a generated value beside the provider\'s name: model providers, clouds, source hosts, registries, payment, messaging, databases and several hundred other services. It reads code, configuration, comments, notebooks and prose.',
  why: 'Whoever can read the file can act as its owner: run up the bill of a model provider, read the data behind the account, push code. Repositories are cloned, forked, indexed and fed to models; leaked keys are tried within minutes.',
  whenNotToUse: 'Where the file holds only revoked tokens as test data; better is to put them together at run time, so that no scanner stumbles over them.',
  leadsTo: ['secrets/secret-in-environment', 'secrets/secrets-outside-environment'],
  checks: [secretCheck(['provider-token'])],
  examples: [
    {
      file: 'client.ts',
      bad: `import OpenAI from 'openai';\n\n${under(`const client = new OpenAI({ apiKey: '${openai}' });`, openai)}\n`,
      fixed: 'import OpenAI from \'openai\';\n\nconst client = new OpenAI({ apiKey: process.env.OPENAI_API_KEY });\n',
      good: 'import OpenAI from \'openai\';\n\nconst client = new OpenAI({ apiKey: process.env.OPENAI_API_KEY });\n',
    },
    {
      file: 'ask.py',
      bad: `import anthropic\n\n${under(`client = anthropic.Anthropic(api_key="${anthropic}")`, anthropic)}\n`,
      fixed: 'import os\nimport anthropic\n\nclient = anthropic.Anthropic(api_key=os.environ["ANTHROPIC_API_KEY"])\n',
      good: 'import os\nimport anthropic\n\nclient = anthropic.Anthropic(api_key=os.environ["ANTHROPIC_API_KEY"])\n',
    },
    {
      file: '.github/workflows/release.yml',
      bad: `on: push\njobs:\n  release:\n    runs-on: ubuntu-latest\n    env:\n${under(`      GITHUB_TOKEN: ${github}`, github)}\n    steps:\n      - run: ./release.sh\n`,
      fixed: 'on: push\njobs:\n  release:\n    runs-on: ubuntu-latest\n    env:\n      GITHUB_TOKEN: ${{ secrets.GITHUB_TOKEN }}\n    steps:\n      - run: ./release.sh\n',
      good: 'on: push\njobs:\n  release:\n    runs-on: ubuntu-latest\n    env:\n      GITHUB_TOKEN: ${{ secrets.GITHUB_TOKEN }}\n    steps:\n      - run: ./release.sh\n',
    },
    { title: 'Keys that say that they are made up', file: 'docs/secrets.mdx', good: 'export OPENAI_API_KEY=sk-randomAPIkeyasdsa32ekasd32e\n' },
    { title: 'The address of a page', file: 'page.ts', good: "export const help = 'The address of the page: https://www.notion.so/acme/Notion-API-b34ca03f219c4420a6046fc4bdfdf7b4';\n" },
    { title: 'Letters within a picture', file: 'page.html', good: `<img src="data:image/png;base64,${'iVBORw0KGgoAAAANSUhEUg'.repeat(20)}/EAAB${'e9xVAU197x9'.repeat(9)}/${'A7PaJHYt3E'.repeat(20)}">\n` },
    { title: 'Placeholders of documentation', file: 'README.md', good: 'export OPENAI_API_KEY=sk-proj-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\nexport GITHUB_TOKEN=<your-token>\n' },
  ],
});
