import type { Origin } from '../../model/origin.ts';
import type { Dialect, Resource } from '../../model/resource.ts';
import type { MapEntry, MapValue, Value } from '../../model/value.ts';
import type { Document } from '../../source/document.ts';
import { dataValues } from '../data/values.ts';
import { canonicalName, canonicalType } from './names.ts';

/** True for text that may be a CloudFormation or SAM template. */
export function mayBeCloudFormation(text: string): boolean {
  return /["']?Resources["']?\s*:/.test(text) && /["']?Type["']?\s*:\s*["']?(?:AWS|Alexa|Custom)::/.test(text);
}

interface Template {
  readonly parameters: ReadonlyMap<string, Value | undefined>;
  readonly resources: ReadonlySet<string>;
}

/** Parts of a template that keep their own vocabulary: policies, free maps. */
const verbatim = /^(?:.*PolicyDocument|Policies|KeyPolicy|Policy|Tags|Variables|Environment|DefinitionBody|DefinitionString|Definition|AccessPolicies|UserData|Metadata|ContainerDefinitions|PolicyText)$/;

/** The resources of a template, in the canonical vocabulary. */
export function lowerCloudFormation(document: Document): Resource[] {
  const [root] = dataValues(document);
  if (root?.kind !== 'map') return [];
  const section = root.entries.get('Resources')?.value;
  if (section?.kind !== 'map') return [];
  const dialect: Dialect = document.text.trimStart().startsWith('{') ? 'cloudformation-json' : 'cloudformation-yaml';
  const template: Template = { parameters: parametersOf(root), resources: new Set(section.entries.keys()) };
  const out: Resource[] = [];
  for (const [name, entry] of section.entries) {
    const resource = entry.value;
    if (resource.kind !== 'map') continue;
    const declared = resource.entries.get('Type')?.value;
    const type = declared?.kind === 'string' ? canonicalType(declared.value) : undefined;
    if (type === undefined) continue;
    const properties = resource.entries.get('Properties')?.value;
    const attributes = new Map<string, MapEntry>();
    if (properties?.kind === 'map') convertEntries(type, properties, template, attributes);
    for (const policy of ['DeletionPolicy', 'UpdateReplacePolicy']) {
      const own = resource.entries.get(policy);
      if (own) attributes.set(policy, own);
    }
    out.push({
      type, name, address: name, dialect,
      origin: { path: document.path, range: { start: entry.keyOrigin.range.start, end: resource.origin.range.end } },
      header: entry.keyOrigin,
      attributes,
      complete: resource.complete && (properties === undefined || properties.kind === 'null' || (properties.kind === 'map' && properties.complete && !properties.entries.has('Fn::Transform'))),
      companions: [],
      mode: 'managed',
    });
  }
  return out;
}

function parametersOf(root: MapValue): Map<string, Value | undefined> {
  const section = root.entries.get('Parameters')?.value;
  const out = new Map<string, Value | undefined>();
  if (section?.kind !== 'map') return out;
  for (const [name, { value }] of section.entries) out.set(name, value.kind === 'map' ? value.entries.get('Default')?.value : undefined);
  return out;
}

function convertEntries(type: string, map: MapValue, template: Template, into: Map<string, MapEntry>): void {
  for (const [key, entry] of map.entries) {
    const name = canonicalName(type, key);
    const value = verbatim.test(key) ? resolve(entry.value, template) : convert(type, entry.value, template);
    if (name === '' && value.kind === 'map') for (const [inner, one] of value.entries) into.set(inner, one);
    else into.set(name, { key: name, keyOrigin: entry.keyOrigin, value });
  }
}

function convert(type: string, value: Value, template: Template): Value {
  const resolved = intrinsic(value, template);
  if (resolved) return resolved;
  if (value.kind === 'list') return { ...value, items: value.items.map((item) => convert(type, item, template)) };
  if (value.kind !== 'map') return value;
  const entries = new Map<string, MapEntry>();
  convertEntries(type, value, template, entries);
  return { ...value, entries };
}

/** Resolves intrinsic functions and leaves names alone. */
function resolve(value: Value, template: Template): Value {
  const resolved = intrinsic(value, template);
  if (resolved) return resolved;
  if (value.kind === 'list') return { ...value, items: value.items.map((item) => resolve(item, template)) };
  if (value.kind !== 'map') return value;
  return { ...value, entries: new Map([...value.entries].map(([key, entry]) => [key, { ...entry, value: resolve(entry.value, template) }])) };
}

function intrinsic(value: Value, template: Template): Value | undefined {
  if (value.kind !== 'map' || value.entries.size !== 1) return undefined;
  const [[name, { value: argument }]] = [...value.entries] as [[string, MapEntry]];
  const at: Origin = value.at;
  const unknown: Value = { kind: 'unknown', origin: value.origin, at };
  if (name === 'Ref') return argument.kind === 'string' ? reference(argument.value, template, value) : unknown;
  if (!name.startsWith('Fn::')) return undefined;
  switch (name) {
    case 'Fn::GetAtt': {
      const parts = argument.kind === 'list' ? argument.items.map((item) => (item.kind === 'string' ? item.value : '')) : argument.kind === 'string' ? argument.value.split('.') : [];
      return parts[0] && template.resources.has(parts[0]) ? { kind: 'reference', target: parts[0], attribute: parts.slice(1), origin: value.origin, at } : unknown;
    }
    case 'Fn::Sub': {
      const text = argument.kind === 'string' ? argument : argument.kind === 'list' && argument.items[0]?.kind === 'string' ? argument.items[0] : undefined;
      return text ? substitute(text.value, template, text.origin, at) : unknown;
    }
    case 'Fn::Join': {
      if (argument.kind !== 'list' || argument.items[0]?.kind !== 'string' || argument.items[1]?.kind !== 'list') return unknown;
      const pieces = argument.items[1].items.map((item) => {
        const one = intrinsic(item, template) ?? item;
        return one.kind === 'string' ? one.value : undefined;
      });
      const separator = argument.items[0].value;
      const parts = pieces.flatMap((piece, index) => (index === 0 || separator === '' ? [piece] : [separator, piece]));
      return textOrUnknown(parts, value.origin, at);
    }
    default: return unknown;
  }
}

function reference(name: string, template: Template, value: Value): Value {
  if (name === 'AWS::NoValue') return { kind: 'null', origin: value.origin, at: value.at };
  if (template.resources.has(name)) return { kind: 'reference', target: name, attribute: [], origin: value.origin, at: value.at };
  const fallback = template.parameters.get(name);
  return fallback ? { ...fallback, at: value.at } : { kind: 'unknown', origin: value.origin, at: value.at };
}

function substitute(text: string, template: Template, origin: Origin, at: Origin): Value {
  const parts: (string | undefined)[] = [];
  let last = 0;
  for (const match of text.matchAll(/\$\{(!?)([^}]+)\}/g)) {
    parts.push(text.slice(last, match.index));
    last = match.index + match[0].length;
    if (match[1] === '!') parts.push(`\${${match[2]}}`);
    else {
      const fallback = template.parameters.get(match[2]!);
      parts.push(fallback?.kind === 'string' ? fallback.value : undefined);
    }
  }
  parts.push(text.slice(last));
  return textOrUnknown(parts.filter((part) => part !== ''), origin, at);
}

function textOrUnknown(parts: readonly (string | undefined)[], origin: Origin, at: Origin): Value {
  return parts.every((part) => part !== undefined) ? { kind: 'string', value: parts.join(''), origin, at } : { kind: 'unknown', parts, origin, at };
}
