import { byHand, ifSet, is, least, needed, never, not, notOff, notOn, off, on, service, ownIdentity } from '../_families.ts';

const key = 'is not encrypted with a customer-managed key';

/** Rules on addresses that are resources of their own. */
const networkRuleSets = ['azurerm_servicebus_namespace_network_rule_set', 'azurerm_eventhub_namespace_network_rule_set'];

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
    machineIdentity: { 'api-management-without-identity': ['identity.type|identity', ownIdentity, 'has no identity of its own', { arm: 'identity.type|identity', severity: 'info' }] },
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
    privilege: { 'messaging-keys': ['local_auth_enabled|local_authentication_enabled', off, 'accepts keys', { arm: '!properties.disableLocalAuth', severity: 'low' }] },
    machineIdentity: { 'messaging-without-identity': ['identity.type|identity', ownIdentity, 'has no identity of its own', { arm: 'identity.type|identity', severity: 'info' }] },
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
    machineIdentity: { 'event-grid-without-identity': ['identity.type|identity', ownIdentity, 'has no identity of its own', { arm: 'identity.type|identity', severity: 'info' }] },
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
    machineIdentity: { 'signal-without-identity': ['identity.type|identity', ownIdentity, 'has no identity of its own', { arm: 'identity.type|identity', severity: 'info' }] },
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
    machineIdentity: { 'configuration-without-identity': ['identity.type|identity', ownIdentity, 'has no identity of its own', { arm: 'identity.type|identity', severity: 'info' }] },
  }),
  ...service('Communication service', ['azurerm_relay_namespace', 'azurerm_notification_hub_namespace'], {
    exposed: {
      'public-relay': ['public_network_access_enabled', off, 'is reachable from the internet', { arm: 'properties.publicNetworkAccess', severity: 'low' }],
    },
  }),
  ...service('API management', 'azurerm_api_management', {
    oldTls: Object.fromEntries(
      (
        [
          'security.triple_des_ciphers_enabled',
          'security.tls_rsa_with_aes128_cbc_sha_ciphers_enabled',
          'security.tls_rsa_with_aes256_cbc_sha_ciphers_enabled',
          'security.tls_ecdhe_rsa_with_aes128_cbc_sha_ciphers_enabled',
          'security.tls_ecdhe_ecdsa_with_aes128_cbc_sha_ciphers_enabled',
        ] as const
      ).map((path) => [
        `api-management-${path.slice('security.'.length).replaceAll('_', '-').replace('-ciphers-enabled', '')}`,
        [path, notOn, `accepts weak ciphers (${path.slice('security.'.length).replace('_ciphers_enabled', '')})`] as const,
      ]),
    ),
    recovery: { 'api-management-one-zone': ['zones', needed, 'runs in one zone', { arm: 'zones', severity: 'info' }] },
    host: {
      'api-management-old-api': [
        'min_api_version',
        needed,
        'can be managed over outdated versions of its API',
        { arm: 'properties.apiVersionConstraint.minApiVersion', severity: 'info', confidence: 'low' },
      ],
    },
  }),
  ...service('API gateway name', 'azurerm_api_management_gateway_host_name_configuration', {
    oldTls: { 'api-gateway-tls10': ['tls10_enabled', notOn, 'accepts TLS 1.0', { arm: 'properties.tls10Enabled' }], 'api-gateway-tls11': ['tls11_enabled', notOn, 'accepts TLS 1.1', { arm: 'properties.tls11Enabled' }] },
    clientCertificate: {
      'api-gateway-client-certificate': ['request_client_certificate_enabled', on, 'asks clients for no certificate', { severity: 'info', confidence: 'low' }],
    },
  }),
  ...service('API product', 'azurerm_api_management_product', {
    identity: { 'api-product-anonymous': ['subscription_required', notOff, 'asks for no subscription', { arm: 'properties.subscriptionRequired' }] },
    privilege: {
      'api-product-unapproved': [
        'approval_required',
        on,
        'gives everybody a subscription',
        { arm: 'properties.approvalRequired', severity: 'info', confidence: 'low' },
      ],
    },
  }),
  ...service('API subscription', 'azurerm_api_management_subscription', {
    privilege: {
      'api-subscription-tracing': ['allow_tracing', notOn, 'may trace requests with what they carry', { arm: 'properties.allowTracing', severity: 'info' }],
      'api-subscription-all': ['product_id|api_id', needed, 'holds for all APIs', { arm: false, severity: 'info', confidence: 'low' }],
    },
  }),
  ...service('Authorization server', 'azurerm_api_management_authorization_server', {
    identity: {
      'api-authorization-implicit': [
        'grant_types',
        never(/^(?:implicit|resourceOwnerPassword)$/, ['implicit'], ['authorizationCode']),
        'hands tokens to the browser, or takes passwords',
        { arm: 'properties.grantTypes', severity: 'low' },
      ],
    },
  }),
  ...service('API record', ['azurerm_api_management_diagnostic', 'azurerm_api_management_api_diagnostic'], {
    logging: { 'api-errors-unlogged': ['always_log_errors', notOff, 'leaves errors out', { arm: false, severity: 'info' }] },
  }),
  ...service('Messaging namespace', ['azurerm_servicebus_namespace', 'azurerm_eventhub_namespace', ...networkRuleSets], {
    exposed: {
      'messaging-open-network': [
        'network_rule_set.default_action|network_rulesets.default_action|default_action',
        ifSet('Allow', 'Deny'),
        'lets every network in',
        { arm: 'properties.defaultAction', severity: 'low' },
      ],
      'messaging-every-address': [
        'network_rule_set.ip_rules|network_rulesets.ip_rule.ip_mask|ip_rules',
        never(/^0\.0\.0\.0(?:\/0)?$/, ['0.0.0.0/0'], ['198.51.100.0/24']),
        'lets every address in',
        { arm: 'properties.ipRules.ipMask' },
      ],
    },
  }),
  ...service(
    'Messaging key',
    [
      'azurerm_servicebus_namespace_authorization_rule',
      'azurerm_servicebus_queue_authorization_rule',
      'azurerm_servicebus_topic_authorization_rule',
      'azurerm_eventhub_namespace_authorization_rule',
      'azurerm_eventhub_authorization_rule',
      'azurerm_relay_namespace_authorization_rule',
      'azurerm_notification_hub_authorization_rule',
    ],
    {
      privilege: {
        'messaging-key-manages': ['manage', notOn, 'may do everything', { arm: false, severity: 'low' }],
        'messaging-key-rights': [
          'rights',
          never(/^Manage$/i, ['Manage'], ['Listen']),
          'may do everything',
          {
            arm: 'properties.rights',
            severity: 'low',
            examples: [
              {
                file: 'main.bicep',
                bad: "resource app 'Microsoft.EventHub/namespaces/authorizationRules@2024-01-01' = {\n  name: 'hub/app'\n  properties: {\n    rights: ['Listen', 'Manage']\n                        ^^^^^^\n  }\n}\n",
                good: "resource app 'Microsoft.EventHub/namespaces/authorizationRules@2024-01-01' = {\n  name: 'hub/app'\n  properties: {\n    rights: ['Listen']\n  }\n}\n",
              },
            ],
          },
        ],
      },
    },
  ),
  ...service('Hub', 'azurerm_web_pubsub_hub', {
    identity: { 'pubsub-anonymous': ['anonymous_connections_enabled', notOn, 'lets in who has not signed in', { arm: 'properties.anonymousConnectPolicy' }] },
  }),
  ...service('Signal service', ['azurerm_signalr_service', 'azurerm_web_pubsub', 'azurerm_web_pubsub_socketio'], {
    identity: {
      'signal-without-directory': ['aad_auth_enabled', notOff, 'does not know the directory', { arm: '!properties.disableAadAuth', severity: 'low' }],
    },
    privilege: {
      'signal-cors-any-origin': [
        'cors.allowed_origins',
        byHand(not(['https://app.example.com'], '*')),
        'accepts cross-origin requests from every site',
        { arm: 'properties.cors.allowedOrigins', severity: 'info' },
      ],
    },
  }),
  ...service('Network list', ['azurerm_signalr_service_network_acl', 'azurerm_web_pubsub_network_acl', 'azurerm_signalr_service', 'azurerm_web_pubsub'], {
    exposed: { 'signal-open-network': ['default_action', ifSet('Allow', 'Deny'), 'lets every network in', { arm: 'properties.networkACLs.defaultAction', severity: 'low' }] },
  }),
  ...service('IoT hub', 'azurerm_iothub', {
    exposed: {
      'iot-hub-open-network': [
        'network_rule_set.default_action',
        ifSet('Allow', 'Deny'),
        'lets every network in',
        { arm: 'properties.networkRuleSets.defaultAction', severity: 'low' },
      ],
    },
    machineIdentity: { 'iot-hub-without-identity': ['identity.type|identity', ownIdentity, 'has no identity of its own', { arm: 'identity.type|identity', severity: 'info' }] },
  }),
  ...service(
    'IoT service',
    ['azurerm_iotcentral_application', 'azurerm_iothub_device_update_account', 'azurerm_healthcare_dicom_service', 'azurerm_digital_twins_instance'],
    {
      exposed: {
        'public-iot-service': [
          'public_network_access_enabled',
          off,
          'is reachable from the internet',
          { arm: 'properties.publicNetworkAccess', severity: 'low' },
        ],
      },
      machineIdentity: { 'iot-service-without-identity': ['identity.type|identity', ownIdentity, 'has no identity of its own', { arm: 'identity.type|identity', severity: 'info' }] },
    },
  ),
  ...service('Event grid', ['azurerm_eventgrid_namespace', 'azurerm_eventgrid_partner_namespace'], {
    exposed: {
      'public-event-namespace': [
        'public_network_access',
        is('Disabled'),
        'is reachable from the internet',
        { arm: 'properties.publicNetworkAccess', severity: 'low', sample: { bad: 'Enabled' } },
      ],
    },
  }),
  ...service('Event grid', ['azurerm_eventgrid_topic', 'azurerm_eventgrid_domain'], {
    exposed: {
      'event-grid-every-address': [
        'inbound_ip_rule.ip_mask',
        never(/^0\.0\.0\.0(?:\/0)?$/, '0.0.0.0/0', '198.51.100.0/24'),
        'lets every address in',
        { arm: 'properties.inboundIpRules.ipMask' },
      ],
    },
  }),
  ...service('Relay connection', 'azurerm_relay_hybrid_connection', {
    identity: {
      'relay-anonymous': ['requires_client_authorization', notOff, 'lets in who has not signed in', { arm: 'properties.requiresClientAuthorization' }],
    },
  }),
  ...service('Maps account', 'azurerm_maps_account', {
    identity: { 'maps-keys': ['local_authentication_enabled', off, 'accepts keys', { arm: '!properties.disableLocalAuth', severity: 'info' }] },
  }),
  ...service('Health data', ['azurerm_healthcare_service', 'azurerm_healthcare_fhir_service', 'azurerm_healthcare_dicom_service'], {
    privilege: {
      'health-data-cors-any-origin': [
        'cors_configuration.allowed_origins|cors.allowed_origins',
        byHand(not(['https://app.example.com'], '*')),
        'accepts cross-origin requests from every site',
        { arm: 'properties.corsConfiguration.origins', severity: 'medium' },
      ],
    },
    machineIdentity: { 'health-data-without-identity': ['identity.type|identity', ownIdentity, 'has no identity of its own', { arm: 'identity.type|identity', severity: 'info' }] },
  }),
  ...service('Configuration store', 'azurerm_app_configuration', {
    recovery: {
      'configuration-short-soft-delete': [
        'soft_delete_retention_days',
        least(7),
        'brings a deleted store back for a few days only',
        { arm: 'properties.softDeleteRetentionInDays', severity: 'info' },
      ],
    },
  }),
  ...service('Ledger', 'azurerm_confidential_ledger', {
    public: { 'public-ledger': ['ledger_type', ifSet('Public', 'Private'), 'can be read by everybody', { arm: 'properties.ledgerType', severity: 'low' }] },
  }),
  ...service('Bot channel', 'azurerm_bot_channel_directline', {
    identity: { 'bot-channel-open': ['site.enhanced_authentication_enabled', notOff, 'lets every site talk as its user', { severity: 'low' }] },
  }),
];
