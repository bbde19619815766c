import * as vscode from 'vscode';
import type { LinePosition } from '../server/lsp/protocol.ts';
import type { Connection } from './connection.ts';
import { open } from './presentation.ts';
import { foundText } from './words.ts';

export function registerCommands(connection: Connection, log: vscode.LogOutputChannel): vscode.Disposable[] {
  return [
    vscode.commands.registerCommand('wardline.scanWorkspace', () => scanWorkspace(connection, log)),
    vscode.commands.registerCommand('wardline.scanFile', scanFile),
    vscode.commands.registerCommand('wardline.fixAll', fixAll),
    vscode.commands.registerCommand('wardline.runTeamRule', (uri: string, position: LinePosition, ruleId: string) => runTeamRule(connection, uri, position, ruleId)),
    vscode.commands.registerCommand('wardline.fixWorkspace', () => fixWorkspace(connection)),
    vscode.commands.registerCommand('wardline.restartServer', () => connection.restart()),
    vscode.commands.registerCommand('wardline.showOutput', () => log.show()),
    vscode.commands.registerCommand('wardline.showThreatModel', () => vscode.commands.executeCommand('wardline.threatModel.focus')),
    vscode.commands.registerCommand('wardline.openFinding', (uri: string, range: vscode.Range) => open(uri, range)),
  ];
}

async function scanWorkspace(connection: Connection, log: vscode.LogOutputChannel): Promise<void> {
  if (!vscode.workspace.workspaceFolders?.length) {
    void vscode.window.showInformationMessage(vscode.l10n.t('Open a folder to scan it with Wardline.'));
    return;
  }
  const result = await vscode.window.withProgress({ location: { viewId: 'wardline.findings' }, cancellable: true }, (_progress, token) => connection.scanWorkspace(token));
  for (const note of result.notes) log.info(note);
  log.info(`Workspace scan${result.cancelled ? ' (cancelled)' : ''}: ${result.findings} findings in ${result.files} files.`);
  vscode.window.setStatusBarMessage(`$(shield) ${foundText(result.findings, result.files)}`, 8000);
}

/** Shows what is known of the file in front; findings of an open file are always up to date. */
async function scanFile(): Promise<void> {
  if (!vscode.window.activeTextEditor && !vscode.window.activeNotebookEditor) {
    void vscode.window.showInformationMessage(vscode.l10n.t('Open a file to scan it with Wardline.'));
    return;
  }
  await vscode.commands.executeCommand('workbench.actions.view.problems');
}

async function fixAll(): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (!editor) return;
  await vscode.commands.executeCommand('editor.action.sourceAction', { kind: 'source.fixAll.wardline', apply: 'first' });
}

/** Runs one of the team's rules on all files and shows what it finds beside its definition. */
async function runTeamRule(connection: Connection, uri: string, position: LinePosition, ruleId: string): Promise<void> {
  const { places, files } = await vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title: vscode.l10n.t('Running {0}', ruleId) }, (_progress, token) => connection.runRule(ruleId, token));
  if (places.length === 0) {
    void vscode.window.showInformationMessage(files === 1 ? vscode.l10n.t('{0} finds nothing in 1 file.', ruleId) : vscode.l10n.t('{0} finds nothing in {1} files.', ruleId, files));
    return;
  }
  const locations = places.map((one) => new vscode.Location(vscode.Uri.parse(one.uri), new vscode.Range(one.range.start.line, one.range.start.character, one.range.end.line, one.range.end.character)));
  await vscode.commands.executeCommand('editor.action.showReferences', vscode.Uri.parse(uri), new vscode.Position(position.line, position.character), locations);
}

/** Fixes the findings of chosen rules everywhere; the editor's Refactor Preview shows each change before it is made. */
async function fixWorkspace(connection: Connection): Promise<void> {
  const fixable = await connection.fixableRules();
  if (fixable.length === 0) {
    const choice = await vscode.window.showInformationMessage(vscode.l10n.t('No findings with a fix are known.'), vscode.l10n.t('Scan Workspace'));
    if (choice) await vscode.commands.executeCommand('wardline.scanWorkspace');
    return;
  }
  const chosen = await vscode.window.showQuickPick(
    fixable.map(({ ruleId, title, count, safe }) => ({ label: title, description: `${count} · ${ruleId}`, picked: safe, ruleId })),
    { title: vscode.l10n.t('Fix problems in the workspace'), placeHolder: vscode.l10n.t('Fixes that keep what the code does are chosen; all are shown before they are made'), canPickMany: true, matchOnDescription: true },
  );
  if (!chosen || chosen.length === 0) return;
  const edit = await connection.fixWorkspace(chosen.map((one) => one.ruleId));
  if (edit) await vscode.workspace.applyEdit(edit, { isRefactoring: true });
}
