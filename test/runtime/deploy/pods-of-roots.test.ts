import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { skipWithout } from '../../support/testbed.ts';
import { ClusterRig, podSpec } from './cluster-rig.ts';

const SERVE = 'echo up; while true; do sleep 1; done';

describe('the pods of a resource', { skip: skipWithout('cluster', 'busybox'), concurrency: 4 }, () => {
  let rig: ClusterRig;
  before(async () => {
    rig = await ClusterRig.create('owners');
  });
  after(() => rig.dispose());

  const create = (path: string, body: object) => rig.client.json(path, { method: 'POST', body: JSON.stringify(body) });

  test('those of a run of a CronJob are its own, and their failure is not', async () => {
    const template = { spec: { ...podSpec('echo by hand; exit 2'), restartPolicy: 'Never' } };
    const cron = rig.object('batch/v1beta1', 'CronJob', 'nightly', {
      spec: { schedule: '0 3 1 1 *', jobTemplate: { spec: { template } } },
    });
    const watched = await rig.deploy('nightly', [cron], { podReadiness: 'wait' });
    await watched.until('ready');
    const [owner] = watched.deployed.objects;
    const ownerReferences = [{ apiVersion: 'batch/v1beta1', kind: 'CronJob', name: 'nightly', uid: owner?.uid }];
    const labels = { 'app.kubernetes.io/managed-by': 'tilt' };
    await create(`/apis/batch/v1/namespaces/${rig.namespace}/jobs`, {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name: 'nightly-1', namespace: rig.namespace, ownerReferences },
      spec: { backoffLimit: 0, template: { metadata: { labels }, ...template } },
    });
    await watched.untilTrue(() => watched.lines.includes('by hand'), 'its log');
    await watched.untilTrue(() => watched.last?.podStatus === 'Error', 'its end');
    assert.ok(
      watched.reports.every(({ state }) => state.status === 'ready'),
      JSON.stringify(watched.reports),
    );
  });

  test('pods that only a selector finds count as well', async () => {
    const watched = await rig.deploy('selected', [rig.object('v1', 'ConfigMap', 'selected')], {
      extraPodSelectors: [{ team: 'shop', tier: 'web' }],
    });
    assert.equal((await watched.until('pending')).state.reason, 'waiting for pod');
    const { body } = rig.object('v1', 'Pod', 'found', { spec: podSpec(SERVE) });
    const metadata = { namespace: rig.namespace };
    const pods = `/api/v1/namespaces/${rig.namespace}/pods`;
    await create(pods, { ...body, metadata: { ...metadata, name: 'other', labels: { team: 'shop' } } });
    await create(pods, { ...body, metadata: { ...metadata, name: 'found', labels: { team: 'shop', tier: 'web' } } });
    const { podName } = await watched.until('ready');
    assert.equal(podName, 'found');
    await watched.untilTrue(() => watched.lines.length > 0, 'its log');
    assert.ok(watched.logs.every(({ pod }) => pod === 'found'));
  });

  test('with selectors-only, pods that the objects own are not its own', async () => {
    const watched = await rig.deploy('only', [rig.deployment('only', SERVE)], {
      extraPodSelectors: [{ team: 'alone' }],
      discoveryStrategy: 'selectors-only',
    });
    const { body } = rig.object('v1', 'Pod', 'alone', { spec: podSpec(SERVE) });
    const metadata = { namespace: rig.namespace, name: 'alone', labels: { team: 'alone' } };
    await create(`/api/v1/namespaces/${rig.namespace}/pods`, { ...body, metadata });
    await watched.until('ready');
    await watched.untilTrue(() => watched.lines.length > 0, 'its log');
    assert.deepEqual(
      watched.pods.map(({ name, ancestorUID }) => [name, ancestorUID]),
      [['alone', undefined]],
    );
    assert.ok(watched.logs.every(({ pod }) => pod === 'alone'));
  });

  test('a pod that is being deleted does not count as ready', async () => {
    const pod = { terminationGracePeriodSeconds: 20 };
    const script = `trap '' TERM; ${SERVE}`;
    const watched = await rig.deploy('leaving', [rig.deployment('leaving', script, { pod })]);
    const { podName } = await watched.until('ready');
    const seen = watched.reports.length;
    await rig.deletePod(podName);
    await watched.untilTrue(
      () => watched.reports.slice(seen).some(({ state }) => state.status === 'pending'),
      'another state than ready',
    );
    const next = await watched.until('ready');
    assert.notEqual(next.podName, podName);
    assert.equal(next.podStatus, 'Running');
  });

  test('a probe that fails again and again is told of once, and is the reason in its own words', async () => {
    const readinessProbe = { exec: { command: ['sh', '-c', 'echo no cache yet; exit 1'] }, periodSeconds: 1 };
    const watched = await rig.deploy('cold', [rig.deployment('cold', SERVE, { container: { readinessProbe } })]);
    const reason = () => (watched.last?.state.status === 'pending' ? watched.last.state.reason : '');
    await watched.untilTrue(() => reason().includes('no cache yet'), 'the words of the probe');
    assert.match(reason(), /^container "main" is not ready: Readiness probe failed: no cache yet$/);
    const events = `/api/v1/namespaces/${rig.namespace}/events?fieldSelector=reason%3DUnhealthy`;
    await watched.untilTrue(async () => {
      const { items } = await rig.client.json<{ items: readonly { readonly count?: number }[] }>(events);
      return items.some(({ count = 0 }) => count >= 3);
    }, 'three failures');
    const told = watched.notes.filter((note) => note.includes('no cache yet'));
    assert.equal(told.length, 1, watched.notes.join('\n'));
  });
});
