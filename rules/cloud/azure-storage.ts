import { byHand, ifSet, is, least, needed, never, none, not, notOff, notOn, off, on, service } from '../_families.ts';

const key = 'is not encrypted with a customer-managed key';
const account = 'azurerm_storage_account';
const flexible = ['azurerm_mysql_flexible_server', 'azurerm_postgresql_flexible_server'];
const singles = ['azurerm_postgresql_server', 'azurerm_mysql_server', 'azurerm_mariadb_server'];
const sqlServers = ['azurerm_mssql_server', 'azurerm_sql_server'];
const sqlDatabases = ['azurerm_mssql_database', 'azurerm_sql_database'];

export default [
  ...service('Storage account', account, {
    transit: { 'storage-account-http': ['https_traffic_only_enabled|enable_https_traffic_only', notOff, 'accepts plain HTTP', { arm: 'properties.supportsHttpsTrafficOnly', ansible: 'https_only' }], 'storage-account-http-by-default': ['https_traffic_only_enabled|enable_https_traffic_only', on, 'does not ask for HTTPS', { arm: 'properties.supportsHttpsTrafficOnly', ansible: 'https_only', severity: 'info', confidence: 'low' }] },
    oldTls: { 'storage-account-old-tls': ['min_tls_version', { must: { is: ['TLS1_2', 'TLS1_3'] }, absent: 'fine', set: 'TLS1_2', sample: { bad: 'TLS1_0' } }, 'accepts outdated TLS versions', { arm: 'properties.minimumTlsVersion', ansible: 'minimum_tls_version' }], 'storage-account-default-tls': ['min_tls_version', needed, 'names no lowest TLS version', { arm: 'properties.minimumTlsVersion', ansible: 'minimum_tls_version', set: 'TLS1_2', severity: 'info', confidence: 'low' }] },
    exposed: {
      'public-storage-account': ['public_network_access_enabled', off, 'is reachable from the internet', { arm: 'properties.publicNetworkAccess', ansible: 'public_network_access', severity: 'low', orPath: [{ path: 'network_rules.default_action|properties.networkAcls.defaultAction|network_acls.default_action', must: { is: ['Deny'] } }] }],
      'storage-account-open-network': ['network_rules.default_action', ifSet('Allow', 'Deny'), 'lets every network in', { arm: 'properties.networkAcls.defaultAction', ansible: 'network_acls.default_action', severity: 'medium' }],
      'storage-account-without-network-rules': ['network_rules', needed, 'has no network rules', { arm: 'properties.networkAcls', ansible: 'network_acls', severity: 'low', or: [{ type: 'azurerm_storage_account_network_rules' }], orPath: [{ path: 'public_network_access_enabled|properties.publicNetworkAccess|public_network_access', must: { is: [false] } }] }],
      'storage-account-public-blobs': ['allow_nested_items_to_be_public|allow_blob_public_access', off, 'allows containers that everybody can read', { arm: 'properties.allowBlobPublicAccess', ansible: 'allow_blob_public_access', severity: 'medium' }],
    },
    segmentation: { 'storage-account-trusted-services': ['network_rules.bypass', never(/^(?:None|Metrics|Logging|Metrics, Logging)$/, ['None'], ['AzureServices']), 'keeps trusted services of the provider out', { arm: 'properties.networkAcls.bypass', ansible: 'network_acls.bypass', severity: 'info' }], 'storage-account-without-private-endpoint': ['private_endpoint', needed, 'has no private endpoint', { arm: false, ansible: false, severity: 'info', confidence: 'low', or: [{ type: 'azurerm_private_endpoint' }] }], 'storage-account-cross-tenant': ['cross_tenant_replication_enabled', off, 'can be replicated to other tenants', { arm: 'properties.allowCrossTenantReplication', severity: 'info' }] },
    identity: {
      'storage-account-shared-key': ['shared_access_key_enabled', off, 'accepts shared keys', { arm: 'properties.allowSharedKeyAccess', ansible: 'allow_shared_key_access', severity: 'low' }],
      'storage-account-local-users': ['local_user_enabled', off, 'allows local users', { arm: 'properties.isLocalUserEnabled', severity: 'low' }],
      'storage-account-anonymous-blobs': ['allow_nested_items_to_be_public|allow_blob_public_access', off, 'does not rule out anonymous access', { arm: 'properties.allowBlobPublicAccess', ansible: 'allow_blob_public_access', severity: 'info' }],
    },
    privilege: { 'storage-account-without-sas-policy': ['sas_policy', needed, 'lets shared access signatures live forever', { arm: 'properties.sasPolicy', severity: 'low' }], 'storage-account-cors-any-origin': ['blob_properties.cors_rule.allowed_origins', byHand(not(['https://app.example.com'], '*')), 'accepts cross-origin requests from every site', { severity: 'medium' }] },
    customerKey: { 'storage-account-without-key': ['customer_managed_key', needed, key, { arm: 'properties.encryption.keyVaultProperties', ansible: 'encryption.key_vault_properties', or: [{ type: 'azurerm_storage_account_customer_managed_key' }], severity: 'info' }], 'storage-account-single-encryption': ['infrastructure_encryption_enabled', on, 'is encrypted once, not twice', { arm: 'properties.encryption.requireInfrastructureEncryption', ansible: 'encryption.require_infrastructure_encryption', severity: 'info' }] },
    recovery: {
      'storage-account-not-replicated': ['account_replication_type', ifSet('LRS', 'GRS', 'RAGRS', 'GZRS', 'RAGZRS', 'ZRS'), 'is kept in one place', { arm: false, severity: 'info' }],
      'storage-account-sku-not-replicated': ['account_replication_type', { ...ifSet('LRS', 'GRS', 'RAGRS', 'GZRS', 'RAGZRS'), sample: { bad: 'ZRS' } }, 'is not kept in a second region', { arm: false, severity: 'info' }],
      'blobs-without-soft-delete': ['blob_properties.delete_retention_policy', needed, 'cannot bring deleted blobs back', { arm: false, severity: 'info' }], 'containers-without-soft-delete': ['blob_properties.container_delete_retention_policy', needed, 'cannot bring deleted containers back', { severity: 'info' }],
      'blobs-without-versioning': ['blob_properties.versioning_enabled', on, 'keeps no earlier versions of its blobs', { severity: 'info' }],
    },
    logging: {
      'storage-queues-without-log': ['queue_properties.logging', needed, 'logs no access to its queues', { arm: false, severity: 'info' }],
      'storage-queues-log-read': ['queue_properties.logging.read', on, 'logs no reading of its queues', { arm: false, severity: 'info' }], 'storage-queues-log-write': ['queue_properties.logging.write', on, 'logs no writing to its queues', { arm: false, severity: 'info' }], 'storage-queues-log-delete': ['queue_properties.logging.delete', on, 'logs no deleting from its queues', { arm: false, severity: 'info' }],
      'storage-without-diagnostics': ['diagnostic_setting', needed, 'sends its logs nowhere', { arm: false, or: [{ type: 'azurerm_monitor_diagnostic_setting' }, { type: 'azurerm_log_analytics_storage_insights' }], orPath: [{ path: 'queue_properties.logging', must: 'present' }], severity: 'info', confidence: 'low' }],
    },
  }),
  ...service('Replication setting', account, { recovery: { 'storage-sku-replication': ['account_replication_type', { must: { never: /^(?:LRS|.*_LRS|ZRS|.*_ZRS)$/ }, absent: 'fine', sample: { bad: 'LRS', good: 'GRS' } }, 'keeps no second copy elsewhere', { arm: 'sku.name', ansible: 'account_type', severity: 'info' }] } }),
  ...service('Network rules', 'azurerm_storage_account_network_rules', {
    exposed: { 'storage-network-rules-allow': ['default_action', ifSet('Allow', 'Deny'), 'let every network in', { severity: 'medium' }] },
    segmentation: { 'storage-network-rules-trusted': ['bypass', { must: { matches: /AzureServices/ }, absent: 'fine', sample: { bad: 'Metrics', good: 'AzureServices' } }, 'keep trusted services of the provider out', { severity: 'info' }] },
  }),
  ...service('Container', 'azurerm_storage_container', {
    public: { 'public-blob-container': ['container_access_type', not('private', 'blob', 'container'), 'can be read by everybody', { arm: 'properties.publicAccess', ansible: 'public_access' }] },
    recovery: { 'container-not-immutable': ['immutability_policy', needed, 'lets its blobs be changed', { arm: false, or: [{ type: 'azurerm_storage_container_immutability_policy' }], severity: 'info', confidence: 'low' }] },
  }),
  ...service('File share', 'azurerm_storage_share', { exposed: { 'share-all-permissions': ['acl.access_policy.permissions', never(/r.*w.*d.*l/, 'rwdl', 'r'), 'gives all rights to whoever has its policy', { severity: 'medium' }] } }),
  ...service('Table', 'azurerm_storage_table', { exposed: { 'table-all-permissions': ['acl.access_policy.permissions', never(/r.*w.*d.*l|r.*a.*u.*d/, 'rwdl', 'r'), 'gives all rights to whoever has its policy', { severity: 'medium' }] } }),
  ...service('File sync', 'azurerm_storage_sync', { exposed: { 'public-file-sync': ['incoming_traffic_policy', is('AllowVirtualNetworksOnly'), 'is reachable from the internet', { arm: 'properties.incomingTrafficPolicy', severity: 'medium' }] } }),
  ...service('Disk', 'azurerm_managed_disk', {
    atRest: { 'azure-disk-encryption-off': ['encryption_settings.enabled', notOff, 'has its encryption switched off', { arm: 'properties.encryptionSettingsCollection.enabled' }], 'azure-disk-unencrypted': ['encryption_settings', needed, 'names no encryption', { arm: 'properties.encryptionSettingsCollection|properties.encryption|properties.encryptionSettings', severity: 'info', confidence: 'low', orPath: [{ path: 'disk_encryption_set_id|secure_vm_disk_encryption_set_id', must: 'present' }] }] },
    customerKey: { 'azure-disk-without-key': ['disk_encryption_set_id', needed, key, { arm: 'properties.encryption.diskEncryptionSetId', ansible: 'disk_encryption_set', severity: 'info' }] },
    exposed: { 'azure-disk-public': ['public_network_access_enabled', off, 'can be exported from the internet', { arm: 'properties.publicNetworkAccess', severity: 'low' }], 'azure-disk-network-policy': ['network_access_policy', { must: { not: ['AllowAll'] }, absent: 'fine', set: 'DenyAll' }, 'can be exported over every network', { arm: 'properties.networkAccessPolicy', severity: 'low' }] },
  }),
  ...service('Disk encryption set', 'azurerm_disk_encryption_set', { rotation: { 'disk-encryption-set-without-rotation': ['auto_key_rotation_enabled', on, 'does not follow new versions of its key', { arm: 'properties.rotationToLatestKeyVersionEnabled', severity: 'info' }] } }),
  ...service('SQL server', sqlServers, {
    oldTls: { 'sql-old-tls': ['minimum_tls_version', { must: { is: ['1.2', '1.3'] }, absent: 'fine', set: '1.2', sample: { bad: '1.0' } }, 'accepts outdated TLS versions', { arm: 'properties.minimalTlsVersion', ansible: 'minimal_tls_version' }], 'sql-default-tls': ['minimum_tls_version', needed, 'names no lowest TLS version', { arm: 'properties.minimalTlsVersion', set: '1.2', severity: 'low', confidence: 'low' }] },
    exposed: { 'public-sql-server': ['public_network_access_enabled', off, 'is reachable from the internet', { arm: 'properties.publicNetworkAccess', ansible: 'public_network_access', severity: 'medium' }] },
    identity: { 'sql-without-directory-admin': ['azuread_administrator', needed, 'knows no administrator of the directory', { arm: false, or: [{ type: 'azurerm_sql_active_directory_administrator' }], severity: 'low' }] },
    machineIdentity: { 'sql-server-without-directory-admin': ['azuread_administrator', needed, 'is administered with passwords', { arm: 'properties.administrators', or: [{ type: 'azurerm_sql_active_directory_administrator' }], severity: 'info' }], 'sql-predictable-admin': ['administrator_login', never(/^(?:admin|administrator|root|sa|sqladmin|dbadmin|azureadmin|guest|test|user)$/i, 'sqladmin', 'chart-keeper'), 'has a name for its administrator that everybody guesses', { arm: 'properties.administratorLogin', severity: 'low' }] },
    logging: { 'sql-without-audit': ['extended_auditing_policy', needed, 'records no access', { arm: 'properties.auditingSettings', ansible: false, or: [{ type: 'azurerm_mssql_server_extended_auditing_policy' }, { type: 'azurerm_mssql_server_microsoft_support_auditing_policy' }] }] },
    detection: { 'sql-without-threat-detection': ['threat_detection_policy', needed, 'detects no attacks', { arm: false, ansible: false, or: [{ type: 'azurerm_mssql_server_security_alert_policy' }], severity: 'info' }] },
    supply: { 'sql-without-assessment': ['vulnerability_assessment', needed, 'is not checked for weaknesses', { arm: false, ansible: false, severity: 'info', confidence: 'low', or: [{ type: 'azurerm_mssql_server_security_alert_policy' }, { type: 'azurerm_mssql_server_vulnerability_assessment' }] }] },
  }),
  ...service('Auditing policy', ['azurerm_mssql_server_extended_auditing_policy', 'azurerm_mssql_database_extended_auditing_policy'], { retention: { 'sql-audit-retention': ['retention_in_days', { must: { matches: /^(?:0|9\d|[1-9]\d\d+)$/ }, absent: 'fine', set: 90, sample: { bad: 7 } }, 'keeps its records for less than 90 days', { arm: 'properties.retentionDays' }] }, logging: { 'sql-audit-without-monitor': ['log_monitoring_enabled', notOff, 'sends nothing to the monitor', { arm: 'properties.isAzureMonitorTargetEnabled' }], 'sql-audit-off': ['enabled', notOff, 'is switched off', { arm: 'properties.state' }] } }),
  ...service('Inline auditing policy', sqlServers, { retention: { 'sql-inline-audit-retention': ['extended_auditing_policy.retention_in_days', { must: { matches: /^(?:0|9\d|[1-9]\d\d+)$/ }, absent: 'fine', set: 90, sample: { bad: 7 } }, 'keeps its records for less than 90 days'] } }),
  ...service('Alert policy', ['azurerm_mssql_server_security_alert_policy', 'azurerm_sql_threat_detection', 'azurerm_mssql_database_security_alert_policy'], {
    detection: { 'sql-alerts-off': ['state', notOff, 'is switched off', { arm: 'properties.state', severity: 'medium' }], 'sql-alerts-disabled-kinds': ['disabled_alerts', none, 'leaves out some kinds of attack', { arm: 'properties.disabledAlerts' }], 'sql-alerts-nobody': ['email_addresses', needed, 'tells nobody', { arm: 'properties.emailAddresses' }], 'sql-alerts-not-admins': ['email_account_admins', on, 'does not tell the administrators', { arm: 'properties.emailAccountAdmins', severity: 'info' }] },
    retention: { 'sql-alerts-retention': ['retention_days', { must: { matches: /^(?:0|9\d|[1-9]\d\d+)$/ }, absent: 'fine', set: 90, sample: { bad: 7 } }, 'keeps its records for less than 90 days', { arm: 'properties.retentionDays' }] },
  }),
  ...service('Assessment', ['azurerm_mssql_server_vulnerability_assessment', 'azurerm_synapse_workspace_vulnerability_assessment'], {
    detection: { 'sql-assessment-not-recurring': ['recurring_scans.enabled', on, 'is not repeated', { arm: 'properties.recurringScans.isEnabled' }], 'sql-assessment-not-admins': ['recurring_scans.email_subscription_admins', on, 'does not tell the administrators', { severity: 'info' }] },
    filter: { 'sql-assessment-nobody': ['recurring_scans.emails', needed, 'tells nobody', { severity: 'info', arm: 'properties.recurringScans.emails' }] },
  }),
  ...service('SQL database', sqlDatabases, {
    atRest: { 'sql-encryption-off': ['transparent_data_encryption_enabled', notOff, 'is stored without encryption at rest'] },
    logging: { 'sql-database-without-audit': ['extended_auditing_policy', needed, 'records no access', { arm: 'properties.auditingSettings', ansible: false, or: [{ type: 'azurerm_mssql_database_extended_auditing_policy' }], severity: 'info', confidence: 'low' }], 'sql-database-ledger': ['ledger_enabled', on, 'keeps no ledger of changes', { arm: 'properties.isLedgerOn', severity: 'info' }] },
    detection: { 'sql-database-threats-off': ['threat_detection_policy.state', ifSet('Disabled', 'Enabled'), 'detects no attacks'] },
    recovery: { 'sql-database-not-zone-redundant': ['zone_redundant', on, 'runs in one zone', { arm: 'properties.zoneRedundant', severity: 'info' }] },
  }),
  ...service('Transparent encryption', 'azurerm_mssql_server_transparent_data_encryption', { customerKey: { 'sql-encryption-without-key': ['key_vault_key_id', needed, key, { severity: 'info' }] } }),
  ...service('Encryption', 'azurerm_sql_transparent_data_encryption', { atRest: { 'sql-tde-off': ['state', notOff, 'is switched off', { arm: 'properties.state|properties.status', sample: { bad: 'Disabled', good: 'Enabled' }, set: 'Enabled' }] } }),
  ...service('Managed instance', 'azurerm_mssql_managed_instance', { exposed: { 'public-sql-instance': ['public_data_endpoint_enabled', notOn, 'is reachable from the internet', { arm: 'properties.publicDataEndpointEnabled' }] }, oldTls: { 'sql-instance-old-tls': ['minimum_tls_version', ifSet('1.0', '1.2'), 'accepts outdated TLS versions', { arm: 'properties.minimalTlsVersion' }] } }),
  ...service('Database server', singles, {
    transit: { 'azure-database-plaintext': ['ssl_enforcement_enabled|ssl_enforcement', on, 'accepts connections without TLS', { arm: 'properties.sslEnforcement', ansible: 'enforce_ssl' }] },
    oldTls: { 'azure-database-old-tls': ['ssl_minimal_tls_version_enforced', never(/^(?:TLS1_[01]|TLSEnforcementDisabled)$/, 'TLS1_0', 'TLS1_2'), 'accepts outdated TLS versions', { arm: 'properties.minimalTlsVersion' }] },
    exposed: { 'public-azure-database': ['public_network_access_enabled', off, 'is reachable from the internet', { arm: 'properties.publicNetworkAccess', severity: 'medium', orPath: [{ path: 'network.delegated_subnet_resource_id', must: 'present' }] }] },
    recovery: { 'azure-database-local-backup': ['geo_redundant_backup_enabled', on, 'keeps its backups in one place', { arm: 'properties.storageProfile.geoRedundantBackup', ansible: false, severity: 'info' }], 'azure-database-short-backup': ['backup_retention_days', least(7), 'keeps its backups for less than a week', { arm: 'properties.storageProfile.backupRetentionDays' }] },
    customerKey: { 'azure-database-single-encryption': ['infrastructure_encryption_enabled', on, 'is encrypted once, not twice', { arm: 'properties.infrastructureEncryption', severity: 'info' }], 'azure-database-without-key': ['key', needed, key, { arm: false, ansible: false, severity: 'info', or: [{ type: 'azurerm_postgresql_server_key' }, { type: 'azurerm_mysql_server_key' }] }] },
    detection: { 'azure-database-without-threat-detection': ['threat_detection_policy.enabled', on, 'detects no attacks', { arm: false, ansible: false, severity: 'low' }] },
    identity: { 'azure-database-passwords-only': ['azuread_administrator', needed, 'knows no administrator of the directory', { arm: false, ansible: false, severity: 'info', confidence: 'low', or: [{ type: 'azurerm_postgresql_active_directory_administrator' }, { type: 'azurerm_mysql_active_directory_administrator' }] }] },
  }),
  ...service('Database server', flexible, {
    exposed: { 'public-flexible-server': ['public_network_access_enabled', notOn, 'is reachable from the internet', { arm: 'properties.network.publicNetworkAccess' }] },
    recovery: { 'flexible-server-local-backup': ['geo_redundant_backup_enabled', on, 'keeps its backups in one place', { arm: 'properties.backup.geoRedundantBackup', severity: 'info' }], 'flexible-server-short-backup': ['backup_retention_days', least(7), 'keeps its backups for less than a week', { arm: 'properties.backup.backupRetentionDays' }], 'flexible-server-single-zone': ['high_availability', needed, 'has no standby', { arm: 'properties.highAvailability', severity: 'info' }] },
    customerKey: { 'flexible-server-without-key': ['customer_managed_key', needed, key, { arm: 'properties.dataEncryption', severity: 'info' }] },
    identity: { 'flexible-server-passwords': ['authentication.active_directory_auth_enabled', on, 'does not know the directory', { arm: 'properties.authConfig.activeDirectoryAuth', severity: 'info' }] },
  }),
  ...service('Cosmos account', 'azurerm_cosmosdb_account', {
    exposed: { 'public-cosmos': ['public_network_access_enabled', off, 'is reachable from the internet', { arm: 'properties.publicNetworkAccess', severity: 'medium', orPath: [{ path: 'is_virtual_network_filter_enabled|properties.isVirtualNetworkFilterEnabled', must: { is: [true] } }, { path: 'ip_range_filter|properties.ipRules', must: 'present' }] }], 'cosmos-open-network': ['is_virtual_network_filter_enabled', on, 'filters no networks', { arm: 'properties.isVirtualNetworkFilterEnabled', ansible: 'is_virtual_network_filter_enabled', severity: 'low', orPath: [{ path: 'public_network_access_enabled|properties.publicNetworkAccess', must: { is: [false] } }] }], 'cosmos-open-range': ['ip_range_filter', never(/0\.0\.0\.0/, '0.0.0.0', '203.0.113.4'), 'lets every address in', { arm: 'properties.ipRules.ipAddressOrRange', ansible: 'ip_range_filter' }] },
    privilege: { 'cosmos-key-writes': ['access_key_metadata_writes_enabled', off, 'lets keys change its structure', { arm: '!properties.disableKeyBasedMetadataWriteAccess', severity: 'low' }], 'cosmos-local-auth': ['local_authentication_disabled', on, 'accepts keys', { arm: 'properties.disableLocalAuth', severity: 'low' }] },
    customerKey: { 'cosmos-without-key': ['key_vault_key_id', needed, key, { arm: 'properties.keyVaultKeyUri', severity: 'info' }] },
    recovery: { 'cosmos-without-continuous-backup': ['backup.type', is('Continuous'), 'has no continuous backup', { arm: 'properties.backupPolicy.type', severity: 'info' }], 'cosmos-without-failover': ['automatic_failover_enabled|enable_automatic_failover', on, 'does not fail over', { arm: 'properties.enableAutomaticFailover', severity: 'info' }] },
    oldTls: { 'cosmos-old-tls': ['minimal_tls_version', ifSet('Tls', 'Tls12'), 'accepts outdated TLS versions', { arm: 'properties.minimalTlsVersion' }] },
  }),
  ...service('Cache', 'azurerm_redis_cache', {
    transit: { 'redis-plaintext-port': ['non_ssl_port_enabled|enable_non_ssl_port', notOn, 'accepts connections without TLS', { arm: 'properties.enableNonSslPort', ansible: 'enable_non_ssl_port', api: 'enable_non_ssl_port' }] },
    oldTls: { 'redis-old-tls': ['minimum_tls_version', { must: { is: ['1.2'] }, absent: 'fine', set: '1.2', sample: { bad: '1.0' } }, 'accepts outdated TLS versions', { arm: 'properties.minimumTlsVersion' }] },
    exposed: { 'public-redis': ['public_network_access_enabled', off, 'is reachable from the internet', { arm: 'properties.publicNetworkAccess', severity: 'medium' }] },
    segmentation: { 'redis-without-subnet': ['subnet_id', needed, 'runs outside of a virtual network', { arm: 'properties.subnetId', ansible: 'subnet', severity: 'info', confidence: 'low' }] },
    identity: { 'redis-without-authentication': ['redis_configuration.authentication_enabled|redis_configuration.enable_authentication', notOff, 'asks for no password'] },
    patching: { 'redis-without-patches': ['patch_schedule', needed, 'has no time for updates', { severity: 'info' }] },
    recovery: { 'redis-without-backup': ['redis_configuration.rdb_backup_enabled', on, 'keeps no backups', { severity: 'info', confidence: 'low' }] },
  }),
  ...service('Data explorer', 'azurerm_kusto_cluster', {
    atRest: { 'kusto-disk-plain': ['disk_encryption_enabled|enable_disk_encryption', on, 'has unencrypted disks', { arm: 'properties.enableDiskEncryption', severity: 'medium' }] },
    customerKey: { 'kusto-double-encryption': ['double_encryption_enabled', on, 'is encrypted once, not twice', { arm: 'properties.enableDoubleEncryption', severity: 'info' }], 'kusto-without-key': ['key_vault', needed, key, { arm: 'properties.keyVaultProperties', or: [{ type: 'azurerm_kusto_cluster_customer_managed_key' }], severity: 'info' }] },
    exposed: { 'public-kusto': ['public_network_access_enabled', off, 'is reachable from the internet', { arm: 'properties.publicNetworkAccess', severity: 'medium' }] },
  }),
  ...service('Recovery vault', 'azurerm_recovery_services_vault', {
    recovery: { 'recovery-vault-soft-delete': ['soft_delete_enabled', notOff, 'cannot bring deleted backups back', { arm: 'properties.securitySettings.softDeleteSettings.softDeleteState' }], 'recovery-vault-changeable': ['immutability', ifSet('Disabled', 'Locked', 'Unlocked'), 'lets its backups be changed', { severity: 'info' }] },
    machineIdentity: { 'recovery-vault-without-identity': ['identity', needed, 'has no identity of its own', { arm: 'identity', severity: 'info' }] },
    customerKey: { 'recovery-vault-without-key': ['encryption', needed, key, { arm: 'properties.encryption', severity: 'info' }] },
    exposed: { 'public-recovery-vault': ['public_network_access_enabled', off, 'is reachable from the internet', { arm: 'properties.publicNetworkAccess', severity: 'low' }] },
  }),
  ...service('Backup vault', 'azurerm_data_protection_backup_vault', { recovery: { 'backup-vault-soft-delete-off': ['soft_delete', ifSet('Off', 'On', 'AlwaysOn'), 'cannot bring deleted backups back'], 'backup-vault-one-place': ['redundancy', ifSet('LocallyRedundant', 'GeoRedundant', 'ZoneRedundant'), 'is kept in one place', { severity: 'info' }] } }),
  ...service('Firewall rule', ['azurerm_mssql_firewall_rule', 'azurerm_sql_firewall_rule', 'azurerm_postgresql_firewall_rule', 'azurerm_mysql_firewall_rule', 'azurerm_mariadb_firewall_rule', 'azurerm_postgresql_flexible_server_firewall_rule', 'azurerm_mysql_flexible_server_firewall_rule', 'azurerm_synapse_firewall_rule'], {
    exposed: {
      'database-firewall-everybody': ['end_ip_address', { must: { not: ['255.255.255.255'] }, absent: 'fine' }, 'lets every address in', { arm: 'properties.endIpAddress', ansible: 'end_ip_address' }],
      'database-firewall-azure': ['end_ip_address', { must: { not: ['0.0.0.0'] }, absent: 'fine' }, 'lets all of the cloud provider in', { arm: 'properties.endIpAddress', ansible: 'end_ip_address', severity: 'low' }],
      'database-firewall-from-zero': ['start_ip_address', { must: { not: ['0.0.0.0'] }, absent: 'fine' }, 'starts at the first of all addresses', { arm: 'properties.startIpAddress', ansible: 'start_ip_address', severity: 'medium' }],
    },
  }),
  ...service('Firewall rule', 'azurerm_redis_firewall_rule', { exposed: { 'redis-firewall-everybody': ['start_ip|start_ip_address', never(/^0\.0\.0\.0$/, '0.0.0.0', '203.0.113.4'), 'starts at the first of all addresses', { arm: 'properties.startIP', ansible: 'start_ip_address' }] } }),
  ...service('Server parameter', ['azurerm_postgresql_configuration', 'azurerm_postgresql_flexible_server_configuration', 'azurerm_mysql_configuration'], {
    logging: Object.fromEntries((['log_checkpoints', 'log_connections', 'log_disconnections', 'connection_throttling', 'log_duration'] as const).map((name) => [`postgres-${name.replaceAll('_', '-')}-off`, ['value', notOff, `switches ${name} off`, { arm: 'properties.value', ansible: 'value', when: [{ path: 'name', must: { matches: new RegExp(`(?:^|/)${name}$`) } }], examples: [{ file: 'main.tf', bad: `resource "azurerm_postgresql_configuration" "main" {\n  name  = "${name}"\n  value = "off"\n           ^^^\n}\n`, fixed: `resource "azurerm_postgresql_configuration" "main" {\n  name  = "${name}"\n  value = "on"\n}\n`, good: `resource "azurerm_postgresql_configuration" "main" {\n  name  = "${name}"\n  value = "on"\n}\n` }] }] as const])),
    retention: { 'postgres-log-retention': ['value', { must: { least: 4 }, absent: 'fine', set: '7' }, 'keeps logs for three days or less', { arm: 'properties.value', ansible: 'value', when: [{ path: 'name', must: { matches: /(?:^|\/)log_retention_days$/ } }], examples: [{ file: 'main.tf', bad: 'resource "azurerm_postgresql_configuration" "main" {\n  name  = "log_retention_days"\n  value = "3"\n           ^\n}\n', fixed: 'resource "azurerm_postgresql_configuration" "main" {\n  name  = "log_retention_days"\n  value = "7"\n}\n', good: 'resource "azurerm_postgresql_configuration" "main" {\n  name  = "log_retention_days"\n  value = "7"\n}\n' }] }] },
    transit: { 'mysql-secure-transport-off': ['value', notOff, 'accepts connections without TLS', { arm: 'properties.value', when: [{ path: 'name', must: { matches: /(?:^|\/)require_secure_transport$/ } }], examples: [{ file: 'main.tf', bad: 'resource "azurerm_postgresql_flexible_server_configuration" "main" {\n  name  = "require_secure_transport"\n  value = "off"\n           ^^^\n}\n', good: 'resource "azurerm_postgresql_flexible_server_configuration" "main" {\n  name  = "require_secure_transport"\n  value = "on"\n}\n' }] }] },
  }),
];
