import { byHand, ifSet, needed, never, none, not, notOff, notOn, on, service } from '../_families.ts';

const everywhere = /^(?:0\.0\.0\.0|::)(?:\/0)?$/;
const anywhere = byHand(never(everywhere, '0.0.0.0/0', '203.0.113.0/24'));
const anywhereInList = byHand(never(everywhere, ['0.0.0.0/0'], ['203.0.113.0/24']));
const open = 'lets every address in';
const plain = 'is stored without encryption at rest';

/** Providers of hosting in Europe. Sources: the providers' pages of the resources. */
export default [
  ...service('Access list', ['scaleway_rdb_acl', 'scaleway_redis_cluster', 'scaleway_k8s_acl'], { exposed: { 'scaleway-open-range': ['acl_rules.ip|acl.ip', anywhere, open] } }),
  ...service('Container', ['scaleway_container', 'scaleway_function'], {
    identity: { 'scaleway-public-container': ['privacy', ifSet('public', 'private'), 'can be called by everybody', { severity: 'medium' }] },
    transit: { 'scaleway-container-plaintext': ['http_option', ifSet('enabled', 'redirected'), 'answers plain HTTP', { severity: 'medium' }] },
  }),
  ...service('Cache', 'scaleway_redis_cluster', { transit: { 'scaleway-redis-plaintext': ['tls_enabled', on, 'accepts connections without TLS', { severity: 'medium' }] } }),
  ...service('Registry', ['scaleway_registry_namespace'], { public: { 'scaleway-public-registry': ['is_public', notOn, 'can be read by everybody', { severity: 'medium' }] } }),
  ...service('Cluster', 'scaleway_k8s_cluster', {
    patching: { 'kapsule-without-upgrades': ['auto_upgrade.enable', on, 'gets no automatic upgrades'] },
    segmentation: { 'kapsule-without-network': ['private_network_id', needed, 'runs outside of a private network'] },
  }),
  ...service('Node pool', 'scaleway_k8s_pool', { exposed: { 'kapsule-public-nodes': ['public_ip_disabled', on, 'gives its nodes public addresses', { severity: 'low', confidence: 'medium' }] } }),
  ...service('Load balancer', 'scaleway_lb_frontend', {
    transit: { 'scaleway-lb-plaintext': ['inbound_port', not(undefined, 80), 'accepts plain HTTP', { severity: 'low', orPath: [{ path: 'certificate_ids', must: 'present' }] }] },
  }),
  ...service('Load balancer', ['scaleway_lb_backend'], { transit: { 'scaleway-lb-unchecked': ['ignore_ssl_server_verify', notOn, 'does not check the certificates of its servers', { severity: 'medium' }] } }),
  ...service('Model deployment', 'scaleway_inference_deployment', {
    identity: { 'scaleway-inference-open': ['public_endpoint.disable_auth|private_endpoint.disable_auth', notOn, 'answers everybody', { severity: 'high' }] },
    exposed: { 'scaleway-inference-public': ['public_endpoint.is_enabled', notOn, 'can be reached from the internet', { severity: 'low' }] },
  }),
  ...service('Access list', ['ovh_cloud_project_database_ip_restriction', 'ovh_cloud_project_kube_iprestrictions', 'ovh_cloud_project_containerregistry_ip_restrictions_registry', 'ovh_dbaas_logs_input'], {
    exposed: { 'ovh-open-range': ['ip|ips|ip_restrictions.ip_block|allowed_networks', anywhereInList, open] },
  }),
  ...service('Database', 'ovh_cloud_project_database', {
    exposed: { 'ovh-db-open': ['ip_restrictions.ip', anywhere, open] },
    recovery: { 'ovh-db-deletion': ['deletion_protection', on, 'can be deleted without further ado', { severity: 'info' }] },
    segmentation: { 'ovh-db-public-network': ['nodes.network_id|nodes.subnet_id', needed, 'runs outside of a private network'] },
  }),
  ...service('Database', ['exoscale_dbaas', 'exoscale_database'], {
    exposed: {
      'exoscale-db-open': [
        ['pg', 'mysql', 'kafka', 'opensearch', 'redis', 'valkey', 'grafana'].map((one) => `${one}.ip_filter`).join('|'),
        anywhereInList, open,
      ],
    },
    recovery: { 'exoscale-db-deletion': ['termination_protection', notOff, 'can be deleted without further ado', { severity: 'info' }] },
  }),
  ...service('Database', ['upcloud_managed_database_postgresql', 'upcloud_managed_database_mysql', 'upcloud_managed_database_opensearch', 'upcloud_managed_database_valkey'], {
    exposed: {
      'upcloud-db-open': ['properties.ip_filter', anywhereInList, open],
      'upcloud-db-public': ['properties.public_access', notOn, 'is reachable from the internet', { severity: 'medium' }],
    },
  }),
  ...service('Server', 'upcloud_server', {
    exposed: { 'upcloud-without-firewall': ['firewall', on, 'has no firewall', { severity: 'low' }] },
    atRest: { 'upcloud-disk-plain': ['template.encrypt', on, plain, { severity: 'low' }] },
  }),
  ...service('Cluster', ['upcloud_kubernetes_cluster'], { exposed: { 'upcloud-k8s-open': ['control_plane_ip_filter', anywhereInList, open, { severity: 'medium' }] } }),
  ...service('Database', ['ionoscloud_pg_cluster', 'ionoscloud_mongo_cluster', 'ionoscloud_mariadb_cluster'], {
    transit: { 'ionos-db-open': ['connection_pooler.ssl', notOff, 'accepts connections without TLS', { severity: 'medium' }] },
  }),
  ...service('Cluster', 'ionoscloud_k8s_cluster', { exposed: { 'ionos-k8s-open': ['api_subnet_allow_list', anywhereInList, open, { severity: 'medium' }] } }),
  ...service('Bucket', ['ionoscloud_s3_bucket_public_access_block'], {
    public: { 'ionos-bucket-public': ['block_public_acls|block_public_policy|restrict_public_buckets|ignore_public_acls', notOff, 'lets buckets be opened', { severity: 'medium' }] },
  }),
  ...service('Service', ['stackit_postgresflex_instance', 'stackit_mongodbflex_instance', 'stackit_sqlserverflex_instance', 'stackit_opensearch_instance', 'stackit_redis_instance', 'stackit_ske_cluster'], {
    exposed: { 'stackit-open-range': ['acl|parameters.sgw_acl|extensions.acl.allowed_cidrs', anywhereInList, open] },
  }),
  ...service('Database', ['vultr_database'], { exposed: { 'vultr-db-open': ['trusted_ips', anywhereInList, open] } }),
  ...service('Server', ['vultr_instance', 'vultr_bare_metal_server'], {
    exposed: { 'vultr-without-firewall': ['firewall_group_id', needed, 'has no firewall', { severity: 'low' }] },
    host: { 'vultr-without-key': ['ssh_key_ids', needed, 'is entered with a password', { severity: 'low' }] },
  }),
  ...service('Cluster', ['civo_kubernetes_cluster'], { segmentation: { 'civo-without-firewall': ['firewall_id', needed, 'has no firewall of its own', { severity: 'low' }] } }),
  ...service('Machine', ['proxmox_vm_qemu', 'proxmox_lxc'], {
    secret: { 'proxmox-password': ['cipassword|password', none, 'has a password written down', { severity: 'medium' }] },
  }),
];
