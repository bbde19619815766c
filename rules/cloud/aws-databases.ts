import { all, byHand, ifSet, is, least, matches, needed, never, notOn, on, service } from '../_families.ts';

const plain = 'is stored without encryption at rest';
const key = 'is not encrypted with a customer-managed key';
const clusters = ['aws_rds_cluster', 'aws_docdb_cluster', 'aws_neptune_cluster'];

/** Backups that are kept for a day or not at all, as they are where nothing is said. */
const noBackups = { must: { least: 2 }, absent: 'bad', set: 7 } as const;
const shortBackups = { must: { never: /^[2-6]$/ }, absent: 'fine', set: 7, sample: { bad: 3 } } as const;

export default [
  ...service('Database', 'aws_db_instance', {
    atRest: {
      'unencrypted-rds': ['storage_encrypted', on, plain, {
        ansible: 'storage_encrypted',
        orPath: [{ path: 'snapshot_identifier|replicate_source_db|source_db_instance_identifier|db_cluster_identifier', must: 'present', onlyAbsent: true }],
      }],
    },
    customerKey: {
      'rds-without-key': ['kms_key_id', needed, key, { ansible: 'kms_key_id', severity: 'info' }],
      'performance-insights-without-key': ['performance_insights_kms_key_id', needed, 'keeps its performance data without a customer-managed key', { when: [{ path: 'performance_insights_enabled', must: { is: [true] } }], severity: 'info' }],
    },
    recovery: {
      'rds-without-deletion-protection': ['deletion_protection', on, 'can be deleted without further ado', { ansible: 'deletion_protection' }],
      'rds-without-backup': ['backup_retention_period', noBackups, 'keeps backups for a day at most', {
        ansible: 'backup_retention_period', severity: 'medium', missing: 'low',
        orPath: [{ path: 'replicate_source_db|source_db_instance_identifier|db_cluster_identifier', must: 'present' }],
      }],
      'rds-short-backup': ['backup_retention_period', shortBackups, 'keeps its backups for less than a week', { ansible: 'backup_retention_period' }],
      'rds-single-zone': ['multi_az', on, 'runs in one zone', {
        ansible: 'multi_az', severity: 'info',
        orPath: [{ path: 'db_cluster_identifier', must: 'present' }, { path: 'engine', must: { matches: /^aurora/ } }],
      }],
      'rds-tags-not-copied': ['copy_tags_to_snapshot', on, 'gives its snapshots no tags', { severity: 'info', orPath: [{ path: 'engine', must: { matches: /^aurora/ } }] }],
    },
    logging: {
      'rds-without-performance-insights': ['performance_insights_enabled', on, 'has no performance insights', { cfn: 'performance_insights_enabled|enable_performance_insights', ansible: 'enable_performance_insights', severity: 'info', leadsTo: ['storage/performance-insights-without-key'] }],
      'rds-without-log-export': ['enabled_cloudwatch_logs_exports', needed, 'sends its logs nowhere', { ansible: 'enable_cloudwatch_logs_exports|cloudwatch_logs_exports' }],
      'rds-without-enhanced-monitoring': ['monitoring_interval', { must: { least: 1 }, absent: 'bad', set: 60 }, 'has no enhanced monitoring', { ansible: 'monitoring_interval', severity: 'info' }],
    },
    exposed: { 'public-database': ['publicly_accessible', notOn, 'is reachable from the internet', { ansible: 'publicly_accessible' }] },
    identity: {
      'rds-without-iam-authentication': ['iam_database_authentication_enabled', on, 'accepts passwords only', {
        ansible: 'enable_iam_database_authentication', severity: 'low',
        orPath: [{ path: 'engine', must: { never: /^(?:mysql|postgres|mariadb|aurora)/ } }], sample: { lines: ['engine = "postgres"'] },
        examples: [{
          file: 'main.tf',
          bad: 'resource "aws_db_instance" "chart" {\n                            ^^^^^\n  engine = "postgres"\n}\n',
          good: 'resource "aws_db_instance" "chart" {\n  engine = "postgres"\n  iam_database_authentication_enabled = true\n}\n',
        }],
      }],
    },
    patching: {
      'rds-without-minor-upgrades': ['auto_minor_version_upgrade', { must: { is: [true] }, absent: 'fine', set: true }, 'gets no minor upgrades', { ansible: 'auto_minor_version_upgrade' }],
    },
    oldTls: {
      'rds-old-certificate': ['ca_cert_identifier|ca_certificate_identifier', never(/rds-ca-201[059]/, 'rds-ca-2019', 'rds-ca-rsa2048-g1'), 'uses an expired certificate authority', { ansible: 'ca_certificate_identifier' }],
    },
    segmentation: {
      'rds-default-port': ['port', never(/^(?:3306|5432|1433|1521|50000)$/, 3306, 13306), 'listens on the default port of its engine', { ansible: 'port', severity: 'info' }],
      'rds-without-subnet-group': ['db_subnet_group_name', never(/^default$/, 'default', 'data'), 'runs in the default subnet group', { severity: 'low' }],
    },
  }),
  ...service('Database cluster', clusters, {
    atRest: {
      'unencrypted-cluster': ['storage_encrypted', on, plain, {
        ansible: 'storage_encrypted',
        orPath: [{ path: 'snapshot_identifier|replication_source_identifier|source_db_cluster_identifier|global_cluster_identifier', must: 'present', onlyAbsent: true }, { path: 'engine_mode', must: { is: ['serverless'] } }],
      }],
    },
    customerKey: { 'cluster-without-key': ['kms_key_id|kms_key_arn', needed, key, { severity: 'info' }] },
    recovery: {
      'cluster-without-deletion-protection': ['deletion_protection', on, 'can be deleted without further ado'],
      'cluster-without-backup': ['backup_retention_period', noBackups, 'keeps backups for a day at most', { severity: 'medium', missing: 'low' }],
      'cluster-short-backup': ['backup_retention_period', shortBackups, 'keeps its backups for less than a week'],
    },
    segmentation: {
      'cluster-default-port': ['port|db_port', never(/^(?:3306|5432|27017|8182)$/, 3306, 13306), 'listens on the default port of its engine', { severity: 'info' }],
    },
  }),
  ...service('Database cluster', ['aws_rds_cluster', 'aws_neptune_cluster'], {
    identity: {
      'cluster-without-iam-authentication': ['iam_database_authentication_enabled', on, 'accepts passwords only', {
        cfn: 'iam_database_authentication_enabled|enable_iam_database_authentication|iam_auth_enabled', ansible: 'enable_iam_database_authentication', severity: 'low',
      }],
    },
  }),
  ...service('Database cluster', 'aws_rds_cluster', {
    logging: {
      'rds-cluster-without-log-export': ['enabled_cloudwatch_logs_exports', needed, 'sends its logs nowhere', { cfn: 'enabled_cloudwatch_logs_exports|enable_cloudwatch_logs_exports', ansible: 'enable_cloudwatch_logs_exports' }],
      'aurora-without-audit-log': ['enabled_cloudwatch_logs_exports', { must: { some: /^audit$/ }, absent: 'fine', sample: { bad: ['error'], good: ['audit', 'error'] } }, 'does not send its audit log', {
        cfn: 'enabled_cloudwatch_logs_exports|enable_cloudwatch_logs_exports', when: [{ path: 'engine', must: { matches: /^aurora(?:-mysql)?$/ } }], noFix: 'The audit log has to be switched on in the parameters as well.',
        examples: [{
          file: 'main.tf',
          bad: 'resource "aws_rds_cluster" "chart" {\n  engine                          = "aurora-mysql"\n  enabled_cloudwatch_logs_exports = ["error"]\n                                    ^^^^^^^^^\n}\n',
          good: 'resource "aws_rds_cluster" "chart" {\n  engine                          = "aurora-mysql"\n  enabled_cloudwatch_logs_exports = ["audit", "error"]\n}\n',
        }],
      }],
    },
    recovery: {
      'rds-cluster-tags-not-copied': ['copy_tags_to_snapshot', on, 'gives its snapshots no tags', { severity: 'info' }],
      'aurora-without-backtrack': ['backtrack_window', needed, 'cannot be rewound', {
        severity: 'info', orPath: [{ path: 'engine', must: { never: /^aurora(?:-mysql)?$/ } }], sample: { lines: [] },
        examples: [{
          file: 'main.tf',
          bad: 'resource "aws_rds_cluster" "chart" {\n                            ^^^^^\n  engine = "aurora-mysql"\n}\n',
          good: 'resource "aws_rds_cluster" "chart" {\n  engine           = "aurora-mysql"\n  backtrack_window = 3600\n}\n',
        }],
      }],
    },
  }),
  ...service('Database cluster', 'aws_docdb_cluster', {
    logging: {
      'docdb-without-audit-log': ['enabled_cloudwatch_logs_exports', is('audit'), 'sends no audit log', { must: { matches: /audit|profiler/ }, set: ['audit', 'profiler'], cfn: 'enabled_cloudwatch_logs_exports|enable_cloudwatch_logs_exports' }],
      'docdb-without-profiler-log': ['enabled_cloudwatch_logs_exports', all('profiler', 'audit'), 'does not send both its audit and its profiler log', { cfn: 'enabled_cloudwatch_logs_exports|enable_cloudwatch_logs_exports', severity: 'info' }],
    },
  }),
  ...service('Database cluster', 'aws_neptune_cluster', {
    logging: { 'neptune-without-audit-log': ['enable_cloudwatch_logs_exports|enabled_cloudwatch_logs_exports', needed, 'sends no audit log'] },
    recovery: { 'neptune-tags-not-copied': ['copy_tags_to_snapshot', on, 'gives its snapshots no tags', { severity: 'info' }] },
  }),
  ...service('Database instance', ['aws_rds_cluster_instance', 'aws_docdb_cluster_instance', 'aws_neptune_cluster_instance'], {
    exposed: { 'public-cluster-instance': ['publicly_accessible', notOn, 'is reachable from the internet'] },
    patching: {
      'cluster-instance-without-minor-upgrades': ['auto_minor_version_upgrade', { must: { is: [true] }, absent: 'fine', set: true }, 'gets no minor upgrades'],
    },
  }),
  ...service('Database instance', 'aws_rds_cluster_instance', {
    logging: {
      'cluster-instance-without-insights': ['performance_insights_enabled', on, 'has no performance insights', { severity: 'info', leadsTo: ['storage/cluster-instance-insights-without-key'] }],
      'cluster-instance-without-monitoring': ['monitoring_interval', { must: { least: 1 }, absent: 'bad', set: 60 }, 'has no enhanced monitoring', { severity: 'info' }],
    },
    customerKey: {
      'cluster-instance-insights-without-key': ['performance_insights_kms_key_id', needed, 'keeps its performance data without a customer-managed key', { when: [{ path: 'performance_insights_enabled', must: { is: [true] } }], severity: 'info' }],
    },
  }),
  ...service('Global cluster', ['aws_rds_global_cluster', 'aws_docdb_global_cluster', 'aws_neptune_global_cluster'], {
    atRest: { 'unencrypted-global-cluster': ['storage_encrypted', on, plain, { orPath: [{ path: 'source_db_cluster_identifier', must: 'present' }] }] },
    recovery: { 'global-cluster-without-deletion-protection': ['deletion_protection', on, 'can be deleted without further ado', { severity: 'info' }] },
  }),
  ...service('Snapshot', ['aws_db_cluster_snapshot', 'aws_neptune_cluster_snapshot', 'aws_docdb_cluster_snapshot', 'aws_db_snapshot'], {
    atRest: {
      'unencrypted-snapshot': ['storage_encrypted|encrypted', { must: { is: [true] }, absent: 'fine', set: true }, plain],
    },
    exposed: {
      'public-snapshot': ['shared_accounts', never(/^all$/, ['all'], ['111122223333']), 'is shared with every AWS account', { severity: 'critical' }],
    },
  }),
  ...service('Snapshot copy', ['aws_db_snapshot_copy', 'aws_redshift_snapshot_copy_grant'], {
    customerKey: { 'snapshot-copy-without-key': ['kms_key_id', needed, key, { severity: 'info' }] },
  }),
  ...service('Backup replication', 'aws_db_instance_automated_backups_replication', {
    customerKey: { 'backup-replication-without-key': ['kms_key_id', needed, key, { severity: 'info' }] },
  }),
  ...service('Database proxy', 'aws_db_proxy', {
    transit: { 'proxy-without-tls': ['require_tls', on, 'accepts clients without TLS', { severity: 'medium' }] },
    identity: { 'proxy-without-iam': ['auth.iam_auth', is('REQUIRED'), 'accepts passwords', { severity: 'info' }] },
  }),
  ...service('Database security group', 'aws_db_security_group', {
    exposed: {
      'db-security-group-wide': ['ingress.cidr|db_security_group_ingress.cidrip', never(/\/(?:\d|1\d|2[0-3])$/, '10.0.0.0/8', '10.0.1.0/25'), 'lets in more than 256 addresses', { severity: 'medium', ansible: 'ingress.cidr' }],
      'db-security-group-public': ['ingress.cidr|db_security_group_ingress.cidrip', never(/^0\.0\.0\.0\/0$|^::\/0$/, '0.0.0.0/0', '10.0.0.0/24'), 'lets everybody in'],
    },
  }),
  ...service('Table', 'aws_dynamodb_table', {
    atRest: {
      'unencrypted-dynamodb': ['server_side_encryption.enabled', { must: { is: [true] }, absent: 'fine', set: true }, 'switches its encryption with a key of the account off', { severity: 'medium' }],
    },
    customerKey: {
      'dynamodb-without-key': ['server_side_encryption.enabled', byHand(on), 'is not encrypted with a key of the account', { severity: 'info' }],
      'dynamodb-without-customer-key': ['server_side_encryption.kms_key_arn', needed, key, {
        cfn: 'server_side_encryption.kms_master_key_id|replicas.sse_specification.kms_master_key_id|replicas.server_side_encryption.kms_master_key_id',
        severity: 'info',
      }],
    },
    recovery: {
      'dynamodb-without-recovery': ['point_in_time_recovery.enabled', on, 'has no point-in-time recovery', { cfn: 'point_in_time_recovery.enabled|replicas.point_in_time_recovery.enabled' }],
      'dynamodb-without-deletion-protection': ['deletion_protection_enabled', on, 'can be deleted without further ado', { cfn: 'deletion_protection_enabled|replicas.deletion_protection_enabled', severity: 'info', orPath: [{ path: 'sam_kind', must: 'present' }] }],
    },
  }),
  ...service('Cache', 'aws_dax_cluster', {
    atRest: { 'unencrypted-dax': ['server_side_encryption.enabled', on, plain, { cfn: 'sse_specification.sse_enabled' }] },
    transit: { 'dax-plaintext': ['cluster_endpoint_encryption_type', is('TLS'), 'is reached without TLS', { severity: 'medium' }] },
  }),
  ...service('Cache', 'aws_elasticache_replication_group', {
    atRest: { 'unencrypted-elasticache': ['at_rest_encryption_enabled', on, plain] },
    customerKey: { 'elasticache-without-key': ['kms_key_id', needed, key, { severity: 'info' }] },
    transit: { 'plaintext-elasticache': ['transit_encryption_enabled', on, 'is reached without encryption in transit'] },
    identity: {
      'elasticache-without-auth': ['auth_token', needed, 'asks for no password', { orPath: [{ path: 'user_group_ids', must: 'present' }], severity: 'low' }],
    },
    recovery: {
      'elasticache-without-failover': ['automatic_failover_enabled', on, 'does not fail over', { severity: 'info' }],
      'elasticache-single-zone': ['multi_az_enabled', on, 'runs in one zone', { severity: 'info' }],
    },
  }),
  ...service('Cache', 'aws_elasticache_replication_group', {
    recovery: { 'elasticache-group-without-backup': ['snapshot_retention_limit', { must: { least: 1 }, absent: 'bad', set: 5 }, 'keeps no backups', {}] },
    segmentation: { 'elasticache-group-outside-vpc': ['subnet_group_name', needed, 'runs outside of a VPC of its own', { cfn: 'cache_subnet_group_name', severity: 'info' }] },
  }),
  ...service('Cache', 'aws_elasticache_cluster', {
    recovery: {
      'elasticache-without-backup': ['snapshot_retention_limit', { must: { least: 1 }, absent: 'bad', set: 5 }, 'keeps no backups', {
        ansible: 'snapshot_retention_limit',
        orPath: [{ path: 'engine', must: { is: ['memcached'] } }, { path: 'replication_group_id', must: 'present' }],
      }],
    },
  }),
  ...service('Cache', ['aws_elasticache_replication_group', 'aws_elasticache_cluster'], {
    patching: {
      'elasticache-without-minor-upgrades': ['auto_minor_version_upgrade', { must: { is: [true] }, absent: 'fine', set: true }, 'gets no minor upgrades'],
    },
    segmentation: {
      'elasticache-default-port': ['port', never(/^(?:6379|11211)$/, 6379, 16379), 'listens on the default port of its engine', { ansible: 'cache_port', severity: 'info' }],
      'elasticache-outside-vpc': ['subnet_group_name', needed, 'runs outside of a VPC of its own', { cfn: 'cache_subnet_group_name', ansible: 'cache_subnet_group', orPath: [{ path: 'replication_group_id', must: 'present' }], severity: 'low' }],
    },
  }),
  ...service('Cache', ['aws_elasticache_cluster', 'aws_elasticache_replication_group'], {
    atRest: {
      'outdated-redis': ['engine_version', matches(/^(?:[4-9]|\d\d|3\.2\.6|3\.2\.1\d)/, '2.8.24', '7.1'), 'runs a version of Redis that cannot encrypt', { when: [{ path: 'engine', must: { is: ['redis', 'valkey'] } }], severity: 'medium' }],
    },
  }),
  ...service('Cache', 'aws_memorydb_cluster', {
    transit: { 'memorydb-plaintext': ['tls_enabled', { must: { is: [true] }, absent: 'fine', set: true }, 'is reached without TLS'] },
    customerKey: { 'memorydb-without-key': ['kms_key_arn|kms_key_id', needed, key, { severity: 'info' }] },
    recovery: {
      'memorydb-without-snapshots': ['snapshot_retention_limit', { must: { least: 1 }, absent: 'bad', set: 7 }, 'keeps no snapshots', { severity: 'info' }],
    },
  }),
  ...service('Snapshot', 'aws_memorydb_snapshot', {
    customerKey: { 'memorydb-snapshot-without-key': ['kms_key_arn', needed, key, { cfn: false, severity: 'info' }] },
  }),
  ...service('Warehouse', 'aws_redshift_cluster', {
    atRest: { 'unencrypted-redshift': ['encrypted', on, plain, { ansible: 'encrypted' }] },
    customerKey: { 'redshift-without-key': ['kms_key_id', needed, key] },
    exposed: {
      'public-warehouse': ['publicly_accessible', notOn, 'is reachable from the internet', { ansible: 'publicly_accessible' }],
      'redshift-public-by-default': ['publicly_accessible', { must: { is: [false] }, absent: 'bad', set: false }, 'does not rule out access from the internet', { ansible: 'publicly_accessible', severity: 'low' }],
    },
    segmentation: {
      'redshift-without-enhanced-routing': ['enhanced_vpc_routing', on, 'sends data outside of the VPC', { ansible: 'enhanced_vpc_routing', severity: 'low' }],
      'redshift-outside-vpc': ['cluster_subnet_group_name', needed, 'runs outside of a VPC of its own', { ansible: 'cluster_subnet_group_name', severity: 'low' }],
      'redshift-default-port': ['port', never(/^5439$/, 5439, 15439), 'listens on the default port', { ansible: 'port', severity: 'info' }],
    },
    logging: {
      'redshift-without-audit-log': ['logging.enable', on, 'records no access', { cfn: 'logging_properties', or: [{ type: 'aws_redshift_logging' }], must: { not: [false] } }],
    },
    recovery: { 'redshift-without-snapshots': ['automated_snapshot_retention_period', least(1, 7), 'keeps no snapshots'] },
    patching: {
      'redshift-without-upgrades': ['allow_version_upgrade', { must: { is: [true] }, absent: 'fine', set: true }, 'gets no upgrades', { ansible: 'allow_version_upgrade' }],
    },
    privilege: {
      'redshift-default-user': ['master_username', never(/^awsuser$/, 'awsuser', 'chartadmin'), 'keeps the default name of its administrator', { severity: 'low' }],
      'redshift-default-database': ['database_name|db_name', never(/^dev$/, 'dev', 'chart'), 'keeps the default name of its database', { severity: 'info' }],
    },
  }),
  ...service('Namespace', 'aws_redshiftserverless_namespace', {
    customerKey: { 'redshift-serverless-without-key': ['kms_key_id', needed, key, { severity: 'info' }] },
    logging: { 'redshift-serverless-without-audit-log': ['log_exports', needed, 'records no access'] },
  }),
  ...service('Workgroup', 'aws_redshiftserverless_workgroup', {
    exposed: { 'public-redshift-workgroup': ['publicly_accessible', notOn, 'is reachable from the internet'] },
    segmentation: { 'redshift-workgroup-routing': ['enhanced_vpc_routing', on, 'sends data outside of the VPC', { severity: 'low' }] },
  }),
  ...service('Ledger', 'aws_qldb_ledger', {
    privilege: {
      'qldb-allow-all': ['permissions_mode', ifSet('ALLOW_ALL', 'STANDARD'), 'lets every identity of the account do everything', { severity: 'medium' }],
    },
    recovery: {
      'qldb-without-deletion-protection': ['deletion_protection', { must: { is: [true] }, absent: 'fine', set: true }, 'can be deleted without further ado'],
    },
  }),
  ...service('Database', 'aws_timestreamwrite_database', { customerKey: { 'timestream-without-key': ['kms_key_id', needed, key, { severity: 'info' }] } }),
  ...service('Keyspaces table', 'aws_keyspaces_table', {
    customerKey: { 'keyspaces-without-key': ['encryption_specification.kms_key_identifier', needed, key, { severity: 'info' }] },
  }),
];
