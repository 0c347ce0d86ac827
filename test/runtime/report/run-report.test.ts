import assert from 'node:assert/strict';
import { test } from 'node:test';
import { failure } from '../../../runtime/state/failure.ts';
import { graph, kubernetes, local, shell } from '../../support/graph.ts';
import { RecordedReplay, START } from '../../support/recorded-replay.ts';

const SERVER = { update: undefined, serve: shell('serve') };

test('updates, their steps and what runs after them are recorded with their times', () => {
  const replay = new RecordedReplay().load(graph([kubernetes('web')])).connect();
  replay.wait(10).start();
  replay.step('web', 'build', 'Building web', 2000).step('web', 'deploy', 'Deploying', 500).succeed('web');
  replay.wait(100).workload('web', { status: 'pending', reason: 'ContainerCreating' });
  replay.wait(900).workload('web', { status: 'ready' });
  const report = replay.wait(5).report();
  const [web] = report.resources;
  assert.ok(web !== undefined);
  assert.equal(web.result, 'succeeded');
  assert.equal(web.state, 'ready');
  assert.deepEqual(web.times, {
    commandMs: null,
    buildMs: 2000,
    pushMs: null,
    deployMs: 500,
    readyMs: 1000,
    totalMs: 3500,
  });
  const [update] = web.updates;
  assert.deepEqual(update?.steps, [
    { kind: 'build', title: 'Building web', startedAt: START + 10, endedAt: START + 2010 },
    { kind: 'deploy', title: 'Deploying', startedAt: START + 2010, endedAt: START + 2510 },
  ]);
  assert.deepEqual(update?.causes, ['initial']);
  const [runtime] = web.runtimes;
  assert.equal(runtime?.readyAt, START + 3510);
  assert.equal(runtime?.pod, 'web-1');
  assert.deepEqual(
    runtime?.phases.map(({ state, reason, at }) => [state, reason, at - START]),
    [
      ['pending', 'waiting for pod', 2510],
      ['pending', 'ContainerCreating', 2610],
      ['ready', '', 3510],
    ],
  );
  assert.equal(report.result, 'succeeded');
  assert.equal(report.durationMs, 3515);
  assert.deepEqual(report.tiltfile, [{ startedAt: START, endedAt: START, result: 'succeeded', failures: [] }]);
  assert.equal(report.cluster?.product, 'kind');
});

test('a failure is told with its place and the end of its log; what waited for it had not started', () => {
  const replay = new RecordedReplay().load(graph([local('db'), local('api', { resourceDeps: ['db'] })]));
  replay.start();
  replay.say('db', 'build', 'Running cmd: make', 'first', 'last');
  const why = failure('command', 'Command "make" failed: exit status 2');
  replay.wait(300).fail('db', why);
  const report = replay.report({ code: 1, message: 'db: failed', reasons: [{ resource: 'db', failure: why }] });
  assert.deepEqual(
    report.resources.map(({ name, result, state }) => [name, result, state]),
    [
      ['db', 'failed', 'failed'],
      ['api', 'not-started', 'waits for db'],
    ],
  );
  assert.equal(report.result, 'resource-failed');
  assert.deepEqual(report.failures, [
    {
      resource: 'db',
      kind: 'command',
      message: 'Command "make" failed: exit status 2',
      details: [],
      position: { file: '/project/Tiltfile', line: 1, column: 1 },
      excerpt: ['first', 'last'],
    },
  ]);
});

test('what a time limit cut off has failed; what a signal cut off has not', () => {
  const limit = new RecordedReplay().load(graph([local('api', SERVER), local('job')]));
  limit.start();
  limit.succeed('api').ready('api', false, 'probe failed');
  const late = failure('server', 'not ready: probe failed');
  const timedOut = limit
    .wait(1000)
    .report({ code: 3, message: 'Timeout', reasons: [{ resource: 'api', failure: late }] });
  assert.equal(timedOut.result, 'time-limit');
  assert.deepEqual(
    timedOut.resources.map(({ name, result }) => [name, result]),
    [
      ['api', 'failed'],
      ['job', 'unfinished'],
    ],
  );

  const stopped = new RecordedReplay().load(graph([local('job')]));
  stopped.start();
  stopped.event({ kind: 'stop-requested', signal: 'SIGTERM' });
  stopped.event({ kind: 'update-cancelled', resource: 'job', update: 1 });
  const report = stopped.report({ code: 130, message: 'Stopped by SIGTERM' });
  assert.equal(report.result, 'stopped');
  assert.deepEqual([report.resources[0]?.result, report.resources[0]?.state], ['unfinished', 'cancelled']);
});

test('a Tiltfile that fails is in the report, which has no resources then', () => {
  const why = failure('tiltfile', 'no such file', ['> 1 | boom'], { file: '/project/Tiltfile.js', line: 3, column: 7 });
  const replay = new RecordedReplay().event({ kind: 'tiltfile-load-started' }).wait(40);
  replay.event({ kind: 'tiltfile-load-failed', failures: [why], configFiles: [] });
  const report = replay.report({ code: 5, message: why.message, reasons: [{ resource: '', failure: why }] });
  assert.equal(report.result, 'tiltfile-failed');
  assert.deepEqual(report.resources, []);
  assert.equal(report.tiltfile[0]?.result, 'failed');
  assert.equal(report.failures[0]?.position?.line, 3);
});

test('no text of a report shows the value of a secret', () => {
  const replay = new RecordedReplay().load(graph([local('db', { update: shell('x') })]));
  replay.log.hide([{ name: 's', key: 'password', text: 'hunter2hunter2', base64: 'aHVudGVyMmh1bnRlcjI=' }]);
  replay.start();
  replay
    .step('db', 'command', 'login hunter2hunter2', 600)
    .say('db', 'build', 'Running cmd: x', 'using hunter2hunter2');
  const why = failure('command', 'login hunter2hunter2 failed', ['detail aHVudGVyMmh1bnRlcjI=']);
  replay.fail('db', why);
  const report = replay.report({ code: 1, message: why.message, reasons: [{ resource: 'db', failure: why }] });
  assert.doesNotMatch(JSON.stringify(report), /hunter2|aHVudGVy/);
  assert.match(JSON.stringify(report), /redacted secret s:password/);
});

test('of a session that goes on and on only the newest updates are kept', () => {
  const replay = new RecordedReplay().load(graph([local('a', { watchPaths: ['/a'] })]));
  replay.start();
  replay.succeed('a');
  for (let round = 0; round < 150; round++) {
    replay.change('a', '/a').start();
    replay.wait(1).succeed('a');
  }
  const updates = replay.report().resources[0]?.updates ?? [];
  assert.equal(updates.length, 100);
  assert.equal(updates.at(-1)?.update, 151);
});

test('the critical path leads from the Tiltfile over what had to be awaited to what was done last', () => {
  const resources = [
    local('db', SERVER),
    local('quick'),
    local('web', { ...SERVER, update: shell('build'), resourceDeps: ['db', 'quick'] }),
  ];
  const replay = new RecordedReplay().event({ kind: 'tiltfile-load-started' }).wait(200);
  replay.event({ kind: 'tiltfile-loaded', graph: graph(resources) });
  replay.start();
  replay.wait(10).succeed('db').succeed('quick');
  replay.wait(1990).ready('db');
  replay.start();
  replay.wait(3000).succeed('web');
  const report = replay.wait(400).ready('web').report();
  assert.deepEqual(
    report.criticalPath.map(({ kind, resource, durationMs }) => [kind, resource, durationMs]),
    [
      ['tiltfile', '', 200],
      ['update', 'db', 10],
      ['ready', 'db', 1990],
      ['update', 'web', 3000],
      ['ready', 'web', 400],
    ],
  );
  const ms = report.criticalPath.reduce((sum, { durationMs }) => sum + durationMs, 0);
  assert.equal(ms, report.durationMs);
});

test('where nothing was to be awaited the path leads over the update that made room', () => {
  const replay = new RecordedReplay().load(graph([local('one'), local('two')]));
  assert.deepEqual(replay.start(), ['one']);
  replay.wait(700).succeed('one');
  assert.deepEqual(replay.start(), ['two']);
  const report = replay.wait(300).succeed('two').report();
  assert.deepEqual(
    report.criticalPath.map(({ kind, resource, durationMs }) => [kind, resource, durationMs]),
    [
      ['tiltfile', '', 0],
      ['update', 'one', 700],
      ['update', 'two', 300],
    ],
  );
});

test('a way through ten thousand resources is followed to its start', () => {
  const names = Array.from({ length: 10_000 }, (_, index) => `r${index}`);
  const declared = graph(
    names.map((name, index) => local(name, { resourceDeps: index === 0 ? [] : [`r${index - 1}`] })),
  );
  const replay = new RecordedReplay().load(declared);
  for (const [index, name] of names.entries()) {
    const update = index + 1;
    const started = {
      kind: 'update-started',
      causes: [{ kind: 'initial' }],
      images: [],
      isLive: false,
      instead: '',
    } as const;
    replay.event({ ...started, resource: name, update });
    replay.wait(1).event({ kind: 'update-succeeded', resource: name, update, deployed: undefined });
  }
  const report = replay.report();
  assert.equal(report.criticalPath.length, 10_001);
  assert.equal(report.criticalPath.at(-1)?.resource, 'r9999');
});
