import type { Control, ControlName } from '../model/threat.ts';
import type { Resource } from '../model/resource.ts';
import type { Value } from '../model/value.ts';
import { look, scalar, truth } from '../analysis/values.ts';

/** Settings and companions that show a control. A path counts when it is written and neither false, zero nor empty. */
const shown: readonly (readonly [ControlName, readonly string[], RegExp | undefined])[] = [
  ['encryption-at-rest', ['storage_encrypted', 'encrypted', 'at_rest_encryption_enabled', 'encrypt_at_rest.enabled', 'server_side_encryption.enabled', 'server_side_encryption_configuration', 'kms_key_id', 'kms_master_key_id', 'kms_key_arn', 'encryption_configuration', 'customer_managed_key', 'encryption.default_kms_key_name', 'infrastructure_encryption_enabled', 'sqs_managed_sse_enabled'], /encryption/],
  ['encryption-in-transit', ['transit_encryption_enabled', 'https_only', 'min_tls_version', 'minimum_tls_version', 'domain_endpoint_options.enforce_https', 'enable_https_traffic_only', 'https_traffic_only_enabled', 'enable_inter_container_traffic_encryption', 'settings.ip_configuration.require_ssl', 'spec.tls'], undefined],
  ['logging', ['logging', 'enabled_cloudwatch_logs_exports', 'access_logs.enabled', 'log_publishing_options', 'data_capture_config', 'logging_config', 'tracing_config'], /logging|diagnostic_setting|log_/],
  ['backup', ['backup_retention_period', 'point_in_time_recovery.enabled', 'versioning.enabled', 'snapshot_retention_limit', 'backup_retention_days'], /versioning|backup/],
  ['segmentation', ['vpc_config', 'vpc_security_group_ids', 'vpc_options', 'subnet_id', 'subnet_ids', 'network_rules', 'virtual_network_subnet_id', 'private_cluster_config'], /private_endpoint|network_rules|public_access_block/],
  ['isolation', ['enable_network_isolation', 'spec.template.spec.securityContext.runAsNonRoot', 'spec.securityContext.runAsNonRoot'], undefined],
  ['authentication', ['iam_database_authentication_enabled', 'auth_settings', 'auth_token', 'authorization', 'identity'], undefined],
  ['monitoring', ['enhanced_monitoring_interval', 'monitoring_interval', 'performance_insights_enabled'], /metric_alarm|alert/],
];

/** The controls that a resource's own settings and companions show. What is missing is told by findings. */
export function resourceControls(resource: Resource): readonly Control[] {
  return shown.flatMap(([name, paths, companion]): Control[] => {
    for (const path of paths) {
      const value = look(resource, path).values.find(isOn);
      if (value) return [{ name, present: true, evidence: value.at, words: `${path} is set` }];
    }
    const other = companion && resource.companions.find((one) => companion.test(one.type) && one.type !== resource.type);
    return other ? [{ name, present: true, evidence: other.header, words: `${other.type} "${other.name}"` }] : [];
  });
}

function isOn(value: Value): boolean {
  if (value.kind === 'unknown' || value.kind === 'null') return false;
  if (value.kind === 'list') return value.items.length > 0;
  if (value.kind === 'map' || value.kind === 'reference') return true;
  const plain = scalar(value);
  return truth(value) !== false && plain !== 0 && plain !== '' && plain !== 'Disabled';
}
