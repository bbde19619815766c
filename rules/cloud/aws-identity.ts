import { byHand, ifSet, least, most, needed, never, none, notOff, notOn, on, service } from '../_families.ts';

const key = 'is not encrypted with a customer-managed key';

export default [
  ...service('Password policy', ['aws_iam_account_password_policy', 'alicloud_ram_account_password_policy'], {
    password: {
      'password-length': ['minimum_password_length', { must: { least: 14 }, absent: 'bad', set: 14 }, 'accepts passwords of less than 14 characters', { ansible: 'min_pw_length|minimum_password_length' }],
      'password-without-symbol': ['require_symbols', on, 'asks for no symbol', { ansible: 'require_symbols' }],
      'password-without-number': ['require_numbers', on, 'asks for no digit', { ansible: 'require_numbers' }],
      'password-without-upper-case': ['require_uppercase_characters', on, 'asks for no capital letter', { ansible: 'require_uppercase' }],
      'password-without-lower-case': ['require_lowercase_characters', on, 'asks for no small letter', { ansible: 'require_lowercase' }],
      'password-reuse': ['password_reuse_prevention', { must: { least: 24 }, absent: 'bad', set: 24 }, 'lets old passwords be used again', { ansible: 'password_reuse_prevent|pw_reuse_prevent|prevent_reuse' }],
      'password-age': ['max_password_age', { must: { matches: /^(?:[1-9]|[1-8]\d|90)$/ }, absent: 'bad', set: 90, sample: { bad: 180, good: 90 } }, 'lets passwords live for more than 90 days', { ansible: 'pw_max_age|password_max_age', severity: 'info' }],
    },
  }),
  ...service('Password policy', 'aws_iam_account_password_policy', {
    password: {
      'password-unchangeable': ['allow_users_to_change_password', notOff, 'does not let users change their passwords', { ansible: 'allow_pw_change|allow_password_change' }],
      'password-hard-expiry': ['hard_expiry', notOn, 'locks users out when their passwords expire', { severity: 'info' }],
    },
  }),
  ...service('Password policy', 'alicloud_ram_account_password_policy', {
    password: {
      'password-login-attempts': ['max_login_attempts', { must: { most: 5 }, absent: 'bad', set: 5 }, 'allows more than five wrong passwords'],
      'password-expired-login': ['hard_expiry', on, 'lets users in whose passwords have expired', { severity: 'info' }],
    },
  }),
  ...service('Key', ['aws_kms_key', 'alicloud_kms_key'], {
    rotation: {
      'kms-without-rotation': ['enable_key_rotation|automatic_rotation', on, 'is never rotated', {
        ansible: 'enable_key_rotation',
        orPath: [{ path: 'customer_master_key_spec|key_spec', must: { never: /^SYMMETRIC_DEFAULT$|^Aliyun_AES_256$/ } }],
      }],
      'kms-disabled': ['is_enabled|enabled|status', { must: { is: [true, 'Enabled'] }, absent: 'fine', set: true, sample: { bad: false } }, 'is switched off', { ansible: 'enabled', severity: 'info' }],
    },
    recovery: {
      'kms-short-deletion-window': ['deletion_window_in_days|pending_window_in_days', least(7, 30), 'is gone after less than a week', { cfn: 'pending_window_in_days', ansible: 'pending_window', severity: 'info' }],
    },
  }),
  ...service('Key', 'aws_kms_key', {
    privilege: {
      'kms-without-policy': ['policy', needed, 'keeps the default policy', { severity: 'info', confidence: 'low', or: [{ type: 'aws_kms_key_policy' }], cfn: 'policy' }],
    },
  }),
  ...service('Key', 'aws_iam_access_key', {
    privilege: { 'root-access-key': ['user|user_name', never(/^root$/i, 'root', 'ci'), 'belongs to the root user', { severity: 'critical' }] },
    exposed: {
      'iam-access-key-active': ['status', byHand(ifSet('Active', 'Inactive')), 'is a long-lived credential', {
        severity: 'low', absent: 'bad', noFix: 'Who uses the key has to move to a role first.', confidence: 'low', ansible: 'access_key_state|active',
      }],
    },
  }),
  ...service('User', 'aws_iam_user', {
    privilege: {
      'iam-policy-on-user': ['policies', none, 'carries a policy of its own', {
        severity: 'low', cfn: 'policies|managed_policy_arns',
        examples: [{
          file: 'template.yaml',
          bad: 'Resources:\n  Ci:\n    Type: AWS::IAM::User\n    Properties:\n      ManagedPolicyArns: [arn:aws:iam::aws:policy/ReadOnlyAccess]\n                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n',
          good: 'Resources:\n  Ci:\n    Type: AWS::IAM::User\n    Properties:\n      Groups: [readers]\n',
        }],
      }],
      'iam-user-without-group': ['groups', needed, 'belongs to no group', { severity: 'info', confidence: 'low', or: [{ type: 'aws_iam_user_group_membership' }, { type: 'aws_iam_group_membership' }] }],
    },
    identity: {
      'login-without-password-reset': ['login_profile.password_reset_required', on, 'keeps its first password', {
        severity: 'low', when: [{ path: 'login_profile', must: 'present' }],
        examples: [{
          file: 'main.tf',
          bad: 'resource "aws_iam_user" "ops" {\n                         ^^^\n  login_profile {\n    pgp_key = "keybase:ops"\n  }\n}\n',
          fixed: 'resource "aws_iam_user" "ops" {\n  login_profile {\n    pgp_key = "keybase:ops"\n    password_reset_required = true\n  }\n}\n',
          good: 'resource "aws_iam_user" "ops" {\n  login_profile {\n    password_reset_required = true\n  }\n}\n',
        }],
      }],
    },
  }),
  ...service('Login profile', 'aws_iam_user_login_profile', {
    identity: {
      'login-profile-weak': ['password_length', { must: { least: 14 }, absent: 'fine', set: 20 }, 'makes a short password'],
      'login-profile-password-reset': ['password_reset_required', on, 'keeps its first password', { severity: 'low' }],
    },
  }),
  ...service('Policy', ['aws_iam_user_policy'], {
    privilege: {
      'inline-user-policy': ['user', none, 'is written into a user', {
        cfn: 'user_name', severity: 'low', confidence: 'high',
        examples: [{
          file: 'main.tf',
          bad: 'resource "aws_iam_user_policy" "ci" {\n  user = "ci"\n          ^^\n}\n',
          good: 'resource "aws_iam_group_policy" "ci" {\n  group = "ci"\n}\n',
        }],
      }],
    },
  }),
  ...service('Policy attachment', ['aws_iam_user_policy_attachment'], {
    privilege: {
      'user-policy-attachment': ['user', none, 'is attached to a user', {
        severity: 'low', confidence: 'high',
        examples: [{
          file: 'main.tf',
          bad: 'resource "aws_iam_user_policy_attachment" "ci" {\n  user = "ci"\n          ^^\n}\n',
          good: 'resource "aws_iam_group_policy_attachment" "ci" {\n  group = "ci"\n}\n',
        }],
      }],
    },
  }),
  ...service('Policy', ['aws_iam_policy_attachment', 'aws_iam_policy'], {
    privilege: {
      'policy-attached-to-users': ['users', { must: 'absent', absent: 'fine' }, 'is attached to users', {
        severity: 'low', ansible: false,
        examples: [{
          file: 'main.tf',
          bad: 'resource "aws_iam_policy_attachment" "ci" {\n  users = ["ci"]\n          ^^^^^^\n}\n',
          good: 'resource "aws_iam_policy_attachment" "ci" {\n  groups = ["ci"]\n}\n',
        }],
      }],
    },
  }),
  ...service('Group', 'aws_iam_group', {
    privilege: {
      'inline-group-policy': ['policies', none, 'carries a policy of its own', {
        severity: 'info',
        examples: [{
          file: 'template.yaml',
          bad: 'Resources:\n  Readers:\n    Type: AWS::IAM::Group\n    Properties:\n      Policies: [{ PolicyName: read }]\n                ^^^^^^^^^^^^^^^^^^^^^^\n',
          good: 'Resources:\n  Readers:\n    Type: AWS::IAM::Group\n    Properties:\n      ManagedPolicyArns: [arn:aws:iam::aws:policy/ReadOnlyAccess]\n',
        }],
      }],
    },
  }),
  ...service('Secret', 'aws_secretsmanager_secret', {
    customerKey: {
      'secret-without-key': ['kms_key_id', needed, key, { ansible: 'kms_key_id', severity: 'info' }],
      'secret-default-key': ['kms_key_id', never(/alias\/aws\/secretsmanager/, 'alias/aws/secretsmanager', 'alias/secrets'), 'uses the key that all secrets share'],
    },
    expiry: {
      'secret-without-rotation': ['rotation_rules', needed, 'is never rotated', { severity: 'info', or: [{ type: 'aws_secretsmanager_secret_rotation' }] }],
    },
  }),
  ...service('Rotation', 'aws_secretsmanager_secret_rotation', {
    expiry: { 'secret-slow-rotation': ['rotation_rules.automatically_after_days', most(90), 'changes its secret less than every 90 days'] },
  }),
  ...service('User pool', 'aws_cognito_user_pool', {
    identity: {
      'cognito-without-mfa': ['mfa_configuration', { must: { is: ['ON', 'OPTIONAL'] }, absent: 'bad', set: 'OPTIONAL', sample: { bad: 'OFF' } }, 'asks for no second factor', { ansible: 'mfa_configuration', severity: 'low' }],
      'cognito-self-registration': ['admin_create_user_config.allow_admin_create_user_only', on, 'lets everybody register', { severity: 'info', confidence: 'low' }],
    },
    password: {
      'cognito-short-password': ['password_policy.minimum_length', { must: { least: 12 }, absent: 'fine', set: 12 }, 'accepts short passwords', { cfn: 'policies.password_policy.minimum_length' }],
    },
    detection: {
      'cognito-without-risk-checks': ['user_pool_add_ons.advanced_security_mode', { must: { is: ['ENFORCED'] }, absent: 'bad', set: 'ENFORCED', sample: { bad: 'OFF' } }, 'does not check for stolen passwords', { severity: 'info' }],
    },
  }),
  ...service('Identity pool', 'aws_cognito_identity_pool', {
    identity: { 'cognito-unauthenticated': ['allow_unauthenticated_identities', notOn, 'gives rights to people who did not sign in'] },
  }),
  ...service('Organization', 'aws_organizations_organization', {
    privilege: {
      'organization-without-policies': ['feature_set', ifSet('CONSOLIDATED_BILLING', 'ALL'), 'has no service control policies', { severity: 'medium' }],
    },
  }),
  ...service('Certificate authority', 'aws_acmpca_certificate_authority', {
    detection: { 'ca-without-revocation': ['revocation_configuration', needed, 'publishes no revocations', { severity: 'info' }], 'ca-revocation-list-off': ['revocation_configuration.crl_configuration.enabled', byHand(notOff), 'publishes no list of revocations', { severity: 'info', noFix: 'The bucket for the list has to be named.', orPath: [{ path: 'revocation_configuration.ocsp_configuration.enabled', must: { is: [true] } }] }] },
    rotation: {
      'ca-weak-key': ['certificate_authority_configuration.key_algorithm', ifSet('RSA_1024', 'RSA_4096', 'RSA_2048', 'RSA_3072', 'EC_prime256v1', 'EC_secp384r1', 'EC_secp521r1', 'ML_DSA_65'), 'uses a weak key', { cfn: 'key_algorithm' }],
    },
  }),
];
