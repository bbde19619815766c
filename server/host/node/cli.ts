import { parseArgs } from 'node:util';
import fs from 'node:fs';
import { severities, type Severity } from '../../model/finding.ts';
import { json } from '../../report/json.ts';
import { sarif } from '../../report/sarif.ts';
import { text } from '../../report/text.ts';
import type { Rule } from '../../rule/rule.ts';
import type { ScanResult } from '../../report/result.ts';
import { writeText } from './files.ts';
import { scan } from './scan.ts';

const usage = `usage: wardline scan PATH... [--format text|json|sarif] [--output FILE] [--no-config] [--fail-on SEVERITY]
       wardline --version | --help

Scans files and folders for insecure AI code, notebooks, infrastructure and secrets. Offline; nothing leaves this machine.

  --format       text (default), json or sarif (2.1.0)
  --output FILE  write the report to FILE instead of standard output
  --no-config    do not read .wardline/config.*
  --fail-on SEV  exit 1 only for findings of at least this severity: ${severities.join(', ')}
  --quiet        no progress

exit status: 0 nothing found, 1 something found, 2 error
`;

export interface CliOptions {
  readonly rules: readonly Rule[];
  readonly version: string;
}

class UsageError extends Error {}

/** Runs one command line and gives the exit status. Errors go to standard error, never as a stack trace. */
export function runCli(argv: readonly string[], options: CliOptions): number {
  try {
    const [command, ...rest] = argv;
    if (command === '--version' || command === '-v') return print(`${options.version}\n`);
    if (command === undefined || command === '--help' || command === '-h' || command === 'help') return print(usage);
    if (command === 'scan') return runScan(rest, options);
    throw new UsageError(`unknown command '${command}'`);
  } catch (error) {
    const known = error instanceof UsageError || (error as NodeJS.ErrnoException).code?.startsWith('ERR_PARSE_ARGS');
    const code = (error as NodeJS.ErrnoException).code;
    process.stderr.write(`wardline: ${error instanceof Error ? error.message : String(error)}\n${known ? `\n${usage}` : ''}`);
    if (!known && !code && error instanceof Error && process.env['WARDLINE_DEBUG']) process.stderr.write(`${error.stack}\n`);
    return 2;
  }
}

function print(words: string): number {
  process.stdout.write(words);
  return 0;
}

function runScan(args: readonly string[], options: CliOptions): number {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      format: { type: 'string', default: 'text' },
      output: { type: 'string', short: 'o' },
      'no-config': { type: 'boolean', default: false },
      'fail-on': { type: 'string', default: 'info' },
      quiet: { type: 'boolean', short: 'q', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return print(usage);
  if (!['text', 'json', 'sarif'].includes(values.format)) throw new UsageError(`unknown format '${values.format}'`);
  const failOn = severities.indexOf(values['fail-on'] as Severity);
  if (failOn < 0) throw new UsageError(`unknown severity '${values['fail-on']}'`);
  if (positionals.length === 0) throw new UsageError('no path to scan');
  for (const one of positionals) if (!fs.existsSync(one)) throw new UsageError(`no such file or folder: ${one}`);
  const result = scan({ paths: positionals, rules: options.rules, version: options.version, ...(values.quiet ? {} : { progress: terminalProgress() }) });
  const colour = values.output === undefined && process.stdout.isTTY === true && !process.env['NO_COLOR'];
  const report = format(result, values.format, colour);
  if (values.output === undefined) process.stdout.write(report);
  else writeText(values.output, report);
  return result.findings.some((one) => severities.indexOf(one.finding.severity) <= failOn) ? 1 : 0;
}

function format(result: ScanResult, name: string, colour: boolean): string {
  return name === 'json' ? json(result) : name === 'sarif' ? sarif(result) : text(result, { colour });
}

/** A counter on standard error once a scan has taken two seconds; only on a terminal. */
function terminalProgress(): (done: number, total: number) => void {
  if (process.stderr.isTTY !== true) return () => {};
  const start = Date.now();
  let shown = 0;
  return (done, total) => {
    const now = Date.now();
    if (done === total && shown > 0) process.stderr.write('\r\u001b[K');
    else if (now - start > 2000 && now - shown > 100) {
      shown = now;
      process.stderr.write(`\rscanning ${done} of ${total} files`);
    }
  };
}
