import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Page } from 'playwright-core';
import { closeBrowser, openPage } from '../../support/browser.ts';
import { servePage } from '../../support/page-fixture.ts';
import { skipWithout } from '../../support/testbed.ts';

// A tab that is left open for a day: the browser's clock is moved, and the updates and lines of a day come in a minute.

after(closeBrowser);
const skip = skipWithout('chromium');
const HOUR_MS = 3_600_000;
const BEGIN = Date.parse('2026-01-01T10:00:00Z');
const SPAN = 'build:1';

/** Bytes of the page's objects, without what nobody needs any more. */
async function heap(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = (await session.send('Runtime.getHeapUsage')) as { usedSize: number };
  await session.detach();
  return usedSize;
}

test('a tab that was left for a day says the right times, and its memory does not grow with updates', {
  skip,
}, async (t) => {
  const fixture = await servePage(50);
  t.after(() => fixture.close());
  const { page, problems } = await openPage(t, { viewport: { width: 1280, height: 800 } });
  await page.clock.install({ time: BEGIN });
  await page.goto(`${fixture.url}/overview`);
  const row = page.locator('tr.row[data-name="resource-3"]');
  await row.waitFor();

  /** Hours of updates of all resources, each hour of two hundred; then what the row says. */
  const pass = async (from: number, to: number) => {
    for (let hour = from; hour < to; hour++) {
      for (let round = 0; round < 200; round++) {
        const at = BEGIN + hour * HOUR_MS + (round * HOUR_MS) / 200;
        fixture.tell({ uiResources: [update((round * 7) % 50, new Date(at).toISOString(), `build:${hour}-${round}`)] });
      }
      fixture.tell({ uiResources: [update(3, new Date(BEGIN + hour * HOUR_MS).toISOString(), `of hour ${hour}`)] });
      await page.clock.fastForward(HOUR_MS);
      await row.filter({ hasText: `of hour ${hour}` }).waitFor();
    }
  };
  await pass(0, 2);
  const before = await heap(page);
  await pass(2, 24);
  const grown = (await heap(page)) - before;
  assert.ok(grown < 2 * 1024 * 1024, `${grown} bytes more after 22 hours`);

  // The last update began an hour ago.
  assert.equal(await row.locator('time').first().textContent(), '1h');
  await page.clock.fastForward(47 * HOUR_MS);
  await row.locator('time', { hasText: /^2d$/ }).first().waitFor();
  assert.deepEqual(problems, []);
});

function update(at: number, time: string, error: string): object {
  return {
    metadata: { name: `resource-${at}`, labels: { [`group-${at % 10}`]: 'x' } },
    status: {
      order: at,
      updateStatus: 'error',
      runtimeStatus: 'ok',
      lastDeployTime: time,
      buildHistory: Array.from({ length: 10 }, () => ({ startTime: time, finishTime: time, spanID: SPAN, error })),
    },
  };
}
