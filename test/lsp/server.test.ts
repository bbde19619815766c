import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { CancellationTokenSource, CodeActionRequest, CodeLensRequest, CompletionRequest, CodeActionResolveRequest, DidOpenNotebookDocumentNotification, DocumentDiagnosticRequest, HoverRequest, type ResponseError, NotebookCellKind, PublishDiagnosticsNotification, type CodeAction, type WorkspaceEdit } from 'vscode-languageserver/node';
import { rules } from '../../rules/index.ts';
import { openaiKey } from '../../rules/secrets/_samples.ts';
import * as protocol from '../../server/lsp/protocol.ts';
import { brokenRule, flawRule } from '../support/sample-rules.ts';
import { startInProcess, startProcess, type TestClient } from '../support/lsp-client.ts';

const uri = 'file:///workspace/a.ts';

async function withClient(run: (client: TestClient) => Promise<void>, ...args: Parameters<typeof startInProcess>): Promise<void> {
  const client = await startInProcess(args[0], { rules: [flawRule, brokenRule], ...args[1] });
  try {
    await run(client);
  } finally {
    await client.stop();
  }
}

async function actionsAt(client: TestClient, at: string, line: number, only?: string[]): Promise<readonly CodeAction[]> {
  const range = { start: { line, character: 0 }, end: { line, character: 80 } };
  const diagnostics = (await client.pull(at)).filter((one) => one.range.start.line === line);
  return (await client.connection.sendRequest(CodeActionRequest.type, { textDocument: { uri: at }, range, context: { diagnostics, ...(only ? { only } : {}) } }) ?? []) as CodeAction[];
}

describe('language server', () => {
  it('declares pull diagnostics, incremental sync, notebooks, fixes with resolve and hover', () => withClient(async ({ initialized: { capabilities } }) => {
    assert.deepEqual(capabilities.diagnosticProvider, { identifier: 'wardline', interFileDependencies: true, workspaceDiagnostics: false });
    assert.equal((capabilities.textDocumentSync as { change: number }).change, 2);
    assert.deepEqual(capabilities.codeActionProvider, { codeActionKinds: ['quickfix', 'source.fixAll.wardline', 'notebook.source.fixAll.wardline'], resolveProvider: true });
    assert.equal(capabilities.hoverProvider, true);
    assert.ok(capabilities.notebookDocumentSync);
  }));

  it('answers a pull with the findings of the text as it is after incremental changes', () => withClient(async (client) => {
    await client.open(uri, 'typescript', 'const a = 1;\n// flaw\n');
    const [first] = await client.pull(uri);
    assert.deepEqual(first?.range, { start: { line: 1, character: 3 }, end: { line: 1, character: 7 } });
    assert.equal(first?.source, 'wardline');
    assert.equal(first?.code, 'dependencies/flaw');
    assert.equal(first?.severity, 1);
    await client.change(uri, 2, [{ range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, text: '\n' }]);
    assert.equal((await client.pull(uri))[0]?.range.start.line, 2);
    await client.change(uri, 3, [{ range: { start: { line: 2, character: 3 }, end: { line: 2, character: 7 } }, text: 'fine' }]);
    assert.deepEqual(await client.pull(uri), []);
  }));

  it('says on hover what a wildcard of a policy stands for, and offers the actions that the code calls', () => withClient(async (client) => {
    const at = 'file:///workspace/main.tf';
    await client.open(at, 'terraform', 'data "aws_iam_policy_document" "a" {\n  statement {\n    actions   = ["s3:Get*", "s3:*"]\n    resources = ["arn:aws:s3:::b/*"]\n  }\n}\n');
    const hover = async (character: number): Promise<string> => ((await client.connection.sendRequest(HoverRequest.type, { textDocument: { uri: at }, position: { line: 2, character } }))?.contents as { value: string } | undefined)?.value ?? '';
    assert.match(await hover(20), /^`s3:Get\*` = \*\*\d+ actions\*\*/);
    assert.match(await hover(30), /`s3:\*` = .*change permissions.*write.*Policy that allows all actions of a service/s);
    assert.equal(await hover(6), '');
    const [first] = (await actionsAt(client, at, 2)).filter((one) => one.title.includes('in place of s3:*'));
    const { edit } = await client.connection.sendRequest(CodeActionResolveRequest.type, first!);
    assert.deepEqual((edit?.documentChanges ?? []).flatMap((one) => ('edits' in one ? one.edits.map((each) => 'newText' in each && each.newText) : [])), ['"s3:PutObject"']);
  }, { 'app.js': "const { S3Client, PutObjectCommand } = require('@aws-sdk/client-s3');\nnew S3Client({}).send(new PutObjectCommand({}));\n" }, { rules }));

  it('gives the fixes of one finding with their edits, and none of what is gone', () => withClient(async (client) => {
    const at = 'file:///workspace/main.tf';
    await client.open(at, 'terraform', 'resource "aws_db_instance" "a" {\n  publicly_accessible = true\n}\n');
    await client.pull(at);
    const { items } = await client.connection.sendRequest<protocol.FindingsResult>(protocol.findingsRequest);
    const { fingerprint } = items.find((one) => one.ruleId === 'network/public-database')!;
    const [fix] = await client.connection.sendRequest<readonly protocol.OfferedFix[]>(protocol.fixesRequest, { uri: at, fingerprint });
    assert.deepEqual((fix!.edit as WorkspaceEdit).documentChanges?.flatMap((one) => ('edits' in one ? one.edits.map((each) => 'newText' in each && each.newText) : [])), ['false']);
    assert.deepEqual(await client.connection.sendRequest(protocol.fixesRequest, { uri: at, fingerprint: 'none' }), []);
  }, {}, { rules }));

  it('lists every rule, those that found something first', () => withClient(async (client) => {
    const before = await client.connection.sendRequest<readonly protocol.RuleItem[]>(protocol.rulesRequest);
    assert.deepEqual(before.map((one) => [one.ruleId, one.findings]), [['dependencies/broken', 0], ['dependencies/flaw', 0]]);
    await client.open(uri, 'typescript', '// flaw flaw\n');
    await client.pull(uri);
    const [first] = await client.connection.sendRequest<readonly protocol.RuleItem[]>(protocol.rulesRequest);
    assert.deepEqual(first, { ruleId: 'dependencies/flaw', title: 'Flaw', severity: 'high', findings: 2 });
  }));

  it('reports on itself without a word of what it analysed', () => withClient(async (client) => {
    const at = 'file:///workspace/private-name.ts';
    await client.open(at, 'typescript', 'const privateValue = 1;\n// flaw\n// broken\n');
    await client.pull(at);
    const report = await client.connection.sendRequest<string>(protocol.diagnosticReportRequest);
    assert.match(report, /^- Server: 0\.0\.0-test on a test$/m);
    assert.match(report, /1 folder, 1 files known, not scanned: typescript 1$/m);
    assert.match(report, /^- Findings: 1 open, 0 suppressed, 0 in the baseline$/m);
    assert.match(report, /^- Slowest documents: typescript of 4 lines \d+ ms$/m);
    assert.match(report, /^- Rules that failed: [\w/-]+: Error at .+$/m);
    for (const word of ['private', 'workspace/', 'file:', process.cwd()]) assert.ok(!report.includes(word), `${word} in ${report}`);
  }));

  it('wants to be asked again when the editor drops a question for a newer one', () => withClient(async (client) => {
    await client.open(uri, 'typescript', '// flaw\n');
    await client.change(uri, 2, [{ text: '// flaw flaw\n' }]);
    const source = new CancellationTokenSource();
    const asked = client.connection.sendRequest(DocumentDiagnosticRequest.type, { textDocument: { uri } }, source.token);
    source.cancel();
    await assert.rejects(asked, (error: ResponseError<{ retriggerRequest: boolean }>) => error.data?.retriggerRequest === true);
    assert.equal((await client.pull(uri)).length, 2);
  }));

  it('pushes diagnostics with the version when the client cannot pull', () => withClient(async (client) => {
    await client.open(uri, 'typescript', '// flaw\n');
    const first = await client.published((params) => params.version === 1);
    assert.equal(first.diagnostics.length, 1);
    await client.change(uri, 2, [{ text: '// fine\n' }]);
    const second = await client.published((params) => params.version === 2);
    assert.deepEqual(second.diagnostics, []);
  }, {}, { pull: false }));

  const unlimited = 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: api\nspec:\n  containers:\n    - name: api # ${1} of it\n      image: api@sha256:0\n';
  const limited = async (client: TestClient): Promise<unknown> => {
    const pod = 'file:///workspace/pod.yaml';
    await client.open(pod, 'yaml', unlimited);
    const [fix] = (await actionsAt(client, pod, 6)).filter((one) => one.title === 'Set resources.limits.memory to 1Gi');
    const [change] = (await client.connection.sendRequest(CodeActionResolveRequest.type, fix!)).edit?.documentChanges ?? [];
    return change && 'edits' in change ? change.edits : undefined;
  };

  it('leaves a tab stop, indented as editors do, where only the user knows a value', () => withClient(async (client) => {
    const at = { line: 6, character: 28 };
    assert.deepEqual(await limited(client), [{ range: { start: at, end: at }, snippet: { kind: 'snippet', value: '\n  resources:\n    limits:\n      memory: ${1:1Gi}' } }]);
  }, {}, { snippets: true, rules }));

  it('writes what parses into editors that know no tab stops', () => withClient(async (client) => {
    const at = { line: 6, character: 28 };
    assert.deepEqual(await limited(client), [{ range: { start: at, end: at }, newText: '\n      resources:\n        limits:\n          memory: 1Gi' }]);
  }, {}, { rules }));

  it('offers a preferred fix whose edit carries the document version, and fix-all', () => withClient(async (client) => {
    await client.open(uri, 'typescript', '// flaw flaw\n');
    const actions = await actionsAt(client, uri, 0);
    const preferred = actions.filter((one) => one.isPreferred);
    assert.deepEqual(preferred.map((one) => one.title), ['Replace "flaw" with "good"', 'Replace "flaw" with "good"']);
    const resolved = await client.connection.sendRequest(CodeActionResolveRequest.type, preferred[0]!);
    assert.deepEqual(resolved.edit?.documentChanges, [{ textDocument: { uri, version: 1 }, edits: [{ range: { start: { line: 0, character: 3 }, end: { line: 0, character: 7 } }, newText: 'good' }] }]);
    assert.deepEqual(actions.filter((one) => !one.isPreferred).map((one) => one.title), [
      'Fix all dependencies/flaw problems', 'Fix all auto-fixable Wardline problems', 'Suppress dependencies/flaw on this line…', 'Suppress dependencies/flaw in this file…', 'Add to baseline',
      'Show documentation for dependencies/flaw',
    ]);
    const [all] = await actionsAt(client, uri, 0, ['source.fixAll']);
    assert.equal(all?.kind, 'source.fixAll.wardline');
    const edit = (await client.connection.sendRequest(CodeActionResolveRequest.type, all!)).edit?.documentChanges?.[0];
    assert.equal(edit && 'edits' in edit && edit.edits.length, 2);
  }));

  it('shows a fix that must not be made here with the reason, in the menu and in the hover', () => withClient(async (client) => {
    const python = 'file:///workspace/a.py';
    await client.open(python, 'python', `KEY = b"${openaiKey()}"\n`);
    const disabled = (await actionsAt(client, python, 0)).filter((one) => one.disabled);
    assert.deepEqual(disabled.map((one) => [one.title, one.disabled?.reason, one.edit, one.isPreferred]), [['Read it from OPENAI_API_KEY in the environment', 'The environment holds text, and these are bytes.', undefined, undefined]]);
    const shown = await client.connection.sendRequest(HoverRequest.type, { textDocument: { uri: python }, position: { line: 0, character: 12 } });
    assert.match((shown?.contents as { value: string }).value, /Not fixed by itself here: The environment holds text/);
  }, {}, { rules }));

  it('explains a finding on its range and nowhere else', () => withClient(async (client) => {
    await client.open(uri, 'typescript', '// flaw\n');
    const at = (character: number) => client.connection.sendRequest(HoverRequest.type, { textDocument: { uri }, position: { line: 0, character } });
    const shown = await at(4);
    assert.match((shown?.contents as { value: string }).value, /\*\*Flaw\*\* · high/);
    assert.equal(await at(0), null);
  }));

  it('goes on when a rule throws', () => withClient(async (client) => {
    await client.open(uri, 'typescript', '// flaw\n');
    for (let version = 2; version < 8; version++) {
      await client.change(uri, version, [{ text: `// flaw ${version}\n` }]);
      assert.equal((await client.pull(uri)).length, 1);
    }
  }));

  it('shows as many findings as the settings allow, and says how many more there are', () => withClient(async (client) => {
    await client.open(uri, 'typescript', '// flaw flaw flaw\n');
    assert.deepEqual((await client.pull(uri)).map((one) => one.message), ['The word "flaw" at 3.', '2 more findings in this file are not shown (wardline.maxProblems is 1).']);
  }, {}, { settings: { maxProblems: 1 } }));

  it('scans the workspace, publishes files that are not open, and lists all findings', () => withClient(async (client) => {
    const summary = await client.connection.sendRequest<protocol.ScanResultSummary>(protocol.scanWorkspaceRequest, {});
    assert.deepEqual({ ...summary, notes: [] }, { files: 3, findings: 2, notes: [], cancelled: false });
    const published = await client.published((params) => params.uri.endsWith('b%20%23%40%25.ts'));
    assert.equal(published.diagnostics.length, 1);
    const known = await client.connection.sendRequest<protocol.FindingsResult>(protocol.findingsRequest);
    assert.deepEqual(known.items.map((one) => [one.uri, one.ruleId]), [
      ['file:///workspace/b%20%23%40%25.ts', 'dependencies/flaw'], ['file:///workspace/%C3%BC/c.py', 'dependencies/flaw'],
    ].sort((a, b) => (decodeURIComponent(a[0]!) < decodeURIComponent(b[0]!) ? -1 : 1)));
    assert.equal(known.scanned, true);
  }, { 'a.ts': 'fine', 'b #@%.ts': 'flaw', 'ü/c.py': '# flaw' }));

  it('shows what a scan finds while it goes on', () => withClient(async (client) => {
    const seen: string[] = [];
    client.connection.onNotification(protocol.changedNotification, () => void seen.push('changed'));
    client.connection.onNotification(PublishDiagnosticsNotification.type, ({ uri: file }) => void seen.push(file.slice(file.lastIndexOf('/') + 1)));
    await client.connection.sendRequest(protocol.scanWorkspaceRequest, {});
    assert.deepEqual(seen.slice(0, 5), ['a.ts', 'changed', 'changed', 'c.ts', 'changed']);
    const { scanned, scanning } = await client.connection.sendRequest<protocol.FindingsResult>(protocol.findingsRequest);
    assert.deepEqual({ scanned, scanning }, { scanned: true, scanning: false });
  }, { 'a.ts': '// flaw', 'b.ts': 'fine', 'c.ts': '// flaw' }, { partEvery: 0 }));

  it('fixes all known files at once, each change to be confirmed, closed notebooks as files', () => withClient(async (client) => {
    await client.connection.sendRequest(protocol.scanWorkspaceRequest, {});
    assert.deepEqual(await client.connection.sendRequest(protocol.fixableRulesRequest), [{ ruleId: 'dependencies/flaw', title: 'Flaw', count: 3, safe: true }]);
    const edit = await client.connection.sendRequest<WorkspaceEdit>(protocol.fixWorkspaceRequest, { rules: ['dependencies/flaw'] });
    assert.deepEqual(edit.changeAnnotations, { 'dependencies/flaw': { label: 'Flaw', description: 'dependencies/flaw', needsConfirmation: true } });
    const edits = (edit.documentChanges ?? []).flatMap((one) => ('edits' in one ? one.edits.map((each) => [one.textDocument.uri, 'annotationId' in each && each.annotationId, 'newText' in each && each.newText]) : []));
    assert.deepEqual(edits, [
      ['file:///workspace/a.ts', 'dependencies/flaw', 'good'], ['file:///workspace/a.ts', 'dependencies/flaw', 'good'], ['file:///workspace/n.ipynb', 'dependencies/flaw', '# good'],
    ]);
    assert.equal(await client.connection.sendRequest(protocol.fixWorkspaceRequest, { rules: ['dependencies/none'] }), null);
  }, { 'a.ts': '// flaw flaw', 'b.ts': 'fine', 'n.ipynb': JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells: [{ cell_type: 'code', execution_count: null, metadata: {}, outputs: [], source: ['# flaw'] }] }) }));

  it('suppresses a finding with a reason, and the finding goes', () => withClient(async (client) => {
    await client.open(uri, 'typescript', 'const a = 1;\n// flaw\n');
    const [found] = await client.pull(uri);
    const { fingerprint } = found!.data as { fingerprint: string };
    const edit = await client.connection.sendRequest<WorkspaceEdit>(protocol.suppressRequest, { uri, fingerprint, scope: 'line', reason: 'a sample', until: '2999-01-31' });
    const [change] = edit.documentChanges ?? [];
    assert.ok(change && 'edits' in change && change.textDocument.version === 1);
    const [comment] = change.edits;
    assert.ok(comment && 'newText' in comment);
    assert.match(comment.newText, /wardline-ignore dependencies\/flaw -- a sample until 2999-01-31/);
    await client.change(uri, 2, [{ range: comment.range, text: comment.newText }]);
    assert.deepEqual((await client.pull(uri)).filter((one) => one.code === 'dependencies/flaw'), []);
    assert.equal(await client.connection.sendRequest(protocol.suppressRequest, { uri, fingerprint: 'none', scope: 'line', reason: 'a sample' }), null);
  }));

  it('checks and completes the configuration, and applies it to open files as it is typed', () => withClient(async (client) => {
    const config = 'file:///workspace/.wardline/config.yaml';
    await client.open(uri, 'typescript', '// flaw\n');
    assert.equal((await client.pull(uri)).length, 1);
    await client.open(config, 'yaml', 'rules:\n  dependencies/flaw: off\n');
    assert.deepEqual(await client.pull(uri), []);
    await client.change(config, 2, [{ range: { start: { line: 2, character: 0 }, end: { line: 2, character: 0 } }, text: 'overides: 1\n' }]);
    assert.deepEqual(await client.pull(uri), [], 'a broken file keeps the last good state');
    const [wrong] = await client.pull(config);
    assert.match(String(wrong!.message), /overides.*overrides/);
    const items = await client.connection.sendRequest(CompletionRequest.type, { textDocument: { uri: config }, position: { line: 1, character: 4 } });
    const labels = (Array.isArray(items) ? items : items?.items ?? []).map((one) => one.label);
    assert.ok(labels.includes('dependencies/flaw'), labels.slice(0, 5).join(', '));
    assert.match(await client.connection.sendRequest<string>(protocol.explainConfigurationRequest, { uri }), /dependencies\/flaw/);
  }));

  it('says of an open file that it is too large to be analysed, until the limit is raised', () => withClient(async (client) => {
    const config = 'file:///workspace/.wardline/config.yaml';
    await client.open(config, 'yaml', 'limits: { fileSize: 1000 }\n');
    await client.open(uri, 'typescript', `// flaw\n${'ü'.repeat(600)}\n`);
    assert.deepEqual((await client.pull(uri)).map((one) => [one.code, one.severity, one.message]), [['limits/file-size', 3, 'This file is not analysed: too large (1209 bytes, limits.fileSize is 1000).']]);
    await client.change(config, 2, [{ text: 'limits: { fileSize: 2000 }\n' }]);
    assert.deepEqual((await client.pull(uri)).map((one) => one.code), ['dependencies/flaw']);
  }));

  it('counts the findings of a rule of the team above its definition, and shows them', () => withClient(async (client) => {
    const file = 'file:///workspace/.wardline/rules/own.yaml';
    const rule = (pattern: string): string => `rules:\n  - id: dependencies/own\n    kind: text\n    message: x\n    text: { pattern: ${pattern} }\n`;
    const lenses = async () => ((await client.connection.sendRequest(CodeLensRequest.type, { textDocument: { uri: file } })) ?? []).map((one) => [one.range.start.line, one.command?.title]);
    await client.open(file, 'yaml', rule('bad'));
    assert.deepEqual(await lenses(), [[1, 'Run on workspace']]);
    const { places, files } = await client.connection.sendRequest<protocol.RunRuleResult>(protocol.runRuleRequest, { ruleId: 'dependencies/own' });
    assert.deepEqual([files, places.map((one) => [one.uri, one.range.start])], [2, [['file:///workspace/a.ts', { line: 0, character: 11 }]]]);
    assert.deepEqual(await lenses(), [[1, 'Run on workspace (1 finding)']]);
    const again = client.lensesRefreshed();
    await client.change(file, 2, [{ text: rule('b') }]);
    await again;
    assert.deepEqual(await lenses(), [[1, 'Run on workspace (2 findings)']]);
  }, { 'a.ts': "const a = 'bad';\n", 'b.ts': "const b = 'b';\n" }));

  it('keeps a moved secret in .env and .gitignore, to be confirmed, and then says what is left to do', () => withClient(async (client) => {
    await client.open(uri, 'typescript', `const k = { apiKey: '${openaiKey()}' };\n`);
    const action = (await actionsAt(client, uri, 0)).find((one) => one.title.endsWith('keep its value in .env'));
    assert.ok(action && !action.isPreferred);
    assert.ok(!JSON.stringify(action).includes(openaiKey()), 'the value is not in the menu');
    const { edit } = await client.connection.sendRequest(CodeActionResolveRequest.type, action);
    const created = (edit?.documentChanges ?? []).flatMap((one) => ('kind' in one && one.kind === 'create' ? [[one.uri, one.annotationId]] : []));
    assert.deepEqual(created, [['file:///workspace/.env', 'other-file']]);
    const changed = (edit?.documentChanges ?? []).flatMap((one) => ('edits' in one ? one.edits.map((each) => [one.textDocument.uri, 'newText' in each && each.newText, 'annotationId' in each]) : []));
    assert.deepEqual(changed, [
      ['file:///workspace/.env', `OPENAI_API_KEY=${openaiKey()}\n`, true], ['file:///workspace/a.ts', 'process.env.OPENAI_API_KEY', false], ['file:///workspace/.gitignore', '.env\n', true],
    ]);
    assert.deepEqual(edit?.changeAnnotations?.['other-file']?.needsConfirmation, true);
    const told = client.told();
    await client.change(uri, 2, [{ text: 'const k = { apiKey: process.env.OPENAI_API_KEY };\n' }]);
    await client.pull(uri);
    const { message, actions = [] } = await told;
    assert.match(message, /^The OpenAI .* may be in the repository's history\. Revoke it/);
    assert.deepEqual(actions.map((one) => one.title), ['Open platform.openai.com']);
  }, { '.env.example': 'PORT=\n', '.gitignore': 'dist\n' }, { rules }));

  it('gives each notebook cell its own findings', () => withClient(async (client) => {
    const notebook = 'file:///workspace/n.ipynb';
    const cell = (name: string): string => `vscode-notebook-cell:/workspace/n.ipynb#${name}`;
    await client.connection.sendNotification(DidOpenNotebookDocumentNotification.type, {
      notebookDocument: { uri: notebook, notebookType: 'jupyter-notebook', version: 1, cells: [{ kind: NotebookCellKind.Code, document: cell('a') }, { kind: NotebookCellKind.Code, document: cell('b') }] },
      cellTextDocuments: [{ uri: cell('a'), languageId: 'python', version: 1, text: 'x = 1' }, { uri: cell('b'), languageId: 'python', version: 1, text: 'y = 2\n# flaw' }],
    });
    assert.deepEqual(await client.pull(cell('a')), []);
    const [found] = await client.pull(cell('b'));
    assert.deepEqual(found?.range, { start: { line: 1, character: 2 }, end: { line: 1, character: 6 } });
    const [fix] = await actionsAt(client, cell('b'), 1);
    const resolved = await client.connection.sendRequest(CodeActionResolveRequest.type, fix!);
    assert.deepEqual(resolved.edit?.documentChanges?.map((one) => ('textDocument' in one ? one.textDocument.uri : '')), [cell('b')]);
  }));

  it('analyses untitled documents by their language', () => withClient(async (client) => {
    await client.open('untitled:Untitled-1', 'typescript', '// flaw\n');
    assert.equal((await client.pull('untitled:Untitled-1')).length, 1);
  }));

  it('follows edits of the script and of the markup of a component', () => withClient(async (client) => {
    const at = 'file:///workspace/Chat.vue';
    const text = "<script setup>\nimport { ref } from 'vue';\nconst answer = ref('');\nconst ask = async () => { answer.value = 'none'; };\n</script>\n<template>\n<p>{{ answer }}</p>\n</template>\n";
    await client.open(at, 'vue', text);
    assert.deepEqual(await client.pull(at), []);
    const where = (found: string, within: string): { start: { line: number; character: number }; end: { line: number; character: number } } => {
      const line = within.split('\n').findIndex((one) => one.includes(found));
      const character = within.split('\n')[line]!.indexOf(found);
      return { start: { line, character }, end: { line, character: character + found.length } };
    };
    await client.change(at, 2, [{ range: where("'none'", text), text: "(await (await fetch('/api/chat')).json()).text" }, { range: where('<p>{{ answer }}</p>', text), text: '<p v-html="answer" />' }]);
    const shown = (await client.pull(at)).filter((one) => one.code === 'model-output/rendered-as-html');
    assert.deepEqual(shown.map((one) => one.range), [{ start: { line: 6, character: 11 }, end: { line: 6, character: 17 } }]);
    await client.change(at, 3, [{ range: { start: { line: 6, character: 0 }, end: { line: 6, character: 0 } }, text: '\n' }]);
    assert.deepEqual((await client.pull(at)).filter((one) => one.code === 'model-output/rendered-as-html').map((one) => one.range.start.line), [7]);
    await client.change(at, 4, [{ range: { start: { line: 7, character: 3 }, end: { line: 7, character: 9 } }, text: 'v-text' }]);
    assert.deepEqual(await client.pull(at), []);
  }, {}, { rules }));

  it('answers for a document that it does not know', () => withClient(async (client) => {
    assert.deepEqual(await client.pull('file:///workspace/none.ts'), []);
  }));

  it('serves any editor over standard input and output as a process of its own', async () => {
    const client = await startProcess(process.execPath, ['dist/server.js', '--stdio']);
    await client.open(uri, 'typescript', 'const a = 1;\n');
    assert.deepEqual(await client.pull(uri), []);
    assert.equal(client.initialized.serverInfo?.name, 'Wardline');
    await client.stop();
  });

  it('judges a folder that was opened by its own folders, wherever it lies', async () => {
    const flow = "import { exec } from 'node:child_process';\nimport express from 'express';\nexpress().get('/', (req) => exec(String(req.query.name)));\n";
    const above = fs.mkdtempSync(path.join(os.tmpdir(), 'wardline-'));
    const folder = path.join(above, 'tests/app');
    fs.mkdirSync(path.join(folder, 'tests'), { recursive: true });
    for (const name of ['run.ts', 'tests/run.ts']) fs.writeFileSync(path.join(folder, name), flow);
    const client = await startProcess(process.execPath, ['dist/server.js', '--stdio'], { folder: pathToFileURL(folder).href });
    try {
      const found = async (name: string): Promise<boolean> => {
        const at = pathToFileURL(path.join(folder, name)).href;
        await client.open(at, 'typescript', flow);
        return (await client.pull(at)).some((one) => one.code === 'input-validation/command-injection');
      };
      assert.deepEqual([await found('run.ts'), await found('tests/run.ts')], [true, false]);
    } finally {
      await client.stop();
      fs.rmSync(above, { recursive: true });
    }
  });
});
