import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { LogStore } from '../state/log-store.ts';
import type { Catalogue } from './catalogue.ts';
import { microTime } from './time.ts';
import { completeView, type Position, VIEWED_KINDS, viewSince } from './view.ts';

/** At most so often pages are told what changed. */
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

/**
 * The WebSockets of the pages: the whole view first, then what changed. A page that was cut off says where it was and gets what it missed.
 * Pages that know the same get the same message, which is made once.
 */
export class ViewSockets {
  readonly #source: ViewSource;
  readonly #server = new WebSocketServer({ noServer: true, perMessageDeflate: false });
  readonly #pages = new Map<WebSocket, Position>();
  #forgets: readonly (() => void)[] = [];
  #timer: NodeJS.Timeout | undefined;
  #sentAt = 0;

  constructor(source: ViewSource) {
    this.#source = source;
  }

  /** `query`: `run`, `version` and `checkpoint` of a page that was there before. */
  accept(request: IncomingMessage, socket: Duplex, head: Buffer, query: URLSearchParams): void {
    this.#server.handleUpgrade(request, socket, head, (client) => this.#join(client, query));
  }

  close(): void {
    for (const client of this.#server.clients) client.terminate();
    this.#server.close();
    this.#rest();
  }

  #join(client: WebSocket, query: URLSearchParams): void {
    client.on('error', () => {});
    client.on('close', () => {
      this.#pages.delete(client);
      if (this.#pages.size === 0) this.#rest();
    });
    if (this.#pages.size === 0) this.#follow();
    const known = this.#known(query);
    if (known !== undefined) {
      this.#pages.set(client, known);
      this.#soon();
      return;
    }
    const { catalogue, log, startedAt } = this.#source;
    const view = completeView(catalogue, log.lines(), startedAt);
    this.#pages.set(client, { version: catalogue.version, checkpoint: log.newest });
    client.send(JSON.stringify(view));
  }

  /** Where a page was, if it was of this run. */
  #known(query: URLSearchParams): Position | undefined {
    const { catalogue, log, startedAt } = this.#source;
    if (query.get('run') !== microTime(startedAt)) return undefined;
    const [version, checkpoint] = [Number(query.get('version')), Number(query.get('checkpoint'))];
    const isKnown = isCount(version) && version <= catalogue.version && isCount(checkpoint) && checkpoint <= log.newest;
    return isKnown ? { version, checkpoint } : undefined;
  }

  #follow(): void {
    const { catalogue, log } = this.#source;
    const soon = () => this.#soon();
    this.#forgets = [...VIEWED_KINDS.map((kind) => catalogue.watch(kind, soon)), log.subscribe({ line: soon })];
  }

  #rest(): void {
    for (const forget of this.#forgets) forget();
    this.#forgets = [];
  }

  #soon(): void {
    const { now } = this.#source;
    this.#timer ??= setTimeout(() => void this.#flush(), Math.max(PAUSE_MS / 10, this.#sentAt + PAUSE_MS - now()));
  }

  async #flush(): Promise<void> {
    const { catalogue, log, startedAt, now } = this.#source;
    this.#sentAt = now();
    for (const clients of this.#alike()) {
      const known = this.#pages.get(clients[0]);
      if (known === undefined) continue;
      const { lines } = await log.page({ after: known.checkpoint, limit: MOST_LINES });
      const view = viewSince(catalogue, known, lines, startedAt, now());
      const position = { version: catalogue.version, checkpoint: lines.at(-1)?.sequence ?? known.checkpoint };
      const message = view === undefined ? undefined : Buffer.from(JSON.stringify(view));
      for (const client of clients) {
        if (!this.#pages.has(client)) continue;
        this.#pages.set(client, position);
        if (message !== undefined) client.send(message, { binary: false });
      }
    }
    this.#timer = undefined;
    const isBehind = ({ version, checkpoint }: Position) => checkpoint < log.newest || version < catalogue.version;
    if ([...this.#pages.values()].some(isBehind)) this.#soon();
  }

  /** The pages that can take more, those together that know the same. */
  #alike(): readonly (readonly [WebSocket, ...WebSocket[]])[] {
    const groups = new Map<string, [WebSocket, ...WebSocket[]]>();
    for (const [client, { version, checkpoint }] of this.#pages) {
      if (client.bufferedAmount > MOST_UNSENT) continue;
      const key = `${version} ${checkpoint}`;
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [client]);
      else group.push(client);
    }
    return [...groups.values()];
  }
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}
