import type { MapValue, Value } from '../../model/value.ts';
import type { Document } from '../../source/document.ts';
import type { Sources } from '../../source/sources.ts';
import { dataValues } from '../data/values.ts';

/** Filters that leave a value what it is. */
const plain = /^(?:quote|squote|toYaml|toString|int|int64|toInt|trim|n?indent\s+\d+)$/;
const deepest = 60;

/** The objects of a chart's template with what the chart's own `values.yaml` gives; what else a template computes stays unknown. */
export function withChartDefaults(values: readonly Value[], document: Document, sources: Sources): readonly Value[] {
  const at = document.path.lastIndexOf('templates/');
  if (at < 0 || (at > 0 && document.path[at - 1] !== '/') || !document.text.includes('.Values.')) return values;
  const file = sources.document(`${document.path.slice(0, at)}values.yaml`);
  const defaults = file && dataValues(file)[0];
  return defaults?.kind === 'map' ? values.map((value) => filled(value, document, defaults, 0)) : values;
}

function filled(value: Value, document: Document, defaults: MapValue, depth: number): Value {
  if (depth > deepest) return value;
  if (value.kind === 'list') return { ...value, items: value.items.map((item) => filled(item, document, defaults, depth + 1)) };
  if (value.kind === 'map') return { ...value, entries: new Map([...value.entries].map(([key, entry]) => [key, { ...entry, value: filled(entry.value, document, defaults, depth + 1) }])) };
  if (value.kind !== 'unknown') return value;
  const text = document.text.slice(value.origin.range.start, value.origin.range.end).trim();
  const whole = /^\{\{-?((?:(?!\}\})[\s\S])*?)-?\}\}$/.exec(text)?.[1];
  if (whole !== undefined) {
    const given = valueOf(whole, defaults);
    return given ? { ...given, at: value.at } : value;
  }
  if (!text.includes('{{')) return value;
  let known = true;
  const written = text.replace(/\{\{-?((?:(?!\}\})[\s\S])*?)-?\}\}/g, (_, action: string) => {
    const part = valueOf(action, defaults);
    if (part?.kind === 'string' && part.value !== '') return part.value;
    if (part?.kind === 'number') return String(part.value);
    known = false;
    return '';
  });
  return known ? { kind: 'string', value: written, origin: value.origin, at: value.at } : value;
}

/** The default behind `.Values.a.b`, with filters that change nothing, or the literal of `default`. */
function valueOf(action: string, defaults: MapValue): Value | undefined {
  const [first = '', ...filters] = action.split('|').map((part) => part.trim());
  const path = /^(?:(?:toYaml|quote|int)\s+)?\(?\$?\.Values\.([A-Za-z_][\w.]*)\)?$/.exec(first)?.[1];
  if (path === undefined || filters.some((filter) => !plain.test(filter) && !/^default\s/.test(filter))) return undefined;
  let value: Value | undefined = defaults;
  for (const name of path.split('.')) value = value?.kind === 'map' ? value.entries.get(name)?.value : undefined;
  const replaced = filters.some((filter) => filter.startsWith('default'));
  if (value === undefined || value.kind === 'null' || value.kind === 'unknown') return undefined;
  // A default takes the place of what is empty, and `false` and `0` are.
  return replaced && ((value.kind === 'string' && value.value === '') || (value.kind === 'boolean' && !value.value) || (value.kind === 'number' && value.value === 0)) ? undefined : value;
}
