import type { CodeAnalysis } from '../analysis/code/analyze.ts';
import type { CodeCall } from '../analysis/code/events.ts';
import { dataClassesOf } from '../analysis/data-classes.ts';
import { modelCalled } from '../analysis/code/knowledge.ts';
import type { Label } from '../analysis/code/kinds.ts';
import { modelIdentity, moduleOf } from '../analysis/code/model-identity.ts';
import { argumentAt } from '../analysis/code/sinks.ts';
import { actionOf, insideOf, nameBy, storeCall, storeName, technologyOf } from '../analysis/code/stores.ts';
import { hostAliases } from '../analysis/code/tables/stores.ts';
import type { Step, Taint } from '../analysis/code/value.ts';
import type { Origin } from '../model/origin.ts';
import type { BoundaryFact, ElementFact, Facts, FlowFact } from '../model/threat.ts';
import { isTest } from '../rule/paths.ts';
import { fileOfPart } from '../source/notebook.ts';
import { entriesOf, isClientHook, ownEndpoint, runsInBrowser } from './code-entries.ts';
import { embeddingCalls, modelObjects, modelOf, modelWithin } from './code-models.ts';
import { givenTool, toolElement, toolNames } from './code-tools.ts';
import { internet, internetKey } from './from-resources.ts';

const untrusted: ReadonlySet<Label> = new Set(['request', 'cli', 'message', 'web', 'document', 'mail', 'browser', 'remote']);
const promptSinks: ReadonlySet<string> = new Set(['system-prompt', 'user-prompt', 'prompt-template']);
const agentCalls = /(?:^|[.#])(?:Agent|AgentExecutor|ToolLoopAgent|Experimental_Agent|CodeAgent|ToolCallingAgent|AssistantAgent|Crew|create_agent|createAgent|create_react_agent|createReactAgent|initialize_agent|create_sql_agent|create_pandas_dataframe_agent)$/;
const chainCalls = /^langchain\.Chain(?:\.from_\w+|\.from[A-Z]\w*)?$/;
const remoteCalls = /^(?:fetch|axios(?:\.\w+)?|got(?:\.\w+)?|ky(?:\.\w+)?|requests\.\w+|httpx\.\w+|undici\.\w+|urllib\.request\.urlopen|aiohttp\.ClientSession#\w+|requests\.Session#\w+|httpx\.(?:Async)?Client#\w+)$/;
const applicationBoundary: BoundaryFact = { kind: 'workspace', name: 'application' };
const browserBoundary: BoundaryFact = { kind: 'human', name: 'Browser' };

/** A call that loads a model or data file of the workspace. */
export interface ArtefactLoad {
  readonly call: CodeCall;
  readonly element: ElementFact;
}

/** The file of a module that another imports; undefined for packages. */
export type ResolveModule = (specifier: string, from: string) => string | undefined;

/** Elements and flows that the code of one file implies. Tests say nothing of the system. */
export function factsOfCode(analysis: CodeAnalysis, path: string, end: number, resolve: ResolveModule, loads: readonly ArtefactLoad[] = []): Facts {
  const file = fileOfPart(path);
  if (isTest(file)) return { elements: [], flows: [] };
  const elements = new Map<string, ElementFact>();
  const flows: FlowFact[] = [];
  const whole: Origin = { path, range: { start: 0, end: Math.max(end, 1) } };
  const notebook = file.endsWith('.ipynb');
  const place = runsInBrowser(analysis) ? browserBoundary : applicationBoundary;
  const entries = entriesOf(analysis, path);
  const tools = toolNames(analysis);
  const process: ElementFact = {
    key: keyOfFile(file), file, kind: notebook ? 'notebook' : 'process', name: file, technology: notebook ? 'Jupyter notebook' : analysis.routes.find((route) => route.origin.path === path)?.framework ?? analysis.module.language,
    aliases: [`handler:${withoutEnding(file)}`], answers: entries.flatMap((entry) => (entry.address === undefined ? [] : [`route:${entry.address}`])),
    resolved: true, boundary: place, dataClasses: [], controls: [], origin: { path, range: { start: 0, end: 0 } }, extents: [whole],
  };
  const add = (element: ElementFact): ElementFact => {
    const known = elements.get(element.key);
    elements.set(element.key, known ? { ...known, dataClasses: [...new Set([...known.dataClasses, ...element.dataClasses])].sort() } : element);
    return known ?? element;
  };
  const flow = (from: string, to: string, more: Partial<FlowFact> & Pick<FlowFact, 'action' | 'origin'>): void => void flows.push({ protocol: undefined, encrypted: undefined, authenticated: undefined, validated: undefined, dataClasses: [], ...more, from, to });
  const actor = (call: CodeCall): ElementFact => (call.tool ? add(toolElement(call.tool, tools.of(call.tool), path)) : process);
  const give = (from: string, call: CodeCall): void => {
    for (const name of tools.given(call)) flow(from, add(givenTool(name, call)).key, { action: 'invoke', origin: call.origin });
  };

  for (const target of importsOf(analysis, path, resolve)) flow(process.key, keyOfFile(target), { action: 'invoke', protocol: 'in process', encrypted: true, origin: process.origin });
  for (const entry of entries) {
    add(internet(entry.origin));
    flow(internetKey, process.key, { action: 'request', protocol: entry.protocol, authenticated: entry.authenticated, origin: entry.origin });
  }
  for (const tool of analysis.tools) if (tool.origin.path === path) add(toolElement(tool, tools.of(tool), path));

  const unvalidated = new Set(analysis.flows.filter((one) => promptSinks.has(one.sink) && untrusted.has(one.label)).map((one) => one.call));
  const ask = (call: CodeCall, asked: ElementFact): void => {
    // What a pipeline was made with is what it asks when it runs.
    const loaded = asked.resolved ? undefined : [...elements.values()].filter((one) => one.kind === 'model' && one.resolved && one.technology === asked.technology);
    const element = loaded?.length === 1 ? loaded[0]! : asked;
    const carried = analysis.flows.filter((one) => one.call === call && promptSinks.has(one.sink));
    flow(actor(call).key, add(element).key, {
      action: 'invoke', protocol: 'model API', encrypted: !/^http:/.test(modelIdentity(call, undefined)?.address ?? 'https:'), validated: unvalidated.has(call) ? false : undefined, origin: call.origin,
      dataClasses: [...new Set([...carried.flatMap((one) => [...(one.label === 'personal' ? ['personal'] : one.label === 'secret' ? ['credentials'] : []), ...dataClassesOf([one.taint.what])]), 'prompts'])].sort(),
      taken: analysis.flows.filter((one) => one.call === call && one.sink === 'disclosure').map((one) => firstStep(one.taint).origin),
    });
  };
  const modelsMade = analysis.calls.some((call) => modelObjects.test(call.name ?? ''));
  for (const call of analysis.calls) {
    if (call.name === undefined) continue;
    const endpoint = ownEndpoint(call);
    if (endpoint !== undefined) flow(actor(call).key, `route:${endpoint}`, { action: 'request', protocol: 'same origin', origin: call.origin });
    if (endpoint !== undefined || isClientHook(call.name)) continue;
    const model = modelCalled(call.name);
    if (model && model.answers !== false) {
      // A chain or an object of a family asks the model that was made elsewhere in the file.
      if (!modelIdentity(call, model.model) && modelsMade) continue;
      ask(call, modelOf(call, model.model));
      give(actor(call).key, call);
      continue;
    }
    if (modelObjects.test(call.name) || embeddingCalls.test(call.name)) {
      const made = { ...call, receiver: call.receiver ?? { taints: [], call } };
      if (modelIdentity(made, undefined) || /^(?:openai|ai)\./.test(call.name)) ask(call, modelOf(made, undefined));
      continue;
    }
    if (chainCalls.test(call.name)) {
      const within = modelWithin(call);
      if (within) ask(call, within);
      continue;
    }
    if (agentCalls.test(call.name)) {
      const name = constant(call, 'name');
      const agent = add({ key: `agent:${name ?? file}`, ...(name === undefined ? { file } : {}), kind: 'agent', name: name ?? 'agent', technology: moduleOf(call.name), aliases: [], resolved: true, boundary: applicationBoundary, dataClasses: [], controls: [], origin: call.origin, extents: [call.origin] });
      flow(process.key, agent.key, { action: 'invoke', origin: call.origin });
      const asked = modelWithin(call);
      if (asked) flow(agent.key, add(asked).key, { action: 'invoke', protocol: 'model API', encrypted: true, origin: call.origin, dataClasses: ['prompts'] });
      if (tools.given(call).length > 0) give(agent.key, call);
      else for (const tool of analysis.tools) flow(agent.key, add(toolElement(tool, tools.of(tool), path)).key, { action: 'invoke', origin: tool.origin });
      continue;
    }
    const store = storeCall(call.name);
    if (store) {
      const named = storeName(call, store);
      const technology = technologyOf(store, call);
      const name = named?.name ?? (named?.variable ? `$${named.variable}` : technology);
      const inside = insideOf(call, store);
      const dataClasses = [...new Set([...(store.dataClasses ?? []), ...dataClassesOf([...(named?.name === undefined ? [] : [displayName(name)]), ...inside]).filter((one) => one !== 'model-weights' || inside.length === 0)])].sort();
      const browser = technology === 'browser storage';
      const element = add({
        key: `${store.kind}:${technology}/${displayName(name)}`, kind: store.kind, name: named?.name !== undefined ? displayName(name) : named?.variable !== undefined ? `${technology} $${named.variable}` : technology, technology,
        aliases: named?.name !== undefined ? store.alias(named.name) : named?.variable ? [`env:${named.variable}`] : [], resolved: named !== undefined || browser,
        boundary: browser ? browserBoundary : applicationBoundary, dataClasses, controls: [], origin: call.origin, extents: [],
      });
      flow(actor(call).key, element.key, { action: actionOf(store, call), encrypted: named?.name !== undefined && /^http:/.test(named.name) ? false : undefined, dataClasses, origin: call.origin });
    } else if (remoteCalls.test(call.name)) {
      const address = leadOf(call);
      const host = address && /^https?:\/\/([^/:?#]+)/.exec(address)?.[1];
      if (!host || /^(?:localhost|127\.|0\.0\.0\.0)/.test(host)) continue;
      const element = add({ key: `external:${host}`, kind: 'external', name: host, technology: 'HTTP API', aliases: hostAliases(address), resolved: true, boundary: { kind: 'third-party', name: host.split('.').slice(-2).join('.') }, dataClasses: [], controls: [], origin: call.origin, extents: [] });
      flow(actor(call).key, element.key, { action: 'request', protocol: address.startsWith('https') ? 'https' : 'http', encrypted: address.startsWith('https'), origin: call.origin });
    } else {
      const hub = /(?:^|\.)from_pretrained$|^(?:transformers|@huggingface\/transformers|@xenova\/transformers)\.pipeline$/.test(call.name) ? nameBy(call, [/pipeline$/.test(call.name) ? 1 : 0, 'model', 'pretrained_model_name_or_path'])?.name : undefined;
      if (hub === undefined || !/^[\w.-]+\/[\w.-]+$/.test(hub)) continue;
      const element = add({ key: `model:huggingface/${hub}`, kind: 'model', name: hub, technology: 'huggingface', aliases: [], resolved: true, boundary: { kind: 'third-party', name: 'huggingface.co' }, dataClasses: ['model-weights'], controls: constant(call, 'revision') && /^[0-9a-f]{40}$/.test(constant(call, 'revision')!) ? [{ name: 'pinning', present: true, evidence: call.origin, words: 'revision is a commit' }] : [], origin: call.origin, extents: [call.origin] });
      flow(actor(call).key, element.key, { action: 'read', protocol: 'https', encrypted: true, dataClasses: ['model-weights'], origin: call.origin });
    }
  }
  for (const { call, element } of loads) flow(actor(call).key, add(element).key, { action: 'read', protocol: 'file', encrypted: true, dataClasses: element.dataClasses, origin: call.origin });
  if (elements.size === 0 && flows.every((one) => one.protocol === 'in process')) return { elements: [], flows: [] };
  const renamed = new Map([...elements.keys()].map((key) => [key, only(elements, key)]));
  return { elements: [process, ...[...elements.values()].filter((one) => renamed.get(one.key) === one.key)], flows: withoutMereUse(flows.map((one) => ({ ...one, to: renamed.get(one.to) ?? one.to }))) };
}

/** Where it is seen that a thing is read or written, that it is used says nothing more. */
function withoutMereUse(flows: readonly FlowFact[]): readonly FlowFact[] {
  const exact = new Set(flows.filter((one) => one.action === 'read' || one.action === 'write').map((one) => `${one.from} ${one.to}`));
  return flows.filter((one) => one.action !== 'use' || !exact.has(`${one.from} ${one.to}`));
}

/** A client that is handed on loses its name; where the file knows one store of that technology by name, that is it. */
function only(elements: ReadonlyMap<string, ElementFact>, key: string): string {
  const element = elements.get(key);
  if (!element || element.resolved || !/store$/.test(element.kind)) return key;
  const known = [...elements.values()].filter((one) => one.resolved && one.kind === element.kind && one.technology === element.technology);
  return known.length === 1 ? known[0]!.key : key;
}

function constant(call: CodeCall, place: string): string | undefined {
  const value = argumentAt(call, place)?.value.constant;
  return typeof value === 'string' ? value : undefined;
}

/** The address that a call asks, as far as it is fixed: the host must end before the first part that is not. */
function leadOf(call: CodeCall): string | undefined {
  const value = (argumentAt(call, /\.request$/.test(call.name!) && call.args.length > 1 ? 1 : 0) ?? argumentAt(call, 'url'))?.value;
  if (typeof value?.constant === 'string') return value.constant;
  const [first] = value?.parts ?? [];
  return first !== undefined && /^https?:\/\/[^/?#]+[/?#]/.test(first) ? first : undefined;
}

/** Without credentials and paths. */
function displayName(name: string): string {
  const host = /^[a-z][a-z0-9+.-]*:\/\/(?:[^@/]*@)?([^/?#]+)(\/[^?#]*)?/i.exec(name);
  return host ? `${host[1]}${host[2] && host[2].length < 40 ? host[2] : ''}` : name.length > 60 ? `${name.slice(0, 57)}...` : name;
}

/** Files of the workspace that a file imports. */
function importsOf(analysis: CodeAnalysis, path: string, resolve: ResolveModule): readonly string[] {
  return [...new Set(analysis.module.body.flatMap((statement) => {
    const target = statement.kind === 'import' && !statement.typeOnly ? resolve(statement.module, path) : undefined;
    return target === undefined ? [] : [target];
  }))];
}

function keyOfFile(file: string): string {
  return `${file.endsWith('.ipynb') ? 'notebook' : 'process'}:${file}`;
}

function withoutEnding(file: string): string {
  return file.replace(/\.\w+$/, '');
}

/** Where data was read. */
function firstStep({ step }: Taint): Step {
  let at = step;
  while (at.previous) at = at.previous;
  return at;
}
