import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { LogStore } from '../state/log-store.ts';
import type { Catalogue } from './catalogue.ts';
import { completeView, VIEWED_KINDS, ViewDelta } from './view.ts';
import type { View } from './wire.ts';

/** At most so often a page is told what changed. */
const PAUSE_MS = 200;
/** A page that has so much to read yet is told nothing new until it has read. Bytes. */
const MOST_UNSENT = 1024 * 1024;
/** Lines in one message. */
const MOST_LINES = 5000;

export interface ViewSource {
  readonly catalogue: Catalogue;
  readonly log: LogStore;
  readonly startedAt: number;
  readonly now: () => number;
}

/** The WebSockets of the pages: the whole view first, then what changed. */
export class ViewSockets {
  readonly #source: ViewSource;
  readonly #server = new WebSocketServer({ noServer: true, perMessageDeflate: false });

  constructor(source: ViewSource) {
    this.#source = source;
  }

  accept(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.#server.handleUpgrade(request, socket, head, (client) => this.#serve(client));
  }

  close(): void {
    for (const client of this.#server.clients) client.terminate();
    this.#server.close();
  }

  #serve(client: WebSocket): void {
    const { catalogue, log, startedAt, now } = this.#source;
    const lines = log.lines();
    const delta = new ViewDelta(startedAt, log.newest);
    let timer: NodeJS.Timeout | undefined;
    let sentAt = 0;
    const send = (view: View) => {
      sentAt = now();
      client.send(JSON.stringify(view));
    };
    const flush = async () => {
      if (client.bufferedAmount <= MOST_UNSENT) {
        const page = await log.page({ after: delta.checkpoint, limit: MOST_LINES });
        if (client.readyState !== client.OPEN) return;
        if (!delta.isEmpty || page.lines.length > 0) send(delta.take(page.lines));
      }
      timer = undefined;
      if (log.newest > delta.checkpoint || !delta.isEmpty) soon();
    };
    const soon = () => {
      timer ??= setTimeout(() => void flush(), Math.max(PAUSE_MS / 10, sentAt + PAUSE_MS - now()));
    };
    const forgets = VIEWED_KINDS.map((kind) =>
      catalogue.watch(kind, (changes) => {
        delta.changes(kind, changes, now());
        soon();
      }),
    );
    forgets.push(log.subscribe({ line: soon }));
    send(completeView(catalogue, lines, startedAt));
    client.on('error', () => {});
    client.on('close', () => {
      clearTimeout(timer);
      for (const forget of forgets) forget();
    });
  }
}
