import { ifSet, is, least, needed, never, notOff, notOn, off, on, service } from '../_families.ts';

const key = 'is not encrypted with a customer-managed key';
const flexible = ['azurerm_mysql_flexible_server', 'azurerm_postgresql_flexible_server'];
const singles = ['azurerm_postgresql_server', 'azurerm_mysql_server', 'azurerm_mariadb_server'];

export default [
  ...service('Data explorer', 'azurerm_kusto_cluster', {
    machineIdentity: { 'kusto-without-identity': ['identity', needed, 'has no identity of its own', { arm: 'identity', severity: 'info' }] },
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
  ...service('Database server', singles, {
    transit: {
      'azure-database-plaintext': [
        'ssl_enforcement_enabled|ssl_enforcement',
        on,
        'accepts connections without TLS',
        { arm: 'properties.sslEnforcement', ansible: 'enforce_ssl' },
      ],
    },
    oldTls: {
      'azure-database-old-tls': [
        'ssl_minimal_tls_version_enforced',
        never(/^(?:TLS1_[01]|TLSEnforcementDisabled)$/, 'TLS1_0', 'TLS1_2'),
        'accepts outdated TLS versions',
        { arm: 'properties.minimalTlsVersion' },
      ],
    },
    exposed: {
      'public-azure-database': [
        'public_network_access_enabled',
        off,
        'is reachable from the internet',
        { arm: 'properties.publicNetworkAccess', severity: 'medium', orPath: [{ path: 'network.delegated_subnet_resource_id', must: 'present' }] },
      ],
    },
    recovery: {
      'azure-database-local-backup': [
        'geo_redundant_backup_enabled',
        on,
        'keeps its backups in one place',
        { arm: 'properties.storageProfile.geoRedundantBackup', ansible: false, severity: 'info' },
      ],
      'azure-database-short-backup': [
        'backup_retention_days',
        least(7),
        'keeps its backups for less than a week',
        { arm: 'properties.storageProfile.backupRetentionDays' },
      ],
    },
    customerKey: {
      'azure-database-single-encryption': [
        'infrastructure_encryption_enabled',
        on,
        'is encrypted once, not twice',
        { arm: 'properties.infrastructureEncryption', severity: 'info' },
      ],
      'azure-database-without-key': [
        'key',
        needed,
        key,
        { arm: false, ansible: false, severity: 'info', or: [{ type: 'azurerm_postgresql_server_key' }, { type: 'azurerm_mysql_server_key' }] },
      ],
    },
    detection: {
      'azure-database-without-threat-detection': ['threat_detection_policy.enabled', on, 'detects no attacks', { arm: false, ansible: false, severity: 'low' }],
    },
    identity: {
      'azure-database-passwords-only': [
        'azuread_administrator',
        needed,
        'knows no administrator of the directory',
        {
          arm: false,
          ansible: false,
          severity: 'info',
          confidence: 'low',
          or: [{ type: 'azurerm_postgresql_active_directory_administrator' }, { type: 'azurerm_mysql_active_directory_administrator' }],
        },
      ],
    },
  }),
  ...service('Database server', flexible, {
    exposed: {
      'public-flexible-server': ['public_network_access_enabled', notOn, 'is reachable from the internet', { arm: 'properties.network.publicNetworkAccess' }],
    },
    recovery: {
      'flexible-server-local-backup': [
        'geo_redundant_backup_enabled',
        on,
        'keeps its backups in one place',
        { arm: 'properties.backup.geoRedundantBackup', severity: 'info' },
      ],
      'flexible-server-short-backup': [
        'backup_retention_days',
        least(7),
        'keeps its backups for less than a week',
        { arm: 'properties.backup.backupRetentionDays' },
      ],
      'flexible-server-single-zone': ['high_availability', needed, 'has no standby', { arm: 'properties.highAvailability', severity: 'info' }],
    },
    customerKey: { 'flexible-server-without-key': ['customer_managed_key', needed, key, { arm: 'properties.dataEncryption', severity: 'info' }] },
    identity: {
      'flexible-server-passwords': [
        'authentication.active_directory_auth_enabled',
        on,
        'does not know the directory',
        { arm: 'properties.authConfig.activeDirectoryAuth', severity: 'info' },
      ],
    },
  }),
  ...service('Cosmos account', 'azurerm_cosmosdb_account', {
    exposed: {
      'public-cosmos': [
        'public_network_access_enabled',
        off,
        'is reachable from the internet',
        {
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
        { arm: 'properties.ipRules.ipAddressOrRange', ansible: 'ip_range_filter' },
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
      'public-redis': ['public_network_access_enabled', off, 'is reachable from the internet', { arm: 'properties.publicNetworkAccess', severity: 'medium' }],
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
      'redis-without-authentication': ['redis_configuration.authentication_enabled|redis_configuration.enable_authentication', notOff, 'asks for no password'],
    },
    patching: { 'redis-without-patches': ['patch_schedule', needed, 'has no time for updates', { severity: 'info' }] },
    recovery: { 'redis-without-backup': ['redis_configuration.rdb_backup_enabled', on, 'keeps no backups', { severity: 'info', confidence: 'low' }] },
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
  ...service('Server parameter', ['azurerm_postgresql_configuration', 'azurerm_postgresql_flexible_server_configuration', 'azurerm_mysql_configuration'], {
    logging: Object.fromEntries(
      (['log_checkpoints', 'log_connections', 'log_disconnections', 'connection_throttling', 'log_duration'] as const).map((name) => [
        `postgres-${name.replaceAll('_', '-')}-off`,
        [
          'value',
          notOff,
          `switches ${name} off`,
          {
            arm: 'properties.value',
            ansible: 'value',
            when: [{ path: 'name', must: { matches: new RegExp(`(?:^|/)${name}$`) } }],
            examples: [
              {
                file: 'main.tf',
                bad: `resource "azurerm_postgresql_configuration" "main" {\n  name  = "${name}"\n  value = "off"\n           ^^^\n}\n`,
                fixed: `resource "azurerm_postgresql_configuration" "main" {\n  name  = "${name}"\n  value = "on"\n}\n`,
                good: `resource "azurerm_postgresql_configuration" "main" {\n  name  = "${name}"\n  value = "on"\n}\n`,
              },
            ],
          },
        ] as const,
      ]),
    ),
    retention: {
      'postgres-log-retention': [
        'value',
        { must: { least: 4 }, absent: 'fine', set: '7' },
        'keeps logs for three days or less',
        {
          arm: 'properties.value',
          ansible: 'value',
          when: [{ path: 'name', must: { matches: /(?:^|\/)log_retention_days$/ } }],
          examples: [
            {
              file: 'main.tf',
              bad: 'resource "azurerm_postgresql_configuration" "main" {\n  name  = "log_retention_days"\n  value = "3"\n           ^\n}\n',
              fixed: 'resource "azurerm_postgresql_configuration" "main" {\n  name  = "log_retention_days"\n  value = "7"\n}\n',
              good: 'resource "azurerm_postgresql_configuration" "main" {\n  name  = "log_retention_days"\n  value = "7"\n}\n',
            },
          ],
        },
      ],
    },
    transit: {
      'mysql-secure-transport-off': [
        'value',
        notOff,
        'accepts connections without TLS',
        {
          arm: 'properties.value',
          when: [{ path: 'name', must: { matches: /(?:^|\/)require_secure_transport$/ } }],
          examples: [
            {
              file: 'main.tf',
              bad: 'resource "azurerm_postgresql_flexible_server_configuration" "main" {\n  name  = "require_secure_transport"\n  value = "off"\n           ^^^\n}\n',
              good: 'resource "azurerm_postgresql_flexible_server_configuration" "main" {\n  name  = "require_secure_transport"\n  value = "on"\n}\n',
            },
          ],
        },
      ],
    },
  }),
];
