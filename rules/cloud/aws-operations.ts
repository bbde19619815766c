import { missing, byHand, ifSet, is, needed, never, none, not, notOff, notOn, on, service } from '../_families.ts';

const key = 'is not encrypted with a customer-managed key';
const plain = 'is stored without encryption at rest';

export default [
  ...service('Trail', 'aws_cloudtrail', {
    logging: {
      'cloudtrail-one-region': ['is_multi_region_trail', on, 'covers one region only', { ansible: 'is_multi_region_trail' }],
      'cloudtrail-off': ['enable_logging', notOff, 'is switched off', { severity: 'medium', ansible: 'enable_logging' }],
      'cloudtrail-without-validation': ['enable_log_file_validation', on, 'does not protect its files against changes', { ansible: 'enable_log_file_validation|log_file_validation_enabled' }],
      'cloudtrail-without-log-group': ['cloud_watch_logs_group_arn', needed, 'sends nothing to CloudWatch', { cfn: 'cloud_watch_logs_log_group_arn', ansible: 'cloudwatch_logs_log_group_arn' }],
      'cloudtrail-without-role': ['cloud_watch_logs_role_arn', needed, 'has no role to write to CloudWatch with', { ansible: 'cloudwatch_logs_role_arn', severity: 'info' }],
      'cloudtrail-without-topic': ['sns_topic_name', needed, 'tells nobody of new files', { ansible: 'sns_topic_name', severity: 'info' }],
      'cloudtrail-without-global-events': ['include_global_service_events', notOff, 'leaves out global services such as IAM', { ansible: 'include_global_events' }],
      'cloudtrail-without-data-events': ['event_selector.data_resource', needed, 'records no access to objects', {
        cfn: 'event_selectors.data_resources', severity: 'info',
        orPath: [{ path: 'advanced_event_selector|advanced_event_selectors', must: 'present' }],
      }],
    },
    customerKey: { 'cloudtrail-without-key': ['kms_key_id', needed, key, { ansible: 'kms_key_id' }] },
  }),
  ...service('Event data store', 'aws_cloudtrail_event_data_store', {
    customerKey: { 'event-store-without-key': ['kms_key_id', needed, key, { severity: 'info' }] },
  }),
  ...service('Log group', 'aws_cloudwatch_log_group', {
    customerKey: { 'log-group-without-key': ['kms_key_id', needed, key, { ansible: 'kms_key_id', severity: 'info' }] },
    retention: {
      'log-group-without-retention': ['retention_in_days', needed, 'names no time for which it keeps logs', { ansible: 'retention', severity: 'info' }],
      'log-group-short-retention': ['retention_in_days', { must: { matches: /^(?:0|36[5-9]|3[7-9]\d|[4-9]\d\d|\d{4,})$/ }, absent: 'fine', set: 365, sample: { bad: 7 } }, 'keeps logs for less than a year', { ansible: 'retention', severity: 'info' }],
    },
  }),
  ...service('Alarm', 'aws_cloudwatch_metric_alarm', {
    detection: {
      'alarm-actions-off': ['actions_enabled', notOff, 'does nothing when it goes off'],
      'alarm-without-action': ['alarm_actions|ok_actions|insufficient_data_actions', needed, 'tells nobody', { severity: 'info' }],
    },
  }),
  ...service('Flow log', 'aws_flow_log', {
    logging: { 'flow-log-partial': ['traffic_type', ifSet('ACCEPT', 'ALL', 'REJECT'), 'records only what was let through', { severity: 'info' }] },
  }),
  ...service('Recorder', 'aws_config_configuration_recorder', {
    logging: {
      'config-not-all': ['recording_group.all_supported', notOff, 'leaves kinds of resources out', { ansible: 'recording_group.all_supported', leadsTo: ['monitoring/config-without-global'] }],
      'config-without-global': ['recording_group.include_global_resource_types', on, 'leaves global resources out', {
        ansible: 'recording_group.include_global_types', severity: 'info', orPath: [{ path: 'recording_group.all_supported', must: { is: [false] } }],
      }],
    },
  }),
  ...service('Recorder status', 'aws_config_configuration_recorder_status', { logging: { 'config-recorder-off': ['is_enabled', on, 'is off'] } }),
  ...service('Aggregator', 'aws_config_configuration_aggregator', {
    logging: {
      'config-aggregator-regions': ['account_aggregation_source.all_regions|organization_aggregation_source.all_regions', on, 'covers some regions only', {
        cfn: 'account_aggregation_sources.all_aws_regions|organization_aggregation_source.all_aws_regions',
        ansible: 'account_sources.all_aws_regions|organization_source.all_aws_regions',
      }],
    },
  }),
  ...service('Detector', 'aws_guardduty_detector', {
    detection: {
      'guardduty-off': ['enable', notOff, 'is switched off', { severity: 'medium' }],
      'guardduty-without-s3': ['datasources.s3_logs.enable', notOff, 'does not watch buckets', { cfn: 'data_sources.s3_logs.enable' }],
      'guardduty-without-kubernetes': ['datasources.kubernetes.audit_logs.enable', notOff, 'does not watch Kubernetes', { cfn: 'data_sources.kubernetes.audit_logs.enable' }],
      'guardduty-slow': ['finding_publishing_frequency', ifSet('SIX_HOURS', 'FIFTEEN_MINUTES', 'ONE_HOUR'), 'tells of findings after six hours', { severity: 'info' }],
    },
  }),
  ...service('GuardDuty setting', 'aws_guardduty_organization_configuration', {
    detection: {
      'guardduty-new-accounts': ['auto_enable|auto_enable_organization_members', not(undefined, 'NONE', 'false'), 'leaves new accounts out'],
    },
  }),
  ...service('Macie account', 'aws_macie2_account', { detection: { 'macie-paused': ['status', ifSet('PAUSED', 'ENABLED'), 'is paused'] } }),
  ...service('Queue', 'aws_sqs_queue', {
    atRest: {
      'unencrypted-queue': ['kms_master_key_id|sqs_managed_sse_enabled', needed, 'does not say how it is encrypted', { severity: 'info', ansible: 'kms_master_key_id', noFix: 'Either the managed encryption or a key has to be chosen.' }],
      'queue-encryption-off': ['sqs_managed_sse_enabled', notOff, plain, { orPath: [{ path: 'kms_master_key_id', must: 'present' }], severity: 'medium' }],
    },
    customerKey: {
      'queue-without-key': ['kms_master_key_id', needed, key, { ansible: 'kms_master_key_id', severity: 'info' }],
      'queue-default-key': ['kms_master_key_id', never(/^alias\/aws\/sqs$/, 'alias/aws/sqs', 'alias/queue'), 'uses the key that all queues share', { ansible: 'kms_master_key_id' }],
    },
  }),
  ...service('Topic', 'aws_sns_topic', {
    atRest: {
      'unencrypted-topic': ['kms_master_key_id', needed, plain, { ansible: 'kms_master_key_id', severity: 'low', noFix: 'The key has to be chosen first.' }],
    },
    customerKey: {
      'topic-default-key': ['kms_master_key_id', never(/^(?:arn:.*:)?alias\/aws\/sns$/, 'alias/aws/sns', 'alias/topic'), 'uses the key that all topics share', { ansible: 'kms_master_key_id' }],
    },
    logging: {
      'topic-without-delivery-log': ['http_success_feedback_role_arn|lambda_success_feedback_role_arn|sqs_success_feedback_role_arn|firehose_success_feedback_role_arn|application_success_feedback_role_arn', needed, 'does not record deliveries', { cfn: 'delivery_status_logging', severity: 'info', confidence: 'low' }],
    },
  }),
  ...service('Stream', 'aws_kinesis_stream', {
    atRest: {
      'unencrypted-kinesis': ['encryption_type', byHand(is('KMS', 'enabled')), plain, { cfn: 'stream_encryption.encryption_type', ansible: 'encryption_state|encryption_type', severity: 'medium' }],
    },
    customerKey: {
      'kinesis-without-key': ['kms_key_id', needed, key, { cfn: 'stream_encryption.key_id', ansible: 'key_id', severity: 'info' }],
      'kinesis-default-key': ['kms_key_id', never(/alias\/aws\/kinesis/, 'alias/aws/kinesis', 'alias/events'), 'uses the key that all streams share', { cfn: 'stream_encryption.key_id' }],
    },
    logging: {
      'kinesis-without-shard-metrics': ['shard_level_metrics', needed, 'has no metrics of its shards', { severity: 'info', cfn: 'desired_shard_level_metrics' }],
    },
  }),
  ...service('Delivery stream', 'aws_kinesis_firehose_delivery_stream', {
    atRest: {
      'unencrypted-firehose': ['server_side_encryption.enabled', on, plain, {
        cfn: 'delivery_stream_encryption_configuration_input', must: { not: [false] },
        orPath: [{ path: 'kinesis_source_configuration|kinesis_stream_source_configuration', must: 'present' }], severity: 'low',
      }],
    },
    customerKey: {
      'firehose-without-key': ['server_side_encryption.key_arn', needed, key, {
        cfn: 'delivery_stream_encryption_configuration_input.key_arn', severity: 'info',
        orPath: [{ path: 'kinesis_source_configuration|kinesis_stream_source_configuration', must: 'present' }],
      }],
    },
  }),
  ...service('Video stream', 'aws_kinesis_video_stream', { customerKey: { 'video-stream-without-key': ['kms_key_id', needed, key, { severity: 'info' }] } }),
  ...service('Kafka cluster', 'aws_msk_cluster', {
    transit: {
      'msk-plaintext': ['encryption_info.encryption_in_transit.client_broker', ifSet('PLAINTEXT', 'TLS'), 'accepts clients without TLS', { ansible: 'encryption.in_transit.client_broker' }],
      'msk-plaintext-brokers': ['encryption_info.encryption_in_transit.in_cluster', notOff, 'sends data between brokers without encryption', { ansible: 'encryption.in_transit.in_cluster' }],
    },
    customerKey: {
      'msk-without-key': ['encryption_info.encryption_at_rest_kms_key_arn', needed, key, { cfn: 'encryption_info.encryption_at_rest.data_volume_kms_key_id|encryption_info.encryption_at_rest.data_volume_kmskey_id', ansible: 'encryption.kms_key_id', severity: 'info' }],
    },
    logging: {
      'msk-without-log': ['logging_info.broker_logs', needed, 'sends no broker logs'],
      'msk-log-off': ['logging_info.broker_logs.cloudwatch_logs.enabled|logging_info.broker_logs.firehose.enabled|logging_info.broker_logs.s3.enabled', { must: { is: [true] }, absent: 'fine', set: true }, 'has its broker logs switched off', {
        cfn: 'logging_info.broker_logs.cloud_watch_logs.enabled|logging_info.broker_logs.firehose.enabled|logging_info.broker_logs.s3.enabled',
        orPath: [{ path: 'logging_info.broker_logs.cloudwatch_logs.enabled|logging_info.broker_logs.cloud_watch_logs.enabled|logging_info.broker_logs.firehose.enabled|logging_info.broker_logs.s3.enabled', must: { is: [true] } }],
      }],
      'msk-basic-monitoring': ['enhanced_monitoring', ifSet('DEFAULT', 'PER_BROKER', 'PER_TOPIC_PER_BROKER', 'PER_TOPIC_PER_PARTITION'), 'has basic monitoring only', { severity: 'info' }],
    },
    exposed: {
      'msk-public': ['broker_node_group_info.connectivity_info.public_access.type', ifSet('SERVICE_PROVIDED_EIPS', 'DISABLED'), 'has brokers that the internet can reach'],
    },
    identity: {
      'msk-unauthenticated': ['client_authentication.unauthenticated', notOn, 'lets clients in without proof of who they are', { cfn: 'client_authentication.unauthenticated.enabled' }],
    },
  }),
  ...service('Message broker', 'aws_mq_broker', {
    exposed: { 'public-broker': ['publicly_accessible', notOn, 'is reachable from the internet', { ansible: 'publicly_accessible' }] },
    logging: {
      'mq-without-general-log': ['logs.general', on, 'keeps no general log', { ansible: 'enable_general_log' }],
      'mq-without-audit-log': ['logs.audit', on, 'keeps no audit log', {
        severity: 'info', ansible: 'enable_audit_log', orPath: [{ path: 'engine_type', must: { matches: /rabbitmq/i } }],
        examples: [{
          file: 'main.tf',
          bad: 'resource "aws_mq_broker" "jobs" {\n                          ^^^^\n  engine_type = "ActiveMQ"\n}\n',
          good: 'resource "aws_mq_broker" "jobs" {\n  engine_type = "ActiveMQ"\n  logs {\n    audit = true\n  }\n}\n',
        }],
      }],
    },
    atRest: { 'mq-without-encryption-options': ['encryption_options', needed, 'names no key', { severity: 'low' }] },
    customerKey: {
      'mq-owned-key': ['encryption_options.use_aws_owned_key', byHand(notOn), key, { severity: 'info' }],
      'mq-without-key': ['encryption_options.kms_key_id', needed, 'is encrypted with a key of the provider', { severity: 'info' }],
    },
    patching: {
      'mq-without-minor-upgrades': ['auto_minor_version_upgrade', on, 'gets no minor upgrades', { severity: 'info' }],
      'mq-old-version': ['engine_version', never(/^5\.1[0-6]|^3\.[0-9](?:\.|$)|^3\.10/, '5.15.9', '5.18'), 'runs an outdated version'],
    },
    identity: { 'mq-simple-users': ['authentication_strategy', ifSet('simple', 'ldap'), 'keeps its own users', { severity: 'info' }] },
  }),
  ...service('Build project', 'aws_codebuild_project', {
    atRest: {
      'unencrypted-codebuild-artifacts': ['artifacts.encryption_disabled', notOn, 'writes its artefacts without encryption', { severity: 'medium', ansible: 'artifacts.encryption_disabled' }],
      'unencrypted-codebuild-secondary': ['secondary_artifacts.encryption_disabled', notOn, 'writes some artefacts without encryption', { severity: 'medium' }],
      'unencrypted-codebuild-log': ['logs_config.s3_logs.encryption_disabled', notOn, 'writes its log without encryption', { severity: 'medium' }],
    },
    customerKey: { 'codebuild-without-key': ['encryption_key', needed, key, { ansible: 'encryption_key', severity: 'info' }] },
    container: {
      'codebuild-privileged': ['environment.privileged_mode', notOn, 'builds in privileged mode', { ansible: 'environment.privileged_mode' }],
    },
    logging: {
      'codebuild-without-log': ['logs_config', needed, 'names no log', { severity: 'info' }],
      'codebuild-log-off': ['logs_config.cloudwatch_logs.status|logs_config.s3_logs.status', { must: { is: ['ENABLED'] }, absent: 'fine', set: 'ENABLED', sample: { bad: 'DISABLED' } }, 'has its log switched off', {
        cfn: 'logs_config.cloud_watch_logs.status|logs_config.s3_logs.status',
        orPath: [{ path: 'logs_config.cloudwatch_logs.status|logs_config.cloud_watch_logs.status|logs_config.s3_logs.status', must: { is: ['ENABLED'] } }],
      }],
    },
  }),
  ...service('Pipeline', 'aws_codepipeline', {
    customerKey: {
      'codepipeline-without-key': ['artifact_store.encryption_key', needed, 'keeps its artefacts without a customer-managed key', { severity: 'info' }],
    },
  }),
  ...service('Artifact domain', 'aws_codeartifact_domain', {
    customerKey: { 'codeartifact-without-key': ['encryption_key', needed, key, { severity: 'info' }] },
  }),
  ...service('Stack', 'aws_cloudformation_stack', {
    logging: {
      'stack-without-notifications': ['notification_arns', needed, 'tells nobody of its changes', { ansible: 'notification_arns', severity: 'info' }],
    },
    recovery: {
      'stack-without-policy': ['policy_body|policy_url', needed, 'lets an update replace everything', { cfn: false, ansible: 'stack_policy', severity: 'info' }],
    },
  }),
  ...service('Stack set', 'aws_cloudformation_stack_set', {
    recovery: {
      'stack-retention-off': ['auto_deployment.retain_stacks_on_account_removal', on, 'deletes its resources with an account', {
        ansible: 'auto_deployment.retain_stacks_on_account_removal', severity: 'info',
      }],
    },
  }),
  ...service('Stack', ['aws_cloudformation_stack', 'aws_cloudformation_stack_set'], {
    supply: {
      'stack-without-template': ['template_url|template_body', needed, 'names no template', { ansible: 'template|template_url|template_body', severity: 'info' }],
    },
  }),
  ...service('Backup vault', 'aws_backup_vault', { customerKey: { 'backup-vault-without-key': ['kms_key_arn|encryption_key_arn', needed, key] } }),
  ...service('Backup vault lock', 'aws_backup_vault_lock_configuration', {
    recovery: {
      'backup-vault-lock-changeable': ['changeable_for_days', { must: { most: 3 }, absent: 'fine', set: 3 }, 'can be lifted for long', { severity: 'info' }],
    },
  }),
  ...service('Session document', 'aws_ssm_document', {
    transit: {
      'ssm-session-plaintext': ['content.inputs.kmsKeyId', needed, 'runs sessions without encryption with a key', {
        severity: 'low', when: [{ path: 'document_type', must: { is: ['Session'] } }],
        examples: [{
          file: 'main.tf',
          bad: 'resource "aws_ssm_document" "session" {\n                             ^^^^^^^\n  document_type = "Session"\n  content       = jsonencode({ inputs = { s3BucketName = "" } })\n}\n',
          good: 'resource "aws_ssm_document" "session" {\n  document_type = "Session"\n  content       = jsonencode({ inputs = { kmsKeyId = "alias/session" } })\n}\n',
        }],
      }],
    },
    logging: {
      'ssm-session-without-log': ['content.inputs.s3BucketName|content.inputs.cloudWatchLogGroupName', needed, 'records no sessions', {
        when: [{ path: 'document_type', must: { is: ['Session'] } }],
        examples: [{
          file: 'main.tf',
          bad: 'resource "aws_ssm_document" "session" {\n                             ^^^^^^^\n  document_type = "Session"\n  content       = jsonencode({ inputs = { kmsKeyId = "a" } })\n}\n',
          good: 'resource "aws_ssm_document" "session" {\n  document_type = "Session"\n  content       = jsonencode({ inputs = { s3BucketName = "log" } })\n}\n',
        }],
      }],
    },
  }),
  ...service('Parameter', 'aws_ssm_parameter', {
    atRest: {
      'parameter-plain': ['type', ifSet('String', 'SecureString'), 'is stored without encryption at rest', { ansible: 'string_type', severity: 'info', confidence: 'low', leadsTo: ['storage/parameter-without-key'] }],
    },
    customerKey: {
      'parameter-without-key': ['key_id', needed, key, { when: [{ path: 'type', must: { is: ['SecureString'] } }], severity: 'info', cfn: false }],
    },
  }),
  ...service('Environment', 'aws_mwaa_environment', {
    logging: Object.fromEntries((['dag_processing', 'scheduler', 'task', 'webserver', 'worker'] as const).map((part) => [`mwaa-without-${part.replace('_', '-')}-log`, [`logging_configuration.${part}_logs.enabled`, on, `keeps no ${part.replace('_', '-')} log`]])),
    exposed: {
      'mwaa-public': ['webserver_access_mode|web_server_access_mode', not('PRIVATE_ONLY', 'PUBLIC_ONLY'), 'has a web server that the internet can reach'],
    },
    customerKey: { 'mwaa-without-key': ['kms_key', needed, key, { severity: 'info' }] },
  }),
  ...service('State machine', 'aws_sfn_state_machine', {
    logging: {
      'sfn-without-log': ['logging_configuration.level', { must: { is: ['ALL', 'ERROR', 'FATAL'] }, absent: 'bad' }, 'records no executions', { severity: 'info', sample: { bad: 'OFF' }, noFix: 'A log group is needed first.' }],
      'sfn-without-execution-data': ['logging_configuration.include_execution_data', on, 'records no data of its executions', { severity: 'info' }],
      'sfn-without-tracing': ['tracing_configuration.enabled', on, 'traces no executions', { severity: 'info' }],
    },
    customerKey: { 'sfn-without-key': ['encryption_configuration.kms_key_id', needed, key, { severity: 'info' }] },
  }),
  ...service('Replication instance', 'aws_dms_replication_instance', {
    exposed: {
      'public-replication-instance': ['publicly_accessible', notOn, 'is reachable from the internet'],
      'replication-instance-public-by-default': ['publicly_accessible', { must: { is: [false] }, absent: 'bad', set: false }, 'does not rule out access from the internet', { severity: 'low', cfn: 'publicly_accessible' }],
    },
    customerKey: { 'dms-without-key': ['kms_key_arn|kms_key_id', needed, key, { severity: 'info' }] },
    patching: { 'dms-without-minor-upgrades': ['auto_minor_version_upgrade', on, 'gets no minor upgrades', { severity: 'info' }] },
  }),
  ...service('Endpoint', 'aws_dms_endpoint', {
    transit: {
      'dms-endpoint-plaintext': ['ssl_mode', { must: { not: ['none'] }, absent: 'bad', set: 'require' }, 'moves data without TLS', {
        severity: 'medium', risky: true, ansible: 'sslmode|ssl_mode',
        when: [{ path: 'engine_name|enginename', must: { not: ['s3', 'kinesis', 'dynamodb', 'kafka', 'opensearch', 'elasticsearch', 'neptune', 'redshift', 'azuredb'] } }],
        examples: [{
          file: 'main.tf',
          bad: 'resource "aws_dms_endpoint" "source" {\n  engine_name = "postgres"\n  ssl_mode    = "none"\n                 ^^^^\n}\n',
          fixed: 'resource "aws_dms_endpoint" "source" {\n  engine_name = "postgres"\n  ssl_mode    = "require"\n}\n',
          good: 'resource "aws_dms_endpoint" "source" {\n  engine_name = "postgres"\n  ssl_mode    = "require"\n}\n',
        }],
      }],
    },
    customerKey: { 'dms-endpoint-without-key': ['kms_key_arn|kms_key_id', needed, key, { severity: 'info', ansible: 'kmskeyid' }] },
  }),
  ...service('DataSync location', 'aws_datasync_location_object_storage', {
    secret: { 'datasync-plaintext-key': ['secret_key', none, 'has its secret key written down', { severity: 'high' }] },
  }),
  ...service('Image builder component', ['aws_imagebuilder_component'], {
    customerKey: { 'imagebuilder-without-key': ['kms_key_id', needed, key, { severity: 'info' }] },
  }),
  ...service('Image pipeline', 'aws_imagebuilder_image_recipe', {
    atRest: {
      'image-recipe-disk-plain': ['block_device_mapping.ebs.encrypted', on, 'makes unencrypted disks', {
        cfn: 'block_device_mappings.ebs.encrypted', severity: 'medium',
        when: [{ path: 'block_device_mapping|block_device_mappings', must: 'present' }],
        examples: [{
          file: 'main.tf',
          bad: 'resource "aws_imagebuilder_image_recipe" "gpu" {\n                                          ^^^\n  block_device_mapping {\n    device_name = "/dev/xvda"\n  }\n}\n',
          good: 'resource "aws_imagebuilder_image_recipe" "gpu" {\n  block_device_mapping {\n    ebs {\n      encrypted = true\n    }\n  }\n}\n',
        }],
      }],
    },
  }),
  ...service('Storage configuration', 'aws_connect_instance_storage_config', {
    customerKey: {
      'connect-s3-without-key': ['storage_config.s3_config.encryption_config.encryption_type', ifSet('NONE', 'KMS'), key, { cfn: 's3_config.encryption_config.encryption_type', severity: 'info' }],
      'connect-video-without-key': ['storage_config.kinesis_video_stream_config.encryption_config.encryption_type', ifSet('NONE', 'KMS'), 'is not encrypted with a key of the customer', { cfn: 'kinesis_video_stream_config.encryption_config.encryption_type', severity: 'info' }],
      'connect-media-without-key': ['storage_config.kinesis_video_stream_config.encryption_config.key_id', needed, 'names no key for its streams', {
        cfn: 'kinesis_video_stream_config.encryption_config.key_id', when: [{ path: 'storage_config.kinesis_video_stream_config|kinesis_video_stream_config', must: 'present' }], severity: 'info',
        examples: missing('aws_connect_instance_storage_config', '  storage_config {\n    kinesis_video_stream_config {\n      prefix = "calls"\n    }\n  }\n', '  storage_config {\n    kinesis_video_stream_config {\n      encryption_config {\n        key_id = aws_kms_key.main.arn\n      }\n    }\n  }\n'),
      }],
      'connect-storage-without-key': ['storage_config.s3_config.encryption_config.key_id', needed, 'names no key for its objects', {
        cfn: 's3_config.encryption_config.key_id', when: [{ path: 'storage_config.s3_config|s3_config', must: 'present' }], severity: 'info',
        examples: [{
          file: 'main.tf',
          bad: 'resource "aws_connect_instance_storage_config" "calls" {\n                                                ^^^^^\n  storage_config {\n    s3_config {\n      bucket_name = "calls"\n    }\n  }\n}\n',
          good: 'resource "aws_connect_instance_storage_config" "calls" {\n  storage_config {\n    s3_config {\n      encryption_config {\n        key_id = aws_kms_key.main.arn\n      }\n    }\n  }\n}\n',
        }],
      }],
    },
  }),
  ...service('Configuration', 'aws_appconfig_configuration_profile', {
    customerKey: { 'appconfig-without-key': ['kms_key_identifier', needed, key, { severity: 'info' }] },
  }),
  ...service('Data integration', 'aws_appflow_flow', { customerKey: { 'appflow-without-key': ['kms_arn', needed, key, { severity: 'info' }] } }),
  ...service('Connector profile', 'aws_appflow_connector_profile', {
    customerKey: { 'appflow-profile-without-key': ['kms_arn', needed, key, { severity: 'info' }] },
  }),
  ...service('Scheduler', 'aws_scheduler_schedule', { customerKey: { 'scheduler-without-key': ['kms_key_arn', needed, key, { severity: 'info' }] } }),
  ...service('App', 'aws_elastictranscoder_pipeline', { customerKey: { 'transcoder-without-key': ['aws_kms_key_arn', needed, key, { severity: 'info' }] } }),
  ...service('Server', 'aws_transfer_server', {
    exposed: {
      'public-transfer-server': ['endpoint_type', { must: { is: ['VPC', 'VPC_ENDPOINT'] }, absent: 'bad' }, 'is reachable from the internet', { severity: 'medium', noFix: 'A VPC has to be named.', sample: { bad: 'PUBLIC', good: 'VPC' } }],
    },
    transit: { 'transfer-plaintext-ftp': ['protocols', never(/^FTP$/, ['FTP'], ['SFTP']), 'accepts plain FTP'] },
    oldTls: {
      'transfer-old-policy': ['security_policy_name', never(/2018-11|2020-06/, 'TransferSecurityPolicy-2018-11', 'TransferSecurityPolicy-2024-01'), 'accepts outdated ciphers'],
    },
    logging: { 'transfer-without-log': ['logging_role|structured_log_destinations', needed, 'records no transfers', { severity: 'info' }] },
  }),
  ...service('Directory', 'aws_directory_service_directory', {
    logging: {
      'directory-without-log': ['log_subscription', needed, 'forwards no logs', { cfn: false, severity: 'info', or: [{ type: 'aws_directory_service_log_subscription' }] }],
    },
  }),
];
