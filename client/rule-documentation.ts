import * as vscode from 'vscode';
import type { Connection } from './connection.ts';
import { findingsText, severityWord } from './words.ts';

const scheme = 'wardline-rule';

/** Rule pages as read-only documents, shown in the Markdown preview; no network is asked. */
export function registerRuleDocumentation(connection: Connection): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.workspace.registerTextDocumentContentProvider(scheme, {
      provideTextDocumentContent: async (uri) => {
        const id = uri.path.replace(/^\//, '').replace(/\.md$/, '');
        return await connection.ruleDocumentation(id) ?? `${vscode.l10n.t('There is no rule `{0}`.', id.replace(/[^\w/-]/g, ''))}\n`;
      },
    }),
    vscode.commands.registerCommand('wardline.showRuleDocumentation', async (asked?: unknown) => {
      const id = typeof asked === 'string' ? asked : typeof asked === 'object' && asked !== null && 'ruleId' in asked ? String(asked.ruleId) : await pick(connection);
      if (id === undefined) return;
      await vscode.commands.executeCommand('markdown.showPreview', vscode.Uri.from({ scheme, path: `/${id}.md` }));
    }),
  );
}

/** All rules to choose from, those that found something before the others. */
async function pick(connection: Connection): Promise<string | undefined> {
  const items: vscode.QuickPickItem[] = [];
  let group = '';
  for (const { ruleId, title, severity, findings } of await connection.rules()) {
    const [category = ''] = ruleId.split('/');
    const own = findings > 0 ? vscode.l10n.t('found here') : category;
    if (own !== group) items.push({ label: (group = own), kind: vscode.QuickPickItemKind.Separator });
    items.push({ label: title, description: `${ruleId} · ${severityWord(severity)}${findings > 0 ? ` · ${findingsText(findings)}` : ''}` });
  }
  const chosen = await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Show rule documentation'), placeHolder: vscode.l10n.t('A word of the title, or an id'), matchOnDescription: true });
  return chosen?.description?.split(' · ')[0];
}
