import { byHand, never, none, not, notOff, notOn, service } from '../_families.ts';

const anyone = byHand(never(/^%$/, '%', '10.0.0.5'));

/** Clouds beyond the largest: what their providers of Terraform set beside networks and machines. Sources: the providers' pages of the resources. */
export default [
  ...service('Bucket', 'alicloud_oss_bucket_https_config', { transit: { 'oss-https-off': ['enable', notOff, 'answers without TLS'] } }),
  ...service('Image repository', 'alicloud_cr_ee_repo', { public: { 'alicloud-repository-public': ['repo_type', not('PRIVATE', 'PUBLIC'), 'can be pulled by everybody', { severity: 'medium' }] } }),
  ...service('Log store', 'alicloud_log_store', { exposed: { 'log-store-web-tracking': ['enable_web_tracking', notOn, 'takes entries from everybody', { severity: 'medium' }] } }),
  ...service('Cluster', 'linode_lke_cluster', { exposed: { 'lke-api-open': ['control_plane.acl.enabled', notOff, 'has an API that every address can reach', { severity: 'medium' }] } }),
  ...service('Token', 'linode_token', { privilege: { 'linode-token-everything': ['scopes', byHand(never(/^\*$/, '*', 'linodes:read_only')), 'may do everything', { severity: 'medium' }] } }),
  ...service('Port', ['openstack_networking_port_v2', 'openstack_networking_network_v2'], {
    segmentation: { 'openstack-port-security-off': ['port_security_enabled', notOff, 'lets every packet through'] },
  }),
  ...service('Port', 'openstack_networking_port_v2', { segmentation: { 'openstack-port-without-groups': ['no_security_groups', notOn, 'belongs to no security group'] } }),
  ...service('Image', 'openstack_images_image_v2', { public: { 'openstack-image-public': ['visibility', not('private', 'public', 'community'), 'can be used by every project', { severity: 'medium' }] } }),
  ...service('Cluster template', 'openstack_containerinfra_clustertemplate_v1', {
    supply: { 'magnum-insecure-registry': ['insecure_registry', { ...none, sample: { bad: '10.0.0.5:5000' } }, 'pulls images from a registry without TLS', { severity: 'medium' }] },
  }),
  ...service('Share', 'openstack_networking_rbac_policy_v2', { privilege: { 'openstack-network-shared': ['target_tenant', byHand(never(/^\*$/, '*', '20415a973c9e45d3917f078950644697')), 'gives its object to every project', { severity: 'medium' }] } }),
  ...service('Database user', 'openstack_db_user_v1', { exposed: { 'trove-user-from-anywhere': ['host', anyone, 'may come from every address', { severity: 'low' }] } }),
  ...service('Load balancer', 'hcloud_load_balancer_network', { exposed: { 'hcloud-balancer-public': ['enable_public_interface', notOn, 'can be reached from the internet', { severity: 'info' }] } }),
  ...service('Server', 'hcloud_server', { exposed: { 'hcloud-server-public': ['public_net.ipv4_enabled', notOn, 'has a public address', { severity: 'info' }] } }),
  ...service('Database', 'scaleway_mongodb_instance', { exposed: { 'scaleway-mongo-public': ['public_network', { ...none, sample: { bad: 'true' } }, 'can be reached from the internet', { severity: 'medium' }] } }),
  ...service('Policy', 'scaleway_iam_policy', {
    privilege: { 'scaleway-policy-everything': ['rule.permission_set_names', byHand(never(/^(?:OrganizationManager|IAMManager|AllProductsFullAccess)$/, ['AllProductsFullAccess'], ['ObjectStorageReadOnly'])), 'allows everything', { severity: 'medium' }] },
  }),
  ...service('Key', 'scaleway_iam_api_key', { expiry: { 'scaleway-key-without-end': ['expires_at', { must: 'present', absent: 'bad' }, 'never ends'] } }),
  ...service('Cluster', 'ovh_cloud_project_kube', { patching: { 'ovh-cluster-never-updated': ['update_policy', not('MINIMAL_DOWNTIME', 'NEVER_UPDATE'), 'is never updated'] } }),
  ...service('Bucket', 'ovh_cloud_project_storage', { atRest: { 'ovh-bucket-plain': ['encryption.sse_algorithm', not('AES256', 'plaintext'), 'is stored without encryption at rest', { severity: 'medium' }] } }),
  ...service('Cluster', 'exoscale_sks_cluster', { patching: { 'exoscale-cluster-not-updated': ['auto_upgrade', notOff, 'does not update itself', { severity: 'info' }] } }),
  ...service('Policy', 'exoscale_iam_org_policy', { privilege: { 'exoscale-allows-by-default': ['default_service_strategy', not('deny', 'allow'), 'allows what no rule names', { severity: 'medium' }] } }),
  ...service('Firewall', 'civo_firewall', { exposed: { 'civo-default-rules': ['create_default_rules', notOn, 'lets everybody in to its first ports', { severity: 'medium' }] } }),
  ...service('Database', 'yandex_mdb_clickhouse_cluster', { exposed: { 'yandex-clickhouse-console': ['access.web_sql', notOn, 'can be queried from the console of the cloud', { severity: 'info' }] } }),
  ...service('Load balancer', 'yandex_lb_network_load_balancer', { exposed: { 'yandex-balancer-external': ['type', not('internal', 'external'), 'can be reached from the internet', { severity: 'info' }] } }),
  ...service('Policy', ['ibm_iam_access_group_policy', 'ibm_iam_user_policy', 'ibm_iam_service_policy'], {
    privilege: { 'ibm-policy-administrator': ['roles', byHand(never(/^Administrator$/, ['Administrator'], ['Viewer'])), 'makes its holders administrators', { severity: 'low' }] },
  }),
  ...service('Key', 'ibm_kms_key', { recovery: { 'ibm-key-force-delete': ['force_delete', notOn, 'is deleted although data needs it'] } }),
  ...service('Instance', ['ibm_is_instance', 'ibm_is_instance_template'], { transit: { 'ibm-metadata-plaintext': ['metadata_service.protocol', not('https', 'http'), 'asks for its credentials without TLS', { severity: 'low' }] } }),
  ...service('Secret', 'github_actions_organization_secret', { privilege: { 'github-secret-for-all': ['visibility', byHand(not('selected', 'all')), 'is given to every repository', { severity: 'low' }] } }),
  ...service('Group of runners', 'github_actions_runner_group', {
    supply: { 'github-runners-for-public': ['allows_public_repositories', notOn, 'runs what strangers propose to public repositories', { severity: 'medium' }] },
    privilege: { 'github-runners-for-all': ['visibility', byHand(not('selected', 'all')), 'is open to every repository', { severity: 'info' }] },
  }),
  ...service('Sign-in', 'snowflake_saml2_integration', { identity: { 'snowflake-requests-unsigned': ['saml2_sign_request', notOff, 'sends requests without a signature', { severity: 'low' }] } }),
  ...service('Sign-in', 'snowflake_oauth_integration_for_custom_clients', {
    transit: { 'snowflake-redirect-plaintext': ['oauth_allow_non_tls_redirect_uri', notOn, 'hands codes on without TLS', { severity: 'medium' }] },
    identity: { 'snowflake-without-pkce': ['oauth_enforce_pkce', notOff, 'takes stolen codes', { severity: 'low' }] },
  }),
  ...service('API key', ['mongodbatlas_project_api_key', 'mongodbatlas_api_key'], {
    privilege: { 'atlas-key-owner': ['project_assignment.role_names|role_names', byHand(never(/^(?:GROUP|ORG)_OWNER$/, ['GROUP_OWNER'], ['GROUP_READ_ONLY'])), 'owns its project', { severity: 'low' }] },
  }),
  ...service('Connector', 'confluent_connector', {
    transit: { 'confluent-connector-plaintext': ['config_nonsensitive.ssl/mode|config_nonsensitive.connection/ssl/mode', byHand(not(undefined, 'disable', 'disabled', 'allow', 'prefer')), 'talks to its store without TLS', {
      severity: 'medium',
      examples: [{ file: 'main.tf', bad: connector('disable', '                  ^^^^^^^'), good: connector('verify-full') }],
    }] },
  }),
  ...service('Deployment', 'ec_deployment', { exposed: { 'elastic-without-filter': ['traffic_filter', { must: 'present', absent: 'bad' }, 'can be reached from every address', { severity: 'low', confidence: 'medium' }] } }),
  ...service('Secrets', 'vault_mount', {
    recovery: { 'vault-secrets-unversioned': ['options.version', not('2', '1'), 'keeps no earlier versions of its secrets', { severity: 'info', when: [{ path: 'type', must: { is: ['kv'] } }], examples: [kv()] }] },
    expiry: { 'vault-leases-long': ['max_lease_ttl_seconds', { must: { most: 31536000 }, absent: 'fine', set: 2764800, sample: { bad: 315360000, good: 2764800 } }, 'gives secrets that hold for years'] },
  }),
  ...service('File', ['local_file', 'local_sensitive_file'], {
    host: { 'local-file-open': ['file_permission', byHand(never(/^0?[0-7]?[0-7][0-7][2367]$/, '0777', '0600')), 'may be changed by everybody', { severity: 'medium' }] },
  }),
  ...service('Community', 'routeros_snmp_community', { exposed: { 'router-snmp-open': ['addresses', byHand(never(/^(?:0\.0\.0\.0|::)\/0$/, ['0.0.0.0/0'], ['10.0.0.0/8'])), 'answers every address', { severity: 'medium' }] } }),
  ...service('Shell', 'routeros_ip_ssh_server', { oldTls: { 'router-weak-shell': ['strong_crypto', notOff, 'speaks old ciphers'] } }),
  ...service('Name server', 'routeros_ip_dns', { exposed: { 'router-resolves-for-all': ['allow_remote_requests', notOn, 'resolves names for everybody who asks', { severity: 'low', whenNotToUse: 'Where a firewall keeps the internet from port 53.' }] } }),
  ...service('Backend', 'terraform', {
    transit: {
      'terraform-state-plaintext': ['backend.address', byHand(never(/^http:\/\/(?!localhost|127\.)/, 'http://state.example.com/chat', 'https://state.example.com/chat')), 'reads and writes its state without TLS', { examples: [backend('address', '"http://state.example.com/chat"', '"https://state.example.com/chat"', 1)] }],
      'terraform-state-unchecked': ['backend.skip_cert_verification|backend.insecure|backend.skip_tls_verify', byHand(notOn), 'does not check the server of its state', { severity: 'medium', examples: [backend('skip_cert_verification', 'true', 'false', 0)] }],
    },
  }),
  ...service('Output', 'output', {
    secret: { 'output-shown': ['sensitive', { must: { is: [true] }, absent: 'bad', set: true }, 'is shown in the terminal and in the records of pipelines', {
      severity: 'low',
      confidence: 'medium',
      when: [{ path: 'value', must: 'present' }],
      examples: [{
        file: 'main.tf',
        bad: 'output "database_password" {\n        ^^^^^^^^^^^^^^^^^\n  value = random_password.database.result\n}\n',
        fixed: 'output "database_password" {\n  value = random_password.database.result\n  sensitive = true\n}\n',
        good: 'output "database_password" {\n  value     = random_password.database.result\n  sensitive = true\n}\n',
      }],
    }] },
  }),
];

function connector(mode: string, mark?: string): string {
  return ['resource "confluent_connector" "main" {', '  config_nonsensitive = {', `    "ssl.mode" = "${mode}"`, ...(mark ? [mark] : []), '  }', '}', ''].join('\n');
}

function kv() {
  const text = (version: string, mark?: string): string => ['resource "vault_mount" "main" {', '  type = "kv"', '  options = {', `    version = "${version}"`, ...(mark ? [mark] : []), '  }', '}', ''].join('\n');
  return { file: 'main.tf', bad: text('1', '               ^'), fixed: text('2'), good: text('2') };
}

function backend(name: string, bad: string, good: string, quote: number) {
  const text = (value: string, mark?: string): string => ['terraform {', '  backend "http" {', `    ${name} = ${value}`, ...(mark ? [mark] : []), '  }', '}', ''].join('\n');
  return { file: 'main.tf', bad: text(bad, ' '.repeat(name.length + 7 + quote) + '^'.repeat(bad.length - 2 * quote)), good: text(good) };
}
