import * as vscode from 'vscode';
import type { Connection } from './connection.ts';

/** Commands behind the lightbulb and the findings tree that record a decision in a file of the team's. */
export function registerDecisions(connection: Connection): vscode.Disposable[] {
  return [
    vscode.commands.registerCommand('wardline.suppress', (uri: string, fingerprint: string, ruleId: string, scope: 'line' | 'file' = 'line') => suppress(connection, uri, fingerprint, ruleId, scope)),
    vscode.commands.registerCommand('wardline.addToBaseline', (uri: string, fingerprint: string) => addToBaseline(connection, uri, fingerprint)),
    vscode.commands.registerCommand('wardline.suppressFinding', (item?: { uri: string; cellUri?: string; fingerprint: string; ruleId: string }) => item && suppress(connection, item.cellUri ?? item.uri, item.fingerprint, item.ruleId, 'line')),
  ];
}

/** Asks for the reason and how long it holds, then writes the comment; Escape at any point changes nothing. */
async function suppress(connection: Connection, uri: string, fingerprint: string, ruleId: string, scope: 'line' | 'file'): Promise<void> {
  const reason = await vscode.window.showInputBox({
    title: scope === 'line' ? vscode.l10n.t('Suppress {0} on this line', ruleId) : vscode.l10n.t('Suppress {0} in this file', ruleId),
    prompt: vscode.l10n.t('Why is the finding accepted? The reason stands in the file and is reviewed with it.'),
    ignoreFocusOut: true,
    validateInput: (text) => (text.trim().length < 3 ? vscode.l10n.t('A reason is needed.') : undefined),
  });
  if (reason === undefined) return;
  const choice = await vscode.window.showQuickPick([30, 90, 365, 0].map((days) => ({ label: days === 0 ? vscode.l10n.t('No expiry') : vscode.l10n.t('{0} days', days), description: days === 0 ? vscode.l10n.t('unless the team\'s policy asks for one') : vscode.l10n.t('until {0}', dayIn(days)), days })), { title: vscode.l10n.t('How long does the suppression hold?'), ignoreFocusOut: true });
  if (!choice) return;
  const edit = await connection.suppress({ uri, fingerprint, scope, reason: reason.trim(), ...(choice.days === 0 ? {} : { until: dayIn(choice.days) }) });
  if (!edit) {
    void vscode.window.showWarningMessage(vscode.l10n.t('The finding has changed; nothing was suppressed.'));
    return;
  }
  await vscode.workspace.applyEdit(edit);
}

async function addToBaseline(connection: Connection, uri: string, fingerprint: string): Promise<void> {
  const edit = await connection.addToBaseline({ uri, fingerprint });
  if (!edit || !(await vscode.workspace.applyEdit(edit))) {
    void vscode.window.showWarningMessage(vscode.l10n.t('The finding could not be added: it has changed, or the baseline cannot be read.'));
    return;
  }
  for (const [changed] of edit.entries()) await (await vscode.workspace.openTextDocument(changed)).save();
}

/** A day from now, `2027-01-31`. */
function dayIn(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}
