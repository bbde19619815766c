import type { EditIntent, Printed } from '../model/fix.ts';
import type { MapEntry } from '../model/value.ts';
import type { Document } from '../source/document.ts';
import type { Sources } from '../source/sources.ts';

/** A key with its value, and the map around it. */
interface Step {
  readonly entry: MapEntry;
  readonly siblings: number;
}

const written = 'The setting is written with others on its line; it has to be taken out by hand.';

/** Takes an attribute out, and what would be left empty around it. */
export function printRemoveAttribute({ resource, path, within }: Extract<EditIntent, { kind: 'removeAttribute' }>, sources: Sources): Printed {
  const document = sources.document((within ?? resource).origin.path);
  if (!document) return undefined;
  const steps: Step[] = [];
  let entries = within?.entries ?? resource.attributes;
  for (const name of path) {
    const entry = entries.get(name);
    if (!entry || entry.keyOrigin.path !== document.path || entry.value.at.path !== document.path) return undefined;
    steps.push({ entry, siblings: entries.size - 1 });
    const inner = entry.value.kind === 'list' && entry.value.items.length === 1 ? entry.value.items[0] : entry.value;
    entries = inner?.kind === 'map' ? inner.entries : new Map<string, MapEntry>();
  }
  let at = steps.length - 1;
  while (at > 0 && steps[at]!.siblings === 0) at--;
  return at < 0 ? undefined : removed(document, steps[at]!.entry);
}

/** Takes an item out of a list, where it stands behind a dash on a line of its own or between commas. */
export function printRemoveItem({ origin }: Extract<EditIntent, { kind: 'removeItem' }>, sources: Sources): Printed {
  const document = sources.document(origin.path);
  if (!document) return undefined;
  const { text } = document;
  let { start, end } = origin.range;
  if (/["']/.test(text[start - 1] ?? '') && text[end] === text[start - 1]) {
    start--;
    end++;
  }
  const dash = /-[ \t]+$/.exec(text.slice(0, start));
  if (!dash) return inBraces(document, start, end);
  const range = wholeLines(document, dash.index, end);
  return range ? [{ path: document.path, range, text: '' }] : { refused: written };
}

/** The lines of a stretch that has them for itself, but for a comment behind it. */
function wholeLines(document: Document, start: number, end: number): { readonly start: number; readonly end: number } | undefined {
  const { text } = document;
  const first = text.lastIndexOf('\n', start - 1) + 1;
  const newline = text.indexOf('\n', end);
  const last = newline < 0 ? text.length : newline;
  if (text.slice(first, start).trim() !== '' || !/^[ \t]*(?:#.*|\/\/.*)?\r?$/.test(text.slice(end, last))) return undefined;
  return { start: first, end: Math.min(last + 1, text.length) };
}

function removed(document: Document, { keyOrigin, value }: MapEntry): Printed {
  const { text } = document;
  const quote = /["']/.test(text[keyOrigin.range.start - 1] ?? '') ? 1 : 0;
  const start = keyOrigin.range.start - quote;
  let end = endOf(text, value);
  if (document.language === 'json' || text[end] === ',') return inBraces(document, start, end);
  while (text[end - 1] === '\n' || text[end - 1] === ' ') end--;
  const range = wholeLines(document, start, end);
  return range ? [{ path: document.path, range, text: '' }] : { refused: written };
}

/** Where a value ends, with its quotes, brackets or braces. */
function endOf(text: string, value: MapEntry['value']): number {
  const { start, end } = value.at.range;
  const before = text[start - 1];
  if ((before === '"' || before === "'") && text[end] === before) return end + 1;
  return end;
}

/** In JSON the comma behind the entry goes along, or the one before it where it is the last. */
function inBraces(document: Document, start: number, end: number): Printed {
  const { text } = document;
  const behind = /^\s*,[ \t]*/.exec(text.slice(end));
  if (behind) {
    const whole = wholeLines(document, start, end + behind[0].length);
    return [{ path: document.path, range: whole ?? { start, end: end + behind[0].length }, text: '' }];
  }
  const before = /,\s*$/.exec(text.slice(0, start));
  return before ? [{ path: document.path, range: { start: before.index, end }, text: '' }] : undefined;
}
