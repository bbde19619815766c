import { ifSet, is, least, needed, notOff, notOn, off, on, service } from '../_families.ts';

const key = 'is not encrypted with a customer-managed key';
const cluster = 'azurerm_kubernetes_cluster';
const registry = 'azurerm_container_registry';

export default [
  ...service('Cluster', cluster, {
    exposed: {
      'aks-public-api': [
        'private_cluster_enabled',
        on,
        'has an API that the internet can reach',
        { arm: 'properties.apiServerAccessProfile.enablePrivateCluster', severity: 'low' },
      ],
      'aks-open-api': [
        'api_server_access_profile.authorized_ip_ranges|api_server_authorized_ip_ranges',
        needed,
        'accepts API calls from every address',
        {
          arm: 'properties.apiServerAccessProfile.authorizedIPRanges|properties.apiServerAuthorizedIPRanges',
          ansible: 'api_server_access_profile.authorized_ip_ranges',
          orPath: [{ path: 'private_cluster_enabled|properties.apiServerAccessProfile.enablePrivateCluster', must: { is: [true] } }],
          severity: 'medium',
        },
      ],
      'aks-public-nodes': [
        'default_node_pool.node_public_ip_enabled|default_node_pool.enable_node_public_ip',
        notOn,
        'gives its nodes public addresses',
        { arm: 'properties.agentPoolProfiles.enableNodePublicIP' },
      ],
    },
    segmentation: {
      'aks-without-network-policy': [
        'network_profile.network_policy',
        needed,
        'lets every pod talk to every other',
        { arm: 'properties.networkProfile.networkPolicy', ansible: 'network_profile.network_policy', severity: 'low' },
      ],
      'aks-simple-network': [
        'network_profile.network_plugin',
        is('azure'),
        'has no network addresses for its pods',
        { arm: 'properties.networkProfile.networkPlugin', severity: 'info' },
      ],
      'aks-http-routing': [
        'http_application_routing_enabled|addon_profile.http_application_routing.enabled',
        notOn,
        'publishes its services by itself',
        { arm: 'properties.addonProfiles.httpApplicationRouting.enabled' },
      ],
    },
    privilege: {
      'aks-without-rbac': [
        'role_based_access_control_enabled|role_based_access_control.enabled',
        notOff,
        'knows no roles',
        { arm: 'properties.enableRBAC', ansible: 'enable_rbac', api: 'enable_rbac', severity: 'medium' },
      ],
      'aks-rbac-not-declared': [
        'role_based_access_control_enabled|role_based_access_control.enabled',
        on,
        'does not say that it knows roles',
        { arm: 'properties.enableRBAC', ansible: 'enable_rbac', api: 'enable_rbac', severity: 'info', confidence: 'low' },
      ],
      'aks-local-accounts': ['local_account_disabled', on, 'keeps local accounts', { arm: 'properties.disableLocalAccounts', severity: 'low' }],
      'aks-without-policy': [
        'azure_policy_enabled|addon_profile.azure_policy.enabled',
        on,
        'enforces no policies',
        { arm: 'properties.addonProfiles.azurepolicy.enabled|properties.addonProfiles.azurePolicy.enabled', severity: 'info' },
      ],
      'aks-without-directory': [
        'azure_active_directory_role_based_access_control',
        needed,
        'does not know the directory',
        { arm: 'properties.aadProfile', severity: 'info' },
      ],
    },
    logging: {
      'aks-without-log': [
        'oms_agent|addon_profile.oms_agent.enabled|microsoft_defender',
        needed,
        'sends no logs',
        { arm: 'properties.addonProfiles.omsagent|properties.addonProfiles.omsAgent', ansible: 'addon.monitoring', severity: 'low' },
      ],
    },
    detection: {
      'aks-without-defender': ['microsoft_defender', needed, 'is not watched for attacks', { arm: 'properties.securityProfile.defender', severity: 'info' }],
    },
    customerKey: {
      'aks-disks-without-key': [
        'disk_encryption_set_id',
        needed,
        'does not encrypt its disks with a customer-managed key',
        { arm: 'properties.diskEncryptionSetID', severity: 'info' },
      ],
      'aks-secrets-without-key': [
        'key_management_service',
        needed,
        'does not encrypt its secrets with a customer-managed key',
        { arm: 'properties.securityProfile.azureKeyVaultKms', severity: 'info' },
      ],
      'aks-node-host-encryption': [
        'default_node_pool.host_encryption_enabled|default_node_pool.enable_host_encryption',
        on,
        'does not encrypt the caches of its nodes',
        { arm: 'properties.agentPoolProfiles.enableEncryptionAtHost', severity: 'info' },
      ],
      'aks-temporary-disks': [
        'default_node_pool.os_disk_type',
        is('Ephemeral'),
        'keeps what its nodes wrote',
        { arm: 'properties.agentPoolProfiles.osDiskType', severity: 'info' },
      ],
    },
    host: {
      'aks-few-pods': [
        'default_node_pool.max_pods',
        least(50),
        'runs few pods on a node',
        { arm: 'properties.agentPoolProfiles.maxPods', severity: 'info', absent: 'bad' },
      ],
      'aks-availability-set': [
        'default_node_pool.type',
        ifSet('AvailabilitySet', 'VirtualMachineScaleSets'),
        'does not use scale sets',
        { arm: 'properties.agentPoolProfiles.type', severity: 'info' },
      ],
      'aks-workloads-on-system-nodes': [
        'default_node_pool.only_critical_addons_enabled',
        on,
        'runs workloads on the nodes of the system',
        { arm: false, severity: 'info' },
      ],
    },
    patching: {
      'aks-without-upgrades': [
        'automatic_upgrade_channel|automatic_channel_upgrade',
        needed,
        'gets no automatic upgrades',
        { arm: 'properties.autoUpgradeProfile.upgradeChannel', set: 'stable', severity: 'info' },
      ],
    },
    machineIdentity: { 'aks-without-identity': ['identity', needed, 'signs in with a service principal', { arm: 'identity', severity: 'info' }] },
    recovery: {
      'aks-free-tier': [
        'sku_tier',
        { must: { is: ['Standard', 'Premium', 'Paid'] }, absent: 'bad', set: 'Standard', sample: { bad: 'Free' } },
        'has no agreed availability',
        { arm: 'sku.tier', severity: 'info' },
      ],
    },
    expiry: {
      'aks-secret-rotation': [
        'key_vault_secrets_provider.secret_rotation_enabled',
        notOff,
        'does not follow new versions of its secrets',
        { arm: 'properties.addonProfiles.azureKeyvaultSecretsProvider.config.enableSecretRotation' },
      ],
    },
  }),
  ...service('Node pool', 'azurerm_kubernetes_cluster_node_pool', {
    exposed: {
      'aks-pool-public-nodes': [
        'node_public_ip_enabled|enable_node_public_ip',
        notOn,
        'gives its nodes public addresses',
        { arm: 'properties.enableNodePublicIP' },
      ],
    },
    customerKey: {
      'aks-pool-host-encryption': [
        'host_encryption_enabled|enable_host_encryption',
        on,
        'does not encrypt the caches of its nodes',
        { arm: 'properties.enableEncryptionAtHost', severity: 'info' },
      ],
    },
    host: { 'aks-pool-few-pods': ['max_pods', { ...least(50), absent: 'bad' }, 'runs few pods on a node', { arm: 'properties.maxPods', severity: 'info' }] },
  }),
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
    machineIdentity: { 'container-group-without-identity': ['identity', needed, 'has no identity of its own', { arm: 'identity', severity: 'info' }] },
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
  ...service('Cluster', 'azurerm_kubernetes_cluster', {
    host: {
      'aks-dashboard': [
        'addon_profile.kube_dashboard.enabled',
        notOn,
        'runs the Kubernetes dashboard',
        { arm: 'properties.addonProfiles.kubeDashboard.enabled', severity: 'medium' },
      ],
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
];
