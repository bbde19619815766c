import { schemaRanges } from '../data/schemas.ts';
import { add, isSpace, type Frame, type Naming } from './frame.ts';
import { hasInner, isTemplate, lexLoose } from './loose.ts';

interface Level {
  readonly indent: number;
  readonly key: string;
  /** What `name:` or `key:` said beside it, for the `value:` that follows. */
  named?: string;
}

const keyLine = /^([ \t]*(?:-[ \t]+)*)(?:"([^"\n]{1,120})"|'([^'\n]{1,120})'|([^\s:#"'{}[\],&*!|>%@`-][^:#\n]{0,119}?|-[^\s:#\n-][^:#\n]{0,80}?))[ \t]*:(?=[ \t\r]|$)/;
const naming = /^(?:name|key|Name|Key|ParameterKey|OptionName)$/;
const valued = /^(?:value|Value|ParameterValue|default|Default)$/;

/**
 * YAML by its lines: each scalar with the dotted path of the keys above it. Anchors, flow collections and plain scalars over
 * several lines are read as loose text; schemas of resource definitions are left out. Quotes and comments need no grammar to be told
 * apart on one line.
 */
export function lexYaml(frame: Frame): void {
  const { text } = frame;
  const levels: Level[] = [];
  const schemas = [...schemaRanges(text)];
  let start = 0;
  while (start < text.length) {
    if (start === schemas[0]?.start) {
      start = schemas.shift()!.end;
      continue;
    }
    let end = text.indexOf('\n', start);
    if (end < 0) end = text.length;
    const line = text.slice(start, Math.min(end, start + 400));
    const match = keyLine.exec(line);
    if (!match) {
      if (end > start && !/^\s*#/.test(line)) lexLoose(frame, start, end);
      else if (end > start) comment(frame, start, end);
      start = end + 1;
      continue;
    }
    const indent = match[1]!.length;
    const key = (match[2] ?? match[3] ?? match[4])!.trim();
    const item = match[1]!.includes('-');
    while (levels.length > 0 && levels.at(-1)!.indent >= (item ? indent - 0.5 : indent)) {
      const gone = levels.pop()!;
      if (gone.indent === indent && gone.named !== undefined && !item) levels.push({ indent: indent - 0.5, key: '', named: gone.named });
    }
    const keyStart = start + match[0].length - match[0].slice(indent).length + (match[2] !== undefined || match[3] !== undefined ? 1 : 0);
    let from = start + match[0].length;
    while (from < end && isSpace(text.charCodeAt(from))) from++;
    const beside = levels.at(-1)?.named;
    const level: Level = { indent, key };
    const last = valued.test(key) && beside !== undefined ? beside : key;
    const above = last === key && valued.test(key) && levels.length > 0;
    const named: Naming = { role: 'property', name: from < end ? (above ? pathAbove(levels) : pathOf(levels, last)) : last, start: keyStart, end: keyStart + key.length };
    levels.push(level);
    if (levels.length > 60) levels.shift();
    const code = text.charCodeAt(from);
    if (from < end && (code === 124 || code === 62) && /^[|>][-+0-9]*[ \t\r]*(?:#.*)?$/.test(text.slice(from, Math.min(end, from + 200)))) {
      start = blockScalar(frame, end + 1, indent, named);
      continue;
    }
    const value = scalar(frame, from, end, named);
    if (value !== undefined && naming.test(key)) level.named = value;
    start = end + 1;
  }
}

/** The path of what a `default:` or `value:` stands below, which it is the value of. */
function pathAbove(levels: readonly Level[]): string {
  return pathOf(levels.slice(0, -1), levels.at(-1)!.key);
}

/** The last key behind up to three above it. */
function pathOf(levels: readonly Level[], last: string): string {
  let path = last;
  for (let at = levels.length - 1, count = 0; at >= 0 && count < 3; at--) {
    const { key } = levels[at]!;
    if (key === '') continue;
    path = `${key}.${path}`;
    count++;
  }
  return path;
}

function comment(frame: Frame, start: number, end: number): void {
  add(frame, start, end, false, false, { role: 'comment', start: 0, end: 0 });
  lexLoose(frame, start, end, 'comment');
}

/** One scalar behind its key; gives its text. */
function scalar(frame: Frame, from: number, end: number, named: Naming): string | undefined {
  const { text } = frame;
  if (from >= end) return undefined;
  const quote = text[from]!;
  if (quote === '"' || quote === "'") {
    let close = from + 1;
    while (close < end && text[close] !== quote) close += quote === '"' && text[close] === '\\' ? 2 : 1;
    if (close < end) {
      add(frame, from + 1, close, true, isTemplate(text, from + 1, close), named);
      if (hasInner(text, from + 1, close)) lexLoose(frame, from + 1, close, 'string');
      if (close + 1 < end) lexLoose(frame, close + 1, end);
      return text.slice(from + 1, close);
    }
    lexLoose(frame, from, end);
    return undefined;
  }
  if (quote === '{' || quote === '[' || quote === '!' || quote === '&' || quote === '*') {
    lexLoose(frame, from, end);
    return undefined;
  }
  let to = end;
  for (let p = from + 1; p < end; p++) {
    if (text.charCodeAt(p) === 35 && isSpace(text.charCodeAt(p - 1))) {
      to = p;
      break;
    }
  }
  if (to < end) lexLoose(frame, to, end, 'comment');
  while (to > from && text.charCodeAt(to - 1) <= 32) to--;
  add(frame, from, to, false, isTemplate(text, from, to), named);
  if (hasInner(text, from, to) || text.indexOf('"', from) < to) lexLoose(frame, from, to, 'string');
  return text.slice(from, to);
}

/** A `|` or `>` text: all following lines that are blank or indented deeper. Gives where it ends. */
function blockScalar(frame: Frame, from: number, indent: number, named: Naming): number {
  const { text } = frame;
  let at = from;
  let first = -1;
  while (at < text.length) {
    let end = text.indexOf('\n', at);
    if (end < 0) end = text.length;
    let p = at;
    while (p < end && isSpace(text.charCodeAt(p))) p++;
    if (p < end && text.charCodeAt(p) !== 13) {
      if (p - at <= indent) break;
      if (first < 0) first = p;
    }
    at = end + 1;
  }
  const end = Math.min(at, text.length);
  if (first < 0) return at;
  let last = end;
  while (last > first && text.charCodeAt(last - 1) <= 32) last--;
  add(frame, first, last, false, isTemplate(text, first, last), named);
  lexLoose(frame, from, end, 'string');
  return at;
}
