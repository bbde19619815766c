import type { MapEntry, Value } from '../../model/value.ts';

export interface ArmScope {
  readonly parameter: (name: string) => Value | undefined;
  readonly variable: (name: string) => Value | undefined;
  /** Address of a resource by its type, for `resourceId`. */
  readonly resource: (type: string) => string | undefined;
  /** What `copyIndex` counts. */
  readonly index?: number;
}

type Term = { readonly value: Value } | undefined;

/** The value of a template expression, `[concat(parameters('name'), '-data')]`; unknown where it cannot be worked out. Total. */
export function armExpression(text: string, at: Value, scope: ArmScope): Value {
  const unknown: Value = { kind: 'unknown', origin: at.origin, at: at.at };
  const tokens = text.match(/'(?:[^']|'')*'|[A-Za-z_]\w*|\d+|[()[\].,]/g) ?? [];
  if (tokens.length > 400) return unknown;
  let index = 0;
  const string = (value: string): Value => ({ kind: 'string', value, origin: at.origin, at: at.at });
  const term = (depth: number): Term => {
    const token = tokens[index++];
    if (token === undefined || depth > 30) return undefined;
    let value: Value | undefined;
    if (token.startsWith("'")) value = string(token.slice(1, -1).replaceAll("''", "'"));
    else if (/^\d/.test(token)) value = { kind: 'number', value: Number(token), origin: at.origin, at: at.at };
    else if (/^\w/.test(token) && tokens[index] === '(') {
      index++;
      const args: Term[] = [];
      while (index < tokens.length && tokens[index] !== ')') {
        if (tokens[index] === ',') index++;
        else args.push(term(depth + 1));
      }
      index++;
      value = call(token.toLowerCase(), args, scope, unknown);
    }
    while (tokens[index] === '.' || tokens[index] === '[') {
      let step: string | undefined;
      if (tokens[index] === '.') {
        step = tokens[index + 1];
        index += 2;
      } else {
        index++;
        const computed = term(depth + 1)?.value;
        step = computed?.kind === 'string' || computed?.kind === 'number' ? String(computed.value) : undefined;
        index++;
      }
      value = value?.kind === 'map' && step !== undefined ? value.entries.get(step)?.value : value?.kind === 'list' ? value.items[Number(step)] : undefined;
    }
    return value && { value };
  };
  return term(0)?.value ?? unknown;
}

/** The value of a function that Bicep and templates share; undefined where it cannot be worked out. */
export function armFunction(name: string, args: readonly Value[], unknown: Value): Value | undefined {
  return call(name.toLowerCase(), args.map((value) => ({ value })), { parameter: () => undefined, variable: () => undefined, resource: () => undefined }, unknown);
}

function call(name: string, args: readonly Term[], scope: ArmScope, unknown: Value): Value | undefined {
  const text = (index: number): string | undefined => {
    const value = args[index]?.value;
    return value?.kind === 'string' ? value.value : value?.kind === 'number' ? String(value.value) : undefined;
  };
  const place = { origin: unknown.origin, at: unknown.at };
  const truths = args.map((one) => (one?.value.kind === 'boolean' ? one.value.value : undefined));
  const truth = (value: boolean): Value => ({ kind: 'boolean', value, ...place });
  switch (name) {
    case 'not': return truths[0] === undefined ? undefined : truth(!truths[0]);
    case 'and': return truths.includes(false) ? truth(false) : truths.includes(undefined) ? undefined : truth(true);
    case 'or': return truths.includes(true) ? truth(true) : truths.includes(undefined) ? undefined : truth(false);
    case 'length': {
      const list = args[0]?.value;
      return list?.kind === 'list' && list.complete ? { kind: 'number', value: list.items.length, ...place } : undefined;
    }
    case 'empty': {
      const value = args[0]?.value;
      if (value?.kind === 'string') return truth(value.value === '');
      if (value?.kind === 'list' && value.complete) return truth(value.items.length === 0);
      return value?.kind === 'map' && value.complete ? truth(value.entries.size === 0) : value?.kind === 'null' ? truth(true) : undefined;
    }
    case 'coalesce': {
      const first = args.findIndex((one) => one?.value.kind !== 'null');
      return args[first]?.value;
    }
    case 'createarray': case 'array': return args.every((one) => one !== undefined) ? { kind: 'list', items: args.map((one) => one!.value), complete: true, ...place } : undefined;
    case 'union': {
      const maps = args.flatMap((one) => (one?.value.kind === 'map' ? [one.value] : []));
      return maps.length > 0 && maps.length === args.length
        ? { kind: 'map', entries: new Map(maps.flatMap((map) => [...map.entries])), complete: maps.every((map) => map.complete), ...place }
        : undefined;
    }
    case 'parameters': return placed(scope.parameter(text(0) ?? ''), unknown);
    case 'variables': return placed(scope.variable(text(0) ?? ''), unknown);
    case 'copyindex': {
      const offset = args.at(-1)?.value;
      return scope.index === undefined ? undefined : { kind: 'number', value: scope.index + (offset?.kind === 'number' ? offset.value : 0), ...place };
    }
    case 'true': case 'false': return { kind: 'boolean', value: name === 'true', ...place };
    case 'null': return { kind: 'null', ...place };
    case 'string': case 'bool': case 'int': case 'json': return args[0]?.value;
    case 'tolower': case 'toupper': {
      const value = text(0);
      return value === undefined ? undefined : { kind: 'string', value: name === 'tolower' ? value.toLowerCase() : value.toUpperCase(), ...place };
    }
    case 'concat': {
      const lists = args.map((one) => one?.value);
      if (lists.length > 0 && lists.every((one) => one?.kind === 'list')) {
        return { kind: 'list', items: lists.flatMap((one) => (one?.kind === 'list' ? one.items : [])), complete: lists.every((one) => one?.kind === 'list' && one.complete), ...place };
      }
      const parts = args.map((_, index) => text(index));
      return parts.every((part) => part !== undefined) ? { kind: 'string', value: parts.join(''), ...place } : { kind: 'unknown', parts, ...place };
    }
    case 'if': {
      const condition = args[0]?.value;
      return condition?.kind === 'boolean' ? args[condition.value ? 1 : 2]?.value : undefined;
    }
    case 'equals': {
      const [a, b] = [text(0), text(1)];
      return a === undefined || b === undefined ? undefined : { kind: 'boolean', value: a === b, ...place };
    }
    case 'equalsignoringcase': case 'differsignoringcase': {
      const [a, b] = [text(0)?.toLowerCase(), text(1)?.toLowerCase()];
      return a === undefined || b === undefined ? undefined : truth((a === b) === (name === 'equalsignoringcase'));
    }
    case 'less': case 'greater': case 'lessorequals': case 'greaterorequals': {
      const [a, b] = [args[0]?.value, args[1]?.value];
      if (a?.kind !== 'number' || b?.kind !== 'number') return undefined;
      return truth(name === 'less' ? a.value < b.value : name === 'greater' ? a.value > b.value : name === 'lessorequals' ? a.value <= b.value : a.value >= b.value);
    }
    case 'resourceid': {
      const target = scope.resource(text(0) ?? '');
      return target === undefined ? undefined : { kind: 'reference', target, attribute: [], ...place };
    }
    case 'subscriptionresourceid': case 'tenantresourceid': case 'managementgroupresourceid': {
      // Names may stand behind an id of what the resource belongs to.
      const at = args.findIndex((_, index) => /^Microsoft\.\w+\//i.test(text(index) ?? ''));
      const names = args.slice(at + 1).map((_, index) => text(at + 1 + index));
      return at < 0 || names.some((one) => one === undefined) ? undefined : { kind: 'string', value: `/providers/${[text(at), ...names].join('/')}`, ...place };
    }
    case 'format': {
      const parts = args.map((_, index) => text(index));
      return parts.every((part) => part !== undefined) ? { kind: 'string', value: parts[0]!.replace(/\{(\d+)\}/g, (_, index: string) => parts[Number(index) + 1] ?? ''), ...place } : { kind: 'unknown', ...place };
    }
    case 'contains': {
      const [holder, wanted] = [args[0]?.value, text(1)];
      if (wanted === undefined) return undefined;
      if (holder?.kind === 'string') return truth(holder.value.includes(wanted));
      if (holder?.kind === 'map' && holder.complete) return truth(holder.entries.has(wanted));
      if (holder?.kind !== 'list') return undefined;
      const texts = holder.items.map((item) => (item.kind === 'string' ? item.value : item.kind === 'number' ? String(item.value) : undefined));
      return texts.includes(wanted) ? truth(true) : holder.complete && texts.every((one) => one !== undefined) ? truth(false) : undefined;
    }
    case 'startswith': case 'endswith': {
      const [whole, part] = [text(0)?.toLowerCase(), text(1)?.toLowerCase()];
      return whole === undefined || part === undefined ? undefined : truth(name === 'startswith' ? whole.startsWith(part) : whole.endsWith(part));
    }
    case 'first': case 'last': {
      const list = args[0]?.value;
      return list?.kind === 'list' && list.complete ? list.items.at(name === 'first' ? 0 : -1) : undefined;
    }
    case 'range': {
      const [from, count] = [args[0]?.value, args[1]?.value];
      if (from?.kind !== 'number' || count?.kind !== 'number' || count.value < 0 || count.value > mostInRange) return undefined;
      return { kind: 'list', items: Array.from({ length: count.value }, (_, index): Value => ({ kind: 'number', value: from.value + index, ...place })), complete: true, ...place };
    }
    case 'items': case 'objectkeys': {
      const map = args[0]?.value;
      if (map?.kind !== 'map') return undefined;
      const key = (entry: MapEntry): Value => ({ kind: 'string', value: entry.key, origin: entry.keyOrigin, at: entry.keyOrigin });
      const pair = (entry: MapEntry): Value => ({ kind: 'map', complete: true, ...place, entries: new Map([['key', { key: 'key', keyOrigin: entry.keyOrigin, value: key(entry) }], ['value', { key: 'value', keyOrigin: entry.keyOrigin, value: entry.value }]]) });
      return { kind: 'list', items: [...map.entries.values()].map(name === 'items' ? pair : key), complete: map.complete, ...place };
    }
    default: return undefined;
  }
}

const mostInRange = 50;

function placed(value: Value | undefined, where: Value): Value | undefined {
  return value && { ...value, at: where.at };
}
