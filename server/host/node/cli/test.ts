import fs from 'node:fs';
import path from 'node:path';
import { createAnalyzer } from '../../../engine/analyzer.ts';
import { isRuleFile } from '../../../config/rules/shape.ts';
import { toEnginePath } from '../files.ts';
import { createNodeHost } from '../host.ts';
import { relativePath } from '../scan.ts';
import type { CliOptions } from './main.ts';
import { UsageError } from './usage.ts';

/** `wardline test [DIRECTORY]`: compiles the team's rules and runs their examples. */
export function runTest(args: readonly string[], { rules }: CliOptions): number {
  if (args.length > 1) throw new UsageError('test takes one directory');
  const root = path.resolve(args[0] ?? '.');
  const folder = path.join(root, '.wardline/rules');
  if (!fs.existsSync(folder)) throw new UsageError(`no such directory: ${relativePath(process.cwd(), folder)}`);
  const analyzer = createAnalyzer({ host: createNodeHost(), rules, team: { readFiles: true } });
  let count = 0;
  let examples = 0;
  let failed = 0;
  for (const name of fs.readdirSync(folder).sort()) {
    const file = toEnginePath(path.join(folder, name));
    if (!isRuleFile(file)) continue;
    const own = analyzer.configuration.teamRules(file);
    count += own.length;
    examples += own.reduce((sum, { rule }) => sum + rule.examples.length, 0);
    for (const problem of analyzer.problems(file)) {
      if (problem.severity === 'error') failed++;
      const place = analyzer.place(problem.path, problem.range);
      process.stdout.write(`${relativePath(process.cwd(), problem.path)}:${(place?.start.line ?? 0) + 1}:${(place?.start.column ?? 0) + 1}: ${problem.severity}: ${problem.message}\n`);
    }
  }
  process.stdout.write(`${count} ${count === 1 ? 'rule' : 'rules'}, ${examples} ${examples === 1 ? 'example' : 'examples'}, ${failed} failed\n`);
  return failed > 0 ? 1 : 0;
}
