import type { ModelIdentity } from '../../model/model-policy.ts';
import type { CodeCall } from './events.ts';
import { argumentAt } from './sinks.ts';
import { nameBy, rootCall, type Named } from './stores.ts';
import { hostAliases } from './tables/stores.ts';

/** Providers by the module or class that speaks to them. First match wins. */
const providers: readonly (readonly [RegExp, string])[] = [
  [/bedrock/i, 'bedrock'], [/sagemaker/i, 'sagemaker'], [/azure/i, 'azure'], [/^(?:@google-cloud\/)?vertex|VertexAI/i, 'vertex'], [/^google|genai|gemini|^@google\//i, 'google'],
  [/anthropic|claude/i, 'anthropic'], [/openrouter/i, 'openrouter'], [/groq/i, 'groq'], [/mistral/i, 'mistral'], [/cohere/i, 'cohere'], [/ollama/i, 'ollama'], [/together/i, 'together'], [/fireworks/i, 'fireworks'], [/deepseek/i, 'deepseek'],
  [/xai|grok/i, 'xai'], [/perplexity/i, 'perplexity'], [/cerebras/i, 'cerebras'], [/voyage/i, 'voyage'], [/replicate/i, 'replicate'], [/vllm/i, 'vllm'], [/llama[-_]?cpp/i, 'llama.cpp'], [/gpt4all/i, 'gpt4all'],
  [/hugging_?face|^transformers|HfInference/i, 'huggingface'], [/openai/i, 'openai'],
];

/** Packages that speak to any provider; which one, the model's own argument says. */
const routers = /^(?:ai|litellm|langchain|llamaindex|llama_index|openrouter|@openrouter\/sdk|instructor|portkey_ai|agents|@openai\/agents)$/;

/** Which model a call asks: the provider, its name where that is known, its endpoint. Undefined where not even the provider is known. */
export function modelIdentity(call: CodeCall, places: readonly (string | number)[] | undefined): ModelIdentity & { readonly named: Named | undefined; readonly address: string | undefined } | undefined {
  const module = moduleOf(call.name!);
  const made = rootCall(call.receiver);
  const given = (argumentAt(call, 'model') ?? (made && argumentAt(made, 'model')))?.value;
  const endpoint = baseUrl(made) ?? baseUrl(rootCall(given)?.receiver?.call);
  // A client of one provider in front of an endpoint that is not known: nobody knows whom it asks.
  if (endpoint === 'unknown') return undefined;
  const address = endpoint?.address;
  const host = address === undefined ? undefined : hostAliases(address)[0]?.slice('host:'.length);
  // `openai('gpt-4.1')` of the AI SDK: a model that a provider's package made.
  const makers = given?.calls ?? (given?.call ? [given.call] : []);
  const maker = makers.find((one) => providerOf(one.name ?? one.written) !== undefined) ?? makers.find((one) => /^[\w-]+\/./.test(String(one.args[0]?.value.constant ?? ''))) ?? makers[0];
  const makerName = maker?.name ?? maker?.written;
  let named = nameBy(call, places ?? ['model', 'modelId', 'model_name', 'model_id', 'EndpointName', 'deployment', 'azure_deployment', 'deployment_name']);
  let provider = routers.test(module) ? undefined : providerOf(module === 'boto3' ? call.name! : module);
  if (provider === undefined && maker && makerName !== undefined) {
    provider = providerOf(/^@ai-sdk\/([\w-]+)/.exec(makerName)?.[1] ?? makerName) ?? providerOf(maker.written);
    const first = [0, 'model', 'model_name'].map((place) => argumentAt(maker, place)?.value.constant).find((one) => typeof one === 'string');
    if (typeof first === 'string') named = { name: first };
  }
  // Classes of LangChain and LlamaIndex are one family; what the code calls them tells the provider.
  if (provider === undefined && made) provider = providerOf(made.written);
  if (provider === undefined && named?.name !== undefined && /^[\w-]+[/:][\w.:/-]+$/.test(named.name)) provider = named.name.split(/[/:]/)[0]!;
  if (provider === undefined) return host === undefined ? undefined : { provider: host, name: named?.name, also: [module], named, address };
  // `anthropic/claude-haiku-4.5` of a gateway: the provider is said already.
  const name = named?.name?.startsWith(`${provider}/`) ? named.name.slice(provider.length + 1) : named?.name;
  if (named && name !== undefined) named = { name };
  const also = [...new Set([module, ...(host === undefined ? [] : [host])])].filter((one) => one !== provider);
  return { provider: host !== undefined && foreign(host, provider) ? host : provider, name, also: host !== undefined && foreign(host, provider) ? [module] : also, named, address };
}

/** An endpoint that is not the provider's own: OpenAI's client in front of another service. */
function foreign(host: string, provider: string): boolean {
  return !host.includes(provider) && !(provider === 'azure' || provider === 'bedrock');
}

function providerOf(text: string): string | undefined {
  return providers.find(([pattern]) => pattern.test(text))?.[1];
}

function baseUrl(made: CodeCall | undefined): { readonly address: string } | 'unknown' | undefined {
  const value = made && (argumentAt(made, 'baseURL') ?? argumentAt(made, 'base_url') ?? argumentAt(made, 'endpoint') ?? argumentAt(made, 'azure_endpoint') ?? argumentAt(made, 'api_base') ?? argumentAt(made, 'host'))?.value;
  if (!value) return undefined;
  if (typeof value.constant === 'string') return { address: value.constant };
  if (value.constant === null) return undefined;
  const lead = value.parts?.[0];
  return lead !== undefined && /^https?:\/\/[^/?#]+[/?#]/.test(lead) ? { address: lead } : 'unknown';
}

export function moduleOf(name: string): string {
  return /^(@[^/]+\/[^.#(]+|[^.#(]+)/.exec(name)?.[1] ?? name;
}
