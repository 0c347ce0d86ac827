import assert from 'node:assert/strict';
import path from 'node:path';
import { after, type TestContext, test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import type { View } from '../../../runtime/server/wire.ts';
import { closeBrowser, openPage } from '../../support/browser.ts';
import { startSession } from '../../support/page-session.ts';
import { makeProject, runProgram, startProgram } from '../../support/program.ts';
import { TcpProxy } from '../../support/proxies.ts';
import { skipWithout } from '../../support/testbed.ts';

// What happens when the page and the program lose each other, and what a saved session shows.

after(closeBrowser);
const skip = skipWithout('chromium');

const shows = (what: Locator, pattern: RegExp | string) => what.filter({ hasText: pattern }).first().waitFor();
const SMALL = `
local_resource('tick', 'cat words.txt', { deps: ['words.txt'], serve_cmd: 'sleep 1000' });
local_resource('bad', 'exit 3', { allow_parallel: true });
`;
// Another command once its file is there, so that lines do not come again.
const LONG = `
local_resource('tick', 'if test -e began; then cat words.txt; else touch began; seq -f "line %.0f" 1 3000; fi', { deps: ['words.txt'] });
`;

async function open(t: TestContext, url: string): Promise<Page> {
  // A lost connection is told of on the console, too.
  const { page } = await openPage(t, { viewport: { width: 1280, height: 800 } });
  const errors: string[] = [];
  page.on('pageerror', (error) => void errors.push(String(error)));
  t.after(() => assert.deepEqual(errors, []));
  await page.goto(url);
  return page;
}

/** What came by WebSockets, one after the other: the lines of a span, and the size of each connection in characters. */
function received(page: Page, span: RegExp): { readonly lines: string[]; readonly sizes: number[] } {
  const [lines, sizes]: [string[], number[]] = [[], []];
  page.on('websocket', (socket) => {
    const at = sizes.push(0) - 1;
    socket.on('framereceived', ({ payload }) => {
      sizes[at] = (sizes[at] ?? 0) + payload.length;
      const { logList } = JSON.parse(String(payload)) as View;
      for (const { spanId, text } of logList?.segments ?? []) if (span.test(spanId)) lines.push(text.trimEnd());
    });
  });
  return { lines, sizes };
}

test('a connection that is cut comes back, with what was missed and nothing twice', { skip }, async (t) => {
  const session = await startSession(t, { tiltfile: LONG });
  await session.program.waitFor(/line 3000/);
  const proxy = await TcpProxy.start(t, { host: '127.0.0.1', port: session.port });
  const page = await open(t, 'about:blank');
  const { lines, sizes } = received(page, /^build/);
  await page.goto(`http://localhost:${proxy.port}/r/tick/overview`);
  await shows(page.locator('.log-text'), 'line 3000');
  for (const round of [1, 2, 3]) {
    await proxy.down();
    await shows(page.getByRole('alert'), 'Connection lost');
    session.write('words.txt', `in round ${round}\n`);
    await session.program.waitFor(new RegExp(`tick │ in round ${round}`));
    await proxy.up();
    await shows(page.locator('.log-text'), `in round ${round}`);
    await page.getByRole('alert').filter({ hasText: 'Connection lost' }).waitFor({ state: 'detached' });
  }
  const ours = lines.filter((line) => /^line \d+$|^in round/.test(line));
  assert.deepEqual(ours, [
    ...Array.from({ length: 3000 }, (_, at) => `line ${at + 1}`),
    ...[1, 2, 3].map((round) => `in round ${round}`),
  ]);
  const [first = 0, ...later] = sizes.filter((size) => size > 0);
  assert.equal(later.length, 3);
  for (const size of later) assert.ok(size < first / 20, `${size} characters after the cut, ${first} at first`);
  // Nothing of it twice in the page either.
  const rows = await page.locator('.log').getAttribute('data-rows');
  assert.equal(Number(rows), lines.length);
});

test('a program that is started again is taken over by the same page', { skip }, async (t) => {
  const first = await startSession(t, { tiltfile: SMALL });
  const page = await open(t, `${first.url}/r/tick/overview`);
  await shows(page.locator('.log-text'), 'some words');
  first.program.signal('SIGTERM');
  await first.program.exit;
  await shows(page.getByRole('alert'), 'Connection lost');
  first.write('words.txt', 'of another run\n');
  await startSession(t, { folder: first.folder, args: ['--port', String(first.port)] });
  await shows(page.locator('.log-text'), 'of another run');
  assert.equal(await page.locator('.log-text', { hasText: 'some words' }).count(), 0);
  // Its buttons work with the new program.
  first.write('words.txt', 'after the button\n');
  await page.getByRole('button', { name: /^⟳/ }).click();
  await shows(page.locator('.log-text'), 'after the button');
});

test('a snapshot is saved from the page and looked at without the program', { skip }, async (t) => {
  const session = await startSession(t, { tiltfile: SMALL });
  await session.program.waitFor(/bad │ .*exit status 3/);
  const page = await open(t, session.url);
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Snapshot' }).click(),
  ]);
  assert.equal(file.suggestedFilename(), 'tilt-ts-snapshot.json');
  const saved = path.join(session.folder, 'saved.json');
  await file.saveAs(saved);
  session.program.signal('SIGTERM');
  await session.program.exit;

  const viewer = startProgram(t, ['snapshot', 'view', saved, '--port', '0'], { cwd: session.folder });
  const [, url = ''] = await viewer.waitFor(/on (http:\S+)/);
  const { page: offline, problems } = await openPage(t);
  await offline.goto(url);
  await shows(offline.locator('.connection'), /^Snapshot of /);
  await shows(offline.locator('tr.row[data-name="bad"]'), 'exit status 3');
  assert.equal(await offline.getByRole('button', { name: 'Update tick' }).isDisabled(), true);
  assert.equal(await offline.getByRole('link', { name: 'Snapshot' }).count(), 0);
  await offline.getByRole('link', { name: 'tick' }).click();
  await shows(offline.locator('.log-text'), 'some words');
  await offline.reload();
  await shows(offline.locator('.log-text'), 'some words');
  assert.equal(await offline.getByRole('button', { name: 'Disable Resource' }).isDisabled(), true);
  assert.deepEqual(problems, []);

  const foreign = await fetch(new URL('/api/snapshot/local', url), { headers: { Origin: 'http://evil.example' } });
  assert.equal(foreign.status, 403);
  assert.equal((await fetch(new URL('/api/trigger', url), { method: 'POST' })).status, 404);
  viewer.signal('SIGINT');
  assert.equal(await viewer.exit, 0);
});

test('what is no snapshot is refused', async (t) => {
  const cwd = makeProject(t, { 'other.json': '{"a": 1}', 'no.json': 'text' });
  for (const [file, words] of [
    ['missing.json', /^Error: Cannot read "missing.json": ENOENT/],
    ['other.json', /^Error: "other.json" is no snapshot\. tilt-ts snapshot create FILE saves one/],
    ['no.json', /is no snapshot/],
  ] as const) {
    const run = await runProgram(t, ['snapshot', 'view', file], { cwd });
    assert.equal(run.code, 2);
    assert.match(run.stderr, words);
  }
});

test('a snapshot of a newer version shows what is known of it', { skip }, async (t) => {
  const snapshot = {
    createdAt: '2031-01-01T10:00:00Z',
    comesFrom: { a: 'newer version' },
    view: {
      isComplete: true,
      uiSession: { status: { mood: 'good' } },
      uiResources: [
        {
          metadata: { name: 'new', labels: { x: 'x' } },
          status: {
            updateStatus: 'dreaming',
            runtimeStatus: 'ok',
            triggerMode: 17,
            order: 2,
            waiting: { reason: 'for-rain' },
          },
        },
        { metadata: { name: 'bare' } },
        {
          metadata: { name: 'pod' },
          status: {
            updateStatus: 'ok',
            runtimeStatus: 'error',
            k8sResourceInfo: { podName: 'pod-6d5f', podStatus: 'CrashLoopBackOff', podRestarts: 3 },
            endpointLinks: [{ url: 'javascript:alert(1)', name: 'harm' }],
          },
        },
      ],
      uiButtons: [{ metadata: { name: 'b' }, spec: { location: { componentType: 'Moon' } } }],
      clusters: [{ metadata: { name: 'default' }, status: { error: 'connection refused', version: 'v9' } }],
      logList: {
        spans: { odd: {} },
        segments: [{ spanId: 'odd', text: 'a line\n', level: 'PANIC' }, { text: 'and one\n' }],
        toCheckpoint: 2,
      },
    },
  };
  const folder = makeProject(t, { 'new.json': JSON.stringify(snapshot) });
  const viewer = startProgram(t, ['snapshot', 'view', 'new.json', '--port', '0'], { cwd: folder });
  const [, url = ''] = await viewer.waitFor(/on (http:\S+)/);
  const page = await open(t, url);
  await shows(page.locator('tr.row[data-name="new"]'), /new/);
  assert.equal(await page.locator('tr.row[data-name="bare"] .mark').getAttribute('aria-label'), 'Not started');
  await shows(page.locator('tr.row[data-name="pod"]'), 'CrashLoopBackOff (restarted 3 times)');
  assert.equal(await page.getByRole('link', { name: 'harm' }).count(), 0);
  await page.getByRole('button', { name: /Copy the pod's name, pod-6d5f/ }).waitFor();
  await page.getByRole('button', { name: '✕ Cluster' }).click();
  await shows(page.getByRole('dialog', { name: 'Cluster' }), /connection refused.*v9/);
  await page.keyboard.press('Escape');
  for (const [view, words] of [
    ['Logs', 'and one'],
    ['Alerts', 'For rain'],
    ['Graph', 'bare'],
    ['Timeline', 'new'],
  ] as const) {
    await page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: view }).click();
    await shows(page.locator('main'), words);
  }
});

test('a snapshot that cannot be read says so', { skip }, async (t) => {
  const session = await startSession(t, { tiltfile: SMALL });
  const { page } = await openPage(t);
  await page.route('**/api/snapshot/broken', (route) => route.fulfill({ body: 'no json' }));
  await page.goto(`${session.url}/snapshot/broken/overview`);
  await shows(page.getByRole('alert'), 'The snapshot cannot be read');
});
