import { byHand, ifSet, missing, needed, not, notOff, notOn, service } from '../_families.ts';

const key = 'is not encrypted with a customer-managed key';

/** Agents, assistants and guards that Google runs. Source: the provider's pages of the resources. */
export default [
  ...service('Guardrail', 'google_ces_guardrail', {
    filter: {
      'agent-guardrail-off': ['enabled', notOff, 'is switched off', { severity: 'medium' }],
      'agent-guardrail-fails-open': ['llm_policy.fail_open|llm_prompt_security.fail_open|custom_policy.fail_open', notOn, 'lets everything through when its check fails'],
    },
  }),
  ...service('Agent', 'google_ces_deployment', {
    public: { 'agent-widget-public': ['channel_profile.web_widget_config.security_settings.enable_public_access', notOn, 'answers everybody', { severity: 'medium' }] },
    identity: {
      'agent-widget-any-origin': ['channel_profile.web_widget_config.security_settings.enable_origin_check', notOff, 'does not check which site shows it', { severity: 'low' }],
      'agent-widget-every-origin': ['channel_profile.web_widget_config.security_settings.allowed_origins', byHand(not(['https://app.example.com'], '*')), 'may be shown by every site', { severity: 'low' }],
    },
  }),
  ...service('Agent', 'google_ces_app', {
    logging: {
      'agent-without-log': ['logging_settings.cloud_logging_settings.enable_cloud_logging', notOff, 'keeps no log of its conversations'],
      'agent-log-unredacted': ['logging_settings.redaction_config.enable_redaction', notOff, 'logs personal data as it was said', { severity: 'low' }],
    },
  }),
  ...service('Agent settings', 'google_dialogflow_cx_security_settings', {
    logging: { 'dialogflow-unredacted': ['redaction_strategy', needed, 'keep personal data as it was said', { severity: 'info', examples: missing('google_dialogflow_cx_security_settings', '  display_name = "a"\n', '  redaction_strategy = "REDACT_WITH_SERVICE"\n') }] },
  }),
  ...service('Guard', 'google_model_armor_floorsetting', {
    filter: {
      'model-armor-floor-injection-off': ['filter_config.pi_and_jailbreak_filter_settings.filter_enforcement', ifSet('DISABLED', 'ENABLED'), 'lets injected instructions through', { severity: 'medium' }],
      'model-armor-floor-addresses-off': ['filter_config.malicious_uri_filter_settings.filter_enforcement', ifSet('DISABLED', 'ENABLED'), 'lets malicious addresses through'],
      'model-armor-floor-secrets-off': ['filter_config.sdp_settings.basic_config.filter_enforcement', ifSet('DISABLED', 'ENABLED'), 'lets personal data and secrets through'],
    },
  }),
  ...service('Guard', 'google_model_armor_template', {
    filter: {
      'model-armor-inspects-only': ['template_metadata.enforcement_type', not('INSPECT_AND_BLOCK', 'INSPECT_ONLY'), 'reports attacks but does not stop them'],
      'model-armor-partial': ['template_metadata.ignore_partial_invocation_failures', notOn, 'lets texts through when one of its checks fails'],
    },
  }),
  ...service('Search engine', ['google_discovery_engine_search_engine', 'google_discovery_engine_data_connector'], {
    customerKey: { 'search-engine-without-key': ['kms_key_name', needed, key, { severity: 'info' }] },
  }),
  ...service('Vertex endpoint', 'google_vertex_ai_endpoint_with_model_garden_deployment', {
    segmentation: { 'garden-endpoint-public': ['endpoint_config.private_service_connect_config', needed, 'is not bound to a private network', { severity: 'low' }] },
  }),
  ...service('Agent', 'google_vertex_ai_reasoning_engine', {
    privilege: { 'reasoning-engine-default-account': ['spec.service_account', needed, 'runs with the rights of the service agent', { severity: 'low', confidence: 'medium' }] },
  }),
  ...service('Notebook', 'google_colab_notebook_execution', {
    host: { 'colab-execution-secure-boot': ['custom_environment_spec.shielded_instance_config.enable_secure_boot', notOff, 'runs on a machine that starts without secure boot'] },
  }),
  ...service('Conversation profile', 'google_dialogflow_conversation_profile', {
    logging: { 'conversation-without-log': ['logging_config.enable_stackdriver_logging', notOff, 'keeps no log of its conversations', { severity: 'info' }] },
  }),
];
