import { ifSet, least, most, needed, never, none, not, notOff, notOn, on, service } from '../_families.ts';

const anywhere = /^(?:0\.0\.0\.0|::)\/0$/;

/** The same services bear the names of several providers. */
const named = (...names: readonly string[]): readonly string[] => ['huaweicloud', 'opentelekomcloud', 'flexibleengine'].flatMap((provider) => names.map((name) => `${provider}_${name}`));

/** Huawei Cloud and the clouds that run its software. Sources: the providers' pages of the resources. */
export default [
  ...service('Bucket', named('obs_bucket'), {
    public: { 'obs-public-acl': ['acl', not('private', 'public-read', 'public-read-write', 'public-read-delivered', 'public-read-write-delivered'), 'is open to everybody'] },
    atRest: { 'obs-unencrypted': ['encryption', on, 'is stored without encryption at rest', { severity: 'medium' }] },
    recovery: { 'obs-without-versioning': ['versioning', on, 'keeps no earlier versions of its objects', { severity: 'info' }] },
    logging: { 'obs-without-log': ['logging', needed, 'records no access', { severity: 'info' }] },
  }),
  ...service('Object', named('obs_bucket_object'), {
    public: { 'obs-public-object': ['acl', not('private', 'public-read', 'public-read-write'), 'can be read by everybody'] },
  }),
  ...service('Database', named('rds_instance', 'rds_instance_v3', 'gaussdb_mysql_instance', 'dds_instance', 'dds_instance_v3'), {
    transit: { 'huawei-db-plaintext': ['ssl_enable|ssl', notOff, 'accepts connections without TLS'] },
    atRest: { 'huawei-db-disk-plain': ['volume.disk_encryption_id|disk_encryption_id', needed, 'is stored without encryption at rest', { severity: 'low' }] },
    recovery: {
      'huawei-db-without-backup': ['backup_strategy', needed, 'has no plan for backups', { severity: 'info' }],
      'huawei-db-short-backup': ['backup_strategy.keep_days', least(7), 'keeps backups for less than a week'],
    },
    exposed: { 'huawei-db-public': ['public_ips|publicip_id', none, 'has a public address', { severity: 'medium' }] },
  }),
  ...service('Cache', named('dcs_instance', 'dcs_instance_v1'), {
    transit: { 'dcs-plaintext': ['ssl_enable|enable_ssl', notOff, 'accepts connections without TLS', { severity: 'medium' }] },
    identity: { 'dcs-without-password': ['password', needed, 'asks for no password', { severity: 'medium' }] },
    exposed: {
      'dcs-public': ['enable_publicip|public_ip_enabled', notOn, 'is reachable from the internet', { severity: 'medium' }],
      'dcs-open-list': ['whitelists.ip_address', never(anywhere, ['0.0.0.0/0'], ['10.0.0.0/24']), 'lets every address in'],
    },
  }),
  ...service('Message broker', named('dms_kafka_instance', 'dms_rabbitmq_instance', 'dms_rocketmq_instance'), {
    transit: { 'dms-plaintext': ['ssl_enable|enable_ssl', notOff, 'accepts connections without TLS', { severity: 'medium' }] },
    exposed: { 'dms-public': ['enable_publicip|public_ip_ids|publicip_id', { must: { is: [false] }, absent: 'fine', set: false }, 'is reachable from the internet', { severity: 'medium' }] },
  }),
  ...service('Cluster', named('cce_cluster', 'cce_cluster_v3'), {
    exposed: { 'cce-public-api': ['eip', none, 'has an API that the internet can reach', { severity: 'medium' }] },
    identity: { 'cce-without-rbac': ['authentication_mode', ifSet('x509', 'rbac', 'authenticating_proxy'), 'checks no rights of those who sign in', { severity: 'medium' }] },
  }),
  ...service('Node', named('cce_node', 'cce_node_pool', 'cce_node_v3', 'cce_node_pool_v3'), {
    atRest: { 'cce-node-disk-plain': ['root_volume.kms_key_id|data_volumes.kms_key_id', needed, 'has unencrypted disks', { severity: 'low' }] },
    host: { 'cce-node-password': ['password', none, 'is entered with a password', { severity: 'low' }] },
    exposed: { 'cce-node-public': ['eip_id|iptype|eip_ids', none, 'has a public address', { severity: 'medium' }] },
  }),
  ...service('Search cluster', named('css_cluster', 'css_cluster_v1'), {
    identity: { 'css-open': ['security_mode', on, 'lets everybody in who reaches it', { severity: 'medium' }] },
    transit: { 'css-plaintext': ['https_enabled|enable_https', on, 'accepts plain HTTP', { severity: 'medium' }] },
    exposed: {
      'css-public': ['public_access.whitelist_enabled', notOff, 'can be reached from every address', { severity: 'high' }],
      'css-open-list': ['public_access.whitelist', never(anywhere, ['0.0.0.0/0'], ['203.0.113.0/24']), 'lets every address in'],
    },
  }),
  ...service('Disk', named('evs_volume', 'evs_volume_v3'), {
    atRest: { 'evs-unencrypted': ['kms_id|kms_key_id', needed, 'is stored without encryption at rest', { severity: 'medium' }] },
  }),
  ...service('File system', named('sfs_turbo', 'sfs_turbo_share_v1'), {
    atRest: { 'sfs-unencrypted': ['crypt_key_id', needed, 'is stored without encryption at rest', { severity: 'medium' }] },
  }),
  ...service('Key', named('kms_key', 'kms_key_v1'), { rotation: { 'huawei-key-without-rotation': ['rotation_enabled', on, 'is never rotated'] } }),
  ...service('Listener', named('elb_listener', 'lb_listener', 'lb_listener_v2', 'lb_listener_v3'), {
    transit: { 'huawei-listener-plaintext': ['protocol', not(undefined, 'HTTP'), 'accepts plain HTTP', { severity: 'medium' }] },
    oldTls: { 'huawei-listener-old-tls': ['tls_ciphers_policy', never(/^tls-1-[01](?:-inherit)?$/, 'tls-1-0', 'tls-1-2-strict'), 'accepts outdated TLS versions'] },
  }),
  ...service('Instance', named('compute_instance', 'compute_instance_v2', 'ecs_instance_v1'), {
    secret: { 'huawei-admin-password': ['admin_pass', none, 'is entered with a password that stands in the template', { severity: 'medium' }] },
    host: { 'huawei-without-key': ['key_pair|key_name', needed, 'is entered with a password', { severity: 'low' }] },
  }),
  ...service('Password policy', named('identity_password_policy'), {
    password: { 'huawei-password-length': ['minimum_password_length', least(12), 'accepts short passwords'] },
  }),
  ...service('Rights', named('identity_role', 'identity_policy'), {
    privilege: { 'huawei-policy-everything': ['policy.Statement.Action', never(/^\*(?::\*)*$/, ['*:*:*'], ['obs:object:GetObject']), 'allow everything', {
      examples: [{
        file: 'main.tf',
        bad: 'resource "huaweicloud_identity_role" "ops" {\n  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = ["*:*:*"] }] })\n                                                                    ^^^^^\n}\n',
        good: 'resource "huaweicloud_identity_role" "ops" {\n  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = ["obs:object:GetObject"] }] })\n}\n',
      }],
    }] },
  }),
  ...service('Function', named('fgs_function'), {
    segmentation: { 'fgs-without-network': ['vpc_id', needed, 'runs outside of a network of its own', { severity: 'info' }] },
  }),
  ...service('Trail', named('cts_tracker', 'cts_tracker_v1', 'cts_tracker_v3'), {
    logging: { 'cts-off': ['enabled|lts_enabled|is_lts_enabled', notOff, 'is switched off'], 'cts-unvalidated': ['validate_file', on, 'does not notice that its files were changed', { severity: 'info' }] },
  }),
  ...service('Notebook', named('modelarts_notebook'), {
    exposed: { 'modelarts-open-ssh': ['allowed_access_ips', never(/^0\.0\.0\.0(?:\/0)?$/, ['0.0.0.0'], ['203.0.113.4']), 'lets every address in'] },
  }),
  ...service('Certificate', named('waf_domain', 'waf_dedicated_domain'), {
    oldTls: { 'huawei-waf-old-tls': ['tls', never(/v1\.[01]$/, 'TLS v1.0', 'TLS v1.2'), 'accepts outdated TLS versions'] },
  }),
  ...service('Session', named('identity_login_policy'), {
    identity: { 'huawei-long-session': ['session_timeout', most(1440), 'stays open for more than a day'] },
  }),
];
