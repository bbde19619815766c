import { byHand, ifSet, needed, never, not, notOff, notOn, off, on, service, ownIdentity } from '../_families.ts';

const key = 'is not encrypted with a customer-managed key';
const registry = 'azurerm_container_registry';

export default [
  ...service('Registry', registry, {
    identity: {
      'registry-admin-account': [
        'admin_enabled',
        notOn,
        'has an administrator account with a shared password',
        { arm: 'properties.adminUserEnabled', ansible: 'admin_user_enabled', severity: 'medium' },
      ],
      'registry-anonymous-pull': ['anonymous_pull_enabled', notOn, 'gives images to everybody', { arm: 'properties.anonymousPullEnabled' }],
    },
    exposed: {
      'public-registry': ['public_network_access_enabled', off, 'is reachable from the internet', { arm: 'properties.publicNetworkAccess', severity: 'low' }],
    },
    supply: {
      'registry-without-trust': [
        'trust_policy_enabled|trust_policy.enabled',
        on,
        'takes unsigned images',
        { arm: 'properties.policies.trustPolicy.status', severity: 'info' },
      ],
      'registry-without-quarantine': [
        'quarantine_policy_enabled',
        on,
        'serves images before they are checked',
        { arm: 'properties.policies.quarantinePolicy.status', severity: 'info' },
      ],
      'registry-keeps-untagged': [
        'retention_policy_in_days|retention_policy.enabled',
        needed,
        'keeps images without a tag',
        { arm: 'properties.policies.retentionPolicy.status', severity: 'info' },
      ],
    },
    recovery: {
      'registry-one-region': ['georeplications', needed, 'is kept in one region', { arm: false, severity: 'info' }],
      'registry-one-zone': ['zone_redundancy_enabled', on, 'is kept in one zone', { arm: 'properties.zoneRedundancy', severity: 'info' }],
      'registry-without-lock': [
        'lock',
        needed,
        'can be deleted without further ado',
        {
          arm: false,
          ansible: 'lock',
          severity: 'info',
          beside: { type: 'azurerm_management_lock', lines: ['name       = "{name}"', 'scope      = {owner}.id', 'lock_level = "CanNotDelete"'] },
          or: [{ type: 'azurerm_management_lock' }],
        },
      ],
    },
    segmentation: {
      'registry-data-endpoint': ['data_endpoint_enabled', on, 'sends data over shared addresses', { arm: 'properties.dataEndpointEnabled', severity: 'info' }],
    },
    customerKey: { 'registry-without-key': ['encryption', needed, key, { arm: 'properties.encryption', severity: 'info' }] },
  }),
  ...service('Container group', 'azurerm_container_group', {
    segmentation: {
      'container-group-without-network': [
        'subnet_ids|network_profile_id',
        needed,
        'runs outside of a virtual network',
        { arm: 'properties.subnetIds', severity: 'low' },
      ],
    },
    exposed: {
      'public-container-group': [
        'ip_address_type',
        { must: { is: ['Private', 'None'] }, absent: 'bad', set: 'Private', sample: { bad: 'Public' } },
        'has a public address',
        { arm: 'properties.ipAddress.type', ansible: 'ip_address', severity: 'low' },
      ],
    },
    machineIdentity: { 'container-group-without-identity': ['identity.type|identity', ownIdentity, 'has no identity of its own', { arm: 'identity.type|identity', severity: 'info' }] },
    logging: {
      'container-group-without-log': ['diagnostics.log_analytics', needed, 'sends no logs', { arm: 'properties.diagnostics.logAnalytics', severity: 'info' }],
    },
  }),
  ...service('Container app', ['azurerm_container_app'], {
    exposed: {
      'container-app-public': [
        'ingress.external_enabled',
        notOn,
        'is reachable from the internet',
        { arm: 'properties.configuration.ingress.external', severity: 'info', confidence: 'medium' },
      ],
    },
    transit: {
      'container-app-http': ['ingress.allow_insecure_connections', notOn, 'accepts plain HTTP', { arm: 'properties.configuration.ingress.allowInsecure' }],
    },
  }),
  ...service('Container group', 'azurerm_container_group', {
    secret: {
      'container-group-plain-environment': [
        'container.environment_variables.PASSWORD|container.environment_variables.DB_PASSWORD|container.environment_variables.API_KEY|container.environment_variables.SECRET_KEY|container.environment_variables.TOKEN',
        { must: 'absent', absent: 'fine' },
        'shows a secret of its environment to everybody who reads the group',
        {
          severity: 'medium',
          examples: [
            {
              file: 'main.tf',
              bad: 'resource "azurerm_container_group" "a" {\n  container {\n    environment_variables = {\n      API_KEY = var.key\n                ^^^^^^^\n    }\n  }\n}\nvariable "key" {\n  default = "chart"\n}\n',
              good: 'resource "azurerm_container_group" "a" {\n  container {\n    secure_environment_variables = {\n      API_KEY = var.key\n    }\n  }\n}\n',
            },
          ],
        },
      ],
    },
  }),
  ...service('App', ['azurerm_container_app_environment'], {
    segmentation: {
      'container-environment-without-network': [
        'infrastructure_subnet_id',
        needed,
        'runs outside of a virtual network',
        { arm: 'properties.vnetConfiguration.infrastructureSubnetId', severity: 'low' },
      ],
      'container-environment-public': [
        'internal_load_balancer_enabled',
        on,
        'is reachable from the internet',
        { arm: 'properties.vnetConfiguration.internal', severity: 'info' },
      ],
    },
    transit: {
      'container-environment-peer-plain': [
        'mutual_tls_enabled',
        on,
        'does not encrypt what its apps say to each other',
        { arm: 'properties.peerAuthentication.mtls.enabled', severity: 'info' },
      ],
    },
  }),
  ...service('Registry', registry, {
    exposed: {
      'registry-open-network': [
        'network_rule_set.default_action',
        ifSet('Allow', 'Deny'),
        'lets every network in',
        { arm: 'properties.networkRuleSet.defaultAction', severity: 'low' },
      ],
      'registry-export': ['export_policy_enabled', off, 'lets images be exported', { arm: 'properties.policies.exportPolicy.status', severity: 'info' }],
    },
    identity: {
      'registry-manager-tokens': [
        'azuread_authentication_as_arm_policy_enabled',
        notOn,
        'accepts tokens that are meant for the resource manager',
        { arm: 'properties.policies.azureADAuthenticationAsArmPolicy.status', severity: 'info' },
      ],
    },
    machineIdentity: { 'registry-without-identity': ['identity.type|identity', ownIdentity, 'has no identity of its own', { arm: 'identity.type|identity', severity: 'info' }] },
    customerKey: { 'registry-key-off': ['encryption.enabled', notOff, key, { arm: 'properties.encryption.status', severity: 'info' }] },
  }),
  ...service('Webhook', 'azurerm_container_registry_webhook', {
    transit: {
      'registry-webhook-http': [
        'service_uri',
        never(/^http:/, 'http://a.example.com', 'https://a.example.com'),
        'is called over plain HTTP',
        { arm: 'properties.serviceUri', severity: 'medium' },
      ],
    },
  }),
  ...service('Container group', 'azurerm_container_group', {
    container: {
      'container-group-privileged': [
        'container.security.privilege_enabled',
        notOn,
        'runs a privileged container',
        { arm: 'properties.containers.properties.securityContext.privileged', severity: 'high' },
      ],
    },
    customerKey: { 'container-group-without-key': ['key_vault_key_id', needed, key, { arm: 'properties.encryptionProperties', severity: 'info' }] },
  }),
  ...service('Container app', ['azurerm_container_app', 'azurerm_container_app_job'], {
    machineIdentity: { 'container-app-without-identity': ['identity.type|identity', ownIdentity, 'has no identity of its own', { arm: 'identity.type|identity', severity: 'info' }] },
  }),
  ...service('Container app', 'azurerm_container_app', {
    privilege: {
      'container-app-cors-any-origin': [
        'ingress.cors.allowed_origins',
        byHand(not(['https://app.example.com'], '*')),
        'accepts cross-origin requests from every site',
        { arm: 'properties.configuration.ingress.corsPolicy.allowedOrigins', severity: 'low' },
      ],
    },
    clientCertificate: {
      'container-app-client-certificate': [
        'ingress.client_certificate_mode',
        ifSet('ignore', 'require', 'accept'),
        'asks clients for no certificate',
        { arm: 'properties.configuration.ingress.clientCertificateMode', severity: 'info' },
      ],
    },
  }),
  ...service('App environment', 'azurerm_container_app_environment', {
    logging: {
      'container-environment-without-log': [
        'log_analytics_workspace_id|logs_destination',
        needed,
        'sends its logs nowhere',
        { arm: 'properties.appLogsConfiguration', severity: 'info' },
      ],
    },
    recovery: { 'container-environment-one-zone': ['zone_redundancy_enabled', on, 'runs in one zone', { arm: 'properties.zoneRedundant', severity: 'info' }] },
    exposed: {
      'container-environment-open': [
        'public_network_access',
        ifSet('Enabled', 'Disabled'),
        'is reachable from the internet',
        { arm: 'properties.publicNetworkAccess', severity: 'info' },
      ],
    },
  }),
  ...service('Registry token', 'azurerm_container_registry_token_password', {
    expiry: { 'registry-token-without-end': ['password1.expiry', needed, 'has a password without an end', { severity: 'low' }] },
  }),
];
