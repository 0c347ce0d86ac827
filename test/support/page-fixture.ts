import { createReadStream } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { WebSocketServer } from 'ws';

const WEB = path.resolve(import.meta.dirname, '../../dist/web');
const STARTED = '2026-01-01T10:00:00Z';

export interface PageFixture {
  readonly url: string;
  /** Lines that were sent. */
  readonly sent: number;
  /** Sends the next lines to the page. */
  send(count: number): void;
  /** Sends a message as it is. */
  tell(message: object): void;
  close(): void;
}

/** Serves the page and speaks to it as the program does, of so many resources, each with links and a button. */
export async function servePage(resourceCount: number, text = lineText): Promise<PageFixture> {
  const names = Array.from({ length: resourceCount }, (_, at) => `resource-${at}`);
  const uiResources = names.map((name, at) => resource(name, at));
  const uiButtons = names.map((name) => ({
    metadata: { name: `${name}-disable`, annotations: { 'tilt.dev/uibutton-type': 'DisableToggle' } },
    spec: { text: 'Disable Resource', location: { componentType: 'Resource', componentID: name } },
  }));
  const spans = Object.fromEntries(names.map((name) => [`pod:${name}:x`, { manifestName: name }]));
  let sent = 0;
  let send = (_message: object): void => {};
  const server = http.createServer(({ url = '/' }, response) => {
    if (url.startsWith('/api/')) response.end('token');
    else {
      const type = url.endsWith('.css') ? 'text/css' : url.endsWith('.js') ? 'text/javascript' : 'text/html';
      response.setHeader('Content-Type', `${type}; charset=utf-8`);
      createReadStream(path.join(WEB, url.startsWith('/assets/') ? url : 'index.html')).pipe(response);
    }
  });
  const sockets = new WebSocketServer({ server });
  sockets.on('connection', (socket) => {
    sent = 0;
    send = (message) => socket.send(JSON.stringify(message));
    send({ isComplete: true, tiltStartTime: STARTED, uiResources, uiButtons });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    get sent() {
      return sent;
    },
    send(count) {
      const segments = Array.from({ length: count }, (_, at) => ({
        spanId: `pod:${names[(sent + at) % resourceCount]}:x`,
        time: STARTED,
        level: (sent + at) % 997 === 0 ? 'WARN' : 'INFO',
        text: `${text(sent + at)}\n`,
      }));
      send({ logList: { spans, segments, fromCheckpoint: sent, toCheckpoint: sent + count } });
      sent += count;
    },
    tell: (message) => send(message),
    close() {
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
      server.closeAllConnections();
      server.close();
    },
  };
}

function lineText(at: number): string {
  return `worker ${at} handled request /api/items/${at} in ${at % 91} ms`;
}

function resource(name: string, at: number): object {
  return {
    metadata: { name, labels: { [`group-${at % 10}`]: 'x' } },
    status: {
      order: at,
      updateStatus: at % 50 === 49 ? 'error' : 'ok',
      runtimeStatus: 'ok',
      buildHistory: [
        { startTime: STARTED, finishTime: STARTED, spanID: `build:${at}`, error: at % 50 === 49 ? 'it failed' : '' },
      ],
      endpointLinks: [{ url: `http://localhost:${10_000 + at}/` }],
      ...(at % 3 === 2 ? { dependencies: [`resource-${at - 1}`] } : {}),
    },
  };
}
