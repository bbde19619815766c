import { byHand, ifSet, inBicep, is, needed, never, not, notOff, notOn, on, service } from '../_families.ts';

const key = 'is not encrypted with a customer-managed key';

export default [
  ...service('Network rules', 'azurerm_storage_account_network_rules', {
    exposed: { 'storage-network-rules-allow': ['default_action', ifSet('Allow', 'Deny'), 'let every network in', { severity: 'medium' }] },
    segmentation: {
      'storage-network-rules-trusted': [
        'bypass',
        { must: { some: /AzureServices/ }, absent: 'fine', sample: { bad: 'Metrics', good: 'AzureServices' } },
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
  ...service('Blob service', 'azurerm_storage_account_blob_service', {
    recovery: {
      'blob-service-soft-delete-off': [
        'properties.deleteRetentionPolicy.enabled',
        notOff,
        'cannot bring deleted blobs back',
        {
          arm: 'properties.deleteRetentionPolicy.enabled',
          examples: inBicep('Microsoft.Storage/storageAccounts/blobServices', 'properties.deleteRetentionPolicy.enabled', false, true),
        },
      ],
      'blob-service-containers-soft-delete-off': [
        'properties.containerDeleteRetentionPolicy.enabled',
        notOff,
        'cannot bring deleted containers back',
        {
          arm: 'properties.containerDeleteRetentionPolicy.enabled',
          severity: 'info',
          examples: inBicep('Microsoft.Storage/storageAccounts/blobServices', 'properties.containerDeleteRetentionPolicy.enabled', false, true),
        },
      ],
      'blob-service-without-versions': [
        'properties.isVersioningEnabled',
        notOff,
        'keeps no earlier versions of its blobs',
        {
          arm: 'properties.isVersioningEnabled',
          severity: 'info',
          examples: inBicep('Microsoft.Storage/storageAccounts/blobServices', 'properties.isVersioningEnabled', false, true),
        },
      ],
    },
    privilege: {
      'blob-service-cors-any-origin': [
        'properties.cors.corsRules.allowedOrigins',
        byHand(not(['https://app.example.com'], '*')),
        'accepts cross-origin requests from every site',
        {
          arm: 'properties.cors.corsRules.allowedOrigins',
          severity: 'medium',
          examples: [
            {
              file: 'main.bicep',
              bad: "resource main 'Microsoft.Storage/storageAccounts/blobServices@2024-01-01' = {\n  name: 'default'\n  properties: {\n    cors: {\n      corsRules: [\n        {\n          allowedOrigins: ['*']\n                            ^\n        }\n      ]\n    }\n  }\n}\n",
              good: "resource main 'Microsoft.Storage/storageAccounts/blobServices@2024-01-01' = {\n  name: 'default'\n  properties: {\n    cors: {\n      corsRules: [\n        {\n          allowedOrigins: ['https://app.example.com']\n        }\n      ]\n    }\n  }\n}\n",
            },
          ],
        },
      ],
    },
  }),
  ...service('File service', 'azurerm_storage_account_file_service', {
    recovery: {
      'file-service-soft-delete-off': [
        'properties.shareDeleteRetentionPolicy.enabled',
        notOff,
        'cannot bring deleted shares back',
        {
          arm: 'properties.shareDeleteRetentionPolicy.enabled',
          severity: 'info',
          examples: inBicep('Microsoft.Storage/storageAccounts/fileServices', 'properties.shareDeleteRetentionPolicy.enabled', false, true),
        },
      ],
    },
  }),
  ...service('Queue settings', 'azurerm_storage_account_queue_properties', {
    logging: Object.fromEntries(
      (['read', 'write', 'delete'] as const).map((kind) => [
        `queue-settings-log-${kind}`,
        [`logging.${kind}`, on, `log no ${kind === 'read' ? 'reading' : kind === 'write' ? 'writing' : 'deleting'}`, { severity: 'info' }] as const,
      ]),
    ),
  }),
  ...service('Local user', 'azurerm_storage_account_local_user', {
    identity: { 'storage-user-password': ['ssh_password_enabled', notOn, 'signs in with a password', { arm: 'properties.hasSshPassword', severity: 'low' }] },
  }),
  ...service('Encryption scope', 'azurerm_storage_encryption_scope', {
    customerKey: {
      'encryption-scope-without-key': ['source', ifSet('Microsoft.Storage', 'Microsoft.KeyVault'), key, { arm: 'properties.source', severity: 'info' }],
      'encryption-scope-single': [
        'infrastructure_encryption_required',
        on,
        'encrypts once, not twice',
        { arm: 'properties.requireInfrastructureEncryption', severity: 'info' },
      ],
    },
  }),
  ...service('Immutability policy', 'azurerm_storage_container_immutability_policy', {
    recovery: { 'immutability-unlocked': ['locked', on, 'can be taken back', { severity: 'info' }] },
  }),
];
