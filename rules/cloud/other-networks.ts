import { lookIn, mapsOf, scalar, type MapValue } from '../../server/rule/queries.ts';
import { byHand, families, ifSet, never, not, notOff, notOn, service } from '../_families.ts';
import { mapOfResource, objectRule, textsAt } from '../_kubernetes.ts';

/** Whether a list of named items of FortiOS holds everything. */
const everything = (map: MapValue, path: string): boolean =>
  lookIn(map, path)
    .values.flatMap(mapsOf)
    .some((one) => /^all$/i.test(String(scalar(one.entries.get('name')?.value) ?? '')));

/** Firewalls, queues and hosting of further providers. Sources: the providers' pages of the resources. */
export default [
  ...service('Workforce', 'aws_sagemaker_workforce', { exposed: { 'workforce-open-range': ['source_ip_config.cidrs', byHand(never(/^0\.0\.0\.0\/0$/, ['0.0.0.0/0'], ['203.0.113.0/24'])), 'lets every address in', { severity: 'low' }] } }),
  ...service('Model endpoint', 'databricks_model_serving', {
    filter: {
      'databricks-personal-data-passes': ['ai_gateway.guardrails.input.pii.behavior|ai_gateway.guardrails.output.pii.behavior', ifSet('NONE', 'BLOCK', 'MASK'), 'lets personal data through'],
      'databricks-safety-off': ['ai_gateway.guardrails.input.safety|ai_gateway.guardrails.output.safety', notOff, 'lets harmful text through'],
    },
  }),
  ...service('List of addresses', 'datadog_ip_allowlist', { exposed: { 'datadog-addresses-open': ['enabled', notOff, 'is switched off', { severity: 'low' }] } }),
  ...service('Cluster', 'vultr_kubernetes', { filter: { 'vultr-cluster-open': ['enable_firewall', notOff, 'has no firewall before it'] } }),
  ...service('Cluster', 'stackit_ske_cluster', { exposed: { 'stackit-cluster-open': ['extensions.acl.enabled', notOff, 'has an API that every address can reach', { severity: 'medium' }] } }),
  ...service('Firewall', 'cloudamqp_security_firewall', {
    exposed: { 'cloudamqp-open': ['rules.ip', byHand(never(/^0\.0\.0\.0\/0$/, '0.0.0.0/0', '203.0.113.0/24')), 'lets every address in'] },
    transit: { 'cloudamqp-plaintext': ['rules.services', byHand(never(/^(?:AMQP|MQTT|STOMP|HTTP)$/, ['AMQP'], ['AMQPS'])), 'lets messages in without TLS', { severity: 'low' }] },
  }),
  ...service('Project', 'vercel_project', { exposed: { 'vercel-source-public': ['public_source', notOn, 'shows its source and logs to everybody', { severity: 'medium' }] } }),
  ...service('Variable', ['vercel_project_environment_variable', 'vercel_shared_environment_variable', 'netlify_environment_variable'], {
    secret: {
      'hosting-variable-shown': ['sensitive|is_secret', notOff, 'shows its secret to everybody who sees the project', {
        severity: 'low',
        when: [{ path: 'key', must: { matches: /(?:password|passwd|secret|token|api_?key|private_?key|access_?key)$/i } }],
        examples: [{
          file: 'main.tf',
          bad: 'resource "vercel_project_environment_variable" "key" {\n  key       = "OPENAI_API_KEY"\n  sensitive = false\n              ^^^^^\n}\n',
          good: 'resource "vercel_project_environment_variable" "key" {\n  key       = "OPENAI_API_KEY"\n  sensitive = true\n}\n',
          fixed: 'resource "vercel_project_environment_variable" "key" {\n  key       = "OPENAI_API_KEY"\n  sensitive = true\n}\n',
        }],
      }],
    },
  }),
  ...service('Access rule', ['kafka_acl', 'confluent_kafka_acl'], {
    privilege: {
      'kafka-everybody': ['acl_principal|principal', byHand(never(/^User:\*$/, 'User:*', 'User:chat')), 'is for everybody', {
        when: [{ path: 'acl_permission_type|permission', must: { is: ['Allow'] } }],
        examples: [{
          file: 'main.tf',
          bad: 'resource "kafka_acl" "main" {\n  acl_principal       = "User:*"\n                         ^^^^^^\n  acl_permission_type = "Allow"\n}\n',
          good: 'resource "kafka_acl" "main" {\n  acl_principal       = "User:chat"\n  acl_permission_type = "Allow"\n}\n',
        }],
      }],
      'kafka-everything': ['acl_operation', byHand(not(undefined, 'All')), 'allows everything', {
        severity: 'low',
        when: [{ path: 'acl_permission_type', must: { is: ['Allow'] } }],
        examples: [{
          file: 'main.tf',
          bad: 'resource "kafka_acl" "main" {\n  acl_operation       = "All"\n                         ^^^\n  acl_permission_type = "Allow"\n}\n',
          good: 'resource "kafka_acl" "main" {\n  acl_operation       = "Read"\n  acl_permission_type = "Allow"\n}\n',
        }],
      }],
    },
  }),
  ...service('Role', 'opensearch_role', { privilege: { 'opensearch-whole-cluster': ['cluster_permissions', byHand(never(/^(?:\*|cluster_all|cluster:\*)$/, ['*'], ['cluster_monitor'])), 'may do everything with the cluster', { severity: 'medium' }] } }),
  ...service('Mapping', 'opensearch_roles_mapping', { privilege: { 'opensearch-everybody-mapped': ['backend_roles|users', byHand(never(/^\*$/, ['*'], ['chat'])), 'gives a role to everybody'] } }),
  ...service('Proxy', ['nexus_repository_pypi_proxy', 'nexus_repository_npm_proxy', 'nexus_repository_docker_proxy', 'nexus_repository_maven_proxy', 'nexus_repository_raw_proxy', 'nexus_repository_helm_proxy'], {
    transit: { 'nexus-source-plaintext': ['proxy.remote_url', byHand(never(/^http:/, 'http://pypi.example.com', 'https://pypi.org')), 'fetches packages without TLS', { severity: 'medium' }] },
  }),
  ...service('Cluster', ['rancher2_cluster', 'rancher2_cluster_v2'], { segmentation: { 'rancher-projects-connected': ['enable_network_policy', notOff, 'lets every project reach the others', { severity: 'low' }] } }),
  ...service('Rights', 'rancher2_global_role_binding', { privilege: { 'rancher-administrator': ['global_role_id', not(undefined, 'admin', 'restricted-admin'), 'cover everything', { severity: 'medium' }] } }),
  ...service('Rule', 'fortios_firewall_policy', { logging: { 'fortios-rule-unlogged': ['logtraffic', ifSet('disable', 'all', 'utm'), 'records nothing'] } }),
  objectRule({
    id: 'network/fortios-rule-open',
    title: 'Rule of a FortiGate that lets everything through',
    severity: 'high',
    types: ['fortios_firewall_policy'],
    file: 'main.tf',
    what: 'Reports rules that accept all sources and all services.',
    why: families.exposed.why,
    references: families.exposed.references,
    noFix: 'Who may reach what has to be known.',
    whenNotToUse: 'For rules from inside to the internet.',
    check: (resource, tell) => {
      const own = mapOfResource(resource);
      if (scalar(lookIn(own, 'action').values[0]) === 'accept' && everything(own, 'srcaddr') && everything(own, 'service')) tell(undefined, `Rule "${resource.name}" lets everything through.`);
    },
    bad: 'resource "fortios_firewall_policy" "main" {\n                                    ^^^^\n  action = "accept"\n  srcaddr {\n    name = "all"\n  }\n  service {\n    name = "ALL"\n  }\n}\n',
    good: 'resource "fortios_firewall_policy" "main" {\n  action = "accept"\n  srcaddr {\n    name = "office"\n  }\n  service {\n    name = "HTTPS"\n  }\n}\n',
  }),
  objectRule({
    id: 'network/vultr-rule-open',
    title: 'Rule of a firewall of Vultr for every address',
    severity: 'high',
    types: ['vultr_firewall_rule'],
    file: 'main.tf',
    what: 'Reports rules with `subnet_size = 0` for ports other than 80 and 443.',
    why: families.exposed.why,
    references: families.exposed.references,
    noFix: 'Who may reach the port has to be known.',
    check: (resource, tell) => {
      const own = mapOfResource(resource);
      const size = lookIn(own, 'subnet_size').values[0];
      const port = String(scalar(lookIn(own, 'port').values[0]) ?? '');
      if (Number(scalar(size) ?? 1) === 0 && !/^(?:80|443)$/.test(port)) tell(size, `Rule "${resource.name}" lets every address in${port === '' ? '' : ` to port ${port}`}.`);
    },
    bad: 'resource "vultr_firewall_rule" "main" {\n  subnet      = "0.0.0.0"\n  subnet_size = 0\n                ^\n  port        = "22"\n}\n',
    good: 'resource "vultr_firewall_rule" "main" {\n  subnet      = "10.0.0.0"\n  subnet_size = 8\n  port        = "22"\n}\n',
  }),
  objectRule({
    id: 'network/tailscale-everybody',
    title: 'Network of Tailscale without walls',
    severity: 'medium',
    types: ['tailscale_acl'],
    file: 'main.tf',
    what: 'Reports access rules that let everybody reach every port of every machine.',
    why: families.segmentation.why,
    references: families.segmentation.references,
    noFix: 'Who may reach what has to be known.',
    check: (resource, tell) => {
      for (const rule of lookIn(mapOfResource(resource), 'acl.acls').values.flatMap(mapsOf)) {
        const from = textsAt(rule, 'src').find((one) => one.value === '*');
        if (from && textsAt(rule, 'dst').some((one) => one.value === '*:*')) tell(from, `"${resource.name}" lets everybody reach everything.`);
      }
    },
    bad: 'resource "tailscale_acl" "main" {\n  acl = jsonencode({ acls = [{ action = "accept", src = ["*"], dst = ["*:*"] }] })\n                                                          ^\n}\n',
    good: 'resource "tailscale_acl" "main" {\n  acl = jsonencode({ acls = [{ action = "accept", src = ["group:ml"], dst = ["tag:gpu:443"] }] })\n}\n',
  }),
];
