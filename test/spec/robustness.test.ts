import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readMarks } from '../../server/rule/example.ts';
import { rules } from '../../rules/index.ts';
import { analyzerFor, rootedPath } from '../support/analyze.ts';

/** One sample per file kind and rule family keeps this affordable; the samples differ from rule to rule. */
const samples = rules.flatMap((rule) => rule.examples.map((example) => ({ file: example.file, text: readMarks(example.bad ?? example.good ?? '').text })));

function kindOf(file: string): string {
  const dot = file.lastIndexOf('.');
  return file.slice(dot < 0 ? file.lastIndexOf('/') + 1 : dot);
}

describe('analysis of broken text', () => {
  for (const kind of new Set(samples.map(({ file }) => kindOf(file)))) {
    it(`never throws on a sample of ${kind} cut at any line`, () => {
      for (const { file, text } of samples.filter((one) => kindOf(one.file) === kind).slice(0, 25)) {
        const lines = text.split('\n');
        for (let end = 0; end <= lines.length; end++) analyzerFor({ [file]: lines.slice(0, end).join('\n') }).analyze(rootedPath(file));
      }
    });
  }

  it('never throws on a sample with a piece cut out, doubled or replaced', () => {
    const junk = fc.constantFrom('{', '}', '"', "'", '`', '${', '<<EOF', '\n', '\t', '(', ')', '[', ']', ':', '\\', '/*', '#', '---', '&a *a', '\u0000', '\ud800', '%', '!Sub', 'async', '=>');
    fc.assert(fc.property(fc.constantFrom(...samples.slice(0, 400)), fc.nat(), fc.nat({ max: 40 }), fc.array(junk, { maxLength: 6 }), ({ file, text }, at, length, pieces) => {
      const start = text.length === 0 ? 0 : at % text.length;
      const broken = text.slice(0, start) + pieces.join('') + text.slice(start + length);
      const { notes } = analyzerFor({ [file]: broken }).analyze(rootedPath(file));
      assert.deepEqual(notes, []);
    }), { numRuns: 400, seed: 20261124 });
  });

  const deep = 10_000;
  const nested: Readonly<Record<string, string>> = {
    'deep.ts': `const x = ${'['.repeat(deep)}${']'.repeat(deep)};`,
    'deep.js': `${'a('.repeat(deep)}${')'.repeat(deep)};`,
    'deep.py': `x = ${'['.repeat(deep)}${']'.repeat(deep)}`,
    'deep.tf': `locals {\n x = ${'['.repeat(deep)}${']'.repeat(deep)}\n}`,
    'blocks.tf': `${'a {\n'.repeat(deep)}${'}\n'.repeat(deep)}`,
    'deep.json': `${'{"a":'.repeat(deep)}1${'}'.repeat(deep)}`,
    'deep.yaml': `${'['.repeat(deep)}${']'.repeat(deep)}`,
    'deep.bicep': `var x = ${'['.repeat(deep)}${']'.repeat(deep)}`,
    'deep.ipynb': `{"cells":[{"cell_type":"code","source":["x = ${'('.repeat(deep)}1${')'.repeat(deep)}"]}],"metadata":${'{"a":'.repeat(deep)}1${'}'.repeat(deep)}}`,
  };
  for (const [file, text] of Object.entries(nested)) {
    it(`survives nesting ${deep} deep in ${file}`, () => {
      analyzerFor({ [file]: text }).analyze(rootedPath(file));
    });
  }

  it('expands no YAML bomb and follows no cycle of anchors', () => {
    const bomb = ['a: &a ["x","x","x","x","x","x","x","x","x"]', ...[...'bcdefghij'].map((name, at) => `${name}: &${name} [${Array(9).fill(`*${'abcdefghij'[at]}`).join(',')}]`)].join('\n');
    analyzerFor({ 'bomb.yaml': `apiVersion: v1\nkind: Pod\n${bomb}\n` }).analyze(rootedPath('bomb.yaml'));
    analyzerFor({ 'cycle.yaml': 'apiVersion: v1\nkind: Pod\nspec: &s\n  containers: [*s]\n' }).analyze(rootedPath('cycle.yaml'));
  });

  it('joins objects that share what they hold without going every way to it', () => {
    const keys = 'abcdefgh'.split('');
    const nest = (name: string): string => Array.from({ length: 12 }, (_, at) => `  const ${name}${at} = ${at === 0 ? `{ cmd: '${name}' }` : `{ ${keys.map((key) => `${key}: ${name}${at - 1}`).join(', ')} }`};\n`).join('');
    const text = `import { exec } from 'node:child_process';\nimport express from 'express';\nexpress().post('/', (req, res) => {\n${nest('one')}${nest('two')}  const either = req.body.first ? one11 : two11;\n  exec(either.a.b.c.cmd + req.body.last);\n  res.end();\n});\n`;
    assert.deepEqual(analyzerFor({ 'a.ts': text }).analyze(rootedPath('a.ts')).findings.map((one) => one.ruleId).filter((id) => id.startsWith('input-validation')), ['input-validation/command-injection']);
  });

  it('looks for secrets in minified code and leaves the rest of it alone, with a note', () => {
    const key = ['AKIA', 'Q3EGRZ2', 'ZIQX5L7WD'].join('');
    const text = `const k="${key}";${Array.from({ length: 1_200 }, (_, at) => `function f${at}(a){eval(location.hash);return g(a,{b:f${at}(a)})}`).join('')}\n`;
    const { findings, notes } = analyzerFor({ 'a.js': text }).analyze(rootedPath('a.js'));
    assert.deepEqual([...new Set(findings.map((one) => one.ruleId.split('/')[0]))], ['secrets']);
    assert.deepEqual(notes.map((one) => one.message), ['minified: its text is looked through, its code is not analysed']);
    const { notes: none } = analyzerFor({ 'logo.ts': `export const logo = 'data:image/png;base64,${'iVBORw0KGgoAAAANSUhEUg'.repeat(2_000)}';\n` }).analyze(rootedPath('logo.ts'));
    assert.deepEqual(none, []);
  });
});
