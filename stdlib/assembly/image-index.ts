import type { ImageDeclaration } from '../declarations.ts';
import { dockerfileImages, hasInstructions } from '../model/dockerfile-images.ts';
import {
  familiarReference,
  fullReference,
  type ImageReference,
  parseImageReference,
  repositoryName,
} from '../model/image-reference.ts';
import { shellArgv } from '../schema/command-types.ts';
import type { AssemblyFailure } from './failure.ts';

/** An image that the Tiltfile builds, ready to be matched with references. */
export interface IndexedImage {
  readonly declaration: ImageDeclaration;
  /** Familiar form, with the tag if it was given. */
  readonly ref: string;
  readonly reference: ImageReference;
  readonly matchExact: boolean;
  /** Images of the index that must be built before it, in order, each once. */
  readonly dependsOn: IndexedImage[];
}

/** All images of a Tiltfile by repository, in the order of their declarations. */
export interface ImageIndex {
  readonly images: readonly IndexedImage[];
  /** The image that a reference means, if it is built here. */
  find(reference: ImageReference): IndexedImage | undefined;
}

/** An image given with a tag is meant by that tag alone, and so are all of a repository that has several. */
export function indexImages(declarations: readonly ImageDeclaration[], failures: AssemblyFailure[]): ImageIndex {
  const byRepository = new Map<string, IndexedImage[]>();
  const images: IndexedImage[] = [];
  const parsed = declarations.map((declaration) => ({ declaration, parsed: parseImageReference(declaration.ref) }));
  const counts = new Map<string, number>();
  for (const { parsed: one } of parsed) {
    if (one.ok) counts.set(repositoryName(one.value), (counts.get(repositoryName(one.value)) ?? 0) + 1);
  }
  for (const { declaration, parsed: one } of parsed) {
    if (!one.ok) {
      failures.push({
        message: `Argument 1 (ref): can't parse "${declaration.ref}": ${one.message}`,
        position: declaration.position,
      });
      continue;
    }
    const repository = repositoryName(one.value);
    const matchExact = one.value.tag !== '' || (counts.get(repository) ?? 0) > 1;
    const image: IndexedImage = {
      declaration,
      ref: familiarReference(one.value),
      reference: one.value,
      matchExact,
      dependsOn: [],
    };
    images.push(image);
    byRepository.set(repository, [...(byRepository.get(repository) ?? []), image]);
  }
  const index: ImageIndex = {
    images,
    find: (reference) =>
      byRepository
        .get(repositoryName(reference))
        ?.find((image) => !image.matchExact || fullReference(image.reference) === fullReference(reference)),
  };
  for (const image of images) connectToBases(image, index, failures);
  return index;
}

function connectToBases(image: IndexedImage, index: ImageIndex, failures: AssemblyFailure[]): void {
  const { declaration } = image;
  if (declaration.kind === 'command') {
    for (const dep of declaration.imageDeps) {
      const parsed = parseImageReference(dep);
      const base = parsed.ok ? index.find(parsed.value) : undefined;
      if (base) {
        connect(image, base);
        continue;
      }
      const name = parsed.ok ? familiarReference(parsed.value) : dep;
      const message = `image "${image.ref}": image dep "${name}" not found`;
      failures.push({ message, position: declaration.position });
    }
    return;
  }
  const { dockerfile, buildArgs, position } = declaration;
  if (dockerfile === '') return;
  if (!hasInstructions(dockerfile)) {
    failures.push({
      message: `The Dockerfile of image "${image.ref}" has no instructions. Begin it with FROM.`,
      position,
    });
    return;
  }
  for (const { reference, instruction, isStage } of dockerfileImages(dockerfile, buildArgs)) {
    // Tilt, which knows no mounts, takes a stage that is copied from for the image of its name.
    if (isStage && instruction === 'RUN') continue;
    const parsed = parseImageReference(reference);
    const base = parsed.ok ? index.find(parsed.value) : undefined;
    if (base) connect(image, base);
  }
}

function connect(image: IndexedImage, base: IndexedImage): void {
  if (!image.dependsOn.includes(base)) image.dependsOn.push(base);
}

/** Whether an image stands only for containers that run it: a build that does nothing, and a live update. */
export function isOnlyLiveUpdate({ declaration }: IndexedImage): boolean {
  if (declaration.kind !== 'command' || !declaration.liveUpdate) return false;
  const nothing = shellArgv(':');
  const { argv } = declaration.command;
  return argv.length === nothing.length && argv.every((word, place) => word === nothing[place]);
}

export type ImageChain =
  | { readonly ok: true; readonly images: readonly IndexedImage[] }
  | { readonly ok: false; readonly cycle: readonly IndexedImage[] };

/** The images and all that they are built on, each after its bases. */
export function withBases(wanted: readonly IndexedImage[]): ImageChain {
  const done = new Set<IndexedImage>();
  const path: IndexedImage[] = [];
  const visit = (image: IndexedImage): readonly IndexedImage[] | undefined => {
    if (done.has(image)) return undefined;
    const start = path.indexOf(image);
    if (start >= 0) return [...path.slice(start), image];
    path.push(image);
    for (const base of image.dependsOn) {
      const cycle = visit(base);
      if (cycle) return cycle;
    }
    path.pop();
    done.add(image);
    return undefined;
  };
  for (const image of wanted) {
    const cycle = visit(image);
    if (cycle) return { ok: false, cycle };
  }
  return { ok: true, images: [...done] };
}
