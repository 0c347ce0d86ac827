import type { Condition, Pod, Workload } from '../clients/kubernetes/objects.ts';
import type { DeployedObject } from '../engine/ports.ts';
import type { PodHealth, Trouble } from './pod-trouble.ts';

/** One applied object, and what the cluster says about it now. */
export interface Root {
  readonly ref: DeployedObject;
  /** As last seen; `undefined` while it was not seen. */
  readonly object: Workload | Pod | undefined;
  /** When it was found to be no longer there, in milliseconds since the epoch by the cluster's clock. */
  readonly goneAt: number | undefined;
  /** The generation that the apply made; an object before that is an old sight of it. */
  readonly generation: number;
  /** Pods are expected of it although its kind is not a known one. */
  readonly makesPods: boolean;
  /** The cluster does not let it be read, so that only its pods can tell. */
  readonly isHidden: boolean;
}

/** How one applied object does. `none`: it is there, and that is all that can be said. */
export type Verdict =
  | { readonly kind: 'none' | 'ready' | 'succeeded' }
  | PendingVerdict
  | {
      readonly kind: 'failed';
      readonly trouble: Trouble;
      /** The pod that it is about. */
      readonly pod: Pod | undefined;
      readonly recheckAt?: number | undefined;
    };

export interface PendingVerdict {
  readonly kind: 'pending';
  readonly reason: string;
  readonly recheckAt?: number | undefined;
}

export type VerdictMode = 'ready' | 'succeeded' | 'job-ready';

// Whoever deletes an object may be about to make it anew.
const GONE_MS = 5_000;

export function pending(reason: string, recheckAt?: number): PendingVerdict {
  return { kind: 'pending', reason, recheckAt };
}

/** A failure that is not about a pod. */
export function failedBy(message: string, mayHeal = true): Verdict {
  const trouble = { message, container: '', lastWords: '', mayHeal, crashed: false, podFailed: false };
  return { kind: 'failed', trouble, pod: undefined };
}

/** Of an object that was deleted, by someone else than this program. */
export function judgeGone({ ref: { kind, name } }: Root, goneAt: number, now: number): Verdict {
  const end = goneAt + GONE_MS;
  return now < end
    ? pending(`${kind} "${name}" no longer exists`, end)
    : failedBy(`${kind} "${name}" was deleted in the cluster`, false);
}

export function condition(object: Workload, type: string, status: string): Condition | undefined {
  return object.status?.conditions?.find((item) => item.type === type && item.status === status);
}

export function isTrouble(health: PodHealth): health is PodHealth & { kind: 'trouble' } {
  return health.kind === 'trouble';
}

/** The first time at which one of them should be looked at again. */
export function earliestRecheck(healths: readonly PodHealth[]): number | undefined {
  const times = healths.flatMap((health) =>
    'recheckAt' in health && health.recheckAt !== undefined ? [health.recheckAt] : [],
  );
  return times.length === 0 ? undefined : Math.min(...times);
}

/** What the first pod that is not there yet waits for. */
export function waitingReason(healths: readonly PodHealth[], otherwise: string): string {
  const waiting = healths.find((health) => health.kind === 'pending');
  return waiting?.kind === 'pending' ? waiting.reason : otherwise;
}
