import type { Cluster, Running } from '../engine/ports.ts';

export interface ClusterOptions {
  /** By default the kubeconfig's current one. */
  readonly context?: string | undefined;
  /** By default the context's. */
  readonly namespace?: string | undefined;
}

/** The cluster of this command line; what talking to one needs is loaded with the first use. */
export function createCluster(options: ClusterOptions): Cluster {
  let parts: Promise<Cluster> | undefined;
  const loaded = (): Promise<Cluster> => {
    parts ??= load(options);
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
  };
}

async function load({ context, namespace }: ClusterOptions): Promise<Cluster> {
  const [{ KubernetesClient }, { createDeployer }, { createForwarder }] = await Promise.all([
    import('../clients/kubernetes/client.ts'),
    import('../deploy/deployer.ts'),
    import('../network/forwarder.ts'),
  ]);
  const client = new KubernetesClient({
    ...(context === undefined ? {} : { context }),
    ...(namespace === undefined ? {} : { namespace }),
  });
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
