import type { Image } from './image.ts';
import { fullReference, parseImageReference, repositoryName } from './image-reference.ts';

/** What decides which references an image stands for. */
export type MatchedImage = Pick<Image, 'ref' | 'matchExact'>;

/**
 * Makes a function that answers the image which a reference means: the one of the same repository, whatever the tag, or, for
 * images that are matched exactly, the one with the very same tag. What is no reference means none.
 */
export function imageMatcher<I extends MatchedImage>(images: readonly I[]): (reference: string) => I | undefined {
  const byRepository = new Map<string, { readonly image: I; readonly full: string }[]>();
  for (const image of images) {
    const parsed = parseImageReference(image.ref);
    if (!parsed.ok) continue;
    const repository = repositoryName(parsed.value);
    const entry = { image, full: fullReference(parsed.value) };
    byRepository.set(repository, [...(byRepository.get(repository) ?? []), entry]);
  }
  return (reference) => {
    const parsed = parseImageReference(reference);
    if (!parsed.ok) return undefined;
    const full = fullReference(parsed.value);
    const candidates = byRepository.get(repositoryName(parsed.value));
    return candidates?.find((candidate) => !candidate.image.matchExact || candidate.full === full)?.image;
  };
}
