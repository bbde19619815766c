import { lookIn, scalar, type MapValue, type Resource, type Value } from '../../server/rule/queries.ts';
import { families } from '../_families.ts';
import { mapOfResource, objectRule } from '../_kubernetes.ts';

const file = 'main.tf';
/** A task definition with one container; `marked` stands in it and gets the mark. */
function task(container: string, marked?: string): string {
  const line = `  container_definitions = jsonencode([${container}])`;
  const mark = marked === undefined ? '' : `${' '.repeat(line.indexOf(marked))}${'^'.repeat(marked.length)}\n`;
  return `resource "aws_ecs_task_definition" "train" {\n${line}\n${mark}}\n`;
}

/** The containers of a task definition that are known whole. */
function containersOf(resource: Resource): readonly MapValue[] {
  return lookIn(mapOfResource(resource), 'container_definitions').values.flatMap((value) => (value.kind === 'list' ? value.items : [value])).filter((item): item is MapValue => item.kind === 'map' && item.complete);
}

/** An attribute as the API, CloudFormation or this model calls it. */
function own(container: MapValue, ...names: readonly string[]): Value | undefined {
  return names.map((name) => container.entries.get(name)?.value).find((value) => value !== undefined);
}

const nameOf = (container: MapValue): Value | undefined => own(container, 'name', 'Name');

/** How many items a list has; undefined where that is not known. */
function length(value: Value | undefined): number | undefined {
  return value?.kind === 'list' && value.complete && value.items.every((item) => item.kind !== 'unknown' || item.parts !== undefined) ? value.items.length : undefined;
}

const zoned = { aws_autoscaling_group: ['availability_zones', 'vpc_zone_identifier'], aws_elb: ['availability_zones', 'subnets'], aws_lb: ['subnets'] } as const;

export default [
  objectRule({
    id: 'monitoring/ecs-container-without-log', title: 'Container of a task without a log', severity: 'info', confidence: 'medium', types: ['aws_ecs_task_definition'], file, references: families.logging.references, why: families.logging.why,
    what: 'Reports containers of ECS tasks without `logConfiguration`.', noFix: 'Where the log goes has to be decided.',
    check: (resource, tell) => {
      for (const container of containersOf(resource)) if (!own(container, 'logConfiguration', 'LogConfiguration', 'log_configuration')) tell(nameOf(container), `A container of task "${resource.name}" keeps no log.`);
    },
    bad: task('{ name = "app" }', 'app'), good: task('{ name = "app", logConfiguration = { logDriver = "awslogs" } }'),
  }),
  objectRule({
    id: 'workload/ecs-root-user', title: 'Container of a task that runs as root', severity: 'low', confidence: 'high', types: ['aws_ecs_task_definition'], file, references: families.container.references, why: families.container.why,
    what: 'Reports containers of ECS tasks whose user is root.', noFix: 'A user has to be made in the image first.',
    check: (resource, tell) => {
      for (const container of containersOf(resource)) {
        const user = own(container, 'user', 'User');
        if (/^(?:root|0)(?::|$)/.test(String(scalar(user) ?? ''))) tell(user, `A container of task "${resource.name}" runs as root.`);
      }
    },
    bad: task('{ user = "root" }', 'root'), good: task('{ user = "1000" }'),
  }),
  objectRule({
    id: 'secrets/codebuild-plaintext-key', title: 'Access key in the environment of a build', severity: 'high', confidence: 'high', types: ['aws_codebuild_project'], file, references: families.secret.references, why: 'Whoever may look at the project or its log reads the key.',
    what: 'Reports variables for AWS access keys that a build project takes as plain text.', noFix: 'The build needs a role instead of a key.',
    check: (resource, tell) => {
      const variables = ['environment.environment_variable', 'environment.environment_variables', 'environment.EnvironmentVariables'].flatMap((path) => lookIn(mapOfResource(resource), path).values);
      for (const variable of variables.flatMap((value) => (value.kind === 'list' ? value.items : [value]))) {
        if (variable.kind !== 'map' || !variable.complete) continue;
        const name = own(variable, 'name', 'Name');
        const kind = scalar(own(variable, 'type', 'Type'));
        if (/^AWS_(?:ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN)$/.test(String(scalar(name))) && (own(variable, 'type', 'Type') === undefined || kind === 'PLAINTEXT')) tell(name, `Build "${resource.name}" takes ${String(scalar(name))} as plain text.`);
      }
    },
    bad: 'resource "aws_codebuild_project" "image" {\n  environment {\n    environment_variable {\n      name  = "AWS_SECRET_ACCESS_KEY"\n               ^^^^^^^^^^^^^^^^^^^^^\n      value = var.key\n    }\n  }\n}\n',
    good: 'resource "aws_codebuild_project" "image" {\n  environment {\n    environment_variable {\n      name  = "AWS_SECRET_ACCESS_KEY"\n      type  = "SECRETS_MANAGER"\n      value = "key"\n    }\n  }\n}\n',
  }),
  objectRule({
    id: 'secrets/ecs-plaintext-key', title: 'Access key in the environment of a task', severity: 'high', confidence: 'high', types: ['aws_ecs_task_definition'], file, references: families.secret.references, why: 'Whoever may look at the task definition reads the key.',
    what: 'Reports variables for AWS access keys that a container of a task takes as plain text, wherever their values come from.', noFix: 'The task needs a role instead of a key.',
    check: (resource, tell) => {
      for (const container of containersOf(resource)) {
        const variables = own(container, 'environment', 'Environment');
        for (const variable of variables?.kind === 'list' ? variables.items : []) {
          const name = variable.kind === 'map' ? own(variable, 'name', 'Name') : undefined;
          if (/^(?:AWS_(?:ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN)|ECS_ENGINE_AUTH_DATA)$/.test(String(scalar(name)))) tell(name, `Task "${resource.name}" takes ${String(scalar(name))} as plain text.`);
        }
      }
    },
    bad: task('{ environment = [{ name = "AWS_ACCESS_KEY_ID", value = var.key }] }', 'AWS_ACCESS_KEY_ID'), good: task('{ secrets = [{ name = "AWS_ACCESS_KEY_ID", valueFrom = var.key }] }'),
  }),
  objectRule({
    id: 'monitoring/one-zone', title: 'Service in one zone', severity: 'info', confidence: 'medium', types: ['aws_autoscaling_group', 'aws_elb', 'aws_lb', 'aws_lambda_function'], file, references: families.recovery.references,
    why: 'It is gone when that zone is.', what: 'Reports scaling groups, load balancers and functions that name a single zone or subnet.', noFix: 'A further subnet has to be made first.', whenNotToUse: 'For environments that need not be available.',
    check: (resource, tell) => {
      const paths = resource.type === 'aws_lambda_function' ? ['vpc_config.subnet_ids'] : zoned[resource.type as keyof typeof zoned];
      for (const path of paths) for (const value of lookIn(mapOfResource(resource), path).values) if (length(value) === 1) tell(value, `"${resource.name}" runs in one zone.`);
    },
    bad: 'resource "aws_autoscaling_group" "workers" {\n  availability_zones = ["eu-west-1a"]\n                       ^^^^^^^^^^^^^^\n}\n', good: 'resource "aws_autoscaling_group" "workers" {\n  availability_zones = ["eu-west-1a", "eu-west-1b"]\n}\n',
  }),
];
