import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { skipWithout } from '../../support/testbed.ts';
import { ClusterRig, failedState, podSpec } from './cluster-rig.ts';

describe('workloads in a real cluster', { skip: skipWithout('cluster', 'busybox'), concurrency: 4 }, () => {
  let rig: ClusterRig;
  before(async () => {
    rig = await ClusterRig.create('workloads');
  });
  after(() => rig.dispose());

  test('a Deployment gets ready, its log is followed, and it is deleted', async () => {
    const watched = await rig.deploy('web', [
      rig.deployment('web', 'echo hello; echo again; while true; do sleep 1; done'),
    ]);
    assert.match(watched.applyLog, /Applying YAML to cluster\n {5}Objects applied to cluster:\n {7}→ web:deployment\n/);
    const report = await watched.until('ready');
    assert.match(report.podName, /^web-/);
    assert.equal(report.podStatus, 'Running');
    assert.equal(report.restarts, 0);
    await watched.untilTrue(() => watched.lines.length >= 2, 'the log');
    assert.deepEqual(watched.lines, ['hello', 'again']);
    assert.equal(watched.logs[0]?.container, '');
    assert.ok(watched.notes.includes(`Tracking new pod rollout (${report.podName}):`), watched.notes.join('\n'));
    assert.ok(
      watched.notes.some((line) => /┊ Ready {11}- /.test(line)),
      watched.notes.join('\n'),
    );
    const log = await rig.delete(watched.deployed);
    assert.equal(log, 'Deleting kubernetes objects:\n→ Deployment/web\n');
    await assert.rejects(rig.client.json(`/apis/apps/v1/namespaces/${rig.namespace}/deployments/web`), /not found/);
    assert.equal(await rig.delete(watched.deployed), log, 'objects that do not exist are no failure');
  });

  test('objects of a kind that makes pods are ready with their pods, others at once', async () => {
    const podMakers = [{ apiVersion: '', kind: 'configmap', name: '', namespace: '' }];
    const watched = await rig.deploy('maker', [rig.object('v1', 'ConfigMap', 'maker')], { podMakers });
    const plain = await rig.deploy('plain', [rig.object('v1', 'ConfigMap', 'plain')]);
    await plain.until('ready');
    const { state } = await watched.until('pending');
    assert.equal(state.reason, 'waiting for pod');
    const [owner] = watched.deployed.objects;
    const ownerReferences = [{ apiVersion: 'v1', kind: 'ConfigMap', name: 'maker', uid: owner?.uid ?? '' }];
    const { body } = rig.object('v1', 'Pod', 'made', { spec: podSpec('while true; do sleep 1; done') });
    const metadata = { name: 'made', namespace: rig.namespace, ownerReferences };
    await rig.client.json(`/api/v1/namespaces/${rig.namespace}/pods`, {
      method: 'POST',
      body: JSON.stringify({ ...body, metadata }),
    });
    assert.equal((await watched.until('ready')).podName, 'made');
  });

  test('ready means all replicas', async () => {
    const server = 'echo up; while true; do sleep 1; done';
    // The second to start is ready later than the first.
    const probe = {
      readinessProbe: {
        exec: { command: ['sh', '-c', 'test -e /tmp/ok || { touch /tmp/ok; exit 1; }'] },
        periodSeconds: 1,
      },
    };
    const watched = await rig.deploy('three', [rig.deployment('three', server, { replicas: 3, container: probe })]);
    await watched.until('ready');
    assert.equal((await rig.pods()).filter(({ metadata }) => metadata.name.startsWith('three-')).length, 3);
    assert.equal(watched.logs.length, 3);
    const before = watched.reports.slice(0, -1).map(({ state }) => state.status);
    assert.ok(
      before.every((status) => status === 'pending'),
      before.join(),
    );
  });

  test('a crashing container fails with its exit code and last lines, and never counts as ready', async () => {
    const watched = await rig.deploy('crash', [
      rig.deployment('crash', 'for i in 1 2 3; do echo "line $i"; done; echo broken; exit 7'),
    ]);
    const report = await watched.until('failed');
    const { failure, mayHeal } = failedState(report);
    assert.equal(failure.kind, 'workload');
    assert.match(failure.message, /^Container "main" of pod "crash-\S+" ended: exit code 7/);
    assert.deepEqual(failure.details, ['line 1', 'line 2', 'line 3', 'broken']);
    assert.equal(failure.position?.file, '/project/Tiltfile');
    assert.equal(mayHeal, true);
    await watched.untilTrue(() => (watched.last?.restarts ?? 0) >= 2, 'two restarts');
    assert.ok(
      watched.notes.some((line) => line.startsWith('Detected container restart. Pod: crash-')),
      watched.notes.join('\n'),
    );
    await watched.untilTrue(
      () => watched.lines.filter((line) => line === 'broken').length >= 3,
      'the log of three runs',
    );
    assert.ok(!watched.reports.some(({ state }) => state.status === 'ready'), JSON.stringify(watched.reports));
    await rig.delete(watched.deployed);
  });

  test('a server that crashes after a moment in which it seemed to run is not ready in between', async () => {
    const watched = await rig.deploy('flap', [rig.deployment('flap', 'echo up; sleep 1; exit 1')]);
    await watched.untilTrue(() => (watched.last?.restarts ?? 0) >= 2, 'two restarts');
    const failures = watched.reports.filter(({ state }) => state.status === 'failed').length;
    assert.ok(failures > 0);
    const firstFailure = watched.reports.findIndex(({ state }) => state.status === 'failed');
    assert.ok(
      watched.reports.slice(firstFailure).every(({ state }) => state.status === 'failed'),
      JSON.stringify(watched.reports),
    );
    await rig.delete(watched.deployed);
  });

  test('an image that does not exist fails with the words of the registry', async () => {
    const image = '127.0.0.1:5000/tilt-ts-test/nosuch:1';
    const watched = await rig.deploy('noimage', [rig.deployment('noimage', 'true', { container: { image } })]);
    const { failure, mayHeal } = failedState(await watched.until('failed'));
    assert.match(
      failure.message,
      /cannot pull the image "127\.0\.0\.1:5000\/tilt-ts-test\/nosuch:1" of container "main": .*not found/,
    );
    assert.equal(mayHeal, true);
    await watched.untilTrue(() => watched.last?.podStatus === 'ImagePullBackOff', 'the back-off');
    assert.match(
      failedState(watched.last ?? assert.fail()).failure.message,
      /not found/,
      'the words of the registry stay',
    );
    assert.ok(
      watched.notes.some((line) =>
        /^\[event: pod tilt-ts-workloads-\d+\/noimage-\S+\] Failed to pull image/.test(line),
      ),
      watched.notes.join('\n'),
    );
    await rig.delete(watched.deployed);
  });

  test('a pod that no node takes fails with the words of the scheduler', async () => {
    const pod = { nodeSelector: { 'example.dev/nosuch': 'node' } };
    const watched = await rig.deploy('nowhere', [rig.deployment('nowhere', 'true', { pod })]);
    const { failure, mayHeal } = failedState(await watched.until('failed'));
    assert.match(failure.message, /^Pod "nowhere-\S+" cannot be scheduled: 0\/1 nodes are available/);
    assert.equal(mayHeal, true);
    await rig.delete(watched.deployed);
  });

  test('an init container that fails is named', async () => {
    const init = { name: 'prepare', image: podImage(), command: ['sh', '-c', 'echo preparing; exit 4'] };
    const watched = await rig.deploy('init', [
      rig.deployment('init', 'sleep 100', { pod: { initContainers: [init] } }),
    ]);
    await watched.until('failed');
    const first = watched.reports.find(({ state }) => state.status === 'failed');
    const { failure } = failedState(first ?? assert.fail());
    assert.deepEqual(failure.details, ['preparing'], 'its last lines are in the first report');
    assert.match(failure.message, /^Init container "prepare" of pod "init-\S+" ended: exit code 4/);
    assert.equal(watched.logs[0]?.container, 'prepare');
    await rig.delete(watched.deployed);
  });

  test('a Job that ends at once succeeds, and none of its lines is lost', async () => {
    const lines = Array.from({ length: 500 }, (_, index) => `row ${index + 1}`);
    const script = 'i=0; while [ $i -lt 500 ]; do i=$((i+1)); echo "row $i"; done';
    const watched = await rig.deploy('quick', [rig.job('quick', script)], { podReadiness: 'succeeded' });
    await watched.until('succeeded');
    assert.deepEqual(watched.lines, lines, 'at the moment of the report');
    const again = await rig.deploy('quick', [rig.job('quick', script)], { podReadiness: 'succeeded' });
    await again.until('succeeded');
    assert.deepEqual(again.lines, [], 'what ran before does not run or speak again');
  });

  test('a Job that gives up fails with how its last pod ended', async () => {
    const watched = await rig.deploy('giveup', [rig.job('giveup', 'echo trying; exit 3', 1)], {
      podReadiness: 'succeeded',
    });
    const { failure, mayHeal } = failedState(await watched.until('failed'));
    assert.equal(mayHeal, false);
    assert.match(failure.message, /^Job "giveup" failed \(BackoffLimitExceeded: .*\): .*"main" ended: exit code 3/);
    assert.deepEqual(failure.details, ['trying']);
    assert.equal(watched.lines.length, 2, 'both tries were shown');
    const reasons = watched.reports.map(({ state }) => (state.status === 'pending' ? state.reason : state.status));
    assert.ok(reasons.includes('1 of 2 tries failed'), reasons.join('; '));
  });

  test('a Job whose second try works succeeds', async () => {
    const volume = { name: 'memory', hostPath: { path: '/tmp', type: 'Directory' } };
    const marker = `/memory/${rig.namespace}-second`;
    const container = { volumeMounts: [{ name: 'memory', mountPath: '/memory' }] };
    const script = `if [ -e ${marker} ]; then rm ${marker}; echo second; exit 0; fi; echo first; touch ${marker}; exit 1`;
    const spec = podSpec(script, container, { volumes: [volume] });
    const watched = await rig.deploy('second', [rig.job('second', script, 3, spec)], { podReadiness: 'succeeded' });
    await watched.until('succeeded');
    assert.ok(!watched.reports.some(({ state }) => state.status === 'failed'), JSON.stringify(watched.reports));
    assert.deepEqual(watched.lines, ['first', 'second']);
  });

  test('a StatefulSet and a DaemonSet get ready, objects without pods are so at once', async () => {
    const template = (app: string) => ({
      metadata: { labels: { app } },
      spec: podSpec('while true; do sleep 1; done'),
    });
    const set = rig.object('apps/v1', 'StatefulSet', 'store', {
      spec: {
        serviceName: 'store',
        replicas: 2,
        selector: { matchLabels: { app: 'store' } },
        template: template('store'),
      },
    });
    const daemon = rig.object('apps/v1', 'DaemonSet', 'agent', {
      spec: { selector: { matchLabels: { app: 'agent' } }, template: template('agent') },
    });
    const watched = await rig.deploy('sets', [set, daemon]);
    await watched.until('ready');
    assert.equal((await rig.pods()).filter(({ metadata }) => /^(store|agent)-/.test(metadata.name)).length, 3);
    const plain = await rig.deploy('plain', [rig.object('v1', 'ConfigMap', 'plain', { data: { a: 'b' } })]);
    await plain.until('ready');
    assert.equal(plain.reports.length, 1);
  });
});

function podImage(): string {
  return '127.0.0.1:5000/tilt-ts-test/busybox:latest';
}
