import type { CodeArgument, CodeCall } from '../../analysis/code/events.ts';
import type { Value as CodeValue } from '../../analysis/code/value.ts';
import type { Origin } from '../../model/origin.ts';
import type { MapEntry, Value } from '../../model/value.ts';
import { memberName, toResourceValue } from '../program-values.ts';
import { prop, text } from './call.ts';
import { pairs } from './constructs.ts';
import type { Synthesized } from './lower.ts';

const conversion = { key: (name: string): string => name, addressOf: (): undefined => undefined };

/** Policy statements, roles and what else carries rights, as CloudFormation would have them. */
export function policyResources(call: CodeCall, name: string, id: string): Synthesized[] {
  if (name === 'aws-iam.PolicyStatement') return [statementResource(call, id)];
  if (/^aws-iam\.(?:fromJson|from_json)$/.test(name) && /PolicyStatement/.test(call.name ?? '')) return jsonStatement(call, id);
  if (name === 'aws-iam.Role') return [roleResource(call, id)];
  return [];
}

/** A statement as a policy of its own: of a resource where it names principals, else of an identity. */
function statementResource(call: CodeCall, id: string): Synthesized {
  const at = call.callee;
  const statement = new Map<string, MapEntry>();
  const put = (key: string, value: Value, keyOrigin: Origin): void => void statement.set(key, { key, keyOrigin, value });
  const effect = memberName(prop(call, 'effect')?.value);
  put('Effect', text(effect === 'DENY' ? 'Deny' : 'Allow', at), at);
  const list = (from: string, to: string): CodeArgument | undefined => {
    const own = prop(call, from);
    if (own) put(to, toResourceValue(own.value, own.origin, conversion), own.origin);
    return own;
  };
  list('actions', 'Action');
  list('notActions', 'NotAction');
  list('resources', 'Resource');
  list('notResources', 'NotResource');
  const conditions = prop(call, 'conditions');
  if (conditions) put('Condition', toResourceValue(conditions.value, conditions.origin, conversion), conditions.origin);
  const principals = prop(call, 'principals');
  if (principals) put('Principal', principalsOf(principals), principals.origin);
  const document: Value = pairs({ Version: '2012-10-17', Statement: { kind: 'list', complete: true, origin: call.origin, at, items: [{ kind: 'map', entries: statement, complete: true, origin: call.origin, at }] } }, at);
  const properties = new Map<string, MapEntry>([['PolicyDocument', { key: 'PolicyDocument', keyOrigin: at, value: document }]]);
  return { id, type: principals ? 'AWS::S3::BucketPolicy' : 'AWS::IAM::Policy', call, properties, complete: false, header: at };
}

/** `PolicyStatement.fromJson({ Effect: ... })`. */
function jsonStatement(call: CodeCall, id: string): Synthesized[] {
  const [given] = call.args;
  if (!given) return [];
  const statement = toResourceValue(given.value, given.origin, conversion);
  const document = pairs({ Version: '2012-10-17', Statement: { kind: 'list', complete: true, origin: given.origin, at: given.origin, items: [statement] } }, given.origin);
  return [{ id, type: 'AWS::IAM::Policy', call, properties: new Map([['PolicyDocument', { key: 'PolicyDocument', keyOrigin: given.origin, value: document }]]), complete: false, header: call.callee }];
}

/** `role.addManagedPolicy(...)` as a role that has the policy. */
export function managedPolicy(call: CodeCall): Synthesized[] {
  const made = call.args[0]?.value.call;
  const policy = /\.(?:fromAwsManagedPolicyName|from_aws_managed_policy_name)$/.test(made?.name ?? '') ? made?.args[0] : undefined;
  if (typeof policy?.value.constant !== 'string') return [];
  const list: Value = { kind: 'list', complete: true, origin: policy.origin, at: policy.origin, items: [text(`arn:aws:iam::aws:policy/${policy.value.constant}`, policy.origin)] };
  return [{ id: `managed#${call.origin.range.start}`, type: 'AWS::IAM::Role', call, properties: new Map([['ManagedPolicyArns', { key: 'ManagedPolicyArns', keyOrigin: policy.origin, value: list }]]), complete: false, header: call.callee }];
}

function roleResource(call: CodeCall, id: string): Synthesized {
  const at = call.callee;
  const properties = new Map<string, MapEntry>();
  const put = (key: string, value: Value, keyOrigin: Origin): void => void properties.set(key, { key, keyOrigin, value });
  const assumed = prop(call, 'assumedBy');
  if (assumed) {
    const condition = conditionsOf(assumed.value);
    put('AssumeRolePolicyDocument', pairs({
      Version: '2012-10-17',
      Statement: { kind: 'list', complete: true, origin: assumed.origin, at: assumed.origin, items: [pairs({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: principalsOf(assumed), ...(condition ? { Condition: condition } : {}) }, assumed.origin)] },
    }, assumed.origin), assumed.origin);
  }
  const managed = prop(call, 'managedPolicies');
  if (managed?.value.items) {
    const items = managed.value.items.flatMap((item): Value[] => {
      const made = item.call;
      const policy = /\.(?:fromAwsManagedPolicyName|from_aws_managed_policy_name)$/.test(made?.name ?? '') ? made?.args[0] : undefined;
      return typeof policy?.value.constant === 'string' ? [text(`arn:aws:iam::aws:policy/${policy.value.constant}`, policy.origin)] : [];
    });
    put('ManagedPolicyArns', { kind: 'list', items, complete: true, origin: managed.origin, at: managed.origin }, managed.origin);
  }
  return { id, type: 'AWS::IAM::Role', call, properties, complete: true, header: at };
}

function conditionsOf(value: CodeValue): Value | undefined {
  const call = value.call;
  const given = call && (/\.(?:FederatedPrincipal|WebIdentityPrincipal|OpenIdConnectPrincipal)$/.test(call.name ?? '') ? call.args[1] : /(?:withConditions|with_conditions)$/.test(call.written) ? call.args[0] : prop(call, 'conditions') ?? prop(call, 'externalIds'));
  return given ? toResourceValue(given.value, given.origin, conversion) : undefined;
}

/** Principals of the library as the policy language has them. */
function principalsOf({ value, origin }: CodeArgument): Value {
  const all = value.items ?? [value];
  const entries: Record<string, Value> = {};
  const add = (type: string, item: Value): void => {
    const known = entries[type];
    entries[type] = known?.kind === 'list' ? { ...known, items: [...known.items, item] } : { kind: 'list', items: [item], complete: true, origin: item.origin, at: item.at };
  };
  for (const one of all) {
    const { call } = one;
    const at = call?.origin ?? one.origin ?? origin;
    const kind = /\.(\w+Principal)(?:#.*)?$/.exec(call?.name ?? one.name ?? '')?.[1];
    const first = call?.args[0];
    const name = first ? toResourceValue(first.value, first.origin, conversion) : undefined;
    if (kind === 'AnyPrincipal' || kind === 'StarPrincipal') return text('*', at);
    if (kind === 'ServicePrincipal' && name) add('Service', name);
    else if (kind === 'AccountPrincipal' && name?.kind === 'string') add('AWS', text(`arn:aws:iam::${name.value}:root`, name.at));
    else if (kind === 'AccountRootPrincipal') add('AWS', { kind: 'unknown', origin: at, at, parts: ['arn:aws:iam::', undefined, ':root'] });
    else if (kind === 'ArnPrincipal' && name) add('AWS', name);
    else if ((kind === 'FederatedPrincipal' || kind === 'WebIdentityPrincipal') && name) add('Federated', name);
    else add('AWS', { kind: 'unknown', origin: at, at });
  }
  return pairs(entries, origin);
}
