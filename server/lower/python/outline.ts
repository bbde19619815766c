/** A text whose longer functions are emptied, with everything where it was. */
export interface Outline {
  readonly text: string;
  /** Where the emptied functions end, by where they start: at `def` or `async`. */
  readonly ends: ReadonlyMap<number, number>;
}

/** Shorter functions are as quickly read as passed over. */
const shortest = 80;

const definition = /(?:async[ \t]+)?def[ \t]+\w+[ \t]*(?=[[(])/y;
const emptied = '(): pass';

/** Undefined where strings or brackets do not end, or indentation is not what it should be: such a text is read as a whole. */
export function outlineOf(text: string): Outline | undefined {
  if (text.includes('\n\t') && text.includes('\n ')) return undefined;
  const ends = new Map<number, number>();
  const parts: string[] = [];
  let copied = 0;
  let open: { readonly start: number; readonly head: number; readonly indent: number; end: number } | undefined;
  const close = (): void => {
    if (!open) return;
    const { start, head, end } = open;
    open = undefined;
    if (end - start < shortest || end - head < emptied.length) return;
    ends.set(start, end);
    parts.push(text.slice(copied, head), emptied, ' '.repeat(end - head - emptied.length));
    copied = end;
  };
  for (let line = 0; line < text.length;) {
    const start = contentOf(text, line);
    const first = text.charCodeAt(start);
    const indent = start - line;
    const next = endOfLine(text, start);
    if (next < 0) return undefined;
    // Blank lines and comments belong to nothing.
    if (first !== newline && first !== carriage && first !== hash && start < text.length) {
      if (open && indent <= open.indent) close();
      const end = text.charCodeAt(next - 1) === carriage ? next - 1 : next;
      if (open) open.end = end;
      else {
        definition.lastIndex = start;
        if (definition.test(text)) open = { start, head: definition.lastIndex, indent, end };
      }
    }
    line = next + 1;
  }
  close();
  if (ends.size === 0) return undefined;
  parts.push(text.slice(copied));
  return { text: parts.join(''), ends };
}

const [newline, carriage, space, tab, hash, backslash, double, single] = ['\n', '\r', ' ', '\t', '#', '\\', '"', "'"].map((one) => one.charCodeAt(0));

function contentOf(text: string, from: number): number {
  let at = from;
  for (let code = text.charCodeAt(at); code === space || code === tab; code = text.charCodeAt(at)) at++;
  return at;
}

/** Where a line ends that goes on within brackets, strings and behind a backslash; -1 where it does not. */
function endOfLine(text: string, from: number): number {
  let depth = 0;
  let at = from;
  for (; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case newline:
        if (depth <= 0) return at;
        break;
      case backslash: at += text.charCodeAt(at + 1) === carriage ? 2 : 1; break;
      case hash: {
        const end = text.indexOf('\n', at);
        if (end < 0) return depth > 0 ? -1 : text.length;
        at = end - 1;
        break;
      }
      case double: case single:
        at = endOfString(text, at);
        if (at < 0) return -1;
        break;
      case 0x28: case 0x5b: case 0x7b: depth++; break;
      case 0x29: case 0x5d: case 0x7d:
        if (--depth < 0) return -1;
        break;
      default:
    }
  }
  return depth > 0 ? -1 : text.length;
}

/** The last character of the string that begins at an offset; -1 where it does not end. */
function endOfString(text: string, from: number): number {
  const quote = text.charCodeAt(from);
  const long = text.charCodeAt(from + 1) === quote && text.charCodeAt(from + 2) === quote;
  if (!long && text.charCodeAt(from + 1) === quote) return from + 1;
  for (let at = from + (long ? 3 : 1); at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === backslash) at++;
    else if (code === newline && !long) return -1;
    else if (code === quote && (!long || (text.charCodeAt(at + 1) === quote && text.charCodeAt(at + 2) === quote))) return long ? at + 2 : at;
  }
  return -1;
}
