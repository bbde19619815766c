import { byHand, ifSet, is, least, most, needed, never, not, notOff, notOn, service } from '../_families.ts';

const plainUrl = byHand(never(/^http:\/\/(?!localhost|127\.0\.0\.1)/, 'http://id.example.com', 'https://id.example.com'));
const oldHash = (bad: string, good: string) => byHand(never(/sha-?_?1$/i, bad, good));
const everySite = never(/^https?:\/\/\*|^\*$/, ['https://*.example.com/callback'], ['https://chat.example.com/callback']);

/** Further settings of Okta, Auth0, Keycloak and what else signs people in. Sources: the providers' pages of the resources. */
export default [
  ...service('Password policy', ['okta_policy_password', 'okta_policy_password_default'], {
    password: {
      'okta-password-common': ['password_dictionary_lookup', notOff, 'takes passwords that everybody uses'],
      'okta-password-own-name': ['password_exclude_username', notOff, 'takes the name of a user as the password'],
    },
  }),
  ...service('Sign-on rule', 'okta_policy_rule_signon', {
    identity: {
      'okta-session-without-end': ['session_lifetime', { must: { least: 1 }, absent: 'fine', set: 720 }, 'has sessions without an end'],
      'okta-session-kept': ['session_persistent', notOn, 'keeps sessions when the browser is closed', { severity: 'low' }],
      'okta-session-idle': ['session_idle', most(720), 'keeps sessions that nobody uses', { severity: 'low' }],
    },
  }),
  ...service('Application', 'okta_app_oauth', {
    identity: {
      'okta-without-pkce': ['pkce_required', notOff, 'hands out codes that others can use'],
      'okta-web-client-without-secret': [
        'token_endpoint_auth_method',
        ifSet('none', 'private_key_jwt', 'client_secret_basic', 'client_secret_post', 'client_secret_jwt'),
        'does not prove who it is',
        {
          when: [{ path: 'type', must: { is: ['web', 'service'] } }],
          examples: [
            {
              file: 'main.tf',
              bad: 'resource "okta_app_oauth" "main" {\n  type                       = "web"\n  token_endpoint_auth_method = "none"\n                                ^^^^\n}\n',
              good: 'resource "okta_app_oauth" "main" {\n  type                       = "web"\n  token_endpoint_auth_method = "private_key_jwt"\n}\n',
              fixed: 'resource "okta_app_oauth" "main" {\n  type                       = "web"\n  token_endpoint_auth_method = "private_key_jwt"\n}\n',
            },
          ],
        },
      ],
      'okta-wildcard-redirect': ['wildcard_redirect', ifSet('SUBDOMAIN', 'DISABLED'), 'hands its tokens to any site of a domain'],
      'okta-refresh-kept': ['refresh_token_rotation', ifSet('STATIC', 'ROTATE'), 'keeps a refresh token for good', { severity: 'low' }],
    },
  }),
  ...service('Origin', 'okta_trusted_origin', { transit: { 'okta-origin-plaintext': ['origin', plainUrl, 'is trusted without TLS', { severity: 'medium' }] } }),
  ...service('Role', ['okta_group_role', 'okta_user_admin_roles'], {
    privilege: { 'okta-super-administrator': ['role_type|admin_roles', byHand(never(/^SUPER_ADMIN$/, 'SUPER_ADMIN', 'READ_ONLY_ADMIN')), 'may do everything', { severity: 'medium' }] },
  }),
  ...service('Second factor', 'okta_factor', {
    identity: { 'okta-weak-factor': ['provider_id', byHand(never(/^okta_(?:sms|call|question|email)$/, 'okta_sms', 'fido_webauthn')), 'can be caught or guessed', { severity: 'low' }] },
  }),
  ...service('Protection', 'okta_threat_insight_settings', { detection: { 'okta-threats-let-in': ['action', ifSet('none', 'block', 'audit'), 'does nothing about known attackers'] } }),
  ...service('Application', 'okta_app_saml', {
    oldTls: {
      'okta-saml-signature': ['signature_algorithm', oldHash('RSA_SHA1', 'RSA_SHA256'), 'signs with SHA-1'],
      'okta-saml-digest': ['digest_algorithm', oldHash('SHA1', 'SHA256'), 'signs with SHA-1'],
    },
    identity: {
      'okta-saml-unsigned': ['response_signed', notOff, 'does not sign its answers'],
      'okta-saml-assertion-unsigned': ['assertion_signed', notOff, 'does not sign what it says of people'],
    },
  }),
  ...service('Identity provider', ['okta_idp_saml', 'okta_idp_oidc'], {
    oldTls: { 'okta-idp-signature': ['response_signature_algorithm|request_signature_algorithm', oldHash('SHA-1', 'SHA-256'), 'signs with SHA-1'] },
    identity: { 'okta-idp-unsigned': ['request_signature_scope|response_signature_scope', ifSet('NONE', 'REQUEST', 'RESPONSE', 'ANY', 'TOKEN', 'ASSERTION'), 'takes what nobody signed', { severity: 'medium' }] },
  }),
  ...service('Token rule', 'okta_auth_server_policy_rule', {
    identity: {
      'okta-server-old-grant': ['grant_type_whitelist', byHand(never(/^(?:implicit|password)$/, ['implicit'], ['authorization_code'])), 'gives tokens in the old ways'],
      'okta-server-long-token': ['access_token_lifetime_minutes', most(1440), 'gives tokens for more than a day', { severity: 'low' }],
    },
    privilege: { 'okta-server-any-scope': ['scope_whitelist', byHand(never(/^\*$/, ['*'], ['chat.read'])), 'gives every scope', { severity: 'low' }] },
  }),
  ...service('Notices', 'okta_security_notification_emails', {
    detection: { 'okta-notices-off': ['report_suspicious_activity_enabled|send_email_for_new_device_enabled|send_email_for_factor_reset_enabled', notOff, 'tell people of nothing suspicious'] },
  }),
  ...service('Client', 'auth0_client', {
    identity: {
      'auth0-wildcard-callback': ['callbacks', byHand(everySite), 'hands its tokens to any site of a domain'],
      'auth0-shared-token-signature': ['jwt_configuration.alg', ifSet('HS256', 'RS256', 'PS256', 'RS512'), 'signs tokens with a secret that its clients share', { severity: 'low' }],
      'auth0-refresh-kept': ['refresh_token.rotation_type', ifSet('non-rotating', 'rotating'), 'keeps a refresh token for good', { severity: 'low' }],
      'auth0-refresh-without-end': ['refresh_token.expiration_type', ifSet('non-expiring', 'expiring'), 'has refresh tokens without an end', { severity: 'low' }],
    },
  }),
  ...service('Tenant', 'auth0_tenant', {
    identity: {
      'auth0-long-session': ['session_lifetime', most(720), 'keeps sessions for more than a month', { severity: 'low' }],
      'auth0-clients-register': ['flags.enable_dynamic_client_registration', notOn, 'lets anybody register a client'],
      'auth0-framed': ['flags.disable_clickjack_protection_headers', notOn, 'shows its sign-in page inside of others'],
    },
  }),
  ...service('Connection', 'auth0_connection', {
    password: {
      'auth0-short-password': ['options.password_complexity_options.min_length', least(8), 'accepts short passwords'],
      'auth0-common-password': ['options.password_dictionary.enable', notOff, 'takes passwords that everybody uses'],
      'auth0-personal-password': ['options.password_no_personal_info.enable', notOff, 'takes the name of a user as the password'],
    },
    oldTls: { 'auth0-saml-signature': ['options.signature_algorithm|options.digest_algorithm', oldHash('rsa-sha1', 'rsa-sha256'), 'signs with SHA-1'] },
  }),
  ...service('API', 'auth0_resource_server', { privilege: { 'auth0-roles-unused': ['enforce_policies', notOff, 'does not look at roles', { severity: 'low' }] } }),
  ...service('Domain', 'auth0_custom_domain', { oldTls: { 'auth0-domain-old-tls': ['tls_policy', ifSet('compatible', 'recommended'), 'accepts outdated TLS versions'] } }),
  ...service('Realm', 'keycloak_realm', {
    password: {
      'keycloak-short-password': ['password_policy', byHand(never(/\blength\([0-7]\)/, 'length(4)', 'length(14)')), 'accepts short passwords'],
    },
    identity: {
      'keycloak-shared-addresses': ['duplicate_emails_allowed', notOn, 'lets several accounts share an address', { severity: 'low' }],
      'keycloak-refresh-kept': ['revoke_refresh_token', notOff, 'keeps a refresh token for good', { severity: 'info' }],
    },
  }),
  ...service('Client', 'keycloak_openid_client', {
    identity: { 'keycloak-weak-pkce': ['pkce_code_challenge_method', ifSet('plain', 'S256'), 'hands out codes that others can use'] },
    privilege: { 'keycloak-every-scope': ['full_scope_allowed', notOn, 'gets all roles of its users', { severity: 'low' }] },
  }),
  ...service('Client', 'keycloak_saml_client', {
    identity: {
      'keycloak-saml-unsigned': ['sign_assertions', notOff, 'gets what nobody signed', { severity: 'medium' }],
      'keycloak-saml-document-unsigned': ['sign_documents', notOff, 'gets what nobody signed', { severity: 'low' }],
      'keycloak-saml-client-unsigned': ['client_signature_required', notOff, 'may ask without a signature', { severity: 'low' }],
      'keycloak-saml-any-redirect': ['valid_redirect_uris', byHand(never(/^\*$|^https?:\/\/\*/, ['*'], ['https://chat.example.com/saml'])), 'hands its answers to any page', { severity: 'high' }],
    },
    oldTls: { 'keycloak-saml-signature': ['signature_algorithm', oldHash('RSA_SHA1', 'RSA_SHA256'), 'signs with SHA-1'] },
  }),
  ...service('Identity provider', ['keycloak_oidc_identity_provider', 'keycloak_saml_identity_provider'], {
    identity: {
      'keycloak-provider-unsigned': ['validate_signature', notOff, 'takes what nobody signed', { severity: 'high' }],
      'keycloak-provider-trusted': ['trust_email', notOn, 'is believed which addresses people have', { severity: 'low' }],
    },
    transit: { 'keycloak-provider-plaintext': ['authorization_url|token_url|single_sign_on_service_url|jwks_url', plainUrl, 'is asked without TLS'] },
  }),
  ...service('Directory', ['keycloak_ldap_user_federation', 'vault_ldap_auth_backend', 'vault_ldap_secret_backend'], {
    transit: {
      'directory-plaintext': [
        'connection_url|url',
        byHand(never(/^ldap:\/\/(?!localhost|127\.)/, 'ldap://directory.example.com', 'ldaps://directory.example.com')),
        'is asked for passwords without TLS',
        { orPath: [{ path: 'start_tls|starttls', must: { is: [true] } }] },
      ],
    },
  }),
  ...service('Rights', ['openai_project_user', 'openai_organization_user', 'anthropic_workspace_member', 'anthropic_organization_invite'], {
    privilege: { 'model-account-owner': ['role|workspace_role', not(undefined, 'owner', 'admin', 'workspace_admin'), 'let a person do everything', { severity: 'info' }] },
  }),
  ...service('User', 'pagerduty_user', { privilege: { 'pagerduty-administrator': ['role', not(undefined, 'admin', 'owner'), 'may do everything', { severity: 'info' }] } }),
  ...service('Workspace', 'tfe_workspace_settings', { privilege: { 'workspace-settings-shared': ['global_remote_state', notOn, 'shows its state to every other workspace', { severity: 'medium' }] } }),
  ...service('Policy', 'tfe_policy', { container: { 'workspace-policy-advisory': ['enforce_mode', not(undefined, 'advisory'), 'lets through what it forbids', { severity: 'low' }] } }),
  ...service('Role', 'vault_jwt_auth_backend_role', {
    identity: {
      'vault-any-token': [
        'bound_claims|bound_subject',
        needed,
        'takes the tokens of every caller',
        {
          severity: 'low',
          when: [{ path: 'role_type', must: { is: ['jwt'] } }],
          examples: [
            {
              file: 'main.tf',
              bad: 'resource "vault_jwt_auth_backend_role" "main" {\n                                        ^^^^\n  role_type       = "jwt"\n  bound_audiences = ["chat"]\n}\n',
              good: 'resource "vault_jwt_auth_backend_role" "main" {\n  role_type       = "jwt"\n  bound_audiences = ["chat"]\n  bound_claims    = { repository = "acme/chat" }\n}\n',
            },
          ],
        },
      ],
    },
  }),
  ...service('Key', 'vault_transit_secret_backend_key', {
    secret: {
      'vault-key-exported': ['exportable', notOn, 'can be taken out of Vault', { severity: 'medium' }],
      'vault-key-backup': ['allow_plaintext_backup', notOn, 'can be taken out of Vault', { severity: 'medium' }],
    },
    recovery: { 'vault-key-deletable': ['deletion_allowed', notOn, 'can be deleted, with all that it encrypted'] },
  }),
  ...service('Role', 'vault_ssh_secret_backend_role', {
    privilege: { 'vault-ssh-any-user': ['allowed_users', byHand(never(/^\*$/, '*', 'ubuntu')), 'signs keys for every user', { severity: 'medium' }] },
    identity: { 'vault-ssh-any-host': ['cidr_list', byHand(never(/(?:^|,)0\.0\.0\.0\/0/, '0.0.0.0/0', '10.0.0.0/16')), 'opens every machine', { severity: 'medium' }] },
    oldTls: { 'vault-ssh-old-signature': ['algorithm_signer', ifSet('ssh-rsa', 'rsa-sha2-512', 'rsa-sha2-256', 'default'), 'signs with SHA-1'] },
  }),
  ...service('Role', ['vault_aws_auth_backend_role', 'vault_gcp_auth_backend_role'], {
    privilege: { 'vault-any-cloud-identity': ['bound_iam_principal_arns|bound_service_accounts', byHand(never(/^\*$|:(?:root|\*)$/, ['*'], ['arn:aws:iam::111122223333:role/chat'])), 'is open to any identity', { severity: 'medium' }] },
  }),
  ...service('Connection', 'vault_database_secret_backend_connection', {
    privilege: { 'vault-database-any-role': ['allowed_roles', byHand(never(/^\*$/, ['*'], ['chat'])), 'is open to every role', { severity: 'low' }] },
  }),
  ...service('Role', 'vault_pki_secret_backend_role', {
    identity: { 'vault-pki-globs': ['allow_glob_domains', notOn, 'signs whole families of names', { severity: 'low' }] },
  }),
  ...service('Token', 'vault_token', {
    privilege: { 'vault-root-token': ['policies', byHand(never(/^root$/, ['root'], ['chat'])), 'may do everything' ] },
  }),
  ...service('Service mesh rule', 'consul_intention', {
    segmentation: {
      'consul-everybody-talks': [
        'source_name',
        byHand(never(/^\*$/, '*', 'web')),
        'lets every service in',
        {
          when: [{ path: 'action', must: { is: ['allow'] } }],
          examples: [
            {
              file: 'main.tf',
              bad: 'resource "consul_intention" "main" {\n  source_name      = "*"\n                      ^\n  destination_name = "chat"\n  action           = "allow"\n}\n',
              good: 'resource "consul_intention" "main" {\n  source_name      = "web"\n  destination_name = "chat"\n  action           = "allow"\n}\n',
            },
          ],
        },
      ],
    },
  }),
  ...service('Token', 'nomad_acl_token', { privilege: { 'nomad-management-token': ['type', is('client'), 'may do everything', { severity: 'medium', absent: 'fine', sample: { bad: 'management', good: 'client' } }] } }),
  ...service('Branch protection', 'gitlab_branch_protection', {
    supply: { 'gitlab-developers-push': ['push_access_level', ifSet('developer', 'no one', 'maintainer', 'admin'), 'lets every developer push without a review'] },
  }),
  ...service('Push rules', 'gitlab_project_push_rules', {
    supply: {
      'gitlab-rule-secrets-pushed': ['prevent_secrets', notOff, 'take pushes with secrets in them'],
      'gitlab-rule-foreign-commits': ['commit_committer_check', notOff, 'take commits in the name of others', { severity: 'info' }],
    },
  }),
];
