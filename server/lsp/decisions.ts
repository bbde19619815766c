import type { WorkspaceEdit } from 'vscode-languageserver';
import { decideBaseline, decideSuppression, type Decision } from '../engine/decide.ts';
import type { Judged } from '../engine/outcome.ts';
import type { AddToBaselineParams, SuppressParams } from './protocol.ts';
import { workspaceEdit } from './code-actions.ts';
import { uriOfPath } from './paths.ts';
import type { Workspace } from './workspace.ts';

/** The edit that suppresses a finding, or undefined when the finding is gone. */
export function suppress({ uri, fingerprint, scope, reason, until }: SuppressParams, workspace: Workspace): WorkspaceEdit | undefined {
  const judged = judgedOf(uri, fingerprint, workspace);
  const file = workspace.fileOf(uri);
  return judged && editOf(decideSuppression(judged.finding, { scope, reason, fingerprint, file, folder: workspace.folderOf(file), ...(until ? { until } : {}) }, workspace.sources()), uri, workspace);
}

/** The edit that adds a finding to the baseline of its workspace folder. */
export function addToBaseline({ uri, fingerprint }: AddToBaselineParams, workspace: Workspace): WorkspaceEdit | undefined {
  const judged = judgedOf(uri, fingerprint, workspace);
  const file = workspace.fileOf(uri);
  return judged && editOf(decideBaseline(judged.finding, { fingerprint, file, folder: workspace.folderOf(file) }, workspace.sources()), uri, workspace);
}

function judgedOf(uri: string, fingerprint: string, workspace: Workspace): Judged | undefined {
  return workspace.findingsIn(uri).find((one) => one.fingerprint === fingerprint);
}

function editOf(decision: Decision | undefined, uri: string, workspace: Workspace): WorkspaceEdit | undefined {
  if (!decision) return undefined;
  if ('edits' in decision) return { documentChanges: workspaceEdit(decision.edits, workspace, { uri, version: workspace.version(uri) }).documentChanges ?? [] };
  const created = uriOfPath(decision.create);
  const start = { line: 0, character: 0 };
  return {
    documentChanges: [
      { kind: 'create', uri: created, options: { ignoreIfExists: true } },
      { textDocument: { uri: created, version: null }, edits: [{ range: { start, end: start }, newText: decision.text }] },
    ],
  };
}
