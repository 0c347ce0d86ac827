import type { Pod } from '../clients/kubernetes/objects.ts';
import { byAge } from './current-pods.ts';
import { podHealth } from './pod-health.ts';
import type { PodContext } from './pod-trouble.ts';
import { earliestRecheck, isTrouble, pending, type Verdict, type VerdictMode } from './verdict.ts';

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
  const recheckAt = earliestRecheck(healths);
  const waiting = healths.find((health) => health.kind === 'pending');
  if (waiting?.kind === 'pending') return pending(waiting.reason, recheckAt);
  if (healths.every((health) => health.kind === 'succeeded' || isTrouble(health))) return { kind: 'succeeded' };
  return mode === 'succeeded' ? pending('still running') : { kind: 'ready' };
}
