import { ifSet, is, missing, needed, never, notOff, notOn, on, service } from '../_families.ts';

const key = 'is not encrypted with a customer-managed key';
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
  ...service('Service grant', iamGrants(['cloud_run_service', 'cloud_run_v2_service', 'cloudfunctions_function', 'cloudfunctions2_function']), {
    public: {
      'serverless-iam-everybody': ['member|members', never(everybody, 'allUsers', 'user:ada@example.com'), 'lets everybody call it', { severity: 'medium' }],
    },
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
  ...service('Service', 'google_cloud_run_v2_service', {
    identity: { 'run-invoker-unchecked': ['invoker_iam_disabled', notOn, 'answers everybody', { severity: 'medium' }] },
    supply: { 'run-unsigned-images': ['binary_authorization', needed, 'runs images that nobody signed', { severity: 'info', confidence: 'low' }] },
    recovery: { 'run-deletion': ['deletion_protection', notOff, 'can be deleted without further ado', { severity: 'info' }] },
    segmentation: {
      'run-egress-open': [
        'template.vpc_access.egress',
        ifSet('PRIVATE_RANGES_ONLY', 'ALL_TRAFFIC'),
        'reaches the internet past its network',
        { severity: 'info' },
      ],
    },
  }),
  ...service('Job', 'google_cloud_run_v2_job', {
    customerKey: { 'run-job-without-key': ['template.template.encryption_key', needed, key, { severity: 'info' }] },
    supply: { 'run-job-unsigned-images': ['binary_authorization', needed, 'runs images that nobody signed', { severity: 'info', confidence: 'low' }] },
    privilege: { 'run-job-default-account': ['template.template.service_account', needed, 'runs as the default service account', { severity: 'low' }] },
  }),
  ...service('Function', ['google_cloudfunctions_function', 'google_cloudfunctions2_function'], {
    segmentation: {
      'function-egress-open': [
        'vpc_connector_egress_settings|service_config.vpc_connector_egress_settings',
        ifSet('PRIVATE_RANGES_ONLY', 'ALL_TRAFFIC'),
        'reaches the internet past its network',
        { severity: 'info' },
      ],
    },
  }),
  ...service('Function', 'google_cloudfunctions2_function', {
    privilege: { 'function-default-account': ['service_config.service_account_email', needed, 'runs as the default service account', { severity: 'low' }] },
  }),
  ...service('Function', 'google_cloudfunctions_function', {
    privilege: { 'function-1-default-account': ['service_account_email', needed, 'runs as the default service account', { severity: 'low' }] },
  }),
  ...service('Image store', 'google_artifact_registry_repository', {
    supply: {
      'artifact-scan-off': [
        'vulnerability_scanning_config.enablement_config',
        ifSet('DISABLED', 'INHERITED'),
        'is not checked for vulnerable images',
        { severity: 'low' },
      ],
      'artifact-unchecked-upstream': [
        'remote_repository_config.disable_upstream_validation',
        notOn,
        'does not check where its packages come from',
        { severity: 'low' },
      ],
    },
    transit: {
      'artifact-plain-upstream': [
        'remote_repository_config.common_repository.uri',
        never(/^http:/, 'http://a.example.com', 'https://a.example.com'),
        'fetches packages over plain HTTP',
        { severity: 'medium' },
      ],
    },
  }),
  ...service('Queue', 'google_cloud_tasks_queue', {
    logging: { 'tasks-without-log': ['stackdriver_logging_config', needed, 'records nothing', { severity: 'info' }] },
  }),
  ...service('App', 'google_app_engine_application', {
    oldTls: { 'app-engine-old-tls': ['ssl_policy', ifSet('DEFAULT', 'MODERN'), 'accepts outdated TLS versions'] },
    identity: { 'app-engine-without-proxy': ['iap.enabled', notOff, 'has its sign-in switched off', { severity: 'low' }] },
  }),
  ...service('App', 'google_app_engine_service_network_settings', {
    exposed: {
      'app-engine-ingress-open': [
        'network_settings.ingress_traffic_allowed',
        ifSet('INGRESS_TRAFFIC_ALLOWED_ALL', 'INGRESS_TRAFFIC_ALLOWED_INTERNAL_ONLY', 'INGRESS_TRAFFIC_ALLOWED_INTERNAL_AND_LB'),
        'is reachable from the internet',
        { severity: 'low' },
      ],
    },
  }),
  ...service('Workflow', 'google_workflows_workflow', {
    privilege: { 'workflow-default-account': ['service_account', needed, 'runs as the default service account', { severity: 'low' }] },
    customerKey: { 'workflow-without-key': ['crypto_key_name', needed, key, { severity: 'info' }] },
    logging: { 'workflow-without-log': ['call_log_level', ifSet('LOG_NONE', 'LOG_ALL_CALLS', 'LOG_ERRORS_ONLY'), 'records no calls', { severity: 'info' }] },
  }),
];
