import { StringDecoder } from 'node:string_decoder';
import type { DockerEngine } from '../clients/docker/docker-engine.ts';
import type { ContainerState } from './container-state.ts';

/** Where reading the log of a container begins. */
export type LogStart =
  /** A time as the engine writes it; what was written up to then is left out. */
  { readonly kind: 'after'; readonly time: string } | { readonly kind: 'first-line' } | { readonly kind: 'now' };

/** How the reading of a log came to its end. */
export type LogEnd =
  /** The container stopped, the connection broke, or the signal aborted. */
  | { readonly kind: 'over' }
  /** The engine gives no log of this container. */
  | { readonly kind: 'refused'; readonly message: string };

/** Follows the log of a container until it stops, or the signal aborts. `onLine` gets each line with the time of its writing. */
export async function followLog(
  engine: DockerEngine,
  { id, name, hasTerminal }: ContainerState,
  start: LogStart,
  onLine: (text: string, time: string) => void,
  signal: AbortSignal,
): Promise<LogEnd> {
  const query = {
    follow: 'true',
    stdout: 'true',
    stderr: 'true',
    timestamps: 'true',
    tail: start.kind === 'now' ? '0' : undefined,
    since: start.kind === 'after' ? unixTime(start.time) : undefined,
  };
  const whileDoing = `reading the log of container "${name}"`;
  const opened = await engine.read({ method: 'GET', path: `/containers/${id}/logs`, query, signal, whileDoing });
  if (!opened.ok) {
    const { problem } = opened;
    return problem.kind === 'refused' && problem.status !== 404 && problem.status !== 409
      ? { kind: 'refused', message: `The log of container "${name}" cannot be read: ${problem.message}` }
      : { kind: 'over' };
  }
  const lines = new Lines((line) => {
    const blank = line.indexOf(' ');
    const time = blank < 0 ? line : line.slice(0, blank);
    if (start.kind === 'after' && time <= start.time) return;
    onLine(blank < 0 ? '' : line.slice(blank + 1), time);
  });
  const reader = hasTerminal ? { add: (chunk: Buffer) => lines.add('1', chunk) } : new Frames(lines);
  try {
    for await (const chunk of opened.value) reader.add(chunk as Buffer);
  } catch {
    // The connection broke: whoever follows looks at the container again.
  }
  lines.end();
  return { kind: 'over' };
}

/** `2026-01-02T03:04:05.678901234Z` as seconds of Unix with nine digits behind the point; empty for the zero time. */
export function unixTime(time: string): string | undefined {
  const seconds = Math.floor(Date.parse(time) / 1000);
  if (!(seconds > 0)) return undefined;
  const fraction = /\.(\d+)Z$/.exec(time)?.[1] ?? '';
  return `${seconds}.${fraction.padEnd(9, '0')}`;
}

/** Puts the pieces of both streams together to lines. */
class Lines {
  readonly #onLine: (line: string) => void;
  readonly #streams = new Map<string, { readonly decoder: StringDecoder; rest: string }>();

  constructor(onLine: (line: string) => void) {
    this.#onLine = onLine;
  }

  add(stream: string, chunk: Buffer): void {
    let open = this.#streams.get(stream);
    if (!open) {
      open = { decoder: new StringDecoder('utf8'), rest: '' };
      this.#streams.set(stream, open);
    }
    const lines = (open.rest + open.decoder.write(chunk)).split('\n');
    open.rest = lines.pop() ?? '';
    for (const line of lines) this.#onLine(line.replace(/\r$/, ''));
  }

  end(): void {
    for (const open of this.#streams.values()) {
      const rest = open.rest + open.decoder.end();
      open.rest = '';
      if (rest !== '') this.#onLine(rest);
    }
  }
}

const HEADER_BYTES = 8;

/** Takes apart what the engine sends without a terminal: frames that say which stream they are of and how long they are. */
class Frames {
  readonly #lines: Lines;
  #rest: Buffer = Buffer.alloc(0);

  constructor(lines: Lines) {
    this.#lines = lines;
  }

  add(chunk: Buffer): void {
    let rest = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    while (rest.length >= HEADER_BYTES) {
      const end = HEADER_BYTES + rest.readUInt32BE(4);
      if (rest.length < end) break;
      this.#lines.add(String(rest[0]), rest.subarray(HEADER_BYTES, end));
      rest = rest.subarray(end);
    }
    this.#rest = rest;
  }
}
