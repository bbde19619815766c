// The interface in another language: German in the extension host of a server, Japanese in that of the browser.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { Host, root } from './host.mjs';
import { createJourney } from './journey.mjs';
import { pack } from '../../scripts/package.mjs';
import { writeExample } from '../../scripts/example.mjs';

const { publisher, name } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));
const workspace = writeExample(path.join(root, '.out/language'));
const vsix = await pack();

async function german(host, { start, step, shot, until, line, command, choose, act }) {
  const page = await start([['openFile', host.remote(path.join(host.ws, 'src/server.ts'))], ['skipWelcome', 'true']]);
  const sidebar = (text) => page.locator('.sidebar .pane', { hasText: text }).first();
  await step('commands and views have German names', async () => {
    await page.locator('.monaco-editor .squiggly-error').first().waitFor();
    await page.locator('.activitybar a.action-label[aria-label^="Wardline"]').click({ position: { x: 6, y: 6 }, force: true });
    await page.locator('.sidebar .pane-header', { hasText: 'Bedrohungsmodell' }).waitFor();
    await page.locator('.sidebar .pane-header', { hasText: 'Befunde' }).waitFor();
    await command('Wardline: Arbeitsbereich überprüfen');
    await page.locator('.sidebar .pane .monaco-list-row', { hasText: 'patients.ts' }).first().waitFor();
    await sidebar('Nach Element · Nur offene Bedrohungen').waitFor();
    await page.locator('.sidebar .pane .monaco-list-row', { hasText: 'Datenspeicher' }).first().waitFor();
  });
  await step('a hover has German headings', () => until(async () => {
    await line('apiKey').locator('span', { hasText: 'sk-' }).last().hover();
    await page.locator('.monaco-hover:not(.hidden)', { hasText: /So beheben Sie das Problem.*Regeldokumentation/s }).first().waitFor({ timeout: 8000 });
  }));
  await step('a finding is suppressed in German', async () => {
    const box = page.locator('.quick-input-widget', { has: page.locator('.quick-input-title', { hasText: 'in dieser Zeile unterdrücken' }) });
    await act(line('apiKey').locator('span', { hasText: 'sk-' }).last(), 'in dieser Zeile unterdrücken', box, () => shot('lightbulb'));
    await box.locator('.quick-input-box input').first().fill('x');
    await page.locator('.quick-input-message', { hasText: 'Eine Begründung ist erforderlich.' }).waitFor();
    await box.locator('.quick-input-box input').first().fill('Wird morgen ersetzt');
    await page.keyboard.press('Enter');
    await choose('90 Tage');
    await line('wardline-ignore').waitFor();
  });
  await step('the diagram speaks German', async () => {
    await command('Wardline: Diagramm des Bedrohungsmodells öffnen');
    const frame = page.frameLocator('iframe.webview.ready').last().frameLocator('#active-frame');
    await frame.locator('header button', { hasText: 'Auswirkungsbereich' }).waitFor();
    await frame.locator('.node text.kind', { hasText: 'Datenspeicher' }).first().waitFor();
    await frame.locator('aside h2', { hasText: /^Elemente: \d+, Datenflüsse: \d+, offene Bedrohungen: \d+$/ }).waitFor();
  });
  await step('settings are described in German', async () => {
    await command('Preferences: Open Settings (UI)');
    await page.locator('.settings-editor .suggest-input-container').first().click();
    await page.keyboard.type('@ext:wardline.wardline');
    await page.locator('.setting-item-description', { hasText: 'Geöffnete Dateien analysieren.' }).first().waitFor();
  });
}

async function japanese(host, { start, step, until, line, command }) {
  const page = await start([['openFile', host.remote(path.join(host.ws, 'src/server.ts'))], ['skipWelcome', 'true']]);
  await step('a worker of the browser speaks Japanese', async () => {
    await page.locator('.monaco-editor .squiggly-error').first().waitFor();
    await until(async () => {
      await line('apiKey').locator('span', { hasText: 'sk-' }).last().hover();
      await page.locator('.monaco-hover:not(.hidden)', { hasText: /修正方法.*ルールのドキュメント/s }).first().waitFor({ timeout: 8000 });
    });
  });
  await step('the client beside it speaks Japanese, too', async () => {
    await page.locator('.activitybar a.action-label[aria-label^="Wardline"]').click({ position: { x: 6, y: 6 }, force: true });
    await command('Wardline: ワークスペースをスキャン');
    await page.locator('.sidebar .pane .monaco-list-row', { hasText: 'patients.ts' }).first().waitFor();
    await page.locator('.sidebar .pane', { hasText: '要素別 · 未解決の脅威のみ' }).first().waitFor();
    assert.match(await page.locator('.statusbar-item[id="wardline.wardline.wardline.status"]').first().getAttribute('aria-label'), /検出結果 \d+ 件/);
  });
}

let failed = 0;
for (const [language, run, settings] of [['de', german, {}], ['ja', japanese, { 'remote.extensionKind': { [`${publisher}.${name}`]: ['web'] } }]]) {
  const host = await Host.start({ workspace, vsix, language, settings });
  const journey = createJourney(host, `language-${language}-`);
  try {
    await run(host, journey);
  } catch {
    // The failed step was printed.
  }
  failed += await journey.end();
}
process.exit(failed === 0 ? 0 : 1);
