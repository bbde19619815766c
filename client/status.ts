import * as vscode from 'vscode';
import type { Connection } from './connection.ts';
import { languages } from './languages.ts';

/** Milliseconds above which an analysis is worth a word in the language status. */
const slow = 1000;

/** One status item for the workspace, one language status for the file in front. */
export function createStatus(connection: Connection): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('wardline.status', vscode.StatusBarAlignment.Left, 0);
  item.name = 'Wardline';
  item.command = 'wardline.findings.focus';
  const language = vscode.languages.createLanguageStatusItem('wardline.language', languages.map((one) => ({ language: one })));
  language.name = 'Wardline';
  const latest = new Map<string, { readonly findings: number; readonly milliseconds: number }>();

  const show = async (): Promise<void> => {
    const state = connection.state();
    if (state !== 'running') {
      item.text = state === 'starting' ? '$(loading~spin) Wardline' : '$(shield) Wardline stopped';
      item.tooltip = state === 'starting' ? 'The language server is starting.' : 'The language server is stopped. Select to see the views; run "Wardline: Restart Server".';
      item.backgroundColor = state === 'stopped' ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
      item.show();
      language.text = state === 'starting' ? 'Wardline is starting' : 'Wardline is stopped';
      language.command = state === 'stopped' ? { title: 'Restart', command: 'wardline.restartServer' } : undefined;
      return;
    }
    const { items, files } = await connection.findings();
    const grave = items.filter((one) => one.severity === 'critical' || one.severity === 'high').length;
    item.text = items.length === 0 ? '$(shield) Wardline' : `$(shield) ${items.length}`;
    const tooltip = new vscode.MarkdownString(
      `**Wardline**: ${items.length} findings in ${files} files, ${grave} of them critical or high.\n\n[Scan workspace](command:wardline.scanWorkspace) · [Show output](command:wardline.showOutput) · [Restart server](command:wardline.restartServer)`, true);
    tooltip.isTrusted = { enabledCommands: ['wardline.scanWorkspace', 'wardline.showOutput', 'wardline.restartServer'] };
    item.tooltip = tooltip;
    item.backgroundColor = undefined;
    item.accessibilityInformation = { label: `Wardline, ${items.length} findings, ${grave} critical or high` };
    item.show();
  };
  const showLanguage = (): void => {
    const uri = vscode.window.activeTextEditor?.document.uri.toString();
    const last = uri === undefined ? undefined : latest.get(uri);
    if (connection.state() !== 'running') return;
    language.text = last ? `${last.findings} ${last.findings === 1 ? 'finding' : 'findings'}, ${last.milliseconds} ms` : 'Wardline';
    language.severity = last && last.milliseconds > slow ? vscode.LanguageStatusSeverity.Warning : vscode.LanguageStatusSeverity.Information;
    language.command = { title: 'Show Output', command: 'wardline.showOutput' };
  };
  let timer: ReturnType<typeof setTimeout> | undefined;
  const later = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void show().catch(() => undefined), 300);
  };
  void show();
  return vscode.Disposable.from(
    item, language,
    { dispose: () => clearTimeout(timer) },
    connection.onState(() => void show().catch(() => undefined)),
    connection.onChanged(({ uri, findings, milliseconds }) => {
      if (uri !== undefined && findings !== undefined && milliseconds !== undefined) latest.set(vscode.Uri.parse(uri).toString(), { findings, milliseconds });
      showLanguage();
      later();
    }),
    vscode.window.onDidChangeActiveTextEditor(showLanguage),
  );
}
