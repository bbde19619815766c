import { lookIn, mapsOf, scalar, type MapValue, type Resource, type Value } from '../../server/rule/queries.ts';
import { companionFixes } from '../../server/rule/companions.ts';
import type { Rule } from '../../server/rule/rule.ts';
import { families, missing, needed, notOff, on, service } from '../_families.ts';
import { mapOfResource, mapsAt, objectRule, textAt, textsAt } from '../_kubernetes.ts';

const { secret, transit, privilege, logging } = families;
const file = 'main.tf';

/** Names of attributes that hold a secret, in any vocabulary. */
const secretName = /(?:^|[_.-])(?:pass(?:word|wd|phrase)?|secret|secret_?key|client_?secret|secret_?string|secret_?data|psk|secret_?value|api_?key|access_?key|private_?key|token|auth_?token|oauth_?token|access_?token|credentials?|connection_?string|shared_?key|pre_?shared_?key|master_?key|admin_?pass|admin_?pwd|root_?password|user_?password|plain_?text_?value)$/i;
const notSecret = /(?:_id|_arn|_name|_names|_length|_policy|_enabled|_required|_type|_version|_expiration|_reset|_rotation|_days|_hours|_uri|_url|_endpoint|_path|_file|_ref|_selector|_class|_validity|_data_key|_ttl|_count|_mode|_source)$/i;
const placeholder = /^(?:|\*+|x{3,}|.*x{4,}.*|(?:~|\.{1,2})\/\S+|\/\S+\.\w{2,5}|abc[-_]?123\w*|<.*>|\{\{.*\}\}|.*\{\{resolve:.*|\$\{.*|changeme|change_me|replace_?me|none|null|true|false|alias\/.*|arn:.*|kms:.*|projects\/.*|https?:.*|ssm:.*|vault:.*|env:.*|your[-_ ].*|example|REPLACE.*|TODO.*|required|optional|enabled|disabled|always|never|seconds|minutes|hours|days)$/i;

/** The policy that refuses requests without TLS. */
const onlyTls = {
  type: 'aws_s3_bucket_policy',
  lines: [
    'bucket = {owner}.id', '', 'policy = jsonencode({', '  Version = "2012-10-17"', '  Statement = [{', '    Sid       = "OnlyTls"', '    Effect    = "Deny"', '    Principal = "*"', '    Action    = "s3:*"',
    '    Resource  = [{owner}.arn, "${{owner}.arn}/*"]', '    Condition = { Bool = { "aws:SecureTransport" = "false" } }', '  }]', '})',
  ],
};

/** Secrets written into a resource, directly or by the default of a parameter. */
function secretsOf(resource: Resource): readonly (readonly [name: string, value: Value])[] {
  const out: (readonly [string, Value])[] = [];
  const visit = (map: MapValue, depth: number): void => {
    if (depth > 5) return;
    const named = map.entries.get('name') ?? map.entries.get('Name');
    const valued = map.entries.get('value') ?? map.entries.get('Value');
    if (named?.value.kind === 'string' && valued?.value.kind === 'string' && isSecretName(named.value.value) && isSecret(valued.value.value) && !/PARAMETER_STORE|SECRETS_MANAGER/.test(String(scalar((map.entries.get('type') ?? map.entries.get('Type'))?.value) ?? ''))) out.push([named.value.value, valued.value]);
    for (const entry of map.entries.values()) {
      const { value } = entry;
      if (value.kind === 'string' && isSecretName(entry.key) && isSecret(value.value) && !(entry.key === 'secret' && map.entries.has('version'))) out.push([entry.key, value]);
      for (const inner of mapsOf(value)) visit(inner, depth + 1);
    }
  };
  visit(mapOfResource(resource), 0);
  return out;
}

function isSecretName(name: string): boolean {
  const plain = name.replace(/([a-z\d])([A-Z])/g, '$1_$2');
  return secretName.test(plain) && !notSecret.test(plain) && !/^(?:partition_key|sort_key|hash_key|range_key|public_key|next_token|continuation_token|(?:creation|request|client|client_request|idempotency)_token)$/i.test(plain);
}

/** A path of references, as `var.api_key` or `module.db.password`, that reached a template as text. */
const referenced = /^(?:var|local|module|data|each|self|params?|env|secrets|vars|inputs)\.[\w.[\]-]+$/i;

/** Words that say what belongs there: `DigitalOcean API token`. */
const described = /^(?=.* )(?=.*\b(?:token|key|secret|password)\b)[A-Za-z ]+$/i;

/** A connection string without a password: where a server is, and how it is talked to. */
const connectionOnly = /^(?=[^=;]*=)(?:[^=;]+=[^;]*;?)+$/;
const withPassword = /(?:^|;)\s*(?:password|pwd|accountkey|sharedaccesskey|sharedaccesssignature|authkey|secret|apikey)\s*=/i;

/** A variable that a pipeline fills in, and the name of a file. */
const standsFor = /\$\([\w.\s-]+\)|^[\w.-]+\.(?:json|ya?ml|txt|pem|key|crt|cer|p12|pfx|env|conf)$/i;

const isSecret = (value: string): boolean => value.length >= 4 && !standsFor.test(value.trim()) && !(value.includes(';') && connectionOnly.test(value) && !withPassword.test(value)) && !referenced.test(value.trim()) && !placeholder.test(value.trim()) && !described.test(value.trim()) && !/\s{2,}|\n/.test(value.trim());

/** Types that name a secret without holding it, and objects of other kinds that have rules of their own. */
const skipped = /^(?:cloudformation_parameter|k8s_|github_|ci_(?!variables)|compose_|dockerfile|openapi|ansible_|aws_iam_policy_document|data\.|module$|terraform$|random_|tls_|aws_ssm_parameter$)/;

export default [
  objectRule({
    id: 'secrets/shown-parameter', title: 'Secret in a parameter that is shown', severity: 'medium', types: ['cloudformation_parameter'], file: 'template.yaml', references: secret.references, why: 'Whoever may look at the stack reads the value of its parameters, unless they have NoEcho.', noFix: 'NoEcho belongs into the parameter, or the secret into a secret store.', whenNotToUse: 'For names of secrets that a property of that name wants instead of a value.',
    what: 'Reports properties for passwords, secrets and tokens that take their value from a parameter without `NoEcho`.',
    check: (resource, tell) => {
      const type = String(scalar(resource.attributes.get('type')?.value) ?? 'String');
      const hidden = resource.attributes.get('no_echo')?.value;
      if (!/^String$/.test(type) || (hidden && (hidden.kind === 'unknown' || /^true$/i.test(String(scalar(hidden)))))) return;
      tell(resource.attributes.get('used_as')?.value, `Parameter "${resource.name}" holds a secret and is shown to everybody who may look at the stack.`);
    },
    bad: 'Parameters:\n  Password:\n    Type: String\nResources:\n  Data:\n    Type: AWS::DMS::Endpoint\n    Properties:\n      Password: !Ref Password\n                     ^^^^^^^^\n', good: 'Parameters:\n  Password:\n    Type: String\n    NoEcho: true\nResources:\n  Data:\n    Type: AWS::DMS::Endpoint\n    Properties:\n      Password: !Ref Password\n',
  }),
  objectRule({
    id: 'secrets/secret-in-resource', title: 'Secret written into a resource', severity: 'high', confidence: 'medium', types: ['*'], file, references: secret.references, why: secret.why, noFix: 'The secret has to move into a secret store first.', whenNotToUse: 'For examples and for passwords that are replaced at once.',
    what: 'Reports passwords, tokens and keys that stand in a template: as the value of an attribute, as the default of the parameter or variable that the attribute refers to, or as a value in an environment.',
    check: (resource, tell) => {
      if (resource.mode !== 'managed' || skipped.test(resource.type) || resource.dialect === 'kubernetes') return;
      for (const [name, value] of secretsOf(resource)) if (resource.dialect !== 'pipeline' || !/\$|<</.test(String(scalar(value) ?? ''))) tell({ ...value, at: value.origin }, `${name} of "${resource.name}" is written down in the template.`);
    },
    bad: 'resource "aws_db_instance" "chart" {\n  password = "chart-pass-1"\n              ^^^^^^^^^^^^\n}\n', good: 'variable "password" {\n  sensitive = true\n}\nresource "aws_db_instance" "chart" {\n  password = var.password\n}\nresource "aws_efs_file_system" "scans" {\n  creation_token = "scans-of-the-clinic"\n}\n',
    more: [{ title: 'What is to be filled in, and where a file lies', file: 'serverless.yml', good: 'service: chat\nprovider:\n  name: google\n  credentials: ~/credentials\n  environment:\n    WEATHER_API_KEY: abc123\n' }],
  }),
  objectRule({
    id: 'secrets/keys-in-metadata', title: 'Credentials in the metadata of a template', severity: 'medium', types: ['*'], file: 'template.yaml', references: secret.references, why: 'Whoever may describe the stack reads the metadata of its resources, whatever the values come from.', noFix: 'The machine needs a role that may read what is fetched, named in roleName.', whenNotToUse: 'For templates without instances.',
    what: 'Reports access keys and passwords under `AWS::CloudFormation::Authentication`.',
    check: (resource, tell) => {
      for (const map of mapsAt(resource, 'Metadata.AWS::CloudFormation::Authentication')) for (const { value } of map.entries.values()) for (const source of mapsOf(value)) {
        const key = source.entries.get('secretKey') ?? source.entries.get('password');
        if (key) tell({ ...key.value, at: key.keyOrigin }, `The metadata of "${resource.name}" holds credentials.`);
      }
    },
    bad: 'Resources:\n  Worker:\n    Type: AWS::EC2::Instance\n    Metadata:\n      AWS::CloudFormation::Authentication:\n        data:\n          type: S3\n          accessKeyId: !Ref Keys\n          secretKey: !GetAtt Keys.SecretAccessKey\n          ^^^^^^^^^\n', good: 'Resources:\n  Worker:\n    Type: AWS::EC2::Instance\n    Metadata:\n      AWS::CloudFormation::Authentication:\n        data:\n          type: S3\n          roleName: !Ref Role\n',
  }),
  ...service('API deployment', 'aws_api_gateway_deployment', {
    logging: {
      'api-deployment-without-access-log': ['stage_description.access_log_setting', needed, 'records no access', {
        or: [{ type: 'aws_api_gateway_stage' }], severity: 'info', confidence: 'low', when: [{ path: 'stage_name', must: 'present' }],
        examples: missing('aws_api_gateway_deployment', '  stage_name = "prod"\n', '  rest_api_id = "a"\n'),
      }],
    },
    customerKey: {
      'api-deployment-cache-plain': ['stage_description.cache_data_encrypted', on, 'keeps its cache unencrypted', { when: [{ path: 'stage_description.caching_enabled|stage_description.cache_cluster_enabled', must: { is: [true] } }] }],
    },
  }),
  ...service('Stack set', 'aws_cloudformation_stack_set', {
    recovery: { 'stack-set-deployment-off': ['auto_deployment.enabled', notOff, 'is not deployed to new accounts', { severity: 'info' }] },
  }),
  objectRule({
    id: 'monitoring/api-deployment-without-usage-plan', title: 'API deployment without a usage plan', severity: 'info', confidence: 'low', types: ['aws_api_gateway_deployment'], file, references: logging.references, why: 'One client can use the API up for all others.', what: 'Reports API deployments of templates that hold no usage plan for the API.',
    check: (resource, tell, context) => {
      const api = resource.attributes.get('rest_api_id')?.value;
      const plans = context.unit.byType.get('aws_api_gateway_usage_plan') ?? [];
      const mine = plans.some((one) => [...textsAt(mapOfResource(one), 'api_stages.stage'), ...textsAt(mapOfResource(one), 'api_stages.stage_name')].some((value) => value.value === textAt(resource, 'stage_name')) || lookIn(mapOfResource(one), 'api_stages.api_id').values.some((value) => value.kind === 'reference' && api?.kind === 'reference' && value.target === api.target));
      if (!mine) tell(undefined, `API deployment "${resource.name}" has no usage plan.`);
    },
    bad: 'resource "aws_api_gateway_deployment" "prod" {\n                                       ^^^^\n  stage_name = "prod"\n}\n', good: 'resource "aws_api_gateway_stage" "prod" {\n  stage_name = "prod"\n}\n',
  }),
  objectRule({
    id: 'transport/bucket-without-tls-policy', title: 'Bucket that accepts plain HTTP', severity: 'low', confidence: 'medium', types: ['aws_s3_bucket'], file, references: transit.references, why: transit.why, what: 'Reports buckets without a policy that refuses requests without TLS (`aws:SecureTransport`).', noFix: 'The policy has to be merged with the one that is there.',
    check: (resource, tell, context) => {
      if (resource.attributes.get('attach_deny_insecure_transport_policy') || resource.complete === false && /^module\./.test(resource.address)) return;
      const policies = resource.companions.filter((one) => one.type === 'aws_s3_bucket_policy');
      const owners = new Set([resource.address, ...policies.map((one) => one.address), ...policies.flatMap((one) => { const value = one.attributes.get('policy')?.value; return value?.kind === 'reference' ? [value.target] : []; })]);
      if (policies.some((one) => { const value = one.attributes.get('policy')?.value ?? one.attributes.get('policy_document')?.value; return value === undefined || value.kind === 'unknown'; })) return;
      const secured = context.statements.some((one) => one.owner !== undefined && owners.has(one.owner.address) && one.conditions.some((condition) => /^aws:SecureTransport$/i.test(condition.key)));
      if (!secured) tell(undefined, `Bucket "${resource.name}" accepts plain HTTP.`, policies.length === 0 ? companionFixes(onlyTls, resource, context) : []);
    },
    bad: 'resource "aws_s3_bucket" "data" {\n                          ^^^^\n  bucket = "data"\n}\n', fixed: `resource "aws_s3_bucket" "data" {\n  bucket = "data"\n}\n\nresource "aws_s3_bucket_policy" "data" {\n${onlyTls.lines.map((line) => (line === '' ? '' : `  ${line.replaceAll('{owner}', 'aws_s3_bucket.data')}`)).join('\n')}\n}\n`, good: 'resource "aws_s3_bucket" "data" {\n  bucket = "data"\n}\nresource "aws_s3_bucket_policy" "data" {\n  bucket = aws_s3_bucket.data.id\n  policy = jsonencode({ Statement = [{ Effect = "Deny", Principal = "*", Action = "s3:*", Resource = "*", Condition = { Bool = { "aws:SecureTransport" = "false" } } }] })\n}\n',
  }),
  objectRule({
    id: 'iam/bucket-without-policy', title: 'Bucket without a policy', severity: 'info', confidence: 'low', types: ['aws_s3_bucket'], file, references: privilege.references, why: 'Who may reach the bucket is then decided by the policies of all identities of the account.', what: 'Reports buckets to which no bucket policy belongs.',
    check: (resource, tell) => { if (resource.complete && !resource.attributes.has('policy') && !resource.companions.some((one) => one.type === 'aws_s3_bucket_policy')) tell(undefined, `Bucket "${resource.name}" has no policy of its own.`); },
    bad: 'resource "aws_s3_bucket" "data" {\n                          ^^^^\n  bucket = "data"\n}\n', good: 'resource "aws_s3_bucket" "data" {\n  policy = "{}"\n}\n',
  }),
  objectRule({
    id: 'transport/database-parameters-without-tls', title: 'Database whose parameters allow plaintext', severity: 'low', confidence: 'medium', types: ['aws_db_instance', 'aws_rds_cluster'], file, references: transit.references, why: transit.why, what: 'Reports databases whose parameter group of the same module does not ask for TLS.',
    check: (resource, tell, context) => {
      const name = resource.attributes.get('parameter_group_name') ?? resource.attributes.get('db_parameter_group_name') ?? resource.attributes.get('db_cluster_parameter_group_name');
      const group = name?.value.kind === 'reference' ? context.unit.byAddress.get(name.value.target) : undefined;
      const wanted = /postgres|sqlserver/.test(textAt(group ?? resource, 'family') ?? '') ? 'rds.force_ssl' : /mysql|mariadb/.test(textAt(group ?? resource, 'family') ?? '') ? 'require_secure_transport' : /db2/.test(textAt(group ?? resource, 'family') ?? '') ? 'db2comm' : undefined;
      if (!group || !name || wanted === undefined) return;
      const lists = [...mapsAt(group, 'parameter'), ...mapsAt(group, 'parameters')];
      const value = lists.flatMap((map) => (scalar(map.entries.get('name')?.value) === wanted ? map.entries.get('value') ?? [] : map.entries.get(wanted) ?? []))[0]?.value;
      if (value ? /^(?:0|off|false|)$/i.test(String(scalar(value) ?? 'x')) || (wanted === 'db2comm' && scalar(value) !== 'SSL') : group.complete) tell(name.value, `The parameters of database "${resource.name}" allow connections without TLS.`);
    },
    bad: 'resource "aws_db_instance" "chart" {\n  parameter_group_name = aws_db_parameter_group.chart.name\n                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n}\nresource "aws_db_parameter_group" "chart" {\n  family = "postgres17"\n  parameter {\n    name  = "rds.force_ssl"\n    value = "0"\n  }\n}\n', good: 'resource "aws_db_instance" "chart" {\n  parameter_group_name = aws_db_parameter_group.chart.name\n}\nresource "aws_db_parameter_group" "chart" {\n  family = "postgres17"\n  parameter {\n    name  = "rds.force_ssl"\n    value = "1"\n  }\n}\n',
  }),
  objectRule({
    id: 'iam/iot-wildcard-resource', title: 'IoT policy for every resource', severity: 'medium', types: ['aws_iot_policy'], file, references: privilege.references, why: 'A device that is taken over speaks for all others.', what: 'Reports IoT policies with `*` as resource.',
    check: (resource, tell, context) => { for (const statement of context.statements) if (statement.owner?.address === resource.address && statement.effect === 'allow') for (const one of statement.resources) if (/^\*$|:\*$/.test(one.value)) tell({ kind: 'string', value: one.value, origin: one.origin, at: one.origin }, `IoT policy "${resource.name}" allows its actions on every resource.`); },
    bad: 'resource "aws_iot_policy" "scanner" {\n  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "iot:Publish", Resource = "*" }] })\n                                                                                             ^\n}\n', good: 'resource "aws_iot_policy" "scanner" {\n  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "iot:Publish", Resource = "arn:aws:iot:eu-west-1:111122223333:topic/scan" }] })\n}\n',
  }),
  objectRule({
    id: 'transport/elb-tls-policy', title: 'Load balancer without a current TLS policy', severity: 'medium', confidence: 'medium', types: ['aws_elb'], file: 'template.yaml', references: families.oldTls.references, why: families.oldTls.why, what: 'Reports load balancers with TLS listeners that name no predefined policy, or an outdated one.', noFix: 'The policy has to be chosen.',
    check: (resource, tell) => {
      const listeners = mapsAt(resource, 'listeners');
      const secure = listeners.filter((map) => /^(?:HTTPS|SSL)$/i.test(String(scalar(map.entries.get('protocol')?.value) ?? '')));
      if (secure.length === 0 || resource.dialect === 'terraform') return;
      // A policy that no listener names decides nothing.
      const used = new Set(secure.flatMap((map) => lookIn(map, 'PolicyNames').values).flatMap((value) => (value.kind === 'list' ? value.items : [value])).map((value) => scalar(value)));
      const policies = mapsAt(resource, 'policies').filter((map) => used.size === 0 || used.has(undefined) || used.has(scalar(map.entries.get('PolicyName')?.value)));
      const references = policies.flatMap((map) => mapsOf(map.entries.get('Attributes')?.value ?? map)).filter((map) => scalar(map.entries.get('Name')?.value) === 'Reference-Security-Policy').map((map) => map.entries.get('Value')?.value);
      const old = references.find((value) => value !== undefined && /2011|2014|2015|2016|TLS-1-[01]/.test(String(scalar(value) ?? '')));
      if (old) tell(old, `Load balancer "${resource.name}" accepts outdated TLS versions.`);
      else if (references.length === 0 && resource.complete) tell(undefined, `Load balancer "${resource.name}" names no TLS policy.`);
    },
    bad: 'Resources:\n  Front:\n  ^^^^^\n    Type: AWS::ElasticLoadBalancing::LoadBalancer\n    Properties:\n      Listeners:\n        - Protocol: HTTPS\n          InstancePort: "443"\n', good: 'Resources:\n  Front:\n    Type: AWS::ElasticLoadBalancing::LoadBalancer\n    Properties:\n      Policies:\n        - PolicyType: SSLNegotiationPolicyType\n          Attributes:\n            - Name: Reference-Security-Policy\n              Value: ELBSecurityPolicy-TLS-1-2-2017-01\n      Listeners:\n        - Protocol: HTTPS\n          InstancePort: "443"\n',
  }),
] satisfies readonly Rule[];
