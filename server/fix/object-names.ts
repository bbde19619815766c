import type { Resource } from '../model/resource.ts';
import type { MapValue } from '../model/value.ts';
import type { Document } from '../source/document.ts';

/** How a resource writes properties that are not there yet. */
export interface ObjectNames {
  readonly names: readonly string[];
  /** Blocks are lists of one, as in the first versions of Upbound's kinds. Source: "Converting singleton lists to embedded objects" of upjet. */
  readonly listed: boolean;
}

/** `storage_encrypted` is `storageEncrypted`. */
export function camel(name: string): string {
  return name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** The names of a path in an object of Crossplane or Config Connector; undefined for kinds whose names are those of the cloud's own API. */
export function namesInObject(document: Document, { origin }: Resource, path: readonly string[]): ObjectNames | undefined {
  const [, group = '', version = ''] = /["']?apiVersion["']?\s*:\s*["']?([\w.-]+)\/(\w+)/.exec(document.text.slice(origin.range.start, origin.range.end)) ?? [];
  const names = path.map(camel);
  if (group.endsWith('.cnrm.cloud.google.com')) return { names, listed: false };
  return group.endsWith('.upbound.io') ? { names, listed: !group.endsWith('.m.upbound.io') && /^v1(?:alpha|beta)1$/.test(version) } : undefined;
}

/** The map that holds a resource of Deployment Manager: requests carry some under their own name, beside the project and the zone. */
export function bodyOf({ attributes, dialect }: Resource): MapValue | undefined {
  if (dialect !== 'deployment-manager') return undefined;
  return ['cluster', 'node_pool', 'properties'].map((name) => attributes.get(name)?.value).find((value): value is MapValue => value?.kind === 'map');
}

/** The names of a path in a cloud's own API: a pool of nodes calls the settings of its nodes `config`. */
export function namesInApi({ type }: Resource, path: readonly string[]): readonly string[] {
  return type === 'google_container_node_pool' && path[0] === 'node_config' ? ['config', ...path.slice(1)] : path;
}
