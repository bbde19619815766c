import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';

const extensionId = 'wardline.wardline';
const folder = (): vscode.Uri => vscode.workspace.workspaceFolders![0]!.uri;
const file = (name: string): vscode.Uri => vscode.Uri.joinPath(folder(), name);

/** Waits for a condition over an event instead of sleeping. */
async function eventually<T>(event: vscode.Event<unknown>, look: () => T | undefined): Promise<T> {
  const now = look();
  if (now !== undefined) return now;
  return new Promise((resolve) => {
    const subscription = event(() => {
      const found = look();
      if (found === undefined) return;
      subscription.dispose();
      resolve(found);
    });
  });
}

const ours = (uri: vscode.Uri): vscode.Diagnostic[] => vscode.languages.getDiagnostics(uri).filter((one) => one.source === 'wardline');
const codeOf = (diagnostic: vscode.Diagnostic): string => String(typeof diagnostic.code === 'object' ? diagnostic.code.value : diagnostic.code);

async function diagnosed(uri: vscode.Uri, accept: (found: readonly vscode.Diagnostic[]) => boolean = (found) => found.length > 0): Promise<readonly vscode.Diagnostic[]> {
  return eventually(vscode.languages.onDidChangeDiagnostics, () => {
    const found = ours(uri);
    return accept(found) ? found : undefined;
  });
}

async function openText(name: string): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument(file(name));
  await vscode.window.showTextDocument(document);
  return document;
}

describe('Wardline in VS Code', () => {
  it('is activated by a document that it reads', async () => {
    await openText('src/server.ts');
    const extension = vscode.extensions.getExtension(extensionId);
    assert.ok(extension);
    await extension.activate();
    assert.equal(extension.isActive, true);
  });

  it('registers its commands', async () => {
    const commands = await vscode.commands.getCommands(true);
    for (const name of ['scanWorkspace', 'scanFile', 'fixAll', 'restartServer', 'showOutput', 'showRuleDocumentation', 'showThreatModel']) {
      assert.ok(commands.includes(`wardline.${name}`), name);
    }
  });

  for (const [name, categories] of [
    ['src/server.ts', ['secrets', 'model-input', 'model-output']],
    ['src/patients.ts', ['transport']],
    ['src/triage.py', ['model-supply-chain']],
    ['infra/main.tf', ['storage', 'iam', 'network']],
    ['k8s/model-server.yaml', ['workload', 'secrets']],
    ['Dockerfile', ['dependencies']],
  ] as const) {
    it(`diagnoses ${name}`, async () => {
      await openText(name);
      const found = await diagnosed(file(name), (all) => categories.every((category) => all.some((one) => codeOf(one).startsWith(`${category}/`))));
      for (const one of found) {
        assert.equal(one.source, 'wardline');
        assert.ok(!one.message.includes('\n'));
      }
    });
  }

  it('diagnoses the cells of a notebook', async () => {
    const notebook = await vscode.workspace.openNotebookDocument(file('notebooks/train.ipynb'));
    await vscode.window.showNotebookDocument(notebook);
    const cell = notebook.getCells().find((one) => one.document.getText().includes('torch.load'))!;
    const found = await diagnosed(cell.document.uri);
    assert.ok(found.some((one) => codeOf(one).startsWith('model-supply-chain/')), found.map(codeOf).join());
  });

  it('applies a quick fix and the finding goes', async () => {
    const document = await openText('src/triage.py');
    const before = await diagnosed(document.uri, (all) => all.some((one) => document.getText(one.range).length > 0 && one.message.includes('torch.load')));
    const target = before.find((one) => one.message.includes('torch.load'))!;
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', document.uri, target.range, vscode.CodeActionKind.QuickFix.value, 20);
    const fix = actions.find((one) => one.isPreferred);
    assert.ok(fix?.edit, actions.map((one) => one.title).join());
    assert.ok(!actions.some((one) => one.isPreferred && /suppress|ignore/i.test(one.title)));
    await vscode.workspace.applyEdit(fix.edit);
    assert.match(document.getText(), /torch\.load\("models\/triage\.pt", weights_only=True\)/);
    await diagnosed(document.uri, (all) => !all.some((one) => codeOf(one) === codeOf(target)));
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  it('explains a finding on hover', async () => {
    const document = await openText('infra/main.tf');
    const [found] = await diagnosed(document.uri);
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', document.uri, found!.range.start);
    const text = hovers.flatMap((hover) => hover.contents).map((content) => (typeof content === 'string' ? content : content.value)).join('\n');
    assert.match(text, /Rule documentation/);
  });

  it('scans files that are not open', async () => {
    await vscode.commands.executeCommand('wardline.scanWorkspace');
    const found = await diagnosed(file('src/patients.ts'));
    assert.ok(found.length > 0);
  });

  it('comes back with its findings after a restart of the server', async () => {
    const document = await openText('src/server.ts');
    await diagnosed(document.uri);
    await vscode.commands.executeCommand('wardline.restartServer');
    const found = await diagnosed(document.uri);
    assert.ok(found.some((one) => codeOf(one).startsWith('model-input/')));
  });

  it('shows a rule page in the editor', async () => {
    const found = await diagnosed(file('src/server.ts'));
    const id = codeOf(found[0]!);
    const page = await vscode.workspace.openTextDocument(vscode.Uri.parse(`wardline-rule:/${id}.md`));
    assert.match(page.getText(), new RegExp(`\`${id}\``));
  });
});
