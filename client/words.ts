import * as vscode from 'vscode';
import type { FindingItem } from '../server/lsp/protocol.ts';

// Words that several views share, in the language of the editor. Numbers have sentences of their own: languages differ in more than an "s".

export function severityWord(severity: FindingItem['severity']): string {
  switch (severity) {
    case 'critical': return vscode.l10n.t('critical');
    case 'high': return vscode.l10n.t('high');
    case 'medium': return vscode.l10n.t('medium');
    case 'low': return vscode.l10n.t('low');
    case 'info': return vscode.l10n.t('info');
  }
}

export function findingsText(findings: number): string {
  return findings === 1 ? vscode.l10n.t('1 finding') : vscode.l10n.t('{0} findings', findings);
}

/** How much was found in how many files. */
export function foundText(findings: number, files: number): string {
  if (findings === 0) return files === 1 ? vscode.l10n.t('No findings in 1 file') : vscode.l10n.t('No findings in {0} files', files);
  if (findings === 1) return files === 1 ? vscode.l10n.t('1 finding in 1 file') : vscode.l10n.t('1 finding in {0} files', files);
  return files === 1 ? vscode.l10n.t('{0} findings in 1 file', findings) : vscode.l10n.t('{0} findings in {1} files', findings, files);
}
