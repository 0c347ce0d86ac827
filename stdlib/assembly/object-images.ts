import { absentFieldOf } from '../kubernetes/absent-field.ts';
import { locatedImages } from '../model/image-locator.ts';
import {
  fullReference,
  type ImageReference,
  type ParsedImageReference,
  parseImageReference,
} from '../model/image-reference.ts';
import type { KubernetesObject } from '../model/kubernetes.ts';
import { imageReferences } from '../model/pod-spec.ts';
import type { ImageIndex } from './image-index.ts';
import type { KindRule } from './kind-rule.ts';

export type FoundImages =
  | { readonly ok: true; readonly references: readonly ImageReference[] }
  | { readonly ok: false; readonly message: string };

/** Finds images in objects; remembers what it has parsed, since objects share few references. */
export type ImageFinder = (object: KubernetesObject) => FoundImages;

export function imageFinder(index: ImageIndex, kinds: readonly KindRule[]): ImageFinder {
  const parsed = new Map<string, ParsedImageReference>();
  const located = kinds.filter(({ locators }) => locators.length > 0);
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
    const add = (reference: ImageReference) => references.set(fullReference(reference), reference);
    const inEnv: string[] = [];
    for (const { reference, place } of imageReferences(object)) {
      if (place === 'env') {
        inEnv.push(reference);
        continue;
      }
      const result = parse(reference);
      if (!result.ok) {
        const what = place === 'volume' ? 'parsing image volume reference' : 'parsing';
        return { ok: false, message: `${what} ${reference}: ${result.message}` };
      }
      add(result.value);
    }
    for (const { locators, matches } of located) {
      if (!matches(object)) continue;
      for (const locator of locators) {
        const found = locatedImages(object, locator, absentFieldOf(object));
        if (!found.ok) return found;
        for (const { reference } of found.images) add(reference);
      }
    }
    // Most variables hold no image, so only those count that name one that asks for it.
    for (const reference of someMatchInEnv ? inEnv : []) {
      const result = parse(reference);
      if (result.ok && index.find(result.value)?.declaration.matchInEnvVars) add(result.value);
    }
    return { ok: true, references: [...references.values()] };
  };
}
