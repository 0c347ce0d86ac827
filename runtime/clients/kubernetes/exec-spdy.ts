import http from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import { StringDecoder } from 'node:string_decoder';
import type { KubernetesClient } from './client.ts';
import { apiError, networkErrorWords } from './errors.ts';
import { type ExecEnd, type ExecRequest, execPath, isLoginRefused, statusEnd } from './exec-words.ts';
import { dataFrame, FrameReader, pongFrame, synStream } from './spdy-frames.ts';

// The older way to run a program in a container: several streams on one connection, each of which can end by itself. Servers ask for
// the verb "create" for it, where WebSockets need "get".

const ERROR = 1;
const STDOUT = 3;
const STDERR = 5;
const STDIN = 7;
const FRAME_BYTES = 64 * 1024;

/** Runs a program in a container; it sees the end of its input. Rejects with the signal's reason only. */
export async function execBySpdy(
  client: KubernetesClient,
  request: ExecRequest,
  signal: AbortSignal,
): Promise<ExecEnd> {
  let opened = await open(client, request, signal);
  if (isLoginRefused(opened)) {
    await client.renewLogin();
    opened = await open(client, request, signal);
  }
  signal.throwIfAborted();
  return 'kind' in opened ? opened : converse(opened.socket, opened.head, request, signal);
}

async function open(
  client: KubernetesClient,
  request: ExecRequest,
  signal: AbortSignal,
): Promise<{ readonly socket: Socket; readonly head: Buffer } | ExecEnd> {
  const { url, agent, headers } = await client.connectOptions(execPath(request));
  const start = url.startsWith('wss:') ? https.request : http.request;
  return new Promise((resolve) => {
    const sent = start(url.replace(/^ws/, 'http'), {
      method: 'POST',
      agent,
      signal,
      headers: {
        ...headers,
        'Content-Length': 0,
        Connection: 'Upgrade',
        Upgrade: 'SPDY/3.1',
        'X-Stream-Protocol-Version': 'v4.channel.k8s.io',
      },
    });
    sent.on('upgrade', (_response, socket, head) => resolve({ socket: socket as Socket, head }));
    sent.on('response', (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('close', () => {
        const { status, message } = apiError(response.statusCode ?? 0, text);
        resolve({ kind: 'refused', status, message });
      });
    });
    sent.on('error', (error) => resolve({ kind: 'lost', message: networkErrorWords(error) }));
    sent.end();
  });
}

function converse(
  socket: Socket,
  head: Buffer,
  { stdin, onOutput }: ExecRequest,
  signal: AbortSignal,
): Promise<ExecEnd> {
  return new Promise((resolve, reject) => {
    let problem = 'the connection was cut';
    let status = '';
    const open = new Set([ERROR, STDOUT, STDERR]);
    const decoders = new Map([STDOUT, STDERR].map((id) => [id, new StringDecoder('utf8')]));
    const abort = () => socket.destroy();
    signal.addEventListener('abort', abort, { once: true });
    const reader = new FrameReader({
      data(stream, bytes, isLast) {
        const text = decoders.get(stream)?.write(bytes) ?? '';
        if (text !== '') onOutput(text);
        if (stream === ERROR) status += bytes.toString('utf8');
        if (isLast) open.delete(stream);
        if (open.size === 0) socket.end();
      },
      ping: (id) => socket.write(pongFrame(id)),
    });
    socket.on('data', (chunk: Buffer) => reader.add(chunk));
    socket.on('end', () => socket.end());
    socket.on('error', (error) => {
      problem = networkErrorWords(error);
    });
    socket.on('close', () => {
      signal.removeEventListener('abort', abort);
      if (signal.aborted) reject(signal.reason);
      else resolve(status === '' ? { kind: 'lost', message: problem } : statusEnd(status));
    });
    const streams: [number, string][] = [
      [ERROR, 'error'],
      [STDOUT, 'stdout'],
      [STDERR, 'stderr'],
    ];
    if (stdin) streams.push([STDIN, 'stdin']);
    for (const [index, [id, streamType]] of streams.entries()) socket.write(synStream(id, { streamType }, index === 0));
    for (let at = 0; stdin && at < stdin.length; at += FRAME_BYTES) {
      socket.write(dataFrame(STDIN, stdin.subarray(at, at + FRAME_BYTES), false));
    }
    if (stdin) socket.write(dataFrame(STDIN, Buffer.alloc(0), true));
    if (head.length > 0) reader.add(head);
  });
}
