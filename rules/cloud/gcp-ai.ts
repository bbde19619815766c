import { ifSet, needed, never, notOff, notOn, off, on, service } from '../_families.ts';

const key = 'is not encrypted with a customer-managed key';

export default [
  ...service('Guard', 'google_model_armor_template', {
    filter: {
      'model-armor-injection-off': [
        'filter_config.pi_and_jailbreak_filter_settings.filter_enforcement',
        ifSet('DISABLED', 'ENABLED'),
        'lets injected instructions through',
        { severity: 'medium' },
      ],
      'model-armor-addresses-off': ['filter_config.malicious_uri_filter_settings.filter_enforcement', ifSet('DISABLED', 'ENABLED'), 'lets malicious addresses through'],
      'model-armor-secrets-off': ['filter_config.sdp_settings.basic_config.filter_enforcement', ifSet('DISABLED', 'ENABLED'), 'lets personal data and secrets through'],
    },
  }),
  ...service('Guard', 'google_model_armor_floorsetting', {
    filter: { 'model-armor-floor-off': ['enable_floor_setting_enforcement', notOff, 'is not enforced'] },
  }),
  ...service('Vertex dataset', ['google_vertex_ai_dataset'], {
    customerKey: { 'vertex-dataset-without-key': ['encryption_spec.kms_key_name', needed, key, { severity: 'low' }] },
  }),
  ...service('Vertex metadata store', ['google_vertex_ai_metadata_store', 'google_vertex_ai_tensorboard', 'google_vertex_ai_featurestore'], {
    customerKey: { 'vertex-store-without-key': ['encryption_spec.kms_key_name', needed, key, { severity: 'low' }] },
  }),
  ...service('Vertex endpoint', 'google_vertex_ai_endpoint', {
    customerKey: { 'vertex-endpoint-without-key': ['encryption_spec.kms_key_name', needed, key, { severity: 'low' }] },
    segmentation: {
      'vertex-endpoint-public': [
        'network',
        needed,
        'is not bound to a private network',
        { severity: 'low', orPath: [{ path: 'private_service_connect_config', must: 'present' }] },
      ],
    },
    logging: {
      'vertex-endpoint-without-log': ['predict_request_response_logging_config.enabled', on, 'records no requests', { severity: 'info', confidence: 'low' }],
    },
  }),
  ...service('Vertex index endpoint', 'google_vertex_ai_index_endpoint', {
    segmentation: {
      'vertex-index-public': ['public_endpoint_enabled', notOn, 'is reachable from the internet', { severity: 'medium' }],
      'vertex-index-without-network': [
        'network',
        needed,
        'is not bound to a private network',
        { severity: 'info', orPath: [{ path: 'private_service_connect_config', must: 'present' }] },
      ],
    },
  }),
  ...service('Notebook', ['google_notebooks_instance', 'google_notebooks_runtime', 'google_workbench_instance'], {
    exposed: {
      'vertex-notebook-public': [
        'no_public_ip|virtual_machine.virtual_machine_config.internal_ip_only|gce_setup.disable_public_ip',
        on,
        'has a public address',
        { severity: 'medium' },
      ],
    },
    customerKey: {
      'vertex-notebook-without-key': [
        'kms_key|virtual_machine.virtual_machine_config.encryption_config.kms_key|gce_setup.boot_disk.kms_key',
        needed,
        'does not encrypt its disk with a customer-managed key',
        { severity: 'low' },
      ],
    },
    host: {
      'vertex-notebook-secure-boot': [
        'shielded_instance_config.enable_secure_boot|gce_setup.shielded_instance_config.enable_secure_boot|virtual_machine.virtual_machine_config.shielded_instance_config.enable_secure_boot',
        on,
        'starts without secure boot',
        { severity: 'low' },
      ],
      'vertex-notebook-vtpm': ['shielded_instance_config.enable_vtpm|gce_setup.shielded_instance_config.enable_vtpm', notOff, 'has no trusted platform module'],
    },
    detection: {
      'vertex-notebook-integrity': [
        'shielded_instance_config.enable_integrity_monitoring|gce_setup.shielded_instance_config.enable_integrity_monitoring',
        notOff,
        'does not watch how it starts',
      ],
    },
    privilege: {
      'vertex-notebook-downloads': [
        'metadata.notebook-disable-downloads|gce_setup.metadata.notebook-disable-downloads',
        { must: { is: [true] }, absent: 'fine', set: 'true' },
        'lets its users take data home',
        { severity: 'info' },
      ],
      'vertex-notebook-root': [
        'metadata.notebook-disable-root|gce_setup.metadata.notebook-disable-root|software_config.disable_root',
        { must: { is: [true] }, absent: 'fine', set: 'true' },
        'gives its users root',
      ],
      'vertex-notebook-default-account': [
        'service_account|gce_setup.service_accounts.email',
        needed,
        'runs as the default service account',
        { severity: 'low', orPath: [{ path: 'virtual_machine', must: 'present' }] },
      ],
    },
    identity: {
      'vertex-notebook-service-account-mode': [
        'access_config.access_type',
        ifSet('SERVICE_ACCOUNT', 'SINGLE_USER'),
        'gives everybody who enters the same rights',
        { severity: 'low' },
      ],
    },
    segmentation: {
      'vertex-notebook-default-network': [
        'network|gce_setup.network_interfaces.network|virtual_machine.virtual_machine_config.network',
        needed,
        'runs in the default network',
        { severity: 'low' },
      ],
    },
  }),
  ...service('Notebook disk', 'google_notebooks_instance', {
    customerKey: {
      'notebook-data-disk-without-key': [
        'disk_encryption',
        { must: { is: ['CMEK'] }, absent: 'fine', sample: { bad: 'GMEK' } },
        'is not encrypted with a key of the customer',
        { severity: 'info' },
      ],
    },
  }),
  ...service('Workbench disk', 'google_workbench_instance', {
    customerKey: {
      'workbench-disk-google-key': [
        'gce_setup.data_disks.disk_encryption|gce_setup.boot_disk.disk_encryption',
        { must: { is: ['CMEK'] }, absent: 'bad', sample: { bad: 'GMEK', good: 'CMEK' } },
        'is not encrypted with a key of the customer',
        { severity: 'info' },
      ],
    },
  }),
  ...service('Search engine', ['google_discovery_engine_data_store'], {
    customerKey: { 'discovery-without-key': ['kms_key_name', needed, key, { severity: 'info' }] },
  }),
  ...service('Vertex index', 'google_vertex_ai_index', {
    customerKey: { 'vertex-index-without-key': ['encryption_spec.kms_key_name', needed, key, { severity: 'info' }] },
  }),
  ...service('Vertex feature store', ['google_vertex_ai_feature_online_store', 'google_vertex_ai_featurestore_entitytype'], {
    customerKey: { 'vertex-feature-store-without-key': ['encryption_spec.kms_key_name', needed, key, { severity: 'info' }] },
    recovery: { 'vertex-feature-store-forced': ['force_destroy', notOn, 'is deleted with what it holds', { severity: 'info' }] },
  }),
  ...service('Vertex pipeline worker', 'google_vertex_ai_deployment_resource_pool', {
    host: { 'vertex-pool-unbounded': ['dedicated_resources.max_replica_count', needed, 'may grow without end', { severity: 'info', confidence: 'low' }] },
  }),
  ...service('Colab runtime', ['google_colab_runtime_template'], {
    exposed: { 'colab-internet': ['network_spec.enable_internet_access', off, 'has access to the internet', { severity: 'low' }] },
    customerKey: { 'colab-without-key': ['encryption_spec.kms_key_name', needed, key, { severity: 'info' }] },
    host: { 'colab-secure-boot': ['shielded_vm_config.enable_secure_boot', on, 'starts without secure boot', { severity: 'info' }] },
  }),
  ...service('Document processor', 'google_document_ai_processor', {
    customerKey: { 'documentai-without-key': ['kms_key_name', needed, key, { severity: 'info' }] },
  }),
  ...service('Conversation agent', 'google_dialogflow_cx_agent', {
    logging: {
      'dialogflow-without-log': [
        'advanced_settings.logging_settings.enable_stackdriver_logging|enable_stackdriver_logging',
        on,
        'sends no logs',
        { severity: 'info' },
      ],
    },
    customerKey: { 'dialogflow-without-key': ['security_settings', needed, 'has no security settings', { severity: 'info', confidence: 'low' }] },
  }),
  ...service('Workbench', 'google_workbench_instance', {
    exposed: {
      'workbench-public-address': ['gce_setup.disable_public_ip', notOff, 'has a public address', { severity: 'medium' }],
      'workbench-proxy-open': ['disable_proxy_access', notOff, 'is reachable through the proxy of the provider', { severity: 'info' }],
    },
    host: {
      'workbench-vtpm-off': ['gce_setup.shielded_instance_config.enable_vtpm', notOff, 'starts without a trusted module'],
      'workbench-secure-boot-off': ['gce_setup.shielded_instance_config.enable_secure_boot', on, 'starts without secure boot', { severity: 'info' }],
    },
    recovery: { 'workbench-deletion': ['enable_deletion_protection', on, 'can be deleted without further ado', { severity: 'info' }] },
  }),
  ...service('Vertex endpoint', 'google_vertex_ai_endpoint', {
    exposed: { 'vertex-endpoint-any-project': ['private_service_connect_config.project_allowlist', never(/^\*$/, ['*'], ['clinic']), 'lets every project in'] },
  }),
  ...service(
    'Vertex resource',
    ['google_vertex_ai_persistent_resource', 'google_vertex_ai_reasoning_engine', 'google_vertex_ai_index_endpoint', 'google_vector_search_collection'],
    { customerKey: { 'vertex-resource-without-key': ['encryption_spec.kms_key_name', needed, key, { severity: 'info' }] } },
  ),
  ...service('Search widget', 'google_discovery_engine_widget_config', {
    public: { 'search-widget-public': ['access_settings.allow_public_access', notOn, 'answers everybody', { severity: 'medium' }] },
  }),
  ...service('Agent', 'google_dialogflow_agent', { logging: { 'dialogflow-es-without-log': ['enable_logging', on, 'sends no logs', { severity: 'info' }] } }),
  ...service('Notebook', 'google_colab_notebook_execution', {
    privilege: { 'colab-execution-default-account': ['service_account', needed, 'runs with the rights of its user', { severity: 'info' }] },
  }),
];
