import * as vscode from 'vscode';
import type { Connection } from './connection.ts';

const scheme = 'wardline-configuration';

/** Commands around `.wardline/config.yaml`. */
export function registerConfiguration(connection: Connection): vscode.Disposable[] {
  return [
    vscode.commands.registerCommand('wardline.createConfiguration', () => create(connection)),
    vscode.commands.registerCommand('wardline.explainConfiguration', () => explain()),
    vscode.workspace.registerTextDocumentContentProvider(scheme, { provideTextDocumentContent: (uri) => connection.explainConfiguration(decodeURIComponent(uri.query)) }),
  ];
}

async function create(connection: Connection): Promise<void> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const folder = folders.length > 1 ? await vscode.window.showWorkspaceFolderPick({ placeHolder: vscode.l10n.t('Folder that gets the team configuration') }) : folders[0];
  if (!folder) {
    if (folders.length === 0) void vscode.window.showInformationMessage(vscode.l10n.t('Open a folder to create a team configuration in it.'));
    return;
  }
  const target = vscode.Uri.joinPath(folder.uri, '.wardline/config.yaml');
  const exists = await vscode.workspace.fs.stat(target).then(() => true, () => false);
  if (!exists) await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(await connection.starterConfiguration(folder.uri.toString())));
  await vscode.window.showTextDocument(target);
}

async function explain(): Promise<void> {
  const active = vscode.window.activeTextEditor?.document.uri ?? vscode.window.activeNotebookEditor?.notebook.uri;
  if (!active) {
    void vscode.window.showInformationMessage(vscode.l10n.t('Open a file to see which settings hold for it.'));
    return;
  }
  const page = vscode.Uri.from({ scheme, path: `/${vscode.l10n.t('Configuration of {0}', active.path.split('/').at(-1) ?? '')}.md`, query: encodeURIComponent(active.toString()) });
  await vscode.commands.executeCommand('markdown.showPreview', page);
}
