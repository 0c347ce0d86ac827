import { load } from 'js-yaml';
import type { ClusterProduct } from '../../stdlib/model/cluster-product.ts';
import type { KubernetesClient } from '../clients/kubernetes/client.ts';
import { ApiError } from '../clients/kubernetes/errors.ts';

/** A registry that belongs to the cluster. */
export interface LocalRegistry {
  /** As this machine names it. */
  readonly host: string;
  /** As the nodes' container runtime names it; empty when that is the same. */
  readonly hostFromCluster: string;
}

const CONFIG_MAP = '/api/v1/namespaces/kube-public/configmaps/local-registry-hosting';
const MICROK8S_SERVICE = '/api/v1/namespaces/container-registry/services/registry';

/** The registry that the cluster announces, if it does. Throws `UnreachableError` when the cluster cannot be asked. */
export async function findLocalRegistry(
  client: KubernetesClient,
  product: ClusterProduct,
  signal: AbortSignal,
): Promise<LocalRegistry | undefined> {
  const map = await ask<{ data?: Record<string, string> }>(client, CONFIG_MAP, signal);
  const announced = readHosting(map?.data?.['localRegistryHosting.v1'] ?? '');
  if (announced || product !== 'microk8s') return announced;
  const service = await ask<{ spec?: { ports?: { nodePort?: number }[] } }>(client, MICROK8S_SERVICE, signal);
  const port = service?.spec?.ports?.[0]?.nodePort;
  return port === undefined ? undefined : { host: `localhost:${port}`, hostFromCluster: '' };
}

/** Reads the text of a `localRegistryHosting.v1`; nonsense counts as nothing. */
export function readHosting(text: string): LocalRegistry | undefined {
  let hosting: unknown;
  try {
    hosting = load(text);
  } catch {
    return undefined;
  }
  if (typeof hosting !== 'object' || hosting === null) return undefined;
  const { host, hostFromContainerRuntime } = hosting as Record<string, unknown>;
  if (typeof host !== 'string' || host === '') return undefined;
  return { host, hostFromCluster: typeof hostFromContainerRuntime === 'string' ? hostFromContainerRuntime : '' };
}

async function ask<T>(client: KubernetesClient, path: string, signal: AbortSignal): Promise<T | undefined> {
  try {
    return await client.json<T>(path, { signal });
  } catch (error) {
    // It does not exist, or this user may not see it.
    if (error instanceof ApiError) return undefined;
    throw error;
  }
}
