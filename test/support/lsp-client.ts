import { spawn } from 'node:child_process';
import { PassThrough, type Readable, type Writable } from 'node:stream';
import {
  createConnection, createProtocolConnection, DidChangeTextDocumentNotification, DidOpenTextDocumentNotification, DocumentDiagnosticRequest, ExitNotification, InitializedNotification, InitializeRequest,
  PublishDiagnosticsNotification, ShutdownRequest, StreamMessageReader, StreamMessageWriter, WorkDoneProgressCreateRequest, ConfigurationRequest, DiagnosticRefreshRequest, RegistrationRequest, ShowMessageRequest, CodeLensRefreshRequest, type ShowMessageRequestParams,
  type ClientCapabilities, type Diagnostic, type InitializeResult, type ProtocolConnection, type PublishDiagnosticsParams,
} from 'vscode-languageserver/node';
import { rules } from '../../rules/index.ts';
import type { Bundle } from '../../server/base/speech/speech.ts';
import type { EngineHost } from '../../server/engine/host.ts';
import * as protocol from '../../server/lsp/protocol.ts';
import { startServer } from '../../server/lsp/server.ts';
import type { Rule } from '../../server/rule/rule.ts';
import { memoryHost } from './analyze.ts';

export interface TestClient {
  readonly connection: ProtocolConnection;
  readonly initialized: InitializeResult;
  readonly open: (uri: string, languageId: string, text: string) => Promise<void>;
  readonly change: (uri: string, version: number, changes: readonly { readonly range?: Diagnostic['range']; readonly text: string }[]) => Promise<void>;
  readonly pull: (uri: string) => Promise<readonly Diagnostic[]>;
  /** The next published diagnostics that a condition holds for. */
  readonly published: (accept: (params: PublishDiagnosticsParams) => boolean) => Promise<PublishDiagnosticsParams>;
  readonly configure: (settings: unknown) => Promise<void>;
  /** The next message that the server shows. */
  readonly told: () => Promise<ShowMessageRequestParams>;
  /** The next time that the server wants its lenses to be asked for again. */
  readonly lensesRefreshed: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

export interface ClientOptions {
  readonly pull?: boolean;
  /** The client puts the cursor where a fix leaves something to be filled in. */
  readonly snippets?: boolean;
  readonly settings?: unknown;
  readonly folder?: string;
  /** The language of the editor. */
  readonly locale?: string;
  /** Files by URI that the client reads for the server; a text, or why there is none. May change while the server runs. */
  readonly provided?: Map<string, string | { readonly skipped: string }>;
}

/** A server in this process over in-memory streams. */
export function startInProcess(files: Readonly<Record<string, string>> = {}, options: ClientOptions & { readonly rules?: readonly Rule[]; readonly disk?: EngineHost; readonly partEvery?: number; readonly bundle?: (name: string) => Bundle | undefined } = {}): Promise<TestClient> {
  const toServer = new PassThrough();
  const toClient = new PassThrough();
  const disk = options.disk ?? memoryHost(files);
  startServer({
    connection: createConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toClient)),
    rules: options.rules ?? rules,
    version: '0.0.0-test',
    runtime: 'a test',
    ...(options.bundle ? { bundle: options.bundle } : {}),
    ...(options.partEvery === undefined ? {} : { partEvery: options.partEvery }),
    disk,
    list: (folders) => Object.keys(files).map((name) => (name.startsWith('/') ? name : `/workspace/${name}`)).filter((path) => folders.some((folder) => path.startsWith(folder))).sort(),
  });
  return connect(toClient, toServer, undefined, options);
}

/** The built server as a process of its own. */
export function startProcess(command: string, args: readonly string[], options: ClientOptions = {}): Promise<TestClient> {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return connect(child.stdout, child.stdin, () => ended, options);
}

async function connect(output: Readable, input: Writable, ended: (() => Promise<void>) | undefined, { pull = true, snippets = false, settings = {}, folder = 'file:///workspace', locale, provided }: ClientOptions): Promise<TestClient> {
  const connection = createProtocolConnection(new StreamMessageReader(output), new StreamMessageWriter(input));
  let current = settings;
  const waiting: { accept: (params: PublishDiagnosticsParams) => boolean; resolve: (params: PublishDiagnosticsParams) => void }[] = [];
  const seen: PublishDiagnosticsParams[] = [];
  connection.onNotification(PublishDiagnosticsNotification.type, (params) => {
    seen.push(params);
    for (const one of waiting.filter(({ accept }) => accept(params))) {
      waiting.splice(waiting.indexOf(one), 1);
      one.resolve(params);
    }
  });
  connection.onRequest(ConfigurationRequest.type, ({ items }) => items.map(() => current as never));
  connection.onRequest(WorkDoneProgressCreateRequest.type, () => undefined);
  connection.onRequest(RegistrationRequest.type, () => undefined);
  connection.onRequest(DiagnosticRefreshRequest.type, () => undefined);
  if (provided) {
    connection.onRequest(protocol.listFilesRequest, ({ folders }: protocol.ListFilesParams): protocol.ListFilesResult => ({ uris: [...provided.keys()].filter((uri) => folders.some((one) => uri.startsWith(`${one}/`))), truncated: false }));
    connection.onRequest(protocol.readFilesRequest, ({ files }: protocol.ReadFilesParams): protocol.ReadFilesResult => ({ files: files.map(({ uri }) => provided.get(uri) ?? { skipped: 'gone' }).map((one) => (typeof one === 'string' ? { text: one } : one)) }));
  }
  const tellers: ((params: ShowMessageRequestParams) => void)[] = [];
  connection.onRequest(ShowMessageRequest.type, (params) => {
    for (const one of tellers.splice(0)) one(params);
    return null;
  });
  const refreshers: (() => void)[] = [];
  connection.onRequest(CodeLensRefreshRequest.type, () => {
    for (const one of refreshers.splice(0)) one();
  });
  connection.listen();
  const capabilities: ClientCapabilities = {
    workspace: { configuration: true, workspaceFolders: true, didChangeConfiguration: { dynamicRegistration: true }, codeLens: { refreshSupport: true }, ...(snippets ? { workspaceEdit: { documentChanges: true, snippetEditSupport: true } } : {}), ...(pull ? { diagnostics: { refreshSupport: true } } : {}) },
    textDocument: { ...(pull ? { diagnostic: { dynamicRegistration: false } } : {}), codeAction: { resolveSupport: { properties: ['edit'] } } },
    notebookDocument: { synchronization: { dynamicRegistration: false } },
    window: { workDoneProgress: true },
  };
  const initialized = await connection.sendRequest(InitializeRequest.type, { processId: null, rootUri: folder, workspaceFolders: [{ uri: folder, name: 'workspace' }], capabilities, ...(locale === undefined ? {} : { locale }), ...(provided ? { initializationOptions: { providesFiles: true } } : {}) });
  await connection.sendNotification(InitializedNotification.type, {});
  return {
    connection,
    initialized,
    open: (uri, languageId, text) => connection.sendNotification(DidOpenTextDocumentNotification.type, { textDocument: { uri, languageId, version: 1, text } }),
    change: (uri, version, changes) => connection.sendNotification(DidChangeTextDocumentNotification.type, { textDocument: { uri, version }, contentChanges: changes.map((one) => ({ ...one })) as never }),
    pull: async (uri) => {
      const report = await connection.sendRequest(DocumentDiagnosticRequest.type, { textDocument: { uri } });
      return report.kind === 'full' ? report.items : [];
    },
    published: (accept) => {
      const before = seen.findIndex(accept);
      if (before !== -1) return Promise.resolve(seen.splice(before, 1)[0]!);
      return new Promise((resolve) => waiting.push({ accept, resolve }));
    },
    configure: async (next) => {
      current = next;
      await connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
    },
    told: () => new Promise((resolve) => tellers.push(resolve)),
    lensesRefreshed: () => new Promise((resolve) => refreshers.push(() => resolve())),
    stop: async () => {
      await connection.sendRequest(ShutdownRequest.type);
      // In this process the exit notification would end the tests.
      if (ended) {
        await connection.sendNotification(ExitNotification.type).catch(() => undefined);
        await ended();
      }
      connection.dispose();
    },
  };
}
