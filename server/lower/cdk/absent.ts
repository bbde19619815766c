import type { CodeCall } from '../../analysis/code/events.ts';
import type { MapEntry } from '../../model/value.ts';
import { isOpen, prop, type Properties } from './call.ts';

/** A path that a construct leaves out, and the properties that set it in a way that no mapping follows. */
type Left = string | readonly [path: string, ...unless: readonly string[]];

const database: readonly Left[] = ['EnableIAMDatabaseAuthentication', 'EnableCloudwatchLogsExports', 'KmsKeyId', ['DeletionProtection', 'removalPolicy'], ['MonitoringInterval', 'monitoringInterval']];
const functions: readonly Left[] = ['TracingConfig', 'DeadLetterConfig'];

/** What constructs leave out where nothing is given, after the defaults in their documentation. */
const left: Readonly<Record<string, readonly Left[]>> = {
  'aws-apigateway.RestApi': ['AccessLogSetting', 'TracingEnabled'],
  'aws-appsync.GraphqlApi': ['LogConfig', 'XrayEnabled'],
  'aws-autoscaling.AutoScalingGroup': [['MetadataOptions', 'launchTemplate', 'mixedInstancesPolicy']],
  'aws-backup.BackupVault': ['EncryptionKeyArn'],
  'aws-cloudfront.Distribution': [['DistributionConfig.Logging', 'logBucket'], 'DistributionConfig.WebACLId'],
  'aws-cloudtrail.Trail': ['KMSKeyId', ['CloudWatchLogsLogGroupArn', 'cloudWatchLogGroup']],
  'aws-docdb.DatabaseCluster': ['EnableCloudwatchLogsExports', ['DeletionProtection', 'removalPolicy']],
  'aws-dynamodb.Table': ['PointInTimeRecoverySpecification', ['DeletionProtectionEnabled', 'removalPolicy']],
  'aws-dynamodb.TableV2': ['PointInTimeRecoverySpecification', ['DeletionProtectionEnabled', 'removalPolicy']],
  'aws-ec2.Instance': [['MetadataOptions', 'launchTemplate'], 'Monitoring'],
  'aws-ec2.LaunchTemplate': ['LaunchTemplateData.MetadataOptions'],
  'aws-ecr.Repository': [['ImageTagMutability', 'imageTagMutability'], ['EncryptionConfiguration', 'encryption']],
  'aws-ecs.Cluster': [['ClusterSettings', 'containerInsights', 'containerInsightsV2']],
  'aws-efs.FileSystem': [['BackupPolicy', 'enableAutomaticBackups']],
  'aws-eks.Cluster': ['EncryptionConfig', 'Logging'],
  'aws-elasticloadbalancingv2.ApplicationLoadBalancer': ['LoadBalancerAttributes.RoutingHttpDropInvalidHeaderFieldsEnabled', 'LoadBalancerAttributes.DeletionProtectionEnabled'],
  'aws-elasticloadbalancingv2.NetworkLoadBalancer': ['LoadBalancerAttributes.DeletionProtectionEnabled'],
  'aws-kinesisfirehose.DeliveryStream': [['DeliveryStreamEncryptionConfigurationInput', 'encryption', 'source']],
  'aws-kms.Key': [['KeySpec', 'keySpec']],
  'aws-lambda.Function': functions, 'aws-lambda.DockerImageFunction': functions, 'aws-lambda-nodejs.NodejsFunction': functions, 'aws-lambda-python.PythonFunction': functions,
  'aws-logs.LogGroup': ['KmsKeyId'],
  'aws-neptune.DatabaseCluster': ['IamAuthEnabled', 'EnableCloudwatchLogsExports', ['DeletionProtection', 'removalPolicy']],
  'aws-opensearchservice.Domain': ['LogPublishingOptions', ['AdvancedSecurityOptions', 'fineGrainedAccessControl', 'useUnsignedBasicAuth']],
  'aws-rds.DatabaseCluster': database,
  'aws-rds.DatabaseInstance': [...database, 'MultiAZ'],
  'aws-route53.PublicHostedZone': [['QueryLoggingConfig', 'queryLogsLogGroupArn']],
  'aws-s3.Bucket': [['VersioningConfiguration', 'versioned', 'objectLockEnabled', 'objectLockDefaultRetention'], 'LoggingConfiguration'],
  'aws-sns.Topic': ['KmsMasterKeyId'],
  'aws-stepfunctions.StateMachine': [['LoggingConfiguration', 'logs'], 'TracingConfiguration'],
  'aws-synthetics.Canary': ['RunConfig.ActiveTracing'],
};

/** Marks what a construct certainly leaves out as empty, so that its absence can be judged. */
export function leaveOut(name: string, call: CodeCall, properties: Properties): void {
  if (isOpen(call)) return;
  for (const one of left[name] ?? []) {
    const [path, ...unless] = typeof one === 'string' ? [one] : one;
    if (!unless.some((property) => prop(call, property)) && !stands(properties.map, path!.split('.'))) properties.set(path!, { kind: 'null', origin: call.callee, at: call.callee }, call.callee);
  }
}

/** True where something stands at the path, or where a part of it is not known. */
function stands(map: ReadonlyMap<string, MapEntry>, [first, ...rest]: readonly string[]): boolean {
  const value = map.get(first!)?.value;
  if (!value) return false;
  return value.kind !== 'map' || rest.length === 0 || stands(value.entries, rest);
}
