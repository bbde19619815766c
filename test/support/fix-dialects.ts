import { stringify } from 'yaml';
import { armTypes } from '../../server/lower/arm/names.ts';
import { ansibleModules } from '../../server/lower/ansible/modules.ts';
import { cloudFormationName } from '../../server/lower/cloudformation/names.ts';
import { cloudFormationTypes } from '../../server/lower/cloudformation/types.ts';
import { crossplaneKinds } from '../../server/lower/crossplane/lower.ts';
import { pulumiType } from '../../server/lower/pulumi/names.ts';
import { parseHcl } from '../../server/syntax/hcl/parse.ts';
import type { HclBody, HclExpression } from '../../server/syntax/hcl/tree.ts';
import { readMarks } from '../../server/rule/example.ts';
import type { Example, Rule } from '../../server/rule/rule.ts';

export interface Plain {
  readonly type: string;
  readonly name: string;
  readonly body: Json;
}
export type Json = { [key: string]: unknown };

/** A Terraform example in the other dialects that have its resources; names that differ there are not known here, so that a rule may be silent. */
export function inOtherDialects(example: Example): readonly Example[] {
  if (!example.file.endsWith('.tf') || example.files || example.bad === undefined) return [];
  const resources = resourcesOf(readMarks(example.bad).text);
  if (!resources || resources.length === 0) return [];
  const out: Example[] = [{ file: 'main.tf.json', bad: json({ resource: Object.fromEntries(resources.map((one) => [one.type, { [one.name]: one.body }])) }) }];
  const template = resources.flatMap((one) => {
    const type = Object.entries(cloudFormationTypes).find(([, canonical]) => canonical === one.type)?.[0];
    return type === undefined ? [] : [[one.name.replace(/\W|_/g, ''), { Type: type, Properties: renamed(one.body, (name) => cloudFormationName(one.type, name)) }] as const];
  });
  if (template.length === resources.length) {
    const stack = { AWSTemplateFormatVersion: '2010-09-09', Resources: Object.fromEntries(template) };
    out.push({ file: 'template.yaml', bad: stringify(stack) }, { file: 'template.json', bad: json(stack) });
  }
  const tasks = resources.flatMap((one) => {
    const module = Object.entries(ansibleModules).find(([, canonical]) => canonical === one.type)?.[0];
    return module === undefined ? [] : [{ name: one.name, [module]: one.body }];
  });
  if (tasks.length === resources.length) out.push({ file: 'playbook.yml', bad: stringify([{ hosts: 'localhost', tasks }]) });
  const tokens = resources.flatMap((one) => {
    const token = pulumiToken(one.type);
    return token ? [{ ...one, token, body: renamed(one.body, camel) as Json }] : [];
  });
  if (tokens.length === resources.length) {
    out.push({ file: 'Pulumi.yaml', bad: stringify({ name: 'app', runtime: 'yaml', resources: Object.fromEntries(tokens.map((one) => [one.name, { type: one.token.join(':'), properties: one.body }])) }) });
    const [provider] = tokens[0]!.token;
    if (tokens.every((one) => one.token[0] === provider)) out.push({ file: 'index.ts', bad: `import * as ${provider} from '@pulumi/${provider}';\n${tokens.map((one) => `new ${one.token.join('.')}('${one.name}', ${literal(one.body)});\n`).join('')}` });
  }
  const objects = resources.flatMap((one) => {
    const kind = Object.entries(crossplaneKinds).find(([, canonical]) => canonical === one.type)?.[0];
    const [group, name] = kind?.split('/') ?? [];
    return group === undefined || name === undefined ? [] : [stringify({ apiVersion: `${group}.upbound.io/v1beta1`, kind: name, metadata: { name: one.name }, spec: { forProvider: renamed(one.body, camel) } })];
  });
  if (objects.length === resources.length) out.push({ file: 'claims.yaml', bad: objects.join('---\n') });
  const constructs = template.map(([name, { Type, Properties }]) => ({ name, service: Type.split('::')[1]!, type: Type.split('::')[2]!, body: renamed(Properties, (key) => key[0]!.toLowerCase() + key.slice(1)) }));
  if (template.length === resources.length) {
    const services = [...new Set(constructs.map((one) => one.service))].map((service) => `import * as ${service.toLowerCase()} from 'aws-cdk-lib/aws-${service.toLowerCase()}';\n`).join('');
    out.push({ file: 'stack.ts', bad: `import { Stack } from 'aws-cdk-lib';\n${services}export class Data extends Stack {\n  build() {\n${constructs.map((one) => `    new ${one.service.toLowerCase()}.Cfn${one.type}(this, '${one.name}', ${literal(one.body).replaceAll('\n', '\n    ')});\n`).join('')}  }\n}\n` });
  }
  return out;
}

/** A Terraform example of a row in Azure's own templates: the marked value at the path that the row has there, or nothing where it is what is missing that is marked. */
export function inTemplates({ templatePath }: Rule, example: Example): readonly Example[] {
  if (templatePath === undefined || !example.file.endsWith('.tf') || example.bad === undefined) return [];
  const { text, ranges } = readMarks(example.bad);
  const [resource, ...others] = resourcesOf(text) ?? [];
  const type = Object.entries(armTypes).find(([, canonical]) => canonical === resource?.type)?.[0];
  const [mark] = ranges;
  if (!resource || others.length > 0 || type === undefined || !mark) return [];
  const marked = text.slice(mark.start, mark.end);
  const path = templatePath.replace('!', '').split('.').filter((name) => name !== '*');
  const body: Json = { name: 'example', location: 'westeurope' };
  const given = marked === resource.name ? undefined : leafWith(resource.body, marked);
  if (marked !== resource.name && given === undefined) return [];
  if (given !== undefined) put(body, path, templatePath.startsWith('!') && typeof given === 'boolean' ? !given : given);
  else if (path[0] === 'properties') body['properties'] = {};
  const template = { $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#', contentVersion: '1.0.0.0', resources: [{ type, apiVersion: '2024-01-01', ...body }] };
  return [{ file: 'template.json', bad: json(template) }, { file: 'main.bicep', bad: `resource example '${type}@2024-01-01' = ${bicep(body, '')}\n` }];
}

/** The value of a body that reads like a text, or the list that holds it. */
function leafWith(value: unknown, text: string): unknown {
  if (Array.isArray(value)) return value.some((item) => String(item) === text) || JSON.stringify(value).replaceAll(',', ', ') === text ? value : undefined;
  if (typeof value === 'object' && value !== null) {
    for (const own of Object.values(value)) { const found = leafWith(own, text); if (found !== undefined) return found; }
    return undefined;
  }
  return String(value) === text ? value : undefined;
}

function put(body: Json, [name, ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) { body[name!] = value; return; }
  const inner = (body[name!] ??= {}) as Json;
  put(inner, rest, value);
}

function bicep(value: unknown, indent: string): string {
  if (Array.isArray(value)) return `[\n${value.map((item) => `${indent}  ${bicep(item, `${indent}  `)}\n`).join('')}${indent}]`;
  if (typeof value === 'object' && value !== null) return `{\n${Object.entries(value).map(([key, own]) => `${indent}  ${key}: ${bicep(own, `${indent}  `)}\n`).join('')}${indent}}`;
  return typeof value === 'string' ? `'${value}'` : String(value);
}

/** Pulumi's token of a resource type, where its name follows from the Terraform provider's. */
function pulumiToken(type: string): readonly [string, string, string] | undefined {
  const [prefix, ...words] = type.split('_');
  const provider = { aws: 'aws', azurerm: 'azure', google: 'gcp' }[prefix!];
  if (provider === undefined) return undefined;
  for (let at = 1; at < words.length; at++) {
    const module = words.slice(0, at).join('');
    const name = words.slice(at).map((word) => word[0]!.toUpperCase() + word.slice(1)).join('');
    if (pulumiType(provider, module, name) === type) return [provider, module, name];
  }
  return undefined;
}

function camel(name: string): string {
  return name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** An object of JavaScript as people write it. */
function literal(value: unknown): string {
  return JSON.stringify(value, undefined, 2).replace(/"([A-Za-z_]\w*)":/g, '$1:').replace(/"((?:[^"\\']|\\[^"])*)"/g, "'$1'");
}

function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

/** The resources of a Terraform text; undefined where an expression has no plain value. */
export function resourcesOf(text: string): readonly Plain[] | undefined {
  const { body } = parseHcl(text);
  const out: Plain[] = [];
  for (const block of body.blocks) {
    const own = block.type === 'resource' ? plainBody(block.body) : undefined;
    if (!own) return undefined;
    out.push({ type: block.labels[0]!.text, name: block.labels[1]!.text, body: own });
  }
  return out;
}

function plainBody(body: HclBody): Json | undefined {
  const out: Json = {};
  for (const { name, value } of body.attributes) {
    const own = plain(value);
    if (own === undefined) return undefined;
    out[name] = own;
  }
  for (const block of body.blocks) {
    const own = plainBody(block.body);
    if (!own || Object.hasOwn(out, block.type)) return undefined;
    out[block.type] = own;
  }
  return out;
}

function plain(value: HclExpression): unknown {
  switch (value.kind) {
    case 'literal': return value.value ?? undefined;
    case 'template': return value.parts.every((part) => typeof part === 'string') ? value.parts.join('') : undefined;
    case 'list': {
      const items = value.items.map(plain);
      return items.includes(undefined) ? undefined : items;
    }
    default: return undefined;
  }
}

function renamed(value: unknown, rename: (name: string) => string): unknown {
  if (Array.isArray(value)) return value.map((item) => renamed(item, rename));
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).map(([key, own]) => [rename(key), renamed(own, rename)])) : value;
}
