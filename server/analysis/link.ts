import type { Resource, ResourceUnit } from '../model/resource.ts';
import type { Value } from '../model/value.ts';

/** Attributes of companions that name their owner by text instead of by reference. */
const nameAttributes: Readonly<Record<string, string>> = { aws_s3_bucket: 'bucket', google_storage_bucket: 'name', aws_sqs_queue: 'name', aws_ecr_repository: 'name' };

/** Joins resources: what refers to a resource from its top level is that resource's companion. */
export function link(resources: readonly Resource[], paths: readonly string[]): ResourceUnit {
  const companions = new Map<string, Resource[]>();
  const byAddress = new Map<string, Resource>();
  for (const resource of resources) if (!byAddress.has(resource.address)) byAddress.set(resource.address, resource);
  const byName = new Map<string, string>();
  for (const resource of resources) {
    const attribute = nameAttributes[resource.type];
    const value = attribute === undefined ? undefined : resource.attributes.get(attribute)?.value;
    if (value?.kind === 'string') byName.set(value.value, resource.address);
  }
  for (const resource of resources) {
    const targets = new Set<string>();
    for (const { value } of resource.attributes.values()) {
      for (const target of referencesOf(value)) targets.add(target);
      if (value.kind === 'string' && byName.has(value.value)) targets.add(byName.get(value.value)!);
    }
    for (const target of targets) {
      if (target === resource.address || !byAddress.has(target)) continue;
      const own = companions.get(target);
      if (own) own.push(resource);
      else companions.set(target, [resource]);
    }
  }
  const linked = resources.map((resource): Resource => ({ ...resource, companions: companions.get(resource.address) ?? [] }));
  const byType = new Map<string, Resource[]>();
  for (const resource of linked) {
    const own = byType.get(resource.type);
    if (own) own.push(resource);
    else byType.set(resource.type, [resource]);
  }
  return { resources: linked, byAddress: new Map(linked.map((resource) => [resource.address, resource])), byType, paths };
}

function referencesOf(value: Value): readonly string[] {
  if (value.kind === 'reference') return [value.target];
  if (value.kind === 'unknown') return value.refers ?? [];
  return value.kind === 'list' ? value.items.flatMap((item) => (item.kind === 'reference' ? [item.target] : [])) : [];
}

/** True for what a program declares, in any vocabulary. */
export function isProgrammed(resource: Resource): boolean {
  return resource.dialect === 'cdk' || resource.dialect === 'pulumi-code' || resource.dialect === 'azure-native';
}
