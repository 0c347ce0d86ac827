import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { reportWorkload } from '../../../runtime/deploy/workload-report.ts';
import { CRASHED, deployment, ended, pod, running, testReports, view, waiting, whole } from './workload-cases.ts';

testReports('the state of a resource by its containers', {
  'killed for its memory': {
    roots: [deployment(1, {})],
    pods: [pod({ state: waiting('CrashLoopBackOff'), lastState: ended(137, 'OOMKilled'), restarts: 2 })],
    is: 'failed: Container "web" of pod "web-1" keeps ending: out of memory (OOMKilled, exit code 137)',
  },
  'killed by a signal': {
    roots: [deployment(1, {})],
    pods: [pod({ state: waiting('CrashLoopBackOff'), lastState: ended(139), restarts: 1 })],
    is: 'failed: Container "web" of pod "web-1" ended: exit code 139 (SIGSEGV), 1 restart',
  },
  'a program that is not in the image': {
    roots: [deployment(1, {})],
    pods: [pod({ state: waiting('RunContainerError', 'exec: "nosuch": executable file not found in $PATH') })],
    is: 'failed: Container "web" of pod "web-1" cannot start: exec: "nosuch": executable file not found in $PATH (RunContainerError)',
  },
  'a ConfigMap that is missing': {
    roots: [deployment(1, {})],
    pods: [pod({ state: waiting('CreateContainerConfigError', 'configmap "settings" not found') })],
    is: 'failed: Container "web" of pod "web-1" cannot start: configmap "settings" not found (CreateContainerConfigError)',
  },
  'a ConfigMap that is missing, at first': {
    roots: [deployment(1, {})],
    pods: [pod({ scheduled: 2, state: waiting('CreateContainerConfigError', 'configmap "settings" not found') })],
    is: 'pending: Container "web" of pod "web-1" cannot start: configmap "settings" not found',
    recheck: 3,
  },
  'a Secret of a volume that is missing': {
    roots: [deployment(1, {})],
    pods: [pod({ scheduled: 9, state: waiting('ContainerCreating') })],
    view: { startError: () => 'MountVolume.SetUp failed for volume "key" : secret "key" not found' },
    is: 'failed: Pod "web-1" cannot start: MountVolume.SetUp failed for volume "key" : secret "key" not found',
  },
  'a volume that takes its time': {
    roots: [deployment(1, {})],
    pods: [pod({ state: waiting('ContainerCreating') })],
    view: { startError: () => 'AttachVolume.Attach failed: timed out' },
    is: 'pending: ContainerCreating: AttachVolume.Attach failed: timed out',
  },
  'a readiness probe that fails': {
    roots: [deployment(1, { replicas: 1, updatedReplicas: 1 })],
    pods: [pod({ ready: false })],
    view: { probeError: () => 'Readiness probe failed: warming up' },
    is: 'pending: container "web" is not ready: Readiness probe failed: warming up',
  },
  'a liveness probe that has it killed': {
    roots: [deployment(1, { replicas: 1, updatedReplicas: 1 })],
    pods: [pod({ state: waiting('CrashLoopBackOff'), lastState: ended(137), restarts: 2 })],
    view: { probeError: () => 'Liveness probe failed: no answer' },
    is: 'failed: Container "web" of pod "web-1" keeps ending: exit code 137 (SIGKILL) (Liveness probe failed: no answer), 2 restarts',
  },
  'a node that is lost': {
    roots: [deployment(1, { replicas: 1, updatedReplicas: 1 })],
    pods: [pod({ lost: true })],
    view: { nodeProblem: (name) => `node "${name}" is not ready: Kubelet stopped posting node status.` },
    is: 'pending: node "node-1" is not ready: Kubelet stopped posting node status.',
  },
  'no node takes it at first': {
    roots: [deployment(1, {})],
    pods: [pod({ scheduled: 1, unschedulable: '0/1 nodes are available: 1 Insufficient memory.' })],
    is: 'pending: Pod "web-1" cannot be scheduled: 0/1 nodes are available: 1 Insufficient memory.',
    recheck: 2,
  },
  'its claim is not bound yet': {
    roots: [deployment(1, {})],
    pods: [pod({ scheduled: 4, unschedulable: 'pod has unbound immediate PersistentVolumeClaims.' })],
    is: 'pending: Pod "web-1" cannot be scheduled: pod has unbound immediate PersistentVolumeClaims.',
    recheck: 6,
  },
  'the cluster makes a node for it': {
    roots: [deployment(1, {})],
    pods: [pod({ scheduled: 60, unschedulable: '0/1 nodes are available: 1 Insufficient memory.' })],
    view: { getsNode: () => true },
    is: 'pending: waiting for a new node',
  },
  'an image that is missing': {
    roots: [deployment(1, {})],
    pods: [pod({ state: waiting('ErrImagePull', 'manifest unknown') })],
    is: 'failed: Pod "web-1" cannot pull the image "example/web" of container "web": manifest unknown',
  },
  'the cluster has stopped saying why': {
    roots: [deployment(1, {})],
    pods: [pod({ state: waiting('ImagePullBackOff', 'Back-off pulling image') })],
    view: { pullError: () => 'manifest unknown' },
    is: 'failed: Pod "web-1" cannot pull the image "example/web" of container "web": manifest unknown',
  },
  'an image name that can never be right': {
    roots: [deployment(1, {})],
    pods: [pod({ state: waiting('InvalidImageName', 'invalid reference format') })],
    is: 'failed!: Pod "web-1" cannot pull the image',
  },
  'no node takes it': {
    roots: [deployment(1, {})],
    pods: [pod({ unschedulable: '0/1 nodes are available: 1 Insufficient memory.' })],
    is: 'failed: Pod "web-1" cannot be scheduled: 0/1 nodes are available: 1 Insufficient memory.',
  },
  'an init container that fails': {
    roots: [deployment(1, {})],
    pods: [pod({ state: waiting('PodInitializing'), init: { name: 'prepare', state: ended(4) } })],
    is: 'failed: Init container "prepare" of pod "web-1" ended: exit code 4',
  },
  'an init container at work': {
    roots: [deployment(1, {})],
    pods: [pod({ state: waiting('PodInitializing'), init: { name: 'prepare', state: running(0) } })],
    is: 'pending: Init:0/1',
  },
  'a sidecar that crashes': {
    roots: [deployment(1, { replicas: 1, updatedReplicas: 1 })],
    pods: [
      pod({
        side: { name: 'side', ready: false, restartCount: 3, state: waiting('CrashLoopBackOff'), lastState: ended(2) },
      }),
    ],
    is: 'failed: Container "side" of pod "web-1" keeps ending: exit code 2, 3 restarts',
  },
  'a sidecar that is not ready': {
    roots: [deployment(1, { replicas: 1, updatedReplicas: 1 })],
    pods: [pod({ side: { name: 'side', ready: false, state: running() } })],
    is: 'pending: container "side" is not ready',
  },
  'an evicted pod that was replaced': {
    roots: [deployment(1, whole(1))],
    pods: [
      pod(),
      pod({ name: 'web-0', phase: 'Failed', reason: 'Evicted', message: 'The node was low on memory.', state: {} }),
    ],
    is: 'ready',
  },
  'an evicted pod that is not replaced yet': {
    roots: [deployment(1, {})],
    pods: [pod({ phase: 'Failed', reason: 'Evicted', message: 'The node was low on memory.', state: {} })],
    is: 'failed: Pod "web-1" failed: Evicted: The node was low on memory.',
  },
  'no pod may be made': {
    roots: [
      deployment(1, {
        conditions: [{ type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate', message: 'exceeded quota' }],
      }),
    ],
    is: 'failed: Deployment "web" cannot create pods: exceeded quota',
  },
  'the deadline for progress has passed': {
    roots: [
      deployment(1, {
        conditions: [
          { type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded', message: 'timed out' },
        ],
      }),
    ],
    is: 'failed: Deployment "web" makes no progress: timed out',
  },
});

describe('what a report says beside the state', () => {
  test('a failure holds the last lines of the container that crashed, and its last words', () => {
    const lastState = { terminated: { ...ended(7).terminated, message: 'goodbye' } };
    const { report, endedPods } = reportWorkload(
      view({ roots: [deployment(1, {})], pods: [pod({ ...CRASHED, lastState })], is: '' }),
    );
    assert.equal(report.state.status, 'failed');
    assert.deepEqual(report.state.status === 'failed' && report.state.failure.details, [
      'last words of web-1/web',
      'goodbye',
    ]);
    assert.deepEqual(
      endedPods.map(({ metadata }) => metadata.name),
      ['web-1'],
    );
  });

  test('the newest pod of the applied version is the one that is shown', () => {
    const pods = [
      pod({ name: 'old', hash: 'old', created: 1 }),
      pod({ name: 'new', created: 50, ...CRASHED }),
      pod({ name: 'leaving', created: 10, leaving: true }),
    ];
    const { report } = reportWorkload(view({ roots: [deployment(1, {})], pods, is: '' }));
    assert.deepEqual([report.podName, report.podStatus, report.restarts], ['new', 'CrashLoopBackOff', 2]);
  });
});
