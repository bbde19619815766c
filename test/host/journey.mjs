// What a user does in the workbench, and a record of how it went: shared by the journeys.
import fs from 'node:fs';
import path from 'node:path';
import { root } from './host.mjs';

export const screenshots = path.join(root, '.out/screenshots');

/** A journey through the workbench that `host` serves. A failed step ends it, for the later ones build on it. */
export function createJourney(host, prefix = '') {
  const results = [];
  let page;
  const shot = (name) => page.screenshot({ path: path.join(screenshots, `${prefix}${name}.png`) });
  const line = (text) => page.locator('.view-line', { hasText: text }).first();

  async function start(payload) {
    fs.mkdirSync(screenshots, { recursive: true });
    page = await host.browse();
    page.setDefaultTimeout(60_000);
    await page.goto(host.url({ payload }));
    return page;
  }
  async function step(name, run) {
    try {
      await run();
      results.push({ name, ok: true });
      console.log(`  ✔ ${name}`);
      await shot(`${String(results.length).padStart(2, '0')}-${name.replaceAll(/[^a-z0-9]+/gi, '-')}`);
    } catch (error) {
      results.push({ name, ok: false });
      console.log(`  ✘ ${name}\n${error.stack ?? error}`);
      await shot('failure').catch(() => undefined);
      throw error;
    }
  }
  /** Repeats an action whose first try the workbench may swallow, until what it leads to is there. */
  async function until(run, times = 8, pause = 0) {
    let first;
    for (let turn = 1; ; turn++) {
      try {
        return await run();
      } catch (error) {
        first ??= error;
        // What failed first is often the cause of what fails last.
        if (turn >= times) throw new Error(`${error.message}\nThe first of ${times} tries: ${first.message}`, { cause: error });
        if (pause > 0) await page.waitForTimeout(pause);
      }
    }
  }
  const row = (label) => page.locator('.quick-input-list .monaco-list-row', { hasText: label }).first();
  /** Runs a command of the palette, and picks `choices` in the lists that follow. A page that is late to take the focus
   *  closes a list that is open: then all is done again. */
  async function command(title, ...choices) {
    await until(async () => {
      await page.keyboard.press('F1');
      await page.locator('.quick-input-widget input').first().fill(`>${title}`, { timeout: 8000 });
      for (const label of [title, ...choices]) await row(label).click({ timeout: 8000 });
    });
  }
  /** Picks an entry of the list that is open. */
  const choose = (label) => row(label).click();
  /** Types into the input box with a title: boxes follow each other in one place, and the one before may still be there. */
  async function answer(title, text) {
    const box = page.locator('.quick-input-widget', { has: page.locator('.quick-input-title', { hasText: title }) });
    await box.locator('.quick-input-box input').first().fill(text);
    await page.keyboard.press('Enter');
  }
  async function openFile(name) {
    await until(async () => {
      await page.keyboard.press('Control+p');
      await page.locator('.quick-input-widget input').fill(name, { timeout: 8000 });
      await row(path.basename(name)).waitFor({ timeout: 8000 });
      await page.keyboard.press('Enter');
    });
  }
  /** Picks an entry of the menu of `target`. A menu ignores the button's release in the first tenth of a second, so that the
   *  click that opened it picks nothing: it then stays open, and is clicked again. A menu that an earlier try left is closed. */
  async function contextMenu(target, label) {
    const menu = page.locator('.context-view .monaco-menu').first();
    if (await menu.isVisible()) await page.locator('.context-view-block').click({ position: { x: 2, y: 2 }, timeout: 2000 });
    await menu.waitFor({ state: 'detached', timeout: 5000 });
    await target.click({ button: 'right', timeout: 5000 });
    const item = menu.locator('.action-label', { hasText: label });
    await item.waitFor({ timeout: 5000 });
    await until(async () => {
      if (await item.isVisible()) await item.click({ timeout: 2000 });
      await menu.waitFor({ state: 'detached', timeout: 2000 });
    }, 4);
  }
  /** Opens the menu of the lightbulb where the cursor stands, until it has an entry; gives the entry. */
  async function lightbulb(label) {
    const item = page.locator('.action-widget .monaco-list-row', { hasText: label }).first();
    await until(async () => {
      await page.keyboard.press('Control+.');
      await item.waitFor({ timeout: 5000 });
    });
    return item;
  }
  /** Puts the cursor on `target` and picks an entry of its lightbulb, until `effect` is there. A menu that is drawn anew under the
   *  pointer swallows the click. `look` is called once with the menu open. */
  async function act(target, label, effect, look) {
    await until(async () => {
      if (!(await effect.isVisible())) {
        await page.keyboard.press('Escape');
        await target.click({ timeout: 5000 });
        const item = await lightbulb(label);
        await look?.();
        look = undefined;
        await item.click({ timeout: 5000 });
      }
      await effect.waitFor({ timeout: 8000 });
    });
  }
  /** Ends the journey: its log, and the exit status. */
  async function end() {
    fs.writeFileSync(path.join(screenshots, `${prefix}console.log`), host.consoleLines?.join('\n') ?? '');
    await host.stop();
    const failed = results.filter((one) => !one.ok).length;
    console.log(`user journeys: ${results.length - failed} passed, ${failed} failed`);
    if (host.blocked?.length) console.log(`requests to other hosts, all refused: ${[...new Set(host.blocked.map((url) => new URL(url).host))].join(' ')}`);
    return failed === 0 && results.length > 0 ? 0 : 1;
  }
  return { start, step, shot, until, line, command, choose, answer, openFile, lightbulb, act, contextMenu, end, page: () => page };
}
