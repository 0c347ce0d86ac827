import type { SecretValue } from '../../stdlib/model/secrets.ts';
import { LineAssembler } from './line-assembler.ts';
import { LineBuffer } from './line-buffer.ts';
import type { LogArchive } from './log-archive.ts';
import type { LogFilter } from './log-filter.ts';
import { LogHistory, type LogPage, type LogQuery } from './log-history.ts';
import type { LogLevel, LogLine, LogSpan } from './log-line.ts';
import { Scrubber } from './scrubber.ts';

/** The span of the command that `ci --exec` runs. */
export const EXEC_SPAN = 'exec';

export interface LogWriter {
  write(text: string, level?: LogLevel): void;
  /** A promise while a listener cannot keep up. */
  backlog(): Promise<void> | undefined;
  /** Completes a line that has no newline yet. */
  end(): void;
}

export interface LogListener {
  line(line: LogLine): void;
  /** A promise while it cannot take more without buffering; writers then hold back. Never rejects. */
  backlog?(): Promise<void> | undefined;
}

export interface LogStoreOptions {
  /** Milliseconds since the epoch; the real time when not given. */
  readonly now?: () => number;
  /** How many bytes of lines are kept in memory, roughly. Default 16 MiB. */
  readonly keepBytes?: number;
  /** Where older lines go; without it they are forgotten. */
  readonly archive?: LogArchive;
}

/** The part of the memory for the newest lines of each resource, which are at hand at once. */
const RECENT_SHARE = 0.25;
/** Lines that a reader gets at once. */
const FOLLOW_LINES = 1000;

export function createLogStore(options: LogStoreOptions = {}): LogStore {
  return new LogStore(options);
}

/**
 * The session's log: takes text in pieces, hands on whole lines, and keeps them: the newest in bounded memory, the others in an
 * archive. `page` and `follow` read all of them at the reader's own pace.
 */
export class LogStore {
  readonly #now: () => number;
  readonly #recentBytes: number;
  readonly #archive: LogArchive | undefined;
  readonly #history: LogHistory;
  readonly #buffers = new Map<string, LineBuffer>();
  readonly #scrubber = new Scrubber();
  #listeners: readonly LogListener[] = [];
  #cost = 0;
  #sequence = 0;
  /** Called with the next line. */
  #waiting: (() => void)[] = [];

  constructor({ now = Date.now, keepBytes = 16 * 1024 * 1024, archive }: LogStoreOptions) {
    this.#now = now;
    this.#recentBytes = keepBytes * RECENT_SHARE;
    this.#archive = archive;
    this.#history = new LogHistory(keepBytes - this.#recentBytes, archive, (text) => this.scrub(text));
  }

  /** A writer for one piece of work. */
  open(given: LogSpan): LogWriter {
    const span = { resource: given.resource, source: given.source, span: given.span };
    const assembler = new LineAssembler(this.#now, (text, level) => this.#add(span, text, level));
    return {
      write: (text, level = 'info') => assembler.write(text, level),
      backlog: () => this.#backlog(),
      end: () => assembler.end(),
    };
  }

  /** Called for every line at once, so that none is lost however fast they come. Answers how to unsubscribe. */
  subscribe(listener: LogListener): () => void {
    this.#listeners = [...this.#listeners, listener];
    return () => {
      this.#listeners = this.#listeners.filter((known) => known !== listener);
    };
  }

  /** From now on no line shows these values, nor do the lines that are kept. What listeners were given stays with them. */
  hide(secrets: readonly SecretValue[]): void {
    if (!this.#scrubber.add(secrets)) return;
    this.#history.rewrite();
    for (const buffer of this.#buffers.values()) this.#cost += buffer.rewrite((text) => this.#scrubber.scrub(text));
  }

  /** A text without the values that are hidden. */
  scrub(text: string): string {
    return this.#scrubber.scrub(text);
  }

  /** The last `count` lines of a resource (empty: those of the Tiltfile and the program), oldest first. */
  tail(resource: string, count: number): readonly LogLine[] {
    return this.#buffers.get(resource)?.tail(count) ?? [];
  }

  /** The sequence of the newest line; 0 before the first. */
  get newest(): number {
    return this.#sequence;
  }

  /** The sequence of the oldest line that can still be read. */
  get oldest(): number {
    return this.#history.oldest;
  }

  /** Reads a page of the whole log. */
  page(query: LogQuery): Promise<LogPage> {
    return this.#history.page(query);
  }

  /** Pages of the lines after a sequence, then those that come, until the signal aborts. A slow reader loses nothing. */
  async *follow(filter: LogFilter, after: number, signal: AbortSignal): AsyncGenerator<LogPage> {
    let end = after;
    while (!signal.aborted) {
      const page = await this.page({ filter, after: end, limit: FOLLOW_LINES });
      end = page.end;
      if (page.lines.length > 0) yield page;
      if (!page.more && end >= this.#sequence) await this.#news(signal);
    }
  }

  /** Gives up what is in the archive. */
  close(): void {
    this.#archive?.close();
  }

  /** The newest lines of all resources, those that are at hand at once, oldest first. */
  lines(): readonly LogLine[] {
    const all = [...this.#buffers.values()].flatMap((buffer) => buffer.all());
    return all.sort((one, other) => one.sequence - other.sequence);
  }

  #add(span: LogSpan, text: string, level: LogLevel): void {
    this.#sequence++;
    const line: LogLine = { sequence: this.#sequence, at: this.#now(), ...span, level, text: this.scrub(text) };
    this.#history.add(span, line.text, level, line.at);
    this.#keep(line);
    for (const listener of this.#listeners) listener.line(line);
    if (this.#waiting.length > 0) for (const tell of this.#waiting.splice(0)) tell();
  }

  #keep(line: LogLine): void {
    let buffer = this.#buffers.get(line.resource);
    if (buffer === undefined) {
      buffer = new LineBuffer();
      this.#buffers.set(line.resource, buffer);
    }
    this.#cost += buffer.push(line);
    while (this.#cost > this.#recentBytes) {
      // The one that writes most pays, and by half at once, so that looking for it stays rare.
      const largest = [...this.#buffers.values()].reduce((one, other) => (other.cost > one.cost ? other : one));
      this.#cost -= largest.shrink(largest.cost / 2);
    }
  }

  #news(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const over = () => {
        signal.removeEventListener('abort', over);
        resolve();
      };
      signal.addEventListener('abort', over, { once: true });
      this.#waiting.push(over);
    });
  }

  #backlog(): Promise<void> | undefined {
    const waits = [this.#history, ...this.#listeners].flatMap((listener) => listener.backlog?.() ?? []);
    if (waits.length === 0) return undefined;
    return Promise.all(waits).then(() => undefined);
  }
}
