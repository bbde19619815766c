import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { readMarks } from '../../server/rule/example.ts';
import { rules } from '../../rules/index.ts';
import { openaiKey } from '../../rules/secrets/_samples.ts';
import { blankSecrets } from '../../server/engine/masking.ts';
import { createDocument } from '../../server/source/document.ts';
import { analyzerFor, findingPath, rootedPath } from '../support/analyze.ts';
import { wardline, withFolder } from '../support/cli.ts';

const formats = ['text', 'json', 'sarif', 'markdown', 'html', 'junit', 'gitlab-sast', 'codequality', 'github', 'shard'];
const samples = rules.filter((rule) => rule.id.startsWith('secrets/hardcoded') || rule.id.startsWith('secrets/private') || rule.id.startsWith('secrets/jwt') || rule.id.startsWith('secrets/credentials') || rule.id.startsWith('secrets/connection') || rule.id.startsWith('secrets/committed') || rule.id.startsWith('secrets/secret-in'))
  .flatMap((rule) => rule.examples.flatMap((example, at) => (example.bad === undefined ? [] : [{ rule, file: `${rule.id}/${at}/${example.file}`, name: example.file, text: readMarks(example.bad).text }])));

/** Rules that show where a secret is read or kept, not the secret. */
const ofPlaces = new Set(['secrets/committed-env-file', 'secrets/secret-in-bundle', 'secrets/credentials-in-cache']);

/** The secrets that a sample holds, as the analysis sees them; words shorter than 7 characters may stand in a report by chance, and a reference is none. */
function values(file: string, text: string): readonly string[] {
  const analyzer = analyzerFor({ [file]: text });
  return analyzer.analyze(rootedPath(file)).findings
    .filter((one) => one.ruleId.startsWith('secrets/') && !ofPlaces.has(one.ruleId))
    .map((one) => analyzer.document(one.path)!.text.slice(one.range.start, one.range.end))
    .filter((value) => value.length >= 7 && !value.startsWith('-----BEGIN') && !/^\$\{\{[^{}]*\}\}$/.test(value));
}

describe('secrets in reports', () => {
  it('show in no message and no explanation', () => {
    for (const { name, text } of samples) {
      const analyzer = analyzerFor({ [name]: text });
      const { findings } = analyzer.analyze(rootedPath(name));
      const secrets = values(name, text);
      assert.ok(findings.some((one) => one.ruleId.startsWith('secrets/')), name);
      for (const one of findings) for (const value of secrets) assert.ok(!`${one.message}\n${one.explanation ?? ''}\n${one.identity ?? ''}\n${JSON.stringify(one.fixes)}`.includes(value), `${one.ruleId} in ${findingPath(name, text)}`);
    }
  });

  it('leave settings and references as they are, and blank what stands beside them', () => {
    const token = openaiKey();
    const text = `mask: false # ${token}\nsecrets: inherit\nkey: \${{ secrets.KEY }}\n`;
    const document = createDocument('/w/a.yaml', 'yaml', text);
    const range = (word: string): { start: number; end: number } => ({ start: text.indexOf(word), end: text.indexOf(word) + word.length });
    const shown = blankSecrets(document, 0, text.split('\n'), ['false', token, 'inherit', '${{ secrets.KEY }}'].map(range));
    assert.deepEqual(shown, [`mask: false # ${'•'.repeat(token.length)}`, 'secrets: inherit', 'key: ${{ secrets.KEY }}', '']);
  });

  for (const format of formats) {
    it(`show in no ${format} report`, () => withFolder(Object.fromEntries(samples.map((sample) => [sample.file, sample.text])), (folder) => {
      wardline(folder, 'scan', '.', '--format', format, '--output', 'report.out', '--no-config');
      const report = fs.readFileSync(path.join(folder, 'report.out'), 'utf8');
      assert.ok(report.includes('secrets/'));
      for (const { file, name, text } of samples) for (const value of values(name, text)) assert.ok(!report.includes(value), `${file} in ${format}: ${report.slice(Math.max(0, report.indexOf(value) - 200), report.indexOf(value) + 20)}`);
    }));
  }
});
