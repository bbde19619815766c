import type { Origin } from '../../model/origin.ts';
import type { Resource } from '../../model/resource.ts';
import type { MapEntry, MapValue, Value } from '../../model/value.ts';
import type { Document } from '../../source/document.ts';
import { snake } from '../cloudformation/names.ts';
import { dataValues } from '../data/values.ts';
import { kubernetesObjects } from '../kubernetes/lower.ts';
import { ansibleType } from './modules.ts';

const deepest = 8;
const taskLists = ['tasks', 'pre_tasks', 'post_tasks', 'handlers', 'block', 'rescue', 'always'];

/** True for text that may be a playbook or a list of tasks: a list of maps at the top, some of which are plays or call modules. */
export function mayBeAnsible(text: string): boolean {
  return /^(?:---.*\n|#.*\n|[ \t\r]*\n)*-\s+\w/.test(text) && /^\s*(?:-\s+)?(?:hosts|tasks|become|register|block|(?:[\w]+\.[\w]+\.)?(?:azure_rm_|gcp_|aws_|ec2|s3_|rds|iam|lambda|uri|get_url|yum|dnf|apt|pip|panos_|e[fk]s|ecs_|elb_|cloud|kms|sns|sqs|copy|file|template|shell|command|user|redshift|elasticache|api_gateway|batch_|codebuild|config_|dynamodb|es_|opensearch|kinesis|msk_|acm_|sts_|secretsmanager|route53|wafv2)[\w]*)\s*:/m.test(text);
}

/** The tasks of plays as resources, each under the type of what its module manages. */
export function lowerAnsible(document: Document): Resource[] {
  const out: Resource[] = [];
  for (const value of dataValues(document)) tasks(value, document, out, 0);
  return out;
}

function tasks(value: Value | undefined, document: Document, into: Resource[], depth: number): void {
  if (value?.kind !== 'list' || depth > deepest) return;
  for (const item of value.items) {
    if (item.kind !== 'map') continue;
    const name = item.entries.get('name')?.value;
    const label = name?.kind === 'string' ? name.value : undefined;
    for (const list of taskLists) tasks(item.entries.get(list)?.value, document, into, depth + 1);
    if (item.entries.has('block')) into.push(resource('ansible_block', item, [...item.entries.values()][0]!, item, label, into.length));
    for (const entry of item.entries.values()) {
      if (applying.test(entry.key)) into.push(...applied(entry.value, document));
      const type = ansibleType(entry.key);
      if (type === undefined || entry.key === 'name' || (depth === 0 && entry.key === 'user' && item.entries.has('hosts'))) continue;
      const own = moduleArguments(entry, item);
      if (own) into.push(resource(type, own, entry, item, label, into.length));
    }
  }
}

/** Modules that apply the objects of Kubernetes in their `definition`. */
const applying = /^(?:(?:kubernetes\.core|community\.kubernetes|redhat\.openshift|community\.okd)\.)?(?:k8s|openshift_k8s)$/;

function applied(task: Value, document: Document): Resource[] {
  if (task.kind !== 'map' || removes(task)) return [];
  return ['definition', 'resource_definition', 'inline', 'src_definition'].flatMap((key) => {
    const value = task.entries.get(key)?.value;
    return (value?.kind === 'list' ? value.items : value ? [value] : []).flatMap((one) => kubernetesObjects(one, document));
  });
}

/** The arguments as a map, with what the task itself says about logging and errors. */
function moduleArguments(entry: MapEntry, task: MapValue): MapValue | undefined {
  const { value } = entry;
  const placed = { origin: value.origin, at: value.at };
  const entries = new Map<string, MapEntry>();
  let complete = true;
  if (value.kind === 'map') {
    complete = value.complete && !removes(value);
    for (const one of value.entries.values()) entries.set(keyOf(one.key), { ...one, key: keyOf(one.key), value: lowered(one.value) });
  } else if (value.kind === 'string' || value.kind === 'unknown') {
    entries.set('_raw', { key: '_raw', keyOrigin: entry.keyOrigin, value });
    complete = false;
  } else if (value.kind !== 'null') return undefined;
  for (const key of ['no_log', 'ignore_errors', 'loop', 'with_items']) {
    const own = task.entries.get(key);
    if (own) entries.set(`task_${key}`, { ...own, key: `task_${key}` });
  }
  return { kind: 'map', entries, complete, ...placed };
}

/** True for a task that takes something away: what it does not say is nothing to judge. */
function removes(map: MapValue): boolean {
  const state = map.entries.get('state')?.value;
  return state?.kind === 'string' && /^(?:absent|deleted|terminated)$/.test(state.value);
}

/** Some modules take the API's own names, in capitals. */
function keyOf(key: string): string {
  return /^[A-Z]/.test(key) && key !== 'Version' && key !== 'Statement' && key !== 'Id' ? snake(key) : key;
}

function lowered(value: Value): Value {
  if (value.kind === 'list') return { ...value, items: value.items.map(lowered) };
  if (value.kind !== 'map' || value.entries.has('Statement')) return value;
  return { ...value, entries: new Map([...value.entries.values()].map((entry) => [keyOf(entry.key), { ...entry, key: keyOf(entry.key), value: lowered(entry.value) }])) };
}

function resource(type: string, map: MapValue, entry: MapEntry, task: MapValue, label: string | undefined, index: number): Resource {
  const header: Origin = entry.keyOrigin;
  return {
    type, name: label ?? entry.key, address: `${type}#${index}`, dialect: 'ansible', origin: task.origin, header,
    attributes: map.entries, complete: map.complete, companions: [], mode: 'managed',
  };
}
