import { byHand, ifSet, least, most, never, not, notOff, notOn, service } from '../_families.ts';

const clients = ['aws_cognito_user_pool_client', 'aws_cognito_managed_user_pool_client'];
const risk = 'account_takeover_risk_configuration.actions';
const plainHttp = /^http:\/\/(?!localhost|127\.)/i;
const session = { why: 'A stolen token opens the door for as long as it lives.', references: ['CWE-613', 'AC-12'] } as const;

/** How people and machines sign in, and what a sign-in is good for. Sources: the provider's pages of the resources; the guides of Cognito, Identity Center, Directory Service and IAM. */
export default [
  ...service('Application', clients, {
    transit: {
      'cognito-logout-plaintext': ['logout_urls|default_redirect_uri', never(plainHttp, ['http://app.example.com/out'], ['https://app.example.com/out']), 'sends its users to plain HTTP', { severity: 'low' }],
    },
    privilege: {
      'cognito-client-writes-role': ['write_attributes', byHand(never(/^custom:\w*(?:role|admin|tenant|permission|group|plan)\w*$/i, ['custom:role'], ['email'])), 'lets its users change what decides on their rights', {
        severity: 'medium', confidence: 'medium', noFix: 'The attribute is taken out of the list; what decides on rights is written by the service.',
        why: 'Users change their own attributes with the token that they have, and so the role or the customer that they belong to.',
      }],
    },
    identity: {
      'cognito-long-refresh': ['refresh_token_validity', most(90), 'lets people stay signed in for more than 90 days', {
        severity: 'low', confidence: 'medium', ...session, orPath: [{ path: 'token_validity_units.refresh_token', must: { not: ['days'] } }],
      }],
    },
    secret: {
      'cognito-shares-user-data': ['analytics_configuration.user_data_shared', notOn, 'puts data of its users into analytics', { severity: 'info', references: ['AC-4'], why: 'Who reads the analytics reads who the users are.' }],
    },
  }),
  ...service('Application', 'aws_cognito_managed_user_pool_client', {
    transit: { 'cognito-managed-client-http': ['callback_urls', never(plainHttp, ['http://app.example.com'], ['https://app.example.com']), 'sends tokens over plain HTTP', { severity: 'medium', cfn: false }] },
    identity: {
      'cognito-managed-client-implicit': ['allowed_oauth_flows', byHand(never(/^implicit$/, ['implicit'], ['code'])), 'hands tokens to browsers', { severity: 'low', cfn: false }],
      'cognito-managed-client-user-exists': ['prevent_user_existence_errors', ifSet('LEGACY', 'ENABLED'), 'tells who has an account', { severity: 'low', cfn: false }],
    },
  }),
  ...service('Application', 'aws_cognito_managed_user_pool_client', {
    password: {
      'cognito-managed-client-sends-password': ['explicit_auth_flows', byHand(never(/^(?:ALLOW_)?(?:USER_PASSWORD_AUTH|ADMIN_NO_SRP_AUTH)$/, ['ALLOW_USER_PASSWORD_AUTH'], ['ALLOW_USER_SRP_AUTH'])), 'takes passwords instead of proofs of them', { severity: 'info', cfn: false }],
    },
  }),
  ...service('Identity pool', 'aws_cognito_identity_pool', {
    identity: {
      'cognito-token-unchecked': ['cognito_identity_providers.server_side_token_check', notOff, 'takes tokens that were taken back', { severity: 'low' }],
    },
  }),
  ...service('Risk setting', 'aws_cognito_risk_configuration', {
    detection: {
      'cognito-risk-ignored': [`${risk}.high_action.event_action|${risk}.medium_action.event_action|compromised_credentials_risk_configuration.actions.event_action`, not('BLOCK', 'NO_ACTION'), 'lets sign-ins through that look stolen', { severity: 'medium' }],
      'cognito-risk-any-address': ['risk_exception_configuration.skipped_ip_range_list', byHand(never(/^(?:0\.0\.0\.0|::)\/0$/, ['0.0.0.0/0'], ['10.1.0.0/16'])), 'checks no address at all', { severity: 'medium', noFix: 'The range is taken out of the list.' }],
    },
  }),
  ...service('Identity provider', 'aws_cognito_identity_provider', {
    transit: {
      'cognito-provider-plaintext': ['provider_details.oidc_issuer|provider_details.authorize_url|provider_details.token_url|provider_details.attributes_url|provider_details.jwks_uri|provider_details.MetadataURL', never(/^http:\/\//i, 'http://id.example.com', 'https://id.example.com'), 'is asked who signed in over plain HTTP', {
        examples: [{
          file: 'main.tf',
          bad: 'resource "aws_cognito_identity_provider" "clinic" {\n  provider_details = {\n    oidc_issuer = "http://id.example.com"\n                   ^^^^^^^^^^^^^^^^^^^^^\n  }\n}\n',
          good: 'resource "aws_cognito_identity_provider" "clinic" {\n  provider_details = {\n    oidc_issuer = "https://id.example.com"\n  }\n}\n',
        }],
      }],
    },
  }),
  ...service('User pool', 'aws_cognito_user_pool', {
    identity: {
      'cognito-names-by-case': ['username_configuration.case_sensitive', notOn, 'has accounts that differ in case only', { severity: 'info', why: 'Somebody registers the name of another in other letters and is taken for them.', references: ['CWE-287'] }],
    },
  }),
  ...service('Trust', 'aws_directory_service_trust', {
    privilege: { 'directory-trust-everybody': ['selective_auth', ifSet('Disabled', 'Enabled'), 'lets every user of the other directory in', { severity: 'low' }] },
  }),
  ...service('Application', 'aws_ssoadmin_application_assignment_configuration', {
    privilege: { 'sso-application-everybody': ['assignment_required', notOff, 'is open to everybody of the organisation', { severity: 'low', cfn: false }] },
  }),
  ...service('Access key', ['aws_grafana_workspace_api_key', 'aws_grafana_workspace_service_account'], {
    privilege: { 'grafana-key-administrator': ['key_role|grafana_role', byHand(never(/^ADMIN$/i, 'ADMIN', 'VIEWER')), 'may change everything in its workspace', { severity: 'low', cfn: false, noFix: 'The role that is needed has to be chosen.' }] },
  }),
  ...service('Token setting', 'aws_iam_security_token_service_preferences', {
    identity: { 'sts-old-tokens': ['global_endpoint_token_version', ifSet('v1Token', 'v2Token'), 'hands out tokens that do not hold in new regions', { severity: 'info', cfn: false, why: 'Work in regions that have to be opted into then falls back to stored keys.' }] },
  }),
  ...service('Certificate profile', 'aws_rolesanywhere_profile', {
    identity: { 'roles-anywhere-long-session': ['duration_seconds', most(3600), 'keeps sessions of machines outside for more than an hour', { severity: 'info', ...session }] },
  }),
  ...service('Device role', 'aws_iot_role_alias', {
    identity: { 'iot-long-credentials': ['credential_duration', most(3600), 'gives devices credentials for more than an hour', { severity: 'info', ...session, cfn: 'credential_duration_seconds' }] },
  }),
  ...service('Device authority', 'aws_iot_ca_certificate', {
    identity: { 'iot-registers-anything': ['allow_auto_registration', notOn, 'takes in every device that shows a certificate of its authority', { severity: 'info', cfn: false }] },
  }),
  ...service('Fleet template', 'aws_iot_provisioning_template', {
    identity: {
      'iot-provisioning-unchecked': ['pre_provisioning_hook', { must: 'present', absent: 'bad' }, 'takes in devices without checking them', {
        severity: 'low', noFix: 'The function that checks devices has to be written.', orPath: [{ path: 'type|template_type', must: { is: ['JITP'] } }],
        why: 'All devices start with one certificate; whoever takes it out of one makes any number of further ones.',
      }],
    },
  }),
  ...service('Dashboard account', 'aws_quicksight_account_subscription', {
    identity: { 'quicksight-own-passwords': ['authentication_method', byHand(ifSet('IAM_AND_QUICKSIGHT', 'IAM_IDENTITY_CENTER', 'IAM_ONLY', 'ACTIVE_DIRECTORY')), 'keeps passwords of its own', { severity: 'info', cfn: false }] },
  }),
  ...service('Address rule', 'aws_quicksight_ip_restriction', {
    exposed: { 'quicksight-addresses-off': ['enabled', notOff, 'is switched off', { severity: 'low', cfn: false }] },
  }),
  ...service('File server', 'aws_transfer_server', {
    password: { 'transfer-password-only': ['sftp_authentication_methods', byHand(ifSet('PASSWORD', 'PUBLIC_KEY_AND_PASSWORD', 'PUBLIC_KEY')), 'lets people in with a password alone', { severity: 'low', cfn: 'identity_provider_details.sftp_authentication_methods' }] },
    transit: { 'transfer-session-not-resumed': ['protocol_details.tls_session_resumption_mode', ifSet('DISABLED', 'ENFORCED'), 'does not tie files to the session that asked for them', { severity: 'low', why: 'Somebody else takes the connection on which a file is sent.' }] },
  }),
  ...service('Key', 'aws_acmpca_certificate_authority', {
    recovery: { 'authority-short-wait': ['permanent_deletion_time_in_days', least(14, 30), 'is gone soon after a mistake', { severity: 'info', cfn: false }] },
  }),
];
