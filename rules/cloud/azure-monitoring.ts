import { ifSet, is, least, needed, notOff, notOn, off, on, service, ownIdentity } from '../_families.ts';

const key = 'is not encrypted with a customer-managed key';
const pricing = 'azurerm_security_center_subscription_pricing';
/** Plans of the provider's threat detection, by the kind of resource they watch. */
const plans: Readonly<Record<string, string>> = {
  AppServices: 'app services',
  ContainerRegistry: 'container registries',
  Containers: 'containers',
  KeyVaults: 'key vaults',
  KubernetesService: 'Kubernetes',
  SqlServers: 'SQL servers',
  SqlServerVirtualMachines: 'SQL servers on machines',
  StorageAccounts: 'storage accounts',
  VirtualMachines: 'servers',
  Arm: 'the resource manager',
  Dns: 'name resolution',
  OpenSourceRelationalDatabases: 'open-source databases',
  CosmosDbs: 'Cosmos databases',
  AI: 'AI services',
  Api: 'APIs',
  CloudPosture: 'the posture of the cloud',
};

export default [
  ...service('Flow log', 'azurerm_network_watcher_flow_log', {
    retention: {
      'flow-log-retention': [
        'retention_policy.days',
        { must: { matches: /^(?:0|9\d|[1-9]\d\d+)$/ }, absent: 'bad', set: 90, sample: { bad: 7 } },
        'keeps its records for less than 90 days',
        { arm: 'properties.retentionPolicy.days', ansible: 'retention_policy.days' },
      ],
      'flow-log-retention-off': [
        'retention_policy.enabled',
        on,
        'does not keep its records',
        { arm: 'properties.retentionPolicy.enabled', ansible: 'retention_policy.enabled' },
      ],
    },
    filter: { 'flow-log-off': ['enabled', notOff, 'is switched off', { arm: 'properties.enabled' }] },
    logging: { 'flow-log-without-analytics': ['traffic_analytics.enabled', on, 'is not analysed', { arm: 'properties.flowAnalyticsConfiguration.networkWatcherFlowAnalyticsConfiguration.enabled', severity: 'info' }] },
  }),
  ...service('Log profile', 'azurerm_monitor_log_profile', {
    logging: {
      'log-profile-categories': [
        'categories',
        { must: { all: ['Write', 'Delete', 'Action'] }, absent: 'bad', set: ['Write', 'Delete', 'Action'] },
        'leaves activities out',
        { arm: 'properties.categories', ansible: 'categories' },
      ],
      'log-profile-without-global': [
        'locations',
        { must: { all: ['global'] }, absent: 'fine' },
        'leaves the global location out',
        { arm: 'properties.locations', ansible: 'locations', sample: { bad: ['westeurope'], good: ['westeurope', 'global'] } },
      ],
      'log-profile-locations': [
        'locations',
        { must: { all: ['eastus', 'westus', 'northeurope', 'westeurope', 'eastasia', 'southeastasia', 'japaneast', 'brazilsouth', 'global'] }, absent: 'fine' },
        'leaves regions out',
        { arm: 'properties.locations', severity: 'info' },
      ],
    },
    retention: {
      'log-profile-retention': [
        'retention_policy.days',
        { must: { matches: /^(?:0|36[5-9]|3[7-9]\d|[4-9]\d\d|\d{4,})$/ }, absent: 'fine', set: 365, sample: { bad: 7 } },
        'keeps its records for less than a year',
        { arm: 'properties.retentionPolicy.days', ansible: 'retention_policy.days' },
      ],
      'log-profile-retention-off': [
        'retention_policy.enabled',
        notOff,
        'does not keep its records',
        { arm: 'properties.retentionPolicy.enabled', ansible: 'retention_policy.enabled' },
      ],
    },
  }),
  ...service('Alert', ['azurerm_monitor_activity_log_alert', 'azurerm_monitor_metric_alert'], {
    detection: { 'azure-alert-off': ['enabled', notOff, 'is switched off', { arm: 'properties.enabled' }] },
  }),
  ...service('Application Insights', 'azurerm_application_insights', {
    identity: { 'insights-local-auth': ['local_authentication_disabled', on, 'accepts keys', { arm: 'properties.DisableLocalAuth', severity: 'info' }] },
  }),
  ...service('Log workspace', 'azurerm_log_analytics_workspace', {
    retention: {
      'log-workspace-retention': [
        'retention_in_days',
        { must: { least: 90 }, absent: 'fine', set: 90 },
        'keeps its records for less than 90 days',
        { arm: 'properties.retentionInDays', severity: 'info' },
      ],
    },
    exposed: {
      'public-log-workspace': [
        'internet_query_enabled',
        off,
        'can be read from the internet',
        { arm: 'properties.publicNetworkAccessForQuery', severity: 'info' },
      ],
    },
  }),
  ...service('Contact', 'azurerm_security_center_contact', {
    detection: {
      'contact-alerts-off': [
        'alert_notifications',
        on,
        'is told of no alerts',
        { arm: 'properties.alertNotifications.state|properties.alertNotifications', ansible: 'alert_notifications' },
      ],
      'contact-admins-off': [
        'alerts_to_admins',
        on,
        'leaves the administrators out',
        { arm: 'properties.notificationsByRole.state|properties.alertsToAdmins' },
      ],
      'contact-without-phone': ['phone', needed, 'has no telephone number', { arm: 'properties.phone', severity: 'info' }],
      'contact-without-mail': ['email', needed, 'has no mail address', { arm: 'properties.emails|properties.email', severity: 'info' }],
    },
  }),
  ...service('Protection plan', pricing, {
    detection: Object.fromEntries(
      Object.entries(plans).map(([kind, name]) => [
        `defender-${kind.toLowerCase()}-off`,
        [
          'tier',
          ifSet('Free', 'Standard'),
          `does not watch ${name}`,
          { arm: 'properties.pricingTier', when: [{ path: 'resource_type|name', must: { is: [kind] } }] },
        ] as const,
      ]),
    ),
    filter: { 'defender-free': ['tier', ifSet('Free', 'Standard'), 'is the free one', { arm: 'properties.pricingTier', severity: 'info' }] },
  }),
  ...service('Provisioning', 'azurerm_security_center_auto_provisioning', {
    detection: { 'defender-without-agent': ['auto_provision', is('On'), 'installs no agents', { arm: 'properties.autoProvision', severity: 'info' }] },
  }),
  ...service('Security setting', 'azurerm_security_center_setting', {
    detection: { 'security-setting-off': ['enabled', notOff, 'is switched off', { arm: 'properties.enabled' }] },
  }),
  ...service('Application Insights', 'azurerm_application_insights', {
    exposed: {
      'insights-open-ingestion': [
        'internet_ingestion_enabled',
        off,
        'takes records from the internet',
        { arm: 'properties.publicNetworkAccessForIngestion', severity: 'info', confidence: 'low' },
      ],
      'insights-open-queries': [
        'internet_query_enabled',
        off,
        'can be read from the internet',
        { arm: 'properties.publicNetworkAccessForQuery', severity: 'info', confidence: 'low' },
      ],
    },
    privilege: {
      'insights-addresses-kept': ['disable_ip_masking', notOn, 'keeps the addresses of people', { arm: 'properties.DisableIpMasking', severity: 'info' }],
    },
    retention: {
      'insights-retention': [
        'retention_in_days',
        least(90),
        'keeps its records for less than 90 days',
        { arm: 'properties.RetentionInDays', severity: 'info' },
      ],
    },
  }),
  ...service('Log workspace', 'azurerm_log_analytics_workspace', {
    exposed: {
      'log-workspace-open-ingestion': [
        'internet_ingestion_enabled',
        off,
        'takes records from the internet',
        { arm: 'properties.publicNetworkAccessForIngestion', severity: 'info' },
      ],
    },
    identity: {
      'log-workspace-local-auth': [
        'local_authentication_enabled|!local_authentication_disabled',
        off,
        'accepts keys',
        { arm: '!properties.features.disableLocalAuth', severity: 'info', confidence: 'low' },
      ],
    },
  }),
  ...service('Log cluster', 'azurerm_log_analytics_cluster', {
    customerKey: {
      'log-cluster-without-key': [
        'key_vault_key_id',
        needed,
        key,
        { arm: 'properties.keyVaultProperties', severity: 'info', or: [{ type: 'azurerm_log_analytics_cluster_customer_managed_key' }] },
      ],
    },
  }),
  ...service('Collection endpoint', ['azurerm_monitor_data_collection_endpoint', 'azurerm_monitor_workspace'], {
    exposed: {
      'public-collection': [
        'public_network_access_enabled',
        off,
        'is reachable from the internet',
        { arm: 'properties.networkAcls.publicNetworkAccess|properties.publicNetworkAccess', severity: 'info' },
      ],
    },
  }),
  ...service('Alert', ['azurerm_monitor_activity_log_alert', 'azurerm_monitor_metric_alert'], {
    detection: { 'azure-alert-tells-nobody': ['action', needed, 'tells nobody', { arm: 'properties.actions', severity: 'info', confidence: 'low' }] },
  }),
  ...service(
    'Alert',
    [
      'azurerm_monitor_scheduled_query_rules_alert',
      'azurerm_monitor_scheduled_query_rules_alert_v2',
      'azurerm_monitor_action_group',
      'azurerm_monitor_smart_detector_alert_rule',
    ],
    { detection: { 'azure-query-alert-off': ['enabled', notOff, 'is switched off', { arm: 'properties.enabled' }] } },
  ),
  ...service('Diagnostic setting', 'azurerm_monitor_diagnostic_setting', {
    logging: {
      'diagnostics-without-logs': ['enabled_log|log', needed, 'names no logs', { arm: 'properties.logs', severity: 'low' }],
      'diagnostics-log-off': ['log.enabled', notOff, 'has a log switched off', { arm: 'properties.logs.enabled', severity: 'info' }],
    },
    retention: {
      'diagnostics-retention': [
        'enabled_log.retention_policy.days|log.retention_policy.days',
        { must: { matches: /^(?:0|9\d|[1-9]\d\d+)$/ }, absent: 'fine', set: 90, sample: { bad: 7 } },
        'keeps logs for less than 90 days',
        { arm: 'properties.logs.retentionPolicy.days' },
      ],
    },
  }),
  ...service('Threat protection', 'azurerm_advanced_threat_protection', {
    detection: { 'threat-protection-off': ['enabled', on, 'is switched off', { arm: 'properties.isEnabled|properties.state', severity: 'medium' }] },
  }),
  ...service('Storage defender', 'azurerm_security_center_storage_defender', {
    detection: {
      'storage-defender-without-scan': [
        'malware_scanning_on_upload_enabled',
        on,
        'does not scan what is uploaded',
        { arm: 'properties.malwareScanning.onUpload.isEnabled' },
      ],
      'storage-defender-without-discovery': [
        'sensitive_data_discovery_enabled',
        on,
        'does not look for personal data',
        { arm: 'properties.sensitiveDataDiscovery.isEnabled', severity: 'info' },
      ],
    },
  }),
  ...service('Dashboard', 'azurerm_dashboard_grafana', {
    exposed: {
      'public-azure-grafana': [
        'public_network_access_enabled',
        off,
        'is reachable from the internet',
        { arm: 'properties.publicNetworkAccess', severity: 'low' },
      ],
    },
    identity: { 'azure-grafana-keys': ['api_key_enabled', notOn, 'accepts keys', { arm: 'properties.apiKey', severity: 'low' }] },
    transit: {
      'azure-grafana-mail-unchecked': [
        'smtp.verification_skip_enabled',
        notOn,
        'sends mail without checking certificates',
        { arm: 'properties.grafanaConfigurations.smtp.skipVerify', severity: 'medium' },
      ],
    },
    machineIdentity: { 'azure-grafana-without-identity': ['identity.type|identity', ownIdentity, 'has no identity of its own', { arm: 'identity.type|identity', severity: 'info' }] },
    recovery: { 'azure-grafana-one-zone': ['zone_redundancy_enabled', on, 'runs in one zone', { arm: 'properties.zoneRedundancy', severity: 'info' }] },
  }),
];
