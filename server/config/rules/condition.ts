import type { MapValue, Value } from '../../model/value.ts';
import type { Resource, ResourceUnit } from '../../model/resource.ts';
import { lookIn, scalar, type Found } from '../../rule/queries.ts';
import { linearPattern } from './pattern.ts';

/** True, false, or not known; what is not known is never reported. */
export type Truth = boolean | undefined;

/** Takes what is wrong with a rule, and where. */
export type Tell = (at: Value['at'], message: string) => void;

export interface Subject {
  readonly map: MapValue;
  readonly resource?: Resource;
  readonly unit?: ResourceUnit;
}

export interface Condition {
  readonly holds: (subject: Subject) => Truth;
  /** Values that the condition looked at, where a finding is placed. */
  readonly values: (subject: Subject) => readonly Value[];
}

const deepest = 20;

/** Compiles a condition; what is wrong is told with its range, and then the condition is never known. */
export function compileCondition(value: Value, tell: Tell, depth = 0): Condition {
  const never: Condition = { holds: () => undefined, values: () => [] };
  if (value.kind !== 'map' || depth > deepest) {
    tell(value.at, depth > deepest ? 'The condition is nested too deep.' : 'A condition must be a map of keys.');
    return never;
  }
  const parts: Condition[] = [];
  for (const [key, { value: operand, keyOrigin }] of value.entries) {
    if (key === 'and' || key === 'or') {
      if (operand.kind !== 'list' || operand.items.length === 0) tell(keyOrigin, `"${key}" needs a list of conditions.`);
      else {
        const inner = operand.items.map((item) => compileCondition(item, tell, depth + 1));
        parts.push(key === 'and' ? all(inner) : any(inner));
      }
    } else if (key === 'not') {
      const inner = compileCondition(operand, tell, depth + 1);
      parts.push({ holds: (subject) => invert(inner.holds(subject)), values: inner.values });
    } else if (key === 'connected') parts.push(connected(operand, keyOrigin, tell, depth));
    else if (!operators.has(key) && key !== 'attribute') tell(keyOrigin, `Unknown key "${key}" in a condition.`);
  }
  const attribute = value.entries.get('attribute')?.value;
  if (attribute?.kind === 'string') {
    const tests = [...value.entries].filter(([key]) => operators.has(key));
    if (tests.length === 0) tell(attribute.at, 'The attribute is not compared: use equals, in, matches, atLeast, atMost or exists.');
    for (const [key, entry] of tests) parts.push(comparison(attribute.value, key, entry.value, tell));
  } else if ([...value.entries.keys()].some((key) => operators.has(key))) tell(value.at, 'The condition compares, but names no attribute.');
  if (parts.length === 0) {
    if (attribute === undefined) tell(value.at, 'The condition is empty.');
    return never;
  }
  return parts.length === 1 ? parts[0]! : all(parts);
}

const operators: ReadonlySet<string> = new Set(['equals', 'in', 'matches', 'atLeast', 'atMost', 'exists']);

function comparison(path: string, operator: string, operand: Value, tell: Tell): Condition {
  const values = (subject: Subject): readonly Value[] => lookIn(subject.map, path).values.filter((one) => one.kind !== 'unknown');
  if (operator === 'exists') {
    const wanted = operand.kind === 'boolean' && operand.value;
    return { values, holds: (subject) => { const present = presence(lookIn(subject.map, path)); return present === undefined ? undefined : present === wanted; } };
  }
  const test = tester(operator, operand, tell);
  return { values, holds: (subject) => some(lookIn(subject.map, path), test) };
}

function tester(operator: string, operand: Value, tell: Tell): (value: string | number | boolean) => boolean {
  const same = (value: string | number | boolean, other: Value): boolean => String(scalar(other) ?? '').toLowerCase() === String(value).toLowerCase();
  switch (operator) {
    case 'equals': return (value) => same(value, operand);
    case 'in': return (value) => operand.kind === 'list' && operand.items.some((item) => same(value, item));
    case 'matches': {
      const pattern = operand.kind === 'string' ? linearPattern(operand.value) : { problem: 'The pattern must be a text.' };
      if ('problem' in pattern) {
        tell(operand.at, pattern.problem);
        return () => false;
      }
      return (value) => pattern.test(String(value));
    }
    case 'atLeast': return (value) => operand.kind === 'number' && Number(value) >= operand.value;
    default: return (value) => operand.kind === 'number' && Number(value) <= operand.value;
  }
}

/** A value, or an item of a list of values, passes. */
function some(found: Found, test: (value: string | number | boolean) => boolean): Truth {
  let unknown = found.unknown;
  for (const value of found.values.flatMap((one) => (one.kind === 'list' ? one.items : [one]))) {
    const plain = scalar(value);
    if (plain === undefined) unknown = true;
    else if (test(plain)) return true;
  }
  return unknown ? undefined : false;
}

function presence(found: Found): Truth {
  if (found.values.some((value) => value.kind !== 'unknown')) return true;
  return found.unknown ? undefined : false;
}

function connected(operand: Value, at: Value['at'], tell: Tell, depth: number): Condition {
  const type = operand.kind === 'map' ? scalar(operand.entries.get('type')?.value) : undefined;
  if (operand.kind !== 'map' || typeof type !== 'string') {
    tell(at, '"connected" needs the type of the other resource.');
    return { holds: () => undefined, values: () => [] };
  }
  const where = operand.entries.get('where');
  const condition = where ? compileCondition(where.value, tell, depth + 1) : undefined;
  return {
    values: () => [],
    holds: ({ resource, unit }) => {
      if (!resource || !unit) return undefined;
      const others = [...resource.companions, ...(unit.byType.get(type) ?? []).filter((other) => refersTo(other, resource.address) || refersTo(resource, other.address))].filter((other) => other.type === type);
      if (!condition) return others.length > 0 ? true : resource.complete ? false : undefined;
      const truths = others.map((other) => condition.holds({ map: mapOfResource(other), resource: other, unit }));
      return truths.includes(true) ? true : truths.includes(undefined) ? undefined : false;
    },
  };
}

export function mapOfResource(resource: Resource): MapValue {
  return { kind: 'map', entries: resource.attributes, complete: resource.complete, origin: resource.origin, at: resource.header };
}

function refersTo(from: Resource, address: string): boolean {
  const visit = (value: Value, depth: number): boolean => {
    if (depth > deepest) return false;
    if (value.kind === 'reference') return value.target === address;
    if (value.kind === 'list') return value.items.some((item) => visit(item, depth + 1));
    return value.kind === 'map' && [...value.entries.values()].some((entry) => visit(entry.value, depth + 1));
  };
  return [...from.attributes.values()].some((entry) => visit(entry.value, 0));
}

function all(parts: readonly Condition[]): Condition {
  return {
    values: (subject) => parts.flatMap((part) => part.values(subject)),
    holds: (subject) => { const truths = parts.map((part) => part.holds(subject)); return truths.includes(false) ? false : truths.includes(undefined) ? undefined : true; },
  };
}

function any(parts: readonly Condition[]): Condition {
  return {
    values: (subject) => parts.flatMap((part) => (part.holds(subject) ? part.values(subject) : [])),
    holds: (subject) => { const truths = parts.map((part) => part.holds(subject)); return truths.includes(true) ? true : truths.includes(undefined) ? undefined : false; },
  };
}

function invert(truth: Truth): Truth {
  return truth === undefined ? undefined : !truth;
}
