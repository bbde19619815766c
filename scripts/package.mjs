// Builds and packs dist/wardline.vsix.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createVSIX } from '@vscode/vsce';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
export const vsix = path.join(root, 'dist/wardline.vsix');

export async function pack() {
  execFileSync(process.execPath, [path.join(root, 'scripts/build.mjs')], { stdio: 'inherit', cwd: root });
  await createVSIX({ cwd: root, packagePath: vsix, dependencies: false, baseContentUrl: 'https://github.com/wardline/wardline/blob/main', baseImagesUrl: 'https://github.com/wardline/wardline/raw/main' });
  console.log(`packed ${path.relative(root, vsix)} (${Math.round(fs.statSync(vsix).size / 1024)} KB)`);
  return vsix;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await pack();
