import assert from 'node:assert/strict';
import { analyzeCode, flowsOf } from '../support/code.ts';
import type { Step } from '../../server/analysis/code/value.ts';
import { analyzerFor, rootedPath } from '../support/analyze.ts';

/** A handler whose lines see `q`, text that a peer sent. */
const ts = (lines: string, head = ''): string => `import { exec } from 'node:child_process';\nimport express from 'express';\n${head}\nconst app = express();\napp.post('/', async (req, res) => {\n  const q = req.body.q;\n${lines}\n});\n`;
const py = (lines: string, head = ''): string => `import os\nfrom flask import Flask, request\n${head}\napp = Flask(__name__)\n@app.post("/")\ndef run():\n    q = request.form["q"]\n${lines.split('\n').map((line) => `    ${line}`).join('\n')}\n`;
const shell = ['request -> shell'];

const followed: readonly (readonly [string, string, string])[] = [
  ['variables of a context', 'a.py', 'import os\nfrom contextvars import ContextVar\nfrom flask import Flask, request\napp = Flask(__name__)\nhost = ContextVar("host")\ndef ping():\n    os.system(host.get())\n@app.get("/")\ndef run():\n    host.set(request.args["q"])\n    ping()\n'],
  ['what a request keeps', 'a.py', 'import os\nfrom flask import Flask, g, request\napp = Flask(__name__)\n@app.before_request\ndef before():\n    g.host = request.args["q"]\n@app.get("/")\ndef run():\n    os.system(g.host)\n'],
  ['a store of the running call', 'a.ts', ts("als.run({ c: q }, work);", "import { AsyncLocalStorage } from 'node:async_hooks';\nconst als = new AsyncLocalStorage<{ c: string }>();\nfunction work() { exec(als.getStore()!.c); }")],
  ['what a response keeps for later handlers', 'a.ts', "import { exec } from 'node:child_process';\nimport express from 'express';\nconst app = express();\napp.use((req, res, next) => { res.locals.c = req.body.c; next(); });\napp.post('/', (req, res) => { exec(res.locals.c); });\n"],
  ['a map of the module that another function reads', 'a.ts', ts("jobs.set('x', q);", "const jobs = new Map();\nexport function work() { exec(jobs.get('x')); }")],
  ['a queue that a thread empties', 'a.py', 'import os\nimport queue\nimport threading\nfrom flask import Flask, request\napp = Flask(__name__)\njobs = queue.Queue()\ndef work():\n    while True:\n        os.system(jobs.get())\nthreading.Thread(target=work).start()\n@app.post("/")\ndef run():\n    jobs.put(request.form["q"])\n'],
  ['handlers that a table of aiohttp names', 'a.py', 'import os\nfrom aiohttp import web\nasync def run(request):\n    os.system((await request.post())["q"])\napp = web.Application()\napp.add_routes([web.post("/", run)])\n'],
  ['what a spread object may replace', 'a.ts', ts("const o = { cmd: 'uptime', ...req.body };\nexec(o.cmd);")],
  ['words that are spread', 'a.ts', ts("spawn('sh', ['-c', ...req.body.words]);", "import { spawn } from 'node:child_process';")],
  ['templates', 'a.ts', ts('exec(`a ${q}`);')],
  ['an object that may be another', 'a.ts', ts("let found: any;\ntry { found = req.query; } catch { found = { name: 'none' }; }\nexec('a ' + found.name);")],
  ['sums', 'a.ts', ts("exec('a ' + q + ' b');")],
  ['text methods', 'a.ts', ts("exec(q.trim().toLowerCase().replace('a', 'b'));")],
  ['destructuring with defaults', 'a.ts', ts("const { a: { b = 'x' } = {} } = req.body;\nexec(b);")],
  ['spread objects', 'a.ts', ts('const o = { x: 1, ...req.body };\nexec(o.cmd);')],
  ['lists', 'a.ts', ts("const l = ['a'];\nl.push(q);\nexec(l.join(' '));")],
  ['map and filter', 'a.ts', ts("exec([q].map((x) => `a ${x}`).filter(Boolean).join(' '));")],
  ['reduce', 'a.ts', ts("exec(req.body.list.reduce((all: string, x: string) => all + x, ''));")],
  ['promises', 'a.ts', ts('await Promise.resolve(q).then((x) => exec(x));')],
  ['closures', 'a.ts', ts("let all = '';\nreq.body.list.forEach((x: string) => { all += x; });\nexec(all);")],
  ['functions of the file', 'a.ts', ts('exec(wrap(q));', 'function wrap(x: string) { return `a ${x}`; }')],
  ['sinks in functions of the file', 'a.ts', ts('run(q);', 'const run = (x: string) => exec(x);')],
  ['functions handed on', 'a.ts', ts('apply((x) => exec(x), q);', 'function apply(f: (x: string) => void, x: string) { f(x); }')],
  ['recursion', 'a.ts', ts('exec(twice(q, 2));', "function twice(x: string, n: number): string { return n === 0 ? x : twice(x + x, n - 1); }")],
  ['fields of a class', 'a.ts', "import { exec } from 'node:child_process';\nimport type { Request } from 'express';\nexport class X {\n  private cmd = '';\n  run() { exec(this.cmd); }\n  set(req: Request) { this.cmd = req.body.cmd; }\n}\n"],
  ['constructors', 'a.ts', ts('new Job(q).run();', 'class Job { constructor(private readonly cmd: string) {} run() { exec(this.cmd); } }')],
  ['getters', 'a.ts', ts('const j = new Job();\nj.cmd = q;\nexec(j.text);', "class Job { cmd = ''; get text() { return `a ${this.cmd}`; } }")],
  ['generators', 'a.ts', ts('for (const x of parts(q)) exec(x);', 'function* parts(x: string) { yield x; }')],
  ['branches', 'a.ts', ts("let c = 'ls';\nif (req.body.deep) c = q;\nexec(c);")],
  ['breaks out of loops', 'a.ts', ts("let c = '';\nfor (const x of req.body.list) { if (x.ok) { c = x.cmd; break; } }\nexec(c);")],
  ['try and catch', 'a.ts', ts("let c = 'ls';\ntry { c = JSON.parse(q).cmd; } catch { c = 'pwd'; }\nexec(c);")],
  ['promisified functions', 'a.ts', ts('await run(q);', "import { promisify } from 'node:util';\nconst run = promisify(exec);")],
  ['events of the file', 'a.ts', ts("bus.emit('go', q);", "import { EventEmitter } from 'node:events';\nconst bus = new EventEmitter();\nbus.on('go', (x: string) => { exec(x); });")],
  ['format texts', 'a.py', py('os.system("a %s" % q)')],
  ['format methods', 'a.py', py('os.system("a {}".format(q))')],
  ['f-strings', 'a.py', py('os.system(f"a {q!r}")')],
  ['comprehensions', 'a.py', py('os.system(" ".join([f"-x {p}" for p in q.split(",")]))')],
  ['dictionaries', 'a.py', py('d = {"cmd": q}\nd.update(x=1)\nos.system(d.get("cmd"))')],
  ['`not` that spans a parenthesis', 'a.py', py('if not (q == "a" and len(q) > 3):\n    os.system(q)')],
  ['`or` after `not`, either of which is enough', 'a.py', py('if not q or q in ("a", "b"):\n    os.system(q)')],
  ['context managers with several names', 'a.py', py('with pair(q) as (a, b), open("x") as c:\n    os.system(a)', 'from contextlib import contextmanager\n@contextmanager\ndef pair(x):\n    yield (x, 1)')],
  ['methods under a condition', 'a.py', py('Runner().go(q)', 'class Runner:\n    if os.name == "posix":\n        def go(self, x):\n            os.system(x)\n    else:\n        def go(self, x):\n            pass')],
  ['context managers', 'a.py', py('import io\nwith io.StringIO(q) as f:\n    os.system(f.read())')],
  ['star arguments', 'a.py', py('go(*[q])', 'def go(*args):\n    os.system(args[0])')],
  ['keyword arguments', 'a.py', py('go(cmd=q)', 'def go(cmd="ls", **rest):\n    os.system(cmd)')],
  ['instances that are looked up', 'a.py', py('JOBS[request.form["job"]].run(q)', 'class A:\n    def run(self, x):\n        return x\nclass B:\n    def run(self, x):\n        os.system(x)\nJOBS = {"a": A(), "b": B()}')],
  ['match', 'a.py', py('match request.json:\n    case {"cmd": c}:\n        os.system(c)')],
  ['walrus', 'a.py', py('if c := request.form.get("c"):\n    os.system(c)')],
  ['threads', 'a.py', py('threading.Thread(target=go, args=(q,)).start()', 'import threading\ndef go(x):\n    os.system(x)')],
  ['context managers that yield one value', 'a.py', py('with one(q) as a:\n    os.system(a)', 'from contextlib import contextmanager\n@contextmanager\ndef one(x):\n    yield x')],
  ['what `__enter__` returns', 'a.py', py('with Job(q) as a:\n    os.system(a)', 'class Job:\n    def __init__(self, cmd):\n        self.cmd = cmd\n    def __enter__(self):\n        return self.cmd\n    def __exit__(self, *rest):\n        pass')],
  ['decorators of the file', 'a.py', 'import functools\nimport os\nfrom flask import Flask, request\napp = Flask(__name__)\ndef given(fn):\n    @functools.wraps(fn)\n    def inner():\n        return fn(request.form["q"])\n    return inner\n@app.post("/")\n@given\ndef run(command=None):\n    os.system(command)\n'],
  ['global names', 'a.py', py('global cmd\ncmd = q\ngo()', 'cmd = None\ndef go():\n    os.system(cmd)')],
  ['classes in classes', 'a.py', py('Outer.Inner().go(q)', 'class Outer:\n    class Inner:\n        def go(self, x):\n            os.system(x)')],
  ['statements in the body of a class', 'a.py', py('class Job:\n    for x in [q]:\n        os.system(x)')],
  ['bounds of slices', 'a.py', py('return "abc"[: os.system(q)]')],
  ['data classes made by position', 'a.py', py('os.system(Job(1, q).cmd)', 'from dataclasses import dataclass\n@dataclass\nclass Job:\n    n: int\n    cmd: str')],
  ['functions that are called through `call`', 'a.ts', ts('exec.call(null, q);')],
  ['tasks in the background', 'a.py', py('tasks.add_task(go, q)', 'from jobs import tasks\ndef go(x):\n    os.system(x)')],
  ['parameters that are called `size`', 'a.ts', ts('exec(`a ${req.query.size}`);')],
  ['keyword arguments that were sent whole', 'a.py', py('go(**request.json)', 'def go(cmd="ls"):\n    os.system(cmd)')],
  ['functions that a decorator keeps in a table', 'a.py', py('TABLE[request.json["name"]](q)', 'TABLE = {}\ndef kept(fn):\n    TABLE[fn.__name__] = fn\n    return fn\n@kept\ndef go(x):\n    os.system(x)')],
  ['scripts that a shell is given', 'a.ts', ts("spawn('sh', [`scripts/${q}`]);", "import { spawn } from 'node:child_process';")],
  ['tasks of Celery', 'a.py', py('go.delay(q)', 'from celery import shared_task\n@shared_task\ndef go(x):\n    os.system(x)')],
  ['tasks of Celery with listed arguments', 'a.py', py('go.apply_async(args=[1], kwargs={"x": q})', 'from celery import shared_task\n@shared_task\ndef go(n, x):\n    os.system(x)')],
  ['bound tasks of Celery', 'a.py', py('go.delay(q)', 'from celery import shared_task\n@shared_task(bind=True)\ndef go(self, x):\n    os.system(x)')],
  ['executors that map', 'a.py', py('with ThreadPoolExecutor() as pool:\n    for x in pool.map(str.strip, [q]):\n        os.system(x)', 'from concurrent.futures import ThreadPoolExecutor')],
  ['jobs of a queue', 'a.py', py('queue.enqueue(go, q)', 'from jobs import queue\ndef go(x):\n    os.system(x)')],
  ['instances that a container hands out', 'a.ts', ts('container.resolve(Job).run(q);', "import { container } from 'tsyringe';\nclass Job { run = (x: string) => exec(x); }")],
  ['the templates of execa, told to use a shell', 'a.ts', ts('await $({ shell: true })`a ${q}`;', "import { $ } from 'execa';")],
  ['properties', 'a.py', py('os.system(Job(q).text)', 'class Job:\n    def __init__(self, cmd):\n        self.cmd = cmd\n    @property\n    def text(self):\n        return "a " + self.cmd')],
];

const stopped: readonly (readonly [string, string, string])[] = [
  ['`not` before `or`, which binds closer', 'a.py', py('if not q or q not in ("a", "b"):\n    return ""\nos.system(q)')],
  ['`not` before `and`', 'a.py', py('if q and not q.startswith("-") and q in ("a", "b"):\n    os.system(q)')],
  ['either of two checks, each of which is enough', 'a.ts', ts("if (q !== 'a' && !['b', 'c'].includes(q)) return;\nexec(q);")],
  ['checks of the file that throw, by what they are called', 'a.ts', ts('await checkAllowed(q);\nexec(q);', "async function checkAllowed(x: string) { if (x.includes(';')) throw new Error(); }")],
  ['numbers', 'a.ts', ts('exec(`a ${Number(q)}`);')],
  ['parsed numbers', 'a.ts', ts('exec(`a ${Number.parseInt(q, 10)}`);')],
  ['lists of allowed values', 'a.ts', ts("if (!['a', 'b'].includes(q)) return res.sendStatus(400);\nexec(q);")],
  ['sets of allowed values', 'a.ts', ts('if (!ALLOWED.has(q)) throw new Error();\nexec(q);', "const ALLOWED = new Set(['a']);")],
  ['comparisons', 'a.ts', ts("if (q !== 'a' && q !== 'b') return;\nexec(q);")],
  ['switches', 'a.ts', ts("switch (q) { case 'a': case 'b': exec(q); break; default: break; }")],
  ['tables', 'a.ts', ts("exec(COMMANDS[q] ?? 'ls');", "const COMMANDS: Record<string, string> = { a: 'ls' };")],
  ['anchored expressions', 'a.ts', ts('if (!/^[a-z]{1,9}$/.test(q)) return;\nexec(q);')],
  ['predicates of the file', 'a.ts', ts('if (!ok(q)) return;\nexec(q);', "const ok = (x: string) => ['a'].some((y) => y === x);")],
  ['checks that throw', 'a.ts', ts('check(q);\nexec(q);', "function check(x: string) { if (!/^\\w+$/.test(x)) throw new Error(); }")],
  ['ternaries', 'a.ts', ts("exec(q === 'a' ? q : 'b');")],
  ['zod', 'a.ts', ts('const { k } = S.parse(req.body);\nexec(k);', "import { z } from 'zod';\nconst S = z.object({ k: z.enum(['a', 'b']) });")],
  ['safeParse', 'a.ts', ts('const r = S.safeParse(req.body);\nif (!r.success) return;\nexec(r.data.k);', "import { z } from 'zod';\nconst S = z.object({ k: z.string().uuid() });")],
  ['joi', 'a.ts', ts('const { value } = S.validate(req.body);\nexec(value.k);', "import Joi from 'joi';\nconst S = Joi.object({ k: Joi.string().valid('a') });")],
  ['raw queries that bind', 'a.py', py('from shop.models import Item\nItem.objects.raw("SELECT * FROM item WHERE name = %s", [q])')],
  ['schemas of Elysia', 'a.ts', "import { exec } from 'node:child_process';\nimport { Elysia, t } from 'elysia';\nnew Elysia().post('/', ({ body }) => { exec(body.k); }, { body: t.Object({ k: t.Union([t.Literal('a'), t.Literal('b')]) }) });"],
  ['paths that a function of the program finds inside of a folder', 'a.py', py('p = (Path("/srv") / q).resolve()\nif not is_path_inside(p, Path("/srv")):\n    return "no"\nos.system(f"cat {p}")', 'from pathlib import Path\ndef is_path_inside(child, parent):\n    try:\n        child.relative_to(parent)\n        return True\n    except ValueError:\n        return False')],
  ['ajv', 'a.ts', ts("if (!ok(req.body)) return;\nexec(req.body.k);", "import Ajv from 'ajv';\nconst ok = new Ajv().compile({ type: 'object', properties: { k: { enum: ['a'] } } });")],
  ['separate arguments', 'a.ts', ts("execFile('ls', ['--', q]);", "import { execFile } from 'node:child_process';")],
  ['numbers, in Python', 'a.py', py('os.system(f"a {int(q)}")')],
  ['membership', 'a.py', py('if q not in ("a", "b"):\n    return "no"\nos.system(q)')],
  ['quotes', 'a.py', py('os.system("a " + shlex.quote(q))', 'import shlex')],
  ['full matches', 'a.py', py('if not re.fullmatch(r"[a-z]+", q):\n    return "no"\nos.system(q)', 'import re')],
  ['assertions', 'a.py', py('assert q in {"a"}\nos.system(q)')],
  ['enumerations of pydantic', 'a.py', py('os.system(M(**request.json).k)', 'from typing import Literal\nfrom pydantic import BaseModel\nclass M(BaseModel):\n    k: Literal["a", "b"]')],
  ['lists of arguments', 'a.py', py('subprocess.run(["ls", q])', 'import subprocess')],
  ['`not` beside `or`', 'a.py', py('if not isinstance(q, str) or q not in ("a", "b"):\n    return\nos.system(q)')],
  ['`not` beside `and` and `or`', 'a.py', py('if q not in ("a", "b") or not q and not app:\n    return\nos.system(q)')],
  ['the templates of execa', 'a.ts', ts('await $`a ${q}`;', "import { $ } from 'execa';")],
  ['values beside the text of a query', 'a.ts', ts("await pool.query({ text: 'SELECT $1', values: [q] });", "import { Pool } from 'pg';\nconst pool = new Pool();")],
  ['validators of pydantic', 'a.py', py('os.system(M(**request.json).k)', 'from pydantic import BaseModel, field_validator\nclass M(BaseModel):\n    k: str\n    @field_validator("k")\n    @classmethod\n    def known(cls, v):\n        if v not in ("a", "b"):\n            raise ValueError(v)\n        return v')],
  ['assertions of Koa', 'a.ts', "import { exec } from 'node:child_process';\nimport Router from '@koa/router';\nnew Router().get('/', (ctx) => {\n  const q = String(ctx.query.q);\n  ctx.assert(['a', 'b'].includes(q), 400);\n  exec(q);\n});"],
  ['numbers that a parser of forms reads', 'a.py', 'import os\nfrom flask_restful import reqparse\nparser = reqparse.RequestParser()\nparser.add_argument("n", type=int)\ndef get():\n    os.system(f"a {parser.parse_args()[\'n\']}")\n'],
  ['lookaheads before an anchored expression', 'a.ts', ts('if (!/^(?=.{1,9}$)[a-z]+$/.test(q)) return;\nexec(q);')],
  ['arguments of a script', 'a.ts', ts("spawn('sh', ['scripts/run.sh', q]);", "import { spawn } from 'node:child_process';")],
  ['a validator before the handler', 'a.ts', "import { exec } from 'node:child_process';\nimport { Router } from 'express';\nimport Joi from 'joi';\nimport { validate } from './validate';\nRouter().post('/', validate({ body: Joi.object({ q: Joi.string().valid('a') }) }), (req, res) => { exec(req.body.q); });"],
  ['choices of a form of Django, and fields that it checks itself', 'a.py', 'import os\nfrom django import forms\nfrom django.views.generic import FormView\nclass F(forms.Form):\n    kind = forms.ChoiceField(choices=[("a", "A")])\n    name = forms.CharField()\n    def clean_name(self):\n        return known(self.cleaned_data["name"])\nclass V(FormView):\n    form_class = F\n    def form_valid(self, form):\n        os.system(form.cleaned_data["kind"] + form.cleaned_data["name"])\n'],
  ['the folders above a path', 'a.py', py('from pathlib import Path\nroot = Path("/srv")\np = (root / q).resolve()\nif root not in p.parents:\n    return\np.read_text()')],
];

describe('flows', () => {
  for (const [name, file, text] of followed) it(`pass through ${name}`, () => assert.deepEqual(flowsOf(file, text), shell));
  for (const [name, file, text] of stopped) it(`are stopped by ${name}`, () => assert.deepEqual(flowsOf(file, text), []));

  it('are not stopped by checks that prove nothing', () => {
    assert.deepEqual(flowsOf('a.ts', ts('if (!q) return;\nexec(q);')), shell);
    assert.deepEqual(flowsOf('a.ts', ts('if (q.length > 9) return;\nexec(q);')), shell);
    assert.deepEqual(flowsOf('a.ts', ts("if (typeof q !== 'string') return;\nexec(q);")), shell);
    assert.deepEqual(flowsOf('a.ts', ts("if (!/[a-z]/.test(q)) return;\nexec(q);")), shell);
    assert.deepEqual(flowsOf('a.ts', ts('exec(sanitize(q));', 'function sanitize(x: string) { return x.trim(); }')), shell);
    assert.deepEqual(flowsOf('a.py', py('os.system(M(**request.json).k)', 'from pydantic import BaseModel, field_validator\nclass M(BaseModel):\n    k: str\n    @field_validator("k")\n    @classmethod\n    def known(cls, v):\n        if not v:\n            raise ValueError(v)\n        return v.strip()')), shell);
    assert.deepEqual(flowsOf('a.ts', ts("if (['a'].includes(q)) console.info('known');\nexec(q);")), shell);
    assert.deepEqual(flowsOf('a.py', py('try:\n    q = str(int(q))\nexcept ValueError:\n    pass\nos.system(q)')), shell);
    assert.deepEqual(flowsOf('a.py', py('if not q or app.debug and q not in ("a", "b"):\n    return\nos.system(q)')), shell);
    assert.deepEqual(flowsOf('a.py', py('if not (q in ("a", "b") or app.debug):\n    return\nos.system(q)')), shell);
  });

  it('tell the way from source to sink', () => {
    const [flow] = analyzeCode('a.ts', ts('const c = wrap(q);\nexec(c);', 'function wrap(x: string) { return `a ${x}`; }')).flows.filter((one) => one.sink === 'shell');
    const steps: string[] = [];
    for (let at: Step | undefined = flow?.taint.step; at; at = at.previous) steps.unshift(at.message);
    assert.deepEqual(steps, ['req.body is read', 'stored in q', 'passed as x', 'returned by wrap', 'stored in c']);
  });

  it('cross files of the workspace, in both languages', () => {
    const found = (files: Readonly<Record<string, string>>, file: string): readonly string[] => analyzerFor(files).analyze(rootedPath(file)).findings.filter((one) => one.ruleId === 'input-validation/command-injection').map((one) => one.path);
    assert.deepEqual(found({ 'app.ts': ts('run(q);', "import { run } from './lib/run';"), 'lib/run.ts': "import { exec } from 'node:child_process';\nexport const run = (x: string) => exec(x);\n" }, 'app.ts'), ['/workspace/lib/run.ts']);
    assert.deepEqual(found({ 'app.ts': "import { exec } from 'node:child_process';\nimport express from 'express';\nimport { caught } from './caught';\nexpress().post('/', caught(async (req, res) => { exec(req.body.q); }));\n", 'caught.ts': 'export const caught = (handler: Function) => (req: any, res: any, next: any) => handler(req, res).catch(next);\n' }, 'app.ts'), ['/workspace/app.ts']);
    assert.deepEqual(found({ 'app.py': py('go(q)', 'from lib.run import go'), 'lib/__init__.py': '', 'lib/run.py': 'import os\ndef go(x):\n    os.system(x)\n' }, 'app.py'), ['/workspace/lib/run.py']);
    assert.deepEqual(found({ 'app.ts': ts('run(q);', "import { run } from './a';"), 'a.ts': "export { run } from './b';\n", 'b.ts': "import './a';\nimport { exec } from 'node:child_process';\nexport function run(x: string) { exec(x); }\n" }, 'app.ts'), ['/workspace/b.ts']);
  });

  it('go into tools and handlers that other files declare, and through what fields of data classes hold', () => {
    const found = (files: Readonly<Record<string, string>>, file: string): readonly string[] => analyzerFor(files).analyze(rootedPath(file)).findings.map((one) => `${one.path.replace('/workspace/', '')} ${one.ruleId}`).filter((one) => /agent\/|system-prompt/.test(one));
    const tools = 'def note(path: str, text: str):\n    open(path, "w").write(text)\n';
    assert.deepEqual(found({ 'team.py': 'from llama_index.core.agent.workflow import FunctionAgent\nfrom notes import note\nagent = FunctionAgent(tools=[note])\n', 'notes.py': tools }, 'team.py'), ['notes.py agent/tool-touches-any-file']);
    assert.deepEqual(found({ 'team.py': 'from notes import note\nnote("a", "b")\n', 'notes.py': tools }, 'team.py'), []);
    const helper = (field: string): string => `from dataclasses import dataclass, field\nfrom openai import OpenAI\n@dataclass\nclass Helper:\n    persona: str\n    client: OpenAI = ${field}\n    @property\n    def rules(self):\n        return f"Act as {self.persona}"\n    def ask(self):\n        return self.client.responses.create(model="x", instructions=self.rules, input="y")\n`;
    for (const field of ['field(default_factory=OpenAI)', 'field(default_factory=lambda: OpenAI())']) assert.deepEqual(found({ 'app.py': py('return Helper(persona=q).ask()', 'from helper import Helper'), 'helper.py': helper(field) }, 'app.py'), ['helper.py model-input/untrusted-system-prompt'], field);
  });

  it('find files by the paths of the compiler’s configuration', () => {
    const run = "import { exec } from 'node:child_process';\nexport const run = (x: string) => exec(x);\n";
    const found = (files: Readonly<Record<string, string>>, specifier: string): readonly string[] => analyzerFor({ 'apps/web/app.ts': ts('run(q);', `import { run } from '${specifier}';`), ...files }).analyze(rootedPath('apps/web/app.ts')).findings.filter((one) => one.ruleId === 'input-validation/command-injection').map((one) => one.path);
    const paths = '{ // shared\n  "compilerOptions": { "paths": { "@core/*": ["packages/core/src/*"], "@acme/run": ["lib/run.ts"] } }, }';
    assert.deepEqual(found({ 'tsconfig.json': paths, 'packages/core/src/run.ts': run }, '@core/run'), ['/workspace/packages/core/src/run.ts']);
    assert.deepEqual(found({ 'tsconfig.json': paths, 'lib/run.ts': run }, '@acme/run'), ['/workspace/lib/run.ts']);
    assert.deepEqual(found({ 'tsconfig.json': paths, 'apps/web/tsconfig.json': '{ "extends": "../../tsconfig.json" }', 'lib/run.ts': run }, '@acme/run'), ['/workspace/lib/run.ts']);
    assert.deepEqual(found({ 'apps/web/package.json': '{}', 'apps/web/src/run.ts': run }, 'src/run'), ['/workspace/apps/web/src/run.ts']);
    assert.deepEqual(found({ 'packages/core/src/run.ts': run }, '@core/run'), []);
  });

  it('start in controllers that import types and files of the program only', () => {
    const store = "import { exec } from 'node:child_process';\nexport class Store { run(x: string) { return exec(x); } }\n";
    const found = (controller: string): readonly string[] => analyzerFor({ 'store.ts': store, 'controller.ts': controller }).analyze(rootedPath('controller.ts')).findings.filter((one) => one.ruleId === 'input-validation/command-injection').map((one) => one.path);
    const typed = (type: string): string => `import type { ${type}, Response } from 'express';\nimport type { Store } from './store';\nexport class Controller {\n  constructor(private readonly store: Store) {}\n  async run(request: ${type}, response: Response) { response.json(await this.store.run(request.body.q)); }\n}\n`;
    assert.deepEqual(found(typed('Request')), ['/workspace/store.ts']);
    assert.deepEqual(found(typed('Thing')), []);
    assert.deepEqual(found("const { Store } = require('./store');\nconst store = new Store();\nexports.run = async (req, res) => { res.json(await store.run(req.body.q)); };\n"), ['/workspace/store.ts']);
  });

  it('go from a method of a flow to those that listen to it', () => {
    const flow = (heard: string): string => `import os\nfrom crewai.flow.flow import Flow, listen, start\nfrom openai import OpenAI\nclass Draft(Flow):\n    @start()\n    def ask(self):\n        return OpenAI().responses.create(model="x", input="y").output_text\n    @start()\n    def rest(self):\n        return "ls"\n    @listen(${heard})\n    def run(self, script):\n        os.system(script)\n`;
    assert.deepEqual(flowsOf('a.py', flow('ask')), ['model -> shell']);
    assert.deepEqual(flowsOf('a.py', flow('rest')), []);
  });

  it('fill the fields of a data class from a map that is spread', () => {
    const plan = 'from dataclasses import dataclass\nimport json\n@dataclass\nclass Plan:\n    command: str\n    note: str = ""';
    assert.deepEqual(flowsOf('a.py', py('os.system(Plan(**json.loads(q)).command)', plan)), shell);
    assert.deepEqual(flowsOf('a.py', py('os.system(Plan(**{"command": "ls", "note": q}).command)', plan)), []);
  });

  it('start at handlers that nothing in the file registers, and at routes of an application that was handed over', () => {
    assert.deepEqual(flowsOf('a.js', "const { exec } = require('child_process');\nexports.run = async (req, res) => { exec(req.body.q); };\n"), shell);
    assert.deepEqual(flowsOf('a.js', "const { exec } = require('child_process');\nexports.failed = (err, req, res, next) => { exec(req.query.q); };\n"), shell);
    assert.deepEqual(flowsOf('a.js', "const { exec } = require('child_process');\nmodule.exports = (app) => { app.post('/run', (req, res) => { exec(req.body.q); }); };\n"), shell);
    assert.deepEqual(flowsOf('a.js', "const { exec } = require('child_process');\nexports.run = async (a, b) => { exec(a.body.q); };\n"), []);
    // A check of its type may stand before it.
    assert.deepEqual(flowsOf('a.js', "const User = require('mongoose').model('User');\nexports.find = async (req, res) => { res.json(await User.findOne({ name: req.body.name })); };\n"), []);
    const tornado = 'import os\nimport tornado.web\nclass Base(tornado.web.RequestHandler):\n    pass\nclass Run(Base):\n    def get(self, name):\n        os.system(name)\n';
    assert.deepEqual(flowsOf('a.py', tornado), shell);
    assert.deepEqual(flowsOf('a.py', tornado.replace('tornado.web.RequestHandler', 'Thing')), []);
  });

  it('stay within files that cells are written to', () => {
    const found = (text: string): readonly string[] => analyzerFor({ 'n.ipynb': text }).analyze(rootedPath('n.ipynb')).findings.map((one) => one.ruleId).filter((one) => one.startsWith('input-validation'));
    const app = 'import os\nfrom fastapi import FastAPI\napp = FastAPI()\n@app.get("/")\ndef run(q: str):\n    os.system(q)\n';
    assert.deepEqual(found(`# %%\n%%writefile app.py\n${app}`), ['input-validation/command-injection']);
    assert.deepEqual(found(`# %%\n%%writefile notes.txt\n${app}`), []);
    assert.deepEqual(found("# %%\n%%writefile lib/app.js\nconst { exec } = require('child_process');\nrequire('express')().post('/', (req, res) => { exec(req.body.q); });\n"), ['input-validation/command-injection']);
  });

  it('go through files that hand on each other, and end where none has a name', () => {
    const circle = { 'a.ts': "export * from './b';\n", 'b.ts': "export * from './a';\nexport * from './c';\n", 'c.ts': "import { exec } from 'node:child_process';\nexport function run(x: string) { exec(x); }\n" };
    const found = (name: string): readonly string[] => {
      const { findings, notes } = analyzerFor({ ...circle, 'app.ts': ts('run(q);', `import { ${name} as run } from './a';`) }).analyze(rootedPath('app.ts'));
      return [...findings.filter((one) => one.ruleId === 'input-validation/command-injection').map((one) => one.path), ...notes.map((one) => one.message)];
    };
    assert.deepEqual(found('run'), ['/workspace/c.ts']);
    assert.deepEqual(found('missing'), []);
  });

  it('go through helpers of other files that know nothing of the data, even where these were first called from afar', () => {
    const chain = (...names: readonly string[]): string => names.map((name, at) => `export function ${name}() { return ${names[at + 1] === undefined ? 'exec' : `${names[at + 1]}()`}; }\n`).join('');
    const files = {
      'app.ts': ts('warm();\nrun(q);', "import { run, warm } from './a';"),
      'a.ts': "import { first } from './b';\nexport function run(x: string) { first()(x); }\nexport function warm() { return again(); }\nfunction again() { return first(); }\n",
      'b.ts': `import { exec } from 'node:child_process';\n${chain('first', 'second', 'third')}`,
    };
    assert.deepEqual(analyzerFor(files).analyze(rootedPath('app.ts')).findings.filter((one) => one.ruleId === 'input-validation/command-injection').map((one) => one.path), ['/workspace/a.ts']);
  });

  it('cross the cells of a notebook, its commands included', () => {
    const found = (text: string): readonly string[] => analyzerFor({ 'n.ipynb': text }).analyze(rootedPath('n.ipynb')).findings.map((one) => one.ruleId).filter((one) => one.startsWith('model-output'));
    const ask = '# %%\nfrom openai import OpenAI\nanswer = OpenAI().responses.create(model="x", input="y").output_text\n# %%\n';
    assert.deepEqual(found(`${ask}!{answer}\n`), ['model-output/run-as-command']);
    assert.deepEqual(found(`${ask}%sql SELECT * FROM {answer}\n`), ['model-output/run-as-sql']);
    assert.deepEqual(found(`${ask}%sql SELECT * FROM t WHERE id = :answer\n`), []);
    assert.deepEqual(found(`${ask}%%sql\nSELECT *\nFROM {{answer}}\n# %%\nprint(1)\n# %%\n!{answer}\n`), ['model-output/run-as-sql', 'model-output/run-as-command']);
    assert.deepEqual(found(`${ask}%%bash -s "$answer"\neval $1\n`), ['model-output/run-as-command']);
    assert.deepEqual(found(`${ask}%%bash -s "$answer"\necho "$1"\n`), []);
  });

  it('reach a file, and the program that is later told to run it', () => {
    const ran = (file: string, text: string): boolean => flowsOf(file, text).includes('request -> shell');
    assert.equal(ran('a.py', py('from pathlib import Path\np = Path("/tmp") / "job.sh"\np.write_text(q)\nsubprocess.run(["bash", str(p)])', 'import subprocess')), true);
    assert.equal(ran('a.py', py('from pathlib import Path\np = Path("/tmp") / "job.sh"\np.write_text(q)\nsubprocess.run(["wc", str(p)])', 'import subprocess')), false);
    assert.equal(ran('a.ts', ts("writeFileSync('/tmp/job.mjs', q);\nexecFile('node', ['/tmp/job.mjs']);", "import { execFile } from 'node:child_process';\nimport { writeFileSync } from 'node:fs';")), true);
    assert.equal(ran('a.ts', ts("writeFileSync('/tmp/job.txt', q);\nexecFile('node', ['/tmp/job.mjs']);", "import { execFile } from 'node:child_process';\nimport { writeFileSync } from 'node:fs';")), false);
  });

  it('reach the components that elements name, and the markup of mails and of functions behind a gateway', () => {
    const html = (file: string, text: string): number => flowsOf(file, text).filter((one) => one.endsWith('-> html')).length;
    assert.equal(html('a.tsx', "import { marked } from 'marked';\nfunction Card({ html }: { html: string }) { return <div dangerouslySetInnerHTML={{ __html: html }} />; }\nexport const Page = () => <Card html={marked.parse(window.location.hash) as string} />;\n"), 1);
    assert.equal(html('a.ts', ts("transport.sendMail({ to: 'a', html: `<p>${q}</p>` });", "import nodemailer from 'nodemailer';\nconst transport = nodemailer.createTransport({});")), 1);
    assert.equal(html('a.py', 'def handler(event, context):\n    return {"statusCode": 200, "headers": {"Content-Type": "text/html"}, "body": "<p>" + event["body"] + "</p>"}\n'), 1);
    assert.equal(html('a.py', 'def handler(event, context):\n    return {"statusCode": 200, "headers": {"Content-Type": "application/json"}, "body": "<p>" + event["body"] + "</p>"}\n'), 0);
  });

  it('carry no secret into what was made with one', () => {
    const logged = (lines: string): number => analyzeCode('a.py', `import logging\nfrom acme import Client, get\ndef run(api_key):\n${lines.split('\n').map((line) => `    ${line}`).join('\n')}\n`).flows.filter((one) => one.label === 'secret' && one.sink === 'log' && !one.taint.weak).length;
    assert.equal(logged('logging.info(api_key)'), 1);
    assert.equal(logged('client = get({"key": api_key})\nlogging.info(client.model)'), 0);
    assert.equal(logged('masked = api_key[:4] + "..."\nlogging.info(masked)'), 0);
  });

  it('reach cells that stand before the one they come from, as when cells are run in another order', () => {
    const cells = (order: readonly string[]): string => JSON.stringify({ cells: order.map((source, at) => ({ cell_type: 'code', execution_count: at, metadata: {}, outputs: [], source })), metadata: { language_info: { name: 'python' } }, nbformat: 4, nbformat_minor: 5 });
    const found = (order: readonly string[]): readonly string[] => analyzerFor({ 'n.ipynb': cells(order) }).analyze(rootedPath('n.ipynb')).findings.map((one) => one.ruleId).filter((one) => one.startsWith('model-output'));
    const ask = 'from openai import OpenAI\ncode = OpenAI().responses.create(model="x", input="y").output_text';
    assert.deepEqual(found(['exec(code)', ask]), ['model-output/run-as-code']);
    assert.deepEqual(found(['code = "1"\nexec(code)', ask]), []);
  });

  it('are told once where two rules say the same of the same code', () => {
    const found = (file: string, text: string, about: RegExp): readonly string[] => analyzerFor({ [file]: text }).analyze(rootedPath(file)).findings.map((one) => one.ruleId).filter((one) => about.test(one));
    const key = ['shh', 'hhh'].join('');
    assert.deepEqual(found('a.js', `const jwt = require('jsonwebtoken');\nconst t = jwt.sign({ sub: 1 }, '${key}');\n`, /signing-key/), ['secrets/hardcoded-signing-key']);
    assert.deepEqual(found('a.py', 'import os\nimport json\nfrom mcp.server.fastmcp import FastMCP\nmcp = FastMCP("x")\n@mcp.tool()\ndef show() -> str:\n    """Shows."""\n    return json.dumps(dict(os.environ))\n', /environment/), ['agent/environment-given-to-model']);
    assert.deepEqual(found('b.py', 'import os\nprint(os.environ)\n', /environment/), ['storage/environment-dumped']);
  });

  it('end in time on large and odd files', () => {
    const long = Array.from({ length: 2000 }, (_, at) => `export function f${at}(x: string) { return f${(at + 1) % 2000}(x + ${at}); }`).join('\n');
    assert.equal(analyzeCode('a.ts', long).module.broken, false);
    assert.deepEqual(flowsOf('a.ts', `const x = ${Array.from({ length: 3000 }, () => "'a'").join(' + ')};`), []);
    assert.deepEqual(flowsOf('a.py', `x = ${Array.from({ length: 3000 }, () => '"a"').join(' + ')}\n`), []);
    assert.deepEqual(flowsOf('a.py', 'def f(x):\n    a = []\n    a.append(a)\n    b = [a]\n    b.append(b)\n    a.append(b)\n    c = a if x else b\n    for i in range(3):\n        c = c if i else [c]\n        c.append(c)\n    return c\nprint(f(1))\n'), []);
    const callbacks = `${'a(() => '.repeat(150)}1${')'.repeat(150)};`;
    assert.deepEqual(flowsOf('a.ts', callbacks), []);
  });
});
