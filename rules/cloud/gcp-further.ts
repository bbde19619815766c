import { ifSet, needed, never, notOff, notOn, on, service } from '../_families.ts';

const key = 'is not encrypted with a customer-managed key';
const everywhere = /^(?:0\.0\.0\.0|::)\/0$/;

/** Services of Google beside the large ones: perimeters, events, file shares, lines of one's own. */
export default [
  ...service('Access level', 'google_access_context_manager_access_level', {
    exposed: {
      'access-level-every-address': [
        'basic.conditions.ip_subnetworks',
        never(everywhere, ['0.0.0.0/0'], ['198.51.100.0/24']),
        'lets every address through',
        { severity: 'medium' },
      ],
    },
  }),
  ...service('Service perimeter', ['google_access_context_manager_service_perimeter', 'google_access_context_manager_service_perimeter_ingress_policy'], {
    segmentation: {
      'perimeter-only-watches': ['use_explicit_dry_run_spec', notOn, 'is only tried out', { severity: 'low' }],
      'perimeter-any-identity': [
        'status.ingress_policies.ingress_from.identity_type|ingress_from.identity_type',
        ifSet('ANY_IDENTITY', 'ANY_USER_ACCOUNT', 'ANY_SERVICE_ACCOUNT', 'IDENTITY_TYPE_UNSPECIFIED'),
        'lets every identity in from outside',
        { severity: 'medium' },
      ],
    },
  }),
  ...service('Security policy', ['google_compute_security_policy', 'google_compute_region_security_policy'], {
    filter: {
      'armor-allows-by-default': [
        'rule.action',
        ifSet('allow', 'deny(403)', 'deny(404)', 'deny(502)', 'redirect', 'throttle', 'rate_based_ban'),
        'lets in what no other rule names',
        {
          api: 'rules.action',
          item: { key: 'priority', name: '2147483647' },
          severity: 'info',
          examples: [
            {
              file: 'main.tf',
              bad: 'resource "google_compute_security_policy" "main" {\n  rule {\n    action   = "allow"\n                ^^^^^\n    priority = 2147483647\n  }\n}\n',
              fixed: 'resource "google_compute_security_policy" "main" {\n  rule {\n    action   = "deny(403)"\n    priority = 2147483647\n  }\n}\n',
              good: 'resource "google_compute_security_policy" "main" {\n  rule {\n    action   = "deny(403)"\n    priority = 2147483647\n  }\n}\n',
            },
          ],
        },
      ],
    },
  }),
  ...service('Deployed index', 'google_vertex_ai_index_endpoint_deployed_index', {
    logging: { 'vertex-index-without-access-log': ['enable_access_logging', on, 'records no access', { severity: 'info' }] },
  }),
  ...service('Event channel', ['google_eventarc_channel', 'google_eventarc_google_channel_config', 'google_eventarc_message_bus', 'google_eventarc_pipeline'], {
    customerKey: { 'event-channel-without-key': ['crypto_key_name', needed, key, { severity: 'info' }] },
  }),
  ...service('Webhook', ['google_dialogflow_cx_webhook', 'google_dialogflow_fulfillment'], {
    transit: {
      'dialogflow-webhook-http': [
        'generic_web_service.uri|service_directory.generic_web_service.uri',
        never(/^http:/i, 'http://hooks.example.com', 'https://hooks.example.com'),
        'is called over plain HTTP',
      ],
    },
  }),
  ...service('File volume', 'google_netapp_volume', {
    exposed: {
      'gcp-volume-every-address': ['export_policy.rules.allowed_clients', never(/(?:^|,)\s*0\.0\.0\.0\/0/, '0.0.0.0/0', '10.0.0.0/24'), 'lets every address in'],
    },
    identity: { 'gcp-volume-without-kerberos': ['kerberos_enabled', notOff, 'knows its clients by address only', { severity: 'info' }] },
    privilege: { 'gcp-volume-root': ['export_policy.rules.has_root_access', notOn, 'lets root of its clients in', { severity: 'low' }] },
  }),
  ...service('Storage pool', 'google_netapp_storage_pool', {
    customerKey: { 'gcp-pool-without-key': ['kms_config', needed, key, { severity: 'info' }] },
  }),
  ...service('Line', 'google_compute_interconnect', {
    transit: { 'interconnect-plain': ['macsec_enabled', notOff, 'is not encrypted', { severity: 'low' }] },
  }),
  ...service('Repository host', 'google_secure_source_manager_instance', {
    exposed: { 'source-host-public': ['private_config.is_private', notOff, 'is reachable from the internet', { severity: 'low' }] },
    customerKey: { 'source-host-without-key': ['kms_key', needed, key, { severity: 'info' }] },
  }),
];
