import type { ModelCall } from './models.ts';

const like = (name: string): readonly string[] => [`${name}#chat.completions.{create,parse,stream}`];

/** Models and agents beside those of `models.ts`: vendors whose clients look like OpenAI's, hosted agents, frameworks for agents and voices. */
export const furtherModels: readonly ModelCall[] = [
  { names: ['openai.OpenAI#conversations.create', 'openai.OpenAI#conversations.items.create'], messages: ['items'], answers: false },
  { names: ['openai.OpenAI#audio.speech.create'], system: ['instructions'], answers: false },
  { names: ['openai.OpenAI#{beta.realtime,realtime}.connect().session.update'], system: ['session.instructions'], answers: false },
  {
    names: [...['zhipuai.ZhipuAI', 'zai.ZaiClient', 'volcenginesdkarkruntime.Ark', 'fireworks.client.Fireworks', 'fireworks.Fireworks', 'perplexity.Perplexity', '@perplexity-ai/perplexity_ai.Perplexity', 'sambanova.SambaNova', 'ai21.AI21Client', 'portkey_ai.Portkey', 'portkey-ai.Portkey', 'aisuite.Client', '@cerebras/cerebras_cloud_sdk.Cerebras', 'cerebras.cloud.sdk.Cerebras', 'abacusai.ApiClient'].flatMap(like), 'writerai.Writer#chat.chat', 'any_llm.{completion,acompletion}'],
    messages: ['messages'], model: ['model'], tools: ['tools'],
  },
  { names: ['dashscope.{Generation,MultiModalConversation,AioGeneration}.call'], messages: ['messages'], user: ['prompt'], model: ['model', 0] },
  { names: ['qianfan.ChatCompletion#do', 'qianfan.ChatCompletion().do'], system: ['system'], messages: ['messages', 0], model: ['model'] },
  { names: ['xai_sdk.{Client,AsyncClient}#chat.create'], messages: ['messages'], model: ['model'], tools: ['tools'], answers: false },
  { names: ['xai_sdk.{Client,AsyncClient}#chat.create().{sample,stream,parse,defer}'] },
  { names: ['xai_sdk.chat.system'], system: [0], answers: false },
  { names: ['azure.ai.inference.ChatCompletionsClient#complete', 'azure.ai.inference.aio.ChatCompletionsClient#complete'], messages: ['messages'], model: ['model'], tools: ['tools'] },
  { names: ['azure.ai.inference.models.{SystemMessage,DeveloperMessage}'], system: [0, 'content'], answers: false },
  { names: ['@azure-rest/ai-inference().path().post'], messages: ['body.messages'], model: ['body.model'] },
  { names: ['azure.ai.projects.AIProjectClient#agents.{create_agent,update_agent}', 'azure.ai.agents.AgentsClient#{create_agent,update_agent}', 'azure.ai.agents.aio.AgentsClient#{create_agent,update_agent}', '@azure/ai-agents.AgentsClient#{createAgent,updateAgent}'], system: ['instructions', 'description'], model: ['model'], tools: ['tools'], answers: false },
  { names: ['agent_framework.{ChatAgent,Agent}', 'agent_framework.azure.{AzureOpenAIChatClient,AzureOpenAIResponsesClient,AzureAIAgentClient}#create_agent', 'agent_framework.openai.{OpenAIChatClient,OpenAIResponsesClient}#create_agent'], system: ['instructions'], tools: ['tools'], answers: false },
  { names: ['agent_framework.{ChatAgent,Agent}#{run,run_stream}', 'agent_framework.azure.{AzureOpenAIChatClient,AzureOpenAIResponsesClient}#create_agent().{run,run_stream}', 'agent_framework.openai.{OpenAIChatClient,OpenAIResponsesClient}#create_agent().{run,run_stream}'], user: [0] },
  { names: ['semantic_kernel.agents.{OpenAIAssistantAgent,AzureAssistantAgent,OpenAIResponsesAgent,AzureAIAgent,BedrockAgent}'], system: ['instructions'], answers: false },
  { names: ['letta_client.Letta#agents.create', '@letta-ai/letta-client.LettaClient#agents.create', '@letta-ai/letta-client.Letta#agents.create'], system: ['system'], answers: false },
  { names: ['letta_client.Letta#agents.messages.{create,create_stream,stream}', '@letta-ai/letta-client.LettaClient#agents.messages.{create,createStream}'], messages: ['messages'] },
  { names: ['smolagents.{CodeAgent,ToolCallingAgent}'], system: ['instructions'], answers: false },
  { names: ['haystack.components.agents.Agent'], system: ['system_prompt'], answers: false },
  { names: ['haystack.components.agents.Agent#run'], messages: ['messages', 0] },
  { names: ['agno.team.Team', 'agno.team.team.Team', 'phi.assistant.Assistant'], system: ['instructions', 'description', 'system_message', 'system_prompt'], answers: false },
  { names: ['agno.team.Team#{run,arun,print_response}'], user: [0, 'message', 'input'] },
  { names: ['swarm.Agent'], system: ['instructions'], answers: false },
  { names: ['camel.agents.ChatAgent'], system: [0, 'system_message'], answers: false },
  { names: ['camel.agents.ChatAgent#{step,astep}'], user: [0, 'input_message'] },
  { names: ['livekit.agents.Agent', 'livekit.agents.voice.Agent', '@livekit/agents.voice.Agent'], system: ['instructions'], answers: false },
  { names: ['agents.{RealtimeAgent,realtime.RealtimeAgent}', '@openai/agents-realtime.RealtimeAgent', '@openai/agents/realtime.RealtimeAgent'], system: ['instructions'], tools: ['tools'], answers: false },
  { names: ['deepagents.{create_deep_agent,async_create_deep_agent,createDeepAgent}'], system: ['system_prompt', 'instructions', 'systemPrompt', 1], answers: false },
  { names: ['langgraph_supervisor.create_supervisor', '@langchain/langgraph-supervisor.createSupervisor'], system: ['prompt'], answers: false },
  { names: ['@inngest/agent-kit.createAgent'], system: ['system'], answers: false },
  { names: ['vertexai.language_models.{TextGenerationModel,CodeGenerationModel}.from_pretrained().{predict,predict_async,predict_streaming}'], user: [0, 'prompt'] },
  { names: ['vertexai.language_models.{ChatModel,CodeChatModel}.from_pretrained().start_chat'], system: ['context'], answers: false },
];
