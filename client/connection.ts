import * as vscode from 'vscode';
import { CloseAction, ErrorAction, State, type BaseLanguageClient, type ErrorHandler, type LanguageClientOptions, type WorkspaceEdit } from 'vscode-languageclient';
import * as protocol from '../server/lsp/protocol.ts';
import { languages } from './languages.ts';
import { provideFiles } from './provided-files.ts';

/** The language server as the client's other parts see it. */
export interface Connection extends vscode.Disposable {
  readonly start: () => Promise<void>;
  readonly restart: () => Promise<void>;
  readonly state: () => 'starting' | 'running' | 'stopped';
  readonly onState: vscode.Event<void>;
  /** The server says that findings may have changed. */
  readonly onChanged: vscode.Event<protocol.ChangedParams>;
  readonly findings: () => Promise<protocol.FindingsResult>;
  readonly runRule: (ruleId: string, token: vscode.CancellationToken) => Promise<protocol.RunRuleResult>;
  /** Every rule, those with findings first. */
  readonly rules: () => Promise<readonly protocol.RuleItem[]>;
  readonly fixableRules: () => Promise<readonly protocol.FixableRule[]>;
  /** The fixes of one finding, each with its edit or with why it cannot be made. */
  readonly fixes: (params: protocol.FixesParams) => Promise<readonly { readonly title: string; readonly edit: vscode.WorkspaceEdit | undefined; readonly refused: string | undefined }[]>;
  readonly diagnosticReport: () => Promise<string>;
  readonly fixWorkspace: (rules: readonly string[]) => Promise<vscode.WorkspaceEdit | undefined>;
  readonly threatModelChildren: (id: string) => Promise<readonly protocol.ThreatModelNode[]>;
  readonly threatModel: (params: protocol.ThreatModelParams) => Promise<protocol.ThreatModelResult>;
  readonly artefact: (uri: string) => Promise<protocol.ArtefactView | null>;
  readonly artefactDigest: (uri: string) => Promise<string | null>;
  readonly elementAt: (params: protocol.ElementAtParams) => Promise<protocol.ElementAtResult | null>;
  readonly diagram: () => Promise<protocol.DiagramResult>;
  readonly exportThreatModel: (format: string) => Promise<string | null>;
  readonly decideThreat: (params: protocol.DecideThreatParams) => Promise<vscode.WorkspaceEdit | undefined>;
  readonly importDecisions: (params: protocol.ImportDecisionsParams) => Promise<Omit<protocol.ImportDecisionsResult, 'edit'> & { readonly edit: vscode.WorkspaceEdit | undefined }>;
  readonly acceptAccess: (params: protocol.AcceptAccessParams) => Promise<vscode.WorkspaceEdit | undefined>;
  readonly ruleDocumentation: (id: string) => Promise<string | null>;
  readonly suppress: (params: protocol.SuppressParams) => Promise<vscode.WorkspaceEdit | undefined>;
  readonly addToBaseline: (params: protocol.AddToBaselineParams) => Promise<vscode.WorkspaceEdit | undefined>;
  readonly explainConfiguration: (uri: string) => Promise<string>;
  readonly starterConfiguration: (folder: string) => Promise<string>;
  readonly scanWorkspace: (token: vscode.CancellationToken) => Promise<protocol.ScanResultSummary>;
}

/** Restarts after a crash: at once, then after longer and longer waits, so that a crashing file does not keep the machine busy. */
const backoff = [0, 1_000, 5_000, 15_000, 60_000];
const forgetCrashesAfter = 180_000;

/** `createClient` is for the place that the extension runs in: a process with Node, or a worker of the browser. */
export function createConnection(log: vscode.LogOutputChannel, createClient: (options: LanguageClientOptions) => BaseLanguageClient): Connection {
  const crashes: number[] = [];
  const errorHandler: ErrorHandler = {
    error: () => ({ action: ErrorAction.Continue }),
    closed: async () => {
      const now = Date.now();
      crashes.push(now);
      while (crashes.length > 0 && now - crashes[0]! > forgetCrashesAfter) crashes.shift();
      const delay = backoff[crashes.length - 1];
      if (delay === undefined) {
        void offerRestart();
        return { action: CloseAction.DoNotRestart, handled: true };
      }
      log.warn(`The language server ended; it starts again in ${delay} ms.`);
      if (delay > 0) await new Promise((resolve) => setTimeout(resolve, delay));
      return { action: CloseAction.Restart, handled: true };
    },
  };
  const options: LanguageClientOptions = {
    documentSelector: languages.map((language) => ({ language })),
    outputChannel: log,
    errorHandler,
    diagnosticCollectionName: 'wardline',
    diagnosticPullOptions: { onChange: true, onSave: false, onTabs: false },
    markdown: { isTrusted: { enabledCommands: ['wardline.revealElement', 'wardline.showRuleDocumentation'] } },
    initializationFailedHandler: () => false,
    initializationOptions: { providesFiles: true } satisfies protocol.ClientOptions,
  };
  const client = createClient(options);
  const stateChanged = new vscode.EventEmitter<void>();
  const changed = new vscode.EventEmitter<protocol.ChangedParams>();
  let scanned = false;

  const again = (): string => vscode.l10n.t('Restart');
  const output = (): string => vscode.l10n.t('Show Output');
  const offer = async (choice: string | undefined): Promise<void> => {
    if (choice === again()) await restart();
    else if (choice === output()) log.show();
  };
  const offerRestart = async (): Promise<void> => {
    await offer(await vscode.window.showErrorMessage(vscode.l10n.t('The Wardline language server ended several times and was stopped.'), again(), output()));
  };
  const start = async (): Promise<void> => {
    try {
      await client.start();
    } catch (error) {
      log.error(`The language server did not start: ${String(error)}`);
      await offer(await vscode.window.showErrorMessage(vscode.l10n.t('The Wardline language server did not start.'), output(), again()));
    }
  };
  const restart = async (): Promise<void> => {
    crashes.length = 0;
    if (client.state !== State.Stopped) await client.stop();
    await client.start();
  };
  const edit = async (sent: WorkspaceEdit | null): Promise<vscode.WorkspaceEdit | undefined> => (sent ? client.protocol2CodeConverter.asWorkspaceEdit(sent) : undefined);
  const running = (): boolean => client.state === State.Running;

  const subscriptions = [
    stateChanged, changed,
    client.onDidChangeState(({ newState, oldState }) => {
      stateChanged.fire();
      if (newState === State.Running && oldState !== State.Running && scanned) {
        const source = new vscode.CancellationTokenSource();
        void client.sendRequest(protocol.scanWorkspaceRequest, {}, source.token).catch(() => undefined).finally(() => source.dispose());
      }
    }),
    ...provideFiles(client),
    client.onNotification(protocol.changedNotification, (params: protocol.ChangedParams) => changed.fire(params)),
  ];
  return {
    start,
    restart,
    state: () => (client.state === State.Running ? 'running' : client.state === State.Starting ? 'starting' : 'stopped'),
    onState: stateChanged.event,
    onChanged: changed.event,
    findings: async () => (running() ? client.sendRequest<protocol.FindingsResult>(protocol.findingsRequest) : { items: [], files: 0, scanned: false, scanning: false, suppressed: 0, baselined: 0 }),
    threatModelChildren: async (id) => (running() ? client.sendRequest<readonly protocol.ThreatModelNode[]>(protocol.threatModelChildrenRequest, { id } satisfies protocol.ThreatModelChildrenParams) : []),
    threatModel: async (params) => (running() ? client.sendRequest<protocol.ThreatModelResult>(protocol.threatModelRequest, params) : { nodes: [], grave: 0, elements: 0 }),
    artefact: async (uri) => (running() ? client.sendRequest<protocol.ArtefactView | null>(protocol.artefactRequest, { uri } satisfies protocol.ArtefactParams) : null),
    artefactDigest: async (uri) => (running() ? client.sendRequest<string | null>(protocol.artefactDigestRequest, { uri } satisfies protocol.ArtefactParams) : null),
    diagram: async () => (running() ? client.sendRequest<protocol.DiagramResult>(protocol.diagramRequest) : { elements: [], flows: [], boundaries: [], names: {} }),
    exportThreatModel: async (format) => client.sendRequest<string | null>(protocol.exportThreatModelRequest, { format } satisfies protocol.ExportThreatModelParams),
    decideThreat: async (params) => edit(await client.sendRequest<WorkspaceEdit | null>(protocol.decideThreatRequest, params)),
    elementAt: (params) => client.sendRequest<protocol.ElementAtResult | null>(protocol.elementAtRequest, params),
    importDecisions: async (params) => {
      const result = await client.sendRequest<protocol.ImportDecisionsResult>(protocol.importDecisionsRequest, params);
      return { ...result, edit: await edit((result.edit as WorkspaceEdit | undefined) ?? null) };
    },
    acceptAccess: async (params) => edit(await client.sendRequest<WorkspaceEdit | null>(protocol.acceptAccessRequest, params)),
    ruleDocumentation: async (id) => (running() ? client.sendRequest<string | null>(protocol.ruleDocumentationRequest, id) : null),
    runRule: async (ruleId, token) => {
      const result = await client.sendRequest<protocol.RunRuleResult>(protocol.runRuleRequest, { ruleId } satisfies protocol.RunRuleParams, token);
      scanned = true;
      return result;
    },
    rules: async () => (running() ? client.sendRequest<readonly protocol.RuleItem[]>(protocol.rulesRequest) : []),
    fixableRules: async () => (running() ? client.sendRequest<readonly protocol.FixableRule[]>(protocol.fixableRulesRequest) : []),
    fixes: async (params) => {
      const offered = running() ? await client.sendRequest<readonly protocol.OfferedFix[]>(protocol.fixesRequest, params) : [];
      return Promise.all(offered.map(async (one) => ({ title: one.title, refused: one.refused, edit: await edit((one.edit as WorkspaceEdit | undefined) ?? null) })));
    },
    diagnosticReport: async () => (running() ? client.sendRequest<string>(protocol.diagnosticReportRequest) : '- Server: not running\n'),
    fixWorkspace: async (rules) => edit(await client.sendRequest<WorkspaceEdit | null>(protocol.fixWorkspaceRequest, { rules } satisfies protocol.FixWorkspaceParams)),
    suppress: async (params) => edit(await client.sendRequest<WorkspaceEdit | null>(protocol.suppressRequest, params)),
    addToBaseline: async (params) => edit(await client.sendRequest<WorkspaceEdit | null>(protocol.addToBaselineRequest, params)),
    explainConfiguration: async (uri) => (running() ? client.sendRequest<string>(protocol.explainConfigurationRequest, { uri } satisfies protocol.ExplainConfigurationParams) : ''),
    starterConfiguration: async (folder) => client.sendRequest<string>(protocol.starterConfigurationRequest, { folder } satisfies protocol.StarterConfigurationParams),
    scanWorkspace: async (token) => {
      const result = await client.sendRequest<protocol.ScanResultSummary>(protocol.scanWorkspaceRequest, {}, token);
      scanned = true;
      return result;
    },
    dispose: () => {
      for (const one of subscriptions) one.dispose();
      void client.dispose().catch(() => undefined);
    },
  };
}
