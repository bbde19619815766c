// Runs the extension tests (mocha) inside the extension host of a real VS Code. Exit code = the suite's.
import fs from 'node:fs';
import path from 'node:path';
import { format } from 'node:util';
import { buildSuite } from './build-suite.mjs';
import { Host, root } from './host.mjs';
import { writeExample } from '../../scripts/example.mjs';

const out = path.join(root, '.out/host');
const results = path.join(out, 'results.json');
fs.mkdirSync(out, { recursive: true });
fs.rmSync(results, { force: true });
const suite = await buildSuite();
const host = await Host.start({ workspace: writeExample(path.join(root, '.out/example')), env: { WARDLINE_RESULTS: results } });
const log = [];
let code = 1;
try {
  let exit;
  const exited = new Promise((resolve) => { exit = resolve; });
  const page = await host.browse({
    // Mocha's lines arrive as log messages with format strings.
    onLog: (type, args) => {
      const line = format(...args);
      log.push(`${type} ${line}`);
      if (type === 'info' && /%s|%d|^\s*$|^ {2}/.test(String(args[0]))) console.log(line);
      if (type === 'error' && /^\s+\d+\) /.test(line)) console.log(line);
    },
    onExit: (value) => exit(value),
  });
  await page.goto(host.url({ payload: [
    ['extensionDevelopmentPath', host.remote(root)],
    ['extensionTestsPath', host.remote(suite)],
    ['enableProposedApi', ''],
    ['skipWelcome', 'true'],
  ] }));
  const limit = setTimeout(() => exit('timeout'), Number(process.env.WARDLINE_TIMEOUT ?? 240_000));
  code = await exited;
  clearTimeout(limit);
  if (code === 'timeout') {
    console.error('the extension host did not finish');
    await page.screenshot({ path: path.join(out, 'timeout.png') });
    fs.writeFileSync(path.join(out, 'console.log'), host.consoleLines.join('\n'));
    code = 1;
  }
  const result = fs.existsSync(results) ? JSON.parse(fs.readFileSync(results, 'utf8')) : undefined;
  if (!result) {
    console.error('the extension host wrote no results');
    code ||= 1;
  } else {
    console.log(`extension host: ${result.tests.filter((one) => one.ok).length} passed, ${result.failures} failed`);
    if (result.failures) code ||= 1;
  }
  fs.writeFileSync(path.join(out, 'suite.log'), log.join('\n'));
} finally {
  await host.stop();
}
process.exit(code);
