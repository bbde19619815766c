import type { Resource } from '../../model/resource.ts';
import type { MapEntry, Value } from '../../model/value.ts';

/** What a well-known module makes: the type, inputs that are called otherwise, and defaults that rules should know. */
interface Known {
  readonly type: string;
  readonly rename?: Readonly<Record<string, string>>;
  readonly defaults?: Readonly<Record<string, boolean | string | null>>;
}

/** Modules of terraform-aws-modules by name; what is not listed makes what its name says. Defaults as of their current major versions. */
const modules: Readonly<Record<string, readonly Known[]>> = {
  's3-bucket': [{ type: 'aws_s3_bucket', rename: { block_public_acls: 'public_access_block.block_public_acls', block_public_policy: 'public_access_block.block_public_policy', ignore_public_acls: 'public_access_block.ignore_public_acls', restrict_public_buckets: 'public_access_block.restrict_public_buckets' } }],
  'ec2-instance': [{ type: 'aws_instance', defaults: { monitoring: false } }],
  rds: [{ type: 'aws_db_instance', defaults: { deletion_protection: false } }],
  'rds-aurora': [{ type: 'aws_rds_cluster' }],
  alb: [{ type: 'aws_lb' }], elb: [{ type: 'aws_elb', defaults: { access_logs: null } }],
  'security-group': [{ type: 'aws_security_group', rename: { ingress_with_cidr_blocks: 'ingress', egress_with_cidr_blocks: 'egress' } }],
  autoscaling: [{ type: 'aws_launch_configuration' }],
  'dynamodb-table': [{ type: 'aws_dynamodb_table', rename: { server_side_encryption_enabled: 'server_side_encryption.enabled', server_side_encryption_kms_key_arn: 'server_side_encryption.kms_key_arn', point_in_time_recovery_enabled: 'point_in_time_recovery.enabled' }, defaults: { 'server_side_encryption.enabled': false, 'point_in_time_recovery.enabled': false } }],
  'apigateway-v2': [{ type: 'aws_apigatewayv2_stage', rename: { stage_access_log_settings: 'access_log_settings', default_stage_access_log_destination_arn: 'access_log_settings' }, defaults: { access_log_settings: null } }, { type: 'aws_apigatewayv2_domain_name' }, { type: 'aws_apigatewayv2_api' }],
  'secrets-manager': [{ type: 'aws_secretsmanager_secret', defaults: { kms_key_id: null } }], redshift: [{ type: 'aws_redshift_cluster', defaults: { 'logging.enable': false } }], cloudtrail: [{ type: 'aws_cloudtrail' }], dax: [{ type: 'aws_dax_cluster' }], docdb: [{ type: 'aws_docdb_cluster', defaults: { storage_encrypted: false, enabled_cloudwatch_logs_exports: null } }],
  opensearch: [{ type: 'aws_opensearch_domain' }], elasticsearch: [{ type: 'aws_elasticsearch_domain', defaults: { encrypt_at_rest: null } }], cloudfront: [{ type: 'aws_cloudfront_distribution' }], sqs: [{ type: 'aws_sqs_queue' }], sns: [{ type: 'aws_sns_topic' }], lambda: [{ type: 'aws_lambda_function', rename: { tracing_mode: 'tracing_config.mode' } }], kms: [{ type: 'aws_kms_key' }], efs: [{ type: 'aws_efs_file_system' }],
  eks: [{ type: 'aws_eks_cluster', rename: { cluster_endpoint_public_access: 'vpc_config.endpoint_public_access', cluster_endpoint_public_access_cidrs: 'vpc_config.public_access_cidrs', endpoint_public_access: 'vpc_config.endpoint_public_access', endpoint_public_access_cidrs: 'vpc_config.public_access_cidrs', cluster_enabled_log_types: 'enabled_cluster_log_types', cluster_version: 'version', kubernetes_version: 'version' } }],
  ecr: [{ type: 'aws_ecr_repository', rename: { repository_image_tag_mutability: 'image_tag_mutability', repository_image_scan_on_push: 'image_scanning_configuration.scan_on_push' } }], 'msk-kafka-cluster': [{ type: 'aws_msk_cluster' }], elasticache: [{ type: 'aws_elasticache_replication_group' }], vpc: [{ type: 'aws_subnet' }],
};

/** The resources that a call of a well-known module stands for. What the module adds beside its inputs is unknown. */
export function registryResources(call: Resource): readonly Resource[] {
  const source = call.attributes.get('source')?.value;
  const name = source?.kind === 'string' ? /^terraform-aws-modules\/([\w-]+)\/aws$/.exec(source.value)?.[1] : undefined;
  return name === undefined ? [] : (modules[name] ?? []).map((known) => expand(call, known));
}

function expand(call: Resource, known: Known): Resource {
  const attributes = new Map<string, MapEntry>();
  const placed = { origin: call.header, at: call.header };
  const put = (path: string, entry: MapEntry): void => {
    const [first, second] = path.split('.') as [string, string | undefined];
    if (second === undefined) {
      attributes.set(first, { ...entry, key: first });
      return;
    }
    const own = attributes.get(first)?.value;
    const entries = new Map(own?.kind === 'map' ? own.entries : []);
    entries.set(second, { ...entry, key: second });
    attributes.set(first, { key: first, keyOrigin: entry.keyOrigin, value: { kind: 'map', entries, complete: false, ...placed } });
  };
  for (const entry of call.attributes.values()) {
    if (entry.key !== 'source' && entry.key !== 'version' && entry.key !== 'providers') put(known.rename?.[entry.key] ?? entry.key, entry);
  }
  for (const [path, value] of Object.entries(known.defaults ?? {})) {
    const [first, second] = path.split('.') as [string, string | undefined];
    const own = attributes.get(first)?.value;
    if (second === undefined ? own !== undefined : own !== undefined && (own.kind !== 'map' || own.entries.has(second))) continue;
    const literal: Value = value === null ? { kind: 'null', ...placed } : typeof value === 'boolean' ? { kind: 'boolean', value, ...placed } : { kind: 'string', value, ...placed };
    put(path, { key: path, keyOrigin: call.header, value: literal });
  }
  return { ...call, type: known.type, attributes, complete: false, mode: 'managed' };
}
