import * as vscode from 'vscode';
import type { Connection } from './connection.ts';
import { open } from './presentation.ts';

export function registerCommands(connection: Connection, log: vscode.LogOutputChannel): vscode.Disposable[] {
  return [
    vscode.commands.registerCommand('wardline.scanWorkspace', () => scanWorkspace(connection, log)),
    vscode.commands.registerCommand('wardline.scanFile', scanFile),
    vscode.commands.registerCommand('wardline.fixAll', fixAll),
    vscode.commands.registerCommand('wardline.restartServer', () => connection.restart()),
    vscode.commands.registerCommand('wardline.showOutput', () => log.show()),
    vscode.commands.registerCommand('wardline.showThreatModel', () => vscode.commands.executeCommand('wardline.threatModel.focus')),
    vscode.commands.registerCommand('wardline.openFinding', (uri: string, range: vscode.Range) => open(uri, range)),
  ];
}

async function scanWorkspace(connection: Connection, log: vscode.LogOutputChannel): Promise<void> {
  if (!vscode.workspace.workspaceFolders?.length) {
    void vscode.window.showInformationMessage('Open a folder to scan it with Wardline.');
    return;
  }
  const result = await vscode.window.withProgress({ location: { viewId: 'wardline.findings' }, cancellable: true }, (_progress, token) => connection.scanWorkspace(token));
  for (const note of result.notes) log.info(note);
  const outcome = `${result.findings === 0 ? 'No findings' : `${result.findings} ${result.findings === 1 ? 'finding' : 'findings'}`} in ${result.files} ${result.files === 1 ? 'file' : 'files'}`;
  log.info(`Workspace scan${result.cancelled ? ' (cancelled)' : ''}: ${outcome}.`);
  vscode.window.setStatusBarMessage(`$(shield) ${outcome}`, 8000);
}

/** Shows what is known of the file in front; findings of an open file are always up to date. */
async function scanFile(): Promise<void> {
  if (!vscode.window.activeTextEditor && !vscode.window.activeNotebookEditor) {
    void vscode.window.showInformationMessage('Open a file to scan it with Wardline.');
    return;
  }
  await vscode.commands.executeCommand('workbench.actions.view.problems');
}

async function fixAll(): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (!editor) return;
  await vscode.commands.executeCommand('editor.action.sourceAction', { kind: 'source.fixAll.wardline', apply: 'first' });
}
