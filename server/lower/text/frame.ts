import type { TextContainer, TextItem, TextRole } from '../../model/text.ts';

/**
 * A text under lexing and where its items go. The text is the document's, or a piece of it after unescaping; `place` leads an
 * offset of the text back to the document.
 */
export interface Frame {
  readonly text: string;
  readonly items: TextItem[];
  readonly place: (offset: number) => number;
  readonly within: TextContainer | undefined;
}

export interface Naming {
  readonly role: TextRole;
  readonly name?: string | undefined;
  readonly start: number;
  readonly end: number;
  readonly callee?: string | undefined;
  readonly position?: number | undefined;
}

export const identity = (offset: number): number => offset;

/** Longest value that is kept as an item; longer ones are data, of which tokens are found by scanning the text itself. */
const longest = 20_000;
const contextLength = 100;

/** Adds the item text[start, end). Empty values and blobs are left out. */
export function add(frame: Frame, start: number, end: number, quoted: boolean, dynamic: boolean, naming: Naming, within = frame.within): void {
  if (end <= start || end - start > longest) return;
  const { text, place } = frame;
  frame.items.push({
    value: text.slice(start, end),
    range: { start: place(start), end: place(end) },
    role: naming.role,
    name: naming.name,
    nameRange: naming.name === undefined || naming.end <= naming.start ? undefined : { start: place(naming.start), end: place(naming.end) },
    callee: naming.callee,
    position: naming.position,
    dynamic,
    quoted,
    within,
    before: lineBefore(text, start),
  });
}

function lineBefore(text: string, start: number): string {
  const least = Math.max(0, start - contextLength);
  let from = start;
  while (from > least && text.charCodeAt(from - 1) !== 10) from--;
  return text.slice(from, start);
}

export function isWord(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95 || code > 127;
}

/** What names may consist of across languages: words, `$`, `.` and `-`. */
export function isName(code: number): boolean {
  return isWord(code) || code === 36 || code === 46 || code === 45;
}

export function isQuote(code: number): boolean {
  return code === 34 || code === 39 || code === 96;
}

export function isSpace(code: number): boolean {
  return code === 32 || code === 9;
}
