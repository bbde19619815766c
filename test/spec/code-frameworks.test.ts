import assert from 'node:assert/strict';
import { findingsIn } from '../support/analyze.ts';
import { flowsOf } from '../support/code.ts';

const asked = "import OpenAI from 'openai';\nconst client = new OpenAI();\nconst ask = async () => (await client.responses.create({ model: 'm', input: 'x' })).output_text;\n";

/** What libraries do with data on its way, one flow for each. */
const flows: readonly (readonly [string, string, string, readonly string[]])[] = [
  ['a value that React remembers', 'a.tsx', "import { useMemo } from 'react';\nimport { useChat } from '@ai-sdk/react';\nexport function T() { const { messages } = useChat(); const html = useMemo(() => messages.at(-1).content, [messages]); return <p dangerouslySetInnerHTML={{ __html: html }} />; }", ['model -> html']],
  ['a value that Vue computes', 'a.ts', `${asked}import { computed, h } from 'vue';\nconst text = await ask();\nconst shown = computed(() => text.trim());\nexport const render = () => h('p', { innerHTML: shown.value });`, ['model -> html']],
  ['text of an element that React makes without JSX', 'a.ts', `${asked}import { createElement } from 'react';\ncreateElement('p', {}, await ask());`, []],
  ['what a loader of Remix gives to its page', 'a.tsx', `${asked}import { json } from '@remix-run/node';\nimport { useLoaderData } from '@remix-run/react';\nexport async function loader() { return json({ text: await ask() }); }\nexport default function Page() { const data = useLoaderData<typeof loader>(); return <p dangerouslySetInnerHTML={{ __html: data.text }} />; }`, ['model -> html']],
  ['a page of Koa', 'a.ts', "import Router from '@koa/router';\nconst r = new Router();\nr.get('/', (ctx) => { ctx.type = 'html'; ctx.body = ctx.query.q; });", ['request -> html']],
  ['text of Koa', 'a.ts', "import Router from '@koa/router';\nconst r = new Router();\nr.get('/', (ctx) => { ctx.body = ctx.query.q; });", []],
  ['a page of Tornado', 'a.py', 'import tornado.web\nclass Run(tornado.web.RequestHandler):\n    def get(self):\n        self.write(self.get_argument("q"))\n', ['request -> html']],
  ['an object that Tornado sends', 'a.py', 'import tornado.web\nclass Run(tornado.web.RequestHandler):\n    def get(self):\n        self.write({"q": self.get_argument("q")})\n', []],
  ['text that Tornado is told is none of HTML', 'a.py', 'import tornado.web\nclass Run(tornado.web.RequestHandler):\n    def get(self):\n        self.set_header("Content-Type", "text/plain")\n        self.write(self.get_argument("q"))\n', []],
  ['members of an archive that are written by their names', 'a.py', 'import os\nimport zipfile\nwith zipfile.ZipFile("a.zip") as z:\n    for name in z.namelist():\n        with open(os.path.join("out", name), "wb") as out:\n            out.write(z.read(name))\n', ['request -> path']],
  ['members of an archive that are read after it was unpacked', 'a.py', 'import os\nimport zipfile\nwith zipfile.ZipFile("a.zip") as z:\n    z.extractall("out")\n    for name in z.namelist():\n        with open(os.path.join("out", name)) as f:\n            print(f.read())\n', []],
  ['members of an archive that the library writes', 'a.py', 'import zipfile\nwith zipfile.ZipFile("a.zip") as z:\n    for name in z.namelist():\n        z.extract(name, "out")\n', []],
  ['an endpoint of BentoML', 'a.py', 'import os\nimport bentoml\n@bentoml.service\nclass S:\n    @bentoml.api\n    def run(self, command: str, count: int) -> str:\n        os.system(f"echo {count}")\n        os.system(command)\n', ['request -> shell']],
  ['a predictor of Cog', 'a.py', 'import os\nfrom cog import BasePredictor, Input\nclass P(BasePredictor):\n    def predict(self, name: str = Input()) -> str:\n        os.system(name)\n', ['request -> shell']],
  ['a server of LitServe', 'a.py', 'import os\nimport litserve as ls\nclass A(ls.LitAPI):\n    def decode_request(self, request):\n        os.system(request["name"])\n', ['request -> shell']],
  ['what is typed into a widget', 'a.py', 'import os\nimport ipywidgets as w\nbox = w.Text()\ndef run(change):\n    os.system(change["new"])\nbox.observe(run, names="value")\n', ['request -> shell']],
  ['what is chosen with a slider', 'a.py', 'import os\nimport ipywidgets as w\nbox = w.IntSlider()\ndef run(change):\n    os.system(f"echo {change[\'new\']}")\nbox.observe(run, names="value")\n', []],
  ['what is typed for a function that widgets are made for', 'a.py', 'import os\nfrom ipywidgets import interact, Text\ndef run(q, n):\n    os.system(f"echo {n}")\n    os.system(q)\ninteract(run, q=Text(), n=3)\n', ['request -> shell']],
  ['the last message of a team', 'a.py', 'import os\nfrom autogen_agentchat.teams import RoundRobinGroupChat\nteam = RoundRobinGroupChat([])\nasync def main():\n    result = await team.run(task="x")\n    os.system(result.messages[-1].content)\n', ['model -> shell']],
];

/** Settings of frameworks: the rule, and how often it speaks. */
const findings: readonly (readonly [string, string, number, string, string])[] = [
  ['origins that are all answered yes', 'auth/any-origin-with-credentials', 1, 'a.ts', "import cors from 'cors';\nexport const c = cors({ origin: (origin, done) => done(null, true), credentials: true });\n"],
  ['origins that are looked up', 'auth/any-origin-with-credentials', 0, 'a.ts', "import cors from 'cors';\nconst known = new Set(['https://a.example']);\nexport const c = cors({ origin: (origin, done) => done(null, known.has(origin)), credentials: true });\n"],
  ['an origin that is sent back as a member of headers', 'auth/any-origin-with-credentials', 1, 'a.py', 'from aiohttp import web\n@web.middleware\nasync def cors(request: web.Request, handler):\n    response = await handler(request)\n    response.headers["Access-Control-Allow-Origin"] = request.headers.get("Origin", "*")\n    response.headers["Access-Control-Allow-Credentials"] = "true"\n    return response\n'],
  ['an origin that is sent back in an object of headers', 'auth/any-origin-with-credentials', 1, 'a.ts', "export default { async fetch(request: Request) { return new Response('x', { headers: { 'Access-Control-Allow-Origin': request.headers.get('Origin') ?? '*', 'Access-Control-Allow-Credentials': 'true' } }); } };\n"],
  ['an origin that is sent back without credentials', 'auth/any-origin-with-credentials', 0, 'a.ts', "export default { async fetch(request: Request) { return new Response('x', { headers: { 'Access-Control-Allow-Origin': request.headers.get('Origin') ?? '*' } }); } };\n"],
  ['a code of six digits', 'auth/predictable-token', 1, 'a.ts', 'export class Codes { code() { return Math.floor(100_000 + Math.random() * 900_000).toString(); } }\n'],
  ['a colour', 'auth/predictable-token', 0, 'a.ts', 'export const colorCode = () => Math.floor(Math.random() * 16777215).toString(16);\n'],
  ['claims that are compared before they are checked', 'auth/token-not-verified', 1, 'a.ts', "import { decodeJwt } from 'jose';\nexport const isAdmin = (token: string) => decodeJwt(token).role === 'admin';\n"],
  ['an expiry that is read', 'auth/token-not-verified', 0, 'a.ts', "import { decodeJwt } from 'jose';\nexport const expiry = (token: string) => decodeJwt(token).exp;\n"],
  ['a key that is encoded first', 'auth/hardcoded-signing-key', 1, 'a.ts', "import { SignJWT } from 'jose';\nexport const sign = (id: string) => new SignJWT({ id }).setProtectedHeader({ alg: 'HS256' }).setExpirationTime('1h').sign(new TextEncoder().encode('harbor-one'));\n"],
  ['keys of cookies', 'auth/hardcoded-signing-key', 1, 'a.ts', "import Koa from 'koa';\nconst app = new Koa();\napp.keys = ['harbor-one'];\n"],
  ['keys of cookies from the environment', 'auth/hardcoded-signing-key', 0, 'a.ts', "import Koa from 'koa';\nconst app = new Koa();\napp.keys = [process.env.COOKIE_KEY!];\n"],
  ['sessions of Django that are pickled', 'auth/insecure-framework-setting', 1, 'shop/settings.py', 'INSTALLED_APPS = []\nSESSION_SERIALIZER = "django.contrib.sessions.serializers.PickleSerializer"\n'],
  ['a model that is chosen in the query', 'model-input/untrusted-model-choice', 1, 'app/api/x/route.ts', "import { anthropic } from '@ai-sdk/anthropic';\nimport { streamText } from 'ai';\nexport async function GET(request: Request) { const model = new URL(request.url).searchParams.get('model')!; return streamText({ model: anthropic(model), prompt: 'x' }).toTextStreamResponse(); }\n"],
  ['an adapter on a model that was loaded with its code', 'model-supply-chain/remote-code-trusted', 1, 'a.py', 'from peft import PeftModel\nfrom transformers import AutoModelForCausalLM\nmodel = AutoModelForCausalLM.from_pretrained("acme/base", trust_remote_code=True)\nmodel = PeftModel.from_pretrained(model, "acme/adapter", revision="9f2c0f5b1a2c3d4e5f60718293a4b5c6d7e8f90a")\n'],
  ['a tool that deletes by a request', 'agent/effect-without-approval', 1, 'a.ts', "import { tool } from 'ai';\nimport { z } from 'zod';\nexport const drop = tool({ description: 'Drops', inputSchema: z.object({ name: z.string() }), execute: async ({ name }) => fetch(`https://ops.acme.io/volumes/${encodeURIComponent(name)}`, { method: 'DELETE' }) });\n"],
  ['a tool that asks before it deletes', 'agent/effect-without-approval', 0, 'a.py', 'import httpx\nfrom pydantic_ai import Agent\nagent = Agent("openai:gpt-4.1")\n@agent.tool_plain(requires_approval=True)\ndef drop(name: str) -> str:\n    return httpx.delete(f"https://ops.acme.io/volumes/{name}").text\n'],
  ['a tool that copies the environment', 'agent/environment-given-to-model', 1, 'a.py', 'import os\nfrom mcp.server.fastmcp import FastMCP\nmcp = FastMCP("x")\n@mcp.tool()\ndef show() -> dict:\n    return {k: v for k, v in os.environ.items()}\n'],
  ['a tool that picks from the environment', 'agent/environment-given-to-model', 0, 'a.py', 'import os\nfrom mcp.server.fastmcp import FastMCP\nmcp = FastMCP("x")\n@mcp.tool()\ndef show() -> dict:\n    return {k: v for k, v in os.environ.items() if k.startswith("PUBLIC_")}\n'],
  ['a word that pays back', 'model-output/unchecked-decision', 1, 'a.ts', `${asked}import { bank } from './bank';\nexport async function run() { const answer = await ask(); if (answer.includes('yes')) await bank.refund(4); }\n`],
  ['a word that is only shown', 'model-output/unchecked-decision', 0, 'a.ts', `${asked}export async function run() { const answer = await ask(); if (answer.includes('yes')) console.log('agreed'); }\n`],
];

describe('frameworks', () => {
  for (const [name, file, text, expected] of flows) it(`are known to handle ${name}`, () => assert.deepEqual(flowsOf(file, text).filter((one) => !/prompt/.test(one)), expected));

  it('are asked for shells of notebooks by an import as well', () => {
    const text = '# %%\nfrom IPython import get_ipython\n# %%\n!pip install git+https://github.com/acme/kit\n';
    assert.equal(findingsIn('a.ipynb', { 'a.ipynb': text }).filter((one) => one.ruleId === 'dependencies/unpinned-install').length, 1);
  });
  for (const [name, rule, expected, file, text] of findings) it(`${expected === 0 ? 'are left alone with' : 'are reported for'} ${name}`, () => assert.equal(findingsIn(file, { [file]: text }).filter((one) => one.ruleId === rule).length, expected));
});
