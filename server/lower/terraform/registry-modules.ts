/** What a well-known module makes: the type, inputs that are called otherwise, and defaults that rules should know. */
export interface KnownModule {
  readonly type: string;
  readonly rename?: Readonly<Record<string, string>>;
  /** By path; null is what is not there unless it is asked for. */
  readonly defaults?: Readonly<Record<string, boolean | number | string | null>>;
  /** Inputs that switch a companion on, and the attribute that is there with it. */
  readonly switches?: Readonly<Record<string, string>>;
  /** The input without which the module does not make it. */
  readonly asked?: string;
  /** The input of which every entry makes one; what is in an entry are its attributes. */
  readonly each?: string;
}

const publicAccess = { block_public_acls: 'public_access_block.block_public_acls', block_public_policy: 'public_access_block.block_public_policy', ignore_public_acls: 'public_access_block.ignore_public_acls', restrict_public_buckets: 'public_access_block.restrict_public_buckets' };

/** Modules of terraform-aws-modules by name. Data; defaults as of their current major versions. */
export const knownModules: Readonly<Record<string, readonly KnownModule[]>> = {
  's3-bucket': [{ type: 'aws_s3_bucket', rename: publicAccess }],
  'ec2-instance': [{ type: 'aws_instance', defaults: { monitoring: false } }],
  rds: [{ type: 'aws_db_instance', defaults: { deletion_protection: false, multi_az: false, iam_database_authentication_enabled: false, performance_insights_enabled: false, monitoring_interval: 0, copy_tags_to_snapshot: false, enabled_cloudwatch_logs_exports: null } }],
  'rds-aurora': [{ type: 'aws_rds_cluster' }],
  'rds-proxy': [{ type: 'aws_db_proxy' }],
  alb: [
    { type: 'aws_lb', defaults: { load_balancer_type: 'application' } },
    { type: 'aws_lb_listener', each: 'listeners', rename: { redirect: 'default_action.redirect', forward: 'default_action.forward', fixed_response: 'default_action.fixed_response' }, defaults: { ssl_policy: 'ELBSecurityPolicy-TLS13-1-2-Res-2021-06' } },
    { type: 'aws_lb_listener', each: 'http_tcp_listeners', rename: { redirect: 'default_action.redirect', action_type: 'default_action.type' } }, { type: 'aws_lb_listener', each: 'https_listeners', defaults: { protocol: 'HTTPS', ssl_policy: 'ELBSecurityPolicy-TLS13-1-2-Res-2021-06' } },
  ],
  elb: [{ type: 'aws_elb', defaults: { access_logs: null } }],
  'security-group': [{ type: 'aws_security_group', rename: { ingress_with_cidr_blocks: 'ingress', egress_with_cidr_blocks: 'egress' } }],
  autoscaling: [{ type: 'aws_launch_configuration' }],
  'dynamodb-table': [{
    type: 'aws_dynamodb_table',
    rename: { server_side_encryption_enabled: 'server_side_encryption.enabled', server_side_encryption_kms_key_arn: 'server_side_encryption.kms_key_arn', point_in_time_recovery_enabled: 'point_in_time_recovery.enabled' },
    defaults: { 'server_side_encryption.enabled': false, 'point_in_time_recovery.enabled': false, deletion_protection_enabled: null },
  }],
  'apigateway-v2': [
    { type: 'aws_apigatewayv2_stage', rename: { stage_access_log_settings: 'access_log_settings', default_stage_access_log_destination_arn: 'access_log_settings' }, defaults: { access_log_settings: null } },
    { type: 'aws_apigatewayv2_domain_name' }, { type: 'aws_apigatewayv2_api' },
  ],
  appsync: [{ type: 'aws_appsync_graphql_api', defaults: { authentication_type: 'API_KEY', xray_enabled: false }, switches: { logging_enabled: 'log_config' } }],
  'secrets-manager': [{ type: 'aws_secretsmanager_secret', defaults: { kms_key_id: null } }],
  redshift: [{ type: 'aws_redshift_cluster', defaults: { 'logging.enable': false } }],
  cloudtrail: [{ type: 'aws_cloudtrail' }],
  dax: [{ type: 'aws_dax_cluster' }],
  docdb: [{ type: 'aws_docdb_cluster', defaults: { storage_encrypted: false, enabled_cloudwatch_logs_exports: null } }],
  opensearch: [{ type: 'aws_opensearch_domain' }],
  elasticsearch: [{ type: 'aws_elasticsearch_domain', defaults: { encrypt_at_rest: null } }],
  cloudfront: [{ type: 'aws_cloudfront_distribution', defaults: { web_acl_id: null } }],
  sqs: [{ type: 'aws_sqs_queue' }],
  sns: [{ type: 'aws_sns_topic', defaults: { kms_master_key_id: null } }],
  lambda: [
    { type: 'aws_lambda_function', rename: { tracing_mode: 'tracing_config.mode', vpc_subnet_ids: 'vpc_config.subnet_ids', dead_letter_target_arn: 'dead_letter_config.target_arn' }, defaults: { 'tracing_config.mode': null } },
    { type: 'aws_lambda_function_url', asked: 'create_lambda_function_url', defaults: { authorization_type: 'NONE' } },
    { type: 'aws_cloudwatch_log_group', rename: { cloudwatch_logs_retention_in_days: 'retention_in_days', cloudwatch_logs_kms_key_id: 'kms_key_id' }, asked: 'attach_cloudwatch_logs_policy', defaults: { retention_in_days: null } },
  ],
  'step-functions': [{ type: 'aws_sfn_state_machine' }],
  kms: [{ type: 'aws_kms_key' }],
  efs: [{ type: 'aws_efs_file_system' }],
  eks: [{
    type: 'aws_eks_cluster',
    rename: {
      cluster_endpoint_public_access: 'vpc_config.endpoint_public_access', cluster_endpoint_public_access_cidrs: 'vpc_config.public_access_cidrs', cluster_endpoint_private_access: 'vpc_config.endpoint_private_access',
      endpoint_public_access: 'vpc_config.endpoint_public_access', endpoint_public_access_cidrs: 'vpc_config.public_access_cidrs', endpoint_private_access: 'vpc_config.endpoint_private_access',
      cluster_enabled_log_types: 'enabled_cluster_log_types', cluster_version: 'version', kubernetes_version: 'version', authentication_mode: 'access_config.authentication_mode',
    },
  }],
  ecr: [{
    type: 'aws_ecr_repository',
    rename: { repository_image_tag_mutability: 'image_tag_mutability', repository_image_scan_on_push: 'image_scanning_configuration.scan_on_push', repository_encryption_type: 'encryption_configuration.encryption_type' },
    defaults: { 'encryption_configuration.encryption_type': null },
  }],
  'msk-kafka-cluster': [{
    type: 'aws_msk_cluster',
    rename: {
      encryption_in_transit_client_broker: 'encryption_info.encryption_in_transit.client_broker', encryption_in_transit_in_cluster: 'encryption_info.encryption_in_transit.in_cluster',
      encryption_at_rest_kms_key_arn: 'encryption_info.encryption_at_rest_kms_key_arn',
    },
  }],
  elasticache: [{ type: 'aws_elasticache_replication_group' }],
  'memory-db': [{ type: 'aws_memorydb_cluster' }],
  vpc: [{ type: 'aws_subnet' }, { type: 'aws_vpc', switches: { enable_flow_log: 'flow_log_id' } }, { type: 'aws_default_network_acl', rename: { default_network_acl_ingress: 'ingress', default_network_acl_egress: 'egress' } }],
  acm: [{ type: 'aws_acm_certificate' }],
  'global-accelerator': [{ type: 'aws_globalaccelerator_accelerator', rename: { flow_logs_enabled: 'attributes.flow_logs_enabled' }, defaults: { 'attributes.flow_logs_enabled': false } }],
  'ssm-parameter': [{ type: 'aws_ssm_parameter' }],
  'iam-user': [{ type: 'aws_iam_access_key', asked: 'create_iam_access_key', defaults: { status: 'Active' } }],
  'iam-account': [{ type: 'aws_iam_account_password_policy' }],
  'iam-policy': [{ type: 'aws_iam_policy' }],
};

/** Ports and protocol of the rules that the security-group module knows by name. */
export const namedPorts: Readonly<Record<string, readonly [from: number, to: number, protocol: string]>> = {
  'all-all': [-1, -1, '-1'], 'all-tcp': [0, 65_535, 'tcp'], 'all-udp': [0, 65_535, 'udp'], 'ssh-tcp': [22, 22, 'tcp'], 'rdp-tcp': [3389, 3389, 'tcp'], 'rdp-udp': [3389, 3389, 'udp'],
  'http-80-tcp': [80, 80, 'tcp'], 'http-8080-tcp': [8080, 8080, 'tcp'], 'https-443-tcp': [443, 443, 'tcp'], 'mysql-tcp': [3306, 3306, 'tcp'], 'postgresql-tcp': [5432, 5432, 'tcp'], 'mssql-tcp': [1433, 1433, 'tcp'],
  'oracle-db-tcp': [1521, 1521, 'tcp'], 'redis-tcp': [6379, 6379, 'tcp'], 'redshift-tcp': [5439, 5439, 'tcp'], 'memcached-tcp': [11_211, 11_211, 'tcp'], 'mongodb-27017-tcp': [27_017, 27_017, 'tcp'],
  'elasticsearch-rest-tcp': [9200, 9200, 'tcp'], 'elasticsearch-java-tcp': [9300, 9300, 'tcp'], 'kafka-broker-tcp': [9092, 9092, 'tcp'], 'cassandra-clients-tcp': [9042, 9042, 'tcp'], 'nfs-tcp': [2049, 2049, 'tcp'],
  'docker-swarm-mngmt-tcp': [2377, 2377, 'tcp'], 'kubernetes-api-tcp': [6443, 6443, 'tcp'], 'etcd-client-tcp': [2379, 2379, 'tcp'], 'winrm-http-tcp': [5985, 5985, 'tcp'], 'winrm-https-tcp': [5986, 5986, 'tcp'],
  'ldap-tcp': [389, 389, 'tcp'], 'smtp-tcp': [25, 25, 'tcp'], 'prometheus-http-tcp': [9090, 9090, 'tcp'], 'grafana-tcp': [3000, 3000, 'tcp'], 'rabbitmq-15672-tcp': [15_672, 15_672, 'tcp'], 'zookeeper-2181-tcp': [2181, 2181, 'tcp'],
};
