import { scalar } from '../../analysis/values.ts';
import type { Resource } from '../../model/resource.ts';
import type { MapEntry } from '../../model/value.ts';
import type { Document } from '../../source/document.ts';

/** Arguments by which modules tell one resource from another. */
const identities = ['name', 'identifier', 'domain_name', 'db_instance_identifier', 'db_cluster_identifier', 'cluster_name', 'broker_name', 'function_name', 'endpointidentifier', 'endpoint_identifier', 'id', 'queue_name', 'stream_name', 'bucket'];

/** Whether a module manages something of a cloud, and not a host. */
export function isOfCloud(type: string): boolean {
  return !type.startsWith('ansible_') || /^ansible_(?:api_gateway|elb_\w+)$/.test(type);
}

/** Takes a task that names a resource of an earlier one as a change of it: what it leaves out, the resource has as it was. */
export function withUpdates(resources: readonly Resource[], document: Document): Resource[] {
  const seen = new Set<string>();
  return resources.map((one) => {
    const identity = isOfCloud(one.type) ? identityOf(one, document) : undefined;
    if (identity === undefined) return one;
    const known = seen.has(identity);
    seen.add(identity);
    return known ? { ...one, complete: false, attributes: ofChange(one.attributes) } : one;
  });
}

/** The settings of a change: in groups as well, what is left out stays as it was. */
function ofChange(attributes: ReadonlyMap<string, MapEntry>): ReadonlyMap<string, MapEntry> {
  return new Map([...attributes].map(([key, entry]) => [key, entry.value.kind === 'map' ? { ...entry, value: { ...entry.value, complete: false, entries: ofChange(entry.value.entries) } } : entry]));
}

/** The name as it is known, or else as it is written; in a loop that is one for many resources. */
function identityOf({ type, attributes }: Resource, document: Document): string | undefined {
  const value = identities.map((name) => attributes.get(name)?.value).find((one) => one !== undefined);
  if (!value || value.origin.path !== document.path) return undefined;
  const known = scalar(value);
  if (known !== undefined) return `${type} ${known}`;
  const written = document.text.slice(value.origin.range.start, value.origin.range.end).replace(/^["']|["']$/g, '');
  return /\{\{[^}]*\bitem\b/.test(written) ? undefined : `${type} ${written}`;
}
