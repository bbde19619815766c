import assert from 'node:assert/strict';
import { foundIn } from '../support/infrastructure.ts';

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
