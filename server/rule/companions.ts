import type { EditIntent, Fix } from '../model/fix.ts';
import type { Resource } from '../model/resource.ts';
import type { ResourceContext } from './rule.ts';

/**
 * The body of a resource of its own in Terraform. `{owner}` is the address of the resource that it belongs to, `{name}` its name,
 * `{the azurerm_log_analytics_workspace}` the address of the module's only resource of that type, `{the aws_s3_bucket named log}` of the
 * only one whose name says that it is meant.
 */
export interface CompanionText {
  readonly type: string;
  readonly lines: readonly string[];
  /** What has to be added before it. */
  readonly first?: CompanionText;
}

const only = /\{the (\w+)(?: named (\w+))?\}/g;

/** The fix that adds a resource beside another; none in other dialects, and where what it needs is missing or not the only one. */
export function companionFixes(companion: CompanionText, resource: Resource, context: Pick<ResourceContext, 'unit'>): readonly Fix[] {
  if (resource.dialect !== 'terraform' || /(?:^|\.)module\./.test(resource.address)) return [];
  const intents: EditIntent[] = [];
  for (let one: CompanionText | undefined = companion; one !== undefined; one = one.first) {
    const lines = written(one.lines, resource, context);
    if (!lines) return [];
    intents.unshift({ kind: 'addCompanion', resource, type: one.type, lines });
  }
  return [{ title: `Add ${companion.type}`, safe: false, intents }];
}

function written(lines: readonly string[], resource: Resource, context: Pick<ResourceContext, 'unit'>): readonly string[] | undefined {
  const out: string[] = [];
  for (const line of lines) {
    let complete = true;
    const text = line.replaceAll('{owner}', `${resource.type}.${resource.name}`).replaceAll('{name}', resource.name).replace(only, (_, needed: string, named?: string) => {
      const all = (context.unit.byType.get(needed) ?? []).filter((one) => one.mode === 'managed' && (named === undefined || one.name.toLowerCase().includes(named)));
      complete &&= all.length === 1 && !all[0]!.repeated && !/module\./.test(all[0]!.address);
      return all[0]?.address ?? '';
    });
    if (!complete) return undefined;
    out.push(text);
  }
  return out;
}
