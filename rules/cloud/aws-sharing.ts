import { byHand, ifSet, is, least, matches, missing, needed, never, not, notOff, notOn, on, service } from '../_families.ts';

/** Services that let others in or carry data on, and settings of known services that few templates write. Sources: the provider's pages of the resources; AWS Security Hub's controls. */
export default [
  ...service('Chat channel', ['aws_chatbot_slack_channel_configuration', 'aws_chatbot_teams_channel_configuration'], {
    privilege: {
      'chat-channel-without-guardrail': ['guardrail_policy_arns', needed, 'lets its users do whatever its role may', { severity: 'low', confidence: 'medium', cfn: 'guardrail_policies', noFix: 'The policy that bounds the channel has to be named; without one it is AdministratorAccess.' }],
    },
    logging: { 'chat-channel-without-log': ['logging_level', byHand(is('INFO', 'ERROR')), 'records nothing', { severity: 'info', sample: { good: 'ERROR' } }] },
  }),
  ...service('Portfolio share', 'aws_servicecatalog_portfolio_share', {
    privilege: { 'portfolio-shared-with-account': ['type', byHand(ifSet('ACCOUNT', 'ORGANIZATION')), 'goes to an account, whether or not it belongs to the organization', { severity: 'low', confidence: 'medium', cfn: false }] },
  }),
  ...service('Access policy', 'aws_opensearchserverless_access_policy', {
    privilege: {
      'vector-store-open-to-everybody': ['policy.Principal', never(/^\*$/, '*', 'arn:aws:iam::111122223333:role/agent'), 'gives the data of its collections to every principal', {
        examples: [{
          file: 'main.tf',
          bad: 'resource "aws_opensearchserverless_access_policy" "vectors" {\n  policy = jsonencode([{ Principal = ["*"] }])\n                                       ^\n}\n',
          good: 'resource "aws_opensearchserverless_access_policy" "vectors" {\n  policy = jsonencode([{ Principal = ["arn:aws:iam::111122223333:role/agent"] }])\n}\n',
        }],
      }],
      'vector-store-every-right': ['policy.Rules.Permission', never(/^aoss:\*$/, 'aoss:*', 'aoss:ReadDocument'), 'gives every right on its collections', {
        severity: 'low', confidence: 'medium',
        examples: [{
          file: 'main.tf',
          bad: 'resource "aws_opensearchserverless_access_policy" "vectors" {\n  policy = jsonencode([{ Rules = [{ Permission = ["aoss:*"] }] }])\n                                                   ^^^^^^\n}\n',
          good: 'resource "aws_opensearchserverless_access_policy" "vectors" {\n  policy = jsonencode([{ Rules = [{ Permission = ["aoss:ReadDocument"] }] }])\n}\n',
        }],
      }],
    },
  }),
  ...service('GraphQL API', 'aws_appsync_graphql_api', {
    exposed: { 'appsync-introspection': ['introspection_config', { ...is('DISABLED'), absent: 'fine', sample: { bad: 'ENABLED' } }, 'tells everybody its schema', { severity: 'low', confidence: 'medium' }] },
  }),
  ...service('Stack', 'aws_cloudformation_stack', {
    transit: { 'stack-template-plaintext': ['template_url', never(/^http:/i, 'http://templates.example.com/net.yaml', 'https://templates.example.com/net.yaml'), 'fetches its template without TLS', { severity: 'medium' }] },
  }),
  ...service('Certificate', 'aws_acm_certificate', {
    transit: {
      'wildcard-certificate': ['domain_name|subject_alternative_names', never(/^\*\./, '*.example.com', 'app.example.com'), 'stands for every name of its domain', {
        severity: 'info', confidence: 'low', why: 'Whoever gets at one key then poses as every service of the domain.', whenNotToUse: 'Where names are made while the system runs.',
      }],
    },
  }),
  ...service('Endpoint', 'aws_dms_endpoint', {
    identity: { 'dms-neptune-without-iam': ['neptune_settings.iam_auth_enabled', on, 'writes into its graph without an identity', { severity: 'low', when: [{ path: 'neptune_settings', must: 'present' }], examples: missing('aws_dms_endpoint', '  neptune_settings {\n    s3_bucket_name = "stage"\n  }\n', '  neptune_settings {\n    iam_auth_enabled = true\n  }\n', '  neptune_settings {\n    s3_bucket_name = "stage"\n    iam_auth_enabled = true\n  }\n') }] },
  }),
  ...service('Data provider', 'aws_dms_data_provider', {
    transit: {
      'data-provider-plaintext': ['settings.*.ssl_mode', never(/^none$/i, 'none', 'verify-full'), 'is reached without TLS', {
        severity: 'medium',
        examples: [{
          file: 'template.yaml',
          bad: 'Resources:\n  Source:\n    Type: AWS::DMS::DataProvider\n    Properties:\n      Settings:\n        PostgreSqlSettings:\n          SslMode: none\n                   ^^^^\n',
          good: 'Resources:\n  Source:\n    Type: AWS::DMS::DataProvider\n    Properties:\n      Settings:\n        PostgreSqlSettings:\n          SslMode: verify-full\n',
        }],
      }],
    },
  }),
  ...service('File system', ['aws_fsx_openzfs_file_system', 'aws_fsx_openzfs_volume'], {
    privilege: {
      'nfs-root-not-squashed': ['root_volume_configuration.nfs_exports.client_configurations.options|nfs_exports.client_configurations.options', never(/^no_root_squash$/, 'no_root_squash', 'root_squash'), 'lets root on a client be root on its files', {
        severity: 'medium', cfn: 'root_volume_configuration.nfs_exports.client_configurations.options|open_zfs_configuration.nfs_exports.client_configurations.options',
      }],
    },
    exposed: {
      'nfs-any-client': ['root_volume_configuration.nfs_exports.client_configurations.clients|nfs_exports.client_configurations.clients', never(/^(?:\*|0\.0\.0\.0\/0)$/, '*', '10.0.0.0/16'), 'is exported to every client that reaches it', {
        severity: 'low', confidence: 'medium', cfn: 'root_volume_configuration.nfs_exports.client_configurations.clients|open_zfs_configuration.nfs_exports.client_configurations.clients',
      }],
    },
  }),
  ...service('QuickSight account', 'aws_quicksight_account_settings', {
    recovery: { 'quicksight-without-termination-protection': ['termination_protection_enabled', notOff, 'can be deleted with all its dashboards', {}] },
  }),
  ...service('Mail entry', 'aws_ses_mail_manager_ingress_point', {
    transit: { 'mail-entry-plaintext': ['tls_policy', { ...ifSet('OPTIONAL', 'REQUIRED'), sample: { bad: 'OPTIONAL' } }, 'takes mail without TLS', { severity: 'low' }] },
  }),
  ...service('Mail policy', 'aws_ses_mail_manager_traffic_policy', {
    exposed: { 'mail-let-in-by-default': ['default_action', ifSet('ALLOW', 'DENY'), 'lets mail in that none of its statements speaks of', { severity: 'low' }] },
  }),
  ...service('Access rules', ['aws_verifiedaccess_group', 'aws_verifiedaccess_endpoint'], {
    privilege: {
      'verified-access-everybody': [
        'policy_document',
        byHand(never(/^\s*permit\s*\(\s*principal\s*,\s*action\s*,\s*resource\s*\)\s*;?\s*$/, 'permit(principal, action, resource);', 'permit(principal, action, resource) when { context.okta.groups has "ops" };')),
        'lets everybody in who signed in anywhere',
        { severity: 'medium', noFix: 'Who may use the application has to be known.' },
      ],
    },
  }),
  ...service('Stream', ['aws_mediaconnect_flow', 'aws_mediaconnect_flow_source'], {
    exposed: {
      'media-flow-open': ['source.whitelist_cidr|whitelist_cidr', byHand(not('203.0.113.0/24', '0.0.0.0/0', '::/0')), 'takes content from everywhere', { severity: 'medium', noFix: 'The addresses of the senders have to be known.' }],
    },
  }),
  ...service('Scheduled query', 'aws_timestreamquery_scheduled_query', {
    customerKey: { 'scheduled-query-errors-without-key': ['error_report_configuration.s3_configuration.encryption_option', ifSet('SSE_S3', 'SSE_KMS'), 'writes what failed without a customer-managed key', { severity: 'info' }] },
  }),
  ...service('Render queue', 'aws_deadline_queue', {
    privilege: { 'render-jobs-as-worker': ['job_run_as_user.run_as', byHand(ifSet('WORKER_AGENT_USER', 'QUEUE_CONFIGURED_USER')), 'runs jobs as the agent that fetches them', { severity: 'medium', noFix: 'The user for the jobs has to be made on the machines first.' }] },
  }),
  ...service('Machine image', 'aws_lambda_microvm_image', {
    logging: { 'microvm-without-log': ['logging.disabled', notOn, 'records nothing', {}] },
  }),
  ...service('Generated secret', 'aws_secretsmanager_secret', {
    password: {
      'generated-secret-short': ['generate_secret_string.password_length', least(16, 32), 'is short enough to be guessed', {
        examples: [{
          file: 'template.yaml',
          bad: 'Resources:\n  Key:\n    Type: AWS::SecretsManager::Secret\n    Properties:\n      GenerateSecretString: {PasswordLength: 8}\n                                             ^\n',
          fixed: 'Resources:\n  Key:\n    Type: AWS::SecretsManager::Secret\n    Properties:\n      GenerateSecretString: {PasswordLength: 32}\n',
          good: 'Resources:\n  Key:\n    Type: AWS::SecretsManager::Secret\n    Properties:\n      GenerateSecretString: {PasswordLength: 32}\n',
        }],
      }],
    },
  }),
  ...service('Load balancer certificate', 'aws_lightsail_lb_https_redirection_policy', {
    transit: { 'lightsail-without-redirect': ['enabled', on, 'answers plain HTTP', { severity: 'medium', cfn: 'https_redirection_enabled' }] },
  }),
  ...service('Endpoint configuration', 'aws_sagemaker_endpoint_configuration', {
    customerKey: {
      'sagemaker-capture-without-key': ['data_capture_config.kms_key_id', needed, 'captures requests and answers without a customer-managed key', {
        when: [{ path: 'data_capture_config.destination_s3_uri', must: 'present' }], severity: 'low',
        examples: missing('aws_sagemaker_endpoint_configuration', '  data_capture_config {\n    destination_s3_uri = "s3://capture"\n  }\n', '  data_capture_config {\n    destination_s3_uri = "s3://capture"\n    kms_key_id         = "a"\n  }\n'),
      }],
      'sagemaker-async-output-without-key': ['async_inference_config.output_config.kms_key_id', needed, 'writes answers without a customer-managed key', {
        when: [{ path: 'async_inference_config', must: 'present' }], severity: 'low',
        examples: missing('aws_sagemaker_endpoint_configuration', '  async_inference_config {\n    output_config {\n      s3_output_path = "s3://answers"\n    }\n  }\n', '  async_inference_config {\n    output_config {\n      kms_key_id = "a"\n    }\n  }\n'),
      }],
    },
  }),
  ...service('Comprehend flywheel', 'aws_comprehend_flywheel', {
    customerKey: {
      'flywheel-lake-without-key': ['data_security_config.data_lake_kms_key_id', needed, 'does not encrypt its data lake with a customer-managed key', { severity: 'info' }],
    },
    segmentation: { 'flywheel-without-vpc': ['data_security_config.vpc_config', needed, 'trains outside of a VPC', { severity: 'info' }] },
  }),
  ...service('Clean room', ['aws_cleanrooms_collaboration', 'aws_cleanrooms_membership'], {
    logging: { 'clean-room-without-query-log': ['query_log_status', byHand(is('ENABLED')), 'records no queries', { severity: 'low' }] },
  }),
  ...service('Policy store', 'aws_verifiedpermissions_policy_store', {
    recovery: { 'policy-store-without-deletion-protection': ['deletion_protection', byHand(is('ENABLED')), 'can be deleted', { severity: 'info', cfn: 'deletion_protection.mode' }] },
  }),
  ...service('Backup plan', 'aws_backup_plan', {
    recovery: {
      'backup-plan-short': ['rule.lifecycle.delete_after', least(7, 35), 'throws its backups away within a week', { cfn: 'backup_plan.backup_plan_rule.lifecycle.delete_after_days', ansible: 'rules.lifecycle.delete_after_days' }],
    },
  }),
  ...service('Deployment group', 'aws_codedeploy_deployment_group', {
    recovery: { 'deployment-without-rollback': ['auto_rollback_configuration.enabled', on, 'keeps what fails in place', { severity: 'info', confidence: 'low' }] },
  }),
  ...service('Runtime', 'aws_lambda_runtime_management_config', {
    patching: { 'lambda-runtime-pinned': ['update_runtime_on', byHand(matches(/^(?!Manual$)/i, 'Manual', 'Auto')), 'gets no fixes of its runtime', { severity: 'info' }] },
  }),
];
