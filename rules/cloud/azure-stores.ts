import { byHand, ifSet, inBicep, is, needed, never, not, notOff, notOn, off, on, service, ownIdentity } from '../_families.ts';

const key = 'is not encrypted with a customer-managed key';

export default [
  ...service('Data explorer', 'azurerm_kusto_cluster', {
    machineIdentity: { 'kusto-without-identity': ['identity.type|identity', ownIdentity, 'has no identity of its own', { arm: 'identity.type|identity', severity: 'info' }] },
    recovery: {
      'kusto-without-availability': [
        'sku.name',
        never(/^Dev\(No SLA\)/, 'Dev(No SLA)_Standard_D11_v2', 'Standard_D13_v2'),
        'has no agreed availability',
        { arm: 'sku.name', severity: 'info' },
      ],
    },
  }),
  ...service('Cache', 'azurerm_redis_cache', { recovery: { 'redis-one-zone': ['zones', needed, 'runs in one zone', { arm: 'zones', severity: 'info' }] } }),
  ...service('Cosmos account', 'azurerm_cosmosdb_account', {
    exposed: {
      'public-cosmos': [
        'public_network_access_enabled',
        off,
        'is reachable from the internet',
        {
          ansible: 'public_network_access',
          arm: 'properties.publicNetworkAccess',
          severity: 'medium',
          orPath: [
            { path: 'is_virtual_network_filter_enabled|properties.isVirtualNetworkFilterEnabled', must: { is: [true] } },
            { path: 'ip_range_filter|properties.ipRules', must: 'present' },
          ],
        },
      ],
      'cosmos-open-network': [
        'is_virtual_network_filter_enabled',
        on,
        'filters no networks',
        {
          arm: 'properties.isVirtualNetworkFilterEnabled',
          ansible: 'is_virtual_network_filter_enabled',
          severity: 'low',
          orPath: [{ path: 'public_network_access_enabled|properties.publicNetworkAccess', must: { is: [false] } }],
        },
      ],
      'cosmos-open-range': [
        'ip_range_filter',
        never(/0\.0\.0\.0/, '0.0.0.0', '203.0.113.4'),
        'lets every address in',
        { arm: 'properties.ipRules.ipAddressOrRange', ansible: 'ip_range_filter|ip_rules' },
      ],
    },
    privilege: {
      'cosmos-key-writes': [
        'access_key_metadata_writes_enabled',
        off,
        'lets keys change its structure',
        { arm: '!properties.disableKeyBasedMetadataWriteAccess', severity: 'low' },
      ],
      'cosmos-local-auth': ['local_authentication_disabled', on, 'accepts keys', { arm: 'properties.disableLocalAuth', severity: 'low' }],
    },
    customerKey: { 'cosmos-without-key': ['key_vault_key_id', needed, key, { arm: 'properties.keyVaultKeyUri', severity: 'info' }] },
    recovery: {
      'cosmos-without-continuous-backup': [
        'backup.type',
        is('Continuous'),
        'has no continuous backup',
        { arm: 'properties.backupPolicy.type', severity: 'info' },
      ],
      'cosmos-without-failover': [
        'automatic_failover_enabled|enable_automatic_failover',
        on,
        'does not fail over',
        { arm: 'properties.enableAutomaticFailover', severity: 'info' },
      ],
    },
    oldTls: { 'cosmos-old-tls': ['minimal_tls_version', ifSet('Tls', 'Tls12'), 'accepts outdated TLS versions', { arm: 'properties.minimalTlsVersion' }] },
  }),
  ...service('Cache', 'azurerm_redis_cache', {
    transit: {
      'redis-plaintext-port': [
        'non_ssl_port_enabled|enable_non_ssl_port',
        notOn,
        'accepts connections without TLS',
        { arm: 'properties.enableNonSslPort', ansible: 'enable_non_ssl_port', api: 'enable_non_ssl_port' },
      ],
    },
    oldTls: {
      'redis-old-tls': [
        'minimum_tls_version',
        { must: { is: ['1.2'] }, absent: 'fine', set: '1.2', sample: { bad: '1.0' } },
        'accepts outdated TLS versions',
        { arm: 'properties.minimumTlsVersion' },
      ],
    },
    exposed: {
      'public-redis': ['public_network_access_enabled', off, 'is reachable from the internet', { ansible: 'public_network_access', arm: 'properties.publicNetworkAccess', severity: 'medium' }],
    },
    segmentation: {
      'redis-without-subnet': [
        'subnet_id',
        needed,
        'runs outside of a virtual network',
        { arm: 'properties.subnetId', ansible: 'subnet', severity: 'info', confidence: 'low' },
      ],
    },
    identity: {
      'redis-without-authentication': ['redis_configuration.authentication_enabled|redis_configuration.enable_authentication', notOff, 'asks for no password', { arm: '!properties.redisConfiguration.authnotrequired' }],
    },
    patching: { 'redis-without-patches': ['patch_schedule', needed, 'has no time for updates', { severity: 'info' }] },
    recovery: { 'redis-without-backup': ['redis_configuration.rdb_backup_enabled', on, 'keeps no backups', { arm: 'properties.redisConfiguration.rdb-backup-enabled', severity: 'info', confidence: 'low' }] },
  }),
  ...service('Data explorer', 'azurerm_kusto_cluster', {
    atRest: {
      'kusto-disk-plain': [
        'disk_encryption_enabled|enable_disk_encryption',
        on,
        'has unencrypted disks',
        { arm: 'properties.enableDiskEncryption', severity: 'medium' },
      ],
    },
    customerKey: {
      'kusto-double-encryption': [
        'double_encryption_enabled',
        on,
        'is encrypted once, not twice',
        { arm: 'properties.enableDoubleEncryption', severity: 'info' },
      ],
      'kusto-without-key': [
        'key_vault',
        needed,
        key,
        { arm: 'properties.keyVaultProperties', or: [{ type: 'azurerm_kusto_cluster_customer_managed_key' }], severity: 'info' },
      ],
    },
    exposed: {
      'public-kusto': ['public_network_access_enabled', off, 'is reachable from the internet', { arm: 'properties.publicNetworkAccess', severity: 'medium' }],
    },
  }),
  ...service('Firewall rule', 'azurerm_redis_firewall_rule', {
    exposed: {
      'redis-firewall-everybody': [
        'start_ip|start_ip_address',
        never(/^0\.0\.0\.0$/, '0.0.0.0', '203.0.113.4'),
        'starts at the first of all addresses',
        { arm: 'properties.startIP', ansible: 'start_ip_address' },
      ],
    },
  }),
  ...service('Document cluster', 'azurerm_mongo_cluster', {
    exposed: {
      'public-mongo-cluster': [
        'public_network_access',
        is('Disabled'),
        'is reachable from the internet',
        { arm: 'properties.publicNetworkAccess', severity: 'medium', sample: { bad: 'Enabled' } },
      ],
    },
    customerKey: {
      'mongo-cluster-without-key': ['customer_managed_key', needed, key, { arm: 'properties.encryption.customerManagedKeyEncryption', severity: 'info' }],
    },
    recovery: {
      'mongo-cluster-one-node': [
        'high_availability_mode',
        ifSet('Disabled', 'ZoneRedundantPreferred', 'SameZone'),
        'has no standby',
        { arm: 'properties.highAvailability.targetMode', severity: 'info' },
      ],
    },
  }),
  ...service('Cosmos account', 'azurerm_cosmosdb_account', {
    privilege: {
      'cosmos-cors-any-origin': [
        'cors_rule.allowed_origins',
        byHand(not(['https://app.example.com'], '*')),
        'accepts cross-origin requests from every site',
        { arm: 'properties.cors.allowedOrigins', severity: 'low' },
      ],
    },
    segmentation: {
      'cosmos-provider-bypass': [
        'network_acl_bypass_for_azure_services',
        notOn,
        'lets all services of the provider in',
        { arm: 'properties.networkAclBypass', severity: 'info' },
      ],
    },
    machineIdentity: {
      'cosmos-without-identity': ['identity.type|identity', ownIdentity, 'has no identity of its own', { arm: 'identity.type|identity', severity: 'info', confidence: 'low' }],
    },
    recovery: { 'cosmos-one-zone': ['geo_location.zone_redundant', on, 'runs in one zone', { arm: 'properties.locations.isZoneRedundant', severity: 'info' }] },
  }),
  ...service('Cache', 'azurerm_redis_cache', {
    identity: {
      'redis-access-keys': [
        'access_keys_authentication_enabled',
        off,
        'accepts access keys',
        { arm: '!properties.disableAccessKeyAuthentication', severity: 'info', confidence: 'low' },
      ],
    },
    machineIdentity: { 'redis-without-identity': ['identity.type|identity', ownIdentity, 'has no identity of its own', { arm: 'identity.type|identity', severity: 'info', confidence: 'low' }] },
  }),
  ...service('Cache', 'azurerm_managed_redis', {
    transit: { 'managed-redis-plaintext': ['default_database.client_protocol', ifSet('Plaintext', 'Encrypted'), 'is reached without TLS'] },
    identity: { 'managed-redis-keys': ['default_database.access_keys_authentication_enabled', notOn, 'accepts access keys', { arm: false, severity: 'low' }] },
    exposed: {
      'public-managed-redis': ['public_network_access', is('Disabled'), 'is reachable from the internet', { severity: 'medium', sample: { bad: 'Enabled' } }],
    },
    customerKey: { 'managed-redis-without-key': ['customer_managed_key', needed, key, { severity: 'info' }] },
    recovery: { 'managed-redis-one-node': ['high_availability_enabled', notOff, 'has no standby', { severity: 'info' }] },
  }),
  ...service('Cache', 'azurerm_redis_enterprise_cluster', {
    oldTls: {
      'redis-enterprise-old-tls': ['minimum_tls_version', ifSet('1.0', '1.2', '1.3'), 'accepts outdated TLS versions', { arm: 'properties.minimumTlsVersion' }],
    },
    recovery: { 'redis-enterprise-one-zone': ['zones', needed, 'runs in one zone', { arm: 'zones', severity: 'info' }] },
  }),
  ...service('Cache database', 'azurerm_redis_enterprise_database', {
    transit: {
      'redis-enterprise-plaintext': ['client_protocol', ifSet('Plaintext', 'Encrypted'), 'is reached without TLS', { arm: 'properties.clientProtocol' }],
    },
    identity: {
      'redis-enterprise-keys': [
        'access_keys_authentication',
        ifSet('Enabled', 'Disabled'),
        'accepts access keys',
        { arm: 'properties.accessKeysAuthentication', severity: 'low', examples: inBicep('Microsoft.Cache/redisEnterprise/databases', 'properties.accessKeysAuthentication', 'Enabled', 'Disabled') },
      ],
    },
  }),
  ...service('Data explorer', 'azurerm_kusto_cluster', {
    exposed: {
      'kusto-every-address': [
        'allowed_ip_ranges',
        never(/^0\.0\.0\.0(?:\/0)?$/, ['0.0.0.0/0'], ['198.51.100.0/24']),
        'lets every address in',
        { arm: 'properties.allowedIpRangeList' },
      ],
    },
    segmentation: {
      'kusto-outbound-open': [
        'outbound_network_access_restricted',
        on,
        'may call every address',
        { arm: 'properties.restrictOutboundNetworkAccess', severity: 'info' },
      ],
    },
    recovery: { 'kusto-purge': ['purge_enabled|enable_purge', notOn, 'lets data be purged for good', { arm: 'properties.enablePurge', severity: 'info' }] },
  }),
];
