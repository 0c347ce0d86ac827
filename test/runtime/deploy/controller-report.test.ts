import { pod, root, testReports } from './workload-cases.ts';

testReports('the state of a StatefulSet, a DaemonSet, a ReplicaSet', {
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
    pods: [pod({ name: 'web-0', hash: 'old' })],
    is: 'ready',
  },
  'a StatefulSet whose pods someone must delete': {
    roots: [root('StatefulSet', { replicas: 1, updateStrategy: { type: 'OnDelete' } }, { readyReplicas: 1 })],
    pods: [pod({ hash: 'old' })],
    is: 'ready',
  },
  'a DaemonSet whose pods someone must delete': {
    roots: [
      root(
        'DaemonSet',
        { updateStrategy: { type: 'OnDelete' } },
        { desiredNumberScheduled: 1, updatedNumberScheduled: 0, numberAvailable: 1 },
      ),
    ],
    pods: [pod({ hash: 'old' })],
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
  'a ReplicaSet that goes on with pods of before': {
    roots: [root('ReplicaSet', { replicas: 1 }, { replicas: 1, readyReplicas: 1 })],
    pods: [pod({ hash: 'old' })],
    is: 'failed: ReplicaSet "web" keeps pods of an older version: delete them, or make it a Deployment',
  },
  'a ReplicaSet': {
    roots: [root('ReplicaSet', { replicas: 1 }, { replicas: 1, readyReplicas: 1 })],
    pods: [pod()],
    is: 'ready',
  },
});
