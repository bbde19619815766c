import fs from 'node:fs';
import { createAnalyzer } from '../../../engine/analyzer.ts';
import { explainConfiguration } from '../../../config/explain.ts';
import { toEnginePath } from '../files.ts';
import { createNodeHost } from '../host.ts';
import { relativePath } from '../scan.ts';
import type { CliOptions } from './main.ts';
import { UsageError } from './usage.ts';

/** `wardline config explain FILE`. */
export function runConfig([command, file, ...rest]: readonly string[], { rules }: CliOptions): number {
  if (command !== 'explain' || file === undefined || rest.length > 0) throw new UsageError('config needs: explain FILE');
  if (!fs.existsSync(file)) throw new UsageError(`no such file: ${file}`);
  const { configuration } = createAnalyzer({ host: createNodeHost(), rules, team: { readFiles: true } });
  process.stdout.write(explainConfiguration(toEnginePath(fs.realpathSync(file)), rules, configuration, (one) => relativePath(process.cwd(), one)));
  return 0;
}
