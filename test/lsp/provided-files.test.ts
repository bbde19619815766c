import assert from 'node:assert/strict';
import { DidChangeWatchedFilesNotification, FileChangeType, type Diagnostic } from 'vscode-languageserver/node';
import * as protocol from '../../server/lsp/protocol.ts';
import { startInProcess, type TestClient } from '../support/lsp-client.ts';

const folder = 'vscode-vfs://github/acme/app';
const uri = (name: string): string => `${folder}/${name}`;
const database = 'resource "aws_db_instance" "patients" {\n  publicly_accessible = true\n}\n';
const codes = (diagnostics: readonly Diagnostic[]): readonly unknown[] => diagnostics.map((one) => one.code);

type Files = Readonly<Record<string, string | { readonly skipped: string }>>;
type Provided = Map<string, string | { readonly skipped: string }>;

/** A server whose workspace only the client can read. */
async function withRepository(files: Files, run: (client: TestClient, provided: Provided) => Promise<void>): Promise<void> {
  const provided: Provided = new Map(Object.entries(files).map(([name, text]) => [uri(name), text]));
  const client = await startInProcess({}, { folder, provided });
  try {
    await run(client, provided);
  } finally {
    await client.stop();
  }
}
async function scan(client: TestClient): Promise<{ readonly summary: protocol.ScanResultSummary; readonly found: (name: string) => readonly string[] }> {
  const summary = await client.connection.sendRequest<protocol.ScanResultSummary>(protocol.scanWorkspaceRequest, {});
  const { items } = await client.connection.sendRequest<protocol.FindingsResult>(protocol.findingsRequest);
  return { summary, found: (name) => items.filter((one) => one.uri === uri(name)).map((one) => one.ruleId) };
}
const change = (client: TestClient, name: string, type: FileChangeType): Promise<void> => client.connection.sendNotification(DidChangeWatchedFilesNotification.type, { changes: [{ uri: uri(name), type }] });

describe('a workspace that only the editor can read', () => {
  it('is scanned without what git ignores and what is vendored', () => withRepository({
    'infra/main.tf': database, '.gitignore': '/out/\n', 'out/main.tf': database, 'node_modules/a/main.tf': database, 'env/pyvenv.cfg': '', 'env/main.tf': database, 'docs/picture.png': { skipped: 'binary' },
  }, async (client) => {
    const { summary, found } = await scan(client);
    assert.ok(found('infra/main.tf').includes('network/public-database'));
    for (const name of ['out/main.tf', 'node_modules/a/main.tf', 'env/main.tf']) assert.deepEqual(found(name), [], name);
    assert.deepEqual(summary.notes, []);
    assert.equal(summary.cancelled, false);
  }));

  it('follows the configuration of the team from the first answer on', () => withRepository({ '.wardline/config.yaml': 'rules:\n  network/public-database: off\n', 'main.tf': database }, async (client) => {
    await client.open(uri('main.tf'), 'terraform', database);
    const found = codes(await client.pull(uri('main.tf')));
    assert.ok(found.length > 0);
    assert.ok(!found.includes('network/public-database'));
  }));

  it('is read for an open document as far as that asks, and the document is judged again', () => withRepository({ 'main.tf': '', 'variables.tf': 'variable "open" {\n  default = true\n}\n' }, async (client) => {
    const refreshed = new Promise<void>((resolve) => client.connection.onRequest('workspace/diagnostic/refresh', () => resolve()));
    await client.open(uri('main.tf'), 'terraform', database.replace('true', 'var.open'));
    await client.pull(uri('main.tf'));
    await refreshed;
    assert.ok(codes(await client.pull(uri('main.tf'))).includes('network/public-database'));
  }));

  it('is followed as it changes: files that come, change and go', () => withRepository({ 'main.tf': database }, async (client, provided) => {
    assert.ok((await scan(client)).found('main.tf').includes('network/public-database'));
    const emptied = client.published((one) => one.uri === uri('main.tf') && !codes(one.diagnostics).includes('network/public-database'));
    provided.set(uri('main.tf'), database.replace('true', 'false'));
    await change(client, 'main.tf', FileChangeType.Changed);
    await emptied;
    provided.set(uri('new.tf'), database);
    await change(client, 'new.tf', FileChangeType.Created);
    assert.ok((await scan(client)).found('new.tf').includes('network/public-database'));
    provided.delete(uri('new.tf'));
    await change(client, 'new.tf', FileChangeType.Deleted);
    assert.deepEqual((await scan(client)).found('new.tf'), []);
  }));

  it('is followed where the editor tells of a folder only', () => withRepository({ 'main.tf': database }, async (client, provided) => {
    await client.open(uri('main.tf'), 'terraform', database);
    assert.ok(codes(await client.pull(uri('main.tf'))).includes('network/public-database'));
    const refreshed = (): Promise<void> => new Promise((resolve) => client.connection.onRequest('workspace/diagnostic/refresh', () => resolve()));
    const come = refreshed();
    provided.set(uri('.wardline/config.yaml'), 'rules:\n  network/public-database: off\n');
    await change(client, '.wardline', FileChangeType.Created);
    await come;
    assert.ok(!codes(await client.pull(uri('main.tf'))).includes('network/public-database'));
    const gone = refreshed();
    provided.delete(uri('.wardline/config.yaml'));
    await change(client, '.wardline', FileChangeType.Deleted);
    await gone;
    assert.ok(codes(await client.pull(uri('main.tf'))).includes('network/public-database'));
  }));

  it('is noted where the editor could not read it, and the rest is analysed', () => withRepository({ 'broken.tf': { skipped: 'unreadable (Unavailable)' }, 'large.py': { skipped: 'too large (9 bytes, limit 8)' }, 'main.tf': database }, async (client) => {
    const { summary, found } = await scan(client);
    assert.ok(found('main.tf').includes('network/public-database'));
    assert.deepEqual(summary.notes.map((note) => note.replace(`${folder}/`, '')).sort(), ['broken.tf: skipped: unreadable (Unavailable)', 'large.py: skipped: too large (9 bytes, limit 8)']);
  }));

  it('is asked of no client that does not offer it', async () => {
    const client = await startInProcess({}, { folder });
    const asked: string[] = [];
    for (const method of [protocol.listFilesRequest, protocol.readFilesRequest]) client.connection.onRequest(method, () => void asked.push(method));
    await client.open(uri('main.tf'), 'terraform', database);
    assert.ok(codes(await client.pull(uri('main.tf'))).includes('network/public-database'));
    await scan(client);
    assert.deepEqual(asked, []);
    await client.stop();
  });
});
