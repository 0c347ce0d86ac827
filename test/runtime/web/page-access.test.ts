import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { after, type TestContext, test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { closeBrowser, openPage } from '../../support/browser.ts';
import { type PageSession, startSession } from '../../support/page-session.ts';
import { skipWithout } from '../../support/testbed.ts';

// Who sees little, has no mouse, or a small screen.

after(closeBrowser);
const skip = skipWithout('chromium');
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** Kept for people to look at: in a folder that TILT_TS_SCREENSHOTS names, else in one of the system. */
const pictures = process.env.TILT_TS_SCREENSHOTS ?? mkdtempSync(path.join(os.tmpdir(), 'tilt-ts-pictures-'));

const VIEWS: readonly (readonly [
  name: string,
  path: string,
  ready: string,
  prepare?: (page: Page) => Promise<void>,
])[] = [
  ['overview', '/overview', 'tr.row[data-name="api"]'],
  ['resource', '/r/web/overview', '.log-row'],
  ['error', '/r/broken/overview', '.alerts'],
  [
    'history',
    '/r/db/overview',
    '.log-row',
    async (page) => {
      await page.locator('.history summary').click();
      await page.getByRole('button', { name: 'Options of Seed' }).click();
    },
  ],
  [
    'search',
    '/r/many/overview',
    '.log-row',
    async (page) => {
      const search = page.getByRole('searchbox', { name: 'Search the log' });
      await search.fill('line 29');
      await search.press('Enter');
      await page.waitForFunction(() => {
        const [box, row] = ['.log', '.log-row.current'].map((one) =>
          document.querySelector(one)?.getBoundingClientRect(),
        );
        return box !== undefined && row !== undefined && row.top >= box.top && row.bottom <= box.bottom;
      });
    },
  ],
  ['logs', '/r/(all)/overview', '.log-row'],
  ['alerts', '/alerts', '.alerts'],
  ['graph', '/graph', '.node'],
  ['timeline', '/timeline', '.bar-mark'],
  ['missing', '/r/nobody/overview', '.missing'],
  ['keys', '/overview', 'tr.row', (page) => page.getByRole('button', { name: 'Keys' }).click()],
  ['args', '/overview', 'tr.row', (page) => page.getByRole('button', { name: 'Args' }).click()],
];

test('the page for everybody', { skip }, async (t) => {
  const session = await startSession(t);
  await session.program.waitFor(/broken │ .*failed: exit status 2/);
  await session.program.waitFor(/line 3000/);

  for (const colorScheme of ['light', 'dark'] as const) {
    await t.test(`axe finds nothing wrong with any view, ${colorScheme}, wide and narrow`, async (t) => {
      await checkViews(t, session, colorScheme);
    });
  }

  await t.test('everything is done by keyboard alone', async (t) => {
    await useKeyboard(t, session);
  });

  await t.test('colours follow the system until somebody chooses', async (t) => {
    const { page } = await openPage(t, { colorScheme: 'dark' });
    await page.goto(session.url);
    const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const dark = await paper();
    await page.getByRole('button', { name: 'Colours: system' }).click();
    await page.getByRole('button', { name: 'Colours: light' }).waitFor();
    const light = await paper();
    assert.notEqual(light, dark);
    await page.reload();
    await page.getByRole('button', { name: 'Colours: light' }).click();
    assert.equal(await paper(), dark);
  });

  await t.test('a search does not move the log', async (t) => {
    const { page } = await openPage(t, { viewport: { width: 1280, height: 800 } });
    await page.goto(`${session.url}/r/many/overview`);
    await page.locator('.log-row').first().waitFor();
    const before = await page.locator('.log').boundingBox();
    const search = page.getByRole('searchbox', { name: 'Search the log' });
    await search.fill('line 29');
    await search.press('Enter');
    await shows(page.locator('.log-bar output'), '1 of 111');
    assert.deepEqual(await page.locator('.log').boundingBox(), before);
  });

  await t.test('a Tiltfile that fails looks right, too', async (t) => {
    session.write('Tiltfile.ts', `local_resource('typo', {\n  comand: 'make',\n});\n`);
    for (const colorScheme of ['light', 'dark'] as const) {
      const { page } = await openPage(t, { colorScheme, viewport: { width: 1280, height: 800 } });
      await page.goto(`${session.url}/overview`);
      await page.locator('.tiltfile-problem').waitFor();
      await check(page, `tiltfile-error-1280-${colorScheme}`);
    }
  });
});

test('the form of a button at the edge of the window opens within it', { skip }, async (t) => {
  const tiltfile = `v1alpha1.ui_button('wipe', {
    text: 'Wipe',
    location: { component_type: 'Global', component_id: 'nav' },
    inputs: [{ name: 'WHAT', label: 'What', text: {} }],
  });`;
  const session = await startSession(t, { tiltfile });
  const { page } = await openPage(t, { viewport: { width: 700, height: 800 } });
  await page.goto(session.url);
  await page.getByRole('button', { name: 'Options of Wipe' }).click();
  const form = await page.getByRole('form', { name: 'Options of Wipe' }).boundingBox();
  assert.ok(form !== null && form.x >= 0 && form.x + form.width <= 700, JSON.stringify(form));
});

async function checkViews(t: TestContext, { url }: PageSession, colorScheme: 'light' | 'dark'): Promise<void> {
  mkdirSync(pictures, { recursive: true });
  const { page, problems } = await openPage(t, { colorScheme, reducedMotion: 'reduce' });
  for (const width of [1280, 700]) {
    await page.setViewportSize({ width, height: width === 1280 ? 800 : 900 });
    for (const [name, address, ready, prepare] of VIEWS) {
      await page.goto(url + address);
      await page.locator(ready).first().waitFor();
      await prepare?.(page);
      await check(page, `${name}-${width}-${colorScheme}`);
      const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(tooWide <= 0, `${name} is ${tooWide} pixels wider than ${width}`);
    }
  }
  assert.deepEqual(problems, []);
}

async function check(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: path.join(pictures, `${name}.png`) });
  // Not as a script element, which the page's policy refuses.
  const found = await page.evaluate(`${axe}; axe.run().then(({ violations }) => violations.map(({ id, nodes }) =>
    id + ': ' + nodes.map(({ target, failureSummary }) => target + ' ' + failureSummary).join('; ')))`);
  assert.deepEqual(found, [], name);
}

async function useKeyboard(t: TestContext, session: PageSession): Promise<void> {
  const { page, problems } = await openPage(t, { viewport: { width: 1280, height: 800 } });
  await page.goto(session.url);
  const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim() ?? '');
  const waitForFocus = (text: string) =>
    page.waitForFunction((wanted) => document.activeElement?.textContent?.trim() === wanted, text);
  await page.locator('tr.row').first().waitFor();

  await page.keyboard.press('Tab');
  assert.equal(await focused(), 'Skip to the content');
  // Rows, one after the other.
  await page.keyboard.press('j');
  await waitForFocus('(Tiltfile)');
  await page.keyboard.press('j');
  await waitForFocus('api');
  await page.keyboard.press('k');
  await waitForFocus('(Tiltfile)');
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await shows(page.getByRole('toolbar'), '1 ticked');
  await page.keyboard.press('x');
  await page.keyboard.press('/');
  await page.keyboard.type('broken');
  await page.waitForFunction(() => document.querySelectorAll('tr.row').length === 1);
  await page.keyboard.press('Escape');
  await page.keyboard.press('l');
  await page.locator('main h1', { hasText: 'All logs' }).waitFor({ state: 'attached' });
  for (const [key, path_] of [
    ['a', '/alerts'],
    ['g', '/graph'],
    ['t', '/timeline'],
    ['o', '/overview'],
  ] as const) {
    await page.keyboard.press(key);
    await page.waitForURL(`**${path_}`);
  }
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await waitForFocus('api');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/r/api/overview');
  await page.keyboard.press('j');
  await page.waitForURL('**/r/web/overview');
  await page.keyboard.press('k');
  await page.waitForURL('**/r/api/overview');

  await page.goto(`${session.url}/r/lint/overview`);
  await page.getByRole('button', { name: '⟳ Update' }).waitFor();
  await page.keyboard.press('r');
  await shows(page.locator('.log-text'), 'lint is fine');
  await page.keyboard.press('/');
  await page.keyboard.type('fine');
  await page.keyboard.press('Enter');
  await shows(page.locator('.log-row.current'), 'lint is fine');
  // Back from the search, letters are keys again.
  await page.keyboard.press('Escape');
  await page.keyboard.press('f');
  await page.keyboard.press('Control+Backspace');
  await shows(page.locator('.log'), 'No line passes the filter');

  await page.keyboard.press('?');
  const keys = page.getByRole('dialog', { name: 'Keys' });
  await shows(keys, 'Save a snapshot');
  // Keys do nothing behind it.
  await page.keyboard.press('g');
  await page.keyboard.press('Escape');
  await keys.waitFor({ state: 'detached' });
  assert.match(page.url(), /\/r\/lint\/overview/);
  const [file] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('s')]);
  assert.equal(file.suggestedFilename(), 'tilt-ts-snapshot.json');
  assert.deepEqual(problems, []);
}

const shows = (what: Locator, pattern: RegExp | string) => what.filter({ hasText: pattern }).first().waitFor();
