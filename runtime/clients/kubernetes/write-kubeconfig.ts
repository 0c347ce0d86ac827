import type { KubeCluster, KubeTarget, KubeUser } from './kubeconfig.ts';

/** A kubeconfig of that one context and nothing else, as text, for programs that are to use the same cluster. */
export function kubeconfigText({ context, namespace, clusterName, cluster, user }: KubeTarget): string {
  const userName = user.name || 'user';
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': context,
    contexts: [{ name: context, context: { cluster: clusterName, user: userName, namespace: namespace || undefined } }],
    clusters: [{ name: clusterName, cluster: clusterFields(cluster) }],
    users: [{ name: userName, user: userFields(user) }],
  };
  // JSON is YAML too.
  return `${JSON.stringify(config, null, 2)}\n`;
}

function clusterFields(cluster: KubeCluster): object {
  return {
    server: cluster.server,
    'certificate-authority-data': encoded(cluster.ca),
    'certificate-authority': cluster.ca === undefined ? cluster.caFile : undefined,
    'insecure-skip-tls-verify': cluster.skipTlsVerify || undefined,
    'tls-server-name': cluster.tlsServerName,
    'proxy-url': cluster.proxyUrl,
  };
}

function userFields(user: KubeUser): object {
  const { exec, authProvider } = user;
  return {
    'client-certificate-data': encoded(user.clientCertificate),
    'client-certificate': user.clientCertificateFile,
    'client-key-data': encoded(user.clientKey),
    'client-key': user.clientKeyFile,
    token: user.token,
    tokenFile: user.tokenFile,
    username: user.username,
    password: user.password,
    as: user.impersonate,
    exec: exec && {
      apiVersion: exec.apiVersion,
      command: exec.command,
      args: exec.args,
      env: exec.env,
      installHint: exec.installHint || undefined,
      provideClusterInfo: exec.provideClusterInfo || undefined,
      interactiveMode: 'Never',
    },
    'auth-provider': authProvider && { name: authProvider.name, config: authProvider.config },
  };
}

function encoded(text: string | undefined): string | undefined {
  return text === undefined ? undefined : Buffer.from(text).toString('base64');
}
