import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { writeText } from '../files.ts';
import { modelsLockName, parseLock, printLock } from '../../../artefact/lock-file.ts';
import { driftOf, modelsBelow } from '../models-lock.ts';
import { UsageError } from './usage.ts';

/** `wardline models lock|verify [DIRECTORY]`: writes the digests of all models below a folder, or compares with them. */
export function runModels(args: readonly string[]): number {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: { quiet: { type: 'boolean', short: 'q', default: false } } });
  const [command, directory = '.'] = positionals;
  if (command !== 'lock' && command !== 'verify') throw new UsageError('models needs lock or verify');
  if (!fs.existsSync(directory) || !fs.statSync(directory).isDirectory()) throw new UsageError(`no such folder: ${directory}`);
  const folder = fs.realpathSync(directory);
  const file = path.join(folder, modelsLockName);
  const say = (words: string): void => void (values.quiet || process.stderr.write(`${words}\n`));
  if (command === 'lock') {
    const models = modelsBelow(folder);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    writeText(file, printLock(models));
    say(`${models.length} ${models.length === 1 ? 'model' : 'models'} in ${modelsLockName}`);
    return 0;
  }
  if (!fs.existsSync(file)) throw new UsageError(`${file} does not exist; use models lock`);
  const locked = parseLock(fs.readFileSync(file, 'utf8'));
  if (!locked) {
    process.stderr.write(`wardline: ${file} is no lock of models\n`);
    return 2;
  }
  const drift = driftOf(folder, locked);
  for (const { path: at, what, detail } of drift) process.stdout.write(`${what}: ${at} ${detail}\n`);
  say(drift.length === 0 ? `${locked.length} ${locked.length === 1 ? 'model is' : 'models are'} as locked` : `${drift.length} ${drift.length === 1 ? 'difference' : 'differences'}`);
  return drift.length === 0 ? 0 : 1;
}
