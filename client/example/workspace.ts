import * as vscode from 'vscode';
import { withCredentials } from './credentials.mjs';

/** The command that opens a copy of the example application, so that a first finding is seen before the first file is written. */
export function registerExample(context: vscode.ExtensionContext): vscode.Disposable {
  return vscode.commands.registerCommand('wardline.openExample', async () => {
    const target = vscode.Uri.joinPath(context.globalStorageUri, 'clinic-assistant');
    if (!(await exists(target)) || (await startsOver())) {
      await vscode.workspace.fs.delete(target, { recursive: true }).then(undefined, () => undefined);
      await copy(vscode.Uri.joinPath(context.extensionUri, 'examples/clinic-assistant'), target);
    }
    await vscode.commands.executeCommand('vscode.openFolder', target, { forceNewWindow: (vscode.workspace.workspaceFolders ?? []).length > 0 });
  });
}

/** Asks only where a copy is there; leaving the question keeps it as it is. */
async function startsOver(): Promise<boolean> {
  const again = vscode.l10n.t('Start over');
  const choice = await vscode.window.showQuickPick([{ label: vscode.l10n.t('Continue'), description: vscode.l10n.t('with the copy as it was left') }, { label: again, description: vscode.l10n.t('with all its problems') }], { title: vscode.l10n.t('The example was opened before') });
  return choice?.label === again;
}

async function copy(from: vscode.Uri, to: vscode.Uri): Promise<void> {
  await vscode.workspace.fs.createDirectory(to);
  for (const [name, type] of await vscode.workspace.fs.readDirectory(from)) {
    const source = vscode.Uri.joinPath(from, name);
    const target = vscode.Uri.joinPath(to, name);
    if (type === vscode.FileType.Directory) await copy(source, target);
    else await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(withCredentials(new TextDecoder().decode(await vscode.workspace.fs.readFile(source)))));
  }
}

function exists(uri: vscode.Uri): Promise<boolean> {
  return Promise.resolve(vscode.workspace.fs.stat(uri)).then(() => true, () => false);
}
