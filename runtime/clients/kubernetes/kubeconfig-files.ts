import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { type KubeconfigFile, kubeconfigPaths } from '../../../stdlib/model/kubeconfig.ts';
import { type Selected, selectTarget } from './kubeconfig.ts';

const SERVICE_ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount';
export const IN_CLUSTER_CONTEXT = 'in-cluster';

/** Finds the cluster that kubectl would talk to: `KUBECONFIG`, else `~/.kube/config`, else the cluster that this runs in. */
export async function findTarget(env: NodeJS.ProcessEnv, contextOverride = ''): Promise<Selected> {
  const home = env.HOME || env.USERPROFILE || homedir();
  const paths = kubeconfigPaths({ kubeconfig: env.KUBECONFIG, home }, process.cwd());
  const files: KubeconfigFile[] = [];
  for (const path of paths) {
    try {
      files.push({ path, text: await readFile(path, 'utf8') });
    } catch (error) {
      // kubectl passes over files that do not exist, and nothing else.
      if (codeOf(error) !== 'ENOENT')
        return { ok: false, message: `Cannot read the kubeconfig "${path}": ${codeOf(error)}` };
    }
  }
  if (files.length > 0) return selectTarget(files, contextOverride);
  const inside = await inCluster(env);
  if (inside) return inside;
  const places = paths.map((path) => `"${path}"`).join(', ');
  return {
    ok: false,
    message: `No Kubernetes configuration was found (looked for ${places}): start a cluster, or set KUBECONFIG to its file`,
  };
}

async function inCluster(env: NodeJS.ProcessEnv): Promise<Selected | undefined> {
  const host = env.KUBERNETES_SERVICE_HOST;
  const port = env.KUBERNETES_SERVICE_PORT;
  if (!host || !port) return undefined;
  const namespace = await readFile(join(SERVICE_ACCOUNT, 'namespace'), 'utf8').catch(() => undefined);
  if (namespace === undefined) return undefined;
  const address = host.includes(':') ? `[${host}]` : host;
  return {
    ok: true,
    target: {
      context: IN_CLUSTER_CONTEXT,
      namespace: namespace.trim(),
      clusterName: IN_CLUSTER_CONTEXT,
      file: '',
      cluster: {
        server: `https://${address}:${port}`,
        ca: undefined,
        caFile: join(SERVICE_ACCOUNT, 'ca.crt'),
        skipTlsVerify: false,
        tlsServerName: undefined,
        proxyUrl: undefined,
      },
      user: { ...NOBODY, name: IN_CLUSTER_CONTEXT, tokenFile: join(SERVICE_ACCOUNT, 'token') },
    },
  };
}

const NOBODY = {
  clientCertificate: undefined,
  clientKey: undefined,
  clientCertificateFile: undefined,
  clientKeyFile: undefined,
  token: undefined,
  username: undefined,
  password: undefined,
  impersonate: undefined,
  exec: undefined,
  authProvider: undefined,
};

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
