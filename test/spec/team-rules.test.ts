import assert from 'node:assert/strict';
import { linearPattern } from '../../server/config/rules/pattern.ts';
import { ruleTemplate, templateKinds } from '../../server/config/rules/template.ts';
import { createAnalyzer, type Analyzer } from '../../server/engine/analyzer.ts';
import { memoryHost } from '../support/analyze.ts';

const file = '.wardline/rules/own.yaml';

function analyzerOver(rules: string, files: Readonly<Record<string, string>> = {}): Analyzer {
  return createAnalyzer({ host: memoryHost({ ...files, [file]: rules }), rules: [], team: { readFiles: true } });
}

/** Messages of the findings of one file under one rule. */
function found(rules: string, name: string, text: string): readonly string[] {
  const path = `/workspace/${name}`;
  const analyzer = analyzerOver(rules, { [name]: text });
  return analyzer.outcome(path, analyzer.analyze(path).findings).judged.map((one) => one.finding.message);
}

const problems = (rules: string): readonly string[] => analyzerOver(rules).problems(`/workspace/${file}`).map((one) => one.message);
const resource = (more: string): string => `rules:\n  - id: storage/own\n    kind: resource\n    message: "{type} {name}: {value}"\n    types: [aws_s3_bucket]\n${more}`;
const bucket = (body: string): string => `resource "aws_s3_bucket" "data" {\n${body}\n}\n`;

describe('rules of the team', () => {
  for (const kind of templateKinds) {
    it(`begin with a template whose examples pass: ${kind}`, () => {
      assert.deepEqual(problems(ruleTemplate('storage/own', kind)!), []);
      assert.equal(analyzerOver(ruleTemplate('storage/own', kind)!).configuration.teamRules(`/workspace/${file}`).length, 1);
    });
  }

  for (const [name, condition, bad, good, unknown] of [
    ['equals', 'forbid: { attribute: acl, equals: public-read }', 'acl = "public-read"', 'acl = "private"', 'acl = var.acl'],
    ['in', 'forbid: { attribute: acl, in: [public-read, public-read-write] }', 'acl = "public-read-write"', 'acl = "private"', 'acl = var.acl'],
    ['matches', 'forbid: { attribute: bucket, matches: "^tmp-" }', 'bucket = "tmp-x"', 'bucket = "x"', 'bucket = var.b'],
    ['atLeast', 'require: { attribute: days, atLeast: 7 }', 'days = 3', 'days = 7', 'days = var.days'],
    ['atMost', 'require: { attribute: days, atMost: 7 }', 'days = 30', 'days = 7', 'days = var.days'],
    ['exists', 'require: { attribute: tags.owner, exists: true }', 'tags = { a = "b" }', 'tags = { owner = "x" }', 'tags = var.tags'],
    ['not', 'forbid: { not: { attribute: acl, equals: private } }', 'acl = "public-read"', 'acl = "private"', 'acl = var.acl'],
    ['and', 'forbid: { and: [{ attribute: acl, equals: public-read }, { attribute: bucket, matches: prod }] }', 'acl = "public-read"\nbucket = "prod"', 'acl = "public-read"\nbucket = "test"', 'acl = "public-read"\nbucket = var.b'],
    ['or', 'require: { or: [{ attribute: acl, equals: private }, { attribute: bucket, matches: public }] }', 'acl = "x"\nbucket = "prod"', 'acl = "x"\nbucket = "public"', 'acl = "x"\nbucket = var.b'],
    ['where', 'where: { attribute: bucket, equals: prod }\n    forbid: { attribute: acl, equals: public-read }', 'bucket = "prod"\nacl = "public-read"', 'bucket = "test"\nacl = "public-read"', 'bucket = var.b\nacl = "public-read"'],
  ] as const) {
    it(`judge by ${name}: bad is reported, good is not, unknown never`, () => {
      const rules = resource(`    ${condition}\n`);
      assert.deepEqual(problems(rules), []);
      assert.equal(found(rules, 'main.tf', bucket(bad)).length, 1, 'bad');
      assert.deepEqual(found(rules, 'main.tf', bucket(good)), [], 'good');
      assert.deepEqual(found(rules, 'main.tf', bucket(unknown)), [], 'unknown');
    });
  }

  it('hold in every dialect', () => {
    const rules = resource('    forbid: { attribute: bucket, equals: prod }\n');
    assert.deepEqual(found(rules, 'template.yaml', 'Resources:\n  Data:\n    Type: AWS::S3::Bucket\n    Properties:\n      BucketName: prod\n'), ['aws_s3_bucket Data: prod']);
  });

  it('follow connections between resources', () => {
    const rules = resource('    require: { connected: { type: aws_s3_bucket_versioning, where: { attribute: versioning_configuration.status, equals: Enabled } } }\n');
    const versioning = (status: string): string => `resource "aws_s3_bucket_versioning" "v" {\n  bucket = aws_s3_bucket.data.id\n  versioning_configuration {\n    status = "${status}"\n  }\n}\n`;
    assert.equal(found(rules, 'main.tf', bucket('')).length, 1);
    assert.equal(found(rules, 'main.tf', bucket('') + versioning('Suspended')).length, 1);
    assert.deepEqual(found(rules, 'main.tf', bucket('') + versioning('Enabled')), []);
  });

  it('judge statements of policies', () => {
    const rules = 'rules:\n  - id: iam/own\n    kind: policy\n    message: "{name} {value}"\n    policy: { actions: ["bedrock:Invoke*"], resources: ["*"], withoutCondition: "aws:SourceVpce" }\n';
    const policy = (more: string): string => `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"bedrock:InvokeModel","Resource":"*"${more}}]}`;
    assert.deepEqual(found(rules, 'p.json', policy('')), ['the policy bedrock:InvokeModel']);
    assert.deepEqual(found(rules, 'p.json', policy(',"Condition":{"StringEquals":{"aws:SourceVpce":"vpce-1"}}')), []);
    assert.deepEqual(found(rules, 'p.json', policy('').replace('"*"', '"arn:x"')), []);
  });

  it('judge settings of agents', () => {
    assert.deepEqual(found(ruleTemplate('agent/own', 'document')!, '.mcp.json', '{"mcpServers":{"x":{"command":"uvx"}}}'), ['.mcp.json starts an MCP server with uvx.']);
    assert.deepEqual(found(ruleTemplate('agent/own', 'document')!, 'other.json', '{"mcpServers":{"x":{"command":"uvx"}}}'), []);
  });

  it('follow data from sources of the team\'s to its sinks, in TypeScript and Python, past its sanitizers', () => {
    const rules = 'rules:\n  - id: model-input/own\n    kind: taint\n    message: "{name} reaches {type}."\n    sources: [wiki.page]\n    sinks: [{ callee: llm.ask, arguments: [0] }]\n    sanitizers: [wiki.clean]\n';
    assert.deepEqual(problems(rules), []);
    assert.equal(found(rules, 'a.py', 'import llm\nimport wiki\ntext = wiki.page("x")\nllm.ask("Sum up: " + text)\n').length, 1);
    assert.deepEqual(found(rules, 'a.py', 'import llm\nimport wiki\nllm.ask(wiki.clean(wiki.page("x")))\n'), []);
    assert.equal(found(rules, 'a.ts', "import * as llm from 'llm';\nimport * as wiki from 'wiki';\nconst text = await wiki.page('x');\nllm.ask(`Sum up: ${text}`);\n").length, 1);
    assert.deepEqual(found(rules, 'a.ts', "import * as llm from 'llm';\nllm.ask('fixed');\n"), []);
  });

  it('trust the sanitizers that the configuration names', () => {
    const rules = 'rules:\n  - id: model-input/own\n    kind: taint\n    message: "{name} reaches {type}."\n    sources: [request]\n    sinks: [{ callee: llm.ask, arguments: [0] }]\n';
    const code = 'import llm\nimport acme\nfrom flask import request\ndef ask():\n    llm.ask(acme.prepare(request.form["q"]))\n';
    const open = (config: string): number => {
      const analyzer = analyzerOver(rules, { 'a.py': code, '.wardline/config.yaml': config });
      return analyzer.analyze('/workspace/a.py').findings.length;
    };
    assert.equal(open('root: true\n'), 1);
    assert.equal(open('trustedSanitizers: [acme.prepare]\n'), 0);
  });

  it('take part in configuration: severity, known names, suppression', () => {
    const rules = resource('    forbid: { attribute: bucket, equals: prod }\n    severity: critical\n');
    const analyzer = analyzerOver(rules, { 'main.tf': `# wardline-ignore-file storage/own -- known\n${bucket('bucket = "prod"')}`, '.wardline/config.yaml': 'rules:\n  storage/own: low\n' });
    const { judged, problems: wrong } = analyzer.outcome('/workspace/main.tf', analyzer.analyze('/workspace/main.tf').findings);
    assert.deepEqual(judged.map((one) => [one.finding.severity, one.status]), [['low', 'suppressed']]);
    assert.deepEqual(wrong, []);
    assert.deepEqual(analyzer.problems('/workspace/.wardline/config.yaml'), []);
  });

  for (const [name, rules, expected] of [
    ['an unknown category', 'rules:\n  - id: style/own\n    kind: text\n    message: x\n    text: { pattern: a }\n', /"style" is no category/],
    ['two rules of one id', 'rules:\n  - &r\n    id: storage/own\n    kind: text\n    message: x\n    text: { pattern: a }\n  - *r\n', /another rule storage\/own/],
    ['a rule that compares nothing', resource('    forbid: { attribute: acl }\n'), /is not compared/],
    ['an unknown operator', resource('    forbid: { attribute: acl, is: x }\n'), /Unknown key "is"/],
    ['a rule that forbids nothing', resource(''), /needs "require" or "forbid"/],
    ['a backreference', 'rules:\n  - id: secrets/own\n    kind: text\n    message: x\n    text: { pattern: "(a)\\\\1" }\n', /cannot be used/],
    ['a look-ahead', 'rules:\n  - id: secrets/own\n    kind: text\n    message: x\n    text: { pattern: "(?=a)b" }\n', /cannot be used/],
    ['a missing message', 'rules:\n  - id: storage/own\n    kind: text\n    text: { pattern: a }\n', /The key "message" is missing/],
    ['an unknown reference', resource('    forbid: { attribute: acl, equals: x }\n    references: [CWE-99999]\n'), /no known weakness/],
    ['an example that is not reported', resource('    forbid: { attribute: acl, equals: x }\n    examples:\n      - file: main.tf\n        bad: |\n          locals {}\n'), /does not report this example/],
    ['an example that is reported', resource(`    forbid: { attribute: acl, equals: x }\n    examples:\n      - file: main.tf\n        good: 'resource "aws_s3_bucket" "b" { acl = "x" }'\n`), /reports this example/],
  ] as const) {
    it(`say what is wrong: ${name}`, () => assert.match(problems(rules).join('\n'), expected));
  }

  it('cannot be made slow by a pattern', () => {
    const evil = ['(a+)+$', '(a|aa)+$', '(.*a){20}', '([a-zA-Z]+)*$', '(a|a?)+$', '^(([a-z])+.)+[A-Z]([a-z])+$'];
    const text = `${'a'.repeat(4000)}!`;
    for (const source of evil) {
      const pattern = linearPattern(source);
      assert.ok(!('problem' in pattern), source);
      pattern.test(text);
    }
  });
});
