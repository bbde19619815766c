import type { TextDocumentEdit, WorkspaceEdit } from 'vscode-languageserver';
import { groupBy } from '../base/group.ts';
import { composeEdits } from '../engine/compose.ts';
import { rawEdits } from '../engine/raw-edits.ts';
import type { Fix, TextEdit } from '../model/fix.ts';
import { fileOfPart } from '../source/notebook.ts';
import type { FixableRule } from './protocol.ts';
import type { Settings } from './settings.ts';
import type { Workspace } from './workspace.ts';

interface Offer {
  readonly ruleId: string;
  readonly fix: Fix;
  readonly edits: readonly TextEdit[];
}

/** The rules whose findings can be fixed in the files that are known, the most frequent first. */
export function fixableRules(workspace: Workspace, settings: Settings): readonly FixableRule[] {
  return [...groupBy(offers(workspace, settings), (one) => one.ruleId)].map(([ruleId, own]): FixableRule => ({
    ruleId, title: workspace.analyzer().rule(ruleId)?.title ?? ruleId, count: own.length, safe: own.every((one) => one.fix.safe),
  })).sort((a, b) => b.count - a.count || (a.ruleId < b.ruleId ? -1 : 1));
}

/**
 * The edits that fix the findings of some rules in all files that are known. Every change carries its rule as an annotation that has
 * to be confirmed, so that the editor shows them before any file is touched. Of fixes that overlap the first is taken.
 */
export function fixWorkspace(rules: readonly string[], workspace: Workspace, settings: Settings): WorkspaceEdit | undefined {
  const chosen = new Set(rules);
  const changes = new Map<string, TextDocumentEdit>();
  const labels = new Map<string, string>();
  const byFile = groupBy(offers(workspace, settings).filter((one) => chosen.has(one.ruleId)), (one) => one.edits[0]!.path);
  for (const own of byFile.values()) {
    for (const at of composeEdits(own.map((one) => one.edits)).applied) {
      const { ruleId, edits } = own[at]!;
      labels.set(ruleId, workspace.analyzer().rule(ruleId)?.title ?? ruleId);
      for (const edit of edits) {
        const place = workspace.locate(edit.path, edit.range);
        if (!place) continue;
        let change = changes.get(place.uri);
        if (!change) changes.set(place.uri, change = { textDocument: { uri: place.uri, version: workspace.version(place.uri) }, edits: [] });
        change.edits.push({ range: place.range, newText: edit.text, annotationId: ruleId });
      }
    }
  }
  if (changes.size === 0) return undefined;
  return {
    documentChanges: [...changes.values()].map((change) => ({ ...change, edits: withoutRepeats(change.edits) })),
    changeAnnotations: Object.fromEntries([...labels].map(([ruleId, label]) => [ruleId, { label, description: ruleId, needsConfirmation: true }])),
  };
}

/** The best fix of each open finding that can be printed; of a notebook that is not open as an edit of its file. */
function offers(workspace: Workspace, settings: Settings): readonly Offer[] {
  const analyzer = workspace.analyzer();
  return workspace.known().flatMap((file) => workspace.outcome(file).judged.filter((one) => one.status === 'open' && settings.shows(one)).flatMap(({ finding }): Offer[] => {
    const fix = finding.fixes.find((one) => one.disabled === undefined);
    const printed = fix && analyzer.edits(fix);
    const edits = printed && printed.some((edit) => !workspace.isOpen(fileOfPart(edit.path))) ? rawEdits(printed, analyzer.notebookOfPart, analyzer.document) : printed;
    return fix && edits && edits.length > 0 ? [{ ruleId: finding.ruleId, fix, edits }] : [];
  }));
}

/** Two fixes may need the same import. */
function withoutRepeats(edits: TextDocumentEdit['edits']): TextDocumentEdit['edits'] {
  return [...new Map(edits.map((edit) => ['newText' in edit ? JSON.stringify([edit.range, edit.newText]) : JSON.stringify(edit), edit])).values()];
}
