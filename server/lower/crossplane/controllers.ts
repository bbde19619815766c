import type { Resource } from '../../model/resource.ts';
import type { MapValue } from '../../model/value.ts';
import { armResource } from '../arm/resource.ts';
import { snake } from '../cloudformation/names.ts';
import { snakeEntries } from '../deployment-manager/lower.ts';
import { azureNativeBody, azureNativeType } from '../pulumi/azure-native.ts';

/** Kinds of Google's Config Connector whose names are not those of the Terraform provider. */
const googleKinds: Readonly<Record<string, string>> = {
  SQLInstance: 'google_sql_database_instance', SQLDatabase: 'google_sql_database', SQLUser: 'google_sql_user', IAMServiceAccount: 'google_service_account',
  IAMServiceAccountKey: 'google_service_account_key', PubSubTopic: 'google_pubsub_topic', PubSubSubscription: 'google_pubsub_subscription',
  CloudFunctionsFunction: 'google_cloudfunctions_function', RunService: 'google_cloud_run_v2_service', VertexAIEndpoint: 'google_vertex_ai_endpoint', VertexAIDataset: 'google_vertex_ai_dataset',
};
/** Kinds of the AWS controllers whose names in the Terraform provider are others. */
const amazonKinds: Readonly<Record<string, string>> = {
  'rds/DBInstance': 'aws_db_instance', 'rds/DBCluster': 'aws_rds_cluster', 'dynamodb/Table': 'aws_dynamodb_table', 'ecr/Repository': 'aws_ecr_repository', 'eks/Cluster': 'aws_eks_cluster',
  'sqs/Queue': 'aws_sqs_queue', 'sns/Topic': 'aws_sns_topic', 'kms/Key': 'aws_kms_key', 'efs/FileSystem': 'aws_efs_file_system', 'elasticache/ReplicationGroup': 'aws_elasticache_replication_group',
  'documentdb/DBCluster': 'aws_docdb_cluster', 'memorydb/Cluster': 'aws_memorydb_cluster', 'opensearchservice/Domain': 'aws_opensearch_domain', 'sagemaker/NotebookInstance': 'aws_sagemaker_notebook_instance',
  'sagemaker/Domain': 'aws_sagemaker_domain', 'sagemaker/Model': 'aws_sagemaker_model', 'sagemaker/EndpointConfig': 'aws_sagemaker_endpoint_configuration', 'secretsmanager/Secret': 'aws_secretsmanager_secret',
  'cloudtrail/Trail': 'aws_cloudtrail', 'mq/Broker': 'aws_mq_broker', 'ec2/Instance': 'aws_instance',
};

/** The cloud resource that an object of a provider's own controller declares: AWS Controllers, Config Connector, Azure Service Operator. */
export function controllerResource(object: MapValue, group: string, kind: string): Resource | undefined {
  const spec = object.entries.get('spec');
  if (spec?.value.kind !== 'map') return undefined;
  const metadata = object.entries.get('metadata')?.value;
  const written = metadata?.kind === 'map' ? metadata.entries.get('name')?.value : undefined;
  const name = written?.kind === 'string' ? written.value : kind;
  const [, service = '', owner = ''] = /^([\w-]+)\.(services\.k8s\.aws|cnrm\.cloud\.google\.com|azure\.com)$/.exec(group) ?? [];
  const header = spec.keyOrigin;
  if (owner === 'azure.com') {
    const type = azureNativeType(service, kind);
    const body = azureNativeBody(spec.value.entries, spec.value.complete, { origin: spec.value.origin, at: spec.value.at }, header);
    return type === undefined ? undefined : armResource({ type, address: `${type}@${object.origin.range.start}`, name, header, body, dialect: 'azure-native' });
  }
  const type = owner === 'services.k8s.aws' ? amazonKinds[`${service}/${kind}`] : owner === '' ? undefined : (googleKinds[kind] ?? `google_${snake(kind)}`);
  if (type === undefined) return undefined;
  return {
    type, name, address: `${type}@${object.origin.range.start}`, dialect: 'crossplane', origin: object.origin, header,
    attributes: snakeEntries(spec.value.entries, type), complete: spec.value.complete, companions: [], mode: 'managed',
  };
}
