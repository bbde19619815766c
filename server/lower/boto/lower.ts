import type { CodeAnalysis } from '../../analysis/code/analyze.ts';
import type { CodeArgument, CodeCall } from '../../analysis/code/events.ts';
import type { Resource } from '../../model/resource.ts';
import type { MapEntry, Value } from '../../model/value.ts';
import { canonicalNameOfProperty } from '../cloudformation/names.ts';
import { toResourceValue } from '../program-values.ts';

/** Calls of the AWS SDK, here of the one for Python, that make or change something, and the resource whose settings their arguments are. */
const operations: Readonly<Record<string, string>> = {
  authorize_security_group_ingress: 'aws_security_group_rule', create_volume: 'aws_ebs_volume', create_db_instance: 'aws_db_instance', modify_db_instance: 'aws_db_instance', create_db_cluster: 'aws_rds_cluster', create_file_system: 'aws_efs_file_system',
  create_notebook_instance: 'aws_sagemaker_notebook_instance', update_notebook_instance: 'aws_sagemaker_notebook_instance', create_domain: 'aws_sagemaker_domain', create_endpoint_config: 'aws_sagemaker_endpoint_configuration', create_model: 'aws_sagemaker_model',
  put_bucket_acl: 'aws_s3_bucket_acl', put_public_access_block: 'aws_s3_bucket_public_access_block', put_bucket_policy: 'aws_s3_bucket_policy', create_role: 'aws_iam_role', update_assume_role_policy: 'aws_iam_role', create_policy: 'aws_iam_policy', create_policy_version: 'aws_iam_policy',
  put_role_policy: 'aws_iam_role_policy', put_user_policy: 'aws_iam_user_policy', put_group_policy: 'aws_iam_group_policy', attach_role_policy: 'aws_iam_role_policy_attachment', attach_user_policy: 'aws_iam_user_policy_attachment', attach_group_policy: 'aws_iam_group_policy_attachment',
  put_bucket_cors: 'aws_s3_bucket_cors_configuration', run_instances: 'aws_instance', create_launch_template: 'aws_launch_template', add_permission: 'aws_lambda_permission', create_key: 'aws_kms_key', put_key_policy: 'aws_kms_key_policy', put_resource_policy: 'aws_secretsmanager_secret_policy', set_repository_policy: 'aws_ecr_repository_policy', create_repository: 'aws_ecr_repository', create_queue: 'aws_sqs_queue', set_queue_attributes: 'aws_sqs_queue_policy', set_topic_attributes: 'aws_sns_topic_policy', create_table: 'aws_dynamodb_table',
  create_function_url_config: 'aws_lambda_function_url', create_trail: 'aws_cloudtrail', update_trail: 'aws_cloudtrail', create_replication_group: 'aws_elasticache_replication_group', create_cache_cluster: 'aws_elasticache_cluster',
};
const called = new RegExp(`\\.(?:${Object.keys(operations).join('|')})\\(`);
/** The same of the SDK for JavaScript: `new PutBucketPolicyCommand({ ... })`. */
const commands = new Map(Object.entries(operations).map(([operation, type]) => [`${operation.replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase())}Command`, type]));
const commanded = new RegExp(`\\b(?:${[...commands.keys()].join('|')})\\(`);

export function mayBeBoto(text: string, python: boolean): boolean {
  return python ? text.includes('boto3') && called.test(text) : text.includes('@aws-sdk/client-') && commanded.test(text);
}

/** What calls of the SDK set up. Only what is given is judged: a call may change one setting of what is there. */
export function lowerBoto(analysis: CodeAnalysis): Resource[] {
  const seen = new Set<number>();
  return analysis.calls.flatMap((call): Resource[] => {
    const operation = /(?:^|\.)(\w+)$/.exec(call.written)?.[1] ?? '';
    const type = call.isNew ? commands.get(operation) : operations[operation];
    const given = call.isNew ? optionsOf(call) : call.args;
    if (type === undefined || seen.has(call.origin.range.start) || !given.some((one) => one.name !== undefined)) return [];
    seen.add(call.origin.range.start);
    return [resourceOf(call, given, operation, type)];
  });
}

/** The properties of the object that a command is made with, as arguments. */
function optionsOf(call: CodeCall): readonly CodeArgument[] {
  const [first] = call.args;
  const entries = first?.node.kind === 'object' ? first.node.entries : [];
  return [...first?.value.fields ?? []].map(([name, value]) => {
    const written = entries.find((one) => one.key === name);
    return { name, value, node: written?.value ?? first!.node, origin: written ? { path: first!.origin.path, range: { start: written.value.start, end: written.value.end } } : first!.origin };
  });
}

function resourceOf(call: CodeCall, given: readonly CodeArgument[], operation: string, type: string): Resource {
  const plain = { key: (name: string): string => name, addressOf: (): undefined => undefined };
  const attributes = new Map<string, MapEntry>();
  let label = operation;
  for (const { name, value, origin } of given) {
    if (name === undefined) continue;
    const converted = toResourceValue(value, origin, plain);
    if (/^(?:RoleName|Bucket|GroupId|Name|UserName|DBInstanceIdentifier)$/.test(name) && converted.kind === 'string') label = converted.value;
    if (name === 'PublicAccessBlockConfiguration' && converted.kind === 'map') {
      for (const entry of converted.entries.values()) attributes.set(canonicalNameOfProperty(type, entry.key), { ...entry, key: canonicalNameOfProperty(type, entry.key) });
      continue;
    }
    if (name === 'CORSConfiguration' && converted.kind === 'map') {
      const entry = converted.entries.get('CORSRules');
      if (entry) attributes.set('cors_rule', { ...entry, key: 'cors_rule', value: canonical('aws_s3_bucket_cors_configuration', entry.value) });
      continue;
    }
    if (name === 'Attributes' && converted.kind === 'map') {
      for (const entry of converted.entries.values()) attributes.set(canonicalNameOfProperty('aws_sqs_queue', entry.key), { ...entry, key: canonicalNameOfProperty('aws_sqs_queue', entry.key) });
      continue;
    }
    const key = name === 'ResourcePolicy' || name === 'policyText' || (name === 'AttributeValue' && given.some((one) => one.name === 'AttributeName' && one.value.constant === 'Policy')) ? 'policy' : name === 'IpPermissions' ? 'ingress' : canonicalNameOfProperty(type, name);
    attributes.set(key, { key, keyOrigin: origin, value: /Policy(?:Document)?$/.test(name) ? converted : canonical(type, converted) });
  }
  return {
    type: attributes.has('ingress') ? 'aws_security_group' : type, name: label, address: `${type}#${call.origin.range.start}`, dialect: 'cdk', origin: call.origin, header: call.callee,
    attributes, complete: false, companions: [], mode: 'managed',
  };
}

function canonical(type: string, value: Value): Value {
  if (value.kind === 'list') return { ...value, items: value.items.map((item) => canonical(type, item)) };
  if (value.kind !== 'map' || value.entries.has('Statement')) return value;
  const own = type === 'aws_security_group_rule' ? 'aws_security_group' : type;
  return { ...value, entries: new Map([...value.entries.values()].map((entry) => {
    const key = entry.key === 'IpRanges' ? 'cidr_blocks' : entry.key === 'Ipv6Ranges' ? 'ipv6_cidr_blocks' : canonicalNameOfProperty(own, entry.key);
    return [key, { ...entry, key, value: /cidr_blocks$/.test(key) ? ranges(entry.value) : canonical(type, entry.value) }];
  })) };
}

/** `[{ "CidrIp": "0.0.0.0/0" }]` */
function ranges(value: Value): Value {
  return value.kind === 'list' ? { ...value, items: value.items.map((item) => (item.kind === 'map' ? item.entries.get('CidrIp')?.value ?? item.entries.get('CidrIpv6')?.value ?? item : item)) } : value;
}
