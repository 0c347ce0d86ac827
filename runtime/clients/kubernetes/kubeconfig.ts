import { isAbsolute, join } from 'node:path';
import { load } from 'js-yaml';

// What a kubeconfig says, by kubectl's rules: several files are merged, and for each name the first one wins.

/** The part of a kubeconfig that is about one context, with absolute paths. */
export interface KubeTarget {
  readonly context: string;
  /** Empty when the context names none. */
  readonly namespace: string;
  readonly clusterName: string;
  readonly cluster: KubeCluster;
  readonly user: KubeUser;
  /** The file that the context stands in; empty inside of a cluster. */
  readonly file: string;
}

export interface KubeCluster {
  /** Such as `https://127.0.0.1:6443`, without a slash at the end. */
  readonly server: string;
  /** PEM text. */
  readonly ca: string | undefined;
  readonly caFile: string | undefined;
  readonly skipTlsVerify: boolean;
  readonly tlsServerName: string | undefined;
  readonly proxyUrl: string | undefined;
}

export interface KubeUser {
  readonly name: string;
  /** PEM text. */
  readonly clientCertificate: string | undefined;
  readonly clientKey: string | undefined;
  readonly clientCertificateFile: string | undefined;
  readonly clientKeyFile: string | undefined;
  readonly token: string | undefined;
  /** Read again and again, because it may be rotated. */
  readonly tokenFile: string | undefined;
  readonly username: string | undefined;
  readonly password: string | undefined;
  readonly impersonate: string | undefined;
  readonly exec: ExecPlugin | undefined;
  readonly authProvider: AuthProvider | undefined;
}

/** A program that prints credentials. */
export interface ExecPlugin {
  readonly apiVersion: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: readonly { readonly name: string; readonly value: string }[];
  readonly installHint: string;
  readonly provideClusterInfo: boolean;
}

/** The older way to get credentials: `oidc`, `gcp`, `azure`. */
export interface AuthProvider {
  readonly name: string;
  readonly config: Readonly<Record<string, unknown>>;
}

export interface KubeconfigFile {
  readonly path: string;
  readonly folder: string;
  readonly text: string;
}

export type Selected =
  | { readonly ok: true; readonly target: KubeTarget }
  | { readonly ok: false; readonly message: string };

type Fields = Readonly<Record<string, unknown>>;
interface Entry {
  readonly name: string;
  readonly fields: Fields;
  readonly file: KubeconfigFile;
}

/**
 * Picks the current context (or `contextOverride`) out of files that are given in the order of their weight.
 * A message says what is missing.
 */
export function selectTarget(files: readonly KubeconfigFile[], contextOverride = ''): Selected {
  const contexts = new Map<string, Entry>();
  const clusters = new Map<string, Entry>();
  const users = new Map<string, Entry>();
  let current = contextOverride;
  for (const file of files) {
    let document: unknown;
    try {
      document = load(file.text);
    } catch (error) {
      return { ok: false, message: `Cannot read the kubeconfig "${file.path}": ${firstLine(error)}` };
    }
    const fields = asFields(document);
    current ||= text(fields['current-context']) ?? '';
    collect(contexts, fields.contexts, 'context', file);
    collect(clusters, fields.clusters, 'cluster', file);
    collect(users, fields.users, 'user', file);
  }
  const read = files.map((file) => `"${file.path}"`).join(', ');
  if (current === '')
    return {
      ok: false,
      message: `No current context is set in ${read}: choose one with "kubectl config use-context NAME"`,
    };
  const context = contexts.get(current);
  if (!context) return { ok: false, message: `The context "${current}" does not exist in ${read}` };
  const clusterName = text(context.fields.cluster) ?? '';
  const cluster = clusters.get(clusterName);
  const server = cluster && text(cluster.fields.server);
  if (!cluster || !server) {
    return { ok: false, message: `The cluster "${clusterName}" of the context "${current}" has no server in ${read}` };
  }
  const userName = text(context.fields.user) ?? '';
  const user = users.get(userName);
  if (userName !== '' && !user) {
    return { ok: false, message: `The user "${userName}" of the context "${current}" does not exist in ${read}` };
  }
  return {
    ok: true,
    target: {
      context: current,
      namespace: text(context.fields.namespace) ?? '',
      clusterName,
      cluster: readCluster(cluster, server),
      user: readUser(userName, user),
      file: context.file.path,
    },
  };
}

function collect(into: Map<string, Entry>, list: unknown, key: string, file: KubeconfigFile): void {
  if (!Array.isArray(list)) return;
  for (const item of list) {
    const fields = asFields(item);
    const name = text(fields.name);
    if (name !== undefined && !into.has(name)) into.set(name, { name, fields: asFields(fields[key]), file });
  }
}

function readCluster({ fields, file }: Entry, server: string): KubeCluster {
  return {
    server: server.replace(/\/+$/, ''),
    ca: decoded(fields['certificate-authority-data']),
    caFile: path(fields['certificate-authority'], file),
    skipTlsVerify: fields['insecure-skip-tls-verify'] === true,
    tlsServerName: text(fields['tls-server-name']),
    proxyUrl: text(fields['proxy-url']),
  };
}

function readUser(name: string, entry: Entry | undefined): KubeUser {
  const fields = entry?.fields ?? {};
  const file = entry?.file;
  return {
    name,
    clientCertificate: decoded(fields['client-certificate-data']),
    clientKey: decoded(fields['client-key-data']),
    clientCertificateFile: file && path(fields['client-certificate'], file),
    clientKeyFile: file && path(fields['client-key'], file),
    token: text(fields.token),
    tokenFile: file && path(fields.tokenFile ?? fields['token-file'], file),
    username: text(fields.username),
    password: text(fields.password),
    impersonate: text(fields.as),
    exec: file && readExec(fields.exec, file),
    authProvider: readAuthProvider(fields['auth-provider']),
  };
}

function readExec(value: unknown, file: KubeconfigFile): ExecPlugin | undefined {
  const fields = asFields(value);
  const command = text(fields.command);
  if (command === undefined) return undefined;
  const env = Array.isArray(fields.env) ? fields.env.map(asFields) : [];
  return {
    apiVersion: text(fields.apiVersion) ?? 'client.authentication.k8s.io/v1',
    // A command with a slash is relative to the kubeconfig, as for kubectl.
    command: command.includes('/') && !isAbsolute(command) ? join(file.folder, command) : command,
    args: Array.isArray(fields.args) ? fields.args.map(String) : [],
    env: env.map((item) => ({ name: text(item.name) ?? '', value: text(item.value) ?? '' })),
    installHint: text(fields.installHint)?.trim() ?? '',
    provideClusterInfo: fields.provideClusterInfo === true,
  };
}

function readAuthProvider(value: unknown): AuthProvider | undefined {
  const fields = asFields(value);
  const name = text(fields.name);
  return name === undefined ? undefined : { name, config: asFields(fields.config) };
}

function asFields(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

function text(value: unknown): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

function path(value: unknown, file: KubeconfigFile): string | undefined {
  const name = text(value);
  if (name === undefined) return undefined;
  return isAbsolute(name) ? name : join(file.folder, name);
}

function decoded(value: unknown): string | undefined {
  const data = text(value);
  return data === undefined ? undefined : Buffer.from(data, 'base64').toString('utf8');
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n', 1)[0] ?? '';
}
