import { detached } from '../../base/detach.ts';

/** Modules and classes that go by several names are known by one, the same for TypeScript and Python where the product is the same. */
const modules: Readonly<Record<string, string>> = {
  'fs/promises': 'fs.promises', 'timers/promises': 'timers', 'dns/promises': 'dns', 'readline/promises': 'readline', 'stream/promises': 'stream',
  '@anthropic-ai/sdk': 'anthropic', '@anthropic-ai/bedrock-sdk': 'anthropic', '@anthropic-ai/vertex-sdk': 'anthropic',
  'groq-sdk': 'groq', '@mistralai/mistralai': 'mistralai', 'cohere-ai': 'cohere', '@google/genai': 'google.genai', '@google/generative-ai': 'google.generativeai',
  '@google-cloud/vertexai': 'vertexai', '@huggingface/inference': 'huggingface_hub', '@huggingface/transformers': 'transformers', '@xenova/transformers': 'transformers',
  '@openai/agents': 'agents', '@openai/agents-core': 'agents', 'openai-agents': 'agents', 'ollama/browser': 'ollama', 'together-ai': 'together',
  'mysql2/promise': 'mysql2', 'mysql': 'mysql2', 'pg-promise': 'pgpromise', 'pg-pool': 'pg.Pool', 'axios/index': 'axios', 'node-fetch': 'fetch', 'cross-fetch': 'fetch', 'isomorphic-fetch': 'fetch', 'undici-fetch': 'fetch',
  'bcryptjs': 'bcrypt', 'bcrypt-nodejs': 'bcrypt', 'isomorphic-dompurify': 'dompurify', 'zod/v4': 'zod', 'zod/v3': 'zod', 'zod/mini': 'zod', 'zod/v4-mini': 'zod', '@hapi/joi': 'joi',
  '@cloudflare/puppeteer': 'puppeteer', 'puppeteer-core': 'puppeteer', 'puppeteer-extra': 'puppeteer', 'playwright-core': 'playwright', 'playwright-extra': 'playwright', 'rebrowser-puppeteer': 'puppeteer', 'patchright': 'playwright',
  'psycopg2.sql': 'psycopg.sql', 'cPickle': 'pickle', '_pickle': 'pickle', 'fs-extra': 'fs', 'markdown-it/lib/index.mjs': 'markdown-it', 'graceful-fs': 'fs',
  'langchain/chat_models': 'langchain', 'genkit/beta': 'genkit', '@genkit-ai/ai': 'genkit', 'requests.api': 'requests', 'starlette.requests': 'starlette', 'fastapi.requests': 'starlette', 'tensorflow.keras': 'keras', 'tf.keras': 'keras', 'tensorflow.compat.v1': 'tensorflow', 'oyaml': 'yaml', 'pyaml': 'yaml', 'keras.api': 'keras',
};

/** What a module's default export is called, where it is not the module itself. */
const defaults: Readonly<Record<string, string>> = {
  openai: 'openai.OpenAI', anthropic: 'anthropic.Anthropic', groq: 'groq.Groq', together: 'together.Together', cerebras: 'cerebras.Cerebras', ioredis: 'ioredis.Redis', ws: 'ws.WebSocket',
  '@cerebras/cerebras_cloud_sdk': 'cerebras.Cerebras', 'replicate': 'replicate.Replicate', 'node-imap': 'imap.Imap', 'fetch': 'fetch', 'ajv': 'ajv.Ajv', 'conf': 'conf.Conf', 'electron-store': 'electron-store.Store', 'stripe': 'stripe.Stripe',
  'better-sqlite3': 'better-sqlite3.Database', 'koa': 'koa.Koa', '@koa/router': 'koa-router.Router', 'koa-router': 'koa-router.Router', 're2': 're2.RE2', 'rss-parser': 'rss-parser.Parser', 'firecrawl': 'firecrawl.FirecrawlApp', '@mendable/firecrawl-js': 'firecrawl.FirecrawlApp',
};

const classes: readonly (readonly [RegExp, string])[] = [
  [/^openai\.(?:Async|Azure|AsyncAzure)OpenAI$/, 'openai.OpenAI'],
  [/^openai\.(?:azure\.)?AzureOpenAI$/, 'openai.OpenAI'],
  [/^@openai\/guardrails\.Guardrails\w*OpenAI$/, 'openai.OpenAI'],
  [/^anthropic\.(?:Async)?Anthropic(?:Bedrock|Vertex|Foundry)?$/, 'anthropic.Anthropic'],
  [/^groq\.AsyncGroq$/, 'groq.Groq'],
  [/^mistralai\.(?:Mistral|MistralClient|MistralAsyncClient|client\.\w+)$/, 'mistralai.Mistral'],
  [/^cohere\.(?:Async)?(?:Client|ClientV2|CohereClient|CohereClientV2|CohereAWS)$/, 'cohere.Client'],
  [/^together\.AsyncTogether$/, 'together.Together'],
  [/^google\.genai\.(?:GoogleGenAI|Client)$/, 'google.genai.Client'],
  [/^google\.generativeai\.(?:GenerativeModel)$/, 'google.GenerativeModel'],
  [/^(?:vertexai\.(?:generative_models|preview\.generative_models|preview|language_models)\.)?(?:GenerativeModel)$/, 'google.GenerativeModel'],
  [/^google\.generativeai\.GoogleGenerativeAI$/, 'google.GoogleGenerativeAI'],
  [/^vertexai\.VertexAI$/, 'google.GoogleGenerativeAI'],
  [/^(?:@langchain\/|langchain)[\w/.@-]*\.(?:Chat(?!Prompt|Message|Vector)[A-Z]\w*|OpenAI|AzureOpenAI|AzureChatOpenAI|Ollama|OllamaLLM|Anthropic|AnthropicLLM|Bedrock|BedrockLLM|BedrockChat|Cohere|HuggingFaceHub|HuggingFacePipeline|HuggingFaceEndpoint|LlamaCpp|VertexAI|GoogleGenerativeAI|Replicate|Together|Fireworks|VLLM|GPT4All|MistralAI|WatsonxLLM|FakeListLLM|FakeListChatModel|FakeChatModel)$/, 'langchain.ChatModel'],
  [/^(?:@langchain\/|langchain)[\w/.@-]*\.(?:LLMChain|ConversationChain|RetrievalQA|ConversationalRetrievalChain|RetrievalQAChain|StuffDocumentsChain|SequentialChain|SimpleSequentialChain|TransformChain|LLMMathChain|PALChain|SQLDatabaseChain|GraphCypherQAChain)$/, 'langchain.Chain'],
  [/^(?:@langchain\/|langchain)[\w/.@-]*\.(?:createSqlQueryChain|create_sql_query_chain|createRetrievalChain|create_retrieval_chain|createStuffDocumentsChain|create_stuff_documents_chain|loadQAStuffChain|load_qa_chain|loadSummarizationChain|load_summarize_chain|loadQAMapReduceChain|createExtractionChain|create_extraction_chain)$/, 'langchain.create_chain'],
  [/^(?:@langchain\/|langchain)[\w/.@-]*\.AgentExecutor$/, 'langchain.AgentExecutor'],
  [/^(?:@langchain\/|langchain)[\w/.@-]*\.(SystemMessage|HumanMessage|AIMessage|ToolMessage|ChatMessage|FunctionMessage)$/, 'langchain.$1'],
  [/^(?:@langchain\/|langchain)[\w/.@-]*\.(SystemMessagePromptTemplate|HumanMessagePromptTemplate|ChatPromptTemplate|PromptTemplate|FewShotPromptTemplate|MessagesPlaceholder|StringOutputParser|StrOutputParser|JsonOutputParser|StructuredOutputParser|PydanticOutputParser|RunnableSequence|RunnableLambda|RunnableParallel|RunnablePassthrough|DynamicTool|DynamicStructuredTool|StructuredTool|Tool|BaseTool)$/, 'langchain.$1'],
  [/^(?:@langchain\/|langchain)[\w/.@-]*\.(tool|create_agent|createAgent|create_react_agent|createReactAgent|initialize_agent|initializeAgentExecutorWithOptions|load_tools|create_sql_agent|createSqlAgent|create_pandas_dataframe_agent|create_csv_agent|create_python_agent|create_tool_calling_agent|createToolCallingAgent|createOpenAIToolsAgent|create_openai_tools_agent|init_chat_model|initChatModel)$/, 'langchain.$1'],
  [/^langgraph\.prebuilt(?:\.\w+)*\.create_react_agent$/, 'langchain.create_react_agent'],
  [/^(?:@langchain\/|langchain)[\w/.@-]*\.(?:Chroma|FAISS|Pinecone|PineconeStore|PineconeVectorStore|Qdrant|QdrantVectorStore|Weaviate|WeaviateVectorStore|WeaviateStore|Milvus|PGVector|PGVectorStore|Redis|RedisVectorStore|MemoryVectorStore|HNSWLib|SupabaseVectorStore|ElasticsearchStore|OpenSearchVectorSearch|LanceDB|AzureSearch|InMemoryVectorStore|MongoDBAtlasVectorSearch|FaissStore|CloudflareVectorizeStore|Annoy|DocArrayInMemorySearch)$/, 'langchain.VectorStore'],
  [/^(?:@langchain\/|langchain)[\w/.@-]*\.\w*Retriever$/, 'langchain.Retriever'],
  [/^(?:@langchain\/|langchain)[\w/.@-]*\.(?!(?:DataFrame|PolarsDataFrame|PySparkDataFrame|GeoDataFrame|Xorbits)Loader)(?:\w*Loader)$/, 'langchain.Loader'],
  [/^(?:@langchain\/|langchain)[\w/.@-]*\.(?:PythonREPL|PythonREPLTool|PythonAstREPLTool|PythonInterpreterTool)$/, 'langchain.PythonREPL'],
  [/^(?:@langchain\/|langchain)[\w/.@-]*\.(?:ShellTool|BashProcess|BashTool)$/, 'langchain.ShellTool'],
  [/^(?:@langchain\/|langchain)[\w/.@-]*\.(\w+Toolkit)$/, 'langchain.$1'],
  [/^(?:@llamaindex\/[\w-]+|llama_?index[\w.]*\.llms[\w.]*)\.(?:OpenAI|AzureOpenAI|Anthropic|Ollama|Gemini|MistralAI|Groq|Bedrock|BedrockConverse|HuggingFaceLLM|HuggingFaceInferenceAPI|Vertex|Cohere|Replicate|OpenAILike|LlamaCPP|TogetherLLM|Perplexity|DeepSeek|GoogleGenAI|openai|anthropic|ollama|gemini|mistral|groq)$/, 'llamaindex.LLM'],
  [/^llama_?index[\w.]*\.llms[\w.]*\.ChatMessage$/, 'llamaindex.ChatMessage'],
  [/^@llamaindex\/[\w/-]+\.((?:Context|Simple|CondenseQuestion)ChatEngine|RetrieverQueryEngine)$/, 'llamaindex.$1'],
  [/^@llamaindex\/[\w/-]+\.(tool|FunctionTool|agent|multiAgent)$/, 'llamaindex.$1'],
  [/^llama_index[\w.]*\.(\w+)$/, 'llamaindex.$1'],
  [/^pymongo\.Client#.*?\.?(find|find_one|insert_one|insert_many|update_one|update_many|delete_one|delete_many|aggregate|count_documents|find_one_and_update|find_one_and_delete|replace_one)$/, 'pymongo.Collection#$1'],
  [/^(?:@langchain\/|langchain)[\w/.@-]*\.S(?:QL|ql)Database$/, 'langchain.SQLDatabase'],
  [/^(?:starlette|fastapi)[\w.]*\.Request$/, 'starlette.Request'],
  [/^(?:starlette|fastapi)[\w.]*\.(WebSocket|UploadFile|Response)$/, 'starlette.$1'],
  [/^(?:starlette|fastapi)\.responses\.(\w+)$/, 'starlette.$1'],
  [/^fastapi\.(?:FastAPI|APIRouter)$|^fastapi\.routing\.APIRouter$/, 'fastapi.Router'],
  [/^flask\.(?:Flask|Blueprint)$|^quart\.(?:Quart|Blueprint)$|^flask\.views\.Blueprint$|^flask_openapi3\.\w+$/, 'flask.Flask'],
  [/^quart\.(request|render_template_string|send_file|send_from_directory|redirect|make_response|jsonify|Response)$/, 'flask.$1'],
  [/^google\.cloud\.pubsub_v1\.subscriber\.message\.Message$/, 'google.cloud.pubsub_v1.Message'],
  [/^airflow\.[\w.]*\.(?:Postgres|MySql|Sqlite|MsSql|Oracle|Snowflake|Redshift\w*|Presto|Trino|Jdbc|Odbc|DbApi|ClickHouse|Databricks\w*)Hook$/, 'airflow.DbHook'],
  [/^(?:mcp\.server\.fastmcp|fastmcp|mcp\.server\.fastmcp\.server|mcp\.server)\.(?:FastMCP|MCPServer)$/, 'mcp.FastMCP'],
  [/^@modelcontextprotocol\/sdk\/server\/mcp(?:\.js)?\.McpServer$|^@modelcontextprotocol\/server\.McpServer$/, 'mcp.McpServer'],
  [/^@modelcontextprotocol\/sdk\/server\/index(?:\.js)?\.Server$/, 'mcp.Server'],
  [/^fastmcp\.FastMCP$/, 'mcp.FastMCP'],
  [/^mcp\.server\.lowlevel\.(?:server\.)?Server$|^mcp\.server\.Server$/, 'mcp.Server'],
  [/^openai\.default$/, 'openai.OpenAI'],
  [/^(?:genkit|@genkit-ai\/core|astro:schema|astro\/zod|astro:content|@hono\/zod-openapi|@copilotkit\/shared|openai\/helpers\/zod)\.z(?=\.|$)/, 'zod.z'],
  [/^aws_lambda_powertools\.event_handler(?:\.\w+)*\.(?:APIGateway\w*Resolver|BedrockAgent\w*Resolver|ALBResolver|LambdaFunctionUrlResolver|VPCLattice\w*Resolver)$/, 'powertools.Resolver'],
  [/^(?:autogen|pyautogen|ag2|autogen_agentchat[\w.]*|autogen\.agentchat[\w.]*)\.(\w+)$/, 'autogen.$1'],
  [/^(?:autogen\.coding|autogen_ext\.code_executors[\w.]*|autogen_core\.(?:code_executor|tools)|autogen\.coding\.\w+)\.(\w+)$/, 'autogen.$1'],
  [/^(?:transformers|optimum|setfit|gliner|span_marker|adapters|parler_tts|colpali_engine)(?:\.\w+)*?\.(?!Auto(?:Tokenizer|ModelForCausalLM|ModelForSeq2SeqLM)\.|TFAuto|PeftModel)[A-Z]\w*\.from_pretrained$/, 'transformers.AutoModel.from_pretrained'],
  [/^diffusers(?:\.\w+)*?\.[A-Z]\w*\.from_pretrained$/, 'diffusers.DiffusionPipeline.from_pretrained'],
  [/^telegram\.ext\.(?:ContextTypes\.DEFAULT_TYPE|CallbackContext)$/, 'telegram.Context'],
  [/^aiohttp\.web\.Request$|^aiohttp\.web_request\.Request$/, 'aiohttp.Request'],
  [/^tornado\.web\.RequestHandler$/, 'tornado.Handler'],
  [/^rest_framework\.request\.Request$|^django\.http\.(?:request\.)?HttpRequest$|^django\.core\.handlers\.\w+\.\w+Request$/, 'django.HttpRequest'],
  [/^sanic\.(?:request\.)?Request$/, 'sanic.Request'],
  [/^azure\.functions\.HttpRequest$/, 'azure.HttpRequest'],
  [/^falcon\.(?:asgi\.)?(Request|Response)$/, 'falcon.$1'],
  [/^pyramid\.request\.Request$/, 'pyramid.Request'],
  [/^werkzeug\.(?:wrappers\.)?Request$/, 'werkzeug.Request'],
  [/^(?:peewee|playhouse\.\w+)\.(?:\w*Sqlite\w*|\w*Postgres\w*|\w*MySQL\w*|Cockroach|Pooled|MariaDB\w*)Database$/, 'peewee.Database'],
  [/^sanic\.(html|text|json|redirect|file|file_stream|raw)$/, 'sanic.response.$1'],
  [/^litestar\.Request$/, 'litestar.Request'],
  [/^robyn\.Request$/, 'robyn.Request'],
  [/^@trpc\/server\/adapters\/(?:standalone|ws|node-http)\.Create(?:HTTP|WSS)ContextFnOptions#req$|^@trpc\/server\/adapters\/(?:standalone|ws)\.Create(?:HTTP|WSS)ContextOptions#req$/, 'http.IncomingMessage#'],
  [/^@trpc\/server\/adapters\/express\.CreateExpressContextOptions#req$/, 'express.Request#'],
  [/^@trpc\/server\/adapters\/fastify\.CreateFastifyContextOptions#req$/, 'fastify.Request#'],
  [/^@trpc\/server\/adapters\/next\.CreateNextContextOptions#req$/, 'next.ApiRequest#'],
  [/^@trpc\/server\/adapters\/fetch\.FetchCreateContextFnOptions#req$/, 'Request#'],
  [/^express\.Request$|^express-serve-static-core\.Request$/, 'express.Request'],
  [/^(?:fastify)\.(?:FastifyRequest)$/, 'fastify.Request'],
  [/^(?:fastify)\.(?:FastifyInstance)$/, 'fastify.App'],
  [/^next\.NextApi(Request|Response)$/, 'next.Api$1'],
  [/^fastify\.FastifyReply$/, 'fastify.Reply'],
  [/^next\/server(?:\.js)?\.NextRequest$/, 'Request'],
  [/^hono\.Context$/, 'hono.Context'],
  [/^(?:@remix-run\/[\w-]+|react-router|@react-router\/[\w-]+)\.(?:Action|Loader)FunctionArgs$/, 'remix.Args'],
  [/^@cloudflare\/workers-types\.Ai$/, 'cloudflare.Ai'],
  [/^koa\.(?:Context|ParameterizedContext)$/, 'koa.Context'],
  [/^(?:express)\.(?:Express|Application|IRouter)$/, 'express.App'],
  [/^psycopg2?\.extras\.(?!execute_)\w+$/, 'psycopg.extras'],
  [/^(?:ray|joblib\.externals|pyspark|distributed)\.cloudpickle(?=\.|$)/, 'cloudpickle'],
  [/^IPython(?:\.core\.getipython)?\.get_ipython$/, 'get_ipython'],
];

const memo = new Map<string, string>();

/** The one name of a qualified name. */
export function canonicalName(name: string): string {
  const known = memo.get(name);
  if (known !== undefined) return known;
  let out = name;
  for (const [pattern, to] of classes) {
    if (!pattern.test(name)) continue;
    out = name.replace(pattern, to);
    break;
  }
  if (memo.size > 5000) memo.clear();
  const own = detached(name);
  memo.set(own, out === name ? own : out);
  return out;
}

/** The package that an address of Deno or of a network of browsers' modules stands for: `npm:openai@6`, `https://esm.sh/openai@4.1.0`. */
function published(specifier: string): string {
  const name = /^(?:npm:\/?|jsr:\/?|https:\/\/(?:esm\.sh|cdn\.skypack\.dev|esm\.run|cdn\.jsdelivr\.net\/npm|unpkg\.com|deno\.land\/x)\/)(@?[\w.-]+(?:\/[\w.-]+)?)(?:@[^/]+)?(\/.*)?$/.exec(specifier.replace(/\?.*$/, ''));
  if (!name) return specifier;
  const whole = `${name[1]}${name[2] ?? ''}`;
  return specifier.startsWith('https:') ? /^@?[\w.-]+(?:(?<=@[\w.-]*)\/[\w.-]+)?/.exec(whole)?.[0] ?? whole : whole;
}

export function canonicalModule(module: string): string {
  const bare = module.startsWith('node:') ? module.slice(5) : /^(?:npm:|jsr:|https:)/.test(module) ? published(module) : module;
  // `lodash/merge` is `merge` of lodash.
  if (/^lodash(?:-es)?\/\w+$/.test(bare) && !bare.endsWith('/fp')) return bare.replace(/^lodash(?:-es)?\//, 'lodash.').replace(/\.js$/, '');
  return modules[bare] ?? bare;
}

export function defaultExport(module: string): string {
  return defaults[module] ?? module;
}

/** Qualified name of a member. */
export function memberName(object: string, property: string): string | undefined {
  if (object.length > 160) return undefined;
  return canonicalName(object.endsWith('#') ? object + property : `${object}.${property}`);
}

const chat = /^(?:langchain\.(?:ChatModel|Runnable|Agent|Chain)|llamaindex\.LLM)#/;
/** Whether an instance is a language model of a framework. */
export function isModelName(name: string): boolean {
  return chat.test(name);
}
