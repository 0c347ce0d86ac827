import type { DockerEngine } from '../clients/docker/docker-engine.ts';
import { type Failure, failure, type Result } from '../state/failure.ts';
import { engineFailure } from './engine-failure.ts';
import { splitTag } from './image-names.ts';

/** Gives an image of the engine further names; `ref` is what people call it. */
export async function tagImage(
  engine: DockerEngine,
  imageId: string,
  tags: readonly string[],
  ref: string,
  signal: AbortSignal,
): Promise<Result<void>> {
  const results = await Promise.all(
    tags.map(async (name): Promise<Result<void>> => {
      const refused = (words: string): Failure =>
        failure('image-build', `Cannot tag image "${ref}" as "${name}": ${words}`);
      const query = splitTag(name);
      if (!query) return { ok: false, failure: refused('it is not an image reference') };
      const whileDoing = `tagging image "${ref}"`;
      const tagged = await engine.call({ method: 'POST', path: `/images/${imageId}/tag`, query, signal, whileDoing });
      return tagged.ok
        ? { ok: true, value: undefined }
        : { ok: false, failure: engineFailure(tagged.problem, `The build of image "${ref}"`, refused) };
    }),
  );
  return results.find((result) => !result.ok) ?? { ok: true, value: undefined };
}
