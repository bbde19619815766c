import { commonProofs } from './interpreter.ts';
import type { Facts, Proof, Value } from './value.ts';

interface End { readonly value: Value; readonly proofs: readonly Proof[] }

/**
 * What a field of an object tells, of which there are several: where `error` is only set when a value was refused, that it is not set
 * proves what held on the way to the others.
 */
export function tellingFields(joined: Value, ends: readonly End[]): Value {
  if (ends.length < 2 || !joined.fields || !ends.every(({ value }) => value.fields !== undefined || value.constant !== undefined) || ends.every(({ proofs }) => proofs.length === 0)) return joined;
  let fields: Map<string, Value> | undefined;
  for (const key of new Set(ends.flatMap(({ value }) => [...(value.fields?.keys() ?? [])]))) {
    const facts = factsOfField(key, ends);
    const cases = casesOf(key, ends);
    if (facts.whenTrue.length === 0 && facts.whenFalse.length === 0 && !cases) continue;
    const { constant: _constant, ...own } = joined.fields.get(key) ?? { taints: [] };
    fields ??= new Map(joined.fields);
    fields.set(key, { ...own, facts, ...(cases ? { cases } : {}) });
  }
  return fields ? { ...joined, fields } : joined;
}

/** A field that is one of some words: `{ status: 'ok' }`, `{ status: 'error' }`. */
function casesOf(key: string, ends: readonly End[]): Value['cases'] {
  const constants = ends.map(({ value }) => value.fields?.get(key)?.constant);
  return constants.every((one) => typeof one === 'string') && new Set(constants).size > 1 ? ends.map(({ proofs }, at) => ({ constant: constants[at]!, proofs })) : undefined;
}

/** What it proves that a value is, or is not, one constant of its cases. */
export function factsOfCase(cases: NonNullable<Value['cases']>, constant: Value['constant']): Facts {
  const of = (holds: boolean): readonly Proof[] => {
    const lists = cases.filter((one) => (one.constant === constant) === holds).map((one) => one.proofs);
    return lists.length === 0 ? [] : commonProofs(lists);
  };
  return { whenTrue: of(true), whenFalse: of(false) };
}

function factsOfField(key: string, ends: readonly End[]): Facts {
  const truthy: (readonly Proof[])[] = [];
  const falsy: (readonly Proof[])[] = [];
  for (const { value, proofs } of ends) {
    const field = value.fields?.get(key);
    const set = truth(field, value.complete === false);
    if (set !== false) truthy.push([...proofs, ...(field?.facts?.whenTrue ?? [])]);
    if (set !== true) falsy.push([...proofs, ...(field?.facts?.whenFalse ?? [])]);
  }
  return { whenTrue: truthy.length === 0 ? [] : commonProofs(truthy), whenFalse: falsy.length === 0 ? [] : commonProofs(falsy) };
}

/** Whether a field is set, where that is known. */
export function truth(field: Value | undefined, more: boolean): boolean | undefined {
  if (!field) return more ? undefined : false;
  if (field.name === 'undefined') return false;
  if (field.constant !== undefined) return Boolean(field.constant);
  return field.fields || field.items || field.instance || field.fn || field.name?.endsWith('#') ? true : undefined;
}
