import assert from 'node:assert/strict';
import { findingsIn } from '../support/analyze.ts';

/** Rules of the findings of one program, each once, in order of the text they mark. */
function found(file: string, text: string): readonly string[] {
  return findingsIn(file, { [file]: text }).filter((one) => /^(?:storage|network|iam|transport|monitoring|workload|auth)\//.test(one.ruleId)).map((one) => `${one.ruleId} ${text.slice(one.range.start, one.range.end)}`);
}
const has = (all: readonly string[], rule: string, marked?: string): boolean => all.some((one) => one.startsWith(`${rule} `) && (marked === undefined || one.includes(marked)));
const cdk = (body: string): string => `import * as ec2 from 'aws-cdk-lib/aws-ec2';\nimport * as iam from 'aws-cdk-lib/aws-iam';\nimport * as rds from 'aws-cdk-lib/aws-rds';\nimport * as s3 from 'aws-cdk-lib/aws-s3';\nimport { Stack } from 'aws-cdk-lib';\nexport class Main extends Stack {\n  constructor(scope, id, props) {\n    super(scope, id, props);\n    ${body}\n  }\n}\n`;

describe('infrastructure in programs', () => {
  it('judges the constructs of the CDK by what they synthesize to', () => {
    assert.ok(has(found('a.ts', cdk("new rds.DatabaseInstance(this, 'D', { engine: x, storageEncrypted: false });")), 'storage/unencrypted-rds', 'false'));
    assert.ok(has(found('a.ts', cdk("new rds.DatabaseInstance(this, 'D', { engine: x });")), 'storage/unencrypted-rds'), 'the construct leaves encryption off');
    assert.ok(!has(found('a.ts', cdk("new rds.DatabaseInstance(this, 'D', { engine: x, storageEncrypted: true });")), 'storage/unencrypted-rds'));
    assert.ok(!has(found('a.ts', cdk("new rds.DatabaseInstance(this, 'D', { engine: x, storageEncrypted: props.secure });")), 'storage/unencrypted-rds'), 'unknown is not reported');
    assert.ok(!has(found('a.ts', cdk("new rds.DatabaseInstance(this, 'D', props.database);")), 'storage/unencrypted-rds'), 'unknown properties are not reported');
  });

  it('judges what constructs leave out by their documented defaults', () => {
    const other = (module: string, line: string): readonly string[] => found('a.ts', `import { Stack, aws_${module} as ${module} } from 'aws-cdk-lib';\nexport class Main extends Stack {\n  constructor(scope, id, props) {\n    super(scope, id, props);\n    ${line}\n  }\n}\n`);
    assert.ok(has(other('sns', "new sns.Topic(this, 'T', { topicName: 'a' });"), 'storage/unencrypted-topic'));
    assert.ok(!has(other('sns', "new sns.Topic(this, 'T', { masterKey: props.key });"), 'storage/unencrypted-topic'));
    assert.ok(!has(other('sns', "new sns.Topic(this, 'T', props.topic);"), 'storage/unencrypted-topic'), 'its properties are not known');
    assert.ok(has(found('a.ts', cdk("new ec2.Instance(this, 'I', { vpc });")), 'workload/imds-v1'));
    assert.ok(!has(found('a.ts', cdk("new ec2.Instance(this, 'I', { vpc, requireImdsv2: true });")), 'workload/imds-v1'));
    assert.ok(!has(found('a.ts', cdk("new rds.DatabaseInstance(this, 'D', { engine: x, storageEncryptionKey: key });")), 'storage/unencrypted-rds'), 'a key switches encryption on');
    assert.ok(has(other('kms', "new kms.Key(this, 'K');"), 'storage/kms-without-rotation'));
    assert.ok(!has(other('kms', "new kms.Key(this, 'K', { enableKeyRotation: true });"), 'storage/kms-without-rotation'));
    assert.ok(has(other('lambda', "new lambda.Function(this, 'F', { runtime: lambda.Runtime.PYTHON_3_7 });"), 'workload/lambda-old-runtime', 'PYTHON_3_7'));
    assert.ok(!has(found('a.ts', cdk("new ec2.Instance(this, 'I', { vpc, machineImage: ec2.MachineImage.latestAmazonLinux2023() });")), 'workload/imds-v1'), 'the image asks for tokens');
    assert.ok(has(other('s3', "new s3.Bucket(this, 'B', { encryption: s3.BucketEncryption.KMS });"), 'monitoring/bucket-without-versioning'));
    assert.ok(!has(other('s3', "new s3.Bucket(this, 'B', { autoDeleteObjects: true });"), 'monitoring/bucket-without-versioning'), 'it goes with its stack');
    const logged = other('s3', "const logs = new s3.Bucket(this, 'L', { versioned: true }); new s3.Bucket(this, 'B', { serverAccessLogsBucket: logs });");
    assert.ok(!has(logged, 'monitoring/bucket-without-access-log'), 'logs of logs are not missed');
    assert.ok(!has(other('opensearchservice', "new opensearchservice.Domain(this, 'D', { version: x });"), 'transport/opensearch-old-tls'), 'the construct asks for TLS 1.2');
  });

  it('reads the versions that constructs name', () => {
    const database = (version: string): readonly string[] => found('a.ts', cdk(`new rds.DatabaseInstance(this, 'D', { engine: rds.DatabaseInstanceEngine.postgres({ version: rds.PostgresEngineVersion.${version} }), storageEncrypted: true });`));
    assert.ok(has(database('VER_11_5'), 'workload/postgres-old-version', 'VER_11_5') && !has(database('VER_16_3'), 'workload/postgres-old-version'));
    const cluster = (version: string): readonly string[] => found('a.ts', cdk(`new rds.DatabaseCluster(this, 'C', { engine: rds.DatabaseClusterEngine.auroraMysql({ version: rds.AuroraMysqlEngineVersion.${version} }) });`));
    assert.ok(has(cluster('VER_2_11_2'), 'workload/mysql-old-version') && !has(cluster('VER_3_08_0'), 'workload/mysql-old-version'));
    const domain = (version: string): readonly string[] => found('a.ts', `import { Stack, aws_opensearchservice as search } from 'aws-cdk-lib';\nexport class Main extends Stack {\n  constructor(scope, id) {\n    super(scope, id);\n    new search.Domain(this, 'D', { version: search.EngineVersion.${version} });\n  }\n}\n`);
    assert.ok(has(domain('ELASTICSEARCH_6_8'), 'workload/opensearch-old-version') && !has(domain('OPENSEARCH_2_17'), 'workload/opensearch-old-version'));
  });

  it('takes the side of a condition that is settled, and objects pair by pair', () => {
    const service = (before: string, ingress: string): readonly string[] => found('index.ts', `import * as gcp from '@pulumi/gcp';\n${before}\nnew gcp.workbench.Instance('w', { location: 'l', gceSetup: { disablePublicIp: ${ingress} } });\n`);
    assert.ok(has(service('const open = true;', "open ? false : true"), 'network/workbench-public-address') && !has(service('const open = false;', "open ? false : true"), 'network/workbench-public-address'));
    assert.ok(!has(service('const open = process.env.OPEN;', 'open ? false : true'), 'network/workbench-public-address'));
    const component = (open: boolean): readonly string[] => found('index.ts', `import * as gcp from '@pulumi/gcp';\nclass Notebook {\n  constructor(name: string, args: { open: boolean }) {\n    new gcp.workbench.Instance(name, { location: 'l', gceSetup: { disablePublicIp: args.open ? false : true } });\n  }\n}\nnew Notebook('w', { open: ${String(open)} });\n`);
    assert.ok(has(component(true), 'network/workbench-public-address') && !has(component(false), 'network/workbench-public-address'));
    const flags = (value: string): readonly string[] => found('index.ts', `import * as gcp from '@pulumi/gcp';\nconst flags = { log_connections: 'on', log_disconnections: '${value}' };\nnew gcp.sql.DatabaseInstance('d', { databaseVersion: 'POSTGRES_16', settings: { tier: 't', databaseFlags: Object.entries(flags).map(([name, value]) => ({ name, value })) } });\n`);
    assert.ok(has(flags('off'), 'monitoring/postgres-flag-log-disconnections') && !has(flags('on'), 'monitoring/postgres-flag-log-disconnections'));
  });

  it('reads CDK for Terraform, with packages of providers and bindings of a project', () => {
    const stack = (from: string, made: string): string => `import { TerraformStack } from 'cdktf';\nimport { ${made.split('(')[0]} } from '${from}';\nexport class Main extends TerraformStack {\n  constructor(scope, id) {\n    super(scope, id);\n    new ${made};\n  }\n}\n`;
    for (const from of ['@cdktf/provider-google/lib/storage-bucket-iam-member', './.gen/providers/google/storage-bucket-iam-member']) {
      const member = (who: string): readonly string[] => found('main.ts', stack(from, `StorageBucketIamMember(this, 'm', { bucket: 'b', role: 'roles/storage.objectViewer', member: '${who}' })`));
      assert.ok(has(member('allUsers'), 'network/gcs-iam-everybody', 'allUsers') && !has(member('group:ml@example.com'), 'network/gcs-iam-everybody'), from);
    }
    const account = (value: string): readonly string[] => found('main.py', `from cdktf import TerraformStack\nfrom imports.azurerm.storage_account import StorageAccount\n\n\nclass Main(TerraformStack):\n    def __init__(self, scope, ns):\n        super().__init__(scope, ns)\n        StorageAccount(self, "data", name="data", https_traffic_only_enabled=${value})\n`);
    assert.ok(has(account('False'), 'transport/storage-account-http', 'False') && !has(account('True'), 'transport/storage-account-http'));
  });

  it('judges resources of the first level by their own properties', () => {
    assert.ok(has(found('a.ts', cdk("new rds.CfnDBInstance(this, 'D', { storageEncrypted: false });")), 'storage/unencrypted-rds', 'false'));
    assert.ok(!has(found('a.ts', cdk("new rds.CfnDBInstance(this, 'D', { storageEncrypted: true });")), 'storage/unencrypted-rds'));
  });

  it('judges statements, roles and rules of security groups', () => {
    assert.ok(has(found('a.ts', cdk("role.addToPolicy(new iam.PolicyStatement({ actions: ['*'], resources: ['*'] }));")), 'iam/administrator-policy'));
    assert.deepEqual(found('a.ts', cdk("role.addToPolicy(new iam.PolicyStatement({ effect: iam.Effect.DENY, actions: ['*'], resources: ['*'] }));")).filter((one) => one.startsWith('iam/')), []);
    assert.ok(has(found('a.ts', cdk("new iam.Role(this, 'R', { assumedBy: new iam.AnyPrincipal() });")), 'iam/trust-everybody'));
    assert.ok(has(found('a.ts', cdk("const sg = new ec2.SecurityGroup(this, 'S', { vpc });\n    sg.addIngressRule(ec2.Peer.anyIpv4(), ec2.Port.tcp(22));")), 'network/open-ssh'));
    assert.deepEqual(found('a.ts', cdk("const sg = new ec2.SecurityGroup(this, 'S', { vpc });\n    sg.addIngressRule(ec2.Peer.ipv4('10.0.0.0/24'), ec2.Port.tcp(443));")).filter((one) => one.startsWith('network/open-')), []);
  });

  it('reads the CDK in Python', () => {
    const python = (line: string): string => `from aws_cdk import Stack, aws_rds as rds\n\nclass Main(Stack):\n    def __init__(self, scope, id, **kwargs):\n        super().__init__(scope, id, **kwargs)\n        ${line}\n`;
    assert.ok(has(found('a.py', python('rds.DatabaseInstance(self, "D", engine=x, storage_encrypted=False)')), 'storage/unencrypted-rds', 'False'));
    assert.ok(!has(found('a.py', python('rds.DatabaseInstance(self, "D", engine=x, storage_encrypted=True)')), 'storage/unencrypted-rds'));
  });

  it('judges resources of Pulumi in TypeScript and Python, and the policies that they write', () => {
    const program = (line: string): string => `import * as aws from '@pulumi/aws';\n${line}\n`;
    assert.ok(has(found('a.ts', program("new aws.rds.Instance('d', { storageEncrypted: false });")), 'storage/unencrypted-rds', 'false'));
    assert.ok(!has(found('a.ts', program("new aws.rds.Instance('d', { storageEncrypted: config.getBoolean('x') });")), 'storage/unencrypted-rds'));
    assert.ok(has(found('a.ts', program("new aws.iam.RolePolicy('p', { policy: JSON.stringify({ Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] }) });")), 'iam/administrator-policy', '*'));
    assert.ok(has(found('a.py', 'import pulumi_aws as aws\naws.rds.Instance("d", storage_encrypted=False)\n'), 'storage/unencrypted-rds'));
    assert.ok(has(found('a.ts', "import * as k8s from '@pulumi/kubernetes';\nnew k8s.apps.v1.Deployment('m', { spec: { template: { spec: { containers: [{ name: 'vllm', image: 'vllm', securityContext: { privileged: true } }] } } } });\n"), 'workload/privileged-container', 'true'));
  });

  it('reads repeated blocks under the plural names of Pulumi, and JSON that it writes', () => {
    const trigger = (pattern: string): readonly string[] => found('index.ts', `import * as aws from '@pulumi/aws';\nnew aws.codebuild.Webhook('w', { projectName: 'p', filterGroups: [{ filters: [{ type: 'ACTOR_ACCOUNT_ID', pattern: '${pattern}' }] }] });\n`);
    assert.ok(has(trigger('755'), 'auth/codebuild-loose-actor') && !has(trigger('^755$'), 'auth/codebuild-loose-actor'));
    const risk = (range: string): readonly string[] => found('index.ts', `import * as aws from '@pulumi/aws';\nnew aws.cognito.RiskConfiguration('r', { userPoolId: 'u', riskExceptionConfiguration: { skippedIpRangeLists: ['${range}'] } });\n`);
    assert.ok(has(risk('0.0.0.0/0'), 'monitoring/cognito-risk-any-address') && !has(risk('10.0.0.0/16'), 'monitoring/cognito-risk-any-address'));
    const program = (line: string): string => `import * as aws from '@pulumi/aws';\n${line}\n`;
    const origin = (policy: string): readonly string[] => found('a.ts', program(`new aws.cloudfront.Distribution('d', { origins: [{ customOriginConfig: { originProtocolPolicy: '${policy}' } }] });`));
    assert.ok(has(origin('http-only'), 'transport/cloudfront-plaintext-origin', 'http-only'));
    assert.ok(!has(origin('https-only'), 'transport/cloudfront-plaintext-origin'));
    const task = (privileged: boolean): readonly string[] => found('a.ts', program(`new aws.ecs.TaskDefinition('t', { containerDefinitions: JSON.stringify([{ name: 'a', privileged: ${privileged} }]) });`));
    assert.ok(has(task(true), 'workload/ecs-privileged-container', 'true'));
    assert.ok(!has(task(false), 'workload/ecs-privileged-container'));
    const cluster = (encrypted: boolean): readonly string[] => found('a.ts', `import * as native from '@pulumi/aws-native';\nnew native.neptune.DbCluster('c', { storageEncrypted: ${encrypted} });\n`);
    assert.ok(has(cluster(false), 'storage/unencrypted-cluster', 'false'));
    assert.ok(!has(cluster(true), 'storage/unencrypted-cluster'));
  });

  it('reads policies in blocks of Pulumi, and groups of properties of the CDK in Python', () => {
    const statement = (action: string): readonly string[] => found('a.ts', `import * as aws from '@pulumi/aws';\nexport const document = aws.iam.getPolicyDocumentOutput({ statements: [{ actions: ['${action}'], resources: ['*'] }] });\n`);
    assert.ok(has(statement('s3:*'), 'iam/wildcard-service-action', 's3:*'));
    assert.ok(!has(statement('s3:ListAllMyBuckets'), 'iam/wildcard-service-action'));
    const block = (value: string): readonly string[] => found('a.py', `from aws_cdk import Stack, aws_s3 as s3\n\nclass Main(Stack):\n    def __init__(self, scope, id, **kwargs):\n        super().__init__(scope, id, **kwargs)\n        s3.CfnBucket(self, "B", public_access_block_configuration=s3.CfnBucket.PublicAccessBlockConfigurationProperty(block_public_policy=${value}))\n`);
    assert.ok(has(block('False'), 'network/bucket-allows-public-policy', 'False'));
    assert.ok(!has(block('True'), 'network/bucket-allows-public-policy'));
  });

  it('judges who may call a method of a REST API of the CDK', () => {
    const method = (options: string): readonly string[] => found('a.ts', `import { Stack, aws_apigateway as apigw } from 'aws-cdk-lib';\nexport class Main extends Stack {\n  constructor(scope, id, fn) {\n    super(scope, id);\n    const api = new apigw.RestApi(this, 'A');\n    api.root.addMethod('POST', fn${options});\n  }\n}\n`);
    assert.ok(method(', { authorizationType: apigw.AuthorizationType.NONE }').some((one) => one.startsWith('auth/')));
    assert.ok(!method(', { authorizationType: apigw.AuthorizationType.IAM }').some((one) => one.startsWith('auth/')));
    assert.ok(!method('').some((one) => one.startsWith('auth/')), 'the API may set a default');
  });

  it('judges resources of Azure\'s native provider in Azure\'s own vocabulary', () => {
    assert.ok(found('a.ts', "import * as storage from '@pulumi/azure-native/storage';\nnew storage.StorageAccount('s', { enableHttpsTrafficOnly: false, allowBlobPublicAccess: true });\n").some((one) => one.startsWith('transport/') && one.endsWith(' false')));
  });

  it('judges what commands of the SDK for JavaScript set up', () => {
    const attach = (policy: string): string => `import { IAMClient, AttachRolePolicyCommand } from '@aws-sdk/client-iam';\nawait new IAMClient({}).send(new AttachRolePolicyCommand({ RoleName: 'a', PolicyArn: 'arn:aws:iam::aws:policy/${policy}' }));\n`;
    assert.ok(has(found('a.ts', attach('AdministratorAccess')), 'iam/administrator-attached', 'AdministratorAccess'));
    assert.ok(!has(found('a.ts', attach('AmazonS3ReadOnlyAccess')), 'iam/administrator-attached'));
    const open = (principal: string): string => `import { S3Client, PutBucketPolicyCommand } from '@aws-sdk/client-s3';\nawait new S3Client({}).send(new PutBucketPolicyCommand({ Bucket: 'b', Policy: JSON.stringify({ Statement: [{ Effect: 'Allow', Principal: ${principal}, Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/*' }] }) }));\n`;
    assert.ok(found('a.ts', open("'*'")).some((one) => /^(?:iam|network|storage)\//.test(one)));
    assert.deepEqual(found('a.ts', open("{ AWS: 'arn:aws:iam::123456789012:root' }")), []);
  });

  it('narrows what everybody may do by what is denied beside it', () => {
    const api = (...more: readonly string[]): string => ["import * as iam from 'aws-cdk-lib/aws-iam';", 'export const policy = new iam.PolicyDocument({ statements: [', "  new iam.PolicyStatement({ effect: iam.Effect.ALLOW, actions: ['execute-api:Invoke'], principals: [new iam.AnyPrincipal()], resources: ['execute-api:/*'] }),", ...more, '] });', ''].join('\n');
    assert.ok(has(found('a.ts', api()), 'iam/public-resource-policy'));
    assert.ok(!has(found('a.ts', api("  new iam.PolicyStatement({ effect: iam.Effect.DENY, actions: ['execute-api:Invoke'], principals: [new iam.AnyPrincipal()], resources: ['execute-api:/*'], conditions: { StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } } }),")), 'iam/public-resource-policy'));
  });
});
