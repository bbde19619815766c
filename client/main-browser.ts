import type * as vscode from 'vscode';
import { activateWith } from './activate.ts';
import { createBrowserClient } from './browser-client.ts';

/** The extension in a browser that no server stands behind. */
export function activate(context: vscode.ExtensionContext): Promise<{ readonly ready: Promise<void> }> {
  return activateWith(context, (options) => createBrowserClient(context, options));
}

export function deactivate(): void {
  // Everything is disposed of through the context's subscriptions.
}
