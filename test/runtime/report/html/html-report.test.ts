import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { after, type TestContext, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { htmlReport, MOST_LINES, type PagedLog } from '../../../../runtime/report/html/html-report.ts';
import { writeReport } from '../../../../runtime/report/report-file.ts';
import type { RunReport } from '../../../../runtime/report/report-schema.ts';
import { failure } from '../../../../runtime/state/failure.ts';
import { createLogStore, type LogStore } from '../../../../runtime/state/log-store.ts';
import { closeBrowser, openPage } from '../../../support/browser.ts';
import { graph, local, shell } from '../../../support/graph.ts';
import { makeProject } from '../../../support/program.ts';
import { RecordedReplay } from '../../../support/recorded-replay.ts';
import { skipWithout } from '../../../support/testbed.ts';

after(closeBrowser);
const skip = skipWithout('chromium');

/** Would do harm if a page took it for HTML. */
const HOSTILE = '</script><img src=x onerror="document.title=`hacked`"><!--';

async function writePage(t: TestContext, run: RunReport, log: PagedLog): Promise<string> {
  const file = path.join(makeProject(t, {}), 'run.html');
  assert.equal(await writeReport(file, htmlReport(run, log)), undefined);
  return file;
}

function failedRun(): { readonly run: RunReport; readonly log: LogStore } {
  const resources = [local('db', { update: undefined, serve: shell('serve') }), local(HOSTILE), local('api')];
  const replay = new RecordedReplay().load(graph(resources));
  replay.start();
  replay
    .wait(100)
    .succeed('db')
    .say('db', 'runtime', 'listening', '\u001b[32mgreen\u001b[0m \u001b[38;5;208morange\u001b[0m plain')
    .wait(400)
    .ready('db');
  replay.say(HOSTILE, 'build', `prints ${HOSTILE}`, 'Connection refused (1)', 'connection refused (2)');
  const writer = replay.log.open({ resource: HOSTILE, source: 'build', span: 'x' });
  writer.write('it is broken\n', 'error');
  const why = failure('command', `Command "${HOSTILE}" failed: exit status 3`);
  replay.wait(1500).fail(HOSTILE, why);
  const run = replay.report({ code: 1, message: 'it failed', reasons: [{ resource: HOSTILE, failure: why }] });
  return { run, log: replay.log };
}

const rows = (page: Page) => page.locator('.entry');

test('a person reads why a run failed, looks at one resource, and searches its log', { skip }, async (t) => {
  const { run, log } = failedRun();
  const file = await writePage(t, run, log);
  const { page, problems, requests } = await openPage(t, { colorScheme: 'light' });
  await page.goto(pathToFileURL(file).href);

  assert.equal(await page.title(), 'tilt-ts ci failed');
  await page.getByRole('heading', { name: 'tilt-ts ci failed' }).waitFor();
  const failures = page.getByRole('region', { name: 'Failures' });
  assert.match((await failures.textContent()) ?? '', /exit status 3 \/project\/Tiltfile:1:1/);
  assert.equal(await page.getByRole('row').count(), 4);
  assert.match((await page.getByRole('row', { name: 'db' }).textContent()) ?? '', /ready.*0\.40s.*0\.50s/);
  assert.equal(await page.locator('#timeline .track').count(), 4);
  assert.ok((await page.locator('#timeline .bar.running').count()) > 0);

  const count = page.getByRole('status');
  const total = log.newest;
  assert.equal(await count.textContent(), `${total} lines`);

  // The button of a resource chooses its lines, in a failure and in the table.
  await failures.getByRole('button').click();
  assert.equal(await count.textContent(), '4 lines');
  await page.getByRole('button', { name: 'db', exact: true }).click();
  assert.equal(await count.textContent(), '2 lines');
  assert.deepEqual(await rows(page).locator('.fg-green').allTextContents(), ['green']);
  assert.deepEqual(await rows(page).locator('.fg-own').allTextContents(), ['orange']);
  assert.match((await rows(page).nth(1).textContent()) ?? '', /db │ green orange plain$/);
  assert.equal(await page.getByRole('row', { name: 'db' }).getAttribute('aria-selected'), 'true');

  // A search goes through the matches, whatever the case, as on the page in the browser.
  await page.getByRole('combobox', { name: 'Resource' }).selectOption('');
  const search = page.getByRole('searchbox', { name: 'Search the log' });
  await search.fill('connection REFUSED');
  await search.press('Enter');
  assert.equal(await count.textContent(), `1 of 2 matches in ${total} lines`);
  assert.match((await page.locator('.entry.here').textContent()) ?? '', /Connection refused \(1\)$/);
  await page.getByRole('button', { name: 'The next match' }).click();
  assert.match((await page.locator('.entry.here').textContent()) ?? '', /connection refused \(2\)$/);
  await page.getByRole('button', { name: 'The match before' }).click();
  assert.match((await page.locator('.entry.here').textContent()) ?? '', /\(1\)$/);
  await search.fill('/^connection.*2/');
  await page.getByRole('checkbox', { name: 'only matches' }).check();
  assert.equal(await count.textContent(), '1 match in 1 line');
  await search.fill('/((/');
  await count.filter({ hasText: '0 matches' }).waitFor();
  await search.fill('');
  await count.filter({ hasText: `${total} lines` }).waitFor();

  await page.getByRole('combobox', { name: 'Level' }).selectOption('Errors');
  assert.deepEqual(
    (await rows(page).allTextContents()).map((text) => text.split('│ ').at(-1)),
    ['it is broken'],
  );
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save these lines' }).click(),
  ]);
  assert.match(readFileSync(await download.path(), 'utf8'), /Z .* it is broken\n$/);

  const ground = () => page.evaluate('getComputedStyle(document.body).backgroundColor');
  const light = await ground();
  await page.getByRole('button', { name: 'Use the dark theme' }).click();
  assert.notEqual(await ground(), light);

  assert.equal(await page.title(), 'tilt-ts ci failed');
  assert.equal(await page.locator('img').count(), 0);
  assert.deepEqual(problems, []);
  // A saved file is a request for a blob.
  assert.deepEqual(
    requests.filter((url) => !url.startsWith('blob:')),
    [pathToFileURL(file).href],
  );
});

test('axe finds nothing wrong with the page in both themes, also where a search has marked lines', {
  skip,
}, async (t) => {
  const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  const { run, log } = failedRun();
  const address = pathToFileURL(await writePage(t, run, log)).href;
  for (const colorScheme of ['light', 'dark'] as const) {
    const { page } = await openPage(t, { colorScheme });
    await page.goto(address);
    await page.getByRole('searchbox').fill('e');
    await page.getByRole('searchbox').press('Enter');
    await page.locator('.entry.here').waitFor();
    const found = await page.evaluate(`${axe}; axe.run().then(({ violations }) => violations.map(({ id, nodes }) =>
      id + ': ' + nodes.map(({ target, failureSummary }) => target + ' ' + failureSummary).join('; ')))`);
    assert.deepEqual(found, [], colorScheme);
  }
});

test('the page is as dark as the system asks for, and says what it knows without its script', { skip }, async (t) => {
  const { run, log } = failedRun();
  const address = pathToFileURL(await writePage(t, run, log)).href;
  const dark = await openPage(t, { colorScheme: 'dark' });
  await dark.page.goto(address);
  await dark.page.getByRole('button', { name: 'Use the light theme' }).waitFor();

  const bare = await openPage(t, { javaScriptEnabled: false });
  await bare.page.goto(address);
  assert.match((await bare.page.getByRole('row', { name: 'api' }).textContent()) ?? '', /api.*not started|waits/);
  assert.equal(await bare.page.getByRole('searchbox').count(), 0);
  assert.match((await bare.page.getByRole('region', { name: 'Failures' }).textContent()) ?? '', /broken|refused/);
});

test('a page of 100,000 lines opens, scrolls and is searched', { skip }, async (t) => {
  const { run } = failedRun();
  const log = createLogStore({ keepBytes: 256 * 1024 * 1024 });
  const writer = log.open({ resource: 'db', source: 'runtime', span: 's' });
  for (let index = 0; index < MOST_LINES + 500; index++) {
    writer.write(`line ${index} of a server that writes a lot and says nothing\n`);
  }
  const { page, problems } = await openPage(t);
  await page.goto(pathToFileURL(await writePage(t, run, log)).href);
  const count = page.getByRole('status');
  assert.equal(await count.textContent(), '100000 lines');
  await page.getByText('500 earlier lines are left out').waitFor();
  // Only what is seen is in the page.
  assert.ok((await rows(page).count()) < 200);
  await page.getByRole('region', { name: 'Lines of the log' }).press('End');
  await rows(page).filter({ hasText: 'line 100499 of' }).waitFor();
  await page.getByRole('searchbox').fill('line 77777 ');
  await page.getByRole('searchbox').press('Enter');
  await page.locator('.entry.here').filter({ hasText: 'line 77777 of' }).waitFor();
  assert.equal(await count.textContent(), '1 of 1 match in 100000 lines');
  assert.deepEqual(problems, []);
});
