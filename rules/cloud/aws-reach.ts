import type { Example } from '../../server/rule/rule.ts';
import { byHand, ifSet, missing, needed, never, not, notOn, service } from '../_families.ts';

const plain = /^http:\/\//i;
/** Samples of a setting of a container, with what stands before and behind the value. */
function task(before: string, bad: string, good: string, after = ''): readonly Example[] {
  const text = (value: string, mark = ''): string => `resource "aws_ecs_task_definition" "train" {\n  container_definitions = jsonencode([{ ${before}["${value}"]${after} }])\n${mark}}\n`;
  return [{ file: 'main.tf', bad: text(bad, `${' '.repeat(42 + before.length)}${'^'.repeat(bad.length)}\n`), good: text(good) }];
}

/** What containers, devices and desktops may reach, and who reaches them. Sources: the provider's pages of the resources; the guides of ECS, Batch, IoT, AppStream and Transfer Family. */
export default [
  ...service('Task', 'aws_ecs_task_definition', {
    container: {
      'ecs-host-capability': ['container_definitions.linuxParameters.capabilities.add', byHand(never(/^(?:ALL|SYS_ADMIN|SYS_MODULE|SYS_RAWIO|SYS_BOOT|NET_ADMIN|DAC_READ_SEARCH|MAC_ADMIN|BPF)$/i, ['SYS_ADMIN'], ['CHOWN'])), 'gives a container a capability by which it takes its host over', {
        severity: 'high', cfn: 'container_definitions.linux_parameters.capabilities.add', ansible: 'containers.linuxParameters.capabilities.add', noFix: 'The capability is taken out of the list.',
        examples: task('linuxParameters = { capabilities = { add = ', 'SYS_ADMIN', 'CHOWN', ' } }'),
      }],
      'ecs-unconfined': ['container_definitions.dockerSecurityOptions', byHand(never(/unconfined|^label[:=]disable$/i, ['apparmor:unconfined'], ['no-new-privileges'])), 'runs a container without the profile that confines it', {
        severity: 'medium', cfn: 'container_definitions.docker_security_options', ansible: 'containers.dockerSecurityOptions', noFix: 'The option is taken out of the list.',
        examples: task('dockerSecurityOptions = ', 'apparmor:unconfined', 'no-new-privileges'),
      }],
    },
  }),
  ...service('Job definition', 'aws_batch_job_definition', {
    container: {
      'batch-task-privileged': ['ecs_properties.taskProperties.containers.privileged', byHand(notOn), 'runs a privileged container', {
        severity: 'high', cfn: 'ecs_properties.task_properties.containers.privileged',
        examples: [{
          file: 'main.tf',
          bad: 'resource "aws_batch_job_definition" "train" {\n  ecs_properties = jsonencode({ taskProperties = [{ containers = [{ privileged = true }] }] })\n                                                                                 ^^^^\n}\n',
          good: 'resource "aws_batch_job_definition" "train" {\n  ecs_properties = jsonencode({ taskProperties = [{ containers = [{ privileged = false }] }] })\n}\n',
        }],
      }],
    },
  }),
  ...service('App Runner service', 'aws_apprunner_service', {
    segmentation: { 'apprunner-outside-vpc': ['network_configuration.egress_configuration.egress_type', byHand(ifSet('DEFAULT', 'VPC')), 'sends its traffic over the internet', { severity: 'info' }] },
  }),
  ...service('Application', 'aws_amplify_app', {
    exposed: { 'amplify-public-preview': ['auto_branch_creation_config.enable_pull_request_preview', notOn, 'publishes every pull request', { severity: 'low', whenNotToUse: 'Where previews ask for a password.' }] },
  }),
  ...service('Branch', 'aws_amplify_branch', {
    exposed: {
      'amplify-branch-public-preview': ['enable_pull_request_preview', notOn, 'publishes every pull request', { severity: 'low', orPath: [{ path: 'enable_basic_auth|basic_auth_config.enable_basic_auth', must: { is: [true] } }], whenNotToUse: 'For repositories that only members of the team can reach.' }],
    },
  }),
  ...service('Device rule', 'aws_iot_topic_rule', {
    transit: {
      'iot-rule-http': ['http.url|error_action.http.url', never(plain, 'http://hooks.example.com', 'https://hooks.example.com'), 'sends messages over plain HTTP', { severity: 'medium', cfn: 'topic_rule_payload.actions.http.url' }],
      'iot-rule-kafka-plaintext': ['kafka.client_properties.security/protocol', byHand(never(/PLAINTEXT$/i, 'PLAINTEXT', 'SSL')), 'sends messages without TLS', {
        severity: 'medium', cfn: 'topic_rule_payload.actions.kafka.client_properties.security/protocol',
        examples: [{
          file: 'main.tf',
          bad: 'resource "aws_iot_topic_rule" "events" {\n  kafka {\n    client_properties = {\n      "security.protocol" = "PLAINTEXT"\n                             ^^^^^^^^^\n    }\n  }\n}\n',
          good: 'resource "aws_iot_topic_rule" "events" {\n  kafka {\n    client_properties = {\n      "security.protocol" = "SSL"\n    }\n  }\n}\n',
        }],
      }],
    },
  }),
  ...service('Desktop stack', 'aws_appstream_stack', {
    secret: {
      'appstream-data-leaves': ['user_settings.permission', byHand(not('DISABLED', 'ENABLED')), 'lets data out of its desktops', {
        severity: 'info', item: { key: 'action', name: /^(?:CLIPBOARD_COPY_TO_LOCAL_DEVICE|FILE_DOWNLOAD|PRINTING_TO_LOCAL_DEVICE)$/ },
        why: 'What is shown on the desktop is carried off to the machine of the user.', references: ['AC-4'],
        examples: [{
          file: 'main.tf',
          bad: 'resource "aws_appstream_stack" "clinic" {\n  user_settings {\n    action     = "FILE_DOWNLOAD"\n    permission = "ENABLED"\n                  ^^^^^^^\n  }\n}\n',
          good: 'resource "aws_appstream_stack" "clinic" {\n  user_settings {\n    action     = "FILE_DOWNLOAD"\n    permission = "DISABLED"\n  }\n}\n',
        }],
      }],
    },
  }),
  ...service('Desktop fleet', 'aws_appstream_fleet', {
    identity: { 'appstream-never-idle': ['idle_disconnect_timeout_in_seconds', { must: { not: [0] }, absent: 'fine', set: 900 }, 'leaves desktops open that nobody uses', { severity: 'info', references: ['AC-12'] }] },
  }),
  ...service('Function trigger', 'aws_lambda_event_source_mapping', {
    identity: {
      'own-kafka-without-sign-in': ['source_access_configuration', needed, 'reads from its cluster without proof of who it is', {
        severity: 'low', confidence: 'medium', cfn: 'source_access_configurations', when: [{ path: 'self_managed_event_source', must: 'present' }], noFix: 'The secret has to be made first.',
        examples: missing('aws_lambda_event_source_mapping', '  self_managed_event_source {\n    endpoints = { KAFKA_BOOTSTRAP_SERVERS = "kafka:9092" }\n  }\n', '  self_managed_event_source {\n    endpoints = { KAFKA_BOOTSTRAP_SERVERS = "kafka:9092" }\n  }\n  source_access_configuration {\n    type = "SASL_SCRAM_512_AUTH"\n    uri  = "a"\n  }\n'),
      }],
    },
  }),
  ...service('Options', 'aws_db_option_group', {
    oldTls: {
      'oracle-old-tls': ['option.option_settings.value', byHand(never(/^1\.[01]$/, '1.0', '1.2')), 'accept outdated TLS versions', {
        cfn: 'option_configurations.option_settings.value', item: { key: 'name', name: 'SQLNET.SSL_VERSION' },
      }],
    },
  }),
  ...service('Sign-in profile', 'aws_redshift_authentication_profile', {
    privilege: {
      'redshift-any-user': ['authentication_profile_content.AllowDBUserOverride', byHand(ifSet('1', '0')), 'lets people choose as whom they work', {
        severity: 'low', cfn: false,
        examples: [{
          file: 'main.tf',
          bad: 'resource "aws_redshift_authentication_profile" "main" {\n  authentication_profile_content = jsonencode({ AllowDBUserOverride = "1" })\n                                                                       ^\n}\n',
          good: 'resource "aws_redshift_authentication_profile" "main" {\n  authentication_profile_content = jsonencode({ AllowDBUserOverride = "0" })\n}\n',
        }],
      }],
    },
  }),
  ...service('User', 'aws_transfer_user', {
    privilege: { 'transfer-user-whole-bucket': ['home_directory_type', byHand(ifSet('PATH', 'LOGICAL')), 'sees more than its own folder', { severity: 'info', noFix: 'The folders that are meant have to be named.', orPath: [{ path: 'policy', must: 'present' }] }] },
  }),
  ...service('User pool', 'aws_cognito_user_pool', {
    identity: {
      'cognito-changes-unverified': ['user_attribute_update_settings.attributes_require_verification_before_update', byHand({ must: 'present', absent: 'fine', sample: { bad: [], good: ['email'] } }), 'takes new addresses without asking whose they are', { severity: 'low', why: 'Somebody enters the address of another and gets what belongs to them.' }],
    },
  }),
];
