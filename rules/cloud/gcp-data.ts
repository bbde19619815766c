import { byHand, ifSet, is, missing, needed, never, not, notOff, notOn, off, on, service } from '../_families.ts';

const key = 'is not encrypted with a customer-managed key';
const sql = 'google_sql_database_instance';
const iamGrants = (kinds: readonly string[]): readonly string[] => kinds.flatMap((kind) => [`google_${kind}_iam_member`, `google_${kind}_iam_binding`]);
const everybody = /^(?:allUsers|allAuthenticatedUsers)$/;

export default [
  ...service('Function', ['google_cloudfunctions_function', 'google_cloudfunctions2_function'], {
    exposed: {
      'public-gcp-function': [
        'ingress_settings|service_config.ingress_settings',
        { must: { not: ['ALLOW_ALL'] }, absent: 'fine', set: 'ALLOW_INTERNAL_ONLY' },
        'is reachable from the internet',
        { severity: 'medium' },
      ],
      'gcp-function-open-by-default': ['ingress_settings|service_config.ingress_settings', needed, 'does not limit who reaches it', { severity: 'info' }],
    },
    transit: {
      'gcp-function-http': [
        'https_trigger_security_level',
        { ...is('SECURE_ALWAYS'), sample: { bad: 'SECURE_OPTIONAL' } },
        'accepts plain HTTP',
        { severity: 'low', when: [{ path: 'trigger_http', must: { is: [true] } }] },
      ],
    },
    segmentation: {
      'gcp-function-without-network': [
        'vpc_connector|service_config.vpc_connector',
        needed,
        'is not connected to a network',
        { severity: 'info', confidence: 'low' },
      ],
    },
    customerKey: { 'gcp-function-without-key': ['kms_key_name', needed, key, { severity: 'info' }] },
    patching: {
      'gcp-function-old-runtime': [
        'runtime|build_config.runtime',
        never(/^(?:nodejs(?:6|8|10|12|14|16)|python3[67]|go11[1-6]|ruby2\d|java8|dotnet3)$/, 'python37', 'python312'),
        'runs on a language version that is no longer maintained',
      ],
    },
  }),
  ...service('Service', ['google_cloud_run_v2_service', 'google_cloud_run_service'], {
    exposed: {
      'public-run-service': [
        'ingress',
        { must: { not: ['INGRESS_TRAFFIC_ALL'] }, absent: 'fine', set: 'INGRESS_TRAFFIC_INTERNAL_ONLY' },
        'is reachable from the internet',
        { severity: 'info', confidence: 'medium' },
      ],
    },
    privilege: {
      'run-default-account': [
        'template.service_account|template.spec.service_account_name',
        needed,
        'runs as the default service account',
        { severity: 'low' },
      ],
    },
    customerKey: { 'run-without-key': ['template.encryption_key', needed, key, { severity: 'info' }] },
  }),
  ...service('App', ['google_app_engine_standard_app_version', 'google_app_engine_flexible_app_version'], {
    transit: {
      'app-engine-http': [
        'handlers.security_level',
        { must: { is: ['SECURE_ALWAYS'] }, absent: 'fine', set: 'SECURE_ALWAYS', sample: { bad: 'SECURE_OPTIONAL' } },
        'accepts plain HTTP',
        { severity: 'low' },
      ],
    },
  }),
  ...service('Build worker', 'google_cloudbuild_worker_pool', {
    segmentation: { 'build-worker-public': ['worker_config.no_external_ip', on, 'has a public address'] },
  }),
  ...service('Artifact registry', 'google_artifact_registry_repository', {
    customerKey: { 'artifact-registry-without-key': ['kms_key_name', needed, key, { severity: 'info' }] },
    supply: {
      'artifact-registry-mutable': [
        'docker_config.immutable_tags',
        on,
        'lets tags be moved to other images',
        { when: [{ path: 'format', must: { is: ['DOCKER'] } }] },
      ],
    },
  }),
  ...service('Bucket', 'google_storage_bucket', {
    customerKey: { 'gcs-without-key': ['encryption.default_kms_key_name', needed, key, { severity: 'info', ansible: 'default_kms_key_name' }] },
    recovery: {
      'gcs-without-versioning': ['versioning.enabled', on, 'keeps no earlier versions of its objects'],
      'gcs-retention-unlocked': [
        'retention_policy.is_locked',
        on,
        'lets its retention be lifted',
        {
          severity: 'info',
          when: [{ path: 'retention_policy', must: 'present' }],
          examples: missing(
            'google_storage_bucket',
            '  retention_policy {\n    retention_period = 86400\n  }\n',
            '  retention_policy {\n    retention_period = 86400\n    is_locked        = true\n  }\n',
            '  retention_policy {\n    retention_period = 86400\n    is_locked = true\n  }\n',
          ),
        },
      ],
      'gcs-without-soft-delete': [
        'soft_delete_policy.retention_duration_seconds',
        { must: { least: 1 }, absent: 'fine', set: 604_800 },
        'cannot bring deleted objects back',
      ],
    },
    logging: { 'gcs-without-access-log': ['logging', needed, 'records no access', { severity: 'info' }] },
    public: {
      'gcs-without-uniform-access': [
        'uniform_bucket_level_access',
        { must: { is: [true] }, absent: 'bad', set: true },
        'gives rights object by object',
        { api: 'iam_configuration.uniform_bucket_level_access.enabled', severity: 'low' },
      ],
      'gcs-public-access-prevention': [
        'public_access_prevention',
        { must: { is: ['enforced'] }, absent: 'bad', set: 'enforced' },
        'does not rule out public access',
        { api: 'iam_configuration.public_access_prevention', severity: 'low' },
      ],
    },
    identity: {
      'gcs-cors-any-origin': [
        'cors.origin',
        byHand(not(['https://app.example.com'], '*')),
        'accepts cross-origin requests from every site',
        { severity: 'low' },
      ],
    },
  }),
  ...service(
    'Access control',
    ['google_storage_bucket_access_control', 'google_storage_default_object_access_control', 'google_storage_object_access_control'],
    { public: { 'gcs-acl-everybody': ['entity', never(everybody, 'allUsers', 'user-ada@example.com'), 'lets everybody in'] } },
  ),
  ...service('Access list', ['google_storage_bucket_acl', 'google_storage_default_object_acl', 'google_storage_object_acl'], {
    public: {
      'gcs-predefined-acl': ['predefined_acl', never(/^public/i, 'publicRead', 'private'), 'lets everybody in'],
      'gcs-role-entity': [
        'role_entity',
        never(/:allUsers$|:allAuthenticatedUsers$/, ['READER:allUsers'], ['READER:user-ada@example.com']),
        'lets everybody in by its entries',
      ],
    },
  }),
  ...service('Bucket grant', iamGrants(['storage_bucket']), {
    public: { 'gcs-iam-everybody': ['member|members', never(everybody, 'allUsers', 'user:ada@example.com'), 'lets everybody in'] },
  }),
  ...service('Dataset grant', iamGrants(['bigquery_dataset', 'bigquery_table']), {
    public: { 'bigquery-iam-everybody': ['member|members', never(everybody, 'allUsers', 'user:ada@example.com'), 'lets everybody in'] },
  }),
  ...service('Cluster grant', iamGrants(['dataproc_cluster']), {
    public: { 'dataproc-iam-everybody': ['member|members', never(everybody, 'allUsers', 'user:ada@example.com'), 'lets everybody in'] },
  }),
  ...service('Service grant', iamGrants(['cloud_run_service', 'cloud_run_v2_service', 'cloudfunctions_function', 'cloudfunctions2_function']), {
    public: {
      'serverless-iam-everybody': ['member|members', never(everybody, 'allUsers', 'user:ada@example.com'), 'lets everybody call it', { severity: 'medium' }],
    },
  }),
  ...service('Project grant', iamGrants(['project']), {
    privilege: {
      'gcp-project-basic-role': [
        'role',
        never(/^roles\/(?:owner|editor)$/, 'roles/editor', 'roles/storage.objectViewer'),
        'gives a basic role in the project',
        { severity: 'medium' },
      ],
    },
  }),
  ...service('Project grant', iamGrants(['project']), {
    privilege: {
      'gcp-project-viewer': [
        'role',
        never(/^roles\/viewer$/, 'roles/viewer', 'roles/storage.objectViewer'),
        'lets everything in the project be read',
        { severity: 'low' },
      ],
      'gcp-grant-to-user': [
        'member|members',
        never(/^user:/, 'user:ada@example.com', 'group:ops@example.com'),
        'gives rights to a single person',
        { severity: 'info' },
      ],
    },
  }),
  ...service('SQL instance', sql, {
    exposed: {
      'public-cloud-sql': [
        'settings.ip_configuration.ipv4_enabled',
        notOn,
        'has a public address',
        { severity: 'medium', ansible: 'settings.ip_configuration.ipv4_enabled' },
      ],
      'cloud-sql-open': [
        'settings.ip_configuration.authorized_networks.value',
        never(/^0\.0\.0\.0\/0$|^::\/0$/, '0.0.0.0/0', '203.0.113.4/32'),
        'lets every address in',
        { ansible: 'settings.ip_configuration.authorized_networks.value' },
      ],
      'cloud-sql-public-by-default': [
        'settings.ip_configuration.ipv4_enabled',
        off,
        'does not rule out a public address',
        { severity: 'info', confidence: 'low' },
      ],
    },
    transit: {
      'cloud-sql-plaintext': [
        'settings.ip_configuration.require_ssl|settings.ip_configuration.ssl_mode',
        needed,
        'accepts connections without TLS',
        { severity: 'medium', api: 'settings.ip_configuration.require_ssl' },
      ],
      'cloud-sql-tls-off': [
        'settings.ip_configuration.require_ssl',
        notOff,
        'switches TLS off',
        { orPath: [{ path: 'settings.ip_configuration.ssl_mode', must: { matches: /^(?:ENCRYPTED_ONLY|TRUSTED)/ } }] },
      ],
      'cloud-sql-tls-optional': [
        'settings.ip_configuration.ssl_mode',
        {
          must: { is: ['ENCRYPTED_ONLY', 'TRUSTED_CLIENT_CERTIFICATE_REQUIRED'] },
          absent: 'fine',
          set: 'ENCRYPTED_ONLY',
          sample: { bad: 'ALLOW_UNENCRYPTED_AND_ENCRYPTED' },
        },
        'accepts connections with and without TLS',
      ],
    },
    recovery: {
      'cloud-sql-without-backup': [
        'settings.backup_configuration.enabled',
        on,
        'keeps no backups',
        { severity: 'medium', ansible: 'settings.backup_configuration.enabled' },
      ],
      'cloud-sql-without-recovery': [
        'settings.backup_configuration.point_in_time_recovery_enabled|settings.backup_configuration.binary_log_enabled',
        on,
        'has no point-in-time recovery',
        { severity: 'info' },
      ],
      'cloud-sql-deletion-protection': ['deletion_protection', notOff, 'can be deleted without further ado', { severity: 'info' }],
      'cloud-sql-one-zone': ['settings.availability_type', { ...is('REGIONAL'), sample: { bad: 'ZONAL' } }, 'runs in one zone', { severity: 'info' }],
    },
    customerKey: { 'cloud-sql-without-key': ['encryption_key_name', needed, key, { severity: 'info' }] },
    password: {
      'cloud-sql-password-policy': ['settings.password_validation_policy.enable_password_policy', on, 'has no rules for passwords', { severity: 'info' }],
    },
    patching: {
      'cloud-sql-old-version': [
        'database_version',
        never(/^(?:POSTGRES_(?:9_6|10|11|12)|MYSQL_5_[67]|SQLSERVER_2017.*)$/, 'POSTGRES_11', 'POSTGRES_17'),
        'runs an outdated version',
      ],
    },
  }),
  ...service('Dataset', 'google_bigquery_dataset', {
    public: {
      'bigquery-public': [
        'access.special_group',
        { must: { not: ['allAuthenticatedUsers', 'allUsers'] }, absent: 'fine' },
        'can be read by everybody with an account',
        { ansible: 'access.special_group', api: 'access.special_group' },
      ],
      'bigquery-iam-member-public': ['access.iam_member', never(everybody, 'allUsers', 'user:ada@example.com'), 'can be read by everybody'],
    },
    customerKey: { 'bigquery-without-key': ['default_encryption_configuration.kms_key_name', needed, key, { severity: 'info' }] },
    recovery: { 'bigquery-deleted-with-contents': ['delete_contents_on_destroy', notOn, 'is deleted with its tables', { severity: 'info' }] },
  }),
  ...service('Table', 'google_bigquery_table', {
    customerKey: { 'bigquery-table-without-key': ['encryption_configuration.kms_key_name', needed, key, { severity: 'info' }] },
    recovery: { 'bigquery-table-deletion': ['deletion_protection', notOff, 'can be deleted without further ado', { severity: 'info' }] },
  }),
  ...service('Topic', 'google_pubsub_topic', { customerKey: { 'pubsub-without-key': ['kms_key_name', needed, key, { severity: 'info' }] } }),
  ...service('Data proc cluster', 'google_dataproc_cluster', {
    customerKey: { 'dataproc-without-key': ['cluster_config.encryption_config.kms_key_name', needed, key, { severity: 'low' }] },
    exposed: {
      'dataproc-public-nodes': ['cluster_config.gce_cluster_config.internal_ip_only', on, 'gives its nodes public addresses', { severity: 'medium' }],
    },
    identity: {
      'dataproc-without-kerberos': [
        'cluster_config.security_config.kerberos_config.enable_kerberos',
        on,
        'knows its users by name only',
        { severity: 'info', confidence: 'low' },
      ],
    },
  }),
  ...service('Data flow', 'google_dataflow_job', {
    customerKey: { 'dataflow-without-key': ['kms_key_name', needed, key, { severity: 'low' }] },
    segmentation: {
      'dataflow-public-workers': [
        'ip_configuration',
        { ...is('WORKER_IP_PRIVATE'), sample: { bad: 'WORKER_IP_PUBLIC' } },
        'gives its workers public addresses',
      ],
    },
  }),
  ...service('Data fusion', 'google_data_fusion_instance', {
    segmentation: { 'data-fusion-public': ['private_instance', on, 'is reachable from the internet'] },
    logging: {
      'data-fusion-without-log': ['enable_stackdriver_logging', on, 'sends no logs', { severity: 'info' }],
      'data-fusion-without-metrics': ['enable_stackdriver_monitoring', on, 'sends no metrics', { severity: 'info' }],
    },
    customerKey: { 'data-fusion-without-key': ['crypto_key_config.key_reference', needed, key, { severity: 'info' }] },
  }),
  ...service('Airflow', 'google_composer_environment', {
    segmentation: { 'composer-public': ['config.private_environment_config', needed, 'has public addresses', { severity: 'low' }] },
    customerKey: { 'composer-without-key': ['config.encryption_config.kms_key_name', needed, key, { severity: 'info' }] },
  }),
  ...service('Health data', ['google_healthcare_fhir_store', 'google_healthcare_dataset'], {
    customerKey: {
      'healthcare-without-key': ['encryption_spec.kms_key_name', needed, key, { severity: 'info', orPath: [{ path: 'dataset', must: 'present' }] }],
    },
  }),
  ...service('Data lake', 'google_dataplex_lake', {
    logging: { 'dataplex-described': ['description', needed, 'does not say what it holds', { severity: 'info' }] },
  }),
  ...service('Batch', 'google_dataproc_batch', {
    customerKey: { 'dataproc-batch-without-key': ['environment_config.execution_config.kms_key', needed, key, { severity: 'info' }] },
  }),
  ...service('Autoscaling', 'google_dataproc_metastore_service', {
    customerKey: { 'metastore-without-key': ['encryption_config.kms_key', needed, key, { severity: 'info' }] },
  }),
  ...service('Build trigger', 'google_cloudbuild_trigger', {
    privilege: { 'build-trigger-default-account': ['service_account', needed, 'builds with the default service account', { severity: 'low' }] },
    supply: { 'build-trigger-unapproved': ['approval_config.approval_required', on, 'builds without approval', { severity: 'info', confidence: 'low' }] },
  }),
  ...service('Scheduler', 'google_cloud_scheduler_job', {
    identity: {
      'scheduler-anonymous': [
        'http_target.oidc_token|http_target.oauth_token',
        needed,
        'calls its target without a sign-in',
        {
          severity: 'info',
          when: [{ path: 'http_target', must: 'present' }],
          examples: missing(
            'google_cloud_scheduler_job',
            '  http_target {\n    uri = "https://x"\n  }\n',
            '  http_target {\n    oidc_token {\n      service_account_email = "a"\n    }\n  }\n',
          ),
        },
      ],
    },
    transit: { 'scheduler-http': ['http_target.uri', never(/^http:/, 'http://a.example.com', 'https://a.example.com'), 'calls its target over plain HTTP'] },
  }),
  ...service('Subscription', 'google_pubsub_subscription', {
    identity: {
      'pubsub-push-anonymous': [
        'push_config.oidc_token',
        needed,
        'pushes without a sign-in',
        {
          severity: 'low',
          when: [{ path: 'push_config', must: 'present' }],
          examples: missing(
            'google_pubsub_subscription',
            '  push_config {\n    push_endpoint = "https://x"\n  }\n',
            '  push_config {\n    oidc_token {\n      service_account_email = "a"\n    }\n  }\n',
          ),
        },
      ],
    },
    transit: { 'pubsub-push-http': ['push_config.push_endpoint', never(/^http:/, 'http://a.example.com', 'https://a.example.com'), 'pushes over plain HTTP'] },
  }),
  ...service('App domain', 'google_app_engine_domain_mapping', {
    transit: {
      'app-engine-without-tls': ['ssl_settings.ssl_management_type', ifSet('MANUAL', 'AUTOMATIC'), 'looks after its certificate by hand', { severity: 'info' }],
    },
  }),
  ...service('App firewall', 'google_app_engine_firewall_rule', {
    exposed: {
      'app-engine-open': [
        'source_range',
        never(/^(?:\*|0\.0\.0\.0\/0)$/, '*', '10.0.0.0/8'),
        'lets everybody in',
        { severity: 'low', when: [{ path: 'action', must: { is: ['ALLOW'] } }] },
      ],
    },
  }),
  ...service('Bucket notification', 'google_storage_bucket_object', {
    customerKey: { 'gcs-object-without-key': ['kms_key_name', needed, key, { severity: 'info', confidence: 'low' }] },
  }),
];
