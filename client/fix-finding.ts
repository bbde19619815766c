import * as vscode from 'vscode';
import type { FindingItem } from '../server/lsp/protocol.ts';
import type { Connection } from './connection.ts';
import { open, rangeOf } from './presentation.ts';

/** Fixes a finding of the tree: shows its place, and asks which fix where there are several. */
export function registerFixFinding(connection: Connection): vscode.Disposable {
  return vscode.commands.registerCommand('wardline.fixFinding', async (item?: FindingItem) => {
    if (!item) return;
    const uri = item.cellUri ?? item.uri;
    await open(uri, rangeOf(item.range));
    const offered = await connection.fixes({ uri, fingerprint: item.fingerprint });
    const made = offered.filter((one) => one.edit);
    if (made.length === 0) {
      void vscode.window.showInformationMessage(offered.find((one) => one.refused)?.refused ?? vscode.l10n.t('The finding has changed; there is nothing to fix.'));
      return;
    }
    const chosen = made.length === 1 ? made[0] : await vscode.window.showQuickPick(made.map((one) => ({ ...one, label: one.title })), { title: item.message });
    if (chosen?.edit) await vscode.workspace.applyEdit(chosen.edit);
  });
}
