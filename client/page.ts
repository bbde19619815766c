import * as vscode from 'vscode';

export interface PageParts {
  /** Name of the page's program in `dist` and of its style in `media`. */
  readonly name: string;
  readonly title: string;
  /** What the page says; it knows no `vscode` that could translate. */
  readonly words: object;
  /** Content security policy beyond the page's own program and style. */
  readonly policy?: string;
  /** What is shown until the program has run; no markup. */
  readonly waiting?: string;
}

/** Folders that a page may load from. */
export function pageRoots(extension: vscode.Uri): readonly vscode.Uri[] {
  return [vscode.Uri.joinPath(extension, 'media'), vscode.Uri.joinPath(extension, 'dist')];
}

/** The document of a webview: one program, one style, nothing of the workspace and nothing from elsewhere. */
export function pageOf(webview: vscode.Webview, extension: vscode.Uri, { name, title, words, policy = '', waiting = '' }: PageParts): string {
  const nonce = crypto.randomUUID();
  const script = webview.asWebviewUri(vscode.Uri.joinPath(extension, `dist/${name}.js`));
  const style = webview.asWebviewUri(vscode.Uri.joinPath(extension, `media/${name}.css`));
  return `<!doctype html>
<html lang="${escapeHtml(vscode.env.language)}"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ${webview.cspSource}; script-src 'nonce-${nonce}'${policy}">
<link rel="stylesheet" href="${style.toString()}"><title>${escapeHtml(title)}</title></head>
<body><div id="app" data-words="${escapeHtml(JSON.stringify(words))}">${waiting === '' ? '' : `<p role="status">${escapeHtml(waiting)}</p>`}</div><script nonce="${nonce}" src="${script.toString()}"></script></body></html>`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
