import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/** Which folders of server/ each may import; its own is always allowed. */
const layers: Readonly<Record<string, readonly string[]>> = {
  base: [],
  source: ['base'],
  syntax: ['source', 'base'],
  model: ['source', 'base'],
  artefact: ['base'],
  analysis: ['model', 'source', 'base'],
  lower: ['syntax', 'analysis', 'model', 'source', 'base'],
  fix: ['lower', 'analysis', 'model', 'source', 'base'],
  rule: ['fix', 'lower', 'analysis', 'artefact', 'model', 'source', 'base'],
  config: ['threat', 'rule', 'lower', 'model', 'source', 'base'],
  engine: ['threat', 'config', 'rule', 'fix', 'lower', 'analysis', 'artefact', 'model', 'source', 'base'],
  threat: ['rule', 'lower', 'analysis', 'model', 'source', 'base'],
  report: ['threat', 'engine', 'rule', 'model', 'source', 'base'],
  lsp: ['threat', 'engine', 'config', 'rule', 'model', 'source', 'base'],
  host: ['lsp', 'report', 'threat', 'engine', 'config', 'rule', 'artefact', 'model', 'source', 'base'],
};
/** Line counts beyond this fail; from 400 on a file deserves a hard look. */
const longest = 600;

function files(folder: string, ending: string): string[] {
  return fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const at = `${folder}/${entry.name}`;
    if (entry.name === 'node_modules') return [];
    return entry.isDirectory() ? files(at, ending) : entry.name.endsWith(ending) ? [at] : [];
  }).sort();
}

const sources = ['client', 'server', 'rules', 'test'].flatMap((folder) => files(folder, '.ts'));
const imports = new Map<string, { readonly specifier: string; readonly target: string | undefined; readonly typeOnly: boolean }[]>();
for (const file of sources) {
  const tree = ts.createSourceFile(file, fs.readFileSync(file, 'utf8'), ts.ScriptTarget.Latest);
  const found: { specifier: string; target: string | undefined; typeOnly: boolean }[] = [];
  const add = (node: ts.Expression | undefined, typeOnly: boolean): void => {
    if (!node || !ts.isStringLiteral(node)) return;
    found.push({ specifier: node.text, target: node.text.startsWith('.') ? path.posix.normalize(path.posix.join(path.posix.dirname(file), node.text)) : undefined, typeOnly });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword || (node.importClause?.namedBindings !== undefined && ts.isNamedImports(node.importClause.namedBindings) && !node.importClause.name && node.importClause.namedBindings.elements.every((one) => one.isTypeOnly)));
    else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly);
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) add(node.arguments[0], false);
    ts.forEachChild(node, visit);
  };
  visit(tree);
  imports.set(file, found);
}

const layerOf = (file: string): string | undefined => (file.startsWith('server/') && file.split('/').length > 2 ? file.split('/')[1] : undefined);

describe('the house is in order', () => {
  it('every folder of server imports only what lies below it', () => {
    const wrong: string[] = [];
    for (const [file, own] of imports) {
      const layer = layerOf(file);
      if (!layer) continue;
      for (const { target } of own) {
        const other = target && layerOf(target);
        if (target?.startsWith('rules/') || target?.startsWith('client/') || target?.startsWith('test/')) wrong.push(`${file} imports ${target}`);
        if (other && other !== layer && !layers[layer]?.includes(other)) wrong.push(`${file} imports ${target}`);
      }
    }
    assert.deepEqual(wrong, []);
  });

  it('rules see server/rule only, the client the protocol only, and nobody but entry points the rules', () => {
    const wrong: string[] = [];
    for (const [file, own] of imports) {
      for (const { target } of own) {
        if (!target) continue;
        if (file.startsWith('rules/') && !target.startsWith('rules/') && !target.startsWith('server/rule/')) wrong.push(`${file} imports ${target}`);
        if (file.startsWith('client/') && !target.startsWith('client/') && target !== 'server/lsp/protocol.ts' && !(file.startsWith('client/diagram/') && (target === 'server/threat/layout.ts' || target === 'server/threat/lines.ts'))) wrong.push(`${file} imports ${target}`);
        if (target.startsWith('rules/') && !file.startsWith('rules/') && !file.startsWith('test/') && !/^server\/main-\w+\.ts$/.test(file)) wrong.push(`${file} imports ${target}`);
      }
    }
    assert.deepEqual(wrong, []);
  });

  it('editor, protocol and Node stay in their places', () => {
    const wrong: string[] = [];
    for (const [file, own] of imports) {
      for (const { specifier } of own) {
        const entry = /^server\/main-\w+\.ts$/.test(file);
        if (specifier === 'vscode' && !file.startsWith('client/') && !file.startsWith('test/e2e/')) wrong.push(`${file}: ${specifier}`);
        if (specifier.startsWith('vscode-languageserver') && !file.startsWith('server/lsp/') && !entry && !file.startsWith('test/')) wrong.push(`${file}: ${specifier}`);
        if (specifier.startsWith('vscode-languageclient') && !file.startsWith('client/')) wrong.push(`${file}: ${specifier}`);
        // The client runs in browsers, too.
        if (specifier === 'vscode-languageclient/node' && file !== 'client/node-client.ts') wrong.push(`${file}: ${specifier}`);
        if (/^(?:node:|fs$|path$|os$|child_process$|crypto$)/.test(specifier) && !file.startsWith('server/host/node/') && !entry && !file.startsWith('test/')) wrong.push(`${file}: ${specifier}`);
      }
    }
    assert.deepEqual(wrong, []);
  });

  it('no module imports itself in a circle', () => {
    const state = new Map<string, 'open' | 'done'>();
    const circles: string[] = [];
    const walk = (file: string, trail: readonly string[]): void => {
      if (state.get(file) === 'done') return;
      if (state.get(file) === 'open') {
        circles.push([...trail.slice(trail.indexOf(file)), file].join(' -> '));
        return;
      }
      state.set(file, 'open');
      for (const { target, typeOnly } of imports.get(file) ?? []) if (target && !typeOnly && imports.has(target)) walk(target, [...trail, file]);
      state.set(file, 'done');
    };
    for (const file of imports.keys()) walk(file, []);
    assert.deepEqual(circles, []);
  });

  it('files hold one idea each', () => {
    const long = sources.filter((file) => !file.startsWith('test/') && file !== 'rules/index.ts' && fs.readFileSync(file, 'utf8').split('\n').length > longest);
    assert.deepEqual(long, []);
  });

  it('no test is skipped, focused or put off', () => {
    const wrong = sources.filter((file) => file.startsWith('test/') && file !== 'test/tidy/layers.test.ts' && /\b(?:it|test|describe)\.(?:skip|only|todo)\b/.test(fs.readFileSync(file, 'utf8')));
    assert.deepEqual(wrong, []);
  });
});
