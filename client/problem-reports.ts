import * as vscode from 'vscode';
import type { FindingItem } from '../server/lsp/protocol.ts';
import type { Connection } from './connection.ts';

/** Reports for those who mend Wardline, in English for that. They are shown or copied, never sent, and hold nothing of the workspace but what a person adds. */
export function registerProblemReports(context: vscode.ExtensionContext, connection: Connection): vscode.Disposable[] {
  return [
    vscode.commands.registerCommand('wardline.copyDiagnosticReport', async () => {
      await vscode.env.clipboard.writeText(await report(context, connection));
      vscode.window.setStatusBarMessage(`$(check) ${vscode.l10n.t('Diagnostic report copied')}`, 5000);
    }),
    vscode.commands.registerCommand('wardline.reportFalsePositive', async (item?: FindingItem) => {
      const finding = item ?? await atCursor(connection);
      if (!finding) {
        void vscode.window.showInformationMessage(vscode.l10n.t('Put the cursor on a finding to report it as a false positive.'));
        return;
      }
      const { bugs } = context.extension.packageJSON as { readonly bugs: { readonly url: string } };
      const language = vscode.window.activeTextEditor?.document.languageId ?? '';
      const content = `# False positive of ${finding.ruleId}\n\n<!-- Add the smallest piece of code that shows it, without secrets, and say why it is fine. Then file it at ${bugs.url} -->\n\n\`\`\`${item ? '' : language}\n\n\`\`\`\n\nWhy it is fine:\n\n## Details\n\n- Rule: \`${finding.ruleId}\` (${finding.title}), ${finding.severity}, confidence ${finding.confidence}\n${await report(context, connection)}`;
      await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language: 'markdown', content }));
    }),
  ];
}

async function report(context: vscode.ExtensionContext, connection: Connection): Promise<string> {
  const { version } = context.extension.packageJSON as { readonly version: string };
  const { appName, uiKind, remoteName, language } = vscode.env;
  const schemes = [...new Set((vscode.workspace.workspaceFolders ?? []).map((one) => one.uri.scheme))].join(', ');
  const changed = Object.entries(vscode.workspace.getConfiguration('wardline'))
    .filter(([name, value]) => typeof value !== 'function' && vscode.workspace.getConfiguration('wardline').inspect(name)?.globalValue !== undefined).map(([name]) => `wardline.${name}`);
  return [
    `- Wardline ${version} in ${appName} ${vscode.version} (${uiKind === vscode.UIKind.Web ? 'web' : 'desktop'}${remoteName ? `, remote${kindOf(remoteName)}` : ''}, ${language}), ${vscode.workspace.isTrusted ? 'trusted' : 'restricted'}${schemes && `, folders of ${schemes}`}`,
    ...(changed.length > 0 ? [`- Settings that were changed: ${changed.join(', ')}`] : []),
    await connection.diagnosticReport(),
  ].join('\n');
}

/** The kind of a remote, such as `ssh-remote`; some hosts put their address there, which nobody needs to know. */
function kindOf(remoteName: string): string {
  return /^[a-z-]+$/.test(remoteName) ? ` ${remoteName}` : '';
}

/** The finding under the cursor; the first where there are several. */
async function atCursor(connection: Connection): Promise<FindingItem | undefined> {
  const editor = vscode.window.activeTextEditor;
  if (!editor) return undefined;
  const uri = editor.document.uri.toString();
  const { items } = await connection.findings();
  return items.find((one) => (one.cellUri ?? one.uri) === uri && new vscode.Range(one.range.start.line, one.range.start.character, one.range.end.line, one.range.end.character).contains(editor.selection.active));
}
