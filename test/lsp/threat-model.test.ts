import assert from 'node:assert/strict';
import { CodeActionRequest, CompletionRequest, HoverRequest, type CodeAction, type CompletionItem, type Hover } from 'vscode-languageserver/node';
import * as protocol from '../../server/lsp/protocol.ts';
import { startInProcess, type TestClient } from '../support/lsp-client.ts';

const terraform = 'resource "aws_db_instance" "patients" {\n  identifier          = "patients"\n  publicly_accessible = true\n}\n';
const infra = 'file:///workspace/main.tf';
const script = 'file:///workspace/ask.py';

async function withClient(files: Readonly<Record<string, string>>, run: (client: TestClient) => Promise<void>): Promise<void> {
  const client = await startInProcess(files);
  try {
    await run(client);
  } finally {
    await client.stop();
  }
}

async function labels(client: TestClient, text: string): Promise<readonly string[]> {
  await client.open(script, 'python', text);
  const lines = text.split('\n');
  const items = await client.connection.sendRequest(CompletionRequest.type, { textDocument: { uri: script }, position: { line: lines.length - 1, character: lines.at(-1)!.length } });
  return (items as CompletionItem[]).map((one) => one.label);
}

describe('the threat model in the language server', () => {
  for (const [typed, expected] of [
    ['# @', ['@dataclass', '@boundary', '@asset', '@threat accepts']], ['x = 1  # @da', ['@dataclass', '@boundary', '@asset', '@threat accepts']], ['# @threat ', ['accepts']], ['# plain ', []], ['x = "# @', []], ['x @', []],
  ] as const) it(`completes ${JSON.stringify(typed)}`, () => withClient({}, async (client) => assert.deepEqual(await labels(client, typed), expected)));

  it('completes classes of data, the team\'s own first, and threats of the file first', () => withClient({ '.wardline/config.yaml': 'dataClasses:\n  trade-secret: [roadmap*]\n', 'main.tf': terraform }, async (client) => {
    const classes = await labels(client, '# @dataclass ');
    assert.equal(classes[0], 'trade-secret');
    assert.ok(classes.includes('health'));
    await client.open(infra, 'terraform', `${terraform}# @threat accepts `);
    await client.pull(infra);
    const items = await client.connection.sendRequest(CompletionRequest.type, { textDocument: { uri: infra }, position: { line: 4, character: 18 } }) as CompletionItem[];
    assert.ok(items.slice(0, 4).some((one) => one.label === 'store-public'), items.slice(0, 4).map((one) => one.label).join(' '));
    assert.equal((items.find((one) => one.label === 'store-public')!.textEdit as { newText: string }).newText, 'store-public -- ');
  }));

  it('shows the threats to a thing where it is declared, with the way to the sidebar', () => withClient({ 'main.tf': terraform }, async (client) => {
    await client.open(infra, 'terraform', terraform);
    await client.pull(infra);
    const hover = await client.connection.sendRequest(HoverRequest.type, { textDocument: { uri: infra }, position: { line: 0, character: 30 } }) as Hover;
    const { value } = hover.contents as { value: string };
    assert.match(value, /\*\*patients\*\* · data store · AWS account · health/);
    assert.match(value, /- (?:critical|high): Everybody can read or write the store/);
    assert.match(value, /command:wardline\.revealElement\?%5B%22data-store%3A/);
  }));

  it('knows the element around a position, the narrowest', () => withClient({ 'main.tf': terraform }, async (client) => {
    await client.open(infra, 'terraform', `${terraform}\n${terraform.replaceAll('patients', 'visits')}`);
    await client.pull(infra);
    const at = async (line: number): Promise<string | undefined> => (await client.connection.sendRequest<protocol.ElementAtResult | null>(protocol.elementAtRequest, { uri: infra, position: { line, character: 4 } }))?.id;
    assert.equal(await at(1), 'data-store:aws_db_instance/patients');
    assert.equal(await at(7), 'data-store:aws_db_instance/visits');
    assert.equal(await at(4), undefined);
  }));

  it('offers to decide on a threat where its finding is, and records the decision', () => withClient({ 'main.tf': terraform }, async (client) => {
    await client.open(infra, 'terraform', terraform);
    const diagnostics = await client.pull(infra);
    const [line] = diagnostics.filter((one) => one.code === 'network/public-database');
    const actions = await client.connection.sendRequest(CodeActionRequest.type, { textDocument: { uri: infra }, range: line!.range, context: { diagnostics: [line!] } }) as CodeAction[];
    const decide = actions.find((one) => /^Decide on the threat “.*” to patients…$/.test(one.title));
    assert.ok(decide, actions.map((one) => one.title).join('\n'));
    assert.ok(actions.some((one) => one.title === 'Show patients in the threat model'));
    const [threat] = decide.command!.arguments as [string];
    const edit = await client.connection.sendRequest<{ documentChanges: readonly { edits?: readonly { newText: string }[] }[] }>(protocol.decideThreatRequest, { threat, state: 'accepted', reason: 'Pilot only' });
    assert.match(edit.documentChanges.at(-1)!.edits![0]!.newText, new RegExp(`- threat: ${threat.replace(/[/]/g, '\\/')}\\n    state: accepted\\n    reason: Pilot only`));
  }));

  it('imports the decisions of another tool', () => withClient({ 'main.tf': terraform }, async (client) => {
    await client.open(infra, 'terraform', terraform);
    await client.pull(infra);
    const exported = await client.connection.sendRequest<string>(protocol.exportThreatModelRequest, { format: 'threat-dragon' });
    const result = await client.connection.sendRequest<protocol.ImportDecisionsResult>(protocol.importDecisionsRequest, { name: 'review.json', text: exported.replace('"status": "Open"', '"status": "Accepted"') });
    assert.deepEqual([result.imported, result.unmatched, result.error], [1, [], undefined]);
    assert.ok(result.edit);
    assert.match((await client.connection.sendRequest<protocol.ImportDecisionsResult>(protocol.importDecisionsRequest, { name: 'x', text: '{' })).error!, /neither JSON nor YAML/);
  }));

  it('shows data that a model must not see at the call, though another file says what it is', () => withClient({
    '.wardline/config.yaml': 'models:\n  "openai:*": { deny: [health] }\n', 'main.tf': '# @dataclass health\nresource "aws_s3_bucket" "notes" {\n  bucket = "ward-7"\n}\n',
  }, async (client) => {
    await client.open(infra, 'terraform', '# @dataclass health\nresource "aws_s3_bucket" "notes" {\n  bucket = "ward-7"\n}\n');
    await client.pull(infra);
    const text = 'from openai import OpenAI\nimport boto3\ns3 = boto3.client("s3")\nclient = OpenAI()\ndef note(key):\n    text = s3.get_object(Bucket="ward-7", Key=key)["Body"].read().decode()\n    return client.responses.create(model="gpt-4.1", input=f"Summarise {text}")\n';
    await client.open(script, 'python', text);
    const [found] = (await client.pull(script)).filter((one) => one.code === 'model-input/forbidden-data-class');
    assert.equal(found?.message, 'Data of ward-7 (health) reaches gpt-4.1, which must not see it.');
    assert.equal(found.range.start.line, 6);
    assert.deepEqual(found.relatedInformation?.map((one) => one.location.range.start.line), [5, 6]);
  }));
});
