import { ifSet, missing, needed, never, none, off, service } from '../_families.ts';

const key = 'is not encrypted with a customer-managed key';
const iamGrants = (kinds: readonly string[]): readonly string[] => kinds.flatMap((kind) => [`google_${kind}_iam_member`, `google_${kind}_iam_binding`]);
const everybody = /^(?:allUsers|allAuthenticatedUsers)$/;
const grants = ['project', 'folder', 'organization'].flatMap((kind) => [`google_${kind}_iam_member`, `google_${kind}_iam_binding`]);

export default [
  ...service(
    'Grant',
    iamGrants([
      'pubsub_topic',
      'pubsub_subscription',
      'artifact_registry_repository',
      'kms_crypto_key',
      'kms_key_ring',
      'secret_manager_secret',
      'spanner_database',
      'compute_instance',
      'data_catalog_entry_group',
      'healthcare_dataset',
      'vertex_ai_endpoint',
      'notebooks_instance',
      'notebooks_runtime',
      'bigtable_table',
      'project',
      'folder',
      'organization',
      'endpoints_service',
      'cloud_tasks_queue',
      'sourcerepo_repository',
    ]),
    { public: { 'gcp-grant-to-everybody': ['member|members', never(everybody, 'allUsers', 'user:ada@example.com'), 'gives rights to everybody'] } },
  ),
  ...service('Folder grant', iamGrants(['folder']), {
    privilege: {
      'gcp-folder-basic-role': [
        'role',
        never(/^roles\/(?:owner|editor|viewer)$/, 'roles/editor', 'roles/storage.objectViewer'),
        'gives a basic role in the folder',
        { severity: 'medium' },
      ],
    },
  }),
  ...service('Organisation grant', iamGrants(['organization']), {
    privilege: {
      'gcp-organization-basic-role': [
        'role',
        never(/^roles\/(?:owner|editor|viewer)$/, 'roles/editor', 'roles/storage.objectViewer'),
        'gives a basic role in the organisation',
        { severity: 'medium' },
      ],
    },
  }),
  ...service('Grant', iamGrants(['project', 'folder', 'organization', 'service_account']), {
    privilege: {
      'gcp-impersonation-role': [
        'role',
        never(
          /^roles\/iam\.(?:serviceAccountUser|serviceAccountTokenCreator|serviceAccountKeyAdmin|workloadIdentityUser)$/,
          'roles/iam.serviceAccountTokenCreator',
          'roles/storage.objectViewer',
        ),
        'lets its holder act as service accounts',
        { severity: 'medium', orPath: [{ path: 'service_account_id', must: 'present' }] },
      ],
      'gcp-default-account-role': [
        'member|members',
        never(
          /-compute@developer\.gserviceaccount\.com$|@appspot\.gserviceaccount\.com$/,
          'serviceAccount:1234-compute@developer.gserviceaccount.com',
          'serviceAccount:trainer@project.iam.gserviceaccount.com',
        ),
        'gives rights to a default service account',
        { severity: 'medium' },
      ],
      'gcp-admin-role': [
        'role',
        never(/^roles\/.*(?:[aA]dmin|owner|editor)/, 'roles/storage.admin', 'roles/storage.objectViewer'),
        'gives the rights of an administrator to a service account',
        {
          severity: 'low',
          when: [{ path: 'member|members', must: { matches: /^serviceAccount:/ } }],
          examples: [
            {
              file: 'main.tf',
              bad: 'resource "google_project_iam_member" "ci" {\n  member = "serviceAccount:ci@p.iam.gserviceaccount.com"\n  role   = "roles/storage.admin"\n            ^^^^^^^^^^^^^^^^^^^\n}\n',
              good: 'resource "google_project_iam_member" "ci" {\n  member = "serviceAccount:ci@p.iam.gserviceaccount.com"\n  role   = "roles/storage.objectViewer"\n}\n',
            },
          ],
        },
      ],
    },
  }),
  ...service('Custom role', ['google_project_iam_custom_role', 'google_organization_iam_custom_role'], {
    privilege: {
      'gcp-custom-role-escalation': [
        'permissions',
        never(
          /^(?:iam\.serviceAccounts\.(?:actAs|getAccessToken|implicitDelegation|signBlob|signJwt)|iam\.serviceAccountKeys\.create|iam\.roles\.update|resourcemanager\.\w+\.setIamPolicy|deploymentmanager\.deployments\.create)$/,
          ['iam.serviceAccountKeys.create'],
          ['storage.objects.get'],
        ),
        'lets its holders widen their own rights',
        { severity: 'medium' },
      ],
    },
  }),
  ...service('Service account key', 'google_service_account_key', {
    privilege: {
      'gcp-service-account-key': [
        'service_account_id',
        { must: 'absent', absent: 'fine' },
        'is a long-lived credential',
        { severity: 'low', confidence: 'medium' },
      ],
    },
  }),
  ...service('Project', 'google_project', {
    segmentation: { 'gcp-default-network': ['auto_create_network', off, 'starts with a network that lets everything in', { severity: 'low' }] },
  }),
  ...service('Audit setting', 'google_project_iam_audit_config', {
    logging: {
      'gcp-audit-exemptions': ['audit_log_config.exempted_members', none, 'leaves people out'],
      'gcp-audit-partial': [
        'service',
        { must: { is: ['allServices'] }, absent: 'fine', set: 'allServices', sample: { bad: 'storage.googleapis.com' } },
        'covers some services only',
        { severity: 'info' },
      ],
    },
  }),
  ...service('Workload identity provider', 'google_iam_workload_identity_pool_provider', {
    privilege: {
      'gcp-workload-identity-open': [
        'attribute_condition',
        needed,
        'trusts every token of its issuer',
        {
          when: [{ path: 'oidc', must: 'present' }],
          severity: 'medium',
          examples: missing(
            'google_iam_workload_identity_pool_provider',
            '  oidc {\n    issuer_uri = "https://token.actions.githubusercontent.com"\n  }\n',
            '  attribute_condition = "assertion.repository_owner == \'clinic\'"\n  oidc {\n    issuer_uri = "https://token.actions.githubusercontent.com"\n  }\n',
          ),
        },
      ],
    },
  }),
  ...service('Key', 'google_kms_crypto_key', {
    rotation: {
      'gcp-key-without-rotation': [
        'rotation_period',
        needed,
        'is never rotated',
        { set: '7776000s', orPath: [{ path: 'purpose', must: { not: ['ENCRYPT_DECRYPT'] } }] },
      ],
      'gcp-key-slow-rotation': [
        'rotation_period',
        {
          must: { matches: /^(?:\d{1,6}|[1-6]\d{6}|7[0-6]\d{5}|77[0-6]\d{4}|777[0-5]\d{3}|7776000)(?:\.\d+)?s$/ },
          absent: 'fine',
          set: '7776000s',
          sample: { bad: '15552000s' },
        },
        'is rotated less than every 90 days',
      ],
      'gcp-key-very-slow-rotation': [
        'rotation_period',
        {
          must: { matches: /^(?:\d{1,7}|[12]\d{7}|30\d{6}|31[0-4]\d{5}|315[0-2]\d{4}|3153[0-5]\d{3}|31536000)(?:\.\d+)?s$/ },
          absent: 'fine',
          set: '31536000s',
          sample: { bad: '63072000s', good: '31536000s' },
        },
        'is rotated less than once a year',
        { severity: 'medium' },
      ],
    },
  }),
  ...service('Secret', 'google_secret_manager_secret', {
    rotation: { 'gcp-secret-without-rotation': ['rotation', needed, 'is never rotated', { severity: 'info' }] },
    customerKey: {
      'gcp-secret-without-key': [
        'replication.auto.customer_managed_encryption|replication.user_managed.replicas.customer_managed_encryption',
        needed,
        key,
        { severity: 'info' },
      ],
    },
  }),
  ...service('Grant', grants, {
    privilege: {
      'gcp-private-mail-account': [
        'member|members',
        never(/@gmail\.com$/, 'user:ada@gmail.com', 'group:ops@example.com'),
        'gives rights to a private mail account',
        { severity: 'medium' },
      ],
      'gcp-key-administrator': [
        'role',
        never(/^roles\/cloudkms\.(?:admin|cryptoKeyEncrypterDecrypter)$/, 'roles/cloudkms.admin', 'roles/cloudkms.viewer'),
        'gives rights on all keys',
        { severity: 'low' },
      ],
    },
  }),
  ...service('Policy', ['google_iam_policy'], {
    public: {
      'gcp-policy-everybody': [
        'binding.members',
        never(/^(?:allUsers|allAuthenticatedUsers)$/, ['allUsers'], ['user:ada@example.com']),
        'gives rights to everybody',
      ],
    },
  }),
  ...service('Service account', 'google_service_account', {
    privilege: { 'gcp-service-account-described': ['description|display_name', needed, 'does not say what it is for', { severity: 'info' }] },
  }),
  ...service('API gateway', 'google_apigee_organization', {
    customerKey: { 'apigee-without-key': ['runtime_database_encryption_key_name', needed, key, { severity: 'info' }] },
  }),
  ...service('Project', 'google_project', {
    privilege: { 'gcp-project-without-parent': ['org_id|folder_id', needed, 'belongs to no organisation', { severity: 'info', confidence: 'low' }] },
    recovery: {
      'gcp-project-deletion': ['deletion_policy', ifSet('DELETE', 'PREVENT', 'ABANDON'), 'can be deleted without further ado', { severity: 'info' }],
    },
  }),
];
