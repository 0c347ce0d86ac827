import type { Pod, Workload } from '../clients/kubernetes/objects.ts';
import { currentPods, outdatedPods, replacesNoPods } from './current-pods.ts';
import { podHealth } from './pod-health.ts';
import type { PodContext } from './pod-trouble.ts';
import {
  condition,
  earliestRecheck,
  failedBy,
  isTrouble,
  pending,
  type Root,
  type Verdict,
  waitingReason,
} from './verdict.ts';

/** What the status of an object that keeps a number of pods alive says. */
interface Numbers {
  readonly desired: number;
  readonly updated: number;
  readonly available: number;
  /** Pods of older versions that still count. */
  readonly old: number;
}

const CONTROLLERS: Readonly<Record<string, (object: Workload) => Numbers>> = {
  Deployment({ spec, status }) {
    const updated = status?.updatedReplicas ?? 0;
    const old = Math.max(0, (status?.replicas ?? 0) - updated);
    return { desired: spec?.replicas ?? 1, updated, available: status?.availableReplicas ?? 0, old };
  },
  StatefulSet({ spec, status }) {
    const desired = spec?.replicas ?? 1;
    const ready = status?.readyReplicas ?? 0;
    const strategy = spec?.updateStrategy;
    if (strategy?.type === 'OnDelete') return { desired, updated: desired, available: ready, old: 0 };
    const partition = strategy?.rollingUpdate?.partition ?? 0;
    const rolledOut = status?.currentRevision === status?.updateRevision;
    const updated = rolledOut ? desired : (status?.updatedReplicas ?? 0) + Math.min(partition, desired);
    return { desired, updated: Math.min(updated, desired), available: ready, old: 0 };
  },
  DaemonSet({ spec, status }) {
    const desired = status?.desiredNumberScheduled ?? 0;
    const updated = spec?.updateStrategy?.type === 'OnDelete' ? desired : (status?.updatedNumberScheduled ?? 0);
    return { desired, updated, available: status?.numberAvailable ?? 0, old: 0 };
  },
  ReplicaSet: replicas,
  ReplicationController: replicas,
};

function replicas({ spec, status }: Workload): Numbers {
  const desired = spec?.replicas ?? 1;
  const there = status?.replicas ?? 0;
  return { desired, updated: Math.min(there, desired), available: status?.readyReplicas ?? 0, old: 0 };
}

/** Whether objects of the kind keep a number of pods alive. */
export function isController(kind: string): boolean {
  return kind in CONTROLLERS;
}

/** All replicas must run what was applied, and be ready: by the controller's own numbers, and by what the pods say. */
export function judgeController(root: Root, object: Workload, pods: readonly Pod[], context: PodContext): Verdict {
  const { kind, name } = root.ref;
  const numbers = CONTROLLERS[kind]?.(object);
  if (!numbers) return { kind: 'none' };
  const generation = object.metadata.generation ?? 0;
  const observed = object.status?.observedGeneration ?? 0;
  if (generation < root.generation || observed < generation) return pending('waiting for the cluster to take it up');
  const { desired, updated, available, old } = numbers;
  const what = `${kind} "${name}"`;
  const outdated = replacesNoPods(kind) ? outdatedPods(root, pods).length : 0;
  if (outdated > 0) return failedBy(`${what} keeps pods of an older version: delete them, or make it a Deployment`);
  const judged = currentPods(root, pods).map((pod) => ({ pod, health: podHealth(pod, context) }));
  const healths = judged.map(({ health }) => health);
  const readyPods = healths.filter((health) => health.kind === 'ready').length;
  // Pods that have ended as a whole (evicted ones) stay in the list after they were replaced.
  const bad = judged.find(({ health }) => isTrouble(health) && !(health.trouble.podFailed && readyPods >= desired));
  if (bad && isTrouble(bad.health)) {
    const { trouble, recheckAt } = bad.health;
    return {
      kind: 'failed',
      trouble: trouble.podFailed ? { ...trouble, mayHeal: true } : trouble,
      pod: bad.pod,
      recheckAt,
    };
  }
  const refused = condition(object, 'ReplicaFailure', 'True');
  if (refused) return failedBy(`${what} cannot create pods: ${refused.message ?? refused.reason ?? ''}`);
  const stuck = condition(object, 'Progressing', 'False');
  if (stuck?.reason === 'ProgressDeadlineExceeded')
    return failedBy(`${what} makes no progress: ${stuck.message ?? ''}`);
  const recheckAt = earliestRecheck(healths);
  const ready = context.seesPods ? Math.min(available, readyPods) : available;
  if (updated < desired && object.spec?.paused) return pending(`${what} is paused (spec.paused)`);
  if (updated < desired)
    return pending(waitingReason(healths, `${updated} of ${desired} replicas are updated`), recheckAt);
  if (ready < desired) {
    const many = `${ready} of ${desired} replicas are ready`;
    const why = waitingReason(healths, desired === 1 ? 'waiting for pod' : '');
    return pending([desired === 1 ? '' : many, why].filter(Boolean).join(': '), recheckAt);
  }
  if (old > 0) return pending(`${old} old ${old === 1 ? 'replica is' : 'replicas are'} still there`);
  return { kind: 'ready' };
}
