import type { Resource } from '../../model/resource.ts';
import type { MapEntry, MapValue, Value } from '../../model/value.ts';
import type { Document } from '../../source/document.ts';
import { snake } from '../cloudformation/names.ts';
import { dataValues } from '../data/values.ts';

/** Types of Google's Deployment Manager in the Terraform provider's vocabulary, without their versions. */
const types: Readonly<Record<string, string>> = {
  'compute.instance': 'google_compute_instance', 'compute.disk': 'google_compute_disk', 'compute.firewall': 'google_compute_firewall', 'compute.network': 'google_compute_network', 'compute.subnetwork': 'google_compute_subnetwork', 'compute.sslPolicy': 'google_compute_ssl_policy', 'compute.sslPolicies': 'google_compute_ssl_policy', 'compute.instanceTemplate': 'google_compute_instance_template', 'compute.backendService': 'google_compute_backend_service', 'compute.projects': 'google_compute_project_metadata', 'compute.project': 'google_compute_project_metadata',
  'container.cluster': 'google_container_cluster', 'container.nodePool': 'google_container_node_pool', 'sqladmin.instance': 'google_sql_database_instance', 'storage.bucket': 'google_storage_bucket', 'storage.bucketAccessControl': 'google_storage_bucket_access_control', 'storage.objectAccessControl': 'google_storage_object_access_control', 'bigquery.dataset': 'google_bigquery_dataset', 'bigquery.table': 'google_bigquery_table', 'dns.managedZone': 'google_dns_managed_zone', 'pubsub.topic': 'google_pubsub_topic', 'cloudkms.cryptoKey': 'google_kms_crypto_key', 'cloudfunctions.function': 'google_cloudfunctions_function', 'iam.serviceAccountKey': 'google_service_account_key', 'cloudresourcemanager.project': 'google_project', 'cloudresourcemanager.iamMemberBinding': 'google_project_iam_member', 'redis.instance': 'google_redis_instance', 'dataproc.cluster': 'google_dataproc_cluster',
};

export function mayBeDeploymentManager(text: string): boolean {
  return /^\s*resources\s*:/m.test(text) && /\btype\s*:\s*["']?(?:gcp-types\/)?[a-z]+[.-]v\d\w*[.:]\w+/.test(text);
}

/** The resources of a deployment, in the Terraform provider's vocabulary: the API's names in snake case. */
export function lowerDeployment(document: Document): Resource[] {
  return dataValues(document).flatMap((root): Resource[] => {
    const list = root.kind === 'map' ? root.entries.get('resources')?.value : undefined;
    return list?.kind === 'list' ? list.items.flatMap((item, index) => lower(item, index)) : [];
  });
}

function lower(item: Value, index: number): Resource[] {
  if (item.kind !== 'map') return [];
  const declared = item.entries.get('type')?.value;
  const match = declared?.kind === 'string' ? /^(?:gcp-types\/)?([a-z]+)[.-]v\d\w*[.:](?:virtual\.)?(?:projects\.)?(?:locations\.)?([\w.]+)$/.exec(declared.value) : undefined;
  const type = match ? typeOf(match[1]!, match[2]!) : undefined;
  if (!type || !declared) return [];
  const name = item.entries.get('name')?.value;
  const properties = item.entries.get('properties');
  const attributes = properties?.value.kind === 'map' ? snakeEntries(unwrapped(properties.value.entries), type) : new Map<string, MapEntry>();
  const common = attributes.get('common_instance_metadata');
  if (common) attributes.set('metadata', { ...common, key: 'metadata' });
  const metadata = attributes.get('metadata')?.value;
  const items = metadata?.kind === 'map' ? metadata.entries.get('items')?.value : undefined;
  if (items?.kind === 'list') attributes.set('metadata', { ...attributes.get('metadata')!, value: keyed(items) });
  return [...grants(item, type, index), {
    type, name: name?.kind === 'string' ? name.value : type, address: `${type}#${index}`, dialect: 'deployment-manager',
    origin: item.origin, header: properties?.keyOrigin ?? (name ?? declared).at, attributes,
    complete: item.complete && (properties === undefined || properties.value.kind === 'null' || (properties.value.kind === 'map' && properties.value.complete && settled(properties.value.entries))), companions: [], mode: 'managed',
  }];
}

/** The rights that a deployment gives on a resource, as a binding each. */
function grants(item: MapValue, type: string, index: number): Resource[] {
  const control = mapAt(item, 'accessControl');
  const bindings = mapAt(control, 'gcpIamPolicy')?.entries.get('bindings')?.value;
  return bindings?.kind !== 'list' ? [] : bindings.items.flatMap((binding, at): Resource[] => (binding.kind !== 'map' ? [] : [{
    type: `${type}_iam_binding`, name: textOf(item, 'name') ?? type, address: `${type}_iam_binding#${index}.${at}`, dialect: 'deployment-manager',
    origin: binding.origin, header: binding.at, attributes: binding.entries, complete: binding.complete, companions: [], mode: 'managed',
  }]));
}

function mapAt(map: MapValue | undefined, key: string): MapValue | undefined {
  const value = map?.entries.get(key)?.value;
  return value?.kind === 'map' ? value : undefined;
}

function textOf(map: MapValue, key: string): string | undefined {
  const value = map.entries.get(key)?.value;
  return value?.kind === 'string' ? value.value : undefined;
}

/** Services whose name in the API is not the one in the Terraform provider. */
const services: Readonly<Record<string, string>> = { sqladmin: 'sql', cloudkms: 'kms', run: 'cloud_run', artifactregistry: 'artifact_registry', secretmanager: 'secret_manager', aiplatform: 'vertex_ai' };

/** `compute.instanceTemplate` as `google_compute_instance_template`; the API names some collections in the plural. */
function typeOf(service: string, kind: string): string {
  const one = kind.replace(/s$/, '');
  return types[`${service}.${kind}`] ?? types[`${service}.${one}`] ?? `google_${services[service] ?? service}_${snake(one.slice(one.lastIndexOf('.') + 1))}`;
}

/** Requests that carry the resource under its own name hold nothing else of it: `cluster: { ... }` beside `zone`. */
function unwrapped(entries: ReadonlyMap<string, MapEntry>): ReadonlyMap<string, MapEntry> {
  for (const name of ['cluster', 'nodePool', 'properties']) {
    const inner = entries.get(name)?.value;
    if (inner?.kind === 'map') return new Map([...entries, ...inner.entries]);
  }
  return entries;
}

/** False where the resource stands under its own name and is not known. */
function settled(entries: ReadonlyMap<string, MapEntry>): boolean {
  return ['cluster', 'nodePool', 'properties'].every((name) => { const inner = entries.get(name)?.value; return inner === undefined || (inner.kind === 'map' ? inner.complete : inner.kind !== 'unknown'); });
}

/** `[{ key: a, value: b }]` as a map. */
function keyed(list: Value & { kind: 'list' }): Value {
  const entries = new Map<string, MapEntry>();
  for (const item of list.items) {
    const key = item.kind === 'map' ? item.entries.get('key')?.value : undefined;
    const value = item.kind === 'map' ? item.entries.get('value') : undefined;
    if (key?.kind === 'string' && value) entries.set(key.value, { ...value, key: key.value });
  }
  return { kind: 'map', entries, complete: list.complete, origin: list.origin, at: list.at };
}

/** Names in snake case; the API writes some abbreviations in capitals (`IPProtocol`). */
export function snakeEntries(entries: ReadonlyMap<string, MapEntry>, type: string): Map<string, MapEntry> {
  const out = new Map<string, MapEntry>();
  for (const entry of entries.values()) {
    const key = snake(entry.key);
    const verbatim = key === 'labels' || key === 'tags' || key === 'policy' || entry.key.endsWith('PolicyDocument') || (key === 'metadata' && type === 'google_container_cluster');
    out.set(key, { ...entry, key, value: verbatim ? entry.value : snakeValue(entry.value, type) });
  }
  return out;
}

function snakeValue(value: Value, type: string): Value {
  if (value.kind === 'list') return { ...value, items: value.items.map((item) => snakeValue(item, type)) };
  return value.kind === 'map' ? { ...value, entries: snakeEntries(value.entries, type) } : value;
}
