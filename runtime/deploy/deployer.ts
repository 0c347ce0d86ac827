import type { ClusterSettings } from '../../stdlib/model/kubernetes.ts';
import type { KubernetesResource } from '../../stdlib/model/resource.ts';
import type { KubernetesClient } from '../clients/kubernetes/client.ts';
import type { ApiObject } from '../clients/kubernetes/objects.ts';
import { podsPath } from '../clients/kubernetes/pod-tracker.ts';
import type { Cluster, ClusterInfo, DeployRequest, Output, Running } from '../engine/ports.ts';
import type { Result } from '../state/failure.ts';
import { applyResource } from './apply.ts';
import { ApplyManner } from './apply-object.ts';
import { type ConnectLimits, connect } from './connect.ts';
import { ConnectionNotes } from './connection-notes.ts';
import { applyByCommand, deleteByCommand, isCustomDeploy } from './custom-deploy.ts';
import { deleteObjects } from './delete.ts';
import { WorkloadWatch } from './watch.ts';
import { newMemory, type WatchMemory } from './watch-memory.ts';

export type Deployer = Pick<Cluster, 'connect' | 'apply' | 'delete' | 'undeploy' | 'watch'>;

/** The part of a cluster that applies, follows and deletes objects. Nothing is sent before `connect` allows it. */
export function createDeployer(client: KubernetesClient, limits?: ConnectLimits): Deployer {
  const memories = new Map<string, WatchMemory>();
  const connection = new ConnectionNotes();
  const manners = new Map<string, ApplyManner>();
  let server: string | undefined;
  let connected: { readonly settings: string; readonly result: Promise<Result<ClusterInfo>> } | undefined;

  /** A failure is not kept: the cluster may be there the next time. */
  function ensureConnected(settings: ClusterSettings): Promise<Result<ClusterInfo>> {
    const key = JSON.stringify(settings);
    if (connected?.settings === key) return connected.result;
    const result = connect(client, settings, limits);
    const attempt = { settings: key, result };
    connected = attempt;
    void result.then(({ ok }) => {
      if (!ok && connected === attempt) connected = undefined;
    });
    return result;
  }

  /** As allowed before; without that, only what is local by nature. */
  const allowed = () => connected?.result ?? ensureConnected({ allowedContexts: [], defaultRegistry: undefined });

  function mannerOf({ serverSideApply = 'auto' }: DeployRequest): ApplyManner {
    const manner = manners.get(serverSideApply) ?? new ApplyManner(serverSideApply);
    manners.set(serverSideApply, manner);
    return manner;
  }

  /** A kubeconfig that leads elsewhere by now is followed, but not without a word. */
  async function tellWhereTo(output: Output): Promise<void> {
    const { context, cluster } = await client.target();
    if (server !== undefined && server !== cluster.server) {
      output.write(`The context "${context}" of the kubeconfig leads to ${cluster.server} now\n`, 'warn');
    }
    server = cluster.server;
  }

  /** What is there at the first deploy. A deploy that says only afterwards where it went may have made pods already. */
  async function remember(
    resource: KubernetesResource,
    namespaces: readonly string[],
    since: string,
    signal: AbortSignal,
  ): Promise<WatchMemory> {
    const known = memories.get(resource.name);
    if (known) return known;
    const lists = await Promise.all([...new Set(namespaces)].map((namespace) => listPods(client, namespace, signal)));
    const pods = lists.flat().map(({ metadata }) => metadata);
    const old =
      isCustomDeploy(resource) || resource.objects.length === 0
        ? pods.filter((pod) => (pod.creationTimestamp ?? '') < since)
        : pods;
    const memory = newMemory(new Set(old.map(({ uid }) => uid)), since);
    memories.set(resource.name, memory);
    return memory;
  }

  return {
    connect: ensureConnected,

    async apply(request, output, signal) {
      const info = await allowed();
      if (!info.ok) return info;
      const { resource } = request;
      await tellWhereTo(output);
      const since = new Date(client.now()).toISOString();
      const inNamespaces = (objects: readonly { readonly namespace: string }[]) =>
        remember(
          resource,
          objects.map(({ namespace }) => namespace || info.value.namespace),
          since,
          signal,
        );
      const isKnownBefore = !isCustomDeploy(resource) && request.yaml === undefined;
      const before = isKnownBefore ? await inNamespaces(resource.objects) : undefined;
      const result = isCustomDeploy(resource)
        ? await applyByCommand(client, request, resource, output, signal)
        : await applyResource(client, { manner: mannerOf(request), connection }, request, output, signal);
      await tellWhereTo(output);
      if (!result.ok) return result;
      const { deployed, objects } = result.value;
      const memory = before ?? (await inNamespaces(deployed.objects));
      memory.generations = new Map(objects.map(({ ref, answer }) => [ref.uid, answer.metadata.generation ?? 0]));
      return { ok: true, value: deployed };
    },

    async delete(objects, output, signal) {
      const info = await allowed();
      return info.ok ? deleteObjects(client, connection, objects, output, signal) : info;
    },

    async undeploy(resource, output, signal) {
      if (!isCustomDeploy(resource)) return { ok: true, value: undefined };
      const info = await allowed();
      return info.ok ? deleteByCommand(client, resource, output, signal) : info;
    },

    watch(resource, deployed, listener): Running {
      let memory = memories.get(resource.name);
      if (!memory) {
        memory = newMemory(new Set(), new Date(client.now()).toISOString());
        memories.set(resource.name, memory);
      }
      const namespace = deployed.objects.find((object) => object.namespace !== '')?.namespace ?? 'default';
      return new WorkloadWatch(client, resource, deployed, namespace, memory, connection, listener);
    },
  };
}

/** None when they cannot be read, for then they cannot be followed either. */
async function listPods(
  client: KubernetesClient,
  namespace: string,
  signal: AbortSignal,
): Promise<readonly ApiObject[]> {
  try {
    const accept = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json';
    const list = await client.json<{ items?: readonly ApiObject[] | null }>(podsPath(namespace), { accept, signal });
    return list.items ?? [];
  } catch {
    return [];
  }
}
