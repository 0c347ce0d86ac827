import { execFile } from 'node:child_process';
import { UnreachableError } from './errors.ts';
import type { ExecPlugin, KubeCluster } from './kubeconfig.ts';

/** What a credential plugin printed. */
export interface ExecCredential {
  readonly token: string | undefined;
  /** PEM text. */
  readonly clientCertificate: string | undefined;
  readonly clientKey: string | undefined;
  /** Milliseconds since the epoch; `undefined` when it does not end. */
  readonly expiresAt: number | undefined;
}

const MAX_OUTPUT_BYTES = 1 << 20;
// A plugin may open a browser and wait for a person.
const TIME_LIMIT_MS = 120_000;

/** Runs a credential plugin as kubectl does. Throws `UnreachableError` with the plugin's own words when it fails. */
export async function runExecPlugin(plugin: ExecPlugin, cluster: KubeCluster): Promise<ExecCredential> {
  const env: NodeJS.ProcessEnv = { ...process.env };
  for (const { name, value } of plugin.env) env[name] = value;
  env.KUBERNETES_EXEC_INFO = JSON.stringify({
    kind: 'ExecCredential',
    apiVersion: plugin.apiVersion,
    spec: { interactive: false, ...(plugin.provideClusterInfo && { cluster: clusterInfo(cluster) }) },
  });
  const output = await run(plugin, env);
  let status: Record<string, unknown>;
  try {
    status = (JSON.parse(output) as { status?: Record<string, unknown> }).status ?? {};
  } catch {
    throw new UnreachableError(`The credential plugin "${plugin.command}" printed no ExecCredential in JSON`);
  }
  const text = (key: string) => (typeof status[key] === 'string' && status[key] !== '' ? status[key] : undefined);
  const expiry = Date.parse(text('expirationTimestamp') ?? '');
  return {
    token: text('token'),
    clientCertificate: text('clientCertificateData'),
    clientKey: text('clientKeyData'),
    expiresAt: Number.isNaN(expiry) ? undefined : expiry,
  };
}

function run(plugin: ExecPlugin, env: NodeJS.ProcessEnv): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { env, maxBuffer: MAX_OUTPUT_BYTES, timeout: TIME_LIMIT_MS };
    const child = execFile(plugin.command, [...plugin.args], options, (error, stdout, stderr) => {
      if (!error) return resolve(stdout);
      const hint = plugin.installHint === '' ? '' : `\n${plugin.installHint}`;
      const words = error.code === 'ENOENT' ? 'no such program' : stderr.trim() || error.message;
      reject(new UnreachableError(`The credential plugin "${plugin.command}" failed: ${words}${hint}`));
    });
    child.stdin?.end();
  });
}

function clusterInfo(cluster: KubeCluster): object {
  return {
    server: cluster.server,
    ...(cluster.ca !== undefined && { 'certificate-authority-data': Buffer.from(cluster.ca).toString('base64') }),
    ...(cluster.tlsServerName !== undefined && { 'tls-server-name': cluster.tlsServerName }),
    ...(cluster.skipTlsVerify && { 'insecure-skip-tls-verify': true }),
    ...(cluster.proxyUrl !== undefined && { 'proxy-url': cluster.proxyUrl }),
  };
}
