import { ifSet, needed, never, none, notOff, notOn, off, on, service, ownIdentity } from '../_families.ts';

const key = 'is not encrypted with a customer-managed key';

export default [
  ...service('Databricks workspace', 'azurerm_databricks_workspace', {
    exposed: {
      'public-databricks': [
        'public_network_access_enabled',
        off,
        'is reachable from the internet',
        { arm: 'properties.publicNetworkAccess', severity: 'medium' },
      ],
      'databricks-public-nodes': [
        'custom_parameters.no_public_ip',
        on,
        'gives its nodes public addresses',
        { arm: 'properties.parameters.enableNoPublicIp.value', severity: 'medium' },
      ],
    },
    customerKey: {
      'databricks-without-key': [
        'customer_managed_key_enabled|managed_services_cmk_key_vault_key_id',
        needed,
        key,
        { arm: 'properties.encryption.entities.managedServices', severity: 'low' },
      ],
      'databricks-disks-without-key': [
        'managed_disk_cmk_key_vault_key_id',
        needed,
        'does not encrypt its disks with a customer-managed key',
        { arm: 'properties.encryption.entities.managedDisk', severity: 'info' },
      ],
      'databricks-single-encryption': [
        'infrastructure_encryption_enabled',
        on,
        'is encrypted once, not twice',
        { arm: 'properties.parameters.requireInfrastructureEncryption.value', severity: 'info' },
      ],
    },
    segmentation: {
      'databricks-control-plane-public': [
        'network_security_group_rules_required',
        { must: { is: ['NoAzureDatabricksRules', 'NoAzureServiceRules'] }, absent: 'fine', set: 'NoAzureDatabricksRules', sample: { bad: 'AllRules' } },
        'talks to its control plane over public addresses',
        { arm: 'properties.requiredNsgRules', severity: 'low' },
      ],
      'databricks-default-network': [
        'custom_parameters.virtual_network_id',
        needed,
        'runs outside of a virtual network of its own',
        { arm: 'properties.parameters.customVirtualNetworkId', severity: 'low' },
      ],
    },
  }),
  ...service('Synapse workspace', 'azurerm_synapse_workspace', {
    segmentation: {
      'synapse-without-managed-network': [
        'managed_virtual_network_enabled',
        on,
        'does not isolate its network',
        { arm: 'properties.managedVirtualNetwork', severity: 'low' },
      ],
      'synapse-exfiltration': [
        'data_exfiltration_protection_enabled',
        on,
        'may send data anywhere',
        { arm: 'properties.managedVirtualNetworkSettings.preventDataExfiltration', severity: 'low' },
      ],
    },
    exposed: {
      'public-synapse': ['public_network_access_enabled', off, 'is reachable from the internet', { arm: 'properties.publicNetworkAccess', severity: 'medium' }],
    },
    customerKey: { 'synapse-without-key': ['customer_managed_key', needed, key, { arm: 'properties.encryption.cmk', severity: 'low' }] },
    identity: {
      'synapse-sql-passwords': [
        'azuread_authentication_only',
        on,
        'accepts passwords',
        { arm: 'properties.azureADOnlyAuthentication', severity: 'low', confidence: 'low' },
      ],
      'synapse-without-directory-admin': [
        'aad_admin|azuread_authentication_only',
        needed,
        'knows no administrator of the directory',
        { arm: false, severity: 'info', or: [{ type: 'azurerm_synapse_workspace_aad_admin' }] },
      ],
    },
    logging: {
      'synapse-without-audit': [
        'extended_auditing_policy',
        needed,
        'records no access',
        { arm: false, or: [{ type: 'azurerm_synapse_workspace_extended_auditing_policy' }], severity: 'low' },
      ],
    },
    detection: {
      'synapse-without-alerts': [
        'security_alert_policy',
        needed,
        'detects no attacks',
        { arm: false, or: [{ type: 'azurerm_synapse_workspace_security_alert_policy' }], severity: 'info' },
      ],
    },
  }),
  ...service('SQL pool', 'azurerm_synapse_sql_pool', {
    atRest: { 'synapse-pool-plain': ['data_encrypted', on, 'is stored without encryption at rest', { severity: 'medium' }] },
    logging: {
      'synapse-pool-without-audit': [
        'extended_auditing_policy',
        needed,
        'records no access',
        { arm: false, or: [{ type: 'azurerm_synapse_sql_pool_extended_auditing_policy' }], severity: 'info' },
      ],
    },
    detection: {
      'synapse-pool-without-alerts': [
        'security_alert_policy',
        needed,
        'detects no attacks',
        { arm: false, or: [{ type: 'azurerm_synapse_sql_pool_security_alert_policy' }], severity: 'info' },
      ],
    },
  }),
  ...service('SQL pool alerts', 'azurerm_synapse_sql_pool_security_alert_policy', {
    supply: {
      'synapse-pool-without-assessment': [
        'vulnerability_assessment',
        needed,
        'are not used for a check for weaknesses',
        { arm: false, or: [{ type: 'azurerm_synapse_sql_pool_vulnerability_assessment' }], severity: 'info' },
      ],
      'synapse-pool-alerts-off': ['policy_state', notOff, 'are switched off', { arm: 'properties.state' }],
    },
  }),
  ...service('Synapse role', 'azurerm_synapse_role_assignment', {
    privilege: {
      'synapse-administrator': [
        'role_name',
        never(/^(?:Synapse Administrator|Workspace Admin)$/, 'Synapse Administrator', 'Synapse User'),
        'gives all rights in the workspace',
        { severity: 'medium' },
      ],
    },
  }),
  ...service('Data factory', 'azurerm_data_factory', {
    exposed: {
      'public-data-factory': ['public_network_enabled', off, 'is reachable from the internet', { ansible: 'public_network_access', arm: 'properties.publicNetworkAccess', severity: 'low' }],
    },
    customerKey: {
      'data-factory-without-key': [
        'customer_managed_key_id',
        needed,
        key,
        { arm: 'properties.encryption', or: [{ type: 'azurerm_data_factory_customer_managed_key' }], severity: 'low' },
      ],
    },
    supply: {
      'data-factory-without-repository': [
        'github_configuration|vsts_configuration',
        needed,
        'keeps its pipelines in no repository',
        { arm: 'properties.repoConfiguration', severity: 'info', confidence: 'low' },
      ],
    },
    machineIdentity: { 'data-factory-without-identity': ['identity.type|identity', ownIdentity, 'has no identity of its own', { arm: 'identity.type|identity', severity: 'info' }] },
    segmentation: {
      'data-factory-without-managed-network': ['managed_virtual_network_enabled', on, 'does not isolate its network', { arm: false, severity: 'info' }],
    },
  }),
  ...service(
    'Hadoop cluster',
    [
      'azurerm_hdinsight_hadoop_cluster',
      'azurerm_hdinsight_spark_cluster',
      'azurerm_hdinsight_kafka_cluster',
      'azurerm_hdinsight_hbase_cluster',
      'azurerm_hdinsight_interactive_query_cluster',
    ],
    {
      transit: {
        'hdinsight-plaintext': [
          'encryption_in_transit_enabled',
          on,
          'does not encrypt what is sent',
          { arm: 'properties.encryptionInTransitProperties.isEncryptionInTransitEnabled', severity: 'medium' },
        ],
      },
      oldTls: { 'hdinsight-old-tls': ['tls_min_version', ifSet('1.0', '1.2'), 'accepts outdated TLS versions', { arm: 'properties.minSupportedTlsVersion' }] },
    },
  ),
  ...service('Data catalogue', 'azurerm_purview_account', {
    exposed: {
      'public-purview': ['public_network_enabled', off, 'is reachable from the internet', { arm: 'properties.publicNetworkAccess', severity: 'low' }],
    },
    machineIdentity: { 'purview-without-identity': ['identity.type|identity', ownIdentity, 'has no identity of its own', { arm: 'identity.type|identity', severity: 'info' }] },
  }),
  ...service('Data lake', ['azurerm_data_lake_store'], {
    atRest: {
      'data-lake-plain': ['encryption_state', ifSet('Disabled', 'Enabled'), 'is stored without encryption at rest', { arm: 'properties.encryptionState' }],
    },
  }),
  ...service('Assessment', ['azurerm_mssql_server_vulnerability_assessment', 'azurerm_synapse_workspace_vulnerability_assessment'], {
    detection: {
      'sql-assessment-not-recurring': ['recurring_scans.enabled', on, 'is not repeated', { arm: 'properties.recurringScans.isEnabled' }],
      'sql-assessment-not-admins': ['recurring_scans.email_subscription_admins', on, 'does not tell the administrators', { severity: 'info' }],
    },
    filter: { 'sql-assessment-nobody': ['recurring_scans.emails', needed, 'tells nobody', { severity: 'info', arm: 'properties.recurringScans.emails' }] },
  }),
  ...service(
    'Firewall rule',
    [
      'azurerm_mssql_firewall_rule',
      'azurerm_sql_firewall_rule',
      'azurerm_postgresql_firewall_rule',
      'azurerm_mysql_firewall_rule',
      'azurerm_mariadb_firewall_rule',
      'azurerm_postgresql_flexible_server_firewall_rule',
      'azurerm_mysql_flexible_server_firewall_rule',
      'azurerm_synapse_firewall_rule',
      'azurerm_mongo_cluster_firewall_rule',
      'azurerm_cosmosdb_postgresql_firewall_rule',
    ],
    {
      exposed: {
        'database-firewall-everybody': [
          'end_ip_address',
          { must: { not: ['255.255.255.255'] }, absent: 'fine' },
          'lets every address in',
          { arm: 'properties.endIpAddress', ansible: 'end_ip_address' },
        ],
        'database-firewall-azure': [
          'end_ip_address',
          { must: { not: ['0.0.0.0'] }, absent: 'fine' },
          'lets all of the cloud provider in',
          { arm: 'properties.endIpAddress', ansible: 'end_ip_address', severity: 'low' },
        ],
        'database-firewall-from-zero': [
          'start_ip_address',
          { must: { not: ['0.0.0.0'] }, absent: 'fine' },
          'starts at the first of all addresses',
          { arm: 'properties.startIpAddress', ansible: 'start_ip_address', severity: 'medium', when: [{ path: 'end_ip_address|properties.endIpAddress', must: { not: ['0.0.0.0', '255.255.255.255'] } }] },
        ],
      },
    },
  ),
  ...service('Databricks workspace', 'azurerm_databricks_workspace', {
    exposed: {
      'databricks-open-storage': [
        'default_storage_firewall_enabled',
        on,
        'keeps files where every network reaches them',
        { arm: 'properties.defaultStorageFirewall', severity: 'info', confidence: 'low' },
      ],
    },
    detection: {
      'databricks-unwatched': [
        'enhanced_security_compliance.enhanced_security_monitoring_enabled',
        notOff,
        'is not watched for attacks',
        { arm: 'properties.enhancedSecurityCompliance.enhancedSecurityMonitoring.value', severity: 'info' },
      ],
    },
  }),
  ...service('Integration runtime', 'azurerm_data_factory_integration_runtime_azure', {
    segmentation: { 'data-factory-runtime-open': ['virtual_network_enabled', on, 'runs outside of a virtual network', { severity: 'info' }] },
  }),
  ...service('Linked service', 'azurerm_data_factory_linked_service_sftp', {
    transit: { 'data-factory-sftp-unchecked': ['skip_host_key_validation', notOn, 'does not check whom it talks to', { severity: 'medium' }] },
  }),
  ...service(
    'Linked service',
    ['azurerm_data_factory_linked_service_web', 'azurerm_data_factory_linked_service_odata', 'azurerm_data_factory_linked_service_azure_function'],
    {
      transit: {
        'data-factory-plain-link': [
          'url',
          never(/^http:/, 'http://a.example.com', 'https://a.example.com'),
          'is called over plain HTTP',
          { severity: 'medium' },
        ],
      },
    },
  ),
  ...service('Linked service', 'azurerm_data_factory_linked_service_azure_blob_storage', {
    secret: {
      'data-factory-insecure-string': ['connection_string_insecure', none, 'keeps its connection string where everybody reads it', { severity: 'medium' }],
    },
    machineIdentity: { 'data-factory-blob-key': ['connection_string', none, 'signs in with a key', { severity: 'info' }] },
  }),
  ...service('SQL pool', 'azurerm_synapse_sql_pool', {
    recovery: { 'synapse-pool-geo-backup': ['geo_backup_policy_enabled', notOff, 'keeps no backups in another region', { severity: 'low' }] },
  }),
  ...service('Synapse audit', ['azurerm_synapse_workspace_extended_auditing_policy', 'azurerm_synapse_sql_pool_extended_auditing_policy'], {
    retention: {
      'synapse-audit-retention': [
        'retention_in_days',
        { must: { matches: /^(?:0|9\d|[1-9]\d\d+)$/ }, absent: 'fine', set: 90, sample: { bad: 7 } },
        'keeps its records for less than 90 days', { arm: 'properties.retentionDays' },
      ],
    },
    logging: { 'synapse-audit-monitor': ['log_monitoring_enabled', notOff, 'sends nothing to the monitor', { arm: 'properties.isAzureMonitorTargetEnabled' }] },
  }),
  ...service('Synapse alerts', 'azurerm_synapse_workspace_security_alert_policy', {
    detection: {
      'synapse-alerts-off': ['policy_state', ifSet('Disabled', 'Enabled'), 'are switched off', { arm: 'properties.state', severity: 'medium' }],
      'synapse-alerts-kinds': ['disabled_alerts', none, 'leave out some kinds of attack', { arm: 'properties.disabledAlerts' }],
      'synapse-alerts-nobody': ['email_addresses', needed, 'tell nobody', { arm: 'properties.emailAddresses', severity: 'info' }],
      'synapse-alerts-not-admins': ['email_account_admins_enabled', on, 'do not tell the administrators', { arm: 'properties.emailAccountAdmins', severity: 'info' }],
    },
  }),
  ...service('Spark pool', 'azurerm_synapse_spark_pool', {
    supply: { 'spark-pool-packages': ['session_level_packages_enabled', notOn, 'lets every session install packages', { severity: 'info' }] },
  }),
  ...service('Synapse workspace', 'azurerm_synapse_workspace', {
    machineIdentity: {
      'synapse-without-identity': ['identity.type|identity', ownIdentity, 'has no identity of its own', { arm: 'identity.type|identity', severity: 'info', confidence: 'low' }],
    },
  }),
  ...service('Stream job', 'azurerm_stream_analytics_job', {
    machineIdentity: { 'stream-job-without-identity': ['identity.type|identity', ownIdentity, 'has no identity of its own', { arm: 'identity.type|identity', severity: 'info' }] },
  }),
  ...service(
    'Stream connection',
    [
      'azurerm_stream_analytics_output_blob',
      'azurerm_stream_analytics_output_eventhub',
      'azurerm_stream_analytics_output_cosmosdb',
      'azurerm_stream_analytics_output_servicebus_queue',
      'azurerm_stream_analytics_output_servicebus_topic',
      'azurerm_stream_analytics_output_mssql',
      'azurerm_stream_analytics_stream_input_blob',
      'azurerm_stream_analytics_stream_input_eventhub',
      'azurerm_stream_analytics_stream_input_eventhub_v2',
      'azurerm_stream_analytics_reference_input_blob',
      'azurerm_stream_analytics_job_storage_account',
    ],
    { machineIdentity: { 'stream-connection-key': ['authentication_mode', ifSet('ConnectionString', 'Msi'), 'signs in with a key', { severity: 'info' }] } },
  ),
  ...service('Analysis server', 'azurerm_analysis_services_server', {
    exposed: {
      'analysis-everybody': ['ipv4_firewall_rule.range_start', never(/^0\.0\.0\.0$/, '0.0.0.0', '198.51.100.4'), 'lets every address in'],
      'analysis-open': ['ipv4_firewall_rule', needed, 'has no firewall rules', { arm: 'properties.ipV4FirewallSettings', severity: 'info' }],
    },
  }),
  ...service(
    'Hadoop cluster',
    [
      'azurerm_hdinsight_hadoop_cluster',
      'azurerm_hdinsight_spark_cluster',
      'azurerm_hdinsight_hbase_cluster',
      'azurerm_hdinsight_kafka_cluster',
      'azurerm_hdinsight_interactive_query_cluster',
    ],
    {
      atRest: {
        'hadoop-host-encryption': [
          'disk_encryption.encryption_at_host_enabled',
          on,
          'does not encrypt the disks of its hosts',
          { arm: 'properties.diskEncryptionProperties.encryptionAtHost', severity: 'info' },
        ],
      },
      logging: { 'hadoop-without-monitor': ['monitor|extension', needed, 'sends no logs', { arm: false, severity: 'info' }] },
    },
  ),
];
