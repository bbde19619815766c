import * as vscode from 'vscode';
import type { DiagramPlace } from '../server/lsp/protocol.ts';
import type { Connection } from './connection.ts';
import { diagramWords } from './diagram/words.ts';
import { pageOf, pageRoots } from './page.ts';
import { open, rangeOf } from './presentation.ts';
import { debounced } from './refresh.ts';

/** Messages of the diagram's page. */
type FromPage =
  | { readonly type: 'ready' }
  | { readonly type: 'open'; readonly place: DiagramPlace }
  | { readonly type: 'decide'; readonly threat: string; readonly title: string }
  | { readonly type: 'save'; readonly format: 'svg' | 'png'; /** Text of an SVG, base64 of a PNG. */ readonly content: string };

/** The data-flow diagram in an editor tab, opened by command; one at a time, live. */
export function registerDiagram(context: vscode.ExtensionContext, connection: Connection): vscode.Disposable {
  let panel: vscode.WebviewPanel | undefined;
  const send = async (): Promise<void> => {
    if (panel) await panel.webview.postMessage({ type: 'model', model: await connection.diagram() });
  };
  const refresh = debounced(300, () => void send().catch(() => undefined));
  const receive = async (message: FromPage): Promise<void> => {
    if (message.type === 'ready') await send();
    else if (message.type === 'open') await open(message.place.uri, rangeOf(message.place.range));
    else if (message.type === 'decide') await vscode.commands.executeCommand('wardline.decideThreatById', message.threat, message.title);
    else await save(message.format, message.content);
  };
  const attach = (target: vscode.WebviewPanel): void => {
    panel = target;
    panel.iconPath = vscode.Uri.joinPath(context.extensionUri, 'media/wardline.svg');
    panel.webview.options = { enableScripts: true, localResourceRoots: pageRoots(context.extensionUri) };
    panel.webview.html = pageOf(panel.webview, context.extensionUri, { name: 'diagram', title: title(), words: diagramWords(), policy: `; img-src ${panel.webview.cspSource} data:; worker-src blob:` });
    panel.webview.onDidReceiveMessage((message: FromPage) => void receive(message));
    panel.onDidDispose(() => {
      panel = undefined;
    });
  };
  return vscode.Disposable.from(
    refresh, connection.onChanged(refresh.trigger), connection.onState(refresh.trigger),
    vscode.commands.registerCommand('wardline.openDiagram', () => {
      if (panel) panel.reveal();
      else attach(vscode.window.createWebviewPanel('wardline.diagram', title(), vscode.ViewColumn.Active, {}));
    }),
    vscode.window.registerWebviewPanelSerializer('wardline.diagram', { deserializeWebviewPanel: async (restored) => attach(restored) }),
  );
}

async function save(format: 'svg' | 'png', content: string): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const target = await vscode.window.showSaveDialog({ ...(folder ? { defaultUri: vscode.Uri.joinPath(folder, `threat-model.${format}`) } : {}), filters: { [format.toUpperCase()]: [format] }, title: vscode.l10n.t('Save the diagram') });
  if (target) await vscode.workspace.fs.writeFile(target, format === 'png' ? Buffer.from(content, 'base64') : new TextEncoder().encode(content));
}

function title(): string {
  return vscode.l10n.t('Threat Model');
}
