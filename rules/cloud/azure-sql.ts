import { ifSet, least, needed, never, none, notOff, notOn, off, on, service, ownIdentity } from '../_families.ts';

const key = 'is not encrypted with a customer-managed key';
const sqlServers = ['azurerm_mssql_server', 'azurerm_sql_server'];
const sqlDatabases = ['azurerm_mssql_database', 'azurerm_sql_database'];

export default [
  ...service('SQL server', sqlServers, {
    oldTls: {
      'sql-old-tls': [
        'minimum_tls_version',
        { must: { is: ['1.2', '1.3'] }, absent: 'fine', set: '1.2', sample: { bad: '1.0' } },
        'accepts outdated TLS versions',
        { arm: 'properties.minimalTlsVersion', ansible: 'minimal_tls_version' },
      ],
      'sql-default-tls': [
        'minimum_tls_version',
        needed,
        'names no lowest TLS version',
        { arm: 'properties.minimalTlsVersion', set: '1.2', severity: 'low', confidence: 'low' },
      ],
    },
    exposed: {
      'public-sql-server': [
        'public_network_access_enabled',
        off,
        'is reachable from the internet',
        { arm: 'properties.publicNetworkAccess', ansible: 'public_network_access', severity: 'medium' },
      ],
    },
    identity: {
      'sql-without-directory-admin': [
        'azuread_administrator',
        needed,
        'knows no administrator of the directory',
        { arm: false, or: [{ type: 'azurerm_sql_active_directory_administrator' }], severity: 'low' },
      ],
    },
    machineIdentity: {
      'sql-server-without-directory-admin': [
        'azuread_administrator',
        needed,
        'is administered with passwords',
        { arm: 'properties.administrators', or: [{ type: 'azurerm_sql_active_directory_administrator' }], severity: 'info' },
      ],
      'sql-predictable-admin': [
        'administrator_login',
        never(/^(?:admin|administrator|root|sa|sqladmin|dbadmin|azureadmin|guest|test|user)$/i, 'sqladmin', 'chart-keeper'),
        'has a name for its administrator that everybody guesses',
        { arm: 'properties.administratorLogin', severity: 'low' },
      ],
    },
    logging: {
      'sql-without-audit': [
        'extended_auditing_policy',
        needed,
        'records no access',
        {
          arm: 'properties.auditingSettings',
          ansible: false,
          beside: {
            type: 'azurerm_mssql_server_extended_auditing_policy',
            lines: ['server_id              = {owner}.id', 'log_monitoring_enabled = true', 'retention_in_days      = 365'],
          },
          or: [{ type: 'azurerm_mssql_server_extended_auditing_policy' }, { type: 'azurerm_mssql_server_microsoft_support_auditing_policy' }],
        },
      ],
    },
    detection: {
      'sql-without-threat-detection': [
        'threat_detection_policy',
        needed,
        'detects no attacks',
        {
          arm: false,
          ansible: false,
          beside: {
            type: 'azurerm_mssql_server_security_alert_policy',
            lines: [
              'resource_group_name  = {owner}.resource_group_name',
              'server_name          = {owner}.name',
              'state                = "Enabled"',
              'email_account_admins = true',
              'retention_days       = 365',
            ],
          },
          leadsTo: ['monitoring/sql-alerts-nobody'],
          or: [{ type: 'azurerm_mssql_server_security_alert_policy' }],
          severity: 'info',
        },
      ],
    },
    supply: {
      'sql-without-assessment': [
        'vulnerability_assessment',
        needed,
        'is not checked for weaknesses',
        {
          arm: false,
          ansible: false,
          severity: 'info',
          confidence: 'low',
          or: [{ type: 'azurerm_mssql_server_security_alert_policy' }, { type: 'azurerm_mssql_server_vulnerability_assessment' }],
        },
      ],
    },
  }),
  ...service('Auditing policy', ['azurerm_mssql_server_extended_auditing_policy', 'azurerm_mssql_database_extended_auditing_policy'], {
    retention: {
      'sql-audit-retention': [
        'retention_in_days',
        { must: { matches: /^(?:0|9\d|[1-9]\d\d+)$/ }, absent: 'fine', set: 90, sample: { bad: 7 } },
        'keeps its records for less than 90 days',
        { arm: 'properties.retentionDays' },
      ],
    },
    logging: {
      'sql-audit-without-monitor': ['log_monitoring_enabled', notOff, 'sends nothing to the monitor', { arm: 'properties.isAzureMonitorTargetEnabled' }],
      'sql-audit-off': ['enabled', notOff, 'is switched off', { arm: 'properties.state' }],
    },
  }),
  ...service('Inline auditing policy', sqlServers, {
    retention: {
      'sql-inline-audit-retention': [
        'extended_auditing_policy.retention_in_days',
        { must: { matches: /^(?:0|9\d|[1-9]\d\d+)$/ }, absent: 'fine', set: 90, sample: { bad: 7 } },
        'keeps its records for less than 90 days',
      ],
    },
  }),
  ...service('Alert policy', ['azurerm_mssql_server_security_alert_policy', 'azurerm_sql_threat_detection', 'azurerm_mssql_database_security_alert_policy'], {
    detection: {
      'sql-alerts-off': ['state', notOff, 'is switched off', { arm: 'properties.state', severity: 'medium' }],
      'sql-alerts-disabled-kinds': ['disabled_alerts', none, 'leaves out some kinds of attack', { arm: 'properties.disabledAlerts' }],
      'sql-alerts-nobody': ['email_addresses', needed, 'tells nobody', { arm: 'properties.emailAddresses' }],
      'sql-alerts-not-admins': ['email_account_admins', on, 'does not tell the administrators', { arm: 'properties.emailAccountAdmins', severity: 'info' }],
    },
    retention: {
      'sql-alerts-retention': [
        'retention_days',
        { must: { matches: /^(?:0|9\d|[1-9]\d\d+)$/ }, absent: 'fine', set: 90, sample: { bad: 7 } },
        'keeps its records for less than 90 days',
        { arm: 'properties.retentionDays' },
      ],
    },
  }),
  ...service('SQL database', sqlDatabases, {
    atRest: { 'sql-encryption-off': ['transparent_data_encryption_enabled', notOff, 'is stored without encryption at rest'] },
    logging: {
      'sql-database-without-audit': [
        'extended_auditing_policy',
        needed,
        'records no access',
        {
          arm: 'properties.auditingSettings',
          ansible: false,
          beside: {
            type: 'azurerm_mssql_database_extended_auditing_policy',
            lines: ['database_id            = {owner}.id', 'log_monitoring_enabled = true', 'retention_in_days      = 365'],
          },
          or: [{ type: 'azurerm_mssql_database_extended_auditing_policy' }],
          severity: 'info',
          confidence: 'low',
        },
      ],
      'sql-database-ledger': ['ledger_enabled', on, 'keeps no ledger of changes', { arm: 'properties.isLedgerOn', severity: 'info' }],
    },
    detection: { 'sql-database-threats-off': ['threat_detection_policy.state', ifSet('Disabled', 'Enabled'), 'detects no attacks'] },
    recovery: { 'sql-database-not-zone-redundant': ['zone_redundant', on, 'runs in one zone', { arm: 'properties.zoneRedundant', severity: 'info' }] },
  }),
  ...service('Transparent encryption', 'azurerm_mssql_server_transparent_data_encryption', {
    customerKey: { 'sql-encryption-without-key': ['key_vault_key_id', needed, key, { severity: 'info' }] },
  }),
  ...service('Encryption', 'azurerm_sql_transparent_data_encryption', {
    atRest: {
      'sql-tde-off': [
        'state',
        notOff,
        'is switched off',
        { arm: 'properties.state|properties.status', sample: { bad: 'Disabled', good: 'Enabled' }, set: 'Enabled' },
      ],
    },
  }),
  ...service('Managed instance', 'azurerm_mssql_managed_instance', {
    exposed: {
      'public-sql-instance': ['public_data_endpoint_enabled', notOn, 'is reachable from the internet', { arm: 'properties.publicDataEndpointEnabled' }],
    },
    oldTls: { 'sql-instance-old-tls': ['minimum_tls_version', ifSet('1.0', '1.2'), 'accepts outdated TLS versions', { ansible: 'minimal_tls_version', arm: 'properties.minimalTlsVersion' }] },
  }),
  ...service('SQL server', sqlServers, {
    identity: {
      'sql-passwords-too': [
        'azuread_administrator.azuread_authentication_only',
        on,
        'accepts passwords beside the directory',
        { ansible: 'administrators.azure_ad_only_authentication', arm: 'properties.administrators.azureADOnlyAuthentication', severity: 'info' },
      ],
    },
    segmentation: {
      'sql-outbound-open': [
        'outbound_network_restriction_enabled',
        on,
        'may call every address',
        { ansible: 'restrict_outbound_network_access', arm: 'properties.restrictOutboundNetworkAccess', severity: 'info', confidence: 'low' },
      ],
    },
    machineIdentity: {
      'sql-server-without-identity': ['identity.type|identity', ownIdentity, 'has no identity of its own', { arm: 'identity.type|identity', severity: 'info', confidence: 'low' }],
    },
    customerKey: {
      'sql-server-without-key': [
        'transparent_data_encryption_key_vault_key_id',
        needed,
        key,
        { arm: 'properties.keyId', severity: 'info', confidence: 'low', or: [{ type: 'azurerm_mssql_server_transparent_data_encryption' }] },
      ],
    },
  }),
  ...service('SQL database', sqlDatabases, {
    recovery: {
      'sql-short-backups': ['short_term_retention_policy.retention_days', least(7), 'keeps backups for less than a week', { arm: 'properties.retentionDays' }],
      'sql-without-long-backups': [
        'long_term_retention_policy',
        needed,
        'keeps no backups for longer than a month',
        { arm: false, severity: 'info', confidence: 'low' },
      ],
      'sql-backups-in-one-region': [
        'storage_account_type',
        ifSet('Local', 'Geo', 'GeoZone', 'Zone'),
        'keeps its backups in one place',
        { arm: 'properties.requestedBackupStorageRedundancy', severity: 'info' },
      ],
      'sql-geo-backup-off': ['geo_backup_enabled', notOff, 'keeps no backups in another region', { arm: false }],
    },
  }),
  ...service('Elastic pool', 'azurerm_mssql_elasticpool', {
    recovery: { 'sql-pool-one-zone': ['zone_redundant', on, 'runs in one zone', { arm: 'properties.zoneRedundant', severity: 'info' }] },
  }),
  ...service('Managed instance', 'azurerm_mssql_managed_instance', {
    identity: {
      'sql-instance-passwords': [
        'azure_active_directory_administrator',
        needed,
        'is administered with passwords',
        {
          arm: 'properties.administrators',
          severity: 'low',
          confidence: 'low',
          or: [{ type: 'azurerm_mssql_managed_instance_active_directory_administrator' }],
        },
      ],
      'sql-instance-passwords-too': [
        'azure_active_directory_administrator.azuread_authentication_only_enabled',
        notOff,
        'accepts passwords beside the directory',
        { arm: 'properties.administrators.azureADOnlyAuthentication', severity: 'info' },
      ],
    },
    machineIdentity: { 'sql-instance-without-identity': ['identity.type|identity', ownIdentity, 'has no identity of its own', { arm: 'identity.type|identity', severity: 'info' }] },
    recovery: {
      'sql-instance-backups-in-one-region': [
        'storage_account_type',
        ifSet('LRS', 'GRS', 'GZRS', 'ZRS'),
        'keeps its backups in one place',
        { arm: 'properties.requestedBackupStorageRedundancy', severity: 'info' },
      ],
    },
    customerKey: {
      'sql-instance-without-key': [
        'transparent_data_encryption',
        needed,
        key,
        { arm: false, severity: 'info', confidence: 'low', or: [{ type: 'azurerm_mssql_managed_instance_transparent_data_encryption' }] },
      ],
    },
  }),
  ...service('Alert policy', 'azurerm_mssql_managed_instance_security_alert_policy', {
    detection: {
      'sql-instance-alerts-off': ['enabled', notOff, 'is switched off', { arm: 'properties.state', severity: 'medium' }],
      'sql-instance-alerts-kinds': ['disabled_alerts', none, 'leaves out some kinds of attack', { arm: 'properties.disabledAlerts' }],
      'sql-instance-alerts-nobody': ['email_addresses|email_account_admins_enabled', needed, 'tells nobody', { arm: 'properties.emailAddresses|properties.emailAccountAdmins' }],
    },
    retention: {
      'sql-instance-alerts-retention': [
        'retention_days',
        { must: { matches: /^(?:0|9\d|[1-9]\d\d+)$/ }, absent: 'fine', set: 90, sample: { bad: 7 } },
        'keeps its records for less than 90 days', { arm: 'properties.retentionDays' },
      ],
    },
  }),
  ...service('Assessment', 'azurerm_mssql_managed_instance_vulnerability_assessment', {
    detection: { 'sql-instance-assessment-not-recurring': ['recurring_scans.enabled', on, 'is not repeated', { arm: 'properties.recurringScans.isEnabled' }] },
  }),
  ...service('Support audit', 'azurerm_mssql_server_microsoft_support_auditing_policy', {
    logging: {
      'sql-support-audit-off': ['enabled', notOff, 'is switched off', { arm: 'properties.state' }],
      'sql-support-audit-monitor': ['log_monitoring_enabled', notOff, 'sends nothing to the monitor', { arm: 'properties.isAzureMonitorTargetEnabled' }],
    },
  }),
  ...service('Transparent encryption', ['azurerm_mssql_managed_instance_transparent_data_encryption', 'azurerm_mssql_server_transparent_data_encryption'], {
    rotation: {
      'sql-encryption-without-rotation': [
        'auto_rotation_enabled',
        on,
        'does not follow new versions of its key',
        { arm: 'properties.autoRotationEnabled', severity: 'info' },
      ],
    },
  }),
  ...service('SQL machine', 'azurerm_mssql_virtual_machine', {
    exposed: {
      'sql-machine-public': [
        'sql_connectivity_type',
        ifSet('PUBLIC', 'PRIVATE', 'LOCAL'),
        'is reachable from the internet',
        { arm: 'properties.serverConfigurationsManagementSettings.sqlConnectivityUpdateSettings.connectivityType', severity: 'medium' },
      ],
    },
    patching: {
      'sql-machine-without-patching': ['auto_patching', needed, 'is not updated by itself', { arm: 'properties.autoPatchingSettings', severity: 'info' }],
    },
    recovery: { 'sql-machine-without-backup': ['auto_backup', needed, 'keeps no backups', { arm: 'properties.autoBackupSettings', severity: 'info' }] },
    atRest: {
      'sql-machine-backup-plain': [
        'auto_backup.encryption_enabled',
        notOff,
        'keeps backups without encryption',
        { arm: 'properties.autoBackupSettings.enableEncryption', severity: 'medium' },
      ],
    },
    host: { 'sql-machine-scripts': ['r_services_enabled', notOn, 'runs external scripts', { severity: 'info' }] },
  }),
];
