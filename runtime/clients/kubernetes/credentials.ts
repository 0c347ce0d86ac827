import { readFile } from 'node:fs/promises';
import { createSecureContext } from 'node:tls';
import { UnreachableError } from './errors.ts';
import { type ExecCredential, runExecPlugin } from './exec-credential.ts';
import type { AuthProvider, KubeCluster, KubeUser } from './kubeconfig.ts';

/** What a connection presents. */
export interface Credentials {
  readonly headers: Readonly<Record<string, string>>;
  /** PEM text. */
  readonly clientCertificate: string | undefined;
  readonly clientKey: string | undefined;
}

/** Gets credentials for a user; asks plugins again when theirs have expired or were refused. */
export interface CredentialSource {
  get(): Promise<Credentials>;
  /** The cluster refused these: the next `get` must not answer them from memory. Answers whether that can help. */
  refused(credentials: Credentials): boolean;
}

const TOKEN_FILE_MS = 60_000;
const EXPIRY_MARGIN_MS = 5_000;

export function credentialSource(user: KubeUser, cluster: KubeCluster): CredentialSource {
  const token = tokenSource(user, cluster);
  let certificate: Promise<readonly [string | undefined, string | undefined]> | undefined;
  return {
    async get() {
      certificate ??= readCertificate(user).catch((error: unknown) => {
        certificate = undefined;
        throw error;
      });
      const [clientCertificate, clientKey] = await certificate;
      const dynamic = await token.get();
      const headers: Record<string, string> = {};
      if (dynamic.authorization !== undefined) headers.Authorization = dynamic.authorization;
      if (user.impersonate !== undefined) headers['Impersonate-User'] = user.impersonate;
      return {
        headers,
        clientCertificate: dynamic.clientCertificate ?? clientCertificate,
        clientKey: dynamic.clientKey ?? clientKey,
      };
    },
    refused(credentials) {
      // Certificates in files may have been renewed.
      const isInFiles = user.clientCertificateFile !== undefined || user.clientKeyFile !== undefined;
      if (isInFiles) certificate = undefined;
      return token.refused(credentials) || isInFiles;
    },
  };
}

interface Dynamic {
  readonly authorization?: string | undefined;
  readonly clientCertificate?: string | undefined;
  readonly clientKey?: string | undefined;
}
interface TokenSource {
  get(): Promise<Dynamic>;
  refused(credentials: Credentials): boolean;
}

function tokenSource(user: KubeUser, cluster: KubeCluster): TokenSource {
  const { exec, authProvider, tokenFile } = user;
  if (tokenFile !== undefined) return tokenFileSource(tokenFile);
  if (user.token !== undefined) return fixed({ authorization: `Bearer ${user.token}` });
  if (exec) return execSource(() => runExecPlugin(exec, cluster));
  if (authProvider) return providerSource(user.name, authProvider);
  if (user.username === undefined) return fixed({});
  const basic = Buffer.from(`${user.username}:${user.password ?? ''}`).toString('base64');
  return fixed({ authorization: `Basic ${basic}` });
}

function fixed(value: Dynamic): TokenSource {
  return { get: async () => value, refused: () => false };
}

function tokenFileSource(path: string): TokenSource {
  let value = '';
  let readAt = 0;
  return {
    async get() {
      if (value === '' || Date.now() - readAt > TOKEN_FILE_MS) {
        value = (await readOrThrow(path)).trim();
        readAt = Date.now();
      }
      return { authorization: `Bearer ${value}` };
    },
    refused() {
      value = '';
      return true;
    },
  };
}

function execSource(run: () => Promise<ExecCredential>): TokenSource {
  let current: Promise<ExecCredential> | undefined;
  /** What `current` came to, as soon as it has. */
  let known: ExecCredential | undefined;
  return {
    async get() {
      const end = known?.expiresAt;
      if (end !== undefined && Date.now() > end - EXPIRY_MARGIN_MS) current = undefined;
      if (!current) {
        known = undefined;
        current = run();
        current.then(
          (credential) => (known = credential),
          () => (current = undefined),
        );
      }
      const { token, clientCertificate, clientKey } = await current;
      return { authorization: bearer(token), clientCertificate, clientKey };
    },
    refused({ headers, clientCertificate }) {
      // Of many requests that are refused at once the first one has it asked again.
      const isNewest =
        known && bearer(known.token) === headers.Authorization && known.clientCertificate === clientCertificate;
      if (isNewest) current = undefined;
      return true;
    },
  };
}

function bearer(token: string | undefined): string | undefined {
  return token === undefined ? undefined : `Bearer ${token}`;
}

interface ProviderPlugin {
  applyAuthentication(user: unknown, options: { headers: Record<string, unknown> }): Promise<void>;
}

/** The providers that kubectl had before plugins. client-node knows them; only the one that is needed is loaded. */
function providerSource(name: string, provider: AuthProvider): TokenSource {
  let plugin: Promise<ProviderPlugin> | undefined;
  // The plugin writes renewed tokens into its copy.
  const user = { name, authProvider: { name: provider.name, config: { ...provider.config } } };
  return {
    async get() {
      plugin ??= loadProvider(provider.name);
      const options: { headers: Record<string, unknown> } = { headers: {} };
      try {
        await (await plugin).applyAuthentication(user, options);
      } catch (error) {
        const words = error instanceof Error ? error.message : String(error);
        throw new UnreachableError(`The auth-provider "${provider.name}" of the user "${name}" failed: ${words}`);
      }
      const { Authorization: authorization } = options.headers;
      return { authorization: typeof authorization === 'string' ? authorization : undefined };
    },
    refused: () => false,
  };
}

async function loadProvider(name: string): Promise<ProviderPlugin> {
  switch (name) {
    case 'oidc':
      return new (await import('@kubernetes/client-node/dist/oidc_auth.js')).OpenIDConnectAuth() as ProviderPlugin;
    case 'gcp':
      return new (await import('@kubernetes/client-node/dist/gcp_auth.js')).GoogleCloudPlatformAuth() as ProviderPlugin;
    case 'azure':
      return new (await import('@kubernetes/client-node/dist/azure_auth.js')).AzureAuth() as ProviderPlugin;
    default:
      throw new UnreachableError(`The auth-provider "${name}" is not known: use a credential plugin ("exec") instead`);
  }
}

/** As for kubectl, a key without a certificate says nothing; a certificate needs its key. */
async function readCertificate(user: KubeUser): Promise<readonly [string | undefined, string | undefined]> {
  const read = (path: string | undefined) => (path === undefined ? undefined : readOrThrow(path));
  const cert = user.clientCertificate ?? (await read(user.clientCertificateFile));
  if (cert === undefined) return [undefined, undefined];
  const key = user.clientKey ?? (await read(user.clientKeyFile));
  const problem = key === undefined ? 'client-key or client-key-data is missing' : pairProblem(cert, key);
  if (problem === undefined) return [cert, key];
  throw new UnreachableError(`The client certificate of the user "${user.name}" cannot be used: ${problem}`);
}

function pairProblem(cert: string, key: string): string | undefined {
  try {
    createSecureContext({ cert, key });
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Throws `UnreachableError` when the file cannot be read. */
export async function readOrThrow(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new UnreachableError(`Cannot read "${path}", which the kubeconfig names: ${code}`);
  }
}
