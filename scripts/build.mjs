// Bundles client, server and command line into dist/. The bundles stay readable: no minifying, no obfuscation.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';
import { writeRuleIndex } from './rule-index.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
process.chdir(root);
writeRuleIndex();

const common = {
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  format: 'cjs',
  mainFields: ['module', 'main'],
  minifyWhitespace: false,
  legalComments: 'none',
  logLevel: 'warning',
  external: ['vscode'],
  banner: { js: '"use strict";' },
};
const entries = [
  { in: 'client/main.ts', out: 'dist/client.js' },
  { in: 'server/main-lsp.ts', out: 'dist/server.js' },
  { in: 'server/main-cli.ts', out: 'dist/cli.js', banner: { js: '#!/usr/bin/env node\n"use strict";' } },
].filter((entry) => fs.existsSync(entry.in));

fs.mkdirSync('dist', { recursive: true });
await Promise.all(entries.map(({ in: entry, out, banner }) =>
  esbuild.build({ ...common, ...(banner ? { banner } : {}), entryPoints: [entry], outfile: out })));
console.log(`built ${entries.map((entry) => `${entry.out} (${Math.round(fs.statSync(entry.out).size / 1024)} KB)`).join(', ')}`);
