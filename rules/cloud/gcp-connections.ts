import { byHand, ifSet, never, not, notOff, notOn, service } from '../_families.ts';

/** What of Google's services is spoken to by others, or speaks to them. Source: the provider's pages of the resources. */
export default [
  ...service('Target server', 'google_apigee_target_server', {
    transit: { 'apigee-target-optional-tls': ['s_sl_info.enforce', notOff, 'may be spoken to without TLS', { severity: 'low' }] },
  }),
  ...service('Data exchange', ['google_bigquery_analytics_hub_data_exchange', 'google_bigquery_analytics_hub_listing'], {
    public: { 'data-exchange-public': ['discovery_type', ifSet('DISCOVERY_TYPE_PUBLIC', 'DISCOVERY_TYPE_PRIVATE'), 'shows its data sets to everybody', { severity: 'low' }] },
  }),
  ...service('Domain', 'google_cloud_run_domain_mapping', {
    transit: { 'run-domain-without-certificate': ['spec.certificate_mode', not('AUTOMATIC', 'NONE'), 'is served without a certificate', { severity: 'medium' }] },
  }),
  ...service('Attachment', 'google_compute_interconnect_attachment', {
    transit: { 'vlan-attachment-plain': ['encryption', ifSet('NONE', 'IPSEC'), 'is not encrypted', { severity: 'info' }] },
  }),
  ...service('URL map', ['google_compute_url_map', 'google_compute_region_url_map'], {
    privilege: {
      'url-map-cors-any-origin': [
        'default_route_action.cors_policy.allow_origins|path_matcher.default_route_action.cors_policy.allow_origins|path_matcher.path_rule.route_action.cors_policy.allow_origins|path_matcher.route_rules.route_action.cors_policy.allow_origins',
        byHand(not(['https://app.example.com'], '*')),
        'accepts cross-origin requests from every site',
        { severity: 'low' },
      ],
    },
  }),
  ...service('Edge cache', 'google_network_services_edge_cache_service', {
    transit: { 'edge-cache-plain': ['require_tls', notOff, 'accepts plain HTTP', { severity: 'medium' }] },
    logging: { 'edge-cache-without-log': ['log_config.enable', notOff, 'keeps no log of requests'] },
    privilege: { 'edge-cache-cors-any-origin': ['routing.path_matcher.route_rule.route_action.cors_policy.allow_origins', byHand(not(['https://app.example.com'], '*')), 'accepts cross-origin requests from every site', { severity: 'low' }] },
  }),
  ...service('Origin', 'google_network_services_edge_cache_origin', {
    transit: { 'edge-origin-plain': ['protocol', ifSet('HTTP', 'HTTPS', 'HTTP2'), 'is spoken to over plain HTTP', { severity: 'medium' }] },
  }),
  ...service('Connection profile', 'google_database_migration_service_connection_profile', {
    exposed: { 'migration-target-every-address': ['cloudsql.settings.ip_config.authorized_networks.value', byHand(never(/^(?:0\.0\.0\.0|::0?)\/0$/, '0.0.0.0/0', '203.0.113.0/24')), 'makes a database that every address can reach'] },
  }),
  ...service('Connection', 'google_integration_connectors_connection', {
    transit: { 'connector-plain': ['ssl_config.use_ssl', notOff, 'speaks without TLS', { severity: 'medium' }] },
    logging: { 'connector-without-log': ['log_config.enabled', notOff, 'keeps no log', { severity: 'info' }] },
  }),
  ...service('Association', 'google_network_security_firewall_endpoint_association', {
    filter: { 'firewall-endpoint-off': ['disabled', notOn, 'is switched off, so that nothing is inspected'] },
  }),
  ...service('Gateway rule', 'google_network_security_gateway_security_policy_rule', {
    filter: { 'gateway-rule-off': ['enabled', notOff, 'is switched off', { severity: 'info' }] },
  }),
  ...service('Connector', 'google_developer_connect_account_connector', {
    identity: { 'connector-without-pkce': ['custom_oauth_config.pkce_disabled', notOn, 'signs in without proof that the same program ends the sign-in', { severity: 'medium' }] },
  }),
  ...service('Connection', 'google_oracle_database_goldengate_connection', {
    transit: {
      'replication-plain': ['properties.postgresql_connection_properties.ssl_mode|properties.mysql_connection_properties.ssl_mode', not('VERIFY_CA', 'DISABLED', 'PREFER', 'PREFERRED'), 'may be made without TLS', { severity: 'medium' }],
      'replication-unchecked': ['properties.microsoft_sqlserver_connection_properties.server_certificate_validation_required', notOff, 'accepts any certificate', { severity: 'medium' }],
    },
  }),
  ...service('Login nodes', 'google_hypercomputecluster_cluster', {
    exposed: { 'login-nodes-public': ['orchestrator.slurm.login_nodes.enable_public_ips', notOn, 'have public addresses', { severity: 'medium' }] },
  }),
];
