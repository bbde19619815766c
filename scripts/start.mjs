// Builds Wardline, packs it and opens the example workspace in VS Code with it: the desktop where `code` is there, else the
// browser-served VS Code of the tests, whose address is printed.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureDependencies } from './setup.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
ensureDependencies();
const { pack } = await import('./package.mjs');
const { writeExample } = await import('./example.mjs');
const vsix = await pack();
const example = writeExample(path.join(root, '.out/example'));
const desktop = process.argv.includes('--browser') ? undefined : ['code', 'code-insiders', 'codium'].find((name) => spawnSync(name, ['--version'], { stdio: 'ignore', shell: process.platform === 'win32' }).status === 0);

if (desktop) {
  const shell = process.platform === 'win32';
  const installed = spawnSync(desktop, ['--install-extension', vsix, '--force'], { stdio: 'inherit', shell }).status === 0;
  const opened = installed && spawnSync(desktop, ['--new-window', example, path.join(example, 'src/server.ts')], { stdio: 'inherit', shell }).status === 0;
  process.exitCode = opened ? 0 : 1;
} else {
  const setup = spawnSync(process.execPath, ['test/host/setup.mjs'], { cwd: root, stdio: 'inherit' });
  if (setup.status !== 0) process.exit(1);
  const { Host } = await import('../test/host/host.mjs');
  const host = await Host.start({ workspace: example, vsix });
  const address = host.url({ payload: [['openFile', host.remote(path.join(host.ws, 'src/server.ts'))], ['skipWelcome', 'true']] });
  console.log(`\nVS Code with Wardline is at\n\n  ${address}\n\nThe example workspace is ${host.ws}. Press Ctrl+C to stop.`);
  const stop = () => void host.stop().then(() => process.exit(0));
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}
