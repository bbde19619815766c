import type { Resource } from '../model/resource.ts';
import type { MapEntry, MapValue } from '../model/value.ts';
import type { Document } from '../source/document.ts';
import { dataValues } from './data/values.ts';

/** Compose services, workflows and the settings of Dependabot, recognised by their shape: `compose_service`, `github_workflow`, `github_job`, `github_step`, `github_action` (one that is an image), `dependabot_update`. */
export function lowerConfiguration(document: Document): Resource[] {
  const [root] = dataValues(document);
  if (root?.kind !== 'map') return [];
  const services = root.entries.get('services')?.value;
  if (services?.kind === 'map' && [...services.entries.values()].some((entry) => entry.value.kind === 'map' && (entry.value.entries.has('image') || entry.value.entries.has('build')))) {
    const volumes = root.entries.get('volumes')?.value;
    const named = (type: string, map: MapValue): Resource[] =>
      [...map.entries].flatMap(([name, entry]) => (entry.value.kind === 'map' ? [resource(type, name, entry, entry.value, 'compose')] : []));
    return [...named('compose_service', services), ...(volumes?.kind === 'map' ? named('compose_volume', volumes) : [])];
  }
  const jobs = root.entries.get('jobs');
  if (jobs?.value.kind === 'map' && (root.entries.has('on') || root.entries.has('true'))) return workflow(document, root, jobs.value);
  const updates = root.entries.get('updates')?.value;
  if (updates?.kind === 'list' && /dependabot\.ya?ml$/.test(document.path)) {
    return updates.items.flatMap((item, at): Resource[] => {
      const ecosystem = item.kind === 'map' ? item.entries.get('package-ecosystem') : undefined;
      return item.kind === 'map' && ecosystem?.value.kind === 'string' ? [resource('dependabot_update', ecosystem.value.value, ecosystem, item, 'github-actions', String(at))] : [];
    });
  }
  const runs = root.entries.get('runs')?.value;
  if (runs?.kind === 'map' && runs.entries.get('steps')?.value.kind === 'list') return steps(runs, 'action');
  const using = runs?.kind === 'map' ? runs.entries.get('using') : undefined;
  if (runs?.kind === 'map' && using?.value.kind === 'string' && using.value.value === 'docker') return [resource('github_action', 'action', using, runs, 'github-actions')];
  return [];
}

function workflow(document: Document, root: MapValue, jobs: MapValue): Resource[] {
  const name = root.entries.get('name')?.value;
  const on = root.entries.get('on') ?? root.entries.get('true')!;
  const out: Resource[] = [{
    ...resource('github_workflow', name?.kind === 'string' ? name.value : document.path.slice(document.path.lastIndexOf('/') + 1), on, root, 'github-actions'),
  }];
  for (const [job, entry] of jobs.entries) {
    if (entry.value.kind !== 'map') continue;
    out.push(resource('github_job', job, entry, entry.value, 'github-actions'));
    out.push(...steps(entry.value, job));
  }
  return out;
}

function steps(job: MapValue, owner: string): Resource[] {
  const list = job.entries.get('steps')?.value;
  if (list?.kind !== 'list') return [];
  return list.items.flatMap((step, at): Resource[] => {
    if (step.kind !== 'map') return [];
    const named = step.entries.get('name')?.value ?? step.entries.get('uses')?.value;
    const first = [...step.entries.values()][0];
    return first ? [resource('github_step', named?.kind === 'string' ? named.value : `step ${at + 1} of ${owner}`, first, step, 'github-actions', `${owner}#${at}`)] : [];
  });
}

function resource(type: string, name: string, entry: MapEntry, value: MapValue, dialect: Resource['dialect'], address = name): Resource {
  return {
    type, name, address: `${type}.${address}`, dialect,
    origin: value.origin, header: entry.keyOrigin,
    attributes: value.entries, complete: value.complete, companions: [], mode: 'managed',
  };
}
