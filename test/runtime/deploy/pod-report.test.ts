import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Pod } from '../../../runtime/clients/kubernetes/objects.ts';
import { PodReports, reportPod } from '../../../runtime/deploy/pod-report.ts';

function pod(
  name: string,
  creationTimestamp: string,
  status: Pod['status'] = {},
  meta: Partial<Pod['metadata']> = {},
): Pod {
  return { metadata: { name, uid: `u-${name}`, resourceVersion: '1', creationTimestamp, ...meta }, status };
}

test('a container says in which state it is, and a pod why its containers do not run', () => {
  const terminated = { exitCode: 3, reason: 'Error', message: 'no such file\n', startedAt: 's', finishedAt: 'f' };
  const crashing = pod('p', 'c', {
    phase: 'Running',
    containerStatuses: [
      {
        name: 'main',
        containerID: 'containerd://abc',
        restartCount: 2,
        state: { waiting: { reason: 'CrashLoopBackOff', message: 'back-off 20s' } },
        lastState: { terminated },
      },
      { name: 'side', ready: true, state: { running: { startedAt: 's' } } },
      { name: 'soon', state: { waiting: { reason: 'ContainerCreating' } } },
      { name: 'over', state: { terminated: { exitCode: 0 } } },
    ],
  });
  const { containers, errors, status } = reportPod({ pod: crashing, rootUid: '' });
  assert.deepEqual(errors, ['no such file', 'back-off 20s']);
  assert.equal(status, 'CrashLoopBackOff');
  assert.deepEqual([containers[0]?.id, containers[0]?.restarts], ['abc', 2]);
  assert.deepEqual(
    containers.map(({ state }) => Object.entries(state).find(([, value]) => value !== null)?.[0]),
    ['waiting', 'running', 'waiting', 'terminated'],
  );
});

test('the newest pods stand first, those that are being deleted last; what did not change is the same again', () => {
  const reports = new PodReports(() => undefined);
  const pods = [
    { pod: pod('old', '2026-01-01T10:00:00Z'), rootUid: 'r' },
    { pod: pod('leaving', '2026-01-01T12:00:00Z', {}, { deletionTimestamp: '2026-01-01T12:01:00Z' }), rootUid: 'r' },
    { pod: pod('new', '2026-01-01T11:00:00Z'), rootUid: 'r' },
  ];
  const first = reports.of(pods);
  assert.deepEqual(
    first.map(({ name }) => name),
    ['new', 'old', 'leaving'],
  );
  assert.equal(reports.of(pods), first);
  const changed = reports.of([
    ...pods.slice(0, 2),
    { pod: pod('new', '2026-01-01T11:00:00Z', { phase: 'Running' }), rootUid: 'r' },
  ]);
  assert.equal(changed[0]?.phase, 'Running');
  assert.equal(changed[1], first[1]);
});
