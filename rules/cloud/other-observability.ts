import { ifSet, needed, never, not, notOff, notOn, service } from '../_families.ts';

const plain = /^http:\/\/(?!(?:localhost|127\.|[\w-]+(?:[:/]|$)|[\w.-]+\.(?:svc|local|internal)\b))/;
const address = never(plain, 'http://hooks.example.com', 'https://hooks.example.com');

/** What watches other systems, and calls others when something happens. Sources: the providers' pages of the resources. */
export default [
  ...service('Webhook', ['datadog_webhook', 'newrelic_notification_destination', 'pagerduty_webhook_subscription', 'opsgenie_api_integration', 'sentry_notification_action', 'statuscake_contact_group'], {
    transit: {
      'alert-webhook-plaintext': [
        'url|property.value|delivery_method.url|ping_url|webhooks_url', address, 'is called over plain HTTP', { severity: 'medium' },
      ],
    },
  }),
  ...service('Test', 'datadog_synthetics_test', {
    transit: {
      'synthetics-unchecked-certificate': ['options_list.accept_self_signed|options_list.ignore_server_certificate_error', notOn, 'does not check the certificate of what it tests', { severity: 'low' }],
      'synthetics-plaintext': ['request_definition.url', address, 'sends its requests over plain HTTP', { severity: 'low' }],
    },
  }),
  ...service('Application key', ['datadog_application_key', 'datadog_service_account_application_key'], {
    privilege: { 'datadog-key-unscoped': ['scopes', needed, 'may do all that its owner may', { severity: 'info' }] },
  }),
  ...service('Settings', 'datadog_organization_settings', {
    exposed: { 'datadog-shared-widgets': ['settings.private_widget_share', notOn, 'let charts be shown to everybody', { severity: 'low' }] },
    identity: { 'datadog-without-strict-saml': ['settings.saml_strict_mode.enabled', notOff, 'let people sign in beside the single sign-on', { severity: 'low' }] },
  }),
  ...service('Sensitive data', ['datadog_sensitive_data_scanner_group', 'datadog_sensitive_data_scanner_rule'], {
    detection: { 'datadog-scanner-off': ['is_enabled', notOff, 'is switched off'] },
  }),
  ...service('Detection rule', ['datadog_security_monitoring_rule', 'datadog_security_monitoring_default_rule'], {
    detection: { 'datadog-rule-off': ['enabled', notOff, 'is switched off', { severity: 'info' }] },
  }),
  ...service('Log index', 'datadog_logs_index', {
    retention: { 'datadog-short-retention': ['retention_days', { must: { least: 15 }, absent: 'fine', set: 15 }, 'is kept for less than 15 days', { severity: 'info' }] },
  }),
  ...service('Dashboard', ['grafana_dashboard_public'], { exposed: { 'grafana-public-dashboard': ['is_enabled', notOn, 'can be seen by everybody', { severity: 'medium' }] } }),
  ...service('Organisation', ['grafana_organization', 'grafana_sso_settings'], {
    privilege: { 'grafana-administrators-by-default': ['oauth2_settings.role_attribute_path', never(/^'(?:Grafana)?Admin'$/, "'Admin'", "'Viewer'"), 'makes everybody an administrator'] },
    transit: { 'grafana-sso-unchecked': ['oauth2_settings.tls_skip_verify_insecure', notOn, 'does not check the certificate of the sign-on'] },
  }),
  ...service('Data source', 'grafana_data_source', {
    transit: { 'grafana-source-unchecked': ['json_data.tlsSkipVerify|json_data_encoded.tlsSkipVerify', notOn, 'is read without checking its certificate', { severity: 'low',
      examples: [{
        file: 'main.tf',
        bad: 'resource "grafana_data_source" "logs" {\n  json_data_encoded = jsonencode({ tlsSkipVerify = true })\n                                                   ^^^^\n}\n',
        good: 'resource "grafana_data_source" "logs" {\n  json_data_encoded = jsonencode({ tlsSkipVerify = false })\n}\n',
        fixed: 'resource "grafana_data_source" "logs" {\n  json_data_encoded = jsonencode({ tlsSkipVerify = false })\n}\n',
      }],
    }] },
  }),
  ...service('Service account', ['grafana_service_account'], {
    privilege: { 'grafana-account-administrator': ['role', ifSet('Admin', 'Viewer', 'Editor', 'None'), 'has the rights of an administrator', { severity: 'low' }] },
  }),
  ...service('Token', ['grafana_service_account_token', 'grafana_api_key'], { expiry: { 'grafana-token-without-end': ['seconds_to_live', needed, 'never expires'] } }),
  ...service('Input', ['splunk_global_http_event_collector'], { transit: { 'splunk-collector-plaintext': ['enable_ssl', notOff, 'accepts events over plain HTTP', { severity: 'medium' }] } }),
  ...service('Role', ['newrelic_user', 'pagerduty_user', 'opsgenie_user', 'sentry_organization_member'], {
    privilege: { 'watcher-administrator': ['role', not(undefined, 'owner', 'Owner'), 'owns the account', { severity: 'info' }] },
  }),
  ...service('Synthetic monitor', ['newrelic_synthetics_monitor'], {
    transit: { 'newrelic-unverified': ['verify_ssl', notOff, 'does not check the certificate of what it tests', { severity: 'low' }] },
  }),
];
