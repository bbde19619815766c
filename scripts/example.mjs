// Copies the example application and puts credentials in.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { withCredentials } from '../client/example/credentials.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/** Writes the example workspace to a new folder and returns its path. */
export function writeExample(target) {
  fs.rmSync(target, { recursive: true, force: true });
  fs.cpSync(path.join(root, 'examples/clinic-assistant'), target, { recursive: true });
  for (const entry of fs.readdirSync(target, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath ?? entry.path, entry.name);
    const text = fs.readFileSync(file, 'utf8');
    const filled = withCredentials(text);
    if (filled !== text) fs.writeFileSync(file, filled);
  }
  return target;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(writeExample(path.resolve(process.argv[2] ?? path.join(root, '.out/example'))));
