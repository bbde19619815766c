import type { Fix, Literal, Resource } from '../../rule/queries.ts';
import { scalar } from '../../rule/queries.ts';
import type { Check } from '../../rule/rule.ts';
import { compileCondition, mapOfResource, type Condition } from './condition.ts';
import { stringsOf, type Definition } from './definition.ts';

/** `kind: resource`: resources of some types that lack what is required or have what is forbidden. */
export function resourceCheck({ map, tell, message }: Definition): Check | undefined {
  const types = stringsOf(map.entries.get('types')?.value);
  if (types.length === 0) {
    tell(map.entries.get('kind')!.keyOrigin, 'A resource rule needs "types".');
    return undefined;
  }
  const condition = (name: string): Condition | undefined => {
    const entry = map.entries.get(name);
    return entry && compileCondition(entry.value, tell);
  };
  const where = condition('where');
  const require = condition('require');
  const forbid = condition('forbid');
  if (!require && !forbid) tell(map.entries.get('kind')!.keyOrigin, 'A resource rule needs "require" or "forbid".');
  const fixOf = fixer(map);
  return {
    on: 'resource', types,
    check: (resource, { unit, report }) => {
      if (resource.mode !== 'managed') return;
      const subject = { map: mapOfResource(resource), resource, unit };
      if (where && where.holds(subject) !== true) return;
      const broken = require && require.holds(subject) === false ? require : forbid && forbid.holds(subject) === true ? forbid : undefined;
      if (!broken) return;
      const at = broken.values(subject)[0];
      report({ at: at?.at ?? resource.header, message: message({ name: resource.name, type: resource.type, value: String(scalar(at) ?? '') }), fixes: fixOf(resource) });
    },
  };
}

function fixer(map: Definition['map']): (resource: Resource) => readonly Fix[] {
  const fix = map.entries.get('fix')?.value;
  const set = fix?.kind === 'map' ? scalar(fix.entries.get('set')?.value) : undefined;
  const to = fix?.kind === 'map' ? scalar(fix.entries.get('to')?.value) : undefined;
  if (typeof set !== 'string' || to === undefined) return () => [];
  const value: Literal = to;
  return (resource) => [{ title: `Set ${set} to ${String(to)}`, safe: true, intents: [{ kind: 'setAttribute', resource, path: set.split('.'), value }] }];
}
