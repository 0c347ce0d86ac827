import type { Condition } from '../../../runtime/clients/kubernetes/objects.ts';
import type { Root } from '../../../runtime/deploy/verdict.ts';
import { ago, CRASHED, NOW, pod, root, SUCCEEDED, testReports } from './workload-cases.ts';

/** An object of a kind that Kubernetes does not know, with these conditions. */
function toy(conditions?: readonly Condition[], more: Partial<Root> = {}, created = 100): Root {
  const made = root('Toy', {}, conditions === undefined ? {} : { conditions }, more);
  const object = made.object && {
    ...made.object,
    metadata: { ...made.object.metadata, creationTimestamp: ago(created) },
  };
  return { ...made, object, ref: { ...made.ref, apiVersion: 'example.dev/v1' } } as Root;
}
const is = (type: string, status: string, more: Partial<Condition> = {}): Condition => ({ type, status, ...more });

testReports('the state of a custom resource', {
  'it has no conditions, and will hardly get any': { roots: [toy()], is: 'ready' },
  'its controller has not said anything yet': {
    roots: [toy(undefined, {}, 1)],
    is: 'pending: Toy "web" waits for its controller',
    recheck: 2,
  },
  'not seen yet': { roots: [{ ...toy(), object: undefined }], is: 'pending: waiting for Toy "web"' },
  'it may not be read': { roots: [{ ...toy(), object: undefined, isHidden: true }], is: 'ready' },
  'deleted by someone': { roots: [toy([], { goneAt: NOW - 9_000 })], is: 'failed!: Toy "web" was deleted' },
  'ready by its condition': { roots: [toy([is('Ready', 'True')])], is: 'ready' },
  'not ready, with a reason': {
    roots: [toy([is('Synced', 'True'), is('Ready', 'False', { message: 'waiting for the issuer' })])],
    is: 'pending: Toy "web" is not ready: waiting for the issuer',
  },
  available: { roots: [toy([is('Available', 'True'), is('Progressing', 'True')])], is: 'ready' },
  'not available, without words': {
    roots: [toy([is('Available', 'Unknown')])],
    is: 'pending: Toy "web" is not ready: Available is Unknown',
  },
  'ready, but of the generation before': {
    roots: [toy([is('Ready', 'True', { observedGeneration: 1 })])],
    is: 'pending: Toy "web" waits for its controller',
  },
  'it makes no progress': {
    roots: [toy([is('Stalled', 'True', { message: 'chart not found' }), is('Ready', 'False')])],
    is: 'failed: Toy "web" failed: chart not found',
  },
  'conditions of other sorts only': { roots: [toy([is('Synced', 'False')])], is: 'ready' },
  'ready, and one of its pods crashes': {
    roots: [toy([is('Ready', 'True')])],
    pods: [pod(CRASHED)],
    is: 'failed: Container "web" of pod "web-1" keeps ending: exit code 7',
  },
  'it makes pods, and its condition says that it is ready': {
    roots: [toy([is('Ready', 'True')], { makesPods: true })],
    is: 'ready',
  },
  'it must end well, and has': { roots: [toy([is('Succeeded', 'True')])], view: SUCCEEDED, is: 'succeeded' },
  'it must end well, and is at work': {
    roots: [toy([is('Succeeded', 'Unknown', { reason: 'Running' })])],
    view: SUCCEEDED,
    is: 'pending: Toy "web": Running',
  },
  'it must end well, and has failed': {
    roots: [toy([is('Succeeded', 'False', { message: 'task 2 failed' })])],
    view: SUCCEEDED,
    is: 'failed!: Toy "web" failed: task 2 failed',
  },
});
