import { byHand, ifSet, least, needed, never, none, notOff, notOn, on, service } from '../_families.ts';

const everywhere = /^(?:0\.0\.0\.0(?:\/0)?|::\/0)$/;
const anywhere = byHand(never(everywhere, '0.0.0.0/0', '10.0.0.0/24'));
const anywhereInList = byHand(never(everywhere, ['0.0.0.0/0'], ['10.0.0.0/24']));
const open = 'lets every address in';
const plain = 'is stored without encryption at rest';
const offSwitch = { must: { not: [0, 'false'] }, absent: 'fine', sample: { bad: 0, good: 1 } } as const;

/** Tencent Cloud beyond its machines and networks. Source: the provider's pages of the resources. */
export default [
  ...service('Cache', 'tencentcloud_redis_instance', {
    identity: { 'tencent-redis-open': ['no_auth', notOn, 'asks for no password', { severity: 'high' }] },
    segmentation: { 'tencent-redis-default-network': ['vpc_id', needed, 'runs outside of a network of its own', { severity: 'low' }] },
  }),
  ...service('Cache', 'tencentcloud_redis_ssl', { transit: { 'tencent-redis-plaintext': ['ssl_config', ifSet('disabled', 'enabled'), 'accepts connections without TLS', { severity: 'medium' }] } }),
  ...service('Database', 'tencentcloud_postgresql_instance', {
    atRest: { 'tencent-postgres-plain': ['need_support_tde', { must: { is: [1] }, absent: 'bad', sample: { bad: 0, good: 1 } }, plain, { severity: 'low' }] },
    recovery: { 'tencent-postgres-short-backup': ['backup_plan.base_backup_retention_period', least(7), 'keeps backups for less than a week'] },
  }),
  ...service('Database', ['tencentcloud_mysql_ssl', 'tencentcloud_sqlserver_instance_ssl', 'tencentcloud_mariadb_ssl', 'tencentcloud_mongodb_instance_ssl'], {
    transit: { 'tencent-db-plaintext': ['status|type|enable', { must: { not: ['OFF', 'disable', 'false', 'off'] }, absent: 'fine', sample: { bad: 'OFF', good: 'ON' } }, 'accepts connections without TLS', { severity: 'medium' }] },
  }),
  ...service('Database', 'tencentcloud_mysql_time_window', { patching: { 'tencent-mysql-window': ['time_ranges', needed, 'has no time for updates', { severity: 'info' }] } }),
  ...service('Database', ['tencentcloud_cynosdb_cluster', 'tencentcloud_mariadb_instance', 'tencentcloud_dcdb_db_instance', 'tencentcloud_sqlserver_instance', 'tencentcloud_mongodb_instance'], {
    segmentation: { 'tencent-store-without-group': ['security_groups|security_group_ids|rw_group_sg', needed, 'has no security group', { severity: 'low' }] },
    recovery: { 'tencent-store-deletion': ['force_delete', notOn, 'is deleted at once and for good', { severity: 'info' }] },
  }),
  ...service('Database', ['tencentcloud_cynosdb_wan', 'tencentcloud_mariadb_instance_public', 'tencentcloud_mongodb_instance_public'], {
    exposed: { 'tencent-store-public': ['cluster_id|instance_id', none, 'has a public address', { severity: 'medium' }] },
  }),
  ...service('Search cluster', 'tencentcloud_elasticsearch_instance', {
    exposed: {
      'tencent-search-open': ['es_acl.white_list|kibana_public_access_acl.white_list|es_public_acl.white_ip_list', anywhereInList, open],
      'tencent-search-public': ['public_access|kibana_public_access', ifSet('OPEN', 'CLOSE'), 'is reachable from the internet', { severity: 'medium' }],
    },
    transit: { 'tencent-search-plaintext': ['protocol', ifSet('http', 'https'), 'accepts plain HTTP', { severity: 'medium' }] },
    identity: { 'tencent-search-without-sign-in': ['basic_security_type', { must: { is: [2] }, absent: 'fine', set: 2, sample: { bad: 1 } }, 'lets everybody in who reaches it', { severity: 'medium' }] },
  }),
  ...service('Message broker', 'tencentcloud_ckafka_instance', {
    exposed: { 'ckafka-public': ['public_network', { must: { most: 0 }, absent: 'fine', sample: { bad: 3, good: 0 } }, 'has an address on the internet', { severity: 'low' }] },
    retention: { 'ckafka-short-retention': ['msg_retention_time', least(1440), 'keeps messages for less than a day', { severity: 'info' }] },
  }),
  ...service('Access rule', 'tencentcloud_ckafka_acl', {
    privilege: { 'ckafka-acl-everybody': ['principal', byHand(never(/^User:\*$/, 'User:*', 'User:orders')), 'is for every user', { severity: 'medium' }] },
  }),
  ...service('Policy', ['tencentcloud_cam_policy', 'tencentcloud_cam_role_inline_policy', 'tencentcloud_cam_policy_by_name'], {
    privilege: {
      'cam-policy-everything': ['document.statement.action|document.Statement.Action|document.statement.Action', never(/^(?:\*|name\/\*|\*:\*)$/, ['*'], ['cos:GetObject']), 'allows everything', {
        examples: [{
          file: 'main.tf',
          bad: 'resource "tencentcloud_cam_policy" "ops" {\n  document = jsonencode({ statement = [{ effect = "allow", action = ["*"] }] })\n                                                                      ^\n}\n',
          good: 'resource "tencentcloud_cam_policy" "ops" {\n  document = jsonencode({ statement = [{ effect = "allow", action = ["cos:GetObject"] }] })\n}\n',
        }],
      }],
    },
  }),
  ...service('User', 'tencentcloud_cam_user', {
    privilege: { 'cam-user-with-keys': ['use_api', notOn, 'has keys that do not expire', { severity: 'info' }] },
    password: { 'cam-password-kept': ['need_reset_password', notOff, 'keeps its first password', { severity: 'low' }] },
  }),
  ...service('Sign-in', 'tencentcloud_cam_mfa_flag', {
    identity: { 'cam-without-mfa': ['login_flag.phone|login_flag.stoken|login_flag.wechat', offSwitch, 'asks for one factor less', { severity: 'info' }] },
  }),
  ...service('Rights', ['tencentcloud_cam_role_policy_attachment_by_name', 'tencentcloud_cam_user_policy_attachment'], {
    privilege: { 'cam-administrator': ['policy_name', byHand(never(/^AdministratorAccess$/, 'AdministratorAccess', 'QcloudCOSReadOnlyAccess')), 'give the rights of an administrator', { severity: 'medium' }] },
  }),
  ...service('Key', 'tencentcloud_kms_key', { rotation: { 'tencent-key-without-rotation': ['key_rotation_enabled', on, 'is never rotated'] } }),
  ...service('Bucket', 'tencentcloud_cos_bucket', {
    exposed: {
      'cos-any-origin': ['cors_rules.allowed_origins', byHand(never(/^\*$/, ['*'], ['https://chat.example.com'])), 'answers pages of any origin', { severity: 'low' }],
    },
    recovery: { 'cos-deleted-with-contents': ['force_clean', notOn, 'is deleted with what it holds', { severity: 'info' }] },
  }),
  ...service('Registry', ['tencentcloud_tcr_instance'], {
    exposed: {
      'tcr-open': ['security_policy.cidr_block', anywhere, open, { severity: 'medium' }],
      'tcr-public': ['open_public_operation', notOn, 'is reachable from the internet', { severity: 'low' }],
    },
    recovery: { 'tcr-deletion': ['delete_bucket', notOn, 'is deleted with its images', { severity: 'info' }] },
  }),
  ...service('Namespace of images', ['tencentcloud_tcr_namespace'], {
    public: { 'tcr-public-namespace': ['is_public', notOn, 'can be read by everybody', { severity: 'medium' }] },
    detection: { 'tcr-unscanned': ['is_auto_scan', notOff, 'is not scanned', { severity: 'low' }], 'tcr-unprevented': ['is_prevent_vul', notOff, 'hands out images with known flaws', { severity: 'info' }] },
  }),
  ...service('File system', ['tencentcloud_cfs_file_system', 'tencentcloud_cfs_access_rule'], {
    exposed: { 'cfs-open': ['auth_client_ip', byHand(never(/^(?:\*|0\.0\.0\.0(?:\/0)?)$/, '*', '10.0.0.0/24')), open] },
    host: { 'cfs-root': ['user_permission', ifSet('no_root_squash', 'root_squash', 'all_squash', 'no_all_squash'), 'lets root of clients be root', { severity: 'low' }] },
  }),
  ...service('Listener', 'tencentcloud_clb_listener', {
    clientCertificate: { 'clb-without-client-certificate': ['certificate_ssl_mode', ifSet('UNIDIRECTIONAL', 'MUTUAL'), 'asks clients for no certificate', { severity: 'info', confidence: 'low' }] },
  }),
  ...service('Database', 'tencentcloud_mysql_instance', {
    transit: { 'tencent-mysql-plaintext': ['parameters.require_secure_transport', notOff, 'accepts connections without TLS', { severity: 'medium' }] },
  }),
  ...service('Node pool', 'tencentcloud_kubernetes_node_pool', {
    exposed: { 'tke-pool-public': ['auto_scaling_config.public_ip_assigned', notOn, 'gives its nodes public addresses', { severity: 'medium' }] },
    secret: { 'tke-pool-password': ['auto_scaling_config.password', none, 'has nodes that are entered with a password', { severity: 'low' }] },
    recovery: { 'tke-pool-deletion': ['deletion_protection', on, 'can be deleted without further ado', { severity: 'info' }] },
  }),
  ...service('VPN', ['tencentcloud_vpn_connection'], {
    oldTls: {
      'tencent-vpn-weak-cipher': ['ike_proto_encry_algorithm|ipsec_encrypt_algorithm', never(/^(?:DES|3DES)-CBC$/, '3DES-CBC', 'AES-CBC-256'), 'encrypts with a broken cipher'],
      'tencent-vpn-weak-hash': ['ike_proto_authen_algorithm|ipsec_integrity_algorithm', never(/^(?:MD5|SHA1?)$/, 'MD5', 'SHA-256'), 'checks with a broken hash', { severity: 'low' }],
    },
  }),
  ...service('Function', ['tencentcloud_scf_function'], {
    segmentation: { 'scf-without-network': ['vpc_id|vpc_config', needed, 'runs outside of a network of its own', { severity: 'info' }] },
    logging: { 'scf-without-log': ['cls_topic_id', needed, 'names no log', { severity: 'info' }] },
  }),
  ...service('API', ['tencentcloud_api_gateway_api'], {
    identity: { 'tencent-api-open': ['auth_type', ifSet('NONE', 'SECRET', 'OAUTH', 'APP', 'EIAM'), 'can be called by everybody', { severity: 'medium' }] },
    transit: { 'tencent-api-plaintext-backend': ['service_config_url', byHand(never(/^http:/, 'http://a.example.com', 'https://a.example.com')), 'reaches its backend over plain HTTP', { severity: 'medium' }] },
  }),
  ...service('API', 'tencentcloud_api_gateway_service', {
    transit: { 'tencent-api-plaintext': ['protocol', ifSet('http', 'https', 'http&https'), 'answers plain HTTP', { severity: 'medium' }] },
    exposed: { 'tencent-api-public': ['net_type', byHand(never(/^OUTER$/, ['OUTER'], ['INNER'])), 'faces the internet', { severity: 'info' }] },
  }),
  ...service('Topic of a log', 'tencentcloud_cls_topic', { retention: { 'cls-short-retention': ['period', least(90), 'is kept for less than 90 days', { severity: 'info' }] } }),
  ...service('Trail', ['tencentcloud_audit_track', 'tencentcloud_audit'], {
    logging: { 'tencent-audit-off': ['status|audit_switch', offSwitch, 'is switched off', { severity: 'medium' }] },
  }),
  ...service('Domain', ['tencentcloud_cdn_domain'], {
    transit: {
      'tencent-cdn-plaintext': ['https_config.https_switch', ifSet('off', 'on'), 'answers plain HTTP only', { severity: 'medium' }],
      'tencent-cdn-without-redirect': ['https_config.force_redirect.switch', ifSet('off', 'on'), 'does not lead plain HTTP to HTTPS', { severity: 'low' }],
      'tencent-cdn-plaintext-origin': ['origin.origin_pull_protocol', ifSet('http', 'https', 'follow'), 'reaches its origin over plain HTTP', { severity: 'medium' }],
    },
  }),
  ...service('Instance', 'tencentcloud_instance', {
    secret: { 'cvm-password': ['password', none, 'is entered with a password that stands in the template', { severity: 'low' }] },
    atRest: { 'cvm-data-disk-plain': ['data_disks.encrypt', on, 'has an unencrypted data disk', { severity: 'medium',
      when: [{ path: 'data_disks', must: 'present' }],
      examples: [{
        file: 'main.tf',
        bad: 'resource "tencentcloud_instance" "gpu" {\n  data_disks {\n    data_disk_size = 100\n    encrypt        = false\n                     ^^^^^\n  }\n}\n',
        fixed: 'resource "tencentcloud_instance" "gpu" {\n  data_disks {\n    data_disk_size = 100\n    encrypt        = true\n  }\n}\n',
        good: 'resource "tencentcloud_instance" "gpu" {\n  data_disks {\n    data_disk_size = 100\n    encrypt        = true\n  }\n}\n',
      }],
    }] },
    recovery: { 'cvm-deletion': ['disable_api_termination', on, 'can be deleted without further ado', { severity: 'info' }] },
  }),
  ...service('Cluster', 'tencentcloud_kubernetes_cluster', {
    exposed: { 'tke-open-api': ['managed_cluster_internet_security_policies', anywhereInList, 'has an API that every address can reach'] },
    logging: {
      'tke-without-event-log': ['event_persistence.enabled', notOff, 'keeps no events', { severity: 'info' }],
      'tke-audit-off': ['cluster_audit.enabled', notOff, 'keeps no audit log', { severity: 'medium' }],
    },
    recovery: { 'tke-deletion': ['deletion_protection', on, 'can be deleted without further ado', { severity: 'info' }] },
  }),
  ...service('API of a cluster', 'tencentcloud_kubernetes_cluster_endpoint', {
    exposed: { 'tke-endpoint-public': ['cluster_internet', notOn, 'can be reached from the internet', { severity: 'medium' }] },
  }),
  ...service('Firewall', ['tencentcloud_waf_clb_domain', 'tencentcloud_waf_saas_domain'], {
    detection: { 'tencent-waf-off': ['status|engine', { must: { not: [0, 10] }, absent: 'fine', sample: { bad: 0, good: 1 } }, 'only watches', { severity: 'medium' }] },
    logging: { 'tencent-waf-without-log': ['cls_status|is_cls', offSwitch, 'records no requests', { severity: 'low' }] },
    oldTls: { 'tencent-waf-old-tls': ['tls_version', { must: { least: 3 }, absent: 'fine', sample: { bad: 1, good: 3 } }, 'accepts outdated TLS versions'] },
  }),
];
