import { isProgrammed, lookIn, scalar, type MapValue, type Resource, type Value } from '../../server/rule/queries.ts';
import type { ResourceContext } from '../../server/rule/rule.ts';
import { families } from '../_families.ts';
import { setTo } from '../_fixes.ts';
import { mapOfResource, mapsAt, objectRule, textAt, textsAt } from '../_kubernetes.ts';

const { exposed, segmentation, filter } = families;
const file = 'main.tf';
const network = { file, references: segmentation.references, why: segmentation.why } as const;

const groupRules = ['aws_security_group_rule', 'aws_vpc_security_group_ingress_rule', 'aws_vpc_security_group_egress_rule'];

/** Groups that something in the unit uses: referred to by anything other than a rule of the group itself. */
const ruleTypes = /^aws_(?:security_group_rule|vpc_security_group_(?:in|e)gress_rule|default_security_group)$/;

function anywhere(map: MapValue, names: readonly string[]): Value | undefined {
  return names.flatMap((name) => lookIn(map, name).values).find((value) => /^(?:0\.0\.0\.0\/0|::\/0)$/.test(String(scalar(value))));
}

function references(value: Value): readonly string[] {
  if (value.kind === 'reference') return [value.target];
  if (value.kind === 'unknown') return value.refers ?? [];
  if (value.kind === 'list') return value.items.flatMap(references);
  return value.kind === 'map' ? [...value.entries.values()].flatMap((entry) => references(entry.value)) : [];
}

function refers(resource: Resource, address: string): boolean {
  return [...resource.attributes.values()].some((entry) => references(entry.value).includes(address));
}

/** Managed rules that a web ACL holds, by name. */
function managedRules(acl: Resource): readonly string[] {
  return [...textsAt(mapOfResource(acl), 'rule.statement.managed_rule_group_statement.name'), ...textsAt(mapOfResource(acl), 'rules.statement.managed_rule_group_statement.name')].map((value) => value.value);
}

function aclsOf(resource: Resource, context: ResourceContext): readonly Resource[] {
  const associations = (context.unit.byType.get('aws_wafv2_web_acl_association') ?? []).filter((one) => refers(one, resource.address) || resource.companions.some((companion) => refers(one, companion.address)));
  return associations.flatMap((one) => [...one.attributes.values()].flatMap((entry) => references(entry.value))).flatMap((address) => { const acl = context.unit.byAddress.get(address); return acl?.type === 'aws_wafv2_web_acl' ? [acl] : []; });
}

export default [
  objectRule({
    ...network, id: 'network/peering-route-everywhere', title: 'Route of all traffic into a peering', severity: 'medium', types: ['aws_route', 'aws_route_table', 'aws_default_route_table'], what: 'Reports routes of 0.0.0.0/0 or ::/0 through a peering connection.',
    check: (resource, tell) => {
      const maps = resource.type === 'aws_route' ? [mapOfResource(resource)] : mapsAt(resource, 'route');
      for (const map of maps) {
        const hit = anywhere(map, ['cidr_block', 'ipv6_cidr_block', 'destination_cidr_block', 'destination_ipv6_cidr_block', 'dest']);
        const peering = map.entries.get('vpc_peering_connection_id')?.value ?? map.entries.get('gateway_id')?.value;
        const named = map.entries.has('vpc_peering_connection_id') ? peering && peering.kind !== 'null' && scalar(peering) !== '' : /^pcx-/.test(String(scalar(peering)));
        if (hit && named) tell(hit, `Route "${resource.name}" sends all traffic into a peering.`);
      }
    },
    bad: 'resource "aws_route" "all" {\n  destination_cidr_block    = "0.0.0.0/0"\n                               ^^^^^^^^^\n  vpc_peering_connection_id = "pcx-1"\n}\n', good: 'resource "aws_route" "one" {\n  destination_cidr_block    = "10.0.1.0/24"\n  vpc_peering_connection_id = "pcx-1"\n}\n',
    more: [{ file: 'playbook.yml', bad: '- name: routes\n  amazon.aws.ec2_vpc_route_table:\n    vpc_id: vpc-1\n    routes:\n      - dest: 0.0.0.0/0\n              ^^^^^^^^^\n        gateway_id: pcx-1\n', good: '- name: routes\n  amazon.aws.ec2_vpc_route_table:\n    vpc_id: vpc-1\n    routes:\n      - dest: 0.0.0.0/0\n        gateway_id: igw-1\n' }],
  }),
  objectRule({
    ...network, id: 'network/cloudfront-bucket-read-openly', title: 'Distribution that reads a bucket like everybody', severity: 'low', confidence: 'medium', types: ['aws_cloudfront_distribution'],
    what: 'Reports origins of CloudFront that are S3 buckets and have neither an origin access control nor an origin access identity.', why: 'The bucket has to be public for the distribution to read it, so that everybody can go around the distribution, its logs and its filter.',
    noFix: 'The control and a policy of the bucket that names the distribution have to be made.', whenNotToUse: 'For buckets of public files.',
    check: (resource, tell) => {
      for (const origin of ['origin', 'origins'].flatMap((name) => mapsAt(resource, name))) {
        const domain = origin.entries.get('domain_name')?.value;
        const isBucket = domain?.kind === 'string' ? /\.s3(?:[.-][a-z\d-]+)?\.amazonaws\.com$/.test(domain.value) : domain !== undefined && references(domain).some((one) => /^aws_s3_bucket\./.test(one));
        if (isBucket && origin.complete && !['origin_access_control_id', 's3_origin_config', 'custom_origin_config'].some((name) => origin.entries.has(name))) tell(domain, `Distribution "${resource.name}" reads a bucket without an identity of its own.`);
      }
    },
    bad: 'resource "aws_cloudfront_distribution" "site" {\n  origin {\n    origin_id   = "site"\n    domain_name = "site.s3.eu-west-1.amazonaws.com"\n                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n  }\n}\n', good: 'resource "aws_cloudfront_distribution" "site" {\n  origin {\n    origin_id                = "site"\n    domain_name              = aws_s3_bucket.site.bucket_regional_domain_name\n    origin_access_control_id = aws_cloudfront_origin_access_control.site.id\n  }\n}\n',
  }),
  objectRule({
    ...network, id: 'network/unused-security-group', title: 'Security group that nothing uses', severity: 'info', confidence: 'low', types: ['aws_security_group'], what: 'Reports security groups to which nothing in the module refers.', why: 'Groups that nobody uses are the ones that nobody cleans up; the next instance gets them.',
    check: (resource, tell, context) => {
      if (resource.dialect !== 'terraform' || /module\./.test(resource.address)) return;
      if (!context.unit.resources.some((one) => one.address !== resource.address && !ruleTypes.test(one.type) && refers(one, resource.address)) && !context.unit.resources.some((one) => one.mode === 'module')) tell(undefined, `Security group "${resource.name}" is used by nothing here.`);
    },
    bad: 'resource "aws_security_group" "api" {\n                               ^^^\n  name = "api"\n}\n', good: 'resource "aws_security_group" "api" {\n  name = "api"\n}\nresource "aws_instance" "api" {\n  vpc_security_group_ids = [aws_security_group.api.id]\n}\n',
  }),
  objectRule({
    ...network, id: 'network/security-group-without-vpc', title: 'Security group without a VPC', severity: 'info', confidence: 'medium', types: ['aws_security_group'], what: 'Reports security groups that name no VPC.',
    check: (resource, tell) => { if (resource.complete && !resource.attributes.has('vpc_id')) tell(undefined, `Security group "${resource.name}" belongs to the default VPC.`); },
    bad: 'resource "aws_security_group" "api" {\n                               ^^^\n  name = "api"\n}\n', good: 'resource "aws_security_group" "api" {\n  vpc_id = "vpc-1"\n}\n',
  }),
  objectRule({
    ...network, id: 'network/security-group-without-description', title: 'Security group without a description', severity: 'info', types: ['aws_security_group', ...groupRules], what: 'Reports security groups and rules that do not say what they are for.', why: 'Nobody dares to remove a rule whose reason is not known.',
    check: (resource, tell) => {
      const own = resource.attributes.get('description')?.value;
      const what = resource.type === 'aws_security_group' ? 'Security group' : 'Rule';
      if (own ? own.kind === 'string' && /^(?:Managed by Terraform)?$/.test(own.value) : resource.complete) tell(own, `${what} "${resource.name}" does not say what it is for.`, setTo(resource, resource.dialect.startsWith('cloudformation') && resource.type === 'aws_security_group' ? 'group_description' : 'description', { placeholder: `Access to ${resource.name}` }));
      if (isProgrammed(resource) || resource.type !== 'aws_security_group') return;
      for (const name of ['ingress', 'egress']) for (const map of mapsAt(resource, name)) if (map.complete && !map.entries.has('description')) tell([...map.entries.values()][0]?.value, `A rule of security group "${resource.name}" does not say what it is for.`, setTo(resource, 'description', { placeholder: `Access to ${resource.name}` }, map));
    },
    bad: 'resource "aws_security_group" "api" {\n                               ^^^\n  vpc_id = "vpc-1"\n}\n', good: 'resource "aws_security_group" "api" {\n  vpc_id      = "vpc-1"\n  description = "API"\n}\n',
    fixed: 'resource "aws_security_group" "api" {\n  vpc_id = "vpc-1"\n  description = "Access to api"\n}\n',
  }),
  objectRule({
    ...network, id: 'network/default-security-group-open', title: 'Default security group with rules', severity: 'low', types: ['aws_default_security_group'], what: 'Reports default security groups that let something through.', why: 'Whatever names no group gets the default one.',
    check: (resource, tell) => { for (const name of ['ingress', 'egress']) { const own = resource.attributes.get(name); if (own && own.value.kind !== 'null' && !(own.value.kind === 'list' && own.value.items.length === 0)) tell({ ...own.value, at: own.keyOrigin }, `The default security group "${resource.name}" lets traffic through.`); } },
    bad: 'resource "aws_default_security_group" "default" {\n  ingress {\n  ^^^^^^^\n    from_port = 0\n  }\n}\n', good: 'resource "aws_default_security_group" "default" {\n  vpc_id = "vpc-1"\n}\n',
  }),
  objectRule({
    ...network, id: 'network/default-vpc', title: 'Default VPC in use', severity: 'low', types: ['aws_default_vpc', 'aws_default_subnet'], what: 'Reports resources that adopt the default VPC.', why: 'Everything in the default VPC gets a public address unless somebody says otherwise.',
    check: (resource, tell) => tell(undefined, `"${resource.name}" adopts the default VPC.`),
    bad: 'resource "aws_default_vpc" "default" {\n                            ^^^^^^^\n}\n', good: 'resource "aws_vpc" "main" {\n  cidr_block = "10.0.0.0/16"\n}\n',
  }),
  objectRule({
    ...network, id: 'network/database-in-public-subnet', title: 'Database in a public subnet', severity: 'medium', confidence: 'medium', types: ['aws_db_instance', 'aws_rds_cluster', 'aws_redshift_cluster'], what: 'Reports databases whose subnet group holds a subnet that gives out public addresses or spans every address.',
    check: (resource, tell, context) => {
      const own = resource.attributes.get('db_subnet_group_name') ?? resource.attributes.get('cluster_subnet_group_name');
      if (own?.value.kind !== 'reference') return;
      const subnets = [...(context.unit.byAddress.get(own.value.target)?.attributes.values() ?? [])].flatMap((entry) => references(entry.value)).flatMap((address) => context.unit.byAddress.get(address) ?? []);
      const open = subnets.find((one) => textAt(one, 'map_public_ip_on_launch') === 'true' || textAt(one, 'cidr_block') === '0.0.0.0/0');
      if (open) tell(own.value, `Database "${resource.name}" is in the public subnet "${open.name}".`);
    },
    bad: 'resource "aws_db_instance" "chart" {\n  db_subnet_group_name = aws_db_subnet_group.all.name\n                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n}\nresource "aws_db_subnet_group" "all" {\n  subnet_ids = [aws_subnet.public.id]\n}\nresource "aws_subnet" "public" {\n  map_public_ip_on_launch = true\n}\n', good: 'resource "aws_db_instance" "chart" {\n  db_subnet_group_name = "private"\n}\n',
  }),
  objectRule({
    ...network, id: 'network/instance-in-public-subnet', title: 'Instance in a public subnet', severity: 'low', confidence: 'medium', types: ['aws_instance'], what: 'Reports instances in a subnet that gives out public addresses.', references: exposed.references, why: exposed.why,
    check: (resource, tell, context) => {
      for (const path of ['subnet_id', 'network_interfaces.subnet_id', 'network_interface.subnet_id']) for (const value of lookIn(mapOfResource(resource), path).values) {
        const subnet = value.kind === 'reference' ? context.unit.byAddress.get(value.target) : undefined;
        if (subnet && textAt(subnet, 'map_public_ip_on_launch') === 'true') tell(value, `Instance "${resource.name}" is in the public subnet "${subnet.name}".`);
      }
    },
    bad: 'resource "aws_instance" "gpu" {\n  subnet_id = aws_subnet.public.id\n              ^^^^^^^^^^^^^^^^^^^^\n}\nresource "aws_subnet" "public" {\n  map_public_ip_on_launch = true\n}\n', good: 'resource "aws_instance" "gpu" {\n  subnet_id = "subnet-1"\n}\n',
  }),
  ...([['aws_lb', 'load balancer'], ['aws_api_gateway_stage', 'API'], ['aws_appsync_graphql_api', 'GraphQL API'], ['aws_cloudfront_distribution', 'distribution']] as const).map(([type, noun]) => objectRule({
    id: `network/waf-without-known-attacks-${type.replace('aws_', '').replaceAll('_', '-')}` as const, title: `Firewall of a ${noun} without the rules for known attacks`, severity: 'info', confidence: 'medium', types: [type], file, references: filter.references, why: filter.why, what: `Reports ${noun}s whose web ACL holds neither the managed rules for known bad inputs nor those for anonymous addresses.`,
    check: (resource, tell, context) => {
      const acls = aclsOf(resource, context);
      const names = acls.flatMap(managedRules);
      if (acls.length > 0 && !(names.includes('AWSManagedRulesKnownBadInputsRuleSet') && names.includes('AWSManagedRulesAnonymousIpList'))) tell(undefined, `The firewall of ${noun} "${resource.name}" does not know current attacks.`);
    },
    bad: `resource "${type}" "api" {\n${' '.repeat(type.length + 13)}^^^\n}\nresource "aws_wafv2_web_acl" "main" {\n}\nresource "aws_wafv2_web_acl_association" "main" {\n  resource_arn = ${type}.api.arn\n  web_acl_arn  = aws_wafv2_web_acl.main.arn\n}\n`, good: `resource "${type}" "api" {\n}\n`,
  })),
  objectRule({
    id: 'transport/lb-without-redirect', title: 'Load balancer that does not redirect to HTTPS', severity: 'low', confidence: 'medium', types: ['aws_lb', 'aws_alb'], file, references: families.transit.references, why: families.transit.why, what: 'Reports load balancers with a listener for plain HTTP that does not redirect.', noFix: 'A listener with a certificate is needed.',
    check: (resource, tell) => {
      const open = resource.companions.find((one) => /^aws_(?:lb|alb)_listener$/.test(one.type) && (textAt(one, 'port') === '80' || textAt(one, 'protocol') === 'HTTP') && !lookIn(mapOfResource(one), 'default_action.type').values.some((value) => scalar(value) === 'redirect') && lookIn(mapOfResource(one), 'default_action.redirect').values.length === 0 && !lookIn(mapOfResource(one), 'default_action').unknown);
      if (open) tell(undefined, `Load balancer "${resource.name}" serves plain HTTP by listener "${open.name}".`);
    },
    bad: 'resource "aws_lb" "api" {\n                   ^^^\n}\nresource "aws_lb_listener" "http" {\n  load_balancer_arn = aws_lb.api.arn\n  port              = 80\n  protocol          = "HTTP"\n  default_action {\n    type = "forward"\n  }\n}\n', good: 'resource "aws_lb" "api" {\n}\nresource "aws_lb_listener" "http" {\n  load_balancer_arn = aws_lb.api.arn\n  port              = 80\n  protocol          = "HTTP"\n  default_action {\n    type = "redirect"\n  }\n}\n',
  }),
  objectRule({
    id: 'transport/redirect-to-http', title: 'Listener that redirects to plain HTTP', severity: 'medium', types: ['aws_lb_listener', 'aws_alb_listener', 'aws_lb_listener_rule'], file, references: families.transit.references, why: families.transit.why, what: 'Reports redirects with the protocol HTTP.',
    check: (resource, tell) => { for (const path of ['default_action.redirect.protocol', 'action.redirect.protocol', 'default_action.redirect_config.protocol']) for (const value of lookIn(mapOfResource(resource), path).values) if (scalar(value) === 'HTTP') tell(value, `Listener "${resource.name}" redirects to plain HTTP.`); },
    bad: 'resource "aws_lb_listener" "http" {\n  default_action {\n    type = "redirect"\n    redirect {\n      protocol = "HTTP"\n                  ^^^^\n    }\n  }\n}\n', good: 'resource "aws_lb_listener" "http" {\n  default_action {\n    type = "redirect"\n    redirect {\n      protocol = "HTTPS"\n    }\n  }\n}\n',
  }),
  objectRule({
    id: 'auth/api-without-authorizer', title: 'API without an authorizer', severity: 'info', confidence: 'low', types: ['aws_api_gateway_rest_api', 'aws_apigatewayv2_api'], file, references: families.identity.references, why: families.identity.why, what: 'Reports APIs to which no authorizer of the module belongs.',
    check: (resource, tell, context) => {
      if (resource.attributes.has('body') || resource.attributes.has('authorizers')) return;
      const own = [...(context.unit.byType.get('aws_api_gateway_authorizer') ?? []), ...(context.unit.byType.get('aws_apigatewayv2_authorizer') ?? [])].some((one) => refers(one, resource.address));
      const methods = resource.companions.filter((one) => one.type === 'aws_api_gateway_method');
      if (!own && !methods.some((one) => /^(?:AWS_IAM|CUSTOM|COGNITO_USER_POOLS)$/.test(textAt(one, 'authorization') ?? textAt(one, 'authorization_type') ?? ''))) tell(undefined, `API "${resource.name}" has no authorizer.`);
    },
    bad: 'resource "aws_api_gateway_rest_api" "ask" {\n                                     ^^^\n  name = "ask"\n}\n', good: 'resource "aws_api_gateway_rest_api" "ask" {\n  name = "ask"\n}\nresource "aws_api_gateway_authorizer" "ask" {\n  rest_api_id = aws_api_gateway_rest_api.ask.id\n}\n',
  }),
  objectRule({
    ...network, id: 'network/record-without-target', title: 'Record that points to nothing here', severity: 'info', confidence: 'low', types: ['aws_route53_record'], what: 'Reports A records with a fixed address, which no resource of the module holds.', why: 'When the address is given back, somebody else gets it, and with it the name.',
    check: (resource, tell) => {
      const type = textAt(resource, 'type');
      const records = resource.attributes.get('records')?.value;
      if (type === 'A' && records?.kind === 'list' && records.complete && records.items.length > 0 && records.items.every((item) => item.kind === 'string' && /^\d+\.\d+\.\d+\.\d+$/.test(item.value) && !/^(?:10\.|127\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.)/.test(item.value))) tell(records.items[0], `Record "${resource.name}" points to a fixed address.`);
    },
    bad: 'resource "aws_route53_record" "api" {\n  type    = "A"\n  records = ["203.0.113.4"]\n              ^^^^^^^^^^^\n}\n', good: 'resource "aws_route53_record" "api" {\n  type    = "A"\n  records = [aws_eip.api.public_ip]\n}\n',
  }),
  objectRule({
    ...network, id: 'network/emr-open-group', title: 'EMR cluster with an open security group', severity: 'high', confidence: 'medium', types: ['aws_emr_cluster'], what: 'Reports EMR clusters whose security groups let everybody in.', references: exposed.references, why: exposed.why,
    check: (resource, tell, context) => {
      for (const path of ['ec2_attributes.emr_managed_master_security_group', 'ec2_attributes.emr_managed_slave_security_group', 'ec2_attributes.service_access_security_group']) for (const value of lookIn(mapOfResource(resource), path).values) {
        const group = value.kind === 'reference' ? context.unit.byAddress.get(value.target) : undefined;
        if (group && mapsAt(group, 'ingress').some((map) => anywhere(map, ['cidr_blocks', 'ipv6_cidr_blocks']) ?? lookIn(map, 'cidr_blocks').values.flatMap((one) => (one.kind === 'list' ? one.items : [one])).find((one) => /\/0$/.test(String(scalar(one)))))) tell(value, `EMR cluster "${resource.name}" has a security group that lets everybody in.`);
      }
    },
    bad: 'resource "aws_emr_cluster" "spark" {\n  ec2_attributes {\n    emr_managed_master_security_group = aws_security_group.open.id\n                                        ^^^^^^^^^^^^^^^^^^^^^^^^^^\n  }\n}\nresource "aws_security_group" "open" {\n  ingress {\n    cidr_blocks = ["0.0.0.0/0"]\n  }\n}\n', good: 'resource "aws_emr_cluster" "spark" {\n}\n',
  }),
  objectRule({
    ...network, id: 'network/resource-without-shield', title: 'Entry point without Shield Advanced', severity: 'info', confidence: 'low', types: ['aws_route53_zone', 'aws_cloudfront_distribution', 'aws_globalaccelerator_accelerator'], what: 'Reports entry points that Shield Advanced does not protect, in modules that use it.', references: filter.references, why: filter.why,
    check: (resource, tell, context) => { const all = context.unit.byType.get('aws_shield_protection') ?? []; if ((all.length > 0 || resource.dialect === 'terraform') && !all.some((one) => refers(one, resource.address)) && !resource.companions.some((one) => one.type === 'aws_shield_protection')) tell(undefined, `"${resource.name}" is not protected by Shield Advanced.`); },
    bad: 'resource "aws_route53_zone" "main" {\n                             ^^^^\n  name = "example.com"\n}\n', good: 'resource "aws_route53_zone" "main" {\n  name = "example.com"\n}\nresource "aws_shield_protection" "main" {\n  resource_arn = aws_route53_zone.main.arn\n}\n',
  }),
  ...(['inbound', 'outbound'] as const).map((side) => objectRule({
    ...network, id: `network/elb-group-without-${side}-rules` as const, title: `Load balancer whose security group has no ${side} rules`, severity: 'info', confidence: 'medium', types: ['aws_elb', 'aws_lb', 'aws_alb'], what: `Reports load balancers with a security group of the same template that has no ${side} rules.`, why: 'The load balancer does not work, or somebody will open more than is needed.',
    check: (resource, tell, context) => {
      for (const entry of ['security_groups', 'security_group_ids'].flatMap((name) => resource.attributes.get(name) ?? [])) for (const address of references(entry.value)) {
        const group = context.unit.byAddress.get(address);
        const name = side === 'inbound' ? 'ingress' : 'egress';
        if (group?.type === 'aws_security_group' && group.complete && !group.attributes.has(name) && !group.companions.some((one) => ruleTypes.test(one.type))) tell({ ...entry.value, at: group.header }, `Security group "${group.name}" of load balancer "${resource.name}" has no ${side} rules.`);
      }
    },
    bad: 'resource "aws_elb" "api" {\n  security_groups = [aws_security_group.api.id]\n}\nresource "aws_security_group" "api" {\n                               ^^^\n  vpc_id = "vpc-1"\n}\n', good: 'resource "aws_elb" "api" {\n  security_groups = ["sg-1"]\n}\n',
  })),
  objectRule({
    ...network, id: 'network/acl-overlapping-ports', title: 'Network ACL rules that overlap', severity: 'info', confidence: 'medium', types: ['aws_network_acl_rule'], what: 'Reports rules of one network ACL for the same direction whose ports overlap.', why: 'Which of them counts depends on their numbers; a change of one then does nothing, or too much.',
    check: (resource, tell, context) => {
      const bounds = (one: Resource): readonly [number, number] | undefined => { const from = Number(textAt(one, 'port_range.from') ?? textAt(one, 'from_port') ?? Number.NaN); const to = Number(textAt(one, 'port_range.to') ?? textAt(one, 'to_port') ?? Number.NaN); return Number.isNaN(from) || Number.isNaN(to) ? undefined : [from, to]; };
      const own = bounds(resource);
      if (!own) return;
      const acl = resource.attributes.get('network_acl_id')?.value;
      const same = (one: Resource): boolean => { const other = one.attributes.get('network_acl_id')?.value; return acl?.kind === 'reference' && other?.kind === 'reference' ? acl.target === other.target : scalar(acl) !== undefined && scalar(acl) === scalar(other); };
      const other = (context.unit.byType.get('aws_network_acl_rule') ?? []).find((one) => one.address !== resource.address && same(one) && textAt(one, 'egress') === textAt(resource, 'egress') && (() => { const b = bounds(one); return b !== undefined && b[0] <= own[1] && own[0] <= b[1] && !(b[0] === own[0] && b[1] === own[1]); })());
      if (other) tell(undefined, `Rule "${resource.name}" overlaps with "${other.name}".`);
    },
    bad: 'resource "aws_network_acl_rule" "a" {\n                                 ^\n  network_acl_id = "acl-1"\n  from_port      = 80\n  to_port        = 90\n}\nresource "aws_network_acl_rule" "b" {\n                                 ^\n  network_acl_id = "acl-1"\n  from_port      = 85\n  to_port        = 95\n}\n', good: 'resource "aws_network_acl_rule" "a" {\n  network_acl_id = "acl-1"\n  from_port      = 80\n  to_port        = 90\n}\n',
  }),
];
