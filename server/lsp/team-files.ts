import { CompletionItemKind, MarkupKind, type CompletionItem, type CompletionParams, type Hover, type HoverParams } from 'vscode-languageserver';
import { nameOf } from '../base/speech/speech.ts';
import { complete, describeAt } from '../config/complete.ts';
import { isTeamFile } from '../config/file.ts';
import { pathOfUri } from './paths.ts';
import type { Workspace } from './workspace.ts';

const kinds = { key: CompletionItemKind.Property, value: CompletionItemKind.Value, rule: CompletionItemKind.Reference } as const;

/** Completion inside the team's files; the user may have no YAML extension. */
export function teamFileCompletion({ textDocument: { uri }, position }: CompletionParams, workspace: Workspace): CompletionItem[] {
  const path = pathOfUri(uri);
  const document = isTeamFile(path) ? workspace.analyzer().document(path) : undefined;
  if (!document) return [];
  const { rule, configuration } = workspace.analyzer();
  const offset = document.lines.offset({ line: position.line, column: position.character });
  return complete(document, offset, configuration.known, (id) => rule(id)?.title).map((one) => {
    const start = document.lines.position(one.range.start);
    const end = document.lines.position(one.range.end);
    return {
      label: one.label, kind: kinds[one.kind], detail: one.detail, filterText: one.label,
      textEdit: { range: { start: { line: start.line, character: start.column }, end: { line: end.line, character: end.column } }, newText: one.text },
    };
  });
}

export function teamFileHover({ textDocument: { uri }, position }: HoverParams, workspace: Workspace): Hover | undefined {
  const path = pathOfUri(uri);
  const document = isTeamFile(path) ? workspace.analyzer().document(path) : undefined;
  if (!document) return undefined;
  const { say } = workspace;
  const { rule } = workspace.analyzer();
  const found = describeAt(document, document.lines.offset({ line: position.line, column: position.character }), (id) => {
    const known = rule(id);
    return known && `**${known.title}** — ${known.off ? say('hover.off') : nameOf(say, 'severity', known.severity)}\n\n${known.what}`;
  });
  if (!found) return undefined;
  const start = document.lines.position(found.range.start);
  const end = document.lines.position(found.range.end);
  return { contents: { kind: MarkupKind.Markdown, value: found.text }, range: { start: { line: start.line, character: start.column }, end: { line: end.line, character: end.column } } };
}
