import type { CodeCall } from '../../analysis/code/events.ts';
import type { Value as CodeValue } from '../../analysis/code/value.ts';
import type { Origin } from '../../model/origin.ts';
import type { Value } from '../../model/value.ts';
import { flag, member, number, prop, text, type Properties } from './call.ts';
import { databaseEngine, memberVersion } from './versions.ts';

/** What a construct is in CloudFormation, and how its properties get there. */
export interface ConstructMapping {
  readonly type: string;
  /** Property of the construct and path in CloudFormation; the value goes over as it is. */
  readonly same?: Readonly<Record<string, string>>;
  /** Property by property: members of enumerations and the values that they set. `undefined` sets nothing. */
  readonly members?: Readonly<Record<string, Readonly<Record<string, readonly (readonly [string, string | number | boolean])[]>>>>;
  /** Property whose mere presence sets a path. */
  readonly present?: Readonly<Record<string, readonly [string, string | number | boolean]>>;
  readonly days?: Readonly<Record<string, string>>;
  /** What the construct itself sets where nothing is given. */
  readonly defaults?: readonly (readonly [string, string | number | boolean])[];
  /** What no table row can say. */
  readonly more?: (call: CodeCall, properties: Properties) => void;
}

const kms = (path: string): readonly (readonly [string, string])[] => [[path, 'aws:kms']];
const s3Algorithm = 'BucketEncryption.ServerSideEncryptionConfiguration[].ServerSideEncryptionByDefault.SSEAlgorithm';
const blocks = ['BlockPublicAcls', 'BlockPublicPolicy', 'IgnorePublicAcls', 'RestrictPublicBuckets'].map((name) => `PublicAccessBlockConfiguration.${name}`);
const on = (paths: readonly string[], value: boolean): readonly (readonly [string, boolean])[] => paths.map((path) => [path, value] as const);
/** What instances and clusters of databases have in common. */
const database: ConstructMapping['same'] = { storageEncrypted: 'StorageEncrypted', deletionProtection: 'DeletionProtection', copyTagsToSnapshot: 'CopyTagsToSnapshot' };
const relational: ConstructMapping['same'] = {
  ...database, storageEncryptionKey: 'KmsKeyId', iamAuthentication: 'EnableIAMDatabaseAuthentication', cloudwatchLogsExports: 'EnableCloudwatchLogsExports', 'credentials.password': 'MasterUserPassword',
  autoMinorVersionUpgrade: 'AutoMinorVersionUpgrade', enablePerformanceInsights: 'EnablePerformanceInsights',
};
const instance: ConstructMapping['same'] = { ...relational, multiAz: 'MultiAZ', publiclyAccessible: 'PubliclyAccessible', allocatedStorage: 'AllocatedStorage' };
/** What follows from a property that is given. */
const keyed: ConstructMapping['present'] = { storageEncryptionKey: ['StorageEncrypted', true] };
const search: ConstructMapping = {
  type: 'AWS::OpenSearchService::Domain',
  same: { 'encryptionAtRest.enabled': 'EncryptionAtRestOptions.Enabled', nodeToNodeEncryption: 'NodeToNodeEncryptionOptions.Enabled', enforceHttps: 'DomainEndpointOptions.EnforceHTTPS', 'logging.auditLogEnabled': 'LogPublishingOptions.AUDIT_LOGS.Enabled', vpc: 'VPCOptions', 'fineGrainedAccessControl.masterUserName': 'AdvancedSecurityOptions.Enabled' },
  defaults: [['EncryptionAtRestOptions.Enabled', false], ['NodeToNodeEncryptionOptions.Enabled', false], ['DomainEndpointOptions.EnforceHTTPS', false], ['DomainEndpointOptions.TLSSecurityPolicy', 'Policy-Min-TLS-1-2-2019-07']],
  members: { tlsSecurityPolicy: { TLS_1_0: [['DomainEndpointOptions.TLSSecurityPolicy', 'Policy-Min-TLS-1-0-2019-07']], TLS_1_2: [['DomainEndpointOptions.TLSSecurityPolicy', 'Policy-Min-TLS-1-2-2019-07']], TLS_1_2_PFS: [['DomainEndpointOptions.TLSSecurityPolicy', 'Policy-Min-TLS-1-2-PFS-2023-10']] } },
};
const lambda: ConstructMapping = { type: 'AWS::Lambda::Function', same: { environment: 'Environment.Variables', environmentEncryption: 'KmsKeyArn', reservedConcurrentExecutions: 'ReservedConcurrentExecutions', vpc: 'VpcConfig', deadLetterQueue: 'DeadLetterConfig', codeSigningConfig: 'CodeSigningConfigArn' }, members: { tracing: { ACTIVE: [['TracingConfig.Mode', 'Active']], PASS_THROUGH: [['TracingConfig.Mode', 'PassThrough']], DISABLED: [['TracingConfig.Mode', 'PassThrough']] } },
  more: (call, properties) => {
    const runtime = prop(call, 'runtime');
    const named = runtimeOf(member(call, 'runtime'));
    if (runtime && named !== undefined) properties.set('Runtime', text(named, runtime.origin), runtime.origin);
  },
};

const desync = 'LoadBalancerAttributes.RoutingHttpDesyncMitigationMode';
const clientBroker = 'EncryptionInfo.EncryptionInTransit.ClientBroker';
const taskDefinition: ConstructMapping = { type: 'AWS::ECS::TaskDefinition', members: { networkMode: { HOST: [['NetworkMode', 'host']], BRIDGE: [['NetworkMode', 'bridge']], AWS_VPC: [['NetworkMode', 'awsvpc']], NONE: [['NetworkMode', 'none']] }, pidMode: { HOST: [['PidMode', 'host']], TASK: [['PidMode', 'task']] }, ipcMode: { HOST: [['IpcMode', 'host']] } } };

export const constructs: Readonly<Record<string, ConstructMapping>> = {
  'aws-s3.Bucket': {
    type: 'AWS::S3::Bucket', same: { bucketName: 'BucketName', serverAccessLogsBucket: 'LoggingConfiguration.DestinationBucketName', serverAccessLogsPrefix: 'LoggingConfiguration.LogFilePrefix', encryptionKey: 'BucketEncryption.ServerSideEncryptionConfiguration[].ServerSideEncryptionByDefault.KMSMasterKeyID', lifecycleRules: 'LifecycleConfiguration.Rules' },
    members: {
      encryption: { UNENCRYPTED: [[s3Algorithm, 'NONE']], S3_MANAGED: [[s3Algorithm, 'AES256']], KMS: kms(s3Algorithm), KMS_MANAGED: kms(s3Algorithm), DSSE: kms(s3Algorithm), DSSE_MANAGED: kms(s3Algorithm) },
      blockPublicAccess: { BLOCK_ALL: on(blocks, true), BLOCK_ACLS: [...on(blocks.filter((path) => path.includes('Acls')), true), ...on(blocks.filter((path) => !path.includes('Acls')), false)], BLOCK_ACLS_ONLY: [...on(blocks.filter((path) => path.includes('Acls')), true), ...on(blocks.filter((path) => !path.includes('Acls')), false)] },
      accessControl: { PUBLIC_READ: [['AccessControl', 'PublicRead']], PUBLIC_READ_WRITE: [['AccessControl', 'PublicReadWrite']], AUTHENTICATED_READ: [['AccessControl', 'AuthenticatedRead']], PRIVATE: [['AccessControl', 'Private']] },
    },
    more: (call, properties) => {
      const versioned = prop(call, 'versioned');
      if (typeof versioned?.value.constant === 'boolean') properties.set('VersioningConfiguration.Status', text(versioned.value.constant ? 'Enabled' : 'Suspended', versioned.origin), versioned.origin);
      const open = prop(call, 'publicReadAccess');
      if (open?.value.constant === true) properties.set('AccessControl', text('PublicRead', open.origin), open.origin);
      const block = prop(call, 'blockPublicAccess');
      if (block?.value.call) {
        for (const path of blocks) {
          const name = path.slice(path.indexOf('.') + 1);
          const own = prop(block.value.call, name.charAt(0).toLowerCase() + name.slice(1));
          if (typeof own?.value.constant === 'boolean') properties.set(path, flag(own.value.constant, own.origin), own.origin);
        }
      }
      const secured = prop(call, 'enforceSSL') ?? prop(call, 'enforce_ssl');
      if (secured && secured.value.constant !== false) properties.set('Policy', pairs({ Statement: pairs({ Effect: 'Deny', Principal: '*', Action: 's3:*', Condition: pairs({ Bool: pairs({ 'aws:SecureTransport': 'false' }, secured.origin) }, secured.origin) }, secured.origin) }, secured.origin), secured.origin);
      // Since version 2.x buckets are encrypted with keys of S3 and closed to the public where nothing is said.
      const at = call.callee;
      if (!prop(call, 'encryption') && !prop(call, 'encryptionKey')) properties.set(s3Algorithm, text('AES256', at), at);
    },
  },
  'aws-sqs.Queue': { type: 'AWS::SQS::Queue', same: { encryptionMasterKey: 'KmsMasterKeyId', queueName: 'QueueName', deadLetterQueue: 'RedrivePolicy' }, members: { encryption: { UNENCRYPTED: [['SqsManagedSseEnabled', false]], SQS_MANAGED: [['SqsManagedSseEnabled', true]], KMS: [['KmsMasterKeyId', 'key']], KMS_MANAGED: [['KmsMasterKeyId', 'alias/aws/sqs']] } }, defaults: [['SqsManagedSseEnabled', true]] },
  'aws-sns.Topic': { type: 'AWS::SNS::Topic', same: { masterKey: 'KmsMasterKeyId', topicName: 'TopicName' } },
  'aws-dynamodb.Table': { type: 'AWS::DynamoDB::Table', same: { tableName: 'TableName', pointInTimeRecovery: 'PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled', 'pointInTimeRecoverySpecification.pointInTimeRecoveryEnabled': 'PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled', deletionProtection: 'DeletionProtectionEnabled', encryptionKey: 'SSESpecification.KMSMasterKeyId' }, members: { encryption: { AWS_MANAGED: [['SSESpecification.SSEEnabled', true]], CUSTOMER_MANAGED: [['SSESpecification.SSEEnabled', true]], DEFAULT: [['SSESpecification.SSEEnabled', false]] } } },
  'aws-dynamodb.TableV2': { type: 'AWS::DynamoDB::Table', same: { tableName: 'TableName', pointInTimeRecovery: 'PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled', 'pointInTimeRecoverySpecification.pointInTimeRecoveryEnabled': 'PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled', deletionProtection: 'DeletionProtectionEnabled' } },
  'aws-rds.DatabaseInstance': {
    type: 'AWS::RDS::DBInstance', same: instance, present: keyed, days: { backupRetention: 'BackupRetentionPeriod' }, defaults: [['StorageEncrypted', false], ['BackupRetentionPeriod', 1]],
    more: (call, properties) => {
      databaseEngine(call, properties);
      const subnets = prop(call, 'vpcSubnets.subnetType');
      if (member(call, 'vpcSubnets.subnetType') === 'PUBLIC' && subnets && !prop(call, 'publiclyAccessible')) properties.set('PubliclyAccessible', flag(true, subnets.origin), subnets.origin);
    },
  },
  'aws-rds.DatabaseCluster': { type: 'AWS::RDS::DBCluster', more: databaseEngine, same: relational, present: keyed, days: { 'backup.retention': 'BackupRetentionPeriod' }, defaults: [['StorageEncrypted', false], ['BackupRetentionPeriod', 1]] },
  'aws-rds.DatabaseProxy': { type: 'AWS::RDS::DBProxy', same: { requireTLS: 'RequireTLS', debugLogging: 'DebugLogging' }, defaults: [['RequireTLS', true]] },
  'aws-docdb.DatabaseCluster': { type: 'AWS::DocDB::DBCluster', same: { ...database, kmsKey: 'KmsKeyId', 'masterUser.password': 'MasterUserPassword', exportAuditLogsToCloudWatch: 'EnableCloudwatchLogsExports' }, days: { 'backup.retention': 'BackupRetentionPeriod' }, defaults: [['StorageEncrypted', true]] },
  'aws-neptune.DatabaseCluster': { type: 'AWS::Neptune::DBCluster', same: { ...database, kmsKey: 'KmsKeyId', iamAuthentication: 'IamAuthEnabled', autoMinorVersionUpgrade: 'AutoMinorVersionUpgrade', cloudwatchLogsExports: 'EnableCloudwatchLogsExports' }, days: { backupRetention: 'BackupRetentionPeriod' }, defaults: [['StorageEncrypted', true]] },
  'aws-redshift.Cluster': { type: 'AWS::Redshift::Cluster', same: { encrypted: 'Encrypted', publiclyAccessible: 'PubliclyAccessible', encryptionKey: 'KmsKeyId', 'loggingProperties.loggingBucket': 'LoggingProperties.BucketName', 'loggingBucket': 'LoggingProperties.BucketName' }, defaults: [['Encrypted', true]] },
  'aws-efs.FileSystem': { type: 'AWS::EFS::FileSystem', same: { encrypted: 'Encrypted', kmsKey: 'KmsKeyId' } },
  'aws-ec2.Volume': { type: 'AWS::EC2::Volume', same: { encrypted: 'Encrypted', encryptionKey: 'KmsKeyId' }, defaults: [['Encrypted', false]] },
  'aws-ec2.Instance': { type: 'AWS::EC2::Instance', same: { associatePublicIpAddress: 'AssociatePublicIpAddress', detailedMonitoring: 'Monitoring' }, more: imds },
  'aws-ec2.LaunchTemplate': { type: 'AWS::EC2::LaunchTemplate', more: (call, properties) => imds(call, properties, 'LaunchTemplateData.') },
  'aws-autoscaling.AutoScalingGroup': { type: 'AWS::AutoScaling::LaunchConfiguration', same: { associatePublicIpAddress: 'AssociatePublicIpAddress' }, more: imds },
  'aws-kinesis.Stream': { type: 'AWS::Kinesis::Stream', same: { encryptionKey: 'StreamEncryption.KeyId' }, members: { encryption: { UNENCRYPTED: [['StreamEncryption.EncryptionType', 'NONE']], KMS: [['StreamEncryption.EncryptionType', 'KMS']], MANAGED: [['StreamEncryption.EncryptionType', 'KMS']] } }, defaults: [['StreamEncryption.EncryptionType', 'KMS']] },
  'aws-kms.Key': { type: 'AWS::KMS::Key', same: { enableKeyRotation: 'EnableKeyRotation' }, defaults: [['EnableKeyRotation', false]] },
  'aws-opensearchservice.Domain': { ...search, more: memberVersion('version', 'EngineVersion') },
  'aws-elasticsearch.Domain': { ...search, type: 'AWS::Elasticsearch::Domain', more: memberVersion('version', 'ElasticsearchVersion') },
  'aws-ecr.Repository': { type: 'AWS::ECR::Repository', same: { imageScanOnPush: 'ImageScanningConfiguration.ScanOnPush', repositoryName: 'RepositoryName', encryptionKey: 'EncryptionConfiguration.KmsKey' }, members: { imageTagMutability: { IMMUTABLE: [['ImageTagMutability', 'IMMUTABLE']], MUTABLE: [['ImageTagMutability', 'MUTABLE']] }, encryption: { KMS: [['EncryptionConfiguration.EncryptionType', 'KMS']] } }, defaults: [['ImageScanningConfiguration.ScanOnPush', false]] },
  'aws-lambda.Function': lambda, 'aws-lambda.DockerImageFunction': lambda, 'aws-lambda-nodejs.NodejsFunction': lambda, 'aws-lambda-python.PythonFunction': lambda,
  'aws-cloudtrail.Trail': { type: 'AWS::CloudTrail::Trail', same: { enableFileValidation: 'EnableLogFileValidation', isMultiRegionTrail: 'IsMultiRegionTrail', encryptionKey: 'KMSKeyId', includeGlobalServiceEvents: 'IncludeGlobalServiceEvents', sendToCloudWatchLogs: 'CloudWatchLogsLogGroupArn', bucket: 'S3BucketName' }, defaults: [['EnableLogFileValidation', true], ['IsMultiRegionTrail', true], ['IsLogging', true], ['IncludeGlobalServiceEvents', true]] },
  'aws-logs.LogGroup': {
    type: 'AWS::Logs::LogGroup', same: { encryptionKey: 'KmsKeyId', logGroupName: 'LogGroupName' },
    more: (call, properties) => {
      const given = prop(call, 'retention');
      const days = retention(member(call, 'retention'));
      if (given && days !== undefined) properties.set('RetentionInDays', number(days, given.origin), given.origin);
      else if (!given) properties.set('RetentionInDays', number(731, call.callee), call.callee);
    },
  },
  'aws-eks.Cluster': {
    type: 'AWS::EKS::Cluster', same: { secretsEncryptionKey: 'EncryptionConfig', clusterLogging: 'Logging.ClusterLogging.EnabledTypes' },
    members: { endpointAccess: { PUBLIC: [['ResourcesVpcConfig.EndpointPublicAccess', true], ['ResourcesVpcConfig.EndpointPrivateAccess', false]], PUBLIC_AND_PRIVATE: [['ResourcesVpcConfig.EndpointPublicAccess', true], ['ResourcesVpcConfig.EndpointPrivateAccess', true]], PRIVATE: [['ResourcesVpcConfig.EndpointPublicAccess', false], ['ResourcesVpcConfig.EndpointPrivateAccess', true]] } },
    defaults: [['ResourcesVpcConfig.EndpointPublicAccess', true], ['ResourcesVpcConfig.EndpointPrivateAccess', true]],
  },
  'aws-secretsmanager.Secret': { type: 'AWS::SecretsManager::Secret', same: { encryptionKey: 'KmsKeyId', secretStringValue: 'SecretString' } },
  'aws-elasticloadbalancingv2.ApplicationListener': { type: 'AWS::ElasticLoadBalancingV2::Listener', more: listener },
  'aws-elasticloadbalancingv2.NetworkListener': { type: 'AWS::ElasticLoadBalancingV2::Listener', more: listener },
  'aws-elasticloadbalancingv2.ApplicationLoadBalancer': { type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', same: { dropInvalidHeaderFields: 'LoadBalancerAttributes.RoutingHttpDropInvalidHeaderFieldsEnabled', deletionProtection: 'LoadBalancerAttributes.DeletionProtectionEnabled' }, members: { desyncMitigationMode: { MONITOR: [[desync, 'monitor']], DEFENSIVE: [[desync, 'defensive']], STRICTEST: [[desync, 'strictest']] } }, defaults: [['Type', 'application']], more: (call, properties) => scheme(call, properties) },
  'aws-elasticloadbalancingv2.NetworkLoadBalancer': { type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', same: { deletionProtection: 'LoadBalancerAttributes.DeletionProtectionEnabled' }, defaults: [['Type', 'network']], more: (call, properties) => scheme(call, properties) },
  'aws-cloudfront.Distribution': {
    type: 'AWS::CloudFront::Distribution', same: { webAclId: 'DistributionConfig.WebACLId', enableLogging: 'DistributionConfig.Logging' },
    members: { 'defaultBehavior.viewerProtocolPolicy': { ALLOW_ALL: [['DistributionConfig.DefaultCacheBehavior.ViewerProtocolPolicy', 'allow-all']], HTTPS_ONLY: [['DistributionConfig.DefaultCacheBehavior.ViewerProtocolPolicy', 'https-only']], REDIRECT_TO_HTTPS: [['DistributionConfig.DefaultCacheBehavior.ViewerProtocolPolicy', 'redirect-to-https']] }, minimumProtocolVersion: Object.fromEntries(['SSL_V3', 'TLS_V1', 'TLS_V1_2016', 'TLS_V1_1_2016', 'TLS_V1_2_2018', 'TLS_V1_2_2019', 'TLS_V1_2_2021'].map((name) => [name, [['DistributionConfig.ViewerCertificate.MinimumProtocolVersion', name.replace('TLS_V1_2_', 'TLSv1.2_').replace('TLS_V1_1_', 'TLSv1.1_').replace('TLS_V1_2016', 'TLSv1_2016').replace('TLS_V1', 'TLSv1').replace('SSL_V3', 'SSLv3')]] as const])) },
    more: (call, properties) => {
      for (const [, behavior] of prop(call, 'additionalBehaviors')?.value.fields ?? []) {
        const policy = behavior.fields?.get('viewerProtocolPolicy');
        const at = behavior.keys?.get('viewerProtocolPolicy') ?? policy?.origin ?? call.callee;
        if (/\.ALLOW_ALL$/.test(policy?.name ?? '')) properties.set('DistributionConfig.CacheBehaviors[].ViewerProtocolPolicy', text('allow-all', at), at);
      }
      const behavior = prop(call, 'defaultBehavior');
      if (behavior?.value.fields && !prop(call, 'defaultBehavior.viewerProtocolPolicy')) properties.set('DistributionConfig.DefaultCacheBehavior.ViewerProtocolPolicy', text('allow-all', behavior.origin), behavior.origin);
    },
  },
  'aws-apigateway.RestApi': { type: 'AWS::ApiGateway::Stage', same: { 'deployOptions.tracingEnabled': 'TracingEnabled', 'deployOptions.accessLogDestination': 'AccessLogSetting.DestinationArn', 'deployOptions.cacheDataEncrypted': 'MethodSettings[].CacheDataEncrypted' } },
  'aws-stepfunctions.StateMachine': { type: 'AWS::StepFunctions::StateMachine', same: { tracingEnabled: 'TracingConfiguration.Enabled', 'logs.destination': 'LoggingConfiguration.Destinations' }, members: { 'logs.level': { ALL: [['LoggingConfiguration.Level', 'ALL']], ERROR: [['LoggingConfiguration.Level', 'ERROR']], OFF: [['LoggingConfiguration.Level', 'OFF']] } } },
  'aws-kinesisfirehose.DeliveryStream': { type: 'AWS::KinesisFirehose::DeliveryStream' },
  'aws-msk.Cluster': { type: 'AWS::MSK::Cluster', more: memberVersion('kafkaVersion', 'KafkaVersion'), same: { 'encryptionInTransit.enableInCluster': 'EncryptionInfo.EncryptionInTransit.InCluster' }, members: { 'encryptionInTransit.clientBroker': { TLS: [[clientBroker, 'TLS']], TLS_PLAINTEXT: [[clientBroker, 'TLS_PLAINTEXT']], PLAINTEXT: [[clientBroker, 'PLAINTEXT']] } } },
  'aws-appsync.GraphqlApi': {
    type: 'AWS::AppSync::GraphQLApi', same: { xrayEnabled: 'XrayEnabled', logConfig: 'LogConfig' },
    members: { 'authorizationConfig.defaultAuthorization.authorizationType': Object.fromEntries(Object.entries({ API_KEY: 'API_KEY', IAM: 'AWS_IAM', USER_POOL: 'AMAZON_COGNITO_USER_POOLS', OIDC: 'OPENID_CONNECT', LAMBDA: 'AWS_LAMBDA' }).map(([name, value]) => [name, [['AuthenticationType', value]] as const])) },
    defaults: [['AuthenticationType', 'API_KEY']],
  },
  'aws-apigatewayv2.HttpApi': { type: 'AWS::ApiGatewayV2::Api', same: { 'corsPreflight.allowOrigins': 'CorsConfiguration.AllowOrigins' } },
  'aws-synthetics.Canary': { type: 'AWS::Synthetics::Canary', same: { activeTracing: 'RunConfig.ActiveTracing' } },
  'aws-route53.PublicHostedZone': { type: 'AWS::Route53::HostedZone', same: { queryLogsLogGroupArn: 'QueryLoggingConfig.CloudWatchLogsLogGroupArn' } },
  'aws-ecs.Ec2TaskDefinition': taskDefinition, 'aws-ecs.TaskDefinition': taskDefinition,
  'aws-codebuild.Project': { type: 'AWS::CodeBuild::Project', same: { 'environment.privileged': 'Environment.PrivilegedMode', encryptionKey: 'EncryptionKey' } },
  'aws-ecs.Cluster': { type: 'AWS::ECS::Cluster', more: (call, properties) => { const own = prop(call, 'containerInsights'); const chosen = prop(call, 'containerInsightsV2'); const level = member(call, 'containerInsightsV2'); if (chosen && level) properties.set('ClusterSettings', { kind: 'list', complete: true, origin: chosen.origin, at: chosen.origin, items: [pairs({ Name: 'containerInsights', Value: level.toLowerCase() }, chosen.origin)] }, chosen.origin); else if (typeof own?.value.constant === 'boolean') properties.set('ClusterSettings', { kind: 'list', complete: true, origin: own.origin, at: own.origin, items: [pairs({ Name: 'containerInsights', Value: own.value.constant ? 'enabled' : 'disabled' }, own.origin)] }, own.origin); } },
  'aws-ecs.FargateService': { type: 'AWS::ECS::Service', same: { assignPublicIp: 'NetworkConfiguration.AwsvpcConfiguration.AssignPublicIp' } },
  'aws-cognito.UserPool': { type: 'AWS::Cognito::UserPool', same: { 'passwordPolicy.minLength': 'Policies.PasswordPolicy.MinimumLength' }, members: { mfa: { OFF: [['MfaConfiguration', 'OFF']], OPTIONAL: [['MfaConfiguration', 'OPTIONAL']], REQUIRED: [['MfaConfiguration', 'ON']] }, advancedSecurityMode: { OFF: [['UserPoolAddOns.AdvancedSecurityMode', 'OFF']], AUDIT: [['UserPoolAddOns.AdvancedSecurityMode', 'AUDIT']], ENFORCED: [['UserPoolAddOns.AdvancedSecurityMode', 'ENFORCED']] } }, defaults: [['MfaConfiguration', 'OFF']] },
  'aws-cognito.IdentityPool': { type: 'AWS::Cognito::IdentityPool', same: { allowUnauthenticatedIdentities: 'AllowUnauthenticatedIdentities' } },
  'aws-cognito-identitypool.IdentityPool': { type: 'AWS::Cognito::IdentityPool', same: { allowUnauthenticatedIdentities: 'AllowUnauthenticatedIdentities' } },
  'aws-ec2.SecurityGroup': { type: 'AWS::EC2::SecurityGroup', same: { description: 'GroupDescription' } },
  'aws-ec2.Vpc': { type: 'AWS::EC2::VPC', same: {} },
  'aws-iam.User': { type: 'AWS::IAM::User', same: { userName: 'UserName' } },
  'aws-backup.BackupVault': { type: 'AWS::Backup::BackupVault', same: { encryptionKey: 'EncryptionKeyArn' } },
  'aws-elasticache.CfnReplicationGroup': { type: 'AWS::ElastiCache::ReplicationGroup' },
};

/** `PYTHON_3_9` is `python3.9`, `NODEJS_18_X` is `nodejs18.x`. */
function runtimeOf(name: string | undefined): string | undefined {
  const parts = /^(PYTHON|NODEJS|RUBY|JAVA|GO|DOTNET_CORE|DOTNET)_(\d+)(?:_(\d+|X))?$/.exec(name ?? '');
  return parts ? `${parts[1]!.replace('_', '').toLowerCase()}${parts[2]}${parts[3] === undefined ? '' : `.${parts[3].toLowerCase()}`}` : undefined;
}

function imds(call: CodeCall, properties: Properties, prefix: string | unknown = ''): void {
  const before = typeof prefix === 'string' ? prefix : '';
  const required = prop(call, 'requireImdsv2');
  if (typeof required?.value.constant === 'boolean') properties.set(`${before}MetadataOptions.HttpTokens`, text(required.value.constant ? 'required' : 'optional', required.origin), required.origin);
  const tokens = prop(call, 'httpTokens');
  const chosen = member(call, 'httpTokens');
  if (tokens && (chosen === 'REQUIRED' || chosen === 'OPTIONAL')) properties.set(`${before}MetadataOptions.HttpTokens`, text(chosen.toLowerCase(), tokens.origin), tokens.origin);
  const devices = prop(call, 'blockDevices');
  const items = (devices?.value.items ?? []).flatMap((item: CodeValue): Value[] => {
    const made = item.fields?.get('volume')?.call;
    const encrypted = made && prop(made, 'encrypted');
    return encrypted && typeof encrypted.value.constant === 'boolean' ? [pairs({ Ebs: pairs({ Encrypted: encrypted.value.constant }, encrypted.origin) }, encrypted.origin)] : [];
  });
  if (devices && items.length > 0) properties.set(`${before}BlockDeviceMappings`, { kind: 'list', items, complete: true, origin: devices.origin, at: devices.origin }, devices.origin);
}

export function listener(call: CodeCall, properties: Properties): void {
  const port = prop(call, 'port');
  const protocol = prop(call, 'protocol');
  const named = member(call, 'protocol');
  const at = protocol?.origin ?? port?.origin ?? call.callee;
  const guessed = named ?? (port?.value.constant === 80 ? 'HTTP' : port?.value.constant === 443 || prop(call, 'certificates') ? 'HTTPS' : undefined);
  if (guessed) properties.set('Protocol', text(guessed, at), at);
  if (typeof port?.value.constant === 'number') properties.set('Port', number(port.value.constant, port.origin), port.origin);
  const certificates = prop(call, 'certificates');
  if (certificates) properties.set('Certificates', { kind: 'unknown', origin: certificates.origin, at: certificates.origin }, certificates.origin);
  const policy = prop(call, 'sslPolicy');
  const policies: Readonly<Record<string, string>> = { RECOMMENDED: 'ELBSecurityPolicy-2016-08', RECOMMENDED_TLS: 'ELBSecurityPolicy-TLS13-1-2-2021-06', TLS12: 'ELBSecurityPolicy-TLS-1-2-2017-01', TLS12_EXT: 'ELBSecurityPolicy-TLS-1-2-Ext-2018-06', TLS11: 'ELBSecurityPolicy-TLS-1-1-2017-01', LEGACY: 'ELBSecurityPolicy-TLS-1-0-2015-04', TLS13_RES: 'ELBSecurityPolicy-TLS13-1-2-Res-2021-06', TLS13_13: 'ELBSecurityPolicy-TLS13-1-3-2021-06', TLS13_10: 'ELBSecurityPolicy-TLS13-1-0-2021-06', TLS13_11: 'ELBSecurityPolicy-TLS13-1-1-2021-06', FORWARD_SECRECY_TLS12_RES_GCM: 'ELBSecurityPolicy-FS-1-2-Res-2020-10', FORWARD_SECRECY_TLS12: 'ELBSecurityPolicy-FS-1-2-2019-08', FORWARD_SECRECY_TLS11: 'ELBSecurityPolicy-FS-1-1-2019-08' };
  const chosen = policies[member(call, 'sslPolicy') ?? ''];
  if (policy && chosen) properties.set('SslPolicy', text(chosen, policy.origin), policy.origin);
  const action = prop(call, 'defaultAction')?.value.call;
  const redirects = /\.ListenerAction\.redirect$/.test(action?.name ?? '');
  const redirected = redirects && action ? prop(action, 'protocol') : undefined;
  properties.set('DefaultActions', { kind: 'list', complete: true, origin: at, at, items: [pairs(redirects ? { Type: 'redirect', RedirectConfig: pairs({ Protocol: String(redirected?.value.constant ?? 'HTTPS') }, at) } : { Type: 'forward' }, at)] }, at);
}

function scheme(call: CodeCall, properties: Properties): void {
  const facing = prop(call, 'internetFacing');
  const open = facing?.value.constant === true;
  if (facing && typeof facing.value.constant === 'boolean') properties.set('Scheme', text(open ? 'internet-facing' : 'internal', facing.origin), facing.origin);
  else if (!facing) properties.set('Scheme', text('internal', call.callee), call.callee);
}

export function pairs(entries: Readonly<Record<string, string | number | boolean | Value>>, at: Origin): Value {
  return {
    kind: 'map', complete: true, origin: at, at,
    entries: new Map(Object.entries(entries).map(([key, value]) => [key, { key, keyOrigin: at, value: typeof value === 'string' ? text(value, at) : typeof value === 'number' ? number(value, at) : typeof value === 'boolean' ? flag(value, at) : value }])),
  };
}

const months: Readonly<Record<string, number>> = { ONE_MONTH: 30, TWO_MONTHS: 60, THREE_MONTHS: 90, FOUR_MONTHS: 120, FIVE_MONTHS: 150, SIX_MONTHS: 180, THIRTEEN_MONTHS: 400, EIGHTEEN_MONTHS: 545, ONE_YEAR: 365, TWO_YEARS: 731, THREE_YEARS: 1096, FIVE_YEARS: 1827, SIX_YEARS: 2192, SEVEN_YEARS: 2557, EIGHT_YEARS: 2922, NINE_YEARS: 3288, TEN_YEARS: 3653, ONE_WEEK: 7, TWO_WEEKS: 14, ONE_DAY: 1, THREE_DAYS: 3, FIVE_DAYS: 5, INFINITE: 0 };

function retention(name: string | undefined): number | undefined {
  return name === undefined ? undefined : months[name];
}

