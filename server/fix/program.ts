import { lowerCode } from '../lower/code.ts';
import { constructs } from '../lower/cdk/constructs.ts';
import { cloudFormationPath, snake } from '../lower/cloudformation/names.ts';
import { cloudFormationTypes } from '../lower/cloudformation/types.ts';
import type { Call, ObjectLiteral } from '../model/code-tree.ts';
import type { Literal, Printed } from '../model/fix.ts';
import type { Resource } from '../model/resource.ts';
import type { Document } from '../source/document.ts';
import { nodeAt } from './code.ts';
import { entriesOf } from './map-literal.ts';

const computed: Printed = { refused: 'The settings are made elsewhere in the program; they have to be changed there.' };
const nested: Printed = { refused: 'The setting lies in a block of its own, whose form depends on the library; it has to be written by hand.' };

/** Where a setting is missing: in the whole resource, or in the map that stands at a range of the document. */
export type Place = 'resource' | { readonly start: number; readonly end: number };

/** Writes a missing setting into a program that builds infrastructure: a property of an object, or a keyword argument. */
export function insertInProgram(document: Document, resource: Resource, place: Place, names: readonly string[], value: Literal): Printed {
  const tree = lowerCode(document);
  const python = document.language === 'python';
  if (place !== 'resource') {
    const object = nodeAt(tree, 'object', place.start, place.end);
    if (object?.kind === 'object') return intoObject(document, object, written(resource, names, false), resource.type.startsWith('k8s_') && !python ? objectOf(value) : print(value, python));
    const made = nodeAt(tree, 'call', place.start, place.end);
    return made?.kind === 'call' && python && names.length === 1 ? withArgument(document, made, `${written(resource, names, true)[0]!}=${print(value, true) ?? ''}`, print(value, true)) : computed;
  }
  const call = nodeAt(tree, 'call', resource.origin.range.start, resource.origin.range.end);
  if (call?.kind !== 'call') return computed;
  const own = resource.dialect === 'cdk' && !/(?:^|\.)Cfn\w+$/.test(calleeOf(document, call)) ? ofConstruct(document, call, resource, names, value) : { names: written(resource, names, python), text: print(value, python) };
  if (!own || own.text === undefined) return undefined;
  if (python) return own.names.length === 1 ? withArgument(document, call, `${snake(own.names[0]!)}=${own.text}`, own.text) : nested;
  if (own.names.length > 1 && (resource.dialect === 'pulumi-code' || resource.dialect === 'cdktf') && !resource.type.startsWith('k8s_')) return nested;
  return intoProperties(document, call, resource.dialect === 'cdk' || resource.dialect === 'cdktf' ? 2 : 1, own.names, own.text);
}

function calleeOf(document: Document, call: Call): string {
  return document.text.slice(call.callee.start, call.callee.end);
}

/** Names as the library has them. */
function written(resource: Resource, names: readonly string[], python: boolean): readonly string[] {
  const style = (name: string): string => (python ? snake(name) : name);
  switch (resource.dialect) {
    case 'cdk': return cloudFormationPath(resource.type, names).map((name) => style(uncapitalized(name)));
    case 'azure-native': return (names[0] === 'properties' ? names.slice(1) : names).map((name) => style(name === 'supportsHttpsTrafficOnly' ? 'enableHttpsTrafficOnly' : name));
    default: return names.map((name) => (python ? snake(name) : name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())));
  }
}

/** `EnableIAMDatabaseAuthentication` is `enableIamDatabaseAuthentication` in the CDK. */
function uncapitalized(name: string): string {
  const words = name.replace(/([A-Z])([A-Z]+)(?=[A-Z][a-z]|\d|$)/g, (_, first: string, rest: string) => first + rest.toLowerCase());
  return words.charAt(0).toLowerCase() + words.slice(1);
}

/** Enumerations of constructs' properties; they stand in the module of the construct. */
const enumerations: Readonly<Record<string, string>> = { 'aws-s3.Bucket.encryption': 'BucketEncryption', 'aws-s3.Bucket.blockPublicAccess': 'BlockPublicAccess', 'aws-sqs.Queue.encryption': 'QueueEncryption', 'aws-ecr.Repository.imageTagMutability': 'TagMutability', 'aws-kinesis.Stream.encryption': 'StreamEncryption', 'aws-dynamodb.Table.encryption': 'TableEncryption', 'aws-cognito.UserPool.mfa': 'Mfa' };
/** Settings whose property in a construct has another value than in CloudFormation. */
const switches: Readonly<Record<string, readonly [string, boolean]>> = { 'aws-s3.Bucket VersioningConfiguration.Status Enabled': ['versioned', true], 'aws-ec2.Instance MetadataOptions.HttpTokens required': ['requireImdsv2', true], 'aws-ec2.LaunchTemplate LaunchTemplateData.MetadataOptions.HttpTokens required': ['requireImdsv2', true] };

/** Properties of constructs that take other objects, where CloudFormation has their names. */
const ofObjects = /(?:[kK]ey|[vV]pc|[qQ]ueue|[bB]ucket|[cC]onfig|[dD]estination|[pP]assword|Exports|Logging|environment|Encryption|Value|Rules|Origins)$/;

/** The property of a construct of the CDK that synthesizes to a path; undefined where it has none that is known. */
function ofConstruct(document: Document, call: Call, resource: Resource, names: readonly string[], value: Literal): { readonly names: readonly string[]; readonly text: string | undefined } | undefined {
  const python = document.language === 'python';
  const callee = calleeOf(document, call);
  const [, module = '', name = callee] = /^([\w.]*\.)?(\w+)$/.exec(callee) ?? [];
  const path = cloudFormationPath(resource.type, names).join('.');
  const plain = (written: string): string => written.replaceAll('[]', '');
  for (const [key, mapping] of Object.entries(constructs)) {
    if (!key.endsWith(`.${name}`) || cloudFormationTypes[mapping.type] !== resource.type) continue;
    const own = switches[`${key} ${path} ${String(value)}`];
    if (own) return { names: [own[0]], text: print(own[1], python) };
    const same = Object.entries(mapping.same ?? {}).find(([, one]) => plain(one) === path);
    if (same && typeof value !== 'object' && !ofObjects.test(same[0]) && !(typeof value === 'boolean' && /Name$/.test(same[0]))) return { names: same[0].split('.'), text: print(value, python) };
    for (const [property, members] of Object.entries(mapping.members ?? {})) {
      const enumeration = enumerations[`${key}.${property}`];
      const member = Object.entries(members).find(([, rows]) => rows.some(([one, set]) => plain(one) === path && String(set).toLowerCase() === String(value).toLowerCase()))?.[0];
      if (enumeration !== undefined && member !== undefined && module !== '') return { names: property.split('.'), text: `${module}${enumeration}.${member}` };
    }
  }
  return undefined;
}

function print(value: Literal, python: boolean): string | undefined {
  if (typeof value === 'boolean') return python ? (value ? 'True' : 'False') : String(value);
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return `${python ? '"' : "'"}${value.replace(/["'\\]/g, '\\$&')}${python ? '"' : "'"}`;
  if (!Array.isArray(value)) return undefined;
  const items = value.map((one) => print(one as Literal, python));
  return items.includes(undefined) ? undefined : `[${items.join(', ')}]`;
}

/** A map of Kubernetes as an object of JavaScript, which has the same keys. */
function objectOf(value: Literal): string | undefined {
  const entries = entriesOf(value);
  if (!entries) return print(value, false);
  const inner = entries.map(([key, one]) => ({ key, text: objectOf(one) }));
  return inner.some(({ text }) => text === undefined) ? undefined : `{ ${inner.map(({ key, text }) => `${key}: ${text}`).join(', ')} }`;
}

/** Into the object with a resource's properties, which stands at a position of the call or is still to be written there. */
function intoProperties(document: Document, call: Call, position: number, names: readonly string[], text: string): Printed {
  if (call.args.some((one) => one.spread !== undefined)) return computed;
  const given = call.args[position]?.value;
  if (given?.kind === 'object') return intoObject(document, given, names, text);
  const last = call.args.at(-1);
  if (given || call.args.length !== position || !last) return computed;
  return [{ path: document.path, range: { start: last.end, end: last.end }, text: `, { ${entry(names, text, false)} }` }];
}

function intoObject(document: Document, object: ObjectLiteral, names: readonly string[], text: string | undefined): Printed {
  if (text === undefined) return undefined;
  const python = document.language === 'python';
  const written = entry(names, text, python);
  const last = object.entries.at(-1);
  if (!last) return [{ path: document.path, range: { start: object.start, end: object.end }, text: `{ ${written} }` }];
  return [{ path: document.path, range: { start: last.end, end: last.end }, text: `${between(document, last.start)}${written}` }];
}

function withArgument(document: Document, call: Call, argument: string, text: string | undefined): Printed {
  if (text === undefined || document.text[call.open] !== '(') return undefined;
  const last = call.args.at(-1);
  const at = last?.end ?? call.open + 1;
  return [{ path: document.path, range: { start: at, end: at }, text: last ? `${between(document, last.start)}${argument}` : argument }];
}

/** What parts an item from the one before it: a new line with its indentation where that has one of its own. */
function between(document: Document, before: number): string {
  const indent = document.text.slice(document.text.lastIndexOf('\n', before - 1) + 1, before);
  return indent.trim() === '' ? `,\n${indent}` : ', ';
}

function entry(names: readonly string[], text: string, python: boolean): string {
  const key = (name: string): string => (python ? `"${name}": ` : `${name}: `);
  return names.slice(0, -1).reduceRight((inner, name) => `${key(name)}{ ${inner} }`, `${key(names.at(-1)!)}${text}`);
}

