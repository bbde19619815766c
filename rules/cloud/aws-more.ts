import { byHand, ifSet, is, least, missing, needed, never, none, not, notOff, notOn, on, service } from '../_families.ts';

const key = 'is not encrypted with a customer-managed key';
const plain = 'is stored without encryption at rest';

/** Services that few teams use, each with the settings that matter. */
export default [
  ...service('Snapshot policy', 'aws_dlm_lifecycle_policy', {
    atRest: {
      'dlm-copy-plain': ['policy_details.schedule.cross_region_copy_rule.encrypted|policy_details.action.cross_region_copy.encryption_configuration.encrypted', { must: { is: [true] }, absent: 'fine', set: true }, 'copies snapshots without encryption', {
        cfn: 'policy_details.schedules.cross_region_copy_rules.encrypted|policy_details.actions.cross_region_copy.encryption_configuration.encrypted',
      }],
    },
    customerKey: {
      'dlm-copy-without-key': ['policy_details.schedule.cross_region_copy_rule.cmk_arn|policy_details.action.cross_region_copy.encryption_configuration.cmk_arn', needed, 'copies snapshots without a customer-managed key', {
        severity: 'info',
        cfn: 'policy_details.schedules.cross_region_copy_rules.cmk_arn|policy_details.actions.cross_region_copy.encryption_configuration.cmk_arn',
        when: [{ path: 'policy_details.schedule.cross_region_copy_rule|policy_details.action.cross_region_copy|policy_details.schedules.cross_region_copy_rules|policy_details.actions.cross_region_copy', must: 'present' }],
        examples: missing('aws_dlm_lifecycle_policy', '  policy_details {\n    schedule {\n      cross_region_copy_rule {\n        encrypted = true\n      }\n    }\n  }\n', '  policy_details {\n    schedule {\n      cross_region_copy_rule {\n        cmk_arn = "a"\n      }\n    }\n  }\n'),
      }],
    },
  }),
  ...service('Mail configuration', 'aws_ses_configuration_set', {
    transit: {
      'ses-plaintext': ['delivery_options.tls_policy', { ...is('Require'), sample: { bad: 'Optional' } }, 'sends mail without TLS where the receiver does not ask for it', { severity: 'low' }],
    },
  }),
  ...service('Mail configuration', 'aws_sesv2_configuration_set', {
    transit: {
      'sesv2-plaintext': ['delivery_options.tls_policy', { ...is('REQUIRE'), sample: { bad: 'OPTIONAL' } }, 'sends mail without TLS where the receiver does not ask for it', { severity: 'low' }],
    },
  }),
  ...service('Document', 'aws_ssm_document', {
    exposed: {
      'ssm-document-public': ['permissions.account_ids', { must: { never: /^all$/i }, absent: 'fine', sample: { bad: 'All', good: '111122223333' } }, 'is shared with every AWS account'],
    },
  }),
  ...service('Instance', ['aws_instance', 'aws_launch_template', 'aws_launch_configuration', 'aws_lightsail_instance'], {
    secret: {
      'user-data-secret': ['user_data|user_data_base64', never(/\bAKIA[0-9A-Z]{16}\b|aws_secret_access_key\s*[=:]\s*\S{20,}|(?:password|passwd|secret_key|api_key)\s*=\s*["']?[^\s"'$<{]{6,}/i, 'export DATABASE_PASSWORD=chart-pass', 'yum update -y'), 'carries a secret in its start script', { severity: 'high' }],
    },
  }),
  ...service('Vault', 'aws_glacier_vault', {
    recovery: {
      'glacier-without-lock': ['lock', needed, 'lets its archives be deleted', { severity: 'info', confidence: 'low', or: [{ type: 'aws_glacier_vault_lock' }] }],
    },
  }),
  ...service('Approval rule', 'aws_codecommit_approval_rule_template', {
    supply: {
      'codecommit-few-approvals': ['content.Statements.NumberOfApprovalsNeeded', { must: { least: 2 }, absent: 'fine', set: 2 }, 'asks for less than two approvals', {
        examples: [{
          file: 'main.tf',
          bad: 'resource "aws_codecommit_approval_rule_template" "main" {\n  content = jsonencode({ Statements = [{ NumberOfApprovalsNeeded = 1 }] })\n                                                                   ^\n}\n',
          good: 'resource "aws_codecommit_approval_rule_template" "main" {\n  content = jsonencode({ Statements = [{ NumberOfApprovalsNeeded = 2 }] })\n}\n',
        }],
      }],
    },
  }),
  ...service('Environment', 'aws_elastic_beanstalk_environment', {
    logging: {
      'beanstalk-basic-health': ['setting.value', { must: { is: [true] }, absent: 'bad' }, 'has no enhanced health reports', {
        cfn: 'option_settings.value', item: { key: 'name', name: 'HealthStreamingEnabled' }, severity: 'info', sample: { bad: 'false', good: 'true' },
      }],
    },
    patching: {
      'beanstalk-without-updates': ['setting.value', { must: { is: [true] }, absent: 'bad' }, 'gets no managed updates', { cfn: 'option_settings.value', item: { key: 'name', name: 'ManagedActionsEnabled' }, severity: 'info', sample: { bad: 'false', good: 'true' } }],
    },
    exposed: {
      'beanstalk-public-address': ['setting.value', { must: { not: ['true'] }, absent: 'fine' }, 'gives its instances public addresses', {
        cfn: 'option_settings.value', item: { key: 'name', name: 'AssociatePublicIpAddress' }, severity: 'low',
        sample: { bad: 'true', good: 'false' },
      }],
    },
  }),
  ...service('Activity stream', 'aws_rds_cluster_activity_stream', {
    customerKey: { 'activity-stream-without-key': ['kms_key_id', needed, key, { severity: 'info' }] },
  }),
  ...service('Table replica', 'aws_dynamodb_table_replica', {
    customerKey: { 'dynamodb-replica-without-key': ['kms_key_arn', needed, key, { severity: 'info' }] },
    recovery: { 'dynamodb-replica-without-recovery': ['point_in_time_recovery', on, 'has no point-in-time recovery', { severity: 'info' }] },
  }),
  ...service('Response headers', 'aws_cloudfront_response_headers_policy', {
    transit: {
      'headers-without-hsts': ['security_headers_config.strict_transport_security.access_control_max_age_sec', least(31_536_000), 'let browsers go back to plain HTTP soon', {
        severity: 'low', absent: 'bad',
        cfn: 'response_headers_policy_config.security_headers_config.strict_transport_security.access_control_max_age_sec',
      }],
    },
  }),
  ...service('Origin access', 'aws_cloudfront_origin_access_control', {
    segmentation: {
      'origin-access-unsigned': ['signing_behavior', ifSet('never', 'always', 'no-override'), 'signs no requests', { cfn: 'origin_access_control_config.signing_behavior' }],
    },
  }),
  ...service('File system', 'aws_efs_file_system_policy', {
    privilege: { 'efs-lockout-bypass': ['bypass_policy_lockout_safety_check', notOn, 'may lock everybody out', { severity: 'info' }] },
  }),
  ...service('Load balancer listener rule', 'aws_lb_listener_rule', {
    identity: {
      'listener-rule-oidc': ['action.authenticate_oidc.on_unauthenticated_request', ifSet('allow', 'authenticate', 'deny'), 'lets requests through that did not sign in', { cfn: 'actions.authenticate_oidc_config.on_unauthenticated_request' }],
    },
  }),
  ...service('Network interface', ['aws_network_interface'], {
    host: { 'eni-source-check-off': ['source_dest_check', notOff, 'passes on packets that are not for it', { severity: 'info' }] },
  }),
  ...service('Instance', 'aws_instance', {
    host: {
      'instance-source-check-off': ['source_dest_check', notOff, 'passes on packets that are not for it', { severity: 'info' }],
      'instance-key-pair': ['key_name', none, 'is entered with a key pair', { severity: 'info', confidence: 'low', ansible: 'key_name' }],
    },
  }),
  ...service('Directory', 'aws_directory_service_directory', {
    identity: {
      'directory-simple': ['type', ifSet('SimpleAD', 'MicrosoftAD', 'ADConnector'), 'is a simple one without a second factor', { severity: 'info', cfn: false }],
    },
  }),
  ...service('Replication subnet', 'aws_dms_s3_endpoint', {
    customerKey: { 'dms-s3-without-key': ['kms_key_arn', needed, key, { severity: 'info' }] },
    atRest: { 'dms-s3-plain': ['encryption_mode', ifSet('NONE', 'SSE_KMS', 'SSE_S3'), plain] },
  }),
  ...service('Device policy', 'aws_iot_domain_configuration', {
    oldTls: {
      'iot-domain-old-tls': ['tls_config.security_policy', never(/TLS10|TLS12_1_0_201(?:5|6)/, 'IoTSecurityPolicy_TLS12_1_0_2015_01', 'IoTSecurityPolicy_TLS13_1_2_2022_10'), 'accepts outdated ciphers'],
    },
  }),
  ...service('Inspector', 'aws_inspector2_organization_configuration', {
    detection: { 'inspector-partial': ['auto_enable.lambda|auto_enable.ecr|auto_enable.ec2', notOff, 'leaves some resources out'] },
  }),
  ...service('Security hub', 'aws_securityhub_organization_configuration', {
    detection: { 'securityhub-new-accounts': ['auto_enable', notOff, 'leaves new accounts out'] },
  }),
  ...service('Detective', 'aws_detective_organization_configuration', {
    detection: { 'detective-new-accounts': ['auto_enable', notOff, 'leaves new accounts out', { severity: 'info' }] },
  }),
  ...service('Access key', 'aws_lightsail_bucket', {
    public: { 'lightsail-bucket-public': ['access_rules.get_object', not('private', 'public'), 'can be read by everybody'] },
  }),
  ...service('Database', 'aws_lightsail_database', {
    exposed: { 'lightsail-db-public': ['publicly_accessible', notOn, 'is reachable from the internet'] },
    recovery: { 'lightsail-db-backup-off': ['backup_retention_enabled', notOff, 'keeps no backups', { cfn: 'backup_retention' }] },
  }),
  ...service('Data cluster', 'aws_emrserverless_application', {
    segmentation: { 'emr-serverless-without-network': ['network_configuration', needed, 'runs outside of a VPC', { severity: 'low' }] },
  }),
  ...service('Analytics application', 'aws_kinesisanalyticsv2_application', {
    logging: { 'flink-without-log': ['cloudwatch_logging_options', needed, 'sends no logs', { severity: 'info', cfn: false }] },
    recovery: {
      'flink-without-snapshots': ['application_configuration.application_snapshot_configuration.snapshots_enabled', on, 'keeps no snapshots', { severity: 'info' }],
    },
  }),
  ...service('Data stream', 'aws_osis_pipeline', {
    segmentation: { 'ingestion-public': ['vpc_options', needed, 'is reachable from the internet', { severity: 'low' }] },
    customerKey: { 'ingestion-without-key': ['encryption_at_rest_options.kms_key_arn', needed, key, { severity: 'info' }] },
  }),
  ...service('Repository policy', ['aws_ecrpublic_repository'], {
    public: { 'ecr-public-repository': ['repository_name', none, 'is public', { severity: 'info', confidence: 'medium' }] },
  }),
  ...service('Registry scan', 'aws_ecr_registry_scanning_configuration', {
    detection: { 'ecr-basic-scan': ['scan_type', ifSet('BASIC', 'ENHANCED'), 'looks for flaws of the system only', { severity: 'info' }] },
  }),
  ...service('Job definition', 'aws_batch_job_definition', {
    exposed: {
      'batch-public-address': ['container_properties.networkConfiguration.assignPublicIp', ifSet('ENABLED', 'DISABLED'), 'gives its jobs public addresses', {
        cfn: 'container_properties.network_configuration.assign_public_ip', severity: 'low',
        examples: [{
          file: 'main.tf',
          bad: 'resource "aws_batch_job_definition" "train" {\n  container_properties = jsonencode({ networkConfiguration = { assignPublicIp = "ENABLED" } })\n                                                                                 ^^^^^^^\n}\n',
          good: 'resource "aws_batch_job_definition" "train" {\n  container_properties = jsonencode({ networkConfiguration = { assignPublicIp = "DISABLED" } })\n}\n',
        }],
      }],
    },
  }),
  ...service('Gateway', 'aws_storagegateway_smb_file_share', {
    identity: { 'smb-guest': ['authentication', byHand(ifSet('GuestAccess', 'ActiveDirectory')), 'lets guests in', { noFix: 'The gateway has to join the domain first.' }] },
    customerKey: { 'smb-without-key': ['kms_encrypted', on, key, { severity: 'info' }] },
  }),
  ...service('Gateway', 'aws_storagegateway_nfs_file_share', {
    exposed: { 'nfs-open': ['client_list', never(/^0\.0\.0\.0\/0$/, ['0.0.0.0/0'], ['10.0.0.0/24']), 'lets every address in'] },
    customerKey: { 'nfs-without-key': ['kms_encrypted', on, key, { severity: 'info' }] },
    host: { 'nfs-root': ['squash', ifSet('NoSquash', 'RootSquash', 'AllSquash'), 'lets root of clients be root'] },
  }),
  ...service('Application', 'aws_cognito_user_pool_client', {
    identity: {
      'cognito-client-without-secret': ['generate_secret', on, 'has no secret', { severity: 'info', confidence: 'low' }],
      'cognito-client-implicit': ['allowed_oauth_flows', never(/^implicit$/, ['implicit'], ['code']), 'hands tokens to browsers', { cfn: 'allowed_o_auth_flows', severity: 'low' }],
      'cognito-client-user-exists': ['prevent_user_existence_errors', ifSet('LEGACY', 'ENABLED'), 'tells who has an account', { severity: 'low' }],
      'cognito-client-token-revocation': ['enable_token_revocation', notOff, 'cannot take tokens back'],
    },
    transit: {
      'cognito-client-http': ['callback_urls', never(/^http:\/\/(?!localhost|127\.)/, ['http://app.example.com'], ['https://app.example.com']), 'sends tokens over plain HTTP', { severity: 'medium' }],
    },
  }),
  ...service('Event bus', 'aws_cloudwatch_event_bus', { customerKey: { 'event-bus-without-key': ['kms_key_identifier', needed, key, { severity: 'info' }] } }),
  ...service('Event rule', ['aws_cloudwatch_event_permission', 'aws_cloudwatch_event_bus_policy'], {
    privilege: {
      'event-bus-public': ['principal', never(/^\*$/, '*', '111122223333'), 'lets everybody send events', { orPath: [{ path: 'condition', must: 'present' }] }],
    },
  }),
  ...service('Simple queue', 'aws_sqs_queue', {
    recovery: {
      'queue-loses-messages': ['redrive_policy', needed, 'drops messages that fail', { severity: 'info', confidence: 'low', or: [{ type: 'aws_sqs_queue_redrive_policy' }] }],
    },
  }),
  ...service('Data catalogue table', 'aws_glue_trigger', {
    detection: { 'glue-trigger-off': ['enabled', notOff, 'is switched off', { severity: 'info', cfn: false }] },
  }),
  ...service('ML transform', 'aws_glue_ml_transform', {
    customerKey: {
      'glue-transform-plain': ['transform_encryption.ml_user_data_encryption.ml_user_data_encryption_mode', ifSet('DISABLED', 'SSE-KMS'), 'keeps its data without a customer-managed key'],
    },
  }),
  ...service('Bot', 'aws_lexv2models_bot', {
    identity: { 'lex-child-directed': ['data_privacy.child_directed', notOn, 'is directed at children', { severity: 'info' }] },
  }),
  ...service('Collection', 'aws_rekognition_stream_processor', {
    customerKey: { 'rekognition-without-key': ['kms_key_id', needed, key, { severity: 'info' }] },
  }),
  ...service('Vocabulary', ['aws_transcribe_call_analytics_job', 'aws_transcribe_transcription_job'], {
    customerKey: { 'transcribe-without-key': ['output_encryption_kms_key_id', needed, key, { severity: 'info' }] },
  }),
  ...service('Health data store', 'aws_healthlake_fhir_datastore', {
    customerKey: { 'healthlake-without-key': ['sse_configuration.kms_encryption_config.kms_key_id', needed, key, { severity: 'low' }] },
  }),
  ...service('Image processing job', 'aws_sagemaker_user_profile', {
    segmentation: {
      'sagemaker-user-without-groups': ['user_settings.security_groups', needed, 'has no security group of its own', { severity: 'info', confidence: 'low' }],
    },
  }),
  ...service('SageMaker image', 'aws_sagemaker_notebook_instance_lifecycle_configuration', {
    secret: {
      'sagemaker-lifecycle-secret': ['on_start|on_create', never(/(?:password|secret_key|api_key|token)\s*=\s*["']?[^\s"'$<{]{6,}/i, 'export API_KEY=chart-pass', 'pip install -r requirements.txt'), 'carries a secret', { severity: 'high', cfn: 'on_start.content|on_create.content' }],
    },
  }),
  ...service('Model package group', 'aws_sagemaker_model_package_group_policy', {
    privilege: {
      'sagemaker-model-policy-public': ['resource_policy.Statement.Principal', never(/^\*$/, '*', 'arn:aws:iam::111122223333:root'), 'lets everybody use its models', {
        examples: [{
          file: 'main.tf',
          bad: 'resource "aws_sagemaker_model_package_group_policy" "main" {\n  resource_policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = "*" }] })\n                                                                               ^\n}\n',
          good: 'resource "aws_sagemaker_model_package_group_policy" "main" {\n  resource_policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = "arn:aws:iam::111122223333:root" }] })\n}\n',
        }],
      }],
    },
  }),
  ...service('Agent alias', 'aws_bedrockagent_agent_action_group', {
    detection: {
      'bedrock-action-group-confirmation': ['function_schema.member_functions.functions.require_confirmation', ifSet('DISABLED', 'ENABLED'), 'runs its functions without asking', { severity: 'info', confidence: 'low' }],
    },
  }),
];
