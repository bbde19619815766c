import assert from 'node:assert/strict';
import { rules } from '../../rules/index.ts';
import { cloudFormationName, snake } from '../../server/lower/cloudformation/names.ts';
import { cloudFormationTypes } from '../../server/lower/cloudformation/types.ts';
import { pulumiType } from '../../server/lower/pulumi/names.ts';
import { readMarks } from '../../server/rule/example.ts';
import { languageOfPath } from '../../server/source/language.ts';
import { analyzerFor, rootedPath } from '../support/analyze.ts';
import { resourcesOf, type Plain } from '../support/fix-dialects.ts';
import { syntaxErrors } from '../support/syntax.ts';

/** The text after the fix of the finding of a rule; undefined where it has none here. Fails where the fix breaks, leaves or adds something. */
function fixed(ruleId: string, file: string, text: string): string | undefined {
  const analyzer = analyzerFor({ [file]: text });
  const before = analyzer.analyze(rootedPath(file)).findings;
  const edits = before.filter((one) => one.ruleId === ruleId).flatMap((one) => one.fixes.slice(0, 1)).flatMap((fix) => analyzer.edits(fix) ?? []);
  if (edits.length === 0) return undefined;
  const [edit] = edits;
  const after = text.slice(0, edit!.range.start) + edit!.text + text.slice(edit!.range.end);
  const language = languageOfPath(file)!;
  assert.ok(syntaxErrors(after, language) <= syntaxErrors(text, language), `${ruleId} breaks ${file}:\n${after}`);
  const ids = analyzerFor({ [file]: after }).analyze(rootedPath(file)).findings.map((one) => one.ruleId);
  const count = (all: readonly string[]): number => all.filter((one) => one === ruleId).length;
  assert.ok(count(ids) < count(before.map((one) => one.ruleId)), `${ruleId} is left in ${file}:\n${after}`);
  const leads: readonly string[] = analyzer.rule(ruleId)?.leadsTo ?? [];
  assert.deepEqual(ids.filter((one) => !leads.includes(one) && !before.some((each) => each.ruleId === one)), [], `${ruleId} adds something to ${file}:\n${after}`);
  return after;
}

const cdk = (...lines: readonly string[]): string => ["import * as rds from 'aws-cdk-lib/aws-rds';", "import * as ec2 from 'aws-cdk-lib/aws-ec2';", "import * as opensearch from 'aws-cdk-lib/aws-opensearchservice';", "import { Construct } from 'constructs';", 'export class Data extends Construct {', '  constructor(scope: Construct) {', "    super(scope, 'Data');", ...lines.map((line) => `    ${line}`), '  }', '}', ''].join('\n');

describe('a setting that a program does not make is written into it', () => {
  it('as a property of a construct of the CDK, with its indentation', () => {
    assert.match(fixed('storage/unencrypted-rds', 'a.ts', cdk("new rds.DatabaseInstance(this, 'D', {", '  engine: x,', '});'))!, /\n {6}engine: x,\n {6}storageEncrypted: true,\n {4}}\);/);
    assert.match(fixed('storage/unencrypted-rds', 'a.ts', cdk("new rds.DatabaseInstance(this, 'D', { engine: x });"))!, /\{ engine: x, storageEncrypted: true \}/);
    assert.match(fixed('storage/unencrypted-ebs', 'a.ts', cdk("new ec2.Volume(this, 'V');"))!, /new ec2\.Volume\(this, 'V', \{ encrypted: true \}\);/);
    assert.match(fixed('storage/unencrypted-opensearch', 'a.ts', cdk("new opensearch.Domain(this, 'O', { version: v });"))!, /\{ version: v, encryptionAtRest: \{ enabled: true \} \}/);
    assert.match(fixed('storage/unencrypted-rds', 'a.ts', cdk("new rds.CfnDBInstance(this, 'D', {", "  engine: 'postgres', // the engine", '});'))!, /engine: 'postgres',\n {6}storageEncrypted: true, \/\/ the engine/);
  });

  it('as a keyword argument in Python', () => {
    const python = (...lines: readonly string[]): string => ['from aws_cdk import aws_rds as rds, aws_ec2 as ec2, Stack', '', 'class Data(Stack):', '    def __init__(self, scope, id):', '        super().__init__(scope, id)', ...lines.map((line) => `        ${line}`), ''].join('\n');
    assert.match(fixed('storage/unencrypted-rds', 'a.py', python('rds.DatabaseInstance(', '    self, "D",', '    engine=x,', ')'))!, /\n {12}engine=x,\n {12}storage_encrypted=True,\n {8}\)/);
    assert.match(fixed('storage/unencrypted-rds', 'a.py', python('rds.CfnDBInstance(self, "D", engine="postgres")'))!, /engine="postgres", storage_encrypted=True\)/);
    assert.match(fixed('storage/unencrypted-ebs', 'a.py', python('ec2.Volume(self, "V")'))!, /ec2\.Volume\(self, "V", encrypted=True\)/);
  });

  it('as an argument of a resource of Pulumi', () => {
    assert.match(fixed('storage/unencrypted-rds', 'a.ts', "import * as aws from '@pulumi/aws';\nnew aws.rds.Instance('d', {\n  engine: 'postgres',\n});\n")!, /\n {2}engine: 'postgres',\n {2}storageEncrypted: true,\n\}\);/);
    assert.match(fixed('storage/unencrypted-rds', 'a.py', 'import pulumi_aws as aws\naws.rds.Instance("d",\n    engine="postgres",\n)\n')!, /\n {4}engine="postgres",\n {4}storage_encrypted=True,\n\)/);
  });

  it('into the container that lacks it, not into the object around it', () => {
    const pod = (container: string): string => `import * as k8s from '@pulumi/kubernetes';\nnew k8s.core.v1.Pod('p', {\n  spec: {\n    containers: [${container}],\n  },\n});\n`;
    assert.match(fixed('workload/writable-root-filesystem', 'a.ts', pod("{ name: 'web', image: 'nginx' }"))!, /image: 'nginx', securityContext: \{ readOnlyRootFilesystem: true \} \}/);
    assert.match(fixed('workload/no-security-context', 'a.ts', pod("{ name: 'web', image: 'nginx' }"))!, /image: 'nginx', securityContext: \{ allowPrivilegeEscalation: false, capabilities: \{ drop: \['ALL'\] \}, runAsNonRoot: true, seccompProfile: \{ type: 'RuntimeDefault' \} \} \}/);
    assert.match(fixed('workload/capabilities-not-dropped', 'a.ts', pod("{ name: 'web', image: 'nginx', securityContext: { runAsNonRoot: true } }"))!, /securityContext: \{ runAsNonRoot: true, capabilities: \{ drop: \['ALL'\] \} \} \}/);
    const python = 'import pulumi_kubernetes as k8s\nk8s.core.v1.Pod("p", spec=k8s.core.v1.PodSpecArgs(containers=[k8s.core.v1.ContainerArgs(name="web", image="nginx:1.27")]))\n';
    assert.match(fixed('workload/image-not-always-pulled', 'a.py', python)!, /image="nginx:1\.27", image_pull_policy="Always"\)/);
  });

  it('as a call where the addresses of the CDK are one', () => {
    const rule = (peer: string): string => cdk("const group = new ec2.SecurityGroup(this, 'G', { vpc });", `group.addIngressRule(${peer}, ec2.Port.tcp(22));`);
    assert.match(fixed('network/open-ssh', 'a.ts', rule('ec2.Peer.anyIpv4()'))!, /addIngressRule\(ec2\.Peer\.ipv4\('10\.0\.0\.10\/32'\), ec2/);
    assert.match(fixed('network/open-ssh', 'a.ts', rule("ec2.Peer.ipv4('0.0.0.0/0')"))!, /addIngressRule\(ec2\.Peer\.ipv4\('10\.0\.0\.10\/32'\), ec2/);
    assert.equal(fixed('network/open-ssh', 'a.ts', cdk("const group = new ec2.SecurityGroup(this, 'G', { vpc });", 'group.connections.allowFromAnyIpv4(ec2.Port.tcp(22));')), undefined);
  });

  it('only where the property of a construct takes the value', () => {
    assert.equal(fixed('iam/opensearch-without-fine-access', 'a.ts', cdk("new opensearch.Domain(this, 'O', { version: v });")), undefined);
    assert.equal(fixed('monitoring/cluster-without-backup', 'a.ts', cdk("new rds.DatabaseCluster(this, 'D', { engine: x, backup: { retention: Duration.days(1) } });")), undefined);
  });

  it('not where the settings come from elsewhere', () => {
    assert.equal(fixed('storage/unencrypted-rds', 'a.ts', "import * as aws from '@pulumi/aws';\nconst args = { engine: 'postgres' };\nnew aws.rds.Instance('d', args);\n"), undefined);
  });
});

const literal = (value: unknown, python: boolean): string => {
  if (typeof value === 'boolean') return python ? (value ? 'True' : 'False') : String(value);
  if (Array.isArray(value)) return `[${value.map((one) => literal(one, python)).join(', ')}]`;
  return JSON.stringify(value);
};

/** A resource whose settings are all plain, in the programs that have a class for it. */
function programs({ type, name, body }: Plain): readonly (readonly [string, string])[] {
  const entries = Object.entries(body);
  if (entries.some(([, value]) => typeof value === 'object' && !Array.isArray(value))) return [];
  const out: (readonly [string, string])[] = [];
  const template = Object.entries(cloudFormationTypes).find(([, canonical]) => canonical === type)?.[0];
  if (template !== undefined) {
    const [, service, construct] = template.split('::') as [string, string, string];
    const lower = (word: string): string => word.charAt(0).toLowerCase() + word.slice(1);
    const keys = entries.map(([key, value]) => [lower(cloudFormationName(type, key)), value] as const);
    out.push(['stack.ts', `import * as own from 'aws-cdk-lib/aws-${service.toLowerCase()}';\nnew own.Cfn${construct}(scope, '${name}', {\n  tags: [],\n${keys.map(([key, value]) => `  ${key}: ${literal(value, false)},\n`).join('')}});\n`]);
    out.push(['stack.py', `from aws_cdk import aws_${service.toLowerCase()} as own\nown.Cfn${construct}(scope, "${name}", ${['tags=[]', ...keys.map(([key, value]) => `${snake(key)}=${literal(value, true)}`)].join(', ')})\n`]);
  }
  const [provider, module = '', ...rest] = type.split('_');
  const pulumi = { aws: 'aws', azurerm: 'azure', google: 'gcp' }[provider ?? ''];
  const last = rest.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  if (pulumi !== undefined && last !== '' && pulumiType(pulumi, module, last) === type) {
    const camel = (key: string): string => key.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
    out.push(['index.ts', `import * as ${pulumi} from '@pulumi/${pulumi}';\nnew ${pulumi}.${module}.${last}('${name}', {\n  tags: {},\n${entries.map(([key, value]) => `  ${camel(key)}: ${literal(value, false)},\n`).join('')}});\n`]);
    out.push(['__main__.py', `import pulumi_${pulumi} as ${pulumi}\n${pulumi}.${module}.${last}("${name}", ${['tags={}', ...entries.map(([key, value]) => `${key}=${literal(value, true)}`)].join(', ')})\n`]);
  }
  return out;
}

describe('every fix of what a program does not set', () => {
  it('parses, silences its finding and adds none', () => {
    const made = new Map<string, number>();
    for (const rule of rules) {
      if (rule.off || /^(?:low|info)$/.test(rule.severity) || rule.checks.some((check) => check.on !== 'resource')) continue;
      for (const example of rule.examples) {
        const resources = example.file.endsWith('.tf') && !example.files && example.bad !== undefined && example.fixed !== undefined ? resourcesOf(readMarks(example.bad).text) : undefined;
        if (resources?.length !== 1) continue;
        for (const [file, text] of programs(resources[0]!)) if (fixed(rule.id, file, text) !== undefined) made.set(file, (made.get(file) ?? 0) + 1);
      }
    }
    for (const file of ['stack.ts', 'stack.py', 'index.ts', '__main__.py']) assert.ok((made.get(file) ?? 0) > 20, `${file}: ${made.get(file)}`);
    if (process.env['SHOW']) console.log(made);
  });
});
