import { directoryName } from '../base/path.ts';
import { governedDirectory } from '../config/file.ts';
import type { TeamRule } from '../config/rules/compile.ts';
import type { Finding } from '../model/finding.ts';
import type { Fix, TextEdit } from '../model/fix.ts';
import type { Problem } from '../model/problem.ts';
import type { MapValue } from '../model/value.ts';
import { readMarks } from '../rule/example.ts';
import type { Rule } from '../rule/rule.ts';
import { applyEdits } from './compose.ts';

/** Analyses one sample with one rule alone. */
export type TestExample = (rule: Rule, directory: string, file: string, text: string) => { readonly findings: readonly Finding[]; readonly edits: (fix: Fix) => readonly TextEdit[] | undefined };

/** The examples of the team's rules that do not come out as they say, at the place of the example. */
export function exampleProblems(rules: readonly TeamRule[], test: TestExample): readonly Problem[] {
  return rules.flatMap(({ rule, definition }) => {
    const list = definition.entries.get('examples')?.value;
    return (list?.kind === 'list' ? list.items : []).flatMap((item, at): Problem[] => {
      const example = rule.examples[at];
      if (item.kind !== 'map' || !example) return [];
      return failuresOf(rule, example, (one, name, text) => test(one, directoryName(governedDirectory(definition.at.path)), name, text)).map(({ part, message }): Problem => ({ ...placeOf(item, part), code: 'rules/failing-example', severity: 'error', message, fixes: [] }));
    });
  });
}

function failuresOf(rule: Rule, example: Rule['examples'][number], test: (rule: Rule, file: string, text: string) => ReturnType<TestExample>): readonly { readonly part: string; readonly message: string }[] {
  const out: { part: string; message: string }[] = [];
  if (example.bad !== undefined) {
    const { text, ranges } = readMarks(example.bad);
    const { findings, edits } = test(rule, example.file, text);
    if (findings.length === 0) out.push({ part: 'bad', message: `${rule.id} does not report this example.` });
    else if (ranges.length > 0) {
      const shown = (list: readonly { readonly start: number; readonly end: number }[]): string => list.map((one) => `"${text.slice(one.start, one.end)}"`).join(', ');
      if (shown(findings.map((one) => one.range)) !== shown(ranges)) out.push({ part: 'bad', message: `${rule.id} marks ${shown(findings.map((one) => one.range))}, not ${shown(ranges)}.` });
    }
    if (example.fixed !== undefined) {
      const [fix] = findings[0]?.fixes ?? [];
      const changed = fix && edits(fix);
      const after = changed && applyEdits(text, changed);
      if (after?.trimEnd() !== example.fixed.trimEnd()) out.push({ part: 'fixed', message: `The fix of ${rule.id} gives another text.` });
    }
  }
  if (example.good !== undefined && test(rule, example.file, example.good).findings.length > 0) out.push({ part: 'good', message: `${rule.id} reports this example.` });
  return out;
}

function placeOf(item: MapValue, part: string): Pick<Problem, 'path' | 'range'> {
  return item.entries.get(part)?.keyOrigin ?? item.at;
}
