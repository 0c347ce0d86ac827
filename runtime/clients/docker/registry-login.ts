import { type DockerConfig, stringAt } from './docker-config.ts';

/** How to log in to a registry. */
export type RegistryLogin =
  | { readonly kind: 'password'; readonly username: string; readonly password: string }
  | { readonly kind: 'token'; readonly token: string };

/** Runs `docker-credential-HELPER get` with the registry on standard input; answers its output, `undefined` when it failed. */
export type RunCredentialHelper = (helper: string, registry: string) => Promise<string | undefined>;

const DOCKER_HUB = 'https://index.docker.io/v1/';
const HUB_NAMES: ReadonlySet<string> = new Set(['docker.io', 'index.docker.io', 'registry-1.docker.io']);
const TOKEN_USER = '<token>';

/** The login for a registry such as `docker.io` or `ghcr.io`, from the docker command line's configuration. */
export async function findRegistryLogin(
  registry: string,
  config: DockerConfig,
  runHelper: RunCredentialHelper,
): Promise<RegistryLogin | undefined> {
  const key = HUB_NAMES.has(registry) ? DOCKER_HUB : registry;
  const helper = config.credHelpers[key] || config.credHelpers[registry] || config.credsStore;
  if (helper) {
    const output = await runHelper(helper, key);
    const login = output === undefined ? undefined : helperLogin(output);
    if (login) return login;
  }
  return storedLogin(key, config);
}

/** The value of the header `X-Registry-Auth`. */
export function registryAuthHeader(login: RegistryLogin | undefined, registry: string): string {
  const serveraddress = HUB_NAMES.has(registry) ? DOCKER_HUB : registry;
  const auth =
    login === undefined
      ? {}
      : login.kind === 'token'
        ? { identitytoken: login.token, serveraddress }
        : { username: login.username, password: login.password, serveraddress };
  return Buffer.from(JSON.stringify(auth)).toString('base64url');
}

function helperLogin(output: string): RegistryLogin | undefined {
  let json: unknown;
  try {
    json = JSON.parse(output);
  } catch {
    return undefined;
  }
  return asLogin(stringAt(json, 'Username'), stringAt(json, 'Secret'));
}

function storedLogin(key: string, config: DockerConfig): RegistryLogin | undefined {
  const stored = config.auths[key] ?? Object.entries(config.auths).find(([name]) => hostOf(name) === hostOf(key))?.[1];
  if (!stored) return undefined;
  if (stored.identitytoken) return { kind: 'token', token: stored.identitytoken };
  if (stored.username && stored.password) return asLogin(stored.username, stored.password);
  const decoded = Buffer.from(stored.auth ?? '', 'base64')
    .toString('utf8')
    .replace(/\0+$/, '');
  const colon = decoded.indexOf(':');
  return colon < 0 ? undefined : asLogin(decoded.slice(0, colon), decoded.slice(colon + 1));
}

function asLogin(username: string, secret: string): RegistryLogin | undefined {
  if (secret === '') return undefined;
  return username === TOKEN_USER ? { kind: 'token', token: secret } : { kind: 'password', username, password: secret };
}

function hostOf(name: string): string {
  return name.replace(/^https?:\/\//, '').replace(/\/.*$/, '');
}
