import { byHand, ifSet, least, most, needed, never, none, not, notOff, notOn, on, service } from '../_families.ts';

const everywhere = /^(?:0\.0\.0\.0(?:\/0)?|::\/0)$/;
const anywhere = byHand(never(everywhere, '0.0.0.0/0', '10.0.0.0/24'));
const anywhereInList = byHand(never(everywhere, ['0.0.0.0/0'], ['10.0.0.0/24']));
const open = 'lets every address in';
const plain = 'is stored without encryption at rest';
const redirect = (value: string, mark = ''): string => `resource "alicloud_cdn_domain_config" "chat" {\n  domain_name   = "chat.example.com"\n  function_name = "https_force"\n  function_args {\n    arg_name  = "enable"\n    arg_value = "${value}"\n${mark}  }\n}\n`;

/** Services of Alibaba Cloud beyond its machines, networks and first databases. Source: the provider's pages of the resources. */
export default [
  ...service('Trail', ['alicloud_actiontrail_trail', 'alicloud_actiontrail'], {
    logging: {
      'actiontrail-off': ['status', ifSet('Disable', 'Enable', 'Fresh'), 'is switched off', { severity: 'medium' }],
      'actiontrail-some-events': ['event_rw', ifSet('Read', 'All', 'Write'), 'leaves out what changes things'],
    },
  }),
  ...service('Listener', ['alicloud_slb_listener'], {
    exposed: { 'slb-list-off': ['acl_status', ifSet('off', 'on'), 'looks at no list of addresses', { severity: 'info' }] },
  }),
  ...service('Bucket', ['alicloud_oss_bucket_public_access_block', 'alicloud_oss_account_public_access_block'], {
    public: { 'oss-public-allowed': ['block_public_access', notOff, 'may be opened to everybody', { severity: 'medium' }] },
  }),
  ...service('Flow log', 'alicloud_vpc_flow_log', { logging: { 'alicloud-flow-log-off': ['status', ifSet('Inactive', 'Active'), 'is switched off', { severity: 'medium' }] } }),
  ...service('Service registry', 'alicloud_mse_cluster', {
    exposed: { 'mse-public': ['pub_network_flow', { must: { most: 0 }, absent: 'fine', sample: { bad: 1, good: 0 } }, 'is reachable from the internet', { severity: 'medium' }], 'mse-open': ['acl_entry_list', anywhereInList, open] },
  }),
  ...service('VPN', ['alicloud_vpn_connection', 'alicloud_vpn_gateway_vpn_attachment'], {
    oldTls: {
      'alicloud-vpn-old-exchange': ['ike_config.ike_version', ifSet('ikev1', 'ikev2'), 'exchanges keys in the old way', { severity: 'low' }],
      'alicloud-vpn-weak-cipher': ['ike_config.ike_enc_alg|ipsec_config.ipsec_enc_alg', never(/^(?:des|3des)$/, '3des', 'aes256'), 'encrypts with a broken cipher'],
      'alicloud-vpn-weak-hash': ['ike_config.ike_auth_alg|ipsec_config.ipsec_auth_alg', never(/^(?:md5|sha1)$/, 'md5', 'sha256'), 'checks with a broken hash', { severity: 'low' }],
    },
  }),
  ...service('Scaling configuration', 'alicloud_ess_scaling_configuration', {
    atRest: { 'ess-disk-plain': ['system_disk_encrypted|data_disk.encrypted', notOff, 'starts machines with unencrypted disks', { severity: 'medium' }] },
    exposed: { 'ess-public-bandwidth': ['internet_max_bandwidth_out', most(0), 'starts machines with public addresses', { severity: 'medium' }] },
    secret: { 'ess-password': ['password', none, 'starts machines with a password that stands in the template', { severity: 'low' }] },
  }),
  ...service('Security group', 'alicloud_security_group', {
    segmentation: { 'alicloud-group-open-inside': ['inner_access_policy|inner_access', { must: { not: ['Accept', 'true'] }, absent: 'fine', set: 'Drop', sample: { bad: 'Accept' } }, 'lets its machines reach each other on every port', { severity: 'info' }] },
  }),
  ...service('Cache', ['alicloud_redis_tair_instance'], {
    transit: { 'tair-plaintext': ['ssl_enabled', ifSet('Disable', 'Enable', 'Update'), 'accepts connections without TLS', { severity: 'medium' }] },
    identity: { 'tair-password-free': ['vpc_auth_mode', ifSet('Close', 'Open'), 'asks for no password', { severity: 'medium' }] },
    exposed: { 'tair-open': ['security_ips', anywhere, open] },
  }),
  ...service('Cache', 'alicloud_kvstore_instance', {
    atRest: { 'kvstore-unencrypted': ['tde_status', ifSet('Disabled', 'Enabled'), plain, { severity: 'low' }] },
    recovery: { 'kvstore-deletion': ['instance_release_protection', on, 'can be deleted without further ado', { severity: 'info' }] },
  }),
  ...service('Database', ['alicloud_gpdb_instance', 'alicloud_hbase_instance', 'alicloud_adb_db_cluster', 'alicloud_adb_cluster', 'alicloud_click_house_db_cluster', 'alicloud_selectdb_db_cluster', 'alicloud_lindorm_instance', 'alicloud_ddosbgp_instance'], {
    exposed: {
      'alicloud-store-open': ['security_ips|security_ip_list|ip_whitelist.security_ip_list|ip_white|db_cluster_access_white_list.security_ip_list|desired_security_ip_lists.security_ip_list', anywhereInList, open],
    },
    atRest: { 'alicloud-store-plain': ['encryption_type|disk_encryption', { must: { not: ['off', 'false'] }, absent: 'fine', sample: { bad: 'off', good: 'CloudDisk' } }, plain, { severity: 'low' }] },
    transit: { 'alicloud-store-plaintext': ['ssl_enabled|enable_ssl', { must: { not: [0, 'false'] }, absent: 'fine', sample: { bad: 0, good: 1 } }, 'accepts connections without TLS', { severity: 'low' }] },
    recovery: { 'alicloud-store-deletion': ['deletion_protection', notOff, 'can be deleted without further ado', { severity: 'info' }] },
  }),
  ...service('Database', ['alicloud_db_instance', 'alicloud_rds_instance'], {
    recovery: { 'alicloud-db-one-zone': ['zone_id_slave_a', needed, 'runs in one zone', { severity: 'info', confidence: 'low', when: [{ path: 'category', must: { is: ['Basic'] } }] }] },
    logging: {
      'alicloud-db-postgres-log': ['parameters.value', { must: { not: ['off'] }, absent: 'fine' }, 'does not log what the engine can log', {
        item: { key: 'name', name: /^log_(?:connections|disconnections|duration|checkpoints|lock_waits|hostname)$/ },
        examples: [{
          file: 'main.tf',
          bad: 'resource "alicloud_db_instance" "chart" {\n  parameters {\n    name  = "log_duration"\n    value = "off"\n             ^^^\n  }\n}\n',
          good: 'resource "alicloud_db_instance" "chart" {\n  parameters {\n    name  = "log_duration"\n    value = "on"\n  }\n}\n',
        }],
      }],
    },
  }),
  ...service('Backup plan', ['alicloud_db_backup_policy', 'alicloud_polardb_backup_policy', 'alicloud_mongodb_backup_policy'], {
    recovery: { 'alicloud-short-backup': ['backup_retention_period|data_level1_backup_retention_period', least(7), 'keeps backups for less than a week'] },
    logging: { 'alicloud-backup-without-log': ['enable_backup_log|log_backup', { must: { not: [0, 'false'] }, absent: 'fine', sample: { bad: false, good: true } }, 'keeps no log to go back to a moment', { severity: 'info' }] },
  }),
  ...service('Connection', ['alicloud_db_connection', 'alicloud_polardb_endpoint_address', 'alicloud_kvstore_connection', 'alicloud_mongodb_public_network_address'], {
    exposed: { 'alicloud-public-connection': ['net_type', ifSet('Public', 'Private'), 'leads from the internet to a database', { severity: 'medium' }] },
  }),
  ...service('Account', ['alicloud_rds_account', 'alicloud_db_account', 'alicloud_polardb_account'], {
    privilege: { 'alicloud-super-account': ['account_type|type', ifSet('Super', 'Normal'), 'may do everything', { severity: 'info' }] },
  }),
  ...service('Access rule', 'alicloud_alikafka_sasl_acl', {
    privilege: { 'alikafka-any-user': ['username', byHand(not('trainer', '*')), 'lets every user at the topic', { severity: 'medium', noFix: 'The users have to be named.' }] },
  }),
  ...service('Message broker', ['alicloud_alikafka_instance'], {
    exposed: { 'alikafka-public': ['deploy_type', { must: { not: [4] }, absent: 'fine', set: 5, sample: { bad: 4 } }, 'has an address on the internet', { severity: 'low' }] },
    customerKey: { 'alikafka-without-key': ['kms_key_id', needed, 'is not encrypted with a customer-managed key', { severity: 'info' }] },
  }),
  ...service('Disk', ['alicloud_disk', 'alicloud_ecs_disk'], {
    recovery: { 'alicloud-disk-without-snapshots': ['enable_auto_snapshot', notOff, 'is not backed up', { severity: 'info' }] },
  }),
  ...service('Instance', 'alicloud_instance', {
    secret: { 'alicloud-instance-password': ['password', none, 'is entered with a password that stands in the template', { severity: 'low' }] },
  }),
  ...service('Container cluster', ['alicloud_cs_managed_kubernetes', 'alicloud_cs_kubernetes', 'alicloud_cs_serverless_kubernetes', 'alicloud_cs_edge_kubernetes'], {
    host: { 'ack-node-password': ['password', none, 'has nodes that are entered with a password', { severity: 'low' }] },
  }),
  ...service('Node pool', 'alicloud_cs_kubernetes_node_pool', {
    atRest: { 'ack-node-disk-plain': ['system_disk_encrypted|data_disks.encrypted', notOff, 'has unencrypted disks', { severity: 'medium' }] },
    exposed: { 'ack-node-public': ['internet_max_bandwidth_out', most(0), 'gives its nodes public addresses', { severity: 'medium' }] },
    patching: { 'ack-node-upgrades': ['management.auto_upgrade', notOff, 'gets no automatic upgrades', { severity: 'info' }] },
  }),
  ...service('Function', ['alicloud_fc_service', 'alicloud_fcv3_function', 'alicloud_fcv2_function'], {
    segmentation: { 'fc-without-network': ['vpc_config', needed, 'runs outside of a network of its own', { severity: 'info' }] },
  }),
  ...service('Trigger', ['alicloud_fc_trigger', 'alicloud_fcv3_trigger'], {
    identity: { 'fc-trigger-open': ['config.authType|trigger_config.authType', ifSet('anonymous', 'function', 'jwt'), 'starts work for everybody who calls it', { severity: 'medium',
      examples: [{
        file: 'main.tf',
        bad: 'resource "alicloud_fc_trigger" "ask" {\n  config = jsonencode({ authType = "anonymous", methods = ["POST"] })\n                                    ^^^^^^^^^\n}\n',
        good: 'resource "alicloud_fc_trigger" "ask" {\n  config = jsonencode({ authType = "function", methods = ["POST"] })\n}\n',
        fixed: 'resource "alicloud_fc_trigger" "ask" {\n  config = jsonencode({ authType = "function", methods = ["POST"] })\n}\n',
      }],
    }] },
  }),
  ...service('Delivery', ['alicloud_cdn_domain_new', 'alicloud_dcdn_domain'], {
    transit: {
      'alicloud-cdn-plaintext': ['certificate_config.server_certificate_status|ssl_protocol', ifSet('off', 'on'), 'answers plain HTTP only', { severity: 'medium' }],
      'alicloud-cdn-plaintext-origin': ['sources.port', { must: { not: [80] }, absent: 'fine', sample: { bad: 80, good: 443 } }, 'reaches its origin over plain HTTP', { severity: 'low' }],
    },
  }),
  ...service('Delivery', ['alicloud_cdn_domain_config', 'alicloud_dcdn_domain_config'], {
    transit: {
      'alicloud-cdn-without-redirect': ['function_args.arg_value', ifSet('off', 'on'), 'does not send visitors on to HTTPS', {
        item: { key: 'arg_name', name: 'enable' }, when: [{ path: 'function_name', must: { is: ['https_force'] } }],
        examples: [{ file: 'main.tf', bad: redirect('off', '                 ^^^\n'), good: redirect('on'), fixed: redirect('on') }],
      }],
    },
  }),
  ...service('Listener', ['alicloud_nlb_listener'], {
    transit: { 'nlb-plaintext': ['listener_protocol', { must: { not: ['TCP'] }, absent: 'fine', sample: { bad: 'TCP', good: 'TCPSSL' } }, 'ends no TLS', { severity: 'info' }] },
    oldTls: { 'nlb-old-tls': ['security_policy_id', never(/tls_cipher_policy_1_[01]$/, 'tls_cipher_policy_1_0', 'tls_cipher_policy_1_2'), 'accepts outdated TLS versions'] },
  }),
  ...service('Listener', 'alicloud_alb_listener', {
    oldTls: { 'alb-listener-old-tls': ['security_policy_id', never(/tls_cipher_policy_1_[01]$/, 'tls_cipher_policy_1_0', 'tls_cipher_policy_1_2'), 'accepts outdated TLS versions'] },
    logging: { 'alb-listener-without-log': ['access_log_record_customized_headers_enabled', notOff, 'records no headers', { severity: 'info' }] },
  }),
  ...service('Role', 'alicloud_ram_role', {
    privilege: {
      'ram-role-everybody': ['document.Statement.Principal.RAM|assume_role_policy_document.Statement.Principal.RAM', never(/^\*$|^acs:ram::\*:/, ['*'], ['acs:ram::1234567890123456:root']), 'can be taken on by everybody', {
        examples: [{
          file: 'main.tf',
          bad: 'resource "alicloud_ram_role" "ops" {\n  document = jsonencode({ Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { RAM = ["*"] } }] })\n                                                                                                            ^\n}\n',
          good: 'resource "alicloud_ram_role" "ops" {\n  document = jsonencode({ Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { RAM = ["acs:ram::1234567890123456:root"] } }] })\n}\n',
        }],
      }],
      'ram-role-long-session': ['max_session_duration', most(14_400), 'is taken on for more than four hours', { severity: 'info' }],
    },
  }),
  ...service('Notebook', ['alicloud_pai_workspace_dataset', 'alicloud_pai_dsw_instance'], {
    public: { 'pai-public': ['accessibility', ifSet('PUBLIC', 'PRIVATE'), 'is open to the whole workspace', { severity: 'info' }] },
  }),
  ...service('Model service', ['alicloud_pai_service'], {
    exposed: { 'pai-service-public': ['labels.public', notOn, 'is reachable from the internet', { severity: 'low' }] },
  }),
  ...service('Firewall', ['alicloud_cloud_firewall_control_policy'], {
    exposed: { 'alicloud-firewall-open': ['source', byHand(not(undefined, '0.0.0.0/0', 'any')), 'lets every address through', {
      severity: 'medium', sample: { good: '203.0.113.0/24' },
      when: [{ path: 'acl_action', must: { is: ['accept'] } }, { path: 'direction', must: { is: ['in'] } }],
    }] },
  }),
  ...service('Protection', ['alicloud_wafv3_domain', 'alicloud_waf_domain'], {
    oldTls: { 'alicloud-waf-old-tls': ['listen.tls_version', never(/^tlsv1(?:\.1)?$/, 'tlsv1', 'tlsv1.2'), 'accepts outdated TLS versions'] },
    transit: { 'alicloud-waf-without-redirect': ['listen.focus_https|https_redirect', { must: { not: ['Off', 'false'] }, absent: 'fine', sample: { bad: false, good: true } }, 'does not lead plain HTTP to HTTPS', { severity: 'info' }] },
  }),
  ...service('Data stream', ['alicloud_datahub_project', 'alicloud_log_project', 'alicloud_sls_project'], {
    privilege: { 'sls-policy-everybody': ['policy.Statement.Principal', never(/^\*$/, ['*'], ['acs:ram::1234567890123456:root']), 'is open to everybody', {
      examples: [{
        file: 'main.tf',
        bad: 'resource "alicloud_log_project" "audit" {\n  policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = ["*"] }] })\n                                                                       ^\n}\n',
        good: 'resource "alicloud_log_project" "audit" {\n  policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = ["acs:ram::1234567890123456:root"] }] })\n}\n',
      }],
    }] },
  }),
  ...service('Topic', ['alicloud_mns_topic', 'alicloud_message_service_topic'], { logging: { 'mns-without-log': ['logging_enabled|enable_logging', on, 'records no messages', { severity: 'info' }] } }),
  ...service('Subscription', ['alicloud_mns_topic_subscription', 'alicloud_message_service_subscription'], {
    transit: { 'mns-plaintext': ['endpoint', byHand(never(/^http:/, 'http://hooks.example.com', 'https://hooks.example.com')), 'is called over plain HTTP', { severity: 'medium' }] },
  }),
];
