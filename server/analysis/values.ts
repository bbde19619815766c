import type { Origin } from '../model/origin.ts';
import type { Resource } from '../model/resource.ts';
import type { MapEntry, MapValue, Value } from '../model/value.ts';

/**
 * All values at a dotted path. `*` goes into every item of a list or map; a `/` in a name stands for a dot in it. Lists that stand where a map is expected (repeated or
 * single blocks) are entered as if by `*`. `unknown` tells that more may be there than was found.
 */
export interface Found {
  readonly values: readonly Value[];
  readonly unknown: boolean;
  /** Maps in which the last name of the path was looked up and is certainly absent; undefined where an earlier name is. */
  readonly absentIn: readonly (MapValue | undefined)[];
}

export function look(resource: Resource, path: string): Found {
  const names = namesOf(path);
  const first = names[0]!;
  const anyCase = resource.dialect === 'arm' || resource.dialect === 'bicep';
  const root = entryOf(resource.attributes, first, anyCase);
  if (!root) {
    return resource.complete
      ? { values: [], unknown: false, absentIn: [undefined] }
      : { values: [], unknown: true, absentIn: [] };
  }
  return names.length === 1 ? one(root.value) : descend(root.value, names, 1, anyCase);
}

function namesOf(path: string): readonly string[] {
  const names = path.split('.');
  return path.includes('/') ? names.map((name) => name.replaceAll('/', '.')) : names;
}

/** As `look`, from a value on. */
export function lookIn(value: Value, path: string): Found {
  return descend(value, path.split('.'), 0);
}

function one(value: Value): Found {
  if (value.kind === 'null') return { values: [], unknown: false, absentIn: [undefined] };
  return value.kind === 'unknown' ? { values: [value], unknown: true, absentIn: [] } : { values: [value], unknown: false, absentIn: [] };
}

/** Templates of Azure take names in any case. */
function entryOf(entries: ReadonlyMap<string, MapEntry>, name: string, anyCase: boolean): MapEntry | undefined {
  const exact = entries.get(name);
  if (exact || !anyCase) return exact;
  for (const entry of entries.values()) if (entry.key.length === name.length && entry.key.toLowerCase() === name.toLowerCase()) return entry;
  return undefined;
}

function descend(value: Value, names: readonly string[], at: number, anyCase = false): Found {
  if (at === names.length) return one(value);
  const name = names[at]!;
  switch (value.kind) {
    case 'unknown': case 'reference': return { values: [], unknown: true, absentIn: [] };
    case 'list': return join(value.items.map((item) => descend(item, names, name === '*' ? at + 1 : at, anyCase)), !value.complete);
    case 'map': {
      if (name === '*') return join([...value.entries.values()].map((entry) => descend(entry.value, names, at + 1, anyCase)), !value.complete);
      const entry = entryOf(value.entries, name, anyCase);
      if (entry) return descend(entry.value, names, at + 1, anyCase);
      return value.complete ? { values: [], unknown: false, absentIn: [at === names.length - 1 ? value : undefined] } : { values: [], unknown: true, absentIn: [] };
    }
    case 'null': return { values: [], unknown: false, absentIn: [undefined] };
    default: return { values: [], unknown: true, absentIn: [] };
  }
}

function join(parts: readonly Found[], unknown: boolean): Found {
  return {
    values: parts.flatMap((part) => part.values),
    unknown: unknown || parts.some((part) => part.unknown),
    absentIn: parts.flatMap((part) => part.absentIn),
  };
}

/** A scalar's text, number or truth; undefined for anything else. */
export function scalar(value: Value | undefined): string | number | boolean | undefined {
  return value && (value.kind === 'string' || value.kind === 'number' || value.kind === 'boolean') ? value.value : undefined;
}

/** The truth of a value as configuration languages write it: true, "true", "Enabled" are not the same thing everywhere, so only booleans and their spellings. */
export function truth(value: Value | undefined): boolean | undefined {
  const plain = scalar(value);
  if (typeof plain === 'boolean') return plain;
  if (typeof plain !== 'string') return undefined;
  const word = plain.toLowerCase();
  return word === 'true' || word === 'yes' || word === 'on' ? true : word === 'false' || word === 'no' || word === 'off' ? false : undefined;
}

export function mapOf(entries: readonly MapEntry[], origin: Origin, complete = true): MapValue {
  return { kind: 'map', entries: new Map(entries.map((entry) => [entry.key, entry])), complete, origin, at: origin };
}

export function unknownAt(origin: Origin, parts?: readonly (string | undefined)[]): Value {
  return { kind: 'unknown', origin, at: origin, ...(parts ? { parts } : {}) };
}
