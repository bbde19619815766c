import * as vscode from 'vscode';
import type { FindingItem } from '../server/lsp/protocol.ts';
import type { Connection } from './connection.ts';
import { rangeOf, severityIcon } from './presentation.ts';
import { debounced } from './refresh.ts';
import { findingsText, severityWord } from './words.ts';

type Node = FolderNode | FileNode | FindingItem;

interface FolderNode {
  readonly kind: 'folder';
  readonly folder: vscode.WorkspaceFolder;
  readonly files: readonly FileNode[];
}

interface FileNode {
  readonly kind: 'file';
  readonly uri: vscode.Uri;
  readonly items: readonly FindingItem[];
}

type Filter = 'all' | 'high' | 'fixable' | 'open' | 'current';
const filters = ['all', 'high', 'fixable', 'open', 'current'] as const satisfies readonly Filter[];
const order: readonly FindingItem['severity'][] = ['critical', 'high', 'medium', 'low', 'info'];

/** Above this many findings the files are shown closed, so that all of them can be seen. */
const mostExpanded = 20;

/** The findings by file, worst first; where several folders are open, below their folder. */
export function createFindingsView(connection: Connection): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  let roots: readonly (FolderNode | FileNode)[] = [];
  let expanded = true;
  let filter: Filter = 'all';

  const provider: vscode.TreeDataProvider<Node> = {
    onDidChangeTreeData: changed.event,
    getChildren: (node) => (node === undefined ? [...roots] : !('kind' in node) ? [] : node.kind === 'folder' ? [...node.files] : [...node.items]),
    getParent: () => undefined,
    getTreeItem: (node) => (!('kind' in node) ? findingItem(node) : node.kind === 'folder' ? folderItem(node) : fileItem(node, expanded)),
  };
  const view = vscode.window.createTreeView('wardline.findings', { treeDataProvider: provider, showCollapseAll: true });

  const load = async (): Promise<void> => {
    const { items, files: known, scanned, scanning: running } = await connection.findings();
    const active = vscode.window.activeTextEditor?.document.uri ?? vscode.window.activeNotebookEditor?.notebook.uri;
    const opened = filter === 'open' ? openFiles() : new Set<string>();
    const shown = items.filter((one) => (filter === 'open' ? opened.has(one.uri) : filter === 'high' ? one.severity === 'critical' || one.severity === 'high' : filter === 'fixable' ? one.fixable
      : filter === 'current' ? [one.uri, one.cellUri].includes(active?.toString()) : true));
    const groups = new Map<string, FindingItem[]>();
    for (const one of shown) groups.set(one.uri, [...(groups.get(one.uri) ?? []), one]);
    const files = [...groups]
      .map(([uri, own]): FileNode => ({ kind: 'file', uri: vscode.Uri.parse(uri), items: own.sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity)) }))
      .sort((a, b) => order.indexOf(a.items[0]!.severity) - order.indexOf(b.items[0]!.severity) || (a.uri.path < b.uri.path ? -1 : 1));
    roots = byFolder(files);
    expanded = !running && shown.length <= mostExpanded;
    const grave = items.filter((one) => one.severity === 'critical' || one.severity === 'high').length;
    view.badge = grave > 0 ? { value: grave, tooltip: vscode.l10n.t('Critical and high findings: {0}', grave) } : undefined;
    view.message = files.length > 0 || connection.state() !== 'running' ? (filter === 'all' ? '' : vscode.l10n.t('Filter: {0}', labelOf(filter)))
      : known === 0 ? '' : filter === 'all' ? nothingText(known, running ? 'running' : scanned ? 'scanned' : 'opened') : vscode.l10n.t('Nothing matches the filter: {0}', labelOf(filter));
    changed.fire();
  };
  const refresh = debounced(300, () => void load().catch(() => undefined));
  refresh.trigger();
  return vscode.Disposable.from(
    changed, view, refresh,
    connection.onChanged(refresh.trigger),
    connection.onState(refresh.trigger),
    vscode.workspace.onDidChangeWorkspaceFolders(refresh.trigger),
    vscode.window.onDidChangeActiveTextEditor(() => { if (filter === 'current') refresh.trigger(); }),
    vscode.window.tabGroups.onDidChangeTabs(() => { if (filter === 'open') refresh.trigger(); }),
    vscode.commands.registerCommand('wardline.filterFindings', async () => {
      const choice = await vscode.window.showQuickPick(filters.map((one) => ({ label: labelOf(one), filter: one, description: one === filter ? vscode.l10n.t('active') : '' })), { title: vscode.l10n.t('Filter findings') });
      if (!choice) return;
      filter = choice.filter;
      refresh.trigger();
    }),
    vscode.commands.registerCommand('wardline.refreshFindings', refresh.trigger),
  );
}

/** The folders of the workspace with their files, in the order in which the explorer shows them; the files alone where there is one folder. */
function byFolder(files: readonly FileNode[]): readonly (FolderNode | FileNode)[] {
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length < 2) return files;
  const own = new Map<vscode.WorkspaceFolder | undefined, FileNode[]>();
  for (const file of files) {
    const folder = vscode.workspace.getWorkspaceFolder(file.uri);
    own.set(folder, [...(own.get(folder) ?? []), file]);
  }
  return [...folders.flatMap((folder): readonly FolderNode[] => (own.has(folder) ? [{ kind: 'folder', folder, files: own.get(folder)! }] : [])), ...(own.get(undefined) ?? [])];
}

/** Files that a tab shows. */
function openFiles(): ReadonlySet<string> {
  return new Set(vscode.window.tabGroups.all.flatMap((group) => group.tabs).flatMap(({ input }) => (input instanceof vscode.TabInputText || input instanceof vscode.TabInputNotebook ? [input.uri.toString()] : [])));
}

function labelOf(filter: Filter): string {
  switch (filter) {
    case 'all': return vscode.l10n.t('All findings');
    case 'high': return vscode.l10n.t('Critical and high');
    case 'fixable': return vscode.l10n.t('Fix available');
    case 'open': return vscode.l10n.t('Open files');
    case 'current': return vscode.l10n.t('Current file');
  }
}

/** Says that there is nothing, and of what that is known. */
function nothingText(files: number, known: 'running' | 'scanned' | 'opened'): string {
  switch (known) {
    case 'running': return files === 1 ? vscode.l10n.t('Nothing found in 1 file so far.') : vscode.l10n.t('Nothing found in {0} files so far.', files);
    case 'scanned': return files === 1 ? vscode.l10n.t('Nothing found in 1 file.') : vscode.l10n.t('Nothing found in {0} files.', files);
    case 'opened': return files === 1 ? vscode.l10n.t('Nothing found in 1 file opened so far.') : vscode.l10n.t('Nothing found in {0} files opened so far.', files);
  }
}

function folderItem({ folder, files }: FolderNode): vscode.TreeItem {
  const item = new vscode.TreeItem(folder.name, vscode.TreeItemCollapsibleState.Expanded);
  const count = files.reduce((sum, file) => sum + file.items.length, 0);
  item.id = `folder ${folder.uri.toString()}`;
  item.iconPath = vscode.ThemeIcon.Folder;
  item.description = String(count);
  item.accessibilityInformation = { label: `${folder.name}, ${findingsText(count)}`, role: 'treeitem' };
  return item;
}

function fileItem(node: FileNode, expanded: boolean): vscode.TreeItem {
  const item = new vscode.TreeItem(node.uri, expanded ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.Collapsed);
  const folder = vscode.workspace.asRelativePath(node.uri, false).split('/').slice(0, -1).join('/');
  item.id = node.uri.toString();
  item.description = folder === '' ? String(node.items.length) : `${folder} · ${node.items.length}`;
  item.contextValue = 'wardline.file';
  item.accessibilityInformation = { label: `${node.uri.path.split('/').at(-1)}, ${findingsText(node.items.length)}`, role: 'treeitem' };
  return item;
}

function findingItem(finding: FindingItem): vscode.TreeItem {
  const item = new vscode.TreeItem(finding.message, vscode.TreeItemCollapsibleState.None);
  const row = finding.range.start.line + 1;
  const line = finding.cell === undefined ? vscode.l10n.t('line {0}', row) : vscode.l10n.t('cell {0}, line {1}', finding.cell + 1, row);
  item.id = `${finding.uri}#${finding.fingerprint}`;
  item.description = `${finding.ruleId} · ${line}`;
  item.tooltip = `${finding.title}\n${severityWord(finding.severity)}, ${vscode.l10n.t('confidence {0}', severityWord(finding.confidence))}`;
  item.iconPath = severityIcon(finding.severity);
  item.contextValue = finding.fixable ? 'wardline.finding.fixable' : 'wardline.finding';
  item.accessibilityInformation = { label: `${severityWord(finding.severity)}: ${finding.message}, ${line}`, role: 'treeitem' };
  item.command = { title: vscode.l10n.t('Open'), command: 'wardline.openFinding', arguments: [finding.cellUri ?? finding.uri, rangeOf(finding.range)] };
  return item;
}
