import type { Origin } from '../../model/origin.ts';
import type { MapEntry, MapValue, Value } from '../../model/value.ts';
import type { Document } from '../../source/document.ts';
import { yamlValues } from '../data/yaml.ts';

/** True for an object that changes others: a `Kustomization` of kustomize. */
export function isKustomization(object: MapValue): boolean {
  return textOf(object, 'kind') === 'Kustomization' && /^kustomize\.config\.k8s\.io\//.test(textOf(object, 'apiVersion') ?? '');
}

/**
 * What the patches within a kustomization say of the objects that they change. Only what is written is known of those; what a patch
 * does not say may stand in the object.
 */
export function patchedObjects(kustomization: MapValue, document: Document): readonly MapValue[] {
  return ['patches', 'patchesStrategicMerge', 'patchesJson6902'].flatMap((list) => itemsOf(kustomization.entries.get(list)?.value)).flatMap((item): readonly MapValue[] => {
    if (item.kind === 'string') return within(item, document).flatMap(partial);
    if (item.kind !== 'map') return [];
    const target = item.entries.get('target')?.value;
    const patch = item.entries.get('patch')?.value;
    if (!patch) return [];
    return (patch.kind === 'string' ? within(patch, document) : [patch]).flatMap((value) => (value.kind === 'list' ? changed(value.items, target) : partial(value)));
  });
}

/** The YAML in a block text, with ranges of the file: what stands around it is blanked. */
function within(text: Value, document: Document): readonly Value[] {
  const { start, end } = text.origin.range;
  const source = document.text.slice(start, end);
  const first = /^[|>][-+\d]*[ \t]*(?:#[^\n]*)?\r?\n/.exec(source);
  if (!first || text.origin.path !== document.path) return [];
  const blank = document.text.slice(0, start + first[0].length).replace(/[^\n]/g, ' ');
  return yamlValues(document.path, blank + source.slice(first[0].length)).values;
}

/** A strategic merge patch: an object of which a part is written. */
function partial(value: Value): readonly MapValue[] {
  return value.kind === 'map' && value.entries.has('kind') ? [open(value) as MapValue] : [];
}

/** Nothing is complete: the object that is patched may hold more. */
function open(value: Value): Value {
  if (value.kind === 'list') return { ...value, items: value.items.map(open), complete: false };
  return value.kind === 'map' ? { ...value, complete: false, entries: new Map([...value.entries].map(([key, entry]) => [key, { ...entry, value: open(entry.value) }])) } : value;
}

/** The operations of a JSON patch as the parts of the object that they write. */
function changed(operations: readonly Value[], target: Value | undefined): readonly MapValue[] {
  const kind = target?.kind === 'map' ? target.entries.get('kind') : undefined;
  if (target?.kind !== 'map' || !kind) return [];
  return operations.flatMap((operation): readonly MapValue[] => {
    if (operation.kind !== 'map' || !/^(?:add|replace)$/.test(textOf(operation, 'op') ?? '')) return [];
    const names = (textOf(operation, 'path') ?? '').split('/').slice(1).map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));
    const value = operation.entries.get('value')?.value;
    if (!value || names.length === 0) return [];
    const place: Origin = operation.origin;
    const wrap = ([name, ...rest]: readonly string[]): Value => {
      if (name === undefined) return open(value);
      const inner = wrap(rest);
      if (/^(?:\d+|-)$/.test(name)) return { kind: 'list', items: [inner], complete: false, origin: place, at: place };
      return { kind: 'map', entries: new Map([[name, { key: name, keyOrigin: place, value: inner }]]), complete: false, origin: place, at: place };
    };
    const written = wrap(names);
    if (written.kind !== 'map') return [];
    const name = target.entries.get('name');
    const metadata: MapEntry[] = name && !written.entries.has('metadata') ? [{ key: 'metadata', keyOrigin: name.keyOrigin, value: { kind: 'map', entries: new Map([['name', name]]), complete: false, origin: place, at: place } }] : [];
    return [{ ...written, entries: new Map([['kind', kind] as const, ...metadata.map((entry) => [entry.key, entry] as const), ...written.entries]) }];
  });
}

function itemsOf(value: Value | undefined): readonly Value[] {
  return value?.kind === 'list' ? value.items : [];
}

function textOf(map: MapValue, key: string): string | undefined {
  const value = map.entries.get(key)?.value;
  return value?.kind === 'string' ? value.value : undefined;
}
