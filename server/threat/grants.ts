import type { PolicyStatement } from '../model/policy.ts';
import type { ElementFact, FlowAction, FlowFact } from '../model/threat.ts';

/** Rights that policies give: from the identity that carries the policy to what it may touch. */
export function grantsOf(statements: readonly PolicyStatement[], keys: ReadonlyMap<string, ElementFact>): readonly FlowFact[] {
  return statements.flatMap((statement): FlowFact[] => {
    const owner = statement.owner && ownerOf(statement, keys);
    if (!owner || statement.effect !== 'allow' || statement.kind !== 'identity') return [];
    const actions = statement.actions.map((one) => one.value);
    return statement.resources.flatMap((resource): FlowFact[] => {
      const reference = /^\ue000(.+)$/.exec(resource.value)?.[1];
      const target = reference === undefined ? undefined : keys.get(reference);
      const to = target?.key ?? aliasOfArn(resource.value);
      if (to === undefined) return [];
      return [{ from: owner.key, to, action: actionOf(actions), protocol: 'IAM grant', encrypted: undefined, authenticated: true, validated: undefined, dataClasses: target?.dataClasses ?? [], origin: resource.origin }];
    });
  });
}

/** The role of a policy that stands in a resource of its own. */
function ownerOf(statement: PolicyStatement, keys: ReadonlyMap<string, ElementFact>): ElementFact | undefined {
  const { owner } = statement;
  if (!owner) return undefined;
  const own = keys.get(owner.address);
  if (own) return own;
  for (const name of ['role', 'user']) {
    const value = owner.attributes.get(name)?.value;
    if (value?.kind === 'reference') return keys.get(value.target);
    if (value?.kind === 'string') return [...keys.values()].find((one) => one.kind === 'identity' && one.name === value.value);
  }
  return undefined;
}

function actionOf(actions: readonly string[]): FlowAction {
  const names = actions.map((action) => action.slice(action.indexOf(':') + 1).toLowerCase());
  if (names.some((name) => name.includes('*') && !/^(?:get|list|describe|batchget|query|scan)/.test(name))) return 'grant';
  if (names.some((name) => /^(?:put|update|delete|create|write|send|publish)/.test(name))) return 'write';
  return names.some((name) => name.startsWith('invoke')) ? 'invoke' : 'read';
}

/** What an ARN names, in the words of aliases; undefined for wildcards, which reach everything and are findings. */
function aliasOfArn(arn: string): string | undefined {
  const bucket = /^arn:aws[\w-]*:s3:::([^/*\ue000]+)/.exec(arn);
  if (bucket) return `s3:${bucket[1]}`;
  const table = /^arn:aws[\w-]*:dynamodb:[^:]*:[^:]*:table\/([^/*\ue000]+)/.exec(arn);
  if (table) return `dynamodb:${table[1]}`;
  const queue = /^arn:aws[\w-]*:sqs:[^:]*:[^:]*:([^*\ue000]+)$/.exec(arn);
  if (queue) return `sqs:${queue[1]}`;
  const secret = /^arn:aws[\w-]*:secretsmanager:[^:]*:[^:]*:secret:([^*\ue000]+?)(?:-\w{6})?$/.exec(arn);
  return secret ? `secret:${secret[1]}` : undefined;
}
