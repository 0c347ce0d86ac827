import { setMaxListeners } from 'node:events';
import http from 'node:http';
import https from 'node:https';
import { type Credentials, credentialSource, readOrThrow } from './credentials.ts';
import { ConnectionError, networkError } from './errors.ts';
import type { KubeTarget } from './kubeconfig.ts';

export interface RequestOptions {
  readonly method?: string;
  readonly body?: string;
  readonly contentType?: string;
  readonly accept?: string;
  readonly signal?: AbortSignal | undefined;
  /** Called with what the server remarks beside its answer, such as that a version of a kind will go. */
  readonly onWarning?: ((text: string) => void) | undefined;
}

/** What a WebSocket needs to connect the same way. */
export interface ConnectOptions {
  readonly url: string;
  readonly agent: http.Agent;
  readonly headers: Readonly<Record<string, string>>;
}

/** Sends requests to one API server with one user's credentials. */
export interface Transport {
  /** Resolves when the headers are there. Throws `UnreachableError`, or an `AbortError` of the signal. */
  send(path: string, options?: RequestOptions): Promise<http.IncomingMessage>;
  connectOptions(path: string): Promise<ConnectOptions>;
  close(): void;
}

interface Attempt {
  readonly answer: http.IncomingMessage;
  readonly credentials: Credentials;
}

const KEEP_ALIVE_MS = 30_000;

export function createTransport(target: KubeTarget): Transport {
  const source = credentialSource(target.user, target.cluster);
  const agents = agentSource(target);

  async function attempt(path: string, options: RequestOptions): Promise<Attempt> {
    const credentials = await withSignal(source.get(), options.signal);
    const agent = await agents.for(credentials);
    options.signal?.throwIfAborted();
    return { credentials, answer: await sendOnce(target, agent, credentials, path, options) };
  }

  return {
    async send(path, options = {}) {
      const { answer, credentials } = await retryStale(() => attempt(path, options));
      if (answer.statusCode !== 401 || !source.refused(credentials)) return answer;
      answer.resume();
      return (await attempt(path, options)).answer;
    },
    async connectOptions(path) {
      const credentials = await source.get();
      const agent = await agents.for(credentials);
      return { url: target.cluster.server.replace(/^http/, 'ws') + path, agent, headers: credentials.headers };
    },
    close: () => agents.close(),
  };
}

class StaleConnectionError extends ConnectionError {}

/** A kept connection may be closed by the server just when it is used again; nothing was sent then, so try once more. */
async function retryStale<T>(task: () => Promise<T>): Promise<T> {
  try {
    return await task();
  } catch (error) {
    if (error instanceof StaleConnectionError) return task();
    throw error;
  }
}

function sendOnce(
  target: KubeTarget,
  agent: http.Agent,
  credentials: Credentials,
  path: string,
  options: RequestOptions,
): Promise<http.IncomingMessage> {
  const { server } = target.cluster;
  const body = options.body === undefined ? undefined : Buffer.from(options.body);
  const headers: http.OutgoingHttpHeaders = {
    Accept: options.accept ?? 'application/json',
    'User-Agent': 'tilt-ts',
    ...credentials.headers,
    ...(body && { 'Content-Type': options.contentType ?? 'application/json', 'Content-Length': body.length }),
  };
  const { signal, method = 'GET' } = options;
  const requestOptions = { method, agent, headers, ...(signal && { signal }) };
  // Any number of requests may hang on one signal.
  if (signal) setMaxListeners(0, signal);
  const start = server.startsWith('https:') ? https.request : http.request;
  return new Promise((resolve, reject) => {
    const request = start(server + path, requestOptions, resolve);
    request.on('error', (error) => {
      if (signal?.aborted) return reject(signal.reason);
      const problem = networkError(error);
      const stale = request.reusedSocket && (error as NodeJS.ErrnoException).code === 'ECONNRESET';
      reject(stale ? new StaleConnectionError(problem.message, { cause: error }) : problem);
    });
    request.end(body);
  });
}

/** Connections are bound to the client certificate that they were opened with. */
function agentSource(target: KubeTarget) {
  let current: { readonly certificate: string | undefined; readonly agent: http.Agent } | undefined;
  let ca: Promise<string | undefined> | undefined;
  return {
    async for(credentials: Credentials): Promise<http.Agent> {
      ca ??= readCa(target);
      const authority = await ca;
      const certificate = credentials.clientCertificate;
      if (current && current.certificate === certificate) return current.agent;
      const agent = await createAgent(target, credentials, authority);
      current?.agent.destroy();
      current = { certificate, agent };
      return agent;
    },
    close() {
      current?.agent.destroy();
      current = undefined;
    },
  };
}

async function readCa(target: KubeTarget): Promise<string | undefined> {
  const { ca, caFile } = target.cluster;
  return ca ?? (caFile === undefined ? undefined : readOrThrow(caFile));
}

async function createAgent(target: KubeTarget, credentials: Credentials, ca: string | undefined): Promise<http.Agent> {
  const { cluster } = target;
  const options: https.AgentOptions = {
    keepAlive: true,
    keepAliveMsecs: KEEP_ALIVE_MS,
    ...(ca !== undefined && { ca }),
    ...(credentials.clientCertificate !== undefined && { cert: credentials.clientCertificate }),
    ...(credentials.clientKey !== undefined && { key: credentials.clientKey }),
    ...(cluster.skipTlsVerify && { rejectUnauthorized: false }),
    ...(cluster.tlsServerName !== undefined && { servername: cluster.tlsServerName }),
  };
  const secure = cluster.server.startsWith('https:');
  const proxy = cluster.proxyUrl ?? proxyFromEnvironment(cluster.server, process.env);
  if (proxy === undefined) return secure ? new https.Agent(options) : new http.Agent({ keepAlive: true });
  if (proxy.startsWith('socks')) {
    const { socksAgent } = await import('./socks-agent.ts');
    return socksAgent(proxy, options);
  }
  const { HttpProxyAgent, HttpsProxyAgent } = await import('hpagent');
  return secure ? new HttpsProxyAgent({ ...options, proxy }) : new HttpProxyAgent({ keepAlive: true, proxy });
}

/** `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY` as kubectl reads them; never for this machine itself. */
export function proxyFromEnvironment(server: string, env: NodeJS.ProcessEnv): string | undefined {
  const url = new URL(server);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (host === 'localhost' || host === '::1' || host.startsWith('127.')) return undefined;
  const name = url.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY';
  const proxy = env[name] || env[name.toLowerCase()];
  if (!proxy) return undefined;
  const exceptions = (env.NO_PROXY || env.no_proxy || '').split(',').map((item) => item.trim());
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  const excepted = exceptions.some((item) => matchesHost(item, host, port));
  if (excepted) return undefined;
  return proxy.includes('://') ? proxy : `http://${proxy}`;
}

function matchesHost(item: string, host: string, port: string): boolean {
  if (item === '') return false;
  if (item === '*') return true;
  const [name = '', itemPort] = /^[^:]+:\d+$/.test(item) ? item.split(':') : [item];
  if (itemPort !== undefined && itemPort !== port) return false;
  if (name.includes('/')) return matchesNetwork(name, host);
  const domain = name.replace(/^\*?\./, '');
  return host === domain || host.endsWith(`.${domain}`);
}

/** IPv4 networks such as `10.0.0.0/8`. */
function matchesNetwork(network: string, host: string): boolean {
  const [base = '', bits = ''] = network.split('/');
  const number = (address: string) => {
    const parts = address.split('.').map(Number);
    if (parts.length !== 4 || parts.some((part) => !(part >= 0 && part <= 255))) return undefined;
    return parts.reduce((sum, part) => sum * 256 + part, 0);
  };
  const [a, b] = [number(base), number(host)];
  const size = 2 ** (32 - Number(bits));
  return a !== undefined && b !== undefined && Math.floor(a / size) === Math.floor(b / size);
}

function withSignal<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return promise;
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) return abort();
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
