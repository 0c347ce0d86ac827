import type { ContainerStatus, Pod } from '../clients/kubernetes/objects.ts';

/** What kubectl shows in the column STATUS. */
export function podStatus(pod: Pod): string {
  if (pod.metadata.deletionTimestamp) return pod.status?.reason === 'NodeLost' ? 'Unknown' : 'Terminating';
  const conditions = pod.status?.conditions ?? [];
  const is = (type: string) => conditions.some((condition) => condition.type === type && condition.status === 'True');
  const starting = initStatus(pod);
  if (starting !== undefined && !is('Initialized')) return starting;
  const gated = conditions.some(({ type, reason }) => type === 'PodScheduled' && reason === 'SchedulingGated');
  let status = pod.status?.reason || (gated ? 'SchedulingGated' : pod.status?.phase) || 'Unknown';
  let running = false;
  for (const container of [...(pod.status?.containerStatuses ?? [])].reverse()) {
    status = endedOrWaiting(container) ?? status;
    if (container.ready && container.state?.running) running = true;
  }
  if (status === 'Completed' && running) return is('Ready') ? 'Running' : 'NotReady';
  return status;
}

function initStatus(pod: Pod): string | undefined {
  const specs = pod.spec?.initContainers ?? [];
  for (const [index, container] of (pod.status?.initContainerStatuses ?? []).entries()) {
    if (container.state?.terminated?.exitCode === 0) continue;
    const sidecar = specs.find(({ name }) => name === container.name)?.restartPolicy === 'Always';
    if (sidecar && container.started) continue;
    const reason = endedOrWaiting(container);
    return reason && reason !== 'PodInitializing' ? `Init:${reason}` : `Init:${index}/${specs.length}`;
  }
  return undefined;
}

function endedOrWaiting({ state }: ContainerStatus): string | undefined {
  if (state?.waiting?.reason) return state.waiting.reason;
  const ended = state?.terminated;
  if (!ended) return undefined;
  return ended.reason || (ended.signal ? `Signal:${ended.signal}` : `ExitCode:${ended.exitCode ?? 0}`);
}

/** Restarts of all containers. */
export function podRestarts(pod: Pod): number {
  const containers = [...(pod.status?.initContainerStatuses ?? []), ...(pod.status?.containerStatuses ?? [])];
  return containers.reduce((sum, container) => sum + (container.restartCount ?? 0), 0);
}
