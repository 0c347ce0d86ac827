import type { Graph } from '../../stdlib/model/graph.ts';
import { parseImageReference, repositoryInRegistry } from '../../stdlib/model/image-reference.ts';
import type { ImageDestination } from '../engine/ports.ts';
import type { Loader } from '../load/loader.ts';
import { createCluster } from './cluster.ts';
import { ExitCode } from './exit-code.ts';
import { createPruner } from './images.ts';
import { onInterrupt } from './interrupt.ts';
import { loadForData } from './load-for-data.ts';
import type { TiltfileOptions } from './tiltfile.ts';

/** Removes old images once, as `docker_prune_settings` of the Tiltfile says. Answers the exit code. */
export async function dockerPrune(options: TiltfileOptions, loader: Loader): Promise<number> {
  const loaded = await loadForData(loader, 'docker-prune', options);
  if (!loaded.ok) return loaded.code;
  const { graph } = loaded.tiltfile;
  const names = imageNames(graph);
  if (names.length === 0) {
    process.stdout.write('Nothing to remove: the Tiltfile builds no images.\n');
    return ExitCode.ok;
  }
  const destination = await destinationOf(graph, options);
  const refs = [...names, ...names.flatMap((name) => nameIn(destination, name))];
  const { maxAgeMs, keepRecent } = graph.settings.dockerPrune;
  const stop = new AbortController();
  const forget = onInterrupt(() => stop.abort());
  let isSilent = true;
  const output = {
    write(text: string) {
      isSilent = false;
      process.stdout.write(text);
    },
  };
  const result = await createPruner().prune({ maxAgeMs, keepRecent, refs, inUse: [] }, output, stop.signal);
  forget();
  if (stop.signal.aborted) return ExitCode.stopped;
  if (!result.ok) {
    process.stderr.write(`Error: ${[result.failure.message, ...result.failure.details].join('\n')}\n`);
    return result.failure.kind === 'docker-unreachable' ? ExitCode.unreachable : ExitCode.resourceFailed;
  }
  if (isSilent) {
    process.stdout.write(
      `Nothing to remove: no build of ${names.join(', ')} is older than ${maxAgeMs / 3_600_000} h and not among the newest ${keepRecent} of its image.\n`,
    );
  }
  return ExitCode.ok;
}

function imageNames({ resources }: Graph): readonly string[] {
  const images = resources.flatMap((resource) => (resource.kind === 'local' ? [] : resource.images));
  return [...new Set(images.map(({ ref }) => ref))];
}

/** Where images go: their names in a registry are theirs in the engine, too. */
async function destinationOf(graph: Graph, options: TiltfileOptions): Promise<ImageDestination | undefined> {
  if (!graph.resources.some(({ kind }) => kind === 'kubernetes')) return undefined;
  const connected = await createCluster(options).connect(graph.cluster);
  if (connected.ok) return connected.value.destination;
  process.stderr.write(
    `Warning: ${connected.failure.message}\nImages with names of the cluster's registry stay therefore.\n`,
  );
  return undefined;
}

function nameIn(destination: ImageDestination | undefined, name: string): readonly string[] {
  if (destination?.kind !== 'registry') return [];
  const parsed = parseImageReference(name);
  if (!parsed.ok) return [];
  const { pushHost, clusterHost, singleName } = destination;
  return [pushHost, clusterHost].map((host) => repositoryInRegistry(parsed.value, { host, singleName }));
}
