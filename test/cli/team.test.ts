import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { git, read, wardline, withFolder, write } from '../support/cli.ts';

const database = (name: string): string => `resource "aws_db_instance" "${name}" {\n  publicly_accessible = true\n}\n`;
/** Only one rule is on, so that the tests do not depend on others. */
const config = 'root: true\npresets: [recommended]\ncategories: { storage: off, monitoring: off, transport: off, iam: off, auth: off, workload: off, secrets: off, dependencies: off }\nrules:\n  network/*: off\n';
const one = `${config}  network/public-database: high\n`;

interface Json {
  readonly findings: readonly { readonly ruleId: string; readonly path: string; readonly status: string; readonly suppressedByThisChange?: boolean }[];
  readonly problems: readonly { readonly code: string; readonly path: string }[];
}
const scanned = (folder: string, ...args: readonly string[]): Json => JSON.parse(wardline(folder, 'scan', '.', '--format', 'json', ...args).stdout) as Json;
const statuses = (folder: string, ...args: readonly string[]): readonly string[] => scanned(folder, ...args).findings.map((finding) => `${finding.path} ${finding.status}`);

describe('configuration on the command line', () => {
  it('holds, is reported when it is wrong, and is left out with --no-config', () => withFolder({ 'main.tf': database('a'), '.wardline/config.yaml': 'rules:\n  network/public-database: off\n  network/publik: off\n' }, (folder) => {
    const { findings, problems } = scanned(folder);
    assert.deepEqual(findings.filter((finding) => finding.ruleId === 'network/public-database'), []);
    assert.deepEqual(problems.map((problem) => [problem.code, problem.path]), [['config/unknown-rule', '.wardline/config.yaml']]);
    assert.equal(scanned(folder, '--no-config').findings.some((finding) => finding.ruleId === 'network/public-database'), true);
  }));

  it('ends with an error when the configuration cannot be read', () => withFolder({ 'main.tf': 'locals {}\n', '.wardline/config.yaml': 'rules: [\n' }, (folder) => {
    assert.equal(wardline(folder, 'scan', '.').status, 2);
  }));

  it('does no harm in a hostile repository', () => withFolder({
    'main.tf': database('a'), 'x/y/z/main.tf': database('b'),
    '.wardline/config.yaml': `root: true\nextends: [../../../../etc/passwd, ./config.yaml, "@a/../../b", ${JSON.stringify('x'.repeat(5000))}]\nignore: [${JSON.stringify('*a'.repeat(2000))}, ${JSON.stringify('{a,b}'.repeat(500))}]\n${'a: &a [x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d]\nf: &f [*e,*e,*e,*e,*e,*e,*e,*e]\n'}`,
  }, (folder) => {
    fs.symlinkSync('/etc', path.join(folder, 'x/.wardline'));
    const { stdout, stderr, status } = wardline(folder, 'scan', '.', '--format', 'json');
    assert.equal(status, 1, stderr);
    assert.equal((JSON.parse(stdout) as Json).findings.filter((finding) => finding.ruleId === 'network/public-database').length, 2);
    assert.ok(!stdout.includes('root:x:0'), 'nothing of a file outside is shown');
  }));

  it('reads nothing through links that lead out of the repository', () => withFolder({ 'outside/config.yaml': 'leaked-key-one: 1\n', 'outside/rules/own.yaml': 'leaked-key-two: 1\n', 'repo/main.tf': database('a'), 'repo/sub/main.tf': database('b') }, (folder) => {
    const repo = path.join(folder, 'repo');
    git(repo, 'init', '-q');
    fs.mkdirSync(path.join(repo, '.wardline'));
    fs.symlinkSync('../../outside/config.yaml', path.join(repo, '.wardline/config.yaml'));
    fs.symlinkSync('../../outside/rules', path.join(repo, '.wardline/rules'));
    fs.symlinkSync('../../outside', path.join(repo, 'sub/.wardline'));
    const { stdout, stderr, status } = wardline(repo, 'scan', '.', '--format', 'json');
    assert.equal(status, 1, stderr);
    assert.ok(!/leaked-key/.test(stdout + stderr), stdout);
    assert.equal((JSON.parse(stdout) as Json).findings.filter((finding) => finding.ruleId === 'network/public-database').length, 2);
    const own = path.join(repo, 'base.yaml');
    fs.writeFileSync(own, 'rules: { network/public-database: off }\n');
    fs.rmSync(path.join(repo, '.wardline/config.yaml'));
    fs.symlinkSync('../base.yaml', path.join(repo, '.wardline/config.yaml'));
    assert.deepEqual(scanned(repo).findings.filter((finding) => finding.ruleId === 'network/public-database'), [], 'a link within the repository is followed');
  }));

  it('does no harm with rules of a hostile repository', () => withFolder({
    'main.tf': database('a'), 'a.json': JSON.stringify({ a: `${'a'.repeat(50_000)}!` }),
    '.wardline/rules/deep.yaml': `rules: ${'['.repeat(30_000)}${']'.repeat(30_000)}`,
    '.wardline/rules/bomb.yaml': `a: &a [x,x,x,x,x,x,x,x,x]\n${[...'bcdefghij'].map((name, at) => `${name}: &${name} [${Array(9).fill(`*${'abcdefghij'[at]}`).join(',')}]\n`).join('')}rules: *j\n`,
    '.wardline/rules/redos.yaml': 'rules:\n  - id: secrets/own\n    kind: text\n    message: x\n    text: { pattern: "((a+)+)+$" }\n',
    '.wardline/rules/globs.yaml': `rules:\n  - id: agent/own\n    kind: document\n    message: x\n    document: { files: ["${'**/'.repeat(200)}*.json"], forbid: { attribute: a, equals: 1 } }\n`,
  }, (folder) => {
    const { stdout, stderr, status } = wardline(folder, 'scan', '.', '--format', 'json');
    assert.equal(status, 2, `a rule file cannot be read: ${stderr}`);
    const report = JSON.parse(stdout) as Json;
    assert.ok(report.findings.some((finding) => finding.ruleId === 'network/public-database'));
    for (const name of ['deep', 'bomb', 'globs']) assert.ok(report.problems.some((problem) => problem.path.endsWith(`${name}.yaml`)), `${name} is reported`);
    assert.ok(report.problems.some((problem) => problem.code === 'config/glob'));
  }));

  it('leaves out files that are larger than the team wants, and says so; a higher limit lets more in than the own one', () => withFolder({
    'big.tf': `# ${'x'.repeat(2000)}\n${database('a')}`, 'small.tf': database('b'), 'sub/main.tf': `# ${'x'.repeat(4_100_000)}\n${database('c')}`,
    '.wardline/config.yaml': `${one}limits: { fileSize: 1500 }\n`, 'sub/.wardline/config.yaml': `${one}limits: { fileSize: 5000000 }\n`,
  }, (folder) => {
    const report = scanned(folder) as Json & { readonly notes: readonly { readonly path: string; readonly message: string }[]; readonly scanned: number };
    assert.deepEqual(report.findings.map((finding) => finding.path), ['small.tf', 'sub/main.tf']);
    assert.deepEqual(report.notes, [{ path: 'big.tf', message: `skipped: too large (${2003 + database('a').length} bytes, limits.fileSize is 1500)` }]);
  }));

  it('is explained per file', () => withFolder({ 'main.tf': '', '.wardline/config.yaml': one }, (folder) => {
    const { stdout, status } = wardline(folder, 'config', 'explain', 'main.tf');
    assert.equal(status, 0);
    assert.match(stdout, /1\. defaults\n2\. \.wardline\/config\.yaml/);
    assert.match(stdout, /`storage\/[\w-]+` \| off \| .*category: off/);
  }));

  it('is begun by init, which never overwrites', () => withFolder({ 'main.tf': '', 'app.py': '' }, (folder) => {
    assert.equal(wardline(folder, 'init').status, 0);
    assert.match(read(folder, '.wardline/config.yaml'), /root: true/);
    assert.deepEqual(scanned(folder).problems, []);
    assert.equal(wardline(folder, 'init').status, 2);
  }));

  it('lists and explains rules', () => withFolder({}, (folder) => {
    assert.match(wardline(folder, 'rules', 'list').stdout, /^network\/public-database +high /m);
    assert.match(wardline(folder, 'rules', 'explain', 'network/public-database').stdout, /## Why/);
    assert.equal(wardline(folder, 'rules', 'explain', 'network/none').status, 2);
  }));
});

describe('baseline', () => {
  it('hides what was there, shows what is new, and may only shrink', () => withFolder({ 'a.tf': database('a'), 'b.tf': database('b'), '.wardline/config.yaml': one }, (folder) => {
    assert.equal(wardline(folder, 'baseline', 'check', '.').status, 2, 'there is none yet');
    assert.equal(wardline(folder, 'baseline', 'create', '.').status, 0);
    assert.deepEqual(statuses(folder), ['a.tf baselined', 'b.tf baselined']);
    assert.equal(wardline(folder, 'scan', '.').status, 0);
    assert.equal(wardline(folder, 'baseline', 'check', '.').status, 0);
    assert.equal(wardline(folder, 'baseline', 'create', '.').status, 2, 'it is not overwritten');

    write(folder, 'a.tf', `# moved\n\n${database('a')}`);
    assert.deepEqual(statuses(folder), ['a.tf baselined', 'b.tf baselined'], 'moved lines keep their entry');
    fs.renameSync(path.join(folder, 'b.tf'), path.join(folder, 'renamed.tf'));
    assert.deepEqual(statuses(folder), ['a.tf baselined', 'renamed.tf baselined'], 'a renamed file keeps its entries');
    fs.renameSync(path.join(folder, 'renamed.tf'), path.join(folder, 'b.tf'));

    write(folder, 'c.tf', database('c'));
    assert.deepEqual(statuses(folder), ['a.tf baselined', 'b.tf baselined', 'c.tf open']);
    assert.match(wardline(folder, 'baseline', 'check', '.').stderr, /new: c\.tf: network\/public-database/);
    wardline(folder, 'baseline', 'update', '.');
    assert.deepEqual(statuses(folder), ['a.tf baselined', 'b.tf baselined', 'c.tf open'], 'an update does not take up what is new');

    write(folder, 'a.tf', database('a').replace('true', 'false'));
    assert.match(wardline(folder, 'baseline', 'check', '.').stderr, /stale: a\.tf/);
    wardline(folder, 'baseline', 'update', '.');
    write(folder, 'a.tf', database('a'));
    assert.deepEqual(statuses(folder), ['a.tf open', 'b.tf baselined', 'c.tf open'], 'what was mended is not forgiven again');
    wardline(folder, 'baseline', 'update', '.', '--force');
    assert.deepEqual(statuses(folder), ['a.tf baselined', 'b.tf baselined', 'c.tf baselined']);
  }));

  it('marks results in SARIF, with suppressions and their reasons', () => withFolder({ 'a.tf': database('a'), '.wardline/config.yaml': one }, (folder) => {
    wardline(folder, 'baseline', 'create', '.');
    write(folder, 'b.tf', database('b').replace('true', 'true # wardline-ignore network/public-database -- a honeypot until 2999-01-31'));
    write(folder, 'c.tf', database('c'));
    const log = JSON.parse(wardline(folder, 'scan', '.', '--format', 'sarif').stdout) as { runs: { results: { baselineState: string; suppressions?: { kind: string; justification: string }[] }[] }[] };
    assert.deepEqual(log.runs[0]!.results.map((result) => [result.baselineState, result.suppressions?.map((suppression) => [suppression.kind, suppression.justification])]), [['unchanged', undefined], ['new', [['inSource', 'a honeypot']]], ['new', undefined]]);
  }));
});

describe('scanning a change', () => {
  const repository = { 'a.tf': database('a'), 'b.tf': 'locals {}\n', '.wardline/config.yaml': one };
  const begin = (folder: string): void => {
    git(folder, 'init', '-q', '-b', 'main');
    git(folder, 'add', '-A');
    git(folder, 'commit', '-qm', 'begin');
  };

  it('reports what it adds and nothing else', () => withFolder(repository, (folder) => {
    begin(folder);
    write(folder, 'a.tf', `${database('a')}\n${database('a2')}`);
    write(folder, 'new ü.tf', database('new'));
    assert.deepEqual(statuses(folder, '--diff', 'main'), ['a.tf open', 'new ü.tf open']);
    git(folder, 'add', '-A');
    git(folder, 'commit', '-qm', 'more');
    assert.deepEqual(statuses(folder, '--diff', 'HEAD'), []);
    assert.deepEqual(statuses(folder, '--diff', 'HEAD~1'), ['a.tf open', 'new ü.tf open']);
    assert.equal(wardline(folder, 'scan', '.', '--diff', 'nowhere').status, 2);
    assert.equal(wardline(folder, 'scan', '.', '--diff', '--output=x').status, 2);
  }));

  it('does not let a change exempt itself', () => withFolder(repository, (folder) => {
    begin(folder);
    write(folder, 'a.tf', `# wardline-ignore-file network/public-database -- trust me\n${database('a')}`);
    assert.deepEqual(statuses(folder), ['a.tf suppressed']);
    assert.deepEqual(scanned(folder, '--diff', 'main').findings.map((finding) => [finding.status, finding.suppressedByThisChange]), [['open', true]]);
    assert.equal(wardline(folder, 'scan', '.', '--diff', 'main').status, 1);
    git(folder, 'commit', '-qam', 'accepted');
    assert.equal(wardline(folder, 'scan', '.', '--diff', 'HEAD').status, 0);
  }));

  it('judges what is staged as it is staged', () => withFolder(repository, (folder) => {
    begin(folder);
    write(folder, 'b.tf', database('staged'));
    git(folder, 'add', 'b.tf');
    write(folder, 'b.tf', 'locals {}\n');
    write(folder, 'a.tf', `${database('a')}\n${database('unstaged')}`);
    assert.deepEqual(statuses(folder, '--staged'), ['b.tf open']);
  }));
});

describe('shards', () => {
  it('join to the report of one scan', () => {
    const files: Record<string, string> = { '.wardline/config.yaml': one, 'main.tf': 'module "db" {\n  source = "./modules/db"\n  public = true\n}\n', 'modules/db/main.tf': 'variable "public" {}\nresource "aws_db_instance" "m" {\n  publicly_accessible = var.public\n}\n' };
    for (let at = 0; at < 12; at++) files[`dir${at}/main.tf`] = at % 3 === 0 ? `# wardline-ignore-file network/public-database -- x\n${database(`d${at}`)}` : database(`d${at}`);
    withFolder(files, (folder) => {
      const whole = wardline(folder, 'scan', '.', '--format', 'json').stdout;
      for (const count of [1, 3]) {
        const names = Array.from({ length: count }, (_, at) => {
          wardline(folder, 'scan', '.', '--shard', `${at + 1}/${count}`, '--format', 'shard', '--output', `s${at}.shard`);
          return `s${at}.shard`;
        });
        const merged = JSON.parse(wardline(folder, 'merge', ...names, '--format', 'json').stdout) as Json;
        assert.deepEqual(merged.findings.map((finding) => ({ ...finding, fix: undefined })), (JSON.parse(whole) as Json).findings.map((finding) => ({ ...finding, fix: undefined })));
        assert.deepEqual(merged.problems, (JSON.parse(whole) as Json).problems);
        for (const name of names) fs.rmSync(path.join(folder, name));
      }
      write(folder, 'bad.json', '{}');
      assert.equal(wardline(folder, 'merge', 'bad.json').status, 2);
    });
  });
});

describe('threads', () => {
  it('give the report that one thread gives, in every format', () => {
    const files: Record<string, string> = { '.wardline/config.yaml': one, 'main.tf': 'module "db" {\n  source = "./modules/db"\n  public = true\n}\n', 'modules/db/main.tf': 'variable "public" {}\nresource "aws_db_instance" "m" {\n  publicly_accessible = var.public\n}\n', 'notes.bin': '\0\0', 'lib/shell.py': 'import subprocess\ndef run(command):\n    subprocess.run(command, shell=True)\n', 'app/main.py': 'from flask import request\nfrom lib.shell import run\ndef handler():\n    run(request.args["q"])\n' };
    for (let at = 0; at < 12; at++) files[`dir${at}/main.tf`] = at % 3 === 0 ? `# wardline-ignore network/public-database -- x\n${database(`d${at}`)}` : at % 3 === 1 ? `# wardline-ignore network/public-database -- nothing is here\nlocals {}\n${database(`d${at}`)}` : database(`d${at}`);
    withFolder(files, (folder) => {
      for (const format of ['json', 'sarif']) {
        const { stdout, status } = wardline(folder, 'scan', '.', '--jobs', '1', '--format', format);
        assert.equal(status, 1);
        assert.deepEqual(wardline(folder, 'scan', '.', '--jobs', '3', '--format', format), { stdout, stderr: '', status: 1 });
      }
      const only = JSON.parse(wardline(folder, 'scan', '.', '--jobs', '2', '--rule', 'network/public-database', '--format', 'json').stdout) as Json;
      assert.deepEqual(new Set(only.findings.map((finding) => finding.ruleId)), new Set(['network/public-database']));
      assert.equal(wardline(folder, 'scan', '.', '--jobs', '0').status, 2);
    });
  });
});
