import assert from 'node:assert/strict';
import { analyzerFor, rootedPath } from '../support/analyze.ts';

/** Applies the first fix of a rule, and says what the rule then finds. */
function mended(file: string, text: string, rule: RegExp): { readonly text: string; readonly left: number } {
  const analyzer = analyzerFor({ [file]: text });
  const finding = analyzer.analyze(rootedPath(file)).findings.find((one) => rule.test(one.ruleId) && one.fixes.length > 0);
  assert.ok(finding, `${String(rule)} is found in ${file}`);
  const edits = analyzer.edits(finding.fixes[0]!);
  assert.ok(edits, `${finding.ruleId} has an edit in ${file}`);
  const changed = [...edits].sort((a, b) => b.range.start - a.range.start).reduce((now, edit) => now.slice(0, edit.range.start) + edit.text + now.slice(edit.range.end), text);
  return { text: changed, left: analyzerFor({ [file]: changed }).analyze(rootedPath(file)).findings.filter((one) => one.ruleId === finding.ruleId).length };
}

const account = (body: string): string => `{\n  "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",\n  "resources": [\n    {\n      "type": "Microsoft.Storage/storageAccounts",\n      "apiVersion": "2023-01-01",\n      "name": "data",\n      "properties": {\n        "allowBlobPublicAccess": ${body}\n      }\n    }\n  ]\n}\n`;
const rds = /^storage\/unencrypted-rds$/;
const cases: readonly (readonly [name: string, file: string, text: string, rule: RegExp])[] = [
  ['Terraform, inserted', 'main.tf', 'resource "aws_db_instance" "data" {\n  engine = "postgres"\n}\n', rds],
  ['Terraform, replaced', 'main.tf', 'resource "aws_db_instance" "data" {\n  storage_encrypted = false\n}\n', rds],
  ['Terraform in JSON, inserted', 'main.tf.json', '{ "resource": { "aws_db_instance": { "data": { "engine": "postgres" } } } }', rds],
  ['CloudFormation in YAML', 'template.yaml', 'Resources:\n  Data:\n    Type: AWS::RDS::DBInstance\n    Properties:\n      Engine: postgres\n', rds],
  ['CloudFormation in JSON', 'template.json', '{\n  "Resources": {\n    "Data": {\n      "Type": "AWS::RDS::DBInstance",\n      "Properties": {\n        "Engine": "postgres"\n      }\n    }\n  }\n}\n', rds],
  ['ARM', 'azuredeploy.json', account('true'), /^network\/.*public/],
  ['ARM, inserted', 'azuredeploy.json', account('false'), /^transport\/.*tls/],
  ['Bicep', 'main.bicep', "resource data 'Microsoft.Storage/storageAccounts@2023-01-01' = {\n  name: 'data'\n  properties: {\n    allowBlobPublicAccess: true\n  }\n}\n", /^network\/.*public/],
  ['Bicep, inserted', 'main.bicep', "resource data 'Microsoft.Storage/storageAccounts@2023-01-01' = {\n  name: 'data'\n  properties: {\n    allowBlobPublicAccess: false\n  }\n}\n", /^transport\/.*tls/],
  ['Ansible', 'playbook.yml', '- hosts: localhost\n  tasks:\n    - name: database\n      amazon.aws.rds_instance:\n        db_instance_identifier: data\n        storage_encrypted: false\n', rds],
  ['Ansible, inserted', 'playbook.yml', '- hosts: localhost\n  tasks:\n    - name: database\n      amazon.aws.rds_instance:\n        db_instance_identifier: data\n', rds],
  ['Crossplane, inserted', 'db.yaml', 'apiVersion: rds.aws.upbound.io/v1beta1\nkind: Instance\nmetadata:\n  name: data\nspec:\n  forProvider:\n    engine: postgres\n', rds],
  ['Pulumi in YAML, inserted', 'Pulumi.yaml', 'name: data\nruntime: yaml\nresources:\n  data:\n    type: aws:rds:Instance\n    properties:\n      engine: postgres\n', rds],
  ['the CDK', 'app.ts', "import * as rds from 'aws-cdk-lib/aws-rds';\nnew rds.CfnDBInstance(this, 'Data', { storageEncrypted: false });\n", rds],
  ['Pulumi in Python', 'app.py', 'import pulumi_aws as aws\naws.rds.Instance("data", storage_encrypted=False)\n', rds],
];

describe('fixes of attributes', () => {
  for (const [name, file, text, rule] of cases) it(`mend what they are offered for in ${name}`, () => assert.equal(mended(file, text, rule).left, 0, mended(file, text, rule).text));
});

describe('fixes in the words of a cloud', () => {
  const object = (api: string, kind: string, body: string): string => `apiVersion: ${api}\nkind: ${kind}\nmetadata:\n  name: chat\nspec:\n  forProvider:\n    ${body}\n`;
  const cluster = (body: string): string => `resources:\n  - name: chat\n    type: container.v1.cluster\n    properties:\n      zone: europe-west1-b\n      cluster:\n        ${body}\n`;
  const written: readonly (readonly [what: string, file: string, text: string, rule: RegExp, property: string])[] = [
    ['lists in first versions of Upbound', 'a.yaml', object('container.gcp.upbound.io/v1beta1', 'Cluster', 'location: europe-west1'), /gke-public-nodes/, '    privateClusterConfig:\n      - enablePrivateNodes: true\n'],
    ['maps in later ones', 'a.yaml', object('container.gcp.upbound.io/v1beta2', 'Cluster', 'location: europe-west1'), /gke-public-nodes/, '    privateClusterConfig:\n      enablePrivateNodes: true\n'],
    ['names of Config Connector', 'a.yaml', 'apiVersion: storage.cnrm.cloud.google.com/v1beta1\nkind: StorageBucket\nmetadata:\n  name: chat\nspec:\n  location: EU\n', /gcs-without-uniform-access/, '  uniformBucketLevelAccess: true\n'],
    ['the body of a request to Google', 'a.yaml', cluster('initialNodeCount: 3'), /gke-without-intranode-visibility/, '        networkConfig:\n          enableIntraNodeVisibility: true\n'],
    ['the settings of a pool', 'a.yaml', 'resources:\n  - name: chat\n    type: container.v1.nodePool\n    properties:\n      nodePool:\n        initialNodeCount: 3\n', /gke-node-secure-boot/, '        config:\n          shieldedInstanceConfig:\n            enableSecureBoot: true\n'],
  ];
  for (const [what, file, text, rule, property] of written) it(`write ${what}`, () => {
    const after = mended(file, text, rule);
    assert.ok(after.text.includes(property), after.text);
    assert.equal(after.left, 0);
  });

  const styled: readonly (readonly [what: string, file: string, text: string, rule: RegExp, property: string])[] = [
    ['quotes of Bicep', 'main.bicep', "resource data 'Microsoft.Storage/storageAccounts@2023-01-01' = {\n  name: 'data'\n  properties: {\n    minimumTlsVersion: 'TLS1_0'\n  }\n}\n", /storage-account-old-tls/, "minimumTlsVersion: 'TLS1_2'"],
    ['words of CloudFormation', 'template.yaml', 'Resources:\n  Data:\n    Type: AWS::S3::Bucket\n    Properties:\n      AccessControl: PublicRead\n', /public-bucket-acl/, 'AccessControl: Private'],
    ['states of an interface', 'a.yaml', object('s3.aws.crossplane.io/v1beta1', 'Bucket', 'versioningConfiguration:\n      status: Suspended'), /bucket-without-versioning/, 'status: Enabled'],
    ['words of Ansible', 'playbook.yml', '- hosts: localhost\n  tasks:\n    - name: images\n      community.aws.ecs_ecr:\n        name: chat\n        image_tag_mutability: mutable\n', /mutable-image-tags/, 'image_tag_mutability: immutable'],
    ['switches of a parameter', 'main.tf', 'resource "aws_rds_cluster_parameter_group" "data" {\n  parameter {\n    name  = "require_secure_transport"\n    value = "OFF"\n  }\n}\n', /rds-parameter-without-tls/, 'value = "ON"'],
  ];
  for (const [what, file, text, rule, property] of styled) it(`keep the ${what}`, () => {
    const after = mended(file, text, rule);
    assert.ok(after.text.includes(property), after.text);
    assert.equal(after.left, 0);
  });

  it('add types of logs to those of a cluster', () => {
    const { text, left } = mended('a.yaml', object('eks.aws.crossplane.io/v1beta1', 'Cluster', 'logging:\n      clusterLogging:\n        - enabled: true\n          types: [api]'), /eks-incomplete-control-plane-log/);
    assert.ok(/enabled: true\n {10}types: \["?api"?, "?audit"?,/.test(text), text);
    assert.equal(left, 0);
  });

  it('are not guessed where a controller has names of its own', () => {
    const text = object('rds.aws.crossplane.io/v1alpha1', 'DBInstance', 'engine: postgres');
    const analyzer = analyzerFor({ 'a.yaml': text });
    const finding = analyzer.analyze(rootedPath('a.yaml')).findings.find((one) => one.ruleId === 'storage/unencrypted-rds');
    assert.ok(finding && finding.fixes.every((fix) => fix.disabled !== undefined || analyzer.edits(fix) === undefined));
  });
});

describe('fixes in CloudFormation', () => {
  const written: readonly (readonly [type: string, rule: RegExp, property: string])[] = [
    ['AWS::DynamoDB::Table', /^monitoring\/dynamodb-without-recovery$/, 'PointInTimeRecoverySpecification:\n        PointInTimeRecoveryEnabled: true'],
    ['AWS::RDS::DBProxy', /^transport\/proxy-without-tls$/, 'RequireTLS: true'],
    ['AWS::DAX::Cluster', /^storage\/unencrypted-dax$/, 'SSESpecification:\n        SSEEnabled: true'],
    ['AWS::StepFunctions::StateMachine', /^monitoring\/sfn-without-tracing$/, 'TracingConfiguration:\n        Enabled: true'],
  ];
  for (const [type, rule, property] of written) it(`write the properties of ${type} as its schema names them`, () => {
    const { text, left } = mended('template.yaml', `Resources:\n  Data:\n    Type: ${type}\n    Properties:\n      Tags: []\n`, rule);
    assert.ok(text.includes(property), text);
    assert.equal(left, 0);
  });
});
