import type { Rule } from '../../../rule/rule.ts';
import { runBaseline } from './baseline.ts';
import { runConfig } from './config.ts';
import { runFix } from './fix.ts';
import { runHook } from './hook.ts';
import { runInit } from './init.ts';
import { runMcp } from './mcp.ts';
import { runMerge } from './merge.ts';
import { runModels } from './models.ts';
import { runRules } from './rules.ts';
import { runScan } from './scan.ts';
import { runTest } from './test.ts';
import { runDrift, runThreatModel } from './threat-model.ts';
import { unknownName, usage, UsageError } from './usage.ts';

export interface CliOptions {
  readonly rules: readonly Rule[];
  readonly version: string;
  /** The script that runs, to start threads with. */
  readonly program: string;
}

const commands: Readonly<Record<string, (args: readonly string[], options: CliOptions) => number | Promise<number>>> = {
  scan: runScan, fix: runFix, baseline: runBaseline, config: runConfig, rules: runRules, mcp: runMcp, hook: runHook, merge: runMerge, init: runInit, models: runModels, test: runTest, 'threat-model': runThreatModel, drift: runDrift,
};

/** Runs one command line and gives the exit status. Errors go to standard error, never as a stack trace. */
export async function runCli(argv: readonly string[], options: CliOptions): Promise<number> {
  try {
    const [command, ...rest] = argv;
    if (command === '--version' || command === '-v') return print(`${options.version}\n`);
    if (command === undefined || command === '--help' || command === '-h' || command === 'help' || rest.includes('--help')) return print(usage);
    const run = commands[command];
    if (!run) throw unknownName('command', command, Object.keys(commands));
    return await run(rest, options);
  } catch (error) {
    const wrongUse = error instanceof UsageError || String((error as NodeJS.ErrnoException).code).startsWith('ERR_PARSE_ARGS');
    process.stderr.write(`wardline: ${error instanceof Error ? error.message : String(error)}\n${wrongUse ? 'wardline --help tells what there is.\n' : ''}`);
    if (!wrongUse && error instanceof Error && process.env['WARDLINE_DEBUG']) process.stderr.write(`${error.stack}\n`);
    return 2;
  }
}

function print(words: string): number {
  process.stdout.write(words);
  return 0;
}
