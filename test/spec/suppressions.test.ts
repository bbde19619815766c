import assert from 'node:assert/strict';
import { createAnalyzer, type Analyzer } from '../../server/engine/analyzer.ts';
import { applyEdits } from '../../server/engine/compose.ts';
import { decideSuppression } from '../../server/engine/decide.ts';
import { suppressionComment } from '../../server/engine/suppressions.ts';
import type { Rule } from '../../server/rule/rule.ts';
import type { Language } from '../../server/source/language.ts';
import { findingPath, memoryHost, rootedPath } from '../support/analyze.ts';
import { flawRule } from '../support/sample-rules.ts';

const [check] = flawRule.checks;
const everywhere: Rule = { ...flawRule, checks: [{ ...check!, languages: ['typescript', 'tsx', 'python', 'yaml', 'json', 'text', 'markdown', 'terraform', 'dockerfile', 'sql', 'xml', 'shell', 'ini', 'vue', 'svelte', 'astro'] } as Rule['checks'][number]] };
const other: Rule = { ...everywhere, id: 'storage/flaw' };

function analyzerOver(files: Readonly<Record<string, string>>): Analyzer {
  return createAnalyzer({ host: { ...memoryHost(files), today: () => '2026-11-27' }, rules: [everywhere, other], team: { readFiles: true } });
}

/** Statuses of dependencies/flaw in order, and the codes of the problems. */
function outcome(file: string, text: string, files: Readonly<Record<string, string>> = {}): { readonly statuses: readonly string[]; readonly problems: readonly string[] } {
  const analyzer = analyzerOver({ ...files, [file]: text });
  const path = rootedPath(file);
  const { judged, problems } = analyzer.outcome(path, analyzer.analyze(path).findings);
  return { statuses: judged.filter((one) => one.finding.ruleId === 'dependencies/flaw').map((one) => one.status), problems: problems.map((one) => one.code) };
}

describe('suppression comments', () => {
  for (const [file, text] of [
    ['a.ts', 'const x = "flaw"; // wardline-ignore dependencies/flaw -- a sample\n'],
    ['a.ts', '// wardline-ignore dependencies/flaw -- a sample\nconst x = "flaw";\n'],
    ['a.ts', '/* wardline-ignore dependencies/flaw -- a sample */\n\nconst x = "flaw";\n'],
    ['a.tsx', '<p>\n  {/* wardline-ignore dependencies/flaw -- a sample */}\n  flaw\n</p>\n'],
    ['a.py', 'x = "flaw"  # wardline-ignore dependencies/flaw -- a sample\n'],
    ['a.py', '    # wardline-ignore dependencies/* -- the whole category\n    x = "flaw"\n'],
    ['main.tf', '# wardline-ignore dependencies/flaw -- a sample\nx = "flaw"\n'],
    ['a.yaml', 'a: flaw # wardline-ignore dependencies/flaw, storage/flaw -- a sample until 2027-01-31\n'],
    ['Dockerfile', '# wardline-ignore dependencies/flaw -- a sample\nRUN flaw\n'],
    ['a.sql', '-- wardline-ignore dependencies/flaw -- a sample\nselect flaw;\n'],
    ['a.md', '<!-- wardline-ignore dependencies/flaw -- a sample -->\nflaw\n'],
    ['a.ini', '; wardline-ignore dependencies/flaw -- a sample\nx = flaw\n'],
    ['a.ts', '#!/usr/bin/env node\n// wardline-ignore-file dependencies/flaw -- generated\n\nconst x = "flaw";\n'],
    ['a.ts', '// wardline-ignore-start dependencies/flaw -- a table\nconst x = "flaw";\nconst y = 1;\n// wardline-ignore-end dependencies/flaw\n'],
    ['a.ts', '// wardline-ignore storage/flaw -- one\n// wardline-ignore dependencies/flaw -- two\nconst x = "flaw";\n'],
  ] as const) {
    it(`hold in ${file}: ${text.split('\n').find((line) => line.includes('wardline'))!.trim()}`, () => {
      assert.deepEqual(outcome(file, text).statuses, ['suppressed']);
    });
  }

  it('hold in the cell of a notebook that they stand in', () => {
    const text = '# %%\nx = "flaw"  # wardline-ignore dependencies/flaw -- a sample\n# %%\ny = "flaw"\n';
    assert.equal(findingPath('a.ipynb', text), '/workspace/a.ipynb::python');
    assert.deepEqual(outcome('a.ipynb', text).statuses, ['suppressed', 'open']);
  });

  for (const [name, text, statuses, problems] of [
    ['without a reason', '// wardline-ignore dependencies/flaw\n// flaw\n', ['open'], ['suppression/no-reason']],
    ['that have expired', '// wardline-ignore dependencies/flaw -- later until 2026-11-26\n// flaw\n', ['open'], ['suppression/expired']],
    ['on their last day', '// wardline-ignore dependencies/flaw -- later until 2026-11-27\n// flaw\n', ['suppressed'], []],
    ['of an unknown rule', '// wardline-ignore dependencies/flow -- typo\n// flaw\n', ['open'], ['suppression/unknown-rule']],
    ['of no rule', '// wardline-ignore -- all of it\n// flaw\n', ['open'], ['suppression/no-rule']],
    ['that match nothing', '// wardline-ignore dependencies/flaw -- once\n// fine\n', [], ['suppression/useless']],
    ['two lines above', '// wardline-ignore dependencies/flaw -- once\nconst a = 1;\n// flaw\n', ['open'], ['suppression/useless']],
    ['after the end of a block', '// wardline-ignore-start dependencies/flaw -- a table\n// flaw\n// wardline-ignore-end\n// flaw\n', ['suppressed', 'open'], []],
    ['that are a string', 'const x = "wardline-ignore dependencies/flaw -- no comment"; const y = "flaw";\n', ['open'], []],
  ] as const) {
    it(`${name}: ${problems.length > 0 ? problems.join() : 'no problem'}`, () => {
      assert.deepEqual(outcome('a.ts', text), { statuses, problems });
    });
  }

  it('follow the policy of the team', () => {
    const text = '// wardline-ignore dependencies/flaw\n// flaw\n';
    assert.deepEqual(outcome('a.ts', text, { '.wardline/config.yaml': 'suppressions: { requireReason: false }\n' }).statuses, ['suppressed']);
    const short = { '.wardline/config.yaml': 'suppressions: { maxDays: 30 }\n' };
    assert.deepEqual(outcome('a.ts', '// wardline-ignore dependencies/flaw -- x\n// flaw\n', short), { statuses: ['open'], problems: ['suppression/too-long'] });
    assert.deepEqual(outcome('a.ts', '// wardline-ignore dependencies/flaw -- x until 2026-12-20\n// flaw\n', short), { statuses: ['suppressed'], problems: [] });
    assert.deepEqual(outcome('a.ts', '// wardline-ignore dependencies/flaw -- x\n// flaw\n', { '.wardline/config.yaml': 'locked: [dependencies/flaw]\n' }), { statuses: ['open'], problems: ['suppression/locked-rule'] });
  });

  it('may stand in the configuration for files without comments', () => {
    const entry = (more: string): Readonly<Record<string, string>> => ({ '.wardline/config.yaml': `suppressions:\n  entries:\n    - rule: dependencies/flaw\n      path: a.json\n      reason: a sample\n${more}` });
    assert.deepEqual(outcome('a.json', '{"a": "flaw"}', entry('')).statuses, ['suppressed']);
    assert.deepEqual(outcome('a.json', '{"a": "flaw"}', entry('      until: 2026-01-01\n')).statuses, ['open']);
    assert.deepEqual(outcome('b.json', '{"a": "flaw"}', entry('')).statuses, ['open']);
  });

  it('are removed by their fix, with their line where nothing else stands on it', () => {
    const analyzer = analyzerOver({ 'a.ts': 'const a = 1; // wardline-ignore dependencies/flaw -- x\n  // wardline-ignore storage/flaw -- y\nconst b = 2;\n' });
    const { problems } = analyzer.outcome('/workspace/a.ts', []);
    const edits = problems.flatMap((one) => analyzer.edits(one.fixes[0]!) ?? []);
    assert.equal(applyEdits(analyzer.document('/workspace/a.ts')!.text, edits), 'const a = 1;\nconst b = 2;\n');
  });
});

describe('writing a suppression', () => {
  const languages: readonly Language[] = ['typescript', 'tsx', 'python', 'terraform', 'yaml', 'dockerfile', 'sql', 'xml', 'markdown', 'ini', 'shell', 'toml', 'bicep'];
  it('uses a comment that is read again, in each language that has one', () => {
    for (const language of languages) assert.ok(suppressionComment(language, 'line', 'a/b', 'why')?.includes('wardline-ignore a/b -- why'), language);
    assert.equal(suppressionComment('json', 'line', 'a/b', 'why'), undefined);
    assert.equal(suppressionComment('typescript', 'line', 'a/b', 'no\nline break */ here'), '// wardline-ignore a/b -- no line break   here');
  });

  for (const [file, text, scope] of [
    ['a.ts', 'function f() {\n  return "flaw";\n}\n', 'line'], ['a.ts', '#!/usr/bin/env node\nconst x = "flaw";\n', 'file'], ['a.py', 'def f():\n    return "flaw"\n', 'line'],
    ['main.tf', 'locals {\n  x = "flaw"\n}\n', 'line'], ['a.yaml', 'a:\n  b: flaw\n', 'line'], ['a.md', 'flaw\n', 'line'], ['Dockerfile', '# syntax=docker/dockerfile:1\nFROM x\nRUN flaw\n', 'file'], ['a.ts', 'a;\r\n"flaw";\r\n', 'line'],
    ['a.vue', '<template>\n  <p title="flaw" />\n</template>\n<script>\nlet a;\n</script>\n', 'line'], ['a.vue', '<template>\n  <p/>\n</template>\n<script>\n  let a = "flaw";\n</script>\n', 'line'], ['a.svelte', '<script>\n  a("flaw");\n</script>\n', 'file'], ['a.astro', '---\nconst a = 1;\n---\n<p title="flaw" />\n', 'file'],
  ] as const) {
    it(`silences its finding and nothing else in ${file} (${scope})`, () => {
      const analyzer = analyzerOver({ [file]: text });
      const path = rootedPath(file);
      const { judged } = analyzer.outcome(path, analyzer.analyze(path).findings);
      const target = judged.find((one) => one.finding.ruleId === 'dependencies/flaw')!;
      const decision = decideSuppression(target.finding, { scope, reason: 'a sample', until: '2027-01-31', fingerprint: target.fingerprint, folder: '/workspace', file: path }, { document: analyzer.document, exists: () => false, list: () => [] });
      assert.ok(decision && 'edits' in decision);
      const after = applyEdits(text, decision.edits);
      assert.equal(after.replace(/^.*wardline-ignore.*\r?\n/m, ''), text);
      assert.deepEqual(outcome(file, after), { statuses: ['suppressed'], problems: [] });
    });
  }

  for (const [file, text] of [['a.json', '{\n  "a": "flaw"\n}\n'], ['a.ts', 'const x = `\n  flaw\n`;\n'], ['main.tf', 'x = <<EOF\n{"a": "flaw"}\nEOF\n'], ['a.vue', '<template>\n  <p\n    title="flaw"\n  />\n</template>\n']] as const) {
    for (const config of [undefined, 'root: true\n', 'suppressions:\n  requireReason: true\n', 'suppressions:\n  entries:\n    - rule: storage/flaw\n      path: x\n      reason: y\n# end\n'] as const) {
      it(`goes to the configuration where no comment can stand: ${file}, ${config === undefined ? 'none yet' : JSON.stringify(config)}`, () => {
        const files: Record<string, string> = { [file]: text, ...(config === undefined ? {} : { '.wardline/config.yaml': config }) };
        const analyzer = analyzerOver(files);
        const path = rootedPath(file);
        const target = analyzer.outcome(path, analyzer.analyze(path).findings).judged.find((one) => one.finding.ruleId === 'dependencies/flaw')!;
        const decision = decideSuppression(target.finding, { scope: 'line', reason: 'not: plain', fingerprint: target.fingerprint, folder: '/workspace', file: path }, { document: analyzer.document, exists: (one) => one.slice(11) in files, list: () => [] });
        assert.ok(decision);
        const written = 'create' in decision ? decision.text : applyEdits(config!, decision.edits);
        if (config !== undefined) for (const line of config.split('\n')) assert.ok(written.includes(line), line);
        assert.deepEqual(outcome(file, text, { '.wardline/config.yaml': written }), { statuses: ['suppressed'], problems: [] });
        assert.deepEqual(analyzerOver({ '.wardline/config.yaml': written }).problems('/workspace/.wardline/config.yaml').map((one) => one.message), []);
      });
    }
  }
});
