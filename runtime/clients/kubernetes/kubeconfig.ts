import {
  chooseContext,
  type KubeconfigEntry,
  type KubeconfigFile,
  kubeFields,
  kubePath,
  kubeText,
} from '../../../stdlib/model/kubeconfig.ts';

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

export type Selected =
  | { readonly ok: true; readonly target: KubeTarget }
  | { readonly ok: false; readonly message: string };

/** Picks the current context (or `contextOverride`) out of files that are given in the order of their weight. */
export function selectTarget(files: readonly KubeconfigFile[], contextOverride = ''): Selected {
  const chosen = chooseContext(files, contextOverride);
  if (!chosen.ok) return chosen;
  const { name, namespace, file, clusterName, cluster, server, userName, user } = chosen.context;
  return {
    ok: true,
    target: {
      context: name,
      namespace,
      clusterName,
      cluster: readCluster(cluster, server),
      user: readUser(userName, user),
      file,
    },
  };
}

function readCluster({ fields, file }: KubeconfigEntry, server: string): KubeCluster {
  return {
    server: server.replace(/\/+$/, ''),
    ca: decoded(fields['certificate-authority-data']),
    caFile: kubePath(fields['certificate-authority'], file),
    skipTlsVerify: fields['insecure-skip-tls-verify'] === true,
    tlsServerName: kubeText(fields['tls-server-name']),
    proxyUrl: kubeText(fields['proxy-url']),
  };
}

function readUser(name: string, { fields, file }: KubeconfigEntry): KubeUser {
  return {
    name,
    clientCertificate: decoded(fields['client-certificate-data']),
    clientKey: decoded(fields['client-key-data']),
    clientCertificateFile: kubePath(fields['client-certificate'], file),
    clientKeyFile: kubePath(fields['client-key'], file),
    token: kubeText(fields.token),
    tokenFile: kubePath(fields.tokenFile ?? fields['token-file'], file),
    username: kubeText(fields.username),
    password: kubeText(fields.password),
    impersonate: kubeText(fields.as),
    exec: readExec(fields.exec, file),
    authProvider: readAuthProvider(fields['auth-provider']),
  };
}

function readExec(value: unknown, file: string): ExecPlugin | undefined {
  const fields = kubeFields(value);
  const command = kubeText(fields.command);
  if (command === undefined) return undefined;
  const env = Array.isArray(fields.env) ? fields.env.map(kubeFields) : [];
  return {
    apiVersion: kubeText(fields.apiVersion) ?? 'client.authentication.k8s.io/v1',
    // A command with a slash is relative to the kubeconfig, as for kubectl.
    command: command.includes('/') ? (kubePath(command, file) ?? command) : command,
    args: Array.isArray(fields.args) ? fields.args.map(String) : [],
    env: env.map((item) => ({ name: kubeText(item.name) ?? '', value: kubeText(item.value) ?? '' })),
    installHint: kubeText(fields.installHint)?.trim() ?? '',
    provideClusterInfo: fields.provideClusterInfo === true,
  };
}

function readAuthProvider(value: unknown): AuthProvider | undefined {
  const fields = kubeFields(value);
  const name = kubeText(fields.name);
  return name === undefined ? undefined : { name, config: kubeFields(fields.config) };
}

function decoded(value: unknown): string | undefined {
  const data = kubeText(value);
  return data === undefined ? undefined : Buffer.from(data, 'base64').toString('utf8');
}
