import { ifSet, needed, never, not, notOff, notOn, off, on, service } from '../_families.ts';

export default [
  ...service('Network', 'google_compute_network', {
    segmentation: { 'gcp-auto-subnets': ['auto_create_subnetworks', off, 'makes subnets in every region', { severity: 'info' }] },
  }),
  ...service('Subnet', 'google_compute_subnetwork', {
    segmentation: {
      'gcp-subnet-google-access': [
        'private_ip_google_access',
        on,
        'reaches the services of the provider over the internet',
        { severity: 'low', orPath: [{ path: 'purpose', must: { matches: /PROXY|MANAGED|PRIVATE_SERVICE/ } }] },
      ],
      'gcp-subnet-google-access-v6': [
        'private_ipv6_google_access',
        { must: { not: ['DISABLE_GOOGLE_ACCESS'] }, absent: 'fine', set: 'ENABLE_OUTBOUND_VM_ACCESS_TO_GOOGLE' },
        'reaches the services of the provider over IPv6 and the internet',
        { severity: 'info' },
      ],
    },
    logging: {
      'gcp-subnet-without-flow-log': [
        'log_config',
        needed,
        'records no traffic',
        {
          orPath: [
            { path: 'purpose', must: { matches: /PROXY|MANAGED|PRIVATE_SERVICE/ } },
            { path: 'enable_flow_logs', must: { is: [true] } },
          ],
        },
      ],
      'gcp-subnet-flow-log-off': ['log_config.enable|enable_flow_logs', notOff, 'records no traffic'],
    },
  }),
  ...service('TLS policy', 'google_compute_ssl_policy', {
    oldTls: {
      'gcp-old-tls': [
        'min_tls_version',
        { must: { is: ['TLS_1_2', 'TLS_1_3'] }, absent: 'bad', set: 'TLS_1_2', sample: { bad: 'TLS_1_0' } },
        'accepts outdated TLS versions',
      ],
      'gcp-weak-ciphers': [
        'profile',
        { must: { is: ['MODERN', 'RESTRICTED', 'CUSTOM'] }, absent: 'bad', set: 'MODERN', sample: { bad: 'COMPATIBLE' } },
        'accepts weak ciphers',
        { severity: 'low' },
      ],
      'gcp-tls-custom-weak': [
        'custom_features',
        never(/_CBC_|3DES|TLS_RSA_/, ['TLS_RSA_WITH_AES_128_CBC_SHA'], ['TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384']),
        'lists weak ciphers',
      ],
    },
  }),
  ...service('HTTPS proxy', ['google_compute_target_https_proxy', 'google_compute_region_target_https_proxy', 'google_compute_target_ssl_proxy'], {
    oldTls: { 'gcp-proxy-without-tls-policy': ['ssl_policy', needed, 'keeps the default TLS policy', { severity: 'low' }] },
  }),
  ...service('Forwarding rule', ['google_compute_global_forwarding_rule', 'google_compute_forwarding_rule'], {
    transit: { 'gcp-forwarding-http': ['port_range|ports', never(/^80(?:-80)?$/, '80', '443'), 'accepts plain HTTP', { severity: 'low' }] },
  }),
  ...service('Zone', 'google_dns_managed_zone', {
    segmentation: {
      'gcp-zone-without-dnssec': [
        'dnssec_config.state',
        { must: { is: ['on', 'transfer'] }, absent: 'bad', set: 'on', sample: { bad: 'off' } },
        'is not signed',
        { severity: 'low', orPath: [{ path: 'visibility', must: { is: ['private'] } }] },
      ],
    },
    identity: {
      'gcp-zone-weak-signature': ['dnssec_config.default_key_specs.algorithm', not('rsasha256', 'rsasha1'), 'is signed with SHA-1', { severity: 'medium' }],
    },
    logging: { 'gcp-zone-without-log': ['cloud_logging_config.enable_logging', on, 'records no queries', { severity: 'info', orPath: [{ path: 'visibility', must: { is: ['private'] }, onlyAbsent: true }] }] },
  }),
  ...service('DNS policy', 'google_dns_policy', { logging: { 'gcp-dns-without-log': ['enable_logging', on, 'records no queries', { severity: 'info' }] } }),
  ...service('Backend', ['google_compute_backend_service', 'google_compute_region_backend_service'], {
    logging: { 'gcp-backend-without-log': ['log_config.enable', on, 'records no requests', { severity: 'info' }] },
    filter: {
      'gcp-backend-without-armor': [
        'security_policy',
        needed,
        'has no web application firewall',
        { severity: 'info', confidence: 'low', orPath: [{ path: 'load_balancing_scheme', must: { matches: /^INTERNAL/ } }] },
      ],
    },
  }),
  ...service('Armor policy', 'google_compute_security_policy', { filter: { 'armor-preview': ['rule.preview', notOn, 'only watches', { api: 'rules.preview' }] } }),
  ...service('Firewall', 'google_compute_firewall', {
    logging: { 'gcp-firewall-without-log': ['log_config', needed, 'records nothing', { severity: 'info', confidence: 'low' }] },
  }),
  ...service('Backend bucket', 'google_compute_backend_bucket', {
    filter: { 'gcp-backend-bucket-armor': ['edge_security_policy', needed, 'has no web application firewall', { severity: 'info', confidence: 'low' }] },
  }),
  ...service('Router', 'google_compute_router_nat', {
    logging: { 'gcp-nat-without-log': ['log_config.enable', on, 'records no connections', { severity: 'info' }] },
  }),
  ...service('VPN', 'google_compute_vpn_tunnel', {
    oldTls: { 'gcp-vpn-old-ike': ['ike_version', { must: { is: [2] }, absent: 'fine', set: 2, sample: { bad: 1 } }, 'uses IKEv1'] },
  }),
  ...service('TLS policy', 'google_compute_region_ssl_policy', {
    oldTls: {
      'gcp-regional-old-tls': [
        'min_tls_version',
        { must: { is: ['TLS_1_2', 'TLS_1_3'] }, absent: 'bad', set: 'TLS_1_2', sample: { bad: 'TLS_1_0' } },
        'accepts outdated TLS versions',
      ],
      'gcp-regional-weak-ciphers': [
        'profile',
        { must: { is: ['MODERN', 'RESTRICTED', 'CUSTOM', 'FIPS_202205'] }, absent: 'bad', set: 'MODERN', sample: { bad: 'COMPATIBLE' } },
        'accepts weak ciphers',
        { severity: 'low' },
      ],
    },
  }),
  ...service('Backend', ['google_compute_backend_service', 'google_compute_region_backend_service'], {
    transit: { 'gcp-backend-http': ['protocol', not('HTTPS', 'HTTP'), 'is called over plain HTTP', { severity: 'info' }] },
  }),
  ...service('Armor policy', 'google_compute_security_policy', {
    filter: {
      'armor-without-log': ['advanced_options_config.log_level', ifSet('NORMAL', 'VERBOSE'), 'keeps a short record', { severity: 'info' }],
      'armor-without-adaptive': [
        'adaptive_protection_config.layer_7_ddos_defense_config.enable',
        on,
        'does not learn what floods look like',
        { api: 'adaptive_protection_config.layer7_ddos_defense_config.enable', severity: 'info', confidence: 'low' },
      ],
    },
  }),
  ...service('Router peer', 'google_compute_router_peer', {
    identity: { 'router-peer-without-md5': ['md5_authentication_key', needed, 'does not prove who it is', { severity: 'info', confidence: 'low' }] },
  }),
  ...service(
    'Firewall rule',
    ['google_compute_firewall_policy_rule', 'google_compute_network_firewall_policy_rule', 'google_compute_region_network_firewall_policy_rule'],
    {
      exposed: {
        'gcp-policy-rule-open': [
          'match.src_ip_ranges',
          never(/^(?:0\.0\.0\.0|::)\/0$/, ['0.0.0.0/0'], ['10.0.0.0/8']),
          'lets every address in',
          {
            when: [
              { path: 'action', must: { is: ['allow'] } },
              { path: 'direction', must: { is: ['INGRESS'] } },
            ],
            severity: 'medium',
          },
        ],
      },
      logging: { 'gcp-policy-rule-without-log': ['enable_logging', on, 'records nothing', { severity: 'info' }] },
    },
  ),
  ...service('TLS inspection', 'google_network_security_tls_inspection_policy', {
    oldTls: { 'gcp-inspection-old-tls': ['min_tls_version', ifSet('TLS_1_0', 'TLS_1_2', 'TLS_1_3'), 'accepts outdated TLS versions'] },
  }),
  ...service('TLS server policy', 'google_network_security_server_tls_policy', {
    transit: { 'gcp-server-plaintext': ['allow_open', notOn, 'accepts connections without TLS'] },
  }),
  ...service('Network', 'google_compute_network_peering', {
    segmentation: {
      'gcp-peering-public-routes': ['export_subnet_routes_with_public_ip', notOn, 'tells its peer the routes to public addresses', { severity: 'info' }],
    },
  }),
  ...service('Route', 'google_compute_route', {
    segmentation: {
      'gcp-route-internet': [
        'next_hop_gateway',
        never(/default-internet-gateway/, 'default-internet-gateway', 'projects/p/global/gateways/own'),
        'leads to the internet',
        { severity: 'info' },
      ],
    },
  }),
  ...service('Uptime check', 'google_monitoring_uptime_check_config', {
    transit: {
      'gcp-uptime-http': ['http_check.use_ssl', notOff, 'asks over plain HTTP', { severity: 'info' }],
      'gcp-uptime-unchecked': ['http_check.validate_ssl', notOff, 'does not check certificates', { severity: 'info' }],
    },
  }),
];
