import type { MapEntry, Value } from '../../model/value.ts';
import { isOn, policyOf } from './policies.ts';
import { withRangesOfRules } from './ranges.ts';

/** Names of AWS's own interface of which the Terraform provider has others, by type and from the outside in; an empty one puts what it holds one level up. */
const names: Readonly<Record<string, readonly (readonly [path: string, name: string])[]>> = {
  aws_s3_bucket: [
    ['encryption', 'server_side_encryption_configuration'], ['server_side_encryption_configuration.rules', 'rule'], ['versioning_configuration', 'versioning'], ['logging_configuration', 'logging'],
    ['public_access_block_configuration', 'public_access_block'], ['lifecycle_configuration.rules', 'lifecycle_rule'],
  ],
  aws_dynamodb_table: [['continuous_backups', 'point_in_time_recovery'], ['point_in_time_recovery_specification', 'point_in_time_recovery'], ['point_in_time_recovery.point_in_time_recovery_enabled', 'enabled'], ['sse_specification', 'server_side_encryption'], ['server_side_encryption.kms_master_key_id', 'kms_key_arn']],
  aws_dax_cluster: [['sse_specification', 'server_side_encryption']],
  aws_db_instance: [['enable_iam_database_authentication', 'iam_database_authentication_enabled'], ['enable_cloudwatch_logs_exports', 'enabled_cloudwatch_logs_exports'], ['cloudwatch_logs_exports', 'enabled_cloudwatch_logs_exports'], ['enable_performance_insights', 'performance_insights_enabled']],
  aws_rds_cluster: [['enable_iam_database_authentication', 'iam_database_authentication_enabled'], ['enable_cloudwatch_logs_exports', 'enabled_cloudwatch_logs_exports']],
  aws_docdb_cluster: [['enable_cloudwatch_logs_exports', 'enabled_cloudwatch_logs_exports']],
  aws_neptune_cluster: [['enable_iam_database_authentication', 'iam_database_authentication_enabled']],
  aws_eks_cluster: [['resources_vpc_config', 'vpc_config']],
  aws_launch_template: [['launch_template_data', '']],
  aws_instance: [['block_device_mappings', 'ebs_block_device'], ['ebs_block_device.ebs', '']],
  aws_cloudfront_distribution: [['distribution_config', ''], ['logging', 'logging_config'], ['web_aclid', 'web_acl_id'], ['origins', 'origin'], ['cache_behaviors', 'ordered_cache_behavior']],
  aws_opensearch_domain: [['encryption_at_rest_options', 'encrypt_at_rest'], ['node_to_node_encryption_options', 'node_to_node_encryption']],
  aws_iam_role: [['assume_role_policy_document', 'assume_role_policy']],
  aws_lb_listener: [['default_actions', 'default_action']],
  aws_ecs_cluster: [['settings', 'setting']],
  aws_api_gateway_stage: [['tracing_enabled', 'xray_tracing_enabled']],
  aws_cognito_user_pool: [['policies', '']],
  aws_security_group: [['ingress_rules', 'ingress'], ['egress_rules', 'egress']],
  aws_lambda_function_url: [['auth_type', 'authorization_type']],
};

/** The attributes of a resource that a controller writes in the words of AWS's own interface, with the provider's names. */
export function withProviderNames(attributes: ReadonlyMap<string, MapEntry>, type: string): Map<string, MapEntry> {
  let out = type === 'aws_cloudfront_distribution' ? withPlainLists(attributes) : new Map(attributes);
  for (const [path, to] of names[type] ?? []) out = renamed(out, path.split('.'), to);
  if (type === 'aws_s3_bucket' && out.get('versioning')?.value.kind === 'map') out = renamed(out, ['versioning', 'status'], 'enabled');
  if (type === 'aws_security_group') withRangesOfRules(out);
  if (isOff(out.get('logging_config')?.value)) out.delete('logging_config');
  const policy = out.get('policy');
  if (policy) out.set('policy', { ...policy, value: policyOf(policy.value) });
  if (type === 'aws_eks_cluster') withLogTypes(out);
  return out;
}

function renamed(entries: ReadonlyMap<string, MapEntry>, path: readonly string[], to: string): Map<string, MapEntry> {
  const out = new Map(entries);
  const [name, ...rest] = path;
  const entry = entries.get(name!);
  if (!entry) return out;
  if (rest.length > 0) return out.set(entry.key, { ...entry, value: within(entry.value, rest, to) });
  if (to === '') return entry.value.kind === 'map' ? new Map([...out, ...entry.value.entries]) : out;
  out.delete(entry.key);
  return out.set(to, { ...entry, key: to });
}

function within(value: Value, path: readonly string[], to: string): Value {
  if (value.kind === 'list') return { ...value, items: value.items.map((item) => within(item, path, to)) };
  return value.kind === 'map' ? { ...value, entries: renamed(value.entries, path, to) } : value;
}

/** `origins: { items: [...] }` as a list. */
function withPlainLists(entries: ReadonlyMap<string, MapEntry>): Map<string, MapEntry> {
  const plain = (value: Value): Value => {
    if (value.kind === 'list') return { ...value, items: value.items.map(plain) };
    if (value.kind !== 'map') return value;
    const items = value.entries.get('items')?.value;
    return items?.kind === 'list' ? plain(items) : { ...value, entries: withPlainLists(value.entries) };
  };
  return new Map([...entries].map(([key, entry]) => [key, { ...entry, value: plain(entry.value) }]));
}

/** `logging: { clusterLogging: [{ enabled: true, types: [api] }] }` as a list of the types that are on, which stands where the last of them are written. */
function withLogTypes(attributes: Map<string, MapEntry>): void {
  const logging = attributes.get('logging');
  const groups = logging?.value.kind === 'map' ? logging.value.entries.get('cluster_logging')?.value : undefined;
  if (!logging || groups?.kind !== 'list') return;
  const lists = groups.items.flatMap((group) => (group.kind === 'map' && isOn(group.entries.get('enabled')?.value) ? group.entries.get('types')?.value ?? [] : []));
  const last = lists.at(-1);
  if (last?.kind !== 'list') return;
  const items = lists.flatMap((list) => (list.kind === 'list' ? list.items : []));
  attributes.set('enabled_cluster_log_types', { ...logging, key: 'enabled_cluster_log_types', value: { ...last, items, complete: groups.complete && lists.every((list) => list.kind === 'list' && list.complete) } });
}

function isOff(settings: Value | undefined): boolean {
  const enabled = settings?.kind === 'map' ? settings.entries.get('enabled')?.value : undefined;
  return enabled?.kind === 'boolean' && !enabled.value;
}
