import { byHand, ifSet, inBicep, needed, never, none, not, notOff, notOn, service } from '../_families.ts';

const key = 'is not encrypted with a customer-managed key';

/** What of Azure connects to something else: links, endpoints, gateways and subscriptions. */
export default [
  ...service('Linked service', ['azurerm_data_factory_linked_custom_service', 'azurerm_synapse_linked_service'], {
    transit: {
      'linked-service-unchecked': ['type_properties.enableServerCertificateValidation', notOff, 'does not check whom it talks to', { terraform: false, arm: 'properties.typeProperties.enableServerCertificateValidation', severity: 'medium', examples: inBicep('Microsoft.DataFactory/factories/linkedservices', 'properties.typeProperties.enableServerCertificateValidation', false, true) }],
      'linked-service-plain': ['type_properties.url', never(/^http:/, 'http://a.example.com', 'https://a.example.com'), 'is called over plain HTTP', { terraform: false, arm: 'properties.typeProperties.url', severity: 'medium', examples: inBicep('Microsoft.DataFactory/factories/linkedservices', 'properties.typeProperties.url', 'http://a.example.com', 'https://a.example.com') }],
      'linked-service-host-unchecked': ['type_properties.skipHostKeyValidation', notOn, 'does not check whom it talks to', { terraform: false, arm: 'properties.typeProperties.skipHostKeyValidation', severity: 'medium', examples: inBicep('Microsoft.DataFactory/factories/linkedservices', 'properties.typeProperties.skipHostKeyValidation', true, false) }],
    },
  }),
  ...service('Event subscription', ['azurerm_eventgrid_event_subscription', 'azurerm_eventgrid_system_topic_event_subscription'], {
    transit: {
      'event-webhook-plain': ['webhook_endpoint.url', never(/^http:/, 'http://a.example.com/events', 'https://a.example.com/events'), 'sends events over plain HTTP', { arm: 'properties.destination.properties.endpointUrl' }],
    },
    oldTls: {
      'event-webhook-old-tls': ['destination.minimumTlsVersionAllowed', not('1.2', '1.0', '1.1'), 'accepts outdated TLS versions', { terraform: false, arm: 'properties.destination.properties.minimumTlsVersionAllowed', examples: inBicep('Microsoft.EventGrid/eventSubscriptions', 'properties.destination.properties.minimumTlsVersionAllowed', '1.0', '1.2') }],
    },
  }),
  ...service('Relay', 'azurerm_relay_wcf_relay', {
    transit: { 'wcf-relay-plain': ['requires_transport_security', notOff, 'accepts connections without TLS', { terraform: false, arm: 'properties.requiresTransportSecurity', examples: inBicep('Microsoft.Relay/namespaces/wcfRelays', 'properties.requiresTransportSecurity', false, true) }] },
    identity: { 'wcf-relay-anonymous': ['requires_client_authorization', notOff, 'lets in clients that do not sign in', { terraform: false, arm: 'properties.requiresClientAuthorization', examples: inBicep('Microsoft.Relay/namespaces/wcfRelays', 'properties.requiresClientAuthorization', false, true) }] },
  }),
  ...service('Application gateway', 'azurerm_application_gateway', {
    transit: {
      'gateway-chain-unchecked': ['backend_http_settings.certificate_chain_validation_enabled', notOff, 'trusts any certificate of its servers', { severity: 'medium', arm: 'properties.backendHttpSettingsCollection.properties.validateCertChainAndExpiry' }],
      'gateway-name-unchecked': ['backend_http_settings.sni_validation_enabled', notOff, 'does not check the names of its servers', { severity: 'medium', arm: 'properties.backendHttpSettingsCollection.properties.validateSNI' }],
    },
  }),
  ...service('Express route gateway', 'azurerm_express_route_gateway', {
    segmentation: { 'express-route-any-network': ['allow_non_virtual_wan_traffic', notOn, 'accepts traffic of networks outside of the wide area network', { severity: 'low', arm: 'properties.allowNonVirtualWanTraffic' }] },
  }),
  ...service('Private link scope', 'azurerm_monitor_private_link_scope', {
    exposed: {
      'monitor-scope-open-ingestion': ['ingestion_access_mode', ifSet('Open', 'PrivateOnly'), 'takes in logs from every network', { severity: 'low', arm: 'properties.accessModeSettings.ingestionAccessMode' }],
      'monitor-scope-open-queries': ['query_access_mode', ifSet('Open', 'PrivateOnly'), 'answers queries from every network', { severity: 'low', arm: 'properties.accessModeSettings.queryAccessMode' }],
    },
  }),
  ...service('Association', 'azurerm_network_security_perimeter_association', {
    segmentation: { 'azure-perimeter-only-watches': ['access_mode', not('Enforced', 'Learning', 'Audit'), 'lets everything through and only records it', { severity: 'low', arm: 'properties.accessMode' }] },
  }),
  ...service('Virtual network', 'azurerm_virtual_network', {
    transit: { 'network-allows-plaintext': ['encryption.enforcement', ifSet('AllowUnencrypted', 'DropUnencrypted'), 'lets machines speak without encryption', { severity: 'info', arm: 'properties.encryption.enforcement' }] },
  }),
  ...service('Endpoint', ['azurerm_iothub_endpoint_cosmosdb_account', 'azurerm_iothub_endpoint_eventhub', 'azurerm_iothub_endpoint_servicebus_queue', 'azurerm_iothub_endpoint_servicebus_topic', 'azurerm_iothub_endpoint_storage_container', 'azurerm_iothub_file_upload'], {
    machineIdentity: { 'iot-endpoint-key': ['authentication_type', ifSet('keyBased', 'identityBased'), 'is reached with a key', { severity: 'info' }] },
  }),
  ...service('Event hub', 'azurerm_eventhub', {
    machineIdentity: { 'eventhub-capture-key': ['capture_description.destination.storage_authentication_type', not('SystemAssigned', 'StorageSAS'), 'writes its archive with a key', { severity: 'info' }] },
  }),
  ...service('Gateway for Spring', 'azurerm_spring_cloud_gateway', {
    privilege: { 'spring-cors-any-origin': ['cors.allowed_origins', byHand(not(['https://app.example.com'], '*')), 'accepts cross-origin requests from every site', { severity: 'low', arm: 'properties.corsProperties.allowedOrigins' }] },
  }),
  ...service('Configuration service', 'azurerm_spring_cloud_configuration_service', {
    transit: { 'spring-configuration-host-unchecked': ['repository.strict_host_key_checking', notOff, 'does not check whom it fetches from', { severity: 'medium', arm: 'properties.settings.gitProperty.repositories.strictHostKeyChecking' }] },
  }),
  ...service('Storage settings', ['azurerm_storage_account_queue_properties', 'azurerm_storage_account_table_properties'], {
    privilege: { 'storage-service-cors-any-origin': ['cors_rule.allowed_origins', byHand(not(['https://app.example.com'], '*')), 'accept cross-origin requests from every site', { severity: 'medium', arm: 'properties.cors.corsRules.allowedOrigins' }] },
  }),
  ...service('Storage account', 'azurerm_storage_account', {
    oldTls: {
      'storage-account-weak-tickets': ['share_properties.smb.kerberos_ticket_encryption_type', never(/^RC4-HMAC$/, ['RC4-HMAC'], ['AES-256']), 'accepts tickets in a broken cipher', { severity: 'low' }],
      'storage-account-weak-channel': ['share_properties.smb.channel_encryption_type', never(/^AES-128-CCM$/, ['AES-128-CCM'], ['AES-256-GCM']), 'accepts an outdated cipher for its shares', { severity: 'info' }],
    },
  }),
  ...service('Datastore', 'azurerm_machine_learning_datastore', {
    identity: {
      'ml-datastore-secret': ['credentials.secrets', none, 'signs in with a key', { terraform: false, severity: 'low', arm: 'properties.credentials.secrets', examples: [{
        file: 'main.bicep',
        bad: "resource store 'Microsoft.MachineLearningServices/workspaces/datastores@2024-04-01' = {\n  name: 'clinic/data'\n  properties: {\n    credentials: {\n      credentialsType: 'AccountKey'\n      secrets: { secretsType: 'AccountKey', key: accountKey }\n               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n    }\n  }\n}\n",
        good: "resource store 'Microsoft.MachineLearningServices/workspaces/datastores@2024-04-01' = {\n  name: 'clinic/data'\n  properties: {\n    credentials: { credentialsType: 'None' }\n  }\n}\n",
      }] }],
    },
  }),
  ...service('Relay server', 'azurerm_fluid_relay_server', {
    customerKey: { 'fluid-relay-without-key': ['customer_managed_key', needed, key, { severity: 'info', arm: 'properties.encryption' }] },
  }),
];
