import { visit } from 'jsonc-parser';
import { nestsDeeper } from '../../base/nesting.ts';
import { add, identity, type Frame } from './frame.ts';
import { decodeJson } from './decode.ts';
import { lexLoose } from './loose.ts';
import type { TextItem } from '../../model/text.ts';

const deepest = 200;
/** Output larger than this is a table or a picture in text; its first part is read. */
const largest = 400_000;

/**
 * What a raw notebook holds beyond its cells' source: outputs, metadata, attachments' names. Each run of strings (the lines of one
 * output) is joined, unescaped and read as loose text; an item with the role `output` or `metadata` covers each string.
 */
export function lexNotebook(text: string, items: TextItem[]): void {
  if (nestsDeeper(text, deepest)) return;
  const frame: Frame = { text, items, place: identity, within: undefined };
  const keys: (string | undefined)[] = [undefined];
  let pieces: { start: number; end: number }[] = [];
  let size = 0;
  const flush = (): void => {
    if (pieces.length === 0) return;
    const decoded = decodeJson(text, pieces);
    lexLoose({ text: decoded.text, items, place: decoded.place, within: 'output' }, 0, decoded.text.length);
    pieces = [];
    size = 0;
  };
  visit(text, {
    onObjectBegin: () => void keys.push(undefined),
    onObjectEnd: () => {
      flush();
      keys.pop();
    },
    onArrayBegin: () => void keys.push(keys.at(-1)),
    onArrayEnd: () => {
      flush();
      keys.pop();
    },
    onObjectProperty: (name) => {
      flush();
      keys[keys.length - 1] = name;
    },
    onLiteralValue: (value, offset, length) => {
      if (typeof value !== 'string' || length < 8) return;
      const part = partOf(keys);
      if (part === undefined) return;
      const start = offset + 1;
      const end = Math.min(text.length, offset + length - 1);
      const key = keys.at(-1);
      add(frame, start, end, true, false, { role: part, name: part === 'metadata' ? key : undefined, start: 0, end: 0 });
      if ((size += end - start) <= largest) pieces.push({ start, end });
    },
  });
}

/** Which part of the notebook a string lies in; undefined for source, pictures and the format's own words. */
function partOf(keys: readonly (string | undefined)[]): 'output' | 'metadata' | undefined {
  if (keys[1] === 'metadata') return 'metadata';
  if (keys[1] !== 'cells' && keys[1] !== 'worksheets') return undefined;
  const last = keys.at(-1) ?? '';
  if (/^(?:image|video|audio|font)\/|^application\/(?:pdf|javascript|vnd\.|x-)|^(?:output_type|cell_type|name|ename|id|mimetype)$/.test(last)) return undefined;
  if (keys.includes('outputs')) return 'output';
  if (keys.includes('metadata')) return 'metadata';
  return undefined;
}
