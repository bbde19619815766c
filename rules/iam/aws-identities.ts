import { lookIn, scalar, type PolicyStatement, type Resource, type RuleId, type Severity, type Value } from '../../server/rule/queries.ts';
import { defineRule, type ResourceContext, type Rule } from '../../server/rule/rule.ts';
import { families } from '../_families.ts';
import { mapOfResource, objectRule, textAt, textsAt } from '../_kubernetes.ts';

const { privilege, machineIdentity } = families;

/** Ways in which an identity widens its own rights: all the actions are needed. Source: published research on IAM privilege escalation. */
const paths: readonly (readonly string[])[] = [
  ['iam:createpolicyversion'], ['iam:setdefaultpolicyversion'], ['iam:createaccesskey'], ['iam:createloginprofile'], ['iam:updateloginprofile'], ['iam:attachuserpolicy'], ['iam:attachgrouppolicy'], ['iam:attachrolepolicy'], ['iam:putuserpolicy'], ['iam:putgrouppolicy'], ['iam:putrolepolicy'], ['iam:addusertogroup'],
  ['iam:updateassumerolepolicy'], ['iam:deactivatemfadevice'], ['lambda:updatefunctioncode'], ['lambda:updatefunctionconfiguration'], ['glue:updatedevendpoint'], ['ssm:sendcommand'], ['ssm:startsession'], ['sagemaker:createpresignednotebookinstanceurl'], ['sagemaker:createpresigneddomainurl'], ['codebuild:startbuild', 'codebuild:updateproject'],
  ['iam:passrole', 'ec2:runinstances'], ['iam:passrole', 'lambda:createfunction'], ['iam:passrole', 'glue:createdevendpoint'], ['iam:passrole', 'glue:createjob'], ['iam:passrole', 'cloudformation:createstack'], ['iam:passrole', 'datapipeline:createpipeline'], ['iam:passrole', 'sagemaker:createnotebookinstance'], ['iam:passrole', 'sagemaker:createtrainingjob'], ['iam:passrole', 'sagemaker:createprocessingjob'],
  ['iam:passrole', 'ecs:runtask'], ['iam:passrole', 'ecs:registertaskdefinition'], ['iam:passrole', 'codebuild:createproject'], ['iam:passrole', 'codestar:createproject'], ['iam:passrole', 'autoscaling:createlaunchconfiguration'], ['iam:passrole', 'bedrock-agentcore:createcodeinterpreter'], ['iam:passrole', 'bedrock:createagent'], ['iam:passrole', 'batch:submitjob'], ['iam:passrole', 'states:createstatemachine'],
];

const identities = ['aws_iam_role', 'aws_iam_user', 'aws_iam_group'];

/** Statements that an identity has: its own, those of policies that name it, and those of policies that are attached to it. */
function statementsOf(identity: Resource, context: ResourceContext): readonly PolicyStatement[] {
  const owners = new Set<string>([identity.address]);
  for (const value of lookIn(mapOfResource(identity), 'managed_policy_arns').values.flatMap((one) => (one.kind === 'list' ? one.items : [one]))) if (value.kind === 'reference') owners.add(value.target);
  for (const companion of identity.companions) {
    if (/^aws_iam_(?:role|user|group)_policy$/.test(companion.type) || companion.type === 'aws_iam_policy') owners.add(companion.address);
    if (/_policy_attachment$/.test(companion.type)) {
      const policy = companion.attributes.get('policy_arn')?.value;
      if (policy?.kind === 'reference') owners.add(policy.target);
    }
  }
  const documents = new Set([...owners].flatMap((address) => {
    const value = context.unit.byAddress.get(address)?.attributes.get('policy')?.value;
    return value?.kind === 'reference' ? [value.target] : [];
  }));
  return context.statements.filter((statement) => statement.effect === 'allow' && statement.kind !== 'trust' && statement.owner !== undefined && (owners.has(statement.owner.address) || documents.has(statement.owner.address)) && statement.conditions.length === 0 && statement.resources.some((resource) => resource.value === '*' || /:(?:role|user|group|policy)\/\*$|:\*$/.test(resource.value)));
}

/** What lists attached policies, in Terraform, CloudFormation and Ansible. */
const attached = ['policy_arn', 'managed_policy_arns', 'managed_policy_arn', 'policies', 'managed_policies', 'managed_policy'];
const attachments = ['aws_iam_role_policy_attachment', 'aws_iam_user_policy_attachment', 'aws_iam_group_policy_attachment', 'aws_iam_policy_attachment', 'aws_iam_role', 'aws_iam_user', 'aws_iam_group', 'aws_ssoadmin_managed_policy_attachment', 'aws_lambda_function', 'aws_identitystore_group'];

interface BucketRow {
  readonly id: RuleId;
  readonly title: string;
  readonly action: RegExp;
  readonly problem: string;
  readonly severity: Severity;
  readonly sample: string;
}

const bucketRows: readonly BucketRow[] = [
  { id: 'iam/public-bucket-delete', title: 'Bucket from which everybody may delete', action: /^(?:s3:)?Delete/i, problem: 'delete from', severity: 'critical', sample: 's3:DeleteObject' },
  { id: 'iam/public-bucket-write', title: 'Bucket to which everybody may write', action: /^(?:s3:)?Put/i, problem: 'write to', severity: 'critical', sample: 's3:PutObject' },
  { id: 'iam/public-bucket-read', title: 'Bucket from which everybody may read', action: /^(?:s3:)?Get/i, problem: 'read from', severity: 'high', sample: 's3:GetObject' },
  { id: 'iam/public-bucket-list', title: 'Bucket that everybody may list', action: /^(?:s3:)?List/i, problem: 'list', severity: 'medium', sample: 's3:ListBucket' },
  { id: 'iam/public-bucket-restore', title: 'Bucket in which everybody may restore', action: /^(?:s3:)?Restore/i, problem: 'restore objects in', severity: 'high', sample: 's3:RestoreObject' },
  { id: 'iam/public-bucket-all', title: 'Bucket with which everybody may do everything', action: /^(?:s3:)?\*$/, problem: 'do everything with', severity: 'critical', sample: 's3:*' },
];
/** Conditions that keep strangers out; a range of addresses alone is a weak one. */
const limiting = /^(?:aws:Principal|aws:Source(?:Vpc|Vpce|Account|Arn|Owner|OrgID)|s3:(?:DataAccessPoint|x-amz-))/i;

const bucketSample = (action: string, mark: string): string => `resource "aws_s3_bucket_policy" "data" {\n  policy = jsonencode({\n    Statement = [{\n      Effect    = "Allow"\n      Action    = "${action}"\n${mark}      Principal = "*"\n      Resource  = "*"\n    }]\n  })\n}\n`;

export default [
  objectRule({
    id: 'iam/identity-can-escalate', title: 'Identity that can widen its own rights', severity: 'medium', confidence: 'medium', types: identities, file: 'main.tf', references: privilege.references, why: 'Rights from several policies add up: who may pass a role and start something with it has the rights of that role.', what: 'Reports roles, users and groups whose policies together allow one of the known ways to more rights, such as `iam:PassRole` with `sagemaker:CreateNotebookInstance`.', whenNotToUse: 'For identities of administrators.', noFix: 'The roles and resources that are meant have to be named.',
    check: (resource, tell, context) => {
      const own = statementsOf(resource, context);
      if (own.length === 0) return;
      const actions = new Map(own.flatMap((statement) => statement.actions.map((action) => [action.value.toLowerCase(), action.value] as const)));
      const path = paths.find((one) => one.every((action) => actions.has(action)));
      if (path) tell(undefined, `"${resource.name}" can widen its own rights by ${path.map((action) => actions.get(action)).join(' and ')}.`);
    },
    bad: 'resource "aws_iam_role" "trainer" {\n                         ^^^^^^^\n  name = "trainer"\n}\n\nresource "aws_iam_role_policy" "trainer" {\n  role   = aws_iam_role.trainer.name\n  policy = jsonencode({\n    Statement = [{\n      Effect   = "Allow"\n      Action   = ["iam:PassRole", "sagemaker:CreateNotebookInstance"]\n      Resource = "*"\n    }]\n  })\n}\n', good: 'resource "aws_iam_role" "trainer" {\n  name = "trainer"\n}\n',
  }),
  objectRule({
    id: 'iam/administrator-attached', title: 'Administrator policy attached', severity: 'high', types: attachments, file: 'main.tf', references: privilege.references, why: privilege.why, whenNotToUse: 'For identities of administrators.', what: 'Reports attachments of `AdministratorAccess`.', noFix: 'A narrower policy has to be chosen.',
    check: (resource, tell) => { for (const path of attached) for (const value of textsAt(mapOfResource(resource), path)) if (/(?:^|\/)AdministratorAccess$/.test(value.value)) tell(value, `"${resource.name}" gives all rights in the account.`); },
    bad: 'resource "aws_iam_role_policy_attachment" "ci" {\n  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"\n                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n}\n', good: 'resource "aws_iam_role_policy_attachment" "ci" {\n  policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"\n}\n',
  }),
  objectRule({
    id: 'iam/power-user-attached', title: 'Broad managed policy attached', severity: 'low', types: attachments, file: 'main.tf', references: privilege.references, why: privilege.why, whenNotToUse: 'For identities of administrators.', what: 'Reports attachments of `PowerUserAccess`, `IAMFullAccess` and full-access policies of data and AI services.', noFix: 'A narrower policy has to be chosen.',
    check: (resource, tell) => { for (const path of attached) for (const value of textsAt(mapOfResource(resource), path)) if (/(?:^|\/)(?:PowerUserAccess|\w*FullAccess(?:_?[vV]\d)?|SecretsManagerReadWrite)$/.test(value.value)) tell(value, `"${resource.name}" gives broad rights by ${value.value.slice(value.value.lastIndexOf('/') + 1)}.`); },
    bad: 'resource "aws_iam_role_policy_attachment" "ci" {\n  policy_arn = "arn:aws:iam::aws:policy/AmazonSageMakerFullAccess"\n                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n}\n', good: 'resource "aws_iam_role_policy_attachment" "ci" {\n  policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"\n}\n',
  }),
  ...bucketRows.map((row): Rule => defineRule({
    id: row.id, title: row.title, severity: row.severity, confidence: 'high', references: families.public.references, what: `Reports statements that let everybody ${row.problem} a bucket, also where only addresses are limited.`, why: families.public.why, whenNotToUse: 'For buckets that are public on purpose.', noFix: 'The principals that are meant have to be named.',
    checks: [{
      on: 'statement',
      check: (statement, context) => {
        if (statement.effect !== 'allow' || statement.kind === 'trust' || statement.owner?.type === 'aws_vpc_endpoint' || !statement.principals.some((one) => one.value === '*') || statement.conditions.some((one) => limiting.test(one.key) || one.key === '')) return;
        const s3 = /^aws_s3|s3/.test(statement.owner?.type ?? '') || statement.actions.some((action) => /^s3:/i.test(action.value));
        if (!s3) return;
        const action = statement.actions.find((one) => row.action.test(one.value));
        if (action) context.report({ at: action.origin, message: `Policy of ${statement.owner ? `"${statement.owner.name}"` : 'a bucket'} lets everybody ${row.problem} it.` });
      },
    }],
    examples: [{ file: 'main.tf', bad: bucketSample(row.sample, `${' '.repeat(19)}${'^'.repeat(row.sample.length)}\n`), good: bucketSample(row.sample, '').replace('Principal = "*"', 'Principal = { AWS = "arn:aws:iam::111122223333:role/trainer" }') }],
  })),
  objectRule({
    id: 'iam/too-many-access-keys', title: 'User with several access keys', severity: 'low', types: ['aws_iam_user'], file: 'main.tf', references: machineIdentity.references, why: machineIdentity.why, what: 'Reports users that have more than one access key.',
    check: (resource, tell) => { const keys = resource.companions.filter((one) => one.type === 'aws_iam_access_key'); for (const key of keys.slice(1)) tell({ kind: 'null', origin: key.header, at: key.header }, `User "${resource.name}" has ${keys.length} access keys.`); },
    bad: 'resource "aws_iam_user" "ci" {\n  name = "ci"\n}\nresource "aws_iam_access_key" "one" {\n  user = aws_iam_user.ci.name\n}\nresource "aws_iam_access_key" "two" {\n                               ^^^\n  user = aws_iam_user.ci.name\n}\n', good: 'resource "aws_iam_user" "ci" {\n  name = "ci"\n}\n',
  }),
  objectRule({
    id: 'iam/any-image-owner', title: 'Image of any owner', severity: 'low', confidence: 'medium', types: ['aws_ami', 'aws_ami_ids'], file: 'main.tf', references: families.supply.references, why: 'Anybody can publish an image under the name of a known one.', what: 'Reports look-ups of images without `owners`.',
    check: (resource, tell) => { if (resource.mode === 'data' && resource.complete && !resource.attributes.has('owners')) tell(undefined, `Image "${resource.name}" may come from anybody.`); },
    bad: 'data "aws_ami" "gpu" {\n                ^^^\n  most_recent = true\n}\n', good: 'data "aws_ami" "gpu" {\n  owners = ["amazon"]\n}\n',
  }),
  objectRule({
    id: 'iam/same-execution-role', title: 'Task that starts and runs with one role', severity: 'low', types: ['aws_ecs_task_definition'], file: 'main.tf', references: privilege.references, why: 'The role that fetches images and secrets is then open to the application.', what: 'Reports task definitions whose execution role is their task role.',
    check: (resource, tell) => {
      const [task, execution] = ['task_role_arn', 'execution_role_arn'].map((name) => resource.attributes.get(name)?.value);
      const key = (value: Value | undefined): string | undefined => (value?.kind === 'string' ? value.value : value?.kind === 'reference' ? value.target : undefined);
      if (key(task) !== undefined && key(task) === key(execution)) tell(task, `Task "${resource.name}" starts and runs with one role.`);
    },
    bad: 'resource "aws_ecs_task_definition" "train" {\n  execution_role_arn = "arn:a"\n  task_role_arn      = "arn:a"\n                        ^^^^^\n}\n', good: 'resource "aws_ecs_task_definition" "train" {\n  execution_role_arn = "arn:a"\n  task_role_arn      = "arn:b"\n}\n',
  }),
  objectRule({
    id: 'workload/ecs-privileged-container', title: 'Privileged container of a task', severity: 'high', types: ['aws_ecs_task_definition'], file: 'main.tf', references: families.container.references, why: families.container.why, what: 'Reports containers of ECS tasks with `privileged`.',
    check: (resource, tell) => { for (const value of [...lookIn(mapOfResource(resource), 'container_definitions.privileged').values, ...lookIn(mapOfResource(resource), 'container_definitions.Privileged').values]) if (scalar(value) === true || scalar(value) === 'true') tell(value, `A container of task "${resource.name}" runs privileged.`); },
    bad: 'resource "aws_ecs_task_definition" "train" {\n  container_definitions = jsonencode([{ privileged = true }])\n                                                     ^^^^\n}\n', good: 'resource "aws_ecs_task_definition" "train" {\n  container_definitions = jsonencode([{ privileged = false }])\n}\n',
  }),
  objectRule({
    id: 'workload/ecs-writable-root', title: 'Container of a task with a writable root', severity: 'info', confidence: 'medium', types: ['aws_ecs_task_definition'], file: 'main.tf', references: families.container.references, why: families.container.why, what: 'Reports containers of ECS tasks without `readonlyRootFilesystem`.',
    check: (resource, tell) => {
      for (const list of lookIn(mapOfResource(resource), 'container_definitions').values) for (const item of list.kind === 'list' ? list.items : []) {
        if (item.kind !== 'map' || !item.complete) continue;
        const own = item.entries.get('readonlyRootFilesystem')?.value ?? item.entries.get('readonly_root_filesystem')?.value ?? item.entries.get('ReadonlyRootFilesystem')?.value;
        if (own ? scalar(own) === false : true) tell(own ?? item.entries.get('name')?.value, `A container of task "${resource.name}" can write to its root file system.`);
      }
    },
    bad: 'resource "aws_ecs_task_definition" "train" {\n  container_definitions = jsonencode([{ readonlyRootFilesystem = false }])\n                                                                 ^^^^^\n}\n', good: 'resource "aws_ecs_task_definition" "train" {\n  container_definitions = jsonencode([{ readonlyRootFilesystem = true }])\n}\n',
  }),
  objectRule({
    id: 'workload/ecs-container-user', title: 'Container of a task that runs as root', severity: 'low', confidence: 'medium', types: ['aws_ecs_task_definition'], file: 'main.tf', references: families.container.references, why: families.container.why, what: 'Reports containers of ECS tasks on the network of their host that name no user, or root.',
    check: (resource, tell) => {
      if (textAt(resource, 'network_mode') !== 'host') return;
      for (const list of lookIn(mapOfResource(resource), 'container_definitions').values) for (const item of list.kind === 'list' ? list.items : []) {
        if (item.kind !== 'map' || !item.complete) continue;
        const privileged = item.entries.get('privileged')?.value ?? item.entries.get('Privileged')?.value;
        const own = item.entries.get('user')?.value ?? item.entries.get('User')?.value;
        if (scalar(privileged) === true) continue;
        if (own ? /^(?:root|0)(?::|$)/.test(String(scalar(own) ?? 'x')) : true) tell(own ?? item.entries.get('name')?.value ?? item.entries.get('Name')?.value, `A container of task "${resource.name}" runs as root on the network of its host.`);
      }
    },
    bad: 'resource "aws_ecs_task_definition" "train" {\n  network_mode          = "host"\n  container_definitions = jsonencode([{ user = "root" }])\n                                                ^^^^\n}\n', good: 'resource "aws_ecs_task_definition" "train" {\n  network_mode          = "host"\n  container_definitions = jsonencode([{ user = "app" }])\n}\n',
  }),
];
