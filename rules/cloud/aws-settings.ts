import { byHand, ifSet, never, not, service } from '../_families.ts';

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
    host: {
      'beanstalk-metadata-v1': [setting, { must: { is: [true] }, absent: 'fine' }, 'starts instances that give their credentials to any request', {
        cfn: 'option_settings.value', item: { key: 'name', name: 'DisableIMDSv1' }, severity: 'medium', sample: { bad: 'false', good: 'true' },
      }],
    },
    logging: {
      'beanstalk-log-off': [setting, { must: { is: [true] }, absent: 'fine' }, 'sends no logs', {
        cfn: 'option_settings.value', item: { key: 'name', name: 'StreamLogs' }, sample: { bad: 'false', good: 'true' },
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
