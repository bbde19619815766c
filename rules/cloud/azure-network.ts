import { ifSet, is, needed, never, not, notOff, notOn, off, on, service } from '../_families.ts';

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
  ...service('Load balancer', 'azurerm_lb', {
    recovery: {
      'azure-lb-basic': ['sku', { ...is('Standard', 'Gateway'), sample: { bad: 'Basic' } }, 'is of the basic kind', { arm: 'sku.name', severity: 'info' }],
    },
  }),
  ...service('Public address', 'azurerm_public_ip', {
    filter: {
      'azure-address-ddos': [
        'ddos_protection_mode',
        ifSet('Disabled', 'Enabled', 'VirtualNetworkInherited'),
        'is not protected from floods',
        { arm: 'properties.ddosSettings.protectionMode', severity: 'low' },
      ],
    },
  }),
  ...service('Subnet', 'azurerm_subnet', {
    segmentation: {
      'subnet-endpoint-policies-off': [
        'private_endpoint_network_policies',
        ifSet('Disabled', 'Enabled', 'NetworkSecurityGroupEnabled', 'RouteTableEnabled'),
        'does not apply its rules to private endpoints',
        { arm: 'properties.privateEndpointNetworkPolicies', severity: 'info' },
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
        ifSet('TLSv1_0', 'TLSv1_2', 'TLSv1_3'),
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
  ...service('Firewall policy', 'azurerm_firewall_policy', {
    filter: {
      'firewall-policy-idps': [
        'intrusion_detection.mode',
        is('Deny'),
        'does not stop intrusions',
        { arm: 'properties.intrusionDetection.mode', severity: 'info' },
      ],
      'firewall-policy-threats': [
        'threat_intelligence_mode',
        ifSet('Off', 'Deny', 'Alert'),
        'does not know dangerous addresses',
        { arm: 'properties.threatIntelMode' },
      ],
    },
  }),
  ...service('Firewall', 'azurerm_firewall', {
    filter: {
      'firewall-threats': [
        'threat_intel_mode',
        { ...is('Deny'), sample: { bad: 'Off' } },
        'does not turn dangerous addresses away',
        { arm: 'properties.threatIntelMode', severity: 'info' },
      ],
      'firewall-without-policy': ['firewall_policy_id', needed, 'has no policy', { arm: 'properties.firewallPolicy', severity: 'info' }],
    },
  }),
  ...service('Virtual network', 'azurerm_virtual_network', {
    filter: {
      'network-without-ddos-plan': [
        'ddos_protection_plan.enable',
        on,
        'is not protected from floods',
        { arm: 'properties.enableDdosProtection', ansible: 'ddos_protection', severity: 'info', confidence: 'low' },
      ],
    },
    segmentation: {
      'network-public-dns': [
        'dns_servers',
        never(/^(?!10\.|172\.(?:1[6-9]|2\d|3[01])\.|192\.168\.|168\.63\.129\.16|127\.)\d+\.\d+\.\d+\.\d+$/, ['8.8.8.8'], ['10.0.0.4']),
        'resolves names on the internet',
        { arm: 'properties.dhcpOptions.dnsServers', severity: 'low' },
      ],
    },
  }),
  ...service('Subnet', 'azurerm_subnet', {
    segmentation: {
      'azure-subnet-without-group': [
        'network_security_group_id',
        needed,
        'has no security group',
        {
          arm: 'properties.networkSecurityGroup',
          severity: 'low',
          confidence: 'low',
          or: [{ type: 'azurerm_subnet_network_security_group_association' }],
          orPath: [
            { path: 'name', must: { matches: /^(?:GatewaySubnet|AzureFirewallSubnet|AzureFirewallManagementSubnet|RouteServerSubnet|AzureBastionSubnet)$/ } },
            { path: 'delegation', must: 'present' },
          ],
        },
      ],
      'azure-subnet-outbound': [
        'default_outbound_access_enabled',
        notOn,
        'reaches the internet by default',
        { arm: 'properties.defaultOutboundAccess', severity: 'info' },
      ],
    },
  }),
  ...service('VPN gateway', 'azurerm_virtual_network_gateway', {
    segmentation: {
      'vpn-gateway-basic': [
        'sku',
        ifSet('Basic', 'VpnGw1', 'VpnGw2', 'VpnGw3', 'VpnGw1AZ', 'VpnGw2AZ', 'Standard', 'HighPerformance', 'UltraPerformance'),
        'is a basic one without strong ciphers',
        { arm: 'properties.sku.name' },
      ],
    },
  }),
  ...service('CDN endpoint', 'azurerm_cdn_endpoint', {
    transit: {
      'azure-cdn-http': ['is_http_allowed', off, 'accepts plain HTTP', { arm: 'properties.isHttpAllowed', severity: 'medium' }],
      'azure-cdn-without-https': ['is_https_allowed', notOff, 'does not accept HTTPS', { arm: 'properties.isHttpsAllowed' }],
    },
    segmentation: { 'azure-cdn-open-http': ['is_http_allowed', notOn, 'lets requests in over plain HTTP', { arm: false, severity: 'info' }] },
    oldTls: { 'azure-cdn-old-tls': ['tls_version', ifSet('TLS10', 'TLS12'), 'accepts outdated TLS versions'] },
  }),
  ...service('CDN domain', ['azurerm_cdn_endpoint_custom_domain'], {
    oldTls: {
      'azure-cdn-domain-old-tls': ['cdn_managed_https.tls_version|user_managed_https.tls_version', ifSet('TLS10', 'TLS12'), 'accepts outdated TLS versions'],
      'azure-cdn-domain-tls-off': [
        'cdn_managed_https.tls_version|user_managed_https.tls_version',
        ifSet('None', 'TLS12', 'TLS10'),
        'does not say which TLS versions it accepts',
      ],
    },
  }),
  ...service('Bastion', 'azurerm_bastion_host', {
    host: { 'bastion-copy-paste': ['copy_paste_enabled', off, 'lets data be copied out', { arm: '!properties.disableCopyPaste', severity: 'info' }] },
  }),
];
