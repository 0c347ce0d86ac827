import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders, ServerHttp2Stream } from 'node:http2';
import { Duplex } from 'node:stream';
import type { DockerEngine } from './docker-engine.ts';
import { type SyncFolder, type SyncRequest, serveFolder, syncRequest } from './file-sync.ts';
import { FRAME_HEADER, frame } from './grpc-frame.ts';
import { protobufFields, protobufMessage, protobufText } from './protobuf.ts';
import type { RegistryLogin } from './registry-login.ts';
import { forwardToAgent } from './ssh-forward.ts';

/** A connection on which BuildKit asks back while it builds. */
export interface BuildSession {
  /** Goes into the build's `session` parameter. */
  readonly id: string;
  close(): void;
}

/** Answers the login for a registry, `undefined` for none. Must not reject. */
export type FindLogin = (registry: string) => Promise<RegistryLogin | undefined>;

/** What a build may ask for. */
export interface SessionSources {
  readonly findLogin: FindLogin;
  /** `undefined` when there is none of that id. Must not reject. */
  secret(id: string): Promise<Uint8Array | undefined>;
  /** Connects to an ssh agent; `undefined` when there is none of that id. */
  agent(id: string): (() => Duplex) | undefined;
  /** `undefined` when there is no folder of that name. */
  folder(request: SyncRequest): SyncFolder | undefined;
  /** Builds with the same key send files of one and the same folder: BuildKit asks only for what changed since the last one. */
  readonly sharedKey: string;
}

/** A request that is well-formed and cannot be met. */
class NotThere extends Error {}

type Method = (request: Uint8Array) => Promise<Uint8Array>;

const CREDENTIALS = '/moby.filesync.v1.Auth/Credentials';
const HEALTH = '/grpc.health.v1.Health/Check';
const SECRET = '/moby.buildkit.secrets.v1.Secrets/GetSecret';
const CHECK_AGENT = '/moby.sshforward.v1.SSH/CheckAgent';
const FORWARD_AGENT = '/moby.sshforward.v1.SSH/ForwardAgent';
const SYNC_FILES = '/moby.filesync.v1.FileSync/DiffCopy';
const SERVING = 1;
const NOT_FOUND = '5';
const UNIMPLEMENTED = '12';
const INTERNAL = '13';
const OPEN_LIMIT_MS = 5_000;
const DEFAULT_AGENT = 'default';

/**
 * Opens a session: gRPC over an upgraded connection, with the engine as the client. BuildKit takes from it the files, the logins for
 * base images, secrets and ssh agents, and drops it when the health check, once a second, is not answered. `undefined` when the
 * engine offers no sessions.
 */
export async function openBuildSession(
  engine: DockerEngine,
  sources: SessionSources,
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
        'X-Docker-Expose-Session-Sharedkey': sources.sharedKey,
        'X-Docker-Expose-Session-Grpc-Method': [CREDENTIALS, SECRET, CHECK_AGENT, FORWARD_AGENT, SYNC_FILES],
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
    [SECRET]: async (request) => {
      const id = firstText(request);
      const secret = await sources.secret(id);
      if (!secret) throw new NotThere(`secret "${id}" not found`);
      return protobufMessage([[1, secret]]);
    },
    [CHECK_AGENT]: async (request) => {
      const id = firstText(request) || DEFAULT_AGENT;
      if (sources.agent(id) === undefined) throw new NotThere(`ssh agent "${id}" not found`);
      return new Uint8Array();
    },
    [CREDENTIALS]: async (request) => {
      const host = firstText(request);
      const login = host === '' ? undefined : await sources.findLogin(host);
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
  const serve = (
    stream: ServerHttp2Stream,
    headers: IncomingHttpHeaders,
    _flags: number,
    rawHeaders: readonly string[],
  ): void => {
    switch (headers[':path']) {
      case SYNC_FILES: {
        const request = syncRequest(rawHeaders);
        const folder = sources.folder(request);
        if (folder) serveFolder(stream, folder);
        else refuse(stream, NOT_FOUND, `no folder "${request.name}"`);
        break;
      }
      case FORWARD_AGENT: {
        const agent = sources.agent(String(headers['buildkit.ssh.id'] ?? DEFAULT_AGENT));
        if (agent) forwardToAgent(stream, agent());
        else refuse(stream, NOT_FOUND, 'no such ssh agent');
        break;
      }
      default:
        answer(stream, headers, methods);
    }
  };
  server.on('stream', serve);
  // A broken session shows in the build that uses it; here there is nobody to tell.
  server.on('sessionError', () => {});
  socket.value.on('error', () => {});
  // Of a TLS connection http2 wants to know which protocol was agreed on when it was made; that was HTTP/1.1, and has been left behind.
  const plain =
    'alpnProtocol' in socket.value ? Duplex.from({ readable: socket.value, writable: socket.value }) : socket.value;
  plain.on('error', () => {});
  server.emit('connection', plain);
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
    } catch (error) {
      if (error instanceof NotThere) refuse(stream, NOT_FOUND, error.message);
      else refuse(stream, INTERNAL);
    }
  });
}

function refuse(stream: ServerHttp2Stream, status: string, message = ''): void {
  if (stream.destroyed || stream.headersSent) return;
  const words = message === '' ? {} : { 'grpc-message': encodeURIComponent(message) };
  const headers = { ':status': 200, 'content-type': 'application/grpc', 'grpc-status': status, ...words };
  stream.respond(headers, { endStream: true });
}

/** The text of a message's first field, which is all that is in most requests. */
function firstText(request: Uint8Array): string {
  const field = [...protobufFields(request)].find(({ number }) => number === 1);
  return field === undefined ? '' : protobufText(field);
}
