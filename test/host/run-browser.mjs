// The extension in a browser that no server stands behind: a worker analyses what the editor reads for it.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { Host, root } from './host.mjs';
import { createJourney } from './journey.mjs';
import { pack } from '../../scripts/package.mjs';
import { writeExample } from '../../scripts/example.mjs';

const { publisher, name } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));
// Extensions of this kind run in the browser, whatever else they could do.
const host = await Host.start({ workspace: writeExample(path.join(root, '.out/browser')), vsix: await pack(), settings: { 'remote.extensionKind': { [`${publisher}.${name}`]: ['web'] } } });
const journey = createJourney(host, 'browser-');
const { step, until, line, command, openFile, act, contextMenu } = journey;

try {
  const page = await journey.start([['openFile', host.remote(path.join(host.ws, 'src/server.ts'))], ['skipWelcome', 'true']]);
  const underlined = page.locator('.monaco-editor .squiggly-error, .monaco-editor .squiggly-warning').first();
  const row = (text) => page.locator('.sidebar .pane .monaco-list-row', { hasText: text }).first();
  await step('a document is analysed in a worker', async () => {
    await underlined.waitFor();
    const programs = await Promise.all(page.workers().map((one) => one.evaluate(() => typeof globalThis.wardlineProgram)));
    assert.equal(programs.filter((one) => one === 'function').length, 1);
  });
  await step('a file of the team is read and in force', async () => {
    await page.keyboard.press('Control+Shift+m');
    const key = page.locator('.markers-panel .monaco-list-row', { hasText: 'secrets/hardcoded-provider-token' }).first();
    await key.waitFor();
    fs.mkdirSync(path.join(host.ws, '.wardline'));
    fs.writeFileSync(path.join(host.ws, '.wardline/config.yaml'), 'rules:\n  secrets/*: off\n');
    await key.waitFor({ state: 'detached' });
    fs.rmSync(path.join(host.ws, '.wardline/config.yaml'));
    await key.waitFor();
  });
  await step('a quick fix is applied and saved', async () => {
    await act(line('apiKey').locator('span', { hasText: 'sk-' }).last(), /environment/i, line('process.env'));
    await page.keyboard.press('Control+s');
    await page.waitForFunction(() => !document.querySelector('.tab.dirty'));
    assert.match(fs.readFileSync(path.join(host.ws, 'src/server.ts'), 'utf8'), /apiKey: process\.env\.\w+/);
  });
  await step('files that are not open are scanned', async () => {
    await page.locator('.activitybar a.action-label[aria-label^="Wardline"]').click({ position: { x: 6, y: 6 }, force: true });
    await command('Wardline: Scan Workspace');
    for (const file of ['patients.ts', 'main.tf', 'triage.py', 'model-server.yaml']) await row(file).waitFor();
  });
  await step('a finding is fixed from the sidebar', async () => {
    const finding = row('rejectUnauthorized is false');
    await until(async () => {
      await row('patients.ts').click({ timeout: 5000 });
      await page.keyboard.press('ArrowRight');
      await finding.hover({ timeout: 5000 });
      await finding.locator('.action-label[aria-label^="Fix"]').click({ timeout: 5000 });
    });
    await line('rejectUnauthorized').waitFor();
    await page.locator('.view-line', { hasText: /rejectUnauthorized:\strue/ }).waitFor();
    await finding.waitFor({ state: 'detached' });
    await page.keyboard.press('Control+s');
    await page.waitForFunction(() => !document.querySelector('.tab.dirty'));
  });
  await step('a false positive is reported with what is known of it, and nothing of the code', async () => {
    const finding = row('becomes part of an SQL statement');
    await until(async () => {
      await contextMenu(finding, 'Report False Positive');
      // A row that is drawn anew while its menu is open is no longer what the menu speaks of.
      await line('False positive of input-validation/sql-injection').waitFor({ timeout: 8000 });
    });
    await line('Server: ').waitFor();
  });
  await step('a file that changes elsewhere is judged anew', async () => {
    fs.writeFileSync(path.join(host.ws, 'src/triage.py'), 'print("nothing to find")\n');
    await row('triage.py').waitFor({ state: 'detached' });
  });
  await step('cells of a notebook are analysed', async () => {
    await openFile('train.ipynb');
    await page.locator('.notebookOverlay .squiggly-error, .notebookOverlay .squiggly-warning').first().waitFor();
  });
  await step('the worker is started again', async () => {
    await command('Wardline: Restart Server');
    await openFile('main.tf');
    await underlined.waitFor();
    await row('patients.ts').waitFor();
  });
} catch {
  // The failed step was printed.
}
process.exit(await journey.end());
