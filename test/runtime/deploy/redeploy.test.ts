import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { KubernetesClient } from '../../../runtime/clients/kubernetes/client.ts';
import { createDeployer } from '../../../runtime/deploy/deployer.ts';
import { skipWithout } from '../../support/testbed.ts';
import { ClusterRig, Watched } from './cluster-rig.ts';

const COUNTER = 'i=0; while true; do i=$((i+1)); echo "count $i"; sleep 0.05; done';

describe('deploying again', { skip: skipWithout('cluster', 'busybox') }, () => {
  let rig: ClusterRig;
  before(async () => {
    rig = await ClusterRig.create('redeploy');
  });
  after(() => rig.dispose());

  test('in the same session: unchanged, the log goes on without a gap; changed, the new pods are followed', async () => {
    const objects = [rig.deployment('web', COUNTER, { pod: { terminationGracePeriodSeconds: 0 } })];
    const first = await rig.deploy('web', objects);
    await first.until('ready');
    await first.untilTrue(() => first.lines.length > 20, 'lines');
    await first.stop();
    const reports = first.reports.length;

    const second = await rig.deploy('web', objects);
    await second.until('ready');
    await second.untilTrue(() => second.lines.length > 20, 'lines');
    assert.equal(first.reports.length, reports, 'nothing is reported after the stop');
    const together = [...first.lines, ...second.lines];
    assert.deepEqual(
      together,
      together.map((_, index) => `count ${index + 1}`),
    );
    assert.deepEqual(second.notes, [], 'nothing is told twice');
    await second.stop();

    const third = await rig.deploy('web', [rig.deployment('web', `echo changed; ${COUNTER}`)]);
    const report = await third.until('ready');
    assert.notEqual(report.podName, second.last?.podName);
    assert.ok(third.notes.includes(`Tracking new pod rollout (${report.podName}):`), third.notes.join('\n'));
    const lines = () => third.logs.filter(({ pod }) => pod === report.podName).map(({ text }) => text);
    await third.untilTrue(() => lines().length > 5, 'lines of the new pod');
    assert.deepEqual(lines().slice(0, 3), ['changed', 'count 1', 'count 2']);
    const before = third.reports.filter(({ state }) => state.status === 'ready').length;
    assert.equal(before, 1, 'the old version does not count as ready');
  });

  test('in a later session: what runs already is ready at once, and only its new lines are shown', async (t) => {
    const objects = [rig.deployment('again', COUNTER)];
    const first = await rig.deploy('again', objects);
    const { podName } = await first.until('ready');
    await first.untilTrue(() => first.lines.length > 50, 'lines');

    const client = new KubernetesClient();
    t.after(() => client.close());
    const deployer = createDeployer(client);
    await deployer.connect({ allowedContexts: [], defaultRegistry: undefined });
    const shown = first.lines.length;
    const request = { resource: first.resource, images: [], timeoutMs: 30_000 };
    const applied = await deployer.apply(request, { write: () => {} }, new AbortController().signal);
    assert.ok(applied.ok);
    const later = new Watched(deployer, first.resource, applied.value, '');
    t.after(() => later.stop());
    await later.until('ready');
    assert.ok(
      later.notes.includes(`Attaching to existing pod (${podName}). Only new logs will be streamed.`),
      later.notes.join('\n'),
    );
    await later.untilTrue(() => later.lines.length > 20, 'new lines');
    const start = Number(later.lines[0]?.replace('count ', ''));
    assert.ok(start >= shown - 5, `the first line is ${later.lines[0]}, and ${shown} were there before`);
    assert.deepEqual(
      later.lines,
      later.lines.map((_, index) => `count ${start + index}`),
    );
  });

  test('a pod of several containers: each line says whose it is', async () => {
    const second = {
      name: 'second',
      image: '127.0.0.1:5000/tilt-ts-test/busybox:latest',
      command: ['sh', '-c', 'echo two; sleep 1000'],
    };
    const deployment = rig.deployment('pair', 'echo one; sleep 1000');
    const text = JSON.stringify(deployment).replace('"containers":[', `"containers":[${JSON.stringify(second)},`);
    const watched = await rig.deploy('pair', [JSON.parse(text)]);
    await watched.until('ready');
    await watched.untilTrue(() => watched.logs.length === 2, 'both lines');
    const said = watched.logs.map(({ container, text: line }) => `${container}: ${line}`).sort();
    assert.deepEqual(said, ['main: one', 'second: two']);
  });
});
