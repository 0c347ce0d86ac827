import assert from 'node:assert/strict';
import { test } from 'node:test';
import { failure } from '../../../runtime/state/failure.ts';
import { graph, image, kubernetes, local, shell } from '../../support/graph.ts';
import { Replay } from '../../support/replay.ts';

test('the first graph makes everything due that starts by itself', () => {
  const manual = { onChange: false, atStart: false };
  const session = new Replay(5).load(graph([local('a'), local('b', { trigger: manual })]));
  assert.deepEqual(session.row('a').pending, { since: 5, causes: [{ kind: 'initial' }] });
  assert.equal(session.row('b').pending, undefined);
});

test('only enabled resources take part', () => {
  const all = graph([local('a'), local('b')]);
  const session = new Replay().load({ ...all, enabled: ['b'] });
  assert.deepEqual([...session.state.resources.names()], ['b']);
});

test('an update keeps its causes, its steps with times, and its end', () => {
  const session = new Replay().load(graph([local('a')]));
  session.wait(10).start();
  const of = { resource: 'a', update: 1 };
  session.event({ kind: 'step-began', ...of, step: 0, stepKind: 'command', title: 'echo a' }).wait(5);
  session
    .event({ kind: 'step-ended', ...of, step: 0 })
    .wait(1)
    .succeed('a');
  assert.deepEqual(session.row('a').update, {
    kind: 'succeeded',
    update: 1,
    startedAt: 10,
    endedAt: 16,
    attempt: 1,
    causes: [{ kind: 'initial' }],
    isLive: false,
    steps: [{ kind: 'command', title: 'echo a', startedAt: 10, endedAt: 15 }],
  });
  assert.equal(session.row('a').everReady, true);
  assert.deepEqual(session.row('a').history, [session.row('a').update]);
});

test('files that change while an update runs start one more, with each file once', () => {
  const session = new Replay().load(graph([local('a')]));
  session.start();
  session.wait(1).change('a', '/x', '/y').wait(1).change('a', '/y', '/z');
  session.succeed('a');
  assert.deepEqual(session.row('a').pending, { since: 1, causes: [{ kind: 'files', paths: ['/x', '/y', '/z'] }] });
  assert.deepEqual(session.start(), ['a']);
  assert.equal(session.row('a').pending, undefined);
  session.succeed('a');
  assert.deepEqual(session.start(), []);
});

test('files that change before the first update are part of it', () => {
  const session = new Replay().load(graph([local('a')])).change('a', '/x');
  assert.deepEqual(session.row('a').pending?.causes, [{ kind: 'initial' }]);
});

test('events of an update that is over change nothing', () => {
  const session = new Replay().load(graph([local('a')]));
  session.start();
  session.succeed('a');
  const before = session.state;
  session.event({ kind: 'update-failed', resource: 'a', update: 1, failure: failure('command', 'late') });
  session.event({ kind: 'update-succeeded', resource: 'gone', update: 1, deployed: undefined });
  assert.equal(session.state, before);
});

test('a server becomes ready, unready and ends; a replaced one has nothing to say', () => {
  const session = new Replay().load(graph([local('a', { serve: shell('serve') })]));
  session.start();
  session.succeed('a');
  assert.equal(session.row('a').runtime.kind, 'pending');
  assert.equal(session.row('a').everReady, false);
  session.event({ kind: 'server-started', resource: 'a', update: 1, pid: 42 });
  session.wait(10).ready('a');
  assert.deepEqual(session.row('a').runtime, { kind: 'ready', since: 10, pid: 42, report: undefined });
  session.wait(10).ready('a', false, 'HTTP 503');
  assert.equal(session.row('a').runtime.kind, 'pending');
  assert.equal(session.row('a').lastReadyAt, 20);
  session.wait(10).crash('a', 4);
  assert.equal(session.row('a').runtime.kind, 'failed');
  assert.equal(session.row('a').everReady, true);
  session.change('a', '/x').start();
  session.succeed('a');
  const before = session.state;
  session.event({ kind: 'server-readiness', resource: 'a', update: 1, ready: true, reason: '' });
  assert.equal(session.state, before);
});

const readiness = [
  ['wait', { status: 'pending', reason: 'x' }, 'pending', false],
  ['wait', { status: 'ready' }, 'ready', true],
  ['wait', { status: 'succeeded' }, 'succeeded', true],
  ['succeeded', { status: 'ready' }, 'pending', false],
  ['succeeded', { status: 'succeeded' }, 'succeeded', true],
  ['ignore', { status: 'pending', reason: 'x' }, 'ready', true],
  ['wait', { status: 'failed', failure: failure('workload', 'x'), mayHeal: true }, 'failed', false],
] as const;

for (const [podReadiness, report, kind, everReady] of readiness) {
  test(`pod_readiness ${podReadiness}: a workload that is ${report.status} is ${kind}`, () => {
    const session = new Replay().load(graph([kubernetes('a', { podReadiness })])).connect();
    session.start();
    session.succeed('a').workload('a', report);
    assert.equal(session.row('a').runtime.kind, kind);
    assert.equal(session.row('a').everReady, everReady);
  });
}

test('a reload leaves alone what is declared as before, restarts what changed, drops what left', () => {
  const serve = shell('serve');
  const before = graph([local('same', { serve }), local('changed', { serve }), local('gone', { serve })]);
  const session = new Replay().load(before);
  for (const name of ['same', 'changed', 'gone']) {
    assert.deepEqual(session.start(), [name]);
    session.succeed(name).ready(name);
  }
  const same = session.row('same');
  const moved = local('same', { serve, labels: ['x'], position: { file: '/project/Tiltfile', line: 9, column: 1 } });
  session.change('(Tiltfile)', '/project/Tiltfile');
  session.load(graph([moved, local('changed', { serve: shell('other') }), local('new')]));
  assert.deepEqual([...session.state.resources.names()], ['same', 'changed', 'new']);
  assert.deepEqual(session.row('same'), { ...same, resource: moved });
  assert.deepEqual(session.row('changed').pending?.causes, [{ kind: 'files', paths: ['/project/Tiltfile'] }]);
  assert.equal(session.row('changed').runtime.kind, 'ready');
  assert.deepEqual(session.row('new').pending?.causes, [{ kind: 'initial' }]);
  assert.deepEqual(session.start(), ['new']);
});

test('the same declarations again change no row', () => {
  const make = () => graph([local('a'), kubernetes('b')]);
  const session = new Replay().load(make());
  const rows = [...session.state.resources];
  session.load(make());
  assert.ok([...session.state.resources].every((row, index) => row === rows[index]));
});

test('a reload that fails keeps the graph and shows the failures', () => {
  const session = new Replay().load(graph([local('a')]));
  const { graph: old, resources } = session.state;
  session.wait(1).change('(Tiltfile)', '/project/Tiltfile').event({ kind: 'tiltfile-load-started' });
  assert.equal(session.state.tiltfile.pending, undefined);
  const failures = [failure('tiltfile', 'nosuch is not defined')];
  session.event({ kind: 'tiltfile-load-failed', failures, configFiles: ['/project/Tiltfile', '/project/lib.ts'] });
  assert.equal(session.state.graph, old);
  assert.equal(session.state.resources, resources);
  assert.deepEqual(session.state.tiltfile.load.kind === 'failed' && session.state.tiltfile.load.failures, failures);
  assert.deepEqual(session.state.tiltfile.configFiles, ['/project/Tiltfile', '/project/lib.ts']);
});

test('a change of a file makes its image stale, and those that are built on it', () => {
  const images = [image('base'), image('web', { dependsOn: ['base'] }), image('side')];
  const session = new Replay().load(graph([kubernetes('k', { images })])).connect();
  session.start();
  session.succeed('k');
  const stale = () => [...session.state.images].filter(([, state]) => state.stale).map(([ref]) => ref);
  assert.deepEqual(stale(), []);
  session.change('k', '/project/base/x');
  assert.deepEqual(stale(), ['base', 'web']);
  session.start();
  assert.deepEqual(stale(), []);
  // A change while it is built is not lost.
  session.change('k', '/project/web/y');
  session.succeed('k');
  assert.deepEqual(stale(), ['web']);
});

test('what a failed update did not come to build stays to be built', () => {
  const images = [image('one'), image('two')];
  const session = new Replay().load(graph([kubernetes('k', { images })])).connect();
  session.start();
  const built = { ref: 'one', localRef: 'one:1', clusterRef: 'one:1' };
  session.event({ kind: 'image-built', resource: 'k', update: 1, image: built });
  session.fail('k', failure('image-build', 'no'));
  assert.deepEqual(session.state.images.get('one'), { built, stale: false, building: undefined });
  assert.deepEqual(session.state.images.get('two'), { built: undefined, stale: true, building: undefined });
});

test('a trigger is remembered until its update starts', () => {
  const manual = { onChange: false, atStart: false };
  const session = new Replay().load(graph([local('a', { trigger: manual })]));
  session.change('a', '/x');
  assert.deepEqual(session.start(), []);
  session.event({ kind: 'trigger-requested', resource: 'a', from: 'cli' });
  session.event({ kind: 'trigger-requested', resource: 'nosuch', from: 'cli' });
  assert.deepEqual(session.state.triggers, ['a']);
  assert.deepEqual(session.start(), ['a']);
  assert.deepEqual(session.state.triggers, []);
});

test('a cluster that did not answer is asked again after a reload or a trigger', () => {
  const declared = graph([kubernetes('k')]);
  const session = new Replay().load(declared);
  const lost = () => session.event({ kind: 'cluster-failed', failure: failure('cluster-unreachable', 'no') });
  lost().load(declared);
  assert.equal(session.state.cluster.kind, 'unused');
  lost().event({ kind: 'trigger-requested', resource: 'k', from: 'web' });
  assert.equal(session.state.cluster.kind, 'unused');
});

test('other settings of the cluster need another connection', () => {
  const declared = graph([kubernetes('k')]);
  const session = new Replay().load(declared).connect().load(declared);
  assert.equal(session.state.cluster.kind, 'connected');
  session.load({ ...declared, cluster: { ...declared.cluster, allowedContexts: ['prod'] } });
  assert.equal(session.state.cluster.kind, 'unused');
});
