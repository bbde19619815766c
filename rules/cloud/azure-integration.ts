import { is, needed, never, notOff, notOn, off, on, service } from '../_families.ts';

const key = 'is not encrypted with a customer-managed key';

export default [
  ...service('Communication', 'azurerm_email_communication_service_domain', {
    logging: { 'mail-tracking': ['user_engagement_tracking_enabled', notOn, 'tracks who reads mail', { severity: 'info' }] },
  }),
  ...service('Health data', ['azurerm_healthcare_service', 'azurerm_healthcare_fhir_service'], {
    exposed: {
      'public-health-data': [
        'public_network_access_enabled',
        off,
        'is reachable from the internet',
        { arm: 'properties.publicNetworkAccess', severity: 'medium' },
      ],
    },
    customerKey: {
      'health-data-without-key': [
        'cosmosdb_key_vault_key_versionless_id|configuration_export_storage_account_name',
        needed,
        key,
        { severity: 'info', confidence: 'low' },
      ],
    },
  }),
  ...service('API management', 'azurerm_api_management', {
    oldTls: Object.fromEntries(
      (
        [
          'enable_backend_ssl30|enable_back_end_ssl30|backend_ssl30_enabled',
          'enable_backend_tls10|backend_tls10_enabled',
          'enable_backend_tls11|backend_tls11_enabled',
          'enable_frontend_ssl30|frontend_ssl30_enabled',
          'enable_frontend_tls10|frontend_tls10_enabled',
          'enable_frontend_tls11|frontend_tls11_enabled',
        ] as const
      ).map((names) => [
        `api-management-${names.split('|')[0]!.replaceAll('_', '-').replace('enable-', '')}`,
        [
          names
            .split('|')
            .map((one) => `security.${one}`)
            .join('|'),
          notOn,
          `accepts outdated protocols (${names.split('|')[0]!.replace('enable_', '').replaceAll('_', ' ')})`,
        ] as const,
      ]),
    ),
    exposed: {
      'public-api-management': [
        'public_network_access_enabled',
        off,
        'is reachable from the internet',
        { arm: 'properties.publicNetworkAccess', severity: 'info' },
      ],
    },
    segmentation: {
      'api-management-without-network': [
        'virtual_network_type',
        { must: { is: ['Internal', 'External'] }, absent: 'bad' },
        'runs outside of a virtual network',
        { arm: 'properties.virtualNetworkType', severity: 'info', sample: { bad: 'None', good: 'Internal' } },
      ],
    },
    clientCertificate: {
      'api-management-without-client-certificates': [
        'client_certificate_enabled',
        on,
        'asks clients for no certificate',
        { arm: 'properties.enableClientCertificate', severity: 'info', confidence: 'low' },
      ],
    },
    machineIdentity: { 'api-management-without-identity': ['identity', needed, 'has no identity of its own', { arm: 'identity', severity: 'info' }] },
  }),
  ...service('API backend', 'azurerm_api_management_backend', {
    transit: {
      'api-backend-http': [
        'url',
        never(/^http:/, 'http://backend.example.com', 'https://backend.example.com'),
        'is called over plain HTTP',
        { arm: 'properties.url' },
      ],
      'api-backend-certificate': [
        'tls.validate_certificate_chain',
        notOff,
        'is called without checking its certificate',
        { arm: 'properties.tls.validateCertificateChain' },
      ],
    },
  }),
  ...service('API', 'azurerm_api_management_api', {
    transit: { 'api-management-http': ['protocols', never(/^http$/, ['http'], ['https']), 'accepts plain HTTP', { arm: 'properties.protocols' }] },
    identity: { 'api-management-anonymous': ['subscription_required', notOff, 'asks for no subscription', { arm: 'properties.subscriptionRequired' }] },
  }),
  ...service('Named value', 'azurerm_api_management_named_value', {
    secret: {
      'api-management-named-value-plain': [
        'secret',
        on,
        'shows its value to everybody who reads the service',
        { arm: 'properties.secret', severity: 'info', confidence: 'low' },
      ],
    },
  }),
  ...service('Messaging namespace', ['azurerm_servicebus_namespace', 'azurerm_eventhub_namespace'], {
    oldTls: {
      'messaging-old-tls': [
        'minimum_tls_version',
        { must: { is: ['1.2', '1.3'] }, absent: 'fine', set: '1.2', sample: { bad: '1.0' } },
        'accepts outdated TLS versions',
        { arm: 'properties.minimumTlsVersion' },
      ],
    },
    exposed: {
      'public-messaging': ['public_network_access_enabled', off, 'is reachable from the internet', { arm: 'properties.publicNetworkAccess', severity: 'low' }],
    },
    privilege: { 'messaging-keys': ['local_auth_enabled', off, 'accepts keys', { arm: '!properties.disableLocalAuth', severity: 'low' }] },
    machineIdentity: { 'messaging-without-identity': ['identity', needed, 'has no identity of its own', { arm: 'identity', severity: 'info' }] },
    customerKey: {
      'messaging-without-key': [
        'customer_managed_key',
        needed,
        key,
        {
          arm: 'properties.encryption',
          or: [{ type: 'azurerm_eventhub_namespace_customer_managed_key' }, { type: 'azurerm_servicebus_namespace_customer_managed_key' }],
          severity: 'info',
        },
      ],
      'messaging-single-encryption': [
        'customer_managed_key.infrastructure_encryption_enabled',
        on,
        'is encrypted once, not twice',
        { arm: 'properties.encryption.requireInfrastructureEncryption', severity: 'info' },
      ],
    },
    recovery: { 'messaging-one-zone': ['zone_redundant', on, 'runs in one zone', { arm: 'properties.zoneRedundant', severity: 'info' }] },
  }),
  ...service('Event grid', ['azurerm_eventgrid_topic', 'azurerm_eventgrid_domain', 'azurerm_eventgrid_system_topic'], {
    identity: { 'event-grid-keys': ['local_auth_enabled', off, 'accepts keys', { arm: '!properties.disableLocalAuth', severity: 'low' }] },
    exposed: {
      'public-event-grid': ['public_network_access_enabled', off, 'is reachable from the internet', { arm: 'properties.publicNetworkAccess', severity: 'low' }],
    },
    machineIdentity: { 'event-grid-without-identity': ['identity', needed, 'has no identity of its own', { arm: 'identity', severity: 'info' }] },
  }),
  ...service('Signal service', ['azurerm_signalr_service', 'azurerm_web_pubsub'], {
    exposed: {
      'public-signal': ['public_network_access_enabled', off, 'is reachable from the internet', { arm: 'properties.publicNetworkAccess', severity: 'low' }],
    },
    recovery: {
      'signal-without-availability': [
        'sku.name|sku',
        { must: { never: /^Free_F1$/ }, absent: 'fine', sample: { bad: 'Free_F1', good: 'Standard_S1' } },
        'has no agreed availability',
        { arm: 'sku.name', severity: 'info' },
      ],
    },
    machineIdentity: { 'signal-without-identity': ['identity', needed, 'has no identity of its own', { arm: 'identity', severity: 'info' }] },
    identity: { 'signal-keys': ['local_auth_enabled', off, 'accepts keys', { arm: '!properties.disableLocalAuth', severity: 'info' }] },
  }),
  ...service('IoT hub', ['azurerm_iothub', 'azurerm_iothub_dps'], {
    exposed: {
      'public-iot-hub': ['public_network_access_enabled', off, 'is reachable from the internet', { arm: 'properties.publicNetworkAccess', severity: 'low' }],
    },
    oldTls: {
      'iot-old-tls': [
        'min_tls_version',
        { ...is('1.2'), absent: 'fine', sample: { bad: '1.0' } },
        'accepts outdated TLS versions',
        { arm: 'properties.minTlsVersion' },
      ],
    },
    identity: { 'iot-keys': ['local_authentication_enabled', off, 'accepts keys', { arm: '!properties.disableLocalAuth', severity: 'info' }] },
  }),
  ...service('Configuration store', 'azurerm_app_configuration', {
    exposed: {
      'public-configuration': [
        'public_network_access|public_network_access_enabled',
        off,
        'is reachable from the internet',
        { arm: 'properties.publicNetworkAccess', severity: 'low', set: 'Disabled' },
      ],
    },
    identity: { 'configuration-keys': ['local_auth_enabled', off, 'accepts keys', { arm: '!properties.disableLocalAuth', severity: 'low' }] },
    customerKey: { 'configuration-without-key': ['encryption', needed, key, { arm: 'properties.encryption', severity: 'info' }] },
    recovery: {
      'configuration-without-purge-protection': [
        'purge_protection_enabled',
        on,
        'can be destroyed for good',
        { arm: 'properties.enablePurgeProtection', severity: 'info' },
      ],
      'configuration-free-tier': [
        'sku',
        { must: { is: ['standard', 'premium'] }, absent: 'fine', set: 'standard', sample: { bad: 'free' } },
        'has no agreed availability',
        { arm: 'sku.name', severity: 'info' },
      ],
    },
    machineIdentity: { 'configuration-without-identity': ['identity', needed, 'has no identity of its own', { arm: 'identity', severity: 'info' }] },
  }),
  ...service('Communication service', ['azurerm_relay_namespace', 'azurerm_notification_hub_namespace'], {
    exposed: {
      'public-relay': ['public_network_access_enabled', off, 'is reachable from the internet', { arm: 'properties.publicNetworkAccess', severity: 'low' }],
    },
  }),
];
