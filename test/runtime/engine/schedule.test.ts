import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nextStarts, schedule } from '../../../runtime/engine/schedule.ts';
import type { Graph } from '../../../stdlib/model/graph.ts';
import { graph, image, kubernetes, local, shell } from '../../support/graph.ts';
import { Replay } from '../../support/replay.ts';

const MANUAL = { onChange: false, atStart: false };
const parallel = { allowParallel: true };

function loaded(resources: Graph['resources'], maxParallelUpdates = 3): Replay {
  return new Replay().load(graph(resources, { update: { maxParallelUpdates } })).connect();
}

const names = (session: Replay) => schedule(session.state).start.map((start) => start.resource);

test('at most max_parallel_updates start, in order', () => {
  const session = loaded(
    ['a', 'b', 'c', 'd'].map((name) => local(name, parallel)),
    2,
  );
  assert.deepEqual(names(session), ['a', 'b']);
  assert.deepEqual(session.holds(), ['c: waiting-for-slot', 'd: waiting-for-slot']);
  session.start();
  assert.deepEqual(names(session), []);
  session.succeed('b');
  assert.deepEqual(names(session), ['c']);
});

test('a command that is not parallel waits for other commands, and they for it', () => {
  const session = loaded([local('a', parallel), local('b'), local('c', parallel)]);
  assert.deepEqual(session.start(), ['a', 'c']);
  assert.deepEqual(session.holds(), ['b: is-unparallelizable-local']);
  session.succeed('a');
  session.succeed('c');
  session.change('c', '/x');
  assert.deepEqual(session.start(), ['b']);
  assert.deepEqual(session.holds(), ['c: waiting-for-local b']);
});

test('a command that is not parallel does not hold back the cluster, nor the cluster it', () => {
  const session = loaded([kubernetes('k'), local('a')]);
  assert.deepEqual(session.start(), ['a', 'k']);
  session.succeed('a').change('a', '/x');
  assert.deepEqual(session.start(), ['a']);
});

test('a resource that only serves excludes nothing', () => {
  const session = loaded([local('a'), local('b', { update: undefined, serve: shell('serve') })]);
  assert.deepEqual(session.start(), ['a', 'b']);
});

test('first local commands, then what belongs to no workload, then what needs no image, then the rest', () => {
  const withImage = kubernetes('image', { images: [image('i')] });
  const session = loaded([withImage, kubernetes('plain'), kubernetes('uncategorized'), local('a')], 1);
  const order: string[] = [];
  for (let turn = 0; turn < 4; turn++) {
    const [name = ''] = session.start();
    order.push(name);
    session.succeed(name);
  }
  assert.deepEqual(order, ['a', 'uncategorized', 'plain', 'image']);
});

test('objects without a workload go before all workloads', () => {
  const session = loaded([kubernetes('web'), kubernetes('uncategorized')]);
  assert.deepEqual(session.start(), ['uncategorized']);
  assert.deepEqual(session.holds(), ['web: waiting-for-uncategorized uncategorized']);
});

test('a resource waits until its dependencies were ready once', () => {
  const session = loaded([
    local('db', { ...parallel, serve: shell('db') }),
    local('web', { ...parallel, resourceDeps: ['db', 'init'] }),
    local('init', parallel),
  ]);
  assert.deepEqual(session.start(), ['db', 'init']);
  assert.deepEqual(session.holds(), ['web: waiting-for-dep db init']);
  session.succeed('db').succeed('init');
  assert.deepEqual(session.holds(), ['web: waiting-for-dep db']);
  session.ready('db').crash('db', 1);
  assert.deepEqual(session.start(), ['web']);
  // Later updates do not wait.
  session.succeed('web');
  session.load(graph([local('web', { resourceDeps: ['new'] }), local('new')]));
  session.change('web', '/x');
  assert.deepEqual(names(session), ['new']);
  session.start();
  session.succeed('new');
  assert.deepEqual(names(session), ['web']);
});

test('a dependency that is not enabled or failed keeps holding', () => {
  const session = loaded([local('a'), local('b', { resourceDeps: ['a'] })]);
  session.start();
  session.fail('a');
  assert.deepEqual(session.start(), []);
  assert.deepEqual(session.holds(), ['b: waiting-for-dep a']);
});

test('an image that two resources share is built once', () => {
  const shared = image('shared');
  const own = image('own', { dependsOn: ['shared'] });
  const session = loaded([kubernetes('a', { images: [shared] }), kubernetes('b', { images: [shared, own] })]);
  assert.deepEqual(session.start(), ['a']);
  assert.deepEqual(session.holds(), ['b: building-component shared']);
  session.event({
    kind: 'image-built',
    resource: 'a',
    update: 1,
    image: { ref: 'shared', localRef: 's:1', clusterRef: 's:1' },
  });
  // While the first is still being deployed.
  assert.deepEqual(
    schedule(session.state).start.map(({ resource, images }) => [resource, images]),
    [['b', ['own']]],
  );
});

test('nothing for the cluster starts before it is connected', () => {
  const session = new Replay().load(graph([kubernetes('k'), local('a')]));
  assert.deepEqual(session.start(), ['a']);
  assert.deepEqual(session.holds(), ['k: waiting-for-cluster default']);
});

test('while the Tiltfile is to be loaded again, nothing starts', () => {
  const session = loaded([local('a')]).change('(Tiltfile)', '/project/Tiltfile');
  assert.deepEqual(session.holds(), ['a: tiltfile-reload']);
  session.event({ kind: 'tiltfile-load-started' });
  assert.deepEqual(session.holds(), ['a: tiltfile-reload']);
  session.event({ kind: 'tiltfile-load-failed', failures: [], configFiles: [] });
  assert.deepEqual(session.start(), ['a']);
});

test('of changes the oldest goes first, and what somebody asked for before all of them', () => {
  const resources = ['a', 'b', 'c', 'd'].map((name) => local(name));
  const session = loaded(resources);
  for (const { name } of resources) {
    session.start();
    session.succeed(name);
  }
  session.wait(1).change('b', '/x').wait(1).change('a', '/x');
  session.event({ kind: 'trigger-requested', resource: 'd', from: 'web' });
  session.event({ kind: 'trigger-requested', resource: 'c', from: 'cli' });
  const order: string[] = [];
  for (let turn = 0; turn < 4; turn++) {
    const [name = ''] = session.start();
    order.push(name);
    session.succeed(name);
  }
  assert.deepEqual(order, ['d', 'c', 'b', 'a']);
});

const modes = [
  { trigger: { onChange: true, atStart: true }, first: true, afterChange: true },
  { trigger: { onChange: false, atStart: true }, first: true, afterChange: false },
  { trigger: { onChange: false, atStart: false }, first: false, afterChange: false },
  { trigger: { onChange: true, atStart: false }, first: false, afterChange: true },
];
for (const { trigger, first, afterChange } of modes) {
  test(`trigger ${JSON.stringify(trigger)}`, () => {
    const session = loaded([local('a', { trigger })]);
    assert.deepEqual(session.start(), first ? ['a'] : []);
    if (first) session.succeed('a');
    session.change('a', '/x');
    assert.deepEqual(session.start(), afterChange ? ['a'] : []);
    if (afterChange) session.succeed('a');
    session.event({ kind: 'trigger-requested', resource: 'a', from: 'cli' });
    assert.deepEqual(session.start(), ['a']);
  });
}

test('a trigger builds all images anew', () => {
  const session = loaded([kubernetes('k', { images: [image('i')], trigger: MANUAL })]);
  session.event({ kind: 'trigger-requested', resource: 'k', from: 'cli' });
  session.start();
  session.succeed('k').change('k', '/elsewhere');
  session.event({ kind: 'trigger-requested', resource: 'k', from: 'cli' });
  assert.deepEqual(schedule(session.state).start[0]?.images, ['i']);
});

test('nothing starts after a stop was asked for', () => {
  const session = loaded([local('a')]).event({ kind: 'stop-requested', signal: 'SIGINT' });
  assert.deepEqual(names(session), []);
});

test('what starts next is the same whether or not the holds are asked for', () => {
  const session = loaded([
    kubernetes('k', { images: [image('i')] }),
    kubernetes('l', { images: [image('i')] }),
    local('a', parallel),
    local('b'),
    local('c', { resourceDeps: ['k'] }),
  ]);
  for (let turn = 0; turn < 5; turn++) {
    assert.deepEqual(nextStarts(session.state), schedule(session.state).start);
    const running = session.start();
    for (const name of running) session.succeed(name);
    if (running.includes('k')) session.workload('k', { status: 'ready' });
  }
});

test('a dependant waits for the forwarded ports, too, open or not to be had', () => {
  const forwards = [1, 2].map((localPort) => ({ localPort, containerPort: 80, host: '', name: '', linkPath: '' }));
  const session = loaded([kubernetes('web', { portForwards: forwards }), local('check', { resourceDeps: ['web'] })]);
  session.start();
  session.succeed('web').workload('web', { status: 'ready' });
  session.event({ kind: 'forward-listening', resource: 'web', forward: 0, localPort: 1 });
  assert.deepEqual(session.holds(), ['check: waiting-for-dep web']);
  session.event({ kind: 'forward-failed', resource: 'web', forward: 1, message: 'port 2 is taken' });
  assert.deepEqual(session.start(), ['check']);
  // An update that leaves the objects in place leaves the ports open.
  session.change('web', '/x').start();
  session.succeed('web');
  assert.equal(session.row('web').forwards[0]?.kind, 'listening');
});

test('dependencies hold back the first update only, or every one when the Tiltfile says so', () => {
  for (const regateDeps of [false, true]) {
    const resources = [
      local('db', { ...parallel, serve: shell('serve') }),
      local('web', { ...parallel, resourceDeps: ['db'] }),
    ];
    const session = new Replay().load(graph(resources, { update: { regateDeps } }));
    const ready = () => {
      const row = session.row('db');
      if (row.update.kind === 'none') throw new Error('db was not updated');
      const { update } = row.update;
      session.event({ kind: 'server-readiness', resource: 'db', update, ready: true, reason: '' });
    };
    assert.deepEqual(session.start(), ['db']);
    assert.deepEqual(session.holds(), ['web: waiting-for-dep db']);
    session.succeed('db');
    ready();
    assert.deepEqual(session.start(), ['web']);
    session.succeed('web');
    // Both change; then the dependency runs, and is not ready yet.
    session.change('db', '/x');
    session.change('web', '/x');
    assert.deepEqual(session.start(), regateDeps ? ['db'] : ['db', 'web']);
    if (!regateDeps) continue;
    assert.deepEqual(session.holds(), ['web: waiting-for-dep db']);
    session.succeed('db');
    assert.deepEqual(session.holds(), ['web: waiting-for-dep db']);
    ready();
    assert.deepEqual(session.start(), ['web']);
    // One that failed holds back, too, until it is mended.
    session.succeed('web').change('db', '/y');
    session.start();
    session.fail('db').change('web', '/y');
    assert.deepEqual(session.holds(), ['web: waiting-for-dep db']);
  }
});
