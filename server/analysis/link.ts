import type { Resource, ResourceUnit } from '../model/resource.ts';
import type { Value } from '../model/value.ts';

/** Attributes of companions that name their owner by text instead of by reference. */
const nameAttributes: Readonly<Record<string, string>> = { aws_s3_bucket: 'bucket', google_storage_bucket: 'name', aws_sqs_queue: 'name', aws_ecr_repository: 'name' };

/** Joins resources: what refers to a resource from its top level is that resource's companion. */
export function link(resources: readonly Resource[], paths: readonly string[]): ResourceUnit {
  const companions = new Map<string, Resource[]>();
  const byAddress = new Map<string, Resource>();
  for (const resource of resources) {
    const owner = resource.instanceOf ?? resource;
    if (!byAddress.has(owner.address)) byAddress.set(owner.address, owner);
  }
  const byName = new Map<string, string>();
  for (const resource of resources) {
    const attribute = nameAttributes[resource.type];
    const value = attribute === undefined ? undefined : resource.attributes.get(attribute)?.value;
    if (value?.kind === 'string') byName.set(value.value, (resource.instanceOf ?? resource).address);
  }
  for (const resource of resources) {
    const targets = new Set<string>();
    for (const { value } of resource.attributes.values()) {
      for (const target of referencesOf(value)) targets.add(target);
      if (value.kind === 'string' && byName.has(value.value)) targets.add(byName.get(value.value)!);
    }
    for (const target of targets) {
      if (target === (resource.instanceOf ?? resource).address || !byAddress.has(target)) continue;
      const own = companions.get(target);
      if (own) own.push(resource);
      else companions.set(target, [resource]);
    }
  }
  const withCompanions = (resource: Resource): Resource => ({ ...resource, companions: companions.get((resource.instanceOf ?? resource).address) ?? [] });
  const linked = resources.map(withCompanions);
  const byType = new Map<string, Resource[]>();
  for (const resource of linked) {
    const own = byType.get(resource.type);
    if (own) own.push(resource);
    else byType.set(resource.type, [resource]);
  }
  return { resources: linked, byAddress: new Map([...[...byAddress.values()].map(withCompanions), ...linked].map((resource) => [resource.address, resource])), byType, paths };
}

function referencesOf(value: Value): readonly string[] {
  if (value.kind === 'reference') return [value.target];
  if (value.kind === 'unknown') return value.refers ?? [];
  return value.kind === 'list' ? value.items.flatMap((item) => (item.kind === 'reference' ? [item.target] : [])) : [];
}

/** True for what a program declares, in any vocabulary. */
export function isProgrammed(resource: Resource): boolean {
  return resource.dialect === 'cdk' || resource.dialect === 'cdktf' || resource.dialect === 'pulumi-code' || resource.dialect === 'azure-native';
}
