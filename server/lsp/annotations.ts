import { CompletionItemKind, MarkupKind, type CompletionItem, type CompletionParams } from 'vscode-languageserver';
import type { MessageId } from '../base/speech/speech.ts';
import { namedClasses } from '../threat/annotations.ts';
import { said } from '../threat/said.ts';
import { threatLibrary } from '../threat/library/index.ts';
import { fileOfPart } from '../source/notebook.ts';
import type { Workspace } from './workspace.ts';

const kinds = [
  ['@dataclass', '@dataclass ', 'annotation.dataclass'],
  ['@boundary', '@boundary ', 'annotation.boundary'],
  ['@asset', '@asset ', 'annotation.asset'],
  ['@threat accepts', '@threat accepts ', 'annotation.accepts'],
] as const satisfies readonly (readonly [label: string, insert: string, words: MessageId])[];

/** What may follow in a comment that speaks of the threat model. */
export function annotationCompletion({ textDocument: { uri }, position }: CompletionParams, workspace: Workspace): CompletionItem[] {
  const text = workspace.openText(uri);
  const line = text?.split('\n', position.line + 1)[position.line]?.slice(0, position.character);
  const comment = line === undefined ? undefined : /(?:^|\s|;)(?:\/\/|#|--|\/\*+|\*|<!--)[ \t]*(@?[\w-]*(?:[ \t]+[\w ,-]*)?)$/.exec(line)?.[1];
  if (comment === undefined || !comment.startsWith('@')) return [];
  const item = (label: string, insert: string, typed: string, documentation: string, more: Partial<CompletionItem> = {}): CompletionItem => ({
    label, kind: CompletionItemKind.Keyword, filterText: label, documentation: { kind: MarkupKind.Markdown, value: documentation },
    textEdit: { range: { start: { line: position.line, character: position.character - typed.length }, end: position }, newText: insert }, ...more,
  });
  if (/^@[\w-]*$/.test(comment)) return kinds.map(([label, insert, words]) => item(label, insert, comment, workspace.say(words), { command: again }));
  const accepts = /^@threat[ \t]+accepts[ \t]+([\w-]*)$/.exec(comment);
  if (accepts) return threatsNear(uri, workspace).map(([id, title, why], at) => item(id, `${id} -- `, accepts[1]!, why, { kind: CompletionItemKind.Value, detail: title, sortText: String(at).padStart(4, '0') }));
  const threat = /^@threat[ \t]+(\w*)$/.exec(comment);
  if (threat) return [item('accepts', 'accepts ', threat[1]!, workspace.say('annotation.accepts'), { command: again })];
  const dataClass = /^@dataclass[ \t]+(?:[\w-]+(?:[ \t]*,[ \t]*|[ \t]+))*([\w-]*)$/.exec(comment);
  if (dataClass) return classesOf(uri, workspace).map((name) => item(name, name, dataClass[1]!, workspace.say('annotation.class', { name }), { kind: CompletionItemKind.EnumMember }));
  const boundary = /^@boundary[ \t]+([\w -]*)$/.exec(comment);
  return boundary ? workspace.threatModel().boundaries.map((one) => item(one.name, one.name, boundary[1]!, workspace.say('annotation.boundaryKind', { kind: one.kind.replace('-', ' ') }), { kind: CompletionItemKind.EnumMember })) : [];
}

/** The editor asks at once for what may follow. */
const again = { title: 'Suggest', command: 'editor.action.triggerSuggest' } as const;

/** Threats that the file shows stand first; then all that the library has. */
function threatsNear(uri: string, workspace: Workspace): readonly (readonly [id: string, title: string, why: string])[] {
  const file = workspace.fileOf(uri);
  const here = workspace.threatModel().threats.filter((threat) => threat.state === 'open' && [...threat.witnesses, ...threat.evidence].some((origin) => fileOfPart(origin.path) === file));
  return [...new Map([...here, ...threatLibrary.map((threat) => ({ ...threat, template: threat.id }))].map((threat): readonly [string, string, string] => {
    const { title, why } = said(workspace.say, threat);
    return [threat.template, title, why];
  }).map((one) => [one[0], one])).values()];
}

function classesOf(uri: string, workspace: Workspace): readonly string[] {
  const declared = workspace.analyzer().configuration.chain(workspace.fileOf(uri)).layers.flatMap((layer) => [...layer.dataClasses.keys()]);
  return [...new Set([...declared, ...namedClasses])];
}
