import assert from 'node:assert/strict';
import { test } from 'node:test';
import { schedule } from '../../../runtime/engine/schedule.ts';
import { fakeSession } from '../../support/fake-session.ts';
import { graph, kubernetes, local } from '../../support/graph.ts';
import { Replay } from '../../support/replay.ts';

test('switching a resource off and on makes it start anew, and leaves the others alone', () => {
  const session = new Replay().load(graph([local('a'), local('b')]));
  session.start();
  session.succeed('a');
  const other = session.row('a');
  session.event({ kind: 'resources-enabled', names: ['b', 'nosuch'], enabled: false });
  assert.equal(session.state.resources.has('b'), false);
  assert.deepEqual(session.state.graph?.enabled, ['a']);
  session.event({ kind: 'resources-enabled', names: ['b'], enabled: true });
  assert.deepEqual(session.row('b').pending?.causes, [{ kind: 'initial' }]);
  assert.equal(session.row('a'), other);
  const before = session.state;
  assert.equal(session.event({ kind: 'resources-enabled', names: ['b'], enabled: true }).state, before);
});

test('what was switched off stays off over a reload, until the arguments change', () => {
  const declared = graph([local('a'), local('b')]);
  const session = new Replay().load(declared);
  session.event({ kind: 'resources-enabled', names: ['b'], enabled: false }).load(declared);
  assert.equal(session.state.resources.has('b'), false);
  session.event({ kind: 'args-changed', args: ['--x'] }).load(declared);
  assert.equal(session.state.resources.has('b'), true);
  assert.deepEqual(session.state.tiltfile.args, ['--x']);
});

test('the same arguments again load nothing', () => {
  const session = new Replay().load(graph([local('a')])).event({ kind: 'args-changed', args: [] });
  assert.equal(session.state.tiltfile.pending, undefined);
});

test('a resource made manual keeps its changes for itself; made automatic again, it takes them', () => {
  const declared = graph([local('a')]);
  const session = new Replay().load(declared);
  session.start();
  session.succeed('a');
  session.event({ kind: 'trigger-mode-set', names: ['a'], trigger: { onChange: false, atStart: true } });
  session.event({ kind: 'files-changed', id: 'a', paths: ['/x'] });
  assert.deepEqual(session.start(), []);
  session.load(declared);
  assert.deepEqual(session.start(), [], 'a reload changes nothing of that');
  session.event({ kind: 'trigger-mode-set', names: ['a'], trigger: { onChange: true, atStart: true } });
  assert.deepEqual(session.start(), ['a']);
});

test('an update that somebody stops counts as failed, and says so', async (test) => {
  const fake = fakeSession(test, graph([local('slow')]));
  await fake.local.commands.next();
  fake.session.cancel('slow');
  await fake.until(({ resources }) => resources.get('slow')?.update.kind === 'failed');
  const row = fake.session.state.resources.get('slow');
  assert.equal(row?.update.kind === 'failed' && row.update.failure.message, 'The update of "slow" was canceled');
  assert.ok(fake.log.lines().some(({ text }) => text === 'Build Failed: build canceled'));
  fake.session.cancel('nothing runs by this name');
});

test('a cluster that only a resource needs which was off is connected to when it is switched on', async (test) => {
  const declared = { ...graph([local('a'), kubernetes('web')]), enabled: ['a'] };
  const fake = fakeSession(test, declared);
  (await fake.local.commands.next()).succeed();
  await fake.until(({ resources }) => resources.get('a')?.update.kind === 'succeeded');
  assert.equal(fake.session.state.cluster.kind, 'unused');
  fake.session.setEnabled(['web'], true);
  await fake.until(({ resources }) => resources.get('web')?.succeeded !== undefined);
});

test('commands of the API run, are told of, and are stopped when they are gone', async (test) => {
  const fake = fakeSession(test, graph([local('web')]));
  const object = {
    resource: 'cmds',
    name: 'c',
    labels: {},
    annotations: { 'tilt.dev/resource': 'web' },
    body: { spec: { args: ['serve'] } },
  };
  fake.session.dispatch({ at: fake.clock.now(), kind: 'object-put', object });
  const server = await fake.local.servers.next();
  server.listener.started(42);
  server.listener.readiness(true, '');
  await fake.until(({ api }) => {
    const command = api.commands.get('c');
    return command?.kind === 'running' && command.ready && command.pid === 42;
  });
  fake.session.dispatch({
    at: fake.clock.now(),
    kind: 'object-put',
    object: { ...object, body: { spec: { args: ['other'] } } },
  });
  const second = await fake.local.servers.next();
  assert.equal(server.stopped, true);
  second.listener.started(43);
  fake.session.dispatch({ at: fake.clock.now(), kind: 'object-removed', resource: 'cmds', name: 'c' });
  await fake.until(({ api }) => api.objects.size === 0);
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(second.stopped, true);
});

test('what depends on a disabled resource starts when that was ready before', () => {
  const session = new Replay().load(graph([local('a'), local('b', { resourceDeps: ['a'] })]));
  session.start();
  const off = (names: readonly string[]) =>
    session.event({ kind: 'resources-enabled', names: [...names], enabled: false });
  off(['a']);
  assert.deepEqual(schedule(session.state).holds.get('b'), { reason: 'waiting-for-dep', on: ['a'] });
  session.event({ kind: 'resources-enabled', names: ['a'], enabled: true });
  session.start();
  session.event({ kind: 'update-succeeded', resource: 'a', update: session.state.updatesStarted, deployed: undefined });
  off(['a', 'b']);
  session.event({ kind: 'resources-enabled', names: ['b'], enabled: true });
  assert.deepEqual(
    schedule(session.state).start.map(({ resource }) => resource),
    ['b'],
  );
});
