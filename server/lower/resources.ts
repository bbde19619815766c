import { directoryName } from '../base/path.ts';
import type { CodeAnalysis } from '../analysis/code/analyze.ts';
import { lowerBoto, mayBeBoto } from './boto/lower.ts';
import { lowerCdk, mayBeCdk } from './cdk/lower.ts';
import { lowerCdktf, mayBeCdktf } from './cdktf/lower.ts';
import type { Value } from '../model/value.ts';
import { toResourceValue } from './program-values.ts';
import { lowerPulumiCode, mayBePulumiCode } from './pulumi/code.ts';
import { link } from '../analysis/link.ts';
import type { PolicyStatement } from '../model/policy.ts';
import type { Resource, ResourceUnit } from '../model/resource.ts';
import type { MapEntry } from '../model/value.ts';
import type { Document } from '../source/document.ts';
import type { Sources } from '../source/sources.ts';
import { lowerAnsible, mayBeAnsible } from './ansible/lower.ts';
import { isAnsibleInventory, lowerAnsibleInventory, lowerYamlInventory, mayBeYamlInventory } from './ansible/inventory.ts';
import { isAnsibleRequirements, isAnsibleVariables, lowerAnsibleRequirements, lowerAnsibleVariables } from './ansible/files.ts';
import { helmFile, lowerHelmFile } from './kubernetes/values.ts';
import { isAnsibleSettings, lowerAnsibleSettings } from './ansible/settings.ts';
import { lowerBicep } from './arm/bicep.ts';
import { lowerArm, mayBeArm } from './arm/template.ts';
import { lowerCloudFormation, mayBeCloudFormation } from './cloudformation/lower.ts';
import { lowerConfiguration } from './configuration.ts';
import { embeddedJson, looksLikeJson } from './data/embedded.ts';
import { cutSchemas } from './data/schemas.ts';
import { dataValues } from './data/values.ts';
import { lowerDeployment, mayBeDeploymentManager } from './deployment-manager/lower.ts';
import { lowerDockerfile } from './docker/lower.ts';
import { lowerDistribution, mayBeDistribution } from './kubernetes/distributions.ts';
import { lowerKubernetes, mayBeKubernetes } from './kubernetes/lower.ts';
import { lowerOpenApi, mayBeOpenApi } from './openapi/lower.ts';
import { lowerPipeline, pipelineSystem } from './pipelines/lower.ts';
import { policyStatements, statementsOf } from './policy/aws.ts';
import { lowerPulumiYaml, mayBePulumi } from './pulumi/yaml.ts';
import { lowerServerless, mayBeServerless } from './serverless/lower.ts';
import { withManagedKeys } from './terraform/managed-keys.ts';
import { lowerModule } from './terraform/module.ts';
import { isCloudInit, lowerCloudInit, lowerSettings, settingsOf } from './settings.ts';
import { isServiceFile, lowerServiceFile } from './terraform/services.ts';
import { lowerPlan, mayBePlan } from './terraform/plan.ts';

/** What one unit of infrastructure lowers to. */
export interface LoweredUnit {
  readonly unit: ResourceUnit;
  readonly statements: readonly PolicyStatement[];
}

/**
 * The unit a document belongs to, decided by content: documents with one key are linked and judged together
 * (`terraform:<directory>`, or the document's own path). Undefined when the document declares no infrastructure.
 */
export function unitKey(document: Document): string | undefined {
  switch (document.language) {
    case 'terraform':
      if (/\.(?:hcl|nomad)$/.test(document.path)) return isServiceFile(document) ? document.path : undefined;
      return `terraform:${directoryName(document.path)}`;
    case 'dockerfile': case 'bicep': return document.path;
    case 'ini': return isAnsibleSettings(document) || settingsOf(document) || isAnsibleInventory(document) ? document.path : undefined;
    case 'toml': return settingsOf(document) && document.path;
    case 'yaml': case 'json': return document.path.endsWith('.tf.json') ? `terraform:${directoryName(document.path)}` : formatOf(document) ? document.path : undefined;
    default: return undefined;
  }
}

interface Format {
  readonly test: (text: string, path: string) => boolean;
  readonly lower: (document: Document, sources: Sources) => Resource[];
}

/** Formats in YAML and JSON, told apart by what they hold; the first that fits wins. */
const formats: readonly Format[] = [
  { test: isCloudInit, lower: lowerCloudInit },
  { test: (_, path) => isAnsibleVariables(path), lower: lowerAnsibleVariables },
  { test: (text, path) => helmFile(text, path) !== undefined, lower: lowerHelmFile },
  { test: (text, path) => isAnsibleRequirements(text, path), lower: lowerAnsibleRequirements },
  { test: mayBePlan, lower: lowerPlan },
  { test: (text, path) => pipelineSystem(text, path) !== undefined, lower: lowerPipeline },
  { test: mayBeServerless, lower: lowerServerless },
  { test: mayBeCloudFormation, lower: lowerCloudFormation },
  { test: mayBeArm, lower: lowerArm },
  { test: mayBeDistribution, lower: lowerDistribution },
  { test: mayBeKubernetes, lower: lowerKubernetes },
  { test: mayBeOpenApi, lower: lowerOpenApi },
  { test: mayBePulumi, lower: lowerPulumiYaml },
  { test: mayBeDeploymentManager, lower: lowerDeployment },
  { test: (text) => /^\s*["']?(?:services|jobs|runs|updates)["']?\s*:/m.test(text), lower: lowerConfiguration },
  { test: mayBeAnsible, lower: lowerAnsible },
  { test: mayBeYamlInventory, lower: lowerYamlInventory },
  { test: (text) => /["']?Statement["']?\s*:/.test(text) && /["']?Effect["']?\s*:/.test(text), lower: () => [] },
];

/** Words without which no format is tried, so that data costs one pass and no parsing. */
const sign = /\b(?:apiVersion|Resources|resources|services|jobs|runs|updates|Statement|openapi|swagger|functions|hosts|tasks)\b|^\s*(?:-\s+)?(?:name|script|steps|stages|pipelines|include)\s*:|^(?:machine|write-kubeconfig-mode|secrets-encryption|kube-apiserver-arg|kubelet-arg)\s*:/m;

/** Formats that are told by the names of their files. */
const isNamed = (text: string, path: string): boolean => isCloudInit(text) || isAnsibleVariables(path) || helmFile(text, path) !== undefined || isAnsibleRequirements(text, path);

const known = new WeakMap<Document, { readonly format: Format | undefined }>();

function formatOf(document: Document): Format | undefined {
  let found = known.get(document);
  if (!found) {
    const text = cutSchemas(document.text);
    known.set(document, (found = { format: sign.test(text) || isNamed(text, document.path) ? formats.find((format) => format.test(text, document.path)) : undefined }));
  }
  return found.format;
}

/** Lowers and links a whole unit. Total. */
export function lowerUnit(key: string, sources: Sources): LoweredUnit {
  if (key.startsWith('terraform:')) {
    const { resources, paths } = lowerModule(key.slice('terraform:'.length), sources, undefined, '', [key.slice('terraform:'.length)]);
    return linked(withManagedKeys(resources), paths, sources);
  }
  const document = sources.document(key);
  if (!document) return linked([], [key], sources);
  if (document.language === 'terraform') return linked(lowerServiceFile(document), [key], sources);
  if (document.language === 'dockerfile') return linked(lowerDockerfile(document), [key], sources);
  if (settingsOf(document)) return linked(lowerSettings(document), [key], sources);
  if (document.language === 'ini') return linked(isAnsibleInventory(document) ? lowerAnsibleInventory(document) : lowerAnsibleSettings(document), [key], sources);
  if (document.language === 'bicep') {
    const { resources, paths } = lowerBicep(document, sources);
    return linked(resources, paths, sources);
  }
  const resources = formatOf(document)?.lower(document, sources) ?? [];
  const alone = resources.length > 0 || !document.text.includes('Statement') ? [] : dataValues(document).flatMap((value) => policyStatements(value, 'unknown', undefined));
  const unit = linked(resources, [key], sources);
  return { unit: unit.unit, statements: [...unit.statements, ...alone] };
}

function linked(resources: readonly Resource[], paths: readonly string[], sources: Sources): LoweredUnit {
  const unit = link(resources.map((resource) => withEmbedded(resource, sources)), paths);
  return { unit, statements: unit.resources.flatMap((resource) => (resource.mode === 'module' ? [] : statementsOf(resource, sources))) };
}

const embedding: readonly Resource['dialect'][] = ['terraform', 'terraform-json', 'cloudformation-yaml', 'cloudformation-json', 'pulumi-yaml', 'aws-native', 'crossplane', 'ansible'];

/** Attributes that hold JSON as text become what the text says. */
function withEmbedded(resource: Resource, sources: Sources): Resource {
  if (!embedding.includes(resource.dialect)) return resource;
  let attributes: Map<string, MapEntry> | undefined;
  for (const [key, entry] of resource.attributes) {
    if (!looksLikeJson(entry.value)) continue;
    const value = embeddedJson(entry.value, sources);
    if (value && value.kind !== 'string') (attributes ??= new Map(resource.attributes)).set(key, { ...entry, value });
  }
  return attributes ? { ...resource, attributes } : resource;
}

/** The infrastructure that a program builds with the CDK or Pulumi, and the policies that it writes as JSON. */
export function lowerProgram(analysis: CodeAnalysis, document: Document, sources: Sources): LoweredUnit | undefined {
  const cdk = mayBeCdk(document.text);
  const cdktf = mayBeCdktf(document.text);
  const pulumi = mayBePulumiCode(document.text);
  const boto = mayBeBoto(document.text, document.language === 'python');
  if (!cdk && !cdktf && !pulumi && !boto) return undefined;
  const { unit, statements } = linked([...(cdk ? lowerCdk(analysis, document) : []), ...(cdktf ? lowerCdktf(analysis) : []), ...(pulumi ? lowerPulumiCode(analysis) : []), ...(boto ? lowerBoto(analysis) : [])], [document.path], sources);
  const known = new Set(statements.map((statement) => `${statement.origin.path}:${statement.origin.range.start}`));
  const alone = writtenPolicies(analysis).flatMap((value) => policyStatements(value, 'unknown', undefined)).filter((statement) => !known.has(`${statement.origin.path}:${statement.origin.range.start}`));
  return { unit, statements: [...statements, ...alone] };
}

/** Policies that are turned into JSON anywhere in a program: in helpers, and where the resource is not known. */
function writtenPolicies(analysis: CodeAnalysis): readonly Value[] {
  return analysis.calls.flatMap((call) => {
    const [given] = /^(?:JSON\.stringify|json\.dumps|@pulumi\/pulumi\.jsonStringify)$/.test(call.name ?? '') ? call.args : [];
    return given?.value.fields?.has('Statement') ? [toResourceValue(given.value, given.origin, { key: (name) => name, addressOf: () => undefined })] : [];
  });
}
