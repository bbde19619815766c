import { families, ifSet, least, most, needed, never, not, notOff, notOn, service } from '../_families.ts';
import { mapOfResource, objectRule, textsAt } from '../_kubernetes.ts';
import { sourceOf } from '../_source.ts';

const plainAddress = never(/^http:\/\/(?!localhost|127\.0\.0\.1)/, ['http://chat.example.com/callback'], ['https://chat.example.com/callback']);

const setting = (id: string, value: string): string => `resource "cloudflare_zone_setting" "main" {\n  setting_id = "${id}"\n  value      = "${value}"\n`;

export default [
  ...service('Protection', 'auth0_attack_protection', {
    password: {
      'auth0-guessing-open': ['brute_force_protection.enabled', notOff, 'lets passwords be guessed', { severity: 'medium' }],
      'auth0-breached-passwords': ['breached_password_detection.enabled', notOff, 'takes passwords that are known from leaks'],
      'auth0-fast-addresses': ['suspicious_ip_throttling.enabled', notOff, 'does not slow down addresses that try many accounts'],
    },
  }),
  ...service('Connection', 'auth0_connection', {
    password: {
      'auth0-weak-password': ['options.password_policy', { must: { not: ['none', 'low', 'fair'] }, absent: 'fine', set: 'excellent' }, 'accepts weak passwords'],
      'auth0-connection-guessing': ['options.brute_force_protection', notOff, 'lets passwords be guessed', { severity: 'medium' }],
    },
  }),
  ...service('Second factor', 'auth0_guardian', {
    identity: { 'auth0-never-second-factor': ['policy', ifSet('never', 'all-applications', 'confidence-score'), 'is never asked for'] },
  }),
  ...service('Client', 'auth0_client', {
    identity: {
      'auth0-old-grant': ['grant_types', never(/^(?:implicit|password)$/, ['implicit'], ['authorization_code']), 'gets tokens in the old ways'],
    },
    transit: {
      'auth0-plain-callback': ['callbacks', plainAddress, 'sends its tokens over plain HTTP', { severity: 'medium' }],
    },
  }),
  ...service('Client', 'auth0_client', {
    identity: {
      'auth0-unsigned-token': ['jwt_configuration.alg', ifSet('none', 'RS256', 'HS256', 'PS256', 'RS512', 'PS512'), 'takes tokens that nobody signed', { severity: 'high' }],
      'auth0-client-not-conformant': ['oidc_conformant', notOff, 'keeps to the old ways of signing in', { severity: 'low' }],
      'auth0-cross-origin': ['cross_origin_auth', notOn, 'signs in from other pages', { severity: 'info' }],
    },
  }),
  ...service('API', 'auth0_resource_server', {
    identity: {
      'auth0-shared-signature': ['signing_alg', ifSet('HS256', 'RS256', 'PS256', 'RS512'), 'signs tokens with a secret that its clients share', { severity: 'low' }],
      'auth0-long-tokens': ['token_lifetime', most(86400), 'takes tokens that are older than a day', { severity: 'low' }],
    },
  }),
  ...service('Application', 'okta_app_oauth', {
    identity: {
      'okta-old-grant': ['grant_types', never(/^(?:implicit|password)$/, ['implicit'], ['authorization_code']), 'gets tokens in the old ways'],
    },
    transit: {
      'okta-plain-redirect': ['redirect_uris', plainAddress, 'sends its tokens over plain HTTP', { severity: 'medium' }],
    },
  }),
  ...service('Tenant', 'auth0_tenant', {
    identity: { 'auth0-tells-accounts': ['flags.enable_public_signup_user_exists_error', notOn, 'tells who has an account', { severity: 'low' }] },
  }),
  ...service('Password policy', ['okta_policy_password', 'okta_policy_password_default'], {
    password: { 'okta-password-never-locks': ['password_max_lockout_attempts', { must: { least: 1 }, absent: 'fine', set: 5 }, 'lets passwords be guessed', { severity: 'medium' }] },
  }),
  ...service('Enrolment policy', ['okta_policy_mfa', 'okta_policy_mfa_default'], {
    identity: { 'okta-factor-by-phone': ['okta_sms.enroll|okta_call.enroll|phone_number.enroll', { must: { is: ['NOT_ALLOWED'] }, absent: 'fine', set: 'NOT_ALLOWED', sample: { bad: 'OPTIONAL' } }, 'takes codes that a stolen telephone number gets as well', { severity: 'info' }] },
  }),
  ...service('Sign-in method', 'vault_auth_backend', {
    identity: { 'vault-method-listed': ['tune.listing_visibility', ifSet('unauth', 'hidden'), 'is shown to everybody who asks', { severity: 'info' }] },
  }),
  ...service('Role', 'vault_token_auth_backend_role', {
    privilege: { 'vault-orphan-tokens': ['orphan', notOn, 'makes tokens that outlive what made them', { severity: 'low' }] },
  }),
  ...service('Realm', 'keycloak_realm', {
    transit: { 'keycloak-without-tls': ['ssl_required', ifSet('none', 'external', 'all'), 'takes passwords over plain HTTP'] },
    password: {
      'keycloak-guessing-open': ['security_defenses.brute_force_detection', needed, 'lets passwords be guessed', { severity: 'medium' }],
      'keycloak-without-password-policy': ['password_policy', needed, 'accepts any password'],
    },
    identity: { 'keycloak-address-unverified': ['verify_email', notOff, 'does not verify addresses', { severity: 'low' }] },
  }),
  ...service('Client', 'keycloak_openid_client', {
    identity: {
      'keycloak-implicit-flow': ['implicit_flow_enabled', notOn, 'gets tokens in the address of a page'],
      'keycloak-password-grant': ['direct_access_grants_enabled', notOn, 'takes the passwords of its users itself', { severity: 'low' }],
      'keycloak-any-redirect': ['valid_redirect_uris', never(/^\*$|^https?:\/\/\*/, ['*'], ['https://chat.example.com/callback']), 'hands its tokens to any page', { severity: 'high' }],
    },
    exposed: {
      'keycloak-any-origin': ['web_origins', never(/^\*$/, ['*'], ['https://chat.example.com']), 'answers pages of any origin', { severity: 'medium' }],
    },
  }),
  ...service('Role', 'vault_approle_auth_backend_role', {
    identity: {
      'vault-role-without-secret': ['bind_secret_id', notOff, 'asks for no secret'],
      'vault-role-anywhere': ['secret_id_bound_cidrs|token_bound_cidrs', needed, 'can be used from any address', { severity: 'info', confidence: 'low' }],
    },
    expiry: { 'vault-secret-without-end': ['secret_id_ttl', { must: { least: 1 }, absent: 'bad', set: 3600 }, 'has secrets without an end'] },
  }),
  ...service('Role', 'vault_kubernetes_auth_backend_role', {
    privilege: {
      'vault-any-service-account': ['bound_service_account_names', never(/^\*$/, ['*'], ['chat']), 'is open to any service account', { severity: 'medium' }],
      'vault-any-namespace': ['bound_service_account_namespaces', never(/^\*$/, ['*'], ['chat']), 'is open to any namespace', { severity: 'medium' }],
    },
  }),
  ...service('Role', 'vault_jwt_auth_backend_role', {
    identity: { 'vault-any-audience': ['bound_audiences|bound_claims|bound_subject', needed, 'takes tokens that were made for others'] },
  }),
  ...service('Role', 'vault_pki_secret_backend_role', {
    identity: {
      'vault-any-name': ['allow_any_name', notOn, 'signs any name', { severity: 'high' }],
      'vault-hosts-unchecked': ['enforce_hostnames', notOff, 'signs what is no name of a host', { severity: 'low' }],
    },
    oldTls: { 'vault-short-key': ['key_bits', { must: { not: [512, 1024] }, absent: 'fine', set: 2048 }, 'signs short keys'] },
  }),
  ...service('Token', 'databricks_token', {
    expiry: { 'databricks-long-token': ['lifetime_seconds', most(7776000), 'lasts longer than 90 days'] },
  }),
  ...service('Private key', 'tls_private_key', {
    oldTls: { 'tls-short-key': ['rsa_bits', least(2048), 'is short'] },
  }),
  ...service('Data source', 'grafana_data_source', {
    transit: {
      'grafana-plain-source': [
        'url',
        never(/^http:\/\/(?!localhost|127\.|[\w-]+(?:[:/]|$)|[\w.-]+\.(?:svc|local|internal)\b)/, 'http://logs.example.com', 'https://logs.example.com'),
        'is read over plain HTTP',
        { severity: 'low' },
      ],
    },
  }),
  ...service('Variable', ['tfe_variable', 'spacelift_environment_variable', 'env0_configuration_variable'], {
    secret: {
      'workspace-variable-shown': ['sensitive|write_only|is_sensitive', notOff, 'shows its secret to everybody who sees the workspace', {
        severity: 'medium', when: [{ path: 'key|name', must: { matches: /(?:password|passwd|secret|token|api_?key|private_?key|access_?key)$/i } }],
        examples: [{
          file: 'main.tf',
          bad: 'resource "tfe_variable" "key" {\n  key       = "OPENAI_API_KEY"\n  value     = var.key\n  sensitive = false\n              ^^^^^\n}\n',
          good: 'resource "tfe_variable" "key" {\n  key       = "OPENAI_API_KEY"\n  value     = var.key\n  sensitive = true\n}\n',
          fixed: 'resource "tfe_variable" "key" {\n  key       = "OPENAI_API_KEY"\n  value     = var.key\n  sensitive = true\n}\n',
        }],
      }],
    },
  }),
  ...service('Workspace', 'tfe_workspace', {
    privilege: { 'workspace-state-shared': ['global_remote_state', notOn, 'shows its state to every other workspace', { severity: 'medium' }] },
    supply: { 'workspace-applies-itself': ['auto_apply', notOn, 'changes infrastructure without anybody looking', { severity: 'info', confidence: 'low' }] },
  }),
  ...service('Organisation', 'tfe_organization', {
    identity: { 'workspace-organisation-without-mfa': ['collaborator_auth_policy', ifSet('password', 'two_factor_mandatory'), 'asks for no second factor', { severity: 'low' }] },
  }),
  ...service('Bucket', ['scaleway_object_bucket_acl', 'scaleway_object_bucket'], {
    public: { 'scaleway-public-bucket': ['acl', not('private', 'public-read', 'public-read-write', 'authenticated-read'), 'is open to the public'] },
  }),
  ...service('Zone setting', 'cloudflare_zone_setting', {
    transit: {
      'cloudflare-origin-plain': [
        'value',
        { must: { not: ['off', 'flexible'] }, absent: 'fine', set: 'strict' },
        'sends traffic to the origin unencrypted',
        {
          when: [{ path: 'setting_id', must: { is: ['ssl'] } }],
          examples: [
            {
              file: 'main.tf',
              bad: `${setting('ssl', 'flexible')}                ^^^^^^^^\n}\n`,
              good: `${setting('ssl', 'strict')}}\n`,
              fixed: `${setting('ssl', 'strict')}}\n`,
            },
          ],
        },
      ],
    },
    oldTls: {
      'cloudflare-setting-old-tls': [
        'value',
        { must: { not: ['1.0', '1.1'] }, absent: 'fine', set: '1.2' },
        'accepts outdated TLS versions',
        {
          when: [{ path: 'setting_id', must: { is: ['min_tls_version'] } }],
          examples: [
            {
              file: 'main.tf',
              bad: `${setting('min_tls_version', '1.0')}                ^^^\n}\n`,
              good: `${setting('min_tls_version', '1.2')}}\n`,
              fixed: `${setting('min_tls_version', '1.2')}}\n`,
            },
          ],
        },
      ],
    },
  }),
  objectRule({
    id: 'iam/oci-policy-everybody',
    title: 'Policy of Oracle Cloud that allows too much',
    severity: 'high',
    types: ['oci_identity_policy'],
    file: 'main.tf',
    what: 'Reports statements that let `any-user` manage or use something with no condition, or a group manage all resources of the tenancy.',
    why: families.privilege.why,
    references: families.privilege.references,
    noFix: 'Who needs what has to be known.',
    check: (resource, tell) => {
      for (const one of textsAt(mapOfResource(resource), 'statements')) {
        const statement = one.value.replace(/\s+/g, ' ').trim();
        const conditional = /\bwhere\b/i.test(statement);
        if (/^allow any-(?:user|group) to (?:manage|use|read|inspect)\b/i.test(statement) && !conditional) tell(one, `Policy "${resource.name}" is for everybody.`);
        else if (/ to manage all-resources in tenancy\b/i.test(statement) && !conditional && !/^allow group '?(?:\w+'?\/'?)?administrators\b/i.test(statement))
          tell(one, `Policy "${resource.name}" allows everything.`);
      }
    },
    bad: [
      'resource "oci_identity_policy" "main" {',
      '  statements = ["Allow any-user to manage buckets in tenancy"]',
      `                 ${'^'.repeat('Allow any-user to manage buckets in tenancy'.length)}`,
      '}',
      '',
    ].join('\n'),
    good: 'resource "oci_identity_policy" "main" {\n  statements = ["Allow group chat to read buckets in compartment chat"]\n}\n',
  }),
  objectRule({
    id: 'iam/vault-policy-everything',
    title: 'Policy of Vault for every path',
    severity: 'high',
    types: ['vault_policy'],
    file: 'main.tf',
    what: 'Reports policies of Vault that allow changes below `*`, or `sudo`.',
    why: families.privilege.why,
    references: families.privilege.references,
    noFix: 'The paths have to be chosen.',
    check: (resource, tell, context) => {
      const policy = resource.attributes.get('policy')?.value;
      if (!policy) return;
      const { path, range } = policy.origin;
      const text = sourceOf(context, { path, range });
      for (const match of text.matchAll(/\bpath\s+\\?"([^"\\\n]+)\\?"\s*\{([^}]*)\}/g)) {
        const all = /^\+?\/?\*$/.test(match[1]!) && /\b(?:create|update|delete|sudo|patch)\b/.test(match[2]!);
        if (!all && !/\\?"sudo\\?"/.test(match[2]!)) continue;
        const start = range.start + match.index + match[0].indexOf(match[1]!);
        const origin = { path, range: { start, end: start + match[1]!.length } };
        tell({ kind: 'null', origin, at: origin }, all ? `Policy "${resource.name}" allows everything.` : `Policy "${resource.name}" allows sudo on ${match[1]}.`);
      }
    },
    bad: 'resource "vault_policy" "main" {\n  name   = "chat"\n  policy = <<EOT\npath "*" {\n      ^\n  capabilities = ["create", "read", "update", "delete", "sudo"]\n}\nEOT\n}\n',
    good: 'resource "vault_policy" "main" {\n  name   = "chat"\n  policy = <<EOT\npath "secret/data/chat/*" {\n  capabilities = ["read"]\n}\nEOT\n}\n',
  }),
];
