import assert from 'node:assert/strict';
import { flowsOf } from '../support/code.ts';

/** A handler of Express whose lines run a command. */
const express = (lines: string, head = ''): string => `import { exec } from 'node:child_process';\nimport express from 'express';\n${head}\nconst app = express();\napp.post('/', async (req, res) => {\n  const q = req.body.q;\n${lines}\n});\n`;
/** A route of Flask whose lines run a command. */
const flask = (lines: string, head = ''): string => `import os\nfrom flask import Flask, request\n${head}\napp = Flask(__name__)\n@app.post("/")\ndef run():\n    q = request.form["q"]\n${lines.split('\n').map((one) => `    ${one}`).join('\n')}\n`;
const shell = ['request -> shell'];
const url = ['request -> url'];

/** What it is, the file, and a check that proves nothing beside one that proves enough. */
const pairs: readonly (readonly [string, string, readonly string[], string, string])[] = [
  ['a helper that throws', 'a.ts', shell,
    express("assertHost(q);\nexec('ping ' + q);", "function assertHost(h: string) { if (!h || typeof h !== 'string' || h.length > 80) throw new Error('no'); }"),
    express("assertHost(q);\nexec('ping ' + q);", "function assertHost(h: string) { if (isBad(h)) throw new Error('no'); }")],
  ['a helper of Python that raises', 'a.py', shell,
    flask('check(q)\nos.system("ping " + q)', 'def check(h):\n    if h is None or len(h) > 80:\n        raise ValueError(h)'),
    flask('check(q)\nos.system("ping " + q)', 'def check(h):\n    if not known(h):\n        raise ValueError(h)')],
  ['middleware of the route', 'a.ts', shell,
    "import { exec } from 'node:child_process';\nimport express from 'express';\nconst app = express();\nfunction check(req, res, next) { if (!req.body.q) return res.sendStatus(400); next(); }\napp.post('/', check, (req, res) => { exec('ping ' + req.body.q); });\n",
    "import { exec } from 'node:child_process';\nimport express from 'express';\nconst app = express();\nfunction check(req, res, next) { if (!/^[a-z]+$/.test(req.body.q)) return res.sendStatus(400); next(); }\napp.post('/', check, (req, res) => { exec('ping ' + req.body.q); });\n"],
  ['middleware of the application that goes on either way', 'a.ts', shell,
    "import { exec } from 'node:child_process';\nimport express from 'express';\nconst app = express();\napp.use((req, res, next) => { if (!/^[a-z]+$/.test(req.body.q)) res.status(400); next(); });\napp.post('/', (req, res) => { exec('ping ' + req.body.q); });\n",
    "import { exec } from 'node:child_process';\nimport express from 'express';\nconst app = express();\napp.use((req, res, next) => { if (!/^[a-z]+$/.test(req.body.q)) return res.sendStatus(400); next(); });\napp.post('/', (req, res) => { exec('ping ' + req.body.q); });\n"],
  ['middleware of Koa', 'a.ts', shell,
    "import { exec } from 'node:child_process';\nimport Koa from 'koa';\nconst app = new Koa();\napp.use(async (ctx, next) => { if (!ctx.query.q) ctx.throw(400); await next(); });\napp.use(async (ctx) => { exec('ping ' + ctx.query.q); });\n",
    "import { exec } from 'node:child_process';\nimport Koa from 'koa';\nconst app = new Koa();\napp.use(async (ctx, next) => { if (!/^[a-z]+$/.test(ctx.query.q)) ctx.throw(400); await next(); });\napp.use(async (ctx) => { exec('ping ' + ctx.query.q); });\n"],
  ['hooks of Fastify', 'a.ts', shell,
    "import { exec } from 'node:child_process';\nimport Fastify from 'fastify';\nconst app = Fastify();\napp.get('/', { preHandler: async (req, reply) => { if (!req.query.q) return reply.code(400).send(); } }, async (req) => { exec('ping ' + req.query.q); });\n",
    "import { exec } from 'node:child_process';\nimport Fastify from 'fastify';\nconst app = Fastify();\napp.get('/', { preHandler: async (req, reply) => { if (!/^[a-z]+$/.test(req.query.q)) return reply.code(400).send(); } }, async (req) => { exec('ping ' + req.query.q); });\n"],
  ['what Flask runs before', 'a.py', shell,
    'import os\nfrom flask import Flask, abort, request\napp = Flask(__name__)\n@app.before_request\ndef check():\n    if not request.args.get("q"): abort(400)\n@app.get("/")\ndef run():\n    os.system("ping " + request.args.get("q"))\n',
    'import os\nimport re\nfrom flask import Flask, abort, request\napp = Flask(__name__)\n@app.before_request\ndef check():\n    if not re.fullmatch("[a-z]+", request.args.get("q")): abort(400)\n@app.get("/")\ndef run():\n    os.system("ping " + request.args.get("q"))\n'],
  ['the range of an address', 'a.ts', url,
    express("const { address } = await dns.lookup(new URL(q).hostname);\nif (!net.isIP(address)) return;\nawait fetch(q);", "import dns from 'node:dns/promises';\nimport net from 'node:net';"),
    express("const { address } = await dns.lookup(new URL(q).hostname);\nif (ipaddr.parse(address).range() !== 'unicast') return;\nawait fetch(q);", "import dns from 'node:dns/promises';\nimport ipaddr from 'ipaddr.js';")],
  ['a loop that is left early', 'a.py', shell,
    flask('for a in known:\n    if a == 1:\n        break\nelse:\n    return "no"\nos.system("ping " + q)', 'known = [1, 2]'),
    flask('for a in known:\n    if q == a:\n        break\nelse:\n    return "no"\nos.system("ping " + q)', 'known = ["a", "b"]')],
  ['a class of fixed values', 'a.py', shell,
    flask('try:\n    Kind(q)\nexcept ValueError:\n    pass\nos.system("ping " + q)', 'from enum import Enum\nclass Kind(Enum):\n    a = "a"'),
    flask('try:\n    Kind(q)\nexcept ValueError:\n    return "no"\nos.system("ping " + q)', 'from enum import Enum\nclass Kind(Enum):\n    a = "a"')],
  ['letters that are taken from a text', 'a.py', shell, flask('if set(q) - set(request.form["r"]):\n    return "no"\nos.system("ping " + q)'), flask('if set(q) - set("abc"):\n    return "no"\nos.system("ping " + q)')],
  ['a decorator of the program', 'a.py', shell,
    'import functools, os\nfrom flask import Flask, abort\napp = Flask(__name__)\ndef valid(f):\n    @functools.wraps(f)\n    def inner(name):\n        if not name: abort(400)\n        return f(name)\n    return inner\n@app.get("/<name>")\n@valid\ndef show(name):\n    os.system("ping " + name)\n',
    'import functools, os, re\nfrom flask import Flask, abort\napp = Flask(__name__)\ndef valid(f):\n    @functools.wraps(f)\n    def inner(name):\n        if not re.fullmatch("[a-z]+", name): abort(400)\n        return f(name)\n    return inner\n@app.get("/<name>")\n@valid\ndef show(name):\n    os.system("ping " + name)\n'],
  ['a cast whose failure is passed over', 'a.py', shell, flask('try:\n    int(q)\nexcept ValueError:\n    pass\nos.system("ping " + q)'), flask('try:\n    int(q)\nexcept ValueError:\n    return "no"\nos.system("ping " + q)')],
  ['letters that are looked at one by one', 'a.py', shell, flask('if all(c.isalnum() or c for c in q):\n    os.system("ping " + q)'), flask('if all(c.isalnum() or c in "-_" for c in q):\n    os.system("ping " + q)')],
  ['a schema that is asked and not read from', 'a.ts', shell,
    express("z.object({ q: z.string() }).parse(req.body);\nexec('ping ' + req.body.q);", "import { z } from 'zod';"),
    express("z.object({ q: z.enum(['a', 'b']) }).parse(req.body);\nexec('ping ' + req.body.q);", "import { z } from 'zod';")],
  ['the end of a host', 'a.ts', url, express("if (!new URL(q).hostname.endsWith('acme.com')) return;\nawait fetch(q);"), express("if (!new URL(q).hostname.endsWith('.acme.com')) return;\nawait fetch(q);")],
  ['the end of a host, by a pattern', 'a.ts', url, express('if (!/acme\\.com$/.test(new URL(q).hostname)) return;\nawait fetch(q);'), express('if (!/^[a-z]+\\.acme\\.com$/.test(new URL(q).hostname)) return;\nawait fetch(q);')],
  ['the beginning of an address, by a pattern', 'a.ts', url, express('if (!/^https:\\/\\/api.acme\\.com\\//.test(q)) return;\nawait fetch(q);'), express('if (!/^https:\\/\\/api\\.acme\\.com\\//.test(q)) return;\nawait fetch(q);')],
  ['the keys of a path that is walked', 'a.ts', ['request -> prototype'],
    express("let at: any = settings;\nfor (const key of q.split('.')) at = at[key] ??= {};\nat[req.body.last] = 1;", 'const settings = {};'),
    express("let at: any = settings;\nfor (const key of q.split('.')) { if (key === '__proto__' || key === 'constructor') return; at = at[key] ??= {}; }\nat.last = 1;", 'const settings = {};')],
  ['the keys of a path that is walked, against a list', 'a.ts', ['request -> prototype'],
    express("const at = settings[q];\nat[q] = 1;", 'const settings: any = {};'),
    express("if (['__proto__', 'constructor'].includes(q)) return;\nconst at = settings[q];\nat[q] = 1;", 'const settings: any = {};')],
  ['what a shell is fed with', 'a.py', shell,
    flask('p = subprocess.Popen(["bash"], stdin=subprocess.PIPE)\np.communicate(q.encode())', 'import subprocess'),
    flask('p = subprocess.Popen(["wc", "-l"], stdin=subprocess.PIPE)\np.communicate(q.encode())', 'import subprocess')],
  ['a word of a command that is a script', 'a.ts', shell, express('await $`bash -c ${q}`;', "import { $ } from 'zx';"), express('await $`ls -- ${q}`;', "import { $ } from 'zx';")],
  ['a host of a list of texts', 'a.py', url, flask('if urlparse(q).hostname in "acme.com":\n    requests.get(q)', 'import requests\nfrom urllib.parse import urlparse'), flask('if urlparse(q).hostname in ("acme.com",):\n    requests.get(q)', 'import requests\nfrom urllib.parse import urlparse')],
];

describe('what checks prove', () => {
  for (const [title, file, flows, bad, good] of pairs) {
    it(title, () => {
      assert.deepEqual(flowsOf(file, bad), flows);
      assert.deepEqual(flowsOf(file, good), []);
    });
  }
});
