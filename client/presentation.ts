import * as vscode from 'vscode';
import type { FindingItem } from '../server/lsp/protocol.ts';

const icons: Readonly<Record<FindingItem['severity'], readonly [string, string]>> = {
  critical: ['error', 'list.errorForeground'],
  high: ['error', 'list.errorForeground'],
  medium: ['warning', 'list.warningForeground'],
  low: ['info', 'charts.blue'],
  info: ['lightbulb', 'descriptionForeground'],
};

export function severityIcon(severity: FindingItem['severity']): vscode.ThemeIcon {
  const [icon, colour] = icons[severity];
  return new vscode.ThemeIcon(icon, new vscode.ThemeColor(colour));
}

export function isSeverity(icon: string): icon is FindingItem['severity'] {
  return Object.hasOwn(icons, icon);
}

export function rangeOf(range: FindingItem['range']): vscode.Range {
  return new vscode.Range(range.start.line, range.start.character, range.end.line, range.end.character);
}

/** Shows a place in a file or in a cell of a notebook, selected. */
export async function open(uri: string, range: vscode.Range): Promise<void> {
  const target = vscode.Uri.parse(uri);
  if (target.scheme === 'vscode-notebook-cell' || target.path.endsWith('.ipynb')) {
    const file = target.scheme === 'vscode-notebook-cell' ? target.with({ scheme: 'file', fragment: '' }) : target;
    const notebook = vscode.workspace.notebookDocuments.find((one) => one.uri.toString() === file.toString()
      || one.getCells().some((cell) => cell.document.uri.toString() === target.toString())) ?? await vscode.workspace.openNotebookDocument(file);
    const index = Math.max(0, notebook.getCells().findIndex((cell) => cell.document.uri.toString() === target.toString()));
    const editor = await vscode.window.showNotebookDocument(notebook, { selections: [new vscode.NotebookRange(index, index + 1)] });
    editor.revealRange(new vscode.NotebookRange(index, index + 1), vscode.NotebookEditorRevealType.InCenterIfOutsideViewport);
    return;
  }
  await vscode.window.showTextDocument(target, { selection: range });
}
