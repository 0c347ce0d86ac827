import type { Environment } from '../clients/docker/docker-config.ts';
import type { DockerEngine } from '../clients/docker/docker-engine.ts';
import type { KubernetesClient } from '../clients/kubernetes/client.ts';
import type { ImageDestination, LiveUpdater, Running } from '../engine/ports.ts';

/** Live updates; what they need is loaded with the first resource that has one. `destination` is where the cluster's images go. */
export function createLiveUpdates(
  cluster: () => Promise<KubernetesClient>,
  destination: () => ImageDestination | undefined,
): LiveUpdater {
  const clusterEnvironment = (): Environment => {
    const found = destination();
    return { ...process.env, ...(found?.kind === 'engine' ? found.environment : {}) };
  };
  let parts: Promise<LiveUpdater> | undefined;
  const loaded = (): Promise<LiveUpdater> => {
    parts ??= import('../live-update/live-updater.ts').then(({ createLiveUpdater }) =>
      createLiveUpdater({
        cluster,
        engine: engineFinder(() => process.env),
        clusterEngine: engineFinder(clusterEnvironment),
      }),
    );
    return parts;
  };
  return {
    update: async (request, output, signal) => (await loaded()).update(request, output, signal),
    follow: (resource, deployed, listener) => later(loaded().then((live) => live.follow(resource, deployed, listener))),
  };
}

/** Looks for the engine until there is one. */
function engineFinder(environment: () => Environment): () => Promise<DockerEngine | undefined> {
  let known: DockerEngine | undefined;
  return async () => {
    if (known) return known;
    const [{ readDockerConfig }, { openEngine }, { findEngine }] = await Promise.all([
      import('../clients/docker/docker-config.ts'),
      import('../clients/docker/docker-engine.ts'),
      import('../clients/docker/engine-address.ts'),
    ]);
    const from = environment();
    const config = await readDockerConfig(from);
    const address = await findEngine(from, config);
    known = address.ok ? await openEngine(address.value, from) : undefined;
    return known;
  };
}

/** Something that begins to run a moment later. */
function later(running: Promise<Running>): Running {
  return {
    async stop() {
      await (await running).stop();
    },
  };
}
