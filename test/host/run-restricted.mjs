// Reading a workspace that is not trusted, in light, dark and high contrast: a model file, and the diagram saved as a picture.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { Host, root } from './host.mjs';
import { createJourney } from './journey.mjs';
import { pack } from '../../scripts/package.mjs';
import { writeExample } from '../../scripts/example.mjs';

const workspace = writeExample(path.join(root, '.out/example-restricted'));
fs.mkdirSync(path.join(workspace, 'models'), { recursive: true });
fs.writeFileSync(path.join(workspace, 'models/forest.pkl'), ['cposix\nsys', "tem\n(S'echo loaded'\ntR0cacme.model\nForest\n(tR0ccollections\nOrderedDict\n(tR."].join(''));

const themes = [['dark', 'Dark Modern', 'vs-dark', 'vscode-dark'], ['light', 'Light Modern', 'vs', 'vscode-light'], ['contrast', 'Dark High Contrast', 'hc-black', 'vscode-high-contrast']];
const host = await Host.start({ workspace, vsix: await pack(), trust: true });
const journey = createJourney(host, 'restricted-');
const { step, shot, until, command, openFile } = journey;

try {
  const page = await journey.start([['skipWelcome', 'true']]);
  const frame = page.frameLocator('iframe.webview.ready').last().frameLocator('#active-frame');
  /** The workbench and the view in it, when both have taken up the theme. */
  const inTheme = async (theme, kind, body) => {
    await command('Preferences: Color Theme');
    const themes = page.locator('.quick-input-widget', { has: page.locator('.quick-input-list .monaco-list-row', { hasText: 'Solarized' }) });
    await themes.waitFor();
    await page.locator('.quick-input-widget input').first().fill(theme);
    await page.locator('.quick-input-list .monaco-list-row', { hasText: theme }).first().click();
    await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
    await page.locator(`.monaco-workbench.${kind}`).waitFor();
    await frame.locator(`body.${body}`).waitFor();
  };
  const contrast = (locator) => locator.evaluate((element) => {
    const channels = (color) => (/rgba?\(([^)]*)\)/.exec(color)?.[1] ?? '0,0,0,0').split(/[\s,/]+/).map(Number);
    const luminance = (color) => channels(color).slice(0, 3).map((one) => one / 255).map((one) => (one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4)).reduce((sum, one, at) => sum + one * [0.2126, 0.7152, 0.0722][at], 0);
    let behind = element;
    while (behind.parentElement && (channels(getComputedStyle(behind).backgroundColor)[3] ?? 1) === 0) behind = behind.parentElement;
    const [light, dark] = [getComputedStyle(element).color, getComputedStyle(behind).backgroundColor].map(luminance).sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  });

  await step('the workspace is in Restricted Mode', async () => {
    await page.locator('.statusbar-item', { hasText: 'Restricted Mode' }).waitFor();
  });
  await step('a model file is judged without trust, and can be read in every theme', async () => {
    await openFile('models/forest.pkl');
    await frame.locator('.verdict.dangerous', { hasText: 'Dangerous' }).waitFor();
    for (const [name, theme, kind, body] of themes) {
      await inTheme(theme, kind, body);
      await shot(`artefact-${name}`);
      for (const what of ['.verdict', '.issues li', '.mark.safe', '.mark.unknown', '.mark.dangerous', 'dt', 'dd', 'th']) {
        const ratio = await contrast(frame.locator(what).first());
        assert.ok(ratio >= 4.5, `${what} in ${theme} has a contrast of ${ratio.toFixed(2)}`);
      }
    }
  });
  await step('the diagram is saved as a bitmap and as a drawing, in the colours of the theme', async () => {
    await command('Wardline: Scan Workspace');
    await command('Wardline: Open Threat Model Diagram');
    await frame.locator('.node').first().waitFor();
    for (const [name, theme, kind, body] of themes.slice(0, 2)) {
      await inTheme(theme, kind, body);
      await shot(`diagram-${name}`);
      const png = await saved('PNG', `diagram-${name}.png`);
      assert.deepEqual([...png.subarray(0, 8)], [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
      const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
      assert.ok(width > 400 && height > 200, `${width} x ${height} pixels`);
      const drawing = (await saved('SVG', `diagram-${name}.svg`)).toString();
      const picture = await page.context().newPage();
      await picture.goto(`data:image/svg+xml;base64,${Buffer.from(drawing).toString('base64')}`);
      await picture.locator('.node').first().waitFor();
      const [drawn, listed] = [await picture.locator('.node').count(), await frame.locator('.node').count()];
      assert.equal(drawn, listed);
      // The outline of a label lies below its letters, or nobody reads it.
      assert.match(await picture.locator('.flow text').first().evaluate((text) => getComputedStyle(text).paintOrder), /^stroke/);
      await picture.screenshot({ path: path.join(root, `.out/screenshots/restricted-saved-${name}.png`) });
      await picture.close();
      fs.writeFileSync(path.join(root, `.out/screenshots/restricted-bitmap-${name}.png`), png);
    }
  });

  /** Saves by a button of the diagram under a name; gives the file. */
  async function saved(format, name) {
    const target = path.join(host.ws, name);
    const dialog = page.locator('.quick-input-widget', { hasText: 'Save the diagram' });
    const box = dialog.locator('.quick-input-box input').first();
    // The whole is tried again: an Enter that comes while the dialog still looks at the folder closes it without an answer.
    await until(async () => {
      await dialog.waitFor({ state: 'hidden' });
      await frame.locator('header button', { hasText: `Save ${format}` }).click();
      await dialog.waitFor({ state: 'visible', timeout: 5000 });
      await until(async () => {
        await box.fill(target);
        assert.equal(await box.inputValue(), target);
        await page.keyboard.press('Enter');
        await box.waitFor({ state: 'hidden', timeout: 5000 });
      });
      await until(() => assert.ok(fs.statSync(target).size > 0), 20, 250);
    });
    return fs.readFileSync(target);
  }
} catch {
  // The failed step was printed.
}
process.exit(await journey.end());
