import { KubernetesClient } from '../clients/kubernetes/client.ts';
import { failure, type Result } from '../state/failure.ts';
import type { ToolContext } from './cluster-tool.ts';
import { REGISTRY_PORT, type Registry } from './registry.ts';

const FOLDER = '/api/v1/namespaces/kube-public/configmaps';
const NAME = 'local-registry-hosting';

/** Whether the cluster tells of a registry already. */
export async function isAnnounced(kubeconfig: string, tool: ToolContext): Promise<boolean> {
  return withClient(kubeconfig, tool, async (client) => {
    try {
      await client.json(`${FOLDER}/${NAME}`, { signal: tool.signal });
      return true;
    } catch {
      return false;
    }
  });
}

/** Lets the cluster tell of its registry, as KEP-1755 says, so that every tool finds it. */
export async function announce(registry: Registry, kubeconfig: string, tool: ToolContext): Promise<Result<void>> {
  return withClient(kubeconfig, tool, async (client) => {
    try {
      await client.json(FOLDER, { method: 'POST', body: JSON.stringify(announcement(registry)), signal: tool.signal });
      return { ok: true, value: undefined } as const;
    } catch (error) {
      const message = `Cannot announce the registry in the cluster: ${(error as Error).message}`;
      return { ok: false, failure: failure('cluster-unreachable', message) } as const;
    }
  });
}

/**
 * The object that says it. The nodes know the registry by the name by which images are pushed, which is the default; under its
 * name in the network they would ask for TLS.
 */
export function announcement({ host, container }: Registry): object {
  const lines = [`host: "${host}"`, `hostFromClusterNetwork: "${container}:${REGISTRY_PORT}"`];
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: NAME, namespace: 'kube-public' },
    data: { 'localRegistryHosting.v1': lines.map((line) => `${line}\n`).join('') },
  };
}

async function withClient<T>(
  kubeconfig: string,
  tool: ToolContext,
  run: (client: KubernetesClient) => Promise<T>,
): Promise<T> {
  const client = new KubernetesClient({ env: { ...tool.env, KUBECONFIG: kubeconfig } });
  try {
    return await run(client);
  } finally {
    await client.close();
  }
}
