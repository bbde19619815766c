import { ifSet, is, least, needed, never, none, notOff, notOn, off, on, service } from '../_families.ts';

const cluster = 'azurerm_kubernetes_cluster';

export default [
  ...service('Cluster', cluster, {
    exposed: {
      'aks-public-api': [
        'private_cluster_enabled',
        on,
        'has an API that the internet can reach',
        { ansible: 'api_server_access_profile.enable_private_cluster', arm: 'properties.apiServerAccessProfile.enablePrivateCluster', severity: 'low' },
      ],
      'aks-api-anywhere': [
        'api_server_access_profile.authorized_ip_ranges|api_server_authorized_ip_ranges',
        never(/^(?:0\.0\.0\.0|::)\/0$/, ['0.0.0.0/0'], ['198.51.100.0/24']),
        'accepts API calls from every address that there is',
        { arm: 'properties.apiServerAccessProfile.authorizedIPRanges|properties.apiServerAuthorizedIPRanges', severity: 'medium' },
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
  ...service('Cluster', cluster, {
    logging: {
      'aks-log-off': [
        'addon_profile.oms_agent.enabled',
        notOff,
        'has its logs switched off',
        { arm: 'properties.addonProfiles.omsagent.enabled|properties.addonProfiles.omsAgent.enabled', ansible: 'addon.monitoring.enabled' },
      ],
    },
    exposed: {
      'aks-public-name': [
        'private_cluster_public_fqdn_enabled',
        notOn,
        'is named in the public name service though it is private',
        { arm: 'properties.apiServerAccessProfile.enablePrivateClusterPublicFQDN', severity: 'info' },
      ],
    },
    privilege: {
      'aks-run-command': [
        'run_command_enabled',
        off,
        'lets commands be run from the portal',
        { arm: '!properties.apiServerAccessProfile.disableRunCommand', severity: 'info' },
      ],
    },
    machineIdentity: {
      'aks-without-workload-identity': [
        'workload_identity_enabled',
        on,
        'gives its pods no identities of their own',
        { arm: 'properties.securityProfile.workloadIdentity.enabled', severity: 'info' },
      ],
      'aks-service-principal': [
        'service_principal.client_secret',
        none,
        'signs in with a secret that has to be renewed by hand',
        { arm: 'properties.servicePrincipalProfile.secret', severity: 'info' },
      ],
    },
    patching: {
      'aks-nodes-not-updated': [
        'node_os_upgrade_channel|node_os_channel_upgrade',
        ifSet('None', 'NodeImage', 'SecurityPatch', 'Unmanaged'),
        'does not update the system of its nodes',
        { arm: 'properties.autoUpgradeProfile.nodeOSUpgradeChannel' },
      ],
      'aks-image-cleaner': [
        'image_cleaner_enabled',
        on,
        'keeps images that nobody uses',
        { arm: 'properties.securityProfile.imageCleaner.enabled', severity: 'info' },
      ],
    },
    host: {
      'aks-unsafe-sysctls': [
        'default_node_pool.kubelet_config.allowed_unsafe_sysctls',
        never(/./, ['net.core.somaxconn'], []),
        'allows kernel settings that are not safe',
        { arm: 'properties.agentPoolProfiles.kubeletConfig.allowedUnsafeSysctls' },
      ],
    },
    recovery: {
      'aks-one-zone': [
        'default_node_pool.zones|default_node_pool.availability_zones',
        needed,
        'runs in one zone',
        { arm: 'properties.agentPoolProfiles.availabilityZones', severity: 'info' },
      ],
      'aks-fixed-size': [
        'default_node_pool.auto_scaling_enabled|default_node_pool.enable_auto_scaling',
        on,
        'does not grow with its load',
        { arm: 'properties.agentPoolProfiles.enableAutoScaling', severity: 'info' },
      ],
    },
    segmentation: {
      'aks-default-subnet': [
        'default_node_pool.vnet_subnet_id',
        needed,
        'runs its nodes in a network of the provider',
        { arm: 'properties.agentPoolProfiles.vnetSubnetID', severity: 'info' },
      ],
    },
  }),
  ...service('Node pool', 'azurerm_kubernetes_cluster_node_pool', {
    host: {
      'aks-pool-unsafe-sysctls': [
        'kubelet_config.allowed_unsafe_sysctls',
        never(/./, ['net.core.somaxconn'], []),
        'allows kernel settings that are not safe',
        { arm: 'properties.kubeletConfig.allowedUnsafeSysctls' },
      ],
    },
    recovery: {
      'aks-pool-one-zone': ['zones|availability_zones', needed, 'runs in one zone', { arm: 'properties.availabilityZones', severity: 'info' }],
      'aks-pool-fixed-size': [
        'auto_scaling_enabled|enable_auto_scaling',
        on,
        'does not grow with its load',
        { arm: 'properties.enableAutoScaling', severity: 'info' },
      ],
    },
  }),
  ...service('OpenShift cluster', 'azurerm_redhat_openshift_cluster', {
    exposed: {
      'openshift-public-api': [
        'api_server_profile.visibility',
        ifSet('Public', 'Private'),
        'has an API that the internet reaches',
        { ansible: 'api_server_profile.visibility', arm: 'properties.apiserverProfile.visibility', severity: 'medium' },
      ],
      'openshift-public-ingress': [
        'ingress_profile.visibility',
        ifSet('Public', 'Private'),
        'answers the internet',
        { arm: 'properties.ingressProfiles.visibility', severity: 'info' },
      ],
    },
    atRest: {
      'openshift-host-encryption': [
        'main_profile.encryption_at_host_enabled',
        on,
        'does not encrypt the disks of its hosts',
        { arm: 'properties.masterProfile.encryptionAtHost', severity: 'low' },
      ],
      'openshift-worker-encryption': [
        'worker_profile.encryption_at_host_enabled',
        on,
        'does not encrypt the disks of its workers',
        { arm: 'properties.workerProfiles.encryptionAtHost', severity: 'low' },
      ],
    },
    host: {
      'openshift-without-fips': [
        'cluster_profile.fips_enabled',
        on,
        'uses ciphers that are not validated',
        { arm: 'properties.clusterProfile.fipsValidatedModules', severity: 'info' },
      ],
    },
  }),
];
