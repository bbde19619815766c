import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { rules } from '../../rules/index.ts';
import type { Rule } from '../../server/rule/rule.ts';
import { withFolder } from '../support/cli.ts';

const { rules: shelved } = (createRequire(import.meta.url)(path.resolve('dist/engine.js')) as Record<string, { readonly rules: readonly Rule[] }>)['rules/shelves.ts']!;
const said = ({ id, title, severity, confidence, references, what, why, whenNotToUse, off, tags, yieldsTo, noFix, leadsTo, checks, examples }: Rule) => ({
  id, title, severity, confidence, references, what, why, whenNotToUse, off, tags, yieldsTo, noFix, leadsTo: leadsTo ?? [], checks: checks.map((check) => ({ on: check.on, types: check.on === 'resource' ? check.types : [] })), examples,
});

/** The shelves that a scan of one file has read. */
function shelvesFor(name: string, text: string): readonly string[] {
  let read: readonly string[] = [];
  withFolder({ [name]: text }, (folder) => {
    const program = `process.argv = [process.argv[0], ${JSON.stringify(path.resolve('dist/cli.js'))}, 'scan', ${JSON.stringify(folder)}]; process.on('exit', () => require('node:fs').writeSync(2, Object.keys(require.cache).join('\\n'))); require(process.argv[1]);`;
    const { stderr } = spawnSync(process.execPath, ['-e', program], { encoding: 'utf8' });
    assert.match(stderr, /engine\.js/);
    read = [...stderr.matchAll(/rules-(\w+)\.js/g)].map(([, shelf]) => shelf!).sort();
  });
  return read;
}

describe('shelves of rules', () => {
  it('hold what the files of rules say, in the same order', () => {
    assert.deepEqual(shelved.map((rule) => rule.id), rules.map((rule) => rule.id));
    for (const [at, rule] of rules.entries()) assert.deepEqual(said(shelved[at]!), said(rule));
  });

  it('are read when a resource of theirs is met', () => {
    assert.deepEqual(shelvesFor('app.py', 'import os\nos.system(input())\n'), []);
    assert.deepEqual(shelvesFor('main.tf', 'resource "aws_sagemaker_notebook_instance" "one" {\n  name = "one"\n}\n'), ['aws']);
    assert.deepEqual(shelvesFor('Dockerfile', 'FROM python:3.12\nUSER root\n'), ['delivery', 'shared']);
  });

  it('are known to the worker of a browser', () => {
    const client = fs.readFileSync('dist/client-browser.js', 'utf8');
    const asked = [...fs.readFileSync('dist/engine.js', 'utf8').matchAll(/require\("\.\/(rules-\w+\.js)"\)/g)].map(([, name]) => name!);
    assert.ok(asked.length > 3);
    for (const name of asked) assert.ok(client.includes(`"${name}"`), name);
  });
});
