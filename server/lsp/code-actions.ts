import { CodeActionKind, type CodeAction, type CodeActionParams, type CreateFile, type Diagnostic, type TextDocumentEdit, type WorkspaceEdit } from 'vscode-languageserver';
import { composeEdits } from '../engine/compose.ts';
import type { Judged } from '../engine/outcome.ts';
import type { Fix, TextEdit } from '../model/fix.ts';
import type { Problem } from '../model/problem.ts';
import { said } from '../threat/said.ts';
import { diagnosticsOf, problemDiagnostics, type DiagnosticData } from './diagnostics.ts';
import { uriOfPath } from './paths.ts';
import type { FixesParams, OfferedFix } from './protocol.ts';
import type { Settings } from './settings.ts';
import type { Workspace } from './workspace.ts';

export const fixAllKind = `${CodeActionKind.SourceFixAll}.wardline`;
/** What a notebook's editor asks for when it fixes all cells. */
export const notebookFixAllKind = `notebook.${fixAllKind}`;

/** What resolve needs to compute an action's edit again; the server keeps nothing in between. */
type ActionData =
  | { readonly uri: string; readonly version: number | null; readonly fingerprint: string; readonly fix: number }
  | { readonly uri: string; readonly version: number | null; readonly all: string };

export function codeActions(params: CodeActionParams, workspace: Workspace, settings: Settings): CodeAction[] {
  const { uri } = params.textDocument;
  const version = workspace.version(uri);
  const findings = workspace.findingsIn(uri).filter(settings.shows);
  const only = params.context.only;
  const wants = (kind: string): boolean => !only || only.some((one) => kind === one || kind.startsWith(`${one}.`));
  const actions: CodeAction[] = [];
  if (wants(CodeActionKind.QuickFix)) actions.push(...problemFixes(params, workspace), ...driftActions(params, workspace), ...quickFixes(params, findings, version, workspace, settings), ...threatActions(params, findings, workspace));
  for (const kind of [fixAllKind, notebookFixAllKind]) {
    if (only && wants(kind) && safeFixes(findings, workspace).length > 0) {
      actions.push({ title: workspace.say('offer.fixAll'), kind, data: { uri, version, all: '*' } satisfies ActionData });
    }
  }
  return actions;
}

function quickFixes(params: CodeActionParams, findings: readonly Judged[], version: number | null, workspace: Workspace, settings: Settings): CodeAction[] {
  const { uri } = params.textDocument;
  const actions: CodeAction[] = [];
  const byRule: CodeAction[] = [];
  const decisions: CodeAction[] = [];
  const documentation: CodeAction[] = [];
  const seen = new Set<string>();
  for (const judged of findings) {
    const { finding, fingerprint } = judged;
    const place = workspace.locate(finding.path, finding.range);
    if (!place || !overlap(place.range, params.range)) continue;
    const diagnostic = sent(params.context.diagnostics, fingerprint) ?? diagnosticsOf([judged], workspace, settings)[0];
    const attached = diagnostic ? { diagnostics: [diagnostic] } : {};
    let preferred = false;
    const refusals = new Set<string>();
    finding.fixes.forEach((fix, index) => {
      const refusal = workspace.analyzer().refusal(fix);
      if (refusal !== undefined) {
        if (!refusals.has(refusal)) actions.push({ title: fix.title, kind: CodeActionKind.QuickFix, ...attached, disabled: { reason: refusal } });
        refusals.add(refusal);
        return;
      }
      if (!workspace.analyzer().edits(fix)) return;
      actions.push({ title: fix.title, kind: CodeActionKind.QuickFix, ...attached, ...(preferred ? {} : { isPreferred: true }), data: { uri, version, fingerprint, fix: index } satisfies ActionData });
      preferred = true;
    });
    if (seen.has(finding.ruleId)) continue;
    seen.add(finding.ruleId);
    if (safeFixes(findings.filter((one) => one.finding.ruleId === finding.ruleId), workspace).length > 1) {
      byRule.push({ title: workspace.say('offer.fixAllOf', { rule: finding.ruleId }), kind: CodeActionKind.QuickFix, ...attached, data: { uri, version, all: finding.ruleId } satisfies ActionData });
    }
    const decide = (title: string, command: string, ...rest: readonly string[]): CodeAction => ({ title, kind: CodeActionKind.QuickFix, ...attached, command: { title, command, arguments: [uri, fingerprint, finding.ruleId, ...rest] } });
    if (judged.status === 'open') {
      decisions.push(decide(workspace.say('offer.suppressLine', { rule: finding.ruleId }), 'wardline.suppress', 'line'), decide(workspace.say('offer.suppressFile', { rule: finding.ruleId }), 'wardline.suppress', 'file'), decide(workspace.say('offer.baseline'), 'wardline.addToBaseline'));
    }
    const title = workspace.say('offer.documentation', { rule: finding.ruleId });
    documentation.push({ title, kind: CodeActionKind.QuickFix, ...attached, command: { title, command: 'wardline.showRuleDocumentation', arguments: [finding.ruleId] } });
  }
  if (seen.size > 0 && safeFixes(findings, workspace).length > 1) {
    byRule.push({ title: workspace.say('offer.fixAll'), kind: CodeActionKind.QuickFix, data: { uri, version, all: '*' } satisfies ActionData });
  }
  return [...actions, ...byRule, ...decisions, ...documentation];
}

/** Fixes of the team's files and of suppressions; their edits are small and come at once. */
function problemFixes(params: CodeActionParams, workspace: Workspace): CodeAction[] {
  const { uri } = params.textDocument;
  const origin = { uri, version: workspace.version(uri) };
  return workspace.problemsIn(uri).flatMap((problem: Problem) => {
    const place = workspace.locate(problem.path, problem.range);
    if (!place || !overlap(place.range, params.range)) return [];
    return problem.fixes.flatMap((fix, at): CodeAction[] => {
      const edits = workspace.analyzer().edits(fix);
      return edits ? [{ title: fix.title, kind: CodeActionKind.QuickFix, diagnostics: problemDiagnostics([problem], workspace), ...(at === 0 ? { isPreferred: true } : {}), edit: workspaceEdit(edits, workspace, origin) }] : [];
    });
  });
}

const mostThreats = 3;

/** The open threats that findings here, or the call or declaration itself, show: each can be decided on where it is seen. */
function threatActions(params: CodeActionParams, findings: readonly Judged[], workspace: Workspace): CodeAction[] {
  const here = findings.flatMap(({ finding }) => {
    const place = workspace.locate(finding.path, finding.range);
    return place && overlap(place.range, params.range) ? [finding] : [];
  });
  const model = workspace.lastThreatModel();
  const threats = model.threats.filter((threat) => threat.state === 'open' && (threat.witnesses.some((one) => here.some((other) => other.ruleId === one.ruleId && other.path === one.path && other.message === one.message)) || threat.evidence.some((origin) => {
    const place = origin.range.end > origin.range.start ? workspace.locate(origin.path, origin.range) : undefined;
    return place?.uri === params.textDocument.uri && overlap({ start: place.range.start, end: place.range.start }, params.range);
  }))).slice(0, mostThreats);
  const name = (id: string): string => model.elements.find((element) => element.id === id)?.name ?? id;
  return [
    ...threats.map((threat) => {
      const { title } = said(workspace.say, threat);
      return commandAction(workspace.say('offer.decide', { threat: title, element: name(threat.element) }), 'wardline.decideThreatById', threat.id, title);
    }),
    ...[...new Set(threats.map((threat) => threat.element))].slice(0, 1).map((element) => commandAction(workspace.say('offer.showElement', { element: name(element) }), 'wardline.revealElement', element)),
  ];
}

function commandAction(title: string, command: string, ...rest: readonly string[]): CodeAction {
  return { title, kind: CodeActionKind.QuickFix, command: { title, command, arguments: [...rest] } };
}

/** An access that nobody has agreed on can be accepted, with a reason. */
function driftActions(params: CodeActionParams, workspace: Workspace): CodeAction[] {
  return workspace.drift().flatMap(({ access }): CodeAction[] => {
    const [origin] = access.evidence;
    const place = origin && workspace.locate(origin.path, origin.range);
    if (!place || place.uri !== params.textDocument.uri || !overlap(place.range, params.range)) return [];
    return [commandAction(workspace.say('offer.acceptAccess'), 'wardline.acceptAccess', access.id, access.words), commandAction(workspace.say('hover.showInThreatModel'), 'wardline.showThreatModel')];
  });
}

function sent(diagnostics: readonly Diagnostic[], fingerprint: string): Diagnostic | undefined {
  return diagnostics.find((one) => one.source === 'wardline' && (one.data as DiagnosticData | undefined)?.fingerprint === fingerprint);
}

/** The fix of an action that makes one, while its finding is there. */
export function actionFix(action: CodeAction, workspace: Workspace): { readonly uri: string; readonly ruleId: string; readonly fix: Fix } | undefined {
  const data = action.data as ActionData | undefined;
  if (!data || 'all' in data) return undefined;
  const finding = workspace.findingsIn(data.uri).find((one) => one.fingerprint === data.fingerprint)?.finding;
  const fix = finding?.fixes[data.fix];
  return finding && fix && { uri: data.uri, ruleId: finding.ruleId, fix };
}

/** The edit of an action, with tab stops where the client knows `snippets`. An action of an older version of the document keeps that version, so that the editor rejects it. */
export function resolveAction(action: CodeAction, workspace: Workspace, snippets = false): CodeAction {
  const data = action.data as ActionData | undefined;
  if (!data) return action;
  if ('all' in data) {
    const edits = safeFixes(workspace.findingsIn(data.uri).filter((one) => data.all === '*' || one.finding.ruleId === data.all), workspace);
    return { ...action, edit: workspaceEdit(composeEdits(edits).edits, workspace, data) };
  }
  const fix = actionFix(action, workspace)?.fix;
  const edits = fix && workspace.analyzer().edits(fix);
  return edits ? { ...action, edit: workspaceEdit(edits, workspace, data, snippets) } : action;
}

/** Every fix of one finding with its edit. */
export function fixesOf({ uri, fingerprint }: FixesParams, workspace: Workspace): readonly OfferedFix[] {
  const fixes = workspace.findingsIn(uri).find((one) => one.fingerprint === fingerprint)?.finding.fixes ?? [];
  return fixes.flatMap((fix, index): OfferedFix[] => {
    const refused = workspace.analyzer().refusal(fix);
    if (refused !== undefined) return [{ title: fix.title, refused }];
    const { title, edit } = resolveAction({ title: fix.title, data: { uri, version: workspace.version(uri), fingerprint, fix: index } satisfies ActionData }, workspace);
    return edit ? [{ title, edit }] : [];
  });
}

/** The edits of each safe fix that stays within its own file. */
function safeFixes(findings: readonly Judged[], workspace: Workspace): readonly (readonly TextEdit[])[] {
  return findings.flatMap(({ finding, status }) => {
    const fix = status === 'open' ? finding.fixes.find((one) => one.safe && one.disabled === undefined) : undefined;
    const edits = fix && workspace.analyzer().edits(fix);
    return edits && edits.every((edit) => edit.path === finding.path) ? [edits] : [];
  });
}

/** LSP edits with the documents' versions. Edits outside of the document that asked need a confirmation in the editor. */
export function workspaceEdit(edits: readonly TextEdit[], workspace: Workspace, origin: { readonly uri: string; readonly version: number | null }, snippets = false): WorkspaceEdit {
  const byUri = new Map<string, TextDocumentEdit>();
  const created: (CreateFile | TextDocumentEdit)[] = [];
  let foreign = false;
  const home = workspace.fileOf(origin.uri);
  for (const edit of edits) {
    if (edit.create) {
      const uri = uriOfPath(edit.path);
      const start = { line: 0, character: 0 };
      created.push({ kind: 'create', uri, options: { ignoreIfExists: true }, annotationId: 'other-file' }, { textDocument: { uri, version: null }, edits: [{ range: { start, end: start }, newText: edit.text, annotationId: 'other-file' }] });
      foreign = true;
      continue;
    }
    const place = workspace.locate(edit.path, edit.range);
    if (!place) continue;
    const elsewhere = workspace.fileOf(place.uri) !== home;
    foreign ||= elsewhere;
    let target = byUri.get(place.uri);
    if (!target) {
      target = { textDocument: { uri: place.uri, version: place.uri === origin.uri ? origin.version : workspace.version(place.uri) }, edits: [] };
      byUri.set(place.uri, target);
    }
    const annotation = elsewhere ? { annotationId: 'other-file' } : {};
    const value = snippets ? snippetOf(edit, workspace.analyzer().document(edit.path)?.text ?? '') : undefined;
    if (value !== undefined) target.edits.push({ range: place.range, snippet: { kind: 'snippet', value }, ...annotation });
    else target.edits.push({ range: place.range, newText: edit.text, ...annotation });
  }
  return {
    documentChanges: [...created, ...byUri.values()],
    ...(foreign ? { changeAnnotations: { 'other-file': { label: workspace.say('edit.otherFiles'), needsConfirmation: true } } } : {}),
  };
}

/** The edit in the syntax of snippets; undefined where nothing is left to be filled in. Editors indent the lines of a snippet like the one it begins in. */
function snippetOf({ text, stops, range }: TextEdit, document: string): string | undefined {
  if (!stops) return undefined;
  const indent = /^[ \t]*/.exec(document.slice(document.lastIndexOf('\n', range.start - 1) + 1, range.start))![0];
  if (text.split('\n').slice(1).some((line) => line !== '' && !line.startsWith(indent))) return undefined;
  const plain = (part: string): string => part.replace(/[\\$}]/g, '\\$&');
  let out = '';
  let from = 0;
  stops.forEach(({ start, end }, at) => {
    out += `${plain(text.slice(from, start))}\${${at + 1}:${plain(text.slice(start, end))}}`;
    from = end;
  });
  return (out + plain(text.slice(from))).replaceAll(`\n${indent}`, '\n');
}

type LspRange = CodeActionParams['range'];

function overlap(a: LspRange, b: LspRange): boolean {
  return !before(a.end, b.start) && !before(b.end, a.start);
}

function before(a: LspRange['start'], b: LspRange['start']): boolean {
  return a.line < b.line || (a.line === b.line && a.character < b.character);
}
