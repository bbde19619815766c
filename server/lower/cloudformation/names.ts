/** CloudFormation names in the Terraform provider's vocabulary. Data, one line a type; what is not listed follows the general rule. */
export const cloudFormationTypes: Readonly<Record<string, string>> = {
  'AWS::S3::Bucket': 'aws_s3_bucket', 'AWS::S3::BucketPolicy': 'aws_s3_bucket_policy', 'AWS::RDS::DBInstance': 'aws_db_instance', 'AWS::RDS::DBCluster': 'aws_rds_cluster', 'AWS::RDS::DBProxy': 'aws_db_proxy', 'AWS::EC2::Volume': 'aws_ebs_volume', 'AWS::EC2::Instance': 'aws_instance',
  'AWS::EC2::SecurityGroup': 'aws_security_group', 'AWS::EC2::SecurityGroupIngress': 'aws_security_group_rule', 'AWS::EC2::LaunchTemplate': 'aws_launch_template', 'AWS::EC2::Subnet': 'aws_subnet', 'AWS::EC2::FlowLog': 'aws_flow_log', 'AWS::EC2::VPC': 'aws_vpc',
  'AWS::EC2::NetworkAclEntry': 'aws_network_acl_rule', 'AWS::AutoScaling::LaunchConfiguration': 'aws_launch_configuration', 'AWS::EFS::FileSystem': 'aws_efs_file_system', 'AWS::DynamoDB::Table': 'aws_dynamodb_table', 'AWS::DynamoDB::GlobalTable': 'aws_dynamodb_table',
  'AWS::SQS::Queue': 'aws_sqs_queue', 'AWS::SQS::QueuePolicy': 'aws_sqs_queue_policy', 'AWS::SNS::Topic': 'aws_sns_topic', 'AWS::SNS::TopicPolicy': 'aws_sns_topic_policy', 'AWS::Serverless::HttpApi': 'aws_apigatewayv2_stage', 'AWS::Serverless::SimpleTable': 'aws_dynamodb_table',
  'AWS::Serverless::StateMachine': 'aws_sfn_state_machine', 'AWS::Route53::HostedZone': 'aws_route53_zone', 'AWS::Route53::RecordSet': 'aws_route53_record', 'AWS::EC2::SecurityGroupEgress': 'aws_vpc_security_group_egress_rule', 'AWS::EC2::NetworkAcl': 'aws_network_acl',
  'AWS::EC2::TransitGateway': 'aws_ec2_transit_gateway', 'AWS::ElasticLoadBalancingV2::TargetGroup': 'aws_lb_target_group', 'AWS::Logs::MetricFilter': 'aws_cloudwatch_log_metric_filter', 'AWS::CloudWatch::Alarm': 'aws_cloudwatch_metric_alarm', 'AWS::EKS::Nodegroup': 'aws_eks_node_group',
  'AWS::AutoScaling::AutoScalingGroup': 'aws_autoscaling_group', 'AWS::Config::ConfigRule': 'aws_config_config_rule', 'AWS::Config::ConfigurationAggregator': 'aws_config_configuration_aggregator', 'AWS::RDS::DBParameterGroup': 'aws_db_parameter_group',
  'AWS::RDS::DBClusterParameterGroup': 'aws_rds_cluster_parameter_group', 'AWS::RDS::DBSubnetGroup': 'aws_db_subnet_group', 'AWS::RDS::DBSecurityGroup': 'aws_db_security_group', 'AWS::RDS::GlobalCluster': 'aws_rds_global_cluster',
  'AWS::Redshift::ClusterParameterGroup': 'aws_redshift_parameter_group', 'AWS::IAM::AccessKey': 'aws_iam_access_key', 'AWS::WAFv2::WebACLAssociation': 'aws_wafv2_web_acl_association', 'AWS::AppSync::GraphQLApi': 'aws_appsync_graphql_api', 'AWS::AppSync::ApiCache': 'aws_appsync_api_cache',
  'AWS::ApiGateway::UsagePlan': 'aws_api_gateway_usage_plan', 'AWS::ApiGateway::Authorizer': 'aws_api_gateway_authorizer', 'AWS::ApiGatewayV2::Api': 'aws_apigatewayv2_api', 'AWS::ApiGatewayV2::DomainName': 'aws_apigatewayv2_domain_name', 'AWS::SSM::Parameter': 'aws_ssm_parameter',
  'AWS::SSM::Document': 'aws_ssm_document', 'AWS::DMS::Endpoint': 'aws_dms_endpoint', 'AWS::QLDB::Ledger': 'aws_qldb_ledger', 'AWS::EMR::SecurityConfiguration': 'aws_emr_security_configuration', 'AWS::DirectoryService::SimpleAD': 'aws_directory_service_directory',
  'AWS::DirectoryService::MicrosoftAD': 'aws_directory_service_directory', 'AWS::FSx::FileSystem': 'aws_fsx_file_system', 'AWS::KinesisVideo::Stream': 'aws_kinesis_video_stream', 'AWS::Bedrock::DataSource': 'aws_bedrockagent_data_source', 'AWS::Bedrock::Flow': 'aws_bedrockagent_flow',
  'AWS::Bedrock::Prompt': 'aws_bedrockagent_prompt', 'AWS::OpenSearchServerless::Collection': 'aws_opensearchserverless_collection', 'AWS::QBusiness::Application': 'aws_qbusiness_application', 'AWS::CloudFormation::Stack': 'aws_cloudformation_stack',
  'AWS::Timestream::Database': 'aws_timestreamwrite_database', 'AWS::KMS::Key': 'aws_kms_key', 'AWS::Lambda::Function': 'aws_lambda_function', 'AWS::Serverless::Function': 'aws_lambda_function', 'AWS::Lambda::Permission': 'aws_lambda_permission', 'AWS::Lambda::Url': 'aws_lambda_function_url',
  'AWS::Serverless::Api': 'aws_api_gateway_stage', 'AWS::ApiGateway::Stage': 'aws_api_gateway_stage', 'AWS::ApiGateway::Method': 'aws_api_gateway_method', 'AWS::ApiGateway::RestApi': 'aws_api_gateway_rest_api', 'AWS::ApiGateway::DomainName': 'aws_api_gateway_domain_name',
  'AWS::ApiGatewayV2::Stage': 'aws_apigatewayv2_stage', 'AWS::ApiGatewayV2::Route': 'aws_apigatewayv2_route', 'AWS::CloudFront::Distribution': 'aws_cloudfront_distribution', 'AWS::CloudTrail::Trail': 'aws_cloudtrail', 'AWS::Logs::LogGroup': 'aws_cloudwatch_log_group',
  'AWS::ElasticLoadBalancingV2::Listener': 'aws_lb_listener', 'AWS::ElasticLoadBalancingV2::LoadBalancer': 'aws_lb', 'AWS::ElasticLoadBalancing::LoadBalancer': 'aws_elb', 'AWS::Redshift::Cluster': 'aws_redshift_cluster', 'AWS::Elasticsearch::Domain': 'aws_elasticsearch_domain',
  'AWS::OpenSearchService::Domain': 'aws_opensearch_domain', 'AWS::ElastiCache::ReplicationGroup': 'aws_elasticache_replication_group', 'AWS::ElastiCache::CacheCluster': 'aws_elasticache_cluster', 'AWS::Neptune::DBCluster': 'aws_neptune_cluster', 'AWS::DocDB::DBCluster': 'aws_docdb_cluster',
  'AWS::DAX::Cluster': 'aws_dax_cluster', 'AWS::Kinesis::Stream': 'aws_kinesis_stream', 'AWS::KinesisFirehose::DeliveryStream': 'aws_kinesis_firehose_delivery_stream', 'AWS::MSK::Cluster': 'aws_msk_cluster', 'AWS::EKS::Cluster': 'aws_eks_cluster', 'AWS::ECR::Repository': 'aws_ecr_repository',
  'AWS::ECS::TaskDefinition': 'aws_ecs_task_definition', 'AWS::ECS::Cluster': 'aws_ecs_cluster', 'AWS::ECS::Service': 'aws_ecs_service', 'AWS::SageMaker::NotebookInstance': 'aws_sagemaker_notebook_instance', 'AWS::SageMaker::EndpointConfig': 'aws_sagemaker_endpoint_configuration',
  'AWS::SageMaker::Model': 'aws_sagemaker_model', 'AWS::SageMaker::Domain': 'aws_sagemaker_domain', 'AWS::Bedrock::Agent': 'aws_bedrockagent_agent', 'AWS::Bedrock::KnowledgeBase': 'aws_bedrockagent_knowledge_base', 'AWS::Bedrock::Guardrail': 'aws_bedrock_guardrail',
  'AWS::OpenSearchServerless::SecurityPolicy': 'aws_opensearchserverless_security_policy', 'AWS::SecretsManager::Secret': 'aws_secretsmanager_secret', 'AWS::IAM::Role': 'aws_iam_role', 'AWS::IAM::Policy': 'aws_iam_policy', 'AWS::IAM::ManagedPolicy': 'aws_iam_policy', 'AWS::IAM::User': 'aws_iam_user',
  'AWS::IAM::Group': 'aws_iam_group', 'AWS::IAM::UserToGroupAddition': 'aws_iam_user_group_membership', 'AWS::StepFunctions::StateMachine': 'aws_sfn_state_machine', 'AWS::Cognito::UserPool': 'aws_cognito_user_pool', 'AWS::Cognito::IdentityPool': 'aws_cognito_identity_pool',
  'AWS::WorkSpaces::Workspace': 'aws_workspaces_workspace', 'AWS::Backup::BackupVault': 'aws_backup_vault', 'AWS::Glue::Connection': 'aws_glue_connection', 'AWS::Athena::WorkGroup': 'aws_athena_workgroup', 'AWS::EMR::Cluster': 'aws_emr_cluster',
  'AWS::DMS::ReplicationInstance': 'aws_dms_replication_instance', 'AWS::AmazonMQ::Broker': 'aws_mq_broker', 'AWS::CodeBuild::Project': 'aws_codebuild_project', 'AWS::WAFv2::WebACL': 'aws_wafv2_web_acl', 'AWS::Config::ConfigurationRecorder': 'aws_config_configuration_recorder',
  'AWS::GuardDuty::Detector': 'aws_guardduty_detector', 'AWS::CertificateManager::Certificate': 'aws_acm_certificate', 'AWS::Batch::JobDefinition': 'aws_batch_job_definition',
};

/** Paths that differ from the snake-cased name, by canonical type; nested names joined by dots, before nesting is converted. */
const renames: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  aws_s3_bucket: { BucketName: 'bucket', BucketEncryption: 'server_side_encryption_configuration', ServerSideEncryptionConfiguration: 'rule', ServerSideEncryptionByDefault: 'apply_server_side_encryption_by_default', VersioningConfiguration: 'versioning', LoggingConfiguration: 'logging', PublicAccessBlockConfiguration: 'public_access_block', AccessControl: 'acl', KMSMasterKeyID: 'kms_master_key_id', SSEAlgorithm: 'sse_algorithm' },
  aws_db_instance: { DBInstanceIdentifier: 'identifier', MasterUserPassword: 'password', MasterUsername: 'username', EnableCloudwatchLogsExports: 'enabled_cloudwatch_logs_exports', EnablePerformanceInsights: 'performance_insights_enabled', EnableIAMDatabaseAuthentication: 'iam_database_authentication_enabled', MultiAZ: 'multi_az' },
  aws_rds_cluster: { MasterUserPassword: 'master_password', EnableIAMDatabaseAuthentication: 'iam_database_authentication_enabled', EnableCloudwatchLogsExports: 'enabled_cloudwatch_logs_exports' },
  aws_security_group: { SecurityGroupIngress: 'ingress', SecurityGroupEgress: 'egress', CidrIp: 'cidr_blocks', CidrIpv6: 'ipv6_cidr_blocks', IpProtocol: 'protocol', GroupDescription: 'description' },
  aws_security_group_rule: { CidrIp: 'cidr_blocks', CidrIpv6: 'ipv6_cidr_blocks', IpProtocol: 'protocol' },
  aws_dynamodb_table: { SSESpecification: 'server_side_encryption', SSEEnabled: 'enabled', PointInTimeRecoverySpecification: 'point_in_time_recovery', PointInTimeRecoveryEnabled: 'enabled' },
  aws_sqs_queue: { SqsManagedSseEnabled: 'sqs_managed_sse_enabled' },
  aws_kms_key: { KeyPolicy: 'policy' },
  aws_cloudtrail: { IsLogging: 'enable_logging', KMSKeyId: 'kms_key_id', EnableLogFileValidation: 'enable_log_file_validation' },
  aws_elasticsearch_domain: { EncryptionAtRestOptions: 'encrypt_at_rest', NodeToNodeEncryptionOptions: 'node_to_node_encryption', EnforceHTTPS: 'enforce_https', TLSSecurityPolicy: 'tls_security_policy' },
  aws_opensearch_domain: { EncryptionAtRestOptions: 'encrypt_at_rest', NodeToNodeEncryptionOptions: 'node_to_node_encryption', EnforceHTTPS: 'enforce_https', TLSSecurityPolicy: 'tls_security_policy' },
  aws_ecr_repository: { ImageScanningConfiguration: 'image_scanning_configuration', ImageTagMutability: 'image_tag_mutability' },
  aws_cloudfront_distribution: { DistributionConfig: '', Logging: 'logging_config', ViewerCertificate: 'viewer_certificate', MinimumProtocolVersion: 'minimum_protocol_version', CacheBehaviors: 'ordered_cache_behavior', WebACLId: 'web_acl_id' },
  aws_lb_listener: { DefaultActions: 'default_action', SslPolicy: 'ssl_policy' },
  aws_lambda_function: { TracingConfig: 'tracing_config', Tracing: 'tracing_config_mode', KmsKeyArn: 'kms_key_arn', VpcConfig: 'vpc_config', DeadLetterConfig: 'dead_letter_config' },
  aws_api_gateway_stage: { AccessLogSetting: 'access_log_settings', TracingEnabled: 'xray_tracing_enabled', ClientCertificateId: 'client_certificate_id' },
  aws_efs_file_system: { Encrypted: 'encrypted' },
  aws_sagemaker_notebook_instance: { RootAccess: 'root_access', DirectInternetAccess: 'direct_internet_access', NotebookInstanceName: 'name' },
  aws_elasticache_replication_group: { AtRestEncryptionEnabled: 'at_rest_encryption_enabled', TransitEncryptionEnabled: 'transit_encryption_enabled', AuthToken: 'auth_token' },
  aws_eks_cluster: { ResourcesVpcConfig: 'vpc_config', EncryptionConfig: 'encryption_config' },
  aws_lambda_permission: {},
  aws_instance: { MetadataOptions: 'metadata_options', BlockDeviceMappings: 'ebs_block_device' },
  aws_launch_template: { LaunchTemplateData: '', MetadataOptions: 'metadata_options' },
};

/** Services whose name in types is not the name in lower case. */
const services: Readonly<Record<string, string>> = { ApiGateway: 'api_gateway', EC2: '', Logs: 'cloudwatch_log', Events: 'cloudwatch_event', StepFunctions: 'sfn', Cassandra: 'keyspaces', CertificateManager: 'acm', ServiceDiscovery: 'service_discovery', DirectoryService: 'directory_service', ElasticBeanstalk: 'elastic_beanstalk', MSK: 'msk' };

export function canonicalType(type: string): string | undefined {
  const known = cloudFormationTypes[type];
  if (known) return known;
  const [vendor, service, name] = type.split('::');
  if (!vendor || !service || !name) return undefined;
  if (vendor !== 'AWS') return [vendor.toLowerCase(), service.toLowerCase(), snake(name)].join('_');
  return ['aws', services[service] ?? service.toLowerCase(), snake(name)].filter((part) => part !== '').join('_');
}

/** The canonical name of a property; '' for a wrapper whose content belongs one level up. */
export function canonicalName(type: string, property: string): string {
  return renames[type]?.[property] ?? snake(property);
}

/** `DBInstanceClass` is `db_instance_class`, `KmsKeyId` is `kms_key_id`. */
export function snake(name: string): string {
  return name.replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2').replace(/([a-z\d])([A-Z])/g, '$1_$2').toLowerCase();
}

/** Property names as CloudFormation writes them, for fixes. */
export function cloudFormationName(type: string, canonical: string): string {
  const own = Object.entries(renames[type] ?? {}).find(([, name]) => name === canonical);
  return own ? own[0] : canonical.split('_').map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join('');
}

const loweredRenames = new Map(Object.entries(renames).map(([type, names]) => [type, new Map(Object.entries(names).map(([name, to]) => [name.toLowerCase(), to]))]));

/** As `canonicalName`, whatever the case of the name. */
export function canonicalNameOfProperty(type: string, property: string): string {
  return loweredRenames.get(type)?.get(property.replaceAll('_', '').toLowerCase()) ?? snake(property);
}
