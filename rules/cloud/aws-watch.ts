import { byHand, ifSet, least, most, never, notOff, notOn, service } from '../_families.ts';

/** A text that somebody meant as a secret: long, with digits or signs, and no word that stands for one. */
const literal = /^(?!.*(?:place.?holder|change|dummy|replace|todo|tbd|example|default|initial|fake|to.?be|set.?me|your|update|resolve:|[<>{}$]))(?=.*[\d!@#%^&*?+-])\S{8,}$/i;
const written = 'is written in the template';

/** What watches an account, what is thrown away with a resource, and secrets that are written down. Sources: the provider's pages of the resources; AWS Security Hub's controls. */
export default [
  ...service('Standard', ['aws_securityhub_standards_control', 'aws_securityhub_standards_control_association'], {
    detection: { 'securityhub-control-off': ['control_status|association_status', ifSet('DISABLED', 'ENABLED'), 'has a check that is switched off', { severity: 'info', cfn: false, whenNotToUse: 'Where another control does the same, which `disabled_reason` says.' }] },
  }),
  ...service('Security policy', 'aws_securityhub_configuration_policy', {
    detection: { 'securityhub-policy-off': ['configuration_policy.service_enabled', notOff, 'switches Security Hub off in its accounts', { cfn: 'configuration_policy.security_hub.service_enabled' }] },
  }),
  ...service('Security hub', 'aws_securityhub_account', {
    detection: { 'securityhub-without-new-controls': ['auto_enable_controls', notOff, 'does not take up new checks', { severity: 'info' }] },
  }),
  ...service('Macie setting', 'aws_macie2_organization_configuration', {
    detection: { 'macie-new-accounts': ['auto_enable', notOff, 'leaves new accounts out', { severity: 'info', cfn: false }] },
  }),
  ...service('Firewall rules', 'aws_fms_policy', {
    detection: { 'firewall-manager-only-watches': ['remediation_enabled', notOff, 'only notes what breaks them', { severity: 'info' }] },
  }),
  ...service('Web ACL', ['aws_wafv2_web_acl'], {
    detection: {
      'web-acl-unsampled': ['visibility_config.sampled_requests_enabled', notOff, 'keeps no samples of what it stopped', { severity: 'info' }],
    },
    filter: {
      'web-acl-only-counts': ['rule.override_action.count', { must: 'absent', absent: 'fine' }, 'only counts what a group of its rules finds', {
        severity: 'info', cfn: 'rules.override_action.count', whenNotToUse: 'While new rules are tried out.', noFix: 'The rules are switched on when nothing is counted that is wanted.',
        examples: [{ file: 'main.tf', bad: counted('count {}', `${' '.repeat(6)}^^^^^^^^\n`), good: counted('none {}') }],
      }],
    },
  }),
  ...service('Patch baseline', 'aws_ssm_patch_baseline', {
    patching: { 'patches-late': ['approval_rule.approve_after_days', most(30), 'lets patches wait for more than a month', { severity: 'info', cfn: 'approval_rules.patch_rules.approve_after_days' }] },
  }),
  ...service('Maintenance window', 'aws_ssm_maintenance_window', {
    patching: { 'maintenance-window-off': ['enabled', notOff, 'is switched off', { severity: 'info', cfn: false }] },
  }),
  ...service('Organisation', 'aws_organizations_organization', {
    privilege: {
      'organization-without-control-policies': ['enabled_policy_types', { must: { some: /^SERVICE_CONTROL_POLICY$/ }, absent: 'fine', sample: { bad: ['TAG_POLICY'], good: ['SERVICE_CONTROL_POLICY', 'TAG_POLICY'] } }, 'has no policies that bound its accounts', {
        severity: 'info', cfn: false, noFix: 'The policies have to be written first.',
      }],
    },
  }),
  ...service('Image setting', 'aws_ec2_allowed_images_settings', {
    supply: { 'any-image-allowed': ['state', byHand(ifSet('disabled', 'enabled', 'audit-mode')), 'lets machines start from images of anybody', { severity: 'info', cfn: false }] },
  }),
  ...service('Domain', ['aws_route53domains_registered_domain', 'aws_route53domains_domain'], {
    exposed: { 'domain-contacts-public': ['admin_privacy|tech_privacy|billing_privacy', notOff, 'shows whom to call', { severity: 'info', cfn: false }] },
  }),
  ...service('Database', 'aws_lightsail_database', {
    recovery: { 'lightsail-db-without-last-snapshot': ['skip_final_snapshot', notOn, 'is deleted without a last snapshot', { severity: 'info', cfn: false }] },
  }),
  ...service('Backup lock', ['aws_backup_vault_lock_configuration', 'aws_backup_logically_air_gapped_vault'], {
    recovery: { 'backup-lock-short': ['min_retention_days', least(7, 30), 'lets backups go within a week', { severity: 'info', cfn: 'min_retention_days' }] },
  }),
  ...service('Object lock', 'aws_s3_bucket_object_lock_configuration', {
    recovery: { 'object-lock-liftable': ['rule.default_retention.mode', byHand(ifSet('GOVERNANCE', 'COMPLIANCE')), 'can be lifted by whoever has the right to', { severity: 'info', cfn: false }] },
  }),
  ...service('Application monitor', 'aws_rum_app_monitor', {
    logging: { 'page-monitor-without-log': ['cw_log_enabled', notOff, 'keeps what it sees for a month only', { severity: 'info' }] },
  }),
  ...service('Table', 'aws_s3tables_table', {
    customerKey: { 'table-without-own-key': ['encryption_configuration.sse_algorithm', ifSet('AES256', 'aws:kms'), 'is not encrypted with a customer-managed key', { severity: 'info', noFix: 'The key has to be named.' }] },
  }),
  ...service('Trading partner', 'aws_b2bi_profile', { logging: { 'partner-without-log': ['logging', ifSet('DISABLED', 'ENABLED'), 'keeps no log', { severity: 'info' }] } }),
  ...service('Preparation job', 'aws_databrew_job', { logging: { 'databrew-without-log': ['log_subscription', ifSet('DISABLE', 'ENABLE'), 'keeps no log', { severity: 'info' }] } }),
  ...service('Ingest setting', 'aws_ivs_ingest_configuration', { transit: { 'ingest-plaintext': ['insecure_ingest', notOn, 'takes streams without TLS', { severity: 'low' }] } }),
  ...service('Mail relay', 'aws_ses_mail_manager_relay', {
    identity: {
      'mail-relay-open': ['authentication.no_authentication', { must: 'absent', absent: 'fine' }, 'hands mail on without proof of who it is', {
        severity: 'low', examples: [{
          file: 'template.yaml',
          bad: 'Resources:\n  Relay:\n    Type: AWS::SES::MailManagerRelay\n    Properties:\n      ServerName: mail.example.com\n      Authentication: {NoAuthentication: {}}\n                                         ^^\n',
          good: 'Resources:\n  Relay:\n    Type: AWS::SES::MailManagerRelay\n    Properties:\n      ServerName: mail.example.com\n      Authentication: {SecretArn: a}\n',
        }],
      }],
    },
  }),
  ...service('Machine template', 'aws_mgn_launch_configuration_template', { exposed: { 'moved-machine-public-address': ['associate_public_ip_address', notOn, 'gives its machines public addresses', { severity: 'low' }] } }),
  ...service('Agent harness', 'aws_bedrockagentcore_harness', {
    segmentation: { 'agent-harness-outside-vpc': ['environment.agent_core_runtime_environment.network_configuration.network_mode', byHand(ifSet('PUBLIC', 'VPC')), 'can reach, and be told to reach, all of the internet', { severity: 'low' }] },
  }),
  ...service('User', ['aws_elasticache_user', 'aws_memorydb_user'], {
    secret: { 'cache-user-written-password': ['passwords|authentication_mode.passwords', never(literal, [['Winter', 'Garden', '2024-77'].join('')], ['var.password']), `has a password that ${written}`, { noFix: 'The password has to be changed, and taken from a store of secrets.' }] },
  }),
  ...service('Parameter', 'aws_ssm_parameter', {
    secret: {
      'parameter-written-secret': ['value', never(literal, ['Winter', 'Garden', '2024-77'].join(''), 'placeholder'), `is secret and ${written}`, {
        severity: 'medium', confidence: 'medium', when: [{ path: 'type', must: { is: ['SecureString'] } }], noFix: 'The value has to be changed, and set outside of the template.',
      }],
    },
  }),
  ...service('Encrypted text', 'aws_kms_ciphertext', {
    secret: { 'ciphertext-written-plain': ['plaintext', never(literal, ['Winter', 'Garden', '2024-77'].join(''), 'placeholder'), 'holds what it encrypts in plain', { severity: 'medium', cfn: false, noFix: 'The text has to be changed, and encrypted outside of the template.' }] },
  }),
];

function counted(action: string, mark = ''): string {
  return `resource "aws_wafv2_web_acl" "site" {\n  rule {\n    name = "known"\n    override_action {\n      ${action}\n${mark}    }\n  }\n}\n`;
}
