import type { PolicyCondition, PolicyKind, PolicyStatement, PolicyString } from '../../model/policy.ts';
import type { Resource } from '../../model/resource.ts';
import type { MapValue, Value } from '../../model/value.ts';
import type { Sources } from '../../source/sources.ts';
import { ansibleType } from '../ansible/modules.ts';
import { embeddedJson, hole } from '../data/embedded.ts';

const deepest = 12;

const taskLists: ReadonlySet<string> = new Set(['tasks', 'pre_tasks', 'post_tasks', 'handlers', 'block', 'rescue', 'always']);

/** Tasks within blocks and plays are resources of their own, and so is what a task's module manages. */
function isJudgedItself(name: string): boolean {
  const type = ansibleType(name);
  return taskLists.has(name) || (type !== undefined && !type.startsWith('ansible_'));
}

/** All statements of the AWS policies that a resource carries, wherever in it they stand. */
export function statementsOf(resource: Resource, sources: Sources): PolicyStatement[] {
  if (resource.type === 'aws_iam_policy_document') return documentStatements(resource);
  const out: PolicyStatement[] = [];
  if (resource.attributes.has('Statement')) out.push(...policyStatements({ kind: 'map', entries: resource.attributes, complete: resource.complete, origin: resource.origin, at: resource.origin }, 'resource', resource));
  for (const [name, entry] of resource.attributes) {
    if (name === 'tags' || (resource.dialect === 'ansible' && isJudgedItself(name))) continue;
    visit(entry.value, kindOf(resource, name), resource, sources, out, 0);
  }
  return out;
}

/** Statements of a policy that stands alone. */
export function policyStatements(value: Value, kind: PolicyKind, owner: Resource | undefined): PolicyStatement[] {
  if (value.kind !== 'map') return [];
  const statements = value.entries.get('Statement')?.value;
  const items = statements?.kind === 'list' ? statements.items : statements?.kind === 'map' ? [statements] : [];
  return items.flatMap((item) => (item.kind === 'map' ? statement(item, kind, owner) ?? [] : []));
}

function kindOf(resource: Resource, attribute: string): PolicyKind {
  if (/assume_role_policy/i.test(attribute)) return 'trust';
  if (/^aws_(?:iam|ssoadmin)_/.test(resource.type) || resource.type === 'aws_lambda_function') return 'identity';
  return resource.type === 'aws_organizations_policy' ? 'service-control' : 'resource';
}

function visit(value: Value, kind: PolicyKind, resource: Resource, sources: Sources, out: PolicyStatement[], depth: number): void {
  if (depth > deepest) return;
  if (value.kind === 'map') {
    if (value.entries.has('Statement')) {
      out.push(...policyStatements(value, kind, resource));
      return;
    }
    // A serverless API lists its statements without a policy around them.
    const custom = value.entries.get('CustomStatements');
    if (custom) out.push(...policyStatements({ ...value, entries: new Map([['Statement', custom]]) }, kind, resource));
    for (const [name, entry] of value.entries) visit(entry.value, /AssumeRolePolicyDocument/.test(name) ? 'trust' : kind, resource, sources, out, depth + 1);
  } else if (value.kind === 'list') for (const item of value.items) visit(item, kind, resource, sources, out, depth + 1);
  else if ((value.kind === 'string' && value.value.includes('"Statement"')) || (value.kind === 'unknown' && value.parts?.some((part) => part?.includes('"Statement"')))) {
    const parsed = embeddedJson(value, sources);
    if (parsed) out.push(...policyStatements(parsed, kind, resource));
  }
}

function statement(map: MapValue, kind: PolicyKind, owner: Resource | undefined): PolicyStatement | undefined {
  const effect = map.entries.get('Effect')?.value;
  if (effect?.kind !== 'string') return undefined;
  let complete = map.complete;
  const strings = (name: string): PolicyString[] => {
    const value = map.entries.get(name)?.value;
    if (!value) return [];
    return (value.kind === 'list' ? value.items : value.kind === 'map' ? [...value.entries.values()].flatMap((entry) => (entry.value.kind === 'list' ? entry.value.items : [entry.value])) : [value]).flatMap((item): PolicyString[] => {
      if (item.kind === 'string') return [{ value: item.value, origin: item.at, ...(value.kind === 'list' ? { listed: true } : {}) }];
      if (item.kind === 'unknown' && item.parts && item.parts.some((part) => part !== undefined && part !== '')) return [{ value: item.parts.map((part) => part ?? hole).join(''), origin: item.at }];
      if (item.kind !== 'reference') complete = false;
      else return [{ value: `${hole}${item.target}`, origin: item.at }];
      return [];
    });
  };
  const principals = (name: string): (PolicyString & { type: string })[] => {
    const value = map.entries.get(name)?.value;
    if (!value) return [];
    if (value.kind === 'string') return [{ value: value.value, origin: value.at, type: value.value === '*' ? '*' : 'AWS' }];
    if (value.kind !== 'map') {
      complete = false;
      return [];
    }
    return [...value.entries].flatMap(([type, entry]) => (entry.value.kind === 'list' ? entry.value.items : [entry.value]).flatMap((item) => {
      if (item.kind === 'string') return [{ value: item.value, origin: item.at, type }];
      return [{ value: item.kind === 'unknown' && item.parts ? item.parts.map((part) => part ?? hole).join('') : hole, origin: item.at, type }];
    }));
  };
  const sid = map.entries.get('Sid')?.value;
  const actions = strings('Action');
  const notActions = strings('NotAction');
  const resources = strings('Resource');
  const notResources = strings('NotResource');
  const own = principals('Principal');
  const notPrincipals = principals('NotPrincipal');
  return {
    system: 'aws', kind: kind === 'unknown' && trusts(actions, own) ? 'trust' : kind,
    ...(sid?.kind === 'string' ? { sid: sid.value } : {}),
    effect: effect.value.toLowerCase() === 'deny' ? 'deny' : 'allow',
    actions, notActions, resources, notResources, principals: own, notPrincipals,
    conditions: conditions(map.entries.get('Condition')?.value),
    complete,
    origin: map.at,
    ...(owner ? { owner } : {}),
  };
}

/** What names principals and lets them take a role can only be the trust policy of one. */
function trusts(actions: readonly PolicyString[], principals: readonly PolicyString[]): boolean {
  return principals.length > 0 && actions.length > 0 && actions.every((action) => /^sts:(?:AssumeRole\w*|TagSession|SetSourceIdentity|SetContext)$/i.test(action.value));
}

function conditions(value: Value | undefined): PolicyCondition[] {
  if (!value) return [];
  if (value.kind !== 'map') return [{ operator: '', key: '', values: [], origin: value.at }];
  const more = (map: MapValue, operator: string): PolicyCondition[] => (map.complete ? [] : [{ operator, key: '', values: [], origin: map.at }]);
  return [...value.entries].flatMap(([operator, entry]) => (entry.value.kind === 'map'
    ? [...[...entry.value.entries].map(([key, one]): PolicyCondition => ({ operator, key, values: one.value.kind === 'list' ? one.value.items : [one.value], origin: one.keyOrigin })), ...more(entry.value, operator)]
    : [{ operator, key: '', values: [], origin: entry.keyOrigin }])).concat(more(value, ''));
}

/** The data source that writes a policy in blocks. */
function documentStatements(resource: Resource): PolicyStatement[] {
  const blocks = resource.attributes.get('statement')?.value;
  const items = blocks?.kind === 'list' ? blocks.items : blocks ? [blocks] : [];
  return items.flatMap((item): PolicyStatement[] => {
    if (item.kind !== 'map') return [];
    const rename: Readonly<Record<string, string>> = { effect: 'Effect', actions: 'Action', not_actions: 'NotAction', resources: 'Resource', not_resources: 'NotResource', sid: 'Sid' };
    const entries = new Map([...item.entries].flatMap(([key, entry]) => (rename[key] ? [[rename[key], entry] as const] : [])));
    if (!entries.has('Effect')) entries.set('Effect', { key: 'Effect', keyOrigin: item.at, value: { kind: 'string', value: 'Allow', origin: item.at, at: item.at } });
    const made = statement({ ...item, entries }, 'unknown', resource);
    if (!made) return [];
    const blocksOf = (name: string): readonly MapValue[] => {
      const value = item.entries.get(name)?.value;
      return (value?.kind === 'list' ? value.items : value ? [value] : []).filter((one): one is MapValue => one.kind === 'map');
    };
    const principals = (name: string) => blocksOf(name).flatMap((block) => {
      const type = block.entries.get('type')?.value;
      const identifiers = block.entries.get('identifiers')?.value;
      return (identifiers?.kind === 'list' ? identifiers.items : []).map((one) => ({ value: one.kind === 'string' ? one.value : hole, origin: one.at, type: type?.kind === 'string' ? type.value : '' }));
    });
    const condition = blocksOf('condition').map((block): PolicyCondition => {
      const text = (name: string): string => {
        const value = block.entries.get(name)?.value;
        return value?.kind === 'string' ? value.value : '';
      };
      const values = block.entries.get('values')?.value;
      return { operator: text('test'), key: text('variable'), values: values?.kind === 'list' ? values.items : [], origin: block.at };
    });
    const own = principals('principals');
    return [{ ...made, kind: trusts(made.actions, own) ? 'trust' : made.kind, principals: own, notPrincipals: principals('not_principals'), conditions: condition, complete: made.complete && item.complete }];
  });
}
