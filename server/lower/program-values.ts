import type { CodeCall } from '../analysis/code/events.ts';
import type { Value as CodeValue } from '../analysis/code/value.ts';
import { unknownAt } from '../analysis/values.ts';
import type { Origin } from '../model/origin.ts';
import type { MapEntry, Value } from '../model/value.ts';

/** How a program's values become values of resources: what a construct, an enumeration or a helper's call stands for. */
export interface Conversion {
  /** Name of a key in the resource: `storageEncrypted` may become `StorageEncrypted`. */
  readonly key: (name: string) => string;
  /** Address of the resource that a call made. */
  readonly addressOf: (call: CodeCall) => string | undefined;
  /** What a named value or a call means; undefined leaves it unknown. */
  readonly meaning?: (value: CodeValue, at: Origin, convert: (value: CodeValue, at: Origin) => Value) => Value | undefined;
}

const deepest = 14;

const encoders = /^(?:JSON\.stringify|json\.dumps|@pulumi\/pulumi\.jsonStringify|pulumi\.Output\.json_dumps)$/;

/** A value of the program as a value of a resource. What is not known stays unknown. */
export function toResourceValue(value: CodeValue | undefined, fallback: Origin, conversion: Conversion, depth = 0): Value {
  if (!value || depth > deepest) return unknownAt(fallback);
  const at = value.origin ?? fallback;
  const placed = { origin: at, at };
  const convert = (inner: CodeValue, place: Origin): Value => toResourceValue(inner, place, conversion, depth + 1);
  const meant = conversion.meaning?.(value, at, convert);
  if (meant) return meant;
  // What is written as JSON keeps its names.
  if (value.encoded && (value.element?.fields || value.element?.items)) return toResourceValue(value.element, at, { ...conversion, key: (name) => name }, depth + 1);
  switch (typeof value.constant) {
    case 'string': return { kind: 'string', value: value.constant, ...placed };
    case 'number': return { kind: 'number', value: value.constant, ...placed };
    case 'boolean': return { kind: 'boolean', value: value.constant, ...placed };
    default: if (value.constant === null) return { kind: 'null', ...placed };
  }
  if (value.call) {
    const { name } = value.call;
    const address = conversion.addressOf(value.call);
    if (address !== undefined) return { kind: 'reference', target: address, attribute: [], ...placed };
    if ((encoders.test(name ?? '') || /^(?:@pulumi\/pulumi\.output|pulumi\.Output\.from_input)$/.test(name ?? '')) && value.call.args[0]) return convert(value.call.args[0].value, value.call.args[0].origin);
  }
  const inputs = value.call && /^pulumi_\w+\.[\w.]*[A-Z]\w*Args$/.test(value.call.name ?? '') ? value.call.args : undefined;
  if (inputs) {
    const named = inputs.flatMap((one): [string, MapEntry][] => (one.name === undefined ? [] : [[conversion.key(one.name), { key: conversion.key(one.name), keyOrigin: one.origin, value: convert(one.value, one.origin) }]]));
    return { kind: 'map', entries: new Map(named), complete: inputs.every((one) => one.name !== undefined && !one.spread), ...placed };
  }
  // A member of a construct (`bucket.bucketArn`) refers to it.
  const owner = value.maker && !value.call ? conversion.addressOf(value.maker) : undefined;
  if (owner !== undefined && !value.fields && !value.items) return { kind: 'reference', target: owner, attribute: [memberName(value) ?? ''].filter((one) => one !== ''), ...placed };
  if (value.items) return { kind: 'list', items: value.items.map((item) => convert(item, at)), complete: value.complete !== false, ...placed };
  if (value.fields && !value.fn && !value.cls && !value.instance) {
    const entries = new Map<string, MapEntry>();
    for (const [name, field] of value.fields) {
      const key = conversion.key(name);
      entries.set(key, { key, keyOrigin: value.keys?.get(name) ?? field.origin ?? at, value: convert(field, value.keys?.get(name) ?? at) });
    }
    return { kind: 'map', entries, complete: value.complete === true, ...placed };
  }
  return unknownAt(at, value.parts);
}

/** The plain name of an enumeration's member: `UNENCRYPTED` of `aws-cdk-lib/aws-s3.BucketEncryption.UNENCRYPTED`. */
export function memberName(value: CodeValue | undefined): string | undefined {
  return value?.name === undefined ? undefined : /\.([A-Za-z_]\w*)$/.exec(value.name)?.[1];
}

/** Members of the providers' enumerations are their text: `TLS1_0` of `storage.MinimumTlsVersion.TLS1_0`. */
export function enumerationText(value: CodeValue, at: Origin): Value | undefined {
  if (value.constant !== undefined || value.call || value.fields) return undefined;
  const member = /^(?:@pulumi\/|pulumi_)[\w./-]+\.[A-Z]\w*\.([A-Za-z]\w*)$/.exec(value.name ?? '')?.[1];
  return member === undefined ? undefined : { kind: 'string', value: member, origin: at, at };
}
