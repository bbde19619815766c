import { byHand, ifSet, is, needed, never, not, notOff, off, on, service } from '../_families.ts';

const key = 'is not encrypted with a customer-managed key';
const account = 'azurerm_storage_account';

export default [
  ...service('Managed disk set', 'azurerm_snapshot', {
    atRest: { 'azure-snapshot-plain': ['encryption_settings.enabled', notOff, 'is stored without encryption at rest'] },
    exposed: { 'azure-snapshot-public': ['public_network_access_enabled', off, 'can be exported from the internet', { severity: 'info' }] },
  }),
  ...service('Elastic storage', 'azurerm_elastic_san', {
    customerKey: { 'elastic-san-without-key': ['encryption', needed, key, { severity: 'info' }] },
    exposed: { 'elastic-san-public': ['public_network_access_enabled', off, 'is reachable from the internet', { severity: 'low' }] },
  }),
  ...service('File system', ['azurerm_netapp_volume'], {
    identity: { 'netapp-without-kerberos': ['kerberos_enabled', on, 'knows its clients by address only', { severity: 'info', confidence: 'low' }] },
    exposed: { 'netapp-open': ['export_policy_rule.allowed_clients', never(/^0\.0\.0\.0\/0$/, ['0.0.0.0/0'], ['10.0.0.0/24']), 'lets every address in'] },
  }),
  ...service('Storage account', account, {
    transit: {
      'storage-account-http': [
        'https_traffic_only_enabled|enable_https_traffic_only',
        notOff,
        'accepts plain HTTP',
        { arm: 'properties.supportsHttpsTrafficOnly', ansible: 'https_only' },
      ],
      'storage-account-http-by-default': [
        'https_traffic_only_enabled|enable_https_traffic_only',
        on,
        'does not ask for HTTPS',
        { arm: 'properties.supportsHttpsTrafficOnly', ansible: 'https_only', severity: 'info', confidence: 'low' },
      ],
    },
    oldTls: {
      'storage-account-old-tls': [
        'min_tls_version',
        { must: { is: ['TLS1_2', 'TLS1_3'] }, absent: 'fine', set: 'TLS1_2', sample: { bad: 'TLS1_0' } },
        'accepts outdated TLS versions',
        { arm: 'properties.minimumTlsVersion', ansible: 'minimum_tls_version' },
      ],
      'storage-account-default-tls': [
        'min_tls_version',
        needed,
        'names no lowest TLS version',
        { arm: 'properties.minimumTlsVersion', ansible: 'minimum_tls_version', set: 'TLS1_2', severity: 'info', confidence: 'low' },
      ],
    },
    exposed: {
      'public-storage-account': [
        'public_network_access_enabled',
        off,
        'is reachable from the internet',
        {
          arm: 'properties.publicNetworkAccess',
          ansible: 'public_network_access',
          severity: 'low',
          orPath: [{ path: 'network_rules.default_action|properties.networkAcls.defaultAction|network_acls.default_action', must: { is: ['Deny'] } }],
        },
      ],
      'storage-account-open-network': [
        'network_rules.default_action',
        ifSet('Allow', 'Deny'),
        'lets every network in',
        { arm: 'properties.networkAcls.defaultAction', ansible: 'network_acls.default_action', severity: 'medium' },
      ],
      'storage-account-without-network-rules': [
        'network_rules',
        needed,
        'has no network rules',
        {
          arm: 'properties.networkAcls',
          ansible: 'network_acls',
          severity: 'low',
          or: [{ type: 'azurerm_storage_account_network_rules' }],
          orPath: [{ path: 'public_network_access_enabled|properties.publicNetworkAccess|public_network_access', must: { is: [false] } }],
        },
      ],
      'storage-account-public-blobs': [
        'allow_nested_items_to_be_public|allow_blob_public_access',
        off,
        'allows containers that everybody can read',
        { arm: 'properties.allowBlobPublicAccess', ansible: 'allow_blob_public_access', severity: 'medium' },
      ],
    },
    segmentation: {
      'storage-account-trusted-services': [
        'network_rules.bypass',
        never(/^(?:None|Metrics|Logging|Metrics, Logging)$/, ['None'], ['AzureServices']),
        'keeps trusted services of the provider out',
        { arm: 'properties.networkAcls.bypass', ansible: 'network_acls.bypass', severity: 'info' },
      ],
      'storage-account-without-private-endpoint': [
        'private_endpoint',
        needed,
        'has no private endpoint',
        { arm: false, ansible: false, severity: 'info', confidence: 'low', or: [{ type: 'azurerm_private_endpoint' }] },
      ],
      'storage-account-cross-tenant': [
        'cross_tenant_replication_enabled',
        off,
        'can be replicated to other tenants',
        { arm: 'properties.allowCrossTenantReplication', severity: 'info' },
      ],
    },
    identity: {
      'storage-account-shared-key': [
        'shared_access_key_enabled',
        off,
        'accepts shared keys',
        { arm: 'properties.allowSharedKeyAccess', ansible: 'allow_shared_key_access', severity: 'low' },
      ],
      'storage-account-local-users': ['local_user_enabled', off, 'allows local users', { arm: 'properties.isLocalUserEnabled', severity: 'low' }],
      'storage-account-anonymous-blobs': [
        'allow_nested_items_to_be_public|allow_blob_public_access',
        off,
        'does not rule out anonymous access',
        { arm: 'properties.allowBlobPublicAccess', ansible: 'allow_blob_public_access', severity: 'info' },
      ],
    },
    privilege: {
      'storage-account-without-sas-policy': [
        'sas_policy',
        needed,
        'lets shared access signatures live forever',
        { arm: 'properties.sasPolicy', severity: 'low' },
      ],
      'storage-account-cors-any-origin': [
        'blob_properties.cors_rule.allowed_origins',
        byHand(not(['https://app.example.com'], '*')),
        'accepts cross-origin requests from every site',
        { severity: 'medium' },
      ],
    },
    customerKey: {
      'storage-account-without-key': [
        'customer_managed_key',
        needed,
        key,
        {
          arm: 'properties.encryption.keyVaultProperties',
          ansible: 'encryption.key_vault_properties',
          or: [{ type: 'azurerm_storage_account_customer_managed_key' }],
          severity: 'info',
        },
      ],
      'storage-account-single-encryption': [
        'infrastructure_encryption_enabled',
        on,
        'is encrypted once, not twice',
        { arm: 'properties.encryption.requireInfrastructureEncryption', ansible: 'encryption.require_infrastructure_encryption', severity: 'info' },
      ],
    },
    recovery: {
      'storage-account-not-replicated': [
        'account_replication_type',
        ifSet('LRS', 'GRS', 'RAGRS', 'GZRS', 'RAGZRS', 'ZRS'),
        'is kept in one place',
        { arm: false, severity: 'info' },
      ],
      'storage-account-sku-not-replicated': [
        'account_replication_type',
        { ...ifSet('LRS', 'GRS', 'RAGRS', 'GZRS', 'RAGZRS'), sample: { bad: 'ZRS' } },
        'is not kept in a second region',
        { arm: false, severity: 'info' },
      ],
      'blobs-without-soft-delete': ['blob_properties.delete_retention_policy', needed, 'cannot bring deleted blobs back', { arm: false, severity: 'info' }],
      'containers-without-soft-delete': [
        'blob_properties.container_delete_retention_policy',
        needed,
        'cannot bring deleted containers back',
        { severity: 'info' },
      ],
      'blobs-without-versioning': ['blob_properties.versioning_enabled', on, 'keeps no earlier versions of its blobs', { severity: 'info' }],
    },
    logging: {
      'storage-queues-without-log': ['queue_properties.logging', needed, 'logs no access to its queues', { arm: false, severity: 'info' }],
      'storage-queues-log-read': ['queue_properties.logging.read', on, 'logs no reading of its queues', { arm: false, severity: 'info' }],
      'storage-queues-log-write': ['queue_properties.logging.write', on, 'logs no writing to its queues', { arm: false, severity: 'info' }],
      'storage-queues-log-delete': ['queue_properties.logging.delete', on, 'logs no deleting from its queues', { arm: false, severity: 'info' }],
      'storage-without-diagnostics': [
        'diagnostic_setting',
        needed,
        'sends its logs nowhere',
        {
          arm: false,
          beside: {
            type: 'azurerm_monitor_diagnostic_setting',
            lines: [
              'name                       = "audit"',
              'target_resource_id         = {owner}.id',
              'log_analytics_workspace_id = {the azurerm_log_analytics_workspace}.id',
              '',
              'enabled_log {',
              '  category_group = "audit"',
              '}',
            ],
          },
          or: [{ type: 'azurerm_monitor_diagnostic_setting' }, { type: 'azurerm_log_analytics_storage_insights' }],
          orPath: [{ path: 'queue_properties.logging', must: 'present' }],
          severity: 'info',
          confidence: 'low',
        },
      ],
    },
  }),
  ...service('Replication setting', account, {
    recovery: {
      'storage-sku-replication': [
        'account_replication_type',
        { must: { never: /^(?:LRS|.*_LRS|ZRS|.*_ZRS)$/ }, absent: 'fine', sample: { bad: 'LRS', good: 'GRS' } },
        'keeps no second copy elsewhere',
        { arm: 'sku.name', ansible: 'account_type', severity: 'info' },
      ],
    },
  }),
  ...service('Network rules', 'azurerm_storage_account_network_rules', {
    exposed: { 'storage-network-rules-allow': ['default_action', ifSet('Allow', 'Deny'), 'let every network in', { severity: 'medium' }] },
    segmentation: {
      'storage-network-rules-trusted': [
        'bypass',
        { must: { matches: /AzureServices/ }, absent: 'fine', sample: { bad: 'Metrics', good: 'AzureServices' } },
        'keep trusted services of the provider out',
        { severity: 'info' },
      ],
    },
  }),
  ...service('Container', 'azurerm_storage_container', {
    public: {
      'public-blob-container': [
        'container_access_type',
        not('private', 'blob', 'container'),
        'can be read by everybody',
        { arm: 'properties.publicAccess', ansible: 'public_access' },
      ],
    },
    recovery: {
      'container-not-immutable': [
        'immutability_policy',
        needed,
        'lets its blobs be changed',
        { arm: false, or: [{ type: 'azurerm_storage_container_immutability_policy' }], severity: 'info', confidence: 'low' },
      ],
    },
  }),
  ...service('File share', 'azurerm_storage_share', {
    exposed: {
      'share-all-permissions': [
        'acl.access_policy.permissions',
        never(/r.*w.*d.*l/, 'rwdl', 'r'),
        'gives all rights to whoever has its policy',
        { severity: 'medium' },
      ],
    },
  }),
  ...service('Table', 'azurerm_storage_table', {
    exposed: {
      'table-all-permissions': [
        'acl.access_policy.permissions',
        never(/r.*w.*d.*l|r.*a.*u.*d/, 'rwdl', 'r'),
        'gives all rights to whoever has its policy',
        { severity: 'medium' },
      ],
    },
  }),
  ...service('File sync', 'azurerm_storage_sync', {
    exposed: {
      'public-file-sync': [
        'incoming_traffic_policy',
        is('AllowVirtualNetworksOnly'),
        'is reachable from the internet',
        { arm: 'properties.incomingTrafficPolicy', severity: 'medium' },
      ],
    },
  }),
  ...service('Disk', 'azurerm_managed_disk', {
    atRest: {
      'azure-disk-encryption-off': [
        'encryption_settings.enabled',
        notOff,
        'has its encryption switched off',
        { arm: 'properties.encryptionSettingsCollection.enabled' },
      ],
      'azure-disk-unencrypted': [
        'encryption_settings',
        needed,
        'names no encryption',
        {
          arm: 'properties.encryptionSettingsCollection|properties.encryption|properties.encryptionSettings',
          severity: 'info',
          confidence: 'low',
          orPath: [{ path: 'disk_encryption_set_id|secure_vm_disk_encryption_set_id', must: 'present' }],
        },
      ],
    },
    customerKey: {
      'azure-disk-without-key': [
        'disk_encryption_set_id',
        needed,
        key,
        { arm: 'properties.encryption.diskEncryptionSetId', ansible: 'disk_encryption_set', severity: 'info' },
      ],
    },
    exposed: {
      'azure-disk-public': [
        'public_network_access_enabled',
        off,
        'can be exported from the internet',
        { arm: 'properties.publicNetworkAccess', severity: 'low' },
      ],
      'azure-disk-network-policy': [
        'network_access_policy',
        { must: { not: ['AllowAll'] }, absent: 'fine', set: 'DenyAll' },
        'can be exported over every network',
        { arm: 'properties.networkAccessPolicy', severity: 'low' },
      ],
    },
  }),
  ...service('Disk encryption set', 'azurerm_disk_encryption_set', {
    rotation: {
      'disk-encryption-set-without-rotation': [
        'auto_key_rotation_enabled',
        on,
        'does not follow new versions of its key',
        { arm: 'properties.rotationToLatestKeyVersionEnabled', severity: 'info' },
      ],
    },
  }),
  ...service('Recovery vault', 'azurerm_recovery_services_vault', {
    recovery: {
      'recovery-vault-soft-delete': [
        'soft_delete_enabled',
        notOff,
        'cannot bring deleted backups back',
        { arm: 'properties.securitySettings.softDeleteSettings.softDeleteState' },
      ],
      'recovery-vault-changeable': ['immutability', ifSet('Disabled', 'Locked', 'Unlocked'), 'lets its backups be changed', { severity: 'info' }],
    },
    machineIdentity: { 'recovery-vault-without-identity': ['identity', needed, 'has no identity of its own', { arm: 'identity', severity: 'info' }] },
    customerKey: { 'recovery-vault-without-key': ['encryption', needed, key, { arm: 'properties.encryption', severity: 'info' }] },
    exposed: {
      'public-recovery-vault': [
        'public_network_access_enabled',
        off,
        'is reachable from the internet',
        { arm: 'properties.publicNetworkAccess', severity: 'low' },
      ],
    },
  }),
  ...service('Backup vault', 'azurerm_data_protection_backup_vault', {
    recovery: {
      'backup-vault-soft-delete-off': ['soft_delete', ifSet('Off', 'On', 'AlwaysOn'), 'cannot bring deleted backups back'],
      'backup-vault-one-place': ['redundancy', ifSet('LocallyRedundant', 'GeoRedundant', 'ZoneRedundant'), 'is kept in one place', { severity: 'info' }],
    },
  }),
];
