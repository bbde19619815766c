import { add, isQuote, isWord, type Frame } from './frame.ts';
import { hasInner, isTemplate, lexLoose } from './loose.ts';
import { namingBefore } from './naming.ts';

/** What a language's comments and strings look like; enough to find all of them without a grammar. */
export interface CodeStyle {
  /** Starts of comments to the end of the line. */
  readonly line: readonly string[];
  readonly block: boolean;
  /** Which of `'`, `"` and backtick hold strings. */
  readonly quotes: string;
  /** Backtick strings run over lines and hold `${…}`. */
  readonly templates: boolean;
  /** Triple quotes run over lines. */
  readonly triple: boolean;
  /** `<<NAME` starts a text that ends at a line with NAME. */
  readonly heredoc: boolean;
  /** `/…/` may be a regular expression. */
  readonly regex: boolean;
  /** Strings in quotes may run over lines (PHP, Ruby, SQL). */
  readonly multiline: boolean;
  /** Lines of cells that start with `%` or `!` are commands. */
  readonly magics: boolean;
}

interface OpenTemplate {
  readonly start: number;
  depth: number;
  dynamic: boolean;
}

/** All strings and comments of a program. Linear; a quote that never closes costs its line only. */
export function lexCode(frame: Frame, style: CodeStyle): void {
  const { text } = frame;
  const length = text.length;
  const templates: OpenTemplate[] = [];
  const starts = style.line.map((one) => one.charCodeAt(0));
  let at = 0;
  let lineStart = true;
  let openHeredocs = 0;
  while (at < length) {
    const code = text.charCodeAt(at);
    if (code === 10) {
      lineStart = true;
      at++;
      continue;
    }
    if (code <= 32) {
      at++;
      continue;
    }
    if (isWord(code)) {
      lineStart = false;
      at++;
      while (at < length && isWord(text.charCodeAt(at))) at++;
      continue;
    }
    if (lineStart && style.magics && (code === 37 || code === 33)) {
      const end = lineEnd(text, at);
      lexLoose(frame, at + 1, end, 'command');
      at = end;
      continue;
    }
    lineStart = false;
    const comment = starts.indexOf(code);
    if (comment >= 0 && startsComment(text, at, style)) {
      const end = lineEnd(text, at);
      lexComment(frame, at, end);
      at = end;
    } else if (code === 47 && style.block && text.charCodeAt(at + 1) === 42) {
      const close = text.indexOf('*/', at + 2);
      const end = close < 0 ? length : close + 2;
      lexComment(frame, at, end);
      at = end;
    } else if (code === 47 && style.regex && startsRegex(text, at)) at = skipRegex(text, at);
    else if (code === 96 && style.templates) at = template(frame, { start: at + 1, depth: 0, dynamic: false }, at + 1, templates);
    else if (isQuote(code) && style.quotes.includes(text[at]!)) at = string(frame, at, style);
    else if (code === 92) at += 2;
    else if (code === 60 && style.heredoc && text.charCodeAt(at + 1) === 60 && openHeredocs < mostOpen) {
      const end = heredoc(frame, at);
      if (end === undefined) openHeredocs++;
      at = end ?? at + 2;
    }
    else {
      const open = templates.at(-1);
      if (open && code === 123) open.depth++;
      else if (open && code === 125 && --open.depth < 0) {
        templates.pop();
        open.depth = 0;
        at = template(frame, open, at + 1, templates);
        continue;
      }
      at++;
    }
  }
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
}

function startsComment(text: string, at: number, style: CodeStyle): boolean {
  for (const one of style.line) if (text.startsWith(one, at)) return one !== '#' || at === 0 || text.charCodeAt(at - 1) !== 36;
  return false;
}

function lexComment(frame: Frame, start: number, end: number): void {
  add(frame, start, end, false, false, { role: 'comment', start: 0, end: 0 });
  lexLoose(frame, start, end, 'comment');
}

function string(frame: Frame, at: number, style: CodeStyle): number {
  const { text } = frame;
  const quote = text[at]!;
  if (style.triple && text.startsWith(quote + quote + quote, at)) {
    let close = text.indexOf(quote + quote + quote, at + 3);
    while (close > 0 && text.charCodeAt(close - 1) === 92) close = text.indexOf(quote + quote + quote, close + 1);
    const end = close < 0 ? text.length : close;
    long(frame, at, at + 3, end);
    return end + 3;
  }
  const raw = quote === '`' && !style.templates;
  const several = raw || style.multiline;
  for (let p = at + 1; p < text.length; p++) {
    const code = text.charCodeAt(p);
    if (code === 92 && !raw) {
      if (text.charCodeAt(p + 1) === 13) p++;
      p++;
    } else if (code === 10 && !several) return at + 1;
    else if (code === quote.charCodeAt(0)) {
      long(frame, at, at + 1, p);
      return p + 1;
    }
  }
  return at + 1;
}

/** Adds a string, and what is in it where it holds names and values of its own. */
function long(frame: Frame, quote: number, start: number, end: number): void {
  const { text } = frame;
  add(frame, start, end, true, isTemplate(text, start, end) || (isFormatted(text, quote) && hasHole(text, start, end)), namingBefore(text, quote, 0));
  inner(frame, start, end);
}

/** Whether a string has the prefix under which Python fills holes in braces: `f"…"`, `rf"…"`. */
function isFormatted(text: string, quote: number): boolean {
  let at = quote;
  let formatted = false;
  while (at > quote - 2 && isWord(text.charCodeAt(at - 1))) formatted = (text.charCodeAt(--at) | 32) === 102 || formatted;
  return formatted && !isWord(text.charCodeAt(at - 1));
}

/** A brace that is not doubled. */
function hasHole(text: string, start: number, end: number): boolean {
  for (let at = text.indexOf('{', start); at >= 0 && at < end; at = text.indexOf('{', at + 1)) {
    if (text.charCodeAt(at + 1) !== 123) return true;
    at++;
  }
  return false;
}

function inner(frame: Frame, start: number, end: number): void {
  const newline = frame.text.indexOf('\n', start);
  if ((newline >= 0 && newline < end) || hasInner(frame.text, start, end)) lexLoose(frame, start, end, 'string');
}

/** Runs on to the end of a template literal, or to its next `${`, which the caller lexes as code. */
function template(frame: Frame, open: OpenTemplate, from: number, templates: OpenTemplate[]): number {
  const { text } = frame;
  for (let p = from; p < text.length; p++) {
    const code = text.charCodeAt(p);
    if (code === 92) p++;
    else if (code === 96) {
      add(frame, open.start, p, true, open.dynamic, namingBefore(text, open.start - 1, 0));
      inner(frame, open.start, p);
      return p + 1;
    } else if (code === 36 && text.charCodeAt(p + 1) === 123) {
      open.dynamic = true;
      templates.push(open);
      return p + 2;
    }
  }
  inner(frame, open.start, text.length);
  return text.length;
}

const heredocStart = /<<[-~]?(["']?)([A-Za-z_]\w{0,40})\1/y;

/** Texts whose end does not come are given up after so many, since each is looked for to the end of the file. */
const mostOpen = 20;

function heredoc(frame: Frame, at: number): number | undefined {
  const { text } = frame;
  heredocStart.lastIndex = at;
  const match = heredocStart.exec(text);
  if (!match) return at + 2;
  const start = lineEnd(text, at) + 1;
  for (let line = start; line < text.length;) {
    const end = lineEnd(text, line);
    if (text.slice(line, Math.min(end, line + 80)).trim().replace(/[;,)]+$/, '') === match[2]) {
      lexLoose(frame, start, line, 'string');
      return end;
    }
    line = end + 1;
  }
  return undefined;
}

function startsRegex(text: string, at: number): boolean {
  let p = at - 1;
  while (p >= 0 && (text.charCodeAt(p) === 32 || text.charCodeAt(p) === 9)) p--;
  if (p < 0) return true;
  return '(,=:[!&|?{};\n'.includes(text[p]!) || (text[p] === 'n' && text.startsWith('return', p - 5));
}

function skipRegex(text: string, at: number): number {
  let inClass = false;
  for (let p = at + 1; p < text.length; p++) {
    const code = text.charCodeAt(p);
    if (code === 10) return at + 1;
    if (code === 92) p++;
    else if (code === 91) inClass = true;
    else if (code === 93) inClass = false;
    else if (code === 47 && !inClass) return p + 1;
  }
  return at + 1;
}
