import assert from 'node:assert/strict';
import { analyzerFor, hostOver, rootedPath } from '../support/analyze.ts';
import { foundIn } from '../support/infrastructure.ts';
import { createAnalyzer } from '../../server/engine/analyzer.ts';
import { rules } from '../../rules/index.ts';

const rule = 'transport/azure-storage-http';
const arm = (value: string, more = ''): readonly string[] => foundIn('azuredeploy.json', `{\n  "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",\n  "contentVersion": "1.0.0.0",\n${more}  "resources": [\n    { "type": "Microsoft.Storage/storageAccounts", "apiVersion": "2023-01-01", "name": "data", "properties": { "supportsHttpsTrafficOnly": ${value} } }\n  ]\n}\n`);
const bicep = (value: string, above = ''): readonly string[] => foundIn('main.bicep', `${above}resource data 'Microsoft.Storage/storageAccounts@2023-01-01' = {\n  name: 'data'\n  properties: {\n    supportsHttpsTrafficOnly: ${value}\n  }\n}\n`);
const any = (all: readonly string[], marked: string): boolean => all.some((one) => one.startsWith('transport/') && one.endsWith(` ${marked}`));

describe('ARM and Bicep', () => {
  it(`judge a storage account alike (${rule})`, () => {
    assert.ok(any(arm('false'), 'false'));
    assert.ok(!any(arm('true'), 'true'));
    assert.ok(any(bicep('false'), 'false'));
    assert.ok(!any(bicep('true'), 'true'));
  });

  it('take defaults of parameters and variables', () => {
    assert.ok(arm('"[parameters(\'secure\')]"', '  "parameters": { "secure": { "type": "bool", "defaultValue": false } },\n').some((one) => one.startsWith('transport/')));
    assert.ok(bicep('secure', 'param secure bool = false\n').some((one) => one.startsWith('transport/')));
    assert.ok(bicep('secure', 'var secure = false\n').some((one) => one.startsWith('transport/')));
  });

  it('leave alone what a template only names', () => {
    const named = (existing: string): readonly string[] => foundIn('main.json', `{
  "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
  "languageVersion": "2.0",
  "resources": {
    "account": { ${existing}"type": "Microsoft.CognitiveServices/accounts", "apiVersion": "2024-10-01", "name": "clinic", "properties": {} }
  }
}
`);
    assert.notDeepEqual(named(''), []);
    assert.deepEqual(named('"existing": true, '), []);
  });

  it('never report what they do not know', () => {
    const transit = (all: readonly string[]): readonly string[] => all.filter((one) => one.startsWith('transport/') && /parameters|secure|reference|if\(/.test(one));
    assert.deepEqual(transit(arm('"[parameters(\'secure\')]"', '  "parameters": { "secure": { "type": "bool" } },\n')), []);
    assert.deepEqual(transit(arm('"[reference(\'x\').secure]"')), []);
    assert.deepEqual(transit(bicep('secure', 'param secure bool\n')), []);
    assert.deepEqual(transit(bicep('settings.outputs.secure', "module settings './settings.bicep' = {\n  name: 's'\n}\n")), []);
  });

  it('read what is broken as far as it goes', () => {
    const text = "param a string = 'x'\nresource data 'Microsoft.Storage/storageAccounts@2023-01-01' = {\n  name: 'd${a}'\n  properties: {\n    supportsHttpsTrafficOnly: false\n    networkAcls: { defaultAction: 'Allow' }\n  }\n}\noutput x string = data.id\n";
    for (let end = 0; end <= text.length; end++) foundIn('main.bicep', text.slice(0, end));
  });
});

describe('A template that Bicep has compiled', () => {
  const source = "resource data 'Microsoft.Storage/storageAccounts@2023-01-01' = {\n  name: 'data'\n  properties: {\n    supportsHttpsTrafficOnly: false\n  }\n}\n";
  const template = (top: string): string => `{
  "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
  "contentVersion": "1.0.0.0",
  ${top}
  "resources": [
    { "type": "Microsoft.Storage/storageAccounts", "apiVersion": "2023-01-01", "name": "data", "properties": { "supportsHttpsTrafficOnly": false } }
  ]
}
`;
  const compiled = template('"metadata": {\n    "_generator": {\n      "name": "bicep",\n      "version": "0.36.1.42791",\n      "templateHash": "1"\n    }\n  },');
  const left = 'skipped: compiled from the Bicep file beside it, which is judged';
  /** Whether a file is judged, and what is noted of it. */
  const judged = (file: string, files: Readonly<Record<string, string>>): readonly [boolean, readonly string[]] => {
    const { findings, notes } = analyzerFor(files).analyze(rootedPath(file));
    return [findings.some((one) => one.ruleId === 'transport/storage-account-http'), notes.map((note) => note.message)];
  };

  it('is left to its source', () => {
    for (const [from, to] of [['infra/main.bicep', 'infra/main.json'], ['a/vault.bicep', 'a/vault.json'], ['main.bicep', 'azuredeploy.json']] as const) {
      assert.deepEqual(judged(to, { [from]: source, [to]: compiled }), [false, [left]]);
      assert.deepEqual(judged(from, { [from]: source, [to]: compiled }), [true, []]);
    }
  });

  it('is judged where its source does not lie beside it or is not judged', () => {
    assert.deepEqual(judged('main.json', { 'main.json': compiled }), [true, []]);
    assert.deepEqual(judged('main.json', { 'main.json': compiled, 'modules/main.bicep': source, 'other.bicep': source }), [true, []]);
    assert.deepEqual(judged('main.json', { 'main.json': compiled, 'main.bicep': source, '.wardline/config.yaml': 'ignore: ["**/*.bicep"]\n' }), [true, []]);
  });

  it('is one by what stands at its own top', () => {
    const nested = '"variables": { "inner": { "metadata": { "_generator": { "name": "bicep" } } } },';
    for (const top of ['', nested, '"metadata": { "name": "bicep" },']) assert.deepEqual(judged('main.json', { 'main.json': template(top), 'main.bicep': source }), [true, []]);
  });

  it('is judged again when its source goes', () => {
    const files = new Map([['/workspace/main.bicep', source], ['/workspace/main.json', compiled]]);
    const analyzer = createAnalyzer({ host: hostOver(files), rules });
    assert.deepEqual(analyzer.analyze('/workspace/main.json').findings, []);
    files.delete('/workspace/main.bicep');
    analyzer.changed('/workspace/main.bicep');
    assert.ok(analyzer.analyze('/workspace/main.json').findings.length > 0);
  });
});
