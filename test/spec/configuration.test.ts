import assert from 'node:assert/strict';
import { configShape } from '../../server/config/config-shape.ts';
import { complete } from '../../server/config/complete.ts';
import { explainConfiguration } from '../../server/config/explain.ts';
import { isReasonableGlob } from '../../server/config/globs.ts';
import { readLayer } from '../../server/config/layer.ts';
import { userSource } from '../../server/config/effective.ts';
import { jsonSchema } from '../../server/config/shape.ts';
import { createAnalyzer, type Analyzer } from '../../server/engine/analyzer.ts';
import { createDocument } from '../../server/source/document.ts';
import { starterConfiguration } from '../../server/config/starter.ts';
import type { Rule } from '../../server/rule/rule.ts';
import { memoryHost } from '../support/analyze.ts';
import { flawRule } from '../support/sample-rules.ts';

const hipaaRule: Rule = { ...flawRule, id: 'storage/other-flaw', severity: 'low', off: true, references: ['CWE-311', 'hipaa:164.312(a)(2)(iv)'], tags: ['vector-store'] };
const rules: readonly Rule[] = [flawRule, hipaaRule];

function analyzerOver(files: Readonly<Record<string, string>>, user?: Readonly<Record<string, 'off' | 'low'>>): Analyzer {
  const origin = { path: userSource, range: { start: 0, end: 0 } };
  const layer = user && { ...readLayer(userSource, '', undefined), rules: new Map(Object.entries(user).map(([id, level]) => [id, { level, origin }])) };
  return createAnalyzer({ host: { ...memoryHost(files), today: () => '2026-11-27' }, rules, team: { readFiles: true, ...(layer ? { user: layer } : {}) } });
}

/** Rule and severity of the open findings of `a.ts` in a folder. */
function severities(files: Readonly<Record<string, string>>, file = '/workspace/src/a.ts', user?: Readonly<Record<string, 'off' | 'low'>>): readonly string[] {
  const analyzer = analyzerOver({ 'src/a.ts': '// flaw\n', ...files }, user);
  return analyzer.outcome(file, analyzer.analyze(file).findings).judged.filter((one) => one.status === 'open').map(({ finding }) => `${finding.ruleId} ${finding.severity}`);
}

function problems(text: string, path = '.wardline/config.yaml', more: Readonly<Record<string, string>> = {}): readonly string[] {
  return analyzerOver({ [path]: text, ...more }).problems(`/workspace/${path}`).map((one) => `${one.code}: ${one.message}`);
}

describe('team configuration', () => {
  it('is not needed', () => {
    assert.deepEqual(severities({}), ['dependencies/flaw high']);
  });

  for (const [name, config, expected] of [
    ['switches a rule off', 'rules:\n  dependencies/flaw: off\n', []],
    ['changes a severity', 'rules:\n  dependencies/flaw: low\n', ['dependencies/flaw low']],
    ['takes severity and reason in long form', 'rules:\n  dependencies/flaw: { severity: info, reason: known }\n', ['dependencies/flaw info']],
    ['switches a rule on that is off by default', 'rules:\n  storage/other-flaw: on\n', ['dependencies/flaw high', 'storage/other-flaw low']],
    ['switches a category', 'categories:\n  dependencies: off\n', []],
    ['switches a category written as a rule', 'rules:\n  dependencies/*: medium\n', ['dependencies/flaw medium']],
    ['switches rules by tag', 'tags:\n  vector-store: medium\n', ['dependencies/flaw high', 'storage/other-flaw medium']],
    ['keeps to a preset', 'presets: [strict]\n', ['dependencies/flaw high', 'storage/other-flaw low']],
    ['keeps to the controls of a compliance pack', 'presets: [hipaa]\n', ['storage/other-flaw low']],
    ['lets a rule win over a preset', 'presets: [hipaa]\nrules:\n  dependencies/flaw: on\n', ['dependencies/flaw high', 'storage/other-flaw low']],
    ['reports only what is certain enough', 'minimumConfidence: high\n', ['dependencies/flaw high']],
    ['ignores paths', 'ignore: [src]\n', []],
    ['applies overrides to their paths only', 'overrides:\n  - paths: ["src/**"]\n    rules: { dependencies/flaw: off }\n  - paths: ["lib/**"]\n    rules: { storage/other-flaw: on }\n', []],
    ['lets a later override win', 'overrides:\n  - paths: ["**"]\n    rules: { dependencies/flaw: off }\n  - paths: ["src/*.ts"]\n    rules: { dependencies/flaw: medium }\n', ['dependencies/flaw medium']],
  ] as const) {
    it(name, () => assert.deepEqual(severities({ '.wardline/config.yaml': config }), expected));
  }

  it('reads JSON as well', () => {
    assert.deepEqual(severities({ '.wardline/config.json': '{ "rules": { "dependencies/flaw": "low" } }' }), ['dependencies/flaw low']);
  });

  it('lets the nearest file win, up to a root', () => {
    const outer = { '.wardline/config.yaml': 'rules:\n  dependencies/flaw: low\n  storage/other-flaw: on\n' };
    assert.deepEqual(severities({ ...outer, 'src/.wardline/config.yaml': 'rules:\n  dependencies/flaw: medium\n' }), ['dependencies/flaw medium', 'storage/other-flaw low']);
    assert.deepEqual(severities({ ...outer, 'src/.wardline/config.yaml': 'root: true\n' }), ['dependencies/flaw high']);
  });

  it('puts the team above the user', () => {
    assert.deepEqual(severities({}, undefined, { 'dependencies/flaw': 'off' }), []);
    assert.deepEqual(severities({ '.wardline/config.yaml': 'rules:\n  dependencies/flaw: medium\n' }, undefined, { 'dependencies/flaw': 'off' }), ['dependencies/flaw medium']);
  });

  it('does not let a nested file, a user or an ignore of a nested file lower a locked rule', () => {
    const locked = { '.wardline/config.yaml': 'locked: [dependencies/*]\n' };
    assert.deepEqual(severities({ ...locked, 'src/.wardline/config.yaml': 'rules:\n  dependencies/flaw: off\n' }), ['dependencies/flaw high']);
    assert.deepEqual(severities(locked, undefined, { 'dependencies/flaw': 'off' }), ['dependencies/flaw high']);
    assert.match(problems('rules:\n  dependencies/flaw: off\n', 'src/.wardline/config.yaml', locked).join(), /locked by \/workspace\/\.wardline\/config\.yaml/);
  });

  it('extends relative files and installed packages', () => {
    assert.deepEqual(severities({ '.wardline/config.yaml': 'extends: ./base.yaml\n', '.wardline/base.yaml': 'rules:\n  dependencies/flaw: low\n' }), ['dependencies/flaw low']);
    assert.deepEqual(severities({ '.wardline/config.yaml': 'extends: ../shared/base.yaml\n', 'shared/base.yaml': 'rules:\n  dependencies/flaw: low\n' }), ['dependencies/flaw low']);
    assert.deepEqual(severities({ '.wardline/config.yaml': 'extends: ["@acme/rules"]\nrules:\n  storage/other-flaw: on\n', 'node_modules/@acme/rules/wardline.yaml': 'rules:\n  dependencies/flaw: low\n' }), ['dependencies/flaw low', 'storage/other-flaw low']);
  });

  it('does not read out of the repository, in circles, or what does not exist', () => {
    assert.match(problems('extends: ../../../etc/passwd.yaml\n').join(), /outside of the repository/);
    assert.match(problems('extends: /etc/hosts\n').join(), /neither a relative path nor the name of an npm package/);
    assert.match(problems('extends: ./b.yaml\n', '.wardline/config.yaml', { '.wardline/b.yaml': 'extends: ./config.yaml\n' }).join(), /^$/);
    assert.match(problems('extends: ./config.yaml\n').join(), /extends this file again/);
    assert.match(problems('extends: ./none.yaml\n').join(), /does not exist/);
    assert.match(problems('extends: none\n').join(), /is not installed/);
  });

  it('keeps the last valid state of a broken file and says so', () => {
    const files: Record<string, string> = { 'a.ts': '// flaw\n', '.wardline/config.yaml': 'rules:\n  dependencies/flaw: low\n' };
    const analyzer = createAnalyzer({ host: { read: (path) => files[path.slice(11)], exists: (path) => path === '/workspace/.wardline' || path.slice(11) in files, list: () => [] }, rules, team: { readFiles: true } });
    const shown = (): readonly string[] => analyzer.outcome('/workspace/a.ts', analyzer.analyze('/workspace/a.ts').findings).judged.map((one) => one.finding.severity);
    assert.deepEqual(shown(), ['low']);
    files['.wardline/config.yaml'] = 'rules:\n  dependencies/flaw: [\n';
    assert.equal(analyzer.changed('/workspace/.wardline/config.yaml'), true);
    assert.deepEqual(shown(), ['low']);
    assert.deepEqual(analyzer.problems('/workspace/.wardline/config.yaml').map((one) => one.code), ['config/syntax']);
    files['.wardline/config.yaml'] = 'rules:\n  dependencies/flaw: medium\n';
    analyzer.changed('/workspace/.wardline/config.yaml');
    assert.deepEqual(shown(), ['medium']);
  });

  for (const [name, text, expected] of [
    ['an unknown key', 'ruels: {}\n', /config\/unknown-key: Unknown key "ruels"; did you mean "rules"\?/],
    ['an unknown rule', 'rules:\n  dependencies/flow: off\n', /config\/unknown-rule: Unknown rule "dependencies\/flow"; did you mean "dependencies\/flaw"\?/],
    ['a wrong value', 'rules:\n  dependencies/flaw: hihg\n', /"hihg" is not one of .*; did you mean "high"\?/],
    ['a wrong type', 'ignore: src\n', /The value must be a list/],
    ['a number out of bounds', 'suppressions:\n  maxDays: 0\n', /between 1 and 3650/],
    ['a deprecated key', 'preset: [strict]\n', /config\/deprecated-key: "preset" is deprecated; use "presets"/],
    ['a missing key', 'overrides:\n  - rules: { dependencies/flaw: off }\n', /The key "paths" is missing/],
    ['an override that can never match', 'overrides:\n  - paths: ["../x/**"]\n    rules: { dependencies/flaw: off }\n', /never matched/],
    ['an override that sets nothing', 'overrides:\n  - paths: ["x/**"]\n', /sets nothing/],
    ['an override that a later one hides', 'overrides:\n  - paths: [a]\n    rules: { dependencies/flaw: off }\n  - paths: [a]\n    rules: { dependencies/flaw: low }\n', /A later override/],
    ['a glob that would be slow', `overrides:\n  - paths: ["${'*a'.repeat(40)}"]\n    rules: { dependencies/flaw: off }\n`, /too many wildcards/],
    ['a file that is no map', '- a\n', /must be a map/],
  ] as const) {
    it(`reports ${name}`, () => assert.match(problems(text).join('\n'), expected));
  }

  it('mends a misspelt key with one edit', () => {
    const analyzer = analyzerOver({ '.wardline/config.yaml': 'ruels: {}\n' });
    const [problem] = analyzer.problems('/workspace/.wardline/config.yaml');
    assert.deepEqual(analyzer.edits(problem!.fixes[0]!), [{ path: '/workspace/.wardline/config.yaml', range: { start: 0, end: 5 }, text: 'rules' }]);
  });

  it('explains which setting holds and why', () => {
    const analyzer = analyzerOver({ '.wardline/config.yaml': 'locked: [dependencies/flaw]\nrules:\n  dependencies/flaw: { severity: critical, reason: audited }\n', 'src/.wardline/config.yaml': 'rules:\n  dependencies/flaw: off\n' });
    const page = explainConfiguration('/workspace/src/a.ts', rules, analyzer.configuration, (path) => path.replace('/workspace/', ''));
    assert.match(page, /`dependencies\/flaw` \| critical \| \.wardline\/config\.yaml, rule: critical \(audited\); src\/\.wardline\/config\.yaml, rule: off — refused: locked by \.wardline\/config\.yaml/);
  });

  it('offers only globs whose matching is quick', () => {
    assert.equal(isReasonableGlob('**/test/**/*.ts'), true);
    assert.equal(isReasonableGlob('*'.repeat(3).concat('a*').repeat(20)), false);
    assert.equal(isReasonableGlob('x'.repeat(1000)), false);
  });

  it('completes keys, rules and values where the cursor is', () => {
    const { known } = analyzerOver({}).configuration;
    const at = (marked: string): readonly string[] => {
      const offset = marked.indexOf('|');
      const document = createDocument('/workspace/.wardline/config.yaml', 'yaml', marked.replace('|', ''));
      return complete(document, offset, known, () => undefined).map((one) => one.label);
    };
    assert.ok(at('|').includes('presets'));
    assert.ok(!at('|').includes('preset'), 'deprecated keys are not offered');
    assert.deepEqual(at('rules:\n  dep|').filter((name) => name.startsWith('dep')), ['dependencies/*', 'dependencies/flaw']);
    assert.deepEqual(at('rules:\n  dependencies/flaw: |').slice(0, 3), ['off', 'on', 'critical']);
    assert.ok(at('rules:\n  dependencies/flaw:\n    |').includes('reason'));
    assert.deepEqual(at('presets: [|]').slice(0, 2), ['recommended', 'strict']);
    assert.deepEqual(at('presets:\n  - |').slice(0, 2), ['recommended', 'strict']);
    assert.ok(at('locked:\n  - |').includes('storage/*'));
    assert.deepEqual(at('overrides:\n  - paths: [a]\n    |'), ['paths', 'rules', 'categories', 'tags', 'minimumConfidence']);
    assert.deepEqual(at('overrides:\n  - paths: [a]\n    categories:\n      wor|').filter((name) => name.startsWith('work')), ['workload']);
    assert.deepEqual(at('suppressions:\n  |'), ['requireReason', 'maxDays', 'entries']);
  });

  it('has a JSON Schema that names every key', () => {
    const schema = jsonSchema(configShape, { rule: ['dependencies/flaw'], category: ['dependencies'], tag: [] }) as { properties: Record<string, { description?: string }>; additionalProperties: boolean };
    assert.deepEqual(Object.keys(schema.properties), Object.keys(configShape.keys));
    assert.equal(schema.additionalProperties, false);
    for (const [name, property] of Object.entries(schema.properties)) assert.ok(property.description, name);
  });

  it('writes starters without problems', () => {
    for (const languages of [['typescript'], ['terraform'], ['typescript', 'terraform'], []] as const) {
      assert.deepEqual(problems(starterConfiguration(new Set(languages))).filter((one) => !/Unknown rule "(?:secrets|iam)/.test(one)), []);
    }
  });
});
