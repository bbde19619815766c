import { directoryName } from '../base/path.ts';
import { link } from '../analysis/link.ts';
import type { PolicyStatement } from '../model/policy.ts';
import type { Resource, ResourceUnit } from '../model/resource.ts';
import type { Document } from '../source/document.ts';
import type { Sources } from '../source/sources.ts';
import { lowerCloudFormation, mayBeCloudFormation } from './cloudformation/lower.ts';
import { lowerConfiguration } from './configuration.ts';
import { dataValues } from './data/values.ts';
import { lowerDockerfile } from './docker/lower.ts';
import { lowerKubernetes, mayBeKubernetes } from './kubernetes/lower.ts';
import { policyStatements, statementsOf } from './policy/aws.ts';
import { lowerModule } from './terraform/module.ts';

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
    case 'terraform': return document.path.endsWith('.hcl') ? undefined : `terraform:${directoryName(document.path)}`;
    case 'dockerfile': return document.path;
    case 'yaml': case 'json': return /["']?(?:apiVersion|Resources|services|jobs|runs|Statement)["']?\s*:/.test(document.text) ? document.path : undefined;
    default: return undefined;
  }
}

/** Lowers and links a whole unit. Total. */
export function lowerUnit(key: string, sources: Sources): LoweredUnit {
  if (key.startsWith('terraform:')) {
    const { resources, paths } = lowerModule(key.slice('terraform:'.length), sources, undefined, '', [key.slice('terraform:'.length)]);
    return linked(resources, paths, sources);
  }
  const document = sources.document(key);
  if (!document) return linked([], [key], sources);
  if (document.language === 'dockerfile') return linked(lowerDockerfile(document), [key], sources);
  if (mayBeCloudFormation(document.text)) return linked(lowerCloudFormation(document), [key], sources);
  if (mayBeKubernetes(document.text)) return linked(lowerKubernetes(document), [key], sources);
  const resources = lowerConfiguration(document);
  const alone = resources.length > 0 ? [] : dataValues(document).flatMap((value) => policyStatements(value, 'unknown', undefined));
  const unit = linked(resources, [key], sources);
  return { unit: unit.unit, statements: [...unit.statements, ...alone] };
}

function linked(resources: readonly Resource[], paths: readonly string[], sources: Sources): LoweredUnit {
  const unit = link(resources, paths);
  return { unit, statements: unit.resources.flatMap((resource) => (resource.mode === 'module' ? [] : statementsOf(resource, sources))) };
}
