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

/** The buckets that take the logs of others. */
export function logBuckets(calls: readonly CodeCall[]): ReadonlySet<CodeCall> {
  return new Set(calls.flatMap((call) => {
    const first = /\.logAccessLogs$|\.log_access_logs$/.test(call.written) ? call.args[0] : undefined;
    return ['serverAccessLogsBucket', 'logBucket', 'accessLogBucket'].flatMap((name) => prop(call, name) ?? []).concat(first ?? []).flatMap((one) => one.value.call ?? []);
  }));
}

/** True for what nobody misses: earlier versions and logs of a bucket that goes with its stack, logs of the logs, and what the image of a machine decides. */
function isMoot(name: string, path: string, call: CodeCall, receiving: ReadonlySet<CodeCall>): boolean {
  if (name === 'aws-s3.Bucket') return prop(call, 'autoDeleteObjects')?.value.constant === true || (path === 'LoggingConfiguration' && receiving.has(call));
  // Amazon Linux 2023 asks for session tokens by itself.
  return path.endsWith('MetadataOptions') && /(?:Linux|linux_?)2023/.test(prop(call, 'machineImage')?.value.call?.written ?? '');
}

/** Marks what a construct certainly leaves out as empty, so that its absence can be judged. */
export function leaveOut(name: string, call: CodeCall, properties: Properties, receiving: ReadonlySet<CodeCall>): void {
  if (isOpen(call)) return;
  for (const one of left[name] ?? []) {
    const [path, ...unless] = typeof one === 'string' ? [one] : one;
    if (isMoot(name, path!, call, receiving)) continue;
    if (!unless.some((property) => prop(call, property)) && !stands(properties.map, path!.split('.'))) properties.set(path!, { kind: 'null', origin: call.callee, at: call.callee }, call.callee);
  }
}

/** True where something stands at the path, or where a part of it is not known. */
function stands(map: ReadonlyMap<string, MapEntry>, [first, ...rest]: readonly string[]): boolean {
  const value = map.get(first!)?.value;
  if (!value) return false;
  return value.kind !== 'map' || rest.length === 0 || stands(value.entries, rest);
}
