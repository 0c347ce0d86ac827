import { createServer, type Server, type Socket } from 'node:net';

const LOOPBACK = '127.0.0.1';
const LOOPBACK6 = '::1';

/** Listens on the host, or on the loopback addresses when it is empty. Rejects with the error of `listen`. */
export async function listenLocally(
  host: string,
  port: number,
  accept: (socket: Socket) => void,
): Promise<readonly Server[]> {
  if (host !== '') return [await listen(host, port, accept)];
  const first = await listen(LOOPBACK, port, accept);
  try {
    return [first, await listen(LOOPBACK6, portOf([first]) ?? port, accept)];
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    // Many machines have no IPv6.
    if (code === 'EADDRNOTAVAIL' || code === 'EAFNOSUPPORT') return [first];
    await closeServer(first);
    throw error;
  }
}

/** The port that they listen on. */
export function portOf([first]: readonly Server[]): number | undefined {
  const address = first?.address();
  return typeof address === 'object' ? address?.port : undefined;
}

function listen(host: string, port: number, accept: (socket: Socket) => void): Promise<Server> {
  return new Promise((resolve, reject) => {
    // A client that has sent everything may still wait for the answer.
    const server = createServer({ allowHalfOpen: true }, accept);
    server.once('error', reject);
    server.listen({ host, port }, () => {
      server.off('error', reject);
      resolve(server);
    });
  });
}

/** Takes no more connections; resolves when the last one is over. */
export function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
  });
}
