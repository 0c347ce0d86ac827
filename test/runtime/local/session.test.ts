import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createSession } from '../../../runtime/engine/loop.ts';
import { createLocalRunner } from '../../../runtime/local/local-runner.ts';
import { createLogStore } from '../../../runtime/state/log-store.ts';
import type { Graph } from '../../../stdlib/model/graph.ts';
import { CommandRig, isAlive } from '../../support/command-rig.ts';
import { FakeCluster, FakeCompose, FakeImages, FakeLive, FakeTiltfile } from '../../support/fake-ports.ts';
import { graph, local, shell } from '../../support/graph.ts';

const clock = {
  now: () => Date.now(),
  after: (ms: number, task: () => void) => {
    const timer = setTimeout(task, ms);
    return () => clearTimeout(timer);
  },
};

/** A session with real processes. */
function start(declared: Graph, mode: 'ci' | 'up') {
  const log = createLogStore();
  const ports = {
    clock,
    local: createLocalRunner({ graceMs: 100 }),
    images: new FakeImages(),
    cluster: new FakeCluster(),
    compose: new FakeCompose(),
    live: new FakeLive(),
    tiltfile: new FakeTiltfile(declared),
  };
  return { session: createSession(ports, { mode, log }), log };
}

test('a failing check ends ci with everything that it started', async (t) => {
  const rig = await CommandRig.create(t);
  const web = local('web', { update: undefined, serve: rig.command('web') });
  const check = local('check', { update: rig.command('check'), resourceDeps: ['web'] });
  const { session } = start(graph([web, check]), 'ci');
  const server = await rig.started('web');
  server.child('worker', { detached: true });
  const worker = await rig.started('worker');
  for (const run of [server, worker]) await run.ignore('SIGTERM');
  (await rig.started('check')).exit(3);
  const outcome = await session.ended;
  assert.equal(outcome.code, 1);
  assert.match(outcome.message, /^check: Command ".+" failed: exit status 3$/);
  assert.deepEqual([isAlive(server.pid), isAlive(worker.pid)], [false, false]);
});

test('a server that dies ends ci, although others are not ready yet', async (t) => {
  const rig = await CommandRig.create(t);
  const probe = { action: { kind: 'exec', command: ['false'] } } as const;
  const resources = [
    local('slow', { update: undefined, serve: rig.command('slow'), readinessProbe: probe }),
    local('bad', { update: undefined, serve: rig.command('bad') }),
  ];
  const { session } = start(graph(resources), 'ci');
  const slow = await rig.started('slow');
  (await rig.started('bad')).exit(4);
  const outcome = await session.ended;
  assert.match(outcome.message, /^bad: Server ".+" exited with exit code 4$/);
  assert.equal(isAlive(slow.pid), false);
});

test('a stop in the middle of everything leaves nothing', async (t) => {
  const rig = await CommandRig.create(t);
  const resources = [
    local('web', { update: undefined, serve: rig.command('web') }),
    local('build', { update: rig.command('build') }),
  ];
  const { session } = start(graph(resources), 'up');
  const runs = [await rig.started('web'), await rig.started('build')];
  await session.stop('SIGINT');
  assert.deepEqual(
    runs.map((run) => isAlive(run.pid)),
    [false, false],
  );
  assert.equal((await session.ended).code, 130);
});

test('a hundred commands, one after the other, all with their output', async () => {
  const resources = Array.from({ length: 100 }, (_, index) => local(`r${index}`, { update: shell(`echo ${index}`) }));
  const { session, log } = start(graph(resources), 'ci');
  assert.equal((await session.ended).code, 0);
  for (let index = 0; index < 100; index++) assert.equal(log.tail(`r${index}`, 1)[0]?.text, String(index));
});
