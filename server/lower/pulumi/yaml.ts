import type { Resource } from '../../model/resource.ts';
import type { MapEntry, Value } from '../../model/value.ts';
import type { Document } from '../../source/document.ts';
import { snake } from '../cloudformation/names.ts';
import { dataValues } from '../data/values.ts';
import { pulumiType } from './names.ts';

export function mayBePulumi(text: string): boolean {
  return /^\s*resources\s*:/m.test(text) && /\btype\s*:\s*["']?(?:aws|azure|gcp|kubernetes)(?::[\w/.-]+)+/.test(text);
}

/** The resources of a Pulumi program in YAML, in the Terraform provider's vocabulary. */
export function lowerPulumiYaml(document: Document): Resource[] {
  return dataValues(document).flatMap((root): Resource[] => {
    const section = root.kind === 'map' ? root.entries.get('resources')?.value : undefined;
    if (section?.kind !== 'map') return [];
    const names = new Set(section.entries.keys());
    return [...section.entries.values()].flatMap((entry): Resource[] => {
      const map = entry.value;
      const declared = map.kind === 'map' ? map.entries.get('type')?.value : undefined;
      const token = declared?.kind === 'string' ? /^(\w+):([\w.-]+)(?:\/[\w.-]+)?:(\w+)$/.exec(declared.value) : undefined;
      const type = token ? pulumiType(token[1]!, token[2]!, token[3]!) : undefined;
      if (map.kind !== 'map' || type === undefined) return [];
      const properties = map.entries.get('properties');
      const attributes = new Map<string, MapEntry>();
      if (properties?.value.kind === 'map') for (const one of properties.value.entries.values()) attributes.set(snake(one.key), { ...one, key: snake(one.key), value: convert(one.value, names) });
      return [{
        type, name: entry.key, address: entry.key, dialect: 'pulumi-yaml', origin: map.origin, header: properties?.keyOrigin ?? entry.keyOrigin, attributes,
        complete: map.complete && (properties === undefined || properties.value.kind === 'null' || (properties.value.kind === 'map' && properties.value.complete)), companions: [], mode: 'managed',
      }];
    });
  });
}

function convert(value: Value, names: ReadonlySet<string>): Value {
  switch (value.kind) {
    case 'list': return { ...value, items: value.items.map((item) => convert(item, names)) };
    case 'map': {
      const entries = new Map<string, MapEntry>();
      for (const entry of value.entries.values()) {
        if (entry.key.startsWith('fn::')) return { kind: 'unknown', origin: value.origin, at: value.at };
        const key = value.entries.has('Statement') ? entry.key : snake(entry.key);
        entries.set(key, { ...entry, key, value: convert(entry.value, names) });
      }
      return { ...value, entries };
    }
    case 'string': {
      const reference = /^\$\{(\w[\w-]*)((?:\.\w+)*)\}$/.exec(value.value);
      if (reference && names.has(reference[1]!)) return { kind: 'reference', target: reference[1]!, attribute: reference[2]!.split('.').slice(1).map(snake), origin: value.origin, at: value.at };
      return value.value.includes('${') ? { kind: 'unknown', origin: value.origin, at: value.at } : value;
    }
    default: return value;
  }
}
