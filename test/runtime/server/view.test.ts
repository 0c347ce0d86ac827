import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import fc from 'fast-check';
import { WebSocket } from 'ws';
import { Catalogue } from '../../../runtime/server/catalogue.ts';
import { KINDS } from '../../../runtime/server/kinds.ts';
import { worldOf } from '../../../runtime/server/objects/projected.ts';
import { completeView, type Position, viewSince } from '../../../runtime/server/view.ts';
import type { ObjectMeta, View } from '../../../runtime/server/wire.ts';
import { createLogStore } from '../../../runtime/state/log-store.ts';
import { graph, kubernetes, local } from '../../support/graph.ts';
import { Replay } from '../../support/replay.ts';
import { API, servedSession } from '../../support/served-session.ts';

const ABOUT = { mode: 'up', version: '1', pid: 1, tiltfilePath: '/project/Tiltfile' } as const;
const NAMES = ['a', 'b', 'c', 'd'] as const;

type Named = { readonly metadata: ObjectMeta };

/** What a page makes of a message. */
function folded(view: View, delta: View): View {
  const merge = <T extends Named>(before: readonly T[] = [], changes: readonly T[] = []): readonly T[] => {
    const all = new Map(before.map((object) => [object.metadata.name, object]));
    for (const object of changes) {
      if (object.metadata.deletionTimestamp === undefined) all.set(object.metadata.name, object);
      else all.delete(object.metadata.name);
    }
    return [...all.values()];
  };
  if (delta.logList !== undefined) assert.equal(delta.logList.fromCheckpoint ?? 0, view.logList?.toCheckpoint);
  return {
    ...view,
    uiResources: merge(view.uiResources, delta.uiResources),
    uiButtons: merge(view.uiButtons, delta.uiButtons),
    clusters: merge(view.clusters, delta.clusters),
    ...(delta.uiSession === undefined ? {} : { uiSession: delta.uiSession }),
    ...(delta.logList === undefined
      ? {}
      : {
          logList: {
            spans: { ...view.logList?.spans, ...delta.logList.spans },
            segments: [...(view.logList?.segments ?? []), ...delta.logList.segments],
            toCheckpoint: delta.logList.toCheckpoint,
          },
        }),
  };
}

function comparable(view: View) {
  const byName = (objects: readonly Named[] = []) =>
    Object.fromEntries(objects.map((object) => [object.metadata.name, object]));
  return {
    resources: byName(view.uiResources),
    buttons: byName(view.uiButtons),
    clusters: byName(view.clusters),
    session: view.uiSession,
    lines: view.logList?.segments.map(({ text, spanId }) => [spanId, text]),
  };
}

type Step =
  | { readonly kind: 'load'; readonly names: readonly string[] }
  | { readonly kind: 'start' | 'send' | 'connect' }
  | {
      readonly kind: 'change' | 'trigger' | 'succeed' | 'fail' | 'disable' | 'enable' | 'line' | 'button';
      readonly name: string;
    };

const name = fc.constantFrom(...NAMES);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant('load' as const), names: fc.subarray([...NAMES]) }),
  fc.record({ kind: fc.constantFrom('start' as const, 'send' as const, 'connect' as const) }),
  fc.record({
    kind: fc.constantFrom(
      'change' as const,
      'trigger' as const,
      'succeed' as const,
      'fail' as const,
      'disable' as const,
      'enable' as const,
      'line' as const,
      'button' as const,
    ),
    name,
  }),
);

test('the whole view is what the first one and all messages since come to', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
      const session = new Replay(1_767_261_600_000);
      const log = createLogStore({ now: () => session.now });
      const catalogue = new Catalogue(() => worldOf(session.state, ABOUT), KINDS);
      const { startedAt } = session.state;
      let view = completeView(catalogue, log.lines(), startedAt);
      let known: Position = { version: catalogue.version, checkpoint: log.newest };
      const send = async () => {
        const { lines } = await log.page({ after: known.checkpoint, limit: 5 });
        const sent = viewSince(catalogue, known, lines, startedAt, session.now);
        known = { version: catalogue.version, checkpoint: lines.at(-1)?.sequence ?? known.checkpoint };
        if (sent !== undefined) view = folded(view, JSON.parse(JSON.stringify(sent)) as View);
        if (log.newest > known.checkpoint) await send();
      };
      for (const one of steps) {
        session.wait(7);
        happen(session, one, log);
        // Pages are told at other times than the state changes.
        if (one.kind === 'send') await send();
        else if (session.now % 2 === 0) viewSince(catalogue, known, [], startedAt, session.now);
      }
      await send();
      assert.equal(viewSince(catalogue, known, [], startedAt, session.now), undefined);
      const whole = JSON.parse(JSON.stringify(completeView(catalogue, log.lines(), startedAt))) as View;
      assert.deepEqual(comparable(JSON.parse(JSON.stringify(view)) as View), comparable(whole));
    }),
    { numRuns: 150 },
  );
});

test('a page that missed more changes than are remembered gets all objects, and the lines that it has not', async () => {
  const session = new Replay(1_767_261_600_000);
  const log = createLogStore({ now: () => session.now });
  const catalogue = new Catalogue(() => worldOf(session.state, ABOUT), KINDS);
  const line = (text: string) => log.open({ resource: 'a', source: 'build', span: 'build:a' }).write(`${text}\n`);
  const { startedAt } = session.state;
  const names = Array.from({ length: 600 }, (_, at) => `resource-${at}`);
  session.load(graph(names.map((each) => local(each))));
  line('one');
  completeView(catalogue, log.lines(), startedAt);
  const known = { version: catalogue.version, checkpoint: log.newest };
  line('two');
  session.load(graph([local('a')]));
  completeView(catalogue, [], startedAt);
  session.load(graph(names.map((each) => local(each))));
  const { lines } = await log.page({ after: known.checkpoint, limit: 5 });
  const sent = viewSince(catalogue, known, lines, startedAt, session.now);
  assert.equal(sent?.isComplete, true);
  assert.equal(sent?.uiResources?.length, 601);
  assert.deepEqual(
    sent?.logList?.segments.map(({ text }) => text),
    ['two\n'],
  );
  assert.equal(sent?.logList?.fromCheckpoint, known.checkpoint);
});

function happen(session: Replay, one: Step, log: ReturnType<typeof createLogStore>): void {
  switch (one.kind) {
    case 'load': {
      const resources = one.names.map((each) => (each === 'd' ? kubernetes(each) : local(each)));
      session.load(graph(resources));
      return;
    }
    case 'start':
      session.start();
      return;
    case 'connect':
      session.connect();
      return;
    case 'send':
      return;
    case 'change':
      session.event({ kind: 'files-changed', id: one.name, paths: ['/project/x'] });
      return;
    case 'trigger':
      session.event({ kind: 'trigger-requested', resource: one.name, from: 'web' });
      return;
    case 'succeed':
    case 'fail':
      if (session.state.resources.get(one.name)?.update.kind === 'running') session[one.kind](one.name);
      return;
    case 'disable':
    case 'enable':
      session.event({ kind: 'resources-enabled', names: [one.name], enabled: one.kind === 'enable' });
      return;
    case 'line':
      log.open({ resource: one.name, source: 'build', span: `build:${one.name}` }).write(`line at ${session.now}\n`);
      return;
    case 'button':
      session.event({
        kind: 'button-clicked',
        button: `${one.name}-stopbuild`,
        stamp: String(session.now),
        inputs: [],
      });
  }
}

test('a page gets the whole view, then what changed, and no more often than it should', async (test) => {
  const { ask, port, session, log } = await servedSession(test, graph([local('web')]));
  const csrf = (await ask('/api/websocket_token')).text;
  const socket = new WebSocket(`ws://127.0.0.1:${port}/ws/view?csrf=${csrf}`);
  test.after(() => socket.terminate());
  const views: View[] = [];
  const times: number[] = [];
  let wake = () => {};
  socket.on('message', (data) => {
    views.push(JSON.parse(String(data)) as View);
    times.push(performance.now());
    wake();
  });
  const until = async (what: () => boolean) => {
    while (!what()) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  await until(() => views.length > 0);
  assert.equal(views[0]?.isComplete, true);
  assert.deepEqual(
    views[0]?.uiResources?.map(({ metadata }) => metadata.name),
    ['(Tiltfile)', 'web'],
  );
  const writer = log.open({ resource: 'web', source: 'build', span: 'build:9' });
  const last = (): string | undefined => views.at(-1)?.logList?.segments.at(-1)?.text;
  for (let line = 0; line < 500; line++) {
    writer.write(`line ${line}\n`);
    if (line % 100 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  session.trigger('web', 'cli');
  await until(() => last() === 'line 499\n');
  const lines = views.slice(1).flatMap(({ logList }) => logList?.segments ?? []);
  assert.equal(lines.filter(({ text }) => text.startsWith('line ')).length, 500);
  assert.ok(views.length <= 5, `${views.length} messages for what came at once`);
  await until(() => views.some(({ isComplete, uiResources }) => isComplete !== true && uiResources !== undefined));
  for (let index = 2; index < times.length; index++) {
    // Timers may fire a little early.
    assert.ok((times[index] ?? 0) - (times[index - 1] ?? 0) > 150, `messages ${index - 1} and ${index} are too close`);
  }
});

interface TestPage {
  readonly views: readonly View[];
  /** Characters of each message. */
  readonly sizes: readonly number[];
  /** The lines of a span that came. */
  lines(span: string): readonly string[];
  until(what: () => boolean): Promise<void>;
  cut(): void;
}

/** A page without a browser. */
function connectPage(test: TestContext, port: number, query: Record<string, string>): TestPage {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/ws/view?${new URLSearchParams(query)}`);
  // One that is cut before it stands.
  socket.on('error', () => {});
  test.after(() => socket.terminate());
  const [views, sizes]: [View[], number[]] = [[], []];
  let wake = () => {};
  socket.on('message', (data) => {
    sizes.push(String(data).length);
    views.push(JSON.parse(String(data)) as View);
    wake();
  });
  return {
    views,
    sizes,
    lines: (span) =>
      views.flatMap(({ logList }) => logList?.segments ?? []).flatMap((one) => (one.spanId === span ? one.text : [])),
    until: async (what) => {
      while (!what()) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
    cut: () => socket.terminate(),
  };
}

test('a page that was cut off gets what it missed and nothing else, of the same run only', async (test) => {
  const names = Array.from({ length: 200 }, (_, at) => `resource-${at}`);
  const { ask, port, session, log } = await servedSession(test, graph(names.map((each) => local(each))));
  const csrf = (await ask('/api/websocket_token')).text;
  const writer = log.open({ resource: 'resource-1', source: 'build', span: 's' });
  for (let line = 0; line < 2000; line++) writer.write(`line ${line}\n`);
  const first = connectPage(test, port, { csrf });
  await first.until(() => first.lines('s').length === 2000);
  const { tiltStartTime: run = '', version = 0 } = first.views.at(-1) ?? {};
  const checkpoint = first.views.flatMap(({ logList }) => logList?.toCheckpoint ?? []).at(-1) ?? 0;
  first.cut();
  // While nobody looks: lines, and a resource that changes.
  for (let line = 2000; line < 9000; line++) writer.write(`line ${line}\n`);
  session.setTrigger(['resource-7'], { onChange: false, atStart: true });
  const place = { run, version: String(version), checkpoint: String(checkpoint) };
  const second = connectPage(test, port, { csrf, ...place });
  await second.until(() => second.lines('s').at(-1) === 'line 8999\n');
  assert.deepEqual(
    [...first.lines('s'), ...second.lines('s')],
    Array.from({ length: 9000 }, (_, line) => `line ${line}\n`),
  );
  assert.ok(second.views.every(({ isComplete }) => isComplete !== true));
  const changed = second.views.flatMap(({ uiResources = [] }) => uiResources.map(({ metadata }) => metadata.name));
  assert.ok(changed.includes('resource-7'));
  assert.ok(changed.length < 20, `${changed.length} resources of 200 were sent again`);
  // One that says what cannot be is no page of this run.
  for (const wrong of [
    { run: '2020-01-01T10:00:00.000000Z' },
    { version: '999999999' },
    { checkpoint: '999999999' },
    { checkpoint: 'x' },
    { version: '-1' },
  ]) {
    const other = connectPage(test, port, { csrf, ...place, ...wrong });
    await other.until(() => other.views.length > 0);
    assert.equal(other.views[0]?.isComplete, true, JSON.stringify(wrong));
    other.cut();
  }
});

test('fifty pages get the same, whole, however they come and go', async (test) => {
  const { ask, port, session, log } = await servedSession(test, graph([local('web'), local('db')]));
  const csrf = (await ask('/api/websocket_token')).text;
  const writer = log.open({ resource: 'web', source: 'build', span: 's' });
  const pages: TestPage[] = [];
  for (let line = 0; line < 5000; line++) {
    writer.write(`line ${line}\n`);
    if (line % 100 !== 0) continue;
    pages.push(connectPage(test, port, { csrf }));
    if (line % 1000 === 0) pages[line / 1000]?.cut();
    await new Promise((resolve) => setImmediate(resolve));
  }
  session.trigger('db', 'web');
  assert.equal(pages.length, 50);
  const all = Array.from({ length: 5000 }, (_, line) => `line ${line}\n`);
  for (const [at, page] of pages.entries()) {
    if (at < 5) continue;
    await page.until(() => page.lines('s').length >= all.length);
    assert.deepEqual(page.lines('s'), all);
  }
});

test('the whole view can be asked for, and kept as a snapshot', async (test) => {
  const { ask } = await servedSession(test, graph([local('web')]));
  const view = (await ask('/api/view')).json as View;
  assert.equal(view.isComplete, true);
  assert.equal(view.uiSession?.status?.tiltfileKey, '/project/Tiltfile');
  assert.ok(view.logList?.segments.some(({ text }) => text.startsWith('Successfully loaded')));
  assert.equal(view.logList?.spans['tiltfile:1']?.manifestName, '(Tiltfile)');
  const snapshot = (await ask('/api/snapshot/anything')).json;
  assert.equal(snapshot.view.isComplete, true);
  assert.match(snapshot.createdAt, /^1970-01-01T00:16:40\.000000Z$/);
});

test('updates, modes and arguments can be asked for', async (test) => {
  const served = await servedSession(
    test,
    graph([local('web'), local('other', { trigger: { onChange: false, atStart: false } })]),
  );
  const { ask, session } = served;
  const post = (path: string, body: unknown) => ask(path, { method: 'POST', body });
  assert.equal((await ask('/api/trigger')).text, 'must be POST request\n');
  assert.equal((await post('/api/trigger', { manifest_names: ['nosuch'] })).text, 'resource "nosuch" does not exist\n');
  assert.equal((await post('/api/trigger', { manifest_names: [] })).code, 400);
  const answer = await post('/api/trigger', { manifest_names: ['other'], build_reason: 32 });
  assert.deepEqual([answer.code, answer.text], [200, '']);
  await served.until(({ resources }) => resources.get('other')?.pending?.causes[0]?.kind === 'trigger');
  assert.equal((await post('/api/override/trigger_mode', { manifest_names: ['web'], trigger_mode: 2 })).code, 200);
  await served.until(({ resources }) => resources.get('web')?.resource.trigger.onChange === false);
  assert.equal((await ask(`${API}/uiresources/web`)).json.status.triggerMode, 2);
  assert.equal((await post('/api/override/trigger_mode', { manifest_names: ['web'], trigger_mode: 7 })).code, 400);
  assert.equal((await post('/api/override/trigger_mode', { manifest_names: ['x'], trigger_mode: 0 })).code, 400);
  assert.equal((await post('/api/set_tiltfile_args', 'no list')).code, 400);
  assert.equal((await ask('/api/nosuch')).code, 404);
  assert.ok((await ask('/api/dump/engine')).json.resources.web);
  assert.equal(session.state.tiltfile.args.length, 0);
});
