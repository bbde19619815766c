import type { Document } from '../../source/document.ts';
import { joinPath } from '../../base/path.ts';
import type { Origin } from '../../model/origin.ts';
import type { Resource } from '../../model/resource.ts';
import type { MapEntry, Value } from '../../model/value.ts';
import type { Sources } from '../../source/sources.ts';
import { parseHclJson } from '../../syntax/hcl/json.ts';
import { parseHcl } from '../../syntax/hcl/parse.ts';
import type { HclBlock, HclBody, HclExpression, HclFile } from '../../syntax/hcl/tree.ts';
import { dataValues } from '../data/values.ts';
import { evaluate } from './evaluate.ts';
import { bound, counted, distinct, instances, shared } from './iteration.ts';
import { withOptional } from './optional.ts';
import type { Scope } from './scope.ts';
import { azapiResource } from './azapi.ts';
import { appliedObject, kubernetesResource } from './kubernetes.ts';
import { registryResources } from './registry.ts';

const parsed = new WeakMap<Document, HclFile>();

export function hclOf(document: Document): HclFile {
  let file = parsed.get(document);
  if (!file) {
    file = document.path.endsWith('.json') ? parseHclJson(document.text) : parseHcl(document.text);
    parsed.set(document, file);
  }
  return file;
}

/** Modules within modules are followed this far; a module that calls itself stops at once. */
const deepestModule = 6;
/** Calls within calls are told apart round by round only this far, and so many rounds. */
const deepestRounds = 2;
const mostRounds = 12;

export interface LoweredModule {
  readonly resources: Resource[];
  readonly paths: string[];
  readonly output: (name: string) => Value | undefined;
}

interface Placed<T> {
  readonly path: string;
  readonly node: T;
}

/** Lowers the files of one directory with the arguments of a call, and the local modules that it calls. */
export function lowerModule(directory: string, sources: Sources, args: ReadonlyMap<string, Value> | undefined, prefix: string, chain: readonly string[]): LoweredModule {
  const blocks: Placed<HclBlock>[] = [];
  const overrides = new Map<string, Value>(args ?? []);
  const paths: string[] = [];
  for (const name of sources.list(directory)) {
    if (!/\.(?:tf|tofu|tfvars|tf\.json)$/.test(name)) continue;
    const path = joinPath(directory, name);
    const document = sources.document(path);
    if (!document) continue;
    const file = hclOf(document);
    if (name.endsWith('.tfvars')) {
      if (args === undefined && (name === 'terraform.tfvars' || name.endsWith('.auto.tfvars'))) {
        for (const { name: variable, value } of file.body.attributes) overrides.set(variable, evaluate(value, emptyScope(path)));
      }
      continue;
    }
    paths.push(path);
    for (const node of file.body.blocks) blocks.push({ path, node });
  }
  const byType = (type: string): Placed<HclBlock>[] => blocks.filter((one) => one.node.type === type);
  const variables = new Map(byType('variable').map((one) => [one.node.labels[0]?.text ?? '', one]));
  const locals = new Map(byType('locals').flatMap(({ path, node }) => node.body.attributes.map((attribute) => [attribute.name, { path, node: attribute.value }] as const)));
  const outputs = new Map(byType('output').map((one) => [one.node.labels[0]?.text ?? '', one]));
  const calls = new Map(byType('module').map((one) => [one.node.labels[0]?.text ?? '', one]));
  const known = new Map<string, Value | undefined>();
  const children = new Map<string, LoweredModule | undefined>();

  /** Evaluates a name once; a name that needs itself is unknown. */
  const memo = (key: string, make: () => Value | undefined): Value | undefined => {
    if (known.has(key)) return known.get(key);
    known.set(key, undefined);
    const value = make();
    known.set(key, value);
    return value;
  };
  const scopeOf = (path: string): Scope => ({
    path,
    prefix,
    data: (relative) => {
      const document = /\.(?:json|ya?ml)$/.test(relative) ? sources.document(joinPath(directory, relative)) : undefined;
      return document && dataValues(document)[0];
    },
    variable: (name) => memo(`var.${name}`, () => {
      const block = variables.get(name);
      const fallback = block && attributeOf(block.node, 'default');
      const value = overrides.get(name) ?? (fallback && evaluate(fallback, scopeOf(block.path)));
      const type = block && attributeOf(block.node, 'type');
      return value && type ? withOptional(value, type, (one) => evaluate(one, scopeOf(block.path))) : value;
    }),
    local: (name) => memo(`local.${name}`, () => {
      const local = locals.get(name);
      return local && evaluate(local.node, scopeOf(local.path));
    }),
    moduleOutput: (module, output) => memo(`module.${module}.${output}`, () => child(module)?.output(output)),
  });

  const child = (name: string): LoweredModule | undefined => {
    if (children.has(name)) return children.get(name);
    children.set(name, undefined);
    const call = calls.get(name);
    const source = call?.node.body.attributes.find((attribute) => attribute.name === 'source');
    const where = source && evaluate(source.value, scopeOf(call!.path));
    if (!call || where?.kind !== 'string' || !/^\.{1,2}(?:\/|$)/.test(where.value)) return undefined;
    const target = joinPath(directory, where.value);
    if (chain.includes(target) || chain.length >= deepestModule) return undefined;
    const lower = (given: ReadonlyMap<string, Value>): LoweredModule => lowerModule(target, sources, given, `${prefix}module.${name}.`, [...chain, target]);
    const lowered = callRounds(call.node, scopeOf(call.path), lower, chain.length <= deepestRounds);
    children.set(name, lowered);
    return lowered;
  };

  const resources: Resource[] = [];
  for (const { path, node } of blocks) {
    if (node.type === 'resource' || node.type === 'data') {
      resources.push(...lowerResource(path, node, scopeOf(path), prefix).map((one) => appliedObject(one, sources)));
      for (const inner of node.body.blocks) if (inner.type === 'provisioner') resources.push(pseudoResource(path, inner, scopeOf(path), `${prefix}${node.labels[1]?.text ?? ''}.`));
    } else if (node.type === 'output') {
      if (secretOutput.test(node.labels[0]?.text ?? '') && !isNamed(attributeOf(node, 'value'))) resources.push(pseudoResource(path, node, scopeOf(path), prefix));
    } else if (node.type === 'provider' || node.type === 'terraform') {
      resources.push(pseudoResource(path, node, scopeOf(path), prefix));
    } else if (node.type === 'module') {
      const lowered = child(node.labels[0]?.text ?? '');
      if (lowered) {
        resources.push(...lowered.resources);
        paths.push(...lowered.paths);
      }
      const call = pseudoResource(path, node, scopeOf(path), prefix);
      resources.push(call);
      if (!lowered) resources.push(...registryResources(call));
    }
  }
  return {
    resources,
    paths,
    output: (name) => {
      const block = outputs.get(name);
      const value = block?.node.body.attributes.find((attribute) => attribute.name === 'value');
      return value && block ? evaluate(value.value, scopeOf(block.path)) : undefined;
    },
  };
}

export function emptyScope(path: string): Scope {
  return { path, prefix: '', variable: () => undefined, local: () => undefined, moduleOutput: () => undefined };
}

/** The resources of a block: one, or one for each instance where those are known and differ. */
function lowerResource(path: string, block: HclBlock, scope: Scope, prefix: string): readonly Resource[] {
  const [type, name] = block.labels;
  if (!type || !name) return [];
  const data = block.type === 'data';
  const [iterator, items] = iterated(block, scope);
  if (iterator === 'count' && items?.length === 0) return [];
  const base: Omit<Resource, 'attributes' | 'complete'> = {
    type: type.text, name: name.text,
    address: `${prefix}${data ? 'data.' : ''}${type.text}.${name.text}`,
    dialect: path.endsWith('.json') ? 'terraform-json' : 'terraform',
    origin: { path, range: block.range },
    header: { path, range: name.range },
    companions: [],
    mode: data ? 'data' : 'managed',
    ...(attributeOf(block, 'count') || attributeOf(block, 'for_each') ? { repeated: true } : {}),
  };
  const made = (body: LoweredBody): Resource => azapiResource(kubernetesResource({ ...base, attributes: new Map(body.entries.map((entry) => [entry.key, entry])), complete: body.complete && block.whole }));
  const bodyOf = (each: Value | undefined): LoweredBody => lowerBody(path, block.body, each ? bound(scope, iterator, each) : scope);
  const common = made(bodyOf(items?.length ? shared(items) : undefined));
  const bodies = !items || items.length < 2 || data ? [] : distinct(items.map((item) => bodyOf(item)));
  if (bodies.length < 2) return [common];
  return bodies.map((body, index) => ({ ...made(body), address: `${base.address}[${index}]`, instanceOf: common }));
}

const notGiven = new Set(['source', 'version', 'count', 'for_each', 'providers', 'depends_on']);

/** What the call of a module makes: its resources, or those of each round where the rounds are known and give different arguments. */
function callRounds(call: HclBlock, scope: Scope, lower: (given: ReadonlyMap<string, Value>) => LoweredModule, apart: boolean): LoweredModule {
  const [iterator, items] = iterated(call, scope);
  const argumentsOf = (each: Value | undefined): LoweredBody => {
    const within = each ? bound(scope, iterator, each) : scope;
    const given = call.body.attributes.filter((attribute) => !notGiven.has(attribute.name));
    return { entries: given.map((attribute) => ({ key: attribute.name, keyOrigin: { path: scope.path, range: attribute.nameRange }, value: evaluate(attribute.value, within) })), complete: true };
  };
  const run = (body: LoweredBody): LoweredModule => lower(new Map(body.entries.map((entry) => [entry.key, entry.value])));
  const common = run(argumentsOf(items?.length ? shared(items) : undefined));
  const rounds = !apart || !items || items.length < 2 || items.length > mostRounds ? [] : distinct(items.map((item) => argumentsOf(item)));
  if (rounds.length < 2) return common;
  const byAddress = new Map(common.resources.map((resource) => [resource.address, resource]));
  const resources = rounds.flatMap((round, index) => run(round).resources.map((resource): Resource => {
    const same = byAddress.get((resource.instanceOf ?? resource).address);
    return same ? { ...resource, address: `${resource.address}[${index}]`, instanceOf: same } : resource;
  }));
  return { ...common, resources };
}

/** What a block is repeated over: the name that stands for an instance, and the instances where they are known. */
function iterated(block: HclBlock, scope: Scope): readonly [iterator: string, items: readonly Value[] | undefined] {
  const over = attributeOf(block, 'for_each');
  if (over) return ['each', instances(evaluate(over, scope))];
  const times = attributeOf(block, 'count');
  return ['count', times && counted(evaluate(times, scope))];
}

/** Names of outputs that give a secret away; only these are lowered. */
const secretOutput = /(?:^|_)(?:password|passwd|secret|secret_key|private_key(?:_pem|_openssh)?|token|api_?key|client_secret|connection_string|kubeconfig|kube_config)$/i;

/** True for what ends in a name of the thing, not in the thing itself: `.id`, `.arn`. */
function isNamed(value: HclExpression | undefined): boolean {
  const last = value?.kind === 'traversal' || value?.kind === 'access' ? value.steps.at(-1)?.name : undefined;
  return last !== undefined && /^(?:id|arn|name|self_link|url|\w+_(?:id|arn|name))$/.test(last);
}

/** Provider, terraform, provisioner, output and module blocks, as resources of the types `provider_<name>`, `terraform` and `module`. */
function pseudoResource(path: string, block: HclBlock, scope: Scope, prefix: string): Resource {
  const label = block.labels[0];
  const { entries, complete } = lowerBody(path, block.body, scope);
  return {
    type: block.type === 'provider' ? `provider_${label?.text ?? ''}` : block.type,
    name: label?.text ?? block.type,
    address: `${prefix}${block.type}.${label?.text ?? ''}`,
    dialect: path.endsWith('.json') ? 'terraform-json' : 'terraform',
    origin: { path, range: block.range },
    header: { path, range: label?.range ?? block.typeRange },
    attributes: new Map(entries.map((entry) => [entry.key, entry])),
    complete: complete && block.whole,
    companions: [],
    mode: block.type === 'module' ? 'module' : 'managed',
  };
}

function attributeOf(block: HclBlock, name: string): HclExpression | undefined {
  return block.body.attributes.find((attribute) => attribute.name === name)?.value;
}

/** The bare name that an expression consists of. */
function nameOf(expression: HclExpression | undefined): string | undefined {
  return expression?.kind === 'traversal' && expression.steps.length === 0 ? expression.root : undefined;
}

export interface LoweredBody {
  readonly entries: readonly MapEntry[];
  readonly complete: boolean;
}

/** What Terraform keeps for itself at the top of a resource; further in, the same names are the provider's (`count` of a retention). */
const metaArguments = new Set(['count', 'for_each', 'depends_on', 'provider', 'provisioner', 'connection', 'timeouts']);

/** The attributes and blocks of a body as entries; blocks of one type are a list. */
export function lowerBody(path: string, body: HclBody, scope: Scope, top = true): LoweredBody {
  const entries: MapEntry[] = [];
  let complete = true;
  for (const attribute of body.attributes) {
    if (top && metaArguments.has(attribute.name)) continue;
    entries.push({ key: attribute.name, keyOrigin: { path, range: attribute.nameRange }, value: evaluate(attribute.value, scope) });
  }
  const blocks = new Map<string, { readonly key: Origin; readonly items: Value[]; complete: boolean }>();
  const add = (type: string, key: Origin, item: Value, whole: boolean): void => {
    const group = blocks.get(type);
    if (group) {
      group.items.push(item);
      group.complete &&= whole;
    } else blocks.set(type, { key, items: [item], complete: whole });
  };
  for (const block of body.blocks) {
    if (top && metaArguments.has(block.type)) continue;
    const dynamic = block.type === 'dynamic' ? block.labels[0]?.text : undefined;
    const content = dynamic === undefined ? block : block.body.blocks.find((one) => one.type === 'content');
    const type = dynamic ?? block.type;
    if (!content) {
      complete = false;
      continue;
    }
    const origin: Origin = { path, range: content.range };
    const key: Origin = { path, range: dynamic === undefined ? block.typeRange : block.labels[0]!.range };
    const put = (within: Scope, whole: boolean): void => {
      const inner = lowerBody(path, content.body, within, false);
      add(type, key, { kind: 'map', entries: new Map(inner.entries.map((entry) => [entry.key, entry])), complete: inner.complete && content.whole, origin, at: origin }, whole);
    };
    const over = dynamic === undefined ? undefined : attributeOf(block, 'for_each');
    const items = over && instances(evaluate(over, scope));
    if (items?.length) for (const item of items) put(bound(scope, nameOf(attributeOf(block, 'iterator')) ?? type, item), true);
    // None by default may be some for whoever calls the module: with other values than the defaults, then.
    else put(items ? { ...scope, variable: () => undefined, local: () => undefined } : scope, dynamic === undefined);
  }
  for (const [type, { key, items, complete: whole }] of blocks) {
    const value: Value = items.length === 1 && whole ? items[0]! : { kind: 'list', items, complete: whole, origin: items[0]!.origin, at: items[0]!.origin };
    entries.push({ key: type, keyOrigin: key, value });
  }
  return { entries, complete };
}

