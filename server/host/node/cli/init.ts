import fs from 'node:fs';
import path from 'node:path';
import { starterConfiguration } from '../../../config/starter.ts';
import { languageOfPath, type Language } from '../../../source/language.ts';
import { writeText } from '../files.ts';
import { walk } from '../walk.ts';
import type { CliOptions } from './main.ts';
import { UsageError } from './usage.ts';

/** `wardline init [DIRECTORY]`: a starter configuration that fits what the folder holds. Never overwrites. */
export function runInit(args: readonly string[], _options: CliOptions): number {
  if (args.length > 1) throw new UsageError('init takes one directory');
  const directory = args[0] ?? '.';
  if (!fs.existsSync(directory) || !fs.statSync(directory).isDirectory()) throw new UsageError(`no such directory: ${directory}`);
  const file = path.join(directory, '.wardline/config.yaml');
  if (fs.existsSync(file)) throw new Error(`${file} exists and is left as it is`);
  const languages = new Set(walk([directory]).files.map(languageOfPath).filter((one): one is Language => one !== undefined));
  fs.mkdirSync(path.dirname(file), { recursive: true });
  writeText(file, starterConfiguration(languages));
  process.stdout.write(`wrote ${file}\n`);
  return 0;
}
