import type { Pod } from '../clients/kubernetes/objects.ts';

/** The newest pod that is ready, else the newest that runs; `undefined` when none does. */
export function targetPod(pods: readonly Pod[]): Pod | undefined {
  const running = pods
    .filter((pod) => pod.status?.phase === 'Running' && pod.metadata.deletionTimestamp === undefined)
    .sort((a, b) => (a.metadata.creationTimestamp ?? '').localeCompare(b.metadata.creationTimestamp ?? ''));
  return running.filter(isReady).at(-1) ?? running.at(-1);
}

/** When the last of its containers started, in milliseconds since the epoch; infinite while one has not. */
export function runningSince(pod: Pod): number {
  const starts = (pod.status?.containerStatuses ?? []).map(({ state }) => Date.parse(state?.running?.startedAt ?? ''));
  return starts.length === 0 || starts.some(Number.isNaN) ? Number.POSITIVE_INFINITY : Math.max(...starts);
}

export function isReady(pod: Pod): boolean {
  return pod.status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ?? false;
}
