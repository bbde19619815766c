import assert from 'node:assert/strict';
import { findingsIn } from '../support/analyze.ts';
import { foundIn, reports } from '../support/infrastructure.ts';

const object = (version: string, kind: string, spec: string): string => `apiVersion: ${version}\nkind: ${kind}\nmetadata:\n  name: chat\nspec:\n${spec}`;
const container = (lines: string): string => `containers:\n  - name: chat\n    image: registry.example.com/chat@sha256:${'a'.repeat(64)}\n${lines}`;
const indented = (text: string, by: number): string => text.replace(/^(?=.)/gm, ' '.repeat(by));
const privileged = (value: string): string => container(`    securityContext:\n      privileged: ${value}\n`);

describe('Bicep and templates of Azure, over several files and rounds', () => {
  const storage = 'param tls string\nresource data \'Microsoft.Storage/storageAccounts@2023-01-01\' = {\n  name: \'data\'\n  properties: {\n    minimumTlsVersion: tls\n  }\n}\n';
  const calling = (value: string): readonly string[] => foundIn('main.bicep', `module data './storage.bicep' = {\n  name: 'data'\n  params: {\n    tls: '${value}'\n  }\n}\n`, { 'storage.bicep': storage });

  it('judge what a file hands to a module where it is written', () => {
    assert.ok(calling('TLS1_0').some((one) => one.startsWith('transport/') && one.endsWith(' TLS1_0')));
    assert.ok(!calling('TLS1_2').some((one) => one.endsWith(' TLS1_2')));
  });

  const rule = (port: string): string => `{\n  name: 'r'\n  properties: {\n    direction: 'Inbound'\n    access: 'Allow'\n    protocol: 'Tcp'\n    sourceAddressPrefix: '*'\n    destinationPortRange: ${port}\n  }\n}`;
  const loop = (ports: string, over = 'ports'): readonly string[] =>
    foundIn('main.bicep', `var ports = [\n${ports}\n]\nresource nsg 'Microsoft.Network/networkSecurityGroups@2023-01-01' = {\n  name: 'n'\n  properties: {\n    securityRules: [for port in ${over}: ${rule('port')}]\n  }\n}\n`);

  it('go through the rounds of a loop, and know nothing of a list that is not known', () => {
    assert.ok(reports(loop("  '22'"), 'network/open-ssh'));
    assert.ok(!reports(loop("  '443'"), 'network/open-ssh'));
    assert.ok(!reports(loop("  '22'", 'unknown()'), 'network/open-ssh'));
  });

  const copied = (ports: string): readonly string[] => foundIn('azuredeploy.json', JSON.stringify({
    parameters: { ports: { type: 'array', defaultValue: [ports] } },
    resources: [{
      type: 'Microsoft.Network/networkSecurityGroups', name: 'n',
      properties: { copy: [{ name: 'securityRules', count: "[length(parameters('ports'))]", input: { name: 'r', properties: { direction: 'Inbound', access: 'Allow', protocol: 'Tcp', sourceAddressPrefix: '*', destinationPortRange: "[parameters('ports')[copyIndex('securityRules')]]" } } }] },
    }],
  }, undefined, 1));

  it('make the properties that a template copies', () => {
    assert.ok(reports(copied('22'), 'network/open-ssh'));
    assert.ok(!reports(copied('443'), 'network/open-ssh'));
  });

  it('give a deployment within a template the parameters of the scope that it asks for', () => {
    const nested = (scope: string): readonly string[] => foundIn('azuredeploy.json', JSON.stringify({
      parameters: { https: { type: 'bool', defaultValue: false } },
      resources: [{
        type: 'Microsoft.Resources/deployments', name: 'inner',
        properties: {
          expressionEvaluationOptions: { scope },
          parameters: { https: { value: true } },
          template: { parameters: { https: { type: 'bool' } }, resources: [{ type: 'Microsoft.Web/sites', name: 'a', properties: { httpsOnly: "[parameters('https')]" } }] },
        },
      }],
    }, undefined, 1));
    assert.ok(reports(nested('outer'), 'transport/web-app-http'));
    assert.ok(!reports(nested('inner'), 'transport/web-app-http'));
  });

  it('call a module once for each round, and take parameters from a file of their own', () => {
    const rounds = (last: string): readonly string[] => foundIn('main.bicep', `var all = [{ tls: 'TLS1_2' }, { tls: '${last}' }]\nmodule data './storage.bicep' = [for one in all: {\n  name: 'data'\n  params: { tls: one.tls }\n}]\n`, { 'storage.bicep': storage });
    assert.ok(reports(rounds('TLS1_0'), 'transport/storage-account-old-tls', 'one.tls') && !reports(rounds('TLS1_2'), 'transport/storage-account-old-tls'));
    const settings = (tls: string): readonly string[] => foundIn('dev.bicepparam', `using 'storage.bicep'\n\nparam tls = '${tls}'\n`, { 'storage.bicep': storage });
    assert.ok(reports(settings('TLS1_0'), 'transport/storage-account-old-tls', 'TLS1_0') && !reports(settings('TLS1_2'), 'transport/storage-account-old-tls'));
  });

  it('judge what is handed to well-known modules, and nothing that they decide by themselves', () => {
    const vault = (line: string): readonly string[] => foundIn('main.bicep', `module vault 'br/public:avm/res/key-vault/vault:0.11.0' = {\n  name: 'vault'\n  params: {\n    name: 'vault'\n${line}  }\n}\n`);
    assert.ok(reports(vault('    enablePurgeProtection: false\n'), 'monitoring/vault-without-purge-protection', 'false'));
    assert.ok(!reports(vault(''), 'monitoring/vault-without-purge-protection') && !reports(vault('    enablePurgeProtection: true\n'), 'monitoring/vault-without-purge-protection'));
    const containers = foundIn('main.bicep', "module data 'br/public:avm/res/storage/storage-account:0.14.3' = {\n  params: {\n    name: 'data'\n    blobServices: {\n      containers: [{ name: 'docs', publicAccess: 'Blob' }]\n    }\n  }\n}\n");
    assert.ok(reports(containers, 'network/public-blob-container', 'Blob'));
    const module = (source: string, line: string): readonly string[] => foundIn('main.tf', `module "main" {\n  source  = "${source}"\n  version = "1.0.0"\n  ${line}\n}\n`);
    assert.ok(reports(module('Azure/avm-res-keyvault-vault/azurerm', 'purge_protection_enabled = false'), 'monitoring/vault-without-purge-protection', 'false'));
    assert.ok(reports(module('terraform-google-modules/kubernetes-engine/google//modules/private-cluster', 'enable_private_nodes = false'), 'network/gke-public-nodes', 'false'));
    assert.ok(!reports(module('terraform-google-modules/kubernetes-engine/google//modules/private-cluster', 'name = "a"'), 'network/gke-public-nodes'));
  });

  const service = (properties: Readonly<Record<string, unknown>>): string => JSON.stringify({
    parameters: { access: { type: 'string', defaultValue: 'disabled' }, all: { type: 'array', defaultValue: ['disabled', 'enabled'] }, key: { type: 'securestring' } },
    resources: [{ type: 'Microsoft.Search/searchServices', name: 'find', ...properties }], outputs: { key: { type: 'string', value: "[concat('key=', parameters('key'))]" } },
  }, undefined, 1);
  const isPublic = (text: string, others: Readonly<Record<string, string>> = {}): boolean => reports(foundIn('azuredeploy.json', text, others), 'network/public-search');

  it('take parameters from the file beside a template, and the defaults of what the environment sets', () => {
    const text = service({ properties: { publicNetworkAccess: "[parameters('access')]" } });
    const file = (value: string): Readonly<Record<string, string>> => ({ 'azuredeploy.parameters.json': JSON.stringify({ parameters: { access: { value } } }) });
    assert.ok(!isPublic(text) && isPublic(text, file('enabled')) && !isPublic(text, file('disabled')));
    assert.ok(isPublic(text, file('${ACCESS=enabled}')) && !isPublic(text, file('${ACCESS}')));
  });

  it('make the copies of a resource, and see secure parameters in outputs', () => {
    const copied = (count: number): string => service({ copy: { name: 'c', count }, properties: { publicNetworkAccess: "[parameters('all')[copyIndex()]]" } });
    assert.ok(isPublic(copied(2)) && !isPublic(copied(1)));
    assert.ok(reports(foundIn('azuredeploy.json', copied(1)), 'secrets/secure-parameter-in-output'));
    assert.ok(!reports(foundIn('azuredeploy.json', copied(1).replace('"type": "string",\n   "value"', '"type": "securestring",\n   "value"')), 'secrets/secure-parameter-in-output'));
  });

  it('leave out what a condition leaves out', () => {
    const bicep = (on: string): readonly string[] => foundIn('main.bicep', `param on bool = ${on}\nresource find 'Microsoft.Search/searchServices@2023-11-01' = if (on && true) {\n  name: 'find'\n  properties: {\n    publicNetworkAccess: 'enabled'\n  }\n}\n`);
    assert.ok(reports(bicep('true'), 'network/public-search') && !reports(bicep('false'), 'network/public-search'));
    assert.ok(reports(foundIn('main.bicep', "param on bool\nresource find 'Microsoft.Search/searchServices@2023-11-01' = if (on) {\n  name: 'find'\n  properties: {\n    publicNetworkAccess: 'enabled'\n  }\n}\n"), 'network/public-search'));
    assert.ok(!isPublic(service({ condition: false, properties: { publicNetworkAccess: 'enabled' } })) && isPublic(service({ condition: "[parameters('unknown')]", properties: { publicNetworkAccess: 'enabled' } })));
  });

  it('know roles by the ids that functions make', () => {
    const assigned = (id: string): readonly string[] => foundIn('main.bicep', `resource role 'Microsoft.Authorization/roleAssignments@2022-04-01' = {\n  name: 'a'\n  properties: {\n    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '${id}')\n  }\n}\n`);
    assert.ok(reports(assigned('8e3af657-a8ff-443c-a75c-2fe8c4bcb635'), 'iam/azure-owner-assignment'));
    assert.ok(!reports(assigned('acdd72a7-3385-48ef-bd42-f606fba81ae7'), 'iam/azure-owner-assignment'));
  });

  it('take what an update of azapi does not say as it was', () => {
    const update = (line: string): readonly string[] => foundIn('main.tf', `resource "azapi_update_resource" "data" {\n  type = "Microsoft.Storage/storageAccounts@2023-05-01"\n  body = {\n    properties = {\n      ${line}\n    }\n  }\n}\n`);
    assert.ok(reports(update('allowBlobPublicAccess = true'), 'network/storage-account-public-blobs', 'true'));
    assert.ok(!reports(update('minimumTlsVersion = "TLS1_2"'), 'network/storage-account-public-blobs'));
  });

  it('read the bodies of azapi in Terraform', () => {
    const resource = (value: string): readonly string[] => foundIn('main.tf', `resource "azapi_resource" "ai" {\n  type = "Microsoft.CognitiveServices/accounts@2024-10-01"\n  name = "ai"\n  body = {\n    properties = {\n      disableLocalAuth = ${value}\n    }\n  }\n}\n`);
    assert.ok(reports(resource('false'), 'auth/cognitive-keys', 'false'));
    assert.ok(!reports(resource('true'), 'auth/cognitive-keys'));
  });
});

describe('Kubernetes beyond plain manifests', () => {
  it('is told from playbooks at once, however many blank lines stand before it', () => {
    const blank = ' \n'.repeat(300);
    assert.ok(reports(foundIn('pod.yaml', `${blank}${object('v1', 'Pod', indented(privileged('true'), 2))}`), 'workload/privileged-container'));
    assert.ok(!reports(foundIn('notes.yaml', `${blank}tasks: apiVersion kind\n`), 'workload/privileged-container'));
  });

  it('finds the pods of the kinds that run models and pipelines', () => {
    const ray = (value: string): string => object('ray.io/v1', 'RayCluster', `  workerGroupSpecs:\n    - groupName: gpu\n      template:\n        spec:\n${indented(privileged(value), 10)}`);
    assert.ok(reports(foundIn('ray.yaml', ray('true')), 'workload/privileged-container', 'true'));
    assert.ok(!reports(foundIn('ray.yaml', ray('false')), 'workload/privileged-container'));
    const argo = object('argoproj.io/v1alpha1', 'Workflow', '  templates:\n    - name: main\n      container:\n        image: a@sha256:0\n        securityContext:\n          privileged: true\n');
    assert.ok(reports(foundIn('workflow.yaml', argo), 'workload/privileged-container', 'true'));
  });

  it('judges containers that are put into a pod later', () => {
    const pod = object('v1', 'Pod', `${indented(container(''), 2)}  ephemeralContainers:\n    - name: debug\n      image: a@sha256:0\n      securityContext:\n        privileged: true\n`);
    assert.ok(reports(foundIn('pod.yaml', pod), 'workload/privileged-container', 'true'));
  });

  const chart = (template: string, values: string): readonly string[] => foundIn('chart/templates/pod.yaml', object('v1', 'Pod', template), { 'chart/values.yaml': values });

  it('takes the values of a chart, and nothing that they do not give', () => {
    const template = '  hostNetwork: {{ .Values.hostNetwork }}\n';
    assert.ok(reports(chart(`${template}${indented(container(''), 2)}`, 'hostNetwork: true\n'), 'workload/host-network', '{{ .Values.hostNetwork }}'));
    assert.ok(!reports(chart(`${template}${indented(container(''), 2)}`, 'hostNetwork: false\n'), 'workload/host-network'));
    assert.ok(!reports(chart(`${template}${indented(container(''), 2)}`, 'other: true\n'), 'workload/host-network'));
  });

  const conditional = (condition: string, values: string): boolean => {
    const text = `{{- if ${condition} }}\n${object('v1', 'Pod', `  hostNetwork: true\n${indented(container(''), 2)}`)}{{- end }}\n`;
    return reports(foundIn('chart/templates/pod.yaml', text, { 'chart/values.yaml': values }), 'workload/host-network', 'true');
  };

  it('judges the objects that the conditions of a chart render with its own values', () => {
    assert.ok(conditional('.Values.pod.enabled', 'pod:\n  enabled: true\n'));
    assert.ok(!conditional('.Values.pod.enabled', 'pod:\n  enabled: false\n'));
    assert.ok(!conditional('.Values.pod.enabled', 'pod:\n  other: 1\n'));
    assert.ok(conditional('and .Values.a (not .Values.b)', 'a: 1\nb: ""\n'));
    assert.ok(!conditional('or .Values.b (eq .Values.a "x")', 'a: y\nb: []\n'));
    assert.ok(conditional('.Capabilities.APIVersions.Has "v1"', 'a: 1\n'), 'what the values do not decide may be rendered');
  });

  it('takes the branch of a template that is rendered', () => {
    const text = (value: string): readonly string[] => chart(`  {{- if .Values.shared }}\n  hostNetwork: true\n  {{- else if .Values.watching }}\n  hostPID: true\n  {{- else }}\n  hostIPC: true\n  {{- end }}\n${indented(container(''), 2)}`, value);
    const shares = (value: string): readonly string[] => ['workload/host-network', 'workload/host-pid', 'workload/host-ipc'].filter((rule) => reports(text(value), rule));
    assert.deepEqual(shares('shared: true\nwatching: true\n'), ['workload/host-network']);
    assert.deepEqual(shares('shared: false\nwatching: true\n'), ['workload/host-pid']);
    assert.deepEqual(shares('shared: false\nwatching: false\n'), ['workload/host-ipc']);
  });

  it('does not take for missing what an action below the key writes', () => {
    const written = indented(container('    securityContext:\n      {{- toYaml .Values.given | nindent 6 }}\n'), 2);
    for (const rule of ['workload/writable-root-filesystem', 'workload/no-security-context']) {
      assert.ok(!reports(chart(written, 'none: 1\n'), rule));
      assert.ok(reports(chart(indented(container(''), 2), 'none: 1\n'), rule));
    }
  });

  const patch = (value: string, kind = 'Deployment'): readonly string[] => foundIn('kustomization.yaml', `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\npatches:\n  - target:\n      kind: ${kind}\n    patch: |-\n      - op: add\n        path: /spec/template/spec/hostNetwork\n        value: ${value}\n`);

  it('judges what patches of kustomize write, and nothing that they leave', () => {
    assert.ok(reports(patch('true'), 'workload/host-network', 'true'));
    assert.deepEqual(patch('false'), []);
    assert.ok(!reports(patch('true', 'ConfigMap'), 'workload/host-network'));
  });

  it('keeps kinds of the same name in different groups apart', () => {
    const disabled = '  mtls:\n    mode: DISABLE\n';
    assert.ok(reports(foundIn('a.yaml', object('security.istio.io/v1', 'PeerAuthentication', disabled)), 'transport/mesh-plaintext-allowed', 'DISABLE'));
    assert.ok(!reports(foundIn('a.yaml', object('example.com/v1', 'PeerAuthentication', disabled)), 'transport/mesh-plaintext-allowed'));
  });

  it('reads tasks of Ansible in all their forms', () => {
    const task = (...lines: readonly string[]): readonly string[] => foundIn('tasks/main.yml', ['- name: fetch', ...lines, ''].join('\n'));
    const rule = 'transport/ansible-plain-http';
    assert.ok(reports(task('  get_url: url=http://example.com/a dest=/a'), rule, 'http://example.com/a'));
    assert.ok(reports(task('  action: get_url url=http://example.com/a dest=/a'), rule, 'http://example.com/a'));
    assert.ok(reports(task('  local_action:', '    module: ansible.builtin.get_url', '    url: http://example.com/a'), rule));
    assert.ok(reports(task('  get_url:', '  args:', '    url: http://example.com/a'), rule));
    assert.ok(!reports(task('  shell: echo url=http://example.com/a'), rule));
  });

  it('knows what plays and blocks say for their tasks', () => {
    const rule = 'iam/ansible-become-user-alone';
    const play = (above: string): readonly string[] => foundIn('site.yml', `- hosts: all\n${above}  tasks:\n    - block:\n        - command: ./migrate\n          become_user: chat\n`);
    assert.ok(reports(play(''), rule, 'become_user'));
    assert.ok(!reports(play('  become: true\n'), rule));
    assert.ok(!reports(foundIn('tasks/main.yml', '- command: ./migrate\n  become_user: chat\n'), rule), 'the play may say it');
  });

  it('say once of a container that it has no security context, and of a setting of its own what is wrong with it', () => {
    const told = ['no-security-context', 'privilege-escalation-allowed', 'container-may-run-as-root', 'no-seccomp-profile', 'capabilities-not-dropped', 'capabilities-not-all-dropped'].map((name) => `workload/${name}`);
    const found = (context: string): readonly string[] => findingsIn('pod.yaml', { 'pod.yaml': object('v1', 'Pod', `  containers:\n    - name: train\n      image: a@sha256:0\n${context}`) }).map((one) => String(one.ruleId)).filter((id) => told.includes(id));
    assert.deepEqual(found(''), ['workload/no-security-context']);
    const context = (line: string): readonly string[] => [...found(`      securityContext:\n        ${line}\n`)].sort();
    assert.deepEqual(context('allowPrivilegeEscalation: true'), ['workload/capabilities-not-dropped', 'workload/container-may-run-as-root', 'workload/no-seccomp-profile', 'workload/privilege-escalation-allowed']);
    assert.deepEqual(context('runAsNonRoot: false'), ['workload/capabilities-not-dropped', 'workload/container-may-run-as-root', 'workload/no-seccomp-profile', 'workload/privilege-escalation-allowed']);
    assert.deepEqual(context('capabilities: { drop: [NET_RAW] }'), ['workload/capabilities-not-all-dropped', 'workload/container-may-run-as-root', 'workload/no-seccomp-profile', 'workload/privilege-escalation-allowed']);
  });

  it('takes a task that names what an earlier one made as a change of it', () => {
    const made = '- name: create\n  community.aws.efs:\n    name: "{{ prefix }}-scans"\n    state: present\n';
    const rule = 'storage/unencrypted-efs';
    const times = (text: string): number => foundIn('tasks/main.yml', text).filter((one) => one.startsWith(`${rule} `)).length;
    assert.equal(times(made), 1);
    assert.equal(times(`${made}- name: tag\n  efs:\n    name: '{{ prefix }}-scans'\n    tags: {a: b}\n`), 1);
    assert.equal(times(`${made}- name: tag\n  efs:\n    name: "{{ prefix }}-scans"\n    encrypt: false\n`), 2, 'what it says itself is judged');
    const domain = (...lines: readonly string[]): string => `- opensearch:\n    domain_name: notes\n${lines.map((line) => `    ${line}\n`).join('')}`;
    const first = domain('domain_endpoint_options:', '  enforce_https: true', '  tls_security_policy: Policy-Min-TLS-1-2-PFS-2023-10');
    assert.ok(!reports(foundIn('tasks/main.yml', first + domain('domain_endpoint_options:', '  tls_security_policy: Policy-Min-TLS-1-2-PFS-2023-10')), 'transport/opensearch-http'), 'in groups of settings too');
    assert.equal(times(`${made}- name: another\n  efs:\n    name: "{{ prefix }}-notes"\n`), 2);
    assert.equal(times(made.replace('  community', '  loop: [a, b]\n  community').replace('scans', '{{ item }}')), 1);
  });

  it('judges nothing that a task of Ansible takes away', () => {
    const listener = (state: string): readonly string[] => foundIn('tasks/main.yml', `- name: balancer\n  elb_classic_lb:\n    name: chat\n    state: ${state}\n    listeners:\n      - protocol: http\n        load_balancer_port: 80\n`);
    assert.ok(reports(listener('present'), 'transport/elb-plaintext'));
    assert.ok(!reports(listener('absent'), 'transport/elb-plaintext'));
    assert.ok(!reports(foundIn('tasks/main.yml', '- name: gone\n  redshift:\n    command: delete\n    identifier: visits\n'), 'storage/unencrypted-redshift'));
  });

  it('reads policies of tasks where they stand, and not once more in the block around them', () => {
    const text = '- name: everything\n  block:\n    - name: queue\n      sqs_queue:\n        name: chat\n        policy:\n          Version: "2012-10-17"\n          Statement:\n            Effect: Allow\n            Action: "*"\n            Resource: "*"\n';
    const messages = findingsIn('tasks/main.yml', { 'tasks/main.yml': text }).filter((one) => ['iam/administrator-policy', 'iam/wildcard-action'].includes(one.ruleId)).map((one) => one.message);
    assert.equal(messages.length, 1);
    assert.match(messages[0]!, /allows every action\.$/, 'every resource is the queue itself');
    assert.match(messages[0]!, /"queue"/);
  });

  it('knows both words of Ansible for an encrypted stream', () => {
    const stream = (...more: readonly string[]): readonly string[] => foundIn('tasks/main.yml', `- kinesis_stream:\n    name: events\n${more.map((line) => `    ${line}\n`).join('')}`);
    const rule = 'storage/unencrypted-kinesis';
    assert.ok(reports(stream(), rule));
    assert.ok(reports(stream('encryption_state: disabled'), rule));
    assert.ok(reports(stream('encryption_type: NONE'), rule));
    assert.ok(!reports(stream('encryption_state: enabled', 'encryption_type: KMS', 'key_id: alias/events'), rule));
  });

  it('reads the objects that tasks of Ansible apply', () => {
    const play = (value: string): string => `- hosts: localhost\n  tasks:\n    - name: pod\n      kubernetes.core.k8s:\n        state: present\n        definition:\n${indented(object('v1', 'Pod', indented(privileged(value), 2)), 10)}`;
    assert.ok(reports(foundIn('playbook.yml', play('true')), 'workload/privileged-container', 'true'));
    assert.ok(!reports(foundIn('playbook.yml', play('false')), 'workload/privileged-container'));
  });

  it('reads the ranges of a security group as EC2 writes them', () => {
    const group = (range: string): string => object('ec2.aws.crossplane.io/v1beta1', 'SecurityGroup', `  forProvider:\n    ingress:\n      - fromPort: 5432\n        toPort: 5432\n        ipProtocol: tcp\n        ipRanges:\n          - cidrIp: ${range}\n`);
    assert.ok(reports(foundIn('a.yaml', group('0.0.0.0/0')), 'network/open-database-port', '0.0.0.0/0'));
    assert.ok(!reports(foundIn('a.yaml', group('10.0.0.0/16')), 'network/open-database-port'));
  });

  it('reads resources of Crossplane that are made from the interface of AWS', () => {
    const written = (api: string, kind: string, body: string): readonly string[] => foundIn('a.yaml', object(`${api}.aws.crossplane.io/v1beta1`, kind, `  forProvider:\n    ${body}\n`));
    const logs = (types: string): string => `logging:\n      clusterLogging:\n        - enabled: true\n          types: [${types}]`;
    const policy = (who: string): string => `policy:\n      statements:\n        - effect: Allow\n          principal:\n            ${who}\n          action: ['s3:GetObject']\n          resource: ['arn:aws:s3:::chat/*']`;
    for (const [api, kind, rule, bad, good] of [
      ['eks', 'Cluster', 'monitoring/eks-incomplete-control-plane-log', logs('api'), logs('api, audit, authenticator, controllerManager, scheduler')],
      ['s3', 'Bucket', 'monitoring/bucket-without-versioning', 'versioningConfiguration: { status: Suspended }', 'versioningConfiguration: { status: Enabled }'],
      ['s3', 'BucketPolicy', 'iam/public-bucket-read', policy('allowAnon: true'), policy("awsPrincipals: [{ iamRoleArn: 'arn:aws:iam::111122223333:role/chat' }]")],
      ['ec2', 'LaunchTemplate', 'workload/imds-v1', 'launchTemplateData: { metadataOptions: { httpTokens: optional } }', 'launchTemplateData: { metadataOptions: { httpTokens: required } }'],
      ['cloudfront', 'Distribution', 'monitoring/cloudfront-without-log', 'distributionConfig: { logging: { enabled: false } }', 'distributionConfig: { logging: { enabled: true, bucket: logs } }'],
    ] as const) {
      assert.ok(reports(written(api, kind, bad), rule), `${kind}: ${bad}`);
      assert.ok(!reports(written(api, kind, good), rule), `${kind}: ${good}`);
    }
  });

  it('reads resources of the native provider of Pulumi as CloudFormation has them', () => {
    const native = (value: string): string => `name: a\nruntime: yaml\nresources:\n  data:\n    type: aws-native:rds:DbInstance\n    properties:\n      dbInstanceClass: db.t4g.small\n      publiclyAccessible: ${value}\n`;
    assert.ok(reports(foundIn('Pulumi.yaml', native('true')), 'network/public-database', 'true'));
    assert.ok(!reports(foundIn('Pulumi.yaml', native('false')), 'network/public-database'));
    assert.ok(!reports(foundIn('Pulumi.yaml', native('${open}')), 'network/public-database'));
  });

  it('gives the rights that a deployment gives on a resource', () => {
    const topic = (member: string): readonly string[] =>
      foundIn('deployment.yaml', `resources:\n  - name: t\n    type: pubsub.v1.topic\n    properties:\n      topic: t\n    accessControl:\n      gcpIamPolicy:\n        bindings:\n          - role: roles/pubsub.publisher\n            members:\n              - ${member}\n`);
    assert.ok(reports(topic('allUsers'), 'network/gcp-grant-to-everybody', 'allUsers'));
    assert.ok(!reports(topic('group:ops@example.com'), 'network/gcp-grant-to-everybody'));
  });

  it('judges settings of any provider by their names, where no table does and the rule lets something in', () => {
    const resource = (type: string, lines: string): readonly string[] => foundIn('main.tf', `resource "${type}" "r" {\n${lines}\n}\n`);
    assert.ok(reports(resource('contoso_database', '  publicly_accessible = true'), 'network/setting-public'));
    assert.ok(!resource('contoso_database', '  publicly_accessible = var.open').some((one) => one.includes('/setting-')));
    assert.ok(!resource('aws_db_instance', '  publicly_accessible = true').some((one) => one.includes('/setting-')), 'a table says it');
    const rule = (direction: string, port: number): readonly string[] => resource('contoso_firewall_rule', `  direction = "${direction}"\n  port      = ${port}\n  source_ip = "0.0.0.0/0"`);
    assert.ok(reports(rule('in', 22), 'network/setting-open-range'));
    assert.ok(!reports(rule('out', 22), 'network/setting-open-range') && !reports(rule('in', 443), 'network/setting-open-range'));
  });

  it('reads rules of firewalls that are texts', () => {
    const group = (rule: string): readonly string[] => foundIn('main.tf', `resource "tencentcloud_security_group_lite_rule" "r" {\n  security_group_id = "sg"\n  ingress           = ["${rule}"]\n}\n`);
    assert.ok(reports(group('ACCEPT#0.0.0.0/0#22#TCP'), 'network/open-ssh'));
    assert.ok(!reports(group('DROP#0.0.0.0/0#22#TCP'), 'network/open-ssh') && !reports(group('ACCEPT#10.0.0.0/16#22#TCP'), 'network/open-ssh'));
  });

  it('knows the containers of a task under the name that its module has for them', () => {
    const task = (value: string): readonly string[] => foundIn('play.yml', `- hosts: all\n  tasks:\n    - community.aws.ecs_taskdefinition:\n        family: f\n        state: present\n        containers:\n          - name: a\n            privileged: ${value}\n`);
    assert.ok(reports(task('true'), 'workload/ecs-privileged-container'));
    assert.ok(!reports(task('false'), 'workload/ecs-privileged-container'));
  });

  it('judges the settings of the roles of a Spark application, and nothing that they leave', () => {
    const application = (lines: string): readonly string[] => foundIn('app.yaml', object('sparkoperator.k8s.io/v1beta2', 'SparkApplication', `  driver:\n    cores: 1\n${lines}`));
    assert.ok(reports(application('    securityContext:\n      privileged: true\n'), 'workload/privileged-container'));
    assert.ok(!application('').some((one) => one.startsWith('workload/no-cpu-limit') || one.startsWith('workload/privileged-container')));
  });

  it('reads the objects of the clouds’ own controllers', () => {
    const amazon = (value: string): string => object('rds.services.k8s.aws/v1alpha1', 'DBInstance', `  storageEncrypted: ${value}\n`);
    assert.ok(reports(foundIn('db.yaml', amazon('false')), 'storage/unencrypted-rds', 'false'));
    assert.ok(!reports(foundIn('db.yaml', amazon('true')), 'storage/unencrypted-rds'));
    const google = object('compute.cnrm.cloud.google.com/v1beta1', 'ComputeFirewall', '  sourceRanges: [0.0.0.0/0]\n  allow:\n    - protocol: tcp\n      ports: ["22"]\n');
    assert.ok(reports(foundIn('firewall.yaml', google), 'network/open-ssh'));
    const azure = (value: string): string => object('cognitiveservices.azure.com/v1api20250601', 'Account', `  disableLocalAuth: ${value}\n`);
    assert.ok(reports(foundIn('ai.yaml', azure('false')), 'auth/cognitive-keys', 'false'));
    assert.ok(!reports(foundIn('ai.yaml', azure('true')), 'auth/cognitive-keys'));
  });
});

describe('programs and images', () => {
  it('reads the typed inputs of Pulumi in Python', () => {
    const program = (range: string): readonly string[] => foundIn('__main__.py', `import pulumi_gcp as gcp\ngcp.compute.Firewall("ssh", allows=[gcp.compute.FirewallAllowArgs(protocol="tcp", ports=["22"])], source_ranges=["${range}"])\n`);
    assert.ok(reports(program('0.0.0.0/0'), 'network/open-ssh'));
    assert.ok(!reports(program('10.0.0.0/8'), 'network/open-ssh'));
  });

  it('knows providers of Pulumi that have few modules, and the blocks that have a plural there', () => {
    const firewall = (range: string): readonly string[] =>
      foundIn('index.ts', `import * as digitalocean from '@pulumi/digitalocean';\nnew digitalocean.Firewall('f', { inboundRules: [{ protocol: 'tcp', portRange: '22', sourceAddresses: ['${range}'] }] });\n`);
    assert.ok(reports(firewall('0.0.0.0/0'), 'network/open-ssh'));
    assert.ok(!reports(firewall('203.0.113.4'), 'network/open-ssh'));
    const zone = (version: string): readonly string[] =>
      foundIn('Pulumi.yaml', `name: a\nruntime: yaml\nresources:\n  z:\n    type: cloudflare:ZoneSetting\n    properties:\n      settingId: min_tls_version\n      value: '${version}'\n`);
    assert.ok(reports(zone('1.0'), 'transport/cloudflare-setting-old-tls'));
    assert.ok(!reports(zone('1.2'), 'transport/cloudflare-setting-old-tls'));
  });

  it('judges what the component for clusters says of its network, and nothing that it leaves', () => {
    const cluster = (settings: string): readonly string[] => foundIn('__main__.py', `import pulumi_eks as eks\n\neks.Cluster("c", ${settings})\n`);
    assert.ok(cluster('endpoint_public_access=True').some((one) => one.startsWith('network/')));
    assert.ok(!cluster('endpoint_public_access=False').some((one) => one.startsWith('network/')));
    assert.ok(!cluster('instance_type="m5.large"').some((one) => one.startsWith('network/')));
  });

  it('reads the default of an ARG in FROM', () => {
    const image = (tag: string): readonly string[] => foundIn('Dockerfile', `ARG TAG=${tag}\nFROM python:\${TAG}\nUSER 10001\n`);
    assert.ok(reports(image('latest'), 'dependencies/base-image-latest'));
    assert.ok(!reports(image('3.13.1'), 'dependencies/base-image-latest'));
  });

  it('takes the digest of an image for no secret', () => {
    assert.ok(!foundIn('compose.yaml', `services:\n  redis:\n    image: redis:7.4@sha256:${'5c76d05034644fa8ecc9c2aa84e0a83c'.repeat(2)}\n`).some((one) => one.startsWith('secrets/')));
  });
});
