import path from 'node:path';
import type { ComposeServiceDeclaration } from '../declarations.ts';
import type { ComposeBuild } from '../model/compose.ts';
import { familiarReference, fullReference, type ImageReference, repositoryName } from '../model/image-reference.ts';
import type { ImageIndex } from './image-index.ts';

/** The images that Compose builds, by what they are called: services that name the same one share the first one's build. */
export class ComposeBuilds {
  readonly #builds: { readonly reference: ImageReference; readonly build: ComposeBuild }[] = [];
  /** Repositories of which images are built here already: further ones are told apart by their tags. */
  readonly #repositories: Set<string>;

  constructor(index: ImageIndex) {
    this.#repositories = new Set(index.images.map(({ reference }) => repositoryName(reference)));
  }

  /** The build of the image that a service runs; `undefined` where nobody builds it. */
  buildFor({ service, build, mounts }: ComposeServiceDeclaration, reference: ImageReference): ComposeBuild | undefined {
    const known = this.#builds.find(({ reference: built, build: { matchExact } }) =>
      matchExact
        ? fullReference(built) === fullReference(reference)
        : repositoryName(built) === repositoryName(reference),
    );
    if (known) return known.build;
    if (build === undefined) return undefined;
    // Anything else is an address that only Compose can get at.
    const context = path.isAbsolute(build.context) ? build.context : '';
    const made: ComposeBuild = {
      ref: familiarReference(reference),
      matchExact: reference.tag !== '' || this.#repositories.has(repositoryName(reference)),
      service,
      context,
      dockerfile: context === '' ? build.dockerfile : path.resolve(context, build.dockerfile),
      mounts,
    };
    this.#builds.push({ reference, build: made });
    this.#repositories.add(repositoryName(reference));
    return made;
  }
}
