import { latin1, utf8 } from '../source.ts';

/** What a pickle would build, as far as it decides which code runs. Nothing of it is ever built. */
export type PickleValue =
  | { readonly kind: 'other'; readonly text?: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'bytes'; readonly value: Uint8Array; readonly length: number }
  | Global
  | Call
  | Sequence
  | { readonly kind: 'persistent'; readonly id: PickleValue };

export interface Global {
  readonly kind: 'global';
  readonly module: string;
  readonly name: string;
}

export interface Call {
  readonly kind: 'call';
  readonly callee: PickleValue;
  readonly args: readonly PickleValue[];
  /** What BUILD gave it: the state's keys and values, or the state itself. */
  state?: PickleValue;
}

/** Tuples, lists, sets and dictionaries (keys and values in turn); only the first items are kept, more of a dictionary than of others. */
export interface Sequence {
  readonly kind: 'sequence';
  readonly open: '(' | '[' | '{';
  readonly items: PickleValue[];
}

export const keptItems = 64;
const keptEntries = 1024;
export const other: PickleValue = { kind: 'other' };

export function sequence(open: Sequence['open'], items: readonly PickleValue[]): Sequence {
  return { kind: 'sequence', open, items: items.length > keptItems ? items.slice(0, keptItems) : [...items] };
}

/** True where a sequence may have more items than were kept. */
export function isCut(value: Sequence): boolean {
  return value.open === '{' ? value.items.length === keptItems || value.items.length >= keptEntries : value.items.length >= keptItems;
}

/** Adds items as far as they are kept. */
export function extend(target: Sequence, values: readonly PickleValue[]): void {
  const limit = target.open === '{' ? keptEntries : keptItems * 2;
  for (const one of values) {
    if (target.items.length >= limit) return;
    target.items.push(one);
  }
}

/** Values inside of values, each once, as they stand; `into` tells what to look into. Ends when the budget, which may be shared, is used up. */
export function* within(given: readonly PickleValue[], into: (value: PickleValue) => boolean, budget: { left: number }): Generator<PickleValue> {
  const seen = new Set<PickleValue>();
  const open: PickleValue[] = given.toReversed();
  for (let value = open.pop(); value && budget.left-- > 0; value = open.pop()) {
    if (seen.has(value)) continue;
    seen.add(value);
    yield value;
    if (!into(value)) continue;
    if (value.kind === 'sequence') for (let at = value.items.length - 1; at >= 0; at--) open.push(value.items[at]!);
    else if (value.kind === 'call') open.push(...(value.state ? [value.state] : []), ...value.args.toReversed());
    else if (value.kind === 'persistent') open.push(value.id);
  }
}

export function itemsOf(value: PickleValue | undefined): readonly PickleValue[] {
  return value?.kind === 'sequence' ? value.items : [];
}

/** The value of a text key of a dictionary. */
export function entryOf(value: PickleValue | undefined, key: string): PickleValue | undefined {
  const items = itemsOf(value);
  for (let at = 0; at + 1 < items.length; at += 2) {
    const name = items[at];
    if (name?.kind === 'text' && name.value === key) return items[at + 1];
  }
  return undefined;
}

export function textOf(value: PickleValue | undefined): string | undefined {
  if (value?.kind === 'text') return value.value;
  return value?.kind === 'bytes' ? utf8(value.value) : undefined;
}

const longestShown = 72;

/** A text as it may be shown: on one line, cut, with what could be a key or an encoded payload masked. */
export function shown(text: string): string {
  const line = text.slice(0, 400).replace(/[\s\u0000-\u001f\u007f-\u009f]+/g, ' ').replace(/[\w+/=-]{24,}/g, (run) => `${run.slice(0, 4)}…${run.slice(-2)}`);
  return line.length > longestShown ? `${line.slice(0, longestShown - 1)}…` : line;
}

/** The name by which a value is reached: a global's, an attribute's of a global, a partially applied function's. */
export function nameOf(value: PickleValue, depth = 0): string | undefined {
  if (depth > 8) return undefined;
  if (value.kind === 'global') return value.name === '' ? value.module : `${value.module}.${value.name}`;
  if (value.kind !== 'call') return undefined;
  const [first, second] = value.args;
  if (value.callee.kind === 'call') {
    const maker = nameOf(value.callee.callee, depth + 1);
    const attribute = textOf(value.callee.args[0]);
    if (maker !== undefined && attribute !== undefined && first && /^_?operator\.(?:attrgetter|methodcaller)$/.test(maker)) {
      const owner = nameOf(first, depth + 1);
      return owner === undefined ? undefined : `${owner}.${attribute}`;
    }
  }
  const callee = nameOf(value.callee, depth + 1);
  if (callee === undefined) return undefined;
  if (/^(?:builtins|__builtin__)\.getattr$/.test(callee) && first && second) {
    const attribute = textOf(second);
    const owner = nameOf(first, depth + 1);
    return attribute !== undefined && owner !== undefined ? `${owner}.${attribute}` : undefined;
  }
  if (/^(?:(?:builtins|__builtin__)\.__import__|importlib\.import_module|importlib\.__import__|cloudpickle\.cloudpickle(?:_fast)?\.subimport|dill\._dill\._import_module)$/.test(callee)) return textOf(first);
  if (/^_?functools\.partial$/.test(callee) && first) return nameOf(first, depth + 1);
  return undefined;
}

/** A value in Python's words, short. */
export function render(value: PickleValue, depth = 0): string {
  if (value.kind === 'text') return `'${shown(value.value)}'`;
  if (value.kind === 'bytes') return `b'${shown(latin1(value.value.subarray(0, 80)))}'`;
  if (value.kind === 'number') return String(value.value);
  if (value.kind === 'other') return value.text ?? '…';
  if (value.kind === 'persistent') return '…';
  const name = nameOf(value);
  if (name !== undefined && value.kind === 'global') return builtin(name);
  if (depth > 3) return '…';
  if (value.kind === 'call') {
    if (name !== undefined) return builtin(name);
    return `${render(value.callee, depth + 1)}(${list(value.args, depth)})`;
  }
  if (value.kind !== 'sequence') return '…';
  if (value.open === '{') return '{…}';
  return value.open === '(' ? `(${list(value.items, depth)}${value.items.length === 1 ? ',' : ''})` : `[${list(value.items, depth)}]`;
}

function list(values: readonly PickleValue[], depth: number): string {
  const out = values.slice(0, 4).map((one) => render(one, depth + 1));
  return `${out.join(', ')}${values.length > 4 ? ', …' : ''}`;
}

function builtin(name: string): string {
  return name.replace(/^(?:builtins|__builtin__)\./, '');
}
