import type { KubernetesClient } from '../clients/kubernetes/client.ts';
import type { Cluster, Running } from '../engine/ports.ts';

export interface ClusterOptions {
  /** By default the kubeconfig's current one. */
  readonly context?: string | undefined;
  /** By default the context's. */
  readonly namespace?: string | undefined;
}

/** Makes the client of this command line's cluster at the first call, and answers the same one ever after. */
export function clusterClient({ context, namespace }: ClusterOptions): () => Promise<KubernetesClient> {
  let client: Promise<KubernetesClient> | undefined;
  const load = async (): Promise<KubernetesClient> => {
    const { KubernetesClient } = await import('../clients/kubernetes/client.ts');
    return new KubernetesClient({
      ...(context === undefined ? {} : { context }),
      ...(namespace === undefined ? {} : { namespace }),
    });
  };
  return () => {
    client ??= load();
    return client;
  };
}

/** The cluster of this command line; what talking to one needs is loaded with the first use. */
export function createCluster(options: ClusterOptions, client = clusterClient(options)): Cluster {
  let parts: Promise<Cluster> | undefined;
  const loaded = (): Promise<Cluster> => {
    parts ??= load(client);
    return parts;
  };
  return {
    connect: async (settings) => (await loaded()).connect(settings),
    apply: async (request, output, signal) => (await loaded()).apply(request, output, signal),
    delete: async (objects, output, signal) => (await loaded()).delete(objects, output, signal),
    undeploy: async (resource, output, signal) => (await loaded()).undeploy(resource, output, signal),
    watch: (resource, deployed, listener) =>
      later(loaded().then((cluster) => cluster.watch(resource, deployed, listener))),
    forward: (resource, deployed, forward, listener) =>
      later(loaded().then((cluster) => cluster.forward(resource, deployed, forward, listener))),
    forwardToPod: (pod, forward, listener) =>
      later(loaded().then((cluster) => cluster.forwardToPod(pod, forward, listener))),
  };
}

async function load(connect: () => Promise<KubernetesClient>): Promise<Cluster> {
  const [client, { createDeployer }, { createForwarder }] = await Promise.all([
    connect(),
    import('../deploy/deployer.ts'),
    import('../network/forwarder.ts'),
  ]);
  return { ...createDeployer(client), ...createForwarder(client) };
}

/** Something that begins to run a moment later. */
function later(running: Promise<Running>): Running {
  return {
    async stop() {
      await (await running).stop();
    },
  };
}
