import { ifSet, is, needed, never, none, not, notOff, notOn, off, on, service } from '../_families.ts';

const plain = 'is stored without encryption at rest';
const key = 'is not encrypted with a customer-managed key';

export default [
  ...service('Bucket', 'oci_objectstorage_bucket', {
    public: { 'oci-public-bucket': ['access_type', not('NoPublicAccess', 'ObjectRead', 'ObjectReadWithoutList'), 'can be read by everybody'] },
    customerKey: { 'oci-bucket-without-key': ['kms_key_id', needed, key, { severity: 'low' }] },
    recovery: { 'oci-bucket-without-versioning': ['versioning', is('Enabled'), 'keeps no earlier versions of its objects', { sample: { bad: 'Disabled' } }] },
    logging: { 'oci-bucket-without-events': ['object_events_enabled', on, 'tells nobody of changes', { severity: 'info' }] },
  }),
  ...service('Instance', 'oci_core_instance', {
    transit: {
      'oci-boot-plaintext': [
        'launch_options.is_pv_encryption_in_transit_enabled|is_pv_encryption_in_transit_enabled',
        on,
        'sends what its disk holds unencrypted',
        { severity: 'low' },
      ],
    },
    logging: { 'oci-monitoring-off': ['agent_config.is_monitoring_disabled', notOn, 'is not monitored'] },
    host: {
      'oci-legacy-metadata': ['instance_options.are_legacy_imds_endpoints_disabled', on, 'answers the old metadata service', { severity: 'medium' }],
      'oci-secure-boot': ['platform_config.is_secure_boot_enabled', on, 'starts without secure boot', { severity: 'info' }],
    },
    exposed: { 'oci-public-address': ['create_vnic_details.assign_public_ip', notOn, 'has a public address', { severity: 'medium' }] },
  }),
  ...service('Disk', ['oci_core_volume', 'oci_core_boot_volume'], {
    customerKey: { 'oci-volume-without-key': ['kms_key_id', needed, key, { severity: 'info' }] },
    recovery: {
      'oci-volume-without-backup': [
        'backup_policy_id',
        needed,
        'is not backed up',
        { severity: 'info', or: [{ type: 'oci_core_volume_backup_policy_assignment' }] },
      ],
    },
  }),
  ...service('File system', 'oci_file_storage_file_system', { customerKey: { 'oci-files-without-key': ['kms_key_id', needed, key, { severity: 'info' }] } }),
  ...service('Export', 'oci_file_storage_export', {
    host: {
      'oci-export-root': [
        'export_options.identity_squash',
        { must: { not: ['NONE'] }, absent: 'fine', set: 'ALL' },
        'lets root of clients be root',
        { severity: 'info' },
      ],
      'oci-export-open': [
        'export_options.identity_squash',
        { must: { is: ['NONE', 'ALL'] }, absent: 'bad', sample: { bad: 'ROOT', good: 'NONE' } },
        'does not treat all its users alike',
        { severity: 'info', confidence: 'low' },
      ],
      'oci-export-port': ['export_options.require_privileged_source_port', notOff, 'accepts clients on any port', { severity: 'info' }],
    },
  }),
  ...service('Password policy', 'oci_identity_authentication_policy', {
    password: {
      'oci-password-length': [
        'password_policy.minimum_password_length',
        { must: { least: 14 }, absent: 'bad', set: 14 },
        'accepts passwords of less than 14 characters',
      ],
      'oci-password-lower': ['password_policy.is_lowercase_characters_required', on, 'asks for no small letter'],
      'oci-password-upper': ['password_policy.is_uppercase_characters_required', on, 'asks for no capital letter'],
      'oci-password-number': ['password_policy.is_numeric_characters_required', on, 'asks for no digit'],
      'oci-password-symbol': ['password_policy.is_special_characters_required', on, 'asks for no symbol'],
      'oci-password-name': ['password_policy.is_username_containment_allowed', off, 'accepts passwords that hold the name of the user'],
    },
  }),
  ...service('Cluster', 'oci_containerengine_cluster', {
    segmentation: { 'oke-without-groups': ['endpoint_config.nsg_ids', needed, 'has no security groups', { must: { never: /^(?:null)?$/ } }] },
    exposed: { 'oke-public-api': ['endpoint_config.is_public_ip_enabled', notOn, 'has an API that the internet can reach'] },
    host: { 'oke-without-pod-security': ['options.admission_controller_options.is_pod_security_policy_enabled', on, 'enforces no rules for its pods'] },
    supply: { 'oke-unsigned-images': ['image_policy_config.is_policy_enabled', on, 'runs images that nobody signed', { severity: 'info' }] },
    privilege: {
      'oke-dashboard': ['options.add_ons.is_kubernetes_dashboard_enabled', notOn, 'runs the dashboard'],
      'oke-tiller': ['options.add_ons.is_tiller_enabled', notOn, 'runs Tiller'],
    },
  }),
  ...service('Database', ['oci_database_autonomous_database'], {
    exposed: { 'oci-db-open': ['whitelisted_ips', never(/^0\.0\.0\.0\/0$/, ['0.0.0.0/0'], ['203.0.113.4']), 'lets every address in'] },
    transit: { 'oci-db-mtls': ['is_mtls_connection_required', notOff, 'asks clients for no certificate', { severity: 'low' }] },
    customerKey: { 'oci-db-without-key': ['kms_key_id', needed, key, { severity: 'info' }] },
  }),
  ...service('Flow log', 'oci_logging_log', { logging: { 'oci-log-off': ['is_enabled', notOff, 'is switched off'] } }),
  ...service('Listener', 'oci_load_balancer_listener', {
    transit: { 'oci-lb-plaintext': ['ssl_configuration', needed, 'accepts unencrypted connections', { severity: 'low' }] },
  }),
  ...service('Address', 'opc_compute_ip_address_reservation', {
    exposed: {
      'opc-public-address': [
        'ip_address_pool',
        never(/^public-ippool$/, 'public-ippool', 'cloud-ippool'),
        'comes from the public pool',
        { severity: 'medium' },
      ],
    },
  }),
  ...service('Account', 'ibm_iam_account_settings', {
    identity: {
      'ibm-without-mfa': [
        'mfa',
        { must: { is: ['TOTP', 'TOTP4ALL', 'LEVEL1', 'LEVEL2', 'LEVEL3'] }, absent: 'bad', sample: { bad: 'NONE', good: 'LEVEL3' } },
        'asks for no second factor',
      ],
      'ibm-api-keys-open': [
        'restrict_create_platform_apikey',
        { must: { is: ['RESTRICTED'] }, absent: 'bad', set: 'RESTRICTED', sample: { bad: 'NOT_RESTRICTED' } },
        'lets everybody make keys',
      ],
      'ibm-service-ids-open': [
        'restrict_create_service_id',
        { must: { is: ['RESTRICTED'] }, absent: 'bad', set: 'RESTRICTED', sample: { bad: 'NOT_RESTRICTED' } },
        'lets everybody make service identities',
        { severity: 'low' },
      ],
      'ibm-long-session': ['session_expiration_in_seconds', { must: { most: 86_400 }, absent: 'fine', set: 86_400 }, 'keeps sessions for more than a day'],
    },
  }),
  ...service('Cluster', ['ibm_container_cluster', 'ibm_container_vpc_cluster'], {
    exposed: {
      'ibm-k8s-public-api': [
        'public_service_endpoint|!disable_public_service_endpoint',
        notOn,
        'has an API that the internet can reach',
        { severity: 'medium' },
      ],
    },
    segmentation: {
      'ibm-k8s-private-api': [
        'private_service_endpoint',
        on,
        'has no private address for its API',
        { orPath: [{ path: 'disable_public_service_endpoint', must: { is: [true] } }] },
      ],
    },
    customerKey: { 'ibm-k8s-without-key': ['kms_config', needed, 'does not encrypt its secrets with a customer-managed key', { severity: 'info' }] },
  }),
  ...service('Database', 'ibm_database', {
    exposed: {
      'ibm-db-public': ['service_endpoints', not('private', 'public', 'public-and-private'), 'is reachable from the internet', { severity: 'medium' }],
    },
    customerKey: {
      'ibm-db-without-key': ['key_protect_key', needed, key, { severity: 'info' }],
      'ibm-db-backup-without-key': ['backup_encryption_key_crn', needed, 'does not encrypt its backups with a customer-managed key', { severity: 'info' }],
    },
  }),
  ...service('Bucket', 'ibm_cos_bucket', {
    customerKey: { 'ibm-bucket-without-key': ['key_protect|kms_key_crn', needed, key, { severity: 'info' }] },
    recovery: { 'ibm-bucket-without-versioning': ['object_versioning.enable', on, 'keeps no earlier versions of its objects', { severity: 'info' }] },
    logging: { 'ibm-bucket-without-log': ['activity_tracking', needed, 'records no access', { severity: 'info' }] },
  }),
  ...service('Load balancer', 'ibm_is_lb', {
    exposed: { 'ibm-lb-public': ['type', ifSet('public', 'private'), 'faces the internet', { severity: 'low', absent: 'bad' }] },
  }),
  ...service('Network', 'ibm_is_vpc', { segmentation: { 'ibm-vpc-classic-access': ['classic_access', notOn, 'can reach the classic network'] } }),
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
        not('https', 'http'),
        'accepts plain HTTP',
        { orPath: [{ path: 'redirect_http_to_https', must: { is: [true] } }], severity: 'medium' },
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
];
