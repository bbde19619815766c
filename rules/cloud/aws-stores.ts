import { byHand, ifSet, is, least, needed, never, not, notOff, notOn, on, service } from '../_families.ts';

const open = 'is reachable from the internet';
const key = 'is not encrypted with a customer-managed key';
const deletable = ['aws_db_instance', 'aws_rds_cluster', 'aws_docdb_cluster', 'aws_neptune_cluster', 'aws_redshift_cluster'];
const kept = /^(?:RetainExceptOnCreate|Retain|Snapshot)$/;

/** Settings of databases, caches, streams and file systems that the tables of their services do not hold. */
export default [
  ...service('Database', deletable, {
    recovery: {
      'deleted-without-snapshot': ['skip_final_snapshot', notOn, 'leaves no snapshot behind when it is deleted', { cfn: false, severity: 'info', noFix: 'The snapshot has to be named.' }],
      'stack-deletes-database': ['DeletionPolicy', { must: { matches: kept }, absent: 'fine' }, 'is deleted with its stack', {
        severity: 'low',
        examples: [{
          file: 'template.yaml',
          bad: 'Resources:\n  Chart:\n    Type: AWS::RDS::DBInstance\n    DeletionPolicy: Delete\n                    ^^^^^^\n',
          good: 'Resources:\n  Chart:\n    Type: AWS::RDS::DBInstance\n    DeletionPolicy: Snapshot\n',
        }],
      }],
    },
  }),
  ...service('Database', ['aws_db_instance', 'aws_rds_cluster'], {
    identity: {
      'rds-common-user': ['username', byHand(not('clinic', 'admin', 'administrator', 'root', 'master', 'postgres', 'mysql', 'sa', 'user')), 'is administered by a name that is guessed first', {
        severity: 'info', cfn: 'username|master_username', ansible: 'username|master_username',
      }],
      'rds-cluster-common-user': ['master_username', byHand(not('clinic', 'admin', 'administrator', 'root', 'master', 'postgres', 'mysql', 'sa', 'user')), 'is administered by a name that is guessed first', {
        severity: 'info', cfn: false, ansible: false,
      }],
    },
  }),
  ...service('Database cluster', 'aws_rds_cluster', {
    recovery: {
      'aurora-backtrack-off': ['backtrack_window', least(1, 86_400), 'cannot be rewound', { severity: 'info' }],
    },
    exposed: { 'public-database-cluster': ['publicly_accessible', notOn, open] },
    patching: { 'cluster-without-minor-upgrades': ['auto_minor_version_upgrade', notOff, 'gets no minor upgrades', { severity: 'info' }] },
    customerKey: {
      'cluster-insights-without-key': ['performance_insights_kms_key_id', needed, 'keeps its performance data without a customer-managed key', {
        severity: 'info', when: [{ path: 'performance_insights_enabled', must: { is: [true] } }],
      }],
    },
  }),
  ...service('Database shard group', 'aws_rds_shard_group', { exposed: { 'public-shard-group': ['publicly_accessible', notOn, open] } }),
  ...service('Database', ['aws_timestreaminfluxdb_db_instance', 'aws_timestreaminfluxdb_db_cluster'], {
    exposed: { 'public-influxdb': ['publicly_accessible', notOn, open] },
    logging: { 'influxdb-without-log': ['log_delivery_configuration', needed, 'delivers no logs', { severity: 'info' }] },
    recovery: { 'influxdb-one-zone': ['deployment_type', ifSet('SINGLE_AZ', 'WITH_MULTIAZ_STANDBY'), 'runs in one zone', { severity: 'info' }] },
  }),
  ...service('Distributed database', 'aws_dsql_cluster', {
    recovery: { 'dsql-without-deletion-protection': ['deletion_protection_enabled', on, 'can be deleted without further ado', { severity: 'info' }] },
  }),
  ...service('Elastic cluster', 'aws_docdbelastic_cluster', {
    secret: { 'docdb-elastic-plain-password': ['auth_type', not('SECRET_ARN', 'PLAIN_TEXT'), 'takes its password from the template', { severity: 'low' }] },
    recovery: { 'docdb-elastic-short-backup': ['backup_retention_period', least(7), 'keeps its backups for less than a week', { severity: 'info' }] },
  }),
  ...service('Database proxy', 'aws_db_proxy', {
    logging: { 'proxy-logs-statements': ['debug_logging', notOn, 'writes the text of statements to its log', { severity: 'low' }] },
  }),
  ...service('Replication instance', 'aws_dms_replication_instance', {
    recovery: { 'dms-one-zone': ['multi_az', on, 'runs in one zone', { severity: 'info' }] },
  }),
  ...service('Instance profile', 'aws_dms_instance_profile', { exposed: { 'public-migration-profile': ['publicly_accessible', notOn, open] } }),
  ...service('Replication', 'aws_dms_replication_config', { recovery: { 'dms-serverless-one-zone': ['compute_config.multi_az', on, 'runs in one zone', { severity: 'info' }] } }),
  ...service('Replication task', 'aws_dms_replication_task', {
    logging: {
      'dms-task-without-log': ['replication_task_settings.Logging.EnableLogging', on, 'records nothing of what it moves', {
        severity: 'info',
        examples: [{
          file: 'main.tf',
          bad: 'resource "aws_dms_replication_task" "charts" {\n  replication_task_settings = jsonencode({ Logging = { EnableLogging = false } })\n                                                                       ^^^^^\n}\n',
          good: 'resource "aws_dms_replication_task" "charts" {\n  replication_task_settings = jsonencode({ Logging = { EnableLogging = true } })\n}\n',
        }],
      }],
    },
  }),
  ...service('Endpoint', 'aws_dms_endpoint', {
    identity: { 'dms-mongodb-open': ['mongodb_settings.auth_type', byHand(not('password', 'no')), 'does not prove who it is', { noFix: 'A user and its password are needed first.', cfn: 'mongo_db_settings.auth_type' }] },
    transit: {
      'dms-redis-plaintext': ['redis_settings.ssl_security_protocol', not('ssl-encryption', 'plaintext'), 'moves data without TLS', { severity: 'medium' }],
      'dms-kafka-plaintext': ['kafka_settings.security_protocol', not('ssl-encryption', 'plaintext'), 'moves data without TLS', { severity: 'medium' }],
    },
  }),
  ...service('Endpoint', 'aws_dms_s3_endpoint', {
    customerKey: {
      'dms-s3-service-key': ['encryption_mode', { must: { is: ['SSE_KMS'] }, absent: 'bad', set: 'SSE_KMS', sample: { bad: 'SSE_S3' } }, key, { severity: 'info', noFix: 'The key has to be chosen or made first.' }],
    },
  }),
  ...service('User', ['aws_elasticache_user', 'aws_memorydb_user'], {
    identity: {
      'cache-user-without-password': ['no_password_required', notOn, 'needs no password'],
      'cache-user-no-password-mode': ['authentication_mode.type', not(undefined, 'no-password-required', 'no-password'), 'needs no password'],
    },
    privilege: {
      'cache-user-all-commands': ['access_string', never(/^on\s+~\*\s+(?:&\*\s+)?\+@all$/, 'on ~* +@all', 'on ~app::* -@all +@read'), 'may run every command on every key', { severity: 'info' }],
    },
  }),
  ...service('Cache cluster', 'aws_elasticache_cluster', {
    transit: { 'elasticache-plaintext-node': ['transit_encryption_enabled', notOff, 'sends data unencrypted', { severity: 'medium' }] },
    logging: {
      'elasticache-without-log': ['log_delivery_configuration', needed, 'delivers no logs', { cfn: 'log_delivery_configurations', severity: 'info', orPath: [{ path: 'engine', must: { is: ['memcached'] } }] }],
    },
  }),
  ...service('Cache', 'aws_elasticache_replication_group', {
    transit: {
      'elasticache-tls-optional': ['transit_encryption_mode', ifSet('preferred', 'required'), 'accepts unencrypted connections beside TLS', { severity: 'low' }],
    },
    logging: {
      'cache-without-log': ['log_delivery_configuration', needed, 'delivers no logs', { cfn: 'log_delivery_configurations', severity: 'info' }],
    },
  }),
  ...service('Cache', 'aws_elasticache_serverless_cache', {
    recovery: {
      'serverless-cache-without-snapshots': ['snapshot_retention_limit', { must: { least: 1 }, absent: 'bad', set: 7 }, 'keeps no snapshots', { severity: 'info' }],
    },
  }),
  ...service('In-memory database', 'aws_memorydb_cluster', {
    identity: { 'memorydb-open-access': ['acl_name', byHand(not('clinic', 'open-access')), 'lets everybody in that reaches it', { severity: 'medium' }] },
    patching: { 'memorydb-without-minor-upgrades': ['auto_minor_version_upgrade', notOff, 'gets no minor upgrades', { severity: 'info' }] },
  }),
  ...service('In-memory database', 'aws_memorydb_multi_region_cluster', {
    transit: { 'memorydb-multi-region-plaintext': ['tls_enabled', notOff, 'sends data unencrypted'] },
  }),
  ...service('Warehouse', 'aws_redshift_cluster', {
    host: {
      'redshift-default-database': ['database_name', byHand(not('charts', 'dev')), 'keeps the default name of its database', { cfn: 'db_name', severity: 'info' }],
    },
    recovery: { 'redshift-one-zone': ['multi_az', { must: { is: [true] }, absent: 'fine', set: true }, 'runs in one zone', { severity: 'info' }] },
  }),
  ...service('Warehouse', 'aws_redshiftserverless_namespace', {
    identity: {
      'redshift-serverless-common-user': ['admin_username', byHand(not('clinic', 'admin', 'awsuser')), 'is administered by a name that is guessed first', { severity: 'info' }],
    },
    host: {
      'redshift-serverless-default-database': ['db_name', byHand(not('charts', 'dev')), 'keeps the default name of its database', { severity: 'info' }],
    },
  }),
  ...service('Warehouse', 'aws_redshiftserverless_workgroup', {
    transit: {
      'redshift-serverless-without-tls': ['config_parameter.parameter_value', { must: { is: [true, 'true'] }, absent: 'bad', sample: { bad: 'false', good: 'true' } }, 'accepts connections without TLS', {
        cfn: 'config_parameters.parameter_value', item: { key: 'parameter_key', name: 'require_ssl' }, severity: 'low', confidence: 'medium',
      }],
    },
  }),
  ...service('Search domain', ['aws_opensearch_domain', 'aws_elasticsearch_domain'], {
    recovery: {
      'opensearch-few-nodes': ['cluster_config.instance_count', least(3), 'has less than three nodes', { severity: 'info', risky: true }],
      'opensearch-few-masters': ['cluster_config.dedicated_master_count', least(3), 'has less than three master nodes', { severity: 'info' }],
    },
  }),
  ...service('Ingestion pipeline', 'aws_osis_pipeline', {
    logging: { 'ingestion-without-log': ['log_publishing_options.is_logging_enabled', on, 'records nothing', { severity: 'info' }] },
  }),
  ...service('Stream', 'aws_kinesis_stream', {
    recovery: {
      'kinesis-short-retention': ['retention_period', least(168), 'keeps events for less than a week', { cfn: 'retention_period_hours', severity: 'info' }],
    },
  }),
  ...service('Delivery stream', 'aws_kinesis_firehose_delivery_stream', {
    logging: {
      'firehose-without-log': ['extended_s3_configuration.cloudwatch_logging_options.enabled', on, 'records no failed deliveries', {
        cfn: 'extended_s3_destination_configuration.cloud_watch_logging_options.enabled', severity: 'info',
        when: [{ path: 'extended_s3_configuration|extended_s3_destination_configuration', must: 'present' }],
        examples: [{
          file: 'main.tf',
          bad: 'resource "aws_kinesis_firehose_delivery_stream" "events" {\n                                                 ^^^^^^\n  extended_s3_configuration {\n    bucket_arn = aws_s3_bucket.events.arn\n  }\n}\n',
          fixed: 'resource "aws_kinesis_firehose_delivery_stream" "events" {\n  extended_s3_configuration {\n    bucket_arn = aws_s3_bucket.events.arn\n    cloudwatch_logging_options {\n      enabled = true\n    }\n  }\n}\n',
          good: 'resource "aws_kinesis_firehose_delivery_stream" "events" {\n  extended_s3_configuration {\n    cloudwatch_logging_options {\n      enabled = true\n    }\n  }\n}\n',
        }],
      }],
    },
    customerKey: {
      'firehose-bucket-without-key': ['extended_s3_configuration.kms_key_arn', needed, 'writes to its bucket without a customer-managed key', {
        cfn: 'extended_s3_destination_configuration.encryption_configuration.kms_encryption_config.awskms_key_arn', severity: 'info',
        when: [{ path: 'extended_s3_configuration|extended_s3_destination_configuration', must: 'present' }],
        examples: [{
          file: 'main.tf',
          bad: 'resource "aws_kinesis_firehose_delivery_stream" "events" {\n                                                 ^^^^^^\n  extended_s3_configuration {\n    bucket_arn = aws_s3_bucket.events.arn\n  }\n}\n',
          good: 'resource "aws_kinesis_firehose_delivery_stream" "events" {\n  extended_s3_configuration {\n    kms_key_arn = aws_kms_key.main.arn\n  }\n}\n',
        }],
      }],
    },
    transit: {
      'firehose-http': ['http_endpoint_configuration.url', never(/^http:\/\//, 'http://logs.example.com/', 'https://logs.example.com/'), 'sends events over plain HTTP', { cfn: 'http_endpoint_destination_configuration.endpoint_configuration.url', severity: 'medium' }],
    },
  }),
  ...service('Video stream', 'aws_kinesis_video_stream', {
    recovery: { 'video-without-retention': ['data_retention_in_hours', least(1, 24), 'keeps nothing', { severity: 'info' }] },
  }),
  ...service('Kafka cluster', 'aws_msk_cluster', {
    logging: { 'msk-without-open-monitoring': ['open_monitoring', needed, 'shows no metrics of its brokers', { severity: 'info', confidence: 'low' }] },
  }),
  ...service('Broker', 'aws_mq_broker', {
    recovery: {
      'mq-one-instance': ['deployment_mode', { must: { not: ['SINGLE_INSTANCE'] }, absent: 'bad' }, 'runs as one instance', { severity: 'info', confidence: 'low', sample: { good: 'ACTIVE_STANDBY_MULTI_AZ', bad: 'SINGLE_INSTANCE' } }],
    },
  }),
  ...service('Data connection', 'aws_glue_connection', {
    transit: {
      'glue-kafka-plaintext': ['connection_properties.KAFKA_SSL_ENABLED', ifSet('false', 'true'), 'connects without TLS', {
        cfn: 'connection_input.connection_properties.KAFKA_SSL_ENABLED', severity: 'medium',
        examples: [{
          file: 'main.tf',
          bad: 'resource "aws_glue_connection" "events" {\n  connection_properties = {\n    KAFKA_SSL_ENABLED = "false"\n                         ^^^^^\n  }\n}\n',
          good: 'resource "aws_glue_connection" "events" {\n  connection_properties = {\n    KAFKA_SSL_ENABLED = "true"\n  }\n}\n',
        }],
      }],
    },
  }),
  ...service('File system', ['aws_fsx_lustre_file_system', 'aws_fsx_openzfs_file_system', 'aws_fsx_windows_file_system'], {
    recovery: {
      'fsx-tags-not-copied': ['copy_tags_to_backups', on, 'gives its backups no tags', { severity: 'info' }],
    },
  }),
  ...service('File system', 'aws_fsx_openzfs_file_system', {
    recovery: { 'fsx-volume-tags-not-copied': ['copy_tags_to_volumes', on, 'gives its volumes no tags', { severity: 'info' }] },
  }),
  ...service('File system', ['aws_fsx_ontap_file_system', 'aws_fsx_openzfs_file_system', 'aws_fsx_windows_file_system'], {
    recovery: { 'fsx-one-zone': ['deployment_type', never(/^SINGLE_AZ/, 'SINGLE_AZ_1', 'MULTI_AZ_1'), 'runs in one zone', { severity: 'info' }] },
  }),
  ...service('File system', 'aws_fsx_lustre_file_system', {
    logging: { 'lustre-without-log': ['log_configuration', needed, 'records nothing', { cfn: false, severity: 'info' }] },
  }),
  ...service('Table', 'aws_keyspaces_table', {
    recovery: {
      'keyspaces-without-recovery': ['point_in_time_recovery.status', is('ENABLED'), 'has no point-in-time recovery', { cfn: 'point_in_time_recovery_enabled', must: { is: ['ENABLED', true] }, severity: 'info' }],
    },
  }),
  ...service('Database instance', 'aws_docdb_cluster_instance', {
    customerKey: {
      'docdb-insights-without-key': ['performance_insights_kms_key_id', needed, 'keeps its performance data without a customer-managed key', { cfn: false, severity: 'info', when: [{ path: 'enable_performance_insights', must: { is: [true] } }] }],
    },
  }),
  ...service('Bot alias', 'aws_lex_bot_alias', {
    customerKey: {
      'lex-conversations-without-key': ['conversation_logs.log_settings.kms_key_arn', needed, 'keeps conversations without a customer-managed key', {
        cfn: false, severity: 'info', when: [{ path: 'conversation_logs', must: 'present' }],
        examples: [{
          file: 'main.tf',
          bad: 'resource "aws_lex_bot_alias" "triage" {\n                              ^^^^^^\n  conversation_logs {\n    log_settings {\n      destination = "S3"\n    }\n  }\n}\n',
          good: 'resource "aws_lex_bot_alias" "triage" {\n  conversation_logs {\n    log_settings {\n      kms_key_arn = aws_kms_key.main.arn\n    }\n  }\n}\n',
        }],
      }],
    },
  }),
  ...service('Bucket inventory', 'aws_s3_bucket_inventory', {
    atRest: { 'inventory-plain': ['destination.bucket.encryption', needed, 'does not say how it is encrypted', { cfn: false, severity: 'info' }] },
  }),
  ...service('Client', 'aws_cognito_user_pool_client', {
    password: {
      'cognito-client-sends-password': ['explicit_auth_flows', never(/^(?:ALLOW_)?(?:USER_PASSWORD_AUTH|ADMIN_NO_SRP_AUTH)$/, ['ALLOW_USER_PASSWORD_AUTH'], ['ALLOW_USER_SRP_AUTH']), 'takes passwords instead of proofs of them', { severity: 'low' }],
    },
  }),
  ...service('User pool', 'aws_cognito_user_pool', {
    recovery: {
      'cognito-without-deletion-protection': ['deletion_protection', { must: { is: ['ACTIVE'] }, absent: 'bad', set: 'ACTIVE', sample: { bad: 'INACTIVE' } }, 'can be deleted without further ado', { severity: 'info' }],
    },
    password: {
      'cognito-password-without-symbol': ['password_policy.require_symbols', notOff, 'asks for no symbol', { cfn: 'policies.password_policy.require_symbols' }],
      'cognito-password-without-number': ['password_policy.require_numbers', notOff, 'asks for no digit', { cfn: 'policies.password_policy.require_numbers' }],
      'cognito-password-without-upper-case': ['password_policy.require_uppercase', notOff, 'asks for no capital letter', { cfn: 'policies.password_policy.require_uppercase' }],
      'cognito-password-without-lower-case': ['password_policy.require_lowercase', notOff, 'asks for no small letter', { cfn: 'policies.password_policy.require_lowercase' }],
      'cognito-long-temporary-password': ['password_policy.temporary_password_validity_days', { must: { most: 7 }, absent: 'fine', set: 7 }, 'keeps temporary passwords for more than a week', { cfn: 'policies.password_policy.temporary_password_validity_days', severity: 'info' }],
    },
  }),
  ...service('User pool', 'aws_cognito_user_pool', { detection: { 'cognito-custom-flow-unchecked': ['user_pool_add_ons.advanced_security_additional_flows.custom_auth_mode', ifSet('AUDIT', 'ENFORCED'), 'only watches sign-ins of its own flow', { severity: 'low' }] } }),
  ...service('Bucket', 'aws_lightsail_bucket', { public: { 'lightsail-objects-may-be-public': ['access_rules.allow_public_overrides', notOn, 'lets single objects be public', { severity: 'low' }] } }),
  ...service('Endpoint configuration', 'aws_sagemaker_endpoint_configuration', { segmentation: { 'sagemaker-endpoint-not-isolated': ['enable_network_isolation', notOff, 'can open connections to anywhere', { severity: 'low' }] } }),
  ...service('Identity pool', 'aws_cognito_identity_pool', {
    identity: {
      'cognito-classic-flow': ['allow_classic_flow', notOn, 'hands out credentials of any role that the client names', { severity: 'low' }],
    },
  }),
];
