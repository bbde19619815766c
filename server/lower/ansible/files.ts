import type { Resource } from '../../model/resource.ts';
import type { MapEntry, MapValue, Value } from '../../model/value.ts';
import type { Document } from '../../source/document.ts';
import { dataValues } from '../data/values.ts';

/** True for the path of a file with the variables of hosts or groups. */
export function isAnsibleVariables(path: string): boolean {
  return path.includes('_vars/') && /(?:^|\/)(?:group|host)_vars\/[^/]+(?:\/[\w.-]+)?\.ya?ml$/.test(path);
}

/** True for a list of the roles and collections that playbooks need. */
export function isAnsibleRequirements(text: string, path: string): boolean {
  return /(?:^|\/)requirements\.ya?ml$/.test(path) && /^\s*(?:-\s+)?(?:src|roles|collections)\s*:/m.test(text);
}

/** The variables of a file as those of a group in an inventory, named after the file. */
export function lowerAnsibleVariables(document: Document): Resource[] {
  const name = /_vars\/([^/]+?)(?:\/|\.ya?ml$)/.exec(document.path)?.[1] ?? 'all';
  const type = /(?:^|\/)host_vars\//.test(document.path) ? 'ansible_host' : 'ansible_group';
  return dataValues(document).flatMap((value): Resource[] => {
    const first = value.kind === 'map' ? [...value.entries.values()][0] : undefined;
    return value.kind === 'map' && first ? [resourceOf(type, name, value, new Map([['vars', { key: 'vars', keyOrigin: first.keyOrigin, value }]]), 0)] : [];
  });
}

/** Roles and collections as `ansible_requirement`, with `kind` and what is said of them. */
export function lowerAnsibleRequirements(document: Document): Resource[] {
  const out: Resource[] = [];
  const add = (value: Value | undefined, kind: string): void => {
    for (const item of value?.kind === 'list' ? value.items : []) {
      if (item.kind !== 'map') continue;
      const written = item.entries.get('name') ?? item.entries.get('src');
      const label: Value = { kind: 'string', value: kind, origin: item.origin, at: item.origin };
      const name = written?.value.kind === 'string' ? written.value.value : kind;
      out.push(resourceOf('ansible_requirement', name, item, new Map<string, MapEntry>([...item.entries, ['kind', { key: 'kind', keyOrigin: item.origin, value: label }]]), out.length));
    }
  };
  for (const value of dataValues(document)) {
    if (value.kind === 'list') add(value, 'role');
    else if (value.kind === 'map') {
      add(value.entries.get('roles')?.value, 'role');
      add(value.entries.get('collections')?.value, 'collection');
    }
  }
  return out;
}

function resourceOf(type: string, name: string, map: MapValue, attributes: ReadonlyMap<string, MapEntry>, index: number): Resource {
  return { type, name, address: `${type}.${name}#${index}`, dialect: 'ansible', origin: map.origin, header: [...map.entries.values()][0]?.keyOrigin ?? map.origin, attributes, complete: map.complete, companions: [], mode: 'managed' };
}
