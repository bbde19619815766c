import { baseName } from '../../base/path.ts';
import type { Origin } from '../../model/origin.ts';
import type { Resource } from '../../model/resource.ts';
import type { MapEntry, Value } from '../../model/value.ts';
import type { Document } from '../../source/document.ts';

/** True for Ansible's own settings, `ansible.cfg`. */
export function isAnsibleSettings(document: Document): boolean {
  return document.language === 'ini' && /^\.?ansible\.cfg$/.test(baseName(document.path));
}

/**
 * The settings as one `ansible_settings`: a map for each section (`defaults.host_key_checking`). Keys are in lower case; switches stay
 * texts, as Ansible reads them itself. A comment is a line that begins with `#` or `;`.
 */
export function lowerAnsibleSettings(document: Document): Resource[] {
  const { path, text } = document;
  const whole: Origin = { path, range: { start: 0, end: text.length } };
  const sections = new Map<string, MapEntry>();
  let header: Origin | undefined;
  let entries: Map<string, MapEntry> | undefined;
  for (const line of text.matchAll(/^[ \t]*([^\r\n]*)$/gm)) {
    const written = line[1]!;
    const start = line.index + line[0].length - written.length;
    const at = (from: number, length: number): Origin => ({ path, range: { start: start + from, end: start + from + length } });
    const section = /^\[([^\]\n]+)\]/.exec(written)?.[1];
    if (section !== undefined) {
      const place = at(1, section.length);
      header ??= place;
      entries = new Map();
      sections.set(section.trim().toLowerCase(), { key: section, keyOrigin: place, value: { kind: 'map', entries, complete: true, origin: place, at: place } });
      continue;
    }
    const [all, key = '', between = '', value = ''] = /^([A-Za-z_]\w*)([ \t]*[=:][ \t]*)(.*?)[ \t]*(?:[ \t];.*)?$/.exec(written) ?? [];
    if (all === undefined || !entries) continue;
    const place = at(key.length + between.length, value.length);
    const one: Value = { kind: 'string', value, origin: place, at: place };
    entries.set(key.toLowerCase(), { key, keyOrigin: at(0, key.length), value: one });
  }
  if (!header) return [];
  return [{ type: 'ansible_settings', name: baseName(path), address: 'ansible_settings', dialect: 'ansible', origin: whole, header, attributes: sections, complete: true, companions: [], mode: 'managed' }];
}
