import { byHand, ifSet, is, needed, never, notOff, notOn, on, service } from '../_families.ts';

const key = 'is not encrypted with a customer-managed key';
const plain = 'is stored without encryption at rest';
const jobs = ['aws_sagemaker_data_quality_job_definition', 'aws_sagemaker_model_quality_job_definition', 'aws_sagemaker_model_bias_job_definition', 'aws_sagemaker_model_explainability_job_definition', 'aws_sagemaker_monitoring_schedule'];
const scheduled = 'monitoring_schedule_config.monitoring_job_definition';
/** A schedule may name a job definition, which is judged by itself. */
const named = [{ path: 'monitoring_schedule_config.monitoring_job_definition_name', must: 'present' }] as const;
/** Where a tuning job says how its training jobs run. */
const tuned = 'training_job_definition';
const security = 'aws_emr_security_configuration';

/** Services on which models are trained, served and given data. */
export default [
  ...service('Notebook', 'aws_sagemaker_notebook_instance', {
    exposed: {
      'notebook-direct-internet': ['direct_internet_access', is('Disabled'), 'has direct internet access', { confidence: 'high', ansible: 'direct_internet_access' }],
    },
    segmentation: {
      'notebook-without-vpc': ['subnet_id', needed, 'runs outside of a VPC'],
      'notebook-without-security-group': ['security_groups', needed, 'has no security group', { cfn: 'security_group_ids', severity: 'info', confidence: 'low' }],
    },
    customerKey: { 'sagemaker-notebook-without-key': ['kms_key_id', needed, key, { severity: 'low' }] },
    privilege: { 'notebook-root-access': ['root_access', is('Disabled'), 'gives its users root', { severity: 'medium', confidence: 'medium' }] },
    host: {
      'notebook-imds-v1': ['instance_metadata_service_configuration.minimum_instance_metadata_service_version', is('2'), 'accepts the first version of the metadata service', { severity: 'low' }],
      'notebook-old-platform': ['platform_identifier', never(/al1|al2-v1/, 'notebook-al1-v1', 'notebook-al2-v3'), 'runs on an outdated platform'],
    },
  }),
  ...service('Domain', 'aws_sagemaker_domain', {
    exposed: { 'sagemaker-domain-public': ['app_network_access_type', is('VpcOnly'), 'sends its traffic over the internet', { severity: 'medium' }] },
    customerKey: { 'sagemaker-domain-without-key': ['kms_key_id', needed, key, { severity: 'low' }] },
    identity: {
      'sagemaker-domain-iam-only': ['auth_mode', ifSet('IAM', 'SSO'), 'does not use single sign-on', { severity: 'info', confidence: 'low' }],
    },
    segmentation: {
      'sagemaker-domain-without-security-groups': ['default_user_settings.security_groups', needed, 'names no security groups for its users', { severity: 'info', confidence: 'low' }],
    },
  }),
  ...service('Model', 'aws_sagemaker_model', {
    segmentation: {
      'sagemaker-model-without-isolation': ['enable_network_isolation', on, 'can open connections to anywhere'],
      'sagemaker-model-without-vpc': ['vpc_config', needed, 'runs outside of a VPC', { severity: 'low' }],
    },
    supply: {
      'sagemaker-model-platform-registry': ['primary_container.image_config.repository_access_mode', ifSet('Platform', 'Vpc'), 'fetches its image over the public registry', { severity: 'info' }],
    },
  }),
  ...service('Endpoint configuration', 'aws_sagemaker_endpoint_configuration', {
    customerKey: { 'sagemaker-endpoint-without-key': ['kms_key_arn', needed, key, { cfn: 'kms_key_id', ansible: 'kms_key_id', severity: 'low' }] },
    logging: {
      'sagemaker-endpoint-without-capture': ['data_capture_config.enable_capture', on, 'records no requests and answers', { severity: 'info' }],
    },
    recovery: {
      'sagemaker-endpoint-single-instance': ['production_variants.initial_instance_count', { must: { least: 2 }, absent: 'fine', set: 2 }, 'runs on one instance', { severity: 'info', confidence: 'low' }],
    },
  }),
  ...service('Monitoring job', jobs, {
    transit: {
      'sagemaker-monitoring-plaintext': [`network_config.enable_inter_container_traffic_encryption|${scheduled}.network_config.enable_inter_container_traffic_encryption`, on, 'sends data between containers without encryption', {
        severity: 'medium',
        orPath: named,
      }],
    },
    segmentation: {
      'sagemaker-monitoring-without-isolation': [`network_config.enable_network_isolation|${scheduled}.network_config.enable_network_isolation`, on, 'can open connections to anywhere', { severity: 'low', orPath: named }],
      'sagemaker-monitoring-without-vpc': [`network_config.vpc_config|${scheduled}.network_config.vpc_config`, needed, 'runs outside of a VPC', { severity: 'info', orPath: named }],
    },
    customerKey: {
      'sagemaker-monitoring-volume-without-key': [`job_resources.cluster_config.volume_kms_key_id|${scheduled}.monitoring_resources.cluster_config.volume_kms_key_id`, needed, 'does not encrypt its disk with a customer-managed key', {
        severity: 'low',
        orPath: named,
      }],
      'sagemaker-monitoring-output-without-key': [`data_quality_job_output_config.kms_key_id|model_quality_job_output_config.kms_key_id|model_bias_job_output_config.kms_key_id|model_explainability_job_output_config.kms_key_id|${scheduled}.monitoring_output_config.kms_key_id`, needed, 'does not encrypt what it writes with a customer-managed key', {
        severity: 'low',
        orPath: named,
      }],
    },
  }),
  ...service('Training job', ['aws_sagemaker_training_job', 'aws_sagemaker_processing_job', 'aws_sagemaker_hyper_parameter_tuning_job'], {
    transit: {
      'sagemaker-training-plaintext': [`enable_inter_container_traffic_encryption|network_config.enable_inter_container_traffic_encryption|${tuned}.enable_inter_container_traffic_encryption`, on, 'sends data between containers without encryption', { severity: 'medium' }],
    },
    segmentation: {
      'sagemaker-training-without-isolation': [`enable_network_isolation|network_config.enable_network_isolation|${tuned}.enable_network_isolation`, on, 'can open connections to anywhere', { severity: 'low' }],
      'sagemaker-training-without-vpc': [`vpc_config|network_config.vpc_config|${tuned}.vpc_config`, needed, 'runs outside of a VPC', { severity: 'low' }],
    },
    customerKey: {
      'sagemaker-training-volume-without-key': [`resource_config.volume_kms_key_id|processing_resources.cluster_config.volume_kms_key_id|${tuned}.resource_config.volume_kms_key_id`, needed, 'does not encrypt its disk with a customer-managed key'],
      'sagemaker-training-output-without-key': [`output_data_config.kms_key_id|processing_output_config.kms_key_id|${tuned}.output_data_config.kms_key_id`, needed, 'does not encrypt its model with a customer-managed key'],
    },
  }),
  ...service('Feature group', 'aws_sagemaker_feature_group', {
    customerKey: {
      'feature-store-without-key': ['online_store_config.security_config.kms_key_id', needed, 'does not encrypt its online store with a customer-managed key', {
        when: [{ path: 'online_store_config', must: 'present' }],
        examples: [{
          file: 'main.tf',
          bad: 'resource "aws_sagemaker_feature_group" "patients" {\n                                        ^^^^^^^^\n  online_store_config {\n    enable_online_store = true\n  }\n}\n',
          good: 'resource "aws_sagemaker_feature_group" "patients" {\n  online_store_config {\n    security_config {\n      kms_key_id = aws_kms_key.main.arn\n    }\n  }\n}\n',
        }],
      }],
      'offline-feature-store-without-key': ['offline_store_config.s3_storage_config.kms_key_id', needed, 'does not encrypt its offline store with a customer-managed key', {
        when: [{ path: 'offline_store_config', must: 'present' }],
        examples: [{
          file: 'main.tf',
          bad: 'resource "aws_sagemaker_feature_group" "patients" {\n                                        ^^^^^^^^\n  offline_store_config {\n    s3_storage_config {\n      s3_uri = "s3://features"\n    }\n  }\n}\n',
          good: 'resource "aws_sagemaker_feature_group" "patients" {\n  offline_store_config {\n    s3_storage_config {\n      kms_key_id = aws_kms_key.main.arn\n    }\n  }\n}\n',
        }],
      }],
    },
  }),
  ...service('App', ['aws_sagemaker_flow_definition'], {
    customerKey: { 'flow-output-without-key': ['output_config.kms_key_id', needed, 'does not encrypt what people label', { severity: 'info' }] },
  }),
  ...service('Agent', 'aws_bedrockagent_agent', {
    customerKey: { 'bedrock-agent-without-key': ['customer_encryption_key_arn', needed, key, { severity: 'low' }] },
    filter: {
      'bedrock-agent-without-guardrail': ['guardrail_configuration', needed, 'has no guardrail', {
        severity: 'medium', why: 'Harmful requests, injected instructions and personal data pass to and from the model unchecked.',
        references: ['LLM01:2025', 'AISF-AI-04', 'SI-10'],
      }],
    },
    identity: {
      'bedrock-agent-long-session': ['idle_session_ttl_in_seconds', { must: { most: 3600 }, absent: 'fine', set: 1800 }, 'keeps idle sessions for more than an hour', { severity: 'info' }],
    },
  }),
  ...service('Flow', ['aws_bedrockagent_flow', 'aws_bedrock_flow'], {
    customerKey: { 'bedrock-flow-without-key': ['customer_encryption_key_arn', needed, key] },
  }),
  ...service('Prompt', ['aws_bedrockagent_prompt', 'aws_bedrock_prompt'], {
    customerKey: { 'bedrock-prompt-without-key': ['customer_encryption_key_arn', needed, key, { severity: 'info' }] },
  }),
  ...service('Data source', ['aws_bedrockagent_data_source', 'aws_bedrock_data_source'], {
    customerKey: { 'bedrock-data-source-without-key': ['server_side_encryption_configuration.kms_key_arn', needed, key, { severity: 'info' }] },
    recovery: {
      'bedrock-data-deletion': ['data_deletion_policy', ifSet('DELETE', 'RETAIN'), 'deletes what it indexed with itself', { severity: 'info', confidence: 'low' }],
    },
  }),
  ...service('Custom model', ['aws_bedrock_custom_model'], {
    customerKey: { 'bedrock-model-without-key': ['custom_model_kms_key_id', needed, key, { severity: 'medium' }] },
    segmentation: { 'bedrock-customisation-without-vpc': ['vpc_config', needed, 'is trained outside of a VPC', { severity: 'low' }] },
  }),
  ...service('Guardrail', 'aws_bedrock_guardrail', {
    customerKey: { 'bedrock-guardrail-without-key': ['kms_key_arn', needed, key, { severity: 'info' }] },
    filter: {
      'guardrail-without-content-filter': ['content_policy_config', needed, 'filters no harmful content'],
      'guardrail-without-personal-data-filter': ['sensitive_information_policy_config', needed, 'filters no personal data', { severity: 'info' }],
      'guardrail-weak-filter': ['content_policy_config.filters_config.input_strength', never(/^(?:NONE|LOW)$/, 'LOW', 'HIGH'), 'filters requests weakly', { cfn: 'content_policy_config.filters_config.input_strength' }],
      'guardrail-weak-output-filter': ['content_policy_config.filters_config.output_strength', never(/^(?:NONE|LOW)$/, 'LOW', 'HIGH'), 'filters answers weakly', {
        when: [{ path: 'content_policy_config.filters_config.type', must: { not: ['PROMPT_ATTACK'] } }],
        examples: [{
          file: 'main.tf',
          bad: 'resource "aws_bedrock_guardrail" "chat" {\n  content_policy_config {\n    filters_config {\n      type            = "HATE"\n      output_strength = "LOW"\n                         ^^^\n    }\n  }\n}\n',
          good: 'resource "aws_bedrock_guardrail" "chat" {\n  content_policy_config {\n    filters_config {\n      type            = "HATE"\n      output_strength = "HIGH"\n    }\n  }\n}\n',
        }],
      }],
    },
  }),
  ...service('Logging configuration', 'aws_bedrock_model_invocation_logging_configuration', {
    logging: {
      'bedrock-log-without-text': ['logging_config.text_data_delivery_enabled', notOff, 'leaves the text of requests out'],
      'bedrock-log-nowhere': ['logging_config.s3_config|logging_config.cloudwatch_config', needed, 'sends its records nowhere'],
    },
  }),
  ...service('Knowledge base index', ['aws_opensearchserverless_collection'], {
    recovery: { 'vector-store-single-zone': ['standby_replicas', ifSet('DISABLED', 'ENABLED'), 'has no standby', { severity: 'info' }] },
  }),
  ...service('Security policy', 'aws_opensearchserverless_security_policy', {
    customerKey: {
      'vector-store-owned-key': ['policy.AWSOwnedKey', byHand(notOn), 'uses a key of the provider', {
        severity: 'low',
        examples: [{
          file: 'main.tf',
          bad: 'resource "aws_opensearchserverless_security_policy" "vectors" {\n  type   = "encryption"\n  policy = jsonencode({ AWSOwnedKey = true })\n                                      ^^^^\n}\n',
          good: 'resource "aws_opensearchserverless_security_policy" "vectors" {\n  type   = "encryption"\n  policy = jsonencode({ AWSOwnedKey = false, KmsARN = "a" })\n}\n',
        }],
      }],
    },
    exposed: {
      'vector-store-public': ['policy.AllowFromPublic', byHand(notOn), 'makes its collection reachable from the internet', {
        severity: 'medium',
        examples: [{
          file: 'main.tf',
          bad: 'resource "aws_opensearchserverless_security_policy" "vectors" {\n  type   = "network"\n  policy = jsonencode([{ AllowFromPublic = true }])\n                                           ^^^^\n}\n',
          good: 'resource "aws_opensearchserverless_security_policy" "vectors" {\n  type   = "network"\n  policy = jsonencode([{ AllowFromPublic = false, SourceVPCEs = ["vpce-1"] }])\n}\n',
        }],
      }],
    },
  }),
  ...service('Search index', 'aws_kendra_index', {
    customerKey: { 'kendra-without-key': ['server_side_encryption_configuration.kms_key_id', needed, key, { severity: 'low' }] },
    privilege: {
      'kendra-without-user-context': ['user_token_configurations', needed, 'answers everybody from all documents', { severity: 'info', confidence: 'low' }],
    },
  }),
  ...service('Comprehend job', ['aws_comprehend_entity_recognizer', 'aws_comprehend_document_classifier'], {
    customerKey: {
      'comprehend-model-without-key': ['model_kms_key_id', needed, 'does not encrypt its model with a customer-managed key', { severity: 'low' }],
      'comprehend-volume-without-key': ['volume_kms_key_id', needed, 'does not encrypt its disk with a customer-managed key', { severity: 'low' }],
    },
    segmentation: { 'comprehend-without-vpc': ['vpc_config', needed, 'is trained outside of a VPC', { severity: 'info' }] },
  }),
  ...service('EMR cluster', 'aws_emr_cluster', {
    transit: { 'emr-without-security-configuration': ['security_configuration', needed, 'has no security configuration', { severity: 'medium' }] },
    identity: { 'emr-without-kerberos': ['kerberos_attributes', needed, 'knows its users by name only', { severity: 'info', confidence: 'low' }] },
    logging: { 'emr-without-log': ['log_uri', needed, 'keeps no log', { severity: 'info' }] },
    segmentation: {
      'emr-without-subnet': ['ec2_attributes.subnet_id|ec2_attributes.subnet_ids', needed, 'runs outside of a VPC', { cfn: 'instances.ec2_subnet_id|instances.ec2_subnet_ids', severity: 'low' }],
    },
    recovery: {
      'emr-without-termination-protection': ['termination_protection', on, 'can be terminated without further ado', { cfn: 'instances.termination_protected', severity: 'info' }],
    },
  }),
  ...service('EMR setting', 'aws_emr_block_public_access_configuration', {
    exposed: { 'emr-public': ['block_public_security_group_rules', on, 'lets EMR clusters be public'] },
  }),
  ...service('Security configuration', security, {
    transit: {
      'emr-plaintext': ['configuration.EncryptionConfiguration.EnableInTransitEncryption', byHand(on), 'does not encrypt what is sent', {
        cfn: 'security_configuration.EncryptionConfiguration.EnableInTransitEncryption', severity: 'medium',
        examples: [{
          file: 'main.tf',
          bad: `resource "${security}" "spark" {\n  configuration = jsonencode({ EncryptionConfiguration = { EnableInTransitEncryption = false } })\n                                                                                       ^^^^^\n}\n`,
          fixed: `resource "${security}" "spark" {\n  configuration = jsonencode({ EncryptionConfiguration = { EnableInTransitEncryption = true } })\n}\n`,
          good: `resource "${security}" "spark" {\n  configuration = jsonencode({ EncryptionConfiguration = { EnableInTransitEncryption = true } })\n}\n`,
        }],
      }],
    },
    atRest: {
      'emr-disk-plain': ['configuration.EncryptionConfiguration.EnableAtRestEncryption', byHand(on), plain, {
        cfn: 'security_configuration.EncryptionConfiguration.EnableAtRestEncryption', severity: 'medium', leadsTo: ['storage/emr-local-disk-plain'],
        examples: [{
          file: 'main.tf',
          bad: `resource "${security}" "spark" {\n  configuration = jsonencode({ EncryptionConfiguration = { EnableAtRestEncryption = false } })\n                                                                                    ^^^^^\n}\n`,
          fixed: `resource "${security}" "spark" {\n  configuration = jsonencode({ EncryptionConfiguration = { EnableAtRestEncryption = true } })\n}\n`,
          good: `resource "${security}" "spark" {\n  configuration = jsonencode({ EncryptionConfiguration = { EnableAtRestEncryption = true } })\n}\n`,
        }],
      }],
      'emr-local-disk-plain': ['configuration.EncryptionConfiguration.AtRestEncryptionConfiguration.LocalDiskEncryptionConfiguration', needed, 'does not encrypt local disks', {
        cfn: 'security_configuration.EncryptionConfiguration.AtRestEncryptionConfiguration.LocalDiskEncryptionConfiguration',
        when: [{ path: 'configuration.EncryptionConfiguration.EnableAtRestEncryption|security_configuration.EncryptionConfiguration.EnableAtRestEncryption', must: { is: [true] } }],
        examples: [{
          file: 'main.tf',
          bad: `resource "${security}" "spark" {\n                                           ^^^^^\n  configuration = jsonencode({ EncryptionConfiguration = { EnableAtRestEncryption = true } })\n}\n`,
          good: `resource "${security}" "spark" {\n  configuration = jsonencode({ EncryptionConfiguration = { EnableAtRestEncryption = true, AtRestEncryptionConfiguration = { LocalDiskEncryptionConfiguration = { EncryptionKeyProviderType = "AwsKms" } } } })\n}\n`,
        }],
      }],
    },
    customerKey: {
      'emr-s3-without-key': ['configuration.EncryptionConfiguration.AtRestEncryptionConfiguration.S3EncryptionConfiguration.EncryptionMode', byHand(ifSet('SSE-S3', 'SSE-KMS', 'CSE-KMS', 'CSE-Custom')), key, {
        cfn: 'security_configuration.EncryptionConfiguration.AtRestEncryptionConfiguration.S3EncryptionConfiguration.EncryptionMode',
        examples: [{
          file: 'main.tf',
          bad: `resource "${security}" "spark" {\n  configuration = jsonencode({ EncryptionConfiguration = { AtRestEncryptionConfiguration = { S3EncryptionConfiguration = { EncryptionMode = "SSE-S3" } } } })\n                                                                                                                                             ^^^^^^\n}\n`,
          good: `resource "${security}" "spark" {\n  configuration = jsonencode({ EncryptionConfiguration = { AtRestEncryptionConfiguration = { S3EncryptionConfiguration = { EncryptionMode = "SSE-KMS" } } } })\n}\n`,
        }],
      }],
      'emr-ebs-plain': ['configuration.EncryptionConfiguration.AtRestEncryptionConfiguration.LocalDiskEncryptionConfiguration.EnableEbsEncryption', byHand(on), 'does not encrypt its volumes', {
        cfn: 'security_configuration.EncryptionConfiguration.AtRestEncryptionConfiguration.LocalDiskEncryptionConfiguration.EnableEbsEncryption',
        when: [{ path: 'configuration.EncryptionConfiguration.AtRestEncryptionConfiguration.LocalDiskEncryptionConfiguration|security_configuration.EncryptionConfiguration.AtRestEncryptionConfiguration.LocalDiskEncryptionConfiguration', must: 'present' }],
        examples: [{
          file: 'main.tf',
          bad: `resource "${security}" "spark" {\n                                           ^^^^^\n  configuration = jsonencode({ EncryptionConfiguration = { AtRestEncryptionConfiguration = { LocalDiskEncryptionConfiguration = { EncryptionKeyProviderType = "AwsKms" } } } })\n}\n`,
          good: `resource "${security}" "spark" {\n  configuration = jsonencode({ EncryptionConfiguration = { AtRestEncryptionConfiguration = { LocalDiskEncryptionConfiguration = { EnableEbsEncryption = true } } } })\n}\n`,
        }],
      }],
    },
  }),
  ...service('Workgroup', 'aws_athena_workgroup', {
    atRest: {
      'unencrypted-athena-results': ['configuration.result_configuration.encryption_configuration', needed, 'stores query results without encryption', { cfn: 'work_group_configuration.result_configuration.encryption_configuration', ansible: false, severity: 'medium' }],
      'athena-clients-override': ['configuration.enforce_workgroup_configuration', notOff, 'lets clients switch its encryption off', { cfn: 'work_group_configuration.enforce_work_group_configuration', severity: 'medium' }],
    },
    customerKey: {
      'athena-without-key': ['configuration.result_configuration.encryption_configuration.encryption_option', ifSet('SSE_S3', 'SSE_KMS', 'CSE_KMS'), key, { cfn: 'work_group_configuration.result_configuration.encryption_configuration.encryption_option', severity: 'info' }],
    },
    logging: {
      'athena-without-metrics': ['configuration.publish_cloudwatch_metrics_enabled', notOff, 'has no metrics', { cfn: 'work_group_configuration.publish_cloud_watch_metrics_enabled', severity: 'info' }],
    },
  }),
  ...service('Query database', 'aws_athena_database', {
    atRest: { 'unencrypted-athena-database': ['encryption_configuration', needed, 'stores query results without encryption', { severity: 'medium' }] },
  }),
  ...service('Catalogue', 'aws_glue_data_catalog_encryption_settings', {
    atRest: {
      'glue-catalogue-plain': ['data_catalog_encryption_settings.encryption_at_rest.catalog_encryption_mode', ifSet('DISABLED', 'SSE-KMS', 'SSE-KMS-WITH-SERVICE-ROLE'), plain, { severity: 'medium' }],
      'glue-passwords-plain': ['data_catalog_encryption_settings.connection_password_encryption.return_connection_password_encrypted', on, 'gives passwords of connections out in plain text', { severity: 'medium' }],
    },
    customerKey: {
      'glue-catalogue-without-key': ['data_catalog_encryption_settings.encryption_at_rest.sse_aws_kms_key_id', needed, key, { severity: 'info' }],
      'glue-passwords-without-key': ['data_catalog_encryption_settings.connection_password_encryption.aws_kms_key_id', needed, 'protects passwords of connections with no key of the customer', { severity: 'info', cfn: 'data_catalog_encryption_settings.connection_password_encryption.kms_key_id' }],
    },
  }),
  ...service('Security configuration', 'aws_glue_security_configuration', {
    atRest: {
      'glue-s3-plain': ['encryption_configuration.s3_encryption.s3_encryption_mode', ifSet('DISABLED', 'SSE-KMS', 'SSE-S3'), 'writes objects without encryption', { severity: 'medium', cfn: 'encryption_configuration.s3_encryptions.s3_encryption_mode' }],
      'glue-log-plain': ['encryption_configuration.cloudwatch_encryption.cloudwatch_encryption_mode', { ...is('SSE-KMS'), sample: { bad: 'DISABLED' } }, 'writes its log without encryption', { severity: 'low', cfn: 'encryption_configuration.cloud_watch_encryption.cloud_watch_encryption_mode' }],
      'glue-bookmarks-plain': ['encryption_configuration.job_bookmarks_encryption.job_bookmarks_encryption_mode', { ...is('CSE-KMS'), sample: { bad: 'DISABLED' } }, 'writes its bookmarks without encryption', { severity: 'low' }],
    },
    customerKey: {
      'glue-s3-without-key': ['encryption_configuration.s3_encryption.s3_encryption_mode', { ...is('SSE-KMS'), sample: { bad: 'SSE-S3' } }, key, { severity: 'info', cfn: 'encryption_configuration.s3_encryptions.s3_encryption_mode' }],
    },
  }),
  ...service('Data job', ['aws_glue_job', 'aws_glue_crawler', 'aws_glue_dev_endpoint'], {
    customerKey: {
      'glue-without-security-configuration': ['security_configuration', needed, 'has no security configuration', { cfn: 'security_configuration|crawler_security_configuration', severity: 'low' }],
    },
  }),
  ...service('Development endpoint', 'aws_glue_dev_endpoint', {
    exposed: { 'glue-dev-endpoint-public': ['subnet_id', needed, 'is reachable from the internet', { severity: 'medium' }] },
  }),
  ...service('Data connection', 'aws_glue_connection', {
    transit: {
      'glue-connection-plaintext': ['connection_properties.JDBC_ENFORCE_SSL', ifSet('false', 'true'), 'connects without TLS', {
        cfn: 'connection_input.connection_properties.JDBC_ENFORCE_SSL', severity: 'medium',
        examples: [{
          file: 'main.tf',
          bad: 'resource "aws_glue_connection" "chart" {\n  connection_properties = {\n    JDBC_ENFORCE_SSL = "false"\n                        ^^^^^\n  }\n}\n',
          fixed: 'resource "aws_glue_connection" "chart" {\n  connection_properties = {\n    JDBC_ENFORCE_SSL = "true"\n  }\n}\n',
          good: 'resource "aws_glue_connection" "chart" {\n  connection_properties = {\n    JDBC_ENFORCE_SSL = "true"\n  }\n}\n',
        }],
      }],
    },
  }),
  ...service('Data lake permission', 'aws_lakeformation_data_lake_settings', {
    privilege: {
      'lake-default-permissions': ['create_database_default_permissions.principal|create_table_default_permissions.principal', never(/^IAM_ALLOWED_PRINCIPALS$/, 'IAM_ALLOWED_PRINCIPALS', 'arn:aws:iam::111122223333:role/analyst'), 'gives everybody in the account all rights', {
        severity: 'medium', cfn: 'create_database_default_permissions.principal.data_lake_principal_identifier|create_table_default_permissions.principal.data_lake_principal_identifier',
      }],
    },
  }),
  ...service('Dataset', ['aws_quicksight_data_source'], { transit: { 'quicksight-plaintext': ['ssl_properties.disable_ssl', notOn, 'connects without TLS'] } }),
  ...service('Vector database', ['aws_neptunegraph_graph', 'aws_neptune_graph'], {
    exposed: { 'public-graph': ['public_connectivity', notOn, 'is reachable from the internet'] },
    customerKey: { 'graph-without-key': ['kms_key_identifier', needed, key, { severity: 'low' }] },
    recovery: { 'graph-without-deletion-protection': ['deletion_protection', on, 'can be deleted without further ado', { severity: 'info' }] },
  }),
  ...service('Vector bucket', ['aws_s3vectors_vector_bucket', 'aws_s3vectors_index'], {
    customerKey: { 'vector-bucket-without-key': ['encryption_configuration.kms_key_arn', needed, key, { severity: 'low' }] },
  }),
  ...service('Application', ['aws_qbusiness_application', 'aws_q_business_application'], {
    customerKey: { 'q-business-without-key': ['encryption_configuration.kms_key_id', needed, key, { severity: 'low' }] },
  }),
];
