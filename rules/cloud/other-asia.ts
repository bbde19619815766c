import { ifSet, least, needed, never, not, notOff, notOn, off, on, service } from '../_families.ts';

const plain = 'is stored without encryption at rest';
const common = { must: { not: ['net-COMMON_PRIVATE'] }, absent: 'fine' } as const;
const shared = 'is on the private network that all customers share';

export default [
  ...service('Disk', 'tencentcloud_cbs_storage', { atRest: { 'cbs-unencrypted': ['encrypt', on, plain] } }),
  ...service('Instance', 'tencentcloud_instance', {
    exposed: { 'cvm-public-address': ['allocate_public_ip', notOn, 'has a public address', { severity: 'medium' }] },
    segmentation: {
      'cvm-default-security-group': [
        'orderly_security_groups|security_groups',
        { must: { never: /default/i }, absent: 'fine', sample: { bad: ['sg-default'], good: ['sg-api'] } },
        'uses the default security group',
        { severity: 'low' },
      ],
      'cvm-default-network': [
        'vpc_id',
        { must: { never: /default/i }, absent: 'fine', sample: { bad: 'vpc-default', good: 'vpc-api' } },
        'runs in the default network',
        { severity: 'low' },
      ],
    },
    logging: { 'cvm-monitoring-off': ['disable_monitor_service', notOn, 'is not monitored'] },
    host: { 'cvm-security-agent-off': ['disable_security_service', notOn, 'runs without the security agent'] },
    secret: {
      'cvm-user-data-secret': [
        'user_data_raw',
        never(/(?:password|secret|token)\w*\s*=\s*\S{6,}/i, 'export DATABASE_PASSWORD=chart-pass', 'apt-get update'),
        'carries a secret in its start script',
        { severity: 'medium' },
      ],
    },
  }),
  ...service('Database', ['tencentcloud_mysql_instance', 'tencentcloud_postgresql_instance'], {
    exposed: {
      'tencent-db-public': ['internet_service|public_access_switch', { must: { not: [1, 'true'] }, absent: 'fine', set: 0 }, 'is reachable from the internet'],
    },
    segmentation: {
      'tencent-db-default-port': ['intranet_port', never(/^(?:3306|5432)$/, 3306, 13306), 'listens on the default port of its engine', { severity: 'info' }],
    },
    recovery: {
      'tencent-db-without-backup': [
        'backup_policy',
        needed,
        'has no plan for backups',
        { severity: 'info', or: [{ type: 'tencentcloud_mysql_backup_policy' }] },
      ],
    },
  }),
  ...service('Backup plan', 'tencentcloud_mysql_backup_policy', {
    recovery: { 'tencent-db-short-backup': ['retention_period', least(7), 'keeps backups for less than a week'] },
  }),
  ...service('Listener', 'tencentcloud_clb_listener', {
    transit: { 'clb-plaintext': ['protocol', not(undefined, 'HTTP', 'TCP', 'UDP'), 'accepts unencrypted connections', { severity: 'medium' }] },
  }),
  ...service('Load balancer', 'tencentcloud_clb_instance', {
    logging: { 'clb-without-log': ['log_set_id', needed, 'records no access', { severity: 'info' }] },
    exposed: { 'clb-public': ['network_type', ifSet('OPEN', 'INTERNAL'), 'faces the internet', { severity: 'info' }] },
  }),
  ...service('Cluster', 'tencentcloud_kubernetes_cluster', {
    atRest: {
      'tke-secrets-unencrypted': [
        'encryption_protection',
        needed,
        'does not encrypt its secrets',
        { severity: 'medium', or: [{ type: 'tencentcloud_kubernetes_encryption_protection' }] },
      ],
    },
    exposed: {
      'tke-public-api': ['cluster_internet', notOn, 'has an API that the internet can reach'],
      'tke-worker-public': ['worker_config.public_ip_assigned', notOn, 'gives its nodes public addresses', { severity: 'medium' }],
    },
    logging: { 'tke-without-log': ['log_agent.enabled', on, 'sends no logs', { severity: 'info', or: [{ type: 'tencentcloud_kubernetes_log_config' }] }] },
  }),
  ...service('Network', 'tencentcloud_vpc', {
    logging: {
      'tencent-vpc-without-flow-log': [
        'flow_log',
        needed,
        'records no traffic',
        { severity: 'low', or: [{ type: 'tencentcloud_vpc_flow_log' }, { type: 'tencentcloud_vpc_flow_log_config' }] },
      ],
    },
  }),
  ...service('Flow log', 'tencentcloud_vpc_flow_log_config', { logging: { 'tencent-flow-log-off': ['enable', notOff, 'is switched off'] } }),
  ...service('Bucket', 'tencentcloud_cos_bucket', {
    public: { 'cos-public-acl': ['acl', not('private', 'public-read', 'public-read-write'), 'is open to everybody'] },
    atRest: { 'cos-unencrypted': ['encryption_algorithm', needed, plain, { severity: 'medium' }] },
    recovery: { 'cos-without-versioning': ['versioning_enable', on, 'keeps no earlier versions of its objects', { severity: 'info' }] },
    logging: { 'cos-without-log': ['log_enable', on, 'records no access', { severity: 'info' }] },
  }),
  ...service('Instance', 'nifcloud_instance', {
    segmentation: {
      'nifcloud-instance-common-private': ['network_interface.network_id', common, shared],
      'nifcloud-instance-without-group': ['security_group', needed, 'has no security group'],
    },
  }),
  ...service('Router', 'nifcloud_router', {
    segmentation: {
      'nifcloud-router-common-private': ['network_interface.network_id', common, shared],
      'nifcloud-router-without-group': ['security_group', needed, 'has no security group'],
    },
  }),
  ...service('Load balancer', 'nifcloud_elb', {
    segmentation: { 'nifcloud-elb-common-private': ['network_interface.network_id', common, shared] },
    transit: { 'nifcloud-elb-plaintext': ['protocol', not(undefined, 'HTTP'), 'accepts plain HTTP', { severity: 'medium' }] },
  }),
  ...service('Listener', 'nifcloud_elb_listener', {
    transit: { 'nifcloud-elb-listener-plaintext': ['protocol', not(undefined, 'HTTP'), 'accepts plain HTTP', { severity: 'medium' }] },
  }),
  ...service('VPN gateway', 'nifcloud_vpn_gateway', { segmentation: { 'nifcloud-vpn-without-group': ['security_group', needed, 'has no security group'] } }),
  ...service('File store', 'nifcloud_nas_instance', { segmentation: { 'nifcloud-nas-common-private': ['network_id', common, shared] } }),
  ...service('Storage group', 'nifcloud_nas_security_group', {
    exposed: { 'nifcloud-nas-open': ['rule.cidr_ip', never(/^0\.0\.0\.0\/0$/, '0.0.0.0/0', '10.0.0.0/16'), 'lets every address in'] },
  }),
  ...service('Database', 'nifcloud_db_instance', {
    segmentation: { 'nifcloud-db-common-private': ['network_id', common, shared] },
    exposed: { 'nifcloud-db-public': ['publicly_accessible', off, 'is reachable from the internet'] },
    recovery: { 'nifcloud-db-short-backup': ['backup_retention_period', { must: { least: 2 }, absent: 'bad', set: 7 }, 'keeps backups for a day or less'] },
  }),
  ...service('Database group', 'nifcloud_db_security_group', {
    exposed: { 'nifcloud-db-open': ['rule.cidr_ip', never(/^0\.0\.0\.0\/0$/, '0.0.0.0/0', '10.0.0.0/16'), 'lets every address in'] },
  }),
  ...service('Load balancer', 'nifcloud_load_balancer', {
    transit: {
      'nifcloud-lb-without-policy': ['ssl_policy_id|ssl_policy_name', needed, 'keeps the default TLS policy', { severity: 'low' }],
      'nifcloud-lb-http': ['load_balancer_port', not(undefined, 80), 'accepts plain HTTP', { severity: 'medium' }],
    },
    oldTls: {
      'nifcloud-lb-old-tls-id': ['ssl_policy_id', never(/^(?:1|2|3|5|8)$/, '1', '4'), 'accepts outdated TLS versions'],
      'nifcloud-lb-old-tls-name': [
        'ssl_policy_name',
        never(/^(?:Standard Ciphers [ABC]|Ats Ciphers A|Standard Ciphers E) ver\d$/, 'Standard Ciphers A ver1', 'Standard Ciphers D ver1'),
        'accepts outdated TLS versions by name',
      ],
    },
  }),
  ...service('Listener', 'nifcloud_load_balancer_listener', {
    transit: { 'nifcloud-listener-http': ['load_balancer_port', not(undefined, 80), 'accepts plain HTTP', { severity: 'medium' }] },
    oldTls: { 'nifcloud-listener-old-tls': ['ssl_policy_id', never(/^(?:1|2|3|5|8)$/, '1', '4'), 'accepts outdated TLS versions'] },
  }),
  ...service('Security group', 'nifcloud_security_group', {
    logging: { 'nifcloud-group-description': ['description', needed, 'says nothing about itself', { severity: 'info' }] },
  }),
  ...service('Load balancer', 'ncloud_lb', {
    exposed: { 'ncloud-lb-public': ['network_type', ifSet('PUBLIC', 'PRIVATE'), 'faces the internet', { severity: 'low', absent: 'bad' }] },
  }),
  ...service('Listener', 'ncloud_lb_listener', {
    transit: { 'ncloud-lb-plaintext': ['protocol', not(undefined, 'HTTP', 'TCP'), 'accepts unencrypted connections', { severity: 'medium' }] },
    oldTls: {
      'ncloud-lb-old-tls': [
        'tls_min_version_type',
        { must: { is: ['TLSV12', 'TLSV13'] }, absent: 'fine', set: 'TLSV12', sample: { bad: 'TLSV10' } },
        'accepts outdated TLS versions',
      ],
    },
  }),
  ...service('Target group', 'ncloud_lb_target_group', {
    transit: { 'ncloud-target-plaintext': ['protocol', not(undefined, 'HTTP'), 'receives its traffic over plain HTTP', { severity: 'info' }] },
  }),
  ...service('Cluster', 'ncloud_nks_cluster', {
    exposed: { 'nks-public-api': ['public_network', notOn, 'has an API that the internet can reach'] },
    logging: { 'nks-without-log': ['log.audit', on, 'sends no audit log'] },
  }),
  ...service('Server', 'ncloud_server', { atRest: { 'ncloud-server-disk-plain': ['is_encrypted_base_block_storage_volume', on, 'has an unencrypted disk'] } }),
  ...service('Disk image', 'ncloud_launch_configuration', { atRest: { 'ncloud-launch-disk-plain': ['is_encrypted_volume', on, 'makes unencrypted disks'] } }),
  ...service('File store', 'ncloud_nas_volume', { atRest: { 'ncloud-nas-plain': ['is_encrypted_volume', on, plain] } }),
  ...service('Subnet', 'ncloud_subnet', {
    exposed: { 'ncloud-public-subnet': ['subnet_type', ifSet('PUBLIC', 'PRIVATE'), 'is public', { severity: 'info' }] },
  }),
  ...service('Access control group', 'ncloud_access_control_group', {
    privilege: { 'ncloud-group-without-rules': ['rule', needed, 'has no rules', { severity: 'low', or: [{ type: 'ncloud_access_control_group_rule' }] }] },
  }),
];
