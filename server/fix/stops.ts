import type { TextRange } from '../base/range.ts';
import type { Literal, Placeholder, TextEdit } from '../model/fix.ts';

/** Marks of the private use area, which no file has, around what only the user knows; gone before an edit leaves fix/. */
const begin = '\uE000';
const end = '\uE001';

export function isPlaceholder(value: Literal): value is Placeholder {
  return typeof value === 'object' && !Array.isArray(value) && 'placeholder' in value && (typeof value.placeholder === 'string' || typeof value.placeholder === 'number');
}

/** A printed value as a tab stop; quotes around it stay where they are. */
export function stopped(printed: string): string {
  const quote = /^["']/.exec(printed)?.[0] ?? '';
  return `${quote}${begin}${printed.slice(quote.length, printed.length - quote.length)}${end}${quote}`;
}

/** The edit without marks, and with the ranges that they were around. */
export function withStops(edit: TextEdit): TextEdit {
  if (!edit.text.includes(begin)) return edit;
  const stops: TextRange[] = [];
  let text = '';
  for (const part of edit.text.split(begin)) {
    const at = part.indexOf(end);
    if (at >= 0) stops.push({ start: text.length, end: text.length + at });
    text += at >= 0 ? part.slice(0, at) + part.slice(at + 1) : part;
  }
  return { ...edit, text, stops };
}
