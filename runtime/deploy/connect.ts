import { homedir } from 'node:os';
import { type ClusterProduct, clusterProduct, isLocalCluster } from '../../stdlib/model/cluster-product.ts';
import type { ClusterSettings } from '../../stdlib/model/kubernetes.ts';
import { readDockerConfig } from '../clients/docker/docker-config.ts';
import { findEngine } from '../clients/docker/engine-address.ts';
import type { KubernetesClient } from '../clients/kubernetes/client.ts';
import { ApiError, UnreachableError } from '../clients/kubernetes/errors.ts';
import type { KubeTarget } from '../clients/kubernetes/kubeconfig.ts';
import type { ClusterInfo } from '../engine/ports.ts';
import { type Failure, failure, type Result } from '../state/failure.ts';
import { chooseDestination } from './destination.ts';
import { findLocalRegistry } from './local-registry.ts';
import { findMinikubeEngine } from './minikube.ts';
import { type ClusterNode, nodePlatform } from './node.ts';

export interface ConnectLimits {
  /** How long the cluster may take to answer. */
  readonly timeoutMs: number;
}

const DEFAULT_LIMITS: ConnectLimits = { timeoutMs: 10_000 };

/**
 * Finds out what cluster the kubeconfig leads to. A context that may be someone's production is refused before
 * anything is sent to it.
 */
export async function connect(
  client: KubernetesClient,
  settings: ClusterSettings,
  limits: ConnectLimits = DEFAULT_LIMITS,
): Promise<Result<ClusterInfo>> {
  let target: KubeTarget;
  try {
    target = await client.target();
  } catch (error) {
    return refuse(failure('cluster-unreachable', words(error)));
  }
  const { clusterName, file, cluster } = target;
  const traits = { clusterName, contextFile: file, caFile: cluster.caFile };
  const product = clusterProduct(traits, client.env.HOME || homedir());
  if (!isLocalCluster(product) && !settings.allowedContexts.includes(target.context)) {
    return refuse(notAllowed(target.context));
  }
  const signal = AbortSignal.timeout(limits.timeoutMs);
  try {
    return { ok: true, value: await describe(client, target, product, settings, signal) };
  } catch (error) {
    return refuse(unreachable(target, error, signal.aborted ? limits.timeoutMs : undefined));
  }
}

async function describe(
  client: KubernetesClient,
  target: KubeTarget,
  product: ClusterProduct,
  settings: ClusterSettings,
  signal: AbortSignal,
): Promise<ClusterInfo> {
  const [version, node, registry] = await Promise.all([
    client.json<{ gitVersion?: string }>('/version', { signal }),
    firstNode(client, signal),
    findLocalRegistry(client, product, signal),
  ]);
  const runtime = node?.status?.nodeInfo?.containerRuntimeVersion ?? '';
  const isDockerMinikube = product === 'minikube' && runtime.startsWith('docker://');
  const engine = runtime.startsWith('docker://')
    ? await findEngine(client.env, await readDockerConfig(client.env))
    : undefined;
  return {
    context: target.context,
    namespace: target.namespace || 'default',
    product,
    version: version.gitVersion ?? '',
    platform: nodePlatform(node),
    destination: chooseDestination({
      product,
      context: target.context,
      clusterName: target.clusterName,
      runtime,
      engineUrl: engine?.ok ? engine.value.url : '',
      dockerHost: client.env.DOCKER_HOST ?? '',
      minikube: isDockerMinikube ? await findMinikubeEngine(target.clusterName, client.env, signal) : undefined,
      localRegistry: registry ?? registryOfNode(node),
      defaultRegistry: settings.defaultRegistry,
    }),
  };
}

/** Whoever may not list nodes can still deploy. */
async function firstNode(client: KubernetesClient, signal: AbortSignal): Promise<ClusterNode | undefined> {
  try {
    const list = await client.json<{ items?: readonly ClusterNode[] }>('/api/v1/nodes?limit=1', { signal });
    return list.items?.[0];
  } catch (error) {
    if (error instanceof ApiError && error.status !== 401) return undefined;
    throw error;
  }
}

function registryOfNode(node: ClusterNode | undefined) {
  const annotations = node?.metadata?.annotations ?? {};
  const host = annotations['tilt.dev/registry'];
  if (host) return { host, hostFromCluster: annotations['tilt.dev/registry-from-cluster'] ?? '' };
  const kind = annotations['kind.x-k8s.io/registry'];
  return kind ? { host: kind, hostFromCluster: '' } : undefined;
}

function notAllowed(context: string): Failure {
  return failure('cluster-refused', `Stop! ${context} might be production.`, [
    "If you're sure you want to deploy there, add:",
    `\tallow_k8s_contexts('${context}')`,
    'to your Tiltfile. Otherwise, switch k8s contexts and restart.',
  ]);
}

function unreachable(target: KubeTarget, error: unknown, timeoutMs: number | undefined): Failure {
  const where = `the cluster of the context "${target.context}" at ${target.cluster.server}`;
  if (error instanceof ApiError && error.status === 401) {
    const advice = `Log in again, or check the user "${target.user.name}" in "${target.file}".`;
    return failure('cluster-unreachable', `Cannot connect to ${where}: it refuses the credentials (${error.message})`, [
      advice,
    ]);
  }
  const cause = timeoutMs === undefined ? words(error) : `no answer within ${timeoutMs / 1000} s`;
  return failure('cluster-unreachable', `Cannot connect to ${where}: ${cause}`, [
    'Start the cluster, or choose another context with "kubectl config use-context NAME", and try again.',
  ]);
}

function words(error: unknown): string {
  if (error instanceof UnreachableError || error instanceof ApiError) return error.message;
  return error instanceof Error ? error.message : String(error);
}

function refuse(reason: Failure): { readonly ok: false; readonly failure: Failure } {
  return { ok: false, failure: reason };
}
