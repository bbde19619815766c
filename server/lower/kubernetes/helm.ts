import type { MapEntry, MapValue, Value } from '../../model/value.ts';
import type { Document } from '../../source/document.ts';
import type { Sources } from '../../source/sources.ts';
import { dataValues } from '../data/values.ts';
import { branchesOf, type Branch } from './helm-conditions.ts';

/** Filters that leave a value what it is. */
const plain = /^(?:quote|squote|toYaml|toString|int|int64|toInt|trim|n?indent\s+\d+)$/;
const deepest = 60;

interface Chart {
  readonly document: Document;
  readonly defaults: MapValue;
  readonly branches: readonly Branch[];
}

/**
 * The objects of a chart's template with what the chart's own `values.yaml` gives: what its conditions leave out is left out, and what else a
 * template computes stays unknown.
 */
export function withChartDefaults(values: readonly Value[], document: Document, sources: Sources): readonly Value[] {
  const at = document.path.lastIndexOf('templates/');
  if (at < 0 || (at > 0 && document.path[at - 1] !== '/') || !document.text.includes('{{')) return values;
  const file = sources.document(`${document.path.slice(0, at)}values.yaml`);
  const read = file && dataValues(file)[0];
  const defaults = read?.kind === 'map' ? read : none;
  const chart: Chart = { document, defaults, branches: branchesOf(document.text, defaults) };
  return values.filter((value) => !leftOut(value.origin.range.start, chart)).map((value) => filled(value, chart, 0));
}

const nowhere = { path: '', range: { start: 0, end: 0 } };
const none: MapValue = { kind: 'map', entries: new Map(), complete: false, origin: nowhere, at: nowhere };

function leftOut(offset: number, { branches }: Chart): boolean {
  return branches.some((one) => one.rendered === false && one.start <= offset && offset < one.end);
}

function filled(value: Value, chart: Chart, depth: number): Value {
  const { document, defaults } = chart;
  if (depth > deepest) return value;
  if (value.kind === 'list') {
    const items = value.items.filter((item) => !leftOut(item.origin.range.start, chart));
    return { ...value, items: items.map((item) => filled(item, chart, depth + 1)) };
  }
  if (value.kind === 'map') {
    const kept = [...value.entries].filter(([, entry]) => !leftOut(entry.keyOrigin.range.start, chart));
    return { ...value, entries: new Map(kept.map(([key, entry]) => [key, { ...entry, value: filled(writtenAnyway(entry, chart), chart, depth + 1) }])) };
  }
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

/** A value whose condition holds with the defaults, as if it stood there without one. */
function writtenAnyway({ keyOrigin, value }: MapEntry, { document, branches }: Chart): Value {
  const { origin, at } = value;
  if (value.kind !== 'unknown' || value.parts || origin.range.end > origin.range.start || at.range.end === at.range.start) return value;
  const around = branches.filter((one) => one.start <= keyOrigin.range.start && keyOrigin.range.start < one.end);
  if (around.some((one) => one.rendered !== true)) return value;
  const text = document.text.slice(at.range.start, at.range.end);
  if (/\{\{|\n/.test(text)) return value;
  const placed = { origin: at, at };
  if (/^(?:true|false)$/.test(text)) return { kind: 'boolean', value: text === 'true', ...placed };
  return /^\d{1,15}$/.test(text) ? { kind: 'number', value: Number(text), ...placed } : { kind: 'string', value: text, ...placed };
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
