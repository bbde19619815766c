import type { Resource } from '../../model/resource.ts';
import type { MapValue } from '../../model/value.ts';
import { controllerResource, googleGrants } from './controllers.ts';
import { snakeEntries } from '../deployment-manager/lower.ts';
import { armTypes } from '../arm/names.ts';
import { snake } from '../cloudformation/names.ts';
import { cloudFormationTypes } from '../cloudformation/types.ts';
import { withProviderNames } from './provider-names.ts';
import { withReferences } from './references.ts';
import { pulumiType } from '../pulumi/names.ts';

/** Kinds of Crossplane's providers in the Terraform provider's vocabulary, by API group and kind. */
export const crossplaneKinds: Readonly<Record<string, string>> = {
  'cloudfront.aws/Distribution': 'aws_cloudfront_distribution', 's3.aws/Bucket': 'aws_s3_bucket', 'rds.aws/DBInstance': 'aws_db_instance', 'rds.aws/Instance': 'aws_db_instance', 'database.aws/RDSInstance': 'aws_db_instance', 'rds.aws/DBCluster': 'aws_rds_cluster', 'rds.aws/Cluster': 'aws_rds_cluster', 'efs.aws/FileSystem': 'aws_efs_file_system', 'ecs.aws/Cluster': 'aws_ecs_cluster', 'ecs.aws/TaskDefinition': 'aws_ecs_task_definition', 'eks.aws/Cluster': 'aws_eks_cluster', 'eks.aws/NodeGroup': 'aws_eks_node_group', 'ecr.aws/Repository': 'aws_ecr_repository', 'ec2.aws/SecurityGroup': 'aws_security_group', 'ec2.aws/Instance': 'aws_instance', 'ec2.aws/Volume': 'aws_ebs_volume', 'ec2.aws/VPC': 'aws_vpc', 'ec2.aws/Subnet': 'aws_subnet',
  'sqs.aws/Queue': 'aws_sqs_queue', 'sns.aws/Topic': 'aws_sns_topic', 'notification.aws/SNSTopic': 'aws_sns_topic', 'kms.aws/Key': 'aws_kms_key', 'dynamodb.aws/Table': 'aws_dynamodb_table', 'neptune.aws/DBCluster': 'aws_neptune_cluster', 'docdb.aws/DBCluster': 'aws_docdb_cluster', 'docdb.aws/Cluster': 'aws_docdb_cluster', 'elasticache.aws/CacheCluster': 'aws_elasticache_cluster', 'cache.aws/ReplicationGroup': 'aws_elasticache_replication_group', 'elbv2.aws/Listener': 'aws_lb_listener', 'elbv2.aws/LoadBalancer': 'aws_lb', 'elasticloadbalancing.aws/ELB': 'aws_elb', 'lambda.aws/Function': 'aws_lambda_function', 'cloudwatchlogs.aws/LogGroup': 'aws_cloudwatch_log_group', 'kafka.aws/Cluster': 'aws_msk_cluster', 'mq.aws/Broker': 'aws_mq_broker', 'redshift.aws/Cluster': 'aws_redshift_cluster', 'iam.aws/Role': 'aws_iam_role', 'iam.aws/Policy': 'aws_iam_policy', 'iam.aws/User': 'aws_iam_user', 'secretsmanager.aws/Secret': 'aws_secretsmanager_secret', 'opensearchservice.aws/Domain': 'aws_opensearch_domain', 'sagemaker.aws/NotebookInstance': 'aws_sagemaker_notebook_instance', 'sagemaker.aws/Domain': 'aws_sagemaker_domain', 'sagemaker.aws/Model': 'aws_sagemaker_model', 'cloudtrail.aws/Trail': 'aws_cloudtrail', 'apigateway.aws/Stage': 'aws_api_gateway_stage', 'kinesis.aws/Stream': 'aws_kinesis_stream',
  'autoscaling.aws/AutoscalingGroup': 'aws_autoscaling_group', 'autoscaling.aws/LaunchConfiguration': 'aws_launch_configuration', 'cloudwatchlogs.aws/Group': 'aws_cloudwatch_log_group', 'cloudwatchevents.aws/Bus': 'aws_cloudwatch_event_bus', 'cloudwatchevents.aws/Permission': 'aws_cloudwatch_event_permission', 'codepipeline.aws/Codepipeline': 'aws_codepipeline', 'cognitoidp.aws/UserPool': 'aws_cognito_user_pool', 'cognitoidp.aws/UserPoolClient': 'aws_cognito_user_pool_client', 'cognitoidentity.aws/Pool': 'aws_cognito_identity_pool', 'ec2.aws/SecurityGroupIngressRule': 'aws_vpc_security_group_ingress_rule', 'ec2.aws/SecurityGroupEgressRule': 'aws_vpc_security_group_egress_rule', 'ec2.aws/TransitGateway': 'aws_ec2_transit_gateway', 'elb.aws/ELB': 'aws_elb', 'elbv2.aws/LB': 'aws_lb', 'elbv2.aws/LBListener': 'aws_lb_listener', 'elbv2.aws/LBTargetGroup': 'aws_lb_target_group', 'elbv2.aws/LBListenerRule': 'aws_lb_listener_rule', 'firehose.aws/DeliveryStream': 'aws_kinesis_firehose_delivery_stream', 'appsync.aws/GraphQLAPI': 'aws_appsync_graphql_api', 'configservice.aws/ConfigurationRecorder': 'aws_config_configuration_recorder', 's3control.aws/AccountPublicAccessBlock': 'aws_s3_account_public_access_block', 's3control.aws/AccessPoint': 'aws_s3_access_point',
  'compute.azure/AKSCluster': 'azurerm_kubernetes_cluster', 'containerservice.azure/KubernetesCluster': 'azurerm_kubernetes_cluster', 'cache.azure/Redis': 'azurerm_redis_cache', 'cache.azure/RedisCache': 'azurerm_redis_cache', 'storage.azure/Account': 'azurerm_storage_account', 'database.azure/PostgreSQLServer': 'azurerm_postgresql_server', 'database.azure/MySQLServer': 'azurerm_mysql_server', 'keyvault.azure/Vault': 'azurerm_key_vault', 'cognitiveservices.azure/Account': 'azurerm_cognitive_account', 'search.azure/Service': 'azurerm_search_service', 'machinelearningservices.azure/Workspace': 'azurerm_machine_learning_workspace',
  'container.gcp/Cluster': 'google_container_cluster', 'container.gcp/GKECluster': 'google_container_cluster', 'container.gcp/NodePool': 'google_container_node_pool', 'database.gcp/CloudSQLInstance': 'google_sql_database_instance', 'sql.gcp/DatabaseInstance': 'google_sql_database_instance', 'storage.gcp/Bucket': 'google_storage_bucket', 'compute.gcp/Firewall': 'google_compute_firewall', 'compute.gcp/Instance': 'google_compute_instance', 'bigquery.gcp/Dataset': 'google_bigquery_dataset', 'kms.gcp/CryptoKey': 'google_kms_crypto_key', 'pubsub.gcp/Topic': 'google_pubsub_topic',
};

const deepest = 4;

/** What an object of Crossplane declares: itself, or the resources of a composition. Empty for every other object. */
export function crossplaneResources(object: MapValue, depth = 0): Resource[] {
  const text = (map: MapValue, key: string): string => {
    const value = map.entries.get(key)?.value;
    return value?.kind === 'string' ? value.value : '';
  };
  const group = text(object, 'apiVersion').split('/')[0]!;
  const kind = text(object, 'kind');
  const spec = object.entries.get('spec')?.value;
  if (spec?.kind !== 'map' || depth > deepest) return [];
  const grants = googleGrants(object, group, kind);
  if (grants.length > 0) return [...grants];
  const controlled = controllerResource(object, group, kind);
  if (controlled) return [controlled];
  if (group === 'apiextensions.crossplane.io' && kind === 'Composition') {
    return [spec, ...stepsOf(spec)].flatMap((holder) => basesOf(holder)).flatMap((base) => crossplaneResources(base, depth + 1));
  }
  const match = /^([\w-]+)\.(aws|azure|gcp)(?:\.m)?\.(?:crossplane|upbound)\.io$/.exec(group);
  const type = match ? crossplaneKinds[`${match[1]}.${match[2]}/${kind}`] ?? generated(match[1]!, match[2]!, kind, group) : undefined;
  if (!type) return [];
  const provider = spec.entries.get('forProvider');
  const body = provider?.value.kind === 'map' ? provider.value : spec;
  let attributes = withReferences(snakeEntries(body.entries, type));
  if (match?.[2] === 'aws' && group.endsWith('.crossplane.io')) attributes = withProviderNames(attributes, type);
  const disabled = attributes.get('disable_rbac');
  if (disabled?.value.kind === 'boolean') attributes.set('enable_rbac', { ...disabled, value: { ...disabled.value, value: !disabled.value.value } });
  const metadata = object.entries.get('metadata')?.value;
  const name = metadata?.kind === 'map' ? metadata.entries.get('name')?.value : undefined;
  const header = provider?.keyOrigin ?? object.entries.get('spec')!.keyOrigin;
  return [{
    type, name: name?.kind === 'string' ? name.value : kind, address: `${type}@${object.origin.range.start}`, dialect: 'crossplane', origin: object.origin, header,
    attributes, complete: body.complete, companions: [], mode: 'managed',
  }];
}

/** The inputs of the functions of a pipeline. */
function stepsOf(spec: MapValue): readonly MapValue[] {
  const steps = spec.entries.get('pipeline')?.value;
  return (steps?.kind === 'list' ? steps.items : []).flatMap((step) => {
    const input = step.kind === 'map' ? step.entries.get('input')?.value : undefined;
    return input?.kind === 'map' ? [input] : [];
  });
}

/** What the resources of a composition, or of a step, start from. */
function basesOf(holder: MapValue): readonly MapValue[] {
  const resources = holder.entries.get('resources')?.value;
  return (resources?.kind === 'list' ? resources.items : []).flatMap((item) => {
    const base = item.kind === 'map' ? item.entries.get('base')?.value : undefined;
    return base?.kind === 'map' ? [base] : [];
  });
}

/** Upbound's kinds are made from the Terraform provider's types: `BucketIAMMember` of `storage.gcp` is `google_storage_bucket_iam_member`. */
function generated(service: string, cloud: string, kind: string, group: string): string | undefined {
  if (!group.endsWith('.upbound.io')) return cloud === 'aws' ? amazonType(service, kind) : undefined;
  return (cloud === 'azure' ? azureType(service, kind) : cloud === 'gcp' ? googleType(service, kind) : undefined) ?? pulumiType(cloud, service, kind);
}

/** Services of the provider that is made from AWS's own interface, whose names in CloudFormation are others. */
const amazonServices: Readonly<Record<string, string>> = {
  cache: 'elasticache', database: 'rds', notification: 'sns', cloudwatchlogs: 'logs', elbv2: 'elasticloadbalancingv2', kafka: 'msk', mq: 'amazonmq', cognitoidentity: 'cognito', cognitoidentityprovider: 'cognito',
  firehose: 'kinesisfirehose', prometheusservice: 'aps', sfn: 'stepfunctions', acm: 'certificatemanager', servicecatalog: 'servicecatalog', sesv2: 'ses',
};
const amazonTypes: ReadonlyMap<string, string> = new Map(Object.entries(cloudFormationTypes).map(([name, type]) => [name.replace('AWS::', '').toLowerCase(), type]));

/** The type that a kind has in CloudFormation. */
function amazonType(service: string, kind: string): string | undefined {
  return amazonTypes.get(`${amazonServices[service] ?? service}::${kind.toLowerCase()}`) ?? pulumiType('aws', service, kind);
}

/** Groups of Azure are its namespaces: `FlexibleServer` of `dbforpostgresql.azure` is the type there that ends so; a kind of several words says all. */
function azureType(service: string, kind: string): string | undefined {
  const word = kind.toLowerCase();
  const all = Object.entries(armTypes).flatMap(([type, name]) => (type.startsWith(`microsoft.${service}/`) ? [name] : []));
  return all.find((name) => name.replaceAll('_', '').endsWith(word)) ?? (/[a-z][A-Z]/.test(kind) ? `azurerm_${snake(kind)}` : undefined);
}

const googleGroups: Readonly<Record<string, string>> = { cloudplatform: '', cloudrun: 'cloud_run', vertexai: 'vertex_ai', secretmanager: 'secret_manager', cloudscheduler: 'cloud_scheduler', cloudtasks: 'cloud_tasks', datafusion: 'data_fusion', appengine: 'app_engine', gkehub: 'gke_hub', osconfig: 'os_config', identityplatform: 'identity_platform', datacatalog: 'data_catalog' };

function googleType(service: string, kind: string): string {
  return ['google', googleGroups[service] ?? service, snake(kind)].filter((part) => part !== '').join('_');
}

