import { MarkupKind, type Hover, type HoverParams } from 'vscode-languageserver';
import { nameOf } from '../base/speech/speech.ts';
import type { Origin } from '../model/origin.ts';
import type { Element } from '../model/threat.ts';
import { fileOfPart } from '../source/notebook.ts';
import { said } from '../threat/said.ts';
import { escapeMarkdown } from './hover.ts';
import type * as protocol from './protocol.ts';
import type { Workspace } from './workspace.ts';

const mostThreats = 4;
const mostElements = 2;

interface Placed {
  readonly element: Element;
  readonly range: protocol.FindingItem['range'];
}

/** What the threat model has on the thing that is declared or used at a position: its worst open threats, and the way to it in the sidebar. */
export function elementHover({ textDocument: { uri }, position }: HoverParams, workspace: Workspace): Hover | undefined {
  const found = placed(uri, workspace, (element) => element.evidence).filter(({ range }) => range.start.line === position.line && within(range, position));
  const here = [...new Map(found.sort(bySize).map((one) => [one.element.id, one])).values()].slice(0, mostElements);
  if (here.length === 0) return undefined;
  return { contents: { kind: MarkupKind.Markdown, value: here.map(({ element }) => describe(element, workspace)).join('\n\n---\n\n') }, range: here[0]!.range };
}

function describe(element: Element, workspace: Workspace): string {
  const { say } = workspace;
  const own = workspace.threatModel().threats.filter((threat) => threat.element === element.id);
  const open = own.filter((threat) => threat.state === 'open');
  const settled = own.length - open.length;
  return [
    [`**${escapeMarkdown(element.name)}**`, nameOf(say, 'kind', element.kind), escapeMarkdown(element.boundary.slice(element.boundary.indexOf(':') + 1)), ...element.dataClasses.map(escapeMarkdown)].join(' · '), '',
    ...open.slice(0, mostThreats).map((threat) => `- ${nameOf(say, 'severity', threat.risk.severity)}: ${said(say, threat).title}`),
    ...(open.length > mostThreats ? [`- ${say('hover.moreThreats', { count: open.length - mostThreats })}`] : []),
    ...(open.length === 0 ? [say('hover.noThreats')] : []),
    ...(settled > 0 ? ['', say('hover.settled', { count: settled })] : []), '',
    `[${say('hover.showInThreatModel')}](command:wardline.revealElement?${encodeURIComponent(JSON.stringify([element.id]))})`,
  ].join('\n');
}

/** The element that a position is in, the narrowest first; a whole file's only where nothing narrower is there. */
export function elementAt({ uri, position }: protocol.ElementAtParams, workspace: Workspace): protocol.ElementAtResult | undefined {
  const [best] = placed(uri, workspace, (element) => [...element.extents, ...element.evidence]).filter(({ range }) => within(range, position)).sort(bySize);
  return best && { id: best.element.id };
}

/** Ranges of elements in a document. */
function placed(uri: string, workspace: Workspace, origins: (element: Element) => readonly Origin[]): Placed[] {
  const file = workspace.fileOf(uri);
  return workspace.threatModel().elements.flatMap((element) => origins(element).flatMap((origin): Placed[] => {
    if (fileOfPart(origin.path) !== file) return [];
    const place = workspace.locate(origin.path, origin.range);
    return place?.uri === uri ? [{ element, range: place.range }] : [];
  }));
}

function within({ start, end }: protocol.FindingItem['range'], { line, character }: protocol.LinePosition): boolean {
  return (line > start.line || (line === start.line && character >= start.character)) && (line < end.line || (line === end.line && character <= end.character));
}

function bySize(a: Placed, b: Placed): number {
  const size = ({ range }: Placed): number => (range.end.line - range.start.line) * 10_000 + range.end.character - range.start.character;
  return size(a) - size(b) || (a.element.id < b.element.id ? -1 : 1);
}

/** What is found at a position, then what the threat model has on the thing there. */
export function joinHovers(first: Hover | undefined, second: Hover | undefined): Hover | undefined {
  if (!first || !second) return first ?? second;
  const text = ({ contents }: Hover): string => (typeof contents === 'object' && 'value' in contents ? contents.value : '');
  return { ...first, contents: { kind: MarkupKind.Markdown, value: `${text(first)}\n\n---\n\n${text(second)}` } };
}
