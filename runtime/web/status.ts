import type { UiResource } from './wire.ts';

/** How a resource is doing, in one word. */
export type Health = 'error' | 'building' | 'pending' | 'ok' | 'idle' | 'disabled';

/** The order in which people want to see them. */
export const HEALTHS: readonly Health[] = ['error', 'building', 'pending', 'ok', 'idle', 'disabled'];

export function healthOf({ status }: UiResource): Health {
  if (status === undefined) return 'idle';
  if (isDisabled(status.disableStatus?.state)) return 'disabled';
  const { updateStatus = 'none', runtimeStatus = 'none' } = status;
  if (updateStatus === 'in_progress' || status.currentBuild?.startTime) return 'building';
  if (updateStatus === 'error' || runtimeStatus === 'error') return 'error';
  if (updateStatus === 'pending' || status.queued === true) return 'pending';
  if (
    updateStatus === 'none' &&
    (runtimeStatus === 'none' || runtimeStatus === 'not_applicable' || runtimeStatus === 'unknown')
  ) {
    return 'idle';
  }
  if (runtimeStatus === 'pending' || runtimeStatus === 'unknown') return 'pending';
  return 'ok';
}

function isDisabled(state: string | undefined): boolean {
  return state === 'Disabled';
}

export const HEALTH_WORDS: Readonly<Record<Health, string>> = {
  error: 'Error',
  building: 'Updating',
  pending: 'Pending',
  ok: 'Healthy',
  idle: 'Not started',
  disabled: 'Disabled',
};

/** What a resource does or waits for, in a few words. */
export function detailOf(resource: UiResource): string {
  const { status } = resource;
  if (status === undefined) return '';
  switch (healthOf(resource)) {
    case 'disabled':
      return 'Disabled';
    case 'building':
      return status.currentBuild?.causes?.join(' · ') || 'Updating';
    case 'error':
      return firstLine(status.buildHistory?.[0]?.error ?? '') || podWords(resource) || 'Failed';
    case 'pending':
      if (status.waiting !== undefined) return waitWords(resource);
      if (status.updateStatus === 'pending' || status.queued === true) return 'Update pending';
      return podWords(resource) || 'Starting';
    case 'ok':
      if (status.hasPendingChanges === true) return 'Has changes that wait for you to trigger them';
      return podWords(resource) || (status.runtimeStatus === 'not_applicable' ? 'Done' : 'Running');
    case 'idle':
      return (status.triggerMode ?? 0) > 1 ? 'Waits for you to start it' : 'Not started';
  }
}

function podWords({ status }: UiResource): string {
  const { podStatus, podStatusMessage, podRestarts = 0 } = status?.k8sResourceInfo ?? {};
  const words = [podStatus, podStatusMessage].filter(Boolean).join(': ');
  return podRestarts > 0 ? `${words} (restarted ${podRestarts === 1 ? 'once' : `${podRestarts} times`})` : words;
}

/** Why an update that is due has not started. */
export function waitWords({ status }: UiResource): string {
  const waiting = status?.waiting;
  if (waiting === undefined) return '';
  if (waiting.message) return waiting.message;
  const on = (waiting.on ?? []).map(({ name }) => name).join(', ');
  const words = WAIT_WORDS[waiting.reason] ?? waiting.reason.replaceAll('-', ' ');
  return on === '' ? words : `${words}: ${on}`;
}

const WAIT_WORDS: Readonly<Record<string, string>> = {
  'tiltfile-reload': 'waits for the Tiltfile',
  'waiting-for-dep': 'waits for',
  'waiting-for-local': 'waits for a command',
  'is-unparallelizable-local': 'waits until nothing else runs',
  'waiting-for-uncategorized': 'waits for objects without a workload',
  'building-component': 'waits for an image',
  'waiting-for-cluster': 'waits for the cluster',
  'waiting-for-slot': 'waits until fewer updates run',
};

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}
