import { canonicalType, snake } from '../cloudformation/names.ts';
import { cloudFormationTypes } from '../cloudformation/types.ts';

/** Modules of Pulumi's providers whose names do not stand in the Terraform provider's types, and types of their own. */
const modules: Readonly<Record<string, string>> = {
  'aws.ec2': '', 'aws.lb': 'lb', 'aws.alb': 'alb', 'aws.elb': 'elb', 'aws.cloudwatch': 'cloudwatch', 'aws.rds': 'rds', 'aws.apigateway': 'api_gateway',
  'aws.cognito': 'cognito', 'aws.ebs': 'ebs', 'aws.ec2transitgateway': 'ec2_transit_gateway', 'aws.cfg': 'config', 'aws.autoscaling': 'autoscaling',
  'aws.kinesis': 'kinesis', 'aws.bedrock': 'bedrock', 'aws.bedrockmodel': 'bedrock_model', 'aws.bedrockfoundation': 'bedrock_foundation', 'aws.amp': 'prometheus', 'aws.directconnect': 'dx', 'aws.directoryservice': 'directory_service',
  'aws.ec2clientvpn': 'ec2_client_vpn', 'aws.elasticbeanstalk': 'elastic_beanstalk', 'aws.opensearchingest': 'osis', 'aws.servicediscovery': 'service_discovery', 'aws.index': '', 'azure.network': '', 'azure.compute': '', 'azure.containerservice': '',
  'azure.keyvault': 'key_vault', 'azure.appservice': '', 'azure.postgresql': 'postgresql', 'azure.mysql': 'mysql', 'azure.mariadb': 'mariadb',
  'azure.mssql': 'mssql', 'azure.sql': 'sql', 'azure.cosmosdb': 'cosmosdb', 'azure.redis': 'redis', 'azure.storage': 'storage',
  'azure.monitoring': 'monitor', 'azure.securitycenter': 'security_center', 'azure.authorization': '', 'azure.core': '', 'azure.operationalinsights': '',
  'azure.apimanagement': 'api_management', 'azure.servicebus': 'servicebus', 'azure.eventhub': '', 'azure.eventgrid': 'eventgrid',
  'azure.signalr': 'signalr', 'azure.appconfiguration': 'app_configuration', 'azure.machinelearning': 'machine_learning',
  'azure.datafactory': 'data_factory', 'azure.databricks': 'databricks', 'azure.synapse': 'synapse', 'azure.cdn': 'cdn', 'azure.iot': '',
  'azure.batch': 'batch', 'azure.automation': 'automation', 'azure.privatelink': 'private', 'azure.recoveryservices': 'recovery_services',
  'azure.kusto': 'kusto', 'azure.search': 'search', 'azure.cognitive': 'cognitive', 'azure.containerapp': 'container_app',
  'azure.dataprotection': 'data_protection', 'azure.role': 'role', 'gcp.projects': 'project', 'gcp.organizations': 'organization', 'gcp.folder': 'folder',
  'gcp.serviceaccount': 'service_account', 'gcp.cloudrun': 'cloud_run', 'gcp.cloudrunv2': 'cloud_run_v2', 'gcp.cloudfunctionsv2': 'cloudfunctions2',
  'gcp.artifactregistry': 'artifact_registry', 'gcp.secretmanager': 'secret_manager', 'gcp.datafusion': 'data_fusion', 'gcp.vertex': 'vertex',
  'gcp.appengine': 'app_engine', 'gcp.cloudscheduler': 'cloud_scheduler', 'gcp.kms': 'kms', 'gcp.diagflow': 'dialogflow',
};
const types: Readonly<Record<string, string>> = {
  'azure.network.SecurityRule': 'azurerm_network_security_rule', 'azure.network.SecurityGroup': 'azurerm_network_security_group',
  'aws.rds.Instance': 'aws_db_instance', 'aws.rds.SubnetGroup': 'aws_db_subnet_group', 'aws.rds.Proxy': 'aws_db_proxy',
  'aws.rds.Snapshot': 'aws_db_snapshot', 'aws.lb.LoadBalancer': 'aws_lb', 'aws.alb.LoadBalancer': 'aws_alb', 'aws.elb.LoadBalancer': 'aws_elb',
  'aws.s3.BucketV2': 'aws_s3_bucket', 'aws.s3.BucketObjectv2': 'aws_s3_object', 'aws.s3.BucketAclV2': 'aws_s3_bucket_acl',
  'aws.s3.BucketVersioningV2': 'aws_s3_bucket_versioning', 'aws.s3.BucketLoggingV2': 'aws_s3_bucket_logging',
  'aws.s3.BucketServerSideEncryptionConfigurationV2': 'aws_s3_bucket_server_side_encryption_configuration', 'aws.cloudtrail.Trail': 'aws_cloudtrail',
  'aws.cfg.RecorderStatus': 'aws_config_configuration_recorder_status', 'aws.cfg.Recorder': 'aws_config_configuration_recorder',
  'aws.ebs.Volume': 'aws_ebs_volume', 'aws.ec2.SecurityGroup': 'aws_security_group', 'aws.ec2.FlowLog': 'aws_flow_log', 'aws.ec2.Instance': 'aws_instance',
  'aws.ec2.NetworkAcl': 'aws_network_acl', 'aws.elasticsearch.Domain': 'aws_elasticsearch_domain',
  'aws.kinesis.FirehoseDeliveryStream': 'aws_kinesis_firehose_delivery_stream', 'aws.cloudwatch.LogGroup': 'aws_cloudwatch_log_group',
  'aws.sagemaker.EndpointConfiguration': 'aws_sagemaker_endpoint_configuration', 'aws.opensearch.Domain': 'aws_opensearch_domain',
  'aws.docdb.Cluster': 'aws_docdb_cluster', 'aws.secretsmanager.Secret': 'aws_secretsmanager_secret', 'aws.apigatewayv2.Stage': 'aws_apigatewayv2_stage',
  'aws.bedrock.AgentAgent': 'aws_bedrockagent_agent', 'aws.bedrock.AgentKnowledgeBase': 'aws_bedrockagent_knowledge_base',
  'aws.sfn.StateMachine': 'aws_sfn_state_machine', 'aws.lambda.FunctionUrl': 'aws_lambda_function_url', 'aws.autoscaling.Group': 'aws_autoscaling_group',
  'aws.cognito.UserPool': 'aws_cognito_user_pool', 'aws.appsync.GraphQLApi': 'aws_appsync_graphql_api', 'aws.codepipeline.Pipeline': 'aws_codepipeline', 'aws.cfg.Rule': 'aws_config_config_rule',
  'aws.bedrock.AgentAgentActionGroup': 'aws_bedrockagent_agent_action_group', 'aws.bedrock.AgentDataSource': 'aws_bedrockagent_data_source', 'aws.bedrock.AgentFlow': 'aws_bedrockagent_flow', 'aws.bedrock.AgentPrompt': 'aws_bedrockagent_prompt',
  'aws.bedrock.AgentcoreAgentRuntime': 'aws_bedrockagentcore_agent_runtime', 'aws.bedrock.AgentcoreBrowser': 'aws_bedrockagentcore_browser', 'aws.bedrock.AgentcoreCodeInterpreter': 'aws_bedrockagentcore_code_interpreter',
  'aws.appsync.DataSource': 'aws_appsync_datasource', 'aws.bedrock.AgentcoreGatewayTarget': 'aws_bedrockagentcore_gateway_target', 'aws.bedrock.AgentcoreTokenVaultCmk': 'aws_bedrockagentcore_token_vault_cmk',
  'aws.bedrock.AgentcoreWorkloadIdentity': 'aws_bedrockagentcore_workload_identity', 'aws.chime.SdkvoiceVoiceProfileDomain': 'aws_chimesdkvoice_voice_profile_domain', 'aws.lex.V2modelsSlot': 'aws_lexv2models_slot',
  'aws.ec2.VpcEndpointServiceAllowedPrinciple': 'aws_vpc_endpoint_service_allowed_principal', 'aws.rds.ClusterSnapshot': 'aws_db_cluster_snapshot', 'aws.route53.HostedZoneDnsSec': 'aws_route53_hosted_zone_dnssec',
  'aws.sqs.RedriveAllowPolicy': 'aws_sqs_queue_redrive_allow_policy',
  'aws.bedrock.AgentcoreGateway': 'aws_bedrockagentcore_gateway', 'aws.bedrock.AgentcoreMemory': 'aws_bedrockagentcore_memory', 'aws.datasync.EfsLocation': 'aws_datasync_location_efs', 'aws.docdb.ElasticCluster': 'aws_docdbelastic_cluster',
  'aws.ec2.ImageBlockPublicAccess': 'aws_ec2_image_block_public_access', 'aws.ec2.InstanceMetadataDefaults': 'aws_ec2_instance_metadata_defaults', 'aws.ec2.ManagedPrefixList': 'aws_ec2_managed_prefix_list',
  'aws.ec2.SerialConsoleAccess': 'aws_ec2_serial_console_access', 'aws.ec2transitgateway.TransitGateway': 'aws_ec2_transit_gateway', 'aws.elb.LoadBalancerPolicy': 'aws_load_balancer_policy',
  'aws.fsx.OpenZfsFileSystem': 'aws_fsx_openzfs_file_system', 'aws.fsx.OpenZfsVolume': 'aws_fsx_openzfs_volume', 'aws.guardduty.IPSet': 'aws_guardduty_ipset', 'aws.lex.V2modelsBot': 'aws_lexv2models_bot',
  'aws.opensearch.ServerlessAccessPolicy': 'aws_opensearchserverless_access_policy', 'aws.opensearch.ServerlessCollection': 'aws_opensearchserverless_collection', 'aws.opensearch.ServerlessSecurityPolicy': 'aws_opensearchserverless_security_policy',
  'aws.rds.EventSubscription': 'aws_db_event_subscription', 'aws.rds.ParameterGroup': 'aws_db_parameter_group', 'aws.rds.OptionGroup': 'aws_db_option_group', 'aws.rds.SecurityGroup': 'aws_db_security_group', 'aws.rds.SnapshotCopy': 'aws_db_snapshot_copy',
  'aws.rds.ProxyEndpoint': 'aws_db_proxy_endpoint', 'aws.rds.InstanceAutomatedBackupsReplication': 'aws_db_instance_automated_backups_replication', 'aws.s3.Inventory': 'aws_s3_bucket_inventory',
  'aws.s3.VectorsIndex': 'aws_s3vectors_index', 'aws.s3.VectorsVectorBucket': 'aws_s3vectors_vector_bucket', 'aws.storagegateway.CachesIscsiVolume': 'aws_storagegateway_cached_iscsi_volume', 'azure.storage.Account': 'azurerm_storage_account',
  'azure.containerservice.KubernetesCluster': 'azurerm_kubernetes_cluster', 'azure.containerservice.Registry': 'azurerm_container_registry',
  'azure.keyvault.KeyVault': 'azurerm_key_vault', 'azure.redis.Cache': 'azurerm_redis_cache', 'azure.cognitive.Account': 'azurerm_cognitive_account',
  'azure.network.NetworkSecurityGroup': 'azurerm_network_security_group', 'azure.machinelearning.Workspace': 'azurerm_machine_learning_workspace',
  'azure.search.Service': 'azurerm_search_service', 'gcp.sql.DatabaseInstance': 'google_sql_database_instance',
  'gcp.storage.Bucket': 'google_storage_bucket', 'gcp.container.Cluster': 'google_container_cluster', 'gcp.container.NodePool': 'google_container_node_pool',
  'gcp.projects.IAMMember': 'google_project_iam_member', 'gcp.projects.IAMBinding': 'google_project_iam_binding',
  'gcp.organizations.Project': 'google_project', 'gcp.serviceaccount.Key': 'google_service_account_key',
  'gcp.vertex.AiEndpoint': 'google_vertex_ai_endpoint', 'gcp.vertex.AiDataset': 'google_vertex_ai_dataset',
  'azure.storage.Container': 'azurerm_storage_container', 'azure.network.NetworkSecurityRule': 'azurerm_network_security_rule',
  'azure.network.NetworkWatcherFlowLog': 'azurerm_network_watcher_flow_log', 'azure.compute.LinuxVirtualMachine': 'azurerm_linux_virtual_machine',
  'azure.containerservice.KubernetesClusterNodePool': 'azurerm_kubernetes_cluster_node_pool', 'azure.keyvault.Key': 'azurerm_key_vault_key',
  'azure.keyvault.Secret': 'azurerm_key_vault_secret', 'azure.postgresql.FlexibleServer': 'azurerm_postgresql_flexible_server',
  'azure.containerservice.Group': 'azurerm_container_group', 'azure.authorization.Assignment': 'azurerm_role_assignment',
  'azure.authorization.RoleDefinition': 'azurerm_role_definition', 'azure.operationalinsights.AnalyticsWorkspace': 'azurerm_log_analytics_workspace',
  'azure.appservice.ServicePlan': 'azurerm_service_plan', 'azure.iot.IoTHub': 'azurerm_iothub',
  'azure.eventhub.EventHubNamespace': 'azurerm_eventhub_namespace', 'gcp.serviceaccount.Account': 'google_service_account',
  'gcp.projects.Service': 'google_project_service', 'gcp.vertex.AiIndex': 'google_vertex_ai_index', 'gcp.sql.User': 'google_sql_user',
};
const providers: Readonly<Record<string, string>> = { aws: 'aws', azure: 'azurerm', gcp: 'google' };

/** Providers whose types have the Terraform provider's names, up to what `modules` and `types` say. */
export const otherProviders: readonly string[] = [
  'aiven', 'alicloud', 'auth0', 'civo', 'cloudflare', 'confluentcloud', 'databricks', 'datadog', 'digitalocean', 'exoscale', 'github', 'gitlab', 'grafana', 'hcloud', 'keycloak', 'linode', 'mongodbatlas',
  'newrelic', 'oci', 'okta', 'openstack', 'ovh', 'scaleway', 'snowflake', 'tls', 'vault', 'vultr', 'yandex',
];
const otherModules: Readonly<Record<string, string>> = {
  'alicloud.ecs': '', 'alicloud.rds': 'db', 'alicloud.vpc': '', 'oci.ObjectStorage': 'objectstorage', 'oci.ContainerEngine': 'containerengine', 'oci.ApiGateway': 'apigateway', 'oci.DataScience': 'datascience',
  'vault.pkiSecret': 'pki_secret', 'vault.appRole': 'approle_auth', 'openstack.loadbalancer': 'lb',
};
const otherTypes: Readonly<Record<string, string>> = {
  'alicloud.vpc.Network': 'alicloud_vpc', 'okta.app.OAuth': 'okta_app_oauth', 'vault.appRole.AuthBackendRole': 'vault_approle_auth_backend_role', 'openstack.compute.Instance': 'openstack_compute_instance_v2',
  'openstack.networking.SecGroupRule': 'openstack_networking_secgroup_rule_v2', 'openstack.networking.SecGroup': 'openstack_networking_secgroup_v2', 'openstack.blockstorage.Volume': 'openstack_blockstorage_volume_v3',
  'openstack.loadbalancer.Listener': 'openstack_lb_listener_v2', 'openstack.objectstorage.Container': 'openstack_objectstorage_container_v1', 'digitalocean.LoadBalancer': 'digitalocean_loadbalancer',
};

function otherType(provider: string, module: string, name: string): string | undefined {
  if (!otherProviders.includes(provider)) return undefined;
  const place = module === '' || module === 'index' ? provider : `${provider}.${module}`;
  const middle = place === provider ? '' : (otherModules[place] ?? snake(module));
  return otherTypes[`${place}.${name}`] ?? [provider.replace('confluentcloud', 'confluent'), middle, snake(name)].filter((part) => part !== '').join('_');
}

/** The canonical type of a Pulumi type token: `aws:s3/bucket:Bucket`, `aws:s3:Bucket`, or its parts `aws`, `s3`, `Bucket`. */
export function pulumiType(provider: string, module: string, name: string): string | undefined {
  const prefix = providers[provider];
  if (prefix === undefined) return otherType(provider, module, name);
  const known = types[`${provider}.${module}.${name}`];
  if (known) return known;
  const middle = modules[`${provider}.${module}`] ?? snake(module);
  const last = snake(name.replace(/V2$|v2$/, ''));
  return [prefix, middle, last].filter((part) => part !== '').join('_');
}

const native = new Map(Object.keys(cloudFormationTypes).map((type) => [type.toLowerCase(), type]));

/** The type of CloudFormation that the native provider makes a resource of: `neptune`, `DbCluster` is `AWS::Neptune::DBCluster`. */
export function cloudFormationType(module: string, name: string): string {
  return native.get(`aws::${module.toLowerCase()}::${name.toLowerCase()}`) ?? `AWS::${module.slice(0, 1).toUpperCase()}${module.slice(1)}::${name}`;
}

/** The canonical type of a resource of the native provider: `neptune`, `DbCluster` is `AWS::Neptune::DBCluster`. */
export function awsNativeType(module: string, name: string): string | undefined {
  const type = native.get(`aws::${module.toLowerCase()}::${name.toLowerCase()}`);
  return type === undefined ? pulumiType('aws', module, name) : canonicalType(type);
}
