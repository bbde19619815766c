import type { Origin } from '../../model/origin.ts';
import type { MapEntry, MapValue, Value } from '../../model/value.ts';

/** What intrinsic functions may refer to. */
export interface Template {
  /** The resource whose properties are read. */
  readonly name?: string;
  readonly parameters: ReadonlyMap<string, Value | undefined>;
  readonly resources: ReadonlySet<string>;
  readonly mappings: MapValue | undefined;
  readonly conditions: MapValue | undefined;
}

const deepest = 20;

/** What the partition of nearly all accounts is called. */
const commonPartition: Readonly<Record<string, string>> = { 'AWS::Partition': 'aws', 'AWS::URLSuffix': 'amazonaws.com' };

export function templateOf(root: MapValue, resources: MapValue): Template {
  const section = (name: string): MapValue | undefined => {
    const value = root.entries.get(name)?.value;
    return value?.kind === 'map' ? value : undefined;
  };
  const parameters = new Map<string, Value | undefined>();
  for (const [name, { value }] of section('Parameters')?.entries ?? []) parameters.set(name, value.kind === 'map' ? value.entries.get('Default')?.value : undefined);
  return { parameters, resources: new Set(resources.entries.keys()), mappings: section('Mappings'), conditions: section('Conditions') };
}

/** The value of an intrinsic function; undefined when the value is none. Unknown where it cannot be worked out. */
export function intrinsic(value: Value, template: Template, depth = 0): Value | undefined {
  if (value.kind !== 'map' || value.entries.size !== 1) return undefined;
  const [[name, { value: argument }]] = [...value.entries] as [[string, MapEntry]];
  const at: Origin = value.at;
  const unknown: Value = { kind: 'unknown', origin: value.origin, at };
  if (name === 'Ref') return argument.kind === 'string' ? reference(argument.value, template, value) : unknown;
  if (!name.startsWith('Fn::')) return undefined;
  if (depth > deepest) return unknown;
  const inner = (item: Value | undefined): Value => (item ? intrinsic(item, template, depth + 1) ?? item : unknown);
  const items = argument.kind === 'list' ? argument.items : [];
  switch (name) {
    case 'Fn::GetAtt': {
      const parts = argument.kind === 'list' ? items.map((item) => (item.kind === 'string' ? item.value : '')) : argument.kind === 'string' ? argument.value.split('.') : [];
      return parts[0] && template.resources.has(parts[0]) ? { kind: 'reference', target: parts[0], attribute: parts.slice(1), origin: value.origin, at } : unknown;
    }
    case 'Fn::Sub': {
      const text = argument.kind === 'string' ? argument : items[0]?.kind === 'string' ? items[0] : undefined;
      return text ? substitute(text.value, template, text.origin, at) : unknown;
    }
    case 'Fn::Join': {
      if (items[0]?.kind !== 'string' || items[1]?.kind !== 'list') return unknown;
      const separator = items[0].value;
      const pieces = items[1].items.map((item) => { const one = inner(item); return one.kind === 'string' ? one.value : undefined; });
      return textOrUnknown(pieces.flatMap((piece, index) => (index === 0 || separator === '' ? [piece] : [separator, piece])), value.origin, at);
    }
    case 'Fn::If': {
      const decided = items[0]?.kind === 'string' ? condition(items[0].value, template, 0) : undefined;
      return decided === undefined ? unknown : moved(inner(items[decided ? 1 : 2]), at);
    }
    case 'Fn::FindInMap': {
      let found: Value | undefined = template.mappings;
      for (const item of items.slice(0, 3)) {
        const key = inner(item);
        found = found?.kind === 'map' && key.kind === 'string' ? found.entries.get(key.value)?.value : undefined;
      }
      return found ? moved(found, at) : unknown;
    }
    case 'Fn::Select': {
      const index = Number(items[0]?.kind === 'number' || items[0]?.kind === 'string' ? items[0].value : Number.NaN);
      const list = inner(items[1]);
      return list.kind === 'list' && list.items[index] ? inner(list.items[index]) : unknown;
    }
    case 'Fn::Split': {
      const text = inner(items[1]);
      if (items[0]?.kind !== 'string' || text.kind !== 'string') return unknown;
      return { kind: 'list', items: text.value.split(items[0].value).map((part): Value => ({ ...text, value: part })), complete: true, origin: value.origin, at };
    }
    case 'Fn::Base64': case 'Fn::ToJsonString': return moved(inner(argument), at);
    default: return unknown;
  }
}

function moved(value: Value, at: Origin): Value {
  return value.kind === 'map' || value.kind === 'list' ? value : { ...value, at };
}

/** The truth of a condition where defaults of parameters decide it. */
function condition(name: string, template: Template, depth: number): boolean | undefined {
  const value = template.conditions?.entries.get(name)?.value;
  return value && depth < deepest ? judged(value, template, depth + 1) : undefined;
}

function judged(value: Value, template: Template, depth: number): boolean | undefined {
  if (value.kind !== 'map' || value.entries.size !== 1 || depth > deepest) return undefined;
  const [[name, { value: argument }]] = [...value.entries] as [[string, MapEntry]];
  const items = argument.kind === 'list' ? argument.items : [];
  switch (name) {
    case 'Condition': return argument.kind === 'string' ? condition(argument.value, template, depth) : undefined;
    case 'Fn::Equals': {
      const [a, b] = items.map((item) => { const one = intrinsic(item, template, depth) ?? item; return one.kind === 'string' || one.kind === 'number' || one.kind === 'boolean' ? String(one.value) : undefined; });
      return a === undefined || b === undefined ? undefined : a === b;
    }
    case 'Fn::Not': {
      const inner = items[0] && judged(items[0], template, depth + 1);
      return inner === undefined ? undefined : !inner;
    }
    case 'Fn::And': case 'Fn::Or': {
      const all = items.map((item) => judged(item, template, depth + 1));
      const decisive = name === 'Fn::Or';
      return all.includes(decisive) ? decisive : all.includes(undefined) ? undefined : !decisive;
    }
    default: return undefined;
  }
}

function reference(name: string, template: Template, value: Value): Value {
  const common = commonPartition[name];
  if (common !== undefined) return { kind: 'string', value: common, origin: value.origin, at: value.at };
  if (name === 'AWS::NoValue') return { kind: 'null', origin: value.origin, at: value.at };
  if (template.resources.has(name)) return { kind: 'reference', target: name, attribute: [], origin: value.origin, at: value.at };
  const fallback = template.parameters.get(name);
  return fallback ? { ...fallback, at: value.at } : { kind: 'unknown', origin: value.origin, at: value.at };
}

function substitute(text: string, template: Template, origin: Origin, at: Origin): Value {
  const parts: (string | undefined)[] = [];
  const refers = new Set<string>();
  let last = 0;
  for (const match of text.matchAll(/\$\{(!?)([^}]+)\}/g)) {
    parts.push(text.slice(last, match.index));
    last = match.index + match[0].length;
    if (match[1] === '!') parts.push(`\${${match[2]}}`);
    else {
      const fallback = template.parameters.get(match[2]!);
      const [target] = match[2]!.split('.');
      if (template.resources.has(target!)) refers.add(target!);
      parts.push(fallback?.kind === 'string' ? fallback.value : commonPartition[match[2]!]);
    }
  }
  parts.push(text.slice(last));
  const value = textOrUnknown(parts.filter((part) => part !== ''), origin, at);
  return value.kind === 'unknown' && refers.size > 0 ? { ...value, refers: [...refers] } : value;
}

function textOrUnknown(parts: readonly (string | undefined)[], origin: Origin, at: Origin): Value {
  return parts.every((part) => part !== undefined) ? { kind: 'string', value: parts.join(''), origin, at } : { kind: 'unknown', parts, origin, at };
}
