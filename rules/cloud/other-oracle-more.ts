import { byHand, ifSet, least, needed, never, notOff, notOn, on, service } from '../_families.ts';

const key = 'is not encrypted with a customer-managed key';

/** Services of Oracle Cloud beyond its machines and first stores. Source: the provider's pages of the resources. */
export default [
  ...service('Agent endpoint', 'oci_generative_ai_agent_agent_endpoint', {
    filter: {
      'oci-agent-unmoderated': ['content_moderation_config.should_enable_on_input|content_moderation_config.should_enable_on_output', notOff, 'answers without moderation', { severity: 'medium' }],
      'oci-agent-injection': ['guardrail_config.prompt_injection_config.input_guardrail_mode', ifSet('DISABLE', 'BLOCK', 'INFORM'), 'does not look for prompt injection', { severity: 'medium' }],
      'oci-agent-personal-data': ['guardrail_config.personally_identifiable_information_config.input_guardrail_mode', ifSet('DISABLE', 'BLOCK', 'INFORM'), 'does not look for personal data', { severity: 'low' }],
    },
    logging: { 'oci-agent-untraced': ['should_enable_trace', notOff, 'records nothing of its sessions', { severity: 'info' }] },
  }),
  ...service('Model cluster', ['oci_generative_ai_dedicated_ai_cluster', 'oci_generative_ai_endpoint'], {
    filter: { 'oci-model-unmoderated': ['content_moderation_config.is_enabled', notOff, 'answers without moderation', { severity: 'medium' }] },
  }),
  ...service('Model deployment', 'oci_datascience_model_deployment', {
    logging: { 'oci-model-without-log': ['category_log_details', needed, 'keeps no log', { severity: 'info' }] },
  }),
  ...service('Job', 'oci_datascience_job', {
    logging: { 'oci-job-without-log': ['job_log_configuration_details.enable_logging', notOff, 'keeps no log', { severity: 'info' }] },
  }),
  ...service('Stream', ['oci_streaming_stream_pool'], {
    customerKey: { 'oci-stream-without-key': ['custom_encryption_key.kms_key_id', needed, key, { severity: 'info' }] },
    segmentation: { 'oci-stream-public': ['private_endpoint_settings', needed, 'is reachable from the internet', { severity: 'low' }] },
  }),
  ...service('Search cluster', 'oci_opensearch_opensearch_cluster', {
    identity: { 'oci-search-open': ['security_mode', ifSet('DISABLED', 'ENFORCING', 'PERMISSIVE'), 'asks nobody who they are', { severity: 'high' }] },
  }),
  ...service('Cache', ['oci_redis_redis_cluster'], { segmentation: { 'oci-cache-without-group': ['nsg_ids', needed, 'has no security group', { severity: 'low' }] } }),
  ...service('Database', ['oci_psql_db_system', 'oci_nosql_table'], {
    recovery: { 'oci-postgres-short-backup': ['management_policy.backup_policy.retention_days', least(7), 'keeps backups for less than a week'] },
  }),
  ...service('Database', ['oci_mysql_mysql_db_system'], {
    recovery: { 'oci-mysql-unprotected': ['deletion_policy.is_delete_protected', on, 'can be deleted without further ado', { severity: 'low' }], 'oci-mysql-without-recovery': ['backup_policy.pitr_policy.is_enabled', on, 'cannot go back to a moment', { severity: 'info' }] },
    transit: { 'oci-mysql-plaintext': ['secure_connections.certificate_generation_type', ifSet('NONE', 'SYSTEM', 'BYOC'), 'has no certificate of its own', { severity: 'low' }] },
  }),
  ...service('Registry', 'oci_artifacts_container_repository', {
    public: { 'oci-public-images': ['is_public', notOn, 'can be read by everybody', { severity: 'medium' }] },
    supply: { 'oci-mutable-images': ['is_immutable', on, 'lets its images be replaced', { severity: 'low' }] },
  }),
  ...service('Detector', 'oci_cloud_guard_cloud_guard_configuration', { detection: { 'oci-guard-off': ['status', ifSet('DISABLED', 'ENABLED'), 'is switched off', { severity: 'medium' }] } }),
  ...service('Log of events', 'oci_audit_configuration', { retention: { 'oci-audit-short-retention': ['retention_period_days', least(365), 'is kept for less than a year'] } }),
  ...service('Load balancer', ['oci_load_balancer_backend_set', 'oci_load_balancer_backendset'], {
    transit: { 'oci-backend-unchecked': ['ssl_configuration.verify_peer_certificate', notOff, 'does not check the certificates of its servers', { severity: 'low' }] },
  }),
  ...service('Load balancer', ['oci_network_load_balancer_network_load_balancer'], {
    exposed: { 'oci-nlb-public': ['is_private', on, 'faces the internet', { severity: 'info' }] },
  }),
  ...service('Node pool', 'oci_containerengine_node_pool', {
    transit: { 'oke-node-plaintext': ['node_config_details.is_pv_encryption_in_transit_enabled', on, 'does not encrypt what goes to its disks', { severity: 'low' }] },
    customerKey: { 'oke-node-without-key': ['node_config_details.kms_key_id', needed, 'has disks without a customer-managed key', { severity: 'info' }] },
    segmentation: { 'oke-node-without-group': ['node_config_details.nsg_ids', needed, 'has no security group', { severity: 'low' }] },
  }),
  ...service('Key', 'oci_kms_key', { rotation: { 'oci-key-without-rotation': ['is_auto_rotation_enabled', on, 'is never rotated', { severity: 'info' }] } }),
  ...service('Secret', 'oci_vault_secret', { rotation: { 'oci-secret-without-rotation': ['rotation_config|secret_rules', needed, 'is never changed', { severity: 'info' }] } }),
  ...service('Link', ['oci_objectstorage_preauthrequest'], {
    public: { 'oci-shared-link': ['access_type', byHand({ must: { is: ['ObjectRead'] }, absent: 'fine', sample: { bad: 'AnyObjectReadWrite', good: 'ObjectRead' } }), 'opens a bucket to whoever has it', { severity: 'medium' }] },
  }),
  ...service('Instance', ['oci_core_instance', 'oci_core_instance_configuration'], {
    host: { 'oci-metadata-v1': ['instance_details.launch_details.instance_options.are_legacy_imds_endpoints_disabled', notOff, 'starts machines that give their credentials to any request', { severity: 'medium' }] },
    transit: { 'oci-volume-plaintext': ['launch_options.is_pv_encryption_in_transit_enabled', notOff, 'does not encrypt what goes to its disks', { severity: 'low' }] },
  }),
  ...service('Vault', 'oci_kms_vault', { customerKey: { 'oci-shared-vault': ['vault_type', ifSet('DEFAULT', 'VIRTUAL_PRIVATE', 'EXTERNAL'), 'shares its hardware with others', { severity: 'info' }] } }),
  ...service('Database', ['oci_database_db_system', 'oci_mysql_mysql_db_system', 'oci_psql_db_system', 'oci_database_cloud_vm_cluster'], {
    segmentation: { 'oci-db-without-group': ['nsg_ids|network_details.nsg_ids', needed, 'has no security group', { severity: 'low' }] },
  }),
  ...service('Bastion', 'oci_bastion_bastion', {
    exposed: { 'oci-bastion-open': ['client_cidr_block_allow_list', byHand(never(/^0\.0\.0\.0\/0$/, ['0.0.0.0/0'], ['203.0.113.0/24'])), 'lets every address in'] },
  }),
  ...service('API', 'oci_apigateway_gateway', { exposed: { 'oci-gateway-public': ['endpoint_type', ifSet('PUBLIC', 'PRIVATE'), 'faces the internet', { severity: 'info' }] } }),
  ...service('Web firewall', 'oci_waas_waas_policy', {
    transit: { 'oci-waas-http': ['policy_config.is_https_forced', notOff, 'serves pages over plain HTTP too', { severity: 'medium' }] },
    oldTls: { 'oci-waas-old-tls': ['policy_config.tls_protocols', never(/^TLS_V1(?:_1)?$/, ['TLS_V1'], ['TLS_V1_2']), 'accepts outdated TLS versions'] },
  }),
  ...service('Analytics', ['oci_analytics_analytics_instance'], {
    exposed: {
      'oci-analytics-public': ['network_endpoint_details.network_endpoint_type', ifSet('PUBLIC', 'PRIVATE'), 'is reachable from the internet', { severity: 'low' }],
      'oci-analytics-open': ['network_endpoint_details.whitelisted_ips', byHand(never(/^0\.0\.0\.0\/0$/, ['0.0.0.0/0'], ['203.0.113.0/24'])), 'lets every address in'],
    },
  }),
];
