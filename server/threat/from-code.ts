import type { CodeAnalysis } from '../analysis/code/analyze.ts';
import type { CodeCall, ToolHandler } from '../analysis/code/events.ts';
import { createKnowledge } from '../analysis/code/knowledge.ts';
import type { Label } from '../analysis/code/kinds.ts';
import { argumentAt } from '../analysis/code/sinks.ts';
import { modelIdentity, moduleOf } from '../analysis/code/model-identity.ts';
import { nameBy, storeCall } from '../analysis/code/stores.ts';
import type { Step, Taint } from '../analysis/code/value.ts';
import type { Origin } from '../model/origin.ts';
import type { BoundaryFact, ElementFact, Facts, FlowFact } from '../model/threat.ts';
import { baseName, directoryName, joinPath } from '../base/path.ts';
import { fileOfPart } from '../source/notebook.ts';
import { hostAliases } from '../analysis/code/tables/stores.ts';
import { dataClassesOf } from '../analysis/data-classes.ts';
import { internet, internetKey } from './from-resources.ts';

/** Words of which a file must hold one before its code says anything of the system. */
export const codeFactWords: readonly string[] = [
  'openai', 'anthropic', 'genai', 'bedrock', 'cohere', 'mistral', 'groq', 'ollama', 'langchain', 'llama', 'transformers', 'ai-sdk', 'generateText', 'streamText', 'express', 'fastify', 'hono', 'koa', 'next', 'nestjs', 'flask', 'fastapi', 'django', 'starlette', 'aiohttp', 'streamlit', 'gradio',
  'boto3', '@aws-sdk', '@google-cloud', 'google.cloud', '@azure', 'azure.', 'pg', 'mysql', 'sqlite', 'mongo', 'redis', 'prisma', 'sequelize', 'sqlalchemy', 'psycopg', 'pinecone', 'qdrant', 'weaviate', 'chroma', 'milvus', 'pandas', 'datasets', 'torch', 'mcp', 'agents', 'crewai', 'autogen', 'fetch(', 'requests', 'httpx', 'axios', 'handler',
];

const knowledge = createKnowledge();
const untrusted: ReadonlySet<Label> = new Set(['request', 'cli', 'message', 'web', 'document', 'mail', 'browser', 'remote']);
const promptSinks: ReadonlySet<string> = new Set(['system-prompt', 'user-prompt', 'prompt-template']);
const local = /^(?:ollama|transformers|llama_cpp|vllm|torch|sentence_transformers|ctransformers|@huggingface\/transformers|@xenova\/transformers|node-llama-cpp)\b/;
const agentCalls = /(?:^|[.#])(?:Agent|AgentExecutor|ToolLoopAgent|Experimental_Agent|CodeAgent|ToolCallingAgent|AssistantAgent|Crew|create_agent|createAgent|create_react_agent|createReactAgent|initialize_agent|create_sql_agent|create_pandas_dataframe_agent)$/;
const remoteCalls = /^(?:fetch|axios(?:\.\w+)?|got(?:\.\w+)?|requests\.\w+|httpx\.\w+|undici\.\w+|urllib\.request\.urlopen|aiohttp\.ClientSession#\w+)$/;

/** A call that loads a model or data file of the workspace. */
export interface ArtefactLoad {
  readonly call: CodeCall;
  readonly element: ElementFact;
}

/** Elements and flows that the code of one file implies. */
export function factsOfCode(analysis: CodeAnalysis, path: string, end: number, loads: readonly ArtefactLoad[] = []): Facts {
  const elements = new Map<string, ElementFact>();
  const flows: FlowFact[] = [];
  const file = fileOfPart(path);
  const whole: Origin = { path, range: { start: 0, end: Math.max(end, 1) } };
  const notebook = file.endsWith('.ipynb');
  const process: ElementFact = {
    key: `${notebook ? 'notebook' : 'process'}:${nameOf(analysis, file)}`, kind: notebook ? 'notebook' : 'process', name: nameOf(analysis, file), technology: notebook ? 'Jupyter notebook' : analysis.routes[0]?.framework ?? analysis.module.language,
    aliases: [], resolved: true, boundary: { kind: 'workspace', name: 'application' }, dataClasses: [], controls: [], origin: { path, range: { start: 0, end: 0 } }, extents: [whole],
  };
  const add = (element: ElementFact): ElementFact => {
    const known = elements.get(element.key);
    if (!known) elements.set(element.key, element);
    return known ?? element;
  };
  const flow = (from: string, to: string, more: Partial<FlowFact> & Pick<FlowFact, 'action' | 'origin'>): void => void flows.push({ protocol: undefined, encrypted: undefined, authenticated: undefined, validated: undefined, dataClasses: [], ...more, from, to });
  const actor = (call: CodeCall): ElementFact => (call.tool ? add(toolOf(call.tool, path)) : process);

  for (const target of importsOf(analysis, file)) flow(process.key, target, { action: 'invoke', protocol: 'in process', encrypted: true, origin: process.origin });
  for (const route of analysis.routes) {
    if (route.method === 'use') continue;
    add(internet(route.origin));
    const guarded = route.guards.some((guard) => /auth|guard|login|session|token|jwt|protect|require|verify|permission/i.test(guard.name ?? guard.fn?.node.name ?? ''));
    flow(internetKey, process.key, { action: 'request', protocol: `${route.method} ${route.path ?? ''}`.trim(), authenticated: guarded ? true : undefined, origin: route.origin });
  }
  const unvalidated = new Set(analysis.flows.filter((one) => promptSinks.has(one.sink) && untrusted.has(one.label)).map((one) => one.call));
  for (const call of analysis.calls) {
    if (call.name === undefined) continue;
    const model = knowledge.model(call.name);
    if (model && model.answers !== false) {
      const element = add(modelOf(call, model.model));
      const carried = analysis.flows.filter((one) => one.call === call && promptSinks.has(one.sink));
      flow(actor(call).key, element.key, {
        action: 'invoke', protocol: 'model API', encrypted: !/^http:/.test(modelIdentity(call, model.model)?.address ?? 'https:'), validated: unvalidated.has(call) ? false : undefined, origin: call.origin,
        dataClasses: [...new Set([...carried.flatMap((one) => [...(one.label === 'personal' ? ['personal'] : one.label === 'secret' ? ['credentials'] : []), ...dataClassesOf([one.taint.what])]), 'prompts'])].sort(),
        taken: analysis.flows.filter((one) => one.call === call && one.sink === 'disclosure').map((one) => firstStep(one.taint).origin),
      });
      continue;
    }
    if (agentCalls.test(call.name)) {
      const agent = add({ key: `agent:${constant(call, 'name') ?? nameOf(analysis, file)}`, kind: 'agent', name: constant(call, 'name') ?? `agent of ${process.name}`, technology: moduleOf(call.name), aliases: [], resolved: true, boundary: { kind: 'workspace', name: 'application' }, dataClasses: [], controls: [], origin: call.origin, extents: [call.origin] });
      flow(process.key, agent.key, { action: 'invoke', origin: call.origin });
      const asked = agentModel(call);
      if (asked) flow(agent.key, add(asked).key, { action: 'invoke', protocol: 'model API', encrypted: true, origin: call.origin, dataClasses: ['prompts'] });
      for (const tool of analysis.tools) flow(agent.key, add(toolOf(tool, path)).key, { action: 'invoke', origin: tool.origin });
      continue;
    }
    const store = storeCall(call.name);
    if (store) {
      const named = nameBy(call, store.by);
      const name = named?.name ?? (named?.variable ? `$${named.variable}` : store.technology);
      const element = add({
        key: `${store.kind}:${store.technology}/${name}`, kind: store.kind, name: displayName(name), technology: store.technology,
        aliases: named?.name !== undefined ? store.alias(named.name) : named?.variable ? [`env:${named.variable}`] : [], resolved: named !== undefined,
        boundary: { kind: 'workspace', name: 'application' }, dataClasses: [...new Set([...(store.dataClasses ?? []), ...dataClassesOf([displayName(name)])])].sort(), controls: [], origin: call.origin, extents: [],
      });
      const method = call.name.slice(Math.max(call.name.lastIndexOf('.'), call.name.lastIndexOf('#')) + 1);
      flow(actor(call).key, element.key, { action: store.action(method), encrypted: named?.name !== undefined && /^http:/.test(named.name) ? false : undefined, dataClasses: element.dataClasses, origin: call.origin });
    } else if (remoteCalls.test(call.name)) {
      const address = nameBy(call, [0, 'url'])?.name;
      const host = address && /^https?:\/\/([^/:?#]+)/.exec(address)?.[1];
      if (!host || /^(?:localhost|127\.|0\.0\.0\.0)/.test(host)) continue;
      const element = add({ key: `external:${host}`, kind: 'external', name: host, technology: 'HTTP API', aliases: hostAliases(address), resolved: true, boundary: { kind: 'third-party', name: host.split('.').slice(-2).join('.') }, dataClasses: [], controls: [], origin: call.origin, extents: [] });
      flow(actor(call).key, element.key, { action: 'request', protocol: address.startsWith('https') ? 'https' : 'http', encrypted: address.startsWith('https'), origin: call.origin });
    } else {
      const hub = /(?:^|\.)from_pretrained$|^(?:transformers|@huggingface\/transformers|@xenova\/transformers)\.pipeline$/.test(call.name) ? nameBy(call, [/pipeline$/.test(call.name) ? 1 : 0, 'model', 'pretrained_model_name_or_path'])?.name : undefined;
      if (hub === undefined || !/^[\w.-]+\/[\w.-]+$/.test(hub)) continue;
      const element = add({ key: `model:huggingface/${hub}`, kind: 'model', name: hub, technology: 'Hugging Face model', aliases: [], resolved: true, boundary: { kind: 'third-party', name: 'huggingface.co' }, dataClasses: ['model-weights'], controls: constant(call, 'revision') && /^[0-9a-f]{40}$/.test(constant(call, 'revision')!) ? [{ name: 'pinning', present: true, evidence: call.origin, words: 'revision is a commit' }] : [], origin: call.origin, extents: [call.origin] });
      flow(actor(call).key, element.key, { action: 'read', protocol: 'https', encrypted: true, dataClasses: ['model-weights'], origin: call.origin });
    }
  }
  for (const { call, element } of loads) flow(actor(call).key, add(element).key, { action: 'read', protocol: 'file', encrypted: true, dataClasses: element.dataClasses, origin: call.origin });
  for (const tool of analysis.tools) add(toolOf(tool, path));
  if (elements.size === 0 && flows.every((one) => one.protocol === 'in process')) return { elements: [], flows: [] };
  return { elements: [process, ...elements.values()], flows };
}

function toolOf(tool: ToolHandler, path: string): ElementFact {
  const name = tool.name ?? 'tool';
  const { node } = tool.closure;
  return {
    key: `tool:${name}`, kind: 'tool', name, technology: tool.framework, aliases: [], resolved: tool.name !== undefined, boundary: { kind: 'workspace', name: 'application' }, dataClasses: [],
    controls: tool.approval ? [{ name: 'approval', present: true, evidence: tool.origin, words: 'the framework asks a person first' }] : [], origin: tool.origin, extents: tool.closure.path === path ? [{ path, range: { start: node.start, end: node.end } }] : [],
  };
}

function modelOf(call: CodeCall, places: readonly (string | number)[] | undefined): ElementFact {
  const identity = modelIdentity(call, places);
  const provider = identity?.provider ?? moduleOf(call.name!);
  const named = identity?.named ?? nameBy(call, places ?? ['model', 'modelId']);
  const name = named?.name ?? (named?.variable ? `$${named.variable}` : 'model');
  const address = identity?.address;
  const inside = local.test(provider) || local.test(moduleOf(call.name!)) || (address !== undefined && /^https?:\/\/(?:localhost|127\.|[\w-]+(?::|\/|$))/.test(address));
  const boundary: BoundaryFact = inside ? { kind: 'workspace', name: 'application' } : { kind: 'third-party', name: address === undefined ? provider : hostAliases(address)[0]?.slice(5) ?? provider };
  return {
    key: `model:${provider}/${name}`, kind: 'model', name: named?.name ?? `${provider} ${name}`, technology: provider, aliases: address === undefined ? [] : hostAliases(address), resolved: named !== undefined, boundary, dataClasses: [], controls: guardrail(call), origin: call.origin, extents: [],
    ...(identity ? { identity: { provider, name: identity.name, also: identity.also } } : {}),
  };
}

/** The model that an agent is made with, where its provider is known: an object of its own, or a name as `openai:gpt-4.1`. */
function agentModel(call: CodeCall): ElementFact | undefined {
  const made = ['model', 'llm', 0].map((place) => argumentAt(call, place)?.value.call).find((one) => one?.name !== undefined);
  const asked = made ? { ...made, receiver: { taints: [], call: made } } : call;
  return modelIdentity(asked, undefined) ? modelOf(asked, undefined) : undefined;
}

function guardrail(call: CodeCall): ElementFact['controls'] {
  const place = ['guardrailConfig', 'guardrailIdentifier', 'safetySettings', 'inputGuardrails', 'safety_settings'].find((one) => argumentAt(call, one));
  return place ? [{ name: 'guardrails', present: true, evidence: call.origin, words: `${place} is given` }] : [];
}

function constant(call: CodeCall, place: string): string | undefined {
  const value = argumentAt(call, place)?.value.constant;
  return typeof value === 'string' ? value : undefined;
}

/** Without credentials and paths. */
function displayName(name: string): string {
  const host = /^[a-z][a-z0-9+.-]*:\/\/(?:[^@/]*@)?([^/?#]+)(\/[^?#]*)?/i.exec(name);
  return host ? `${host[1]}${host[2] && host[2].length < 40 ? host[2] : ''}` : name.length > 60 ? `${name.slice(0, 57)}...` : name;
}

/** Keys of the processes whose modules a file imports. */
function importsOf(analysis: CodeAnalysis, file: string): readonly string[] {
  return analysis.module.body.flatMap((statement) => {
    if (statement.kind !== 'import') return [];
    const dots = /^(\.+)([\w.]*)$/.exec(statement.module);
    const relative = analysis.module.language === 'python' ? (dots ? `${'../'.repeat(dots[1]!.length - 1)}./${dots[2]!.replaceAll('.', '/')}` : undefined) : statement.module.startsWith('.') ? statement.module : undefined;
    return relative === undefined ? [] : [`process:${nameOf(analysis, `${joinPath(directoryName(file), relative).replace(/\.[cm]?[jt]sx?$/, '')}.x`)}`];
  });
}

/** What a file is called: its routes survive a move, a stem survives a change of folder. */
function nameOf(analysis: CodeAnalysis, file: string): string {
  const stem = baseName(file).replace(/\.\w+$/, '');
  return /^(?:index|main|app|server|handler|route|__init__|views|api)$/.test(stem) ? `${baseName(directoryName(file))}/${stem}` : stem || analysis.module.language;
}

/** Where data was read. */
function firstStep({ step }: Taint): Step {
  let at = step;
  while (at.previous) at = at.previous;
  return at;
}
