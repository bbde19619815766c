import type { Fix } from '../model/fix.ts';
import type { Resource } from '../model/resource.ts';
import type { ResourceContext } from './rule.ts';

/**
 * The body of a resource of its own in Terraform. `{owner}` is the address of the resource that it belongs to, `{name}` its name,
 * `{the azurerm_log_analytics_workspace}` the address of the module's only resource of that type.
 */
export interface CompanionText {
  readonly type: string;
  readonly lines: readonly string[];
}

const only = /\{the (\w+)\}/g;

/** The fix that adds a resource beside another; none in other dialects, and where what it needs is missing or not the only one. */
export function companionFixes({ type, lines }: CompanionText, resource: Resource, context: Pick<ResourceContext, 'unit'>): readonly Fix[] {
  if (resource.dialect !== 'terraform' || /(?:^|\.)module\./.test(resource.address)) return [];
  const written: string[] = [];
  for (const line of lines) {
    let complete = true;
    const text = line.replaceAll('{owner}', `${resource.type}.${resource.name}`).replaceAll('{name}', resource.name).replace(only, (_, needed: string) => {
      const all = (context.unit.byType.get(needed) ?? []).filter((one) => one.mode === 'managed');
      complete &&= all.length === 1 && !/module\./.test(all[0]!.address);
      return all[0]?.address ?? '';
    });
    if (!complete) return [];
    written.push(text);
  }
  return [{ title: `Add ${type}`, safe: false, intents: [{ kind: 'addCompanion', resource, type, lines: written }] }];
}
