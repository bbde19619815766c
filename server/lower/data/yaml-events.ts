import { boolCoreTag, CHOMPING_MODE, COLLECTION_STYLE, EVENT_ID, floatCoreTag, getScalarValue, intCoreTag, NOT_RESOLVED, nullCoreTag, parseEvents, SCALAR_STYLE, type Event, type ScalarEvent } from 'js-yaml';
import type { TextRange } from '../../base/range.ts';
import type { Value } from '../../model/value.ts';
import type { YamlBuilder, YamlPair } from './yaml-builder.ts';

/** What an anchor names, how many nodes that is, and how deep they nest. */
interface Anchored {
  readonly value: Value;
  readonly nodes: number;
  readonly height: number;
}

/** A map or list that is being read. */
interface Open {
  readonly start: number;
  readonly flow: boolean;
  readonly map: boolean;
  readonly tag: string | undefined;
  readonly anchor: string | undefined;
  /** Nodes that had been read before it. */
  readonly before: number;
  height: number;
  readonly items: Value[];
  readonly pairs: YamlPair[];
  /** The key that waits for its value; `null` where it is a map or list. */
  key: { readonly name: string | undefined; readonly range: TextRange } | null | undefined;
}

export interface YamlBounds {
  /** Nodes that one file may expand to through aliases; beyond it values are unknown. */
  readonly nodes: number;
  readonly depth: number;
}

/**
 * The documents of a YAML file, from the events of a parser that makes no tree. Undefined where the file is not well-formed, or says
 * something in its directives or tags that this reader does not know: then a slower one reads it.
 */
export function valuesFromEvents(text: string, builder: YamlBuilder, bounds: YamlBounds): readonly Value[] | undefined {
  let events: readonly Event[];
  const { stackTraceLimit } = Error;
  try {
    // Templates are broken by the hundred; nobody reads where in the parser that was noticed.
    Error.stackTraceLimit = 0;
    events = parseEvents(text, { maxDepth: bounds.depth * 4 });
  } catch {
    return undefined;
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
  const values: Value[] = [];
  const open: Open[] = [];
  let anchors = new Map<string, Anchored>();
  let nodes = 0;
  /** The end of what has been read, and whether that was a value that is not written. */
  let cursor = 0;
  let empty = false;

  const finish = (value: Value, anchor: string | undefined, before: number, height: number): void => {
    if (anchor !== undefined) anchors.set(anchor, { value, nodes: nodes - before, height });
    const parent = open.at(-1);
    if (!parent) values.push(value);
    else {
      parent.height = Math.max(parent.height, height + 1);
      if (!parent.map) parent.items.push(value);
      else if (parent.key === undefined) parent.key = null;
      else {
        parent.pairs.push({ key: parent.key?.name, range: parent.key?.range ?? { start: parent.start, end: parent.start }, value });
        parent.key = undefined;
      }
    }
  };
  const bounded = (value: Value, range: TextRange, before: number): Value => (before >= bounds.nodes || open.length > bounds.depth ? builder.unknown(range) : value);

  for (const event of events) {
    switch (event.type) {
      case EVENT_ID.DOCUMENT:
        if (event.directives.length > 0) return undefined;
        anchors = new Map();
        open.length = 0;
        break;
      case EVENT_ID.MAPPING: case EVENT_ID.SEQUENCE: {
        const tag = written(text, event.tagStart, event.tagEnd);
        if (tag !== undefined && isForeign(tag)) return undefined;
        open.push({ start: event.start, flow: event.style === COLLECTION_STYLE.FLOW, map: event.type === EVENT_ID.MAPPING, tag, anchor: written(text, event.anchorStart, event.anchorEnd), before: nodes, height: 0, items: [], pairs: [], key: undefined });
        nodes++;
        cursor = Math.max(cursor, event.start + (event.style === COLLECTION_STYLE.FLOW && /[[{]/.test(text[event.start] ?? '') ? 1 : 0));
        break;
      }
      case EVENT_ID.SCALAR: {
        const tag = written(text, event.tagStart, event.tagEnd);
        if (tag !== undefined && isForeign(tag)) return undefined;
        const before = nodes++;
        empty = event.valueStart < 0;
        const range = rangeOf(text, event, Math.max(cursor, event.tagEnd, event.anchorEnd));
        const quoted = event.style === SCALAR_STYLE.SINGLE_QUOTED || event.style === SCALAR_STYLE.DOUBLE_QUOTED;
        cursor = quoted ? range.end + 1 : range.end;
        const plain = event.style === SCALAR_STYLE.PLAIN;
        const source = event.valueStart < 0 ? '' : getScalarValue(text, event);
        const parent = open.at(-1);
        const value = plain && tag === undefined ? plainValue(source) : source;
        if (parent?.map && parent.key === undefined) {
          // Keys of an anchor are met again as values.
          if (event.anchorStart >= 0) anchors.set(text.slice(event.anchorStart, event.anchorEnd), { value: builder.scalar(value, source, range), nodes: 1, height: 0 });
          parent.key = { name: String(value), range };
          break;
        }
        const scalar = builder.scalar(value, source, range);
        const whole = quoted ? { start: range.start - 1, end: range.end + 1 } : range;
        finish(bounded((tag === undefined ? undefined : builder.tagged(tag, scalar, whole)) ?? scalar, range, before), written(text, event.anchorStart, event.anchorEnd), before, 0);
        break;
      }
      case EVENT_ID.ALIAS: {
        const range = { start: event.anchorStart - 1, end: event.anchorEnd };
        const before = nodes;
        const target = anchors.get(text.slice(event.anchorStart, event.anchorEnd));
        cursor = range.end;
        empty = false;
        const parent = open.at(-1);
        if (parent?.map && parent.key === undefined) {
          parent.key = null;
          break;
        }
        const fits = target && nodes + target.nodes <= bounds.nodes && open.length + target.height <= bounds.depth;
        nodes += fits ? target.nodes : 1;
        finish(fits ? { ...target.value, at: builder.origin(range) } : builder.unknown(range), undefined, before, target?.height ?? 0);
        break;
      }
      case EVENT_ID.POP: {
        const done = open.pop();
        if (!done) break;
        const closes = done.flow && /[[{]/.test(text[done.start] ?? '');
        if (closes) {
          cursor = endOfFlow(text, cursor);
          empty = false;
        } else if (!done.flow) cursor = empty ? cursor : endOfLine(text, cursor);
        const range = { start: done.start, end: Math.max(done.start, cursor) };
        const value = done.map ? builder.map(done.pairs, range) : builder.list(done.items, range);
        finish(bounded((done.tag === undefined ? undefined : builder.tagged(done.tag, value, range)) ?? value, range, done.before), done.anchor, done.before, done.height);
        break;
      }
    }
  }
  return values;
}

function written(text: string, start: number, end: number): string | undefined {
  return start < 0 ? undefined : text.slice(start, end);
}

/** Tags of the language itself or behind a prefix; those of a single mark are the program's own. */
function isForeign(tag: string): boolean {
  return tag.startsWith('!!') || tag.startsWith('!<') || tag.lastIndexOf('!') > 0;
}

/** A plain scalar in the core schema of YAML 1.2. */
function plainValue(source: string): unknown {
  switch (source.charCodeAt(0)) {
    case 84: case 116: case 70: case 102: return firstOf(source, boolCoreTag.resolve(source, false, boolCoreTag.tagName)); // T t F f
    case 78: case 110: case 126: return firstOf(source, nullCoreTag.resolve(source, false, nullCoreTag.tagName)); // N n ~
    case 43: case 45: case 46: case 48: case 49: case 50: case 51: case 52: case 53: case 54: case 55: case 56: case 57: { // + - . 0-9
      const whole = intCoreTag.resolve(source, false, intCoreTag.tagName);
      return whole === NOT_RESOLVED ? firstOf(source, floatCoreTag.resolve(source, false, floatCoreTag.tagName)) : whole;
    }
    default: return source === '' ? null : source;
  }
}

function firstOf(source: string, resolved: unknown): unknown {
  return resolved === NOT_RESOLVED ? source : resolved;
}

/** Where a scalar is written, without quotes; a block with its header; an empty one where it would stand. */
function rangeOf(text: string, event: ScalarEvent, cursor: number): TextRange {
  if (event.valueStart < 0) {
    const at = placeOfNothing(text, cursor);
    return { start: at, end: at };
  }
  if (event.style !== SCALAR_STYLE.LITERAL_BLOCK && event.style !== SCALAR_STYLE.FOLDED_BLOCK) return { start: event.valueStart, end: event.valueEnd };
  let end = event.valueEnd;
  if (event.chomping !== CHOMPING_MODE.KEEP) while (text[end - 1] === '\n' && (text[end - 2] === '\n' || text.startsWith('\n\r', end - 3))) end -= text[end - 2] === '\r' ? 2 : 1;
  return { start: headerOf(text, cursor), end };
}

/** The mark of a block scalar, `|` or `>`, behind what was read before. */
function headerOf(text: string, cursor: number): number {
  for (let at = cursor; at < text.length; at++) {
    const one = text[at]!;
    if (one === '|' || one === '>') return at;
    if (one === '#') at = lineEnd(text, at);
  }
  return cursor;
}

/** Behind the mark of a key or an item, before a comment. */
function placeOfNothing(text: string, cursor: number): number {
  let at = cursor;
  while (at < text.length && /[ \t]/.test(text[at]!)) at++;
  if (text[at] !== ':' && text[at] !== '-' && text[at] !== '?') {
    // An item of a list begins on a line of its own.
    const mark = /^(?:[ \t]*(?:#[^\n]*)?\r?\n)*[ \t]*[-:?]/.exec(text.slice(cursor, cursor + 2000));
    if (!mark) return cursor;
    at = cursor + mark[0].length - 1;
  }
  at++;
  while (at < text.length && /[ \t]/.test(text[at]!)) at++;
  return at;
}

function endOfFlow(text: string, cursor: number): number {
  for (let at = cursor; at < text.length; at++) {
    const one = text[at]!;
    if (one === ']' || one === '}') return at + 1;
    if (one === '#') at = lineEnd(text, at);
  }
  return text.length;
}

/** Behind the line on which a block ends, with its comment. */
function endOfLine(text: string, cursor: number): number {
  if (cursor > 0 && text[cursor - 1] === '\n') return cursor;
  const rest = /[ \t]*(?:#[^\n]*)?(?:\r?\n|$)/y;
  rest.lastIndex = cursor;
  const match = rest.exec(text);
  return match ? cursor + match[0].length : cursor;
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
}
