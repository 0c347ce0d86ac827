import type { TestContext } from 'node:test';
import { KubernetesClient } from '../../../runtime/clients/kubernetes/client.ts';
import { makeProject } from '../../support/program.ts';
import { kubeconfigWithServer, TcpProxy } from '../../support/proxies.ts';
import type { ClusterRig } from './cluster-rig.ts';

/** A client that reaches the cluster through a proxy that can go away. */
export async function clientBehindProxy(
  t: TestContext,
  rig: ClusterRig,
): Promise<{ readonly proxy: TcpProxy; readonly client: KubernetesClient }> {
  const { file, cluster } = await rig.client.target();
  const { hostname, port } = new URL(cluster.server);
  const proxy = await TcpProxy.start(t, { host: hostname, port: Number(port) });
  const config = kubeconfigWithServer(makeProject(t, {}), file, `https://127.0.0.1:${proxy.port}`);
  const client = new KubernetesClient({ env: { ...process.env, KUBECONFIG: config } });
  t.after(() => client.close());
  return { proxy, client };
}
