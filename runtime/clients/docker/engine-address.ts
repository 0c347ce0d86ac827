import { createHash } from 'node:crypto';
import { access, readFile } from 'node:fs/promises';
import path from 'node:path';
import { type DockerConfig, type Environment, homeFolder, stringAt, valueAt } from './docker-config.ts';

/** Where a Docker engine listens and who said so. */
export interface EngineAddress {
  /** As people write it: `unix:///var/run/docker.sock`. */
  readonly url: string;
  /** Such as `DOCKER_HOST`, `the Docker context "desktop-linux"`, `the default socket`. */
  readonly origin: string;
  readonly endpoint: EngineEndpoint;
}

export type EngineEndpoint =
  /** A Unix socket or a Windows pipe. */
  | { readonly kind: 'socket'; readonly path: string }
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number; readonly tls: EngineTls | undefined }
  | { readonly kind: 'ssh'; readonly host: string; readonly port: number; readonly user: string };

/** Certificates as PEM text; those that are not there are `undefined`. */
export interface EngineTls {
  readonly ca: string | undefined;
  readonly cert: string | undefined;
  readonly key: string | undefined;
}

export type FoundEngine =
  | { readonly ok: true; readonly value: EngineAddress }
  | { readonly ok: false; readonly message: string };

const DEFAULT_SOCKET = '/var/run/docker.sock';
const DEFAULT_PIPE = '//./pipe/docker_engine';
const TCP_PORT = 2375;
const TLS_PORT = 2376;

/** Finds the engine as the docker command line does: DOCKER_HOST, the chosen context, the default socket. */
export async function findEngine(environment: Environment, config: DockerConfig): Promise<FoundEngine> {
  if (environment.DOCKER_HOST) {
    const tls = environment.DOCKER_TLS_VERIFY
      ? await readTls(environment.DOCKER_CERT_PATH || config.folder)
      : undefined;
    return parseEngineUrl(environment.DOCKER_HOST, 'DOCKER_HOST', tls);
  }
  const context = environment.DOCKER_CONTEXT || config.currentContext;
  if (context !== '' && context !== 'default') return contextEngine(context, config);
  return { ok: true, value: await defaultEngine(environment) };
}

async function contextEngine(name: string, config: DockerConfig): Promise<FoundEngine> {
  const id = createHash('sha256').update(name).digest('hex');
  const file = path.join(config.folder, 'contexts', 'meta', id, 'meta.json');
  let url: string;
  try {
    const meta: unknown = JSON.parse(await readFile(file, 'utf8'));
    url = stringAt(valueAt(valueAt(meta, 'Endpoints'), 'docker'), 'Host');
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return {
      ok: false,
      message: `Cannot use the Docker context "${name}": ${why}. Choose another with: docker context use NAME`,
    };
  }
  return parseEngineUrl(
    url,
    `the Docker context "${name}"`,
    await readTls(path.join(config.folder, 'contexts', 'tls', id, 'docker')),
  );
}

async function defaultEngine(environment: Environment): Promise<EngineAddress> {
  if (process.platform === 'win32') {
    return address(`npipe://${DEFAULT_PIPE}`, 'the default pipe', { kind: 'socket', path: DEFAULT_PIPE });
  }
  const own = path.join(homeFolder(environment), '.docker', 'run', 'docker.sock');
  const socket = !(await exists(DEFAULT_SOCKET)) && (await exists(own)) ? own : DEFAULT_SOCKET;
  return address(`unix://${socket}`, 'the default socket', { kind: 'socket', path: socket });
}

/** Reads `unix:///path`, `npipe://…`, `tcp://host:port`, `http(s)://…`, `ssh://user@host`, or a bare `host:port`. */
export function parseEngineUrl(text: string, origin: string, tls: EngineTls | undefined): FoundEngine {
  const refuse = (why: string): FoundEngine => ({
    ok: false,
    message: `Cannot use the Docker engine at "${text}" (${origin}): ${why}. Write it like unix:///var/run/docker.sock or tcp://localhost:2375`,
  });
  for (const scheme of ['unix://', 'npipe://']) {
    if (!text.startsWith(scheme)) continue;
    const socket = text.slice(scheme.length) || (scheme === 'unix://' ? DEFAULT_SOCKET : DEFAULT_PIPE);
    return { ok: true, value: address(text, origin, { kind: 'socket', path: socket }) };
  }
  let url: URL;
  try {
    // Known to URL only by its other name: the parts of `tcp:` are those of `http:`.
    url = new URL(text.includes('://') ? text.replace(/^tcp:/, 'http:') : `http://${text}`);
  } catch {
    return refuse('it is not an address');
  }
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (host === '') return refuse('it names no host');
  const secure = url.protocol === 'https:' || tls !== undefined;
  switch (url.protocol) {
    case 'http:':
    case 'https:': {
      const port = Number(portIn(text) || (secure ? TLS_PORT : TCP_PORT));
      const certificates = secure ? (tls ?? { ca: undefined, cert: undefined, key: undefined }) : undefined;
      return { ok: true, value: address(text, origin, { kind: 'tcp', host, port, tls: certificates }) };
    }
    case 'ssh:':
      return {
        ok: true,
        value: address(text, origin, { kind: 'ssh', host, port: Number(url.port || 22), user: url.username }),
      };
    default:
      return refuse(`"${url.protocol}//" is not known`);
  }
}

/** The port as written; URL drops one that is the scheme's default. */
function portIn(text: string): string {
  return /^(?:\w+:\/\/)?[^/]*:(\d+)(?:\/|$)/.exec(text)?.[1] ?? '';
}

function address(url: string, origin: string, endpoint: EngineEndpoint): EngineAddress {
  return { url, origin, endpoint };
}

async function readTls(folder: string): Promise<EngineTls | undefined> {
  const read = (name: string): Promise<string | undefined> =>
    readFile(path.join(folder, name), 'utf8').catch(() => undefined);
  const [ca, cert, key] = await Promise.all([read('ca.pem'), read('cert.pem'), read('key.pem')]);
  return ca === undefined && cert === undefined && key === undefined ? undefined : { ca, cert, key };
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
