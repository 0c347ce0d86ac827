import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, type TestContext, test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { closeBrowser, openPage } from '../../support/browser.ts';
import { type PageSession, startSession } from '../../support/page-session.ts';
import { pollUntil } from '../../support/poll.ts';
import { skipWithout } from '../../support/testbed.ts';

// The page as a person uses it, with the program itself and a small session.

after(closeBrowser);
const skip = skipWithout('chromium');

const row = (page: Page, name: string): Locator => page.locator(`tr.row[data-name="${name}"]`).first();
const names = (page: Page) => page.locator('tr.row th').allTextContents();
const lines = (page: Page): Promise<string[]> => page.locator('.log-row .log-text').allTextContents();

/** Fails with what is there instead. */
async function shows(what: Locator, pattern: RegExp | string): Promise<void> {
  try {
    await what.filter({ hasText: pattern }).first().waitFor();
  } catch (error) {
    const there = await what.allTextContents();
    throw new Error(`${pattern} is not shown; there is ${JSON.stringify(there.slice(0, 50))}`, { cause: error });
  }
}

async function open(t: TestContext, { url }: PageSession, path: string): Promise<Page> {
  const { page, problems, requests } = await openPage(t, {
    colorScheme: 'light',
    viewport: { width: 1280, height: 800 },
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  await page.goto(url + path);
  t.after(() => {
    assert.deepEqual(problems, []);
    assert.deepEqual(
      requests.filter((request) => !/^(https?|wss?):\/\/localhost[:/]|^(data|blob):/.test(request)),
      [],
    );
  });
  return page;
}

test('the page of a session', { skip }, async (t) => {
  const session = await startSession(t, { args: ['--', 'first'] });
  await session.program.waitFor(/broken │ .*failed: exit status 2/);

  await t.test('the table says what each resource does, and what it waits for', async (t) => {
    const page = await open(t, session, '/');
    await shows(row(page, 'api'), 'Waits for db: connection refused (exit code 1)');
    await shows(row(page, 'db'), 'connection refused (exit code 1)');
    await shows(row(page, 'broken'), /exit status 2/);
    await shows(row(page, 'slow'), 'Initial Build');
    await shows(row(page, 'web'), 'Running');
    await shows(row(page, 'lint'), 'Waits for you to start it');
    assert.equal(await row(page, 'broken').locator('.mark').getAttribute('aria-label'), 'Error');
    const links = row(page, 'web').locator('.c-links a');
    assert.deepEqual(await links.allTextContents(), ['localhost:8080', 'admin']);
    assert.equal(await links.nth(1).getAttribute('href'), 'http://localhost:8080/admin');
    assert.equal(await page.title(), '✕ 1 · tilt-ts');
  });

  await t.test('the table is filtered, sorted, grouped and starred', async (t) => {
    const page = await open(t, session, '/overview');
    await shows(page.locator('tr.group').first(), /backend\s*2/);
    const filter = page.getByRole('searchbox', { name: 'Filter resources' });
    await filter.fill('data');
    assert.deepEqual(await names(page), ['db', 'slow']);
    await filter.press('Escape');
    const errors = page.getByRole('button', { name: '1 failing' });
    await errors.click();
    assert.deepEqual(await names(page), ['broken']);
    assert.equal(await errors.getAttribute('aria-pressed'), 'true');
    await errors.click();

    await page.getByLabel('Group by label').uncheck();
    const byName = page.getByRole('columnheader', { name: 'Name' });
    await byName.getByRole('button').click();
    const all = ['(Tiltfile)', 'api', 'broken', 'db', 'lint', 'many', 'slow', 'web'];
    assert.deepEqual(await names(page), all);
    await byName.getByRole('button').click();
    assert.equal(await byName.getAttribute('aria-sort'), 'descending');
    assert.deepEqual(await names(page), [...all].reverse());
    await page.getByRole('columnheader', { name: 'State' }).getByRole('button').click();
    assert.equal((await names(page))[0], 'broken');

    await page.getByLabel('Group by label').check();
    const data = page.getByRole('button', { name: /^▾ data/ });
    await data.click();
    assert.ok(!(await names(page)).includes('db'));
    await row(page, 'lint').getByRole('button', { name: 'Star lint' }).click();
    // Settings stay when the page is loaded anew.
    await page.reload();
    await shows(page.locator('tr.group').first(), 'Starred');
    const shown = await names(page);
    assert.deepEqual(
      [shown[0], shown.filter((name) => name === 'lint').length, shown.includes('db')],
      ['lint', 2, false],
    );
    await page.getByRole('button', { name: /^▸ data/ }).click();
  });

  await t.test('a resource is started, and waits with its changes when its mode is manual', async (t) => {
    const page = await open(t, session, '/overview');
    await row(page, 'lint').getByRole('button', { name: 'Update lint' }).click();
    await shows(row(page, 'lint'), 'Done');
    const mode = row(page, 'web').getByRole('switch');
    assert.equal(await mode.getAttribute('aria-checked'), 'true');
    await mode.click();
    await shows(mode, 'manual');
    session.write('words.txt', 'other words\n');
    await shows(row(page, 'web'), 'Has changes that wait for you to take them over');
    await row(page, 'web').getByRole('button', { name: 'Update web' }).click();
    await shows(row(page, 'web'), 'Running');
    await session.program.waitFor(/web │ other words/);
    await mode.click();
    await shows(mode, 'auto');
  });

  await t.test('ticked resources are switched off and on together', async (t) => {
    const page = await open(t, session, '/overview');
    for (const name of ['lint', 'many']) await row(page, name).getByRole('checkbox').check();
    const bar = page.getByRole('toolbar');
    await shows(bar, '2 ticked');
    await bar.getByRole('button', { name: 'Disable' }).click();
    for (const name of ['lint', 'many']) await shows(row(page, name), 'Disabled');
    assert.equal(await row(page, 'lint').getByRole('button', { name: 'Update lint' }).isDisabled(), true);
    for (const name of ['lint', 'many']) await row(page, name).getByRole('checkbox').check();
    await bar.getByRole('button', { name: 'Enable' }).click();
    await shows(row(page, 'many'), 'Done');
  });

  await t.test('one resource is switched off after a question', async (t) => {
    const page = await open(t, session, '/r/lint/overview');
    const off = page.getByRole('button', { name: 'Disable Resource' });
    await off.click();
    const sure = page.getByRole('button', { name: 'Confirm: Disable Resource' });
    await sure.press('Escape');
    await off.click();
    await page.getByRole('heading', { name: 'lint' }).click();
    await off.click();
    await sure.click();
    await shows(page.locator('.what'), 'Disabled');
    await page.getByRole('button', { name: 'Enable Resource' }).click();
    await shows(page.locator('.what'), 'Waits for you to start it');
  });

  await t.test('buttons send what their form says, and ask where they should', async (t) => {
    const page = await open(t, session, '/r/db/overview');
    await page.getByRole('button', { name: 'Options of Seed' }).click();
    const form = page.getByRole('form', { name: 'Options of Seed' });
    assert.equal(await form.getByLabel('Table').inputValue(), 'users');
    await form.getByLabel('Table').fill('orders');
    await form.getByLabel('Fast').check();
    await form.getByLabel('Size').selectOption('large');
    await form.getByRole('button', { name: 'Seed' }).click();
    await shows(page.locator('.log-text'), 'seeds orders fast=yes large');

    await page.getByRole('link', { name: 'tilt-ts' }).click();
    await page.getByRole('button', { name: 'Wipe' }).click();
    assert.doesNotMatch(session.program.output(), /all is wiped/);
    await page.getByRole('button', { name: 'Confirm: Wipe' }).click();
    await session.program.waitFor(/all is wiped/);
  });

  await t.test('the log of a resource: what it holds, colours, levels, sources and one update alone', async (t) => {
    const page = await open(t, session, '/r/web/overview');
    await shows(page.locator('.log-text'), 'serving');
    await shows(page.locator('.log-text'), '<b>not bold</b>');
    assert.equal(await page.locator('.log-text .fg-red').first().textContent(), 'red');
    assert.equal(await page.locator('.log-text .fg-own').first().textContent(), 'orange');
    await page.getByLabel('Source', { exact: true }).selectOption('What runs');
    await shows(page.locator('.log-text').first(), /^(Running cmd|serving|Stopping)/);
    assert.ok(!(await lines(page)).includes('compiling'));
    await page.getByLabel('Source', { exact: true }).selectOption('All sources');

    await page.locator('.history summary').click();
    await page.locator('.history tbody tr').last().getByRole('link').click();
    await shows(page.locator('.log-text'), 'some words');
    assert.ok(!(await lines(page)).includes('other words'));
    assert.match(page.url(), /\?span=build/);
    await page.getByRole('button', { name: /^Only update/ }).click();
    await shows(page.locator('.log-text'), 'other words');

    await page
      .getByRole('navigation', { name: 'Resources' })
      .getByRole('link', { name: /broken/ })
      .click();
    await page.getByLabel('Level', { exact: true }).selectOption('Errors');
    await shows(page.locator('.log-row').first(), /exit status 2/);
    assert.ok(!(await lines(page)).includes('compiling main.c'));
  });

  await t.test('the log follows, stays where one scrolls, and is searched', async (t) => {
    const page = await open(t, session, '/r/many/overview');
    const follow = page.getByLabel('Follow');
    await shows(page.locator('.log-text'), /^line 3000$/);
    await page.locator('.log').press('Home');
    await shows(page.locator('.log-text'), /^line 1$/);
    assert.equal(await follow.isChecked(), false);
    const rows = async () => Number(await page.locator('.log').getAttribute('data-rows'));
    const before = await rows();
    await page.getByRole('button', { name: /^⟳ Update/ }).click();
    await pollUntil(async () => (await rows()) > before + 3000, 10_000, 'the lines of another update');
    await shows(page.locator('.log-text'), /^line 1$/);
    await page.locator('.log').press('End');
    await shows(page.locator('.log-text'), /^line 3000$/);
    assert.equal(await follow.isChecked(), true);
    await page.locator('.log').hover();
    await page.mouse.wheel(0, -600);
    await page.waitForFunction(() => !document.querySelector<HTMLInputElement>('[data-key="follow"]')?.checked);

    const search = page.getByRole('searchbox', { name: 'Search the log' });
    await search.fill('LINE 150');
    const count = page.locator('output.count');
    await shows(count, /^\d+$/);
    const found = Number(await count.textContent());
    assert.equal(found % 11, 0, 'line 150 and 1500 to 1509, in each update');
    await search.press('Enter');
    await shows(count, `1 of ${found}`);
    await shows(page.locator('.log-row.current'), /line 150$/);
    const [next, previous] = ['Next match', 'Previous match'].map((name) => page.getByRole('button', { name }));
    await next?.click();
    await shows(count, `2 of ${found}`);
    await shows(page.locator('.log-row.current mark'), 'line 150');
    await previous?.click();
    await shows(count, `1 of ${found}`);
    await previous?.click();
    await shows(count, `${found} of ${found}`);
    await page.evaluate(() => {
      const button = document.querySelector<HTMLButtonElement>('[aria-label="Next match"]');
      for (let click = 0; click < 3; click++) button?.click();
    });
    await shows(count, `3 of ${found}`);
    await search.fill('/line 150[34]$/');
    await page.getByLabel('Only matches').check();
    await shows(page.locator('.log-text'), /^line 1506$/);
    assert.deepEqual(
      (await lines(page)).slice(0, 7),
      [1501, 1502, 1503, 1504, 1505, 1506, 1501].map((at) => `line ${at}`),
    );
    await search.fill('/line (/');
    await shows(count, 'not a pattern yet');
    await search.press('Escape');
  });

  await t.test('the log is wrapped, cleared, copied, downloaded, and linked to by line', async (t) => {
    const page = await open(t, session, '/r/broken/overview');
    await shows(page.locator('.history summary'), /^Updated (just now|\d+[smh] ago), in \d/);
    const wanted = page.locator('.log-row', { hasText: /main.c:3/ }).last();
    await wanted.waitFor();
    assert.equal(await page.locator('.log.wraps').count(), 1);
    await page.getByLabel('Wrap').uncheck();
    assert.equal(await page.locator('.log.wraps').count(), 0);
    await page.getByLabel('Wrap').check();

    await page.getByRole('button', { name: 'Copy', exact: true }).click();
    await shows(page.getByRole('status'), 'Copied the log');
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    assert.match(copied, /^\d\d:\d\d:\d\d main\.c:3: error: expected ;$/m);
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download' }).click(),
    ]);
    assert.equal(file.suggestedFilename(), 'broken.log');
    assert.equal(readFileSync(await file.path(), 'utf8'), `${copied}\n`);

    await page.getByRole('button', { name: 'Clear' }).click();
    await shows(page.locator('.log'), 'No line passes the filter');
    await page.getByRole('button', { name: 'Show all' }).click();

    const time = page.locator('.log-row', { hasText: 'compiling main.c' }).first().getByTitle('Link to this line');
    await time.click();
    assert.match(page.url(), /#L\d+$/);
    await page.reload();
    await shows(page.locator('.log-row.marked'), 'compiling main.c');
  });

  await t.test('all logs, alerts, graph and timeline', async (t) => {
    const page = await open(t, session, '/overview');
    const views = page.getByRole('navigation', { name: 'Views' });
    await views.getByRole('link', { name: 'Logs' }).click();
    const search = page.getByRole('searchbox', { name: 'Search the log' });
    await search.fill('expected ;');
    await page.getByLabel('Only matches').check();
    await shows(page.locator('.log-row').filter({ hasText: 'main.c:3' }), 'broken');
    assert.ok((await page.locator('.log-name').allTextContents()).includes('broken'));

    await views.getByRole('link', { name: /Alerts/ }).click();
    await shows(page.getByRole('list', { name: 'Alerts of broken' }), /Error.*exit status 2/);
    await shows(page.getByRole('list', { name: 'Alerts of api' }), 'Waits for db: connection refused');
    await page.getByRole('list', { name: 'Alerts of broken' }).getByRole('link', { name: 'Its log' }).click();
    await shows(page.locator('.log-text'), 'compiling main.c');
    await page.goBack();

    await views.getByRole('link', { name: 'Graph' }).click();
    await shows(page.locator('.node', { hasText: 'api' }), /Waits for db.*needs db/);
    assert.equal(await page.locator('path.holds').count(), 1);
    await views.getByRole('link', { name: 'Timeline' }).click();
    await page.getByRole('img', { name: /^broken: .*Initial Build.*exit status 2/ }).waitFor();
  });

  await t.test('the arguments of the Tiltfile are shown and changed', async (t) => {
    const page = await open(t, session, '/overview');
    await page.getByRole('button', { name: 'Args' }).click();
    const dialog = page.getByRole('dialog', { name: 'Arguments of the Tiltfile' });
    const text = dialog.getByRole('textbox');
    await pollUntil(async () => (await text.inputValue()) === 'first');
    await text.fill('first\nsecond one');
    await dialog.getByRole('button', { name: 'Load the Tiltfile with these' }).click();
    await session.program.waitFor(/arguments: \{"words":\["first","second one"\]\}/);
  });

  await t.test('a mistake in the Tiltfile stands above everything, with the lines that show it', async (t) => {
    const page = await open(t, session, '/graph');
    const text = readFileSync(`${session.folder}/Tiltfile.ts`, 'utf8');
    session.write('Tiltfile.ts', `${text}\nlocal_resource('typo', { comand: 'x' });\n`);
    const problem = page.getByRole('alert', { name: 'The Tiltfile has an error' });
    await shows(problem, 'comand');
    await shows(problem, /Tiltfile\.ts:\d+/);
    session.write('Tiltfile.ts', text);
    await problem.waitFor({ state: 'detached' });
  });

  await t.test('what waited goes on when it can', async (t) => {
    const page = await open(t, session, '/overview');
    await shows(row(page, 'api'), 'Waits for db');
    session.write('ready', '');
    session.write('go', '');
    await shows(row(page, 'api'), 'Done');
    await shows(row(page, 'slow'), 'Done');
  });
});
