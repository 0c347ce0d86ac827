import { connect, createServer, type Server, type Socket } from 'node:net';
import path from 'node:path';
import type { TestContext } from 'node:test';

/** Answers a request, or `undefined` for the engine to answer it; `line` is like `POST /build?version=2 HTTP/1.1`. */
export type OnRequest = (line: string) => string | undefined;

/**
 * A Docker engine's socket of a test's own: hands everything on to the real one, until it is stopped as Docker can be, and may answer
 * requests itself.
 */
export class EngineProxy {
  readonly socket: string;
  readonly #onRequest: OnRequest;
  readonly #sockets = new Set<Socket>();
  #server: Server | undefined;

  private constructor(socket: string, onRequest: OnRequest) {
    this.socket = socket;
    this.#onRequest = onRequest;
  }

  /** Up, and gone with the test. `folder` is where its socket lies. */
  static async start(test: TestContext, folder: string, onRequest: OnRequest = () => undefined): Promise<EngineProxy> {
    const proxy = new EngineProxy(path.join(folder, 'engine.sock'), onRequest);
    await proxy.up();
    test.after(() => proxy.down());
    return proxy;
  }

  get environment(): NodeJS.ProcessEnv {
    return { ...process.env, DOCKER_HOST: `unix://${this.socket}` };
  }

  async up(): Promise<void> {
    const server = createServer((client) => this.#serve(client));
    await new Promise<void>((resolve) => server.listen(this.socket, resolve));
    this.#server = server;
  }

  /** As a Docker that was killed: all connections break, and there is no socket any more. */
  async down(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    const closed = new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve()));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  #serve(client: Socket): void {
    const engine = connect((process.env.DOCKER_HOST ?? 'unix:///var/run/docker.sock').replace('unix://', ''));
    for (const [one, other] of [
      [client, engine],
      [engine, client],
    ] as const) {
      this.#sockets.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        this.#sockets.delete(one);
        other.destroy();
      });
    }
    engine.pipe(client);
    client.on('data', (chunk: Buffer) => {
      const [line = ''] = chunk.toString('latin1').split('\r\n', 1);
      const own = /^[A-Z]+ \S+ HTTP\/1\.1$/.test(line) ? this.#onRequest(line) : undefined;
      if (own === undefined) {
        engine.write(chunk);
        return;
      }
      engine.unpipe(client);
      client.end(own);
    });
    client.on('end', () => engine.end());
  }
}

/** An answer of HTTP with JSON, for requests that a proxy answers itself. */
export function jsonAnswer(status: number, body: string): string {
  const head = `HTTP/1.1 ${status} x\r\nContent-Type: application/json\r\nConnection: close\r\n`;
  return `${head}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}
