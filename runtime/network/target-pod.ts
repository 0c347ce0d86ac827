import type { Pod } from '../clients/kubernetes/objects.ts';

/** The newest pod that is ready, else the newest that runs; `undefined` when none does. */
export function targetPod(pods: readonly Pod[]): Pod | undefined {
  const running = pods
    .filter((pod) => pod.status?.phase === 'Running' && pod.metadata.deletionTimestamp === undefined)
    .sort((a, b) => (a.metadata.creationTimestamp ?? '').localeCompare(b.metadata.creationTimestamp ?? ''));
  return running.filter(isReady).at(-1) ?? running.at(-1);
}

export function isReady(pod: Pod): boolean {
  return pod.status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ?? false;
}
