// Packs the extension, installs it into a real VS Code and drives the workbench as a user would, with screenshots.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { Host, root } from './host.mjs';
import { createJourney } from './journey.mjs';
import { pack } from '../../scripts/package.mjs';
import { writeExample } from '../../scripts/example.mjs';

const host = await Host.start({ workspace: writeExample(path.join(root, '.out/example')), vsix: await pack() });
const journey = createJourney(host);
const { step, shot, until, line, command, choose, answer, openFile, act } = journey;
/** The first row of the sidebar's trees with a text. */
const tree = (text) => page.locator('.sidebar .pane .monaco-list-row', { hasText: text }).first();
let page;

try {
  page = await journey.start([['openFile', host.remote(path.join(host.ws, 'src/server.ts'))], ['skipWelcome', 'true']]);
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
    await shot('03a-quick-fix-menu');
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
  await step('a wildcard says what it stands for, and becomes the actions that the code calls', async () => {
    fs.writeFileSync(path.join(host.ws, 'src/archive.ts'), "import { S3Client, GetObjectCommand } from '@aws-sdk/client-s3';\nexport const read = (s3: S3Client, Key: string) => s3.send(new GetObjectCommand({ Bucket: 'archive', Key }));\n");
    fs.writeFileSync(path.join(host.ws, 'infra/archive.json'), '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::archive/*" }\n  ]\n}\n');
    await openFile('infra/archive.json');
    await page.waitForSelector('.monaco-editor .squiggly-warning, .monaco-editor .squiggly-info');
    const action = line('s3:*').locator('span', { hasText: 's3:*' }).last();
    await until(async () => {
      await page.mouse.move(900, 700);
      await action.hover();
      await page.locator('.monaco-hover:not(.hidden)', { hasText: /s3:\* = / }).first().waitFor({ timeout: 8000 });
    });
    await shot('04a-wildcard-hover');
    await page.keyboard.press('Escape');
    await act(action, /actions that .* calls?/, line('s3:GetObject'), () => shot('04b-wildcard-fixes'));
    await page.keyboard.press('Control+s');
  });
  await step('notebook cells are checked', async () => {
    await openFile('train.ipynb');
    await page.waitForSelector('.notebookOverlay .cell-list-container');
    await page.waitForSelector('.notebookOverlay .squiggly-error, .notebookOverlay .squiggly-warning');
  });
  await step('the workspace is scanned from the sidebar', async () => {
    await page.locator('.activitybar a.action-label[aria-label^="Wardline"]').click({ position: { x: 6, y: 6 }, force: true });
    await page.locator('.sidebar .pane-header', { hasText: 'Findings' }).waitFor();
    await command('Wardline: Scan Workspace');
    await page.locator('.sidebar .pane .monaco-list-row', { hasText: 'patients.ts' }).first().waitFor();
    await page.locator('.sidebar .pane .monaco-list-row', { hasText: 'patients' }).first().waitFor();
  });
  await step('a threat leads to its line', async () => {
    const threat = page.locator('.sidebar .pane .monaco-list-row[aria-level="2"]').first();
    // Rows move while the last findings of the scan come in, also between a click and the key after it.
    await until(async () => {
      await tree(/^patients\s*data store/).click({ timeout: 5000 });
      await page.keyboard.press('ArrowRight');
      await threat.click({ timeout: 3000 });
      await page.locator('.tab.active', { hasText: 'main.tf' }).waitFor({ timeout: 5000 });
    });
  });
  await step('a threat is accepted with a reason', async () => {
    // Rows move while the scan goes on.
    await until(async () => {
      await page.locator('.sidebar .pane .monaco-list-row[aria-level="2"]').first().hover({ timeout: 5000 });
      await page.locator('.sidebar .pane .monaco-list-row[aria-level="2"] a.action-label[aria-label^="Decide"]').first().click({ timeout: 5000 });
      await page.locator('.quick-input-list .monaco-list-row', { hasText: 'Accept' }).first().waitFor({ timeout: 5000 });
    });
    await choose('Accept');
    await answer('Accept', 'Reviewed for the pilot');
    await answer('Until when', '2999-01-31');
    await until(() => assert.match(fs.readFileSync(path.join(host.ws, '.wardline/threat-model.yaml'), 'utf8'), /state: accepted\n {4}reason: Reviewed for the pilot/), 40, 250);
  });
  await step('the diagram shows elements, flows and what a compromise reaches', async () => {
    await command('Wardline: Open Threat Model Diagram');
    const frame = page.frameLocator('iframe.webview.ready').last().frameLocator('#active-frame');
    await frame.locator('.node').first().waitFor();
    await shot('10a-diagram');
    await frame.locator('.node', { hasText: 'research' }).first().click();
    await frame.locator('aside h2', { hasText: 'research' }).waitFor();
    await frame.locator('header button', { hasText: 'Blast radius' }).click();
    await frame.locator('.node.faded').first().waitFor();
    await frame.locator('header button', { hasText: 'Open threats' }).click();
    await frame.locator('header button[aria-pressed="true"]', { hasText: 'Open threats' }).waitFor();
    await shot('10b-open-threats');
    await frame.locator('svg').first().press('t');
    await frame.locator('table caption', { hasText: 'Elements' }).waitFor();
  });
  await step('a finding is suppressed from the lightbulb with a reason', async () => {
    await page.locator('.tab', { hasText: 'main.tf' }).click();
    await page.keyboard.press('Escape');
    await act(line('publicly_accessible').locator('span', { hasText: 'true' }).last(), 'Suppress network/public-database on this line', page.locator('.quick-input-title', { hasText: 'on this line' }));
    await answer('on this line', 'Reached through the VPN only');
    await choose('90 days');
    await line('wardline-ignore network/public-database').waitFor();
  });
  await step('the configuration is completed, checked and in force as it is typed', async () => {
    await command('Wardline: Create Team Configuration');
    await line('root: true').waitFor();
    await page.keyboard.press('Control+End');
    await page.keyboard.type('ruels: 1');
    await page.waitForSelector('.monaco-editor .squiggly-error');
    await page.keyboard.press('Enter');
    await page.keyboard.insertText('categories:\n  sto');
    await page.keyboard.type('r');
    await page.keyboard.press('Control+Space');
    await page.locator('.suggest-widget .monaco-list-row', { hasText: 'storage' }).first().waitFor();
  });
  await step('fixes of the whole workspace are shown before they are made', async () => {
    await command('Wardline: Fix Problems in Workspace');
    await page.locator('.quick-input-widget', { has: page.locator('.quick-input-title', { hasText: 'Fix problems in the workspace' }) }).locator('.monaco-list-row').first().waitFor();
    await page.keyboard.press('Enter');
    const preview = page.locator('.bulk-edit-panel');
    await preview.locator('.monaco-list-row', { hasText: 'main.tf' }).first().waitFor();
    await shot('12a-refactor-preview');
    await preview.locator('.monaco-button', { hasText: 'Discard' }).first().click();
  });
  await step('a model file shows what loading it would do', async () => {
    fs.mkdirSync(path.join(host.ws, 'models'), { recursive: true });
    fs.writeFileSync(path.join(host.ws, 'models/forest.pkl'), ["cposix\nsys", "tem\n(S'echo loaded'\ntR0ccollections\nOrderedDict\n(tR."].join(''));
    await openFile('models/forest.pkl');
    const frame = page.frameLocator('iframe.webview.ready').last().frameLocator('#active-frame');
    await frame.locator('.verdict.dangerous', { hasText: 'Dangerous' }).waitFor();
    await frame.locator('.issues li', { hasText: "posix." }).waitFor();
    await frame.locator('.mark.safe', { hasText: 'safe' }).first().waitFor();
    await frame.locator('dd', { hasText: /^[0-9a-f]{64}$/ }).waitFor();
  });
  await step('the line that loads it says what it does, and offers to load weights only', async () => {
    fs.writeFileSync(path.join(host.ws, 'models/resume.py'), 'import torch\nstate = torch.load("forest.pkl", weights_only=False)\n');
    await openFile('models/resume.py');
    await page.waitForSelector('.monaco-editor .squiggly-error');
    await until(async () => {
      await page.mouse.move(900, 700);
      await line('torch.load').locator('span', { hasText: 'forest' }).last().hover();
      await page.locator('.monaco-hover:not(.hidden)', { hasText: 'which calls posix.' }).first().waitFor({ timeout: 8000 });
    });
    await line('torch.load').locator('span', { hasText: 'forest' }).last().click();
    await until(async () => {
      await page.keyboard.press('Control+.');
      await page.locator('.action-widget .monaco-list-row', { hasText: 'Load weights only' }).first().waitFor({ timeout: 5000 });
    });
  });
  await step('weights list their tensors in pages', async () => {
    await page.keyboard.press('Escape');
    const tensors = Object.fromEntries(Array.from({ length: 240 }, (_, at) => [`encoder.layer.${at}.weight`, { dtype: 'F16', shape: [1, 2], data_offsets: [at * 4, at * 4 + 4] }]));
    const header = Buffer.from(JSON.stringify({ __metadata__: { format: 'pt', license: 'apache-2.0' }, ...tensors }));
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(BigInt(header.length));
    fs.writeFileSync(path.join(host.ws, 'models/encoder.safetensors'), Buffer.concat([length, header, Buffer.alloc(960)]));
    await openFile('models/encoder.safetensors');
    const frame = page.frameLocator('iframe.webview.ready').last().frameLocator('#active-frame');
    await frame.locator('.verdict.safe').waitFor();
    await frame.locator('caption', { hasText: 'Tensors (240)' }).waitFor();
    await frame.getByRole('button', { name: 'Next' }).click();
    await frame.locator('nav', { hasText: '101 to 200 of 240' }).waitFor();
  });
  await step('following a threat to its line and applying the fix closes it', async () => {
    await command('Wardline: Show Threat Model');
    // Room for the whole tree.
    await page.locator('.sidebar .pane-header', { hasText: 'Findings' }).click();
    const threat = tree('Data can leave by any way');
    await until(async () => {
      if (!(await threat.isVisible())) {
        await tree('research').click({ timeout: 5000 });
        await page.keyboard.press('ArrowRight');
      }
      await threat.waitFor({ timeout: 4000 });
    });
    await threat.click();
    await page.locator('.tab.active', { hasText: 'main.tf' }).waitFor();
    await act(line('direct_internet_access').locator('span', { hasText: 'Enabled' }).last(), 'Disabled', line('direct_internet_access').locator('span', { hasText: 'Disabled' }).last(), () => shot('13a-lightbulb-with-threat'));
    await threat.waitFor({ state: 'detached' });
    await page.keyboard.press('Control+s');
  });
  await step('a hover shows the threats to an element, and leads to it in the sidebar', async () => {
    await until(async () => {
      await page.mouse.move(900, 700);
      // The name stands at the end of the line, which is one piece where nothing colours Terraform.
      const text = await line('aws_sagemaker_notebook_instance').locator('span', { hasText: 'research' }).last().boundingBox();
      await page.mouse.move(text.x + text.width * 0.9, text.y + text.height / 2, { steps: 4 });
      await page.locator('.monaco-hover:not(.hidden) a', { hasText: 'Show in threat model' }).first().waitFor({ timeout: 8000 });
    });
    await shot('14a-hover-threats');
    await page.locator('.monaco-hover:not(.hidden) a', { hasText: 'Show in threat model' }).first().click();
    await page.locator('.sidebar .pane .monaco-list-row.selected', { hasText: 'research' }).first().waitFor();
  });
  await step('the element of the cursor is selected in the tree', async () => {
    await openFile('infra/main.tf');
    // The hover of the step before lies over the line until the mouse has left it.
    await page.mouse.move(900, 700);
    await page.locator('.monaco-hover:not(.hidden)', { hasText: 'Show in threat model' }).first().waitFor({ state: 'hidden' });
    await line('sts:AssumeRole').click();
    await page.locator('.sidebar .pane .monaco-list-row.selected', { hasText: 'trainer' }).first().waitFor();
  });
  await step('access to data that nobody has agreed on is shown, and accepted with a reason', async () => {
    execFileSync(process.execPath, ['dist/cli.js', 'drift', 'record', host.ws], { cwd: root });
    await openFile('src/patients.ts');
    await line('import pg').click();
    await page.keyboard.press('Control+End');
    await page.keyboard.insertText('\nexport const share = (id: string) => fetch("https://export.example.org/patients", { method: "POST", body: id });\n');
    await page.keyboard.press('Control+s');
    const marks = page.locator('.monaco-editor .squiggly-warning');
    await marks.nth(1).waitFor({ state: 'attached' });
    const item = page.locator('.action-widget .monaco-list-row', { hasText: 'Accept and record the data access' }).first();
    // The menu closes when findings come in meanwhile.
    await until(async () => {
      await line('export.example.org').locator('span', { hasText: 'fetch' }).last().click({ timeout: 5000 });
      await page.keyboard.press('Control+.');
      await item.waitFor({ timeout: 5000 });
      await shot('19a-drift');
      await item.click({ timeout: 5000 });
      await page.locator('.quick-input-title', { hasText: 'export.example.org' }).waitFor({ timeout: 5000 });
    });
    await answer('export.example.org', 'Agreed with the registry');
    await until(() => assert.match(fs.readFileSync(path.join(host.ws, '.wardline/data-access.json'), 'utf8'), /export\.example\.org.*Agreed with the registry/), 40, 250);
    await marks.nth(1).waitFor({ state: 'detached' });
  });
  await step('the Problems panel lists the findings', async () => {
    await page.keyboard.press('Control+Shift+m');
    await page.locator('.markers-panel .monaco-list-row', { hasText: 'wardline' }).first().waitFor();
  });
} catch {
  // The failed step was printed.
}
process.exit(await journey.end());
