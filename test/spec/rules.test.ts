import assert from 'node:assert/strict';
import { applyEdits } from '../../server/engine/compose.ts';
import type { Finding } from '../../server/model/finding.ts';
import { readMarks } from '../../server/rule/example.ts';
import { referenceOf } from '../../server/rule/references.ts';
import type { Example, Rule } from '../../server/rule/rule.ts';
import { categories } from '../../server/model/finding.ts';
import { rules } from '../../rules/index.ts';
import { analyzerFor, findingPath, rootedPath } from '../support/analyze.ts';

const withoutSeparators = (file: string, sample: string): string => (file.endsWith('.ipynb') ? sample.replace(/^# %%.*\n/gm, '') : sample);
/** The text that findings refer to, for a sample whose marks are gone. */
const judged = (file: string, sample: string): string => {
  const text = withoutSeparators(file, sample);
  return file.endsWith('.ipynb') && !text.endsWith('\n') ? `${text}\n` : text;
};

/** A sample without marks but with its cell separators, as the analyser gets it. */
function unmarked(sample: string): string {
  return readMarks(sample).text;
}

function analyze(example: Example, text: string, only: readonly Rule[] = rules) {
  const analyzer = analyzerFor({ ...example.files, [example.file]: text }, only);
  const { findings, notes } = analyzer.analyze(rootedPath(example.file));
  return { analyzer, findings, notes };
}

function own(findings: readonly Finding[], rule: Rule): readonly Finding[] {
  return findings.filter((finding) => finding.ruleId === rule.id);
}

const runnable = (rule: Rule): Rule => {
  const { off: _off, ...on } = rule;
  return on;
};

describe('rules', () => {
  it('have unique ids of a known category', () => {
    const seen = new Set<string>();
    for (const rule of rules) {
      assert.ok(!seen.has(rule.id), `${rule.id} is defined twice`);
      seen.add(rule.id);
      assert.match(rule.id, /^[a-z-]+\/[a-z0-9]+(?:-[a-z0-9]+)*$/);
      assert.ok((categories as readonly string[]).includes(rule.id.split('/')[0]!), rule.id);
    }
  });

  it('refer to standards that exist, and say what, why and when not', () => {
    const wrong = rules.flatMap((rule) => [
      ...rule.references.filter((id) => !referenceOf(id)).map((id) => `${rule.id}: unknown reference ${id}`),
      ...(rule.references.length === 0 ? [`${rule.id}: no reference`] : []),
      ...(['title', 'what', 'why', 'whenNotToUse'] as const).filter((part) => rule[part].trim() === '').map((part) => `${rule.id}: ${part} is empty`),
      ...(rule.title.endsWith('.') ? [`${rule.id}: title ends with a full stop`] : []),
      ...(rule.examples.some((example) => example.bad !== undefined) && rule.examples.some((example) => example.good !== undefined) ? [] : [`${rule.id}: needs a bad and a good example`]),
    ]);
    assert.deepEqual(wrong, []);
  });

  for (const rule of rules) {
    describe(rule.id, () => {
      rule.examples.forEach((example, index) => {
        const name = `${example.title ?? `example ${index + 1}`} (${example.file})`;
        if (example.bad !== undefined) it(`reports ${name}`, () => reports(rule, example, example.bad!));
        if (example.good !== undefined) {
          it(`is silent on ${name}`, () => {
            const { findings, notes } = analyze(example, example.good!, [runnable(rule)]);
            assert.deepEqual(own(findings, rule).map((one) => one.message), []);
            assert.deepEqual(notes, []);
          });
        }
      });
    });
  }
});

function reports(rule: Rule, example: Example, bad: string): void {
  const marked = readMarks(judged(example.file, bad));
  assert.ok(marked.ranges.length > 0, 'the sample marks no range');
  const text = unmarked(bad);
  const path = findingPath(example.file, text);
  const { analyzer, findings, notes } = analyze(example, text, [runnable(rule)]);
  const found = own(findings, rule).filter((one) => one.path === path || one.path === rootedPath(example.file));
  assert.deepEqual(notes, []);
  const shown = (ranges: readonly { start: number; end: number }[]): string[] => ranges.map((one) => `${one.start}-${one.end} ${JSON.stringify(marked.text.slice(one.start, one.end))}`);
  assert.deepEqual(shown(found.map((one) => one.range)), shown(marked.ranges));
  for (const finding of found) {
    assert.ok(!finding.message.includes('\n'), 'the message is one line');
    assert.ok(!finding.message.includes(rule.id), 'the message does not repeat the rule id');
  }
  const applicable = found.flatMap((one) => one.fixes.filter((fix) => fix.disabled === undefined).slice(0, 1).map((fix) => ({ one, fix })));
  if (example.fixed === undefined) {
    if (rule.noFix && !rule.examples.some((one) => one.fixed !== undefined)) assert.deepEqual(applicable.map(({ fix }) => fix.title), [], 'the page says why there is no fix');
    return;
  }
  assert.ok(applicable.length > 0, 'the sample has a fixed text but no finding offers a fix');
  const edits = applicable.flatMap(({ fix }) => analyzer.edits(fix) ?? assert.fail(`${fix.title} cannot be printed`)).filter((edit) => edit.path === path);
  const unique = edits.filter((edit, at) => edits.findIndex((one) => one.range.start === edit.range.start && one.range.end === edit.range.end && one.text === edit.text) === at);
  const fixed = applyEdits(marked.text, unique);
  assert.equal(fixed.trimEnd(), judged(example.file, example.fixed).trimEnd());
  if (example.file.endsWith('.ipynb')) return;
  const after = analyze(example, fixed, [runnable(rule)]);
  assert.deepEqual(own(after.findings, rule).map((one) => one.message), [], 'the fix silences its finding');
}
