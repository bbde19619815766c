import type { Example, Rule } from '../../server/rule/rule.ts';
import { flowRule, type FlowRow } from '../_flows.ts';
import { tool, toolPython } from '../_samples.ts';

/** A flow and the words for where it ends. */
interface Row extends Omit<FlowRow, 'from' | 'what' | 'why' | 'whenNotToUse'> {
  readonly into: string;
}

const ts = (bad: readonly string[], good: readonly string[], imports: readonly string[] = []): Example => ({ file: 'tools.ts', bad: tool(bad, imports), good: tool(good, imports) });
const py = (bad: readonly string[], good: readonly string[], imports: readonly string[] = []): Example => ({ file: 'tools.py', bad: toolPython(bad, imports), good: toolPython(good, imports) });
const why = 'The arguments of a tool are a model’s answer: a document or page that the model has read can choose them.';

const rows: readonly Row[] = [
  { id: 'agent/tool-runs-command', title: 'Tool that runs commands of the model', severity: 'critical', to: ['shell'], problem: 'becomes part of a command that {sink} runs', into: 'shells and process calls', references: ['LLM06:2025', 'ASI05', 'CWE-78', 'AML.T0053'], noFix: 'A list of commands, a sandbox or a person’s consent has to be put in between.', examples: [ts(['return execSync(«`grep ${text} /var/log/app.log`»).toString();'], ["return execFileSync('grep', ['-F', '-e', text, '/var/log/app.log']).toString();"], ["import { execFileSync, execSync } from 'node:child_process';"]), py(['return subprocess.run(«text», shell=True, capture_output=True).stdout'], ['return subprocess.run(["grep", "-F", text, "app.log"], capture_output=True).stdout'], ['import subprocess'])] },
  { id: 'agent/tool-runs-code', title: 'Tool that runs code of the model', severity: 'critical', to: ['code'], problem: 'is run as code by {sink}', into: 'eval, exec, vm and page scripts', references: ['LLM06:2025', 'ASI05', 'CWE-95', 'AML.T0053'], noFix: 'A sandbox without network and files has to be chosen.', examples: [ts(['return String(eval(«text»));'], ['return String(Number(text) * 2);']), py(['return str(eval(«text»))'], ['return str(ast.literal_eval(text))'], ['import ast'])] },
  { id: 'agent/tool-runs-sql', title: 'Tool that runs SQL of the model', severity: 'high', to: ['sql', 'nosql'], problem: 'becomes part of a database query ({sink})', into: 'database queries', references: ['LLM06:2025', 'ASI02', 'CWE-89'], noFix: 'Values have to be bound as parameters; whole statements need a role that may only read.', examples: [ts(['return pool.query(«text»);'], ["return pool.query('SELECT 1 WHERE $1', [text]);"], ["import { Pool } from 'pg';", 'const pool = new Pool();'])] },
  { id: 'agent/tool-touches-any-file', title: 'Tool that reads or writes any file', severity: 'high', to: ['path'], problem: 'decides on a file ({sink})', into: 'paths of files', references: ['LLM06:2025', 'ASI02', 'CWE-22'], noFix: 'The path has to be resolved and compared with a folder of the tool’s own.', examples: [ts(["return readFileSync(«text», 'utf8');"], ["return readFileSync(`/srv/notes/${basename(text)}`, 'utf8');"], ["import { readFileSync } from 'node:fs';", "import { basename } from 'node:path';"]), py(['return open(«text»).read()'], ['return open("/srv/notes/" + os.path.basename(text)).read()'], ['import os'])] },
  { id: 'agent/tool-opens-any-address', title: 'Tool that opens any address', severity: 'high', to: ['url'], problem: 'decides where {sink} connects to', into: 'the host of requests', references: ['LLM06:2025', 'ASI02', 'CWE-918', 'AML.T0086'], noFix: 'The hosts that may be reached have to be listed.', examples: [ts(['return (await fetch(«text»)).text();'], ['return (await fetch(`https://docs.example.com/${text}`)).text();']), py(['return requests.get(«text»).text'], ['return requests.get("https://docs.example.com/" + text).text'], ['import requests'])] },
  { id: 'agent/tool-chooses-function', title: 'Tool that calls or loads what the model names', severity: 'high', to: ['dispatch', 'module', 'deserialize', 'template'], problem: 'decides what {sink} calls or loads', into: 'look-ups of functions and modules, and loaders that run code', references: ['LLM06:2025', 'ASI05', 'CWE-74'], noFix: 'What may be called has to be listed.', examples: [py(['return getattr(shop, «text»)()'], ['return {"list": shop.list}[text]()'], ['import shop'])] },
];

export default rows.map((row): Rule => flowRule({ ...row, from: ['tool'], why, what: `Follows the arguments of tools of agents and MCP servers into ${row.into}.`, whenNotToUse: 'When the tool runs in a sandbox made for this, with nothing worth taking in reach.' }));
