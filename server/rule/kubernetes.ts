import { lookIn, look, scalar } from '../analysis/values.ts';
import type { Resource } from '../model/resource.ts';
import type { MapValue, Value } from '../model/value.ts';

/** A container of a workload, with the pod around it. */
export interface Container {
  readonly name: string;
  readonly map: MapValue;
  readonly pod: MapValue;
  readonly init: boolean;
}

/** Kinds that make pods: of Kubernetes itself, and of what runs models, jobs and pipelines on it. */
export const workloads: readonly string[] = [
  'pod', 'deployment', 'daemonset', 'statefulset', 'replicaset', 'replicationcontroller', 'job', 'cronjob', 'podtemplate', 'deploymentconfig', 'revision', 'service',
  'raycluster', 'rayjob', 'rayservice', 'inferenceservice', 'llminferenceservice', 'servingruntime', 'clusterservingruntime', 'seldondeployment', 'notebook', 'trainjob', 'trainingruntime',
  'clustertrainingruntime', 'pytorchjob', 'tfjob', 'mpijob', 'xgboostjob', 'paddlejob', 'jaxjob', 'leaderworkerset', 'jobset', 'rollout', 'cloneset', 'scaledjob', 'workflow', 'workflowtemplate',
  'clusterworkflowtemplate', 'cronworkflow', 'task', 'taskrun', 'clustertask', 'pipeline', 'pipelinerun', 'sparkapplication', 'scheduledsparkapplication', 'flinkdeployment', 'elasticsearch', 'experiment', 'daskcluster', 'daskjob', 'dynamographdeployment', 'configuration', 'sensor', 'eventsource', 'sandbox', 'sandboxtemplate', 'analysistemplate', 'clusteranalysistemplate', 'autoscalingrunnerset', 'runnerdeployment', 'runnerset', 'runner', 'agent',
  'workspace', 'gameserver', 'gameserverset', 'fleet', 'appwrapper', 'broadcastjob', 'sidecarset', 'pooler', 'monovertex', 'scheduledworkflow', 'prometheus', 'prometheusagent', 'alertmanager', 'thanosruler', 'opentelemetrycollector',
].map((kind) => `k8s_${kind}`);

/** Kinds whose pods serve, and whose controllers add no probes of their own. */
export const serving: readonly string[] = ['pod', 'deployment', 'daemonset', 'statefulset', 'replicaset', 'replicationcontroller', 'podtemplate', 'deploymentconfig', 'revision', 'service', 'rayservice', 'inferenceservice', 'notebook', 'rollout', 'cloneset'].map(
  (kind) => `k8s_${kind}`,
);

/** Where kinds keep their pods; other kinds are searched. */
const podPaths: Readonly<Record<string, readonly string[]>> = {
  k8s_pod: ['spec'], k8s_cronjob: ['spec.jobTemplate.spec.template.spec'], k8s_podtemplate: ['template.spec'], k8s_inferenceservice: ['spec.predictor', 'spec.transformer', 'spec.explainer', 'spec.predictor.workerSpec'],
  k8s_workspace: ['inference.template.spec', 'tuning.template.spec'], k8s_prometheus: [], k8s_prometheusagent: [], k8s_alertmanager: [], k8s_thanosruler: [], k8s_opentelemetrycollector: [], k8s_pooler: [],
};
const plainPath = 'spec.template.spec';
/** Kinds that others fill in: what they do not say may still be said. */
const templates: ReadonlySet<string> = new Set(['k8s_trainingruntime', 'k8s_clustertrainingruntime', 'k8s_elasticsearch']);
const lists = ['containers', 'initContainers', 'ephemeralContainers', 'steps', 'sidecars'];
const deepest = 10;

const pods = new WeakMap<Resource, readonly MapValue[]>();
const containers = new WeakMap<Resource, readonly Container[]>();

/** The pod specifications in a resource; found once, for many rules ask. */
export function podsOf(resource: Resource): readonly MapValue[] {
  let found = pods.get(resource);
  if (!found) {
    const direct = (podPaths[resource.type] ?? [plainPath]).flatMap((path) => look(resource, path).values).flatMap((value) => mapsOf(value)).flatMap(asPod);
    const spec = resource.attributes.get('spec')?.value;
    const rest = direct.length > 0 || podPaths[resource.type] || !spec ? direct : search(spec, 0);
    pods.set(resource, (found = [...rest, ...sharedOf(resource)]));
  }
  return found;
}

/** Where workflows say what holds for all of their pods. */
const sharedPaths: Readonly<Record<string, string>> = { k8s_workflow: 'spec', k8s_workflowtemplate: 'spec', k8s_clusterworkflowtemplate: 'spec', k8s_cronworkflow: 'spec.workflowSpec' };

/** Where kinds whose controllers make the pod keep what they put into it. */
const partialPaths: Readonly<Record<string, string>> = {
  k8s_prometheus: 'spec', k8s_prometheusagent: 'spec', k8s_alertmanager: 'spec', k8s_thanosruler: 'spec', k8s_opentelemetrycollector: 'spec', k8s_pooler: 'spec.template.spec',
};

/** What a workflow says for all of its pods, or a kind for the pod that its controller makes: a pod of which not all is written. */
function sharedOf(resource: Resource): readonly MapValue[] {
  const partial = partialPaths[resource.type];
  if (partial !== undefined) return look(resource, partial).values.flatMap((value) => mapsOf(value)).filter((map) => settings.some((name) => map.entries.has(name))).map(partly);
  const path = sharedPaths[resource.type];
  return path === undefined ? [] : look(resource, path).values.flatMap((value) => mapsOf(value)).filter((map) => map.entries.has('templates') && settings.some((name) => map.entries.has(name))).map((map) => ({ ...map, complete: false }));
}

/** Settings of pods that a patch may hold without any container. */
const settings = ['hostNetwork', 'hostPID', 'hostIPC', 'volumes', 'securityContext', 'serviceAccountName', 'automountServiceAccountToken', 'shareProcessNamespace'];

/** A pod; of one that a patch changes not all is written. */
function asPod(map: MapValue): readonly MapValue[] {
  if (!map.complete || map.entries.has('containers') || map.entries.has('model') || hasContainer(map.entries.get('steps')?.value)) return [map];
  return settings.some((name) => map.entries.has(name)) ? [{ ...map, complete: false }] : [];
}

/** Pods of kinds that have several, or that keep them further in: the outermost maps with a list of containers. */
function search(value: Value, depth: number): readonly MapValue[] {
  if (depth > deepest) return [];
  if (value.kind === 'list') return value.items.flatMap((item) => search(item, depth + 1));
  if (value.kind !== 'map') return [];
  if (lists.some((list) => hasContainer(value.entries.get(list)?.value)) || hasContainer(value.entries.get('container')?.value)) return [value];
  return [...value.entries.values()].flatMap((entry) => search(entry.value, depth + 1));
}

function hasContainer(value: Value | undefined): boolean {
  return value !== undefined && mapsOf(value).some((map) => map.entries.has('image'));
}

/** The containers of all pods in a resource; found once. */
export function containersOf(resource: Resource): readonly Container[] {
  let found = containers.get(resource);
  if (!found) {
    const inPod = (pod: MapValue): readonly Container[] =>
      [...lists, 'container'].flatMap((list) => (list === 'steps' && !hasContainer(pod.entries.get(list)?.value) ? [] : lookIn(pod, list).values.flatMap((value) => mapsOf(value)).map((map): Container => {
        const name = scalar(map.entries.get('name')?.value);
        return { name: typeof name === 'string' ? name : resource.name, map: templates.has(resource.type) ? { ...map, complete: false } : map, pod, init: list !== 'containers' };
      })));
    containers.set(resource, (found = [...podsOf(resource).flatMap(inPod), ...rolesOf(resource)]));
  }
  return found;
}

/** Kinds whose controllers make the container of a role from settings of its pod; what these do not say may still be said. */
const rolePaths: Readonly<Record<string, readonly string[]>> = {
  k8s_sparkapplication: ['spec.driver', 'spec.executor'], k8s_scheduledsparkapplication: ['spec.template.driver', 'spec.template.executor'],
};

function partly(map: MapValue): MapValue {
  return { ...map, complete: false, entries: new Map([...map.entries].map(([key, entry]) => [key, entry.value.kind === 'map' ? { ...entry, value: partly(entry.value) } : entry])) };
}

function rolesOf(resource: Resource): readonly Container[] {
  return (rolePaths[resource.type] ?? []).flatMap((path) => look(resource, path).values.flatMap((value) => mapsOf(value)).map((map): Container => {
    const written = partly(map);
    return { name: path.slice(path.lastIndexOf('.') + 1), map: written, pod: written, init: false };
  }));
}

export function mapsOf(value: Value): readonly MapValue[] {
  if (value.kind === 'map') return [value];
  return value.kind === 'list' ? value.items.flatMap((item) => mapsOf(item)) : [];
}

/** Where a container is named: its name's value, else the start of its map. */
export function nameOf(map: MapValue): Value {
  const name = map.entries.get('name')?.value;
  return name?.kind === 'string' ? name : { kind: 'unknown', origin: first(map), at: first(map) };
}

function first(map: MapValue) {
  return [...map.entries.values()][0]?.keyOrigin ?? map.at;
}
