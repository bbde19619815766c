import { ifSet, is, needed, not, notOff, off, on, service } from '../_families.ts';

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
    logging: { 'flow-log-without-analytics': ['traffic_analytics.enabled', on, 'is not analysed', { arm: false, severity: 'info' }] },
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
];
