import { lookIn, type Resource, type Value } from '../../server/rule/queries.ts';
import type { ResourceContext } from '../../server/rule/rule.ts';
import { families } from '../_families.ts';
import { mapOfResource, objectRule } from '../_kubernetes.ts';

const file = 'main.tf';

/** Where resources name each other, so that one that nothing names can be told. */
const linked = (resource: Resource): boolean => resource.mode === 'managed' && /^(?:terraform|cloudformation|pulumi-yaml)/.test(resource.dialect);

function mentions(value: Value, address: string): boolean {
  if (value.kind === 'reference') return value.target === address;
  if (value.kind === 'unknown') return value.refers?.includes(address) ?? false;
  if (value.kind === 'list') return value.items.some((item) => mentions(item, address));
  return value.kind === 'map' && [...value.entries.values()].some((entry) => mentions(entry.value, address));
}

/** True where another resource of the unit refers to this one, at whatever depth. */
function used(resource: Resource, context: ResourceContext): boolean {
  return context.unit.resources.some((other) => other.address !== resource.address && [...other.attributes.values()].some((entry) => mentions(entry.value, resource.address)));
}

/** True where something of these types may refer to it by a value that is not known. */
function maybeUsed(context: ResourceContext, users: Readonly<Record<string, readonly string[]>>): boolean {
  return Object.entries(users).some(([type, paths]) => (context.unit.byType.get(type) ?? []).some((one) => paths.some((path) => lookIn(mapOfResource(one), path).unknown)));
}

const ofAddress = { aws_nat_gateway: ['allocation_id'], aws_eip_association: ['allocation_id'], aws_lb: ['subnet_mapping.allocation_id', 'subnet_mappings.allocation_id'], module: ['*'] } as const;
const ofAcl = { aws_network_acl_association: ['network_acl_id'], module: ['*'] } as const;

/** Resources that nothing uses; only complete templates can tell. */
export default [
  objectRule({
    id: 'network/unused-address', title: 'Elastic IP address that nothing uses', severity: 'info', confidence: 'low', types: ['aws_eip'], file, references: families.exposed.references,
    why: 'A forgotten address is paid for, stays in allow lists, and may be given to something that nobody watches.', whenNotToUse: 'For addresses that another stack uses.', noFix: 'Whether it is needed has to be decided.',
    what: 'Reports Elastic IP addresses with neither an instance nor a network interface to which no resource of the same module refers.',
    check: (resource, tell, context) => {
      const own = ['instance', 'instance_id', 'network_interface', 'associate_with_private_ip', 'transfer_address'];
      if (!linked(resource) || !resource.complete || own.some((name) => resource.attributes.has(name)) || used(resource, context) || maybeUsed(context, ofAddress)) return;
      tell(undefined, `Address "${resource.name}" is used by nothing.`);
    },
    bad: 'resource "aws_eip" "old" {\n                    ^^^\n  domain = "vpc"\n}\n', good: 'resource "aws_eip" "api" {\n  instance = aws_instance.api.id\n}\n',
  }),
  objectRule({
    id: 'network/unused-network-acl', title: 'Network ACL of no subnet', severity: 'info', confidence: 'medium', types: ['aws_network_acl'], file, references: families.segmentation.references,
    why: 'Its rules look as if they protected something; the subnets have the default ACL, which allows everything.', noFix: 'The subnets have to be named.',
    what: 'Reports network ACLs that belong to no subnet.',
    check: (resource, tell, context) => {
      const associated = (context.unit.byType.get('aws_network_acl_association') ?? []).some((one) => [...one.attributes.values()].some((entry) => mentions(entry.value, resource.address)));
      if (!linked(resource) || !resource.complete || resource.attributes.has('subnet_ids') || associated || maybeUsed(context, ofAcl)) return;
      tell(undefined, `Network ACL "${resource.name}" belongs to no subnet.`);
    },
    bad: 'resource "aws_network_acl" "data" {\n                            ^^^^\n  vpc_id = "vpc-1"\n}\n', good: 'resource "aws_network_acl" "data" {\n  vpc_id     = "vpc-1"\n  subnet_ids = ["subnet-1"]\n}\n',
  }),
  objectRule({
    id: 'iam/group-without-users', title: 'Group without users', severity: 'info', confidence: 'low', types: ['aws_iam_group'], file, references: families.privilege.references,
    why: 'Rights that nobody needs today are forgotten, and whoever is added later has them all.', whenNotToUse: 'Where users are added elsewhere.', noFix: 'Whether the group is needed has to be decided.',
    what: 'Reports groups to which no user of the same template belongs.',
    check: (resource, tell, context) => {
      if (!linked(resource)) return;
      const members = ['aws_iam_group_membership', 'aws_iam_user_group_membership', 'aws_iam_user'].flatMap((type) => context.unit.byType.get(type) ?? []);
      const unsure = members.some((one) => ['group', 'groups', 'group_name'].some((path) => lookIn(mapOfResource(one), path).unknown));
      const name = lookIn(mapOfResource(resource), 'name').values.concat(lookIn(mapOfResource(resource), 'group_name').values)[0];
      const named = (value: Value): boolean => (value.kind === 'list' ? value.items.some(named) : value.kind === 'string' && name?.kind === 'string' && value.value === name.value);
      const joined = members.some((one) => [...one.attributes.values()].some((entry) => mentions(entry.value, resource.address) || named(entry.value)));
      if (!joined && !unsure) tell(undefined, `Group "${resource.name}" has no users.`);
    },
    bad: 'resource "aws_iam_group" "readers" {\n                          ^^^^^^^\n  name = "readers"\n}\n', good: 'resource "aws_iam_group" "readers" {\n  name = "readers"\n}\nresource "aws_iam_group_membership" "readers" {\n  users = ["ci"]\n  group = aws_iam_group.readers.name\n}\n',
  }),
];
