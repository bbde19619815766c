import { BrowserMessageReader, BrowserMessageWriter, createConnection, ProposedFeatures } from 'vscode-languageserver/browser';
import { rules } from '../rules/shelves.ts';
import manifest from '../package.json' with { type: 'json' };
import type { Bundle } from './base/speech/speech.ts';
import type { EngineHost } from './engine/host.ts';
import { startServer } from './lsp/server.ts';

/** No disk: all files come from the editor. */
const noDisk: EngineHost = { read: () => undefined, exists: () => false, list: () => [], today: () => new Date().toISOString().slice(0, 10) };

/** Serves the editor that started this worker, and gave the sentences of its language. */
export function start(bundle: Bundle | undefined): void {
  const port = globalThis as unknown as DedicatedWorkerGlobalScope;
  startServer({ connection: createConnection(ProposedFeatures.all, new BrowserMessageReader(port), new BrowserMessageWriter(port)), rules, version: manifest.version, disk: noDisk, list: () => [], runtime: 'a worker of the browser', bundle: () => bundle });
}

type DedicatedWorkerGlobalScope = ConstructorParameters<typeof BrowserMessageReader>[0];
