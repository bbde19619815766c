// What a team does in the editor: fixes with what belongs to them, decisions with reasons, configuration and rules of its own.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { Host, root } from './host.mjs';
import { createJourney } from './journey.mjs';
import { pack } from '../../scripts/package.mjs';
import { writeExample } from '../../scripts/example.mjs';

const workspace = writeExample(path.join(root, '.out/example-team'));
const server = fs.readFileSync(path.join(workspace, 'src/server.ts'), 'utf8');
const key = /sk-[\w-]+/.exec(server)[0];
fs.writeFileSync(path.join(workspace, 'src/legacy.py'), `KEY = b"${key}"\n`);
fs.writeFileSync(path.join(workspace, '.env.example'), 'PORT=\n');
fs.mkdirSync(path.join(workspace, '.wardline/rules'), { recursive: true });
fs.writeFileSync(path.join(workspace, '.wardline/rules/own.yaml'), `rules:
  - id: storage/bucket-without-owner
    kind: resource
    title: Bucket without an owner
    message: Bucket "{name}" names no owner.
    types: [aws_s3_bucket]
    require: { attribute: tags.owner, exists: true }
    examples:
      - file: main.tf
        good: |
          resource "aws_s3_bucket" "a" {}
`);

const host = await Host.start({ workspace, vsix: await pack(), settings: { 'editor.codeActionsOnSave': { 'source.fixAll.wardline': 'explicit' } } });
const journey = createJourney(host, 'team-');
const { step, shot, until, line, command, choose, answer, openFile, lightbulb, act } = journey;
const onDisk = (name) => fs.readFileSync(path.join(host.ws, name), 'utf8');

try {
  const page = await journey.start([['openFile', host.remote(path.join(host.ws, 'src/server.ts'))], ['skipWelcome', 'true']]);
  await step('the lightbulb of a secret offers all that can be done', async () => {
    await page.waitForSelector('.monaco-editor .squiggly-error');
    await line('apiKey').locator('span', { hasText: 'sk-' }).last().click();
    await lightbulb('keep its value in .env');
    const labels = await page.locator('.action-widget .monaco-list-row').allInnerTexts();
    for (const part of ['Read it from', 'Suppress', 'in this file', 'Add to baseline', 'Show documentation']) assert.ok(labels.some((one) => one.includes(part)), `${part} in ${labels.join(' | ')}`);
  });
  await step('a secret moves to .env only after its changes were looked through', async () => {
    await page.locator('.action-widget .monaco-list-row', { hasText: 'keep its value in .env' }).first().click();
    const preview = page.locator('.bulk-edit-panel');
    await preview.locator('.monaco-list-row', { hasText: '.gitignore' }).first().waitFor();
    await shot('02a-preview');
    assert.ok(!fs.existsSync(path.join(host.ws, '.env')), 'nothing is written before');
    for (const name of ['.env', '.gitignore']) {
      const box = preview.locator('.monaco-list-row', { hasText: name }).filter({ hasText: 'creating' }).locator('.edit-checkbox');
      await until(async () => {
        if (await box.getAttribute('aria-checked') !== 'true') await box.click({ timeout: 3000 });
        assert.equal(await box.getAttribute('aria-checked'), 'true');
      });
    }
    await preview.locator('.monaco-button', { hasText: 'Apply' }).first().click();
    await line('process.env').waitFor();
    await until(() => assert.ok(onDisk('.env').includes(`=${key}\n`)), 40, 250);
    await until(() => assert.match(onDisk('.gitignore'), /^\.env$/m), 40, 250);
    await command('Notifications: Show Notifications');
    await page.locator('.notifications-center .notification-list-item', { hasText: 'may be in the repository' }).first().waitFor();
    await shot('02b-what-is-left-to-do');
    await command('Notifications: Hide Notifications');
  });
  await step('a fix that must not be made here says why', async () => {
    await openFile('legacy.py');
    await page.locator('.tab.active', { hasText: 'legacy.py' }).waitFor();
    await page.waitForSelector('.monaco-editor .squiggly-error');
    await until(async () => {
      await page.mouse.move(900, 700);
      await line('KEY').locator('span', { hasText: 'sk-' }).last().hover();
      await page.locator('.monaco-hover:not(.hidden)', { hasText: 'these are bytes' }).first().waitFor({ timeout: 8000 });
    });
  });
  await step('a failing example of a rule is underlined in its file', async () => {
    await page.keyboard.press('Escape');
    await openFile('own.yaml');
    await page.locator('.tab.active', { hasText: 'own.yaml' }).waitFor();
    await page.waitForSelector('.monaco-editor .squiggly-error');
  });
  await step('a rule of the team runs on the workspace and shows what it finds', async () => {
    await page.locator('.codelens-decoration a', { hasText: 'Run on workspace' }).first().click();
    await page.locator('.peekview-widget .monaco-list-row', { hasText: 'training_data' }).first().waitFor();
    await shot('05a-peek');
    await page.keyboard.press('Escape');
    await page.locator('.codelens-decoration a', { hasText: /Run on workspace \(\d+ findings?\)/ }).first().waitFor();
  });
  await step('a rule that is switched off in the configuration leaves the open file', async () => {
    await openFile('infra/main.tf');
    await line('publicly_accessible').waitFor();
    await page.keyboard.press('Control+Shift+m');
    const row = page.locator('.markers-panel .monaco-list-row', { hasText: 'network/public-database' });
    await row.first().waitFor();
    await command('Wardline: Create Team Configuration');
    await line('root: true').waitFor();
    await page.keyboard.press('Control+End');
    await page.keyboard.insertText('rules:\n  network/public-database: off\n');
    await row.first().waitFor({ state: 'detached' });
  });
  await step('a decision in the configuration is completed and checked as it is typed', async () => {
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.insertText('minimumConfidense: high');
    await page.waitForSelector('.monaco-editor .squiggly-error');
    await page.keyboard.press('Enter');
    await page.keyboard.insertText('catego');
    await page.keyboard.press('Control+Space');
    await page.locator('.suggest-widget .monaco-list-row[aria-label^="categories"]').first().waitFor();
  });
  await step('a finding is suppressed from the lightbulb with a reason and a date', async () => {
    await page.keyboard.press('Escape');
    await page.locator('.tab', { hasText: 'main.tf' }).click();
    await page.keyboard.press('Escape');
    await act(line('aws_db_instance').locator('span').last(), 'on this line', page.locator('.quick-input-title', { hasText: 'on this line' }));
    await answer('on this line', 'Reached through the VPN only');
    await choose('90 days');
    await line('-- Reached through the VPN only until').waitFor();
  });
  await step('safe fixes are made when a file is saved', async () => {
    await page.keyboard.press('Control+s');
    await until(() => assert.match(onDisk('infra/main.tf'), /storage_encrypted\s+= true/), 40, 250);
    assert.match(onDisk('infra/main.tf'), /wardline-ignore/, 'and what was typed is saved');
  });
  await step('a value that only the user knows is a tab stop', async () => {
    await openFile('model-server.yaml');
    const name = line('- name: vllm').locator('span', { hasText: 'vllm' }).last();
    await act(name, 'Set resources.limits.memory to 1Gi', line('memory: 1Gi'));
    await page.keyboard.type('24Gi');
    await line('memory: 24Gi').waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+s');
    await until(() => assert.match(onDisk('k8s/model-server.yaml'), /^ {8}- name: vllm\n {10}resources:\n {12}limits:\n {14}memory: 24Gi\n {10}image:/m), 40, 250);
  });
  await step('the folders of a workspace stand apart', async () => {
    const several = path.join(host.dir, 'several.code-workspace');
    fs.writeFileSync(several, JSON.stringify({ folders: [{ path: 'ws/infra' }, { name: 'service', path: 'ws/src' }] }));
    // Now and then the window opens without the workspace that its address names.
    await until(async () => {
      await page.goto(host.url({ workspace: several, payload: [['openFile', host.remote(path.join(host.ws, 'src/triage.py'))], ['skipWelcome', 'true']] }));
      await page.locator('.command-center', { hasText: 'several' }).first().waitFor({ timeout: 20_000 });
    }, 3);
    await page.locator('.activitybar a.action-label[aria-label^="Wardline"]').click({ position: { x: 6, y: 6 }, force: true });
    await command('Wardline: Scan Workspace');
    const row = (level, text) => page.locator(`.sidebar .pane .monaco-list-row[aria-level="${level}"]`, { hasText: text }).first();
    for (const [folder, file] of [['infra', 'main.tf'], ['service', 'patients.ts']]) {
      await row(1, folder).waitFor();
      await row(2, file).waitFor();
    }
  });
} catch {
  // The failed step was printed.
}
process.exit(await journey.end());
