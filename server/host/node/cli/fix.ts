import { parseArgs } from 'node:util';
import path from 'node:path';
import { createTwoFilesPatch } from 'diff';
import { composeEdits, applyEdits } from '../../../engine/compose.ts';
import { rawEdits } from '../../../engine/raw-edits.ts';
import type { Analyzer } from '../../../engine/analyzer.ts';
import type { TextEdit } from '../../../model/fix.ts';
import { readText, writeText } from '../files.ts';
import { relativePath, scan } from '../scan.ts';
import type { CliOptions } from './main.ts';
import { existing, onlyOf } from './scan.ts';

/** Passes after which a fix that keeps making room for another is left alone. */
const mostPasses = 10;

/** `wardline fix`: applies safe fixes until none is left; with `--dry-run` prints a unified diff instead. */
export function runFix(args: readonly string[], options: CliOptions): number {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { 'dry-run': { type: 'boolean', default: false }, rule: { type: 'string', multiple: true }, 'no-config': { type: 'boolean', default: false }, quiet: { type: 'boolean', short: 'q', default: false } },
  });
  const paths = existing(positionals);
  const only = onlyOf(options.rules, values.rule, undefined);
  const texts = new Map<string, string>();
  const applied = new Map<string, number>();
  /** Files with credentials: their diff has no context lines, which would show them. */
  const secretive = new Set<string>();
  let root = process.cwd();
  for (let pass = 0; pass < mostPasses; pass++) {
    const run = scan({ paths, rules: options.rules, version: options.version, team: { only, readFiles: !values['no-config'] }, overlay: texts, ...(pass === 0 ? {} : { select: (file: string) => texts.has(file) }) });
    root = run.root;
    for (const [file, judged] of run.outcomes) if (judged.some((one) => one.finding.ruleId.startsWith('secrets/'))) secretive.add(file);
    const fixes = [...run.outcomes].flatMap(([file, judged]) => judged.flatMap(({ finding, status }) => {
      const fix = status === 'open' ? finding.fixes.find((one) => one.safe && one.disabled === undefined) : undefined;
      const edits = fix && run.analyzer.edits(fix);
      const raw = edits && rawEdits(edits, run.analyzer.notebookOfPart, run.analyzer.document);
      return raw && raw.every((edit) => edit.path === file) ? [{ rule: finding.ruleId, edits: raw }] : [];
    }));
    const { edits, applied: taken } = composeEdits(fixes.map((one) => one.edits));
    if (edits.length === 0) break;
    let changed = false;
    for (const [file, own] of byFile(edits)) changed = rewrite(file, own, run.analyzer, texts) || changed;
    if (!changed) break;
    for (const at of taken) applied.set(fixes[at]!.rule, (applied.get(fixes[at]!.rule) ?? 0) + 1);
  }
  const count = [...applied.values()].reduce((sum, one) => sum + one, 0);
  for (const file of [...texts.keys()].sort()) {
    const before = readText(file);
    if (!('text' in before)) continue;
    if (values['dry-run']) {
      const name = relativePath(root, file);
      process.stdout.write(createTwoFilesPatch(`a/${name}`, `b/${name}`, before.text, texts.get(file)!, undefined, undefined, { context: secretive.has(file) ? 0 : 3 }).replace(/^=+\n/, ''));
    } else writeText(file, texts.get(file)!, before);
  }
  if (!values.quiet) {
    process.stderr.write(`${values['dry-run'] ? 'would fix' : 'fixed'} ${count} ${count === 1 ? 'finding' : 'findings'} in ${texts.size} ${texts.size === 1 ? 'file' : 'files'}\n`);
    for (const [rule, many] of [...applied].sort()) process.stderr.write(`  ${many} × ${rule}\n`);
  }
  return 0;
}

function rewrite(file: string, edits: readonly TextEdit[], analyzer: Analyzer, texts: Map<string, string>): boolean {
  const document = analyzer.document(file);
  if (!document) return false;
  const text = applyEdits(document.text, edits);
  if (text === document.text) return false;
  texts.set(path.posix.normalize(file), text);
  return true;
}

function byFile(edits: readonly TextEdit[]): ReadonlyMap<string, readonly TextEdit[]> {
  const out = new Map<string, TextEdit[]>();
  for (const edit of edits) out.set(edit.path, [...(out.get(edit.path) ?? []), edit]);
  return out;
}
