import { replaceDockerfileImages } from '../../stdlib/model/dockerfile-images.ts';
import { fullReference, parseImageReference, repositoryName } from '../../stdlib/model/image-reference.ts';
import { dockerfileInstructions } from './dockerfile-instructions.ts';

/** A built image that takes the place of a base. */
export interface BuiltBase {
  /** As the graph names it: `example/base`. */
  readonly ref: string;
  /** What to write instead: `example/base:tilt-0123456789abcdef`. */
  readonly localRef: string;
}

/** Puts built images in the place of the ones that FROM and `COPY --from` name. Names of stages are no images. */
export function replaceBases(
  dockerfile: string,
  buildArgs: Readonly<Record<string, string>>,
  bases: readonly BuiltBase[],
): string {
  if (bases.length === 0) return dockerfile;
  const stages = stageNames(dockerfile);
  return replaceDockerfileImages(dockerfile, buildArgs, ({ reference, start }) => {
    const stage = stages.get(reference.toLowerCase());
    // A stage hides an image of the same name only behind its own FROM: `FROM base AS base` starts from the image.
    const isStage = stage !== undefined && stage < start;
    return isStage ? undefined : findBase(reference, bases)?.localRef;
  });
}

/** The stages by their name in small letters, with the offset behind their FROM. */
export function stageNames(dockerfile: string): ReadonlyMap<string, number> {
  const names = new Map<string, number>();
  for (const { keyword, start, end } of dockerfileInstructions(dockerfile)) {
    const name = keyword === 'FROM' ? /\sAS\s+(\S+)$/i.exec(dockerfile.slice(start, end))?.[1] : undefined;
    if (name !== undefined && !names.has(name.toLowerCase())) names.set(name.toLowerCase(), end);
  }
  return names;
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
