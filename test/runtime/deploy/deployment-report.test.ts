import {
  CRASHED,
  deployment,
  ended,
  foreign,
  NOW,
  pod,
  root,
  running,
  testReports,
  waiting,
  whole,
} from './workload-cases.ts';

testReports('the state of a Deployment', {
  'a Deployment whose pod is ready': { roots: [deployment(1, whole(1))], pods: [pod()], is: 'ready' },
  'not seen yet': { roots: [deployment(1, {}, { object: undefined })], is: 'pending: waiting for Deployment "web"' },
  'deleted by someone': {
    roots: [deployment(1, whole(1), { goneAt: NOW - 1_000 })],
    is: 'pending: Deployment "web" no longer exists',
    recheck: 4,
  },
  'deleted by someone, a while ago': {
    roots: [deployment(1, whole(1), { goneAt: NOW - 6_000 })],
    is: 'failed!: Deployment "web" was deleted in the cluster',
  },
  'a Deployment that is paused': {
    roots: [root('Deployment', { replicas: 1, paused: true }, {})],
    is: 'pending: Deployment "web" is paused (spec.paused)',
  },
  'one of two by its status, and pods cannot be read': {
    roots: [deployment(2, { replicas: 2, updatedReplicas: 2, availableReplicas: 1 })],
    view: { seesPods: false },
    is: 'pending: 1 of 2 replicas are ready',
  },
  'all by its status, and pods cannot be read': {
    roots: [deployment(2, whole(2))],
    view: { seesPods: false },
    is: 'ready',
  },
  'deployed by others: an old version crashes while the new one starts': {
    roots: [
      {
        ...deployment(1, { replicas: 2, updatedReplicas: 1 }),
        object: foreign(1, { replicas: 2, updatedReplicas: 1 }),
      },
    ],
    pods: [
      pod({ name: 'old', created: 500, labels: { 'pod-template-hash': 'a' }, ...CRASHED }),
      pod({ name: 'new', created: 5, labels: { 'pod-template-hash': 'b' }, state: waiting('ContainerCreating') }),
    ],
    is: 'pending: ContainerCreating',
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
  'crashed long ago, which the cluster told only now': {
    roots: [deployment(1, whole(1))],
    pods: [pod({ state: running(20), lastState: ended(7, 'Error', 3, 20), restarts: 1 })],
    view: { restartSeenAt: () => NOW - 1000 },
    is: 'failed: Container "web" of pod "web-1" ended: exit code 7, 1 restart',
    recheck: 9,
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
});
