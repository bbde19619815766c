import { lookIn, scalar, type Resource, type RuleId } from '../../server/rule/queries.ts';
import type { ResourceContext } from '../../server/rule/rule.ts';
import { families } from '../_families.ts';
import { mapOfResource, objectRule, textAt, textsAt } from '../_kubernetes.ts';

interface AlarmRow {
  readonly id: RuleId;
  readonly title: string;
  readonly matter: string;
  /** Words of the trail's events: a filter is about the matter when it holds all of them. */
  readonly pattern: readonly RegExp[];
  readonly control: string;
  readonly sample: string;
}

const rows: readonly AlarmRow[] = [
  { id: 'auth/alarm-unauthorized-calls', title: 'No alarm on unauthorized calls', matter: 'calls that were refused', pattern: [/errorCode/, /UnauthorizedOperation/, /AccessDenied/], control: '5.1', sample: '{ ($.errorCode = *UnauthorizedOperation) || ($.errorCode = AccessDenied*) }' },
  { id: 'monitoring/alarm-console-without-mfa', title: 'No alarm on sign-in without a second factor', matter: 'sign-ins without a second factor', pattern: [/ConsoleLogin/, /MFAUsed/], control: '5.2', sample: '{ ($.eventName = ConsoleLogin) && ($.additionalEventData.MFAUsed != Yes) }' },
  { id: 'monitoring/alarm-root-use', title: 'No alarm on the root user', matter: 'use of the root user', pattern: [/userIdentity\.type/, /Root/], control: '5.3', sample: '{ $.userIdentity.type = Root }' },
  { id: 'monitoring/alarm-iam-changes', title: 'No alarm on changes of policies', matter: 'changes of policies', pattern: [/DeleteGroupPolicy|PutUserPolicy|AttachRolePolicy|CreatePolicyVersion/], control: '5.4', sample: '{ ($.eventName=PutUserPolicy) }' },
  { id: 'monitoring/alarm-trail-changes', title: 'No alarm on changes of the trail', matter: 'changes of the trail', pattern: [/StopLogging|UpdateTrail|DeleteTrail/], control: '5.5', sample: '{ ($.eventName = StopLogging) }' },
  { id: 'monitoring/alarm-failed-sign-in', title: 'No alarm on failed sign-ins', matter: 'failed sign-ins', pattern: [/ConsoleLogin/, /Failed authentication/], control: '5.6', sample: '{ ($.eventName = ConsoleLogin) && ($.errorMessage = \\"Failed authentication\\") }' },
  { id: 'storage/alarm-key-deletion', title: 'No alarm on keys that are deleted', matter: 'keys that are disabled or deleted', pattern: [/DisableKey/, /ScheduleKeyDeletion/], control: '5.7', sample: '{ ($.eventName = DisableKey) || ($.eventName = ScheduleKeyDeletion) }' },
  { id: 'monitoring/alarm-bucket-policy-changes', title: 'No alarm on changes of bucket policies', matter: 'changes of bucket policies', pattern: [/PutBucketPolicy|PutBucketAcl|DeleteBucketPolicy/], control: '5.8', sample: '{ ($.eventName = PutBucketPolicy) }' },
  { id: 'monitoring/alarm-config-changes', title: 'No alarm on changes of AWS Config', matter: 'changes of AWS Config', pattern: [/StopConfigurationRecorder|PutConfigurationRecorder|DeleteDeliveryChannel/], control: '5.9', sample: '{ ($.eventName = StopConfigurationRecorder) }' },
  { id: 'monitoring/alarm-security-group-changes', title: 'No alarm on changes of security groups', matter: 'changes of security groups', pattern: [/AuthorizeSecurityGroupIngress|CreateSecurityGroup|DeleteSecurityGroup/], control: '5.10', sample: '{ ($.eventName = CreateSecurityGroup) }' },
  { id: 'monitoring/alarm-network-acl-changes', title: 'No alarm on changes of network ACLs', matter: 'changes of network ACLs', pattern: [/CreateNetworkAcl|DeleteNetworkAcl|ReplaceNetworkAcl/], control: '5.11', sample: '{ ($.eventName = CreateNetworkAcl) }' },
  { id: 'monitoring/alarm-gateway-changes', title: 'No alarm on changes of gateways', matter: 'changes of network gateways', pattern: [/AttachInternetGateway|CreateCustomerGateway|DeleteInternetGateway/], control: '5.12', sample: '{ ($.eventName = AttachInternetGateway) }' },
  { id: 'monitoring/alarm-route-changes', title: 'No alarm on changes of routes', matter: 'changes of route tables', pattern: [/CreateRoute|ReplaceRoute|DeleteRouteTable/], control: '5.13', sample: '{ ($.eventName = CreateRoute) }' },
  { id: 'monitoring/alarm-vpc-changes', title: 'No alarm on changes of networks', matter: 'changes of VPCs', pattern: [/CreateVpc|DeleteVpc|ModifyVpcAttribute|AcceptVpcPeering/], control: '5.14', sample: '{ ($.eventName = CreateVpc) }' },
  { id: 'monitoring/alarm-organization-changes', title: 'No alarm on changes of the organisation', matter: 'changes of the organisation', pattern: [/organizations\.amazonaws\.com|AcceptHandshake|LeaveOrganization/], control: '5.15', sample: '{ ($.eventSource = organizations.amazonaws.com) }' },
];

const filters = (context: ResourceContext): readonly Resource[] => context.unit.byType.get('aws_cloudwatch_log_metric_filter') ?? [];

/** Whether an alarm watches the metric of a filter: by reference, or by the metric's name. */
function watched(filter: Resource, context: ResourceContext): boolean {
  const names = [textAt(filter, 'metric_transformation.name'), textAt(filter, 'metric_transformations.metric_name'), textAt(filter, 'name')].filter((name) => name !== undefined);
  return (context.unit.byType.get('aws_cloudwatch_metric_alarm') ?? []).some((alarm) => {
    const metrics = [...lookIn(mapOfResource(alarm), 'metric_name').values, ...lookIn(mapOfResource(alarm), 'metric_query.metric.metric_name').values, ...lookIn(mapOfResource(alarm), 'metric_query.metric.metric_name').values];
    return metrics.some((metric) => (metric.kind === 'reference' ? metric.target === filter.address : metric.kind === 'unknown' || names.includes(String(scalar(metric)))));
  });
}

function about(filter: Resource, row: AlarmRow): boolean {
  const text = textsAt(mapOfResource(filter), 'pattern').concat(textsAt(mapOfResource(filter), 'filter_pattern')).map((value) => value.value).join(' ');
  return row.pattern.every((pattern) => pattern.test(text));
}

const sample = (pattern: string, name: string, alarm: string): string => `resource "aws_cloudwatch_log_metric_filter" "${name}" {\n  pattern = "${pattern}"\n  metric_transformation {\n    name = "M"\n  }\n}\n${alarm}`;
const alarm = 'resource "aws_cloudwatch_metric_alarm" "watch" {\n  metric_name = "M"\n}\n';

/** The module watches the trail with filters: then each matter should be among them, with an alarm. */
export default rows.map((row) => objectRule({
  id: row.id, title: row.title, severity: 'info', confidence: 'medium', types: ['aws_cloudwatch_log_metric_filter'], file: 'main.tf',
  references: [...families.detection.references], why: families.detection.why,
  what: `Reports modules that watch CloudTrail with metric filters, but have no filter with an alarm for ${row.matter}.`,
  whenNotToUse: 'Where another service watches the trail.', noFix: 'The filter and its alarm have to be written.',
  check: (resource, tell, context) => {
    const all = filters(context);
    const own = all.filter((one) => about(one, row));
    if (own.some((one) => watched(one, context))) return;
    const trail = all.filter((one) => textsAt(mapOfResource(one), 'pattern').concat(textsAt(mapOfResource(one), 'filter_pattern')).some((value) => /\$\.(?:eventName|eventSource|errorCode|errorMessage|userIdentity)/.test(value.value)));
    const at = own[0] ?? trail[0];
    if (at?.address === resource.address) tell(undefined, `Nothing raises an alarm on ${row.matter}.`);
  },
  bad: sample(row.sample, 'trail', '').replace('{\n  pattern', `{\n${' '.repeat(45)}^^^^^\n  pattern`), good: sample(row.sample, 'trail', alarm),
}));
