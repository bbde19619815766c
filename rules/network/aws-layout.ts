import { lookIn, scalar, type MapValue, type Resource, type Value } from '../../server/rule/queries.ts';
import type { ResourceContext } from '../../server/rule/rule.ts';
import { families } from '../_families.ts';
import { mapOfResource, mapsAt, objectRule, textAt } from '../_kubernetes.ts';

const file = 'main.tf';
const { segmentation, exposed } = families;
const network = { file, references: segmentation.references, why: segmentation.why } as const;

const at = (resource: Resource, path: string): Value | undefined => lookIn(mapOfResource(resource), path).values[0];

/** What a value points to: an address, or a text. */
function key(value: Value | undefined): string | undefined {
  return value?.kind === 'reference' ? value.target : value === undefined || scalar(value) === undefined ? undefined : String(scalar(value));
}

/** True where modules may add what is not seen here. */
const open = (context: ResourceContext): boolean => (context.unit.byType.get('module') ?? []).length > 0;

function numbers(map: MapValue, from: string, to: string): readonly [number, number] | undefined {
  const [a, b] = [from, to].map((name) => Number(scalar(lookIn(map, name).values[0]) ?? Number.NaN));
  return Number.isNaN(a!) || Number.isNaN(b!) ? undefined : [a!, b!];
}

const byDefault = /(?:^|\.)(?:aws_default_security_group\.\w+|aws_security_group\.default)$/;

export default [
  objectRule({
    ...network, id: 'network/default-security-group-used', title: 'Machine in the default security group', severity: 'info', confidence: 'medium', types: ['aws_instance', 'aws_launch_template', 'aws_launch_configuration', 'aws_db_instance', 'aws_lb', 'aws_elb'],
    what: 'Reports machines, databases and load balancers that name the default security group.', why: 'Everything that names no group is in the default one, and may reach what is in it.', noFix: 'A group of its own has to be made first.',
    check: (resource, tell) => {
      for (const path of ['vpc_security_group_ids', 'security_groups', 'security_group_ids', 'security_group_names']) {
        for (const value of lookIn(mapOfResource(resource), path).values.flatMap((one) => (one.kind === 'list' ? one.items : [one]))) {
          const named = value.kind === 'reference' ? byDefault.test(value.target) : scalar(value) === 'default';
          if (named) tell(value, `"${resource.name}" is in the default security group.`);
        }
      }
    },
    bad: 'resource "aws_instance" "gpu" {\n  security_groups = ["default"]\n                      ^^^^^^^\n}\n', good: 'resource "aws_instance" "gpu" {\n  vpc_security_group_ids = [aws_security_group.gpu.id]\n}\n',
  }),
  objectRule({
    ...network, id: 'network/security-group-without-egress', title: 'Security group that lets everything out', severity: 'info', confidence: 'medium', types: ['aws_security_group'], file: 'template.yaml',
    what: 'Reports security groups of CloudFormation without rules for what goes out; they then allow all of it.', why: 'Data leaves, and what an intruder needs comes in, unhindered.', noFix: 'What the workload has to reach must be listed.',
    check: (resource, tell) => {
      if (!resource.dialect.startsWith('cloudformation') || !resource.complete || resource.attributes.has('egress')) return;
      if (!resource.companions.some((one) => one.type === 'aws_vpc_security_group_egress_rule')) tell(undefined, `Security group "${resource.name}" lets everything out.`);
    },
    bad: 'Resources:\n  Api:\n  ^^^\n    Type: AWS::EC2::SecurityGroup\n    Properties:\n      GroupDescription: API\n', good: 'Resources:\n  Api:\n    Type: AWS::EC2::SecurityGroup\n    Properties:\n      GroupDescription: API\n      SecurityGroupEgress:\n        - IpProtocol: tcp\n          FromPort: 443\n          ToPort: 443\n          CidrIp: 10.0.0.0/8\n',
  }),
  objectRule({
    ...network, id: 'network/acl-rule-twice', title: 'Network ACL rule whose number is taken', severity: 'low', confidence: 'high', types: ['aws_network_acl_rule'], what: 'Reports rules of one network ACL and direction with the same number; only one of them can hold.', why: 'Which of the two is in force depends on the order of deployment.', noFix: 'The order of the rules has to be decided.',
    check: (resource, tell, context) => {
      const place = (one: Resource): string | undefined => {
        const acl = key(at(one, 'network_acl_id'));
        const number = key(at(one, 'rule_number'));
        return acl === undefined || number === undefined ? undefined : `${acl} ${number} ${String(/^true$/i.test(String(scalar(at(one, 'egress')) ?? false)))}`;
      };
      const own = place(resource);
      const first = own === undefined ? undefined : (context.unit.byType.get('aws_network_acl_rule') ?? []).find((one) => place(one) === own);
      if (first && first.address !== resource.address) tell(at(resource, 'rule_number'), `Rule "${resource.name}" has the number of "${first.name}".`);
    },
    bad: 'resource "aws_network_acl_rule" "a" {\n  network_acl_id = "acl-1"\n  rule_number    = 100\n}\nresource "aws_network_acl_rule" "b" {\n  network_acl_id = "acl-1"\n  rule_number    = 100\n                   ^^^\n}\n',
    good: 'resource "aws_network_acl_rule" "a" {\n  network_acl_id = "acl-1"\n  rule_number    = 100\n}\nresource "aws_network_acl_rule" "b" {\n  network_acl_id = "acl-1"\n  rule_number    = 110\n}\n',
  }),
  objectRule({
    ...network, id: 'network/acl-rules-overlap', title: 'Network ACL rules for the same ports', severity: 'info', confidence: 'medium', types: ['aws_network_acl_rule'], what: 'Reports rules of one network ACL and direction whose ports overlap and which decide differently.', why: 'Whoever reads the second rule thinks that it holds.', noFix: 'What is meant has to be decided.',
    check: (resource, tell, context) => {
      const ports = (one: Resource): readonly [number, number] | undefined => numbers(mapOfResource(one), 'from_port', 'to_port') ?? numbers(mapOfResource(one), 'port_range.from', 'port_range.to');
      const own = ports(resource);
      const acl = key(at(resource, 'network_acl_id'));
      if (!own || acl === undefined) return;
      const side = (one: Resource): string => String(/^true$/i.test(String(scalar(at(one, 'egress')) ?? false)));
      const number = Number(key(at(resource, 'rule_number')));
      const hit = (context.unit.byType.get('aws_network_acl_rule') ?? []).find((one) => {
        const other = ports(one);
        return one.address !== resource.address && other !== undefined && key(at(one, 'network_acl_id')) === acl && side(one) === side(resource) && Number(key(at(one, 'rule_number'))) < number
          && textAt(one, 'rule_action') !== textAt(resource, 'rule_action') && key(at(one, 'cidr_block')) === key(at(resource, 'cidr_block')) && key(at(one, 'protocol')) === key(at(resource, 'protocol')) && other[0] <= own[1] && own[0] <= other[1];
      });
      if (hit) tell(undefined, `Rule "${resource.name}" overlaps with "${hit.name}", which comes first.`);
    },
    bad: 'resource "aws_network_acl_rule" "a" {\n  network_acl_id = "acl-1"\n  rule_number    = 100\n  rule_action    = "allow"\n  from_port      = 1\n  to_port        = 100\n}\nresource "aws_network_acl_rule" "b" {\n                                 ^\n  network_acl_id = "acl-1"\n  rule_number    = 110\n  rule_action    = "deny"\n  from_port      = 22\n  to_port        = 22\n}\n',
    good: 'resource "aws_network_acl_rule" "a" {\n  network_acl_id = "acl-1"\n  rule_number    = 100\n  rule_action    = "allow"\n  from_port      = 443\n  to_port        = 443\n}\nresource "aws_network_acl_rule" "b" {\n  network_acl_id = "acl-1"\n  rule_number    = 110\n  rule_action    = "deny"\n  from_port      = 22\n  to_port        = 22\n}\n',
  }),
  objectRule({
    ...network, id: 'network/vpc-without-subnet', title: 'VPC without a subnet', severity: 'info', confidence: 'low', types: ['aws_vpc'], what: 'Reports VPCs of templates that hold no subnet of theirs.', why: 'What is forgotten is not watched.', noFix: 'Whether it is needed has to be decided.',
    check: (resource, tell, context) => { if (resource.mode === 'managed' && /^(?:terraform|cloudformation|pulumi-yaml)/.test(resource.dialect) && resource.complete && !open(context) && !resource.companions.some((one) => one.type === 'aws_subnet')) tell(undefined, `VPC "${resource.name}" has no subnet here.`); },
    bad: 'resource "aws_vpc" "old" {\n                    ^^^\n  cidr_block = "10.0.0.0/16"\n}\n', good: 'resource "aws_vpc" "main" {\n  cidr_block = "10.0.0.0/16"\n}\nresource "aws_subnet" "main" {\n  vpc_id = aws_vpc.main.id\n}\n',
  }),
  objectRule({
    ...network, id: 'network/route-to-internet', title: 'Route to the internet', severity: 'info', confidence: 'low', types: ['aws_route', 'aws_route_table', 'aws_default_route_table'], references: exposed.references, what: 'Reports routes of every address to an internet gateway.', why: 'What is in the subnets of the table can be reached from the internet once it has a public address.', whenNotToUse: 'For public subnets.', noFix: 'Whether the subnets have to be public must be decided.',
    check: (resource, tell) => {
      for (const map of resource.type === 'aws_route' ? [mapOfResource(resource)] : mapsAt(resource, 'route')) {
        const gateway = map.entries.get('gateway_id')?.value;
        const outside = gateway?.kind === 'reference' ? /(?:^|\.)aws_internet_gateway\.|^\w*(?:Internet|Igw|IGW)\w*$/.test(gateway.target) : /^igw-/.test(String(scalar(gateway) ?? ''));
        const block = ['cidr_block', 'ipv6_cidr_block', 'destination_cidr_block', 'destination_ipv6_cidr_block'].map((name) => map.entries.get(name)?.value).find((value) => /^(?:0\.0\.0\.0\/0|::\/0)$/.test(String(scalar(value) ?? '')));
        if (outside && block) tell(block, `"${resource.name}" routes every address to the internet.`);
      }
    },
    bad: 'resource "aws_route" "out" {\n  destination_cidr_block = "0.0.0.0/0"\n                            ^^^^^^^^^\n  gateway_id             = aws_internet_gateway.main.id\n}\n', good: 'resource "aws_route" "out" {\n  destination_cidr_block = "0.0.0.0/0"\n  nat_gateway_id         = aws_nat_gateway.main.id\n}\n',
  }),
  objectRule({
    ...network, id: 'network/game-fleet-port-range', title: 'Fleet that opens a range of ports', severity: 'info', confidence: 'medium', types: ['aws_gamelift_fleet'], references: exposed.references, what: 'Reports permissions of GameLift fleets for more than one port.', why: exposed.why, noFix: 'The ports that the servers listen on have to be listed.',
    check: (resource, tell) => {
      for (const map of [...mapsAt(resource, 'ec2_inbound_permission'), ...mapsAt(resource, 'ec2_inbound_permissions')]) {
        const range = numbers(map, 'from_port', 'to_port');
        if (range && range[0] !== range[1]) tell(map.entries.get('to_port')?.value, `Fleet "${resource.name}" opens ports ${range[0]} to ${range[1]}.`);
      }
    },
    bad: 'resource "aws_gamelift_fleet" "games" {\n  ec2_inbound_permission {\n    from_port = 1024\n    to_port   = 2048\n                ^^^^\n  }\n}\n', good: 'resource "aws_gamelift_fleet" "games" {\n  ec2_inbound_permission {\n    from_port = 7777\n    to_port   = 7777\n  }\n}\n',
  }),
];
