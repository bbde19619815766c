import { ifSet, least, needed, never, notOff, notOn, on, service } from '../_families.ts';

const keepers = [
  'google_cloud_run_v2_job', 'google_cloud_run_v2_worker_pool', 'google_workflows_workflow', 'google_active_directory_domain', 'google_compute_storage_pool', 'google_dataproc_metastore_federation',
  'google_oracle_database_autonomous_database', 'google_oracle_database_cloud_exadata_infrastructure', 'google_oracle_database_cloud_vm_cluster',
];
const cluster = 'placement.managed_cluster.config';

/** Settings further in, of services whose main settings stand in tables of their own. Source: the provider's pages of the resources. */
export default [
  ...service('Resource', keepers, {
    recovery: { 'gcp-deletion-unprotected': ['deletion_protection', notOff, 'can be deleted without further ado', { severity: 'info' }] },
  }),
  ...service('Target server', 'google_apigee_target_server', {
    transit: {
      'apigee-target-plain': ['s_sl_info.enabled', notOff, 'is called without TLS', { severity: 'medium' }],
      'apigee-target-unchecked': ['s_sl_info.ignore_validation_errors', notOn, 'is called without a look at its certificate', { severity: 'medium' }],
    },
  }),
  ...service('Node', 'google_blockchain_node_engine_blockchain_nodes', {
    exposed: { 'blockchain-admin': ['ethereum_details.api_enable_admin|ethereum_details.api_enable_debug', notOn, 'lets callers administer it', { severity: 'medium' }] },
  }),
  ...service('Airflow', 'google_composer_environment', {
    exposed: { 'composer-cluster-open': ['config.master_authorized_networks_config.enabled', notOff, 'lets every address at its cluster', { severity: 'medium' }] },
  }),
  ...service('Instance', 'google_compute_region_instance_template', {
    host: {
      'gcp-regional-template-integrity': ['shielded_instance_config.enable_integrity_monitoring', notOff, 'does not notice a changed boot'],
      'gcp-regional-template-vtpm': ['shielded_instance_config.enable_vtpm', notOff, 'has no virtual TPM'],
      'gcp-regional-template-not-confidential': ['confidential_instance_config.enable_confidential_compute', notOff, 'does not encrypt its memory', { severity: 'info' }],
    },
  }),
  ...service('Address map', ['google_compute_url_map', 'google_compute_region_url_map'], {
    transit: {
      'url-map-redirects-plain': [
        ['default_url_redirect', 'path_matcher.default_url_redirect', 'path_matcher.path_rule.url_redirect', 'path_matcher.route_rules.url_redirect'].map((path) => `${path}.https_redirect`).join('|'),
        notOff, 'sends clients on over plain HTTP', { severity: 'low' },
      ],
    },
  }),
  ...service('HTTPS proxy', 'google_compute_target_https_proxy', {
    oldTls: { 'https-proxy-early-data': ['tls_early_data', never(/^(?:PERMISSIVE|UNRESTRICTED)$/, 'UNRESTRICTED', 'DISABLED'), 'accepts requests that can be sent again', { severity: 'low' }] },
  }),
  ...service('TLS policy', 'google_network_security_server_tls_policy', {
    clientCertificate: { 'server-policy-any-client': ['mtls_policy.client_validation_mode', ifSet('ALLOW_INVALID_OR_MISSING_CLIENT_CERT', 'REJECT_INVALID'), 'lets clients in without a valid certificate', { severity: 'medium' }] },
  }),
  ...service('Fleet', 'google_gke_hub_fleet', {
    detection: {
      'fleet-posture-off': ['default_cluster_config.security_posture_config.mode', ifSet('DISABLED', 'BASIC', 'ENTERPRISE'), 'does not look at the settings of its clusters'],
      'fleet-scan-off': ['default_cluster_config.security_posture_config.vulnerability_mode', ifSet('VULNERABILITY_DISABLED', 'VULNERABILITY_BASIC', 'VULNERABILITY_ENTERPRISE'), 'does not look for known flaws'],
    },
    supply: { 'fleet-any-image': ['default_cluster_config.binary_authorization_config.evaluation_mode', ifSet('DISABLED', 'POLICY_BINDINGS'), 'lets its clusters run every image'] },
  }),
  ...service('Workflow template', 'google_dataproc_workflow_template', {
    exposed: {
      'dataproc-template-http': [`${cluster}.endpoint_config.enable_http_port_access`, notOn, 'opens the web pages of its clusters', { severity: 'medium' }],
      'dataproc-template-public-address': [`${cluster}.gce_cluster_config.internal_ip_only`, notOff, 'gives its machines public addresses', { severity: 'medium' }],
    },
    customerKey: { 'dataproc-template-without-key': [`${cluster}.encryption_config.gce_pd_kms_key_name`, needed, 'has disks without a key of the customer', { severity: 'info', when: [{ path: `${cluster}.gce_cluster_config`, must: 'present' }], examples: template() }] },
  }),
  ...service('Hadoop cluster', 'google_dataproc_cluster', {
    host: { 'dataproc-integrity': ['cluster_config.gce_cluster_config.shielded_instance_config.enable_integrity_monitoring', notOff, 'does not notice a changed boot', { api: 'config.gce_cluster_config.shielded_instance_config.enable_integrity_monitoring' }] },
  }),
  ...service('Connection profile', 'google_database_migration_service_connection_profile', {
    transit: { 'migration-profile-plain': ['cloudsql.settings.ip_config.require_ssl', notOff, 'accepts connections without TLS', { severity: 'medium' }] },
  }),
  ...service('Health data', 'google_healthcare_fhir_store', {
    recovery: {
      'fhir-without-versions': ['disable_resource_versioning', notOn, 'keeps no earlier versions', { severity: 'low' }],
      'fhir-without-integrity': ['disable_referential_integrity', notOn, 'accepts references to nothing', { severity: 'info' }],
    },
  }),
  ...service('Proxy settings', 'google_iap_settings', {
    identity: { 'iap-options-unchecked': ['access_settings.cors_settings.allow_http_options', notOn, 'let OPTIONS through without a sign-in', { severity: 'low' }] },
  }),
  ...service('Identity platform', 'google_identity_platform_config', {
    identity: { 'identity-without-password': ['sign_in.email.password_required', notOff, 'lets people in with a link in a mail', { severity: 'info' }] },
    logging: { 'identity-without-request-log': ['monitoring.request_logging.enabled', notOff, 'logs no requests'] },
  }),
  ...service('Log bucket', ['google_logging_folder_bucket_config', 'google_logging_organization_bucket_config', 'google_logging_billing_account_bucket_config'], {
    retention: { 'log-bucket-above-retention': ['retention_days', least(90), 'keeps its records for less than 90 days'] },
    customerKey: { 'log-bucket-above-without-key': ['cmek_settings', needed, 'is not encrypted with a customer-managed key', { severity: 'info' }] },
  }),
  ...service('Parameter', ['google_parameter_manager_parameter', 'google_parameter_manager_regional_parameter'], {
    customerKey: { 'gcp-parameter-without-key': ['kms_key', needed, 'is not encrypted with a customer-managed key', { severity: 'info' }] },
  }),
  ...service('Prompt filter', 'google_model_armor_template', {
    logging: { 'model-armor-without-log': ['template_metadata.log_sanitize_operations', notOff, 'logs nothing of what it stops', { severity: 'info' }] },
  }),
  ...service('Prompt filter', 'google_model_armor_floorsetting', {
    filter: { 'model-armor-only-looks': ['ai_platform_floor_setting.inspect_and_block', notOff, 'lets through what it finds'] },
    logging: { 'model-armor-floor-without-log': ['ai_platform_floor_setting.enable_cloud_logging', notOff, 'logs nothing of what it finds', { severity: 'info' }] },
  }),
  ...service('Directory', 'google_netapp_active_directory', {
    transit: {
      'gcp-netapp-directory-plain': ['encrypt_dc_connections', notOff, 'is spoken with in the clear', { severity: 'medium' }],
      'gcp-netapp-directory-unsigned': ['ldap_signing', notOff, 'does not sign what it says', { severity: 'low' }],
    },
    oldTls: { 'gcp-netapp-directory-without-aes': ['aes_encryption', notOff, 'signs people in with old ciphers'] },
  }),
  ...service('Autonomous database', 'google_oracle_database_autonomous_database', {
    transit: { 'gcp-oracle-without-mutual-tls': ['properties.mtls_connection_required', notOff, 'lets clients connect without a certificate', { severity: 'low' }] },
  }),
  ...service('Key', 'google_recaptcha_enterprise_key', {
    exposed: { 'recaptcha-every-site': ['web_settings.allow_all_domains|android_settings.allow_all_package_names|ios_settings.allow_all_bundle_ids', notOn, 'may be used by everybody', { severity: 'low' }] },
  }),
  ...service('Database', 'google_spanner_instance', {
    recovery: { 'spanner-without-schedule': ['default_backup_schedule_type', ifSet('NONE', 'AUTOMATIC'), 'makes no backups of new databases', { severity: 'info' }] },
  }),
  ...service('Database', 'google_sql_database_instance', {
    password: { 'sql-password-with-user-name': ['settings.password_validation_policy.disallow_username_substring', notOff, 'accepts passwords that hold the name of the user'] },
    transit: { 'sql-replica-unchecked': ['replica_configuration.verify_server_certificate', notOff, 'does not check the certificate of its source', { api: 'replica_configuration.mysql_replica_configuration.verify_server_certificate', severity: 'medium' }] },
  }),
  ...service('Database', 'google_alloydb_instance', {
    segmentation: { 'alloydb-outbound': ['network_config.enable_outbound_public_ip', notOn, 'reaches the internet', { severity: 'low' }] },
  }),
  ...service('Account', 'google_sql_user', {
    password: { 'sql-user-change-unverified': ['password_policy.enable_password_verification', notOff, 'changes its password without the old one', { severity: 'info' }] },
  }),
  ...service('Notebook', 'google_workbench_instance', {
    host: { 'workbench-forwarding': ['gce_setup.enable_ip_forwarding', notOn, 'passes packets on'] },
  }),
  ...service('Notebook', 'google_notebooks_runtime', {
    host: { 'notebook-integrity': ['virtual_machine.virtual_machine_config.shielded_instance_config.enable_integrity_monitoring', notOff, 'does not notice a changed boot'] },
  }),
  ...service('Firewall rule', ['google_compute_firewall_policy_with_rules', 'google_compute_network_firewall_policy_with_rules', 'google_compute_region_network_firewall_policy_with_rules'], {
    logging: { 'policy-rule-without-log': ['rule.enable_logging', on, 'is not logged', { severity: 'info' }] },
  }),
];

function template() {
  const text = (mark: string, line: string): string => `resource "google_dataproc_workflow_template" "clean" {\n${mark}  placement {\n    managed_cluster {\n      config {\n        gce_cluster_config {\n          subnetwork = "a"\n        }\n${line}      }\n    }\n  }\n}\n`;
  return [{ file: 'main.tf', bad: text(`${' '.repeat(46)}^^^^^\n`, ''), good: text('', '        encryption_config {\n          gce_pd_kms_key_name = "a"\n        }\n') }];
}
