import type { Root } from '../../../runtime/deploy/verdict.ts';
import { CRASHED, done, ended, job, NOW, pod, SUCCEEDED, testReports, waiting } from './workload-cases.ts';

const suspended = job({}, { suspend: true });
const labels = { 'kueue.x-k8s.io/queue-name': 'night' };
const queued = {
  ...suspended,
  object: suspended.object && { ...suspended.object, metadata: { ...suspended.object.metadata, labels } },
} as Root;

testReports('the state of a Job', {
  'a Job that is done': { roots: [job(done)], view: SUCCEEDED, is: 'succeeded' },
  'a Job that was done and is gone': {
    roots: [{ ...job(done), goneAt: NOW - 60_000 }],
    view: SUCCEEDED,
    is: 'succeeded',
  },
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
  'a Job that is suspended: nothing of it is to run': {
    roots: [job({}, { suspend: true })],
    view: SUCCEEDED,
    is: 'succeeded',
  },
  'a Job that is suspended by a queue': {
    roots: [queued],
    view: SUCCEEDED,
    is: 'pending: the Job is suspended, and waits in its queue',
  },
  'a Job that was deleted at work': {
    roots: [{ ...job({ active: 1 }), goneAt: NOW - 10_000 }],
    view: SUCCEEDED,
    is: 'failed!: Job "web" was deleted in the cluster',
  },
  'a Job that was deleted by its TTL while the cluster was away, its pod had done its work': {
    roots: [{ ...job({ active: 1 }, { ttlSecondsAfterFinished: 1 }), goneAt: NOW }],
    pods: [pod({ policy: 'Never', phase: 'Succeeded', state: ended(0), leaving: true })],
    view: SUCCEEDED,
    is: 'succeeded',
  },
  'a Job that was deleted by its TTL while the cluster was away, its pod had failed': {
    roots: [{ ...job({ active: 1 }, { ttlSecondsAfterFinished: 1 }), goneAt: NOW }],
    pods: [pod({ policy: 'Never', phase: 'Failed', state: ended(3), leaving: true })],
    view: SUCCEEDED,
    is: 'failed!: Job "web" was deleted before its end was seen: Pod "web-1" failed: container "web" ended: exit code 3',
  },
  'a Job, two of three': {
    roots: [job({ succeeded: 2, active: 1 }, { completions: 3 })],
    view: SUCCEEDED,
    is: 'pending: 2 of 3 pods have completed',
  },
  'a Job that someone wants to be ready only': { roots: [job({ active: 1 })], pods: [pod()], is: 'ready' },
});
