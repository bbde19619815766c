import { byHand, ifSet, is, needed, never, none, not, notOff, notOn, on, service } from '../_families.ts';

const key = 'is not encrypted with a customer-managed key';

export default [
  ...service('Compute cluster', 'databricks_cluster', {
    privilege: {
      'databricks-cluster-open': ['permissions', needed, 'has no permissions of its own', { severity: 'low', or: [{ type: 'databricks_permissions' }] }],
    },
    host: {
      'databricks-no-isolation': [
        'data_security_mode',
        {
          must: { is: ['USER_ISOLATION', 'SINGLE_USER', 'DATA_SECURITY_MODE_STANDARD', 'DATA_SECURITY_MODE_DEDICATED', 'DATA_SECURITY_MODE_AUTO'] },
          absent: 'bad',
          set: 'USER_ISOLATION',
          sample: { bad: 'NONE' },
        },
        'does not keep its users apart',
        { severity: 'low' },
      ],
    },
    atRest: { 'databricks-local-disk-plain': ['enable_local_disk_encryption', on, 'does not encrypt local disks', { severity: 'low' }] },
    logging: { 'databricks-cluster-without-log': ['cluster_log_conf', needed, 'keeps no log', { severity: 'info' }] },
    patching: {
      'databricks-old-runtime': ['spark_version', never(/^(?:[1-9]|1[01])\.\d/, '9.1.x-scala2.12', '16.4.x-scala2.12'), 'runs a version that gets no more patches'],
      'databricks-never-stops': ['autotermination_minutes', byHand(not(60, 0)), 'runs on when nobody uses it, with what it holds in memory', { severity: 'info', noFix: 'How long it may be idle has to be known.' }],
    },
    exposed: { 'databricks-cluster-ssh': ['ssh_public_keys', none, 'lets people in with SSH', { severity: 'low' }] },
  }),
  ...service('Job', 'databricks_job', {
    privilege: {
      'databricks-job-open': ['permissions', needed, 'has no permissions of its own', { severity: 'low', or: [{ type: 'databricks_permissions' }] }],
      'databricks-job-user': ['run_as', needed, 'runs with the rights of whoever made it', { severity: 'info', confidence: 'low' }],
    },
  }),
  ...service('Permission', 'databricks_permissions', {
    privilege: {
      'databricks-permission-owner': [
        'access_control.permission_level',
        never(/^(?:CAN_MANAGE|IS_OWNER)$/, 'IS_OWNER', 'CAN_VIEW'),
        'gives the rights of an owner',
        { severity: 'low', orPath: [{ path: 'access_control.service_principal_name', must: 'present' }] },
      ],
      'databricks-permission-everybody': [
        'access_control.group_name',
        never(/^users$/, 'users', 'scientists'),
        'gives rights to everybody',
        { severity: 'low' },
      ],
    },
  }),
  ...service('Grant', ['databricks_grants', 'databricks_grant'], {
    privilege: {
      'databricks-all-privileges': [
        'grant.privileges|privileges',
        never(/^(?:ALL_PRIVILEGES|ALL PRIVILEGES|MANAGE)$/, ['ALL_PRIVILEGES'], ['USE_CATALOG']),
        'gives every right',
        { severity: 'medium' },
      ],
    },
  }),
  ...service('Access', 'databricks_secret_acl', {
    privilege: {
      'databricks-secrets-open': ['principal', never(/^users$/, 'users', 'ml-admins'), 'gives secrets to everybody', { severity: 'medium' }],
    },
  }),
  ...service('Trust', ['databricks_service_principal_federation_policy', 'databricks_account_federation_policy'], {
    privilege: {
      'databricks-trust-any-subject': ['oidc_policy.subject', byHand(never(/^\*$|^repo:[^:/]+\/\*|^repo:\*/, '*', 'repo:clinic/train:environment:production')), 'takes tokens of every workload of their issuer', { noFix: 'The workload has to be named.' }],
    },
  }),
  ...service('Workspace setting', 'databricks_disable_legacy_dbfs_setting', {
    privilege: { 'databricks-legacy-dbfs': ['disable_legacy_dbfs.value', notOff, 'keeps a file system that everybody in the workspace reads and writes', { severity: 'low' }] },
  }),
  ...service('Workspace setting', 'databricks_disable_legacy_access_setting', {
    privilege: { 'databricks-legacy-access': ['disable_legacy_access.value', notOff, 'keeps tables that no catalog guards', { severity: 'low' }] },
  }),
  ...service('Workspace setting', 'databricks_enhanced_security_monitoring_workspace_setting', {
    detection: { 'databricks-security-unwatched': ['enhanced_security_monitoring_workspace.is_enabled', notOff, 'leaves the machines of the workspace unwatched'] },
  }),
  ...service('Workspace setting', 'databricks_compliance_security_profile_workspace_setting', {
    host: { 'databricks-profile-off': ['compliance_security_profile_workspace.is_enabled', notOff, 'starts machines that are not hardened', { severity: 'info' }] },
  }),
  ...service('Workspace setting', 'databricks_automatic_cluster_update_workspace_setting', {
    patching: { 'databricks-clusters-not-updated': ['automatic_cluster_update_workspace.enabled', notOff, 'leaves clusters on old images', { severity: 'low' }] },
  }),
  ...service('Token', 'databricks_token', {
    expiry: { 'databricks-token-without-end': ['lifetime_seconds', needed, 'never expires', { severity: 'medium' }] },
  }),
  ...service('Workspace', 'databricks_workspace_conf', {
    privilege: { 'databricks-tokens-allowed': ['custom_config.enableTokensConfig', notOn, 'allows personal tokens', { severity: 'info' }] },
  }),
  ...service('Workspace', 'databricks_workspace_conf', {
    exposed: { 'databricks-lists-off': ['custom_config.enableIpAccessLists', notOff, 'does not look at its lists of addresses', { severity: 'medium' }] },
    logging: { 'databricks-verbose-log-off': ['custom_config.enableVerboseAuditLogs', notOff, 'does not record what is run in notebooks', { severity: 'info' }] },
    segmentation: {
      'databricks-export-allowed': ['custom_config.enableResultsDownloading|custom_config.enableExportNotebook|custom_config.enableNotebookTableClipboard', notOn, 'lets results be taken out', { severity: 'info' }],
    },
  }),
  ...service('Access list', 'databricks_ip_access_list', {
    exposed: { 'databricks-open-range': ['ip_addresses', never(/^0\.0\.0\.0\/0$/, ['0.0.0.0/0'], ['203.0.113.0/24']), 'lets every address in'] },
  }),
  ...service('Model endpoint', 'databricks_model_serving', {
    logging: {
      'databricks-serving-without-log': [
        'ai_gateway.inference_table_config.enabled|config.auto_capture_config.enabled',
        on,
        'records no requests',
        { severity: 'info' },
      ],
    },
    filter: { 'databricks-serving-without-guardrail': ['ai_gateway.guardrails', needed, 'has no guardrail', { severity: 'info' }] },
  }),
  ...service('Network policy', 'snowflake_network_policy', {
    exposed: { 'snowflake-open-network': ['allowed_ip_list', never(/^0\.0\.0\.0\/0$/, ['0.0.0.0/0'], ['203.0.113.0/24']), 'lets every address in'] },
  }),
  ...service('User', 'snowflake_user', {
    identity: {
      'snowflake-user-without-mfa': ['must_change_password', notOff, 'keeps its first password', { severity: 'low' }],
      'snowflake-user-mfa-off': ['disable_mfa', notOn, 'signs in without a second factor'],
    },
  }),
  ...service('Rights', ['snowflake_grant_account_role', 'snowflake_role_grants'], {
    privilege: { 'snowflake-account-admin': ['role_name', never(/^ACCOUNTADMIN$/i, 'ACCOUNTADMIN', 'ANALYST'), 'give all rights in the account'] },
  }),
  ...service('Rights', ['snowflake_grant_privileges_to_account_role', 'snowflake_grant_privileges_to_role', 'snowflake_grant_ownership'], {
    privilege: {
      'snowflake-everybody': ['account_role_name|role_name', never(/^"?PUBLIC"?$/i, 'PUBLIC', 'ANALYST'), 'are given to everybody', { severity: 'medium' }],
      'snowflake-all-privileges': ['all_privileges', notOn, 'are all that there are', { severity: 'low' }],
    },
  }),
  ...service('Session policy', 'snowflake_account_parameter', {
    segmentation: {
      'snowflake-parameter-off': ['value', notOff, 'leaves data free to go anywhere', {
        severity: 'medium', when: [{ path: 'key', must: { matches: /^(?:REQUIRE_STORAGE_INTEGRATION_FOR_STAGE_(?:CREATION|OPERATION)|PREVENT_UNLOAD_TO_INLINE_URL)$/ } }],
        examples: [{
          file: 'main.tf',
          bad: 'resource "snowflake_account_parameter" "main" {\n  key   = "PREVENT_UNLOAD_TO_INLINE_URL"\n  value = "false"\n           ^^^^^\n}\n',
          good: 'resource "snowflake_account_parameter" "main" {\n  key   = "PREVENT_UNLOAD_TO_INLINE_URL"\n  value = "true"\n}\n',
          fixed: 'resource "snowflake_account_parameter" "main" {\n  key   = "PREVENT_UNLOAD_TO_INLINE_URL"\n  value = "true"\n}\n',
        }],
      }],
    },
  }),
  ...service('Database', ['snowflake_database', 'snowflake_schema', 'snowflake_table'], {
    recovery: { 'snowflake-no-way-back': ['data_retention_time_in_days|data_retention_days', { must: { least: 1 }, absent: 'fine', set: 1 }, 'cannot go back in time', { severity: 'low' }] },
  }),
  ...service('Workspace', 'databricks_mws_workspaces', {
    segmentation: {
      'databricks-without-private-access': ['private_access_settings_id', needed, 'is reached over the internet', { severity: 'low' }],
      'databricks-shared-network': ['network_id', needed, 'runs in a network that the provider makes', { severity: 'low' }],
    },
    customerKey: { 'databricks-workspace-without-key': ['storage_customer_managed_key_id|managed_services_customer_managed_key_id', needed, 'is not encrypted with a customer-managed key', { severity: 'info' }] },
  }),
  ...service('Stage', 'snowflake_stage', {
    secret: { 'snowflake-stage-credentials': ['credentials', none, 'has its credentials written down'] },
    atRest: { 'snowflake-stage-plain': ['encryption', needed, 'names no encryption', { severity: 'info' }] },
  }),
  ...service('Database', ['mongodbatlas_cluster', 'mongodbatlas_advanced_cluster'], {
    recovery: { 'atlas-without-backup': ['cloud_backup|backup_enabled', on, 'keeps no backups'] },
    customerKey: {
      'atlas-without-key': [
        'encryption_at_rest_provider',
        { must: { not: ['NONE'] }, absent: 'bad', sample: { bad: 'NONE', good: 'AWS' } },
        key,
        { severity: 'info' },
      ],
    },
    oldTls: {
      'atlas-old-tls': ['advanced_configuration.minimum_enabled_tls_protocol', never(/TLS1_[01]/, 'TLS1_0', 'TLS1_2'), 'accepts outdated TLS versions'],
    },
  }),
  ...service('Access list', 'mongodbatlas_project_ip_access_list', {
    exposed: { 'atlas-open-address': ['ip_address', never(/^0\.0\.0\.0$/, '0.0.0.0', '203.0.113.4'), 'lets every address in through its word for it'] },
  }),
  ...service('Audit', 'mongodbatlas_auditing', { logging: { 'atlas-audit-off': ['enabled', notOff, 'is switched off', { severity: 'medium' }] } }),
  ...service('Database', ['mongodbatlas_cluster', 'mongodbatlas_advanced_cluster'], {
    host: { 'atlas-scripts': ['advanced_configuration.javascript_enabled', notOn, 'runs scripts that come with queries'] },
    transit: { 'atlas-tls-choice': ['advanced_configuration.tls_cipher_config_mode', ifSet('DEFAULT_OLD', 'DEFAULT', 'CUSTOM'), 'accepts any cipher', { severity: 'info' }] },
  }),
  ...service('Access list', 'mongodbatlas_project_ip_access_list', {
    exposed: { 'atlas-open-range': ['cidr_block', never(/^0\.0\.0\.0\/0$/, '0.0.0.0/0', '203.0.113.0/24'), 'lets every address in'] },
  }),
  ...service('User', 'mongodbatlas_database_user', {
    privilege: {
      'atlas-user-administrator': [
        'roles.role_name',
        never(/^(?:atlasAdmin|readWriteAnyDatabase|dbAdminAnyDatabase|root)$/, 'atlasAdmin', 'readWrite'),
        'may do everything in every database',
        { severity: 'medium' },
      ],
    },
  }),
  ...service('Vector index', ['pinecone_index'], {
    recovery: { 'pinecone-deletion': ['deletion_protection', is('enabled'), 'can be deleted without further ado', { sample: { bad: 'disabled' } }] },
  }),
  ...service('Endpoint', ['huggingface_endpoint', 'huggingface_inference_endpoint'], {
    exposed: {
      'huggingface-public-endpoint': [
        'type',
        { must: { is: ['protected', 'private'] }, absent: 'bad', set: 'protected', sample: { bad: 'public' } },
        'can be called by anybody',
      ],
    },
  }),
  ...service('Database', ['mongodbatlas_cluster', 'mongodbatlas_advanced_cluster'], {
    recovery: { 'atlas-deletion': ['termination_protection_enabled', on, 'can be deleted without further ado', { severity: 'info' }] },
  }),
];
