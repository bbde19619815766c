import * as vscode from 'vscode';
import type { Connection } from './connection.ts';
import { languages } from './languages.ts';
import { findingsText, foundText } from './words.ts';

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
      item.text = state === 'starting' ? '$(loading~spin) Wardline' : `$(shield) ${vscode.l10n.t('Wardline stopped')}`;
      item.tooltip = state === 'starting' ? vscode.l10n.t('The language server is starting.') : vscode.l10n.t('The language server is stopped. Select to see the views; run "Wardline: Restart Server".');
      item.backgroundColor = state === 'stopped' ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
      item.show();
      language.text = state === 'starting' ? vscode.l10n.t('Wardline is starting') : vscode.l10n.t('Wardline is stopped');
      language.command = state === 'stopped' ? { title: vscode.l10n.t('Restart'), command: 'wardline.restartServer' } : undefined;
      return;
    }
    const { items, files } = await connection.findings();
    const grave = items.filter((one) => one.severity === 'critical' || one.severity === 'high').length;
    item.text = items.length === 0 ? '$(shield) Wardline' : `$(shield) ${items.length}`;
    const found = foundText(items.length, files);
    const graveText = vscode.l10n.t('critical or high: {0}', grave);
    const links = [[vscode.l10n.t('Scan workspace'), 'scanWorkspace'], [vscode.l10n.t('Show output'), 'showOutput'], [vscode.l10n.t('Restart server'), 'restartServer']].map(([label, name]) => `[${label}](command:wardline.${name})`);
    const tooltip = new vscode.MarkdownString(`**Wardline**: ${found}, ${graveText}\n\n${links.join(' · ')}`, true);
    tooltip.isTrusted = { enabledCommands: ['wardline.scanWorkspace', 'wardline.showOutput', 'wardline.restartServer'] };
    item.tooltip = tooltip;
    item.backgroundColor = undefined;
    item.accessibilityInformation = { label: `Wardline, ${found}, ${graveText}` };
    item.show();
  };
  const showLanguage = (): void => {
    const uri = vscode.window.activeTextEditor?.document.uri.toString();
    const last = uri === undefined ? undefined : latest.get(uri);
    if (connection.state() !== 'running') return;
    language.text = last ? `${findingsText(last.findings)}, ${last.milliseconds} ms` : 'Wardline';
    language.severity = last && last.milliseconds > slow ? vscode.LanguageStatusSeverity.Warning : vscode.LanguageStatusSeverity.Information;
    language.command = { title: vscode.l10n.t('Show Output'), command: 'wardline.showOutput' };
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
