import type { TestContext } from 'node:test';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

let browser: Promise<Browser> | undefined;

/** A page in a browser without a window; closed when the test ends. Errors of the page fail the test. */
export async function openPage(
  test: TestContext,
  options: BrowserContextOptions = {},
): Promise<{ readonly page: Page; readonly problems: readonly string[]; readonly requests: readonly string[] }> {
  browser ??= chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  const context = await (await browser).newContext(options);
  test.after(() => context.close());
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const problems: string[] = [];
  const requests: string[] = [];
  page.on('pageerror', (error) => void problems.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') problems.push(message.text());
  });
  page.on('request', (request) => void requests.push(request.url()));
  return { page, problems, requests };
}

/** Ends the browser; for an `after` of the test file. */
export async function closeBrowser(): Promise<void> {
  await (await browser)?.close();
  browser = undefined;
}
