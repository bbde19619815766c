import type { Origin } from '../../model/origin.ts';
import type { Resource } from '../../model/resource.ts';
import type { MapEntry, MapValue, Value } from '../../model/value.ts';
import type { Document } from '../../source/document.ts';
import type { Sources } from '../../source/sources.ts';
import { dataValues } from '../data/values.ts';
import { armExpression, type ArmScope } from './expression.ts';
import { parametersBeside } from './parameters.ts';
import { armResource } from './resource.ts';

/** True for text that may be a template of the Azure resource manager. */
export function mayBeArm(text: string): boolean {
  return text.includes('"resources"') && /"resources"\s*:/.test(text) && /"type"\s*:\s*"Microsoft\.\w+\//i.test(text);
}

interface Declared {
  readonly type: string;
  readonly address: string;
  readonly map: MapValue;
  readonly parent?: string;
}

const deepest = 6;
const mostCopies = 50;
const mostResources = 20;

/** The resources of a template, or of the template in a blueprint's artefact, with those nested in them and in deployments. */
export function lowerArm(document: Document, sources: Sources): Resource[] {
  const [root] = dataValues(document);
  if (root?.kind !== 'map') return [];
  const properties = root.entries.get('properties')?.value;
  const inner = properties?.kind === 'map' ? properties.entries.get('template')?.value : undefined;
  return template(inner?.kind === 'map' && !root.entries.has('resources') ? inner : root, 0, { parameters: parametersBeside(document.path, sources) });
}

/** What a deployment within a template gives to the template in it. */
interface Given {
  /** Its parameters, where it has some of its own. */
  readonly parameters: ReadonlyMap<string, Value>;
  /** Expressions are those of the template around it, as they are unless it asks for a scope of its own. */
  readonly outer?: ArmScope;
}

function template(root: MapValue, depth: number, given: Given = { parameters: new Map() }): Resource[] {
  if (depth > 3) return [];
  const declared: Declared[] = [];
  collect(root.entries.get('resources')?.value, '', undefined, declared, 0);
  const byType = new Map<string, string>();
  for (const one of declared) if (!byType.has(one.type.toLowerCase())) byType.set(one.type.toLowerCase(), one.address);
  const section = (name: string): MapValue | undefined => {
    const value = root.entries.get(name)?.value;
    return value?.kind === 'map' ? value : undefined;
  };
  const busy = new Set<string>();
  const scope: ArmScope = {
    parameter: (name) => {
      if (given.outer) return given.outer.parameter(name);
      const own = section('parameters')?.entries.get(name)?.value;
      const type = own?.kind === 'map' ? own.entries.get('type')?.value : undefined;
      const argument = depth === 0 && type?.kind === 'string' && /^secure/i.test(type.value) ? undefined : given.parameters.get(name);
      if (argument) return argument;
      const fallback = own?.kind === 'map' ? own.entries.get('defaultValue')?.value : undefined;
      return fallback && guarded(`p.${name}`, fallback);
    },
    variable: (name) => {
      if (given.outer) return given.outer.variable(name);
      const own = section('variables')?.entries.get(name)?.value;
      return own && guarded(`v.${name}`, own);
    },
    resource: (type) => byType.get(type.toLowerCase()),
  };
  /** Resolves a value once; one that needs itself is unknown. */
  const guarded = (key: string, value: Value): Value | undefined => {
    if (busy.has(key)) return undefined;
    busy.add(key);
    const resolved = resolve(value, scope, 0);
    busy.delete(key);
    return resolved;
  };
  const resources = declared.flatMap((one): Resource[] => {
    if (/^Microsoft\.Resources\/deployments$/i.test(one.type)) return isLeftOut(one.map, scope) ? [] : nested(one, scope, depth);
    if (isLeftOut(one.map, scope) || isElsewhere(one.map)) return [];
    return copiesOf(one.map, scope).flatMap((within, round): Resource[] => {
      const body = resolve(one.map, within, 0);
      if (body.kind !== 'map') return [];
      const { name, header } = nameOf(one.map, body);
      const address = round === 0 ? one.address : `${one.address}[${round}]`;
      const resource = armResource({ type: one.type, address, name, header, body: withReferences(body), dialect: 'arm', ...(one.parent === undefined ? {} : { parent: one.parent }) });
      return resource ? [resource] : [];
    });
  });
  return [...resources, ...outputsOf(section('outputs'), section('parameters')), ...(depth === 0 ? parametersOf(section('parameters')) : [])];
}

/** Parameters, of which rules ask whether they show secrets. */
function parametersOf(parameters: MapValue | undefined): Resource[] {
  return [...(parameters?.entries.values() ?? [])].flatMap((entry): Resource[] => (entry.value.kind === 'map' ? [{
    type: 'azure_parameter', name: entry.key, address: `param.${entry.key}`, dialect: 'arm', origin: entry.value.origin, header: entry.keyOrigin,
    attributes: entry.value.entries, complete: entry.value.complete, companions: [], mode: 'managed',
  }] : []));
}

function nested(deployment: Declared, scope: ArmScope, depth: number): Resource[] {
  const properties = deployment.map.entries.get('properties')?.value;
  const inner = properties?.kind === 'map' ? properties.entries.get('template')?.value : undefined;
  if (properties?.kind !== 'map' || inner?.kind !== 'map') return [];
  const options = properties.entries.get('expressionEvaluationOptions')?.value;
  const asked = options?.kind === 'map' ? options.entries.get('scope')?.value : undefined;
  if (asked?.kind !== 'string' || asked.value.toLowerCase() !== 'inner') return template(inner, depth + 1, { parameters: new Map(), outer: scope });
  const handed = properties.entries.get('parameters')?.value;
  const parameters = new Map<string, Value>();
  for (const [name, entry] of handed?.kind === 'map' ? handed.entries : []) {
    const value = entry.value.kind === 'map' ? entry.value.entries.get('value')?.value : undefined;
    if (value) parameters.set(name, resolve(value, scope, 0));
  }
  return template(inner, depth + 1, { parameters });
}

/** Outputs, of which rules ask whether they show secrets. */
function outputsOf(outputs: MapValue | undefined, parameters: MapValue | undefined): Resource[] {
  return [...(outputs?.entries.values() ?? [])].flatMap((entry): Resource[] => {
    if (entry.value.kind !== 'map') return [];
    const written = entry.value.entries.get('value')?.value;
    const type = entry.value.entries.get('type')?.value;
    const called = written?.kind === 'string' ? /^\[(\w+)\(/.exec(written.value)?.[1] : undefined;
    const shown = written?.kind === 'string' ? secretIn(written.value, parameters) : undefined;
    const make = (key: string, value: Value): [string, MapEntry] => [key, { key, keyOrigin: entry.keyOrigin, value }];
    const placed = { origin: entry.value.origin, at: written?.at ?? entry.value.at };
    return [{
      type: 'azure_output', name: entry.key, address: `output.${entry.key}`, dialect: 'arm', origin: entry.value.origin, header: entry.keyOrigin,
      attributes: new Map([
        ...(written ? [make('value', written)] : []),
          ...(shown === undefined ? [] : [make('shows', { kind: 'string', value: shown, ...placed })]),
        ...(called === undefined ? [] : [make('calls', { kind: 'string', value: called, ...placed })]),
        make('secure', { kind: 'boolean', value: type?.kind === 'string' && /^secure/i.test(type.value), ...placed }),
      ]),
      complete: true, companions: [], mode: 'managed',
    }];
  });
}

/** The parameter that is secure and stands in an expression. */
function secretIn(text: string, parameters: MapValue | undefined): string | undefined {
  return [...text.matchAll(/\bparameters\('([^']+)'\)/g)].map((match) => match[1]!).find((name) => {
    const own = parameters?.entries.get(name)?.value;
    const type = own?.kind === 'map' ? own.entries.get('type')?.value : undefined;
    return text.startsWith('[') && type?.kind === 'string' && /^secure/i.test(type.value);
  });
}

function collect(value: Value | undefined, prefix: string, parent: string | undefined, into: Declared[], depth: number): void {
  if (!value || depth > deepest) return;
  const items = value.kind === 'list' ? value.items : value.kind === 'map' ? [...value.entries.values()].map((entry) => entry.value) : [];
  for (const map of items) {
    const own = map.kind === 'map' ? map.entries.get('type')?.value : undefined;
    if (map.kind !== 'map' || own?.kind !== 'string') continue;
    const type = prefix === '' || /^Microsoft\./i.test(own.value) ? own.value : `${prefix}/${own.value}`;
    const address = `${type}#${into.length}`;
    into.push({ type, address, map, ...(parent === undefined ? {} : { parent }) });
    collect(map.entries.get('resources')?.value, type, address, into, depth + 1);
  }
}

/** A resource that another template makes and that is only named here. */
function isElsewhere(map: MapValue): boolean {
  const existing = map.entries.get('existing')?.value;
  return existing?.kind === 'boolean' && existing.value;
}

/** The references of `dependsOn` stand at the top, where the linker looks. */
function withReferences(body: MapValue): MapValue {
  const { resources: _nested, ...rest } = Object.fromEntries(body.entries);
  return { ...body, entries: new Map<string, MapEntry>(Object.entries(rest)) };
}

function nameOf(map: MapValue, body: MapValue): { readonly name: string; readonly header: Origin } {
  const written = map.entries.get('name')?.value;
  const known = body.entries.get('name')?.value;
  const type = map.entries.get('type')!.value;
  const name = known?.kind === 'string' ? known.value : written?.kind === 'string' ? /(?:parameters|variables)\('([^']+)'\)/.exec(written.value)?.[1] ?? written.value : '';
  return { name: name || (type.kind === 'string' ? type.value : 'resource'), header: (written ?? type).at };
}

function resolve(value: Value, scope: ArmScope, depth: number): Value {
  if (depth > 60) return { kind: 'unknown', origin: value.origin, at: value.at };
  switch (value.kind) {
    case 'string': return value.value.startsWith('[') && value.value.endsWith(']') && !value.value.startsWith('[[') ? armExpression(value.value.slice(1, -1), value, scope) : value;
    case 'list': return { ...value, items: value.items.map((item) => resolve(item, scope, depth + 1)) };
    case 'map': {
      const entries = new Map<string, MapEntry>();
      for (const [key, entry] of value.entries) if (key !== 'resources') entries.set(key, { ...entry, value: resolve(entry.value, scope, depth + 1) });
      const copies = value.entries.get('copy');
      const made = copies?.value.kind === 'list' ? copies.value.items.flatMap((one) => (one.kind === 'map' ? repeated(one, copies, scope, depth) : [])) : [];
      for (const entry of made) entries.set(entry.key, entry);
      return { ...value, entries, complete: value.complete && (!copies || made.length > 0) };
    }
    default: return value;
  }
}

/** True for a resource whose condition does not hold. */
function isLeftOut(map: MapValue, scope: ArmScope): boolean {
  const written = map.entries.get('condition')?.value;
  const condition = written && resolve(written, scope, 0);
  return condition?.kind === 'boolean' && !condition.value;
}

/** The scopes in which a resource is made: one for each of its copies, where it is known how many there are. */
function copiesOf(map: MapValue, scope: ArmScope): readonly ArmScope[] {
  const copy = map.entries.get('copy')?.value;
  const count = copy?.kind === 'map' ? copy.entries.get('count')?.value : undefined;
  const times = count && resolve(count, scope, 0);
  if (times?.kind !== 'number' || times.value < 1 || times.value > mostResources) return [scope];
  return Array.from({ length: times.value }, (_, index) => ({ ...scope, index }));
}

/** A property that `copy` makes: its input once for every index, or once for none that is known. */
function repeated(copy: MapValue, at: MapEntry, scope: ArmScope, depth: number): MapEntry[] {
  const name = copy.entries.get('name')?.value;
  const input = copy.entries.get('input')?.value;
  const count = copy.entries.get('count')?.value;
  if (name?.kind !== 'string' || !input || name.value.startsWith('[')) return [];
  const times = count && resolve(count, scope, depth + 1);
  const known = times?.kind === 'number' && times.value <= mostCopies;
  const indexes: readonly (number | undefined)[] = known ? Array.from({ length: times.value }, (_, index) => index) : [undefined];
  const items = indexes.map((index) => resolve(input, index === undefined ? scope : { ...scope, index }, depth + 1));
  return [{ key: name.value, keyOrigin: at.keyOrigin, value: { kind: 'list', items, complete: known, origin: copy.origin, at: copy.at } }];
}
