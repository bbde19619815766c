import type { TextRange } from '../../base/range.ts';
import type { Origin } from '../../model/origin.ts';
import type { MapEntry, Value } from '../../model/value.ts';
import { actionBehind, actionBelow, actionLines, conditionalBlocks, hole } from './template-actions.ts';

/** An entry of a map as it was read; the key is undefined where it is no scalar. */
export interface YamlPair {
  readonly key: string | undefined;
  /** Where the key is written, without quotes. */
  readonly range: TextRange;
  readonly value: Value;
}

/** Makes values of what a parser found in a YAML file: templates leave open what they compute, tags of CloudFormation become maps. */
export interface YamlBuilder {
  readonly scalar: (value: unknown, source: string | undefined, range: TextRange) => Value;
  readonly list: (items: readonly Value[], range: TextRange) => Value;
  readonly map: (pairs: readonly YamlPair[], range: TextRange) => Value;
  readonly unknown: (range: TextRange) => Value;
  /** A value with a tag: `!Ref x` is `{ Ref: x }`; undefined for tags that mean nothing here. */
  readonly tagged: (tag: string, inner: Value, range: TextRange) => Value | undefined;
  readonly origin: (range: TextRange) => Origin;
}

/** What an object is: templates that choose between versions of an interface write objects of one meaning. */
const header = /^(?:apiVersion|kind)$/;

export function createYamlBuilder(path: string, text: string, template: boolean): YamlBuilder {
  const conditional = template ? conditionalBlocks(text) : [];
  const actions = template ? actionLines(text) : [];
  const origin = (range: TextRange): Origin => ({ path, range });
  const placed = (range: TextRange): { readonly origin: Origin; readonly at: Origin } => {
    const place = origin(range);
    return { origin: place, at: place };
  };
  const unknown = (range: TextRange): Value => ({ kind: 'unknown', ...placed(range) });
  /** What a template makes of the value of a key, in a map whose first and last key begin there. */
  const templated = ({ key: name, range: key, value: written }: YamlPair, first: number, last: number): Value => {
    const below = written.kind === 'null' ? actionBelow(text, key.end) : undefined;
    const value: Value = below ? { kind: 'unknown', origin: origin(below), at: origin(key) } : written;
    if (value.kind === 'map' || value.kind === 'list') return value.complete && actionBehind(text, key.end) ? { ...value, complete: false } : value;
    const maybe = conditional.some((block) => block.start < key.start && key.start < block.end && (block.start > first || (block.end < last && !header.test(name ?? ''))));
    const { start } = value.origin.range;
    return maybe ? { kind: 'unknown', origin: origin({ start, end: start }), at: value.at } : value;
  };
  return {
    origin, unknown,
    scalar: (value, source, range) => {
      const both = placed(range);
      switch (typeof value) {
        case 'string': return value.includes(hole) ? { kind: 'unknown', ...both, parts: value.split(/\ue000+/).flatMap((part, at) => (at === 0 ? [part] : [undefined, part])) } : { kind: 'string', value, ...both };
        case 'number': case 'bigint': return { kind: 'number', value: Number(value), ...both };
        case 'boolean': return { kind: 'boolean', value, ...both };
        default:
          if (value !== null && value !== undefined) return { kind: 'string', value: source ?? String(value), ...both };
          return source?.includes(hole) ? { kind: 'unknown', ...both } : { kind: 'null', ...both };
      }
    },
    list: (items, range) => ({ kind: 'list', items, complete: true, ...placed(range) }),
    map: (pairs, range) => {
      const entries = new Map<string, MapEntry>();
      let complete = true;
      for (const pair of pairs) {
        const { key } = pair;
        if (key === undefined || key.includes(hole)) {
          complete = false;
          continue;
        }
        const value = template ? templated(pair, pairs[0]!.range.start, pairs.at(-1)!.range.start) : pair.value;
        if (key === '<<') {
          for (const merged of value.kind === 'list' ? value.items : [value]) {
            if (merged.kind !== 'map') complete = false;
            else for (const [name, entry] of merged.entries) if (!entries.has(name)) entries.set(name, entry);
          }
          continue;
        }
        entries.set(key, { key, keyOrigin: origin(pair.range), value });
      }
      // A line that an action begins may have added keys.
      if (complete && actions.length > 0) complete = !hasWithin(actions, range);
      return { kind: 'map', entries, complete, ...placed(range) };
    },
    tagged: (tag, inner, range) => {
      const name = intrinsic(tag);
      if (name === undefined) return undefined;
      const both = placed(range);
      const value: Value = name === 'Fn::GetAtt' && inner.kind === 'string'
        ? { kind: 'list', items: inner.value.split('.').map((part) => ({ ...inner, value: part })), complete: true, ...both }
        : inner;
      return { kind: 'map', entries: new Map([[name, { key: name, keyOrigin: both.origin, value }]]), complete: true, ...both };
    },
  };
}

/** A range without the quotes around it. */
export function unquoted(text: string, start: number, end: number): TextRange {
  const quote = text[start];
  return (quote === '"' || quote === "'") && end - start >= 2 && text[end - 1] === quote ? { start: start + 1, end: end - 1 } : { start, end };
}

/** Functions of CloudFormation by their tags, `!Ref` and `!Sub`, in their long form. */
function intrinsic(tag: string): string | undefined {
  if (!tag.startsWith('!') || tag.startsWith('!!')) return undefined;
  const name = tag.slice(1);
  if (name === 'Ref' || name === 'Condition') return name;
  return /^(?:GetAtt|Sub|Join|Select|Split|If|Equals|Not|And|Or|FindInMap|ImportValue|Base64|Cidr|GetAZs|Transform|ForEach|Length|ToJsonString)$/.test(name) ? `Fn::${name}` : undefined;
}

/** Whether one of the offsets, which are in order, lies in a range. */
function hasWithin(offsets: readonly number[], { start, end }: TextRange): boolean {
  let low = 0;
  let high = offsets.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (offsets[middle]! < start) low = middle + 1;
    else high = middle;
  }
  return low < offsets.length && offsets[low]! < end;
}
