import type { Example, Rule } from '../../server/rule/rule.ts';
import { flowRule, type FlowRow } from '../_flows.ts';
import { asking, askingPython, marked } from '../_samples.ts';

/** A flow and the words for where it ends. */
interface Row extends Omit<FlowRow, 'from' | 'what' | 'confidence' | 'whenNotToUse'> {
  readonly into: string;
}

const steered = 'Whoever can write a document, a page or a message that the model reads can steer its answer.';
const ts = (bad: readonly string[], good: readonly string[], imports: readonly string[] = [], goodImports = imports): Example => ({ file: 'ask.ts', bad: asking(bad, imports), good: asking(good, goodImports) });
const py = (bad: readonly string[], good: readonly string[], imports: readonly string[] = [], goodImports = imports): Example => ({ file: 'ask.py', bad: askingPython(bad, imports), good: askingPython(good, goodImports) });

const component = (shown: string): string => marked(['<script setup>', "import { ref } from 'vue';", "const answer = ref('');", "const ask = async () => { answer.value = await (await fetch('/api/chat')).text(); };", '</script>', '', '<template>', `  ${shown}`, '</template>', ''].join('\n'));

const rows: readonly Row[] = [
  {
    id: 'model-output/run-as-command', title: 'Model answer that a shell runs', severity: 'critical', to: ['shell'], problem: 'becomes part of a command that {sink} runs', into: 'shells and process calls',
    why: `${steered} Here the answer runs any program.`, references: ['LLM05:2025', 'CWE-78', 'AML.T0050'], noFix: 'A list of commands, a sandbox or a person’s consent has to be put in between.',
    examples: [
      ts(['return execSync(«answer»);'], ["return execFileSync('git', ['log', '--grep', answer]);"], ["import { execFileSync, execSync } from 'node:child_process';"]),
      py(['return subprocess.run(«answer», shell=True)'], ['if input(f"Run {answer}? ") != "yes":', '    return None', 'return subprocess.run(shlex.split(answer))'], ['import shlex', 'import subprocess']),
    ],
  },
  {
    id: 'model-output/run-as-code', title: 'Model answer that is run as code', severity: 'critical', to: ['code'], problem: 'is run as code by {sink}', into: 'eval, exec, Function, vm, page scripts and expression languages',
    why: `${steered} Here the answer takes over the process.`, references: ['LLM05:2025', 'CWE-95', 'AML.T0050'], noFix: 'A sandbox without network and files, or a parser for the expressions that are meant, has to be chosen.',
    examples: [
      ts(['return eval(«answer»);'], ['return Number(answer);']), py(['return eval(«answer»)'], ['return ast.literal_eval(answer)'], ['import ast']),
      { file: 'plot.ipynb', bad: '# %%\nfrom openai import OpenAI\nclient = OpenAI()\ncode = client.responses.create(model="gpt-4.1", input="matplotlib code").output_text\n# %%\nexec(code)\n     ^^^^\n', good: '# %%\nfrom openai import OpenAI\nclient = OpenAI()\nkind = client.responses.create(model="gpt-4.1", input="line or bar?").output_text\n# %%\nprint(kind in ("line", "bar"))\n' },
    ],
  },
  {
    id: 'model-output/run-as-sql', title: 'Model answer in an SQL statement', severity: 'high', to: ['sql'], problem: 'becomes part of an SQL statement ({sink})', into: 'the text of SQL statements',
    why: `${steered} Here the answer reads, changes or deletes what the database holds.`, references: ['LLM05:2025', 'CWE-89'], noFix: 'Values have to be bound as parameters; whole statements need a role that may only read, and a parser.',
    examples: [
      ts(['return pool.query(«answer»);'], ["return pool.query('SELECT id FROM users WHERE name = $1', [answer]);"], ["import { Pool } from 'pg';", 'const pool = new Pool();']),
      py(['return db.execute(«f"SELECT * FROM t WHERE {answer}"»)'], ['return db.execute("SELECT * FROM t WHERE name = ?", (answer,))'], ['import sqlite3', 'db = sqlite3.connect("t.db")']),
    ],
  },
  {
    id: 'model-output/database-filter', title: 'Model answer as a database query', severity: 'high', to: ['nosql'], problem: 'decides what {sink} matches', into: 'queries of document databases',
    why: `${steered} Here the answer reads or deletes any document, or runs script in the database.`, references: ['LLM05:2025', 'CWE-943'], noFix: 'The fields and operators that are allowed have to be described in a schema.',
    examples: [ts(['return users.deleteMany(«JSON.parse(answer)»);'], ['return users.find({ name: String(answer) }).toArray();'], ["import { MongoClient } from 'mongodb';", "const users = new MongoClient('mongodb://db').db('app').collection('users');"])],
  },
  {
    id: 'model-output/rendered-as-html', title: 'Model answer that is shown as HTML', severity: 'high', to: ['html'], problem: 'becomes HTML through {sink}', rated: (flow) => (flow.sinkName === 'display.HTML' ? 'medium' : undefined), into: 'markup: `innerHTML`, `dangerouslySetInnerHTML`, responses, `Markup`, rendered Markdown',
    why: `${steered} Here a script or an image address in the answer takes data out of the user’s page.`, references: ['LLM05:2025', 'CWE-79', 'AML.T0077'], noFix: 'The answer has to be shown as text, or cleaned by a sanitizer, which has to be installed.',
    examples: [
      ts(["document.querySelector('#answer')!.innerHTML = «answer»;"], ["document.querySelector('#answer')!.textContent = answer;"]),
      py(['st.markdown(«answer», unsafe_allow_html=True)'], ['st.markdown(answer)'], ['import streamlit as st']),
      { file: 'Answer.vue', bad: component('<p v-html="«answer»" />'), good: component('<p>{{ answer }}</p>') },
    ],
  },
  {
    id: 'model-output/chooses-file', title: 'Model answer as a file path', severity: 'high', to: ['path'], problem: 'decides on a file ({sink})', into: 'paths of files and objects that are read, written or deleted',
    why: `${steered} Here the answer reads or overwrites files outside of the folder that was meant.`, references: ['LLM05:2025', 'CWE-22', 'CWE-73'], noFix: 'The path has to be resolved and compared with the folder, or its last name taken alone.',
    examples: [ts(['return readFileSync(«answer», \'utf8\');'], ["return readFileSync(`/srv/articles/${basename(answer)}`, 'utf8');"], ["import { readFileSync } from 'node:fs';", "import { basename } from 'node:path';"]), py(['os.remove(«answer»)'], ['os.remove("/tmp/" + os.path.basename(answer))'], ['import os'])],
  },
  {
    id: 'model-output/chooses-address', title: 'Model answer as the address of a request', severity: 'high', to: ['url'], problem: 'decides where {sink} connects to', into: 'the host of requests',
    why: `${steered} Here the answer reaches internal services, or carries data out in the address.`, references: ['LLM05:2025', 'CWE-918', 'AML.T0086'], noFix: 'The hosts that may be reached have to be listed.',
    examples: [ts(['return fetch(«answer»);'], ["const url = new URL(answer);", "if (url.hostname !== 'docs.example.com') return undefined;", 'return fetch(url);']), py(['return requests.get(«answer»).text'], ['return requests.get("https://docs.example.com/" + answer).text'], ['import requests'])],
  },
  {
    id: 'model-output/chooses-redirect', title: 'Model answer as a link or redirect', severity: 'medium', to: ['redirect'], problem: 'decides where {sink} leads', into: 'redirects, locations and links',
    why: `${steered} Here the user is led to another site, or a \`javascript:\` address runs.`, references: ['LLM05:2025', 'CWE-601'], noFix: 'The addresses that may be opened have to be listed.',
    examples: [ts(['window.location.href = «answer»;'], ["window.location.href = answer === 'help' ? '/help' : '/';"])],
  },
  {
    id: 'model-output/deserialized', title: 'Model answer that is deserialised into objects', severity: 'high', to: ['deserialize'], problem: 'is turned into objects by {sink}, which runs code that the answer names', into: 'unsafe YAML loaders, pickle and the like',
    why: `${steered} Here reading the answer runs the functions it names.`, references: ['LLM05:2025', 'CWE-502'], noFix: 'The format has to be changed, or its safe loader used and the result checked.',
    examples: [py(['return yaml.load(«answer», Loader=yaml.UnsafeLoader)'], ['return yaml.safe_load(answer)'], ['import yaml'])],
  },
  {
    id: 'model-output/loads-module', title: 'Model answer as the name of a module', severity: 'high', to: ['module'], problem: 'decides which module {sink} loads', into: '`import()`, `require` and `importlib`',
    why: `${steered} Here the answer loads, and so runs, any module.`, references: ['LLM05:2025', 'CWE-829'], noFix: 'The modules that may be loaded have to be listed.',
    examples: [ts(['return import(«answer»);'], ["return answer === 'csv' ? import('./csv.js') : import('./xlsx.js');"])],
  },
  {
    id: 'model-output/chooses-function', title: 'Model answer as the name of a function', severity: 'high', to: ['dispatch'], problem: 'decides which function {sink} takes', into: 'look-ups of functions by name, without a list of allowed ones',
    why: `${steered} Here the answer calls any function that the program can reach.`, references: ['LLM06:2025', 'CWE-74', 'ASI02'], noFix: 'The functions that may be called have to be listed.',
    examples: [py(['return getattr(shop, «answer»)()'], ['if answer not in ("list", "search"):', '    return None', 'return getattr(shop, answer)()'], ['import shop'])],
  },
  {
    id: 'model-output/merged-into-object', title: 'Model answer merged into an object', severity: 'medium', to: ['prototype'], problem: 'decides on the keys that are written ({sink})', into: 'merges into objects of the program',
    why: `${steered} Here the answer sets fields that nobody meant to offer, \`isAdmin\` or \`__proto__\`.`, references: ['LLM05:2025', 'CWE-915', 'CWE-1321'], noFix: 'The fields that may be set have to be described in a schema.',
    examples: [ts(['return Object.assign(session, «JSON.parse(answer)»);'], ["return { theme: answer === 'dark' ? 'dark' : 'light' };"], ["import { session } from './session';"])],
  },
  {
    id: 'model-output/template-source', title: 'Model answer compiled as a template', severity: 'high', to: ['template'], problem: 'is compiled as a template by {sink}', into: 'the source of templates',
    why: `${steered} Here the template reaches the objects of the process.`, references: ['LLM05:2025', 'CWE-1336'], noFix: 'The template has to be fixed and the answer handed over as a value.',
    examples: [py(['return jinja2.Template(«answer»).render()'], ['return jinja2.Template("{{ text }}").render(text=answer)'], ['import jinja2'])],
  },
];

export default rows.map((row): Rule => flowRule({
  ...row, from: ['model', 'remote'], confidence: 'medium', what: `Follows answers of language models into ${row.into}, across functions, files and notebook cells.`,
  whenNotToUse: 'When the model runs in a sandbox made for this, with nothing worth taking in reach.',
}));
