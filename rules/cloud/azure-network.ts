import { ifSet, is, needed, never, not, notOff, notOn, off, on, service } from '../_families.ts';

export default [
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
        { ansible: 'threat_intel_mode', arm: 'properties.threatIntelMode' },
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
        not(undefined, 'Basic'),
        'is a basic one without strong ciphers',
        { arm: 'properties.sku.name' },
      ],
    },
  }),
  ...service('Bastion', 'azurerm_bastion_host', {
    host: { 'bastion-copy-paste': ['copy_paste_enabled', off, 'lets data be copied out', { arm: '!properties.disableCopyPaste', severity: 'info' }] },
  }),
  ...service('Firewall policy', 'azurerm_firewall_policy', {
    filter: {
      'firewall-policy-without-inspection': [
        'tls_certificate',
        needed,
        'does not look into encrypted traffic',
        { arm: 'properties.transportSecurity', severity: 'info', confidence: 'low' },
      ],
      'firewall-policy-idps-off': [
        'intrusion_detection.mode',
        ifSet('Off', 'Deny', 'Alert'),
        'does not detect intrusions',
        { arm: 'properties.intrusionDetection.mode' },
      ],
    },
    logging: {
      'firewall-policy-without-insights': ['insights', needed, 'keeps no statistics', { arm: 'properties.insights', severity: 'info', confidence: 'low' }],
    },
  }),
  ...service('Firewall', 'azurerm_firewall', { recovery: { 'firewall-one-zone': ['zones', needed, 'runs in one zone', { arm: 'zones', severity: 'info' }] } }),
  ...service('Firewall rule', 'azurerm_firewall_network_rule_collection', {
    exposed: {
      'firewall-rule-any-source': [
        'rule.source_addresses',
        never(/^(?:\*|0\.0\.0\.0\/0)$/, ['*'], ['10.0.0.0/24']),
        'lets every address through',
        { severity: 'low', when: [{ path: 'action', must: { is: ['Allow'] } }] },
      ],
      'firewall-rule-any-port': [
        'rule.destination_ports',
        never(/^(?:\*|0-65535|1-65535)$/, ['*'], ['443']),
        'lets every port through',
        { severity: 'medium', when: [{ path: 'action', must: { is: ['Allow'] } }] },
      ],
    },
  }),
  ...service('Firewall rule', 'azurerm_firewall_application_rule_collection', {
    exposed: {
      'firewall-rule-any-name': [
        'rule.target_fqdns',
        never(/^\*$/, ['*'], ['*.example.com']),
        'lets every site be called',
        { severity: 'low', when: [{ path: 'action', must: { is: ['Allow'] } }] },
      ],
    },
  }),
  ...service('Firewall rules', 'azurerm_firewall_policy_rule_collection_group', {
    exposed: {
      'firewall-rules-any-port': [
        'network_rule_collection.rule.destination_ports',
        never(/^(?:\*|0-65535|1-65535)$/, ['*'], ['443']),
        'let every port through',
        { arm: false, severity: 'low', confidence: 'medium' },
      ],
      'firewall-rules-any-name': [
        'application_rule_collection.rule.destination_fqdns',
        never(/^\*$/, ['*'], ['*.example.com']),
        'let every site be called',
        { arm: false, severity: 'low', confidence: 'medium' },
      ],
    },
  }),
  ...service('Peering', 'azurerm_virtual_network_peering', {
    segmentation: {
      'peering-forwarded-traffic': [
        'allow_forwarded_traffic',
        notOn,
        'lets in traffic that comes from elsewhere',
        { arm: 'properties.allowForwardedTraffic', severity: 'info' },
      ],
    },
  }),
  ...service('VPN connection', 'azurerm_virtual_network_gateway_connection', {
    oldTls: {
      'azure-vpn-old-ike': ['connection_protocol', ifSet('IKEv1', 'IKEv2'), 'uses IKEv1', { arm: 'properties.connectionProtocol' }],
      'azure-vpn-weak-cipher': [
        'ipsec_policy.ipsec_encryption',
        never(/^(?:DES3?|None)$/i, 'DES3', 'GCMAES256'),
        'uses a weak cipher',
        { arm: 'properties.ipsecPolicies.ipsecEncryption' },
      ],
      'azure-vpn-weak-key-exchange': [
        'ipsec_policy.ike_encryption',
        never(/^DES3?$/i, 'DES3', 'GCMAES256'),
        'agrees on keys with a weak cipher',
        { arm: 'properties.ipsecPolicies.ikeEncryption' },
      ],
      'azure-vpn-weak-integrity': [
        'ipsec_policy.ike_integrity|ipsec_policy.ipsec_integrity',
        never(/^(?:MD5|SHA1)$/i, 'SHA1', 'SHA256'),
        'checks messages with a weak digest',
        { arm: 'properties.ipsecPolicies.ikeIntegrity|properties.ipsecPolicies.ipsecIntegrity' },
      ],
      'azure-vpn-weak-group': [
        'ipsec_policy.dh_group',
        never(/^(?:DHGroup[12]|None)$/i, 'DHGroup2', 'DHGroup24'),
        'agrees on keys in a weak group',
        { arm: 'properties.ipsecPolicies.dhGroup' },
      ],
    },
  }),
  ...service('Virtual WAN', 'azurerm_virtual_wan', {
    transit: { 'wan-plaintext': ['disable_vpn_encryption', notOn, 'does not encrypt its connections', { arm: 'properties.disableVpnEncryption' }] },
  }),
  ...service('Hub connection', ['azurerm_virtual_hub_connection', 'azurerm_vpn_gateway_connection', 'azurerm_express_route_connection'], {
    filter: {
      'hub-connection-unfiltered': [
        'internet_security_enabled',
        notOff,
        'reaches the internet past the firewall',
        { arm: 'properties.enableInternetSecurity' },
      ],
    },
  }),
  ...service('Route', 'azurerm_route', {
    segmentation: {
      'azure-route-internet': [
        'next_hop_type',
        ifSet('Internet', 'VirtualAppliance', 'VirtualNetworkGateway', 'VnetLocal', 'None'),
        'leads to the internet',
        { arm: 'properties.nextHopType', severity: 'info' },
      ],
    },
  }),
  ...service('Private link', 'azurerm_private_link_service', {
    exposed: {
      'private-link-everybody': [
        'visibility_subscription_ids|auto_approval_subscription_ids',
        never(/^\*$/, ['*'], ['00000000-0000-0000-0000-000000000001']),
        'can be used by every subscription',
        { ansible: 'visibility.subscriptions|auto_approval.subscriptions', arm: 'properties.visibility.subscriptions|properties.autoApproval.subscriptions', severity: 'medium' },
      ],
    },
  }),
  ...service('Bastion', 'azurerm_bastion_host', {
    exposed: {
      'bastion-shareable-link': [
        'shareable_link_enabled',
        notOn,
        'can be entered by whoever has the link',
        { ansible: 'enable_shareable_link', arm: 'properties.enableShareableLink', severity: 'low' },
      ],
    },
  }),
  ...service('Public address', 'azurerm_public_ip', {
    segmentation: {
      'azure-address-basic': [
        'sku',
        ifSet('Basic', 'Standard', 'StandardV2'),
        'is of the basic kind, which is open by default',
        { arm: 'sku.name', severity: 'low' },
      ],
    },
  }),
];
