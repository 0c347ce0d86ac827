import type { Build, UiResource } from './wire.ts';

/** How a resource is doing, in one word. */
export type Health = 'error' | 'building' | 'pending' | 'ok' | 'idle' | 'disabled';

/** The order in which people want to see them. */
export const HEALTHS: readonly Health[] = ['error', 'building', 'pending', 'ok', 'idle', 'disabled'];

export function healthOf({ status }: UiResource): Health {
  if (status === undefined) return 'idle';
  if (status.disableStatus?.state === 'Disabled') return 'disabled';
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
      return causeWords(status.currentBuild) || 'Updating';
    case 'error':
      return reasonFirst(firstLine(errorOf(resource))) || 'Failed';
    case 'pending':
      if (status.waiting !== undefined) return waitWords(resource);
      if (status.updateStatus === 'pending' || status.queued === true) return 'Update pending';
      return podWords(resource) || readyMessage(resource) || 'Starting';
    case 'ok':
      if (status.hasPendingChanges === true) return 'Has changes that wait for you to take them over';
      return podWords(resource) || (status.runtimeStatus === 'not_applicable' ? 'Done' : 'Running');
    case 'idle':
      return (status.triggerMode ?? 0) > 1 ? 'Waits for you to start it' : 'Not started';
  }
}

/** What is wrong, in full; empty when nothing is. */
export function errorOf(resource: UiResource): string {
  const { status } = resource;
  if (healthOf(resource) !== 'error' || status === undefined) return '';
  const built = status.updateStatus === 'error' ? (status.buildHistory?.[0]?.error ?? '') : '';
  return built || readyMessage(resource) || podWords(resource) || status.buildHistory?.[0]?.error || '';
}

/** Long commands would stand before why they failed, where only the beginning is seen. */
function reasonFirst(error: string): string {
  return error.replace(/^Command "(.*)" failed: (.*)$/, 'Failed with $2: $1');
}

/** Why an update ran, in words. */
export function causeWords(build: Build | undefined): string {
  return (build?.causes ?? []).join(' · ');
}

function podWords({ status }: UiResource): string {
  const { podStatus, podStatusMessage, podRestarts = 0 } = status?.k8sResourceInfo ?? {};
  const words = [podStatus, podStatusMessage].filter(Boolean).join(': ');
  return podRestarts > 0 ? `${words} (restarted ${podRestarts === 1 ? 'once' : `${podRestarts} times`})` : words;
}

function readyMessage({ status }: UiResource): string {
  return status?.conditions?.find(({ type }) => type === 'Ready')?.message ?? '';
}

/** Why an update that is due has not started. */
export function waitWords({ status }: UiResource): string {
  const waiting = status?.waiting;
  if (waiting === undefined) return '';
  if (waiting.message) return capital(waiting.message);
  const on = (waiting.on ?? []).map(({ name }) => name).join(', ');
  const { reason = '' } = waiting;
  const words = WAIT_WORDS[reason] ?? capital(reason.replaceAll('-', ' '));
  return on === '' ? words : `${words} ${on}`;
}

/** As Tilt's snapshots say it, which have no words. */
const WAIT_WORDS: Readonly<Record<string, string>> = {
  'tiltfile-reload': 'Waits for the Tiltfile',
  'waiting-for-dep': 'Waits for',
  'waiting-for-local': 'Waits for the local command of',
  'is-unparallelizable-local': 'Waits until nothing else runs',
  'waiting-for-uncategorized': 'Waits for the objects without a workload',
  'building-component': 'Waits for the build of',
  'waiting-for-cluster': 'Waits for the cluster',
  'waiting-for-slot': 'Waits for other updates to end',
};

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}
