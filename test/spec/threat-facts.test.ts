import assert from 'node:assert/strict';
import type { ThreatModel } from '../../server/model/threat.ts';
import { modelOf } from '../support/threat-model.ts';

const model = (files: Readonly<Record<string, string>>): ThreatModel => modelOf(files).model;
const elements = ({ elements: all }: ThreatModel): readonly string[] => all.map((one) => `${one.kind} ${one.name}`).sort();
const flows = ({ flows: all }: ThreatModel, ...actions: readonly string[]): readonly string[] => all.filter((one) => actions.length === 0 || actions.includes(one.action)).map((one) => `${one.from} ${one.action} ${one.to}`).sort();

describe('what code says of the system', () => {
  it('knows the routes of a framework that goes by files, who asks for a session, and what a page of its own asks', () => {
    const found = model({
      'app/(chat)/api/chat/route.ts': 'import { auth } from "@/auth";\nexport async function POST(request: Request) {\n  const session = await auth();\n  if (!session) return new Response("", { status: 401 });\n  return Response.json(await request.json());\n}\n',
      'app/api/vote/route.ts': 'export async function PATCH(request: Request) {\n  return Response.json(await request.json());\n}\n',
      'components/chat.tsx': '"use client";\nimport { useChat } from "@ai-sdk/react";\nexport function Chat() {\n  const chat = useChat();\n  const vote = () => fetch("/api/vote?up=1", { method: "PATCH" });\n  return <button onClick={vote}>{chat.status}</button>;\n}\n',
    });
    assert.deepEqual(flows(found, 'request'), ['external:internet request process:chat/route', 'external:internet request process:vote/route', 'process:chat request process:chat/route', 'process:chat request process:vote/route']);
    assert.equal(found.flows.find((one) => one.to === 'process:chat/route')!.authenticated, true);
    assert.equal(found.flows.find((one) => one.to === 'process:vote/route')!.authenticated, undefined);
    assert.equal(found.elements.find((one) => one.name === 'chat')!.boundary, 'human:Browser');
  });

  it('names models through functions, gateways and clients with another endpoint, and none where the endpoint is not known', () => {
    const found = model({
      'lib/models.ts': 'import { gateway } from "@ai-sdk/gateway";\nexport function titleModel(mock: any) {\n  if (mock) return mock.languageModel("title");\n  return gateway.languageModel("google/gemini-2.5-flash-lite");\n}\n',
      'lib/title.ts': 'import { generateText } from "ai";\nimport { titleModel } from "./models";\nexport const title = (prompt: string) => generateText({ model: titleModel(undefined), prompt });\n',
      'lib/groq.ts': 'import OpenAI from "openai";\nconst client = new OpenAI({ baseURL: "https://api.groq.com/openai/v1" });\nexport const ask = (input: string) => client.chat.completions.create({ model: "llama-3.3-70b", messages: [{ role: "user", content: input }] });\n',
      'lib/custom.ts': 'import OpenAI from "openai";\nexport const ask = (input: string, baseURL: string) => new OpenAI({ baseURL }).chat.completions.create({ model: "x-1", messages: [{ role: "user", content: input }] });\n',
    });
    assert.deepEqual(found.elements.filter((one) => one.kind === 'model').map((one) => `${one.identity?.provider} ${one.name}`).sort(), ['api.groq.com llama-3.3-70b', 'google gemini-2.5-flash-lite', 'undefined x-1']);
  });

  it('takes each database for one, whatever part of the program uses its client, and reads tables as classes of data', () => {
    const found = model({
      'db.ts': 'import { drizzle } from "drizzle-orm/postgres-js";\nimport postgres from "postgres";\nimport { patients } from "./schema";\nconst db = drizzle(postgres(process.env.POSTGRES_URL!));\nexport const all = () => db.select().from(patients).limit(3);\nexport const add = (one: any) => db.insert(patients).values(one);\n',
    });
    assert.deepEqual(elements(found), ['data-store SQL database $POSTGRES_URL', 'process db']);
    assert.deepEqual(flows(found), ['process:db read data-store:SQL database/$POSTGRES_URL', 'process:db write data-store:SQL database/$POSTGRES_URL']);
    assert.deepEqual(found.elements[0]!.dataClasses, ['health']);
  });

  it('takes a port of a compose service for open unless it is bound to an address', () => {
    const found = model({
      'docker-compose.yml': 'services:\n  open: { image: postgres, ports: ["5432:5432"] }\n  byvariable: { image: postgres, ports: ["${DB_PORT:-5433}:5432"] }\n  long: { image: postgres, ports: [{ target: 5432, published: 5434 }] }\n'
        + '  local: { image: postgres, ports: ["127.0.0.1:5435:5432"] }\n  bound: { image: postgres, ports: ["${BIND}:5436:5432"] }\n  longlocal: { image: postgres, ports: [{ target: 5432, published: 5437, host_ip: 127.0.0.1 }] }\n  inner: { image: postgres, expose: ["5432"] }\n',
    });
    assert.deepEqual(flows(found, 'request').map((one) => one.split('/').at(-1)), ['byvariable', 'long', 'open']);
  });

  it('does not take what is set later for the host of an address', () => {
    const found = model({ 'client.py': 'import requests\nclass Client:\n    host = None\n    def ask(self, q: str):\n        return requests.post(f"http://{self.host}/ask", json={"q": q})\n' });
    assert.deepEqual(elements(found), []);
  });

  it('does not take parts of a result for stores', () => {
    const found = model({ 'load.py': 'import os\nimport boto3\ns3 = boto3.client("s3")\nanswer = s3.get_object(Bucket=os.environ.get("DOCS_BUCKET"), Key="a")\nsize = answer.get("ContentLength")\ntext = answer["Body"].read().decode()\n' });
    assert.deepEqual(elements(found), ['data-store S3 $DOCS_BUCKET', 'process load']);
  });

  it('names tools as the program does, and follows what they reach', () => {
    const found = model({
      'tools/weather.ts': 'import { tool } from "ai";\nimport { z } from "zod";\nexport const getWeather = tool({ description: "Weather", inputSchema: z.object({ at: z.string() }), execute: async ({ at }) => (await fetch(`https://api.weather.example/v1?at=${encodeURIComponent(at)}`)).json() });\n',
      'chat.ts': 'import { streamText } from "ai";\nimport { openai } from "@ai-sdk/openai";\nimport { getWeather } from "./tools/weather";\nexport const chat = (prompt: string) => streamText({ model: openai("gpt-4o"), prompt, tools: { getWeather } });\n',
    });
    assert.deepEqual(flows(found).filter((one) => /tool:/.test(one)), ['process:chat invoke tool:getWeather', 'tool:getWeather request external:api.weather.example']);
  });

  it('joins the code of a function with its declaration, its variables with what they hold, and grants with both', () => {
    const stack = [
      'import * as cdk from "aws-cdk-lib";', 'import * as s3 from "aws-cdk-lib/aws-s3";', 'import * as lambda from "aws-cdk-lib/aws-lambda";', 'import * as path from "path";',
      'export class Stack extends cdk.Stack {', '  constructor(scope: any, id: string) {', '    super(scope, id);', '    const docs = new s3.Bucket(this, "Docs");',
      '    const worker = new lambda.Function(this, "Worker", { code: lambda.Code.fromAsset(path.join(__dirname, "../lambda/worker")), handler: "app.handler", runtime: lambda.Runtime.PYTHON_3_12, environment: { DOCS: docs.bucketName } });',
      '    docs.grantRead(worker);', '  }', '}', '',
    ].join('\n');
    const found = model({ 'lib/stack.ts': stack, 'lambda/worker/app.py': 'import os\nimport boto3\ndef handler(event, context):\n    return boto3.client("s3").get_object(Bucket=os.environ["DOCS"], Key="a")\n' });
    assert.deepEqual(elements(found), ['data-store Docs', 'process Worker']);
    assert.ok(flows(found).includes('process:aws_lambda_function/Worker read data-store:aws_s3_bucket/Docs'));
  });

  it('keeps a variable that two services hold for different things apart, and files of one name as well', () => {
    const declared = (name: string): string => `resource "aws_s3_bucket" "${name}" {\n  bucket = "${name}"\n}\nresource "aws_lambda_function" "${name}" {\n  function_name = "${name}"\n  environment {\n    variables = {\n      BUCKET = aws_s3_bucket.${name}.id\n    }\n  }\n}\n`;
    const reader = 'import os\nimport boto3\nboto3.client("s3").get_object(Bucket=os.environ["BUCKET"], Key="a")\n';
    const found = model({ 'a/main.tf': declared('first'), 'b/main.tf': declared('second'), 'x/load.py': reader, 'y/load.py': reader });
    assert.deepEqual(elements(found).filter((one) => one.startsWith('data-store') || /load/.test(one)), ['data-store S3 $BUCKET', 'data-store first', 'data-store second', 'process x/load', 'process y/load']);
  });

  it('leaves tests out', () => {
    assert.deepEqual(model({ 'tests/test_chat.py': 'from openai import OpenAI\nOpenAI().responses.create(model="gpt-4.1", input="x")\n' }).elements, []);
  });
});
