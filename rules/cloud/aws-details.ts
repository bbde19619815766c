import { byHand, ifSet, least, needed, never, notOff, notOn, on, service } from '../_families.ts';

const firehose = ['elasticsearch', 'http_endpoint', 'opensearch', 'opensearchserverless', 'redshift', 'snowflake', 'splunk', 'iceberg']
  .map((name) => `${name}_configuration.cloudwatch_logging_options.enabled`).join('|');
const security = (kind: string, name: string): string => `eks_properties.pod_properties.${kind}.security_context.${name}`;

/** Settings further in, of services whose main settings stand in tables of their own. Source: the provider's pages of the resources. */
export default [
  ...service('Schedule', 'aws_scheduler_schedule', {
    exposed: {
      'schedule-public-address': ['target.ecs_parameters.network_configuration.assign_public_ip', notOn, 'gives the tasks that it starts public addresses', {
        severity: 'medium', cfn: 'target.ecs_parameters.network_configuration.awsvpc_configuration.assign_public_ip',
      }],
    },
  }),
  ...service('Event target', 'aws_cloudwatch_event_target', {
    exposed: {
      'event-target-public-address': ['ecs_target.network_configuration.assign_public_ip', notOn, 'gives the tasks that it starts public addresses', { severity: 'medium', cfn: false }],
    },
  }),
  ...service('Snapshot', 'aws_ebs_snapshot_import', {
    atRest: { 'imported-snapshot-plain': ['encrypted', on, 'is stored without encryption at rest', { severity: 'medium', cfn: false, ansible: 'encrypted' }] },
  }),
  ...service('Delivery stream', 'aws_kinesis_firehose_delivery_stream', {
    logging: {
      'firehose-log-off': [firehose, notOff, 'does not log what it could not deliver', { severity: 'info', cfn: firehose.replaceAll('_configuration.cloudwatch', '_destination_configuration.cloud_watch') }],
    },
  }),
  ...service('Access point', 'aws_s3control_multi_region_access_point', {
    public: {
      'global-access-point-public-acls': ['details.public_access_block.ignore_public_acls', notOff, 'heeds public access lists', { severity: 'medium', cfn: 'public_access_block_configuration.ignore_public_acls' }],
      'global-access-point-public-buckets': ['details.public_access_block.restrict_public_buckets', notOff, 'lets public policies hold for everybody', {
        severity: 'medium', cfn: 'public_access_block_configuration.restrict_public_buckets',
      }],
    },
  }),
  ...service('Volume', ['aws_storagegateway_cached_iscsi_volume', 'aws_storagegateway_stored_iscsi_volume'], {
    customerKey: { 'gateway-volume-default-key': ['kms_encrypted', on, 'is not encrypted with a key of the account', { severity: 'info', cfn: false }] },
  }),
  ...service('Log', 'aws_verifiedaccess_instance_logging_configuration', {
    logging: {
      'verified-access-log-off': ['access_logs.s3.enabled|access_logs.cloudwatch_logs.enabled|access_logs.kinesis_data_firehose.enabled', notOff, 'is switched off', { cfn: false }],
    },
  }),
  ...service('Log', 'aws_verifiedaccess_instance', {
    logging: {
      'verified-access-template-log-off': ['verified_access_logs.s3.enabled|logging_configurations.s3.enabled', notOff, 'is switched off', { cfn: 'logging_configurations.s3.enabled|logging_configurations.cloud_watch_logs.enabled', terraform: false }],
    },
  }),
  ...service('Database', ['aws_timestreaminfluxdb_db_instance', 'aws_timestreaminfluxdb_db_cluster'], {
    logging: { 'influx-log-off': ['log_delivery_configuration.s3_configuration.enabled', notOff, 'delivers no logs'] },
  }),
  ...service('Data lake', 'aws_lakeformation_data_lake_settings', {
    privilege: {
      'lake-outside-engines': ['allow_full_table_external_data_access', notOn, 'hands whole tables to engines outside', { severity: 'low' }],
    },
  }),
  ...service('Table', 'aws_dynamodb_table', {
    recovery: { 'dynamodb-copy-without-recovery': ['replica.point_in_time_recovery', notOff, 'has a copy that cannot be restored to a point in time', { severity: 'info', cfn: false }] },
  }),
  ...service('Log group', 'aws_cloudwatch_log_group', {
    recovery: { 'log-group-deletion': ['deletion_protection_enabled', notOff, 'can be deleted without further ado', { severity: 'info' }] },
  }),
  ...service('Job definition', 'aws_batch_job_definition', {
    container: {
      'batch-init-privileged': [security('init_containers', 'privileged'), notOn, 'prepares with a privileged container', { severity: 'high' }],
      'batch-init-root': [security('init_containers', 'run_as_non_root'), notOff, 'prepares as root', { severity: 'low' }],
      'batch-pod-writable-root': [
        `${security('containers', 'read_only_root_file_system')}|${security('init_containers', 'read_only_root_file_system')}`, notOff, 'lets containers write into their root file system',
        { severity: 'low', cfn: `${security('containers', 'read_only_root_filesystem')}|${security('init_containers', 'read_only_root_filesystem')}` },
      ],
    },
  }),
  ...service('Search domain', ['aws_opensearch_domain', 'aws_elasticsearch_domain'], {
    identity: {
      'opensearch-own-users': ['advanced_security_options.internal_user_database_enabled', notOn, 'keeps users and passwords of its own', { severity: 'info', whenNotToUse: 'Where people cannot sign in through the account.' }],
    },
  }),
  ...service('Authority', 'aws_acmpca_certificate_authority', {
    public: { 'authority-public-list': ['revocation_configuration.crl_configuration.s3_object_acl', ifSet('PUBLIC_READ', 'BUCKET_OWNER_FULL_CONTROL'), 'needs a public bucket for its list of revoked certificates', { severity: 'low' }] },
  }),
  ...service('Data location', 'aws_datasync_location_object_storage', {
    transit: { 'datasync-plaintext': ['server_protocol', ifSet('HTTP', 'HTTPS'), 'moves data over plain HTTP', { severity: 'medium' }] },
  }),
  ...service('Chat channel', ['aws_chatbot_slack_channel_configuration', 'aws_chatbot_teams_channel_configuration'], {
    identity: { 'chat-without-own-role': ['user_authorization_required', byHand(notOff), 'lets everybody in the channel act with its role', { severity: 'low', cfn: 'user_role_required', noFix: 'Roles have to be made first.' }] },
  }),
  ...service('Request check', 'aws_api_gateway_request_validator', {
    filter: { 'api-body-unchecked': ['validate_request_body', notOff, 'lets bodies through unchecked', { severity: 'info' }] },
  }),
  ...service('Threat detection', 'aws_guardduty_organization_configuration_feature', {
    detection: { 'guardduty-feature-for-nobody': ['auto_enable', ifSet('NONE', 'ALL', 'NEW'), 'leaves the accounts of the organization out'] },
  }),
  ...service('Key', ['aws_kms_replica_key', 'aws_kms_external_key', 'aws_kms_replica_external_key'], {
    recovery: { 'kms-replica-short-wait': ['deletion_window_in_days', least(14), 'is gone soon after a mistake', { severity: 'info', cfn: 'pending_window_in_days' }] },
  }),
  ...service('Volume', 'aws_fsx_ontap_volume', {
    recovery: { 'ontap-privileged-delete': ['snaplock_configuration.privileged_delete', ifSet('ENABLED', 'DISABLED', 'PERMANENTLY_DISABLED'), 'lets an administrator delete locked files', { severity: 'low', cfn: 'ontap_configuration.snaplock_configuration.privileged_delete' }] },
  }),
  ...service('Recorder', 'aws_config_retention_configuration', {
    retention: { 'config-short-history': ['retention_period_in_days', least(365), 'keeps the history of the account for less than a year', { cfn: false }] },
  }),
  ...service('Instance', ['aws_instance', 'aws_spot_instance_request'], {
    secret: { 'instance-password-in-state': ['get_password_data', notOn, 'brings the password of its administrator into the state', { severity: 'low', cfn: false }] },
  }),
  ...service('Key', 'aws_paymentcryptography_key', {
    privilege: { 'payment-key-unrestricted': ['key_attributes.key_modes_of_use.no_restrictions', notOn, 'may be used for everything', { severity: 'low' }] },
  }),
  ...service('Certificate', 'aws_acm_certificate', {
    secret: { 'certificate-exportable': ['options.export', ifSet('ENABLED', 'DISABLED'), 'lets its private key be taken out', { severity: 'low', cfn: 'certificate_export' }] },
  }),
  ...service('Policy', 'aws_xray_resource_policy', {
    privilege: { 'xray-policy-lockout': ['bypass_policy_lockout_check', notOn, 'may lock its account out', { severity: 'info' }] },
  }),
  ...service('Kafka endpoint', 'aws_dms_endpoint', {
    oldTls: { 'dms-kafka-plain-password': ['kafka_settings.sasl_mechanism', never(/^plain$/i, 'plain', 'scram-sha-512'), 'sends passwords as they are', { severity: 'low' }] },
  }),
  ...service('Deployment', 'aws_codedeploy_deployment_config', {
    recovery: { 'codedeploy-all-at-once': ['traffic_routing_config.type', ifSet('AllAtOnce', 'TimeBasedCanary', 'TimeBasedLinear'), 'sends all traffic to new code at once', { severity: 'info' }] },
  }),
  ...service('Backup plan', 'aws_backup_plan', {
    recovery: { 'backup-plan-month': ['rule.lifecycle.delete_after', never(/^(?:[7-9]|[12]\d|3[0-4])$/, 14, 35), 'keeps backups for less than 35 days', { severity: 'info', cfn: 'backup_plan.backup_plan_rule.lifecycle.delete_after_days', ansible: 'rules.lifecycle.delete_after_days' }] },
  }),
  ...service('API deployment', 'aws_api_gateway_deployment', {
    logging: {
      'api-deployment-log-off': ['stage_description.logging_level', ifSet('OFF', 'INFO', 'ERROR'), 'logs nothing', { terraform: false }],
      'api-deployment-without-tracing': ['stage_description.tracing_enabled', notOff, 'traces no requests', { severity: 'info', terraform: false }],
    },
    secret: { 'api-deployment-data-trace': ['stage_description.data_trace_enabled', notOn, 'logs whole requests and answers', { severity: 'low', terraform: false }] },
  }),
  ...service('Rule', ['aws_wafv2_web_acl', 'aws_wafv2_rule_group'], {
    logging: { 'waf-rule-without-metrics': ['rule.visibility_config.cloudwatch_metrics_enabled', notOff, 'counts nothing of what it sees', { severity: 'info', cfn: 'rules.visibility_config.cloud_watch_metrics_enabled' }] },
  }),
  ...service('Storage lens', 'aws_s3control_storage_lens_configuration', {
    customerKey: {
      'storage-lens-without-key': ['storage_lens_configuration.data_export.s3_bucket_destination.encryption.sse_kms', needed, 'writes its reports without a key of the account', {
        severity: 'info', cfn: false, when: [{ path: 'storage_lens_configuration.data_export.s3_bucket_destination', must: 'present' }], examples: lens(),
      }],
    },
  }),
  ...service('Job definition', 'aws_batch_job_definition', {
    container: { 'batch-node-privileged': ['node_properties.node_range_properties.container.privileged', notOn, 'runs privileged containers on its nodes', { severity: 'high', terraform: false }] },
  }),
];

function lens() {
  const text = (mark: string, line: string): string => `resource "aws_s3control_storage_lens_configuration" "all" {\n${mark}  storage_lens_configuration {\n    data_export {\n      s3_bucket_destination {\n        format = "CSV"\n${line}      }\n    }\n  }\n}\n`;
  return [{ file: 'main.tf', bad: text(`${' '.repeat(53)}^^^\n`, ''), good: text('', '        encryption {\n          sse_kms {\n            key_id = "a"\n          }\n        }\n') }];
}
