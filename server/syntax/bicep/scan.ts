import type { TextRange } from '../../base/range.ts';

export interface BicepToken {
  readonly kind: 'name' | 'number' | 'string' | 'symbol' | 'newline' | 'end';
  readonly text: string;
  readonly range: TextRange;
  /** Of a string: texts, and ranges of the interpolated expressions between them. */
  readonly parts?: readonly (string | TextRange)[];
}

const symbols = ['=>', '==', '!=', '=~', '!~', '<=', '>=', '&&', '||', '??', '::', '.?', '?', ':', '=', '{', '}', '[', ']', '(', ')', ',', '.', '@', '!', '+', '-', '*', '/', '%', '<', '>', '|'];

/** Splits a text, or a part of it, into tokens. Total; characters that mean nothing are skipped. */
export function scanBicep(text: string, start = 0, end = text.length): BicepToken[] {
  const out: BicepToken[] = [];
  let at = start;
  const push = (kind: BicepToken['kind'], from: number, to: number, value = text.slice(from, to)): void => {
    out.push({ kind, text: value, range: { start: from, end: to } });
    at = to;
  };
  while (at < end) {
    const char = text[at]!;
    if (char === '\n') push('newline', at, at + 1);
    else if (char === ' ' || char === '\t' || char === '\r') at++;
    else if (char === '/' && text[at + 1] === '/') at = lineEnd(text, at, end);
    else if (char === '/' && text[at + 1] === '*') {
      const close = text.indexOf('*/', at + 2);
      at = close < 0 || close > end ? end : close + 2;
    } else if (text.startsWith("'''", at)) {
      const close = text.indexOf("'''", at + 3);
      const stop = close < 0 || close > end ? end : close;
      out.push({ kind: 'string', text: text.slice(at + 3, stop), range: { start: at + 3, end: stop }, parts: [text.slice(at + 3, stop)] });
      at = Math.min(end, stop + 3);
    } else if (char === "'") at = scanString(text, at, end, out);
    else if (/[A-Za-z_]/.test(char)) {
      let to = at + 1;
      while (to < end && /\w/.test(text[to]!)) to++;
      push('name', at, to);
    } else if (char >= '0' && char <= '9') {
      let to = at + 1;
      while (to < end && /[\d.]/.test(text[to]!)) to++;
      push('number', at, to);
    } else {
      const symbol = symbols.find((one) => text.startsWith(one, at));
      if (symbol) push('symbol', at, at + symbol.length);
      else at++;
    }
  }
  out.push({ kind: 'end', text: '', range: { start: end, end } });
  return out;
}

function lineEnd(text: string, at: number, end: number): number {
  const newline = text.indexOf('\n', at);
  return newline < 0 || newline > end ? end : newline;
}

/** A string on one line; what is not closed ends with its line. */
function scanString(text: string, start: number, end: number, out: BicepToken[]): number {
  const parts: (string | TextRange)[] = [];
  let value = '';
  let at = start + 1;
  while (at < end && text[at] !== "'" && text[at] !== '\n') {
    if (text[at] === '\\' && at + 1 < end) {
      const next = text[at + 1]!;
      value += next === 'n' ? '\n' : next === 't' ? '\t' : next === 'r' ? '\r' : next;
      at += 2;
    } else if (text.startsWith('${', at)) {
      const close = closing(text, at + 2, end);
      parts.push(value, { start: at + 2, end: close });
      value = '';
      at = Math.min(end, close + 1);
    } else value += text[at++];
  }
  parts.push(value);
  out.push({ kind: 'string', text: text.slice(start + 1, at), range: { start: start + 1, end: at }, parts });
  return text[at] === "'" ? at + 1 : at;
}

/** The place of the brace that closes an interpolation. */
function closing(text: string, from: number, end: number): number {
  let depth = 0;
  for (let at = from; at < end; at++) {
    if (text[at] === '\n') return at;
    if (text[at] === '{') depth++;
    else if (text[at] === '}' && depth-- === 0) return at;
  }
  return end;
}
