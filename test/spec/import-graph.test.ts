import assert from 'node:assert/strict';
import { createDocuments } from '../../server/engine/documents.ts';
import { createAnalyzer } from '../../server/engine/analyzer.ts';
import { mayOwn } from '../../server/engine/method-owners.ts';
import { hostOver, rootedPath } from '../support/analyze.ts';
import { rules } from '../../rules/index.ts';

const rooted = (files: Readonly<Record<string, string>>): Map<string, string> => new Map(Object.entries(files).map(([name, text]) => [rootedPath(name), text]));
const packagesOf = (files: Readonly<Record<string, string>>, file: string): readonly string[] => [...createDocuments(hostOver(rooted(files))).recorder().sources.packages(rootedPath(file))].sort();

describe('packages that a file leads to', () => {
  it('are those of the files it imports as well, types included', () => {
    assert.deepEqual(packagesOf({ 'a.ts': "import { b } from './b.js';\nimport fs from 'node:fs';\n", 'b.ts': "import type { Knex } from 'knex';\nexport * from './c';\n", 'c/index.ts': "const x = require('pg');\n", 'd.ts': "import 'express';\n" }, 'a.ts'), ['knex', 'node:fs', 'pg']);
  });
  it('are those of modules inside of Python packages', () => {
    assert.deepEqual(packagesOf({ 'app/__init__.py': 'import flask\n', 'app/main.py': 'from . import (\n    db as store,\n    web,\n)\n', 'app/db.py': 'import sqlite3, os.path\n', 'app/web.py': 'from .db import open_store\nfrom jinja2 import Template\n' }, 'app/main.py'), ['flask', 'jinja2', 'os.path', 'sqlite3']);
  });
  it('are the same for files that import each other in circles', () => {
    const files = { 'a.ts': "import './b';\nimport 'one';\n", 'b.ts': "import './c';\nimport 'two';\n", 'c.ts': "import './a';\nimport './d';\n", 'd.ts': "import 'three';\n", 'e.ts': "import './b';\nimport 'four';\n" };
    const documents = createDocuments(hostOver(rooted(files)));
    const { sources } = documents.recorder();
    const of = (name: string): readonly string[] => [...sources.packages(rootedPath(name))].sort();
    assert.deepEqual([of('d.ts'), of('b.ts'), of('a.ts'), of('c.ts'), of('e.ts')], [['three'], ['one', 'three', 'two'], ['one', 'three', 'two'], ['one', 'three', 'two'], ['four', 'one', 'three', 'two']]);
  });
  it('are found through chains of any length', () => {
    const files = Object.fromEntries(Array.from({ length: 20_000 }, (_, at) => [`f${at}.ts`, at === 19_999 ? "import 'last';\n" : `import './f${at + 1}';\n`]));
    const host = hostOver(rooted(files));
    const names = Object.keys(files).sort();
    assert.deepEqual([...createDocuments({ ...host, list: () => names }).recorder().sources.packages(rootedPath('f0.ts'))], ['last']);
  });
  it('are found anew when a file between has changed, and what was judged by them is stale', () => {
    const files = rooted({ 'a.ts': "import { db } from './b';\ndb.raw('x');\n", 'b.ts': 'export const db = 1;\n' });
    const documents = createDocuments(hostOver(files));
    const before = documents.recorder();
    assert.deepEqual([...before.sources.packages(rootedPath('a.ts'))], []);
    files.set(rootedPath('b.ts'), 'export const db = 2;\n');
    documents.changed(rootedPath('b.ts'));
    assert.equal(documents.current(before.dependencies), true, 'an edit that imports nothing changes nothing');
    files.set(rootedPath('b.ts'), "import knex from 'knex';\nexport const db = knex({});\n");
    documents.changed(rootedPath('b.ts'));
    assert.equal(documents.current(before.dependencies), false);
    assert.deepEqual([...documents.recorder().sources.packages(rootedPath('a.ts'))], ['knex']);
  });
  it('are found anew when a file is made or removed, whatever was edited before', () => {
    const files = rooted({ 'a.ts': "import './b';\n", 'c.ts': '' });
    const documents = createDocuments(hostOver(files));
    const of = (): readonly string[] => [...documents.recorder().sources.packages(rootedPath('a.ts'))];
    const write = (name: string, text: string): void => {
      files.set(rootedPath(name), text);
      documents.changed(rootedPath(name));
    };
    assert.deepEqual(of(), ['./b']);
    write('c.ts', 'export const c = 1;\n');
    write('b.ts', "import 'pg';\n");
    assert.deepEqual(of(), ['pg']);
    write('c.ts', 'export const c = 2;\n');
    files.delete(rootedPath('b.ts'));
    documents.changed(rootedPath('b.ts'));
    assert.deepEqual(of(), ['./b']);
  });
  it('are found anew when a folder of Python is made, or the compiler is told other paths', () => {
    const files = rooted({ 'main.py': 'from app import db\n', 'src/a.ts': "import '@core/db';\n", 'core/db.ts': "import 'knex';\n" });
    const documents = createDocuments(hostOver(files));
    const of = (name: string): readonly string[] => [...documents.recorder().sources.packages(rootedPath(name))];
    assert.deepEqual([of('main.py'), of('src/a.ts')], [['app'], ['@core/db']]);
    for (const [name, text] of [['app/__init__.py', ''], ['app/db.py', 'import psycopg\n'], ['tsconfig.json', '{ "compilerOptions": { "paths": { "@core/*": ["./core/*"] } } }']] as const) {
      files.set(rootedPath(name), text);
      documents.changed(rootedPath(name));
    }
    assert.deepEqual([of('main.py'), of('src/a.ts')], [['psycopg'], ['knex']]);
    files.set(rootedPath('tsconfig.json'), '{}');
    documents.changed(rootedPath('tsconfig.json'));
    assert.deepEqual(of('src/a.ts'), ['@core/db']);
  });
});

describe('whose method a call may be', () => {
  const none: ReadonlySet<string> = new Set(['zod', '@scope/thing']);
  for (const [owner, packages, text, expected] of [
    ['knex', none, '', false], ['knex', new Set(['objection']), '', true], ['@google-cloud/bigquery', new Set(['@google-cloud/bigquery']), '', true], ['re', new Set(['react', 'express']), '', false], ['re', new Set(['re']), '', true],
    ['anthropic', new Set(['@anthropic-ai/sdk']), '', true], ['FormData', none, 'const form = await request.formData();', true], ['FormData', none, 'Object.entries(x)', false], ['Request', none, '', true], ['express', new Set(['@nestjs/common']), '', true],
  ] as const) it(`${owner} among ${[...packages].join(', ')}: ${expected ? 'may be' : 'cannot be'}`, () => assert.equal(mayOwn(owner, packages, text), expected));

  it('decides whether a file is analysed', () => {
    const files = rooted({ 'find.ts': "import { db } from './db';\nexport const find = () => db.whereRaw(`name = '${process.argv[2]}'`);\n", 'db.ts': 'export const db = 1;\n' });
    const analyzer = createAnalyzer({ host: hostOver(files), rules });
    const found = (): number => analyzer.analyze(rootedPath('find.ts')).findings.filter((one) => one.ruleId.includes('sql')).length;
    assert.equal(found(), 0);
    files.set(rootedPath('db.ts'), "import knex from 'knex';\nexport const db = knex({})('users');\n");
    analyzer.changed(rootedPath('db.ts'));
    assert.equal(analyzer.isStale(rootedPath('find.ts')), true);
    assert.equal(found(), 1);
  });
  it('holds for packages of a Python program, which are written like any other', () => {
    const files = rooted({ 'app/find.py': "from app.db import engine\n\ndef find(name):\n    connection = engine.connect()\n    password = name\n    connection.exec_driver_sql(f\"SELECT '{password}'\")\n", 'app/__init__.py': '', 'app/db.py': "from sqlalchemy import create_engine\nengine = create_engine('sqlite://')\n" });
    const seen = createDocuments(hostOver(files)).recorder().sources.packages(rootedPath('app/find.py'));
    assert.deepEqual([...seen], ['sqlalchemy']);
    const tool = rooted({ 'tools/cache.py': "from pkg.server import mcp\nfrom pkg.store import client\n\n@mcp.tool()\ndef cache_delete(key: str) -> str:\n    client.delete(key)\n    return 'ok'\n", 'pkg/__init__.py': '', 'pkg/server.py': "from mcp.server.fastmcp import FastMCP\nmcp = FastMCP('x')\n", 'pkg/store.py': "from pymemcache.client.base import Client\nclient = Client('localhost')\n" });
    assert.deepEqual(createAnalyzer({ host: hostOver(tool), rules }).analyze(rootedPath('tools/cache.py')).findings.map((one) => one.ruleId).filter((id) => id.startsWith('agent/')), ['agent/effect-without-approval']);
  });
});
