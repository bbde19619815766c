import { containersOf, podsOf, workloads } from '../server/rule/kubernetes.ts';
import { lookIn, mapsOf, scalar, type MapValue, type Resource, type Value } from '../server/rule/queries.ts';
import { instructionsOf } from './_docker.ts';
import { mapOfResource } from './_kubernetes.ts';

/** A program that infrastructure starts: the words of its command line, and its environment. */
export interface StartedService {
  readonly name: string;
  readonly words: readonly Word[];
  readonly environment: readonly Setting[];
}

interface Word {
  readonly text: string;
  readonly at: Value;
}

export interface Setting {
  readonly name: string;
  readonly value: Value;
}

/** Resources that start programs: pods, compose services, images, and containers of Ansible and of Terraform's Docker provider. */
export const startedTypes: readonly string[] = [...workloads, 'compose_service', 'dockerfile', 'docker_container', 'ansible_docker_container'];

/** Parts of workflows, whose variables the programs of their steps get. */
export const workflowTypes: readonly string[] = ['github_workflow', 'github_job', 'github_step'];

export function startedBy(resource: Resource): readonly StartedService[] {
  if (resource.type === 'dockerfile') return [image(resource)];
  if (workloads.includes(resource.type)) {
    const models = podsOf(resource).flatMap((pod) => lookIn(pod, 'model').values.flatMap(mapsOf));
    const containers = containersOf(resource).map((one) => ({ name: one.name, map: one.map }));
    return [...containers, ...models.map((map) => ({ name: resource.name, map }))].map(({ name, map }) => ({
      name,
      words: wordsOf(map, ['command', 'args']),
      environment: lookIn(map, 'env')
        .values.flatMap(mapsOf)
        .flatMap((one) => named(one)),
    }));
  }
  const map = mapOfResource(resource);
  return [{ name: resource.name, words: wordsOf(map, ['entrypoint', 'command']), environment: settingsOf(map, ['environment', 'env']) }];
}

/** Variables written as a map, or as a list of `NAME=value`. */
export function settingsOf(map: MapValue, keys: readonly string[]): readonly Setting[] {
  return keys
    .flatMap((key) => lookIn(map, key).values)
    .flatMap((value): readonly Setting[] => {
      if (value.kind === 'map') return [...value.entries.values()].map((entry) => ({ name: entry.key, value: entry.value }));
      return value.kind === 'list'
        ? value.items.flatMap((item) => (item.kind === 'string' ? pair(item.value, item) : item.kind === 'map' ? named(item) : []))
        : [];
    });
}

function named(map: MapValue): readonly Setting[] {
  const name = scalar(map.entries.get('name')?.value);
  const value = map.entries.get('value')?.value;
  return typeof name === 'string' && value ? [{ name, value }] : [];
}

function pair(text: string, at: Value): readonly Setting[] {
  const found = /^\s*([\w.]+)=(.*)$/.exec(text);
  return found ? [{ name: found[1]!, value: { kind: 'string', value: found[2]!.trim(), origin: at.origin, at: at.at } }] : [];
}

function wordsOf(map: MapValue, keys: readonly string[]): readonly Word[] {
  return keys
    .flatMap((key) => lookIn(map, key).values)
    .flatMap((value) => (value.kind === 'list' ? value.items : [value]))
    .map((value) => ({ text: String(scalar(value) ?? '…'), at: value }));
}

/** The command that an image starts, and what its ENV sets. */
function image(resource: Resource): StartedService {
  const all = instructionsOf(resource).filter((one) => one.final);
  return {
    name: resource.name,
    words: all
      .filter((one) => one.keyword === 'CMD' || one.keyword === 'ENTRYPOINT')
      .map((one) => ({ text: one.text.replace(/^\s*\[|\]\s*$|"\s*,\s*"|"/g, ' '), at: one.argument })),
    environment: all
      .filter((one) => one.keyword === 'ENV')
      .flatMap((one) => {
        const pairs = [...one.text.matchAll(/([\w.]+)=("(?:[^"\\]|\\.)*"|'[^']*'|\S*)/g)];
        return pairs.length > 0
          ? pairs.flatMap((match) => pair(`${match[1]}=${match[2]!.replace(/^["']|["']$/g, '')}`, one.argument))
          : pair(one.text.replace(/\s+/, '='), one.argument);
      }),
  };
}

/** Where a pattern fits a command line, whatever words it is split into. */
export function inCommand(service: StartedService, pattern: RegExp): { readonly at: Value; readonly text: string } | undefined {
  const line = service.words.map((word) => word.text).join(' ');
  const match = pattern.exec(line);
  if (!match) return undefined;
  let from = 0;
  for (const word of service.words) {
    if (match.index + match[0].search(/\S/) <= from + word.text.length) return { at: word.at, text: match[0].trim() };
    from += word.text.length + 1;
  }
  return undefined;
}
