import type { MapEntry, Value } from '../../model/value.ts';

type Placed = Pick<Value, 'origin' | 'at'>;

/** What a function of Terraform gives; undefined where that is not known. `value` evaluates an argument. Total. */
export function terraformFunction(name: string, count: number, value: (at: number) => Value, placed: Placed): Value | undefined {
  const every = (): readonly Value[] => Array.from({ length: count }, (_, at) => value(at));
  const truth = (is: boolean): Value => ({ kind: 'boolean', value: is, ...placed });
  const string = (text: string): Value => ({ kind: 'string', value: text, ...placed });
  switch (name) {
    case 'jsonencode': case 'yamlencode': case 'sensitive': case 'nonsensitive': case 'tolist': case 'toset': case 'tomap': case 'distinct': case 'sort': case 'compact': case 'tostring': case 'tonumber': case 'tobool':
    case 'trimspace': case 'chomp':
      return value(0);
    case 'concat': case 'setunion': return joined(every(), placed);
    case 'flatten': {
      const list = value(0);
      if (list.kind !== 'list') return undefined;
      const parts = list.items.map((item): Value => (item.kind === 'list' || item.kind === 'unknown' ? item : { kind: 'list', items: [item], complete: true, ...placed }));
      return joined(parts, placed, list.complete);
    }
    case 'merge': {
      const maps = every().filter((one) => one.kind !== 'null');
      return {
        kind: 'map', ...placed,
        entries: new Map(maps.flatMap((map) => (map.kind === 'map' ? [...map.entries] : []))),
        complete: maps.every((map) => map.kind === 'map' && map.complete),
      };
    }
    case 'lower': case 'upper': {
      const text = textOf(value(0));
      return text === undefined ? undefined : string(name === 'lower' ? text.toLowerCase() : text.toUpperCase());
    }
    case 'join': {
      const [separator, list] = [value(0), value(1)];
      if (separator.kind !== 'string' || list.kind !== 'list' || !list.complete || !list.items.every((item) => item.kind === 'string')) return undefined;
      return string(list.items.map((item) => (item.kind === 'string' ? item.value : '')).join(separator.value));
    }
    case 'split': {
      const [separator, text] = [textOf(value(0)), textOf(value(1))];
      return separator === undefined || text === undefined ? undefined : { kind: 'list', items: (text === '' ? [''] : text.split(separator)).map(string), complete: true, ...placed };
    }
    case 'format': {
      const [pattern, ...parts] = every().map(textOf);
      if (pattern === undefined || parts.some((part) => part === undefined) || !/^(?:[^%]|%[sdvqt%])*$/.test(pattern)) return undefined;
      let at = 0;
      return string(pattern.replace(/%(.)/g, (_, verb: string) => (verb === '%' ? '%' : verb === 'q' ? JSON.stringify(parts[at++] ?? '') : parts[at++] ?? '')));
    }
    case 'replace': {
      const [text, from, to] = every().map(textOf);
      return text === undefined || from === undefined || to === undefined || /^\/.*\/$/.test(from) ? undefined : string(text.replaceAll(from, to));
    }
    case 'startswith': case 'endswith': {
      const [text, part] = every().map(textOf);
      return text === undefined || part === undefined ? undefined : truth(name === 'startswith' ? text.startsWith(part) : text.endsWith(part));
    }
    case 'lookup': {
      const [map, key] = [value(0), value(1)];
      if (map.kind !== 'map' || key.kind !== 'string') return undefined;
      return map.entries.get(key.value)?.value ?? (map.complete ? value(2) : undefined);
    }
    case 'coalesce': {
      for (let at = 0; at < count; at++) {
        const one = value(at);
        if (one.kind === 'unknown') return undefined;
        if (one.kind !== 'null' && !(one.kind === 'string' && one.value === '')) return one;
      }
      return undefined;
    }
    case 'length': {
      const one = value(0);
      const size = one.kind === 'list' && one.complete ? one.items.length : one.kind === 'map' && one.complete ? one.entries.size : one.kind === 'string' ? one.value.length : undefined;
      return size === undefined ? undefined : { kind: 'number', value: size, ...placed };
    }
    case 'contains': {
      const [list, wanted] = [value(0), textOf(value(1))];
      if (list.kind !== 'list' || wanted === undefined) return undefined;
      const texts = list.items.map(textOf);
      return texts.includes(wanted) ? truth(true) : list.complete && texts.every((text) => text !== undefined) ? truth(false) : undefined;
    }
    case 'keys': case 'values': {
      const map = value(0);
      if (map.kind !== 'map') return undefined;
      const items = [...map.entries.values()].map((entry): Value => (name === 'values' ? entry.value : { kind: 'string', value: entry.key, origin: entry.keyOrigin, at: entry.keyOrigin }));
      return { kind: 'list', items, complete: map.complete, ...placed };
    }
    case 'element': case 'one': {
      const [list, at] = [value(0), name === 'one' ? undefined : value(1)];
      if (list.kind !== 'list' || !list.complete || list.items.length === 0) return undefined;
      return at === undefined ? list.items[0] : at.kind === 'number' ? list.items[at.value % list.items.length] : undefined;
    }
    case 'zipmap': {
      const [names, values] = [value(0), value(1)];
      if (names.kind !== 'list' || values.kind !== 'list') return undefined;
      const entries = new Map(names.items.flatMap((one, at): [string, MapEntry][] => (one.kind === 'string' && values.items[at] ? [[one.value, { key: one.value, keyOrigin: one.at, value: values.items[at] }]] : [])));
      return { kind: 'map', entries, complete: names.complete && values.complete && entries.size === names.items.length, ...placed };
    }
    case 'setproduct': {
      const lists = every();
      if (!lists.every((list) => list.kind === 'list' && list.complete)) return undefined;
      if (lists.reduce((product, list) => product * itemsOf(list).length, 1) > mostRows) return undefined;
      const rows = lists.reduce<readonly (readonly Value[])[]>((before, list) => before.flatMap((row) => itemsOf(list).map((item) => [...row, item])), [[]]);
      return { kind: 'list', items: rows.map((items): Value => ({ kind: 'list', items, complete: true, ...placed })), complete: true, ...placed };
    }
    default: return undefined;
  }
}

const mostRows = 200;

function itemsOf(list: Value): readonly Value[] {
  return list.kind === 'list' ? list.items : [list];
}

function textOf(value: Value): string | undefined {
  return value.kind === 'string' ? value.value : value.kind === 'number' || value.kind === 'boolean' ? String(value.value) : undefined;
}

function joined(lists: readonly Value[], placed: Placed, all = true): Value {
  return {
    kind: 'list', ...placed,
    items: lists.flatMap((list) => (list.kind === 'list' ? list.items : [])),
    complete: all && lists.every((list) => list.kind === 'list' && list.complete),
  };
}
