import { parseArgs } from 'node:util';
import fs from 'node:fs';
import path from 'node:path';
import { baselineId, baselineName, parseBaseline, printBaseline, type Baseline, type BaselineEntry } from '../../../engine/baseline.ts';
import { newSalt } from '../../../engine/decide.ts';
import { writeText } from '../files.ts';
import { relativePath, scan, type Scan } from '../scan.ts';
import type { CliOptions } from './main.ts';
import { existing } from './scan.ts';
import { UsageError } from './usage.ts';

/**
 * `wardline baseline create|update|check`. A baseline may only shrink: `update` drops what is mended, and takes up what is new
 * only with `--force`.
 */
export function runBaseline(args: readonly string[], options: CliOptions): number {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: { force: { type: 'boolean', default: false }, file: { type: 'string' }, quiet: { type: 'boolean', short: 'q', default: false } } });
  const [command, ...rest] = positionals;
  if (command !== 'create' && command !== 'update' && command !== 'check') throw new UsageError('baseline needs create, update or check');
  const paths = existing(rest);
  const run = scan({ paths, rules: options.rules, version: options.version, team: { readFiles: true, baseline: false } });
  const file = values.file ?? path.join(run.root, baselineName);
  const directory = path.basename(path.dirname(file)) === '.wardline' ? path.dirname(path.dirname(path.resolve(file))) : path.dirname(path.resolve(file));
  const known = fs.existsSync(file) ? read(file) : undefined;
  if (command === 'create' && known && !values.force) throw new UsageError(`${file} exists; use update, or create --force`);
  if (command !== 'create' && !known) throw new UsageError(`${file} does not exist; use create`);
  const salt = command === 'create' ? newSalt() : known!.salt;
  const now = entriesOf(run, directory, salt);
  const say = (words: string): void => void (values.quiet || process.stderr.write(`${words}\n`));
  if (command === 'create') {
    save(file, { salt, entries: now });
    say(`${now.length} findings in ${relativePath(run.root, path.resolve(file))}`);
    return 0;
  }
  const fresh = now.filter((entry) => !matched(entry, known!, directory));
  const used = new Set(now.flatMap((entry) => known!.entries.filter((one) => one.id === entry.id && (one.path === entry.path || !fs.existsSync(path.join(directory, one.path))))));
  const scanned = new Set([...run.files].map((one) => relativePath(directory, one)));
  const stale = known!.entries.filter((entry) => !used.has(entry) && (scanned.has(entry.path) || !fs.existsSync(path.join(directory, entry.path))));
  if (command === 'check') {
    for (const entry of stale) say(`stale: ${entry.path}: ${entry.rule} is mended`);
    for (const entry of fresh) say(`new: ${entry.path}: ${entry.rule} is not in the baseline`);
    say(`${known!.entries.length} entries, ${stale.length} stale, ${fresh.length} new findings`);
    return stale.length > 0 || fresh.length > 0 ? 1 : 0;
  }
  const outside = known!.entries.filter((entry) => !used.has(entry) && !stale.includes(entry));
  const kept = now.filter((entry) => values.force || !fresh.includes(entry));
  save(file, { salt, entries: [...outside, ...kept] });
  say(`${stale.length} entries dropped, ${values.force ? fresh.length : 0} added, ${outside.length + kept.length} left`);
  if (fresh.length > 0 && !values.force) say(`${fresh.length} new findings were not added; mend them, or use --force`);
  return 0;
}

function matched(entry: BaselineEntry, baseline: Baseline, directory: string): boolean {
  return baseline.entries.some((one) => one.id === entry.id && one.rule === entry.rule && (one.path === entry.path || !fs.existsSync(path.join(directory, one.path))));
}

function entriesOf(run: Scan, directory: string, salt: string): BaselineEntry[] {
  return [...run.outcomes].flatMap(([file, judged]) => judged.flatMap(({ finding, fingerprint, status }) => (status === 'suppressed' ? [] : [{ rule: finding.ruleId, path: relativePath(directory, file), id: baselineId(salt, fingerprint) }])));
}

function read(file: string): Baseline {
  const parsed = parseBaseline(fs.readFileSync(file, 'utf8'));
  if ('problem' in parsed) throw new Error(`${file}: ${parsed.problem}`);
  return parsed;
}

function save(file: string, baseline: Pick<Baseline, 'salt' | 'entries'>): void {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  writeText(file, printBaseline(baseline));
}
