import { byHand, ifSet, is, needed, never, not, notOff, notOn, service } from '../_families.ts';

const key = 'is not encrypted with a customer-managed key';

/** Conditions of Firebase that always hold: `allow read, write;` and `allow read: if true;`. */
const anybody = /\ballow\s+(?:read|write|get|list|create|update|delete)\b[\s\w,]*(?:;|:\s*if\s+true\s*;)/;

/** Single protections of Google's services that have no table of their own. Source: the provider's pages of the resources. */
export default [
  ...service('Backup vault', 'google_backup_dr_backup_vault', {
    exposed: { 'backup-vault-unrestricted': ['access_restriction', not('WITHIN_ORGANIZATION', 'UNRESTRICTED'), 'takes in and gives out backups of any organisation', { severity: 'medium' }] },
    recovery: { 'backup-vault-short': ['backup_minimum_enforced_retention_duration', never(/^(?:[1-5]?\d{1,5})s$/, '86400s', '2592000s'), 'lets backups be deleted within a week'] },
    customerKey: { 'gcp-backup-vault-without-key': ['encryption_config.kms_key_name', needed, key, { severity: 'info' }] },
  }),
  ...service('Backup vault', 'google_netapp_backup_vault', {
    customerKey: { 'volume-backups-without-key': ['kms_config', needed, key, { severity: 'info' }] },
    recovery: { 'volume-backups-changeable': ['backup_retention_policy', needed, 'lets its backups be deleted at any time', { severity: 'info', confidence: 'low' }] },
  }),
  ...service('View', ['google_bigtable_logical_view', 'google_bigtable_materialized_view', 'google_bigtable_authorized_view'], {
    recovery: { 'bigtable-view-deletion': ['deletion_protection', { must: { not: [false, 'UNPROTECTED'] }, absent: 'fine', set: true, sample: { bad: false } }, 'can be deleted without further ado', { severity: 'info' }] },
  }),
  ...service('Function', 'google_cloudfunctions_function', {
    transit: { 'gcp-function-plain-trigger': ['https_trigger_security_level', ifSet('SECURE_OPTIONAL', 'SECURE_ALWAYS'), 'accepts plain HTTP', { api: 'https_trigger.security_level', severity: 'low', orPath: [{ path: 'trigger_http', must: { is: [true] } }] }] },
  }),
  ...service('Subnet', 'google_compute_subnetwork', {
    logging: { 'gcp-subnet-log-empty': ['log_config.flow_sampling', not(0.5, 0), 'samples nothing of its traffic'] },
  }),
  ...service('TPU', 'google_tpu_v2_queued_resource', {
    exposed: { 'queued-tpu-public-address': ['tpu.node_spec.node.network_config.enable_external_ips', notOn, 'has a public address', { severity: 'medium' }] },
  }),
  ...service('Worker pool', 'google_cloud_run_v2_worker_pool', {
    customerKey: { 'worker-pool-without-key': ['template.encryption_key', needed, key, { severity: 'info' }] },
    privilege: { 'worker-pool-default-account': ['template.service_account', needed, 'runs as the default service account', { severity: 'low', confidence: 'medium' }] },
    supply: { 'worker-pool-signatures-unchecked': ['binary_authorization', needed, 'runs images whose signatures nobody checks', { severity: 'info' }] },
  }),
  ...service('Build trigger', 'google_cloudbuild_trigger', {
    logging: { 'build-trigger-without-log': ['build.options.logging', not('CLOUD_LOGGING_ONLY', 'NONE'), 'keeps no log of its builds'] },
  }),
  ...service('Repository', ['google_dataform_repository', 'google_gemini_code_repository_index'], {
    customerKey: { 'code-repository-without-key': ['kms_key_name|kms_key', needed, key, { severity: 'info' }] },
  }),
  ...service('Task', 'google_dataplex_task', {
    customerKey: { 'dataplex-task-without-key': ['execution_spec.kms_key', needed, key, { severity: 'info' }] },
  }),
  ...service('Data transfer', 'google_bigquery_data_transfer_config', {
    customerKey: { 'data-transfer-without-key': ['encryption_configuration.kms_key_name', needed, key, { severity: 'info', confidence: 'low' }] },
  }),
  ...service('Cluster template', 'google_dataproc_workflow_template', {
    host: { 'dataproc-template-secure-boot': ['placement.managed_cluster.config.gce_cluster_config.shielded_instance_config.enable_secure_boot', notOff, 'starts machines without secure boot'] },
  }),
  ...service('Cluster', 'google_edgecontainer_cluster', {
    customerKey: { 'edge-cluster-without-key': ['control_plane_encryption.kms_key', needed, key, { severity: 'info' }] },
  }),
  ...service('Node pool', 'google_edgecontainer_node_pool', {
    customerKey: { 'edge-nodes-without-key': ['local_disk_encryption.kms_key', needed, key, { severity: 'info' }] },
  }),
  ...service('Kubernetes cluster', 'google_container_aws_cluster', {
    customerKey: {
      'fleet-aws-root-without-key': ['control_plane.root_volume.kms_key_arn', needed, 'does not encrypt the disks it starts from with a customer-managed key', { severity: 'info' }],
      'fleet-aws-data-without-key': ['control_plane.main_volume.kms_key_arn', needed, 'does not encrypt the disks of its database with a customer-managed key', { severity: 'info' }],
    },
  }),
  ...service('Kubernetes cluster', 'google_container_azure_cluster', {
    customerKey: { 'fleet-azure-secrets-without-key': ['control_plane.database_encryption.key_id', needed, 'does not encrypt its secrets with a customer-managed key', { severity: 'info' }] },
  }),
  ...service('Kubernetes cluster', 'google_container_attached_cluster', {
    supply: { 'fleet-signatures-unchecked': ['binary_authorization.evaluation_mode', ifSet('DISABLED', 'PROJECT_SINGLETON_POLICY_ENFORCE'), 'runs images whose signatures nobody checks'] },
    logging: { 'fleet-cluster-without-log': ['logging_config', needed, 'sends no logs', { severity: 'info' }] },
  }),
  ...service('Protection', ['google_firebase_app_check_service_config', 'google_firebase_app_check_resource_policy'], {
    identity: { 'app-check-not-enforced': ['enforcement_mode', { ...is('ENFORCED'), sample: { bad: 'UNENFORCED' } }, 'lets in programs that are not the app', { severity: 'low', confidence: 'medium' }] },
  }),
  ...service('Rules', 'google_firebaserules_ruleset', {
    public: { 'firebase-rules-open': ['source.files.content', never(anybody, 'allow read, write: if true;', 'allow read, write: if request.auth != null;'), 'let everybody at the data'] },
  }),
  ...service('Folder', 'google_folder', {
    recovery: { 'gcp-folder-deletion': ['deletion_protection', notOff, 'can be deleted without further ado', { severity: 'info' }] },
  }),
  ...service('Extension', ['google_network_services_lb_traffic_extension', 'google_network_services_lb_route_extension', 'google_network_services_lb_edge_extension'], {
    filter: { 'lb-extension-fails-open': ['extension_chains.extensions.fail_open', notOn, 'lets requests pass when what checks them fails', { severity: 'info' }] },
  }),
  ...service('Access rule', 'google_managed_kafka_acl', {
    privilege: {
      'kafka-acl-everybody': ['acl_entries.principal', byHand(not('User:trainer@clinic.iam.gserviceaccount.com', 'User:*')), 'lets every client of the cluster in', {
        severity: 'medium', noFix: 'The clients have to be named.', orPath: [{ path: 'acl_entries.permission_type', must: { is: ['DENY'] } }],
      }],
    },
  }),
  ...service('Extension', 'google_network_services_authz_extension', {
    filter: { 'authz-extension-fails-open': ['fail_open', notOn, 'lets requests pass when what judges them fails', { severity: 'medium' }] },
  }),
  ...service('Tenant', 'google_identity_platform_tenant', {
    identity: { 'identity-tenant-sign-up': ['client.permissions.disabled_user_signup', notOff, 'lets everybody make an account', { severity: 'info' }] },
  }),
  ...service('Log settings', ['google_logging_organization_settings', 'google_logging_folder_settings', 'google_logging_project_settings'], {
    logging: { 'gcp-default-log-off': ['disable_default_sink', notOn, 'keep no logs of new projects', { severity: 'info' }] },
    customerKey: { 'gcp-logs-without-key': ['kms_key_name', needed, 'do not encrypt logs with a customer-managed key', { severity: 'info' }] },
  }),
  ...service('Log sink', 'google_logging_billing_account_sink', {
    logging: { 'billing-log-sink-off': ['disabled', notOn, 'is switched off'] },
  }),
  ...service('File system', 'google_lustre_instance', {
    customerKey: { 'gcp-lustre-without-key': ['kms_key', needed, key, { severity: 'info' }] },
  }),
  ...service('Approval', 'google_privileged_access_manager_entitlement', {
    privilege: { 'entitlement-without-approval': ['approval_workflow', needed, 'gives rights without asking anybody', { severity: 'low', confidence: 'medium' }] },
  }),
  ...service('Backup plan', 'google_spanner_backup_schedule', {
    customerKey: { 'spanner-backups-default-key': ['encryption_config.encryption_type', not('USE_DATABASE_ENCRYPTION', 'GOOGLE_DEFAULT_ENCRYPTION'), 'does not encrypt backups with a customer-managed key'] },
  }),
  ...service('Bucket', 'google_storage_bucket', {
    exposed: { 'gcs-filter-every-address': ['ip_filter.public_network_source.allowed_ip_cidr_ranges', byHand(never(/^(?:0\.0\.0\.0|::0?)\/0$/, ['0.0.0.0/0'], ['203.0.113.0/24'])), 'has a filter for addresses that lets every one in', { severity: 'low' }] },
  }),
  ...service('Branch rule', 'google_secure_source_manager_branch_rule', {
    supply: {
      'source-branch-rule-off': ['disabled', notOn, 'is switched off'],
      'source-branch-without-review': ['minimum_approvals_count', { must: { least: 1 }, absent: 'fine', set: 1 }, 'lets code in that nobody has approved', { severity: 'low' }],
    },
  }),
  ...service('Machine policy', ['google_os_config_os_policy_assignment', 'google_os_config_v2_policy_orchestrator'], {
    supply: {
      'os-policy-unchecked-package': ['os_policies.resource_groups.resources.pkg.deb.source.allow_insecure|os_policies.resource_groups.resources.pkg.rpm.source.allow_insecure|os_policies.resource_groups.resources.pkg.msi.source.allow_insecure', notOn, 'installs packages without checking them', { severity: 'medium' }],
      'os-policy-unchecked-file': ['os_policies.resource_groups.resources.file.file.allow_insecure|os_policies.resource_groups.resources.exec.validate.file.allow_insecure|os_policies.resource_groups.resources.exec.enforce.file.allow_insecure', notOn, 'runs files without checking them', { severity: 'medium' }],
    },
  }),
  ...service('Template', 'google_privateca_certificate_template', {
    privilege: {
      'certificate-template-any-subject': ['identity_constraints.allow_subject_passthrough', notOn, 'lets whoever asks choose the subject', { severity: 'info' }],
      'certificate-template-any-name': ['identity_constraints.allow_subject_alt_names_passthrough', notOn, 'lets whoever asks choose the names', { severity: 'info' }],
    },
  }),
  ...service('Posture', 'google_securityposture_posture', {
    privilege: { 'posture-not-enforced': ['policy_sets.policies.constraint.org_policy_constraint.policy_rules.enforce', notOff, 'holds rules that are not enforced', { severity: 'low' }] },
  }),
  ...service('Workstations', 'google_workstations_workstation_config', {
    exposed: { 'workstation-ssh': ['host.gce_instance.disable_ssh', notOff, 'accept SSH', { severity: 'info' }] },
  }),
  ...service('Client', 'google_integrations_client', {
    customerKey: { 'integrations-without-key': ['cloud_kms_config', needed, 'does not encrypt credentials with a customer-managed key', { severity: 'info' }] },
  }),
];
