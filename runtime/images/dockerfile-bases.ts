import { replaceDockerfileImages } from '../../stdlib/model/dockerfile-images.ts';
import { fullReference, parseImageReference, repositoryName } from '../../stdlib/model/image-reference.ts';

/** A built image that takes the place of a base. */
export interface BuiltBase {
  /** As the graph names it: `example/base`. */
  readonly ref: string;
  /** What to write instead: `example/base:tilt-0123456789abcdef`. */
  readonly localRef: string;
}

/** Puts built images in the place of the ones that FROM, `COPY --from` and `RUN --mount` name. Names of stages are no images. */
export function replaceBases(
  dockerfile: string,
  buildArgs: Readonly<Record<string, string>>,
  bases: readonly BuiltBase[],
): string {
  if (bases.length === 0) return dockerfile;
  return replaceDockerfileImages(dockerfile, buildArgs, ({ reference, isStage }) =>
    isStage ? undefined : findBase(reference, bases)?.localRef,
  );
}

function findBase(reference: string, bases: readonly BuiltBase[]): BuiltBase | undefined {
  const parsed = parseImageReference(reference);
  if (!parsed.ok) return undefined;
  const candidates = bases.flatMap((base) => {
    const ref = parseImageReference(base.ref);
    return ref.ok && repositoryName(ref.value) === repositoryName(parsed.value) ? [{ base, ref: ref.value }] : [];
  });
  // With several tags of one repository in the graph, the same tag comes first.
  const same = candidates.find(({ ref }) => fullReference(ref) === fullReference(parsed.value));
  return (same ?? candidates[0])?.base;
}
