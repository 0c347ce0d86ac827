import {
  familiarName,
  familiarReference,
  type ImageReference,
  parseImageReference,
  repositoryInRegistry,
  tagInRegistry,
  withTag,
} from '../../stdlib/model/image-reference.ts';
import type { ImageDestination } from '../engine/ports.ts';

/** All names of a built image. */
export interface ImageNames {
  /** In the engine: `example/web:tilt-0123456789abcdef`. */
  readonly localRef: string;
  /** What is pushed; `undefined` when nothing is. */
  readonly pushRef: string | undefined;
  /** What objects in the cluster say. */
  readonly clusterRef: string;
}

const TAG_DIGITS = 16;

/** The tag for an image id such as `sha256:0123…`: the same content has the same tag. */
export function contentTag(imageId: string): string {
  return `tilt-${imageId.replace(/^sha256:/, '').slice(0, TAG_DIGITS)}`;
}

export function imageNames(ref: ImageReference, imageId: string, destination: ImageDestination): ImageNames {
  return namesWithTag(ref, contentTag(imageId), destination);
}

/** The names of an image with a tag that is already known. */
export function namesWithTag(ref: ImageReference, tag: string, destination: ImageDestination): ImageNames {
  const localRef = familiarReference(withTag(ref, tag));
  switch (destination.kind) {
    case 'engine':
    case 'kind-load':
      return { localRef, pushRef: undefined, clusterRef: localRef };
    case 'own-name':
      return { localRef, pushRef: localRef, clusterRef: localRef };
    case 'registry': {
      const nameIn = (host: string): string => {
        const registry = { host, singleName: destination.singleName };
        return `${repositoryInRegistry(ref, registry)}:${tagInRegistry(ref, registry, tag)}`;
      };
      return { localRef, pushRef: nameIn(destination.pushHost), clusterRef: nameIn(destination.clusterHost) };
    }
  }
}

/** What `POST /images/…/tag` wants to know. */
export function splitTag(reference: string): { readonly repo: string; readonly tag: string } | undefined {
  const parsed = parseImageReference(reference);
  if (!parsed.ok) return undefined;
  return { repo: familiarName(parsed.value), tag: parsed.value.tag || 'latest' };
}
