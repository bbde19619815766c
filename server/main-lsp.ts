import './host/node/compile-cache.ts';
import path from 'node:path';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { rules } from '../rules/shelves.ts';
import manifest from '../package.json' with { type: 'json' };
import { readBundle } from './host/node/bundles.ts';
import { compileAsUsual, compileLater } from './host/node/compiling.ts';
import { createNodeHost } from './host/node/host.ts';
import { createInspectionWorker } from './host/node/inspection-worker.ts';
import { preferSmallHeap, spareMemory } from './host/node/memory.ts';
import { projectsOf } from './host/node/projects.ts';
import { walk } from './host/node/walk.ts';
import { startServer } from './lsp/server.ts';

// Standard input and output unless the editor asks for another transport (`--node-ipc`, `--socket`, `--pipe`).
const asked = process.argv.some((argument) => /^--(?:node-ipc|stdio|socket|pipe)/.test(argument));
if (!asked) process.argv.push('--stdio');

preferSmallHeap();
startServer({
  connection: createConnection(ProposedFeatures.all),
  rules,
  version: manifest.version,
  disk: createNodeHost(undefined, createInspectionWorker(path.join(__dirname, 'inspect.js'))),
  runtime: `Node ${process.versions.node}, ${process.platform} ${process.arch}`,
  bundle: (name) => readBundle(path.join(__dirname, '../l10n'), name),
  onScan: () => {
    compileLater();
    const memoryBack = spareMemory();
    return () => {
      compileAsUsual();
      memoryBack();
    };
  },
  projects: projectsOf,
  list: (folders) => {
    const { files, artefacts } = walk(folders);
    return [...files, ...artefacts];
  },
});
