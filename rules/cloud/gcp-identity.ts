import { ifSet, missing, needed, never, none, notOff, notOn, off, on, service } from '../_families.ts';

const key = 'is not encrypted with a customer-managed key';
const iamGrants = (kinds: readonly string[]): readonly string[] => kinds.flatMap((kind) => [`google_${kind}_iam_member`, `google_${kind}_iam_binding`]);
const everybody = /^(?:allUsers|allAuthenticatedUsers)$/;
const grants = ['project', 'folder', 'organization'].flatMap((kind) => [`google_${kind}_iam_member`, `google_${kind}_iam_binding`]);

/** What the provider can give rights on, besides buckets, data sets and services that run code, which have rules of their own. */
const grantable = [
  'pubsub_topic', 'pubsub_subscription', 'artifact_registry_repository', 'kms_crypto_key', 'kms_key_ring', 'secret_manager_secret', 'spanner_database', 'compute_instance',
  'data_catalog_entry_group', 'healthcare_dataset', 'vertex_ai_endpoint', 'notebooks_instance', 'notebooks_runtime', 'bigtable_table', 'project', 'folder', 'organization',
  'endpoints_service', 'cloud_tasks_queue', 'sourcerepo_repository', 'apigee_environment', 'bigquery_analytics_hub_data_exchange', 'bigquery_analytics_hub_listing', 'bigquery_connection',
  'bigquery_datapolicy_data_policy', 'bigtable_instance', 'binary_authorization_attestor', 'cloudbuildv2_connection', 'cloud_deploy_target', 'colab_runtime_template', 'compute_disk',
  'compute_image', 'compute_instance_template', 'compute_region_disk', 'compute_snapshot', 'compute_subnetwork', 'compute_backend_service', 'compute_region_backend_service',
  'compute_backend_bucket', 'container_analysis_note', 'container_registry', 'data_catalog_policy_tag', 'data_catalog_tag_template', 'data_catalog_taxonomy', 'data_fusion_instance',
  'dataplex_asset', 'dataplex_datascan', 'dataplex_lake', 'dataplex_zone', 'dataproc_autoscaling_policy', 'dataproc_job', 'dataproc_metastore_service',
  'dns_managed_zone', 'gke_backup_backup_plan', 'gke_hub_feature', 'gke_hub_membership', 'gke_hub_scope', 'healthcare_consent_store', 'healthcare_dicom_store', 'healthcare_fhir_store',
  'healthcare_hl7_v2_store', 'iap_app_engine_service', 'iap_app_engine_version', 'iap_tunnel', 'iap_tunnel_instance', 'iap_tunnel_dest_group', 'iap_web', 'iap_web_backend_service',
  'iap_web_cloud_run_service', 'iap_web_region_backend_service', 'iap_web_type_app_engine', 'iap_web_type_compute', 'kms_ekm_connection', 'logging_log_view', 'privateca_ca_pool',
  'privateca_certificate_template', 'pubsub_schema', 'scc_source', 'secret_manager_regional_secret', 'secure_source_manager_instance', 'secure_source_manager_repository', 'service_account',
  'service_directory_namespace', 'service_directory_service', 'spanner_instance', 'storage_managed_folder', 'tags_tag_key', 'tags_tag_value', 'vertex_ai_entity_type',
  'vertex_ai_featurestore', 'vertex_ai_featurestore_entitytype', 'vertex_ai_feature_group', 'vertex_ai_feature_online_store', 'workbench_instance', 'workstations_workstation',
  'workstations_workstation_config', 'billing_account',
];

export default [
  ...service(
    'Grant',
    iamGrants(grantable),
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
  ...service('Workload identity provider', 'google_iam_workload_identity_pool_provider', {
    privilege: {
      'gcp-workload-identity-any-token': [
        'attribute_condition',
        never(/^\s*(?:true|'?1'?\s*==\s*'?1'?)?\s*$/i, 'true', "assertion.repository_owner == 'clinic'"),
        'trusts every token of its issuer, whatever its condition',
        { severity: 'medium' },
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
  ...service('Key', 'google_kms_crypto_key', {
    recovery: {
      'kms-key-destroyable': [
        'lifecycle.prevent_destroy',
        on,
        'can be destroyed with all that it encrypts',
        { severity: 'info', api: false, confidence: 'low' },
      ],
      'kms-key-short-wait': [
        'destroy_scheduled_duration',
        never(/^(?:\d{1,5}|[1-5]\d{5})s$/, '86400s', '2592000s'),
        'is destroyed within a week',
        { severity: 'info' },
      ],
    },
    atRest: {
      'kms-key-software': [
        'version_template.protection_level',
        ifSet('SOFTWARE', 'HSM', 'EXTERNAL', 'EXTERNAL_VPC', 'HSM_SINGLE_TENANT'),
        'is kept in software',
        { severity: 'info' },
      ],
    },
  }),
  ...service(
    'Grant',
    [
      'google_project_iam_member',
      'google_project_iam_binding',
      'google_folder_iam_member',
      'google_folder_iam_binding',
      'google_organization_iam_member',
      'google_organization_iam_binding',
    ],
    {
      privilege: {
        'gcp-grant-everybody': [
          'member|members',
          never(/^all(?:Authenticated)?Users$/, 'allUsers', 'user:ada@example.com'),
          'gives rights to everybody',
          { severity: 'high' },
        ],
      },
    },
  ),
  ...service('Audit setting', ['google_folder_iam_audit_config', 'google_organization_iam_audit_config'], {
    logging: {
      'gcp-audit-exempted': ['audit_log_config.exempted_members', none, 'leaves people out', { severity: 'medium' }],
      'gcp-audit-one-service': ['service', ifSet('storage.googleapis.com', 'allServices'), 'holds for one service only', { severity: 'info' }],
    },
  }),
  ...service('Policy', ['google_project_organization_policy', 'google_folder_organization_policy', 'google_organization_policy'], {
    privilege: {
      'org-policy-not-enforced': ['boolean_policy.enforced', notOff, 'is not enforced', { severity: 'low' }],
      'org-policy-list-allows-all': ['list_policy.allow.all', notOn, 'allows everything', { severity: 'low' }],
    },
  }),
  ...service('Grant', iamGrants(['service_account', 'project', 'folder', 'storage_bucket']), {
    privilege: {
      'gcp-whole-identity-pool': [
        'member|members',
        never(
          /^principalSet:\/\/iam\.googleapis\.com\/.*\/workloadIdentityPools\/[^/]+\/\*$/,
          'principalSet://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/ci/*',
          'principalSet://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/ci/attribute.repository/clinic/app',
        ),
        'gives rights to everything that its identity pool lets in',
        { severity: 'medium' },
      ],
    },
  }),
  ...service('Policy', 'google_org_policy_policy', {
    privilege: {
      'org-policy-rule-not-enforced': ['spec.rules.enforce', notOff, 'is not enforced', { severity: 'low' }],
      'org-policy-allows-all': ['spec.rules.allow_all', notOn, 'allows everything', { severity: 'low' }],
    },
  }),
  ...service('API key', 'google_apikeys_key', {
    privilege: {
      'gcp-api-key-unrestricted': ['restrictions', needed, 'opens every API from everywhere', { severity: 'medium' }],
      'gcp-api-key-every-api': [
        'restrictions.api_targets',
        needed,
        'opens every API',
        {
          severity: 'low',
          when: [{ path: 'restrictions', must: 'present' }],
          examples: missing(
            'google_apikeys_key',
            '  restrictions {\n    browser_key_restrictions {\n      allowed_referrers = ["example.com"]\n    }\n  }\n',
            '  restrictions {\n    api_targets {\n      service = "translate.googleapis.com"\n    }\n  }\n',
          ),
        },
      ],
    },
  }),
  ...service('Secret', ['google_secret_manager_secret', 'google_secret_manager_regional_secret'], {
    recovery: { 'gcp-secret-deletion': ['deletion_protection', notOff, 'can be deleted without further ado', { severity: 'info' }] },
  }),
  ...service('Sign-in', 'google_identity_platform_config', {
    identity: {
      'identity-platform-anonymous': ['sign_in.anonymous.enabled', notOn, 'lets in who has not signed in', { severity: 'medium' }],
      'identity-platform-without-mfa': ['mfa.state', ifSet('DISABLED', 'ENABLED', 'MANDATORY'), 'asks for no second factor', { severity: 'low' }],
    },
  }),
  ...service('Service account', 'google_project_default_service_accounts', {
    privilege: { 'gcp-default-accounts-kept': ['action', ifSet('NONE', 'DEPRIVILEGE', 'DISABLE', 'DELETE'), 'keeps its rights', { severity: 'low' }] },
  }),
  ...service('Authority pool', 'google_privateca_ca_pool', {
    privilege: {
      'ca-pool-any-subject': [
        'issuance_policy.identity_constraints.allow_subject_passthrough',
        notOn,
        'signs whatever subject is asked for',
        { severity: 'info' },
      ],
    },
  }),
  ...service('Authority', 'google_privateca_certificate_authority', {
    recovery: { 'ca-deletion': ['deletion_protection', notOff, 'can be deleted without further ado'] },
  }),
  ...service('Project', 'google_project', {
    logging: {
      'gcp-project-without-log-sink': [
        'log_sink',
        needed,
        'sends its records nowhere',
        {
          api: false,
          ansible: false,
          severity: 'info',
          confidence: 'low',
          or: [{ type: 'google_logging_project_sink' }],
          beside: {
            type: 'google_logging_project_sink',
            lines: [
              'name                   = "all"',
              'project                = {owner}.project_id',
              'destination            = "logging.googleapis.com/${{the google_logging_project_bucket_config}.id}"',
              'unique_writer_identity = true',
            ],
          },
        },
      ],
    },
  }),
];
