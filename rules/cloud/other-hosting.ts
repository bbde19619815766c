import { byHand, ifSet, is, missing, needed, never, none, not, notOff, notOn, on, service } from '../_families.ts';

const plain = 'is stored without encryption at rest';

export default [
  ...service('Bucket', 'digitalocean_spaces_bucket', {
    public: { 'spaces-public-acl': ['acl', not('private', 'public-read'), 'can be read by everybody'] },
    recovery: {
      'spaces-without-versioning': ['versioning.enabled', on, 'keeps no earlier versions of its objects'],
      'spaces-deleted-with-contents': ['force_destroy', notOn, 'is deleted with what it holds', { severity: 'info' }],
    },
  }),
  ...service('Object', 'digitalocean_spaces_bucket_object', {
    public: { 'spaces-public-object': ['acl', not('private', 'public-read'), 'can be read by everybody'] },
  }),
  ...service('Droplet', 'digitalocean_droplet', {
    host: { 'droplet-without-key': ['ssh_keys', needed, 'is entered with a password', { severity: 'medium' }] },
    logging: { 'droplet-without-monitoring': ['monitoring', on, 'is not monitored', { severity: 'info' }] },
    recovery: { 'droplet-without-backup': ['backups', on, 'is not backed up', { severity: 'info' }] },
  }),
  ...service('Load balancer', 'digitalocean_loadbalancer', {
    transit: {
      'do-lb-plaintext': [
        'forwarding_rule.entry_protocol',
        byHand(not('https', 'http')),
        'accepts plain HTTP',
        { orPath: [{ path: 'redirect_http_to_https', must: { is: [true] } }], severity: 'medium', noFix: 'A certificate is needed first.' },
      ],
    },
  }),
  ...service('Cluster', 'digitalocean_kubernetes_cluster', {
    patching: {
      'doks-without-surge': ['surge_upgrade', on, 'is upgraded in place', { severity: 'info' }],
      'doks-without-upgrades': ['auto_upgrade', on, 'gets no automatic upgrades'],
    },
  }),
  ...service('Database', 'digitalocean_database_cluster', {
    segmentation: { 'do-db-public-network': ['private_network_uuid', needed, 'runs outside of a private network', { severity: 'low' }] },
  }),
  ...service('Instance', 'linode_instance', {
    host: {
      'linode-without-key': ['authorized_keys', needed, 'is entered with a password', { severity: 'medium' }],
      'linode-disk-encryption-off': ['disk_encryption', ifSet('disabled', 'enabled'), 'has unencrypted disks'],
    },
    recovery: { 'linode-without-backup': ['backups_enabled', on, 'is not backed up', { severity: 'info' }] },
  }),
  ...service('User', 'linode_user', { identity: { 'linode-unrestricted-user': ['restricted', on, 'has all rights of the account', { severity: 'info' }] } }),
  ...service('Instance', 'yandex_compute_instance', {
    exposed: { 'yandex-public-address': ['network_interface.nat', notOn, 'has a public address', { severity: 'medium' }] },
    host: {
      'yandex-serial-console': [
        'metadata.serial-port-enable',
        { must: { not: [1, 'true', '1'] }, absent: 'fine', set: 0, sample: { bad: 1, good: 0 } },
        'has an open serial console',
        {
          examples: [
            {
              file: 'main.tf',
              bad: 'resource "yandex_compute_instance" "gpu" {\n  metadata = {\n    serial-port-enable = 1\n                         ^\n  }\n}\n',
              fixed: 'resource "yandex_compute_instance" "gpu" {\n  metadata = {\n    serial-port-enable = 0\n  }\n}\n',
              good: 'resource "yandex_compute_instance" "gpu" {\n  metadata = {\n    serial-port-enable = 0\n  }\n}\n',
            },
          ],
        },
      ],
    },
    segmentation: { 'yandex-without-group': ['network_interface.security_group_ids', needed, 'has no security group', { severity: 'low' }] },
  }),
  ...service('Bucket', 'yandex_storage_bucket', {
    atRest: { 'yandex-bucket-unencrypted': ['server_side_encryption_configuration', needed, plain, { severity: 'medium' }] },
    public: {
      'yandex-bucket-public': ['acl', not('private', 'public-read', 'public-read-write'), 'is open to everybody'],
      'yandex-bucket-anonymous': ['anonymous_access_flags.read|anonymous_access_flags.list', notOn, 'can be read by everybody'],
    },
  }),
  ...service('Cluster', 'yandex_kubernetes_cluster', {
    exposed: { 'yandex-k8s-public': ['master.public_ip', notOn, 'has an API that the internet can reach'] },
    customerKey: { 'yandex-k8s-without-key': ['kms_provider', needed, 'does not encrypt its secrets with a customer-managed key', { severity: 'low' }] },
    segmentation: {
      'yandex-k8s-without-policy': ['network_policy_provider', needed, 'lets every pod talk to every other', { severity: 'low' }],
      'yandex-k8s-without-group': ['master.security_group_ids', needed, 'has no security group', { severity: 'low' }],
    },
    patching: { 'yandex-k8s-upgrades': ['master.maintenance_policy.auto_upgrade', notOff, 'gets no automatic upgrades'] },
  }),
  ...service('Key', 'yandex_kms_symmetric_key', { rotation: { 'yandex-key-without-rotation': ['rotation_period', needed, 'is never rotated'] } }),
  ...service('Load balancer', 'linode_nodebalancer_config', {
    transit: { 'linode-lb-plaintext': ['protocol', not(undefined, 'http'), 'accepts plain HTTP', { severity: 'medium', sample: { good: 'https' } }] },
    oldTls: { 'linode-lb-old-ciphers': ['cipher_suite', ifSet('legacy', 'recommended'), 'accepts outdated ciphers', { severity: 'low' }] },
  }),
  ...service('Server', 'hcloud_server', {
    exposed: { 'hcloud-without-firewall': ['firewall_ids', needed, 'has no firewall', { severity: 'low', or: [{ type: 'hcloud_firewall_attachment' }, { type: 'hcloud_firewall' }] }] },
  }),
  ...service('Node group', 'yandex_kubernetes_node_group', {
    exposed: { 'yandex-nodes-public': ['instance_template.network_interface.nat', notOn, 'gives its nodes public addresses', { severity: 'medium' }] },
    patching: { 'yandex-nodes-upgrades': ['maintenance_policy.auto_upgrade', notOff, 'gets no automatic upgrades'] },
  }),
  ...service(
    'Database',
    [
      'yandex_mdb_postgresql_cluster',
      'yandex_mdb_mysql_cluster',
      'yandex_mdb_clickhouse_cluster',
      'yandex_mdb_mongodb_cluster',
      'yandex_mdb_redis_cluster',
      'yandex_mdb_kafka_cluster',
    ],
    {
      exposed: { 'yandex-db-public': ['host.assign_public_ip|config.assign_public_ip', notOn, 'is reachable from the internet', { severity: 'medium' }] },
      segmentation: { 'yandex-db-without-group': ['security_group_ids', needed, 'has no security group', { severity: 'low' }] },
    },
  ),
  ...service(
    'Rights',
    [
      'yandex_resourcemanager_folder_iam_member',
      'yandex_resourcemanager_folder_iam_binding',
      'yandex_resourcemanager_cloud_iam_member',
      'yandex_organizationmanager_organization_iam_member',
    ],
    {
      privilege: {
        'yandex-admin-role': ['role', never(/^(?:admin|editor)$/, 'admin', 'viewer'), 'give the rights of an administrator'],
        'yandex-everybody': ['member|members', never(/allUsers|allAuthenticatedUsers/, 'system:allUsers', 'serviceAccount:a'), 'are given to everybody'],
      },
    },
  ),
  ...service('Instance', 'openstack_compute_instance_v2', {
    secret: { 'openstack-admin-password': ['admin_pass', none, 'has the password of its administrator written down', { severity: 'high' }] },
  }),
  ...service('Security group', ['openstack_networking_secgroup_v2'], {
    logging: { 'openstack-group-description': ['description', needed, 'says nothing about itself', { severity: 'info' }] },
  }),
  ...service('Firewall', 'openstack_fw_rule_v2', {
    exposed: {
      'openstack-firewall-open': [
        'destination_ip_address|source_ip_address',
        never(/^0\.0\.0\.0(?:\/0)?$/, '0.0.0.0', '10.0.0.4'),
        'lets everybody through',
        { when: [{ path: 'action', must: { is: ['allow'] } }] },
      ],
    },
  }),
  ...service('Disk', ['openstack_blockstorage_volume_v3'], {
    atRest: { 'openstack-volume-type': ['volume_type', needed, 'names no type, and so no encryption', { severity: 'info', confidence: 'low' }] },
  }),
  ...service('Server', 'hcloud_server', {
    host: { 'hcloud-without-key': ['ssh_keys', needed, 'is entered with a password', { severity: 'medium' }] },
    recovery: {
      'hcloud-deletion': ['delete_protection', on, 'can be deleted without further ado', { severity: 'info' }],
      'hcloud-without-backup': ['backups', on, 'is not backed up', { severity: 'info' }],
    },
  }),
  ...service('Database', 'scaleway_rdb_instance', {
    recovery: { 'scaleway-db-backup-off': ['disable_backup', notOn, 'keeps no backups'] },
    atRest: { 'scaleway-db-plain': ['encryption_at_rest', on, plain, { severity: 'medium' }] },
  }),
  ...service('Firewall', 'linode_firewall', {
    exposed: { 'linode-firewall-open': ['inbound_policy', ifSet('ACCEPT', 'DROP'), 'lets in all that no rule names', { severity: 'high' }] },
    segmentation: { 'linode-firewall-outgoing': ['outbound_policy', ifSet('ACCEPT', 'DROP'), 'lets out all that no rule names', { severity: 'info' }] },
  }),
  ...service('Database', ['linode_database_mysql', 'linode_database_postgresql', 'linode_database_mysql_v2', 'linode_database_postgresql_v2'], {
    exposed: { 'linode-db-open': ['allow_list', never(/^0\.0\.0\.0\/0$/, ['0.0.0.0/0'], ['198.51.100.4/32']), 'lets every address in'] },
    transit: { 'linode-db-plaintext': ['ssl_connection', notOff, 'accepts connections without TLS'] },
    atRest: { 'linode-db-unencrypted': ['encrypted', notOff, 'is stored without encryption at rest'] },
  }),
  ...service('Bucket', 'linode_object_storage_bucket', {
    public: { 'linode-public-bucket': ['acl', not('private', 'public-read', 'public-read-write', 'authenticated-read'), 'can be read by everybody'] },
    recovery: { 'linode-bucket-without-versions': ['versioning', on, 'keeps no earlier versions', { severity: 'info' }] },
  }),
  ...service('Firewall rule', ['openstack_fw_rule_v1', 'openstack_fw_rule_v2'], {
    exposed: {
      'openstack-firewall-any-source': [
        'source_ip_address',
        needed,
        'lets every address in',
        {
          severity: 'medium',
          when: [
            { path: 'action', must: { is: ['allow'] } },
            { path: 'enabled', must: { not: [false] } },
          ],
          examples: missing(
            'openstack_fw_rule_v1',
            '  action           = "allow"\n  destination_port = "22"\n  enabled          = "true"\n',
            '  action            = "allow"\n  source_ip_address = "10.0.0.1"\n  enabled           = "true"\n',
          ),
        },
      ],
    },
  }),
  ...service('Object store', 'openstack_objectstorage_container_v1', {
    public: { 'openstack-public-container': ['container_read', never(/^\.r:\*/, '.r:*', 'project:user'), 'can be read by everybody'] },
  }),
  ...service('Listener', ['openstack_lb_listener_v2'], {
    transit: { 'openstack-listener-plaintext': ['protocol', byHand(not('TERMINATED_HTTPS', 'HTTP')), 'accepts plain HTTP', { severity: 'medium', noFix: 'A certificate is needed first.' }] },
  }),
  ...service('Load balancer', 'digitalocean_loadbalancer', {
    transit: { 'do-lb-without-redirect': ['redirect_http_to_https', notOff, 'does not lead plain HTTP to HTTPS', { severity: 'info' }] },
  }),
  ...service('Database firewall', 'digitalocean_database_firewall', {
    exposed: { 'do-db-firewall-open': ['rule.value', never(/^0\.0\.0\.0(?:\/0)?$/, '0.0.0.0/0', '198.51.100.4'), 'lets every address in'] },
  }),
  ...service('App', 'digitalocean_app', {
    transit: { 'do-app-old-tls': ['spec.domain.minimum_tls_version', ifSet('1.0', '1.2', '1.3'), 'accepts outdated TLS versions', { severity: 'medium' }] },
  }),
  ...service('Cluster', 'digitalocean_kubernetes_cluster', {
    recovery: { 'doks-one-control-plane': ['ha', on, 'has one control plane', { severity: 'info' }] },
  }),
  ...service('Instance', ['scaleway_instance_server'], {
    exposed: { 'scaleway-public-address': ['enable_dynamic_ip', notOn, 'has a public address', { severity: 'medium' }] },
  }),
  ...service('Security group', 'scaleway_instance_security_group', {
    exposed: {
      'scaleway-group-open': ['inbound_default_policy', is('drop'), 'lets in all that no rule names', { severity: 'medium', sample: { bad: 'accept' } }],
    },
  }),
  ...service('Load balancer', 'hcloud_load_balancer_service', {
    transit: { 'hcloud-lb-plaintext': ['protocol', not('https', 'http'), 'accepts plain HTTP', { severity: 'medium' }] },
  }),
];
