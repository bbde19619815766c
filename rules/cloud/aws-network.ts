import { orMissing, byHand, ifSet, matches, needed, never, none, not, notOff, notOn, off, on, service } from '../_families.ts';

const balancers = ['aws_lb', 'aws_alb'];
const listeners = ['aws_lb_listener', 'aws_alb_listener'];
const searchDomains = ['aws_opensearch_domain', 'aws_elasticsearch_domain'];
const key = 'is not encrypted with a customer-managed key';
const redirects = [{ path: 'default_action.type', must: { is: ['redirect'] } }, { path: 'default_action.redirect', must: 'present' }] as const;

export default [
  ...service('Listener', listeners, {
    transit: {
      'plaintext-listener': ['protocol', not(undefined, 'HTTP'), 'accepts plain HTTP', { severity: 'medium', orPath: redirects, noFix: 'A certificate is needed first.', ansible: 'protocol' }],
      'unencrypted-tcp-listener': ['protocol', not(undefined, 'TCP', 'UDP', 'TCP_UDP'), 'passes unencrypted traffic on', { severity: 'low', noFix: 'A certificate is needed first.' }],
    },
    oldTls: {
      'listener-old-tls': ['ssl_policy', { ...never(/^ELBSecurityPolicy-(?:2015|2016|TLS-1-[01]-|FS-2018|FS-1-1|TLS13-1-[01])/, 'ELBSecurityPolicy-2016-08', 'ELBSecurityPolicy-TLS13-1-2-2021-06'), set: 'ELBSecurityPolicy-TLS13-1-2-2021-06' }, 'accepts outdated TLS versions', { ansible: 'ssl_policy' }],
      'listener-default-tls': ['ssl_policy', needed, 'keeps the default TLS policy, which accepts TLS 1.0', { when: [{ path: 'protocol', must: { is: ['HTTPS', 'TLS'] } }], set: 'ELBSecurityPolicy-TLS13-1-2-2021-06', severity: 'low' }],
    },
  }),
  ...service('Target group', ['aws_lb_target_group', 'aws_alb_target_group'], {
    transit: {
      'plaintext-target-group': ['protocol', not(undefined, 'HTTP'), 'receives its traffic over plain HTTP', { severity: 'info', noFix: 'The targets have to offer TLS first.' }],
    },
    logging: {
      'target-group-without-health-check': ['health_check', needed, 'checks no health', { cfn: 'health_check_enabled|health_check_path|health_check_protocol|health_check_port', severity: 'info' }],
    },
  }),
  ...service('Load balancer', balancers, {
    filter: {
      'lb-passes-invalid-headers': ['drop_invalid_header_fields', on, 'passes invalid headers on', {
        cfn: 'load_balancer_attributes.routing_http_drop_invalid_header_fields_enabled',
        when: [{ path: 'load_balancer_type|type', must: { not: ['network', 'gateway'] } }],
        examples: [{
          file: 'main.tf',
          bad: 'resource "aws_lb" "api" {\n                   ^^^\n  load_balancer_type = "application"\n}\n',
          fixed: 'resource "aws_lb" "api" {\n  load_balancer_type = "application"\n  drop_invalid_header_fields = true\n}\n',
          good: 'resource "aws_lb" "api" {\n  load_balancer_type         = "application"\n  drop_invalid_header_fields = true\n}\n',
        }],
      }],
      'lb-default-passes-headers': ['drop_invalid_header_fields', on, 'does not drop invalid headers', { cfn: 'load_balancer_attributes.routing_http_drop_invalid_header_fields_enabled', when: [{ path: 'load_balancer_type|type', must: 'absent' }] }],
      'lb-desync-monitor': ['desync_mitigation_mode', ifSet('monitor', 'defensive', 'strictest'), 'only watches requests that smuggle others', { cfn: 'load_balancer_attributes.routing_http_desync_mitigation_mode', severity: 'medium' }],
      'lb-without-waf': ['web_acl_arn', needed, 'has no web application firewall', {
        severity: 'info', confidence: 'low', or: [{ type: 'aws_wafv2_web_acl_association' }, { type: 'aws_wafregional_web_acl_association' }],
        orPath: [{ path: 'internal', must: { is: [true] } }, { path: 'scheme', must: { is: ['internal'] } }, { path: 'load_balancer_type|type', must: { is: ['network', 'gateway'] } }],
      }],
    },
    logging: {
      'lb-without-access-log': ['access_logs.enabled', byHand(on), 'records no access', { cfn: 'load_balancer_attributes.access_logs_s3_enabled', noFix: 'The bucket for the log has to be named.' }],
    },
    recovery: {
      'lb-without-deletion-protection': ['enable_deletion_protection', on, 'can be deleted without further ado', { cfn: 'load_balancer_attributes.deletion_protection_enabled', severity: 'info' }],
      'lb-single-zone-balancing': ['enable_cross_zone_load_balancing', on, 'does not balance across zones', {
        cfn: 'load_balancer_attributes.load_balancing_cross_zone_enabled', severity: 'info',
        when: [{ path: 'load_balancer_type|type', must: { is: ['network', 'gateway'] } }],
        examples: [{
          file: 'main.tf',
          bad: 'resource "aws_lb" "api" {\n                   ^^^\n  load_balancer_type = "network"\n}\n',
          good: 'resource "aws_lb" "api" {\n  load_balancer_type = "network"\n  enable_cross_zone_load_balancing = true\n}\n',
        }],
      }],
    },
  }),
  ...service('Load balancer', 'aws_elb', {
    transit: {
      'elb-plaintext': ['listener.lb_protocol', not(undefined, 'http', 'tcp'), 'accepts unencrypted connections', { severity: 'medium', cfn: 'listeners.protocol', ansible: 'listeners.protocol', noFix: 'A certificate is needed first.' }],
      'elb-plaintext-backend': ['listener.instance_protocol', not(undefined, 'http', 'tcp'), 'passes traffic on unencrypted', { cfn: 'listeners.instance_protocol', severity: 'low', noFix: 'The instances have to offer TLS first.' }],
    },
    oldTls: {
      'elb-default-tls': ['policies.policy_type', matches(/^SSLNegotiationPolicyType$/, 'AppCookieStickinessPolicyType', 'SSLNegotiationPolicyType'), 'sets no TLS policy', { severity: 'low' }],
    },
    logging: {
      'elb-without-access-log': ['access_logs.enabled', { must: { not: [false] }, absent: 'bad' }, 'records no access', {
        cfn: 'access_logging_policy.enabled', orPath: [{ path: 'access_logs.bucket', must: 'present' }], sample: { bad: false, good: true },
        examples: [{
          file: 'main.tf',
          bad: 'resource "aws_elb" "api" {\n                    ^^^\n}\n',
          good: 'resource "aws_elb" "api" {\n  access_logs {\n    bucket = "logs"\n  }\n}\n',
        }],
      }],
    },
    recovery: {
      'elb-single-zone-balancing': ['cross_zone_load_balancing|cross_zone', notOff, 'does not balance across zones', { severity: 'info' }],
      'elb-without-draining': ['connection_draining', on, 'cuts connections off', { cfn: 'connection_draining_policy.enabled', severity: 'info' }],
    },
  }),
  ...service('TLS policy', 'aws_load_balancer_policy', {
    oldTls: {
      'elb-weak-cipher': ['policy_attribute.name', never(/^(?:Protocol-SSLv[23]|Protocol-TLSv1(?:\.1)?|RC4-.*|DES-.*|EXP-.*|.*-MD5|.*NULL.*|EDH-.*|SSLv3.*|.*DES-CBC3.*|.*IDEA.*|ADH-.*|PSK-.*|KRB5.*)$/, 'Protocol-SSLv3', 'Protocol-TLSv1.2'), 'allows weak protocols or ciphers'],
    },
  }),
  ...service('CDN', 'aws_cloudfront_distribution', {
    transit: {
      'cloudfront-http': ['default_cache_behavior.viewer_protocol_policy', not('redirect-to-https', 'allow-all'), 'accepts plain HTTP', { severity: 'medium', ansible: 'default_cache_behavior.viewer_protocol_policy' }],
      'cloudfront-ordered-http': ['ordered_cache_behavior.viewer_protocol_policy', not('redirect-to-https', 'allow-all'), 'has a path that accepts plain HTTP', { severity: 'medium', ansible: 'cache_behaviors.viewer_protocol_policy' }],
      'cloudfront-plaintext-origin': ['origin.custom_origin_config.origin_protocol_policy', not('https-only', 'http-only', 'match-viewer'), 'fetches from its origin over plain HTTP', { cfn: 'origins.custom_origin_config.origin_protocol_policy', severity: 'medium' }],
    },
    oldTls: {
      'cloudfront-old-tls': ['viewer_certificate.minimum_protocol_version', orMissing(matches(/^TLSv1\.[23]_/, 'TLSv1', 'TLSv1.2_2021')), 'accepts outdated TLS versions', {
        ansible: 'viewer_certificate.minimum_protocol_version', when: [{ path: 'viewer_certificate', must: 'present' }],
        orPath: [{ path: 'viewer_certificate.cloudfront_default_certificate|viewer_certificate.cloud_front_default_certificate', must: { is: [true] }, onlyAbsent: true }],
      }],
      'cloudfront-default-certificate': ['viewer_certificate.cloudfront_default_certificate', byHand(notOn), 'uses the default certificate and with it TLS 1.0', {
        cfn: 'viewer_certificate.cloud_front_default_certificate', ansible: 'viewer_certificate.cloudfront_default_certificate', severity: 'low',
        noFix: 'A certificate is needed first.',
      }],
      'cloudfront-without-certificate': ['viewer_certificate', needed, 'keeps the default certificate and with it TLS 1.0', { severity: 'low', confidence: 'low', noFix: 'A certificate is needed first.' }],
      'cloudfront-origin-old-tls': ['origin.custom_origin_config.origin_ssl_protocols', never(/^(?:SSLv3|TLSv1|TLSv1\.1)$/, ['TLSv1'], ['TLSv1.2']), 'fetches from its origin with outdated TLS versions', { cfn: 'origins.custom_origin_config.origin_ssl_protocols' }],
    },
    filter: {
      'cloudfront-without-waf': ['web_acl_id', needed, 'has no web application firewall', { ansible: 'web_acl_id' }],
      'cloudfront-without-geo-restriction': ['restrictions.geo_restriction.restriction_type', not(undefined, 'none'), 'is offered to every country', { severity: 'info', confidence: 'low' }],
      'cloudfront-without-response-headers': ['default_cache_behavior.response_headers_policy_id', needed, 'sets no security headers', { severity: 'info', confidence: 'low' }],
    },
    segmentation: {
      'cloudfront-s3-origin-open': ['origin.origin_access_control_id|origin.s3_origin_config.origin_access_identity', needed, 'reads its bucket without an identity of its own', {
        cfn: 'origins.origin_access_control_id|origins.s3_origin_config.origin_access_identity', severity: 'low',
        when: [{ path: 'origin.s3_origin_config|origins.s3_origin_config', must: 'present' }],
        examples: [{
          file: 'main.tf',
          bad: 'resource "aws_cloudfront_distribution" "site" {\n                                        ^^^^\n  origin {\n    s3_origin_config {}\n  }\n}\n',
          good: 'resource "aws_cloudfront_distribution" "site" {\n  origin {\n    origin_access_control_id = aws_cloudfront_origin_access_control.site.id\n    s3_origin_config {}\n  }\n}\n',
        }],
      }],
      'cloudfront-disabled': ['enabled', notOff, 'is switched off, so that its origin serves the traffic', { severity: 'info', confidence: 'low', risky: true, ansible: 'enabled' }],
      'cloudfront-without-origin': ['origin', needed, 'names no origin', { cfn: 'origins|origin_groups', severity: 'info', confidence: 'low' }],
    },
    logging: { 'cloudfront-without-log': ['logging_config', needed, 'records no access', { ansible: 'logging', or: [{ type: 'aws_cloudwatch_log_delivery_source' }] }] },
    recovery: {
      'cloudfront-without-failover': ['origin_group', needed, 'has no second origin', { cfn: 'origin_groups', severity: 'info', confidence: 'low' }],
    },
    host: { 'cloudfront-without-default-root': ['default_root_object', needed, 'names no default object', { severity: 'info' }] },
  }),
  ...service('Instance', ['aws_instance', 'aws_spot_instance_request', 'aws_launch_configuration'], {
    exposed: {
      'instance-public-address': ['associate_public_ip_address', notOn, 'gets a public address', {
        cfn: 'associate_public_ip_address|network_interfaces.associate_public_ip_address',
        ansible: 'assign_public_ip|network.assign_public_ip|network.associate_public_ip_address', severity: 'medium',
      }],
      'instance-public-address-by-default': ['associate_public_ip_address', off, 'does not rule out a public address', {
        cfn: 'associate_public_ip_address|network_interfaces.associate_public_ip_address',
        ansible: 'network.assign_public_ip|network.associate_public_ip_address', severity: 'info', confidence: 'low',
      }],
    },
  }),
  ...service('Launch template', 'aws_launch_template', {
    exposed: {
      'template-public-address': ['network_interfaces.associate_public_ip_address', notOn, 'gives its instances public addresses', { severity: 'medium' }],
    },
  }),
  ...service('Subnet', 'aws_subnet', {
    exposed: {
      'subnet-public-addresses': ['map_public_ip_on_launch', notOn, 'gives every instance a public address', { ansible: 'map_public', severity: 'low', whenNotToUse: 'For subnets that are public on purpose, such as those of load balancers.' }],
    },
  }),
  ...service('VPC', 'aws_vpc', {
    logging: {
      'vpc-without-flow-log': ['flow_log_id', needed, 'records no traffic', {
        or: [{ type: 'aws_flow_log' }],
        beside: { type: 'aws_flow_log', lines: ['vpc_id               = {owner}.id', 'traffic_type         = "ALL"', 'log_destination_type = "s3"', 'log_destination      = {the aws_s3_bucket named log}.arn'] },
      }],
    },
    segmentation: {
      'vpc-without-firewall': ['firewall_id', needed, 'has no network firewall', { or: [{ type: 'aws_networkfirewall_firewall' }], severity: 'info', confidence: 'low' }],
    },
  }),
  ...service('Transit gateway', 'aws_ec2_transit_gateway', {
    segmentation: { 'transit-gateway-auto-accept': ['auto_accept_shared_attachments', { must: { not: ['enable', true] }, absent: 'fine', set: 'disable', sample: { bad: 'enable' } }, 'accepts every attachment', { ansible: false }] },
  }),
  ...service('Endpoint service', 'aws_vpc_endpoint_service', {
    segmentation: { 'endpoint-service-auto-accept': ['acceptance_required', on, 'accepts every connection'] },
  }),
  ...service('Network ACL rule', 'aws_network_acl_rule', {
    exposed: {
      'network-acl-all-ports': ['protocol', never(/^(?:-1|all)$/, '-1', 'tcp'), 'allows every protocol and port', { when: [{ path: 'rule_action', must: { is: ['allow'] } }], severity: 'medium' }],
    },
  }),
  ...service('Network firewall', 'aws_networkfirewall_firewall', {
    recovery: {
      'firewall-without-deletion-protection': ['delete_protection', on, 'can be deleted without further ado', { ansible: 'delete_protection' }],
      'firewall-without-change-protection': ['firewall_policy_change_protection|subnet_change_protection', on, 'can be changed without further ado', { severity: 'info' }],
    },
    customerKey: { 'firewall-without-key': ['encryption_configuration.key_id', needed, key, { cfn: false, severity: 'info' }] },
  }),
  ...service('Firewall policy', 'aws_networkfirewall_firewall_policy', {
    filter: {
      'firewall-policy-passes': ['firewall_policy.stateless_default_actions', never(/^aws:pass$/, ['aws:pass'], ['aws:forward_to_sfe']), 'passes what no rule matches', { ansible: 'stateless_default_actions' }],
    },
    customerKey: { 'firewall-policy-without-key': ['encryption_configuration.key_id', needed, key, { cfn: false, severity: 'info' }] },
  }),
  ...service('Rule group', 'aws_networkfirewall_rule_group', {
    customerKey: { 'firewall-rules-without-key': ['encryption_configuration.key_id', needed, key, { cfn: false, severity: 'info' }] },
  }),
  ...service('Web ACL', 'aws_wafv2_web_acl', {
    logging: {
      'web-acl-without-log': ['logging_configuration', needed, 'records nothing', {
        or: [{ type: 'aws_wafv2_web_acl_logging_configuration' }],
        beside: { type: 'aws_wafv2_web_acl_logging_configuration', lines: ['resource_arn            = {owner}.arn', 'log_destination_configs = [{the aws_cloudwatch_log_group named waf}.arn]', '', 'redacted_fields {', '  single_header {', '    name = "authorization"', '  }', '}'] },
      }],
    },
  }),
  ...service('Web ACL', ['aws_waf_web_acl', 'aws_wafregional_web_acl'], {
    logging: { 'classic-web-acl-without-log': ['logging_configuration', needed, 'records nothing', { cfn: false }] },
  }),
  ...service('Web ACL', ['aws_wafv2_web_acl', 'aws_waf_web_acl', 'aws_wafregional_web_acl'], {
    filter: {
      'web-acl-allows-by-default': ['default_action.allow', none, 'lets through what no rule matches', {
        severity: 'info', confidence: 'low',
        examples: [{
          file: 'main.tf',
          bad: 'resource "aws_wafv2_web_acl" "api" {\n  default_action {\n    allow {}\n    ^^^^^^^^\n  }\n}\n',
          good: 'resource "aws_wafv2_web_acl" "api" {\n  default_action {\n    block {}\n  }\n}\n',
        }],
      }],
      'web-acl-without-rules': ['rule|rules', needed, 'has no rule', { severity: 'medium' }],
      'classic-web-acl-allows-by-default': ['default_action.type', ifSet('ALLOW', 'BLOCK'), 'lets through what no rule matches', { severity: 'info', confidence: 'low' }],
    },
    logging: {
      'web-acl-without-metrics': ['visibility_config.cloudwatch_metrics_enabled', notOff, 'measures nothing', { cfn: 'visibility_config.cloud_watch_metrics_enabled', severity: 'info' }],
    },
  }),
  ...service('REST API stage', 'aws_api_gateway_stage', {
    logging: {
      'api-without-access-log': ['access_log_settings', needed, 'records no access', { cfn: 'access_log_settings' }],
      'api-without-tracing': ['xray_tracing_enabled', on, 'traces no requests', { cfn: 'tracing_enabled|xray_tracing_enabled', ansible: 'tracing_enabled', severity: 'info' }],
    },
    customerKey: {
      'api-stage-cache-plain': ['cache_data_encrypted', on, 'keeps its cache unencrypted', {
        cfn: 'method_settings.cache_data_encrypted', when: [{ path: 'cache_cluster_enabled|method_settings.caching_enabled', must: { is: [true] } }],
        severity: 'low', or: [{ type: 'aws_api_gateway_method_settings', path: 'settings.cache_data_encrypted', must: { is: [true] } }],
      }],
    },
    clientCertificate: {
      'api-without-client-certificate': ['client_certificate_id', needed, 'proves nothing about itself to its backend', { noFix: 'The certificate has to be made first.', ansible: 'client_certificate_id', severity: 'info' }],
    },
    filter: {
      'api-without-waf': ['web_acl_arn', needed, 'has no web application firewall', {
        severity: 'info', confidence: 'low', cfn: 'web_acl_arn',
        or: [{ type: 'aws_wafv2_web_acl_association' }, { type: 'aws_wafregional_web_acl_association' }],
      }],
    },
    recovery: {
      'api-without-usage-plan': ['usage_plan_id', needed, 'has no usage plan', { severity: 'info', confidence: 'low', or: [{ type: 'aws_api_gateway_usage_plan' }] }],
    },
  }),
  ...service('HTTP API stage', 'aws_apigatewayv2_stage', {
    logging: {
      'http-api-without-access-log': ['access_log_settings', needed, 'records no access', { cfn: 'access_log_settings' }],
      'http-api-without-detailed-metrics': ['default_route_settings.detailed_metrics_enabled', on, 'has no detailed metrics', { severity: 'info' }],
    },
  }),
  ...service('API method settings', 'aws_api_gateway_method_settings', {
    customerKey: {
      'api-cache-plain': ['settings.cache_data_encrypted', on, 'keep the cache unencrypted', { when: [{ path: 'settings.caching_enabled', must: { is: [true] } }], severity: 'medium' }],
    },
    logging: {
      'api-data-trace': ['settings.data_trace_enabled', notOn, 'write whole requests and answers to the log', { severity: 'medium' }],
      'api-method-without-log': ['settings.logging_level', { ...ifSet('OFF', 'INFO', 'ERROR'), absent: 'bad' }, 'log nothing', { severity: 'info' }],
      'api-method-without-metrics': ['settings.metrics_enabled', on, 'measure nothing', { severity: 'info' }],
    },
  }),
  ...service('API method', 'aws_api_gateway_method', {
    identity: {
      'api-method-open': ['authorization|authorization_type', not('AWS_IAM', 'NONE'), 'can be called by anybody', {
        orPath: [{ path: 'api_key_required', must: { is: [true] } }, { path: 'http_method', must: { is: ['OPTIONS'] } }], severity: 'medium',
        examples: [{
          file: 'main.tf',
          bad: 'resource "aws_api_gateway_method" "ask" {\n  http_method   = "POST"\n  authorization = "NONE"\n                   ^^^^\n}\n',
          fixed: 'resource "aws_api_gateway_method" "ask" {\n  http_method   = "POST"\n  authorization = "AWS_IAM"\n}\n',
          good: 'resource "aws_api_gateway_method" "ask" {\n  http_method   = "POST"\n  authorization = "AWS_IAM"\n}\n',
        }],
      }],
      'api-method-without-key': ['api_key_required', on, 'asks for no API key', { severity: 'info', confidence: 'low' }],
    },
  }),
  ...service('HTTP API route', 'aws_apigatewayv2_route', {
    identity: {
      'http-route-open': ['authorization_type', { ...not('AWS_IAM', 'NONE'), absent: 'bad' }, 'can be called by anybody', { severity: 'medium', sample: { bad: 'NONE' } }],
    },
  }),
  ...service('HTTP API', 'aws_apigatewayv2_api', {
    identity: {
      'http-api-cors-any-origin': ['cors_configuration.allow_origins', byHand(not(['https://app.example.com'], '*')), 'accepts cross-origin requests from every site'],
    },
  }),
  ...service('REST API', 'aws_api_gateway_rest_api', {
    exposed: {
      'api-not-private': ['endpoint_configuration.types', { must: { is: ['PRIVATE'] }, absent: 'bad' }, 'can be reached from the internet', {
        severity: 'info', confidence: 'low', orPath: [{ path: 'body', must: 'present' }], noFix: 'A VPC endpoint is needed first.',
        sample: { bad: ['REGIONAL'], good: ['PRIVATE'] },
      }],
    },
    filter: {
      'api-default-endpoint-open': ['disable_execute_api_endpoint', on, 'keeps its default address beside its own domain', { severity: 'info', confidence: 'low' }],
    },
  }),
  ...service('API domain', ['aws_api_gateway_domain_name', 'aws_apigatewayv2_domain_name'], {
    oldTls: {
      'api-old-tls': ['security_policy|domain_name_configuration.security_policy', { must: { matches: /1_[23]/ }, absent: 'bad', set: 'TLS_1_2', sample: { bad: 'TLS_1_0', good: 'TLS_1_2' } }, 'accepts outdated TLS versions', { cfn: 'security_policy|domain_name_configurations.security_policy' }],
    },
  }),
  ...service('GraphQL API', 'aws_appsync_graphql_api', {
    logging: {
      'appsync-without-log': ['log_config', needed, 'logs nothing'],
      'appsync-without-field-log': ['log_config.field_log_level', ifSet('NONE', 'ERROR', 'ALL', 'INFO', 'DEBUG'), 'logs no fields', { severity: 'info' }],
      'appsync-without-tracing': ['xray_enabled', on, 'traces no requests', { severity: 'info' }],
    },
    identity: { 'appsync-api-key': ['authentication_type', not('AWS_IAM', 'API_KEY'), 'is protected by a shared key only', { cfn: 'authentication_type|auth.type', severity: 'low' }] },
    filter: {
      'appsync-without-waf': ['web_acl_arn', needed, 'has no web application firewall', { severity: 'info', confidence: 'low', or: [{ type: 'aws_wafv2_web_acl_association' }] }],
    },
  }),
  ...service('API cache', 'aws_appsync_api_cache', {
    atRest: { 'appsync-cache-plain': ['at_rest_encryption_enabled', on, 'is stored without encryption at rest', { severity: 'medium' }] },
    transit: { 'appsync-cache-plaintext': ['transit_encryption_enabled', on, 'is reached without encryption in transit', { severity: 'medium' }] },
  }),
  ...service('Search domain', searchDomains, {
    transit: {
      'opensearch-plaintext-nodes': ['node_to_node_encryption.enabled', on, 'sends data between nodes without encryption', { ansible: 'node_to_node_encryption_options.enabled' }],
      'opensearch-http': ['domain_endpoint_options.enforce_https', on, 'accepts plain HTTP', { ansible: 'domain_endpoint_options.enforce_https' }],
    },
    oldTls: {
      'opensearch-old-tls': ['domain_endpoint_options.tls_security_policy', { must: { never: /TLS-1-0/ }, absent: 'bad', set: 'Policy-Min-TLS-1-2-PFS-2023-10', sample: { bad: 'Policy-Min-TLS-1-0-2019-07', good: 'Policy-Min-TLS-1-2-2019-07' } }, 'accepts outdated TLS versions', { ansible: 'domain_endpoint_options.tls_security_policy' }],
    },
    segmentation: {
      'opensearch-without-vpc': ['vpc_options', needed, 'is outside of a VPC', { ansible: 'vpc_options' }],
      'opensearch-default-security-group': ['vpc_options.security_group_ids', needed, 'keeps the default security group', { severity: 'low', ansible: 'vpc_options.security_groups' }],
    },
    atRest: {
      'unencrypted-opensearch': ['encrypt_at_rest.enabled', on, 'is stored without encryption at rest', { ansible: 'encryption_at_rest_options.enabled' }],
    },
    customerKey: {
      'opensearch-without-key': ['encrypt_at_rest.kms_key_id', needed, key, { ansible: 'encryption_at_rest_options.kms_key_id', severity: 'info' }],
    },
    privilege: {
      'opensearch-without-fine-access': ['advanced_security_options.enabled', on, 'has no fine-grained access control', { ansible: 'advanced_security_options.enabled', severity: 'low' }],
    },
    logging: {
      'opensearch-without-logs': ['log_publishing_options', needed, 'publishes no logs'],
    },
    recovery: {
      'opensearch-single-master': ['cluster_config.dedicated_master_enabled', on, 'has no dedicated master nodes', { severity: 'info' }],
      'opensearch-single-zone': ['cluster_config.zone_awareness_enabled', on, 'runs in one zone', { severity: 'info', risky: true }],
    },
  }),
  ...service('Search domain', 'aws_opensearch_domain', {
    patching: { 'opensearch-without-updates': ['software_update_options.auto_software_update_enabled', on, 'gets no automatic updates', { severity: 'info' }] },
  }),
  ...service('Search domain', 'aws_cloudsearch_domain', {
    transit: { 'cloudsearch-http': ['endpoint_options.enforce_https', on, 'accepts plain HTTP'] },
    oldTls: {
      'cloudsearch-old-tls': ['endpoint_options.tls_security_policy', { must: { never: /TLS-1-0/ }, absent: 'bad', set: 'Policy-Min-TLS-1-2-2019-07', sample: { bad: 'Policy-Min-TLS-1-0-2019-07', good: 'Policy-Min-TLS-1-2-2019-07' } }, 'accepts outdated TLS versions'],
    },
  }),
  ...service('Accelerator', 'aws_globalaccelerator_accelerator', {
    logging: { 'accelerator-without-flow-log': ['attributes.flow_logs_enabled', on, 'records no traffic', { cfn: 'flow_logs_enabled' }] },
  }),
  ...service('Hosted zone', 'aws_route53_zone', {
    logging: {
      'zone-without-query-log': ['query_logging_config', needed, 'records no queries', { or: [{ type: 'aws_route53_query_log' }], severity: 'info' }],
    },
    oldTls: {
      'zone-without-dnssec': ['dnssec', needed, 'is not signed', {
        cfn: 'dnssec', or: [{ type: 'aws_route53_hosted_zone_dnssec' }, { type: 'aws_route53_key_signing_key' }],
        orPath: [{ path: 'vpc|vpcs', must: 'present' }], severity: 'info', confidence: 'low',
        beside: {
      type: 'aws_route53_hosted_zone_dnssec', lines: ['hosted_zone_id = aws_route53_key_signing_key.{name}.hosted_zone_id'],
      first: { type: 'aws_route53_key_signing_key', lines: ['name                       = "{name}"', 'hosted_zone_id             = {owner}.id', 'key_management_service_arn = {the aws_kms_key named dnssec}.arn'] },
    },
      }],
    },
  }),
  ...service('Registered domain', 'aws_route53domains_registered_domain', {
    segmentation: { 'domain-transfer-unlocked': ['transfer_lock', notOff, 'can be transferred away'] },
  }),
  ...service('Certificate', 'aws_acm_certificate', {
    oldTls: {
      'certificate-logging-off': ['options.certificate_transparency_logging_preference', ifSet('DISABLED', 'ENABLED'), 'is kept out of the transparency logs', { cfn: 'certificate_transparency_logging_preference', severity: 'low' }],
    },
  }),
  ...service('Elastic IP', 'aws_eip', {
    filter: {
      'eip-without-shield': ['shield', needed, 'is not protected by Shield Advanced', { severity: 'info', confidence: 'low', or: [{ type: 'aws_shield_protection' }] }],
    },
  }),
  ...service('VPN connection', 'aws_vpn_connection', {
    oldTls: {
      'vpn-old-ike': ['tunnel1_ike_versions|tunnel2_ike_versions', never(/^ikev1$/, ['ikev1'], ['ikev2']), 'accepts IKEv1', { cfn: 'vpn_tunnel_options_specifications.ike_versions.value' }],
    },
  }),
];
