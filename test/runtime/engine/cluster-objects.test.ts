import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { State } from '../../../runtime/state/state.ts';
import type { Json } from '../../../stdlib/model/kubernetes.ts';
import { fakeSession } from '../../support/fake-session.ts';
import { graph, image, kubernetes, local, shell } from '../../support/graph.ts';
import { pollUntil } from '../../support/poll.ts';

const POD = { uid: 'p', name: 'api-1', namespace: 'dev', createdAt: '2026-01-01T10:00:00Z' } as const;
const FOUND = { ...POD, phase: 'Running', deleting: false, containers: [], status: 'Running', errors: [] } as const;
const PLAIN = graph([local('lint', { update: shell('true') })]);

type Spec = { readonly [key: string]: Json };

function objectsOf(session: ReturnType<typeof fakeSession>) {
  return {
    put: (resource: string, name: string, spec: Spec, more: { readonly data?: Spec } = {}) =>
      session.session.dispatch({
        at: session.clock.now(),
        kind: 'object-put',
        object: { resource, name, labels: {}, annotations: {}, body: { spec, ...more } },
      }),
    remove: (resource: string, name: string) =>
      session.session.dispatch({ at: session.clock.now(), kind: 'object-removed', resource, name }),
  };
}

/** Once the apply has ended. */
const applied =
  (name: string) =>
  ({ api }: State) =>
    api.applies.get(name)?.endedAt !== undefined;

/** What a port was told, as soon as it was. */
async function told(calls: readonly string[], expected: readonly string[]): Promise<void> {
  await pollUntil(() => calls.length >= expected.length, 5_000, `the calls ${expected.join(', ')}`);
  assert.deepEqual(calls, expected);
}

test('an apply that a client makes is applied, again when it changes, and taken away with it', async (t) => {
  const session = fakeSession(t, PLAIN);
  const { cluster, until } = session;
  const { put, remove } = objectsOf(session);
  put('kubernetesapplys', 'infra', { yaml: 'a: 1', timeout: '1m30s', serverSideApply: true });
  await until(applied('infra'));
  assert.equal(cluster.connects, 1);
  const [{ yaml, timeoutMs, serverSideApply } = {}] = cluster.applied;
  assert.deepEqual({ yaml, timeoutMs, serverSideApply }, { yaml: 'a: 1', timeoutMs: 90_000, serverSideApply: 'true' });

  cluster.answers = [{ apiVersion: 'v1', kind: 'ConfigMap', name: 'left', namespace: 'dev', uid: 'u-left' }];
  put('kubernetesapplys', 'infra', { yaml: 'a: 2' });
  await until(({ api }) => api.applies.get('infra')?.deployed?.objects[0]?.uid === 'u-left');
  cluster.answers = [{ apiVersion: 'v1', kind: 'ConfigMap', name: 'kept', namespace: 'dev', uid: 'u-kept' }];
  put('kubernetesapplys', 'infra', { yaml: 'a: 3' });
  await until(({ api }) => api.applies.get('infra')?.deployed?.objects[0]?.uid === 'u-kept');
  await told(cluster.deleted, ['ConfigMap/left']);
  assert.equal(cluster.applied.length, 3);

  // What says nothing else to the cluster is not applied again.
  put('kubernetesapplys', 'infra', {
    yaml: 'a: 3',
    portForwardTemplateSpec: { forwards: [{ localPort: 1, containerPort: 2 }] },
  });
  assert.equal((await cluster.forwards.next()).port, 1);
  assert.equal(cluster.applied.length, 3);

  remove('kubernetesapplys', 'infra');
  await until(({ api }) => api.applies.size === 0);
  await told(cluster.deleted, ['ConfigMap/left', 'ConfigMap/kept']);
});

test('an apply that is switched off takes its objects away, and comes again', async (t) => {
  const session = fakeSession(t, PLAIN);
  const { cluster, until } = session;
  const { put } = objectsOf(session);
  cluster.answers = [{ apiVersion: 'v1', kind: 'Service', name: 'web', namespace: 'dev', uid: 'u-web' }];
  put('configmaps', 'flags', {}, { data: { off: 'false' } });
  put('kubernetesapplys', 'web', { yaml: 'a: 1', disableSource: { configMap: { name: 'flags', key: 'off' } } });
  await until(applied('web'));
  put('configmaps', 'flags', {}, { data: { off: 'true' } });
  await until(({ api }) => !api.applies.has('web'));
  await told(cluster.deleted, ['Service/web']);
  put('configmaps', 'flags', {}, { data: { off: 'false' } });
  await until(applied('web'));
  assert.equal(cluster.applied.length, 2);
});

test('a click and a changed file apply again; an apply by command is taken away by its command', async (t) => {
  const session = fakeSession(t, PLAIN);
  const { cluster, until } = session;
  const { put, remove } = objectsOf(session);
  const restartOn = { fileWatches: ['files'], uiButtons: ['go'] };
  put('filewatches', 'files', { watchedPaths: ['/project/x'] });
  put('kubernetesapplys', 'chart', {
    applyCmd: { args: ['up'] },
    deleteCmd: { args: ['down'], dir: '/else' },
    restartOn,
  });
  await until(applied('chart'));
  const { customDeploy } = cluster.applied[0]?.resource ?? {};
  assert.deepEqual(customDeploy?.apply, { argv: ['up'], dir: '/project', env: [] });
  assert.deepEqual(customDeploy?.delete, { argv: ['down'], dir: '/else', env: [] });
  const first = session.session.state.api.applies.get('chart')?.run;
  session.clock.advance(10);
  session.session.filesChanged('filewatch:files', ['/project/x']);
  await until(({ api }) => api.applies.get('chart')?.run !== first && api.applies.get('chart')?.endedAt !== undefined);
  assert.equal(cluster.applied.length, 2);
  remove('kubernetesapplys', 'chart');
  await until(({ api }) => api.applies.size === 0);
  await told(cluster.undeployed, ['chart']);
  assert.deepEqual(cluster.deleted, []);
});

test('an apply waits for the images that it names', async (t) => {
  const session = fakeSession(t, graph([kubernetes('web', { images: [image('example/web')] })]));
  const { cluster, images, until } = session;
  images.held = true;
  objectsOf(session).put('kubernetesapplys', 'extra', { yaml: 'a: 1', imageMaps: ['example_web'] });
  const build = await images.builds.next();
  assert.equal(cluster.applied.length, 0);
  build.finish();
  await until(applied('extra'));
  const { images: given } = cluster.applied.find(({ yaml }) => yaml !== undefined) ?? {};
  assert.deepEqual(
    given?.map(({ clusterRef }) => clusterRef),
    ['example/web:1'],
  );
});

test('the pods of a discovery are followed, and the ports of the newest one; a port leads to a pod by its name', async (t) => {
  const session = fakeSession(t, PLAIN);
  const { cluster, until } = session;
  const { put, remove } = objectsOf(session);
  put('kubernetesdiscoveries', 'pods', {
    watches: [{ namespace: 'dev', uid: 'u-1' }],
    portForwardTemplateSpec: { forwards: [{ localPort: 8080, containerPort: 80 }] },
  });
  const watch = await cluster.watches.next();
  const forward = await cluster.forwards.next();
  watch.listener.pods([FOUND]);
  forward.listener.listening(8080);
  await until(({ api }) => api.discoveries.get('pods')?.pods.length === 1);
  await until(({ api }) => api.forwards.get('kubernetesdiscoveries/pods')?.[0]?.kind === 'listening');
  put('portforwards', 'mine', { podName: 'api-1', forwards: [{ containerPort: 80 }] });
  const single = await cluster.forwards.next();
  assert.deepEqual([single.pod, single.port], ['api-1', 0]);
  single.listener.listening(40_123);
  await until(({ api }) => api.forwards.get('portforwards/mine')?.[0]?.kind === 'listening');
  remove('portforwards', 'mine');
  remove('kubernetesdiscoveries', 'pods');
  await until(({ api }) => api.forwards.size === 0 && api.discoveries.size === 0);
  assert.deepEqual([watch.stopped, forward.stopped, single.stopped], [true, true, true]);
});

test('ci waits for what the Tiltfile applies, and fails with it; a cluster that only clients asked for is no reason', async (t) => {
  const body = { spec: { yaml: 'a: 1' } };
  const position = { file: '/project/Tiltfile', line: 1, column: 1 };
  const infra = { resource: 'kubernetesapplys', name: 'infra', labels: {}, annotations: {}, body, position } as const;
  const declared = { ...PLAIN, apiObjects: [infra] };
  const good = fakeSession(t, declared, 'ci');
  (await good.local.commands.next()).succeed();
  assert.equal((await good.session.ended).code, 0);
  assert.equal(good.cluster.applied.length, 1);

  const bad = fakeSession(t, declared, 'ci');
  bad.cluster.refusal = 'no such kind';
  (await bad.local.commands.next()).succeed();
  const { code, message } = await bad.session.ended;
  assert.equal(code, 1);
  assert.match(message, /infra: no such kind/);
});

test('a ci session that is over its time names the apply that waits for an image', async (t) => {
  const body = { spec: { yaml: 'a: 1', imageMaps: ['nosuch'] } };
  const position = { file: '/project/Tiltfile', line: 1, column: 1 };
  const infra = { resource: 'kubernetesapplys', name: 'infra', labels: {}, annotations: {}, body, position } as const;
  const { local: commands, session, clock, until } = fakeSession(t, { ...PLAIN, apiObjects: [infra] }, 'ci');
  (await commands.commands.next()).succeed();
  await until(({ resources }) => resources.get('lint')?.update.kind === 'succeeded');
  await pollUntil(() => clock.waiting > 0);
  clock.advance(31 * 60_000);
  const { code, message, reasons } = await session.ended;
  assert.equal(code, 3);
  assert.match(message, /1 resource is not finished/);
  assert.deepEqual(
    reasons.map(({ failure }) => failure.message),
    ['kubernetes_apply "infra": an image that it names is not built'],
  );
});
