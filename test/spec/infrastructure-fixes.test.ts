import assert from 'node:assert/strict';
import { applyEdits } from '../../server/engine/compose.ts';
import { analyzerFor, rootedPath } from '../support/analyze.ts';

interface Offered {
  readonly title: string;
  readonly refused?: string;
  readonly text?: string;
}

/** The fixes of the first finding of a rule, with the text that each gives. */
function offered(file: string, text: string, rule: string): readonly Offered[] {
  const analyzer = analyzerFor({ [file]: text });
  const finding = analyzer.analyze(rootedPath(file)).findings.find((one) => one.ruleId === rule);
  assert.ok(finding, `${rule} is found`);
  return finding.fixes.map((fix) => {
    const refused = analyzer.refusal(fix);
    const edits = refused === undefined ? analyzer.edits(fix) : undefined;
    return { title: fix.title, ...(refused === undefined ? {} : { refused }), ...(edits ? { text: applyEdits(text, edits) } : {}) };
  });
}

const queue = 'resource "aws_sqs_queue" "jobs" {\n  name = "jobs"\n}\n';
const key = (name: string): string => `resource "aws_kms_key" "${name}" {\n  enable_key_rotation = true\n}\n`;

describe('fixes that name a key', () => {
  const rule = 'storage/queue-without-key';
  it('use the key of the module', () => {
    assert.deepEqual(offered('main.tf', `${key('data')}${queue}`, rule), [{ title: 'Use aws_kms_key.data', text: `${key('data')}${queue.replace('}', '  kms_master_key_id = aws_kms_key.data.arn\n}')}` }]);
  });
  it('offer each of several keys', () => {
    assert.deepEqual(offered('main.tf', `${key('a')}${key('b')}${queue}`, rule).map((one) => one.title), ['Use aws_kms_key.a', 'Use aws_kms_key.b']);
  });
  it('offer none of those that are one of many', () => {
    assert.deepEqual(offered('main.tf', `${key('a').replace('{\n', '{\n  count = 2\n')}${queue}`, rule).map((one) => one.title), ['Add aws_kms_key and use it']);
  });
  it('make a key where there is none', () => {
    const [fix] = offered('main.tf', queue, rule);
    assert.equal(fix?.title, 'Add aws_kms_key and use it');
    assert.match(fix?.text ?? '', /kms_master_key_id = aws_kms_key\.jobs\.arn\n\}\n\nresource "aws_kms_key" "jobs" \{\n {2}description/);
  });
  it('use the key of a template', () => {
    const template = 'Resources:\n  Data:\n    Type: AWS::KMS::Key\n    Properties:\n      EnableKeyRotation: true\n      KeyPolicy: {}\n  Jobs:\n    Type: AWS::SQS::Queue\n    Properties:\n      QueueName: jobs\n';
    assert.deepEqual(offered('template.yaml', template, rule), [{ title: 'Use Data', text: template.replace('QueueName', 'KmsMasterKeyId: !GetAtt Data.Arn\n      QueueName') }]);
  });
  it('leave a template without a key to its author', () => {
    assert.deepEqual(offered('template.yaml', 'Resources:\n  Jobs:\n    Type: AWS::SQS::Queue\n    Properties:\n      QueueName: jobs\n', rule), []);
  });
});

describe('templates that begin with an action', () => {
  const template = (lines: string): string => `{{- if true }}\napiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: api\n${lines}{{- end }}\n`;
  it('are mended as the YAML that they are', () => {
    assert.equal(offered('templates/account.yaml', template(''), 'iam/api-token-mounted')[0]?.text, template('').replace('metadata', 'automountServiceAccountToken: false\nmetadata'));
  });
  it('are read for secrets', () => {
    const password = ['Xk29s', 'LmQ81zz'].join('');
    const { findings } = analyzerFor({ 'templates/a.yaml': `{{- if .Values.on }}\napiVersion: v1\nkind: ConfigMap\ndata:\n  DATABASE_PASSWORD: ${password}\n{{- end }}\n` }).analyze(rootedPath('templates/a.yaml'));
    assert.deepEqual(findings.map((one) => one.ruleId), ['secrets/hardcoded-password']);
  });
});

describe('fixes that add a resource', () => {
  it('are refused beside one of several, which has to be named with an index', () => {
    const bucket = (count: string): string => `resource "aws_s3_bucket" "data" {\n${count}  bucket = "data"\n}\n`;
    assert.match(offered('main.tf', bucket(''), 'monitoring/bucket-without-lifecycle')[0]?.text ?? '', /bucket = aws_s3_bucket\.data\.id/);
    for (const repeated of ['  count = 2\n', '  count = var.several ? 1 : 0\n', '  for_each = toset(["a", "b"])\n'])
      assert.match(offered('main.tf', bucket(repeated), 'monitoring/bucket-without-lifecycle')[0]?.refused ?? '', /one of several/);
  });
});

describe('fixes in YAML', () => {
  const task = (line: string, module: string): string => `- name: chat\n  ${module}:\n    name: chat\n    ${line}\n`;
  it('keep single quotes, and words for yes and no', () => {
    const mended = (module: string, line: string, rule: string): string | undefined => offered('tasks/main.yml', task(line, module), rule)[0]?.text;
    assert.equal(mended('autoscaling_launch_config', 'assign_public_ip: yes', 'network/instance-public-address'), task('assign_public_ip: no', 'autoscaling_launch_config'));
    assert.equal(mended('autoscaling_launch_config', 'assign_public_ip: true', 'network/instance-public-address'), task('assign_public_ip: false', 'autoscaling_launch_config'));
    assert.equal(mended('api_gateway_domain', "security_policy: 'TLS_1_0'", 'transport/api-old-tls'), task("security_policy: 'TLS_1_2'", 'api_gateway_domain'));
    assert.equal(mended('api_gateway_domain', 'security_policy: "TLS_1_0"', 'transport/api-old-tls'), task('security_policy: "TLS_1_2"', 'api_gateway_domain'));
  });

  it('are not safe where a container that asks for a right may no longer work without it', () => {
    const text = 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: agent\nspec:\n  hostNetwork: true\n  containers:\n    - name: tune\n      image: a@sha256:0\n      securityContext:\n        privileged: true\n        runAsUser: 0\n        runAsNonRoot: false\n        allowPrivilegeEscalation: true\n';
    const safe = (rule: string): readonly boolean[] => analyzerFor({ 'pod.yaml': text }).analyze(rootedPath('pod.yaml')).findings.filter((one) => one.ruleId === rule).flatMap((one) => one.fixes.map((fix) => fix.safe));
    for (const rule of ['workload/privileged-container', 'workload/container-may-run-as-root', 'workload/host-network']) assert.deepEqual(safe(rule), [false], rule);
    assert.deepEqual(safe('workload/privilege-escalation-allowed'), [true]);
  });

  it('are not safe where the service would be reached or encrypted in another way', () => {
    const safe = (text: string, rule: string): readonly boolean[] => analyzerFor({ 'main.tf': text }).analyze(rootedPath('main.tf')).findings.filter((one) => one.ruleId === rule).flatMap((one) => one.fixes.map((fix) => fix.safe));
    assert.deepEqual(safe('resource "aws_dms_endpoint" "a" {\n  engine_name = "mysql"\n  ssl_mode    = "none"\n}\n', 'transport/dms-endpoint-plaintext'), [false]);
    assert.deepEqual(safe('resource "aws_ecs_task_definition" "a" {\n  network_mode = "bridge"\n}\n', 'network/ecs-network-mode'), [false]);
    assert.deepEqual(safe('resource "aws_db_instance" "a" {\n  publicly_accessible = true\n}\n', 'network/public-database'), [true]);
  });
});

describe('fixes that take something out', () => {
  const service = (lines: string): string => `services:\n  api:\n    image: api@sha256:0\n${lines}`;
  it('take an item out of a list in lines', () => {
    const bad = service('    cap_add:\n      - SYS_ADMIN # for fuse\n      - NET_BIND_SERVICE\n');
    assert.equal(offered('docker-compose.yml', bad, 'workload/compose-capability')[0]?.text, service('    cap_add:\n      - NET_BIND_SERVICE\n'));
  });
  it('take an item out of a list in brackets, whichever it is', () => {
    assert.equal(offered('docker-compose.yml', service('    cap_add: [SYS_ADMIN, NET_BIND_SERVICE]\n'), 'workload/compose-capability')[0]?.text, service('    cap_add: [NET_BIND_SERVICE]\n'));
    assert.equal(offered('docker-compose.yml', service('    cap_add: ["NET_BIND_SERVICE", "SYS_ADMIN"]\n'), 'workload/compose-capability')[0]?.text, service('    cap_add: ["NET_BIND_SERVICE"]\n'));
  });
  it('take the list along with its last item', () => {
    assert.equal(offered('docker-compose.yml', service('    cap_add:\n      - SYS_ADMIN\n    read_only: true\n'), 'workload/compose-capability')[0]?.text, service('    read_only: true\n'));
  });
  it('take what would be empty along', () => {
    const pod = (lines: string): string => `apiVersion: v1\nkind: Pod\nmetadata:\n  name: api\nspec:\n  containers:\n    - name: api\n      image: api@sha256:0\n${lines}`;
    assert.equal(offered('pod.yaml', pod('      securityContext:\n        capabilities:\n          add: [SYS_ADMIN]\n'), 'workload/sys-admin-capability')[0]?.text, pod(''));
    const json = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'api' }, spec: { containers: [{ name: 'api', image: 'api@sha256:0', ports: [{ containerPort: 80, hostPort: 80 }] }] } };
    const text = offered('pod.json', JSON.stringify(json, undefined, 2), 'network/host-port')[0]?.text ?? '';
    assert.deepEqual(JSON.parse(text), { ...json, spec: { containers: [{ ...json.spec.containers[0], ports: [{ containerPort: 80 }] }] } });
  });
  it('say why not where a line holds more than the setting', () => {
    const bad = 'services:\n  api: {image: "api@sha256:0", network_mode: host}\n';
    assert.deepEqual(offered('docker-compose.yml', bad, 'workload/compose-host-network'), [{ title: 'Remove network_mode', refused: 'The setting is written with others on its line; it has to be taken out by hand.' }]);
  });
});

describe('fixes that hand a value to a script', () => {
  const workflow = (step: string, machine = 'ubuntu-latest'): string => `name: greet\non: issues\npermissions: {}\njobs:\n  greet:\n    runs-on: ${machine}\n    steps:\n${step}`;
  const rule = 'input-validation/workflow-injection';
  const title = '${{ github.event.issue.title }}';
  const env = '        env:\n          ISSUE_TITLE: "${{ github.event.issue.title }}"\n';
  it('quote the variable where the shell would split it', () => {
    assert.equal(offered('.github/workflows/a.yml', workflow(`      - name: greet\n        run: |\n          echo ${title}\n`), rule)[0]?.text, workflow(`      - name: greet\n${env}        run: |\n          echo "\${ISSUE_TITLE}"\n`));
  });
  it('keep the quotes that are there', () => {
    assert.equal(offered('.github/workflows/a.yml', workflow(`      - name: greet\n        run: |\n          # it's new\n          echo "new: ${title}"\n`), rule)[0]?.text, workflow(`      - name: greet\n${env}        run: |\n          # it's new\n          echo "new: \${ISSUE_TITLE}"\n`));
  });
  it('are refused in single quotes', () => {
    assert.deepEqual(offered('.github/workflows/a.yml', workflow(`      - run: |\n          echo 'new: ${title}'\n`), rule), [{ title: 'Hand the value over in env', refused: 'It stands in single quotes, where the shell reads no variables.' }]);
  });
  it('read it as PowerShell does', () => {
    assert.match(offered('.github/workflows/a.yml', workflow(`      - run: Write-Output "new ${title}"\n`, 'windows-latest'), rule)[0]?.text ?? '', /Write-Output "new \$\(\$env:ISSUE_TITLE\)"/);
  });
  it('read it as JavaScript does', () => {
    const step = `      - uses: actions/github-script@60a0d83039c74a4aee543508d2ffcb1c3799cdea\n        with:\n          script: |\n            console.log('${title}', \`\${{ github.event.issue.body }}\`)\n`;
    const [fix] = offered('.github/workflows/a.yml', workflow(step), rule);
    assert.match(fix?.text ?? '', /console\.log\(process\.env\.ISSUE_TITLE, /);
  });
  it('take another name where the step has one for something else', () => {
    assert.match(offered('.github/workflows/a.yml', workflow(`      - run: echo "${title}"\n        env:\n          ISSUE_TITLE: none\n`), rule)[0]?.text ?? '', /INPUT_ISSUE_TITLE: "\$\{\{ github\.event\.issue\.title \}\}"\n {10}ISSUE_TITLE: none/);
  });
  it('use a variable that is there', () => {
    const step = `      - run: echo "${title}"\n        env:\n          ISSUE_TITLE: ${title}\n`;
    assert.equal(offered('.github/workflows/a.yml', workflow(step), rule)[0]?.text, workflow(step.replace(title, '${ISSUE_TITLE}')));
  });
  it('are not offered where the script is quoted by YAML, or its shell is another', () => {
    assert.deepEqual(offered('.github/workflows/a.yml', workflow(`      - run: 'echo "${title}"'\n`), rule), []);
    assert.deepEqual(offered('.github/workflows/a.yml', workflow(`      - run: print("${title}")\n        shell: python\n`), rule), []);
  });
});
