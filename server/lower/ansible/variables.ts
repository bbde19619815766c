import { directoryName, joinPath } from '../../base/path.ts';
import type { MapEntry, Value } from '../../model/value.ts';
import type { Document } from '../../source/document.ts';
import type { Sources } from '../../source/sources.ts';
import { dataValues } from '../data/values.ts';

export type Variables = ReadonlyMap<string, Value>;

const deepest = 8;
/** Secrets are looked for where they are written, not where they are used. */
const secret = /pass(?:word|wd)?$|secret|token|(?:api|access|account|private|shared)_?key$/i;

/** Variables that a playbook or the role around a list of tasks sets in files of its own; what a role's `vars` say wins over its defaults. */
export function variablesBeside(document: Document, sources: Sources): Variables {
  const directory = directoryName(document.path);
  const role = /(?:^|\/)(?:tasks|handlers)$/.test(directory) ? joinPath(directory, '..') : undefined;
  const places = role === undefined ? [joinPath(directory, 'group_vars/all')] : [joinPath(role, 'defaults/main'), joinPath(role, 'vars/main')];
  const out = new Map<string, Value>();
  for (const place of places) {
    for (const ending of ['.yml', '.yaml']) {
      const file = sources.document(place + ending);
      for (const value of file ? dataValues(file) : []) for (const [name, one] of variablesOf(value)) out.set(name, one);
    }
  }
  return out;
}

/** What a map of `vars` sets. */
export function variablesOf(value: Value | undefined): Variables {
  return value?.kind === 'map' ? new Map([...value.entries].map(([name, entry]) => [name, entry.value])) : new Map();
}

/** An argument with the variables that it consists of put in: `"{{ address }}"`, `{{ item.port }}`, `{{ open | default(true) }}`. Other templates stay unknown. */
export function resolved(value: Value, variables: Variables, text: (value: Value) => string, depth = 0): Value {
  if (depth > deepest) return value;
  switch (value.kind) {
    case 'list': return { ...value, items: value.items.map((item) => resolved(item, variables, text, depth + 1)) };
    case 'map': {
      const one = (entry: MapEntry): MapEntry => (secret.test(entry.key) ? entry : { ...entry, value: resolved(entry.value, variables, text, depth + 1) });
      return { ...value, entries: new Map([...value.entries].map(([key, entry]) => [key, one(entry)])) };
    }
    case 'unknown': {
      const [, path, fallback] = /^["']?\{\{\s*([A-Za-z_]\w*(?:\.\w+|\[['"]\w+['"]\])*)\s*(?:\|\s*default\(\s*('[^']*'|"[^"]*"|true|false|True|False|\d+)\s*\)\s*)?(?:\|\s*(?:bool|int|string)\s*)?\}\}["']?$/.exec(text(value)) ?? [];
      const found = path === undefined ? undefined : follow(path.split(/[.[\]'"]+/).filter((part) => part !== ''), variables);
      if (found && found.kind !== 'unknown') return { ...found, at: value.at };
      if (found?.kind === 'unknown') return depth < deepest ? resolvedFrom(found, value, variables, text, depth) : value;
      return fallback === undefined ? value : literal(fallback, value);
    }
    default: return value;
  }
}

/** A variable that is itself made of another. */
function resolvedFrom(found: Value, value: Value, variables: Variables, text: (value: Value) => string, depth: number): Value {
  const inner = resolved(found, variables, text, depth + 1);
  return inner.kind === 'unknown' ? value : { ...inner, at: value.at };
}

function follow([first, ...rest]: readonly string[], variables: Variables): Value | undefined {
  let at = variables.get(first!);
  for (const name of rest) at = at?.kind === 'map' ? at.entries.get(name)?.value : undefined;
  return at;
}

function literal(text: string, { origin, at }: Value): Value {
  if (/^['"]/.test(text)) return { kind: 'string', value: text.slice(1, -1), origin, at };
  return /^\d/.test(text) ? { kind: 'number', value: Number(text), origin, at } : { kind: 'boolean', value: /^t/i.test(text), origin, at };
}
