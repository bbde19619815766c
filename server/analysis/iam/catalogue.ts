import load from './names.cjs';

export type AccessLevel = 'read' | 'list' | 'write' | 'tagging' | 'permissions management' | 'other';

export interface Action {
  /** As AWS writes it, without its service: `GetObject`. */
  readonly name: string;
  readonly level: AccessLevel;
}

/** An action with its service: `s3:GetObject`. */
export interface ServiceAction extends Action {
  readonly service: string;
}

const levels: Readonly<Record<string, AccessLevel>> = { R: 'read', L: 'list', W: 'write', T: 'tagging', P: 'permissions management' };

let lines: ReadonlyMap<string, string> | undefined;
const decoded = new Map<string, readonly Action[]>();

/** Prefixes of all services of AWS that have actions. */
export function services(): readonly string[] {
  return [...index().keys()];
}

/** The actions of a service by its prefix (`s3`), sorted by name; empty for what is none. */
export function actionsOf(service: string): readonly Action[] {
  const key = service.toLowerCase();
  let actions = decoded.get(key);
  if (!actions) decoded.set(key, (actions = decode(index().get(key) ?? '')));
  return actions;
}

/** The action as AWS writes it, whatever the case; undefined when the service has none of this name. */
export function knownAction(service: string, name: string): Action | undefined {
  const lower = name.toLowerCase();
  return actionsOf(service).find((one) => one.name.toLowerCase() === lower);
}

/** What a pattern of a policy stands for: `s3:Get*`, `*`, `ec2:*Tag?`. Services and actions know no case. */
export function expandPattern(pattern: string): readonly ServiceAction[] {
  const [prefix = '', name = '*'] = pattern === '*' ? ['*'] : pattern.split(':', 2);
  const accept = globOf(name);
  const named = prefix.includes('*') ? services().filter((one) => globOf(prefix).test(one)) : [prefix.toLowerCase()];
  return named.flatMap((service) => actionsOf(service).filter((one) => accept.test(one.name)).map((one) => ({ ...one, service })));
}

function globOf(pattern: string): RegExp {
  return new RegExp(`^${pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&').replace(/\*+/g, '.*').replaceAll('?', '.')}$`, 'i');
}

/**
 * What only reads in a service, as short as it can be said: a pattern for a verb where all its actions only read (`s3:Get*`),
 * the action itself elsewhere.
 */
export function readingPatterns(service: string): readonly string[] {
  const byVerb = new Map<string, Action[]>();
  for (const action of actionsOf(service)) {
    const verb = /^[A-Z][a-z]*/.exec(action.name)?.[0] ?? action.name;
    byVerb.set(verb, [...(byVerb.get(verb) ?? []), action]);
  }
  const reads = ({ level }: Action): boolean => level === 'read' || level === 'list';
  return [...byVerb].flatMap(([verb, actions]) => {
    if (actions.length > 1 && actions.every(reads) && actionsOf(service).filter((one) => one.name.startsWith(verb)).every(reads)) return [`${service}:${verb}*`];
    return actions.filter(reads).map((one) => `${service}:${one.name}`);
  }).sort();
}

function index(): ReadonlyMap<string, string> {
  return (lines ??= new Map(load.actions().split('\n').flatMap((line): [string, string][] => {
    const space = line.indexOf(' ');
    return space === -1 ? [] : [[line.slice(0, space), line.slice(space + 1)]];
  })));
}

/** See scripts/iam-actions.mjs for the format. */
function decode(line: string): readonly Action[] {
  const actions = line.split(' ').filter((part) => part !== '').flatMap((part): Action[] => {
    const level = levels[part[0]!] ?? 'other';
    let before = '';
    return part.slice(1).split(',').map((coded) => {
      before = before.slice(0, Number.parseInt(coded[0]!, 36)) + coded.slice(1);
      return { name: before, level };
    });
  });
  return actions.sort((a, b) => (a.name < b.name ? -1 : 1));
}
