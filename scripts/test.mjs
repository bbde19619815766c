// Runs all tests and sets up what they need: dependencies, build, test host, Chromium. Plain Node and npm are enough to start it.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
process.chdir(root);

/** Runs a program; gives its status and what it printed. */
function run(command, args, { capture = false } = {}) {
  const result = spawnSync(command, args, { cwd: root, encoding: 'utf8', stdio: ['ignore', capture ? 'pipe' : 'inherit', 'inherit'], maxBuffer: 1 << 28, shell: process.platform === 'win32' });
  if (capture) process.stdout.write(result.stdout ?? '');
  return { status: result.status ?? 1, stdout: result.stdout ?? '' };
}

const { ensureDependencies, ensureHost } = await import('./setup.mjs');
ensureDependencies();

const totals = { passed: 0, failed: 0 };
function step(name, { status, stdout }, pattern) {
  const sum = (counts) => [...stdout.matchAll(counts)].reduce((all, [, count]) => all + Number(count), 0);
  const passed = sum(pattern.passed);
  const failed = sum(pattern.failed);
  totals.passed += passed;
  totals.failed += failed || (status === 0 ? 0 : 1);
  console.log(`${name}: ${passed} passed, ${failed || (status === 0 ? 0 : 1)} failed\n`);
}
/** Runs what drives the real VS Code; once more from the start where it fails, for a slow machine may be late with what it draws. */
function inHost(name, script) {
  const once = () => run(process.execPath, [`test/host/${script}`], { capture: true });
  let result = once();
  if (result.status !== 0) {
    console.log(`${name}: failed, and is tried once more from the start`);
    result = once();
  }
  step(name, result, counted);
}
const mocha = { passed: /(\d+) passing/g, failed: /(\d+) failing/g };
const counted = { passed: /(\d+) passed/g, failed: /passed, (\d+) failed/g };

step('build', { ...run(process.execPath, ['scripts/build.mjs']), stdout: '' }, mocha);
step('types', { ...run(process.execPath, ['node_modules/typescript/bin/tsc', '-p', '.']), stdout: '' }, mocha);
// The host comes first: it brings a second Node, which the command line is tested under too.
const host = ensureHost();
step('unit, language server, command line', run(process.execPath, ['node_modules/mocha/bin/mocha.js', '--reporter', 'dot'], { capture: true }), mocha);
if (host.ready) {
  inHost('extension host', 'run-suite.mjs');
  inHost('user journeys', 'run-ui.mjs');
  inHost('first minutes', 'run-welcome.mjs');
  inHost('in the browser', 'run-browser.mjs');
  inHost('journeys of a team', 'run-team.mjs');
  inHost('in other languages', 'run-language.mjs');
} else {
  totals.failed++;
  console.error(`The tests in VS Code did not run: ${host.reason}`);
}
console.log(`${totals.passed} passed, ${totals.failed} failed`);
process.exitCode = totals.failed === 0 ? 0 : 1;
