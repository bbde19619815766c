import type { CodeCall } from '../analysis/code/events.ts';
import { modelIdentity, moduleOf } from '../analysis/code/model-identity.ts';
import { argumentAt } from '../analysis/code/sinks.ts';
import { nameBy } from '../analysis/code/stores.ts';
import { hostAliases } from '../analysis/code/tables/stores.ts';
import type { BoundaryFact, ElementFact } from '../model/threat.ts';

const local = /^(?:ollama|transformers|llama_cpp|llama\.cpp|vllm|gpt4all|torch|sentence_transformers|ctransformers|@huggingface\/transformers|@xenova\/transformers|node-llama-cpp)\b/;

/** Calls that make vectors of text; what they are given goes to a model as prompts do. */
export const embeddingCalls = /^openai\.OpenAI#embeddings\.create$|^ai\.(?:embed|embedMany)$|^(?:langchain|langchain_\w+|@langchain\/\w+|llamaindex|llama_index)[\w./]*\.\w*Embeddings?$|^voyageai\.Client#embed$|^cohere\.Client\w*#embed$|^ollama\.(?:embed|embeddings)$|^sentence_transformers\.SentenceTransformer$/;
/** Objects of LangChain and LlamaIndex that stand for a model: making one says which model the program asks. */
export const modelObjects = /^(?:langchain|llamaindex)\.(?:ChatModel|LLM)$/;

/** The model that a call asks; what is not known of its name is said. */
export function modelOf(call: CodeCall, places: readonly (string | number)[] | undefined): ElementFact {
  const identity = modelIdentity(call, places);
  const module = moduleOf(call.name!);
  // A provider's client without identity speaks to an endpoint that is not known.
  const provider = identity?.provider ?? (/^(?:openai|anthropic)$/.test(module) ? `${module}-compatible` : module);
  const named = identity?.named ?? nameBy(call, places ?? ['model', 'modelId', 'model_id', 'model_name']);
  const name = named?.name ?? (named?.variable ? `$${named.variable}` : 'model');
  const address = identity?.address;
  const inside = local.test(provider) || local.test(moduleOf(call.name!)) || (address !== undefined && /^https?:\/\/(?:localhost|127\.|[\w-]+(?::|\/|$))/.test(address));
  const boundary: BoundaryFact = inside ? { kind: 'workspace', name: 'application' } : { kind: 'third-party', name: address === undefined ? provider : hostAliases(address)[0]?.slice(5) ?? provider };
  return {
    key: `model:${provider}/${name}`, kind: 'model', name: named?.name ?? `${provider} model`, technology: provider, aliases: provider === 'sagemaker' && named?.name !== undefined ? [`sagemaker-endpoint:${named.name}`] : named?.variable ? [`env:${named.variable}`] : [], resolved: named !== undefined, boundary, dataClasses: [], controls: guardrail(call), origin: call.origin, extents: [],
    ...(identity ? { identity: { provider, name: identity.name, also: identity.also } } : {}),
  };
}

/** The model that an agent or chain is made with, where its provider is known: an object of its own, or a name as `openai:gpt-4.1`. */
export function modelWithin(call: CodeCall): ElementFact | undefined {
  const made = ['model', 'llm', 0].map((place) => argumentAt(call, place)?.value.call).find((one) => one?.name !== undefined);
  const asked = made ? { ...made, receiver: { taints: [], call: made } } : call;
  return modelIdentity(asked, undefined) ? modelOf(asked, undefined) : undefined;
}

function guardrail(call: CodeCall): ElementFact['controls'] {
  const place = ['guardrailConfig', 'guardrailIdentifier', 'safetySettings', 'inputGuardrails', 'safety_settings'].find((one) => argumentAt(call, one));
  return place ? [{ name: 'guardrails', present: true, evidence: call.origin, words: `${place} is given` }] : [];
}
