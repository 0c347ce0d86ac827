import assert from 'node:assert/strict';
import { test } from 'node:test';
import { failure } from '../../../runtime/state/failure.ts';
import type { State } from '../../../runtime/state/state.ts';
import type { WorkloadState } from '../../../runtime/state/workload.ts';
import { fakeSession } from '../../support/fake-session.ts';
import { compose, graph, image, kubernetes } from '../../support/graph.ts';
import { pollUntil } from '../../support/poll.ts';

const report = (state: WorkloadState) => ({ state, podName: 'shop-web-1', podStatus: 'running', restarts: 0 });

const allUpdated = ({ resources }: State) =>
  resources.size > 0 && [...resources].every(({ succeeded }) => succeeded !== undefined);

test('a service starts without a cluster, and is ready when its containers are', async (t) => {
  const {
    session,
    compose: services,
    cluster,
    until,
  } = fakeSession(t, graph([compose('db'), compose('web', { resourceDeps: ['db'] })]));
  const db = await services.watches.next();
  assert.equal(db.resource, 'db');
  assert.deepEqual(
    services.started.map(({ resource }) => resource.name),
    ['db'],
  );
  db.listener.service(report({ status: 'pending', reason: 'waits for its health check' }));
  db.listener.service(report({ status: 'ready' }));
  const web = await services.watches.next();
  assert.equal(web.resource, 'web');
  await until((state) => state.resources.get('db')?.runtime.kind === 'ready');
  assert.equal(cluster.connects, 0);
  await session.stop('test');
  assert.ok(db.stopped && web.stopped);
});

test('what others want to have completed is up only then', async (t) => {
  const declared = graph([compose('migrate', { runsToEnd: true }), compose('web', { resourceDeps: ['migrate'] })]);
  const { session, compose: services } = fakeSession(t, declared);
  const migrate = await services.watches.next();
  migrate.listener.service(report({ status: 'ready' }));
  migrate.listener.service(report({ status: 'succeeded' }));
  await services.watches.next();
  assert.equal(session.state.resources.get('migrate')?.runtime.kind, 'succeeded');
});

test('ci ends with a service that failed', async (t) => {
  const { session, compose: services } = fakeSession(t, graph([compose('web')]), 'ci');
  const web = await services.watches.next();
  web.listener.service(
    report({ status: 'failed', failure: failure('workload', 'Container "x" exited'), mayHeal: false }),
  );
  const outcome = await session.ended;
  assert.equal(outcome.code, 1);
  assert.match(outcome.message, /web: Container "x" exited/);
});

test('images are built for the engine, and a change builds and starts again', async (t) => {
  const web = compose('web', { images: [image('shop/web')], deployedImages: ['shop/web'] });
  const { session, compose: services, images, until } = fakeSession(t, graph([web]));
  await services.watches.next();
  assert.deepEqual(images.built[0]?.destination, { kind: 'engine' });
  assert.deepEqual(
    services.started[0]?.images.map(({ localRef }) => localRef),
    ['shop/web:1'],
  );
  session.filesChanged('web', ['/project/shop/web/main.js']);
  await until(() => services.started.length === 2);
  assert.deepEqual(
    services.started[1]?.images.map(({ localRef }) => localRef),
    ['shop/web:2'],
  );
  assert.equal(services.started[1]?.isForced, false);
  session.trigger('web', 'cli');
  await until(() => services.started.length === 3);
  assert.equal(services.started[2]?.isForced, true);
});

test('an image that the cluster runs, too, is built for the cluster', async (t) => {
  const shared = [image('shop/web')];
  const declared = graph([
    kubernetes('pods', { images: shared, trigger: { onChange: true, atStart: false } }),
    compose('web', { images: shared }),
  ]);
  const { compose: services, cluster } = fakeSession(t, declared);
  await services.watches.next();
  assert.equal(cluster.connects, 1);
});

test('a service that leaves the Tiltfile is removed, a renamed one is not', async (t) => {
  const {
    session,
    compose: services,
    tiltfile,
    until,
  } = fakeSession(t, graph([compose('one'), compose('two'), compose('three')]));
  await until(allUpdated);
  tiltfile.outcome = { ok: true, graph: graph([compose('uno', { service: 'one' }), compose('two')]) };
  session.filesChanged('(Tiltfile)', ['/project/Tiltfile']);
  await pollUntil(() => services.removed.length > 0);
  assert.deepEqual(services.removed, ['three']);
});

test('a change of the project that does not touch a service leaves it alone', async (t) => {
  const { session, compose: services, tiltfile, until } = fakeSession(t, graph([compose('one'), compose('two')]));
  await until(allUpdated);
  const { project } = compose('one');
  const more = { ...project, files: [...project.files, { kind: 'path', path: '/project/dev.yml' } as const] };
  tiltfile.outcome = {
    ok: true,
    graph: graph([compose('one', { project: more }), compose('two', { project: more, yaml: 'image: other\n' })]),
  };
  session.filesChanged('(Tiltfile)', ['/project/Tiltfile']);
  await pollUntil(() => services.started.length === 3);
  assert.equal(services.started[2]?.resource.name, 'two');
});
