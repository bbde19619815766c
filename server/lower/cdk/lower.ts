import type { CodeAnalysis } from '../../analysis/code/analyze.ts';
import type { CodeCall } from '../../analysis/code/events.ts';
import type { Value as CodeValue } from '../../analysis/code/value.ts';
import type { Origin } from '../../model/origin.ts';
import type { Resource } from '../../model/resource.ts';
import type { MapEntry, MapValue, Value } from '../../model/value.ts';
import type { Document } from '../../source/document.ts';
import { resourcesOfTemplate } from '../cloudformation/lower.ts';
import { memberName, toResourceValue, type Conversion } from '../program-values.ts';
import { leaveOut, logBuckets } from './absent.ts';
import { constructName, daysOf, flag, isOpen, member, newProperties, number, prop, text } from './call.ts';
import { constructs, listener, type ConstructMapping } from './constructs.ts';
import { managedPolicy, policyResources } from './policies.ts';
import { ruleResources } from './security-groups.ts';

/** True for text that may build infrastructure with the CDK. */
export function mayBeCdk(source: string): boolean {
  return /aws-cdk-lib|@aws-cdk\/|aws_cdk|monocdk/.test(source);
}

/** A construct as CloudFormation would have it. */
export interface Synthesized {
  readonly id: string;
  readonly type: string;
  readonly call: CodeCall;
  readonly properties: ReadonlyMap<string, MapEntry>;
  readonly complete: boolean;
  readonly header: Origin;
}

/** The resources that a CDK program builds, in the canonical vocabulary: constructs become what they synthesize to, and that is lowered as a template. */
export function lowerCdk(analysis: CodeAnalysis, document: Document): Resource[] {
  const ids = new Map<CodeCall, string>();
  const seen = new Set<string>();
  analysis.calls.forEach((call, at) => {
    if (call.isNew || constructName(call.name) !== undefined) ids.set(call, `${typeof call.args[1]?.value.constant === 'string' ? call.args[1].value.constant : call.written.slice(call.written.lastIndexOf('.') + 1)}#${at}`);
  });
  const conversion: Conversion = { key: pascal, addressOf: (call) => ids.get(call), meaning };
  const receiving = logBuckets(analysis.calls);
  const made = analysis.calls.flatMap((call): Synthesized[] => {
    const name = constructName(call.name);
    if (name === undefined) return methodResources(call);
    const id = ids.get(call)!;
    const key = `${call.origin.range.start}:${name}`;
    if (/\.Cfn\w+$/.test(name)) {
      if (seen.has(key)) return [];
      seen.add(key);
      return [l1(call, name, id, conversion)];
    }
    const mapping = constructs[name];
    const own = mapping ? [l2(call, name, mapping, id, conversion, receiving)] : [];
    if (own.length > 0 && seen.has(key)) return [];
    seen.add(key);
    return [...own, ...stageSettings(call, name, id, conversion), ...policyResources(call, name, id)];
  });
  overrides(analysis, document, made, conversion);
  if (made.length === 0) return [];
  const whole: Origin = { path: document.path, range: { start: 0, end: document.text.length } };
  const entries = new Map(made.map((one): [string, MapEntry] => [one.id, { key: one.id, keyOrigin: one.header, value: resourceMap(one) }]));
  const root: MapValue = { kind: 'map', complete: true, origin: whole, at: whole, entries: new Map([['Resources', { key: 'Resources', keyOrigin: whole, value: { kind: 'map', complete: true, origin: whole, at: whole, entries } }]]) };
  return resourcesOfTemplate(root, document, 'cdk').map((resource) => ({ ...resource, name: resource.name.replace(/#.*$/, ''), origin: made.find((one) => one.id === resource.address)?.call.origin ?? resource.origin }));
}

function resourceMap({ type, properties, complete, header, call }: Synthesized): MapValue {
  const placed = { origin: call.origin, at: header };
  const inner: MapValue = { kind: 'map', entries: properties, complete, ...placed };
  return { kind: 'map', complete: true, ...placed, entries: new Map<string, MapEntry>([['Type', { key: 'Type', keyOrigin: header, value: text(type, header) }], ['Properties', { key: 'Properties', keyOrigin: header, value: inner }]]) };
}

/** `s3.CfnBucket` is `AWS::S3::Bucket`, its properties in camel case. */
function l1(call: CodeCall, name: string, id: string, conversion: Conversion): Synthesized {
  const [service, construct] = name.split('.') as [string, string];
  const properties = new Map<string, MapEntry>();
  const props = call.args.filter((one) => one.name === undefined)[2];
  if (props) {
    const value = toResourceValue(props.value, props.origin, conversion);
    if (value.kind === 'map') for (const [key, entry] of value.entries) properties.set(key, entry);
  }
  for (const one of call.args) if (one.name !== undefined && one.name !== 'scope' && one.name !== 'id') properties.set(pascal(one.name), { key: pascal(one.name), keyOrigin: one.origin, value: toResourceValue(one.value, one.origin, conversion) });
  return { id, type: `AWS::${services[service] ?? serviceOf(service)}::${construct.slice(3)}`, call, properties, complete: !isOpen(call), header: call.callee };
}

/** Service names whose spelling no rule gives. */
const services: Readonly<Record<string, string>> = {
  'aws-s3': 'S3', 'aws-ec2': 'EC2', 'aws-rds': 'RDS', 'aws-iam': 'IAM', 'aws-sqs': 'SQS', 'aws-sns': 'SNS', 'aws-kms': 'KMS', 'aws-ecs': 'ECS', 'aws-ecr': 'ECR', 'aws-eks': 'EKS', 'aws-efs': 'EFS', 'aws-msk': 'MSK', 'aws-dax': 'DAX', 'aws-dms': 'DMS', 'aws-emr': 'EMR', 'aws-fsx': 'FSx', 'aws-docdb': 'DocDB', 'aws-dynamodb': 'DynamoDB', 'aws-sagemaker': 'SageMaker', 'aws-elasticache': 'ElastiCache', 'aws-elasticloadbalancingv2': 'ElasticLoadBalancingV2',
  'aws-elasticloadbalancing': 'ElasticLoadBalancing', 'aws-opensearchservice': 'OpenSearchService', 'aws-opensearchserverless': 'OpenSearchServerless', 'aws-apigateway': 'ApiGateway', 'aws-apigatewayv2': 'ApiGatewayV2', 'aws-cloudfront': 'CloudFront', 'aws-cloudtrail': 'CloudTrail', 'aws-cloudwatch': 'CloudWatch', 'aws-codebuild': 'CodeBuild', 'aws-secretsmanager': 'SecretsManager', 'aws-stepfunctions': 'StepFunctions', 'aws-kinesisfirehose': 'KinesisFirehose', 'aws-guardduty': 'GuardDuty', 'aws-autoscaling': 'AutoScaling', 'aws-wafv2': 'WAFv2', 'aws-amazonmq': 'AmazonMQ', 'aws-workspaces': 'WorkSpaces', 'aws-certificatemanager': 'CertificateManager', 'aws-logs': 'Logs', 'aws-lambda': 'Lambda',
};

function serviceOf(module: string): string {
  return module.slice(4).split('-').map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}

function l2(call: CodeCall, name: string, mapping: ConstructMapping, id: string, conversion: Conversion, receiving: ReadonlySet<CodeCall>): Synthesized {
  const properties = newProperties();
  const constantOf = (value: string | number | boolean, at: Origin): Value => (typeof value === 'string' ? text(value, at) : typeof value === 'number' ? number(value, at) : flag(value, at));
  const set = (path: string, value: string | number | boolean, at: Origin): void => properties.set(path, constantOf(value, at), at);
  const given = new Set<string>();
  for (const [name, path] of Object.entries(mapping.same ?? {})) {
    const own = prop(call, name);
    if (!own) continue;
    given.add(path);
    properties.set(path, toResourceValue(own.value, own.origin, conversion), own.origin);
  }
  for (const [name, members] of Object.entries(mapping.members ?? {})) {
    const own = prop(call, name);
    const chosen = memberName(own?.value);
    if (!own) continue;
    const rows = chosen === undefined ? undefined : members[chosen];
    if (rows) for (const [path, value] of rows) { set(path, value, own.origin); given.add(path); }
    else for (const [path] of Object.values(members).flat()) { if (!given.has(path)) properties.set(path, { kind: 'unknown', origin: own.origin, at: own.origin }, own.origin); given.add(path); }
  }
  for (const [name, path] of Object.entries(mapping.days ?? {})) {
    const own = prop(call, name);
    const days = daysOf(own?.value);
    if (own) given.add(path);
    if (own) properties.set(path, days === undefined ? { kind: 'unknown', origin: own.origin, at: own.origin } : number(days, own.origin), own.origin);
  }
  for (const [name, [path, value]] of Object.entries(mapping.present ?? {})) {
    const own = prop(call, name);
    if (own && !given.has(path)) set(path, value, own.origin);
    if (own) given.add(path);
  }
  mapping.more?.(call, properties);
  if (!isOpen(call)) for (const [path, value] of mapping.defaults ?? []) if (!given.has(path)) set(path, value, call.callee);
  leaveOut(name, call, properties, receiving);
  // What a construct sets by itself is more than a table can say; only what stands there is judged, and the defaults that are named.
  return { id, type: mapping.type, call, properties: properties.map, complete: false, header: call.callee };
}

/** Resources that methods of constructs add: listeners, function addresses, rules of security groups, methods of APIs. */
function methodResources(call: CodeCall): Synthesized[] {
  const method = /[.#](\w+)$/.exec(call.name ?? '')?.[1] ?? /\.(\w+)$/.exec(call.written)?.[1];
  const owner = constructName(call.name?.replace(/#.*$/, '')) ?? constructName(call.receiver?.name?.replace(/#.*$/, ''));
  if (method === undefined || owner === undefined) return [];
  const id = `${method}#${call.origin.range.start}`;
  const properties = newProperties();
  const camel = method.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
  if (camel === 'addListener' && owner.includes('LoadBalancer')) {
    listener(call, properties);
    return [{ id, type: 'AWS::ElasticLoadBalancingV2::Listener', call, properties: properties.map, complete: true, header: call.callee }];
  }
  if (camel === 'addFunctionUrl') {
    const type = prop(call, 'authType');
    properties.set('AuthType', text(member(call, 'authType') === 'NONE' ? 'NONE' : 'AWS_IAM', type?.origin ?? call.callee), type?.origin ?? call.callee);
    return [{ id, type: 'AWS::Lambda::Url', call, properties: properties.map, complete: true, header: call.callee }];
  }
  if (camel === 'addMethod' && owner.startsWith('aws-apigateway.')) return [methodOf(call, id)];
  if (camel === 'addManagedPolicy') return managedPolicy(call);
  if (camel === 'addContainer' && owner.startsWith('aws-ecs.')) return [containerResource(call, id)];
  return ruleResources(call, camel, owner);
}

/** A method of a REST API; who may call it is judged where the call says so. */
function methodOf(call: CodeCall, id: string): Synthesized {
  const properties = newProperties();
  const types: Readonly<Record<string, string>> = { NONE: 'NONE', IAM: 'AWS_IAM', CUSTOM: 'CUSTOM', COGNITO: 'COGNITO_USER_POOLS' };
  const verb = call.args[0];
  if (typeof verb?.value.constant === 'string') properties.set('HttpMethod', text(verb.value.constant, verb.origin), verb.origin);
  const given = prop(call, 'authorizationType');
  const chosen = types[member(call, 'authorizationType') ?? ''];
  if (given && chosen !== undefined) properties.set('AuthorizationType', text(chosen, given.origin), given.origin);
  const keyed = prop(call, 'apiKeyRequired');
  if (keyed) properties.set('ApiKeyRequired', { kind: 'unknown', origin: keyed.origin, at: keyed.origin }, keyed.origin);
  return { id, type: 'AWS::ApiGateway::Method', call, properties: properties.map, complete: false, header: call.callee };
}

/** A container of a task as a task definition with that container. */
function containerResource(call: CodeCall, id: string): Synthesized {
  const properties = newProperties();
  for (const [name, path] of [['privileged', 'Privileged'], ['readonlyRootFilesystem', 'ReadonlyRootFilesystem'], ['user', 'User'], ['environment', 'Environment']] as const) {
    const own = prop(call, name);
    if (own) properties.set(`ContainerDefinitions[].${path}`, toResourceValue(own.value, own.origin, { key: (key) => key, addressOf: () => undefined }), own.origin);
  }
  return { id, type: 'AWS::ECS::TaskDefinition', call, properties: properties.map, complete: false, header: call.callee };
}

/** How the stage that a REST API brings logs its methods. */
function stageSettings(call: CodeCall, name: string, id: string, conversion: Conversion): Synthesized[] {
  if (name !== 'aws-apigateway.RestApi' && name !== 'aws-apigateway.LambdaRestApi') return [];
  const properties = newProperties();
  const level = prop(call, 'deployOptions.loggingLevel');
  const chosen = member(call, 'deployOptions.loggingLevel');
  if (level && chosen) properties.set('Settings.LoggingLevel', text(chosen, level.origin), level.origin);
  const trace = prop(call, 'deployOptions.dataTraceEnabled');
  if (trace) properties.set('Settings.DataTraceEnabled', toResourceValue(trace.value, trace.origin, conversion), trace.origin);
  return properties.map.size === 0 ? [] : [{ id: `${id}:settings`, type: 'AWS::ApiGateway::MethodSettings', call, properties: properties.map, complete: false, header: call.callee }];
}

/** `cfn.addPropertyOverride('A.B', value)` and `cfn.a = value` change what the construct before them synthesized to, or one that is made elsewhere. */
function overrides(analysis: CodeAnalysis, document: Document, made: Synthesized[], conversion: Conversion): void {
  const change = (target: Synthesized, path: string, value: Value, at: Origin): void => {
    const properties = newProperties();
    for (const [key, entry] of target.properties) properties.map.set(key, entry);
    properties.set(path, value, at);
    made[made.indexOf(target)] = { ...target, properties: properties.map };
  };
  for (const call of analysis.calls) {
    if (!/(?:addPropertyOverride|add_property_override)$/.test(call.written) || call.origin.path !== document.path) continue;
    const path = call.args[0]?.value.constant;
    const root = /^\(?\s*([\w.]+?)\.node\.default/.exec(document.text.slice(call.origin.range.start, call.origin.range.end))?.[1];
    const target = made.find((one) => one.call === call.receiver?.call || (one.call.origin.path === call.origin.path && one.call.result === call.receiver)) ?? (root === undefined ? undefined : made.find((one) => assignedTo(root, one.call, document)));
    const value = call.args[1];
    if (typeof path === 'string' && target && value) change(target, path, toResourceValue(value.value, value.origin, conversion), value.origin);
  }
  for (const one of analysis.assignments) {
    const [, name, property] = /^([\w.]+)\.(\w+)$/.exec(one.written) ?? [];
    if (name === undefined || property === undefined || name === 'this' || name === 'self' || one.origin.path !== document.path) continue;
    const value = toResourceValue(one.value, one.origin, conversion);
    const target = made.find((other) => assignedTo(name, other.call, document));
    if (target && /\.Cfn\w+$/.test(constructName(target.call.name) ?? '')) change(target, pascal(property), value, one.origin);
    else if (!target) {
      const cast = new RegExp(`\\b${name.replaceAll('.', '\\.')}\\s*=\\s*[^;\\n]*\\bas\\s+(\\w+)\\.Cfn(\\w+)`).exec(document.text);
      const module = cast && new RegExp(`\\bas\\s+${cast[1]}\\s+from\\s+['"][^'"]*?(aws-[\\w-]+)['"]|\\b(aws_\\w+)\\s+as\\s+${cast[1]}\\b`).exec(document.text);
      const service = module ? (module[1] ?? module[2])!.replaceAll('_', '-') : undefined;
      const call = analysis.calls[0];
      if (cast && service !== undefined && call) made.push({ id: `${cast[2]}#${one.origin.range.start}`, type: `AWS::${services[service] ?? serviceOf(service)}::${cast[2]}`, call: { ...call, origin: one.origin }, properties: new Map([[pascal(property), { key: pascal(property), keyOrigin: one.target, value }]]), complete: false, header: one.target });
    }
  }
}

/** True where the program assigns what a call makes to the name. */
function assignedTo(name: string, call: CodeCall, document: Document): boolean {
  if (call.origin.path !== document.path) return false;
  const before = document.text.slice(Math.max(0, call.origin.range.start - 120), call.origin.range.start);
  return new RegExp(`(?:^|[^\\w.])${name.replaceAll('.', '\\.')}\\s*(?::[^=\\n]+)?=\\s*$`).test(before);
}

/** `storageEncrypted` and `storage_encrypted` are `StorageEncrypted`. */
function pascal(name: string): string {
  const camel = name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  return camel.charAt(0).toUpperCase() + camel.slice(1);
}

/** Helpers of the library whose result is known. */
function meaning(value: CodeValue, at: Origin, convert: (value: CodeValue, at: Origin) => Value): Value | undefined {
  const name = value.call?.name ?? '';
  // In Python a group of properties is an object of a class: `s3.CfnBucket.PublicAccessBlockConfigurationProperty(block_public_acls=True)`.
  if (/\.Cfn\w+\.\w+Property$/.test(name)) {
    const own = value.call!.args.filter((one) => one.name !== undefined);
    const entries = new Map(own.map((one): [string, MapEntry] => [pascal(one.name!), { key: pascal(one.name!), keyOrigin: one.origin, value: convert(one.value, one.origin) }]));
    return { kind: 'map', entries, complete: own.length === value.call!.args.length, origin: at, at };
  }
  if (/SecretValue\.(?:unsafePlainText|unsafe_plain_text|plainText)$/.test(name)) {
    const secret = value.call!.args[0];
    return typeof secret?.value.constant === 'string' ? text(secret.value.constant, secret.origin) : undefined;
  }
  const days = daysOf(value);
  if (days !== undefined) return number(days, at);
  return undefined;
}

