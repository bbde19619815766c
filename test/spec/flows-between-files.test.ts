import assert from 'node:assert/strict';
import { findingsIn } from '../support/analyze.ts';

interface Case {
  readonly about: string;
  /** The file whose analysis sees both ends. */
  readonly from: string;
  readonly files: Readonly<Record<string, string>>;
  /** `file: rule` of all findings that begin with one of the watched categories. */
  readonly found: readonly string[];
}

const lines = (...all: readonly string[]): string => [...all, ''].join('\n');
const model = lines("import OpenAI from 'openai';", 'const client = new OpenAI();', "export async function plan(goal: string) {", "  const reply = await client.responses.create({ model: 'm', input: goal.slice(0, 99) });", '  return reply.output_text;', '}');
const shell = lines("import { exec, execFile } from 'node:child_process';", 'export function run(line: string) { exec(line); }', "export function show() { execFile('ls', ['-l']); }");
const pythonModel = lines('from openai import OpenAI', 'client = OpenAI()', 'def plan(goal):', '    return client.responses.create(model="m", input=goal[:99]).output_text');

const cases: readonly Case[] = [
  {
    about: 'packages of a workspace, through what they hand on', from: 'apps/api/src/app.ts', found: ['packages/shared/src/shell.ts: model-output/run-as-command'],
    files: {
      'package.json': '{ "workspaces": ["packages/*", "apps/*"] }',
      'packages/shared/package.json': '{ "name": "@acme/shared", "main": "dist/index.js" }',
      'packages/shared/src/index.ts': "export * from './shell';\n", 'packages/shared/src/shell.ts': shell,
      'packages/llm/package.json': '{ "name": "@acme/llm", "exports": { "./plan": { "types": "./dist/plan.d.ts", "default": "./dist/plan.js" } } }', 'packages/llm/src/plan.ts': model,
      'apps/api/src/app.ts': lines("import { run, show } from '@acme/shared';", "import { plan } from '@acme/llm/plan';", 'export async function handle(goal: string) {', '  run(await plan(goal));', '  show();', '}'),
    },
  },
  {
    about: 'packages that pnpm lists', from: 'apps/api/app.ts', found: ['libs/shell/index.ts: model-output/run-as-command'],
    files: {
      'pnpm-workspace.yaml': "packages:\n  - 'libs/*'\n  - 'apps/*'\n", 'libs/shell/package.json': '{ "name": "@acme/shell" }', 'libs/shell/index.ts': shell, 'apps/api/model.ts': model,
      'apps/api/app.ts': lines("import { run } from '@acme/shell';", "import { plan } from './model';", 'export const handle = async (goal: string) => run(await plan(goal));'),
    },
  },
  {
    about: 'nothing of packages of the same name elsewhere', from: 'apps/api/app.ts', found: [],
    files: {
      'package.json': '{ "workspaces": ["packages/*"] }', 'packages/shell/package.json': '{ "name": "@other/shell" }', 'packages/shell/index.ts': shell, 'apps/api/model.ts': model,
      'apps/api/app.ts': lines("import { show } from '@acme/shell';", "import { plan } from './model';", 'export const handle = async (goal: string) => { await plan(goal); show(); };'),
    },
  },
  {
    about: 'libraries by their names where they are made', from: 'examples/app.ts', found: ['examples/app.ts: model-output/run-as-code'],
    files: {
      'package.json': '{ "workspaces": ["libs/*"] }', 'libs/openai/package.json': '{ "name": "@langchain/openai" }', 'libs/openai/src/index.ts': 'export class ChatOpenAI { async invoke(text: string) { return { content: String(text.length) }; } }\n',
      'examples/app.ts': lines("import { ChatOpenAI } from '@langchain/openai';", "const reply = await new ChatOpenAI({ model: 'm' }).invoke('x');", 'eval(String(reply.content));'),
    },
  },
  {
    about: 'pages that show what a component of another file renders', from: 'page.tsx', found: ['Article.tsx: model-output/rendered-as-html'],
    files: {
      'model.ts': model, 'Article.tsx': lines('export default function Plain({ body }: { body: string }) { return <p>{body}</p>; }', 'export const Article = ({ body }: { body: string }) => <div dangerouslySetInnerHTML={{ __html: body }} />;'),
      'page.tsx': lines("import Plain, { Article } from './Article';", "import { plan } from './model';", 'export default async function Page() {', "  const text = await plan('news');", '  return <main><Article body={text} /><Plain body={text} /></main>;', '}'),
    },
  },
  {
    about: 'names that a module binds twice', from: 'app.py', found: ['helpers.py: model-output/run-as-code'],
    files: {
      'model.py': pythonModel, 'helpers.py': lines('import sys', 'run = lambda text: eval(text)', 'if sys.flags.dev_mode:', '    run = lambda text: len(text)'),
      'app.py': lines('from helpers import run', 'from model import plan', 'run(plan("x"))'),
    },
  },
  {
    about: 'tables that a module fills after it has made them', from: 'app.ts', found: ['app.ts: model-output/run-as-command'],
    files: {
      'model.ts': model, 'tools.ts': lines("import { exec } from 'node:child_process';", 'export const tools: Record<string, (line: string) => unknown> = {};', 'tools.shell = exec;', 'export const kept = { quiet: true, ...defaults };', 'const defaults = { retries: 3 };'),
      'app.ts': lines("import { tools } from './tools';", "import { plan } from './model';", "export const handle = async (goal: string) => tools.shell(await plan(goal));"),
    },
  },
  {
    about: 'objects behind an interface', from: 'service.ts', found: ['store.ts: model-output/run-as-sql'],
    files: {
      'model.ts': model, 'store.ts': lines("import { Pool } from 'pg';", 'export interface Store { raw(text: string): Promise<unknown>; byId(id: string): Promise<unknown> }', 'export class SqlStore implements Store {', '  private readonly pool = new Pool();', '  raw(text: string) { return this.pool.query(text); }', "  byId(id: string) { return this.pool.query('SELECT 1 WHERE id = $1', [id]); }", '}'),
      'service.ts': lines("import type { Store } from './store';", "import { plan } from './model';", 'export class Service {', '  constructor(private readonly store: Store) {}', '  async ask(text: string) { const answer = await plan(text); await this.store.byId(answer); return this.store.raw(answer); }', '}'),
    },
  },
  {
    about: 'listeners that a program is started with', from: 'main.ts', found: ['runner.ts: model-output/run-as-command'],
    files: {
      'bus.ts': "import { EventEmitter } from 'node:events';\nexport const bus = new EventEmitter();\n", 'model.ts': model, 'planner.ts': lines("import { bus } from './bus';", "import { plan } from './model';", "export async function step(goal: string) { bus.emit('planned', await plan(goal)); bus.emit('done', 1); }"),
      'runner.ts': lines("import { execSync } from 'node:child_process';", "import { bus } from './bus';", "bus.on('planned', (line: string) => { execSync(line); });", "bus.on('done', (code: string) => { execSync(code); });"),
      'main.ts': lines("import './runner';", "import { step } from './planner';", "process.stdin.on('data', (chunk) => { void step(String(chunk)); });"),
    },
  },
  {
    about: 'tools of a table that are registered one by one', from: 'server.ts', found: ['tools.ts: agent/tool-runs-sql'],
    files: {
      'tools.ts': lines("import { Pool } from 'pg';", "import { z } from 'zod';", 'const pool = new Pool();', 'export const tools = [', "  { name: 'role', config: { description: 'a', inputSchema: { role: z.enum(['a', 'b']) } }, handler: async ({ role }: { role: string }) => pool.query(`SELECT * FROM x WHERE role = '${role}'`) },", "  { name: 'name', config: { description: 'b', inputSchema: { name: z.string() } }, handler: async ({ name }: { name: string }) => pool.query(`SELECT * FROM x WHERE name = '${name}'`) },", '];'),
      'server.ts': lines("import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';", "import { tools } from './tools';", "const server = new McpServer({ name: 'x', version: '1' });", 'for (const tool of tools) server.registerTool(tool.name, tool.config, tool.handler);'),
    },
  },
  {
    about: 'resolvers of GraphQL in modules of their own', from: 'server.ts', found: ['queries.ts: input-validation/command-injection'],
    files: {
      'queries.ts': lines("import { execSync } from 'node:child_process';", 'export const log = (_: unknown, { ref }: { ref: string }) => execSync(`git log ${ref}`);', "export const version = () => execSync('git describe');"),
      'server.ts': lines("import { ApolloServer } from '@apollo/server';", "import * as queries from './queries';", "new ApolloServer({ typeDefs: '', resolvers: { Query: { ...queries } } });"),
    },
  },
  {
    about: 'functions of an interpreter of actions that get what the model sent by name', from: 'handler.py', found: ['operations.py: input-validation/command-injection'],
    files: {
      'operations.py': lines('import os', 'def run(line):', '    return os.popen(line).read()', 'def now():', '    return os.popen("date").read()', 'OPERATIONS = {"run": run, "now": now}'),
      'handler.py': lines('from operations import OPERATIONS', 'def lambda_handler(event, context):', '    given = {one["name"]: one["value"] for one in event.get("parameters", [])}', '    return OPERATIONS[event["function"]](**given)'),
    },
  },
  {
    about: 'tools that a package registers when it is loaded', from: 'app.py', found: ['tools/shell.py: model-output/run-as-command'],
    files: {
      'registry.py': lines('class Registry:', '    def __init__(self):', '        self.known = {}', '    def add(self, name):', '        def wrap(fn):', '            self.known[name] = fn', '            return fn', '        return wrap', '    def call(self, name, text):', '        return self.known[name](text)', 'registry = Registry()'),
      'tools/__init__.py': 'from . import shell\n', 'tools/shell.py': lines('import os', 'from registry import registry', '@registry.add("run")', 'def run(line):', '    os.system(line)', '@registry.add("list")', 'def show(line):', '    os.system("ls")'),
      'model.py': pythonModel, 'app.py': lines('import tools', 'from model import plan', 'from registry import registry', 'from tools import shell', 'registry.call("run", plan(input()))'),
    },
  },
  {
    about: 'queues between coroutines', from: 'worker.py', found: ['worker.py: model-output/run-as-command'],
    files: {
      'model.py': pythonModel,
      'worker.py': lines('import asyncio', 'import os', 'from model import plan', 'jobs: asyncio.Queue = asyncio.Queue()', 'async def consume():', '    while True:', '        os.system(await jobs.get())', '        os.system("date")', 'async def produce():', '    await jobs.put(plan("x"))'),
    },
  },
  {
    about: 'dependencies of FastAPI that are classes, and types of a module', from: 'api.py', found: ['store.py: input-validation/sql-injection'],
    files: {
      'schemas.py': lines('from pydantic import BaseModel', 'class Ask(BaseModel):', '    text: str', '    size: int'),
      'deps.py': lines('from fastapi import Query', 'class Paging:', '    def __init__(self, sort: str = Query("id"), size: int = 5):', '        self.sort = sort', '        self.size = size'),
      'store.py': lines('import sqlite3', 'db = sqlite3.connect("x")', 'def page(sort, size):', '    db.execute(f"SELECT * FROM x LIMIT {size}")', '    return db.execute(f"SELECT * FROM x ORDER BY {sort}")'),
      'api.py': lines('from typing import Annotated', 'from fastapi import Depends, FastAPI', 'import deps', 'import store', 'app = FastAPI()', 'Page = Annotated[deps.Paging, Depends()]', '@app.get("/a")', 'def a(paging: deps.Paging = Depends()):', '    return store.page(paging.sort, paging.size)'),
    },
  },
  {
    about: 'bodies whose class is named through its module', from: 'api.py', found: ['api.py: input-validation/command-injection'],
    files: {
      'schemas.py': lines('from pydantic import BaseModel', 'class Ask(BaseModel):', '    text: str', '    size: int'),
      'api.py': lines('import os', 'from fastapi import FastAPI', 'import schemas', 'app = FastAPI()', '@app.post("/a")', 'def a(ask: schemas.Ask):', '    os.system(f"head -{ask.size} x")', '    os.system(f"grep {ask.text} x")'),
    },
  },
  {
    about: 'functions that were given arguments ahead', from: 'app.py', found: ['chat.py: model-output/run-as-code'],
    files: {
      'chat.py': lines('from functools import partial', 'from model import plan', 'class Chat:', '    def __init__(self):', '        self.run = partial(self.work, "x")', '        self.show = partial(self.keep, "y")', '    def work(self, mode, text):', '        return eval(plan(text)) if mode else text', '    def keep(self, mode, text):', '        return eval(mode)'),
      'model.py': pythonModel, 'app.py': lines('from chat import Chat', 'chat = Chat()', 'print(chat.run(input()), chat.show(input()))'),
    },
  },
  {
    about: 'query sets of Django', from: 'views.py', found: ['models.py: input-validation/sql-injection'],
    files: {
      'models.py': lines('from django.db import models', 'class Items(models.QuerySet):', '    def like(self, term):', "        return self.extra(where=[f\"name LIKE '{term}'\"])", '    def named(self, term):', '        return self.filter(name=term)', 'class Item(models.Model):', '    objects = Items.as_manager()'),
      'views.py': lines('from django.http import JsonResponse', 'from models import Item', 'def search(request):', '    return JsonResponse({"a": list(Item.objects.like(request.GET["q"])), "b": list(Item.objects.named(request.GET["q"]))})'),
    },
  },
];

describe('flows between files', () => {
  for (const { about, from, files, found } of cases) {
    it(`follow ${about}`, () => {
      const findings = findingsIn(from, files).filter((one) => /^(?:model-output|input-validation|agent)\//.test(one.ruleId));
      assert.deepEqual([...new Set(findings.map((one) => `${one.path.replace(/^\/workspace\//, '')}: ${one.ruleId}`))].sort(), [...found].sort());
      for (const one of findings) assert.ok(findings.filter((each) => each.path === one.path && each.ruleId === one.ruleId).length === 1, `${one.path} ${one.ruleId} more than once`);
    });
  }
});
