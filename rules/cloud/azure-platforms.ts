import { ifSet, is, missing, needed, never, notOn, off, on, orMissing, service, ownIdentity } from '../_families.ts';

const key = 'is not encrypted with a customer-managed key';

export default [
  ...service('Service fabric', 'azurerm_service_fabric_cluster', {
    identity: {
      'service-fabric-without-directory': [
        'azure_active_directory.tenant_id',
        needed,
        'does not know the directory',
        { arm: 'properties.azureActiveDirectory.tenantId', severity: 'medium' },
      ],
    },
    atRest: {
      'service-fabric-protection': [
        'fabric_settings.parameters.ClusterProtectionLevel',
        is('EncryptAndSign'),
        'does not encrypt what its nodes say to each other',
        {
          arm: false,
          severity: 'medium',
          examples: missing(
            'azurerm_service_fabric_cluster',
            '  fabric_settings {\n    parameters = {}\n  }\n',
            '  fabric_settings {\n    name = "Security"\n    parameters = {\n      ClusterProtectionLevel = "EncryptAndSign"\n    }\n  }\n',
          ),
        },
      ],
    },
  }),
  ...service('Spring service', 'azurerm_spring_cloud_service', {
    segmentation: {
      'spring-without-network': [
        'network',
        needed,
        'runs outside of a virtual network',
        {
          arm: 'properties.networkProfile',
          severity: 'low',
          when: [{ path: 'sku_name', must: { not: ['B0', 'Basic'] } }],
          examples: missing('azurerm_spring_cloud_service', '  sku_name = "S0"\n', '  sku_name = "S0"\n  network {\n    app_subnet_id = "a"\n  }\n'),
        },
      ],
      'spring-default-network': [
        'network.app_subnet_id',
        needed,
        'has no subnet for its apps',
        { arm: 'properties.networkProfile.appSubnetId', severity: 'info' },
      ],
    },
  }),
  ...service('Spring app', ['azurerm_spring_cloud_app', 'azurerm_spring_cloud_active_deployment'], {
    transit: { 'spring-app-http': ['https_only', on, 'accepts plain HTTP', { arm: 'properties.httpsOnly' }] },
  }),
  ...service('Batch account', 'azurerm_batch_account', {
    customerKey: {
      'batch-without-key': ['key_vault_reference', needed, 'keeps no keys in a vault', { arm: 'properties.keyVaultReference', severity: 'low' }],
      'batch-without-customer-key': ['encryption', needed, key, { arm: 'properties.encryption', severity: 'info' }],
    },
    exposed: {
      'public-batch': [
        'public_network_access_enabled',
        off,
        'is reachable from the internet',
        {
          arm: 'properties.publicNetworkAccess',
          severity: 'low',
          orPath: [{ path: 'properties.networkProfile.accountAccess.defaultAction|network_profile.account_access.default_action', must: { is: ['Deny'] } }],
        },
      ],
    },
    segmentation: {
      'batch-open-network': [
        'network_profile.account_access.default_action',
        ifSet('Allow', 'Deny'),
        'lets every network in',
        { arm: 'properties.networkProfile.accountAccess.defaultAction' },
      ],
    },
  }),
  ...service('Automation account', 'azurerm_automation_account', {
    exposed: {
      'public-automation': ['public_network_access_enabled', off, 'is reachable from the internet', { arm: 'properties.publicNetworkAccess', severity: 'low' }],
    },
    identity: { 'automation-local-auth': ['local_authentication_enabled', off, 'accepts keys', { arm: '!properties.disableLocalAuth', severity: 'low' }] },
    machineIdentity: { 'automation-without-identity': ['identity.type|identity', ownIdentity, 'has no identity of its own', { arm: 'identity.type|identity', severity: 'info' }] },
  }),
  ...service(
    'Automation variable',
    [
      'azurerm_automation_variable_string',
      'azurerm_automation_variable_bool',
      'azurerm_automation_variable_int',
      'azurerm_automation_variable_datetime',
      'azurerm_automation_variable',
    ],
    {
      atRest: { 'automation-variable-plain': ['encrypted', on, 'is stored without encryption at rest', { arm: 'properties.isEncrypted', severity: 'medium' }] },
    },
  ),
  ...service('Logic app', 'azurerm_logic_app_workflow', {
    exposed: {
      'workflow-every-address': [
        'access_control.trigger.allowed_caller_ip_address_range|access_control.content.allowed_caller_ip_address_range|access_control.action.allowed_caller_ip_address_range|access_control.workflow_management.allowed_caller_ip_address_range',
        never(/^0\.0\.0\.0(?:\/0|-255\.255\.255\.255)$/, ['0.0.0.0/0'], ['198.51.100.0/24']),
        'can be called from every address',
        {
          arm: 'properties.accessControl.triggers.allowedCallerIpAddresses.addressRange|properties.accessControl.contents.allowedCallerIpAddresses.addressRange|properties.accessControl.actions.allowedCallerIpAddresses.addressRange',
          severity: 'medium',
        },
      ],
    },
  }),
  ...service('Logic app', ['azurerm_logic_app_standard', 'azurerm_logic_app_workflow'], {
    exposed: {
      'logic-app-open': [
        'access_control',
        needed,
        'can be called from every address',
        { arm: 'properties.accessControl', severity: 'info', confidence: 'low', orPath: [{ path: 'app_service_plan_id', must: 'present' }] },
      ],
    },
  }),
  ...service('App environment', 'azurerm_app_service_environment_v3', {
    recovery: { 'app-environment-one-zone': ['zone_redundant', on, 'runs in one zone', { arm: 'properties.zoneRedundant', severity: 'info' }] },
    transit: {
      'app-environment-internal-plain': [
        'cluster_setting.value',
        { must: { is: ['true'] }, absent: 'fine' },
        'sends data between its parts without encryption',
        { item: { key: 'name', name: 'InternalEncryption' }, arm: 'properties.clusterSettings.value', sample: { bad: 'false', good: 'true' } },
      ],
    },
    oldTls: {
      'app-environment-old-tls': [
        'cluster_setting.value',
        { must: { is: ['1'] }, absent: 'fine' },
        'accepts TLS 1.0',
        { item: { key: 'name', name: 'DisableTls1.0' }, arm: 'properties.clusterSettings.value', sample: { bad: '0', good: '1' } },
      ],
    },
  }),
  ...service('Workflow app', ['azurerm_logic_app_standard', 'azurerm_function_app_flex_consumption'], {
    transit: {
      'workflow-app-http': ['https_only', on, 'accepts plain HTTP', { arm: false }],
      'workflow-app-ftp': ['site_config.ftps_state', ifSet('AllAllowed', 'Disabled', 'FtpsOnly'), 'accepts plain FTP', { arm: false }],
    },
    oldTls: {
      'workflow-app-old-tls': [
        'site_config.min_tls_version|site_config.minimum_tls_version',
        { must: { is: ['1.2', '1.3'] }, absent: 'fine', set: '1.2', sample: { bad: '1.0' } },
        'accepts outdated TLS versions',
        { arm: false },
      ],
    },
    exposed: {
      'public-workflow-app': ['public_network_access', ifSet('Enabled', 'Disabled'), 'is reachable from the internet', { arm: false, severity: 'info' }],
    },
    machineIdentity: { 'workflow-app-without-identity': ['identity.type|identity', ownIdentity, 'has no identity of its own', { arm: false, severity: 'info' }] },
  }),
  ...service('Static web app', 'azurerm_static_web_app', {
    exposed: { 'public-static-app': ['public_network_access_enabled', off, 'is reachable from the internet', { arm: 'properties.publicNetworkAccess', severity: 'info', confidence: 'low' }] },
    machineIdentity: { 'static-app-without-identity': ['identity.type|identity', ownIdentity, 'has no identity of its own', { arm: 'identity.type|identity', severity: 'info', confidence: 'low' }] },
  }),
  ...service('Gateway for Spring', ['azurerm_spring_cloud_gateway', 'azurerm_spring_cloud_api_portal'], {
    transit: { 'spring-gateway-http': ['https_only|https_only_enabled', on, 'accepts plain HTTP', { arm: 'properties.httpsOnly', severity: 'low' }] },
    exposed: { 'public-spring-gateway': ['public_network_access_enabled', notOn, 'is reachable from the internet', { arm: 'properties.public', severity: 'low' }] },
  }),
  ...service('Spring app', 'azurerm_spring_cloud_app', {
    transit: {
      'spring-app-plain-inside': ['tls_enabled', on, 'speaks without TLS behind its gateway', { arm: 'properties.enableEndToEndTLS', severity: 'info' }],
    },
    exposed: {
      'spring-app-public': ['public_endpoint_enabled|is_public', notOn, 'is reachable from the internet', { arm: 'properties.public', severity: 'info' }],
    },
    machineIdentity: { 'spring-app-without-identity': ['identity.type|identity', ownIdentity, 'has no identity of its own', { arm: 'identity.type|identity', severity: 'info' }] },
  }),
  ...service('Automation variable', 'azurerm_automation_variable_object', {
    atRest: { 'automation-object-plain': ['encrypted', on, 'is stored without encryption at rest', { severity: 'medium' }] },
  }),
  ...service('Automation account', 'azurerm_automation_account', {
    customerKey: { 'automation-without-key': ['encryption', needed, key, { arm: 'properties.encryption.keyVaultProperties', severity: 'info' }] },
  }),
  ...service('Batch pool', 'azurerm_batch_pool', {
    atRest: {
      'batch-pool-disk-plain': [
        'disk_encryption',
        needed,
        'does not encrypt the disks of its nodes',
        { arm: 'properties.deploymentConfiguration.virtualMachineConfiguration.diskEncryptionConfiguration', severity: 'low' },
      ],
    },
    segmentation: {
      'batch-pool-without-network': [
        'network_configuration',
        needed,
        'runs outside of a virtual network',
        { arm: 'properties.networkConfiguration', severity: 'info' },
      ],
      'batch-pool-public-nodes': [
        'network_configuration.public_address_provisioning_type',
        ifSet('BatchManaged', 'NoPublicIPAddresses', 'UserManaged'),
        'gives its nodes public addresses',
        { arm: 'properties.networkConfiguration.publicIPAddressConfiguration.provision', severity: 'low' },
      ],
    },
    privilege: {
      'batch-pool-administrator': [
        'start_task.user_identity.auto_user.elevation_level',
        ifSet('Admin', 'NonAdmin'),
        'starts its nodes with the rights of an administrator',
        { arm: 'properties.startTask.userIdentity.autoUser.elevationLevel', severity: 'low' },
      ],
    },
  }),
  ...service('Batch account', 'azurerm_batch_account', {
    identity: {
      'batch-shared-key': [
        'allowed_authentication_modes',
        orMissing(never(/^SharedKey$/i, ['SharedKey'], ['AAD'])),
        'accepts shared keys',
        { arm: 'properties.allowedAuthenticationModes', severity: 'low' },
      ],
    },
    machineIdentity: { 'batch-without-identity': ['identity.type|identity', ownIdentity, 'has no identity of its own', { arm: 'identity.type|identity', severity: 'info' }] },
  }),
];
