import { all, byHand, ifSet, least, matches, needed, never, not, notOff, notOn, on, service } from '../_families.ts';

/** What stands between clients and workloads: APIs, balancers, firewalls, private networks and name service. */
export default [
  ...service('API integration', 'aws_apigatewayv2_integration', {
    transit: {
      'integration-plaintext': ['tls_config', needed, 'passes requests on in plaintext', {
        severity: 'low', confidence: 'medium', noFix: 'The name on the certificate of the target has to be given.',
        when: [{ path: 'connection_type', must: { is: ['VPC_LINK'] } }],
      }],
      'integration-http-target': ['integration_uri', never(/^http:\/\//, 'http://app.internal/', 'https://app.internal/'), 'calls its target over plain HTTP', { severity: 'low' }],
    },
  }),
  ...service('API integration', 'aws_api_gateway_integration', {
    transit: {
      'api-integration-http': ['uri', never(/^http:\/\//, 'http://app.example.com/', 'https://app.example.com/'), 'calls its target over plain HTTP', { severity: 'low' }],
    },
    clientCertificate: {
      'api-integration-unverified': ['tls_config.insecure_skip_verification', notOn, 'does not check the certificate of its target', { severity: 'medium' }],
    },
  }),
  ...service('API method', 'aws_api_gateway_method', {
    filter: {
      'api-method-without-validator': ['request_validator_id', needed, 'takes requests without validating them', {
        severity: 'info', confidence: 'low', orPath: [{ path: 'http_method', must: { is: ['OPTIONS'] } }],
      }],
    },
  }),
  ...service('API method setting', 'aws_api_gateway_method_settings', {
    filter: { 'api-without-throttling': ['settings.throttling_burst_limit', byHand(least(1)), 'sets no limit to requests', { severity: 'info' }] },
    identity: {
      'api-cache-without-authorization': ['settings.require_authorization_for_cache_control', notOff, 'lets everybody empty its cache', { severity: 'low' }],
    },
  }),
  ...service('Event API', 'aws_appsync_api', {
    identity: {
      'event-api-key': ['event_config.auth_provider.auth_type', not(undefined, 'API_KEY'), 'is opened by a shared key', { cfn: 'event_config.auth_providers.auth_type', severity: 'low' }],
    },
    logging: { 'event-api-without-log': ['event_config.log_config', needed, 'records nothing', { severity: 'info' }] },
  }),
  ...service('GraphQL API', 'aws_appsync_graphql_api', {
    identity: {
      'appsync-second-api-key': ['additional_authentication_provider.authentication_type', not(undefined, 'API_KEY'), 'is also opened by a shared key', {
        cfn: 'additional_authentication_providers.authentication_type', severity: 'low',
      }],
    },
  }),
  ...service('CDN', 'aws_cloudfront_distribution', {
    oldTls: {
      'cloudfront-dedicated-address': ['viewer_certificate.ssl_support_method', ifSet('vip', 'sni-only'), 'answers clients that do not name the host', {
        severity: 'info', ansible: 'viewer_certificate.ssl_support_method',
      }],
    },
  }),
  ...service('CDN origin', 'aws_cloudfront_vpc_origin', {
    transit: {
      'vpc-origin-plaintext': ['vpc_origin_endpoint_config.origin_protocol_policy', not('https-only', 'http-only', 'match-viewer'), 'is fetched over plain HTTP', { severity: 'low' }],
    },
  }),
  ...service('API stage', 'aws_api_gateway_stage', {
    logging: {
      'api-stage-logs-nothing': ['method_settings.logging_level', ifSet('OFF', 'INFO', 'ERROR'), 'logs nothing', { severity: 'info' }],
      'api-stage-data-trace': ['method_settings.data_trace_enabled', notOn, 'writes whole requests and answers to the log', { severity: 'medium' }],
      'api-stage-without-metrics': ['method_settings.metrics_enabled', notOff, 'measures nothing', { severity: 'info' }],
    },
    filter: { 'api-stage-without-throttling': ['method_settings.throttling_burst_limit', byHand(least(1)), 'sets no limit to requests', { severity: 'info' }] },
  }),
  ...service('Load balancer', 'aws_elb', {
    logging: { 'elb-access-log-off': ['access_logs.enabled', notOff, 'has its access log switched off', { cfn: 'access_logging_policy.enabled' }] },
    filter: {
      'elb-desync-monitor': ['desync_mitigation_mode', ifSet('monitor', 'defensive', 'strictest'), 'only watches requests that smuggle others', { cfn: false, severity: 'medium' }],
    },
  }),
  ...service('Listener', ['aws_lb_listener', 'aws_alb_listener'], {
    transit: {
      'listener-without-certificate': ['certificate_arn', needed, 'has no certificate', {
        cfn: 'certificates', severity: 'low', when: [{ path: 'protocol', must: { is: ['HTTPS', 'TLS'] } }],
        or: [{ type: 'aws_lb_listener_certificate' }],
      }],
    },
  }),
  ...service('Load balancer', 'aws_elb', {
    clientCertificate: {
      'elb-uploaded-certificate': ['listener.ssl_certificate_id', never(/:server-certificate\//, 'arn:aws:iam::111122223333:server-certificate/api', 'arn:aws:acm:eu-west-1:111122223333:certificate/a'), 'has a certificate that nobody renews', { cfn: 'listeners.ssl_certificate_id', severity: 'info' }],
    },
  }),
  ...service('Load balancer', ['aws_lb', 'aws_alb'], {
    filter: {
      'lb-waf-fails-open': ['enable_waf_fail_open', notOn, 'lets requests through when its firewall does not answer', {
        cfn: 'load_balancer_attributes.waf_fail_open_enabled', severity: 'info',
      }],
    },
  }),
  ...service('Target group', ['aws_lb_target_group', 'aws_alb_target_group'], {
    transit: {
      'target-group-plain-health-check': ['health_check.protocol', not('HTTPS', 'HTTP'), 'checks its targets over plain HTTP', {
        cfn: 'health_check_protocol', severity: 'info', when: [{ path: 'protocol', must: { is: ['HTTPS', 'TLS'] } }],
      }],
    },
  }),
  ...service('Firewall rule', ['aws_waf_rule', 'aws_wafregional_rule'], {
    filter: { 'waf-rule-empty': ['predicates|predicate', needed, 'has no condition', { severity: 'low' }] },
  }),
  ...service('Firewall rule group', ['aws_waf_rule_group', 'aws_wafregional_rule_group'], {
    filter: { 'waf-group-empty': ['activated_rule', needed, 'has no rule', { severity: 'low' }] },
  }),
  ...service('Firewall rule group', 'aws_wafv2_rule_group', {
    filter: { 'wafv2-group-empty': ['rule|rules', needed, 'has no rule', { severity: 'low' }] },
    logging: {
      'wafv2-group-without-metrics': ['visibility_config.cloudwatch_metrics_enabled', notOff, 'measures nothing', { cfn: 'visibility_config.cloud_watch_metrics_enabled', severity: 'info' }],
    },
  }),
  ...service('Firewall', 'aws_networkfirewall_firewall', {
    recovery: {
      'firewall-subnets-changeable': ['subnet_change_protection', on, 'can be taken out of its subnets', { severity: 'info' }],
    },
    logging: {
      'firewall-without-log': ['logging', needed, 'records nothing', { severity: 'low', or: [{ type: 'aws_networkfirewall_logging_configuration' }] }],
    },
  }),
  ...service('Firewall policy', 'aws_networkfirewall_firewall_policy', {
    filter: {
      'firewall-policy-passes-fragments': ['firewall_policy.stateless_fragment_default_actions', never(/^aws:pass$/, ['aws:pass'], ['aws:drop']), 'passes fragments that no rule matches'],
      'firewall-policy-without-rules': ['firewall_policy.stateful_rule_group_reference|firewall_policy.stateless_rule_group_reference', needed, 'refers to no rule group', {
        cfn: 'firewall_policy.stateful_rule_group_references|firewall_policy.stateless_rule_group_references', severity: 'low',
        orPath: [{ path: 'firewall_policy.stateful_default_actions|firewall_policy.policy_variables', must: 'present' }],
      }],
    },
  }),
  ...service('HTTP API stage', 'aws_apigatewayv2_stage', {
    logging: { 'http-api-logs-nothing': ['default_route_settings.logging_level|route_settings.logging_level', ifSet('OFF', 'INFO', 'ERROR'), 'logs nothing', { severity: 'info' }] },
  }),
  ...service('Listener', ['aws_lb_listener', 'aws_alb_listener'], {
    identity: {
      'listener-lets-strangers-in': ['default_action.authenticate_oidc.on_unauthenticated_request|default_action.authenticate_cognito.on_unauthenticated_request', ifSet('allow', 'authenticate', 'deny'), 'lets requests through that did not sign in', {
        cfn: 'default_action.authenticate_oidc_config.on_unauthenticated_request|default_action.authenticate_cognito_config.on_unauthenticated_request',
      }],
    },
  }),
  ...service('Function', 'aws_lambda_function', {
    identity: {
      'sam-url-open': ['function_url_config.auth_type', byHand(not('AWS_IAM', 'NONE')), 'has a URL that anybody can call', { severity: 'high' }],
      'sam-url-cors-any-origin': ['function_url_config.cors.allow_origins', byHand(not(['https://app.example.com'], '*')), 'accepts requests from every site', { severity: 'low' }],
    },
  }),
  ...service('Stream channel', 'aws_ivs_channel', { transit: { 'stream-ingest-plaintext': ['insecure_ingest', notOn, 'takes streams without TLS', { severity: 'low' }] } }),
  ...service('Mail configuration', 'aws_sesv2_configuration_set', { transit: { 'mail-tracking-plaintext': ['tracking_options.https_policy', ifSet('OPTIONAL', 'REQUIRE', 'REQUIRE_OPEN_ONLY'), 'tracks links over plain HTTP', { severity: 'info' }] } }),
  ...service('Pipeline webhook', 'aws_codepipeline_webhook', { identity: { 'pipeline-webhook-open': ['authentication', ifSet('UNAUTHENTICATED', 'GITHUB_HMAC', 'IP'), 'is started by whoever calls it'] } }),
  ...service('Lattice service', ['aws_vpclattice_service', 'aws_vpclattice_service_network'], {
    identity: {
      'lattice-without-auth': ['auth_type', { must: { is: ['AWS_IAM'] }, absent: 'bad', set: 'AWS_IAM', sample: { bad: 'NONE' } }, 'answers whoever can reach it', {
        severity: 'low', leadsTo: [],
      }],
    },
  }),
  ...service('Lattice listener', 'aws_vpclattice_listener', {
    transit: { 'lattice-listener-plaintext': ['protocol', not(undefined, 'HTTP'), 'accepts plain HTTP', { severity: 'low' }] },
  }),
  ...service('Virtual node', 'aws_appmesh_virtual_node', {
    transit: {
      'mesh-listener-plaintext': ['spec.listener.tls.mode', ifSet('DISABLED', 'STRICT'), 'accepts plaintext', { cfn: 'spec.listeners.tls.mode', severity: 'medium' }],
      'mesh-listener-permissive': ['spec.listener.tls.mode', not('STRICT', 'PERMISSIVE'), 'accepts plaintext beside TLS', { cfn: 'spec.listeners.tls.mode', severity: 'low' }],
    },
    logging: { 'mesh-node-without-log': ['spec.logging', needed, 'records no access', { severity: 'info' }] },
  }),
  ...service('Virtual gateway', 'aws_appmesh_virtual_gateway', {
    transit: {
      'mesh-gateway-plaintext': ['spec.listener.tls.mode', { must: { is: ['STRICT'] }, absent: 'bad', set: 'STRICT', sample: { bad: 'DISABLED' } }, 'accepts plaintext', { cfn: 'spec.listeners.tls.mode', severity: 'medium', noFix: 'A certificate is needed first.' }],
    },
    logging: { 'mesh-gateway-without-log': ['spec.logging', needed, 'records no access', { severity: 'info' }] },
  }),
  ...service('Mesh', 'aws_appmesh_mesh', {
    segmentation: {
      'mesh-egress-open': ['spec.egress_filter.type', ifSet('ALLOW_ALL', 'DROP_ALL'), 'lets its services reach everything', { severity: 'low' }],
    },
  }),
  ...service('VPN endpoint', 'aws_ec2_client_vpn_authorization_rule', {
    segmentation: { 'client-vpn-everybody': ['authorize_all_groups', notOn, 'lets every user in', { severity: 'low' }] },
  }),
  ...service('VPN connection', 'aws_vpn_connection', {
    logging: {
      'vpn-without-log': ['tunnel1_log_options.cloudwatch_log_options.log_enabled|tunnel2_log_options.cloudwatch_log_options.log_enabled', on, 'records nothing', {
        cfn: 'vpn_tunnel_options_specifications.log_options.cloudwatch_log_options.log_enabled', severity: 'info',
      }],
    },
    oldTls: {
      'vpn-weak-integrity': ['tunnel1_phase1_integrity_algorithms|tunnel2_phase1_integrity_algorithms|tunnel1_phase2_integrity_algorithms|tunnel2_phase2_integrity_algorithms', never(/^SHA1$/, ['SHA1'], ['SHA2-256']), 'accepts SHA-1', {
        cfn: 'vpn_tunnel_options_specifications.phase1_integrity_algorithms.value|vpn_tunnel_options_specifications.phase2_integrity_algorithms.value',
        severity: 'low',
      }],
      'vpn-weak-group': ['tunnel1_phase1_dh_group_numbers|tunnel2_phase1_dh_group_numbers|tunnel1_phase2_dh_group_numbers|tunnel2_phase2_dh_group_numbers', never(/^(?:2|5)$/, ['2'], ['20']), 'accepts weak key exchanges', {
        cfn: 'vpn_tunnel_options_specifications.phase1_dh_group_numbers.value|vpn_tunnel_options_specifications.phase2_dh_group_numbers.value',
        severity: 'low',
      }],
    },
  }),
  ...service('Dedicated connection', 'aws_dx_connection', {
    transit: {
      'direct-connect-plaintext': ['encryption_mode', not('must_encrypt', 'no_encrypt', 'should_encrypt'), 'passes traffic without encryption', { cfn: false, severity: 'low' }],
    },
  }),
  ...service('VPC setting', 'aws_vpc_block_public_access_options', {
    exposed: {
      'vpc-public-access-unblocked': ['internet_gateway_block_mode', ifSet('off', 'block-bidirectional', 'block-ingress'), 'lets the internet reach its subnets', { severity: 'low' }],
    },
  }),
  ...service('Resolver firewall', 'aws_route53_resolver_firewall_config', {
    filter: {
      'resolver-firewall-fails-open': ['firewall_fail_open', ifSet('ENABLED', 'DISABLED'), 'answers queries that it could not check', { severity: 'low' }],
    },
  }),
  ...service('Domain', 'aws_route53domains_registered_domain', {
    recovery: { 'domain-without-renewal': ['auto_renew', notOff, 'runs out unless somebody renews it', { severity: 'low' }] },
    exposed: { 'domain-registrant-public': ['registrant_privacy', notOff, 'shows who registered it', { severity: 'low' }] },
  }),
  ...service('Accelerator', 'aws_globalaccelerator_custom_routing_accelerator', {
    logging: { 'custom-accelerator-without-log': ['attributes.flow_logs_enabled', on, 'records no traffic', { cfn: false, severity: 'info' }] },
  }),
  ...service('Subscription', 'aws_sns_topic_subscription', {
    transit: { 'subscription-plaintext': ['protocol', not('https', 'http'), 'sends messages over plain HTTP', { severity: 'medium' }] },
  }),
  ...service('API destination', 'aws_cloudwatch_event_api_destination', {
    transit: {
      'event-destination-http': ['invocation_endpoint', never(/^http:\/\//, 'http://hooks.example.com/', 'https://hooks.example.com/'), 'sends events over plain HTTP', { severity: 'medium' }],
    },
  }),
  ...service('Input security group', 'aws_medialive_input_security_group', {
    exposed: {
      'media-input-open': ['whitelist_rules.cidr', byHand(not(['10.0.0.0/8'], '0.0.0.0/0', '::/0')), 'takes streams from everywhere', { severity: 'medium' }],
    },
  }),
  ...service('Fleet', 'aws_gamelift_fleet', {
    exposed: {
      'game-fleet-open-ssh': ['ec2_inbound_permission.from_port', never(/^(?:22|3389)$/, 22, 7777), 'opens a port of administration', {
        cfn: 'ec2_inbound_permissions.from_port', severity: 'medium', when: [{ path: 'ec2_inbound_permission.ip_range|ec2_inbound_permissions.ip_range', must: { matches: /\/(?:[0-9]|1[0-5])$/ } }],
        examples: [{
          file: 'main.tf',
          bad: 'resource "aws_gamelift_fleet" "play" {\n  ec2_inbound_permission {\n    from_port = 22\n                ^^\n    to_port   = 22\n    ip_range  = "0.0.0.0/0"\n  }\n}\n',
          good: 'resource "aws_gamelift_fleet" "play" {\n  ec2_inbound_permission {\n    from_port = 22\n    to_port   = 22\n    ip_range  = "203.0.113.0/24"\n  }\n}\n',
        }],
      }],
    },
  }),
  ...service('CDN distribution', 'aws_lightsail_distribution', {
    transit: {
      'lightsail-cdn-plaintext': ['origin.protocol_policy', ifSet('http-only', 'https-only'), 'fetches from its origin over plain HTTP', { cfn: 'origin.protocol_policy', severity: 'low' }],
    },
  }),
  ...service('Connector', 'aws_transfer_connector', {
    transit: {
      'as2-plaintext': ['as2_config.encryption_algorithm', ifSet('NONE', 'AES256_CBC', 'AES192_CBC', 'AES128_CBC'), 'sends files without encryption', { severity: 'medium' }],
    },
    logging: { 'transfer-connector-without-log': ['logging_role', needed, 'records nothing', { severity: 'info' }] },
  }),
  ...service('Event subscription', 'aws_db_event_subscription', {
    logging: {
      'rds-events-instance': ['event_categories', byHand({ ...all('maintenance', 'configuration change', 'failure'), absent: 'fine' }), 'leaves out events of instances that matter', { severity: 'info', when: [{ path: 'source_type', must: { is: ['db-instance'] } }] }],
      'rds-events-cluster': ['event_categories', byHand({ ...all('maintenance', 'failure'), absent: 'fine' }), 'leaves out events of clusters that matter', { severity: 'info', when: [{ path: 'source_type', must: { is: ['db-cluster'] } }] }],
      'rds-events-group': ['event_categories', byHand({ ...all('configuration change'), absent: 'fine' }), 'leaves out changes of the configuration', { severity: 'info', when: [{ path: 'source_type', must: { is: ['db-parameter-group', 'db-security-group'] } }] }],
      'rds-events-off': ['enabled', notOff, 'is switched off', { severity: 'info' }],
    },
  }),
  ...service('Origin', 'aws_mediapackage_origin_endpoint', {
    exposed: {
      'media-origin-open': ['whitelist', never(/^0\.0\.0\.0\/0$/, ['0.0.0.0/0'], ['10.0.0.0/8']), 'serves every address', { severity: 'low' }],
    },
  }),
  ...service('Voice connector', 'aws_chime_voice_connector', {
    transit: { 'voice-plaintext': ['require_encryption', on, 'takes calls without encryption', { severity: 'low' }] },
  }),
  ...service('Certificate', 'aws_acm_certificate', {
    oldTls: {
      'certificate-short-key': ['key_algorithm', matches(/^(?!RSA_1024)/, 'RSA_1024', 'RSA_2048'), 'has a key that is too short', { severity: 'medium' }],
    },
    recovery: {
      'certificate-mail-validation': ['validation_method', ifSet('EMAIL', 'DNS'), 'is renewed only if somebody answers a mail', { severity: 'info' }],
    },
  }),
  ...service('Prefix list', 'aws_guardduty_ipset', { detection: { 'guardduty-trusted-list-off': ['activate', notOff, 'is not in use', { severity: 'info' }] } }),
  ...service('Access point', 'aws_s3control_multi_region_access_point', {
    public: {
      'multi-region-access-point-public': ['details.public_access_block.block_public_policy', notOff, 'allows public policies', { cfn: 'public_access_block_configuration.block_public_policy', severity: 'medium' }],
      'multi-region-access-point-acls': ['details.public_access_block.block_public_acls', notOff, 'allows public ACLs', { cfn: 'public_access_block_configuration.block_public_acls', severity: 'medium' }],
    },
  }),
  ...service('Access point', 'aws_s3_access_point', {
    public: {
      'access-point-allows-acls': ['public_access_block_configuration.block_public_acls', notOff, 'allows public ACLs', { severity: 'low' }],
      'access-point-respects-acls': ['public_access_block_configuration.ignore_public_acls', notOff, 'does not ignore public ACLs', { severity: 'low' }],
      'access-point-unrestricted': ['public_access_block_configuration.restrict_public_buckets', notOff, 'does not restrict access that a public policy gives', { severity: 'low' }],
    },
    segmentation: {
      'access-point-from-internet': ['vpc_configuration', needed, 'can be used from outside of a VPC', { severity: 'info', confidence: 'low' }],
    },
  }),
  ...service('Bucket', 'aws_s3_bucket', {
    recovery: { 'bucket-force-destroy': ['force_destroy', notOn, 'is deleted with everything in it', { cfn: false, severity: 'info' }] },
  }),
];
