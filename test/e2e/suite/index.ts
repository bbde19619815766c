import * as fs from 'node:fs';
import * as path from 'node:path';

interface Row {
  readonly title: string;
  readonly ok: boolean;
  readonly error?: string;
}

/** Entry of the extension tests in every host: VS Code's desktop and its server. Rejects when a test failed. */
export async function run(): Promise<void> {
  const { default: Mocha } = await import('mocha');
  const mocha = new Mocha({ ui: 'bdd', timeout: 60_000, reporter: 'spec', color: false });
  mocha.suite.emit('pre-require', globalThis, '', mocha);
  await import('./extension.test.ts');
  const rows: Row[] = [];
  const failures = await new Promise<number>((resolve) => {
    const runner = mocha.run(resolve);
    runner.on('pass', (test) => rows.push({ title: test.fullTitle(), ok: true }));
    runner.on('fail', (test, error: Error) => rows.push({ title: test.fullTitle(), ok: false, error: error.stack ?? String(error) }));
  });
  const out = process.env['WARDLINE_RESULTS'];
  if (out !== undefined) {
    fs.mkdirSync(path.dirname(out), { recursive: true });
    fs.writeFileSync(out, JSON.stringify({ failures, tests: rows }, null, 1));
  }
  if (failures > 0) throw new Error(`${failures} tests failed`);
}
