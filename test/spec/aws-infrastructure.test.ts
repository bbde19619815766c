import assert from 'node:assert/strict';
import { foundIn, reports } from '../support/infrastructure.ts';

describe('AWS infrastructure', () => {
  it('expands dynamic blocks whose items are known', () => {
    const group = (cidr: string): readonly string[] => foundIn('main.tf', `variable "rules" {\n  default = [{ port = 22, cidr = "${cidr}" }]\n}\nresource "aws_security_group" "s" {\n  description = "x"\n  dynamic "ingress" {\n    for_each = var.rules\n    iterator = rule\n    content {\n      from_port   = rule.value.port\n      to_port     = rule.value.port\n      protocol    = "tcp"\n      cidr_blocks = [rule.value.cidr]\n    }\n  }\n}\n`);
    assert.ok(reports(group('0.0.0.0/0'), 'network/open-ssh'));
    assert.ok(!reports(group('10.0.0.0/16'), 'network/open-ssh'));
  });

  it('judges each instance of what is repeated by its own values', () => {
    const database = (instances: string): readonly string[] => foundIn('main.tf', `resource "aws_db_instance" "d" {\n  for_each            = ${instances}\n  publicly_accessible = each.value.open\n}\n`);
    assert.ok(reports(database('{ a = { open = true }, b = { open = true } }'), 'network/public-database'));
    assert.ok(reports(database('{ a = { open = true }, b = { open = false } }'), 'network/public-database'), 'one of them is open');
    assert.ok(!reports(database('{ a = { open = false }, b = { open = null } }'), 'network/public-database'));
    assert.ok(!reports(database('var.instances'), 'network/public-database'), 'they are not known');
  });

  it('takes settings of the account for what all its resources do', () => {
    const disk = (account: string): boolean => reports(foundIn('main.tf', `resource "aws_ebs_volume" "d" {\n  size = 1\n}\n${account}`), 'storage/unencrypted-ebs');
    assert.ok(disk('') && disk('resource "aws_ebs_encryption_by_default" "a" {\n  enabled = false\n}\n'));
    assert.ok(!disk('resource "aws_ebs_encryption_by_default" "a" {\n  enabled = true\n}\n'));
    const bucket = (blocked: boolean): readonly string[] => foundIn('main.tf', `resource "aws_s3_bucket" "b" {}\nresource "aws_s3_account_public_access_block" "a" {\n  block_public_acls = ${blocked}\n}\n`);
    assert.ok(reports(bucket(false), 'network/bucket-allows-public-acls') && !reports(bucket(true), 'network/bucket-allows-public-acls'));
    assert.ok(reports(bucket(true), 'network/bucket-allows-public-policy'), 'the account says nothing of policies');
  });

  it('judges calls of well-known modules by what their inputs mean', () => {
    const call = (name: string, inputs: string): readonly string[] => foundIn('main.tf', `module "m" {\n  source = "terraform-aws-modules/${name}/aws"\n${inputs}\n}\n`);
    assert.ok(reports(call('security-group', '  ingress_rules       = ["ssh-tcp"]\n  ingress_cidr_blocks = ["0.0.0.0/0"]'), 'network/open-ssh'));
    assert.ok(!reports(call('security-group', '  ingress_rules       = ["ssh-tcp"]\n  ingress_cidr_blocks = ["10.0.0.0/8"]'), 'network/open-ssh'));
    assert.ok(reports(call('lambda', '  create_lambda_function_url = true'), 'auth/lambda-url-open'));
    assert.ok(!reports(call('lambda', '  function_name = "x"'), 'auth/lambda-url-open'), 'no URL is asked for');
    assert.ok(reports(call('vpc', '  enable_flow_log = false'), 'monitoring/vpc-without-flow-log'));
    assert.ok(!reports(call('vpc', '  enable_flow_log = var.logs'), 'monitoring/vpc-without-flow-log'));
    const listener = (more: string): string => `  listeners = {\n    web = {\n      port     = 80\n      protocol = "HTTP"\n      ${more}\n    }\n  }`;
    assert.ok(reports(call('alb', listener('forward = { target_group_key = "a" }')), 'transport/plaintext-listener'));
    assert.ok(!reports(call('alb', listener('redirect = { port = "443", protocol = "HTTPS" }')), 'transport/plaintext-listener'));
  });

  it('resolves the partition, which is the same in nearly all accounts', () => {
    const role = (policy: string): readonly string[] => foundIn('template.yaml', `Resources:\n  R:\n    Type: AWS::IAM::Role\n    Properties:\n      ManagedPolicyArns:\n        - !Sub arn:\${AWS::Partition}:iam::aws:policy/${policy}\n`);
    assert.ok(reports(role('AdministratorAccess'), 'iam/administrator-attached'));
    assert.ok(!reports(role('ReadOnlyAccess'), 'iam/administrator-attached'));
  });

  it('lowers the resources of a loop once', () => {
    const buckets = (acl: string): readonly string[] => foundIn('template.yaml', `Transform: AWS::LanguageExtensions\nResources:\n  Fn::ForEach::Buckets:\n    - Name\n    - [A, B]\n    - Bucket\${Name}:\n        Type: AWS::S3::Bucket\n        Properties:\n          AccessControl: ${acl}\n`);
    assert.equal(buckets('PublicRead').filter((one) => one.startsWith('network/public-bucket-acl ')).length, 1);
    assert.ok(!reports(buckets('Private'), 'network/public-bucket-acl'));
  });

  it('tells the kinds of file systems apart by their property', () => {
    const rule = 'monitoring/fsx-without-audit-log';
    const files = (kind: string, settings: string): readonly string[] => foundIn('template.yaml', `Resources:\n  F:\n    Type: AWS::FSx::FileSystem\n    Properties:\n      FileSystemType: ${kind}\n      SubnetIds: [a]\n${settings}`);
    assert.ok(reports(files('WINDOWS', '      WindowsConfiguration: {ThroughputCapacity: 8}\n'), rule));
    assert.ok(!reports(files('WINDOWS', '      WindowsConfiguration: {AuditLogConfiguration: {FileAccessAuditLogLevel: FAILURE_ONLY}}\n'), rule));
    assert.ok(!reports(files('LUSTRE', ''), rule), 'a matter of Windows');
    const volume = (options: string): readonly string[] => foundIn('template.yaml', `Resources:\n  V:\n    Type: AWS::FSx::Volume\n    Properties:\n      VolumeType: OPENZFS\n      OpenZFSConfiguration: {NfsExports: [{ClientConfigurations: [{Clients: 10.0.0.0/16, Options: [${options}]}]}]}\n`);
    assert.ok(reports(volume('no_root_squash'), 'iam/nfs-root-not-squashed') && !reports(volume('root_squash'), 'iam/nfs-root-not-squashed'));
  });

  it('reads rights of a cluster and policies that stand in a property', () => {
    const entry = (policy: string): readonly string[] => foundIn('template.yaml', `Resources:\n  E:\n    Type: AWS::EKS::AccessEntry\n    Properties:\n      AccessPolicies: [{PolicyArn: "arn:aws:eks::aws:cluster-access-policy/${policy}"}]\n`);
    assert.ok(reports(entry('AmazonEKSClusterAdminPolicy'), 'iam/eks-access-administrator') && !reports(entry('AmazonEKSViewPolicy'), 'iam/eks-access-administrator'));
    const set = (action: string): readonly string[] => foundIn('template.yaml', `Resources:\n  S:\n    Type: AWS::SSO::PermissionSet\n    Properties:\n      InlinePolicy: {Statement: [{Effect: Allow, Action: "${action}", Resource: "*"}]}\n`);
    assert.ok(reports(set('*'), 'iam/administrator-policy') && !reports(set('s3:ListAllMyBuckets'), 'iam/administrator-policy'));
  });

  it('does not judge trust whose conditions are not known', () => {
    const role = (condition: string): readonly string[] => foundIn('main.tf', `variable "host" {}\nresource "aws_iam_role" "r" {\n  assume_role_policy = jsonencode({\n    Statement = [{ Effect = "Allow", Action = "sts:AssumeRoleWithWebIdentity", Principal = { Federated = "arn:aws:iam::111122223333:oidc-provider/gitlab.com" }, Condition = { StringLike = { ${condition} } } }]\n  })\n}\n`);
    assert.ok(reports(role('"gitlab.com:aud" = "a"'), 'iam/federated-trust-any-customer'));
    assert.ok(!reports(role('"${var.host}:sub" = "project_path:acme/*"'), 'iam/federated-trust-any-customer'));
  });

  it('reads the policy of an event bus, which is a statement by itself', () => {
    const bus = (principal: string): readonly string[] => foundIn('template.yaml', `Resources:\n  P:\n    Type: AWS::Events::EventBusPolicy\n    Properties:\n      StatementId: a\n      Statement:\n        Effect: Allow\n        Principal: ${principal}\n        Action: events:PutEvents\n        Resource: arn:aws:events:eu-west-1:111122223333:event-bus/x\n`);
    assert.ok(reports(bus('"*"'), 'iam/public-resource-policy'));
    assert.ok(!reports(bus('{ AWS: "arn:aws:iam::111122223333:root" }'), 'iam/public-resource-policy'));
  });

  it('takes what names principals and assumes a role for a trust policy, wherever it stands', () => {
    const trust = (condition: string): readonly string[] => foundIn('main.tf', `data "aws_iam_policy_document" "d" {\n  statement {\n    actions = ["sts:AssumeRoleWithWebIdentity"]\n    principals {\n      type        = "Federated"\n      identifiers = ["arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"]\n    }\n${condition}  }\n}\n`);
    const subject = (value: string): string => `    condition {\n      test     = "StringLike"\n      variable = "token.actions.githubusercontent.com:sub"\n      values   = ["${value}"]\n    }\n`;
    assert.ok(reports(trust(''), 'iam/federated-trust-without-subject'));
    assert.ok(reports(trust(subject('repo:*')), 'iam/federated-trust-without-subject'), 'every repository meets it');
    assert.ok(!reports(trust(subject('repo:acme/app:*')), 'iam/federated-trust-without-subject'));
  });

  it('does not take a condition on the transport for one on who may', () => {
    const policy = (condition: string): readonly string[] => foundIn('template.yaml', `Resources:\n  P:\n    Type: AWS::SQS::QueuePolicy\n    Properties:\n      PolicyDocument:\n        Statement:\n          - {Effect: Allow, Principal: '*', Action: sqs:SendMessage, Resource: '*', Condition: ${condition}}\n`);
    assert.ok(reports(policy('{Bool: {"aws:SecureTransport": "true"}}'), 'iam/public-resource-policy'));
    assert.ok(!reports(policy('{ArnEquals: {"aws:SourceArn": "arn:aws:sns:eu-west-1:111122223333:t"}}'), 'iam/public-resource-policy'));
  });

  it('sees what the wildcard of an action covers', () => {
    const policy = (action: string): readonly string[] => foundIn('main.tf', `resource "aws_iam_policy" "p" {\n  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "${action}", Resource = "*" }] })\n}\n`);
    assert.ok(reports(policy('iam:Attach*'), 'iam/privilege-escalation'));
    assert.ok(!reports(policy('iam:List*'), 'iam/privilege-escalation'));
    assert.ok(reports(policy('s3:Get*'), 'iam/data-read-anywhere'));
    assert.ok(!reports(policy('s3:List*'), 'iam/data-read-anywhere'));
  });

  it('reads JSON in a block of YAML that holds references', () => {
    const network = (open: boolean): readonly string[] => foundIn('template.yaml', `Resources:\n  N:\n    Type: AWS::OpenSearchServerless::SecurityPolicy\n    Properties:\n      Type: network\n      Policy: !Sub |\n        [{"Rules": [{"Resource": ["collection/\${Stage}"]}],\n          "AllowFromPublic": ${open}}]\n`);
    assert.ok(reports(network(true), 'network/vector-store-public', 'true'));
    assert.ok(!reports(network(false), 'network/vector-store-public'));
  });

  it('judges the blocks of a list one by one', () => {
    const image = (...blocks: readonly string[]): readonly string[] => foundIn('main.tf', `resource "aws_ami" "a" {\n${blocks.map((one) => `  ebs_block_device {\n    ${one}\n  }\n`).join('')}}\n`);
    assert.ok(!reports(image('snapshot_id = "s"', 'encrypted = true'), 'storage/unencrypted-ami'));
    assert.ok(reports(image('snapshot_id = "s"', 'encrypted = false'), 'storage/unencrypted-ami', 'false'), 'the snapshot of one disk says nothing of the other');
    assert.ok(reports(image('snapshot_id = "s"', 'device_name = "b"'), 'storage/unencrypted-ami'));
  });

  it('reports a wrong value where only its absence is excused', () => {
    const database = (line: string): readonly string[] => foundIn('main.tf', `resource "aws_db_instance" "d" {\n  snapshot_identifier = "s"\n${line}}\n`);
    assert.ok(!reports(database(''), 'storage/unencrypted-rds'));
    assert.ok(reports(database('  storage_encrypted = False\n'), 'storage/unencrypted-rds', 'False'));
  });

  it('accepts any of several names for what has to be there', () => {
    const origin = (line: string): readonly string[] => foundIn('template.yaml', `Resources:\n  D:\n    Type: AWS::CloudFront::Distribution\n    Properties:\n      DistributionConfig:\n        Origins:\n          - Id: a\n            S3OriginConfig: {OriginAccessIdentity: ''}\n${line}`);
    assert.ok(!reports(origin('            OriginAccessControlId: !Ref Control\n'), 'network/cloudfront-s3-origin-open'));
    assert.ok(reports(origin(''), 'network/cloudfront-s3-origin-open'));
  });

  it('takes the bare name of another resource or parameter for a reference', () => {
    const network = (extra: string): readonly string[] => foundIn('template.yaml', `Resources:\n  Net:\n    Type: AWS::EC2::VPC\n    Properties: {CidrBlock: 10.0.0.0/16}\n${extra}`);
    assert.ok(reports(network(''), 'monitoring/vpc-without-flow-log'));
    assert.ok(!reports(network('  Flows:\n    Type: AWS::EC2::FlowLog\n    Properties: {ResourceId: Net, ResourceType: VPC, TrafficType: ALL}\n'), 'monitoring/vpc-without-flow-log'));
    const password = (parameter: string): readonly string[] => foundIn('template.yaml', `Parameters:\n  DatabasePassword: ${parameter}\nResources:\n  D:\n    Type: AWS::DocDB::DBCluster\n    Properties: {MasterUserPassword: DatabasePassword}\n`);
    assert.ok(reports(password('{Type: String, Default: "chart-pass-1"}'), 'secrets/secret-in-resource', 'chart-pass-1'));
    assert.ok(!reports(password('{Type: String, NoEcho: true}'), 'secrets/secret-in-resource'), 'the name is no secret');
  });

  it('leaves buckets that take the records of others without records of their own', () => {
    const bucket = (acl: string): readonly string[] => foundIn('main.tf', `resource "aws_s3_bucket" "b" {\n  bucket = "b"\n}\nresource "aws_s3_bucket_acl" "b" {\n  bucket = aws_s3_bucket.b.id\n  acl    = "${acl}"\n}\n`);
    assert.ok(reports(bucket('private'), 'monitoring/bucket-without-access-log'));
    assert.ok(!reports(bucket('log-delivery-write'), 'monitoring/bucket-without-access-log'));
  });

  it('joins what is made for each instance of a resource with that resource', () => {
    const rule = 'network/bucket-public-access-block-missing';
    const buckets = (more: string): readonly string[] => foundIn('main.tf', `resource "aws_s3_bucket" "b" {\n  for_each = toset(["a", "b"])\n  bucket   = each.key\n}\n${more}`);
    assert.ok(reports(buckets(''), rule));
    assert.ok(!reports(buckets('resource "aws_s3_bucket_public_access_block" "b" {\n  for_each          = aws_s3_bucket.b\n  bucket            = each.value.id\n  block_public_acls = true\n}\n'), rule));
  });

  it('knows keys that AWS manages behind the data source that looks them up', () => {
    const topic = (alias: string): readonly string[] => foundIn('main.tf', `data "aws_kms_key" "k" {\n  key_id = "${alias}"\n}\nresource "aws_sns_topic" "t" {\n  kms_master_key_id = data.aws_kms_key.k.arn\n}\n`).filter((one) => one.startsWith('storage/'));
    assert.notDeepEqual(topic('alias/aws/sns'), []);
    assert.deepEqual(topic('alias/topics'), []);
  });

  it('knows who may call the routes of functions on an API that the template does not name', () => {
    const route = (more: string, globals = ''): readonly string[] => foundIn('template.yaml', `Transform: AWS::Serverless-2016-10-31\n${globals}Resources:\n  F:\n    Type: AWS::Serverless::Function\n    Properties:\n      Handler: a.h\n      Events:\n        Ask: {Type: HttpApi, Properties: {Path: /ask, Method: post${more}}}\n`);
    assert.ok(reports(route(''), 'auth/sam-event-open', 'HttpApi'));
    assert.ok(!reports(route(', Auth: {Authorizer: Jwt}'), 'auth/sam-event-open'));
    assert.ok(!reports(route(', ApiId: !Ref Api'), 'auth/sam-event-open'), 'the API is judged where it stands');
    assert.ok(!reports(route('', 'Globals:\n  HttpApi:\n    Auth: {DefaultAuthorizer: Jwt}\n'), 'auth/sam-event-open'));
  });

  it('reads statements of a serverless API, and policies that Terraform fills in', () => {
    const api = (principal: string): readonly string[] => foundIn('template.yaml', `Transform: AWS::Serverless-2016-10-31\nResources:\n  A:\n    Type: AWS::Serverless::Api\n    Properties:\n      StageName: p\n      Auth:\n        ResourcePolicy:\n          CustomStatements: [{Effect: Allow, Principal: ${principal}, Action: 'execute-api:Invoke', Resource: '*'}]\n`);
    assert.ok(reports(api("'*'"), 'iam/public-resource-policy'));
    assert.ok(!reports(api("{AWS: 'arn:aws:iam::111122223333:root'}"), 'iam/public-resource-policy'));
    assert.ok(reports(foundIn('policy.json.tftpl', '{"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}, {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::${bucket}/*"}]}'), 'iam/administrator-policy'));
  });

  it('finds the companion that an interpolated name refers to', () => {
    const stage = (association: string): readonly string[] => foundIn('template.yaml', `Resources:\n  Stage:\n    Type: AWS::EKS::Cluster\n    Properties: {}\n  Firewall:\n    Type: AWS::NetworkFirewall::Firewall\n    Properties:\n      FirewallName: x\n${association}`);
    const logs = '  Logs:\n    Type: AWS::NetworkFirewall::LoggingConfiguration\n    Properties:\n      FirewallArn: !Sub "arn:aws:network-firewall:x:firewall/${Firewall}"\n';
    assert.ok(reports(stage(''), 'monitoring/firewall-without-log'));
    assert.ok(!reports(stage(logs), 'monitoring/firewall-without-log'));
  });

  it('reads functions of the Serverless Framework in a map or a list, and what their URLs mean', () => {
    const service = (functions: string): readonly string[] => foundIn('serverless.yml', `service: x\nprovider:\n  name: aws\nfunctions:\n${functions}`);
    assert.ok(reports(service('  ask:\n    handler: a.b\n    url: true\n'), 'auth/lambda-url-open'));
    assert.ok(!reports(service('  ask:\n    handler: a.b\n    url:\n      authorizer: aws_iam\n'), 'auth/lambda-url-open'));
    assert.ok(reports(service('  - ask:\n      handler: a.b\n      runtime: python3.7\n'), 'workload/lambda-old-runtime', 'python3.7'));
  });

  it('does not miss settings in a task that takes something away', () => {
    const task = (state: string): readonly string[] => foundIn('playbook.yml', `- hosts: localhost\n  tasks:\n    - amazon.aws.rds_instance:\n        id: x\n        state: ${state}\n`);
    assert.ok(reports(task('present'), 'storage/unencrypted-rds'));
    assert.ok(!reports(task('absent'), 'storage/unencrypted-rds'));
  });

  it('reads inventories in both forms', () => {
    const controller = 'network/ansible-controller-public';
    assert.ok(reports(foundIn('hosts.ini', '[tower]\nctl ansible_host=52.3.4.5\n'), controller, '52.3.4.5'));
    assert.ok(!reports(foundIn('hosts.ini', '[tower]\nctl ansible_host=10.3.4.5\n[web]\n52.3.4.6\n'), controller));
    assert.ok(reports(foundIn('inventory.yml', 'all:\n  children:\n    automationcontroller:\n      hosts:\n        52.3.4.5:\n'), controller, '52.3.4.5'));
    assert.deepEqual(foundIn('settings.ini', '[web]\nansible=1\n52.3.4.5\n').filter((one) => one.startsWith('network/')), [], 'not every INI file is an inventory');
  });
});
