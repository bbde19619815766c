import { beginsAsJson } from '../../base/json-text.ts';
import type { Dialect, Resource } from '../../model/resource.ts';
import type { MapEntry, MapValue, Value } from '../../model/value.ts';
import type { Document } from '../../source/document.ts';
import { dataValues } from '../data/values.ts';
import { intrinsic, templateOf, type Template } from './intrinsic.ts';
import { canonicalName, canonicalType } from './names.ts';

/** True for text that may be a CloudFormation or SAM template. */
export function mayBeCloudFormation(text: string): boolean {
  return text.includes('Resources') && /["']?Resources["']?\s*:/.test(text) && /["']?Type["']?\s*:\s*["']?(?:AWS|Alexa|Custom)::/.test(text);
}

/** Parts of a template that keep their own vocabulary: policies, free maps. */
const verbatim = /^(?:.*PolicyDocument|Policies|Statement|KeyPolicy|Policy|ResourcePolicy|RepositoryPolicyText|FileSystemPolicy|Tags|Variables|Environment|EnvironmentVariables|DefinitionBody|DefinitionString|Definition|AccessPolicies|UserData|Metadata|PolicyText|ConnectionProperties|InputParameters|InlinePolicy)$/;

/** The resources of a template, in the canonical vocabulary. */
export function lowerCloudFormation(document: Document): Resource[] {
  const [root] = dataValues(document);
  return root?.kind === 'map' ? resourcesOfTemplate(root, document) : [];
}

/** The resources below a template's root, which may be embedded in another file. */
export function resourcesOfTemplate(root: MapValue, document: Document, given?: Dialect): Resource[] {
  const section = root.entries.get('Resources')?.value;
  if (section?.kind !== 'map') return [];
  const dialect: Dialect = given ?? (beginsAsJson(document.text) ? 'cloudformation-json' : 'cloudformation-yaml');
  const template = templateOf(root, section);
  const out: Resource[] = [];
  for (const [name, entry] of declared(section)) {
    const resource = entry.value;
    if (resource.kind !== 'map') continue;
    const written = resource.entries.get('Type')?.value;
    const general = written?.kind === 'string' ? canonicalType(written.value) : undefined;
    if (general === undefined || written?.kind !== 'string') continue;
    const properties = withGlobals(resource.entries.get('Properties')?.value, written.value, root);
    const type = kindOf(general, properties);
    const attributes = new Map<string, MapEntry>();
    if (properties?.kind === 'map') convertEntries(type, properties, { ...template, name }, attributes);
    const serverless = /^AWS::Serverless::(\w+)$/.exec(written.value)?.[1];
    if (serverless !== undefined) attributes.set('sam_kind', { key: 'sam_kind', keyOrigin: written.at, value: { ...written, value: serverless } });
    if (serverless === 'Function') for (const kind of ['Api', 'HttpApi']) {
      const shared = globalsOf(root, kind)?.entries.get('Auth');
      if (shared) attributes.set(`sam_${kind.toLowerCase()}_auth`, shared);
    }
    for (const policy of ['DeletionPolicy', 'UpdateReplacePolicy', 'Metadata']) {
      const own = resource.entries.get(policy);
      if (own) attributes.set(policy, own);
    }
    out.push({
      type, name, address: name, dialect,
      origin: { path: document.path, range: { start: entry.keyOrigin.range.start, end: resource.origin.range.end } },
      header: entry.keyOrigin,
      attributes,
      complete: resource.complete && (properties === undefined || properties.kind === 'null' || (properties.kind === 'map' && properties.complete && !properties.entries.has('Fn::Transform'))),
      companions: [],
      mode: 'managed',
    });
  }
  return [...out, ...parametersOf(root, section, dialect, document)];
}

/** The resources of a section; those of a loop (`Fn::ForEach`) once, as they are written, and those that stand one level too deep. */
function declared(section: MapValue, depth = 0): readonly (readonly [string, MapEntry])[] {
  return [...section.entries].flatMap(([name, entry]) => {
    const repeated = /^Fn::ForEach::/.test(name) && entry.value.kind === 'list' ? entry.value.items[2] : isGroup(entry.value) ? entry.value : undefined;
    return repeated?.kind === 'map' && depth < 5 ? declared(repeated, depth + 1) : [[name, entry] as const];
  });
}

function isGroup(value: Value): boolean {
  const inner = value.kind === 'map' && !value.entries.has('Type') ? [...value.entries.values()] : [];
  return inner.length > 0 && inner.every(({ value: one }) => one.kind === 'map' && one.entries.has('Type'));
}

/** Types that are one in CloudFormation, with the property that tells their kinds apart; the provider has a type for each kind. */
const kinds: Readonly<Record<string, readonly [property: string, rest: string]>> = { aws_fsx_file_system: ['FileSystemType', 'file_system'], aws_fsx_volume: ['VolumeType', 'volume'] };

function kindOf(type: string, properties: Value | undefined): string {
  const [property, rest] = kinds[type] ?? [];
  const kind = property !== undefined && properties?.kind === 'map' ? properties.entries.get(property)?.value : undefined;
  return kind?.kind === 'string' && /^(?:LUSTRE|ONTAP|OPENZFS|WINDOWS)$/.test(kind.value) ? `aws_fsx_${kind.value.toLowerCase()}_${rest}` : type;
}

const secretProperty = /^(?!(?:allow|disable|enable|generate|has|manage|require|service|use))\w*(?:password|secret|token)$/i;

/** Parameters that a property for a secret refers to, with the place where it does. */
function parametersOf(root: MapValue, section: MapValue, dialect: Dialect, document: Document): Resource[] {
  const declared = root.entries.get('Parameters')?.value;
  if (declared?.kind !== 'map') return [];
  const used = new Map<string, Value>();
  const visit = (value: Value, depth: number): void => {
    if (depth > 12) return;
    if (value.kind === 'list') for (const item of value.items) visit(item, depth + 1);
    if (value.kind !== 'map') return;
    for (const entry of value.entries.values()) {
      const target = entry.value.kind === 'map' && entry.value.entries.size === 1 ? entry.value.entries.get('Ref')?.value : undefined;
      if (target?.kind === 'string' && secretProperty.test(entry.key) && declared.entries.has(target.value) && !used.has(target.value)) used.set(target.value, entry.value);
      visit(entry.value, depth + 1);
    }
  };
  visit(section, 0);
  return [...used].flatMap(([name, at]): Resource[] => {
    const entry = declared.entries.get(name)!;
    if (entry.value.kind !== 'map') return [];
    const attributes = new Map<string, MapEntry>([...entry.value.entries.values()].map((one) => [one.key === 'NoEcho' ? 'no_echo' : one.key.toLowerCase(), one]));
    attributes.set('used_as', { key: 'used_as', keyOrigin: at.at, value: at });
    return [{ type: 'cloudformation_parameter', name, address: `parameter:${name}`, dialect, origin: { path: document.path, range: entry.value.origin.range }, header: entry.keyOrigin, attributes, complete: true, companions: [], mode: 'managed' }];
  });
}

/** Properties with what `Globals` of a serverless template adds to its kind. */
function withGlobals(properties: Value | undefined, type: string, root: MapValue): Value | undefined {
  const kind = /^AWS::Serverless::(Function|Api|HttpApi|SimpleTable|StateMachine)$/.exec(type)?.[1];
  const own = kind === undefined ? undefined : globalsOf(root, kind);
  if (own === undefined || (properties !== undefined && properties.kind !== 'map')) return properties;
  return properties ? { ...properties, entries: new Map([...own.entries, ...properties.entries]) } : own;
}

/** What `Globals` of a serverless template says of a kind. */
function globalsOf(root: MapValue, kind: string): MapValue | undefined {
  const globals = root.entries.get('Globals')?.value;
  const own = globals?.kind === 'map' ? globals.entries.get(kind)?.value : undefined;
  return own?.kind === 'map' ? own : undefined;
}

/** Properties that are called like such a part and are none, or are one under another name. */
const translated = new Set(['aws_cognito_user_pool.Policies', 'aws_codebuild_project.Environment', 'aws_eks_access_entry.AccessPolicies']);
const kept = new Set(['aws_ssm_document.Content', 'aws_emr_security_configuration.SecurityConfiguration']);

function staysAsWritten(type: string, key: string): boolean {
  return kept.has(`${type}.${key}`) || (verbatim.test(key) && !translated.has(`${type}.${key}`));
}

function convertEntries(type: string, map: MapValue, template: Template, into: Map<string, MapEntry>): void {
  for (const [key, entry] of map.entries) {
    const name = canonicalName(type, key);
    const value = staysAsWritten(type, key) ? resolve(entry.value, template) : convert(type, named(key, entry.value, template), template);
    if (name === '' && value.kind === 'map') for (const [inner, one] of value.entries) into.set(inner, one);
    else into.set(name, { key: name, keyOrigin: entry.keyOrigin, value });
  }
}

/** Properties that say which other resource is meant. */
const naming = /(?:Ids?|Arns?|ARNs?|Bucket|Queues|Topics|RoleName|Roles|Cluster|LogGroupName|GroupName|PolicyName)$/;

/** The bare name of another resource of the template, or of a parameter that a secret takes its value from, is meant as a reference. */
function named(key: string, value: Value, template: Template): Value {
  if (value.kind === 'list') return value.items.some((item) => item.kind === 'string') ? { ...value, items: value.items.map((item) => named(key, item, template)) } : value;
  if (value.kind !== 'string' || value.value === template.name) return value;
  if (naming.test(key) && template.resources.has(value.value)) return { kind: 'reference', target: value.value, attribute: [], origin: value.origin, at: value.at };
  if (!secretProperty.test(key) || !template.parameters.has(value.value)) return value;
  const fallback = template.parameters.get(value.value);
  return fallback ? { ...fallback, at: value.at } : { kind: 'unknown', origin: value.origin, at: value.at };
}

function convert(type: string, value: Value, template: Template): Value {
  const resolved = intrinsic(value, template);
  if (resolved) return resolved.kind === 'map' && resolved !== value ? convert(type, resolved, template) : resolved;
  if (value.kind === 'list') return keyed(value, template) ?? { ...value, items: value.items.map((item) => convert(type, item, template)) };
  if (value.kind !== 'map') return value;
  const entries = new Map<string, MapEntry>();
  convertEntries(type, value, template, entries);
  return { ...value, entries };
}

/** Resolves intrinsic functions and leaves names alone. */
function resolve(value: Value, template: Template): Value {
  const resolved = intrinsic(value, template);
  if (resolved) return resolved;
  if (value.kind === 'list') return { ...value, items: value.items.map((item) => resolve(item, template)) };
  if (value.kind !== 'map') return value;
  return { ...value, entries: new Map([...value.entries].map(([key, entry]) => [key, { ...entry, value: resolve(entry.value, template) }])) };
}

/** A list of `{ Key: access_logs.s3.enabled, Value: true }`, as load balancers have, as a map: `access_logs_s3_enabled`. */
function keyed(list: Value & { readonly kind: 'list' }, template: Template): Value | undefined {
  const entries = new Map<string, MapEntry>();
  for (const item of list.items) {
    const key = item.kind === 'map' && item.entries.size === 2 ? item.entries.get('Key')?.value : undefined;
    const value = item.kind === 'map' ? item.entries.get('Value') : undefined;
    if (key?.kind !== 'string' || !value || !key.value.includes('.')) return undefined;
    const name = key.value.replaceAll('.', '_').replaceAll('-', '_');
    entries.set(name, { key: name, keyOrigin: key.at, value: resolve(value.value, template) });
  }
  return entries.size > 0 ? { kind: 'map', entries, complete: list.complete, origin: list.origin, at: list.at } : undefined;
}
