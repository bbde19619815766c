import * as vscode from 'vscode';
import type { ThreatModelNode, ThreatModelParams } from '../server/lsp/protocol.ts';
import type { Connection } from './connection.ts';
import { isSeverity, rangeOf, severityIcon } from './presentation.ts';
import { debounced } from './refresh.ts';

const groupings = ['element', 'threat', 'stride', 'framework'] as const satisfies readonly ThreatModelParams['grouping'][];

function groupingText(grouping: ThreatModelParams['grouping']): string {
  switch (grouping) {
    case 'element': return vscode.l10n.t('By element');
    case 'threat': return vscode.l10n.t('By threat');
    case 'stride': return vscode.l10n.t('By STRIDE category');
    case 'framework': return vscode.l10n.t('By standard');
  }
}

/** The threat model of the workspace: elements, the threats to them, and the lines that show each. */
export function createThreatModelView(context: vscode.ExtensionContext, connection: Connection): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  let nodes: readonly ThreatModelNode[] = [];
  const parents = new Map<string, ThreatModelNode>();
  let params = context.workspaceState.get<ThreatModelParams>('threatModel', { grouping: 'element', openOnly: true });
  const provider: vscode.TreeDataProvider<ThreatModelNode> = {
    onDidChangeTreeData: changed.event,
    getChildren: async (node) => {
      if (!node) return [...nodes];
      const children = await connection.threatModelChildren(node.id);
      for (const child of children) parents.set(child.id, node);
      return [...children];
    },
    getParent: (node) => parents.get(node.id),
    getTreeItem: (node) => {
      const item = new vscode.TreeItem(node.label, node.expandable ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.None);
      item.id = node.id;
      if (node.description !== undefined) item.description = node.description;
      if (node.tooltip !== undefined) item.tooltip = node.tooltip;
      item.iconPath = isSeverity(node.icon) ? severityIcon(node.icon) : new vscode.ThemeIcon(node.icon);
      item.contextValue = node.threat ? (node.open ? 'wardline.threat.open' : 'wardline.threat.settled') : 'wardline.node';
      item.accessibilityInformation = { label: node.description === undefined ? node.label : `${node.label}, ${node.description}`, role: 'treeitem' };
      if (node.place) item.command = { title: vscode.l10n.t('Open'), command: 'wardline.openFinding', arguments: [node.place.uri, rangeOf(node.place.range)] };
      return item;
    },
  };
  const view = vscode.window.createTreeView('wardline.threatModel', { treeDataProvider: provider, showCollapseAll: true });
  const selecting = createCursorSelection(view, connection, (id) => nodes.find((node) => node.id === id));
  const load = async (): Promise<void> => {
    const result = await connection.threatModel(params);
    nodes = result.nodes;
    parents.clear();
    view.badge = result.grave > 0 ? { value: result.grave, tooltip: vscode.l10n.t('Open threats of critical and high risk: {0}', result.grave) } : undefined;
    view.message = result.elements === 0 ? '' : [vscode.l10n.t('Elements: {0}', result.elements), groupingText(params.grouping), ...(params.openOnly ? [vscode.l10n.t('Open threats only')] : [])].join(' · ');
    changed.fire();
  };
  const refresh = debounced(300, () => void load().catch(() => undefined));
  refresh.trigger();
  /** Shows an element in the sidebar, by element whatever the grouping was. */
  const reveal = async (id: string): Promise<void> => {
    if (params.grouping !== 'element') {
      params = { ...params, grouping: 'element' };
      await context.workspaceState.update('threatModel', params);
      await load();
    } else if (!nodes.some((node) => node.id === id)) await load();
    const node = nodes.find((one) => one.id === id);
    if (node) await view.reveal(node, { select: true, focus: true, expand: true });
    else await vscode.commands.executeCommand('wardline.threatModel.focus');
  };
  const choose = (next: ThreatModelParams): void => {
    params = next;
    void context.workspaceState.update('threatModel', params);
    refresh.trigger();
  };
  return vscode.Disposable.from(
    changed, view, refresh, selecting, connection.onChanged(refresh.trigger), connection.onState(refresh.trigger),
    vscode.commands.registerCommand('wardline.groupThreatModel', async () => {
      const choice = await vscode.window.showQuickPick([
        ...groupings.map((one) => ({ label: groupingText(one), grouping: one, description: one === params.grouping ? vscode.l10n.t('active') : '', openOnly: params.openOnly })),
        { label: params.openOnly ? vscode.l10n.t('Show settled threats as well') : vscode.l10n.t('Show open threats only'), description: '', grouping: params.grouping, openOnly: !params.openOnly },
      ], { title: vscode.l10n.t('Threat model') });
      if (choice) choose({ grouping: choice.grouping, openOnly: choice.openOnly });
    }),
    vscode.commands.registerCommand('wardline.decideThreat', (node?: ThreatModelNode) => node?.threat && decide(connection, node.threat, node.label)),
    vscode.commands.registerCommand('wardline.decideThreatById', (threat: string, title: string) => decide(connection, threat, title)),
    vscode.commands.registerCommand('wardline.acceptAccess', (access: string, words: string) => accept(connection, access, words)),
    vscode.commands.registerCommand('wardline.exportThreatModel', () => exportModel(connection)),
    vscode.commands.registerCommand('wardline.revealElement', (id: string) => reveal(id)),
    vscode.commands.registerCommand('wardline.importThreatModel', (source?: vscode.Uri) => importModel(connection, source)),
  );
}

/** The element that the cursor is in is selected in the tree, while the tree is to be seen. Nothing takes the focus. */
function createCursorSelection(view: vscode.TreeView<ThreatModelNode>, connection: Connection, find: (id: string) => ThreatModelNode | undefined): vscode.Disposable {
  const setting = 'threatModel.followCursor';
  const follows = (): boolean => vscode.workspace.getConfiguration('wardline').get<boolean>(setting, true);
  const select = async (): Promise<void> => {
    const editor = vscode.window.activeTextEditor;
    if (!editor || !view.visible || !follows() || connection.state() !== 'running') return;
    const { line, character } = editor.selection.active;
    const at = await connection.elementAt({ uri: editor.document.uri.toString(), position: { line, character } });
    const node = at && find(at.id);
    if (node && view.visible && view.selection[0]?.id !== node.id && !view.selection[0]?.id.startsWith(`${node.id}/`)) await view.reveal(node, { select: true, focus: false, expand: false });
  };
  const soon = debounced(250, () => void select().catch(() => undefined));
  return vscode.Disposable.from(
    soon, vscode.window.onDidChangeTextEditorSelection(({ kind }) => { if (kind !== undefined) soon.trigger(); }), vscode.window.onDidChangeActiveTextEditor(soon.trigger),
    vscode.commands.registerCommand('wardline.toggleFollowCursor', async () => {
      const on = !follows();
      await vscode.workspace.getConfiguration('wardline').update(setting, on, vscode.ConfigurationTarget.Global);
      vscode.window.setStatusBarMessage(on ? vscode.l10n.t('The threat model follows the cursor') : vscode.l10n.t('The threat model does not follow the cursor'), 3000);
      soon.trigger();
    }),
  );
}

const states = () => [
  { label: vscode.l10n.t('Accept'), description: vscode.l10n.t('The team lives with the risk'), state: 'accepted' },
  { label: vscode.l10n.t('Mitigated'), description: vscode.l10n.t('A control that Wardline does not see stops it'), state: 'mitigated' },
  { label: vscode.l10n.t('Transfer'), description: vscode.l10n.t('Somebody else bears it'), state: 'transferred' },
  { label: vscode.l10n.t('Not applicable'), description: vscode.l10n.t('The precondition does not hold'), state: 'not-applicable' },
] as const;

const askReason = (title: string, prompt: string): Thenable<string | undefined> => vscode.window.showInputBox({ title, prompt, ignoreFocusOut: true, validateInput: (text) => (text.trim().length < 3 ? vscode.l10n.t('A reason is needed.') : undefined) });

/** Asks what is decided, why, and for how long; written to `.wardline/threat-model.yaml`. */
async function decide(connection: Connection, threat: string, title: string): Promise<void> {
  const choice = await vscode.window.showQuickPick(states(), { title: vscode.l10n.t('Decide on: {0}', title), ignoreFocusOut: true });
  if (!choice) return;
  const reason = await askReason(`${choice.label}: ${title}`, vscode.l10n.t('Why? The reason is reviewed with the code.'));
  if (reason === undefined) return;
  const until = await vscode.window.showInputBox({ title: vscode.l10n.t('Until when? (empty for no end)'), value: new Date(Date.now() + 180 * 86_400_000).toISOString().slice(0, 10), ignoreFocusOut: true, validateInput: (text) => (text === '' || /^\d{4}-\d{2}-\d{2}$/.test(text) ? undefined : vscode.l10n.t('A date as 2027-01-31, or nothing.')) });
  if (until === undefined) return;
  await applyAndSave(await connection.decideThreat({ threat, state: choice.state, reason: reason.trim(), ...(until === '' ? {} : { until }) }), vscode.l10n.t('The threat has changed; nothing was decided.'));
}

async function accept(connection: Connection, access: string, words: string): Promise<void> {
  const reason = await askReason(words, vscode.l10n.t('Why is this access right? It is recorded in .wardline/data-access.json.'));
  if (reason === undefined) return;
  await applyAndSave(await connection.acceptAccess({ access, reason: reason.trim() }), vscode.l10n.t('The access has changed; nothing was recorded.'));
}

async function applyAndSave(edit: vscode.WorkspaceEdit | undefined, otherwise: string): Promise<void> {
  if (!edit || !(await vscode.workspace.applyEdit(edit))) {
    void vscode.window.showWarningMessage(otherwise);
    return;
  }
  for (const [uri] of edit.entries()) await (await vscode.workspace.openTextDocument(uri)).save();
}

const formats = () => [
  { label: vscode.l10n.t('Markdown report'), format: 'markdown', file: 'threat-model.md' }, { label: vscode.l10n.t('HTML report'), format: 'html', file: 'threat-model.html' }, { label: 'Open Threat Model 0.2.0', format: 'otm', file: 'threat-model.otm.json' },
  { label: 'OWASP Threat Dragon 2', format: 'threat-dragon', file: 'threat-dragon.json' }, { label: 'Threagile', format: 'threagile', file: 'threagile.yaml' }, { label: 'CycloneDX 1.6', format: 'cyclonedx', file: 'threat-model.cdx.json' },
  { label: vscode.l10n.t('Picture (SVG)'), format: 'svg', file: 'threat-model.svg' }, { label: 'Mermaid', format: 'mermaid', file: 'threat-model.mmd' }, { label: 'JSON', format: 'json', file: 'threat-model.json' },
];

async function exportModel(connection: Connection): Promise<void> {
  const choice = await vscode.window.showQuickPick(formats(), { title: vscode.l10n.t('Export the threat model as') });
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  if (!choice || !folder) return;
  const target = await vscode.window.showSaveDialog({ defaultUri: vscode.Uri.joinPath(folder, choice.file), title: vscode.l10n.t('Export the threat model') });
  const text = target && await connection.exportThreatModel(choice.format);
  if (!target || !text) return;
  await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(text));
  await vscode.window.showTextDocument(target);
}

/** Decisions that were taken in another tool. What does not match is shown as a text that can be read at leisure. */
async function importModel(connection: Connection, given?: vscode.Uri): Promise<void> {
  const source = given ?? (await vscode.window.showOpenDialog({ title: vscode.l10n.t('Import decisions of an Open Threat Model or Threat Dragon file'), filters: { [vscode.l10n.t('Threat models')]: ['json', 'yaml', 'yml', 'otm'] } }))?.[0];
  if (!source) return;
  const name = source.path.slice(source.path.lastIndexOf('/') + 1);
  const { error, edit, imported, known, unmatched } = await connection.importDecisions({ name, text: new TextDecoder().decode(await vscode.workspace.fs.readFile(source)) });
  if (error !== undefined) {
    void vscode.window.showErrorMessage(vscode.l10n.t('{0} was not imported: {1}', name, error));
    return;
  }
  if (imported > 0) await applyAndSave(edit, vscode.l10n.t('The threat model has changed; nothing was imported.'));
  const words = vscode.l10n.t('Decisions of {0}: {1} imported, {2} known already, {3} not matched.', name, imported, known, unmatched.length);
  if (unmatched.length === 0) void vscode.window.showInformationMessage(words);
  else if (await vscode.window.showWarningMessage(words, vscode.l10n.t('Show What Did Not Match'))) await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language: 'plaintext', content: `${words}\n\n${unmatched.join('\n')}\n` }));
}
