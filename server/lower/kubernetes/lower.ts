import type { MapValue, Value } from '../../model/value.ts';
import type { Resource } from '../../model/resource.ts';
import type { Document } from '../../source/document.ts';
import type { Sources } from '../../source/sources.ts';
import { crossplaneResources } from '../crossplane/lower.ts';
import { dataValues } from '../data/values.ts';
import { withChartDefaults } from './helm.ts';
import { isKustomization, patchedObjects } from './kustomize.ts';

/** True for text that may hold Kubernetes objects. */
export function mayBeKubernetes(text: string): boolean {
  if (!text.includes('apiVersion') || !text.includes('kind')) return false;
  // A list at the top is a playbook, whose tasks may hold objects.
  if (/^(?:---.*\n|#.*\n|[ \t\r]*\n)*-\s/.test(text)) return false;
  return /(?:^|[{,])\s*(?:-\s+)?["']?apiVersion["']?\s*:/m.test(text) && /(?:^|[{,])\s*(?:-\s+)?["']?kind["']?\s*:/m.test(text);
}

/** The objects of a manifest: several documents, lists, and templates whose actions are unknown. */
export function lowerKubernetes(document: Document, sources: Sources): Resource[] {
  const out: Resource[] = [];
  for (const value of withChartDefaults(dataValues(document), document, sources)) collect(value, document, out, 0);
  return out;
}

/** The objects that a value of another dialect holds, such as the definition that a task applies. */
export function kubernetesObjects(value: Value, document: Document): Resource[] {
  const out: Resource[] = [];
  collect(value, document, out, 0);
  return out;
}

function collect(value: Value, document: Document, out: Resource[], depth: number): void {
  if (value.kind !== 'map' || depth > 3) return;
  const kind = textOf(value, 'kind');
  if (kind === undefined || (!value.entries.has('apiVersion') && value.complete)) return;
  if (isKustomization(value)) for (const object of patchedObjects(value, document)) collect(object, document, out, depth + 1);
  if (kind.endsWith('List') && value.entries.get('items')?.value.kind === 'list') {
    const items = value.entries.get('items')!.value;
    if (items.kind === 'list') for (const item of items.items) collect(item, document, out, depth + 1);
    return;
  }
  const declared = crossplaneResources(value);
  if (declared.length > 0) {
    out.push(...declared);
    return;
  }
  const metadata = value.entries.get('metadata')?.value;
  const name = metadata?.kind === 'map' ? metadata.entries.get('name')?.value : undefined;
  const label = name?.kind === 'string' ? name.value : kind;
  out.push({
    type: `k8s_${kind.toLowerCase()}`,
    name: label,
    address: `${kind}/${label}#${out.length}`,
    dialect: 'kubernetes',
    origin: value.origin,
    header: name?.kind === 'string' ? name.origin : value.entries.get('kind')!.value.origin,
    attributes: value.entries,
    complete: value.complete,
    companions: [],
    mode: 'managed',
  });
}

function textOf(map: MapValue, key: string): string | undefined {
  const value = map.entries.get(key)?.value;
  return value?.kind === 'string' ? value.value : undefined;
}
