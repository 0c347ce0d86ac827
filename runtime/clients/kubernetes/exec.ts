import type { IncomingMessage } from 'node:http';
import { StringDecoder } from 'node:string_decoder';
import type { WebSocket } from 'ws';
import type { KubernetesClient } from './client.ts';
import { apiError, networkErrorWords } from './errors.ts';
import { podsPath } from './pod-tracker.ts';

export interface ExecRequest {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  readonly argv: readonly string[];
  /** Only newer servers can tell the program that this is all: others leave its standard input open. */
  readonly stdin?: Buffer;
  /** Called with what the program writes, on both of its outputs. */
  readonly onOutput: (text: string) => void;
}

/** How a program in a container ended. */
export type ExecEnd =
  | { readonly kind: 'exited'; readonly code: number }
  /** The container has no such program, or it may not be run. */
  | { readonly kind: 'not-found' }
  /** The server does not run it, such as when that is forbidden, or the container is gone. */
  | { readonly kind: 'refused'; readonly status: number; readonly message: string }
  /** The connection broke, or could not be made: nobody knows how far the program came. */
  | { readonly kind: 'lost'; readonly message: string }
  /** The program is to read to the end of its input, and this server cannot tell it of the end. */
  | { readonly kind: 'endless' };

const PROTOCOLS = ['v5.channel.k8s.io', 'v4.channel.k8s.io'];
const CAN_END_INPUT = PROTOCOLS[0];
const STDIN = 0;
const STATUS = 3;
const CLOSE = 255;
const FRAME_BYTES = 256 * 1024;
const CONNECT_MS = 10_000;

/** Runs a program in a container. `readsToEnd` when it would wait for the end of its input. Rejects with the signal's reason only. */
export async function execInPod(
  client: KubernetesClient,
  request: ExecRequest,
  readsToEnd: boolean,
  signal: AbortSignal,
): Promise<ExecEnd> {
  let opened = await open(client, request, signal);
  // A kept connection may be closed by the server just when it is used again: nothing was sent then.
  if ('kind' in opened && opened.kind === 'lost') opened = await open(client, request, signal);
  signal.throwIfAborted();
  if ('kind' in opened) return opened;
  if (readsToEnd && opened.protocol !== CAN_END_INPUT) {
    opened.terminate();
    return { kind: 'endless' };
  }
  return converse(opened, request, signal);
}

async function open(client: KubernetesClient, request: ExecRequest, signal: AbortSignal): Promise<WebSocket | ExecEnd> {
  const { WebSocket } = await import('ws');
  const { namespace, pod, container, argv, stdin } = request;
  const query = new URLSearchParams({ container, stdout: 'true', stderr: 'true' });
  if (stdin) query.set('stdin', 'true');
  for (const word of argv) query.append('command', word);
  const path = `${podsPath(namespace)}/${encodeURIComponent(pod)}/exec?${query}`;
  const { url, agent, headers } = await client.connectOptions(path);
  const socket = new WebSocket(url, PROTOCOLS, {
    agent,
    headers,
    handshakeTimeout: CONNECT_MS,
    perMessageDeflate: false,
  });
  return new Promise((resolve) => {
    const abort = () => socket.terminate();
    signal.addEventListener('abort', abort, { once: true });
    const end = (result: WebSocket | ExecEnd) => {
      signal.removeEventListener('abort', abort);
      resolve(result);
    };
    socket.on('unexpected-response', async (_request, response) => {
      const { status, message } = apiError(response.statusCode ?? 0, await bodyOf(response));
      end({ kind: 'refused', status, message });
      socket.terminate();
    });
    socket.on('error', (error) => end({ kind: 'lost', message: networkErrorWords(error) }));
    socket.on('open', () => {
      // What comes right after the handshake must wait until someone listens.
      socket.pause();
      end(socket);
    });
  });
}

function converse(socket: WebSocket, { stdin, onOutput }: ExecRequest, signal: AbortSignal): Promise<ExecEnd> {
  return new Promise((resolve, reject) => {
    let end: ExecEnd = { kind: 'lost', message: 'the connection was cut' };
    const decoders = new Map<number, StringDecoder>();
    const abort = () => socket.terminate();
    signal.addEventListener('abort', abort, { once: true });
    socket.on('message', (message) => {
      const frame = message as Buffer;
      const channel = frame[0] ?? 0;
      const payload = frame.subarray(1);
      if (channel === STATUS) {
        end = statusEnd(payload.toString('utf8'));
        return;
      }
      const decoder = decoders.get(channel) ?? new StringDecoder('utf8');
      decoders.set(channel, decoder);
      const text = decoder.write(payload);
      if (text !== '') onOutput(text);
    });
    socket.on('error', (error) => {
      end = { kind: 'lost', message: networkErrorWords(error) };
    });
    socket.on('close', () => {
      signal.removeEventListener('abort', abort);
      if (signal.aborted) reject(signal.reason);
      else resolve(end);
    });
    if (signal.aborted) return abort();
    socket.resume();
    if (stdin) send(socket, stdin);
  });
}

function send(socket: WebSocket, bytes: Buffer): void {
  for (let at = 0; at < bytes.length; at += FRAME_BYTES) {
    socket.send(Buffer.concat([Buffer.of(STDIN), bytes.subarray(at, at + FRAME_BYTES)]));
  }
  if (socket.protocol === CAN_END_INPUT) socket.send(Buffer.of(CLOSE, STDIN));
}

/** Reads the status object that the server sends when the program has ended. */
export function statusEnd(text: string): ExecEnd {
  let status: {
    status?: string;
    message?: string;
    code?: number;
    details?: { causes?: readonly { reason?: string; message?: string }[] };
  };
  try {
    status = JSON.parse(text);
  } catch {
    return { kind: 'lost', message: text };
  }
  if (status.status === 'Success') return { kind: 'exited', code: 0 };
  const message = status.message ?? 'no reason given';
  const code = status.details?.causes?.find(({ reason }) => reason === 'ExitCode')?.message;
  // Some runtimes give a program that is not there an exit code, as a shell would.
  const isMissing = /executable file not found|no such file or directory|permission denied/i.test(message);
  if (isMissing && (code === undefined || code === '126' || code === '127' || code === '128'))
    return { kind: 'not-found' };
  if (code !== undefined) return { kind: 'exited', code: Number(code) };
  return { kind: 'refused', status: status.code ?? 500, message };
}

async function bodyOf(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of response) chunks.push(chunk);
  } catch {
    // What came so far has to do.
  }
  return Buffer.concat(chunks).toString('utf8');
}
