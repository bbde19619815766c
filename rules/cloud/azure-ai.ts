import { ifSet, is, needed, never, none, notOff, notOn, off, on, service, ownIdentity } from '../_families.ts';

const key = 'is not encrypted with a customer-managed key';
const cognitive = ['azurerm_cognitive_account', 'azurerm_ai_services'];

export default [
  ...service('AI account', cognitive, {
    identity: {
      'cognitive-keys': ['local_auth_enabled|local_authentication_enabled', off, 'accepts keys', { arm: '!properties.disableLocalAuth', severity: 'medium' }],
    },
    exposed: {
      'public-cognitive': [
        'public_network_access_enabled|public_network_access',
        off,
        'is reachable from the internet',
        { arm: 'properties.publicNetworkAccess', severity: 'medium' },
      ],
      'cognitive-open-network': [
        'network_acls.default_action',
        ifSet('Allow', 'Deny'),
        'lets every network in',
        { arm: 'properties.networkAcls.defaultAction' },
      ],
    },
    customerKey: {
      'cognitive-without-key': [
        'customer_managed_key',
        needed,
        key,
        { arm: 'properties.encryption', or: [{ type: 'azurerm_cognitive_account_customer_managed_key' }], severity: 'low' },
      ],
    },
    machineIdentity: { 'cognitive-without-identity': ['identity.type|identity', ownIdentity, 'has no identity of its own', { arm: 'identity.type|identity', severity: 'info' }] },
    segmentation: {
      'openai-unrestricted-egress': [
        'outbound_network_access_restricted',
        on,
        'may send data anywhere',
        { arm: 'properties.restrictOutboundNetworkAccess', severity: 'low', when: [{ path: 'kind', must: { is: ['OpenAI'] } }] },
      ],
      'openai-without-destinations': [
        'fqdns',
        needed,
        'names no places that it may send data to',
        { arm: 'properties.allowedFqdnList', severity: 'low', when: [{ path: 'kind', must: { is: ['OpenAI'] } }] },
      ],
    },
    logging: {
      'cognitive-without-log': [
        'diagnostic_setting',
        needed,
        'records no requests',
        { arm: false, or: [{ type: 'azurerm_monitor_diagnostic_setting' }], severity: 'info', confidence: 'low' },
      ],
    },
  }),
  ...service('Model deployment', 'azurerm_cognitive_deployment', {
    filter: {
      'openai-deployment-without-policy': [
        'rai_policy_name',
        needed,
        'names no content filter',
        { arm: 'properties.raiPolicyName', severity: 'info', confidence: 'low' },
      ],
    },
    supply: {
      'openai-deployment-follows-versions': [
        'version_upgrade_option',
        ifSet('OnceNewDefaultVersionAvailable', 'NoAutoUpgrade', 'OnceCurrentVersionExpired'),
        'changes its model by itself',
        { arm: 'properties.versionUpgradeOption', severity: 'info' },
      ],
    },
  }),
  ...service('Search service', 'azurerm_search_service', {
    exposed: {
      'public-search': [
        'public_network_access_enabled',
        off,
        'is reachable from the internet',
        { ansible: 'public_network_access', arm: 'properties.publicNetworkAccess', severity: 'medium', orPath: [{ path: 'allowed_ips|properties.networkRuleSet.ipRules', must: 'present' }] },
      ],
      'search-open-range': [
        'allowed_ips',
        never(/^0\.0\.0\.0(?:\/0)?$/, ['0.0.0.0/0'], ['203.0.113.4']),
        'lets every address in',
        { arm: 'properties.networkRuleSet.ipRules.value' },
      ],
    },
    identity: { 'search-keys': ['local_authentication_enabled', off, 'accepts keys', { arm: '!properties.disableLocalAuth', severity: 'low' }] },
    machineIdentity: { 'search-without-identity': ['identity.type|identity', ownIdentity, 'has no identity of its own', { arm: 'identity.type|identity', severity: 'info' }] },
    customerKey: {
      'search-without-key': [
        'customer_managed_key_enforcement_enabled',
        on,
        'does not ask for customer-managed keys',
        { arm: 'properties.encryptionWithCmk.enforcement', severity: 'low' },
      ],
    },
    recovery: {
      'search-one-replica-for-queries': [
        'replica_count',
        { must: { least: 2 }, absent: 'bad', set: 2 },
        'runs on one machine',
        { arm: 'properties.replicaCount', severity: 'info' },
      ],
      'search-few-replicas-for-updates': [
        'replica_count',
        { must: { least: 3 }, absent: 'bad', set: 3 },
        'has no agreed availability for updates',
        { arm: 'properties.replicaCount', severity: 'info', confidence: 'low' },
      ],
    },
  }),
  ...service('ML workspace', ['azurerm_machine_learning_workspace', 'azurerm_ai_foundry'], {
    exposed: {
      'public-ml-workspace': [
        'public_network_access_enabled|public_network_access',
        off,
        'is reachable from the internet',
        { arm: 'properties.publicNetworkAccess', severity: 'medium' },
      ],
    },
    customerKey: { 'ml-workspace-without-key': ['encryption', needed, key, { arm: 'properties.encryption', severity: 'low' }] },
    segmentation: {
      'ml-workspace-without-isolation': [
        'managed_network.isolation_mode',
        { must: { is: ['AllowOnlyApprovedOutbound', 'AllowInternetOutbound'] }, absent: 'bad', sample: { bad: 'Disabled', good: 'AllowOnlyApprovedOutbound' } },
        'does not isolate its network',
        { arm: 'properties.managedNetwork.isolationMode', severity: 'low' },
      ],
      'ml-workspace-without-private-endpoint': [
        'private_endpoint',
        needed,
        'has no private endpoint',
        { arm: false, or: [{ type: 'azurerm_private_endpoint' }], severity: 'info', confidence: 'low' },
      ],
    },
    detection: {
      'ml-workspace-impact': [
        'high_business_impact',
        on,
        'sends diagnostics of its data to the provider',
        { arm: 'properties.hbiWorkspace', severity: 'info', confidence: 'low' },
      ],
    },
  }),
  ...service('Compute cluster', ['azurerm_machine_learning_compute_cluster', 'azurerm_machine_learning_compute_instance'], {
    privilege: { 'ml-compute-local-auth': ['local_auth_enabled', off, 'accepts local accounts', { arm: '!properties.disableLocalAuth', severity: 'low' }] },
    segmentation: {
      'ml-compute-without-subnet': [
        'subnet_resource_id',
        needed,
        'runs outside of a virtual network',
        { arm: 'properties.properties.subnet', severity: 'low' },
      ],
    },
    exposed: {
      'ml-compute-public-nodes': [
        'node_public_ip_enabled',
        off,
        'gives its nodes public addresses',
        { arm: 'properties.properties.enableNodePublicIp', severity: 'medium' },
      ],
      'ml-compute-public-ssh': ['ssh_public_access_enabled', notOn, 'accepts SSH from the internet', { arm: 'properties.properties.sshSettings.sshPublicAccess' }],
      'ml-compute-ssh': [
        'remote_login_port_public_access',
        ifSet('Enabled', 'Disabled'),
        'accepts SSH from the internet through a port',
        { arm: 'properties.properties.remoteLoginPortPublicAccess' },
      ],
    },
    machineIdentity: { 'ml-compute-without-identity': ['identity.type|identity', ownIdentity, 'has no identity of its own', { arm: 'identity.type|identity', severity: 'info' }] },
    host: {
      'ml-compute-idle': [
        'scale_settings.min_node_count',
        { must: { most: 0 }, absent: 'fine', set: 0 },
        'keeps nodes running when there is nothing to do',
        { severity: 'info', arm: 'properties.properties.scaleSettings.minNodeCount' },
      ],
    },
  }),
  ...service('Bot', ['azurerm_bot_service_azure_bot', 'azurerm_bot_channels_registration'], {
    exposed: {
      'public-bot': ['public_network_access_enabled', off, 'is reachable from the internet', { arm: 'properties.publicNetworkAccess', severity: 'info' }],
    },
    identity: { 'bot-keys': ['local_authentication_enabled', off, 'accepts keys', { arm: '!properties.disableLocalAuth', severity: 'info' }] },
    customerKey: { 'bot-without-key': ['cmk_key_vault_url|cmk_key_vault_key_url', needed, key, { arm: 'properties.cmekKeyVaultUrl', severity: 'info' }] },
  }),
  ...service('Machine learning store', ['azurerm_machine_learning_datastore_blobstorage'], {
    identity: {
      'ml-datastore-key': [
        'account_key|shared_access_signature',
        { must: 'absent', absent: 'fine' },
        'signs in with a key',
        {
          severity: 'low',
          examples: [
            {
              file: 'main.tf',
              bad: 'resource "azurerm_machine_learning_datastore_blobstorage" "a" {\n  account_key = azurerm_storage_account.a.primary_access_key\n                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n}\n',
              good: 'resource "azurerm_machine_learning_datastore_blobstorage" "a" {\n  service_data_auth_identity = "WorkspaceSystemAssignedIdentity"\n}\n',
            },
          ],
        },
      ],
    },
  }),
  ...service('Inference cluster', 'azurerm_machine_learning_inference_cluster', {
    transit: { 'ml-inference-plaintext': ['ssl', needed, 'answers without TLS', { severity: 'medium' }] },
  }),
  ...service('Content filter', 'azurerm_cognitive_account_rai_policy', {
    filter: {
      'content-filter-does-not-block': [
        'content_filter.block_enabled',
        notOff,
        'lets harmful content through',
        { arm: 'properties.contentFilters.blocking', severity: 'medium' },
      ],
      'content-filter-off': [
        'content_filter.filter_enabled',
        notOff,
        'has a filter switched off',
        { arm: 'properties.contentFilters.enabled', severity: 'medium' },
      ],
    },
  }),
  ...service('Search service', 'azurerm_search_service', {
    segmentation: {
      'search-provider-bypass': [
        'network_rule_bypass_option',
        ifSet('AzureServices', 'None'),
        'lets services of the provider in',
        { arm: 'properties.networkRuleSet.bypass', severity: 'info' },
      ],
    },
  }),
  ...service('ML store', ['azurerm_machine_learning_datastore_fileshare', 'azurerm_machine_learning_datastore_datalake_gen2'], {
    identity: { 'ml-store-secret': ['account_key|client_secret', none, 'signs in with a secret', { severity: 'low' }] },
  }),
  ...service('Spark compute', 'azurerm_machine_learning_synapse_spark', {
    identity: { 'ml-spark-local-auth': ['local_auth_enabled', off, 'accepts keys', { severity: 'low' }] },
  }),
  ...service('ML workspace', ['azurerm_machine_learning_workspace', 'azurerm_ai_foundry'], {
    machineIdentity: {
      'ml-workspace-old-network': [
        'v1_legacy_mode_enabled',
        notOn,
        'keeps the network rules of the first version',
        { arm: 'properties.v1LegacyMode', severity: 'info' },
      ],
    },
  }),
  ...service('Video index', 'azurerm_video_indexer_account', {
    exposed: {
      'public-video-index': [
        'public_network_access',
        is('Disabled'),
        'is reachable from the internet',
        { arm: 'properties.publicNetworkAccess', severity: 'low', sample: { bad: 'Enabled' } },
      ],
    },
  }),
];
