import assert from 'node:assert/strict';
import { foundIn, reports } from '../support/infrastructure.ts';

const rule = 'storage/unencrypted-rds';
const template = (value: string, above = ''): readonly string[] => foundIn('template.yaml', `${above}Resources:\n  Data:\n    Type: AWS::RDS::DBInstance\n    Properties:\n      StorageEncrypted: ${value}\n`);

describe('CloudFormation', () => {
  it('reads YAML and JSON alike', () => {
    assert.ok(reports(template('false'), rule, 'false'));
    assert.ok(!reports(template('true'), rule));
    assert.ok(reports(foundIn('template.json', '{ "Resources": { "Data": { "Type": "AWS::RDS::DBInstance", "Properties": { "StorageEncrypted": false } } } }'), rule, 'false'));
  });

  it('takes defaults of parameters, and leaves the others open', () => {
    assert.ok(reports(template('!Ref Secure', 'Parameters:\n  Secure:\n    Type: String\n    Default: "false"\n'), rule));
    assert.ok(!reports(template('!Ref Secure', 'Parameters:\n  Secure:\n    Type: String\n    Default: "true"\n'), rule));
    assert.ok(!reports(template('!Ref Secure', 'Parameters:\n  Secure:\n    Type: String\n'), rule));
  });

  it('decides conditions and mappings that are fixed, and leaves the others open', () => {
    const conditions = (test: string): string => `Conditions:\n  Prod: ${test}\n`;
    assert.ok(reports(template('!If [Prod, true, false]', conditions('!Equals [a, b]')), rule));
    assert.ok(!reports(template('!If [Prod, true, false]', conditions('!Equals [a, a]')), rule));
    assert.ok(!reports(template('!If [Prod, true, false]', conditions('!Equals [!Ref AWS::Region, eu-west-1]')), rule));
    assert.ok(reports(template('!FindInMap [Settings, data, Secure]', 'Mappings:\n  Settings:\n    data:\n      Secure: false\n'), rule));
    assert.ok(!reports(template('!FindInMap [Settings, !Ref Stage, Secure]', 'Parameters:\n  Stage:\n    Type: String\nMappings:\n  Settings:\n    data:\n      Secure: false\n'), rule));
  });

  it('never reports what other functions give', () => {
    for (const value of ['!ImportValue secure', '!GetAtt Other.Secure', '!Sub "${Secure}"', "!Join ['', [!Ref AWS::Region, x]]", '{ "Fn::Transform": { "Name": "x" } }']) assert.ok(!reports(template(value), rule), value);
  });

  it('adds Globals of a serverless template to its functions', () => {
    const text = (globals: string): readonly string[] => foundIn('template.yaml', `Transform: AWS::Serverless-2016-10-31\n${globals}Resources:\n  Chat:\n    Type: AWS::Serverless::Function\n    Properties:\n      Handler: a.b\n`);
    assert.ok(reports(text(''), 'monitoring/lambda-without-tracing'));
    assert.ok(!reports(text('Globals:\n  Function:\n    Tracing: Active\n'), 'monitoring/lambda-without-tracing'));
  });

  it('says which parameters for secrets are shown', () => {
    const text = (parameter: string): readonly string[] => foundIn('template.yaml', `Parameters:\n  Pass:\n    Type: String\n${parameter}Resources:\n  Data:\n    Type: AWS::DMS::Endpoint\n    Properties:\n      Password: !Ref Pass\n`);
    assert.ok(reports(text(''), 'secrets/shown-parameter'));
    assert.ok(reports(text('    NoEcho: false\n'), 'secrets/shown-parameter'));
    assert.ok(!reports(text('    NoEcho: true\n'), 'secrets/shown-parameter'));
    const policy = foundIn('template.yaml', 'Parameters:\n  May:\n    Type: String\nResources:\n  Policy:\n    Type: Custom::PasswordPolicy\n    Properties:\n      ServiceToken: !Ref May\n      AllowUsersToChangePassword: !Ref May\n');
    assert.ok(!reports(policy, 'secrets/shown-parameter'), 'settings about passwords are none');
  });
});
