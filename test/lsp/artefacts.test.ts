import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { createInspector } from '../../server/host/node/artefacts.ts';
import { createInspectionWorker } from '../../server/host/node/inspection-worker.ts';
import type { ArtefactReport } from '../../server/artefact/report.ts';
import type { ArtefactView } from '../../server/lsp/protocol.ts';
import { bytes, callPickle, gzip, op, plainPickle, safetensors, statePickle, zip } from '../support/artefacts.ts';
import { wardline } from '../support/cli.ts';
import { startProcess, type TestClient } from '../support/lsp-client.ts';

/** Large enough that the editor does not wait for it. */
const padding = bytes(op.proto(4), op.data(Buffer.alloc(400_000)), op.pop);
const harmful = bytes(padding, callPickle(4).subarray(11));
const harmless = bytes(padding, plainPickle.subarray(2));

async function withFolder(files: Readonly<Record<string, Uint8Array>>, run: (folder: string) => Promise<void>): Promise<void> {
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'wardline-artefacts-')));
  try {
    for (const [name, data] of Object.entries(files)) fs.writeFileSync(path.join(folder, name), data);
    await run(folder);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

async function withServer(folder: string, run: (client: TestClient) => Promise<void>): Promise<void> {
  const client = await startProcess(process.execPath, ['dist/server.js', '--stdio'], { folder: pathToFileURL(folder).href, pull: false });
  try {
    await run(client);
  } finally {
    await client.stop();
  }
}

const change = (client: TestClient, uri: string): Promise<void> => client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri, type: 2 }] });

describe('model artefacts in the editor', () => {
  it('reports a load when the model has been looked into, and takes it back when the file is replaced', () => withFolder({ 'forest.joblib': harmful }, (folder) => withServer(folder, async (client) => {
    const uri = pathToFileURL(path.join(folder, 'score.py')).href;
    const model = path.join(folder, 'forest.joblib');
    await client.open(uri, 'python', 'import joblib\nmodel = joblib.load("forest.joblib")\n');
    const { diagnostics } = await client.published((params) => params.uri === uri && params.diagnostics.some((one) => one.code === 'model-supply-chain/loads-dangerous-artefact'));
    assert.match(String(diagnostics.find((one) => one.code === 'model-supply-chain/loads-dangerous-artefact')?.message), /loads forest\.joblib, which calls posix\./);
    fs.writeFileSync(model, harmless);
    await change(client, pathToFileURL(model).href);
    await client.published((params) => params.uri === uri && params.diagnostics.every((one) => one.code !== 'model-supply-chain/loads-dangerous-artefact'));
    fs.writeFileSync(model, bytes(harmful, Buffer.alloc(1)));
    await change(client, pathToFileURL(model).href);
    await client.published((params) => params.uri === uri && params.diagnostics.some((one) => one.code === 'model-supply-chain/loads-dangerous-artefact'));
  })));

  it('shows what a model file holds, its tensors and its digest, and sums it up where code names it', () => withFolder({ 'w.safetensors': safetensors({ __metadata__: { format: 'pt' }, 'layer.weight': { dtype: 'F32', shape: [2, 3], data_offsets: [0, 24] } }, Buffer.alloc(24)), 'm.pkl': harmful, 'state.pt': zip([{ name: 'archive/data.pkl', data: statePickle }, { name: 'archive/version', data: bytes('3') }]) }, (folder) => withServer(folder, async (client) => {
    const uri = (name: string): string => pathToFileURL(path.join(folder, name)).href;
    const view = (name: string) => client.connection.sendRequest<ArtefactView | null>('wardline/artefact', { uri: uri(name) });
    const weights = await view('w.safetensors');
    assert.deepEqual([weights?.verdict, weights?.tensors, weights?.listed, weights?.metadata], ['safe', 1, [{ name: 'layer.weight', dtype: 'F32', shape: [2, 3] }], [{ key: 'format', value: 'pt' }]]);
    const bad = await view('m.pkl');
    assert.equal(bad?.verdict, 'dangerous');
    assert.deepEqual(bad?.globals.map((one) => one.verdict), ['dangerous']);
    const state = await view('state.pt');
    assert.deepEqual([state?.listed, state?.globals.every((one) => one.verdict === 'safe')], [[{ name: 'weight', dtype: 'F32', shape: [4], member: 'archive/data.pkl' }], true]);
    assert.equal(await view('none.pkl'), null);
    assert.equal(await client.connection.sendRequest('wardline/artefactDigest', { uri: uri('m.pkl') }), createHash('sha256').update(harmful).digest('hex'));
    await client.open(uri('use.py'), 'python', 'weights = load("w.safetensors")\n');
    const shown = await client.connection.sendRequest<{ contents: { value: string } } | null>('textDocument/hover', { textDocument: { uri: uri('use.py') }, position: { line: 0, character: 20 } });
    assert.match(shown?.contents.value ?? '', /^\*\*w\\\.safetensors\*\* · safe\n\nsafetensors · \d+ bytes · 1 tensor$/);
  })));

  it('waits for models in a scan of the workspace, and reports them and the lines that load them', () => withFolder({ 'a.py': bytes('import joblib\nmodel = joblib.load("z.joblib")\n'), 'z.joblib': harmful }, (folder) => withServer(folder, async (client) => {
    const { findings } = await client.connection.sendRequest<{ findings: number }>('wardline/scanWorkspace', {});
    assert.ok(findings >= 2, `${findings} findings`);
    const known = await client.connection.sendRequest<{ items: { ruleId: string }[] }>('wardline/findings');
    assert.deepEqual(known.items.map((one) => one.ruleId).filter((one) => /artefact/.test(one)).sort(), ['model-supply-chain/dangerous-artefact', 'model-supply-chain/loads-dangerous-artefact']);
  })));

  it('reports at its entry in the lock a model that has changed or is gone, and a lock that is none', () => withFolder({ 'a.pkl': plainPickle, 'b.pkl': plainPickle, 'c.pkl': plainPickle, 'd.pkl': plainPickle }, async (folder) => {
    assert.equal(wardline(folder, 'models', 'lock').status, 0);
    fs.writeFileSync(path.join(folder, 'b.pkl'), statePickle);
    fs.rmSync(path.join(folder, 'c.pkl'));
    const page = `<html>${'not found '.repeat(40_000)}</html>`;
    fs.writeFileSync(path.join(folder, 'd.pkl'), page);
    const lock = path.join(folder, '.wardline/models.lock');
    const uri = pathToFileURL(lock).href;
    await withServer(folder, async (client) => {
      const text = fs.readFileSync(lock, 'utf8');
      await client.open(uri, 'json', text);
      const { diagnostics } = await client.published((params) => params.uri === uri && params.diagnostics.length >= 3);
      const lines = text.split('\n');
      const marked = diagnostics.map((one) => [one.code, one.severity, lines[one.range.start.line]!.slice(one.range.start.character, one.range.end.character), String(one.message)]).sort();
      assert.deepEqual(marked, [['models/drift', 1, '"b.pkl"', `b.pkl is not what .wardline/models.lock holds: ${statePickle.length} bytes in place of ${plainPickle.length}.`], ['models/drift', 2, '"c.pkl"', 'c.pkl is locked and not there.'], ['models/drift', 1, '"d.pkl"', `d.pkl is not what .wardline/models.lock holds: ${page.length} bytes in place of ${plainPickle.length}.`]].sort());
      await client.open(uri.replace(/models\.lock$/, 'sub/.wardline/models.lock'), 'json', '{"models": 3}');
      const { diagnostics: broken } = await client.published((params) => params.uri.includes('/sub/') && params.diagnostics.length > 0);
      assert.match(String(broken[0]!.message), /^This is no lock of models/);
    });
  }));

  it('does not wait for what takes long, keeps the last report meanwhile, and looks again after a change', () => withFolder({ 'm.pkl': harmful, 'small.pkl': callPickle(2), 'packed.pkl.gz': gzip(bytes(harmful, Buffer.from(Array.from({ length: 20_000 }, (_, at) => (at * 7919) & 255)))) }, async (folder) => {
    const asked: { file: string; done: (report: ArtefactReport | undefined) => void }[] = [];
    const inspected: string[] = [];
    const inspector = createInspector({ apart: (file, _, done) => void asked.push({ file: path.basename(file), done }), inspected: (file) => void inspected.push(path.basename(file)) });
    const file = path.join(folder, 'm.pkl');
    assert.equal(inspector.inspect(path.join(folder, 'small.pkl'))?.verdict, 'dangerous');
    assert.equal(inspector.inspect(file), undefined);
    assert.equal(inspector.inspect(file), undefined, 'it is asked for once');
    assert.deepEqual(asked.map((one) => one.file), ['m.pkl']);
    const report: ArtefactReport = { name: 'm.pkl', formats: ['pickle'], size: 1, verdict: 'safe', issues: [], globals: [], members: [], listed: [], metadata: [], notes: [] };
    asked[0]!.done(report);
    await inspector.settled();
    assert.deepEqual(inspected, ['m.pkl']);
    assert.equal(inspector.inspect(file), report);
    fs.writeFileSync(file, harmless);
    assert.equal(inspector.inspect(file), report);
    assert.equal(asked.length, 2);
  }));

  it('looks into files on a thread of its own, and goes on after one that cannot be read', () => withFolder({ 'm.pkl': harmful }, async (folder) => {
    const inspect = createInspectionWorker(path.resolve('dist/inspect.js'));
    assert.ok(inspect);
    const report = (name: string): Promise<ArtefactReport | undefined> => new Promise((resolve) => inspect(path.join(folder, name), [], resolve));
    const [gone, found] = await Promise.all([report('gone.pkl'), report('m.pkl')]);
    assert.match(gone?.notes.join() ?? '', /ENOENT/);
    assert.equal(found?.verdict, 'dangerous');
    assert.equal(createInspectionWorker(path.join(folder, 'none.js')), undefined);
  }));

  it('notes a file that cannot be read', () => withFolder({}, async (folder) => {
    fs.symlinkSync('loop.pkl', path.join(folder, 'loop.pkl'));
    const notes: string[] = [];
    assert.equal(createInspector({ unreadable: (_, reason) => void notes.push(reason) }).inspect(path.join(folder, 'loop.pkl')), undefined);
    assert.deepEqual(notes, ['could not be read (ELOOP)']);
  }));
});
