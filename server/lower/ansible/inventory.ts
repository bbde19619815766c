import { baseName } from '../../base/path.ts';
import type { Origin } from '../../model/origin.ts';
import type { Resource } from '../../model/resource.ts';
import type { MapEntry, MapValue, Value } from '../../model/value.ts';
import type { Document } from '../../source/document.ts';
import { dataValues } from '../data/values.ts';

const deepest = 8;

/** True for an inventory in INI form: by its name, or by what only inventories hold. */
export function isAnsibleInventory(document: Document): boolean {
  if (document.language !== 'ini' || /^\.?ansible\.cfg$/.test(baseName(document.path))) return false;
  return /^(?:hosts|inventory)(?:[\w.-]*)$/.test(baseName(document.path)) ? /^\[[\w.-]+(?::(?:vars|children))?\]/m.test(document.text) : /^\[[\w.-]+:(?:vars|children)\]/m.test(document.text) && /\bansible_\w+\s*=/.test(document.text);
}

/** True for text that may be an inventory in YAML: groups below `all`. */
export function mayBeYamlInventory(text: string): boolean {
  return /^["']?all["']?\s*:/m.test(text) && /^\s+["']?(?:hosts|children)["']?\s*:/m.test(text);
}

/**
 * The hosts of an inventory as `ansible_host`, named as they are called, with `address` (the `ansible_host` variable, else the name),
 * `group` and `vars`; the variables of a group as `ansible_group`.
 */
export function lowerAnsibleInventory(document: Document): Resource[] {
  const { path, text } = document;
  const out: Resource[] = [];
  let group = 'ungrouped';
  let part: string | undefined;
  let header: Origin = { path, range: { start: 0, end: 0 } };
  let variables = new Map<string, MapEntry>();
  const close = (): void => {
    if (part === 'vars' && variables.size > 0) out.push(groupOf(group, header, variables));
  };
  for (const line of text.matchAll(/^[ \t]*([^\r\n]*)$/gm)) {
    const written = line[1]!;
    const start = line.index + line[0].length - written.length;
    if (written === '' || /^[#;]/.test(written)) continue;
    const section = /^\[([^\]:\s]+)(?::(\w+))?\]/.exec(written);
    if (section) {
      close();
      group = section[1]!;
      part = section[2];
      header = { path, range: { start: start + 1, end: start + 1 + group.length } };
      variables = new Map();
    } else if (part === 'vars') for (const [key, entry] of pairs(written, start, path)) variables.set(key, entry);
    else if (part === undefined) {
      const name = /^\S+/.exec(written)![0];
      const at: Origin = { path, range: { start, end: start + name.length } };
      out.push(hostOf(name, group, at, new Map(pairs(written.slice(name.length), start + name.length, path))));
    }
  }
  close();
  return out;
}

/** The hosts and groups of an inventory in YAML. */
export function lowerYamlInventory(document: Document): Resource[] {
  const [root] = dataValues(document);
  const out: Resource[] = [];
  if (root?.kind === 'map') for (const entry of root.entries.values()) inGroup(entry, out, 0);
  return out;
}

function inGroup(entry: MapEntry, out: Resource[], depth: number): void {
  if (entry.value.kind !== 'map' || depth > deepest) return;
  const vars = mapAt(entry.value, 'vars');
  if (vars && vars.entries.size > 0) out.push(groupOf(entry.key, entry.keyOrigin, vars.entries));
  for (const host of mapAt(entry.value, 'hosts')?.entries.values() ?? []) out.push(hostOf(host.key, entry.key, host.keyOrigin, host.value.kind === 'map' ? host.value.entries : new Map()));
  for (const child of mapAt(entry.value, 'children')?.entries.values() ?? []) inGroup(child, out, depth + 1);
}

function mapAt(map: MapValue, key: string): MapValue | undefined {
  const value = map.entries.get(key)?.value;
  return value?.kind === 'map' ? value : undefined;
}

/** `key=value` pairs of a line; a value may stand in quotes. */
function* pairs(text: string, start: number, path: string): Generator<[string, MapEntry]> {
  for (const match of text.matchAll(/([A-Za-z_]\w*)[ \t]*=[ \t]*(?:'([^']*)'|"([^"]*)"|([^\s#]*))/g)) {
    const [whole, key, single, double, plain] = match;
    const value = single ?? double ?? plain!;
    const end = start + match.index + whole.length - (plain === undefined ? 1 : 0);
    const at: Origin = { path, range: { start: end - value.length, end } };
    yield [key!, { key: key!, keyOrigin: { path, range: { start: start + match.index, end: start + match.index + key!.length } }, value: { kind: 'string', value, origin: at, at } }];
  }
}

function hostOf(name: string, group: string, at: Origin, vars: ReadonlyMap<string, MapEntry>): Resource {
  const text = (value: string): Value => ({ kind: 'string', value, origin: at, at });
  const entry = (key: string, value: Value): [string, MapEntry] => [key, { key, keyOrigin: at, value }];
  const attributes = new Map([entry('address', vars.get('ansible_host')?.value ?? text(name)), entry('group', text(group)), entry('vars', { kind: 'map', entries: vars, complete: true, origin: at, at })]);
  return resourceOf('ansible_host', name, `${group}.${name}`, at, attributes);
}

function groupOf(name: string, at: Origin, vars: ReadonlyMap<string, MapEntry>): Resource {
  return resourceOf('ansible_group', name, name, at, new Map([['vars', { key: 'vars', keyOrigin: at, value: { kind: 'map', entries: vars, complete: true, origin: at, at } }]]));
}

function resourceOf(type: string, name: string, place: string, at: Origin, attributes: ReadonlyMap<string, MapEntry>): Resource {
  return { type, name, address: `${type}.${place}`, dialect: 'ansible', origin: at, header: at, attributes, complete: true, companions: [], mode: 'managed' };
}
