import type { Origin } from '../../model/origin.ts';
import type { Resource } from '../../model/resource.ts';
import type { MapEntry, MapValue, Value } from '../../model/value.ts';
import type { Document } from '../../source/document.ts';
import { snake } from '../cloudformation/names.ts';
import { dataValues } from '../data/values.ts';
import { kubernetesObjects } from '../kubernetes/lower.ts';
import type { Sources } from '../../source/sources.ts';
import { ansibleType } from './modules.ts';
import { isOfCloud, withUpdates } from './updates.ts';
import { resolved, variablesBeside, variablesOf, type Variables } from './variables.ts';

const deepest = 8;
const taskLists = ['tasks', 'pre_tasks', 'post_tasks', 'handlers', 'block', 'rescue', 'always'];

/** True for text that may be a playbook or a list of tasks: a list of maps at the top, some of which are plays or call modules. */
export function mayBeAnsible(text: string): boolean {
  return /^(?:---.*\n|#.*\n|[ \t\r]*\n)*-\s+\w/.test(text) && /^\s*(?:-\s+)?(?:hosts|tasks|become|register|block|(?:local_)?action|\w+\.\w+\.\w+|(?:[\w]+\.[\w]+\.)?(?:azure_rm_|gcp_|aws_|ec2|s3_|rds|iam|lambda|uri|get_url|yum|dnf|apt|pip|panos_|e[fk]s|ecs_|elb_|cloud|kms|sns|sqs|copy|file|template|shell|command|user|redshift|elasticache|api_gateway|batch_|codebuild|config_|dynamodb|es_|opensearch|kinesis|msk_|acm_|sts_|secretsmanager|route53|wafv2|autoscaling_|networkfirewall|glue_|dms_|lightsail|codepipeline|codecommit|backup_|memorydb|mq_broker|ssm_parameter)[\w]*)\s*:/m.test(text);
}

/** The tasks of plays as resources, each under the type of what its module manages. */
export function lowerAnsible(document: Document, sources: Sources): Resource[] {
  const out: Resource[] = [];
  const beside = document.text.includes('{{') ? variablesBeside(document, sources) : new Map<string, Value>();
  for (const value of dataValues(document)) tasks(value, document, out, { depth: 0, keywords: new Map(), variables: beside });
  return withUpdates(out, document);
}

/** Where a task stands: in which lists, and what those say for all of their tasks. */
interface Surroundings {
  readonly depth: number;
  readonly keywords: ReadonlyMap<string, MapEntry>;
  readonly variables: Variables;
}

/** Keywords of plays and blocks that hold for the tasks in them. */
const inherited = ['hosts', 'become', 'become_user', 'no_log', 'ignore_errors'];

const mostRounds = 20;

/** The variables of each round of a task: one for every item of a list that is written out. */
function rounds(task: MapValue, variables: Variables): readonly Variables[] {
  const over = (task.entries.get('loop') ?? task.entries.get('with_items'))?.value;
  if (over?.kind !== 'list' || over.items.length === 0 || over.items.length > mostRounds) return [variables];
  return over.items.map((item) => new Map([...variables, ['item', item]]));
}

function tasks(value: Value | undefined, document: Document, into: Resource[], { depth, keywords, variables: outer }: Surroundings): void {
  if (value?.kind !== 'list' || depth > deepest) return;
  const text = (one: Value): string => (one.origin.path === document.path ? document.text.slice(one.origin.range.start, one.origin.range.end) : '');
  for (const item of value.items) {
    if (item.kind !== 'map') continue;
    const variables = new Map([...outer, ...variablesOf(item.entries.get('vars')?.value)]);
    const name = item.entries.get('name')?.value;
    const label = name?.kind === 'string' ? name.value : undefined;
    const first = [...item.entries.values()][0];
    const own = inherited.flatMap((key) => item.entries.get(key) ?? []);
    const within: Surroundings = { depth: depth + 1, keywords: new Map([...keywords, ...own.map((entry): [string, MapEntry] => [entry.key, entry])]), variables };
    for (const list of taskLists) tasks(item.entries.get(list)?.value, document, into, within);
    const isPlay = depth === 0 && item.entries.has('hosts');
    if (isPlay) into.push(resource('ansible_play', item, first!, item, label, into.length));
    else if (item.entries.has('block')) into.push(resource('ansible_block', item, first!, item, label, into.length));
    else if (first) into.push(resource('ansible_task', taskOf(item, keywords), first, item, label, into.length));
    for (const entry of item.entries.values()) {
      if (applying.test(entry.key)) into.push(...applied(entry.value, document));
      if (entry.key === 'name' || isPlay) continue;
      const { module, given } = called(entry, document);
      const general = ansibleType(module);
      const passed = general === undefined ? undefined : moduleArguments({ ...entry, value: given }, item, document);
      const type = kindOf(general, passed);
      if (type === undefined || !passed || (isOfCloud(type) && removes(passed))) continue;
      const every = type.startsWith('ansible_') ? [passed] : rounds(item, variables).flatMap((round) => { const one = resolved(passed, round, text); return one.kind === 'map' ? [one] : []; });
      for (const one of every) into.push(resource(type, renamed(type, one), entry, item, label, into.length));
    }
  }
}

/** Arguments that are called something else in the provider: those that hold lists of settings which rules look into. */
const renames: Readonly<Record<string, readonly (readonly [from: string, to: string])[]>> = {
  aws_ecs_task_definition: [['containers', 'container_definitions']], aws_iam_user_policy: [['iam_name', 'user']], aws_instance: [['volumes', 'ebs_block_device']], aws_launch_configuration: [['volumes', 'ebs_block_device']],
  aws_route_table: [['routes', 'route']], aws_s3_bucket_cors_configuration: [['rules', 'cors_rule']],
};

/** Policies within a role, a user or a group are one module; the provider has a type for each. */
function kindOf(type: string | undefined, passed: MapValue | undefined): string | undefined {
  const owner = type === 'aws_iam_role_policy' ? passed?.entries.get('iam_type')?.value : undefined;
  return owner?.kind === 'string' && /^(?:user|group)$/.test(owner.value) ? `aws_iam_${owner.value}_policy` : type;
}

function renamed(type: string, passed: MapValue): MapValue {
  const moved = (renames[type] ?? []).flatMap(([from, to]): readonly [string, MapEntry][] => {
    const entry = passed.entries.has(to) ? undefined : passed.entries.get(from);
    return entry ? [[to, { ...entry, key: to }]] : [];
  });
  return moved.length > 0 ? { ...passed, entries: new Map([...passed.entries, ...moved]) } : passed;
}

/** A task with the keywords that its play and blocks say for it, each as `play_<keyword>`. */
function taskOf(item: MapValue, keywords: ReadonlyMap<string, MapEntry>): MapValue {
  const above = [...keywords.values()].map((entry): [string, MapEntry] => [`play_${entry.key}`, { ...entry, key: `play_${entry.key}` }]);
  return { ...item, entries: new Map([...item.entries, ...above]) };
}

/** The module that an entry of a task calls, also in the form `action: copy src=a dest=b`. */
function called(entry: MapEntry, document: Document): { readonly module: string; readonly given: Value } {
  const { key, value } = entry;
  if (!/^(?:local_)?action$/.test(key)) return { module: key, given: value };
  const named = value.kind === 'map' ? value.entries.get('module')?.value : undefined;
  if (named?.kind === 'string') return { module: named.value, given: value };
  const word = value.kind === 'string' ? /^\s*([\w.]+)(?=\s)/.exec(value.value) : null;
  if (!word || value.kind !== 'string') return { module: key, given: value };
  const start = value.origin.range.start + (document.text.slice(value.origin.range.start, value.origin.range.end).indexOf(word[1]!) + word[1]!.length);
  const origin = { path: value.origin.path, range: { start, end: value.origin.range.end } };
  return { module: word[1]!, given: { ...value, value: value.value.slice(word[0].length), origin, at: origin } };
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
function moduleArguments(entry: MapEntry, task: MapValue, document: Document): MapValue | undefined {
  const { value } = entry;
  const placed = { origin: value.origin, at: value.at };
  const entries = new Map<string, MapEntry>();
  let complete = true;
  if (value.kind === 'map') {
    complete = value.complete && !removes(value);
    for (const one of value.entries.values()) entries.set(keyOf(one.key), { ...one, key: keyOf(one.key), value: lowered(one.value) });
  } else if (value.kind === 'string' || value.kind === 'unknown') {
    entries.set('_raw', { key: '_raw', keyOrigin: entry.keyOrigin, value });
    const pairs = freeForm.test(entry.key) ? [] : pairsOf(value, document);
    for (const one of pairs) entries.set(one.key, one);
    complete = pairs.length > 0 && !removes({ kind: 'map', entries, complete: true, ...placed });
  } else if (value.kind !== 'null') return undefined;
  const further = task.entries.get('args')?.value;
  if (further?.kind === 'map') for (const one of further.entries.values()) if (!entries.has(one.key)) entries.set(one.key, one);
  for (const key of ['no_log', 'ignore_errors', 'loop', 'with_items']) {
    const own = task.entries.get(key);
    if (own) entries.set(`task_${key}`, { ...own, key: `task_${key}` });
  }
  return { kind: 'map', entries, complete, ...placed };
}

/** Modules whose text is a command. */
const freeForm = /(?:^|\.)(?:win_)?(?:shell|command|raw|script|meta|include\w*|import\w*)$/;

/** Arguments that are written in one line, as in `src=a dest=b mode=0644`. */
function pairsOf(value: Value, document: Document): readonly MapEntry[] {
  const { path, range } = value.origin;
  const text = document.text.slice(range.start, range.end);
  if (value.kind !== 'string') return [];
  return [...text.matchAll(/(?<=^|[\s"'])([a-z_]+)=("[^"\n]*"|'[^'\n]*'|(?:\{\{.*?\}\}|[^\s"'])+)/g)].map((match): MapEntry => {
    const start = range.start + match.index;
    const from = start + match[1]!.length + 1;
    const quoted = /^["']/.test(match[2]!) ? 1 : 0;
    const origin: Origin = { path, range: { start: from + quoted, end: from + match[2]!.length - quoted } };
    const keyOrigin: Origin = { path, range: { start, end: start + match[1]!.length } };
    return { key: match[1]!, keyOrigin, value: { kind: 'string', value: match[2]!.slice(quoted, match[2]!.length - quoted), origin, at: origin } };
  });
}

/** True for a task that takes something away: what it does not say is nothing to judge. */
function removes(map: MapValue): boolean {
  const saying = (key: string, words: RegExp): boolean => {
    const value = map.entries.get(key)?.value;
    return value?.kind === 'string' && words.test(value.value);
  };
  return saying('state', /^(?:absent|deleted|terminated)$/) || saying('command', /^(?:delete|facts)$/);
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
