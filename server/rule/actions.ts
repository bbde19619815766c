import { sayEnglish, type Say } from '../base/speech/speech.ts';
import { expandPattern, type AccessLevel, type ServiceAction } from '../analysis/iam/catalogue.ts';
import type { Fix } from '../model/fix.ts';
import type { PolicyStatement, PolicyString } from '../model/policy.ts';

export { expandPattern, type ServiceAction } from '../analysis/iam/catalogue.ts';

/** True for a pattern that stands for several actions. */
export function isWildcard(action: string): boolean {
  return /[*?]/.test(action);
}

/** Fixes that put certain actions in the place of a wildcard: those that the project's code calls, or those that only read. */
export function narrowingFixes(action: PolicyString, statement: PolicyStatement): readonly Fix[] {
  const others = statement.actions.filter((one) => one !== action).map((one) => one.value);
  const intent = { kind: 'narrowActions', origin: action.origin, action: action.value, listed: action.listed === true, others } as const;
  const calls: Fix = {
    title: `Allow only the actions that the code of this project calls, in place of ${action.value}`, intents: [{ ...intent, to: 'called' }], safe: false,
    then: { text: `The actions were taken from calls of AWS' SDKs in this project. Check what else uses this policy before it is deployed.` },
  };
  if (!/^[\w-]+:\*$/.test(action.value)) return [calls];
  const reads: Fix = { title: `Allow only actions that read, in place of ${action.value}`, intents: [{ ...intent, to: 'reading' }], safe: false };
  return [calls, reads];
}

/** Most dangerous first. */
const order: readonly AccessLevel[] = ['permissions management', 'write', 'tagging', 'other', 'read', 'list'];
const words = { 'permissions management': 'wildcard.permissions-management', write: 'wildcard.write', tagging: 'wildcard.tagging', other: 'wildcard.other', read: 'wildcard.read', list: 'wildcard.list' } as const satisfies Readonly<Record<AccessLevel, string>>;
const mostNamed: Readonly<Record<AccessLevel, number>> = { 'permissions management': 8, write: 8, tagging: 3, other: 3, read: 6, list: 4 };

/** What a wildcard stands for, in Markdown: how many actions, and the first of each level of access. Undefined where it stands for none that is known. */
export function describeWildcard(pattern: string, say: Say = sayEnglish): string | undefined {
  const actions = expandPattern(pattern);
  if (actions.length === 0) return undefined;
  const services = new Set(actions.map((one) => one.service));
  const byLevel = new Map<AccessLevel, ServiceAction[]>();
  for (const action of actions) byLevel.set(action.level, [...(byLevel.get(action.level) ?? []), action]);
  const lines = order.flatMap((level) => {
    const own = byLevel.get(level);
    if (!own) return [];
    const named = own.slice(0, mostNamed[level]).map((one) => `\`${services.size > 1 ? `${one.service}:` : ''}${one.name}\``).join(', ');
    return [`- **${own.length} ${say(words[level])}**: ${named}${own.length > mostNamed[level] ? ', …' : ''}`];
  });
  const count = services.size > 1 ? say('wildcard.services', { count: actions.length, services: services.size }) : actions.length === 1 ? say('wildcard.one') : say('wildcard.many', { count: actions.length });
  return [`\`${pattern}\` = **${count}**`, '', ...lines].join('\n');
}
