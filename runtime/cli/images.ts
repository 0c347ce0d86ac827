import type { ImageBuilder } from '../engine/ports.ts';

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
