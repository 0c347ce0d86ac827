import type { Socket } from 'node:net';
import type { WebSocket as Channel } from 'ws';
import type { KubernetesClient } from '../clients/kubernetes/client.ts';
import { networkErrorWords } from '../clients/kubernetes/errors.ts';
import { podsPath } from '../clients/kubernetes/pod-tracker.ts';

const PROTOCOL = 'v4.channel.k8s.io';
const DATA = 0;
const ERROR = 1;
// The pod's stream begins with its port's number, on both channels.
const PORT_BYTES = 2;
const CONNECT_MS = 10_000;
const MOST_WAITING_BYTES = 1 << 20;
// The protocol has no way to say "I have nothing more to send": after that, an answer is waited for, but not for ever.
const LINGER_MS = 3_000;
// What is between here and the pod holds megabytes, and drops what it holds at the end: a busy machine takes this long for a byte.
const LINGER_MS_PER_BYTE = 1 / 4_000;
const LINGER_MOST_MS = 30_000;

/** Opens a connection to a port of a pod. Rejects when the cluster or the pod refuses; what does not listen shows only later. */
export async function openChannel(
  client: KubernetesClient,
  pod: { readonly name: string; readonly namespace: string },
  port: number,
): Promise<Channel> {
  const { WebSocket } = await import('ws');
  const { url, agent, headers } = await client.connectOptions(
    `${podsPath(pod.namespace)}/${pod.name}/portforward?ports=${port}`,
  );
  const channel = new WebSocket(url, [PROTOCOL], {
    agent,
    headers,
    handshakeTimeout: CONNECT_MS,
    perMessageDeflate: false,
  });
  return new Promise((resolve, reject) => {
    channel.on('unexpected-response', async (_request, response) => {
      response.resume();
      if (response.statusCode === 401) await client.renewLogin();
      reject(new Error(`the cluster answered ${response.statusCode}`));
      channel.terminate();
    });
    channel.on('error', (error) => reject(new Error(`the cluster does not answer: ${networkErrorWords(error)}`)));
    channel.on('open', () => {
      // What comes right after the handshake must wait until someone listens.
      channel.pause();
      resolve(channel);
    });
  });
}

/** Connects a socket and a channel until one of both ends. Answers what went wrong in words, or an empty text. */
export function connectSocket(channel: Channel, socket: Socket, signal: AbortSignal): Promise<string> {
  return new Promise((resolve) => {
    let problem = '';
    let lingering: NodeJS.Timeout | undefined;
    let sent = 0;
    const seen = new Map<number, number>();
    const finish = () => {
      clearTimeout(lingering);
      signal.removeEventListener('abort', abort);
      socket.off('data', send);
      resolve(problem);
    };
    const abort = () => channel.terminate();
    const linger = () => {
      clearTimeout(lingering);
      // What is still to be sent counts as something to say.
      const ms = Math.min(LINGER_MS + sent * LINGER_MS_PER_BYTE, LINGER_MOST_MS);
      lingering = setTimeout(() => (channel.bufferedAmount > 0 ? linger() : channel.close()), ms);
    };
    const send = (data: Buffer) => {
      const framed = Buffer.allocUnsafe(data.length + 1);
      framed[0] = DATA;
      data.copy(framed, 1);
      sent += data.length;
      channel.send(framed, () => {
        if (socket.isPaused() && channel.bufferedAmount < MOST_WAITING_BYTES) socket.resume();
      });
      if (channel.bufferedAmount >= MOST_WAITING_BYTES) socket.pause();
    };
    socket.on('data', send);
    socket.on('end', linger);
    socket.on('error', () => channel.terminate());
    socket.on('close', () => channel.close());
    socket.on('drain', () => channel.resume());
    channel.on('message', (message) => {
      const data = message as Buffer;
      const kind = data[0] ?? DATA;
      const before = seen.get(kind) ?? 0;
      const payload = data.subarray(1 + Math.max(0, PORT_BYTES - before));
      seen.set(kind, before + data.length - 1);
      if (payload.length === 0) return;
      if (kind === ERROR) problem = payload.toString('utf8').trim();
      if (kind !== DATA || socket.destroyed) return;
      if (lingering) linger();
      if (!socket.write(payload)) channel.pause();
    });
    channel.on('error', (error) => {
      problem ||= error.message;
    });
    channel.on('close', () => {
      // What has arrived is still written out.
      if (socket.writable) socket.end(finish);
      else finish();
    });
    signal.addEventListener('abort', abort);
    if (signal.aborted || socket.destroyed) return abort();
    channel.resume();
    socket.resume();
  });
}
