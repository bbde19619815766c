import type { Condition } from '../../server/rule/attribute-table.ts';
import { byHand, never, not, service, type Line } from '../_families.ts';

const databases = ['aws_db_instance', 'aws_rds_cluster', 'aws_rds_cluster_instance', 'aws_rds_global_cluster'];
const old = 'runs a version that its maker no longer mends';

const engine = (...names: readonly string[]): { readonly when: readonly Condition[] } => ({ when: [{ path: 'engine', must: { is: names } }] });

/** A version that must not be one of these; the fix is the user's, since data has to move. */
function version(path: string, pattern: RegExp, bad: string, good: string, more: Line[3] = {}): Line {
  return [path, byHand(never(pattern, bad, good)), old, { noFix: 'A newer version has to be tried first.', ...more }];
}

/** Versions of engines and runtimes that get no fixes any more. Sources: the calendars of releases in the provider's guides of each service. */
export default [
  ...service('Database', databases, {
    patching: {
      'mysql-old-version': version('engine_version', /^5\.\d/, '5.7.44', '8.4.3', engine('mysql', 'aurora-mysql')),
      'postgres-old-version': version('engine_version', /^(?:9|1[0-2])(?:\.|$)/, '11.22', '16.4', engine('postgres', 'aurora-postgresql')),
      'mariadb-old-version': version('engine_version', /^10\.[0-5](?:\.|$)/, '10.3.39', '11.4.4', engine('mariadb')),
      'sql-server-old-version': version('engine_version', /^1[0-2]\./, '12.00.6449.1.v1', '16.00.4095.4.v1', engine('sqlserver-ex', 'sqlserver-web', 'sqlserver-se', 'sqlserver-ee')),
      'oracle-old-version': version('engine_version', /^1[0-2]\./, '12.1.0.2.v24', '19.0.0.0.ru-2024-10.rur-2024-10.r1', engine('oracle-se2', 'oracle-ee', 'oracle-se', 'oracle-se1')),
      'aurora-first-version': ['engine', byHand(not('aurora-mysql', 'aurora')), 'is the first version of Aurora, which its maker no longer mends', { noFix: 'The data has to be moved to another engine.' }],
    },
  }),
  ...service('Database', ['aws_rds_cluster', 'aws_rds_cluster_instance', 'aws_docdb_cluster_instance'], {
    oldTls: {
      'cluster-old-certificate': ['ca_cert_identifier|ca_certificate_identifier', byHand(never(/^rds-ca-201[059]$/, 'rds-ca-2019', 'rds-ca-rsa2048-g1')), 'uses an expired certificate authority', {
        cfn: 'ca_certificate_identifier|ca_cert_identifier', noFix: 'Clients have to trust the new authority first.',
      }],
    },
  }),
  ...service('Document database', 'aws_docdb_cluster', { patching: { 'docdb-old-version': version('engine_version', /^3\./, '3.6.0', '5.0.0') } }),
  ...service('Graph database', ['aws_neptune_cluster', 'aws_neptune_cluster_instance'], { patching: { 'neptune-old-version': version('engine_version', /^1\.[01]\./, '1.0.5.1', '1.4.0.0') } }),
  ...service('Search domain', ['aws_opensearch_domain'], {
    patching: { 'opensearch-old-version': version('engine_version', /^(?:Elasticsearch_(?:[1-6]\.|7\.[1-8]$)|OpenSearch_1\.[0-2]$)/, 'Elasticsearch_6.8', 'OpenSearch_2.17') },
  }),
  ...service('Search domain', ['aws_elasticsearch_domain'], {
    patching: { 'elasticsearch-old-version': version('elasticsearch_version', /^(?:[1-6]\.|7\.[1-8]$)/, '6.8', '7.10') },
  }),
  ...service('Kafka cluster', 'aws_msk_cluster', { patching: { 'msk-old-version': version('kafka_version', /^(?:[12]\.|3\.[1-3]\.)/, '2.2.1', '3.8.x', { ansible: 'version' }) } }),
  ...service('EMR cluster', 'aws_emr_cluster', { patching: { 'emr-old-release': version('release_label', /^emr-(?:[1-4]|5\.(?:\d|[12]\d|3[0-5]))\./, 'emr-5.20.0', 'emr-7.5.0') } }),
  ...service('Workflow environment', 'aws_mwaa_environment', { patching: { 'mwaa-old-version': version('airflow_version', /^(?:1\.|2\.[0-6](?:\.|$))/, '1.10.12', '2.10.3') } }),
  ...service('Canary', 'aws_synthetics_canary', {
    patching: { 'canary-old-runtime': version('runtime_version', /^syn-(?:1\.|nodejs-2\.|nodejs-puppeteer-[3-6]\.|python-selenium-1\.)/, 'syn-nodejs-puppeteer-3.9', 'syn-nodejs-puppeteer-11.0', { severity: 'info' }) },
  }),
  ...service('Glue job', 'aws_glue_job', { patching: { 'glue-old-python': version('command.python_version', /^2/, '2', '3', { ansible: 'command_python_version' }) } }),
  ...service('Transform', 'aws_glue_ml_transform', { patching: { 'glue-transform-old-version': version('glue_version', /^[012]\./, '1.0', '3.0') } }),
  ...service('App Runner service', 'aws_apprunner_service', {
    patching: {
      'apprunner-old-runtime': version('source_configuration.code_repository.code_configuration.code_configuration_values.runtime', /^(?:NODEJS_1[2468]|PYTHON_3|DOTNET_6|GO_1|PHP_81|RUBY_31)$/, 'NODEJS_12', 'NODEJS_22'),
    },
  }),
  ...service('Development environment', 'aws_cloud9_environment_ec2', { patching: { 'cloud9-old-image': version('image_id', /amazonlinux-[12]-|ubuntu-1[68]\.04/, 'amazonlinux-1-x86_64', 'amazonlinux-2023-x86_64') } }),
  ...service('Stream application', 'aws_kinesisanalyticsv2_application', {
    patching: { 'flink-old-version': version('runtime_environment', /^(?:SQL-1_0|(?:ZEPPELIN-)?FLINK-1_(?:0|6|8|11|13)|ZEPPELIN-FLINK-2_0)$/, 'FLINK-1_8', 'FLINK-1_20') },
  }),
  ...service('CDN function', 'aws_cloudfront_function', { patching: { 'cloudfront-function-old-runtime': version('runtime', /^cloudfront-js-1\.0$/, 'cloudfront-js-1.0', 'cloudfront-js-2.0', { severity: 'info', cfn: 'function_config.runtime' }) } }),
  ...service('Dashboard workspace', 'aws_grafana_workspace', { patching: { 'grafana-old-version': version('grafana_version', /^[89]\./, '8.4', '10.4', { severity: 'info' }) } }),
  ...service('Node group', 'aws_eks_node_group', { patching: { 'eks-nodes-old-version': version('version', /^1\.(?:\d|1\d|2\d)$/, '1.24', '1.33') } }),
  ...service('Build project', 'aws_codebuild_project', {
    patching: { 'codebuild-old-image': version('environment.image', /^aws\/codebuild\/(?:standard:[1-4]\.0|amazonlinux2-x86_64-standard:[12]\.0)/, 'aws/codebuild/standard:2.0', 'aws/codebuild/standard:7.0') },
  }),
  ...service('Compute environment', 'aws_batch_compute_environment', {
    patching: {
      'batch-old-image': version('compute_resources.ec2_configuration.image_type', /^ECS_AL1/, 'ECS_AL1', 'ECS_AL2023', { severity: 'info' }),
    },
  }),
  ...service('Instance', 'aws_lightsail_instance', {
    patching: { 'lightsail-old-image': version('blueprint_id', /^(?:amazon_linux(?:_2018_03_0_2)?|ubuntu_1[468](?:_04)?|debian_[89]|centos_[78]|windows_server_2012(?:_r2)?)(?:_\d|$)/, 'ubuntu_16_04', 'ubuntu_24_04') },
  }),
];
