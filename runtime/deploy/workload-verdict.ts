import type { Condition, Pod, Workload } from '../clients/kubernetes/objects.ts';
import type { DeployedObject } from '../engine/ports.ts';
import { type PodContext, type PodHealth, podHealth, type Trouble } from './pod-health.ts';
import { TEMPLATE_HASH } from './template-hash.ts';

/** One applied object, and what the cluster says about it now. */
export interface Root {
  readonly ref: DeployedObject;
  /** As last seen; `undefined` while it was not seen. */
  readonly object: Workload | Pod | undefined;
  /** It was seen and is no longer there. */
  readonly gone: boolean;
  /** The generation that the apply made; an object before that is an old sight of it. */
  readonly generation: number;
  /** Pods are expected of it although its kind is not a known one. */
  readonly makesPods: boolean;
}

/** How one applied object does. `none`: it is there, and that is all that can be said. */
export type Verdict =
  | { readonly kind: 'none' | 'ready' | 'succeeded' }
  | { readonly kind: 'pending'; readonly reason: string; readonly recheckAt?: number | undefined }
  | {
      readonly kind: 'failed';
      readonly trouble: Trouble;
      /** The pod that it is about. */
      readonly pod: Pod | undefined;
      readonly recheckAt?: number | undefined;
    };

export type VerdictMode = 'ready' | 'succeeded' | 'job-ready';

/** Judges an object by its own status first, and by its pods where that does not tell enough. */
export function judge(root: Root, pods: readonly Pod[], mode: VerdictMode, context: PodContext): Verdict {
  const { kind, name } = root.ref;
  const controller = CONTROLLERS[kind];
  if (!controller && kind !== 'Pod' && kind !== 'Job') {
    if (pods.length === 0) return root.makesPods ? pending('waiting for pod') : { kind: 'none' };
    return judgePods(pods, mode, context);
  }
  const object = root.object;
  if (kind === 'Job') return judgeJob(root, object as Workload | undefined, pods, mode, context);
  if (!object) return pending(`waiting for ${kind} "${name}"`);
  if (root.gone) return pending(`${kind} "${name}" no longer exists`);
  if (!controller) return judgePods([object as Pod], mode, context);
  if (mode === 'succeeded') return pods.length === 0 ? pending('waiting for pod') : judgePods(pods, mode, context);
  return judgeController(root, object as Workload, controller(object as Workload), currentPods(object, pods), context);
}

/** Pods made from the applied version of the template. */
export function currentPods(object: Workload | Pod | undefined, pods: readonly Pod[]): readonly Pod[] {
  const template = (object as Workload | undefined)?.spec?.template;
  const hash = template?.metadata?.labels?.[TEMPLATE_HASH];
  return hash === undefined ? pods : pods.filter((pod) => pod.metadata.labels?.[TEMPLATE_HASH] === hash);
}

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
  DaemonSet({ status }) {
    const desired = status?.desiredNumberScheduled ?? 0;
    return { desired, updated: status?.updatedNumberScheduled ?? 0, available: status?.numberAvailable ?? 0, old: 0 };
  },
  ReplicaSet: replicas,
  ReplicationController: replicas,
};

function replicas({ spec, status }: Workload): Numbers {
  const desired = spec?.replicas ?? 1;
  const there = status?.replicas ?? 0;
  return { desired, updated: Math.min(there, desired), available: status?.readyReplicas ?? 0, old: 0 };
}

function judgeController(
  root: Root,
  object: Workload,
  numbers: Numbers,
  pods: readonly Pod[],
  context: PodContext,
): Verdict {
  const generation = object.metadata.generation ?? 0;
  const observed = object.status?.observedGeneration ?? 0;
  if (generation < root.generation || observed < generation) return pending('waiting for the cluster to take it up');
  const { desired, updated, available, old } = numbers;
  const healths = pods.map((pod) => ({ pod, health: podHealth(pod, context) }));
  const readyPods = healths.filter(({ health }) => health.kind === 'ready').length;
  // Pods that have ended as a whole (evicted ones) stay in the list after they were replaced.
  const bad = healths.filter(({ health }) => isTrouble(health) && !(health.trouble.podFailed && readyPods >= desired));
  const [first] = bad;
  if (first && isTrouble(first.health)) {
    const { trouble, recheckAt } = first.health;
    return {
      kind: 'failed',
      trouble: trouble.podFailed ? { ...trouble, mayHeal: true } : trouble,
      pod: first.pod,
      recheckAt,
    };
  }
  const what = `${root.ref.kind} "${root.ref.name}"`;
  const refused = condition(object, 'ReplicaFailure', 'True');
  if (refused) return failedBy(`${what} cannot create pods: ${refused.message ?? refused.reason ?? ''}`);
  const stuck = condition(object, 'Progressing', 'False');
  if (stuck?.reason === 'ProgressDeadlineExceeded')
    return failedBy(`${what} makes no progress: ${stuck.message ?? ''}`);
  const recheckAt = earliest(healths.map(({ health }) => health));
  const ready = Math.min(available, readyPods);
  if (updated < desired)
    return pending(waitingReason(healths, `${updated} of ${desired} replicas are updated`), recheckAt);
  if (ready < desired)
    return pending(
      desired === 1 ? waitingReason(healths, 'waiting for pod') : `${ready} of ${desired} replicas are ready`,
      recheckAt,
    );
  if (old > 0) return pending(`${old} old ${old === 1 ? 'replica is' : 'replicas are'} still there`);
  return { kind: 'ready' };
}

function waitingReason(healths: readonly { readonly health: PodHealth }[], otherwise: string): string {
  const waiting = healths.map(({ health }) => health).find((health) => health.kind === 'pending');
  return waiting?.kind === 'pending' ? waiting.reason : otherwise;
}

/** A Job retries by itself: only its own conditions say that it has failed. */
function judgeJob(
  root: Root,
  job: Workload | undefined,
  pods: readonly Pod[],
  mode: VerdictMode,
  context: PodContext,
): Verdict {
  if (!job) return pending(`waiting for Job "${root.ref.name}"`);
  if (condition(job, 'Complete', 'True')) return { kind: 'succeeded' };
  const failed = condition(job, 'Failed', 'True');
  if (failed) return jobFailure(root, failed, pods);
  if (root.gone) return pending(`Job "${root.ref.name}" no longer exists`);
  if (job.spec?.suspend) return pending('the Job is suspended');
  if (mode === 'job-ready') return pods.length === 0 ? pending('waiting for pod') : judgePods(pods, 'ready', context);
  const healths = pods.map((pod) => ({ pod, health: podHealth(pod, context) }));
  const stuck = healths.find(({ health }) => isTrouble(health) && !health.trouble.crashed && !health.trouble.podFailed);
  if (stuck && isTrouble(stuck.health)) return { kind: 'failed', trouble: stuck.health.trouble, pod: stuck.pod };
  const restarting = healths.find(({ health }) => isTrouble(health) && !health.trouble.podFailed);
  if (restarting && isTrouble(restarting.health))
    return pending(`the Job tries again: ${restarting.health.trouble.message}`);
  const tries = job.status?.failed ?? 0;
  if (tries > 0) return pending(`${tries} of ${(job.spec?.backoffLimit ?? 6) + 1} tries failed`);
  const completions = job.spec?.completions ?? 1;
  if (completions > 1) return pending(`${job.status?.succeeded ?? 0} of ${completions} pods have completed`);
  return pending(
    healths.some(({ health }) => health.kind === 'ready')
      ? 'the Job is running'
      : waitingReason(healths, 'waiting for pod'),
  );
}

function jobFailure(root: Root, { reason, message }: Condition, pods: readonly Pod[]): Verdict {
  const newest = [...pods].sort(byAge).reverse();
  const ended = newest.find((pod) => crashOf(pod) !== undefined);
  const crash = ended && crashOf(ended);
  const why = [reason, message].filter(Boolean).join(': ');
  const words = `Job "${root.ref.name}" failed${why === '' ? '' : ` (${why})`}`;
  const plain = { container: '', lastWords: '', mayHeal: false, crashed: false, podFailed: false };
  const trouble = crash
    ? { ...crash, message: `${words}: ${crash.message}`, mayHeal: false }
    : { ...plain, message: words };
  return { kind: 'failed', trouble, pod: ended };
}

function crashOf(pod: Pod): Trouble | undefined {
  // A pod whose Job has given up is taken away; how it ended still counts.
  const { deletionTimestamp: _, ...metadata } = pod.metadata;
  const health = podHealth({ ...pod, metadata }, { now: 0, pullError: () => '', isAlive: () => undefined });
  return isTrouble(health) && health.trouble.crashed ? health.trouble : undefined;
}

/** All of them together, without anything that says how many there should be. */
export function judgePods(pods: readonly Pod[], mode: VerdictMode, context: PodContext): Verdict {
  const staying = pods
    .map((pod) => ({ pod, health: podHealth(pod, context) }))
    .filter(({ health }) => health.kind !== 'leaving');
  if (staying.length === 0) return pending('waiting for pod');
  const newest = [...staying].sort((a, b) => byAge(a.pod, b.pod)).at(-1);
  // A pod that has ended and was replaced says nothing.
  const bad = staying.find(
    ({ pod, health }) => isTrouble(health) && !(health.trouble.podFailed && pod !== newest?.pod),
  );
  if (bad && isTrouble(bad.health))
    return { kind: 'failed', trouble: bad.health.trouble, pod: bad.pod, recheckAt: bad.health.recheckAt };
  const healths = staying.map(({ health }) => health);
  const recheckAt = earliest(healths);
  const waiting = healths.find((health) => health.kind === 'pending');
  if (waiting?.kind === 'pending') return pending(waiting.reason, recheckAt);
  if (healths.every((health) => health.kind === 'succeeded' || isTrouble(health))) return { kind: 'succeeded' };
  return mode === 'succeeded' ? pending('still running') : { kind: 'ready' };
}

function isTrouble(health: PodHealth): health is PodHealth & { kind: 'trouble' } {
  return health.kind === 'trouble';
}

function earliest(healths: readonly PodHealth[]): number | undefined {
  const times = healths.flatMap((health) =>
    'recheckAt' in health && health.recheckAt !== undefined ? [health.recheckAt] : [],
  );
  return times.length === 0 ? undefined : Math.min(...times);
}

function condition(object: Workload, type: string, status: string): Condition | undefined {
  return object.status?.conditions?.find((item) => item.type === type && item.status === status);
}

function pending(reason: string, recheckAt?: number): Verdict {
  return { kind: 'pending', reason, recheckAt };
}

function failedBy(message: string): Verdict {
  const trouble = { message, container: '', lastWords: '', mayHeal: true, crashed: false, podFailed: false };
  return { kind: 'failed', trouble, pod: undefined };
}

/** Oldest first. */
export function byAge(a: Pod, b: Pod): number {
  const times = (a.metadata.creationTimestamp ?? '').localeCompare(b.metadata.creationTimestamp ?? '');
  return times || Number(a.metadata.resourceVersion) - Number(b.metadata.resourceVersion);
}
