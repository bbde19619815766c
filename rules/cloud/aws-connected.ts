import { byHand, ifSet, least, never, not, notOff, notOn, service } from '../_families.ts';

const cursed = /^http:\/\//i;
const backends = 'spec.backend_defaults.client_policy.tls.enforce';
const behind = 'spec.backend.virtual_service.client_policy.tls.enforce';
const sample = 'http://api.example.com';
const better = 'https://api.example.com';

/** What services and networks hand on to each other. Sources: the provider's pages of the resources; the guides of App Mesh, PrivateLink, AppSync, Elastic Load Balancing and EventBridge. */
export default [
  ...service('Certificate authority', 'aws_acmpca_certificate_authority', {
    oldTls: {
      'authority-weak-signature': ['certificate_authority_configuration.signing_algorithm', byHand(never(/^(?:SHA1|MD5)/i, 'SHA1WITHRSA', 'SHA512WITHRSA')), 'signs with a broken hash', { cfn: 'signing_algorithm', noFix: 'The authority has to be made anew.' }],
    },
  }),
  ...service('Certificate', 'aws_acmpca_certificate', {
    oldTls: { 'issued-weak-signature': ['signing_algorithm', never(/^(?:SHA1|MD5)/i, 'SHA1WITHRSA', 'SHA256WITHRSA'), 'is signed with a broken hash'] },
  }),
  ...service('Virtual gateway', 'aws_appmesh_virtual_gateway', {
    transit: { 'mesh-gateway-tls-optional': [backends, notOff, 'reaches its services without TLS where they offer none', { severity: 'medium' }] },
  }),
  ...service('Virtual node', 'aws_appmesh_virtual_node', {
    transit: {
      'mesh-node-tls-optional': [`${behind}|${backends}`, notOff, 'reaches other services without TLS where they offer none', { severity: 'medium', cfn: `${behind.replace('backend.', 'backends.')}|${backends}` }],
    },
  }),
  ...service('Endpoint service', ['aws_vpc_endpoint_service_allowed_principal', 'aws_vpc_endpoint_service'], {
    exposed: {
      'endpoint-service-everybody': ['principal_arn|allowed_principals', byHand(never(/^\*$/, '*', 'arn:aws:iam::111122223333:root')), 'can be found and asked for by every account', {
        severity: 'medium', cfn: 'allowed_principals', noFix: 'The accounts that are meant have to be named.',
      }],
    },
  }),
  ...service('Data source', 'aws_appsync_datasource', {
    transit: { 'appsync-source-plaintext': ['http_config.endpoint', never(cursed, sample, better), 'is asked over plain HTTP', { severity: 'medium' }] },
  }),
  ...service('Channel namespace', 'aws_appsync_channel_namespace', {
    identity: { 'channel-shared-key': ['publish_auth_mode.auth_type|subscribe_auth_mode.auth_type', byHand(not('AWS_IAM', 'API_KEY')), 'is opened by a shared key', { severity: 'low', cfn: 'publish_auth_modes.auth_type|subscribe_auth_modes.auth_type' }] },
  }),
  ...service('GraphQL API', 'aws_appsync_graphql_api', {
    filter: { 'appsync-any-depth': ['query_depth_limit', least(1, 10), 'answers queries of any depth', { severity: 'info' }] },
  }),
  ...service('Load balancer listener rule', ['aws_lb_listener_rule', 'aws_alb_listener_rule'], {
    identity: {
      'listener-rule-cognito': ['action.authenticate_cognito.on_unauthenticated_request', ifSet('allow', 'authenticate', 'deny'), 'lets requests through that did not sign in', { cfn: 'actions.authenticate_cognito_config.on_unauthenticated_request' }],
    },
    transit: {
      'listener-rule-to-plaintext': ['action.redirect.protocol', not('HTTPS', 'HTTP'), 'sends clients to plain HTTP', { severity: 'medium', cfn: 'actions.redirect_config.protocol' }],
    },
  }),
  ...service('Load balancer listener', ['aws_lb_listener', 'aws_alb_listener'], {
    clientCertificate: {
      'listener-expired-clients': ['mutual_authentication.ignore_client_certificate_expiry', notOn, 'takes client certificates that ran out', { severity: 'medium' }],
      'listener-clients-unchecked': ['mutual_authentication.mode', ifSet('passthrough', 'verify'), 'hands client certificates on unchecked', { severity: 'info', noFix: 'The store of trusted authorities has to be named.' }],
    },
    identity: {
      'listener-cors-any-origin': ['routing_http_response_access_control_allow_origin_header_value', byHand(not('https://app.example.com', '*')), 'lets every page read its answers', { severity: 'low', cfn: false }],
    },
  }),
  ...service('Load balancer', ['aws_lb', 'aws_alb'], {
    segmentation: {
      'lb-private-link-unfiltered': ['enforce_security_group_inbound_rules_on_private_link_traffic', ifSet('off', 'on'), 'does not hold its security groups against clients from other accounts', { severity: 'low' }],
    },
  }),
  ...service('Load balancer', 'aws_lightsail_lb', {
    oldTls: { 'lightsail-lb-old-tls': ['tls_policy_name', byHand(never(/2016-08$/, 'TLS-2016-08', 'TLS-FS-Res-1-2-2019-08')), 'accepts outdated TLS versions', { severity: 'low' }] },
  }),
  ...service('Verified endpoint', 'aws_verifiedaccess_endpoint', {
    transit: { 'verified-access-plaintext': ['load_balancer_options.protocol|network_interface_options.protocol', not('https', 'http'), 'passes requests on over plain HTTP', { severity: 'low' }] },
  }),
  ...service('Lattice target group', 'aws_vpclattice_target_group', {
    transit: { 'lattice-target-plaintext': ['config.protocol', not('HTTPS', 'HTTP'), 'passes requests on over plain HTTP', { severity: 'info' }] },
  }),
  ...service('CDN origin', 'aws_cloudfront_vpc_origin', {
    oldTls: {
      'vpc-origin-old-tls': ['vpc_origin_endpoint_config.origin_ssl_protocols.items', never(/^(?:SSLv3|TLSv1|TLSv1\.1)$/, ['TLSv1'], ['TLSv1.2']), 'is fetched with outdated TLS versions', { cfn: 'vpc_origin_endpoint_config.origin_ssl_protocols' }],
    },
  }),
  ...service('HTTP API stage', 'aws_apigatewayv2_stage', {
    secret: {
      'http-api-data-trace': ['default_route_settings.data_trace_enabled|route_settings.data_trace_enabled', notOn, 'writes whole messages to the log', { severity: 'medium', why: 'Passwords, prompts and personal data of requests then stand in the log.', references: ['CWE-532'] }],
    },
  }),
  ...service('API request check', 'aws_api_gateway_request_validator', {
    filter: { 'api-parameters-unchecked': ['validate_request_parameters', notOff, 'lets parameters through unchecked', { severity: 'info' }] },
  }),
  ...service('Event connection', 'aws_cloudwatch_event_connection', {
    transit: { 'event-token-plaintext': ['auth_parameters.oauth.authorization_endpoint', never(cursed, sample, better), 'fetches its tokens over plain HTTP', { cfn: 'auth_parameters.o_auth_parameters.authorization_endpoint' }] },
  }),
  ...service('Event target', ['aws_cloudwatch_event_target', 'aws_scheduler_schedule'], {
    privilege: {
      'started-task-open': ['ecs_target.enable_execute_command|target.ecs_parameters.enable_execute_command', notOn, 'lets people into the tasks that it starts', { severity: 'low' }],
    },
  }),
  ...service('Pipe', 'aws_pipes_pipe', {
    secret: { 'pipe-logs-content': ['log_configuration.include_execution_data', byHand(never(/^ALL$/, ['ALL'], [])), 'writes whole events to its log', { severity: 'low', why: 'What the events carry is then read by whoever reads the log.', references: ['CWE-532'], noFix: 'The list is taken out.' }] },
    logging: { 'pipe-log-off': ['log_configuration.level', ifSet('OFF', 'ERROR', 'INFO', 'TRACE'), 'records nothing', { severity: 'info' }] },
  }),
  ...service('Delivery stream', 'aws_kinesis_firehose_delivery_stream', {
    transit: { 'firehose-splunk-plaintext': ['splunk_configuration.hec_endpoint', never(cursed, 'http://splunk.example.com:8088', 'https://splunk.example.com:8088'), 'sends events over plain HTTP', { severity: 'medium', cfn: 'splunk_destination_configuration.hec_endpoint' }] },
  }),
  ...service('Topic', 'aws_sns_topic', {
    oldTls: { 'topic-weak-signature': ['signature_version', { must: { not: [1] }, absent: 'fine', set: 2 }, 'signs its messages with a broken hash', { severity: 'low' }] },
  }),
  ...service('Queue', ['aws_sqs_queue', 'aws_sqs_queue_redrive_allow_policy'], {
    privilege: {
      'dead-letters-from-anywhere': ['redrive_allow_policy.redrivePermission', byHand(ifSet('allowAll', 'byQueue', 'denyAll')), 'takes the failed messages of every queue', {
        severity: 'info', cfn: 'redrive_allow_policy.redrivePermission|redrive_allow_policy.redrive_permission', examples: allowing('allowAll', 'byQueue'),
      }],
    },
  }),
  ...service('File connector', 'aws_transfer_connector', {
    transit: {
      'transfer-connector-plaintext': ['url', never(cursed, 'http://partner.example.com', 'https://partner.example.com'), 'sends files over plain HTTP', { severity: 'medium' }],
    },
    oldTls: {
      'transfer-weak-signature': ['as2_config.signing_algorithm|as2_config.mdn_signing_algorithm', byHand(never(/^(?:SHA1|NONE)$/, 'SHA1', 'SHA256')), 'signs files with a broken hash or not at all', { severity: 'low', noFix: 'Both sides have to agree on an algorithm.' }],
    },
  }),
  ...service('Firewall policy', 'aws_networkfirewall_firewall_policy', {
    filter: { 'firewall-lets-broken-streams': ['firewall_policy.stateful_engine_options.stream_exception_policy', not('DROP', 'CONTINUE'), 'lets streams through that it lost track of', { severity: 'low' }] },
  }),
  ...service('Traffic inspection', 'aws_networkfirewall_tls_inspection_configuration', {
    oldTls: {
      'inspection-takes-revoked': [['revoked', 'unknown'].map((kind) => `tls_inspection_configuration.server_certificate_configuration.check_certificate_revocation_status.${kind}_status_action`).join('|'), byHand(ifSet('PASS', 'DROP', 'REJECT')), 'lets connections through whose certificate was taken back', {
        severity: 'low', cfn: ['revoked', 'unknown'].map((kind) => `tls_inspection_configuration.server_certificate_configurations.check_certificate_revocation_status.${kind}_status_action`).join('|'),
      }],
    },
  }),
  ...service('Website', ['aws_s3_bucket_website_configuration'], {
    transit: { 'bucket-redirect-plaintext': ['redirect_all_requests_to.protocol|routing_rule.redirect.protocol', not('https', 'http'), 'sends its visitors to plain HTTP', { severity: 'low', cfn: false }] },
  }),
  ...service('Log target', 'aws_s3_bucket_logging', {
    public: {
      'log-grant-everybody': ['target_grant.grantee.uri', byHand(never(/\/(?:AllUsers|AuthenticatedUsers)$/, 'http://acs.amazonaws.com/groups/global/AllUsers', 'http://acs.amazonaws.com/groups/s3/LogDelivery')), 'lets everybody read the log', { cfn: false }],
    },
  }),
  ...service('Function', ['aws_lambda_function_recursion_config', 'aws_lambda_function'], {
    filter: { 'lambda-calls-itself': ['recursive_loop', byHand(ifSet('Allow', 'Terminate')), 'may call itself without end', { severity: 'info', why: 'One message can start calls without number, and the bill that goes with them.', references: ['CWE-770'] }] },
  }),
  ...service('Name firewall', 'aws_route53_resolver_firewall_rule_group_association', {
    recovery: { 'name-firewall-removable': ['mutation_protection', ifSet('DISABLED', 'ENABLED'), 'can be taken off its network', { severity: 'info' }] },
  }),
  ...service('Stream channel', 'aws_ivs_channel', {
    identity: { 'stream-for-everybody': ['authorized', byHand({ must: { is: [true] }, absent: 'fine', set: true }), 'is played without a token', { severity: 'info', whenNotToUse: 'For streams that are meant for the public.' }] },
  }),
  ...service('Policy store', 'aws_verifiedpermissions_policy_store', {
    detection: { 'policies-unvalidated': ['validation_settings.mode', ifSet('OFF', 'STRICT'), 'takes policies that its schema does not know', { severity: 'low' }] },
  }),
];

function allowing(bad: string, good: string) {
  const text = (value: string, mark = ''): string => `resource "aws_sqs_queue_redrive_allow_policy" "failed" {\n  redrive_allow_policy = jsonencode({ redrivePermission = "${value}" })\n${mark}}\n`;
  return [{ file: 'main.tf', bad: text(bad, `${' '.repeat(59)}^^^^^^^^\n`), good: text(good) }];
}
