import { isName, isQuote, isSpace, isWord, type Naming } from './frame.ts';

/**
 * What names the value at `at`, read backwards from it: `password = "…"`, `"password": "…"`, `password: string = "…"`,
 * `f(password="…")`, `setPassword("…")`, `props.set("password", "…")`, `x == "…"`. Looks back at most a few hundred characters,
 * so that a file is read in linear time.
 */
export function namingBefore(text: string, at: number, floor: number): Naming {
  const p = skipBack(text, at - 1, floor);
  if (p < floor) return none;
  const code = text.charCodeAt(p);
  const before = p > floor ? text.charCodeAt(p - 1) : 0;
  switch (code) {
    case 61: { // =
      if (before === 61 || before === 33) {
        let q = p;
        while (q >= floor && (text.charCodeAt(q) === 61 || text.charCodeAt(q) === 33)) q--;
        return named('comparison', text, operandBefore(text, q, floor, false));
      }
      if (before === 60 || before === 62) return none;
      const q = before === 58 || before === 43 || before === 63 || before === 124 ? p - 2 : p - 1;
      const operand = operandBefore(text, q, floor, true);
      if (!operand) return none;
      const outer = text.charCodeAt(skipBack(text, operand[0] - 1, floor));
      const role = q === p - 1 && (outer === 40 || outer === 44) && text.charCodeAt(q) !== 32 ? 'keyword' : 'assignment';
      return sibling(named(role, text, operand), text, at, floor);
    }
    case 62: // =>
      return before === 61 ? named('property', text, operandBefore(text, p - 2, floor, false)) : none;
    case 58: { // :
      if (before === 58) return none;
      const operand = operandBefore(text, p - 1, floor, false);
      if (!operand) return statement(text, at, floor);
      const outer = skipBack(text, operand[0] - 1 - (isQuote(text.charCodeAt(operand[1])) ? 1 : 0), floor);
      if (outer >= floor && text.charCodeAt(outer) === 63) return statement(text, at, floor);
      return sibling(named('property', text, operand), text, at, floor);
    }
    case 44: case 40: case 91: // , ( [
      return argument(text, p, floor);
    case 45: // a dash between words, as in notes: token - '…'
      return isSpace(before) && isSpace(text.charCodeAt(p + 1)) ? named('prose', text, operandBefore(text, p - 1, floor, false)) : none;
    case 63: case 124: case 43: // ? || ?? +
      return statement(text, at, floor);
    default:
      if (!isWord(code)) return none;
      return afterWord(text, p, at, floor);
  }
}

export const none: Naming = { role: 'literal', start: 0, end: 0 };

type Span = readonly [start: number, end: number];

function named(role: Naming['role'], text: string, operand: Span | undefined): Naming {
  return operand ? { role, name: text.slice(operand[0], operand[1]), start: operand[0], end: operand[1] } : none;
}

/** Index of the last character before `p` (inclusive) that is not white space. */
function skipBack(text: string, p: number, floor: number): number {
  const least = Math.max(floor, p - 200);
  let q = p;
  while (q >= least) {
    const code = text.charCodeAt(q);
    if (code !== 32 && code !== 9 && code !== 10 && code !== 13) return q;
    q--;
  }
  return floor - 1;
}

const types = new Set(['string', 'str', 'String', 'char', 'text', 'varchar', 'NSString', 'any', 'final', 'bytes', 'byte']);

/** The name that ends at `q`: an identifier chain, a quoted key, the key in a subscript; a type annotation is stepped over. */
export function operandBefore(text: string, q: number, floor: number, typed: boolean): Span | undefined {
  let p = q;
  while (p >= floor && isSpace(text.charCodeAt(p))) p--;
  if (p < floor) return undefined;
  let code = text.charCodeAt(p);
  if (code === 63 || code === 33) code = text.charCodeAt(--p);
  if (isQuote(code)) {
    const open = openQuote(text, p, floor);
    return open < 0 ? undefined : escapedQuote([open + 1, p], text);
  }
  if (code === 93) {
    const inner = text.charCodeAt(p - 1);
    if (isQuote(inner)) {
      const open = openQuote(text, p - 1, floor);
      return open < 0 ? undefined : [open + 1, p - 1];
    }
    const least = Math.max(floor, p - 60);
    while (p > least && text.charCodeAt(p) !== 91) p--;
    return p > least ? operandBefore(text, p - 1, floor, typed) : undefined;
  }
  if (!isName(code)) return undefined;
  const end = p + 1;
  const least = Math.max(floor, p - 120);
  while (p >= least && isName(text.charCodeAt(p))) p--;
  const start = p + 1;
  if (!typed) return [start, end];
  while (p >= floor && isSpace(text.charCodeAt(p))) p--;
  if (p > floor && text.charCodeAt(p) === 58 && text.charCodeAt(p - 1) !== 58 && !/\$env$/i.test(text.slice(Math.max(floor, p - 4), p))) return operandBefore(text, p - 1, floor, false) ?? [start, end];
  if (p >= floor && isWord(text.charCodeAt(p)) && types.has(text.slice(start, end))) return operandBefore(text, p, floor, false);
  return [start, end];
}

/** A key that stands in a string itself keeps the backslash of its closing quote out. */
function escapedQuote([start, end]: Span, text: string): Span {
  return end > start && text.charCodeAt(end - 1) === 92 ? [start, end - 1] : [start, end];
}

function openQuote(text: string, close: number, floor: number): number {
  const quote = text.charCodeAt(close);
  const least = Math.max(floor, close - 120);
  for (let p = close - 1; p >= least; p--) {
    const code = text.charCodeAt(p);
    if (code === quote) return p;
    if (code === 10) return -1;
  }
  return -1;
}

const nameLike = /^[\w.@-]{2,60}$/;

/** A value after `(`, `,` or `[`: the call it is passed to, with the string before it as its name (`set("password", "…")`). */
function argument(text: string, p: number, floor: number): Naming {
  const least = Math.max(floor, p - 300);
  let key: Span | undefined;
  if (text.charCodeAt(p) === 44) {
    const q = skipBack(text, p - 1, floor);
    if (q >= floor && isQuote(text.charCodeAt(q))) {
      const open = openQuote(text, q, floor);
      if (open >= 0 && nameLike.test(text.slice(open + 1, q))) key = [open + 1, q];
    } else if (q >= floor && isWord(text.charCodeAt(q))) {
      const constant = operandBefore(text, q, floor, false);
      if (constant && /^(?:[A-Z]\w{1,30}\.)?[A-Z][A-Z0-9_]{3,}$/.test(text.slice(constant[0], constant[1]))) key = constant;
    }
  }
  let depth = 0;
  let position = 0;
  for (let q = p; q >= least; q--) {
    const code = text.charCodeAt(q);
    if (isQuote(code)) {
      const open = openQuote(text, q, floor);
      if (open < 0) break;
      q = open;
    } else if (code === 44 && depth === 0) position++;
    else if (code === 41 || code === 93 || code === 125) depth++;
    else if (code === 40 || code === 91 || code === 123) {
      if (depth-- > 0) continue;
      if (code === 40) {
        const callee = operandBefore(text, q - 1, floor, false);
        const name = callee && isQuote(text.charCodeAt(callee[1])) ? undefined : callee;
        return {
          role: 'argument', name: key && text.slice(key[0], key[1]), start: key?.[0] ?? 0, end: key?.[1] ?? 0,
          callee: name && text.slice(name[0], name[1]), position,
        };
      }
      const outer = skipBack(text, q - 1, floor);
      const separator = text.charCodeAt(outer);
      return outer > floor && (separator === 61 || separator === 58) ? named('element', text, operandBefore(text, outer - 1, floor, true)) : none;
    }
  }
  if (key) return { role: 'argument', name: text.slice(key[0], key[1]), start: key[0], end: key[1] };
  return none;
}

const assigned = /(?:^|[\s,;({[])(["']?)([A-Za-z_$][\w$.-]{0,80})\1\]?\s*(?::\s*[\w<>[\]| ]{1,40})?(?::=|=(?![=>])|:(?!:))/g;

/** The first name that the statement in front of `at` assigns to: for the arms of `?:`, defaults behind `||`, joined strings. */
function statement(text: string, at: number, floor: number): Naming {
  const least = Math.max(floor, at - 200);
  let from = at;
  while (from > least && text.charCodeAt(from - 1) !== 10 && text.charCodeAt(from - 1) !== 59) from--;
  assigned.lastIndex = 0;
  const match = assigned.exec(text.slice(from, at));
  if (!match) return none;
  const start = from + match.index + match[0].indexOf(match[2]!);
  return { role: 'assignment', name: match[2], start, end: start + match[2]!.length };
}

const notNames = new Set(['return', 'case', 'import', 'from', 'in', 'is', 'not', 'and', 'typeof', 'await', 'throw', 'echo', 'print', 'extends', 'new', 'of', 'as', 'yield', 'r', 'b', 'f', 'u', 'rb', 'br']);

/** A value behind a bare word: `#define PASSWORD "…"`, `SET password "…"`, `x or "…"`. */
function afterWord(text: string, p: number, at: number, floor: number): Naming {
  const operand = operandBefore(text, p, floor, false);
  if (!operand) return none;
  const word = text.slice(operand[0], operand[1]);
  if (operand[1] === at) return /^[rbfuRBFUL@$]{1,2}$/.test(word) ? namingBefore(text, operand[0], floor) : none;
  if (word === 'or' || word === 'else') return statement(text, at, floor);
  if (word === 'is') {
    const subject = operandBefore(text, operand[0] - 1, floor, false);
    return subject ? named('prose', text, subject) : none;
  }
  return notNames.has(word) ? none : { role: 'literal', name: word, start: operand[0], end: operand[1] };
}

const vague = /^(?:value|val|default|defaultValue|default_value|Default|Value|string|StringValue|stringValue|content|data)$/;
const besides = /(?:^|[\s{<,("'])(?:name|key|Name|Key|id|property|ParameterKey|OptionName)["']?\s*[:=]\s*["']?([\w.-]{2,80})/g;
/** `add_argument("--password", default="…")`: the flag names its default. */
const option = /\b(?:add_argument|add_option|option|Option|flag)\(\s*(?:["']-\w["'],\s*)?["']--([\w-]{2,60})["'][^()]*$/;
const block = /\bvariable\s+"([\w-]{1,80})"\s*\{[^}]*$/;

/** `{ name: "PASSWORD", value: "…" }`, `<add key="password" value="…"/>`, `variable "password" { default = "…" }`. */
export function sibling(naming: Naming, text: string, at: number, floor: number): Naming {
  if (naming.name === undefined || !vague.test(naming.name)) return naming;
  const from = Math.max(floor, at - 240);
  const slice = text.slice(from, at);
  const open = block.exec(slice);
  if (open) return { ...naming, name: open[1] };
  const flag = naming.role === 'keyword' ? option.exec(slice) : null;
  if (flag) return { ...naming, name: flag[1] };
  let last: RegExpExecArray | undefined;
  besides.lastIndex = 0;
  for (let match = besides.exec(slice); match; match = besides.exec(slice)) last = match;
  if (!last || /[}>]/.test(slice.slice(last.index + last[0].length))) return naming;
  return { ...naming, name: last[1] };
}
