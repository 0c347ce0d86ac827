import { CRASHED, deployment, done, ended, job, pod, root, SUCCEEDED, testReports, whole } from './workload-cases.ts';

testReports('the state of a resource', {
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
  'objects without pods': { roots: [root('Service', {}, {}), root('ConfigMap', {}, {})], is: 'ready' },
  'nothing at all': { roots: [], is: 'ready' },
  'a CronJob': { roots: [root('CronJob', {}, {})], is: 'ready' },
  'a CronJob, a run of which has failed': {
    roots: [root('CronJob', {}, {})],
    pods: [pod({ policy: 'Never', phase: 'Failed', state: ended(1) })],
    is: 'ready',
  },
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
});
