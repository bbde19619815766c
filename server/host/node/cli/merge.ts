import { parseArgs } from 'node:util';
import fs from 'node:fs';
import { severities, type Severity } from '../../../model/finding.ts';
import { formats, isFormat } from '../../../report/formats.ts';
import { mergeShards, readShard } from '../../../report/shard.ts';
import type { CliOptions } from './main.ts';
import { existing, finish } from './scan.ts';
import { unknownName } from './usage.ts';

/** `wardline merge SHARD...`: the report of one scan from the reports of its parts. */
export function runMerge(args: readonly string[], options: CliOptions): number {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: { format: { type: 'string', default: 'text' }, output: { type: 'string', short: 'o' }, 'fail-on': { type: 'string', default: 'info' } } });
  const { format } = values;
  if (!isFormat(format)) throw unknownName('format', format, formats);
  const failOn = severities.indexOf(values['fail-on'] as Severity);
  if (failOn < 0) throw unknownName('severity', values['fail-on'], severities);
  const shards = existing(positionals).map((file) => {
    const read = readShard(fs.readFileSync(file, 'utf8'), options.rules);
    if ('problem' in read) throw new Error(`${file}: ${read.problem}`);
    return read;
  });
  return finish(mergeShards(shards), format, values.output, failOn, process.cwd());
}
