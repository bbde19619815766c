import type { Resource } from '../../model/resource.ts';
import type { MapEntry, MapValue } from '../../model/value.ts';
import { armResource } from '../arm/resource.ts';
import { snake } from '../cloudformation/names.ts';
import { snakeEntries } from '../deployment-manager/lower.ts';
import { withProviderNames } from './provider-names.ts';
import { withReferences } from './references.ts';
import { azureNativeBody, azureNativeType } from '../pulumi/azure-native.ts';

/** Kinds of Google's Config Connector whose names are not those of the Terraform provider. */
const googleKinds: Readonly<Record<string, string>> = {
  SQLInstance: 'google_sql_database_instance', SQLDatabase: 'google_sql_database', SQLUser: 'google_sql_user', IAMServiceAccount: 'google_service_account',
  IAMServiceAccountKey: 'google_service_account_key', PubSubTopic: 'google_pubsub_topic', PubSubSubscription: 'google_pubsub_subscription',
  CloudFunctionsFunction: 'google_cloudfunctions_function', RunService: 'google_cloud_run_v2_service', VertexAIEndpoint: 'google_vertex_ai_endpoint', VertexAIDataset: 'google_vertex_ai_dataset', VertexAIFeaturestore: 'google_vertex_ai_featurestore', VertexAIIndex: 'google_vertex_ai_index', VertexAIIndexEndpoint: 'google_vertex_ai_index_endpoint',
  BigQueryDataset: 'google_bigquery_dataset', BigQueryTable: 'google_bigquery_table', AlloyDBCluster: 'google_alloydb_cluster', AlloyDBInstance: 'google_alloydb_instance', CloudFunctions2Function: 'google_cloudfunctions2_function', RunJob: 'google_cloud_run_v2_job',
  IAMCustomRole: 'google_project_iam_custom_role', IAMWorkloadIdentityPoolProvider: 'google_iam_workload_identity_pool_provider', IAMAuditConfig: 'google_project_iam_audit_config', LoggingLogSink: 'google_logging_project_sink', LoggingLogBucket: 'google_logging_project_bucket_config',
  APIKeysKey: 'google_apikeys_key', ComputeSSLPolicy: 'google_compute_ssl_policy', ComputeURLMap: 'google_compute_url_map', ComputeTargetHTTPProxy: 'google_compute_target_http_proxy', ComputeTargetHTTPSProxy: 'google_compute_target_https_proxy', ComputeTargetSSLProxy: 'google_compute_target_ssl_proxy',
  NotebookInstance: 'google_notebooks_instance', WorkbenchInstance: 'google_workbench_instance', PrivateCACAPool: 'google_privateca_ca_pool', PrivateCACertificateAuthority: 'google_privateca_certificate_authority', FilestoreInstance: 'google_filestore_instance',
  CloudBuildTrigger: 'google_cloudbuild_trigger', CloudBuildWorkerPool: 'google_cloudbuild_worker_pool', SourceRepoRepository: 'google_sourcerepo_repository', CloudSchedulerJob: 'google_cloud_scheduler_job', DataFusionInstance: 'google_data_fusion_instance',
};
/** Kinds of the AWS controllers whose names in the Terraform provider are others. */
const amazonKinds: Readonly<Record<string, string>> = {
  'rds/DBInstance': 'aws_db_instance', 'rds/DBCluster': 'aws_rds_cluster', 'dynamodb/Table': 'aws_dynamodb_table', 'ecr/Repository': 'aws_ecr_repository', 'eks/Cluster': 'aws_eks_cluster',
  'sqs/Queue': 'aws_sqs_queue', 'sns/Topic': 'aws_sns_topic', 'kms/Key': 'aws_kms_key', 'efs/FileSystem': 'aws_efs_file_system', 'elasticache/ReplicationGroup': 'aws_elasticache_replication_group',
  'documentdb/DBCluster': 'aws_docdb_cluster', 'memorydb/Cluster': 'aws_memorydb_cluster', 'opensearchservice/Domain': 'aws_opensearch_domain', 'sagemaker/NotebookInstance': 'aws_sagemaker_notebook_instance',
  'sagemaker/Domain': 'aws_sagemaker_domain', 'sagemaker/Model': 'aws_sagemaker_model', 'sagemaker/EndpointConfig': 'aws_sagemaker_endpoint_configuration', 'secretsmanager/Secret': 'aws_secretsmanager_secret',
  'cloudtrail/Trail': 'aws_cloudtrail', 'mq/Broker': 'aws_mq_broker', 'ec2/Instance': 'aws_instance', 's3/Bucket': 'aws_s3_bucket', 'ec2/SecurityGroup': 'aws_security_group', 'lambda/Function': 'aws_lambda_function',
  'lambda/FunctionURLConfig': 'aws_lambda_function_url', 'sagemaker/TrainingJob': 'aws_sagemaker_training_job', 'sagemaker/ProcessingJob': 'aws_sagemaker_processing_job', 'elasticache/CacheCluster': 'aws_elasticache_cluster',
  'cloudwatchlogs/LogGroup': 'aws_cloudwatch_log_group', 'kafka/Cluster': 'aws_msk_cluster', 'sfn/StateMachine': 'aws_sfn_state_machine', 'kinesis/Stream': 'aws_kinesis_stream',
};
/** The grants of Google's `IAMPolicyMember`, `IAMPartialPolicy` and `IAMPolicy`, each as the provider's type for what it is about. */
export function googleGrants(object: MapValue, group: string, kind: string): readonly Resource[] {
  const spec = object.entries.get('spec')?.value;
  if (group !== 'iam.cnrm.cloud.google.com' || !/^IAM(?:PolicyMember|PartialPolicy|Policy)$/.test(kind) || spec?.kind !== 'map') return [];
  const about = spec.entries.get('resourceRef')?.value;
  const named = about?.kind === 'map' ? about.entries.get('kind')?.value : undefined;
  if (named?.kind !== 'string') return [];
  const owner = googleType(named.value);
  const grant = (map: MapValue, entries: ReadonlyMap<string, MapEntry>, type: string): Resource => ({
    type: `${owner}_iam_${type}`, name: nameOf(object, kind), address: `${owner}_iam_${type}@${map.origin.range.start}`, dialect: 'crossplane', origin: map.origin, header: object.entries.get('spec')!.keyOrigin,
    attributes: new Map([...entries, ...(owner === 'google_service_account' && about ? [['service_account_id', { key: 'service_account_id', keyOrigin: about.at, value: about }] as const] : [])]), complete: map.complete, companions: [], mode: 'managed',
  });
  if (kind === 'IAMPolicyMember') return [grant(spec, spec.entries, 'member')];
  const bindings = spec.entries.get('bindings')?.value;
  return (bindings?.kind === 'list' ? bindings.items : []).flatMap((binding) => (binding.kind === 'map' ? [grant(binding, withPlainMembers(binding.entries), 'binding')] : []));
}

/** `members: [{ member: allUsers }]` as `members: [allUsers]`. */
function withPlainMembers(entries: ReadonlyMap<string, MapEntry>): ReadonlyMap<string, MapEntry> {
  const members = entries.get('members');
  if (members?.value.kind !== 'list') return entries;
  const items = members.value.items.map((item) => (item.kind === 'map' ? item.entries.get('member')?.value ?? item : item));
  return new Map([...entries, ['members', { ...members, value: { ...members.value, items } }]]);
}

/** Metadata of machines: `[{ key: serial-port-enable, value: "TRUE" }]` as a map. */
function withPlainMetadata(entries: Map<string, MapEntry>): void {
  const own = entries.get('metadata');
  if (own?.value.kind !== 'list') return;
  const items = own.value.items.flatMap((item): [string, MapEntry][] => {
    const key = item.kind === 'map' ? item.entries.get('key')?.value : undefined;
    const value = item.kind === 'map' ? item.entries.get('value')?.value : undefined;
    return key?.kind === 'string' && value ? [[key.value, { key: key.value, keyOrigin: key.at, value }]] : [];
  });
  entries.set('metadata', { ...own, value: { kind: 'map', entries: new Map(items), complete: own.value.complete && items.length === own.value.items.length, origin: own.value.origin, at: own.value.at } });
}

function googleType(kind: string): string {
  return googleKinds[kind] ?? `google_${snake(kind)}`;
}

function nameOf(object: MapValue, otherwise: string): string {
  const metadata = object.entries.get('metadata')?.value;
  const written = metadata?.kind === 'map' ? metadata.entries.get('name')?.value : undefined;
  return written?.kind === 'string' ? written.value : otherwise;
}

/** The cloud resource that an object of a provider's own controller declares: AWS Controllers, Config Connector, Azure Service Operator. */
export function controllerResource(object: MapValue, group: string, kind: string): Resource | undefined {
  const spec = object.entries.get('spec');
  if (spec?.value.kind !== 'map') return undefined;
  const name = nameOf(object, kind);
  const [, service = '', owner = ''] = /^([\w-]+)\.(services\.k8s\.aws|cnrm\.cloud\.google\.com|azure\.com)$/.exec(group) ?? [];
  const header = spec.keyOrigin;
  if (owner === 'azure.com') {
    const type = azureNativeType(service, kind);
    const body = azureNativeBody(spec.value.entries, spec.value.complete, { origin: spec.value.origin, at: spec.value.at }, header);
    return type === undefined ? undefined : armResource({ type, address: `${type}@${object.origin.range.start}`, name, header, body, dialect: 'azure-native' });
  }
  const type = owner === 'services.k8s.aws' ? amazonKinds[`${service}/${kind}`] : owner === '' ? undefined : googleType(kind);
  if (type === undefined) return undefined;
  let attributes = withReferences(snakeEntries(spec.value.entries, type));
  if (owner === 'services.k8s.aws') attributes = withProviderNames(attributes, type);
  if (type.startsWith('google_compute_instance')) withPlainMetadata(attributes);
  return {
    type, name, address: `${type}@${object.origin.range.start}`, dialect: 'crossplane', origin: object.origin, header,
    attributes, complete: spec.value.complete, companions: [], mode: 'managed',
  };
}
