// The first minutes: the walkthrough, the example workspace, and the tools that the editor's agents get.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { Host, root } from './host.mjs';
import { createJourney } from './journey.mjs';
import { pack } from '../../scripts/package.mjs';

const workspace = path.join(root, '.out/empty');
fs.rmSync(workspace, { recursive: true, force: true });
fs.mkdirSync(workspace, { recursive: true });

const host = await Host.start({ workspace, vsix: await pack(), settings: { 'chat.disableAIFeatures': false } });
const journey = createJourney(host, 'welcome-');
const { step, shot, line, command } = journey;

try {
  const page = await journey.start([['skipWelcome', 'true']]);
  await step('the walkthrough shows what there is to see', async () => {
    await page.locator('.explorer-folders-view').waitFor();
    await command('Welcome: Open Walkthrough', 'Secure AI Code with Wardline');
    const titles = page.locator('.getting-started-step .step-title');
    await titles.first().waitFor();
    assert.deepEqual((await titles.allInnerTexts()).filter((one) => one !== ''), ['See it on an example', 'Fix what is found', 'Look at the threat model', 'Share it with your team']);
    const picture = page.frameLocator('iframe.webview.ready').last().frameLocator('#active-frame').locator('svg');
    for (const [at, words] of ['Token of a known provider', 'Read it from OPENAI_API_KEY', 'open threats', '.wardline/config.yaml'].entries()) {
      await titles.nth(at).click();
      await picture.filter({ hasText: words }).first().waitFor();
      await shot(`walkthrough-${at + 1}`);
    }
  });
  await step('the editor lists the tools for agents, and they start', async () => {
    await command('MCP: List Servers', 'Wardline', 'Start Server');
    await line('Discovered 4 tools').waitFor();
  });
  await step('the example opens from the walkthrough and shows its findings', async () => {
    const opened = page.context().waitForEvent('page');
    await command('Wardline: Open Example Workspace');
    const example = await opened;
    await example.waitForURL(/clinic-assistant/);
    const row = (name) => example.locator('.explorer-folders-view .monaco-list-row', { hasText: name }).first();
    await row('src').click();
    await row('server.ts').dblclick();
    await example.locator('.monaco-editor .squiggly-error').first().waitFor();
    const key = await example.locator('.view-line', { hasText: 'apiKey' }).first().innerText();
    assert.doesNotMatch(key, /@@/);
    await example.screenshot({ path: path.join(root, '.out/screenshots/welcome-example.png') });
  });
} catch {
  // The failed step was printed.
}
process.exit(await journey.end());
