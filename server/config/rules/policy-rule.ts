import type { PolicyStatement, PolicyString } from '../../rule/queries.ts';
import { scalar } from '../../rule/queries.ts';
import type { Check } from '../../rule/rule.ts';
import { stringsOf, type Definition } from './definition.ts';

/** `kind: policy`: statements of access policies. A statement is reported when all that is given holds for it. */
export function policyCheck({ map, tell, message }: Definition): Check | undefined {
  const policy = map.entries.get('policy')?.value;
  if (policy?.kind !== 'map') {
    tell(map.entries.get('kind')!.keyOrigin, 'A policy rule needs "policy".');
    return undefined;
  }
  const list = (name: string): ((value: string) => boolean) | undefined => {
    const globs = stringsOf(policy.entries.get(name)?.value);
    return globs.length === 0 ? undefined : globOf(globs);
  };
  const effect = scalar(policy.entries.get('effect')?.value) ?? 'allow';
  const [actions, resources, principals] = [list('actions'), list('resources'), list('principals')];
  const without = scalar(policy.entries.get('withoutCondition')?.value);
  const withoutKey = typeof without === 'string' ? globOf([without]) : undefined;
  if (!actions && !resources && !principals) tell(policy.at, 'The rule names neither actions nor resources nor principals.');
  return {
    on: 'statement',
    check: (statement, { report }) => {
      if (statement.effect !== effect) return;
      const parts: readonly (readonly [typeof actions, readonly PolicyString[]])[] = [[actions, statement.actions], [resources, statement.resources], [principals, statement.principals]];
      if (parts.some(([wanted, own]) => wanted && !own.some((one) => wanted(one.value)))) return;
      if (withoutKey && (!statement.complete || statement.conditions.some((one) => withoutKey(one.key)))) return;
      const [wanted, own] = parts.find(([one]) => one)!;
      const found = own.find((one) => wanted!(one.value))!;
      report({ at: found.origin, message: message({ name: nameOf(statement), type: statement.owner?.type ?? 'policy', value: found.value }) });
    },
  };
}

function nameOf(statement: PolicyStatement): string {
  return statement.owner?.name ?? statement.sid ?? 'the policy';
}

/** `*` in a glob stands for any text, but a glob that is only `*` means the wildcard itself. Linear: pieces are looked for in order. */
function globOf(globs: readonly string[]): (value: string) => boolean {
  const all = globs.map((glob) => ({ whole: glob.toLowerCase(), pieces: glob.toLowerCase().split('*') }));
  return (value) => {
    const text = value.toLowerCase();
    return all.some(({ whole, pieces }) => {
      if (whole === '*' || pieces.length === 1) return text === whole;
      if (!text.startsWith(pieces[0]!)) return false;
      let at = pieces[0]!.length;
      for (const piece of pieces.slice(1, -1)) {
        const next = text.indexOf(piece, at);
        if (next < 0) return false;
        at = next + piece.length;
      }
      return text.length - pieces.at(-1)!.length >= at && text.endsWith(pieces.at(-1)!);
    });
  };
}
