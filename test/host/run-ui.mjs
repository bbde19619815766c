// Packs the extension, installs it into a real VS Code and drives the workbench as a user would, with screenshots.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { Host, root } from './host.mjs';
import { pack } from '../../scripts/package.mjs';
import { writeExample } from '../../scripts/example.mjs';

const out = path.join(root, '.out/screenshots');
fs.mkdirSync(out, { recursive: true });
const host = await Host.start({ workspace: writeExample(path.join(root, '.out/example')), vsix: await pack() });
const results = [];
let page;

/** A step of the journey; a failed one ends it, for the later ones build on it. */
async function step(name, run) {
  try {
    await run();
    results.push({ name, ok: true });
    console.log(`  ✔ ${name}`);
    await page?.screenshot({ path: path.join(out, `${String(results.length).padStart(2, '0')}-${name.replaceAll(/[^a-z0-9]+/gi, '-')}.png`) });
  } catch (error) {
    results.push({ name, ok: false });
    console.log(`  ✘ ${name}\n${error.stack ?? error}`);
    await page?.screenshot({ path: path.join(out, 'failure.png') }).catch(() => undefined);
    throw error;
  }
}

/** Repeats an action whose first try the workbench may swallow, until what it leads to is there. */
async function until(run, times = 8) {
  for (let turn = 1; ; turn++) {
    try {
      return await run();
    } catch (error) {
      if (turn >= times) throw error;
    }
  }
}

const line = (text) => page.locator('.view-line', { hasText: text }).first();
async function openFile(name) {
  await page.keyboard.press('Control+p');
  await page.locator('.quick-input-widget input').fill(name);
  await page.locator('.quick-input-list .monaco-list-row', { hasText: path.basename(name) }).first().waitFor();
  await page.keyboard.press('Enter');
}

try {
  page = await host.browse();
  page.setDefaultTimeout(60_000);
  await page.goto(host.url({ payload: [['openFile', host.remote(path.join(host.ws, 'src/server.ts'))], ['skipWelcome', 'true']] }));
  await step('findings are underlined in TypeScript', async () => {
    await page.waitForSelector('.monaco-editor .view-line');
    await page.waitForSelector('.monaco-editor .squiggly-error, .monaco-editor .squiggly-warning');
  });
  await step('a hover explains the finding', async () => {
    await until(async () => {
      await page.mouse.move(900, 700);
      await line('apiKey').locator('span', { hasText: 'sk-' }).last().hover();
      await page.locator('.monaco-hover:not(.hidden)', { hasText: 'Rule documentation' }).first().waitFor({ timeout: 8000 });
    });
  });
  await step('a quick fix is applied and saved', async () => {
    await page.keyboard.press('Escape');
    await page.mouse.move(900, 700);
    await line('apiKey').locator('span', { hasText: 'sk-' }).last().click();
    const item = page.locator('.action-widget .monaco-list-row', { hasText: /environment/i }).first();
    await until(async () => {
      await page.keyboard.press('Control+.');
      await item.waitFor({ timeout: 5000 });
    });
    await page.screenshot({ path: path.join(out, '03a-quick-fix-menu.png') });
    await item.click();
    await line('process.env').waitFor();
    await page.keyboard.press('Control+s');
    await page.waitForFunction(() => !document.querySelector('.tab.dirty'));
    assert.match(fs.readFileSync(path.join(host.ws, 'src/server.ts'), 'utf8'), /apiKey: process\.env\.\w+/);
  });
  await step('infrastructure is checked', async () => {
    await openFile('infra/main.tf');
    await line('aws_s3_bucket').waitFor();
    await page.waitForSelector('.monaco-editor .squiggly-error, .monaco-editor .squiggly-warning');
  });
  await step('notebook cells are checked', async () => {
    await openFile('train.ipynb');
    await page.waitForSelector('.notebookOverlay .cell-list-container');
    await page.waitForSelector('.notebookOverlay .squiggly-error, .notebookOverlay .squiggly-warning');
  });
  await step('the workspace is scanned from the sidebar', async () => {
    await page.locator('.activitybar a.action-label[aria-label^="Wardline"]').click();
    await page.locator('.sidebar .pane-header', { hasText: 'Findings' }).waitFor();
    await page.keyboard.press('F1');
    await page.locator('.quick-input-widget input').fill('>Wardline: Scan Workspace');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'Wardline: Scan Workspace' }).first().click();
    await page.locator('.sidebar .pane .monaco-list-row', { hasText: 'patients.ts' }).first().waitFor();
    await page.locator('.sidebar .pane .monaco-list-row', { hasText: /Prompt injection|Excess privilege/ }).first().waitFor();
  });
  await step('a threat leads to its line', async () => {
    const threat = page.locator('.sidebar .pane .monaco-list-row', { hasText: 'Excess privilege' }).first();
    await threat.click();
    await page.keyboard.press('ArrowRight');
    const witness = page.locator('.sidebar .pane .monaco-list-row[aria-level="2"]').first();
    await witness.waitFor();
    await witness.click();
    await page.locator('.tab.active', { hasText: 'main.tf' }).waitFor();
  });
  await step('the Problems panel lists the findings', async () => {
    await page.keyboard.press('Control+Shift+m');
    await page.locator('.markers-panel .monaco-list-row', { hasText: 'wardline' }).first().waitFor();
  });
} catch {
  // The failed step was printed.
} finally {
  fs.writeFileSync(path.join(out, 'console.log'), host.consoleLines?.join('\n') ?? '');
  await host.stop();
}
const failed = results.filter((one) => !one.ok).length;
console.log(`user journeys: ${results.length - failed} passed, ${failed} failed`);
if (host.blocked?.length) console.log(`requests to other hosts, all refused: ${[...new Set(host.blocked.map((url) => new URL(url).host))].join(' ')}`);
process.exit(failed === 0 && results.length > 0 ? 0 : 1);
