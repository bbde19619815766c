import { narrowingFixes } from '../../server/rule/actions.ts';
import { truth, type PolicyStatement, type PolicyString } from '../../server/rule/queries.ts';
import type { Report } from '../../server/rule/rule.ts';
import { families } from '../_families.ts';
import { allows, each, policy, statementRules, unconditional, type StatementRow } from './_statements.ts';

const anywhere = (statement: PolicyStatement): boolean => statement.resources.some((resource) => resource.value === '*');
const serviceOf = (action: PolicyString): string => action.value.split(':')[0]!.toLowerCase();
const wildService = (action: PolicyString): boolean => /^[\w-]+:\*$/.test(action.value);

/** A policy of a queue, a bucket or the like: every resource is that one. */
const isOfResource = ({ owner }: PolicyStatement): boolean => /^aws_(?:sqs_queue|sns_topic|s3_bucket|ecr_repository|ecrpublic_repository|secretsmanager_secret|efs_file_system|backup_vault|glacier_vault|media_store_container)(?:_policy)?$/.test(owner?.type ?? '');

/** Calls by which an identity gives itself more rights than it has. */
const escalations: Readonly<Record<string, string>> = {
  'iam:createpolicyversion': 'replace a policy that it has', 'iam:setdefaultpolicyversion': 'switch to another version of a policy', 'iam:attachuserpolicy': 'attach any policy to a user', 'iam:attachgrouppolicy': 'attach any policy to a group',
  'iam:attachrolepolicy': 'attach any policy to a role', 'iam:putuserpolicy': 'write a policy into a user', 'iam:putgrouppolicy': 'write a policy into a group', 'iam:putrolepolicy': 'write a policy into a role', 'iam:updateassumerolepolicy': 'let itself assume any role',
  'iam:addusertogroup': 'join any group', 'iam:createaccesskey': 'make keys of any user', 'iam:createloginprofile': 'set the password of any user', 'iam:updateloginprofile': 'change the password of any user',
};
const widening = Object.keys(escalations);
/** Actions that read or change data widely; alone with `*` as resource they are reported as such. */
const readsEverything = ['s3:getobject', 'dynamodb:getitem', 'dynamodb:scan', 'dynamodb:query', 'dynamodb:batchgetitem', 'secretsmanager:getsecretvalue', 'ssm:getparameter', 'ssm:getparameters', 'ssm:getparametersbypath', 'kms:decrypt', 'rds-data:executestatement', 'rds-data:batchexecutestatement', 'redshift-data:executestatement', 'redshift-data:batchexecutestatement', 'redshift-data:getstatementresult'];

/** True when an action, or one that its wildcard stands for, is one of these. A wildcard for a whole service is reported as such. */
function covers(action: PolicyString, names: readonly string[]): string | undefined {
  const own = action.value.toLowerCase();
  if (!/[*?]/.test(own)) return names.find((name) => name === own);
  if (own.includes(':*') || !own.includes(':')) return undefined;
  const pattern = new RegExp(`^${own.replace(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*').replaceAll('?', '.')}$`);
  return names.find((name) => pattern.test(name));
}

/** Actions on the protection of a bucket. */
const protection = /^s3:(?:(?:Put|Delete)BucketPolicy|Put(?:Bucket|Object)Acl|PutEncryptionConfiguration|PutBucketPublicAccessBlock)$/i;

/** Reports wildcards in actions, with fixes that narrow them. */
function wild(statement: PolicyStatement, accept: (action: PolicyString) => boolean, message: (action: PolicyString) => string): Report[] {
  return statement.actions.filter(accept).map((action) => ({ at: action.origin, message: message(action), fixes: narrowingFixes(action, statement) }));
}

const rows: readonly StatementRow[] = [
  {
    id: 'iam/administrator-policy', title: 'Policy that allows everything', severity: 'critical',
    what: 'Reports statements that allow every action on every resource.',
    judge: (statement) => (allows(statement) && statement.kind !== 'trust' && statement.principals.length === 0 && anywhere(statement) && !isOfResource(statement) ? wild(statement, (action) => action.value === '*' || action.value === '*:*', () => `${policy(statement)} allows every action on every resource.`) : []),
    bad: ['Action   = "*"', '            ^', 'Resource = "*"'], good: ['Action   = "s3:GetObject"', 'Resource = "arn:aws:s3:::training-data/*"'],
    fixed: ['Action   = "s3:GetObject"', 'Resource = "*"'],
  },
  {
    id: 'iam/wildcard-action', title: 'Policy that allows all actions', severity: 'high',
    what: 'Reports statements that allow `*` as action on certain resources.',
    judge: (statement) => (allows(statement) && statement.kind !== 'trust' && (!anywhere(statement) || statement.principals.length > 0 || isOfResource(statement)) ? wild(statement, (action) => action.value === '*' || action.value === '*:*', () => `${policy(statement)} allows every action.`) : []),
    bad: ['Action   = "*"', '            ^', 'Resource = "arn:aws:s3:::training-data"'], good: ['Action   = "s3:GetObject"', 'Resource = "arn:aws:s3:::training-data/*"'],
    fixed: ['Action   = "s3:GetObject"', 'Resource = "arn:aws:s3:::training-data"'],
  },
  {
    id: 'iam/wildcard-service-action', title: 'Policy that allows all actions of a service', severity: 'medium',
    what: 'Reports statements that allow every action of a service, such as `s3:*`.',
    judge: (statement) => (allows(statement) && statement.principals.length === 0 ? wild(statement, wildService, (action) => `${policy(statement)} allows every action of ${serviceOf(action)}.`) : []),
    bad: ['Action   = ["s3:*"]', '             ^^^^', 'Resource = "arn:aws:s3:::training-data/*"'], good: ['Action   = ["s3:GetObject"]', 'Resource = "arn:aws:s3:::training-data/*"'],
    fixed: ['Action   = ["s3:GetObject"]', 'Resource = "arn:aws:s3:::training-data/*"'],
  },
  {
    id: 'iam/resource-policy-wildcard-action', title: 'Resource policy that allows all actions', severity: 'high',
    what: 'Reports policies of buckets, queues, keys and repositories that allow every action of their service.',
    judge: (statement) => (allows(statement) && statement.principals.length > 0 && statement.kind === 'resource' && statement.owner?.type !== 'aws_kms_key' && !statement.actions.every((action) => /^kms:/i.test(action.value)) ? wild(statement, wildService, (action) => `${policy(statement)} allows every action of ${serviceOf(action)}.`) : []),
    resource: true,
    bad: ['Action    = "s3:*"', '             ^^^^', 'Principal = { AWS = "arn:aws:iam::111122223333:role/trainer" }', 'Resource  = "arn:aws:s3:::training-data"'], good: ['Action    = "s3:GetObject"', 'Principal = { AWS = "arn:aws:iam::111122223333:role/trainer" }', 'Resource  = "arn:aws:s3:::training-data/*"'],
    fixed: ['Action    = "s3:GetObject"', 'Principal = { AWS = "arn:aws:iam::111122223333:role/trainer" }', 'Resource  = "arn:aws:s3:::training-data"'],
  },
  {
    id: 'transport/policy-allows-plaintext', title: 'Policy that allows requests without TLS', severity: 'medium', references: families.transit.references, why: families.transit.why,
    what: 'Reports statements that allow something on the condition that no TLS is used (`aws:SecureTransport` is false). Meant is a statement that denies it.', noFix: 'Whether the statement should deny, or the condition be turned over, has to be decided.',
    whenNotToUse: 'Never.',
    judge: (statement) => (allows(statement) ? statement.conditions.filter((one) => /^aws:SecureTransport$/i.test(one.key) && /^Bool/i.test(one.operator)).flatMap((one) => one.values).filter((value) => truth(value) === false).map((value) => ({ at: value.at, message: `${policy(statement)} allows requests without TLS.` })) : []),
    resource: true,
    bad: ['Action    = "s3:GetObject"', 'Principal = { AWS = "arn:aws:iam::111122223333:role/trainer" }', 'Resource  = "arn:aws:s3:::training-data/*"', 'Condition = { Bool = { "aws:SecureTransport" = "false" } }', '                                                ^^^^^'],
    good: ['Action    = "s3:GetObject"', 'Principal = { AWS = "arn:aws:iam::111122223333:role/trainer" }', 'Resource  = "arn:aws:s3:::training-data/*"', 'Condition = { Bool = { "aws:SecureTransport" = "true" } }'],
  },
  {
    id: 'iam/wildcard-resource', title: 'Policy that allows changes to every resource', severity: 'low',
    what: 'Reports statements that allow writing actions on `*`.', noFix: 'The resources that are needed have to be listed.',
    whenNotToUse: 'For actions that know no resources.',
    judge: (statement) => (allows(statement) && statement.kind !== 'trust' && statement.principals.length === 0 && statement.conditions.length === 0 && !statement.actions.some((action) => action.value === '*')
      && statement.actions.some((action) => /:(?:\*|Put|Delete|Create|Update|Write|Attach|Modify|Terminate|Run|Start|Stop|Invoke|Send|Publish)/.test(action.value) && !/^(?:logs|xray|cloudwatch|ec2messages|ssmmessages|ec2):/.test(action.value))
      ? each(statement.resources, (resource) => resource.value === '*', () => `${policy(statement)} allows changes to every resource.`) : []),
    bad: ['Action   = ["sagemaker:CreateTrainingJob"]', 'Resource = "*"', '            ^'], good: ['Action   = ["sagemaker:CreateTrainingJob"]', 'Resource = "arn:aws:sagemaker:eu-west-1:111122223333:training-job/triage-*"'],
  },
  {
    id: 'iam/data-read-anywhere', title: 'Policy that reads all data of an account', severity: 'medium',
    what: 'Reports statements that allow reading objects, items or secrets of every resource.', noFix: 'The buckets, tables or secrets that are needed have to be listed.',
    judge: (statement) => (allows(statement) && statement.principals.length === 0 && anywhere(statement) && statement.conditions.length === 0 ? each(statement.actions, (action) => covers(action, readsEverything) !== undefined, (action) => `${policy(statement)} allows ${action.value} on every resource.`) : []),
    bad: ['Action   = ["secretsmanager:GetSecretValue"]', '             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^', 'Resource = "*"'], good: ['Action   = ["secretsmanager:GetSecretValue"]', 'Resource = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:triage-*"'],
  },
  {
    id: 'iam/pass-any-role', title: 'Policy that passes any role to a service', severity: 'high',
    what: 'Reports `iam:PassRole` on every role.', why: 'Whoever may pass any role and start a notebook, a training job or a function acts with the rights of the most powerful role of the account.', noFix: 'The roles that are passed have to be listed.',
    judge: (statement) => (allows(statement) && statement.conditions.length === 0 && anywhere(statement) ? each(statement.actions, (action) => /^iam:(?:PassRole|Pass\*)$/i.test(action.value), () => `${policy(statement)} may pass any role to a service.`) : []),
    bad: ['Action   = ["iam:PassRole", "sagemaker:CreateNotebookInstance"]', '             ^^^^^^^^^^^^', 'Resource = "*"'], good: ['Action   = ["iam:PassRole"]', 'Resource = "arn:aws:iam::111122223333:role/sagemaker-triage"'],
  },
  {
    id: 'iam/privilege-escalation', title: 'Policy by which an identity can widen its own rights', severity: 'high',
    what: 'Reports actions that change policies, roles, users or keys, on every resource.', noFix: 'The identities that may be changed have to be listed, or a permissions boundary demanded.',
    judge: (statement) => (allows(statement) && anywhere(statement) && statement.conditions.length === 0 ? each(statement.actions, (action) => covers(action, widening) !== undefined, (action) => `${policy(statement)} allows ${action.value}, by which its holder can ${escalations[covers(action, widening)!]}.`) : []),
    bad: ['Action   = ["iam:AttachRolePolicy"]', '             ^^^^^^^^^^^^^^^^^^^^', 'Resource = "*"'], good: ['Action   = ["iam:GetRole"]', 'Resource = "*"'],
  },
  {
    id: 'iam/assume-any-role', title: 'Policy that assumes any role', severity: 'high',
    what: 'Reports `sts:AssumeRole` on every role.', noFix: 'The roles that are needed have to be listed.',
    judge: (statement) => (allows(statement) && statement.kind !== 'trust' && statement.principals.length === 0 && statement.conditions.length === 0 && anywhere(statement) ? each(statement.actions, (action) => /^sts:(?:AssumeRole|\*)$/i.test(action.value), () => `${policy(statement)} may assume any role.`) : []),
    bad: ['Action   = "sts:AssumeRole"', '            ^^^^^^^^^^^^^^', 'Resource = "*"'], good: ['Action   = "sts:AssumeRole"', 'Resource = "arn:aws:iam::111122223333:role/reader"'],
  },
  {
    id: 'iam/not-action', title: 'Policy that allows all but some actions', severity: 'medium',
    what: 'Reports `NotAction` with `Allow`.', why: 'Every action that the provider adds in future is allowed as well.', noFix: 'The actions that are needed have to be listed.',
    judge: (statement) => (allows(statement) && statement.kind !== 'service-control' && statement.notActions[0] ? [{ at: statement.notActions[0].origin, message: `${policy(statement)} allows every action but ${statement.notActions.length === 1 ? 'one' : 'some'}.` }] : []),
    bad: ['NotAction = ["iam:*"]', '              ^^^^^', 'Resource  = "*"'], good: ['Action    = ["s3:GetObject"]', 'Resource  = "arn:aws:s3:::training-data/*"'],
  },
  {
    id: 'iam/not-resource', title: 'Policy for all but some resources', severity: 'medium',
    what: 'Reports `NotResource` with `Allow`.', why: 'Everything that is made in future is covered as well.', noFix: 'The resources that are needed have to be listed.',
    judge: (statement) => (allows(statement) && statement.kind !== 'service-control' && statement.notResources[0] ? [{ at: statement.notResources[0].origin, message: `${policy(statement)} covers every resource but ${statement.notResources.length === 1 ? 'one' : 'some'}.` }] : []),
    bad: ['Action      = ["s3:GetObject"]', 'NotResource = "arn:aws:s3:::secrets/*"', '               ^^^^^^^^^^^^^^^^^^^^^^'], good: ['Action   = ["s3:GetObject"]', 'Resource = "arn:aws:s3:::training-data/*"'],
  },
  {
    id: 'iam/not-principal', title: 'Policy that allows all but some principals', severity: 'high', resource: true,
    what: 'Reports `NotPrincipal` with `Allow`.', noFix: 'The principals that are meant have to be listed.',
    judge: (statement) => (allows(statement) && statement.notPrincipals[0] ? [{ at: statement.notPrincipals[0].origin, message: `${policy(statement)} allows everybody but those who are named.` }] : []),
    bad: ['Action       = "s3:GetObject"', 'NotPrincipal = { AWS = "arn:aws:iam::111122223333:root" }', '                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^', 'Resource     = "arn:aws:s3:::training-data/*"'], good: ['Action       = "s3:GetObject"', 'Principal    = { AWS = "arn:aws:iam::111122223333:root" }', 'Resource     = "arn:aws:s3:::training-data/*"'],
  },
  {
    id: 'iam/public-resource-policy', title: 'Resource policy that allows everybody', severity: 'high', resource: true, narrowed: true,
    what: 'Reports policies of queues, topics, keys, functions, repositories and others that allow `*` without a condition; what buckets allow everybody has rules of its own.', noFix: 'The principals that are meant have to be named.',
    judge: (statement) => (allows(statement) && statement.kind !== 'trust' && unconditional(statement) && !statement.actions.some((action) => /^s3:(?:Delete|Put|Get|List|Restore|\*)/i.test(action.value)) ? each(statement.principals, (principal) => principal.value === '*' && principal.type !== 'Service', () => `${policy(statement)} allows everybody.`) : []),
    bad: ['Action    = "sqs:SendMessage"', 'Principal = "*"', '             ^', 'Resource  = "arn:aws:sqs:eu-central-1:111122223333:jobs"'], good: ['Action    = "s3:GetObject"', 'Principal = { AWS = "arn:aws:iam::111122223333:role/trainer" }', 'Resource  = "arn:aws:s3:::training-data/*"'],
  },
  {
    id: 'iam/bucket-protection-granted', title: 'Bucket policy by which others change its protection', severity: 'low', resource: true,
    what: 'Reports bucket policies that let an account or role change the policy, the ACLs, the encryption or the public access block of the bucket.', why: 'Who may write the policy may give itself, and everybody else, all the rest.', noFix: 'The actions that are needed have to be listed.', whenNotToUse: 'For the role that manages the bucket in the same account.',
    judge: (statement) => (allows(statement) && /^aws_s3_bucket(?:_policy)?$/.test(statement.owner?.type ?? '') && unconditional(statement) && statement.principals.some((one) => one.type !== 'Service' && /^arn:|^\d{12}$/.test(one.value))
      ? each(statement.actions, (action) => protection.test(action.value), (action) => `${policy(statement)} lets others call ${action.value}.`) : []),
    bad: ['Action    = "s3:PutBucketPolicy"', '             ^^^^^^^^^^^^^^^^^^', 'Principal = { AWS = "arn:aws:iam::111122223333:root" }', 'Resource  = "arn:aws:s3:::training-data"'], good: ['Action    = "s3:GetObject"', 'Principal = { AWS = "arn:aws:iam::111122223333:root" }', 'Resource  = "arn:aws:s3:::training-data/*"'],
  },
  {
    id: 'iam/vpc-endpoint-full-access', title: 'VPC endpoint that lets everything through', severity: 'low', endpoint: true,
    what: 'Reports policies of VPC endpoints that allow every action on every resource to everybody, which is what holds without a policy.', why: 'Whoever gets into the network carries data away to buckets and queues of other accounts, past every firewall.', noFix: 'The actions and resources that are needed have to be listed.', whenNotToUse: 'For endpoints that work has to reach in any account.',
    judge: (statement) => (statement.effect === 'allow' && statement.owner?.type === 'aws_vpc_endpoint' && unconditional(statement) && anywhere(statement) && statement.principals.some((one) => one.value === '*') ? each(statement.actions, (action) => action.value === '*', () => `VPC endpoint "${statement.owner!.name}" lets every request through.`) : []),
    bad: ['Action    = "*"', '             ^', 'Principal = "*"', 'Resource  = "*"'], good: ['Action    = "s3:GetObject"', 'Principal = "*"', 'Resource  = "arn:aws:s3:::training-data/*"'],
  },
];

export default statementRules(rows);
