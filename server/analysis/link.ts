import type { Resource, ResourceUnit } from '../model/resource.ts';
import type { Value } from '../model/value.ts';

/** Attributes of companions that name their owner by text instead of by reference. */
const nameAttributes: Readonly<Record<string, string>> = { aws_s3_bucket: 'bucket', google_storage_bucket: 'name', aws_sqs_queue: 'name', aws_ecr_repository: 'name' };

/** Settings of a whole account, which all resources of these types follow. */
const accountWide: Readonly<Record<string, readonly string[]>> = {
  aws_ebs_encryption_by_default: ['aws_ebs_volume', 'aws_instance', 'aws_launch_configuration', 'aws_spot_instance_request'],
  aws_s3_account_public_access_block: ['aws_s3_bucket'],
};

/** Joins resources: what refers to a resource from its top level is that resource's companion, and so is what holds for the whole account. */
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
  const wide = resources.filter((resource) => accountWide[resource.type]);
  const withCompanions = (resource: Resource): Resource => {
    const own = companions.get((resource.instanceOf ?? resource).address) ?? [];
    return { ...resource, companions: wide.length === 0 ? own : [...own, ...wide.filter((one) => accountWide[one.type]!.includes(resource.type) && !own.includes(one))] };
  };
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
