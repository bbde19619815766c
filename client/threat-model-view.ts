import * as vscode from 'vscode';
import type { ThreatModelNode } from '../server/lsp/protocol.ts';
import type { Connection } from './connection.ts';
import { isSeverity, rangeOf, severityIcon } from './presentation.ts';
import { debounced } from './refresh.ts';

/** The threats that hold in this workspace, each with the lines that witness it. */
export function createThreatModelView(connection: Connection): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  let nodes: readonly ThreatModelNode[] = [];
  const provider: vscode.TreeDataProvider<ThreatModelNode> = {
    onDidChangeTreeData: changed.event,
    getChildren: (node) => [...(node ? node.children : nodes)],
    getTreeItem: (node) => {
      const item = new vscode.TreeItem(node.label, node.children.length > 0 ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.None);
      item.id = node.id;
      if (node.description !== undefined) item.description = node.description;
      if (node.tooltip !== undefined) item.tooltip = node.tooltip;
      item.iconPath = isSeverity(node.icon) ? severityIcon(node.icon) : new vscode.ThemeIcon(node.icon);
      item.contextValue = node.place ? 'wardline.witness' : 'wardline.threat';
      item.accessibilityInformation = { label: node.description === undefined ? node.label : `${node.label}, ${node.description}`, role: 'treeitem' };
      if (node.place) item.command = { title: 'Open', command: 'wardline.openFinding', arguments: [node.place.uri, rangeOf(node.place.range)] };
      return item;
    },
  };
  const view = vscode.window.createTreeView('wardline.threatModel', { treeDataProvider: provider, showCollapseAll: true });
  const refresh = debounced(300, () => void connection.threatModel().then((result) => {
    nodes = result.nodes;
    changed.fire();
  }).catch(() => undefined));
  refresh.trigger();
  return vscode.Disposable.from(changed, view, refresh, connection.onChanged(refresh.trigger), connection.onState(refresh.trigger));
}
