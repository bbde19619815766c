import type { TextRange } from '../../base/range.ts';
import type { MapValue, Value } from '../../model/value.ts';

/** A stretch of a template between an `if`, `else`, `with` or `range` and what ends it, and whether the chart's own values render it. */
export interface Branch extends TextRange {
  readonly rendered: boolean | undefined;
}

interface Open {
  readonly word: string;
  start: number;
  rendered: boolean | undefined;
  /** Whether a branch up to this one was taken. */
  taken: boolean | undefined;
}

const action = /\{\{-?\s*(if|else\s+if|else|with|range|define|block|end)\b((?:(?!\}\})[\s\S])*?)-?\}\}/g;

/** The branches of a template, each judged by the defaults of the chart. */
export function branchesOf(text: string, defaults: MapValue): readonly Branch[] {
  const open: Open[] = [];
  const out: Branch[] = [];
  for (const match of text.matchAll(action)) {
    const word = match[1]!.replace(/\s+/g, ' ');
    const after = match.index + match[0].length;
    if (word === 'end' || word.startsWith('else')) {
      const last = open.at(-1);
      if (!last) continue;
      out.push({ start: last.start, end: match.index, rendered: last.rendered });
      if (word === 'end') open.pop();
      else {
        last.start = after;
        const own = word === 'else' ? true : holds(match[2]!, defaults);
        last.rendered = last.taken === true || own === false ? false : last.taken === false ? own : undefined;
        last.taken = last.taken === true || own === true ? true : last.taken === false && own === false ? false : undefined;
      }
      continue;
    }
    const judged = word === 'if' || word === 'with' || word === 'range' ? holds(match[2]!, defaults) : undefined;
    // Within `with` and `range` a relative name means something else, and how often a range runs is open.
    open.push({ word, start: after, rendered: judged, taken: judged });
  }
  return out;
}

/** Whether a condition holds with the defaults; undefined where it asks for more than them. */
export function holds(condition: string, defaults: MapValue): boolean | undefined {
  const tokens = condition.match(/"(?:[^"\\]|\\.)*"|[()|]|[^\s()|]+/g) ?? [];
  let at = 0;
  const term = (): Operand => {
    const token = tokens[at++];
    if (token === undefined) return unknown;
    if (token === '(') {
      const inner = call();
      if (tokens[at++] !== ')') return unknown;
      return inner;
    }
    return operand(token, defaults);
  };
  const call = (): Operand => {
    const name = tokens[at];
    if (name === undefined || !/^(?:not|and|or|eq|ne|empty)$/.test(name)) return term();
    at++;
    const given: Operand[] = [];
    while (at < tokens.length && tokens[at] !== ')' && tokens[at] !== '|') given.push(term());
    return apply(name, given);
  };
  const result = call();
  return at === tokens.length ? truthOf(result) : undefined;
}

type Operand = { readonly known: true; readonly value: Value | string | number | boolean | undefined } | { readonly known: false };
const unknown: Operand = { known: false };
const literal = (value: string | number | boolean): Operand => ({ known: true, value });

function operand(token: string, defaults: MapValue): Operand {
  if (token === 'true' || token === 'false') return literal(token === 'true');
  if (/^".*"$/s.test(token)) return literal(token.slice(1, -1));
  if (/^-?\d+$/.test(token)) return literal(Number(token));
  const path = /^\$?\.Values\.([A-Za-z_][\w.]*)$/.exec(token)?.[1];
  if (path === undefined || path.startsWith('global')) return unknown;
  let value: Value | undefined = defaults;
  for (const name of path.split('.')) {
    if (value?.kind !== 'map') return unknown;
    value = value.entries.get(name)?.value;
  }
  return value?.kind === 'unknown' ? unknown : { known: true, value };
}

function apply(name: string, given: readonly Operand[]): Operand {
  const truths = given.map(truthOf);
  switch (name) {
    case 'not': case 'empty': return given.length === 1 && truths[0] !== undefined ? literal(!truths[0]) : unknown;
    case 'and': return truths.includes(false) ? literal(false) : truths.includes(undefined) ? unknown : literal(true);
    case 'or': return truths.includes(true) ? literal(true) : truths.includes(undefined) ? unknown : literal(false);
    default: {
      const [left, right] = given.map(scalarOf);
      if (given.length !== 2 || left === undefined || right === undefined) return unknown;
      return literal((left === right) === (name === 'eq'));
    }
  }
}

function scalarOf(one: Operand): string | number | boolean | undefined {
  if (!one.known) return undefined;
  if (typeof one.value !== 'object') return one.value;
  return one.value.kind === 'string' || one.value.kind === 'number' || one.value.kind === 'boolean' ? one.value.value : undefined;
}

function truthOf(one: Operand): boolean | undefined {
  if (!one.known) return undefined;
  const value = one.value;
  if (typeof value !== 'object') return Boolean(value);
  switch (value.kind) {
    case 'string': case 'number': case 'boolean': return Boolean(value.value);
    case 'list': return value.items.length > 0;
    case 'map': return value.entries.size > 0;
    case 'null': return false;
    default: return undefined;
  }
}
