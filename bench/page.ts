import { type CDPSession, chromium, type Page } from 'playwright-core';
import { servePage } from '../test/support/page-fixture.ts';
import { tabsCost } from './page-tabs.ts';

// Measures the page in Chromium with 1,000 resources and a million lines: npm run bench:page. Frames are counted against those of a page that
// does nothing, so that the machine matters little; what ten tabs cost is the program's own time.

const RESOURCES = 1000;
const LINES = Number(process.argv[2] ?? 1_000_000);
const PIECE = 50_000;
const WATCHED_MS = 3000;

interface Frames {
  readonly count: number;
  /** Milliseconds between two frames. */
  readonly worst: number;
  /** Milliseconds in which the page itself worked for a frame: its script, styles and layout, without painting. */
  readonly work: number;
}

/** What comes of frames while `deltaY` scrolls the element, or while nothing does. */
async function frames(page: Page, selector = '', deltaY = 0): Promise<Frames> {
  const before = await workOf(page);
  const drawn = await page.evaluate(
    async ({ selector, deltaY, ms }) => {
      const element = document.querySelector(selector || 'body');
      const begin = performance.now();
      let [count, worst, last] = [0, 0, begin];
      while (last - begin < ms) {
        if (deltaY !== 0) {
          const event = new WheelEvent('wheel', { deltaY, bubbles: true, cancelable: true });
          if (element?.dispatchEvent(event)) element.scrollTop += deltaY;
        }
        const now = await new Promise<number>((resolve) => requestAnimationFrame(() => resolve(performance.now())));
        worst = Math.max(worst, now - last);
        last = now;
        count++;
      }
      return { count, worst };
    },
    { selector, deltaY, ms: WATCHED_MS },
  );
  return { ...drawn, work: ((await workOf(page)) - before) / drawn.count };
}

/** Milliseconds that the page has worked so far. */
async function workOf(page: Page): Promise<number> {
  const { metrics } = await (await inspected(page)).send('Performance.getMetrics');
  const parts = ['ScriptDuration', 'LayoutDuration', 'RecalcStyleDuration'];
  return metrics.reduce((sum, { name, value }) => (parts.includes(name) ? sum + value * 1000 : sum), 0);
}

let inspector: CDPSession | undefined;

/** One for all measures: the browser counts as long as it lasts. */
async function inspected(page: Page): Promise<CDPSession> {
  if (inspector !== undefined) return inspector;
  inspector = await page.context().newCDPSession(page);
  await inspector.send('Performance.enable');
  return inspector;
}

/** Milliseconds from a key to the last match. */
function search(page: Page, text: string): Promise<number> {
  return page.evaluate(async (wanted) => {
    const input = document.querySelector<HTMLInputElement>('main input[type="search"]');
    if (input === null) throw new Error('no search');
    const begin = performance.now();
    input.value = wanted;
    input.dispatchEvent(new Event('input', { bubbles: true }));
    // No function of its own here: what runs TypeScript would give it a name by a helper that the page has not.
    do await new Promise((resolve) => setTimeout(resolve));
    while ((document.querySelector('output.count')?.textContent ?? '…').includes('…'));
    return performance.now() - begin;
  }, text);
}

/** A click on a link to a resource: how many frames until its page is there, and milliseconds until that frame is drawn. */
function click(page: Page): Promise<{ frames: number; ms: number }> {
  return page.evaluate(async () => {
    const link = document.querySelector<HTMLAnchorElement>('tr.row[data-name^="resource-"] a');
    const begin = performance.now();
    link?.click();
    let frames = 0;
    do {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      frames++;
    } while (document.querySelector('main.resource') === null);
    // What comes after the frame that was just made.
    await new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = resolve;
      port2.postMessage('');
    });
    return { frames, ms: performance.now() - begin };
  });
}

/** Mebibytes of the page's objects, without what nobody needs any more. */
async function heap(page: Page): Promise<number> {
  const session = await inspected(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  return Math.round(usedSize / 2 ** 20);
}

const tabs = await tabsCost();
const fixture = await servePage(RESOURCES);
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--headless', '--no-sandbox', '--disable-gpu'],
});
const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
await page.goto('about:blank');
const idle = await frames(page);
const tell = (what: string, value: string) => console.log(`${what.padEnd(48)} ${value}`);
const share = ({ count, worst, work }: Frames) =>
  `${Math.round((100 * count) / idle.count)} % of the frames of an empty page, the longest ${Math.round(worst)} ms, ${work.toFixed(1)} ms of work a frame`;

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
tell(
  `${tabs.tabs} tabs of a session at work`,
  `${percent(tabs.withTabs - tabs.without)} of a core (${percent(tabs.without)} without them)`,
);
await page.goto(`${fixture.url}/overview`);
await page.locator('tr.row').first().waitFor();
tell(`${RESOURCES} resources, to the first row`, `${await page.evaluate(() => Math.round(performance.now()))} ms`);
tell('table, scrolled', share(await frames(page, '.table-box', 100)));
const clicked = await click(page);
tell('a click on a resource, to its page', `${clicked.frames} frame(s), ${Math.round(clicked.ms)} ms`);
await page.goto(`${fixture.url}/r/(all)/overview`);
await page.locator('.side li').first().waitFor();
while (fixture.sent < LINES) {
  fixture.send(Math.min(PIECE, LINES - fixture.sent));
  await page.waitForFunction(
    (rows) => Number(document.querySelector<HTMLElement>('.log')?.dataset.rows) >= rows,
    fixture.sent,
  );
}
tell(`${LINES} lines, memory of the page`, `${await heap(page)} MiB`);
for (const text of ['items/77777', 'worker', 'nowhere to be found', '/in \\d+7 ms$/']) {
  tell(`${LINES} lines, searched for ${text}`, `${Math.round(await search(page, text))} ms`);
}
tell('log, scrolled', share(await frames(page, '.log', -300)));
const flood = setInterval(() => fixture.send(2000), 200);
tell('10,000 lines a second', share(await frames(page)));
clearInterval(flood);
await browser.close();
fixture.close();
