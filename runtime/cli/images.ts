import type { ImageBuilder, ImagePruner } from '../engine/ports.ts';

/** Builds images; what that needs is loaded with the first build. */
export function createImages(): ImageBuilder {
  let builder: Promise<ImageBuilder> | undefined;
  return {
    async build(request, output, steps, signal) {
      builder ??= import('../images/image-builder.ts').then(({ createImageBuilder }) => createImageBuilder({}));
      return (await builder).build(request, output, steps, signal);
    },
  };
}

/** Removes old images; what that needs is loaded with the first round. */
export function createPruner(): ImagePruner {
  let pruner: Promise<ImagePruner> | undefined;
  return {
    async prune(request, output, signal) {
      pruner ??= import('../images/image-pruner.ts').then(({ createImagePruner }) => createImagePruner());
      return (await pruner).prune(request, output, signal);
    },
  };
}
