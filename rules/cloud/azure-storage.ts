import { byHand, ifSet, least, needed, never, not, notOff, notOn, off, on, service } from '../_families.ts';

const key = 'is not encrypted with a customer-managed key';
const account = 'azurerm_storage_account';

export default [
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
        { arm: 'properties.allowBlobPublicAccess', ansible: 'allow_blob_public_access', severity: 'medium', missing: 'low' },
      ],
    },
    segmentation: {
      'storage-account-trusted-services': [
        'network_rules.bypass',
        { must: { some: /AzureServices/ }, absent: 'fine', sample: { bad: ['None'], good: ['AzureServices'] } },
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
  ...service('Storage account', account, {
    exposed: {
      'storage-account-sftp': ['sftp_enabled', notOn, 'offers SFTP with local passwords', { arm: 'properties.isSftpEnabled', severity: 'low' }],
      'storage-account-every-address': [
        'network_rules.ip_rules',
        never(/^0\.0\.0\.0(?:\/0)?$/, ['0.0.0.0/0'], ['198.51.100.0/24']),
        'lets every address in',
        { arm: 'properties.networkAcls.ipRules.value' },
      ],
      'storage-account-nfs': [
        'nfsv3_enabled',
        notOn,
        'offers NFS, which knows its clients by address only',
        { ansible: 'enable_nfs_v3', arm: 'properties.isNfsV3Enabled', severity: 'info' },
      ],
    },
    identity: {
      'storage-account-keys-by-default': [
        'default_to_oauth_authentication',
        on,
        'signs the portal in with keys',
        { arm: 'properties.defaultToOAuthAuthentication', severity: 'info', confidence: 'low' },
      ],
      'storage-account-old-smb-sign-in': [
        'share_properties.smb.authentication_types',
        never(/^NTLMv2$/i, ['NTLMv2'], ['Kerberos']),
        'takes the old sign-in of Windows',
        { arm: false, severity: 'low' },
      ],
    },
    segmentation: {
      'storage-account-copies-anywhere': [
        'allowed_copy_scope',
        needed,
        'lets its data be copied to any account',
        { arm: 'properties.allowedCopyScope', severity: 'info', confidence: 'low' },
      ],
    },
    oldTls: {
      'storage-account-old-smb': [
        'share_properties.smb.versions',
        never(/^SMB2\.1$/i, ['SMB2.1'], ['SMB3.1.1']),
        'accepts an outdated version of SMB',
        { arm: false },
      ],
    },
    recovery: {
      'blobs-short-soft-delete': [
        'blob_properties.delete_retention_policy.days',
        least(7),
        'brings deleted blobs back for a few days only',
        { arm: false, severity: 'info' },
      ],
      'containers-short-soft-delete': [
        'blob_properties.container_delete_retention_policy.days',
        least(7),
        'brings deleted containers back for a few days only',
        { arm: false, severity: 'info' },
      ],
      'shares-without-soft-delete': [
        'share_properties.retention_policy',
        needed,
        'cannot bring deleted shares back',
        { arm: false, severity: 'info', confidence: 'low' },
      ],
      'blobs-without-change-feed': [
        'blob_properties.change_feed_enabled',
        on,
        'keeps no record of changes to its blobs',
        { arm: false, severity: 'info', confidence: 'low' },
      ],
    },
  }),
];
