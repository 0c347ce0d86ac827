import path from 'node:path';
import type { IgnoreRule } from './ignore.ts';
import { type IgnoreMatcher, ignoreMatcher } from './ignore-pattern.ts';
import type { Image } from './image.ts';
import type { LiveUpdate, LiveUpdateRun } from './live-update.ts';
import { isWithin } from './path-within.ts';
import type { Resource } from './resource.ts';

/** The containers of one image that a resource deploys, and the live update for them. */
export interface LiveUpdateTarget {
  /** The image that the containers run. */
  readonly image: Image;
  readonly spec: LiveUpdate;
  /** The image itself and all that it is built on: files that belong to one of them come into the containers. */
  readonly sources: readonly Image[];
}

/** What a live update can do about a file. */
export type FileMatch = 'synced' | 'stops' | 'unmatched';

const targets = new WeakMap<Resource, readonly LiveUpdateTarget[]>();

/** The live updates of a resource. An image without one of its own takes that of the nearest image that it is built on. */
export function liveUpdateTargets(resource: Resource): readonly LiveUpdateTarget[] {
  if (resource.kind === 'local') return [];
  let found = targets.get(resource);
  if (found === undefined) {
    const { images, deployedImages = images.map(({ ref }) => ref) } = resource;
    found = images.flatMap((image): readonly LiveUpdateTarget[] => {
      // What nobody here builds is no image to put into objects, and runs all the same.
      if (!image.onlyLiveUpdate && !deployedImages.includes(image.ref)) return [];
      const sources = withBases(image, images);
      const spec = sources.find(({ liveUpdate }) => liveUpdate !== undefined)?.liveUpdate;
      return spec ? [{ image, spec, sources }] : [];
    });
    targets.set(resource, found);
  }
  return found;
}

/** The image first, then what it is built on, the nearest first. */
function withBases(image: Image, images: readonly Image[]): readonly Image[] {
  const found = [image];
  for (const one of found) {
    for (const ref of one.dependsOn) {
      const base = images.find((candidate) => candidate.ref === ref);
      if (base && !found.includes(base)) found.push(base);
    }
  }
  return found;
}

/** Whether a file is part of the target's image. */
export function isSourceOf({ sources }: LiveUpdateTarget, file: string): boolean {
  return sources.some((image) => isImageFile(image, file));
}

const ignores = new WeakMap<readonly IgnoreRule[], IgnoreMatcher>();

/** Whether a change of the file, an absolute path, has the image built again. */
export function isImageFile(image: Pick<Image, 'watchPaths' | 'ignores'>, file: string): boolean {
  if (!image.watchPaths.some((base) => isWithin(file, base))) return false;
  let matcher = ignores.get(image.ignores);
  if (matcher === undefined) {
    matcher = ignoreMatcher(image.ignores);
    ignores.set(image.ignores, matcher);
  }
  return !matcher.ignores(file);
}

export function matchFile(spec: LiveUpdate, file: string): FileMatch {
  if (spec.stopPaths.some((stop) => isWithin(file, absolute(spec, stop)))) return 'stops';
  return spec.syncs.some(({ localPath }) => isWithin(file, absolute(spec, localPath))) ? 'synced' : 'unmatched';
}

/**
 * Where a file goes in the container; `undefined` when no sync takes it. A file that is synced to a folder (`/app/`) keeps its name;
 * `isFolder` says what the source of a sync is.
 */
export function containerPathOf(
  spec: LiveUpdate,
  file: string,
  isFolder: (localPath: string) => boolean,
): string | undefined {
  for (const sync of spec.syncs) {
    const source = absolute(spec, sync.localPath);
    if (!isWithin(file, source)) continue;
    const isNamedAnew = sync.containerPath.endsWith('/') && file === source && !isFolder(source);
    const below = isNamedAnew ? path.basename(source) : path.relative(source, file).split(path.sep).join('/');
    return path.posix.join(sync.containerPath, below);
  }
  return undefined;
}

/** The commands that run after these files came into the container, in order. */
export function runsAfter(spec: LiveUpdate, files: readonly string[]): readonly LiveUpdateRun[] {
  return spec.runs.filter(
    ({ triggers }) =>
      triggers.length === 0 ||
      triggers.some((trigger) => files.some((file) => isWithin(file, absolute(spec, trigger)))),
  );
}

/** The local paths of all syncs, absolute. */
export function syncSources(spec: LiveUpdate): readonly string[] {
  return spec.syncs.map(({ localPath }) => absolute(spec, localPath));
}

function absolute({ basePath }: LiveUpdate, file: string): string {
  return path.resolve(basePath, file);
}
