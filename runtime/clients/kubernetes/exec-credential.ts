import { runToEnd } from '../process/run-to-end.ts';
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

const MAX_OUTPUT_LENGTH = 1 << 20;
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
  const field = (key: string) => (typeof status[key] === 'string' && status[key] !== '' ? status[key] : undefined);
  const expiry = Date.parse(field('expirationTimestamp') ?? '');
  return {
    token: field('token'),
    clientCertificate: field('clientCertificateData'),
    clientKey: field('clientKeyData'),
    expiresAt: Number.isNaN(expiry) ? undefined : expiry,
  };
}

async function run({ command, args, installHint }: ExecPlugin, env: NodeJS.ProcessEnv): Promise<string> {
  const fail = (words: string): UnreachableError => {
    const hint = installHint === '' ? '' : `\n${installHint}`;
    return new UnreachableError(`The credential plugin "${command}" failed: ${words}${hint}`);
  };
  const tooMuch = new AbortController();
  let length = 0;
  const count = (text: string): void => {
    length += text.length;
    if (length > MAX_OUTPUT_LENGTH) tooMuch.abort();
  };
  const limit = AbortSignal.any([tooMuch.signal, AbortSignal.timeout(TIME_LIMIT_MS)]);
  const result = await runToEnd({ argv: [command, ...args], dir: process.cwd(), env }, count, limit);
  if (tooMuch.signal.aborted) throw fail('it printed more than credentials');
  if (limit.aborted) throw fail(`it did not end within ${TIME_LIMIT_MS / 1000} s`);
  if (!result.ok) throw fail(result.error.message);
  const { exitCode, signal, stdout, stderr } = result.value;
  if (exitCode === 0) return text(stdout);
  throw fail(text(stderr).trim() || (signal === null ? `exit code ${exitCode}` : `ended by ${signal}`));
}

function text(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
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
