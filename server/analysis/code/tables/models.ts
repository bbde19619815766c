import { furtherModels } from './further-models.ts';

/** Calls to language models: where prompts go in, and that an answer comes out. One table for TypeScript and Python. */
export interface ModelCall {
  readonly names: readonly string[];
  /** Options or positions that carry operator instructions. */
  readonly system?: readonly (string | number)[];
  /** Options or positions that carry a user's text. */
  readonly user?: readonly (string | number)[];
  /** Options or positions that carry messages with roles, or plain text. */
  readonly messages?: readonly (string | number)[];
  /** Options or positions whose JSON text holds any of these. */
  readonly json?: readonly string[];
  readonly model?: readonly (string | number)[];
  readonly tools?: readonly (string | number)[];
  /** The result is a model's answer. Default true. */
  readonly answers?: boolean;
  /** A schema that the answer is checked against. */
  readonly schema?: readonly (string | number)[];
}

const openai = 'openai.OpenAI#';
const like = (name: string): readonly string[] => [`${name}#chat.completions.{create,parse,stream}`, `${name}#beta.chat.completions.{create,parse,stream,runTools}`];

export const modelCalls: readonly ModelCall[] = [
  { names: [`${openai}chat.completions.{create,parse,stream,runTools}`, `${openai}beta.chat.completions.{create,parse,stream,runTools,runFunctions}`, ...like('groq.Groq'), ...like('together.Together'), ...like('cerebras.Cerebras'), ...like('huggingface_hub.InferenceClient'), 'openai.ChatCompletion.{create,acreate}', 'openai.chat.completions.create', 'litellm.{completion,acompletion}', '@mlc-ai/web-llm.CreateMLCEngine()chat.completions.create', '@mlc-ai/web-llm.CreateMLCEngine().chat.completions.create', '@mlc-ai/web-llm.MLCEngine#chat.completions.create', 'portkey_ai.Portkey#chat.completions.create', 'azure.ai.inference.ChatCompletionsClient#complete', '@huggingface/inference.InferenceClient#chatCompletion', 'huggingface_hub.{HfInference,InferenceClient}#{chatCompletion,chatCompletionStream}', 'fireworks.client.ChatCompletion.create'], messages: ['messages'], model: ['model'], tools: ['tools', 'functions'], system: [] },
  { names: ['vscode.lm.selectChatModels()[].sendRequest', 'vscode.{LanguageModelChat,ChatRequest}#{sendRequest,model.sendRequest}'], messages: [0] },
  { names: ['huggingface_hub.{InferenceClient,AsyncInferenceClient}#chat_completion'], messages: ['messages', 0], model: ['model'], tools: ['tools'] },
  { names: [`${openai}responses.{create,parse,stream}`, 'openai.responses.create'], system: ['instructions'], messages: ['input'], model: ['model'], tools: ['tools'] },
  { names: [`${openai}beta.assistants.{create,update}`], system: ['instructions'], model: ['model'], tools: ['tools'], answers: false },
  { names: [`${openai}beta.threads.runs.{create,createAndPoll,create_and_poll,stream}`, `${openai}beta.threads.createAndRun`], system: ['instructions', 'additional_instructions'], messages: ['additional_messages'], model: ['model'] },
  { names: [`${openai}beta.threads.messages.create`], user: ['content'], answers: false },
  { names: [`${openai}beta.threads.messages.list`, `${openai}beta.threads.runs.{retrieve,poll}`] },
  { names: [`${openai}beta.realtime.sessions.create`, `${openai}realtime.{sessions,clientSecrets,client_secrets}.create`], system: ['instructions', 'session.instructions'], answers: false },
  { names: [`${openai}completions.create`, 'openai.Completion.create', 'together.Together#completions.create'], user: ['prompt'], model: ['model'] },
  { names: [`${openai}images.{generate,edit}`, `${openai}videos.{create,edit,remix,extend}`, 'openai.Image.create'], user: ['prompt'], model: ['model'], answers: false },
  { names: ['anthropic.Anthropic#messages.{create,stream,parse}', 'anthropic.Anthropic#beta.messages.{create,stream,parse,toolRunner,tool_runner}'], system: ['system'], messages: ['messages'], model: ['model'], tools: ['tools', 'mcp_servers'] },
  { names: ['anthropic.Anthropic#completions.create'], user: ['prompt'], model: ['model'] },
  { names: ['anthropic.Anthropic#beta.agents.{create,update}'], system: ['system'], answers: false },
  { names: ['google.genai.Client#models.{generateContent,generateContentStream,generate_content,generate_content_stream}', 'google.genai.Client#aio.models.{generate_content,generate_content_stream}'], system: ['config.systemInstruction', 'config.system_instruction'], messages: ['contents'], model: ['model'], tools: ['config.tools'] },
  { names: ['google.genai.Client#{chats,caches,aio.chats}.create', 'google.genai.Client#live.connect'], system: ['config.systemInstruction', 'config.system_instruction'], messages: ['history'], model: ['model'], answers: false },
  { names: ['google.genai.Client#models.{generateImages,editImage,generateVideos,generate_images,generate_videos}'], user: ['prompt'], answers: false },
  { names: ['google.genai.Client#interactions.create'], messages: ['input'], system: ['system_instruction'] },
  { names: ['google.Chat#{sendMessage,sendMessageStream,send_message,send_message_stream,send_message_async}'], user: [0, 'message'], system: ['config.systemInstruction'] },
  { names: ['google.GenerativeModel#{generateContent,generateContentStream,generate_content,generate_content_async}'], messages: [0, 'contents'], system: ['systemInstruction'] },
  { names: ['google.GenerativeModel'], system: ['system_instruction', 'systemInstruction'], model: [0, 'model_name'], answers: false },
  { names: ['google.GoogleGenerativeAI#getGenerativeModel', 'google.GoogleGenerativeAI#preview.getGenerativeModel'], system: ['systemInstruction'], model: ['model'], answers: false },
  { names: ['@aws-sdk/client-bedrock-runtime.{ConverseCommand,ConverseStreamCommand}', 'boto3.client(bedrock-runtime)#{converse,converse_stream}'], system: ['system'], messages: ['messages'], model: ['modelId'] },
  { names: ['@aws-sdk/client-bedrock-runtime.{InvokeModelCommand,InvokeModelWithResponseStreamCommand}', 'boto3.client(bedrock-runtime)#{invoke_model,invoke_model_with_response_stream}'], json: ['body'], model: ['modelId'] },
  { names: ['@aws-sdk/client-bedrock-agent-runtime.{InvokeAgentCommand,InvokeInlineAgentCommand}', 'boto3.client(bedrock-agent-runtime)#{invoke_agent,invoke_inline_agent}'], user: ['inputText'], system: ['instruction'] },
  { names: ['@aws-sdk/client-bedrock-agent-runtime.RetrieveAndGenerateCommand', 'boto3.client(bedrock-agent-runtime)#retrieve_and_generate'], user: ['input.text', 'input'], system: ['retrieveAndGenerateConfiguration.knowledgeBaseConfiguration.generationConfiguration.promptTemplate.textPromptTemplate', 'retrieveAndGenerateConfiguration.externalSourcesConfiguration.generationConfiguration.promptTemplate.textPromptTemplate'] },
  { names: ['boto3.client(sagemaker-runtime)#invoke_endpoint', '@aws-sdk/client-sagemaker-runtime.InvokeEndpointCommand'], json: ['Body'] },
  { names: ['ai.{generateText,streamText}'], system: ['system', 'instructions'], user: ['prompt'], messages: ['messages'], tools: ['tools'] },
  { names: ['ai.{generateObject,streamObject}', 'ai.experimental_generateObject'], system: ['system', 'instructions'], user: ['prompt'], messages: ['messages'], schema: ['schema'] },
  { names: ['ai.{ToolLoopAgent,Experimental_Agent,Agent}'], system: ['instructions', 'system'], answers: false, tools: ['tools'] },
  { names: ['ai.{ToolLoopAgent,Experimental_Agent,Agent}#{generate,stream,respond}'], user: ['prompt'], messages: ['messages'], system: ['system'] },
  { names: ['ai.{generateImage,experimental_generateImage,experimental_generateSpeech}'], user: ['prompt', 'text'], answers: false },
  { names: ['genkit.Genkit#{generate,generateStream}'], system: ['system'], user: ['prompt'], messages: ['messages'], model: ['model'], tools: ['tools'] },
  { names: ['genkit.Genkit#{chat,definePrompt}'], system: ['system'], messages: ['messages'], answers: false },
  { names: ['genkit.Genkit#chat().{send,sendStream}'], user: [0, 'prompt'] },
  { names: ['langchain.ChatModel#{invoke,ainvoke,stream,astream,call,predict,apredict,generate,agenerate,batch,abatch,predict_messages,predictMessages,()}'], messages: [0, 'input', 'messages', 'prompts'] },
  { names: ['langchain.Chain#{invoke,ainvoke,run,arun,call,predict,apply,stream,()}', 'langchain.AgentExecutor#{invoke,ainvoke,run,arun,call,stream,astream,()}', 'langchain.Runnable#{invoke,ainvoke,stream,astream,batch,abatch}'], user: [0, 'input', 'query', 'question'] },
  { names: ['langchain.Agent#{invoke,ainvoke,stream,astream}'], messages: ['messages', 'input'] },
  { names: ['langchain.{create_agent,createAgent}'], system: ['systemPrompt', 'system_prompt', 'prompt'], tools: ['tools'], answers: false },
  { names: ['langchain.{create_react_agent,createReactAgent}'], system: ['prompt', 'messageModifier', 'stateModifier', 'state_modifier', 'message_modifier'], answers: false },
  { names: ['langchain.initialize_agent'], system: ['agent_kwargs.prefix', 'agent_kwargs.system_message'], answers: false },
  { names: ['langchain.SystemMessage', 'langchain.SystemMessagePromptTemplate.{from_template,fromTemplate}'], system: [0, 'content'], answers: false },
  { names: ['langchain.Chain'], answers: false },
  { names: ['llamaindex.LLM#{complete,acomplete,stream_complete,predict,apredict,astream_complete}'], user: [0, 'prompt'] },
  { names: ['llamaindex.LLM#{chat,achat,stream_chat,astream_chat,exec}', 'llamaindex.Settings.llm.{chat,achat,stream_chat}'], messages: [0, 'messages'] },
  { names: ['llamaindex.Settings.llm.{complete,acomplete}'], user: [0, 'prompt'] },
  { names: ['llamaindex.Engine#{query,aquery,chat,achat,stream_chat,run,stream_query}', 'llamaindex.{FunctionAgent,AgentWorkflow,ReActAgent,CodeActAgent}#{run,chat}'], user: [0, 'query', 'message', 'user_msg', 'str_or_query_bundle'] },
  { names: ['llamaindex.Index#{as_chat_engine,asChatEngine,as_query_engine,asQueryEngine}', 'llamaindex.{FunctionAgent,ReActAgent,AgentWorkflow,agent,CodeActAgent}', 'llamaindex.{SimpleChatEngine,ContextChatEngine}.from_defaults', 'llamaindex.ContextChatEngine'], system: ['system_prompt', 'systemPrompt', 'context_template', 'text_qa_template'], answers: false },
  { names: ['llamaindex.ChatMessage'], answers: false },
  { names: ['ollama.{chat}', 'ollama.{Ollama,Client,AsyncClient}#chat', 'ollama.default.chat'], messages: ['messages'], model: ['model', 0], tools: ['tools'] },
  { names: ['ollama.generate', 'ollama.{Ollama,Client,AsyncClient}#generate'], system: ['system', 'template'], user: ['prompt', 1], model: ['model', 0] },
  { names: ['mistralai.Mistral#chat.{complete,stream,complete_async,stream_async,parse}', 'mistralai.Mistral#chat', 'mistralai.Mistral#agents.{complete,stream}'], messages: ['messages'], model: ['model'], tools: ['tools'] },
  { names: ['mistralai.Mistral#beta.{agents,conversations}.{create,start}'], system: ['instructions'], messages: ['inputs'] },
  { names: ['cohere.Client#{chat,chatStream,chat_stream}', 'cohere.Client#v2.{chat,chat_stream}'], system: ['preamble'], user: ['message'], messages: ['messages'], model: ['model'], tools: ['tools'] },
  { names: ['cohere.Client#{generate,summarize}'], user: ['prompt', 'text'] },
  { names: ['replicate.Replicate#{run,stream}', 'replicate.{run,stream}'], system: ['input.system_prompt'], user: ['input.prompt'], model: [0] },
  { names: ['agno.agent.Agent', 'agno.agent.agent.Agent', 'phi.agent.Agent'], system: ['instructions', 'description', 'system_message', 'additional_context'], answers: false },
  { names: ['agno.agent.Agent#{run,arun,print_response}', 'phi.agent.Agent#{run,print_response}'], user: [0, 'message', 'input'] },
  { names: ['google.adk.agents.{Agent,LlmAgent}', 'google.adk.{Agent,LlmAgent}', 'google.adk.agents.llm_agent.{Agent,LlmAgent}', '@google/adk.{Agent,LlmAgent}'], system: ['instruction', 'global_instruction', 'globalInstruction', 'static_instruction'], answers: false },
  { names: ['strands.Agent', 'strands.agent.Agent', '@strands-agents/sdk.Agent'], system: ['system_prompt', 'systemPrompt'], answers: false },
  { names: ['strands.Agent#{(),invoke_async,stream_async}', '@strands-agents/sdk.Agent#{invoke,stream}'], user: [0] },
  { names: ['@voltagent/core.{Agent,SubAgent}'], system: ['instructions', 'description', 'purpose'], answers: false },
  { names: ['@voltagent/core.Agent#{generateText,streamText,generateObject,streamObject}'], user: [0] },
  { names: ['agents.Agent', 'agents.Agent.create'], system: ['instructions', 'handoffDescription', 'handoff_description'], answers: false, tools: ['tools'] },
  { names: ['agents.run', 'agents.Runner.{run,run_sync,run_streamed}', 'agents.Runner#{run,run_sync,run_streamed}'], messages: [1, 'input'] },
  { names: ['agents.Agent#{asTool,as_tool}'], system: ['toolDescription', 'tool_description'], answers: false },
  { names: ['@mastra/core/agent.Agent', '@mastra/core.Agent'], system: ['instructions'], answers: false, tools: ['tools'] },
  { names: ['@mastra/core/agent.Agent#{generate,stream,generateVNext,streamVNext,generateLegacy,network}', '@mastra/core.Agent#{generate,stream}'], messages: [0], system: ['instructions', 'system'] },
  { names: ['pydantic_ai.Agent'], system: ['system_prompt', 'instructions'], answers: false },
  { names: ['pydantic_ai.Agent#{run,run_sync,run_stream,iter}'], user: [0, 'user_prompt'], system: ['instructions'] },
  { names: ['crewai.Agent'], system: ['role', 'goal', 'backstory', 'system_template'], answers: false },
  { names: ['crewai.Task'], user: ['description', 'expected_output'], answers: false },
  { names: ['crewai.Crew#{kickoff,kickoff_async}', 'crewai.LLM#call'], messages: [0, 'inputs'] },
  { names: ['autogen.{AssistantAgent,ConversableAgent,UserProxyAgent,GPTAssistantAgent,SystemMessage}'], system: ['system_message', 'instructions'], answers: false },
  { names: ['autogen.{AssistantAgent,ConversableAgent,UserProxyAgent}#{initiate_chat,generate_reply,run}'], user: ['message', 'task', 1] },
  { names: ['autogen.{RoundRobinGroupChat,SelectorGroupChat,Swarm,MagenticOneGroupChat,GraphFlow}#{run,run_stream}', 'autogen.{AssistantAgent,CodeExecutorAgent}#{on_messages,run_stream}'], user: ['task', 0] },
  { names: ['smolagents.{CodeAgent,ToolCallingAgent,MultiStepAgent}#run', 'browser_use.Agent#run'], user: [0, 'task'] },
  { names: ['browser_use.Agent'], user: ['task'], system: ['override_system_message', 'extend_system_message'], answers: false },
  { names: ['semantic_kernel.Kernel#{invoke,invoke_prompt}', 'semantic_kernel.functions.KernelFunctionFromPrompt'], user: ['prompt', 0] },
  { names: ['semantic_kernel.contents.{ChatHistory,chat_history.ChatHistory}#{add_system_message,add_developer_message}', 'semantic_kernel.contents.{ChatHistory,chat_history.ChatHistory}'], system: [0, 'content', 'system_message'], answers: false },
  { names: ['ibm_watsonx_ai.foundation_models.{ModelInference,Model}#{generate_text,generate,chat,generate_text_stream}'], user: [0, 'prompt'], messages: ['messages'] },
  { names: ['dspy.Signature'], system: [1, 'instructions'], answers: false },
  { names: ['smolagents.{OpenAIServerModel,OpenAIModel,InferenceClientModel,HfApiModel,LiteLLMModel,TransformersModel,AzureOpenAIServerModel,AmazonBedrockServerModel,VLLMModel,MLXModel}#{(),generate}'], messages: [0, 'messages'] },
  { names: ['semantic_kernel.agents.ChatCompletionAgent'], system: ['instructions'], answers: false },
  { names: ['dspy.{Predict,ChainOfThought,ReAct}#()', 'dspy.LM#()'], user: [0, 'question'] },
  { names: ['guidance.llms.OpenAI#()', 'magentic.prompt', 'marvin.{ai_fn,cast,extract,generate}'], user: [0] },
  { names: ['instructor.{from_openai,patch,from_anthropic,from_provider,from_litellm,from_groq,from_mistral,from_cohere,from_gemini,from_genai,from_vertexai,from_bedrock,from_fireworks,from_perplexity}()chat.completions.create', 'instructor.{from_openai,patch,from_anthropic,from_provider,from_litellm,from_groq,from_mistral,from_cohere,from_gemini,from_genai,from_vertexai,from_bedrock,from_fireworks,from_perplexity}().chat.completions.create', 'instructor.{from_anthropic}().messages.create'], messages: ['messages'], system: ['system'], model: ['model'], schema: ['response_model'] },
  { names: ['haystack.components.generators.{OpenAIGenerator,HuggingFaceLocalGenerator,AzureOpenAIGenerator,HuggingFaceAPIGenerator}#run', 'haystack_integrations.components.generators.ollama.OllamaGenerator#run'], user: ['prompt', 0] },
  { names: ['haystack.components.generators.chat.{OpenAIChatGenerator,HuggingFaceLocalChatGenerator}#run'], messages: ['messages', 0] },
  { names: ['haystack.dataclasses.ChatMessage.from_system', 'haystack.components.generators.{OpenAIGenerator}'], system: [0, 'system_prompt'], answers: false },
  { names: ['haystack.dataclasses.ChatMessage.from_user'], answers: false },
  { names: ['haystack.Pipeline#run'], user: [] },
  { names: ['transformers.Pipeline#()'], messages: [0, 'text_inputs', 'inputs'] },
  { names: ['transformers.Tokenizer#{apply_chat_template}'], messages: [0, 'conversation'], answers: false },
  { names: ['transformers.Model#generate', 'transformers.Tokenizer#{decode,batch_decode}'] },
  { names: ['huggingface_hub.{HfInference,InferenceClient,AsyncInferenceClient}#{textGeneration,textGenerationStream,text_generation,conversational,summarization,translation,question_answering}'], user: ['inputs', 'prompt', 0] },
  { names: ['vllm.LLM#{generate,chat}', 'vllm.AsyncLLMEngine#generate', 'llama_cpp.Llama#{(),create_completion}', 'ctransformers.AutoModelForCausalLM.from_pretrained()()', 'gpt4all.GPT4All#generate'], messages: [0, 'prompt', 'prompts', 'messages'] },
  { names: ['llama_cpp.Llama#create_chat_completion'], messages: ['messages', 0] },
  { names: ['@anthropic-ai/claude-agent-sdk.query', '@anthropic-ai/claude-code.query', 'claude_agent_sdk.query', 'claude_code_sdk.query'], user: ['prompt'], system: ['options.systemPrompt', 'options.customSystemPrompt', 'options.appendSystemPrompt'] },
  { names: ['@ai-sdk/react.{useChat,useCompletion,experimental_useObject}', 'ai/react.{useChat,useCompletion}', '@ai-sdk/vue.{useChat,useCompletion}', '@ai-sdk/svelte.useChat', '@copilotkit/react-core.useCopilotChat', '@assistant-ui/react.useMessage'] },
  { names: ['openrouter.OpenRouter#callModel', '@openrouter/sdk.OpenRouter#{callModel,chat.send}'], system: ['instructions'], messages: ['input', 'messages'], model: ['model'] },
  { names: ['@azure/openai.OpenAIClient#{getChatCompletions,streamChatCompletions}'], messages: [1] },
  { names: ['voyageai.Client#embed'], answers: false },
  { names: ['cloudflare.Ai#run', 'Ai#run'], messages: ['messages'], user: ['prompt'], model: [0], tools: ['tools'] },
  ...furtherModels,
];

/** Calls that judge text: a test of their result proves the text. */
export const verdicts: readonly string[] = [
  `${openai}moderations.create`, 'openai.Moderation.create', 'mistralai.Mistral#classifiers.{moderate,moderateChat,moderate_chat}', 'boto3.client(bedrock-runtime)#apply_guardrail', '@aws-sdk/client-bedrock-runtime.ApplyGuardrailCommand', 'llm_guard.{scan_prompt,scan_output}', 'guardrails.Guard#{validate,parse}', 'lakera_guard.check', 'nemoguardrails.LLMRails#generate', '@azure-rest/ai-content-safety().path().post', 'azure.ai.contentsafety.ContentSafetyClient#analyze_text', 'rebuff.Rebuff#{detectInjection,detect_injection}', 'boto3.client(comprehend)#{detect_toxic_content,detect_pii_entities,classify_document}', '@aws-sdk/client-comprehend.{DetectToxicContentCommand,DetectPiiEntitiesCommand}', 'perspective.Client#analyze',
];
