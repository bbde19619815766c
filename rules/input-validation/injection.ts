import type { CodeContext, Rule } from '../../server/rule/rule.ts';
import { isGraphQL, option, type CodeFlow, type Label } from '../../server/rule/code.ts';
import { inProject } from '../../server/rule/paths.ts';
import { flowRule, ofBucket } from '../_flows.ts';
import { express, flask, marked } from '../_samples.ts';

const peer: readonly Label[] = ['request', 'message', 'browser', 'mail'];
const peerOrUser: readonly Label[] = [...peer, 'cli'];
const bind = 'The value has to be bound as a parameter, which each driver spells its own way.';
const allow = 'What may be reached has to be listed first.';
const child = (name: string): readonly string[] => [`import { ${name} } from 'node:child_process';`];
/** All of a request, and not a field of it. */
const wholeBody = /(?:^|\.)(?:body|query)$/;
const pg = ["import { Pool } from 'pg';", 'const pool = new Pool();'];

function withoutShell(flow: CodeFlow): boolean {
  const { call } = flow;
  if (!call || !/^(?:subprocess\.(?!getoutput|getstatusoutput)|asyncio\.create_subprocess_exec|child_process\.(?:spawn|execFile|fork)|execa$|execa\.execa|cross-spawn|Bun\.spawn)/.test(call.name ?? '')) return false;
  const shell = option(call, 'shell')?.value.constant;
  return shell === undefined || shell === false;
}

/** Whether the function reads objects out of texts: `find(json.loads(request.args["filter"]))`. */
function readsObject({ call }: CodeFlow, context: CodeContext): boolean {
  const fn = call?.within.at(-1);
  return fn !== undefined && /\bloads\(|\bliteral_eval\(|\bsafe_load\(/.test(context.document.text.slice(fn.start, fn.end));
}

/** What stands in an address, a form, a header or a cookie is a text wherever it is taken out by its name. */
const textByName = /^(?:(?:flask\.)?request\.(?:args|form|values|headers|cookies|GET|POST|COOKIES|META|query|query_params|path_params|match_info|params|matchdict)|event\.(?:pathParameters|queryStringParameters|headers))\.\w/;

const sqlalchemy = ['from sqlalchemy import column, create_engine, text', 'from sqlalchemy.orm import Session', 'session = Session(create_engine("sqlite://"))'];

export default [
  flowRule({
    id: 'input-validation/command-injection', title: 'Untrusted data in a shell command', severity: 'high', from: peerOrUser, to: ['shell'], problem: 'becomes part of a command that {sink} runs',
    what: 'Follows data of requests, messages and command lines into shells and process calls.', why: 'Whoever sends the data runs any program with the rights of this one.', references: ['CWE-78', 'SI-10'],
    noFix: 'Program and arguments have to be separated, or the value compared with a list of allowed ones.',
    // Who types the arguments of a program may start programs anyway; what counts is that a shell reads them anew.
    when: (flow, context) => flow.label !== 'cli' || (!/(?:^|\/)(?:scripts?|tools?|bin|ci|build|docs)\//.test(inProject(context.document.path)) && !withoutShell(flow)),
    examples: [
      { file: 'app.ts', bad: express(['exec(«`ping -c 1 ${req.query.host}`», (_error, out) => res.send(out));'], child('exec')), good: express(["if (!['gateway', 'printer'].includes(String(req.query.host))) return res.sendStatus(404);", 'exec(`ping -c 1 ${req.query.host}`, (_error, out) => res.json(out));'], child('exec')) },
      { file: 'run.py', bad: marked('import subprocess\nimport sys\nsubprocess.run(«f"convert {sys.argv[1]}"», shell=True)\n'), good: 'import shlex\nimport subprocess\nimport sys\nsubprocess.run(shlex.split(" ".join(sys.argv[1:])))\n' },
      { file: 'app.py', bad: flask(['host = request.args["host"]', 'return subprocess.check_output(«f"ping -c 1 {host}"», shell=True)'], ['import subprocess']), good: flask(['host = shlex.quote(request.args["host"])', 'return subprocess.check_output(f"ping -c 1 {host}", shell=True)'], ['import shlex', 'import subprocess']) },
    ],
  }),
  flowRule({
    id: 'input-validation/code-injection', title: 'Untrusted data that is run as code', severity: 'critical', from: peerOrUser, to: ['code'], problem: 'is run as code by {sink}',
    what: 'Follows untrusted data into eval, Function, vm, exec, and expression languages that reach the host.', why: 'Whoever sends the data takes over the process.', references: ['CWE-95', 'CWE-94', 'SI-10'],
    noFix: 'What is to be computed has to be parsed, or chosen from a list.',
    // Whoever starts a program says where its settings lie.
    when: (flow) => flow.label !== 'cli' || !/^config\.(?:dict|file)Config$/.test(flow.sinkName),
    examples: [
      { file: 'app.ts', bad: express(['res.json(eval(«req.body.formula»));']), good: express(['res.json(Number(req.body.left) + Number(req.body.right));']) },
      { file: 'app.py', bad: flask(['return {"value": eval(«request.json["formula"]»)}']), good: flask(['return {"value": ast.literal_eval(request.json["formula"])}'], ['import ast']) },
    ],
  }),
  flowRule({
    id: 'input-validation/sql-injection', title: 'Untrusted data in an SQL statement', severity: 'high', from: peerOrUser, to: ['sql'], problem: 'becomes part of an SQL statement ({sink})', said: (flow) => (isGraphQL(flow.value) ? 'becomes part of a GraphQL query ({sink})' : undefined),
    what: 'Follows untrusted data into the text of SQL statements and GraphQL queries. Bound parameters and variables are fine.', why: 'Whoever sends the data reads, changes or deletes what the database holds.', references: ['CWE-89', 'SI-10'], noFix: bind,
    examples: [
      { file: 'app.ts', bad: express(["res.json(await pool.query(«`SELECT id FROM orders WHERE owner = '${req.query.owner}'`»));"], pg), good: express(["res.json(await pool.query('SELECT id FROM orders WHERE owner = $1', [req.query.owner]));"], pg) },
      { file: 'users.ts', bad: express(['const query = `{ user(id: "${req.params.id}") { name } }`;', "await fetch('https://api.acme.io/graphql', { method: 'POST', body: JSON.stringify({ query: «query» }) });", 'res.end();']), good: express(["const query = 'query($id: ID!) { user(id: $id) { name } }';", "await fetch('https://api.acme.io/graphql', { method: 'POST', body: JSON.stringify({ query, variables: { id: req.params.id } }) });", 'res.end();']) },
      {
        file: 'items.py', title: 'A statement that is made first, and parameters with names of their own',
        bad: flask(['name = request.args["name"]', 'found = text(«f"SELECT id FROM items WHERE name = \'{name}\'"»).columns(column("id"))', 'return list(session.execute(found, {"k": 60}))'], sqlalchemy),
        good: flask(['found = text("SELECT id FROM items WHERE name = :query").columns(column("id"))', 'return list(session.execute(found, {"query": request.args["name"]}))'], sqlalchemy),
      },
      { file: 'app.py', bad: flask(['name = request.args["name"]', 'return list(db.execute(«"SELECT id FROM users WHERE name = \'" + name + "\'"»))'], ['import sqlite3', 'db = sqlite3.connect("users.db")']), good: flask(['return list(db.execute("SELECT id FROM users WHERE name = ?", (request.args["name"],)))'], ['import sqlite3', 'db = sqlite3.connect("users.db")']) },
    ],
  }),
  flowRule({
    id: 'input-validation/nosql-injection', title: 'Untrusted object in a database query', severity: 'medium', from: peer, to: ['nosql'], problem: 'reaches {sink} as it was sent, an object with operators included',
    what: 'Follows request data that may be an object, and not only a text, into queries of MongoDB and Mongoose.', why: 'A peer that sends `{"$ne": null}` instead of a text matches every document, a token or password check included.', references: ['CWE-943', 'SI-10'],
    when: (flow, context) => !textByName.test(flow.taint.what) || readsObject(flow, context),
    noFix: 'The type has to be checked or the value converted to text before it is compared.',
    examples: [
      { file: 'app.ts', bad: express(['res.json(await users.findOne({ token: «req.body.token» }));'].map((line) => line.replace('«req.body.token»', 'req.body.token').replace('findOne({ token: req.body.token })', 'findOne(«{ token: req.body.token }»)')), ["import { MongoClient } from 'mongodb';", "const users = new MongoClient(process.env.MONGO_URL!).db('app').collection('users');"]), good: express(['res.json(await users.findOne({ token: String(req.body.token) }));'], ["import { MongoClient } from 'mongodb';", "const users = new MongoClient(process.env.MONGO_URL!).db('app').collection('users');"]) },
      {
        file: 'get.py', title: 'a function that is called for addresses',
        bad: marked('import json\nfrom pymongo import MongoClient\nitems = MongoClient().shop.items\n\ndef handler(event, context):\n    asked = json.loads(event["body"])\n    return items.find_one(«{"_id": asked["id"]}»)\n'),
        good: 'from pymongo import MongoClient\nitems = MongoClient().shop.items\n\ndef handler(event, context):\n    return items.find_one({"_id": event["pathParameters"]["id"]})\n',
      },
    ],
  }),
  flowRule({
    id: 'input-validation/path-traversal', title: 'Untrusted data in a file path', severity: 'high', from: peer, to: ['path'], problem: 'decides on a file ({sink})', said: ofBucket, rated: (flow) => (ofBucket(flow) || flow.taint.weak ? 'medium' : undefined),
    what: 'Follows untrusted data into paths of files that are read, written, sent or deleted, and into archives that are unpacked.', why: 'A value such as `../../etc/passwd` leaves the folder that was meant.', references: ['CWE-22', 'SI-10'],
    noFix: 'The path has to be resolved and compared with the folder, or its last name taken alone.',
    examples: [
      { file: 'app.ts', bad: express(['res.json(readFileSync(«join(\'/srv/reports\', String(req.query.name))»));'], ["import { readFileSync } from 'node:fs';", "import { join } from 'node:path';"]), good: express(['res.json(readFileSync(join(\'/srv/reports\', basename(String(req.query.name)))));'], ["import { readFileSync } from 'node:fs';", "import { basename, join } from 'node:path';"]) },
      { file: 'app.py', bad: flask(['return open(«"/srv/reports/" + request.args["name"]»).read()']), good: flask(['name = secure_filename(request.args["name"])', 'return open("/srv/reports/" + name).read()'], ['from werkzeug.utils import secure_filename']) },
      { file: 'docs.py', title: 'the model checks the folder', good: marked('from pathlib import Path\nfrom fastapi import FastAPI\nfrom pydantic import BaseModel, field_validator\nBASE = Path("/srv/docs").resolve()\napp = FastAPI()\nclass Wanted(BaseModel):\n    name: str\n    @field_validator("name")\n    @classmethod\n    def inside(cls, value):\n        if not (BASE / value).resolve().is_relative_to(BASE):\n            raise ValueError("outside")\n        return value\n@app.post("/read")\ndef read(wanted: Wanted):\n    return (BASE / wanted.name).read_text()\n') },
      { file: 'upload.py', bad: flask(['«tarfile.open(fileobj=request.files["pack"].stream).extractall("/srv/up")»', 'return "ok"'], ['import tarfile']), good: flask(['tarfile.open(fileobj=request.files["pack"].stream).extractall("/srv/up", filter="data")', 'return "ok"'], ['import tarfile']) },
    ],
  }),
  flowRule({
    id: 'input-validation/server-side-request', title: 'Untrusted data in the address of a request', severity: 'high', from: peer, to: ['url'], problem: 'decides where {sink} connects to',
    what: 'Follows untrusted data into the host of requests that the server makes. Data behind a fixed host is fine.', why: 'The server reaches what the peer cannot: cloud metadata with credentials, internal services, local ports.', references: ['CWE-918', 'SI-10', 'SC-7'], noFix: allow,
    // CloudFormation names where a custom resource is to answer.
    when: (flow) => flow.label !== 'browser' && !/(?:^|\.)ResponseURL$|\[['"]ResponseURL['"]\]$/.test(flow.taint.what),
    examples: [
      { file: 'app.ts', bad: express(['const page = await fetch(«String(req.body.url)»);', 'res.json(await page.json());']), good: express(['const url = new URL(String(req.body.url));', "if (url.hostname !== 'cdn.example.com') return res.sendStatus(400);", 'const page = await fetch(url);', 'res.json(page.status);']) },
      { file: 'check.py', title: 'the address is looked at', good: flask(['url = request.args["url"]', 'address = ipaddress.ip_address(socket.gethostbyname(urlparse(url).hostname))', 'if address.is_private:', '    return "no", 400', 'return requests.get(url, timeout=5).text'], ['import ipaddress', 'import requests', 'import socket', 'from urllib.parse import urlparse']) },
      { file: 'app.py', bad: flask(['return requests.get(«request.json["url"]», timeout=5).text'], ['import requests']), good: flask(['return requests.get("https://cdn.example.com/" + request.json["path"], timeout=5).text'], ['import requests']) },
    ],
  }),
  flowRule({
    id: 'input-validation/open-redirect', title: 'Redirect to an untrusted address', severity: 'medium', from: peer, to: ['redirect'], problem: 'decides where {sink} leads',
    what: 'Follows untrusted data into redirects and location changes.', why: 'A link to a trusted site leads to another one that asks for the password, or runs a `javascript:` address.', references: ['CWE-601', 'SI-10'], noFix: allow,
    // The origin of the request's own address is the site itself.
    // Back to the page where the user was: who links here is where they came from.
    when: (flow, context) => !/\breferr?er$/i.test(flow.taint.what) && !/^[\w.]+\.origin$|^(?:(?:window|document|self)\.)?location(?:\.href)?$/.test(context.document.text.slice(flow.at.range.start, flow.at.range.end)),
    examples: [{ file: 'app.ts', bad: express(['res.redirect(«String(req.query.next)»);']), good: express(["const next = String(req.query.next);", "res.redirect(['/', '/orders'].includes(next) ? next : '/');"]) }, {
      file: 'views.py', bad: marked('from django.http import HttpResponseRedirect\n\ndef post(request):\n    return HttpResponseRedirect(«request.POST["next"]»)\n'),
      good: 'from django.http import HttpResponseRedirect\nfrom django.urls import reverse\n\ndef post(request):\n    return HttpResponseRedirect(reverse("order", args=[request.POST["order"]]))\n',
    }],
  }),
  flowRule({
    id: 'input-validation/cross-site-scripting', title: 'Untrusted data in HTML', severity: 'high', from: [...peer, 'web', 'store'], to: ['html'], problem: 'becomes HTML through {sink}',
    what: 'Follows untrusted data into markup: `innerHTML`, `dangerouslySetInnerHTML`, responses sent as HTML, `Markup` and `mark_safe`.', why: 'A script in the data runs in the browser of another user, with that user’s session.', references: ['CWE-79', 'SI-10'],
    noFix: 'The value has to be escaped, or shown as text.',
    when: (flow) => flow.label === 'store' ? !flow.taint.weak : flow.label !== 'web' || /innerHTML|outerHTML|dangerouslySetInnerHTML|insertAdjacentHTML|write|v-html|@html|set:html/.test(flow.sinkName),
    examples: [
      { file: 'app.ts', bad: express(['res.send(«`<h1>Hello ${req.query.name}</h1>`»);']), good: express(['res.send(`<h1>Hello ${escapeHtml(String(req.query.name))}</h1>`);'], ["import escapeHtml from 'escape-html';"]) },
      { file: 'api.py', bad: marked('from fastapi import FastAPI\nfrom fastapi.responses import HTMLResponse\napp = FastAPI()\n\n@app.get("/find", response_class=HTMLResponse)\ndef find(q: str):\n    return «f"<p>{q}</p>"»\n'), good: 'import html\nfrom fastapi import FastAPI\nfrom fastapi.responses import HTMLResponse\napp = FastAPI()\n\n@app.get("/find", response_class=HTMLResponse)\ndef find(q: str):\n    return f"<p>{html.escape(q)}</p>"\n' },
      { file: 'page.astro', bad: marked(['---', "const term = Astro.url.searchParams.get('q');", '---', '<h1 set:html={«term»} />', ''].join('\n')), good: marked(['---', "const term = Astro.url.searchParams.get('q');", '---', '<h1>{term}</h1>', ''].join('\n')) },
      { file: '+page.svelte', bad: marked(['<script>', "  import { page } from '$app/state';", '</script>', '', "{@html «page.url.searchParams.get('q')»}", ''].join('\n')), good: marked(['<script>', "  import { page } from '$app/state';", '</script>', '', "{page.url.searchParams.get('q')}", ''].join('\n')) },
      { file: 'page.ts', bad: "const term = new URLSearchParams(window.location.search).get('q');\ndocument.querySelector('#term')!.innerHTML = `<b>${term}</b>`;\n".replace('= `<b>${term}</b>`', '= `<b>${term}</b>`').split('\n').flatMap((line) => (line.includes('innerHTML') ? [line, ' '.repeat(line.indexOf('`')) + '^'.repeat('`<b>${term}</b>`'.length)] : [line])).join('\n'), good: "const term = new URLSearchParams(window.location.search).get('q');\ndocument.querySelector('#term')!.textContent = term;\n" },
    ],
  }),
  flowRule({
    id: 'input-validation/unsafe-deserialization', title: 'Untrusted data that is deserialised into objects', severity: 'high', from: peerOrUser, to: ['deserialize'], problem: 'is turned into objects by {sink}, which runs code that the data names',
    what: 'Follows untrusted data into pickle, unsafe YAML loaders, node-serialize and the like.', why: 'Such formats name functions to call while they are read; the sender takes over the process.', references: ['CWE-502', 'SI-10'],
    noFix: 'The format has to be changed, JSON with a schema for one.',
    when: (flow) => flow.label !== 'cli',
    examples: [{ file: 'signed.py', title: 'the data is signed', good: flask(['signature = hmac.new(os.environ["KEY"].encode(), request.data, hashlib.sha256).hexdigest()', 'if not hmac.compare_digest(signature, request.headers["X-Signature"]):', '    return "no", 400', 'return str(pickle.loads(request.data))'], ['import hashlib', 'import hmac', 'import os', 'import pickle']) }, { file: 'app.py', bad: flask(['return str(pickle.loads(«request.data»))'], ['import pickle']), good: flask(['return json.loads(request.data)'], ['import json']) }],
  }),
  flowRule({
    id: 'input-validation/template-injection', title: 'Untrusted template', severity: 'high', from: peer, to: ['template'], problem: 'is compiled as a template by {sink}', said: (flow) => (/(?:^|\.)render(?:File)?$/.test(flow.sinkName) && wholeBody.test(flow.taint.what) ? 'becomes the options of {sink}, with names that the peer chose' : undefined),
    what: 'Follows untrusted data into the source of templates, and all that a peer sent into what a template is rendered with, where engines such as EJS also look for options. Values that are filled into a fixed template one by one are fine.', why: 'Template languages reach the objects of the process; the sender runs code.', references: ['CWE-1336', 'CWE-94', 'SI-10'],
    noFix: 'The template has to be fixed and the data handed over as values.',
    examples: [{ file: 'app.py', bad: flask(['return render_template_string(«request.form["page"]»)'], ['from flask import render_template_string']), good: flask(['return render_template_string("<p>{{ name }}</p>", name=request.form["name"])'], ['from flask import render_template_string']) },
      { file: 'app.ts', bad: express(["res.render('page', «req.body»);"]), good: express(["res.render('page', { name: req.body.name });"]) }],
  }),
  flowRule({
    id: 'input-validation/xml-external-entities', title: 'Untrusted XML read by a parser that may follow entities', severity: 'medium', from: peer, to: ['xml'], problem: 'is parsed by {sink}, which may expand entities',
    what: 'Follows untrusted data into XML parsers that resolve entities or expand them without limit.', why: 'An entity reads files of the server, calls internal addresses, or fills its memory.', references: ['CWE-611', 'CWE-400', 'SI-10'],
    noFix: 'A hardened parser such as defusedxml has to be installed.',
    // libxmljs follows entities only where it is told to.
    when: (flow) => (/^libxmljs2?\./.test(flow.call?.name ?? '') ? ['noent', 'replaceEntities', 'dtdload', 'huge'].some((one) => option(flow.call!, one)?.value.constant === true) : true) && (!flow.call || !flow.call.args.some((one) => (one.name === 'resolve_entities' && one.value.constant === false) || one.value.call?.args.some((each) => each.name === 'resolve_entities' && each.value.constant === false) || one.value.fields?.get('noent')?.constant === false)),
    examples: [{ file: 'app.py', bad: flask(['return etree.fromstring(«request.data»).tag'], ['from lxml import etree']), good: flask(['return ElementTree.fromstring(request.data).tag'], ['from defusedxml import ElementTree']) }],
  }),
  flowRule({
    id: 'input-validation/untrusted-regular-expression', title: 'Untrusted regular expression', severity: 'medium', from: peer, to: ['regex'], problem: 'is compiled as a regular expression by {sink}',
    what: 'Follows untrusted data into the pattern of regular expressions.', why: 'A pattern can take minutes on a short text; a few requests stop the server.', references: ['CWE-1333', 'CWE-400', 'SI-10'],
    noFix: 'The text has to be escaped or an engine without backtracking used, which has to be installed.',
    when: (flow) => flow.label !== 'browser',
    examples: [{ file: 'app.ts', bad: express(['res.json(new RegExp(«String(req.query.pattern)»).test(\'log\'));']), good: express(["res.json('log'.includes(String(req.query.word)));"]) }],
  }),
  flowRule({
    id: 'input-validation/prototype-pollution', title: 'Untrusted keys written to an object', severity: 'medium', from: [...peer, 'web'], to: ['prototype'], problem: 'decides on the keys that are written ({sink})',
    what: 'Follows untrusted objects into deep merges and untrusted names into nested assignments.', why: 'A key such as `__proto__` changes every object of the process; checks of permissions then pass.', references: ['CWE-1321', 'SI-10'],
    noFix: 'The keys that may be written have to be listed.',
    when: (flow) => flow.label !== 'web' && (flow.sinkName !== 'Object.assign' || /__proto__|merge/.test(flow.sinkName)),
    examples: [{ file: 'app.ts', bad: express(['merge(settings, «req.body»);', 'res.sendStatus(204);'], ["import { merge } from 'lodash';", 'const settings = {};']), good: express(['const overrides = new Map();', "overrides.set('mail', req.body);", 'res.sendStatus(204);']) }],
  }),
  flowRule({
    id: 'input-validation/xpath-injection', title: 'Untrusted data in an XPath expression', severity: 'medium', from: peer, to: ['xpath'], problem: 'becomes part of an XPath expression ({sink})',
    what: 'Follows untrusted data into the text of XPath expressions.', why: 'Whoever sends the data changes what is selected: a login that compares a name and a password then matches the first user.', references: ['CWE-643', 'SI-10'],
    noFix: 'The value has to be handed over as a variable of the expression, where the library knows such.',
    examples: [{ file: 'app.py', bad: flask(['tree = etree.parse("users.xml")', 'return str(tree.xpath(«f"//user[name=\'{request.args[\'name\']}\']"»))'], ['from lxml import etree']), good: flask(['tree = etree.parse("users.xml")', 'return str(tree.xpath("//user[name=$name]", name=request.args["name"]))'], ['from lxml import etree']) }],
  }),
  flowRule({
    id: 'input-validation/ldap-injection', title: 'Untrusted data in an LDAP filter', severity: 'high', from: peer, to: ['ldap'], problem: 'becomes part of a directory query ({sink})',
    what: 'Follows untrusted data into LDAP filters.', why: 'A filter such as `*)(uid=*` matches every account.', references: ['CWE-74', 'SI-10'], noFix: 'The value has to be escaped by the library’s own function, or the filter built from objects.',
    examples: [{ file: 'app.ts', bad: express(["client.search('ou=people', { filter: «`(uid=${req.query.uid})`» }, () => undefined);"], ["import ldap from 'ldapjs';", "const client = ldap.createClient({ url: 'ldaps://directory' });"]), good: express(["client.search('ou=people', { filter: new ldap.EqualityFilter({ attribute: 'uid', value: String(req.query.uid) }) }, () => undefined);"], ["import ldap from 'ldapjs';", "const client = ldap.createClient({ url: 'ldaps://directory' });"]) }],
  }),
  flowRule({
    id: 'input-validation/untrusted-module', title: 'Untrusted name of a module to load', severity: 'high', from: peer, to: ['module'], problem: 'decides which module {sink} loads',
    what: 'Follows untrusted data into `import()`, `require`, `importlib` and native libraries.', why: 'Loading a module runs it.', references: ['CWE-829', 'SI-10'], noFix: allow,
    examples: [{ file: 'app.py', bad: flask(['return importlib.import_module(«request.args["plugin"]»).NAME'], ['import importlib']), good: flask(['name = {"csv": "plugins.csv", "xml": "plugins.xml"}[request.args["plugin"]]', 'return importlib.import_module(name).NAME'], ['import importlib']) }],
  }),
  flowRule({
    id: 'input-validation/untrusted-dispatch', title: 'Untrusted name of a method to call', severity: 'medium', from: peer, to: ['dispatch'], problem: 'decides which attribute {sink} takes',
    what: 'Follows untrusted data into `getattr` and the like.', why: 'Every method and attribute of the object can be reached, those for internal use included.', references: ['CWE-74', 'SI-10'], noFix: allow,
    examples: [{ file: 'app.py', bad: flask(['return str(getattr(service, «request.args["action"]»)())'], ['from shop import service']), good: flask(['action = request.args["action"]', 'if action not in ("start", "stop"):', '    return "unknown", 404', 'return str(getattr(service, action)())'], ['from shop import service']) },
      { file: 'app.ts', bad: express(['res.json(await actions[«req.body.action»](req.body));'], ["import * as actions from './actions';"]), good: express(["const offered = { search: actions.search };", "if (!Object.hasOwn(offered, req.body.action)) return res.sendStatus(404);", 'res.json(await offered[req.body.action as "search"](req.body));'], ["import * as actions from './actions';"]) }],
  }),
  flowRule({
    id: 'input-validation/header-injection', title: 'Untrusted data in a response header', severity: 'low', from: peer, to: ['header'], problem: 'becomes part of a response header ({sink})',
    what: 'Follows untrusted data into response headers.', why: 'A line break starts a new header or a second response; a `Location` header leads elsewhere.', references: ['CWE-74', 'SI-10'], noFix: 'What may stand in the header has to be decided.',
    when: (flow) => /#sendmail$/.test(flow.call?.name ?? '') || /location|refresh|link/i.test(String(flow.call?.args[0]?.value.constant ?? '')) || flow.value.fields?.has('Location') === true || flow.value.fields?.has('location') === true,
    examples: [{ file: 'app.ts', bad: express(['res.writeHead(302, «{ Location: `${req.query.to}` }»);', 'res.end();']), good: express(["res.writeHead(302, { Location: '/orders' });", 'res.end();']) }],
  }),
] satisfies readonly Rule[];
