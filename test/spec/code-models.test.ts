import assert from 'node:assert/strict';
import { flowsOf } from '../support/code.ts';

const ts = (body: string, head = ''): string => `${head}\nexport async function POST(req: Request) {\n  const { q } = await req.json();\n${body}\n}\n`;
const py = (body: string, head = ''): string => `from flask import Flask, request\n${head}\napp = Flask(__name__)\n@app.post("/")\ndef run():\n    q = request.json["q"]\n${body.split('\n').map((line) => `    ${line}`).join('\n')}\n`;

/** Instructions and a user's text in the calls of each kit: what reaches which. */
const calls: readonly (readonly [string, string, string, readonly string[]])[] = [
  ['OpenAI responses', 'a.ts', ts("await new OpenAI().responses.create({ model: 'x', instructions: q, input: q });", "import OpenAI from 'openai';"), ['request -> system-prompt', 'request -> user-prompt']],
  ['OpenAI chat', 'a.ts', ts("const client = new OpenAI();\nawait client.chat.completions.create({ model: 'x', messages: [{ role: 'system', content: `a ${q}` }, { role: 'user', content: q }] });", "import OpenAI from 'openai';"), ['request -> system-prompt', 'request -> user-prompt']],
  ['Azure OpenAI', 'a.ts', ts("const client = new AzureOpenAI();\nawait client.chat.completions.create({ messages: [{ role: 'developer', content: q }] });", "import { AzureOpenAI } from 'openai';"), ['request -> system-prompt']],
  ['Anthropic', 'a.ts', ts("await new Anthropic().messages.create({ system: [{ type: 'text', text: q }], messages: [{ role: 'user', content: [{ type: 'text', text: q }] }] });", "import Anthropic from '@anthropic-ai/sdk';"), ['request -> system-prompt', 'request -> user-prompt']],
  ['Workers AI', 'a.ts', ts("await env.AI.run('@cf/meta/llama-3.1-8b-instruct', { messages: [{ role: 'system', content: q }] });", 'declare const env: { AI: { run(model: string, input: unknown): Promise<unknown> } };'), ['request -> system-prompt']],
  ['Workers AI behind a declared binding', 'a.ts', 'interface Env { BRAIN: Ai }\nexport default { async fetch(request: Request, env: Env) { const { q } = await request.json(); return env.BRAIN.run("@cf/meta/llama-3.1-8b-instruct", { prompt: q }); } };', ['request -> user-prompt']],
  ['rows that are read while they come', 'a.py', 'import sqlite3\nfrom openai import OpenAI\ndb = sqlite3.connect("a.db")\nfacts = [row[0] for row in db.execute("SELECT body FROM facts")]\nOpenAI().responses.create(model="x", instructions="Facts: " + ", ".join(facts), input="y")\n', ['store -> system-prompt']],
  ['raw queries of Django', 'a.py', py('Item.objects.raw("SELECT * FROM item WHERE name = \'%s\'" % q)', 'from shop.models import Item'), ['request -> sql']],
  ['files that somebody chose', 'a.tsx', "import OpenAI from 'openai';\nconst client = new OpenAI();\nexport const onFile = (file: File) => file.text().then((style) => client.responses.create({ model: 'x', instructions: style, input: 'y' }));\n", ['document -> system-prompt']],
  ['files that the command line names', 'a.ts', "import OpenAI from 'openai';\nimport { readFileSync } from 'node:fs';\nconst contract = readFileSync(process.argv[2], 'utf8');\nawait new OpenAI().responses.create({ model: 'x', instructions: `Judge by this: ${contract}`, input: 'y' });\n", ['cli -> path', 'document -> system-prompt']],
  ['Google GenAI', 'a.ts', ts("await new GoogleGenAI({}).models.generateContent({ contents: q, config: { systemInstruction: q } });", "import { GoogleGenAI } from '@google/genai';"), ['request -> system-prompt', 'request -> user-prompt']],
  ['the older Gemini kit', 'a.ts', ts("const m = new GoogleGenerativeAI('k').getGenerativeModel({ model: 'x', systemInstruction: q });\nawait m.generateContent(q);", "import { GoogleGenerativeAI } from '@google/generative-ai';"), ['request -> system-prompt', 'request -> user-prompt']],
  ['Bedrock converse', 'a.ts', ts("await c.send(new ConverseCommand({ modelId: 'x', system: [{ text: q }], messages: [{ role: 'user', content: [{ text: q }] }] }));", "import { ConverseCommand } from '@aws-sdk/client-bedrock-runtime';"), ['request -> system-prompt', 'request -> user-prompt']],
  ['Bedrock invoke', 'a.ts', ts("await c.send(new InvokeModelCommand({ modelId: 'x', body: JSON.stringify({ system: q, messages: [{ role: 'user', content: q }] }) }));", "import { InvokeModelCommand } from '@aws-sdk/client-bedrock-runtime';"), ['request -> system-prompt', 'request -> user-prompt']],
  ['the Vercel AI SDK', 'a.ts', ts("await generateText({ model, system: q, prompt: q });", "import { generateText } from 'ai';"), ['request -> system-prompt', 'request -> user-prompt']],
  ['LangChain', 'a.ts', ts("await new ChatOpenAI({}).invoke([new SystemMessage(q), new HumanMessage(q)]);", "import { ChatOpenAI } from '@langchain/openai';\nimport { HumanMessage, SystemMessage } from '@langchain/core/messages';"), ['request -> system-prompt', 'request -> user-prompt']],
  ['the Agents SDK', 'a.ts', ts("await run(new Agent({ name: 'a', instructions: q }), q);", "import { Agent, run } from '@openai/agents';"), ['request -> system-prompt', 'request -> user-prompt']],
  ['Mistral', 'a.ts', ts("await new Mistral({}).chat.complete({ model: 'x', messages: [{ role: 'system', content: q }, { role: 'user', content: q }] });", "import { Mistral } from '@mistralai/mistralai';"), ['request -> system-prompt', 'request -> user-prompt']],
  ['Cohere', 'a.ts', ts("await new CohereClient({}).chat({ preamble: q, message: q });", "import { CohereClient } from 'cohere-ai';"), ['request -> system-prompt', 'request -> user-prompt']],
  ['Groq', 'a.ts', ts("await new Groq().chat.completions.create({ messages: [{ role: 'user', content: q }] });", "import Groq from 'groq-sdk';"), ['request -> user-prompt']],
  ['Ollama', 'a.ts', ts("await ollama.generate({ model: 'x', system: q, prompt: q });", "import ollama from 'ollama';"), ['request -> system-prompt', 'request -> user-prompt']],
  ['Mastra', 'a.ts', ts("const a = new Agent({ name: 'a', instructions: q });\nawait a.generate(q);", "import { Agent } from '@mastra/core/agent';"), ['request -> system-prompt', 'request -> user-prompt']],
  ['OpenAI in Python', 'a.py', py('client = OpenAI()\nclient.responses.create(model="x", instructions=q, input=q)', 'from openai import OpenAI'), ['request -> system-prompt', 'request -> user-prompt']],
  ['asynchronous OpenAI in Python', 'a.py', py('client = AsyncOpenAI()\nclient.chat.completions.create(model="x", messages=[{"role": "system", "content": f"a {q}"}])', 'from openai import AsyncOpenAI'), ['request -> system-prompt']],
  ['Anthropic in Python', 'a.py', py('anthropic.Anthropic().messages.create(model="x", system=q, messages=[{"role": "user", "content": q}])', 'import anthropic'), ['request -> system-prompt', 'request -> user-prompt']],
  ['Gemini in Python', 'a.py', py('genai.GenerativeModel("x", system_instruction=q).generate_content(q)', 'import google.generativeai as genai'), ['request -> system-prompt', 'request -> user-prompt']],
  ['Google GenAI in Python', 'a.py', py('genai.Client().models.generate_content(model="x", contents=q)', 'from google import genai'), ['request -> user-prompt']],
  ['Bedrock in Python', 'a.py', py('boto3.client("bedrock-runtime").converse(modelId="x", system=[{"text": q}], messages=[{"role": "user", "content": [{"text": q}]}])', 'import boto3'), ['request -> system-prompt', 'request -> user-prompt']],
  ['LangChain in Python', 'a.py', py('ChatOpenAI().invoke([SystemMessage(content=q), HumanMessage(content=q)])', 'from langchain_openai import ChatOpenAI\nfrom langchain_core.messages import HumanMessage, SystemMessage'), ['request -> system-prompt', 'request -> user-prompt']],
  ['LangChain chains in Python', 'a.py', py('(prompt | ChatAnthropic()).invoke({"text": q})', 'from langchain_anthropic import ChatAnthropic\nfrom langchain_core.prompts import ChatPromptTemplate\nprompt = ChatPromptTemplate.from_template("{text}")'), ['request -> user-prompt']],
  ['variables in the instructions of a chain', 'a.py', py('(prompt | ChatAnthropic()).invoke({"persona": q})', 'from langchain_anthropic import ChatAnthropic\nfrom langchain_core.prompts import ChatPromptTemplate\nprompt = ChatPromptTemplate.from_messages([("system", "You are {persona}"), ("human", "Hello")])'), ['request -> system-prompt', 'request -> user-prompt']],
  ['a retriever that fills the instructions of a chain', 'a.py', 'from langchain_anthropic import ChatAnthropic\nfrom langchain_chroma import Chroma\nfrom langchain_core.prompts import ChatPromptTemplate\nprompt = ChatPromptTemplate.from_messages([("system", "Follow {context}"), ("human", "{q}")])\nchain = {"context": Chroma().as_retriever()} | prompt | ChatAnthropic()\n', ['document -> system-prompt']],
  ['a retriever that fills the question of a chain', 'a.py', 'from langchain_anthropic import ChatAnthropic\nfrom langchain_chroma import Chroma\nfrom langchain_core.prompts import ChatPromptTemplate\nprompt = ChatPromptTemplate.from_messages([("system", "Quote"), ("human", "{context}")])\nchain = {"context": Chroma().as_retriever()} | prompt | ChatAnthropic()\n', []],
  ['a retriever that fills the instructions of a sequence', 'a.ts', "import { ChatAnthropic } from '@langchain/anthropic';\nimport { ChatPromptTemplate } from '@langchain/core/prompts';\nimport { RunnableSequence } from '@langchain/core/runnables';\nimport { Chroma } from '@langchain/community/vectorstores/chroma';\nconst store = new Chroma({}, {});\nRunnableSequence.from([{ context: store.asRetriever() }, ChatPromptTemplate.fromMessages([['system', 'Follow {context}']]), new ChatAnthropic({})]);", ['document -> system-prompt']],
  ['steps of a workflow that hand events on', 'a.py', 'import os\nfrom llama_index.core.workflow import Event, StartEvent, StopEvent, Workflow, step\nfrom llama_index.llms.openai import OpenAI\nllm = OpenAI()\nclass Planned(Event):\n    code: str\nclass W(Workflow):\n    @step\n    async def act(self, ev: Planned) -> StopEvent:\n        exec(ev.code)\n        return StopEvent()\n    @step\n    async def plan(self, ev: StartEvent) -> Planned:\n        return Planned(code=str(await llm.acomplete("x")))\n', ['model -> code']],
  ['roles that are members of an enumeration', 'a.py', py('OpenAI().chat([ChatMessage(role=MessageRole.SYSTEM, content=q)])', 'from llama_index.llms.openai import OpenAI\nfrom llama_index.core.llms import ChatMessage, MessageRole'), ['request -> system-prompt']],
  ['LlamaIndex', 'a.py', py('index.as_query_engine().query(q)', 'from llama_index.core import VectorStoreIndex\nindex = VectorStoreIndex.from_documents([])'), ['request -> user-prompt']],
  ['LiteLLM', 'a.py', py('litellm.completion(model="x", messages=[{"role": "system", "content": q}])', 'import litellm'), ['request -> system-prompt']],
  ['CrewAI', 'a.py', py('Agent(role=q, goal="x", backstory="y")', 'from crewai import Agent'), ['request -> system-prompt']],
  ['Pydantic AI', 'a.py', py('Agent("x", system_prompt=q).run_sync(q)', 'from pydantic_ai import Agent'), ['request -> system-prompt', 'request -> user-prompt']],
  ['a pipeline of transformers', 'a.py', py('pipe(q)', 'from transformers import pipeline\npipe = pipeline("text-generation")'), ['request -> user-prompt']],
];

/** Answers of each kit, run by eval. */
const answers: readonly (readonly [string, string, string])[] = [
  ['OpenAI responses', 'a.ts', "import OpenAI from 'openai';\nconst r = await new OpenAI().responses.create({ model: 'x', input: 'y' });\neval(r.output_text);"],
  ['OpenAI chat', 'a.ts', "import OpenAI from 'openai';\nconst r = await new OpenAI().chat.completions.create({ model: 'x', messages: [] });\neval(r.choices[0].message.content!);"],
  ['OpenAI streams', 'a.ts', "import OpenAI from 'openai';\nlet s = '';\nfor await (const c of await new OpenAI().chat.completions.create({ model: 'x', messages: [], stream: true })) s += c.choices[0]?.delta?.content ?? '';\neval(s);"],
  ['OpenAI tool calls', 'a.ts', "import OpenAI from 'openai';\nconst r = await new OpenAI().chat.completions.create({ model: 'x', messages: [] });\nfor (const t of r.choices[0].message.tool_calls ?? []) eval(JSON.parse(t.function.arguments).code);"],
  ['Anthropic', 'a.ts', "import Anthropic from '@anthropic-ai/sdk';\nconst m = await new Anthropic().messages.create({ model: 'x', max_tokens: 1, messages: [] });\nconst t = m.content.find((b) => b.type === 'text');\neval(t!.text);"],
  ['Bedrock', 'a.ts', "import { BedrockRuntimeClient, ConverseCommand } from '@aws-sdk/client-bedrock-runtime';\nconst c = new BedrockRuntimeClient({});\nconst r = await c.send(new ConverseCommand({ modelId: 'x' }));\neval(r.output!.message!.content![0].text!);"],
  ['the Vercel AI SDK', 'a.ts', "import { generateText } from 'ai';\nconst { text } = await generateText({ model, prompt: 'x' });\neval(text);"],
  ['LangChain', 'a.ts', "import { ChatOpenAI } from '@langchain/openai';\nconst r = await new ChatOpenAI({}).invoke('x');\neval(r.content as string);"],
  ['Ollama', 'a.ts', "import ollama from 'ollama';\nconst { message } = await ollama.chat({ model: 'x', messages: [] });\neval(message.content);"],
  ['a model over HTTP', 'a.ts', "const r = await fetch('https://api.openai.com/v1/chat/completions', { method: 'POST' });\nconst j = await r.json();\neval(j.choices[0].message.content);"],
  ['OpenAI in Python', 'a.py', 'from openai import OpenAI\nr = OpenAI().chat.completions.create(model="x", messages=[])\neval(r.choices[0].message.content)\n'],
  ['Anthropic in Python', 'a.py', 'import anthropic\nm = anthropic.Anthropic().messages.create(model="x", max_tokens=1, messages=[])\neval(m.content[0].text)\n'],
  ['Bedrock in Python', 'a.py', 'import boto3, json\nr = boto3.client("bedrock-runtime").invoke_model(modelId="x", body="{}")\neval(json.loads(r["body"].read())["content"][0]["text"])\n'],
  ['LangChain in Python', 'a.py', 'from langchain_openai import ChatOpenAI\neval(ChatOpenAI().invoke("x").content)\n'],
  ['a chain in Python', 'a.py', 'from langchain_openai import ChatOpenAI\nfrom langchain_core.prompts import ChatPromptTemplate\nfrom langchain_core.output_parsers import StrOutputParser\nchain = ChatPromptTemplate.from_template("{q}") | ChatOpenAI() | StrOutputParser()\neval(chain.invoke({"q": "x"}))\n'],
  ['LlamaIndex', 'a.py', 'from llama_index.core import VectorStoreIndex\neval(str(VectorStoreIndex.from_documents([]).as_query_engine().query("x")))\n'],
  ['transformers', 'a.py', 'from transformers import pipeline\neval(pipeline("text-generation")("x")[0]["generated_text"])\n'],
  ['Ollama in Python', 'a.py', 'import ollama\neval(ollama.generate(model="x", prompt="y")["response"])\n'],
  ['Gemini in Python', 'a.py', 'import google.generativeai as genai\neval(genai.GenerativeModel("x").generate_content("y").text)\n'],
];

describe('calls of models', () => {
  for (const [name, file, text, expected] of calls) it(`take instructions and users' texts: ${name}`, () => assert.deepEqual([...flowsOf(file, text)].sort(), expected));
  for (const [name, file, text] of answers) it(`give answers: ${name}`, () => assert.deepEqual(flowsOf(file, text), ['model -> code']));

  it('give arguments to tools', () => {
    const tool = (head: string, body: string): readonly string[] => flowsOf('a.ts', `${head}\n${body}`);
    assert.deepEqual(tool("import { tool } from 'ai';\nimport { z } from 'zod';", 'tool({ inputSchema: z.object({ c: z.string() }), execute: async ({ c }) => eval(c) });'), ['tool -> code']);
    assert.deepEqual(tool("import { tool } from '@langchain/core/tools';\nimport { z } from 'zod';", "tool(async ({ c }) => eval(c), { name: 'x', schema: z.object({ c: z.string() }) });"), ['tool -> code']);
    assert.deepEqual(tool("import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';\nimport { z } from 'zod';", "new McpServer({}).registerTool('x', { inputSchema: { c: z.string() } }, async ({ c }) => eval(c));"), ['tool -> code']);
    assert.deepEqual(tool("import { tool } from 'ai';\nimport { z } from 'zod';", "tool({ inputSchema: z.object({ c: z.enum(['a', 'b']), n: z.number() }), execute: async ({ c, n }) => eval(c + n) });"), []);
    assert.deepEqual(flowsOf('a.py', 'from langchain_core.tools import tool\n@tool\ndef run(c: str) -> str:\n    """x"""\n    return eval(c)\n'), ['tool -> code']);
    assert.deepEqual(flowsOf('a.py', 'from mcp.server.fastmcp import FastMCP\nmcp = FastMCP("x")\n@mcp.tool()\ndef run(c: str, n: int) -> str:\n    return eval(c)\n'), ['tool -> code']);
    assert.deepEqual(flowsOf('a.py', 'from mcp.server.fastmcp import FastMCP\nmcp = FastMCP("x")\n@mcp.tool()\ndef run(n: int) -> str:\n    return eval(n)\n'), []);
  });
});
