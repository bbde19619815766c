import type { Value } from '../../model/value.ts';

/** A policy whose names begin with small letters, as the provider of Crossplane writes it, in the words of IAM. */
export function policyOf(policy: Value): Value {
  if (policy.kind !== 'map' || !policy.entries.has('statements')) return policy;
  const statements = policy.entries.get('statements')!;
  return { ...policy, entries: new Map([['Statement', { ...statements, key: 'Statement', value: statements.value.kind === 'list' ? { ...statements.value, items: statements.value.items.map(statementOf) } : statements.value }]]) };
}

function statementOf(statement: Value): Value {
  if (statement.kind !== 'map') return statement;
  return { ...statement, entries: new Map([...statement.entries.values()].map((entry) => {
    const key = entry.key.charAt(0).toUpperCase() + entry.key.slice(1);
    return [key, { ...entry, key, value: /^(?:Not)?Principal$/.test(key) ? principalOf(entry.value) : entry.value }];
  })) };
}

/** `{ allowAnon: true }` is everybody; accounts, users and roles each have a name of their own. */
function principalOf(principal: Value): Value {
  if (principal.kind !== 'map') return principal;
  const everybody = principal.entries.get('allowAnon');
  if (isOn(everybody?.value)) return { kind: 'string', value: '*', origin: everybody!.value.origin, at: everybody!.value.at };
  const own = principal.entries.get('awsPrincipals');
  const items = own?.value.kind === 'list' ? own.value.items.flatMap((one) => (one.kind === 'map' ? [...one.entries.values()].map((entry) => entry.value) : [])) : [];
  return { ...principal, entries: new Map([...(own?.value.kind === 'list' ? [['AWS', { ...own, key: 'AWS', value: { ...own.value, items } }] as const] : []), ...[...principal.entries.values()].map((entry) => [entry.key === 'service' ? 'Service' : entry.key, entry] as const)]) };
}

export function isOn(value: Value | undefined): boolean {
  return value?.kind === 'boolean' && value.value;
}
