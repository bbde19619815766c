import { add, isName, isQuote, isSpace, isWord, type Frame, type Naming } from './frame.ts';
import { namingBefore, operandBefore, sibling } from './naming.ts';

/**
 * Reads text line by line, whatever its language: settings, shell, logs, prose, code that stands in a string. Gives quoted
 * strings, bare values behind `=` and `:`, command-line flags, element and attribute values, and words that look like tokens with
 * the words in front of them. Every character is looked at a bounded number of times.
 */
export function lexLoose(frame: Frame, from: number, to: number, within = frame.within): void {
  const { text } = frame;
  let start = from;
  while (start < to) {
    let end = text.indexOf('\n', start);
    if (end < 0 || end > to) end = to;
    if (end > start) lexLine(frame, start, end, from, within);
    start = end + 1;
  }
}

function lexLine(frame: Frame, start: number, end: number, floor: number, within: Frame['within']): void {
  const { text } = frame;
  const back = Math.max(floor, start - 200);
  let at = start;
  let wordStart = -1;
  let digits = false;
  let letters = false;
  while (at < end) {
    const code = text.charCodeAt(at);
    if (isWord(code)) {
      if (wordStart < 0) {
        wordStart = at;
        digits = false;
        letters = false;
      }
      if (code >= 48 && code <= 57) digits = true;
      else letters = true;
      at++;
      continue;
    }
    if (wordStart >= 0) {
      if (isSpace(code) || isAfterToken(code)) maybeToken(frame, wordStart, at, start, digits && letters, within);
      if (!isJoin(code)) wordStart = -1;
    }
    if (isQuote(code)) at = quoted(frame, at, end, back, within);
    else if (code === 61) at = bareValue(frame, at, start, end, back, 'assignment', within);
    else if (code === 58) at = bareValue(frame, at, start, end, back, 'property', within);
    else if (code === 62) at = elementText(frame, at, start, end, within);
    else if (code === 45 && (at === start || isSpace(text.charCodeAt(at - 1)) || isQuote(text.charCodeAt(at - 1)))) at = flag(frame, at, end, within);
    else at++;
  }
  if (wordStart >= 0) maybeToken(frame, wordStart, end, start, digits && letters, within);
}

/** Characters inside of a token: `sk-ant-…`, `a.b`, `x+y/z`. */
function isJoin(code: number): boolean {
  return code === 45 || code === 46 || code === 43 || code === 47 || code === 64 || code === 33 || code === 35 || code === 36 || code === 37;
}

/** What may follow a token in prose and markup. */
function isAfterToken(code: number): boolean {
  return code === 13 || code === 44 || code === 125 || code === 41 || code === 60 || code === 59 || code === 124;
}

function quoted(frame: Frame, at: number, end: number, floor: number, within: Frame['within']): number {
  const { text } = frame;
  const before = at > 0 ? text.charCodeAt(at - 1) : 10;
  const escaped = before === 92;
  if (!escaped && isWord(before)) return at + 1;
  const quote = text.charCodeAt(at);
  const most = Math.min(end, at + longestQuoted);
  for (let p = at + 1; p < most; p++) {
    const code = text.charCodeAt(p);
    if (code === 92) {
      if (escaped && text.charCodeAt(p + 1) === quote) {
        add(frame, at + 1, p, true, false, namingBefore(text, at - 1, floor), within);
        return p + 2;
      }
      p++;
    } else if (code === quote) {
      const naming = namingBefore(text, escaped ? at - 1 : at, floor);
      add(frame, at + 1, p, quote !== 96, isTemplate(text, at + 1, p), naming, within);
      if (hasInner(text, at + 1, p)) lexLine(frame, at + 1, p, at + 1, within ?? 'string');
      return p + 1;
    }
  }
  return at + 1;
}

/** Whether a string may itself hold names and values. */
export function hasInner(text: string, start: number, end: number): boolean {
  if (end - start < 8) return false;
  let names = false;
  for (let p = start; p < end; p++) {
    const code = text.charCodeAt(p);
    if (code === 61 || (code === 58 && (isSpace(text.charCodeAt(p + 1)) || (isQuote(text.charCodeAt(p + 1)) && isQuote(text.charCodeAt(p - 1)))))) names = true;
    else if (code === 45 && isSpace(text.charCodeAt(p - 1))) return true;
  }
  return names;
}

export function isTemplate(text: string, start: number, end: number): boolean {
  for (let p = start; p + 1 < end; p++) {
    const code = text.charCodeAt(p);
    if ((code === 36 || code === 35) && text.charCodeAt(p + 1) === 123) return true;
    if (code === 123 && text.charCodeAt(p + 1) === 123) return true;
  }
  return false;
}

/** Characters in front of a word that make it the middle of something else: `a:b:c`, `x/y:z`, encoded data. */
function inMiddle(code: number): boolean {
  return code === 58 || code === 47 || code === 93 || code === 37 || code === 41 || code === 94 || code === 64;
}

/** Authentication schemes, which the credential follows. */
const schemes = /^(?:Bearer|Basic|Token|NTLM|Negotiate|SSWS|ApiKey)$/i;

function bareValue(frame: Frame, at: number, start: number, end: number, floor: number, role: Naming['role'], within: Frame['within']): number {
  const { text } = frame;
  const sign = text.charCodeAt(at);
  const next = text.charCodeAt(at + 1);
  if (next === sign || next === 62 || (sign === 58 && next === 47 && text.charCodeAt(at + 2) === 47) || text.charCodeAt(at - 1) === sign) return at + 1;
  if (sign === 58 && next === 61) return at + 1;
  let from = at + 1;
  while (from < end && isSpace(text.charCodeAt(from))) from++;
  if (from >= end || isQuote(text.charCodeAt(from)) || text.charCodeAt(from) === 92) return from;
  // What a shell takes where a variable is not set: `${NAME:-value}`.
  if (sign === 58 && /[-=+?]/.test(text[from]!) && from === at + 1 && /\$\{\w{1,100}$/.test(text.slice(Math.max(start, at - 102), at))) from++;
  let to = bareEnd(text, from, end);
  if (isSpace(text.charCodeAt(to)) && schemes.test(text.slice(from, to))) {
    let next = to;
    while (next < end && isSpace(text.charCodeAt(next))) next++;
    const last = bareEnd(text, next, end);
    if (!/^[A-Za-z_]\w*=\S/.test(text.slice(next, Math.min(last, next + 60)))) {
      from = next;
      to = last;
    }
  }
  if (to <= from) return at + 1;
  const last = sign === 61 && (text.charCodeAt(at - 1) === 58 || text.charCodeAt(at - 1) === 43 || text.charCodeAt(at - 1) === 63) ? at - 2 : at - 1;
  const nearest = phrase(text, operandBefore(text, last, start, false), start);
  // "The password is: …"
  const operand = sign === 58 && nearest && text.slice(nearest[0], nearest[1]) === 'is' && /password\s+$/i.test(text.slice(Math.max(start, nearest[0] - 20), nearest[0])) ? operandBefore(text, nearest[0] - 1, start, false) : nearest;
  const outer = operand === undefined ? 0 : text.charCodeAt(operand[0] - 1);
  // A parameter of an address ends where the next one begins.
  const further = sign === 61 && (outer === 63 || outer === 38) ? text.indexOf('&', from) : -1;
  if (further > from && further < to) to = further;
  // The settings of npm: `//registry/:_authToken=…`.
  const registry = operand !== undefined && outer === 58 && text.charCodeAt(operand[0]) === 95;
  if (operand && (operand[0] === start || registry || !inMiddle(outer))) add(frame, from, to, false, isTemplate(text, from, to), sibling({ role, name: text.slice(operand[0], operand[1]), start: operand[0], end: operand[1] }, text, at, floor), within);
  return at + 1;
}

/** `API key: …`: the words in front of a name that says little alone belong to it. */
function phrase(text: string, operand: readonly [number, number] | undefined, start: number): readonly [number, number] | undefined {
  if (!operand || !/^(?:key|token|secret)$/i.test(text.slice(operand[0], operand[1]))) return operand;
  const before = /(?:\b(?:api|access|secret|auth|private|client|bearer|personal access|service|server|license|rest) )$/i.exec(text.slice(Math.max(start, operand[0] - 20), operand[0]));
  return before ? [operand[0] - before[0].length, operand[1]] : operand;
}

/** Longer bare values are data; looking for their end from every sign in them would cost its square. */
const longestBare = 700;
/** Base64 of PEM keys, and of files that hold keys, is as long as they are. */
const encoded = /LS0tLS1CRUdJTi|ew[o0]|eyJ|MII|YXBpVmVyc2lvbj/y;
const longestQuoted = 20_000;

/** A bare value ends at white space, a quote, `;` or closing punctuation. */
function bareEnd(text: string, from: number, end: number): number {
  let depth = 0;
  let to = from;
  encoded.lastIndex = from;
  const most = Math.min(end, from + (encoded.test(text) ? longestQuoted : longestBare));
  for (; to < most; to++) {
    const code = text.charCodeAt(to);
    if (code <= 32 || code === 59 || (isQuote(code) && code !== 96)) break;
    if (code === 40 || code === 123 || code === 91) depth++;
    else if ((code === 41 || code === 125 || code === 93) && --depth < 0) break;
    if (code === 60 && text.charCodeAt(to + 1) === 47) break;
  }
  if (to === most && most < end) return from;
  while (to > from && isTrailing(text.charCodeAt(to - 1)) && !text.startsWith('...', to - 3)) to--;
  return to;
}

function isTrailing(code: number): boolean {
  return code === 44 || code === 46 || code === 58 || code === 92 || code === 96;
}

/** Elements that say nothing of what they hold: their `name` does. */
const vagueElement = /^(?:string|value|entry|property|item|param|parameter|setting|option|field|add|data|prop)$/i;
const nameAttribute = /\s(?:name|key|id)=["']([\w.-]{2,80})["']/;

function elementText(frame: Frame, at: number, start: number, end: number, within: Frame['within']): number {
  const { text } = frame;
  const before = text.charCodeAt(at - 1);
  if (before === 47 || before === 45 || before === 61 || at === start) return at + 1;
  let to = at + 1;
  const most = Math.min(end, at + longestBare);
  while (to < most && text.charCodeAt(to) !== 60) to++;
  if (to >= most || text.charCodeAt(to + 1) !== 47) return at + 1;
  const least = Math.max(start, at - 200);
  let open = at - 1;
  while (open >= least && text.charCodeAt(open) !== 60) open--;
  if (open < least) return at + 1;
  let name = open + 1;
  while (name < at && isName(text.charCodeAt(name))) name++;
  if (name === open + 1) return at + 1;
  const attribute = vagueElement.test(text.slice(open + 1, name)) ? nameAttribute.exec(text.slice(name, at)) : null;
  const named: Naming = attribute
    ? { role: 'property', name: attribute[1], start: name + attribute.index + attribute[0].length - 1 - attribute[1]!.length, end: name + attribute.index + attribute[0].length - 1 }
    : { role: 'property', name: text.slice(open + 1, name), start: open + 1, end: name };
  let from = at + 1;
  while (from < to && text.charCodeAt(from) <= 32) from++;
  let last = to;
  while (last > from && text.charCodeAt(last - 1) <= 32) last--;
  add(frame, from, last, false, isTemplate(text, from, last), named, within);
  return at + 1;
}

function flag(frame: Frame, at: number, end: number, within: Frame['within']): number {
  const { text } = frame;
  let name = at;
  while (name < end && text.charCodeAt(name) === 45) name++;
  if (name - at > 2 || name >= end || !isWord(text.charCodeAt(name))) return Math.max(name, at + 1);
  let to = name;
  while (to < end && isName(text.charCodeAt(to))) to++;
  if (!isSpace(text.charCodeAt(to))) return to;
  let from = to;
  while (from < end && isSpace(text.charCodeAt(from))) from++;
  const naming: Naming = { role: 'flag', name: text.slice(name, to), start: name, end: to };
  const code = text.charCodeAt(from);
  if (from >= end || code === 45) return from;
  if (code === 34 || code === 39) {
    const close = text.indexOf(String.fromCharCode(code), from + 1);
    if (close > from && close < end && close - from < 400) add(frame, from + 1, close, true, isTemplate(text, from + 1, close), naming, within);
    return from;
  }
  const last = bareEnd(text, from, end);
  add(frame, from, last, false, isTemplate(text, from, last), naming, within);
  return from;
}

/** A name and its value in one word: `service-key-3f9a…`. */
const joinedName = /^([A-Za-z_-]{0,40}(?:key|token|secret|access|password))-([A-Za-z0-9][A-Za-z0-9-]{11,})$/i;

/** A bare word of letters and digits, 8 or longer, named by up to three words in front of it: `powrbot key 3f9a…`. */
function maybeToken(frame: Frame, start: number, end: number, lineStart: number, mixed: boolean, within: Frame['within']): void {
  if (!mixed || end - start < 8) return;
  const { text } = frame;
  const glued = end - start < 300 ? joinedName.exec(text.slice(start, end)) : null;
  if (glued) {
    const from = end - glued[2]!.length;
    add(frame, from, end, false, false, { role: 'prose', name: glued[1], start, end: start + glued[1]!.length }, within);
    return;
  }
  const before = start > lineStart ? text.charCodeAt(start - 1) : 10;
  if (!isSpace(before)) {
    if (before !== 10 || start !== lineStart) return;
    add(frame, start, end, false, false, { role: 'prose', start: 0, end: 0 }, within);
    return;
  }
  const operand = phraseBefore(text, start - 1, lineStart);
  add(frame, start, end, false, isTemplate(text, start, end), { role: 'prose', name: text.slice(operand[0], operand[1]), start: operand[0], end: operand[1] }, within);
}

function phraseBefore(text: string, end: number, lineStart: number): readonly [number, number] {
  const least = Math.max(lineStart, end - 60);
  let words = 0;
  let at = end;
  while (at > least && words < 3) {
    while (at > least && isSpace(text.charCodeAt(at - 1))) at--;
    const last = at;
    while (at > least && (isName(text.charCodeAt(at - 1)) || text.charCodeAt(at - 1) === 47)) at--;
    if (at === last) break;
    words++;
  }
  return [at, end];
}
