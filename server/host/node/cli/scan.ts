import { parseArgs } from 'node:util';
import fs from 'node:fs';
import { severities, type Severity } from '../../../model/finding.ts';
import { formats, isFormat, printReport } from '../../../report/formats.ts';
import type { ScanResult } from '../../../report/result.ts';
import { codeOwners } from '../code-owners.ts';
import { writeText } from '../files.ts';
import { changeSince, stagedChange, type Change } from '../git.ts';
import type { Only } from '../../../config/only.ts';
import { scanInParallel } from '../parallel-scan.ts';
import { onlyChanged } from './changed.ts';
import { categoryOf } from '../../../rule/rule.ts';
import type { CliOptions } from './main.ts';
import { terminalProgress } from './progress.ts';
import { inShard, parseShard } from './shard.ts';
import { unknownName, UsageError } from './usage.ts';

/** `wardline scan`. */
export async function runScan(args: readonly string[], options: CliOptions): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      format: { type: 'string', default: 'text' },
      output: { type: 'string', short: 'o' },
      'no-config': { type: 'boolean', default: false },
      baseline: { type: 'string' },
      'fail-on': { type: 'string', default: 'info' },
      diff: { type: 'string' },
      staged: { type: 'boolean', default: false },
      shard: { type: 'string' },
      jobs: { type: 'string' },
      rule: { type: 'string', multiple: true },
      category: { type: 'string', multiple: true },
      quiet: { type: 'boolean', short: 'q', default: false },
    },
  });
  const { format } = values;
  if (!isFormat(format)) throw unknownName('format', format, formats);
  const failOn = severities.indexOf(values['fail-on'] as Severity);
  if (failOn < 0) throw unknownName('severity', values['fail-on'], severities);
  const only = onlyOf(options.rules, values.rule, values.category);
  const paths = existing(positionals);
  const shard = values.shard === undefined ? undefined : parseShard(values.shard);
  if (values.diff !== undefined && values.staged) throw new UsageError('--diff and --staged exclude each other');
  const change: Change | undefined = values.diff !== undefined ? changeSince(values.diff, paths[0]!) : values.staged ? stagedChange(paths[0]!) : undefined;
  const { result, root } = await scanInParallel({
    paths, version: options.version,
    rules: options.rules, program: options.program,
    ...(values.jobs === undefined ? {} : { jobs: parseJobs(values.jobs) }),
    team: { only, readFiles: !values['no-config'], ...(values.baseline === undefined ? {} : { baseline: fs.realpathSync(values.baseline) }) },
    ...(change?.texts ? { overlay: change.texts } : {}),
    ...(shard || change ? { select: (file) => (!shard || inShard(file, shard, root1(paths))) && (!change || change.lines.has(file)) } : {}),
    ...(values.quiet ? {} : { progress: terminalProgress() }),
  });
  const shown = change ? onlyChanged(result, change, root) : result;
  return finish(shown, format, values.output, failOn, root);
}

/** Prints or writes the report and gives the exit status. */
export function finish(result: ScanResult, format: (typeof formats)[number], output: string | undefined, failOn: number, root: string): number {
  const colour = output === undefined && process.stdout.isTTY === true && !process.env['NO_COLOR'];
  const report = printReport(result, format, { colour, now: new Date().toISOString().slice(0, 19), owners: codeOwners(root) });
  if (output === undefined || output === '-') process.stdout.write(report);
  else writeText(output, report);
  if (result.problems.some((one) => one.code === 'config/syntax' || one.code === 'baseline/broken')) return 2;
  return result.findings.some((one) => one.status === 'open' && severities.indexOf(one.finding.severity) <= failOn) ? 1 : 0;
}

/** The paths of a command line; throws when there is none or one does not exist. */
export function existing(positionals: readonly string[]): readonly string[] {
  if (positionals.length === 0) throw new UsageError('no path was given');
  for (const one of positionals) if (!fs.existsSync(one)) throw new UsageError(`no such file or folder: ${one}`);
  return positionals;
}

/** What `--rule` and `--category` limit a run to; throws where one is not known. */
export function onlyOf(rules: CliOptions['rules'], ids: readonly string[] | undefined, categories: readonly string[] | undefined): Only {
  for (const id of ids ?? []) if (!rules.some((one) => one.id === id)) throw unknownName('rule', id, rules.map((one) => one.id));
  const known: readonly string[] = [...new Set(rules.map((one) => categoryOf(one.id)))].sort();
  for (const category of categories ?? []) if (!known.includes(category)) throw unknownName('category', category, known);
  return { ...(ids ? { rules: ids } : {}), ...(categories ? { categories } : {}) };
}

function parseJobs(text: string): number {
  if (!/^[1-9]\d{0,2}$/.test(text)) throw new UsageError(`'${text}' is no number of threads`);
  return Number(text);
}

function root1(paths: readonly string[]): string {
  return paths.length === 1 && fs.statSync(paths[0]!).isDirectory() ? fs.realpathSync(paths[0]!) : process.cwd();
}
