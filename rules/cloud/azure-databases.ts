import { ifSet, least, matches, needed, never, notOff, notOn, off, on, serverParameter, service } from '../_families.ts';

const key = 'is not encrypted with a customer-managed key';
const flexible = ['azurerm_mysql_flexible_server', 'azurerm_postgresql_flexible_server'];
const singles = ['azurerm_postgresql_server', 'azurerm_mysql_server', 'azurerm_mariadb_server'];

export default [
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
      'public-flexible-server': ['public_network_access_enabled|public_network_access', notOn, 'is reachable from the internet', { ansible: 'network.public_network_access', arm: 'properties.network.publicNetworkAccess' }],
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
        { ansible: 'backup.backup_retention_days', arm: 'properties.backup.backupRetentionDays' },
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
            when: [{ path: 'name', must: { matches: new RegExp(`(?:^|/)(?:${name}${name === 'connection_throttling' ? '|connection_throttle\\.enable' : ''})$`) } }],
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
          when: [{ path: 'name', must: { matches: /(?:^|\/)(?:log_retention_days|logfiles\.retention_days)$/ } }],
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
  ...service('Database server', flexible, {
    identity: {
      'flexible-passwords-too': [
        'authentication.password_auth_enabled',
        notOn,
        'accepts passwords beside the directory',
        { arm: 'properties.authConfig.passwordAuth', severity: 'info' },
      ],
    },
    recovery: {
      'flexible-one-place': [
        'high_availability.mode',
        ifSet('SameZone', 'ZoneRedundant'),
        'has its standby beside it',
        { arm: 'properties.highAvailability.mode', severity: 'info' },
      ],
    },
    machineIdentity: {
      'flexible-without-identity': ['identity', needed, 'has no identity of its own', { arm: 'identity', severity: 'info', confidence: 'low' }],
    },
    segmentation: {
      'flexible-without-network': [
        'delegated_subnet_id',
        needed,
        'runs outside of a virtual network',
        { arm: 'properties.network.delegatedSubnetResourceId', severity: 'info', confidence: 'low' },
      ],
    },
  }),
  ...service('Database server', 'azurerm_postgresql_flexible_server', {
    patching: {
      'postgres-outdated': ['version', never(/^(?:9|1[0-2])(?:\.|$)/, '11', '17'), 'runs on a version that gets no updates', { arm: 'properties.version' }],
    },
  }),
  ...service('Database server', 'azurerm_mysql_flexible_server', {
    patching: { 'mysql-outdated': ['version', never(/^5\./, '5.7', '8.0.21'), 'runs on a version that gets no updates', { arm: 'properties.version' }] },
  }),
  ...service('Database cluster', 'azurerm_cosmosdb_postgresql_cluster', {
    exposed: {
      'public-postgres-cluster': [
        'coordinator_public_ip_access_enabled',
        off,
        'is reachable from the internet',
        { arm: 'properties.coordinatorEnablePublicIpAccess|properties.enablePublicIpAccess', severity: 'medium' },
      ],
      'public-postgres-nodes': ['node_public_ip_access_enabled', notOn, 'has nodes that the internet reaches', { arm: 'properties.nodeEnablePublicIpAccess' }],
    },
    recovery: { 'postgres-cluster-one-node': ['ha_enabled', on, 'has no standby', { arm: 'properties.enableHa', severity: 'info' }] },
  }),
  ...service('Server parameter', ['azurerm_mysql_configuration', 'azurerm_mysql_flexible_server_configuration', 'azurerm_mariadb_configuration'], {
    oldTls: {
      'mysql-parameter-old-tls': [
        'value',
        never(/TLSv1(?:\.[01])?(?:,|$)/i, 'TLSv1,TLSv1.1', 'TLSv1.2'),
        'accepts outdated TLS versions',
        {
          arm: 'properties.value',
          ansible: 'value',
          when: [{ path: 'name', must: { matches: /(?:^|\/)tls_version$/ } }],
          examples: serverParameter('azurerm_mysql_configuration', 'tls_version', 'TLSv1', 'TLSv1.2'),
        },
      ],
    },
    logging: {
      'mysql-audit-off': [
        'value',
        notOff,
        'keeps no audit log',
        {
          arm: 'properties.value',
          ansible: 'value',
          when: [{ path: 'name', must: { matches: /(?:^|\/)audit_log_enabled$/ } }],
          examples: serverParameter('azurerm_mysql_configuration', 'audit_log_enabled', 'OFF', 'ON'),
        },
      ],
      'mysql-audit-without-connections': [
        'value',
        matches(/CONNECTION/i, 'DDL', 'CONNECTION'),
        'leaves connections out of its audit log',
        {
          arm: 'properties.value',
          ansible: 'value',
          severity: 'info',
          when: [{ path: 'name', must: { matches: /(?:^|\/)audit_log_events$/ } }],
          examples: serverParameter('azurerm_mysql_configuration', 'audit_log_events', 'DDL', 'CONNECTION'),
        },
      ],
      'mysql-slow-log-off': [
        'value',
        notOff,
        'logs no slow statements',
        {
          arm: 'properties.value',
          ansible: 'value',
          severity: 'info',
          when: [{ path: 'name', must: { matches: /(?:^|\/)slow_query_log$/ } }],
          examples: serverParameter('azurerm_mysql_configuration', 'slow_query_log', 'OFF', 'ON'),
        },
      ],
    },
    transit: {
      'mysql-parameter-plaintext': [
        'value',
        notOff,
        'accepts connections without TLS',
        {
          arm: 'properties.value',
          ansible: 'value',
          when: [{ path: 'name', must: { matches: /(?:^|\/)require_secure_transport$/ } }],
          examples: serverParameter('azurerm_mysql_configuration', 'require_secure_transport', 'OFF', 'ON'),
        },
      ],
    },
    exposed: {
      'mysql-parameter-local-infile': [
        'value',
        notOn,
        'lets clients load files',
        {
          arm: 'properties.value',
          ansible: 'value',
          severity: 'low',
          when: [{ path: 'name', must: { matches: /(?:^|\/)local_infile$/ } }],
          examples: serverParameter('azurerm_mysql_configuration', 'local_infile', 'ON', 'OFF'),
        },
      ],
    },
  }),
  ...service('Server parameter', ['azurerm_postgresql_configuration', 'azurerm_postgresql_flexible_server_configuration'], {
    oldTls: {
      'postgres-parameter-old-tls': [
        'value',
        never(/^TLSv1(?:\.1)?$/i, 'TLSv1', 'TLSv1.2'),
        'accepts outdated TLS versions',
        {
          arm: 'properties.value',
          ansible: 'value',
          when: [{ path: 'name', must: { matches: /(?:^|\/)ssl_min_protocol_version$/ } }],
          examples: serverParameter('azurerm_postgresql_configuration', 'ssl_min_protocol_version', 'TLSv1', 'TLSv1.2'),
        },
      ],
    },
    password: {
      'postgres-parameter-md5': [
        'value',
        never(/^md5$/i, 'md5', 'scram-sha-256'),
        'keeps passwords as MD5',
        {
          arm: 'properties.value',
          ansible: 'value',
          when: [{ path: 'name', must: { matches: /(?:^|\/)password_encryption$/ } }],
          examples: serverParameter('azurerm_postgresql_configuration', 'password_encryption', 'md5', 'scram-sha-256'),
        },
      ],
    },
  }),
];
