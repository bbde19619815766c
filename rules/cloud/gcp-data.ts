import { byHand, is, least, missing, needed, never, none, not, notOff, notOn, off, on, service } from '../_families.ts';

const key = 'is not encrypted with a customer-managed key';
const iamGrants = (kinds: readonly string[]): readonly string[] => kinds.flatMap((kind) => [`google_${kind}_iam_member`, `google_${kind}_iam_binding`]);
const everybody = /^(?:allUsers|allAuthenticatedUsers)$/;

export default [
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
  ...service('Dataset', 'google_bigquery_dataset_access', {
    public: {
      'bigquery-access-public': [
        'special_group|iam_member',
        never(/^all(?:Authenticated)?Users$/, 'allAuthenticatedUsers', 'projectReaders'),
        'can be read by everybody with an account',
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
    customerKey: { 'dataproc-without-key': ['cluster_config.encryption_config.kms_key_name', needed, key, { api: 'config.encryption_config.gce_pd_kms_key_name|config.encryption_config.gce_pd_kms_key_ref', severity: 'low' }] },
    exposed: {
      'dataproc-public-nodes': ['cluster_config.gce_cluster_config.internal_ip_only', on, 'gives its nodes public addresses', { api: 'config.gce_cluster_config.internal_ip_only', severity: 'medium' }],
    },
    identity: {
      'dataproc-without-kerberos': [
        'cluster_config.security_config.kerberos_config.enable_kerberos',
        on,
        'knows its users by name only',
        { api: 'config.security_config.kerberos_config.enable_kerberos', severity: 'info', confidence: 'low' },
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
  ...service('Bucket notification', 'google_storage_bucket_object', {
    customerKey: { 'gcs-object-without-key': ['kms_key_name', needed, key, { severity: 'info', confidence: 'low' }] },
  }),
  ...service('Bucket', 'google_storage_bucket', {
    public: {
      'gcs-inline-acl': [
        'acl.entity|default_object_acl.entity',
        never(/^all(?:Authenticated)?Users$/, 'allUsers', 'user-ada@example.com'),
        'lets everybody in',
      ],
      'gcs-website': ['website', none, 'is a site that everybody reads', { severity: 'info', confidence: 'low' }],
    },
    recovery: {
      'gcs-forced-deletion': ['force_destroy', notOn, 'is deleted with all it holds', { severity: 'info' }],
      'gcs-without-lifecycle': ['lifecycle_rule', needed, 'has no rules for old objects', { api: 'lifecycle.rule|lifecycle_rule', severity: 'info', confidence: 'low' }],
    },
    logging: {
      'gcs-logs-to-itself': [
        'logging.log_bucket',
        needed,
        'names no bucket for its log',
        {
          severity: 'info',
          when: [{ path: 'logging', must: 'present' }],
          examples: missing('google_storage_bucket', '  logging {\n    log_object_prefix = "a"\n  }\n', '  logging {\n    log_bucket = "logs"\n  }\n'),
        },
      ],
    },
  }),
  ...service('Job', 'google_dataflow_flex_template_job', {
    customerKey: { 'dataflow-flex-without-key': ['kms_key_name', needed, key, { severity: 'info' }] },
    exposed: {
      'dataflow-flex-public': [
        'ip_configuration',
        is('WORKER_IP_PRIVATE'),
        'gives its workers public addresses',
        { severity: 'low', sample: { bad: 'WORKER_IP_PUBLIC' } },
      ],
    },
  }),
  ...service('Job', 'google_dataflow_job', {
    privilege: { 'dataflow-default-account': ['service_account_email', needed, 'runs as the default service account', { severity: 'low' }] },
  }),
  ...service('Cluster', 'google_dataproc_cluster', {
    host: {
      'dataproc-secure-boot': [
        'cluster_config.gce_cluster_config.shielded_instance_config.enable_secure_boot',
        on,
        'starts without secure boot',
        { api: 'config.gce_cluster_config.shielded_instance_config.enable_secure_boot', severity: 'info' },
      ],
    },
    privilege: {
      'dataproc-default-account': ['cluster_config.gce_cluster_config.service_account', needed, 'runs as the default service account', { api: 'config.gce_cluster_config.service_account|config.gce_cluster_config.service_account_ref', severity: 'low' }],
      'dataproc-all-scopes': [
        'cluster_config.gce_cluster_config.service_account_scopes',
        never(/cloud-platform$/, ['cloud-platform'], ['logging.write']),
        'may call every API',
        { api: 'config.gce_cluster_config.service_account_scopes', severity: 'info' },
      ],
    },
    exposed: {
      'dataproc-open-ports': ['cluster_config.endpoint_config.enable_http_port_access', notOn, 'offers its consoles to the internet', { api: 'config.endpoint_config.enable_http_port_access', severity: 'info' }],
    },
  }),
  ...service('Environment', 'google_composer_environment', {
    exposed: {
      'composer-web-open': [
        'config.web_server_network_access_control.allowed_ip_range.value',
        never(/^(?:0\.0\.0\.0|::0?)\/0$/, '0.0.0.0/0', '198.51.100.0/24'),
        'lets every address reach its console',
        { severity: 'medium' },
      ],
      'composer-public-api': [
        'config.private_environment_config.enable_private_endpoint|config.enable_private_environment',
        notOff,
        'has an API that the internet reaches',
        { severity: 'medium' },
      ],
    },
    privilege: { 'composer-default-account': ['config.node_config.service_account', needed, 'runs as the default service account', { severity: 'low' }] },
  }),
  ...service('Fusion instance', 'google_data_fusion_instance', {
    privilege: { 'data-fusion-without-roles': ['enable_rbac', on, 'gives everybody the same rights', { severity: 'info' }] },
  }),
  ...service('Metastore', 'google_dataproc_metastore_service', {
    recovery: { 'metastore-deletion': ['deletion_protection', on, 'can be deleted without further ado', { severity: 'info' }] },
  }),
  ...service('Topic', 'google_pubsub_topic', {
    segmentation: {
      'pubsub-any-region': [
        'message_storage_policy.allowed_persistence_regions',
        needed,
        'keeps messages in any region',
        { severity: 'info', confidence: 'low' },
      ],
    },
  }),
  ...service('Dead letters', 'google_pubsub_subscription', {
    recovery: {
      'pubsub-without-dead-letters': ['dead_letter_policy', needed, 'loses messages that cannot be handled', { severity: 'info', confidence: 'low' }],
    },
  }),
  ...service('Connection', 'google_bigquery_connection', {
    customerKey: { 'bigquery-connection-without-key': ['kms_key_name', needed, key, { severity: 'info' }] },
  }),
  ...service('Stream', 'google_datastream_stream', {
    customerKey: { 'datastream-without-key': ['customer_managed_encryption_key', needed, key, { severity: 'info' }] },
  }),
  ...service('Connection', 'google_datastream_connection_profile', {
    segmentation: { 'datastream-public': ['private_connectivity', needed, 'is reached over the internet', { severity: 'info' }] },
  }),
  ...service('Kafka cluster', 'google_managed_kafka_cluster', {
    customerKey: { 'kafka-without-key': ['gcp_config.kms_key', needed, key, { severity: 'info' }] },
  }),
  ...service('Alert', 'google_monitoring_alert_policy', {
    detection: { 'gcp-alert-off': ['enabled', notOff, 'is switched off'] },
  }),
  ...service('Exclusion', ['google_logging_project_exclusion', 'google_logging_folder_exclusion', 'google_logging_organization_exclusion', 'google_logging_billing_account_exclusion'], {
    logging: {
      'gcp-audit-log-excluded': [
        'filter',
        never(/(?<!NOT\s+|-)logName\s*[:=~]+\s*\\?"?[^"]*cloudaudit/i, 'logName:"cloudaudit.googleapis.com"', 'resource.type = gce_instance AND severity <= DEBUG'),
        'leaves audit records out',
        {
          severity: 'medium',
          examples: [
            {
              file: 'main.tf',
              bad: 'resource "google_logging_project_exclusion" "main" {\n  filter = "logName:cloudaudit.googleapis.com"\n            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n}\n',
              good: 'resource "google_logging_project_exclusion" "main" {\n  filter = "resource.type = gce_instance AND severity <= DEBUG"\n}\n',
            },
          ],
        },
      ],
    },
  }),
  ...service('Log bucket', 'google_logging_project_bucket_config', {
    retention: { 'log-bucket-retention': ['retention_days', least(90), 'keeps its records for less than 90 days'] },
    customerKey: { 'log-bucket-without-key': ['cmek_settings', needed, key, { severity: 'info' }] },
    recovery: { 'log-bucket-unlocked': ['locked', on, 'can be emptied', { severity: 'info', confidence: 'low' }] },
  }),
  ...service('Log sink', ['google_logging_organization_sink', 'google_logging_folder_sink'], {
    logging: { 'log-sink-without-children': ['include_children', on, 'leaves the projects below out'] },
  }),
  ...service('Log sink', ['google_logging_project_sink', 'google_logging_organization_sink', 'google_logging_folder_sink'], {
    logging: {
      'log-sink-off': ['disabled', notOn, 'is switched off'],
      'log-sink-filtered': ['filter', none, 'leaves records out', { severity: 'info', confidence: 'low' }],
    },
  }),
  ...service('Looker', 'google_looker_instance', {
    exposed: { 'public-looker': ['public_ip_enabled', off, 'is reachable from the internet', { severity: 'low' }] },
    customerKey: { 'looker-without-key': ['encryption_config.kms_key_name', needed, key, { severity: 'info' }] },
  }),
  ...service('API gateway', 'google_apigee_instance', {
    customerKey: { 'apigee-disk-without-key': ['disk_encryption_key_name', needed, key, { severity: 'info' }] },
  }),
  ...service('Health data', ['google_healthcare_fhir_store', 'google_healthcare_dicom_store', 'google_healthcare_hl7_v2_store'], {
    logging: {
      'health-store-tells-nobody': ['notification_configs|notification_config', needed, 'tells nobody of changes', { severity: 'info', confidence: 'low' }],
    },
  }),
];
