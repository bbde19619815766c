import { byHand, ifSet, needed, never, not, notOff, notOn, service, ownIdentity } from '../_families.ts';

const key = 'is not encrypted with a customer-managed key';

/** Services of Azure beside the large ones. */
export default [
  ...service('Maps account', 'azurerm_maps_account', {
    privilege: {
      'maps-cors-any-origin': [
        'cors.allowed_origins',
        byHand(not(['https://app.example.com'], '*')),
        'accepts cross-origin requests from every site',
        { arm: 'properties.cors.corsRules.allowedOrigins', severity: 'low' },
      ],
    },
  }),
  ...service('Path', ['azurerm_storage_data_lake_gen2_path', 'azurerm_storage_data_lake_gen2_filesystem'], {
    privilege: {
      'data-lake-open-to-others': [
        'ace.permissions',
        never(/[rw]/, 'r-x', '---'),
        'can be read by everybody in the directory',
        {
          item: { key: 'type', name: 'other' },
          severity: 'medium',
          examples: [
            {
              file: 'main.tf',
              bad: 'resource "azurerm_storage_data_lake_gen2_path" "main" {\n  ace {\n    type        = "other"\n    permissions = "r-x"\n                   ^^^\n  }\n}\n',
              good: 'resource "azurerm_storage_data_lake_gen2_path" "main" {\n  ace {\n    type        = "other"\n    permissions = "---"\n  }\n}\n',
            },
          ],
        },
      ],
    },
  }),
  ...service('Firewall policy', 'azurerm_web_application_firewall_policy', {
    filter: {
      'gateway-policy-large-bodies': ['policy_settings.request_body_enforcement', notOff, 'lets bodies through that are too large to inspect', { arm: 'properties.policySettings.requestBodyEnforcement' }],
      'gateway-policy-large-files': ['policy_settings.file_upload_enforcement', notOff, 'lets files through that are too large to inspect', { arm: 'properties.policySettings.fileUploadEnforcement' }],
    },
  }),
  ...service('Stream job', 'azurerm_stream_analytics_job', {
    identity: {
      'stream-job-storage-key': [
        'job_storage_account.authentication_mode',
        ifSet('ConnectionString', 'Msi'),
        'keeps the key of its storage',
        { arm: 'properties.jobStorageAccount.authenticationMode', severity: 'low' },
      ],
    },
  }),
  ...service('Network rule', ['azurerm_mssql_virtual_network_rule', 'azurerm_postgresql_virtual_network_rule', 'azurerm_mariadb_virtual_network_rule'], {
    segmentation: {
      'sql-network-rule-without-endpoint': [
        'ignore_missing_vnet_service_endpoint',
        notOn,
        'does not need the endpoint that it relies on',
        { arm: 'properties.ignoreMissingVnetServiceEndpoint', severity: 'info' },
      ],
    },
  }),
  ...service('Cluster', 'azurerm_service_fabric_cluster', {
    transit: {
      'service-fabric-plain-messages': [
        'fabric_settings.parameters.value',
        ifSet('Sign', 'EncryptAndSign'),
        'does not encrypt what its nodes say to each other',
        {
          arm: 'properties.fabricSettings.parameters.value',
          item: { key: 'name', name: 'ClusterProtectionLevel' },
          severity: 'medium',
          examples: [
            {
              file: 'main.bicep',
              bad: "resource main 'Microsoft.ServiceFabric/clusters@2023-11-01-preview' = {\n  name: 'main'\n  properties: {\n    fabricSettings: [\n      { name: 'Security', parameters: [ { name: 'ClusterProtectionLevel', value: 'Sign' } ] }\n                                                                                  ^^^^\n    ]\n  }\n}\n",
              good: "resource main 'Microsoft.ServiceFabric/clusters@2023-11-01-preview' = {\n  name: 'main'\n  properties: {\n    fabricSettings: [\n      { name: 'Security', parameters: [ { name: 'ClusterProtectionLevel', value: 'EncryptAndSign' } ] }\n    ]\n  }\n}\n",
            },
          ],
        },
      ],
    },
  }),
  ...service('Image gallery', 'azurerm_shared_image_gallery', {
    public: {
      'image-gallery-community': [
        'sharing.permission',
        ifSet('Community', 'Private', 'Groups'),
        'offers its images to everybody',
        { arm: 'properties.sharingProfile.permissions', severity: 'medium' },
      ],
    },
  }),
  ...service('Proxy', 'azurerm_nginx_deployment', {
    filter: { 'nginx-without-waf': ['web_application_firewall', needed, 'has no web application firewall', { severity: 'info', confidence: 'low' }] },
  }),
  ...service('Line', 'azurerm_express_route_port', {
    transit: {
      'express-route-plain': ['link1.macsec_ckn_keyvault_secret_id|link2.macsec_ckn_keyvault_secret_id', needed, 'is not encrypted', { severity: 'info', confidence: 'low' }],
    },
  }),
  ...service('Load test', 'azurerm_load_test', {
    customerKey: { 'load-test-without-key': ['encryption', needed, key, { severity: 'info' }] },
  }),
  ...service('Developer centre', ['azurerm_dev_center', 'azurerm_dev_center_project'], {
    machineIdentity: { 'dev-center-without-identity': ['identity.type|identity', ownIdentity, 'has no identity of its own', { severity: 'info', confidence: 'low' }] },
  }),
  ...service('Deployment source', ['azurerm_kubernetes_flux_configuration', 'azurerm_arc_kubernetes_flux_configuration'], {
    transit: {
      'flux-source-http': [
        'git_repository.url|bucket.url',
        never(/^http:/i, 'http://git.example.com/a', 'https://git.example.com/a'),
        'is fetched over plain HTTP',
        { arm: 'properties.gitRepository.url|properties.bucket.url' },
      ],
      'flux-bucket-plain': ['bucket.tls_enabled', notOff, 'is fetched without TLS', { arm: '!properties.bucket.insecure' }],
    },
  }),
];
