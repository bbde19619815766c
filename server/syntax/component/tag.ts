import type { TextRange } from '../../base/range.ts';
import type { CodeEnds } from './code-end.ts';
import type { Attribute } from './markup.ts';

export type Dialect = 'vue' | 'svelte' | 'astro';

/** An opening tag: where it ends, behind `>`, and what it says. */
export interface Tag {
  readonly name: string;
  readonly attributes: readonly Attribute[];
  readonly end: number;
  readonly selfClosing: boolean;
}

const blank = /\s/;

/** Reads the tag that opens at an offset, up to the end of the text where it never closes. */
export function readTag(text: string, start: number, dialect: Dialect, codeEnd: CodeEnds): Tag {
  const to = text.length;
  let at = start + 1;
  while (at < to && /[^\s/>{"'=]/.test(text[at]!)) at++;
  const name = text.slice(start + 1, at);
  const attributes: Attribute[] = [];
  while (at < to) {
    const char = text[at]!;
    if (char === '>') return { name, attributes, end: at + 1, selfClosing: false };
    if (char === '/' && text[at + 1] === '>') return { name, attributes, end: at + 2, selfClosing: true };
    if (blank.test(char) || char === '/' || char === '"' || char === "'") { at++; continue; }
    if (char === '<') break;
    const one = readAttribute(text, at, to, dialect, codeEnd);
    attributes.push(one);
    at = Math.max(one.end, at + 1);
  }
  return { name, attributes, end: at, selfClosing: false };
}

function readAttribute(text: string, start: number, to: number, dialect: Dialect, codeEnd: CodeEnds): Attribute {
  if (text[start] === '{' && dialect !== 'vue') {
    const close = codeEnd(start + 1, to);
    const end = close === undefined ? nextLine(text, start, to) : close + 1;
    const whole = { start: start + 1, end: close ?? start + 1 };
    const spread = /^\s*\.\.\./.exec(text.slice(whole.start, Math.min(whole.end, whole.start + 40)));
    const word = /^\s*@\w+\s+/.exec(text.slice(whole.start, Math.min(whole.end, whole.start + 40)));
    const code = { start: whole.start + (spread ?? word ?? [''])[0].length, end: whole.end };
    const name = spread || word ? '' : text.slice(code.start, code.end).trim();
    return { name, nameEnd: code.end, parts: [code], value: code, start, end };
  }
  let at = start;
  // `:[name]="value"`, and `{`, `"` in the names of modifiers of other libraries do not end a name of Vue.
  while (at < to && !/[\s=>]/.test(text[at]!) && !(text[at] === '/' && text[at + 1] === '>')) at++;
  const nameEnd = at;
  const name = text.slice(start, at);
  let next = at;
  while (next < to && blank.test(text[next]!)) next++;
  if (text[next] !== '=') return { name, nameEnd, parts: undefined, value: { start: nameEnd, end: nameEnd }, start, end: nameEnd };
  next++;
  while (next < to && blank.test(text[next]!)) next++;
  const quote = text[next];
  if (quote === '{' && dialect !== 'vue') {
    const close = codeEnd(next + 1, to);
    const code = { start: next + 1, end: close ?? next + 1 };
    return { name, nameEnd, parts: close === undefined ? undefined : [code], value: code, start, end: close === undefined ? nextLine(text, next, to) : close + 1 };
  }
  if (quote === '`' && dialect === 'astro') {
    const close = text.indexOf('`', next + 1);
    const end = close < 0 || close >= to ? next + 1 : close + 1;
    return { name, nameEnd, parts: end > next + 1 ? [{ start: next, end }] : undefined, value: { start: next, end }, start, end };
  }
  if (quote === '"' || quote === "'") {
    const close = quotedEnd(text, next, to, quote, dialect === 'svelte' ? codeEnd : undefined);
    const value = { start: next + 1, end: close };
    return { name, nameEnd, parts: dialect === 'svelte' ? mixed(text, value, codeEnd) : [text.slice(value.start, value.end)], value, start, end: Math.min(to, close + 1) };
  }
  at = next;
  while (at < to && !/[\s>]/.test(text[at]!)) {
    const close = dialect === 'svelte' && text[at] === '{' ? codeEnd(at + 1, to) : undefined;
    at = (close ?? at) + 1;
  }
  const value = { start: next, end: at };
  return { name, nameEnd, parts: dialect === 'svelte' ? mixed(text, value, codeEnd) : [text.slice(next, at)], value, start, end: at };
}

/** Where a quoted value ends; code in it may hold the same quote. */
function quotedEnd(text: string, open: number, to: number, quote: string, codeEnd: CodeEnds | undefined): number {
  let at = open + 1;
  for (; at < to && text[at] !== quote; at++) {
    if (text[at] === '{') at = codeEnd?.(at + 1, to) ?? at;
  }
  return Math.min(at, to);
}

/** `text {code} text`. */
function mixed(text: string, { start, end }: TextRange, codeEnd: CodeEnds): readonly (string | TextRange)[] {
  const parts: (string | TextRange)[] = [];
  let from = start;
  for (let at = start; at < end; at++) {
    if (text[at] !== '{') continue;
    const close = codeEnd(at + 1, end);
    if (close === undefined) continue;
    if (at > from) parts.push(text.slice(from, at));
    parts.push({ start: at + 1, end: close });
    at = close;
    from = close + 1;
  }
  if (from < end || parts.length === 0) parts.push(text.slice(from, end));
  return parts;
}

function nextLine(text: string, from: number, to: number): number {
  const at = text.indexOf('\n', from);
  return at < 0 || at > to ? to : at;
}
