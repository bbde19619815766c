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

/** Kinds that make pods. */
export const workloads: readonly string[] = ['pod', 'deployment', 'daemonset', 'statefulset', 'replicaset', 'replicationcontroller', 'job', 'cronjob', 'podtemplate', 'deploymentconfig', 'rayservice', 'inferenceservice', 'notebook', 'pytorchjob', 'tfjob', 'revision', 'service'].map((kind) => `k8s_${kind}`);

const podPaths: Readonly<Record<string, readonly string[]>> = {
  k8s_pod: ['spec'], k8s_cronjob: ['spec.jobTemplate.spec.template.spec'], k8s_podtemplate: ['template.spec'], k8s_inferenceservice: ['spec.predictor', 'spec.transformer'], k8s_notebook: ['spec.template.spec'],
  k8s_pytorchjob: ['spec.pytorchReplicaSpecs.*.template.spec'], k8s_tfjob: ['spec.tfReplicaSpecs.*.template.spec'],
  k8s_rayservice: ['spec.rayClusterConfig.headGroupSpec.template.spec', 'spec.rayClusterConfig.workerGroupSpecs.*.template.spec'],
};

const pods = new WeakMap<Resource, readonly MapValue[]>();
const containers = new WeakMap<Resource, readonly Container[]>();

/** The pod specifications in a resource; found once, for many rules ask. */
export function podsOf(resource: Resource): readonly MapValue[] {
  let found = pods.get(resource);
  if (!found) pods.set(resource, (found = (podPaths[resource.type] ?? ['spec.template.spec']).flatMap((path) => look(resource, path).values).flatMap((value) => mapsOf(value)).filter((pod) => pod.entries.has('containers') || pod.entries.has('model'))));
  return found;
}

/** The containers of all pods in a resource; found once. */
export function containersOf(resource: Resource): readonly Container[] {
  let found = containers.get(resource);
  if (!found) containers.set(resource, (found = podsOf(resource).flatMap((pod) => ['containers', 'initContainers'].flatMap((list) => lookIn(pod, list).values.flatMap((value) => mapsOf(value)).map((map): Container => {
    const name = scalar(map.entries.get('name')?.value);
    return { name: typeof name === 'string' ? name : resource.name, map, pod, init: list === 'initContainers' };
  })))));
  return found;
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
