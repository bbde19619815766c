import { byHand, ifSet, is, least, missing, needed, never, none, not, notOff, notOn, on, service } from '../_families.ts';

const plain = 'is stored without encryption at rest';
const key = 'is not encrypted with a customer-managed key';
const regions = 'covers one region only';

export default [
  ...service('Bucket access', 'alicloud_oss_bucket_acl', {
    public: { 'oss-bucket-acl-open': ['acl', not('private', 'public-read', 'public-read-write'), 'is open to everybody'] },
  }),
  ...service('Bucket', 'alicloud_oss_bucket', {
    public: {
      'oss-public-acl': ['acl', not('private', 'public-read', 'public-read-write'), 'is open to everybody'],
      'oss-website': ['website', none, 'is served as a website', { severity: 'low', confidence: 'medium' }],
    },
    atRest: {
      'oss-unencrypted': [
        'server_side_encryption_rule',
        needed,
        plain,
        {
          severity: 'medium',
          beside: { type: 'alicloud_oss_bucket_server_side_encryption', lines: ['bucket        = {owner}.bucket', 'sse_algorithm = "AES256"'] },
          or: [{ type: 'alicloud_oss_bucket_server_side_encryption' }],
        },
      ],
    },
    customerKey: { 'oss-without-key': ['server_side_encryption_rule.kms_master_key_id', needed, key, { severity: 'info' }] },
    recovery: {
      'oss-without-versioning': [
        'versioning.status',
        { ...is('Enabled'), sample: { bad: 'Suspended' } },
        'keeps no earlier versions of its objects',
        { or: [{ type: 'alicloud_oss_bucket_versioning' }] },
      ],
      'oss-without-lifecycle': ['lifecycle_rule', needed, 'keeps objects forever', { severity: 'info' }],
    },
    logging: {
      'oss-without-log': ['logging', needed, 'records no access', { or: [{ type: 'alicloud_oss_bucket_logging' }] }],
      'oss-log-off': ['logging_isenable', notOff, 'has its log switched off'],
    },
    transit: {
      'oss-without-tls-policy': ['policy.Statement.Condition.Bool.acs:SecureTransport', needed, 'accepts plain HTTP', {
        severity: 'info', or: [{ type: 'alicloud_oss_bucket_policy' }], noFix: 'A statement that denies requests without TLS has to be added to its policy.',
        examples: [{
          file: 'main.tf',
          bad: 'resource "alicloud_oss_bucket" "data" {\n                                ^^^^\n  acl = "private"\n}\n',
          good: 'resource "alicloud_oss_bucket" "data" {\n  policy = jsonencode({\n    Statement = [{\n      Effect    = "Deny"\n      Principal = ["*"]\n      Condition = { Bool = { "acs:SecureTransport" = ["false"] } }\n    }]\n  })\n}\n',
        }],
      }],
      'oss-transfer-acceleration': ['transfer_acceleration.enabled', on, 'does not accelerate transfers', { severity: 'info' }],
    },
    filter: { 'oss-ip-open': ['referer_config.allow_empty', notOn, 'takes requests without a referer', { severity: 'info' }] },
  }),
  ...service('Trail', ['alicloud_actiontrail_trail', 'alicloud_actiontrail'], {
    logging: {
      'actiontrail-one-region': ['trail_region', is('All'), regions, { orPath: [{ path: 'trail_region', must: { is: ['All'] } }] }],
      'actiontrail-organization-region': ['event_rw', is('All'), 'records some events only', { severity: 'low' }],
    },
  }),
  ...service('Log store', 'alicloud_log_store', {
    retention: {
      'log-store-short-retention': ['retention_period', { must: { least: 90 }, absent: 'bad', set: 90 }, 'keeps its records for less than 90 days'],
    },
    atRest: { 'log-store-unencrypted': ['encrypt_conf.enable', on, plain, { severity: 'info' }] },
  }),
  ...service('Audit', 'alicloud_log_audit', {
    logging: {
      'log-audit-without-rds': ['variable_map.rds_enabled', on, 'leaves databases out'],
      'log-audit-without-oss': ['variable_map.oss_access_enabled', notOff, 'leaves buckets out', { severity: 'info' }],
    },
    retention: {
      'log-audit-rds-retention': ['variable_map.rds_ttl', least(180), 'keeps records of databases for less than half a year', { severity: 'info' }],
    },
  }),
  ...service('Database', ['alicloud_db_instance', 'alicloud_rds_instance'], {
    exposed: {
      'alicloud-db-open': ['security_ips', never(/^0\.0\.0\.0(?:\/0)?$/, ['0.0.0.0/0'], ['10.0.0.0/24']), 'lets every address in'],
      'alicloud-db-public-address': ['address', never(/^0\.0\.0\.0(?:\/0)?$/, '0.0.0.0/0', '10.23.12.24'), 'has an address that everybody reaches'],
    },
    transit: {
      'alicloud-db-plaintext': [
        'ssl_action',
        { must: { is: ['Open', 'Update'] }, absent: 'bad', set: 'Open', sample: { bad: 'Close' } },
        'accepts connections without TLS',
        { severity: 'medium' },
      ],
    },
    atRest: { 'alicloud-db-unencrypted': ['tde_status', is('Enabled'), plain, { severity: 'medium', sample: { bad: 'Disabled' } }] },
    customerKey: { 'alicloud-db-without-key': ['encryption_key', needed, key, { severity: 'info' }] },
    retention: {
      'alicloud-db-log-off': ['sql_collector_status', is('Enabled'), 'records no queries', { sample: { bad: 'Disabled' } }],
      'alicloud-db-log-retention': [
        'sql_collector_config_value',
        { must: { least: 180 }, absent: 'bad', set: 180 },
        'keeps records of queries for less than half a year',
      ],
    },
    logging: Object.fromEntries(
      (['log_connections', 'log_disconnections', 'log_duration'] as const).map((name) => [
        `alicloud-db-${name.replaceAll('_', '-')}`,
        [
          'parameters.value',
          { must: { is: ['ON'] }, absent: 'bad', set: 'ON', sample: { bad: 'OFF' } },
          `does not set ${name}`,
          { item: { key: 'name', name }, severity: 'info' },
        ] as const,
      ]),
    ),
    recovery: { 'alicloud-db-deletion': ['deletion_protection', on, 'can be deleted without further ado', { severity: 'info' }] },
    patching: { 'alicloud-db-upgrades': ['auto_upgrade_minor_version', ifSet('Manual', 'Auto'), 'gets no minor upgrades'] },
  }),
  ...service('Database', 'alicloud_mongodb_instance', {
    exposed: { 'alicloud-mongodb-open': ['security_ip_list', never(/^0\.0\.0\.0(?:\/0)?$/, ['0.0.0.0/0'], ['10.0.0.0/24']), 'lets every address in'] },
    transit: {
      'alicloud-mongodb-plaintext': [
        'ssl_action',
        { must: { is: ['Open', 'Update'] }, absent: 'bad', set: 'Open', sample: { bad: 'Close' } },
        'accepts connections without TLS',
        { severity: 'medium' },
      ],
    },
    segmentation: {
      'alicloud-mongodb-classic-network': [
        'network_type',
        { must: { is: ['VPC'] }, absent: 'fine', set: 'VPC', sample: { bad: 'Classic' } },
        'runs outside of a VPC',
      ],
    },
    atRest: { 'alicloud-mongodb-unencrypted': ['tde_status', is('enabled'), plain, { severity: 'medium', sample: { bad: 'disabled' } }] },
  }),
  ...service('Disk', ['alicloud_disk', 'alicloud_ecs_disk'], {
    atRest: { 'alicloud-disk-unencrypted': ['encrypted', on, plain, { orPath: [{ path: 'snapshot_id', must: 'present' }] }] },
    customerKey: { 'alicloud-disk-without-key': ['kms_key_id', needed, key, { severity: 'info', orPath: [{ path: 'snapshot_id', must: 'present' }] }] },
  }),
  ...service('Launch template', ['alicloud_ecs_launch_template', 'alicloud_launch_template'], {
    atRest: {
      'alicloud-template-disk-plain': [
        'data_disks.encrypted|data_disks.encrypt',
        on,
        'makes unencrypted disks',
        {
          when: [{ path: 'data_disks', must: 'present' }],
          severity: 'medium',
          examples: missing(
            'alicloud_ecs_launch_template',
            '  data_disks {\n    size = 40\n  }\n',
            '  data_disks {\n    encrypted = true\n  }\n',
            '  data_disks {\n    size = 40\n    encrypted = true\n  }\n',
          ),
        },
      ],
      'alicloud-template-system-disk-plain': ['system_disk.encrypted', on, 'makes an unencrypted system disk', { severity: 'low' }],
    },
  }),
  ...service('Instance', 'alicloud_instance', {
    segmentation: { 'alicloud-classic-network': ['vswitch_id', needed, 'runs outside of a VPC', { severity: 'low' }] },
    exposed: {
      'alicloud-public-bandwidth': [
        'internet_max_bandwidth_out',
        { must: { most: 0 }, absent: 'fine', set: 0 },
        'has a public address',
        { severity: 'medium' },
      ],
    },
    host: { 'alicloud-instance-agent': ['security_enhancement_strategy', ifSet('Deactive', 'Active'), 'runs without the security agent'] },
  }),
  ...service('VPC', 'alicloud_vpc', {
    logging: { 'alicloud-vpc-without-flow-log': ['flow_log_id', needed, 'records no traffic', { or: [{ type: 'alicloud_vpc_flow_log' }] }] },
  }),
  ...service('Cluster', ['alicloud_cs_kubernetes', 'alicloud_cs_managed_kubernetes'], {
    segmentation: {
      'alicloud-k8s-without-terway': ['pod_vswitch_ids', needed, 'cannot enforce network policies', { severity: 'low' }],
      'alicloud-k8s-addon': [
        'addons.name',
        never(/^flannel$/, 'flannel', 'terway-eniip'),
        'uses a network plugin without network policies',
        { severity: 'low' },
      ],
    },
    exposed: { 'alicloud-k8s-public-api': ['slb_internet_enabled|endpoint_public_access_enabled', notOn, 'has an API that the internet can reach'] },
    logging: { 'alicloud-k8s-log': ['install_cloud_monitor', notOff, 'is not monitored'] },
  }),
  ...service('Node pool', 'alicloud_cs_kubernetes_node_pool', {
    patching: { 'alicloud-node-pool-repair': ['management.auto_repair', on, 'does not repair its nodes', { severity: 'info' }] },
  }),
  ...service('Stack', 'alicloud_ros_stack', {
    logging: { 'ros-stack-without-notifications': ['notification_urls', needed, 'tells nobody of its changes', { severity: 'info' }] },
    recovery: {
      'ros-stack-without-policy': ['stack_policy_body|stack_policy_url', needed, 'lets an update replace everything', { severity: 'info' }],
      'ros-stack-retain': ['retain_all_resources|retain_resources', needed, 'deletes its resources with itself', { severity: 'info' }],
    },
    supply: { 'ros-stack-without-template': ['template_body|template_url', needed, 'names no template', { severity: 'info' }] },
  }),
  ...service('Stack instance', 'alicloud_ros_stack_instance', {
    recovery: { 'ros-instance-retain': ['retain_stacks', on, 'deletes its resources with itself', { severity: 'info' }] },
  }),
  ...service('Load balancer list', 'alicloud_alb_acl_entry_attachment', {
    exposed: { 'alb-acl-open': ['entry', never(/\/0$/, '0.0.0.0/0', '10.0.0.0/24'), 'lets everybody in'] },
  }),
  ...service('Load balancer list', 'alicloud_alb_acl', {
    exposed: { 'alb-acl-entries-open': ['acl_entries.entry', never(/\/0$/, '0.0.0.0/0', '10.0.0.0/24'), 'lets everybody in'] },
  }),
  ...service('TLS policy', ['alicloud_slb_tls_cipher_policy', 'alicloud_alb_security_policy'], {
    oldTls: { 'slb-old-tls': ['tls_versions', never(/^TLSv1\.[01]$/, ['TLSv1.0'], ['TLSv1.2']), 'accepts outdated TLS versions'] },
  }),
  ...service('Listener', ['alicloud_slb_listener', 'alicloud_alb_listener'], {
    transit: { 'slb-plaintext': ['protocol|listener_protocol', not(undefined, 'http'), 'accepts plain HTTP', { severity: 'medium' }] },
    oldTls: {
      'slb-old-policy': [
        'tls_cipher_policy',
        never(/^tls_cipher_policy_1_[01]$/, 'tls_cipher_policy_1_0', 'tls_cipher_policy_1_2'),
        'accepts outdated TLS versions',
      ],
    },
  }),
  ...service('API', 'alicloud_api_gateway_api', {
    transit: { 'alicloud-api-http': ['request_config.protocol', not('HTTPS', 'HTTP', 'HTTP,HTTPS'), 'accepts plain HTTP', { severity: 'medium' }] },
    identity: { 'alicloud-api-anonymous': ['auth_type', not('APP', 'ANONYMOUS'), 'can be called by anybody'] },
  }),
  ...service('File system', 'alicloud_nas_file_system', {
    atRest: { 'nas-unencrypted': ['encrypt_type', { must: { is: [1, 2] }, absent: 'bad', set: 1, sample: { bad: 0 } }, plain, { severity: 'medium' }] },
    customerKey: { 'nas-without-key': ['kms_key_id', needed, key, { severity: 'info' }] },
  }),
  ...service('Cache', 'alicloud_kvstore_instance', {
    transit: {
      'kvstore-plaintext': [
        'ssl_enable',
        { must: { is: ['Enable', 'Update'] }, absent: 'bad', set: 'Enable', sample: { bad: 'Disable' } },
        'accepts connections without TLS',
        { severity: 'low' },
      ],
    },
    exposed: { 'kvstore-open': ['security_ips', never(/^0\.0\.0\.0(?:\/0)?$/, ['0.0.0.0/0'], ['10.0.0.0/24']), 'lets every address in'] },
    identity: { 'kvstore-password-free': ['vpc_auth_mode', ifSet('Close', 'Open'), 'asks for no password'] },
  }),
  ...service('Sign-in setting', 'alicloud_ram_security_preference', {
    identity: { 'ram-without-mfa': ['enforce_mfa_for_login', on, 'asks for no second factor'] },
  }),
  ...service('User policy', 'alicloud_ram_user_policy_attachment', {
    privilege: { 'ram-user-policy': ['user_name', none, 'is attached to a user', { severity: 'low', confidence: 'medium' }] },
  }),
  ...service('Policy', ['alicloud_ram_role_policy_attachment', 'alicloud_ram_user_policy_attachment', 'alicloud_ram_group_policy_attachment'], {
    privilege: {
      'ram-administrator': [
        'policy_name',
        never(/^AdministratorAccess$/, 'AdministratorAccess', 'AliyunOSSReadOnlyAccess'),
        'gives all rights',
        { severity: 'high' },
      ],
    },
  }),
  ...service('Load balancer', ['alicloud_slb_load_balancer', 'alicloud_slb', 'alicloud_alb_load_balancer', 'alicloud_nlb_load_balancer'], {
    exposed: {
      'alicloud-lb-public': [
        'address_type|internet',
        { must: { is: ['intranet', false] }, absent: 'fine', set: 'intranet', sample: { bad: 'internet' } },
        'is reachable from the internet',
        { severity: 'low' },
      ],
    },
    recovery: { 'alicloud-lb-deletion': ['delete_protection|deletion_protection_enabled', notOff, 'can be deleted without further ado', { severity: 'info' }] },
  }),
  ...service('Load balancer', 'alicloud_alb_load_balancer', {
    logging: { 'alicloud-alb-without-log': ['access_log_config', needed, 'records no requests', { severity: 'info' }] },
  }),
  ...service('Key', 'alicloud_kms_key', {
    rotation: { 'alicloud-key-without-rotation': ['automatic_rotation', is('Enabled'), 'never changes', { sample: { bad: 'Disabled' } }] },
    atRest: { 'alicloud-key-software': ['protection_level', ifSet('SOFTWARE', 'HSM'), 'is kept in software', { severity: 'info' }] },
  }),
  ...service('Secret', 'alicloud_kms_secret', {
    rotation: { 'alicloud-secret-without-rotation': ['enable_automatic_rotation', on, 'never changes', { severity: 'info' }] },
  }),
  ...service('Instance', 'alicloud_instance', {
    atRest: {
      'alicloud-instance-disk-plain': ['system_disk_encrypted', on, 'keeps its disk without encryption', { severity: 'medium' }],
      'alicloud-instance-data-plain': ['data_disks.encrypted', notOff, 'keeps data without encryption'],
    },
    host: { 'alicloud-instance-imds-v1': ['http_tokens', ifSet('optional', 'required'), 'answers metadata requests without a token', { severity: 'medium' }] },
    recovery: { 'alicloud-instance-deletion': ['deletion_protection', on, 'can be deleted without further ado', { severity: 'info' }] },
    machineIdentity: { 'alicloud-instance-without-role': ['role_name', needed, 'has no identity of its own', { severity: 'info', confidence: 'low' }] },
  }),
  ...service('Cluster', 'alicloud_polardb_cluster', {
    exposed: {
      'polardb-open': ['security_ips|db_cluster_ip_array.security_ips', never(/^0\.0\.0\.0(?:\/0)?$/, ['0.0.0.0/0'], ['10.0.0.0/24']), 'lets every address in'],
    },
    atRest: {
      'polardb-unencrypted': ['tde_status', is('Enabled'), 'is stored without encryption at rest', { severity: 'medium', sample: { bad: 'Disabled' } }],
    },
    recovery: {
      'polardb-deletion': [
        'deletion_lock',
        { must: { is: [1] }, absent: 'fine', set: 1, sample: { bad: 0 } },
        'can be deleted without further ado',
        { severity: 'info' },
      ],
    },
  }),
  ...service('Endpoint', ['alicloud_polardb_endpoint', 'alicloud_polardb_cluster_endpoint'], {
    transit: {
      'polardb-plaintext': ['ssl_enabled', is('Enable', 'Update'), 'accepts connections without TLS', { severity: 'medium', sample: { bad: 'Disable' } }],
    },
  }),
  ...service('Search', 'alicloud_elasticsearch_instance', {
    exposed: {
      'alicloud-search-open': [
        'public_whitelist|private_whitelist|kibana_whitelist',
        never(/^0\.0\.0\.0(?:\/0)?$/, ['0.0.0.0/0'], ['10.0.0.0/24']),
        'lets every address in',
      ],
      'alicloud-search-public': ['enable_public', notOn, 'is reachable from the internet', { severity: 'medium' }],
    },
    transit: { 'alicloud-search-plaintext': ['protocol', is('HTTPS'), 'is reached over plain HTTP', { severity: 'medium', sample: { bad: 'HTTP' } }] },
    atRest: { 'alicloud-search-unencrypted': ['data_node_disk_encrypted', on, 'is stored without encryption at rest', { severity: 'medium' }] },
  }),
  ...service('File system rule', ['alicloud_nas_access_rule'], {
    exposed: {
      'nas-rule-open': ['source_cidr_ip', never(/^0\.0\.0\.0\/0$/, '0.0.0.0/0', '10.0.0.0/24'), 'lets every address in'],
      'nas-rule-root': ['user_access_type', ifSet('no_squash', 'root_squash', 'all_squash'), 'lets root of its clients in', { severity: 'low' }],
    },
  }),
  ...service('Login', 'alicloud_ram_login_profile', {
    identity: { 'ram-login-without-mfa': ['mfa_bind_required', on, 'asks for no second factor', { severity: 'low' }] },
    password: { 'ram-login-keeps-password': ['password_reset_required', on, 'keeps its first password', { severity: 'info' }] },
  }),
  ...service('Image store', 'alicloud_cr_repo', {
    public: { 'alicloud-public-images': ['repo_type', ifSet('PUBLIC', 'PRIVATE'), 'can be read by everybody', { severity: 'medium' }] },
  }),
  ...service('Cluster', ['alicloud_cs_kubernetes', 'alicloud_cs_managed_kubernetes'], {
    customerKey: { 'ack-secrets-unencrypted': ['encryption_provider_key', needed, 'keeps its secrets without a key of the customer', { severity: 'low' }] },
    recovery: { 'ack-deletion': ['deletion_protection', on, 'can be deleted without further ado', { severity: 'info' }] },
    logging: { 'ack-without-control-plane-log': ['control_plane_log_components', needed, 'keeps no log of its control plane', { severity: 'info' }] },
    machineIdentity: { 'ack-without-pod-roles': ['enable_rrsa', on, 'gives its pods no identities of their own', { severity: 'info' }] },
  }),
  ...service('Function', 'alicloud_fc_service', {
    segmentation: { 'fc-internet': ['internet_access', notOn, 'reaches the internet', { severity: 'info' }] },
    logging: { 'fc-without-log': ['log_config', needed, 'records nothing', { severity: 'info' }] },
  }),
  ...service('Bucket', 'alicloud_oss_bucket', {
    public: {
      'oss-policy-everybody': [
        'policy.Statement.Principal',
        never(/^\*$/, ['*'], ['1234567890']),
        'has a policy for everybody',
        {
          severity: 'high',
          examples: [
            {
              file: 'main.tf',
              bad: 'resource "alicloud_oss_bucket" "data" {\n  policy = jsonencode({\n    Statement = [{\n      Effect    = "Allow"\n      Principal = ["*"]\n                    ^\n    }]\n  })\n}\n',
              good: 'resource "alicloud_oss_bucket" "data" {\n  policy = jsonencode({\n    Statement = [{\n      Effect    = "Allow"\n      Principal = ["1234567890"]\n    }]\n  })\n}\n',
            },
          ],
        },
      ],
    },
    privilege: {
      'oss-cors-any-origin': [
        'cors_rule.allowed_origins',
        byHand(not(['https://app.example.com'], '*')),
        'accepts cross-origin requests from every site',
        { severity: 'low' },
      ],
    },
  }),
];
