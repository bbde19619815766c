import type { CodeAnalysis } from '../../analysis/code/analyze.ts';
import type { CodeArgument, CodeCall } from '../../analysis/code/events.ts';
import type { Resource } from '../../model/resource.ts';
import type { MapEntry, MapValue } from '../../model/value.ts';
import { snake } from '../cloudformation/names.ts';
import { enumerationText, toResourceValue, type Conversion } from '../program-values.ts';
import { azureNativeResource, azureNativeType, camel } from './azure-native.ts';
import { awsNativeType, pulumiType } from './names.ts';
import { inProviderNames } from './plurals.ts';

/** True for text that may build infrastructure with Pulumi. */
export function mayBePulumiCode(source: string): boolean {
  return /@pulumi(?:verse)?\/|\bpulumi(?:verse)?_[a-z]/.test(source);
}

interface Declared {
  readonly call: CodeCall;
  readonly type: string;
  readonly name: string;
  readonly native: boolean;
}

/** The resources that a Pulumi program builds, in the Terraform provider's vocabulary; Kubernetes and Azure's native provider keep their own. */
export function lowerPulumiCode(analysis: CodeAnalysis): Resource[] {
  const addresses = new Map<CodeCall, string>();
  const declared = analysis.calls.flatMap((call, at): Declared[] => {
    const found = typeOf(call.name);
    if (!found) return [];
    const name = typeof call.args[0]?.value.constant === 'string' ? call.args[0].value.constant : 'resource';
    addresses.set(call, `${found.type}.${name}#${at}`);
    return [{ call, name, ...found }];
  });
  const seen = new Set<string>();
  const made = declared.flatMap(({ call, type, name, native }): Resource[] => {
    const key = `${call.origin.path}:${call.origin.range.start}:${name}`;
    if (seen.has(key)) return [];
    seen.add(key);
    const kubernetes = type.startsWith('k8s_');
    const conversion: Conversion = { key: kubernetes || native ? camel : (word) => (/^[A-Z]/.test(word) ? word : snake(word)), addressOf: (other) => addresses.get(other), meaning: enumerationText };
    const address = addresses.get(call)!;
    if (native) return [azureNativeResource(call, type, name, address, conversion)].filter((one) => one !== undefined);
    const { attributes: written, complete } = attributesOf(call, conversion, kubernetes);
    const named = inProviderNames(type, { kind: 'map', entries: written, complete, origin: call.origin, at: call.origin });
    const attributes = named.kind === 'map' ? named.entries : written;
    if (type === 'aws_eks_cluster' && !attributes.has('vpc_config')) return [{ type, name, address, dialect: 'pulumi-code', origin: call.origin, header: call.callee, attributes: clusterNetwork(attributes, { origin: call.origin, at: call.origin }), complete: false, companions: [], mode: 'managed' }];
    return [{ type, name, address, dialect: 'pulumi-code', origin: call.origin, header: call.callee, attributes, complete, companions: [], mode: 'managed' }];
  });
  return [...made, ...policyDocuments(analysis)];
}

function attributesOf(call: CodeCall, conversion: Conversion, kubernetes: boolean): { readonly attributes: ReadonlyMap<string, MapEntry>; readonly complete: boolean } {
  const attributes = new Map<string, MapEntry>();
  const props: CodeArgument | undefined = call.args.filter((one) => one.name === undefined)[1];
  let complete = props === undefined || (props.value.fields !== undefined && props.value.complete !== false) || props.value.constant === null;
  const put = (key: string, entry: MapEntry): void => void attributes.set(plural[key] ?? key, { ...entry, key: plural[key] ?? key });
  if (props) {
    const value = toResourceValue(props.value, props.origin, conversion);
    if (value.kind === 'map') for (const [key, entry] of value.entries) put(key, entry);
  }
  for (const one of call.args) {
    if (one.spread) complete = false;
    else if (one.name !== undefined && one.name !== 'opts' && one.name !== 'resource_name') put(kubernetes ? camel(one.name) : one.name, { key: one.name, keyOrigin: one.origin, value: toResourceValue(one.value, one.origin, conversion) });
  }
  return { attributes, complete };
}

/** Repeated blocks of the Terraform provider are lists under a plural name here. */
const plural: Readonly<Record<string, string>> = { allows: 'allow', denies: 'deny', default_actions: 'default_action', ebs_block_devices: 'ebs_block_device', guest_accelerators: 'guest_accelerator', network_interfaces: 'network_interface', container_definition: 'container_definitions' };

const documents = /^(?:@pulumi\/aws|pulumi_aws)[./]iam[./](?:getPolicyDocument(?:Output)?|get_policy_document(?:_output)?)$/;

/** The policies that a program writes in blocks, as the data source that Pulumi calls for it. */
function policyDocuments(analysis: CodeAnalysis): Resource[] {
  const seen = new Set<string>();
  return analysis.calls.filter((call) => documents.test(call.name ?? '')).flatMap((call): Resource[] => {
    const key = `${call.origin.path}:${call.origin.range.start}`;
    const given = call.args.find((one) => one.name === 'statements') ?? call.args.find((one) => one.name === undefined && one.value.fields?.has('statements'));
    const statements = given?.name === undefined ? given?.value.fields?.get('statements') : given.value;
    if (seen.has(key) || !given || !statements) return [];
    seen.add(key);
    const value = toResourceValue(statements, given.origin, { key: (word) => (word === 'conditions' ? 'condition' : snake(word)), addressOf: () => undefined });
    const attributes = new Map([['statement', { key: 'statement', keyOrigin: given.origin, value }]]);
    const address = `data.aws_iam_policy_document.${call.origin.range.start}`;
    return [{ type: 'aws_iam_policy_document', name: 'document', address, dialect: 'pulumi-code', origin: call.origin, header: call.callee, attributes, complete: true, companions: [], mode: 'data' }];
  });
}

/** Types of providers that have few modules or none: `@pulumi/digitalocean.Firewall`, `pulumi_alicloud.oss.Bucket`; and the cluster that is a component. */
function otherTypeOf(name: string | undefined): Pick<Declared, 'type' | 'native'> | undefined {
  const match = /^(?:@pulumi(?:verse)?\/|pulumi(?:verse)?_)([a-z]\w*)[./]((?:[\w-]+[./])*)([A-Z]\w*)$/.exec(name ?? '');
  if (!match || match[3]!.endsWith('Args')) return undefined;
  if (match[1] === 'eks' && match[3] === 'Cluster') return { type: 'aws_eks_cluster', native: false };
  const type = pulumiType(match[1]!, match[2]!.split(/[./]/).find((part) => part !== '') ?? '', match[3]!);
  return type === undefined ? undefined : { type, native: false };
}

/** What the component for clusters calls the settings of its network. */
function clusterNetwork(attributes: ReadonlyMap<string, MapEntry>, placed: Pick<MapValue, 'origin' | 'at'>): ReadonlyMap<string, MapEntry> {
  const inner = new Map(['endpoint_public_access', 'endpoint_private_access', 'public_access_cidrs'].flatMap((key): [string, MapEntry][] => { const entry = attributes.get(key); return entry ? [[key, entry]] : []; }));
  const first = [...inner.values()][0];
  return first ? new Map([...attributes, ['vpc_config', { key: 'vpc_config', keyOrigin: first.keyOrigin, value: { kind: 'map', entries: inner, complete: false, ...placed } }]]) : attributes;
}

function typeOf(name: string | undefined): Pick<Declared, 'type' | 'native'> | undefined {
  const match = /^(?:@pulumi\/|pulumi_)(aws|azure|gcp|kubernetes)(-native|_native)?[./]((?:[\w-]+[./])*)(\w+)$/.exec(name ?? '');
  if (!match) return otherTypeOf(name);
  const [, provider, own, path, type] = match as unknown as [string, string, string | undefined, string, string];
  if (!/^[A-Z]/.test(type) || type.endsWith('Args')) return undefined;
  const module = path.split(/[./]/).find((part) => part !== '');
  if (provider === 'kubernetes') return { type: `k8s_${type.toLowerCase()}`, native: false };
  const canonical = module === undefined ? undefined : provider === 'azure' && own ? azureNativeType(module, type) : provider === 'aws' && own ? awsNativeType(module, type) : pulumiType(provider, module, type);
  return canonical === undefined ? undefined : { type: canonical, native: provider === 'azure' && own !== undefined };
}
