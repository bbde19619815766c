import * as vscode from 'vscode';
import type { Connection } from './connection.ts';
import { artefactWords } from './artefact/words.ts';
import { pageOf, pageRoots } from './page.ts';
import { debounced } from './refresh.ts';

/** One for files that VS Code cannot show, one for names that other editors may claim. */
const viewTypes = ['wardline.artefact', 'wardline.artefactOption'];

/** Shows what a model or data file holds. Reads only; nothing of the file is executed. */
export function registerArtefactEditor(context: vscode.ExtensionContext, connection: Connection): vscode.Disposable {
  const provider: vscode.CustomReadonlyEditorProvider = {
    openCustomDocument: (uri) => ({ uri, dispose: () => undefined }),
    resolveCustomEditor: ({ uri }, panel) => {
      panel.webview.options = { enableScripts: true, localResourceRoots: pageRoots(context.extensionUri) };
      panel.webview.html = pageOf(panel.webview, context.extensionUri, { name: 'artefact', title: vscode.l10n.t('Model file'), words: artefactWords(), waiting: vscode.l10n.t('Looking into the file…') });
      let asked = false;
      const send = async (): Promise<void> => {
        if (!asked) return;
        const view = uri.scheme === 'file' ? await connection.artefact(uri.toString()) : null;
        await panel.webview.postMessage({ type: 'view', view, state: connection.state() });
        if (view) await panel.webview.postMessage({ type: 'digest', digest: await connection.artefactDigest(uri.toString()) });
      };
      const refresh = debounced(300, () => void send().catch(() => undefined));
      const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(vscode.Uri.joinPath(uri, '..'), uri.path.slice(uri.path.lastIndexOf('/') + 1)));
      const subscriptions = [
        refresh, watcher, watcher.onDidChange(refresh.trigger), connection.onState(refresh.trigger),
        panel.webview.onDidReceiveMessage(({ type }: { readonly type: 'ready' }) => {
          if (type !== 'ready') return;
          asked = true;
          refresh.trigger();
        }),
      ];
      panel.onDidDispose(() => { for (const one of subscriptions) one.dispose(); });
    },
  };
  return vscode.Disposable.from(
    ...viewTypes.map((one) => vscode.window.registerCustomEditorProvider(one, provider, { supportsMultipleEditorsPerDocument: true })),
    vscode.commands.registerCommand('wardline.inspectArtefact', async (uri?: vscode.Uri) => {
      const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
      const target = uri ?? (input instanceof vscode.TabInputText || input instanceof vscode.TabInputCustom ? input.uri : undefined) ?? (await vscode.window.showOpenDialog({ title: vscode.l10n.t('Inspect Model File'), openLabel: vscode.l10n.t('Inspect') }))?.[0];
      if (target) await vscode.commands.executeCommand('vscode.openWith', target, viewTypes[1]);
    }),
  );
}
