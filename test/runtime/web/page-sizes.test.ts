import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { after, type TestContext, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { closeBrowser, openPage } from '../../support/browser.ts';
import { type PageFixture, servePage } from '../../support/page-fixture.ts';
import { skipWithout } from '../../support/testbed.ts';

// Many resources, many lines, and odd ones. What is counted here does not depend on the machine; bench/page.ts measures times.

after(closeBrowser);
const skip = skipWithout('chromium');
const ASSETS = path.resolve(import.meta.dirname, '../../../dist/web/assets');

async function open(t: TestContext, fixture: PageFixture, address: string): Promise<Page> {
  t.after(() => fixture.close());
  const { page, problems } = await openPage(t, { viewport: { width: 1280, height: 800 } });
  t.after(() => assert.deepEqual(problems, []));
  await page.goto(fixture.url + address);
  return page;
}

async function send(page: Page, fixture: PageFixture, count: number): Promise<void> {
  await page.locator('.side li').first().waitFor();
  fixture.send(count);
  await page.waitForFunction(
    (rows) => Number(document.querySelector<HTMLElement>('.log')?.dataset.rows) >= rows,
    fixture.sent,
  );
}

test('the page takes less than 150 kB, compressed', () => {
  const sizes = readdirSync(ASSETS).map((file) => gzipSync(readFileSync(path.join(ASSETS, file))).length);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  assert.ok(total > 0 && total < 150_000, `${total} bytes`);
});

test('of a thousand resources only the rows that are seen are in the page, and all can be reached', {
  skip,
}, async (t) => {
  const page = await open(t, await servePage(1000), '/overview');
  const rows = page.locator('tr.row');
  await rows.first().waitFor();
  assert.ok((await rows.count()) < 60);
  assert.equal(await page.getByRole('table').getAttribute('aria-rowcount'), '1011');
  await page.getByRole('region', { name: 'Resources' }).press('End');
  await page.locator('tr.row[data-name="resource-999"]').waitFor();
  assert.ok((await rows.count()) < 60);
  await page.getByRole('searchbox').fill('resource-777');
  await page.locator('tr.row[data-name="resource-777"]').waitFor();
  assert.equal(await rows.count(), 1);
});

test('of a thousand resources the sidebar shows the one whose log is open, wide and narrow', { skip }, async (t) => {
  const page = await open(t, await servePage(1000), '/r/resource-777/overview');
  const isSeen = () => {
    const [side, current] = ['.side', '.side a[aria-current]'].map((one) =>
      document.querySelector(one)?.getBoundingClientRect(),
    );
    return side && current && current.top >= side.top && current.bottom <= side.bottom && current.right <= innerWidth;
  };
  await page.waitForFunction(isSeen);
  await page.setViewportSize({ width: 700, height: 800 });
  await page.reload();
  await page.waitForFunction(isSeen);
});

test('a long log is searched, scrolled to both ends, and only what is seen is in the page', { skip }, async (t) => {
  const fixture = await servePage(10);
  const page = await open(t, fixture, '/r/(all)/overview');
  for (let at = 0; at < 10; at++) await send(page, fixture, 20_000);
  assert.ok((await page.locator('.log-row').count()) < 80);
  await page.locator('.log-text', { hasText: 'worker 199999 ' }).waitFor();
  await page.locator('.log').press('Home');
  await page.locator('.log-text', { hasText: 'worker 0 ' }).waitFor();
  const search = page.getByRole('searchbox', { name: 'Search the log' });
  await search.fill('items/123456 ');
  await search.press('Enter');
  await page.locator('.log-row.current', { hasText: 'worker 123456 ' }).waitFor();
  assert.equal((await page.locator('output.count').textContent())?.trim(), '1 of 1');
  // Lines that come do not move what one looks at.
  await send(page, fixture, 5000);
  await page.locator('.log-row.current', { hasText: 'worker 123456 ' }).waitFor();
});

const ODD = [
  `<img src=x onerror="document.title='hacked'"> &amp; </script>`,
  'مرحبا بالعالم (from right to left) 123',
  '\u202ereversed by a sign that stays in its line',
  'x'.repeat(1_000_000),
  '漢字'.repeat(120),
  'a\tb\tc\u0007\u001b[2J\u001b]0;title\u0007 \u001b[31mred\u001b[0m',
  'the end',
];

test('odd lines are shown as what they are, and never over each other', { skip }, async (t) => {
  const fixture = await servePage(1, (at) => ODD[at] ?? '');
  const page = await open(t, fixture, '/r/resource-0/overview');
  await send(page, fixture, ODD.length);
  await page.locator('.log-text', { hasText: /^the end$/ }).waitFor();
  await page.locator('.log-rest', { hasText: '990,000 more characters' }).waitFor();
  await page.locator('.log-text', { hasText: /^a\tb\tc red$/ }).waitFor();
  const overlaps = () =>
    page.evaluate(() => {
      const boxes = [...document.querySelectorAll('.log-row')].map((row) => row.getBoundingClientRect());
      return boxes.filter((box, at) => at > 0 && Math.abs(box.top - (boxes[at - 1]?.bottom ?? 0)) > 1).length;
    });
  await page.waitForFunction(() => document.querySelectorAll('.log-row').length > 3);
  assert.equal(await overlaps(), 0);
  await page.locator('.log').press('Home');
  await page.locator('.log-text', { hasText: '<img src=x' }).waitFor();
  assert.equal(await overlaps(), 0);
  assert.doesNotMatch(await page.title(), /hacked/);
});
