import { ifSet, least, most, needed, never, none, notOff, notOn, on, service } from '../_families.ts';

export default [
  ...service('Repository', 'github_repository', {
    exposed: {
      'github-public-repository': ['visibility', ifSet('public', 'private', 'internal'), 'is public', { severity: 'low' }],
      'github-visibility-unset': ['visibility|private', needed, 'is public unless somebody says otherwise', { severity: 'low' }],
      'github-not-private': ['private', notOff, 'is not private', { severity: 'low' }],
    },
    logging: {
      'github-alerts-off': ['vulnerability_alerts', on, 'tells nobody of vulnerable dependencies', { orPath: [{ path: 'archived', must: { is: [true] } }] }],
    },
    supply: { 'github-branch-kept': ['delete_branch_on_merge', on, 'keeps merged branches', { severity: 'info', confidence: 'low' }] },
  }),
  ...service('Branch protection', ['github_branch_protection', 'github_branch_protection_v3'], {
    supply: {
      'github-unsigned-commits': ['require_signed_commits', on, 'takes unsigned commits', { severity: 'info' }],
      'github-few-approvals': [
        'required_pull_request_reviews.required_approving_review_count',
        { must: { least: 2 }, absent: 'bad', set: 2 },
        'asks for less than two approvals',
        { severity: 'info' },
      ],
      'github-force-push': ['allows_force_pushes|allow_force_pushes', notOn, 'lets history be rewritten', { severity: 'medium' }],
      'github-admins-exempt': ['enforce_admins', on, 'does not hold for administrators', { severity: 'info' }],
    },
  }),
  ...service(
    'Secret',
    [
      'github_actions_environment_secret',
      'github_actions_organization_secret',
      'github_actions_secret',
      'github_dependabot_secret',
      'github_codespaces_secret',
    ],
    {
      atRest: {
        'github-plaintext-secret': [
          'plaintext_value',
          none,
          'is written down in plain text',
          {
            severity: 'medium',
            examples: [
              {
                file: 'main.tf',
                bad: 'resource "github_actions_secret" "key" {\n  plaintext_value = var.key\n                    ^^^^^^^\n}\nvariable "key" {\n  default = "chart"\n}\n',
                good: 'resource "github_actions_secret" "key" {\n  encrypted_value = "a"\n}\n',
              },
            ],
          },
        ],
      },
    },
  ),
  ...service('Webhook', ['github_repository_webhook', 'github_organization_webhook'], {
    transit: {
      'github-webhook-insecure': ['configuration.insecure_ssl', notOn, 'does not check certificates', { severity: 'medium' }],
      'github-webhook-http': ['configuration.url', never(/^http:/, 'http://ci.example.com', 'https://ci.example.com'), 'is sent over plain HTTP'],
    },
  }),
  ...service('Organization', 'github_organization_settings', {
    privilege: {
      'github-default-write': [
        'default_repository_permission',
        never(/^(?:write|admin)$/, 'write', 'read'),
        'lets all members write everywhere',
        { severity: 'medium' },
      ],
    },
    logging: { 'github-org-alerts': ['dependabot_alerts_enabled_for_new_repositories', on, 'leaves new repositories without alerts', { severity: 'info' }] },
  }),
  ...service('Deploy key', 'github_repository_deploy_key', {
    privilege: { 'github-deploy-key-write': ['read_only', on, 'can write to its repository', { severity: 'low' }] },
  }),
  ...service('Project', 'gitlab_project', {
    exposed: { 'gitlab-public-project': ['visibility_level', ifSet('public', 'private', 'internal'), 'is public', { severity: 'low' }] },
    supply: {
      'gitlab-unsigned-commits': ['push_rules.reject_unsigned_commits', on, 'takes unsigned commits', { severity: 'info' }],
      'gitlab-few-approvals': [
        'approvals_before_merge',
        { must: { least: 2 }, absent: 'bad', set: 2 },
        'asks for less than two approvals',
        { severity: 'info' },
      ],
      'gitlab-secrets-pushed': ['push_rules.prevent_secrets', on, 'takes commits with secrets', { severity: 'low' }],
    },
  }),
  ...service('Branch protection', 'gitlab_branch_protection', {
    supply: { 'gitlab-force-push': ['allow_force_push', notOn, 'lets history be rewritten', { severity: 'medium' }] },
  }),
  ...service('Sign-on rule', ['okta_app_signon_policy_rule'], {
    privilege: {
      'okta-one-factor': [
        'factor_mode',
        { must: { is: ['2FA'] }, absent: 'fine', set: '2FA', sample: { bad: '1FA' } },
        'asks for no second factor',
        { severity: 'medium' },
      ],
    },
  }),
  ...service('Password policy', ['okta_policy_password'], {
    password: { 'okta-password-length': ['password_min_length', { must: { least: 12 }, absent: 'fine', set: 12 }, 'accepts short passwords'] },
  }),
  ...service('Sign-on policy', ['okta_policy_rule_signon'], { identity: { 'okta-signon-without-mfa': ['mfa_required', on, 'asks for no second factor'] } }),
  ...service('Management profile', 'panos_management_profile', {
    transit: {
      'panos-http': ['http', notOn, 'offers its console over plain HTTP', { ansible: 'http', severity: 'high' }],
      'panos-telnet': ['telnet', notOn, 'offers its console over Telnet', { ansible: 'telnet', severity: 'high' }],
      'panos-snmp': ['snmp', notOn, 'offers SNMP', { ansible: 'snmp', severity: 'low' }],
    },
    exposed: { 'panos-open-management': ['permitted_ips', needed, 'lets every address reach the console', { ansible: 'permitted_ip', severity: 'medium' }] },
  }),
  ...service('Security rule', ['panos_security_rule', 'panos_security_policy', 'panos_security_rule_group'], {
    segmentation: {
      'panos-any-service': [
        'rule.services|services|service',
        never(/^any$/, ['any'], ['application-default']),
        'lets every service through',
        { ansible: 'service' },
      ],
      'panos-any-application': [
        'rule.applications|applications|application',
        never(/^any$/, ['any'], ['ssl']),
        'lets every application through',
        { ansible: 'application', severity: 'low' },
      ],
      'panos-any-source': [
        'rule.source_addresses|source_addresses|source_ip',
        never(/^any$/, ['any'], ['10.0.0.0/24']),
        'lets every address in',
        { ansible: 'source_ip', severity: 'low' },
      ],
      'panos-any-both': [
        'rule.destination_addresses|destination_addresses|destination_ip',
        never(/^any$/, ['any'], ['10.0.1.0/24']),
        'lets every address reach every other',
        {
          when: [{ path: 'rule.source_addresses|source_addresses|source_ip', must: { is: ['any'] } }],
          examples: [
            {
              file: 'main.tf',
              bad: 'resource "panos_security_rule" "all" {\n  source_ip      = ["any"]\n  destination_ip = ["any"]\n                     ^^^\n}\n',
              good: 'resource "panos_security_rule" "all" {\n  source_ip      = ["any"]\n  destination_ip = ["10.0.1.0/24"]\n}\n',
            },
          ],
        },
      ],
      'panos-response-inspection-off': [
        'rule.disable_server_response_inspection|disable_server_response_inspection',
        notOn,
        'does not look at answers',
        { ansible: 'disable_server_response_inspection' },
      ],
    },
    privilege: {
      'panos-without-description': ['rule.description|description', needed, 'does not say why it is there', { ansible: 'description', severity: 'info' }],
    },
    logging: {
      'panos-without-end-log': ['rule.log_end|log_end', notOff, 'records nothing at the end of a session', { ansible: 'log_end' }],
      'panos-without-log-profile': ['rule.log_setting|log_setting', needed, 'forwards no log', { ansible: 'log_setting', severity: 'info' }],
    },
  }),
  ...service('Zone', ['panos_zone', 'panos_panorama_zone'], {
    segmentation: { 'panos-zone-unprotected': ['zone_profile', needed, 'has no protection profile', { ansible: 'zone_profile' }] },
    privilege: {
      'panos-zone-include': [
        'include_acls|include_acl',
        needed,
        'looks up users of every network',
        { ansible: 'include_acl', when: [{ path: 'enable_user_id|enable_userid', must: { is: [true] } }], severity: 'low' },
      ],
    },
  }),
  ...service('IPsec profile', ['panos_ipsec_crypto_profile', 'panos_ike_crypto_profile'], {
    oldTls: {
      'panos-weak-encryption': [
        'encryptions|encryption|esp_encryption',
        never(/^(?:des|3des|null|aes-128-cbc|aes-192-cbc|aes-256-cbc)$/, ['des'], ['aes-256-gcm']),
        'allows weak encryption',
        { ansible: 'encryption|esp_encryption' },
      ],
      'panos-weak-authentication': [
        'authentications|authentication|esp_authentication',
        never(/^(?:none|md5|sha1)$/, ['md5'], ['sha256']),
        'allows weak checks of origin',
        { ansible: 'authentication|esp_authentication' },
      ],
    },
  }),
  ...service('Zone settings', ['cloudflare_zone_settings_override'], {
    oldTls: {
      'cloudflare-old-tls': [
        'settings.min_tls_version',
        { must: { is: ['1.2', '1.3'] }, absent: 'fine', set: '1.2', sample: { bad: '1.0' } },
        'accept outdated TLS versions',
      ],
    },
    transit: {
      'cloudflare-http': ['settings.always_use_https', notOff, 'accept plain HTTP'],
      'cloudflare-flexible': ['settings.ssl', never(/^(?:off|flexible)$/, 'flexible', 'strict'), 'send traffic to the origin unencrypted'],
    },
  }),
  ...service('DNS record', 'cloudflare_record', {
    filter: {
      'cloudflare-record-bare': [
        'proxied',
        on,
        'shows the address of its origin',
        { severity: 'info', confidence: 'low', when: [{ path: 'type', must: { is: ['A', 'AAAA', 'CNAME'] } }] },
      ],
    },
  }),
  ...service('Application', 'azuread_application', {
    transit: {
      'azuread-http-redirect': [
        'web.redirect_uris',
        never(/^http:\/\/(?!localhost|127\.)/, ['http://app.example.com/'], ['https://app.example.com/']),
        'sends tokens over plain HTTP',
      ],
    },
    identity: { 'azuread-implicit-grant': ['web.implicit_grant.access_token_issuance_enabled', notOn, 'hands tokens to browsers'] },
  }),
  ...service('Password', ['azuread_application_password', 'azuread_service_principal_password'], {
    expiry: {
      'azuread-password-without-end': ['end_date|end_date_relative', needed, 'lives for two years', { severity: 'low' }],
      'azuread-password-for-ever': [
        'end_date|end_date_relative',
        never(/^(?:20[4-9]\d|2[1-9]\d\d|9999)-|^(?:[2-9]\d{4}|\d{6,})h/, '2099-01-01T00:00:00Z', '2027-01-01T00:00:00Z'),
        'lives for many years',
        { severity: 'medium' },
      ],
    },
  }),
  ...service('Key', 'tls_private_key', {
    secret: { 'tls-private-key-in-state': ['algorithm', none, 'is kept in the state', { severity: 'info', confidence: 'medium' }] },
  }),
  ...service('Backend', 'terraform', {
    atRest: {
      'terraform-state-plain': [
        'backend.encrypt',
        notOff,
        'keeps its state unencrypted',
        {
          severity: 'medium',
          examples: [
            {
              file: 'main.tf',
              bad: 'terraform {\n  backend "s3" {\n    encrypt = false\n              ^^^^^\n  }\n}\n',
              fixed: 'terraform {\n  backend "s3" {\n    encrypt = true\n  }\n}\n',
              good: 'terraform {\n  backend "s3" {\n    encrypt = true\n  }\n}\n',
            },
          ],
        },
      ],
    },
  }),
  ...service('Repository', 'github_repository', {
    supply: { 'github-repository-without-alerts': ['vulnerability_alerts', on, 'is not checked for vulnerable dependencies', { severity: 'info' }] },
    detection: {
      'github-secret-scanning-off': ['security_and_analysis.secret_scanning.status', ifSet('disabled', 'enabled'), 'is not searched for secrets'],
      'github-push-protection-off': [
        'security_and_analysis.secret_scanning_push_protection.status',
        ifSet('disabled', 'enabled'),
        'takes pushes with secrets in them',
      ],
    },
  }),
  ...service('Branch protection', ['github_branch_protection', 'github_branch_protection_v3'], {
    supply: {
      'github-stale-reviews': ['required_pull_request_reviews.dismiss_stale_reviews', on, 'keeps reviews of what was changed since', { severity: 'info' }],
      'github-without-code-owners': ['required_pull_request_reviews.require_code_owner_reviews', on, 'asks no owner of the code', { severity: 'info' }],
      'github-branch-deletable': ['allows_deletions', notOn, 'lets its branch be deleted', { severity: 'low' }],
      'github-open-conversations': ['require_conversation_resolution', on, 'merges while questions are open', { severity: 'info', confidence: 'low' }],
    },
  }),
  ...service('Actions setting', ['github_actions_repository_permissions', 'github_actions_organization_permissions'], {
    supply: { 'github-any-action': ['allowed_actions', ifSet('all', 'selected', 'local_only'), 'lets every action run', { severity: 'low' }] },
  }),
  ...service(
    'Secret',
    [
      'github_actions_environment_secret',
      'github_actions_secret',
      'github_actions_organization_secret',
      'github_dependabot_secret',
      'github_codespaces_secret',
    ],
    { secret: { 'github-secret-in-state': ['plaintext_value', none, 'is kept in the state in plain text', { severity: 'low' }] } },
  ),
  ...service('Group', 'gitlab_group', {
    exposed: { 'gitlab-public-group': ['visibility_level', ifSet('public', 'private', 'internal'), 'can be read by everybody', { severity: 'low' }] },
    identity: { 'gitlab-group-without-mfa': ['require_two_factor_authentication', on, 'asks for no second factor', { severity: 'low' }] },
  }),
  ...service('Project', 'gitlab_project', {
    supply: {
      'gitlab-merge-without-pipeline': ['only_allow_merge_if_pipeline_succeeds', on, 'merges what was not tested', { severity: 'info' }],
      'gitlab-foreign-commits': ['push_rules.commit_committer_check', on, 'takes commits in the name of others', { severity: 'info' }],
    },
  }),
  ...service('Webhook', ['gitlab_project_hook', 'gitlab_group_hook'], {
    transit: {
      'gitlab-webhook-unchecked': ['enable_ssl_verification', notOff, 'is called without checking its certificate', { severity: 'medium' }],
      'gitlab-webhook-http': ['url', never(/^http:/, 'http://a.example.com', 'https://a.example.com'), 'is called over plain HTTP', { severity: 'medium' }],
    },
  }),
  ...service('Variable', ['gitlab_project_variable', 'gitlab_group_variable', 'gitlab_instance_variable'], {
    secret: { 'gitlab-variable-shown': ['masked', notOff, 'is shown in logs', { severity: 'low' }] },
    privilege: { 'gitlab-variable-everywhere': ['protected', notOff, 'is given to every branch', { severity: 'info' }] },
  }),
  ...service('Token', ['gitlab_project_access_token', 'gitlab_group_access_token', 'gitlab_personal_access_token'], {
    privilege: {
      'gitlab-token-owner': ['access_level', ifSet('owner', 'reporter', 'guest', 'developer', 'maintainer', 'planner', 'no one', 'minimal'), 'may do all that an owner may', { severity: 'medium' }],
      'gitlab-token-whole-api': ['scopes', never(/^(?:api|sudo|admin_mode)$/, ['api'], ['read_repository']), 'opens the whole API', { severity: 'low' }],
    },
    expiry: { 'gitlab-token-without-end': ['expires_at', needed, 'never expires', { orPath: [{ path: 'rotation_configuration', must: 'present' }] }] },
  }),
  ...service('Settings', 'gitlab_application_settings', {
    identity: {
      'gitlab-sign-up-open': ['signup_enabled', notOn, 'let everybody make an account', { severity: 'low' }],
      'gitlab-without-mfa': ['require_two_factor_authentication', notOff, 'ask for no second factor', { severity: 'medium' }],
    },
    supply: { 'gitlab-hooks-to-inside': ['allow_local_requests_from_web_hooks_and_services', notOn, 'let webhooks reach the network inside', { severity: 'medium' }] },
  }),
  ...service('Password policy', ['okta_policy_password', 'okta_policy_password_default'], {
    password: {
      'okta-password-lock': ['password_max_lockout_attempts', most(10), 'may be guessed for long', { severity: 'low' }],
      'okta-password-history': ['password_history_count', least(5), 'can be used again soon', { severity: 'info' }],
      ...Object.fromEntries(
        (['lowercase', 'uppercase', 'number', 'symbol'] as const).map((kind) => [
          `okta-password-${kind}`,
          [`password_min_${kind}`, { must: { least: 1 }, absent: 'fine', set: 1, sample: { bad: 0 } }, `needs no ${kind}`, { severity: 'info' }] as const,
        ]),
      ),
    },
  }),
  ...service('Zone', ['cloudflare_zone_dnssec', 'cloudflare_zone_setting'], {
    segmentation: { 'cloudflare-dnssec-off': ['status', ifSet('disabled', 'active'), 'is not signed', { severity: 'low' }] },
  }),
  ...service('Access policy', ['cloudflare_access_policy', 'cloudflare_zero_trust_access_policy'], {
    identity: { 'cloudflare-access-everybody': ['include.everyone', notOn, 'lets everybody in', { severity: 'medium' }] },
  }),
  ...service('Backend', 'vault_audit', { logging: { 'vault-audit-raw': ['options.log_raw', notOn, 'writes secrets to its log', { severity: 'high' }] } }),
  ...service('Service', ['render_web_service', 'heroku_app', 'vercel_project'], {
    supply: { 'hosting-protection-off': ['git_fork_protection', notOff, 'builds what strangers propose', { severity: 'low' }] },
  }),
];
