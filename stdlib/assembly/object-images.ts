import {
  fullReference,
  type ImageReference,
  type ParsedImageReference,
  parseImageReference,
} from '../model/image-reference.ts';
import type { KubernetesObject } from '../model/kubernetes.ts';
import { imageReferences } from '../model/pod-spec.ts';
import type { ImageIndex } from './image-index.ts';

export type FoundImages =
  | { readonly ok: true; readonly references: readonly ImageReference[] }
  | { readonly ok: false; readonly message: string };

/** Finds images in objects; remembers what it has parsed, since objects share few references. */
export type ImageFinder = (object: KubernetesObject) => FoundImages;

export function imageFinder(index: ImageIndex): ImageFinder {
  const parsed = new Map<string, ParsedImageReference>();
  const someMatchInEnv = index.images.some((image) => image.declaration.matchInEnvVars);
  const parse = (text: string): ParsedImageReference => {
    const known = parsed.get(text);
    if (known) return known;
    const result = parseImageReference(text);
    parsed.set(text, result);
    return result;
  };
  return (object) => {
    const references = new Map<string, ImageReference>();
    for (const { reference, place } of imageReferences(object)) {
      if (place === 'env' && !someMatchInEnv) continue;
      const result = parse(reference);
      // Most variables hold no image, so only those count that name one that asks for it.
      if (place === 'env' && !(result.ok && index.find(result.value)?.declaration.matchInEnvVars)) continue;
      if (!result.ok) {
        const what = place === 'volume' ? 'parsing image volume reference' : 'parsing';
        return { ok: false, message: `${what} ${reference}: ${result.message}` };
      }
      references.set(fullReference(result.value), result.value);
    }
    return { ok: true, references: [...references.values()] };
  };
}
