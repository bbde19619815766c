import * as vscode from 'vscode';

export type ArtefactWords = ReturnType<typeof artefactWords>;

/** What the page of a model file says. */
export function artefactWords() {
  return {
    verdicts: {
      safe: { text: vscode.l10n.t('Safe'), what: vscode.l10n.t('All that loading looks up is known to be harmless.') },
      unknown: { text: vscode.l10n.t('Unknown'), what: vscode.l10n.t('Loading needs code that is not known, or the file is not what it should be.') },
      dangerous: { text: vscode.l10n.t('Dangerous'), what: vscode.l10n.t('Loading this file runs code or reaches files, processes or the network.') },
    },
    /** How an issue or a global is judged, as it stands in a list. */
    marks: { safe: vscode.l10n.t('safe'), unknown: vscode.l10n.t('unknown'), dangerous: vscode.l10n.t('dangerous'), malformed: vscode.l10n.t('malformed') },
    noModel: vscode.l10n.t('This file is no model or data file that Wardline knows, or it cannot be read.'),
    notRunning: vscode.l10n.t('The Wardline language server is not running.'),
    nothingLoaded: vscode.l10n.t('Read from the bytes of the file. Nothing was loaded or executed.'),
    findings: vscode.l10n.t('Findings ({0})'),
    integrity: vscode.l10n.t('Integrity'), result: vscode.l10n.t('Result'), detail: vscode.l10n.t('Detail'), differs: vscode.l10n.t('differs'), checked: vscode.l10n.t('checked'),
    globals: vscode.l10n.t('Globals that loading looks up'), verdict: vscode.l10n.t('Verdict'), name: vscode.l10n.t('Name'),
    tensors: vscode.l10n.t('Tensors ({0})'), tensorsListed: vscode.l10n.t('Tensors ({0}, the first {1} listed)'), type: vscode.l10n.t('Type'), shape: vscode.l10n.t('Shape'), member: vscode.l10n.t('Member'), scalar: vscode.l10n.t('scalar'),
    metadata: vscode.l10n.t('Metadata'), key: vscode.l10n.t('Key'), value: vscode.l10n.t('Value'),
    members: vscode.l10n.t('Members'), path: vscode.l10n.t('Path'), notLookedInto: vscode.l10n.t('Not looked into'), note: vscode.l10n.t('Note'),
    format: vscode.l10n.t('Format'), data: vscode.l10n.t('data'), size: vscode.l10n.t('Size'), bytes: vscode.l10n.t('{0} bytes'), computing: vscode.l10n.t('computing…'), notRead: vscode.l10n.t('could not be read'), source: vscode.l10n.t('Source'),
    table: { pages: vscode.l10n.t('Pages of {0}'), rows: vscode.l10n.t('{0} to {1} of {2}'), previous: vscode.l10n.t('Previous'), next: vscode.l10n.t('Next') },
  };
}
