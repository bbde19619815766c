import assert from 'node:assert/strict';
import { actionsOf, expandPattern, knownAction, readingPatterns, services } from '../../server/analysis/iam/catalogue.ts';
import { actionsOfCall } from '../../server/analysis/iam/calls.ts';
import { describeWildcard } from '../../server/rule/actions.ts';
import { analyzerFor } from '../support/analyze.ts';
import { analyzeCode } from '../support/code.ts';

const called = (file: string, ...lines: readonly string[]): readonly string[] => [...new Set(analyzeCode(file, lines.join('\n')).calls.flatMap(actionsOfCall))].sort();

describe('actions of AWS', () => {
  it('are all known with their level of access', () => {
    assert.ok(services().length > 400);
    assert.deepEqual(knownAction('S3', 'getobject'), { name: 'GetObject', level: 'read' });
    assert.equal(knownAction('s3', 'PutBucketPolicy')?.level, 'permissions management');
    assert.equal(knownAction('iam', 'PassRole')?.level, 'write');
    assert.deepEqual(actionsOf('no-such-service'), []);
    for (const service of services()) assert.ok(actionsOf(service).every((one) => /^[A-Za-z][\w.-]*$/.test(one.name)), service);
  });

  it('are found by patterns, whatever the case', () => {
    assert.ok(expandPattern('s3:Get*').length > 20);
    assert.deepEqual(expandPattern('s3:get*'), expandPattern('S3:Get*'));
    assert.deepEqual(expandPattern('s3:GetObjec?').map((one) => one.name), ['GetObject']);
    assert.ok(expandPattern('*').length > 15_000);
    assert.equal(expandPattern('*:*').length, expandPattern('*').length);
    assert.deepEqual(expandPattern('nothing:*'), []);
  });

  it('that only read are said in short, and patterns hold nothing that writes', () => {
    for (const service of ['s3', 'dynamodb', 'sagemaker', 'bedrock', 'ec2', 'kms', 'lambda', 'sqs']) {
      const patterns = readingPatterns(service);
      assert.ok(patterns.length > 0 && patterns.length < 60, `${service}: ${patterns.length}`);
      for (const action of patterns.flatMap(expandPattern)) assert.match(action.level, /^(?:read|list)$/, `${service}:${action.name}`);
    }
  });

  it('are described with the dangerous ones first', () => {
    const text = describeWildcard('s3:Put*')!;
    assert.match(text, /^`s3:Put\*` = \*\*\d+ actions\*\*/);
    assert.match(text.split('\n')[2]!, /change permissions\*\*: .*`Put\w*(?:Acl|Policy)`/);
    assert.equal(describeWildcard('nothing:*'), undefined);
  });
});

describe('actions that code calls', () => {
  it('of the SDK for JavaScript, version 3', () => {
    assert.deepEqual(called('a.ts',
      "import { S3Client, PutObjectCommand, ListObjectsV2Command, S3, paginateListObjectsV2 } from '@aws-sdk/client-s3';",
      "import { GetCommand } from '@aws-sdk/lib-dynamodb';", "import { BedrockRuntimeClient, ConverseCommand } from '@aws-sdk/client-bedrock-runtime';", "import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';",
      'const client = new S3Client({});', 'export async function run() {', '  await client.send(new PutObjectCommand({}));', '  await new S3({}).headObject({});', '  for await (const page of paginateListObjectsV2({ client }, {})) {}', '  await client.send(new GetCommand({}));', '  await new BedrockRuntimeClient({}).send(new ConverseCommand({}));', '  await new SFNClient({}).send(new StartExecutionCommand({}));', '}',
    ), ['bedrock:InvokeModel', 'dynamodb:GetItem', 's3:GetObject', 's3:ListBucket', 's3:PutObject', 'states:StartExecution']);
  });

  it('of the SDK for JavaScript, version 2', () => {
    assert.deepEqual(called('a.js', "const AWS = require('aws-sdk');", 'const s3 = new AWS.S3();', 'const table = new AWS.DynamoDB.DocumentClient();', 'exports.handler = async () => {', "  await s3.deleteObject({ Bucket: 'b', Key: 'k' }).promise();", '  await table.query({}).promise();', '};'), ['dynamodb:Query', 's3:DeleteObject']);
  });

  it('of boto3: clients, resources, paginators and transfers', () => {
    assert.deepEqual(called('a.py', 'import boto3', "s3 = boto3.client('s3')", "table = boto3.resource('dynamodb').Table('x')", "rds = boto3.client('rds')", 'def handler(event, context):', "    s3.upload_file('a', 'b', 'c')", "    for page in s3.get_paginator('list_objects_v2').paginate(Bucket='b'):", '        pass', '    table.put_item(Item={})', '    rds.describe_db_instances()', "    boto3.client('sqs').send_message_batch(QueueUrl='q', Entries=[])"),
      ['dynamodb:PutItem', 'rds:DescribeDBInstances', 's3:AbortMultipartUpload', 's3:ListBucket', 's3:PutObject', 'sqs:SendMessage']);
  });
});

const code = { 'app/run.py': "import boto3\ns3 = boto3.client('s3')\ns3.get_object(Bucket='b', Key='k')\ns3.put_object(Bucket='b', Key='k')\n", 'package.json': '{}' };

/** The text after the fix that takes actions from calls, or the one that keeps reading. */
function narrowed(file: string, text: string, which: 'calls' | 'read', files: Readonly<Record<string, string>> = code): string | undefined {
  const analyzer = analyzerFor({ ...files, [file]: text });
  const path = `/workspace/${file}`;
  const finding = analyzer.analyze(path).findings.find((one) => one.fixes.some((fix) => fix.intents.some((intent) => intent.kind === 'narrowActions')));
  const fix = finding?.fixes.find((one) => one.title.includes(which));
  const edits = fix && analyzer.edits(fix);
  if (!edits) return undefined;
  const [edit] = edits;
  const after = text.slice(0, edit!.range.start) + edit!.text + text.slice(edit!.range.end);
  const left = analyzerFor({ ...files, [file]: after }).analyze(path).findings.filter((one) => one.ruleId === finding!.ruleId);
  assert.deepEqual(left, [], `${file} after the fix:\n${after}`);
  return after;
}

describe('a wildcard action is narrowed', () => {
  it('in Terraform: a list, a single value, a data source', () => {
    assert.match(narrowed('main.tf', 'data "aws_iam_policy_document" "a" {\n  statement {\n    actions   = ["s3:*"]\n    resources = ["arn:aws:s3:::b/*"]\n  }\n}\n', 'calls')!, /actions {3}= \["s3:GetObject", "s3:PutObject"\]/);
    assert.match(narrowed('main.tf', 'resource "aws_iam_policy" "a" {\n  policy = jsonencode({\n    Statement = [{ Effect = "Allow", Action = "s3:*", Resource = "arn:aws:s3:::b/*" }]\n  })\n}\n', 'calls')!, /Action = \["s3:GetObject", "s3:PutObject"\], Resource/);
    assert.match(narrowed('main.tf', 'data "aws_iam_policy_document" "a" {\n  statement {\n    actions = [\n      "logs:PutLogEvents",\n      # all of it\n      "s3:*",\n    ]\n    resources = ["arn:aws:s3:::b/*"]\n  }\n}\n', 'calls')!, /all of it\n {6}"s3:GetObject",\n {6}"s3:PutObject",\n {4}\]/);
  });

  it('in CloudFormation: block lists, flow lists, plain and quoted values, JSON', () => {
    const template = (action: string): string => `Resources:\n  P:\n    Type: AWS::IAM::Policy\n    Properties:\n      PolicyName: p\n      PolicyDocument:\n        Statement:\n          - Effect: Allow\n            Action:${action}\n            Resource: arn:aws:s3:::b/*\n`;
    assert.match(narrowed('t.yaml', template(' s3:*'), 'calls')!, /Action: \['s3:GetObject', 's3:PutObject'\]\n/);
    assert.match(narrowed('t.yaml', template(" 's3:*'"), 'calls')!, /Action: \['s3:GetObject', 's3:PutObject'\]\n/);
    assert.match(narrowed('t.yaml', template('\n              - logs:PutLogEvents\n              - s3:*'), 'calls')!, /- logs:PutLogEvents\n {14}- s3:GetObject\n {14}- s3:PutObject\n/);
    assert.match(narrowed('t.yaml', template(' ["s3:*"]'), 'calls')!, /Action: \["s3:GetObject", "s3:PutObject"\]\n/);
    assert.match(narrowed('t.json', JSON.stringify({ Resources: { P: { Type: 'AWS::IAM::Policy', Properties: { PolicyName: 'p', PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: 'arn:aws:s3:::b/*' }] } } } } }, undefined, 2), 'calls')!, /"Action": \["s3:GetObject", "s3:PutObject"\]/);
  });

  it('in policies of their own, in serverless services and in programs', () => {
    assert.match(narrowed('policy.json', '{ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Action": ["s3:*"], "Resource": "arn:aws:s3:::b/*" }] }', 'calls')!, /\["s3:GetObject", "s3:PutObject"\]/);
    assert.match(narrowed('serverless.yml', 'service: a\nprovider:\n  name: aws\n  iam:\n    role:\n      statements:\n        - Effect: Allow\n          Action:\n            - s3:*\n          Resource: arn:aws:s3:::b/*\nfunctions:\n  run:\n    handler: run.handler\n', 'calls')!, /- s3:GetObject\n {12}- s3:PutObject\n/);
    assert.match(narrowed('stack.ts', "import * as iam from 'aws-cdk-lib/aws-iam';\nnew iam.PolicyStatement({\n  actions: ['s3:*'],\n  resources: ['arn:aws:s3:::b/*'],\n});\n", 'calls')!, /actions: \['s3:GetObject', 's3:PutObject'\]/);
    assert.match(narrowed('stack.py', 'from aws_cdk import aws_iam as iam\niam.PolicyStatement(\n    actions=["s3:*"],\n    resources=["arn:aws:s3:::b/*"],\n)\n', 'calls')!, /actions=\["s3:GetObject", "s3:PutObject"\]/);
  });

  it('to what only reads where the code calls nothing', () => {
    const text = 'data "aws_iam_policy_document" "a" {\n  statement {\n    actions   = ["sqs:*"]\n    resources = ["arn:aws:sqs:eu-west-1:111122223333:q"]\n  }\n}\n';
    assert.equal(narrowed('main.tf', text, 'calls'), undefined);
    assert.match(narrowed('main.tf', text, 'read')!, /actions {3}= \["sqs:GetQueue\w+", .*"sqs:List\*"\]|actions {3}= \[(?:"sqs:\w+\*?"(?:, )?)+\]/);
  });

  it('to what a notebook and other folders of the project call, but not to what its tests call', () => {
    const files = { '.git/HEAD': 'x', 'infra/x.md': '', 'notebooks/a.ipynb': "# %%\nimport boto3\nboto3.client('sqs').send_message(QueueUrl='q')\n", 'tests/test_a.py': "import boto3\nboto3.client('sqs').delete_queue(QueueUrl='q')\n" };
    assert.match(narrowed('infra/main.tf', 'data "aws_iam_policy_document" "a" {\n  statement {\n    actions   = ["sqs:*"]\n    resources = ["arn:aws:sqs:eu-west-1:111122223333:q"]\n  }\n}\n', 'calls', files)!, /actions {3}= \["sqs:SendMessage"\]/);
  });

  it('not where the value is written elsewhere', () => {
    assert.equal(narrowed('main.tf', 'locals {\n  all = "s3:*"\n}\ndata "aws_iam_policy_document" "a" {\n  statement {\n    actions   = [local.all]\n    resources = ["arn:aws:s3:::b/*"]\n  }\n}\n', 'calls'), undefined);
  });
});
