import { baseName } from '../../server/rule/paths.ts';
import { gitIgnored } from '../../server/rule/secrets.ts';
import { defineRule } from '../../server/rule/rule.ts';
import { openaiKey } from './_samples.ts';

const key = openaiKey(61);

export default defineRule({
  id: 'secrets/committed-env-file',
  title: 'Environment file that git does not ignore',
  severity: 'medium',
  confidence: 'medium',
  references: ['CWE-522', 'CWE-312', 'IA-5(7)', 'AML.T0055', 'AISF-DATA-05', 'pci-4.0.1:8.6.2'],
  what: 'Reports a `.env` file that holds a secret and that no `.gitignore` leaves out. Examples (`.env.example`, `.env.sample`) are meant to be committed.',
  why: 'The next `git add .` publishes all of its values at once.',
  whenNotToUse: 'Where the file is encrypted, or the folder is no repository.',
  noFix: 'The line belongs into the .gitignore of the folder where the repository starts.',
  checks: [{
    on: 'secret', groups: ['provider-token', 'private-key', 'jwt', 'url', 'connection-string', 'password', 'api-key'],
    check: (secret, context) => {
      const { document, sources } = context;
      const name = baseName(document.path);
      if (document.language !== 'dotenv' || !/^\.env(?:\.(?!example|sample|template|dist|test|ci)[\w-]+)?$/.test(name)) return;
      if (gitIgnored(document.path, sources) !== false) return;
      const end = document.text.indexOf('\n');
      const first = document.lines.range(document.lines.position(secret.range.start).line);
      const sign = document.text.indexOf('=', first.start);
      context.report({
        at: sign > first.start && sign < first.end ? { start: first.start, end: sign } : { start: 0, end: end < 0 ? document.text.length : end },
        message: `\`${name}\` holds secrets and no .gitignore leaves it out.`,
      });
    },
  }],
  examples: [{
    file: '.env',
    bad: `OPENAI_API_KEY=${key}\n^^^^^^^^^^^^^^\n`,
    files: { '.gitignore': 'node_modules\n' },
  }, {
    title: 'Left out by git', file: '.env', good: `OPENAI_API_KEY=${key}\n`, files: { '.gitignore': '.env*\n!.env.example\n' },
  }],
});
