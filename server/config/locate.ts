import { getLocation } from 'jsonc-parser';
import type { TextRange } from '../base/range.ts';
import type { Document } from '../source/document.ts';
import type { Key, Shape } from './shape.ts';

/** What the cursor is about to name in a team's file. */
export interface Spot {
  /** Keys from the top to the container of the cursor; list positions are left out. */
  readonly path: readonly string[];
  readonly kind: 'key' | 'value';
  /** The word that is being written or pointed at. */
  readonly word: TextRange;
  readonly json: boolean;
}

/** Works on text that does not parse, as text does not while it is written. */
export function spotAt(document: Document, offset: number): Spot {
  return document.path.endsWith('.json') ? jsonSpot(document.text, offset) : yamlSpot(document, offset);
}

function jsonSpot(text: string, offset: number): Spot {
  const location = getLocation(text, offset);
  const names = location.path.filter((one): one is string => typeof one === 'string' && one !== '');
  const node = location.previousNode;
  const word = node && node.offset <= offset && offset <= node.offset + node.length ? { start: node.offset + (node.type === 'string' ? 1 : 0), end: node.offset + node.length - (node.type === 'string' ? 1 : 0) } : { start: offset, end: offset };
  return { path: location.isAtPropertyKey ? location.path.slice(0, -1).filter((one): one is string => typeof one === 'string') : names, kind: location.isAtPropertyKey ? 'key' : 'value', word, json: true };
}

const keyLine = /^([ ]*)((?:- +)*)(?:"([^"]*)"|'([^']*)'|([^\s#:"'-][^:#]*?))\s*:(?=\s|$)/;

function yamlSpot({ text, lines }: Document, offset: number): Spot {
  const { line, column } = lines.position(offset);
  const range = lines.range(line);
  const current = text.slice(range.start, range.end);
  const before = current.slice(0, column);
  const own = keyLine.exec(current);
  const indentOf = (words: string): number => /^ *(?:- +)*/.exec(words)![0].length;
  const start = column - (/[\w*./@-]*$/.exec(before)?.[0].length ?? 0);
  const end = column + (/^[\w*./@-]*/.exec(current.slice(column))?.[0].length ?? 0);
  const word = { start: range.start + start, end: range.start + end };
  const colon = own ? current.indexOf(':', own[1]!.length + own[2]!.length) : -1;
  const inValue = own !== null && column > colon;
  const path: string[] = [];
  if (inValue) path.unshift((own[3] ?? own[4] ?? own[5])!.trim());
  const listItem = !inValue && /^ *(?:- *)+$/.test(current.slice(0, start)) && /^ *- */.test(current);
  let limit = own || before.trim() !== '' ? indentOf(current.trim() === '-' ? `${current} ` : current) : column;
  if (listItem && !own) limit = current.indexOf('-') + 1;
  for (let at = line - 1; at >= 0 && limit > 0; at--) {
    const above = lines.range(at);
    const match = keyLine.exec(text.slice(above.start, above.end));
    if (!match) continue;
    const indent = match[1]!.length + match[2]!.length;
    if (indent >= limit && !(listItem && match[1]!.length < limit && indent < limit)) {
      // A sibling in the same list entry begins with a dash: its list belongs to what stands further out.
      continue;
    }
    path.unshift((match[3] ?? match[4] ?? match[5])!.trim());
    limit = match[1]!.length === indent ? indent : match[1]!.length + 1;
  }
  return { path, kind: inValue || listItem ? 'value' : 'key', word, json: false };
}

/** Shapes that may stand at a path: several where a value may be of several kinds. */
export function shapesAt(shape: Shape, path: readonly string[]): readonly Shape[] {
  const open = spread(shape);
  const [name, ...rest] = path;
  if (name === undefined) return open;
  return open.flatMap((one) => {
    if (one.kind !== 'map') return [];
    const next = one.keys[name]?.shape ?? one.others?.shape;
    return next ? shapesAt(next, rest) : [];
  });
}

/** The key's description at a path, for a hover. */
export function keyAt(shape: Shape, path: readonly string[], name: string): Key | undefined {
  return shapesAt(shape, path).flatMap((one) => (one.kind === 'map' ? (one.keys[name] ?? []) : []))[0];
}

function spread(shape: Shape): readonly Shape[] {
  if (shape.kind === 'either') return shape.options.flatMap(spread);
  return shape.kind === 'list' ? spread(shape.of) : [shape];
}
