import {
  CodeActionKind, CodeLensRefreshRequest, DiagnosticRefreshRequest, DidChangeConfigurationNotification, DidChangeWatchedFilesNotification, DocumentDiagnosticReportKind, FileChangeType, ErrorCodes, LSPErrorCodes, NotebookDocuments,
  ResponseError, TextDocumentSyncKind, TextDocuments, type CancellationToken, type Connection, type InitializeParams, type InitializeResult,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { setProjectFolders } from '../base/project.ts';
import { createSpeech, type Bundle } from '../base/speech/speech.ts';
import { CancelledError, type Cancellation } from '../base/cancellation.ts';
import { isTeamFile } from '../config/file.ts';
import { isRuleFile } from '../config/rules/shape.ts';
import { isModelsLock } from '../engine/lock-problems.ts';
import { languageOfPath } from '../source/language.ts';
import type { EngineHost } from '../engine/host.ts';
import type { Rule } from '../rule/rule.ts';
import { artefactHover } from './artefact-hover.ts';
import { codeActions, fixAllKind, notebookFixAllKind, resolveAction } from './code-actions.ts';
import { createTimings, diagnosticReport } from './diagnostic-report.ts';
import { diagnosticsOf, problemDiagnostics } from './diagnostics.ts';
import { hover } from './hover.ts';
import { isVirtual, pathOfUri, uriOfPath } from './paths.ts';
import { behind, createProvidedFiles } from './provided-files.ts';
import { createFollowUp } from './follow-up.ts';
import { placesOf, ruleLenses } from './rule-lenses.ts';
import * as protocol from './protocol.ts';
import { answerRequests } from './requests.ts';
import { cancelled, scanFiles } from './scan.ts';
import { readSettings, userLayer } from './settings.ts';
import { annotationCompletion } from './annotations.ts';
import { elementHover, joinHovers } from './elements.ts';
import { teamFileCompletion, teamFileHover } from './team-files.ts';
import { createThreatTree } from './threat-model.ts';
import { createWorkspace } from './workspace.ts';

export interface ServerOptions {
  readonly connection: Connection;
  readonly rules: readonly Rule[];
  readonly version: string;
  readonly disk: EngineHost;
  /** Files to scan below the given folders of the disk; ignored and vendored ones left out. */
  readonly list: (folders: readonly string[]) => readonly string[];
  /** The folders of the projects that folders of the disk belong to; themselves where nothing is given. */
  readonly projects?: (folders: readonly string[]) => readonly string[];
  /** What the server runs on, in words. */
  readonly runtime: string;
  /** The sentences of a language by the name of its bundle; asked for once, where the editor's language is not English. */
  readonly bundle?: (name: string) => Bundle | undefined;
  /** Called when a scan of many files begins; what it gives is called when that scan ends. */
  readonly onScan?: () => () => void;
  /** Milliseconds after which a scan shows what it found since it last did. */
  readonly partEvery?: number;
}

/** Milliseconds after which the editor is taken not to ask for an open document. */
const unaskedAfter = 1500;

/** Milliseconds that the first answer waits for the names of files that only the client can list. */
const mostPatience = 2000;

/** Serves one editor over a connection. All findings come from the engine; this file only knows the protocol. */
export function startServer({ connection, rules, version, disk: ownDisk, list, projects, runtime, bundle, onScan = () => () => {}, partEvery = 2000 }: ServerOptions): void {
  const documents = new TextDocuments(TextDocument);
  const notebooks = new NotebookDocuments(TextDocument);
  let settings = readSettings(undefined);
  const folders = new Set<string>();
  const provided = createProvidedFiles({
    list: (params) => connection.sendRequest<protocol.ListFilesResult>(protocol.listFilesRequest, params),
    read: (params) => connection.sendRequest<protocol.ReadFilesResult>(protocol.readFilesRequest, params),
  }, (paths) => filesChanged(paths));
  const disk = behind(ownDisk, provided);
  const speech = createSpeech(bundle);
  const workspace = createWorkspace({ documents, notebooks, disk, rules, folders: () => folders, say: speech.say });
  const tree = createThreatTree(workspace);
  const followUp = createFollowUp(connection, workspace);
  const timings = createTimings();
  const changedAt = new Map<string, number>();
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  /** Documents whose findings were pushed and have not been asked for since. */
  const published = new Set<string>();
  let client: InitializeParams['capabilities'] = {};
  let pulls = false;
  let providesFiles = false;
  let scanned = false;
  let scans = 0;
  /** Whether files that nobody opens are followed. */
  const follows = (): boolean => scanned || scans > 0;
  let ready = Promise.resolve();

  const changed = (uri: string): void => void changedAt.set(workspace.fileOf(uri), performance.now());
  const notify = (params: protocol.ChangedParams): void => void connection.sendNotification(protocol.changedNotification, params);

  connection.onInitialize((params): InitializeResult => {
    client = params.capabilities;
    speech.use(params.locale);
    pulls = client.textDocument?.diagnostic !== undefined;
    providesFiles = (params.initializationOptions as protocol.ClientOptions | undefined)?.providesFiles === true;
    for (const folder of params.workspaceFolders ?? []) folders.add(pathOfUri(folder.uri));
    if (folders.size === 0 && params.rootUri) folders.add(pathOfUri(params.rootUri));
    placeProjects();
    return {
      serverInfo: { name: 'Wardline', version },
      capabilities: {
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: false },
        notebookDocumentSync: { notebookSelector: [{ notebook: 'jupyter-notebook' }] },
        ...(pulls ? { diagnosticProvider: { identifier: 'wardline', interFileDependencies: true, workspaceDiagnostics: false } } : {}),
        codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, fixAllKind, notebookFixAllKind], resolveProvider: true },
        hoverProvider: true,
        codeLensProvider: {},
        completionProvider: { triggerCharacters: [' ', '/', '-', '@'] },
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
      },
    };
  });

  connection.onInitialized(() => void (ready = setUp()));

  function placeProjects(): void {
    setProjectFolders([...folders].flatMap((one) => {
      const own = isVirtual(one) ? [] : projects?.([one]) ?? [];
      return own.length > 0 ? own : [one];
    }));
  }

  /** What the server asks of the client before it answers the first request with findings. */
  async function setUp(): Promise<void> {
    if (client.workspace?.didChangeConfiguration?.dynamicRegistration) {
      await connection.client.register(DidChangeConfigurationNotification.type, { section: 'wardline' });
    }
    if (client.workspace?.didChangeWatchedFiles?.dynamicRegistration) {
      await connection.client.register(DidChangeWatchedFilesNotification.type, { watchers: [{ globPattern: '**/*' }] });
    }
    if (client.workspace?.workspaceFolders) {
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        for (const folder of added) folders.add(pathOfUri(folder.uri));
        for (const folder of removed) folders.delete(pathOfUri(folder.uri));
        placeProjects();
        notify({});
        void openProvided().then(refresh);
      });
    }
    const opened = openProvided();
    const inTime = await Promise.race([opened.then(() => true), new Promise<false>((resolve) => setTimeout(() => resolve(false), mostPatience))]);
    if (!inTime) void opened.then(refresh);
    await configure();
  }

  /** Looks at the folders that only the client can read. */
  async function openProvided(): Promise<void> {
    const virtual = [...folders].filter(isVirtual);
    if (providesFiles && virtual.length > 0) await provided.open(virtual);
  }
  function filesBelow(some: readonly string[]): readonly string[] {
    return [...list(some.filter((one) => !isVirtual(one))), ...provided.below(some.filter(isVirtual))];
  }

  /** Reads the settings again; open documents are analysed anew when the rules changed. */
  async function configure(): Promise<void> {
    const before = JSON.stringify(settings);
    try {
      if (client.workspace?.configuration) settings = readSettings(await connection.workspace.getConfiguration('wardline'));
    } catch (error) {
      connection.console.warn(`settings could not be read: ${String(error)}`);
    }
    if (JSON.stringify(settings) === before) return;
    workspace.setUser(userLayer(settings));
    refresh();
  }
  connection.onDidChangeConfiguration(({ settings: sent }) => {
    if (client.workspace?.configuration) return void configure();
    settings = readSettings((sent as { wardline?: unknown } | undefined)?.wardline);
    workspace.setUser(userLayer(settings));
    refresh();
  });

  function refresh(): void {
    if (pulls && client.workspace?.diagnostics?.refreshSupport) void connection.sendRequest(DiagnosticRefreshRequest.type).catch(() => undefined);
    else for (const uri of workspace.openUris()) push(uri);
    notify({});
  }

  /** Waits until the document has been left alone for the debounce time, then gives its diagnostics. */
  async function diagnose(uri: string, token: CancellationToken) {
    await ready;
    const file = workspace.fileOf(uri);
    for (let left = wait(file); left > 0; left = wait(file)) {
      await new Promise<void>((resolve) => setTimeout(resolve, left));
      if (token.isCancellationRequested) throw new CancelledError();
    }
    const start = performance.now();
    const findings = workspace.findingsIn(uri, cancellationOf(token));
    followUp.judged(uri);
    const diagnostics = diagnosticsOf(findings, workspace, settings);
    const shown = diagnostics.length;
    if (settings.enable) diagnostics.push(...problemDiagnostics(workspace.problemsIn(uri), workspace));
    const milliseconds = Math.round(performance.now() - start);
    timings.add(file, milliseconds);
    notify({ uri, findings: shown, milliseconds });
    return diagnostics;
  }
  const wait = (file: string): number => {
    const at = changedAt.get(file);
    return at === undefined ? 0 : Math.ceil(at + settings.debounce - performance.now());
  };

  /** When the editor last asked for the diagnostics of a document. */
  const asked = new Map<string, number>();
  connection.languages.diagnostics.on(async ({ textDocument: { uri }, previousResultId }, token) => {
    asked.set(uri, performance.now());
    if (published.delete(uri)) void connection.sendDiagnostics({ uri, diagnostics: [] });
    try {
      const items = await diagnose(uri, token);
      const resultId = JSON.stringify(items.map((one) => [one.data, one.range, one.severity]));
      if (resultId === previousResultId) return { kind: DocumentDiagnosticReportKind.Unchanged, resultId };
      return { kind: DocumentDiagnosticReportKind.Full, resultId, items };
    } catch (error) {
      if (error instanceof CancelledError) return new ResponseError(LSPErrorCodes.ServerCancelled, 'superseded', { retriggerRequest: true }) as never;
      connection.console.error(`diagnostics of ${uri} failed: ${String(error)}`);
      return new ResponseError(ErrorCodes.InternalError, String(error)) as never;
    }
  });

  /** For editors without pull diagnostics: publishes with the version that was analysed; a newer change starts over. */
  function push(uri: string): void {
    clearTimeout(timers.get(uri));
    timers.set(uri, setTimeout(() => {
      timers.delete(uri);
      const versionThen = workspace.version(uri);
      if (!workspace.isOpen(workspace.fileOf(uri))) return;
      void diagnose(uri, neverToken).then((diagnostics) => {
        if (workspace.version(uri) !== versionThen) return;
        void connection.sendDiagnostics({ uri, diagnostics, ...(versionThen === null ? {} : { version: versionThen }) });
      }).catch((error: unknown) => connection.console.error(`diagnostics of ${uri} failed: ${String(error)}`));
    }, Math.max(0, wait(workspace.fileOf(uri)))));
  }

  /** Findings of files that no editor shows stand in the Problems panel until the file is opened and asks for itself. */
  function publishClosed(): void {
    for (const path of workspace.known()) if (!workspace.isOpen(path)) publishFile(path);
    if (!pulls || !client.workspace?.diagnostics?.refreshSupport) return;
    // An editor keeps documents open that no tab shows, and does not ask for those.
    const then = performance.now();
    void connection.sendRequest(DiagnosticRefreshRequest.type).catch(() => undefined).then(() => setTimeout(() => {
      for (const uri of workspace.openUris()) if ((uri.startsWith('file:') || provided.exists(pathOfUri(uri))) && (asked.get(uri) ?? 0) < then) publishFile(pathOfUri(uri));
    }, unaskedAfter));
  }
  function publishFile(path: string): void {
    const uri = uriOfPath(path);
    const diagnostics = diagnosticsOf(workspace.outcome(path).judged, workspace, settings);
    if (diagnostics.length === 0 && !published.has(uri)) return;
    published.add(uri);
    void connection.sendDiagnostics({ uri, diagnostics });
  }

  /** A file of the team's changed: every open document is judged anew, and after a scan every other file. */
  function teamChanged(): void {
    refresh();
    if (!follows()) return;
    void rescan();
  }
  async function rescan(): Promise<void> {
    await scanFiles(workspace.known(), { workspace, connection, token: neverToken, onScan });
    publishClosed();
    notify({});
    refreshLenses();
  }

  documents.onDidChangeContent(({ document }) => {
    if (document.version > 1) changed(document.uri);
    if (isTeamFile(pathOfUri(document.uri)) && document.version > 1) teamChanged();
    if (!pulls) push(document.uri);
  });
  documents.onDidOpen(({ document }) => {
    if (pulls && follows()) void connection.sendDiagnostics({ uri: document.uri, diagnostics: [] });
  });
  documents.onDidClose(({ document: { uri } }) => {
    changedAt.delete(pathOfUri(uri));
    if (!follows()) {
      workspace.forget(pathOfUri(uri));
      if (!pulls) void connection.sendDiagnostics({ uri, diagnostics: [] });
    } else {
      workspace.analyze(pathOfUri(uri));
      publishFile(pathOfUri(uri));
    }
    notify({});
  });
  notebooks.onDidOpen((notebook) => {
    if (!pulls) for (const cell of notebook.cells) push(cell.document);
  });
  notebooks.onDidChange(({ notebookDocument }) => {
    changed(notebookDocument.cells[0]?.document ?? notebookDocument.uri);
    if (!pulls) for (const cell of notebookDocument.cells) push(cell.document);
  });
  notebooks.onDidClose((notebook) => {
    if (!follows()) workspace.forget(pathOfUri(notebook.uri));
    if (!pulls) for (const cell of notebook.cells) void connection.sendDiagnostics({ uri: cell.document, diagnostics: [] });
    notify({});
  });

  connection.onDidChangeWatchedFiles(({ changes }) => {
    const virtual = providesFiles ? changes.filter((one) => isVirtual(pathOfUri(one.uri))) : [];
    for (const { uri, type } of virtual) void provided.changed(pathOfUri(uri), type === FileChangeType.Created ? 'created' : type === FileChangeType.Deleted ? 'deleted' : 'changed');
    filesChanged(changes.filter((one) => !virtual.includes(one)).map((one) => pathOfUri(one.uri)));
  });
  disk.inspected?.((path) => filesChanged([path]));

  /** Files that no editor shows changed on the disk: what was made of them is made anew. */
  function filesChanged(paths: readonly string[]): void {
    let all = false;
    let stale = false;
    for (const path of paths) {
      if (workspace.isOpen(path)) continue;
      if (workspace.changed(path)) all = true;
      stale ||= workspace.stale(true).length > 0;
      if (!workspace.isKnown(path)) continue;
      workspace.analyze(path);
      if (follows()) publishFile(path);
    }
    // A model that changed is reported where it is loaded and where it is locked, too.
    const models = paths.some((path) => languageOfPath(path) === undefined);
    if (models) stale ||= workspace.openUris().some((uri) => isModelsLock(pathOfUri(uri)));
    if (follows() && !all && models) {
      for (const path of workspace.stale()) {
        workspace.analyze(path);
        publishFile(path);
      }
    }
    if (all) teamChanged();
    else if (stale) refresh();
    else notify({});
  }

  connection.onCodeAction((params) => contained('code actions', () => codeActions(params, workspace, settings), []));
  connection.onCodeActionResolve((action) => contained('a fix', () => {
    followUp.resolved(action);
    return resolveAction(action, workspace, client.workspace?.workspaceEdit?.snippetEditSupport === true);
  }, action));
  connection.onCodeLens(({ textDocument: { uri } }) => contained('code lenses', () => ruleLenses(uri, workspace, scanned), []));
  connection.onHover((params) => contained('a hover', () => joinHovers(hover(params, workspace) ?? artefactHover(params, workspace, disk) ?? teamFileHover(params, workspace), elementHover(params, workspace)) ?? null, null));
  connection.onCompletion((params) => contained('completion', () => [...teamFileCompletion(params, workspace), ...annotationCompletion(params, workspace)], []));

  answerRequests({
    connection, workspace, disk, rules, tree, contained, filesBelow, settings: () => settings, scanned: () => scanned, scanning: () => scans > 0,
    report: () => diagnosticReport({ workspace, settings, timings, version, runtime, folders: folders.size, scanned, failures: workspace.analyzer().failures() }),
  });
  connection.onRequest(protocol.runRuleRequest, async ({ ruleId }: protocol.RunRuleParams, token): Promise<protocol.RunRuleResult> => {
    const result = await scanAll(token);
    return { places: placesOf(ruleId, workspace), files: result.files };
  });
  connection.onRequest(protocol.scanWorkspaceRequest, (_params: unknown, token): Promise<protocol.ScanResultSummary> => scanAll(token));
  async function scanAll(token: CancellationToken): Promise<protocol.ScanResultSummary> {
    await ready;
    const files = filesBelow([...folders]);
    await Promise.race([provided.load(files), cancelled(token)]);
    const progress = await connection.window.createWorkDoneProgress();
    const either: CancellationToken = {
      get isCancellationRequested() {
        return token.isCancellationRequested || progress.token.isCancellationRequested;
      },
      onCancellationRequested: token.onCancellationRequested,
    };
    const onPart = (part: readonly string[]): void => {
      for (const path of part) if (!workspace.isOpen(path)) publishFile(path);
      notify({});
    };
    scans++;
    const result = await scanFiles(files, { workspace, connection, token: either, progress, onScan, inspections: disk.inspectionsSettled, onPart, partEvery }).finally(() => { scans--; });
    scanned = true;
    publishClosed();
    notify({});
    refreshLenses();
    return { ...result, notes: [...result.notes, ...provided.notes()] };
  }
  /** The lenses of open rule files show how many findings there are. */
  function refreshLenses(): void {
    if (client.workspace?.codeLens?.refreshSupport && workspace.openUris().some((uri) => isRuleFile(pathOfUri(uri)))) void connection.sendRequest(CodeLensRefreshRequest.type).catch(() => undefined);
  }

  /** One request that fails is logged and answered as empty; the server goes on. */
  function contained<T>(what: string, run: () => T, otherwise: T): T {
    try {
      return run();
    } catch (error) {
      connection.console.error(`${what} failed: ${error instanceof Error ? error.stack ?? error.message : String(error)}`);
      return otherwise;
    }
  }

  documents.listen(connection);
  notebooks.listen(connection);
  connection.listen();
}

const neverToken: CancellationToken = { isCancellationRequested: false, onCancellationRequested: () => ({ dispose: () => undefined }) };

function cancellationOf(token: CancellationToken): Cancellation {
  return { cancelled: () => token.isCancellationRequested };
}
