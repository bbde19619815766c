import type { Resource } from '../../model/resource.ts';
import type { MapEntry, Value } from '../../model/value.ts';
import type { Sources } from '../../source/sources.ts';
import { embeddedYaml } from '../data/embedded.ts';

/** Blocks that the API calls by their plural and holds in a list. */
const plurals: Readonly<Record<string, string>> = {
  container: 'containers', init_container: 'initContainers', volume: 'volumes', volume_mount: 'volumeMounts', port: 'ports', rule: 'rules', subject: 'subjects',
  toleration: 'tolerations', image_pull_secrets: 'imagePullSecrets', host_aliases: 'hostAliases', env: 'env', env_from: 'envFrom', ingress: 'ingress', egress: 'egress', from: 'from', to: 'to', api_groups: 'apiGroups', resources: 'resources',
};
const lists = new Set(['containers', 'initContainers', 'volumes', 'volumeMounts', 'ports', 'rules', 'subjects', 'tolerations', 'imagePullSecrets', 'env', 'envFrom', 'ingress', 'egress', 'from', 'to']);

/** A resource of Terraform's Kubernetes provider in the API's own vocabulary: `kubernetes_deployment_v1` is `k8s_deployment`. */
export function kubernetesResource(resource: Resource): Resource {
  const kind = /^kubernetes_(\w+?)(?:_v\d\w*)?$/.exec(resource.type)?.[1];
  if (kind === undefined || resource.mode !== 'managed') return resource;
  if (kind === 'manifest') {
    const manifest = resource.attributes.get('manifest')?.value;
    const inner = manifest?.kind === 'map' ? manifest.entries.get('kind')?.value : undefined;
    return inner?.kind === 'string' && manifest?.kind === 'map' ? { ...resource, type: `k8s_${inner.value.toLowerCase()}`, attributes: manifest.entries, complete: manifest.complete } : resource;
  }
  return { ...resource, type: `k8s_${kind.replaceAll('_', '')}`, attributes: convertEntries(resource.attributes) };
}

/** The object that `kubectl_manifest` applies, which is written in YAML or made by `yamlencode`. */
export function appliedObject(resource: Resource, sources: Sources): Resource {
  const body = resource.type === 'kubectl_manifest' && resource.mode === 'managed' ? resource.attributes.get('yaml_body')?.value : undefined;
  const object = body?.kind === 'map' ? body : body && embeddedYaml(body, sources);
  const kind = object?.kind === 'map' ? object.entries.get('kind')?.value : undefined;
  if (object?.kind !== 'map' || kind?.kind !== 'string') return resource;
  const dialect = body?.kind === 'map' ? resource.dialect : 'kubernetes';
  return { ...resource, type: `k8s_${kind.value.toLowerCase()}`, dialect, attributes: object.entries, complete: object.complete };
}

function convertEntries(entries: ReadonlyMap<string, MapEntry>): Map<string, MapEntry> {
  const out = new Map<string, MapEntry>();
  for (const [key, entry] of entries) {
    const name = plurals[key] ?? key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
    const literal = name === 'labels' || name === 'annotations' || name === 'data' || name === 'matchLabels' || name === 'limits' || name === 'requests';
    const value = literal ? entry.value : convert(entry.value);
    const listed: Value = lists.has(name) && value.kind === 'map' ? { kind: 'list', items: [value], complete: true, origin: value.origin, at: value.at } : value;
    out.set(name, { ...entry, value: listed });
  }
  return out;
}

function convert(value: Value): Value {
  if (value.kind === 'list') return { ...value, items: value.items.map(convert) };
  return value.kind === 'map' ? { ...value, entries: convertEntries(value.entries) } : value;
}
