import type * as vscode from 'vscode';
import { activateWith } from './activate.ts';
import { registerAgentTools } from './agent-tools.ts';
import { createNodeClient } from './node-client.ts';

/** The extension where there is Node: on the desktop, and on the server of a remote window. */
export function activate(context: vscode.ExtensionContext): Promise<{ readonly ready: Promise<void> }> {
  context.subscriptions.push(registerAgentTools(context));
  return activateWith(context, (options) => createNodeClient(context, options));
}

export function deactivate(): void {
  // Everything is disposed of through the context's subscriptions.
}
