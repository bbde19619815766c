import * as vscode from 'vscode';

/** The part of the editor's interface that came after the oldest version that Wardline runs in; `vscode.d.ts` of 1.101. */
interface AgentInterface {
  readonly lm?: {
    readonly registerMcpServerDefinitionProvider?: (id: string, provider: {
      readonly onDidChangeMcpServerDefinitions: vscode.Event<void>;
      readonly provideMcpServerDefinitions: () => readonly unknown[];
    }) => vscode.Disposable;
  };
  readonly McpStdioServerDefinition?: new (label: string, command: string, args: string[], env: Record<string, string>, version: string) => unknown;
}

/** Offers Wardline's tools to the agents of the editor, which start them when they are used. Editors that know no such tools are left alone. */
export function registerAgentTools(context: vscode.ExtensionContext): vscode.Disposable {
  const { lm, McpStdioServerDefinition: Definition } = vscode as unknown as AgentInterface;
  if (!lm?.registerMcpServerDefinitionProvider || !Definition) return { dispose: () => undefined };
  const changed = new vscode.EventEmitter<void>();
  const { version } = context.extension.packageJSON as { readonly version: string };
  return vscode.Disposable.from(
    changed,
    vscode.workspace.onDidChangeWorkspaceFolders(() => changed.fire()),
    lm.registerMcpServerDefinitionProvider('wardline.agentTools', {
      onDidChangeMcpServerDefinitions: changed.event,
      provideMcpServerDefinitions: () => {
        const folders = (vscode.workspace.workspaceFolders ?? []).filter((one) => one.uri.scheme === 'file').map((one) => one.uri.fsPath);
        if (folders.length === 0) return [];
        return [new Definition('Wardline', process.execPath, [context.asAbsolutePath('dist/cli.js'), 'mcp', ...folders], { ELECTRON_RUN_AS_NODE: '1' }, version)];
      },
    }),
  );
}
