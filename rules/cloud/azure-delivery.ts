import { ifSet, needed, never, not, notOff, notOn, off, on, service } from '../_families.ts';

export default [
  ...service('Application gateway', ['azurerm_application_gateway'], {
    filter: {
      'gateway-log4j-excluded': [
        'waf_configuration.disabled_rule_group.rule_group_name',
        never(/JAVA/i, 'REQUEST-944-APPLICATION-ATTACK-JAVA', 'REQUEST-942-APPLICATION-ATTACK-SQLI'),
        'does not stop attacks on Log4j',
        { severity: 'medium' },
      ],
    },
  }),
  ...service('Application gateway', 'azurerm_application_gateway', {
    filter: {
      'gateway-waf-off': [
        'waf_configuration.enabled',
        notOff,
        'has its web application firewall switched off',
        { arm: 'properties.webApplicationFirewallConfiguration.enabled' },
      ],
      'gateway-without-waf': [
        'waf_configuration|firewall_policy_id',
        needed,
        'has no web application firewall',
        { arm: 'properties.webApplicationFirewallConfiguration|properties.firewallPolicy', severity: 'low' },
      ],
      'gateway-waf-detection': [
        'waf_configuration.firewall_mode',
        ifSet('Detection', 'Prevention'),
        'reports attacks but does not stop them',
        { arm: 'properties.webApplicationFirewallConfiguration.firewallMode' },
      ],
    },
    transit: {
      'gateway-http': [
        'http_listener.protocol',
        not('Https', 'Http'),
        'accepts plain HTTP',
        { arm: 'properties.httpListeners.properties.protocol', severity: 'medium' },
      ],
      'gateway-backend-http': [
        'backend_http_settings.protocol',
        not('Https', 'Http'),
        'passes requests on over plain HTTP',
        { arm: 'properties.backendHttpSettingsCollection.properties.protocol', severity: 'low' },
      ],
    },
    oldTls: {
      'gateway-old-tls': [
        'ssl_policy.min_protocol_version',
        { must: { never: /^TLS_?v1_[01]$/i }, absent: 'fine', set: 'TLSv1_2', sample: { bad: 'TLSv1_0', good: 'TLSv1_2' } },
        'accepts outdated TLS versions',
        { arm: 'properties.sslPolicy.minProtocolVersion' },
      ],
      'gateway-old-policy': [
        'ssl_policy.policy_name',
        never(/2015|2017(?:0401$)?/, 'AppGwSslPolicy20150501', 'AppGwSslPolicy20220101'),
        'accepts outdated TLS versions by its policy',
        { arm: 'properties.sslPolicy.policyName' },
      ],
    },
  }),
  ...service('Front door', ['azurerm_frontdoor', 'azurerm_cdn_frontdoor_profile'], {
    filter: {
      'front-door-without-waf': [
        'frontend_endpoint.web_application_firewall_policy_link_id',
        needed,
        'has no web application firewall',
        { arm: 'properties.frontendEndpoints.properties.webApplicationFirewallPolicyLink', orPath: [{ path: 'sku_name', must: 'present' }] },
      ],
    },
  }),
  ...service('Firewall policy', ['azurerm_frontdoor_firewall_policy', 'azurerm_cdn_frontdoor_firewall_policy'], {
    filter: {
      'front-door-waf-off': ['enabled', notOff, 'is switched off', { arm: 'properties.policySettings.enabledState', severity: 'medium' }],
      'front-door-waf-detection': [
        'mode',
        ifSet('Detection', 'Prevention'),
        'reports attacks but does not stop them',
        { arm: 'properties.policySettings.mode', severity: 'info' },
      ],
      'front-door-without-managed-rules': ['managed_rule', needed, 'uses no maintained rules', { arm: 'properties.managedRules', severity: 'info' }],
    },
  }),
  ...service('CDN endpoint', 'azurerm_cdn_endpoint', {
    transit: {
      'azure-cdn-http': ['is_http_allowed', off, 'accepts plain HTTP', { arm: 'properties.isHttpAllowed', severity: 'medium' }],
      'azure-cdn-without-https': ['is_https_allowed', notOff, 'does not accept HTTPS', { arm: 'properties.isHttpsAllowed' }],
    },
    segmentation: { 'azure-cdn-open-http': ['is_http_allowed', notOn, 'lets requests in over plain HTTP', { arm: 'properties.isHttpAllowed', severity: 'info' }] },
    oldTls: { 'azure-cdn-old-tls': ['tls_version', ifSet('TLS10', 'TLS12'), 'accepts outdated TLS versions'] },
  }),
  ...service('CDN domain', ['azurerm_cdn_endpoint_custom_domain'], {
    transit: { 'azure-cdn-domain-http': ['cdn_managed_https|user_managed_https', needed, 'serves no HTTPS', { severity: 'medium', noFix: 'Who keeps the certificate has to be decided.' }] },
    oldTls: {
      'azure-cdn-domain-old-tls': ['cdn_managed_https.tls_version|user_managed_https.tls_version', ifSet('TLS10', 'TLS12'), 'accepts outdated TLS versions'],
      'azure-cdn-domain-tls-off': [
        'cdn_managed_https.tls_version|user_managed_https.tls_version',
        ifSet('None', 'TLS12', 'TLS10'),
        'does not say which TLS versions it accepts',
      ],
    },
  }),
  ...service('Application gateway', 'azurerm_application_gateway', {
    oldTls: {
      'gateway-default-policy': ['ssl_policy', needed, 'keeps the default TLS policy', { arm: 'properties.sslPolicy', severity: 'info', confidence: 'low' }],
      'gateway-weak-ciphers': [
        'ssl_policy.cipher_suites',
        never(/3DES|RC4|_CBC_SHA$|^TLS_RSA_/i, ['TLS_RSA_WITH_3DES_EDE_CBC_SHA'], ['TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384']),
        'accepts weak ciphers',
        { arm: 'properties.sslPolicy.cipherSuites' },
      ],
      'gateway-http-1': ['http2_enabled|enable_http2', on, 'speaks HTTP/1 only', { arm: 'properties.enableHttp2', severity: 'info' }],
    },
    filter: {
      'gateway-body-unchecked': [
        'waf_configuration.request_body_check',
        notOff,
        'does not look into the bodies of requests',
        { arm: 'properties.webApplicationFirewallConfiguration.requestBodyCheck' },
      ],
    },
    recovery: { 'gateway-one-zone': ['zones', needed, 'runs in one zone', { arm: 'zones', severity: 'info' }] },
  }),
  ...service('Front door domain', 'azurerm_cdn_frontdoor_custom_domain', {
    oldTls: {
      'front-door-domain-old-tls': [
        'tls.minimum_version|tls.minimum_tls_version',
        ifSet('TLS10', 'TLS12', 'TLS13'),
        'accepts outdated TLS versions',
        { arm: 'properties.tlsSettings.minimumTlsVersion' },
      ],
    },
  }),
  ...service('Front door route', 'azurerm_cdn_frontdoor_route', {
    transit: {
      'front-door-route-http': [
        'forwarding_protocol',
        ifSet('HttpOnly', 'HttpsOnly', 'MatchRequest'),
        'passes requests on over plain HTTP',
        { arm: 'properties.forwardingProtocol', severity: 'medium' },
      ],
      'front-door-without-redirect': [
        'https_redirect_enabled',
        notOff,
        'does not lead plain HTTP to HTTPS',
        { arm: 'properties.httpsRedirect', severity: 'medium' },
      ],
    },
  }),
  ...service('Front door origin', 'azurerm_cdn_frontdoor_origin', {
    transit: {
      'front-door-origin-unchecked': [
        'certificate_name_check_enabled',
        notOff,
        'is called without checking the name in its certificate',
        { arm: 'properties.enforceCertificateNameCheck', severity: 'medium' },
      ],
    },
  }),
  ...service('Front door', 'azurerm_frontdoor', {
    transit: {
      'front-door-backend-unchecked': [
        'enforce_backend_pools_certificate_name_check|backend_pool_settings.enforce_backend_pools_certificate_name_check',
        notOff,
        'calls its backends without checking the names in their certificates',
        { arm: 'properties.backendPoolsSettings.enforceCertificateNameCheck', severity: 'medium' },
      ],
      'front-door-backend-http': [
        'routing_rule.forwarding_configuration.forwarding_protocol',
        ifSet('HttpOnly', 'HttpsOnly', 'MatchRequest'),
        'passes requests on over plain HTTP',
        { arm: 'properties.routingRules.properties.routeConfiguration.forwardingProtocol', severity: 'medium' },
      ],
    },
  }),
  ...service('Front door certificate', 'azurerm_frontdoor_custom_https_configuration', {
    transit: { 'front-door-without-https': ['custom_https_provisioning_enabled', notOff, 'does not offer HTTPS'] },
    oldTls: { 'front-door-old-tls': ['custom_https_configuration.minimum_tls_version', ifSet('1.0', '1.2'), 'accepts outdated TLS versions'] },
  }),
  ...service('Firewall policy', ['azurerm_frontdoor_firewall_policy', 'azurerm_cdn_frontdoor_firewall_policy'], {
    filter: {
      'front-door-body-unchecked': [
        'request_body_check_enabled',
        notOff,
        'does not look into the bodies of requests',
        { arm: 'properties.policySettings.requestBodyCheck' },
      ],
      'front-door-only-logs': [
        'managed_rule.action',
        ifSet('Log', 'Block', 'AnomalyScoring', 'JSChallenge', 'Redirect'),
        'only writes down what its maintained rules find',
        { arm: 'properties.managedRules.managedRuleSets.ruleSetAction' },
      ],
    },
  }),
  ...service('Firewall policy', 'azurerm_web_application_firewall_policy', {
    filter: {
      'gateway-policy-body-unchecked': [
        'policy_settings.request_body_check|policy_settings.request_body_check_enabled',
        notOff,
        'does not look into the bodies of requests',
        { arm: 'properties.policySettings.requestBodyCheck' },
      ],
      'gateway-policy-old-rules': [
        'managed_rules.managed_rule_set.version',
        never(/^(?:2\.2\.9|3\.0)$/, '3.0', '2.1'),
        'uses outdated rules',
        { arm: 'properties.managedRules.managedRuleSets.ruleSetVersion', severity: 'info' },
      ],
    },
  }),
  ...service('Traffic manager', 'azurerm_traffic_manager_profile', {
    transit: {
      'traffic-manager-http': [
        'monitor_config.protocol',
        ifSet('HTTP', 'HTTPS', 'TCP'),
        'checks its targets over plain HTTP',
        { arm: 'properties.monitorConfig.protocol', severity: 'info' },
      ],
    },
  }),
];
