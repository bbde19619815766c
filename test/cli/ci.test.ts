import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { git, read, withFolder } from '../support/cli.ts';

const database = 'resource "aws_db_instance" "patients" {\n  publicly_accessible = true\n}\n';

/** Runs a shell line as a CI machine would, with `wardline` on the path. */
function shell(folder: string, line: string, env: Readonly<Record<string, string>> = {}): { readonly status: number | null; readonly stdout: string; readonly stderr: string } {
  const bin = path.join(folder, '.bin');
  fs.mkdirSync(bin, { recursive: true });
  fs.writeFileSync(path.join(bin, 'wardline'), `#!/bin/sh\nexec "${process.execPath}" "${path.resolve('dist/cli.js')}" "$@"\n`, { mode: 0o755 });
  return spawnSync('bash', ['-c', line], { cwd: folder, encoding: 'utf8', env: { ...process.env, ...env, PATH: `${bin}:${process.env['PATH']}` } });
}

describe('in CI', () => {
  it('the GitHub action scans, annotates, and fails for high findings', () => withFolder({ 'main.tf': database }, (folder) => {
    const action = parse(fs.readFileSync('action.yml', 'utf8')) as { runs: { using: string; steps: { run: string; env: Record<string, string> }[] } };
    assert.equal(action.runs.using, 'composite');
    const [step] = action.runs.steps;
    assert.deepEqual(Object.keys(step!.env), ['PATHS', 'FAIL_ON', 'DIFF', 'OUTPUT']);
    const { status, stdout } = shell(folder, step!.run, { GITHUB_ACTION_PATH: path.resolve('.'), PATHS: '.', FAIL_ON: 'high', DIFF: '', OUTPUT: 'out.sarif' });
    assert.equal(status, 1);
    assert.match(stdout, /^::error file=main\.tf,line=2/m);
    assert.equal((JSON.parse(read(folder, 'out.sarif')) as { version: string }).version, '2.1.0');
    assert.equal(shell(folder, step!.run, { GITHUB_ACTION_PATH: path.resolve('.'), PATHS: 'none', FAIL_ON: 'high' }).status, 2);
  }));

  it('the GitLab job writes both reports', () => withFolder({ 'main.tf': database }, (folder) => {
    const { wardline } = parse(fs.readFileSync('ci/gitlab.yml', 'utf8')) as { wardline: { script: string[] } };
    const [sast, quality] = wardline.script.map((line) => shell(folder, line, { WARDLINE_HOME: path.resolve('.') }));
    assert.equal(sast!.status, 0);
    assert.equal(quality!.status, 1);
    assert.ok((JSON.parse(read(folder, 'gl-sast-report.json')) as { vulnerabilities: unknown[] }).vulnerabilities.length > 0);
    assert.ok((JSON.parse(read(folder, 'gl-code-quality-report.json')) as unknown[]).length > 0);
  }));

  it('the pre-commit hook stops a commit of a high finding and lets others pass', () => withFolder({ 'main.tf': 'locals {}\n' }, (folder) => {
    const [hook] = parse(fs.readFileSync('.pre-commit-hooks.yaml', 'utf8')) as [{ entry: string }];
    git(folder, 'init', '-q');
    git(folder, 'add', 'main.tf');
    assert.equal(shell(folder, hook.entry).status, 0);
    fs.writeFileSync(path.join(folder, 'main.tf'), database);
    assert.equal(shell(folder, hook.entry).status, 0, 'it is not staged yet');
    git(folder, 'add', 'main.tf');
    assert.equal(shell(folder, hook.entry).status, 1);
  }));
});
