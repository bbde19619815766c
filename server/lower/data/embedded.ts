import type { Value } from '../../model/value.ts';
import type { Sources } from '../../source/sources.ts';
import { jsonValue } from './json.ts';
import { yamlValues } from './yaml.ts';

/** Stands for an interpolated part of a text. */
export const hole = '\ue000';

/** JSON written as text, such as a policy in a heredoc: parsed where it stands, so that ranges are those of the file. */
export function embeddedJson(value: Value, sources: Sources): Value | undefined {
  const { path, range } = value.origin;
  const text = sources.document(path)?.text.slice(range.start, range.end);
  if (text === undefined) return undefined;
  if (text.includes('\\"')) {
    const read = value.kind === 'string' ? jsonValue(path, value.value) : undefined;
    return read?.value && read.errors.length === 0 ? at(read.value, value) : undefined;
  }
  const filled = withoutHeader(text).replace(/\$\{[^}]*\}|<%[^%]*%>/g, (part) => hole.repeat(part.length));
  const { value: parsed, errors } = jsonValue(path, filled);
  return parsed && (errors.length === 0 || text.includes('"Statement"')) ? shift(parsed, range.start) : undefined;
}

/** The first document of YAML written as text, such as a manifest in a heredoc: parsed where it stands. */
export function embeddedYaml(value: Value, sources: Sources): Value | undefined {
  const { path, range } = value.origin;
  const text = sources.document(path)?.text.slice(range.start, range.end);
  if (text === undefined || text.includes('\\"') || text.includes('\\n')) return undefined;
  const { values, errors } = yamlValues(path, text.replace(/\$\{[^}]*\}|%\{[^}]*\}/g, (part) => hole.repeat(part.length)));
  return values[0] && errors.length === 0 ? shift(values[0], range.start) : undefined;
}

/** The text of a block of YAML without the mark before it, at the same offsets. */
function withoutHeader(text: string): string {
  return text.replace(/^[|>][-+\d]*[^\n]*(?=\n)/, (header) => ' '.repeat(header.length));
}

/** Text that may be JSON, by its first character. */
export function looksLikeJson(value: Value): boolean {
  const text = value.kind === 'string' ? value.value : value.kind === 'unknown' ? value.parts?.[0] : undefined;
  return text !== undefined && /^\s*[{[]/.test(text);
}

/** Every part of a value that was escaped stands where the whole stands. */
function at(value: Value, whole: Value): Value {
  const placed = { origin: whole.origin, at: whole.at };
  if (value.kind === 'list') return { ...value, ...placed, items: value.items.map((item) => at(item, whole)) };
  if (value.kind === 'map') return { ...value, ...placed, entries: new Map([...value.entries].map(([key, entry]) => [key, { key, keyOrigin: whole.at, value: at(entry.value, whole) }])) };
  return { ...value, ...placed };
}

function shift(value: Value, by: number): Value {
  const move = <T extends { readonly path: string; readonly range: { readonly start: number; readonly end: number } }>(origin: T) => ({ path: origin.path, range: { start: origin.range.start + by, end: origin.range.end + by } });
  const placed = { origin: move(value.origin), at: move(value.at) };
  if (value.kind === 'list') return { ...value, ...placed, items: value.items.map((item) => shift(item, by)) };
  if (value.kind === 'map') {
    return { ...value, ...placed, entries: new Map([...value.entries].map(([key, entry]) => [key, { key, keyOrigin: move(entry.keyOrigin), value: shift(entry.value, by) }])) };
  }
  if (value.kind === 'string' && value.value.includes(hole)) return { kind: 'unknown', ...placed, parts: value.value.split(new RegExp(`${hole}+`)).flatMap((part, at) => (at === 0 ? [part] : [undefined, part])) };
  return { ...value, ...placed };
}
