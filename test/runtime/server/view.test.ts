import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { WebSocket } from 'ws';
import { Catalogue } from '../../../runtime/server/catalogue.ts';
import { KINDS } from '../../../runtime/server/kinds.ts';
import { worldOf } from '../../../runtime/server/objects/projected.ts';
import { completeView, VIEWED_KINDS, ViewDelta } from '../../../runtime/server/view.ts';
import type { ObjectMeta, View } from '../../../runtime/server/wire.ts';
import { createLogStore } from '../../../runtime/state/log-store.ts';
import { graph, kubernetes, local } from '../../support/graph.ts';
import { Replay } from '../../support/replay.ts';
import { API, servedSession, watchStream } from '../../support/served-session.ts';

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
      let view = completeView(catalogue, log.lines(), session.state.startedAt);
      const delta = new ViewDelta(session.state.startedAt, log.newest);
      for (const kind of VIEWED_KINDS) {
        catalogue.watch(kind, (changes) => delta.changes(kind, changes, session.now));
      }
      const send = async () => {
        catalogue.refresh();
        const { lines } = await log.page({ after: delta.checkpoint, limit: 5 });
        const sent = JSON.parse(JSON.stringify(delta.take(lines))) as View;
        view = folded(view, sent);
        if (log.newest > delta.checkpoint) await send();
      };
      for (const one of steps) {
        session.wait(7);
        happen(session, one, log);
        // Pages are told at other times than the state changes.
        if (one.kind === 'send') await send();
        else if (session.now % 2 === 0) catalogue.refresh();
      }
      await send();
      const whole = JSON.parse(JSON.stringify(completeView(catalogue, log.lines(), session.state.startedAt))) as View;
      assert.deepEqual(comparable(JSON.parse(JSON.stringify(view)) as View), comparable(whole));
    }),
    { numRuns: 150 },
  );
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

test('the log can be read from outside, whole, filtered and as it comes', async (test) => {
  const { ask, log } = await servedSession(test, graph([local('web'), local('db')]));
  const lines = (text: string) =>
    text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { message: string; resource: string });
  log.open({ resource: 'web', source: 'runtime', span: 's' }).write('one\ntwo\n');
  log.open({ resource: 'db', source: 'runtime', span: 's2' }).write('bad\n', 'error');
  const web = lines((await ask('/api/logs?resource=web&source=runtime')).text);
  assert.deepEqual(
    web.map(({ message }) => message),
    ['one', 'two'],
  );
  assert.deepEqual(
    lines((await ask('/api/logs?level=error')).text).map(({ message }) => message),
    ['bad'],
  );
  assert.equal(lines((await ask('/api/logs?tail=2')).text).length, 2);
  const tiltfile = lines((await ask('/api/logs?resource=(Tiltfile)')).text);
  assert.ok(tiltfile.every(({ resource }) => resource === '(Tiltfile)') && tiltfile.length > 0);
  const unknown = await ask('/api/logs?resource=nosuch');
  assert.equal(unknown.code, 404);
  assert.match(unknown.text, /nosuch.*web, db/);
  assert.equal((await ask('/api/logs?since=soon')).code, 400);
});

test('a log that is larger than the memory for it comes whole, also to a client that reads slowly', async (test) => {
  const { ask, log } = await servedSession(test, graph([local('web')]));
  const writer = log.open({ resource: 'web', source: 'runtime', span: 's' });
  for (let line = 0; line < 60_000; line++) writer.write(`line ${line} ${'x'.repeat(50)}\n`);
  const lines = (await ask('/api/logs?resource=web&source=runtime')).text.trimEnd().split('\n');
  assert.equal(lines.length, 60_000);
  assert.match(lines[0] ?? '', /"message":"line 0 /);
  assert.match(lines.at(-1) ?? '', /"message":"line 59999 /);
  const last = (await ask('/api/logs?resource=web&tail=3')).text.trimEnd().split('\n');
  assert.match(last[0] ?? '', /"message":"line 59997 /);
});

test('a log that is followed goes on with what comes', async (test) => {
  const { port, log } = await servedSession(test, graph([local('web')]));
  const writer = log.open({ resource: 'web', source: 'runtime', span: 's' });
  writer.write('before\n');
  const stream = watchStream(test, port, '/api/logs?resource=web&source=runtime&tail=1&follow=true');
  const next = async () => ((await stream.next()) as unknown as { message: string } | undefined)?.message;
  assert.equal(await next(), 'before');
  writer.write('after\n');
  assert.equal(await next(), 'after');
});
