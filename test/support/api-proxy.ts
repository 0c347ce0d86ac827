import { writeFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { pipeline, Readable } from 'node:stream';
import type { TestContext } from 'node:test';
import { KubernetesClient } from '../../runtime/clients/kubernetes/client.ts';
import { makeProject } from './program.ts';

/** What to answer in the place of the cluster. `body` is the `message` of the refusal. */
export interface Answer {
  readonly status: number;
  readonly message: string;
  readonly reason?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface ProxyRules {
  /** Answers for the cluster, or nothing to let the request through; may take its time. */
  readonly intercept?: (request: http.IncomingMessage) => Answer | undefined | Promise<Answer | undefined>;
  /** Headers beside those of the cluster's answer. */
  readonly addHeaders?: (request: http.IncomingMessage) => Readonly<Record<string, string>>;
  /** What to make of each line of the cluster's answers. */
  readonly rewrite?: (line: string) => string;
}

/** Stands before the real cluster and sees each request: it can refuse, delay and count. */
export class ApiProxy {
  readonly url: string;
  readonly requests: { readonly method: string; readonly url: string; readonly authorization: string }[] = [];
  /** How many requests that change something were under way at once, at the most. */
  mostChanges = 0;

  private constructor(url: string) {
    this.url = url;
  }

  static async start(t: TestContext, rules: ProxyRules = {}): Promise<ApiProxy> {
    const client = new KubernetesClient();
    const { cluster, user } = await client.target();
    await client.close();
    const identity = {
      ...(cluster.ca !== undefined && { ca: cluster.ca }),
      ...(user.clientCertificate !== undefined && { cert: user.clientCertificate }),
      ...(user.clientKey !== undefined && { key: user.clientKey }),
    };
    const agent = new https.Agent({ keepAlive: true, ...identity });
    let proxy: ApiProxy | undefined;
    let changes = 0;
    const server = http.createServer(async (request, response) => {
      const { method = 'GET', url = '/' } = request;
      proxy?.requests.push({ method, url, authorization: request.headers.authorization ?? '' });
      if (method !== 'GET') {
        changes++;
        if (proxy) proxy.mostChanges = Math.max(proxy.mostChanges, changes);
        response.on('close', () => changes--);
      }
      const answer = await rules.intercept?.(request);
      if (response.destroyed) return;
      if (answer) {
        const { status, message, reason = '', headers } = answer;
        request.resume();
        response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
        response.end(JSON.stringify({ kind: 'Status', status: 'Failure', message, reason, code: status }));
        return;
      }
      const { authorization: _, 'accept-encoding': encoding, ...headers } = request.headers;
      if (encoding !== undefined && !rules.rewrite) headers['accept-encoding'] = encoding;
      const onward = https.request(cluster.server + url, { method, headers, agent }, (back) => {
        const { 'content-length': length, ...kept } = back.headers;
        const unchanged = length === undefined || rules.rewrite ? {} : { 'content-length': length };
        response.writeHead(back.statusCode ?? 0, { ...kept, ...unchanged, ...rules.addHeaders?.(request) });
        if (rules.rewrite) pipeline(Readable.from(linesOf(back, rules.rewrite)), response, () => {});
        else back.pipe(response);
      });
      onward.on('error', () => response.destroy());
      response.on('close', () => onward.destroy());
      request.pipe(onward);
    });
    server.on('upgrade', (request, socket) => {
      const { url = '/', headers } = request;
      const onward = https.request(cluster.server + url, { headers, ...identity, agent: false });
      onward.on('upgrade', (back, other) => {
        const lines = Object.entries(back.headers).map(([name, value]) => `${name}: ${value}`);
        socket.write(`HTTP/1.1 101 Switching Protocols\r\n${lines.join('\r\n')}\r\n\r\n`);
        pipeline(socket, other, socket, () => {});
      });
      onward.on('response', () => socket.destroy());
      onward.on('error', () => socket.destroy());
      onward.end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    t.after(() => {
      server.closeAllConnections();
      server.close();
      agent.destroy();
    });
    proxy = new ApiProxy(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    return proxy;
  }
}

async function* linesOf(from: Readable, rewrite: (line: string) => string): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of from.setEncoding('utf8')) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) yield `${rewrite(line)}\n`;
  }
  if (rest !== '') yield rewrite(rest);
}

export interface TestContextOfKube {
  readonly name: string;
  readonly server: string;
  /** The context's own name when not given. */
  readonly clusterName?: string;
  readonly user?: object;
  readonly cluster?: object;
}

/** Writes a kubeconfig of contexts to servers, the first one current; answers its path. */
export function writeKubeconfig(
  file: string,
  contexts: readonly TestContextOfKube[],
  current = contexts[0]?.name ?? '',
): string {
  const config = {
    'current-context': current,
    contexts: contexts.map(({ name, clusterName = name }) => ({ name, context: { cluster: clusterName, user: name } })),
    clusters: contexts.map(({ name, clusterName = name, server, cluster }) => ({
      name: clusterName,
      cluster: { server, ...cluster },
    })),
    users: contexts.map(({ name, user = {} }) => ({ name, user })),
  };
  writeFileSync(file, JSON.stringify(config));
  return file;
}

/** A client for the contexts of a kubeconfig that is written for it. */
export function clientOf(
  t: TestContext,
  ...contexts: readonly TestContextOfKube[]
): { readonly client: KubernetesClient; readonly file: string } {
  const file = writeKubeconfig(path.join(makeProject(t, {}), 'kubeconfig'), contexts);
  const client = new KubernetesClient({ env: { ...process.env, KUBECONFIG: file } });
  t.after(() => client.close());
  return { client, file };
}
