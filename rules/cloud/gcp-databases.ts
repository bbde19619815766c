import { ifSet, is, needed, notOff, on, service } from '../_families.ts';

const key = 'is not encrypted with a customer-managed key';

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
];
