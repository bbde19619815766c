import { cloudFormationTypes } from './types.ts';

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
  aws_elasticsearch_domain: { ElasticsearchClusterConfig: 'cluster_config', EncryptionAtRestOptions: 'encrypt_at_rest', NodeToNodeEncryptionOptions: 'node_to_node_encryption', EnforceHTTPS: 'enforce_https', TLSSecurityPolicy: 'tls_security_policy' },
  aws_opensearch_domain: { EncryptionAtRestOptions: 'encrypt_at_rest', NodeToNodeEncryptionOptions: 'node_to_node_encryption', EnforceHTTPS: 'enforce_https', TLSSecurityPolicy: 'tls_security_policy' },
  aws_ecr_repository: { ImageScanningConfiguration: 'image_scanning_configuration', ImageTagMutability: 'image_tag_mutability' },
  aws_cloudfront_distribution: { DistributionConfig: '', Logging: 'logging_config', ViewerCertificate: 'viewer_certificate', MinimumProtocolVersion: 'minimum_protocol_version', CacheBehaviors: 'ordered_cache_behavior', WebACLId: 'web_acl_id' },
  aws_lb_listener: { DefaultActions: 'default_action', SslPolicy: 'ssl_policy' },
  aws_lambda_function: { TracingConfig: 'tracing_config', Tracing: 'tracing_config_mode', KmsKeyArn: 'kms_key_arn', VpcConfig: 'vpc_config', DeadLetterConfig: 'dead_letter_config' },
  aws_api_gateway_stage: { AccessLogSetting: 'access_log_settings', TracingEnabled: 'xray_tracing_enabled', ClientCertificateId: 'client_certificate_id' },
  aws_cloudwatch_event_bus_policy: { Statement: 'Statement' },
  aws_sfn_state_machine: { LoggingConfiguration: 'logging_configuration', TracingConfiguration: 'tracing_configuration', Logging: 'logging_configuration', Tracing: 'tracing_configuration' },
  aws_backup_selection: { BackupSelection: '' },
  aws_appmesh_virtual_gateway: { TLS: 'tls' },
  aws_appmesh_virtual_node: { TLS: 'tls' },
  aws_bedrockagent_agent: { IdleSessionTTLInSeconds: 'idle_session_ttl_in_seconds' },
  aws_dax_cluster: { SSEEnabled: 'sse_enabled', SSESpecification: 'sse_specification' },
  aws_db_proxy: { IAMAuth: 'iam_auth', RequireTLS: 'require_tls' },
  aws_dms_replication_instance: { MultiAZ: 'multi_az' },
  aws_ecs_service: { ManagedEBSVolume: 'managed_ebs_volume' },
  aws_ecs_task_definition: { EFSVolumeConfiguration: 'efs_volume_configuration' },
  aws_glue_ml_transform: { MLUserDataEncryption: 'ml_user_data_encryption', MLUserDataEncryptionMode: 'ml_user_data_encryption_mode' },
  aws_memorydb_cluster: { TLSEnabled: 'tls_enabled' },
  aws_memorydb_multi_region_cluster: { TLSEnabled: 'tls_enabled' },
  aws_redshift_cluster: { MultiAZ: 'multi_az' },
  aws_fsx_lustre_file_system: { LustreConfiguration: '' },
  aws_fsx_ontap_file_system: { OntapConfiguration: '' },
  aws_fsx_openzfs_file_system: { OpenZFSConfiguration: '' },
  aws_fsx_windows_file_system: { WindowsConfiguration: '' },
  aws_sagemaker_notebook_instance: { RootAccess: 'root_access', DirectInternetAccess: 'direct_internet_access', NotebookInstanceName: 'name' },
  aws_elasticache_replication_group: { AtRestEncryptionEnabled: 'at_rest_encryption_enabled', MultiAZEnabled: 'multi_az_enabled', TransitEncryptionEnabled: 'transit_encryption_enabled', AuthToken: 'auth_token' },
  aws_eks_cluster: { ResourcesVpcConfig: 'vpc_config', EncryptionConfig: 'encryption_config' },
  aws_instance: { MetadataOptions: 'metadata_options', BlockDeviceMappings: 'ebs_block_device' },
  aws_launch_template: { LaunchTemplateData: '', MetadataOptions: 'metadata_options' },
};

/** Services whose name in types is not the name in lower case. */
const services: Readonly<Record<string, string>> = { ApiGateway: 'api_gateway', APS: 'prometheus', EC2: '', InspectorV2: 'inspector2', KafkaConnect: 'mskconnect', KinesisAnalytics: 'kinesis_analytics', Macie: 'macie2', Route53Resolver: 'route53_resolver', SDB: 'simpledb', SSO: 'ssoadmin', Logs: 'cloudwatch_log', Events: 'cloudwatch_event', StepFunctions: 'sfn', Cassandra: 'keyspaces', CertificateManager: 'acm', ServiceDiscovery: 'service_discovery', DirectoryService: 'directory_service', ElasticBeanstalk: 'elastic_beanstalk', MSK: 'msk' };

/** Resources of EC2 whose type says so. */
const ofEc2 = /^(?:CapacityReservation|CarrierGateway|ClientVpn|Fleet$|Host$|InstanceConnectEndpoint|LocalGateway|NetworkInsights|SubnetCidrReservation|TrafficMirror|TransitGateway)/;

export function canonicalType(type: string): string | undefined {
  const known = cloudFormationTypes[type];
  if (known) return known;
  const [vendor, service, name] = type.split('::');
  if (!vendor || !service || !name) return undefined;
  if (vendor !== 'AWS') return [vendor.toLowerCase(), service.toLowerCase(), snake(name)].join('_');
  const spelled = service === 'EC2' && ofEc2.test(name) ? 'ec2' : services[service] ?? service.toLowerCase();
  return ['aws', spelled, snake(name)].filter((part) => part !== '').join('_');
}

/** The canonical name of a property; '' for a wrapper whose content belongs one level up. The CDK writes `enableIamDatabaseAuthentication`. */
export function canonicalName(type: string, property: string): string {
  return renames[type]?.[property] ?? loweredRenames.get(type)?.get(property.toLowerCase()) ?? snake(property);
}

/** `DBInstanceClass` is `db_instance_class`, `KmsKeyId` is `kms_key_id`, `NotificationARNs` is `notification_arns`. */
export function snake(name: string): string {
  const plain = name.replace(/([A-Z])([A-Z]+)s(?=$|[A-Z])/g, (_, first: string, rest: string) => `${first}${rest.toLowerCase()}s`);
  return plain.replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2').replace(/([a-z\d])([A-Z])/g, '$1_$2').toLowerCase();
}

/** Property names as CloudFormation writes them, for fixes. */
export function cloudFormationName(type: string, canonical: string): string {
  const own = Object.entries(renames[type] ?? {}).find(([, name]) => name === canonical);
  return own ? own[0] : canonical.split('_').map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join('');
}

/** Names that depend on what they stand in. */
const inner: Readonly<Record<string, string>> = { 'aws_dynamodb_table.point_in_time_recovery.enabled': 'PointInTimeRecoveryEnabled' };

/** As `cloudFormationName`, for each name of a path. */
export function cloudFormationPath(type: string, path: readonly string[]): readonly string[] {
  return path.map((name, at) => inner[`${type}.${path[at - 1] ?? ''}.${name}`] ?? cloudFormationName(type, name));
}

const loweredRenames = new Map(Object.entries(renames).map(([type, names]) => [type, new Map(Object.entries(names).map(([name, to]) => [name.toLowerCase(), to]))]));

/** As `canonicalName`, whatever the case of the name. */
export function canonicalNameOfProperty(type: string, property: string): string {
  return loweredRenames.get(type)?.get(property.replaceAll('_', '').toLowerCase()) ?? snake(property);
}
