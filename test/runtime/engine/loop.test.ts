import assert from 'node:assert/strict';
import { test } from 'node:test';
import { failure } from '../../../runtime/state/failure.ts';
import type { State } from '../../../runtime/state/state.ts';
import { fakeSession } from '../../support/fake-session.ts';
import { graph, image, kubernetes, local, shell } from '../../support/graph.ts';
import { pollUntil } from '../../support/poll.ts';

const updated = (name: string) => (state: State) => state.resources.get(name)?.update.kind === 'succeeded';
const forward = (localPort: number) => ({ localPort, containerPort: 80, host: '', name: '', linkPath: '' });

test('ci runs commands in order, starts servers after them, and ends when all is ready', async (t) => {
  const web = local('web', { serve: shell('serve web') });
  const resources = [web, local('check', { resourceDeps: ['web'] })];
  const { session, local: ports, log, clock, until } = fakeSession(t, graph(resources), 'ci');
  (await ports.commands.next()).succeed();
  const server = await ports.servers.next();
  server.listener.started(7);
  assert.equal(ports.commands.all.length, 1);
  server.listener.readiness(true, '');
  (await ports.commands.next()).succeed();
  await until(updated('check'));
  // It has no probe: that it did not fail at its start shows only after a while.
  await pollUntil(() => clock.waiting > 0);
  clock.advance(1_000);
  const outcome = await session.ended;
  assert.deepEqual([outcome.code, outcome.message], [0, 'SUCCESS. All workloads are healthy.']);
  assert.equal(server.stopped, true);
  assert.equal(ports.ended, true);
  assert.deepEqual(
    log.tail('web', 9).map((line) => line.text),
    ['', 'Initial Build'],
  );
});

test('ci ends at the first failure, with everything stopped, and names it', async (t) => {
  const resources = [local('a', { allowParallel: true }), local('b', { allowParallel: true })];
  const { session, local: ports, log } = fakeSession(t, graph(resources), 'ci');
  await ports.commands.next();
  (await ports.commands.next()).fail('Command "echo b" failed: exit status 3');
  const outcome = await session.ended;
  assert.equal(outcome.code, 1);
  assert.equal(outcome.message, 'b: Command "echo b" failed: exit status 3');
  assert.equal(session.state.resources.get('a')?.update.kind, 'cancelled');
  const last = log.tail('b', 1)[0];
  assert.deepEqual([last?.level, last?.text], ['error', 'Build Failed: Command "echo b" failed: exit status 3']);
});

test('ci ends when a limit passes although nothing happens', async (t) => {
  const settings = { ci: { timeoutMs: 60_000 } };
  const { session, clock, local: ports } = fakeSession(t, graph([local('a')], settings), 'ci');
  await ports.commands.next();
  await pollUntil(() => clock.waiting > 0);
  clock.advance(60_000);
  assert.equal((await session.ended).code, 3);
});

test('ci ends with the Tiltfile', async (t) => {
  const fake = fakeSession(t, graph([]), 'ci');
  fake.tiltfile.outcome = { ok: false, failures: [failure('tiltfile', 'x is not defined')], configFiles: [] };
  assert.equal((await fake.session.ended).code, 5);
});

test('a port that rejects is a failure of its resource', async (t) => {
  const { session, local: ports } = fakeSession(t, graph([local('a')]), 'ci');
  (await ports.commands.next()).reject(new Error('bug'));
  const outcome = await session.ended;
  assert.deepEqual([outcome.code, outcome.message], [1, 'a: Internal error: Error: bug']);
});

test('a Kubernetes resource: images in order with their bases, apply, watch, forwards', async (t) => {
  const images = [image('base'), image('web', { dependsOn: ['base'] })];
  const resource = kubernetes('web', { images, portForwards: [forward(8000)] });
  const fake = fakeSession(t, graph([resource]), 'ci');
  const watch = await fake.cluster.watches.next();
  const opened = await fake.cluster.forwards.next();
  opened.listener.listening(8000);
  await fake.until((state) => state.resources.get('web')?.forwards[0]?.kind === 'listening');
  assert.deepEqual(
    fake.images.built.map(({ image: { ref }, bases }) => [ref, ...bases.keys()]),
    [['base'], ['web', 'base']],
  );
  assert.deepEqual(
    fake.cluster.applied[0]?.images.map(({ clusterRef }) => clusterRef),
    ['base:1', 'web:2'],
  );
  watch.listener.log('web-1', 'app', 'hello');
  watch.listener.log('web-1', '', 'bare\n');
  watch.listener.note('Back-off restarting', 'warn');
  assert.deepEqual(
    fake.log.tail('web', 3).map((line) => line.text),
    ['[app] hello', 'bare', 'Back-off restarting'],
  );
  watch.listener.workload({ state: { status: 'ready' }, podName: 'web-1', podStatus: 'Running', restarts: 0 });
  assert.equal((await fake.session.ended).code, 0);
  assert.deepEqual([watch.stopped, opened.stopped], [true, true]);
  assert.equal(fake.cluster.connects, 1);
});

test('a change builds only what it touches, leaves the forward open, and replaces the watch', async (t) => {
  const images = [image('base'), image('web', { dependsOn: ['base'] })];
  const fake = fakeSession(t, graph([kubernetes('web', { images, portForwards: [forward(8000)] })]));
  const first = await fake.cluster.watches.next();
  await fake.cluster.forwards.next();
  fake.session.filesChanged('web', ['/project/web/index.html']);
  await fake.cluster.watches.next();
  assert.equal(first.stopped, true);
  assert.equal(fake.cluster.forwards.all.length, 1);
  assert.deepEqual(
    fake.images.built.map((request) => request.image.ref),
    ['base', 'web', 'web'],
  );
  assert.deepEqual(
    fake.cluster.applied[1]?.images.map(({ clusterRef }) => clusterRef),
    ['base:1', 'web:3'],
  );
  assert.ok(fake.log.lines().some((line) => line.text === '1 File Changed: [web/index.html]'));
});

test('a change that reaches two resources at once builds their image once', async (t) => {
  const images = [image('shared')];
  const fake = fakeSession(t, graph([kubernetes('a', { images }), kubernetes('b', { images })]));
  await fake.until((state) => updated('a')(state) && updated('b')(state));
  assert.equal(fake.images.built.length, 1);
  fake.session.filesChanged('a', ['/project/shared/x']);
  fake.session.filesChanged('b', ['/project/shared/x']);
  await pollUntil(() => fake.cluster.applied.length === 4);
  assert.equal(fake.images.built.length, 2);
});

test('no cluster is asked for as long as nothing needs it', async (t) => {
  const fake = fakeSession(t, graph([local('a')]), 'ci');
  (await fake.local.commands.next()).succeed();
  await fake.session.ended;
  assert.equal(fake.cluster.connects, 0);
});

test('ci ends when the cluster does not answer', async (t) => {
  const fake = fakeSession(t, graph([kubernetes('a')]), 'ci');
  fake.cluster.connection = { ok: false, failure: failure('cluster-unreachable', 'Cannot reach the cluster') };
  assert.equal((await fake.session.ended).code, 4);
});

test('up goes on after failures and shows them', async (t) => {
  const { session, local: ports, until } = fakeSession(t, graph([local('a', { serve: shell('serve') })]));
  (await ports.commands.next()).fail('no');
  await until((state) => state.resources.get('a')?.update.kind === 'failed');
  session.filesChanged('a', ['/x']);
  (await ports.commands.next()).succeed();
  const server = await ports.servers.next();
  server.listener.exited(failure('server', 'Server "serve" exited with exit code 4'), 4);
  await until((state) => state.resources.get('a')?.runtime.kind === 'failed');
  session.trigger('a', 'cli');
  (await ports.commands.next()).succeed();
  await ports.servers.next();
  await session.stop('SIGINT');
  assert.equal((await session.ended).code, 130);
});

test('a change while a command runs runs it once more', async (t) => {
  const { session, local: ports, until } = fakeSession(t, graph([local('a')]));
  const first = await ports.commands.next();
  session.filesChanged('a', ['/x']);
  session.filesChanged('a', ['/y']);
  first.succeed();
  (await ports.commands.next()).succeed();
  await until((state) => state.resources.get('a')?.history.length === 2);
  assert.equal(ports.commands.all.length, 2);
});

test('a server is started anew only after the old one is gone', async (t) => {
  const { session, local: ports } = fakeSession(t, graph([local('a', { update: undefined, serve: shell('serve') })]));
  await ports.servers.next();
  let release = (): void => {};
  ports.stopping = new Promise((resolve) => {
    release = resolve;
  });
  session.filesChanged('a', ['/x']);
  await pollUntil(() => session.state.resources.get('a')?.history.length === 2);
  assert.equal(ports.servers.all.length, 1);
  release();
  await ports.servers.next();
  assert.equal(ports.servers.all[0]?.stopped, true);
});

test('a reload stops servers and deletes objects of what left, and watches other files', async (t) => {
  const [api, web] = [kubernetes('api'), kubernetes('web')];
  const srv = local('srv', { update: undefined, serve: shell('serve'), watchPaths: ['/project/srv'] });
  const fake = fakeSession(t, graph([api, web, srv]));
  const server = await fake.local.servers.next();
  await fake.cluster.watches.next();
  const watch = await fake.cluster.watches.next();
  // The objects of "api" move to another resource: they stay.
  fake.tiltfile.outcome = { ok: true, graph: graph([kubernetes('other', { objects: api.objects })]) };
  fake.session.filesChanged('(Tiltfile)', ['/project/Tiltfile']);
  await fake.until((state) => updated('other')(state));
  await pollUntil(() => fake.cluster.deleted.length > 0);
  assert.deepEqual(fake.cluster.deleted, ['Deployment/web']);
  await pollUntil(() => server.stopped && watch.stopped);
  assert.deepEqual(
    fake.watched.map((targets) => targets.map((target) => target.id)),
    [['(Tiltfile)', 'srv'], ['(Tiltfile)']],
  );
});

test('a custom deploy that leaves is taken away by its own command; one that changes is deployed again', async (t) => {
  const custom = (name: string, apply: string) =>
    kubernetes(name, {
      objects: [],
      customDeploy: { apply: shell(apply), delete: shell('delete'), watchPaths: ['/project/chart'], ignores: [] },
    });
  const fake = fakeSession(t, graph([custom('api', 'up'), custom('web', 'up')]));
  await fake.until((state) => updated('api')(state) && updated('web')(state));
  await pollUntil(() => fake.watched.length > 0);
  assert.deepEqual(
    fake.watched[0]?.map(({ id, paths }) => [id, ...paths]),
    [
      ['(Tiltfile)', '/project/Tiltfile'],
      ['api', '/project/chart'],
      ['web', '/project/chart'],
    ],
  );
  fake.tiltfile.outcome = { ok: true, graph: graph([custom('web', 'up --all')]) };
  fake.session.filesChanged('(Tiltfile)', ['/project/Tiltfile']);
  await pollUntil(() => fake.cluster.undeployed.length > 0 && fake.cluster.applied.length === 3);
  assert.deepEqual(fake.cluster.undeployed, ['api']);
  assert.deepEqual(fake.cluster.deleted, []);
  assert.deepEqual(fake.cluster.applied[2]?.resource.customDeploy?.apply, shell('up --all'));
});

test('a broken reload leaves everything running', async (t) => {
  const fake = fakeSession(t, graph([local('srv', { update: undefined, serve: shell('serve') })]));
  const server = await fake.local.servers.next();
  fake.tiltfile.outcome = { ok: false, failures: [failure('tiltfile', 'bad')], configFiles: ['/project/Tiltfile'] };
  fake.session.filesChanged('(Tiltfile)', ['/project/Tiltfile']);
  await fake.until((state) => state.tiltfile.load.kind === 'failed');
  assert.equal(server.stopped, false);
  const [problem, next] = fake.log.tail('', 2);
  assert.equal(problem?.text, 'bad');
  assert.match(next?.text ?? '', /^What runs stays as it was/);
  assert.equal(fake.session.state.resources.size, 1);
});

test('stop gives up on what does not end', async (t) => {
  const {
    session,
    clock,
    local: ports,
  } = fakeSession(t, graph([local('a', { update: undefined, serve: shell('x') })]));
  await ports.servers.next();
  ports.stopping = new Promise(() => {});
  const stopping = session.stop('SIGTERM');
  clock.advance(10_000);
  await stopping;
  assert.equal((await session.ended).code, 143);
});

test('what is stopped before its Tiltfile is loaded ends, too', async (t) => {
  const { session } = fakeSession(t, graph([local('a')]));
  await session.stop('SIGINT');
  assert.equal((await session.ended).message, 'Stopped by SIGINT');
});

test('what an update still deployed while its resource left the graph is deleted', async (t) => {
  const fake = fakeSession(t, graph([kubernetes('web')]));
  let applied = (): void => {};
  const apply = fake.cluster.apply.bind(fake.cluster);
  fake.cluster.apply = async (request) => {
    await new Promise<void>((resolve) => {
      applied = resolve;
    });
    return apply(request);
  };
  await fake.until((state) => (state.resources.get('web')?.update.kind ?? 'none') === 'running');
  fake.tiltfile.outcome = { ok: true, graph: graph([local('other', { trigger: { onChange: true, atStart: false } })]) };
  fake.session.filesChanged('(Tiltfile)', ['/project/Tiltfile']);
  await fake.until((state) => state.resources.has('other'));
  applied();
  await pollUntil(() => fake.cluster.deleted.length > 0);
  assert.deepEqual(fake.cluster.deleted, ['Deployment/web']);
});

test('up tells once that a workload failed, and again when it was ready in between', async (t) => {
  const fake = fakeSession(t, graph([kubernetes('web')]));
  const watch = await fake.cluster.watches.next();
  const pod = { podName: 'web-1', podStatus: '', restarts: 0 };
  const crashed = failure('workload', 'Container "web" of pod "web-1" ended: exit code 4');
  const crash = () => watch.listener.workload({ state: { status: 'failed', failure: crashed, mayHeal: true }, ...pod });
  const told = () => fake.log.lines().filter(({ text, level }) => text === crashed.message && level === 'error').length;
  crash();
  watch.listener.workload({ state: { status: 'pending', reason: 'CrashLoopBackOff' }, ...pod });
  crash();
  assert.equal(told(), 1);
  assert.match(fake.log.tail('web', 1)[0]?.text ?? '', /^It runs again when /);
  watch.listener.workload({ state: { status: 'ready' }, ...pod });
  crash();
  assert.equal(told(), 2);
});
