import { byHand, ifSet, needed, never, notOff, notOn, on, service } from '../_families.ts';

const anywhere = byHand(never(/^(?:0\.0\.0\.0|::)\/0$/, '0.0.0.0/0', '203.0.113.0/24'));
const anywhereInList = byHand(never(/^(?:0\.0\.0\.0|::)\/0$/, ['0.0.0.0/0'], ['203.0.113.0/24']));
const open = 'lets every address in';

const aiven = ['pg', 'mysql', 'kafka', 'opensearch', 'redis', 'valkey', 'cassandra', 'clickhouse', 'grafana', 'dragonfly', 'm3db', 'influxdb', 'kafka_connect'] as const;

/** Databases, queues and search engines that other firms run. Sources: the providers' pages of the resources. */
export default [
  ...service('Access rule', 'confluent_kafka_acl', {
    privilege: {
      'confluent-acl-everybody': ['principal', never(/^User:\*$/, 'User:*', 'User:sa-abc123'), 'is for every user', { severity: 'medium', when: [{ path: 'permission', must: { is: ['ALLOW'] } }] }],
      'confluent-acl-every-operation': ['operation', { must: { not: ['ALL'] }, absent: 'fine', sample: { good: 'READ' } }, 'allows every operation', { severity: 'low', when: [{ path: 'permission', must: { is: ['ALLOW'] } }] }],
    },
  }),
  ...service('Role', 'confluent_role_binding', {
    privilege: {
      'confluent-administrator': [
        'role_name', never(/^(?:OrganizationAdmin|AccountAdmin|EnvironmentAdmin)$/, 'OrganizationAdmin', 'DeveloperRead'), 'gives the rights of an administrator', { severity: 'low' },
      ],
    },
  }),
  ...service('Network rule', ['confluent_ip_group'], { exposed: { 'confluent-open-range': ['cidr_blocks', anywhereInList, open] } }),
  ...service('Cluster', 'confluent_kafka_cluster', {
    recovery: { 'confluent-one-zone': ['availability', ifSet('SINGLE_ZONE', 'MULTI_ZONE', 'HIGH'), 'runs in one zone', { severity: 'info' }] },
    customerKey: { 'confluent-without-key': ['byok_key', needed, 'is not encrypted with a customer-managed key', { severity: 'info', when: [{ path: 'dedicated', must: 'present' }],
      examples: [{
        file: 'main.tf',
        bad: 'resource "confluent_kafka_cluster" "events" {\n                                    ^^^^^^\n  dedicated {\n    cku = 1\n  }\n}\n',
        good: 'resource "confluent_kafka_cluster" "events" {\n  dedicated {\n    cku = 1\n  }\n  byok_key {\n    id = "cck-abcde"\n  }\n}\n',
      }],
    }] },
  }),
  ...service('Service', aiven.map((one) => `aiven_${one}`), {
    exposed: {
      'aiven-open-range': [
        [...aiven.flatMap((one) => [`${one}_user_config.ip_filter`, `${one}_user_config.ip_filter_string`, `${one}_user_config.ip_filter_object.network`])].join('|'),
        anywhereInList, open, { severity: 'medium' },
      ],
    },
    segmentation: { 'aiven-public-access': [aiven.flatMap((one) => ['kafka', 'pg', 'mysql', 'opensearch', 'redis', 'valkey', 'clickhouse', 'prometheus', one].map((what) => `${one}_user_config.public_access.${what}`)).filter((one, at, all) => all.indexOf(one) === at).join('|'), notOn, 'is reachable from the internet'] },
    recovery: { 'aiven-deletion': ['termination_protection', on, 'can be deleted without further ado', { severity: 'info' }] },
  }),
  ...service('Service user', ['aiven_kafka_acl'], {
    privilege: { 'aiven-acl-everybody': ['username', never(/^\*$/, '*', 'orders'), 'is for every user', { severity: 'medium' }] },
  }),
  ...service('Traffic filter', 'ec_deployment_traffic_filter', { exposed: { 'elastic-open-range': ['rule.source', anywhere, open, { severity: 'medium' }] } }),
  ...service('Subscription', ['rediscloud_subscription', 'rediscloud_subscription_database', 'rediscloud_essentials_database'], {
    exposed: { 'rediscloud-open-range': ['source_ips|allowlist.cidrs', anywhereInList, open] },
    transit: { 'rediscloud-plaintext': ['enable_tls', on, 'accepts connections without TLS', { severity: 'low' }] },
    identity: { 'rediscloud-default-user': ['enable_default_user', notOn, 'has a user whom everybody knows', { severity: 'low' }] },
  }),
  ...service('Address list', 'cockroach_allow_list', {
    exposed: { 'cockroach-open-range': ['cidr_mask', { must: { not: [0] }, absent: 'fine', sample: { bad: 0, good: 32 } }, open, { severity: 'medium' }] },
  }),
  ...service('Vector database', ['zillizcloud_cluster', 'qdrant-cloud_accounts_cluster', 'weaviate_cluster'], {
    exposed: { 'vector-open-range': ['configuration.allowed_ip_source_ranges|allowed_ip_source_ranges', anywhereInList, open, { severity: 'medium' }] },
  }),
  ...service('Project', ['neon_project', 'supabase_settings'], {
    exposed: { 'neon-open-range': ['allowed_ips', anywhereInList, open, { severity: 'low' }] },
  }),
  ...service('Database', ['clickhouse_service'], {
    exposed: { 'clickhouse-open-range': ['ip_access.source', anywhere, open] },
  }),
  ...service('Database', ['influxdb-v2_bucket', 'timescale_service', 'planetscale_database', 'turso_database'], {
    recovery: { 'service-deletion': ['deletion_protection', notOff, 'can be deleted without further ado', { severity: 'info' }] },
  }),
];
