import type { IncomingMessage } from 'node:http';
import { StringDecoder } from 'node:string_decoder';
import type { WebSocket } from 'ws';
import type { KubernetesClient } from './client.ts';
import { apiError, networkErrorWords } from './errors.ts';
import { type ExecEnd, type ExecRequest, execPath, isLoginRefused, statusEnd } from './exec-words.ts';

const CAN_END_INPUT = 'v5.channel.k8s.io';
const STDIN = 0;
const STATUS = 3;
const CLOSE = 255;
const FRAME_BYTES = 256 * 1024;
const CONNECT_MS = 10_000;

/** Clients that may not run programs by WebSockets. */
const refusing = new WeakSet<KubernetesClient>();

/** Runs a program in a container. `readsToEnd` when it would wait for the end of its input. Rejects with the signal's reason only. */
export async function execInPod(
  client: KubernetesClient,
  request: ExecRequest,
  readsToEnd: boolean,
  signal: AbortSignal,
): Promise<ExecEnd> {
  const bySpdy = async (): Promise<ExecEnd> => (await import('./exec-spdy.ts')).execBySpdy(client, request, signal);
  if (refusing.has(client)) return bySpdy();
  const protocols = readsToEnd ? [CAN_END_INPUT] : [CAN_END_INPUT, 'v4.channel.k8s.io'];
  let opened = await open(client, request, protocols, signal);
  // A kept connection may be closed by the server just when it is used again: nothing was sent then.
  if ('kind' in opened && opened.kind === 'lost') opened = await open(client, request, protocols, signal);
  if (isLoginRefused(opened)) {
    await client.renewLogin();
    opened = await open(client, request, protocols, signal);
  }
  signal.throwIfAborted();
  if (!('kind' in opened)) return converse(opened, request, signal);
  if (readsToEnd) return bySpdy();
  if (opened.kind !== 'refused' || opened.status !== 403) return opened;
  // Roles often allow "create", which only the older way asks for.
  const end = await bySpdy();
  if (end.kind !== 'refused') refusing.add(client);
  return end;
}

async function open(
  client: KubernetesClient,
  request: ExecRequest,
  protocols: string[],
  signal: AbortSignal,
): Promise<WebSocket | ExecEnd> {
  const { WebSocket } = await import('ws');
  const { url, agent, headers } = await client.connectOptions(execPath(request));
  const socket = new WebSocket(url, protocols, {
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
      // A program that ends before it has read everything breaks the connection.
      if (end.kind === 'lost') end = { kind: 'lost', message: networkErrorWords(error) };
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

async function bodyOf(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of response) chunks.push(chunk);
  } catch {
    // What came so far has to do.
  }
  return Buffer.concat(chunks).toString('utf8');
}
