import { byHand, ifSet, least, needed, never, not, notOn, on, service } from '../_families.ts';

const setting = 'setting.value';

/** Single settings of services whose tables are elsewhere. Sources: the provider's pages of the resources; AWS Foundational Security Best Practices. */
export default [
  ...service('Access point', 'aws_efs_access_point', {
    privilege: {
      'efs-access-point-root-user': ['posix_user.uid|posix_user.gid', byHand(not(undefined, 0)), 'makes its clients root', { severity: 'medium', sample: { bad: 0, good: 1001 }, noFix: 'The user has to be chosen.' }],
    },
  }),
  ...service('File system', 'aws_fsx_windows_file_system', {
    logging: {
      'fsx-audit-log-off': [
        'audit_log_configuration.file_access_audit_log_level|audit_log_configuration.file_share_access_audit_log_level',
        ifSet('DISABLED', 'SUCCESS_AND_FAILURE', 'FAILURE_ONLY', 'SUCCESS_ONLY'), 'records no access', { cfn: false },
      ],
    },
  }),
  ...service('File system', 'aws_fsx_file_system', {
    logging: {
      'fsx-template-audit-log-off': [
        'windows_configuration.audit_log_configuration.file_access_audit_log_level|windows_configuration.audit_log_configuration.file_share_access_audit_log_level',
        ifSet('DISABLED', 'SUCCESS_AND_FAILURE', 'FAILURE_ONLY', 'SUCCESS_ONLY'), 'records no access',
      ],
    },
  }),
  ...service('Response headers', 'aws_cloudfront_response_headers_policy', {
    exposed: {
      'headers-any-origin': ['cors_config.access_control_allow_origins.items', byHand(never(/^\*$/, ['*'], ['https://chat.example.com'])), 'let pages of any origin read answers', {
        severity: 'medium', cfn: 'response_headers_policy_config.cors_config.access_control_allow_origins.items',
        when: [{ path: 'cors_config.access_control_allow_credentials|response_headers_policy_config.cors_config.access_control_allow_credentials', must: { is: [true] } }],
        noFix: 'The origins have to be named.',
      }],
      'headers-any-origin-public': ['cors_config.access_control_allow_origins.items', byHand(never(/^\*$/, ['*'], ['https://chat.example.com'])), 'let pages of any origin read what needs no sign-in', {
        severity: 'info', cfn: 'response_headers_policy_config.cors_config.access_control_allow_origins.items', noFix: 'The origins have to be named.',
      }],
    },
  }),
  ...service('Build', 'aws_codebuild_project', {
    exposed: { 'codebuild-public-results': ['project_visibility', ifSet('PUBLIC_READ', 'PRIVATE'), 'shows its logs and artefacts to everybody', { cfn: 'visibility', severity: 'medium' }] },
  }),
  ...service('Environment', 'aws_elastic_beanstalk_environment', {
    oldTls: {
      'beanstalk-old-tls': [setting, never(/^ELBSecurityPolicy-(?:2011|2014|2015|2016|TLS-1-[01])/, 'ELBSecurityPolicy-2016-08', 'ELBSecurityPolicy-TLS13-1-2-2021-06'), 'accepts outdated TLS versions', {
        cfn: 'option_settings.value', item: { key: 'name', name: /^(?:SSLPolicy|SSLReferencePolicy)$/ },
        examples: beanstalk('SSLPolicy', 'ELBSecurityPolicy-2016-08', 'ELBSecurityPolicy-TLS13-1-2-2021-06'),
      }],
    },
    transit: {
      'beanstalk-plaintext-listener': [setting, { must: { not: ['HTTP'] }, absent: 'fine' }, 'accepts plain HTTP', {
        cfn: 'option_settings.value', item: { key: 'name', name: 'ListenerProtocol' }, severity: 'medium', sample: { bad: 'HTTP', good: 'HTTPS' },
      }],
    },
  }),
  ...service('Data lake permission', 'aws_lakeformation_permissions', {
    privilege: {
      'lake-everybody': ['principal', never(/^IAM_ALLOWED_PRINCIPALS$/, 'IAM_ALLOWED_PRINCIPALS', 'arn:aws:iam::111122223333:role/analyst'), 'is for everybody whom a policy of IAM lets in', { severity: 'medium' }],
      'lake-every-right': ['permissions', never(/^ALL$/, ['ALL'], ['SELECT']), 'gives every right', { severity: 'low' }],
    },
  }),
  ...service('Data lake permission', 'aws_lakeformation_principal_permissions', {
    privilege: {
      'lake-template-everybody': ['principal.data_lake_principal_identifier', never(/^IAM_ALLOWED_PRINCIPALS$/, 'IAM_ALLOWED_PRINCIPALS', 'arn:aws:iam::111122223333:role/analyst'), 'is for everybody whom a policy of IAM lets in', { severity: 'medium' }],
      'lake-template-every-right': ['permissions', never(/^ALL$/, ['ALL'], ['SELECT']), 'gives every right', { severity: 'low' }],
    },
  }),
  ...service('Topic', 'aws_sns_topic', {
    transit: { 'topic-http-subscription': ['subscription.protocol|subscriptions.protocol', ifSet('http', 'https', 'sqs', 'lambda', 'email', 'email-json', 'sms', 'firehose', 'application'), 'sends its messages over plain HTTP', { severity: 'medium', terraform: false }] },
  }),
  ...service('Distribution', 'aws_cloudfront_distribution', {
    exposed: {
      'cloudfront-without-root-object': ['default_root_object', needed, 'may list what is in its bucket', {
        severity: 'info', confidence: 'low', cfn: 'distribution_config.default_root_object', ansible: 'default_root_object',
        when: [{ path: 'origin.domain_name|origins.domain_name|distribution_config.origins.domain_name', must: { matches: /\.s3[.-]/ } }],
        noFix: 'The page has to be chosen.',
        examples: [{
          file: 'main.tf',
          bad: 'resource "aws_cloudfront_distribution" "web" {\n                                        ^^^\n  origin {\n    domain_name = "web.s3.amazonaws.com"\n  }\n}\n',
          good: 'resource "aws_cloudfront_distribution" "web" {\n  default_root_object = "index.html"\n  origin {\n    domain_name = "web.s3.amazonaws.com"\n  }\n}\n',
        }],
      }],
    },
  }),
  ...service('Glue job', 'aws_glue_job', {
    logging: {
      'glue-job-without-log': ['default_arguments.--enable-continuous-cloudwatch-log', byHand(on), 'sends no logs', {
        severity: 'info',
        examples: [{
          file: 'main.tf',
          bad: 'resource "aws_glue_job" "clean" {\n                         ^^^^^\n  name = "clean"\n}\n',
          good: 'resource "aws_glue_job" "clean" {\n  default_arguments = {\n    "--enable-continuous-cloudwatch-log" = "true"\n  }\n}\n',
        }],
        noFix: 'A log group has to be chosen.',
      }],
    },
  }),
  ...service('Key', 'aws_kms_key', {
    recovery: { 'kms-short-wait': ['deletion_window_in_days', least(14), 'is gone soon after a mistake', { severity: 'info', cfn: 'pending_window_in_days', ansible: 'pending_window' }] },
  }),
  ...service('Address list', 'aws_workspaces_ip_group', {
    exposed: { 'workspaces-open-range': ['rules.source', byHand(never(/^0\.0\.0\.0\/0$/, '0.0.0.0/0', '203.0.113.0/24')), 'lets every address in', { cfn: false, severity: 'medium', noFix: 'The addresses that need it have to be known.' }] },
  }),
  ...service('Snapshot', ['aws_snapshot_create_volume_permission'], {
    public: { 'snapshot-shared-with-all': ['account_id', byHand(never(/^all$/i, 'all', '111122223333')), 'is shared with every account', { noFix: 'The accounts that need it have to be named.' }] },
  }),
  ...service('Bot', 'aws_lex_bot', { identity: { 'lex-bot-child-directed': ['child_directed', notOn, 'is directed at children', { severity: 'info', cfn: false }] } }),
  ...service('Directory', 'aws_directory_service_radius_settings', {
    identity: { 'radius-plain-password': ['authentication_protocol', ifSet('PAP', 'MS-CHAPv2'), 'sends passwords nearly in plain text', { cfn: false }] },
  }),
  ...service('Permission set', 'aws_ssoadmin_permission_set', {
    identity: { 'sso-long-session': ['session_duration', byHand(never(/^PT(?:9|1[0-2])H/, 'PT12H', 'PT1H')), 'keeps sessions open for a working day and more', { severity: 'info', noFix: 'How long the work takes has to be known.' }] },
  }),
  ...service('Zone', 'aws_route53_hosted_zone_dnssec', {
    segmentation: { 'dnssec-not-signing': ['signing_status', ifSet('NOT_SIGNING', 'SIGNING'), 'is not signed', { cfn: false }] },
  }),
  ...service('Code repository', 'aws_sagemaker_code_repository', {
    transit: { 'sagemaker-code-plaintext': ['git_config.repository_url', byHand(never(/^http:/, 'http://git.example.com/a.git', 'https://git.example.com/a.git')), 'is fetched over plain HTTP', { severity: 'medium', noFix: 'The server has to speak TLS first.' }] },
  }),
  ...service('Workforce', 'aws_sagemaker_workforce', {
    exposed: { 'workforce-from-anywhere': ['source_ip_config.cidrs', needed, 'signs in from every address', { severity: 'info', confidence: 'low', cfn: false, noFix: 'The addresses of the people have to be known.' }] },
  }),
  ...service('Web firewall log', 'aws_wafv2_web_acl_logging_configuration', {
    secret: { 'waf-log-unredacted': ['redacted_fields', needed, 'keeps whole requests, with the keys and cookies in them', { severity: 'info', confidence: 'low', noFix: 'The fields have to be chosen.' }] },
  }),
  ...service('Cluster', 'aws_eks_cluster', {
    privilege: { 'eks-creator-administrator': ['access_config.bootstrap_cluster_creator_admin_permissions', notOn, 'makes whoever created it an administrator for good', { severity: 'info' }] },
  }),
  ...service('Voice connector', 'aws_chime_voice_connector_logging', {
    logging: { 'voice-without-log': ['enable_sip_logs', on, 'records no calls'] },
  }),
  ...service('Mail identity', 'aws_sesv2_email_identity', {
    oldTls: { 'mail-short-key': ['dkim_signing_attributes.next_signing_key_length', ifSet('RSA_1024_BIT', 'RSA_2048_BIT'), 'signs with a short key', { severity: 'low' }] },
  }),
  ...service('Bot', 'aws_lex_bot_alias', {
    logging: { 'lex-without-log': ['conversation_logs|conversation_log_settings', needed, 'records no conversations', { severity: 'info' }] },
  }),
  ...service('Authority', 'aws_acmpca_certificate_authority', {
    privilege: { 'root-authority-kept': ['enabled', byHand(notOn), 'could sign anything any time', { severity: 'info', cfn: false, when: [{ path: 'type', must: { is: ['ROOT'] } }], noFix: 'Its subordinates have to be made first.' }] },
  }),
  ...service('Agent', 'aws_bedrockagent_agent', {
    privilege: {
      'agent-function-unconfirmed': ['action_groups.function_schema.functions.require_confirmation', ifSet('DISABLED', 'ENABLED'), 'runs its functions without asking', { severity: 'info', terraform: false }],
    },
  }),
];

function beanstalk(name: string, bad: string, good: string) {
  const text = (value: string, mark = ''): string => `resource "aws_elastic_beanstalk_environment" "main" {\n  setting {\n    name  = "${name}"\n    value = "${value}"\n${mark}  }\n}\n`;
  return [{ file: 'main.tf', bad: text(bad, `             ${'^'.repeat(bad.length)}\n`), good: text(good) }];
}
