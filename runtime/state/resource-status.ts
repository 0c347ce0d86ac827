import type { Image } from '../../stdlib/model/image.ts';
import type { Resource } from '../../stdlib/model/resource.ts';
import type { Pending } from './cause.ts';
import type { ImageState, ResourceState } from './state.ts';

// What follows from the state of one resource.

/** How far a resource is, whatever the limits on time say. */
export type Standing =
  /** Nobody asked it to run. */
  | 'idle'
  /** Its update is due or runs. */
  | 'updating'
  /** It is up to date and has yet to become ready. */
  | 'awaiting'
  | 'ok'
  | 'failed';

/** Whether it leaves something running that can be ready or not. */
export function hasRuntime(resource: Resource): boolean {
  switch (resource.kind) {
    case 'local':
      return resource.serve !== undefined;
    case 'kubernetes':
      return resource.podReadiness !== 'ignore';
    case 'compose':
      return true;
  }
}

/** Whether what is pending should start by itself, and does not just wait for somebody to trigger it. */
export function isDue(resource: Resource, pending: Pending | undefined): boolean {
  if (pending === undefined) return false;
  if (resource.trigger.onChange) return true;
  return pending.causes.some((cause) => cause.kind !== 'files' && cause.kind !== 'config');
}

/**
 * Whether what depends on it may start: it was ready once, and its forwarded ports are open (or will not be), because
 * that is how its dependants reach it.
 */
export function isUsable(row: ResourceState | undefined): boolean {
  if (row?.everReady !== true) return false;
  if (row.resource.kind !== 'kubernetes' || (row.runtime.kind !== 'ready' && row.runtime.kind !== 'pending'))
    return true;
  const hasPod = row.runtime.report !== undefined && row.runtime.report.podName !== '';
  return !hasPod || row.resource.portForwards.every((_, index) => row.forwards[index] !== undefined);
}

/** Whether it is well now, but not at its first try. */
export function isFlaky(row: ResourceState): boolean {
  return row.failedAttempts.length > 0 && standing(row) === 'ok';
}

/** The same, but what it was once does not count: it is up to date and ready. */
export function isUsableNow(row: ResourceState | undefined): boolean {
  return row !== undefined && isUsable(row) && standing(row) === 'ok';
}

export function standing(row: ResourceState): Standing {
  if (row.update.kind === 'running' || isDue(row.resource, row.pending)) return 'updating';
  switch (row.update.kind) {
    case 'none':
      return 'idle';
    case 'failed':
      return 'failed';
    case 'cancelled':
      return 'updating';
    case 'succeeded':
      return runtimeStanding(row);
  }
}

function runtimeStanding(row: ResourceState): Standing {
  switch (row.runtime.kind) {
    case 'none':
      return hasRuntime(row.resource) ? 'awaiting' : 'ok';
    case 'pending':
      return 'awaiting';
    case 'ready':
    case 'succeeded':
      return 'ok';
    case 'failed':
      return 'failed';
  }
}

/** Bit numbers of the marks that the table of resources keeps. */
export const Mark = { due: 0, running: 1, unfinished: 2, awaiting: 3, failed: 4, portless: 5 } as const;
export const MARK_COUNT = 6;

export function marksOf(row: ResourceState): number {
  // A port of it could not be opened.
  let marks = row.forwards.some((forward) => forward?.kind === 'failed') ? 1 << Mark.portless : 0;
  if (row.update.kind === 'running') marks |= 1 << Mark.running;
  else if (isDue(row.resource, row.pending)) marks |= 1 << Mark.due;
  switch (standing(row)) {
    case 'updating':
      return marks | (1 << Mark.unfinished);
    case 'awaiting':
      return marks | (1 << Mark.unfinished) | (1 << Mark.awaiting);
    case 'failed':
      return marks | (1 << Mark.failed);
    case 'idle':
    case 'ok':
      return marks;
  }
}

/** The images that its next update has to build, each after those that it depends on. A trigger builds all of them. */
export function imagesToBuild(row: ResourceState, images: ReadonlyMap<string, ImageState>): readonly Image[] {
  if (row.resource.kind === 'local') return [];
  const all = row.pending?.causes.some((cause) => cause.kind === 'trigger') ?? false;
  return row.resource.images.filter((image) => all || (images.get(image.ref)?.stale ?? true));
}
