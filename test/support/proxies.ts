import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { type AddressInfo, connect, createServer, type NetConnectOpts, type Server, type Socket } from 'node:net';
import path from 'node:path';
import type { TestContext } from 'node:test';

/** Stands before a server, and can go away and come back. */
export class TcpProxy {
  readonly #target: NetConnectOpts;
  readonly #sockets = new Set<Socket>();
  #server: Server | undefined;
  port = 0;

  private constructor(target: NetConnectOpts) {
    this.#target = target;
  }

  /** Up, and gone with the test. */
  static async start(test: TestContext, target: NetConnectOpts): Promise<TcpProxy> {
    const proxy = new TcpProxy(target);
    await proxy.up();
    test.after(() => proxy.down());
    return proxy;
  }

  /** On the port that it had before. */
  async up(): Promise<void> {
    const server = createServer((socket) => {
      const other = connect(this.#target);
      join(socket, other);
      for (const one of [socket, other]) {
        this.#sockets.add(one);
        one.on('close', () => this.#sockets.delete(one));
      }
    });
    await new Promise<void>((resolve) => server.listen(this.port, '127.0.0.1', resolve));
    this.port = (server.address() as AddressInfo).port;
    this.#server = server;
  }

  /** Cuts all connections and takes no more. */
  async down(): Promise<void> {
    const closed = new Promise((resolve) => this.#server?.close(resolve));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }
}

/** A proxy for other servers, and the `host:port` that it was asked for. */
export interface ForwardProxy {
  readonly url: string;
  readonly asked: readonly string[];
}

/** A proxy that makes tunnels by HTTP's CONNECT. */
export async function startTunnelProxy(test: TestContext): Promise<ForwardProxy> {
  const asked: string[] = [];
  const proxy = http.createServer();
  proxy.on('connect', (request, socket: Socket) => {
    asked.push(request.url ?? '');
    const [host = '', port = ''] = (request.url ?? '').split(':');
    const other = connect({ host, port: Number(port) }, () => socket.write('HTTP/1.1 200 OK\r\n\r\n'));
    join(socket, other);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  test.after(() => {
    proxy.closeAllConnections();
    proxy.close();
  });
  return { url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`, asked };
}

/** A proxy that speaks SOCKS 5, for IPv4 addresses only. */
export async function startSocksProxy(test: TestContext): Promise<ForwardProxy> {
  const asked: string[] = [];
  const sockets = new Set<Socket>();
  const proxy = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    // The greeting, answered with "no login"; then version, command, reserved, type 1, four bytes of address, two of port.
    socket.once('data', () => {
      socket.write(Buffer.from([5, 0]));
      socket.once('data', (request) => {
        const host = request.subarray(4, 8).join('.');
        const port = request.readUInt16BE(8);
        asked.push(`${host}:${port}`);
        const other = connect({ host, port }, () => {
          socket.write(Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0]));
          join(socket, other);
        });
        other.on('error', () => socket.destroy());
      });
    });
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  test.after(() => {
    proxy.close();
    for (const socket of sockets) socket.destroy();
  });
  return { url: `socks5://127.0.0.1:${(proxy.address() as AddressInfo).port}`, asked };
}

/** Writes a copy of a kubeconfig whose server is another one, `url`; answers its path. */
export function kubeconfigWithServer(folder: string, kubeconfig: string, url: string): string {
  return writeKubeconfig(folder, kubeconfig, (line) => line.replace(/server: .*/, `server: ${url}`));
}

/** Writes a copy of a kubeconfig whose server is reached through a proxy; answers its path. */
export function kubeconfigWithProxy(folder: string, kubeconfig: string, proxyUrl: string): string {
  return writeKubeconfig(folder, kubeconfig, (line) => line.replace(/^( +)server: .*/, `$&\n$1proxy-url: ${proxyUrl}`));
}

function writeKubeconfig(folder: string, kubeconfig: string, change: (line: string) => string): string {
  const file = path.join(folder, 'kube', 'config');
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, readFileSync(kubeconfig, 'utf8').split('\n').map(change).join('\n'));
  return file;
}

function join(one: Socket, two: Socket): void {
  for (const [from, to] of [
    [one, two],
    [two, one],
  ] as const) {
    from.pipe(to);
    from.on('error', () => to.destroy());
    from.on('close', () => to.destroy());
  }
}
