import type { DataClass, ElementKind } from '../model/threat.ts';

/** What a type of resource is in a data-flow diagram. */
export interface ResourceKind {
  readonly kind: ElementKind;
  /** Attributes that hold the name by which code and other resources know it. */
  readonly names?: readonly string[];
  readonly dataClasses?: readonly DataClass[];
}

const store: ResourceKind = { kind: 'data-store' };
const named = (kind: ElementKind, names: readonly string[], dataClasses: readonly DataClass[] = []): ResourceKind => ({ kind, names, dataClasses });

/** Types in the Terraform provider's vocabulary; types that are not here are settings of others and no elements. */
export const resourceKinds: Readonly<Record<string, ResourceKind>> = {
  aws_s3_bucket: named('data-store', ['bucket']), aws_dynamodb_table: named('data-store', ['name']), aws_db_instance: named('data-store', ['identifier', 'db_name']), aws_rds_cluster: named('data-store', ['cluster_identifier', 'database_name']),
  aws_redshift_cluster: named('data-store', ['cluster_identifier']), aws_elasticache_cluster: named('data-store', ['cluster_id']), aws_elasticache_replication_group: named('data-store', ['replication_group_id']), aws_efs_file_system: store, aws_ebs_volume: store,
  aws_docdb_cluster: named('data-store', ['cluster_identifier']), aws_neptune_cluster: named('data-store', ['cluster_identifier']), aws_memorydb_cluster: named('data-store', ['name']), aws_kinesis_stream: named('data-store', ['name']), aws_sqs_queue: named('data-store', ['name']),
  aws_sns_topic: named('data-store', ['name']), aws_msk_cluster: named('data-store', ['cluster_name']), aws_glue_catalog_database: named('data-store', ['name'], ['training-data']), aws_athena_workgroup: named('data-store', ['name']), aws_ecr_repository: named('data-store', ['name'], ['model-weights']),
  aws_opensearch_domain: named('vector-store', ['domain_name']), aws_elasticsearch_domain: named('vector-store', ['domain_name']), aws_opensearchserverless_collection: named('vector-store', ['name']), aws_bedrockagent_knowledge_base: named('vector-store', ['name']),
  aws_sagemaker_feature_group: named('data-store', ['feature_group_name'], ['training-data']),
  aws_lambda_function: named('process', ['function_name']), aws_instance: { kind: 'process' }, aws_ecs_service: named('process', ['name']), aws_ecs_task_definition: named('process', ['family']), aws_apprunner_service: named('process', ['service_name']), aws_batch_job_definition: named('job', ['name']),
  aws_sfn_state_machine: named('pipeline', ['name']), aws_codebuild_project: named('pipeline', ['name']), aws_codepipeline: named('pipeline', ['name']), aws_sagemaker_pipeline: named('pipeline', ['pipeline_name']),
  aws_sagemaker_notebook_instance: named('notebook', ['name']), aws_sagemaker_domain: named('notebook', ['domain_name']), aws_sagemaker_training_job: named('job', ['training_job_name'], ['training-data']), aws_sagemaker_processing_job: named('job', ['processing_job_name']), aws_glue_job: named('job', ['name']),
  aws_sagemaker_endpoint: named('endpoint', ['name']), aws_sagemaker_endpoint_configuration: named('endpoint', ['name']), aws_sagemaker_model: named('model', ['name'], ['model-weights']), aws_bedrock_custom_model: named('model', ['custom_model_name'], ['model-weights']), aws_bedrockagent_agent: named('agent', ['agent_name']),
  aws_api_gateway_rest_api: named('endpoint', ['name']), aws_apigatewayv2_api: named('endpoint', ['name']), aws_lb: named('endpoint', ['name']), aws_cloudfront_distribution: { kind: 'endpoint' }, aws_lambda_function_url: { kind: 'endpoint' }, aws_appsync_graphql_api: named('endpoint', ['name']),
  aws_secretsmanager_secret: named('secret', ['name'], ['credentials']), aws_ssm_parameter: named('secret', ['name'], ['credentials']), aws_iam_role: named('identity', ['name']), aws_iam_user: named('identity', ['name']),
  azurerm_storage_account: named('data-store', ['name']), azurerm_mssql_database: named('data-store', ['name']), azurerm_mssql_server: named('data-store', ['name']), azurerm_postgresql_server: named('data-store', ['name']), azurerm_postgresql_flexible_server: named('data-store', ['name']), azurerm_mysql_server: named('data-store', ['name']),
  azurerm_mysql_flexible_server: named('data-store', ['name']), azurerm_cosmosdb_account: named('data-store', ['name']), azurerm_redis_cache: named('data-store', ['name']), azurerm_search_service: named('vector-store', ['name']), azurerm_container_registry: named('data-store', ['name'], ['model-weights']), azurerm_data_lake_store: named('data-store', ['name']),
  azurerm_cognitive_account: named('model', ['name']), azurerm_cognitive_deployment: named('model', ['name']), azurerm_ai_services: named('model', ['name']), azurerm_machine_learning_workspace: named('notebook', ['name']), azurerm_machine_learning_compute_instance: named('notebook', ['name']), azurerm_machine_learning_compute_cluster: named('job', ['name']),
  azurerm_linux_function_app: named('process', ['name']), azurerm_windows_function_app: named('process', ['name']), azurerm_function_app: named('process', ['name']), azurerm_linux_web_app: named('process', ['name']), azurerm_app_service: named('process', ['name']), azurerm_container_app: named('process', ['name']), azurerm_linux_virtual_machine: named('process', ['name']),
  azurerm_windows_virtual_machine: named('process', ['name']), azurerm_kubernetes_cluster: named('process', ['name']), azurerm_key_vault: named('secret', ['name'], ['credentials']), azurerm_user_assigned_identity: named('identity', ['name']), azurerm_api_management: named('endpoint', ['name']), azurerm_application_gateway: named('endpoint', ['name']), azurerm_data_factory: named('pipeline', ['name']),
  google_storage_bucket: named('data-store', ['name']), google_bigquery_dataset: named('data-store', ['dataset_id']), google_bigquery_table: named('data-store', ['table_id']), google_sql_database_instance: named('data-store', ['name']), google_spanner_instance: named('data-store', ['name']), google_redis_instance: named('data-store', ['name']), google_pubsub_topic: named('data-store', ['name']),
  google_artifact_registry_repository: named('data-store', ['repository_id'], ['model-weights']), google_vertex_ai_index: named('vector-store', ['display_name']), google_vertex_ai_featurestore: named('data-store', ['name'], ['training-data']), google_vertex_ai_dataset: named('data-store', ['display_name'], ['training-data']), google_vertex_ai_endpoint: named('endpoint', ['name', 'display_name']),
  google_notebooks_instance: named('notebook', ['name']), google_workbench_instance: named('notebook', ['name']), google_cloudfunctions_function: named('process', ['name']), google_cloudfunctions2_function: named('process', ['name']), google_cloud_run_service: named('process', ['name']), google_cloud_run_v2_service: named('process', ['name']), google_cloud_run_v2_job: named('job', ['name']),
  google_compute_instance: named('process', ['name']), google_container_cluster: named('process', ['name']), google_dataproc_cluster: named('job', ['name']), google_secret_manager_secret: named('secret', ['secret_id'], ['credentials']), google_service_account: named('identity', ['account_id']), google_cloudbuild_trigger: named('pipeline', ['name']),
  k8s_deployment: named('process', ['metadata.name']), k8s_statefulset: named('process', ['metadata.name']), k8s_daemonset: named('process', ['metadata.name']), k8s_pod: named('process', ['metadata.name']), k8s_job: named('job', ['metadata.name']), k8s_cronjob: named('job', ['metadata.name']), k8s_inferenceservice: named('endpoint', ['metadata.name']), k8s_rayservice: named('endpoint', ['metadata.name']),
  k8s_notebook: named('notebook', ['metadata.name']), k8s_pytorchjob: named('job', ['metadata.name'], ['training-data']), k8s_tfjob: named('job', ['metadata.name'], ['training-data']), k8s_ingress: named('endpoint', ['metadata.name']), k8s_service: named('endpoint', ['metadata.name']), k8s_secret: named('secret', ['metadata.name'], ['credentials']), k8s_persistentvolumeclaim: named('data-store', ['metadata.name']),
  k8s_serviceaccount: named('identity', ['metadata.name']), compose_service: { kind: 'process' }, github_job: { kind: 'pipeline' },
};

/** Images whose name tells what a container serves. */
export const imageKinds: readonly (readonly [RegExp, ElementKind, string])[] = [
  [/(?:^|\/)(?:qdrant|weaviate|milvus|chroma|pgvector|vespa|typesense|marqo)/i, 'vector-store', 'vector database'],
  [/(?:^|\/)(?:postgres|mysql|mariadb|mongo|redis|valkey|minio|elasticsearch|opensearch|cassandra|neo4j|clickhouse)/i, 'data-store', 'database'],
  [/(?:^|\/)(?:vllm|ollama|text-generation-inference|tritonserver|tgi|llama\.cpp|localai|litellm|torchserve|tensorflow-serving|sglang)/i, 'model', 'model server'],
  [/(?:^|\/)(?:jupyter|datascience-notebook|minimal-notebook|pytorch-notebook)/i, 'notebook', 'notebook server'],
  [/(?:^|\/)(?:mlflow|kubeflow|ray|airflow|prefect|dagster)/i, 'pipeline', 'pipeline'],
];
