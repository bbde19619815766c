import type { KnownModule } from './registry-modules.ts';

const cluster: KnownModule = {
  type: 'google_container_cluster',
  rename: {
    enable_private_nodes: 'private_cluster_config.enable_private_nodes', enable_private_endpoint: 'private_cluster_config.enable_private_endpoint', master_authorized_networks: 'master_authorized_networks_config.cidr_blocks',
    release_channel: 'release_channel.channel', http_load_balancing: 'addons_config.http_load_balancing', kubernetes_version: 'min_master_version', identity_namespace: 'workload_identity_config.workload_pool',
    security_posture_mode: 'security_posture_config.mode', issue_client_certificate: 'master_auth.client_certificate_config.issue_client_certificate', network_policy: 'network_policy.enabled',
  },
};
const database: KnownModule = {
  type: 'google_sql_database_instance',
  rename: {
    ip_configuration: 'settings.ip_configuration', database_flags: 'settings.database_flags', backup_configuration: 'settings.backup_configuration', availability_type: 'settings.availability_type', tier: 'settings.tier',
    deletion_protection_enabled: 'settings.deletion_protection_enabled', insights_config: 'settings.insights_config', password_validation_policy_config: 'settings.password_validation_policy', encryption_key_name: 'encryption_key_name',
  },
};
const bucket: KnownModule = { type: 'google_storage_bucket', rename: { bucket_policy_only: 'uniform_bucket_level_access', versioning: 'versioning.enabled', retention_policy: 'retention_policy', encryption: 'encryption' } };
const rules: KnownModule = { type: 'google_compute_firewall' };

/** Modules of terraform-google-modules by name, with what their inputs are called by the provider. Data; what a module sets by itself is not judged. */
export const googleModules: Readonly<Record<string, readonly KnownModule[]>> = {
  'kubernetes-engine': [cluster],
  'kubernetes-engine/private-cluster': [cluster], 'kubernetes-engine/beta-private-cluster': [cluster], 'kubernetes-engine/beta-public-cluster': [cluster], 'kubernetes-engine/private-cluster-update-variant': [cluster],
  'kubernetes-engine/beta-autopilot-private-cluster': [cluster], 'kubernetes-engine/beta-autopilot-public-cluster': [cluster],
  'sql-db/postgresql': [database], 'sql-db/mysql': [database], 'sql-db/mssql': [database],
  'cloud-storage/simple_bucket': [bucket],
  'bigquery': [{ type: 'google_bigquery_dataset', rename: { encryption_key: 'default_encryption_configuration.kms_key_name' } }],
  'project-factory': [{ type: 'google_project' }],
  'pubsub': [{ type: 'google_pubsub_topic', rename: { topic_kms_key_name: 'kms_key_name' } }],
  'vm/compute_instance': [{ type: 'google_compute_instance', rename: { access_config: 'network_interface.access_config' } }],
  'vm/instance_template': [{ type: 'google_compute_instance_template', rename: { access_config: 'network_interface.access_config' } }],
  'cloud-dns': [{ type: 'google_dns_managed_zone', rename: { type: 'visibility' } }],
  'memorystore': [{ type: 'google_redis_instance' }],
  'network/firewall-rules': [rules],
  'iam/projects_iam': [],
};
