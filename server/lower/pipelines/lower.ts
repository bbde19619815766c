import type { Resource } from '../../model/resource.ts';
import type { MapEntry, MapValue, Value } from '../../model/value.ts';
import type { Document } from '../../source/document.ts';
import { dataValues } from '../data/values.ts';

type System = 'gitlab' | 'azure' | 'circleci' | 'bitbucket' | 'drone' | 'cloudbuild' | 'buildkite';

interface Vocabulary {
  /** Keys whose texts are run. */
  readonly scripts: RegExp;
  /** Keys with an image, or a map that names one. */
  readonly images: RegExp;
  /** Keys with what is taken from elsewhere: orbs, pipes, tasks, includes, templates. */
  readonly uses: RegExp;
  readonly variables: RegExp;
}

const vocabularies: Readonly<Record<System, Vocabulary>> = {
  gitlab: { scripts: /^(?:before_|after_)?script$/, images: /^(?:image|services)$/, uses: /^include$/, variables: /^variables$/ },
  azure: { scripts: /^(?:script|bash|pwsh|powershell|inlineScript|inline)$/, images: /^(?:container|image)$/, uses: /^(?:task|template)$/, variables: /^(?:variables|env)$/ },
  circleci: { scripts: /^(?:run|command)$/, images: /^docker$/, uses: /^orbs$/, variables: /^environment$/ },
  bitbucket: { scripts: /^(?:after-)?script$/, images: /^image$/, uses: /^pipe$/, variables: /^variables$/ },
  drone: { scripts: /^commands$/, images: /^image$/, uses: /^$/, variables: /^environment$/ },
  cloudbuild: { scripts: /^script$/, images: /^steps$/, uses: /^$/, variables: /^substitutions$/ },
  buildkite: { scripts: /^commands?$/, images: /^image$/, uses: /^plugins$/, variables: /^env$/ },
};

const deepest = 14;

/** Which system runs a file as its pipeline, by its name or by what it holds. */
export function pipelineSystem(text: string, path: string): System | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  if (!/\.ya?ml$/.test(name)) return undefined;
  if (/gitlab-ci.*\.ya?ml$/.test(name) || /(?:^|\/)\.gitlab(?:-ci)?\/(?:.*\/)?[^/]+$/.test(path)) return /^\s*(?:-\s+)?(?:script|include|before_script)\s*:/m.test(text) ? 'gitlab' : undefined;
  if (/^bitbucket-pipelines.*\.ya?ml$/.test(name)) return 'bitbucket';
  if (/(?:^|\/)\.circleci\//.test(path)) return 'circleci';
  if (/^\.?(?:.*[-.])?azure-pipelines?.*\.ya?ml$/.test(name)) return 'azure';
  if (/^\.(?:drone|woodpecker)\.ya?ml$/.test(name) || /(?:^|\/)\.woodpecker\//.test(path)) return 'drone';
  if (/^cloudbuild[\w.-]*\.ya?ml$/.test(name)) return /^\s*-\s+name\s*:/m.test(text) ? 'cloudbuild' : undefined;
  if (/(?:^|\/)\.?buildkite\/[^/]+$/.test(path)) return /^steps\s*:/m.test(text) ? 'buildkite' : undefined;
  if (/^(?:on|["']on["'])\s*:/m.test(text) || /^apiVersion\s*:/m.test(text)) return undefined;
  if (/^pipelines\s*:/m.test(text) && /^\s+-\s+(?:step|parallel|stage)\s*:/m.test(text)) return 'bitbucket';
  if (/^version\s*:\s*["']?2(?:\.\d)?["']?\s*$/m.test(text) && /^(?:jobs|executors|commands)\s*:/m.test(text) && /^\s+-?\s*(?:docker|machine|executor|macos)\s*:/m.test(text)) return 'circleci';
  if (/^(?:steps|jobs|stages|extends|pool|trigger)\s*:/m.test(text) && /^\s*(?:-\s+)?(?:vmImage\s*:|task\s*:\s*["']?\w+@\d)/m.test(text)) return 'azure';
  return text.includes('script') && /^stages\s*:|^[ \t]+stage\s*:/m.test(text) && /^[\w.][^\n:#]*:[ \t]*\n(?:[ \t][^\n]*\n|\n)*?[ \t]+script[ \t]*:/m.test(text) ? 'gitlab' : undefined;
}

/**
 * What a pipeline of GitLab, Azure DevOps, CircleCI, Bitbucket, Drone, Cloud Build or Buildkite runs, on which images, and what it takes from elsewhere: `ci_pipeline`, and a
 * `ci_script`, `ci_image`, `ci_use`, `ci_include`, `ci_variables`, `ci_login` or `ci_checkout`
 * for each part of them.
 */
export function lowerPipeline(document: Document): Resource[] {
  const system = pipelineSystem(document.text, document.path);
  const out: Resource[] = [];
  for (const root of dataValues(document)) {
    if (root.kind !== 'map' || !system) continue;
    const first = [...root.entries.values()][0];
    if (!first) continue;
    out.push(resource('ci_pipeline', system, first, new Map([...root.entries, ['ci_system', named('ci_system', text(system, first.value))]]), root, out.length));
    walk(root, { system, owner: '', out }, 0);
  }
  return out;
}

interface Place {
  readonly system: System;
  /** The job or step at hand, for messages. */
  readonly owner: string;
  readonly out: Resource[];
  /** The key above. */
  readonly above?: string;
}

function walk(value: Value, place: Place, depth: number): void {
  if (depth > deepest) return;
  if (value.kind === 'list') for (const item of value.items) walk(item, place, depth + 1);
  if (value.kind !== 'map') return;
  const words = vocabularies[place.system];
  const own = ownName(value);
  for (const entry of value.entries.values()) {
    const { key } = entry;
    const within: Place = { ...place, above: key, owner: own ?? (depth < 2 && entry.value.kind === 'map' && !/^(?:jobs|default|definitions|executors|commands|pipelines)$/.test(key) ? key : place.owner) };
    const add = (type: string, name: string, one: Value, more: readonly MapEntry[] = []): void => {
      const attributes = new Map([named(name, one), named('ci_system', text(place.system, one)), ...more].map((each): [string, MapEntry] => [each.key, each]));
      place.out.push(resource(type, within.owner || 'the pipeline', entry, attributes, value, place.out.length));
    };
    if (words.scripts.test(key)) {
      for (const one of texts(entry.value)) add('ci_script', 'script', one, given(value));
      if (key !== 'run' && entry.value.kind !== 'list') continue;
    } else if (words.images.test(key)) for (const one of imagesOf(entry.value, key)) add('ci_image', 'image', one);
    else if (words.uses.test(key)) for (const one of usesOf(entry.value, key)) add('ci_use', 'use', one);
    if (key === 'include' && place.system === 'gitlab') for (const one of includesOf(entry.value)) add('ci_include', 'include', one);
    if (key === 'password' && value.entries.has('username')) add('ci_login', key, entry.value);
    if (key === 'privileged') add('ci_privileged', key, entry.value);
    if (key === 'paths' || key === 'path') for (const one of texts(entry.value)) if (/artifacts$/.test(place.above ?? '')) add('ci_artifact', 'path', one);
    if (key === 'persistCredentials') add('ci_checkout', key, entry.value);
    if (words.variables.test(key)) add('ci_variables', 'variables', entry.value);
    else walk(entry.value, within, depth + 1);
  }
}

/** What a job or step says of itself beside its script, under the names that rules ask for. */
function given(map: MapValue): readonly MapEntry[] {
  return ['allow_failure', 'continueOnError', 'name', 'displayName'].flatMap((key) => map.entries.get(key) ?? []);
}

function ownName(map: MapValue): string | undefined {
  for (const key of ['displayName', 'name', 'job', 'deployment', 'stage']) {
    const value = map.entries.get(key)?.value;
    if (value?.kind === 'string' && (map.entries.size > 1 || key === 'name')) return value.value;
  }
  return undefined;
}

function texts(value: Value): readonly Value[] {
  if (value.kind === 'list') return value.items.flatMap(texts);
  return value.kind === 'string' || value.kind === 'unknown' ? [value] : [];
}

/** The images that a key names; a list in a place for one is a reference to another job. */
function imagesOf(value: Value, key: string): readonly Value[] {
  if (value.kind === 'list') return key === 'image' ? [] : value.items.flatMap((item) => (item.kind === 'list' ? [] : imagesOf(item, key)));
  if (value.kind !== 'map') return value.kind === 'string' ? [value] : [];
  const inner = value.entries.get('image')?.value ?? value.entries.get('name')?.value;
  return inner?.kind === 'string' ? [inner] : [];
}

/** The texts below `orbs`, or the text of `pipe`, `task` and `template`. */
function usesOf(value: Value, key: string): readonly Value[] {
  if (key === 'plugins') return (value.kind === 'list' ? value.items : [value]).flatMap((item) => (item.kind === 'map' ? [...item.entries.values()].map((entry) => text(entry.key, { ...entry.value, origin: entry.keyOrigin, at: entry.keyOrigin })) : texts(item)));
  if (key === 'orbs' && value.kind === 'map') return [...value.entries.values()].flatMap((entry) => texts(entry.value));
  return key === 'include' ? [] : texts(value);
}

function includesOf(value: Value): readonly Value[] {
  return value.kind === 'list' ? value.items : [value];
}

function text(value: string, at: Value): Value {
  return { kind: 'string', value, origin: at.origin, at: at.at };
}

function named(key: string, value: Value): MapEntry {
  return { key, keyOrigin: value.at, value };
}

function resource(type: string, name: string, entry: MapEntry, attributes: ReadonlyMap<string, MapEntry>, whole: MapValue, index: number): Resource {
  return { type, name, address: `${type}#${index}`, dialect: 'pipeline', origin: whole.origin, header: entry.keyOrigin, attributes, complete: whole.complete, companions: [], mode: 'managed' };
}
