import { parseImageReference, repositoryName } from '../../stdlib/model/image-reference.ts';
import { stringAt, valueAt } from '../clients/docker/docker-config.ts';
import type { DockerEngine, EngineCall } from '../clients/docker/docker-engine.ts';
import type { Output, PruneRequest } from '../engine/ports.ts';
import { failure, type Result } from '../state/failure.ts';
import { engineFailure } from './engine-failure.ts';
import { formatBytes } from './format.ts';
import { PRUNED_LABEL } from './labels.ts';

/** An image of the engine that this program, or Tilt, built. */
export interface PrunableImage {
  readonly id: string;
  readonly tags: readonly string[];
  /** When it was last built: milliseconds since the epoch. */
  readonly taggedAt: number;
  readonly bytes: number;
}

/**
 * Removes once what `docker_prune_settings` says: containers and images that were built here, old and of names that the Tiltfile
 * declares, and what the engine's build cache has not used for as long.
 */
export async function pruneRound(
  engine: DockerEngine,
  request: PruneRequest,
  output: Output,
  signal: AbortSignal,
): Promise<Result<void>> {
  const call = (method: EngineCall['method'], path: string, query: NonNullable<EngineCall['query']>) =>
    engine.call({ method, path, query, signal, whileDoing: 'removing old images' });
  const until = `${Math.round(request.maxAgeMs / 1000)}s`;
  const filters = JSON.stringify({ label: [PRUNED_LABEL], until: [until] });
  const containers = await call('POST', '/containers/prune', { filters });
  if (!containers.ok) return fails(containers.problem);
  told('containers', valueAt(containers.value, 'ContainersDeleted'), containers.value, output);

  const listed = await call('GET', '/images/json', { filters: JSON.stringify({ label: [PRUNED_LABEL] }) });
  if (!listed.ok) return fails(listed.problem);
  const images: PrunableImage[] = [];
  for (const one of Array.isArray(listed.value) ? listed.value : []) {
    const inspected = await call('GET', `/images/${stringAt(one, 'Id')}/json`, {});
    // It may have gone in between.
    if (inspected.ok) images.push(imageOf(inspected.value));
  }
  let [count, bytes] = [0, 0];
  for (const image of imagesToPrune(images, request, Date.now())) {
    // One that a container uses stays. One tag after the other: taken away at once, the last two of an image find each other's gone.
    let isGone = true;
    for (const tag of image.tags) isGone = (await call('DELETE', `/images/${tag}`, {})).ok && isGone;
    if (!isGone) continue;
    count += 1;
    bytes += image.bytes;
  }
  if (count > 0)
    output.write(
      `[Docker Prune] removed ${count} ${count === 1 ? 'image' : 'images'}, reclaimed ${formatBytes(bytes)}\n`,
    );

  const caches = await call('POST', '/build/prune', { filters: JSON.stringify({ until: [until] }) });
  if (!caches.ok) return fails(caches.problem);
  told('caches', valueAt(caches.value, 'CachesDeleted'), caches.value, output);
  return { ok: true, value: undefined };
}

/** Which images may go: all of whose names are of the Tiltfile's images, old enough, not the newest of a name, and not in use. */
export function imagesToPrune(
  images: readonly PrunableImage[],
  { maxAgeMs, keepRecent, refs, inUse }: PruneRequest,
  now: number,
): readonly PrunableImage[] {
  const ours = new Set(refs.flatMap(repositoryOf));
  const kept = new Map<string, number>();
  return images
    .filter(({ tags }) => tags.length > 0 && tags.every((tag) => repositoryOf(tag).some((name) => ours.has(name))))
    .toSorted((one, other) => other.taggedAt - one.taggedAt)
    .filter(({ tags, taggedAt }) => {
      const names = tags.flatMap(repositoryOf);
      const isRecent = names.some((name) => (kept.get(name) ?? 0) < keepRecent);
      for (const name of new Set(names)) kept.set(name, (kept.get(name) ?? 0) + 1);
      return !isRecent && now - taggedAt >= maxAgeMs && !tags.some((tag) => inUse.includes(tag));
    });
}

function repositoryOf(reference: string): readonly string[] {
  const parsed = parseImageReference(reference);
  return parsed.ok ? [repositoryName(parsed.value)] : [];
}

function imageOf(inspected: unknown): PrunableImage {
  const tags = valueAt(inspected, 'RepoTags');
  const taggedAt = Date.parse(stringAt(valueAt(inspected, 'Metadata'), 'LastTagTime'));
  return {
    id: stringAt(inspected, 'Id'),
    tags: Array.isArray(tags) ? tags.map(String) : [],
    taggedAt: Number.isNaN(taggedAt) ? Date.now() : taggedAt,
    bytes: Number(valueAt(inspected, 'Size') ?? 0),
  };
}

function told(what: string, deleted: unknown, answer: unknown, output: Output): void {
  if (!Array.isArray(deleted) || deleted.length === 0) return;
  const bytes = Number(valueAt(answer, 'SpaceReclaimed') ?? 0);
  output.write(`[Docker Prune] removed ${deleted.length} ${what}, reclaimed ${formatBytes(bytes)}\n`);
}

function fails(problem: Parameters<typeof engineFailure>[0]): Result<never> {
  const refused = (words: string) => failure('image-build', `Cannot remove old images: ${words}`);
  return { ok: false, failure: engineFailure(problem, 'Removing old images', refused) };
}
