import { byHand, ifSet, is, needed, never, none, not, notOff, notOn, on, service } from '../_families.ts';

const key = 'is not encrypted with a customer-managed key';
const cluster = 'google_container_cluster';
const nodes = ['google_container_cluster', 'google_container_node_pool'];
/** A setting of nodes in the API: of a cluster's default nodes, of a pool, and of pools that a cluster makes. */
const nodeConfig = (path: string): string => ['node_config', 'config', 'node_pools.config'].map((one) => `${one}.${path}`).join('|');

export default [
  ...service('Cluster', cluster, {
    identity: {
      'gke-basic-auth': [
        'master_auth.password',
        { must: { matches: /^$/ }, absent: 'fine', sample: { bad: 'chart-keeper-pass', good: '' } },
        'can be entered with a password',
        { noFix: 'The block has to go.' },
      ],
      'gke-basic-auth-user': [
        'master_auth.username',
        { must: { matches: /^$/ }, absent: 'fine', sample: { bad: 'chart-keeper', good: '' } },
        'can be entered with a name and a password',
        { noFix: 'The block has to go.', severity: 'low' },
      ],
      'gke-legacy-abac': ['enable_legacy_abac', notOn, 'gives rights the old way', { api: 'legacy_abac.enabled', severity: 'medium' }],
      'gke-client-certificate': ['master_auth.client_certificate_config.issue_client_certificate', notOn, 'issues client certificates that cannot be revoked'],
      'gke-master-auth-missing': ['master_auth', needed, 'does not say how people sign in', { severity: 'info', confidence: 'low' }],
      'gke-without-groups': ['authenticator_groups_config', needed, 'does not know the groups of the directory', { severity: 'info', confidence: 'low' }],
    },
    transit: {
      'gke-without-client-certificate': [
        'master_auth.client_certificate_config.issue_client_certificate',
        byHand(on),
        'issues no client certificate',
        {
          severity: 'info',
          confidence: 'low',
          noFix: 'A client certificate cannot be revoked, so that auth/gke-client-certificate asks for the opposite; the team decides.',
          off: true,
        },
      ],
    },
    exposed: {
      'gke-open-api': [
        'master_authorized_networks_config',
        needed,
        'accepts API calls from every address',
        { severity: 'medium', orPath: [{ path: 'private_cluster_config.enable_private_endpoint', must: { is: [true] } }] },
      ],
      'gke-api-anywhere': [
        'master_authorized_networks_config.cidr_blocks.cidr_block',
        never(/^0\.0\.0\.0\/0$|^::\/0$/, '0.0.0.0/0', '10.0.0.0/8'),
        'lets everybody reach its API',
      ],
      'gke-authorised-networks-off': ['master_authorized_networks_config.enabled', notOff, 'does not limit who reaches its API'],
    },
    segmentation: {
      'gke-public-nodes': ['private_cluster_config.enable_private_nodes', on, 'gives its nodes public addresses'],
      'gke-public-endpoint': [
        'private_cluster_config.enable_private_endpoint',
        on,
        'has an API with a public address',
        { severity: 'info', confidence: 'low' },
      ],
      'gke-without-network-policy': [
        'network_policy.enabled',
        on,
        'lets every pod talk to every other',
        {
          severity: 'low',
          orPath: [
            { path: 'datapath_provider', must: { is: ['ADVANCED_DATAPATH'] } },
            { path: 'enable_autopilot', must: { is: [true] } },
          ],
        },
      ],
      'gke-network-policy-addon-off': ['addons_config.network_policy_config.disabled', notOn, 'has its network policies switched off'],
      'gke-without-ip-alias': ['ip_allocation_policy', needed, 'gives its pods no addresses of their own', { severity: 'info' }],
      'gke-without-intranode-visibility': [
        'enable_intranode_visibility',
        on,
        'hides what pods on one node say to each other',
        { api: 'network_config.enable_intra_node_visibility|enable_intranode_visibility', severity: 'info', orPath: [{ path: 'enable_autopilot', must: { is: [true] }, onlyAbsent: true }] },
      ],
    },
    logging: {
      'gke-log-off': ['logging_service', not('logging.googleapis.com/kubernetes', 'none'), 'sends no logs', { severity: 'medium' }],
      'gke-monitoring-off': ['monitoring_service', not('monitoring.googleapis.com/kubernetes', 'none'), 'sends no metrics'],
      'gke-log-unset': [
        'logging_service',
        needed,
        'does not say where its logs go',
        { severity: 'info', confidence: 'low', orPath: [{ path: 'logging_config|enable_autopilot', must: 'present' }] },
      ],
      'gke-monitoring-unset': [
        'monitoring_service',
        needed,
        'does not say where its metrics go',
        { severity: 'info', confidence: 'low', orPath: [{ path: 'monitoring_config|enable_autopilot', must: 'present' }] },
      ],
    },
    host: {
      'gke-unshielded-nodes': ['enable_shielded_nodes', notOff, 'has nodes that are not shielded', { api: 'shielded_nodes.enabled' }],
      'gke-default-pool': [
        'remove_default_node_pool',
        on,
        'keeps its default nodes',
        { api: false, severity: 'info', confidence: 'low', orPath: [{ path: 'enable_autopilot', must: { is: [true] } }] },
      ],
      'gke-nodes-in-cluster': ['node_pool', none, 'defines its nodes within itself', { severity: 'info' }],
      'gke-dashboard': ['addons_config.kubernetes_dashboard.disabled', notOff, 'runs the old dashboard', { severity: 'medium' }],
      'gke-alpha': ['enable_kubernetes_alpha', notOn, 'uses unfinished features'],
      'gke-without-pod-security': ['pod_security_policy_config.enabled', byHand(on), 'enforces no rules for its pods', { severity: 'info', confidence: 'low', noFix: 'Kubernetes 1.25 and later have no such policies; namespaces ask for a pod security standard instead.' }],
    },
    privilege: {
      'gke-default-node-account': [
        'node_config.service_account',
        needed,
        'runs its nodes as the default service account',
        { api: 'node_config.service_account|node_pools.config.service_account', severity: 'low', orPath: [{ path: 'remove_default_node_pool|enable_autopilot', must: { is: [true] } }] },
      ],
      'gke-without-workload-identity': [
        'workload_identity_config',
        needed,
        'gives its pods the rights of its nodes',
        { severity: 'low', orPath: [{ path: 'enable_autopilot', must: { is: [true] } }] },
      ],
      'gke-without-labels': ['resource_labels', needed, 'has no labels', { severity: 'info' }],
    },
    supply: {
      'gke-without-binary-authorization': [
        'binary_authorization.evaluation_mode|enable_binary_authorization',
        needed,
        'runs images that nobody signed',
        { api: 'binary_authorization.evaluation_mode|binary_authorization.enabled', severity: 'info' },
      ],
    },
    customerKey: {
      'gke-secrets-without-key': [
        'database_encryption.state',
        byHand({ ...is('ENCRYPTED'), sample: { bad: 'DECRYPTED' } }),
        'does not encrypt its secrets with a customer-managed key',
        { severity: 'low' },
      ],
    },
    patching: {
      'gke-without-release-channel': ['release_channel', needed, 'is upgraded by hand', { severity: 'info' }],
      'gke-channel-unspecified': ['release_channel.channel', ifSet('UNSPECIFIED', 'REGULAR', 'STABLE', 'RAPID', 'EXTENDED'), 'follows no channel of releases', { severity: 'info' }],
      'gke-old-version': [
        'min_master_version',
        never(/^1\.(?:\d|1\d|2[0-7])(?:\.|$)/, '1.22', '1.33'),
        'runs an unsupported version of Kubernetes',
        { api: 'initial_cluster_version' },
      ],
    },
    recovery: { 'gke-deletion-protection-off': ['deletion_protection', notOff, 'can be deleted without further ado', { severity: 'info' }] },
  }),
  ...service('Nodes', nodes, {
    host: {
      'gke-node-secure-boot': [
        'node_config.shielded_instance_config.enable_secure_boot',
        on,
        'start without secure boot',
        {
          api: nodeConfig('shielded_instance_config.enable_secure_boot'),
          severity: 'info',
          orPath: [
            { path: 'remove_default_node_pool|enable_autopilot', must: { is: [true] } },
          ],
        },
      ],
      'gke-node-integrity': ['node_config.shielded_instance_config.enable_integrity_monitoring', notOff, 'do not watch how they start', { api: nodeConfig('shielded_instance_config.enable_integrity_monitoring') }],
      'gke-node-image': [
        'node_config.image_type',
        { must: { matches: /^cos/i }, absent: 'fine', set: 'COS_CONTAINERD', sample: { bad: 'UBUNTU' } },
        'do not run the image that is made for containers',
        { api: nodeConfig('image_type'), severity: 'info' },
      ],
      'gke-node-legacy-metadata': ['node_config.metadata.disable-legacy-endpoints', notOff, 'answer the old metadata service', { api: nodeConfig('metadata.disable-legacy-endpoints'), severity: 'medium' }],
    },
    privilege: {
      'gke-node-metadata-exposed': [
        'node_config.workload_metadata_config.mode|node_config.workload_metadata_config.node_metadata',
        { must: { is: ['GKE_METADATA', 'GKE_METADATA_SERVER', 'SECURE'] }, absent: 'fine', set: 'GKE_METADATA', sample: { bad: 'GCE_METADATA' } },
        'let pods read the credentials of the node',
        { api: `${nodeConfig('workload_metadata_config.mode')}|${nodeConfig('workload_metadata_config.node_metadata')}`, severity: 'medium' },
      ],
      'gke-node-full-access': [
        'node_config.oauth_scopes',
        never(
          /auth\/cloud-platform$|auth\/compute$/,
          ['https://www.googleapis.com/auth/cloud-platform'],
          ['https://www.googleapis.com/auth/devstorage.read_only'],
        ),
        'may call every API',
        { api: nodeConfig('oauth_scopes'), severity: 'info', confidence: 'low' },
      ],
    },
  }),
  ...service('Node pool', 'google_container_node_pool', {
    patching: { 'gke-pool-without-upgrades': ['management.auto_upgrade', on, 'is not upgraded by itself'] },
    recovery: { 'gke-pool-without-repair': ['management.auto_repair', on, 'does not repair its nodes', { severity: 'info' }] },
    privilege: {
      'gke-pool-default-account': [
        'node_config.service_account',
        needed,
        'runs as the default service account',
        { api: 'config.service_account', severity: 'low' },
      ],
    },
  }),
  ...service('Cluster', 'google_container_cluster', {
    privilege: {
      'gke-legacy-metadata-shared': [
        'workload_metadata_config.node_metadata',
        ifSet('EXPOSE', 'SECURE', 'GKE_METADATA_SERVER'),
        'shows pods the metadata of nodes',
      ],
    },
    detection: {
      'gke-without-posture': ['security_posture_config.mode', ifSet('DISABLED', 'BASIC', 'ENTERPRISE'), 'is not checked for weaknesses', { severity: 'info' }],
      'gke-vulnerability-off': [
        'security_posture_config.vulnerability_mode',
        ifSet('VULNERABILITY_DISABLED', 'VULNERABILITY_BASIC', 'VULNERABILITY_ENTERPRISE'),
        'is not checked for vulnerable images',
        { severity: 'info' },
      ],
    },
    recovery: {
      'gke-one-zone': [
        'location',
        never(/^[a-z]+-[a-z]+\d-[a-z]$/, 'europe-west1-b', 'europe-west1'),
        'has its control plane in one zone',
        { severity: 'info' },
      ],
    },
  }),
  ...service('Cluster', cluster, {
    supply: {
      'gke-signatures-unchecked': [
        'binary_authorization.evaluation_mode',
        ifSet('DISABLED', 'PROJECT_SINGLETON_POLICY_ENFORCE', 'POLICY_BINDINGS', 'POLICY_BINDINGS_AND_PROJECT_SINGLETON_POLICY_ENFORCE'),
        'runs images that nobody signed',
        { severity: 'low' },
      ],
    },
    container: {
      'gke-signatures-off': ['enable_binary_authorization|binary_authorization.enabled', notOff, 'runs images that nobody signed', { severity: 'low' }],
    },
    logging: {
      'gke-logs-nothing': [
        'logging_config.enable_components',
        needed,
        'sends no logs of its components',
        {
          api: 'logging_config.component_config.enable_components',
          severity: 'info',
          orPath: [
            { path: 'logging_service', must: 'present' },
            { path: 'enable_autopilot', must: { is: [true] } },
          ],
          confidence: 'low',
        },
      ],
      'gke-metrics-nothing': [
        'monitoring_config.enable_components',
        needed,
        'sends no metrics of its components',
        {
          api: 'monitoring_config.component_config.enable_components',
          severity: 'info',
          confidence: 'low',
          orPath: [
            { path: 'monitoring_service', must: 'present' },
            { path: 'enable_autopilot', must: { is: [true] } },
          ],
        },
      ],
    },
    exposed: {
      'gke-read-only-port': [
        'node_pool_defaults.node_config_defaults.insecure_kubelet_readonly_port_enabled|node_pool_auto_config.node_kubelet_config.insecure_kubelet_readonly_port_enabled|node_config.kubelet_config.insecure_kubelet_readonly_port_enabled',
        notOn,
        'shows what its nodes run to everybody',
        { severity: 'medium' },
      ],
      'gke-api-from-google': [
        'master_authorized_networks_config.gcp_public_cidrs_access_enabled',
        notOn,
        'lets all customers of the provider reach its API',
        { severity: 'low' },
      ],
      'gke-api-by-name-open': [
        'control_plane_endpoints_config.dns_endpoint_config.allow_external_traffic',
        notOn,
        'has an API that the internet reaches by name',
        { severity: 'info' },
      ],
    },
    identity: {
      'gke-anonymous-open': ['anonymous_authentication_config.mode', ifSet('ENABLED', 'LIMITED'), 'answers requests without a sign-in', { severity: 'low' }],
    },
    privilege: {
      'gke-binds-everybody': [
        'rbac_binding_config.enable_insecure_binding_system_unauthenticated|rbac_binding_config.enable_insecure_binding_system_authenticated',
        notOn,
        'lets rights be given to everybody',
        { severity: 'medium' },
      ],
      'gke-net-admin': ['allow_net_admin', notOn, 'lets pods change the network of their node', { severity: 'medium' }],
    },
    host: {
      'gke-not-confidential': ['confidential_nodes.enabled', on, 'does not encrypt the memory of its nodes', { severity: 'info', confidence: 'low' }],
      'gke-local-disk-plain': [
        'node_config.boot_disk_kms_key',
        needed,
        'encrypts the disks of its nodes with keys of the provider',
        {
          api: nodeConfig('boot_disk_kms_key'),
          severity: 'info',
          confidence: 'low',
          orPath: [
            { path: 'enable_autopilot', must: { is: [true] } },
            { path: 'remove_default_node_pool', must: { is: [true] } },
          ],
        },
      ],
    },
    transit: {
      'gke-inside-plain': [
        'in_transit_encryption_config',
        ifSet('IN_TRANSIT_ENCRYPTION_DISABLED', 'IN_TRANSIT_ENCRYPTION_INTER_NODE_TRANSPARENT'),
        'does not encrypt what its nodes say to each other',
        { severity: 'info' },
      ],
    },
  }),
  ...service('Node pool', 'google_container_node_pool', {
    exposed: {
      'gke-pool-read-only-port': [
        'node_config.kubelet_config.insecure_kubelet_readonly_port_enabled',
        notOn,
        'shows what its nodes run to everybody',
        { api: 'config.kubelet_config.insecure_kubelet_readonly_port_enabled', severity: 'medium' },
      ],
      'gke-pool-public-nodes': ['network_config.enable_private_nodes', notOff, 'gives its nodes public addresses', { severity: 'low' }],
    },
    host: {
      'gke-pool-unsafe-sysctls': [
        'node_config.kubelet_config.allowed_unsafe_sysctls',
        never(/./, ['net.core.somaxconn'], []),
        'allows kernel settings that are not safe',
        { api: 'config.kubelet_config.allowed_unsafe_sysctls' },
      ],
    },
    customerKey: { 'gke-pool-disk-without-key': ['node_config.boot_disk_kms_key', needed, key, { api: 'config.boot_disk_kms_key', severity: 'info' }] },
  }),
  ...service('Backup plan', 'google_gke_backup_backup_plan', {
    customerKey: { 'gke-backup-without-key': ['backup_config.encryption_key', needed, key, { severity: 'info' }] },
  }),
  ...service('Signature policy', 'google_binary_authorization_policy', {
    supply: {
      'signature-policy-allows-all': [
        'default_admission_rule.evaluation_mode',
        ifSet('ALWAYS_ALLOW', 'REQUIRE_ATTESTATION', 'ALWAYS_DENY'),
        'lets every image run',
        { severity: 'medium' },
      ],
      'signature-policy-only-logs': [
        'default_admission_rule.enforcement_mode',
        ifSet('DRYRUN_AUDIT_LOG_ONLY', 'ENFORCED_BLOCK_AND_AUDIT_LOG'),
        'only writes down what it would stop',
        { severity: 'low' },
      ],
    },
  }),
];
