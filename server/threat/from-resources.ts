import { look, scalar } from '../analysis/values.ts';
import type { Origin } from '../model/origin.ts';
import type { PolicyStatement } from '../model/policy.ts';
import type { Resource, ResourceUnit } from '../model/resource.ts';
import type { BoundaryFact, ElementFact, ElementKind, Facts, FlowFact } from '../model/threat.ts';
import type { MapValue, Value } from '../model/value.ts';
import { dataClassesOf } from '../analysis/data-classes.ts';
import { grantsOf } from './grants.ts';
import { resourceControls } from './resource-controls.ts';
import { imageKinds, resourceKinds, type ResourceKind } from './resource-kinds.ts';

/** The key of the one element that stands for everybody outside. */
export const internetKey = 'external:internet';
export const internet = (origin: Origin): ElementFact => ({ key: internetKey, kind: 'external', name: 'Internet', technology: 'users and attackers', aliases: [], resolved: true, boundary: { kind: 'internet', name: 'Internet' }, dataClasses: [], controls: [], origin, extents: [] });

const deepest = 12;

/** Elements and flows that declared infrastructure implies. */
export function factsOfUnit(unit: ResourceUnit, statements: readonly PolicyStatement[]): Facts {
  const elements: ElementFact[] = [];
  const flows: FlowFact[] = [];
  const keys = new Map<string, ElementFact>();
  for (const resource of unit.resources) {
    const element = resource.mode === 'managed' ? elementOf(resource, unit) : undefined;
    if (!element) continue;
    const address = (resource.instanceOf ?? resource).address;
    if (!keys.has(address)) keys.set(address, element);
    keys.set(resource.address, element);
    elements.push(element);
  }
  const variables = new Map<ElementFact, string[]>();
  let open = false;
  const exposed = (element: ElementFact, origin: Origin, encrypted: boolean | undefined, authenticated: boolean | undefined): void => {
    if (!open) elements.push(internet(origin));
    open = true;
    flows.push({ from: internetKey, to: element.key, action: 'request', protocol: encrypted === false ? 'http' : encrypted ? 'https' : undefined, encrypted, authenticated, validated: undefined, dataClasses: [], origin });
  };
  for (const resource of unit.resources) {
    const element = keys.get(resource.address);
    if (!element) continue;
    const exposure = exposureOf(resource);
    if (exposure) exposed(element, exposure.at, exposure.encrypted, exposure.authenticated);
    for (const { target, at, variable } of referencesOf(resource)) {
      const other = keys.get(target);
      if (!other || other === element) continue;
      if (variable !== undefined) variables.set(other, [...(variables.get(other) ?? []), `env:${variable}`]);
      flows.push({ from: element.key, to: other.key, action: 'use', protocol: undefined, encrypted: undefined, authenticated: undefined, validated: undefined, dataClasses: other.dataClasses, origin: at });
    }
  }
  flows.push(...grantsOf(statements, keys));
  return { elements: elements.map((element) => ({ ...element, aliases: [...element.aliases, ...(variables.get(element) ?? [])] })), flows };
}

function elementOf(resource: Resource, unit: ResourceUnit): ElementFact | undefined {
  const image = imageOf(resource);
  const byImage = image === undefined ? undefined : imageKinds.find(([pattern]) => pattern.test(image));
  const known: ResourceKind | undefined = resourceKinds[resource.type];
  if (!known) return undefined;
  const kind: ElementKind = byImage && known.kind === 'process' ? byImage[1] : known.kind;
  const written = (known.names ?? []).flatMap((path) => look(resource, path).values).map((value) => scalar(value)).filter((value): value is string => typeof value === 'string' && value !== '');
  const name = written[0] ?? resource.name;
  const technology = byImage ? `${byImage[2]} (${image})` : resource.type;
  return {
    // A declared name survives renames of files and labels; without one the label is all there is.
    key: `${kind}:${resource.type}/${name}`,
    kind, name, technology,
    aliases: [...aliasesOf(resource.type, [...written, ...(written.length === 0 ? [resource.name] : [])]), `address:${unit.paths[0] ?? ''}#${resource.address}`],
    resolved: written.length > 0,
    boundary: boundaryOf(resource),
    dataClasses: [...new Set([...(known.dataClasses ?? []), ...dataClassesOf([name, resource.name, ...tagsOf(resource)])])].sort(),
    controls: resourceControls(resource),
    origin: resource.header,
    extents: [resource.origin, ...resource.companions.filter((one) => !resourceKinds[one.type]).map((one) => one.origin)],
  };
}

/** Names under which code and other units may speak of a resource. */
export function aliasesOf(type: string, names: readonly string[]): readonly string[] {
  return names.flatMap((name) => {
    if (type === 'aws_s3_bucket') return [`s3:${name}`, `arn:aws:s3:::${name}`];
    if (type === 'google_storage_bucket') return [`gs:${name}`];
    if (type === 'aws_dynamodb_table') return [`dynamodb:${name}`, `table:${name}`];
    if (type === 'aws_sqs_queue') return [`sqs:${name}`];
    if (type === 'aws_sagemaker_endpoint') return [`sagemaker-endpoint:${name}`];
    if (type === 'aws_lambda_function') return [`lambda:${name}`];
    if (type === 'azurerm_storage_account') return [`host:${name}.blob.core.windows.net`];
    if (type === 'azurerm_cognitive_account') return [`host:${name}.openai.azure.com`];
    if (type === 'aws_secretsmanager_secret' || type === 'aws_ssm_parameter' || type === 'google_secret_manager_secret') return [`secret:${name}`];
    if (type.startsWith('aws_iam_')) return [`identity:${name}`];
    if (type.startsWith('k8s_') || type === 'compose_service') return [`host:${name}`];
    return [];
  });
}

function boundaryOf(resource: Resource): BoundaryFact {
  if (resource.type.startsWith('k8s_')) {
    const namespace = look(resource, 'metadata.namespace').values.map((value) => scalar(value)).find((value) => typeof value === 'string');
    return { kind: 'namespace', name: `namespace ${String(namespace ?? 'default')}` };
  }
  for (const path of ['vpc_id', 'subnet_id', 'subnet_ids', 'subnets', 'vpc_config.subnet_ids', 'db_subnet_group_name', 'virtual_network_subnet_id', 'network', 'subnetwork']) {
    for (const value of look(resource, path).values) {
      const reference = value.kind === 'reference' ? value : value.kind === 'list' ? value.items.find((item) => item.kind === 'reference') : undefined;
      if (reference?.kind === 'reference') return { kind: 'network', name: `network ${reference.target}` };
    }
  }
  if (resource.type.startsWith('aws_')) return { kind: 'cloud-account', name: 'AWS account' };
  if (resource.type.startsWith('azurerm_')) return { kind: 'cloud-account', name: 'Azure subscription' };
  if (resource.type.startsWith('google_')) return { kind: 'cloud-account', name: 'Google Cloud project' };
  if (resource.type === 'compose_service') return { kind: 'network', name: 'compose network' };
  return resource.type.startsWith('github_') ? { kind: 'third-party', name: 'CI' } : { kind: 'cloud-account', name: 'cloud account' };
}

function tagsOf(resource: Resource): readonly string[] {
  return ['tags', 'labels', 'metadata.labels'].flatMap((path) => look(resource, path).values).flatMap((value) => (value.kind === 'map' ? [...value.entries.values()].flatMap((entry) => (entry.value.kind === 'string' ? [entry.value.value] : [])) : []));
}

function imageOf(resource: Resource): string | undefined {
  for (const path of ['image', 'spec.template.spec.containers.image', 'spec.containers.image', 'template.spec.containers.image']) {
    const image = look(resource, path).values.map((value) => scalar(value)).find((value) => typeof value === 'string');
    if (typeof image === 'string') return image;
  }
  return undefined;
}

/** References of a resource to others; those in an environment come with the variable's name. */
function referencesOf(resource: Resource): readonly { readonly target: string; readonly at: Origin; readonly variable?: string }[] {
  const out: { target: string; at: Origin; variable?: string }[] = [];
  const visit = (value: Value, name: string | undefined, inEnvironment: boolean, depth: number): void => {
    if (depth > deepest) return;
    if (value.kind === 'reference') out.push({ target: value.target, at: value.at, ...(inEnvironment && name ? { variable: name } : {}) });
    else if (value.kind === 'list') for (const item of value.items) visit(item, environmentName(item) ?? name, inEnvironment, depth + 1);
    else if (value.kind === 'map') for (const [key, entry] of value.entries) visit(entry.value, key === 'value' ? name : key, inEnvironment || /^(?:environment|env|variables|app_settings|env_variables)$/.test(key), depth + 1);
  };
  for (const [name, entry] of resource.attributes) visit(entry.value, name, /^(?:environment|env|app_settings)$/.test(name), 0);
  return out;
}

function environmentName(value: Value): string | undefined {
  const name = value.kind === 'map' ? scalar((value as MapValue).entries.get('name')?.value) : undefined;
  return typeof name === 'string' ? name : undefined;
}

interface Exposure {
  readonly at: Origin;
  readonly encrypted: boolean | undefined;
  readonly authenticated: boolean | undefined;
}

/** Whether a port of a compose service is open on all addresses of its host; one that names an address, or takes it from a variable, is not known to be. */
function isPublished(port: Value): boolean {
  if (port.kind === 'map') return port.entries.has('published') && /^(?:0\.0\.0\.0|::|undefined)?$/.test(String(scalar(port.entries.get('host_ip')?.value)));
  return /^(?:0\.0\.0\.0:|\[::\]:)?(?:\d+(?:-\d+)?|\$\{?\w+(?::?-\d+)?\}?):[^:]+$/.test(String(scalar(port)));
}

/** Whether the internet reaches a resource, by its own settings. */
function exposureOf(resource: Resource): Exposure | undefined {
  const is = (path: string, ...wanted: readonly (string | boolean)[]): Origin | undefined => {
    const value = look(resource, path).values.find((one) => wanted.some((word) => String(scalar(one)).toLowerCase() === String(word).toLowerCase()));
    return value?.at;
  };
  const at = is('publicly_accessible', true) ?? is('public_network_access_enabled', true) ?? is('settings.ip_configuration.ipv4_enabled', true) ?? is('associate_public_ip_address', true) ?? is('ingress', 'INGRESS_TRAFFIC_ALL', 'ALLOW_ALL')
    ?? is('spec.type', 'LoadBalancer', 'NodePort') ?? is('acl', 'public-read', 'public-read-write');
  if (at) return { at, encrypted: undefined, authenticated: undefined };
  switch (resource.type) {
    case 'aws_lb': return is('internal', true) ? undefined : { at: resource.header, encrypted: undefined, authenticated: undefined };
    case 'aws_lambda_function_url': return { at: is('authorization_type', 'NONE') ?? resource.header, encrypted: true, authenticated: is('authorization_type', 'NONE') === undefined };
    case 'aws_api_gateway_rest_api': case 'aws_apigatewayv2_api': case 'aws_cloudfront_distribution': case 'aws_appsync_graphql_api': return { at: resource.header, encrypted: true, authenticated: undefined };
    case 'k8s_ingress': return { at: resource.header, encrypted: look(resource, 'spec.tls').values.length > 0, authenticated: undefined };
    case 'compose_service': {
      const ports = look(resource, 'ports').values.flatMap((value) => (value.kind === 'list' ? value.items : [value]));
      const port = ports.find(isPublished);
      return port && { at: port.at, encrypted: undefined, authenticated: undefined };
    }
    default: return undefined;
  }
}
