import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { git, withFolder, write } from '../support/cli.ts';

const program = path.resolve('dist/cli.js');
const insecure = "import { exec } from 'node:child_process';\nimport express from 'express';\nconst app = express();\napp.get('/run', (req, res) => { exec(String(req.query.command)); res.end(); });\n";
const unchecked = "import requests\n\nlabels = requests.get('https://labels.example.com', verify=False)\n";

interface Answer {
  readonly text: string;
  readonly isError: boolean;
  readonly structured: Record<string, never>;
}
type Call = (name: string, input: Record<string, unknown>) => Promise<Answer>;

/** A client of the protocol's own library at the server's process, for a folder with these files. */
async function withAgent(files: Readonly<Record<string, string>>, run: (call: Call, folder: string, client: Client) => Promise<void>): Promise<void> {
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'wardline-agent-')));
  const client = new Client({ name: 'test', version: '1.0.0' });
  try {
    for (const [name, text] of Object.entries(files)) {
      fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      fs.writeFileSync(path.join(folder, name), text);
    }
    await client.connect(new StdioClientTransport({ command: process.execPath, args: [program, 'mcp', folder], cwd: os.tmpdir(), stderr: 'pipe' }));
    await run(async (name, input) => {
      const { content, isError, structuredContent } = await client.callTool({ name, arguments: input });
      const [first] = content as readonly { readonly type: string; readonly text: string }[];
      return { text: first?.text ?? '', isError: isError === true, structured: (structuredContent ?? {}) as Answer['structured'] };
    }, folder, client);
  } finally {
    await client.close();
    fs.rmSync(folder, { recursive: true, force: true });
  }
}
const findingsOf = ({ structured }: Answer): readonly { readonly id: string; readonly rule: string; readonly path: string; readonly start: { readonly line: number; readonly column: number }; readonly fix?: string; readonly cell?: number }[] => structured['findings'] as never;

describe('tools for coding agents', () => {
  it('are four, and all of them only read', () => withAgent({}, async (_call, _folder, client) => {
    const { tools } = await client.listTools();
    assert.deepEqual(tools.map((one) => one.name), ['wardline_scan', 'wardline_explain', 'wardline_fix', 'wardline_verify']);
    for (const { annotations, description, inputSchema } of tools) {
      assert.equal(annotations?.readOnlyHint, true);
      assert.ok((description ?? '').length > 100);
      assert.equal(inputSchema['additionalProperties'], false);
    }
  }));

  it('lead from a finding through its edits to what is mended', () => withAgent({ 'train.py': unchecked }, async (call, folder) => {
    const scan = await call('wardline_scan', { paths: ['train.py'] });
    const [finding] = findingsOf(scan);
    assert.equal(scan.structured['status'], 'findings');
    assert.equal(finding?.rule, 'transport/certificate-check-disabled');
    assert.deepEqual([finding?.path, finding?.start], [path.join(folder, 'train.py'), { line: 3, column: 60 }]);

    const fix = await call('wardline_fix', { path: 'train.py', finding: finding!.id });
    const [edit] = fix.structured['edits'] as unknown as readonly { readonly start: { readonly line: number; readonly column: number }; readonly end: { readonly line: number; readonly column: number }; readonly newText: string }[];
    const line = unchecked.split('\n')[edit!.start.line - 1]!;
    const mended = unchecked.replace(line, line.slice(0, edit!.start.column - 1) + edit!.newText + line.slice(edit!.end.column - 1));
    assert.equal(fs.readFileSync(path.join(folder, 'train.py'), 'utf8'), unchecked, 'the tool writes nothing');

    const before = await call('wardline_verify', { paths: ['train.py'], findings: [finding!.id] });
    assert.equal(before.structured['status'], 'remaining');
    fs.writeFileSync(path.join(folder, 'train.py'), mended);
    const after = await call('wardline_verify', { paths: ['train.py'], findings: [finding!.id] });
    assert.deepEqual([after.structured['status'], after.structured['mended']], ['mended', [finding!.id]]);
  }));

  it('do not take a suppressed finding for a mended one', () => withAgent({ 'train.py': unchecked }, async (call, folder) => {
    const [finding] = findingsOf(await call('wardline_scan', { paths: ['train.py'] }));
    fs.writeFileSync(path.join(folder, 'train.py'), unchecked.replace('labels =', '# wardline-ignore transport/certificate-check-disabled -- the agent says so\nlabels ='));
    const verified = await call('wardline_verify', { paths: ['train.py'], findings: [finding!.id] });
    assert.deepEqual([verified.structured['status'], verified.structured['silenced']], ['remaining', [finding!.id]]);
  }));

  it('analyse text that is not saved, for a file that need not be there', () => withAgent({ 'package.json': '{}' }, async (call) => {
    const scan = await call('wardline_scan', { paths: ['src/new/server.ts'], content: insecure });
    assert.ok(findingsOf(scan).some((one) => one.rule === 'input-validation/command-injection' && one.start.line === 4), scan.text);
    assert.equal((await call('wardline_scan', { paths: ['src/a.ts', 'src/b.ts'], content: insecure })).isError, true);
  }));

  it('say plainly when there is nothing, and when nothing was looked at', () => withAgent({ 'clean.ts': 'export const one = 1;\n', 'notes.bin': 'x' }, async (call) => {
    assert.equal((await call('wardline_scan', { paths: ['clean.ts'] })).text, 'No findings in 1 file.');
    const none = await call('wardline_scan', { paths: ['notes.bin'] });
    assert.equal(none.structured['status'], 'nothing-analysed');
    assert.equal((await call('wardline_verify', { paths: ['notes.bin'], findings: ['x'] })).isError, true);
  }));

  it('reach nothing outside of their folder, through links neither', () => withAgent({ 'a.ts': '' }, async (call, folder) => {
    fs.symlinkSync(os.tmpdir(), path.join(folder, 'out'));
    for (const outside of ['/etc/hosts', '../other.ts', 'out/x.ts']) {
      const answer = await call('wardline_scan', { paths: [outside] });
      assert.equal(answer.isError, true, outside);
      assert.match(answer.text, /lies outside of the folders/);
    }
    assert.match((await call('wardline_scan', { paths: ['out/x.ts'], content: insecure })).text, /lies outside/);
  }));

  it('give no secret away, in words, structure or edits', () => {
    const token = ['sk', 'proj', 'Zk3vT9qLw2Xr8nBd5Hj7Mc4Pf6Sg1Ya0', 'T3BlbkFJ', 'Ue8Wi2Ox5Qz7Vb4Nk9Lm3Jh6Gf1Dc0Sa'].join('-');
    return withAgent({ 'client.py': `from openai import OpenAI\n\nclient = OpenAI(api_key="${token}")\n` }, async (call) => {
      const scan = await call('wardline_scan', { paths: ['client.py'] });
      const [finding] = findingsOf(scan);
      assert.match(finding!.rule, /^secrets\//);
      const fix = await call('wardline_fix', { path: 'client.py', finding: finding!.id });
      assert.equal(fix.structured['status'], 'fix');
      for (const answer of [scan, fix]) assert.ok(!`${answer.text}${JSON.stringify(answer.structured)}`.includes(token.slice(10, 40)));
    });
  });

  it('place findings of notebooks in their cells', () => {
    const notebook = { cells: [{ cell_type: 'markdown', metadata: {}, source: ['# Train'] }, { cell_type: 'code', metadata: {}, execution_count: null, outputs: [], source: unchecked.split(/(?<=\n)/) }], metadata: {}, nbformat: 4, nbformat_minor: 5 };
    return withAgent({ 'train.ipynb': JSON.stringify(notebook, undefined, 1) }, async (call) => {
      const [finding] = findingsOf(await call('wardline_scan', { paths: ['.'] }));
      assert.deepEqual([finding?.cell, finding?.start.line], [1, 3]);
    });
  });

  it('respect what the team has configured', () => withAgent({ 'train.py': unchecked, '.wardline/config.yaml': 'rules:\n  transport/certificate-check-disabled: off\n' }, async (call) => {
    assert.equal((await call('wardline_scan', { paths: ['train.py'] })).structured['status'], 'clean');
  }));

  it('answer what they cannot do with what to do next', () => withAgent({ 'train.py': unchecked }, async (call) => {
    assert.match((await call('wardline_explain', { rule: 'iam/wildcard-actions' })).text, /Did you mean iam\/wildcard-action\?/);
    assert.match((await call('wardline_explain', { rule: 'iam/wildcard-action' })).text, /## Why/);
    assert.match((await call('wardline_fix', { path: 'train.py', finding: 'gone' })).text, /Scan the file again/);
    assert.match((await call('wardline_scan', { paths: ['missing.py'] })).text, /does not exist/);
    assert.match((await call('wardline_scan', { paths: ['train.py'], limit: 'all' })).text, /limit/);
  }));
});

describe('the hook of coding agents', () => {
  const payload = (folder: string, file: string, more: Record<string, unknown> = {}): string => JSON.stringify({ hook_event_name: 'PostToolUse', tool_name: 'Write', cwd: folder, tool_input: { file_path: path.join(folder, file), content: '' }, ...more });
  const hook = (folder: string, input: string, ...args: string[]) => spawnSync(process.execPath, [program, 'hook', ...args], { cwd: folder, input, encoding: 'utf8' });

  it('speaks of the lines that differ from the last commit only', () => withFolder({ 'old.py': unchecked }, (folder) => {
    git(folder, 'init', '-q');
    git(folder, 'add', '.');
    git(folder, 'commit', '-q', '-m', 'first');
    assert.deepEqual([hook(folder, payload(folder, 'old.py')).stdout, hook(folder, payload(folder, 'old.py')).status], ['', 0]);
    write(folder, 'old.py', `${unchecked}more = requests.get('https://more.example.com', verify=False)\n`);
    const { stdout, status } = hook(folder, payload(folder, 'old.py'));
    const answer = JSON.parse(stdout) as { decision: string; reason: string; hookSpecificOutput: { hookEventName: string; additionalContext: string } };
    assert.deepEqual([status, answer.decision, answer.hookSpecificOutput.hookEventName, answer.hookSpecificOutput.additionalContext], [0, 'block', 'PostToolUse', answer.reason]);
    assert.match(answer.reason, /old\.py:4:/);
    assert.doesNotMatch(answer.reason, /old\.py:3:/);
  }));

  it('does not let a suppression of the same edit pass', () => withFolder({ 'a.py': 'import requests\n' }, (folder) => {
    git(folder, 'init', '-q');
    git(folder, 'add', '.');
    git(folder, 'commit', '-q', '-m', 'first');
    write(folder, 'a.py', unchecked.replace('labels =', '# wardline-ignore transport/certificate-check-disabled -- the agent says so\nlabels ='));
    assert.match(hook(folder, payload(folder, 'a.py')).stdout, /certificate-check-disabled/);
  }));

  it('takes all lines of a file that git does not know, and the names that other tools use', () => withFolder({ 'a.py': unchecked, 'b.py': unchecked }, (folder) => {
    const { stdout } = hook(folder, payload(folder, 'a.py', { tool_input: { replacements: [{ filePath: path.join(folder, 'a.py') }, { filePath: 'b.py' }] } }));
    for (const name of ['a.py', 'b.py']) assert.ok(stdout.includes(`${name}:3:`), stdout);
    assert.equal(hook(folder, payload(folder, 'a.py'), '--fail-on', 'critical').stdout, '');
  }));

  it('says nothing of files elsewhere, deleted or of no kind that is read', () => withFolder({ 'a.bin': 'x' }, (folder) => {
    for (const file of ['/etc/hosts', '../x.py', 'gone.py', 'a.bin', '']) assert.deepEqual(pick(hook(folder, payload(folder, file, { tool_input: { file_path: file } }))), ['', '', 0], file);
    assert.deepEqual(pick(hook(folder, JSON.stringify({ hook_event_name: 'PostToolUse', tool_name: 'Bash', tool_input: { command: 'ls' } }))), ['', '', 0]);
  }));
  const pick = ({ stdout, stderr, status }: ReturnType<typeof hook>) => [stdout, stderr, status];

  it('never ends with the status that stops an agent', () => withFolder({ 'a.py': unchecked }, (folder) => {
    for (const [input, ...args] of [['no json'], ['[]'], [''], [payload(folder, 'a.py'), '--fail-on', 'worst'], [payload(folder, 'a.py'), '--what']] as const) {
      const { status, stdout, stderr } = hook(folder, input, ...args);
      assert.deepEqual([status, stdout], [1, '']);
      assert.match(stderr, /^wardline: /);
    }
  }));
});
