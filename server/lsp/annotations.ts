import { CompletionItemKind, MarkupKind, type CompletionItem, type CompletionParams } from 'vscode-languageserver';
import { namedClasses } from '../threat/annotations.ts';
import { threatLibrary } from '../threat/library/index.ts';
import { fileOfPart } from '../source/notebook.ts';
import type { Workspace } from './workspace.ts';

const kinds: readonly (readonly [label: string, insert: string, words: string])[] = [
  ['@dataclass', '@dataclass ', 'The class of the data that the thing below holds or carries: `@dataclass health`.'],
  ['@boundary', '@boundary ', 'The trust boundary that the thing below is in: `@boundary payment network`.'],
  ['@asset', '@asset ', 'What the thing below is called in the threat model: `@asset patient index`.'],
  ['@threat accepts', '@threat accepts ', 'The team lives with a threat to the thing around: `@threat accepts unbounded-consumption -- capped at the gateway`. The reason is needed.'],
];

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
  if (/^@[\w-]*$/.test(comment)) return kinds.map(([label, insert, words]) => item(label, insert, comment, words, { command: again }));
  const accepts = /^@threat[ \t]+accepts[ \t]+([\w-]*)$/.exec(comment);
  if (accepts) return threatsNear(uri, workspace).map(([id, title, why], at) => item(id, `${id} -- `, accepts[1]!, why, { kind: CompletionItemKind.Value, detail: title, sortText: String(at).padStart(4, '0') }));
  const threat = /^@threat[ \t]+(\w*)$/.exec(comment);
  if (threat) return [item('accepts', 'accepts ', threat[1]!, kinds[3]![2], { command: again })];
  const dataClass = /^@dataclass[ \t]+(?:[\w-]+(?:[ \t]*,[ \t]*|[ \t]+))*([\w-]*)$/.exec(comment);
  if (dataClass) return classesOf(uri, workspace).map((name) => item(name, name, dataClass[1]!, `Data of the class ${name}.`, { kind: CompletionItemKind.EnumMember }));
  const boundary = /^@boundary[ \t]+([\w -]*)$/.exec(comment);
  return boundary ? workspace.threatModel().boundaries.map((one) => item(one.name, one.name, boundary[1]!, `Trust boundary of the kind ${one.kind.replace('-', ' ')}.`, { kind: CompletionItemKind.EnumMember })) : [];
}

/** The editor asks at once for what may follow. */
const again = { title: 'Suggest', command: 'editor.action.triggerSuggest' } as const;

/** Threats that the file shows stand first; then all that the library has. */
function threatsNear(uri: string, workspace: Workspace): readonly (readonly [id: string, title: string, why: string])[] {
  const file = workspace.fileOf(uri);
  const here = workspace.threatModel().threats.filter((threat) => threat.state === 'open' && [...threat.witnesses, ...threat.evidence].some((origin) => fileOfPart(origin.path) === file));
  return [...new Map([...here.map((threat) => [threat.template, threat.title, threat.why] as const), ...threatLibrary.map((threat) => [threat.id, threat.title, threat.why] as const)].map((one) => [one[0], one])).values()];
}

function classesOf(uri: string, workspace: Workspace): readonly string[] {
  const declared = workspace.analyzer().configuration.chain(workspace.fileOf(uri)).layers.flatMap((layer) => [...layer.dataClasses.keys()]);
  return [...new Set([...declared, ...namedClasses])];
}
