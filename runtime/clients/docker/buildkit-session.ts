import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders, ServerHttp2Stream } from 'node:http2';
import type { DockerEngine } from './docker-engine.ts';
import { protobufFields, protobufMessage, protobufText } from './protobuf.ts';
import type { RegistryLogin } from './registry-login.ts';

/** A connection on which BuildKit asks back while it builds. */
export interface BuildSession {
  /** Goes into the build's `session` parameter. */
  readonly id: string;
  close(): void;
}

/** Answers the login for a registry, `undefined` for none. Must not reject. */
export type FindLogin = (registry: string) => Promise<RegistryLogin | undefined>;

type Method = (request: Uint8Array) => Promise<Uint8Array>;

const CREDENTIALS = '/moby.filesync.v1.Auth/Credentials';
const HEALTH = '/grpc.health.v1.Health/Check';
const SERVING = 1;
const UNIMPLEMENTED = '12';
const INTERNAL = '13';
const FRAME_HEADER = 5;
const OPEN_LIMIT_MS = 5_000;

/**
 * Opens a session: gRPC over an upgraded connection, with the engine as the client. BuildKit takes from it the logins for
 * base images, and drops it when the health check, once a second, is not answered. `undefined` when the engine offers no
 * sessions; a build without one works as long as nothing must be pulled.
 */
export async function openBuildSession(
  engine: DockerEngine,
  findLogin: FindLogin,
  signal: AbortSignal,
): Promise<BuildSession | undefined> {
  const { createServer } = await import('node:http2');
  const id = randomUUID();
  const opened = engine.upgrade(
    {
      method: 'POST',
      path: '/session',
      headers: {
        'X-Docker-Expose-Session-Uuid': id,
        'X-Docker-Expose-Session-Name': 'tilt-ts',
        'X-Docker-Expose-Session-Grpc-Method': CREDENTIALS,
      },
      signal: AbortSignal.any([signal, AbortSignal.timeout(OPEN_LIMIT_MS)]),
      whileDoing: 'opening a build session',
    },
    'h2c',
  );
  const socket = await opened;
  if (!socket.ok) return undefined;

  const methods: Readonly<Record<string, Method>> = {
    [HEALTH]: async () => protobufMessage([[1, SERVING]]),
    [CREDENTIALS]: async (request) => {
      const host = [...protobufFields(request)].find((field) => field.number === 1);
      const login = host && (await findLogin(protobufText(host)));
      if (!login) return new Uint8Array();
      return login.kind === 'token'
        ? protobufMessage([[2, login.token]])
        : protobufMessage([
            [1, login.username],
            [2, login.password],
          ]);
    },
  };
  const server = createServer();
  server.on('stream', (stream, headers) => answer(stream, headers, methods));
  // A broken session shows in the build that uses it; here there is nobody to tell.
  server.on('sessionError', () => {});
  socket.value.on('error', () => {});
  server.emit('connection', socket.value);
  return {
    id,
    close() {
      socket.value.destroy();
    },
  };
}

function answer(
  stream: ServerHttp2Stream,
  headers: IncomingHttpHeaders,
  methods: Readonly<Record<string, Method>>,
): void {
  const chunks: Buffer[] = [];
  stream.on('error', () => {});
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  stream.on('end', async () => {
    const method = methods[String(headers[':path'])];
    if (!method) return refuse(stream, UNIMPLEMENTED);
    try {
      const reply = await method(Buffer.concat(chunks).subarray(FRAME_HEADER));
      if (stream.destroyed) return;
      stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
      stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
      stream.end(frame(reply));
    } catch {
      refuse(stream, INTERNAL);
    }
  });
}

function refuse(stream: ServerHttp2Stream, status: string): void {
  if (stream.destroyed || stream.headersSent) return;
  stream.respond({ ':status': 200, 'content-type': 'application/grpc', 'grpc-status': status }, { endStream: true });
}

/** gRPC's framing: a byte for "not compressed" and the length. */
function frame(message: Uint8Array): Buffer {
  const header = Buffer.alloc(FRAME_HEADER);
  header.writeUInt32BE(message.length, 1);
  return Buffer.concat([header, message]);
}
