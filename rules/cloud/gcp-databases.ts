import { ifSet, is, least, most, needed, never, notOff, notOn, off, on, service } from '../_families.ts';

const key = 'is not encrypted with a customer-managed key';
const sql = 'google_sql_database_instance';

export default [
  ...service('Bigtable', 'google_bigtable_instance', {
    customerKey: { 'bigtable-without-key': ['cluster.kms_key_name', needed, key, { severity: 'info' }] },
    recovery: { 'bigtable-deletion': ['deletion_protection', notOff, 'can be deleted without further ado', { severity: 'info' }] },
  }),
  ...service('Spanner', 'google_spanner_database', {
    customerKey: { 'spanner-without-key': ['encryption_config.kms_key_name', needed, key, { severity: 'info' }] },
    recovery: {
      'spanner-deletion': ['deletion_protection', notOff, 'can be deleted without further ado', { severity: 'low' }],
      'spanner-drop-protection': ['enable_drop_protection', on, 'can be dropped', { severity: 'info' }],
    },
  }),
  ...service('Cache', 'google_redis_instance', {
    identity: { 'gcp-redis-without-auth': ['auth_enabled', on, 'asks for no password', { severity: 'medium' }] },
    transit: {
      'gcp-redis-plaintext': [
        'transit_encryption_mode',
        { ...is('SERVER_AUTHENTICATION'), sample: { bad: 'DISABLED' } },
        'is reached without TLS',
        { severity: 'medium' },
      ],
    },
    customerKey: { 'gcp-redis-without-key': ['customer_managed_key', needed, key, { severity: 'info' }] },
  }),
  ...service('Database', 'google_alloydb_cluster', {
    customerKey: { 'alloydb-without-key': ['encryption_config.kms_key_name', needed, key, { severity: 'info' }] },
    recovery: { 'alloydb-backup-off': ['automated_backup_policy.enabled', notOff, 'keeps no backups'] },
  }),
  ...service('File store', 'google_filestore_instance', { customerKey: { 'filestore-without-key': ['kms_key_name', needed, key, { severity: 'info' }] } }),
  ...service('Database', 'google_firestore_database', {
    recovery: {
      'firestore-without-recovery': [
        'point_in_time_recovery_enablement',
        is('POINT_IN_TIME_RECOVERY_ENABLED'),
        'has no point-in-time recovery',
        { severity: 'info', sample: { bad: 'POINT_IN_TIME_RECOVERY_DISABLED' } },
      ],
      'firestore-deletion': [
        'delete_protection_state',
        is('DELETE_PROTECTION_ENABLED'),
        'can be deleted without further ado',
        { severity: 'info', sample: { bad: 'DELETE_PROTECTION_DISABLED' } },
      ],
    },
  }),
  ...service('Memory store', 'google_memorystore_instance', {
    transit: { 'memorystore-plaintext': ['transit_encryption_mode', ifSet('TRANSIT_ENCRYPTION_DISABLED', 'SERVER_AUTHENTICATION'), 'is reached without TLS'] },
    identity: { 'memorystore-without-auth': ['authorization_mode', ifSet('AUTH_DISABLED', 'IAM_AUTH'), 'asks for no sign-in'] },
  }),
  ...service('Cluster', 'google_redis_cluster', {
    transit: {
      'redis-cluster-plaintext': [
        'transit_encryption_mode',
        { ...is('TRANSIT_ENCRYPTION_MODE_SERVER_AUTHENTICATION'), sample: { bad: 'TRANSIT_ENCRYPTION_MODE_DISABLED' } },
        'is reached without TLS',
        { severity: 'medium' },
      ],
    },
    identity: {
      'redis-cluster-without-auth': [
        'authorization_mode',
        { ...is('AUTH_MODE_IAM_AUTH'), sample: { bad: 'AUTH_MODE_DISABLED' } },
        'asks for no sign-in',
        { severity: 'low' },
      ],
    },
  }),
  ...service('SQL instance', 'google_sql_database_instance', {
    recovery: {
      'sql-few-backups': [
        'settings.backup_configuration.backup_retention_settings.retained_backups',
        least(7),
        'keeps fewer than seven backups',
        { severity: 'info' },
      ],
      'sql-short-transaction-log': [
        'settings.backup_configuration.transaction_log_retention_days',
        least(3),
        'can go back for a few days only',
        { severity: 'info' },
      ],
      'sql-deletion-api': ['settings.deletion_protection_enabled', notOff, 'can be deleted without further ado', { severity: 'info' }],
    },
    detection: {
      'sql-without-insights': ['settings.insights_config.query_insights_enabled', on, 'shows nothing of its queries', { severity: 'info', confidence: 'low' }],
    },
    exposed: {
      'sql-private-path-open': ['settings.ip_configuration.psc_config.allowed_consumer_projects', never(/^\*$/, ['*'], ['clinic']), 'lets every project in'],
    },
    transit: {
      'sql-connector-not-required': [
        'settings.connector_enforcement',
        ifSet('NOT_REQUIRED', 'REQUIRED'),
        'can be reached past its connector',
        { severity: 'info' },
      ],
    },
    patching: { 'sql-without-maintenance': ['settings.maintenance_window', needed, 'is not updated at a set time', { severity: 'info', confidence: 'low' }] },
    password: {
      'sql-password-policy-weak': ['settings.password_validation_policy.min_length', least(12), 'takes short passwords', { severity: 'low' }],
      'sql-password-policy-simple': [
        'settings.password_validation_policy.complexity',
        ifSet('COMPLEXITY_UNSPECIFIED', 'COMPLEXITY_DEFAULT'),
        'takes simple passwords',
        { severity: 'info' },
      ],
    },
  }),
  ...service('SQL user', 'google_sql_user', {
    password: { 'sql-user-attempts': ['password_policy.allowed_failed_attempts', most(10), 'may guess for long', { severity: 'info' }] },
    exposed: { 'sql-user-any-host': ['host', never(/^%$/, '%', '10.0.0.%'), 'may sign in from everywhere', { severity: 'low' }] },
  }),
  ...service('Database', 'google_alloydb_instance', {
    transit: {
      'alloydb-plaintext': [
        'client_connection_config.ssl_config.ssl_mode',
        ifSet('ALLOW_UNENCRYPTED_AND_ENCRYPTED', 'ENCRYPTED_ONLY'),
        'accepts connections without TLS',
      ],
    },
    exposed: {
      'public-alloydb': ['network_config.enable_public_ip', notOn, 'has a public address', { severity: 'medium' }],
      'alloydb-every-address': [
        'network_config.authorized_external_networks.cidr_range',
        never(/^0\.0\.0\.0\/0$/, '0.0.0.0/0', '198.51.100.0/24'),
        'lets every address in',
      ],
    },
    logging: Object.fromEntries(
      (['log_connections', 'log_disconnections', 'log_checkpoints', 'alloydb.enable_pgaudit'] as const).map((name) => [
        `alloydb-${name.replace('alloydb.enable_', '').replaceAll('_', '-')}-off`,
        [
          'database_flags.value',
          notOff,
          `switches ${name} off`,
          {
            item: { key: 'name', name },
            severity: 'info',
            examples: [
              {
                file: 'main.tf',
                bad: `resource "google_alloydb_instance" "main" {\n  database_flags = {\n    "${name}" = "off"\n${' '.repeat(name.length + 10)}^^^\n  }\n}\n`,
                fixed: `resource "google_alloydb_instance" "main" {\n  database_flags = {\n    "${name}" = "on"\n  }\n}\n`,
                good: `resource "google_alloydb_instance" "main" {\n  database_flags = {\n    "${name}" = "on"\n  }\n}\n`,
              },
            ],
          },
        ] as const,
      ]),
    ),
    recovery: { 'alloydb-one-zone': ['availability_type', ifSet('ZONAL', 'REGIONAL'), 'runs in one zone', { severity: 'info' }] },
  }),
  ...service('Database', 'google_alloydb_cluster', {
    recovery: {
      'alloydb-continuous-backup-off': ['continuous_backup_config.enabled', notOff, 'has no point-in-time recovery'],
      'alloydb-deletion': ['deletion_protection', notOff, 'can be deleted without further ado', { severity: 'info' }],
    },
  }),
  ...service('Database backup', 'google_alloydb_backup', {
    customerKey: { 'alloydb-backup-without-key': ['encryption_config.kms_key_name', needed, key, { severity: 'info' }] },
  }),
  ...service('Table', 'google_bigtable_table', {
    recovery: {
      'bigtable-table-deletion': [
        'deletion_protection',
        is('PROTECTED'),
        'can be deleted without further ado',
        { severity: 'info', sample: { bad: 'UNPROTECTED' } },
      ],
      'bigtable-without-change-stream': ['automated_backup_policy', needed, 'keeps no backups', { severity: 'info', confidence: 'low' }],
    },
  }),
  ...service('Cache', ['google_redis_instance', 'google_redis_cluster', 'google_memorystore_instance'], {
    recovery: {
      'memory-store-deletion': ['deletion_protection_enabled|deletion_protection', notOff, 'can be deleted without further ado', { severity: 'info' }],
    },
  }),
  ...service('Cache', ['google_redis_cluster', 'google_memorystore_instance'], {
    customerKey: { 'memory-store-without-key': ['kms_key', needed, key, { severity: 'info' }] },
  }),
  ...service('Cache', 'google_redis_instance', {
    recovery: {
      'redis-one-node': ['tier', ifSet('BASIC', 'STANDARD_HA'), 'has no standby', { severity: 'info' }],
      'redis-not-persisted': ['persistence_config.persistence_mode', ifSet('DISABLED', 'RDB'), 'loses its data with its node', { severity: 'info' }],
    },
    segmentation: { 'redis-default-network': ['authorized_network', needed, 'is reached from the default network', { severity: 'info' }] },
  }),
  ...service('Database', 'google_firestore_database', {
    customerKey: { 'firestore-without-key': ['cmek_config.kms_key_name', needed, key, { severity: 'info' }] },
  }),
  ...service('File store', 'google_filestore_instance', {
    recovery: { 'filestore-deletion': ['deletion_protection_enabled', on, 'can be deleted without further ado', { severity: 'info' }] },
    exposed: {
      'filestore-every-address': ['file_shares.nfs_export_options.ip_ranges', never(/^0\.0\.0\.0\/0$/, ['0.0.0.0/0'], ['10.0.0.0/8']), 'lets every address in'],
      'filestore-root': [
        'file_shares.nfs_export_options.squash_mode',
        ifSet('NO_ROOT_SQUASH', 'ROOT_SQUASH'),
        'lets root of its clients in',
        { severity: 'low' },
      ],
    },
  }),
  ...service('Database', 'google_spanner_instance', {
    recovery: { 'spanner-forced-deletion': ['force_destroy', notOn, 'is deleted with its backups', { severity: 'info' }] },
  }),
  ...service('SQL instance', sql, {
    exposed: {
      'public-cloud-sql': [
        'settings.ip_configuration.ipv4_enabled',
        notOn,
        'has a public address',
        { severity: 'medium', ansible: 'settings.ip_configuration.ipv4_enabled' },
      ],
      'cloud-sql-open': [
        'settings.ip_configuration.authorized_networks.value',
        never(/^0\.0\.0\.0\/0$|^::\/0$/, '0.0.0.0/0', '203.0.113.4/32'),
        'lets every address in',
        { ansible: 'settings.ip_configuration.authorized_networks.value' },
      ],
      'cloud-sql-public-by-default': [
        'settings.ip_configuration.ipv4_enabled',
        off,
        'does not rule out a public address',
        { severity: 'info', confidence: 'low' },
      ],
    },
    transit: {
      'cloud-sql-plaintext': [
        'settings.ip_configuration.require_ssl|settings.ip_configuration.ssl_mode',
        needed,
        'accepts connections without TLS',
        { severity: 'medium', api: 'settings.ip_configuration.require_ssl|settings.ip_configuration.ssl_mode' },
      ],
      'cloud-sql-tls-off': [
        'settings.ip_configuration.require_ssl',
        notOff,
        'switches TLS off',
        { orPath: [{ path: 'settings.ip_configuration.ssl_mode', must: { matches: /^(?:ENCRYPTED_ONLY|TRUSTED)/ } }] },
      ],
      'cloud-sql-tls-optional': [
        'settings.ip_configuration.ssl_mode',
        {
          must: { is: ['ENCRYPTED_ONLY', 'TRUSTED_CLIENT_CERTIFICATE_REQUIRED'] },
          absent: 'fine',
          set: 'ENCRYPTED_ONLY',
          sample: { bad: 'ALLOW_UNENCRYPTED_AND_ENCRYPTED' },
        },
        'accepts connections with and without TLS',
      ],
    },
    recovery: {
      'cloud-sql-without-backup': [
        'settings.backup_configuration.enabled',
        on,
        'keeps no backups',
        { severity: 'medium', ansible: 'settings.backup_configuration.enabled', orPath: [{ path: 'master_instance_name', must: 'present' }] },
      ],
      'cloud-sql-without-recovery': [
        'settings.backup_configuration.point_in_time_recovery_enabled|settings.backup_configuration.binary_log_enabled',
        on,
        'has no point-in-time recovery',
        { severity: 'info', orPath: [{ path: 'master_instance_name', must: 'present' }] },
      ],
      'cloud-sql-deletion-protection': ['deletion_protection', notOff, 'can be deleted without further ado', { severity: 'info' }],
      'cloud-sql-one-zone': ['settings.availability_type', { ...is('REGIONAL'), sample: { bad: 'ZONAL' } }, 'runs in one zone', { severity: 'info' }],
    },
    customerKey: { 'cloud-sql-without-key': ['encryption_key_name', needed, key, { api: 'disk_encryption_configuration.kms_key_name', severity: 'info' }] },
    password: {
      'cloud-sql-password-policy': ['settings.password_validation_policy.enable_password_policy', on, 'has no rules for passwords', { severity: 'info', orPath: [{ path: 'master_instance_name', must: 'present' }] }],
    },
    patching: {
      'cloud-sql-old-version': [
        'database_version',
        never(/^(?:POSTGRES_(?:9_6|10|11|12)|MYSQL_5_[67]|SQLSERVER_2017.*)$/, 'POSTGRES_11', 'POSTGRES_17'),
        'runs an outdated version',
      ],
    },
  }),
];
