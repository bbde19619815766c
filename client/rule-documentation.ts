import * as vscode from 'vscode';
import type { Connection } from './connection.ts';

const scheme = 'wardline-rule';

/** Rule pages as read-only documents, shown in the Markdown preview; no network is asked. */
export function registerRuleDocumentation(connection: Connection): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.workspace.registerTextDocumentContentProvider(scheme, {
      provideTextDocumentContent: async (uri) => {
        const id = uri.path.replace(/^\//, '').replace(/\.md$/, '');
        return await connection.ruleDocumentation(id) ?? `There is no rule \`${id.replace(/[^\w/-]/g, '')}\`.\n`;
      },
    }),
    vscode.commands.registerCommand('wardline.showRuleDocumentation', async (asked?: unknown) => {
      const id = typeof asked === 'string' ? asked : typeof asked === 'object' && asked !== null && 'ruleId' in asked ? String(asked.ruleId) : await pick(connection);
      if (id === undefined) return;
      await vscode.commands.executeCommand('markdown.showPreview', vscode.Uri.from({ scheme, path: `/${id}.md` }));
    }),
  );
}

async function pick(connection: Connection): Promise<string | undefined> {
  const { items } = await connection.findings();
  const rules = [...new Map(items.map((one) => [one.ruleId, { label: one.ruleId, description: one.title }])).values()].sort((a, b) => (a.label < b.label ? -1 : 1));
  if (rules.length === 0) {
    return vscode.window.showInputBox({ title: 'Show rule documentation', prompt: 'Rule id', placeHolder: 'secrets/...' });
  }
  return (await vscode.window.showQuickPick(rules, { title: 'Show rule documentation', matchOnDescription: true }))?.label;
}
