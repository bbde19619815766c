import * as vscode from 'vscode';
import type { Connection } from './connection.ts';
import { debounced } from './refresh.ts';

/** One for files that VS Code cannot show, one for names that other editors may claim. */
const viewTypes = ['wardline.artefact', 'wardline.artefactOption'];

/** Shows what a model or data file holds. Reads only; nothing of the file is executed. */
export function registerArtefactEditor(context: vscode.ExtensionContext, connection: Connection): vscode.Disposable {
  const provider: vscode.CustomReadonlyEditorProvider = {
    openCustomDocument: (uri) => ({ uri, dispose: () => undefined }),
    resolveCustomEditor: ({ uri }, panel) => {
      const roots = [vscode.Uri.joinPath(context.extensionUri, 'media'), vscode.Uri.joinPath(context.extensionUri, 'dist')];
      panel.webview.options = { enableScripts: true, localResourceRoots: roots };
      panel.webview.html = page(panel.webview, context.extensionUri);
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
      const target = uri ?? (input instanceof vscode.TabInputText || input instanceof vscode.TabInputCustom ? input.uri : undefined) ?? (await vscode.window.showOpenDialog({ title: 'Inspect Model File', openLabel: 'Inspect' }))?.[0];
      if (target) await vscode.commands.executeCommand('vscode.openWith', target, viewTypes[1]);
    }),
  );
}

function page(webview: vscode.Webview, extension: vscode.Uri): string {
  const nonce = crypto.randomUUID();
  const script = webview.asWebviewUri(vscode.Uri.joinPath(extension, 'dist/artefact.js'));
  const style = webview.asWebviewUri(vscode.Uri.joinPath(extension, 'media/artefact.css'));
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ${webview.cspSource}; script-src 'nonce-${nonce}'">
<link rel="stylesheet" href="${style.toString()}"><title>Model file</title></head>
<body><main id="app"><p role="status">Looking into the file…</p></main><script nonce="${nonce}" src="${script.toString()}"></script></body></html>`;
}
