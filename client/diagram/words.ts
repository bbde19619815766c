import * as vscode from 'vscode';

export type DiagramWords = ReturnType<typeof diagramWords>;

/** What the diagram's page says. */
export function diagramWords() {
  return {
    canvas: vscode.l10n.t('Data-flow diagram. Arrow keys move between elements, Enter opens the code, plus and minus zoom, question mark lists the keys.'),
    details: vscode.l10n.t('Details'), tables: vscode.l10n.t('Elements and flows as tables'), search: vscode.l10n.t('Search'), searchElements: vscode.l10n.t('Search elements'),
    dataClass: vscode.l10n.t('Data class'), allData: vscode.l10n.t('All data'),
    help: vscode.l10n.t('Arrow keys: next element in that direction · Enter: open the code · B: what a compromise reaches · O: open threats only · T: tables · F: fit · + and -: zoom · Escape: clear'),
    buttons: { fit: vscode.l10n.t('Fit'), openThreats: vscode.l10n.t('Open threats'), radius: vscode.l10n.t('Blast radius'), tables: vscode.l10n.t('Tables'), saveSvg: vscode.l10n.t('Save SVG…'), savePng: vscode.l10n.t('Save PNG…'), decide: vscode.l10n.t('Decide…') },
    panel: {
      about: vscode.l10n.t('{0}, {1}, in {2}'), aboutData: vscode.l10n.t('{0}, {1}, in {2}; data: {3}'), threats: vscode.l10n.t('Threats ({0} open)'),
      controls: vscode.l10n.t('Controls'), present: vscode.l10n.t('present: {0} — {1}'), missing: vscode.l10n.t('missing: {0} — {1}'),
      reachesOne: vscode.l10n.t('A compromise reaches 1 element'), reaches: vscode.l10n.t('A compromise reaches {0} elements'),
      reachesOneShown: vscode.l10n.t('A compromise reaches 1 element (shown)'), reachesShown: vscode.l10n.t('A compromise reaches {0} elements (shown)'),
      nothing: vscode.l10n.t('No elements yet'), nothingWhy: vscode.l10n.t('Open files or scan the workspace; the model is derived from what Wardline has read.'),
      overview: vscode.l10n.t('Elements: {0}, flows: {1}, open threats: {2}'), legend: vscode.l10n.t('Solid lines are encrypted, dashed lines are not, dotted lines are not known.'),
    },
    drawing: {
      boundary: vscode.l10n.t('Trust boundary {0}'), collapsed: vscode.l10n.t('trust boundary'), flow: vscode.l10n.t('{0} to {1}: {2}'),
      encrypted: vscode.l10n.t('encrypted'), notEncrypted: vscode.l10n.t('not encrypted'), encryptionUnknown: vscode.l10n.t('encryption not known'), notValidated: vscode.l10n.t('not validated'), carries: vscode.l10n.t('carries {0}'),
      noThreats: vscode.l10n.t('no open threats'), oneThreat: vscode.l10n.t('1 open threat, worst {0}'), manyThreats: vscode.l10n.t('{0} open threats, worst {1}'),
    },
    table: {
      elements: vscode.l10n.t('Elements'), element: vscode.l10n.t('Element'), kind: vscode.l10n.t('Kind'), boundary: vscode.l10n.t('Trust boundary'), data: vscode.l10n.t('Data'), openThreats: vscode.l10n.t('Open threats'), code: vscode.l10n.t('Code'),
      flows: vscode.l10n.t('Flows'), from: vscode.l10n.t('From'), to: vscode.l10n.t('To'), action: vscode.l10n.t('Action'), encryption: vscode.l10n.t('Encryption'), notKnown: vscode.l10n.t('not known'),
    },
  };
}
