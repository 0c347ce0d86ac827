import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';

/** Who answers what comes in. */
export interface Answerer {
  answer(request: IncomingMessage, response: ServerResponse): Promise<void>;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
}

export interface Listener {
  readonly port: number;
  /** Closes all connections. */
  stop(): Promise<void>;
}

/**
 * Listens on a port; 0 takes a free one. `localhost` stands for the loopback addresses of both kinds. The answerer is asked for when the first
 * request comes, and not before. Rejects with the error of `listen`.
 */
export async function listenHttp(host: string, port: number, answerer: () => Promise<Answerer>): Promise<Listener> {
  const servers: Server[] = [];
  const start = async (address: string, wanted: number) => {
    const server = createServer((request, response) => {
      void answerer().then(
        (known) => known.answer(request, response),
        () => response.destroy(),
      );
    });
    server.on('upgrade', (request, socket, head) => {
      socket.on('error', () => {});
      void answerer().then(
        (known) => known.upgrade(request, socket, head),
        () => socket.destroy(),
      );
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen({ host: address, port: wanted }, () => {
        server.off('error', reject);
        resolve();
      });
    });
    servers.push(server);
    return (server.address() as AddressInfo).port;
  };
  const stop = async () => {
    for (const server of servers) {
      server.closeAllConnections();
      server.close();
    }
  };
  if (host !== 'localhost') return { port: await start(host, port), stop };
  const taken = await start('127.0.0.1', port);
  try {
    await start('::1', taken);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // Many machines have no IPv6; a free port of one kind may be in use for the other.
    const isFine = code === 'EADDRNOTAVAIL' || code === 'EAFNOSUPPORT' || (port === 0 && code === 'EADDRINUSE');
    if (!isFine) {
      await stop();
      throw error;
    }
  }
  return { port: taken, stop };
}
