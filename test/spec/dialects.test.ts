import assert from 'node:assert/strict';
import { foundIn, reports } from '../support/infrastructure.ts';

const has = (all: readonly string[], category: string, marked: string): boolean => all.some((one) => one.startsWith(`${category}/`) && one.endsWith(` ${marked}`));

describe('one resource model for further dialects', () => {
  it('reads Ansible modules, and templates in them as unknown', () => {
    const play = (value: string): readonly string[] => foundIn('playbook.yml', `- hosts: localhost\n  tasks:\n    - name: database\n      amazon.aws.rds_instance:\n        db_instance_identifier: data\n        storage_encrypted: ${value}\n`);
    assert.ok(has(play('false'), 'storage', 'false'));
    assert.ok(!reports(play('true'), 'storage/unencrypted-rds'));
    assert.ok(!reports(play('"{{ secure }}"'), 'storage/unencrypted-rds'));
  });

  it('reads Deployment Manager', () => {
    const text = (range: string): readonly string[] => foundIn('deployment.yaml', `resources:\n  - name: rule\n    type: compute.v1.firewall\n    properties:\n      sourceRanges: ["${range}"]\n      allowed:\n        - IPProtocol: tcp\n          ports: ["22"]\n`);
    assert.ok(reports(text('0.0.0.0/0'), 'network/open-ssh'));
    assert.ok(!reports(text('10.0.0.0/24'), 'network/open-ssh'));
  });

  it('reads Crossplane', () => {
    const text = (value: string): readonly string[] => foundIn('db.yaml', `apiVersion: rds.aws.upbound.io/v1beta1\nkind: Instance\nmetadata:\n  name: data\nspec:\n  forProvider:\n    storageEncrypted: ${value}\n`);
    assert.ok(reports(text('false'), 'storage/unencrypted-rds', 'false'));
    assert.ok(!reports(text('true'), 'storage/unencrypted-rds'));
  });

  it('reads Pulumi in YAML, and references as what they are', () => {
    const text = (value: string): readonly string[] => foundIn('Pulumi.yaml', `name: data\nruntime: yaml\nresources:\n  data:\n    type: aws:rds:Instance\n    properties:\n      storageEncrypted: ${value}\n`);
    assert.ok(reports(text('false'), 'storage/unencrypted-rds', 'false'));
    assert.ok(!reports(text('${config.secure}'), 'storage/unencrypted-rds'));
  });

  it('reads the resources and roles of the Serverless Framework', () => {
    const text = (action: string): readonly string[] => foundIn('serverless.yml', `service: chat\nprovider:\n  name: aws\n  iam:\n    role:\n      statements:\n        - Effect: Allow\n          Action: "${action}"\n          Resource: "*"\nfunctions:\n  chat:\n    handler: a.b\n`);
    assert.ok(text('*').some((one) => one.startsWith('iam/')));
    assert.ok(!text('xray:PutTraceSegments').some((one) => one.startsWith('iam/administrator-policy')));
  });

  it('reads OpenAPI 2 and 3', () => {
    const three = (security: string): readonly string[] => foundIn('openapi.yaml', `openapi: 3.0.0\ninfo:\n  title: chat\n  version: "1"\n${security}paths:\n  /chat:\n    get:\n      responses:\n        "200":\n          description: ok\n`);
    assert.ok(three('').some((one) => one.startsWith('auth/')));
    assert.ok(!three('security:\n  - key: []\ncomponents:\n  securitySchemes:\n    key:\n      type: http\n      scheme: bearer\n').some((one) => /^auth\/.*without-security/.test(one)));
  });

  it('takes actions of Helm templates as unknown, keys and all', () => {
    const chart = (line: string): readonly string[] => foundIn('templates/pod.yaml', `apiVersion: v1\nkind: Pod\nmetadata:\n  name: {{ .Release.Name }}\nspec:\n  containers:\n    - name: chat\n      image: registry.example/chat@sha256:${'a'.repeat(64)}\n      securityContext:\n${line}`);
    assert.ok(reports(chart('        privileged: true\n'), 'workload/privileged-container', 'true'));
    assert.ok(!reports(chart('        privileged: {{ .Values.privileged }}\n'), 'workload/privileged-container'));
    assert.ok(!reports(chart('        {{- toYaml .Values.securityContext | nindent 8 }}\n'), 'workload/privilege-escalation'));
  });

  it('costs data of other kinds no finding', () => {
    assert.deepEqual(foundIn('data.yaml', 'people:\n  - name: Ada\n    password_policy: none\n'), []);
    assert.deepEqual(foundIn('data.json', '{"resources":[{"type":"page","name":"x"}],"Statement":"of account"}'), []);
  });
});
