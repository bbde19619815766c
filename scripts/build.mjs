// Bundles client, server and command line into dist/. They stay readable: no minifying, no obfuscation.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';
import { compilerTrimmed } from './compiler.mjs';
import { writeActions } from './iam-actions.mjs';
import { writeRuleIndex } from './rule-index.mjs';
import { writeRuleShelves } from './rule-shelves.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
process.chdir(root);
writeRuleIndex();
writeActions();
const shelves = await writeRuleShelves();

const common = {
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  format: 'cjs',
  mainFields: ['module', 'main'],
  legalComments: 'none',
  logLevel: 'warning',
  external: ['vscode'],
  banner: { js: '"use strict";' },
};
/** Sigstore's library, once for all programs that verify signatures. */
const sigstoreApart = {
  name: 'sigstore-apart',
  setup: (build) => build.onResolve({ filter: /sigstore-library\.cjs$/ }, () => ({ path: './sigstore.js', external: true })),
};
/** The library that speaks to coding agents; only `wardline mcp` reads it. */
const agentsApart = {
  name: 'agents-apart',
  setup: (build) => build.onResolve({ filter: /\/agent\/library\.ts$/ }, () => ({ path: './mcp.js', external: true })),
};
/** The names of AWS' actions, once for both programs; only who asks reads them. */
const actionsApart = {
  name: 'actions-apart',
  setup: (build) => build.onResolve({ filter: /actions-data\.cjs$/ }, () => ({ path: './iam-actions.js', external: true })),
};
/**
 * The engine with its rules, once for all programs: what knows neither an editor nor Node. A program asks for its modules by their paths, and
 * `asked` keeps which, so that the engine's bundle exports those.
 */
const asked = new Set();
const engineApart = {
  name: 'engine-apart',
  setup: (build) => {
    build.onResolve({ filter: /^\.\.?\// }, ({ path: name, resolveDir, namespace }) => {
      if (namespace === 'engine') return { path: name, external: true };
      const file = path.relative(root, path.join(resolveDir, name)).replaceAll('\\', '/');
      if (!/^(?:server|rules)\//.test(file) || /^server\/(?:host|lsp)\/|^server\/main-/.test(file) || shelved.has(file)) return undefined;
      asked.add(file);
      return { path: file, namespace: 'engine' };
    });
    build.onLoad({ filter: /.*/, namespace: 'engine' }, ({ path: file }) => ({ contents: `module.exports = require('./engine.js')[${JSON.stringify(file)}];` }));
  },
};
/** Files of rules that are read when a resource of theirs is met; what they have in common with others is the engine's. */
const shelvesApart = {
  name: 'shelves-apart',
  setup: (build) => build.onResolve({ filter: /shelf-\w+\.cjs$/ }, ({ path: name }) => ({ path: `./rules-${/shelf-(\w+)/.exec(name)[1]}.js`, external: true })),
};
const shelved = new Set(Object.values(shelves).flat());
const shelfPrograms = Object.entries(shelves).map(([name, files]) => ({
  out: `dist/rules-${name}.js`,
  options: { plugins: [engineApart], stdin: { contents: `exports.files = [${files.map((file) => `() => require('./${file}').default`).join(', ')}];`, resolveDir: root } },
}));
/**
 * The TypeScript compiler is bundled once, beside the programs that load it when they meet the first TypeScript file. esbuild's
 * own `external` would leave a bare name that is not there after installation.
 */
const compilerApart = {
  name: 'compiler-apart',
  setup: (build) => build.onResolve({ filter: /^\.\/compiler\.cjs$/ }, () => ({ path: './typescript-estree.js', external: true })),
};
/** Node holds a program with one character beyond Latin-1 in twice the memory; such characters stand in comments and patterns. */
function escapeBundle(file) {
  const text = fs.readFileSync(file, 'utf8');
  const escaped = text.replace(/[^\x00-\x7f]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
  if (escaped !== text) fs.writeFileSync(file, escaped);
}
/** `worker:x` is the bundled program of `x.ts` as text: a worker that its page starts from a blob. */
const workers = {
  name: 'workers',
  setup: (build) => {
    build.onResolve({ filter: /^worker:/ }, ({ path: name, resolveDir }) => ({ path: path.join(resolveDir, `${name.slice('worker:'.length)}.ts`), namespace: 'worker' }));
    build.onLoad({ filter: /.*/, namespace: 'worker' }, async ({ path: entry }) => {
      const { outputFiles } = await esbuild.build({ ...common, platform: 'browser', format: 'iife', banner: {}, entryPoints: [entry], write: false });
      return { contents: outputFiles[0].text, loader: 'text' };
    });
  },
};
/** For the extension in a browser, and its server in a worker. */
const browser = { platform: 'browser', target: 'es2022', mainFields: ['browser', 'module', 'main'] };
const programs = [
  { in: 'server/syntax/typescript/compiler.cjs', out: 'dist/typescript-estree.js', options: { plugins: [compilerTrimmed('server/syntax/typescript/compiler.cjs')] } },
  { in: 'server/analysis/iam/actions-data.cjs', out: 'dist/iam-actions.js' },
  { in: 'client/main.ts', out: 'dist/client.js' },
  { in: 'server/main-lsp.ts', out: 'dist/server.js', options: { plugins: [engineApart, sigstoreApart] } },
  { in: 'client/main-browser.ts', out: 'dist/client-browser.js', options: browser },
  { in: 'server/main-browser.ts', out: 'dist/server-browser.js', options: { ...browser, plugins: [engineApart] } },
  ...shelfPrograms,
  { in: 'server/host/node/sigstore-library.cjs', out: 'dist/sigstore.js' },
  { in: 'server/host/node/agent/library.ts', out: 'dist/mcp.js' },
  { in: 'server/main-inspect.ts', out: 'dist/inspect.js', options: { plugins: [sigstoreApart] } },
  { in: 'client/artefact/main.ts', out: 'dist/artefact.js', options: { platform: 'browser', format: 'iife', banner: {} } },
  { in: 'client/diagram/main.ts', out: 'dist/diagram.js', options: { platform: 'browser', format: 'iife', banner: {}, plugins: [workers] } },
  { in: 'server/main-cli.ts', out: 'dist/cli.js', options: { plugins: [agentsApart, engineApart, sigstoreApart], banner: { js: '#!/usr/bin/env node\n"use strict";' } } },
];
const bundle = async ({ in: entry, out, options }) => {
  const { warnings } = await esbuild.build({ ...common, ...(entry ? { entryPoints: [entry] } : {}), ...options, outfile: out });
  if (warnings.length > 0) process.exitCode = 1;
  escapeBundle(out);
};

fs.mkdirSync('dist', { recursive: true });
await Promise.all(programs.map(bundle));
// The engine comes last: only now is known what the programs ask of it.
const modules = [...asked].sort();
const contents = modules.map((file, at) => `import * as module${at} from './${file}';\nexport { module${at} as '${file}' };`).join('\n');
const engine = { out: 'dist/engine.js', options: { plugins: [compilerApart, actionsApart, shelvesApart], stdin: { contents, resolveDir: root, loader: 'ts' } } };
await bundle(engine);
console.log(`built ${[...programs, engine].map(({ out }) => `${out} (${Math.round(fs.statSync(out).size / 1024)} KB)`).join(', ')}`);
