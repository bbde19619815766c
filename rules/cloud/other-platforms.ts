import { ifSet, is, needed, never, none, notOff, notOn, off, on, service } from '../_families.ts';

const key = 'is not encrypted with a customer-managed key';

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
  ...service('Compute cluster', 'databricks_cluster', {
    privilege: {
      'databricks-cluster-open': ['permissions', needed, 'has no permissions of its own', { severity: 'low', or: [{ type: 'databricks_permissions' }] }],
    },
    host: {
      'databricks-no-isolation': [
        'data_security_mode',
        {
          must: { is: ['USER_ISOLATION', 'SINGLE_USER', 'DATA_SECURITY_MODE_STANDARD', 'DATA_SECURITY_MODE_DEDICATED', 'DATA_SECURITY_MODE_AUTO'] },
          absent: 'bad',
          set: 'USER_ISOLATION',
          sample: { bad: 'NONE' },
        },
        'does not keep its users apart',
        { severity: 'low' },
      ],
    },
    atRest: { 'databricks-local-disk-plain': ['enable_local_disk_encryption', on, 'does not encrypt local disks', { severity: 'low' }] },
    logging: { 'databricks-cluster-without-log': ['cluster_log_conf', needed, 'keeps no log', { severity: 'info' }] },
    exposed: { 'databricks-cluster-ssh': ['ssh_public_keys', none, 'lets people in with SSH', { severity: 'low' }] },
  }),
  ...service('Job', 'databricks_job', {
    privilege: {
      'databricks-job-open': ['permissions', needed, 'has no permissions of its own', { severity: 'low', or: [{ type: 'databricks_permissions' }] }],
      'databricks-job-user': ['run_as', needed, 'runs with the rights of whoever made it', { severity: 'info', confidence: 'low' }],
    },
  }),
  ...service('Permission', 'databricks_permissions', {
    privilege: {
      'databricks-permission-owner': [
        'access_control.permission_level',
        never(/^(?:CAN_MANAGE|IS_OWNER)$/, 'IS_OWNER', 'CAN_VIEW'),
        'gives the rights of an owner',
        { severity: 'low', orPath: [{ path: 'access_control.service_principal_name', must: 'present' }] },
      ],
      'databricks-permission-everybody': [
        'access_control.group_name',
        never(/^users$/, 'users', 'scientists'),
        'gives rights to everybody',
        { severity: 'low' },
      ],
    },
  }),
  ...service('Token', 'databricks_token', {
    expiry: { 'databricks-token-without-end': ['lifetime_seconds', needed, 'never expires', { severity: 'medium' }] },
  }),
  ...service('Workspace', 'databricks_workspace_conf', {
    privilege: { 'databricks-tokens-allowed': ['custom_config.enableTokensConfig', notOn, 'allows personal tokens', { severity: 'info' }] },
  }),
  ...service('Access list', 'databricks_ip_access_list', {
    exposed: { 'databricks-open-range': ['ip_addresses', never(/^0\.0\.0\.0\/0$/, ['0.0.0.0/0'], ['203.0.113.0/24']), 'lets every address in'] },
  }),
  ...service('Model endpoint', 'databricks_model_serving', {
    logging: {
      'databricks-serving-without-log': [
        'ai_gateway.inference_table_config.enabled|config.auto_capture_config.enabled',
        on,
        'records no requests',
        { severity: 'info' },
      ],
    },
    filter: { 'databricks-serving-without-guardrail': ['ai_gateway.guardrails', needed, 'has no guardrail', { severity: 'info' }] },
  }),
  ...service('Network policy', 'snowflake_network_policy', {
    exposed: { 'snowflake-open-network': ['allowed_ip_list', never(/^0\.0\.0\.0\/0$/, ['0.0.0.0/0'], ['203.0.113.0/24']), 'lets every address in'] },
  }),
  ...service('User', 'snowflake_user', {
    identity: { 'snowflake-user-without-mfa': ['must_change_password', notOff, 'keeps its first password', { severity: 'low' }] },
  }),
  ...service('Rights', ['snowflake_grant_account_role', 'snowflake_role_grants'], {
    privilege: { 'snowflake-account-admin': ['role_name', never(/^ACCOUNTADMIN$/i, 'ACCOUNTADMIN', 'ANALYST'), 'give all rights in the account'] },
  }),
  ...service('Stage', 'snowflake_stage', {
    secret: { 'snowflake-stage-credentials': ['credentials', none, 'has its credentials written down'] },
    atRest: { 'snowflake-stage-plain': ['encryption', needed, 'names no encryption', { severity: 'info' }] },
  }),
  ...service('Database', ['mongodbatlas_cluster', 'mongodbatlas_advanced_cluster'], {
    recovery: { 'atlas-without-backup': ['cloud_backup|backup_enabled', on, 'keeps no backups'] },
    customerKey: {
      'atlas-without-key': [
        'encryption_at_rest_provider',
        { must: { not: ['NONE'] }, absent: 'bad', sample: { bad: 'NONE', good: 'AWS' } },
        key,
        { severity: 'info' },
      ],
    },
    oldTls: {
      'atlas-old-tls': ['advanced_configuration.minimum_enabled_tls_protocol', never(/TLS1_[01]/, 'TLS1_0', 'TLS1_2'), 'accepts outdated TLS versions'],
    },
  }),
  ...service('Access list', 'mongodbatlas_project_ip_access_list', {
    exposed: { 'atlas-open-range': ['cidr_block', never(/^0\.0\.0\.0\/0$/, '0.0.0.0/0', '203.0.113.0/24'), 'lets every address in'] },
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
  ...service('Vector index', ['pinecone_index'], {
    recovery: { 'pinecone-deletion': ['deletion_protection', is('enabled'), 'can be deleted without further ado', { sample: { bad: 'disabled' } }] },
  }),
  ...service('Endpoint', ['huggingface_endpoint', 'huggingface_inference_endpoint'], {
    exposed: {
      'huggingface-public-endpoint': [
        'type',
        { must: { is: ['protected', 'private'] }, absent: 'bad', set: 'protected', sample: { bad: 'public' } },
        'can be called by anybody',
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
    expiry: { 'azuread-password-without-end': ['end_date|end_date_relative', needed, 'lives for two years', { severity: 'low' }] },
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
];
