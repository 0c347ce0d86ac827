import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ContainerState, ContainerStatus, Pod, Workload } from '../../../runtime/clients/kubernetes/objects.ts';
import { reportWorkload, type WorkloadView } from '../../../runtime/deploy/workload-report.ts';
import type { Root } from '../../../runtime/deploy/workload-verdict.ts';
import type { WorkloadState } from '../../../runtime/state/workload.ts';

const NOW = Date.parse('2026-01-01T10:00:00Z');
const ago = (seconds: number) => new Date(NOW - seconds * 1000).toISOString();

const running = (seconds = 60): ContainerState => ({ running: { startedAt: ago(seconds) } });
const waiting = (reason: string, message = ''): ContainerState => ({ waiting: { reason, message } });
const ended = (
  exitCode: number,
  reason = exitCode === 0 ? 'Completed' : 'Error',
  from = 30,
  to = 20,
): ContainerState => ({
  terminated: { exitCode, reason, startedAt: ago(from), finishedAt: ago(to), containerID: `run-${exitCode}` },
});

interface PodOptions {
  readonly name?: string;
  readonly state?: ContainerState;
  readonly lastState?: ContainerState;
  readonly restarts?: number;
  readonly ready?: boolean;
  readonly phase?: string;
  readonly policy?: string;
  readonly hash?: string;
  readonly leaving?: boolean;
  readonly probe?: boolean;
  readonly unschedulable?: string;
  readonly reason?: string;
  readonly message?: string;
  readonly init?: ContainerStatus;
  readonly side?: ContainerStatus;
  readonly created?: number;
}

function pod(options: PodOptions = {}): Pod {
  const {
    state = running(),
    ready = state.running !== undefined,
    phase = state.running ? 'Running' : 'Pending',
  } = options;
  const main: ContainerStatus = {
    name: 'web',
    ready,
    restartCount: options.restarts ?? 0,
    state,
    ...(options.lastState && { lastState: options.lastState }),
  };
  const sides = options.side ? [options.side] : [];
  const allReady = [main, ...sides].every((status) => status.ready);
  return {
    metadata: {
      name: options.name ?? 'web-1',
      namespace: 'default',
      uid: options.name ?? 'web-1',
      resourceVersion: '1',
      creationTimestamp: ago(options.created ?? 100),
      labels: { 'tilt.dev/pod-template-hash': options.hash ?? 'new' },
      ...(options.leaving && { deletionTimestamp: ago(1) }),
    },
    spec: {
      restartPolicy: options.policy ?? 'Always',
      containers: [
        { name: 'web', image: 'example/web', ...(options.probe && { readinessProbe: {} }) },
        ...sides.map(({ name }) => ({ name, image: name })),
      ],
      initContainers: options.init ? [{ name: options.init.name }] : [],
    },
    status: {
      phase,
      ...(options.reason !== undefined && { reason: options.reason }),
      ...(options.message !== undefined && { message: options.message }),
      conditions: [
        options.unschedulable === undefined
          ? { type: 'PodScheduled', status: 'True' }
          : { type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: options.unschedulable },
        {
          type: 'Initialized',
          status: options.init && options.init.state?.terminated?.exitCode !== 0 ? 'False' : 'True',
        },
        { type: 'Ready', status: allReady && phase === 'Running' ? 'True' : 'False' },
      ],
      containerStatuses: options.unschedulable === undefined ? [main, ...sides] : [],
      ...(options.init && { initContainerStatuses: [options.init] }),
    },
  };
}

type Status = NonNullable<Workload['status']>;

function root(kind: string, spec: Workload['spec'], status: Status, more: Partial<Root> = {}): Root {
  const metadata = { name: 'web', uid: 'root', resourceVersion: '1', generation: 2 };
  const template = { metadata: { labels: { 'tilt.dev/pod-template-hash': 'new' } } };
  return {
    ref: { apiVersion: 'apps/v1', kind, name: 'web', namespace: 'default', uid: 'root' },
    object: { metadata, spec: { ...spec, template }, status: { observedGeneration: 2, ...status } },
    gone: false,
    generation: 2,
    makesPods: false,
    ...more,
  };
}

const whole = (count: number): Status => ({
  replicas: count,
  updatedReplicas: count,
  readyReplicas: count,
  availableReplicas: count,
});
const deployment = (replicas: number, status: Status, more: Partial<Root> = {}) =>
  root('Deployment', { replicas }, status, more);
const job = (status: Status, spec: Workload['spec'] = {}) => root('Job', spec, status);
const done = { conditions: [{ type: 'Complete', status: 'True' }] };

interface Case {
  readonly roots: readonly Root[];
  readonly pods?: readonly Pod[];
  readonly selected?: readonly Pod[];
  readonly view?: Partial<WorkloadView>;
  /** `status`, or `status: part of the words`; `!` at the end of a status: it cannot heal. */
  readonly is: string;
  /** Seconds from now. */
  readonly recheck?: number;
}

function view({ roots, pods = [], selected = [], view: more = {} }: Case): WorkloadView {
  return {
    position: undefined,
    podReadiness: 'wait',
    now: NOW,
    roots,
    pods: [
      ...pods.map((item) => ({ pod: item, rootUid: 'root' })),
      ...selected.map((item) => ({ pod: item, rootUid: '' })),
    ],
    selectsPods: selected.length > 0,
    pullError: () => '',
    isAlive: () => undefined,
    lastLines: (uid, container) => [`last words of ${uid}/${container}`],
    ...more,
  };
}

function inWords(state: WorkloadState): string {
  switch (state.status) {
    case 'pending':
      return `pending: ${state.reason}`;
    case 'failed':
      return `failed${state.mayHeal ? '' : '!'}: ${state.failure.message}`;
    default:
      return state.status;
  }
}

const CRASHED = { state: waiting('CrashLoopBackOff'), lastState: ended(7), restarts: 2 };
const SUCCEEDED: Partial<WorkloadView> = { podReadiness: 'succeeded' };

const CASES: Readonly<Record<string, Case>> = {
  // Deployments
  'a Deployment whose pod is ready': { roots: [deployment(1, whole(1))], pods: [pod()], is: 'ready' },
  'not seen yet': { roots: [deployment(1, {}, { object: undefined })], is: 'pending: waiting for Deployment "web"' },
  'deleted by someone': {
    roots: [deployment(1, whole(1), { gone: true })],
    is: 'pending: Deployment "web" no longer exists',
  },
  'an old sight of it': {
    roots: [deployment(1, whole(1), { generation: 3 })],
    pods: [pod()],
    is: 'pending: waiting for the cluster',
  },
  'its controller has not seen the change': {
    roots: [deployment(1, { ...whole(1), observedGeneration: 1 })],
    pods: [pod()],
    is: 'pending: waiting for the cluster',
  },
  'no pod yet': { roots: [deployment(1, { replicas: 1, updatedReplicas: 1 })], is: 'pending: waiting for pod' },
  'no replica wanted': { roots: [deployment(0, {})], is: 'ready' },
  'a container is being made': {
    roots: [deployment(1, { replicas: 1, updatedReplicas: 1 })],
    pods: [pod({ state: waiting('ContainerCreating') })],
    is: 'pending: ContainerCreating',
  },
  'one of three': {
    roots: [deployment(3, { replicas: 3, updatedReplicas: 3, readyReplicas: 1, availableReplicas: 1 })],
    pods: [pod(), pod({ name: 'web-2', ready: false }), pod({ name: 'web-3', ready: false })],
    is: 'pending: 1 of 3 replicas are ready',
  },
  'three of three by its status, but one pod is known not to be': {
    roots: [deployment(3, whole(3))],
    pods: [pod(), pod({ name: 'web-2' }), pod({ name: 'web-3', ready: false })],
    is: 'pending: 2 of 3 replicas are ready',
  },
  'the old replica is in the way': {
    roots: [deployment(1, { replicas: 2, updatedReplicas: 1, availableReplicas: 2 })],
    pods: [pod(), pod({ name: 'old', hash: 'old' })],
    is: 'pending: 1 old replica is still there',
  },
  'the old one is going': {
    roots: [deployment(1, whole(1))],
    pods: [pod(), pod({ name: 'old', hash: 'old', leaving: true })],
    is: 'ready',
  },
  'the old version crashes, the new one is ready': {
    roots: [deployment(1, whole(1))],
    pods: [pod(), pod({ name: 'old', hash: 'old', ...CRASHED })],
    is: 'ready',
  },
  'a rollout that has only begun': {
    roots: [deployment(2, { replicas: 2, updatedReplicas: 0, availableReplicas: 2 })],
    pods: [pod({ hash: 'old' }), pod({ name: 'web-2', hash: 'old' })],
    is: 'pending: 0 of 2 replicas are updated',
  },
  'a crash loop': {
    roots: [deployment(1, { replicas: 1, updatedReplicas: 1 })],
    pods: [pod(CRASHED)],
    is: 'failed: Container "web" of pod "web-1" keeps ending: exit code 7, 2 restarts',
  },
  'one of three crashes': {
    roots: [deployment(3, { ...whole(3), availableReplicas: 2 })],
    pods: [pod(), pod({ name: 'web-2' }), pod({ name: 'web-3', ...CRASHED })],
    is: 'failed: Container "web" of pod "web-3" keeps ending: exit code 7',
  },
  'it has just ended': {
    roots: [deployment(1, whole(1))],
    pods: [pod({ state: ended(7), ready: false, phase: 'Running' })],
    is: 'failed: Container "web" of pod "web-1" ended: exit code 7',
  },
  'a server that ends well is not well': {
    roots: [deployment(1, whole(1))],
    pods: [pod({ state: ended(0), ready: false, phase: 'Running' })],
    is: 'failed: Container "web" of pod "web-1" ended: exit code 0',
  },
  'up again since a moment': {
    roots: [deployment(1, whole(1))],
    pods: [pod({ state: running(5), lastState: ended(7, 'Error', 12, 11), restarts: 1 })],
    is: 'failed: Container "web" of pod "web-1" ended: exit code 7, 1 restart',
    recheck: 5,
  },
  'up again for longer than it lasted before': {
    roots: [deployment(1, whole(1))],
    pods: [pod({ state: running(11), lastState: ended(7, 'Error', 20, 19), restarts: 1 })],
    is: 'ready',
  },
  'up again, but not yet for as long as it lasted before': {
    roots: [deployment(1, whole(1))],
    pods: [pod({ state: running(20), lastState: ended(7, 'Error', 60, 40), restarts: 1 })],
    is: 'failed: Container "web"',
    recheck: 10,
  },
  'it crashed after hours, and is up again': {
    roots: [deployment(1, whole(1))],
    pods: [pod({ state: running(20), lastState: ended(7, 'Error', 9000, 40), restarts: 1 })],
    is: 'ready',
  },
  'started this moment, without a probe': {
    roots: [deployment(1, whole(1))],
    pods: [pod({ state: running(0) })],
    is: 'pending: it has just started',
    recheck: 2,
  },
  'started this moment, with a probe that says yes': {
    roots: [deployment(1, whole(1))],
    pods: [pod({ state: running(0), probe: true })],
    is: 'ready',
  },
  'started this moment, and known to run': {
    roots: [deployment(1, whole(1))],
    pods: [pod({ state: running(0) })],
    view: { isAlive: () => true },
    is: 'ready',
  },
  'started a while ago by its status, but its log has ended': {
    roots: [deployment(1, whole(1))],
    pods: [pod({ state: running(5) })],
    view: { isAlive: () => false },
    is: 'pending: it has just started',
  },
  'started long ago, its log is not followed yet': {
    roots: [deployment(1, whole(1))],
    pods: [pod({ state: running(500) })],
    view: { isAlive: () => false },
    is: 'ready',
  },
  'a node whose clock is ahead': {
    roots: [deployment(1, whole(1))],
    pods: [pod({ state: running(-3600) })],
    is: 'ready',
  },
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

  // StatefulSets, DaemonSets, ReplicaSets
  'a StatefulSet, one of two': {
    roots: [root('StatefulSet', { replicas: 2 }, { readyReplicas: 1, currentRevision: 'a', updateRevision: 'a' })],
    pods: [pod()],
    is: 'pending: 1 of 2 replicas are ready',
  },
  'a StatefulSet, whole': {
    roots: [root('StatefulSet', { replicas: 2 }, { readyReplicas: 2, currentRevision: 'a', updateRevision: 'a' })],
    pods: [pod(), pod({ name: 'web-2' })],
    is: 'ready',
  },
  'a StatefulSet that is rolled out': {
    roots: [
      root(
        'StatefulSet',
        { replicas: 2 },
        { readyReplicas: 2, updatedReplicas: 1, currentRevision: 'a', updateRevision: 'b' },
      ),
    ],
    pods: [pod(), pod({ name: 'web-2', hash: 'old' })],
    is: 'pending: 1 of 2 replicas are updated',
  },
  'a StatefulSet with a partition': {
    roots: [
      root(
        'StatefulSet',
        { replicas: 1, updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 1 } } },
        { readyReplicas: 1, currentRevision: 'a', updateRevision: 'b' },
      ),
    ],
    pods: [pod()],
    is: 'ready',
  },
  'a DaemonSet, one of two': {
    roots: [root('DaemonSet', {}, { desiredNumberScheduled: 2, updatedNumberScheduled: 2, numberAvailable: 1 })],
    pods: [pod()],
    is: 'pending: 1 of 2 replicas are ready',
  },
  'a DaemonSet, whole': {
    roots: [root('DaemonSet', {}, { desiredNumberScheduled: 1, updatedNumberScheduled: 1, numberAvailable: 1 })],
    pods: [pod()],
    is: 'ready',
  },
  'a ReplicaSet': {
    roots: [root('ReplicaSet', { replicas: 1 }, { replicas: 1, readyReplicas: 1 })],
    pods: [pod()],
    is: 'ready',
  },

  // Jobs
  'a Job that is done': { roots: [job(done)], view: SUCCEEDED, is: 'succeeded' },
  'a Job that was done and is gone': { roots: [{ ...job(done), gone: true }], view: SUCCEEDED, is: 'succeeded' },
  'a Job at work': {
    roots: [job({ active: 1 })],
    pods: [pod({ policy: 'Never' })],
    view: SUCCEEDED,
    is: 'pending: the Job is running',
  },
  'a Job between two tries': {
    roots: [job({ failed: 1 }, { backoffLimit: 2 })],
    pods: [pod({ policy: 'Never', phase: 'Failed', state: ended(3) })],
    view: SUCCEEDED,
    is: 'pending: 1 of 3 tries failed',
  },
  'a Job that has given up': {
    roots: [
      job({ conditions: [{ type: 'Failed', status: 'True', reason: 'BackoffLimitExceeded', message: 'too often' }] }),
    ],
    pods: [pod({ policy: 'Never', phase: 'Failed', state: ended(3) })],
    view: SUCCEEDED,
    is: 'failed!: Job "web" failed (BackoffLimitExceeded: too often): Pod "web-1" failed: container "web" ended: exit code 3',
  },
  'a Job that has given up, and its pods are gone': {
    roots: [job({ conditions: [{ type: 'Failed', status: 'True', reason: 'DeadlineExceeded' }] })],
    view: SUCCEEDED,
    is: 'failed!: Job "web" failed (DeadlineExceeded)',
  },
  'a Job whose container restarts in place': {
    roots: [job({ active: 1 })],
    pods: [pod({ policy: 'OnFailure', ...CRASHED })],
    view: SUCCEEDED,
    is: 'pending: the Job tries again: Container "web" of pod "web-1" keeps ending: exit code 7, 2 restarts',
  },
  'a Job whose image is missing': {
    roots: [job({ active: 1 })],
    pods: [pod({ policy: 'Never', state: waiting('ErrImagePull', 'manifest unknown') })],
    view: SUCCEEDED,
    is: 'failed: Pod "web-1" cannot pull the image',
  },
  'a Job that waits for its switch': {
    roots: [job({}, { suspend: true })],
    view: SUCCEEDED,
    is: 'pending: the Job is suspended',
  },
  'a Job, two of three': {
    roots: [job({ succeeded: 2, active: 1 }, { completions: 3 })],
    view: SUCCEEDED,
    is: 'pending: 2 of 3 pods have completed',
  },
  'a Job that someone wants to be ready only': { roots: [job({ active: 1 })], pods: [pod()], is: 'ready' },

  // Pods
  'a bare pod': { roots: [{ ...root('Pod', {}, {}), object: pod() }], is: 'ready' },
  'a bare pod that has completed': {
    roots: [
      { ...root('Pod', {}, {}), object: pod({ phase: 'Succeeded', policy: 'Never', state: ended(0), ready: false }) },
    ],
    is: 'succeeded',
  },
  'a bare pod that must complete': {
    roots: [{ ...root('Pod', {}, {}), object: pod() }],
    view: SUCCEEDED,
    is: 'pending: still running',
  },
  'a bare pod that failed': {
    roots: [{ ...root('Pod', {}, {}), object: pod({ phase: 'Failed', policy: 'Never', state: ended(1) }) }],
    is: 'failed!: Pod "web-1" failed: container "web" ended: exit code 1',
  },

  // Everything else
  'objects without pods': { roots: [root('Service', {}, {}), root('ConfigMap', {}, {})], is: 'ready' },
  'nothing at all': { roots: [], is: 'ready' },
  'a CronJob': { roots: [root('CronJob', {}, {})], is: 'ready' },
  'a custom kind that makes pods, before it does': {
    roots: [root('Toy', {}, {}, { makesPods: true })],
    is: 'pending: waiting for pod',
  },
  'a custom kind whose pod is not ready': {
    roots: [root('Toy', {}, {})],
    pods: [pod({ ready: false })],
    is: 'pending: container "web" is not ready',
  },
  'a custom kind whose pods are ready': { roots: [root('Toy', {}, {})], pods: [pod()], is: 'ready' },
  'pods by a selector, none yet': {
    roots: [root('Toy', {}, {})],
    view: { selectsPods: true },
    is: 'pending: waiting for pod',
  },
  'pods by a selector': { roots: [root('Toy', {}, {})], selected: [pod(CRASHED)], is: 'failed: Container "web"' },
  'a Deployment and a Job': {
    roots: [deployment(1, whole(1)), { ...job({ active: 1 }), ref: { ...job({}).ref, uid: 'job' } }],
    pods: [pod()],
    is: 'pending: waiting for pod',
  },
  'a Deployment and a Job that is done': { roots: [deployment(1, whole(1)), job(done)], pods: [pod()], is: 'ready' },
  'nobody cares for its pods': {
    roots: [deployment(1, {})],
    pods: [pod(CRASHED)],
    view: { podReadiness: 'ignore' },
    is: 'ready',
  },
};

describe('the state of a resource', () => {
  for (const [name, example] of Object.entries(CASES)) {
    test(name, () => {
      const { report, recheckAt } = reportWorkload(view(example));
      const words = inWords(report.state);
      assert.ok(words.startsWith(example.is), `${words}\n  is not\n${example.is}`);
      if (!example.is.includes(':')) assert.equal(words, example.is);
      assert.equal(recheckAt, example.recheck === undefined ? undefined : NOW + example.recheck * 1000);
    });
  }

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
