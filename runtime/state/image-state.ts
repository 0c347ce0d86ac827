import type { Graph } from '../../stdlib/model/graph.ts';
import type { Image } from '../../stdlib/model/image.ts';
import { isImageFile } from '../../stdlib/model/live-update-target.ts';
import type { Resource } from '../../stdlib/model/resource.ts';
import { sameData } from './same-data.ts';
import type { ImageState } from './state.ts';

type Images = ReadonlyMap<string, ImageState>;

/** The images of a resource to which one of the paths belongs, and those that are built on them, have to be built again. */
export function withStaleImages(images: Images, resource: Resource, paths: readonly string[]): Images {
  if (resource.kind === 'local') return images;
  const changed = new Set<string>();
  const next = new Map(images);
  // Each image comes after those that it depends on.
  for (const image of resource.images) {
    const touched = paths.some((path) => isImageFile(image, path));
    if (!touched && !image.dependsOn.some((ref) => changed.has(ref))) continue;
    changed.add(image.ref);
    next.set(image.ref, { ...(next.get(image.ref) ?? NEVER_BUILT), stale: true });
  }
  return changed.size === 0 ? images : next;
}

/** The state of the images of a new graph: what was built stays, if it is declared as before. */
export function imagesOf(resources: readonly Resource[], before: Graph | undefined, images: Images): Images {
  const old = declaredImages(before?.resources ?? []);
  const next = new Map<string, ImageState>();
  for (const image of declaredImages(resources).values()) {
    const state = images.get(image.ref) ?? NEVER_BUILT;
    const known = old.get(image.ref);
    const same = known !== undefined && sameData(buildInputs(known), buildInputs(image));
    const basesSame = image.dependsOn.every((ref) => next.get(ref)?.stale === false);
    next.set(image.ref, same && basesSame ? state : { ...state, stale: true });
  }
  return next;
}

/** An update begins to build these. */
export function withBuilding(images: Images, refs: readonly string[], resource: string): Images {
  if (refs.length === 0) return images;
  const next = new Map(images);
  for (const ref of refs) {
    next.set(ref, { built: images.get(ref)?.built, stale: false, building: resource });
  }
  return next;
}

/** An update ended that did not come to build these. */
export function withUnbuilt(images: Images, refs: readonly string[]): Images {
  if (refs.length === 0) return images;
  const next = new Map(images);
  for (const ref of refs) {
    const state = images.get(ref);
    if (state !== undefined) next.set(ref, { built: state.built, stale: true, building: undefined });
  }
  return next;
}

/** What decides how an image is built, without what is only watched. */
export function buildInputs(image: Image): unknown {
  const { watchPaths: _paths, ignores: _ignores, position: _position, timeoutMs: _limit, ...inputs } = image;
  return inputs;
}

const NEVER_BUILT: ImageState = { built: undefined, stale: true, building: undefined };

function declaredImages(resources: readonly Resource[]): ReadonlyMap<string, Image> {
  const images = new Map<string, Image>();
  for (const resource of resources) {
    if (resource.kind === 'local') continue;
    for (const image of resource.images) images.set(image.ref, image);
  }
  return images;
}
