import type { Document } from '../../server/rule/documents.ts';
import type { MapEntry, MapValue, Value } from '../../server/rule/queries.ts';

const header = /^[ \t]*\[mcp_servers\.(?:"([^"\n]+)"|'([^'\n]+)'|([\w-]+))\][ \t]*(?:#.*)?$/;
const setting = /^[ \t]*([\w-]+)[ \t]*=[ \t]*/;

/**
 * The `[mcp_servers.NAME]` tables of Codex, as maps. Texts, lists of texts and truth values are read, which is all that such a
 * table holds besides its variables; anything else is left out.
 */
export function tomlServers(document: Document): readonly MapEntry[] {
  const { text, path, lines } = document;
  const origin = (start: number, end: number) => ({ path, range: { start, end } });
  const out: MapEntry[] = [];
  let entries: Map<string, MapEntry> | undefined;
  for (let line = 0; line < lines.count && line < 20_000; line++) {
    const { start, end } = lines.range(line);
    const content = text.slice(start, end);
    const name = header.exec(content);
    if (name || /^[ \t]*\[/.test(content)) {
      entries = undefined;
      if (!name) continue;
      const key = name[1] ?? name[2] ?? name[3]!;
      entries = new Map();
      const value: MapValue = { kind: 'map', entries, complete: true, origin: origin(start, end), at: origin(start, end) };
      out.push({ key, keyOrigin: origin(start, end), value });
      continue;
    }
    const found = entries && setting.exec(content);
    if (!entries || !found) continue;
    const from = start + found[0].length;
    const value = tomlValue(text, from, origin);
    if (value) entries.set(found[1]!, { key: found[1]!, keyOrigin: origin(start + content.indexOf(found[1]!), from), value });
  }
  return out;
}

type Place = (start: number, end: number) => Value['origin'];

function tomlValue(text: string, from: number, origin: Place): Value | undefined {
  if (text[from] === '[') {
    const end = text.indexOf(']', from);
    if (end < 0 || end - from > 4000) return undefined;
    const items = [...text.slice(from, end).matchAll(/"((?:[^"\\\n]|\\.)*)"|'([^'\n]*)'/g)].map((one): Value => {
      const at = origin(from + one.index + 1, from + one.index + one[0].length - 1);
      return { kind: 'string', value: one[1] ?? one[2]!, origin: at, at };
    });
    return { kind: 'list', items, complete: true, origin: origin(from, end + 1), at: origin(from, end + 1) };
  }
  const plain = /^(?:"((?:[^"\\\n]|\\.)*)"|'([^'\n]*)'|(true|false)\b)/.exec(text.slice(from, from + 2000));
  if (!plain) return undefined;
  if (plain[3] !== undefined) return { kind: 'boolean', value: plain[3] === 'true', origin: origin(from, from + plain[0].length), at: origin(from, from + plain[0].length) };
  const at = origin(from + 1, from + plain[0].length - 1);
  return { kind: 'string', value: plain[1] ?? plain[2]!, origin: at, at };
}
