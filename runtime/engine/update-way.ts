import path from 'node:path';
import {
  isImageFile,
  type LiveUpdateTarget,
  liveUpdateTargets,
  matchFile,
} from '../../stdlib/model/live-update-target.ts';
import type { Resource } from '../../stdlib/model/resource.ts';
import type { ResourceState } from '../state/state.ts';
import { shortPath } from './cause-text.ts';

/** How what is pending for a resource comes into force. */
export type UpdateWay =
  /** Files go into running containers. */
  | { readonly kind: 'live' }
  /** Its containers are to get the files, and none of them runs yet. */
  | { readonly kind: 'wait' }
  /** Images are built and deployed. `instead` says why there is no live update although one was declared; else empty. */
  | { readonly kind: 'whole'; readonly instead: string };

const WHOLE: UpdateWay = { kind: 'whole', instead: '' };

/** Decides how a resource that is due is to be updated. */
export function updateWay(row: ResourceState): UpdateWay {
  const { resource, pending, live } = row;
  const targets = liveUpdateTargets(resource);
  if (targets.length === 0 || pending === undefined || row.succeeded === undefined || live.gaveWay) return WHOLE;
  // Whoever asks for an update of what updates by itself wants a whole one.
  const isByHand = (kind: string) => kind === 'trigger' && !resource.trigger.onChange;
  const kinds = pending.causes.map(({ kind }) => kind);
  const isOnlyFiles = kinds.every((kind) => kind === 'files' || kind === 'containers' || isByHand(kind));
  if (!isOnlyFiles || kinds.every(isByHand)) return WHOLE;
  // What a whole update could not bring about, a live update cannot either.
  const { update } = row;
  if (update.kind !== 'succeeded' && !(update.kind === 'failed' && update.isLive)) return WHOLE;

  const files = pending.causes.flatMap((cause) => (cause.kind === 'files' ? cause.paths : []));
  const obstacle = obstacleFor(resource, targets, files);
  if (obstacle !== undefined) return { kind: 'whole', instead: obstacle };
  if (files.length > 0 && live.trouble !== '') return { kind: 'whole', instead: named(row, live.trouble) };
  if (live.containers.length > 0) return { kind: 'live' };
  // What is up without a container to be seen will not get one by waiting.
  const { kind } = row.runtime;
  const isOver = kind === 'failed' || (!live.hasRun && (kind === 'ready' || kind === 'succeeded'));
  if (isOver) return { kind: 'whole', instead: named(row, 'no container runs the image') };
  return { kind: 'wait' };
}

/** Why the files cannot go into containers; empty where that needs no words; `undefined` when they can. */
function obstacleFor(
  resource: Resource,
  targets: readonly LiveUpdateTarget[],
  files: readonly string[],
): string | undefined {
  const unmatched = new Map<LiveUpdateTarget, string[]>();
  const stopping = new Map<LiveUpdateTarget, string[]>();
  let isDeployed = false;
  for (const file of files) {
    const takers = targets.filter(({ sources }) => sources.some((image) => isImageFile(image, file)));
    const isForOthers = imagesWithout(resource, targets).some((image) => isImageFile(image, file));
    if (takers.length === 0 || isForOthers || isBuiltByCompose(resource, file)) isDeployed = true;
    for (const target of takers) {
      const match = matchFile(target.spec, file);
      if (match === 'synced') continue;
      const list = match === 'stops' ? stopping : unmatched;
      list.set(target, [...(list.get(target) ?? []), file]);
    }
  }
  for (const [target, stops] of stopping) {
    return `LiveUpdate "${resource.name}:${idOf(target)}" UpdateStopped: ${phrase(stops, target)} fall_back_on`;
  }
  for (const [target, others] of unmatched) {
    const list = `(files: [${others.map((file) => shortPath(file, target.spec.basePath)).join(' ')}])`;
    return `LiveUpdate "${resource.name}:${idOf(target)}" UpdateStopped: Found file(s) not matching any sync ${list}`;
  }
  return isDeployed ? '' : undefined;
}

function phrase(files: readonly string[], { spec }: LiveUpdateTarget): string {
  const names = files.map((file) => shortPath(file, spec.basePath)).join(' ');
  return files.length === 1 ? `File "${names}" matches` : `Files [${names}] match`;
}

/** The images of the resource that no live update brings into containers. */
function imagesWithout(resource: Resource, targets: readonly LiveUpdateTarget[]) {
  if (resource.kind === 'local') return [];
  return resource.images.filter((image) => !targets.some(({ sources }) => sources.includes(image)));
}

/** A file of an image that Compose itself builds. */
function isBuiltByCompose(resource: Resource, file: string): boolean {
  return resource.kind === 'compose' && isImageFile(resource, file);
}

function named({ resource }: ResourceState, why: string): string {
  const [target] = liveUpdateTargets(resource);
  return `LiveUpdate "${resource.name}:${target === undefined ? '' : idOf(target)}" UpdateStopped: ${why}`;
}

/** The name of an image as Tilt writes it in the names of its objects. */
function idOf({ image }: LiveUpdateTarget): string {
  return image.ref.replaceAll(path.posix.sep, '_');
}
