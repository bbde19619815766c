import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { callPickle, plainPickle, statePickle, zip } from '../support/artefacts.ts';
import { clean, malicious } from '../support/artefact-samples.ts';
import { read, wardline, withFolder, write } from '../support/cli.ts';

interface Sarif {
  readonly runs: readonly [{ readonly results: readonly { readonly ruleId: string; readonly level: string; readonly message: { readonly text: string }; readonly locations: readonly [{ readonly physicalLocation: { readonly artifactLocation: { readonly uri: string }; readonly region: { readonly startLine: number } } }]; readonly suppressions?: unknown }[] }];
}

const files = (samples: Readonly<Record<string, Uint8Array>>): Readonly<Record<string, Buffer>> => Object.fromEntries(Object.entries(samples).map(([name, data]) => [name, Buffer.from(data)]));
const sarif = (folder: string, ...args: readonly string[]) => (JSON.parse(wardline(folder, 'scan', '.', '--quiet', '--format', 'sarif', ...args).stdout) as Sarif).runs[0].results;
const uri = (one: Sarif['runs'][0]['results'][number]): string => decodeURIComponent(one.locations[0].physicalLocation.artifactLocation.uri);

describe('model artefacts on the command line', () => {
  it('gives each malicious file a result at its first line', () => {
    withFolder(files(malicious), (folder) => {
      const results = sarif(folder).filter((one) => one.ruleId.endsWith('-artefact') && one.level !== 'note');
      assert.deepEqual(Object.keys(malicious).filter((name) => !results.some((one) => uri(one) === name)), []);
      assert.ok(results.every((one) => one.locations[0].physicalLocation.region.startLine === 1));
    });
  });

  it('is silent on clean files', () => {
    withFolder(files(clean), (folder) => assert.deepEqual(sarif(folder).map((one) => `${uri(one)}: ${one.message.text}`), []));
  });

  it('keeps baselines and suppressions of the configuration', () => {
    withFolder({ 'a.pkl': Buffer.from(callPickle(4)), 'b.pt': Buffer.from(zip([{ name: 'x/data.pkl', data: callPickle(2) }])) }, (folder) => {
      assert.equal(sarif(folder).length, 2);
      fs.mkdirSync(path.join(folder, '.wardline'));
      write(folder, '.wardline/config.yaml', 'suppressions:\n  entries:\n    - rule: model-supply-chain/dangerous-artefact\n      path: a.pkl\n      reason: made for a test\n');
      assert.equal(sarif(folder).filter((one) => one.suppressions !== undefined).length, 1);
      wardline(folder, 'baseline', 'create', '.');
      assert.equal(wardline(folder, 'scan', '.', '--quiet').status, 0);
      write(folder, 'b.pt', '');
      fs.writeFileSync(path.join(folder, 'b.pt'), zip([{ name: 'x/data.pkl', data: callPickle(2, 'subprocess', 'call', 'another') }]));
      assert.equal(wardline(folder, 'scan', '.', '--quiet').status, 1);
    });
  });

  it('reports what a change adds', () => {
    withFolder({ 'old.pkl': Buffer.from(callPickle(4)), 'model.bin': Buffer.from(plainPickle) }, (folder) => {
      const git = (...args: readonly string[]): void => void spawnSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args], { cwd: folder });
      git('init', '-q');
      git('add', '-A');
      git('commit', '-qm', 'start');
      fs.writeFileSync(path.join(folder, 'model.bin'), callPickle(2));
      fs.writeFileSync(path.join(folder, 'new.pt'), zip([{ name: 'x/data.pkl', data: callPickle(2) }]));
      assert.deepEqual(sarif(folder, '--diff', 'HEAD').map(uri), ['model.bin', 'new.pt']);
      git('add', 'model.bin');
      assert.deepEqual(sarif(folder, '--staged').map(uri), ['model.bin']);
    });
  });

  it('locks the digests of models and reports what changes, goes and comes', () => {
    withFolder({ 'models/a.pkl': Buffer.from(plainPickle), 'models/b.pt': Buffer.from(zip([{ name: 'x/data.pkl', data: statePickle }])), 'README.md': 'text\n' }, (folder) => {
      assert.equal(wardline(folder, 'models', 'verify').status, 2);
      assert.equal(wardline(folder, 'models', 'lock').status, 0);
      const lock = read(folder, '.wardline/models.lock').split('\n');
      assert.equal(lock.filter((line) => /"path":"models\/(?:a\.pkl|b\.pt)","sha256":"[\da-f]{64}","size":\d+,"format":"/.test(line)).length, 2);
      assert.equal(wardline(folder, 'models', 'verify').status, 0);
      fs.appendFileSync(path.join(folder, 'models/a.pkl'), 'x');
      fs.rmSync(path.join(folder, 'models/b.pt'));
      fs.writeFileSync(path.join(folder, 'models/c.pkl'), plainPickle);
      const { status, stdout } = wardline(folder, 'models', 'verify');
      assert.equal(status, 1);
      assert.deepEqual(stdout.trim().split('\n').map((line) => line.split(' ').slice(0, line.startsWith('not') ? 3 : 2).join(' ')), ['changed: models/a.pkl', 'missing: models/b.pt', 'not locked: models/c.pkl']);
    });
  });
});
