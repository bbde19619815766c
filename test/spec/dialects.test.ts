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

  it('takes variables of Ansible for the arguments that consist of them', () => {
    const fact = (value: string, others: Readonly<Record<string, string>> = {}, file = 'playbook.yml', start = '- hosts: localhost\n  vars:\n    secure: true\n    plain: false\n    both: "{{ plain }}"\n  tasks:\n'): boolean =>
      reports(foundIn(file, `${start}    - amazon.aws.rds_instance:\n        db_instance_identifier: data\n        storage_encrypted: "${value}"\n`, others), 'storage/unencrypted-rds');
    assert.ok(fact('{{ plain }}') && fact('{{ both }}') && fact('{{ unset | default(false) }}'));
    assert.ok(!fact('{{ secure }}') && !fact('{{ unset }}') && !fact('{{ unset | default(true) }}') && !fact('{{ not plain }}'));
    const role = '- name: database\n  block:\n';
    assert.ok(fact('{{ secure }}', { 'roles/db/defaults/main.yml': 'secure: false\n' }, 'roles/db/tasks/main.yml', role));
    assert.ok(!fact('{{ secure }}', { 'roles/db/defaults/main.yml': 'secure: false\n', 'roles/db/vars/main.yml': 'secure: true\n' }, 'roles/db/tasks/main.yml', role));
    const loop = (last: string): boolean => reports(foundIn('playbook.yml', `- hosts: localhost\n  tasks:\n    - amazon.aws.rds_instance:\n        db_instance_identifier: "{{ item.name }}"\n        storage_encrypted: "{{ item.secure }}"\n      loop:\n        - { name: a, secure: true }\n        - { name: b, secure: ${last} }\n`), 'storage/unencrypted-rds');
    assert.ok(loop('false') && !loop('true'));
  });

  it('reads manifests that Terraform applies as text', () => {
    const applied = (body: string): readonly string[] => foundIn('main.tf', `resource "kubectl_manifest" "main" {\n  yaml_body = ${body}\n}\n`);
    const pod = (value: string): string => `<<-YAML\n    apiVersion: v1\n    kind: Pod\n    metadata:\n      name: \${var.name}\n    spec:\n      hostPID: ${value}\n      containers:\n        - name: chat\n          image: chat@sha256:0\n  YAML`;
    assert.ok(reports(applied(pod('true')), 'workload/host-pid', 'true'));
    assert.ok(!reports(applied(pod('false')), 'workload/host-pid') && !reports(applied(pod('${var.shared}')), 'workload/host-pid'));
    assert.ok(reports(applied('yamlencode({ apiVersion = "v1", kind = "Pod", metadata = { name = "a" }, spec = { hostPID = true, containers = [{ name = "a", image = "a" }] } })'), 'workload/host-pid'));
    assert.ok(!reports(applied('var.manifest'), 'workload/host-pid'));
  });

  it('reads grants of Config Connector', () => {
    const member = (who: string, role = 'roles/storage.objectViewer', kind = 'StorageBucket'): readonly string[] => foundIn('grant.yaml', `apiVersion: iam.cnrm.cloud.google.com/v1beta1\nkind: IAMPolicyMember\nmetadata:\n  name: readers\nspec:\n  member: ${who}\n  role: ${role}\n  resourceRef:\n    kind: ${kind}\n    name: data\n`);
    assert.ok(reports(member('allUsers'), 'network/gcs-iam-everybody', 'allUsers') && !reports(member('group:ml@example.com'), 'network/gcs-iam-everybody'));
    assert.ok(reports(member('group:ml@example.com', 'roles/owner', 'Project'), 'iam/gcp-project-basic-role', 'roles/owner'));
    const partial = (role: string): readonly string[] => foundIn('grant.yaml', `apiVersion: iam.cnrm.cloud.google.com/v1beta1\nkind: IAMPartialPolicy\nmetadata:\n  name: p\nspec:\n  resourceRef:\n    kind: Project\n    external: projects/p\n  bindings:\n    - role: ${role}\n      members:\n        - member: allAuthenticatedUsers\n`);
    assert.ok(reports(partial('roles/editor'), 'iam/gcp-project-basic-role', 'roles/editor') && reports(partial('roles/viewer'), 'iam/gcp-grant-everybody', 'allAuthenticatedUsers'));
  });

  it('takes what refers to another object for what that object gives', () => {
    const topic = (line: string): readonly string[] => foundIn('topic.yaml', `apiVersion: servicebus.azure.upbound.io/v1beta1\nkind: ServiceBusNamespace\nmetadata:\n  name: data\nspec:\n  forProvider:\n    sku: Premium\n${line}`);
    const container = (line: string): readonly string[] => foundIn('cluster.yaml', `apiVersion: container.gcp.upbound.io/v1beta1\nkind: NodePool\nmetadata:\n  name: p\nspec:\n  forProvider:\n    nodeConfig:\n      - machineType: e2-standard-4\n${line}`);
    assert.ok(topic('').length > 0);
    assert.ok(reports(container(''), 'iam/gke-pool-default-account') && !reports(container('        serviceAccountRef:\n          name: nodes\n'), 'iam/gke-pool-default-account'));
  });

  it('knows kinds of Crossplane by the types that they were made from', () => {
    const object = (group: string, kind: string, line: string): readonly string[] => foundIn('object.yaml', `apiVersion: ${group}.upbound.io/v1beta1\nkind: ${kind}\nmetadata:\n  name: data\nspec:\n  forProvider:\n    ${line}\n`);
    assert.ok(reports(object('dbforpostgresql.azure', 'FlexibleServerFirewallRule', 'startIpAddress: 0.0.0.0\n    endIpAddress: 255.255.255.255'), 'network/database-firewall-everybody'));
    assert.ok(reports(object('web.azure', 'LinuxWebApp', 'httpsOnly: false'), 'transport/web-app-http', 'false'));
    assert.ok(reports(object('cloudplatform.gcp', 'ProjectIAMMember', 'member: user:a@example.com\n    role: roles/owner'), 'iam/gcp-project-basic-role', 'roles/owner'));
  });

  it('takes variables of pipelines, names of files and connections without a password for no secrets', () => {
    const setting = (value: string): boolean => reports(foundIn('main.tf', `resource "azurerm_data_factory_linked_service_azure_sql_database" "a" {\n  connection_string = "${value}"\n}\n`), 'secrets/secret-in-resource');
    assert.ok(setting('hu' + 'nter-2-times'));
    for (const value of ['$(Pipeline.Workspace)/token.txt', 'credentials.json', 'data source=server;initial catalog=main;encrypt=True']) assert.ok(!setting(value), value);
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
    const set = (value: string): readonly string[] => foundIn('Pulumi.yaml', `name: data\nruntime: yaml\nvariables:\n  secure: ${value}\nresources:\n  data:\n    type: aws:rds:Instance\n    properties:\n      storageEncrypted: \${secure}\n`);
    assert.ok(reports(set('false'), 'storage/unencrypted-rds') && !reports(set('true'), 'storage/unencrypted-rds'));
    const wall = (range: string): readonly string[] => foundIn('Pulumi.yaml', `name: data\nruntime: yaml\nresources:\n  wall:\n    type: gcp:compute:Firewall\n    properties:\n      sourceRanges: ["${range}"]\n      allows:\n        - protocol: tcp\n          ports: ["22"]\n`);
    assert.ok(reports(wall('0.0.0.0/0'), 'network/open-ssh') && !reports(wall('10.0.0.0/24'), 'network/open-ssh'));
  });

  it('knows services of the Serverless Framework by the name of their file, and joins lists of resources', () => {
    const queue = 'resources:\n  - Resources:\n      Queue:\n        Type: AWS::SQS::Queue\n        Properties:\n          SqsManagedSseEnabled: false\n';
    assert.ok(reports(foundIn('app.yml', `service: chat\nprovider:\n  name: aws\n${queue}`), 'storage/queue-encryption-off'));
    const rights = 'service: chat\nprovider:\n  name: aws\n  iamRoleStatements:\n    - Effect: Allow\n      Action: "*"\n      Resource: "*"\n';
    assert.ok(reports(foundIn('serverless.prod.yml', rights), 'iam/administrator-policy'));
    assert.ok(!reports(foundIn('app.yml', rights), 'iam/administrator-policy'));
  });

  it('reads the resources and roles of the Serverless Framework', () => {
    const text = (action: string): readonly string[] => foundIn('serverless.yml', `service: chat\nprovider:\n  name: aws\n  iam:\n    role:\n      statements:\n        - Effect: Allow\n          Action: "${action}"\n          Resource: "*"\nfunctions:\n  chat:\n    handler: a.b\n`);
    assert.ok(text('*').some((one) => one.startsWith('iam/')));
    assert.ok(!text('xray:PutTraceSegments').some((one) => one.startsWith('iam/administrator-policy')));
  });

  it('takes manifests of Kubernetes that speak of services, providers and resources for what they are', () => {
    const role = 'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata:\n  name: x\nrules:\n  - apiGroups: ["*"]\n    resources: ["*"]\n    verbs: ["*"]\n---\nkind: ConfigMap\nmetadata:\n  name: y\nspec:\n  provider: aws\n  service: chat\n  resources: {}\n';
    assert.ok(reports(foundIn('install.yaml', role), 'iam/kubernetes-wildcard-role'));
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
