import { baseName } from '../base/path.ts';
import type { Origin } from '../model/origin.ts';
import type { Resource } from '../model/resource.ts';
import type { MapEntry, MapValue, Value } from '../model/value.ts';
import type { Document } from '../source/document.ts';
import { dataValues } from './data/values.ts';

/** Which service a file of settings belongs to, by its name and place; undefined for every other file. */
export function settingsOf({ path, text, language }: Document): 'grafana_settings' | 'supabase_settings' | undefined {
  if (language === 'toml') return /(?:^|\/)supabase\/config\.toml$/.test(path) ? 'supabase_settings' : undefined;
  if (language !== 'ini') return undefined;
  const name = baseName(path);
  return name === 'grafana.ini' || (/^(?:custom|defaults)\.ini$/.test(name) && /^\[auth\.anonymous\]/m.test(text)) ? 'grafana_settings' : undefined;
}

/** The settings of a file in sections as one resource: a map for each section, by its whole name in lower case; those of functions together. */
export function lowerSettings(document: Document): Resource[] {
  const { path, text } = document;
  const type = settingsOf(document);
  const sections = new Map<string, MapEntry>();
  let header: Origin | undefined;
  let entries = new Map<string, MapEntry>();
  for (const line of type ? text.matchAll(/^[ \t]*([^\r\n]*)$/gm) : []) {
    const written = line[1]!;
    const start = line.index + line[0].length - written.length;
    const at = (from: number, length: number): Origin => ({ path, range: { start: start + from, end: start + from + length } });
    const section = /^\[+([^\]\n]+)\]+/.exec(written)?.[1];
    if (section !== undefined) {
      const place = at(written.indexOf(section), section.length);
      header ??= place;
      const value: MapValue = { kind: 'map', entries: (entries = new Map()), complete: true, origin: place, at: place };
      const name = section.trim().toLowerCase();
      const group = /^functions\.(?=.)/.test(name) ? 'functions' : undefined;
      const all = group === undefined ? undefined : sections.get(group)?.value;
      if (group === undefined) sections.set(name, { key: section, keyOrigin: place, value });
      else sections.set(group, { key: group, keyOrigin: place, value: { ...value, entries: new Map([...(all?.kind === 'map' ? all.entries : []), [name, { key: name, keyOrigin: place, value }]]) } });
      continue;
    }
    const [all, key = '', between = '', value = ''] = /^([A-Za-z_][\w.]*)([ \t]*=[ \t]*)(.*?)[ \t]*(?:[ \t][#;].*)?$/.exec(written) ?? [];
    if (all === undefined) continue;
    const own = valueOf(value, at(key.length + between.length, value.length));
    if (own) entries.set(key, { key, keyOrigin: at(0, key.length), value: own });
  }
  const whole: Origin = { path, range: { start: 0, end: text.length } };
  return type && header ? [{ type, name: baseName(path), address: type, dialect: 'pipeline', origin: whole, header, attributes: sections, complete: false, companions: [], mode: 'managed' }] : [];
}

/** A text, a number, a switch or a list of texts in one line; what is filled in later is unknown. */
function valueOf(text: string, place: Origin): Value | undefined {
  const placed = { origin: place, at: place };
  if (/\$\{|\$__|\benv\(|%\(/.test(text)) return { kind: 'unknown', ...placed };
  if (text.startsWith('[')) {
    if (!text.endsWith(']')) return { kind: 'unknown', ...placed };
    const items = [...text.matchAll(/"([^"]*)"|'([^']*)'/g)].map((match): Value => {
      const start = place.range.start + match.index + 1;
      const origin = { path: place.path, range: { start, end: start + match[0].length - 2 } };
      return { kind: 'string', value: match[1] ?? match[2]!, origin, at: origin };
    });
    return { kind: 'list', items, complete: true, ...placed };
  }
  if (/^(["']).*\1$/.test(text)) {
    const inner = { path: place.path, range: { start: place.range.start + 1, end: place.range.end - 1 } };
    return { kind: 'string', value: text.slice(1, -1), origin: inner, at: inner };
  }
  if (/^(?:true|false)$/i.test(text)) return { kind: 'boolean', value: /^t/i.test(text), ...placed };
  if (/^\d{1,15}$/.test(text)) return { kind: 'number', value: Number(text), ...placed };
  return text === '' ? undefined : { kind: 'string', value: text, ...placed };
}

/** True for what a machine does when it first starts. */
export function isCloudInit(text: string): boolean {
  return text.startsWith('#cloud-config');
}

export function lowerCloudInit(document: Document): Resource[] {
  return dataValues(document).flatMap((value): Resource[] => {
    const first = value.kind === 'map' ? [...value.entries.values()][0] : undefined;
    return value.kind === 'map' && first ? [{ type: 'cloud_init', name: baseName(document.path), address: 'cloud_init', dialect: 'pipeline', origin: value.origin, header: first.keyOrigin, attributes: value.entries, complete: value.complete, companions: [], mode: 'managed' }] : [];
  });
}
