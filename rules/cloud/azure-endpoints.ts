import { ifSet, inBicep, never, notOff, service } from '../_families.ts';

/** What Azure has resources for that Terraform's provider does not: endpoints, connections and policies in Azure's own form. */
export default [
  ...service('Model endpoint', ['azurerm_machine_learning_online_endpoint', 'azurerm_machine_learning_batch_endpoint', 'azurerm_machine_learning_serverless_endpoint'], {
    exposed: {
      'public-ml-endpoint': [
        'public_network_access',
        ifSet('Enabled', 'Disabled'),
        'is reachable from the internet',
        {
          arm: 'properties.publicNetworkAccess',
          severity: 'medium',
          examples: inBicep('Microsoft.MachineLearningServices/workspaces/onlineEndpoints', 'properties.publicNetworkAccess', 'Enabled', 'Disabled'),
        },
      ],
    },
    identity: {
      'ml-endpoint-keys': [
        'auth_mode',
        ifSet('Key', 'AADToken', 'AMLToken'),
        'accepts keys',
        {
          arm: 'properties.authMode',
          severity: 'medium',
          examples: inBicep('Microsoft.MachineLearningServices/workspaces/onlineEndpoints', 'properties.authMode', 'Key', 'AADToken'),
        },
      ],
    },
  }),
  ...service('Model deployment', 'azurerm_machine_learning_online_deployment', {
    segmentation: {
      'ml-deployment-egress': [
        'egress_public_network_access',
        ifSet('Enabled', 'Disabled'),
        'may send data anywhere',
        {
          arm: 'properties.egressPublicNetworkAccess',
          severity: 'low',
          examples: inBicep('Microsoft.MachineLearningServices/workspaces/onlineEndpoints/deployments', 'properties.egressPublicNetworkAccess', 'Enabled', 'Disabled'),
        },
      ],
    },
  }),
  ...service('Model registry', 'azurerm_machine_learning_registry', {
    exposed: {
      'public-ml-registry': [
        'public_network_access',
        ifSet('Enabled', 'Disabled'),
        'is reachable from the internet',
        {
          arm: 'properties.publicNetworkAccess',
          severity: 'medium',
          examples: inBicep('Microsoft.MachineLearningServices/registries', 'properties.publicNetworkAccess', 'Enabled', 'Disabled'),
        },
      ],
    },
  }),
  ...service('Connection', 'azurerm_machine_learning_connection', {
    identity: {
      'ml-connection-key': [
        'auth_type',
        never(/^(?:ApiKey|AccountKey|CustomKeys|SAS|PAT|UsernamePassword)$/i, 'ApiKey', 'AAD'),
        'signs in with a key',
        {
          arm: 'properties.authType',
          severity: 'low',
          examples: inBicep('Microsoft.MachineLearningServices/workspaces/connections', 'properties.authType', 'ApiKey', 'AAD'),
        },
      ],
    },
    privilege: {
      'ml-connection-shared': [
        'is_shared_to_all',
        { must: { is: [false] }, absent: 'fine', set: false },
        'is shared with every user of its workspace',
        {
          arm: 'properties.isSharedToAll',
          severity: 'info',
          examples: inBicep('Microsoft.MachineLearningServices/workspaces/connections', 'properties.isSharedToAll', true, false),
        },
      ],
    },
  }),
  ...service('Web app', 'azurerm_app_service_publishing_policy', {
    identity: {
      'web-app-publishing-passwords': [
        'allow',
        { must: { is: [false] }, absent: 'fine', set: false },
        'can be deployed with a password',
        { arm: 'properties.allow', severity: 'low', examples: inBicep('Microsoft.Web/sites/basicPublishingCredentialsPolicies', 'properties.allow', true, false) },
      ],
    },
  }),
  ...service('Server', 'azurerm_mssql_server_directory_only', {
    identity: {
      'sql-directory-only-off': [
        'azuread_authentication_only',
        notOff,
        'accepts passwords beside the directory',
        {
          arm: 'properties.azureADOnlyAuthentication',
          severity: 'medium',
          examples: inBicep('Microsoft.Sql/servers/azureADOnlyAuthentications', 'properties.azureADOnlyAuthentication', false, true),
        },
      ],
    },
  }),
  ...service('Container app', 'azurerm_container_app_authentication', {
    identity: {
      'container-app-sign-in-off': [
        'platform.enabled',
        notOff,
        'has its sign-in switched off',
        { arm: 'properties.platform.enabled', severity: 'low', examples: inBicep('Microsoft.App/containerApps/authConfigs', 'properties.platform.enabled', false, true) },
      ],
      'container-app-anonymous': [
        'global_validation.unauthenticated_client_action',
        ifSet('AllowAnonymous', 'RedirectToLoginPage', 'Return401', 'Return403'),
        'lets in who has not signed in',
        {
          arm: 'properties.globalValidation.unauthenticatedClientAction',
          severity: 'low',
          examples: inBicep('Microsoft.App/containerApps/authConfigs', 'properties.globalValidation.unauthenticatedClientAction', 'AllowAnonymous', 'Return401'),
        },
      ],
    },
  }),
  ...service('Session pool', 'azurerm_container_app_session_pool', {
    segmentation: {
      'session-pool-egress': [
        'session_network_configuration.status',
        ifSet('EgressEnabled', 'EgressDisabled'),
        'lets the code in its sessions call every address',
        {
          arm: 'properties.sessionNetworkConfiguration.status',
          severity: 'medium',
          why: 'Sessions run code that a model or a user wrote; with a way out it sends what it finds anywhere.',
          examples: inBicep('Microsoft.App/sessionPools', 'properties.sessionNetworkConfiguration.status', 'EgressEnabled', 'EgressDisabled'),
        },
      ],
    },
  }),
  ...service('Policy assignment', ['azurerm_policy_assignment', 'azurerm_subscription_policy_assignment', 'azurerm_resource_group_policy_assignment', 'azurerm_management_group_policy_assignment', 'azurerm_resource_policy_assignment'], {
    detection: {
      'azure-policy-not-enforced': ['enforce', notOff, 'is not enforced', { arm: false }],
      'azure-policy-enforcement-off': [
        'enforcement_mode',
        ifSet('DoNotEnforce', 'Default', 'Enroll'),
        'is not enforced',
        { arm: 'properties.enforcementMode', examples: inBicep('Microsoft.Authorization/policyAssignments', 'properties.enforcementMode', 'DoNotEnforce', 'Default') },
      ],
    },
  }),
];
