import type { ClusterEvent } from '../clients/kubernetes/objects.ts';

const TOLD = new Set(['Pulling', 'Pulled', 'TriggeredScaleUp']);

/** Warnings, new nodes, and the images that are pulled: the rest of the events says what the state says better. */
export function isTelling({ type, reason = '' }: ClusterEvent): boolean {
  return type !== 'Normal' || TOLD.has(reason);
}

/** Milliseconds since the epoch of the last time that it happened. */
export function eventTime(event: ClusterEvent): number {
  const text =
    event.series?.lastObservedTime ?? event.lastTimestamp ?? event.eventTime ?? event.metadata.creationTimestamp;
  const time = Date.parse(text ?? '');
  return Number.isNaN(time) ? 0 : time;
}

/** `[event: pod default/web-abc] Back-off restarting failed container`. */
export function eventLine({ involvedObject, message = '' }: ClusterEvent): string {
  const { kind = '', namespace = '', name = '' } = involvedObject;
  return `[event: ${kind.toLowerCase()} ${namespace === '' ? name : `${namespace}/${name}`}] ${message.trim()}`;
}

/** What the registry said, of an event that says that an image could not be pulled. */
export function pullErrorOf({ reason, message = '' }: ClusterEvent): string {
  return reason === 'Failed' && message.startsWith('Failed to pull image') ? message.trim() : '';
}
