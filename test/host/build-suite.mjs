// Bundles the extension tests for the extension host; mocha stays outside, it is ESM only and loaded with import().
import path from 'node:path';
import * as esbuild from 'esbuild';
import { root } from './paths.mjs';

export async function buildSuite() {
  const outfile = path.join(root, 'dist/test/suite.js');
  await esbuild.build({
    entryPoints: [path.join(root, 'test/e2e/suite/index.ts')], outfile, bundle: true, platform: 'node', format: 'cjs', target: 'node20',
    external: ['vscode', 'mocha'], sourcemap: 'inline', logLevel: 'warning',
  });
  return outfile;
}
