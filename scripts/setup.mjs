// What the other scripts need on a fresh machine; each step is skipped when it was already done. Uses nothing but Node.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const browsers = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].filter(Boolean);

function run(command, args, options = {}) {
  return spawnSync(command, args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32', ...options }).status === 0;
}

/** npm ci when the lock file changed since the last time. Ends the program when it fails. */
export function ensureDependencies() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    console.error(`Node 20.19 or later is needed; this is ${process.versions.node}.`);
    process.exit(2);
  }
  const lock = fs.readFileSync(path.join(root, 'package-lock.json'), 'utf8');
  const stamp = path.join(root, 'node_modules/.wardline-lock');
  if (fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === lock) return;
  if (!run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'])) {
    console.error('npm ci failed.');
    process.exit(2);
  }
  fs.writeFileSync(stamp, lock);
}

/** The test host and a Chromium for it. Says what is missing where it cannot install it. */
export function ensureHost() {
  if (!run(process.execPath, ['test/host/setup.mjs'])) return { ready: false, reason: 'the VS Code test host could not be installed' };
  if (browsers.some((file) => fs.existsSync(file))) return { ready: true };
  const root0 = process.getuid?.() === 0;
  if (fs.existsSync('/usr/bin/apt-get') && (root0 || run('sudo', ['-n', 'true'], { stdio: 'ignore' }))) {
    const apt = (...args) => (root0 ? run('apt-get', args) : run('sudo', ['-n', 'apt-get', ...args]));
    if (apt('install', '-y', '--no-install-recommends', 'chromium') || (apt('update') && apt('install', '-y', '--no-install-recommends', 'chromium'))) return { ready: true };
  }
  return { ready: false, reason: 'Chromium is missing; install it (Debian: apt-get install chromium) or set CHROMIUM to its path' };
}
